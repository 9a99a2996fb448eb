//! The morning mail: what nobody has, what is late, due today and due on the next working day, for each person as
//! far as they see it. At office start in the unit's own zone, on working days, once; who has nothing to do gets
//! nothing.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    emails::{self, LANGUAGE, Owner},
    reading::Office,
    store,
};
use crate::{
    access::{self, Ctx, Role},
    calendar::{self, dates},
    complaints::{
        entity::complaint,
        explain::end_of,
        rules::{Status, late},
        store as complaints,
    },
    organisation::{self, DivisionId},
    platform::{
        error::Result,
        i18n::{Message, t},
        web::pages::Email,
    },
};

/// Those whose news a person has to tell.
const UNTOLD: &str = "complaint-digest-untold";
/// A list in a mail is read up to here; the rest is a number and a link.
const LISTED: usize = 15;

#[derive(Serialize)]
struct Digest {
    name: String,
    day: String,
    unit: String,
    late: usize,
    today: usize,
    sections: Vec<Section>,
    inbox_url: String,
}

impl Email for Digest {
    const TEMPLATE: &'static str = "complaint_digest";
}

#[derive(Serialize)]
struct Section {
    title: String,
    rows: Vec<Row>,
    more: usize,
    /// So many that nobody has are due then, too; they stand in the list of those.
    also: usize,
}

#[derive(Serialize)]
struct Row {
    number: String,
    /// None for a confidential one.
    subject: Option<String>,
    due: String,
    url: String,
}

/// How far a person sees.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    /// What the division has, and of that not what names a colleague.
    Division(DivisionId),
    Unit,
    /// Only what went wrong.
    LateOnly,
}

