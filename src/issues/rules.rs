//! When an issue moves on, what is proposed as one and why, and which links would run in a circle.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::VoiceKind;
use crate::platform::{error::Error, i18n::Message};

/// Where an issue stands.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    poem_openapi::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum State {
    /// Written down; nobody decided yet.
    Proposed,
    /// Somebody decided that it is one; no way was chosen yet.
    Open,
    OnAgenda,
    InAction,
    Refused,
    Resolved,
}

/// What somebody wants to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Open,
    PutOnAgenda,
    /// Its line was taken out, or the forum does not take place.
    LeaveAgenda,
    Act,
    /// All its actions were given up.
    FallBack,
    Refuse,
    Resolve,
}

/// Why it is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("{0:?} does not allow {1:?}")]
    Transition(State, Move),
    #[error("the issue has no voice")]
    NoVoice,
    #[error("the voice belongs to another unit")]
    OtherUnit,
    #[error("the voice came from the issue itself")]
    Circle,
    #[error("an action of the issue is not verified yet")]
    ActionOpen,
    #[error("the issue has an action")]
    HasAction,
    #[error("the issue is over, and its voices stand")]
    VoicesStand,
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        let (code, key) = match broken {
            Broken::Transition(..) => ("issue.transition", "rule-issue-transition"),
            Broken::NoVoice => ("issue.no_voice", "rule-issue-no-voice"),
            Broken::OtherUnit => ("issue.other_unit", "rule-issue-other-unit"),
            Broken::Circle => ("issue.circle", "rule-issue-circle"),
            Broken::HasAction => ("issue.has_action", "rule-issue-has-action"),
            Broken::VoicesStand => ("issue.voices_stand", "rule-issue-voices-stand"),
            Broken::ActionOpen => ("issue.action_open", "rule-issue-action-open"),
        };
        Self::rule(code, Message::new(key))
    }
}

impl State {
    /// In the order in which they need somebody: what has no decision comes first.
    pub const ALL: [Self; 6] = [
        Self::Proposed,
        Self::Open,
        Self::OnAgenda,
        Self::InAction,
        Self::Refused,
        Self::Resolved,
    ];

    pub fn after(self, step: Move) -> Result<Self, Broken> {
        match (self, step) {
            (Self::Proposed | Self::Refused | Self::Resolved, Move::Open)
            | (Self::OnAgenda, Move::LeaveAgenda)
            | (Self::InAction, Move::FallBack) => Ok(Self::Open),
            (Self::Open | Self::OnAgenda, Move::PutOnAgenda) => Ok(Self::OnAgenda),
            (Self::Open | Self::OnAgenda | Self::InAction, Move::Act) => Ok(Self::InAction),
            (Self::Proposed | Self::Open | Self::OnAgenda, Move::Refuse) => Ok(Self::Refused),
            (Self::Open | Self::OnAgenda | Self::InAction, Move::Resolve) => Ok(Self::Resolved),
            (state, step) => Err(Broken::Transition(state, step)),
        }
    }

    /// Whether something is still to come of it.
    #[must_use]
    pub fn is_alive(self) -> bool {
        !matches!(self, Self::Refused | Self::Resolved)
    }

    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::try_from_value(&code.to_owned()).ok()
    }

    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Proposed => "issue-state-proposed",
            Self::Open => "issue-state-open",
            Self::OnAgenda => "issue-state-on-agenda",
            Self::InAction => "issue-state-in-action",
            Self::Refused => "issue-state-refused",
            Self::Resolved => "issue-state-resolved",
        }
    }

    /// Kind and icon of its chip.
    #[must_use]
    pub fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::Proposed => ("late", "exclamation-circle"),
            Self::Open => ("soon", "hourglass-split"),
            Self::OnAgenda => ("info", "people"),
            Self::InAction => ("info", "list-check"),
            Self::Refused => ("plain", "x-lg"),
            Self::Resolved => ("ok", "patch-check"),
        }
    }
}

