//! What an office and its citizens learn from complaints: the register book, the recapitulation, the cases that the
//! public may read, public figures and open data, and the topics under which several voices are one matter.

pub mod api;
mod book;
mod figures;
mod measuring;
pub mod pages;
mod period;
pub mod published;
mod recap;
mod scope;
mod topics;

/// Every operation about what is learnt.
pub type Apis = (
    api::Api,
    book::api::Api,
    published::api::Api,
    topics::api::Api,
);
pub const APIS: Apis = (
    api::Api,
    book::api::Api,
    published::api::Api,
    topics::api::Api,
);

pub use book::{received as received_on, without_words as register_without_words};
pub use measuring::{Matter, Matters, first_received, matters_of, matters_of_unit, received_about};
pub(in crate::complaints) use period::Period;
pub(in crate::complaints) use published::panel::{KnowingPanel, panel};
pub(in crate::complaints) use recap::rules::Figures;
pub use topics::{
    GrowingTopic, LinkVoices, ProposedTopic, answer as answer_topic, named as topic_named,
    proposed as proposed_topics, topic_figures, topics_of, voices_of_topic,
};

use super::{ComplaintId, store};
use crate::{access::Ctx, platform::error::Result};

/// The recapitulation of a unit and span of days as workbook and as paper, in Indonesian.
pub async fn recapitulation(
    ctx: &Ctx,
    unit: &str,
    (from, to): (chrono::NaiveDate, chrono::NaiveDate),
) -> Result<(Vec<u8>, Vec<u8>)> {
    let asked = recap::Asked {
        unit: unit.to_owned(),
        from: from.to_string(),
        to: to.to_string(),
        group_by: String::new(),
    };
    let of = recap::recap(ctx, &asked).await?;
    let locale = crate::platform::i18n::Locale::Id;
    Ok((recap::xlsx(&of, locale)?, recap::pdf(ctx, &of).await?))
}

/// Publishes a complaint with these texts: title, text, answer.
pub async fn publish(
    ctx: &Ctx,
    id: ComplaintId,
    (title, text, answer): (&str, &str, &str),
) -> Result<()> {
    let number = store::get(&ctx.app.db, id).await?.number;
    published::publish(ctx, &number, (title, text, answer)).await
}

/// Makes a topic of these complaints, named and with a note, perhaps offered to forums.
pub async fn make_topic(
    ctx: &Ctx,
    (title, note): (&str, &str),
    ids: &[ComplaintId],
    offered: bool,
) -> Result<()> {
    let mut numbers = Vec::with_capacity(ids.len());
    for id in ids {
        numbers.push(store::get(&ctx.app.db, *id).await?.number);
    }
    topics::make(ctx, (title, note), &numbers, offered).await
}
