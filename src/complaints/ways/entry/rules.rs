//! What an officer typed in a hurry: a day of long ago, a few letters of a service, a text without a subject.

use chrono::NaiveDate;

use crate::platform::{
    check::Check,
    i18n::{Locale, Message, t},
    words::folded,
};

/// Days after which a day of receipt is asked about once more; a choice of ours. `2025` typed for `2026` makes a case a
/// year late at once, and heads and supervisors are told.
const ASKED_AFTER_DAYS: i64 = 30;

/// The text of that question.
pub const LONG_AGO: &str = "ways-received-long-ago";

#[must_use]
pub fn is_long_ago(day: NaiveDate, today: NaiveDate) -> bool {
    (today - day).num_days() > ASKED_AFTER_DAYS
}

/// Asks whether a day of long ago is meant; `sure` is the day that was asked about before.
pub fn ask_again(check: &mut Check, field: &str, typed: &str, today: NaiveDate, sure: &str) {
    let Ok(day) = typed.trim().parse::<NaiveDate>() else {
        return;
    };
    if is_long_ago(day, today) && sure.trim() != typed.trim() {
        let message = Message::new(LONG_AGO).with("days", (today - day).num_days());
        check.fault(field, message);
    }
}

/// (code, name) of a service.
pub type Service = (String, String);

/// What was typed names no service, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    Unknown,
    Several,
}

/// The code behind a name, a code, or the part of a name that only one service has.
pub fn service_of(typed: &str, services: &[Service]) -> Result<Option<String>, Unclear> {
    let wanted = folded(typed);
    if wanted.is_empty() {
        return Ok(None);
    }
    let whole = |(code, name): &&Service| folded(code) == wanted || folded(name) == wanted;
    if let Some((code, _)) = services.iter().find(whole) {
        return Ok(Some(code.clone()));
    }
    let mut parts = services
        .iter()
        .filter(|(_, name)| folded(name).contains(&wanted));
    match (parts.next(), parts.next()) {
        (Some((code, _)), None) => Ok(Some(code.clone())),
        (None, _) => Err(Unclear::Unknown),
        _ => Err(Unclear::Several),
    }
}

/// What a case is called where nobody wrote a subject: its first words. Those of an anonymous one may be a name, and a
/// subject stands in lists and mails.
#[must_use]
pub fn subject_of(text: &str, anonymous: bool) -> String {
    const MOST: usize = 80;
    if anonymous && !text.trim().is_empty() {
        return t(Locale::Id, "ways-subject-anonymous");
    }
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    if line.chars().count() <= MOST {
        return line.to_owned();
    }
    let cut: String = line.chars().take(MOST).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_name_a_service_when_only_one_has_them() {
        let services = [
            ("ktp-el", "Perekaman dan Pencetakan KTP-el"),
            ("ikd", "Aktivasi IKD"),
            ("data", "Data Agregat"),
            ("padan", "Pemadanan Data"),
        ]
        .map(|(code, name)| (code.to_owned(), name.to_owned()));
        for (typed, found) in [
            ("", Ok(None)),
            ("  ", Ok(None)),
            ("KTP-EL", Ok(Some("ktp-el"))),
            ("aktivasi  ikd", Ok(Some("ikd"))),
            ("cetak", Ok(Some("ktp-el"))),
            ("data", Ok(Some("data"))),
            ("dat", Err(Unclear::Several)),
            ("paspor", Err(Unclear::Unknown)),
        ] {
            let found = found.map(|code| code.map(str::to_owned));
            assert_eq!(service_of(typed, &services), found, "{typed}");
        }
    }

    #[test]
    fn a_sheet_without_a_subject_is_called_by_its_first_words() {
        assert_eq!(subject_of("\n  AC mati \nsejak Senin", false), "AC mati");
        let long = "kata ".repeat(40);
        let subject = subject_of(&long, false);
        assert!(
            subject.ends_with("kata…") && subject.chars().count() <= 81,
            "{subject}"
        );
        // Nobody reads a name in a list that the sheet was to hide.
        assert_eq!(
            subject_of("Saya, Bungaran Contoh, kecewa", true),
            "Pengaduan dari pelapor anonim"
        );
        assert_eq!(subject_of(" ", true), "", "an empty sheet is a fault still");
    }
}
