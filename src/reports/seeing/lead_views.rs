//! The parts of the head's page, in words. A part that its reader may not see is absent; one without rows says so.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    figures::Span,
    lead::{Lead, Weak},
    waiting::Waiting,
};
use crate::{
    access::{Ctx, Permission},
    action_plans::{Chip, NOBODY, OwnerRow, Status},
    calendar::{self, dates, remaining},
    complaints::{AnswerSums, Group},
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, Message, capital, t},
        web::address::encoded,
    },
    reports::{pages::Link, sections::complaint_title},
    surveys::results::{localised, signed},
};

/// A number at the head of the page, with where it leads.
#[derive(Serialize)]
pub struct Told {
    pub value: String,
    pub label: String,
    pub href: String,
}

/// A number that is a link.
#[derive(Serialize)]
pub struct Number {
    pub value: i64,
    pub href: String,
    pub label: String,
}

fn inbox(unit: &Unit, view: &str) -> String {
    format!("/kerja/pengaduan?view={view}&unit={}", encoded(&unit.code))
}

fn actions_at(unit: &Unit, filters: &str) -> String {
    format!("/kerja/rencana-aksi?unit={}{filters}", encoded(&unit.code))
}

/// The few numbers that say it all.
pub fn told(lead: &Lead, locale: Locale) -> Vec<Told> {
    let unit = &lead.figures.unit;
    let mut told = Vec::new();
    let mut add = |value: String, key: &str, href: String| {
        told.push(Told {
            value,
            label: t(locale, key),
            href,
        });
    };
    if let Some(pressing) = &lead.pressing {
        for (group, key) in pressing.groups.iter().zip(GROUPS) {
            let key = format!("lead-told-{key}");
            add(
                group.count.to_string(),
                &key,
                inbox(unit, group.view.code()),
            );
        }
    }
    if lead.divisions.is_some() {
        let late = lead.late_actions().to_string();
        add(late, "lead-told-actions", actions_at(unit, "&keadaan=late"));
        let done = lead.count_of(Status::Done).to_string();
        add(done, "lead-told-verify", actions_at(unit, "&keadaan=done"));
    }
    add(
        lead.waiting.len().to_string(),
        "lead-told-papers",
        "#menunggu".to_owned(),
    );
    told
}

/// Parts of the keys of texts, by the groups of complaints.
const GROUPS: [&str; 3] = ["late", "soon", "day-after"];

#[derive(Serialize)]
pub struct IndexView {
    /// None where no period was frozen.
    pub value: Option<String>,
    pub grade: String,
    pub title: String,
    pub respondents: String,
    pub change: String,
    pub href: Option<String>,
    pub weakest: Vec<WeakView>,
}

#[derive(Serialize)]
pub struct WeakView {
    pub name: String,
    pub score: String,
    pub links: Vec<Link>,
    /// Nothing was made of it; not said to who could not see it.
    pub alone: bool,
    /// Nothing was made of it yet: a new issue begins with it.
    pub propose: Option<String>,
}

pub fn index(ctx: &Ctx, lead: &Lead) -> IndexView {
    let locale = ctx.locale();
    let Some(seen) = &lead.figures.index else {
        return IndexView {
            value: None,
            grade: String::new(),
            title: t(locale, "lead-index-none"),
            respondents: String::new(),
            change: String::new(),
            href: None,
            weakest: Vec::new(),
        };
    };
    let (unit, result) = (&lead.figures.unit, &seen.result);
    let performance = match locale {
        Locale::Id => &result.performance,
        Locale::En => &result.performance_en,
    };
    // Who does not work with surveys reads what everybody may.
    let href = match ctx.may(Permission::ViewSurveys, unit.id) {
        true => format!("/kerja/survei/{}/hasil", seen.period.id),
        false => format!(
            "/survei/{}/hasil?periode={}",
            encoded(&unit.code),
            seen.period.id
        ),
    };
    let may = ctx.may(Permission::ManageIssues, unit.id);
    let weak = |weak: &Weak| WeakView::of(weak, may, (unit, &seen.period.id.to_string()), locale);
    IndexView {
        value: result.ikm.as_deref().map(|ikm| localised(ikm, locale)),
        grade: match (&result.grade, performance) {
            (Some(grade), Some(words)) => format!("{grade} · {words}"),
            _ => t(locale, "lead-index-no-figure"),
        },
        title: result.title.clone(),
        respondents: Message::new("lead-index-respondents")
            .with("n", dates::whole(result.n, locale))
            .text(locale),
        change: change(lead, locale),
        href: Some(href),
        weakest: lead.weakest.iter().map(weak).collect(),
    }
}

/// "+1,23 dari SKM 2024", or why there is no such number.
fn change(lead: &Lead, locale: Locale) -> String {
    let Some(before) = &lead.before else {
        return t(locale, "lead-index-first");
    };
    match &before.difference {
        Some(difference) => Message::new("lead-index-change")
            .with("by", signed(difference, 2, locale))
            .with("before", &before.result.title)
            .text(locale),
        // One of the two has none.
        None if before.unlike.is_empty() => Message::new("lead-index-without")
            .with("before", &before.result.title)
            .text(locale),
        None => {
            let why = before.unlike.iter().map(|one| t(locale, one.key()));
            Message::new("lead-index-unlike")
                .with("before", &before.result.title)
                .with("why", why.collect::<Vec<_>>().join("; "))
                .text(locale)
        }
    }
}

