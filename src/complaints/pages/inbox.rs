//! The inbox: what is due next first. Its views and filters live in the address, so they can be kept and
//! sent.

use std::collections::{HashMap, hash_map::Entry};

use poem::{Response, handler, web::Query as Address};
use serde::{Deserialize, Serialize};

use super::{
    inbox_filters::{self, FilterForm},
    origin,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    complaints::{
        entity::complaint,
        explain::{self, Chip},
        finding::{self, Counted, Desk, Query, VIEWS, View},
        rules::Kind,
        viewing::{self, Days},
        words,
    },
    organisation::{self, Division, UnitId},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::{pages::Page, paging::Slice},
    },
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(flatten)]
    query: Query,
    cursor: String,
}

#[derive(Serialize)]
struct InboxPage {
    summary: String,
    new_href: Option<&'static str>,
    views: Vec<ViewView>,
    kept: Vec<KeptView>,
    filter: FilterForm,
    rows: Vec<RowView>,
    /// What can be done with several at once: (code, label, icon); empty for who only looks.
    bulk: Vec<BulkAct>,
    may_group: bool,
    pager: Pager,
    empty: Empty,
}

impl Page for InboxPage {
    const TEMPLATE: &'static str = "complaints/inbox";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-inbox-title")
    }
}

#[derive(Serialize)]
struct ViewView {
    code: &'static str,
    label: String,
    /// None while other filters stand: the number would not be what a click shows.
    count: Option<u64>,
    kind: &'static str,
    icon: &'static str,
    href: String,
    active: bool,
}

#[derive(Serialize)]
struct KeptView {
    label: String,
    /// Of one's own only: each is a question of its own to the database.
    count: Option<String>,
    href: String,
    active: bool,
    /// Says who shared it, or that it is shared.
    note: Option<String>,
    remove_action: Option<String>,
    remove_label: String,
}

#[derive(Serialize)]
struct BulkAct {
    code: &'static str,
    label: String,
    icon: &'static str,
}

fn bulk_acts(ctx: &Ctx) -> Vec<BulkAct> {
    [
        ("assign", Permission::AssignComplaint, "person-plus"),
        ("answer", Permission::AnswerComplaint, "send"),
        ("close", Permission::CloseComplaint, "check-lg"),
    ]
    .into_iter()
    .filter(|(_, permission, _)| !ctx.scope(*permission).is_empty())
    .map(|(code, _, icon)| BulkAct {
        code,
        label: t(ctx.locale(), &format!("complaints-bulk-{code}")),
        icon,
    })
    .collect()
}

#[derive(Serialize)]
struct RowView {
    /// Number and version: what a choice of several sends.
    seen: String,
    href: String,
    number: String,
    title: String,
    due: Chip,
    due_at: String,
    /// How it came in; where several units are in one list, with the unit before it.
    channel: String,
    /// What is no complaint says so.
    kind: Option<String>,
    assignee: Option<String>,
    /// Nobody has it and somebody should.
    nobody: bool,
    status: Chip,
    flags: Vec<Chip>,
}

#[derive(Serialize)]
struct Pager {
    previous: Option<String>,
    next: Option<String>,
    summary: String,
}

#[derive(Serialize)]
struct Empty {
    title: String,
    text: String,
    action: Option<Link>,
}

#[derive(Serialize)]
struct Link {
    href: &'static str,
    label: String,
}

/// Kind of the chip while it holds something, and icon.
fn look_of(view: View) -> (&'static str, &'static str) {
    match view {
        View::Mine => ("info", "person"),
        View::Division => ("info", "people"),
        View::Late | View::Solution => ("late", "exclamation-triangle"),
        View::SolutionTomorrow => ("soon", "hourglass-split"),
        View::Heard => ("soon", "chat-left-text"),
        View::Untold => ("soon", "telephone"),
        View::Today => ("soon", "clock"),
        View::Tomorrow => ("soon", "calendar-event"),
        View::Soon | View::DayAfter => ("soon", "hourglass-split"),
        View::Unassigned => ("plain", "person-plus"),
        View::Waiting => ("plain", "reply"),
        View::Open => ("plain", "inbox"),
        View::All => ("plain", "list-check"),
    }
}

