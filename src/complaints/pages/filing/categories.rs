//! The unit keeps what its form asks: categories, and the questions of each.

use poem::{Response, handler, http::StatusCode, web::Path};
use serde::Serialize;

use crate::{
    access::{Ctx, SignedIn},
    complaints::{
        filing::{
            categories::{self as service, NewQuestion, Sort},
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
    add_action: String,
    remove_action: String,
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

#[derive(Serialize)]
struct QuestionRow {
    id: String,
    label: String,
    text: String,
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

fn fields(sort: &Sort, locale: Locale) -> FormView {
    let kinds = QuestionKind::all().map(|kind| (kind.code(), kind_words(kind, locale)));
    FormView::new()
        .field("name", true, 80)
        .field("offered", false, 0)
        .field("label", true, 120)
        .choice("kind", true, kinds.collect())
        .field("required", false, 0)
        .field("choices", false, 0)
        .with("name", &sort.category.name)
        .with("offered", if sort.category.offered { "true" } else { "" })
        .with("kind", QuestionKind::Text.code())
}

async fn one_page(ctx: &Ctx, id: &str, refused: Option<(&Form, Error)>) -> Result<Response> {
    let locale = ctx.locale();
    let unit = service::home(ctx).await?;
    let sort = service::one(ctx, &unit, id).await?;
    let mut view = fields(&sort, locale);
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((form, error)) = refused {
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
    let questions = sort.questions.iter().map(|row| {
        let must = if row.required { "required" } else { "optional" };
        let words = [
            kind_words(row.kind, locale),
            t(locale, &format!("filing-question-{must}")),
            row.choices.0.join(" / "),
        ];
        let words: Vec<String> = words.into_iter().filter(|one| !one.is_empty()).collect();
        QuestionRow {
            id: row.id.to_string(),
            label: row.label.clone(),
            text: words.join(" · "),
        }
    });
    let page = CategoryPage {
        errors,
        heading: sort.category.name.clone(),
        list_href: LIST,
        action: format!("{LIST}/{id}"),
        add_action: format!("{LIST}/{id}/pertanyaan"),
        remove_action: format!("{LIST}/{id}/hapus-pertanyaan"),
        version: sort.category.version,
        name: field("name"),
        offered: field("offered"),
        questions: questions.collect(),
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

#[handler]
pub(in crate::complaints::pages) async fn show(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
) -> Result<Response> {
    one_page(&ctx, &id, None).await
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
        Err(error) => one_page(ctx, id, Some((form, error))).await,
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

#[handler]
pub(in crate::complaints::pages) async fn add_question(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = service::home(&ctx).await?;
    let new = NewQuestion {
        label: form.get("label").to_owned(),
        kind: form.get("kind").to_owned(),
        required: form.is_on("required"),
        choices: form.get("choices").to_owned(),
    };
    let outcome = service::add_question(&ctx, &unit, (&id, version(&form)), &new).await;
    after(&ctx, &id, outcome, &form).await
}

#[handler]
pub(in crate::complaints::pages) async fn remove_question(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = service::home(&ctx).await?;
    let which = (id.as_str(), version(&form));
    let outcome = service::remove_question(&ctx, &unit, which, form.get("question")).await;
    after(&ctx, &id, outcome, &form).await
}
