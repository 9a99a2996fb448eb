//! The register of venues: a place is written once and spelled one way. A forum keeps its own copy, so that
//! what was announced or issued never changes with the register.

use sea_orm::ActiveValue::Set;

use super::{
    ForumFields, Mode,
    concept_store::{self as store},
    entity::{VenueId, forum, venue},
    store::save,
    venue_twins,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        words::folded,
    },
};

/// A place as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VenueFields {
    pub name: String,
    pub room: String,
    pub address: String,
}

impl VenueFields {
    fn of(forum: &forum::Model) -> Self {
        Self {
            name: forum.venue_name.clone(),
            room: forum.venue_room.clone(),
            address: forum.venue_address.clone(),
        }
    }

    fn place(&self) -> [&str; 3] {
        [&self.name, &self.room, &self.address]
    }
}

/// The venues of the units where the caller makes forums.
pub async fn list(ctx: &Ctx) -> Result<Vec<venue::Model>> {
    let scope = ctx.require_scope(Permission::ManageForum)?;
    store::venues(&ctx.app.db, &scope).await
}

pub async fn get(ctx: &Ctx, id: VenueId) -> Result<venue::Model> {
    let scope = ctx.require_scope(Permission::ManageForum)?;
    let found = store::venue(&ctx.app.db, id).await?;
    if !scope.covers(found.unit_id, None) {
        return Err(Error::NotFound);
    }
    Ok(found)
}

/// Whether both write the same place, however they spell it.
pub(super) fn same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// The entry with this spelling of name and room, whatever its capitals.
async fn known(
    tx: &Tx,
    unit: UnitId,
    name: &str,
    room: &str,
    but: Option<VenueId>,
) -> Result<Option<venue::Model>> {
    let all = store::venues_of(tx, unit).await?;
    Ok(all
        .into_iter()
        .find(|one| Some(one.id) != but && same(&one.name, name) && same(&one.room, room)))
}

async fn refuse_known(
    tx: &Tx,
    unit: UnitId,
    fields: &VenueFields,
    own: Option<VenueId>,
) -> Result<()> {
    match known(tx, unit, &fields.name, &fields.room, own).await? {
        Some(_) => Err(Error::field("name", Message::new("venues-known"))),
        None => Ok(()),
    }
}

async fn insert(tx: &Tx, ctx: &Ctx, unit: UnitId, fields: VenueFields) -> Result<venue::Model> {
    let row = venue::Model {
        id: VenueId::new(),
        unit_id: unit,
        name: fields.name,
        room: fields.room,
        address: fields.address,
        archived_at: None,
        version: 1,
        created_at: ctx.now,
    };
    store::insert_venue(tx, row.clone()).await?;
    record(tx, ctx, &row, "venue.added").await?;
    Ok(row)
}

async fn record(tx: &Tx, ctx: &Ctx, row: &venue::Model, verb: &'static str) -> Result<()> {
    let entry = audit::Entry::new("venue", row.id.0, verb)
        .in_unit(row.unit_id)
        .with(serde_json::json!({ "name": row.name, "room": row.room }));
    audit::record(tx, ctx, entry).await
}

/// The box that says: this is another place.
pub const CERTAIN: &str = "certain";

/// Adds a place; one that is spelled nearly as a known one, when the caller is `certain`.
pub async fn add(ctx: &Ctx, unit: UnitId, fields: VenueFields, certain: bool) -> Result<()> {
    ctx.require(Permission::ManageForum, unit)?;
    let tx = ctx.app.db.begin_write().await?;
    refuse_known(&tx, unit, &fields, None).await?;
    if !certain {
        venue_twins::ask(&tx, unit, fields.place(), None, CERTAIN).await?;
    }
    insert(&tx, ctx, unit, fields).await?;
    Ok(tx.commit().await?)
}

