//! What is read of the action plan: lists and single items for the staff, inside their scope, and
//! promises for everybody.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{
    LinkedAction,
    entity::{
        ActionItemId,
        action_extension::Model as Extension,
        action_item::{Model as ActionItem, Status},
        action_milestone::Model as Milestone,
        action_progress::Model as Progress,
        action_source::Model as Source,
        action_source::SourceKind,
    },
    everybody,
    rules::{self, Timing},
    service::THING,
    store::{self, DueKey, Filter},
    store_steps,
};
use crate::{
    access::{Ctx, Permission, Scope},
    audit,
    calendar::{self, WorkCalendar, working_days_between},
    organisation::{self, Division, DivisionId, Official, OfficialId, Unit, UnitId},
    platform::{
        error::{Error, Result},
        web::paging::Slice,
    },
};

/// Instead of the code of a division, or the id of an official: actions of none.
pub const NOBODY: &str = "none";

/// What a list shows; read from an address or a call of the API.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Code of a unit.
    pub unit: Option<String>,
    pub status: Option<Status>,
    /// Code of a division, or [`NOBODY`]; needs the unit, or a caller of one unit.
    pub division: Option<String>,
    /// Id of the official who answers for it by name, or [`NOBODY`]; needs the same.
    pub owner: Option<String>,
    pub late: bool,
    /// Late, or due within a week of working days.
    pub soon: bool,
    /// Unfinished, not late, and nobody reported for the days of `action_plans.stalled_days`.
    pub stalled: bool,
    /// Code of a service by whose complaints it is measured.
    pub service: Option<String>,
    /// In the plan of this year.
    pub year: Option<i32>,
    pub words: String,
}

/// One line of a list.
#[derive(Clone, Debug)]
pub struct Row {
    pub item: ActionItem,
    pub unit_code: String,
    pub division: Option<Division>,
    /// The office that answers for it by name.
    pub office: Option<String>,
    pub timing: Timing,
    pub today: NaiveDate,
    /// What everybody may read about where it comes from.
    pub sources: Vec<Source>,
}

/// One item with everything about it.
#[derive(Clone, Debug)]
pub struct Detail {
    pub row: Row,
    pub unit: Unit,
    pub zone: Tz,
    pub owner: Option<Official>,
    pub progress: Vec<Progress>,
    pub milestones: Vec<Milestone>,
    pub extensions: Vec<Extension>,
    pub history: Vec<audit::Model>,
}

/// Items and the address of the next part.
pub type Part = (Vec<Row>, Option<String>);

/// How the items of a unit stand to their due days now.
pub struct Clock {
    today: NaiveDate,
    calendar: WorkCalendar,
    /// From how many working days before the due day on an item is due soon.
    soon: u32,
}

impl Clock {
    pub async fn of(ctx: &Ctx, unit: &Unit) -> Result<Self> {
        Ok(Self {
            today: ctx.today_in(organisation::zone_of(unit)?),
            calendar: calendar::work_calendar(&ctx.app.db, unit.id).await?,
            soon: ctx.app.config.action_plans.soon_working_days,
        })
    }

    #[must_use]
    pub fn timing(&self, status: Status, due_on: NaiveDate) -> Timing {
        let days = working_days_between(self.today, due_on, &self.calendar);
        rules::timing(status, due_on, self.today, days, self.soon)
    }
}

/// What a unit's items are shown with.
struct Frame {
    unit: Unit,
    zone: Tz,
    clock: Clock,
    divisions: HashMap<DivisionId, Division>,
    offices: HashMap<OfficialId, String>,
}

impl Frame {
    async fn of(db: &impl ConnectionTrait, ctx: &Ctx, id: UnitId) -> Result<Self> {
        let unit = organisation::unit(db, id).await?;
        let zone = organisation::zone_of(&unit)?;
        let divisions = organisation::divisions(db, id).await?;
        // Also of those who left: what they answered for stands in the plan of its year.
        let officials = organisation::officials_ever(db, id).await?.into_iter();
        Ok(Self {
            zone,
            clock: Clock::of(ctx, &unit).await?,
            divisions: divisions.into_iter().map(|one| (one.id, one)).collect(),
            offices: officials.map(|one| (one.id, one.office)).collect(),
            unit,
        })
    }

    fn row(&self, item: ActionItem, sources: Vec<Source>) -> Row {
        Row {
            unit_code: self.unit.code.clone(),
            division: item
                .division_id
                .and_then(|id| self.divisions.get(&id).cloned()),
            office: item.owner_id.and_then(|id| self.offices.get(&id).cloned()),
            timing: self.clock.timing(item.status, item.due_on),
            today: self.clock.today,
            item,
            sources,
        }
    }
}

