//! Finds anything that the person may see, by number or word.

use std::collections::BTreeSet;

use poem::{Response, handler, web::Query as Address};
use serde::{Deserialize, Serialize};

use super::sections::{RowView, Section, action_row, complaint_title, results, units_of};
use crate::{
    access::{Ctx, Permission, SignedIn},
    action_plans::{self, Query},
    complaints, forums, organisation,
    platform::{
        error::Result,
        i18n::{Locale, t},
        web::{pages::Page, paging::Slice},
    },
    standards,
};

const ROWS: u64 = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    q: String,
}

#[derive(Serialize)]
struct SearchPage {
    q: String,
    summary: String,
    sections: Vec<Section>,
}

impl Page for SearchPage {
    const TEMPLATE: &'static str = "reports/search";
    fn title(&self, locale: Locale) -> String {
        t(locale, "search-title")
    }
}

#[handler]
pub async fn show_search(
    SignedIn(ctx): SignedIn,
    Address(wanted): Address<Wanted>,
) -> Result<Response> {
    let locale = ctx.locale();
    let words: String = wanted.q.trim().chars().take(100).collect();
    let mut sections = Vec::new();
    if !words.is_empty() {
        for found in [
            complaints(&ctx, &words).await?,
            forums(&ctx, &words).await?,
            inputs(&ctx, &words).await?,
            actions(&ctx, &words).await?,
            services(&ctx, &words).await?,
        ] {
            sections.extend(found.filter(|section| !section.rows.is_empty()));
        }
    }
    let number = sections.iter().map(|section| section.rows.len()).sum();
    ctx.page(&SearchPage {
        summary: results(number, locale),
        q: words,
        sections,
    })
}

async fn complaints(ctx: &Ctx, words: &str) -> Result<Option<Section>> {
    if ctx.scope(Permission::ViewComplaints).is_empty() {
        return Ok(None);
    }
    let locale = ctx.locale();
    let mut section = Section::new(locale, "found-complaints", "inbox");
    for row in complaints::find(ctx, words, None, ROWS).await? {
        section.rows.push(RowView {
            title: complaint_title(&row),
            sub: complaints::status_words(row.status, locale),
            href: Some(row.href),
            chip: None,
        });
    }
    Ok(Some(section))
}

/// Its days as they may be searched for: "2026-03-17 2026-03-18".
fn days_of(forum: &forums::Forum) -> String {
    let days = forums::days::dates_of(forum);
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    days.join(" ")
}

/// Forums are few: the words are looked for in what their list shows.
async fn forums(ctx: &Ctx, words: &str) -> Result<Option<Section>> {
    if ctx.scope(Permission::ViewForums).is_empty() {
        return Ok(None);
    }
    let locale = ctx.locale();
    let mut section = Section::new(locale, "found-forums", "people");
    for forum in forums::list(ctx).await? {
        let text = format!(
            "{} {} {} {}",
            forum.code,
            forum.title,
            forum.theme,
            days_of(&forum)
        );
        let text = text.to_lowercase();
        let wanted = words.to_lowercase();
        if wanted.split_whitespace().all(|word| text.contains(word)) {
            section.rows.push(RowView {
                href: Some(format!("/kerja/forum/{}", forum.id)),
                sub: forums::days::long_dates(&forum, locale),
                title: forum.title,
                chip: None,
            });
        }
    }
    Ok(Some(section))
}

/// Inputs of a unit are few; they are looked for in the newest, by their code or by what was said.
const NEWEST_INPUTS: u64 = 500;

async fn inputs(ctx: &Ctx, words: &str) -> Result<Option<Section>> {
    if ctx.scope(Permission::ViewForums).is_empty() {
        return Ok(None);
    }
    let mut section = Section::new(ctx.locale(), "found-inputs", "chat-left-text");
    let forums = forums::list(ctx).await?;
    let units: BTreeSet<_> = forums.iter().map(|forum| forum.unit_id).collect();
    let wanted = words.to_lowercase();
    for unit in units {
        for input in forums::inputs_of_unit(&ctx.app.db, unit, NEWEST_INPUTS).await? {
            let text = input.text.to_lowercase();
            let has = wanted.split_whitespace().all(|word| text.contains(word));
            let of = forums.iter().find(|forum| forum.id == input.forum_id);
            let Some(forum) = of.filter(|_| has || input.code.to_lowercase() == wanted) else {
                continue;
            };
            section.rows.push(RowView {
                title: format!("{}: {}", input.code, input.text),
                sub: forum.title.clone(),
                href: Some(format!("/kerja/forum/{}/masukan", forum.id)),
                chip: None,
            });
        }
    }
    section
        .rows
        .truncate(usize::try_from(ROWS).unwrap_or_default());
    Ok(Some(section))
}

async fn actions(ctx: &Ctx, words: &str) -> Result<Option<Section>> {
    if ctx.scope(Permission::ViewActions).is_empty() {
        return Ok(None);
    }
    let locale = ctx.locale();
    let query = Query {
        words: words.to_owned(),
        ..Query::default()
    };
    let slice = Slice {
        after: None,
        limit: ROWS,
    };
    let (rows, _) = action_plans::list(ctx, &query, &slice).await?;
    let mut section = Section::new(locale, "found-actions", "list-check");
    section.rows = rows.iter().map(|row| action_row(row, locale)).collect();
    Ok(Some(section))
}

/// Standards are public; those of the person's own units are searched.
async fn services(ctx: &Ctx, words: &str) -> Result<Option<Section>> {
    let db = &ctx.app.db;
    let mut section = Section::new(ctx.locale(), "found-standards", "journal-text");
    for id in units_of(ctx) {
        let unit = organisation::unit(db, id).await?;
        for sheet in standards::overview(db, id, words).await? {
            section.rows.push(RowView {
                href: Some(format!("/standar/{}/{}", unit.code, sheet.standard.code)),
                title: sheet.standard.name,
                sub: unit.short_name.clone(),
                chip: None,
            });
        }
    }
    Ok(Some(section))
}
