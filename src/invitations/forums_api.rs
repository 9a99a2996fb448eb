//! `/api/v1/forums`: the list, and a new one. Both stand in one struct, because of two structs with one path the document
//! keeps the later; here, because a copied forum brings its recipients and its letter.

use poem_openapi::{ApiResponse, OpenApi, param::Query, payload::Json};

use super::copying;
use crate::{
    access::{Permission, Token},
    forums::api::{ForumPage, ForumSummary, NewForum, asked_of_program, forums_from, summary_of},
    organisation,
    platform::{
        error::Error,
        i18n::Message,
        web::{body::Body, tags::Tag},
    },
};

pub struct ForumsApi;

#[derive(ApiResponse)]
enum Made {
    /// Made.
    #[oai(status = 201)]
    Created(Json<ForumSummary>),
}

#[OpenApi(tag = "Tag::Forums")]
impl ForumsApi {
    /// List forums, newest first
    #[oai(path = "/forums", method = "get", operation_id = "listForums")]
    async fn list(
        &self,
        Token(ctx): Token,
        cursor: Query<Option<String>>,
        limit: Query<Option<u64>>,
    ) -> poem::Result<Json<ForumPage>> {
        Ok(Json(forums_from(&ctx, cursor.0.as_deref(), limit.0).await?))
    }

    /// Make a forum
    ///
    /// A copied forum brings its recipients and its letter. A place much like one of the register is refused with
    /// `venue_like` until it is written as it is known, or `is_another`.
    #[oai(path = "/forums", method = "post", operation_id = "createForum")]
    async fn create(&self, Token(ctx): Token, Body(body): Body<NewForum>) -> poem::Result<Made> {
        ctx.require_scope(Permission::ManageForum)?;
        let fields = body.fields()?;
        let db = &ctx.app.db;
        let unknown = |field| Error::field(field, Message::new("field-unknown-choice"));
        let unit = match organisation::unit_by_code(db, &body.unit).await {
            Err(Error::NotFound) => return Err(unknown("unit").into()),
            found => found?,
        };
        let typed = fields.clone();
        let forum = match copying::start_forum(&ctx, unit.id, fields, body.copied_from).await {
            Err(Error::NotFound) => return Err(unknown("copied_from").into()),
            Err(error) => return Err(asked_of_program(&ctx, unit.id, &typed, error).await.into()),
            Ok(made) => made,
        };
        Ok(Made::Created(Json(summary_of(&unit, forum)?)))
    }
}
