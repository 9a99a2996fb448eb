//! The agreed points in the workspace: written from what was said or freely, changed, reordered, taken away.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};

use super::{
    entity::AgreedPointId,
    forms::{self, version_of},
    pages::{again, back, draft_book},
    points::{self, Direction},
    untaken,
    views::base_of,
};
use crate::{
    access::{Permission, SignedIn},
    forums::{self, ForumId},
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/berita-acara/butir", post(write_point))
        .at(
            "/kerja/forum/:id/berita-acara/butir/dari-masukan",
            post(write_from_inputs),
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
async fn write_point(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let done = match forms::new_point(&form) {
        Ok(new) => points::add_points(&ctx, id, vec![new]).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(_) => Ok(back(&ctx, id, "berita-acara-point-added")),
        Err(error @ Error::Invalid(_)) => again(&ctx, id, &form, error, "text").await,
        Err(error) => Err(error),
    }
}

#[handler]
async fn write_from_inputs(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::ManageForum).await?;
    let done = match untaken::new_points(&form) {
        Ok(new) => points::add_points(&ctx, id, new).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(count) => {
            let message = Message::new("berita-acara-points-added").with("count", count);
            Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &message))
        }
        Err(error @ Error::Invalid(_)) => again(&ctx, id, &form, error, "agreed_0").await,
        Err(error) => Err(error),
    }
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
