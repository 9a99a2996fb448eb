//! Who may still answer, when a letter may change, and what became of an invitation.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::platform::{
    i18n::{Locale, t},
    mail::MailStatus,
};

/// Who may read the letter. A forum is open to the public, so its letter usually is ordinary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Classification {
    /// Biasa.
    Ordinary,
    /// Terbatas: the recipients only.
    Restricted,
}

impl Classification {
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::try_from_value(&code.to_owned()).ok()
    }

    #[must_use]
    pub fn label(self, locale: Locale) -> String {
        t(
            locale,
            &format!("invitations-classification-{}", self.code()),
        )
    }
}

/// What somebody answered.
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
#[oai(rename_all = "snake_case")]
pub enum Answer {
    None,
    Accepted,
    Declined,
    Tentative,
    Delegated,
}

impl Answer {
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::try_from_value(&code.to_owned()).ok()
    }

    #[must_use]
    pub fn label(self, locale: Locale) -> String {
        t(locale, &format!("invitations-answer-{}", self.code()))
    }

    /// How a chip shows it.
    #[must_use]
    pub fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::None => ("plain", "hourglass-split"),
            Self::Accepted => ("ok", "check-lg"),
            Self::Declined => ("late", "x-lg"),
            Self::Tentative => ("soon", "clock"),
            Self::Delegated => ("info", "person-plus"),
        }
    }
}

/// Where an invitation is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sending {
    /// There is no address: the letter goes by hand.
    NoAddress,
    NotSent,
    Queued,
    Sent,
    Failed,
    /// Sent, but time or place changed afterwards.
    Outdated,
}

impl Sending {
    /// From what was asked for and what became of the mail that followed; `given_up` says that the job
    /// that writes the mail failed for good.
    #[must_use]
    pub fn of(
        has_address: bool,
        requested_sequence: Option<i32>,
        sequence: i32,
        mail: Option<MailStatus>,
        given_up: bool,
    ) -> Self {
        match (requested_sequence, mail) {
            (None, _) if !has_address => Self::NoAddress,
            (None, _) => Self::NotSent,
            (Some(_), Some(MailStatus::Failed)) => Self::Failed,
            (Some(_), None) if given_up => Self::Failed,
            (Some(_), None | Some(MailStatus::Queued)) => Self::Queued,
            (Some(told), Some(MailStatus::Sent)) if told < sequence => Self::Outdated,
            (Some(_), Some(MailStatus::Sent)) => Self::Sent,
        }
    }

    /// Whether "send" includes this one: only what has not gone out as things stand now.
    #[must_use]
    pub fn wants_sending(self) -> bool {
        match self {
            Self::NotSent | Self::Failed | Self::Outdated => true,
            Self::NoAddress | Self::Queued | Self::Sent => false,
        }
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoAddress => "no-address",
            Self::NotSent => "not-sent",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Outdated => "outdated",
        }
    }

    #[must_use]
    pub fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::NoAddress | Self::NotSent => ("plain", "envelope"),
            Self::Queued => ("info", "hourglass-split"),
            Self::Sent => ("ok", "check-lg"),
            Self::Failed => ("late", "exclamation-triangle"),
            Self::Outdated => ("soon", "arrow-repeat"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("the letter was issued: nothing of it changes any more")]
    Issued,
    #[error("the letter is being corrected")]
    BeingCorrected,
    #[error("time or place changed since the letter was issued")]
    Outdated,
    #[error("the invitation of this recipient was sent")]
    Invited,
    #[error("the letter was not issued yet")]
    NotIssued,
    #[error("the letter has faults that must be mended first")]
    Faulty,
    #[error("the forum has begun: answers are closed")]
    Started,
}

/// Where a letter is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// Never issued.
    Draft,
    /// In force; `outdated` when time or place of the forum changed afterwards.
    Issued { outdated: bool },
    /// In force, and its next version is being written.
    Reopened,
}

/// Letter and list of recipients change while a version is being written.
pub fn may_change(letter: LetterState) -> Result<(), Broken> {
    match letter {
        LetterState::Draft | LetterState::Reopened => Ok(()),
        LetterState::Issued { .. } => Err(Broken::Issued),
    }
}

