//! The unit keeps what its form asks: categories, and the questions of each.

use poem::{
    Response, handler,
    http::StatusCode,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use crate::{
    access::{Ctx, SignedIn},
    complaints::{
        filing::{
            categories::{self as service, NewQuestion, Sort},
            entity::question,
            rules::QuestionKind,
        },
        pages::told,
    },
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

const LIST: &str = "/kerja/formulir-pengaduan";

#[derive(Serialize)]
struct ListPage {
    errors: Vec<ErrorLine>,
    rows: Vec<Row>,
    action: &'static str,
    name: FieldView,
}

#[derive(Serialize)]
struct Row {
    href: String,
    name: String,
    offered: bool,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "filing/categories";
    fn title(&self, locale: Locale) -> String {
        t(locale, "filing-categories-title")
    }
}

#[derive(Serialize)]
struct CategoryPage {
    errors: Vec<ErrorLine>,
    heading: String,
    list_href: &'static str,
    action: String,
    /// Adds a question, or changes the one that is edited.
    question_action: String,
    /// The question that is edited; empty for a new one.
    edited: String,
    remove_action: String,
    up_action: String,
    /// What is to be removed, when it is asked whether it shall be.
    asked: Option<QuestionRow>,
    version: i32,
    name: FieldView,
    offered: FieldView,
    questions: Vec<QuestionRow>,
    label: FieldView,
    kind: FieldView,
    required: FieldView,
    choices: FieldView,
    #[serde(skip)]
    title: String,
}

#[derive(Clone, Serialize)]
struct QuestionRow {
    id: String,
    label: String,
    text: String,
    edit_href: String,
    first: bool,
}

impl Page for CategoryPage {
    const TEMPLATE: &'static str = "filing/category";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

async fn list_page(ctx: &Ctx, refused: Option<(&Form, Error)>) -> Result<Response> {
    let locale = ctx.locale();
    let unit = service::home(ctx).await?;
    let all = service::all(ctx, &unit).await?;
    let mut view = FormView::new().field("name", true, 80);
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((form, error)) = refused {
        view = view.typed(form);
        let told = told(error, "name", locale)?;
        status = told.status;
        (view, errors) = view.refused(&told.faults, locale);
        errors.extend(told.lines);
    }
    let page = ListPage {
        errors,
        rows: all
            .into_iter()
            .map(|one| Row {
                href: format!("{LIST}/{}", one.id),
                name: one.name,
                offered: one.offered,
            })
            .collect(),
        action: LIST,
        name: view.fields.remove("name").unwrap_or_default(),
    };
    ctx.page_of(None, status, &page)
}

fn kind_words(kind: QuestionKind, locale: Locale) -> String {
    let code = kind.code().replace('_', "-");
    t(locale, &format!("filing-question-{code}"))
}

/// The fields; those of the question hold the one that is edited.
fn fields(sort: &Sort, edited: &str, locale: Locale) -> FormView {
    let kinds = QuestionKind::all().map(|kind| (kind.code(), kind_words(kind, locale)));
    let view = FormView::new()
        .field("name", true, 80)
        .field("offered", false, 0)
        .field("label", true, 120)
        .choice("kind", true, kinds.collect())
        .field("required", false, 0)
        .field("choices", false, 0)
        .with("name", &sort.category.name)
        .with("offered", if sort.category.offered { "true" } else { "" });
    match sort
        .questions
        .iter()
        .find(|row| row.id.to_string() == edited)
    {
        None => view.with("kind", QuestionKind::Text.code()),
        Some(row) => view
            .with("label", &row.label)
            .with("kind", row.kind.code())
            .with("required", if row.required { "true" } else { "" })
            .with("choices", row.choices.0.join("\n")),
    }
}

fn rows(sort: &Sort, locale: Locale) -> Vec<QuestionRow> {
    let row = |(place, row): (usize, &question::Model)| {
        let must = if row.required { "required" } else { "optional" };
        let words = [
            kind_words(row.kind, locale),
            t(locale, &format!("filing-question-{must}")),
            row.choices.0.join(" / "),
        ];
        let words: Vec<String> = words.into_iter().filter(|one| !one.is_empty()).collect();
        QuestionRow {
            edit_href: format!(
                "{LIST}/{}?pertanyaan={}#pertanyaan",
                sort.category.id, row.id
            ),
            id: row.id.to_string(),
            label: row.label.clone(),
            text: words.join(" · "),
            first: place == 0,
        }
    };
    sort.questions.iter().enumerate().map(row).collect()
}

/// What a page of a category shows beside the category.
#[derive(Default)]
struct Shown<'a> {
    /// The question that is edited.
    edited: &'a str,
    /// The question that is to be removed.
    asked: &'a str,
    refused: Option<(&'a Form, Error)>,
}

async fn one_page(ctx: &Ctx, id: &str, shown: Shown<'_>) -> Result<Response> {
    let locale = ctx.locale();
    let unit = service::home(ctx).await?;
    let sort = service::one(ctx, &unit, id).await?;
    let mut view = fields(&sort, shown.edited, locale);
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((form, error)) = shown.refused {
        // Two forms stand on the page: only what was sent is shown as it was typed.
        let sent = ["name", "label"].map(|name| (name, form.get(name)));
        let own: &[&str] = match sent {
            [(_, ""), _] => &["label", "kind", "required", "choices"],
            _ => &["name", "offered"],
        };
        view = own
            .iter()
            .fold(view, |view, name| view.with(name, form.get(name)));
        let told = told(error, "name", locale)?;
        status = told.status;
        (view, errors) = view.refused(&told.faults, locale);
        errors.extend(told.lines);
    }
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let questions = rows(&sort, locale);
    let known = |id: &str| questions.iter().find(|row| row.id == id);
    let edited = known(shown.edited).map_or_else(String::new, |row| row.id.clone());
    let base = format!("{LIST}/{id}");
    let page = CategoryPage {
        errors,
        heading: sort.category.name.clone(),
        list_href: LIST,
        action: base.clone(),
        question_action: match edited.is_empty() {
            true => format!("{base}/pertanyaan"),
            false => format!("{base}/ubah-pertanyaan"),
        },
        remove_action: format!("{base}/hapus-pertanyaan"),
        up_action: format!("{base}/naikkan-pertanyaan"),
        asked: known(shown.asked).cloned(),
        edited,
        version: sort.category.version,
        name: field("name"),
        offered: field("offered"),
        questions,
        label: field("label"),
        kind: field("kind"),
        required: field("required"),
        choices: field("choices"),
        title: sort.category.name.clone(),
    };
    ctx.page_of(None, status, &page)
}

#[handler]
pub(in crate::complaints::pages) async fn list(SignedIn(ctx): SignedIn) -> Result<Response> {
    list_page(&ctx, None).await
}

#[handler]
pub(in crate::complaints::pages) async fn add(
    SignedIn(ctx): SignedIn,
    form: Form,
) -> Result<Response> {
    let unit = service::home(&ctx).await?;
    match service::add(&ctx, &unit, form.get("name"), true).await {
        Ok(id) => Ok(ctx.redirect_with(
            &format!("{LIST}/{id}"),
            FlashKind::Ok,
            &Message::new("filing-category-added"),
        )),
        Err(error) => list_page(&ctx, Some((&form, error))).await,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::complaints::pages) struct Edited {
    pertanyaan: String,
}

#[handler]
pub(in crate::complaints::pages) async fn show(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(edited): Query<Edited>,
) -> Result<Response> {
    let shown = Shown {
        edited: &edited.pertanyaan,
        ..Shown::default()
    };
    one_page(&ctx, &id, shown).await
}

fn version(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or(0)
}

async fn after(ctx: &Ctx, id: &str, outcome: Result<()>, form: &Form) -> Result<Response> {
    match outcome {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("{LIST}/{id}"),
            FlashKind::Ok,
            &Message::new("filing-category-saved"),
        )),
        Err(error) => {
            let shown = Shown {
                edited: form.get("question"),
                refused: Some((form, error)),
                ..Shown::default()
            };
            one_page(ctx, id, shown).await
        }
    }
}

#[handler]
pub(in crate::complaints::pages) async fn change(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = service::home(&ctx).await?;
    let new = (form.get("name"), form.is_on("offered"));
    let outcome = service::change(&ctx, &unit, (&id, version(&form)), new).await;
    after(&ctx, &id, outcome, &form).await
}

fn typed(form: &Form) -> NewQuestion {
    NewQuestion {
        label: form.get("label").to_owned(),
        kind: form.get("kind").to_owned(),
        required: form.is_on("required"),
        choices: form.get("choices").to_owned(),
    }
}

#[handler]
pub(in crate::complaints::pages) async fn add_question(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = service::home(&ctx).await?;
    let outcome = service::add_question(&ctx, &unit, (&id, version(&form)), &typed(&form)).await;
    after(&ctx, &id, outcome, &form).await
}

#[handler]
pub(in crate::complaints::pages) async fn change_question(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = service::home(&ctx).await?;
    let which = (id.as_str(), version(&form));
    let new = typed(&form);
    let outcome = service::change_question(&ctx, &unit, which, (form.get("question"), &new)).await;
    after(&ctx, &id, outcome, &form).await
}

/// One place nearer to the begin of the form.
#[handler]
pub(in crate::complaints::pages) async fn raise_question(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = service::home(&ctx).await?;
    let question = form.get("question");
    let sort = service::one(&ctx, &unit, &id).await?;
    let place = sort
        .questions
        .iter()
        .position(|row| row.id.to_string() == question);
    let which = (id.as_str(), version(&form));
    let to = (question, place.unwrap_or(0));
    let outcome = service::place_question(&ctx, &unit, which, to).await;
    after(&ctx, &id, outcome, &form).await
}

/// Asks first: what citizens are asked is not taken away by one touch.
#[handler]
pub(in crate::complaints::pages) async fn remove_question(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let question = form.get("question");
    if form.get("confirmed") != "yes" {
        let shown = Shown {
            asked: question,
            ..Shown::default()
        };
        return one_page(&ctx, &id, shown).await;
    }
    let unit = service::home(&ctx).await?;
    let which = (id.as_str(), version(&form));
    let outcome = service::remove_question(&ctx, &unit, which, question).await;
    after(&ctx, &id, outcome, &form).await
}
