//! The inbox: its views, what they hold, and what an address finds.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use tokio::sync::OnceCell;

use super::{
    filter::{Counted, Filter, Part, ROUGHLY, Readable, Sort, Span},
    query::{self, Query},
    store::{self, Tally},
    words,
};
use crate::{
    access::{Ctx, Permission, PersonId, Scope},
    complaints::{
        actions,
        entity::{ComplaintId, complaint},
        explain,
        rules::{Channel, Class, Kind, Status},
        store as cases,
        viewing::{self, Days, OverviewRow},
    },
    organisation::{self, DivisionId, Unit, UnitId},
    platform::{db::Db, error::Result, web::paging::Slice},
};

/// What is looked at; each has an address of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// What the caller is named for.
    Mine,
    /// What the caller's division has.
    Division,
    Unassigned,
    Late,
    Today,
    Tomorrow,
    Soon,
    /// Only the citizen can go on.
    Waiting,
    #[default]
    Open,
    All,
}

pub const VIEWS: [View; 10] = [
    View::Late,
    View::Today,
    View::Tomorrow,
    View::Soon,
    View::Unassigned,
    View::Mine,
    View::Division,
    View::Waiting,
    View::Open,
    View::All,
];

impl View {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Division => "division",
            Self::Unassigned => "unassigned",
            Self::Late => "late",
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::Soon => "soon",
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::All => "all",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        VIEWS.into_iter().find(|view| view.code() == code)
    }

    fn span(self, now: DateTime<Utc>, days: &Days) -> Span {
        let today = now.with_timezone(&days.zone).date_naive();
        let tonight = || explain::end_of(today, days.zone);
        let soon = || explain::soon_until(now, days.zone, &days.calendar);
        match self {
            // What the overview counts: due, but not late yet.
            Self::Soon => Span::due(now, soon()),
            // What a head asks in the evening: what will be late tomorrow if nobody answers it.
            Self::Tomorrow => Span::due(tonight(), soon()),
            Self::Today => Span::due(now, tonight()),
            other => other.span_without_days(now).unwrap_or(Span::ALL),
        }
    }

    /// The part of the queue, where no calendar is needed to know it.
    fn span_without_days(self, now: DateTime<Utc>) -> Option<Span> {
        match self {
            Self::Mine | Self::Division | Self::Open => Some(Span::OPEN),
            // What waits for its citizen owes its answer all the same, and stands among the others.
            Self::Unassigned | Self::Waiting => Some(Span::RUNNING),
            Self::Late => Some(Span::late(now)),
            Self::All => Some(Span::ALL),
            Self::Today | Self::Tomorrow | Self::Soon => None,
        }
    }

    /// What the kept numbers count for it; none where it is read off the queue.
    fn tells(self) -> Option<fn(&Tally) -> bool> {
        match self {
            Self::Division | Self::Open => Some(|tally| !tally.status.is_final()),
            Self::Unassigned => Some(|tally| tally.status.is_running() && tally.division.is_none()),
            Self::Waiting => Some(|tally| tally.status == Status::Incomplete),
            Self::All => Some(|_| true),
            Self::Mine | Self::Late | Self::Today | Self::Tomorrow | Self::Soon => None,
        }
    }
}

