//! How a filter becomes conditions: plain columns, and words by the index of each database.

use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, Statement,
    sea_query::{Expr, ExprTrait as _, SimpleExpr},
};
use serde_json::Value;

use super::{Column, solved_by, within};
use crate::{
    complaints::{
        entity::complaint,
        filing::entity::sorting,
        finding::{
            filter::{Filter, Part, Readable, Sort, Span},
            words::{self, Term},
        },
        rules::{OPEN_ENDS, RUNNING_ENDS},
    },
    platform::{
        db::{Db, Tx},
        error::Result,
    },
};

/// No planner knows how common a word is when it has to: up to so many complaints are taken from the index of words and
/// put in order, beyond that the complaints are looked at in the order of the list and their words one by one. Where the
/// two cost about the same at a million: measured on PostgreSQL, on SQLite reckoned from what one row costs each way.
const COMMON: i64 = 6_000;
const COMMON_ON_POSTGRES: i64 = 8_000;

/// The way to the words of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// From the index to the complaints.
    ByIndex,
    /// From the complaints to the index.
    ByRow,
}

/// So many of a span of days are gathered and put in order; of more, a page is found sooner along the queue.
const GATHERED: i64 = 20_000;
const GATHERED_ON_POSTGRES: i64 = 60_000;

/// How the rows of a list are come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ways {
    pub words: Way,
    /// By the days of arrival, put in order afterwards. Who asks for a month of last year would otherwise walk along
    /// everything since.
    pub gathered: bool,
}

/// A complaint in whose words a question of the index is true; phrases and the end follow. The array and the selected
/// value keep the planner of PostgreSQL from choosing another way.
const POSTGRES_BY_INDEX: &str = "complaint.id = ANY(ARRAY(SELECT w.complaint_id FROM complaint_words AS w \
     WHERE array_to_tsvector(string_to_array(w.words, ' ')) @@ CAST($1 AS tsquery)";
const POSTGRES_BY_ROW: &str = "COALESCE((SELECT true FROM complaint_words AS w WHERE w.complaint_id = complaint.id \
     AND array_to_tsvector(string_to_array(w.words, ' ')) @@ CAST($1 AS tsquery)";
const SQLITE_BY_INDEX: &str = "complaint.id IN (SELECT w.complaint_id FROM complaint_words AS w WHERE w.place IN \
     (SELECT rowid FROM complaint_words_index WHERE complaint_words_index MATCH ?)";
/// Without the index of words: it gathers all documents with a word anew for each row that is asked about.
const SQLITE_BY_ROW: &str =
    "EXISTS (SELECT 1 FROM complaint_words AS w WHERE w.complaint_id = complaint.id";
const SQLITE_HOLDS: &str = "instr(' ' || w.words || ' ', ?) > 0";

/// The words of the question, and properties that lead to the few complaints that have them where the list would
/// otherwise go through all that ever came.
fn all_terms(filter: &Filter) -> Vec<Term> {
    let mut terms = filter.words.all.clone();
    // A channel has an index of its own in the order of the queue, a span of days too.
    let led = filter.channel.is_some() || filter.received != (None, None);
    if filter.span.to > OPEN_ENDS && !led {
        let mut add = |name: &str, value: &str| {
            terms.push(Term {
                word: words::property(name, value),
                begins: false,
                also: Vec::new(),
            });
        };
        if let Some(kind) = filter.kind {
            add("kind", &kind.code());
        }
        if let Some(Some(service)) = &filter.service {
            add("service", service);
        }
        if filter.anonymous == Some(true) {
            add("anonymous", "");
        }
        if filter.confidential == Some(true) {
            add("confidential", "");
        }
    }
    terms
}

/// The terms of a question, each as the database writes a word and a beginning.
fn question(
    terms: &[Term],
    joined: &str,
    or: &str,
    write: impl Fn(&str, bool) -> String,
) -> String {
    let words = terms.iter().map(|term| {
        let mut all = vec![write(&term.word, term.begins)];
        all.extend(term.also.iter().map(|word| write(word, term.begins)));
        match all.len() {
            1 => all.remove(0),
            _ => format!("({})", all.join(or)),
        }
    });
    words.collect::<Vec<_>>().join(joined)
}

fn fts(terms: &[Term], joined: &str) -> String {
    question(terms, joined, " OR ", |word, begins| match begins {
        true => format!("\"{word}\" *"),
        false => format!("\"{word}\""),
    })
}

fn tsquery(terms: &[Term], joined: &str) -> String {
    question(terms, joined, " | ", |word, begins| match begins {
        true => format!("'{word}':*"),
        false => format!("'{word}'"),
    })
}

