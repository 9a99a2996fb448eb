//! Removing a period that was made by mistake. Only one that was never opened: nobody can have answered it, and nothing but
//! its own pages knows it. That it was there stays in the history.

use poem::{Response, handler, web::Path};

use super::{
    pages::{period_of, period_page_of, which},
    reading::get,
    rules,
    service::{held, noted},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    audit,
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
    surveys::{
        entity::setup::SurveyPeriodId,
        results,
        store::{periods, responses},
    },
};

/// How the history calls it.
const DISCARDED: &str = "survey.discarded";

/// Removes a prepared period with its elements, questions and services.
pub async fn discard(ctx: &Ctx, which: (SurveyPeriodId, i32)) -> Result<()> {
    get(ctx, which.0, Permission::ManageSurveys).await?;
    let tx = ctx.app.db.begin_write().await?;
    let period = held(&tx, which).await?;
    rules::may_discard(&period, responses::total(&tx, &period).await?)?;
    results::delete_report(&tx, period.id).await?;
    periods::delete(&tx, period.id).await?;
    noted(&tx, ctx, &period, DISCARDED).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether the caller removed it just before: a button that was pressed twice.
async fn gone_by_me(ctx: &Ctx, id: &str) -> Result<bool> {
    let Ok(id) = SurveyPeriodId::parse(id) else {
        return Ok(false);
    };
    let last = audit::last(&ctx.app.db, "survey", id.0).await?;
    Ok(last.is_some_and(|last| {
        last.verb == DISCARDED && last.person_id.is_some() && last.person_id == ctx.person_id()
    }))
}

#[handler]
pub async fn remove(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let said = Message::new("surveys-discarded");
    let period = match period_of(&ctx, &id, Permission::ManageSurveys).await {
        Err(Error::NotFound) if gone_by_me(&ctx, &id).await? => {
            return Ok(ctx.redirect_with("/kerja/survei", FlashKind::Ok, &said));
        }
        found => found?,
    };
    match discard(&ctx, which(&period, &form)).await {
        Ok(()) => Ok(ctx.redirect_with("/kerja/survei", FlashKind::Ok, &said)),
        Err(error) => period_page_of(&ctx, period, error).await,
    }
}
