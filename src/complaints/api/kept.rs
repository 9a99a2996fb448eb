//! What somebody keeps for the next time: filters of the inbox under a name, and the unit's standard answers.

use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::outcome::{Done, seen};
use crate::{
    access::{Ctx, Permission, Token},
    complaints::{
        entity::standard_answer,
        finding::{self, Counted, Saved},
        standard_answers::{self, PLACEHOLDERS, Typed},
    },
    platform::{
        error::Result,
        web::{body::Body, tags::Tag},
    },
};

pub struct KeptApi;

/// A filter that somebody kept under a name.
#[derive(Object)]
struct KeptFilter {
    id: String,
    name: String,
    /// As the address of the inbox says it: `view=late&channel=letter`.
    query: String,
    /// The caller's own.
    mine: bool,
    shared: bool,
    /// The caller may remove it: it is their own, or its owner has no account any more and they tidy up for the unit.
    removable: bool,
    /// Who shared it, where that is somebody else.
    owner: Option<String>,
    /// How many it finds now; told of the caller's own.
    found: Option<u64>,
    /// It finds more than `found`; they are not counted further.
    more: bool,
}

/// The caller's own and what colleagues shared.
#[derive(Object)]
struct KeptFilters {
    items: Vec<KeptFilter>,
}

/// A filter to keep.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct NewFilter {
    /// 2 to 60 characters; the same name again replaces it. Required.
    #[oai(default)]
    #[serde(default)]
    name: String,
    /// As the address of the inbox says it: `view=late&channel=letter`. What nobody understands is left out.
    #[oai(default)]
    #[serde(default)]
    query: String,
    /// Colleagues of the unit see it, too.
    #[oai(default)]
    #[serde(default)]
    shared: bool,
}

/// A text that answers begin with.
#[derive(Object)]
struct StandardAnswer {
    id: String,
    title: String,
    text: String,
    version: i32,
}

/// The standard answers of the caller's unit.
#[derive(Object)]
struct StandardAnswers {
    items: Vec<StandardAnswer>,
    /// What a text may hold in braces.
    placeholders: Vec<String>,
}

/// A standard answer as somebody writes it.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct StandardAnswerEntry {
    /// 3 to 80 characters, once in the unit. Required.
    #[oai(default)]
    #[serde(default)]
    title: String,
    /// 10 to 4000 characters. Required.
    #[oai(default)]
    #[serde(default)]
    text: String,
    /// For a change: the version that was read; another one is answered by 409.
    #[oai(default)]
    #[serde(default)]
    version: i32,
}

impl StandardAnswerEntry {
    fn typed(self) -> Typed {
        Typed {
            title: self.title,
            text: self.text,
        }
    }
}

impl From<standard_answer::Model> for StandardAnswer {
    fn from(row: standard_answer::Model) -> Self {
        Self {
            id: row.id.to_string(),
            title: row.title,
            text: row.text,
            version: row.version,
        }
    }
}

impl From<Saved> for KeptFilter {
    fn from(of: Saved) -> Self {
        let (found, more) = match of.found {
            Some(Counted::Exactly(found)) => (Some(found), false),
            Some(Counted::Over(found)) => (Some(found), true),
            None => (None, false),
        };
        Self {
            id: of.id.to_string(),
            name: of.name,
            query: of.query.text(),
            mine: of.mine,
            shared: of.shared,
            removable: of.removable,
            owner: of.owner,
            found,
            more,
        }
    }
}

async fn filters(ctx: &Ctx) -> Result<Json<KeptFilters>> {
    let desk = finding::Desk::of(ctx).await?;
    let items = finding::kept(ctx, &desk).await?;
    Ok(Json(KeptFilters {
        items: items.into_iter().map(KeptFilter::from).collect(),
    }))
}

async fn answers(ctx: &Ctx) -> Result<Json<StandardAnswers>> {
    let items = standard_answers::list(ctx).await?;
    Ok(Json(StandardAnswers {
        items: items.into_iter().map(StandardAnswer::from).collect(),
        placeholders: PLACEHOLDERS.map(str::to_owned).to_vec(),
    }))
}

#[OpenApi(tag = "Tag::Complaints")]
impl KeptApi {
    /// List kept filters
    #[oai(
        path = "/complaint-filters",
        method = "get",
        operation_id = "listComplaintFilters"
    )]
    async fn filters(&self, Token(ctx): Token) -> poem::Result<Json<KeptFilters>> {
        ctx.require_scope(Permission::ViewComplaints)?;
        Ok(filters(&ctx).await?)
    }

    /// Keep a filter
    ///
    /// Answers all of them.
    #[oai(
        path = "/complaint-filters",
        method = "post",
        operation_id = "keepComplaintFilter"
    )]
    async fn keep(
        &self,
        Token(ctx): Token,
        Body(new): Body<NewFilter>,
    ) -> poem::Result<Json<KeptFilters>> {
        finding::keep(&ctx, &new.name, &new.query, new.shared).await?;
        Ok(filters(&ctx).await?)
    }

    /// Remove a filter of one's own
    #[oai(
        path = "/complaint-filters/:id",
        method = "delete",
        operation_id = "removeComplaintFilter"
    )]
    async fn throw_away(&self, Token(ctx): Token, Path(id): Path<String>) -> poem::Result<Done> {
        finding::throw_away(&ctx, &id).await?;
        Ok(Done::Done)
    }

    /// List standard answers
    #[oai(
        path = "/standard-answers",
        method = "get",
        operation_id = "listStandardAnswers"
    )]
    async fn answers(&self, Token(ctx): Token) -> poem::Result<Json<StandardAnswers>> {
        Ok(answers(&ctx).await?)
    }

    /// Add a standard answer
    ///
    /// Answers all of them.
    #[oai(
        path = "/standard-answers",
        method = "post",
        operation_id = "addStandardAnswer"
    )]
    async fn add(
        &self,
        Token(ctx): Token,
        Body(new): Body<StandardAnswerEntry>,
    ) -> poem::Result<Json<StandardAnswers>> {
        standard_answers::add(&ctx, &new.typed()).await?;
        Ok(answers(&ctx).await?)
    }

    /// Change a standard answer
    ///
    /// Answers all of them.
    #[oai(
        path = "/standard-answers/:id",
        method = "put",
        operation_id = "changeStandardAnswer"
    )]
    async fn change(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Body(new): Body<StandardAnswerEntry>,
    ) -> poem::Result<Json<StandardAnswers>> {
        let version = new.version;
        standard_answers::change(&ctx, &id, version, &new.typed()).await?;
        Ok(answers(&ctx).await?)
    }

    /// Remove a standard answer
    #[oai(
        path = "/standard-answers/:id",
        method = "delete",
        operation_id = "removeStandardAnswer"
    )]
    async fn remove(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        /// The version that was read; another one is answered by 409. Required.
        version: Query<Option<i32>>,
    ) -> poem::Result<Done> {
        ctx.require_scope(Permission::CloseComplaint)?;
        standard_answers::remove(&ctx, &id, seen(version.0)?).await?;
        Ok(Done::Done)
    }
}