/// Which way to go; asked once for all parts.
pub(super) async fn ways(db: &Db, own: Option<&Tx>, filter: &Filter) -> Result<Ways> {
    Ok(Ways {
        words: way_to_words(db, own, filter).await?,
        gathered: is_gathered(db, own, filter).await?,
    })
}

async fn is_gathered(db: &Db, own: Option<&Tx>, filter: &Filter) -> Result<bool> {
    if filter.sort != Sort::Due || filter.received == (None, None) {
        return Ok(false);
    }
    let units = filter.parts.iter().map(|part| part.unit);
    let among = complaint::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::UnitId.is_in(units))
        .filter(received_in(filter))
        .apply_if(filter.kind, |all, kind| all.filter(Column::Kind.eq(kind)));
    if let Some(tx) = own {
        let expected = expected(tx, among.build(tx.get_database_backend())).await?;
        return Ok(expected.is_some_and(|rows| rows <= GATHERED_ON_POSTGRES));
    }
    let most = among.limit(GATHERED.unsigned_abs() + 1);
    let mut asked = most.build(db.get_database_backend());
    asked.sql = format!("SELECT COUNT(*) AS n FROM ({}) AS found", asked.sql);
    let row = db.query_one_raw(asked).await?;
    let found: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    Ok(found <= GATHERED)
}

fn received_in(filter: &Filter) -> Condition {
    let (from, to) = filter.received;
    Condition::all()
        .add_option(from.map(|at| Column::ReceivedAt.gte(at)))
        .add_option(to.map(|at| Column::ReceivedAt.lt(at)))
}

/// How many rows the statistics of PostgreSQL expect.
async fn expected(tx: &Tx, mut asked: Statement) -> Result<Option<i64>> {
    asked.sql = format!("EXPLAIN (FORMAT JSON) {}", asked.sql);
    let plan: Option<Value> = match tx.query_one_raw(asked).await? {
        Some(row) => Some(row.try_get_by_index(0)?),
        None => None,
    };
    Ok(plan.and_then(|plan| plan[0]["Plan"]["Plan Rows"].as_i64()))
}

async fn way_to_words(db: &Db, own: Option<&Tx>, filter: &Filter) -> Result<Way> {
    let terms = all_terms(filter);
    if terms.is_empty() || filter.words.hopeless {
        return Ok(Way::ByIndex);
    }
    let common = match own {
        Some(tx) => common_on_postgres(tx, tsquery(&terms, " & ")).await?,
        None => {
            let matching = "complaint_words_index WHERE complaint_words_index MATCH ?";
            at_least(db.connection(), COMMON, matching, fts(&terms, " AND ")).await?
        }
    };
    Ok(match common {
        true => Way::ByRow,
        false => Way::ByIndex,
    })
}

/// Its statistics know the words that stand everywhere, so that only the others are counted.
async fn common_on_postgres(tx: &Tx, question: String) -> Result<bool> {
    let matching = "complaint_words WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($1 AS tsquery)";
    let asked = Statement::from_sql_and_values(
        tx.get_database_backend(),
        format!("SELECT 1 FROM {matching}"),
        [question.clone().into()],
    );
    if expected(tx, asked)
        .await?
        .is_some_and(|rows| rows > 4 * COMMON_ON_POSTGRES)
    {
        return Ok(true);
    }
    at_least(tx, COMMON_ON_POSTGRES, matching, question).await
}

async fn at_least(
    db: &impl ConnectionTrait,
    rows: i64,
    matching: &str,
    question: String,
) -> Result<bool> {
    let asked = Statement::from_sql_and_values(
        db.get_database_backend(),
        format!("SELECT COUNT(*) AS n FROM (SELECT 1 FROM {matching} LIMIT {rows}) AS found"),
        [question.into()],
    );
    let row = db.query_one_raw(asked).await?;
    let found: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    Ok(found >= rows)
}

/// PostgreSQL must plan a question anew for what is asked: a plan made for any word is wrong for a common one, and one
/// for any date is wrong for the oldest.
fn needs_own_plan(db: &Db, filter: &Filter) -> bool {
    !db.is_sqlite()
        && (!all_terms(filter).is_empty()
            || filter.words.asks_words()
            || filter.received != (None, None)
            || filter.due != (None, None))
}

/// A transaction that only reads, where plans must be made anew; dropped, it ends.
pub(super) async fn planned_anew(db: &Db, filter: &Filter) -> Result<Option<Tx>> {
    if !needs_own_plan(db, filter) {
        return Ok(None);
    }
    let tx = db.begin_read().await?;
    // Compiling a plan takes longer than a page may, and cutting every document into words longer than the planner thinks.
    tx.execute_unprepared(
        "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off; SET LOCAL enable_seqscan = off",
    )
    .await?;
    Ok(Some(tx))
}

