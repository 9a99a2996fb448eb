//! `/api/v1/forums`: the list, and a new one. Both stand in one struct, because of two structs with one path the document
//! keeps the later; here, because a copied forum brings its recipients and its letter.

use poem_openapi::{ApiResponse, Object, OpenApi, param::Query, payload::Json};

use super::copying;
use crate::{
    access::{Permission, Token},
    forums::{
        self,
        api::{ForumPage, ForumSummary, NewForum, forums_from, summary_of},
    },
    organisation,
    platform::{
        error::Error,
        i18n::Message,
        web::{body::Body, tags::Tag},
    },
};

pub struct ForumsApi;

/// A forum that was made.
#[derive(Object)]
struct MadeForum {
    #[oai(flatten)]
    forum: ForumSummary,
    /// What deserves a look; it was made all the same.
    warnings: Vec<MadeWarning>,
}

/// Something that was probably meant otherwise.
#[derive(Object)]
struct MadeWarning {
    field: String,
    /// A stable word: `venue_like`, a place that is in the register in other words.
    code: String,
    message: String,
}

#[derive(ApiResponse)]
enum Made {
    /// Made.
    #[oai(status = 201)]
    Created(Json<MadeForum>),
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
    /// A copied forum brings its recipients and its letter.
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
        let forum = match copying::start_forum(&ctx, unit.id, fields, body.copied_from).await {
            Err(Error::NotFound) => return Err(unknown("copied_from").into()),
            made => made?,
        };
        let like = forums::venue_like(&ctx, &forum).await?;
        let warnings = like.iter().map(|place| MadeWarning {
            field: "venue".to_owned(),
            code: "venue_like".to_owned(),
            message: Message::new("venues-known-like")
                .with("place", forums::venue_line(place))
                .text(ctx.locale()),
        });
        Ok(Made::Created(Json(MadeForum {
            warnings: warnings.collect(),
            forum: summary_of(&unit, forum)?,
        })))
    }
}
