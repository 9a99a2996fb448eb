//! What the API answers about complaints, written for its readers, and how it is made from what the use cases give.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use chrono_tz::Tz;
use poem_openapi::Object;

use super::bodies::Reporter;
use crate::{
    access::Ctx,
    complaints::{
        ComplaintId,
        desk::relatives,
        entity::{complaint, message},
        filing::FileState,
        handling::{self, Attached},
        intake::Filed,
        rules::{Channel, Class, Kind, MessageKind, Status},
        store::Beside,
        timeline, tracking,
        viewing::{self, Case},
        ways, words,
    },
    organisation,
    platform::{context::App, error::Result, i18n::Locale},
};

/// What the citizen keeps.
#[derive(Object)]
#[oai(rename = "ComplaintReceipt")]
pub struct Receipt {
    /// `ADU-2026-000123`.
    pub number: String,
    /// Sixteen digits. Keep it: with the number it opens the status.
    pub access_code: String,
    pub received_at: DateTime<FixedOffset>,
    pub due_at: DateTime<FixedOffset>,
    /// Every day from receipt to the due day, counted or skipped, and why.
    pub explanation: Vec<DueDay>,
}

/// One day of a deadline.
#[derive(Object)]
#[oai(rename = "ExplainedDay")]
pub struct DueDay {
    pub date: NaiveDate,
    pub counted: bool,
    pub reason: String,
}

/// A complaint as its citizen sees it.
#[derive(Object)]
pub struct ComplaintProgress {
    pub number: String,
    pub status: Status,
    /// The status in words.
    pub status_label: String,
    pub received_at: DateTime<FixedOffset>,
    pub due_at: DateTime<FixedOffset>,
    /// Every day of the deadline, counted or skipped, and why.
    pub explanation: Vec<DueDay>,
    pub answered_at: Option<DateTime<FixedOffset>>,
    /// What happened, oldest first.
    pub timeline: Vec<Happening>,
    /// Answers and the citizen's own messages, oldest first.
    pub messages: Vec<PublicMessage>,
    /// The citizen's own files and those that the office added for them.
    pub attachments: Vec<ComplaintFile>,
}

/// Something that happened to a complaint.
#[derive(Object)]
#[oai(rename = "ComplaintEvent")]
pub struct Happening {
    pub at: DateTime<FixedOffset>,
    /// A stable code: `complaint.assigned`.
    pub event: String,
    pub label: String,
    /// Why, in the words that were written for this reader: of a refusal, a deadline that moved, a correction.
    pub reason: Option<String>,
}

/// A message between citizen and office.
#[derive(Object)]
#[oai(rename = "ComplaintMessage")]
pub struct PublicMessage {
    pub at: DateTime<FixedOffset>,
    /// `answer`, `question` (of the office) or `citizen_message`; for the staff also `internal_note`.
    pub kind: String,
    pub text: String,
}

/// A complaint in a list of the staff.
#[derive(Object)]
pub struct ComplaintSummary {
    pub number: String,
    pub kind: Kind,
    /// How long a solution may take, where an officer decided it.
    pub class: Option<Class>,
    pub channel: Channel,
    /// Absent when the complaint is confidential and not for the caller to read.
    pub subject: Option<String>,
    pub status: Status,
    pub status_label: String,
    /// Handled in another complaint, which `related` names; `rejected` then says that nobody works on it by itself.
    pub merged: bool,
    pub anonymous: bool,
    pub confidential: bool,
    pub received_at: DateTime<FixedOffset>,
    pub due_at: DateTime<FixedOffset>,
    pub answered_at: Option<DateTime<FixedOffset>>,
    /// Code of the division that handles it.
    pub division: Option<String>,
    /// Id of the person who handles it.
    pub assignee: Option<uuid::Uuid>,
}

/// A page of complaints.
#[derive(Object)]
pub struct ComplaintList {
    pub items: Vec<ComplaintSummary>,
    /// Give it as `cursor` for the next page; absent on the last.
    pub next_cursor: Option<String>,
}

/// A complaint with everything that the caller may see of it.
#[derive(Object)]
pub struct ComplaintDetail {
    #[oai(flatten)]
    pub summary: ComplaintSummary,
    pub description: Option<String>,
    pub service: Option<String>,
    /// Id and name of the category.
    pub category: Option<CategoryOfComplaint>,
    /// Where the complaint also stands on SP4N-LAPOR!.
    pub sp4n: Option<OnSp4nLapor>,
    /// What the category asked, as it was asked, and what was answered.
    pub answers: Vec<AnsweredQuestion>,
    pub instruction: Option<String>,
    /// Absent when nobody gave a name, or when it is not for the caller to see.
    pub reporter: Option<Reporter>,
    pub explanation: Vec<DueDay>,
    pub timeline: Vec<Happening>,
    pub messages: Vec<PublicMessage>,
    /// Other complaints that belong to it.
    pub related: Vec<RelatedComplaint>,
    pub attachments: Vec<ComplaintFile>,
    /// What the complaint led to.
    pub action_items: Vec<ActionOfComplaint>,
    /// Changes with every change of the complaint.
    pub version: i32,
}

