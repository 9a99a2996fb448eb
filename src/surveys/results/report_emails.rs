//! Mails about the way of a report: to the head of the unit when it waits and when it is taken back, to those who write
//! when it comes back or is issued. Who did it is told nothing.

use serde::Serialize;

use crate::{
    access::{self, Ctx, Role},
    organisation,
    platform::{
        db::Tx,
        error::Result,
        i18n::Locale,
        mail::{self, SendMail},
        web::pages::Email,
    },
    surveys::entity::setup::period,
};

/// Mails to account holders are in Indonesian, like all others to them.
const LANGUAGE: Locale = Locale::Id;

/// What happened to the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    Submitted,
    /// With what is to be done.
    Returned(&'a str),
    /// It lay before the head, and something of it was changed.
    Withdrawn,
    Issued,
}

#[derive(Debug, Serialize)]
struct ReportEmail<'a> {
    waiting: bool,
    returned: bool,
    withdrawn: bool,
    unit: &'a str,
    period: &'a str,
    by: &'a str,
    reason: &'a str,
    url: String,
}

impl Email for ReportEmail<'_> {
    const TEMPLATE: &'static str = "survey_report_step";
}

/// Queues the mails in the transaction of the step.
pub async fn tell(tx: &Tx, ctx: &Ctx, period: &period::Model, step: Step<'_>) -> Result<()> {
    let unit = organisation::unit(tx, period.unit_id).await?;
    let roles: &[Role] = match step {
        Step::Submitted | Step::Withdrawn => &[Role::Head],
        Step::Returned(_) | Step::Issued => &[Role::Organiser],
    };
    let mut people = access::people_with(tx, roles, unit.id, None).await?;
    people.retain(|(id, ..)| Some(*id) != ctx.person_id());
    let email = ReportEmail {
        waiting: step == Step::Submitted,
        returned: matches!(step, Step::Returned(_)),
        withdrawn: step == Step::Withdrawn,
        unit: &unit.short_name,
        period: &period.title,
        by: ctx.actor_name(),
        reason: match step {
            Step::Returned(reason) => reason,
            Step::Submitted | Step::Withdrawn | Step::Issued => "",
        },
        url: ctx.app.url(&format!("/kerja/survei/{}/laporan", period.id)),
    };
    let words = ctx.app.templates.email(LANGUAGE, &email)?;
    mail::queue_for_each::<SendMail>(
        tx,
        &ctx.app,
        ctx.now,
        &words,
        ("survey_report", period.id.0),
        people,
    )
    .await?;
    Ok(())
}
