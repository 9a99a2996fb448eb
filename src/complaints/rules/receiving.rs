//! When something can have been received.

use chrono::{DateTime, TimeDelta, Utc};

use crate::platform::i18n::Message;

/// Longer ago than this nothing is taken down any more, nor its day put right; a choice of ours. What an office finds
/// that is older is a matter for a person, and a deadline of decades ago would stand before every other.
const OLDEST_DAYS: i64 = 731;

/// Why something cannot have been received at this moment.
#[must_use]
pub fn receipt_fault(at: DateTime<Utc>, now: DateTime<Utc>) -> Option<Message> {
    if at > now {
        return Some(Message::new("complaints-received-in-future"));
    }
    let oldest = now - TimeDelta::days(OLDEST_DAYS);
    (at < oldest).then(|| Message::new("complaints-received-too-long-ago").with("years", 2))
}
