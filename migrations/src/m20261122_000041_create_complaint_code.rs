//! Access codes as keyed hashes: whoever kept the code and lost the number finds the complaint. The code itself stays
//! sealed with its complaint.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut complaint = id("complaint_id");
        complaint.primary_key();
        let codes = table(
            "complaint_code",
            vec![complaint, id("unit_id"), text("code_hash")],
            vec![link("complaint_id", "complaint"), link("unit_id", "unit")],
        );
        // Not unique: the parts of a complaint share its code.
        let by_code = index("complaint_code_of", "complaint_code", &["code_hash"]);
        create(manager, vec![codes], vec![by_code]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["complaint_code"]).await
    }
}
