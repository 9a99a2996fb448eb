//! An invitation may be for several persons: each of them has a row of their own, with the seat of the invitation that
//! they took.

use sea_orm_migration::prelude::*;

use crate::parts::*;

const INDEX: &str = "attendance_recipient";
const TABLE: &str = "attendance";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut seat = number("seat");
        seat.default(1);
        let add = Table::alter()
            .table(Alias::new(TABLE))
            .add_column(seat)
            .to_owned();
        manager.alter_table(add).await?;
        unindex(manager).await?;
        // A seat is taken once; rows without a recipient stay apart, because nulls are never equal.
        let seats = unique_index(INDEX, TABLE, &["forum_id", "recipient_id", "seat"]);
        manager.create_index(seats).await
    }

    /// Whoever came as the second of an invitation stays on the list, as a guest.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let guests = "UPDATE attendance SET recipient_id = NULL WHERE seat > 1";
        manager.get_connection().execute_unprepared(guests).await?;
        unindex(manager).await?;
        let once = unique_index(INDEX, TABLE, &["forum_id", "recipient_id"]);
        manager.create_index(once).await?;
        let drop = Table::alter()
            .table(Alias::new(TABLE))
            .drop_column(Alias::new("seat"))
            .to_owned();
        manager.alter_table(drop).await
    }
}

async fn unindex(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let index = Index::drop()
        .name(INDEX)
        .table(Alias::new(TABLE))
        .to_owned();
    manager.drop_index(index).await
}
