//! Doing what a person asked for.

use chrono::Duration;

use super::{
    emails::{self, Told},
    entity::request::Model as Request,
    exporting,
    requests::{self, held, note, seal},
    rules::{Move, State, Wish},
    store,
};
use crate::{
    access::Ctx,
    complaints::personal,
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        throttle::{self, Throttle},
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

/// Grants a request and does it, all in one transaction: what cannot be done is not granted.
pub async fn grant(ctx: &Ctx, id: &str, seen: i32, typed: &Typed) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (row, unit) = held(&tx, ctx, id, seen).await?;
    let state = row.state.after(Move::Grant)?;
    let mut check = Check::new();
    // Where no case is named the office did it by hand: then the answer is the account of it.
    let least = if row.complaint_id.is_some() { 5 } else { 20 };
    let answer = check.text("answer", &typed.answer, least, 2000);
    check.finish()?;
    let addresses = requests::addresses(&tx, ctx, &row).await?;
    act(&tx, ctx, &row, typed).await?;
    let mut granted = Request {
        state,
        answer: Some(seal(&ctx.app, row.id, "answer", &answer)?),
        answered_at: Some(ctx.now),
        person_id: ctx.person_id(),
        ..row
    };
    if granted.wish == Wish::Stop {
        granted.email = None;
        granted.phone = None;
    }
    if granted.wish == Wish::Deletion {
        // The request itself must not go on keeping what was deleted.
        granted.name = None;
        granted.email = None;
        granted.phone = None;
        granted.words = seal(&ctx.app, granted.id, "words", "")?;
    }
    store::save_request(&tx, granted.clone()).await?;
    note(&tx, ctx, &granted, "data_request.granted").await?;
    emails::to_person(&tx, ctx, &granted, &unit, &addresses, Told::Answered).await?;
    tx.commit().await?;
    Ok(())
}

async fn act(tx: &Tx, ctx: &Ctx, row: &Request, typed: &Typed) -> Result<()> {
    let Some(case) = row.complaint_id else {
        return Ok(());
    };
    match row.wish {
        Wish::Access => personal::note_given(tx, ctx, case, &row.number).await,
        Wish::Correction => {
            let given = (
                typed.name.as_str(),
                typed.email.as_str(),
                typed.phone.as_str(),
            );
            personal::correct_identity(tx, ctx, case, given, row.is_by_code()).await
        }
        Wish::Deletion => personal::anonymise_on_request(tx, ctx, case, &row.number).await,
        Wish::Stop => {
            personal::stop_contact(tx, ctx, case).await?;
            store::forget_contacts(tx, case).await
        }
    }
}

/// What the form of a correction begins with: nothing, unless the case's own page shows this officer who it is.
pub async fn current(ctx: &Ctx, row: &Request) -> Result<(String, String, String)> {
    let asked = row.wish == Wish::Correction && row.state == State::Verified;
    let known = match row.complaint_id.filter(|_| asked) {
        Some(case) => personal::shown_identity(ctx, case).await?,
        None => None,
    };
    let known = known.unwrap_or_default();
    Ok((
        known.name.unwrap_or_default(),
        known.email.unwrap_or_default(),
        known.phone.unwrap_or_default(),
    ))
}

/// The archive of a granted request for a copy, for whoever brings its number and code. Each time it is fetched is
/// written down: the person and the office see when.
pub async fn copy(ctx: &Ctx, number: &str, code: &str) -> Result<(Request, Vec<u8>)> {
    let row = requests::by_code(ctx, number, code).await?;
    let granted = row.state == State::Granted && row.wish == Wish::Access;
    let Some(case) = row.complaint_id.filter(|_| granted && !over(ctx, &row)) else {
        return Err(Error::NotFound);
    };
    let (id, network) = (row.id.to_string(), ctx.request.network());
    let a_day = Duration::days(1);
    let by_request = Throttle::new("data-copy", &id, COPIES_A_DAY, a_day);
    let by_network = Throttle::new("data-copy-network", &network, COPIES_A_DAY * 5, a_day);
    throttle::take(&ctx.app, ctx.now, &[&by_request, &by_network]).await?;
    let bytes = exporting::archive(ctx, &row, case).await?;
    let tx = ctx.app.db.begin_write().await?;
    note(&tx, ctx, &row, "data_request.copied").await?;
    tx.commit().await?;
    Ok((row, bytes))
}

/// An archive is a paper that is set and all files packed: a download that failed can be repeated, a loop cannot.
const COPIES_A_DAY: u32 = 10;

/// The copy can be fetched for so long; then somebody else may hold the paper with the code.
pub const COPY_DAYS: i64 = 30;

#[must_use]
pub fn over(ctx: &Ctx, row: &Request) -> bool {
    row.answered_at
        .is_none_or(|at| ctx.now - at > Duration::days(COPY_DAYS))
}
