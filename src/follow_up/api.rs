//! The end of a forum for programs, by the rule of its page.

use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{Checks, closing, rules::Unfinished};
use crate::{
    access::Token,
    forums::{ForumId, Stage},
    platform::web::{body::Body, tags::Tag},
};

pub struct Api;

/// What whoever closes a forum has seen to be unfinished.
#[derive(Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
pub struct ForumClosing {
    /// `letter`, `attendance`, `minutes`, `correction`, `report`, `report_outdated`: each that is unfinished has to be named. What is
    /// named and finished does no harm.
    #[serde(default)]
    pub acknowledged: Option<Vec<String>>,
}

/// A closed forum.
#[derive(Object)]
pub struct ClosedForum {
    pub forum: ForumId,
    pub stage: Stage,
    /// What stays unfinished, as the history tells it.
    pub unfinished: Vec<Unfinished>,
}

#[OpenApi(tag = "Tag::Forums")]
impl Api {
    /// Close a forum
    ///
    /// Afterwards nothing of it can be changed. Refused with 422 while a point or an action is open (`follow_up.open_points`,
    /// `follow_up.open_actions`, `follow_up.no_record`, `follow_up.minutes_wait`) or a stage shows another error
    /// (`follow_up.errors`: `/missing` names it), and with one fault
    /// `acknowledged.<code>` for each paper that would stay unfinished and is not named.
    #[oai(
        path = "/forums/:id/close",
        method = "post",
        operation_id = "closeForum"
    )]
    async fn close(
        &self,
        Token(ctx): Token,
        Data(checks): Data<&Checks>,
        id: Path<String>,
        Body(body): Body<ForumClosing>,
    ) -> poem::Result<Json<ClosedForum>> {
        let forum = ForumId::parse(&id.0)?;
        let acknowledged = body.acknowledged.unwrap_or_default();
        let unfinished = closing::close(&ctx, forum, &acknowledged, *checks).await?;
        Ok(Json(ClosedForum {
            forum,
            stage: Stage::Closed,
            unfinished,
        }))
    }
}
