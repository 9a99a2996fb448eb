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

    /// How a calendar says it (RFC 5545, 3.2.12).
    #[must_use]
    pub fn participation(self) -> &'static str {
        match self {
            Self::None => "NEEDS-ACTION",
            Self::Accepted => "ACCEPTED",
            Self::Declined => "DECLINED",
            Self::Tentative => "TENTATIVE",
            Self::Delegated => "DELEGATED",
        }
    }

    /// Whether somebody comes with this invitation.
    #[must_use]
    pub fn comes(self) -> bool {
        matches!(self, Self::Accepted | Self::Delegated)
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

/// How an officer brings an invitation that no mail brings.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum HandedBy {
    /// The officer opened the prepared message; that it was sent in the end only the officer knows.
    Whatsapp,
    Printed,
    /// Called, because time or place changed too late for anything else.
    Telephone,
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
    /// Brought by an officer as things stand now.
    Handed(HandedBy),
    /// Brought by an officer before time or place changed, and there is no address.
    HandedOutdated,
}

/// What is known of one invitation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    pub has_address: bool,
    /// The state of the forum for which a mail was asked for,
    pub requested: Option<i32>,
    /// what became of that mail,
    pub mail: Option<MailStatus>,
    /// and whether the job that writes it failed for good.
    pub given_up: bool,
    /// How an officer brought it, and which state of the forum it told of.
    pub handed: Option<(HandedBy, i32)>,
}

impl Sending {
    /// `now` are the sequences under which somebody was told what is so now.
    #[must_use]
    pub fn of(trace: Trace, now: [i32; 2]) -> Self {
        let by_mail = match (trace.requested, trace.mail) {
            (None, _) if !trace.has_address => Self::NoAddress,
            (None, _) => Self::NotSent,
            (Some(_), Some(MailStatus::Failed)) => Self::Failed,
            (Some(_), None) if trace.given_up => Self::Failed,
            (Some(_), None | Some(MailStatus::Queued)) => Self::Queued,
            (Some(told), Some(MailStatus::Sent)) if !now.contains(&told) => Self::Outdated,
            (Some(_), Some(MailStatus::Sent)) => Self::Sent,
        };
        match (by_mail, trace.handed) {
            // Called about another time after the mail, and that is not so any more.
            (Self::Sent, Some((_, told)))
                if Some(told) > trace.requested && !now.contains(&told) =>
            {
                Self::Outdated
            }
            (Self::Sent | Self::Queued, _) | (_, None) => by_mail,
            (_, Some((channel, told))) if now.contains(&told) => Self::Handed(channel),
            (Self::NoAddress, Some(_)) => Self::HandedOutdated,
            (Self::NotSent, Some(_)) => Self::Outdated,
            (other, Some(_)) => other,
        }
    }

    /// Whether "send" includes this one: only what has not gone out as things stand now.
    #[must_use]
    pub fn wants_sending(self) -> bool {
        match self {
            Self::NotSent | Self::Failed | Self::Outdated => true,
            Self::NoAddress
            | Self::Queued
            | Self::Sent
            | Self::Handed(_)
            | Self::HandedOutdated => false,
        }
    }

    /// Whether somebody has to bring it, because no mail can.
    #[must_use]
    pub fn wants_handing(self) -> bool {
        matches!(self, Self::NoAddress | Self::HandedOutdated)
    }

    /// Whether the recipient was told of the forum as it is now.
    #[must_use]
    pub fn is_told(self) -> bool {
        matches!(self, Self::Queued | Self::Sent | Self::Handed(_))
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
            Self::Handed(HandedBy::Whatsapp) => "whatsapp",
            Self::Handed(HandedBy::Printed) => "printed",
            Self::Handed(HandedBy::Telephone) => "telephone",
            Self::HandedOutdated => "handed-outdated",
        }
    }

    #[must_use]
    pub fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::NoAddress | Self::NotSent => ("plain", "envelope"),
            Self::Queued => ("info", "hourglass-split"),
            Self::Sent | Self::Handed(_) => ("ok", "check-lg"),
            Self::Failed => ("late", "exclamation-triangle"),
            Self::Outdated | Self::HandedOutdated => ("soon", "arrow-repeat"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("the letter was issued: nothing of it changes any more")]
    Issued,
    #[error("the letter is being corrected")]
    BeingCorrected,
    #[error("no correction of the letter is being written")]
    NotCorrected,
    #[error("the list of recipients is another than that of the letter in force")]
    ListChanged,
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
    #[error("nothing went out to this recipient: the line can simply be removed")]
    NotInvited,
    #[error("the invitation was withdrawn")]
    Withdrawn,
    #[error("there is no telephone number")]
    NoPhone,
    #[error("the question was answered")]
    Answered,
    #[error("so many questions of one recipient")]
    ManyQuestions,
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

