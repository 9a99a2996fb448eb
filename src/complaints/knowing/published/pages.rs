//! The form by which an officer publishes a case: the words as they were written at one side, those for everybody at
//! the other, and what still seems to tell who it is about.

use poem::{Response, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::service::{self, Editing, Typed};
use crate::{
    access::{Ctx, SignedIn},
    calendar::dates,
    complaints::{entity::publication::State, explain::Chip, rules::read_number},
    organisation,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
struct PublishPage {
    errors: Vec<ErrorLine>,
    number: String,
    back_href: String,
    /// Why it cannot be published; then there is no form.
    barred: Option<String>,
    state: Option<Chip>,
    state_note: String,
    public_href: Option<String>,
    action: String,
    preview_action: String,
    withdraw_action: Option<String>,
    version: i32,
    original_title: String,
    original_text: String,
    original_answer: Option<String>,
    title: FieldView,
    text: FieldView,
    answer: FieldView,
    reason: FieldView,
    /// What was typed seems to hold: (what it is, the words).
    signs: Vec<SignView>,
    /// The officer has to say that they looked, where something seems left.
    looked: Option<FieldView>,
    preview: Option<PreviewView>,
}

#[derive(Serialize)]
struct SignView {
    kind: String,
    words: String,
}

#[derive(Serialize)]
struct PreviewView {
    title: String,
    text: String,
    answer: String,
}

impl Page for PublishPage {
    const TEMPLATE: &'static str = "complaints/knowing/publish";
    fn title(&self, locale: Locale) -> String {
        t(locale, "publish-title")
    }
}

/// What became of the form: nothing yet, a look, or a refusal.
enum Sent<'a> {
    Nothing,
    Looked(&'a Form),
    Refused(&'a Form, Error),
}

fn typed(form: &Form) -> Typed {
    Typed {
        title: form.get("title").to_owned(),
        text: form.get("text").to_owned(),
        answer: form.get("answer").to_owned(),
        looked: form.is_on("looked"),
        version: form.get("version").parse().unwrap_or(0),
    }
}

/// What a form shows first: what is published already, else the words as they were written.
fn first(editing: &Editing) -> FormView {
    let view = FormView::new()
        .field("title", true, 120)
        .field("text", true, 4000)
        .field("answer", false, 4000)
        .field("reason", true, 300)
        .field("looked", true, 0);
    match &editing.publication {
        Some(known) => view
            .with("title", &known.title)
            .with("text", &known.text)
            .with("answer", known.answer.clone().unwrap_or_default()),
        None => view
            .with("title", &editing.complaint.subject)
            .with("text", &editing.complaint.description)
            .with("answer", editing.answer.clone().unwrap_or_default()),
    }
}

fn barred(editing: &Editing, locale: Locale) -> Option<String> {
    let of = &editing.complaint;
    let refusal = super::rules::publishable(of.confidential, of.status).err()?;
    Some(Error::from(refusal).text(locale))
}

/// The state of the publication: chip and a sentence with its day.
async fn state(ctx: &Ctx, editing: &Editing) -> Result<(Option<Chip>, String)> {
    let locale = ctx.locale();
    let Some(known) = &editing.publication else {
        return Ok((None, t(locale, "publish-state-none")));
    };
    let unit = organisation::unit(&ctx.app.db, known.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let day =
        |at: chrono::DateTime<chrono::Utc>| dates::date_time(&at.with_timezone(&zone), locale);
    Ok(match known.state {
        State::Published => (
            Some(Chip {
                kind: "ok",
                text: t(locale, "publish-state-published"),
                icon: "eye",
            }),
            Message::new("publish-state-since")
                .with("at", day(known.published_at))
                .text(locale),
        ),
        State::Withdrawn => (
            Some(Chip {
                kind: "plain",
                text: t(locale, "publish-state-withdrawn"),
                icon: "eye-slash",
            }),
            Message::new("publish-state-withdrawn-because")
                .with("at", day(known.withdrawn_at.unwrap_or(known.changed_at)))
                .with("reason", known.withdraw_reason.clone().unwrap_or_default())
                .text(locale),
        ),
    })
}

async fn page(ctx: &Ctx, number: &str, sent: Sent<'_>) -> Result<Response> {
    let locale = ctx.locale();
    let editing = service::editing(ctx, number).await?;
    let of = &editing.complaint;
    let mut view = first(&editing);
    let (mut status, mut faults, mut lines) = (StatusCode::OK, Vec::new(), Vec::new());
    let mut looked_at = None;
    let form = match &sent {
        Sent::Nothing => None,
        Sent::Looked(form) | Sent::Refused(form, _) => Some(*form),
    };
    if let Some(form) = form {
        // The form of withdrawing has other fields: the text stays as it is published.
        view = match form.get("text") {
            "" if form.get("title").is_empty() => view.with("reason", form.get("reason")),
            _ => view.typed(form),
        };
    }
    let shown = Typed {
        title: view.fields["title"].value.clone(),
        text: view.fields["text"].value.clone(),
        answer: view.fields["answer"].value.clone(),
        ..Typed::default()
    };
    match sent {
        Sent::Looked(_) => looked_at = Some(shown.clone()),
        Sent::Refused(_, error) => {
            (status, faults, lines) = told(error, locale)?;
        }
        Sent::Nothing => {}
    }
    let barred = barred(&editing, locale);
    let signs = if barred.is_some() {
        Vec::new()
    } else {
        service::leftovers(&ctx.app.db, ctx, of, &shown).await?
    };
    let (mut view, mut errors) = view.refused(&faults, locale);
    errors.extend(lines);
    let (state, state_note) = state(ctx, &editing).await?;
    let published = editing
        .publication
        .as_ref()
        .filter(|known| known.state == State::Published);
    let base = format!("/kerja/pengaduan/{}", of.number);
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let page = PublishPage {
        errors,
        number: of.number.clone(),
        public_href: published.map(|known| format!("/pengaduan/publik/{}", known.id)),
        withdraw_action: published.map(|_| format!("{base}/publikasi/tarik")),
        action: format!("{base}/publikasi"),
        preview_action: format!("{base}/publikasi/pratinjau"),
        back_href: base,
        barred,
        state,
        state_note,
        version: editing
            .publication
            .as_ref()
            .map_or(0, |known| known.version),
        original_title: of.subject.clone(),
        original_text: of.description.clone(),
        original_answer: editing.answer.clone(),
        title: field("title"),
        text: field("text"),
        answer: field("answer"),
        reason: field("reason"),
        looked: (!signs.is_empty()).then(|| field("looked")),
        signs: signs
            .into_iter()
            .map(|(sign, words)| SignView {
                kind: t(locale, sign.key()),
                words,
            })
            .collect(),
        preview: looked_at.map(|typed| PreviewView {
            title: typed.title,
            text: typed.text,
            answer: typed.answer,
        }),
    };
    ctx.page_of(None, status, &page)
}

type Told = (StatusCode, Vec<FieldError>, Vec<ErrorLine>);

fn told(error: Error, locale: Locale) -> Result<Told> {
    let status = error.status();
    match error {
        Error::Invalid(faults) => Ok((status, faults, Vec::new())),
        Error::Rule { .. } | Error::Conflict { .. } => {
            let line = ErrorLine {
                field: "title".to_owned(),
                message: error.text(locale),
            };
            Ok((status, Vec::new(), vec![line]))
        }
        other => Err(other),
    }
}

#[handler]
pub async fn show(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    page(&ctx, &number, Sent::Nothing).await
}

/// How it would look, with nothing published.
#[handler]
pub async fn preview(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    match service::check(&typed(&form)) {
        Ok(()) => page(&ctx, &number, Sent::Looked(&form)).await,
        Err(error) => page(&ctx, &number, Sent::Refused(&form, error)).await,
    }
}

fn back(ctx: &Ctx, number: &str, key: &str) -> Response {
    let here = format!("/kerja/pengaduan/{}/publikasi", read_number(number));
    ctx.redirect_with(&here, FlashKind::Ok, &Message::new(key))
}

#[handler]
pub async fn publish(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    match service::publish(&ctx, &number, &typed(&form)).await {
        Ok(_) => Ok(back(&ctx, &number, "publish-done")),
        Err(error) => page(&ctx, &number, Sent::Refused(&form, error)).await,
    }
}

#[handler]
pub async fn withdraw(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let version = form.get("version").parse().unwrap_or(0);
    match service::withdraw(&ctx, &number, version, form.get("reason")).await {
        Ok(()) => Ok(back(&ctx, &number, "publish-withdrawn-done")),
        Err(error) => page(&ctx, &number, Sent::Refused(&form, error)).await,
    }
}
