//! What the overview and the search are made of: one function per source, each within what its reader
//! may see. A section that a person may not see is absent; one without rows says that all is well.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::{pages::Link, unheard};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, Chip, Query, Row, Status, division_name, due_words, main_chip},
    calendar::{self, remaining},
    complaints::{self, OverviewRow},
    follow_up::{self, Outcome},
    forums::{self, Forum, Stage},
    invitations, minutes,
    organisation::{self, UnitId},
    platform::{
        error::Result,
        i18n::{Locale, Message, capital, t},
        web::paging::Slice,
    },
    surveys,
};

/// How many rows a section shows before it points to the whole list.
pub const ROWS: u64 = 8;

/// A list with a heading.
#[derive(Serialize)]
pub struct Section {
    pub id: &'static str,
    pub title: String,
    pub icon: &'static str,
    pub rows: Vec<RowView>,
    /// Said when there are no rows.
    pub empty: String,
    pub all: Option<Link>,
}

#[derive(Serialize)]
pub struct RowView {
    pub title: String,
    pub href: Option<String>,
    pub sub: String,
    pub chip: Option<Chip>,
}

/// A number at the head of the overview.
#[derive(Serialize)]
pub struct Kpi {
    pub value: u64,
    pub label: String,
    pub href: String,
    pub kind: &'static str,
}

impl Section {
    pub fn new(locale: Locale, id: &'static str, icon: &'static str) -> Self {
        Self {
            id,
            icon,
            title: t(locale, &format!("overview-{id}")),
            empty: t(locale, &format!("overview-{id}-none")),
            rows: Vec::new(),
            all: None,
        }
    }

    /// Enough to act on; the rest shows when these are done.
    pub fn is_full(&self) -> bool {
        count(self.rows.len()) >= ROWS
    }

    /// One row more, while there is room.
    pub fn add(&mut self, row: RowView) {
        if !self.is_full() {
            self.rows.push(row);
        }
    }

    fn with(mut self, rows: Vec<RowView>, locale: Locale, href: &str) -> Self {
        self.rows = rows;
        self.all = Some(Link {
            href: href.to_owned(),
            label: t(locale, "overview-all"),
        });
        self
    }
}

