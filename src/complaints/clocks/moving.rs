//! A decree adds or withdraws a holiday, and the deadlines of open complaints follow it in one transaction: a line
//! in the history of each, one mail to each who owns some, of what moved and of what stays. A date that citizens were told is never made
//! earlier: where the calendar would now allow less time, the told date stays. What an office changes of its own days
//! never turns a late complaint into one in time: whoever is late could say afterwards that the office was closed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use super::{
    emails::{self, DeadlineRows, KeptRow, MovedRow, Owner},
    reading::{Office, Policies, Sort, passed},
    rules::{Rung, owed_since},
    store,
};
use crate::{
    access::Ctx,
    audit,
    calendar::{self, dates},
    complaints::{
        emails::{self as about, Told},
        entity::{ComplaintId, complaint, complaint::Explanation, notice::NoticeKind},
        explain,
        rules::{Status, queue},
        store as complaints,
    },
    organisation::{self, Unit, UnitId},
    platform::{db::Tx, error::Result, i18n::Locale},
};

/// What the deadlines move for: the words that citizens and owners read.
#[derive(Clone, Debug)]
pub struct Cause {
    pub reason: String,
}

/// What became of the open deadlines.
#[derive(Clone, Debug, Default)]
pub struct Recount {
    pub moved: usize,
    /// Dates that stay as they were told, although other days lead to them now.
    pub kept: usize,
    /// The first that moved, for whoever wants to see what a change does.
    pub first: Vec<MovedCase>,
}

/// A deadline that moved, in the time of its unit.
#[derive(Clone, Debug)]
pub struct MovedCase {
    pub number: String,
    pub before: DateTime<Tz>,
    pub after: DateTime<Tz>,
}

/// As many as are read before somebody decides.
const FIRST: usize = 8;

const MOVED: &str = "complaint.deadline_moved";
const KEPT: &str = "complaint.deadline_kept";

impl Recount {
    fn note(&mut self, case: MovedCase) {
        self.moved += 1;
        if self.first.len() < FIRST {
            self.first.push(case);
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.moved += other.moved;
        self.kept += other.kept;
        self.first.extend(other.first);
        self.first.truncate(FIRST);
        self
    }
}

/// Counts every open deadline again and moves those that are later now. With `since`, only those that may have been
/// counted after it.
pub async fn recalculate(
    tx: &Tx,
    ctx: &Ctx,
    cause: &Cause,
    since: Option<DateTime<Utc>>,
) -> Result<Recount> {
    let mut counted = Recount::default();
    for unit in organisation::units(tx).await? {
        counted = counted.and(counted_in(tx, ctx, unit, (cause, Decided::ForAll), since).await?);
    }
    Ok(counted)
}

/// The same for one unit, whose own days changed.
pub async fn recalculate_unit(
    tx: &Tx,
    ctx: &Ctx,
    unit: UnitId,
    cause: &Cause,
    since: Option<DateTime<Utc>>,
) -> Result<Recount> {
    let unit = organisation::unit(tx, unit).await?;
    counted_in(tx, ctx, unit, (cause, Decided::ByTheOffice), since).await
}

/// Who changed the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decided {
    /// A decree that holds for everybody.
    ForAll,
    /// The office whose deadlines they are.
    ByTheOffice,
}

async fn counted_in(
    tx: &Tx,
    ctx: &Ctx,
    unit: Unit,
    cause: (&Cause, Decided),
    since: Option<DateTime<Utc>>,
) -> Result<Recount> {
    in_unit(tx, ctx, &office(tx, ctx, unit).await?, cause, since).await
}

async fn office(tx: &Tx, ctx: &Ctx, unit: Unit) -> Result<Office> {
    let zone = organisation::zone_of(&unit)?;
    Ok(Office {
        calendar: calendar::work_calendar(tx, unit.id).await?,
        now: ctx.now.with_timezone(&zone),
        zone,
        unit,
    })
}

/// The same for one complaint, of which an officer said what it really is: other numbers of days may be its own. Its
/// citizen is told a date that is later now; what is late stays late.
pub async fn recalculate_one(
    tx: &Tx,
    ctx: &Ctx,
    row: &complaint::Model,
    unit: Unit,
    cause: &Cause,
) -> Result<()> {
    if !row.status.owes_answer() || stays_late(row, ctx.now, Decided::ByTheOffice) {
        return Ok(());
    }
    let office = office(tx, ctx, unit).await?;
    let mut letters = Letters::default();
    match counted_again(tx, &office, &mut Policies::default(), row).await? {
        Change::None => {}
        Change::Explained(why) => {
            explain_again(tx, ctx, &office, row, why, cause).await?;
            letters.stays(tx, ctx, &office, row).await?;
        }
        Change::Moved(change) => {
            let due_at = change.0;
            write(tx, ctx, &office, row, change, cause).await?;
            let now = complaints::get(tx, row.id).await?;
            about::news(tx, ctx, &now, &office.unit, Told::Moved(&cause.reason)).await?;
            letters.moves(tx, ctx, &office, (row, due_at)).await?;
        }
    }
    letters.send(tx, ctx, &office, cause).await
}

