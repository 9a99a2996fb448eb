//! The way back by the code alone: an anonymous complainant who lost the number can be found by nobody else. And another
//! code in place of one that was lost.

use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::entity::code;
use crate::{
    complaints::{ComplaintId, entity::complaint, identity, store},
    platform::{
        context::App,
        crypto::{self, Purpose},
        db::Tx,
        error::Result,
    },
};

fn hash_of(app: &App, digits: &str) -> String {
    app.keys
        .hash(Purpose::Tokens, &format!("access-code:{digits}"))
}

/// Keeps the mark of a complaint's code.
pub async fn keep_code(tx: &Tx, app: &App, of: &complaint::Model) -> Result<()> {
    let digits = identity::open_code(app, of)?;
    insert(tx, app, of, &digits).await
}

async fn insert(tx: &Tx, app: &App, of: &complaint::Model, digits: &str) -> Result<()> {
    let row = code::ActiveModel {
        complaint_id: Set(of.id),
        unit_id: Set(of.unit_id),
        code_hash: Set(hash_of(app, digits)),
    };
    code::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Another code for a complaint and for whatever shares its code, the parts of one; the old one opens nothing any more.
/// No version changes: nobody's work depends on a code.
pub(super) async fn renew(tx: &Tx, app: &App, of: &complaint::Model) -> Result<String> {
    let old = hash_of(app, &identity::open_code(app, of)?);
    let digits = crypto::random_digits(16);
    let mut sharing: Vec<ComplaintId> = code::Entity::find()
        .select_only()
        .column(code::Column::ComplaintId)
        .filter(code::Column::CodeHash.eq(old))
        .into_tuple()
        .all(tx)
        .await?;
    if !sharing.contains(&of.id) {
        sharing.push(of.id);
    }
    for id in sharing {
        let sealed = identity::seal_code(app, id, &digits)?;
        store::set_access_code(tx, id, sealed).await?;
        code::Entity::delete_by_id(id).exec(tx).await?;
        insert(tx, app, &store::get(tx, id).await?, &digits).await?;
    }
    Ok(digits)
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