/// Where the items come from. A complaint is a door for those who may read it, for others a word.
pub(super) async fn sources(ctx: &Ctx, ids: Vec<ActionItemId>) -> Result<Vec<Source>> {
    let mut sources = store::sources_of(&ctx.app.db, ids).await?;
    for source in &mut sources {
        if source.kind == SourceKind::Complaint
            && !ctx.may(Permission::ViewComplaints, source.unit_id)
        {
            source.href = None;
            // People write names into subjects: the number is enough for whoever may not read it.
            source.label = number_of(&source.label).to_owned();
        }
    }
    Ok(sources)
}

/// `ADU-2026-000013 · Antrean` → `ADU-2026-000013`.
fn number_of(label: &str) -> &str {
    label.split(" · ").next().unwrap_or_default()
}

async fn rows(ctx: &Ctx, items: Vec<ActionItem>) -> Result<Vec<Row>> {
    let db = &ctx.app.db;
    let ids = items.iter().map(|item| item.id).collect();
    let mut by_item: HashMap<ActionItemId, Vec<Source>> = HashMap::new();
    for source in sources(ctx, ids).await? {
        by_item.entry(source.action_id).or_default().push(source);
    }
    let mut frames: HashMap<UnitId, Frame> = HashMap::new();
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let frame = match frames.entry(item.unit_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(Frame::of(db, ctx, item.unit_id).await?),
        };
        let sources = by_item.remove(&item.id).unwrap_or_default();
        rows.push(frame.row(item, sources));
    }
    Ok(rows)
}

/// The local day and calendar by which a list without a unit is narrowed: those of the caller's first unit.
async fn filter_of(ctx: &Ctx, scope: &Scope, query: &Query) -> Result<Filter> {
    let db = &ctx.app.db;
    let unit = match &query.unit {
        Some(code) => Some(organisation::unit_by_code(db, code).await?.id),
        None => None,
    };
    let mut filter = Filter {
        unit,
        statuses: query.status.into_iter().collect(),
        service: query.service.clone(),
        year: query.year,
        words: query.words.clone(),
        ..Filter::default()
    };
    let nearest = unit
        .or(scope.units.first().copied())
        .or(ctx.account().and_then(|account| {
            let mut units = account.grants.iter().filter_map(|grant| grant.unit_id);
            units.next()
        }));
    let Some(nearest) = nearest else {
        return Ok(filter);
    };
    if query.division.as_deref() == Some(NOBODY) {
        filter.unassigned = true;
    } else if let Some(code) = &query.division {
        let found = organisation::division_by_code(db, nearest, code).await?;
        filter.division = Some(found.ok_or(Error::NotFound)?.id);
    }
    match query.owner.as_deref() {
        None => {}
        Some(NOBODY) => filter.unnamed = true,
        Some(id) => {
            let id = OfficialId::parse(id)?;
            let ever = organisation::officials_ever(db, nearest).await?;
            let known = ever.iter().any(|one| one.id == id);
            filter.owner = Some(known.then_some(id).ok_or(Error::NotFound)?);
        }
    }
    if query.stalled {
        let unit = organisation::unit(db, nearest).await?;
        filter.stalled = quiet(ctx, &unit)?;
        // Where nobody is reminded, nothing stands still.
        filter.nothing = filter.stalled.is_none();
    }
    if query.late || query.soon {
        narrow_by_day(&mut filter, &Frame::of(db, ctx, nearest).await?, query);
    }
    Ok(filter)
}

/// The local day, and the moment since which nobody reported on what stands still; none where days are not counted.
pub(super) fn quiet(ctx: &Ctx, unit: &Unit) -> Result<Option<(NaiveDate, DateTime<Utc>)>> {
    let days = ctx.app.config.action_plans.stalled_days;
    let zone = organisation::zone_of(unit)?;
    let today = ctx.today_in(zone);
    // The last report lies at least so many days back, whatever its hour.
    let first = today - chrono::Duration::days(i64::from(days)) + chrono::Duration::days(1);
    let midnight = first.and_time(chrono::NaiveTime::MIN);
    let since = zone
        .from_local_datetime(&midnight)
        .earliest()
        .map_or_else(|| midnight.and_utc(), |local| local.to_utc());
    Ok((days > 0).then_some((today, since)))
}

