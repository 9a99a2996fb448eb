//! A filled sheet as programs send it, and what became of it.

use chrono::NaiveDate;
use poem_openapi::Object;
use serde::Deserialize;

use super::super::answering::sending::{Scored, Sent};

/// One filled sheet. Nothing in it may name a person.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewSurveyResponse {
    /// Code of the service.
    service: String,
    /// At least half of the elements (a setting of the period).
    answers: Vec<SurveyScore>,
    #[serde(default)]
    sex: Option<String>,
    #[serde(default)]
    age_band: Option<String>,
    #[serde(default)]
    education: Option<String>,
    #[serde(default)]
    occupation: Option<String>,
    #[serde(default)]
    comment: Option<String>,
    /// A random mark of the sender's: the same one again adds nothing. Kept as a keyed hash.
    #[serde(default)]
    client_id: Option<String>,
    /// Code of the poster or tablet.
    #[serde(default)]
    point: Option<String>,
    /// It was filled on a tablet of the office.
    #[serde(default)]
    kiosk: Option<bool>,
    /// The local day, for what waited without network; at most 14 days ago. Default today.
    #[serde(default)]
    answered_on: Option<NaiveDate>,
    /// Instead of the day, for devices whose clock may be wrong: so many days ago, at most 14.
    #[serde(default)]
    days_ago: Option<u32>,
}

/// The answer to one element.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyScore {
    /// Stable id, or the name within the period (`U1`).
    element: String,
    /// 1 to 4.
    score: i64,
}

/// What became of a sheet.
#[derive(Object)]
pub struct SurveyReceipt {
    /// It had been sent before: nothing was added.
    pub(super) repeated: bool,
}

impl NewSurveyResponse {
    pub(super) fn sent(self) -> Sent {
        let text = |given: Option<String>| given.unwrap_or_default();
        let scored = self.answers.into_iter().map(|one| Scored {
            element: one.element,
            score: one.score,
        });
        Sent {
            service: self.service,
            answers: scored.collect(),
            profile: [self.sex, self.age_band, self.education, self.occupation].map(text),
            comment: text(self.comment),
            client_id: text(self.client_id),
            point: text(self.point),
            kiosk: self.kiosk.unwrap_or_default(),
            answered_on: self.answered_on,
            days_ago: self.days_ago,
        }
    }
}
