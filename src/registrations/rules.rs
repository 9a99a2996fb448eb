//! When people may register, and who has a seat.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::forums::{Group, Stage};

/// Who ended a registration.
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
pub enum EndedBy {
    Person,
    Organiser,
}

/// The seats of one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupSeats {
    pub group: Group,
    pub seats: usize,
    pub taken: usize,
}

impl GroupSeats {
    #[must_use]
    pub fn left(self) -> usize {
        self.seats.saturating_sub(self.taken)
    }
}

/// Why nobody can register at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The forum was not announced: nobody knows of it yet.
    NotAnnounced,
    /// The letter is for its recipients only.
    Restricted,
    /// It does not take place.
    Cancelled,
    Off,
    Over,
    /// The forum has begun, or is over.
    Begun,
    /// No seat is left in any group.
    Full,
}

/// What decides.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub stage: Stage,
    pub restricted: bool,
    pub cancelled: bool,
    pub on: bool,
    pub closes_at: DateTime<Utc>,
    pub starts: DateTime<Utc>,
    pub seats_left: usize,
}

/// Whether people may register now.
pub fn is_open(facts: &Facts, now: DateTime<Utc>) -> Result<(), Closed> {
    if facts.restricted {
        return Err(Closed::Restricted);
    }
    if facts.cancelled {
        return Err(Closed::Cancelled);
    }
    if !facts.on {
        return Err(Closed::Off);
    }
    match facts.stage {
        Stage::Preparation => return Err(Closed::NotAnnounced),
        Stage::Invitation if now < facts.starts => {}
        _ => return Err(Closed::Begun),
    }
    if now >= facts.closes_at {
        return Err(Closed::Over);
    }
    match facts.seats_left {
        0 => Err(Closed::Full),
        _ => Ok(()),
    }
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("registration is closed")]
    Closed(Closed),
    #[error("this contact is registered")]
    Known,
    #[error("this address is invited")]
    Invited,
    #[error("the registration was ended")]
    Ended,
    #[error("a forum for invited people only takes no registrations")]
    Restricted,
}

/// Seats by group, in the order of the guideline, of those groups that are asked for.
#[must_use]
pub fn seats(offered: &[(Group, i32)], taken: &[Group]) -> Vec<GroupSeats> {
    Group::all()
        .into_iter()
        .filter_map(|group| {
            let (_, seats) = offered.iter().find(|(of, _)| *of == group)?;
            Some(GroupSeats {
                group,
                seats: usize::try_from(*seats).unwrap_or_default(),
                taken: taken.iter().filter(|of| **of == group).count(),
            })
        })
        .filter(|one| one.seats > 0)
        .collect()
}

/// What is offered first: the plan less those who are invited.
#[must_use]
pub fn proposed(planned: &[(Group, i32)], invited: &[(Group, i32)]) -> Vec<(Group, i32)> {
    let people = |group: Group| -> i32 {
        let of = invited.iter().filter(|(other, _)| *other == group);
        of.map(|(_, people)| people).sum()
    };
    planned
        .iter()
        .filter(|(group, _)| *group != Group::Organiser)
        .map(|(group, planned)| (*group, (planned - people(*group)).max(0)))
        .collect()
}

/// When registration is to close, before anybody chose: the afternoon before; where that is over, when the forum
/// begins.
#[must_use]
pub fn proposed_closing(starts: DateTime<Tz>, now: DateTime<Utc>) -> DateTime<Tz> {
    let evening = NaiveTime::from_hms_opt(16, 0, 0).unwrap_or_default();
    let before = starts.date_naive().pred_opt();
    let before = before.and_then(|day| {
        let local = day.and_time(evening).and_local_timezone(starts.timezone());
        local.earliest()
    });
    before.filter(|closes| *closes > now).unwrap_or(starts)
}

/// The state of a forum that everybody should know: each move of time or place is the next one, and that it does not
/// take place is the last.
#[must_use]
pub fn news_of(sequence: i32, cancelled: bool) -> i32 {
    sequence + i32::from(cancelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn people_register_from_the_announcement_until_it_closes() {
        let open = Facts {
            stage: Stage::Invitation,
            restricted: false,
            cancelled: false,
            on: true,
            closes_at: at("2026-04-08T08:00:00Z"),
            starts: at("2026-04-10T00:00:00Z"),
            seats_left: 2,
        };
        let now = at("2026-04-01T00:00:00Z");
        let cases = [
            (open, now, Ok(())),
            (Facts { on: false, ..open }, now, Err(Closed::Off)),
            (
                Facts {
                    cancelled: true,
                    ..open
                },
                now,
                Err(Closed::Cancelled),
            ),
            (
                Facts {
                    restricted: true,
                    ..open
                },
                now,
                Err(Closed::Restricted),
            ),
            (
                Facts {
                    stage: Stage::Preparation,
                    ..open
                },
                now,
                Err(Closed::NotAnnounced),
            ),
            (
                Facts {
                    stage: Stage::Session,
                    ..open
                },
                now,
                Err(Closed::Begun),
            ),
            (open, at("2026-04-08T08:00:00Z"), Err(Closed::Over)),
            (
                Facts {
                    closes_at: at("2026-04-12T00:00:00Z"),
                    ..open
                },
                at("2026-04-10T00:00:00Z"),
                Err(Closed::Begun),
            ),
            (
                Facts {
                    seats_left: 0,
                    ..open
                },
                now,
                Err(Closed::Full),
            ),
        ];
        for (facts, now, outcome) in cases {
            assert_eq!(is_open(&facts, now), outcome, "{facts:?} {now}");
        }
    }

    #[test]
    fn a_closing_that_is_over_is_never_proposed() {
        let starts = at("2026-04-10T00:00:00Z").with_timezone(&chrono_tz::Asia::Makassar);
        for (now, closes) in [
            ("2026-04-01T00:00:00Z", "2026-04-09T08:00:00Z"),
            ("2026-04-09T07:59:00Z", "2026-04-09T08:00:00Z"),
            ("2026-04-09T08:00:00Z", "2026-04-10T00:00:00Z"),
            ("2026-04-09T23:00:00Z", "2026-04-10T00:00:00Z"),
        ] {
            assert_eq!(proposed_closing(starts, at(now)), at(closes), "{now}");
        }
    }

    #[test]
    fn seats_are_counted_by_group_and_never_below_nought() {
        let found = seats(
            &[(Group::Media, 1), (Group::Users, 3), (Group::Experts, 0)],
            &[Group::Media, Group::Media, Group::Users],
        );
        let left: Vec<_> = found.iter().map(|one| (one.group, one.left())).collect();
        assert_eq!(left, [(Group::Users, 2), (Group::Media, 0)]);
        let planned = [(Group::Organiser, 5), (Group::Users, 10), (Group::Media, 2)];
        let offered = proposed(&planned, &[(Group::Users, 4), (Group::Media, 3)]);
        assert_eq!(offered, [(Group::Users, 6), (Group::Media, 0)]);
    }
}
