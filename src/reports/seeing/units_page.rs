//! `/kerja/perbandingan`: units side by side, for who supervises them. Read only; each number leads to its page.

use poem::{Response, handler, web::Query as Address};
use serde::{Deserialize, Serialize};

use super::{
    figures::{self, ForumFigures, UnitFigures},
    lead_views::share_words,
    rules::SortBy,
    units_files,
    units_table::{self, UnitRow, UnitsTable},
};
use crate::{
    access::{Ctx, SignedIn, UnitLink},
    action_plans::Chip,
    calendar::{YEARS, dates},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        tables::{CSV, XLSX},
        web::{address::encoded, pages::Page},
    },
    reports::pages::Link,
    surveys::results::localised,
};

const HERE: &str = "/kerja/perbandingan";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    tahun: String,
    urut: String,
    /// Code of the office above.
    induk: String,
}

impl Wanted {
    /// What an address names and nobody knows, does not exist.
    fn year(&self, ctx: &Ctx) -> Result<i32> {
        match self.tahun.as_str() {
            "" => Ok(figures::this_year(ctx)),
            text => {
                let year: i32 = text.parse().map_err(|_| Error::NotFound)?;
                let known = YEARS.contains(&year);
                known.then_some(year).ok_or(Error::NotFound)
            }
        }
    }

    fn order(&self) -> Result<SortBy> {
        match self.urut.as_str() {
            "" => Ok(SortBy::default()),
            code => SortBy::parse(code).ok_or(Error::NotFound),
        }
    }

    async fn table(&self, ctx: &Ctx) -> Result<UnitsTable> {
        units_table::read(ctx, self.year(ctx)?, &self.induk, self.order()?).await
    }
}

#[derive(Serialize)]
struct UnitsPage {
    lead: String,
    years: Vec<UnitLink>,
    parents: Vec<UnitLink>,
    columns: Vec<Column>,
    rows: Vec<RowView>,
    unlike: bool,
    downloads: Vec<Link>,
}

#[derive(Serialize)]
struct Column {
    label: String,
    /// None where the units are not sorted by it.
    href: Option<String>,
    active: bool,
}

#[derive(Serialize)]
struct RowView {
    name: String,
    href: String,
    province: String,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    label: String,
    text: String,
    href: Option<String>,
    sub: String,
    chip: Option<Chip>,
}

impl Page for UnitsPage {
    const TEMPLATE: &'static str = "reports/units";
    fn title(&self, locale: Locale) -> String {
        t(locale, "units-title")
    }
}

/// (text, what it sorts by)
const COLUMNS: [(&str, Option<SortBy>); 7] = [
    ("units-unit", Some(SortBy::Name)),
    ("units-index", Some(SortBy::Index)),
    ("units-on-time", Some(SortBy::OnTime)),
    ("units-complaints", Some(SortBy::Late)),
    ("units-forum", None),
    ("units-plan", Some(SortBy::Overdue)),
    ("units-loose-ends", Some(SortBy::LooseEnds)),
];

fn address(path: &str, (year, by, parent): (i32, SortBy, &str)) -> String {
    let parent = match parent {
        "" => String::new(),
        code => format!("&induk={}", encoded(code)),
    };
    format!("{path}?tahun={year}&urut={}{parent}", by.code())
}

#[handler]
pub async fn show(SignedIn(ctx): SignedIn, Address(wanted): Address<Wanted>) -> Result<Response> {
    let locale = ctx.locale();
    let found = wanted.table(&ctx).await?;
    let (year, by) = (found.year, wanted.order()?);
    let parent = found.chosen.as_ref().map_or("", |unit| &*unit.code);
    let link = |path: &str| address(path, (year, by, parent));
    let page = UnitsPage {
        lead: Message::new("units-lead")
            .with("count", found.rows.len())
            .with("year", year.to_string())
            .text(locale),
        years: (year - 1
            ..=year
                .saturating_add(1)
                .min(figures::this_year(&ctx).max(year)))
            .map(|one| UnitLink {
                href: address(HERE, (one, by, parent)),
                label: one.to_string(),
                active: one == year,
            })
            .collect(),
        parents: parents(&found, (year, by), locale),
        columns: COLUMNS
            .iter()
            .map(|(key, sorts)| Column {
                label: t(locale, key),
                href: sorts.map(|one| address(HERE, (year, one, parent))),
                active: *sorts == Some(by),
            })
            .collect(),
        unlike: found.rows.iter().any(|row| !row.unlike.is_empty()),
        rows: found.rows.iter().map(|row| row_view(row, locale)).collect(),
        downloads: ["xlsx", "csv"]
            .map(|ending| Link {
                href: link(&format!("{HERE}/unit.{ending}")),
                label: t(locale, &format!("units-file-{ending}")),
            })
            .into(),
    };
    ctx.page(&page)
}

