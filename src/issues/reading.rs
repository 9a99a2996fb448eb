//! What people and programs write about an issue, checked at the border.

use super::service::Typed;
use crate::platform::check::Check;

/// Title and words.
pub fn typed(check: &mut Check, title: &str, words: &str) -> Typed {
    Typed {
        title: check.line("title", title, 5, 160),
        words: check.optional("words", words, 2000).unwrap_or_default(),
    }
}

/// Why somebody decided so.
pub fn reason(check: &mut Check, text: &str) -> String {
    check.text("reason", text, 5, 1000)
}
