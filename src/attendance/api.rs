//! Checking people in by programs: a tablet's app, a turnstile, a spreadsheet's script.

use chrono::{DateTime, FixedOffset, Utc};
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::Path,
    payload::{Binary, Json, Response},
};
use serde::Deserialize;

use super::{
    checking_in::{self, Attempt, CheckedIn, Who},
    details::Details,
    entity::AttendanceId,
    printing as papers,
    rules::Method,
    service::Person,
    sheets, workbook,
};
use crate::platform::web::tags::Tag;
use crate::{
    access::{Ctx, Token},
    documents,
    forums::{ForumId, Group},
    invitations::{
        BatchId, Chosen, PrintId, RecipientId,
        printing::{self, Papers},
    },
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
    /// Id of an invited recipient. An invitation for several persons is used once for each, from the second on with
    /// `name`.
    recipient: Option<String>,
    /// Id of a row of the attendance list.
    attendance: Option<String>,
    /// The six characters of the invitation or the name tag; capitals and hyphens do not matter.
    code: Option<String>,
    walk_in: Option<WalkIn>,
    /// With `recipient` or `code`: who really came, when the invitation does not know.
    name: Option<String>,
    /// With `recipient` or `code`: the position of who really came.
    position: Option<String>,
    /// With `recipient` or `code`: a telephone number.
    phone: Option<String>,
    /// A UUID of the caller's own, new for every person: whatever is sent twice with it arrives once, and the second
    /// answer is 200 with the row of the first.
    client_id: Option<uuid::Uuid>,
    /// How many seconds ago the person came, for a device that was offline.
    seconds_ago: Option<u32>,
    /// Tries the door on other days than the forum's, or before the hour from which arrivals are noted, but not after the
    /// last day: then the signed sheet says who came. A device that was offline says how long ago it was.
    any_day: Option<bool>,
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
    /// When they came; on a further day of the forum, then.
    checked_in_at: Option<DateTime<FixedOffset>>,
    method: Option<Method>,
    /// How many are in now, on the day of this check-in.
    present: u64,
    /// Of an invitation for several persons.
    invitation: Option<Persons>,
}

/// How an invitation for several persons stands.
#[derive(Debug, Object)]
#[oai(rename = "InvitedPersons")]
struct Persons {
    /// How many the letter invites.
    invited: u64,
    /// How many of them are in on the day of this check-in.
    present: u64,
}

impl From<CheckedIn> for CheckIn {
    fn from(done: CheckedIn) -> Self {
        let local = |at: DateTime<Utc>| at.with_timezone(&done.zone).fixed_offset();
        Self {
            id: done.row.id.to_string(),
            name: done.row.name,
            position: done.row.role,
            organisation: done.row.organisation,
            group: done.row.participant_group,
            code: done.row.check_in_code,
            checked_in_at: done.at.map(local),
            method: done.row.method,
            present: done.present as u64,
            invitation: done.party.map(|party| Persons {
                invited: party.quota as u64,
                present: party.here as u64,
            }),
        }
    }
}

/// Papers to be printed and brought.
#[derive(Debug, Object, Deserialize)]
#[serde(deny_unknown_fields)]
#[oai(rename = "NewPrint", deny_unknown_fields)]
struct NewPrint {
    papers: Papers,
    /// Everybody's paper begins on the front of a sheet.
    double_sided: Option<bool>,
    /// Ids of recipients; left out, everybody. Who declined gets no answer sheet.
    recipients: Option<Vec<RecipientId>>,
}

/// Where to follow the printing, and what comes of it.
#[derive(Object)]
struct PrintStarted {
    /// Id for `GET /jobs/{id}`; its numbers are people.
    job: BatchId,
    /// How many people's papers.
    total: i32,
    /// In how many files: `GET /forums/{id}/invitations/print/{job}/1` and so on, until two days have passed.
    files: u64,
}

#[derive(ApiResponse)]
enum PrintAnswer {
    /// The files are being made.
    #[oai(status = 202)]
    Accepted(Json<PrintStarted>),
}

