//! Which tables beside a complaint hold something of it. Most hold nothing of most complaints, and one question costs
//! less than one to each of them.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

use crate::{complaints::entity::complaint, platform::error::Result};

/// What may lie beside a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Beside {
    /// Answers to what the category asks.
    Details,
    Category,
    /// Other channels on which it is talked about.
    Conversations,
    /// What SP4N-LAPOR! says of it.
    Sp4n,
    /// Others that are handled in it.
    Merged,
    Links,
    Files,
}

const ALL: [Beside; 7] = [
    Beside::Details,
    Beside::Category,
    Beside::Conversations,
    Beside::Sp4n,
    Beside::Merged,
    Beside::Links,
    Beside::Files,
];

impl Beside {
    fn rows(self) -> &'static str {
        match self {
            Self::Details => "complaint_detail WHERE unit_id = $1 AND complaint_id = $2",
            Self::Category => "complaint_sorting WHERE complaint_id = $2",
            Self::Conversations => {
                "complaint_conversation WHERE unit_id = $1 AND complaint_id = $2"
            }
            Self::Sp4n => "sp4n_case WHERE complaint_id = $2",
            Self::Merged => "complaint WHERE unit_id = $1 AND merged_into = $2",
            Self::Links => "complaint_link WHERE unit_id = $1 AND (from_id = $2 OR to_id = $2)",
            Self::Files => "complaint_file WHERE unit_id = $1 AND complaint_id = $2",
        }
    }
}

/// What lies beside this complaint.
pub async fn beside(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<HashSet<Beside>> {
    let parts = ALL.iter().enumerate().map(|(place, one)| {
        let rows = one.rows();
        format!("SELECT {place} AS place WHERE EXISTS (SELECT 1 FROM {rows})")
    });
    let mut sql = parts.collect::<Vec<_>>().join(" UNION ALL ");
    let backend = db.get_database_backend();
    if backend == DatabaseBackend::Sqlite {
        sql = sql.replace('$', "?");
    }
    let values = [of.unit_id.into(), of.id.into()];
    let rows = db
        .query_all_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    let mut found = HashSet::new();
    for row in rows {
        let place: i32 = row.try_get("", "place")?;
        found.extend(usize::try_from(place).ok().and_then(|at| ALL.get(at)));
    }
    Ok(found)
}
