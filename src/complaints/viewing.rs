//! What the staff sees: the inbox, one case, and what other capabilities may know.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{
    actions::{self, Linked},
    entity::{ComplaintId, complaint, message},
    explain, filing,
    finding::{self, View},
    identity::{self, Identity},
    rules::{self, Privacy, Sees, Sight, Status, Viewer},
    services,
    store::{self, Beside},
    trail,
};
use crate::{
    access::{self, Ctx, Permission, Place, Scope},
    audit,
    calendar::{self, WorkCalendar},
    organisation::{self, Division, DivisionId, Unit, UnitId},
    platform::{
        db::Db,
        error::{Error, Result},
    },
};

/// An opened name stays open for this person that long.
const UNMASKED_MINUTES: i64 = 15;

/// What the caller sees of a complaint.
#[must_use]
pub fn sight_of(ctx: &Ctx, of: &complaint::Model, unmasked: bool) -> Sight {
    let officer = ctx.may(Permission::ReadConfidential, of.unit_id);
    let place = Place {
        unit: of.unit_id,
        division: of.division_id,
    };
    let viewer = Viewer {
        officer,
        handles: of.division_id.is_some() && ctx.may(Permission::ReadConfidential, place),
        named_other: of.assignee_id.is_some_and(|named| !ctx.is_for_me(named)),
        unmasked: unmasked && ctx.may(Permission::UnmaskReporter, of.unit_id),
    };
    let privacy = Privacy {
        anonymous: of.anonymous,
        confidential: of.confidential,
    };
    rules::sight(viewer, privacy)
}

/// Whether this person gave a reason a short while ago.
fn unmasked_lately(ctx: &Ctx, history: &[audit::Model]) -> bool {
    let since = ctx.now - chrono::Duration::minutes(UNMASKED_MINUTES);
    history.iter().any(|event| {
        event.verb == "complaint.identity_unmasked"
            && event.person_id.is_some()
            && event.person_id == ctx.person_id()
            && event.at > since
    })
}

/// The unit whose days and divisions the inbox shows: the caller's own.
pub async fn home_unit(ctx: &Ctx) -> Result<Unit> {
    let account = ctx.account().ok_or(Error::Unauthenticated)?;
    let scope = ctx.scope(Permission::ViewComplaints);
    let granted = account.grants.iter().find_map(|grant| grant.unit_id);
    let unit = scope.units.first().copied().or(granted);
    organisation::unit(&ctx.app.db, unit.ok_or(Error::Forbidden)?).await
}

/// A unit's zone and calendar: what is needed to say how long is left.
pub struct Days {
    pub zone: Tz,
    pub calendar: WorkCalendar,
}

pub async fn days_of(db: &impl ConnectionTrait, unit: &Unit) -> Result<Days> {
    Ok(Days {
        zone: organisation::zone_of(unit)?,
        calendar: calendar::work_calendar(db, unit.id).await?,
    })
}

/// One case with everything that the caller may see of it.
pub struct Case {
    pub complaint: complaint::Model,
    pub zone: Tz,
    pub sight: Sight,
    /// Nobody said who they are: there is nothing to hide and nothing to ask for.
    pub nameless: bool,
    /// Empty unless `sight` lets it be seen.
    pub identity: Identity,
    pub divisions: Vec<Division>,
    pub service: Option<String>,
    pub asked: filing::Details,
    /// What else there is to read of it.
    pub beside: HashSet<Beside>,
    pub assignee: Option<String>,
    pub messages: Vec<message::Model>,
    pub history: Vec<audit::Model>,
    pub actions: Vec<Linked>,
    pub may_link: bool,
}

/// The row of a case that the caller may know of.
pub async fn found(ctx: &Ctx, number: &str) -> Result<complaint::Model> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    store::visible(&ctx.app.db, &scope, &rules::read_number(number)).await
}

