//! Many rows at once: `COPY` on PostgreSQL, inserts of many rows on SQLite. For filling a database, never for what
//! people do: whoever fills must write every row that a use case would write.

use sea_orm::{
    ActiveModelTrait, ActiveValue, EntityName as _, EntityTrait, Iden as _, Iterable as _, Value,
    sqlx,
};

use super::db::{Db, Tx};

/// So many rows go into one insert: the number of values in it is limited.
const ROWS: usize = 300;

/// An open transaction; dropped without `commit` it is rolled back.
pub enum Bulk {
    Copy(sqlx::Transaction<'static, sqlx::Postgres>),
    Insert(Tx),
}

impl Bulk {
    pub async fn begin(db: &Db) -> anyhow::Result<Self> {
        if db.is_sqlite() {
            return Ok(Self::Insert(db.begin_write().await?));
        }
        let pool = db.connection().get_postgres_connection_pool();
        Ok(Self::Copy(pool.begin().await?))
    }

    /// Writes rows that all have the same columns set.
    pub async fn write<A: ActiveModelTrait>(&mut self, rows: Vec<A>) -> anyhow::Result<()> {
        let Some(first) = rows.first() else {
            return Ok(());
        };
        match self {
            Self::Insert(tx) => {
                let mut rows = rows.into_iter();
                loop {
                    let some: Vec<A> = rows.by_ref().take(ROWS).collect();
                    if some.is_empty() {
                        return Ok(());
                    }
                    A::Entity::insert_many(some)
                        .exec_without_returning(&*tx)
                        .await?;
                }
            }
            Self::Copy(tx) => {
                type Column<A> = <<A as ActiveModelTrait>::Entity as EntityTrait>::Column;
                let columns: Vec<Column<A>> = Column::<A>::iter()
                    .filter(|column| !matches!(first.get(*column), ActiveValue::NotSet))
                    .collect();
                let names: Vec<String> = columns
                    .iter()
                    .map(|column| format!("\"{}\"", column.to_string()))
                    .collect();
                let table = A::Entity::default().table_name().to_owned();
                let sql = format!("COPY \"{table}\" ({}) FROM STDIN", names.join(", "));
                let mut text = String::with_capacity(rows.len() * 400);
                for row in &rows {
                    for (place, column) in columns.iter().enumerate() {
                        if place > 0 {
                            text.push('\t');
                        }
                        field(&mut text, row.get(*column))?;
                    }
                    text.push('\n');
                }
                let mut copy = (**tx).copy_in_raw(&sql).await?;
                copy.send(text.as_bytes()).await?;
                copy.finish().await?;
                Ok(())
            }
        }
    }

    pub async fn commit(self) -> anyhow::Result<()> {
        match self {
            Self::Copy(tx) => Ok(tx.commit().await?),
            Self::Insert(tx) => Ok(tx.commit().await?),
        }
    }
}

/// One field as `COPY` reads it.
fn field(text: &mut String, value: ActiveValue<Value>) -> anyhow::Result<()> {
    use std::fmt::Write as _;
    let value = match value {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => value,
        ActiveValue::NotSet => anyhow::bail!("rows of one table must set the same columns"),
    };
    match value {
        Value::Bool(Some(yes)) => text.push(if yes { 't' } else { 'f' }),
        Value::Int(Some(number)) => write!(text, "{number}")?,
        Value::BigInt(Some(number)) => write!(text, "{number}")?,
        Value::String(Some(words)) => escaped(text, &words),
        Value::Json(Some(json)) => escaped(text, &json.to_string()),
        Value::Uuid(Some(id)) => write!(text, "{id}")?,
        Value::ChronoDateTimeUtc(Some(at)) => text.push_str(&at.to_rfc3339()),
        Value::ChronoDate(Some(day)) => write!(text, "{day}")?,
        Value::Bytes(Some(bytes)) => {
            text.push_str("\\\\x");
            for byte in bytes {
                write!(text, "{byte:02x}")?;
            }
        }
        Value::Bool(None)
        | Value::Int(None)
        | Value::BigInt(None)
        | Value::String(None)
        | Value::Json(None)
        | Value::Uuid(None)
        | Value::ChronoDateTimeUtc(None)
        | Value::ChronoDate(None)
        | Value::Bytes(None) => text.push_str("\\N"),
        other => anyhow::bail!("no column holds a value like {other:?}"),
    }
    Ok(())
}

fn escaped(text: &mut String, words: &str) {
    for letter in words.chars() {
        match letter {
            '\\' => text.push_str("\\\\"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_cannot_leave_its_place_in_a_copy() {
        let shown = |value: Value| {
            let mut text = String::new();
            field(&mut text, ActiveValue::Set(value)).map(|()| text)
        };
        assert_eq!(shown("a\tb\nc\\d\r".into()).unwrap(), "a\\tb\\nc\\\\d\\r");
        assert_eq!(shown(vec![0_u8, 255].into()).unwrap(), "\\\\x00ff");
        assert_eq!(shown(Value::String(None)).unwrap(), "\\N");
        assert!(shown(1.5_f64.into()).is_err());
    }
}
