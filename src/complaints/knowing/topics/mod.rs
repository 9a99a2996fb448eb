//! Topics: several complaints about one matter. A topic counts how often the matter comes up, leads to an action item
//! that then answers every voice in it, and can be offered for the agenda of a forum.

pub mod api;
mod linking;
pub mod pages;
mod rules;
mod service;
mod standing;
mod store;

pub use linking::LinkVoices;
pub use service::{ProposedTopic, TopicCount, counted, proposed};
pub use standing::{GrowingTopic, answer, named, topic_figures, topics_of, voices_of_topic};
pub use store::{all, of_complaint};

use crate::{access::Ctx, platform::error::Result};

/// Makes a topic with cases in it, perhaps offered to forums.
pub(super) async fn make(
    ctx: &Ctx,
    (title, note): (&str, &str),
    numbers: &[String],
    offered: bool,
) -> Result<()> {
    let id = service::add(ctx, title, note, numbers).await?;
    if offered {
        service::propose(ctx, &id.to_string(), 1, true).await?;
    }
    Ok(())
}
