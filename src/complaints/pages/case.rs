//! One case: what was said, who said it as far as one may know, what happened, and what can be done now.

use poem::{Response, handler, http::StatusCode, web::Path};

use super::{
    case_view::{case_page, view_of},
    told,
};
use crate::{
    access::{Ctx, SignedIn},
    complaints::{
        handling::{self, Disposition},
        receipt, rules, viewing,
    },
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{
            cookies::FlashKind,
            forms::{Form, FormView},
        },
    },
};

/// What a panel's form is called when it comes back refused: two panels have a field `text`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Panel {
    Assign,
    Answer,
    Note,
    Unmask,
    Link,
}

async fn page(ctx: &Ctx, number: &str, refused: Option<(Panel, &Form, Error)>) -> Result<Response> {
    let locale = ctx.locale();
    let case = viewing::case(ctx, number).await?;
    let mut view = view_of(&case, locale);
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((panel, form, error)) = refused {
        view = typed(view, panel, form);
        let told = told(error, field_of(panel), locale)?;
        status = told.status;
        (view, errors) = view.refused(&told.faults, locale);
        errors.extend(told.lines);
    }
    let page = case_page(ctx, case, view, errors);
    ctx.page_of(None, status, &page)
}

fn field_of(panel: Panel) -> &'static str {
    match panel {
        Panel::Assign => "division",
        Panel::Answer => "text",
        Panel::Note => "note",
        Panel::Unmask => "reason",
        Panel::Link => "action",
    }
}

/// Only the fields of the panel that was sent: the others show the case as it is now.
fn typed(view: FormView, panel: Panel, form: &Form) -> FormView {
    let fields: &[&str] = match panel {
        Panel::Assign => &["division", "person", "instruction"],
        Panel::Answer => &["text"],
        Panel::Note => &["note"],
        Panel::Unmask => &["reason"],
        Panel::Link => &["action"],
    };
    fields
        .iter()
        .fold(view, |view, name| view.with(name, form.get(name)))
}

#[handler]
pub(super) async fn show_case(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
) -> Result<Response> {
    page(&ctx, &number, None).await
}

/// Back to the case with a notice, or the page again with what was typed.
async fn after(
    ctx: &Ctx,
    number: &str,
    outcome: Result<()>,
    done: &str,
    panel: Panel,
    form: &Form,
) -> Result<Response> {
    match outcome {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/kerja/pengaduan/{}", rules::read_number(number)),
            FlashKind::Ok,
            &Message::new(done),
        )),
        Err(error) => page(ctx, number, Some((panel, form, error))).await,
    }
}

/// The version that the form showed; a form without one is not from our page.
fn version(form: &Form) -> Option<i32> {
    Some(form.get("version").parse().unwrap_or(0))
}

#[handler]
pub(super) async fn do_assign(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let to = Disposition {
        division: form.get("division").to_owned(),
        person: form.get("person").to_owned(),
        instruction: form.get("instruction").to_owned(),
    };
    let outcome = handling::assign(&ctx, &number, version(&form), &to).await;
    let outcome = outcome.map(|_| ());
    after(
        &ctx,
        &number,
        outcome,
        "complaints-assigned",
        Panel::Assign,
        &form,
    )
    .await
}

#[handler]
pub(super) async fn do_answer(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let outcome = handling::answer(&ctx, &number, version(&form), form.get("text")).await;
    let outcome = outcome.map(|_| ());
    after(
        &ctx,
        &number,
        outcome,
        "complaints-answered",
        Panel::Answer,
        &form,
    )
    .await
}

#[handler]
pub(super) async fn do_note(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let outcome = handling::note(&ctx, &number, form.get("note")).await;
    after(
        &ctx,
        &number,
        outcome,
        "complaints-noted",
        Panel::Note,
        &form,
    )
    .await
}

#[handler]
pub(super) async fn do_close(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let outcome = handling::close(&ctx, &number, version(&form)).await;
    after(
        &ctx,
        &number,
        outcome,
        "complaints-closed",
        Panel::Note,
        &form,
    )
    .await
}

#[handler]
pub(super) async fn do_unmask(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let outcome = handling::unmask(&ctx, &number, form.get("reason")).await;
    after(
        &ctx,
        &number,
        outcome,
        "complaints-unmasked",
        Panel::Unmask,
        &form,
    )
    .await
}

#[handler]
pub(super) async fn do_link(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let outcome = handling::link_action(&ctx, &number, form.get("action")).await;
    after(
        &ctx,
        &number,
        outcome,
        "complaints-linked",
        Panel::Link,
        &form,
    )
    .await
}

#[handler]
pub(super) async fn receipt_pdf(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
) -> Result<Response> {
    let (of, unit, code) = viewing::printed_receipt(&ctx, &number).await?;
    let bytes = receipt::pdf(&ctx, &of, &unit, &code).await?;
    let name = format!("tanda-terima-{}.pdf", of.number);
    Ok(ctx.download(&name, "application/pdf", bytes))
}
