//! What pays for an action: the year of the budget, the amount in whole Rupiah, and the source of the funds.

use super::entity::action_item;
use crate::{
    calendar::dates,
    platform::{
        check::Check,
        i18n::{Locale, Message},
    },
};

/// A thousand billion: more than any unit's budget, less than a slip of the keyboard.
const MOST: i64 = 1_000_000_000_000;

/// Nothing of it is given where an action costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    pub year: Option<i32>,
    /// Whole Rupiah.
    pub amount: Option<i64>,
    /// `APBD Provinsi`
    pub source: Option<String>,
}

/// "Rp12.500.000,00" as people write it, as digits.
fn digits(text: &str) -> String {
    let text = text.trim().trim_start_matches("Rp").trim_start_matches('.');
    let text = text.strip_suffix(",00").unwrap_or(text);
    text.replace([' ', '.'], "")
}

/// Rupiah have points between thousands in every language.
#[must_use]
pub fn written(amount: i64) -> String {
    dates::whole(u64::try_from(amount).unwrap_or_default(), Locale::Id)
}

impl Budget {
    /// Reads the three fields. An amount is of some year and comes from somewhere.
    pub fn read(check: &mut Check, [year, amount, source]: [&str; 3]) -> Self {
        let number = |check: &mut Check, field: &str, text: &str, (least, most)| match text.trim() {
            "" => None,
            text => Some(check.number(field, text, least, most)),
        };
        let year = number(check, "budget_year", year, (2020, 2100));
        let amount = Self::rupiah(check, amount);
        let source = check.optional("budget_source", source, 120);
        if amount.is_some() {
            for (field, missing) in [
                ("budget_year", year.is_none()),
                ("budget_source", source.is_none()),
            ] {
                if missing {
                    check.fault(field, Message::new("action-budget-whole"));
                }
            }
        }
        Self {
            year: year.and_then(|year| i32::try_from(year).ok()),
            amount,
            source: source.map(|source| source.replace('\n', " ")),
        }
    }

    fn rupiah(check: &mut Check, typed: &str) -> Option<i64> {
        let digits = digits(typed);
        if digits.is_empty() {
            return None;
        }
        let amount = digits
            .parse::<i64>()
            .ok()
            .filter(|amount| (1..=MOST).contains(amount));
        if amount.is_none() {
            let message = Message::new("action-budget-amount").with("most", written(MOST));
            check.fault("budget_amount", message);
        }
        amount
    }

    #[must_use]
    pub fn of(item: &action_item::Model) -> Self {
        Self {
            year: item.budget_year,
            amount: item.budget_amount,
            source: item.budget_source.clone(),
        }
    }

    /// `Rp12.500.000, APBD Provinsi, tahun anggaran 2026`; none where it costs nothing.
    #[must_use]
    pub fn text(&self, locale: Locale) -> Option<String> {
        let amount = self.amount.and_then(|amount| u64::try_from(amount).ok());
        let amount = amount.map(|amount| format!("Rp{}", dates::whole(amount, locale)));
        let year = self.year.map(|year| {
            Message::new("action-budget-of-year")
                .with("year", year.to_string())
                .text(locale)
        });
        let parts: Vec<String> = [amount, self.source.clone(), year]
            .into_iter()
            .flatten()
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_write_it_and_says_when_and_from_where() {
        for (amount, kept) in [
            ("12.500.000", Some(12_500_000)),
            ("Rp 12.500.000,00", Some(12_500_000)),
            ("Rp. 750000", Some(750_000)),
            ("", None),
        ] {
            let mut check = Check::new();
            let read = Budget::read(&mut check, ["2026", amount, "APBD"]);
            check.finish().unwrap();
            assert_eq!(read.amount, kept, "{amount}");
        }
        for wrong in [
            ["", "1000", "APBD"],
            ["2026", "1000", ""],
            ["2026", "-5", "APBD"],
            ["2026", "12,5", "APBD"],
            ["2026", "0", "APBD"],
        ] {
            let mut check = Check::new();
            Budget::read(&mut check, wrong);
            assert!(check.finish().is_err(), "{wrong:?}");
        }
        let whole = Budget {
            year: Some(2026),
            amount: Some(12_500_000),
            source: Some("APBD".to_owned()),
        };
        assert_eq!(
            whole.text(Locale::Id).as_deref(),
            Some("Rp12.500.000, APBD, tahun anggaran 2026")
        );
        assert_eq!(Budget::default().text(Locale::Id), None);
    }
}
