//! The action plan for programs: what was promised, and a new promise.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Query as Param, payload::Json};
use serde::Deserialize;

use super::{
    Budget, NewAction, SourceLookup, SourceRef, Status,
    api::{ActionItemDetail, ActionItemPage, ActionItemSummary, NewActionSource, shown},
    due_days, service,
    views::{self, Query},
};
use crate::{
    access::{Ctx, Permission, Token},
    calendar,
    organisation::{self, Unit},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
        web::{body::Body, paging::Slice, tags::Tag},
    },
};

pub struct Api;

/// A promise.
#[derive(Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
pub struct NewActionItem {
    /// Code of the unit.
    pub unit: String,
    /// 5 to 160 characters; everybody reads it.
    pub title: String,
    /// 10 to 2000 characters; everybody reads it.
    pub description: String,
    /// Code of the division that works on it.
    pub division: String,
    /// Who answers for it by name: the office, as the unit's list of officials writes it. Left out, the head of the division
    /// does.
    pub owner: Option<String>,
    /// Today or later, in the unit's days; a day on which the unit works, and not beyond what the installation allows.
    pub due_on: NaiveDate,
    pub indicator: String,
    pub target: String,
    /// The year whose budget pays for it; left out where it costs nothing.
    pub budget_year: Option<i32>,
    /// What it costs, in whole Rupiah; then `budget_year` and `budget_source` are needed too.
    pub budget_amount: Option<i64>,
    /// Where the money comes from: `APBD Provinsi`; at most 120 characters.
    pub budget_source: Option<String>,
    /// What it comes from.
    #[oai(default)]
    #[serde(default)]
    pub sources: Vec<NewActionSource>,
}

/// Reads and checks a promise.
async fn promised(ctx: &Ctx, unit: &Unit, body: &NewActionItem) -> Result<NewAction> {
    let mut check = Check::new();
    let divisions = organisation::divisions(&ctx.app.db, unit.id).await?;
    let division = check.choice("division", &body.division, |code| {
        let mut found = divisions.iter().filter(|one| one.code == code);
        found.next().map(|one| one.id)
    });
    let officials = organisation::officials(&ctx.app.db, unit.id).await?;
    let owner = body
        .owner
        .as_deref()
        .filter(|office| !office.trim().is_empty());
    let owner = owner.and_then(|office| {
        check.choice("owner", office.trim(), |office| {
            let mut found = officials.iter().filter(|one| one.office == office);
            found.next().map(|one| one.id)
        })
    });
    let today = ctx.today_in(organisation::zone_of(unit)?);
    let within = (body.due_on, today..=NaiveDate::MAX);
    if body.due_on < today {
        check.fault("due_on", Message::new("action-due-in-past"));
    } else if let Some(message) = due_days::refused(&ctx.app.db, ctx, unit, within).await? {
        check.fault("due_on", message);
    }
    let year = body.budget_year.map(|year| year.to_string());
    let amount = body.budget_amount.map(|amount| amount.to_string());
    let budget = [&year, &amount, &body.budget_source];
    let budget = budget.map(|text| text.as_deref().unwrap_or_default());
    let new = NewAction {
        unit: unit.id,
        title: check.line("title", &body.title, 5, 160),
        description: check.text("description", &body.description, 10, 2000),
        division,
        owner,
        due_on: body.due_on,
        indicator: check.line("indicator", &body.indicator, 3, 300),
        target: check.line("target", &body.target, 1, 300),
        budget: Budget::read(&mut check, budget),
    };
    check.finish()?;
    Ok(new)
}

/// The sources that are named; each that nobody knows is a fault of the promise, which is not made then.
async fn found(
    ctx: &Ctx,
    lookup: SourceLookup,
    sources: &[NewActionSource],
) -> Result<Vec<SourceRef>> {
    let mut check = Check::new();
    let mut all = Vec::with_capacity(sources.len());
    for (at, source) in sources.iter().enumerate() {
        match lookup(ctx, source.kind, &source.id).await {
            Ok(one) => all.push(one),
            Err(Error::NotFound) => check.fault(
                &format!("sources[{at}].id"),
                Message::new("action-source-unknown"),
            ),
            Err(error) => return Err(error),
        }
    }
    check.finish()?;
    Ok(all)
}

#[OpenApi(tag = "Tag::ActionItems")]
impl Api {
    /// The action plan, by due day
    #[oai(
        path = "/action-items",
        method = "get",
        operation_id = "listActionItems"
    )]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a parameter of the address"
    )]
    async fn list(
        &self,
        Token(ctx): Token,
        /// Code of a unit
        unit: Param<Option<String>>,
        status: Param<Option<Status>>,
        /// Code of a division; `none`: of no division
        division: Param<Option<String>>,
        /// In the plan of this year: made for it, or carried over into it
        year: Param<Option<i32>>,
        /// Only what is late
        late: Param<Option<bool>>,
        /// Only what is not late and nobody reported on for a long time
        stalled: Param<Option<bool>>,
        /// Words of code, title or description
        q: Param<Option<String>>,
        limit: Param<Option<u64>>,
        cursor: Param<Option<String>>,
    ) -> poem::Result<Json<ActionItemPage>> {
        let query = Query {
            unit: unit.0,
            status: status.0,
            division: division.0,
            year: calendar::year_named(year.0)?,
            late: late.0.unwrap_or_default(),
            stalled: stalled.0.unwrap_or_default(),
            words: q.0.unwrap_or_default().chars().take(100).collect(),
            ..Query::default()
        };
        let slice = Slice::read(cursor.0.as_deref(), limit.0)?;
        let (rows, next_cursor) = views::list(&ctx, &query, &slice).await?;
        Ok(Json(ActionItemPage {
            items: rows.iter().map(ActionItemSummary::of).collect(),
            next_cursor,
        }))
    }

    /// Promise something
    #[oai(
        path = "/action-items",
        method = "post",
        operation_id = "createActionItem"
    )]
    async fn create(
        &self,
        Token(ctx): Token,
        Data(lookup): Data<&SourceLookup>,
        Body(body): Body<NewActionItem>,
    ) -> poem::Result<Json<ActionItemDetail>> {
        ctx.require_scope(Permission::ManageActions)?;
        let unit = organisation::unit_by_code(&ctx.app.db, &body.unit).await?;
        ctx.require(Permission::ManageActions, unit.id)?;
        let new = promised(&ctx, &unit, &body).await?;
        let sources = found(&ctx, *lookup, &body.sources).await?;
        let id = service::add(&ctx, new, sources).await?;
        Ok(Json(shown(&ctx, &id.to_string()).await?))
    }
}
