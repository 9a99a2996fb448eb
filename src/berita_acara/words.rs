//! What the rules say, as sentences.

use super::rules::{Broken, Missing, Part, Warning};
use crate::{
    calendar::dates,
    platform::{
        error::Error,
        i18n::{Locale, Message, t},
    },
};

/// The refusal in words of the reader's language.
pub(super) fn refused(locale: Locale, broken: Broken) -> Error {
    match broken {
        Broken::Locked => Error::rule(
            "berita_acara.locked",
            Message::new("rule-berita-acara-locked"),
        ),
        Broken::Signed => Error::rule(
            "berita_acara.signed",
            Message::new("rule-berita-acara-signed"),
        ),
        // Beside the room to sign, on the screen of whom it is about.
        Broken::SignedAlready(name) => Error::field(
            "signature",
            Message::new("rule-berita-acara-signed-already").with("name", name),
        ),
        Broken::NoCorrection => Error::rule(
            "berita_acara.no_correction",
            Message::new("rule-berita-acara-no-correction"),
        ),
        Broken::NotLocked => Error::rule(
            "berita_acara.not_locked",
            Message::new("rule-berita-acara-not-locked"),
        ),
        Broken::Superseded => Error::rule(
            "berita_acara.superseded",
            Message::new("rule-berita-acara-superseded"),
        ),
        Broken::Incomplete(missing) => {
            let words: Vec<String> = missing
                .iter()
                .map(|one| missing_text(one, locale))
                .collect();
            Error::rule(
                "berita_acara.incomplete",
                Message::new("rule-berita-acara-incomplete").with("missing", words.join(" ")),
            )
        }
        Broken::FutureSignature(day) => Error::rule(
            "berita_acara.future_signature",
            Message::new("rule-berita-acara-future-signature")
                .with("day", dates::long_date(day, locale)),
        ),
        Broken::EarlySignature(day) => Error::rule(
            "berita_acara.early_signature",
            Message::new("rule-berita-acara-early-signature")
                .with("day", dates::long_date(day, locale)),
        ),
    }
}

fn part_name(part: Part, locale: Locale) -> String {
    match part {
        Part::Title => t(locale, "berita-acara-heading"),
        Part::Opening => t(locale, "berita-acara-opening"),
        Part::Closing => t(locale, "berita-acara-closing"),
        Part::LegalBasis => t(locale, "berita-acara-basis"),
        Part::Reference => t(locale, "berita-acara-reference"),
        Part::Point(number) => Message::new("berita-acara-point-title")
            .with("number", number)
            .text(locale),
    }
}

/// What is missing, as a sentence.
#[must_use]
pub fn missing_text(missing: &Missing, locale: Locale) -> String {
    let plain = |key: &str| t(locale, key);
    match missing {
        Missing::Number => plain("berita-acara-missing-number"),
        Missing::Place => plain("berita-acara-missing-place"),
        Missing::PlaceDiffers(record, forum) => Message::new("berita-acara-missing-place-differs")
            .with("record", record)
            .with("forum", forum)
            .text(locale),
        Missing::Contradicts(part, words) => {
            let said = Message::new(part.key()).with("words", words.join("; "));
            format!("{}: {}", part_name(*part, locale), said.text(locale))
        }
        Missing::PointsWithActions(codes) => Message::new("berita-acara-missing-actions")
            .with("codes", codes.join(", "))
            .text(locale),
        Missing::Title => plain("berita-acara-missing-title"),
        Missing::Points => plain("berita-acara-missing-points"),
        Missing::StillInputs(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            Message::new("berita-acara-missing-repeats")
                .with("numbers", numbers.join(", "))
                .text(locale)
        }
        Missing::Organiser => plain("berita-acara-missing-organiser"),
        Missing::Attendance => plain("berita-acara-missing-attendance"),
        Missing::Group(group) => Message::new("berita-acara-missing-group")
            .with("group", group.label(locale))
            .text(locale),
        Missing::NotYet(at) => Message::new("berita-acara-missing-not-yet")
            .with("day", dates::long_date(at.date(), locale))
            .with("time", at.format("%H.%M").to_string())
            .text(locale),
        Missing::Nameless(names) => Message::new("berita-acara-missing-nameless")
            .with("names", names.join("; "))
            .text(locale),
        Missing::Unsigned(names) => Message::new("berita-acara-missing-unsigned")
            .with("names", names.join("; "))
            .text(locale),
    }
}

/// What should be known, as a sentence.
#[must_use]
pub fn warning_text(warning: &Warning, locale: Locale) -> String {
    let with = |key: &str, name: &'static str, value: String| {
        Message::new(key).with(name, value).text(locale)
    };
    match warning {
        Warning::Excused(names) => with("berita-acara-warning-excused", "names", names.join("; ")),
        Warning::GroupExcused(group) => with(
            "berita-acara-warning-group-excused",
            "group",
            group.label(locale),
        ),
        Warning::GroupAbsent(group) => {
            with("berita-acara-warning-group", "group", group.label(locale))
        }
        Warning::NoLegalBasis => t(locale, "berita-acara-warning-basis"),
        Warning::NoMinutes => t(locale, "berita-acara-warning-minutes"),
        Warning::NoScan => t(locale, "berita-acara-warning-scan"),
        Warning::LetterDiffers => t(locale, "berita-acara-warning-letter"),
        Warning::ListChanged => t(locale, "berita-acara-warning-list"),
        Warning::InputsUnused(codes) => {
            with("berita-acara-warning-inputs", "codes", codes.join(", "))
        }
        Warning::Unprintable(letters) => with(
            "berita-acara-warning-unprintable",
            "letters",
            letters.clone(),
        ),
        Warning::InputsNamePeople(codes) => {
            with("berita-acara-warning-naming", "codes", codes.join(", "))
        }
        Warning::NotPresent(names) => {
            with("berita-acara-warning-absent", "names", names.join("; "))
        }
    }
}