/// The divisions that the caller belongs to.
#[must_use]
pub fn own_divisions(ctx: &Ctx) -> Vec<Part> {
    let scope = ctx.scope(Permission::ViewComplaints);
    let grants = ctx.account().map(|account| &account.grants[..]);
    let mut parts: Vec<Part> = Vec::new();
    for grant in grants.unwrap_or_default() {
        if let (Some(unit), Some(division)) = (grant.unit_id, grant.division_id)
            && scope.covers(unit, Some(division))
        {
            let part = Part {
                unit,
                division: Some(division),
            };
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    parts
}

/// The parts of a scope: whole units, then divisions of others.
pub async fn parts_of(ctx: &Ctx, scope: &Scope) -> Result<Vec<Part>> {
    let units = if scope.everywhere {
        let all = organisation::units(&ctx.app.db).await?;
        all.into_iter().map(|unit| unit.id).collect()
    } else {
        scope.units.clone()
    };
    let whole = units.iter().map(|unit| Part {
        unit: *unit,
        division: None,
    });
    let mut parts: Vec<Part> = whole.collect();
    let others = own_divisions(ctx).into_iter();
    parts.extend(others.filter(|part| !units.contains(&part.unit)));
    Ok(parts)
}

/// The parts of one unit that a scope holds.
pub async fn divisions_of(db: &Db, unit: UnitId, scope: &Scope) -> Result<Vec<Part>> {
    if scope.covers(unit, None) {
        return Ok(vec![Part {
            unit,
            division: None,
        }]);
    }
    let divisions = organisation::divisions(db, unit).await?;
    let held = divisions
        .into_iter()
        .filter(|division| scope.divisions.contains(&division.id));
    Ok(held
        .map(|division| Part {
            unit,
            division: Some(division.id),
        })
        .collect())
}

/// Who looks, what they may see, and by which days: read once for a page.
pub struct Desk<'a> {
    ctx: &'a Ctx,
    /// The caller's own: its days are meant, and its divisions.
    pub unit: Unit,
    days: OnceCell<Days>,
    parts: Vec<Part>,
}

impl<'a> Desk<'a> {
    pub async fn of(ctx: &'a Ctx) -> Result<Self> {
        let scope = ctx.require_scope(Permission::ViewComplaints)?;
        let unit = viewing::home_unit(ctx).await?;
        Ok(Self {
            ctx,
            days: OnceCell::new(),
            parts: parts_of(ctx, &scope).await?,
            unit,
        })
    }

    /// The unit's days, read when something asks for them.
    async fn days(&self) -> Result<&Days> {
        let read = || viewing::days_of(&self.ctx.app.db, &self.unit);
        self.days.get_or_try_init(read).await
    }

    async fn span(&self, view: View) -> Result<Span> {
        match view.span_without_days(self.ctx.now) {
            Some(span) => Ok(span),
            None => Ok(view.span(self.ctx.now, self.days().await?)),
        }
    }

    fn parts_in(&self, view: View) -> Vec<Part> {
        match view {
            View::Division => own_divisions(self.ctx),
            _ => self.parts.clone(),
        }
    }
}

/// One page of the inbox.
pub struct Page {
    pub rows: Vec<complaint::Model>,
    pub next: Option<String>,
}

/// The moments from the begin of a day up to the end of another, where they are given.
async fn between(
    desk: &Desk<'_>,
    first: &str,
    last: &str,
) -> Result<(Option<DateTime<Utc>>, Option<DateTime<Utc>>)> {
    let (first, last) = (query::day(first), query::day(last));
    if (first, last) == (None, None) {
        return Ok((None, None));
    }
    let zone = desk.days().await?.zone;
    let after = |day: NaiveDate| explain::end_of(day, zone) + TimeDelta::microseconds(1);
    Ok((
        first.and_then(|day| day.pred_opt()).map(after),
        last.map(after),
    ))
}

/// What an address asks for.
async fn filter_of(desk: &Desk<'_>, query: &Query) -> Result<Filter> {
    let Desk { ctx, unit, .. } = desk;
    let db = &ctx.app.db;
    let view = View::parse(&query.view).unwrap_or_default();
    let parts = desk.parts_in(view);
    let nobody = || DivisionId(uuid::Uuid::nil());
    let division = match (&*query.division, view) {
        ("" | "none", View::Unassigned) => Some(None),
        ("none", _) => Some(None),
        ("", _) => None,
        (code, _) => {
            let found = organisation::division_by_code(db, unit.id, code).await?;
            Some(Some(found.map_or_else(nobody, |division| division.id)))
        }
    };
    let assignee = match (&*query.person, view) {
        ("me", _) | ("", View::Mine) => ctx.person_id(),
        ("", _) => None,
        (id, _) => Some(PersonId::parse(id)?),
    };
    let status = match (Status::parse(&query.status), view) {
        (None, View::Waiting) => Some(Status::Incomplete),
        (status, _) => status,
    };
    let mut words = words::wanted(&query.q);
    // A view and a filter that exclude each other leave nothing.
    words.hopeless |= match view {
        View::Waiting => status != Some(Status::Incomplete),
        View::Unassigned => division != Some(None),
        View::Mine => assignee.is_none() || assignee != ctx.person_id(),
        _ => false,
    };
    let action = match &*query.action {
        "" => None,
        choice => Some((choice == "yes", with_action(ctx, &parts).await?)),
    };
    Ok(Filter {
        readable: Readable {
            scope: ctx.scope(Permission::ReadConfidential),
            persons: cases::persons_of(ctx),
        },
        span: desk.span(view).await?,
        status,
        // What waits for its citizen needs no division yet.
        without: (view == View::Unassigned).then_some(Status::Incomplete),
        kind: Kind::parse(&query.kind),
        class: Class::parse(&query.class),
        channel: Channel::parse(&query.channel),
        service: (!query.service.is_empty()).then(|| query.service.clone()),
        division,
        assignee,
        received: between(desk, &query.from, &query.to).await?,
        due: between(desk, &query.due_from, &query.due_to).await?,
        anonymous: match &*query.privacy {
            "anonymous" => Some(true),
            "open" => Some(false),
            _ => None,
        },
        confidential: match &*query.privacy {
            "confidential" => Some(true),
            "open" => Some(false),
            _ => None,
        },
        action,
        words,
        sort: Sort::parse(&query.sort).unwrap_or_default(),
        ..Filter::of(parts, Span::ALL)
    })
}

async fn with_action(ctx: &Ctx, parts: &[Part]) -> Result<Vec<ComplaintId>> {
    let mut units: Vec<UnitId> = parts.iter().map(|part| part.unit).collect();
    units.sort_unstable();
    units.dedup();
    let mut found = Vec::new();
    for unit in units {
        found.extend(actions::with_action(&ctx.app.db, unit).await?);
    }
    Ok(found)
}

/// A page of what an address finds.
pub async fn list(
    desk: &Desk<'_>,
    query: &Query,
    due_before: Option<DateTime<Utc>>,
    slice: &Slice<(i64, ComplaintId)>,
) -> Result<Page> {
    let mut filter = filter_of(desk, query).await?;
    if due_before.is_some() {
        filter.due.1 = due_before;
    }
    let db = &desk.ctx.app.db;
    let rows = store::page(db, &filter, slice.after, slice.limit + 1).await?;
    let (rows, next) = slice.cut(rows, |row| store::place(filter.sort, row));
    Ok(Page { rows, next })
}

/// Where a complaint stands in the list that an address asks for.
#[must_use]
pub fn place_in(query: &Query, of: &complaint::Model) -> (i64, ComplaintId) {
    store::place(Sort::parse(&query.sort).unwrap_or_default(), of)
}

/// What comes behind a place of a list, but for one complaint; from the begin of the list where nothing comes behind.
pub async fn next_in(
    desk: &Desk<'_>,
    query: &Query,
    place: (i64, ComplaintId),
    left: ComplaintId,
) -> Result<Option<complaint::Model>> {
    let filter = filter_of(desk, query).await?;
    for after in [Some(place), None] {
        let rows = store::page(&desk.ctx.app.db, &filter, after, 2).await?;
        if let Some(next) = rows.into_iter().find(|row| row.id != left) {
            return Ok(Some(next));
        }
    }
    Ok(None)
}

/// How the database would read a page behind a place.
pub async fn plans(
    desk: &Desk<'_>,
    query: &Query,
    after: Option<(i64, ComplaintId)>,
) -> Result<Vec<String>> {
    let filter = filter_of(desk, query).await?;
    store::plans(&desk.ctx.app.db, &filter, after).await
}

/// The same for any statement.
pub async fn explained(db: &Db, sql: &str) -> Result<String> {
    let statement = sea_orm::Statement::from_string(db.connection().get_database_backend(), sql);
    store::explain(db, statement).await
}

/// How many an address finds.
pub async fn number_found(desk: &Desk<'_>, query: &Query) -> Result<Counted> {
    let filter = filter_of(desk, query).await?;
    store::number_of(&desk.ctx.app.db, &filter, ROUGHLY).await
}

/// How many each view holds of these parts, from the kept numbers or off the queue; nothing is counted row by row.
async fn number_in(
    db: &Db,
    parts: &[Part],
    view: View,
    span: Span,
    assignee: Option<PersonId>,
    tallies: &[Tally],
) -> Result<u64> {
    let mut number = 0;
    for part in parts {
        number += match view.tells() {
            Some(counts) => {
                let own = tallies.iter().filter(|tally| {
                    tally.unit == part.unit
                        && part.division.is_none_or(|own| tally.division == Some(own))
                });
                let told: i64 = own.filter(|tally| counts(tally)).map(|tally| tally.n).sum();
                u64::try_from(told).unwrap_or_default()
            }
            None => store::number_in(db, *part, span, assignee).await?,
        };
    }
    Ok(number)
}

/// How many each view of the caller's inbox holds.
pub async fn view_counts(desk: &Desk<'_>) -> Result<HashMap<View, u64>> {
    let ctx = desk.ctx;
    let db = &ctx.app.db;
    let tallies = tallies(db, &desk.parts).await?;
    let mut counts = HashMap::new();
    for view in VIEWS {
        let span = desk.span(view).await?;
        let parts = desk.parts_in(view);
        let person = (view == View::Mine).then(|| ctx.person_id()).flatten();
        let number = number_in(db, &parts, view, span, person, &tallies).await?;
        counts.insert(view, number);
    }
    Ok(counts)
}

async fn tallies(db: &Db, parts: &[Part]) -> Result<Vec<Tally>> {
    let mut units: Vec<UnitId> = parts.iter().map(|part| part.unit).collect();
    units.sort_unstable();
    units.dedup();
    if units.is_empty() {
        return Ok(Vec::new());
    }
    store::tallies(db, &units).await
}

/// (late, due soon, nobody's, open) of some parts whose days are these.
pub async fn overview_counts(
    db: &Db,
    parts: &[Part],
    now: DateTime<Utc>,
    days: &Days,
) -> Result<[u64; 4]> {
    let tallies = tallies(db, parts).await?;
    let mut counts = [0; 4];
    for (view, count) in [View::Late, View::Soon, View::Unassigned, View::Open]
        .into_iter()
        .zip(&mut counts)
    {
        let span = view.span(now, days);
        *count = number_in(db, parts, view, span, None, &tallies).await?;
    }
    Ok(counts)
}

/// The first rows of some parts that are late or due by a moment.
pub async fn rows_of(
    db: &Db,
    parts: Vec<Part>,
    until: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<complaint::Model>> {
    let span = Span {
        from: i64::MIN,
        to: until.timestamp_micros() + 1,
    };
    store::page(db, &Filter::of(parts, span), None, limit).await
}

/// What the search of the workspace finds among the complaints that the caller may see.
pub async fn find(ctx: &Ctx, typed: &str, limit: u64) -> Result<Vec<OverviewRow>> {
    let query = Query {
        view: View::All.code().to_owned(),
        q: typed.to_owned(),
        ..Query::default()
    };
    let slice = Slice { after: None, limit };
    let desk = Desk::of(ctx).await?;
    let page = list(&desk, &query.cleaned(), None, &slice).await?;
    Ok(page
        .rows
        .into_iter()
        .map(|row| OverviewRow::of(row, ctx.now))
        .collect())
}