/// What becomes of an issue when its actions changed: `ended` of them are verified, `given_up` cancelled.
#[must_use]
pub fn after_actions(all: usize, verified: usize, given_up: usize) -> Option<Move> {
    match (all, verified, given_up) {
        (0, ..) => None,
        (all, _, given_up) if given_up == all => Some(Move::FallBack),
        (all, verified, given_up) if verified + given_up == all => Some(Move::Resolve),
        _ => None,
    }
}

/// `ISU-2026-01`.
#[must_use]
pub fn code(year: i32, number: i32) -> String {
    format!("ISU-{year}-{number:02}")
}

/// A topic of complaints and how often it came up in thirty days, and in the thirty before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicFigure {
    pub id: String,
    pub title: String,
    pub now: i64,
    pub before: i64,
    pub grows: bool,
}

/// An open complaint and the stems of its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenComplaint {
    pub id: String,
    pub stems: Vec<String>,
}

/// The score of an element of the survey in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementFigure {
    /// Stable key: `time`.
    pub element: String,
    /// How the period is named everywhere: `2026 semester I`.
    pub period: String,
    /// Its id: titles change, and two can be alike.
    pub period_id: String,
    pub name: String,
    pub name_en: String,
    /// Mean of the answers, in ten-thousandths: 33100 is 3.31.
    pub score: i64,
}

/// Why something is proposed, with what the rule saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    TopicGrows {
        now: i64,
        before: i64,
    },
    Words {
        count: usize,
    },
    ElementBelow {
        period: String,
        score: i64,
        threshold: i64,
    },
    ElementLowest {
        period: String,
        score: i64,
        rank: usize,
    },
}

/// Whether a voice in an issue keeps what it stands for from being proposed again: while something is still to come of
/// the issue, and after a refusal, whose reason was told. An element is measured anew each period.
#[must_use]
pub fn is_held(kind: VoiceKind, state: State, same_period: bool) -> bool {
    match (kind, state) {
        (VoiceKind::Complaint | VoiceKind::ForumInput, _) => true,
        (_, State::Proposed | State::Open | State::OnAgenda | State::InAction) => true,
        (VoiceKind::SurveyElement, State::Refused | State::Resolved) => same_period,
        (VoiceKind::Topic, State::Refused) => true,
        (VoiceKind::Topic, State::Resolved) => false,
    }
}

/// A voice that a proposal brings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Brought {
    pub kind: VoiceKind,
    pub id: String,
    pub period: String,
    /// Empty for what is no element.
    pub period_id: String,
}

/// What is proposed as an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Names the matter, not the moment: the same matter has the same key tomorrow.
    pub key: String,
    pub title: String,
    /// In English, where the words are the program's own and not somebody's.
    pub title_en: Option<String>,
    pub why: Why,
    /// Grows with the matter.
    pub weight: i64,
    pub voices: Vec<Brought>,
}

/// The least open complaints that share words.
pub const FEWEST: usize = 3;
/// So many proposals by words: more than somebody reads help nobody.
const MOST_BY_WORDS: usize = 6;
/// Of the elements the three weakest are proposed whatever they score.
const LOWEST: usize = 3;

/// Stems that stand in every complaint and name no matter.
const COMMON: &[&str] = &[
    "adu", "bantu", "bapak", "baru", "belum", "bulan", "dinas", "hari", "ibu", "jam", "kantor",
    "kasih", "lama", "lambat", "layan", "lebih", "masih", "minta", "mohon", "petugas", "proses",
    "saat", "sampai", "sudah", "tanya", "tahun", "terima", "tidak", "tolong", "tugas", "urus",
    "warga", "yth",
];

#[must_use]
pub fn of_topics(topics: &[TopicFigure]) -> Vec<Proposal> {
    let growing = topics.iter().filter(|topic| topic.grows);
    growing
        .map(|topic| Proposal {
            key: format!("topic:{}", topic.id),
            title: topic.title.clone(),
            title_en: None,
            why: Why::TopicGrows {
                now: topic.now,
                before: topic.before,
            },
            weight: topic.now,
            voices: vec![Brought {
                kind: VoiceKind::Topic,
                id: topic.id.clone(),
                period: String::new(),
                period_id: String::new(),
            }],
        })
        .collect()
}

