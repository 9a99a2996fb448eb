//! Mails about deadlines: what, until when, and where to open it. Those to the staff name a confidential
//! complaint by its number only; those to citizens say neither the words nor the code.

use serde::Serialize;

use super::{moving::Cause, reading::Office, rules::Rung};
use crate::{
    access::{self, Ctx, PersonId, Role},
    calendar::{self, dates},
    complaints::{
        emails,
        entity::complaint,
        identity::Identity,
        rules::{self, Status},
        words,
    },
    organisation::UnitId,
    platform::{
        db::Tx,
        error::Result,
        i18n::Locale,
        mail::{self, SendMail},
        web::pages::Email,
    },
};

/// Mails to account holders are in Indonesian, like all others to them: an account has no language yet.
pub const LANGUAGE: Locale = Locale::Id;

/// Somebody of the staff who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    pub id: PersonId,
    pub name: String,
    pub address: String,
}

async fn people(
    tx: &impl sea_orm::ConnectionTrait,
    role: Role,
    unit: UnitId,
    division: Option<crate::organisation::DivisionId>,
) -> Result<Vec<Owner>> {
    let people = access::people_with(tx, &[role], unit, division).await?;
    let owners = people
        .into_iter()
        .map(|(id, name, address)| Owner { id, name, address });
    Ok(owners.collect())
}

/// The same people, with substitutes in the place of those who are away.
pub async fn present(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    meant: Vec<Owner>,
) -> Result<Vec<Owner>> {
    let meant = meant
        .into_iter()
        .map(|owner| (owner.id, owner.name, owner.address))
        .collect();
    let told = access::absences::present(tx, of.unit_id, ctx.now, meant).await?;
    let owners = told
        .into_iter()
        .map(|(id, name, address)| Owner { id, name, address });
    Ok(owners.collect())
}