#[handler]
pub(super) async fn show_inbox(
    SignedIn(ctx): SignedIn,
    Address(asked): Address<Asked>,
) -> Result<Response> {
    let locale = ctx.locale();
    let query = asked.query.cleaned();
    let slice = Slice::read(Some(asked.cursor.as_str()), None)?;
    let desk = Desk::of(&ctx).await?;
    let (found, number) = finding::list_counted(&desk, &query, &slice).await?;
    let counts = finding::view_counts(&desk).await?;
    let view = View::parse(&query.view).unwrap_or_default();
    let in_view = || Counted::Exactly(counts.get(&view).copied().unwrap_or_default());
    let number = number.unwrap_or_else(in_view);
    let narrow = match &*query.unit {
        "" => None,
        code => Some(desk.narrowed(code).await?),
    };
    let unit = &narrow.as_ref().unwrap_or(&desk).unit;
    let offices = desk.units().await?;
    let units = units_of(&ctx, &found.rows).await?;
    let mut summary = summary(view, number, locale);
    if view == View::Tomorrow {
        let solutions = counts.get(&View::SolutionTomorrow).copied();
        summary.push_str(&solutions_too(solutions.unwrap_or_default(), locale));
    }
    let may_register = ctx.may(Permission::RegisterComplaint, unit.id);
    let page = InboxPage {
        new_href: may_register.then_some("/kerja/pengaduan/baru"),
        views: views(&ctx, &counts, &query),
        kept: kept(&ctx, &desk, &query).await?,
        filter: inbox_filters::form(&ctx, unit, &query, &offices).await?,
        pager: Pager {
            previous: (!asked.cursor.is_empty()).then(|| query.address(None)),
            next: found.next.map(|cursor| query.address(Some(&cursor))),
            summary: summary.clone(),
        },
        rows: found
            .rows
            .iter()
            .map(|row| row_view(&ctx, row, &units, (&query, offices.len() > 1)))
            .collect(),
        empty: empty(&query, view, may_register, locale),
        bulk: bulk_acts(&ctx),
        may_group: ctx.may(Permission::ManageTopics, unit.id),
        summary,
    };
    ctx.page(&page)
}

/// Who asks what will be late tomorrow means what has to be solved, too.
fn solutions_too(count: u64, locale: Locale) -> String {
    match count {
        0 => String::new(),
        count => {
            let words = Message::new("complaints-inbox-summary-tomorrow-solutions");
            format!(". {}", words.with("count", count).text(locale))
        }
    }
}

fn summary(view: View, number: Counted, locale: Locale) -> String {
    let key = view.key("inbox-summary");
    match number {
        Counted::Exactly(count) => Message::new(&key).with("count", count).text(locale),
        Counted::Over(count) => Message::new("finding-over")
            .with("count", count)
            .with("what", t(locale, &view.key("view")))
            .text(locale),
    }
}

fn views(ctx: &Ctx, counts: &HashMap<View, u64>, query: &Query) -> Vec<ViewView> {
    let locale = ctx.locale();
    let in_division = !finding::own_divisions(ctx).is_empty();
    VIEWS
        .into_iter()
        .filter(|view| match view {
            View::Division => in_division,
            // They are seldom anything: while nothing is in them they need no place.
            View::Solution
            | View::SolutionTomorrow
            | View::DayAfter
            | View::Heard
            | View::Untold => {
                query.view == view.code() || counts.get(view).is_some_and(|count| *count > 0)
            }
            _ => true,
        })
        .map(|view| {
            let (kind, icon) = look_of(view);
            let count = counts.get(&view).copied().unwrap_or_default();
            let there = Query {
                view: view.code().to_owned(),
                ..query.clone()
            };
            ViewView {
                code: view.code(),
                label: t(locale, &view.key("view")),
                count: (!query.is_filtered()).then_some(count),
                kind: if count == 0 { "plain" } else { kind },
                icon,
                href: there.address(None),
                active: query.view == view.code(),
            }
        })
        .collect()
}

