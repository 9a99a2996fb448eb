//! The inbox: what is due next first. Its views and filters live in the address, so they can be kept and
//! sent.

use std::collections::{HashMap, hash_map::Entry};

use poem::{Response, handler, web::Query};
use serde::{Deserialize, Serialize};

use super::Kept;
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    complaints::{
        entity::complaint,
        explain::{self, Chip},
        rules::{RUNNING_ENDS, Status},
        viewing::{self, Days},
        words,
    },
    organisation::{self, Division, UnitId},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::{address::encoded, forms::OptionView, pages::Page, paging::Slice},
    },
};

#[derive(Deserialize)]
pub(super) struct Asked {
    view: Option<String>,
    status: Option<String>,
    division: Option<String>,
    q: Option<String>,
    cursor: Option<String>,
}

#[derive(Serialize)]
struct InboxPage {
    summary: String,
    new_href: Option<&'static str>,
    filters: Vec<FilterView>,
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
struct FilterView {
    label: String,
    count: u64,
    kind: &'static str,
    icon: &'static str,
    href: String,
    active: bool,
}

#[derive(Serialize)]
struct FilterForm {
    action: &'static str,
    hidden: Vec<Kept>,
    q: String,
    selects: Vec<Select>,
    clear_href: Option<String>,
}

#[derive(Serialize)]
struct Select {
    name: &'static str,
    label: String,
    options: Vec<OptionView>,
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
    channel: String,
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

/// The views that have an address of their own.
const VIEWS: [(&str, &str, &str); 7] = [
    ("late", "late", "exclamation-triangle"),
    ("today", "soon", "clock"),
    ("tomorrow", "soon", "calendar-event"),
    ("soon", "soon", "hourglass-split"),
    ("unassigned", "plain", "person-plus"),
    ("open", "plain", "inbox"),
    ("all", "plain", "list-check"),
];

/// An address of the inbox that keeps what is asked for.
fn address(query: &viewing::Query, view: &str, cursor: Option<&str>) -> String {
    let status = query.status.map(Status::code).unwrap_or_default();
    let parts = [
        ("view", view),
        ("status", &status),
        ("division", &query.division),
        ("q", &query.q),
        ("cursor", cursor.unwrap_or_default()),
    ];
    let given: Vec<String> = parts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    format!("/kerja/pengaduan?{}", given.join("&"))
}

#[handler]
pub(super) async fn show_inbox(
    SignedIn(ctx): SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let locale = ctx.locale();
    let view = asked
        .view
        .filter(|view| VIEWS.iter().any(|(name, ..)| name == view))
        .unwrap_or_else(|| "open".to_owned());
    let query = viewing::Query {
        view: view.clone(),
        status: asked.status.as_deref().and_then(Status::parse),
        division: asked.division.unwrap_or_default(),
        q: asked.q.unwrap_or_default().chars().take(200).collect(),
        ..viewing::Query::default()
    };
    let slice = Slice::read(asked.cursor.as_deref(), None)?;
    let found = viewing::list(&ctx, &query, &slice).await?;
    let counts = viewing::counts(&ctx, &query).await?;
    let unit = viewing::home_unit(&ctx).await?;
    let divisions = organisation::divisions(&ctx.app.db, unit.id).await?;
    let units = units_of(&ctx, &found.rows).await?;
    let total = counts
        .iter()
        .find(|(name, _)| *name == view)
        .map_or(0, |(_, count)| *count);
    let summary = Message::new(&format!("complaints-inbox-summary-{view}"))
        .with("count", total)
        .text(locale);
    let may_register = ctx.may(Permission::RegisterComplaint, unit.id);
    let page = InboxPage {
        new_href: may_register.then_some("/kerja/pengaduan/baru"),
        filters: filters(&counts, &query, locale),
        filter: filter_form(&query, &divisions, locale),
        pager: Pager {
            previous: None,
            next: found
                .next
                .map(|cursor| address(&query, &view, Some(&cursor))),
            summary: summary.clone(),
        },
        rows: found
            .rows
            .iter()
            .map(|row| row_view(&ctx, row, &units))
            .collect(),
        empty: empty(&query, may_register, locale),
        bulk: bulk_acts(&ctx),
        may_group: ctx.may(Permission::ManageTopics, unit.id),
        summary,
    };
    ctx.page(&page)
}

fn filters(
    counts: &[(&'static str, u64)],
    query: &viewing::Query,
    locale: Locale,
) -> Vec<FilterView> {
    VIEWS
        .iter()
        .zip(counts)
        .map(|((view, kind, icon), (_, count))| FilterView {
            label: t(locale, &format!("complaints-view-{view}")),
            count: *count,
            kind: if *count == 0 { "plain" } else { kind },
            icon,
            href: address(query, view, None),
            active: query.view == *view,
        })
        .collect()
}

fn filter_form(query: &viewing::Query, divisions: &[Division], locale: Locale) -> FilterForm {
    let chosen = query.status.map(Status::code).unwrap_or_default();
    let option = |value: String, label: String, selected: bool| OptionView {
        value,
        label,
        hint: None,
        selected,
    };
    let mut statuses = vec![option(
        String::new(),
        t(locale, "complaints-inbox-any-status"),
        chosen.is_empty(),
    )];
    statuses.extend(Status::all().map(|status| {
        let code = status.code();
        let selected = code == chosen;
        option(code, words::status(status, locale), selected)
    }));
    let mut places = vec![option(
        String::new(),
        t(locale, "complaints-inbox-any-division"),
        query.division.is_empty(),
    )];
    places.extend(divisions.iter().map(|division| {
        let selected = division.code == query.division;
        option(division.code.clone(), division.name.clone(), selected)
    }));
    let filtered =
        query.status.is_some() || !query.division.is_empty() || !query.q.trim().is_empty();
    FilterForm {
        action: "/kerja/pengaduan",
        hidden: vec![Kept {
            name: "view",
            value: query.view.clone(),
        }],
        q: query.q.clone(),
        selects: vec![
            Select {
                name: "status",
                label: t(locale, "complaints-inbox-status"),
                options: statuses,
            },
            Select {
                name: "division",
                label: t(locale, "complaints-inbox-assignee"),
                options: places,
            },
        ],
        clear_href: filtered.then(|| format!("/kerja/pengaduan?view={}", query.view)),
    }
}

/// Each unit counts its own days: a supervisor's inbox holds several.
type Units = HashMap<UnitId, (Days, Vec<Division>)>;

async fn units_of(ctx: &Ctx, rows: &[complaint::Model]) -> Result<Units> {
    let db = &ctx.app.db;
    let mut units = Units::new();
    for row in rows {
        if let Entry::Vacant(unknown) = units.entry(row.unit_id) {
            let unit = organisation::unit(db, row.unit_id).await?;
            let divisions = organisation::divisions(db, unit.id).await?;
            unknown.insert((viewing::days_of(db, &unit).await?, divisions));
        }
    }
    Ok(units)
}

fn row_view(ctx: &Ctx, row: &complaint::Model, units: &Units) -> RowView {
    let locale = ctx.locale();
    let (days, divisions) = &units[&row.unit_id];
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
        href: format!("/kerja/pengaduan/{}", row.number),
        number: row.number.clone(),
        title,
        due: explain::due_chip(row, ctx.now, days.zone, &days.calendar, locale),
        due_at: due_words(row, days, locale),
        channel: words::channel(row.channel, locale),
        assignee: division.map(|division| division.name.clone()),
        nobody: row.queue < RUNNING_ENDS && row.division_id.is_none(),
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

fn empty(query: &viewing::Query, may_register: bool, locale: Locale) -> Empty {
    let key = match query.view.as_str() {
        "late" | "today" | "tomorrow" | "soon" | "unassigned" => "complaints-empty-good",
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
