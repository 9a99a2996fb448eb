//! The form of a period: its days and the rules of its figures.

use chrono::NaiveDate;

use super::{
    rules::{
        GRADE_TABLES, LEAST_MINIMUM, LONGEST_PERIOD_DAYS, USUAL_LEAST_PERCENT, USUAL_MINIMUM,
        WEIGHT_POLICIES, WeightChoice,
    },
    service::PeriodFields,
};
use crate::{
    platform::{
        check::Check,
        error::Result,
        i18n::{Locale, Message, t},
        traces,
        web::forms::{Form, FormView},
    },
    surveys::entity::setup::period,
};

/// An empty form; own weights can be chosen, and are proposed, where there are some to go on with.
#[must_use]
pub fn empty_form(own_weights: bool, locale: Locale) -> FormView {
    let named = |codes: &[&str], key: &str| -> Vec<(String, String)> {
        let codes = codes.iter();
        codes
            .map(|code| {
                let tail = code.to_lowercase().replace(['/', '.'], "-");
                ((*code).to_owned(), t(locale, &format!("{key}-{tail}")))
            })
            .collect()
    };
    let mut weights = named(&WEIGHT_POLICIES, "surveys-weights");
    let mut usual = WEIGHT_POLICIES[0];
    if own_weights {
        usual = WeightChoice::OWN;
        weights.insert(0, (usual.to_owned(), t(locale, "surveys-weights-own-on")));
    }
    FormView::new()
        .field("title", true, 120)
        .field("opens_on", true, 0)
        .field("closes_on", true, 0)
        .choice("grade_table", true, named(&GRADE_TABLES, "surveys-grades"))
        .choice("weight_policy", true, weights)
        .field("by_volume", false, 0)
        .field("minimum_answers", true, 5)
        .field("least_percent", true, 3)
        .with("grade_table", GRADE_TABLES[0])
        .with("weight_policy", usual)
        .with("minimum_answers", USUAL_MINIMUM.to_string())
        .with("least_percent", USUAL_LEAST_PERCENT.to_string())
}

#[must_use]
pub fn form_of(period: &period::Model, own_weights: bool, locale: Locale) -> FormView {
    let policy = match own_weights {
        true => WeightChoice::OWN,
        false => period.weight_policy.as_str(),
    };
    empty_form(own_weights, locale)
        .with("title", &period.title)
        .with("opens_on", period.opens_on.to_string())
        .with("closes_on", period.closes_on.to_string())
        .with("grade_table", &period.grade_table)
        .with("weight_policy", policy)
        .with("by_volume", if period.by_volume { "true" } else { "" })
        .with("minimum_answers", period.minimum_answers.to_string())
        .with("least_percent", period.least_percent.to_string())
}

/// What a form or a program says about a period.
pub struct Raw<'a> {
    pub title: &'a str,
    pub opens_on: &'a str,
    pub closes_on: &'a str,
    pub grade_table: &'a str,
    /// None: nothing was said, which a program may and a form may not.
    pub weight_policy: Option<&'a str>,
    pub by_volume: bool,
    pub minimum_answers: &'a str,
    pub least_percent: &'a str,
}

impl<'a> Raw<'a> {
    #[must_use]
    pub fn of(form: &'a Form) -> Self {
        Self {
            title: form.get("title"),
            opens_on: form.get("opens_on"),
            closes_on: form.get("closes_on"),
            grade_table: form.get("grade_table"),
            weight_policy: Some(form.get("weight_policy")),
            by_volume: form.is_on("by_volume"),
            minimum_answers: form.get("minimum_answers"),
            least_percent: form.get("least_percent"),
        }
    }
}

pub fn parsed(raw: &Raw<'_>) -> Result<PeriodFields> {
    let mut check = Check::new();
    let one_of = |codes: &'static [&'static str]| {
        move |given: &str| codes.iter().find(|code| **code == given).copied()
    };
    let title = check.line("title", raw.title, 3, 120);
    traces::look_for_identity_numbers(&mut check, "title", &title);
    let opens_on = check.date("opens_on", raw.opens_on);
    let closes_on = check.date("closes_on", raw.closes_on);
    let days = (closes_on - opens_on).num_days();
    // Of a day that is none nothing more can be said.
    let read = [opens_on, closes_on]
        .iter()
        .all(|day| *day != NaiveDate::default());
    if read && days < 0 {
        check.fault("closes_on", Message::new("surveys-days-order"));
    } else if read && days > LONGEST_PERIOD_DAYS {
        check.fault("closes_on", Message::new("surveys-days-long"));
    }
    let grade_table = check.choice("grade_table", raw.grade_table, one_of(&GRADE_TABLES));
    let weights = raw
        .weight_policy
        .map_or(Some(WeightChoice::Unsaid), |code| {
            check.choice("weight_policy", code, WeightChoice::parse)
        });
    let minimum = check.number(
        "minimum_answers",
        raw.minimum_answers,
        LEAST_MINIMUM,
        10_000,
    );
    let least = check.number("least_percent", raw.least_percent, 1, 100);
    check.finish()?;
    Ok(PeriodFields {
        title,
        opens_on,
        closes_on,
        grade_table: grade_table.unwrap_or_default().to_owned(),
        weights: weights.unwrap_or(WeightChoice::Unsaid),
        by_volume: raw.by_volume,
        minimum_answers: i32::try_from(minimum).unwrap_or(USUAL_MINIMUM),
        least_percent: i32::try_from(least).unwrap_or(USUAL_LEAST_PERCENT),
    })
}
