//! `/kerja/survei/{id}/pertanyaan`: the words of every element, of all services or of one.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    pages::{period_of, told, which},
    questions,
    reading::{self, Whole},
    rules::{self, may_change},
    service::{self, QuestionFields},
    views::{HeadView, base_of, head},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
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
    standards::StandardId,
    surveys::entity::setup::{FourAnswers, element, question},
};

const ANSWERS_ID: [&str; 4] = ["answer_id_1", "answer_id_2", "answer_id_3", "answer_id_4"];
const ANSWERS_EN: [&str; 4] = ["answer_en_1", "answer_en_2", "answer_en_3", "answer_en_4"];

pub fn routes(route: Route) -> Route {
    route.at("/kerja/survei/:id/pertanyaan", get(list)).at(
        "/kerja/survei/:id/pertanyaan/:element",
        get(edit).post(save),
    )
}

#[derive(Serialize)]
struct ListPage {
    head: HeadView,
    rows: Vec<RowView>,
    fixed: bool,
}

#[derive(Serialize)]
struct RowView {
    element: String,
    question: String,
    answers: String,
    /// Names of services with words of their own.
    own: Vec<LinkView>,
    href: Option<String>,
}

#[derive(Serialize)]
struct LinkView {
    href: Option<String>,
    name: String,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "surveys/questions";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-questions-title")
    }
}

#[derive(Serialize)]
struct EditPage {
    head: HeadView,
    element: String,
    list_href: String,
    action: String,
    /// The service whose own words these are.
    service: Option<String>,
    services: Vec<LinkView>,
    /// The service has words of its own that can be given up.
    own: bool,
    form: FormView,
    errors: Vec<ErrorLine>,
    refused: Option<String>,
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "surveys/question";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-questions-title")
    }
}

#[handler]
async fn list(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let locale = ctx.locale();
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let words = questions::of(&ctx, &period).await?;
    let fixed = may_change(&period).is_err();
    let whole = reading::whole(&ctx, period).await?;
    let base = format!("{}/pertanyaan", base_of(whole.period.id));
    let rows = whole.elements.iter().map(|one| {
        let here = format!("{base}/{}", one.element_id);
        let of_element = words.iter().filter(|row| row.element_id == one.element_id);
        let general = of_element.clone().find(|row| row.service_id.is_none());
        let own = of_element.filter_map(|row| {
            let asked = whole.services.iter();
            let mut asked = asked.filter(|asked| Some(asked.row.service_id) == row.service_id);
            let asked = asked.next()?;
            Some(LinkView {
                href: (!fixed).then(|| format!("{here}?layanan={}", asked.code)),
                name: asked.name.clone(),
            })
        });
        RowView {
            element: format!("{} {}", one.label, one.name(locale)),
            question: general.map_or_else(String::new, |row| row.wording(locale).0.to_owned()),
            answers: general.map_or_else(String::new, |row| row.wording(locale).1.join(" · ")),
            own: own.collect(),
            href: (!fixed).then(|| here.clone()),
        }
    });
    let page = ListPage {
        rows: rows.collect(),
        head: head(&whole, locale),
        fixed,
    };
    ctx.page(&page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    layanan: String,
}

fn empty_form() -> FormView {
    let view = FormView::new()
        .field("question_id", true, 300)
        .field("question_en", true, 300);
    ANSWERS_ID
        .into_iter()
        .chain(ANSWERS_EN)
        .fold(view, |view, name| view.field(name, true, 80))
}

fn form_of(words: &question::Model) -> FormView {
    let view = empty_form()
        .with("question_id", &words.question_id)
        .with("question_en", &words.question_en);
    let answers = words.answers_id.0.iter().chain(&words.answers_en.0);
    let names = ANSWERS_ID.into_iter().chain(ANSWERS_EN);
    names
        .zip(answers)
        .fold(view, |view, (name, answer)| view.with(name, answer))
}

fn parsed(form: &Form) -> Result<QuestionFields> {
    let mut check = Check::new();
    let question_id = check.line("question_id", form.get("question_id"), 5, 300);
    let question_en = check.line("question_en", form.get("question_en"), 5, 300);
    let answers_id = ANSWERS_ID.map(|name| check.line(name, form.get(name), 1, 80));
    let answers_en = ANSWERS_EN.map(|name| check.line(name, form.get(name), 1, 80));
    for (names, answers) in [(ANSWERS_ID, &answers_id), (ANSWERS_EN, &answers_en)] {
        if let Some(at) = rules::repeated(answers) {
            check.fault(names[at], Message::new("surveys-answer-twice"));
        }
    }
    check.finish()?;
    Ok(QuestionFields {
        question_id,
        question_en,
        answers_id: FourAnswers(answers_id),
        answers_en: FourAnswers(answers_en),
    })
}

/// Element and service that an address names.
fn named<'a>(
    whole: &'a Whole,
    element: &str,
    service: &str,
) -> Result<(&'a element::Model, Option<&'a reading::Asked>)> {
    let mut elements = whole.elements.iter();
    let element = elements.find(|one| one.element_id == element);
    let service = match service {
        "" => None,
        code => {
            let found = whole.services.iter().find(|one| one.code == code);
            Some(found.ok_or(Error::NotFound)?)
        }
    };
    Ok((element.ok_or(Error::NotFound)?, service))
}