/// Sends the mails that did not go out today.
pub async fn send(ctx: &Ctx, office: &Office) -> Result<()> {
    let today = office.now.date_naive();
    let db = &ctx.app.db;
    let people = readers(ctx, office).await?;
    let had = store::digests(db, office.unit.id, today).await?;
    if people.iter().all(|(person, _)| had.contains(&person.id)) {
        return Ok(());
    }
    let next = calendar::next_working_day(today, &office.calendar)?;
    let until = end_of(next, office.zone);
    let untold = complaints::not_told(db, office.unit.id).await?;
    let mut rows = store::owed_until(db, office.unit.id, until).await?;
    rows.extend(store::heard(db, office.unit.id).await?);
    let known: Vec<access::PersonId> = people
        .iter()
        .flat_map(|(_, parts)| parts.iter().map(|part| part.person))
        .collect();
    for (person, views) in people {
        if had.contains(&person.id) {
            continue;
        }
        let theirs =
            |row: &&complaint::Model| views.iter().any(|part| sees(*part, row, &known, ctx.now));
        let mine: Vec<&complaint::Model> = rows.iter().filter(theirs).collect();
        let untold: Vec<&complaint::Model> = untold.iter().filter(theirs).collect();
        let digest = digest(ctx, office, &person, (&mine, &untold, until));
        let tx = db.begin_write().await?;
        if !store::first_digest(&tx, office.unit.id, person.id, today, ctx.now).await? {
            continue;
        }
        if !mine.is_empty() || !untold.is_empty() {
            let about = ("unit", office.unit.id.0);
            emails::to_staff(&tx, ctx, std::slice::from_ref(&person), &digest, about).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// What somebody sees, for themselves or for a colleague who is away.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Part {
    view: View,
    person: access::PersonId,
}

/// Everybody who has a part in complaints of the unit, each once; what is for somebody away is in the mail of the
/// substitute.
async fn readers(ctx: &Ctx, office: &Office) -> Result<Vec<(Owner, Vec<Part>)>> {
    let all = everybody(ctx, office).await?;
    let instead = access::absences::stand_ins(&ctx.app.db, office.unit.id, ctx.now).await?;
    let mut found: Vec<(Owner, Vec<Part>)> = Vec::with_capacity(all.len());
    for (owner, views) in &all {
        let gets = instead.of(owner.id);
        let gets = all.iter().find(|(one, _)| one.id == gets);
        let reader = gets.map_or(owner, |(one, _)| one);
        let person = owner.id;
        let parts = views.iter().map(|view| Part {
            view: *view,
            person,
        });
        match found.iter_mut().find(|(known, _)| known.id == reader.id) {
            Some((_, known)) => known.extend(parts),
            None => found.push((reader.clone(), parts.collect())),
        }
    }
    Ok(found)
}

async fn everybody(ctx: &Ctx, office: &Office) -> Result<Vec<(Owner, Vec<View>)>> {
    let (db, unit) = (&ctx.app.db, office.unit.id);
    let mut all: Vec<(Owner, Vec<View>)> = Vec::new();
    let mut add = |people: Vec<(access::PersonId, String, String)>, view: View| {
        for (id, name, address) in people {
            match all.iter_mut().find(|(known, _)| known.id == id) {
                Some((_, views)) => views.push(view),
                None => all.push((Owner { id, name, address }, vec![view])),
            }
        }
    };
    for division in organisation::divisions(db, unit).await? {
        let people = access::people_with(db, &[Role::Handler], unit, Some(division.id)).await?;
        add(people, View::Division(division.id));
    }
    let whole = [Role::ComplaintOfficer, Role::Head];
    add(
        access::people_with(db, &whole, unit, None).await?,
        View::Unit,
    );
    let above = access::people_with(db, &[Role::Supervisor], unit, None).await?;
    add(above, View::LateOnly);
    Ok(all)
}

fn sees(
    part: Part,
    row: &complaint::Model,
    known: &[access::PersonId],
    now: DateTime<Utc>,
) -> bool {
    // Whoever was named and has gone has no part in it: it is everybody's in the division again.
    let named = row.assignee_id.filter(|named| known.contains(named));
    match part.view {
        View::Division(division) => {
            row.division_id == Some(division) && named.is_none_or(|named| named == part.person)
        }
        View::Unit => true,
        View::LateOnly => late(row.status, row.due_at, now) || solution_late(row, now),
    }
}

fn solution_late(row: &complaint::Model, now: DateTime<Utc>) -> bool {
    row.status.owes_answer() && row.solution_due_at.is_some_and(|due| due < now)
}

/// Of these rows, of which the answer or the solution is due until then, and of those whose citizens wait to be told.
fn digest(
    ctx: &Ctx,
    office: &Office,
    person: &Owner,
    (rows, untold, until): (&[&complaint::Model], &[&complaint::Model], DateTime<Utc>),
) -> Digest {
    let today = end_of(office.now.date_naive(), office.zone);
    let is_late = |row: &complaint::Model| late(row.status, row.due_at, ctx.now);
    let due_today = |row: &&&complaint::Model| {
        row.status.owes_answer() && row.due_at >= ctx.now && row.due_at <= today
    };
    let nobodys = |row: &complaint::Model| row.division_id.is_none() && row.status.owes_answer();
    let when = |row: &complaint::Model| match row {
        row if is_late(row) => 1,
        row if solution_late(row, ctx.now) => 4,
        row if row.due_at <= today => 2,
        row if row.due_at <= until => 3,
        _ => 6,
    };
    // What nobody has stands first and in no other list, where it is counted only.
    let place = |row: &&complaint::Model| match row {
        row if !row.status.owes_answer() => 5,
        row if nobodys(row) => 0,
        row => when(row),
    };
    let also = |wanted: usize| -> usize {
        let left = rows.iter().filter(|row| place(row) == 0);
        left.filter(|row| when(row) == wanted).count()
    };
    let of = |wanted: usize| -> Vec<&complaint::Model> {
        let found = rows.iter().copied().filter(|row| place(row) == wanted);
        found.collect()
    };
    let sections = [
        ("complaint-digest-unassigned", of(0), 0),
        ("complaint-digest-late", of(1), also(1)),
        ("complaint-digest-solution", of(4), also(4)),
        ("complaint-digest-heard", of(5), 0),
        (UNTOLD, untold.to_vec(), 0),
        ("complaint-digest-today", of(2), also(2)),
        ("complaint-digest-tomorrow", of(3), also(3)),
        ("complaint-digest-solution-soon", of(6), also(6)),
    ];
    Digest {
        name: person.name.clone(),
        day: dates::long_date(office.now.date_naive(), LANGUAGE),
        unit: office.unit.short_name.clone(),
        late: rows.iter().filter(|row| is_late(row)).count(),
        today: rows.iter().filter(due_today).count(),
        sections: sections
            .into_iter()
            .filter(|(_, rows, also)| !rows.is_empty() || *also > 0)
            .map(|(key, rows, also)| Section {
                also,
                ..section(ctx, office, key, &rows)
            })
            .collect(),
        inbox_url: ctx.app.url("/kerja/pengaduan"),
    }
}

/// Until when, how long that is, and that it waits for its citizen.
fn due_words(
    office: &Office,
    row: &complaint::Model,
    due: &DateTime<chrono_tz::Tz>,
    left: String,
) -> String {
    // An answered one owes no date: it is said since when its citizen waits for a word.
    if let Some(heard) = row.heard_at.filter(|_| !row.status.owes_answer()) {
        let at = dates::date_time(&heard.with_timezone(&office.zone), LANGUAGE);
        return Message::new("complaint-digest-heard-at")
            .with("at", at)
            .text(LANGUAGE);
    }
    let words = Message::new("complaint-digest-due")
        .with("at", dates::date_time(due, LANGUAGE))
        .with("left", left)
        .text(LANGUAGE);
    match row.status {
        Status::Incomplete => format!("{words}. {}", t(LANGUAGE, "clock-mail-waits")),
        _ => words,
    }
}

fn section(ctx: &Ctx, office: &Office, key: &str, rows: &[&complaint::Model]) -> Section {
    let listed = rows.iter().take(LISTED).map(|row| {
        // Where it is the solution that presses, its day is told.
        let solution = row.solution_due_at.filter(|_| key.contains("solution"));
        let due = solution.unwrap_or(row.due_at).with_timezone(&office.zone);
        let left = calendar::remaining(&office.now, &due, &office.calendar).text(LANGUAGE);
        Row {
            number: row.number.clone(),
            subject: (!row.confidential).then(|| row.subject.clone()),
            due: match key {
                UNTOLD => t(LANGUAGE, "complaint-digest-untold-row"),
                _ => due_words(office, row, &due, left),
            },
            url: emails::case_url(ctx, row),
        }
    });
    Section {
        title: t(LANGUAGE, key),
        more: rows.len().saturating_sub(LISTED),
        also: 0,
        rows: listed.collect(),
    }
}