fn parents(table: &UnitsTable, (year, by): (i32, SortBy), locale: Locale) -> Vec<UnitLink> {
    if table.parents.is_empty() {
        return Vec::new();
    }
    let chosen = table.chosen.as_ref().map(|unit| unit.id);
    let all = UnitLink {
        href: address(HERE, (year, by, "")),
        label: t(locale, "units-all"),
        active: chosen.is_none(),
    };
    let each = table.parents.iter().map(|unit| UnitLink {
        href: address(HERE, (year, by, &unit.code)),
        label: Message::new("units-below")
            .with("unit", &unit.short_name)
            .text(locale),
        active: chosen == Some(unit.id),
    });
    std::iter::once(all).chain(each).collect()
}

fn cell(text: String, href: Option<String>, sub: String) -> CellView {
    CellView {
        label: String::new(),
        text,
        href,
        sub,
        chip: None,
    }
}

fn row_view(row: &UnitRow, locale: Locale) -> RowView {
    let of = &row.figures;
    let cells = [
        index_cell(row, locale),
        on_time_cell(of, locale),
        complaints_cell(of, locale),
        forum_cell(of, locale),
        plan_cell(of, locale),
        loose_cell(of, locale),
    ];
    let labels = COLUMNS.iter().skip(1);
    RowView {
        name: of.unit.short_name.clone(),
        href: format!("/kerja/ringkasan?unit={}", encoded(&of.unit.code)),
        province: of.unit.province.clone(),
        cells: cells
            .into_iter()
            .zip(labels)
            .map(|(cell, (key, _))| CellView {
                label: t(locale, key),
                ..cell
            })
            .collect(),
    }
}

fn index_cell(row: &UnitRow, locale: Locale) -> CellView {
    let Some(seen) = &row.figures.index else {
        return cell(t(locale, "units-no-index"), None, String::new());
    };
    let result = &seen.result;
    let text = match (&result.ikm, &result.grade) {
        (Some(ikm), Some(grade)) => format!("{} ({grade})", localised(ikm, locale)),
        _ => t(locale, "lead-index-no-figure"),
    };
    let sub = Message::new("units-index-of")
        .with("title", &result.title)
        .with("n", dates::whole(result.n, locale));
    let why: Vec<String> = row.unlike.iter().map(|one| t(locale, one.key())).collect();
    CellView {
        chip: (!why.is_empty()).then(|| Chip {
            kind: "soon",
            text: Message::new("units-unlike")
                .with("why", why.join("; "))
                .text(locale),
            icon: "exclamation-circle",
        }),
        ..cell(
            text,
            Some(format!("/kerja/survei/{}/hasil", seen.period.id)),
            sub.text(locale),
        )
    }
}

fn on_time_cell(of: &UnitFigures, locale: Locale) -> CellView {
    let Some(answers) = &of.answers else {
        return cell("–".to_owned(), None, String::new());
    };
    let ((from, to), sums) = answers.year;
    let href = format!(
        "/kerja/pengaduan/rekap?unit={}&from={from}&to={to}",
        encoded(&of.unit.code)
    );
    let percent = sums.percent();
    let percent = percent.map(|percent| format!("{}%", dates::decimal(percent, 1, locale)));
    match percent {
        Some(percent) => cell(
            percent,
            Some(href),
            Message::new("units-answers")
                .with("in_time", sums.in_time)
                .with("answered", sums.answered)
                .text(locale),
        ),
        None => cell(share_words(sums, locale), Some(href), String::new()),
    }
}

