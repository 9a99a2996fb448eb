//! The numbers that the survey's methods stand on, as data with their source.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, de::Error as _};

use super::exact::{self, Exact};
use crate::platform::i18n::Locale;

const METHOD: &str = include_str!("../../../fixtures/skm-method.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    pub sample: Sample,
    pub confidence: Confidence,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    source: String,
    source_en: String,
    #[serde(deserialize_with = "decimal")]
    pub chi_square: Exact,
    #[serde(deserialize_with = "decimal")]
    pub proportion: Exact,
    #[serde(deserialize_with = "decimal")]
    pub margin: Exact,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidence {
    pub source: String,
    /// In per cent.
    pub level: String,
    #[serde(deserialize_with = "decimal")]
    pub z: Exact,
    /// Fewer respondents have no interval.
    pub fewest: u64,
}

impl Sample {
    #[must_use]
    pub fn source(&self, locale: Locale) -> &str {
        match locale {
            Locale::Id => &self.source,
            Locale::En => &self.source_en,
        }
    }
}

fn decimal<'de, D: Deserializer<'de>>(from: D) -> Result<Exact, D::Error> {
    let text = String::deserialize(from)?;
    exact::parse(&text).map_err(D::Error::custom)
}

static LOADED: LazyLock<Method> =
    LazyLock::new(|| toml::from_str(METHOD).expect("the shipped numbers are read by a test"));

#[must_use]
pub fn method() -> &'static Method {
    &LOADED
}
