//! The agreed points in the workspace: written from what was said or freely, changed, reordered, taken away.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};

use super::{
    entity::AgreedPointId,
    forms::{self, version_of},
    pages::{back, draft_book},
    points::{self, Direction},
    points_page, service,
    views::{Typed, base_of},
};
use crate::{
    access::{Permission, SignedIn},
    forums::{self, ForumId},
    platform::{
        error::{Error, FieldError, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/forum/:id/berita-acara/butir",
            get(show_points).post(write_points),
        )
        .at(
            "/kerja/forum/:id/berita-acara/butir/:point",
            get(show_point).post(save_point),
        )
        .at(
            "/kerja/forum/:id/berita-acara/butir/:point/:step",
            post(step_point),
        )
}

#[handler]
async fn show_points(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let book = draft_book(&ctx, &id).await?;
    let content = book.content.as_ref().ok_or(Error::NotFound)?;
    if content.signatories.iter().any(|one| one.has_signed()) {
        let message = Message::new("rule-berita-acara-signed");
        return Ok(ctx.redirect_with(&base_of(book.forum.id), FlashKind::Info, &message));
    }
    points_page::respond(&ctx, &book, None)
}

#[handler]
async fn write_points(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let forum = ForumId::parse(&id)?;
    forums::get(&ctx, forum, Permission::ManageForum).await?;
    let done = match points_page::written(&form) {
        Ok(new) => points::add_points(&ctx, forum, new).await,
        Err(fault) => Err(fault),
    };
    let faults = match done {
        Ok(count) => {
            let message = Message::new("berita-acara-points-added").with("count", count);
            return Ok(ctx.redirect_with(&base_of(forum), FlashKind::Ok, &message));
        }
        Err(Error::Invalid(faults)) => faults,
        // Somebody signed or locked meanwhile: what was typed is shown, to be kept elsewhere.
        Err(Error::Rule { message, .. }) => vec![FieldError {
            field: "text".to_owned(),
            message,
        }],
        Err(error) => return Err(error),
    };
    let book = service::book(&ctx, forum, None).await?;
    let typed = Typed {
        form: &form,
        faults: &faults,
    };
    points_page::respond(&ctx, &book, Some(&typed))
}

#[handler]
async fn show_point(
    SignedIn(ctx): SignedIn,
    Path((id, point)): Path<(String, String)>,
) -> Result<Response> {
    let book = draft_book(&ctx, &id).await?;
    let content = book.content.as_ref().ok_or(Error::NotFound)?;
    let point = AgreedPointId::parse(&point)?;
    ctx.page(&forms::point_page(
        &book,
        content,
        point,
        None,
        ctx.locale(),
    )?)
}

#[handler]
async fn save_point(
    SignedIn(ctx): SignedIn,
    Path((id, point)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (forum, point) = (ForumId::parse(&id)?, AgreedPointId::parse(&point)?);
    let saved = match forms::new_point(&form) {
        Ok(new) => points::change_point(&ctx, forum, point, new, version_of(&form)).await,
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => Ok(back(&ctx, forum, "berita-acara-saved")),
        Err(Error::Invalid(faults)) => {
            let book = draft_book(&ctx, &id).await?;
            let content = book.content.as_ref().ok_or(Error::NotFound)?;
            let typed = Some((&form, faults.as_slice()));
            let page = forms::point_page(&book, content, point, typed, ctx.locale())?;
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn step_point(
    SignedIn(ctx): SignedIn,
    Path((id, point, step)): Path<(String, String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, point) = (ForumId::parse(&id)?, AgreedPointId::parse(&point)?);
    match step.as_str() {
        "naik" => points::move_point(&ctx, id, point, Direction::Up).await?,
        "turun" => points::move_point(&ctx, id, point, Direction::Down).await?,
        "hapus" => points::remove_point(&ctx, id, point, version_of(&form)).await?,
        "dimaksud" => points::mean_so(&ctx, id, point, version_of(&form)).await?,
        _ => return Err(Error::NotFound),
    }
    Ok(back(&ctx, id, "berita-acara-saved"))
}