/// What somebody may read.
pub fn readable_by(readable: &Readable) -> Condition {
    if readable.scope.everywhere {
        return Condition::all();
    }
    let named = Condition::any()
        .add(Column::AssigneeId.is_null())
        .add(Column::AssigneeId.is_in(readable.persons.iter().copied()));
    Condition::any()
        .add(Column::Confidential.eq(false))
        .add(Column::UnitId.is_in(readable.scope.units.iter().copied()))
        .add(
            Condition::all()
                .add(Column::DivisionId.is_in(readable.scope.divisions.iter().copied()))
                .add(named),
        )
}

/// What somebody may not read: the rest, said without a negation, which would lose what has no division.
pub fn hidden_from(readable: &Readable) -> Condition {
    let named_other = Condition::all()
        .add(Column::AssigneeId.is_not_null())
        .add(Column::AssigneeId.is_not_in(readable.persons.iter().copied()));
    let divisions = readable.scope.divisions.iter().copied();
    Condition::all()
        .add(Column::Confidential.eq(true))
        .add(Column::UnitId.is_not_in(readable.scope.units.iter().copied()))
        .add(
            Condition::any()
                .add(Column::DivisionId.is_null())
                .add(Column::DivisionId.is_not_in(divisions))
                .add(named_other),
        )
}

/// Rows in whose documents a question is true, and that hold these phrases.
fn matches(db: &Db, way: Way, question: String, phrases: &[Vec<String>]) -> SimpleExpr {
    let (begin, end) = match (db.is_sqlite(), way) {
        (false, Way::ByIndex) => (POSTGRES_BY_INDEX, "))"),
        (false, Way::ByRow) => (POSTGRES_BY_ROW, "), false)"),
        (true, _) => (SQLITE_BY_INDEX, ")"),
    };
    let mut sql = begin.to_owned();
    let mut values = vec![question];
    for phrase in phrases {
        values.push(format!(" {} ", phrase.join(" ")));
        // Not LIKE: the planner would take a phrase for a rare thing and collect all that hold its words.
        sql.push_str(&match db.is_sqlite() {
            true => format!(" AND {SQLITE_HOLDS}"),
            false => format!(" AND strpos(' ' || w.words || ' ', ${}) > 0", values.len()),
        });
    }
    sql.push_str(end);
    Expr::cust_with_values(sql, values)
}

/// The same of one row after the other, on SQLite: a word of each of the groups, none of those, and these phrases.
fn row_matches(groups: &[&[Term]], none: &[Term], phrases: &[Vec<String>]) -> SimpleExpr {
    let mut parts = vec![SQLITE_BY_ROW.to_owned()];
    let mut values = Vec::new();
    let mut any = |terms: &[Term]| {
        let before = values.len();
        for term in terms {
            let end = if term.begins { "" } else { " " };
            let words = std::iter::once(&term.word).chain(&term.also);
            values.extend(words.map(|word| format!(" {word}{end}")));
        }
        vec![SQLITE_HOLDS; values.len() - before].join(" OR ")
    };
    parts.extend(groups.iter().map(|group| format!("({})", any(group))));
    if !none.is_empty() {
        parts.push(format!("NOT ({})", any(none)));
    }
    for phrase in phrases {
        parts.push(SQLITE_HOLDS.to_owned());
        values.push(format!(" {} ", phrase.join(" ")));
    }
    Expr::cust_with_values(format!("{})", parts.join(" AND ")), values)
}

fn words_condition(db: &Db, filter: &Filter, way: Way) -> Condition {
    let terms = all_terms(filter);
    let (none, phrases) = (&filter.words.none, &filter.words.phrases);
    let sqlite = db.is_sqlite();
    if terms.is_empty() && none.is_empty() {
        return Condition::all();
    }
    let wanted = match (terms.is_empty(), way) {
        // Whoever asks for what lacks a word asks for nearly all: row by row.
        (true, _) if sqlite => row_matches(&[none], &[], &[]).not(),
        (true, _) => matches(db, Way::ByRow, tsquery(none, " | "), &[]).not(),
        (false, Way::ByRow) if sqlite => {
            let groups: Vec<&[Term]> = terms.iter().map(std::slice::from_ref).collect();
            row_matches(&groups, none, phrases)
        }
        (false, _) => {
            let question = match (sqlite, none.is_empty()) {
                (true, true) => fts(&terms, " AND "),
                (true, false) => format!("({}) NOT ({})", fts(&terms, " AND "), fts(none, " OR ")),
                (false, true) => tsquery(&terms, " & "),
                (false, false) => {
                    format!("{} & !({})", tsquery(&terms, " & "), tsquery(none, " | "))
                }
            };
            matches(db, way, question, phrases)
        }
    };
    Condition::all().add(wanted)
}

