//! Documents whose words another version of the program cut.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};

use crate::{
    complaints::{
        entity::complaint,
        finding::entity::words::{Column, Entity},
    },
    platform::{db::Db, error::Result},
};

/// Complaints whose document was made by another version than this one, some of them.
pub async fn stale_words(
    db: &impl ConnectionTrait,
    made_by: i32,
    limit: u64,
) -> Result<Vec<complaint::Model>> {
    let stale = Entity::find()
        .select_only()
        .column(Column::ComplaintId)
        .filter(Column::MadeBy.ne(made_by))
        .limit(limit);
    Ok(complaint::Entity::find()
        .filter(complaint::Column::Id.in_subquery(stale.into_query()))
        .order_by_asc(complaint::Column::Id)
        .all(db)
        .await?)
}

/// How many documents were made by another version.
pub async fn count_stale(db: &impl ConnectionTrait, made_by: i32) -> Result<u64> {
    Ok(Entity::find()
        .filter(Column::MadeBy.ne(made_by))
        .count(db)
        .await?)
}

/// Has every document made anew by the next repair, and on SQLite the index over them rebuilt at once.
pub async fn doubt_all(db: &Db) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::MadeBy, Expr::value(0))
        .exec(db)
        .await?;
    if db.is_sqlite() {
        db.execute_unprepared(
            "INSERT INTO complaint_words_index (complaint_words_index) VALUES ('rebuild')",
        )
        .await?;
    }
    Ok(())
}
