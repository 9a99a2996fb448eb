//! Queries of issues, voices, dismissals, and of what voices were told.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, Func, LikeExpr, LockType, OnConflict, SimpleExpr},
};
use uuid::Uuid;

use super::{
    entity::{
        IssueId, issue, issue_dismissal,
        issue_voice::{self, VoiceKind},
    },
    rules::State,
};
use crate::{
    access::Scope,
    forums::ForumId,
    organisation::UnitId,
    platform::{
        db::{Tx, texts_among},
        error::{Error, Result},
        web::paging::Slice,
    },
    surveys::SurveyPeriodId,
};

/// Sort key of lists: what needs a decision first, then what came first.
pub type Key = (i32, IssueId);

/// What a list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub unit: Option<UnitId>,
    pub states: Vec<State>,
    pub year: Option<i32>,
    pub words: String,
}

const CHANGED: Error = Error::Conflict {
    code: "changed_meanwhile",
};

/// The place of a state in the list.
#[must_use]
pub fn rank(state: State) -> i32 {
    let place = State::ALL.iter().position(|one| *one == state);
    place.and_then(|at| i32::try_from(at).ok()).unwrap_or(0)
}

pub async fn insert(db: &impl ConnectionTrait, row: issue::Model) -> Result<()> {
    issue::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The highest number given in a unit and year; 0 when it has none.
pub async fn last_number(db: &impl ConnectionTrait, unit: UnitId, year: i32) -> Result<i32> {
    let found = issue::Entity::find()
        .filter(issue::Column::UnitId.eq(unit))
        .filter(issue::Column::Year.eq(year))
        .order_by_desc(issue::Column::Number)
        .one(db)
        .await?;
    Ok(found.map_or(0, |issue| issue.number))
}

pub async fn get(db: &impl ConnectionTrait, id: IssueId) -> Result<issue::Model> {
    issue::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// An issue inside the scope; outside of it, it does not exist.
pub async fn visible(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: IssueId,
) -> Result<issue::Model> {
    let found = get(db, id).await?;
    covered(scope, found)
}

/// The same, kept until the transaction ends.
pub async fn held(tx: &Tx, scope: &Scope, id: IssueId) -> Result<issue::Model> {
    let found = issue::Entity::find_by_id(id)
        .lock(LockType::NoKeyUpdate)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    covered(scope, found)
}

fn covered(scope: &Scope, found: issue::Model) -> Result<issue::Model> {
    if scope.covers(found.unit_id, None) {
        Ok(found)
    } else {
        Err(Error::NotFound)
    }
}

/// Writes a changed issue if nobody else did meanwhile; its version grows.
pub async fn save(
    db: &impl ConnectionTrait,
    read: &issue::Model,
    mut row: issue::ActiveModel,
) -> Result<()> {
    row.version = Set(read.version + 1);
    let written = issue::Entity::update_many()
        .set(row)
        .filter(issue::Column::Id.eq(read.id))
        .filter(issue::Column::Version.eq(read.version))
        .exec(db)
        .await?;
    if written.rows_affected == 0 {
        return Err(CHANGED);
    }
    Ok(())
}

/// The issues that stand, or once stood, on the agenda of a forum.
pub async fn of_forum(
    db: &impl ConnectionTrait,
    unit: UnitId,
    forum: ForumId,
) -> Result<Vec<issue::Model>> {
    Ok(issue::Entity::find()
        .filter(issue::Column::UnitId.eq(unit))
        .filter(issue::Column::ForumId.eq(forum))
        .all(db)
        .await?)
}

fn within(scope: &Scope) -> Condition {
    if scope.everywhere {
        return Condition::all();
    }
    Condition::all().add(issue::Column::UnitId.is_in(scope.units.iter().copied()))
}

fn matching(filter: &Filter) -> Condition {
    use issue::Column;
    let mut wanted = Condition::all();
    if let Some(unit) = filter.unit {
        wanted = wanted.add(Column::UnitId.eq(unit));
    }
    if !filter.states.is_empty() {
        wanted = wanted.add(Column::State.is_in(filter.states.iter().copied()));
    }
    if let Some(year) = filter.year {
        wanted = wanted.add(Column::Year.eq(year));
    }
    for word in filter.words.split_whitespace().take(6) {
        let any = [Column::Code, Column::Title, Column::Words]
            .into_iter()
            .fold(Condition::any(), |any, column| {
                any.add(contains(column, word))
            });
        wanted = wanted.add(any);
    }
    wanted
}

/// Whatever case; `%` and `_` mean themselves.
fn contains(column: issue::Column, word: &str) -> SimpleExpr {
    let quoted = word
        .to_lowercase()
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    let pattern = LikeExpr::new(format!("%{quoted}%")).escape('\\');
    Expr::expr(Func::lower(Expr::col((issue::Entity, column)))).like(pattern)
}

/// The rank in SQL. Written out: PostgreSQL cannot tell the type of a parameter there.
fn by_rank() -> SimpleExpr {
    let whens: String = State::ALL
        .iter()
        .map(|state| format!(" WHEN '{}' THEN {}", state.code(), rank(*state)))
        .collect();
    Expr::cust(format!("CASE state{whens} END"))
}

/// A page of the issues inside the scope: what needs a decision first.
pub async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
    slice: &Slice<Key>,
) -> Result<Vec<issue::Model>> {
    use issue::Column;
    let mut query = issue::Entity::find()
        .filter(within(scope))
        .filter(matching(filter));
    if let Some((after, id)) = slice.after {
        let same = State::ALL.into_iter().filter(|state| rank(*state) == after);
        let later = State::ALL.into_iter().filter(|state| rank(*state) > after);
        query = query.filter(
            Condition::any().add(Column::State.is_in(later)).add(
                Condition::all()
                    .add(Column::State.is_in(same))
                    .add(Column::Id.gt(id)),
            ),
        );
    }
    Ok(query
        .order_by_asc(by_rank())
        .order_by_asc(Column::Id)
        .limit(slice.limit + 1)
        .all(db)
        .await?)
}

/// How many issues of each state there are under the filter.
pub async fn counts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
) -> Result<Vec<(State, i64)>> {
    Ok(issue::Entity::find()
        .select_only()
        .column(issue::Column::State)
        .column_as(issue::Column::Id.count(), "n")
        .filter(within(scope))
        .filter(matching(filter))
        .group_by(issue::Column::State)
        .into_tuple()
        .all(db)
        .await?)
}

