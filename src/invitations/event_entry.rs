//! The calendar entry of somebody who comes to a forum: invited, or registered by themselves.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::calendar_entry::{self, Address, Entry, Method};
use crate::{
    forums::{self, Forum, days},
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, t},
    },
};

/// Somebody who comes, as a calendar knows them.
pub struct Comer<'a> {
    /// The UID of the entry is made of it.
    pub id: Uuid,
    pub name: String,
    /// None: nobody is asked to answer by the calendar.
    pub email: Option<&'a str>,
    /// The personal page, and the words before it.
    pub url: String,
    pub link_says: &'static str,
    /// For how many it is, where that is more than one.
    pub several: Option<String>,
    /// PARTSTAT: what they answered for this very time.
    pub answered: &'static str,
}

/// The entry as text, for a mail or a file; `sequence` instead of the forum's where a later one is needed.
pub fn event_text(
    now: DateTime<Utc>,
    comer: Comer<'_>,
    forum: &Forum,
    host: (&Unit, &str),
    (method, sequence): (Method, Option<i32>),
) -> Result<String> {
    let mut entry = entry(now, comer, forum, host)?;
    entry.sequence = sequence.unwrap_or(entry.sequence);
    Ok(calendar_entry::write(&entry, method))
}

/// What a calendar shows below the title.
fn described(forum: &Forum, several: Option<String>, link: &str) -> String {
    let mut lines = vec![forum.theme.clone(), String::new()];
    if days::has_several(forum) {
        // Whoever opens one day reads of the others.
        let all = days::days(forum).into_iter().zip(1..);
        lines.extend(all.map(|(day, number)| {
            let hours = days::hours_range(&day, Locale::Id);
            format!("{}, {hours}", days::day_title(number, &day, Locale::Id))
        }));
        lines.push(String::new());
    }
    if days::days(forum).iter().any(|day| day.open) {
        // A calendar needs an hour, and nobody was told one.
        lines.push(t(Locale::Id, "invitations-open-end"));
    }
    if !forum.online_link.is_empty() {
        lines.push(format!("Ikuti secara daring: {}", forum.online_link));
    }
    lines.extend(several);
    lines.push(link.to_owned());
    lines.join("\n")
}

pub(super) fn entry<'a>(
    now: DateTime<Utc>,
    comer: Comer<'a>,
    forum: &'a Forum,
    (unit, organiser): (&'a Unit, &'a str),
) -> Result<Entry<'a>> {
    let zone = organisation::zone_of(unit)?;
    let address = forums::address_of(forum).replace('\n', ", ");
    let place = [forums::where_text(forum), address];
    let place: Vec<_> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let link = format!("{}: {}", comer.link_says, comer.url);
    Ok(Entry {
        uid: format!("{}@rembuk", comer.id),
        sequence: forum.sequence,
        stamp: now,
        starts: forums::starts_at(forum, zone),
        ends: days::day_of_item(forum, 1).ends_at(zone),
        more: days::days(forum)
            .iter()
            .skip(1)
            .map(|day| (day.starts_at(zone), day.ends_at(zone)))
            .collect(),
        summary: &forum.title,
        location: place.join(", "),
        description: described(forum, comer.several, &link),
        url: comer.url,
        organiser: Address {
            name: unit.short_name.clone(),
            email: organiser,
        },
        attendee: comer.email.map(|email| Address {
            name: comer.name,
            email,
        }),
        answered: comer.answered,
    })
}
