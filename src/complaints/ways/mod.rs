//! The ways in: the unit's register of channels; what an officer takes down from a paper, a call or a suggestion box;
//! lists of SP4N-LAPOR; and messages that come in over another channel than the status page. A case, its conversation
//! over a channel and a message are three things, so that a channel that delivers by itself can be added later: it
//! finds the case by the conversation's name and keeps the message under its own name, once.

pub mod api;
pub mod boxes;
pub mod channels;
pub mod conversations;
pub mod entity;
pub mod entry;
mod forgetting;
mod incoming;
pub(super) mod paper;
mod personal;
pub mod restricted;
mod shown;
pub mod sp4n;

use chrono::{DateTime, Utc};
use poem::Route;
use sea_orm::ConnectionTrait;

use super::{
    entity::complaint,
    rules::{self, Channel},
    store,
};
use crate::{
    access::{Ctx, Permission},
    platform::{context::App, error::Result},
};

/// Every operation of the ways in.
pub type Apis = (
    api::Api,
    boxes::api::Api,
    channels::api::Api,
    restricted::api::Api,
);
pub const APIS: Apis = (
    api::Api,
    boxes::api::Api,
    channels::api::Api,
    restricted::api::Api,
);

pub use channels::{WayView, public_ways, shut as shut_ways};
pub(super) use conversations::names as names_elsewhere;
pub use forgetting::{forget, forget_address};
pub(super) use paper::with_address;
pub use personal::personal;
pub use shown::BesideCase;
pub(super) use shown::beside_case;

pub fn routes(route: Route) -> Route {
    let route = channels::pages::routes(route);
    let route = boxes::pages::routes(route);
    let route = sp4n::pages::routes(route);
    let route = restricted::pages::routes(route);
    let route = incoming::routes(route);
    entry::pages::routes(route)
}

/// The complaint of this number, if the caller may know of it.
async fn seen(ctx: &Ctx, number: &str) -> Result<complaint::Model> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    store::visible(&ctx.app.db, &scope, &rules::read_number(number)).await
}

/// The postal address that was read off the paper. Ask `rules::sight` first.
pub(super) async fn address_of(
    db: &impl ConnectionTrait,
    app: &App,
    of: &complaint::Model,
) -> Result<Option<String>> {
    match paper::of(db, of.id).await? {
        Some(row) => Ok(paper::opened(app, &row)?.0),
        None => Ok(None),
    }
}

/// Whether its way in is known by more than an officer's word: a sheet of an opened box, a row of a list.
pub(super) async fn is_bound(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<bool> {
    Ok(match of.channel {
        Channel::SuggestionBox => paper::of(db, of.id)
            .await?
            .is_some_and(|row| row.opening_id.is_some()),
        Channel::Sp4nLapor => sp4n::of_case(db, of).await?.is_some(),
        _ => false,
    })
}

/// What came by SP4N-LAPOR! is answered there: without its tracking id nobody could.
pub(super) async fn may_stand_there(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    channel: Channel,
) -> Result<bool> {
    if channel != Channel::Sp4nLapor {
        return Ok(true);
    }
    let names = conversations::names(db, of).await?;
    Ok(names.iter().any(|name| name.channel == channel))
}

/// What SP4N-LAPOR says of a case that also stands there.
pub(super) struct OnSp4n {
    pub tracking_id: Option<String>,
    /// None until a list told it.
    pub status: Option<String>,
    pub disposition: Option<String>,
    /// When it was written there.
    pub reported_at: Option<DateTime<Utc>>,
}

/// Where it also stands on SP4N-LAPOR; of a tombstone nothing is left.
pub(super) async fn on_sp4n(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Option<OnSp4n>> {
    let names = conversations::names(db, of).await?;
    let tracking_id = names
        .into_iter()
        .find(|name| name.channel == Channel::Sp4nLapor)
        .map(|name| name.external_id)
        .filter(|id| !conversations::is_forgotten(id));
    let there = sp4n::of_case(db, of).await?;
    let reported_at = there.as_ref().and_then(|row| row.reported_at);
    let (status, disposition) = there.map(|row| (row.status, row.disposition)).unzip();
    let said = |text: Option<String>| text.filter(|text| !text.is_empty());
    let found = OnSp4n {
        tracking_id,
        status: said(status),
        disposition: said(disposition),
        reported_at,
    };
    let known = found.tracking_id.is_some() || found.status.is_some();
    Ok(known.then_some(found))
}
