//! Use cases of the contact book.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{
    Contact, ContactFields, ContactId,
    entity::ActiveModel,
    rules,
    store::{self, Wanted},
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::UnitId,
    platform::{
        context::App,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// A page of the book, with one row more than shown when there are more.
pub async fn search(ctx: &Ctx, wanted: &Wanted) -> Result<Vec<Contact>> {
    let scope = ctx.require_scope(Permission::ManageForum)?;
    store::search(&ctx.app.db, &scope, wanted).await
}

/// A contact that the caller may change; one of another unit does not exist.
pub async fn get(ctx: &Ctx, id: ContactId) -> Result<Contact> {
    let scope = ctx.require_scope(Permission::ManageForum)?;
    let contact = store::by_id(&ctx.app.db, id).await?;
    if !scope.covers(contact.unit_id, None) {
        return Err(Error::NotFound);
    }
    Ok(contact)
}

fn spelling_of(fields: &ContactFields) -> String {
    rules::spelling(
        &rules::addressee(&fields.name, &fields.position),
        &fields.institution,
    )
}

fn phone_row(id: ContactId) -> String {
    format!("contact:{id}:phone")
}

/// The telephone number, for who may see the contact.
pub fn phone_of(app: &App, contact: &Contact) -> Result<Option<String>> {
    let open = |sealed: &Vec<u8>| app.keys.open(sealed, &phone_row(contact.id));
    contact
        .phone
        .as_ref()
        .map(open)
        .transpose()
        .map_err(Error::from)
}

fn sealed(ctx: &Ctx, id: ContactId, phone: Option<&String>) -> Result<Option<Vec<u8>>> {
    let seal = |phone: &String| ctx.app.keys.seal(phone, &phone_row(id));
    phone.map(seal).transpose().map_err(Error::from)
}

fn row_of(ctx: &Ctx, unit: UnitId, fields: ContactFields) -> Result<Contact> {
    let id = ContactId::new();
    Ok(Contact {
        id,
        unit_id: unit,
        spelling: spelling_of(&fields),
        phone: sealed(ctx, id, fields.phone.as_ref())?,
        institution: fields.institution,
        name: fields.name,
        position: fields.position,
        participant_group: fields.participant_group,
        email: fields.email,
        archived_at: None,
        version: 1,
        created_at: ctx.now,
    })
}

async fn refuse_twin(tx: &Tx, unit: UnitId, spelling: &str, own: Option<ContactId>) -> Result<()> {
    match store::by_spelling(tx, unit, spelling).await? {
        Some(twin) if Some(twin.id) != own => {
            let key = if twin.archived_at.is_some() {
                "contacts-taken-archived"
            } else {
                "contacts-taken"
            };
            Err(Error::field("name", Message::new(key)))
        }
        _ => Ok(()),
    }
}

/// Tells who has this mail address already. Two offices may share one, so the caller may say that it is so.
pub async fn ask_about_mail(tx: &Tx, unit: UnitId, fields: &ContactFields) -> Result<()> {
    let Some(email) = &fields.email else {
        return Ok(());
    };
    let spelling = spelling_of(fields);
    let known = store::by_email(tx, unit, email).await?;
    match known.into_iter().find(|one| one.spelling != spelling) {
        Some(other) => {
            let who = rules::in_full(&other.addressee(), &other.institution);
            let message = Message::new("contacts-twin-mail").with("who", who);
            Err(Error::field("twin", message))
        }
        None => Ok(()),
    }
}

/// Adds a contact; one whose address is known already, when the caller is `certain`.
pub async fn add(ctx: &Ctx, unit: UnitId, fields: ContactFields, certain: bool) -> Result<()> {
    ctx.require(Permission::ManageForum, unit)?;
    let tx = ctx.app.db.begin_write().await?;
    refuse_twin(&tx, unit, &spelling_of(&fields), None).await?;
    if !certain {
        ask_about_mail(&tx, unit, &fields).await?;
    }
    let row = row_of(ctx, unit, fields)?;
    let id = row.id;
    store::insert(&tx, vec![row]).await?;
    noted(&tx, ctx, unit, id, "contact.added").await?;
    tx.commit().await?;
    Ok(())
}

/// Changes a contact; `version` is that of the form the caller saw. Lists and letters that name the contact
/// stay as they are.
pub async fn change(
    ctx: &Ctx,
    id: ContactId,
    version: i32,
    fields: ContactFields,
    certain: bool,
) -> Result<()> {
    let contact = get(ctx, id).await?;
    let tx = ctx.app.db.begin_write().await?;
    let spelling = spelling_of(&fields);
    refuse_twin(&tx, contact.unit_id, &spelling, Some(id)).await?;
    if !certain && fields.email != contact.email {
        ask_about_mail(&tx, contact.unit_id, &fields).await?;
    }
    let change = ActiveModel {
        spelling: Set(spelling),
        phone: Set(sealed(ctx, id, fields.phone.as_ref())?),
        institution: Set(fields.institution),
        name: Set(fields.name),
        position: Set(fields.position),
        participant_group: Set(fields.participant_group),
        email: Set(fields.email),
        ..Default::default()
    };
    store::change(&tx, id, version, change).await?;
    noted(&tx, ctx, contact.unit_id, id, "contact.changed").await?;
    tx.commit().await?;
    Ok(())
}

/// Puts a contact away, or takes it back.
pub async fn archive(ctx: &Ctx, id: ContactId, version: i32, away: bool) -> Result<()> {
    let contact = get(ctx, id).await?;
    let tx = ctx.app.db.begin_write().await?;
    let change = ActiveModel {
        archived_at: Set(away.then_some(ctx.now)),
        ..Default::default()
    };
    store::change(&tx, id, version, change).await?;
    let verb = if away {
        "contact.archived"
    } else {
        "contact.restored"
    };
    noted(&tx, ctx, contact.unit_id, id, verb).await?;
    tx.commit().await?;
    Ok(())
}

/// Names and numbers are personal data: the history says which contact, not what stood in it.
async fn noted(tx: &Tx, ctx: &Ctx, unit: UnitId, id: ContactId, verb: &'static str) -> Result<()> {
    let entry = audit::Entry::new("contact", id.0, verb).in_unit(unit);
    audit::record(tx, ctx, entry).await
}

/// The contacts of a unit that were ticked.
pub async fn pick(ctx: &Ctx, unit: UnitId, ids: &[ContactId]) -> Result<Vec<Contact>> {
    ctx.require(Permission::ManageForum, unit)?;
    store::of_ids(&ctx.app.db, unit, ids).await
}

/// Keeps those who are not in the book yet; returns how many were new.
pub async fn keep(tx: &Tx, ctx: &Ctx, unit: UnitId, people: Vec<ContactFields>) -> Result<usize> {
    ctx.require(Permission::ManageForum, unit)?;
    let known = store::of_unit(tx, unit).await?;
    let mut known: BTreeSet<String> = known.into_iter().map(|row| row.spelling).collect();
    let mut rows = Vec::new();
    for fields in people {
        if known.insert(spelling_of(&fields)) {
            rows.push(row_of(ctx, unit, fields)?);
        }
    }
    let count = rows.len();
    store::insert(tx, rows).await?;
    if count > 0 {
        let entry = audit::Entry::new("unit", unit.0, "contact.kept")
            .in_unit(unit)
            .with(serde_json::json!({ "count": count }));
        audit::record(tx, ctx, entry).await?;
    }
    Ok(count)
}

/// The institutions that a unit has met, so that the next one is spelled the same way.
pub async fn institutions(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<String>> {
    store::institutions(db, unit).await
}

/// How the book spells those it knows: by their spelling, (addressee, institution).
pub async fn spelled(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<BTreeMap<String, (String, String)>> {
    let rows = store::of_unit(db, unit).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let words = (row.addressee(), row.institution.clone());
            (row.spelling, words)
        })
        .collect())
}