impl WeakView {
    fn of(weak: &Weak, may: bool, (unit, period): (&Unit, &str), locale: Locale) -> Self {
        let issues = weak.issues.iter().map(|issue| Link {
            href: issue.href.clone(),
            label: format!("{} · {}", issue.code, t(locale, issue.state.label_key())),
        });
        let actions = weak.actions.iter().map(|action| Link {
            href: action.href.clone(),
            label: format!("{} · {}%", action.code, action.progress),
        });
        let shown = i64::try_from(weak.actions.len()).unwrap_or(i64::MAX);
        let more = weak.all_actions - shown;
        let more = (more > 0).then(|| Link {
            href: actions_at(unit, ""),
            label: Message::new("lead-weak-more")
                .with("count", more)
                .text(locale),
        });
        let links: Vec<Link> = issues.chain(actions).chain(more).collect();
        let propose = format!(
            "/kerja/isu/baru?unit={}&sumber=survey_element:{}@{}",
            encoded(&unit.code),
            encoded(&weak.element.id),
            encoded(period)
        );
        Self {
            name: weak.element.full_name(locale),
            score: weak
                .element
                .nrr
                .as_deref()
                .map_or_else(|| "–".to_owned(), |nrr| localised(nrr, locale)),
            alone: weak.told && links.is_empty(),
            propose: (may && weak.known && links.is_empty()).then_some(propose),
            links,
        }
    }
}

/// A share in words and as a bar.
#[derive(Serialize)]
pub struct ShareView {
    pub label: String,
    pub text: String,
    /// 0 to 100; none where nothing was answered.
    pub value: Option<f64>,
    pub href: String,
}

pub fn shares(lead: &Lead, locale: Locale) -> Vec<ShareView> {
    let Some(answers) = &lead.figures.answers else {
        return Vec::new();
    };
    let share = |key: &str, ((from, to), sums): (Span, AnswerSums)| ShareView {
        label: t(locale, key),
        text: share_words(sums, locale),
        value: sums.percent(),
        href: format!(
            "/kerja/pengaduan/rekap?unit={}&from={from}&to={to}",
            encoded(&lead.figures.unit.code)
        ),
    };
    let quarter = answers
        .quarter
        .map(|part| share("lead-share-quarter", part));
    let year = share("lead-share-year", answers.year);
    quarter.into_iter().chain([year]).collect()
}

/// "6 dari 7 (85,7%)".
pub fn share_words(sums: AnswerSums, locale: Locale) -> String {
    match sums.percent() {
        Some(percent) => Message::new("lead-share")
            .with("in_time", sums.in_time)
            .with("answered", sums.answered)
            .with("percent", dates::decimal(percent, 1, locale))
            .text(locale),
        None => t(locale, "lead-share-none"),
    }
}

/// Complaints that are late or will be.
#[derive(Serialize)]
pub struct PressingView {
    pub title: String,
    pub count: u64,
    pub kind: &'static str,
    pub href: String,
    pub rows: Vec<PressingRowView>,
    /// "5 dari 10", where the list is longer than the page.
    pub shown: Option<String>,
    pub empty: String,
}

#[derive(Serialize)]
pub struct PressingRowView {
    pub href: String,
    pub title: String,
    pub owner: String,
    pub chip: Chip,
}

pub async fn pressing(ctx: &Ctx, lead: &Lead) -> Result<Option<Vec<PressingView>>> {
    let Some(pressing) = &lead.pressing else {
        return Ok(None);
    };
    let unit = &lead.figures.unit;
    let zone = organisation::zone_of(unit)?;
    let work = calendar::work_calendar(&ctx.app.db, unit.id).await?;
    let locale = ctx.locale();
    let due = |at: DateTime<Utc>| {
        capital(&remaining(&ctx.now, &at.with_timezone(&zone), &work).text(locale))
    };
    let group = |(group, key): (&Group, &str)| PressingView {
        title: t(locale, &format!("lead-group-{key}")),
        empty: t(locale, &format!("lead-group-{key}-none")),
        count: group.count,
        kind: match (group.count, key) {
            (0, _) => "ok",
            (_, "late") => "late",
            _ => "soon",
        },
        href: inbox(unit, group.view.code()),
        shown: shown(group.rows.len(), group.count, locale),
        rows: group
            .rows
            .iter()
            .map(|one| PressingRowView {
                href: one.row.href.clone(),
                title: complaint_title(&one.row),
                owner: one
                    .owner
                    .clone()
                    .unwrap_or_else(|| t(locale, "lead-nobody")),
                chip: Chip {
                    kind: if one.row.late { "late" } else { "soon" },
                    icon: if one.row.late {
                        "exclamation-triangle"
                    } else {
                        "clock"
                    },
                    text: due(one.row.due_at),
                },
            })
            .collect(),
    };
    Ok(Some(
        pressing.groups.iter().zip(GROUPS).map(group).collect(),
    ))
}

