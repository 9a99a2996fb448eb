//! Doing what a person asked for.

use super::{
    emails::{self, Told},
    entity::request::Model as Request,
    requests::{self, held, note, opened, seal},
    rules::{Move, Wish},
    store,
};
use crate::{
    access::Ctx,
    complaints::{ComplaintId, personal},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// What an officer typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub answer: String,
    /// For a correction.
    pub name: String,
    pub email: String,
    pub phone: String,
}

fn needs_case(row: &Request) -> Result<ComplaintId> {
    row.complaint_id.ok_or_else(|| {
        Error::rule(
            "data_request.no_case",
            Message::new("rule-data-request-no-case"),
        )
    })
}

/// Grants a request and does it, all in one transaction: what cannot be done is not granted.
pub async fn grant(ctx: &Ctx, id: &str, seen: i32, typed: &Typed) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (row, unit) = held(&tx, ctx, id, seen).await?;
    let state = row.state.after(Move::Grant)?;
    let mut check = Check::new();
    let answer = check.text("answer", &typed.answer, 5, 2000);
    check.finish()?;
    let email = opened(&ctx.app, &row)?.email;
    act(&tx, ctx, &row, typed).await?;
    let mut granted = Request {
        state,
        answer: Some(seal(&ctx.app, row.id, "answer", &answer)?),
        answered_at: Some(ctx.now),
        person_id: ctx.person_id(),
        ..row
    };
    if granted.wish == Wish::Deletion {
        // The request itself must not go on keeping what was deleted.
        granted.name = None;
        granted.email = None;
        granted.phone = None;
        granted.words = seal(&ctx.app, granted.id, "words", "")?;
    }
    store::save_request(&tx, granted.clone()).await?;
    note(&tx, ctx, &granted, "data_request.granted").await?;
    emails::to_person(&tx, ctx, &granted, &unit, email.as_deref(), Told::Answered).await?;
    tx.commit().await?;
    Ok(())
}

async fn act(tx: &Tx, ctx: &Ctx, row: &Request, typed: &Typed) -> Result<()> {
    let case = needs_case(row)?;
    match row.wish {
        Wish::Access => personal::note_given(tx, ctx, case, &row.number).await,
        Wish::Correction => {
            let given = (
                typed.name.as_str(),
                typed.email.as_str(),
                typed.phone.as_str(),
            );
            personal::correct_identity(tx, ctx, case, given).await
        }
        Wish::Deletion => personal::anonymise_on_request(tx, ctx, case, &row.number).await,
        Wish::Stop => personal::stop_contact(tx, ctx, case).await,
    }
}

/// What the form of a correction begins with.
pub async fn current(ctx: &Ctx, row: &Request) -> Result<(String, String, String)> {
    let Some(case) = row.complaint_id.filter(|_| row.wish == Wish::Correction) else {
        return Ok(Default::default());
    };
    let known = personal::identity_of(ctx, case).await?;
    Ok((
        known.name.unwrap_or_default(),
        known.email.unwrap_or_default(),
        known.phone.unwrap_or_default(),
    ))
}

/// The request and what is kept, for whoever brings number and code of a granted request for a copy.
pub async fn copy_for(ctx: &Ctx, number: &str, code: &str) -> Result<(Request, ComplaintId)> {
    let row = requests::by_code(ctx, number, code).await?;
    let granted = row.state == super::rules::State::Granted && row.wish == Wish::Access;
    match row.complaint_id {
        Some(case) if granted && !over(ctx, &row) => Ok((row, case)),
        _ => Err(Error::NotFound),
    }
}

/// The copy can be fetched for so long; then somebody else may hold the paper with the code.
pub const COPY_DAYS: i64 = 30;

#[must_use]
pub fn over(ctx: &Ctx, row: &Request) -> bool {
    row.answered_at
        .is_none_or(|at| ctx.now - at > chrono::Duration::days(COPY_DAYS))
}
