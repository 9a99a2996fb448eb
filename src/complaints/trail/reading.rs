//! Reading the trail, and writing down each look. A look is kept once per person and day, an opened file each time.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::{
    access::{Ctx, Permission, PersonId},
    audit::{self, ActorKind},
    complaints::{entity::complaint, rules, store, timeline, viewing},
    organisation,
    platform::{db::Tx, error::Result},
};

pub const LOOKED: &str = "complaint.looked_at";
pub const READ: &str = "complaint.trail_read";
pub const OPENED: &str = "complaint.file_opened";
/// Sealed papers and originals of messages, each opened with a reason.
const UNSEALED: &str = "complaint.restricted_opened";
const ORIGINAL: &str = "complaint.original_opened";
const TAKEN: &str = "complaint.register_taken";

/// Keeps that this person had the case open, once a day (UU 27/2022: who processed the data).
pub async fn note_looked(
    ctx: &Ctx,
    of: &complaint::Model,
    history: &[audit::Model],
    verb: &'static str,
) -> Result<()> {
    let new = (!looked_lately(ctx, history, verb)).then_some(verb);
    note_all(ctx, of, new.into_iter().collect()).await
}

/// Whether the history has it of this person within the last day.
pub fn looked_lately(ctx: &Ctx, history: &[audit::Model], verb: &str) -> bool {
    let day = ctx.now - Duration::hours(24);
    history
        .iter()
        .any(|event| event.verb == verb && event.person_id == ctx.person_id() && event.at > day)
}

/// Keeps what a person looked at, in one transaction; the program itself looks without a note.
pub async fn note_all(ctx: &Ctx, of: &complaint::Model, verbs: Vec<&'static str>) -> Result<()> {
    if verbs.is_empty() || ctx.person_id().is_none() {
        return Ok(());
    }
    let entries = verbs.into_iter().map(|verb| entry(of, verb)).collect();
    // One statement: it needs no transaction to be whole.
    audit::record_all(&ctx.app.db, ctx, entries).await
}

/// Writes an entry about a case as part of the transaction.
pub async fn note(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    verb: &'static str,
    data: Value,
) -> Result<()> {
    audit::record(tx, ctx, entry(of, verb).with(data)).await
}

fn entry(of: &complaint::Model, verb: &'static str) -> audit::Entry {
    audit::Entry::new("complaint", of.id.0, verb).in_unit(of.unit_id)
}

/// Keeps that a file of the case was opened.
pub async fn note_opened(ctx: &Ctx, number: &str, name: &str) -> Result<()> {
    let found = store::by_number(&ctx.app.db, &rules::read_number(number)).await?;
    let Some(found) = found else { return Ok(()) };
    let tx = ctx.app.db.begin_write().await?;
    note(&tx, ctx, &found, OPENED, json!({ "file": name })).await?;
    tx.commit().await?;
    Ok(())
}

/// One person who looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looker {
    pub name: String,
    pub first: DateTime<Utc>,
    pub last: DateTime<Utc>,
    /// On how many days of the unit: reading the trail on the day of a look is no second one.
    pub days: usize,
    pub files: usize,
    /// The identity was shown to them.
    pub identity: bool,
    /// Why they opened an anonymous one; empty for readers who may not know it.
    pub reasons: Vec<String>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub at: DateTime<Utc>,
    pub title: String,
    pub by: ActorKind,
    pub name: String,
    pub text: String,
    pub request: String,
}

/// Everything about one case.
pub struct Trail {
    pub complaint: complaint::Model,
    pub zone: chrono_tz::Tz,
    /// The reader may read the words of the case.
    pub text: bool,
    pub lookers: Vec<Looker>,
    pub steps: Vec<Step>,
}

