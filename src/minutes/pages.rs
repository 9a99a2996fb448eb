//! The pages of the minutes in the workspace.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::Deserialize;

use super::{
    approving::{self, Handing, Seen},
    entity::NoteId,
    forms::{self, NoteState, note_text, version_of},
    input_pages,
    notes::{self, Outcome},
    photo_pages, revisions,
    service::{self, Book, Written},
    views::{self, Typed, base_of},
};
use crate::{
    access::{Ctx, SignedIn},
    documents,
    forums::{self, ForumId},
    organisation,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

pub fn routes(route: Route) -> Route {
    let route = route
        .at("/kerja/forum/:id/notulen", get(show_minutes))
        .at("/kerja/forum/:id/notulen.pdf", get(download_minutes))
        .at("/kerja/forum/:id/notulen/mulai", post(begin_minutes))
        .at(
            "/kerja/forum/:id/notulen/naskah",
            get(show_header).post(save_header),
        )
        .at("/kerja/forum/:id/notulen/hasil", post(take_results))
        .at("/kerja/forum/:id/notulen/catatan", post(write_note))
        .at(
            "/kerja/forum/:id/notulen/catatan/:note",
            get(show_note).post(save_note),
        )
        .at(
            "/kerja/forum/:id/notulen/catatan/:note/hapus",
            post(remove_note),
        )
        .at("/kerja/forum/:id/notulen/riwayat", get(show_history))
        .at("/kerja/forum/:id/notulen/ajukan", post(submit_minutes))
        .at("/kerja/forum/:id/notulen/setujui", post(approve_minutes))
        .at("/kerja/forum/:id/notulen/kembalikan", post(return_minutes))
        .at("/kerja/forum/:id/notulen/perbaikan", post(correct_minutes));
    photo_pages::routes(input_pages::routes(route))
}

#[derive(Deserialize)]
struct Which {
    revisi: Option<i32>,
}

async fn page(ctx: &Ctx, book: &Book, typed: Option<Typed<'_>>) -> Result<Response> {
    let verification = approving::verification_href(ctx, book).await?;
    let status = if typed.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = views::minutes_page(ctx, book, verification, typed.as_ref());
    ctx.page_of(Some(&organisation::brand_of(&book.unit)), status, &page)
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
    let book = service::book(ctx, id, None).await?;
    let typed = Typed {
        form,
        faults: &faults,
    };
    page(ctx, &book, Some(typed)).await
}

fn back(ctx: &Ctx, to: &str, key: &str) -> Response {
    ctx.redirect_with(to, FlashKind::Ok, &Message::new(key))
}

/// It is saved. What no font of the papers has is told now, while whoever wrote it is there.
pub(super) fn saved(ctx: &Ctx, to: &str, done: &Message, words: &str) -> Response {
    let Some(letters) = documents::unprintable_text(&words.replace('\r', "")) else {
        return ctx.redirect_with(to, FlashKind::Ok, done);
    };
    let message = Message::new("minutes-saved-squares")
        .with("done", done.text(ctx.locale()))
        .with("letters", letters);
    ctx.redirect_with(to, FlashKind::Info, &message)
}

#[handler]
async fn show_minutes(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response> {
    let book = service::book(&ctx, ForumId::parse(&id)?, which.revisi).await?;
    page(&ctx, &book, None).await
}

#[handler]
async fn download_minutes(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response> {
    let book = service::book(&ctx, ForumId::parse(&id)?, which.revisi).await?;
    let bytes = approving::pdf(&ctx, &book).await?;
    let name = format!("notulen-{}.pdf", book.forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}

#[handler]
async fn begin_minutes(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    service::start(&ctx, id).await?;
    Ok(back(&ctx, &base_of(id), "minutes-begun"))
}

/// The minutes, for somebody who may write them.
async fn writable(ctx: &Ctx, id: ForumId) -> Result<Book> {
    let book = service::book(ctx, id, None).await?;
    if !book.may_write {
        return Err(Error::Forbidden);
    }
    forums::may_work(&book.forum)?;
    Ok(book)
}

#[handler]
async fn take_results(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    service::take_points(&ctx, id, version_of(&form)).await?;
    Ok(back(&ctx, &base_of(id), "minutes-taken"))
}

#[handler]
async fn show_header(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let book = writable(&ctx, ForumId::parse(&id)?).await?;
    service::must_be_draft(&book)?;
    let people = service::approvers(&ctx, &book.forum).await?;
    ctx.page(&forms::header_page(
        &ctx,
        &book,
        book.content()?,
        &people,
        None,
    ))
}

#[handler]
async fn save_header(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    writable(&ctx, id).await?;
    let written = match forms::header_text(&form) {
        Ok(text) => service::change_header(&ctx, id, text, Some(version_of(&form))).await,
        Err(fault) => Err(fault),
    };
    let written = written.map_err(|error| kept_with(error, "results"));
    let (faults, overtaken) = match written {
        Ok(Written::Kept) => {
            let words = [form.get("results"), form.get("closing")].concat();
            let done = Message::new("minutes-saved");
            return Ok(saved(&ctx, &base_of(id), &done, &words));
        }
        Ok(Written::Overtaken) => (Vec::new(), true),
        Err(Error::Invalid(faults)) => (faults, false),
        Err(error) => return Err(error),
    };
    let book = writable(&ctx, id).await?;
    let people = service::approvers(&ctx, &book.forum).await?;
    let typed = Some((&form, faults.as_slice(), overtaken));
    let page = forms::header_page(&ctx, &book, book.content()?, &people, typed);
    ctx.page_of(None, refused(overtaken), &page)
}

/// Who still wrote while the minutes were submitted gets the form back with the text, and is told why.
fn kept_with(error: Error, field: &str) -> Error {
    match error {
        Error::Rule { message, .. } => Error::field(field, message),
        other => other,
    }
}

fn refused(overtaken: bool) -> StatusCode {
    if overtaken {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

/// Where the agenda item stands on the page: whoever writes goes on writing there.
fn at_item(id: ForumId, agenda: uuid::Uuid) -> String {
    format!("{}#acara-{agenda}", base_of(id))
}

fn note_saved(ctx: &Ctx, to: &str, form: &Form) -> Response {
    saved(
        ctx,
        to,
        &Message::new("minutes-note-saved"),
        form.get("text"),
    )
}

#[handler]
async fn write_note(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let book = writable(&ctx, id).await?;
    let agenda: uuid::Uuid = form.get("agenda").parse().map_err(|_| Error::NotFound)?;
    let written = match note_text(&form) {
        Ok(text) => notes::write(&ctx, id, agenda, text).await,
        Err(fault) => Err(fault),
    };
    let written = written.map_err(|error| kept_with(error, "text"));
    match written {
        Ok(Outcome {
            written: Written::Kept,
            ..
        }) => Ok(note_saved(&ctx, &at_item(id, agenda), &form)),
        Ok(Outcome { note, .. }) => overtaken(&ctx, id, note, &form).await,
        Err(Error::Invalid(faults)) => {
            let page = forms::new_note_page(&ctx, &book, agenda, &form, &faults);
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

/// Both texts beside each other; what was typed stays in the form.
async fn overtaken(ctx: &Ctx, id: ForumId, note: NoteId, form: &Form) -> Result<Response> {
    let book = writable(ctx, id).await?;
    let row = find(&book, note)?;
    let mine = note_text(form)?;
    let page = forms::note_page(ctx, &book, row, &NoteState::Overtaken(&mine));
    ctx.page_of(None, StatusCode::CONFLICT, &page)
}

fn find(book: &Book, note: NoteId) -> Result<&super::entity::note::Model> {
    let notes = &book.content()?.notes;
    notes
        .iter()
        .find(|row| row.id == note)
        .ok_or(Error::NotFound)
}

#[handler]
async fn show_note(
    SignedIn(ctx): SignedIn,
    Path((id, note)): Path<(String, String)>,
) -> Result<Response> {
    let book = writable(&ctx, ForumId::parse(&id)?).await?;
    service::must_be_draft(&book)?;
    let row = find(&book, NoteId::parse(&note)?)?;
    ctx.page(&forms::note_page(&ctx, &book, row, &NoteState::Read))
}

#[handler]
async fn save_note(
    SignedIn(ctx): SignedIn,
    Path((id, note)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, note) = (ForumId::parse(&id)?, NoteId::parse(&note)?);
    let book = writable(&ctx, id).await?;
    let row = find(&book, note)?;
    let written = match note_text(&form) {
        Ok(text) => notes::change(&ctx, id, note, version_of(&form), text).await,
        Err(fault) => Err(fault),
    };
    let written = written.map_err(|error| kept_with(error, "text"));
    match written {
        Ok(Written::Kept) => Ok(note_saved(&ctx, &at_item(id, row.agenda_id), &form)),
        Ok(Written::Overtaken) => overtaken(&ctx, id, note, &form).await,
        Err(Error::Invalid(faults)) => {
            let state = NoteState::Faulty(&form, &faults);
            let page = forms::note_page(&ctx, &book, row, &state);
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn remove_note(
    SignedIn(ctx): SignedIn,
    Path((id, note)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, note) = (ForumId::parse(&id)?, NoteId::parse(&note)?);
    notes::remove(&ctx, id, note, version_of(&form)).await?;
    Ok(back(&ctx, &base_of(id), "minutes-note-removed"))
}

#[derive(Deserialize)]
struct Pair {
    dari: Option<i32>,
    ke: Option<i32>,
}

#[handler]
async fn show_history(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(pair): Query<Pair>,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let (forum, saved) = revisions::list(&ctx, id).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let compared = match (pair.dari, pair.ke) {
        (Some(from), Some(to)) => {
            // From the older to the newer, whichever was chosen first.
            let (from, to) = (from.min(to), from.max(to));
            Some((from, to, revisions::compare(&ctx, id, from, to).await?))
        }
        _ => None,
    };
    let zone = organisation::zone_of(&unit)?;
    let page = forms::history_page(&ctx, &forum, zone, &saved, compared);
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

#[handler]
async fn submit_minutes(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let how = Handing {
        by_mail: true,
        looked: form.is_on("looked"),
    };
    match approving::submit(&ctx, id, how).await {
        Ok(()) => Ok(back(&ctx, &base_of(id), "minutes-submitted")),
        Err(error @ (Error::Rule { .. } | Error::Invalid(_))) => {
            again(&ctx, id, &form, error, "ajukan").await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn approve_minutes(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let number = |field: &str| form.get(field).parse::<i32>().unwrap_or(-1);
    let seen = Seen {
        edits: number("seen"),
        forum: number("forum_version"),
    };
    let done = if form.is_on("confirm") {
        approving::approve(&ctx, id, Some(seen)).await
    } else {
        let book = service::book(&ctx, id, None).await?;
        if approving::may_approve(&ctx, &book.forum, &book.content()?.head) {
            let message = Message::new("minutes-confirm-needed");
            Err(Error::field("confirm", message))
        } else {
            Err(Error::Forbidden)
        }
    };
    match done {
        Ok(()) => Ok(back(&ctx, &base_of(id), "minutes-approved")),
        Err(error @ (Error::Invalid(_) | Error::Rule { .. })) => {
            again(&ctx, id, &form, error, "confirm").await
        }
        Err(error) => Err(error),
    }
}

fn reason_of(form: &Form) -> Result<String> {
    let mut check = Check::new();
    let reason = check.text("reason", form.get("reason"), 10, 500);
    check.finish()?;
    Ok(reason)
}

#[handler]
async fn return_minutes(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let done = match reason_of(&form) {
        Ok(reason) => approving::give_back(&ctx, id, reason).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(()) => Ok(back(&ctx, &base_of(id), "minutes-returned")),
        Err(error @ Error::Invalid(_)) => again(&ctx, id, &form, error, "reason").await,
        Err(error) => Err(error),
    }
}

#[handler]
async fn correct_minutes(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let done = match reason_of(&form) {
        Ok(reason) => approving::correct(&ctx, id, reason).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(()) => Ok(back(&ctx, &base_of(id), "minutes-correcting")),
        Err(error @ Error::Invalid(_)) => again(&ctx, id, &form, error, "reason").await,
        Err(error) => Err(error),
    }
}
