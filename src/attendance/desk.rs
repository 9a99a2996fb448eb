//! The link on the wall: people check in by themselves, on the forum's day, while the organiser has switched it on.
//! The same link, with a personal code behind it, is what the QR code on an invitation says.

use chrono::Duration;
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    checking_in::{self, Attempt, CheckedIn, Who},
    details::Details,
    entity::{attendance, desk},
    invited,
    rules::{self, Broken, Method},
    service::{self, Person},
    store,
    visits::Calendar,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    forums::{self, Forum, ForumId, Group, days},
    invitations,
    organisation::{self, Unit},
    platform::{
        crypto::random_code,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        throttle::{self, Throttle},
    },
    registrations,
};

const SHORT_CODE_LENGTH: usize = 6;
/// Unknown codes from one address within a quarter of an hour: a whole hall shares the address of its network.
const WRONG_CODES: u32 = 100;
/// New names from one address within an hour.
const NEW_NAMES: u32 = 300;

/// The link of a forum and what stands behind it.
pub struct Desk {
    pub forum: Forum,
    pub unit: Unit,
    pub zone: Tz,
    pub row: desk::Model,
    /// Whether people can check in by themselves at this moment, or why not.
    pub open: std::result::Result<(), Broken>,
}

/// The address on the wall.
#[must_use]
pub fn url(ctx: &Ctx, row: &desk::Model) -> String {
    ctx.app.url(&format!("/hadir/{}", row.short_code))
}

