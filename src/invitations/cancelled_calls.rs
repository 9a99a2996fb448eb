//! Whom nobody told yet that a forum does not take place: no mail reaches them, and nobody noted a call.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

use super::{HandedBy, Recipient, store, withdrawing};
use crate::{
    forums::Forum,
    platform::{
        error::Result,
        mail::{self, MailStatus},
    },
};

/// Those who are to be told by word of mouth, and those who were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// How many invitations were taken back with the forum.
    pub withdrawn: usize,
    /// Of those who are told, whom a mail reaches.
    pub mailed: usize,
    pub untold: Vec<Recipient>,
    pub told: Vec<Recipient>,
}

/// Whether a call was noted since the forum was cancelled.
#[must_use]
pub fn knows(row: &Recipient, cancelled_at: DateTime<Utc>) -> bool {
    row.handed_channel == Some(HandedBy::Telephone)
        && row.handed_at.is_some_and(|at| at >= cancelled_at)
}

/// Nobody is to be called about a forum that takes place.
pub async fn of(db: &impl ConnectionTrait, forum: &Forum) -> Result<Calls> {
    let Some(cancelled_at) = forum.cancelled_at else {
        return Ok(Calls::default());
    };
    // Who was taken off the list before heard of that then; who was never told of the forum may hold a paper.
    let mut rows = store::withdrawn(db, forum).await?;
    rows.retain(|row| row.withdrawn_at == Some(cancelled_at));
    let withdrawn = rows.len();
    let listed = store::recipients(db, forum).await?;
    rows.extend(listed.into_iter().filter(|row| row.printed_at.is_some()));
    let ids: Vec<_> = rows.iter().map(|row| row.id.0).collect();
    let mails = mail::about(db, withdrawing::ABOUT, &ids).await?;
    let reached: HashSet<_> = mails
        .into_iter()
        .filter(|mail| mail.status != MailStatus::Failed)
        .map(|mail| mail.about_id)
        .collect();
    let all = rows.len();
    rows.retain(|row| !reached.contains(&row.id.0));
    let mailed = all - rows.len();
    rows.sort_by_key(|row| (row.position, row.id));
    let (told, untold) = rows.into_iter().partition(|row| knows(row, cancelled_at));
    Ok(Calls {
        withdrawn,
        mailed,
        untold,
        told,
    })
}
