//! In whose name a letter goes out: the unit itself, the unit above it, or an office that it registered.

use super::service::Bundle;
use crate::{
    access::Ctx,
    organisation::{self, Unit, UnitId},
    platform::{
        error::{Error, Result},
        i18n::Message,
    },
};

/// The unit above invites other offices in its name; a unit without one invites itself.
pub async fn usual(ctx: &Ctx, unit: &Unit) -> Result<Unit> {
    match unit.parent_id {
        Some(parent) => organisation::unit(&ctx.app.db, parent).await,
        None => Ok(unit.clone()),
    }
}

/// Those that the form offers.
pub async fn offered(ctx: &Ctx, read: &Bundle) -> Result<Vec<Unit>> {
    let mut all = organisation::inviting_offices(&ctx.app.db, &read.unit).await?;
    // A copied letter may stand under an office that is offered no longer.
    if !all.iter().any(|one| one.id == read.from.id) {
        all.push(read.from.clone());
    }
    Ok(all)
}

/// The invitation under the head of the office chosen on the form; none chosen leaves it as it is.
pub async fn in_name_of(ctx: &Ctx, read: Bundle, chosen: Option<UnitId>) -> Result<Bundle> {
    let Some(chosen) = chosen.filter(|chosen| *chosen != read.from.id) else {
        return Ok(read);
    };
    let offices = organisation::inviting_offices(&ctx.app.db, &read.unit).await?;
    let from = offices.into_iter().find(|one| one.id == chosen);
    let from = from.ok_or_else(unknown)?;
    Ok(Bundle { from, ..read })
}

/// What the form sent; a form without the choice leaves it as it is.
pub fn chosen(typed: &str) -> Result<Option<UnitId>> {
    match typed {
        "" => Ok(None),
        typed => UnitId::parse(typed).map(Some).map_err(|_| unknown()),
    }
}

fn unknown() -> Error {
    Error::field("from", Message::new("field-unknown-choice"))
}

/// Position, name, rank and NIP of who signs for an office; empty where nobody is at its head.
pub async fn signatory(ctx: &Ctx, office: &Unit) -> Result<[String; 4]> {
    match organisation::head_of(&ctx.app.db, office.id).await {
        Ok(head) => Ok([head.office, head.name, head.rank, head.nip]),
        Err(Error::NotFound) => Ok(Default::default()),
        Err(other) => Err(other),
    }
}
