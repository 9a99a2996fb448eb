//! Comments: reading them, and remembering what was made of one.

use chrono::Days;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    entity::{
        answers::{CommentUse, SurveyResponseId, comment_use, response},
        setup::{SurveyPeriodId, period},
    },
    setup::{
        reading::get,
        rules::{Phase, phase},
        service::noted,
    },
    store::responses,
};
use crate::{
    access::{Ctx, Permission},
    organisation,
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

const PAGE: u64 = 30;

/// A page of comments with what became of them.
pub struct Written {
    pub rows: Vec<response::Model>,
    pub uses: Vec<comment_use::Model>,
    pub total: u64,
    pub size: u64,
}

/// While the period runs what was written today is read tomorrow: nobody at the counter is known by it.
pub async fn page(ctx: &Ctx, period: &period::Model, page: u64) -> Result<Written> {
    let db = &ctx.app.db;
    let unit = organisation::unit(db, period.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let before = match phase(period, today) {
        Phase::Open => today,
        _ => period.closes_on.max(today) + Days::new(1),
    };
    let (rows, total) = responses::comments(db, (period, before), (page, PAGE)).await?;
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
        made_by: ctx.actor_name().to_owned(),
        made_at: ctx.now,
    };
    responses::insert_comment_use(tx, row).await?;
    noted(tx, ctx, period, "survey.comment_used").await
}

/// Takes away what somebody wrote because it names a person; the answers of that sheet stay. The history says that it was
/// done, not what stood there.
pub async fn remove(ctx: &Ctx, period: SurveyPeriodId, id: SurveyResponseId) -> Result<()> {
    let period = get(ctx, period, Permission::ManageSurveys).await?;
    let tx = ctx.app.db.begin_write().await?;
    if !responses::blank_comment(&tx, period.id, id).await? {
        return Err(Error::NotFound);
    }
    noted(&tx, ctx, &period, "survey.comment_removed").await?;
    tx.commit().await?;
    Ok(())
}

/// What a comment became was anonymised, so its words go here too.
pub async fn forget(db: &impl ConnectionTrait, kind: CommentUse, target: &str) -> Result<()> {
    for of in responses::used_for(db, kind, target).await? {
        responses::blank_comment(db, of.period_id, of.response_id).await?;
    }
    Ok(())
}