/// Who has to answer: the named person, else the division, else those who should find one for it.
pub async fn owners(
    tx: &impl sea_orm::ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<Owner>> {
    let people = emails::owners(tx, of.unit_id, of.division_id, of.assignee_id).await?;
    let owners = people
        .into_iter()
        .map(|(id, name, address)| Owner { id, name, address });
    Ok(owners.collect())
}

/// Who stands on a rung of the chain of supervision.
pub async fn on_rung(tx: &Tx, of: &complaint::Model, rung: Rung) -> Result<Vec<Owner>> {
    match rung {
        Rung::Division => {
            let mut all = people(tx, Role::ComplaintOfficer, of.unit_id, None).await?;
            if let Some(division) = of.division_id {
                all.extend(people(tx, Role::Handler, of.unit_id, Some(division)).await?);
            }
            let owners = owners(tx, of).await?;
            all.retain(|person| !owners.contains(person));
            Ok(all)
        }
        Rung::Head => people(tx, Role::Head, of.unit_id, None).await,
        Rung::Supervisor => people(tx, Role::Supervisor, of.unit_id, None).await,
    }
}

/// Those who are told of a late complaint: of the rung, or, where nobody stands there, of the next above it, or
/// else below.
pub async fn told_of(tx: &Tx, of: &complaint::Model, rung: Rung) -> Result<(Rung, Vec<Owner>)> {
    let order: &[Rung] = match rung {
        Rung::Division => &[Rung::Division, Rung::Head, Rung::Supervisor],
        Rung::Head => &[Rung::Head, Rung::Supervisor, Rung::Division],
        Rung::Supervisor => &[Rung::Supervisor, Rung::Head, Rung::Division],
    };
    for step in order {
        let found = on_rung(tx, of, *step).await?;
        if !found.is_empty() {
            return Ok((*step, found));
        }
    }
    Ok((rung, owners(tx, of).await?))
}

#[must_use]
pub fn case_url(ctx: &Ctx, of: &complaint::Model) -> String {
    ctx.app.url(&format!("/kerja/pengaduan/{}", of.number))
}

/// None for a confidential one.
fn subject(of: &complaint::Model) -> Option<String> {
    (!of.confidential).then(|| of.subject.clone())
}

fn due(office: &Office, of: &complaint::Model) -> String {
    dates::date_time(&of.due_at.with_timezone(&office.zone), LANGUAGE)
}

fn left(office: &Office, of: &complaint::Model) -> String {
    let due = of.due_at.with_timezone(&office.zone);
    calendar::remaining(&office.now, &due, &office.calendar).text(LANGUAGE)
}

/// Queues one mail to each of the staff.
pub async fn to_staff<E: Email>(
    tx: &Tx,
    ctx: &Ctx,
    people: &[Owner],
    email: &E,
    about: (&'static str, uuid::Uuid),
) -> Result<()> {
    let words = ctx.app.templates.email(LANGUAGE, email)?;
    let people: Vec<_> = people
        .iter()
        .map(|one| (one.id, one.name.clone(), one.address.clone()))
        .collect();
    mail::queue_for_each::<SendMail>(tx, &ctx.app, ctx.now, &words, about, people).await
}

/// To those who owe the answer: so much of the time is over.
#[derive(Serialize)]
struct Warning {
    number: String,
    /// What it is called inside a sentence.
    called: String,
    subject: Option<String>,
    percent: i64,
    late: bool,
    left: String,
    due: String,
    /// Nobody has it yet.
    nobody: bool,
    /// The citizen was asked for something.
    waits: bool,
    case_url: String,
}

impl Email for Warning {
    const TEMPLATE: &'static str = "complaint_warning";
}

pub async fn warning(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    of: &complaint::Model,
    percent: i64,
    owner: &Owner,
) -> Result<()> {
    let email = Warning {
        number: of.number.clone(),
        called: words::called(of.kind, LANGUAGE),
        subject: subject(of),
        percent,
        late: percent >= 100,
        left: left(office, of),
        due: due(office, of),
        nobody: of.division_id.is_none() && of.status.is_running(),
        waits: of.status == Status::Incomplete,
        case_url: case_url(ctx, of),
    };
    let people = std::slice::from_ref(owner);
    to_staff(tx, ctx, people, &email, ("complaint", of.id.0)).await
}

/// Further up: this one is late.
#[derive(Serialize)]
struct Escalated {
    number: String,
    subject: Option<String>,
    unit: String,
    late: String,
    due: String,
    nobody: bool,
    waits: bool,
    case_url: String,
}

impl Email for Escalated {
    const TEMPLATE: &'static str = "complaint_escalated";
}

pub async fn escalated(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    of: &complaint::Model,
    owner: &Owner,
) -> Result<()> {
    let email = Escalated {
        number: of.number.clone(),
        subject: subject(of),
        unit: office.unit.short_name.clone(),
        late: left(office, of),
        due: due(office, of),
        nobody: of.division_id.is_none() && of.status.is_running(),
        waits: of.status == Status::Incomplete,
        case_url: case_url(ctx, of),
    };
    let people = std::slice::from_ref(owner);
    to_staff(tx, ctx, people, &email, ("complaint", of.id.0)).await
}

/// To one person: several of these at once, each with what is to be said of it.
#[derive(Serialize)]
struct Pressing {
    name: String,
    unit: String,
    count: usize,
    late: usize,
    rows: Vec<PressingRow>,
    more: usize,
    inbox_url: String,
}

#[derive(Serialize)]
struct PressingRow {
    number: String,
    subject: Option<String>,
    due: String,
    left: String,
    nobody: bool,
    waits: bool,
    url: String,
}

impl Email for Pressing {
    const TEMPLATE: &'static str = "complaint_pressing";
}

/// A mail lists so many; the rest is a number and a link.
const LISTED: usize = 30;

pub async fn pressing(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    owner: &Owner,
    of: &[&complaint::Model],
) -> Result<()> {
    let late = |row: &&&complaint::Model| rules::late(row.status, row.due_at, ctx.now);
    let email = Pressing {
        name: owner.name.clone(),
        unit: office.unit.short_name.clone(),
        count: of.len(),
        late: of.iter().filter(late).count(),
        rows: of
            .iter()
            .take(LISTED)
            .map(|row| PressingRow {
                number: row.number.clone(),
                subject: subject(row),
                due: due(office, row),
                left: left(office, row),
                nobody: row.division_id.is_none() && row.status.is_running(),
                waits: row.status == Status::Incomplete,
                url: case_url(ctx, row),
            })
            .collect(),
        more: of.len().saturating_sub(LISTED),
        inbox_url: ctx.app.url("/kerja/pengaduan"),
    };
    let about = ("unit", office.unit.id.0);
    to_staff(tx, ctx, std::slice::from_ref(owner), &email, about).await
}

/// To owners: these deadlines moved, and these stay although their days are others now.
#[derive(Serialize)]
struct Moved {
    reason: String,
    count: usize,
    rows: Vec<MovedRow>,
    kept_count: usize,
    kept: Vec<KeptRow>,
}

/// What one of the staff reads of a change.
#[derive(Clone, Debug, Default)]
pub struct DeadlineRows {
    pub moved: Vec<MovedRow>,
    pub kept: Vec<KeptRow>,
}

#[derive(Clone, Debug, Serialize)]
pub struct MovedRow {
    pub number: String,
    pub before: String,
    pub after: String,
    pub url: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct KeptRow {
    pub number: String,
    pub due: String,
    pub url: String,
}

impl Email for Moved {
    const TEMPLATE: &'static str = "deadlines_moved";
}

pub async fn moved(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    owner: &Owner,
    cause: &Cause,
    rows: DeadlineRows,
) -> Result<()> {
    let email = Moved {
        reason: cause.reason.clone(),
        count: rows.moved.len(),
        rows: rows.moved,
        kept_count: rows.kept.len(),
        kept: rows.kept,
    };
    let about = ("unit", office.unit.id.0);
    to_staff(tx, ctx, std::slice::from_ref(owner), &email, about).await
}

/// To the citizen: the answer takes longer, or the complaint will be closed.
#[derive(Serialize)]
struct Extended {
    number: String,
    voice: String,
    called: String,
    unit: String,
    due: String,
    track_url: String,
}

impl Email for Extended {
    const TEMPLATE: &'static str = "complaint_extended";
}

#[derive(Serialize)]
struct Closing {
    number: String,
    /// What it is called, at the head of a sentence and inside one.
    voice: String,
    called: String,
    /// Whoever thanks is not asked whether it helped.
    solvable: bool,
    unit: String,
    on: String,
    track_url: String,
}

impl Email for Closing {
    const TEMPLATE: &'static str = "complaint_closing";
}

pub async fn extended(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    of: &complaint::Model,
    due_at: chrono::DateTime<chrono::Utc>,
    reporter: &Identity,
) -> Result<()> {
    let locale = emails::locale_of(of);
    let email = Extended {
        number: of.number.clone(),
        voice: words::kind(of.kind, locale),
        called: words::called(of.kind, locale),
        unit: office.unit.name.clone(),
        due: dates::date_time(&due_at.with_timezone(&office.zone), locale),
        track_url: emails::track_url(ctx, of),
    };
    emails::to_reporter(tx, ctx, of, reporter, &email).await
}

pub async fn closing(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    of: &complaint::Model,
    on: chrono::NaiveDate,
    reporter: &Identity,
) -> Result<()> {
    let locale = emails::locale_of(of);
    let email = Closing {
        number: of.number.clone(),
        voice: words::kind(of.kind, locale),
        called: words::called(of.kind, locale),
        solvable: of.kind.is_solvable(),
        unit: office.unit.name.clone(),
        on: dates::long_date(on, locale),
        track_url: emails::track_url(ctx, of),
    };
    emails::to_reporter(tx, ctx, of, reporter, &email).await
}
