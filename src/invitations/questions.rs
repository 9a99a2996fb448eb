//! What recipients ask the organiser. Question and answer are both kept; the answer goes out by mail where there
//! is an address, and stands on the personal page in any case.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, sea_query::Expr,
};

use super::{
    Question, QuestionId, Recipient, answering,
    emails::{QuestionAnsweredEmail, QuestionAskedEmail},
    entity::question,
    recipient_list,
    rules::{self, Broken},
    sending, store,
};
use crate::{
    access::{self, Ctx, Permission, Role},
    audit,
    forums::{self, Forum, ForumId},
    organisation,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Locale,
        mail::{self, Outgoing, SendMail},
    },
};

const ABOUT: &str = "invitation.question";

/// More of one recipient is no conversation any more; the telephone is quicker.
const MOST_OPEN: usize = 5;

/// A recipient asks; possible until the forum starts, as the answer is.
pub async fn ask(ctx: &Ctx, token: &str, text: String) -> Result<()> {
    let invited = answering::by_token(ctx, token).await?;
    let starts = forums::starts_at(&invited.forum, invited.zone).to_utc();
    rules::may_answer(ctx.now, starts)?;
    let tx = ctx.app.db.begin_write().await?;
    let recipient = store::hold_recipient(&tx, invited.recipient.id).await?;
    if recipient.withdrawn_at.is_some() {
        return Err(Broken::Withdrawn.into());
    }
    let before = of_recipient(&tx, &recipient).await?;
    // The button pressed twice asks once.
    if before
        .iter()
        .any(|known| known.question == text && known.answer.is_none())
    {
        return Ok(());
    }
    if before.iter().filter(|known| known.answer.is_none()).count() >= MOST_OPEN {
        return Err(Broken::ManyQuestions.into());
    }
    let asked = text.clone();
    let row = Question {
        id: QuestionId::new(),
        unit_id: recipient.unit_id,
        forum_id: recipient.forum_id,
        recipient_id: recipient.id,
        question: text,
        asked_at: ctx.now,
        answer: None,
        answered_at: None,
        answered_by: None,
    };
    let id = row.id;
    question::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await?;
    noted(&tx, ctx, &recipient, id, "invitation.asked").await?;
    tell_organisers(&tx, ctx, &invited.forum, &recipient, (id, &asked)).await?;
    tx.commit().await?;
    Ok(())
}

/// The form promises an answer, so whoever gives it is told.
async fn tell_organisers(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    recipient: &Recipient,
    (id, question): (QuestionId, &str),
) -> Result<()> {
    let email = QuestionAskedEmail {
        who: recipient.in_full(),
        forum: forum.title.clone(),
        question: question.to_owned(),
        url: ctx
            .app
            .url(&format!("/kerja/forum/{}/undangan#pertanyaan", forum.id)),
    };
    let words = ctx.app.templates.email(Locale::Id, &email)?;
    let people = access::people_with(tx, &[Role::Organiser], forum.unit_id, None).await?;
    mail::queue_for_each::<SendMail>(tx, &ctx.app, ctx.now, &words, (ABOUT, id.0), people).await?;
    Ok(())
}

/// How many of a forum wait for an answer.
pub async fn waiting(db: &impl ConnectionTrait, forum: &Forum) -> Result<usize> {
    let waiting = question::Entity::find()
        .filter(question::Column::UnitId.eq(forum.unit_id))
        .filter(question::Column::ForumId.eq(forum.id))
        .filter(question::Column::Answer.is_null())
        .count(db)
        .await?;
    Ok(usize::try_from(waiting).unwrap_or_default())
}

pub async fn of_recipient(
    db: &impl ConnectionTrait,
    recipient: &Recipient,
) -> Result<Vec<Question>> {
    Ok(question::Entity::find()
        .filter(question::Column::UnitId.eq(recipient.unit_id))
        .filter(question::Column::ForumId.eq(recipient.forum_id))
        .filter(question::Column::RecipientId.eq(recipient.id))
        .order_by_asc(question::Column::Id)
        .all(db)
        .await?)
}

/// All of a forum, those without an answer first.
pub async fn of_forum(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<Question>> {
    let mut found = question::Entity::find()
        .filter(question::Column::UnitId.eq(forum.unit_id))
        .filter(question::Column::ForumId.eq(forum.id))
        .order_by_asc(question::Column::Id)
        .all(db)
        .await?;
    found.sort_by_key(|question| question.answer.is_some());
    Ok(found)
}

/// The organiser answers. The first answer stands: the recipient has read it.
pub async fn answer(ctx: &Ctx, id: ForumId, question: QuestionId, text: String) -> Result<()> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let row = question::Entity::find_by_id(question).one(&tx).await?;
    let row = row
        .filter(|row| row.forum_id == id)
        .ok_or(Error::NotFound)?;
    let written = question::Entity::update_many()
        .col_expr(question::Column::Answer, Expr::value(text.clone()))
        .col_expr(question::Column::AnsweredAt, Expr::value(ctx.now))
        .col_expr(
            question::Column::AnsweredBy,
            Expr::value(ctx.person_id().map(|person| person.0)),
        )
        .filter(question::Column::Id.eq(question))
        .filter(question::Column::Answer.is_null())
        .exec(&tx)
        .await?;
    if written.rows_affected == 0 {
        return Err(Broken::Answered.into());
    }
    let recipient = store::recipient(&tx, row.recipient_id).await?;
    if recipient.email.is_some() {
        let outgoing = compose(ctx, &forum, &recipient, &row, text).await?;
        mail::queue::<SendMail>(&tx, &ctx.app, ctx.now, outgoing).await?;
    }
    noted(
        &tx,
        ctx,
        &recipient,
        question,
        "invitation.question_answered",
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn noted(
    tx: &Tx,
    ctx: &Ctx,
    recipient: &Recipient,
    question: QuestionId,
    verb: &'static str,
) -> Result<()> {
    let entry = audit::Entry::new("forum", recipient.forum_id.0, verb)
        .in_unit(recipient.unit_id)
        .with(serde_json::json!({ "recipient": recipient.id, "question": question }));
    audit::record(tx, ctx, entry).await
}

async fn compose(
    ctx: &Ctx,
    forum: &Forum,
    recipient: &Recipient,
    asked: &Question,
    answer: String,
) -> Result<Outgoing> {
    let app = &ctx.app;
    let unit = organisation::unit(&app.db, forum.unit_id).await?;
    let email = QuestionAnsweredEmail {
        addressee: recipient.in_full(),
        forum: forum.title.clone(),
        question: asked.question.clone(),
        answer,
        answer_url: recipient_list::answer_url(app, recipient)?,
        contact: sending::organiser_address(app, &unit).await?,
        unit: unit.name,
    };
    let rendered = app.templates.email(Locale::Id, &email)?;
    Ok(Outgoing {
        to_name: recipient.called(),
        to_address: recipient.email.clone().unwrap_or_default(),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        calendar: None,
        attachments: Vec::new(),
        about_kind: ABOUT,
        about_id: asked.id.0,
    })
}