/// The issues of a unit in some states, the first at the head.
pub async fn of_unit(
    db: &impl ConnectionTrait,
    unit: UnitId,
    states: &[State],
) -> Result<Vec<issue::Model>> {
    Ok(issue::Entity::find()
        .filter(issue::Column::UnitId.eq(unit))
        .filter(issue::Column::State.is_in(states.iter().copied()))
        .order_by_asc(issue::Column::Id)
        .all(db)
        .await?)
}

pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<IssueId>) -> Result<Vec<issue::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(issue::Entity::find()
        .filter(issue::Column::Id.is_in(ids))
        .order_by_asc(issue::Column::Id)
        .all(db)
        .await?)
}

/// Links a voice; tells whether it was not linked before.
pub async fn insert_voice(db: &impl ConnectionTrait, row: issue_voice::Model) -> Result<bool> {
    use issue_voice::Column;
    let once = OnConflict::columns([
        Column::UnitId,
        Column::IssueId,
        Column::Kind,
        Column::SourceId,
        Column::Period,
    ])
    .do_nothing()
    .to_owned();
    let written = issue_voice::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(written > 0)
}

pub async fn voices(
    db: &impl ConnectionTrait,
    of: &issue::Model,
) -> Result<Vec<issue_voice::Model>> {
    Ok(issue_voice::Entity::find()
        .filter(issue_voice::Column::UnitId.eq(of.unit_id))
        .filter(issue_voice::Column::IssueId.eq(of.id))
        .order_by_asc(issue_voice::Column::Id)
        .all(db)
        .await?)
}

/// How many voices each of these issues has.
pub async fn voice_counts(
    db: &impl ConnectionTrait,
    issues: &[IssueId],
) -> Result<Vec<(IssueId, i64)>> {
    if issues.is_empty() {
        return Ok(Vec::new());
    }
    Ok(issue_voice::Entity::find()
        .select_only()
        .column(issue_voice::Column::IssueId)
        .column_as(issue_voice::Column::Id.count(), "n")
        .filter(issue_voice::Column::IssueId.is_in(issues.iter().copied()))
        .group_by(issue_voice::Column::IssueId)
        .into_tuple()
        .all(db)
        .await?)
}

