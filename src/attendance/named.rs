//! Words that everybody will read, and the people on the list whom they seem to name.

use sea_orm::ConnectionTrait;

use super::service;
use crate::{
    forums::Forum,
    platform::{
        error::{Error, Result},
        i18n::Message,
        traces,
    },
};

/// Asks, by the field `looked`, for a look at words that seem to name somebody or to hold a number or an address, while they
/// can be written otherwise. Whoever has looked may let them stand.
pub async fn look_first(
    db: &impl ConnectionTrait,
    forum: &Forum,
    texts: &[&str],
    looked: bool,
) -> Result<()> {
    if looked {
        return Ok(());
    }
    let present = service::present(db, forum).await?;
    let names = service::people(&present);
    let mut found = Vec::new();
    for text in texts {
        found.extend(traces::leftovers(text, &[]));
        found.extend(traces::people(text, &names));
    }
    found.sort();
    found.dedup();
    if found.is_empty() {
        return Ok(());
    }
    let words: Vec<String> = found.into_iter().map(|(_, words)| words).collect();
    let message = Message::new("attendance-look-first").with("words", words.join("; "));
    Err(Error::field("looked", message))
}