/// One mail to each who has to know, with every deadline that moved or stays.
#[derive(Default)]
struct Letters(BTreeMap<String, (Owner, DeadlineRows)>);

impl Letters {
    fn to(&mut self, owner: Owner) -> &mut DeadlineRows {
        let entry = self.0.entry(owner.address.clone());
        &mut entry.or_insert_with(|| (owner, DeadlineRows::default())).1
    }

    async fn moves(
        &mut self,
        tx: &Tx,
        ctx: &Ctx,
        office: &Office,
        (row, due_at): (&complaint::Model, DateTime<Utc>),
    ) -> Result<()> {
        for owner in concerned(tx, ctx, row, due_at).await? {
            let line = moved_row(ctx, office, row, due_at);
            self.to(owner).moved.push(line);
        }
        Ok(())
    }

    /// A date that stays although its days are others now: whoever plans by the calendar would look for another one.
    async fn stays(
        &mut self,
        tx: &Tx,
        ctx: &Ctx,
        office: &Office,
        row: &complaint::Model,
    ) -> Result<()> {
        for owner in emails::owners(tx, row).await? {
            self.to(owner).kept.push(KeptRow {
                number: row.number.clone(),
                due: dates::date_time(&row.due_at.with_timezone(&office.zone), emails::LANGUAGE),
                url: emails::case_url(ctx, row),
            });
        }
        Ok(())
    }

    async fn send(self, tx: &Tx, ctx: &Ctx, office: &Office, cause: &Cause) -> Result<()> {
        for (owner, rows) in self.0.into_values() {
            emails::moved(tx, ctx, office, &owner, cause, rows).await?;
        }
        Ok(())
    }
}

async fn in_unit(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    (cause, decided): (&Cause, Decided),
    since: Option<DateTime<Utc>>,
) -> Result<Recount> {
    let mut policies = Policies::default();
    let mut after: Option<ComplaintId> = None;
    let mut letters = Letters::default();
    let mut counted = Recount::default();
    loop {
        let rows = store::owed_held(tx, office.unit.id, after, since).await?;
        let Some(last) = rows.last() else { break };
        after = Some(last.id);
        for row in rows {
            let change = match counted_again(tx, office, &mut policies, &row).await? {
                Change::None => continue,
                Change::Explained(_) | Change::Moved(_) if stays_late(&row, ctx.now, decided) => {
                    counted.kept += 1;
                    continue;
                }
                Change::Explained(why) => {
                    explain_again(tx, ctx, office, &row, why, cause).await?;
                    letters.stays(tx, ctx, office, &row).await?;
                    counted.kept += 1;
                    continue;
                }
                Change::Moved(change) => change,
            };
            write(tx, ctx, office, &row, change.clone(), cause).await?;
            counted.note(MovedCase {
                number: row.number.clone(),
                before: row.due_at.with_timezone(&office.zone),
                after: change.0.with_timezone(&office.zone),
            });
            let now = complaints::get(tx, row.id).await?;
            about::news(tx, ctx, &now, &office.unit, Told::Moved(&cause.reason)).await?;
            letters.moves(tx, ctx, office, (&row, change.0)).await?;
        }
    }
    store::look_at_all(tx, office.unit.id).await?;
    letters.send(tx, ctx, office, cause).await?;
    Ok(counted)
}

fn stays_late(row: &complaint::Model, now: DateTime<Utc>, decided: Decided) -> bool {
    decided == Decided::ByTheOffice && row.due_at < now
}

