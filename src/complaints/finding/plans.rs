//! How the database goes about a statement: what tests hold against reading everything.

use super::store;
use crate::platform::{db::Db, error::Result};

/// How the database would read what a statement asks for.
pub async fn explained(db: &Db, sql: &str) -> Result<String> {
    let statement = sea_orm::Statement::from_string(db.connection().get_database_backend(), sql);
    store::explain(db.connection(), statement).await
}

/// The plan of a statement of another list.
pub async fn plan_of(db: &Db, statement: sea_orm::Statement) -> Result<String> {
    store::explain(db.connection(), statement).await
}
