//! The register of breaches: what happened, whose data, how many, what was done, and who was told within 3 × 24 hours.
//! The facts may be corrected while more becomes known; the log keeps every word of it.

use chrono::{DateTime, Datelike as _, NaiveTime, TimeZone as _, Utc};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    entity::{
        BreachId,
        breach::Model as Breach,
        breach_entry::{self, Model as Entry},
    },
    rules, store, watching,
};
use crate::{
    access::{self, Ctx, Permission},
    audit,
    calendar::dates,
    complaints::rules::number as numbered,
    organisation::{self, Unit},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

const REGISTER: &str = "breach";

/// A breach as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub title: String,
    pub found_on: String,
    pub found_time: String,
    /// Why it became known later than was written down: the clock moves by it.
    pub found_reason: String,
    pub what_happened: String,
    pub data_kinds: String,
    pub whose: String,
    pub people: String,
    pub risk: String,
    pub measures: String,
}

/// No breach is written down that was found longer ago; a choice of ours.
const OLDEST_DAYS: i64 = 5 * 366;

/// A moment as a form gives it, in the unit's zone.
pub fn moment(
    check: &mut Check,
    (day_field, day): (&str, &str),
    (time_field, time): (&str, &str),
    unit: &Unit,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>> {
    let day = check.date(day_field, day);
    let time = check.clock(time_field, time, |text| {
        NaiveTime::parse_from_str(&text.replace('.', ":"), "%H:%M").ok()
    });
    let zone = organisation::zone_of(unit)?;
    let at = zone
        .from_local_datetime(&day.and_time(time.unwrap_or_default()))
        .earliest()
        .map(|at| at.to_utc());
    let Some(at) = at else {
        check.fault(time_field, Message::new("field-date"));
        return Ok(now);
    };
    // The form shows minutes: this one is not in the future.
    if at > now + chrono::Duration::minutes(1) {
        check.fault(day_field, Message::new("breach-in-future"));
    }
    // A slip of the pen: its clock of 3 × 24 hours would be over for decades.
    if at < now - chrono::Duration::days(OLDEST_DAYS) {
        check.fault(
            day_field,
            Message::new("breach-too-long-ago").with("years", 5),
        );
    }
    Ok(at.min(now))
}

fn checked(check: &mut Check, typed: &Typed, found_at: DateTime<Utc>, before: Breach) -> Breach {
    let people = check.number("people", &typed.people, 0, 1_000_000_000);
    Breach {
        title: check.line("title", &typed.title, 5, 150),
        found_at,
        due_at: rules::due(found_at),
        what_happened: check.text("what_happened", &typed.what_happened, 10, 5000),
        data_kinds: check.text("data_kinds", &typed.data_kinds, 3, 1000),
        whose: check.text("whose", &typed.whose, 3, 1000),
        people: i32::try_from(people).unwrap_or(i32::MAX),
        risk: check
            .optional("risk", &typed.risk, 2000)
            .unwrap_or_default(),
        measures: check
            .optional("measures", &typed.measures, 5000)
            .unwrap_or_default(),
        ..before
    }
}

/// Writes a breach into the register. The clock runs from when it was found, not from when it is written down.
pub async fn add(ctx: &Ctx, code: &str, typed: &Typed) -> Result<BreachId> {
    let (unit, _) = access::working_in(ctx, Permission::HandleBreaches, code).await?;
    let unit_id = unit.id;
    let tx = ctx.app.db.begin_write().await?;
    let mut check = Check::new();
    let day = ("found_on", typed.found_on.as_str());
    let time = ("found_time", typed.found_time.as_str());
    let found_at = moment(&mut check, day, time, &unit, ctx.now)?;
    let empty = Breach {
        id: BreachId::new(),
        unit_id,
        number: String::new(),
        title: String::new(),
        found_at,
        due_at: found_at,
        first_due_at: None,
        what_happened: String::new(),
        data_kinds: String::new(),
        whose: String::new(),
        people: 0,
        risk: String::new(),
        measures: String::new(),
        persons_told_at: None,
        persons_told_how: None,
        authority_told_at: None,
        authority_told_how: None,
        closed_at: None,
        created_by: ctx.person_id(),
        created_at: ctx.now,
        version: 1,
    };
    let breach = checked(&mut check, typed, found_at, empty);
    check.finish()?;
    let year = ctx.today_in(organisation::zone_of(&unit)?).year();
    let count = store::next_number(&tx, unit_id, REGISTER, year).await?;
    let breach = Breach {
        number: numbered(&format!("PLG-{}", unit.complaint_prefix), year, count),
        ..breach
    };
    let id = breach.id;
    store::insert_breach(&tx, breach.clone()).await?;
    log(&tx, ctx, &breach, "found", &breach.what_happened).await?;
    watching::tell_of_new(&tx, ctx, &breach).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a line to the log and to the audit. The breach's own row must have been written before.
async fn log(tx: &Tx, ctx: &Ctx, of: &Breach, act: &'static str, words: &str) -> Result<()> {
    let seq = store::entries(tx, of).await?.len();
    let row = breach_entry::Model {
        id: Uuid::now_v7(),
        unit_id: of.unit_id,
        breach_id: of.id,
        seq: i32::try_from(seq + 1).unwrap_or(i32::MAX),
        person_id: ctx.person_id(),
        person_name: ctx
            .account()
            .map(|account| account.name.clone())
            .unwrap_or_default(),
        act: act.to_owned(),
        words: words.to_owned(),
        at: ctx.now,
    };
    store::insert_entry(tx, row).await?;
    let entry = audit::Entry::new("breach", of.id.0, verb(act))
        .in_unit(of.unit_id)
        .with(json!({ "number": of.number }));
    audit::record(tx, ctx, entry).await
}

fn verb(act: &str) -> &'static str {
    match act {
        "found" => "breach.found",
        "changed" => "breach.changed",
        "persons_told" => "breach.persons_told",
        "authority_told" => "breach.authority_told",
        "closed" => "breach.closed",
        _ => "breach.noted",
    }
}

/// A breach with its log.
pub struct Case {
    pub breach: Breach,
    pub unit: Unit,
    pub log: Vec<Entry>,
}

pub async fn read(ctx: &Ctx, id: &str) -> Result<Case> {
    let scope = ctx.require_scope(Permission::HandleBreaches)?;
    let db = &ctx.app.db;
    let breach = store::breach(db, &scope, BreachId::parse(id)?).await?;
    Ok(Case {
        unit: organisation::unit(db, breach.unit_id).await?,
        log: store::entries(db, &breach).await?,
        breach,
    })
}

async fn held(db: &impl ConnectionTrait, ctx: &Ctx, id: &str, seen: i32) -> Result<Breach> {
    let scope = ctx.require_scope(Permission::HandleBreaches)?;
    let breach = store::breach(db, &scope, BreachId::parse(id)?).await?;
    if breach.version != seen {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    if breach.closed_at.is_some() {
        return Err(Error::rule(
            "breach.closed",
            Message::new("rule-breach-closed"),
        ));
    }
    Ok(breach)
}

/// More is known: the facts are corrected, and the log keeps what they were.
pub async fn change(ctx: &Ctx, id: &str, seen: i32, typed: &Typed) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let before = held(&tx, ctx, id, seen).await?;
    let unit = organisation::unit(&tx, before.unit_id).await?;
    let mut check = Check::new();
    let day = ("found_on", typed.found_on.as_str());
    let time = ("found_time", typed.found_time.as_str());
    let found_at = moment(&mut check, day, time, &unit, ctx.now)?;
    let after = checked(&mut check, typed, found_at, before.clone());
    // The first moment to the minute, as the form shows it: typed again it is no change.
    let moved = minute(found_at) > minute(before.found_at);
    let after = if minute(found_at) == minute(before.found_at) {
        Breach {
            found_at: before.found_at,
            due_at: before.due_at,
            ..after
        }
    } else {
        after
    };
    let why = if moved {
        check.line("found_reason", &typed.found_reason, 10, 300)
    } else {
        String::new()
    };
    check.finish()?;
    let after = Breach {
        first_due_at: before
            .first_due_at
            .or((after.due_at != before.due_at).then_some(before.due_at)),
        ..after
    };
    store::save_breach(&tx, after.clone()).await?;
    let zone = organisation::zone_of(&unit)?;
    let mut words = difference(&before, &after, zone);
    if moved {
        words = format!("{words}\n{why}");
    }
    log(&tx, ctx, &after, "changed", &words).await?;
    tx.commit().await?;
    Ok(())
}

fn minute(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(60)
}

/// What the facts were before they were corrected, so that nothing is lost.
fn difference(before: &Breach, after: &Breach, zone: chrono_tz::Tz) -> String {
    let fields = [
        (&before.title, &after.title),
        (&before.what_happened, &after.what_happened),
        (&before.data_kinds, &after.data_kinds),
        (&before.whose, &after.whose),
        (&before.risk, &after.risk),
        (&before.measures, &after.measures),
    ];
    let mut lines: Vec<String> = fields
        .into_iter()
        .filter(|(old, new)| old != new)
        .map(|(old, new)| format!("{} → {new}", if old.is_empty() { "–" } else { old }))
        .collect();
    if before.people != after.people {
        lines.push(format!("{} → {}", before.people, after.people));
    }
    if before.found_at != after.found_at {
        // The register is the office's own: its days, in its language.
        let local = |at: DateTime<Utc>| dates::date_time(&at.with_timezone(&zone), Locale::Id);
        lines.push(format!(
            "{} → {}",
            local(before.found_at),
            local(after.found_at)
        ));
    }
    lines.join("\n")
}

/// Adds what somebody did or learned.
pub async fn note(ctx: &Ctx, id: &str, seen: i32, words: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let breach = held(&tx, ctx, id, seen).await?;
    let mut check = Check::new();
    let words = check.text("note", words, 3, 3000);
    check.finish()?;
    store::save_breach(&tx, breach.clone()).await?;
    log(&tx, ctx, &breach, "noted", &words).await?;
    tx.commit().await?;
    Ok(())
}

/// Who was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Persons,
    Authority,
}

