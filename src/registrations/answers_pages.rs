//! What was answered to the organiser's own questions: a count per question, a line per person, and all of it as a
//! workbook.

use poem::{Response, Route, get, handler, web::Path};
use serde::Serialize;

use super::{answers, workbook};
use crate::{
    access::SignedIn,
    forums::ForumId,
    own_questions::QuestionKind,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::pages::Page,
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/jawaban", get(show))
        .at("/kerja/forum/:id/jawaban.xlsx", get(as_workbook))
}

#[derive(Serialize)]
struct AnswersPage {
    forum_title: String,
    forum_href: String,
    questions_href: String,
    registrations_href: String,
    workbook_href: String,
    questions: Vec<QuestionView>,
    people: Vec<PersonView>,
}

#[derive(Serialize)]
struct QuestionView {
    wording: String,
    answered: String,
    active: bool,
    counts: Vec<CountView>,
    /// Of a question that is answered in words.
    texts: Vec<TextView>,
}

#[derive(Serialize)]
struct CountView {
    label: String,
    count: usize,
    percent: usize,
}

#[derive(Serialize)]
struct TextView {
    text: String,
    who: String,
}

#[derive(Serialize)]
struct PersonView {
    name: String,
    organisation: String,
    group: String,
    way: String,
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    asked: String,
    answer: String,
}

impl Page for AnswersPage {
    const TEMPLATE: &'static str = "registrations/answers";
    fn title(&self, locale: Locale) -> String {
        t(locale, "registrations-answers-title")
    }
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let found = answers::of(&ctx, ForumId::parse(&id)?).await?;
    let locale = ctx.locale();
    let base = format!("/kerja/forum/{}", found.forum.id);
    let all = found.people.len();
    let questions = found.questions.iter().map(|question| {
        let tally = found.tally(question, locale);
        let texts = found
            .people
            .iter()
            .filter(|_| question.kind == QuestionKind::Text)
            .map(|who| (who, found.of(who, question)))
            .filter(|(_, text)| !text.is_empty())
            .map(|(who, text)| TextView {
                text: text.to_owned(),
                who: who.name.clone(),
            });
        QuestionView {
            wording: question.wording.clone(),
            answered: Message::new("registrations-answered-of")
                .with("answered", tally.answered)
                .with("all", all)
                .text(locale),
            active: question.active,
            counts: tally
                .counts
                .iter()
                .map(|(label, count)| CountView {
                    label: label.clone(),
                    count: *count,
                    percent: (count * 100).checked_div(tally.answered).unwrap_or(0),
                })
                .collect(),
            texts: texts.collect(),
        }
    });
    let people = found.people.iter().map(|who| PersonView {
        name: who.name.clone(),
        organisation: who.organisation.clone(),
        group: who.group.label(locale),
        way: t(locale, way_key(who.registered)),
        lines: found
            .said
            .get(&who.id)
            .into_iter()
            .flatten()
            .map(|(asked, answer)| LineView {
                asked: asked.clone(),
                answer: answer.clone(),
            })
            .collect(),
    });
    let page = AnswersPage {
        forum_title: found.forum.title.clone(),
        forum_href: base.clone(),
        questions_href: format!("{base}/pertanyaan"),
        registrations_href: format!("{base}/pendaftaran"),
        workbook_href: format!("{base}/jawaban.xlsx"),
        questions: questions.collect(),
        people: people.collect(),
    };
    ctx.page(&page)
}

/// How somebody comes.
pub(super) fn way_key(registered: bool) -> &'static str {
    match registered {
        true => "registrations-way-registered",
        false => "registrations-way-invited",
    }
}

#[handler]
async fn as_workbook(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (code, bytes) = workbook::of(&ctx, ForumId::parse(&id)?).await?;
    let name = format!("Peserta-dan-jawaban-{code}.xlsx");
    Ok(ctx.download(&name, workbook::CONTENT_TYPE, bytes))
}
