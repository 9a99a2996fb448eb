//! States, channels and choices in the words that people read.

use super::{
    entity::complaint,
    explain::Chip,
    filing::FileState,
    rules::{Channel, Class, Kind, Status},
};
use crate::{
    documents::size_text,
    platform::i18n::{Locale, t},
};

/// The size of a file, and why it cannot be opened yet.
#[must_use]
pub fn file_size(size: i64, state: FileState, locale: Locale) -> String {
    let size = size_text(size, locale);
    let key = match state {
        FileState::Clean => return size,
        FileState::Waiting => "filing-file-waiting",
        FileState::Infected => "filing-file-infected",
        FileState::Damaged => "filing-file-damaged",
    };
    format!("{size} · {}", t(locale, key))
}

/// `in_progress` → the text `complaint-status-in-progress`.
#[must_use]
pub fn status(status: Status, locale: Locale) -> String {
    t(
        locale,
        &format!("complaint-status-{}", status.code().replace('_', "-")),
    )
}

#[must_use]
pub fn status_chip(of: Status, locale: Locale) -> Chip {
    let (kind, icon) = match of {
        Status::Received => ("plain", "inbox"),
        Status::Incomplete => ("soon", "reply"),
        Status::Verified => ("plain", "clipboard-check"),
        Status::Assigned => ("info", "person"),
        Status::InProgress => ("info", "hourglass-split"),
        // Answered is not solved: no green before the citizen says so.
        Status::Answered => ("info", "reply"),
        Status::Reopened => ("soon", "arrow-repeat"),
        Status::Closed => ("ok", "check-circle"),
        Status::Rejected | Status::OutOfAuthority | Status::Withdrawn => ("plain", "x-lg"),
    };
    Chip {
        kind,
        text: status(of, locale),
        icon,
    }
}

/// Handled in another one, and not answered with it yet: that is not refused.
#[must_use]
pub fn merged(of: &complaint::Model) -> bool {
    of.merged_into.is_some() && of.status == Status::Rejected
}

#[must_use]
pub fn merged_chip(locale: Locale) -> Chip {
    Chip {
        kind: "plain",
        text: t(locale, "complaint-status-merged"),
        icon: "link-45deg",
    }
}

/// The chip of one complaint: merged is not refused.
#[must_use]
pub fn standing_chip(of: &complaint::Model, locale: Locale) -> Chip {
    match merged(of) {
        true => merged_chip(locale),
        false => status_chip(of.status, locale),
    }
}

#[must_use]
pub fn channel(of: Channel, locale: Locale) -> String {
    t(
        locale,
        &format!("complaint-channel-{}", of.code().replace('_', "-")),
    )
}

#[must_use]
pub fn kind(of: Kind, locale: Locale) -> String {
    t(
        locale,
        &format!("complaint-kind-{}", of.code().replace('_', "-")),
    )
}

/// What it is called inside a sentence: `pengaduan`, `apresiasi`.
#[must_use]
pub fn called(of: Kind, locale: Locale) -> String {
    kind(of, locale).to_lowercase()
}

#[must_use]
pub fn class(of: Class, locale: Locale) -> String {
    t(
        locale,
        &format!("complaint-class-{}", of.code().replace('_', "-")),
    )
}

/// The end of the keys that say what the two choices mean together.
#[must_use]
pub fn privacy(anonymous: bool, confidential: bool) -> &'static str {
    match (anonymous, confidential) {
        (false, false) => "open",
        (true, false) => "anonymous",
        (false, true) => "confidential",
        (true, true) => "both",
    }
}

/// The chips that say what a complainant asked for.
#[must_use]
pub fn flags(anonymous: bool, confidential: bool, locale: Locale) -> Vec<Chip> {
    let chip = |key: &str, icon| Chip {
        kind: "plain",
        text: t(locale, key),
        icon,
    };
    let mut chips = Vec::new();
    if confidential {
        chips.push(chip("complaints-flag-confidential", "lock"));
    }
    if anonymous {
        chips.push(chip("complaints-flag-anonymous", "eye-slash"));
    }
    chips
}