/// Only an issued letter needs a correction.
pub fn may_reopen(letter: LetterState) -> Result<(), Broken> {
    match letter {
        LetterState::Draft => Err(Broken::NotIssued),
        LetterState::Reopened => Err(Broken::BeingCorrected),
        LetterState::Issued { .. } => Ok(()),
    }
}

/// A mail never says another time or place than the letter that goes with it.
pub fn may_send(
    letter: LetterState,
    now: DateTime<Utc>,
    starts: DateTime<Utc>,
) -> Result<(), Broken> {
    match letter {
        LetterState::Draft => Err(Broken::NotIssued),
        _ if now >= starts => Err(Broken::Started),
        LetterState::Reopened => Err(Broken::BeingCorrected),
        LetterState::Issued { outdated: true } => Err(Broken::Outdated),
        LetterState::Issued { outdated: false } => Ok(()),
    }
}

/// An answer may change until the forum starts.
pub fn may_answer(now: DateTime<Utc>, starts: DateTime<Utc>) -> Result<(), Broken> {
    if now < starts {
        Ok(())
    } else {
        Err(Broken::Started)
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use sea_orm::Iterable as _;

    use super::*;

    #[test]
    fn sending_follows_what_was_asked_and_what_became_of_it() {
        use MailStatus::{Failed, Queued, Sent};
        for (address, told, now, mail, dead, expected, again) in [
            (false, None, 0, None, false, Sending::NoAddress, false),
            (true, None, 0, None, false, Sending::NotSent, true),
            (true, Some(0), 0, None, false, Sending::Queued, false),
            (true, Some(0), 0, None, true, Sending::Failed, true),
            (
                true,
                Some(0),
                0,
                Some(Queued),
                false,
                Sending::Queued,
                false,
            ),
            (true, Some(0), 0, Some(Sent), true, Sending::Sent, false),
            (true, Some(0), 0, Some(Failed), false, Sending::Failed, true),
            (true, Some(0), 1, Some(Sent), false, Sending::Outdated, true),
            (true, Some(1), 1, Some(Sent), false, Sending::Sent, false),
        ] {
            let state = Sending::of(address, told, now, mail, dead);
            assert_eq!(state, expected, "{told:?} {now} {mail:?} {dead}");
            assert_eq!(state.wants_sending(), again, "{state:?}");
        }
    }

    #[test]
    fn an_answer_may_change_until_the_forum_starts() {
        let starts = "2026-12-15T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
        assert_eq!(may_answer(starts - Duration::seconds(1), starts), Ok(()));
        assert_eq!(may_answer(starts, starts), Err(Broken::Started));
    }

    #[test]
    fn a_letter_changes_while_it_is_written_and_is_sent_while_it_is_right() {
        let now = "2026-12-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let starts = now + Duration::days(10);
        let (draft, reopened) = (LetterState::Draft, LetterState::Reopened);
        let issued = LetterState::Issued { outdated: false };
        let outdated = LetterState::Issued { outdated: true };
        for (letter, change, reopen, send) in [
            (
                draft,
                Ok(()),
                Err(Broken::NotIssued),
                Err(Broken::NotIssued),
            ),
            (issued, Err(Broken::Issued), Ok(()), Ok(())),
            (outdated, Err(Broken::Issued), Ok(()), Err(Broken::Outdated)),
            (
                reopened,
                Ok(()),
                Err(Broken::BeingCorrected),
                Err(Broken::BeingCorrected),
            ),
        ] {
            assert_eq!(may_change(letter), change, "{letter:?}");
            assert_eq!(may_reopen(letter), reopen, "{letter:?}");
            assert_eq!(may_send(letter, now, starts), send, "{letter:?}");
        }
        assert_eq!(may_send(issued, starts, starts), Err(Broken::Started));
    }

    #[test]
    fn every_answer_has_words() {
        for answer in Answer::iter() {
            assert_eq!(Answer::parse(&answer.code()), Some(answer));
            for locale in [Locale::Id, Locale::En] {
                assert!(!answer.label(locale).starts_with("invitations-"));
            }
        }
    }
}
