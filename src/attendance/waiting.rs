//! Who may still come: rows that are not in, and invited people who have none yet.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{entity::attendance, invited::Invited, naming, party::Party};

/// The names of those who are to come with the first of an invitation and have no row yet.
pub type Further = HashMap<Uuid, Vec<String>>;

/// Somebody who may still come.
pub enum Waiting {
    /// Whether the answer was that nobody comes.
    Row(attendance::Model, bool),
    Invited(Invited),
    /// So many further people of an invitation for several, after the first.
    Next(Invited, usize),
}

impl Waiting {
    /// What a search of the door looks through.
    pub(super) fn texts<'a>(&'a self, further: &'a Further) -> Vec<&'a str> {
        let own: [&str; 4] = match self {
            Self::Row(row, _) => [&row.name, &row.role, &row.organisation, &row.check_in_code],
            Self::Invited(one) | Self::Next(one, _) => [
                one.delegate_name.as_deref().unwrap_or_default(),
                one.delegate_position.as_deref().unwrap_or_default(),
                &one.organisation,
                &one.addressee,
            ],
        };
        let names = self.names(further).iter().map(String::as_str);
        own.into_iter().chain(names).collect()
    }

    /// Who is to come with the same invitation.
    pub(super) fn names<'a>(&self, further: &'a Further) -> &'a [String] {
        let invitation = match self {
            Self::Row(row, _) => row.recipient_id,
            Self::Invited(one) | Self::Next(one, _) => Some(one.recipient),
        };
        let names = invitation.and_then(|invitation| further.get(&invitation));
        names.map(Vec::as_slice).unwrap_or_default()
    }
}

/// Whom the answers name beside the first, as long as nobody of that name has a row of the invitation.
pub(super) fn further(rows: &[attendance::Model], invited: &[Invited]) -> Further {
    let named = invited.iter().filter(|one| !one.companions.is_empty());
    let free = |one: &Invited| {
        let own = rows
            .iter()
            .filter(|row| row.recipient_id == Some(one.recipient));
        let taken: Vec<&str> = own.map(|row| row.name.as_str()).collect();
        let mut names = one.companions.clone();
        names.retain(|name| !taken.iter().any(|taken| naming::same(taken, name)));
        (one.recipient, names)
    };
    named.map(free).collect()
}

/// How each invitation for several stands, with the rows as they are on a day.
pub(super) fn parties(rows: &[attendance::Model], invited: &[Invited]) -> HashMap<Uuid, Party> {
    let several: HashMap<Uuid, usize> = invited
        .iter()
        .filter(|one| one.quota > 1)
        .map(|one| (one.recipient, one.quota))
        .collect();
    let mut of: HashMap<Uuid, Vec<&attendance::Model>> = HashMap::new();
    for row in rows {
        if let Some(recipient) = row.recipient_id.filter(|id| several.contains_key(id)) {
            of.entry(recipient).or_default().push(row);
        }
    }
    let party =
        |(id, quota): (Uuid, usize)| (id, Party::of(quota, of.remove(&id).unwrap_or_default()));
    several.into_iter().map(party).collect()
}

/// Rows that are not in, and invited people who have no row. A row whose invitation was withdrawn waits no longer.
pub(super) fn waiting(
    rows: &[attendance::Model],
    invited: Vec<Invited>,
    parties: &HashMap<Uuid, Party>,
) -> Vec<Waiting> {
    let by_recipient: HashMap<Uuid, &Invited> =
        invited.iter().map(|one| (one.recipient, one)).collect();
    let of_row = |row: &attendance::Model| match row.recipient_id {
        None => Some(Waiting::Row(row.clone(), false)),
        Some(recipient) => by_recipient
            .get(&recipient)
            .map(|one| match row.visits.0.is_empty() {
                true => Waiting::Row(one.refresh(row.clone()), one.declined),
                // Whoever came on another day is known by face.
                false => Waiting::Row(row.clone(), false),
            }),
    };
    let mut waiting: Vec<Waiting> = rows
        .iter()
        .filter(|row| row.checked_in_at.is_none())
        .filter_map(of_row)
        .collect();
    let with_row: HashSet<Uuid> = rows.iter().filter_map(|row| row.recipient_id).collect();
    for one in invited {
        // The first of an invitation for several waits as its row, or as the invitation itself.
        let listed = with_row.contains(&one.recipient);
        let party = parties.get(&one.recipient).copied();
        let further = party.filter(|party| party.begun || !one.declined);
        let further = further.map_or(0, |party| party.free() - usize::from(!listed));
        if further > 0 {
            waiting.push(Waiting::Next(one.clone(), further));
        }
        if !listed {
            waiting.push(Waiting::Invited(one));
        }
    }
    waiting
}
