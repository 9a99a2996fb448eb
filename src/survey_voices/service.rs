//! A comment is filed as a complaint of nobody; and whoever filed a complaint is asked, once and namelessly.

use crate::{
    access::{Ctx, Permission},
    complaints::{self, Channel, Draft, Once, pages::ClosedCase, ways::entry},
    organisation,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message},
    },
    standards,
    surveys::{self, Became, CommentUse, SurveyPeriodId, SurveyResponseId},
};

/// Files the comment; returns the number of the complaint.
pub async fn file(ctx: &Ctx, period: SurveyPeriodId, id: SurveyResponseId) -> Result<String> {
    let (period, response) = surveys::comment(ctx, period, id).await?;
    ctx.require(Permission::RegisterComplaint, period.unit_id)?;
    if let Some(before) = surveys::became(ctx, &period, id, CommentUse::Complaint).await? {
        return Ok(before.label);
    }
    let comment = response.comment.ok_or(Error::NotFound)?;
    let db = &ctx.app.db;
    let unit = organisation::unit(db, period.unit_id).await?;
    let service = standards::get(db, response.service_id).await?;
    // The record of the office is Indonesian, whoever presses the button.
    let source = Message::new("survey-voices-source")
        .with("period", &period.title)
        .with("day", response.answered_on)
        .text(Locale::Id);
    let draft = Draft {
        unit: unit.code,
        subject: entry::subject_of(&comment, false),
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
    let target = format!("/kerja/pengaduan/{number}");
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

/// The token of the link for one answer about the service of a closed case: for each case the same one. What is kept
/// of it tells neither the case nor, once it is spent, the answer.
pub async fn ask(ctx: &Ctx, case: &ClosedCase) -> Result<String> {
    let db = &ctx.app.db;
    let service = match &case.service {
        Some(code) => standards::by_code(db, case.unit, code).await?,
        None => None,
    };
    let service = service.map(|standard| standard.id);
    let tx = db.begin_write().await?;
    let mark = format!("complaint:{}", case.id);
    let token = surveys::make_link(&tx, ctx, (case.unit, service), &mark).await?;
    tx.commit().await?;
    Ok(token)
}
