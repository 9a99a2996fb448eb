//! The moves: what may happen to a complaint in which state. Who may make one stands with the use case.

use chrono::{DateTime, Utc};

use super::Status;

/// What somebody wants to do with a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It arrives.
    Receive,
    /// The officer has looked at it: it can be worked on.
    Verify,
    /// Something is missing, and only the citizen has it.
    RequestCompletion,
    /// What was missing is there. A complaint that was handed to a division goes back to it.
    Complete {
        handed: bool,
    },
    Assign,
    Start,
    Answer,
    Close,
    /// The citizen says that the answer did not help.
    Dispute,
    /// An officer takes it up again, also after a refusal that was wrong.
    Reopen,
    /// It cannot be worked on: nobody understands it.
    Reject,
    /// The same thing is handled in another complaint.
    Merge,
    /// The one in which this is handled was answered, and so is this: its citizen has the last word on their own page.
    AnswerWithMain,
    /// Another body is responsible.
    Forward,
    Withdraw,
    /// The citizen of one that is handled in another takes theirs back; the other goes on.
    WithdrawMerged,
    /// The citizen adds a message.
    Write,
}

impl Event {
    /// A stable code, for the history.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Verify => "verify",
            Self::RequestCompletion => "request_completion",
            Self::Complete { .. } => "complete",
            Self::Assign => "assign",
            Self::Start => "start",
            Self::Answer => "answer",
            Self::Close => "close",
            Self::Dispute => "dispute",
            Self::Reopen => "reopen",
            Self::Reject => "reject",
            Self::Merge => "merge",
            Self::AnswerWithMain => "answer_with_main",
            Self::Forward => "forward",
            Self::Withdraw | Self::WithdrawMerged => "withdraw",
            Self::Write => "write",
        }
    }
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
        Answered, Assigned, Closed, InProgress, Incomplete, OutOfAuthority, Received, Rejected,
        Reopened, Verified, Withdrawn,
    };
    let working = now.owes_answer();
    match (now, event) {
        (Received | Incomplete, Event::Verify) => Ok(vec![Verified]),
        (_, Event::RequestCompletion) if now.is_running() => Ok(vec![Incomplete]),
        // Not yet verified: somebody has to see whether it is complete now.
        (Incomplete, Event::Complete { handed: false }) => Ok(vec![Received]),
        (Incomplete, Event::Complete { handed: true }) => Ok(vec![Assigned]),
        (Received | Incomplete, Event::Assign) => Ok(vec![Verified, Assigned]),
        (Verified | Assigned | InProgress | Reopened, Event::Assign) => Ok(vec![Assigned]),
        (Received, Event::Start) => Ok(vec![Verified, InProgress]),
        (Verified | Assigned | Reopened, Event::Start) => Ok(vec![InProgress]),
        // The legal clock runs while the office waits, so what it has can be answered.
        (Received | Incomplete, Event::Answer) => Ok(vec![Verified, InProgress, Answered]),
        (Verified | Assigned | Reopened, Event::Answer) => Ok(vec![InProgress, Answered]),
        (InProgress, Event::Answer) => Ok(vec![Answered]),
        (Answered, Event::Close) => Ok(vec![Closed]),
        (Answered | Closed, Event::Dispute) => Ok(vec![Reopened]),
        (Answered | Closed | Rejected | OutOfAuthority | Withdrawn, Event::Reopen) => {
            Ok(vec![Reopened])
        }
        (_, Event::Reject | Event::Merge) if working => Ok(vec![Rejected]),
        (Rejected | Answered, Event::AnswerWithMain) => Ok(vec![Answered]),
        (_, Event::Forward) if working => Ok(vec![OutOfAuthority]),
        (_, Event::Withdraw) if !now.is_final() => Ok(vec![Withdrawn]),
        (Rejected, Event::WithdrawMerged) => Ok(vec![Withdrawn]),
        (_, Event::Write) if !now.is_final() => Ok(Vec::new()),
        (status, event) => Err(Broken { status, event }),
    }
}

/// Whether those that are handled in a complaint lose their answer with this: then they are taken up again, each by
/// itself. One citizen's withdrawal must not end what another complained about; and who waited for the next answer of
/// one that is closed waits no longer.
#[must_use]
pub fn frees_merged(event: Event) -> bool {
    matches!(
        event,
        Event::Withdraw | Event::Reject | Event::Forward | Event::Close
    )
}

/// Whether with this the office has said something to what the citizen wrote last.
#[must_use]
pub fn replies(event: Event) -> bool {
    matches!(
        event,
        Event::Answer
            | Event::AnswerWithMain
            | Event::RequestCompletion
            | Event::Close
            | Event::Reject
            | Event::Forward
            | Event::Withdraw
            | Event::Merge
    )
}

/// Whether a citizen may still say that it did not help: without end while the answer stands, and after it was closed
/// until the window of its policy ends.
#[must_use]
pub fn may_dispute(status: Status, window: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    match status {
        Status::Answered => true,
        Status::Closed => window.is_some_and(|end| now <= end),
        _ => false,
    }
}
