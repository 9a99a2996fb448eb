//! `/api/v1/complaints`: filing and following for everybody, handling for the staff.

mod bodies;

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use chrono_tz::Tz;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Header, Path, Query},
    payload::Json,
};

use self::bodies::{Assignment, NewAnswer, NewComplaint, Reporter};
use super::{
    entity::{complaint, message},
    handling::{self, Disposition},
    intake::{self, Draft, Filed, Once},
    rules::{Channel, Class, Kind, MessageKind, Status},
    timeline, tracking,
    viewing::{self, Case},
    words,
};
use crate::platform::web::tags::Tag;
use crate::{
    access::{Ctx, Public, Token},
    organisation,
    platform::{
        context::App,
        error::{Error, Result},
        i18n::{Locale, Message},
        web::{body::Body, paging::Slice},
    },
};

pub struct Api;

/// What the citizen keeps.
#[derive(Object)]
#[oai(rename = "ComplaintReceipt")]
pub struct Receipt {
    /// `ADU-2026-000123`.
    number: String,
    /// Sixteen digits. Keep it: with the number it opens the status.
    access_code: String,
    received_at: DateTime<FixedOffset>,
    due_at: DateTime<FixedOffset>,
    /// Every day from receipt to the due day, counted or skipped, and why.
    explanation: Vec<DueDay>,
}

/// One day of a deadline.
#[derive(Object)]
#[oai(rename = "ExplainedDay")]
pub struct DueDay {
    date: NaiveDate,
    counted: bool,
    reason: String,
}

#[derive(ApiResponse)]
enum Filing {
    /// The complaint is filed.
    #[oai(status = 201)]
    Created(Json<Receipt>),
}

/// A complaint as its citizen sees it.
#[derive(Object)]
pub struct ComplaintProgress {
    number: String,
    status: Status,
    /// The status in words.
    status_label: String,
    received_at: DateTime<FixedOffset>,
    due_at: DateTime<FixedOffset>,
    answered_at: Option<DateTime<FixedOffset>>,
    /// What happened, oldest first.
    timeline: Vec<Happening>,
    /// Answers and the citizen's own messages, oldest first.
    messages: Vec<PublicMessage>,
}

/// Something that happened to a complaint.
#[derive(Object)]
#[oai(rename = "ComplaintEvent")]
pub struct Happening {
    at: DateTime<FixedOffset>,
    /// A stable code: `complaint.assigned`.
    event: String,
    label: String,
}

/// A message between citizen and office.
#[derive(Object)]
#[oai(rename = "ComplaintMessage")]
pub struct PublicMessage {
    at: DateTime<FixedOffset>,
    /// `answer`, `question` (of the office) or `citizen_message`; for the staff also `internal_note`.
    kind: String,
    text: String,
}

/// A complaint in a list of the staff.
#[derive(Object)]
pub struct ComplaintSummary {
    number: String,
    kind: Kind,
    /// How long a solution may take, where an officer decided it.
    class: Option<Class>,
    channel: Channel,
    /// Absent when the complaint is confidential and not for the caller to read.
    subject: Option<String>,
    status: Status,
    status_label: String,
    anonymous: bool,
    confidential: bool,
    received_at: DateTime<FixedOffset>,
    due_at: DateTime<FixedOffset>,
    answered_at: Option<DateTime<FixedOffset>>,
    /// Code of the division that handles it.
    division: Option<String>,
    /// Id of the person who handles it.
    assignee: Option<uuid::Uuid>,
}

/// A page of complaints.
#[derive(Object)]
pub struct ComplaintList {
    items: Vec<ComplaintSummary>,
    /// Give it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// A complaint with everything that the caller may see of it.
#[derive(Object)]
pub struct ComplaintDetail {
    #[oai(flatten)]
    summary: ComplaintSummary,
    description: Option<String>,
    service: Option<String>,
    instruction: Option<String>,
    /// Absent when nobody gave a name, or when it is not for the caller to see.
    reporter: Option<Reporter>,
    explanation: Vec<DueDay>,
    timeline: Vec<Happening>,
    messages: Vec<PublicMessage>,
    /// What the complaint led to.
    action_items: Vec<ActionOfComplaint>,
    /// Changes with every change of the complaint.
    version: i32,
}

/// An action item that a complaint led to.
#[derive(Object)]
pub struct ActionOfComplaint {
    title: String,
    /// State and progress in words.
    status: String,
    /// Its page in the workspace.
    href: String,
    /// The page of the promise that everybody sees.
    public_href: String,
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// File a complaint
    ///
    /// Needs no token. With `Idempotency-Key` the same request within 24 hours gets the same answer again,
    /// and another one with the same key 409.
    #[oai(path = "/complaints", method = "post", operation_id = "fileComplaint")]
    async fn file(
        &self,
        Public(ctx): Public,
        #[oai(name = "Idempotency-Key")] key: Header<Option<String>>,
        Body(new): Body<NewComplaint>,
    ) -> poem::Result<Filing> {
        let once = match key.0 {
            None => Once::Never,
            Some(key) if (1..=255).contains(&key.len()) => Once::Key(key),
            Some(key) if key.is_empty() => {
                let message = Message::new("field-required");
                return Err(Error::field("Idempotency-Key", message).into());
            }
            Some(key) => {
                let message = Message::new("field-too-long")
                    .with("max", 255)
                    .with("length", key.len());
                return Err(Error::field("Idempotency-Key", message).into());
            }
        };
        let reporter = new.reporter.unwrap_or(Reporter {
            name: None,
            email: None,
            phone: None,
        });
        let draft = Draft {
            unit: new.unit,
            kind: new.kind.unwrap_or_default(),
            subject: new.subject,
            description: new.description,
            service: new.service.unwrap_or_default(),
            anonymous: new.anonymous,
            confidential: new.confidential,
            name: reporter.name.unwrap_or_default(),
            email: reporter.email.unwrap_or_default(),
            phone: reporter.phone.unwrap_or_default(),
        };
        let filed = intake::file(&ctx, &draft, "reporter.", &once).await?;
        Ok(Filing::Created(Json(receipt(&ctx, filed)?)))
    }

