//! Use cases of topics.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{
    rules::{self, Growth, Suggestion},
    store,
};
use crate::{
    access::{Ctx, Permission, Scope},
    action_plans::{self, ActionItemId, Chip, Clock, LinkedAction},
    audit,
    complaints::{
        actions,
        entity::{
            complaint,
            topic::{self, TopicId},
        },
        finding::Readable,
        handling,
        knowing::{period::Period, scope::unit_of},
        rules::read_number,
        store as cases,
    },
    organisation::{self, Unit, UnitId},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// The spans that growth compares.
const SPAN_DAYS: i64 = 30;
/// Suggestions look back this far, and at no more than so many.
const LOOK_BACK_DAYS: i64 = 90;
const LOOK_AT: u64 = 2000;
/// Of a recapitulation.
const MOST_COUNTED: usize = 10;
/// On the page of a topic; the counts are of all.
const LISTED: u64 = 200;
/// Put in at once.
const MOST_AT_ONCE: usize = 200;

/// A topic with what it counts.
pub struct Line {
    pub topic: topic::Model,
    pub total: i64,
    pub now: i64,
    pub growth: Growth,
}

pub struct Topics {
    pub unit: Unit,
    pub lines: Vec<Line>,
    /// What several complaints without a topic seem to share, with their numbers.
    pub suggestions: Vec<Suggestion<String>>,
    pub may_manage: bool,
}

type Span = (DateTime<Utc>, DateTime<Utc>);

pub(super) fn spans(ctx: &Ctx) -> [Span; 2] {
    let (one, two) = (
        ctx.now - Duration::days(SPAN_DAYS),
        ctx.now - Duration::days(SPAN_DAYS * 2),
    );
    // What came in at this very moment counts, too.
    [(one, ctx.now + Duration::seconds(1)), (two, one)]
}

/// The topics of the caller's unit, those that come up most at the head.
pub async fn list(ctx: &Ctx) -> Result<Topics> {
    let (unit, scope) = unit_of(ctx, "").await?;
    let db = &ctx.app.db;
    let totals = store::totals(db, unit.id, &scope).await?;
    let [span, earlier] = spans(ctx);
    let now = store::counts(db, (unit.id, &scope), span).await?;
    let before = store::counts(db, (unit.id, &scope), earlier).await?;
    let of = |counts: &std::collections::HashMap<TopicId, i64>, id| {
        counts.get(&id).copied().unwrap_or(0)
    };
    let mut lines: Vec<Line> = store::all(db, unit.id)
        .await?
        .into_iter()
        .map(|topic| Line {
            total: of(&totals, topic.id),
            now: of(&now, topic.id),
            growth: rules::growth(of(&now, topic.id), of(&before, topic.id)),
            topic,
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.now, line.total)));
    let may_manage = ctx.may(Permission::ManageTopics, unit.id);
    let suggestions = if may_manage {
        suggested(ctx, unit.id).await?
    } else {
        Vec::new()
    };
    Ok(Topics {
        unit,
        lines,
        suggestions,
        may_manage,
    })
}

async fn suggested(ctx: &Ctx, unit: UnitId) -> Result<Vec<Suggestion<String>>> {
    let since = ctx.now - Duration::days(LOOK_BACK_DAYS);
    let loose = store::loose(&ctx.app.db, unit, since, LOOK_AT).await?;
    let subjects: Vec<(String, String)> = loose
        .into_iter()
        .map(|(_, number, subject)| (number, subject))
        .collect();
    Ok(rules::suggestions(&subjects))
}

/// One topic with its cases.
pub struct Shown {
    pub topic: topic::Model,
    pub zone: Tz,
    /// The newest of those that the caller may read.
    pub cases: Vec<complaint::Model>,
    /// Confidential ones among them: a topic tells what they are about, so their numbers are not told beside it.
    pub unread: u64,
    /// How many there are.
    pub count: usize,
    /// Received in each of the last twelve months and this one.
    pub months: Vec<(Period, i64)>,
    pub growth: Growth,
    /// The action that answers it, and how it stands.
    pub action: Option<(LinkedAction, Chip)>,
    /// (id, title) of actions to link to, for who may.
    pub open_actions: Vec<(String, String)>,
    pub may_manage: bool,
    pub may_link: bool,
}