pub async fn case(ctx: &Ctx, number: &str) -> Result<Case> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let db = &ctx.app.db;
    let complaint = store::visible(db, &scope, &rules::read_number(number)).await?;
    let unit = organisation::unit(db, complaint.unit_id).await?;
    let mut history = audit::history(db, "complaint", complaint.id.0).await?;
    let sight = sight_of(ctx, &complaint, unmasked_lately(ctx, &history));
    without_hidden(ctx, &complaint, &mut history).await?;
    let kept = store::identity(db, complaint.id).await?;
    let shown = kept.as_ref().filter(|_| sight.identity == Sees::All);
    let identity = match shown {
        Some(row) => identity::opened(&ctx.app, row)?,
        None => Identity::default(),
    };
    note_seen(ctx, &complaint, &history, shown.is_some()).await?;
    let service = match &complaint.service_code {
        Some(code) => Some(services::title(db, unit.id, code).await?),
        None => None,
    };
    let beside = store::beside(db, &complaint).await?;
    let asked = match beside.contains(&Beside::Details) || beside.contains(&Beside::Category) {
        true => filing::details(db, &complaint).await?,
        false => filing::Details::default(),
    };
    let names = access::person_names(db, complaint.assignee_id.into_iter().collect()).await?;
    let messages = if sight.text {
        store::messages(db, &complaint).await?
    } else {
        Vec::new()
    };
    Ok(Case {
        asked: asked.seen(sight.text),
        beside,
        zone: organisation::zone_of(&unit)?,
        divisions: organisation::divisions(db, unit.id).await?,
        actions: actions::linked(ctx, &complaint, &unit).await?,
        assignee: names.into_values().next(),
        may_link: ctx.may(Permission::ManageActions, unit.id),
        complaint,
        sight,
        nameless: kept.is_none(),
        identity,
        service,
        messages,
        history,
    })
}

/// Entries that name another case by its number.
const NAMING: [&str; 6] = [
    "complaint.related",
    "complaint.unrelated",
    "complaint.split",
    "complaint.split_from",
    "complaint.took_in",
    "complaint.let_go",
];

/// Leaves out what ties a case to one that is hidden from the caller: it would tell what the hidden one is about.
async fn without_hidden(
    ctx: &Ctx,
    of: &complaint::Model,
    history: &mut Vec<audit::Model>,
) -> Result<()> {
    let number = |event: &audit::Model| match NAMING.contains(&event.verb.as_str()) {
        true => event.data["number"].as_str().map(str::to_owned),
        false => None,
    };
    let named: Vec<String> = history.iter().filter_map(number).collect();
    if named.is_empty() || ctx.may(Permission::ReadConfidential, of.unit_id) {
        return Ok(());
    }
    let hidden: Vec<String> = store::confidential_among(&ctx.app.db, of.unit_id, named)
        .await?
        .into_iter()
        .filter(|other| !sight_of(ctx, other, false).text)
        .map(|other| other.number)
        .collect();
    history.retain(|event| number(event).is_none_or(|number| !hidden.contains(&number)));
    Ok(())
}

const SHOWN: &str = "complaint.identity_shown";

/// Looking at a name is kept in the history, once per person and day (UU 27/2022: who looked).
pub(super) async fn note_shown(
    ctx: &Ctx,
    of: &complaint::Model,
    history: &[audit::Model],
) -> Result<()> {
    let new = (!shown_lately(ctx, history)).then_some(SHOWN);
    trail::note_all(ctx, of, new.into_iter().collect()).await
}

/// That the case was opened, and its name too, in one go.
async fn note_seen(
    ctx: &Ctx,
    of: &complaint::Model,
    history: &[audit::Model],
    named: bool,
) -> Result<()> {
    let name = (named && !shown_lately(ctx, history)).then_some(SHOWN);
    let case = (!trail::looked_lately(ctx, history, trail::LOOKED)).then_some(trail::LOOKED);
    trail::note_all(ctx, of, name.into_iter().chain(case).collect()).await
}

fn shown_lately(ctx: &Ctx, history: &[audit::Model]) -> bool {
    trail::looked_lately(ctx, history, SHOWN)
        || trail::looked_lately(ctx, history, "complaint.identity_unmasked")
}

/// The code for a receipt that an officer prints for somebody who has no screen: only for what the office
/// took in itself, and kept in the history.
pub async fn printed_receipt(ctx: &Ctx, number: &str) -> Result<(complaint::Model, Unit, String)> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let tx = ctx.app.db.begin_write().await?;
    let found = store::visible(&tx, &scope, &rules::read_number(number)).await?;
    ctx.require(Permission::RegisterComplaint, found.unit_id)?;
    if found.channel == rules::Channel::Web {
        return Err(Error::NotFound);
    }
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.receipt_printed")
        .in_unit(found.unit_id);
    audit::record(&tx, ctx, entry).await?;
    let unit = organisation::unit(&tx, found.unit_id).await?;
    let code = identity::open_code(&ctx.app, &found)?;
    tx.commit().await?;
    Ok((found, unit, code))
}

/// A complaint as the other end of a link names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceInfo {
    pub id: ComplaintId,
    pub unit: UnitId,
    /// For the staff: number and, unless it is confidential, subject.
    pub label: String,
    /// For everybody; never the subject.
    pub public_label: String,
    pub href: String,
}

