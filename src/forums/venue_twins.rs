//! Venues that are probably one: a name that differs from a known one by a few letters. The typist is asked, and two
//! entries that turn out to be one place are made one; what was announced keeps its words.

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde::Serialize;

use super::{
    ForumFields, concept_store as store,
    entity::{VenueId, forum, venue},
    forms::venue_line,
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
        error::{Error, FieldError, Result},
        i18n::Message,
        web::forms::Form,
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

/// As streets are numbered: "Ruhui Rahayu I" is "Ruhui Rahayu 1".
const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];

/// The words of a place in full: "Jl. Contoh No. I" is "Jalan Contoh 1".
fn place_words(text: &str) -> Vec<String> {
    let mut words = words::plain(&words::in_full(text));
    words.retain(|word| !matches!(word.as_str(), "no" | "nomor"));
    for word in &mut words {
        if let Some(number) = ROMAN.iter().position(|roman| *roman == word.as_str()) {
            *word = (number + 1).to_string();
        }
    }
    words
}

/// The words of house and room without "Ruang", where others name them: "Harmony Room" is "Harmony".
fn room_words(text: &str) -> Vec<String> {
    let all = place_words(text);
    let named = all
        .iter()
        .filter(|word| !matches!(word.as_str(), "ruang" | "ruangan" | "room"));
    let named: Vec<String> = named.cloned().collect();
    if named.is_empty() { all } else { named }
}

/// Each word once, in whatever order.
fn each_once(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}

/// Whether all of some words are among others, but for a letter in a long one.
fn within(some: &[String], all: &[String]) -> bool {
    const LONG: usize = 6;
    let nearly = |one: &String, other: &String| {
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        one.len() >= LONG && one.iter().all(|c| c.is_alphabetic()) && distance(&one, &other) <= 1
    };
    some.iter()
        .all(|word| all.contains(word) || all.iter().any(|other| nearly(word, other)))
}

/// Whether two addresses differ in shortened words and signs alone.
#[must_use]
pub fn same_address(one: &str, other: &str) -> bool {
    place_words(one) == place_words(other)
}

/// Name, room and address of a place.
type Place<'a> = [&'a str; 3];

/// Whether a place is probably a known one in other words: the same words in another order or in other fields, or the
/// same house and room with less or more of the address, or a slip in it. The same hall in another town is another place.
#[must_use]
pub fn rewritten(one: Place<'_>, other: Place<'_>) -> bool {
    let all = |place: Place<'_>| each_once(place_words(&place.join(" ")));
    let indoors = |place: Place<'_>| each_once(room_words(&place[..2].join(" ")));
    let (near, far) = (place_words(one[2]), place_words(other[2]));
    let whole = all(one) == all(other);
    let inside = indoors(one) == indoors(other);
    let part = within(&near, &far) || within(&far, &near);
    let told = !near.is_empty() && !far.is_empty();
    let same = (0..3).all(|at| venues::same(one[at], other[at]));
    !same && (whole || (inside && told && part))
}

fn place_of(entry: &venue::Model) -> Place<'_> {
    [&entry.name, &entry.room, &entry.address]
}

/// The entry that was probably meant.
#[must_use]
pub fn meant<'a>(
    all: &'a [venue::Model],
    typed: Place<'_>,
    own: Option<VenueId>,
) -> Option<&'a venue::Model> {
    let [name, room, _] = typed;
    let others = || {
        all.iter()
            .filter(move |one| Some(one.id) != own && one.archived_at.is_none())
    };
    // Where the house is spelled as one that is known, only the room can be a slip.
    let slip = match others().any(|one| venues::same(&one.name, name)) {
        true => others().find(|one| venues::same(&one.name, name) && alike(&one.room, room)),
        false => others().find(|one| alike(&one.name, name)),
    };
    slip.or_else(|| others().find(|one| rewritten(typed, place_of(one))))
}

/// Whether two entries are probably one place.
#[must_use]
pub fn are_twins(one: &venue::Model, other: &venue::Model) -> bool {
    alike(&one.name, &other.name)
        || (venues::same(&one.name, &other.name) && alike(&one.room, &other.room))
        || rewritten(place_of(one), place_of(other))
}

