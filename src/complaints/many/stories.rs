//! What became of an invented complaint: states and moments that fit each other.

use chrono::{DateTime, Duration, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::{Dice, texts};
use crate::{
    access::{self, Ctx, PersonId, Role},
    calendar::{self, PolicyInForce, WorkCalendar},
    complaints::{
        entity::complaint::Explanation,
        explain,
        rules::{Channel, Kind, Status},
        services,
    },
    organisation::{self, DivisionId, Unit},
    platform::error::Result,
};

/// A unit that answers complaints, with everything that a story of it needs.
pub(super) struct Office {
    pub unit: Unit,
    pub zone: Tz,
    pub calendar: WorkCalendar,
    /// Newest first.
    policies: Vec<PolicyInForce>,
    /// Division, its name, and who handles there.
    pub divisions: Vec<(DivisionId, String, Person)>,
    pub officer: Person,
    services: Vec<String>,
}

pub(super) type Person = (PersonId, String);

/// The units that answer complaints.
pub(super) async fn offices(ctx: &Ctx) -> Result<Vec<Office>> {
    let db = &ctx.app.db;
    let mut offices = Vec::new();
    for unit in organisation::units(db).await? {
        let officers = access::people_with(db, &[Role::ComplaintOfficer], unit.id, None).await?;
        let Some((id, name, _)) = officers.into_iter().next().filter(|_| unit.serves_public) else {
            continue;
        };
        let officer = (id, name);
        let mut divisions = Vec::new();
        for division in organisation::divisions(db, unit.id).await? {
            let handlers =
                access::people_with(db, &[Role::Handler], unit.id, Some(division.id)).await?;
            let handler = handlers.into_iter().next();
            let handler = handler.map_or_else(|| officer.clone(), |(id, name, _)| (id, name));
            divisions.push((division.id, division.name, handler));
        }
        let zone = organisation::zone_of(&unit)?;
        // The one in force at the begin, and the one of today: more often they do not change.
        let today = ctx.today_in(zone);
        let mut policies = vec![calendar::policy(db, unit.id, today).await?];
        let begin = today - Duration::days(super::DAYS + 2);
        if let Ok(first) = calendar::policy(db, unit.id, begin).await {
            policies.push(first);
        }
        offices.push(Office {
            calendar: calendar::work_calendar(db, unit.id).await?,
            services: services::offered(db, unit.id)
                .await?
                .into_iter()
                .map(|(code, _)| code)
                .collect(),
            policies,
            divisions,
            officer,
            zone,
            unit,
        });
    }
    Ok(offices)
}

/// One complaint.
pub(super) struct Story {
    pub office: usize,
    pub kind: Kind,
    pub channel: Channel,
    pub subject: String,
    pub description: String,
    pub service: Option<String>,
    pub anonymous: bool,
    pub confidential: bool,
    pub name: Option<String>,
    pub status: Status,
    pub received_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub explanation: Explanation,
    pub policy: calendar::PolicyId,
    /// Place among the divisions of the office.
    pub division: Option<usize>,
    pub answered_at: Option<DateTime<Utc>>,
    pub answer: Option<String>,
    pub in_time: Option<bool>,
    pub working_days: Option<i32>,
    /// When it reached its end.
    pub ended_at: Option<DateTime<Utc>>,
}

fn kind(dice: &mut Dice) -> Kind {
    match dice.below(100) {
        0..80 => Kind::Complaint,
        80..88 => Kind::Aspiration,
        88..98 => Kind::InformationRequest,
        _ => Kind::Praise,
    }
}

fn channel(dice: &mut Dice) -> Channel {
    match dice.below(1000) {
        0..450 => Channel::Web,
        450..650 => Channel::Whatsapp,
        650..780 => Channel::WalkIn,
        780..850 => Channel::Phone,
        850..900 => Channel::Email,
        900..940 => Channel::Sp4nLapor,
        940..965 => Channel::SuggestionBox,
        965..980 => Channel::Letter,
        980..990 => Channel::Instagram,
        990..997 => Channel::Facebook,
        997..999 => Channel::Forum,
        _ => Channel::Other,
    }
}

/// By its age and its due date: what is owed is seldom late, what is old is over.
fn status(dice: &mut Dice, age: Duration, late: bool) -> Status {
    let days = age.num_days();
    let roll = dice.below(1000);
    if days > 8 {
        return match roll {
            0..900 => Status::Closed,
            900..930 => Status::Rejected,
            930..970 => Status::OutOfAuthority,
            _ => Status::Withdrawn,
        };
    }
    if late {
        return match roll {
            0..700 => Status::Answered,
            700..960 => Status::Closed,
            960..985 => Status::Incomplete,
            985..995 => Status::InProgress,
            _ => Status::Assigned,
        };
    }
    match roll {
        0..200 => Status::Received,
        200..240 => Status::Incomplete,
        240..300 => Status::Verified,
        300..550 => Status::Assigned,
        550..700 => Status::InProgress,
        _ => Status::Answered,
    }
}

/// Within the office's hours, on the day or the next one on which it works.
fn when_open(office: &Office, at: DateTime<Utc>, dice: &mut Dice) -> DateTime<Utc> {
    let local = at.with_timezone(&office.zone);
    let mut day = local.date_naive();
    if !calendar::is_working_day(day, &office.calendar) {
        day = calendar::next_working_day(day, &office.calendar).unwrap_or(day);
    }
    let minute = u32::try_from(dice.below(6 * 60)).unwrap_or_default();
    let time = NaiveTime::from_hms_opt(8 + minute / 60, minute % 60, 0).unwrap_or_default();
    let found = office
        .zone
        .from_local_datetime(&day.and_time(time))
        .earliest();
    found.map_or(at, |open| open.to_utc())
}

pub(super) fn told(
    ctx: &Ctx,
    office: &Office,
    place: usize,
    moment: DateTime<Utc>,
    dice: &mut Dice,
) -> Result<Story> {
    let jitter = i64::try_from(dice.below(600)).unwrap_or_default();
    let received_at = (moment - Duration::seconds(jitter)).min(ctx.now - Duration::minutes(10));
    let local = received_at.with_timezone(&office.zone);
    let kind = kind(dice);
    let code = kind.code();
    let about = calendar::About {
        kind: &code,
        class: None,
    };
    let in_force = &office.policies[usize::from(
        office.policies.len() > 1 && ctx.now - received_at > Duration::days(super::DAYS / 2),
    )];
    let (due_at, explanation) =
        explain::counted(&in_force.policy, about, 0, local, &office.calendar)?;
    let age = ctx.now - received_at;
    let status = status(dice, age, due_at < ctx.now);
    let handed = !matches!(
        status,
        Status::Received
            | Status::Incomplete
            | Status::Verified
            | Status::Rejected
            | Status::OutOfAuthority
            | Status::Withdrawn
    );
    let answered = matches!(status, Status::Answered | Status::Closed);
    let latest = ctx.now - Duration::minutes(2);
    let answered_at = answered.then(|| {
        // Four of five in time.
        let days = if dice.one_in(5) {
            3 + dice.below(5)
        } else {
            dice.below(2)
        };
        let at = received_at + Duration::days(i64::try_from(days).unwrap_or_default());
        when_open(office, at, dice)
            .max(received_at + Duration::minutes(5))
            .min(latest)
    });
    let ended_at = status.is_final().then(|| {
        let from = answered_at.unwrap_or(received_at);
        (from + Duration::hours(20)).min(latest)
    });
    let division = handed.then(|| dice.below(office.divisions.len()));
    Ok(Story {
        office: place,
        kind,
        channel: channel(dice),
        subject: texts::subject(dice),
        description: texts::description(dice),
        service: (!office.services.is_empty() && !dice.one_in(5))
            .then(|| dice.of(&office.services).clone()),
        anonymous: dice.one_in(8),
        confidential: dice.one_in(25),
        name: (!dice.one_in(4)).then(|| texts::name(dice)),
        status,
        received_at,
        due_at,
        explanation,
        policy: in_force.id,
        division: division.filter(|_| !office.divisions.is_empty()),
        answer: answered.then(|| texts::answer(dice)),
        in_time: answered_at.map(|at| at <= due_at),
        working_days: answered_at.map(|at| {
            let day = |at: DateTime<Utc>| at.with_timezone(&office.zone).date_naive();
            let days = calendar::working_days_between(day(received_at), day(at), &office.calendar);
            i32::try_from(days).unwrap_or_default()
        }),
        answered_at,
        ended_at,
    })
}
