//! When somebody may be checked in, and how a list is counted and masked.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use sea_orm::{Iterable as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{closing::Closed, entity::attendance::Model, naming};
use crate::{forums::Group, platform::words::folded};

/// How a person was checked in.
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
pub enum Method {
    /// Found in the list.
    Name,
    /// By the code on the invitation or the name tag.
    Code,
    /// Came without being on the list.
    WalkIn,
    /// By the person, with the link on the wall.
    SelfService,
    /// Ticked against the signed sheet.
    Sheet,
}

impl Method {
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }
}

/// How somebody belongs to the forum. By whichever way they came in, it stays the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Invited,
    /// Took a seat on the public page: expected, though no letter names them.
    Registered,
    /// The office's own people need no invitation.
    Organiser,
    Guest,
}

#[must_use]
pub fn standing(row: &Model) -> Standing {
    match (row.recipient_id, row.participant_group) {
        (Some(_), _) if row.registered => Standing::Registered,
        (Some(_), _) => Standing::Invited,
        (None, Group::Organiser) => Standing::Organiser,
        (None, _) => Standing::Guest,
    }
}

/// Whether the row still has the name on the letter: nobody said who came.
#[must_use]
pub fn is_office(row: &Model) -> bool {
    row.office.as_deref() == Some(row.name.as_str())
}

/// The row with the name that somebody gave. A letter may name a person: whoever gives that name confirms it, and keeps
/// the position that stands beside it.
#[must_use]
pub fn named(mut row: Model, name: String) -> Model {
    if row.role.is_empty() {
        row.role = naming::position_beside(&row.name, &name);
    }
    row.office = row.office.filter(|office| folded(office) != folded(&name));
    row.name = name;
    row
}

impl Method {
    /// The key of its words.
    #[must_use]
    pub fn text_key(self) -> String {
        format!("attendance-method-{}", self.code().replace('_', "-"))
    }
}

/// Why the door says no. A volunteer reads it out, so each names what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("{name} is already in")]
    AlreadyIn { name: String, at: DateTime<Utc> },
    #[error("the invitation of {name} was withdrawn")]
    Withdrawn { name: String },
    #[error("the forum is not on this day")]
    NotToday { days: Vec<NaiveDate> },
    #[error("arrivals are noted from {opens}")]
    NotYet { opens: DateTime<Utc> },
    #[error("the last day of the forum has passed")]
    Over { days: Vec<NaiveDate> },
    #[error("the invitation is {name}'s")]
    SomebodyElse { name: String },
    #[error("{here} of {all} are in, and nobody said who comes next")]
    NextNameless {
        office: String,
        names: String,
        here: usize,
        all: usize,
    },
    #[error("all {all} of an invitation are in: {names}")]
    AllIn {
        office: String,
        names: String,
        all: usize,
    },
    #[error("the check-in of {name} was taken back after it was sent")]
    TakenBack { name: String },
    #[error("{name} has signed already")]
    Signed { name: String },
    #[error("only the staff lets the organiser's own people in")]
    OwnPeople,
    #[error("the link on the wall is switched off")]
    SelfServiceOff,
    #[error("the code belongs to another forum")]
    OtherForum { title: String },
    #[error("no such code")]
    UnknownCode,
    #[error("{name} is not checked in")]
    NotIn { name: String },
    #[error("the forum was cancelled: {reason}")]
    Cancelled { reason: String },
    #[error("the list is closed")]
    Closed(Closed),
    #[error("nobody is present")]
    Nobody,
}

/// Whether this row, as it is on the day of the door, may be checked in.
pub fn may_check_in(row: &Model, closed: Option<Closed>) -> Result<(), Broken> {
    if let Some(closed) = closed {
        return Err(Broken::Closed(closed));
    }
    match row.checked_in_at {
        Some(at) => Err(Broken::AlreadyIn {
            name: row.name.clone(),
            at,
        }),
        None => Ok(()),
    }
}

/// Whether the check-in of this day may be taken back.
pub fn may_undo(row: &Model, closed: Option<Closed>) -> Result<(), Broken> {
    if let Some(closed) = closed {
        return Err(Broken::Closed(closed));
    }
    match row.checked_in_at {
        None => Err(Broken::NotIn {
            name: row.name.clone(),
        }),
        Some(_) => Ok(()),
    }
}

/// Whether taking this check-in back takes the signature too: who came on another day as well keeps it.
#[must_use]
pub fn loses_signature(row: &Model) -> bool {
    row.signature_id.is_some() && row.visits.0.len() == 1
}

/// No device waits longer than this with what it noted; an older note is taken for the clock of a broken device.
const LONGEST_WAIT_HOURS: i64 = 72;

/// When a person came who is told of only now. The device says how long ago, so its clock need not be right.
#[must_use]
pub fn came_at(now: DateTime<Utc>, seconds_ago: i64) -> DateTime<Utc> {
    now - Duration::seconds(seconds_ago.clamp(0, LONGEST_WAIT_HOURS * 3600))
}

