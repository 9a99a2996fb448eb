//! By which numbers of days a unit answers from a day on: a set that is known, or numbers that it writes down itself. A
//! choice that has not begun can be withdrawn.

use chrono::NaiveDate;

use crate::{
    access::{Ctx, Permission},
    calendar::{
        self, AfterHours, CERTAINTIES, Choice, DueEnd, OWN, PolicyId, PolicyInForce,
        own_terms::{self, CELLS, Cell},
    },
    organisation::{self, UnitId},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
    },
};

/// From when a choice holds and how its days begin and end, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    pub after_hours: String,
    pub due_end: String,
    pub valid_from: String,
    pub reason: String,
}

/// A choice of a known set.
#[derive(Clone, Debug, Default)]
pub struct PolicyDraft {
    pub set: String,
    pub conditions: Conditions,
}

/// Numbers of the unit's own.
#[derive(Clone, Debug, Default)]
pub struct OwnDraft {
    /// By the names of the form's cells.
    pub days: Vec<(&'static str, String)>,
    /// What says so, and how sure that is.
    pub source: String,
    pub certainty: String,
    pub conditions: Conditions,
    /// The newest choice that the form was filled in over; empty where there was no form.
    pub seen: String,
}

/// A choice can begin at most a year ahead: a year mistyped would never begin.
const POLICY_AHEAD_DAYS: i64 = 366;
/// Longer than any number that an office answers by.
const MOST_DAYS: i64 = 120;

fn choice(check: &mut Check, set: &str, typed: &Conditions) -> Choice {
    let set = check.line("set", set, 1, 40);
    let after_hours = check.choice("after_hours", &typed.after_hours, |text| match text {
        "same_day" => Some(AfterHours::SameDay),
        "next_working_day" => Some(AfterHours::NextWorkingDay),
        _ => None,
    });
    let due_end = check.choice("due_end", &typed.due_end, |text| match text {
        "close_of_office" => Some(DueEnd::CloseOfOffice),
        "end_of_day" => Some(DueEnd::EndOfDay),
        _ => None,
    });
    Choice {
        set,
        after_hours: after_hours.unwrap_or_default(),
        due_end: due_end.unwrap_or_default(),
        valid_from: check.date("valid_from", &typed.valid_from),
        reason: check.text("reason", &typed.reason, 5, 500),
    }
}

fn not_then(check: &mut Check, valid_from: NaiveDate, today: NaiveDate) {
    if valid_from == NaiveDate::default() {
        // It could not be read and has its fault already.
        return;
    }
    if valid_from > today + chrono::Duration::days(POLICY_AHEAD_DAYS) {
        check.fault("valid_from", Message::new("deadlines-valid-from-far"));
    }
    // What was received was promised by the numbers of its day.
    if valid_from < today {
        check.fault("valid_from", Message::new("deadlines-valid-from-past"));
    }
}

async fn today_of(ctx: &Ctx, unit: UnitId) -> Result<NaiveDate> {
    let of = organisation::unit(&ctx.app.db, unit).await?;
    Ok(ctx.today_in(organisation::zone_of(&of)?))
}

/// Chooses by which numbers the unit answers what comes in from a day on.
pub async fn choose_policy(ctx: &Ctx, unit: UnitId, draft: &PolicyDraft) -> Result<()> {
    ctx.require(Permission::ChoosePolicy, unit)?;
    let mut check = Check::new();
    let choice = choice(&mut check, &draft.set, &draft.conditions);
    not_then(&mut check, choice.valid_from, today_of(ctx, unit).await?);
    check.finish()?;
    let tx = ctx.app.db.begin_write().await?;
    calendar::choose(&tx, ctx, unit, &choice).await?;
    tx.commit().await?;
    Ok(())
}

fn numbers(check: &mut Check, typed: &[(&'static str, String)]) -> Vec<(Cell, u32)> {
    let mut numbers = Vec::with_capacity(CELLS.len());
    for cell in CELLS {
        let text = typed.iter().find(|(name, _)| *name == cell.name);
        let text = text.map_or("", |(_, text)| text.as_str());
        let days = check.number(cell.name, text, 1, MOST_DAYS);
        numbers.push((cell, u32::try_from(days).unwrap_or_default()));
    }
    numbers
}

/// A choice that says what holds anyway would only put another name and source into the history.
fn changes_nothing(then: &PolicyInForce, numbers: &[(Cell, u32)], choice: &Choice) -> bool {
    own_terms::unchanged(&then.policy.terms, numbers)
        && then.policy.after_hours == choice.after_hours
        && then.policy.due_end == choice.due_end
}

/// Writes down numbers of the unit's own, which hold for what comes in from a day on.
pub async fn set_own(ctx: &Ctx, unit: UnitId, draft: &OwnDraft) -> Result<()> {
    ctx.require(Permission::ChoosePolicy, unit)?;
    let today = today_of(ctx, unit).await?;
    let mut check = Check::new();
    let numbers = numbers(&mut check, &draft.days);
    let read = check.is_clean();
    let source = check.line("source", &draft.source, 10, 300);
    let certainty = check.choice("certainty", &draft.certainty, |code| {
        CERTAINTIES.into_iter().find(|known| *known == code)
    });
    let choice = choice(&mut check, OWN, &draft.conditions);
    if read {
        let db = &ctx.app.db;
        let now = calendar::policy(db, unit, today).await?.policy.terms;
        for (name, key) in own_terms::contradictions(&now, &numbers) {
            check.fault(name, Message::new(key));
        }
        if changes_nothing(
            &calendar::policy(db, unit, choice.valid_from.max(today)).await?,
            &numbers,
            &choice,
        ) {
            check.fault("source", Message::new("policy-own-unchanged"));
        }
    }
    not_then(&mut check, choice.valid_from, today);
    check.finish()?;
    let tx = ctx.app.db.begin_write().await?;
    if !draft.seen.is_empty()
        && calendar::newest(&tx, unit).await? != PolicyId::parse(&draft.seen).ok()
    {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let now = calendar::policy(&tx, unit, today).await?.policy.terms;
    let said = (source.as_str(), certainty.unwrap_or("unverified"));
    let terms = own_terms::written_down(&now, &numbers, said);
    calendar::choose_terms(&tx, ctx, unit, &choice, terms).await?;
    tx.commit().await?;
    Ok(())
}

/// Withdraws a choice before it begins.
pub async fn withdraw(ctx: &Ctx, unit: UnitId, id: &str, reason: &str) -> Result<()> {
    ctx.require(Permission::ChoosePolicy, unit)?;
    let id = PolicyId::parse(id)?;
    let mut check = Check::new();
    let reason = check.text("withdraw_reason", reason, 5, 500);
    check.finish()?;
    let today = today_of(ctx, unit).await?;
    let tx = ctx.app.db.begin_write().await?;
    calendar::withdraw_choice(&tx, ctx, (unit, today), id, &reason).await?;
    tx.commit().await?;
    Ok(())
}
