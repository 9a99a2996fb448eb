//! What people and programs write about an issue, checked at the border.

use super::service::Typed;
use crate::platform::{check::Check, traces::look_for_identity_numbers};

/// Title and words. Those who raised it read the title, and so does everybody once an action comes of it.
pub fn typed(check: &mut Check, title: &str, words: &str) -> Typed {
    let typed = Typed {
        title: check.line("title", title, 5, 160),
        words: check.optional("words", words, 2000).unwrap_or_default(),
    };
    look_for_identity_numbers(check, "title", &typed.title);
    look_for_identity_numbers(check, "words", &typed.words);
    typed
}

/// Why somebody decided so.
pub fn reason(check: &mut Check, text: &str) -> String {
    reason_in(check, "reason", text)
}

/// The same in a field of another name. Other citizens read it on their status pages.
pub fn reason_in(check: &mut Check, field: &str, text: &str) -> String {
    let reason = check.text(field, text, 5, 1000);
    look_for_identity_numbers(check, field, &reason);
    reason
}
