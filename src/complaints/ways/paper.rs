//! What stands on the paper beside the complaint itself: date and number of a letter, an address (UU 25/2009 article 42
//! asks for it), who speaks for the complainant, the batch of a suggestion box. Written with the complaint or not at
//! all.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::{
    boxes,
    entity::{OpeningId, entry},
};
use crate::{
    access::{Ctx, PersonId},
    complaints::{
        entity::{ComplaintId, complaint},
        rules::Channel,
    },
    organisation::UnitId,
    platform::{
        context::App,
        db::Tx,
        error::{Error, Result},
    },
};

/// As it was read off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    pub letter_number: Option<String>,
    pub letter_date: Option<NaiveDate>,
    pub address: Option<String>,
    pub represented_by: Option<String>,
    /// The batch that this sheet is of.
    pub opening: Option<OpeningId>,
}

fn bound_to(id: ComplaintId, field: &str) -> String {
    format!("complaint_entry:{id}:{field}")
}

/// Keeps it, as part of the transaction that keeps the complaint.
pub async fn keep(tx: &Tx, ctx: &Ctx, of: &complaint::Model, paper: &Paper) -> Result<()> {
    let seal = |field: &str, value: &Option<String>| {
        let sealed = value
            .as_ref()
            .map(|value| ctx.app.keys.seal(value, &bound_to(of.id, field)));
        sealed.transpose().map_err(Error::Internal)
    };
    let sheet = match paper.opening {
        Some(opening) => Some(boxes::take_sheet(tx, of.unit_id, opening).await?),
        None => None,
    };
    let row = entry::ActiveModel {
        complaint_id: Set(of.id),
        unit_id: Set(of.unit_id),
        person_id: Set(ctx.person_id()),
        letter_number: Set(paper.letter_number.clone()),
        letter_date: Set(paper.letter_date),
        address: Set(seal("address", &paper.address)?),
        represented_by: Set(seal("represented_by", &paper.represented_by)?),
        opening_id: Set(paper.opening),
        sheet: Set(sheet),
        created_at: Set(ctx.now),
    };
    entry::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

pub async fn of(db: &impl ConnectionTrait, id: ComplaintId) -> Result<Option<entry::Model>> {
    Ok(entry::Entity::find_by_id(id).one(db).await?)
}

/// Those of these to whom a letter can be sent.
pub async fn with_address(
    db: &impl ConnectionTrait,
    ids: Vec<ComplaintId>,
) -> Result<HashSet<ComplaintId>> {
    let rows: Vec<ComplaintId> = entry::Entity::find()
        .select_only()
        .column(entry::Column::ComplaintId)
        .filter(entry::Column::ComplaintId.is_in(ids))
        .filter(entry::Column::Address.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// (address, who speaks for the complainant) in the clear. Ask `rules::sight` first.
pub fn opened(app: &App, row: &entry::Model) -> Result<(Option<String>, Option<String>)> {
    let open = |field: &str, sealed: &Option<Vec<u8>>| {
        let opened = sealed
            .as_ref()
            .map(|sealed| app.keys.open(sealed, &bound_to(row.complaint_id, field)));
        opened.transpose().map_err(Error::Internal)
    };
    Ok((
        open("address", &row.address)?,
        open("represented_by", &row.represented_by)?,
    ))
}

/// The channel that this person took something down from last.
pub async fn last_channel(
    db: &impl ConnectionTrait,
    unit: UnitId,
    person: PersonId,
) -> Result<Option<Channel>> {
    let last = entry::Entity::find()
        .filter(entry::Column::UnitId.eq(unit))
        .filter(entry::Column::PersonId.eq(person))
        .filter(entry::Column::OpeningId.is_null())
        .order_by_desc(entry::Column::CreatedAt)
        .limit(1)
        .one(db)
        .await?;
    let Some(last) = last else {
        return Ok(None);
    };
    let found = complaint::Entity::find_by_id(last.complaint_id)
        .one(db)
        .await?;
    Ok(found.map(|found| found.channel))
}
