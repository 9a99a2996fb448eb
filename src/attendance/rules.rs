//! When somebody may be checked in, and how a list is counted and masked.

use chrono::{DateTime, Utc};
use sea_orm::{Iterable as _, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::entity::attendance::Model;
use crate::forums::Group;

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
}

impl Method {
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }
}

/// Why the door says no. A volunteer reads it out, so each names what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("{name} is already in")]
    AlreadyIn { name: String, at: DateTime<Utc> },
    #[error("the code belongs to another forum")]
    OtherForum { title: String },
    #[error("no such code")]
    UnknownCode,
    #[error("{name} is not checked in")]
    NotIn { name: String },
    #[error("the list is closed")]
    Closed,
    #[error("nobody is present")]
    Nobody,
}

/// Whether this row may be checked in now.
pub fn may_check_in(row: &Model, closed: bool) -> Result<(), Broken> {
    match row.checked_in_at {
        _ if closed => Err(Broken::Closed),
        Some(at) => Err(Broken::AlreadyIn {
            name: row.name.clone(),
            at,
        }),
        None => Ok(()),
    }
}

/// Whether this check-in may be taken back.
pub fn may_undo(row: &Model, closed: bool) -> Result<(), Broken> {
    match row.checked_in_at {
        _ if closed => Err(Broken::Closed),
        None => Err(Broken::NotIn {
            name: row.name.clone(),
        }),
        Some(_) => Ok(()),
    }
}

/// The same person typed twice at the door: same name and office, whatever the blanks and capitals.
#[must_use]
pub fn same_person(row: &Model, name: &str, organisation: &str) -> bool {
    folded(&row.name) == folded(name) && folded(&row.organisation) == folded(organisation)
}

/// Whether a search of the door finds this text.
#[must_use]
pub fn finds(query: &str, texts: &[&str]) -> bool {
    let all = folded(&texts.join(" "));
    folded(query).split(' ').all(|word| all.contains(word))
}

fn folded(text: &str) -> String {
    text.to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
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

/// How many of one group were invited, and how many are there: on their invitation, and altogether. Who declined stays
/// invited, and a guest is never counted as invited, so the numbers of the letter stay what they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupCount {
    pub group: Group,
    pub invited: u32,
    pub came: u32,
    pub present: u32,
}

/// Counts by group, in the order of the guideline, without groups that nobody belongs to. Of those present it is said
/// whether they came on an invitation.
#[must_use]
pub fn count(invited: &[Group], present: &[(Group, bool)]) -> Vec<GroupCount> {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Group::iter()
        .map(|group| {
            let there = present.iter().filter(|(other, _)| *other == group);
            GroupCount {
                group,
                invited: number(invited.iter().filter(|other| **other == group).count()),
                came: number(there.clone().filter(|(_, invited)| *invited).count()),
                present: number(there.count()),
            }
        })
        .filter(|counted| counted.invited + counted.present > 0)
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
    use crate::{attendance::AttendanceId, forums::ForumId, organisation::UnitId};

    fn row(at: Option<&str>) -> Model {
        Model {
            id: AttendanceId(Uuid::nil()),
            unit_id: UnitId(Uuid::nil()),
            forum_id: ForumId(Uuid::nil()),
            position: 1,
            name: "Karina Contoh".into(),
            role: "Analis".into(),
            organisation: "Dinas  Sosial".into(),
            participant_group: Group::Stakeholders,
            phone: None,
            recipient_id: None,
            check_in_code: "AB2345".into(),
            checked_in_at: at.map(|at| at.parse().unwrap()),
            method: None,
            undone: false,
            version: 1,
            created_at: "2025-10-28T00:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn one_comes_in_once_and_goes_out_only_from_inside() {
        let (out, inside) = (row(None), row(Some("2025-10-28T00:12:00Z")));
        assert_eq!(may_check_in(&out, false), Ok(()));
        assert!(matches!(
            may_check_in(&inside, false),
            Err(Broken::AlreadyIn { .. })
        ));
        assert!(matches!(may_undo(&out, false), Err(Broken::NotIn { .. })));
        assert_eq!(may_undo(&inside, false), Ok(()));
        for row in [&out, &inside] {
            assert_eq!(may_check_in(row, true), Err(Broken::Closed));
            assert_eq!(may_undo(row, true), Err(Broken::Closed));
        }
    }

    #[test]
    fn names_are_compared_and_found_as_people_type_them() {
        assert!(same_person(&row(None), " karina  CONTOH", "dinas sosial"));
        assert!(!same_person(&row(None), "Karina", "Dinas Sosial"));
        assert!(finds("sosial kar", &["Karina Contoh", "Dinas Sosial"]));
        assert!(finds("", &["Karina"]));
        assert!(!finds("budi", &["Karina"]));
        assert_eq!(normal_code(" ab2-345 "), "AB2345");
    }

    #[test]
    fn groups_without_people_are_not_counted() {
        let present = [(Group::Media, true), (Group::Organiser, false)];
        let counted: Vec<_> = count(&[Group::Media, Group::Media], &present)
            .into_iter()
            .map(|one| (one.group, one.invited, one.came, one.present))
            .collect();
        assert_eq!(
            counted,
            [(Group::Organiser, 0, 0, 1), (Group::Media, 2, 1, 1)]
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
