//! Words that everybody will read, and the people of the forum whom they seem to name: those who came, those who were
//! invited by name, and those whom an answer or a registration named.

use sea_orm::ConnectionTrait;

use super::{invited, service};
use crate::{
    forums::Forum,
    platform::{
        error::{Error, Result},
        i18n::Message,
        traces,
    },
};

/// The names of everybody who came or was expected. A letter to an office names nobody.
pub async fn names(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<String>> {
    let present = service::present(db, forum).await?;
    let mut names = service::people(&present);
    for one in invited::of(db, forum).await? {
        names.extend((!one.office).then_some(one.named.0));
        names.extend(one.delegate_name);
        names.extend(one.companions);
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// What in these texts somebody looks at before everybody reads them.
pub async fn to_look_at(
    db: &impl ConnectionTrait,
    forum: &Forum,
    texts: &[&str],
) -> Result<Vec<String>> {
    Ok(traces::to_look_at(texts, &names(db, forum).await?))
}

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
    let words = to_look_at(db, forum, texts).await?;
    if words.is_empty() {
        return Ok(());
    }
    let message = Message::new("attendance-look-first").with("words", words.join("; "));
    Err(Error::field("looked", message))
}
