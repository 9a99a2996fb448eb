//! The organiser's switch: whether people may register, how many of each group, until when.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    Closed, GroupSeats, Registration, Setting,
    rules::{self, Broken, Facts},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    forums::{self, Forum, ForumId, Group},
    invitations::{self, Classification},
    organisation::{self, Unit},
    platform::{
        error::{Error, FieldError, Result},
        i18n::Message,
    },
};

/// What can be had by registering.
pub struct Offer {
    pub forum: Forum,
    pub unit: Unit,
    pub zone: Tz,
    pub setting: Option<Setting>,
    pub seats: Vec<GroupSeats>,
    /// Those who have a seat, in the order in which they took it.
    pub expected: Vec<Registration>,
    /// Whether somebody can register at this moment.
    pub open: std::result::Result<(), Closed>,
}

/// What a forum offers now; inside a transaction that holds the forum, nobody takes a seat meanwhile.
pub async fn offer(db: &impl ConnectionTrait, forum: Forum, now: DateTime<Utc>) -> Result<Offer> {
    let unit = organisation::unit(db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let setting = store::setting(db, forum.id).await?;
    let expected = store::expected(db, &forum).await?;
    let taken: Vec<Group> = expected.iter().map(|one| one.participant_group).collect();
    let seats = rules::seats(&store::offered(db, &forum).await?, &taken);
    let starts = forums::starts_at(&forum, zone).to_utc();
    let facts = Facts {
        stage: forum.stage,
        restricted: is_restricted(db, &forum).await?,
        cancelled: forum.cancelled_at.is_some(),
        on: setting.as_ref().is_some_and(|row| row.open),
        closes_at: setting.as_ref().map_or(starts, |row| row.closes_at),
        starts,
        seats_left: seats.iter().map(|one| one.left()).sum(),
    };
    Ok(Offer {
        open: rules::is_open(&facts, now),
        forum,
        unit,
        zone,
        setting,
        seats,
        expected,
    })
}

/// Whether the letter is for its recipients only.
async fn is_restricted(db: &impl ConnectionTrait, forum: &Forum) -> Result<bool> {
    let letter = invitations::letter_of(db, forum).await?;
    Ok(letter.is_some_and(|letter| letter.classification == Classification::Restricted))
}

/// What the organiser sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub on: bool,
    pub seats: Vec<(Group, i32)>,
    pub closes_at: DateTime<Utc>,
}

/// Opens, changes or closes registration; `version` is that of the switch the organiser saw, 0 where there was none.
pub async fn open(ctx: &Ctx, id: ForumId, version: i32, new: Opening) -> Result<()> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let now = offer(&tx, forum, ctx.now).await?;
    let before = now.setting.as_ref();
    if before.map_or(0, |row| row.version) != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    if new.on && is_restricted(&tx, &now.forum).await? {
        return Err(Broken::Restricted.into());
    }
    refuse(&now, &new, ctx.now)?;
    store::replace_offered(&tx, &now.forum, &new.seats).await?;
    let row = Setting {
        id: before.map_or_else(Uuid::now_v7, |row| row.id),
        unit_id: now.forum.unit_id,
        forum_id: id,
        open: new.on,
        closes_at: new.closes_at,
        version: version + 1,
    };
    store::save_setting(&tx, row, before.is_none()).await?;
    let seats: i32 = new.seats.iter().map(|(_, seats)| seats).sum();
    let verb = match new.on {
        true => "registration.opened",
        false => "registration.closed",
    };
    let entry = audit::Entry::new("forum", id.0, verb)
        .in_unit(now.forum.unit_id)
        .with(serde_json::json!({ "seats": seats, "closes_at": new.closes_at }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

fn refuse(now: &Offer, new: &Opening, at: DateTime<Utc>) -> Result<()> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, message: Message| {
        faults.push(FieldError {
            field: field.to_owned(),
            message,
        });
    };
    for of in &now.seats {
        let wanted = new.seats.iter().find(|(group, _)| *group == of.group);
        let wanted = wanted.map_or(0, |(_, seats)| usize::try_from(*seats).unwrap_or_default());
        if wanted < of.taken {
            let message = Message::new("registrations-seats-taken").with("taken", of.taken);
            fault(seats_field(of.group), message);
        }
    }
    if new.on {
        if new.closes_at > forums::starts_at(&now.forum, now.zone).to_utc() {
            fault("closes_on", Message::new("registrations-closes-late"));
        }
        // What closed meanwhile stays so while something else is changed.
        let known = now.setting.as_ref().map(|row| row.closes_at);
        if new.closes_at <= at && known != Some(new.closes_at) {
            fault("closes_on", Message::new("registrations-closes-past"));
        }
        if new.seats.iter().all(|(_, seats)| *seats == 0) {
            let first = seats_field(Group::Users);
            fault(first, Message::new("registrations-seats-needed"));
        }
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(faults)),
    }
}

/// The field of a group's seats.
#[must_use]
pub fn seats_field(group: Group) -> &'static str {
    match group {
        Group::Organiser => "seats_organiser",
        Group::Users => "seats_users",
        Group::Stakeholders => "seats_stakeholders",
        Group::Experts => "seats_experts",
        Group::CivilSociety => "seats_civil_society",
        Group::Media => "seats_media",
    }
}
