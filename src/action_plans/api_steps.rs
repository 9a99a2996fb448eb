//! Milestones, evidence and due days of an action, for programs.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    ActionItemId, Budget, NewAction, NewMilestone, SourceLookup,
    api::{ActionItemDetail, MilestoneItem, NewActionSource, NewProgress, report_of, shown},
    due_days, milestones, service,
};
use crate::{
    access::{Ctx, Permission, Token},
    organisation::{self, Unit},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
        web::{body::Body, tags::Tag},
    },
};

pub struct Api;

#[derive(Object)]
pub struct MilestonePage {
    pub items: Vec<MilestoneItem>,
    pub next_cursor: Option<String>,
}

/// A step to add.
#[derive(Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
pub struct AddedMilestone {
    /// 3 to 160 characters.
    pub title: String,
    /// Within the action: from the day it was promised to the day it is due.
    pub due_on: NaiveDate,
}

/// A due day to move.
#[derive(Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
pub struct NewDueDay {
    pub due_on: NaiveDate,
    /// 5 to 500 characters; everybody reads it.
    pub reason: String,
}

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
    /// Today or later, in the unit's days; a day on which the unit works.
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
    if body.due_on < ctx.today_in(organisation::zone_of(unit)?) {
        check.fault("due_on", Message::new("action-due-in-past"));
    } else if let Some(message) = due_days::refused(&ctx.app.db, unit.id, body.due_on).await? {
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
        owner: None,
        due_on: body.due_on,
        indicator: check.line("indicator", &body.indicator, 3, 300),
        target: check.line("target", &body.target, 1, 300),
        budget: Budget::read(&mut check, budget),
    };
    check.finish()?;
    Ok(new)
}

#[OpenApi(tag = "Tag::ActionItems")]
impl Api {
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
        let mut sources = Vec::with_capacity(body.sources.len());
        for source in &body.sources {
            sources.push(lookup(&ctx, source.kind, &source.id).await?);
        }
        let id = service::add(&ctx, new, sources).await?;
        Ok(Json(shown(&ctx, &id.to_string()).await?))
    }

    /// Evidence of what was done: files or links
    #[oai(
        path = "/action-items/:id/evidence",
        method = "post",
        operation_id = "addActionEvidence"
    )]
    async fn evidence(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<NewProgress>,
    ) -> poem::Result<Json<ActionItemDetail>> {
        let item = ActionItemId::parse(&id.0)?;
        let report = report_of(body)?;
        if report.files.is_empty() && report.links.is_empty() {
            let message = Message::new("rule-action-milestone-no-evidence");
            return Err(Error::field("files", message).into());
        }
        service::report(&ctx, item, None, report).await?;
        Ok(Json(shown(&ctx, &id.0).await?))
    }

    /// The steps of an action
    #[oai(
        path = "/action-items/:id/milestones",
        method = "get",
        operation_id = "listActionMilestones"
    )]
    async fn milestones(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Json<MilestonePage>> {
        Ok(Json(MilestonePage {
            items: shown(&ctx, &id.0).await?.milestones,
            next_cursor: None,
        }))
    }

    /// Add a step
    #[oai(
        path = "/action-items/:id/milestones",
        method = "post",
        operation_id = "addActionMilestone"
    )]
    async fn add_milestone(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<AddedMilestone>,
    ) -> poem::Result<Json<ActionItemDetail>> {
        let mut check = Check::new();
        let new = NewMilestone {
            title: check.line("title", &body.title, 3, 160),
            due_on: body.due_on,
        };
        check.finish()?;
        milestones::add(&ctx, ActionItemId::parse(&id.0)?, None, new).await?;
        Ok(Json(shown(&ctx, &id.0).await?))
    }

    /// Move the due day, with a reason that everybody reads
    #[oai(
        path = "/action-items/:id/extend",
        method = "post",
        operation_id = "extendActionItem"
    )]
    async fn extend(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<NewDueDay>,
    ) -> poem::Result<Json<ActionItemDetail>> {
        let mut check = Check::new();
        let reason = check.text("reason", &body.reason, 5, 500);
        check.finish()?;
        let item = ActionItemId::parse(&id.0)?;
        milestones::extend(&ctx, item, None, (body.due_on, reason)).await?;
        Ok(Json(shown(&ctx, &id.0).await?))
    }
}
