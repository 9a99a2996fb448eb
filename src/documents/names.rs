//! A name that will stand on papers: it has letters, and a font of ours has each of them.

use super::inputs::unprintable_text;
use crate::platform::{check::Check, i18n::Message};

/// A required name on one line. One that would print as squares is nobody's on a list that is signed.
pub fn typed_name(check: &mut Check, field: &str, raw: &str, (min, max): (usize, usize)) -> String {
    let name = check.line(field, raw, min, max);
    if let Some(letters) = unprintable_text(&name) {
        let message = Message::new("field-name-letters").with("letters", letters);
        check.fault(field, message);
    } else if !name.is_empty() && !name.chars().any(char::is_alphabetic) {
        check.fault(field, Message::new("field-name-none"));
    }
    name
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
            ("--", false),
            ("12345", false),
        ] {
            let mut check = Check::new();
            typed_name(&mut check, "name", name, (2, 200));
            assert_eq!(check.is_clean(), fine, "{name}");
        }
    }
}
