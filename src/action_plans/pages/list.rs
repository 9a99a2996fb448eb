//! The list of the action plan: filters stand in the address.

use poem::{Response, handler, web::Query as Address};
use serde::{Deserialize, Serialize};

use super::{
    Chip, Empty, FilterLink, LIST, Link, Pager, address, division_name, status_chip, timing_chip,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    action_plans::{
        Status,
        views::{self, NOBODY, Query, Row},
    },
    calendar::{YEARS, dates},
    organisation::{self, UnitId},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::OptionView,
            pages::Page,
            paging::{DEFAULT_LIMIT, Slice},
        },
    },
};

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
    /// A status, `late`, `soon` or `stalled`.
    keadaan: String,
    /// Code of a division, or `none`.
    bidang: String,
    /// Id of the official who answers for it by name, or `none`.
    pemilik: String,
    /// Of the plan.
    tahun: String,
    q: String,
    cursor: String,
}

impl Wanted {
    /// A state or year that there is not is no filter that finds everything: the page does not exist.
    fn query(&self) -> Result<Query> {
        let status = Status::parse(&self.keadaan);
        let known = status.is_some() || ["", "late", "soon", "stalled"].contains(&&*self.keadaan);
        if !known {
            return Err(Error::NotFound);
        }
        let text = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        Ok(Query {
            unit: text(&self.unit),
            status,
            division: text(&self.bidang),
            owner: text(&self.pemilik),
            late: self.keadaan == "late",
            soon: self.keadaan == "soon",
            stalled: self.keadaan == "stalled",
            service: None,
            year: year_of(&self.tahun)?,
            words: self.q.trim().chars().take(100).collect(),
        })
    }

    fn href(&self, state: &str, cursor: &str) -> String {
        address(
            LIST,
            &[
                ("unit", &self.unit),
                ("keadaan", state),
                ("bidang", &self.bidang),
                ("pemilik", &self.pemilik),
                ("tahun", &self.tahun),
                ("q", &self.q),
                ("cursor", cursor),
            ],
        )
    }

    fn is_filtered(&self) -> bool {
        [
            &self.unit,
            &self.keadaan,
            &self.bidang,
            &self.pemilik,
            &self.tahun,
            &self.q,
        ]
        .iter()
        .any(|value| !value.is_empty())
    }
}

#[derive(Serialize)]
struct ListPage {
    summary: String,
    new_href: Option<&'static str>,
    filters: Vec<FilterLink>,
    state: String,
    q: String,
    selects: Vec<Select>,
    clear_href: Option<&'static str>,
    rows: Vec<RowView>,
    pager: Pager,
    empty: Empty,
}

#[derive(Serialize)]
pub struct Select {
    pub name: &'static str,
    pub label: String,
    pub options: Vec<OptionView>,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    code: String,
    title: String,
    sources: String,
    division: String,
    due: Option<Chip>,
    due_on: String,
    status: Chip,
    value: i32,
    bar_label: String,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "action_plans/list";
    fn title(&self, locale: Locale) -> String {
        t(locale, "action-plans-title")
    }
}

#[handler]
pub async fn show_list(
    SignedIn(ctx): SignedIn,
    Address(wanted): Address<Wanted>,
) -> Result<Response> {
    let locale = ctx.locale();
    let slice = Slice::read(Some(&wanted.cursor), Some(DEFAULT_LIMIT))?;
    let query = wanted.query()?;
    let (rows, next) = views::list(&ctx, &query, &slice).await?;
    let may_add = !ctx.scope(Permission::ManageActions).is_empty();
    let page = ListPage {
        summary: Message::new("action-list-summary")
            .with("count", rows.len())
            .text(locale),
        new_href: may_add.then_some("/kerja/rencana-aksi/baru"),
        filters: filters(&ctx, (&wanted, &query)).await?,
        state: wanted.keadaan.clone(),
        q: wanted.q.clone(),
        selects: selects(&ctx, &wanted, query.year).await?,
        clear_href: wanted.is_filtered().then_some(LIST),
        pager: Pager {
            previous: (!wanted.cursor.is_empty()).then(|| wanted.href(&wanted.keadaan, "")),
            next: next.map(|cursor| wanted.href(&wanted.keadaan, &cursor)),
            summary: Message::new("action-list-summary")
                .with("count", rows.len())
                .text(locale),
        },
        rows: rows.iter().map(|row| RowView::of(row, locale)).collect(),
        empty: empty(&wanted, may_add, locale),
    };
    ctx.page(&page)
}

