//! Where a complaint stands in the queue, and how pressing it is.

use sea_orm::entity::prelude::DateTimeUtc;

use super::Status;

/// Far behind every microsecond since 1970 that will come to pass here.
const LATER: i64 = 100_000_000_000_000_000;

/// One number that puts complaints in the order of work: those whose answer is owed by what is due next (also while
/// they wait for the citizen: the legal clock does not), then the answered ones, then the finished ones, newest first.
/// One column, one index.
#[must_use]
pub fn queue(status: Status, due_at: DateTimeUtc) -> i64 {
    let due = due_at.timestamp_micros();
    if status.owes_answer() {
        due
    } else if status.is_final() {
        LATER * 3 - due
    } else {
        LATER + due
    }
}

/// Everything before this place in the queue is a complaint whose answer is owed.
pub const RUNNING_ENDS: i64 = LATER;
/// Everything before this place is not finished.
pub const OPEN_ENDS: i64 = LATER * 2;

/// How pressing a complaint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// The deadline has passed.
    Late,
    /// Due by the end of the next working day.
    Soon,
    InTime,
    /// No deadline runs.
    Paused,
}

/// Whether the answer that is owed is late. Lists, tiles, mails and warnings all ask here; the query of a list asks
/// the same of the queue.
#[must_use]
pub fn late(status: Status, due_at: DateTimeUtc, now: DateTimeUtc) -> bool {
    status.owes_answer() && due_at < now
}

#[must_use]
pub fn urgency(
    status: Status,
    due_at: DateTimeUtc,
    now: DateTimeUtc,
    soon_until: DateTimeUtc,
) -> Urgency {
    match status.owes_answer() {
        false => Urgency::Paused,
        true if late(status, due_at, now) => Urgency::Late,
        true if due_at <= soon_until => Urgency::Soon,
        true => Urgency::InTime,
    }
}
