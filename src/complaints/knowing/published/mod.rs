//! Cases that the public may read: a moderated text beside the complaint, which stays as it was written. Never of a
//! confidential one, never of one that was withdrawn, and never with a name.

pub mod api;
pub mod pages;
pub mod panel;
pub mod public;
mod rules;
mod service;
mod store;

pub use service::{Case, Similar, open_data, similar};
pub(in crate::complaints) use store::{forget, is_public, was_public};

use crate::{access::Ctx, platform::error::Result};

/// Publishes texts that somebody has looked at.
pub(super) async fn publish(
    ctx: &Ctx,
    number: &str,
    (title, text, answer): (&str, &str, &str),
) -> Result<()> {
    let typed = service::Typed {
        title: title.to_owned(),
        text: text.to_owned(),
        answer: answer.to_owned(),
        looked: true,
        version: 0,
    };
    service::publish(ctx, number, &typed).await.map(|_| ())
}