async fn edit_page(
    ctx: &Ctx,
    whole: &Whole,
    (element, service): (&str, &str),
    typed: Option<&Form>,
    (faults, refused): (Vec<FieldError>, Option<String>),
) -> Result<Response> {
    let locale = ctx.locale();
    let (element, service) = named(whole, element, service)?;
    let words = questions::of(ctx, &whole.period).await?;
    let of: Option<StandardId> = service.map(|one| one.row.service_id);
    let own = words
        .iter()
        .find(|row| row.element_id == element.element_id && row.service_id == of);
    let general = words
        .iter()
        .find(|row| row.element_id == element.element_id && row.service_id.is_none());
    let form = own.or(general).map_or_else(empty_form, form_of);
    let form = match typed {
        Some(typed) => form.typed(typed),
        None => form,
    };
    let (form, errors) = form.refused(&faults, locale);
    let list_href = format!("{}/pertanyaan", base_of(whole.period.id));
    let here = format!("{list_href}/{}", element.element_id);
    let page = EditPage {
        head: head(whole, locale),
        element: format!("{} {}", element.label, element.name(locale)),
        action: match service {
            Some(one) => format!("{here}?layanan={}", one.code),
            None => here.clone(),
        },
        services: match service {
            Some(_) => Vec::new(),
            None => whole
                .services
                .iter()
                .map(|one| LinkView {
                    href: Some(format!("{here}?layanan={}", one.code)),
                    name: one.name.clone(),
                })
                .collect(),
        },
        own: service.is_some() && own.is_some(),
        service: service.map(|one| one.name.clone()),
        list_href,
        form,
        errors,
        refused,
    };
    let status = match page.errors.is_empty() && page.refused.is_none() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn edit(
    SignedIn(ctx): SignedIn,
    Path((id, element)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let whole = reading::whole(&ctx, period).await?;
    edit_page(
        &ctx,
        &whole,
        (&element, &wanted.layanan),
        None,
        (Vec::new(), None),
    )
    .await
}

#[handler]
async fn save(
    SignedIn(ctx): SignedIn,
    Path((id, element)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
    form: Form,
) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let whole = reading::whole(&ctx, period).await?;
    let (_, service) = named(&whole, &element, &wanted.layanan)?;
    let of = service.map(|one| one.row.service_id);
    // A service gives its own words up; those of all services are always there.
    let fields = match form.get("step") == "general" && of.is_some() {
        true => Ok(None),
        false => parsed(&form).map(Some),
    };
    let target = (element.as_str(), of);
    let done = match fields {
        Ok(fields) => {
            service::set_question(&ctx, which(&whole.period, &form), target, fields).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            let path = format!("{}/pertanyaan", base_of(whole.period.id));
            Ok(ctx.redirect_with(
                &path,
                FlashKind::Ok,
                &Message::new("surveys-question-saved"),
            ))
        }
        Err(error) => {
            let told = told(error, ctx.locale())?;
            let named = (element.as_str(), wanted.layanan.as_str());
            edit_page(&ctx, &whole, named, Some(&form), told).await
        }
    }
}
