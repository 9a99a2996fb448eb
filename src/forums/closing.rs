//! The end of a forum, as its pages tell it.

use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{Forum, Stage};
use crate::{
    audit,
    calendar::dates,
    platform::{
        error::Result,
        i18n::{Locale, Message},
    },
};

/// When a forum was closed, and by whom; nothing before. Nobody is named where the program itself did it.
pub async fn closed_text(
    db: &impl ConnectionTrait,
    forum: &Forum,
    zone: Tz,
    locale: Locale,
) -> Result<Option<String>> {
    if forum.stage != Stage::Closed {
        return Ok(None);
    }
    let moves = audit::of_verb(db, "forum", forum.id.0, "forum.stage").await?;
    let closed = serde_json::json!(Stage::Closed);
    let last = moves
        .into_iter()
        .rev()
        .find(|moved| moved.data.get("to") == Some(&closed));
    Ok(last.map(|moved| {
        let key = match moved.actor_name.is_empty() {
            true => "forums-closed-at",
            false => "forums-closed-by",
        };
        let at = moved.at.with_timezone(&zone);
        Message::new(key)
            .with("at", dates::date_time(&at, locale))
            .with("by", moved.actor_name)
            .text(locale)
    }))
}
