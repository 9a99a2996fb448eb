//! Conversations and originals: the name that another system has for a case, and what came in exactly as it came.

use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, sea_query::Expr,
};
use uuid::Uuid;

use super::entity::{conversation, original};
use crate::{
    access::Ctx,
    complaints::{
        entity::{ComplaintId, complaint, message::MessageId},
        rules::Channel,
    },
    organisation::UnitId,
    platform::{
        context::App,
        crypto::Purpose,
        db::{AT_ONCE, Tx},
        error::{Error, Result},
    },
};

/// Names a case's conversation over a channel. A name that leads to another case is a conflict: nobody's words go to
/// a stranger's case.
pub async fn name(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    channel: Channel,
    external_id: &str,
) -> Result<()> {
    let row = conversation::ActiveModel {
        complaint_id: Set(of.id),
        channel: Set(channel),
        unit_id: Set(of.unit_id),
        external_id: Set(external_id.to_owned()),
        created_at: Set(ctx.now),
    };
    conversation::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The names that other systems have for a case.
pub async fn names(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<conversation::Model>> {
    Ok(conversation::Entity::find()
        .filter(conversation::Column::UnitId.eq(of.unit_id))
        .filter(conversation::Column::ComplaintId.eq(of.id))
        .order_by_asc(conversation::Column::CreatedAt)
        .all(db)
        .await?)
}

/// Which cases have these names; long lists are asked for in pieces.
pub async fn named(
    db: &impl ConnectionTrait,
    unit: UnitId,
    channel: Channel,
    names: &[String],
) -> Result<Vec<conversation::Model>> {
    let mut found = Vec::new();
    for piece in names.chunks(AT_ONCE) {
        let rows = conversation::Entity::find()
            .filter(conversation::Column::UnitId.eq(unit))
            .filter(conversation::Column::Channel.eq(channel))
            .filter(conversation::Column::ExternalId.is_in(piece.iter().cloned()))
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Before the mark that stands for a name once its case is a tombstone.
const FORGOTTEN: &str = "dianonimkan:";

/// What stands for a name once its case is anonymised: who has the name finds the case, nobody reads the name. Without
/// it an older list would bring everything back.
#[must_use]
pub fn forgotten(app: &App, unit: UnitId, channel: Channel, name: &str) -> String {
    let text = format!("conversation:{unit}:{}:{name}", channel.code());
    format!("{FORGOTTEN}{}", app.keys.hash(Purpose::Tokens, &text))
}

#[must_use]
pub fn is_forgotten(external_id: &str) -> bool {
    external_id.starts_with(FORGOTTEN)
}

/// Takes the names of a case away and leaves their marks.
pub async fn forget(tx: &Tx, app: &App, of: &complaint::Model) -> Result<()> {
    for row in names(tx, of).await? {
        if is_forgotten(&row.external_id) {
            continue;
        }
        let mark = forgotten(app, row.unit_id, row.channel, &row.external_id);
        conversation::Entity::update_many()
            .col_expr(conversation::Column::ExternalId, Expr::value(mark))
            .filter(conversation::Column::ComplaintId.eq(of.id))
            .filter(conversation::Column::Channel.eq(row.channel))
            .exec(tx)
            .await?;
    }
    Ok(())
}

fn bound_to(id: Uuid) -> String {
    format!("complaint_original:{id}")
}

/// Keeps what came in as it came, sealed: of a message, or of the complaint itself.
pub async fn keep_original(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    message: Option<MessageId>,
    content: &str,
) -> Result<()> {
    let id = Uuid::now_v7();
    let row = original::ActiveModel {
        id: Set(id),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        message_id: Set(message.map(|id| id.0)),
        content: Set(ctx.app.keys.seal(content, &bound_to(id))?),
        created_at: Set(ctx.now),
    };
    original::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Whether there is any.
pub async fn has_originals(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<bool> {
    Ok(!originals(db, of.unit_id, of.id).await?.is_empty())
}

async fn originals(
    db: &impl ConnectionTrait,
    unit: UnitId,
    id: ComplaintId,
) -> Result<Vec<original::Model>> {
    Ok(original::Entity::find()
        .filter(original::Column::UnitId.eq(unit))
        .filter(original::Column::ComplaintId.eq(id))
        .order_by_asc(original::Column::CreatedAt)
        .order_by_asc(original::Column::Id)
        .all(db)
        .await?)
}

/// The originals in the clear, oldest first. The caller has asked who may read them.
pub async fn opened(
    db: &impl ConnectionTrait,
    app: &App,
    of: &complaint::Model,
) -> Result<Vec<String>> {
    let rows = originals(db, of.unit_id, of.id).await?;
    rows.iter()
        .map(|row| app.keys.open(&row.content, &bound_to(row.id)))
        .collect::<anyhow::Result<_>>()
        .map_err(Error::Internal)
}