    /// Follow a complaint
    ///
    /// A wrong code and an unknown number get the same 404; too many of them 429.
    #[oai(
        path = "/complaints/:number/status",
        method = "get",
        operation_id = "getComplaintStatus"
    )]
    async fn status(
        &self,
        Public(ctx): Public,
        Path(number): Path<String>,
        #[oai(name = "X-Access-Code")] code: Header<Option<String>>,
    ) -> poem::Result<Json<ComplaintProgress>> {
        let opened = tracking::open(&ctx, &number, &code.0.unwrap_or_default()).await?;
        let tracked = tracking::read(&ctx, opened.id).await?;
        let zone = organisation::zone_of(&tracked.unit)?;
        let of = &tracked.complaint;
        Ok(Json(ComplaintProgress {
            number: of.number.clone(),
            status: of.status,
            status_label: words::status(of.status, ctx.locale()),
            received_at: local(of.received_at, zone),
            due_at: local(of.due_at, zone),
            answered_at: of.answered_at.map(|at| local(at, zone)),
            timeline: happenings(&tracked.history, zone, ctx.locale()),
            messages: messages(&tracked.messages, zone),
        }))
    }

    /// List complaints
    ///
    /// Ordered by what is due next: those whose deadline runs, those that wait for the citizen, the finished ones.
    #[oai(path = "/complaints", method = "get", operation_id = "listComplaints")]
    #[expect(clippy::too_many_arguments, reason = "each is a query parameter")]
    async fn list(
        &self,
        Token(ctx): Token,
        status: Query<Option<Status>>,
        /// Id of a person, or `me`.
        assignee: Query<Option<String>>,
        due_before: Query<Option<DateTime<Utc>>>,
        /// Words of the complaint, or its number.
        q: Query<Option<String>>,
        limit: Query<Option<u64>>,
        cursor: Query<Option<String>>,
    ) -> poem::Result<Json<ComplaintList>> {
        let query = viewing::Query {
            view: "all".to_owned(),
            status: status.0,
            division: String::new(),
            assignee: assignee.0.unwrap_or_default(),
            due_before: due_before.0,
            q: q.0.unwrap_or_default(),
        };
        let slice = Slice::read(cursor.0.as_deref(), limit.0)?;
        let page = viewing::list(&ctx, &query, &slice).await?;
        let mut items = Vec::new();
        let mut units = UnitsSeen::default();
        for row in &page.rows {
            let (zone, codes) = units.of(&ctx, row).await?;
            let text = viewing::sight_of(&ctx, row, false).text;
            items.push(summary(row, text, codes, *zone, ctx.locale()));
        }
        Ok(Json(ComplaintList {
            items,
            next_cursor: page.next,
        }))
    }

    /// Read a complaint
    #[oai(
        path = "/complaints/:number",
        method = "get",
        operation_id = "getComplaint"
    )]
    async fn get(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        Ok(Json(detail(&ctx, &number).await?))
    }

    /// Assign a complaint
    #[oai(
        path = "/complaints/:number/assign",
        method = "post",
        operation_id = "assignComplaint"
    )]
    async fn assign(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(to): Body<Assignment>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let disposition = Disposition {
            division: to.division,
            person: to.person.unwrap_or_default(),
            instruction: to.instruction.unwrap_or_default(),
        };
        handling::assign(&ctx, &number, to.version, &disposition).await?;
        Ok(Json(detail(&ctx, &number).await?))
    }

    /// Answer a complaint
    #[oai(
        path = "/complaints/:number/answer",
        method = "post",
        operation_id = "answerComplaint"
    )]
    async fn answer(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewAnswer>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        handling::answer(&ctx, &number, new.version, &new.text).await?;
        Ok(Json(detail(&ctx, &number).await?))
    }
}

