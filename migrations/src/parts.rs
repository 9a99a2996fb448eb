//! The few shapes that columns have here, so that both databases get the same ones.

use sea_orm_migration::prelude::*;

/// A text with one of a closed set of values. No database enum: adding a value would lock the table.
pub fn one_of(column: &str, values: &[&str]) -> ColumnDef {
    let list = values
        .iter()
        .map(|value| format!("'{value}'"))
        .collect::<Vec<_>>()
        .join(", ");
    let mut definition = ColumnDef::new(Alias::new(column));
    definition
        .text()
        .not_null()
        .check(Expr::cust(format!("{column} IN ({list})")));
    definition
}

/// The same, or nothing.
pub fn maybe_one_of(column: &str, values: &[&str]) -> ColumnDef {
    let mut definition = one_of(column, values);
    definition.null();
    definition
}

/// The key: a UUIDv7 made by the program.
pub fn key() -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new("id"));
    definition.uuid().not_null().primary_key();
    definition
}

pub fn id(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.uuid().not_null();
    definition
}

pub fn maybe_id(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.uuid().null();
    definition
}

pub fn text(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.text().not_null();
    definition
}

pub fn maybe_text(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.text().null();
    definition
}

pub fn unique_text(column: &str) -> ColumnDef {
    let mut definition = text(column);
    definition.unique_key();
    definition
}

pub fn bytes(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.blob().not_null();
    definition
}

pub fn maybe_bytes(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.blob().null();
    definition
}

pub fn json(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.json_binary().not_null();
    definition
}

pub fn maybe_json(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.json_binary().null();
    definition
}

/// An instant, UTC, microseconds. Never with a default of the database: SQLite's sorts differently.
pub fn instant(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.timestamp_with_time_zone().not_null();
    definition
}

pub fn maybe_instant(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.timestamp_with_time_zone().null();
    definition
}

/// A local day.
pub fn day(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.date().not_null();
    definition
}

pub fn maybe_day(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.date().null();
    definition
}

/// A clock time of a day.
pub fn clock(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.time().not_null();
    definition
}

pub fn maybe_clock(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.time().null();
    definition
}

pub fn number(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.integer().not_null();
    definition
}

pub fn maybe_number(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.integer().null();
    definition
}

/// Rupiah, sizes in bytes, counters.
pub fn big_number(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.big_integer().not_null();
    definition
}

pub fn maybe_big_number(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.big_integer().null();
    definition
}

pub fn flag(column: &str) -> ColumnDef {
    let mut definition = ColumnDef::new(Alias::new(column));
    definition.boolean().not_null();
    definition
}

/// Points to the `id` of another table.
pub fn link(from_column: &str, to_table: &str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from_col(Alias::new(from_column))
        .to(Alias::new(to_table), Alias::new("id"))
        .to_owned()
}

/// An index; list queries begin with the unit.
pub fn index(name: &str, table: &str, columns: &[&str]) -> IndexCreateStatement {
    let mut statement = Index::create();
    statement.name(name).table(Alias::new(table));
    for column in columns {
        statement.col(Alias::new(*column));
    }
    statement
}

pub fn unique_index(name: &str, table: &str, columns: &[&str]) -> IndexCreateStatement {
    index(name, table, columns).unique().to_owned()
}

/// A table of the given columns and links.
pub fn table(
    name: &str,
    columns: Vec<ColumnDef>,
    links: Vec<ForeignKeyCreateStatement>,
) -> TableCreateStatement {
    let mut statement = Table::create();
    statement.table(Alias::new(name));
    for mut column in columns {
        statement.col(&mut column);
    }
    for mut link in links {
        statement.foreign_key(&mut link);
    }
    statement
}

/// Creates the tables and indexes of one change.
pub async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<TableCreateStatement>,
    indexes: Vec<IndexCreateStatement>,
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

/// Undoes [`create`]: the tables in the order given.
pub async fn drop(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables {
        manager
            .drop_table(Table::drop().table(Alias::new(*table)).to_owned())
            .await?;
    }
    Ok(())
}
