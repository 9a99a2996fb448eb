//! The clocks of one complaint, read from its rows; and the office whose days they are.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;

use super::{
    rules::{self, Clocks, Given, Passed},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::{self, About, PolicyId, PolicyInForce, WorkCalendar},
    complaints::{
        entity::{ComplaintId, complaint},
        history,
        rules::{Class, Status, read_number as as_number},
        store as complaints,
    },
    organisation::{self, Unit},
    platform::{db::Tx, error::Result},
};

/// A unit with its days at this moment.
pub struct Office {
    pub unit: Unit,
    pub zone: Tz,
    pub calendar: WorkCalendar,
    pub now: DateTime<Tz>,
}

impl Office {
    pub async fn of(ctx: &Ctx, unit: Unit) -> Result<Self> {
        let zone = organisation::zone_of(&unit)?;
        Ok(Self {
            calendar: calendar::work_calendar(&ctx.app.db, unit.id).await?,
            now: ctx.now.with_timezone(&zone),
            zone,
            unit,
        })
    }

    /// None while nobody is there: nothing is said at night, on a holiday or on a weekend.
    pub async fn open_now(ctx: &Ctx, unit: Unit) -> Result<Option<Self>> {
        let office = Self::of(ctx, unit).await?;
        let hours = office.calendar.hours_on(office.now.date_naive());
        let time = office.now.time();
        let open = hours.is_some_and(|hours| hours.opens() <= time && time <= hours.closes());
        Ok(open.then_some(office))
    }
}

/// Policies that were read already.
#[derive(Default)]
pub struct Policies(HashMap<PolicyId, PolicyInForce>);

impl Policies {
    pub async fn of(
        &mut self,
        db: &impl ConnectionTrait,
        complaint: &complaint::Model,
    ) -> Result<&PolicyInForce> {
        let id = complaint.policy_id;
        if let std::collections::hash_map::Entry::Vacant(unknown) = self.0.entry(id) {
            unknown.insert(calendar::policy_by_id(db, id).await?);
        }
        self.0
            .get(&id)
            .ok_or(crate::platform::error::Error::NotFound)
    }
}

/// What a complaint is, as policies ask for it.
pub struct Sort {
    kind: String,
    class: Option<String>,
}

impl Sort {
    #[must_use]
    pub fn of(complaint: &complaint::Model) -> Self {
        Self {
            kind: complaint.kind.code(),
            class: complaint.class.map(Class::code),
        }
    }

    #[must_use]
    pub fn about(&self) -> About<'_> {
        About {
            kind: &self.kind,
            class: self.class.as_deref(),
        }
    }
}

/// Both clocks of a complaint, with what a page needs to explain them.
pub struct Reading {
    pub complaint: complaint::Model,
    pub clocks: Clocks,
    pub policy: PolicyInForce,
    pub zone: Tz,
    pub calendar: WorkCalendar,
    /// When it was opened again last, if it was.
    pub opened_again: Option<DateTime<Utc>>,
    /// Deadlines that a decree moved and that were put off, oldest first.
    pub moves: Vec<audit::Model>,
}

impl Reading {
    /// Until when the citizen may have a closed complaint opened again.
    #[must_use]
    pub fn reopen_until(&self) -> Option<DateTime<Utc>> {
        self.clocks.reopen_until.map(|end| end.to_utc())
    }
}

pub async fn passed(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<Passed>> {
    let moments = history::of(db, of).await?;
    let unsaid = history::unsaid(&moments);
    Ok(moments
        .into_iter()
        .zip(unsaid)
        .map(|(moment, merged)| Passed {
            to: moment.to,
            at: moment.at,
            merged,
        })
        .collect())
}

/// The clocks of a complaint that was found before.
pub async fn read(
    db: &impl ConnectionTrait,
    complaint: &complaint::Model,
    now: DateTime<Utc>,
) -> Result<Reading> {
    let unit = organisation::unit(db, complaint.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let calendar = calendar::work_calendar(db, unit.id).await?;
    let policy = calendar::policy_by_id(db, complaint.policy_id).await?;
    let history = passed(db, complaint).await?;
    let sort = Sort::of(complaint);
    let given = Given {
        history: &history,
        policy: &policy.policy,
        about: sort.about(),
        extended: u32::try_from(complaint.extended_days).unwrap_or_default(),
        told: (complaint.legal_due_at, complaint.due_at),
        zone,
    };
    let clocks = rules::clocks(&given, &calendar, now)?;
    let all = audit::history(db, "complaint", complaint.id.0).await?;
    let moved = |event: &audit::Model| {
        matches!(
            event.verb.as_str(),
            "complaint.deadline_moved" | "complaint.extended"
        )
    };
    let owed = rules::owed_since(&history).filter(|owed| owed.to == Status::Reopened);
    Ok(Reading {
        clocks,
        opened_again: owed.map(|owed| owed.at),
        policy,
        zone,
        calendar,
        moves: all.into_iter().filter(moved).collect(),
        complaint: complaint.clone(),
    })
}

/// Notes until when a solution is owed, in the transaction that changed it: the page of the case counts it by itself,
/// and lists and mails read what is noted.
pub async fn note_solution(tx: &Tx, ctx: &Ctx, id: ComplaintId) -> Result<()> {
    let row = complaints::get(tx, id).await?;
    if row.class.is_none() && row.solution_due_at.is_none() {
        return Ok(());
    }
    let owed = match row.status.owes_answer() {
        true => {
            let clocks = read(tx, &row, ctx.now).await?.clocks;
            clocks.solution_owed().map(|clock| clock.due_at.to_utc())
        }
        false => None,
    };
    if owed == row.solution_due_at {
        return Ok(());
    }
    store::look_again(tx, &row, Some(complaints::AT_ONCE), owed).await
}

/// The clocks of the complaint with this number, if the caller may see it.
pub async fn read_number(ctx: &Ctx, number: &str) -> Result<Reading> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let db = &ctx.app.db;
    let found = complaints::visible(db, &scope, &as_number(number)).await?;
    read(db, &found, ctx.now).await
}