#[derive(ApiResponse)]
enum Door {
    /// Checked in.
    #[oai(status = 201)]
    In(Json<CheckIn>),
    /// Checked in before with the same `client_id`.
    #[oai(status = 200)]
    Again(Json<CheckIn>),
    /// Refused. `code` is `attendance.already_in`, `attendance.unknown_code`, `attendance.other_forum`,
    /// `attendance.withdrawn`, `attendance.not_today`, `attendance.not_yet` (on the day, but hours before its start;
    /// `detail` says from when), `attendance.over` (the last day has passed, whatever `any_day` says),
    /// `attendance.closed`, `attendance.taken_back` (sent again after it was undone),
    /// `attendance.somebody_else`, `attendance.next_nameless` when somebody of an invitation for several is in and the
    /// next one has no `name`, `attendance.all_in` when all of it are, or `client_id_used` when the mark came with
    /// another person before; `detail` is what to tell the person.
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
        match checking_in::check_in(&ctx, forum, attempt(body)?).await {
            Ok(done) if done.again => Ok(Door::Again(Json(done.into()))),
            Ok(done) => Ok(Door::In(Json(done.into()))),
            Err(Error::Rule { code, message }) => {
                Ok(Door::Refused(Json(problem(&ctx, code, &message))))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Print the invitations
    ///
    /// The issued letter, or the answer sheet with link and code for the door, once for each. Whose paper was made is
    /// marked as printed; that it was brought is another mark.
    #[oai(
        path = "/forums/:id/invitations/print",
        method = "post",
        operation_id = "printInvitations"
    )]
    async fn print(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        Body(body): Body<NewPrint>,
    ) -> poem::Result<PrintAnswer> {
        let id = ForumId::parse(&id.0)?;
        let named = body.recipients.map(|ids| ids.into_iter().collect());
        let how = (body.papers, body.double_sided.unwrap_or_default());
        let started = papers::start(&ctx, id, how, &Chosen::Named(named)).await?;
        Ok(PrintAnswer::Accepted(Json(PrintStarted {
            job: BatchId(started.print.id.0),
            total: started.print.total,
            files: started.files as u64,
        })))
    }

    /// Download printed invitations
    ///
    /// It holds personal links; every download is written down.
    #[oai(
        path = "/forums/:id/invitations/print/:job/:file",
        method = "get",
        operation_id = "getPrintedInvitations"
    )]
    async fn printed(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        job: Path<String>,
        /// From 1.
        file: Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let id = ForumId::parse(&id.0)?;
        let number = file.0.parse().map_err(|_| Error::NotFound)?;
        let (name, bytes) = printing::file(&ctx, id, PrintId::parse(&job.0)?, number).await?;
        Ok(download("application/pdf", &name, bytes))
    }

    /// Download the attendance list as a workbook
    ///
    /// Everybody who is in, with telephone numbers; every download is written down.
    #[oai(
        path = "/forums/:id/documents/attendance.xlsx",
        method = "get",
        operation_id = "getAttendanceWorkbook"
    )]
    async fn workbook(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let (forum, bytes) = workbook::of(&ctx, ForumId::parse(&id.0)?).await?;
        let name = format!("daftar-hadir-{}.xlsx", forum.code);
        Ok(download(workbook::CONTENT_TYPE, &name, bytes))
    }

    /// Download the attendance list for everybody
    ///
    /// With masked telephone numbers and without signatures: the registered copy once the list is closed, its present
    /// state before.
    #[oai(
        path = "/forums/:id/documents/attendance-public.pdf",
        method = "get",
        operation_id = "getPublicAttendance"
    )]
    async fn public_list(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let (forum, bytes) = sheets::pdf(&ctx, ForumId::parse(&id.0)?, true).await?;
        let name = format!("daftar-hadir-umum-{}.pdf", forum.code);
        Ok(download("application/pdf", &name, bytes))
    }
}

fn download(kind: &str, name: &str, bytes: Vec<u8>) -> Response<Binary<Vec<u8>>> {
    let disposition = format!("attachment; filename=\"{name}\"");
    Response::new(Binary(bytes))
        .header("content-type", kind)
        .header("content-disposition", disposition)
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

fn attempt(body: NewCheckIn) -> Result<Attempt> {
    let (client_id, any_day) = (body.client_id, body.any_day.unwrap_or_default());
    let seconds_ago = i64::from(body.seconds_ago.unwrap_or_default());
    Ok(Attempt {
        client_id,
        seconds_ago,
        any_day,
        ..Attempt::now(who(body)?)
    })
}

fn who(body: NewCheckIn) -> Result<Who> {
    let mut check = Check::new();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let details = Details {
        name: documents::optional_name(&mut check, "name", &text(&body.name), 200),
        role: check.optional("position", &text(&body.position), 200),
        phone: check.phone("phone", &text(&body.phone)),
    };
    let who = match (body.recipient, body.attendance, body.code, body.walk_in) {
        (Some(id), None, None, None) => Who::Recipient {
            id: id.parse().map_err(|_| Error::NotFound)?,
            details,
        },
        (None, Some(id), None, None) => Who::Row(AttendanceId::parse(&id)?),
        (None, None, Some(code), None) => Who::Code {
            typed: check.line("code", &code, 1, 20),
            details,
        },
        (None, None, None, Some(person)) => Who::WalkIn(Person {
            name: documents::typed_name(&mut check, "walk_in.name", &person.name, (2, 200)),
            role: check
                .optional("walk_in.position", &text(&person.position), 200)
                .unwrap_or_default(),
            organisation: check
                .optional("walk_in.organisation", &text(&person.organisation), 200)
                .unwrap_or_default(),
            group: person.group,
            phone: check.phone("walk_in.phone", &text(&person.phone)),
        }),
        _ => {
            check.fault("code", Message::new("attendance-one-of"));
            Who::Code {
                typed: String::new(),
                details,
            }
        }
    };
    check.finish()?;
    Ok(who)
}
