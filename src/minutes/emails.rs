//! Mails about the approval of minutes: to the approver when they wait, to the organisers when they come back
//! or are approved. Who did it is told nothing.

use serde::Serialize;

use super::entity::minutes;
use crate::{
    access::{self, Ctx, Role},
    forums::Forum,
    platform::{
        db::Tx,
        error::Result,
        i18n::Locale,
        mail::{self, SendMail},
        web::pages::Email,
    },
};

/// Mails to account holders are in Indonesian: an account has no language yet.
const LANGUAGE: Locale = Locale::Id;

/// What happened to the minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    Submitted,
    /// With what is to be done.
    Returned(&'a str),
    Approved,
}

#[derive(Debug, Serialize)]
struct MinutesEmail<'a> {
    waiting: bool,
    returned: bool,
    forum: &'a str,
    by: &'a str,
    reason: &'a str,
    url: String,
}

impl Email for MinutesEmail<'_> {
    const TEMPLATE: &'static str = "minutes_step";
}

/// Queues the mails in the transaction of the step.
pub(super) async fn tell(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    head: &minutes::Model,
    step: Step<'_>,
) -> Result<()> {
    let role = match (step, head.approver_id) {
        (Step::Submitted, None) => Role::Head,
        // An organiser named as approver; and those who write are organisers.
        _ => Role::Organiser,
    };
    let mut people = access::people_with(tx, &[role], forum.unit_id, None).await?;
    if let (Step::Submitted, Some(named)) = (step, head.approver_id) {
        people.retain(|(id, ..)| *id == named);
    }
    people.retain(|(id, ..)| Some(*id) != ctx.person_id());
    let email = MinutesEmail {
        waiting: step == Step::Submitted,
        returned: matches!(step, Step::Returned(_)),
        forum: &forum.title,
        by: ctx.actor_name(),
        reason: match step {
            Step::Returned(reason) => reason,
            Step::Submitted | Step::Approved => "",
        },
        url: ctx.app.url(&format!("/kerja/forum/{}/notulen", forum.id)),
    };
    let words = ctx.app.templates.email(LANGUAGE, &email)?;
    mail::queue_for_each::<SendMail>(
        tx,
        &ctx.app,
        ctx.now,
        &words,
        ("minutes", head.id.0),
        people,
    )
    .await?;
    Ok(())
}
