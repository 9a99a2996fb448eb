//! Milestones of actions, postponed due dates, and reminders that went out. Progress is computed from now on: what was
//! typed stays in the entries as history, and the bar of each action says what its milestones and evidence say.

use sea_orm_migration::prelude::*;

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// As `action_plans::rules::percent` counts an action without milestones.
const COMPUTED: &str = "UPDATE action_item SET progress = CASE \
    WHEN status = 'verified' THEN 100 \
    WHEN status = 'done' THEN 90 \
    WHEN EXISTS (SELECT 1 FROM action_progress WHERE action_progress.action_id = action_item.id \
        AND CAST(action_progress.files AS TEXT) <> '[]') THEN 50 \
    WHEN EXISTS (SELECT 1 FROM action_progress WHERE action_progress.action_id = action_item.id) THEN 25 \
    ELSE 0 END";
/// What was typed last, as it stood before.
const TYPED: &str = "UPDATE action_item SET progress = CASE \
    WHEN status IN ('verified', 'done') THEN 100 \
    ELSE COALESCE((SELECT MAX(percent) FROM action_progress WHERE action_progress.action_id = action_item.id), 0) END";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(
                Table::alter()
                    .table(Alias::new("action_item"))
                    .add_column(maybe_day("baseline_due_on"))
                    .to_owned(),
            )
            .await?;
        manager
            .alter_table(
                Table::alter()
                    .table(Alias::new("action_item"))
                    .add_column(maybe_number("carried_into"))
                    .to_owned(),
            )
            .await?;
        let indexes = vec![
            index("action_milestone_item", "action_milestone", &["action_id"]),
            index("action_extension_item", "action_extension", &["action_id"]),
            unique_index(
                "action_reminder_once",
                "action_reminder",
                &["unit_id", "action_id", "kind", "week"],
            ),
        ];
        create(manager, vec![milestone(), extension(), reminder()], indexes).await?;
        let db = manager.get_connection();
        db.execute_unprepared(COMPUTED).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(TYPED).await?;
        drop(
            manager,
            &["action_reminder", "action_extension", "action_milestone"],
        )
        .await?;
        for column in ["carried_into", "baseline_due_on"] {
            manager
                .alter_table(
                    Table::alter()
                        .table(Alias::new("action_item"))
                        .drop_column(Alias::new(column))
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }
}

fn milestone() -> TableCreateStatement {
    table(
        "action_milestone",
        vec![
            key(),
            id("unit_id"),
            id("action_id"),
            text("title"),
            day("due_on"),
            maybe_day("done_on"),
            maybe_id("entry_id"),
            instant("created_at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("action_id", "action_item"),
            link("entry_id", "action_progress"),
        ],
    )
}

fn extension() -> TableCreateStatement {
    table(
        "action_extension",
        vec![
            key(),
            id("unit_id"),
            id("action_id"),
            day("due_from"),
            day("due_to"),
            maybe_number("into_year"),
            text("reason"),
            maybe_id("by_id"),
            text("by_name"),
            instant("at"),
        ],
        vec![
            link("unit_id", "unit"),
            link("action_id", "action_item"),
            link("by_id", "person"),
        ],
    )
}

fn reminder() -> TableCreateStatement {
    table(
        "action_reminder",
        vec![
            key(),
            id("unit_id"),
            id("action_id"),
            one_of("kind", &["overdue", "stalled"]),
            text("week"),
            instant("at"),
        ],
        vec![link("unit_id", "unit"), link("action_id", "action_item")],
    )
}
