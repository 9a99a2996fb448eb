//! How the door shows an invitation for several persons: how many of them are in, and who is still to come.

use std::collections::HashMap;

use serde::Serialize;
use uuid::Uuid;

use super::{
    party::Party,
    waiting::{Further, Waiting},
};
use crate::platform::i18n::{Locale, Message};

/// All invitations for several of a door.
pub(super) struct Parties<'a> {
    pub of: &'a HashMap<Uuid, Party>,
    pub further: &'a Further,
}

impl Parties<'_> {
    /// Before anybody came with it, an invitation for several is one line: that of the first.
    pub fn stands_alone(&self, one: &Waiting) -> bool {
        match one {
            Waiting::Next(one, _) => self.of.get(&one.recipient).is_some_and(|party| party.begun),
            Waiting::Row(..) | Waiting::Invited(_) => true,
        }
    }
}

/// "1 dari 3 hadir", and what the module of the door counts on with.
#[derive(Serialize)]
pub(super) struct PartyView {
    recipient: String,
    quota: usize,
    here: usize,
    /// How many this line still stands for.
    left: usize,
    text: String,
    /// The line stays until all of them are in.
    stays: bool,
    called: String,
    /// Begins the ids of the fields for the next person,
    field: String,
    /// and these are proposed for the name.
    names: Vec<String>,
}

pub(super) fn party_view(
    one: &Waiting,
    key: usize,
    parties: &Parties<'_>,
    locale: Locale,
) -> Option<PartyView> {
    let (recipient, called) = match one {
        Waiting::Row(row, _) => (row.recipient_id?, row.office.as_ref().unwrap_or(&row.name)),
        Waiting::Invited(one) | Waiting::Next(one, _) => (one.recipient, &one.called),
    };
    let party = parties.of.get(&recipient)?;
    let (left, stays) = match one {
        Waiting::Next(_, further) => (*further, true),
        // A line of its own beside the one for those who come next.
        _ if party.begun => (1, false),
        _ => (party.left(), true),
    };
    Some(PartyView {
        recipient: recipient.to_string(),
        quota: party.quota,
        here: party.here,
        left,
        text: Message::new("attendance-party")
            .with("here", party.here)
            .with("all", party.quota)
            .text(locale),
        stays,
        called: called.clone(),
        field: format!("next-{key}"),
        names: one.names(parties.further).to_vec(),
    })
}