/// A moment with the offset of the unit's zone.
fn local(at: DateTime<Utc>, zone: Tz) -> DateTime<FixedOffset> {
    at.with_timezone(&zone).fixed_offset()
}

fn receipt(ctx: &Ctx, filed: Filed) -> Result<Receipt> {
    let zone = organisation::zone_of(&filed.unit)?;
    let of = &filed.complaint;
    Ok(Receipt {
        number: of.number.clone(),
        received_at: local(of.received_at, zone),
        due_at: local(of.due_at, zone),
        explanation: due_days(of, ctx.locale()),
        access_code: filed.code,
    })
}

fn due_days(of: &complaint::Model, locale: Locale) -> Vec<DueDay> {
    let days = of.explanation.days.iter();
    days.map(|day| DueDay {
        date: day.date,
        counted: day.counted,
        reason: day.reason(locale).to_owned(),
    })
    .collect()
}

fn happenings(history: &[crate::audit::Model], zone: Tz, locale: Locale) -> Vec<Happening> {
    history
        .iter()
        .map(|event| Happening {
            at: local(event.at, zone),
            event: event.verb.clone(),
            label: timeline::title(event, locale),
        })
        .collect()
}

fn messages(all: &[message::Model], zone: Tz) -> Vec<PublicMessage> {
    all.iter()
        .map(|message| PublicMessage {
            at: local(message.at, zone),
            kind: match message.kind {
                MessageKind::Answer => "answer",
                MessageKind::Question => "question",
                MessageKind::CitizenMessage => "citizen_message",
                MessageKind::InternalNote => "internal_note",
            }
            .to_owned(),
            text: message.text.clone(),
        })
        .collect()
}

type Codes = Vec<(organisation::DivisionId, String)>;

/// Zone and division codes of the units that a list runs through.
#[derive(Default)]
struct UnitsSeen(HashMap<organisation::UnitId, (Tz, Codes)>);

impl UnitsSeen {
    async fn of(&mut self, ctx: &Ctx, row: &complaint::Model) -> Result<&(Tz, Codes)> {
        let known = match self.0.entry(row.unit_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(empty) => {
                let unit = organisation::unit(&ctx.app.db, row.unit_id).await?;
                let divisions = organisation::divisions(&ctx.app.db, unit.id).await?;
                let codes = divisions
                    .into_iter()
                    .map(|division| (division.id, division.code));
                empty.insert((organisation::zone_of(&unit)?, codes.collect()))
            }
        };
        Ok(known)
    }
}

fn summary(
    of: &complaint::Model,
    text: bool,
    codes: &Codes,
    zone: Tz,
    locale: Locale,
) -> ComplaintSummary {
    let code = codes.iter().find(|(id, _)| Some(*id) == of.division_id);
    ComplaintSummary {
        number: of.number.clone(),
        kind: of.kind,
        class: of.class,
        channel: of.channel,
        subject: text.then(|| of.subject.clone()),
        status: of.status,
        status_label: words::status(of.status, locale),
        anonymous: of.anonymous,
        confidential: of.confidential,
        received_at: local(of.received_at, zone),
        due_at: local(of.due_at, zone),
        answered_at: of.answered_at.map(|at| local(at, zone)),
        division: code.map(|(_, code)| code.clone()),
        assignee: of.assignee_id.map(|id| id.0),
    }
}

async fn detail(ctx: &Ctx, number: &str) -> Result<ComplaintDetail> {
    let case = viewing::case(ctx, number).await?;
    let (zone, locale) = (case.days.zone, ctx.locale());
    let codes: Codes = case
        .divisions
        .iter()
        .map(|division| (division.id, division.code.clone()))
        .collect();
    let of = &case.complaint;
    let text = case.sight.text;
    Ok(ComplaintDetail {
        summary: summary(of, text, &codes, zone, locale),
        description: text.then(|| of.description.clone()),
        service: of.service_code.clone(),
        instruction: of.instruction.clone().filter(|_| text),
        reporter: reporter(&case),
        explanation: due_days(of, locale),
        timeline: happenings(&timeline::for_staff(&case.history), zone, locale),
        messages: messages(&case.messages, zone),
        action_items: actions(&case, &ctx.app),
        version: of.version,
    })
}

fn actions(case: &Case, app: &App) -> Vec<ActionOfComplaint> {
    case.actions
        .iter()
        .map(|action| ActionOfComplaint {
            title: action.title.clone(),
            status: action.status.clone(),
            href: app.url(&action.href),
            public_href: app.url(&action.public_href),
        })
        .collect()
}

fn reporter(case: &Case) -> Option<Reporter> {
    (!case.identity.is_empty()).then(|| Reporter {
        name: case.identity.name.clone(),
        email: case.identity.email.clone(),
        phone: case.identity.phone.clone(),
    })
}
