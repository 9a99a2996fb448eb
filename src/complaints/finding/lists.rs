//! The inbox: its views, what they hold, and what an address finds.

use std::{borrow::Cow, collections::HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use tokio::sync::OnceCell;

use super::{
    filter::{Counted, Filter, Part, ROUGHLY, Readable, Solutions, Sort, Span},
    parts::{own_divisions, parts_of},
    query::{self, Query},
    store::{self, Of, Reading, Tally},
    views::{VIEWS, View},
    words,
};
use crate::{
    access::{Ctx, Permission, PersonId},
    complaints::{
        actions,
        entity::{ComplaintId, complaint},
        explain,
        filing::CategoryId,
        rules::{Channel, Class, Kind, Status},
        store as cases,
        viewing::{self, Days},
    },
    organisation::{self, DivisionId, Unit, UnitId},
    platform::{db::Db, error::Result, web::paging::Slice},
};

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

    /// The days are read for the views that are about solutions alone.
    async fn solutions(&self, view: View) -> Result<Option<Solutions>> {
        Ok(match view {
            View::Solution | View::SolutionTomorrow => {
                view.solutions(self.ctx.now, self.days().await?)
            }
            _ => None,
        })
    }

    fn parts_in(&self, view: View) -> Vec<Part> {
        match view {
            View::Division => {
                let own = own_divisions(self.ctx).into_iter();
                own.filter(|part| self.parts.iter().any(|here| here.unit == part.unit))
                    .collect()
            }
            _ => self.parts.clone(),
        }
    }

    /// The units that the caller looks into, by name.
    pub async fn units(&self) -> Result<Vec<Unit>> {
        let mut ids: Vec<UnitId> = self.parts.iter().map(|part| part.unit).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids == [self.unit.id] {
            return Ok(vec![self.unit.clone()]);
        }
        let mut units = organisation::units_by_id(&self.ctx.app.db, ids).await?;
        units.sort_by(|one, other| one.short_name.cmp(&other.short_name));
        Ok(units)
    }

    /// The same for one of the units: its cases, its divisions, its days. What is not the caller's holds nothing.
    pub async fn narrowed(&self, code: &str) -> Result<Self> {
        let found = self.units().await?.into_iter().find(|one| one.code == code);
        let wanted = found.as_ref().map(|unit| unit.id);
        let parts = self.parts.iter().copied();
        Ok(Self {
            ctx: self.ctx,
            days: OnceCell::new(),
            parts: parts.filter(|part| Some(part.unit) == wanted).collect(),
            unit: found.unwrap_or_else(|| self.unit.clone()),
        })
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
    let narrow;
    let desk = match &*query.unit {
        "" => desk,
        code => {
            narrow = desk.narrowed(code).await?;
            &narrow
        }
    };
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
    // Who stands in for somebody has their tasks, too.
    let mine = cases::persons_of(ctx);
    let assignees = match (&*query.person, view) {
        ("", View::Mine) => Some(mine.clone()),
        ("", _) => None,
        ("me", _) => ctx.person_id().map(|me| vec![me]),
        (id, _) => Some(vec![PersonId::parse(id)?]),
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
        View::Mine => !assignees
            .as_ref()
            .is_some_and(|ids| ids.iter().any(|id| mine.contains(id))),
        _ => false,
    };
    let action = match &*query.action {
        "" => None,
        choice => Some((choice == "yes", with_action(ctx, &parts).await?)),
    };
    Ok(Filter {
        readable: Readable::of(ctx),
        span: desk.span(view).await?,
        status,
        kind: Kind::parse(&query.kind),
        class: Class::parse(&query.class),
        channel: Channel::parse(&query.channel),
        service: match &*query.service {
            "" => None,
            "none" => Some(None),
            code => Some(Some(code.to_owned())),
        },
        category: match &*query.category {
            "" => None,
            "none" => Some(None),
            id => Some(Some(CategoryId::parse(id)?)),
        },
        division,
        assignees,
        solutions: desk.solutions(view).await?,
        heard: view == View::Heard,
        calling: match view {
            View::Untold => Some(calling(&ctx.app.db, &parts).await?),
            _ => None,
        },
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
        response: match &*query.response {
            "" => None,
            "none" => Some(None),
            days => query::working_days(days).map(Some),
        },
        words,
        sort: Sort::parse(&query.sort).unwrap_or_default(),
        ..Filter::of(parts, Span::ALL)
    })
}

/// As many as are looked for: an office that owes more calls than this sees the oldest.
const MOST_CALLS: u64 = 1000;

/// The complaints of these parts whose citizens somebody has to call: few, and found by an index of their own.
async fn calling(db: &Db, parts: &[Part]) -> Result<Vec<ComplaintId>> {
    let mut found = Vec::new();
    for part in parts {
        found.extend(cases::calling(db, part.unit, part.division, MOST_CALLS).await?);
    }
    Ok(found)
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

/// The same, and how many there are where the address asks for more than a view. Both go one way, found once.
pub async fn list_counted(
    desk: &Desk<'_>,
    query: &Query,
    slice: &Slice<(i64, ComplaintId)>,
) -> Result<(Page, Option<Counted>)> {
    let filter = filter_of(desk, query).await?;
    let reading = Reading::of(&desk.ctx.app.db, &filter).await?;
    let rows = reading.page(slice.after, slice.limit + 1).await?;
    let (rows, next) = slice.cut(rows, |row| store::place(filter.sort, row));
    let number = match (query.is_filtered(), &next, slice.after) {
        (false, ..) => None,
        // The one page holds them all.
        (true, None, None) => Some(Counted::Exactly(rows.len() as u64)),
        (true, ..) => Some(reading.number(ROUGHLY).await?),
    };
    Ok((Page { rows, next }, number))
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
    let find = async |after| -> Result<Option<complaint::Model>> {
        let rows = store::page(&desk.ctx.app.db, &filter, after, 2).await?;
        Ok(rows.into_iter().find(|row| row.id != left))
    };
    let owes = |row: &complaint::Model| row.status.owes_answer();
    let behind = find(Some(place)).await?;
    let by_due = filter.sort == Sort::default();
    if behind.as_ref().is_some_and(|row| !by_due || owes(row)) {
        return Ok(behind);
    }
    // Behind the last that owes an answer, the first one comes again before those that are answered: it presses most.
    let first = find(None).await?;
    Ok(match first {
        Some(first) if owes(&first) => Some(first),
        first => behind.or(first),
    })
}

/// How the database would read a page behind a place.
pub async fn plans(
    desk: &Desk<'_>,
    query: &Query,
    after: Option<(i64, ComplaintId)>,
) -> Result<Vec<String>> {
    let filter = filter_of(desk, query).await?;
    let reading = Reading::of(&desk.ctx.app.db, &filter).await?;
    reading.plans(after).await
}

/// The numbers that an address finds from the index of words, and those that it finds row by row.
pub async fn each_way(desk: &Desk<'_>, query: &Query) -> Result<[Vec<String>; 2]> {
    let filter = filter_of(desk, query).await?;
    let reading = Reading::of(&desk.ctx.app.db, &filter).await?;
    let found = reading.each_way(ROUGHLY).await?;
    Ok(found.map(|rows| rows.into_iter().map(|row| row.number).collect()))
}

/// How many an address finds.
pub async fn number_found(desk: &Desk<'_>, query: &Query) -> Result<Counted> {
    let filter = filter_of(desk, query).await?;
    let reading = Reading::of(&desk.ctx.app.db, &filter).await?;
    reading.number(ROUGHLY).await
}

/// What is counted of these parts.
struct Counting<'a> {
    view: View,
    span: Span,
    parts: Cow<'a, [Part]>,
    of: Of<'a>,
}

impl Counting<'_> {
    /// What the kept numbers say; none where the view is read off the queue.
    fn told(&self, tallies: &[Tally]) -> Option<u64> {
        let counts = self.view.tells()?;
        let told = self.parts.iter().flat_map(|part| {
            let own = tallies.iter().filter(move |tally| {
                tally.unit == part.unit
                    && part.division.is_none_or(|own| tally.division == Some(own))
            });
            own.filter(|tally| counts(tally)).map(|tally| tally.n)
        });
        Some(u64::try_from(told.sum::<i64>()).unwrap_or_default())
    }
}