async fn kept(ctx: &Ctx, desk: &Desk<'_>, query: &Query) -> Result<Vec<KeptView>> {
    let locale = ctx.locale();
    let saved = finding::kept(ctx, desk).await?;
    Ok(saved
        .into_iter()
        .map(|saved| KeptView {
            count: saved.found.map(|found| match found {
                Counted::Exactly(count) => count.to_string(),
                Counted::Over(count) => format!("{count}+"),
            }),
            href: saved.query.address(None),
            active: saved.query == *query,
            note: match (saved.owner, saved.shared) {
                (Some(owner), _) => Some(
                    Message::new("finding-kept-of")
                        .with("person", owner)
                        .text(locale),
                ),
                (None, true) => Some(t(locale, "finding-kept-shared")),
                (None, false) => None,
            },
            remove_action: saved
                .removable
                .then(|| format!("/kerja/pengaduan/saringan/{}/hapus", saved.id)),
            remove_label: Message::new("finding-kept-remove")
                .with("name", &saved.name)
                .text(locale),
            label: saved.name,
        })
        .collect())
}

/// Each unit counts its own days: a supervisor's inbox holds several.
type Units = HashMap<UnitId, (Days, Vec<Division>, String)>;

async fn units_of(ctx: &Ctx, rows: &[complaint::Model]) -> Result<Units> {
    let db = &ctx.app.db;
    let mut units = Units::new();
    for row in rows {
        if let Entry::Vacant(unknown) = units.entry(row.unit_id) {
            let unit = organisation::unit(db, row.unit_id).await?;
            let divisions = organisation::divisions(db, unit.id).await?;
            let days = viewing::days_of(db, &unit).await?;
            unknown.insert((days, divisions, unit.short_name));
        }
    }
    Ok(units)
}

fn row_view(
    ctx: &Ctx,
    row: &complaint::Model,
    units: &Units,
    (list, several): (&Query, bool),
) -> RowView {
    let locale = ctx.locale();
    let (days, divisions, office) = &units[&row.unit_id];
    let channel = words::channel(row.channel, locale);
    let division = divisions
        .iter()
        .find(|division| Some(division.id) == row.division_id);
    let title = if viewing::sight_of(ctx, row, false).text {
        row.subject.clone()
    } else {
        t(locale, "complaints-hidden-subject")
    };
    RowView {
        seen: format!("{}:{}", row.number, row.version),
        href: origin::case_address(list, &row.number),
        number: row.number.clone(),
        title,
        due: explain::due_chip(row, ctx.now, days.zone, &days.calendar, locale),
        due_at: due_words(row, days, locale),
        channel: match several {
            true => format!("{office} · {channel}"),
            false => channel,
        },
        kind: (row.kind != Kind::Complaint).then(|| words::kind(row.kind, locale)),
        assignee: division.map(|division| division.name.clone()),
        nobody: row.status.owes_answer() && row.division_id.is_none(),
        status: words::standing_chip(row, locale),
        flags: words::flags(row.anonymous, row.confidential, locale),
    }
}

/// `Kam 26 Mar, 16.00 WITA`: narrow, because it repeats in every row.
fn due_words(row: &complaint::Model, days: &Days, locale: Locale) -> String {
    let due = row.due_at.with_timezone(&days.zone);
    let day = due.date_naive();
    format!(
        "{} {}, {}",
        dates::day_label(day, locale),
        dates::month_short(day, locale),
        dates::clock(&due, locale)
    )
}

fn empty(query: &Query, view: View, may_register: bool, locale: Locale) -> Empty {
    let key = match view {
        _ if query.is_filtered() => "finding-empty",
        View::Late
        | View::Solution
        | View::SolutionTomorrow
        | View::Heard
        | View::Untold
        | View::Today
        | View::Tomorrow
        | View::Soon
        | View::DayAfter
        | View::Unassigned => "complaints-empty-good",
        _ => "complaints-empty",
    };
    Empty {
        title: t(locale, &format!("{key}-title")),
        text: t(locale, &format!("{key}-text")),
        action: may_register.then(|| Link {
            href: "/kerja/pengaduan/baru",
            label: t(locale, "complaints-inbox-new"),
        }),
    }
}
