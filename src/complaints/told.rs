//! What the reporter of a complaint is told of by mail.

/// What the reporter is told of, beside receipt and answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told<'a> {
    Asked,
    Question,
    Rejected,
    Merged,
    Forwarded,
    Withdrawn,
    TakenUp,
    /// The same, and the answer that a wrong merge brought is taken back.
    TakenBack,
    /// An officer made another secret code.
    CodeRenewed,
    /// The complaint in which it was handled ended without an answer.
    Freed,
    Split,
    /// The time for completing it is over.
    WaitOver,
    /// The date they were told moved, for this reason.
    Moved(&'a str),
    /// Closed because nothing was heard; where the survey asks about it, the link for one answer.
    Closed(Option<&'a str>),
    /// What became of the voice: on the agenda of a forum, promised, done, given up, meant for others, refused, settled.
    OnAgenda,
    Promised,
    PromiseKept,
    PromiseGivenUp,
    PromiseNotMeant,
    IssueRefused,
    /// Opened again and refused again, for a reason of its own.
    IssueRefusedAgain,
    IssueResolved,
}

impl Told<'_> {
    /// Nothing comes after it by which the citizen would hear what became of it.
    pub(super) fn ends(self) -> bool {
        matches!(self, Self::Rejected | Self::Forwarded | Self::Withdrawn)
    }

    /// How its texts begin.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Question => "question",
            Self::Rejected => "rejected",
            Self::Merged => "merged",
            Self::Forwarded => "forwarded",
            Self::Withdrawn => "withdrawn",
            Self::TakenUp => "taken-up",
            Self::TakenBack => "taken-back",
            Self::CodeRenewed => "code-renewed",
            Self::Freed => "freed",
            Self::Split => "split",
            Self::WaitOver => "wait-over",
            Self::Moved(_) => "moved",
            Self::Closed(_) => "closed",
            Self::OnAgenda => "on-agenda",
            Self::Promised => "promised",
            Self::PromiseKept => "promise-kept",
            Self::PromiseGivenUp => "promise-given-up",
            Self::PromiseNotMeant => "promise-not-meant",
            Self::IssueRefused => "issue-refused",
            Self::IssueRefusedAgain => "issue-refused-again",
            Self::IssueResolved => "issue-resolved",
        }
    }
}
