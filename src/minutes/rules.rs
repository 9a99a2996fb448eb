//! When minutes may be changed, submitted, approved, returned and corrected.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a revision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Draft,
    /// Submitted to the approver: nobody writes meanwhile.
    Review,
    /// Approved: never changed again.
    Final,
    /// A later revision was approved in its place.
    Superseded,
}

impl Status {
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Draft => "minutes-status-draft",
            Self::Review => "minutes-status-review",
            Self::Final => "minutes-status-final",
            Self::Superseded => "minutes-status-superseded",
        }
    }

    #[must_use]
    pub fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("soon", "pencil-square"),
            Self::Review => ("info", "eye"),
            Self::Final => ("ok", "lock"),
            Self::Superseded => ("plain", "arrow-repeat"),
        }
    }
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Change,
    Submit,
    Return,
    Approve,
    Correct,
}

/// Why it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("the approver is reading the minutes")]
    InReview,
    #[error("final minutes are not changed")]
    Final,
    #[error("a later revision is in force")]
    Superseded,
    #[error("only submitted minutes are approved or returned")]
    NotSubmitted,
    #[error("a draft is corrected by changing it")]
    NotFinal,
}

/// The state after a move.
pub fn after(status: Status, step: Move) -> Result<Status, Broken> {
    match (status, step) {
        (Status::Draft, Move::Change) => Ok(Status::Draft),
        (Status::Draft, Move::Submit) => Ok(Status::Review),
        (Status::Draft, Move::Return | Move::Approve) => Err(Broken::NotSubmitted),
        (Status::Draft | Status::Review, Move::Correct) => Err(Broken::NotFinal),
        (Status::Review, Move::Return) => Ok(Status::Draft),
        (Status::Review, Move::Approve) => Ok(Status::Final),
        (Status::Review, Move::Change | Move::Submit) => Err(Broken::InReview),
        (Status::Final, Move::Correct) => Ok(Status::Superseded),
        (Status::Final, _) => Err(Broken::Final),
        (Status::Superseded, _) => Err(Broken::Superseded),
    }
}

/// What must be there before minutes are submitted and approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    MinuteTaker,
    Approver,
    /// Neither a result nor a note.
    Text,
    /// Nobody is on the attendance list.
    Attendance,
    /// So many photos have no caption.
    Captions(usize),
    /// The results say something else than the points of the Berita Acara in force.
    Differ,
    /// Results, notes, closing or captions name these dates with a weekday that is another one, or that no calendar has.
    Contradicts(Vec<String>),
    /// The day of the forum is still to come.
    NotYet(chrono::NaiveDate),
}

/// The facts that are judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub minute_taker: String,
    pub approver: String,
    pub results: usize,
    pub notes: usize,
    pub present: usize,
    pub without_caption: usize,
    /// The results say something else than what was signed.
    pub differ: bool,
    /// What the texts say of the forum that cannot be.
    pub contradicts: Vec<String>,
}

/// All that is missing at once; empty when the minutes are complete.
#[must_use]
pub fn missing(facts: &Facts, day: chrono::NaiveDate, today: chrono::NaiveDate) -> Vec<Missing> {
    let blank = |text: &str| text.trim().is_empty();
    let mut found = Vec::new();
    found.extend((today < day).then_some(Missing::NotYet(day)));
    found.extend(blank(&facts.minute_taker).then_some(Missing::MinuteTaker));
    found.extend(blank(&facts.approver).then_some(Missing::Approver));
    found.extend((facts.results + facts.notes == 0).then_some(Missing::Text));
    found.extend((facts.present == 0).then_some(Missing::Attendance));
    found.extend((facts.without_caption > 0).then_some(Missing::Captions(facts.without_caption)));
    found.extend(facts.differ.then_some(Missing::Differ));
    let contradicts = facts.contradicts.clone();
    found.extend((!contradicts.is_empty()).then_some(Missing::Contradicts(contradicts)));
    found
}

/// Whether results and agreed points, where both are written, say different things. Capitals, blanks and marks at
/// the end do not matter.
#[must_use]
pub fn differ(results: &[String], agreed: &[String]) -> bool {
    let words = |lines: &[String]| -> Vec<String> {
        let plain = |line: &String| {
            let parts = line.split(|c: char| !c.is_alphanumeric());
            let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
            parts.join(" ").to_lowercase()
        };
        lines.iter().map(plain).collect()
    };
    !results.is_empty() && !agreed.is_empty() && words(results) != words(agreed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_and_points_are_compared_by_their_words() {
        let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
        for (results, agreed, expected) in [
            ("Loket dibuka pagi", "loket  dibuka pagi.", false),
            ("", "Loket dibuka pagi", false),
            ("Loket dibuka pagi", "", false),
            ("Loket dibuka pagi", "Loket dibuka siang", true),
            ("Satu", "Satu\nDua", true),
        ] {
            let found = differ(&lines(results), &lines(agreed));
            assert_eq!(found, expected, "{results} | {agreed}");
        }
    }

    #[test]
    fn moves() {
        use Move::{Approve, Change, Correct, Return, Submit};
        for (status, step, expected) in [
            (Status::Draft, Change, Ok(Status::Draft)),
            (Status::Draft, Submit, Ok(Status::Review)),
            (Status::Draft, Return, Err(Broken::NotSubmitted)),
            (Status::Draft, Approve, Err(Broken::NotSubmitted)),
            (Status::Draft, Correct, Err(Broken::NotFinal)),
            (Status::Review, Change, Err(Broken::InReview)),
            (Status::Review, Submit, Err(Broken::InReview)),
            (Status::Review, Return, Ok(Status::Draft)),
            (Status::Review, Approve, Ok(Status::Final)),
            (Status::Review, Correct, Err(Broken::NotFinal)),
            (Status::Final, Change, Err(Broken::Final)),
            (Status::Final, Submit, Err(Broken::Final)),
            (Status::Final, Return, Err(Broken::Final)),
            (Status::Final, Approve, Err(Broken::Final)),
            (Status::Final, Correct, Ok(Status::Superseded)),
            (Status::Superseded, Change, Err(Broken::Superseded)),
            (Status::Superseded, Correct, Err(Broken::Superseded)),
        ] {
            assert_eq!(after(status, step), expected, "{status:?} {step:?}");
        }
    }

    #[test]
    fn everything_that_is_missing_is_named_at_once() {
        let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
        let complete = Facts {
            minute_taker: "Notulis".into(),
            approver: "Kepala".into(),
            results: 1,
            notes: 0,
            present: 3,
            without_caption: 0,
            differ: false,
            contradicts: Vec::new(),
        };
        let on = |facts: &Facts| missing(facts, day("2026-04-15"), day("2026-04-15"));
        assert_eq!(on(&complete), vec![]);
        assert_eq!(
            missing(&complete, day("2026-04-15"), day("2026-04-14")),
            vec![Missing::NotYet(day("2026-04-15"))]
        );
        let contrary = Facts {
            differ: true,
            ..complete.clone()
        };
        assert_eq!(on(&contrary), vec![Missing::Differ]);
        let said = vec!["Senin, 15 April 2026".to_owned()];
        let contrary = Facts {
            contradicts: said.clone(),
            ..complete.clone()
        };
        assert_eq!(on(&contrary), vec![Missing::Contradicts(said)]);
        assert_eq!(
            on(&Facts {
                without_caption: 2,
                ..Facts::default()
            }),
            vec![
                Missing::MinuteTaker,
                Missing::Approver,
                Missing::Text,
                Missing::Attendance,
                Missing::Captions(2)
            ]
        );
    }
}
