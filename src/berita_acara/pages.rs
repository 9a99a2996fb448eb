//! The pages of the Berita Acara in the workspace.

use std::collections::HashMap;

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Data, Path, Query},
};
use serde::Deserialize;

use super::{
    ReasonLookup, amending,
    entity::SignatoryId,
    forms::{self, version_of},
    locking::{self, Seen},
    parts::Became,
    point_pages,
    rules::Status,
    scans,
    service::{self, Book},
    sign_pages, signing,
    views::{self, Typed, base_of},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    action_plans::Clock,
    attendance::AttendanceId,
    forums::ForumId,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

pub fn routes(route: Route) -> Route {
    point_pages::routes(sign_pages::routes(route))
        .at("/kerja/forum/:id/berita-acara", get(show_record))
        .at("/kerja/forum/:id/berita-acara.pdf", get(download_record))
        .at("/kerja/forum/:id/berita-acara/mulai", post(begin_record))
        .at(
            "/kerja/forum/:id/berita-acara/naskah",
            get(show_header).post(save_header),
        )
        .at(
            "/kerja/forum/:id/berita-acara/penanda-tangan",
            post(name_present),
        )
        .at(
            "/kerja/forum/:id/berita-acara/penanda-tangan/usulkan",
            post(propose_all),
        )
        .at(
            "/kerja/forum/:id/berita-acara/penanda-tangan/semua",
            post(sign_everybody),
        )
        .at(
            "/kerja/forum/:id/berita-acara/penanda-tangan/baru",
            get(show_new_signatory).post(save_new_signatory),
        )
        .at(
            "/kerja/forum/:id/berita-acara/penanda-tangan/:who",
            get(show_signatory).post(save_signatory),
        )
        .at(
            "/kerja/forum/:id/berita-acara/penanda-tangan/:who/:step",
            post(step_signatory),
        )
        .at("/kerja/forum/:id/berita-acara/kunci", post(lock_record))
        .at(
            "/kerja/forum/:id/berita-acara/perbaikan",
            post(amend_record),
        )
        .at(
            "/kerja/forum/:id/berita-acara/perbaikan/batalkan",
            post(discard_amendment),
        )
}

#[derive(Deserialize)]
struct Which {
    versi: Option<i32>,
}

/// `reasons` may be left out by those who answer for a draft alone: its points have no reasons yet, and nobody asks.
async fn page(
    ctx: &Ctx,
    book: &Book,
    reasons: Option<&ReasonLookup>,
    typed: Option<Typed<'_>>,
) -> Result<Response> {
    let actions = service::actions(ctx, book).await?;
    let has_reasons = book.content.as_ref();
    let has_reasons = has_reasons.is_some_and(|content| content.head.status != Status::Draft);
    let reasons = match reasons.filter(|_| has_reasons) {
        Some(lookup) => lookup(ctx, &book.forum).await?,
        None => HashMap::new(),
    };
    let clock = Clock::of(ctx, &book.unit).await?;
    let verification = service::verification_href(ctx, book).await?;
    let scans = match &book.content {
        Some(content) => scans::list(ctx, book.forum.id, &content.head).await?,
        None => Vec::new(),
    };
    let page = views::record_page(
        ctx,
        book,
        &Became {
            actions: &actions,
            reasons: &reasons,
            clock: &clock,
        },
        verification,
        &scans,
        typed.as_ref(),
    )?;
    let status = if typed.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    ctx.page_of(None, status, &page)
}

/// The page of a draft again with what is wrong; other errors go on.
pub(super) async fn again(
    ctx: &Ctx,
    id: ForumId,
    form: &Form,
    error: Error,
    field: &str,
) -> Result<Response> {
    let faults = match error {
        Error::Invalid(faults) => faults,
        Error::Rule { message, .. } => vec![FieldError {
            field: field.to_owned(),
            message,
        }],
        other => return Err(other),
    };
    refused(ctx, id, form, &faults, None).await
}

/// The page of a record that may be locked, with what is wrong.
pub(super) async fn refused(
    ctx: &Ctx,
    id: ForumId,
    form: &Form,
    faults: &[FieldError],
    reasons: Option<&ReasonLookup>,
) -> Result<Response> {
    let book = service::book(ctx, id, None).await?;
    page(ctx, &book, reasons, Some(Typed { form, faults })).await
}

pub(super) fn back(ctx: &Ctx, id: ForumId, key: &str) -> Response {
    ctx.redirect_with(&base_of(id), FlashKind::Ok, &Message::new(key))
}

#[handler]
async fn show_record(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(which): Query<Which>,
    Data(reasons): Data<&ReasonLookup>,
) -> Result<Response> {
    let book = service::book(&ctx, ForumId::parse(&id)?, which.versi).await?;
    page(&ctx, &book, Some(reasons), None).await
}

#[handler]
async fn download_record(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response> {
    let book = service::book(&ctx, ForumId::parse(&id)?, which.versi).await?;
    let bytes = locking::pdf(&ctx, &book).await?;
    let name = format!("berita-acara-{}.pdf", book.forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}

#[handler]
async fn begin_record(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    service::start(&ctx, id).await?;
    Ok(back(&ctx, id, "berita-acara-begun"))
}

/// The draft, for somebody who may change it.
pub(super) async fn draft_book(ctx: &Ctx, id: &str) -> Result<Book> {
    let book = service::book(ctx, ForumId::parse(id)?, None).await?;
    ctx.require(Permission::ManageForum, book.forum.unit_id)?;
    service::must_be_draft(ctx, &book)?;
    Ok(book)
}

#[handler]
async fn show_header(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let book = draft_book(&ctx, &id).await?;
    let content = book.content.as_ref().ok_or(Error::NotFound)?;
    if !views::opens_header(content) {
        let message = Message::new("rule-berita-acara-signed");
        return Ok(ctx.redirect_with(&base_of(book.forum.id), FlashKind::Info, &message));
    }
    ctx.page(&forms::header_page(&book, content, None, ctx.locale()))
}

#[handler]
async fn save_header(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let forum = ForumId::parse(&id)?;
    let saved = match forms::header_text(&form) {
        Ok(text) => {
            let text = (text, form.is_on("looked"));
            service::change_header(&ctx, forum, text, Some(version_of(&form))).await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => Ok(back(&ctx, forum, "berita-acara-saved")),
        Err(Error::Invalid(faults)) => {
            let book = draft_book(&ctx, &id).await?;
            let content = book.content.as_ref().ok_or(Error::NotFound)?;
            let typed = Some((&form, faults.as_slice()));
            let page = forms::header_page(&book, content, typed, ctx.locale());
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn name_present(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let mut check = Check::new();
    let person = check.choice("attendance", form.get("attendance"), |raw| {
        AttendanceId::parse(raw).ok()
    });
    let represents = check.optional("represents", form.get("represents"), 200);
    let done = match (check.finish(), person) {
        (Ok(()), Some(person)) => signing::add_present(&ctx, id, person, represents).await,
        (Ok(()), None) => Err(Error::NotFound),
        (Err(fault), _) => Err(fault),
    };
    match done {
        Ok(()) => Ok(back(&ctx, id, "berita-acara-signatory-added")),
        Err(error @ Error::Invalid(_)) => again(&ctx, id, &form, error, "attendance").await,
        Err(error) => Err(error),
    }
}

#[handler]
async fn propose_all(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let added = signing::propose(&ctx, id).await?;
    let message = Message::new("berita-acara-proposed").with("count", added);
    Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &message))
}

#[handler]
async fn sign_everybody(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let mut check = Check::new();
    let day = check.date("signed_on", form.get("signed_on"));
    let done = match check.finish() {
        Ok(()) => signing::sign_all(&ctx, id, day).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(()) => Ok(back(&ctx, id, "berita-acara-signed-all")),
        Err(error) => unsigned(&ctx, id, &form, error).await,
    }
}

/// A day on which nobody can have signed is told beside its field; other refusals go on.
async fn unsigned(ctx: &Ctx, id: ForumId, form: &Form, error: Error) -> Result<Response> {
    match error {
        error @ (Error::Invalid(_)
        | Error::Rule {
            code: "berita_acara.future_signature" | "berita_acara.early_signature",
            ..
        }) => again(ctx, id, form, error, "signed_on").await,
        error => Err(error),
    }
}

#[handler]
async fn show_new_signatory(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let book = draft_book(&ctx, &id).await?;
    ctx.page(&forms::signatory_page(&book, None, None, ctx.locale()))
}

#[handler]
async fn save_new_signatory(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let forum = ForumId::parse(&id)?;
    let saved = match forms::new_signatory(&form) {
        Ok(new) => signing::add_signatory(&ctx, forum, new).await.map(drop),
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => Ok(back(&ctx, forum, "berita-acara-signatory-added")),
        Err(Error::Invalid(faults)) => {
            let book = draft_book(&ctx, &id).await?;
            let typed = Some((&form, faults.as_slice()));
            let page = forms::signatory_page(&book, None, typed, ctx.locale());
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn show_signatory(
    SignedIn(ctx): SignedIn,
    Path((id, who)): Path<(String, String)>,
) -> Result<Response> {
    let book = draft_book(&ctx, &id).await?;
    let content = book.content.as_ref().ok_or(Error::NotFound)?;
    let row = forms::find_signatory(content, SignatoryId::parse(&who)?)?;
    ctx.page(&forms::signatory_page(&book, Some(row), None, ctx.locale()))
}

#[handler]
async fn save_signatory(
    SignedIn(ctx): SignedIn,
    Path((id, who)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (forum, who) = (ForumId::parse(&id)?, SignatoryId::parse(&who)?);
    let saved = match forms::new_signatory(&form) {
        Ok(new) => signing::change_signatory(&ctx, forum, who, new, version_of(&form)).await,
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => Ok(back(&ctx, forum, "berita-acara-saved")),
        Err(Error::Invalid(faults)) => {
            let book = draft_book(&ctx, &id).await?;
            let content = book.content.as_ref().ok_or(Error::NotFound)?;
            let row = forms::find_signatory(content, who)?;
            let typed = Some((&form, faults.as_slice()));
            let page = forms::signatory_page(&book, Some(row), typed, ctx.locale());
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn step_signatory(
    SignedIn(ctx): SignedIn,
    Path((id, who, step)): Path<(String, String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, who) = (ForumId::parse(&id)?, SignatoryId::parse(&who)?);
    let version = version_of(&form);
    match step.as_str() {
        "tanda-tangan" => {
            let day = views::day_of(form.get("signed_on"))
                .ok_or_else(|| Error::field("signed_on", Message::new("field-date")));
            let done = match day {
                Ok(day) => signing::sign(&ctx, id, who, Some(day), version).await,
                Err(fault) => Err(fault),
            };
            if let Err(error) = done {
                return unsigned(&ctx, id, &form, error).await;
            }
        }
        "batal" => signing::sign(&ctx, id, who, None, version).await?,
        "hapus" => signing::remove_signatory(&ctx, id, who, version).await?,
        _ => return Err(Error::NotFound),
    }
    Ok(back(&ctx, id, "berita-acara-saved"))
}

#[handler]
async fn lock_record(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let done = if form.is_on("confirm") {
        let seen = Seen {
            hash: form.get("seen"),
            ended_early: form.is_on("ended_early"),
        };
        locking::lock(&ctx, id, Some(seen)).await
    } else {
        service::may_lock_here(&ctx, id).await.and_then(|()| {
            Err(Error::field(
                "confirm",
                Message::new("berita-acara-confirm-needed"),
            ))
        })
    };
    match done {
        Ok(()) => Ok(back(&ctx, id, "berita-acara-locked")),
        Err(error @ (Error::Invalid(_) | Error::Rule { .. })) => {
            // What the record lacks is no fault of the box that was ticked.
            again(&ctx, id, &form, error, "lock").await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn amend_record(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(reasons): Data<&ReasonLookup>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let mut check = Check::new();
    let reason = check.text("reason", form.get("reason"), 10, 500);
    let done = match check.finish() {
        Ok(()) => amending::amend(&ctx, id, reason).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(()) => Ok(back(&ctx, id, "berita-acara-amending")),
        Err(Error::Invalid(faults)) => refused(&ctx, id, &form, &faults, Some(reasons)).await,
        Err(error) => Err(error),
    }
}

#[handler]
async fn discard_amendment(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let seen = form.get("version_no").parse().unwrap_or_default();
    match amending::discard(&ctx, id, seen).await {
        Ok(()) => Ok(back(&ctx, id, "berita-acara-amendment-discarded")),
        Err(error @ Error::Rule { .. }) => again(&ctx, id, &form, error, "discard").await,
        Err(error) => Err(error),
    }
}