/// Changes the spelling. Forums that nobody was told of yet follow; all others keep what was announced.
pub async fn change(ctx: &Ctx, id: VenueId, version: i32, fields: VenueFields) -> Result<()> {
    let read = get(ctx, id).await?;
    let tx = ctx.app.db.begin_write().await?;
    refuse_known(&tx, read.unit_id, &fields, Some(id)).await?;
    let row = venue::ActiveModel {
        name: Set(fields.name.clone()),
        room: Set(fields.room.clone()),
        address: Set(fields.address.clone()),
        ..Default::default()
    };
    save_seen(&tx, row, &read, version).await?;
    for forum in store::unannounced_at(&tx, &read).await? {
        let row = forum::ActiveModel {
            venue_name: Set(fields.name.clone()),
            venue_room: Set(fields.room.clone()),
            venue_address: Set(fields.address.clone()),
            ..Default::default()
        };
        save(&tx, row, &forum).await?;
        let entry = audit::Entry::new("forum", forum.id.0, "forum.venue_respelled")
            .in_unit(forum.unit_id)
            .with(serde_json::json!({ "venue": id }));
        audit::record(&tx, ctx, entry).await?;
    }
    record(&tx, ctx, &read, "venue.changed").await?;
    Ok(tx.commit().await?)
}

async fn save_seen(
    tx: &Tx,
    row: venue::ActiveModel,
    read: &venue::Model,
    version: i32,
) -> Result<()> {
    if read.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    store::save_venue(tx, row, read).await
}

/// No longer offered, or offered again.
pub async fn archive(ctx: &Ctx, id: VenueId, version: i32, archived: bool) -> Result<()> {
    let read = get(ctx, id).await?;
    let tx = ctx.app.db.begin_write().await?;
    let row = venue::ActiveModel {
        archived_at: Set(archived.then_some(ctx.now)),
        ..Default::default()
    };
    save_seen(&tx, row, &read, version).await?;
    let verb = if archived {
        "venue.archived"
    } else {
        "venue.restored"
    };
    record(&tx, ctx, &read, verb).await?;
    Ok(tx.commit().await?)
}

/// The place of a forum, spelled as the register has it. What was picked fills the fields; what was typed
/// enters the register, unless it is there already. `now` is the forum as it stands: nobody is asked about a place
/// that stays.
pub async fn placed(
    tx: &Tx,
    ctx: &Ctx,
    unit: UnitId,
    mut fields: ForumFields,
    now: Option<&forum::Model>,
) -> Result<ForumFields> {
    // Nobody goes there: what was typed all the same enters no register.
    if fields.mode == Mode::Online && fields.concept.venue.is_none() {
        return Ok(fields);
    }
    let typed = VenueFields {
        name: fields.venue_name.clone(),
        room: fields.venue_room.clone(),
        address: fields.venue_address.clone(),
    };
    let stays = now.is_some_and(|forum| VenueFields::of(forum) == typed);
    let asks = fields.concept.ask_about_venue && !stays;
    // What was announced keeps its words; what is typed anew is spelled as the register has it.
    let elsewhere = |found: &venue::Model| match stays {
        true => !same(&found.address, &typed.address),
        false => !venue_twins::same_address(&found.address, &typed.address),
    };
    let found = match fields.concept.venue {
        Some(id) => {
            let picked = store::venue(tx, id).await?;
            if picked.unit_id != unit {
                return Err(Error::field("venue", Message::new("venues-other-unit")));
            }
            if !typed.name.is_empty() && !same(&typed.name, &picked.name) {
                return Err(Error::field("venue_name", Message::new("venues-both")));
            }
            picked
        }
        None => match known(tx, unit, &typed.name, &typed.room, None).await? {
            Some(found) if elsewhere(&found) => {
                // The same hall at another address: one of the two is wrong, and nobody but the typist knows.
                if asks {
                    venue_twins::ask(tx, unit, typed.place(), None, venue_twins::NEW).await?;
                }
                fields.venue_name = found.name;
                fields.venue_room = found.room;
                return Ok(fields);
            }
            Some(found) => found,
            None => {
                if asks {
                    venue_twins::ask(tx, unit, typed.place(), None, venue_twins::NEW).await?;
                }
                insert(tx, ctx, unit, typed).await?
            }
        },
    };
    fields.concept.venue = Some(found.id);
    fields.venue_name = found.name;
    fields.venue_room = found.room;
    fields.venue_address = found.address;
    Ok(fields)
}
