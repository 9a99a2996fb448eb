//! Answers that came one right after the other from one network, those sent faster than a form is read, and what of
//! them an office sets aside before it freezes a period.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "survey_response";
const FLAGS: [&str; 2] = ["swift", "set_aside"];
const RUN: &str = "run_id";
/// Most answers belong to no run for longer than an hour.
const OF_RUN: &str =
    "CREATE INDEX survey_response_run ON survey_response (run_id) WHERE run_id IS NOT NULL";

fn add(column: &mut ColumnDef) -> TableAlterStatement {
    let mut change = Table::alter();
    change.table(Alias::new(TABLE)).add_column(column);
    change
}

fn without(column: &str) -> TableAlterStatement {
    let mut change = Table::alter();
    change
        .table(Alias::new(TABLE))
        .drop_column(Alias::new(column));
    change
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of_period = || vec![link("unit_id", "unit"), link("period_id", "survey_period")];
        let runs = table(
            "survey_run",
            vec![
                key(),
                id("unit_id"),
                id("period_id"),
                day("came_on"),
                maybe_text("network"),
                maybe_instant("last_at"),
                number("answers"),
            ],
            of_period(),
        );
        let aside = table(
            "survey_aside",
            vec![
                key(),
                id("unit_id"),
                id("period_id"),
                text("part"),
                number("answers"),
                text("reason"),
                text("made_by"),
                instant("made_at"),
            ],
            of_period(),
        );
        let of = index("survey_run_of", "survey_run", &["period_id", "network"]);
        let once = unique_index("survey_aside_once", "survey_aside", &["period_id", "part"]);
        create(manager, vec![runs, aside], vec![of, once]).await?;
        manager.alter_table(add(&mut maybe_id(RUN))).await?;
        for name in FLAGS {
            manager.alter_table(add(flag(name).default(false))).await?;
        }
        manager.get_connection().execute_unprepared(OF_RUN).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop()
            .name("survey_response_run")
            .table(Alias::new(TABLE))
            .to_owned();
        manager.drop_index(index).await?;
        for name in FLAGS.into_iter().chain([RUN]) {
            manager.alter_table(without(name)).await?;
        }
        drop(manager, &["survey_aside", "survey_run"]).await
    }
}
