//! How many of each participant group are invited, beside how many are planned. The six groups are those of the
//! guideline; no regulation known to us gives a number, so nothing here ever blocks.

use serde::Serialize;

use super::{Recipient, pages::Chip};
use crate::{
    forums::Group,
    platform::i18n::{Locale, Message, t},
};

/// How a group stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody is invited.
    Empty,
    Below,
    Reached,
    Above,
    /// Somebody is invited and nothing was planned.
    Unplanned,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupCount {
    pub group: Group,
    /// People, not lines: a line may invite several.
    pub invited: i32,
    pub planned: Option<i32>,
}

impl GroupCount {
    #[must_use]
    pub fn standing(self) -> Standing {
        match (self.invited, self.planned) {
            (0, Some(0)) => Standing::Reached,
            // Whoever organises is there without an invitation.
            (0, None) if self.group == Group::Organiser => Standing::Unplanned,
            (0, _) => Standing::Empty,
            (_, None) => Standing::Unplanned,
            (invited, Some(planned)) if invited < planned => Standing::Below,
            (invited, Some(planned)) if invited > planned => Standing::Above,
            _ => Standing::Reached,
        }
    }
}

/// All six groups in their usual order.
#[must_use]
pub fn counts(invited: &[(Group, i32)], planned: &[(Group, i32)]) -> Vec<GroupCount> {
    let of = |group: Group| {
        let people = invited.iter().filter(|(one, _)| *one == group);
        GroupCount {
            group,
            invited: people.map(|(_, people)| people).sum(),
            planned: planned
                .iter()
                .find(|(one, _)| *one == group)
                .map(|(_, planned)| *planned),
        }
    };
    Group::all().into_iter().map(of).collect()
}

#[derive(Serialize)]
pub struct GroupView {
    label: String,
    invited: i32,
    planned: Option<i32>,
    chip: Option<Chip>,
}

#[must_use]
pub fn views(recipients: &[Recipient], planned: &[(Group, i32)], locale: Locale) -> Vec<GroupView> {
    let invited: Vec<_> = recipients
        .iter()
        .map(|row| (row.participant_group, row.quota))
        .collect();
    counts(&invited, planned)
        .into_iter()
        .map(|count| GroupView {
            label: count.group.label(locale),
            invited: count.invited,
            planned: count.planned,
            chip: chip(count, locale),
        })
        .collect()
}

/// "28 undangan untuk 30 orang", where the two differ.
#[must_use]
pub fn people_note(recipients: &[Recipient], locale: Locale) -> Option<String> {
    let people = people(recipients);
    (people != recipients.len()).then(|| {
        Message::new("invitations-groups-people")
            .with("invitations", recipients.len())
            .with("people", people)
            .text(locale)
    })
}

/// How many may come with these invitations.
#[must_use]
pub fn people(recipients: &[Recipient]) -> usize {
    recipients.iter().map(Recipient::people).sum()
}

fn chip(count: GroupCount, locale: Locale) -> Option<Chip> {
    let missing = count.planned.unwrap_or_default() - count.invited;
    match count.standing() {
        Standing::Empty => Some(Chip::new(
            ("soon", "exclamation-triangle"),
            t(locale, "invitations-group-empty"),
        )),
        Standing::Below => Some(Chip::new(
            ("soon", "exclamation-triangle"),
            Message::new("invitations-group-below")
                .with("count", missing)
                .text(locale),
        )),
        Standing::Above => Some(Chip::new(
            ("info", "info-circle"),
            Message::new("invitations-group-above")
                .with("count", -missing)
                .text(locale),
        )),
        Standing::Reached => Some(Chip::new(
            ("ok", "check-lg"),
            t(locale, "invitations-group-reached"),
        )),
        Standing::Unplanned => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_compared_with_its_plan() {
        for (invited, planned, standing) in [
            (0, None, Standing::Empty),
            (0, Some(2), Standing::Empty),
            (0, Some(0), Standing::Reached),
            (1, Some(2), Standing::Below),
            (2, Some(2), Standing::Reached),
            (3, Some(2), Standing::Above),
            (3, None, Standing::Unplanned),
        ] {
            let count = GroupCount {
                group: Group::Users,
                invited,
                planned,
            };
            assert_eq!(count.standing(), standing, "{invited} {planned:?}");
        }
    }

    #[test]
    fn people_are_counted_and_every_group_has_a_row() {
        let found = counts(
            &[(Group::Media, 2), (Group::Media, 1), (Group::Users, 1)],
            &[(Group::Media, 5)],
        );
        assert_eq!(found.len(), 6);
        let media = found.iter().find(|count| count.group == Group::Media);
        assert_eq!(
            media.map(|count| (count.invited, count.planned)),
            Some((3, Some(5)))
        );
    }
}
