//! `/api/v1/forums/{id}/missing`: what each stage of a forum lacks, by the rule that its page shows.

use poem_openapi::{Object, OpenApi, param::Path, payload::Json};

use super::{
    forum_facts,
    forum_missing::{self, Severity},
    forum_stages,
};
use crate::{
    access::{Permission, Token},
    forums::{self, ForumId, Stage},
    platform::web::tags::Tag,
};

pub struct Api;

/// What a forum lacks.
#[derive(Object)]
pub struct ForumMissing {
    pub forum: ForumId,
    /// Where it stands now.
    pub stage: Stage,
    /// The next thing to do; absent for a closed forum.
    pub next: Option<NextStep>,
    /// By stage, errors before warnings. Those of stages to come tell what will be needed.
    pub items: Vec<MissingItem>,
}

/// The next thing to do.
#[derive(Object)]
pub struct NextStep {
    /// Stable: `issue`, `sending`, `wait`, `close`.
    pub code: String,
    pub message: String,
    /// Page in the workspace where it is done.
    pub page: String,
}

/// One thing that a stage lacks.
#[derive(Object)]
pub struct MissingItem {
    pub stage: Stage,
    pub severity: Severity,
    /// The forum has come so far: this holds it up now.
    pub reached: bool,
    /// Stable: `agenda`, `letter-number`, `signing-groups`.
    pub code: String,
    pub message: String,
    /// How many; 0 where nothing is counted.
    pub count: u32,
    /// What is named: groups, numbers of points, codes of actions.
    pub names: Vec<String>,
    /// Page in the workspace where it is done.
    pub page: String,
}

#[OpenApi(tag = "Tag::Forums")]
impl Api {
    /// What each stage of a forum lacks
    #[oai(
        path = "/forums/:id/missing",
        method = "get",
        operation_id = "getForumMissing"
    )]
    async fn missing(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Json<ForumMissing>> {
        let forum = forums::get(&ctx, ForumId::parse(&id.0)?, Permission::ViewForums).await?;
        let read = forum_facts::read(&ctx, &forum).await?;
        let locale = ctx.locale();
        let missing = forum_missing::missing(forum.stage, &read.facts);
        let now = forum_stages::now_missing(&forum, &read.facts);
        let next = forum_missing::next(forum.stage, &read.facts, &missing);
        Ok(Json(ForumMissing {
            forum: forum.id,
            stage: forum.stage,
            next: next.map(|next| NextStep {
                code: next.code.to_owned(),
                message: next.text(locale),
                page: forum_stages::address(&forum, next.place),
            }),
            items: missing
                .iter()
                .map(|one| MissingItem {
                    stage: one.stage,
                    severity: one.severity,
                    reached: now.contains(one),
                    code: one.code.to_owned(),
                    message: one.text(locale),
                    count: u32::try_from(one.count).unwrap_or(u32::MAX),
                    names: one.names(locale),
                    page: forum_stages::address(&forum, one.place),
                })
                .collect(),
        }))
    }
}