/// The trail of the complaint with this number, for who may read trails.
pub async fn read(ctx: &Ctx, number: &str) -> Result<Trail> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let db = &ctx.app.db;
    let found = store::visible(db, &scope, &rules::read_number(number)).await?;
    ctx.require(Permission::ViewCaseTrail, found.unit_id)?;
    let unit = organisation::unit(db, found.unit_id).await?;
    let history = audit::history(db, "complaint", found.id.0).await?;
    let text = viewing::sight_of(ctx, &found, false).text;
    let unmasks = ctx.may(Permission::UnmaskReporter, found.unit_id);
    let messages = store::messages(db, &found).await?;
    let words: HashMap<String, &str> = messages
        .iter()
        .map(|message| (message.id.to_string(), message.text.as_str()))
        .collect();
    let judges = unmasks;
    let reader = timeline::Reader::Staff { text, judges };
    note_looked(ctx, &found, &history, READ).await?;
    Ok(Trail {
        zone: organisation::zone_of(&unit)?,
        text,
        lookers: readers(
            db,
            &found,
            organisation::zone_of(&unit)?,
            &history,
            unmasks && text,
        )
        .await?,
        steps: history
            .iter()
            .map(|event| Step {
                at: event.at,
                title: timeline::title(event, ctx.locale()),
                by: event.actor_kind,
                name: event.actor_name.clone(),
                text: step_text(event, &words, reader),
                request: event.request_id.clone(),
            })
            .collect(),
        complaint: found,
    })
}

fn step_text(
    event: &audit::Model,
    words: &HashMap<String, &str>,
    reader: timeline::Reader,
) -> String {
    let plain = timeline::text(event, words, reader);
    let shows = matches!(reader, timeline::Reader::Staff { text: true, .. });
    if !plain.is_empty() || !shows {
        return plain;
    }
    ["file", "rule", "basis", "number"]
        .iter()
        .filter_map(|key| event.data.get(*key)?.as_str())
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Everybody who looked at a case: on its pages, and in a register book with names that somebody took away.
pub async fn readers(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    zone: Tz,
    history: &[audit::Model],
    reasons: bool,
) -> Result<Vec<Looker>> {
    let mut all = history.to_vec();
    // The book names nobody behind an anonymous complaint.
    if !of.anonymous {
        let day = of.received_at.with_timezone(&zone).date_naive().to_string();
        let taken = audit::of_verb(db, "unit", of.unit_id.0, TAKEN).await?;
        all.extend(taken.into_iter().filter(|event| holds(&event.data, &day)));
    }
    all.sort_by_key(|event| (event.at, event.id));
    Ok(lookers(&all, zone, reasons))
}

/// Whether a book with names held what was received on this day.
fn holds(data: &Value, day: &str) -> bool {
    let text = |key: &str| data.get(key).and_then(Value::as_str).unwrap_or_default();
    data.get("identity") == Some(&Value::Bool(true)) && (text("from")..=text("to")).contains(&day)
}

/// Who looked, in the order of their first look.
#[must_use]
fn lookers(history: &[audit::Model], zone: Tz, reasons: bool) -> Vec<Looker> {
    let mut found: BTreeMap<(DateTime<Utc>, uuid::Uuid), Looker> = BTreeMap::new();
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let mut place: HashMap<PersonId, (DateTime<Utc>, uuid::Uuid)> = HashMap::new();
    // Who wrote or moved something did not look for that.
    let looked = |event: &&audit::Model| {
        matches!(
            event.verb.as_str(),
            LOOKED
                | READ
                | OPENED
                | UNSEALED
                | ORIGINAL
                | TAKEN
                | "complaint.identity_shown"
                | "complaint.identity_unmasked"
        )
    };
    for event in history.iter().filter(looked) {
        let Some(person) = event.person_id else {
            continue;
        };
        let key = *place.entry(person).or_insert((event.at, person.0));
        let looker = found.entry(key).or_insert_with(|| Looker {
            name: event.actor_name.clone(),
            first: event.at,
            last: event.at,
            days: 1,
            files: 0,
            identity: false,
            reasons: Vec::new(),
        });
        // The history is in the order of time.
        looker.days += usize::from(day(event.at) != day(looker.last));
        looker.last = event.at;
        match event.verb.as_str() {
            OPENED | UNSEALED | ORIGINAL => looker.files += 1,
            TAKEN | "complaint.identity_shown" => looker.identity = true,
            "complaint.identity_unmasked" => {
                looker.identity = true;
                let reason = event.data.get("reason").and_then(Value::as_str);
                looker
                    .reasons
                    .extend(reason.filter(|_| reasons).map(str::to_owned));
            }
            _ => {}
        }
    }
    found.into_values().collect()
}
