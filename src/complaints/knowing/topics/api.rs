//! `/api/v1/complaint-topics`: several complaints about one matter, for programs of the office.

use chrono::{DateTime, FixedOffset, NaiveDate};
use poem_openapi::{
    Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    linking,
    rules::Growth,
    service::{self, Line, Shown},
};
use crate::{
    access::{Ctx, Permission, Token},
    complaints::{
        api::{Done, seen},
        rules::Status,
    },
    organisation,
    platform::{
        error::Result,
        web::{body::Body, tags::Tag},
    },
};

pub struct Api;

/// How a matter developed in thirty days, against the thirty before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
enum TopicGrowth {
    Grows,
    Same,
    Shrinks,
    /// Nothing came in either.
    Quiet,
}

impl From<Growth> for TopicGrowth {
    fn from(growth: Growth) -> Self {
        match growth {
            Growth::Grows => Self::Grows,
            Growth::Same => Self::Same,
            Growth::Shrinks => Self::Shrinks,
            Growth::Quiet => Self::Quiet,
        }
    }
}

/// A topic in the list.
#[derive(Object)]
struct ComplaintTopic {
    id: String,
    title: String,
    note: Option<String>,
    /// Complaints in it.
    total: i64,
    growth: TopicGrowth,
    /// Since when it is offered for the agenda of a forum.
    proposed_at: Option<DateTime<FixedOffset>>,
    version: i32,
}

/// What several complaints without a topic seem to share.
#[derive(Object)]
struct TopicSuggestion {
    words: String,
    /// Numbers of the complaints.
    complaints: Vec<String>,
}

/// The topics of the caller's unit, those that come up most at the head.
#[derive(Object)]
struct ComplaintTopics {
    items: Vec<ComplaintTopic>,
    /// For who keeps topics.
    suggestions: Vec<TopicSuggestion>,
}

/// A complaint of a topic.
#[derive(Object)]
struct TopicComplaint {
    number: String,
    subject: String,
    status: Status,
    received_at: DateTime<FixedOffset>,
}

/// How many were received in a month.
#[derive(Object)]
struct TopicMonth {
    /// The first day of the month.
    month: NaiveDate,
    received: i64,
}

/// The action item that answers a topic.
#[derive(Object)]
struct TopicAction {
    id: String,
    code: String,
    title: String,
    /// In per cent.
    progress: i32,
}

/// A topic with its complaints.
#[derive(Object)]
struct ComplaintTopicDetail {
    #[oai(flatten)]
    topic: ComplaintTopic,
    /// The newest that the caller may read; two hundred at most. `total` counts the others, too.
    complaints: Vec<TopicComplaint>,
    /// The last twelve months and this one.
    months: Vec<TopicMonth>,
    action_item: Option<TopicAction>,
}

/// A topic as somebody writes it down.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct TopicEntry {
    /// 3 to 80 characters, once in the unit. Required.
    #[oai(default)]
    #[serde(default)]
    title: String,
    note: Option<String>,
    /// For a new one: numbers of complaints that go into it.
    #[oai(default)]
    #[serde(default)]
    complaints: Vec<String>,
    /// For a change: the version that was read; another one is answered by 409.
    #[oai(default)]
    #[serde(default)]
    version: i32,
}

/// Complaints for a topic.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct TopicComplaints {
    /// Numbers, at most two hundred. Required.
    #[oai(default)]
    #[serde(default)]
    complaints: Vec<String>,
}

/// Whether a topic is offered for the agenda of a forum.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct TopicProposal {
    offered: bool,
    /// The version that was read; another one is answered by 409.
    #[oai(default)]
    #[serde(default)]
    version: i32,
}

/// Which action item answers a topic.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct TopicLink {
    /// Id of the action item. Required.
    #[oai(default)]
    #[serde(default)]
    action_item: String,
    /// The version that was read; another one is answered by 409.
    #[oai(default)]
    #[serde(default)]
    version: i32,
}

