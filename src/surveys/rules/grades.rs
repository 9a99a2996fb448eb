//! Grade tables as data: which value is which grade by which regulation. The same value has different grades in
//! different tables, so the table belongs to the period and is printed with the grade.

use std::sync::LazyLock;

use serde::Deserialize;

use super::exact::{self, Exact};
use crate::platform::i18n::Locale;

const GRADES: &str = include_str!("../../../fixtures/skm-grades.toml");

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeTable {
    /// `14/2017`
    pub code: String,
    pub regulation: String,
    pub valid_from_year: i32,
    pub valid_to_year: Option<i32>,
    /// How many elements the regulation has.
    pub elements: usize,
    /// How sure the bounds are, and why.
    pub certainty: String,
    /// From the worst to the best.
    band: Vec<Band>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub grade: String,
    /// The bounds as printed, both within.
    pub from: String,
    pub to: String,
    pub perception: u8,
    performance_id: String,
    performance_en: String,
}

impl Band {
    #[must_use]
    pub fn performance(&self, locale: Locale) -> &str {
        match locale {
            Locale::Id => &self.performance_id,
            Locale::En => &self.performance_en,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GradesFile {
    table: Vec<GradeTable>,
}

static TABLES: LazyLock<Vec<GradeTable>> = LazyLock::new(|| {
    toml::from_str::<GradesFile>(GRADES)
        .expect("the shipped tables are read by a test")
        .table
});

/// All tables, the one in force first.
#[must_use]
pub fn tables() -> &'static [GradeTable] {
    &TABLES
}

#[must_use]
pub fn table(code: &str) -> Option<&'static GradeTable> {
    TABLES.iter().find(|table| table.code == code)
}

impl GradeTable {
    #[must_use]
    pub fn bands(&self) -> &[Band] {
        &self.band
    }

    /// The grade of a value that was rounded to two decimals. What lies below the table, which only weights that sum
    /// to less than one can bring about, is of the lowest grade; nothing lies above 100.
    #[must_use]
    pub fn grade(&self, rounded: &Exact) -> Option<&Band> {
        let reached = |band: &&Band| exact::parse(&band.from).is_ok_and(|from| *rounded >= from);
        let best = self.band.iter().rev().find(reached);
        best.or(self.band.first())
    }

    /// Whether a period that ended in this year may use the table.
    #[must_use]
    pub fn is_valid_in(&self, year: i32) -> bool {
        year >= self.valid_from_year && self.valid_to_year.is_none_or(|last| year <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graded(code: &str, value: &str) -> String {
        let value = exact::parse(value).unwrap();
        table(code).unwrap().grade(&value).unwrap().grade.clone()
    }

    #[test]
    fn every_bound_is_of_its_grade() {
        for table in tables() {
            for band in table.bands() {
                for bound in [&band.from, &band.to] {
                    assert_eq!(graded(&table.code, bound), band.grade, "{bound}");
                }
            }
        }
    }

    #[test]
    fn no_value_with_two_decimals_lies_between_two_grades() {
        for table in tables() {
            for pair in table.bands().windows(2) {
                let next = exact::parse(&pair[0].to).unwrap() + exact::parse("0.01").unwrap();
                assert_eq!(next, exact::parse(&pair[1].from).unwrap(), "{}", table.code);
            }
            assert_eq!(table.bands()[0].from, "25.00");
            assert_eq!(table.bands()[3].to, "100.00");
        }
    }

    #[test]
    fn the_same_value_has_another_grade_in_the_older_table() {
        assert_eq!(graded("KEP/25/2004", "75.77"), "B");
        assert_eq!(graded("14/2017", "75.77"), "C");
        // Grades that an office published for its services.
        assert_eq!(graded("14/2017", "75.56"), "C");
        assert_eq!(graded("14/2017", "86.29"), "B");
        assert_eq!(graded("14/2017", "94.61"), "A");
        // Below the table: only rounded weights lead there.
        assert_eq!(graded("14/2017", "24.75"), "D");
    }

    #[test]
    fn a_table_says_when_it_holds() {
        for (code, year, valid) in [
            ("14/2017", 2016, false),
            ("14/2017", 2017, true),
            ("14/2017", 2030, true),
            ("KEP/25/2004", 2011, true),
            ("KEP/25/2004", 2018, false),
        ] {
            assert_eq!(
                table(code).unwrap().is_valid_in(year),
                valid,
                "{code} {year}"
            );
        }
    }
}
