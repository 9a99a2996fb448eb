//! Mails about what is anonymised, and whose address is kept sealed.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{Attachments, Column, Entity, MailId, MailStatus, SEALED};
use crate::platform::{db::Tx, error::Result};

/// Forgets to whom sealed mails about a thing went and what mails about it say: it is anonymised. One that has not left
/// yet does not leave any more.
pub async fn forget_about(tx: &Tx, kind: &str, id: Uuid) -> Result<()> {
    forget(tx, about(kind, id)).await
}

/// The same for mails to citizens only: their contact is not to be used any more, while the staff works on.
pub async fn forget_private_about(tx: &Tx, kind: &str, id: Uuid) -> Result<()> {
    let private = Column::ToAddress.starts_with(SEALED);
    forget(tx, about(kind, id).add(private)).await
}

fn about(kind: &str, id: Uuid) -> Condition {
    Condition::all()
        .add(Column::AboutKind.eq(kind))
        .add(Column::AboutId.eq(id))
}

async fn forget(tx: &Tx, wanted: Condition) -> Result<()> {
    let nothing = Attachments::default();
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(MailStatus::Failed))
        .filter(wanted.clone())
        .filter(Column::Status.eq(MailStatus::Queued))
        .exec(tx)
        .await?;
    Entity::update_many()
        .col_expr(Column::Text, Expr::value(""))
        .col_expr(Column::Html, Expr::value(""))
        .col_expr(Column::Attachments, Expr::value(nothing))
        .filter(wanted.clone())
        .exec(tx)
        .await?;
    Entity::update_many()
        .col_expr(Column::ToAddress, Expr::value(SEALED))
        .filter(wanted)
        .filter(Column::ToAddress.starts_with(SEALED))
        .exec(tx)
        .await?;
    Ok(())
}

/// Which mails went to somebody whose address is kept sealed.
pub async fn sealed(db: &impl ConnectionTrait) -> Result<HashSet<MailId>> {
    let found = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ToAddress.starts_with(SEALED));
    let ids: Vec<MailId> = found.into_tuple().all(db).await?;
    Ok(ids.into_iter().collect())
}
