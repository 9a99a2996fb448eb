//! The page on which somebody signs, with a finger, a pen or a mouse; without JavaScript a picture is handed in.

use poem::{
    Request, Response, Route, get, handler,
    http::StatusCode,
    http::header,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    entity::{AttendanceId, attendance},
    pages::{Told, base_of, by_module},
    signatures,
};
use crate::{
    access::{Ctx, SignedIn},
    forums::{Forum, ForumId},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        signature::Signature,
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
        words,
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/forum/:id/kehadiran/:row/tanda-tangan",
            get(show).post(sign),
        )
        .at(
            "/kerja/forum/:id/kehadiran/:row/tanda-tangan/hapus",
            post(remove),
        )
        .at(
            "/kerja/forum/:id/kehadiran/:row/tanda-tangan.png",
            get(kept_picture),
        )
}

#[derive(Serialize)]
struct SignPage {
    back_href: String,
    forum_title: String,
    name: String,
    detail: String,
    action: String,
    remove_action: String,
    version: i32,
    /// The signature that is kept now.
    kept: Option<String>,
    /// Where another is asked for in its place.
    again_href: Option<String>,
    signature: FieldView,
    errors: Vec<ErrorLine>,
}

impl Page for SignPage {
    const TEMPLATE: &'static str = "attendance/sign";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-sign-title")
    }
}

/// Whoever has signed is asked before another signature takes the place of theirs.
#[derive(Default, Deserialize)]
struct Asked {
    ulang: Option<String>,
}

impl Asked {
    fn again(&self) -> bool {
        self.ulang.is_some()
    }
}

fn page_of(
    ctx: &Ctx,
    forum: &Forum,
    (row, again): (&attendance::Model, bool),
    faults: &[FieldError],
) -> SignPage {
    let form = FormView::new().field("signature", true, 0);
    let (mut form, errors) = form.refused(faults, ctx.locale());
    let own = format!("{}/{}/tanda-tangan", base_of(forum.id), row.id);
    SignPage {
        back_href: base_of(forum.id),
        forum_title: forum.title.clone(),
        name: row.name.clone(),
        detail: words::beside(&row.name, &[&row.role, &row.organisation], " · "),
        remove_action: format!("{own}/hapus"),
        version: row.version,
        kept: row.signature_id.map(|file| format!("{own}.png?{file}")),
        signature: form.fields.remove("signature").unwrap_or_default(),
        errors,
        again_href: (row.signature_id.is_some() && !again).then(|| format!("{own}?ulang=1")),
        action: match again {
            true => format!("{own}?ulang=1"),
            false => own,
        },
    }
}

fn ids(id: &str, row: &str) -> Result<(ForumId, AttendanceId)> {
    Ok((ForumId::parse(id)?, AttendanceId::parse(row)?))
}

#[handler]
async fn show(
    SignedIn(ctx): SignedIn,
    Path((id, row)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (id, row) = ids(&id, &row)?;
    let (forum, row) = signatures::row(&ctx, id, row).await?;
    ctx.page(&page_of(&ctx, &forum, (&row, asked.again()), &[]))
}

#[handler]
async fn sign(
    SignedIn(ctx): SignedIn,
    request: &Request,
    Path((id, row)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    form: Form,
) -> Result<Response> {
    let (id, row) = ids(&id, &row)?;
    let (forum, seen) = signatures::row(&ctx, id, row).await?;
    let version = form.get("version").parse().unwrap_or(0);
    let kept = match Signature::of(&form).await {
        Ok(signature) => signatures::keep(&ctx, id, row, (version, asked.again()), signature).await,
        Err(error) => Err(error),
    };
    let signed = |name: &str| Message::new("attendance-signed").with("name", name);
    if by_module(request) {
        let told = kept.map(|row| Told {
            outcome: "in",
            message: signed(&row.name).text(ctx.locale()),
            name: row.name,
            ..Told::default()
        });
        return Told::answer(&ctx, told);
    }
    match kept {
        Ok(row) => {
            let message = signed(&row.name);
            Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &message))
        }
        Err(Error::Invalid(faults)) => refused(&ctx, &forum, (&seen, asked.again()), &faults),
        Err(Error::Rule {
            code: "attendance.signed",
            message,
        }) => {
            let field = "signature".to_owned();
            let fault = FieldError { field, message };
            refused(&ctx, &forum, (&seen, false), &[fault])
        }
        Err(error) => Err(error),
    }
}

fn refused(
    ctx: &Ctx,
    forum: &Forum,
    row: (&attendance::Model, bool),
    faults: &[FieldError],
) -> Result<Response> {
    let page = page_of(ctx, forum, row, faults);
    ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
}

#[handler]
async fn remove(
    SignedIn(ctx): SignedIn,
    Path((id, row)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, row) = ids(&id, &row)?;
    let version = form.get("version").parse().unwrap_or(0);
    let row = signatures::remove(&ctx, id, row, version).await?;
    let message = Message::new("attendance-signature-removed").with("name", row.name);
    Ok(ctx.redirect_with(&base_of(id), FlashKind::Info, &message))
}

#[handler]
async fn kept_picture(
    SignedIn(ctx): SignedIn,
    Path((id, row)): Path<(String, String)>,
) -> Result<Response> {
    let (id, row) = ids(&id, &row)?;
    let (_, row) = signatures::row(&ctx, id, row).await?;
    let bytes = signatures::bytes(&ctx.app, &row).await?;
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, "image/png")
        .body(bytes.ok_or(Error::NotFound)?))
}
