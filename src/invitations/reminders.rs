//! One reminder before the forum, to those who were told of it and did not decline. When, the forum sets; without
//! that the installation does. Housekeeping looks every hour which forums are due and puts one job of a unique
//! key in the queue: a forum that is moved needs no other care.

use std::sync::Arc;

use chrono::{DateTime, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};

use super::{
    Recipient, RemindRecipients,
    emails::ReminderEmail,
    entity::{recipient, reminder},
    recipient_list,
    rules::{self, Answer},
    sending, service, store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::{self, WorkCalendar},
    forums::{self, Forum, ForumId, Stage},
    organisation::{self, Unit},
    platform::{
        context::App,
        error::{Error, Result},
        i18n::Locale,
        jobs,
        mail::{self, Outgoing, SendMail},
    },
};

const ABOUT: &str = "invitation.reminder";

/// The most working days that a forum may set.
pub const MOST_DAYS: i32 = 20;

/// Reminders leave in the morning of their day.
const HOUR: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// When the reminder of a forum is due: so many working days before its day.
#[must_use]
pub fn due_at(
    forum: &Forum,
    zone: Tz,
    days: i32,
    calendar: &WorkCalendar,
) -> Option<DateTime<Utc>> {
    if days <= 0 {
        return None;
    }
    let mut day = forum.date;
    let mut left = days;
    while left > 0 {
        day = day.pred_opt()?;
        if calendar::is_working_day(day, calendar) {
            left -= 1;
        }
    }
    let local = zone.from_local_datetime(&day.and_time(HOUR)).earliest()?;
    Some(local.to_utc())
}

/// Working days before the forum, and the version of the setting; version 0 where the forum has none.
pub async fn setting(ctx: &Ctx, forum: &Forum) -> Result<(i32, i32)> {
    Ok(match stored(&ctx.app.db, forum).await? {
        Some(row) => (row.working_days, row.version),
        None => (usual(&ctx.app), 0),
    })
}

fn usual(app: &App) -> i32 {
    let days = app.config.forum.reminder_working_days;
    i32::try_from(days).unwrap_or(MOST_DAYS).min(MOST_DAYS)
}

async fn stored(db: &impl ConnectionTrait, forum: &Forum) -> Result<Option<reminder::Model>> {
    Ok(reminder::Entity::find()
        .filter(reminder::Column::UnitId.eq(forum.unit_id))
        .filter(reminder::Column::ForumId.eq(forum.id))
        .one(db)
        .await?)
}

/// Sets when a forum reminds; `version` is that of the form the organiser saw.
pub async fn set(ctx: &Ctx, id: ForumId, version: i32, days: i32) -> Result<()> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let known = stored(&tx, &forum).await?;
    if known.as_ref().map_or(0, |row| row.version) != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    match known {
        Some(row) => {
            let change = reminder::ActiveModel {
                working_days: Set(days),
                version: Set(version + 1),
                ..Default::default()
            };
            reminder::Entity::update_many()
                .set(change)
                .filter(reminder::Column::Id.eq(row.id))
                .exec(&tx)
                .await?;
        }
        None => {
            let row = reminder::Model {
                id: uuid::Uuid::now_v7(),
                unit_id: forum.unit_id,
                forum_id: id,
                working_days: days,
                version: 1,
            };
            reminder::Entity::insert(row.into_active_model().reset_all())
                .exec_without_returning(&tx)
                .await?;
        }
    }
    let entry = audit::Entry::new("forum", id.0, "invitation.reminder_set")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "working_days": days }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// When a forum will remind, if it will.
pub async fn due(ctx: &Ctx, forum: &Forum, unit: &Unit) -> Result<Option<DateTime<Utc>>> {
    let (days, _) = setting(ctx, forum).await?;
    let calendar = calendar::work_calendar(&ctx.app.db, unit.id).await?;
    Ok(due_at(forum, organisation::zone_of(unit)?, days, &calendar))
}