/// How many of a list stand there, where they are not all.
fn shown(rows: usize, all: u64, locale: Locale) -> Option<String> {
    let rows = u64::try_from(rows).unwrap_or(u64::MAX);
    let words = Message::new("lead-group-shown")
        .with("shown", rows)
        .with("all", all);
    (rows < all).then(|| words.text(locale))
}

/// Actions by who works on them.
#[derive(Serialize)]
pub struct ActionTable {
    pub headings: Vec<String>,
    pub rows: Vec<ActionRow>,
    /// Said where there are none.
    pub empty: String,
    pub note: String,
    pub href: String,
    /// The same by who answers for them by name.
    pub people: Vec<ActionRow>,
}

#[derive(Serialize)]
pub struct ActionRow {
    pub name: String,
    /// How many there are, each counted once: what is late or stalled stands under its state too.
    pub count: String,
    pub numbers: Vec<Number>,
}

/// What presses stands first. (text, state in the address)
const STATES: [(&str, &str); 6] = [
    ("action-filter-late", "late"),
    ("action-filter-stalled", "stalled"),
    ("action-status-open", "open"),
    ("action-status-in-progress", "in_progress"),
    ("action-status-done", "done"),
    ("action-status-verified", "verified"),
];

/// Those of them in which each action is counted once.
const STATUSES: [&str; 4] = ["open", "in_progress", "done", "verified"];

pub fn actions(lead: &Lead, locale: Locale) -> Option<ActionTable> {
    let divisions = lead.divisions.as_ref()?;
    let unit = &lead.figures.unit;
    let mut rows: Vec<ActionRow> = divisions
        .iter()
        .map(|one| {
            let division = one.owner.as_ref();
            let code = division.map_or(NOBODY, |one| &one.code);
            let name = division.map(|one| one.name.clone());
            let name = name.unwrap_or_else(|| t(locale, "action-filter-no-division"));
            let part = format!("&bidang={}", encoded(code));
            action_row((unit, locale), name, &part, &|state| number(one, state))
        })
        .collect();
    if rows.len() > 1 {
        let sum = |state: &str| divisions.iter().map(|one| number(one, state)).sum();
        let all = t(locale, "lead-actions-all");
        rows.push(action_row((unit, locale), all, "", &sum));
    }
    let quiet = lead.late_actions() + lead.stalled_actions() == 0;
    Some(ActionTable {
        headings: STATES.iter().map(|(key, _)| t(locale, key)).collect(),
        empty: t(locale, "lead-actions-none"),
        note: t(
            locale,
            if quiet {
                "lead-actions-quiet"
            } else {
                "lead-actions-note"
            },
        ),
        href: actions_at(unit, ""),
        people: people(lead, locale),
        rows,
    })
}

/// The same actions by who answers for them; none where nobody is named.
fn people(lead: &Lead, locale: Locale) -> Vec<ActionRow> {
    let unit = &lead.figures.unit;
    let officials = lead.officials.iter().flatten();
    let rows: Vec<_> = officials.collect();
    if rows.iter().all(|one| one.owner.is_none()) {
        return Vec::new();
    }
    rows.into_iter()
        .map(|one| {
            let (id, name) = match &one.owner {
                Some(official) => (official.id.to_string(), official.name.clone()),
                None => (NOBODY.to_owned(), t(locale, "lead-actions-unnamed")),
            };
            let office = one.owner.as_ref().map(|official| official.office.clone());
            let mut row = action_row((unit, locale), name, &format!("&pemilik={id}"), &|state| {
                number(one, state)
            });
            row.count = office
                .into_iter()
                .chain([row.count])
                .collect::<Vec<_>>()
                .join(" · ");
            row
        })
        .collect()
}

fn action_row(
    (unit, locale): (&Unit, Locale),
    name: String,
    part: &str,
    of: &dyn Fn(&str) -> i64,
) -> ActionRow {
    ActionRow {
        numbers: STATES
            .iter()
            .map(|(key, state)| Number {
                value: of(state),
                href: actions_at(unit, &format!("{part}&keadaan={state}")),
                label: t(locale, key),
            })
            .collect(),
        count: Message::new("lead-actions-count")
            .with("count", STATUSES.iter().map(|state| of(state)).sum::<i64>())
            .text(locale),
        name,
    }
}

fn number<Owner>(row: &OwnerRow<Owner>, state: &str) -> i64 {
    match state {
        "late" => row.late,
        "stalled" => row.stalled,
        status => Status::parse(status).map_or(0, |status| row.count(status)),
    }
}

#[derive(Serialize)]
pub struct WaitingView {
    pub title: String,
    pub note: String,
    pub href: String,
}

pub fn waiting(lead: &Lead, locale: Locale) -> Vec<WaitingView> {
    let view = |one: &Waiting| WaitingView {
        title: one.title(locale),
        note: one.note.clone(),
        href: one.href.clone(),
    };
    lead.waiting.iter().map(view).collect()
}
