//! The sheet for the door, printed before the event: everybody who is expected with the code of the row, room for a
//! signature, and empty rows for guests.

use super::{
    invited::Invited,
    service::{self, Waiting},
    sheets,
    waiting::Further,
};
use crate::{
    access::Ctx,
    calendar::dates,
    documents::{
        self, Kind,
        data::{self, AttendanceRow},
    },
    forums::{Forum, ForumId, Group},
    organisation,
    platform::{error::Result, i18n::Locale, words},
};

/// How the sheet is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Groups,
    Names,
}

impl Order {
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "nama" => Self::Names,
            _ => Self::Groups,
        }
    }
}

/// At most so many empty rows: more than that are other sheets.
pub const MOST_GUEST_ROWS: usize = 200;

struct Expected {
    name: String,
    role: String,
    organisation: String,
    group: Group,
    code: Option<String>,
}

/// The sheet of a day as PDF; where none is named, of the day whose door it is. Everybody who is expected gets a code
/// by it.
pub async fn pdf(
    ctx: &Ctx,
    id: ForumId,
    order: Order,
    (guests, day): (usize, Option<usize>),
) -> Result<(Forum, Vec<u8>)> {
    service::prepare(ctx, id).await?;
    let door = service::door_of(ctx, id, "", day).await?;
    let unit = organisation::unit(&ctx.app.db, door.forum.unit_id).await?;
    let further = door.further;
    let waiting = door.waiting.into_iter();
    let mut expected: Vec<Expected> = waiting.flat_map(|one| expected(one, &further)).collect();
    match order {
        Order::Names => expected.sort_by_cached_key(|one| one.name.to_lowercase()),
        Order::Groups => {
            let place = |group: Group| Group::all().iter().position(|other| *other == group);
            expected.sort_by_cached_key(|one| (place(one.group), one.name.to_lowercase()));
        }
    }
    let rows = rows_of(&expected, order, guests.min(MOST_GUEST_ROWS));
    let date = door.calendar.days.get(door.day).map(|day| day.date);
    let day = dates::long_date(date.unwrap_or(door.forum.date), Locale::Id);
    let mut heading = vec!["DAFTAR HADIR".to_owned()];
    if door.calendar.has_several() {
        heading.push(format!("HARI KE-{}", door.day + 1));
    }
    let title = &door.forum.title;
    let data = data::Attendance {
        title: format!("Lembar Daftar Hadir {title}, {day}"),
        running: format!("Daftar Hadir · {title} · {day}"),
        letterhead: documents::letterhead_of(&unit),
        heading,
        facts: sheets::facts(&door.forum, door.zone, Some(door.day)),
        rows,
        notes: vec![
            "Tanda tangani baris nama Anda. Bila mewakili orang lain, coret namanya dan tulis nama Anda. Tamu menulis di \
             baris kosong."
                .to_owned(),
            "Lembar ini memuat data pribadi dan tidak untuk diumumkan.".to_owned(),
        ],
        signatory: None,
        verification: None,
        qr: None,
    };
    let bytes = documents::render(&ctx.app, Kind::Attendance, &data, ctx.now).await?;
    Ok((door.forum, bytes))
}

/// Whoever said that nobody comes stands on no sheet; an empty row is there for them. Of an invitation for several
/// each has a row, with the name that the answer gave.
fn expected(waiting: Waiting, further: &Further) -> Vec<Expected> {
    let mut names = waiting.names(further).iter();
    match waiting {
        Waiting::Row(row, false) => vec![Expected {
            name: row.name,
            role: row.role,
            organisation: row.organisation,
            group: row.participant_group,
            code: Some(row.check_in_code),
        }],
        Waiting::Row(_, true) => Vec::new(),
        Waiting::Invited(one) if one.declined => Vec::new(),
        Waiting::Invited(one) => vec![person(one)],
        Waiting::Next(one, further) => {
            let last = one.quota;
            let next = |number: usize| {
                let named = names.next().cloned();
                let name = named.unwrap_or_else(|| one.seat_name(number, Locale::Id));
                let next = person(one.clone().without_delegate());
                Expected { name, ..next }
            };
            (last + 1 - further..=last).map(next).collect()
        }
    }
}

fn person(one: Invited) -> Expected {
    let person = one.into_person();
    Expected {
        name: person.name,
        role: person.role,
        organisation: person.organisation,
        group: person.group,
        code: None,
    }
}

fn rows_of(expected: &[Expected], order: Order, guests: usize) -> Vec<AttendanceRow> {
    let mut rows = Vec::with_capacity(expected.len() + guests);
    let mut last = None;
    for one in expected {
        let begins = order == Order::Groups && last != Some(one.group);
        last = Some(one.group);
        // An office that is invited as such stands there once, and leaves room to write who comes for it.
        let place = words::beside(&one.name, &[&one.role, &one.organisation], ", ");
        rows.push(AttendanceRow {
            number: (rows.len() + 1).to_string(),
            position: place,
            name: one.name.clone(),
            code: Some(one.code.clone().unwrap_or_default()),
            section: begins.then(|| one.group.label(Locale::Id)),
            ..empty()
        });
    }
    for guest in 0..guests {
        rows.push(AttendanceRow {
            number: (rows.len() + 1).to_string(),
            code: Some(String::new()),
            section: (guest == 0).then(|| "Tamu tanpa undangan".to_owned()),
            ..empty()
        });
    }
    rows
}

fn empty() -> AttendanceRow {
    AttendanceRow {
        number: String::new(),
        name: String::new(),
        position: String::new(),
        phone: String::new(),
        time: String::new(),
        signature: None,
        mark: None,
        code: None,
        section: None,
    }
}