/// Puts the reminders that are due into the queue; twice is once.
pub async fn sweep(app: &Arc<App>) -> Result<()> {
    let ctx = Ctx::system(app);
    for forum in forums::list(&ctx).await? {
        if forum.stage != Stage::Invitation || forum.cancelled_at.is_some() {
            continue;
        }
        let unit = organisation::unit(&app.db, forum.unit_id).await?;
        let starts = forums::starts_at(&forum, organisation::zone_of(&unit)?).to_utc();
        if let Some(due) = due(&ctx, &forum, &unit).await?
            && (due..starts).contains(&ctx.now)
        {
            let job = RemindRecipients {
                forum: forum.id,
                due,
            };
            let tx = app.db.begin_write().await?;
            jobs::enqueue(&tx, &job, ctx.now).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// The job's work: a mail to each who waits for one. The row says who had it, so a second run goes on where
/// the first one ended.
pub async fn remind(app: &Arc<App>, job: &RemindRecipients) -> Result<()> {
    let ctx = Ctx::system(app);
    let forum = forums::by_id(&app.db, job.forum).await?;
    let unit = organisation::unit(&app.db, forum.unit_id).await?;
    let letter = store::letter_of(&app.db, &forum).await?;
    let starts = forums::starts_at(&forum, organisation::zone_of(&unit)?).to_utc();
    // A letter that is being corrected, or a forum moved meanwhile: the reminder would say what is not so.
    let fine = rules::may_send(service::state_of(letter.as_ref(), &forum), ctx.now, starts).is_ok();
    if !fine || due(&ctx, &forum, &unit).await? != Some(job.due) {
        return Ok(());
    }
    let mut count = 0;
    for recipient in store::recipients(&app.db, &forum).await? {
        if !wants_reminder(&recipient, &forum, job.due) {
            continue;
        }
        let outgoing = compose(&ctx, &recipient, &forum, &unit).await?;
        let tx = app.db.begin_write().await?;
        let held = store::hold_recipient(&tx, recipient.id).await?;
        if wants_reminder(&held, &forum, job.due) {
            let columns = recipient::ActiveModel {
                reminded_at: Set(Some(ctx.now)),
                ..Default::default()
            };
            store::write_columns(&tx, held.id, columns).await?;
            mail::queue::<SendMail>(&tx, app, ctx.now, outgoing).await?;
            count += 1;
        }
        tx.commit().await?;
    }
    let tx = app.db.begin_write().await?;
    let entry = audit::Entry::new("forum", forum.id.0, "invitation.reminded")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "recipients": count }));
    audit::record(&tx, &ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Told of the forum as it is now, not reminded yet, and not staying away. An invitation that went out after the hour of
/// the reminder is none itself: two mails within an hour say no more than one.
fn wants_reminder(recipient: &Recipient, forum: &Forum, due: DateTime<Utc>) -> bool {
    let told_at = recipient.requested_at.max(recipient.handed_at);
    if told_at.is_some_and(|at| at > due) {
        return false;
    }
    let told = recipient.requested_sequence.max(recipient.handed_sequence);
    recipient.email.is_some()
        && recipient.withdrawn_at.is_none()
        && recipient.reminded_at.is_none()
        && !(recipient.answer == Answer::Declined && recipient.answer_stands(forum))
        && told.is_some_and(|told| forums::sequences_now(forum).contains(&told))
}

async fn compose(ctx: &Ctx, recipient: &Recipient, forum: &Forum, unit: &Unit) -> Result<Outgoing> {
    let app = &ctx.app;
    let zone = organisation::zone_of(unit)?;
    let email = ReminderEmail {
        addressee: recipient.in_full(),
        forum: forum.title.clone(),
        when: forums::when_text(forum, zone, Locale::Id),
        place: forums::where_text(forum),
        address: forums::address_of(forum).to_owned(),
        unanswered: recipient.answer == Answer::None,
        to_confirm: !recipient.answer_stands(forum),
        answer: recipient.answer.label(Locale::Id),
        answer_url: recipient_list::answer_url(app, recipient)?,
        contact: sending::organiser_address(app, unit).await?,
        unit: unit.name.clone(),
    };
    let rendered = app.templates.email(Locale::Id, &email)?;
    Ok(Outgoing {
        to_name: recipient.called(),
        to_address: recipient.email.clone().unwrap_or_default(),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        calendar: None,
        attachments: Vec::new(),
        about_kind: ABOUT,
        about_id: recipient.id.0,
    })
}
