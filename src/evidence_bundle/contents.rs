//! DAFTAR ISI: which indicator each file serves, what is missing and how to get it, and that the list of indicators has
//! to be confirmed with the regulation. Whoever evaluates begins here.

use super::{
    papers::{ID, paper, table, words},
    plan::{Gap, Plan},
    rules::{Aspect, Certainty, Indicator, Standing},
};
use crate::{
    access::Ctx,
    documents::{archive::Item, data::PaperTable, size_text},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
    },
};

/// The name in the archive; it stands above all folders.
pub const NAME: &str = "DAFTAR-ISI.pdf";

/// `lost` are files that could not be made, with why.
pub async fn pdf(
    ctx: &Ctx,
    plan: &Plan,
    files: &[Item],
    lost: &[(String, String)],
) -> Result<Vec<u8>> {
    let mut aspects: Vec<Aspect> = Vec::new();
    for indicator in &plan.indicators.indicator {
        if !aspects.contains(&indicator.aspect) {
            aspects.push(indicator.aspect);
        }
    }
    let mut tables: Vec<PaperTable> = aspects
        .into_iter()
        .map(|aspect| of_aspect(plan, aspect))
        .collect();
    tables.push(of_files(plan, files));
    if !lost.is_empty() {
        tables.push(of_lost(lost));
    }
    paper(ctx, plan, "evidence-contents", tables, notes(plan)).await
}

fn notes(plan: &Plan) -> Vec<String> {
    let list = &plan.indicators;
    let mut notes = vec![words("evidence-source", "source", &list.source)];
    if list.certainty == Certainty::Secondary {
        notes.push(t(ID, "evidence-confirm"));
    }
    notes.push(t(ID, "evidence-copy"));
    notes
}

fn of_aspect(plan: &Plan, aspect: Aspect) -> PaperTable {
    let heads = [
        ("evidence-column-number", 4, true),
        ("evidence-column-asks", 22, false),
        ("evidence-column-weight", 6, true),
        ("evidence-column-standing", 9, false),
        ("evidence-column-files", 26, false),
        ("evidence-column-missing", 30, false),
    ];
    let mine = plan.indicators.indicator.iter();
    let mine = mine.filter(|indicator| indicator.aspect == aspect);
    let rows = mine.map(|indicator| {
        let files: Vec<String> = plan
            .serving(indicator)
            .map(|one| one.name.clone())
            .collect();
        vec![
            indicator.number.clone(),
            indicator.asks_id.clone(),
            format!("{}%", indicator.weight),
            t(ID, standing_key(plan, indicator)),
            shortened(&files),
            missing(plan, indicator, ID).join("\n"),
        ]
    });
    table(Some(t(ID, aspect.label_key())), &heads, rows.collect())
}

/// A year of photos would fill the page; the list of files below has them all.
fn shortened(files: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut lines: Vec<String> = files.iter().take(SHOWN).cloned().collect();
    if files.len() > SHOWN {
        lines.push(words("evidence-more-files", "count", files.len() - SHOWN));
    }
    lines.join("\n")
}

#[must_use]
pub fn standing_key(plan: &Plan, indicator: &Indicator) -> &'static str {
    match plan.standing(indicator) {
        Standing::Whole => "evidence-standing-whole",
        Standing::Partly if plan.only_by_hand(indicator) => "evidence-standing-by-hand",
        Standing::Partly => "evidence-standing-partly",
        Standing::Missing => "evidence-standing-missing",
    }
}

/// What is missing of a kind, and how to get it.
#[must_use]
pub fn gap_text(plan: &Plan, gap: &Gap, locale: Locale) -> String {
    if let (Some(words), Some(about)) = (gap.words, &gap.about) {
        return Message::new(words).with("about", about).text(locale);
    }
    let kind = t(locale, &gap.artefact.label_key());
    let what = match &gap.about {
        Some(about) => Message::new("evidence-lacks-about")
            .with("kind", kind)
            .with("about", about)
            .text(locale),
        None => kind,
    };
    let help = Message::new(&gap.artefact.help_key()).with("year", plan.year.to_string());
    Message::new("evidence-lacks")
        .with("what", what)
        .with("help", help.text(locale))
        .text(locale)
}

/// What is missing of an indicator in the reader's language, what the office adds itself at the end.
#[must_use]
pub fn missing(plan: &Plan, indicator: &Indicator, locale: Locale) -> Vec<String> {
    let mut lines: Vec<String> = plan
        .missing(indicator)
        .map(|gap| gap_text(plan, gap, locale))
        .collect();
    let outside = match locale {
        Locale::Id => &indicator.outside_id,
        Locale::En => &indicator.outside_en,
    };
    if !outside.is_empty() {
        let outside = Message::new("evidence-outside").with("what", outside);
        lines.push(outside.text(locale));
    }
    lines
}

fn of_files(plan: &Plan, files: &[Item]) -> PaperTable {
    let heads = [
        ("evidence-column-file", 30, false),
        ("evidence-column-contents", 18, false),
        ("evidence-column-serves", 10, false),
        ("evidence-column-size", 7, true),
        ("evidence-column-hash", 12, false),
    ];
    let rows = files.iter().map(|item| {
        let planned = plan.files.iter().find(|one| one.name == item.name);
        let (kind, serves) = match planned {
            Some(planned) => (
                t(ID, &planned.artefact.label_key()),
                plan.indicators.served_by(planned.artefact).join(", "),
            ),
            None => (String::new(), String::new()),
        };
        let size = i64::try_from(item.size).unwrap_or(i64::MAX);
        vec![
            item.name.clone(),
            kind,
            serves,
            size_text(size, ID),
            item.sha256.chars().take(12).collect(),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    table(Some(t(ID, "evidence-files")), &heads, rows)
}

fn of_lost(lost: &[(String, String)]) -> PaperTable {
    let heads = [
        ("evidence-column-file", 30, false),
        ("evidence-column-why", 40, false),
    ];
    let rows = lost
        .iter()
        .map(|(name, why)| vec![name.clone(), why.clone()]);
    let rows: Vec<Vec<String>> = rows.collect();
    table(Some(t(ID, "evidence-lost")), &heads, rows)
}