impl Audience {
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "persons" => Some(Self::Persons),
            "authority" => Some(Self::Authority),
            _ => None,
        }
    }
}

/// Writes down that the people concerned, or the authority, were told, when and how.
pub async fn told(
    ctx: &Ctx,
    id: &str,
    seen: i32,
    whom: &str,
    (day, time, how): (&str, &str, &str),
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let breach = held(&tx, ctx, id, seen).await?;
    let unit = organisation::unit(&tx, breach.unit_id).await?;
    let mut check = Check::new();
    let whom = check.choice("whom", whom, Audience::parse);
    let at = moment(
        &mut check,
        ("told_on", day),
        ("told_time", time),
        &unit,
        ctx.now,
    )?;
    let how = check.line("how", how, 5, 300);
    if at < breach.found_at {
        check.fault("told_on", Message::new("breach-told-before"));
    }
    check.finish()?;
    let (act, told) = match whom {
        Some(Audience::Persons) => (
            "persons_told",
            Breach {
                persons_told_at: Some(at),
                persons_told_how: Some(how.clone()),
                ..breach
            },
        ),
        _ => (
            "authority_told",
            Breach {
                authority_told_at: Some(at),
                authority_told_how: Some(how.clone()),
                ..breach
            },
        ),
    };
    store::save_breach(&tx, told.clone()).await?;
    log(&tx, ctx, &told, act, &how).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends the work on a breach. Where somebody was not told, the words say why, and whoever closes it says that they know.
pub async fn close(ctx: &Ctx, id: &str, seen: i32, words: &str, knows: bool) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let breach = held(&tx, ctx, id, seen).await?;
    let mut check = Check::new();
    let words = check.text("closing", words, 10, 2000);
    if breach.is_untold() && !knows {
        check.fault("untold", Message::new("breach-untold-needed"));
    }
    check.finish()?;
    let closed = Breach {
        closed_at: Some(ctx.now),
        ..breach
    };
    store::save_breach(&tx, closed.clone()).await?;
    log(&tx, ctx, &closed, "closed", &words).await?;
    tx.commit().await?;
    Ok(())
}
