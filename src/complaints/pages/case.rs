//! One case: what was said, who said it as far as one may know, what happened, and what can be done now.

use poem::{
    Response, handler,
    http::StatusCode,
    web::{Path, Query as Address},
};

use super::{
    case_view::{case_page, view_of},
    merging,
    origin::{self, CameFrom, Origin},
    panels::Panel,
    told,
};
use crate::{
    access::{Ctx, SignedIn},
    complaints::{
        desk,
        handling::{self, Disposition, Forwarding, Part, Refusal},
        knowing, receipt, rules, trail, viewing,
    },
    documents::{FileId, pages::handed_in, uploads},
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
        },
    },
};

async fn page(
    ctx: &Ctx,
    number: &str,
    came: &str,
    refused: Option<(Panel, &Form, Error)>,
) -> Result<Response> {
    let locale = ctx.locale();
    let case = viewing::case(ctx, number).await?;
    let desk = desk::of(ctx, &case).await?;
    let mut view = view_of(&case, &desk, locale);
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    let mut open = None;
    let mut between = None;
    if let Some((panel, form, error)) = refused {
        if matches!(error, Error::Conflict { .. }) && case.sight.text {
            between = super::between::since(ctx, &case, panel, form).await?;
        }
        view = typed(view, panel, form);
        let told = told(panel.faults(error), panel.first(), locale)?;
        status = told.status;
        (view, errors) = view.refused(&told.faults, locale);
        match &between {
            // Said once: what happened, not that something happened.
            Some(between) => errors.push(ErrorLine {
                field: "sementara".to_owned(),
                message: between.refusal.clone(),
            }),
            None => errors.extend(told.lines),
        }
        open = Some(panel);
    }
    let knowing = knowing::panel(ctx, &case.complaint, case.sight.text).await?;
    let call = super::calling::panel(ctx, &case).await?;
    let origin = origin::view(ctx, &case, &desk.clocks, came).await?;
    let mut page = case_page(ctx, case, desk, view, (errors, open));
    page.knowing = knowing;
    page.between = between;
    page.call = call;
    page.origin = origin;
    ctx.page_of(None, status, &page)
}

/// Only the fields of the panel that was sent: the others show the case as it is now.
fn typed(view: FormView, panel: Panel, form: &Form) -> FormView {
    panel
        .fields()
        .iter()
        .fold(view, |view, (name, _)| view.with(name, form.get(name)))
}

#[handler]
pub(super) async fn show_case(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    Address(came): Address<CameFrom>,
) -> Result<Response> {
    page(&ctx, &number, &came.dari, None).await
}

/// Back to the case with a notice, at the place where it goes on; or the page again with what was typed.
async fn after(
    ctx: &Ctx,
    number: &str,
    outcome: Result<()>,
    panel: Panel,
    form: &Form,
) -> Result<Response> {
    match outcome {
        Ok(()) => {
            let case = back(form, number, panel.leads_to());
            let otherwise = match panel.tells() {
                true => untold(ctx, number).await?,
                false => None,
            };
            Ok(match otherwise {
                Some(told) => ctx.redirect_with(&case, FlashKind::Info, &told),
                None => ctx.redirect_with(&case, FlashKind::Ok, &Message::new(panel.done())),
            })
        }
        Err(error) => page(ctx, number, form.get(CAME), Some((panel, form, error))).await,
    }
}

/// How the citizen hears of what was just done, where no mail goes out.
pub(super) async fn untold(ctx: &Ctx, number: &str) -> Result<Option<Message>> {
    let case = viewing::found(ctx, number).await?;
    super::calling::flash(ctx, &case).await
}

/// The field in which each form carries the list.
const CAME: &str = "dari";

/// The address of the case, with the list that the form carried, at a place of the page.
pub(super) fn back(form: &Form, number: &str, place: &str) -> String {
    let case = Origin::read(form.get(CAME)).back_to(&rules::read_number(number));
    match place {
        "" => case,
        place => format!("{case}#{place}"),
    }
}

/// The version that the form showed; a form without one is not from our page.
fn version(form: &Form) -> Option<i32> {
    Some(form.get("version").parse().unwrap_or(0))
}

/// A handler for each form: what is called with what was typed.
macro_rules! forms {
    ($($name:ident, $panel:ident, |$ctx:ident, $number:ident, $form:ident| $call:expr;)+) => {$(
        #[handler]
        pub(super) async fn $name(
            SignedIn(ctx): SignedIn,
            Path(number): Path<String>,
            form: Form,
        ) -> Result<Response> {
            let ($ctx, $number, $form) = (&ctx, number.as_str(), &form);
            let outcome: Result<()> = $call.await;
            after(&ctx, &number, outcome, Panel::$panel, &form).await
        }
    )+};
}

