//! What is printed about somebody who is on the list, put right until the list is closed.

use super::{
    closing::Closed,
    entity::{AttendanceId, attendance},
    rules, service, store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    forums::{self, Forum, ForumId},
    platform::error::{Error, Result},
};

/// What somebody wrote; what is left out stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Correction {
    pub name: String,
    pub role: Option<String>,
    pub organisation: Option<String>,
    pub phone: Phone,
}

#[derive(Clone, Debug, Default)]
pub enum Phone {
    #[default]
    Kept,
    Removed,
    /// E.164.
    New(String),
}

/// A row with what was done with it, oldest first, and whether it can still be changed.
pub struct Known {
    pub forum: Forum,
    pub zone: chrono_tz::Tz,
    pub row: attendance::Model,
    /// The number as everybody may see it; empty if there is none.
    pub masked_phone: String,
    pub history: Vec<audit::Model>,
    pub closed: Option<Closed>,
}

pub async fn of(ctx: &Ctx, id: ForumId, row: AttendanceId) -> Result<Known> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let db = &ctx.app.db;
    let row = store::get(db, id, row).await?;
    let phone = rules::shown_phone(&service::phone_of(&ctx.app, &row)?);
    Ok(Known {
        zone: service::zone_of(db, &forum).await?,
        masked_phone: rules::masked_phone(&phone),
        history: audit::history(db, "attendance", row.id.0).await?,
        closed: store::closing(db, id).await?,
        row,
        forum,
    })
}

/// Writes the correction; `version` is that of the row on the page. The same sent twice is written once.
pub async fn correct(
    ctx: &Ctx,
    id: ForumId,
    (row, version): (AttendanceId, i32),
    new: Correction,
) -> Result<attendance::Model> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let zone = service::zone_of(&ctx.app.db, &forum).await?;
    let tx = ctx.app.db.begin_write().await?;
    service::open_list(&tx, ctx, id, zone).await?;
    let row = store::get(&tx, id, row).await?;
    let (changed, fields) = corrected(ctx, row.clone(), new)?;
    if fields.is_empty() {
        return Ok(row);
    }
    if row.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    store::correct(&tx, &changed).await?;
    // The history says what was changed and by whom; names and numbers of citizens are not copied into it.
    let entry = audit::Entry::new("attendance", row.id.0, "attendance.corrected")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "forum": forum.id, "fields": fields }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    store::get(&ctx.app.db, id, row.id).await
}

/// The row as it becomes, and the names of what differs.
fn corrected(
    ctx: &Ctx,
    row: attendance::Model,
    new: Correction,
) -> Result<(attendance::Model, Vec<&'static str>)> {
    let known_phone = service::phone_of(&ctx.app, &row)?;
    let mut changed = rules::named(row.clone(), new.name);
    changed.role = new.role.unwrap_or(changed.role);
    changed.organisation = new.organisation.unwrap_or(changed.organisation);
    match &new.phone {
        Phone::New(phone) if *phone != known_phone => {
            changed.phone = Some(service::seal(&ctx.app, row.id, phone)?);
        }
        Phone::Removed => changed.phone = None,
        Phone::Kept | Phone::New(_) => {}
    }
    let named = changed.name != row.name || changed.office != row.office;
    let fields = [
        ("name", named),
        ("position", changed.role != row.role),
        ("organisation", changed.organisation != row.organisation),
        ("phone", changed.phone != row.phone),
    ];
    let differ = fields.into_iter().filter(|(_, differs)| *differs);
    Ok((changed, differ.map(|(field, _)| field).collect()))
}
