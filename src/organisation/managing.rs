//! A unit looked after by its administrator: how it is called and reached, its divisions, who holds its offices.
//! Papers that were issued keep the names and words that they were issued with.

use sea_orm::ActiveValue::Set;

use super::{
    entity::{
        DivisionId, OfficialId, UnitId, division, official, unit,
        unit_contact::{self, ContactPurpose},
    },
    letterhead::{self, Reach},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// What an administrator writes about a unit. Code, zone and prefix of the complaint numbers stay as they were set up:
/// addresses, deadlines and numbers that people hold depend on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFields {
    pub name: String,
    pub short_name: String,
    pub government: String,
    pub province: String,
    pub city: String,
    pub jurisdiction: String,
    pub legal_basis: String,
    pub address: String,
    pub postcode: String,
    pub website: String,
    pub letterhead: Vec<String>,
    pub letter_number: String,
    pub contacts: Vec<ContactIn>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactIn {
    pub purpose: ContactPurpose,
    pub label: String,
    pub value: String,
}

/// A line of the form of divisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DivisionIn {
    /// None for a new one.
    pub id: Option<DivisionId>,
    pub code: String,
    pub name: String,
    pub head_position: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialFields {
    pub name: String,
    pub office: String,
    pub rank: String,
    /// 18 digits, or empty: a regent has none.
    pub nip: String,
    pub division: Option<DivisionId>,
    pub superior: Option<OfficialId>,
}

/// The units that the caller looks after; inviting offices stand on the page of the unit that keeps them.
pub async fn managed(ctx: &Ctx) -> Result<Vec<unit::Model>> {
    let scope = ctx.require_scope(Permission::ManageUnit)?;
    let mut units = store::all_units(&ctx.app.db).await?;
    units.retain(|unit| unit.kept_by.is_none() && scope.covers(unit.id, None));
    Ok(units)
}

/// Who looks after a unit looks after the inviting offices that it keeps.
pub(super) fn require(ctx: &Ctx, unit: &unit::Model) -> Result<()> {
    ctx.require(Permission::ManageUnit, unit.kept_by.unwrap_or(unit.id))
}

/// One of them by its code.
pub async fn get(ctx: &Ctx, code: &str) -> Result<unit::Model> {
    let unit = store::unit_by_code(&ctx.app.db, code)
        .await?
        .ok_or(Error::NotFound)?;
    ctx.require_scope(Permission::ManageUnit)?;
    match require(ctx, &unit) {
        Ok(()) => Ok(unit),
        Err(_) => Err(Error::NotFound),
    }
}

async fn record(tx: &Tx, ctx: &Ctx, unit: UnitId, verb: &'static str, what: &str) -> Result<()> {
    let entry = audit::Entry::new("unit", unit.0, verb)
        .in_unit(unit)
        .with(serde_json::json!({ "what": what }));
    audit::record(tx, ctx, entry).await
}

pub async fn change(ctx: &Ctx, code: &str, version: i32, fields: UnitFields) -> Result<()> {
    let unit = get(ctx, code).await?;
    let tx = ctx.app.db.begin_write().await?;
    let reached: Vec<_> = fields
        .contacts
        .iter()
        .map(|contact| (contact.purpose, contact.value.as_str()))
        .collect();
    let told = [&fields.address, &fields.postcode, &fields.website].map(String::as_str);
    let more = letterhead::more_lines(&fields.letterhead, &Reach::of(told, &reached));
    let contacts = fields.contacts.into_iter().zip(1..);
    let contacts = contacts
        .map(|(contact, position)| unit_contact::ActiveModel {
            id: Set(uuid::Uuid::now_v7()),
            unit_id: Set(unit.id),
            purpose: Set(contact.purpose),
            label: Set(contact.label),
            value: Set(contact.value),
            position: Set(position),
        })
        .collect();
    let row = unit::ActiveModel {
        name: Set(fields.name),
        short_name: Set(fields.short_name),
        government: Set(fields.government),
        province: Set(fields.province),
        city: Set(fields.city),
        jurisdiction: Set(fields.jurisdiction),
        legal_basis: Set(fields.legal_basis),
        address: Set(fields.address),
        postcode: Set(fields.postcode),
        website: Set(fields.website),
        letterhead: Set(unit::Lines(fields.letterhead)),
        letterhead_more: Set(unit::Lines(more)),
        letter_number: Set(fields.letter_number),
        ..Default::default()
    };
    store::save_unit(&tx, row, (unit.id, version)).await?;
    store::replace_contacts(&tx, unit.id, contacts).await?;
    record(&tx, ctx, unit.id, "unit.changed", &unit.code).await?;
    Ok(tx.commit().await?)
}

/// Renames divisions and adds new ones. None goes away: complaints and actions stand under it.
pub async fn set_divisions(
    ctx: &Ctx,
    code: &str,
    version: i32,
    lines: Vec<DivisionIn>,
) -> Result<()> {
    let unit = get(ctx, code).await?;
    let tx = ctx.app.db.begin_write().await?;
    store::save_unit(&tx, unit::ActiveModel::default(), (unit.id, version)).await?;
    let there = store::divisions(&tx, unit.id).await?;
    for (line, position) in lines.into_iter().zip(1..) {
        let mut row = division::ActiveModel {
            name: Set(line.name),
            head_position: Set(line.head_position),
            position: Set(position),
            ..Default::default()
        };
        match line.id {
            Some(id) if there.iter().any(|known| known.id == id) => {
                store::rename_division(&tx, id, row).await?;
            }
            Some(_) => return Err(Error::NotFound),
            None if there.iter().any(|known| known.code == line.code) => {
                let field = format!("division_code_{}", position - 1);
                return Err(Error::field(&field, Message::new("unit-division-known")));
            }
            None => {
                row.id = Set(DivisionId::new());
                row.unit_id = Set(unit.id);
                row.code = Set(line.code);
                store::insert_division(&tx, row).await?;
            }
        }
    }
    record(&tx, ctx, unit.id, "unit.divisions_changed", &unit.code).await?;
    Ok(tx.commit().await?)
}

/// An official of a unit that the caller looks after, in office or not.
pub async fn official_of(ctx: &Ctx, unit: &unit::Model, id: OfficialId) -> Result<official::Model> {
    let found = store::official(&ctx.app.db, id).await?;
    match found.unit_id == unit.id {
        true => Ok(found),
        false => Err(Error::NotFound),
    }
}

/// Divisions and superiors must be known; nobody is their own superior, directly or along the chain.
async fn refuse_strange(
    tx: &Tx,
    unit: UnitId,
    own: Option<OfficialId>,
    fields: &OfficialFields,
) -> Result<()> {
    if let Some(division) = fields.division {
        let known = store::divisions(tx, unit).await?;
        if !known.iter().any(|one| one.id == division) {
            return Err(Error::field(
                "division",
                Message::new("field-unknown-choice"),
            ));
        }
    }
    let mut seen = own.into_iter().collect::<Vec<_>>();
    let mut next = fields.superior;
    while let Some(id) = next {
        if seen.contains(&id) {
            return Err(Error::field(
                "superior",
                Message::new("unit-official-circle"),
            ));
        }
        seen.push(id);
        next = match store::official(tx, id).await {
            Err(Error::NotFound) => {
                return Err(Error::field(
                    "superior",
                    Message::new("field-unknown-choice"),
                ));
            }
            found => found?.superior_id,
        };
    }
    Ok(())
}

fn row_of(fields: OfficialFields) -> official::ActiveModel {
    official::ActiveModel {
        division_id: Set(fields.division),
        name: Set(fields.name),
        office: Set(fields.office),
        rank: Set(fields.rank),
        nip: Set(fields.nip),
        superior_id: Set(fields.superior),
        ..Default::default()
    }
}

pub async fn add_official(ctx: &Ctx, unit: &unit::Model, fields: OfficialFields) -> Result<()> {
    require(ctx, unit)?;
    let tx = ctx.app.db.begin_write().await?;
    store::hold(&tx, unit.id).await?;
    refuse_strange(&tx, unit.id, None, &fields).await?;
    let ever = store::officials_ever(&tx, unit.id).await?;
    let office = fields.office.clone();
    let id = OfficialId::new();
    let last = ever.iter().map(|one| one.position).max().unwrap_or(0);
    let row = official::ActiveModel {
        id: Set(id),
        unit_id: Set(unit.id),
        key: Set(id.to_string()),
        position: Set(last + 1),
        left_at: Set(None),
        version: Set(1),
        ..row_of(fields)
    };
    store::insert_official(&tx, row).await?;
    record(&tx, ctx, unit.id, "unit.official_added", &office).await?;
    Ok(tx.commit().await?)
}

pub async fn change_official(
    ctx: &Ctx,
    read: &official::Model,
    version: i32,
    fields: OfficialFields,
) -> Result<()> {
    require(ctx, &store::unit(&ctx.app.db, read.unit_id).await?)?;
    let tx = ctx.app.db.begin_write().await?;
    // The chain is read and written by one at a time: two changes together could close a circle.
    store::hold(&tx, read.unit_id).await?;
    refuse_strange(&tx, read.unit_id, Some(read.id), &fields).await?;
    store::save_official(&tx, row_of(fields), (read.id, version)).await?;
    record(
        &tx,
        ctx,
        read.unit_id,
        "unit.official_changed",
        &read.office,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Out of office, or back in it. Who reported to them reports to their superior from then on.
pub async fn set_in_office(
    ctx: &Ctx,
    read: &official::Model,
    version: i32,
    there: bool,
) -> Result<()> {
    require(ctx, &store::unit(&ctx.app.db, read.unit_id).await?)?;
    let tx = ctx.app.db.begin_write().await?;
    store::hold(&tx, read.unit_id).await?;
    let row = official::ActiveModel {
        left_at: Set((!there).then_some(ctx.now)),
        ..Default::default()
    };
    store::save_official(&tx, row, (read.id, version)).await?;
    if !there {
        for below in store::officials_ever(&tx, read.unit_id).await? {
            if below.superior_id == Some(read.id) {
                let row = official::ActiveModel {
                    superior_id: Set(read.superior_id),
                    ..Default::default()
                };
                store::save_official(&tx, row, (below.id, below.version)).await?;
            }
        }
    }
    let verb = match there {
        true => "unit.official_back",
        false => "unit.official_left",
    };
    record(&tx, ctx, read.unit_id, verb, &read.office).await?;
    Ok(tx.commit().await?)
}