/// Whoever was invited may be called at any time, also after the forum began, when nothing goes out any more.
pub fn may_call(letter: LetterState) -> Result<(), Broken> {
    match letter {
        LetterState::Draft => Err(Broken::NotIssued),
        LetterState::Issued { .. } | LetterState::Reopened => Ok(()),
    }
}

/// Whether somebody who heard of the forum knows only the time or place that it had before.
#[must_use]
pub fn knows_old_only(sending: Sending, told: Option<i32>, sequence: i32) -> bool {
    sequence > 0 && told.is_some() && !sending.is_told()
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
        use HandedBy::{Printed, Whatsapp};
        use MailStatus::{Failed, Queued, Sent};
        let trace = |has_address, requested, mail| Trace {
            has_address,
            requested,
            mail,
            ..Trace::default()
        };
        let dead = |trace| Trace {
            given_up: true,
            ..trace
        };
        let handed = |trace, channel, told| Trace {
            handed: Some((channel, told)),
            ..trace
        };
        let (nobody, unsent) = (trace(false, None, None), trace(true, None, None));
        for (trace, now, expected, again) in [
            (nobody, 0, Sending::NoAddress, false),
            (unsent, 0, Sending::NotSent, true),
            (trace(true, Some(0), None), 0, Sending::Queued, false),
            (dead(trace(true, Some(0), None)), 0, Sending::Failed, true),
            (
                trace(true, Some(0), Some(Queued)),
                0,
                Sending::Queued,
                false,
            ),
            (
                dead(trace(true, Some(0), Some(Sent))),
                0,
                Sending::Sent,
                false,
            ),
            (trace(true, Some(0), Some(Failed)), 0, Sending::Failed, true),
            (trace(true, Some(0), Some(Sent)), 1, Sending::Outdated, true),
            (trace(true, Some(1), Some(Sent)), 1, Sending::Sent, false),
            (
                handed(nobody, Printed, 0),
                0,
                Sending::Handed(Printed),
                false,
            ),
            (
                handed(nobody, Whatsapp, 0),
                1,
                Sending::HandedOutdated,
                false,
            ),
            (
                handed(unsent, Whatsapp, 1),
                1,
                Sending::Handed(Whatsapp),
                false,
            ),
            (handed(unsent, Whatsapp, 0), 1, Sending::Outdated, true),
            (
                handed(trace(true, Some(0), Some(Failed)), Printed, 0),
                0,
                Sending::Handed(Printed),
                false,
            ),
        ] {
            let state = Sending::of(trace, [now, now]);
            assert_eq!(state, expected, "{trace:?} {now}");
            assert_eq!(state.wants_sending(), again, "{state:?}");
        }
        // Moved and moved back: what was told first is so again, what was told between is not.
        let mailed = trace(true, Some(0), Some(Sent));
        assert_eq!(Sending::of(mailed, [2, 0]), Sending::Sent);
        let called = handed(mailed, Whatsapp, 1);
        assert_eq!(Sending::of(called, [2, 0]), Sending::Outdated);
        let brought = handed(nobody, Printed, 0);
        assert_eq!(Sending::of(brought, [2, 0]), Sending::Handed(Printed));
    }

    #[test]
    fn whoever_heard_of_an_earlier_time_is_to_be_told() {
        for (sending, told, sequence, expected) in [
            (Sending::Outdated, Some(0), 1, true),
            (Sending::HandedOutdated, Some(0), 1, true),
            (Sending::Failed, Some(0), 1, true),
            (Sending::Queued, Some(0), 1, false),
            (Sending::Handed(HandedBy::Telephone), Some(1), 1, false),
            // Nothing changed, or nobody was ever told anything.
            (Sending::Failed, Some(0), 0, false),
            (Sending::NotSent, None, 1, false),
            (Sending::NoAddress, None, 1, false),
        ] {
            let found = knows_old_only(sending, told, sequence);
            assert_eq!(found, expected, "{sending:?} {told:?} {sequence}");
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
