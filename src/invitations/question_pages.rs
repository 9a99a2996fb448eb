//! Questions of recipients on the organiser's page, and the form that answers one.

use chrono_tz::Tz;
use poem::{Response, Route, handler, post, web::Path};
use serde::Serialize;

use super::{Question, QuestionId, questions, store};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    forums::{self, Forum, ForumId},
    platform::{
        check::Check,
        error::Result,
        i18n::{Locale, Message},
        web::{cookies::FlashKind, forms::Form},
    },
};

pub fn routes(route: Route) -> Route {
    route.at(
        "/kerja/forum/:id/undangan/pertanyaan/:question",
        post(give_answer),
    )
}

#[derive(Serialize)]
pub struct QuestionView {
    id: String,
    who: String,
    asked: String,
    question: String,
    answer: Option<String>,
    answered: Option<String>,
    /// Where it can be answered; none for who only looks.
    action: Option<String>,
    /// The answer goes out by mail; otherwise it stands on the personal page alone.
    by_mail: bool,
}

/// The questions of a forum, open ones first.
pub async fn views(ctx: &Ctx, forum: &Forum, zone: Tz) -> Result<Vec<QuestionView>> {
    let db = &ctx.app.db;
    let manages = ctx.may(Permission::ManageForum, forum.unit_id);
    let mut views = Vec::new();
    for question in questions::of_forum(db, forum).await? {
        let recipient = store::recipient(db, question.recipient_id).await?;
        let by_mail = recipient.email.is_some();
        let asker = recipient.in_full();
        let view = view_of(question, asker, zone, ctx.locale());
        let open = manages && view.answer.is_none();
        views.push(QuestionView {
            action: open
                .then(|| format!("/kerja/forum/{}/undangan/pertanyaan/{}", forum.id, view.id)),
            by_mail,
            ..view
        });
    }
    Ok(views)
}

fn view_of(question: Question, who: String, zone: Tz, locale: Locale) -> QuestionView {
    let moment =
        |at: chrono::DateTime<chrono::Utc>| dates::date_time(&at.with_timezone(&zone), locale);
    QuestionView {
        id: question.id.to_string(),
        who,
        asked: moment(question.asked_at),
        question: question.question,
        answer: question.answer,
        answered: question.answered_at.map(moment),
        action: None,
        by_mail: false,
    }
}

#[handler]
async fn give_answer(
    SignedIn(ctx): SignedIn,
    Path((id, question)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::ManageForum).await?;
    let mut check = Check::new();
    let text = check.text("answer", form.get("answer"), 2, 2000);
    check.finish()?;
    questions::answer(&ctx, id, QuestionId::parse(&question)?, text).await?;
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/undangan"),
        FlashKind::Ok,
        &Message::new("invitations-question-answered"),
    ))
}