/// How many each holds, from the kept numbers or, many in one statement, off the queue; nothing is counted row by row.
async fn numbers(db: &Db, asked: &[Counting<'_>], tallies: &[Tally]) -> Result<Vec<u64>> {
    let told: Vec<Option<u64>> = asked.iter().map(|one| one.told(tallies)).collect();
    let mut parts = Vec::new();
    for (one, told) in asked.iter().zip(&told) {
        if told.is_none() {
            parts.extend(one.parts.iter().map(|part| (*part, one.span, one.of)));
        }
    }
    let mut counted = store::numbers_in(db, parts).await?.into_iter();
    Ok(asked
        .iter()
        .zip(told)
        .map(|(one, told)| told.unwrap_or_else(|| counted.by_ref().take(one.parts.len()).sum()))
        .collect())
}

/// How many each view of the caller's inbox holds.
pub async fn view_counts(desk: &Desk<'_>) -> Result<HashMap<View, u64>> {
    let ctx = desk.ctx;
    let db = &ctx.app.db;
    let tallies = tallies(db, &desk.parts).await?;
    let mine = cases::persons_of(ctx);
    let mut asked = Vec::new();
    for view in VIEWS {
        if view == View::Untold {
            continue;
        }
        let of = match view {
            View::Mine => Of::Persons(&mine),
            View::Heard => Of::Heard,
            _ => desk.solutions(view).await?.map_or(Of::All, Of::Solutions),
        };
        asked.push(Counting {
            view,
            span: desk.span(view).await?,
            parts: desk.parts_in(view).into(),
            of,
        });
    }
    let found = numbers(db, &asked, &tallies).await?;
    let views = asked.iter().map(|one| one.view);
    let mut counts: HashMap<View, u64> = views.zip(found).collect();
    let untold = calling(db, &desk.parts_in(View::Untold)).await?.len();
    counts.insert(View::Untold, untold as u64);
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

/// How many some views hold of some parts whose days are these.
pub async fn counts_of<const N: usize>(
    db: &Db,
    parts: &[Part],
    views: [View; N],
    (now, days): (DateTime<Utc>, &Days),
) -> Result<[u64; N]> {
    spans_of(db, parts, views.map(|view| (view, view.span(now, days)))).await
}

/// (open, late) of some parts, for which no calendar is needed.
pub async fn open_and_late(db: &Db, parts: &[Part], now: DateTime<Utc>) -> Result<(u64, u64)> {
    let views = [(View::Open, Span::OPEN), (View::Late, Span::late(now))];
    let [open, late] = spans_of(db, parts, views).await?;
    Ok((open, late))
}

async fn spans_of<const N: usize>(
    db: &Db,
    parts: &[Part],
    views: [(View, Span); N],
) -> Result<[u64; N]> {
    let tallies = tallies(db, parts).await?;
    let asked = views.map(|(view, span)| Counting {
        view,
        span,
        parts: parts.into(),
        of: Of::All,
    });
    let mut found = numbers(db, &asked, &tallies).await?.into_iter();
    Ok(std::array::from_fn(|_| found.next().unwrap_or_default()))
}

/// The first rows of a view of some parts, what is due first at the head.
pub async fn first_of(
    db: &Db,
    parts: Vec<Part>,
    view: View,
    (now, days): (DateTime<Utc>, &Days),
    limit: u64,
) -> Result<Vec<complaint::Model>> {
    store::page(db, &Filter::of(parts, view.span(now, days)), None, limit).await
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
