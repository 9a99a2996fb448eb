//! What may happen to a complaint, who sees which part of it, and where it stands in the queue.
//! Functions of values only.

mod merging;
mod moves;
mod naming;
mod privacy;
mod queue;
mod receiving;
mod telling;
mod texts;

use sea_orm::{Iterable as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

pub use merging::{Reply, replies_offered};
pub use moves::{Broken, Event, frees_merged, may_dispute, replies, steps};
pub use naming::{names, without_name};
pub use privacy::{Privacy, Sees, Sight, Viewer, protects_no_less, sight};
pub use queue::{OPEN_ENDS, RUNNING_ENDS, Urgency, late, queue, urgency};
pub use receiving::receipt_fault;
pub use telling::{Teller, is_unreached, teller};
pub use texts::{grouped, masked, number, numbers_meant, read_code, read_number};

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

    /// An answer is owed: the office works on it, or waits for its citizen, which stops no legal clock.
    #[must_use]
    pub fn owes_answer(self) -> bool {
        self.is_running() || self == Self::Incomplete
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
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }

    /// The ways whose complaints the office records itself.
    pub fn by_staff() -> impl Iterator<Item = Self> {
        Self::iter().filter(|channel| *channel != Self::Web)
    }

    /// Whether an officer may say that a complaint came another way. What somebody sent by the web the program knows by
    /// itself, and so it does (`bound`) with a sheet of an opened box or a row of a list.
    #[must_use]
    pub fn may_become(self, other: Self, bound: bool) -> bool {
        self == other || (!bound && self != Self::Web && other != Self::Web)
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

/// What somebody brings.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
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
#[oai(rename = "ComplaintKind", rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Complaint,
    Aspiration,
    InformationRequest,
    Praise,
}

impl Kind {
    /// Whether its citizen can be asked if it is solved: praise asks for nothing.
    #[must_use]
    pub fn is_solvable(self) -> bool {
        self != Self::Praise
    }

    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
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

/// How long a solution may take: SP4N-LAPOR's classes of 5, 14 and 60 working days. The numbers are data of the
/// calendar; here stand the codes.
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
#[oai(rename = "ResolutionClass", rename_all = "snake_case")]
pub enum Class {
    InformationRequest,
    /// A complaint that needs no supervision (5, 14, 60: the middle one).
    NotSupervisory,
    /// A complaint about conduct that the inspectorate looks into.
    Supervisory,
}

impl Class {
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
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
    /// To the citizen: what is missing or not clear.
    Question,
    CitizenMessage,
    /// Never shown to the citizen.
    InternalNote,
}

impl MessageKind {
    #[must_use]
    pub fn direction(self) -> Direction {
        match self {
            Self::CitizenMessage => Direction::In,
            Self::Answer | Self::Question => Direction::Out,
            Self::InternalNote => Direction::Internal,
        }
    }
}

/// From the citizen, to the citizen, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    In,
    Out,
    Internal,
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
