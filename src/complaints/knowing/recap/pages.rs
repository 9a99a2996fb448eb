//! The recapitulation on the screen: figures, charts with their tables, and its files.

use poem::{Request, Response, handler, http::StatusCode, web::Query};
use serde::{Deserialize, Serialize};

use super::{
    drawing::{self, Drawn},
    files,
    rules::{GroupBy, change},
    service::{self, Asked, Recap},
    tables::{self, Table},
};
use crate::{
    access::{Ctx, SignedIn},
    calendar::dates,
    complaints::knowing::pages::{Choice, FilterView, Link, filter_view},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        tables as sheets,
        web::{forms::ErrorLine, pages::Page, parameters},
    },
};

const HERE: &str = "/kerja/pengaduan/rekap";
/// What the files of the page can be asked for.
const KNOWN: [&str; 5] = ["unit", "from", "to", "group_by", "then_by"];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
    from: String,
    to: String,
    group_by: String,
    /// By what each group is told apart once more; the form has a field for each.
    then_by: String,
}

impl Wanted {
    fn asked(&self) -> Asked {
        let group_by = match self.then_by.trim() {
            "" => self.group_by.clone(),
            second => format!("{},{second}", self.group_by),
        };
        Asked {
            group_by,
            unit: self.unit.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
        }
    }
}

#[derive(Serialize)]
struct RecapPage {
    errors: Vec<ErrorLine>,
    lead: String,
    compared: String,
    filter: FilterView,
    group_by: Vec<Choice>,
    then_by: Vec<Choice>,
    kpis: Vec<Kpi>,
    sections: Vec<SectionView>,
    downloads: Vec<Link>,
    notes: Vec<String>,
}

#[derive(Serialize)]
pub(in crate::complaints::knowing) struct Kpi {
    pub value: String,
    pub label: String,
    pub note: String,
}

/// A chart and the table of the same numbers.
#[derive(Serialize)]
pub(in crate::complaints::knowing) struct SectionView {
    pub id: String,
    pub title: String,
    /// Drawn by `platform::charts`, which escapes what it is given.
    pub chart: String,
    /// Said instead of a chart that would have no bars.
    pub nothing: String,
    pub legend: Vec<Legend>,
    pub table: TableView,
}

#[derive(Serialize)]
pub(in crate::complaints::knowing) struct Legend {
    pub class: &'static str,
    pub label: String,
}

#[derive(Serialize)]
pub(in crate::complaints::knowing) struct TableView {
    pub headings: Vec<String>,
    pub rows: Vec<Vec<CellView>>,
    pub total: Vec<CellView>,
}

#[derive(Serialize)]
pub(in crate::complaints::knowing) struct CellView {
    pub text: String,
    /// A name, and not a number.
    pub head: bool,
    /// The cases that the row counts; empty where nothing leads to them.
    pub href: String,
}

impl CellView {
    /// A row of which the first cells are names; the last of them leads on.
    pub fn row(texts: Vec<String>, names: usize, href: Option<&str>) -> Vec<Self> {
        let cells = texts.into_iter().enumerate();
        cells
            .map(|(at, text)| Self {
                text,
                head: at < names,
                href: href
                    .filter(|_| at + 1 == names)
                    .unwrap_or_default()
                    .to_owned(),
            })
            .collect()
    }
}

impl Page for RecapPage {
    const TEMPLATE: &'static str = "complaints/knowing/recap";
    fn title(&self, locale: Locale) -> String {
        t(locale, "recap-title")
    }
}

fn table_view(table: &Table, locale: Locale) -> TableView {
    let shown = |row: &sheets::Row, href: Option<&str>| {
        let texts = row.iter().map(|cell| tables::shown(cell, locale));
        CellView::row(texts.collect(), table.names, href)
    };
    let link = |at: usize| table.links.get(at).and_then(|link| link.as_deref());
    let rows = table.rows.iter().enumerate();
    let total = table.total.as_ref().map(|row| shown(row, None));
    TableView {
        headings: table.headings.clone(),
        rows: rows.map(|(at, row)| shown(row, link(at))).collect(),
        total: total.unwrap_or_default(),
    }
}

fn section(drawn: &Drawn, locale: Locale) -> SectionView {
    let chart = drawn.chart(locale);
    let legend = drawn.legend.iter().zip(["s1", "s2"]);
    SectionView {
        id: drawn.table.key.to_owned(),
        title: drawn.table.title.clone(),
        nothing: match drawn.is_empty() {
            true => t(locale, "recap-chart-nothing"),
            false => String::new(),
        },
        chart: chart.map_or_else(String::new, |chart| drawn.form.on_page(&chart)),
        legend: legend
            .map(|(label, class)| Legend {
                class,
                label: t(locale, label),
            })
            .collect(),
        table: table_view(&drawn.table, locale),
    }
}

fn sections(of: &Recap, locale: Locale) -> Vec<SectionView> {
    let drawn = drawing::all(of, locale);
    drawn.iter().map(|one| section(one, locale)).collect()
}

