//! How many of a survey's recommendations were followed up, as the yearly evaluation of public services asks of each
//! period. What a period recommends (its lowest elements) is for the survey to say; here is what answers it, and what counts.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{entity::action_item::Status, planned::Planned};
use crate::platform::i18n::{Locale, Message};

impl Planned {
    /// Whether it goes on after a day, so that it can answer a result of that day: what was over by then belongs to an
    /// earlier one.
    #[must_use]
    pub fn goes_on_after(&self, day: NaiveDate, zone: Tz) -> bool {
        let ended = self.ended_at.map(|at| at.with_timezone(&zone));
        ended.is_none_or(|ended| ended.date_naive() > day)
    }
}

/// So many of all recommendations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FollowedUp {
    pub done: usize,
    pub all: usize,
}

/// Each recommendation with the states of the actions that answer it. It was followed up once one of them is verified:
/// what is promised, or only said to be done, is not proved.
#[must_use]
pub fn followed_up(recommendations: &[Vec<Status>]) -> FollowedUp {
    let proved = |states: &&Vec<Status>| states.contains(&Status::Verified);
    FollowedUp {
        done: recommendations.iter().filter(proved).count(),
        all: recommendations.len(),
    }
}

impl FollowedUp {
    /// `66,7%`, rounded half up; none where nothing was recommended.
    #[must_use]
    pub fn percent(self, locale: Locale) -> Option<String> {
        let tenths = (self.done * 2000 + self.all).checked_div(self.all * 2)?;
        let mark = match locale {
            Locale::Id => ',',
            Locale::En => '.',
        };
        Some(format!("{}{mark}{}%", tenths / 10, tenths % 10))
    }

    /// `2 dari 3 rekomendasi sudah ditindaklanjuti (66,7%)`; none where nothing was recommended.
    #[must_use]
    pub fn text(self, locale: Locale) -> Option<String> {
        let sentence = Message::new("action-followed-up")
            .with("done", self.done)
            .with("all", self.all)
            .with("share", self.percent(locale)?);
        Some(sentence.text(locale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recommendation_is_followed_up_once_an_action_about_it_is_verified() {
        let of = |recommendations: &[&[Status]]| {
            let all: Vec<Vec<Status>> = recommendations.iter().map(|one| one.to_vec()).collect();
            followed_up(&all)
        };
        for (recommendations, done) in [
            (&[][..], 0),
            (&[&[][..], &[Status::Open], &[Status::Done]], 0),
            (&[&[Status::Verified][..], &[], &[Status::Cancelled]], 1),
            // Two actions about one element are one recommendation.
            (
                &[
                    &[Status::Verified, Status::Verified][..],
                    &[Status::Open, Status::Verified],
                ],
                2,
            ),
        ] {
            let found = of(recommendations);
            assert_eq!((found.done, found.all), (done, recommendations.len()));
        }
    }

    #[test]
    fn the_share_is_rounded_half_up_and_nothing_has_none() {
        for (done, all, expected) in [
            (0, 3, "0,0%"),
            (1, 3, "33,3%"),
            (2, 3, "66,7%"),
            (1, 16, "6,3%"),
            (3, 3, "100,0%"),
        ] {
            let percent = FollowedUp { done, all }.percent(Locale::Id);
            assert_eq!(percent.as_deref(), Some(expected), "{done} of {all}");
        }
        assert_eq!(FollowedUp::default().percent(Locale::En), None);
        assert_eq!(FollowedUp::default().text(Locale::Id), None);
        let two = FollowedUp { done: 2, all: 3 };
        assert_eq!(two.percent(Locale::En).as_deref(), Some("66.7%"));
        let text = two.text(Locale::Id).unwrap();
        assert!(
            text.contains("2 dari 3") && text.contains("66,7%"),
            "{text}"
        );
    }
}
