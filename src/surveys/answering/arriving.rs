//! Where a printed code and a link for one answer lead: to the form of their service, or to the choice of one.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    web::{Path, Query},
};

use super::{
    offered,
    pages::{Along, closed},
};
use crate::{
    access::{Ctx, Public},
    organisation::{self, Unit},
    platform::error::{Error, Result},
    standards,
};

pub fn routes(route: Route) -> Route {
    route
        .at("/survei/tautan/:token", get(by_link))
        .at("/s/:code", get(by_code))
        .at("/j/:code", get(by_short_link))
}

/// A link for one answer: the same twice is kindly refused.
#[handler]
async fn by_link(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    linked(&ctx, token).await
}

/// The same from a slip of paper, however its letters are typed.
#[handler]
async fn by_short_link(Public(ctx): Public, Path(code): Path<String>) -> Result<Response> {
    linked(&ctx, code.trim().to_uppercase()).await
}

async fn linked(ctx: &Ctx, token: String) -> Result<Response> {
    let link = offered::link(ctx, &token).await?;
    let unit = organisation::unit(&ctx.app.db, link.unit_id).await?;
    if link.spent {
        return closed(ctx, &unit, "rule-survey-link-spent", StatusCode::OK);
    }
    let along = Along {
        tautan: token,
        ..Along::default()
    };
    onward(ctx, &unit, link.service_id, &along).await
}

#[handler]
async fn by_code(
    Public(ctx): Public,
    Path(code): Path<String>,
    Query(asked): Query<Along>,
) -> Result<Response> {
    let point = offered::code(&ctx, &code).await?;
    let point = point.ok_or(Error::NotFound)?;
    let unit = organisation::unit(&ctx.app.db, point.unit_id).await?;
    if !point.active {
        return closed(&ctx, &unit, "surveys-code-off", StatusCode::GONE);
    }
    let along = Along {
        kode: point.code.clone(),
        kios: asked.kios,
        ..Along::default()
    };
    onward(&ctx, &unit, point.service_id, &along).await
}

/// To the form of the service, or to the choice of one.
async fn onward(
    ctx: &Ctx,
    unit: &Unit,
    service: Option<standards::StandardId>,
    along: &Along,
) -> Result<Response> {
    let path = match service {
        Some(id) => {
            let standard = standards::get(&ctx.app.db, id).await?;
            format!(
                "/survei/{}/isi/{}{}",
                unit.code,
                standard.code,
                along.query()
            )
        }
        None => format!("/survei/{}{}", unit.code, along.query()),
    };
    Ok(ctx.redirect(&path))
}
