//! Who complained. Each field is sealed for its own row and column: copied elsewhere it does not open.

use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{
    entity::{ComplaintId, complaint, identity},
    store,
};
use crate::platform::{
    context::App,
    db::Tx,
    error::{Error, Result},
};

/// Name and contacts in the clear; exists only while somebody who may see it is being answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

impl Identity {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && self.email.is_none() && self.phone.is_none()
    }
}

fn bound_to(id: ComplaintId, field: &str) -> String {
    format!("complaint:{id}:{field}")
}

fn seal(app: &App, id: ComplaintId, field: &str, value: Option<&str>) -> Result<Option<Vec<u8>>> {
    value
        .map(|value| app.keys.seal(value, &bound_to(id, field)))
        .transpose()
        .map_err(Error::Internal)
}

fn open(app: &App, id: ComplaintId, field: &str, sealed: Option<&[u8]>) -> Result<Option<String>> {
    sealed
        .map(|sealed| app.keys.open(sealed, &bound_to(id, field)))
        .transpose()
        .map_err(Error::Internal)
}

/// Stores what was given; nothing given, no row.
pub async fn keep(tx: &Tx, app: &App, of: &complaint::Model, given: &Identity) -> Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    store::insert_identity(tx, sealed(app, of, given)?).await
}

/// The row of an identity, sealed.
pub fn sealed(app: &App, of: &complaint::Model, given: &Identity) -> Result<identity::ActiveModel> {
    Ok(identity::ActiveModel {
        complaint_id: Set(of.id),
        unit_id: Set(of.unit_id),
        name: Set(seal(app, of.id, "name", given.name.as_deref())?),
        email: Set(seal(app, of.id, "email", given.email.as_deref())?),
        phone: Set(seal(app, of.id, "phone", given.phone.as_deref())?),
    })
}

/// Stores it in place of what was given before.
pub async fn replace(tx: &Tx, app: &App, of: &complaint::Model, given: &Identity) -> Result<()> {
    store::delete_identity(tx, of.id).await?;
    keep(tx, app, of, given).await
}

/// Opens the identity. Ask `rules::sight` first.
pub async fn read(db: &impl ConnectionTrait, app: &App, id: ComplaintId) -> Result<Identity> {
    match store::identity(db, id).await? {
        Some(row) => opened(app, &row),
        None => Ok(Identity::default()),
    }
}

/// Opens an identity that was read with others. Ask `rules::sight` first.
pub fn opened(app: &App, row: &identity::Model) -> Result<Identity> {
    let id = row.complaint_id;
    Ok(Identity {
        name: open(app, id, "name", row.name.as_deref())?,
        email: open(app, id, "email", row.email.as_deref())?,
        phone: open(app, id, "phone", row.phone.as_deref())?,
    })
}

pub fn seal_code(app: &App, id: ComplaintId, code: &str) -> Result<Vec<u8>> {
    Ok(app.keys.seal(code, &bound_to(id, "code"))?)
}

pub fn open_code(app: &App, of: &complaint::Model) -> Result<String> {
    Ok(app.keys.open(&of.access_code, &bound_to(of.id, "code"))?)
}

/// Whether the key of the configuration opens what the first and the last complaint keep sealed; None without any.
pub async fn key_fits(app: &App) -> Result<Option<bool>> {
    let ends = store::ends(&app.db).await?;
    let fits = ends.iter().all(|of| open_code(app, of).is_ok());
    Ok((!ends.is_empty()).then_some(fits))
}