/// Whether a search of the door finds this text.
#[must_use]
pub fn finds(query: &str, texts: &[&str]) -> bool {
    let all = folded(&texts.join(" "));
    folded(query).split(' ').all(|word| all.contains(word))
}

/// A code as typed: capitals, no blanks or hyphens.
#[must_use]
pub fn normal_code(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Every code that a typed one may mean: whoever reads one aloud or from paper mixes these up. Codes that are made now
/// have one of each pair, earlier ones had both.
#[must_use]
pub fn readings(code: &str) -> Vec<String> {
    const PAIRS: [[char; 2]; 4] = [['S', '5'], ['B', '8'], ['G', '6'], ['Z', '2']];
    let mut found = vec![String::with_capacity(code.len())];
    for typed in code.chars().take(LONGEST_READ) {
        let pair = PAIRS.iter().find(|pair| pair.contains(&typed));
        let meant = pair.map_or_else(|| vec![typed], |pair| pair.to_vec());
        found = found
            .iter()
            .flat_map(|begun| meant.iter().map(move |one| format!("{begun}{one}")))
            .collect();
    }
    found
}

/// Of the codes that were found, the one that was meant: the very one, or the only one.
#[must_use]
pub fn meant<T>(mut found: Vec<T>, code: &str, code_of: impl Fn(&T) -> &str) -> Option<T> {
    if let Some(at) = found.iter().position(|one| code_of(one) == code) {
        return Some(found.swap_remove(at));
    }
    match found.len() {
        1 => found.pop(),
        _ => None,
    }
}

/// No code of ours is longer; longer texts are not read in every way.
const LONGEST_READ: usize = 7;

/// How many of one group were invited, how many registered, and how many are there: of those expected, and altogether.
/// Who declined stays invited, and neither a guest nor who registered is ever counted as invited, so the numbers of the
/// letter stay what they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupCount {
    pub group: Group,
    pub invited: u32,
    pub registered: u32,
    pub came: u32,
    pub present: u32,
}

impl GroupCount {
    /// Those of whom it is known beforehand that they may come.
    #[must_use]
    pub fn expected(&self) -> u32 {
        self.invited + self.registered
    }

    /// How many of a hundred expected came.
    #[must_use]
    pub fn percent(&self) -> u32 {
        (self.came * 100).checked_div(self.expected()).unwrap_or(0)
    }
}

/// Counts by group, in the order of the guideline, without groups that nobody belongs to. Of those present it is said
/// whether they were expected; of those expected, whether they registered.
#[must_use]
pub fn count(expected: &[(Group, bool)], present: &[(Group, bool)]) -> Vec<GroupCount> {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let of = |group: Group, registered: bool| {
        let same = expected.iter().filter(|one| **one == (group, registered));
        number(same.count())
    };
    Group::iter()
        .map(|group| {
            let there = present.iter().filter(|(other, _)| *other == group);
            GroupCount {
                group,
                invited: of(group, false),
                registered: of(group, true),
                came: number(there.clone().filter(|(_, awaited)| *awaited).count()),
                present: number(there.count()),
            }
        })
        .filter(|counted| counted.expected() + counted.present > 0)
        .collect()
}