fn complaints_cell(of: &UnitFigures, locale: Locale) -> CellView {
    let Some((open, late)) = of.complaints else {
        return cell("–".to_owned(), None, String::new());
    };
    let href = format!("/kerja/pengaduan?view=late&unit={}", encoded(&of.unit.code));
    cell(
        Message::new("units-late").with("late", late).text(locale),
        Some(href),
        Message::new("units-open").with("open", open).text(locale),
    )
}

/// The latest forum of the year.
fn forum_cell(of: &UnitFigures, locale: Locale) -> CellView {
    let Some(latest) = of.forums.iter().max_by_key(|one| one.forum.date) else {
        return cell(t(locale, "units-no-forum"), None, String::new());
    };
    CellView {
        chip: Some(Chip {
            kind: if latest.recorded { "ok" } else { "plain" },
            text: t(
                locale,
                if latest.recorded {
                    "units-recorded"
                } else {
                    "units-not-recorded"
                },
            ),
            icon: if latest.recorded { "lock" } else { "" },
        }),
        ..cell(
            latest.forum.stage.label(locale),
            Some(format!("/kerja/forum/{}", latest.forum.id)),
            points_words(&of.forums, locale),
        )
    }
}

/// "4 dari 5 butir punya rencana aksi", over all forums of the year.
fn points_words(forums: &[ForumFigures], locale: Locale) -> String {
    let points: usize = forums.iter().map(|one| one.points).sum();
    let with: usize = forums.iter().map(|one| one.points_with_action).sum();
    match points {
        0 => t(locale, "units-no-points"),
        points => Message::new("units-points")
            .with("with", with)
            .with("points", points)
            .text(locale),
    }
}

fn plan_cell(of: &UnitFigures, locale: Locale) -> CellView {
    let Some(plan) = of.plan.filter(|plan| plan.all > 0) else {
        return cell(t(locale, "units-no-plan"), None, String::new());
    };
    let href = |state: &str| {
        format!(
            "/kerja/rencana-aksi?unit={}&tahun={}{state}",
            encoded(&of.unit.code),
            of.year
        )
    };
    let late = Message::new("units-plan-late").with("late", plan.late);
    CellView {
        chip: Some(Chip {
            kind: if plan.late > 0 { "late" } else { "ok" },
            text: late.text(locale),
            icon: if plan.late > 0 {
                "exclamation-triangle"
            } else {
                "check-lg"
            },
        }),
        ..cell(
            Message::new("units-plan-done")
                .with("done", plan.verified)
                .with("all", plan.all)
                .text(locale),
            Some(href("")),
            Message::new("units-plan-waiting")
                .with("waiting", plan.waiting)
                .text(locale),
        )
    }
}

fn loose_cell(of: &UnitFigures, locale: Locale) -> CellView {
    match of.loose_ends() {
        Some(count) => cell(
            count.to_string(),
            Some(format!(
                "/kerja/isu/celah?unit={}&tahun={}",
                encoded(&of.unit.code),
                of.year
            )),
            if count == 0 {
                t(locale, "gaps-none")
            } else {
                String::new()
            },
        ),
        None => cell("–".to_owned(), None, String::new()),
    }
}

#[handler]
pub async fn xlsx(SignedIn(ctx): SignedIn, Address(wanted): Address<Wanted>) -> Result<Response> {
    let found = wanted.table(&ctx).await?;
    let name = format!("perbandingan-unit-{}.xlsx", found.year);
    Ok(ctx.attachment(&name, XLSX, units_files::xlsx(&found, ctx.locale())?))
}

#[handler]
pub async fn csv(SignedIn(ctx): SignedIn, Address(wanted): Address<Wanted>) -> Result<Response> {
    let found = wanted.table(&ctx).await?;
    let name = format!("perbandingan-unit-{}.csv", found.year);
    Ok(ctx.attachment(&name, CSV, units_files::csv(&found, ctx.locale())?))
}
