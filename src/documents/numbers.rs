//! Numbers of papers. An office keeps one register of numbers a year: a number stands on one paper, whatever
//! kind it is. A letter and its annexes are one paper, so are both copies of a report, and a correction keeps
//! the number of what it corrects.

use chrono::{Datelike as _, Duration};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{entity::document::Model as Document, render::Kind, store};
use crate::{
    access::Ctx,
    organisation::{self, UnitId},
    platform::{
        error::{Error, Result},
        i18n::{Message, t},
    },
};

/// A paper that is to bear a number.
#[derive(Clone, Copy, Debug)]
pub struct Numbered<'a> {
    pub unit: UnitId,
    pub kind: Kind,
    pub about_kind: &'a str,
    pub about_id: Uuid,
    pub number: &'a str,
}

/// The kind that stands for a paper and what goes with it under the same number.
fn leading(kind: Kind) -> Kind {
    match kind {
        Kind::Recipients | Kind::Schedule => Kind::Invitation,
        Kind::ReportPublic => Kind::Report,
        other => other,
    }
}

/// Capitals and blanks do not make another number.
fn plain(number: &str) -> String {
    let letters = number.chars().filter(|c| !c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

impl Numbered<'_> {
    fn is_same_paper(&self, other: &Document) -> bool {
        other.about_id == self.about_id
            && other.about_kind == self.about_kind
            && other
                .kind()
                .is_some_and(|kind| leading(kind) == leading(self.kind))
    }
}

/// Refuses a number that another paper of the unit bears this year.
pub async fn number_free(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    wanted: &Numbered<'_>,
) -> Result<()> {
    let number = plain(wanted.number);
    if number.is_empty() {
        return Ok(());
    }
    let unit = organisation::unit(db, wanted.unit).await?;
    let zone = organisation::zone_of(&unit)?;
    let year = ctx.today_in(zone).year();
    let issued = store::numbered(db, wanted.unit, ctx.now - Duration::days(367)).await?;
    let taken = issued.into_iter().find(|paper| {
        paper.issued_at.with_timezone(&zone).year() == year
            && paper.number.as_deref().map(plain).as_ref() == Some(&number)
            && !wanted.is_same_paper(paper)
    });
    let Some(paper) = taken else {
        return Ok(());
    };
    let kind = t(ctx.locale(), &format!("documents-kind-{}", paper.kind));
    // What another unit writes about is not told, only that the register has the number.
    let message = match paper.unit_id == wanted.unit {
        true => Message::new("rule-documents-number-taken").with("subject", paper.subject),
        false => Message::new("rule-documents-number-taken-elsewhere"),
    };
    Err(Error::rule(
        "documents.number_taken",
        message.with("number", wanted.number).with("kind", kind),
    ))
}

/// The numbers that papers of a unit got in the last year.
pub async fn numbers_of(db: &impl ConnectionTrait, ctx: &Ctx, unit: UnitId) -> Result<Vec<String>> {
    let issued = store::numbered(db, unit, ctx.now - Duration::days(367)).await?;
    Ok(issued
        .into_iter()
        .filter_map(|paper| paper.number)
        .collect())
}

/// Refuses a taken number at the field where the number is typed.
pub async fn number_fits(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    wanted: &Numbered<'_>,
) -> Result<()> {
    match number_free(db, ctx, wanted).await {
        Err(Error::Rule { message, .. }) => Err(Error::field("number", message)),
        other => other,
    }
}