pub async fn delete_voice(db: &impl ConnectionTrait, of: &issue::Model, id: Uuid) -> Result<()> {
    issue_voice::Entity::delete_many()
        .filter(issue_voice::Column::UnitId.eq(of.unit_id))
        .filter(issue_voice::Column::IssueId.eq(of.id))
        .filter(issue_voice::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The voices of one kind in a unit that belong to an issue.
pub async fn held_of_kind(
    db: &impl ConnectionTrait,
    unit: UnitId,
    kind: VoiceKind,
) -> Result<Vec<String>> {
    use issue_voice::Column;
    Ok(issue_voice::Entity::find()
        .select_only()
        .column(Column::SourceId)
        .distinct()
        .filter(Column::UnitId.eq(unit))
        .filter(Column::Kind.eq(kind))
        .into_tuple()
        .all(db)
        .await?)
}

/// Of these voices those that belong to an issue.
pub async fn held_among(
    db: &impl ConnectionTrait,
    kind: VoiceKind,
    ids: &[String],
) -> Result<HashSet<String>> {
    use issue_voice::Column;
    let of_kind = Condition::all().add(Column::Kind.eq(kind));
    let found = texts_among::<issue_voice::Entity>(db, Column::SourceId, of_kind, ids);
    Ok(found.await?)
}

/// A voice in an issue, with its period and the state of the issue.
pub type Held = (VoiceKind, String, Option<SurveyPeriodId>, State);

pub async fn held_in_unit(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Held>> {
    let states: Vec<(IssueId, State)> = issue::Entity::find()
        .select_only()
        .columns([issue::Column::Id, issue::Column::State])
        .filter(issue::Column::UnitId.eq(unit))
        .into_tuple()
        .all(db)
        .await?;
    let states: HashMap<IssueId, State> = states.into_iter().collect();
    let voices: Vec<(VoiceKind, String, Option<SurveyPeriodId>, IssueId)> =
        issue_voice::Entity::find()
            .select_only()
            .columns([
                issue_voice::Column::Kind,
                issue_voice::Column::SourceId,
                issue_voice::Column::PeriodId,
                issue_voice::Column::IssueId,
            ])
            .filter(issue_voice::Column::UnitId.eq(unit))
            .into_tuple()
            .all(db)
            .await?;
    let with_state = voices.into_iter().filter_map(|(kind, id, period, issue)| {
        let state = states.get(&issue)?;
        Some((kind, id, period, *state))
    });
    Ok(with_state.collect())
}

/// Where a voice stands: kind and id, the period of an element, and the issue.
pub type Standing = (VoiceKind, String, Option<SurveyPeriodId>, IssueId);

/// Where voices of a unit stand, by their ids.
pub async fn standings(
    db: &impl ConnectionTrait,
    unit: UnitId,
    ids: Vec<String>,
) -> Result<Vec<Standing>> {
    use issue_voice::Column;
    Ok(issue_voice::Entity::find()
        .select_only()
        .columns([
            Column::Kind,
            Column::SourceId,
            Column::PeriodId,
            Column::IssueId,
        ])
        .filter(Column::UnitId.eq(unit))
        .filter(Column::SourceId.is_in(ids))
        .order_by_asc(Column::IssueId)
        .into_tuple()
        .all(db)
        .await?)
}

/// The issues that some voices of one kind belong to.
pub async fn issues_with(
    db: &impl ConnectionTrait,
    kind: VoiceKind,
    ids: &[String],
) -> Result<Vec<issue::Model>> {
    let mine: Vec<IssueId> = issue_voice::Entity::find()
        .select_only()
        .column(issue_voice::Column::IssueId)
        .distinct()
        .filter(issue_voice::Column::Kind.eq(kind))
        .filter(issue_voice::Column::SourceId.is_in(ids.iter().cloned()))
        .into_tuple()
        .all(db)
        .await?;
    by_ids(db, mine).await
}

pub async fn dismissals(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Vec<issue_dismissal::Model>> {
    Ok(issue_dismissal::Entity::find()
        .filter(issue_dismissal::Column::UnitId.eq(unit))
        .all(db)
        .await?)
}

/// Notes that a proposal was turned down; the last time counts.
pub async fn dismiss(db: &impl ConnectionTrait, row: issue_dismissal::Model) -> Result<()> {
    use issue_dismissal::Column;
    let last = OnConflict::columns([Column::UnitId, Column::Proposal])
        .update_columns([
            Column::Weight,
            Column::Reason,
            Column::ById,
            Column::ByName,
            Column::At,
        ])
        .to_owned();
    issue_dismissal::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(last)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