fn empty(wanted: &Wanted, may_add: bool, locale: Locale) -> Empty {
    if wanted.is_filtered() {
        return Empty {
            title: t(locale, "action-list-none-found"),
            text: t(locale, "action-list-none-found-text"),
            action: Some(Link {
                href: LIST.to_owned(),
                label: t(locale, "shell-filter-clear"),
            }),
        };
    }
    Empty {
        title: t(locale, "action-list-empty"),
        text: t(locale, "action-list-empty-text"),
        action: may_add.then(|| Link {
            href: format!("{LIST}/baru"),
            label: t(locale, "action-new-title"),
        }),
    }
}

/// The states with how many items each has, late first.
async fn filters(ctx: &Ctx, (wanted, query): (&Wanted, &Query)) -> Result<Vec<FilterLink>> {
    let locale = ctx.locale();
    let with = |status, late, soon| Query {
        status,
        late,
        soon,
        stalled: false,
        ..query.clone()
    };
    let still = Query {
        stalled: true,
        ..with(None, false, false)
    };
    let total = |counts: &std::collections::HashMap<Status, i64>| counts.values().sum::<i64>();
    let all = views::counts(ctx, &with(None, false, false)).await?;
    let late = total(&views::counts(ctx, &with(None, true, false)).await?);
    let soon = total(&views::counts(ctx, &with(None, false, true)).await?);
    let stalled = total(&views::counts(ctx, &still).await?);
    let link = |state: &str, label: String, kind, icon, count| FilterLink {
        href: wanted.href(state, ""),
        label,
        kind,
        icon,
        count,
        active: wanted.keadaan == state,
    };
    let mut links = vec![
        link("", t(locale, "action-filter-all"), "plain", "", total(&all)),
        link(
            "late",
            t(locale, "action-filter-late"),
            "late",
            "exclamation-triangle",
            late,
        ),
        link(
            "soon",
            t(locale, "action-filter-soon"),
            "soon",
            "clock",
            soon,
        ),
        link(
            "stalled",
            t(locale, "action-filter-stalled"),
            "soon",
            "pause-circle",
            stalled,
        ),
    ];
    for status in Status::ALL {
        let count = all.get(&status).copied().unwrap_or_default();
        let code = status.code();
        let label = t(locale, status.label_key());
        links.push(link(&code, label, status.chip_kind(), status.icon(), count));
    }
    Ok(links)
}

/// Units for those who see several, divisions for those who see one unit.
async fn selects(ctx: &Ctx, wanted: &Wanted, year: Option<i32>) -> Result<Vec<Select>> {
    let locale = ctx.locale();
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let db = &ctx.app.db;
    let option = |value: String, label: String, selected: bool| OptionView {
        value,
        label,
        hint: None,
        selected,
    };
    let mut selects = Vec::new();
    if scope.units.len() > 1 {
        let mut options = vec![option(
            String::new(),
            t(locale, "action-filter-all-units"),
            wanted.unit.is_empty(),
        )];
        for id in &scope.units {
            let unit = organisation::unit(db, *id).await?;
            let selected = unit.code == wanted.unit;
            options.push(option(unit.code, unit.short_name, selected));
        }
        selects.push(Select {
            name: "unit",
            label: t(locale, "action-filter-unit"),
            options,
        });
    } else if let [unit] = scope.units.as_slice() {
        let mut options = vec![option(
            String::new(),
            t(locale, "action-filter-all-divisions"),
            wanted.bidang.is_empty(),
        )];
        for division in organisation::divisions(db, *unit).await? {
            let selected = division.code == wanted.bidang;
            options.push(option(division.code, division.name, selected));
        }
        options.push(option(
            NOBODY.to_owned(),
            t(locale, "action-filter-no-division"),
            wanted.bidang == NOBODY,
        ));
        selects.push(Select {
            name: "bidang",
            label: t(locale, "action-filter-division"),
            options,
        });
        selects.push(owners(ctx, *unit, wanted).await?);
    }
    selects.push(years(ctx, year));
    Ok(selects)
}

