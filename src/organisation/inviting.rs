//! Inviting offices: a unit's letters may go out under the head of an office that is no service unit here, such as the
//! provincial secretariat. It is a unit of its own, with letterhead, register of numbers and officials, that receives
//! no complaints; the administrator of the unit that registered it keeps it.

use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{
    entity::{OfficialId, UnitId, official, unit},
    letterhead::{self, Reach},
    managing::{OfficialFields, require},
    rules, store,
};
use crate::{
    access::Ctx,
    audit,
    platform::{
        error::{Error, Result},
        i18n::Message,
        words::folded,
    },
};

/// What an administrator writes about an inviting office. Everything else is as in the unit that keeps it, until
/// somebody writes it otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeFields {
    pub name: String,
    pub city: String,
    pub address: String,
    pub letterhead: Vec<String>,
    pub letter_number: String,
    /// Who signs.
    pub head: OfficialFields,
}

/// The offices under whose head a unit's letters may go out: its own, the unit above, and those that it registered.
pub async fn inviting_offices(
    db: &impl ConnectionTrait,
    unit: &unit::Model,
) -> Result<Vec<unit::Model>> {
    let mut offices = vec![unit.clone()];
    if let Some(parent) = unit.parent_id {
        offices.push(store::unit(db, parent).await?);
    }
    offices.extend(store::kept_by(db, unit.id).await?);
    Ok(offices)
}

/// Writes an office down and returns its code.
pub async fn register(ctx: &Ctx, keeper: &unit::Model, fields: OfficeFields) -> Result<String> {
    require(ctx, keeper)?;
    if keeper.kept_by.is_some() {
        return Err(Error::NotFound);
    }
    let tx = ctx.app.db.begin_write().await?;
    store::hold(&tx, keeper.id).await?;
    let known = inviting_offices(&tx, keeper).await?;
    if known
        .iter()
        .any(|one| folded(&one.name) == folded(&fields.name))
    {
        return Err(Error::field("name", Message::new("unit-office-known")));
    }
    let code = free_code(&tx, &fields.name).await?;
    let id = UnitId::new();
    store::insert_unit(&tx, row_of(ctx, keeper, id, &code, &fields)).await?;
    let head = OfficialId::new();
    let signs = official::ActiveModel {
        id: Set(head),
        unit_id: Set(id),
        division_id: Set(None),
        key: Set(head.to_string()),
        name: Set(fields.head.name),
        office: Set(fields.head.office),
        rank: Set(fields.head.rank),
        nip: Set(fields.head.nip),
        superior_id: Set(None),
        position: Set(1),
        left_at: Set(None),
        version: Set(1),
    };
    store::insert_official(&tx, signs).await?;
    let entry = audit::Entry::new("unit", id.0, "unit.office_registered")
        .in_unit(keeper.id)
        .with(serde_json::json!({ "what": fields.name }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(code)
}

fn row_of(
    ctx: &Ctx,
    keeper: &unit::Model,
    id: UnitId,
    code: &str,
    fields: &OfficeFields,
) -> unit::ActiveModel {
    let short: String = fields.name.chars().take(60).collect();
    unit::ActiveModel {
        id: Set(id),
        code: Set(code.to_owned()),
        name: Set(fields.name.clone()),
        short_name: Set(short.trim().to_owned()),
        government: Set(keeper.government.clone()),
        province: Set(keeper.province.clone()),
        city: Set(fields.city.clone()),
        jurisdiction: Set(keeper.jurisdiction.clone()),
        zone: Set(keeper.zone.clone()),
        legal_basis: Set(String::new()),
        address: Set(fields.address.clone()),
        postcode: Set(String::new()),
        website: Set(String::new()),
        accent: Set(keeper.accent.clone()),
        crest: Set(String::new()),
        // Unique, and never shown: no complaint gets a number of this office.
        complaint_prefix: Set(id.to_string()),
        letterhead: Set(unit::Lines(fields.letterhead.clone())),
        letterhead_more: Set(unit::Lines(letterhead::more_lines(
            &fields.letterhead,
            &Reach::of([&fields.address, "", ""], &[]),
        ))),
        letter_number: Set(fields.letter_number.clone()),
        parent_id: Set(None),
        kept_by: Set(Some(keeper.id)),
        serves_public: Set(false),
        version: Set(1),
        created_at: Set(ctx.now),
    }
}

/// The name as a code; another office of this name elsewhere in the installation has it already.
async fn free_code(db: &impl ConnectionTrait, name: &str) -> Result<String> {
    let plain = rules::code_of(name);
    let mut code = plain.clone();
    let mut number = 1;
    while store::unit_by_code(db, &code).await?.is_some() {
        number += 1;
        code = format!("{plain}-{number}");
    }
    Ok(code)
}