fn kpis(of: &Recap, locale: Locale) -> Vec<Kpi> {
    let whole = |number: i64| dates::whole(u64::try_from(number).unwrap_or(0), locale);
    let kpi = |value: String, label: &str, note: String| Kpi {
        value,
        label: t(locale, label),
        note,
    };
    let none = || "–".to_owned();
    let total = &of.total;
    let compared = match change(total.received, of.before.received) {
        Some(change) => Message::new("recap-kpi-change")
            .with("sign", if change > 0.0 { "+" } else { "" })
            .with("percent", dates::decimal(change, 1, locale))
            .text(locale),
        None => String::new(),
    };
    let before = |value: Option<f64>, unit: &str| {
        value.map_or_else(String::new, |value| {
            Message::new("recap-kpi-before")
                .with(
                    "value",
                    format!("{}{unit}", dates::decimal(value, 1, locale)),
                )
                .text(locale)
        })
    };
    let percent = total.on_time_percent();
    let overdue = Message::new("recap-kpi-overdue").with("count", whole(total.overdue));
    vec![
        kpi(whole(total.received), "recap-received", compared),
        kpi(whole(total.answered), "recap-answered", String::new()),
        kpi(
            percent.map_or_else(none, |it| format!("{}%", dates::decimal(it, 1, locale))),
            "recap-on-time",
            before(of.before.on_time_percent(), "%"),
        ),
        kpi(
            total
                .median()
                .map_or_else(none, |it| dates::decimal(it, 1, locale)),
            "recap-median",
            before(of.before.median(), ""),
        ),
        kpi(
            total.p90().map_or_else(none, |days| days.to_string()),
            "recap-p90",
            before(of.before.p90().map(f64::from), ""),
        ),
        kpi(whole(total.waiting), "recap-waiting", overdue.text(locale)),
    ]
}

fn address(ending: &str, of: &Recap) -> String {
    format!(
        "{HERE}{ending}?unit={}&{}&group_by={}",
        of.unit.code,
        of.period.query(),
        of.grouped_by()
    )
}

/// What groups can be told apart by; `none` first, where they need not be.
fn choices(chosen: Option<GroupBy>, none: Option<&str>, locale: Locale) -> Vec<Choice> {
    let none = none.map(|key| Choice {
        value: String::new(),
        label: t(locale, key),
        selected: chosen.is_none(),
    });
    let all = GroupBy::ALL.map(|by| Choice {
        value: by.code().to_owned(),
        label: t(locale, &format!("recap-by-{}", by.code())),
        selected: Some(by) == chosen,
    });
    none.into_iter().chain(all).collect()
}

#[handler]
pub async fn show(SignedIn(ctx): SignedIn, Query(wanted): Query<Wanted>) -> Result<Response> {
    let locale = ctx.locale();
    let asked = wanted.asked();
    let (of, status, errors) = match service::recap(&ctx, &asked).await {
        Ok(of) => (of, StatusCode::OK, Vec::new()),
        Err(Error::Invalid(faults)) => {
            let lines = faults.iter().map(|fault| ErrorLine {
                field: fault.field.clone(),
                message: fault.message.text(locale),
            });
            let usual = Asked {
                unit: asked.unit.clone(),
                ..Asked::default()
            };
            let of = service::recap(&ctx, &usual).await?;
            (of, StatusCode::UNPROCESSABLE_ENTITY, lines.collect())
        }
        Err(other) => return Err(other),
    };
    let days = if errors.is_empty() {
        (of.period.from.to_string(), of.period.to.to_string())
    } else {
        (asked.from, asked.to)
    };
    let chosen = (of.unit.code.as_str(), of.units.as_slice());
    let page = RecapPage {
        lead: format!("{} · {}", of.unit.name, of.period.words(locale)),
        compared: Message::new("recap-compared-with")
            .with("period", of.previous.words(locale))
            .text(locale),
        filter: filter_view(&ctx, HERE, chosen, (of.period, of.zone), &days),
        group_by: choices(Some(of.group_by), None, locale),
        then_by: choices(of.second, Some("recap-then-none"), locale),
        kpis: kpis(&of, locale),
        sections: sections(&of, locale),
        downloads: [
            (".xlsx", "book-get-xlsx"),
            (".csv", "book-get-csv"),
            (".pdf", "book-get-pdf"),
        ]
        .map(|(ending, label)| Link {
            href: address(ending, &of),
            label: t(locale, label),
        })
        .into(),
        notes: vec![t(locale, "recap-note-time"), t(locale, "recap-note-sum")],
        errors,
    };
    ctx.page_of(None, status, &page)
}

fn name_of(of: &Recap, ending: &str) -> String {
    format!(
        "rekap-pengaduan-{}-{}-{}-{}.{ending}",
        of.unit.code,
        of.period.from,
        of.period.to,
        of.grouped_by().replace(',', "-")
    )
}

#[handler]
pub async fn csv(
    request: &Request,
    SignedIn(ctx): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    parameters::refuse_others(request, &KNOWN)?;
    let of = service::recap(&ctx, &wanted.asked()).await?;
    let bytes = files::csv(&of, ctx.locale())?;
    Ok(ctx.attachment(&name_of(&of, "csv"), sheets::CSV, bytes))
}

#[handler]
pub async fn xlsx(
    request: &Request,
    SignedIn(ctx): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    parameters::refuse_others(request, &KNOWN)?;
    let of = service::recap(&ctx, &wanted.asked()).await?;
    let bytes = files::xlsx(&of, ctx.locale())?;
    Ok(ctx.attachment(&name_of(&of, "xlsx"), sheets::XLSX, bytes))
}

#[handler]
pub async fn pdf(
    request: &Request,
    SignedIn(ctx): SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    parameters::refuse_others(request, &KNOWN)?;
    let ctx = in_indonesian(ctx);
    let of = service::recap(&ctx, &wanted.asked()).await?;
    let bytes = files::pdf(&ctx, &of).await?;
    Ok(ctx.download(&name_of(&of, "pdf"), "application/pdf", bytes))
}

/// An office's paper speaks Indonesian, whoever prints it.
fn in_indonesian(mut ctx: Ctx) -> Ctx {
    ctx.request.locale = Locale::Id;
    ctx
}
