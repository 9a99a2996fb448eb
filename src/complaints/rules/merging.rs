//! What a citizen gets whose complaint is merged into one that has an answer already. That answer was written for
//! somebody else, so nothing of it goes out unless somebody read it and chose so.

use super::Status;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing now: the next answer of the main complaint.
    Next,
    /// The answer that the main complaint has.
    Same,
    /// Words of its own.
    Own,
}

impl Reply {
    /// A stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Same => "same",
            Self::Own => "own",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Next, Self::Same, Self::Own]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

/// What can be chosen for a complaint that is merged into one in this state; nothing where no answer will come.
#[must_use]
pub fn replies_offered(main: Status) -> &'static [Reply] {
    match main {
        Status::Answered => &[Reply::Next, Reply::Same, Reply::Own],
        // It gets no further answer: who follows it would wait for ever.
        Status::Closed => &[Reply::Same, Reply::Own],
        open if open.owes_answer() => &[Reply::Next],
        _ => &[],
    }
}