/// The entry of a unit's register that the place of a forum to be was probably meant to be.
pub async fn meant_by(
    db: &impl ConnectionTrait,
    unit: UnitId,
    typed: &ForumFields,
) -> Result<Option<venue::Model>> {
    let all = store::venues_of(db, unit).await?;
    let place = [
        typed.venue_name.as_str(),
        &typed.venue_room,
        &typed.venue_address,
    ];
    Ok(meant(&all, place, None).cloned())
}

/// The entry that the typed fields of a form probably mean, where its faults ask about it.
pub async fn offered(
    ctx: &Ctx,
    unit: UnitId,
    form: &Form,
    faults: &[FieldError],
) -> Result<Option<Offered>> {
    if !faults.iter().any(|fault| fault.field == NEW) {
        return Ok(None);
    }
    let all = store::venues_of(&ctx.app.db, unit).await?;
    let place = ["venue_name", "venue_room", "venue_address"].map(|name| form.get(name));
    Ok(meant(&all, place, None).map(|entry| Offered {
        id: entry.id.to_string(),
        text: venue_line(entry),
    }))
}

/// A known place, to be taken instead of what was typed.
#[derive(Clone, Debug, Serialize)]
pub struct Offered {
    id: String,
    text: String,
}

/// The box that says, on the form of a forum: this is another place.
pub const NEW: &str = "venue_new";

/// Asks whether a known place was meant; `field` is the box to tick when it was not.
pub async fn ask(
    tx: &Tx,
    unit: UnitId,
    place: Place<'_>,
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
    fn the_same_words_in_another_order_are_the_same_place() {
        let hall = ["Hotel Uji", "Ruang A", "Jalan Uji 1, Samarinda"];
        for (typed, like) in [
            (["Hotel Uji", "Ruang A", "Jl. Uji No. 1 Samarinda"], true),
            (
                ["Hotel Uji", "Ruang A", "Samarinda, Jalan Uji Nomor 1"],
                true,
            ),
            (["Hotel Uji", "Ruang A", "Jalan Uji 1"], true),
            (["Ruang A, Hotel Uji", "", "Jalan Uji 1, Samarinda"], true),
            (["Ruang A", "Hotel Uji", "Jln Uji 1 Samarinda"], true),
            (["Hotel Uji", "Ruang A", "Jalan Uji I Samarinda"], true),
            (["Hotel Uji", "Ruang A", "Jalan Uji 1, Samarenda"], true),
            (["Uji Hotel", "A", "Jalan Uji 1"], true),
            // As it is known, another room, another town, another house in the street, nothing said of the street.
            (hall, false),
            (["HOTEL  uji", "ruang a", "Jalan Uji 1, Samarinda"], false),
            (["Hotel Uji", "Ruang B", "Jalan Uji 1, Samarinda"], false),
            (["Hotel Uji", "Ruang A", "Jalan Uji 1, Balikpapan"], false),
            (["Hotel Uji", "Ruang A", "Jalan Uji 2, Samarinda"], false),
            (["Hotel Uji", "Ruang A", ""], false),
        ] {
            assert_eq!(rewritten(typed, hall), like, "{typed:?}");
            assert_eq!(rewritten(hall, typed), like, "{typed:?}");
        }
    }

    #[test]
    fn the_address_of_a_street_is_known_with_less_of_it_and_with_another_numeral() {
        let hall = [
            "Hotel Contoh",
            "Harmony Room",
            "Jalan Contoh Raya I Nomor 26, Kelurahan Uji, Samarinda",
        ];
        for (address, like) in [
            ("Jalan Contoh Raya 1 no 26, Samarinda", true),
            ("Jalan Contoh Raya 1 no 26", true),
            ("Jalan Contoh Raya 1 no 27, Samarinda", false),
            ("Jalan Contoh Raya 2 no 26, Samarinda", false),
        ] {
            assert_eq!(
                rewritten(["Hotel Contoh", "Harmony Room", address], hall),
                like
            );
            assert_eq!(rewritten(["Contoh Hotel", "Harmony", address], hall), like);
        }
    }

    #[test]
    fn shortened_words_make_no_other_address() {
        for (one, other, same) in [
            ("Jl. Uji No. 1 Samarinda", "Jalan Uji 1, Samarinda", true),
            ("Jalan Uji Nomor 1", "Jln. Uji 1", true),
            ("Jalan 1 Nomor 2", "Jalan 2 Nomor 1", false),
            ("Jalan Uji 1", "Jalan Uji 1, Samarinda", false),
        ] {
            assert_eq!(same_address(one, other), same, "{one}: {other}");
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
