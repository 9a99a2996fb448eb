//! The end of a forum, as its pages tell it.

use std::collections::HashMap;

use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{Forum, ForumId, Stage, service, store};
use crate::{
    audit,
    calendar::dates,
    platform::{
        db::Tx,
        error::Result,
        i18n::{Locale, Message},
    },
};

/// The forum, kept until the transaction ends, where even a closed one lets go of a promise that has nowhere to go: the
/// caller asks what else is closed.
pub async fn hold_closed_too(tx: &Tx, id: ForumId) -> Result<Forum> {
    let forum = store::hold(tx, id).await?;
    service::refuse_cancelled(&forum)?;
    Ok(forum)
}

/// When a forum was closed, and by whom; nothing before.
pub async fn closed_text(
    db: &impl ConnectionTrait,
    forum: &Forum,
    zone: Tz,
    locale: Locale,
) -> Result<Option<String>> {
    let closings = closings(db, std::slice::from_ref(forum)).await?;
    Ok(closings.get(&forum.id).map(|it| text(it, zone, locale)))
}

/// The move that closed each forum; none for those that are open.
pub(super) async fn closings(
    db: &impl ConnectionTrait,
    forums: &[Forum],
) -> Result<HashMap<ForumId, audit::Model>> {
    let ended = forums.iter().filter(|forum| forum.stage == Stage::Closed);
    let ids: Vec<_> = ended.map(|forum| forum.id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let moves = audit::of_verb_to(db, "forum", ids, "forum.stage").await?;
    let closed = serde_json::json!(Stage::Closed);
    // Oldest first: the last one stays.
    let closings = moves
        .into_iter()
        .filter(|moved| moved.data.get("to") == Some(&closed))
        .map(|moved| (ForumId(moved.thing_id), moved));
    Ok(closings.collect())
}

/// "Ditutup … oleh …". Nobody is named where the program itself did it.
pub(super) fn text(closing: &audit::Model, zone: Tz, locale: Locale) -> String {
    let key = match closing.actor_name.is_empty() {
        true => "forums-closed-at",
        false => "forums-closed-by",
    };
    let at = closing.at.with_timezone(&zone);
    Message::new(key)
        .with("at", dates::date_time(&at, locale))
        .with("by", &closing.actor_name)
        .text(locale)
}
