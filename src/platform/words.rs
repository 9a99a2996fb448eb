//! Words as people compare them.

/// Small letters and single blanks: how a name was typed makes no other name.
#[must_use]
pub fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn capitals_and_blanks_make_no_other_name() {
        assert_eq!(folded("  Kepala\u{a0}DINAS \n "), folded("kepala dinas"));
        assert_ne!(folded("Kepala Dinas"), folded("Kepaladinas"));
    }
}
