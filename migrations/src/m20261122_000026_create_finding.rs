//! Finding complaints: their searched words and the index over them, the numbers that the inbox shows without
//! counting, and filters that somebody kept.

use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

use crate::parts::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// On SQLite a full-text table keeps the index, and triggers keep it in step with the words. It is named by `place`:
/// the row number of a table without an integer key may change.
const SQLITE_UP: &str = "
CREATE VIRTUAL TABLE complaint_words_index USING fts5(
  words, content='complaint_words', content_rowid='place', tokenize='ascii', detail='none', columnsize=0);
-- Removed words leave the index's own pages at once: they may be those of a case that was anonymised.
INSERT INTO complaint_words_index (complaint_words_index, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER complaint_words_added AFTER INSERT ON complaint_words BEGIN
  INSERT INTO complaint_words_index (rowid, words) VALUES (new.place, new.words);
END;
CREATE TRIGGER complaint_words_removed AFTER DELETE ON complaint_words BEGIN
  INSERT INTO complaint_words_index (complaint_words_index, rowid, words) VALUES ('delete', old.place, old.words);
END;
CREATE TRIGGER complaint_words_changed AFTER UPDATE OF words ON complaint_words BEGIN
  INSERT INTO complaint_words_index (complaint_words_index, rowid, words) VALUES ('delete', old.place, old.words);
  INSERT INTO complaint_words_index (rowid, words) VALUES (new.place, new.words);
END;
CREATE INDEX complaint_assignee ON complaint (unit_id, assignee_id, queue, id) WHERE assignee_id IS NOT NULL;
";

/// The words are stems already: they are taken as they stand, no parser of the database reads them again. What was
/// written lately is looked through by every search until it is sorted in: it stays short.
const POSTGRES_UP: &str = "
CREATE INDEX complaint_words_index ON complaint_words USING gin (array_to_tsvector(string_to_array(words, ' ')))
  WITH (gin_pending_list_limit = 512);
-- How common a word is decides the way to it: more of them are known by their number.
ALTER INDEX complaint_words_index ALTER COLUMN 1 SET STATISTICS 1000;
CREATE INDEX complaint_assignee ON complaint (unit_id, assignee_id, queue, id) WHERE assignee_id IS NOT NULL;
";

const SQLITE_DOWN: &str = "
DROP INDEX complaint_assignee;
DROP TRIGGER complaint_words_added;
DROP TRIGGER complaint_words_removed;
DROP TRIGGER complaint_words_changed;
DROP TABLE complaint_words_index;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager,
            vec![words(), tally(), tally_change(), saved_filter()],
            vec![
                index(
                    "complaint_status",
                    "complaint",
                    &["unit_id", "status", "queue", "id"],
                ),
                unique_index(
                    "saved_filter_name",
                    "saved_filter",
                    &["unit_id", "person_id", "name"],
                ),
            ],
        )
        .await?;
        let own = match manager.get_database_backend() {
            DatabaseBackend::Sqlite => SQLITE_UP,
            _ => POSTGRES_UP,
        };
        manager.get_connection().execute_unprepared(own).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let own = match manager.get_database_backend() {
            DatabaseBackend::Sqlite => SQLITE_DOWN,
            _ => "DROP INDEX complaint_assignee;",
        };
        manager.get_connection().execute_unprepared(own).await?;
        manager
            .drop_index(
                Index::drop()
                    .name("complaint_status")
                    .table(Alias::new("complaint"))
                    .to_owned(),
            )
            .await?;
        drop(
            manager,
            &[
                "saved_filter",
                "complaint_tally_change",
                "complaint_tally",
                "complaint_words",
            ],
        )
        .await
    }
}

fn words() -> TableCreateStatement {
    let mut place = ColumnDef::new(Alias::new("place"));
    place
        .big_integer()
        .not_null()
        .auto_increment()
        .primary_key();
    let mut complaint = id("complaint_id");
    complaint.unique_key();
    table(
        "complaint_words",
        vec![
            place,
            complaint,
            id("unit_id"),
            text("words"),
            number("made_by"),
        ],
        vec![link("complaint_id", "complaint"), link("unit_id", "unit")],
    )
}

/// `division_id` is the nil UUID where nobody has it: a key has no empty columns.
fn tally() -> TableCreateStatement {
    let mut statement = table(
        "complaint_tally",
        vec![
            id("unit_id"),
            id("division_id"),
            text("status"),
            big_number("n"),
        ],
        vec![link("unit_id", "unit")],
    );
    statement.primary_key(
        Index::create()
            .col(Alias::new("unit_id"))
            .col(Alias::new("division_id"))
            .col(Alias::new("status")),
    );
    statement
}

fn tally_change() -> TableCreateStatement {
    table(
        "complaint_tally_change",
        vec![
            key(),
            id("unit_id"),
            id("division_id"),
            text("status"),
            big_number("n"),
        ],
        vec![],
    )
}

fn saved_filter() -> TableCreateStatement {
    table(
        "saved_filter",
        vec![
            key(),
            id("unit_id"),
            id("person_id"),
            text("name"),
            text("query"),
            flag("shared"),
            instant("created_at"),
        ],
        vec![link("unit_id", "unit"), link("person_id", "person")],
    )
}
