//! The regulations that a new record names. They are data with source and day of force, so that a change of
//! the law is a change of the file, and a record of an earlier forum names what was in force then.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::platform::error::Result;

const FILE: &str = include_str!("../../fixtures/legal-basis.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    regulation: Vec<Regulation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Regulation {
    title: String,
    /// Where its text stands.
    #[expect(dead_code, reason = "for whoever checks the file")]
    source: String,
    valid_from: NaiveDate,
    /// The last day of force; left out while it is in force.
    valid_until: Option<NaiveDate>,
}

/// The titles in force on a day, in the order of the file.
pub fn on(day: NaiveDate) -> Result<Vec<String>> {
    let file: File = toml::from_str(FILE).map_err(anyhow::Error::from)?;
    let in_force =
        |one: &Regulation| one.valid_from <= day && one.valid_until.is_none_or(|last| day <= last);
    let regulations = file.regulation.into_iter().filter(in_force);
    Ok(regulations.map(|one| one.title).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_names_what_was_in_force_on_the_day_of_the_forum() {
        let on = |day: &str| on(day.parse().unwrap()).unwrap();
        assert_eq!(on("2025-10-28").len(), 3);
        assert!(on("2025-10-28")[2].contains("Nomor 16 Tahun 2017"));
        assert_eq!(on("2013-01-02").len(), 2, "the guideline is younger");
    }
}