impl From<&complaint::Model> for SourceInfo {
    fn from(of: &complaint::Model) -> Self {
        let label = if of.confidential {
            of.number.clone()
        } else {
            format!("{} · {}", of.number, of.subject)
        };
        Self {
            id: of.id,
            unit: of.unit_id,
            label,
            // Not even the subject of an open one: people write names into subjects.
            public_label: "Pengaduan warga".to_owned(),
            href: format!("/kerja/pengaduan/{}", of.number),
        }
    }
}

/// The same by number or by id, as people and programs write it: how action items find their source.
pub async fn find_source(ctx: &Ctx, text: &str) -> Result<crate::action_plans::SourceRef> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = match ComplaintId::parse(text.trim()) {
        Ok(id) => return source_info(ctx, id).await.map(Into::into),
        Err(_) => store::visible(&ctx.app.db, &scope, &rules::read_number(text)).await?,
    };
    Ok(SourceInfo::from(&found).into())
}

/// What an action item may say about a complaint that it answers.
pub async fn source_info(ctx: &Ctx, id: ComplaintId) -> Result<SourceInfo> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = store::get(&ctx.app.db, id).await?;
    if !scope.covers(found.unit_id, found.division_id) {
        return Err(Error::NotFound);
    }
    Ok(SourceInfo::from(&found))
}

/// What a dashboard shows of some units.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    pub late: u64,
    pub soon: u64,
    pub unassigned: u64,
    pub open: u64,
    /// The late ones and those due soon, what is due first at the head; at most 50 a unit.
    pub rows: Vec<OverviewRow>,
}

#[derive(Clone, Debug)]
pub struct OverviewRow {
    pub id: ComplaintId,
    pub unit_id: UnitId,
    pub division_id: Option<DivisionId>,
    pub number: String,
    /// None for a confidential one.
    pub subject: Option<String>,
    pub href: String,
    pub status: Status,
    pub due_at: DateTime<Utc>,
    pub late: bool,
}

impl OverviewRow {
    pub(super) fn of(row: complaint::Model, now: DateTime<Utc>) -> Self {
        Self {
            id: row.id,
            unit_id: row.unit_id,
            division_id: row.division_id,
            href: format!("/kerja/pengaduan/{}", row.number),
            subject: (!row.confidential).then_some(row.subject),
            number: row.number,
            status: row.status,
            due_at: row.due_at,
            late: rules::late(row.status, row.due_at, now),
        }
    }
}

/// Counts and pressing complaints of the units, of each what lies in the scope.
pub async fn overview(
    db: &Db,
    units: &[UnitId],
    scope: &Scope,
    now: DateTime<Utc>,
) -> Result<Overview> {
    let mut all = Overview::default();
    for id in units {
        let unit = organisation::unit(db, *id).await?;
        let days = days_of(db, &unit).await?;
        let parts = finding::divisions_of(db, *id, scope).await?;
        let views = [View::Late, View::Soon, View::Unassigned, View::Open];
        let [late, near, unassigned, open] =
            finding::counts_of(db, &parts, views, (now, &days)).await?;
        all.late += late;
        all.soon += near;
        all.unassigned += unassigned;
        all.open += open;
        let soon = explain::soon_until(now, days.zone, &days.calendar);
        let rows = finding::rows_of(db, parts, soon, 50).await?;
        all.rows
            .extend(rows.into_iter().map(|row| OverviewRow::of(row, now)));
    }
    all.rows.sort_by_key(|row| row.due_at);
    Ok(all)
}

/// Every complaint of a unit that is late, of those that lie in the scope, the longest late first.
pub async fn late(
    db: &Db,
    unit: UnitId,
    scope: &Scope,
    now: DateTime<Utc>,
) -> Result<Vec<OverviewRow>> {
    let parts = finding::divisions_of(db, unit, scope).await?;
    let rows = finding::rows_of(db, parts, now, u64::from(u32::MAX)).await?;
    let rows = rows.into_iter().map(|row| OverviewRow::of(row, now));
    Ok(rows.filter(|row| row.late).collect())
}

/// What the home page tells the public about answers since a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PublicFigures {
    pub received: i64,
    pub answered: i64,
    /// 0 to 100; none while nothing was answered.
    pub on_time_percent: Option<f64>,
    pub mean_working_days: Option<f64>,
}

pub async fn public_figures(
    db: &impl ConnectionTrait,
    unit: UnitId,
    since: DateTime<Utc>,
) -> Result<PublicFigures> {
    let sums = store::answers(db, unit, since).await?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of complaints are far below 2^52"
    )]
    let share = |part: i64| (sums.answered > 0).then(|| part as f64 / sums.answered as f64);
    Ok(PublicFigures {
        received: sums.received,
        answered: sums.answered,
        on_time_percent: share(sums.in_time).map(|share| share * 100.0),
        mean_working_days: share(sums.working_days),
    })
}
