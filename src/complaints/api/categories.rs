//! The categories of a unit and their questions, for who keeps them. What everybody reads of them is
//! `GET /api/v1/units/{code}/complaint-categories`.

use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::outcome::seen;
use crate::{
    access::{Ctx, Permission, Token},
    complaints::filing::categories::{self, NewQuestion, Sort},
    platform::{
        error::Result,
        web::{body::Body, tags::Tag},
    },
};

pub struct CategoryApi;

/// A question of a category.
#[derive(Object)]
struct KeptQuestion {
    id: String,
    label: String,
    /// `text`, `choice`, `date` or `yes_no`.
    kind: String,
    required: bool,
    choices: Vec<String>,
}

/// A category with its questions.
#[derive(Object)]
struct KeptCategory {
    id: String,
    name: String,
    /// Whether the form offers it.
    offered: bool,
    questions: Vec<KeptQuestion>,
    version: i32,
}

/// All categories of the caller's unit, also what no form offers any more.
#[derive(Object)]
struct KeptCategories {
    items: Vec<KeptCategory>,
}

/// A category as somebody writes it down.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct CategoryEntry {
    /// 3 to 80 characters. Required.
    #[oai(default)]
    #[serde(default)]
    name: String,
    /// Whether the form offers it; a new one is offered.
    offered: Option<bool>,
    /// For a change: the version that was read; another one is answered by 409.
    #[oai(default)]
    #[serde(default)]
    version: i32,
}

/// A question as somebody writes it down.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct QuestionEntry {
    /// 3 to 120 characters. Required.
    #[oai(default)]
    #[serde(default)]
    label: String,
    /// `text`, `choice`, `date` or `yes_no`. Required.
    #[oai(default)]
    #[serde(default)]
    kind: String,
    #[oai(default)]
    #[serde(default)]
    required: bool,
    /// For a `choice`: two to twenty.
    #[oai(default)]
    #[serde(default)]
    choices: Vec<String>,
    /// The version of the category that was read; another one is answered by 409.
    #[oai(default)]
    #[serde(default)]
    version: i32,
}

impl QuestionEntry {
    fn typed(self) -> NewQuestion {
        NewQuestion {
            label: self.label,
            kind: self.kind,
            required: self.required,
            choices: self.choices.join("\n"),
        }
    }
}

impl From<Sort> for KeptCategory {
    fn from(sort: Sort) -> Self {
        let questions = sort.questions.into_iter().map(|row| KeptQuestion {
            id: row.id.to_string(),
            label: row.label,
            kind: row.kind.code(),
            required: row.required,
            choices: row.choices.0,
        });
        Self {
            questions: questions.collect(),
            id: sort.category.id.to_string(),
            name: sort.category.name,
            offered: sort.category.offered,
            version: sort.category.version,
        }
    }
}

async fn one(ctx: &Ctx, id: &str) -> Result<Json<KeptCategory>> {
    let unit = categories::home(ctx).await?;
    Ok(Json(categories::one(ctx, &unit, id).await?.into()))
}

#[OpenApi(tag = "Tag::Complaints")]
impl CategoryApi {
    /// List the categories that a unit keeps
    #[oai(
        path = "/complaint-categories",
        method = "get",
        operation_id = "listKeptCategories"
    )]
    async fn list(&self, Token(ctx): Token) -> poem::Result<Json<KeptCategories>> {
        let unit = categories::home(&ctx).await?;
        let sorts = categories::kept(&ctx, &unit).await?;
        Ok(Json(KeptCategories {
            items: sorts.into_iter().map(KeptCategory::from).collect(),
        }))
    }

    /// Add a category
    ///
    /// At the end. The form offers it at once unless `offered` is false.
    #[oai(
        path = "/complaint-categories",
        method = "post",
        operation_id = "addComplaintCategory"
    )]
    async fn add(
        &self,
        Token(ctx): Token,
        Body(new): Body<CategoryEntry>,
    ) -> poem::Result<Json<KeptCategory>> {
        let unit = categories::home(&ctx).await?;
        let offered = new.offered.unwrap_or(true);
        let id = categories::add(&ctx, &unit, &new.name, offered).await?;
        Ok(one(&ctx, &id.to_string()).await?)
    }

    /// Rename a category, or say whether the form offers it
    #[oai(
        path = "/complaint-categories/:id",
        method = "put",
        operation_id = "changeComplaintCategory"
    )]
    async fn change(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Body(new): Body<CategoryEntry>,
    ) -> poem::Result<Json<KeptCategory>> {
        let unit = categories::home(&ctx).await?;
        let offered = match new.offered {
            Some(offered) => offered,
            None => categories::one(&ctx, &unit, &id).await?.category.offered,
        };
        let typed = (new.name.as_str(), offered);
        categories::change(&ctx, &unit, (&id, new.version), typed).await?;
        Ok(one(&ctx, &id).await?)
    }

    /// Add a question to a category
    #[oai(
        path = "/complaint-categories/:id/questions",
        method = "post",
        operation_id = "addComplaintQuestion"
    )]
    async fn ask(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Body(new): Body<QuestionEntry>,
    ) -> poem::Result<Json<KeptCategory>> {
        let unit = categories::home(&ctx).await?;
        let version = new.version;
        categories::add_question(&ctx, &unit, (&id, version), &new.typed()).await?;
        Ok(one(&ctx, &id).await?)
    }

    /// Change a question, or its place
    ///
    /// Cases keep what they were asked. A form that a citizen has begun asks anew.
    #[oai(
        path = "/complaint-categories/:id/questions/:question",
        method = "put",
        operation_id = "changeComplaintQuestion"
    )]
    async fn change_question(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Path(question): Path<String>,
        /// Puts it there among the questions, counted from 1; left out, it stays where it is.
        place: Query<Option<usize>>,
        Body(new): Body<QuestionEntry>,
    ) -> poem::Result<Json<KeptCategory>> {
        let unit = categories::home(&ctx).await?;
        let version = new.version;
        let typed = new.typed();
        categories::change_question(&ctx, &unit, (&id, version), (&question, &typed)).await?;
        if let Some(place) = place.0 {
            let which = (id.as_str(), version + 1);
            categories::place_question(&ctx, &unit, which, (&question, place)).await?;
        }
        Ok(one(&ctx, &id).await?)
    }

    /// Take a question away
    ///
    /// Cases keep what was answered.
    #[oai(
        path = "/complaint-categories/:id/questions/:question",
        method = "delete",
        operation_id = "removeComplaintQuestion"
    )]
    async fn remove(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Path(question): Path<String>,
        /// The version of the category that was read; another one is answered by 409. Required.
        version: Query<Option<i32>>,
    ) -> poem::Result<Json<KeptCategory>> {
        ctx.require_scope(Permission::ManageFiling)?;
        let unit = categories::home(&ctx).await?;
        categories::remove_question(&ctx, &unit, (&id, seen(version.0)?), &question).await?;
        Ok(one(&ctx, &id).await?)
    }
}