/// The units that a person's roles name.
pub fn units_of(ctx: &Ctx) -> Vec<UnitId> {
    let mut units: Vec<UnitId> = Vec::new();
    let grants = ctx.account().map(|account| account.grants.as_slice());
    for unit in grants
        .unwrap_or_default()
        .iter()
        .filter_map(|grant| grant.unit_id)
    {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

/// Complaints that press, and how many there are.
pub struct Pressing {
    pub section: Section,
    pub late: u64,
    pub soon: u64,
}

/// Late and soon-late complaints; for a handler those of the own division.
pub async fn complaints(ctx: &Ctx) -> Result<Option<Pressing>> {
    let scope = ctx.scope(Permission::ViewComplaints);
    if scope.is_empty() {
        return Ok(None);
    }
    let locale = ctx.locale();
    let db = &ctx.app.db;
    let found = complaints::overview(db, &units_of(ctx), &scope, ctx.now).await?;
    let mut rows = Vec::new();
    for row in found.rows.iter().take(usize::try_from(ROWS).unwrap_or(8)) {
        rows.push(complaint_row(ctx, row).await?);
    }
    let section = Section::new(locale, "complaints", "inbox");
    Ok(Some(Pressing {
        section: section.with(rows, locale, "/kerja/pengaduan"),
        late: found.late,
        soon: found.soon,
    }))
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

async fn complaint_row(ctx: &Ctx, row: &OverviewRow) -> Result<RowView> {
    let locale = ctx.locale();
    let text = due_in(&ctx.app.db, row.unit_id, ctx.now, row.due_at, locale).await?;
    Ok(RowView {
        title: complaint_title(row),
        href: Some(row.href.clone()),
        sub: String::new(),
        chip: Some(Chip {
            kind: if row.late { "late" } else { "soon" },
            icon: if row.late {
                "exclamation-triangle"
            } else {
                "clock"
            },
            text,
        }),
    })
}

/// Number and subject; of a confidential one the number only.
pub fn complaint_title(row: &OverviewRow) -> String {
    match &row.subject {
        Some(subject) => format!("{} · {subject}", row.number),
        None => row.number.clone(),
    }
}

/// "2 jam lagi", "terlambat 3 hari kerja".
async fn due_in(
    db: &impl ConnectionTrait,
    unit: UnitId,
    now: DateTime<Utc>,
    due: DateTime<Utc>,
    locale: Locale,
) -> Result<String> {
    let zone = organisation::zone_of(&organisation::unit(db, unit).await?)?;
    let calendar = calendar::work_calendar(db, unit).await?;
    let text = remaining(&now, &due.with_timezone(&zone), &calendar).text(locale);
    Ok(capital(&text))
}

fn first_rows() -> Slice<(chrono::NaiveDate, action_plans::ActionItemId)> {
    Slice {
        after: None,
        limit: ROWS,
    }
}

pub fn action_row(row: &Row, locale: Locale) -> RowView {
    RowView {
        title: format!("{} · {}", row.item.code, row.item.title),
        href: Some(format!("/kerja/rencana-aksi/{}", row.item.id)),
        sub: format!(
            "{} · {}",
            division_name(row, locale),
            due_words(row, locale)
        ),
        chip: Some(main_chip(row, locale)),
    }
}

/// Actions that are late or due within a week.
pub async fn actions(ctx: &Ctx) -> Result<Option<(Section, u64)>> {
    if ctx.scope(Permission::ViewActions).is_empty() {
        return Ok(None);
    }
    let locale = ctx.locale();
    let late = Query {
        late: true,
        ..Query::default()
    };
    let soon = Query {
        soon: true,
        ..Query::default()
    };
    let number: i64 = action_plans::counts(ctx, &late).await?.values().sum();
    let (rows, _) = action_plans::list(ctx, &soon, &first_rows()).await?;
    let rows = rows.iter().map(|row| action_row(row, locale)).collect();
    let section = Section::new(locale, "actions", "list-check");
    Ok(Some((
        section.with(rows, locale, "/kerja/rencana-aksi?keadaan=soon"),
        u64::try_from(number).unwrap_or_default(),
    )))
}

/// Evidence that waits for the head; shown to those who can verify it, and to those who look on.
pub async fn to_verify(ctx: &Ctx) -> Result<Option<(Section, u64)>> {
    if ctx.scope(Permission::ViewActions).is_empty() {
        return Ok(None);
    }
    let locale = ctx.locale();
    let done = Query {
        status: Some(Status::Done),
        ..Query::default()
    };
    let number: i64 = action_plans::counts(ctx, &done).await?.values().sum();
    let (rows, _) = action_plans::list(ctx, &done, &first_rows()).await?;
    let rows = rows.iter().map(|row| action_row(row, locale)).collect();
    let section = Section::new(locale, "to-verify", "patch-check");
    Ok(Some((
        section.with(rows, locale, "/kerja/rencana-aksi?keadaan=done"),
        u64::try_from(number).unwrap_or_default(),
    )))
}

/// Forums of the units where the person may see them; none for the others.
async fn visible_forums(ctx: &Ctx) -> Result<Option<Vec<Forum>>> {
    if ctx.scope(Permission::ViewForums).is_empty() {
        return Ok(None);
    }
    forums::list(ctx).await.map(Some)
}

/// Minutes that wait for this person; for whoever approves none, nothing.
pub async fn minutes_to_approve(ctx: &Ctx) -> Result<Option<Section>> {
    let waiting = minutes::to_approve(ctx).await?;
    if waiting.is_empty() && ctx.scope(Permission::ApproveMinutes).is_empty() {
        return Ok(None);
    }
    let locale = ctx.locale();
    let mut section = Section::new(locale, "minutes", "journal-text");
    section.rows = waiting
        .into_iter()
        .map(|forum| RowView {
            title: Message::new("overview-minutes-of")
                .with("forum", &forum.title)
                .text(locale),
            href: Some(format!("/kerja/forum/{}/notulen", forum.id)),
            sub: forums::days::short_dates(&forum, locale),
            chip: Some(Chip {
                kind: "soon",
                text: t(locale, minutes::Status::Review.label_key()),
                icon: "hourglass-split",
            }),
        })
        .collect();
    Ok(Some(section))
}

/// Reports of the survey that lie before this person; nothing is said while there are none.
pub async fn survey_reports(ctx: &Ctx) -> Result<Option<Section>> {
    let locale = ctx.locale();
    let mut section = Section::new(locale, "survey-reports", "bar-chart");
    for id in units_of(ctx) {
        if !ctx.may(Permission::ApproveSurveyReport, id) {
            continue;
        }
        let unit = organisation::unit(&ctx.app.db, id).await?;
        for (period, title) in surveys::results::reports_waiting(ctx, &unit).await? {
            section.rows.push(RowView {
                title: Message::new("overview-survey-report-of")
                    .with("period", title)
                    .text(locale),
                href: Some(format!("/kerja/survei/{period}/laporan")),
                sub: unit.name.clone(),
                chip: Some(Chip {
                    kind: "soon",
                    text: capital(&t(locale, "waiting-minutes-note")),
                    icon: "hourglass-split",
                }),
            });
        }
    }
    Ok(Some(section).filter(|section| !section.rows.is_empty()))
}

/// What forums left open: agreed points without an action or a stated reason, and inputs that led to nothing, by the
/// rule of the loose ends. The inputs of a closed forum are history, and nobody's task.
pub async fn left_open(ctx: &Ctx) -> Result<Vec<Section>> {
    let Some(forums) = visible_forums(ctx).await? else {
        return Ok(Vec::new());
    };
    let locale = ctx.locale();
    let db = &ctx.app.db;
    let mut points = Section::new(locale, "points", "flag");
    let mut inputs = Section::new(locale, "inputs", "chat-left-text");
    let mut held = HashMap::new();
    for forum in forums {
        let asks = forum.stage != Stage::Closed && !inputs.is_full();
        if points.is_full() && !asks {
            continue;
        }
        let outcome = follow_up::outcome(db, &forum).await?;
        if !points.is_full() {
            points.rows.extend(point_rows(&forum, &outcome, locale));
        }
        if asks {
            let held = match held.entry(forum.unit_id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unit) => unit.insert(unheard::held(db, forum.unit_id).await?),
            };
            let unheard = unheard::of_forum(db, &forum, &outcome, held).await?;
            inputs.rows.extend(unheard.into_iter().map(|input| RowView {
                title: format!("{} · {}", input.code, input.text),
                href: Some(format!("/kerja/forum/{}", forum.id)),
                sub: forum.title.clone(),
                chip: None,
            }));
        }
    }
    Ok(vec![points, inputs])
}

fn point_rows(forum: &Forum, outcome: &Outcome, locale: Locale) -> Vec<RowView> {
    let open = outcome.points.iter().filter(|point| point.is_open());
    open.map(|point| RowView {
        title: Message::new("overview-point")
            .with("point", point.number)
            .text(locale),
        href: Some(format!("/kerja/forum/{}/tindak-lanjut", forum.id)),
        sub: forum.title.clone(),
        chip: None,
    })
    .collect()
}

/// Questions of guests that nobody has answered; nothing is said while there are none.
pub async fn questions(ctx: &Ctx) -> Result<Option<Section>> {
    let Some(forums) = visible_forums(ctx).await? else {
        return Ok(None);
    };
    let locale = ctx.locale();
    let mut section = Section::new(locale, "questions", "chat-left-text");
    for forum in forums {
        let asks = forum.stage == Stage::Invitation && forum.cancelled_at.is_none();
        if !asks || !ctx.may(Permission::ManageForum, forum.unit_id) {
            continue;
        }
        let count = invitations::questions_waiting(&ctx.app.db, &forum).await?;
        if count > 0 {
            section.rows.push(RowView {
                title: Message::new("overview-questions-count")
                    .with("count", count)
                    .text(locale),
                href: Some(format!("/kerja/forum/{}/undangan#pertanyaan", forum.id)),
                sub: forum.title.clone(),
                chip: None,
            });
        }
    }
    Ok(Some(section).filter(|section| !section.rows.is_empty()))
}

/// The next forum and the stage that it has reached.
pub async fn next_forum(ctx: &Ctx) -> Result<Option<Section>> {
    let Some(forums) = visible_forums(ctx).await? else {
        return Ok(None);
    };
    let locale = ctx.locale();
    let db = &ctx.app.db;
    let mut section = Section::new(locale, "forum", "people");
    section.all = Some(Link {
        href: "/kerja/forum".to_owned(),
        label: t(locale, "overview-all"),
    });
    for forum in forums.iter().rev() {
        if section.is_full() {
            break;
        }
        let zone = organisation::zone_of(&organisation::unit(db, forum.unit_id).await?)?;
        let over = forums::is_over(forum, zone, ctx.now) || forum.stage == Stage::Closed;
        if over || forum.cancelled_at.is_some() {
            continue;
        }
        section.rows.push(RowView {
            title: forum.title.clone(),
            href: Some(format!("/kerja/forum/{}", forum.id)),
            sub: format!(
                "{} · {}",
                forums::when_text(forum, zone, locale),
                forums::where_in(forum, locale)
            ),
            chip: Some(Chip {
                kind: "info",
                text: forum.stage.label(locale),
                icon: "arrow-right",
            }),
        });
    }
    if section.rows.is_empty() && !ctx.scope(Permission::ManageForum).is_empty() {
        section.all = Some(Link {
            href: "/kerja/forum/baru".to_owned(),
            label: t(locale, "forums-new-title"),
        });
    }
    Ok(Some(section))
}

/// A unit beside the others, for those who supervise several.
#[derive(Serialize)]
pub struct UnitRow {
    name: String,
    href: String,
    complaints_open: u64,
    complaints_late: u64,
    actions_open: i64,
    actions_late: i64,
    actions_waiting: i64,
    actions_kept: i64,
}

pub async fn side_by_side(ctx: &Ctx) -> Result<Vec<UnitRow>> {
    let units = units_of(ctx);
    if units.len() < 2 || ctx.scope(Permission::ViewOverview).units.len() < 2 {
        return Ok(Vec::new());
    }
    let db = &ctx.app.db;
    let seen = ctx.scope(Permission::ViewComplaints);
    let mut rows = Vec::new();
    for id in units {
        let unit = organisation::unit(db, id).await?;
        let filed = complaints::overview(db, &[id], &seen, ctx.now).await?;
        let all = Query {
            unit: Some(unit.code.clone()),
            ..Query::default()
        };
        let late = Query {
            late: true,
            ..all.clone()
        };
        let counts = action_plans::counts(ctx, &all).await?;
        let of = |status: Status| counts.get(&status).copied().unwrap_or_default();
        rows.push(UnitRow {
            href: format!("/kerja/rencana-aksi?unit={}", unit.code),
            name: unit.short_name,
            complaints_open: filed.open,
            complaints_late: filed.late,
            actions_open: of(Status::Open) + of(Status::InProgress),
            actions_late: action_plans::counts(ctx, &late).await?.values().sum(),
            actions_waiting: of(Status::Done),
            actions_kept: of(Status::Verified),
        });
    }
    Ok(rows)
}

/// "3 hasil".
pub fn results(number: usize, locale: Locale) -> String {
    Message::new("search-count")
        .with("count", number)
        .text(locale)
}
