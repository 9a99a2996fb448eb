//! Parsing at the border. A [`Check`] reads the raw texts of a form or a JSON body, collects every fault
//! with its field, and hands out clean values only when there is none: inside, nothing is checked again.

use chrono::{NaiveDate, NaiveTime};

use super::{
    error::{Error, FieldError, Result},
    i18n::Message,
};

/// Collects what is wrong, field by field.
#[derive(Debug, Default)]
pub struct Check {
    errors: Vec<FieldError>,
}

impl Check {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a fault that the caller found.
    pub fn fault(&mut self, field: &str, message: Message) {
        self.errors.push(FieldError {
            field: field.to_owned(),
            message,
        });
    }

    /// Nothing wrong was found yet.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }

    /// A required text of one or more lines, trimmed, of `min` to `max` characters.
    pub fn text(&mut self, field: &str, raw: &str, min: usize, max: usize) -> String {
        let text = normalise(raw);
        let length = text.chars().count();
        if text.is_empty() {
            self.fault(field, Message::new("field-required"));
        } else if length < min {
            self.fault(field, Message::new("field-too-short").with("min", min));
        } else if length > max {
            self.fault(
                field,
                Message::new("field-too-long")
                    .with("max", max)
                    .with("length", length),
            );
        } else if let Some(fault) = hostile(&text) {
            self.fault(field, Message::new(fault));
        }
        text
    }

    /// A required text on a single line.
    pub fn line(&mut self, field: &str, raw: &str, min: usize, max: usize) -> String {
        let text = self.text(field, raw, min, max);
        if text.contains('\n') {
            self.fault(field, Message::new("field-one-line"));
        }
        text
    }

    /// A text that may be left out.
    pub fn optional(&mut self, field: &str, raw: &str, max: usize) -> Option<String> {
        if normalise(raw).is_empty() {
            None
        } else {
            Some(self.text(field, raw, 1, max))
        }
    }

    /// An address of a page that may be left out: complete, with a host, and opened safely.
    pub fn web_address(&mut self, field: &str, raw: &str) -> Option<String> {
        let text = self.optional(field, raw, 500)?;
        let fine = text.starts_with("https://")
            && text
                .parse::<poem::http::Uri>()
                .is_ok_and(|uri| uri.host().is_some_and(|host| host.contains('.')));
        if !fine {
            self.fault(field, Message::new("field-web-address"));
        }
        Some(text)
    }

    /// An e-mail address that may be left out.
    pub fn email(&mut self, field: &str, raw: &str) -> Option<String> {
        let text = self.optional(field, raw, 254)?;
        // A domain without a dot is a slip of the pen: no mail from here would arrive there.
        let dotted = text
            .rsplit('@')
            .next()
            .is_some_and(|domain| domain.contains('.'));
        if !dotted || text.parse::<lettre::Address>().is_err() {
            self.fault(field, Message::new("field-email"));
        }
        Some(text.to_lowercase())
    }

    /// A phone number that may be left out, kept as E.164. Numbers without a country code are Indonesian.
    pub fn phone(&mut self, field: &str, raw: &str) -> Option<String> {
        let text = self.optional(field, raw, 40)?;
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        // The fictional numbers of the demo record (0800-0000-00NN) are no real Indonesian numbers.
        if digits.starts_with("08000000") && digits.len() == 12 {
            return Some(format!("+62{}", &digits[1..]));
        }
        match phonenumber::parse(Some(phonenumber::country::Id::ID), &text) {
            Ok(number) if number.is_valid() => {
                Some(number.format().mode(phonenumber::Mode::E164).to_string())
            }
            _ => {
                self.fault(field, Message::new("field-phone"));
                None
            }
        }
    }

    /// A required date, `2026-03-17`.
    pub fn date(&mut self, field: &str, raw: &str) -> NaiveDate {
        let parsed = NaiveDate::parse_from_str(&normalise(raw), "%Y-%m-%d")
            .ok()
            .filter(|date| (1900..2200).contains(&chrono::Datelike::year(date)));
        parsed.unwrap_or_else(|| {
            self.fault(
                field,
                Message::new(if raw.trim().is_empty() {
                    "field-required"
                } else {
                    "field-date"
                }),
            );
            NaiveDate::default()
        })
    }

    /// One of the values that `parse` knows.
    pub fn choice<T>(
        &mut self,
        field: &str,
        raw: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = parse(raw.trim());
        if value.is_none() {
            self.fault(
                field,
                Message::new(if raw.trim().is_empty() {
                    "field-choose"
                } else {
                    "field-unknown-choice"
                }),
            );
        }
        value
    }

    /// A time of the day, as `parse` reads it.
    pub fn clock(
        &mut self,
        field: &str,
        raw: &str,
        parse: impl Fn(&str) -> Option<NaiveTime>,
    ) -> Option<NaiveTime> {
        let time = parse(raw.trim());
        if time.is_none() {
            self.fault(field, Message::new("field-clock"));
        }
        time
    }

    /// A whole number within bounds.
    pub fn number(&mut self, field: &str, raw: &str, min: i64, max: i64) -> i64 {
        match raw.trim().parse::<i64>() {
            Ok(number) if (min..=max).contains(&number) => number,
            _ => {
                self.fault(
                    field,
                    Message::new("field-number")
                        .with("min", min)
                        .with("max", max),
                );
                min
            }
        }
    }

    /// Clean, or every fault at once.
    pub fn finish(self) -> Result<()> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self.errors))
        }
    }
}

