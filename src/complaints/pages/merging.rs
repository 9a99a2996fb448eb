//! Before a case is handled in another one an officer reads both: which one it is, how it stands, and what its citizen
//! was answered. Nothing of that answer goes out unless it is chosen here.

use poem::{
    Response, handler,
    http::StatusCode,
    web::{Path, Query as Address},
};
use serde::{Deserialize, Serialize};

use super::{case, origin::Origin, told};
use crate::{
    access::{Ctx, SignedIn},
    calendar::dates,
    complaints::{
        explain::Chip,
        handling::{self, Merger, Merging},
        rules::{self, Reply},
        words,
    },
    organisation,
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

#[derive(Serialize)]
struct MergePage {
    errors: Vec<ErrorLine>,
    /// The list that the officer came from.
    came: String,
    back_href: String,
    action: String,
    version: i32,
    number: String,
    subject: String,
    words: String,
    main: MainView,
    /// None where there is nothing to choose: nothing was answered yet.
    reply: Option<FieldView>,
    answer: FieldView,
    text: FieldView,
    note: String,
}

#[derive(Serialize)]
struct MainView {
    number: String,
    href: String,
    subject: String,
    words: String,
    status: Chip,
    /// That another number was named; empty if not.
    through: String,
    answer: Option<AnswerView>,
}

#[derive(Serialize)]
struct AnswerView {
    id: String,
    when: String,
    text: String,
}

impl Page for MergePage {
    const TEMPLATE: &'static str = "complaints/merge";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-merge-title")
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Named {
    ke: String,
    dari: String,
}

fn form_view(merger: &Merger, locale: Locale) -> FormView {
    let offered = rules::replies_offered(merger.main.status);
    let choices = offered.iter().map(|reply| {
        let label = t(locale, &format!("complaints-merge-{}", reply.code()));
        (reply.code().to_owned(), label)
    });
    // Where nothing can be sent later, somebody has to decide: nothing is chosen beforehand.
    let first = offered.first().filter(|reply| **reply == Reply::Next);
    FormView::new()
        .choice("reply", true, choices.collect())
        .with("reply", first.map_or("", |reply| reply.code()))
        .field("answer", false, 5000)
        .field("text", false, 1000)
}

/// The page that asks, also again with what was typed.
pub(super) async fn ask(
    ctx: &Ctx,
    number: &str,
    main: &str,
    (form, came): (Option<&Form>, &str),
    refusal: Option<Error>,
) -> Result<Response> {
    let locale = ctx.locale();
    let merger = handling::merger(ctx, number, main).await?;
    let mut view = form_view(&merger, locale);
    if let Some(form) = form {
        view = view.typed(form);
    }
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some(refusal) = refusal {
        let told = told(refusal, "text", locale)?;
        status = told.status;
        (view, errors) = view.refused(&told.faults, locale);
        errors.extend(told.lines);
    }
    let page = page_of(ctx, merger, view, errors, came).await?;
    ctx.page_of(None, status, &page)
}

async fn page_of(
    ctx: &Ctx,
    merger: Merger,
    mut view: FormView,
    errors: Vec<ErrorLine>,
    came: &str,
) -> Result<MergePage> {
    let locale = ctx.locale();
    let Merger {
        found,
        main,
        through,
        answer,
    } = merger;
    let zone = organisation::zone_of(&organisation::unit(&ctx.app.db, main.unit_id).await?)?;
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let through = through.map_or_else(String::new, |named| {
        Message::new("complaints-merge-through")
            .with("named", named)
            .with("main", &main.number)
            .text(locale)
    });
    let base = format!("/kerja/pengaduan/{}", found.number);
    let note = match answer {
        Some(_) => "complaints-merge-note-answered",
        None => "complaints-merge-note",
    };
    Ok(MergePage {
        errors,
        came: came.to_owned(),
        back_href: Origin::read(came).back_to(&found.number),
        action: format!("{base}/gabung"),
        version: found.version,
        reply: answer.is_some().then(|| field("reply")),
        answer: field("answer"),
        text: field("text"),
        note: t(locale, note),
        main: MainView {
            href: format!("/kerja/pengaduan/{}", main.number),
            status: words::standing_chip(&main, locale),
            through,
            answer: answer.map(|(message, text)| AnswerView {
                id: message.id.to_string(),
                when: dates::date_time(&message.at.with_timezone(&zone), locale),
                text,
            }),
            number: main.number,
            subject: main.subject,
            words: main.description,
        },
        number: found.number,
        subject: found.subject,
        words: found.description,
    })
}

/// Opened from a similar case.
#[handler]
pub(super) async fn show(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    Address(named): Address<Named>,
) -> Result<Response> {
    match ask(&ctx, &number, &named.ke, (None, &named.dari), None).await {
        Err(Error::Rule { message, .. }) => Ok(to_case(&ctx, &number, &named.dari, &message)),
        Err(Error::Invalid(mut faults)) if !faults.is_empty() => Ok(to_case(
            &ctx,
            &number,
            &named.dari,
            &faults.swap_remove(0).message,
        )),
        other => other,
    }
}

/// Back to the case with the reason why these two cannot be merged.
fn to_case(ctx: &Ctx, number: &str, came: &str, why: &Message) -> Response {
    let case = Origin::read(came).back_to(&rules::read_number(number));
    ctx.redirect_with(&case, FlashKind::Error, why)
}

#[handler]
pub(super) async fn merge(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let merging = Merging {
        main: form.get("main").to_owned(),
        text: form.get("text").to_owned(),
        reply: form.get("reply").to_owned(),
        answer: form.get("answer").to_owned(),
        read: form.get("read").to_owned(),
    };
    let seen = Some(form.get("version").parse().unwrap_or(0));
    match handling::merge(&ctx, &number, seen, &merging).await {
        Ok(()) => {
            let case = case::back(&form, &number, "berikutnya");
            let done = Message::new("complaints-merged").with("main", &merging.main);
            Ok(match case::untold(&ctx, &number).await? {
                Some(told) => ctx.redirect_with(&case, FlashKind::Info, &told),
                None => ctx.redirect_with(&case, FlashKind::Ok, &done),
            })
        }
        Err(error) => {
            let typed = (Some(&form), form.get("dari"));
            ask(&ctx, &number, &merging.main, typed, Some(error)).await
        }
    }
}
