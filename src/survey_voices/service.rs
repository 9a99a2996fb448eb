//! A comment is filed as a complaint of nobody, or written down as an input of a forum; and whoever filed a complaint is asked, once and namelessly.

use futures::future::BoxFuture;
use sea_orm::ConnectionTrait;

use crate::{
    access::{Ctx, Permission},
    complaints::{
        self, Channel, Draft, Once,
        clocks::{AskAfterwards, ClosedCase},
        ways::entry,
    },
    forums::{self, ForumId, Group, InputFields},
    minutes,
    organisation::{self, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message},
    },
    standards::{self, StandardId},
    surveys::{
        self, Became, CommentUse, ForumChoices, SurveyPeriod, SurveyPeriodId, SurveyResponseId,
    },
};

/// Given to the page of the comments.
pub const FORUMS: ForumChoices = taking;

fn taking(ctx: &Ctx, unit: UnitId) -> BoxFuture<'_, Result<Vec<(String, String)>>> {
    Box::pin(async move {
        if ctx.scope(Permission::ViewForums).is_empty() {
            return Ok(Vec::new());
        }
        let forums = minutes::taking(ctx, unit).await?.into_iter();
        Ok(forums
            .map(|forum| {
                let days = forums::days::short_dates(&forum, ctx.locale());
                (forum.id.to_string(), format!("{}, {days}", forum.title))
            })
            .collect())
    })
}

/// Where the words come from. The record of the office is Indonesian, whoever presses the button.
/// Without the day: beside it the words would be those of a few.
fn source(key: &str, period: &SurveyPeriod) -> String {
    Message::new(key)
        .with("period", &period.title)
        .text(Locale::Id)
}

/// Files the comment; returns the number of the complaint.
pub async fn file(ctx: &Ctx, period: SurveyPeriodId, id: SurveyResponseId) -> Result<String> {
    let (period, response) = surveys::comment(ctx, period, id).await?;
    ctx.require(Permission::RegisterComplaint, period.unit_id)?;
    if let Some(before) = surveys::became(&ctx.app.db, &period, id, CommentUse::Complaint).await? {
        return Ok(before.label);
    }
    let comment = response.comment.clone().ok_or(Error::NotFound)?;
    let db = &ctx.app.db;
    let unit = organisation::unit(db, period.unit_id).await?;
    let service = standards::get(db, response.service_id).await?;
    let source = source("survey-voices-source", &period);
    let draft = Draft {
        unit: unit.code,
        subject: subject_of(&comment),
        description: format!("{comment}\n\n{source}"),
        service: service.code,
        anonymous: true,
        brief: true,
        ..Draft::default()
    };
    // By the comment: whoever presses twice files once, also when the note below was not written.
    let once = Once::Key(format!("survey-comment-{id}"));
    let filed = complaints::register(ctx, &draft, Channel::Other, ctx.now, &once).await?;
    let number = filed.complaint.number;
    let target = address_of(&number);
    let tx = db.begin_write().await?;
    let became = Became {
        kind: CommentUse::Complaint,
        target: &target,
        label: &number,
    };
    surveys::remember(&tx, ctx, (&period, id), became).await?;
    tx.commit().await?;
    Ok(number)
}

/// Letters of the shortest subject that a complaint may have.
const SHORTEST_SUBJECT: usize = 3;

/// The first words of the comment; of "ok" alone nobody would know what it is.
fn subject_of(comment: &str) -> String {
    let words = entry::subject_of(comment, false);
    match words.chars().count() >= SHORTEST_SUBJECT {
        true => words,
        false => Message::new("survey-voices-subject")
            .with("words", words)
            .text(Locale::Id),
    }
}

/// Where a complaint is read.
pub(super) fn address_of(number: &str) -> String {
    format!("/kerja/pengaduan/{number}")
}

/// What the comment became in a forum.
pub struct Raised {
    pub label: String,
    pub target: String,
    /// The days of the forum; everybody reads it once its record is locked.
    pub days: String,
}

/// Writes the comment down as an input of a forum, for those who use the service.
pub async fn raise(
    ctx: &Ctx,
    period: SurveyPeriodId,
    id: SurveyResponseId,
    forum: ForumId,
) -> Result<Raised> {
    let (period, response) = surveys::comment(ctx, period, id).await?;
    let forum = forums::work_at(ctx, forum, Permission::TakeNotes).await?;
    if forum.unit_id != period.unit_id {
        return Err(Error::NotFound);
    }
    let standard = standards::get(&ctx.app.db, response.service_id).await?;
    let origin = source("survey-voices-origin", &period);
    let origin_href = format!("/kerja/survei/{}/komentar#catatan-{id}", period.id);
    let fields = InputFields {
        group: Group::Users,
        speaker: None,
        text: response.comment.clone().ok_or(Error::NotFound)?,
        element: None,
        component: None,
        service: Some(standard.code),
        agenda: None,
        answer: None,
        origin: Some((origin, origin_href)),
    };
    let days = forums::days::short_dates(&forum, ctx.locale());
    let tx = ctx.app.db.begin_write().await?;
    // Held: whoever presses twice reads what the first one wrote.
    forums::hold(&tx, forum.id).await?;
    if let Some(before) = surveys::became(&tx, &period, id, CommentUse::ForumInput).await? {
        return Ok(Raised {
            label: before.label,
            target: before.target,
            days,
        });
    }
    let input = minutes::write_input(&tx, ctx, &forum, fields).await?;
    let raised = Raised {
        label: format!("{} · {}", input.code, forum.title),
        target: format!("/kerja/forum/{}/masukan", forum.id),
        days,
    };
    let became = Became {
        kind: CommentUse::ForumInput,
        target: &raised.target,
        label: &raised.label,
    };
    surveys::remember(&tx, ctx, (&period, id), became).await?;
    tx.commit().await?;
    Ok(raised)
}

/// Given to the clocks: the mail about a closed case asks how it was.
pub const AFTERWARDS: AskAfterwards = afterwards;

fn afterwards<'a>(
    tx: &'a Tx,
    ctx: &'a Ctx,
    case: ClosedCase,
) -> BoxFuture<'a, Result<Option<String>>> {
    Box::pin(async move {
        let service = service_of(tx, &case).await?;
        if !surveys::asks_today(tx, ctx, case.unit, service).await? {
            return Ok(None);
        }
        let path = link(tx, ctx, &case, service).await?;
        Ok(Some(ctx.app.url(&path)))
    })
}

async fn service_of(db: &impl ConnectionTrait, case: &ClosedCase) -> Result<Option<StandardId>> {
    let Some(code) = &case.service else {
        return Ok(None);
    };
    let standard = standards::by_code(db, case.unit, code).await?;
    Ok(standard.map(|standard| standard.id))
}

/// The address for one answer about the service of a closed case: for each case the same one. What is kept of it tells
/// neither the case nor, once it is spent, the answer.
async fn link(
    tx: &Tx,
    ctx: &Ctx,
    case: &ClosedCase,
    service: Option<StandardId>,
) -> Result<String> {
    let mark = format!("complaint:{}", case.id);
    let token = surveys::make_link(tx, ctx, (case.unit, service), &mark).await?;
    Ok(format!("/survei/tautan/{token}"))
}

/// The same for whoever may see the case now.
pub async fn ask(ctx: &Ctx, case: &ClosedCase) -> Result<String> {
    let tx = ctx.app.db.begin_write().await?;
    let service = service_of(&tx, case).await?;
    let path = link(&tx, ctx, case, service).await?;
    tx.commit().await?;
    Ok(path)
}
