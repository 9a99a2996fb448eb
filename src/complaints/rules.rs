//! What may happen to a complaint, who sees which part of it, and where it stands in the queue.
//! Functions of values only.

use sea_orm::{Iterable as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// Where a complaint stands. The codes are stable.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    poem_openapi::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[oai(rename = "ComplaintStatus", rename_all = "snake_case")]
pub enum Status {
    Received,
    /// Waits for something from the citizen.
    Incomplete,
    Verified,
    Assigned,
    InProgress,
    /// Answered, which is not yet solved: the citizen has the last word.
    Answered,
    Reopened,
    Closed,
    Rejected,
    OutOfAuthority,
    Withdrawn,
}

impl Status {
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::try_from_value(&code.to_owned()).ok()
    }

    /// In the order of the straight way, then the others.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The office has to act: the deadline runs.
    #[must_use]
    pub fn is_running(self) -> bool {
        matches!(
            self,
            Self::Received | Self::Verified | Self::Assigned | Self::InProgress | Self::Reopened
        )
    }

    /// Nothing happens any more.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Closed | Self::Rejected | Self::OutOfAuthority | Self::Withdrawn
        )
    }
}

/// The way a complaint came in.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    poem_openapi::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[oai(rename = "IntakeChannel", rename_all = "snake_case")]
pub enum Channel {
    Web,
    WalkIn,
    Letter,
    Phone,
    Whatsapp,
    Email,
    SuggestionBox,
    // The derived snake case would write sp4n without its own underscore rule: named to be sure.
    #[sea_orm(string_value = "sp4n_lapor")]
    #[serde(rename = "sp4n_lapor")]
    #[oai(rename = "sp4n_lapor")]
    Sp4nLapor,
    Instagram,
    Facebook,
    Forum,
    Other,
}

impl Channel {
    /// The ways whose complaints the office records itself.
    pub fn by_staff() -> impl Iterator<Item = Self> {
        Self::iter().filter(|channel| *channel != Self::Web)
    }

    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::try_from_value(&code.to_owned()).ok()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    Answer,
    CitizenMessage,
    /// Never shown to the citizen.
    InternalNote,
}

/// What somebody wants to do with a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Assign,
    Answer,
    Close,
    /// The citizen says that the answer did not help.
    Reopen,
    /// The citizen adds a message.
    Write,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{event:?} is not possible while the complaint is {status:?}")]
pub struct Broken {
    pub status: Status,
    pub event: Event,
}

/// The states a complaint passes through, last the one it reaches: assigning implies verifying, answering
/// implies starting, and the history shows each.
pub fn steps(now: Status, event: Event) -> Result<Vec<Status>, Broken> {
    use Status::{
        Answered, Assigned, Closed, InProgress, Incomplete, Received, Reopened, Verified,
    };
    match (now, event) {
        (Received | Incomplete, Event::Assign) => Ok(vec![Verified, Assigned]),
        (Verified | Assigned | InProgress | Reopened, Event::Assign) => Ok(vec![Assigned]),
        (Received, Event::Answer) => Ok(vec![Verified, InProgress, Answered]),
        (Verified | Assigned | Reopened, Event::Answer) => Ok(vec![InProgress, Answered]),
        (InProgress, Event::Answer) => Ok(vec![Answered]),
        (Answered, Event::Close) => Ok(vec![Closed]),
        (Answered, Event::Reopen) => Ok(vec![Reopened]),
        (other, Event::Write) if !other.is_final() => Ok(Vec::new()),
        (status, event) => Err(Broken { status, event }),
    }
}

/// What the complainant chose: two choices, independent of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Privacy {
    pub anonymous: bool,
    pub confidential: bool,
}

/// What somebody is to this complaint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Viewer {
    /// Complaint officer of the unit.
    pub officer: bool,
    /// Belongs to the division that handles it.
    pub handles: bool,
    /// The complaint names a person, and it is somebody else.
    pub named_other: bool,
    /// Has said why they need the name, a short while ago.
    pub unmasked: bool,
}

/// What of the identity is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sees {
    Nothing,
    /// Hidden, but this viewer may ask for it with a reason.
    OnRequest,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Subject, description, messages, history texts.
    pub text: bool,
    pub identity: Sees,
}

/// Anonymous: the name stays with the complaint officers, who open it with a reason. Confidential: the
/// words are for officers and for those it is assigned to; a head or supervisor sees that the complaint
/// exists, its state and its dates, because lateness must not hide behind secrecy. The name of a
/// complainant is for those who answer them and for nobody else.
#[must_use]
pub fn sight(viewer: Viewer, privacy: Privacy) -> Sight {
    let assigned = viewer.handles && !(privacy.confidential && viewer.named_other);
    Sight {
        text: !privacy.confidential || viewer.officer || assigned,
        identity: match (privacy.anonymous, viewer) {
            (
                true,
                Viewer {
                    officer: true,
                    unmasked: true,
                    ..
                },
            ) => Sees::All,
            (true, Viewer { officer: true, .. }) => Sees::OnRequest,
            (true, _) => Sees::Nothing,
            (false, _) if viewer.officer || assigned => Sees::All,
            (false, _) => Sees::Nothing,
        },
    }
}

/// Far behind every microsecond since 1970 that will come to pass here.
const LATER: i64 = 100_000_000_000_000_000;

/// One number that puts complaints in the order of work: those whose deadline runs by what is due next,
/// then those that wait for the citizen, then the finished ones, newest first. One column, one index.
#[must_use]
pub fn queue(status: Status, due_at: DateTimeUtc) -> i64 {
    let due = due_at.timestamp_micros();
    if status.is_running() {
        due
    } else if status.is_final() {
        LATER * 3 - due
    } else {
        LATER + due
    }
}

/// Everything before this place in the queue is a complaint whose deadline runs.
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

#[must_use]
pub fn urgency(
    status: Status,
    due_at: DateTimeUtc,
    now: DateTimeUtc,
    soon_until: DateTimeUtc,
) -> Urgency {
    match status.is_running() {
        false => Urgency::Paused,
        true if due_at < now => Urgency::Late,
        true if due_at <= soon_until => Urgency::Soon,
        true => Urgency::InTime,
    }
}

/// `ADU-2026-000123`.
#[must_use]
pub fn number(prefix: &str, year: i32, count: i32) -> String {
    format!("{prefix}-{year}-{count:06}")
}

/// A number as people type it: blanks around, small letters.
#[must_use]
pub fn read_number(text: &str) -> String {
    text.trim().to_uppercase()
}

/// The digits of a code as people type it: with blanks or dashes. Sixteen of them, or it is no code.
#[must_use]
pub fn read_code(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.'))
        .collect();
    (digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// In groups of four, as the receipt prints it.
#[must_use]
pub fn grouped(code: &str) -> Vec<String> {
    let digits: Vec<char> = code.chars().collect();
    digits.chunks(4).map(|four| four.iter().collect()).collect()
}

/// What a search looks through: small letters, blanks folded.
#[must_use]
pub fn search_text(number: &str, subject: &str, description: &str) -> String {
    format!("{number} {subject} {description}")
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// `S••••• R•••••`: enough to recognise a caller, too little to find one.
#[must_use]
pub fn masked(text: &str) -> String {
    text.split_whitespace()
        .map(|word| {
            let first: String = word.chars().take(1).collect();
            format!("{first}•••••")
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
