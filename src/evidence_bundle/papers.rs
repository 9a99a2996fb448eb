//! Papers that no other capability makes: the standards with their decree and charter as they are recorded, where
//! results were published, and share and speed of what was promised.

use super::{
    plan::{self, Plan, Recommendations},
    rules,
};
use crate::{
    access::Ctx,
    calendar::dates,
    documents::{
        data::{PaperColumn, PaperTable},
        drawable,
        table_paper::{self, Paper},
    },
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        traces,
    },
    standards::{self, ComponentKind, Decree},
    surveys::{results, rules::exact},
};

/// An office's paper is Indonesian.
pub const ID: Locale = Locale::Id;

/// (heading, share of the width, a number)
pub type Heads<'a> = &'a [(&'a str, u32, bool)];

pub fn table(title: Option<String>, heads: Heads<'_>, rows: Vec<Vec<String>>) -> PaperTable {
    let columns = heads.iter().map(|(key, share, numeric)| PaperColumn {
        label: t(ID, key),
        share: *share,
        numeric: *numeric,
    });
    let printed = |row: Vec<String>| row.iter().map(|cell| drawable(cell)).collect();
    PaperTable {
        title: title.map(|title| drawable(&title)),
        chart: None,
        columns: columns.collect(),
        rows: rows.into_iter().map(printed).collect(),
        sums_up: false,
        empty: table_paper::nothing(),
    }
}

pub async fn paper(
    ctx: &Ctx,
    of: &Plan,
    name: &str,
    tables: Vec<PaperTable>,
    notes: Vec<String>,
) -> Result<Vec<u8>> {
    let paper = Paper {
        name: t(ID, name),
        period: words("matrix-year", "year", of.year.to_string()),
        facts: vec![(t(ID, "knowing-paper-unit"), of.unit.name.clone())],
        tables,
        notes,
    };
    table_paper::unsigned(ctx, &of.unit, paper).await
}

pub fn words(key: &str, name: &'static str, value: impl ToString) -> String {
    Message::new(key).with(name, value).text(ID)
}

/// Words and a list below them in one cell.
fn cell(words: &[String], items: &[String], ordered: bool) -> String {
    let mut lines: Vec<String> = words.to_vec();
    for (number, item) in (1..).zip(items) {
        let number: usize = number;
        lines.push(match ordered {
            true => format!("{number}. {item}"),
            false => format!("• {item}"),
        });
    }
    lines.join("\n")
}

/// Every service with its fourteen components.
pub async fn standards(ctx: &Ctx, of: &Plan) -> Result<Vec<u8>> {
    let db = &ctx.app.db;
    let kinds: Vec<ComponentKind> = ComponentKind::DELIVERY
        .into_iter()
        .chain(ComponentKind::BEHIND)
        .collect();
    let heads = [
        ("evidence-column-component", 12, false),
        ("evidence-column-contents", 40, false),
    ];
    let mut tables = Vec::new();
    for (_, code, name) in standards::services(db, of.unit.id).await? {
        let Some(sheet) = standards::sheet(db, of.unit.id, &code).await? else {
            continue;
        };
        let lines = standards::lines(&sheet, &kinds).into_iter();
        let rows = lines.map(|line| {
            let contents = cell(&line.words, &line.items, line.ordered);
            vec![line.name, contents]
        });
        tables.push(table(Some(name), &heads, rows.collect()));
    }
    let notes = vec![t(ID, "evidence-as-recorded")];
    paper(ctx, of, "evidence-kind-standards", tables, notes).await
}

fn decree_rows(decree: &Decree) -> Vec<Vec<String>> {
    let contents = &decree.contents;
    let mut rows = Vec::new();
    let mut row = |key: &str, text: Option<String>| {
        rows.extend(text.map(|text| vec![t(ID, key), text]));
    };
    row("evidence-decree-number", decree.number.clone());
    let made = decree.date.map(|day| dates::date(day, ID));
    let made = match (&decree.place, made) {
        (Some(place), Some(day)) => Some(format!("{place}, {day}")),
        (_, day) => day,
    };
    row("evidence-decree-made", made);
    let signatory = contents.signatory.clone().map(|name| {
        let position = contents.signatory_position.clone().unwrap_or_default();
        format!("{name}\n{position}")
    });
    row("evidence-decree-signatory", signatory);
    let list = |items: &[String], ordered| (!items.is_empty()).then(|| cell(&[], items, ordered));
    row(
        "evidence-decree-considering",
        list(&contents.considerations, false),
    );
    row("evidence-decree-bases", list(&contents.legal_bases, true));
    for dictum in &contents.dictums {
        rows.push(vec![
            dictum.label.clone(),
            cell(std::slice::from_ref(&dictum.text), &dictum.items, true),
        ]);
    }
    rows
}

/// The decrees on the standards, clause by clause.
pub async fn decrees(ctx: &Ctx, of: &Plan) -> Result<Vec<u8>> {
    let heads = [
        ("evidence-column-part", 12, false),
        ("evidence-column-contents", 40, false),
    ];
    let decrees = standards::decrees(&ctx.app.db, of.unit.id).await?;
    let tables = decrees
        .iter()
        .map(|decree| table(Some(decree.title.clone()), &heads, decree_rows(decree)));
    let notes = vec![t(ID, "evidence-as-recorded")];
    paper(ctx, of, "evidence-kind-decree", tables.collect(), notes).await
}

pub async fn charter(ctx: &Ctx, of: &Plan) -> Result<Vec<u8>> {
    let found = standards::charter(&ctx.app.db, of.unit.id).await?;
    let charter = found.ok_or(Error::NotFound)?;
    let heads = [
        ("evidence-column-part", 12, false),
        ("evidence-column-contents", 40, false),
    ];
    let made = format!("{}, {}", charter.place, dates::date(charter.date, ID));
    let signatory = format!("{}\n{}", charter.signatory, charter.signatory_position);
    let rows = vec![
        vec![t(ID, "evidence-charter-text"), charter.text],
        vec![t(ID, "evidence-decree-made"), made],
        vec![t(ID, "evidence-decree-signatory"), signatory],
    ];
    let notes = vec![t(ID, "evidence-as-recorded")];
    let tables = vec![table(None, &heads, rows)];
    paper(ctx, of, "evidence-kind-charter", tables, notes).await
}

/// Where the results of the year were published, and how many media that are.
pub async fn publications(ctx: &Ctx, of: &Plan) -> Result<Vec<u8>> {
    let heads = [
        ("survey-publication-medium", 14, false),
        ("survey-publication-date", 8, false),
        ("survey-publication-proof", 26, false),
        ("survey-publication-by", 10, false),
    ];
    let mut tables = Vec::new();
    let mut media: Vec<String> = Vec::new();
    for seen in results::of_year(ctx, &of.unit, of.year).await? {
        let rows = results::publications(ctx, &seen.period).await?;
        media.extend(rows.iter().map(|row| row.medium.trim().to_lowercase()));
        let rows = rows.into_iter().map(|row| {
            let day = dates::date(row.published_on, ID);
            let said = traces::for_everybody;
            vec![said(&row.medium), day, said(&row.proof), row.entered_by]
        });
        tables.push(table(
            Some(traces::for_everybody(&seen.period.title)),
            &heads,
            rows.collect(),
        ));
    }
    media.sort_unstable();
    media.dedup();
    let notes = vec![words("evidence-media-count", "count", media.len())];
    paper(ctx, of, "evidence-kind-publications", tables, notes).await
}

/// Share and speed: of everything promised in the year, and of what the surveys of the year recommended.
pub async fn follow_up(ctx: &Ctx, of: &Plan) -> Result<Vec<u8>> {
    let promised = plan::promised(ctx, &of.unit, of.year).await?;
    let actions: Vec<_> = promised
        .iter()
        .map(|row| (row.item.status, row.speed))
        .collect();
    let shares = rules::shares(&actions);
    let percent = |count: u64| {
        let share = exact::ratio(count * 100, shares.promised);
        share.map_or_else(
            || "–".to_owned(),
            |share| format!("{}%", exact::shown(&share, 1, ID)),
        )
    };
    let line = |key: &str, count: u64| vec![t(ID, key), count.to_string(), percent(count)];
    let rows = vec![
        line("evidence-share-promised", shares.promised),
        line("evidence-share-finished", shares.finished),
        line("evidence-share-verified", shares.verified),
        line("action-speed-three", shares.under_three),
        line("action-speed-six", shares.under_six),
        line("action-speed-longer", shares.longer),
    ];
    let heads = [
        ("evidence-column-what", 30, false),
        ("evidence-column-count", 8, true),
        ("evidence-column-share", 8, true),
    ];
    let whole = words("evidence-share-title", "year", of.year.to_string());
    let tables = vec![
        followed(&of.recommended),
        recommendations(&of.recommended),
        table(Some(whole), &heads, rows),
    ];
    let notes = vec![
        words("evidence-share-cancelled", "count", shares.cancelled),
        t(ID, "action-followed-rule"),
        t(ID, "evidence-share-note"),
        t(ID, "matrix-note-speed"),
    ];
    paper(ctx, of, "evidence-kind-follow-up", tables, notes).await
}

/// What the surveys recommended, and what is done about it.
fn recommendations(recommended: &[Recommendations]) -> PaperTable {
    let rows = recommended.iter().flat_map(|of| {
        of.all.iter().map(|one| {
            let named = one.actions.iter().map(|action| {
                let state = t(ID, action.status.label_key());
                format!("{} {} ({state})", action.code, action.title)
            });
            let named: Vec<String> = named.collect();
            vec![
                of.period.clone(),
                one.element.clone(),
                one.nrr.replace('.', ","),
                match named.is_empty() {
                    true => t(ID, "evidence-no-action"),
                    false => named.join("\n"),
                },
            ]
        })
    });
    let heads = [
        ("survey-trend-period", 10, false),
        ("evidence-column-recommended", 16, false),
        ("evidence-column-nrr", 6, true),
        ("survey-compared-action", 30, false),
    ];
    let title = t(ID, "evidence-recommendations");
    table(Some(title), &heads, rows.collect())
}

/// How many of them were followed up, as the indicator asks of each period.
fn followed(recommended: &[Recommendations]) -> PaperTable {
    let rows = recommended.iter().map(|of| {
        let found = of.followed();
        vec![
            of.period.clone(),
            found.all.to_string(),
            found.done.to_string(),
            found.percent(ID).unwrap_or_else(|| "–".to_owned()),
        ]
    });
    let heads = [
        ("survey-trend-period", 20, false),
        ("evidence-column-recommendations", 10, true),
        ("evidence-column-followed", 10, true),
        ("evidence-column-share", 8, true),
    ];
    let title = t(ID, "evidence-followed");
    table(Some(title), &heads, rows.collect())
}
