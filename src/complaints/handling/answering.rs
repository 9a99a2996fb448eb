//! The answer: what the citizen reads, and how it is written, with drafts that survive and texts to begin with.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use super::{add_message, make, open, open_to_answer, place, require_text};
use crate::{
    access::{Ctx, Permission},
    calendar,
    complaints::{
        clocks, emails,
        entity::{complaint, message, standard_answer::StandardAnswerId},
        history, identity,
        rules::{self, Event, MessageKind},
        standard_answers, store, viewing,
    },
    organisation::{self, Unit},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

/// "ok." settles no clock.
pub(in crate::complaints) const SHORTEST: usize = 10;
pub(super) const LONGEST: usize = 5000;

/// Answers the citizen: they read it on the status page, and a mail says that it is there. Those whose complaints
/// are handled in this one get the same answer.
pub async fn answer(ctx: &Ctx, number: &str, seen: Option<i32>, text: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open_to_answer(&tx, ctx, number, seen).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    let mut check = Check::new();
    let text = check.text("text", text, SHORTEST, LONGEST);
    check.finish()?;
    let merged = store::merged_into(&tx, &found).await?;
    let reporter = identity::read(&tx, &ctx.app, found.id).await?;
    if !merged.is_empty() {
        names_nobody(&tx, ctx, &text, &merged, &reporter).await?;
    }
    keeps_anonymous(ctx, &found, &text, &reporter)?;
    let personal = |of: &complaint::Model| standard_answers::personal(&text, of);
    // A placeholder that nobody filled in must not reach a citizen.
    if let Some(left) = standard_answers::unfilled(&text) {
        let message = Message::new("complaints-answer-placeholder").with("placeholder", left);
        return Err(Error::field("text", message));
    }
    let first = first_answer(&tx, &found, &unit, ctx.now).await?;
    let changes = complaint::ActiveModel {
        answered_at: Set(Some(ctx.now)),
        answered_in_time: Set(Some(first.0)),
        answer_working_days: Set(Some(first.1)),
        ..Default::default()
    };
    let message = add_message(&tx, ctx, &found, MessageKind::Answer, personal(&found)).await?;
    let told = json!({ "message": message });
    make(&tx, ctx, &found, Event::Answer, changes, told).await?;
    if let Some(person) = ctx.person_id() {
        store::delete_draft(&tx, &found, person).await?;
    }
    emails::answered(&tx, ctx, &found, &unit, &reporter).await?;
    for other in merged {
        let text = personal(&other);
        follow_main(&tx, ctx, &other, &found, &unit, (&text, false)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// An answer that others read too must not say who complained.
async fn names_nobody(
    tx: &Tx,
    ctx: &Ctx,
    text: &str,
    merged: &[complaint::Model],
    reporter: &identity::Identity,
) -> Result<()> {
    let mut known = vec![reporter.name.clone()];
    for other in merged {
        known.push(identity::read(tx, &ctx.app, other.id).await?.name);
    }
    let named = known
        .into_iter()
        .flatten()
        .any(|name| rules::names(text, &name));
    if named {
        let message = Message::new("complaints-answer-names").with("count", merged.len());
        return Err(Error::field("text", message));
    }
    Ok(())
}

/// What the division, the head and every later reader of an anonymous case see must not say who filed it. Asked only
/// of those who may know: to anybody else the refusal itself would tell.
pub(super) fn keeps_anonymous(
    ctx: &Ctx,
    of: &complaint::Model,
    text: &str,
    reporter: &identity::Identity,
) -> Result<()> {
    let knows = of.anonymous && ctx.may(Permission::UnmaskReporter, of.unit_id);
    let name = reporter.name.as_ref().filter(|_| knows);
    if name.is_some_and(|name| rules::names(text, name)) {
        let message = Message::new("complaints-answer-names-anonymous");
        return Err(Error::field("text", message));
    }
    Ok(())
}

/// What the citizen of a complaint merged later reads of an answer that was written for somebody else: not their name,
/// not their number.
pub(super) async fn for_others(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    text: &str,
    main: &complaint::Model,
    other: &complaint::Model,
) -> Result<String> {
    let reporter = identity::read(db, &ctx.app, main.id).await?;
    let words = Message::new("complaints-standard-no-name").text(Locale::Id);
    let text = match &reporter.name {
        Some(name) => rules::without_name(text, name, &words),
        None => text.to_owned(),
    };
    Ok(text.replace(&main.number, &other.number))
}

/// The citizen of a merged complaint gets the answer of the main one, on their own page, and has the last word there
/// as every citizen has; or words of their own. One that was closed meanwhile is left in peace.
pub(super) async fn follow_main(
    tx: &Tx,
    ctx: &Ctx,
    other: &complaint::Model,
    main: &complaint::Model,
    unit: &Unit,
    (text, own): (&str, bool),
) -> Result<()> {
    let Ok(steps) = rules::steps(other.status, Event::AnswerWithMain) else {
        return Ok(());
    };
    let shown = complaint::Model {
        division_id: if own {
            other.division_id
        } else {
            main.division_id
        },
        ..other.clone()
    };
    let message = add_message(tx, ctx, &shown, MessageKind::Answer, text.to_owned()).await?;
    let (in_time, days) = first_answer(tx, other, unit, ctx.now).await?;
    let changes = complaint::ActiveModel {
        status: Set(rules::Status::Answered),
        queue: Set(rules::queue(rules::Status::Answered, other.due_at)),
        answered_at: Set(Some(ctx.now)),
        answered_in_time: Set(Some(in_time)),
        answer_working_days: Set(Some(days)),
        heard_at: Set(None),
        ..Default::default()
    };
    store::save(tx, other, changes).await?;
    let told = json!({ "message": message, "main": main.number, "own": own });
    history::pass(tx, ctx, other, Event::AnswerWithMain, &steps, told).await?;
    let reporter = identity::read(tx, &ctx.app, other.id).await?;
    emails::answered(tx, ctx, other, unit, &reporter).await
}

/// Whether the first answer was in time, and after how many working days; a later one does not change it.
pub(in crate::complaints) async fn first_answer(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    unit: &Unit,
    at: DateTime<Utc>,
) -> Result<(bool, i32)> {
    if let (Some(in_time), Some(days)) = (of.answered_in_time, of.answer_working_days) {
        return Ok((in_time, days));
    }
    // A refusal with its reason was an answer; taking it up again begins no new time for the first one.
    let history = clocks::passed(db, of).await?;
    let at = clocks::rules::first_said(&history).map_or(at, |said| said.min(at));
    let zone = organisation::zone_of(unit)?;
    let calendar = calendar::work_calendar(db, unit.id).await?;
    let day = |moment: DateTime<Utc>| moment.with_timezone(&zone).date_naive();
    let days = calendar::working_days_between(day(of.received_at), day(at), &calendar);
    let in_time = at <= of.legal_due_at;
    Ok((in_time, i32::try_from(days).unwrap_or(i32::MAX)))
}

/// Keeps what somebody has begun to write, for them alone. Anything may stand in it: it is checked when it is sent.
pub async fn save_draft(ctx: &Ctx, number: &str, text: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open(&tx, ctx, number, None).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
    let kept: String = text.chars().take(LONGEST * 2).collect();
    store::save_draft(&tx, &found, person, &kept, ctx.now).await?;
    tx.commit().await?;
    Ok(())
}

/// The caller's draft for this complaint.
pub async fn drafted(ctx: &Ctx, of: &complaint::Model) -> Result<Option<(String, DateTime<Utc>)>> {
    let Some(person) = ctx.person_id() else {
        return Ok(None);
    };
    let draft = store::draft(&ctx.app.db, of, person).await?;
    Ok(draft.map(|draft| (draft.text, draft.updated_at)))
}

/// What was typed with a standard answer behind it, its placeholders filled from this case.
pub async fn standard_text(ctx: &Ctx, number: &str, typed: &str, id: &str) -> Result<String> {
    let case = viewing::case(ctx, number).await?;
    ctx.require(Permission::AnswerComplaint, place(&case.complaint))?;
    require_text(ctx, &case.complaint)?;
    let id = StandardAnswerId::parse(id)
        .map_err(|_| Error::field("standard", Message::new("field-choose")))?;
    let standard = store::standard_answer(&ctx.app.db, case.complaint.unit_id, id).await?;
    let filled = standard_answers::fill(ctx, &case, &standard.text).await?;
    Ok(behind(typed, &filled))
}

/// A text behind what was typed.
pub(in crate::complaints) fn behind(typed: &str, more: &str) -> String {
    match typed.trim() {
        "" => more.to_owned(),
        before => format!("{before}\n\n{more}"),
    }
}

/// What was written for several, as the citizen of this one is to read it.
pub(in crate::complaints) async fn filled(ctx: &Ctx, number: &str, text: &str) -> Result<String> {
    if !standard_answers::asks(text) {
        return Ok(text.to_owned());
    }
    let case = viewing::case(ctx, number).await?;
    ctx.require(Permission::AnswerComplaint, place(&case.complaint))?;
    require_text(ctx, &case.complaint)?;
    standard_answers::fill(ctx, &case, text).await
}

/// The latest answer of a complaint, if there is one.
pub(super) async fn last_answer(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
) -> Result<Option<message::Model>> {
    match rules::steps(of.status, Event::Close) {
        Ok(_) => store::last_answer(db, of).await,
        Err(_) if of.status == rules::Status::Closed => store::last_answer(db, of).await,
        Err(_) => Ok(None),
    }
}