async fn detail(ctx: &Ctx, id: &str) -> Result<Json<ComplaintTopicDetail>> {
    let Shown {
        topic,
        zone,
        cases,
        count,
        months,
        growth,
        action,
        ..
    } = service::show(ctx, id).await?;
    let local = |at: DateTime<chrono::Utc>| at.with_timezone(&zone).fixed_offset();
    Ok(Json(ComplaintTopicDetail {
        topic: ComplaintTopic {
            id: topic.id.to_string(),
            title: topic.title,
            note: topic.note,
            total: i64::try_from(count).unwrap_or(i64::MAX),
            growth: growth.into(),
            proposed_at: topic.proposed_at.map(local),
            version: topic.version,
        },
        complaints: cases
            .into_iter()
            .map(|case| TopicComplaint {
                received_at: local(case.received_at),
                subject: case.subject,
                status: case.status,
                number: case.number,
            })
            .collect(),
        months: months
            .into_iter()
            .map(|(month, received)| TopicMonth {
                month: month.from,
                received,
            })
            .collect(),
        action_item: action.map(|(action, _)| TopicAction {
            id: action.id.to_string(),
            code: action.code,
            title: action.title,
            progress: action.progress,
        }),
    }))
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// List topics
    #[oai(
        path = "/complaint-topics",
        method = "get",
        operation_id = "listComplaintTopics"
    )]
    async fn list(&self, Token(ctx): Token) -> poem::Result<Json<ComplaintTopics>> {
        let found = service::list(&ctx).await?;
        let zone = organisation::zone_of(&found.unit)?;
        let one = |line: Line| ComplaintTopic {
            id: line.topic.id.to_string(),
            title: line.topic.title,
            note: line.topic.note,
            total: line.total,
            growth: line.growth.into(),
            proposed_at: line
                .topic
                .proposed_at
                .map(|at| at.with_timezone(&zone).fixed_offset()),
            version: line.topic.version,
        };
        let suggestions = found.suggestions.into_iter().map(|of| TopicSuggestion {
            words: of.words,
            complaints: of.cases,
        });
        Ok(Json(ComplaintTopics {
            suggestions: suggestions.collect(),
            items: found.lines.into_iter().map(one).collect(),
        }))
    }

    /// Make a topic
    ///
    /// Perhaps with complaints in it.
    #[oai(
        path = "/complaint-topics",
        method = "post",
        operation_id = "addComplaintTopic"
    )]
    async fn add(
        &self,
        Token(ctx): Token,
        Body(new): Body<TopicEntry>,
    ) -> poem::Result<Json<ComplaintTopicDetail>> {
        ctx.require_scope(Permission::ManageTopics)?;
        let note = new.note.unwrap_or_default();
        let id = service::add(&ctx, &new.title, &note, &new.complaints).await?;
        Ok(detail(&ctx, &id.to_string()).await?)
    }

    /// Read a topic with its complaints
    #[oai(
        path = "/complaint-topics/:id",
        method = "get",
        operation_id = "getComplaintTopic"
    )]
    async fn get(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
    ) -> poem::Result<Json<ComplaintTopicDetail>> {
        Ok(detail(&ctx, &id).await?)
    }

    /// Change the words of a topic
    #[oai(
        path = "/complaint-topics/:id",
        method = "put",
        operation_id = "changeComplaintTopic"
    )]
    async fn change(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Body(new): Body<TopicEntry>,
    ) -> poem::Result<Json<ComplaintTopicDetail>> {
        ctx.require_scope(Permission::ManageTopics)?;
        let note = new.note.unwrap_or_default();
        service::change(&ctx, &id, new.version, &new.title, &note).await?;
        Ok(detail(&ctx, &id).await?)
    }

    /// Remove a topic
    ///
    /// Its complaints stay, and so do their links with an action item.
    #[oai(
        path = "/complaint-topics/:id",
        method = "delete",
        operation_id = "removeComplaintTopic"
    )]
    async fn remove(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        /// The version that was read; another one is answered by 409. Required.
        version: Query<Option<i32>>,
    ) -> poem::Result<Done> {
        ctx.require_scope(Permission::ManageTopics)?;
        service::remove(&ctx, &id, seen(version.0)?).await?;
        Ok(Done::Done)
    }

    /// Put complaints into a topic
    ///
    /// Once is the same as twice.
    #[oai(
        path = "/complaint-topics/:id/complaints",
        method = "post",
        operation_id = "groupComplaints"
    )]
    async fn put_in(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Body(new): Body<TopicComplaints>,
    ) -> poem::Result<Json<ComplaintTopicDetail>> {
        ctx.require_scope(Permission::ManageTopics)?;
        service::put_in(&ctx, &id, &new.complaints).await?;
        Ok(detail(&ctx, &id).await?)
    }

    /// Take a complaint out of a topic
    ///
    /// What was promised to it stays promised.
    #[oai(
        path = "/complaint-topics/:id/complaints/:number",
        method = "delete",
        operation_id = "ungroupComplaint"
    )]
    async fn take_out(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Path(number): Path<String>,
    ) -> poem::Result<Done> {
        ctx.require_scope(Permission::ManageTopics)?;
        service::take_out(&ctx, &id, &number).await?;
        Ok(Done::Done)
    }

    /// Offer a topic for the agenda of a forum, or take the offer back
    #[oai(
        path = "/complaint-topics/:id/proposal",
        method = "post",
        operation_id = "proposeComplaintTopic"
    )]
    async fn propose(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Body(new): Body<TopicProposal>,
    ) -> poem::Result<Json<ComplaintTopicDetail>> {
        ctx.require_scope(Permission::ManageTopics)?;
        service::propose(&ctx, &id, new.version, new.offered).await?;
        Ok(detail(&ctx, &id).await?)
    }

    /// Say which action item answers a topic
    ///
    /// Each of its complaints becomes a source of it.
    #[oai(
        path = "/complaint-topics/:id/action-item",
        method = "post",
        operation_id = "linkComplaintTopic"
    )]
    async fn link(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Body(new): Body<TopicLink>,
    ) -> poem::Result<Json<ComplaintTopicDetail>> {
        ctx.require_scope(Permission::ManageTopics)?;
        ctx.require_scope(Permission::ManageActions)?;
        linking::link(&ctx, &id, new.version, &new.action_item)
            .await
            .map_err(|error| error.on_field("action_item"))?;
        Ok(detail(&ctx, &id).await?)
    }
}