/// A telephone number as people write it: `0800-0000-0011` for `+6280000000011`.
#[must_use]
pub fn shown_phone(e164: &str) -> String {
    let Some(rest) = e164.strip_prefix("+62") else {
        return e164.to_owned();
    };
    let digits: Vec<char> = format!("0{rest}").chars().collect();
    digits
        .chunks(4)
        .map(|chunk| chunk.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// The number as everybody may see it: the first four and the last two digits at most.
#[must_use]
pub fn masked_phone(shown: &str) -> String {
    let digits = shown.chars().filter(char::is_ascii_digit).count();
    let mut seen = 0;
    shown
        .chars()
        .map(|c| {
            if !c.is_ascii_digit() {
                return c;
            }
            seen += 1;
            if seen <= 4 || seen + 2 > digits {
                c
            } else {
                '•'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        attendance::{AttendanceId, ClosedWith, entity::Visits},
        forums::ForumId,
        organisation::UnitId,
    };

    fn row(at: Option<&str>) -> Model {
        Model {
            id: AttendanceId(Uuid::nil()),
            unit_id: UnitId(Uuid::nil()),
            forum_id: ForumId(Uuid::nil()),
            position: 1,
            name: "Karina Contoh".into(),
            office: None,
            role: "Analis".into(),
            organisation: "Dinas  Sosial".into(),
            participant_group: Group::Stakeholders,
            phone: None,
            recipient_id: None,
            seat: 1,
            registered: false,
            check_in_code: "AB2345".into(),
            checked_in_at: at.map(|at| at.parse().unwrap()),
            method: None,
            visits: Visits::default(),
            undone: false,
            signature_id: None,
            version: 1,
            created_at: "2025-10-28T00:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn one_comes_in_once_and_goes_out_only_from_inside() {
        let (out, inside) = (row(None), row(Some("2025-10-28T00:12:00Z")));
        assert_eq!(may_check_in(&out, None), Ok(()));
        assert!(matches!(
            may_check_in(&inside, None),
            Err(Broken::AlreadyIn { .. })
        ));
        assert!(matches!(may_undo(&out, None), Err(Broken::NotIn { .. })));
        assert_eq!(may_undo(&inside, None), Ok(()));
        for row in [&out, &inside] {
            let closed = Closed(Some(ClosedWith::Minutes));
            assert_eq!(may_check_in(row, Some(closed)), Err(Broken::Closed(closed)));
            assert_eq!(may_undo(row, Some(closed)), Err(Broken::Closed(closed)));
        }
    }

    #[test]
    fn names_are_compared_and_found_as_people_type_them() {
        assert!(finds("sosial kar", &["Karina Contoh", "Dinas Sosial"]));
        assert!(finds("", &["Karina"]));
        assert!(!finds("budi", &["Karina"]));
        assert_eq!(normal_code(" ab2-345 "), "AB2345");
    }

    #[test]
    fn no_way_in_makes_a_guest_of_the_invited_or_of_the_office() {
        let guest = row(None);
        for method in Method::iter() {
            let came = Model {
                method: Some(method),
                ..guest.clone()
            };
            assert_eq!(standing(&came), Standing::Guest);
            let invited = Model {
                recipient_id: Some(Uuid::nil()),
                ..came.clone()
            };
            assert_eq!(standing(&invited), Standing::Invited);
            let registered = Model {
                registered: true,
                ..invited
            };
            assert_eq!(standing(&registered), Standing::Registered);
            let own = Model {
                participant_group: Group::Organiser,
                ..came
            };
            assert_eq!(standing(&own), Standing::Organiser);
        }
    }

    #[test]
    fn an_office_is_an_office_until_somebody_says_who_came() {
        let office = "Kepala Dinas Contoh";
        let unnamed = Model {
            name: office.into(),
            office: Some(office.into()),
            ..row(None)
        };
        assert!(is_office(&unnamed));
        let karina = named(unnamed.clone(), "Karina Contoh".into());
        assert!(!is_office(&karina) && karina.office.as_deref() == Some(office));
        let confirmed = named(unnamed, "kepala dinas contoh".into());
        assert!(!is_office(&confirmed) && confirmed.office.is_none());
        assert!(!is_office(&row(None)));
    }

    #[test]
    fn a_code_read_wrongly_is_understood_where_only_one_can_be_meant() {
        assert_eq!(readings("A3"), ["A3"]);
        let read = readings("5B2");
        assert_eq!(read.len(), 8);
        for one in ["5B2", "S82", "SBZ"] {
            assert!(read.contains(&one.to_owned()), "{one}");
        }
        assert_eq!(readings(&"S".repeat(40)).len(), 128, "bounded");
        let of = |codes: &[&'static str]| meant(codes.to_vec(), "5A", |one| one);
        assert_eq!(of(&["SA", "5A"]), Some("5A"));
        assert_eq!(of(&["SA"]), Some("SA"));
        assert_eq!(of(&[]), None);
        let two = meant(vec!["S8", "58"], "SB", |one| one);
        assert_eq!(two, None, "two may be meant");
    }

    #[test]
    fn a_late_note_tells_when_the_person_came() {
        let now: DateTime<Utc> = "2026-03-17T02:00:00Z".parse().unwrap();
        let hour: DateTime<Utc> = "2026-03-17T01:00:00Z".parse().unwrap();
        assert_eq!(came_at(now, 3600), hour);
        assert_eq!(came_at(now, -5), now);
        assert_eq!(came_at(now, i64::MAX), now - Duration::hours(72));
    }

    #[test]
    fn groups_without_people_are_not_counted() {
        let present = [(Group::Media, true), (Group::Organiser, false)];
        let expected = [
            (Group::Media, false),
            (Group::Media, false),
            (Group::Users, true),
        ];
        let counted: Vec<_> = count(&expected, &present)
            .into_iter()
            .map(|one| {
                (
                    one.group,
                    one.invited,
                    one.registered,
                    one.came,
                    one.present,
                )
            })
            .collect();
        assert_eq!(
            counted,
            [
                (Group::Organiser, 0, 0, 0, 1),
                (Group::Users, 0, 1, 0, 0),
                (Group::Media, 2, 0, 1, 1)
            ]
        );
    }

    #[test]
    fn a_public_list_has_no_full_telephone_number() {
        for (stored, shown, masked) in [
            ("+6280000000011", "0800-0000-0011", "0800-••••-••11"),
            ("+62541747481", "0541-7474-81", "0541-••••-81"),
            ("+6591234567", "+6591234567", "+6591••••67"),
            ("", "", ""),
        ] {
            assert_eq!(shown_phone(stored), shown);
            assert_eq!(masked_phone(shown), masked, "{shown}");
        }
    }
}
