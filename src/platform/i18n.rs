//! Indonesian first, English second. Texts live in `locales/<language>/*.ftl`; Rust names a text by
//! its key and gives the values, so a sentence is never glued together from parts.

use std::{borrow::Cow, collections::HashMap};

use chrono::{Datelike as _, NaiveDate};
use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue, langid};

fluent_templates::static_loader! {
    static TEXTS = {
        locales: "./locales",
        fallback_language: "id",
        // Isolation marks are invisible characters: they would end up in letters, mails and copied numbers.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static INDONESIAN: LanguageIdentifier = langid!("id");
static ENGLISH: LanguageIdentifier = langid!("en");

/// The language of one request, letter or mail.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    Id,
    En,
}

impl Locale {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Id => Self::En,
            Self::En => Self::Id,
        }
    }

    /// `id` or `en`; other languages are not offered.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "id" => Some(Self::Id),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The first language of `Accept-Language` that we speak; Indonesian when there is none.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| {
                Self::parse(part.trim().split([';', '-']).next().unwrap_or_default())
            })
            .next()
            .unwrap_or_default()
    }

    /// The name of a month, counted from 0.
    #[must_use]
    pub fn month(self, month0: u32) -> &'static str {
        let names = match self {
            Self::Id => MONTHS_ID,
            Self::En => MONTHS_EN,
        };
        names[month0 as usize % 12]
    }

    fn language(self) -> &'static LanguageIdentifier {
        match self {
            Self::Id => &INDONESIAN,
            Self::En => &ENGLISH,
        }
    }
}

#[rustfmt::skip]
const MONTHS_ID: [&str; 12] = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
];
#[rustfmt::skip]
const MONTHS_EN: [&str; 12] = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
];

/// What stands in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Text(String),
    /// Written as the reader's language does.
    Day(NaiveDate),
    /// The same, of a number that somebody typed with a comma or a point.
    Decimal(String),
}

/// A text named by key, with its values; it becomes words only when the reader's language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    key: String,
    args: Vec<(&'static str, Value)>,
}

impl Message {
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            args: Vec::new(),
        }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, Value::Text(value.to_string())));
        self
    }

    /// A day, written out: "28 Oktober 2025".
    #[must_use]
    pub fn on(mut self, name: &'static str, day: NaiveDate) -> Self {
        self.args.push((name, Value::Day(day)));
        self
    }

    /// A number with decimals as it was typed: "1,5"; in English "1.5".
    #[must_use]
    pub fn decimal(mut self, name: &'static str, typed: &str) -> Self {
        self.args.push((name, Value::Decimal(typed.to_owned())));
        self
    }

    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        let args = self
            .args
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Value::Text(text) => value_of(text),
                    Value::Decimal(typed) => match locale {
                        Locale::Id => typed.replace('.', ",").into(),
                        Locale::En => typed.replace(',', ".").into(),
                    },
                    Value::Day(day) => {
                        let month = locale.month(day.month0());
                        format!("{} {month} {}", day.day(), day.year()).into()
                    }
                };
                (Cow::Borrowed(*name), value)
            })
            .collect();
        lookup(locale, &self.key, &args).unwrap_or_else(|| self.key.clone())
    }
}

/// The text of a key without values.
#[must_use]
pub fn t(locale: Locale, key: &str) -> String {
    Message::new(key).text(locale)
}

/// The text of a key, or nothing when no language has it.
#[must_use]
pub fn lookup(
    locale: Locale,
    key: &str,
    args: &HashMap<Cow<'static, str>, FluentValue<'_>>,
) -> Option<String> {
    TEXTS.try_lookup_with_args(locale.language(), key, args)
}

/// Whole numbers choose plural forms; everything else is placed as it is. Numbers with leading zeros
/// (a code, a phone) or thousands are text already: Fluent must not format them again.
#[must_use]
pub fn value_of(value: &str) -> FluentValue<'static> {
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value && number < 1000 => FluentValue::from(number),
        _ => FluentValue::from(value.to_owned()),
    }
}
/// The text with a capital first letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
