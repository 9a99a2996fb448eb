//! The forms of a case page: what their fields are called, there and in the use case, and what is said when one is
//! done.

use crate::platform::error::Error;

/// One form. Two of them may ask for a reason, so their fields have names of their own on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Panel {
    Assign,
    Answer,
    Note,
    Unmask,
    Link,
    Verify,
    Classify,
    Ask,
    Start,
    Close,
    Reopen,
    Reject,
    Forward,
    Withdraw,
    Relate,
    Unrelate,
    Split,
    Question,
    Files,
}

impl Panel {
    /// (on the page, in the use case)
    pub fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Assign => &[
                ("division", "division"),
                ("person", "person"),
                ("instruction", "instruction"),
            ],
            Self::Answer => &[("text", "text"), ("standard", "standard")],
            Self::Note => &[("note", "text"), ("mention", "mention")],
            Self::Unmask => &[("reason", "reason")],
            Self::Link => &[("action", "action")],
            Self::Verify | Self::Classify => &[("class", "class")],
            Self::Ask => &[("ask_text", "text")],
            Self::Start | Self::Close => &[],
            Self::Reopen => &[("reopen_reason", "reason")],
            Self::Reject => &[
                ("reject_reason", "reason"),
                ("reject_main", "main"),
                ("reject_text", "text"),
            ],
            Self::Forward => &[("forward_body", "body"), ("forward_text", "text")],
            Self::Withdraw => &[("withdraw_reason", "reason")],
            Self::Relate | Self::Unrelate => &[("related", "related")],
            Self::Split => &[
                ("split_subject", "subject"),
                ("split_description", "description"),
                ("split_service", "service"),
            ],
            Self::Question => &[("question", "text")],
            Self::Files => &[("files", "files")],
        }
    }

    /// Where a fault of no field leads.
    pub fn first(self) -> &'static str {
        self.fields().first().map_or("note", |(page, _)| page)
    }

    /// The faults with the names that the page uses.
    pub fn faults(self, error: Error) -> Error {
        error.renamed(|field| {
            let known = self.fields().iter().find(|(_, inner)| *inner == field);
            known.map_or(field, |(page, _)| (*page).to_owned())
        })
    }

    /// The place of the page where who has done this goes on: at the next case, or, where there is more to do here,
    /// where what was done can be read.
    pub fn leads_to(self) -> &'static str {
        match self {
            Self::Note | Self::Question => "riwayat",
            Self::Classify => "waktu",
            Self::Unmask => "pelapor",
            Self::Link => "tindak-lanjut",
            Self::Relate | Self::Unrelate => "terkait",
            Self::Files => "berkas",
            _ => "berikutnya",
        }
    }

    /// Whether the citizen has to hear of it.
    pub fn tells(self) -> bool {
        matches!(
            self,
            Self::Answer
                | Self::Ask
                | Self::Question
                | Self::Reopen
                | Self::Reject
                | Self::Forward
                | Self::Withdraw
        )
    }

    /// What is said when it is done.
    pub fn done(self) -> &'static str {
        match self {
            Self::Assign => "complaints-assigned",
            Self::Answer => "complaints-answered",
            Self::Note => "complaints-noted",
            Self::Unmask => "complaints-unmasked",
            Self::Link => "complaints-linked",
            Self::Verify => "complaints-verified",
            Self::Classify => "complaints-classified",
            Self::Ask => "complaints-asked-completion",
            Self::Start => "complaints-started",
            Self::Close => "complaints-closed",
            Self::Reopen => "complaints-taken-up",
            Self::Reject => "complaints-rejected",
            Self::Forward => "complaints-forwarded",
            Self::Withdraw => "complaints-withdrawn",
            Self::Relate => "complaints-related",
            Self::Unrelate => "complaints-unrelated",
            Self::Split => "complaints-split",
            Self::Question => "complaints-asked",
            Self::Files => "complaints-attached",
        }
    }
}