/// The category that a complaint stands under.
#[derive(Object)]
pub struct CategoryOfComplaint {
    pub id: String,
    pub name: String,
}

/// What SP4N-LAPOR! says of a complaint that also stands there.
#[derive(Object)]
pub struct OnSp4nLapor {
    /// Absent once the complaint was anonymised.
    pub tracking_id: Option<String>,
    /// The status there, in its own words, as the last list told it.
    pub status: Option<String>,
    /// When it was written there; `received_at` is when the office got it, and its deadline counts from then.
    pub reported_at: Option<DateTime<FixedOffset>>,
    /// To whom it was handed there; absent when the complaint is not for the caller to read.
    pub disposition: Option<String>,
}

/// A question of a category, answered.
#[derive(Object)]
#[oai(rename = "AnsweredComplaintQuestion")]
pub struct AnsweredQuestion {
    pub question: String,
    pub answer: String,
}

/// Another complaint that belongs to one.
#[derive(Object)]
pub struct RelatedComplaint {
    pub number: String,
    /// `main` (this one is handled in that), `merged`, `related`, `part` or `whole`.
    pub relation: String,
    /// Absent when it is not for the caller to read.
    pub subject: Option<String>,
    /// What its citizen wrote; only of one that is handled in this and is not confidential, for who answers this.
    pub description: Option<String>,
    pub status: Status,
}

/// A file on a complaint.
#[derive(Object)]
pub struct ComplaintFile {
    pub id: uuid::Uuid,
    pub name: String,
    /// In bytes.
    pub size: i64,
    pub by_citizen: bool,
    /// The citizen may open it.
    pub for_citizen: bool,
    /// `clean`, `waiting` (to be looked at), `infected` or `damaged`: only a clean one can be opened.
    pub state: String,
}

impl From<Attached> for ComplaintFile {
    fn from(file: Attached) -> Self {
        Self {
            id: file.id.0,
            name: file.name,
            size: file.size,
            by_citizen: file.by_citizen,
            for_citizen: file.for_citizen,
            state: match file.state {
                FileState::Clean => "clean",
                FileState::Waiting => "waiting",
                FileState::Infected => "infected",
                FileState::Damaged => "damaged",
            }
            .to_owned(),
        }
    }
}

/// An action item that a complaint led to.
#[derive(Object)]
pub struct ActionOfComplaint {
    pub title: String,
    /// State and progress in words.
    pub status: String,
    /// Its page in the workspace.
    pub href: String,
    /// The page of the promise that everybody sees.
    pub public_href: String,
}

/// A moment with the offset of the unit's zone.
pub(super) fn local(at: DateTime<Utc>, zone: Tz) -> DateTime<FixedOffset> {
    at.with_timezone(&zone).fixed_offset()
}

