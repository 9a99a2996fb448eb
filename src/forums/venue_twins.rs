//! Venues that are probably one: a name that differs from a known one by a few letters. The typist is asked, and two
//! entries that turn out to be one place are made one; what was announced keeps its words.

use sea_orm::ActiveValue::Set;

use super::{
    concept_store as store,
    entity::{VenueId, forum, venue},
    rules::Stage,
    store::save,
    venues,
};
use crate::{
    access::Ctx,
    audit,
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        words::{self, folded},
    },
};

/// Blanks, hyphens and shortened words make no other place: "Htl." is a hotel.
fn letters(text: &str) -> Vec<char> {
    words::letters(text).chars().collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// How many letters are to be added, dropped or changed to make one of the other.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        row[0] = left;
        for (j, b) in other.iter().enumerate() {
            let up = row[j + 1];
            let changed = corner + usize::from(a != b);
            left = changed.min(up + 1).min(left + 1);
            corner = up;
            row[j + 1] = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Whether one is probably a slip of the pen for the other: one letter in six, three at most. "Ruang 1" and "Ruang 2"
/// are two rooms, and so are "Aula A" and "Aula B".
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    let (a, b) = (letters(one), letters(other));
    let allowed = (a.len().min(b.len()) / 6).min(3);
    let last_letters = |text: &str| folded(text).rsplit(' ').next().map(str::to_owned);
    let lettered = |text: &str| last_letters(text).is_some_and(|last| last.chars().count() == 1);
    !venues::same(one, other)
        && digits(one) == digits(other)
        && !(lettered(one) && lettered(other))
        && distance(&a, &b) <= allowed
}

/// The entry that was probably meant.
#[must_use]
pub fn meant<'a>(
    all: &'a [venue::Model],
    (name, room): (&str, &str),
    own: Option<VenueId>,
) -> Option<&'a venue::Model> {
    let others = || {
        all.iter()
            .filter(move |one| Some(one.id) != own && one.archived_at.is_none())
    };
    if others().any(|one| venues::same(&one.name, name)) {
        // The house is spelled as one that is known: only the room can be a slip.
        return others().find(|one| venues::same(&one.name, name) && alike(&one.room, room));
    }
    others().find(|one| alike(&one.name, name))
}

/// Asks whether a known place was meant; `field` is the box to tick when it was not.
pub async fn ask(
    tx: &Tx,
    unit: UnitId,
    place: (&str, &str),
    own: Option<VenueId>,
    field: &'static str,
) -> Result<()> {
    let all = store::venues_of(tx, unit).await?;
    let Some(found) = meant(&all, place, own) else {
        return Ok(());
    };
    let name = match found.room.is_empty() {
        true => found.name.clone(),
        false => format!("{}, {}", found.name, found.room),
    };
    let message = Message::new("venues-meant").with("name", name);
    Err(Error::field(field, message))
}

/// Makes two entries one: every forum points to the other, those that nobody was told of take its spelling, and this
/// entry is gone. Returns how many forums moved.
pub async fn merge(ctx: &Ctx, id: VenueId, version: i32, into: VenueId) -> Result<usize> {
    let read = venues::get(ctx, id).await?;
    let target = venues::get(ctx, into).await?;
    if target.unit_id != read.unit_id || target.id == read.id || target.archived_at.is_some() {
        return Err(Error::field("into", Message::new("venues-merge-other")));
    }
    let tx = ctx.app.db.begin_write().await?;
    let target = store::venue(&tx, into).await?;
    let moved = store::forums_at(&tx, &read).await?;
    for forum in &moved {
        let mut row = forum::ActiveModel {
            venue_id: Set(Some(target.id)),
            ..Default::default()
        };
        if forum.stage == Stage::Preparation {
            row.venue_name = Set(target.name.clone());
            row.venue_room = Set(target.room.clone());
            row.venue_address = Set(target.address.clone());
        }
        save(&tx, row, forum).await?;
        let entry = audit::Entry::new("forum", forum.id.0, "forum.venue_merged")
            .in_unit(forum.unit_id)
            .with(serde_json::json!({ "from": id, "into": into }));
        audit::record(&tx, ctx, entry).await?;
    }
    store::delete_venue(&tx, &read, version).await?;
    let entry = audit::Entry::new("venue", read.id.0, "venue.merged")
        .in_unit(read.unit_id)
        .with(serde_json::json!({
            "name": read.name, "room": read.room, "into": into, "forums": moved.len(),
        }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(moved.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_make_no_other_house() {
        for (one, other, like) in [
            ("Hotel Puri Senyiur", "hotel puri seniur", true),
            ("Hotel Puri Senyiur", "Hotel Puri Senyur", true),
            ("Hotel Puri-Senyiur", "Hotel Puri Senyiur", true),
            ("Hotel Puri Senyiur", "HOTEL  puri senyiur", false),
            ("Htl. Mesra", "Hotel Mesra", true),
            ("Gd. Odah Etam", "Gedung Odah Etam", true),
            (
                "Aula Dinkes Prov. Kaltim",
                "Aula Dinas Kesehatan Provinsi Kalimantan Timur",
                true,
            ),
            ("Kantor Kec. Contoh", "Kantor Kel. Contoh", false),
            ("Balai Kota", "Balai Desa", false),
            ("Hotel Mesra", "Hotel Senyiur", false),
            ("Harmony Room", "Harmoni Room", true),
            ("Ruang Rapat 1", "Ruang Rapat 2", false),
            ("Ruang Rapat A", "Ruang Rapat B", false),
            ("Aula", "Aul", false),
            ("", "Aula", false),
        ] {
            assert_eq!(alike(one, other), like, "{one} {other}");
            assert_eq!(alike(other, one), like, "{other} {one}");
        }
    }

    #[test]
    fn letters_added_dropped_and_changed_are_counted() {
        for (one, other, count) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("abc", "abc", 0),
            ("abc", "axc", 1),
            ("abc", "bc", 1),
            ("kitten", "sitting", 3),
        ] {
            let of = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(distance(&of(one), &of(other)), count, "{one} {other}");
        }
    }
}