/// Words that several open complaints share. Words that always come together are one proposal.
#[must_use]
pub fn of_words(complaints: &[OpenComplaint]) -> Vec<Proposal> {
    let mut by_stem: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for complaint in complaints {
        let telling = complaint.stems.iter().map(String::as_str).filter(|stem| {
            stem.len() > 2 && !COMMON.contains(stem) && !stem.starts_with(|c: char| c.is_numeric())
        });
        for stem in telling {
            by_stem.entry(stem).or_default().insert(&complaint.id);
        }
    }
    let mut by_cases: BTreeMap<BTreeSet<&str>, Vec<&str>> = BTreeMap::new();
    for (stem, cases) in by_stem {
        if cases.len() >= FEWEST {
            by_cases.entry(cases).or_default().push(stem);
        }
    }
    let mut found: Vec<Proposal> = by_cases
        .into_iter()
        .map(|(cases, stems)| Proposal {
            key: format!("words:{}", stems.join("+")),
            title: stems.join(" "),
            title_en: None,
            why: Why::Words { count: cases.len() },
            weight: i64::try_from(cases.len()).unwrap_or(i64::MAX),
            voices: cases
                .into_iter()
                .map(|id| Brought {
                    kind: VoiceKind::Complaint,
                    id: id.to_owned(),
                    period: String::new(),
                    period_id: String::new(),
                })
                .collect(),
        })
        .collect();
    found.sort_by(|one, other| (other.weight, &one.key).cmp(&(one.weight, &other.key)));
    found.truncate(MOST_BY_WORDS);
    found
}

/// Elements under the threshold, and the three lowest whatever they score. All of the period have to be given: what is
/// left out afterwards keeps its place.
#[must_use]
pub fn of_elements(figures: &[ElementFigure], threshold: i64) -> Vec<Proposal> {
    let mut sorted: Vec<&ElementFigure> = figures.iter().collect();
    sorted.sort_by(|one, other| (one.score, &one.element).cmp(&(other.score, &other.element)));
    // Equals share a rank: none is left out for its place.
    let lower = |figure: &ElementFigure| {
        let lower = figures.iter().filter(|one| one.score < figure.score);
        lower.count()
    };
    sorted
        .into_iter()
        .map(|figure| (lower(figure), figure))
        .filter(|(rank, figure)| *rank < LOWEST || figure.score < threshold)
        .map(|(rank, figure)| Proposal {
            key: format!("element:{}", figure.element),
            title: figure.name.clone(),
            title_en: Some(figure.name_en.clone()),
            why: if figure.score < threshold {
                Why::ElementBelow {
                    period: figure.period.clone(),
                    score: figure.score,
                    threshold,
                }
            } else {
                Why::ElementLowest {
                    period: figure.period.clone(),
                    score: figure.score,
                    rank: rank + 1,
                }
            },
            // The scale ends at 4: the lower the score, the heavier.
            weight: 40_000 - figure.score,
            voices: vec![Brought {
                kind: VoiceKind::SurveyElement,
                id: figure.element.clone(),
                period: figure.period.clone(),
                period_id: figure.period_id.clone(),
            }],
        })
        .collect()
}

/// Whether a proposal that was turned down at one weight is shown again: more complaints by two at least, or an
/// element that fell by a tenth.
#[must_use]
pub fn comes_back(key: &str, dismissed: i64, now: i64) -> bool {
    let step = if key.starts_with("element:") {
        1_000
    } else {
        2
    };
    now >= dismissed + step
}

/// What a link leads from and to: `issue:ID`, `agenda:ID`, `forum_input:ID`, `action:ID`.
pub type Node = String;

/// Whether something reaches itself when `voice` becomes a voice of `issue`: following what already came of the issue
/// leads to that voice.
#[must_use]
pub fn closes_circle(came_of: &[(Node, Node)], voice: &str, issue: &str) -> bool {
    let mut seen: BTreeSet<&str> = BTreeSet::from([issue]);
    let mut edge: Vec<&str> = vec![issue];
    while let Some(here) = edge.pop() {
        for (_, to) in came_of.iter().filter(|(from, _)| from == here) {
            if to == voice {
                return true;
            }
            if seen.insert(to) {
                edge.push(to);
            }
        }
    }
    voice == issue
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
