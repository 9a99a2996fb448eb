//! A name that will stand on papers: it has letters, and a font of ours has each of them.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use super::inputs::unprintable_text;
use crate::platform::{check::Check, i18n::Message};

/// A required name on one line. One that would print as squares is nobody's on a list that is signed.
pub fn typed_name(check: &mut Check, field: &str, raw: &str, (min, max): (usize, usize)) -> String {
    let name = check.line(field, raw, min, max);
    if has_stacked_marks(&name) {
        check.fault(field, Message::new("field-name-marks"));
    } else if let Some(letters) = unprintable_text(&name) {
        let message = Message::new("field-name-letters").with("letters", letters);
        check.fault(field, message);
    } else if !name.is_empty() && !name.chars().any(char::is_alphabetic) {
        check.fault(field, Message::new("field-name-none"));
    }
    name
}

/// Whether one letter carries more accents than any script gives it: they would cover the lines around the name.
fn has_stacked_marks(name: &str) -> bool {
    const MOST: usize = 3;
    let mut stacked = 0;
    name.nfd().any(|sign| {
        stacked = if is_combining_mark(sign) {
            stacked + 1
        } else {
            0
        };
        stacked > MOST
    })
}

/// The same where a name may be left out.
pub fn optional_name(check: &mut Check, field: &str, raw: &str, max: usize) -> Option<String> {
    let left_out = raw.trim().is_empty();
    (!left_out).then(|| typed_name(check, field, raw, (1, max)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_letters_that_paper_can_show() {
        for (name, fine) in [
            ("Ni Luh Putu Ayu Contoh, S.Sos., M.Si.", true),
            ("Ja\u{2019}far O\u{2019}Contoh", true),
            ("Zo\u{eb} \u{d1}and\u{fa}", true),
            ("Budi \u{1f600}", false),
            ("\u{1f600}\u{1f600}", false),
            ("Bu\u{301}\u{301}\u{301}\u{301}di", false),
            ("--", false),
            ("12345", false),
        ] {
            let mut check = Check::new();
            typed_name(&mut check, "name", name, (2, 200));
            assert_eq!(check.is_clean(), fine, "{name}");
        }
    }

    #[test]
    fn an_accent_is_no_pile_of_marks() {
        for (name, piled) in [
            // Two accents in one letter, and a third as a sign of its own.
            ("Nguy\u{1ec5}\u{323}n Contoh", false),
            ("e\u{301}e\u{301}e\u{301}e\u{301}", false),
            ("Bu\u{301}\u{302}\u{303}\u{304}di", true),
        ] {
            assert_eq!(has_stacked_marks(name), piled, "{name}");
        }
    }

    #[test]
    fn marks_of_direction_are_no_part_of_a_name() {
        for mark in [
            '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
            '\u{2068}', '\u{2069}', '\u{200e}', '\u{200f}', '\u{061c}',
        ] {
            let mut check = Check::new();
            let name = typed_name(&mut check, "name", &format!("Budi {mark}Contoh"), (2, 200));
            assert_eq!(name, "Budi Contoh", "{mark:?}");
            assert!(check.is_clean());
        }
    }
}
