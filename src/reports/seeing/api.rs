//! `/api/v1/units/{code}/overview` and `/api/v1/overview/units`: what the head's and the supervisor's page show.

use chrono::NaiveDate;
use poem_openapi::{
    Enum, Object, OpenApi,
    param::{Path, Query as Param},
    payload::Json,
};

use super::{
    figures::{self, Span, UnitFigures},
    lead::{self, Lead},
    rules::SortBy,
    units_table::{self, UnitRow},
    waiting::Paper,
};
use crate::{
    access::{self, Ctx, Permission, Token},
    action_plans::Status,
    complaints::AnswerSums,
    forums::{ForumId, Stage},
    platform::web::tags::Tag,
    reports::loop_gaps::{self, GapKind},
    surveys::rules::trend::Unlike,
};

pub struct Api;

/// Why two indexes cannot be compared.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum IndexUnlike {
    Elements,
    Weights,
    Grades,
}

impl From<Unlike> for IndexUnlike {
    fn from(unlike: Unlike) -> Self {
        match unlike {
            Unlike::Elements => Self::Elements,
            Unlike::Weights => Self::Weights,
            Unlike::Grades => Self::Grades,
        }
    }
}

/// The index of the latest frozen period that ended in the year or before it.
#[derive(Object)]
struct OverviewIndex {
    /// Id of the period.
    survey: String,
    title: String,
    closes_on: NaiveDate,
    n: u64,
    /// Two decimals; absent where too few answered.
    ikm: Option<String>,
    grade: Option<String>,
    /// `exact`, `0.11`, `0.111`, `0.071` or `own`.
    weights: String,
    /// `14/2017` or `KEP/25/2004`.
    grades: String,
}

/// Complaints received in a span of local days, both counted.
#[derive(Object)]
struct OverviewAnswers {
    from: NaiveDate,
    to: NaiveDate,
    answered: i64,
    in_time: i64,
    /// One decimal; absent while nothing was answered.
    on_time_percent: Option<f64>,
}

/// A forum of the year.
#[derive(Object)]
struct OverviewForum {
    id: ForumId,
    date: NaiveDate,
    stage: Stage,
    /// The Berita Acara is locked.
    recorded: bool,
    points: u64,
    points_with_action: u64,
}

/// The plan of the year, without cancelled actions.
#[derive(Object)]
struct OverviewPlan {
    actions: i64,
    verified: i64,
    /// Handed in, waiting for the head.
    waiting: i64,
    /// Unfinished behind their day.
    late: i64,
}

/// How many of a kind.
#[derive(Object)]
struct OverviewGap {
    kind: GapKind,
    count: i64,
}

/// How a unit stands in a year. What the caller may not see is absent.
#[derive(Object)]
struct UnitStanding {
    /// Code of the unit.
    unit: String,
    name: String,
    year: i32,
    index: Option<OverviewIndex>,
    answered_in_time: Option<OverviewAnswers>,
    /// Open at this moment.
    complaints_open: Option<u64>,
    /// Late at this moment.
    complaints_late: Option<u64>,
    forums: Vec<OverviewForum>,
    plan: Option<OverviewPlan>,
    /// As `/loop/gaps` counts them.
    gaps: Option<Vec<OverviewGap>>,
    loose_ends: Option<i64>,
}

/// One of the weakest elements.
#[derive(Object)]
struct OverviewElement {
    id: String,
    label: String,
    /// Three decimals.
    nrr: Option<String>,
    /// Codes of issues about it that were not refused.
    issues: Vec<String>,
    /// Codes of actions that come from it.
    actions: Vec<String>,
}

/// How many actions stand in a state.
#[derive(Object)]
struct OverviewActions {
    status: Status,
    count: i64,
}

/// A paper that waits for a signature.
#[derive(Object)]
struct OverviewPaper {
    paper: Paper,
    /// The forum, the survey period, or the number of the complaint.
    of: String,
    note: String,
    /// Its page in the workspace.
    page: String,
}

/// What who leads a unit is told.
#[derive(Object)]
struct UnitOverview {
    standing: UnitStanding,
    /// Of the quarter that today lies in; absent for another year.
    answered_in_time_quarter: Option<OverviewAnswers>,
    /// How much the index is above that of the earlier period, two decimals; absent where nothing like it is there.
    change: Option<String>,
    /// Title of that period.
    compared_with: Option<String>,
    /// Why they cannot be compared.
    unlike: Vec<IndexUnlike>,
    /// The lowest first.
    weakest: Vec<OverviewElement>,
    /// Owed until the end of the next working day, not late yet.
    complaints_late_soon: Option<u64>,
    /// Owed on the working day after that.
    complaints_late_day_after: Option<u64>,
    /// All actions of the unit, whichever year they were planned for.
    actions: Option<Vec<OverviewActions>>,
    actions_late: Option<i64>,
    /// Not late, and nobody reported for a long time.
    actions_stalled: Option<i64>,
    waiting: Vec<OverviewPaper>,
}

/// A unit beside others.
#[derive(Object)]
struct UnitBeside {
    standing: UnitStanding,
    /// Why its index cannot be held against those of most others; empty when it can.
    unlike: Vec<IndexUnlike>,
}

/// The units that the caller supervises.
#[derive(Object)]
struct UnitsBeside {
    year: i32,
    items: Vec<UnitBeside>,
    next_cursor: Option<String>,
}

fn answers(((from, to), sums): (Span, AnswerSums)) -> OverviewAnswers {
    OverviewAnswers {
        from,
        to,
        answered: sums.answered,
        in_time: sums.in_time,
        on_time_percent: sums.percent(),
    }
}

