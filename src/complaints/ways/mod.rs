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

use poem::Route;

use super::{entity::complaint, rules, store};
use crate::{
    access::{Ctx, Permission},
    platform::error::Result,
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