/// Who is told: the owners; and, where it is not late any more, those above who were told that it was.
async fn concerned(
    tx: &Tx,
    ctx: &Ctx,
    row: &complaint::Model,
    due_at: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<Owner>> {
    let mut people = emails::owners(tx, row).await?;
    if row.due_at < ctx.now && due_at >= ctx.now {
        let said = store::notices(tx, row.unit_id, NoticeKind::Escalation, &[row.id]).await?;
        let level = said
            .iter()
            .filter(|notice| notice.due_at == row.due_at)
            .map(|notice| notice.level)
            .max();
        for rung in [Rung::Division, Rung::Head, Rung::Supervisor] {
            if level.is_some_and(|level| rung.level() <= level) {
                people.extend(emails::on_rung(tx, row, rung).await?);
            }
        }
        people.sort_by(|one, other| one.address.cmp(&other.address));
        people.dedup();
    }
    Ok(people)
}

type Moved = (chrono::DateTime<chrono::Utc>, Explanation, bool);

/// What a calendar does to a deadline.
enum Change {
    None,
    /// The told date stays, and its days are others now.
    Explained(Explanation),
    /// Later than the one that was told; and whether it is the first answer's.
    Moved(Moved),
}

/// The deadline by the calendar of now.
async fn counted_again(
    tx: &Tx,
    office: &Office,
    policies: &mut Policies,
    row: &complaint::Model,
) -> Result<Change> {
    let sort = Sort::of(row);
    // After a reopening the answer owed has a date of its own.
    let again = if row.answered_at.is_some() || row.due_at != row.legal_due_at {
        owed_since(&passed(tx, row).await?).filter(|owed| owed.to == Status::Reopened)
    } else {
        None
    };
    let first = again.is_none();
    let from = again.map_or(row.received_at, |again| again.at);
    let extended = if first { row.extended_days } else { 0 };
    let policy = policies.of(tx, row).await?;
    let (mut deadline, mut explanation) = explain::explained(
        &policy.policy,
        sort.about(),
        u32::try_from(extended).unwrap_or_default(),
        from.with_timezone(&office.zone),
        &office.calendar,
    )?;
    if !first {
        deadline = deadline.of_reopening();
        explanation.days = explain::days_of(&deadline);
    }
    let due_at = deadline.due_at.to_utc();
    if due_at > row.due_at {
        return Ok(Change::Moved((due_at, explanation, first)));
    }
    let told = row.due_at.with_timezone(&office.zone);
    let kept = explain::kept(&row.explanation, &deadline, told, &office.calendar)?;
    Ok(match kept == row.explanation {
        true => Change::None,
        false => Change::Explained(kept),
    })
}

/// Keeps the told date and says by which days it stands now.
async fn explain_again(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    row: &complaint::Model,
    why: Explanation,
    cause: &Cause,
) -> Result<()> {
    let changes = complaint::ActiveModel {
        explanation: Set(why),
        ..Default::default()
    };
    complaints::save(tx, row, changes).await?;
    let entry = audit::Entry::new("complaint", row.id.0, KEPT)
        .in_unit(row.unit_id)
        .with(counted_data(office, row, row.due_at, cause));
    audit::record(tx, ctx, entry).await
}

async fn write(
    tx: &Tx,
    ctx: &Ctx,
    office: &Office,
    row: &complaint::Model,
    (due_at, explanation, first): Moved,
    cause: &Cause,
) -> Result<()> {
    let mut changes = complaint::ActiveModel {
        due_at: Set(due_at),
        explanation: Set(explanation),
        queue: Set(queue(row.status, due_at)),
        ..Default::default()
    };
    if first {
        changes.legal_due_at = Set(due_at);
    }
    complaints::save(tx, row, changes).await?;
    let entry = audit::Entry::new("complaint", row.id.0, MOVED)
        .in_unit(row.unit_id)
        .with(counted_data(office, row, due_at, cause));
    audit::record(tx, ctx, entry).await
}

/// How many versions of a case since this one another calendar made: nobody wrote them.
pub async fn made_by_calendar(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    seen: i32,
) -> Result<usize> {
    let mut made = 0;
    for verb in [MOVED, KEPT] {
        let told = audit::of_verb(db, "complaint", of.id.0, verb).await?;
        let since = told.iter().filter(|entry| {
            let version = entry.data["version"].as_i64();
            version.is_some_and(|version| version > i64::from(seen))
        });
        made += since.count();
    }
    Ok(made)
}

/// The same with the version that the case has by it.
fn counted_data(
    office: &Office,
    row: &complaint::Model,
    due_at: DateTime<Utc>,
    cause: &Cause,
) -> serde_json::Value {
    let mut data = moved_data(office, row, due_at, &cause.reason);
    data["version"] = json!(row.version + 1);
    data
}

/// What a line of the history keeps of a date that changed, with the words for both languages.
pub(super) fn moved_data(
    office: &Office,
    row: &complaint::Model,
    due_at: chrono::DateTime<chrono::Utc>,
    reason: &str,
) -> serde_json::Value {
    let words = |locale| dates::date_time(&due_at.with_timezone(&office.zone), locale);
    json!({
        "due_before": row.due_at,
        "due_at": due_at,
        "due_id": words(Locale::Id),
        "due_en": words(Locale::En),
        "reason": reason,
    })
}

fn moved_row(
    ctx: &Ctx,
    office: &Office,
    row: &complaint::Model,
    due_at: chrono::DateTime<chrono::Utc>,
) -> MovedRow {
    let day = |at: chrono::DateTime<chrono::Utc>| {
        dates::date_time(&at.with_timezone(&office.zone), emails::LANGUAGE)
    };
    MovedRow {
        number: row.number.clone(),
        before: day(row.due_at),
        after: day(due_at),
        url: emails::case_url(ctx, row),
    }
}