forms! {
    do_assign, Assign, |ctx, number, form| assign(ctx, number, form);
    do_answer, Answer, |ctx, number, form| answer(ctx, number, form);
    do_note, Note, |ctx, number, form| note(ctx, number, form);
    do_unmask, Unmask, |ctx, number, form| handling::unmask(ctx, number, form.get("reason"));
    do_link, Link, |ctx, number, form| handling::link_action(ctx, number, form.get("action"));
    do_verify, Verify, |ctx, number, form|
        handling::verify(ctx, number, version(form), form.get("class"));
    do_classify, Classify, |ctx, number, form|
        handling::classify(ctx, number, version(form), form.get("class"));
    do_ask, Ask, |ctx, number, form|
        handling::request_completion(ctx, number, version(form), form.get("ask_text"));
    do_start, Start, |ctx, number, form| handling::start(ctx, number, version(form));
    do_close, Close, |ctx, number, form| handling::close(ctx, number, version(form));
    do_reopen, Reopen, |ctx, number, form|
        handling::reopen(ctx, number, version(form), form.get("reopen_reason"));
    do_forward, Forward, |ctx, number, form| forward(ctx, number, form);
    do_withdraw, Withdraw, |ctx, number, form|
        handling::withdraw(ctx, number, version(form), form.get("withdraw_reason"));
    do_relate, Relate, |ctx, number, form| handling::link(ctx, number, form.get("related"));
    do_unrelate, Unrelate, |ctx, number, form| handling::unlink(ctx, number, form.get("related"));
    do_question, Question, |ctx, number, form|
        handling::question(ctx, number, form.get("question"));
    do_attach, Files, |ctx, number, form| attach(ctx, number, form);
}

async fn assign(ctx: &Ctx, number: &str, form: &Form) -> Result<()> {
    let to = Disposition {
        division: form.get("division").to_owned(),
        person: form.get("person").to_owned(),
        instruction: form.get("instruction").to_owned(),
    };
    handling::assign(ctx, number, version(form), &to).await
}

/// An answer that is refused stays as a draft, too: it may have taken an hour.
async fn answer(ctx: &Ctx, number: &str, form: &Form) -> Result<()> {
    let text = form.get("text");
    match handling::answer(ctx, number, version(form), text).await {
        Err(error @ Error::Conflict { .. }) => {
            handling::save_draft(ctx, number, text).await?;
            Err(error)
        }
        told => told,
    }
}

async fn note(ctx: &Ctx, number: &str, form: &Form) -> Result<()> {
    let picked = [form.get("mention").to_owned()];
    handling::note(ctx, number, form.get("note"), &picked).await
}

/// Refused; or, where it is the same as another, first both are shown.
#[handler]
pub(super) async fn do_reject(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let refusal = Refusal {
        reason: form.get("reject_reason").to_owned(),
        main: form.get("reject_main").to_owned(),
        text: form.get("reject_text").to_owned(),
    };
    let outcome = match refusal.reason.as_str() {
        "duplicate" => {
            let came = form.get(CAME);
            let text = Form::of(&[("text", refusal.text.as_str()), ("reply", "next")]);
            match merging::ask(&ctx, &number, &refusal.main, (Some(&text), came), None).await {
                Ok(asked) => return Ok(asked),
                Err(error) => Err(error),
            }
        }
        _ => handling::reject(&ctx, &number, version(&form), &refusal).await,
    };
    after(&ctx, &number, outcome, Panel::Reject, &form).await
}

async fn forward(ctx: &Ctx, number: &str, form: &Form) -> Result<()> {
    let to = Forwarding {
        body: form.get("forward_body").to_owned(),
        text: form.get("forward_text").to_owned(),
    };
    handling::forward(ctx, number, version(form), &to).await
}

async fn attach(ctx: &Ctx, number: &str, form: &Form) -> Result<()> {
    let files = form.files.iter().filter(|file| file.field == "files");
    let new = files
        .map(|file| (file.name.clone(), file.bytes.clone()))
        .collect();
    let for_citizen = form.is_on("files_visible");
    handling::attach(ctx, number, new, Vec::new(), for_citizen).await
}

#[handler]
pub(super) async fn do_split(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let part = Part {
        subject: form.get("split_subject").to_owned(),
        description: form.get("split_description").to_owned(),
        service: form.get("split_service").to_owned(),
    };
    match handling::split(&ctx, &number, version(&form), &part).await {
        Ok(made) => Ok(ctx.redirect_with(
            &back(&form, &made, ""),
            FlashKind::Ok,
            &Message::new(Panel::Split.done()).with("number", &made),
        )),
        Err(error) => {
            let refused = Some((Panel::Split, &form, error));
            page(&ctx, &number, form.get(CAME), refused).await
        }
    }
}

/// Keeps what was written so far. The page saves by itself where it can, and then only wants to know when.
#[handler]
pub(super) async fn save_draft(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    handling::save_draft(&ctx, &number, form.get("text")).await?;
    if form.get("by") == "page" {
        return super::presence::saved(&ctx, &number).await;
    }
    Ok(to_answer(&ctx, &number, &form, "complaints-draft-saved"))
}

/// Puts a standard answer behind what was written so far.
#[handler]
pub(super) async fn insert_standard(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let (typed, id) = (form.get("text"), form.get("standard"));
    match handling::standard_text(&ctx, &number, typed, id).await {
        Ok(text) => {
            handling::save_draft(&ctx, &number, &text).await?;
            Ok(to_answer(
                &ctx,
                &number,
                &form,
                "complaints-standard-inserted",
            ))
        }
        Err(error) => {
            let refused = Some((Panel::Answer, &form, error));
            page(&ctx, &number, form.get(CAME), refused).await
        }
    }
}

fn to_answer(ctx: &Ctx, number: &str, form: &Form, told: &str) -> Response {
    let case = back(form, number, "f-text");
    ctx.redirect_with(&case, FlashKind::Ok, &Message::new(told))
}

#[handler]
pub(super) async fn show_file(
    SignedIn(ctx): SignedIn,
    Path((number, file)): Path<(String, String)>,
) -> Result<Response> {
    let id = FileId::parse(&file)?;
    handling::require_file(&ctx, &number, id).await?;
    let name = uploads::get(&ctx.app.db, id).await?.name;
    trail::note_opened(&ctx, &number, &name).await?;
    handed_in(&ctx, id).await
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