/// The link of a forum, made when it is first asked for.
async fn ensured(tx: &Tx, forum: &Forum) -> Result<desk::Model> {
    forums::hold(tx, forum.id).await?;
    if let Some(row) = store::desk(tx, forum.id).await? {
        return Ok(row);
    }
    let short_code = loop {
        let code = random_code(SHORT_CODE_LENGTH);
        if store::desk_by_code(tx, &code).await?.is_none() {
            break code;
        }
    };
    let row = desk::Model {
        id: uuid::Uuid::now_v7(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        short_code,
        self_service: false,
        version: 1,
    };
    store::insert_desk(tx, row.clone()).await?;
    Ok(row)
}

/// Whether the organiser has switched it on.
pub async fn is_on(db: &impl ConnectionTrait, forum: ForumId) -> Result<bool> {
    Ok(store::desk(db, forum)
        .await?
        .is_some_and(|row| row.self_service))
}

async fn around(ctx: &Ctx, forum: Forum, row: desk::Model) -> Result<Desk> {
    let db = &ctx.app.db;
    let unit = organisation::unit(db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let calendar = Calendar::of(&forum, zone);
    let hours = ctx.app.config.attendance.opens_hours_before;
    let open = if forum.cancelled_at.is_some() {
        let reason = forum.cancel_reason.clone();
        Err(Broken::Cancelled { reason })
    } else if let Some(closed) = store::closing(db, forum.id).await? {
        Err(Broken::Closed(closed))
    } else if !calendar.is_on(ctx.now) {
        let days = days::dates_of(&forum);
        Err(Broken::NotToday { days })
    } else if let Some(opens) = calendar.opens_later(ctx.now, hours) {
        Err(Broken::NotYet { opens })
    } else if row.self_service {
        Ok(())
    } else {
        Err(Broken::SelfServiceOff)
    };
    Ok(Desk {
        forum,
        unit,
        zone,
        row,
        open,
    })
}

/// What the organiser sees: the link and its switch.
pub async fn of(ctx: &Ctx, id: ForumId) -> Result<Desk> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let row = match store::desk(&ctx.app.db, id).await? {
        Some(row) => row,
        None => {
            let tx = ctx.app.db.begin_write().await?;
            let row = ensured(&tx, &forum).await?;
            tx.commit().await?;
            row
        }
    };
    around(ctx, forum, row).await
}

/// Switches self check-in on or off. `version` is that of the switch on the page.
pub async fn switch(ctx: &Ctx, id: ForumId, version: i32, on: bool) -> Result<()> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let tx = ctx.app.db.begin_write().await?;
    let row = ensured(&tx, &forum).await?;
    store::switch_desk(&tx, &row, version, on).await?;
    let verb = if on {
        "attendance.self_service_on"
    } else {
        "attendance.self_service_off"
    };
    let entry = audit::Entry::new("forum", forum.id.0, verb).in_unit(forum.unit_id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// What stands behind a short link, for everybody.
pub async fn by_code(ctx: &Ctx, typed: &str) -> Result<Desk> {
    let code = rules::normal_code(typed);
    let row = match store::desk_by_code(&ctx.app.db, &code).await? {
        Some(row) => row,
        None => {
            let wrong = wrong_codes(ctx);
            throttle::refuse_if_exhausted(&ctx.app, ctx.now, &[&wrong]).await?;
            throttle::count(&ctx.app, ctx.now, &[&wrong]).await?;
            return Err(Error::NotFound);
        }
    };
    let forum = forums::by_id(&ctx.app.db, row.forum_id).await?;
    around(ctx, forum, row).await
}

fn wrong_codes(ctx: &Ctx) -> Throttle {
    let network = ctx.request.network();
    Throttle::new(
        "attendance-code",
        &network,
        WRONG_CODES,
        Duration::minutes(15),
    )
}

/// What somebody typed behind the link on the wall.
pub enum Myself {
    /// With the personal code, and who really came if the invitation names an office.
    Code {
        typed: String,
        details: Details,
    },
    Named(Person),
}

/// Whether somebody may say of themselves that they belong to this group. The organiser's own people sign the Berita
/// Acara for the provider: they are let in by the staff.
#[must_use]
pub fn may_say(group: Group) -> bool {
    group != Group::Organiser
}

/// Checks in whoever stands before the wall.
pub async fn check_in_myself(ctx: &Ctx, short_code: &str, who: Myself) -> Result<CheckedIn> {
    let desk = by_code(ctx, short_code).await?;
    if let Myself::Named(person) = &who
        && !may_say(person.group)
    {
        return Err(service::refused(ctx, desk.zone, Broken::OwnPeople));
    }
    let throttle = match &who {
        Myself::Code { .. } => {
            let wrong = wrong_codes(ctx);
            throttle::refuse_if_exhausted(&ctx.app, ctx.now, &[&wrong]).await?;
            wrong
        }
        Myself::Named(_) => {
            let network = ctx.request.network();
            let names = Throttle::new("attendance-name", &network, NEW_NAMES, Duration::hours(1));
            throttle::take(&ctx.app, ctx.now, &[&names]).await?;
            names
        }
    };
    let who = match who {
        Myself::Code { typed, details } => Who::Code { typed, details },
        Myself::Named(person) => Who::WalkIn(person),
    };
    let by_code = matches!(who, Who::Code { .. });
    let attempt = Attempt {
        method: Some(Method::SelfService),
        ..Attempt::now(who)
    };
    let done = let_myself_in(ctx, &desk, attempt).await;
    if by_code
        && let Err(Error::Rule {
            code: "attendance.unknown_code" | "attendance.other_forum",
            ..
        }) = &done
    {
        throttle::count(&ctx.app, ctx.now, &[&throttle]).await?;
    }
    done
}

async fn let_myself_in(ctx: &Ctx, desk: &Desk, attempt: Attempt) -> Result<CheckedIn> {
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, desk.forum.id).await?;
    // Read again: the organiser may have switched it off meanwhile.
    let row = store::desk(&tx, desk.forum.id).await?;
    if !row.is_some_and(|row| row.self_service) {
        return Err(service::refused(ctx, desk.zone, Broken::SelfServiceOff));
    }
    let by_code = matches!(attempt.who, Who::Code { .. });
    let done = checking_in::let_in(&tx, ctx, &desk.forum, desk.zone, attempt).await;
    let done = done.map_err(|error| match error {
        Error::Rule {
            code: "attendance.next_nameless",
            ..
        } => Error::field("who_name", Message::new("attendance-wall-next-name")),
        error => error,
    })?;
    // Whoever holds the telephone knows their name. What was written so far is given up with the transaction.
    if by_code && rules::is_office(&done.row) {
        let message = Message::new("attendance-wall-name-needed").with("office", done.row.name);
        return Err(Error::field("who_name", message));
    }
    // A name alone is anybody's: the group is that of the row it led to, not the one that was typed.
    if !by_code && !may_say(done.row.participant_group) {
        return Err(service::refused(ctx, desk.zone, Broken::OwnPeople));
    }
    tx.commit().await?;
    Ok(done)
}

/// What a recipient shows at the door.
pub struct Card {
    pub forum: Forum,
    /// A word for whose letter says another time or place.
    pub moved: Option<forums::Moved>,
    pub unit: Unit,
    pub zone: Tz,
    pub row: attendance::Model,
    /// In already, on the day of this moment.
    pub came: bool,
    /// What the QR code says.
    pub url: String,
    /// For how many the invitation is.
    pub quota: usize,
}

/// A code in two groups, as people read it out.
#[must_use]
pub fn spaced(code: &str) -> String {
    code.split_at_checked(3)
        .map_or_else(|| code.to_owned(), |(one, other)| format!("{one} {other}"))
}

/// Whose card it is.
struct Holder {
    id: Uuid,
    forum: Forum,
    unit: Unit,
    zone: Tz,
    quota: usize,
}

/// The card of an answer link. A recipient who declined gets none until the answer changes; one whose invitation was
/// taken back reads so, as on the answer page.
pub async fn card(ctx: &Ctx, token: &str) -> Result<Card> {
    let guest = invitations::by_token(ctx, token).await?;
    if guest.recipient.withdrawn_at.is_some() && guest.forum.cancelled_at.is_none() {
        let message = Message::new("rule-invitation-withdrawn");
        return Err(Error::rule("invitation.withdrawn", message));
    }
    let holder = Holder {
        id: guest.recipient.id.0,
        quota: guest.recipient.people(),
        forum: guest.forum,
        unit: guest.unit,
        zone: guest.zone,
    };
    card_of(ctx, holder).await
}

/// The card of somebody who registered. Whoever gave the seat back has none.
pub async fn registered_card(ctx: &Ctx, token: &str) -> Result<Card> {
    let found = registrations::by_token(ctx, token).await?;
    if found.row.ended_at.is_some() {
        return Err(Error::NotFound);
    }
    let holder = Holder {
        id: found.row.id.0,
        quota: 1,
        forum: found.offer.forum,
        unit: found.offer.unit,
        zone: found.offer.zone,
    };
    card_of(ctx, holder).await
}

async fn card_of(ctx: &Ctx, guest: Holder) -> Result<Card> {
    let (forum, recipient) = (guest.forum, guest.id);
    if forum.cancelled_at.is_some() {
        let reason = forum.cancel_reason;
        return Err(service::refused(
            ctx,
            guest.zone,
            Broken::Cancelled { reason },
        ));
    }
    let tx = ctx.app.db.begin_write().await?;
    let desk = ensured(&tx, &forum).await?;
    // The card is that of the first seat; who comes with it says their name.
    let listed = store::of_recipient(&tx, forum.id, recipient).await?;
    let row = match listed.into_iter().next() {
        Some(row) => row,
        None if store::closing(&tx, forum.id).await?.is_some() => return Err(Error::NotFound),
        None => {
            let one = invited::one(&tx, &forum, recipient).await?;
            let one = one.filter(|one| !one.declined).ok_or(Error::NotFound)?;
            service::insert_expected(&tx, ctx, &forum, one).await?
        }
    };
    let row = if row.checked_in_at.is_some() {
        row
    } else {
        let invited = invited::of_row(&tx, &forum, &row).await?;
        invited::refreshed(ctx, invited.as_ref(), row)?.map_err(|_| Error::NotFound)?
    };
    tx.commit().await?;
    let url = format!("{}?kode={}", url(ctx, &desk), row.check_in_code);
    let calendar = Calendar::of(&forum, guest.zone);
    let came = calendar.visit(&row, calendar.day_at(ctx.now)).is_some();
    Ok(Card {
        came,
        moved: forums::moved_note(&forum, ctx.now, guest.zone, ctx.locale()),
        // As the letter in force says it; nothing of it is stored.
        forum: forums::as_guests_know(&forum, ctx.now, guest.zone).unwrap_or(forum),
        unit: guest.unit,
        zone: guest.zone,
        row,
        url,
        quota: guest.quota,
    })
}