/// The three places of the queue where a due date may stand: owed, answered, finished.
fn due(from: i64, to: i64) -> Condition {
    let end = RUNNING_ENDS + OPEN_ENDS;
    [
        Span { from, to },
        Span {
            from: RUNNING_ENDS + from,
            to: RUNNING_ENDS + to,
        },
        Span {
            from: end - to + 1,
            to: end - from + 1,
        },
    ]
    .into_iter()
    .fold(Condition::any(), |any, span| any.add(within(span)))
}

/// What a row of this part must be; None when the part cannot hold any.
pub(super) fn condition(db: &Db, filter: &Filter, part: Part, ways: Ways) -> Option<Condition> {
    if filter.words.hopeless {
        return None;
    }
    let mut all = Condition::all()
        .add(Column::UnitId.eq(part.unit))
        .add(within(filter.span));
    all = match (part.division, filter.division) {
        (Some(own), None) => all.add(Column::DivisionId.eq(own)),
        (Some(own), Some(Some(asked))) if own == asked => all.add(Column::DivisionId.eq(own)),
        (Some(_), Some(_)) => return None,
        (None, None) => all,
        (None, Some(Some(asked))) => all.add(Column::DivisionId.eq(asked)),
        (None, Some(None)) => all.add(Column::DivisionId.is_null()),
    };
    let wanted = [
        filter.status.map(|status| Column::Status.eq(status)),
        filter.kind.map(|kind| Column::Kind.eq(kind)),
        filter.class.map(|class| Column::Class.eq(class)),
        filter.channel.map(|channel| Column::Channel.eq(channel)),
        filter.service.as_ref().map(|service| match service {
            Some(code) => Column::ServiceCode.eq(code),
            None => Column::ServiceCode.is_null(),
        }),
        filter.response.map(|days| match days {
            Some((from, to)) => Column::AnswerWorkingDays.between(from, to),
            None => Column::AnswerWorkingDays.is_null(),
        }),
        filter.heard.then(|| Column::HeardAt.is_not_null()),
        filter.anonymous.map(|yes| Column::Anonymous.eq(yes)),
        filter.confidential.map(|yes| Column::Confidential.eq(yes)),
        filter
            .words
            .number
            .as_ref()
            .map(|number| Column::Number.eq(number)),
    ];
    all = wanted.into_iter().flatten().fold(all, Condition::add);
    all = all.add(received_in(filter));
    all = all.add_option(filter.status.map(|status| within(Span::of(status))));
    all = all.add_option(filter.solutions.map(solved_by));
    all = match filter.assignees.as_deref() {
        None => all,
        Some([one]) => all.add(Column::AssigneeId.eq(*one)),
        Some(several) => all.add(Column::AssigneeId.is_in(several.iter().copied())),
    };
    if filter.due != (None, None) {
        // Wide enough for every date, and narrower than a place of the queue.
        let from = filter.due.0.map_or(0, |at| at.timestamp_micros());
        let to = filter
            .due
            .1
            .map_or(RUNNING_ENDS / 2, |at| at.timestamp_micros());
        all = all.add(due(from, to));
    }
    if let Some(category) = filter.category {
        let sorted = sorting::Entity::find()
            .select_only()
            .column(sorting::Column::ComplaintId)
            .filter(sorting::Column::UnitId.eq(part.unit))
            .apply_if(category, |all, id| {
                all.filter(sorting::Column::CategoryId.eq(id))
            })
            .into_query();
        all = all.add(match category {
            Some(_) => Column::Id.in_subquery(sorted),
            None => Column::Id.not_in_subquery(sorted),
        });
    }
    if let Some(ids) = &filter.calling {
        all = all.add(Column::Id.is_in(ids.iter().copied()));
    }
    if let Some((with, ids)) = &filter.action {
        let ids = ids.iter().copied();
        all = all.add(match with {
            true => Column::Id.is_in(ids),
            false => Column::Id.is_not_in(ids),
        });
    }
    // What a case is about is as hidden as its words: a filter must not find it out either.
    let about = filter.service.is_some() || filter.category.is_some();
    if filter.words.asks_words() || about {
        all = all.add(readable_by(&filter.readable));
    }
    Some(all.add(words_condition(db, filter, ways.words)))
}
