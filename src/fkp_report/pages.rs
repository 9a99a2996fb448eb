//! The pages of the report in the workspace, and the file behind the link of a mail.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};

use super::{
    bundle,
    compose::Audience,
    forms::{self, Typed, version_of},
    sending, service,
    texts::{self, Slot},
    views::{self, Again, base_of},
};
use crate::{
    access::{Ctx, Permission, Public, SignedIn},
    forums::{self, ForumId},
    platform::{
        error::{Error, FieldError, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/laporan", get(show_report))
        .at(
            "/kerja/forum/:id/laporan/pratinjau.pdf",
            get(preview_office),
        )
        .at(
            "/kerja/forum/:id/laporan/pratinjau-umum.pdf",
            get(preview_public),
        )
        .at("/kerja/forum/:id/laporan/laporan.docx", get(download_docx))
        .at("/kerja/forum/:id/laporan/berkas.zip", get(download_bundle))
        .at(
            "/kerja/forum/:id/laporan/naskah/:slot",
            get(show_text).post(save_text),
        )
        .at(
            "/kerja/forum/:id/laporan/naskah/:slot/bawaan",
            post(reset_text),
        )
        .at("/kerja/forum/:id/laporan/terbitkan", post(issue_report))
        .at("/kerja/forum/:id/laporan/kirim", post(send_report))
        .at("/laporan/:token", get(fetch_report))
}

fn back(ctx: &Ctx, id: ForumId, key: &str) -> Response {
    ctx.redirect_with(&base_of(id), FlashKind::Ok, &Message::new(key))
}

#[handler]
async fn show_report(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    views::respond(&ctx, ForumId::parse(&id)?, None).await
}

#[handler]
async fn preview_office(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (book, bytes) = service::preview(&ctx, ForumId::parse(&id)?, Audience::Office).await?;
    let name = format!("pratinjau-laporan-{}.pdf", book.forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}

#[handler]
async fn preview_public(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (book, bytes) = service::preview(&ctx, ForumId::parse(&id)?, Audience::Public).await?;
    let name = format!("pratinjau-laporan-umum-{}.pdf", book.forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}

#[handler]
async fn download_docx(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (book, bytes) = service::editable(&ctx, ForumId::parse(&id)?).await?;
    Ok(ctx.attachment(&format!("laporan-{}.docx", book.forum.code), DOCX, bytes))
}

#[handler]
async fn download_bundle(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (forum, bytes) = bundle::archive(&ctx, ForumId::parse(&id)?).await?;
    Ok(ctx.attachment(
        &format!("berkas-{}.zip", forum.code),
        "application/zip",
        bytes,
    ))
}

#[handler]
async fn show_text(
    SignedIn(ctx): SignedIn,
    Path((id, slot)): Path<(String, String)>,
) -> Result<Response> {
    let book = service::writable(&ctx, ForumId::parse(&id)?).await?;
    let slot = Slot::parse(&slot).ok_or(Error::NotFound)?;
    ctx.page(&forms::text_page(
        &book,
        &book.written(slot),
        None,
        ctx.locale(),
    ))
}

#[handler]
async fn save_text(
    SignedIn(ctx): SignedIn,
    Path((id, slot)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let forum = ForumId::parse(&id)?;
    let book = service::writable(&ctx, forum).await?;
    let slot = Slot::parse(&slot).ok_or(Error::NotFound)?;
    let saved = match forms::text_of(&form) {
        Ok(text) => {
            let kept = (texts::kept(&text, &book.facts()), form.is_on("looked"));
            service::write(&ctx, forum, slot, Some(kept), version_of(&form)).await
        }
        Err(fault) => Err(fault),
    };
    let (status, faults, book) = match saved {
        Ok(()) => {
            let place = format!("{}#{}", base_of(forum), slot.code());
            let message = Message::new("fkp-report-text-saved");
            return Ok(ctx.redirect_with(&place, FlashKind::Ok, &message));
        }
        Err(Error::Invalid(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, faults, book),
        // Nothing typed is lost: both texts are shown, and saving again takes the place of theirs.
        Err(Error::Conflict { .. }) => {
            let now = service::writable(&ctx, forum).await?;
            let fault = FieldError {
                field: "text".to_owned(),
                message: Message::new("fkp-report-text-stale"),
            };
            (StatusCode::CONFLICT, vec![fault], now)
        }
        Err(error) => return Err(error),
    };
    let typed = Typed {
        form: &form,
        faults: &faults,
        stale: status == StatusCode::CONFLICT,
    };
    let page = forms::text_page(&book, &book.written(slot), Some(&typed), ctx.locale());
    ctx.page_of(None, status, &page)
}

#[handler]
async fn reset_text(
    SignedIn(ctx): SignedIn,
    Path((id, slot)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let forum = ForumId::parse(&id)?;
    forums::get(&ctx, forum, Permission::ManageForum).await?;
    let slot = Slot::parse(&slot).ok_or(Error::NotFound)?;
    service::write(&ctx, forum, slot, None, version_of(&form)).await?;
    Ok(back(&ctx, forum, "fkp-report-text-reset"))
}

/// The page again with what is wrong; other errors go on.
async fn again(ctx: &Ctx, id: ForumId, form: &Form, error: Error, field: &str) -> Result<Response> {
    let faults = match error {
        Error::Invalid(faults) => faults,
        Error::Rule { message, .. } => vec![FieldError {
            field: field.to_owned(),
            message,
        }],
        other => return Err(other),
    };
    let again = Again {
        form,
        faults: &faults,
    };
    views::respond(ctx, id, Some(&again)).await
}

#[handler]
async fn issue_report(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::ManageForum).await?;
    let done = match forms::issue_of(&form) {
        Ok(given) => service::issue(&ctx, id, given, version_of(&form)).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(()) => Ok(back(&ctx, id, "fkp-report-issued")),
        Err(error) => again(&ctx, id, &form, error, "dated_on").await,
    }
}

#[handler]
async fn send_report(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::SendInvitations).await?;
    let seen = form.get("seen").parse().unwrap_or(usize::MAX);
    let done = match forms::parcel_of(&form) {
        Ok(parcel) => sending::send(&ctx, id, parcel, seen).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(()) => Ok(back(&ctx, id, "fkp-report-sent")),
        Err(error) => again(&ctx, id, &form, error, "to_address").await,
    }
}

#[handler]
async fn fetch_report(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let (name, bytes) = sending::fetched(&ctx, &token).await?;
    Ok(ctx.download(&name, "application/pdf", bytes))
}
