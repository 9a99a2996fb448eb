//! Mails to those who work on a complaint. Without any identity, and without the subject of a confidential one.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::due;
use crate::{
    access::{self, Ctx, PersonId, Role},
    complaints::{entity::complaint, rules},
    organisation::{self, DivisionId, Unit, UnitId},
    platform::{
        db::Tx,
        error::Result,
        i18n::{Locale, Message},
        mail::{self, SendMail},
        web::pages::{Email, RenderedEmail},
    },
};

/// To those who handle it: it is yours now. Without any identity.
#[derive(Serialize)]
struct Assigned {
    number: String,
    /// Null for a confidential one.
    subject: Option<String>,
    division: String,
    /// Who is away, where the mail goes to whoever stands in for them.
    away: Option<String>,
    due_line: String,
    case_url: String,
}

impl Email for Assigned {
    const TEMPLATE: &'static str = "complaint_assigned";
}

/// To members of the staff: look at this case.
#[derive(Serialize)]
struct Notice {
    number: String,
    headline: String,
    text: String,
    /// Null for a confidential one.
    subject: Option<String>,
    due_line: Option<String>,
    case_url: String,
}

impl Email for Notice {
    const TEMPLATE: &'static str = "complaint_notice";
}

/// Why somebody of the staff is to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    Mentioned {
        by: String,
    },
    /// The citizen added what was missing, or was not satisfied, or does not want it any more.
    Completed,
    /// The citizen wrote so many messages and added so many files since the last such mail.
    Wrote {
        messages: usize,
        files: i64,
    },
    Disputed,
    Withdrawn,
    /// The complaint in which it was handled ended without an answer.
    Freed,
    /// The citizen did not complete it in time.
    WaitOver,
    /// The solution that its class promises is due soon: until when.
    SolutionSoon {
        until: String,
    },
    /// The solution that its class promises is late.
    SolutionLate,
    /// A file of the citizen is kept sealed.
    Sealed,
}

/// Until when the answer is owed, or that it is late; nothing where nothing is owed any more.
fn due_line(of: &complaint::Model, now: DateTime<Utc>, zone: Tz) -> Option<String> {
    let key = match (of.status.is_final(), rules::late(of.status, of.due_at, now)) {
        (true, _) => return None,
        (false, true) => "complaint-mail-due-over",
        (false, false) => "complaint-mail-received-due",
    };
    let line = Message::new(key).with("due", due(of, zone, Locale::Id));
    Some(line.text(Locale::Id))
}

/// Some of the staff: (id, name, e-mail address).
type People = Vec<(PersonId, String, String)>;

/// Who works on a complaint: the named person, also an officer who stands in for a handler; where nobody is named, or
/// the named one has gone, the division; where that has nobody, the officers.
pub(in crate::complaints) async fn owners(
    db: &impl ConnectionTrait,
    unit: UnitId,
    division: Option<DivisionId>,
    named: Option<PersonId>,
) -> Result<People> {
    if let Some(named) = named {
        let roles = [Role::Handler, Role::ComplaintOfficer];
        let mut known = access::people_with(db, &roles, unit, None).await?;
        known.retain(|(id, ..)| *id == named);
        known.truncate(1);
        if !known.is_empty() {
            return Ok(known);
        }
    }
    let handlers = match division {
        Some(_) => access::people_with(db, &[Role::Handler], unit, division).await?,
        None => Vec::new(),
    };
    if handlers.is_empty() {
        return access::people_with(db, &[Role::ComplaintOfficer], unit, None).await;
    }
    Ok(handlers)
}

/// Tells those who work on it that the citizen did something.
pub async fn look(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    why: &Look,
) -> Result<()> {
    let people = owners(tx, unit.id, of.division_id, of.assignee_id).await?;
    notice(tx, ctx, of, unit, why, people).await
}

/// The same to people who are named.
pub async fn notice(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    why: &Look,
    people: Vec<(PersonId, String, String)>,
) -> Result<()> {
    let (key, by) = match why {
        Look::Mentioned { by } => ("mentioned", by.as_str()),
        Look::SolutionSoon { until } => ("solution-soon", until.as_str()),
        Look::Completed => ("completed", ""),
        Look::Wrote { .. } => ("wrote", ""),
        Look::Disputed => ("disputed", ""),
        Look::Withdrawn => ("withdrawn", ""),
        Look::Freed => ("freed", ""),
        Look::WaitOver => ("wait-over", ""),
        Look::SolutionLate => ("solution-late", ""),
        Look::Sealed => ("sealed", ""),
    };
    let (messages, files) = match why {
        Look::Wrote { messages, files } => (*messages, *files),
        _ => (0, 0),
    };
    let words = |part: &str| {
        Message::new(&format!("complaint-mail-notice-{key}-{part}"))
            .with("number", &of.number)
            .with("by", by)
            .with("until", by)
            .with("messages", messages)
            .with("files", files)
            .text(Locale::Id)
    };
    let email = Notice {
        number: of.number.clone(),
        headline: words("subject"),
        text: words("text"),
        subject: (!of.confidential).then(|| of.subject.clone()),
        due_line: match why {
            Look::Withdrawn => None,
            _ => due_line(of, ctx.now, organisation::zone_of(unit)?),
        },
        case_url: ctx.app.url(&format!("/kerja/pengaduan/{}", of.number)),
    };
    let words = ctx.app.templates.email(Locale::Id, &email)?;
    to_staff(tx, ctx, of, people, &words).await
}

/// To the named person, or to all handlers of the division. Who gets it in the place of somebody else reads whose it is;
/// `away` names them where the disposition itself went to the substitute.
pub async fn assigned(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    unit: &Unit,
    (division, division_name): (DivisionId, &str),
    (person, away): (Option<PersonId>, Option<String>),
) -> Result<()> {
    let told = owners(tx, unit.id, Some(division), person).await?;
    let instead = access::absences::stand_ins(tx, unit.id, ctx.now).await?;
    let (here, absent): (People, People) = told
        .into_iter()
        .partition(|(id, ..)| instead.of(*id) == *id);
    let stands_in = |id: &PersonId| here.iter().any(|(one, ..)| *one == instead.of(*id));
    // A substitute who is told anyway is told once.
    let absent: People = absent
        .into_iter()
        .filter(|(id, ..)| !stands_in(id))
        .collect();
    let zone = organisation::zone_of(unit)?;
    let mut email = Assigned {
        number: of.number.clone(),
        subject: (!of.confidential).then(|| of.subject.clone()),
        division: division_name.to_owned(),
        away,
        due_line: due_line(of, ctx.now, zone).unwrap_or_default(),
        case_url: ctx.app.url(&format!("/kerja/pengaduan/{}", of.number)),
    };
    let words = ctx.app.templates.email(Locale::Id, &email)?;
    to_staff(tx, ctx, of, here, &words).await?;
    for person in absent {
        email.away = Some(person.1.clone());
        let words = ctx.app.templates.email(Locale::Id, &email)?;
        to_staff(tx, ctx, of, [person], &words).await?;
    }
    Ok(())
}

/// One mail to each of these members of the staff.
async fn to_staff(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    people: impl IntoIterator<Item = (PersonId, String, String)>,
    words: &RenderedEmail,
) -> Result<()> {
    let meant = people.into_iter().collect();
    let people = access::absences::present(tx, of.unit_id, ctx.now, meant).await?;
    mail::queue_for_each::<SendMail>(tx, &ctx.app, ctx.now, words, ("complaint", of.id.0), people)
        .await?;
    Ok(())
}
