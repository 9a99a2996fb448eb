//! Photos of a forum: taken in several at once, described, ordered; the released ones for everybody.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    entity::{PhotoId, photo},
    forms::version_of,
    pages::saved,
    photos::{self, Added, Direction},
    rules::{self, Move},
    store,
};
use crate::{
    access::{Ctx, Permission, Public, SignedIn},
    documents,
    forums::{self, Forum, ForumId},
    organisation,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        pictures::NoPicture,
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/foto", get(list_photos).post(add_photos))
        .at(
            "/kerja/forum/:id/foto/:photo",
            get(show_photo).post(describe_photo),
        )
        .at("/kerja/forum/:id/foto/:photo/:step", post(step_photo))
        .at("/forum/:id/foto/:photo", get(show_public_photo))
}

fn list_href(id: ForumId) -> String {
    format!("/kerja/forum/{id}/foto")
}

#[derive(Serialize)]
struct PhotosPage {
    forum_title: String,
    forum_href: String,
    minutes_href: String,
    action: Option<String>,
    /// Photos may still come, go and be ordered.
    may_add: bool,
    /// Why they may not.
    frozen: Option<String>,
    /// How much one form may carry.
    limit: String,
    form: FormView,
    photos: Vec<PhotoView>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct PhotoView {
    id: String,
    number: usize,
    href: String,
    caption: String,
    publishable: bool,
    size: String,
    width: i32,
    height: i32,
    version: i32,
    first: bool,
    last: bool,
    error: Option<String>,
}

impl Page for PhotosPage {
    const TEMPLATE: &'static str = "minutes/photos";
    fn title(&self, locale: Locale) -> String {
        t(locale, "minutes-photos-title")
    }
}

async fn photos_page(
    ctx: &Ctx,
    forum: &Forum,
    rows: Vec<photo::Model>,
    typed: Option<(PhotoId, &Form)>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let href = list_href(forum.id);
    let may = forums::may_work_at(ctx, forum, Permission::TakeNotes).await?;
    let head = store::newest(&ctx.app.db, forum.id).await?;
    let open = forums::may_work(forum).is_ok()
        && head.is_none_or(|head| rules::after(head.status, Move::Change).is_ok());
    let count = rows.len();
    let caption_fault = faults.iter().find(|fault| fault.field == "caption");
    let view = |(at, row): (usize, photo::Model)| {
        let typed = typed.filter(|(id, _)| *id == row.id).map(|(_, form)| form);
        PhotoView {
            id: row.id.to_string(),
            number: at + 1,
            href: format!("{href}/{}", row.id),
            caption: typed.map_or(row.caption, |form| form.get("caption").to_owned()),
            publishable: typed.map_or(row.publishable, |form| form.is_on("publishable")),
            size: documents::size_text(row.size, locale),
            width: row.width,
            height: row.height,
            version: row.version,
            first: at == 0,
            last: at + 1 == count,
            error: typed
                .and(caption_fault)
                .map(|fault| fault.message.text(locale)),
        }
    };
    let (form, mut errors) = FormView::new()
        .field("photos", true, 0)
        .refused(faults, locale);
    if let Some((id, _)) = typed {
        for line in errors.iter_mut().filter(|line| line.field == "caption") {
            line.field = format!("caption-{id}");
        }
    }
    let page = PhotosPage {
        forum_title: forum.title.clone(),
        forum_href: format!("/kerja/forum/{}", forum.id),
        minutes_href: format!("/kerja/forum/{}/notulen", forum.id),
        may_add: may && open,
        frozen: (may && !open).then(|| t(locale, "minutes-photos-frozen")),
        action: may.then(|| href.clone()),
        limit: documents::size_text(
            i64::try_from(ctx.app.config.http.max_upload).unwrap_or(i64::MAX),
            locale,
        ),
        form,
        photos: rows.into_iter().enumerate().map(view).collect(),
        errors,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let brand = organisation::brand(&ctx.app.db, forum.unit_id).await?;
    ctx.page_of(Some(&brand), status, &page)
}

#[handler]
async fn list_photos(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (forum, rows) = photos::list(&ctx, ForumId::parse(&id)?).await?;
    photos_page(&ctx, &forum, rows, None, &[]).await
}

/// Why a file is no photo of ours, with its name, and whether others of the form were kept.
fn no_photo((name, reason): &(String, NoPicture), kept: usize) -> FieldError {
    let key = match reason {
        NoPicture::Unreadable => "minutes-photo-unreadable",
        NoPicture::TooLarge => "minutes-photo-too-large",
    };
    FieldError {
        field: "photos".to_owned(),
        message: Message::new(key).with("name", name).with("kept", kept),
    }
}

#[handler]
async fn add_photos(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let faults = match photos::add(&ctx, id, form.files).await {
        Ok(Added { kept, refused, .. }) if refused.is_empty() => {
            let message = Message::new("minutes-photos-added").with("count", kept);
            return Ok(ctx.redirect_with(&list_href(id), FlashKind::Ok, &message));
        }
        Ok(added) => {
            let refused = added.refused.iter();
            refused.map(|one| no_photo(one, added.kept)).collect()
        }
        Err(Error::Invalid(faults)) => faults,
        Err(error) => return Err(error),
    };
    let (forum, rows) = photos::list(&ctx, id).await?;
    photos_page(&ctx, &forum, rows, None, &faults).await
}

#[handler]
async fn show_photo(
    SignedIn(ctx): SignedIn,
    Path((id, photo)): Path<(String, String)>,
) -> Result<Response> {
    let (id, photo) = (ForumId::parse(&id)?, PhotoId::parse(&photo)?);
    let (kind, bytes) = photos::picture(&ctx, id, photo).await?;
    Ok(ctx.download("foto.jpg", &kind, bytes))
}

#[handler]
async fn describe_photo(
    SignedIn(ctx): SignedIn,
    Path((id, photo)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, photo) = (ForumId::parse(&id)?, PhotoId::parse(&photo)?);
    forums::work_at(&ctx, id, Permission::TakeNotes).await?;
    let mut check = Check::new();
    let caption = check.line("caption", form.get("caption"), 5, 200);
    let done = match check.finish() {
        Ok(()) => {
            let shown = form.is_on("publishable");
            let words = caption.clone();
            let described = photos::describe(&ctx, id, photo, words, shown, version_of(&form));
            described.await.map(|()| caption)
        }
        Err(fault) => Err(fault),
    };
    match done {
        Ok(caption) => {
            let place = format!("{}#foto-{photo}", list_href(id));
            let done = Message::new("minutes-photo-saved");
            Ok(saved(&ctx, &place, &done, &caption))
        }
        Err(Error::Invalid(faults)) => {
            let (forum, rows) = photos::list(&ctx, id).await?;
            photos_page(&ctx, &forum, rows, Some((photo, &form)), &faults).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn step_photo(
    SignedIn(ctx): SignedIn,
    Path((id, photo, step)): Path<(String, String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, photo) = (ForumId::parse(&id)?, PhotoId::parse(&photo)?);
    let done = match step.as_str() {
        "naik" => {
            photos::move_photo(&ctx, id, photo, Direction::Up).await?;
            "minutes-photo-saved"
        }
        "turun" => {
            photos::move_photo(&ctx, id, photo, Direction::Down).await?;
            "minutes-photo-saved"
        }
        "hapus" => {
            photos::remove(&ctx, id, photo, version_of(&form)).await?;
            "minutes-photo-removed"
        }
        _ => return Err(Error::NotFound),
    };
    Ok(ctx.redirect_with(&list_href(id), FlashKind::Ok, &Message::new(done)))
}

#[handler]
async fn show_public_photo(
    Public(ctx): Public,
    Path((id, photo)): Path<(String, String)>,
) -> Result<Response> {
    let (id, photo) = (ForumId::parse(&id)?, PhotoId::parse(&photo)?);
    let (kind, bytes) = photos::public_picture(&ctx, id, photo).await?;
    Ok(ctx.download("foto.jpg", &kind, bytes))
}
