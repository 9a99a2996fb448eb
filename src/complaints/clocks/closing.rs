//! An answered complaint from which nothing more is heard is closed after the days of its policy, and the reason
//! is kept. The citizen is told before, also when the program stood still in between; a message of theirs after
//! the answer keeps it open for the office to read.

use chrono::{DateTime, NaiveDate, Utc};
use futures::future::BoxFuture;
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{
    emails,
    reading::{Office, Policies, Sort},
    store,
};
use crate::{
    access::Ctx,
    calendar::{self, Step, Term},
    complaints::{
        emails::{self as about, Told},
        entity::{ComplaintId, complaint, notice::NoticeKind},
        handling, history, identity,
        rules::{self, Event, Status},
        store as complaints,
    },
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

/// So many working days before it is closed the citizen is told.
const TOLD_BEFORE: i64 = 2;

/// A closed case, for what is asked of its reporter afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedCase {
    pub id: ComplaintId,
    pub unit: UnitId,
    /// Code of the service, if the reporter named one.
    pub service: Option<String>,
}

impl From<&complaint::Model> for ClosedCase {
    fn from(of: &complaint::Model) -> Self {
        Self {
            id: of.id,
            unit: of.unit_id,
            service: of.service_code.clone(),
        }
    }
}

/// The address under which a closed case's reporter is asked how it was; none while nothing is asked. Composition gives
/// this function, because the survey is another capability.
pub type AskAfterwards =
    for<'a> fn(&'a Tx, &'a Ctx, ClosedCase) -> BoxFuture<'a, Result<Option<String>>>;

/// Tells and closes what is due for it in the unit.
pub async fn close_silent(ctx: &Ctx, office: &Office, ask: AskAfterwards) -> Result<()> {
    let db = &ctx.app.db;
    let rows = store::answered(db, office.unit.id, ctx.now).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let told = store::notices(db, office.unit.id, NoticeKind::Closing, &ids).await?;
    let mut policies = Policies::default();
    for row in rows {
        let Some(answered) = row.answered_at else {
            continue;
        };
        let policy = policies.of(db, &row).await?;
        let sort = Sort::of(&row);
        let term = policy.policy.term(Step::AutoClose, sort.about())?;
        let from = answered.with_timezone(&office.zone);
        let rule = policy.policy.counting(term.working_days);
        let ends = calendar::deadline(from, &rule, &office.calendar)?.due_at;
        let today = office.now.date_naive();
        let left = calendar::working_days_between(today, ends.date_naive(), &office.calendar);
        if left > TOLD_BEFORE {
            continue;
        }
        let before = told
            .iter()
            .find(|notice| notice.complaint_id == row.id && notice.level == turn(answered));
        match before {
            None => {
                let closes = closing_day(office, ends.date_naive(), today)?;
                tell(ctx, office, &row, closes, turn(answered)).await?;
            }
            Some(notice) => {
                let day = notice.at.with_timezone(&office.zone).date_naive();
                let waited = calendar::working_days_between(day, today, &office.calendar);
                if office.now > ends && waited > 0 {
                    close(ctx, office, (&row, term), ask).await?;
                }
            }
        }
    }
    Ok(())
}

/// Told late, the citizen still gets a working day.
fn closing_day(office: &Office, ends: NaiveDate, today: NaiveDate) -> Result<NaiveDate> {
    let next = calendar::next_working_day(today, &office.calendar)?;
    Ok(ends.max(next))
}

/// Each answer has a notice of its own: the day on which it was given, as a number.
fn turn(answered: DateTime<Utc>) -> i32 {
    i32::try_from(answered.timestamp() / 60).unwrap_or(i32::MAX)
}

async fn tell(
    ctx: &Ctx,
    office: &Office,
    row: &complaint::Model,
    on: NaiveDate,
    turn: i32,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    if store::first_notice(&tx, row, NoticeKind::Closing, turn, ctx.now).await? {
        let reporter = identity::read(&tx, &ctx.app, row.id).await?;
        emails::closing(&tx, ctx, office, row, on, &reporter).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn close(
    ctx: &Ctx,
    office: &Office,
    (row, term): (&complaint::Model, &Term),
    ask: AskAfterwards,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let steps = rules::steps(row.status, Event::Close)?;
    let changes = complaint::ActiveModel {
        status: Set(Status::Closed),
        queue: Set(rules::queue(Status::Closed, row.due_at)),
        closed_at: Set(Some(ctx.now)),
        ..Default::default()
    };
    match complaints::save(&tx, row, changes).await {
        // Somebody, or another process, was quicker: the next look sees what became of it.
        Err(Error::Conflict { .. }) => return Ok(()),
        other => other?,
    }
    let reason = Message::new("complaints-closed-silent").with("days", term.working_days);
    let told = json!({
        "by": "auto",
        "reason": reason.text(Locale::parse(&row.locale).unwrap_or_default()),
        "working_days": term.working_days,
        "source": term.source,
    });
    history::pass(&tx, ctx, row, Event::Close, &steps, told).await?;
    handling::free_merged(&tx, ctx, row).await?;
    let survey = ask(&tx, ctx, ClosedCase::from(row)).await?;
    let told = Told::Closed(survey.as_deref());
    about::news(&tx, ctx, row, &office.unit, told).await?;
    tx.commit().await?;
    Ok(())
}