fn narrow_by_day(filter: &mut Filter, frame: &Frame, query: &Query) {
    if query.late {
        filter.late_on = Some(frame.clock.today);
    } else {
        let clock = &frame.clock;
        filter.statuses = store::UNFINISHED.to_vec();
        // Beyond the known calendar nothing is near.
        filter.due_until =
            calendar::add_working_days(clock.today, clock.soon, &clock.calendar).ok();
    }
}

/// The items that the caller may see, by due day.
pub async fn list(ctx: &Ctx, query: &Query, slice: &Slice<DueKey>) -> Result<Part> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let filter = filter_of(ctx, &scope, query).await?;
    let items = store::list(&ctx.app.db, &scope, &filter, slice).await?;
    let (items, next) = slice.cut(items, |item| (item.due_on, item.id));
    Ok((rows(ctx, items).await?, next))
}

/// How many items of each status the caller may see under the filters.
pub async fn counts(ctx: &Ctx, query: &Query) -> Result<HashMap<Status, i64>> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let filter = filter_of(ctx, &scope, query).await?;
    let counts = store::counts(&ctx.app.db, &scope, &filter).await?;
    Ok(counts.into_iter().collect())
}

/// One item that the caller may see.
pub async fn show(ctx: &Ctx, id: ActionItemId) -> Result<Detail> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let item = store::visible(&ctx.app.db, &scope, id).await?;
    detail(ctx, item).await
}

/// One action with what it comes from and what shows it.
pub struct ActionChain {
    pub item: ActionItem,
    pub linked: LinkedAction,
    pub sources: Vec<Source>,
    /// Entries with evidence, oldest first.
    pub proofs: Vec<Progress>,
}

/// The chain of an item that the caller may see.
pub async fn chain_of(ctx: &Ctx, id: ActionItemId) -> Result<ActionChain> {
    let detail = show(ctx, id).await?;
    let mut proofs = detail.progress;
    proofs.retain(|entry| !entry.files.0.is_empty());
    Ok(ActionChain {
        linked: LinkedAction::of(detail.row.item.clone()),
        item: detail.row.item,
        sources: detail.row.sources,
        proofs,
    })
}

async fn detail(ctx: &Ctx, item: ActionItem) -> Result<Detail> {
    let db = &ctx.app.db;
    let frame = Frame::of(db, ctx, item.unit_id).await?;
    let owner = match item.owner_id {
        Some(id) => Some(organisation::official(db, id).await?),
        None => None,
    };
    let id = item.id;
    let sources = sources(ctx, vec![id]).await?;
    Ok(Detail {
        row: frame.row(item, sources),
        zone: frame.zone,
        unit: frame.unit,
        owner,
        progress: store::progress_of(db, id).await?,
        milestones: store_steps::milestones_of(db, vec![id]).await?,
        extensions: store_steps::extensions_of(db, vec![id]).await?,
        history: audit::history(db, THING, id.0).await?,
    })
}

/// The promises of a unit, as everybody sees them.
pub async fn promises(
    ctx: &Ctx,
    unit: &Unit,
    query: &Query,
    slice: &Slice<DueKey>,
) -> Result<Part> {
    let query = Query {
        unit: Some(unit.code.clone()),
        ..query.clone()
    };
    let everywhere = Scope::everywhere();
    let filter = filter_of(ctx, &everywhere, &query).await?;
    let items = store::list(&ctx.app.db, &everywhere, &filter, slice).await?;
    let (items, next) = slice.cut(items, |item| (item.due_on, item.id));
    Ok((everybody::rows(rows(ctx, items).await?), next))
}

/// The few promises that stand on the home page of a unit.
pub async fn latest_promises(ctx: &Ctx, unit: &Unit, number: usize) -> Result<Vec<Row>> {
    let limit = u64::try_from(number).unwrap_or_default();
    let mut items = store::foremost(&ctx.app.db, unit.id, limit).await?;
    items.truncate(number);
    Ok(everybody::rows(rows(ctx, items).await?))
}

/// How many promises of each status a unit has, of those that are asked for.
pub async fn promise_counts(ctx: &Ctx, unit: &Unit, query: &Query) -> Result<HashMap<Status, i64>> {
    let query = Query {
        unit: Some(unit.code.clone()),
        ..query.clone()
    };
    let everywhere = Scope::everywhere();
    let filter = filter_of(ctx, &everywhere, &query).await?;
    let counts = store::counts(&ctx.app.db, &everywhere, &filter).await?;
    Ok(counts.into_iter().collect())
}

/// One promise. The page for everybody takes from it what everybody may read.
pub async fn promise(ctx: &Ctx, id: ActionItemId) -> Result<Detail> {
    let found = detail(ctx, store::get(&ctx.app.db, id).await?).await?;
    Ok(everybody::detail(found))
}
