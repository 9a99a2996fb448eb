//! Filters that somebody kept under a name: for themselves, or for everybody in the unit.

use sea_orm::ActiveValue::Set;

use super::{
    entity::saved_filter::{self, SavedFilterId},
    filter::Counted,
    lists, parts,
    query::Query,
    store,
};
use crate::{
    access::{self, Ctx, Permission},
    audit,
    complaints::viewing,
    organisation::UnitId,
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
    },
};
use serde_json::json;

/// More would be a list that nobody reads: of one person, and shared in one unit.
const MOST: usize = 20;

/// A kept filter as its owner and colleagues see it.
pub struct Saved {
    pub id: SavedFilterId,
    pub name: String,
    pub query: Query,
    pub mine: bool,
    pub shared: bool,
    /// The caller may take it away.
    pub removable: bool,
    /// Who shared it, where that is somebody else.
    pub owner: Option<String>,
    /// How many it finds, told of one's own only.
    pub found: Option<Counted>,
}

/// Reads the query of an address back.
#[must_use]
pub fn query_of(text: &str) -> Query {
    let pairs = url::form_urlencoded::parse(text.trim_start_matches('?').as_bytes());
    let map: serde_json::Map<String, serde_json::Value> = pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned().into()))
        .collect();
    let query: Query = serde_json::from_value(map.into()).unwrap_or_default();
    query.cleaned()
}

/// What the caller kept, with how many each finds, and what colleagues shared.
pub async fn kept(ctx: &Ctx, desk: &lists::Desk<'_>) -> Result<Vec<Saved>> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let Some(person) = ctx.person_id() else {
        return Ok(Vec::new());
    };
    let db = &ctx.app.db;
    let mut units = scope.units.clone();
    units.extend(parts::own_divisions(ctx).iter().map(|part| part.unit));
    let mut rows = store::saved_filters(db, &units, person).await?;
    // However many are shared, one's own are there.
    rows.sort_by_key(|row| row.person_id != person);
    let others: Vec<_> = rows
        .iter()
        .map(|row| row.person_id)
        .filter(|id| *id != person)
        .collect();
    let names = access::person_names(db, others.clone()).await?;
    let gone = access::closed_accounts(db, others).await?;
    let mut all = Vec::new();
    for row in rows.into_iter().take(MOST * 2) {
        let query = query_of(&row.query);
        let mine = row.person_id == person;
        all.push(Saved {
            found: match mine {
                true => Some(lists::number_found(desk, &query).await?),
                false => None,
            },
            query,
            id: row.id,
            removable: mine || (gone.contains(&row.person_id) && tidies(ctx, row.unit_id)),
            name: row.name,
            mine,
            shared: row.shared,
            owner: names.get(&row.person_id).cloned(),
        });
    }
    Ok(all)
}

/// Who may take away what somebody shared who has no account any more: the officers of the unit.
fn tidies(ctx: &Ctx, unit: UnitId) -> bool {
    ctx.may(Permission::RegisterComplaint, unit)
}

/// Keeps what an address asks for. The same name again replaces it.
pub async fn keep(ctx: &Ctx, name: &str, query: &str, shared: bool) -> Result<Query> {
    ctx.require_scope(Permission::ViewComplaints)?;
    let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
    let unit = viewing::home_unit(ctx).await?;
    let mut check = Check::new();
    let name = check.line("name", name, 2, 60);
    let query = query_of(query);
    let tx = ctx.app.db.begin_write().await?;
    let known = store::saved_filters(&tx, &[unit.id], person).await?;
    let own: Vec<_> = known.iter().filter(|row| row.person_id == person).collect();
    if own.len() >= MOST && !own.iter().any(|row| row.name == name) {
        check.fault("name", Message::new("finding-too-many").with("most", MOST));
    }
    let again = |row: &saved_filter::Model| row.person_id == person && row.name == name;
    let others = known.iter().filter(|row| row.shared && !again(row)).count();
    if shared && others >= MOST {
        let message = Message::new("finding-too-many-shared").with("most", MOST);
        check.fault("shared", message);
    }
    check.finish()?;
    let id = SavedFilterId::new();
    let row = saved_filter::ActiveModel {
        id: Set(id),
        unit_id: Set(unit.id),
        person_id: Set(person),
        name: Set(name.clone()),
        query: Set(query.text()),
        shared: Set(shared),
        created_at: Set(ctx.now),
    };
    store::save_filter(&tx, row).await?;
    // What is looked for may be a citizen's word: the log keeps the name that was chosen for it, and no more.
    let entry = audit::Entry::new("saved_filter", id.0, "filter.kept")
        .in_unit(unit.id)
        .with(json!({ "name": name, "shared": shared }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(query)
}

/// Removes the caller's own, and as an officer what somebody shared who has no account any more.
pub async fn throw_away(ctx: &Ctx, id: &str) -> Result<()> {
    ctx.require_scope(Permission::ViewComplaints)?;
    let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
    let tx = ctx.app.db.begin_write().await?;
    let row = store::saved_filter(&tx, SavedFilterId::parse(id)?).await?;
    if row.person_id != person {
        let gone = access::closed_accounts(&tx, vec![row.person_id]).await?;
        if !row.shared || gone.is_empty() || !tidies(ctx, row.unit_id) {
            return Err(Error::NotFound);
        }
    }
    store::delete_filter(&tx, row.id).await?;
    let entry = audit::Entry::new("saved_filter", row.id.0, "filter.removed")
        .in_unit(row.unit_id)
        .with(json!({ "name": row.name }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_address_asks_for_the_same_again() {
        let query = Query {
            view: "soon".to_owned(),
            q: "kartu keluarga & \"loket 2\"".to_owned(),
            from: "2026-03-01".to_owned(),
            ..Query::default()
        }
        .cleaned();
        assert_eq!(query_of(&query.text()), query);
        assert_eq!(query_of("view=%ff&&=&x=1&cursor=abc").text(), "view=open");
    }
}
