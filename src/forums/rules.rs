//! What a forum is made of and how it moves on. Stages follow what happened: a forum never goes back.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::platform::i18n::{Locale, t};

/// Whom a participant stands for; the six groups that an FKP brings together (PermenPANRB 16/2017).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    poem_openapi::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Group {
    Organiser,
    Users,
    Stakeholders,
    Experts,
    CivilSociety,
    Media,
}

/// What the forum is about, by the six kinds of the guideline.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    poem_openapi::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum ForumScope {
    PolicyDrafting,
    StandardDrafting,
    SupervisionEvaluation,
    Awards,
    SatisfactionSurvey,
    OtherPolicy,
}

/// Face to face or not: the guideline allows both.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    poem_openapi::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Mode {
    FaceToFace,
    Online,
    Hybrid,
}

/// Where a forum stands now.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    poem_openapi::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Stage {
    /// Team, theme, agenda.
    Preparation,
    /// Letter and recipients.
    Invitation,
    /// The day itself: people come.
    Session,
    /// What was agreed is written and signed.
    BeritaAcara,
    Report,
    /// Action items are worked on.
    FollowUp,
    Closed,
}

/// How a stage shows on the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StageState {
    Done,
    Now,
    Later,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("the forum is closed")]
    Closed,
    #[error("the forum has begun: its time and place stand as they were")]
    Begun,
    #[error("the record is final: team and agenda stand as it tells them")]
    Recorded,
    #[error("the forum ends before it starts")]
    EndsBeforeStart,
    #[error("the forum was cancelled")]
    Cancelled,
    #[error("nobody was told of the forum: it is deleted, not cancelled")]
    NotAnnounced,
    #[error("the forum was announced: it is cancelled, not deleted")]
    Announced,
    #[error("something was recorded for the forum")]
    HasRecords,
    #[error("the forum is over or its record is being written: nobody is invited any more")]
    Over,
    #[error("the forum has begun: who comes uninvited is taken in at the door")]
    Running,
}

/// The stage after something happened that belongs to `to`. Saying it twice changes nothing.
pub fn advance(now: Stage, to: Stage) -> Result<Stage, Broken> {
    match (now, to) {
        (Stage::Closed, Stage::Closed) => Ok(Stage::Closed),
        (Stage::Closed, _) => Err(Broken::Closed),
        (now, to) if to > now => Ok(to),
        (now, _) => Ok(now),
    }
}

/// Whether anything of the forum may still change: when everything is answered it is closed, and its papers stay as
/// they were sent.
pub fn may_work(now: Stage) -> Result<(), Broken> {
    if now == Stage::Closed {
        Err(Broken::Closed)
    } else {
        Ok(())
    }
}

/// Whether time and place may still change.
pub fn may_edit(now: Stage) -> Result<(), Broken> {
    match now {
        Stage::Preparation | Stage::Invitation => Ok(()),
        Stage::Session | Stage::BeritaAcara | Stage::Report | Stage::FollowUp | Stage::Closed => {
            Err(Broken::Begun)
        }
    }
}

/// Whether team and agenda may still change: they are put right while the forum runs and its record is written, until
/// papers that stay tell them.
pub fn may_plan(now: Stage, minutes_final: bool) -> Result<(), Broken> {
    may_work(now)?;
    if minutes_final || now > Stage::BeritaAcara {
        Err(Broken::Recorded)
    } else {
        Ok(())
    }
}

/// The six stages that people see, each with its state.
#[must_use]
pub fn stage_path(now: Stage) -> [(Stage, StageState); 6] {
    [
        Stage::Preparation,
        Stage::Invitation,
        Stage::Session,
        Stage::BeritaAcara,
        Stage::Report,
        Stage::FollowUp,
    ]
    .map(|stage| {
        let state = match stage.cmp(&now) {
            std::cmp::Ordering::Less => StageState::Done,
            std::cmp::Ordering::Equal => StageState::Now,
            std::cmp::Ordering::Greater => StageState::Later,
        };
        (stage, state)
    })
}

/// Codes as they stand in forms, texts and the API, with their words.
macro_rules! coded {
    ($type:ident, $prefix:literal) => {
        impl $type {
            /// All of them, in their usual order.
            #[must_use]
            pub fn all() -> Vec<Self> {
                <Self as sea_orm::Iterable>::iter().collect()
            }

            #[must_use]
            pub fn code(self) -> String {
                self.to_value()
            }

            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                <Self as ActiveEnum>::try_from_value(&code.to_owned()).ok()
            }

            #[must_use]
            pub fn label(self, locale: Locale) -> String {
                t(
                    locale,
                    &format!(concat!($prefix, "-{}"), self.code().replace('_', "-")),
                )
            }
        }
    };
}
coded!(Group, "forums-group");
coded!(ForumScope, "forums-scope");
coded!(Mode, "forums-mode");
coded!(Stage, "forums-stage");

#[cfg(test)]
mod tests {
    use sea_orm::Iterable as _;

    use super::*;

    #[test]
    fn a_forum_never_goes_back_and_a_closed_one_stays_closed() {
        for now in Stage::iter() {
            for to in Stage::iter() {
                let expected = match (now, to) {
                    (Stage::Closed, Stage::Closed) => Ok(Stage::Closed),
                    (Stage::Closed, _) => Err(Broken::Closed),
                    _ => Ok(now.max(to)),
                };
                assert_eq!(advance(now, to), expected, "{now:?} {to:?}");
            }
        }
    }

    #[test]
    fn what_was_announced_stands_once_the_forum_begins() {
        for stage in Stage::iter() {
            assert_eq!(may_edit(stage).is_ok(), stage < Stage::Session, "{stage:?}");
        }
    }

    #[test]
    fn team_and_agenda_are_put_right_until_a_record_tells_them() {
        for (stage, minutes_final, expected) in [
            (Stage::Preparation, false, Ok(())),
            (Stage::Session, false, Ok(())),
            (Stage::BeritaAcara, false, Ok(())),
            (Stage::Session, true, Err(Broken::Recorded)),
            (Stage::Report, false, Err(Broken::Recorded)),
            (Stage::Closed, false, Err(Broken::Closed)),
        ] {
            assert_eq!(may_plan(stage, minutes_final), expected, "{stage:?}");
        }
    }

    #[test]
    fn the_path_has_one_stage_now_and_none_when_closed() {
        for stage in Stage::iter() {
            let now = stage_path(stage)
                .iter()
                .filter(|(_, state)| *state == StageState::Now)
                .count();
            assert_eq!(now, usize::from(stage != Stage::Closed));
        }
    }

    #[test]
    fn every_code_is_read_back_and_has_words_in_both_languages() {
        for group in Group::iter() {
            assert_eq!(Group::parse(&group.code()), Some(group));
            for locale in [Locale::Id, Locale::En] {
                assert!(!group.label(locale).starts_with("forums-"));
            }
        }
        for stage in Stage::iter() {
            assert!(!stage.label(Locale::Id).starts_with("forums-"));
        }
        for scope in ForumScope::iter() {
            assert!(!scope.label(Locale::Id).starts_with("forums-"));
        }
        for mode in Mode::iter() {
            assert!(!mode.label(Locale::Id).starts_with("forums-"));
        }
        assert_eq!(Group::parse("unknown"), None);
    }
}
