//! Reminders of what is late or stands still: once a week and action, when the office is open, to the division that
//! works on it and to the head of the unit. Whoever reports progress gets a signed link by which one press does it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{Duration, NaiveDate};
use chrono_tz::Tz;
use serde::Serialize;

use super::{
    entity::{ActionItemId, action_item::Model as Item, action_reminder::ReminderKind},
    rules, store, store_steps,
    updating::link,
};
use crate::{
    access::{self, Ctx, PersonId, Role},
    calendar::{self, dates},
    organisation::{self, DivisionId, Unit},
    platform::{
        context::App,
        error::Result,
        i18n::{Locale, Message},
        mail::{self, Outgoing, SendMail},
        web::pages::Email,
    },
};

/// Mails to account holders are in Indonesian, like all others to them.
const LANGUAGE: Locale = Locale::Id;

/// More rows than anybody reads in a mail; the list has them all, and the most late stand first.
const MOST_ROWS: usize = 20;

#[derive(Serialize)]
struct ActionReminder {
    name: String,
    unit: String,
    rows: Vec<Row>,
    /// "dan 12 lainnya", where a mail would not end.
    more: Option<String>,
    list_url: String,
    /// Whether some row has the link that its note is about.
    reports: bool,
}

#[derive(Clone, Serialize)]
struct Row {
    code: String,
    title: String,
    why: String,
    url: String,
    /// By which one press reports; none for who does not report.
    update_url: Option<String>,
}

impl Email for ActionReminder {
    const TEMPLATE: &'static str = "action_reminder";
}

/// Looks at every unit whose office is open; a fault of one stops none of the others.
pub async fn watch(app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    let mut whole = Ok(());
    for unit in organisation::units(&app.db).await? {
        let code = unit.code.clone();
        if let Err(error) = remind(&ctx, unit).await {
            tracing::error!(unit.code = %code, %error, "reminders of actions of {code} failed and are tried again");
            whole = Err(error);
        }
    }
    whole
}

/// Why somebody is reminded of an action.
struct Pressing {
    item: Item,
    kind: ReminderKind,
    why: String,
}

async fn remind(ctx: &Ctx, unit: Unit) -> Result<()> {
    let db = &ctx.app.db;
    let zone = organisation::zone_of(&unit)?;
    let now = ctx.now.with_timezone(&zone);
    let work = calendar::work_calendar(db, unit.id).await?;
    let hours = work.hours_on(now.date_naive());
    if !hours.is_some_and(|hours| hours.opens() <= now.time() && now.time() <= hours.closes()) {
        return Ok(());
    }
    let today = now.date_naive();
    let week = rules::week_of(today);
    let known = store_steps::reminded(db, unit.id, &week).await?;
    let mut pressing = pressing(ctx, &unit, (zone, today)).await?;
    pressing.retain(|one| !known.contains(&(one.item.id, one.kind)));
    if pressing.is_empty() {
        return Ok(());
    }
    // Late ones first: a late one is never stalled.
    pressing.sort_by_key(|one| (one.kind != ReminderKind::Overdue, one.item.due_on));
    let tx = db.begin_write().await?;
    let mut told: BTreeMap<PersonId, (String, String, Vec<Row>)> = BTreeMap::new();
    let mut readers: HashMap<Option<DivisionId>, Vec<Reader>> = HashMap::new();
    for one in pressing {
        if !store_steps::first_reminder(&tx, &one.item, one.kind, (&week, ctx.now)).await? {
            continue;
        }
        // Of one division always the same people: asked once.
        let division = one.item.division_id;
        let mine = match readers.get(&division) {
            Some(known) => known.clone(),
            None => {
                let found = in_charge(&tx, &unit, &one.item).await?;
                readers.insert(division, found.clone());
                found
            }
        };
        for (person, name, address, reports) in mine {
            let row = Row {
                code: one.item.code.clone(),
                title: one.item.title.clone(),
                why: one.why.clone(),
                url: ctx.app.url(&format!("/kerja/rencana-aksi/{}", one.item.id)),
                update_url: reports.then(|| link(ctx, one.item.id, person)),
            };
            let known = told.entry(person);
            let (_, _, rows) = known.or_insert_with(|| (name, address, Vec::new()));
            rows.push(row);
        }
    }
    for (name, address, mut rows) in told.into_values() {
        let left = rows.len().saturating_sub(MOST_ROWS);
        rows.truncate(MOST_ROWS);
        let more = Message::new("action-remind-more").with("count", left);
        let email = ActionReminder {
            name: name.clone(),
            unit: unit.short_name.clone(),
            reports: rows.iter().any(|row| row.update_url.is_some()),
            rows,
            more: (left > 0).then(|| more.text(LANGUAGE)),
            list_url: ctx.app.url("/kerja/rencana-aksi"),
        };
        let words = ctx.app.templates.email(LANGUAGE, &email)?;
        let mail = Outgoing {
            to_name: name,
            to_address: address,
            subject: words.subject,
            text: words.text,
            html: words.html,
            calendar: None,
            attachments: Vec::new(),
            about_kind: "unit",
            about_id: unit.id.0,
        };
        // The link in it opens what only its reader may do.
        mail::queue_private::<SendMail>(&tx, &ctx.app, ctx.now, mail).await?;
    }
    Ok(tx.commit().await?)
}

