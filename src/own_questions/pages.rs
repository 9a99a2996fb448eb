//! The organiser's page of own questions: what is asked, in which order, and the form of one question.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    OwnQuestion, OwnQuestionId, QuestionFields, QuestionKind, rules,
    service::{self, Step},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    forums::{self, Forum, ForumId, Stage},
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/pertanyaan", get(list).post(add))
        .at(
            "/kerja/forum/:id/pertanyaan/:question",
            get(edit).post(change),
        )
        .at("/kerja/forum/:id/pertanyaan/:question/langkah", post(step))
}

#[derive(Serialize)]
struct QuestionsPage {
    forum_title: String,
    forum_href: String,
    registrations_href: String,
    answers_href: String,
    heading: String,
    lead: String,
    rows: Vec<RowView>,
    /// The form: of a new question, or of one that is changed; none when nothing may change any more.
    form_action: Option<String>,
    form_title: String,
    submit: String,
    back_href: Option<String>,
    version: Option<i32>,
    /// Somebody answered: only whether it is needed can change.
    answered: bool,
    closed: bool,
    full: bool,
    form: FormView,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct RowView {
    number: usize,
    wording: String,
    kind: String,
    choices: String,
    needed: bool,
    active: bool,
    answered: String,
    is_answered: bool,
    first: bool,
    href: String,
    step_action: String,
}

impl Page for QuestionsPage {
    const TEMPLATE: &'static str = "own_questions/list";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

fn base_of(forum: &Forum) -> String {
    format!("/kerja/forum/{}/pertanyaan", forum.id)
}

fn empty_form(locale: Locale) -> FormView {
    let kinds = QuestionKind::ALL.map(|kind| (kind.code(), kind.label(locale)));
    FormView::new()
        .field("wording", true, 200)
        .choice("kind", true, kinds.to_vec())
        .field("choices", false, 1500)
        .choice(
            "needed",
            true,
            vec![
                ("yes".to_owned(), t(locale, "own-questions-needed-yes")),
                ("no".to_owned(), t(locale, "own-questions-needed-no")),
            ],
        )
        .with("kind", QuestionKind::YesNo.code())
        .with("needed", "no")
}

fn form_of(question: &OwnQuestion, locale: Locale) -> FormView {
    empty_form(locale)
        .with("wording", &question.wording)
        .with("kind", question.kind.code())
        .with("choices", question.choices.0.join("\n"))
        .with("needed", if question.needed { "yes" } else { "no" })
}

fn parsed(form: &Form) -> Result<QuestionFields> {
    let mut check = Check::new();
    let wording = check.line("wording", form.get("wording"), 5, 200);
    let kind = check.choice("kind", form.get("kind"), QuestionKind::parse);
    let needed = check.choice("needed", form.get("needed"), |raw| match raw {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    let mut choices: Vec<String> = Vec::new();
    if kind == Some(QuestionKind::Choice) {
        let text = check.optional("choices", form.get("choices"), 1500);
        for line in text.unwrap_or_default().lines().map(str::trim) {
            if !line.is_empty() && !choices.iter().any(|known| known == line) {
                choices.push(line.to_owned());
            }
        }
        let fits = (2..=rules::MOST_CHOICES).contains(&choices.len())
            && choices.iter().all(|one| one.chars().count() <= 100);
        if !fits {
            let message = Message::new("own-questions-choices-wrong");
            check.fault("choices", message.with("most", rules::MOST_CHOICES));
        }
    }
    check.finish()?;
    Ok(QuestionFields {
        wording,
        kind: kind.unwrap_or(QuestionKind::Text),
        choices,
        needed: needed.unwrap_or_default(),
    })
}

async fn page_of(
    ctx: &Ctx,
    forum: &Forum,
    editing: Option<(&OwnQuestion, i32)>,
    form: FormView,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let db = &ctx.app.db;
    let base = base_of(forum);
    let questions = super::of_forum(db, forum).await?;
    let answers = super::answers(db, forum).await?;
    let count = |id: OwnQuestionId| answers.iter().filter(|one| one.question_id == id).count();
    let (form, errors) = form.refused(faults, locale);
    let active = questions.iter().filter(|one| one.active).count();
    let closed = forum.stage >= Stage::Session;
    let full = rules::may_ask(active).is_err();
    let rows = match editing {
        Some(_) => Vec::new(),
        None => questions
            .iter()
            .zip(1..)
            .map(|(one, number)| row_of(one, number, count(one.id), &base, locale))
            .collect(),
    };
    let words = |new: &str, old: &str| t(locale, if editing.is_some() { old } else { new });
    let page = QuestionsPage {
        forum_title: forum.title.clone(),
        forum_href: format!("/kerja/forum/{}", forum.id),
        registrations_href: format!("/kerja/forum/{}/pendaftaran", forum.id),
        answers_href: format!("/kerja/forum/{}/jawaban", forum.id),
        heading: words("own-questions-title", "own-questions-edit-title"),
        lead: words("own-questions-lead", "own-questions-edit-lead"),
        rows,
        form_action: match editing {
            Some((question, _)) => (!closed).then(|| format!("{base}/{}", question.id)),
            None => (!closed && !full).then(|| base.clone()),
        },
        form_title: words("own-questions-new", "own-questions-edit-title"),
        submit: words("own-questions-add", "forums-save"),
        back_href: editing.map(|_| base),
        version: editing.map(|(_, version)| version),
        answered: editing.is_some_and(|(question, _)| count(question.id) > 0),
        closed,
        full,
        form,
        errors,
    };
    let status = match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(None, status, &page)
}

fn row_of(
    question: &OwnQuestion,
    number: usize,
    answered: usize,
    base: &str,
    locale: Locale,
) -> RowView {
    RowView {
        number,
        wording: question.wording.clone(),
        kind: question.kind.label(locale),
        choices: question.choices.0.join(" · "),
        needed: question.needed,
        active: question.active,
        answered: Message::new("own-questions-answered")
            .with("count", answered)
            .text(locale),
        is_answered: answered > 0,
        first: number == 1,
        href: format!("{base}/{}", question.id),
        step_action: format!("{base}/{}/langkah", question.id),
    }
}

async fn managed(ctx: &Ctx, id: &str) -> Result<Forum> {
    forums::get(ctx, ForumId::parse(id)?, Permission::ManageForum).await
}

async fn question_of(ctx: &Ctx, forum: &Forum, id: &str) -> Result<OwnQuestion> {
    let id = OwnQuestionId::parse(id)?;
    let all = super::of_forum(&ctx.app.db, forum).await?;
    all.into_iter()
        .find(|one| one.id == id)
        .ok_or(Error::NotFound)
}

#[handler]
async fn list(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let forum = managed(&ctx, &id).await?;
    page_of(&ctx, &forum, None, empty_form(ctx.locale()), &[]).await
}

#[handler]
async fn add(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let forum = managed(&ctx, &id).await?;
    let added = match parsed(&form) {
        Ok(fields) => service::add(&ctx, forum.id, fields).await.map(drop),
        Err(error) => Err(error),
    };
    match added {
        Ok(()) => Ok(back(&ctx, &forum, "own-questions-added")),
        Err(Error::Invalid(faults)) => {
            let typed = empty_form(ctx.locale()).typed(&form);
            page_of(&ctx, &forum, None, typed, &faults).await
        }
        Err(error) => Err(error),
    }
}

fn back(ctx: &Ctx, forum: &Forum, key: &str) -> Response {
    ctx.redirect_with(&base_of(forum), FlashKind::Ok, &Message::new(key))
}

#[handler]
async fn edit(
    SignedIn(ctx): SignedIn,
    Path((id, question)): Path<(String, String)>,
) -> Result<Response> {
    let forum = managed(&ctx, &id).await?;
    let question = question_of(&ctx, &forum, &question).await?;
    let form = form_of(&question, ctx.locale());
    let editing = Some((&question, question.version));
    page_of(&ctx, &forum, editing, form, &[]).await
}

#[handler]
async fn change(
    SignedIn(ctx): SignedIn,
    Path((id, question)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let forum = managed(&ctx, &id).await?;
    let question = question_of(&ctx, &forum, &question).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let changed = match parsed(&form) {
        Ok(fields) => service::change(&ctx, forum.id, (question.id, version), fields).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(back(&ctx, &forum, "own-questions-changed")),
        Err(Error::Invalid(faults)) => {
            let typed = form_of(&question, ctx.locale()).typed(&form);
            page_of(&ctx, &forum, Some((&question, version)), typed, &faults).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn step(
    SignedIn(ctx): SignedIn,
    Path((id, question)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let forum = managed(&ctx, &id).await?;
    let question = OwnQuestionId::parse(&question)?;
    let (step, key) = match form.get("step") {
        "up" => (Step::Up, "own-questions-moved"),
        "on" => (Step::On, "own-questions-switched-on"),
        "off" => (Step::Off, "own-questions-switched-off"),
        "remove" => (Step::Remove, "own-questions-removed"),
        _ => return Err(Error::NotFound),
    };
    service::step(&ctx, forum.id, question, step).await?;
    Ok(back(&ctx, &forum, key))
}