pub(super) fn receipt(ctx: &Ctx, filed: Filed) -> Result<Receipt> {
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

pub(super) fn due_days(of: &complaint::Model, locale: Locale) -> Vec<DueDay> {
    let days = of.explanation.days.iter();
    days.map(|day| DueDay {
        date: day.date,
        counted: day.counted,
        reason: day.reason(locale).to_owned(),
    })
    .collect()
}

pub(super) fn happenings(
    history: &[crate::audit::Model],
    reader: timeline::Reader,
    zone: Tz,
    locale: Locale,
) -> Vec<Happening> {
    // Messages stand in a list of their own.
    let said = HashMap::new();
    let told = history.iter().map(|event| Happening {
        at: local(event.at, zone),
        event: event.verb.clone(),
        label: timeline::title_for(event, reader, locale),
        reason: Some(timeline::text(event, &said, reader)).filter(|words| !words.is_empty()),
    });
    told.collect()
}

pub(super) fn messages(all: &[message::Model], zone: Tz) -> Vec<PublicMessage> {
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

/// A complaint as its citizen sees it, who has opened it before.
pub(super) async fn progress(ctx: &Ctx, id: ComplaintId) -> Result<ComplaintProgress> {
    let tracked = tracking::read(ctx, id).await?;
    let (zone, locale) = (organisation::zone_of(&tracked.unit)?, ctx.locale());
    let of = &tracked.complaint;
    let reader = timeline::Reader::Citizen;
    Ok(ComplaintProgress {
        number: of.number.clone(),
        status: of.status,
        status_label: words::standing_chip(of, locale).text,
        received_at: local(of.received_at, zone),
        due_at: local(of.due_at, zone),
        explanation: due_days(of, locale),
        answered_at: of.answered_at.map(|at| local(at, zone)),
        timeline: happenings(&tracked.history, reader, zone, locale),
        messages: messages(&tracked.messages, zone),
        attachments: tracked.files.into_iter().map(ComplaintFile::from).collect(),
    })
}

pub(super) type Codes = Vec<(organisation::DivisionId, String)>;

/// Zone and division codes of the units that a list runs through.
#[derive(Default)]
pub(super) struct UnitsSeen(HashMap<organisation::UnitId, (Tz, Codes)>);

impl UnitsSeen {
    pub(super) async fn of(&mut self, ctx: &Ctx, row: &complaint::Model) -> Result<&(Tz, Codes)> {
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

pub(super) fn summary(
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
        status_label: words::standing_chip(of, locale).text,
        merged: words::merged(of),
        anonymous: of.anonymous,
        confidential: of.confidential,
        received_at: local(of.received_at, zone),
        due_at: local(of.due_at, zone),
        answered_at: of.answered_at.map(|at| local(at, zone)),
        division: code.map(|(_, code)| code.clone()),
        assignee: of.assignee_id.map(|id| id.0),
    }
}

pub(super) async fn detail(ctx: &Ctx, number: &str) -> Result<ComplaintDetail> {
    let case = viewing::case(ctx, number).await?;
    let (zone, locale) = (case.zone, ctx.locale());
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
        service: of.service_code.clone().filter(|_| text),
        category: category(&case),
        sp4n: on_sp4n(ctx, &case).await?.map(|there| OnSp4nLapor {
            tracking_id: there.tracking_id,
            reported_at: there.reported_at.map(|at| local(at, zone)),
            status: there.status,
            disposition: there.disposition.filter(|_| text),
        }),
        answers: answered(&case),
        instruction: of.instruction.clone().filter(|_| text),
        reporter: reporter(&case),
        explanation: due_days(of, locale),
        timeline: happenings(
            &timeline::for_staff(&case.history),
            timeline::Reader::Staff {
                text: case.sight.text,
                judges: false,
            },
            zone,
            locale,
        ),
        messages: messages(&case.messages, zone),
        related: related(ctx, &case).await?,
        attachments: files(ctx, &case).await?,
        action_items: actions(&case, &ctx.app),
        version: of.version,
    })
}

fn category(case: &Case) -> Option<CategoryOfComplaint> {
    let asked = &case.asked;
    let (id, name) = asked.category_id.zip(asked.category.clone())?;
    Some(CategoryOfComplaint {
        id: id.to_string(),
        name,
    })
}

/// What the sight of the case left of them.
fn answered(case: &Case) -> Vec<AnsweredQuestion> {
    let rows = case.asked.answers.iter();
    rows.map(|(question, answer)| AnsweredQuestion {
        question: question.clone(),
        answer: answer.clone(),
    })
    .collect()
}

async fn on_sp4n(ctx: &Ctx, case: &Case) -> Result<Option<ways::OnSp4n>> {
    let mut places = [Beside::Conversations, Beside::Sp4n].iter();
    match places.any(|one| case.beside.contains(one)) {
        true => ways::on_sp4n(&ctx.app.db, &case.complaint).await,
        false => Ok(None),
    }
}

pub(super) async fn related(ctx: &Ctx, case: &Case) -> Result<Vec<RelatedComplaint>> {
    let found = relatives(ctx, case).await?;
    Ok(found
        .into_iter()
        .map(|one| RelatedComplaint {
            number: one.number,
            relation: one.relation.code().to_owned(),
            subject: one.subject,
            description: one.description,
            status: one.status,
        })
        .collect())
}

pub(super) async fn files(ctx: &Ctx, case: &Case) -> Result<Vec<ComplaintFile>> {
    if !case.sight.text || !case.beside.contains(&Beside::Files) {
        return Ok(Vec::new());
    }
    let found = handling::attached(&ctx.app.db, &case.complaint).await?;
    Ok(found.into_iter().map(ComplaintFile::from).collect())
}

pub(super) fn actions(case: &Case, app: &App) -> Vec<ActionOfComplaint> {
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

pub(super) fn reporter(case: &Case) -> Option<Reporter> {
    (!case.identity.is_empty()).then(|| Reporter {
        name: case.identity.name.clone(),
        email: case.identity.email.clone(),
        phone: case.identity.phone.clone(),
    })
}
