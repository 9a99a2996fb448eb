//! Queries of letters of clarification.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    RelationDef, sea_query::Expr,
};

use super::entity::{Column, Entity, Model};
use crate::{
    complaints::entity::complaint,
    organisation::UnitId,
    platform::error::{Error, Result},
};

/// The last letter of a case, written or being written.
pub async fn last(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::ComplaintId.eq(of.id))
        .order_by_desc(Column::Id)
        .one(db)
        .await?)
}

/// More letters than this wait nowhere.
const MOST_UNISSUED: u64 = 50;

/// The numbers of the complaints of a unit whose letter is written and not issued, the oldest letter first.
pub async fn unissued(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<String>> {
    let complaint: RelationDef = Entity::belongs_to(complaint::Entity)
        .from(Column::ComplaintId)
        .to(complaint::Column::Id)
        .into();
    Ok(Entity::find()
        .select_only()
        .column(complaint::Column::Number)
        .join(JoinType::InnerJoin, complaint)
        .filter(Column::UnitId.eq(unit))
        .filter(Column::IssuedAt.is_null())
        .order_by_asc(Column::Id)
        .limit(MOST_UNISSUED)
        .into_tuple()
        .all(db)
        .await?)
}

pub async fn insert(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes a letter over the version that was read, while it is not issued.
pub async fn save(db: &impl ConnectionTrait, row: Model) -> Result<()> {
    let (id, read) = (row.id, row.version);
    let changed = Model {
        version: read + 1,
        ..row
    };
    let written = Entity::update_many()
        .set(changed.into_active_model().reset_all())
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(read))
        .filter(Column::IssuedAt.is_null())
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(())
}

/// Takes the words out of the letters of a case that is anonymised; number, date and signatory stay.
pub async fn blank(db: &impl ConnectionTrait, of: &complaint::Model, mark: &str) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Subject, Expr::value(mark))
        .col_expr(Column::Addressee, Expr::value(""))
        .col_expr(Column::AddressPlace, Expr::value(""))
        .col_expr(Column::Body, Expr::value(mark))
        .col_expr(Column::Copies, Expr::value(""))
        .filter(Column::UnitId.eq(of.unit_id))
        .filter(Column::ComplaintId.eq(of.id))
        .exec(db)
        .await?;
    Ok(())
}
