//! The way back by the code alone: an anonymous complainant who lost the number can be found by nobody else.

use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::entity::code;
use crate::{
    complaints::{ComplaintId, entity::complaint, identity},
    platform::{context::App, crypto::Purpose, db::Tx, error::Result},
};

fn hash_of(app: &App, digits: &str) -> String {
    app.keys
        .hash(Purpose::Tokens, &format!("access-code:{digits}"))
}

/// Keeps the mark of a complaint's code.
pub async fn keep_code(tx: &Tx, app: &App, of: &complaint::Model) -> Result<()> {
    let digits = identity::open_code(app, of)?;
    let row = code::ActiveModel {
        complaint_id: Set(of.id),
        unit_id: Set(of.unit_id),
        code_hash: Set(hash_of(app, &digits)),
    };
    code::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// The complaint that this code opens. The parts of one share its code: the whole comes first, and names them.
pub async fn by_code(
    db: &impl ConnectionTrait,
    app: &App,
    digits: &str,
) -> Result<Option<ComplaintId>> {
    let found = code::Entity::find()
        .filter(code::Column::CodeHash.eq(hash_of(app, digits)))
        .order_by_asc(code::Column::ComplaintId)
        .one(db)
        .await?;
    Ok(found.map(|row| row.complaint_id))
}
