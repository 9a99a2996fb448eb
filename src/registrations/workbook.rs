//! Those who come with what they answered, as a workbook: one sheet of people, one of counts. Every cell of a person is
//! text: an answer that begins with `=` stays an answer. Contacts are not in it.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{
    answers::{self, Answers},
    answers_pages::way_key,
};
use crate::{
    access::Ctx,
    audit,
    forums::ForumId,
    platform::{
        error::Result,
        i18n::{Locale, t},
    },
};

pub const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Code of the forum and the workbook. Whoever takes the answers with them is written down.
pub async fn of(ctx: &Ctx, id: ForumId) -> Result<(String, Vec<u8>)> {
    let found = answers::of(ctx, id).await?;
    let bytes = written(&found, ctx.locale()).map_err(anyhow::Error::from)?;
    let tx = ctx.app.db.begin_write().await?;
    let entry = audit::Entry::new("forum", id.0, "own_question.answers_exported")
        .in_unit(found.forum.unit_id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok((found.forum.code, bytes))
}

fn written(found: &Answers, locale: Locale) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name(t(locale, "registrations-sheet-people"))?;
    let mut headings: Vec<(String, f64)> = [
        ("invitations-column-number", 6.0),
        ("registrations-field-name", 32.0),
        ("registrations-field-organisation", 32.0),
        ("invitations-column-group", 26.0),
        ("registrations-way", 16.0),
    ]
    .map(|(key, width)| (t(locale, key), width))
    .to_vec();
    let asked = found.questions.iter();
    headings.extend(asked.map(|question| (question.wording.clone(), 36.0)));
    sheet.write_string_with_format(0, 0, &found.forum.title, &bold)?;
    sheet.write_string(1, 0, t(locale, "registrations-sheet-note"))?;
    for ((heading, width), column) in headings.iter().zip(0..) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(2, column, heading, &bold)?;
    }
    for (who, number) in found.people.iter().zip(1..) {
        let mut cells = vec![
            number.to_string(),
            who.name.clone(),
            who.organisation.clone(),
            who.group.label(locale),
            t(locale, way_key(who.registered)),
        ];
        let asked = found.questions.iter();
        cells.extend(asked.map(|question| found.of(who, question).to_owned()));
        for (cell, column) in cells.iter().zip(0..) {
            sheet.write_string(2 + number, column, cell)?;
        }
    }
    sheet.set_freeze_panes(3, 2)?;
    let sheet = book.add_worksheet();
    sheet.set_name(t(locale, "registrations-sheet-counts"))?;
    let widths = [48.0, 36.0, 12.0];
    for (width, column) in widths.into_iter().zip(0..) {
        sheet.set_column_width(column, width)?;
    }
    let mut line = 0;
    for question in &found.questions {
        let tally = found.tally(question, locale);
        let whole = (t(locale, "registrations-sheet-answered"), tally.answered);
        for (label, count) in std::iter::once(whole).chain(tally.counts) {
            sheet.write_string(line, 0, &question.wording)?;
            sheet.write_string(line, 1, &label)?;
            sheet.write_number(line, 2, u32::try_from(count).unwrap_or(u32::MAX))?;
            line += 1;
        }
    }
    book.save_to_buffer()
}
