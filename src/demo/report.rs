//! The report of the forum of 28 October 2025, issued three days later as the office did.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime, TimeZone as _};
use serde::Deserialize;

use crate::{
    access::{self, Ctx, PersonId},
    fkp_report::{self, Issue, Slot},
    forums::ForumId,
    organisation,
    platform::error::{Error, Result},
};

const RECORD: &str = include_str!("../../fixtures/forum-kaltim-2025.toml");

#[derive(Deserialize)]
struct File {
    forum: FileForum,
    report: FileReport,
}

#[derive(Deserialize)]
struct FileForum {
    unit: String,
}

#[derive(Deserialize)]
struct FileReport {
    date: NaiveDate,
    legal_basis: Vec<String>,
    problem_identification: String,
    analysis: String,
}

/// Issues both copies on the day of the file.
pub async fn load(ctx: &Ctx, forum: ForumId, people: &HashMap<String, PersonId>) -> Result<()> {
    let organiser = people.get("kaltim-penyelenggara").ok_or(Error::NotFound)?;
    let file: File = toml::from_str(RECORD).map_err(anyhow::Error::from)?;
    let unit = organisation::unit_by_code(&ctx.app.db, &file.forum.unit).await?;
    let local = file.report.date.and_time(NaiveTime::MIN) + chrono::TimeDelta::hours(15);
    let at = organisation::zone_of(&unit)?
        .from_local_datetime(&local)
        .earliest();
    let at = at.map_or(ctx.now, |time| time.to_utc());
    let then = access::acting_as(ctx, *organiser, at).await?;
    let report = file.report;
    for (slot, text) in [
        (Slot::LegalBasis, report.legal_basis.join("\n")),
        (Slot::Problems, report.problem_identification),
        (Slot::Analysis, report.analysis.replace("\n\n", "\n")),
    ] {
        let words = (text.trim().to_owned(), true);
        fkp_report::write(&then, forum, slot, Some(words), 0).await?;
    }
    let given = Issue {
        // The office numbers its letters, not its reports.
        number: String::new(),
        dated_on: report.date,
        without_letter: false,
    };
    fkp_report::issue(&then, forum, given, 0).await
}
