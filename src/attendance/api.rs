//! Checking people in by programs: a tablet's app, a turnstile, a spreadsheet's script.

use chrono::{DateTime, Utc};
use poem_openapi::{ApiResponse, Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::{
    entity::AttendanceId,
    rules::Method,
    service::{self, CheckedIn, Person, Who},
};
use crate::platform::web::tags::Tag;
use crate::{
    access::{Ctx, Token},
    forums::{ForumId, Group},
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
        web::{body::Body, errors::Problem},
    },
};

pub struct Api;

/// Exactly one of `recipient`, `attendance`, `code` and `walk_in` says who comes.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(rename = "NewCheckIn", deny_unknown_fields)]
struct NewCheckIn {
    /// Id of an invited recipient.
    recipient: Option<String>,
    /// Id of a row of the attendance list.
    attendance: Option<String>,
    /// The six characters of the invitation or the name tag; capitals and hyphens do not matter.
    code: Option<String>,
    walk_in: Option<WalkIn>,
    /// With `recipient`: who really came, when the invitation does not know.
    name: Option<String>,
    /// With `recipient`: the position of who really came.
    position: Option<String>,
    /// With `recipient`: a telephone number.
    phone: Option<String>,
}

/// Somebody who is not on the list.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(deny_unknown_fields)]
struct WalkIn {
    name: String,
    /// The position held, `Staf Bidang Perdagangan`.
    position: Option<String>,
    organisation: Option<String>,
    group: Group,
    phone: Option<String>,
}

/// Somebody who is in.
#[derive(Debug, Object)]
struct CheckIn {
    /// Id of the row of the attendance list.
    id: String,
    name: String,
    position: String,
    organisation: String,
    group: Group,
    code: String,
    checked_in_at: Option<DateTime<Utc>>,
    method: Option<Method>,
    /// How many are in now.
    present: u64,
}

impl From<CheckedIn> for CheckIn {
    fn from(done: CheckedIn) -> Self {
        Self {
            id: done.row.id.to_string(),
            name: done.row.name,
            position: done.row.role,
            organisation: done.row.organisation,
            group: done.row.participant_group,
            code: done.row.check_in_code,
            checked_in_at: done.row.checked_in_at,
            method: done.row.method,
            present: done.present as u64,
        }
    }
}

#[derive(ApiResponse)]
enum Door {
    /// Checked in.
    #[oai(status = 201)]
    In(Json<CheckIn>),
    /// Refused. `code` is `attendance.already_in`, `attendance.unknown_code`, `attendance.other_forum` or
    /// `attendance.closed`; `detail` is what to tell the person.
    #[oai(status = 409, content_type = "application/problem+json")]
    Refused(Json<Problem>),
}

#[OpenApi(tag = "Tag::Forums")]
impl Api {
    /// Check somebody in
    ///
    /// By invitation, by row of the list, by code, or as a walk-in.
    #[oai(
        path = "/forums/:id/check-ins",
        method = "post",
        operation_id = "checkIn"
    )]
    async fn check_in(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<NewCheckIn>,
    ) -> poem::Result<Door> {
        let forum = ForumId::parse(&id.0)?;
        match service::check_in(&ctx, forum, who(body)?).await {
            Ok(done) => Ok(Door::In(Json(done.into()))),
            Err(Error::Rule { code, message }) => {
                Ok(Door::Refused(Json(problem(&ctx, code, &message))))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// A refusal at the door is a conflict with what is already so, not a wrong request.
fn problem(ctx: &Ctx, code: &str, message: &Message) -> Problem {
    Problem {
        code: code.to_owned(),
        title: "Conflict".to_owned(),
        status: 409,
        detail: message.text(ctx.locale()),
        errors: Vec::new(),
        request_id: ctx.request.id.clone(),
    }
}

fn who(body: NewCheckIn) -> Result<Who> {
    let mut check = Check::new();
    let who = match (body.recipient, body.attendance, body.code, body.walk_in) {
        (Some(id), None, None, None) => Who::Recipient {
            id: id.parse().map_err(|_| Error::NotFound)?,
            name: check.optional("name", body.name.as_deref().unwrap_or_default(), 200),
            role: check.optional(
                "position",
                body.position.as_deref().unwrap_or_default(),
                200,
            ),
            phone: check.phone("phone", body.phone.as_deref().unwrap_or_default()),
        },
        (None, Some(id), None, None) => Who::Row(AttendanceId::parse(&id)?),
        (None, None, Some(code), None) => Who::Code(check.line("code", &code, 1, 20)),
        (None, None, None, Some(person)) => Who::WalkIn(Person {
            name: check.line("walk_in.name", &person.name, 2, 200),
            role: check
                .optional(
                    "walk_in.position",
                    person.position.as_deref().unwrap_or_default(),
                    200,
                )
                .unwrap_or_default(),
            organisation: check
                .optional(
                    "walk_in.organisation",
                    person.organisation.as_deref().unwrap_or_default(),
                    200,
                )
                .unwrap_or_default(),
            group: person.group,
            phone: check.phone("walk_in.phone", person.phone.as_deref().unwrap_or_default()),
        }),
        _ => {
            check.fault("code", Message::new("attendance-one-of"));
            Who::Code(String::new())
        }
    };
    check.finish()?;
    Ok(who)
}
