//! Milestones, evidence and due days of an action, for programs.

use chrono::NaiveDate;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    ActionItemId, NewMilestone,
    api::{ActionItemDetail, MilestoneItem, NewProgress, own, report_of, shown},
    milestones, service,
};
use crate::{
    access::Token,
    platform::{
        check::Check,
        error::Error,
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

#[OpenApi(tag = "Tag::ActionItems")]
impl Api {
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
        let done = service::report(&ctx, item, None, report).await;
        done.map_err(own)?;
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
        let done = milestones::add(&ctx, ActionItemId::parse(&id.0)?, None, new).await;
        done.map_err(own)?;
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
        let done = milestones::extend(&ctx, item, None, (body.due_on, reason)).await;
        done.map_err(own)?;
        Ok(Json(shown(&ctx, &id.0).await?))
    }
}