/// Line ends made one kind, outer blanks removed, and what nobody sees taken off: text pasted from a messenger, a page
/// or a PDF is full of it, marks of direction could make it read as something else, and nobody knows how to retype it.
/// The joiners of scripts and pictures stay.
fn normalise(raw: &str) -> String {
    raw.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace(is_unseen, "")
        .trim()
        .to_owned()
}

fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'
            ..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// Why a text is refused: it carries something that a person does not type. Output is escaped all the
/// same; this keeps such text out of letters, exports and mails made by others from our data.
fn hostile(text: &str) -> Option<&'static str> {
    let invisible = |c: char| {
        (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    if text.chars().any(invisible) {
        return Some("field-invisible-characters");
    }
    let mut after_angle = text.split('<').skip(1);
    if after_angle.any(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
            && rest.contains('>')
    }) {
        return Some("field-html");
    }
    // A spreadsheet would run it as a formula when somebody opens an export.
    let mut start = text.chars();
    match (start.next(), start.next()) {
        // "=== PENTING ===" and "= tidak ada petugas" are how people write.
        (Some('='), Some(next)) if next.is_ascii_alphanumeric() && computes(text) => {
            Some("field-formula")
        }
        (Some('@' | '+' | '-'), Some(next)) if next.is_ascii_alphabetic() && text.contains('(') => {
            Some("field-formula")
        }
        _ => None,
    }
}

/// Whether the first word calls or adds something.
fn computes(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.contains(['(', '|', '!', '+', '*'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_begins_with_a_sign_is_no_formula_yet() {
        for fine in [
            "=== MOHON PERHATIAN ===",
            "= tidak ada petugas",
            "=tidak ada petugas (loket 2)",
            "=",
        ] {
            assert_eq!(hostile(fine), None, "{fine}");
        }
        for formula in ["=1+1", "=SUM(A1)", "=cmd|' /C calc'!A0", "=Sheet2!A1"] {
            assert_eq!(hostile(formula), Some("field-formula"), "{formula}");
        }
    }

    #[test]
    fn an_address_of_a_page_is_complete_and_opened_safely() {
        for (raw, fine) in [
            ("", true),
            (" https://contoh.example/a ", true),
            ("http://contoh.example/a", false),
            ("https://contoh", false),
            ("https://", false),
            ("contoh.example", false),
            ("javascript:alert(1)", false),
        ] {
            let mut check = Check::new();
            check.web_address("link", raw);
            assert_eq!(check.finish().is_ok(), fine, "{raw}");
        }
    }

    fn fault_of(text: &str) -> Option<String> {
        let mut check = Check::new();
        check.text("f", text, 1, 100);
        check.finish().err().map(|error| match error {
            Error::Invalid(errors) => errors[0].message.key().to_owned(),
            other => other.to_string(),
        })
    }

    #[test]
    fn ordinary_and_hostile_texts_are_told_apart() {
        for fine in [
            "Antrean panjang sejak 08.00",
            "nilai < 5 dan > 3",
            "- tiga berkas",
            "+62 saja",
            "baris satu\nbaris dua",
            "Terima kasih 👨‍👩‍👧",
            "a <b",
        ] {
            assert_eq!(fault_of(fine), None, "{fine}");
        }
        for (bad, key) in [
            ("", "field-required"),
            ("   ", "field-required"),
            ("<script>alert(1)</script>", "field-html"),
            ("<img src=x onerror=y>", "field-html"),
            ("=cmd|' /C calc'!A0", "field-formula"),
            ("@SUM(A1)", "field-formula"),
            ("\u{200B}\u{2060}", "field-required"),
            ("a\u{0}b", "field-invisible-characters"),
            ("\u{FEFF}=1+1", "field-formula"),
            ("<\u{200B}script>x</script>", "field-html"),
        ] {
            assert_eq!(fault_of(bad).as_deref(), Some(key), "{bad:?}");
        }
        assert_eq!(
            fault_of(&"x".repeat(101)).as_deref(),
            Some("field-too-long")
        );
    }

    #[test]
    fn what_nobody_sees_in_pasted_text_is_taken_off() {
        let mut check = Check::new();
        for (pasted, kept) in [
            ("\u{2068}Antrean\u{2069} pan\u{AD}jang", "Antrean panjang"),
            ("a\u{202E}b\u{200B}c\u{FEFF}", "abc"),
            (
                "Keluarga 👨\u{200D}👩\u{200D}👧",
                "Keluarga 👨\u{200D}👩\u{200D}👧",
            ),
        ] {
            assert_eq!(check.text("f", pasted, 1, 100), kept);
        }
        assert_eq!(
            check
                .phone("p", "\u{202A}0800-0000-0012\u{202C}")
                .as_deref(),
            Some("+6280000000012")
        );
        assert!(check.finish().is_ok());
    }

    #[test]
    fn phones_and_emails_become_one_form() {
        let mut check = Check::new();
        assert_eq!(
            check.phone("p", "0800-0000-0012").as_deref(),
            Some("+6280000000012")
        );
        assert_eq!(check.phone("p", " "), None);
        assert_eq!(
            check.email("e", " Ani@Contoh.EXAMPLE ").as_deref(),
            Some("ani@contoh.example")
        );
        assert!(check.finish().is_ok());
        let mut check = Check::new();
        check.phone("p", "12");
        check.email("e", "dua@contoh");
        check.date("d", "2026-02-30");
        assert!(matches!(check.finish(), Err(Error::Invalid(errors)) if errors.len() == 3));
    }
}
