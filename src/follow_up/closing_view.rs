//! What the page says of the closing: what stops it, and what stays unfinished and is ticked.

use serde::Serialize;

use super::{
    Checks, closing,
    outcome::Outcome,
    rules::{self, Unfinished},
};
use crate::{
    access::Ctx,
    forums::{Forum, Stage},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, t},
    },
};

#[derive(Serialize)]
pub(super) struct UnfinishedView {
    code: &'static str,
    text: String,
    ticked: bool,
    error: Option<String>,
}

/// What closing leaves unfinished, with what was ticked and what was forgotten.
pub(super) async fn unfinished(
    ctx: &Ctx,
    forum: &Forum,
    found: &Outcome,
    ticked: &[String],
    faults: &[FieldError],
) -> Result<Vec<UnfinishedView>> {
    let locale = ctx.locale();
    let unfinished = closing::unfinished(&ctx.app.db, forum, found).await?;
    let view = |one: Unfinished| {
        let code = one.code();
        let fault = faults.iter().find(|fault| fault.field == ticked_as(code));
        UnfinishedView {
            code,
            text: t(locale, one.key()),
            ticked: ticked.iter().any(|one| one == code),
            error: fault.map(|_| t(locale, TICK_FIRST)),
        }
    };
    Ok(unfinished.into_iter().map(view).collect())
}

/// What the boxes of what is unfinished begin with; the label beside one names the paper.
pub(super) const TICKED: &str = "acknowledged-";
pub(super) const TICK_FIRST: &str = "follow-up-tick-first";

/// The box of what is unfinished, as the summary of errors leads to it.
fn ticked_as(code: &str) -> String {
    format!("{TICKED}{code}")
}

pub(super) fn texts(unfinished: &[Unfinished], locale: Locale) -> Vec<String> {
    unfinished.iter().map(|one| t(locale, one.key())).collect()
}

/// What stops the closing, each in a sentence.
pub(super) async fn obstacles(
    ctx: &Ctx,
    forum: &Forum,
    found: &Outcome,
    checks: Checks,
) -> Result<Vec<String>> {
    let mut broken = rules::obstacles(forum.stage, &found.closing());
    if forum.stage != Stage::Closed {
        broken.extend(closing::stage_errors(ctx, forum, found, checks).await?);
    }
    let texts = broken.into_iter();
    Ok(texts
        .map(|broken| Error::from(broken).text(ctx.locale()))
        .collect())
}
