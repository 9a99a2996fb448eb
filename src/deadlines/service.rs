//! Changing the days, and everything that follows from it.

use std::sync::Arc;

use chrono::{Datelike as _, Duration, NaiveDate};

use crate::{
    access::{Ctx, Permission},
    calendar::{self, Action, Announcement, HolidayCategory, dates},
    complaints::clocks::{self, Cause, Recount},
    platform::{
        check::Check,
        context::App,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

/// A change of a holiday as it was typed.
#[derive(Clone, Debug, Default)]
pub struct HolidayDraft {
    pub action: String,
    pub date: String,
    pub name: String,
    pub category: String,
    pub decree: String,
    pub reason: String,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Changed {
    pub given: Announcement,
    pub deadlines: Recount,
}

fn action(text: &str) -> Option<Action> {
    match text {
        "add" => Some(Action::Add),
        "withdraw" => Some(Action::Withdraw),
        _ => None,
    }
}

fn category(text: &str) -> Option<HolidayCategory> {
    match text {
        "national_holiday" => Some(HolidayCategory::NationalHoliday),
        "collective_leave" => Some(HolidayCategory::CollectiveLeave),
        _ => None,
    }
}

/// So many years before and after this one a decree can reach: a year mistyped would spoil what is known.
const YEARS: i32 = 3;

fn announcement(draft: &HolidayDraft, this_year: i32) -> Result<Announcement> {
    let mut check = Check::new();
    let action = check.choice("action", &draft.action, action);
    let date = check.date("date", &draft.date);
    // A day that was mistyped before can still be withdrawn; one that cannot be read has its fault already.
    let adds = !matches!(action, Some(Action::Withdraw)) && date != NaiveDate::default();
    if adds && (date.year() - this_year).abs() > YEARS {
        let message = Message::new("deadlines-year-bounds")
            .with("year", date.year().to_string())
            .with("from", (this_year - YEARS).to_string())
            .with("to", (this_year + YEARS).to_string());
        check.fault("date", message);
    }
    let category = check.choice("category", &draft.category, category);
    // A withdrawn holiday keeps the name it had.
    let name = match action {
        Some(Action::Withdraw) => String::new(),
        _ => check.line("name", &draft.name, 3, 120),
    };
    let decree = check.line("decree", &draft.decree, 3, 200);
    let reason = check.text("reason", &draft.reason, 5, 500);
    check.finish()?;
    Ok(Announcement {
        action: action.ok_or(Error::NotFound)?,
        date,
        name,
        category: category.ok_or(Error::NotFound)?,
        decree,
        reason,
    })
}

/// What citizens and owners read about a moved deadline. A decree is an Indonesian text, and so is this.
fn cause(action: &str, date: chrono::NaiveDate, name: &str, decree: &str) -> Cause {
    let reason = Message::new(&format!("deadlines-cause-{action}"))
        .with("date", dates::long_date(date, Locale::Id))
        .with("name", name)
        .with("decree", decree);
    Cause {
        reason: reason.text(Locale::Id),
    }
}

/// Adds or withdraws a holiday and moves the open deadlines that become later by it.
pub async fn change_holiday(ctx: &Ctx, draft: &HolidayDraft) -> Result<Changed> {
    ctx.require_scope(Permission::ManageHolidays)?;
    let given = announcement(draft, ctx.now.year())?;
    let tx = ctx.app.db.begin_write().await?;
    tx.alone().await?;
    let change = calendar::announce(&tx, ctx, &given).await?;
    let cause = cause(&change.action, change.date, &change.name, &change.decree);
    let deadlines = clocks::recalculate(&tx, ctx, &cause, None).await?;
    let moved = deadlines.moved;
    calendar::note_moved(&tx, change.id, moved).await?;
    tx.commit().await?;
    tracing::info!(
        holiday.date = %change.date,
        deadlines.moved = moved,
        "holiday {} changed, {moved} deadlines moved",
        change.date
    );
    Ok(Changed { given, deadlines })
}

/// Which deadlines a change would move: it is made and not kept.
pub async fn preview_holiday(ctx: &Ctx, draft: &HolidayDraft) -> Result<Recount> {
    ctx.require_scope(Permission::ManageHolidays)?;
    let given = announcement(draft, ctx.now.year())?;
    let tx = ctx.app.db.begin_write().await?;
    tx.alone().await?;
    let change = calendar::announce(&tx, ctx, &given).await?;
    let cause = cause(&change.action, change.date, &change.name, &change.decree);
    // Without a commit nothing of it lasts: no date, no line of a history, no mail.
    clocks::recalculate(&tx, ctx, &cause, None).await
}

/// A form that is sent in the very moment of a change may be older than the change by so much, and be kept after it.
pub(super) const OVERLAP: i64 = 5;

/// A complaint that arrived in the very moment of a change was counted by the calendar before it. What came since
/// the changes of the last hours is therefore looked at again; usually nothing moves. What was there before moved with
/// the change itself: a correction by hand must not move it in the name of a decree.
pub async fn check_again(app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    let since = ctx.now - Duration::hours(3);
    if calendar::changes_since(&app.db, since).await?.is_empty() {
        return Ok(());
    }
    let tx = app.db.begin_write().await?;
    let changes = calendar::changes_since(&tx, since).await?;
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else {
        return Ok(());
    };
    let cause = match changes.as_slice() {
        [only] => cause(&only.action, only.date, &only.name, &only.decree),
        // Which of them moved a date is not known.
        _ => Cause {
            reason: Message::new("deadlines-cause-several").text(Locale::Id),
        },
    };
    let from = first.at - Duration::minutes(OVERLAP);
    let moved = clocks::recalculate(&tx, &ctx, &cause, Some(from))
        .await?
        .moved;
    if moved > 0 {
        let before = usize::try_from(last.moved).unwrap_or_default();
        calendar::note_moved(&tx, last.id, before + moved).await?;
    }
    tx.commit().await?;
    Ok(())
}