/// Who answers for an action by name, and who did before they left.
async fn owners(ctx: &Ctx, unit: UnitId, wanted: &Wanted) -> Result<Select> {
    let locale = ctx.locale();
    let option = |value: String, label: String| OptionView {
        selected: value == wanted.pemilik,
        value,
        label,
        hint: None,
    };
    let ever = organisation::officials_ever(&ctx.app.db, unit).await?;
    let officials = ever.into_iter().filter_map(|one| {
        let value = one.id.to_string();
        let shown = one.left_at.is_none() || value == wanted.pemilik;
        shown.then(|| option(value, one.office))
    });
    let all = option(String::new(), t(locale, "action-filter-all-owners"));
    let unnamed = option(NOBODY.to_owned(), t(locale, "action-filter-no-owner"));
    Ok(Select {
        name: "pemilik",
        label: t(locale, "action-filter-owner"),
        options: [all]
            .into_iter()
            .chain(officials)
            .chain([unnamed])
            .collect(),
    })
}

/// The year that an address names, if it names one.
pub fn year_of(typed: &str) -> Result<Option<i32>> {
    if typed.is_empty() {
        return Ok(None);
    }
    let year = typed.parse().ok().filter(|year| YEARS.contains(year));
    year.map(Some).ok_or(Error::NotFound)
}

/// The plans of the years around this one, and of the one that is chosen.
pub fn years(ctx: &Ctx, chosen: Option<i32>) -> Select {
    let locale = ctx.locale();
    let this = chrono::Datelike::year(&ctx.now);
    let mut years: Vec<i32> = (this - 2..=this + 1).chain(chosen).collect();
    years.sort_unstable();
    years.dedup();
    let all = OptionView {
        value: String::new(),
        label: t(locale, "action-filter-all-years"),
        hint: None,
        selected: chosen.is_none(),
    };
    let each = years.into_iter().rev().map(|year| OptionView {
        value: year.to_string(),
        label: year.to_string(),
        hint: None,
        selected: chosen == Some(year),
    });
    Select {
        name: "tahun",
        label: t(locale, "action-filter-year"),
        options: std::iter::once(all).chain(each).collect(),
    }
}

impl RowView {
    fn of(row: &Row, locale: Locale) -> Self {
        let item = &row.item;
        let first = row.sources.first();
        let first = first.map(|source| source.label(locale).to_owned());
        let sources = match (first, row.sources.len()) {
            (None, _) => t(locale, "action-sources-none"),
            (Some(first), 1) => first,
            (Some(first), count) => Message::new("action-sources-more")
                .with("first", first)
                .with("more", count - 1)
                .text(locale),
        };
        Self {
            href: format!("{LIST}/{}", item.id),
            code: item.code.clone(),
            title: item.title.clone(),
            sources,
            division: division_name(row, locale),
            due: timing_chip(row.timing, locale),
            due_on: dates::date_short(item.due_on, locale),
            status: status_chip(item.status, locale),
            value: item.progress,
            bar_label: Message::new("action-progress-of")
                .with("code", &item.code)
                .text(locale),
        }
    }
}