/// What is late, and what nobody reported on for so many days.
async fn pressing(ctx: &Ctx, unit: &Unit, (zone, today): (Tz, NaiveDate)) -> Result<Vec<Pressing>> {
    let db = &ctx.app.db;
    let quiet = i64::from(ctx.app.config.action_plans.stalled_days);
    let before = ctx.now - Duration::days(quiet);
    let items = store_steps::pressing(db, unit.id, (today, before)).await?;
    let ids: Vec<ActionItemId> = items.iter().map(|item| item.id).collect();
    let entries = store::progress_of_many(db, ids).await?;
    let mut found = Vec::new();
    for item in items {
        let mine = entries.iter().filter(|entry| entry.action_id == item.id);
        let last = mine.map(|entry| entry.at).max().unwrap_or(item.created_at);
        let last = last.with_timezone(&zone).date_naive();
        let Some(kind) = rules::presses((item.due_on, last), today, quiet) else {
            continue;
        };
        let why = match kind {
            ReminderKind::Overdue => Message::new("action-remind-overdue")
                .with("day", dates::long_date(item.due_on, LANGUAGE)),
            ReminderKind::Stalled => {
                Message::new("action-remind-stalled").with("days", (today - last).num_days())
            }
        };
        found.push(Pressing {
            why: why.text(LANGUAGE),
            kind,
            item,
        });
    }
    Ok(found)
}

/// Person, name, address, whether they report.
type Reader = (PersonId, String, String, bool);

/// (person, name, address, whether they report): those of the division, else the organisers; and the head.
pub async fn in_charge(
    db: &impl sea_orm::ConnectionTrait,
    unit: &Unit,
    item: &Item,
) -> Result<Vec<Reader>> {
    let mut owners = match item.division_id {
        Some(division) => {
            access::people_with(db, &[Role::Handler], unit.id, Some(division)).await?
        }
        None => Vec::new(),
    };
    if owners.is_empty() {
        owners = access::people_with(db, &[Role::Organiser], unit.id, None).await?;
    }
    let heads = access::people_with(db, &[Role::Head], unit.id, None).await?;
    let owners = owners.into_iter().map(|one| (one, true));
    let heads = heads.into_iter().map(|one| (one, false));
    let mut all: Vec<_> = owners
        .chain(heads)
        .map(|((id, name, address), reports)| (id, name, address, reports))
        .collect();
    all.sort_by_key(|(id, .., reports)| (*id, !reports));
    all.dedup_by_key(|(id, ..)| *id);
    Ok(all)
}
