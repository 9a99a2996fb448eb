//! Registers and recapitulations on paper: letterhead, tables, and who signs.

use super::{
    Kind,
    data::{Fact, PaperTable, Signatory, TablePaper},
    letterhead_of, render,
};
use crate::{
    access::Ctx,
    calendar::dates,
    organisation::{self, Unit},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
    },
};

/// The words of one paper. Papers of an office are Indonesian.
pub struct Paper {
    /// `Buku register pengaduan`.
    pub name: String,
    pub period: String,
    pub facts: Vec<(String, String)>,
    pub tables: Vec<PaperTable>,
    pub notes: Vec<String>,
}

/// The paper as PDF, to be signed by the head of the unit.
pub async fn pdf(ctx: &Ctx, unit: &Unit, paper: Paper) -> Result<Vec<u8>> {
    let signatory = signatory(ctx, unit).await?;
    set(ctx, unit, paper, signatory).await
}

/// The same where nobody signs: a copy of what was signed before, or a list of files.
pub async fn unsigned(ctx: &Ctx, unit: &Unit, paper: Paper) -> Result<Vec<u8>> {
    set(ctx, unit, paper, None).await
}

async fn set(
    ctx: &Ctx,
    unit: &Unit,
    paper: Paper,
    signatory: Option<Signatory>,
) -> Result<Vec<u8>> {
    let zone = organisation::zone_of(unit)?;
    let made = dates::date_time(&ctx.now.with_timezone(&zone), Locale::Id);
    let mut notes = paper.notes;
    notes.push(
        Message::new("knowing-paper-made")
            .with("at", made)
            .text(Locale::Id),
    );
    let data = TablePaper {
        title: format!("{} {}", paper.name, paper.period),
        letterhead: letterhead_of(unit),
        heading: vec![paper.name.to_uppercase(), paper.period.clone()],
        running: format!("{} · {}", paper.name, paper.period),
        facts: paper
            .facts
            .into_iter()
            .map(|(label, line)| Fact::new(label, line))
            .collect(),
        tables: paper.tables,
        notes,
        signatory,
    };
    render(&ctx.app, Kind::Tables, &data, ctx.now).await
}

/// A unit whose officials nobody has named yet gets a paper without a place to sign.
async fn signatory(ctx: &Ctx, unit: &Unit) -> Result<Option<Signatory>> {
    let head = match organisation::head_of(&ctx.app.db, unit.id).await {
        Ok(head) => head,
        Err(Error::NotFound) => return Ok(None),
        Err(other) => return Err(other),
    };
    let zone = organisation::zone_of(unit)?;
    let today = dates::date(ctx.today_in(zone), Locale::Id);
    Ok(Some(Signatory {
        place_date: Some(format!("{}, {today}", unit.city)),
        position: vec![format!("{},", head.office)],
        name: head.name,
        rank: Some(head.rank).filter(|rank| !rank.is_empty()),
        nip: Some(organisation::nip_text(&head.nip)).filter(|nip| !nip.is_empty()),
        signature: None,
        mark: None,
    }))
}

/// Said of a table without rows.
#[must_use]
pub fn nothing() -> String {
    t(Locale::Id, "knowing-paper-empty")
}