/// The topic, if the caller's unit has it.
async fn found(ctx: &Ctx, id: &str) -> Result<(topic::Model, Unit, Scope)> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let topic = store::one(&ctx.app.db, TopicId::parse(id)?).await?;
    let unit = organisation::unit(&ctx.app.db, topic.unit_id).await?;
    // Whoever may not see this unit's complaints does not know of its topics.
    let (unit, _) = unit_of(ctx, &unit.code).await?;
    Ok((topic, unit, scope))
}

pub async fn show(ctx: &Ctx, id: &str) -> Result<Shown> {
    let (topic, unit, scope) = found(ctx, id).await?;
    let db = &ctx.app.db;
    let zone = organisation::zone_of(&unit)?;
    let readable = Readable::of(ctx);
    let cases = store::cases(db, &topic, (&scope, &readable), LISTED).await?;
    let unread = store::hidden(db, &topic, (&scope, &readable)).await?;
    let received = store::received(db, &topic, &scope).await?;
    let local = |at: &DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let months = Period::last_twelve(ctx.today_in(zone)).months();
    let months = months
        .into_iter()
        .map(|month| {
            let inside = |at: &&DateTime<Utc>| (month.from..=month.to).contains(&local(at));
            let count = received.iter().filter(inside).count();
            (month, i64::try_from(count).unwrap_or(i64::MAX))
        })
        .collect();
    let [span, earlier] = spans(ctx);
    let within = |(from, until): Span| {
        let count = received
            .iter()
            .filter(|at| (from..until).contains(*at))
            .count();
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    let may_link =
        ctx.may(Permission::ManageActions, unit.id) && ctx.may(Permission::ManageTopics, unit.id);
    let action = match topic.action_id {
        Some(id) => {
            let action = action_plans::linked_action(db, id).await?;
            let clock = Clock::of(ctx, &unit).await?;
            let chip = action_plans::linked_chip(&action, &clock, ctx.locale());
            Some((action, chip))
        }
        None => None,
    };
    Ok(Shown {
        growth: rules::growth(within(span), within(earlier)),
        open_actions: if may_link && action.is_none() {
            actions::open(db, unit.id).await?
        } else {
            Vec::new()
        },
        may_manage: ctx.may(Permission::ManageTopics, unit.id),
        may_link,
        months,
        action,
        count: received.len(),
        unread,
        cases,
        topic,
        zone,
    })
}

fn checked(title: &str, note: &str) -> Result<(String, Option<String>)> {
    let mut check = Check::new();
    let title = check.line("title", title, 3, 80);
    let note = check.optional("note", note, 1000);
    check.finish()?;
    Ok((title, note))
}

fn same_title(error: Error) -> Error {
    match error {
        Error::Conflict { code: "duplicate" } => {
            Error::field("title", Message::new("topic-title-taken"))
        }
        other => other,
    }
}

async fn made(
    tx: &Tx,
    ctx: &Ctx,
    unit: UnitId,
    (title, note): (String, Option<String>),
) -> Result<topic::Model> {
    let row = topic::Model {
        id: TopicId::new(),
        unit_id: unit,
        title,
        note,
        action_id: None,
        proposed_at: None,
        created_at: ctx.now,
        version: 1,
    };
    store::insert(tx, row.clone()).await.map_err(same_title)?;
    let entry = audit::Entry::new("complaint_topic", row.id.0, "topic.added").in_unit(unit);
    audit::record(tx, ctx, entry).await?;
    Ok(row)
}

/// Makes a topic, perhaps with cases in it.
pub async fn add(ctx: &Ctx, title: &str, note: &str, numbers: &[String]) -> Result<TopicId> {
    let (unit, _) = unit_of(ctx, "").await?;
    ctx.require(Permission::ManageTopics, unit.id)?;
    let typed = checked(title, note)?;
    let tx = ctx.app.db.begin_write().await?;
    let topic = made(&tx, ctx, unit.id, typed).await?;
    gather(&tx, ctx, &topic, numbers).await?;
    tx.commit().await?;
    Ok(topic.id)
}

/// Puts complaints into a topic. Once is the same as twice.
pub async fn put_in(ctx: &Ctx, id: &str, numbers: &[String]) -> Result<(TopicId, usize)> {
    ctx.require_scope(Permission::ManageTopics)?;
    if id.trim().is_empty() {
        return Err(Error::field("topic", Message::new("field-choose")));
    }
    let (topic, unit, _) = found(ctx, id.trim()).await?;
    ctx.require(Permission::ManageTopics, unit.id)?;
    let tx = ctx.app.db.begin_write().await?;
    let added = gather(&tx, ctx, &topic, numbers).await?;
    tx.commit().await?;
    Ok((topic.id, added))
}

async fn gather(tx: &Tx, ctx: &Ctx, topic: &topic::Model, numbers: &[String]) -> Result<usize> {
    if numbers.len() > MOST_AT_ONCE {
        let message = Message::new("topic-too-many").with("most", MOST_AT_ONCE);
        return Err(Error::rule("topic.too_many", message));
    }
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let mut added = 0;
    for number in numbers {
        let of = cases::visible(tx, &scope, &read_number(number)).await?;
        if of.unit_id != topic.unit_id {
            return Err(Error::NotFound);
        }
        handling::require_text(ctx, &of)?;
        if !store::put_in(tx, topic, of.id, (ctx.person_id(), ctx.now)).await? {
            continue;
        }
        added += 1;
        // A voice that comes later is answered by the same promise.
        if let Some(action) = topic.action_id {
            link_case(tx, ctx, action, &of).await?;
        }
        let entry = audit::Entry::new("complaint", of.id.0, "complaint.grouped")
            .in_unit(of.unit_id)
            .with(json!({ "topic": topic.id }));
        audit::record(tx, ctx, entry).await?;
    }
    Ok(added)
}

/// An action that is over takes no more sources; the case is in the topic all the same. So it is for somebody who
/// keeps topics and no actions.
async fn link_case(tx: &Tx, ctx: &Ctx, action: ActionItemId, of: &complaint::Model) -> Result<()> {
    if !ctx.may(Permission::ManageActions, of.unit_id) {
        return Ok(());
    }
    match actions::link(tx, ctx, &action.to_string(), of).await {
        Err(Error::Rule { .. }) => Ok(()),
        other => other,
    }
}

/// Takes one out. Its link with an action stays: what was promised to it was promised.
pub async fn take_out(ctx: &Ctx, id: &str, number: &str) -> Result<()> {
    let (topic, unit, scope) = found(ctx, id).await?;
    ctx.require(Permission::ManageTopics, unit.id)?;
    let tx = ctx.app.db.begin_write().await?;
    let of = cases::visible(&tx, &scope, &read_number(number)).await?;
    if store::take_out(&tx, &topic, of.id).await? {
        let entry = audit::Entry::new("complaint", of.id.0, "complaint.ungrouped")
            .in_unit(of.unit_id)
            .with(json!({ "topic": topic.id }));
        audit::record(&tx, ctx, entry).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The topic that a form showed, for a change.
pub(super) async fn seen(ctx: &Ctx, id: &str, version: i32) -> Result<topic::Model> {
    let (topic, unit, _) = found(ctx, id).await?;
    ctx.require(Permission::ManageTopics, unit.id)?;
    if topic.version == version {
        Ok(topic)
    } else {
        Err(Error::Conflict {
            code: "changed_meanwhile",
        })
    }
}

async fn written(
    ctx: &Ctx,
    topic: &topic::Model,
    changes: topic::ActiveModel,
    verb: &'static str,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    store::save(&tx, topic, changes).await.map_err(same_title)?;
    let entry = audit::Entry::new("complaint_topic", topic.id.0, verb).in_unit(topic.unit_id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

pub async fn change(ctx: &Ctx, id: &str, version: i32, title: &str, note: &str) -> Result<()> {
    let topic = seen(ctx, id, version).await?;
    let (title, note) = checked(title, note)?;
    let changes = topic::ActiveModel {
        title: Set(title),
        note: Set(note),
        ..Default::default()
    };
    written(ctx, &topic, changes, "topic.changed").await
}

/// Offers the topic for the agenda of a forum, or takes the offer back.
pub async fn propose(ctx: &Ctx, id: &str, version: i32, offered: bool) -> Result<()> {
    let topic = seen(ctx, id, version).await?;
    let changes = topic::ActiveModel {
        proposed_at: Set(offered.then_some(ctx.now)),
        ..Default::default()
    };
    let verb = if offered {
        "topic.proposed"
    } else {
        "topic.proposal_withdrawn"
    };
    written(ctx, &topic, changes, verb).await
}

/// Removes a topic. Its complaints stay, and so do their links with an action.
pub async fn remove(ctx: &Ctx, id: &str, version: i32) -> Result<()> {
    let topic = seen(ctx, id, version).await?;
    let tx = ctx.app.db.begin_write().await?;
    store::delete(&tx, &topic).await?;
    let entry = audit::Entry::new("complaint_topic", topic.id.0, "topic.removed")
        .in_unit(topic.unit_id)
        .with(json!({ "title": topic.title }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// How often a topic came up in a period and in the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicCount {
    pub id: TopicId,
    pub title: String,
    pub now: i64,
    pub before: i64,
}

pub async fn counted(
    ctx: &Ctx,
    unit: &Unit,
    scope: &Scope,
    period: Period,
    zone: Tz,
) -> Result<Vec<TopicCount>> {
    let db = &ctx.app.db;
    let now = store::counts(db, (unit.id, scope), period.bounds(zone)).await?;
    let before = store::counts(db, (unit.id, scope), period.previous().bounds(zone)).await?;
    let mut counted: Vec<TopicCount> = store::all(db, unit.id)
        .await?
        .into_iter()
        .map(|topic| TopicCount {
            now: now.get(&topic.id).copied().unwrap_or(0),
            before: before.get(&topic.id).copied().unwrap_or(0),
            id: topic.id,
            title: topic.title,
        })
        .filter(|topic| topic.now + topic.before > 0)
        .collect();
    counted.sort_by_key(|topic| std::cmp::Reverse((topic.now, topic.before)));
    counted.truncate(MOST_COUNTED);
    Ok(counted)
}

/// A topic that is offered for the agenda of a forum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedTopic {
    pub id: TopicId,
    pub title: String,
    pub count: i64,
    /// Its page in the workspace, for those who may open it.
    pub href: Option<String>,
    /// Subjects of what is not confidential, for those who may read complaints.
    pub subjects: Vec<String>,
}

/// Enough to see what it is about.
const SUBJECTS: u64 = 5;

/// The topics of a unit that are offered.
pub async fn proposed(ctx: &Ctx, unit: UnitId) -> Result<Vec<ProposedTopic>> {
    let db = &ctx.app.db;
    let whole = Scope::everywhere();
    let totals = store::totals(db, unit, &whole).await?;
    let reads = ctx.may(Permission::ViewComplaints, unit);
    let mut by_count: BTreeMap<(std::cmp::Reverse<i64>, String), ProposedTopic> = BTreeMap::new();
    for topic in store::all(db, unit).await? {
        if topic.proposed_at.is_none() {
            continue;
        }
        let count = totals.get(&topic.id).copied().unwrap_or(0);
        let subjects = if reads {
            store::subjects(db, &topic, SUBJECTS).await?
        } else {
            Vec::new()
        };
        by_count.insert(
            (std::cmp::Reverse(count), topic.title.clone()),
            ProposedTopic {
                href: reads.then(|| format!("/kerja/pengaduan/topik/{}", topic.id)),
                id: topic.id,
                title: topic.title,
                count,
                subjects,
            },
        );
    }
    Ok(by_count.into_values().collect())
}
