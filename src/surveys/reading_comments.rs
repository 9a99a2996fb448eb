//! Comments: reading them, and remembering what was made of one.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    entity::{
        answers::{CommentUse, SurveyResponseId, comment_use, response},
        setup::{SurveyPeriodId, period},
    },
    setup::{reading::get, service::noted},
    store::responses,
};
use crate::{
    access::{Ctx, Permission},
    platform::{db::Tx, error::Result},
};

const PAGE: u64 = 30;

/// A page of comments with what became of them.
pub struct Written {
    pub rows: Vec<response::Model>,
    pub uses: Vec<comment_use::Model>,
    pub total: u64,
    pub size: u64,
}

pub async fn page(ctx: &Ctx, period: &period::Model, page: u64) -> Result<Written> {
    let db = &ctx.app.db;
    let (rows, total) = responses::comments(db, period, (page, PAGE)).await?;
    Ok(Written {
        uses: responses::comment_uses(db, period).await?,
        rows,
        total,
        size: PAGE,
    })
}

/// A comment with its period, for whoever may see it; for a capability that makes something of it.
pub async fn comment(
    ctx: &Ctx,
    period: SurveyPeriodId,
    id: SurveyResponseId,
) -> Result<(period::Model, response::Model)> {
    let period = get(ctx, period, Permission::ViewSurveys).await?;
    let row = responses::one(&ctx.app.db, period.id, id).await?;
    Ok((period, row))
}

/// What a comment became, and what it is called there.
pub struct Became<'a> {
    pub kind: CommentUse,
    pub target: &'a str,
    pub label: &'a str,
}

/// Whether this was made of the comment before.
pub async fn became(
    db: &impl ConnectionTrait,
    period: &period::Model,
    id: SurveyResponseId,
    kind: CommentUse,
) -> Result<Option<comment_use::Model>> {
    let uses = responses::comment_uses(db, period).await?;
    let mut uses = uses.into_iter();
    Ok(uses.find(|one| one.response_id == id && one.kind == kind))
}

/// Keeps what a comment became; the address leads there, and the list of comments says so.
pub async fn remember(
    tx: &Tx,
    ctx: &Ctx,
    (period, id): (&period::Model, SurveyResponseId),
    became: Became<'_>,
) -> Result<()> {
    let row = comment_use::Model {
        id: Uuid::now_v7(),
        unit_id: period.unit_id,
        period_id: period.id,
        response_id: id,
        kind: became.kind,
        target: became.target.to_owned(),
        label: became.label.to_owned(),
        made_by: ctx
            .account()
            .map_or("Rembuk", |one| one.name.as_str())
            .to_owned(),
        made_at: ctx.now,
    };
    responses::insert_comment_use(tx, row).await?;
    noted(tx, ctx, period, "survey.comment_used").await
}