fn unlike(of: &[Unlike]) -> Vec<IndexUnlike> {
    of.iter().copied().map(IndexUnlike::from).collect()
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl From<&UnitFigures> for UnitStanding {
    fn from(of: &UnitFigures) -> Self {
        Self {
            unit: of.unit.code.clone(),
            name: of.unit.name.clone(),
            year: of.year,
            index: of.index.as_ref().map(|seen| OverviewIndex {
                survey: seen.period.id.to_string(),
                title: seen.result.title.clone(),
                closes_on: seen.result.closes_on,
                n: seen.result.n,
                ikm: seen.result.ikm.clone(),
                grade: seen.result.grade.clone(),
                weights: seen.result.weights.clone(),
                grades: seen.result.grades.clone(),
            }),
            answered_in_time: of.answers.map(|found| answers(found.year)),
            complaints_open: of.complaints.map(|(open, _)| open),
            complaints_late: of.complaints.map(|(_, late)| late),
            forums: of
                .forums
                .iter()
                .map(|one| OverviewForum {
                    id: one.forum.id,
                    date: one.forum.date,
                    stage: one.forum.stage,
                    recorded: one.recorded,
                    points: count(one.points),
                    points_with_action: count(one.points_with_action),
                })
                .collect(),
            plan: of.plan.map(|plan| OverviewPlan {
                actions: plan.all,
                verified: plan.verified,
                waiting: plan.waiting,
                late: plan.late,
            }),
            loose_ends: of.loose_ends(),
            gaps: of.gaps.as_ref().map(|gaps| {
                let gaps = gaps.iter();
                gaps.map(|(kind, count)| OverviewGap {
                    kind: *kind,
                    count: *count,
                })
                .collect()
            }),
        }
    }
}

fn overview(ctx: &Ctx, lead: &Lead) -> UnitOverview {
    let locale = ctx.locale();
    let pressing = |at: usize| lead.pressing.as_ref().map(|found| found.groups[at].count);
    UnitOverview {
        standing: UnitStanding::from(&lead.figures),
        answered_in_time_quarter: lead
            .figures
            .answers
            .and_then(|found| found.quarter)
            .map(answers),
        change: lead
            .before
            .as_ref()
            .and_then(|before| before.difference.as_ref())
            .map(|difference| crate::surveys::rules::exact::fixed(difference, 2)),
        compared_with: lead.before.as_ref().map(|one| one.result.title.clone()),
        unlike: lead
            .before
            .as_ref()
            .map(|before| unlike(&before.unlike))
            .unwrap_or_default(),
        weakest: lead
            .weakest
            .iter()
            .map(|weak| OverviewElement {
                id: weak.element.id.clone(),
                label: weak.element.full_name(locale),
                nrr: weak.element.nrr.clone(),
                issues: weak.issues.iter().map(|issue| issue.code.clone()).collect(),
                actions: weak.actions.iter().map(|one| one.code.clone()).collect(),
            })
            .collect(),
        complaints_late_soon: pressing(1),
        complaints_late_day_after: pressing(2),
        actions: lead.divisions.as_ref().map(|_| {
            let states = Status::ALL.into_iter();
            states
                .map(|status| OverviewActions {
                    status,
                    count: lead.count_of(status),
                })
                .collect()
        }),
        actions_late: lead.divisions.as_ref().map(|_| lead.late_actions()),
        actions_stalled: lead.divisions.as_ref().map(|_| lead.stalled_actions()),
        waiting: lead
            .waiting
            .iter()
            .map(|one| OverviewPaper {
                paper: one.paper,
                of: one.of.clone(),
                note: one.note.clone(),
                page: one.href.clone(),
            })
            .collect(),
    }
}

fn beside(row: &UnitRow) -> UnitBeside {
    UnitBeside {
        standing: UnitStanding::from(&row.figures),
        unlike: unlike(&row.unlike),
    }
}

#[OpenApi]
impl Api {
    /// How a unit stands, what is late and what waits
    #[oai(
        path = "/units/:code/overview",
        method = "get",
        operation_id = "getUnitOverview",
        tag = "Tag::Overview"
    )]
    async fn overview(
        &self,
        Token(ctx): Token,
        code: Path<String>,
        /// The present year when left out
        year: Param<Option<i32>>,
    ) -> poem::Result<Json<UnitOverview>> {
        let (unit, _) = access::working_in(&ctx, Permission::ViewOverview, &code.0).await?;
        let year = loop_gaps::year_of(&ctx, &unit, year.0)?;
        let lead = lead::read(&ctx, &unit, year).await?;
        Ok(Json(overview(&ctx, &lead)))
    }

    /// The units that the caller supervises, side by side
    ///
    /// Read only. An index that follows other rules than most names them under `unlike` and comes after the others
    /// when they are sorted by it.
    #[oai(
        path = "/overview/units",
        method = "get",
        operation_id = "listUnitOverviews",
        tag = "Tag::Overview"
    )]
    async fn units(
        &self,
        Token(ctx): Token,
        /// The present year when left out
        year: Param<Option<i32>>,
        /// Code of an office: the units below it
        parent: Param<Option<String>>,
        /// By name when left out
        sort: Param<Option<SortBy>>,
    ) -> poem::Result<Json<UnitsBeside>> {
        let parent = parent.0.unwrap_or_default();
        let year = figures::year_for(&ctx, year.0)?;
        let table = units_table::read(&ctx, year, &parent, sort.0.unwrap_or_default()).await?;
        Ok(Json(UnitsBeside {
            year: table.year,
            items: table.rows.iter().map(beside).collect(),
            next_cursor: None,
        }))
    }
}
