//! The personal answer page behind the link of a mail. No account, no JavaScript.

use poem::{Response, Route, get, handler, http::StatusCode, http::header, post, web::Path};
use serde::Serialize;

use super::{
    AnswerFields, Recipient,
    answering::{self, Invited},
    pages::{Chip, FactView},
    questions, recipient_list,
    rules::Answer,
};
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    forums::{self, Forum, Mode, days},
    organisation,
    own_questions::{self, AskedField},
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
        .at("/undangan/:token", get(look).post(give_answer))
        .at("/undangan/:token/tetap", post(confirm_answer))
        .at("/undangan/:token/tanya", post(ask))
        .at("/undangan/:token/acara.ics", get(calendar_file))
        .at("/undangan/:token/surat.pdf", get(letter_file))
}

#[derive(Serialize)]
struct AnswerPage {
    action: String,
    addressee: String,
    forum: String,
    theme: String,
    facts: Vec<FactView>,
    agenda: Vec<AgendaView>,
    /// None where the invitation was taken back.
    letter_href: Option<String>,
    calendar_href: Option<String>,
    /// Time or place changed since the letter.
    moved: Option<String>,
    moved_title: String,
    /// The forum is cancelled, and why.
    cancelled: Option<String>,
    /// Where an answer for an earlier time is confirmed.
    confirm_action: Option<String>,
    /// The card for the door, and its QR code; none for who does not come, and where there is no door.
    card_href: Option<String>,
    code_href: String,
    open: bool,
    /// The organiser took the invitation back.
    withdrawn: bool,
    questions: Vec<AskedView>,
    ask_action: String,
    /// The answer given so far; nothing before the first.
    given: Option<Chip>,
    given_at: String,
    contact: String,
    form: FormView,
    own: Vec<AskedField>,
    /// The letter names a position: who accepts says who comes,
    office: bool,
    /// and nobody said it yet.
    nameless: bool,
    /// The invitation is for more than one.
    several: bool,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct AgendaView {
    /// Heads the first item of a day, where there are several.
    day: Option<String>,
    time: String,
    activity: String,
    who: String,
}

#[derive(Serialize)]
struct AskedView {
    question: String,
    asked: String,
    answer: Option<String>,
}

impl Page for AnswerPage {
    const TEMPLATE: &'static str = "invitations/answer";
    fn title(&self, locale: Locale) -> String {
        t(locale, "invitations-answer-title")
    }
}

fn empty_form(locale: Locale) -> FormView {
    let choices = [
        Answer::Accepted,
        Answer::Delegated,
        Answer::Tentative,
        Answer::Declined,
    ];
    let mut form = FormView::new()
        .choice(
            "answer",
            true,
            choices
                .map(|choice| {
                    let label = t(locale, &format!("invitations-choose-{}", choice.code()));
                    (choice.code(), label)
                })
                .to_vec(),
        )
        .field("delegate_name", false, 150)
        .field("delegate_position", false, 200)
        .field("delegate_phone", false, 40)
        .field("companions", false, 8000)
        .field("message", false, 1000)
        .field("question", true, 1000);
    if let Some(field) = form.fields.get_mut("answer") {
        for option in &mut field.options {
            let key = format!("invitations-choose-{}-hint", option.value);
            option.hint = Some(t(locale, &key));
        }
    }
    form
}

fn known_answer(ctx: &Ctx, invited: &Invited) -> Result<FormView> {
    let recipient = &invited.recipient;
    let phone = recipient_list::delegate_phone(&ctx.app, recipient)?;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Ok(empty_form(ctx.locale())
        .with("answer", recipient.answer.code())
        .with("delegate_name", text(&recipient.delegate_name))
        .with("delegate_position", text(&recipient.delegate_position))
        .with("delegate_phone", phone.unwrap_or_default())
        .with("companions", text(&recipient.companions))
        .with("message", text(&recipient.message)))
}

/// The organiser's own questions with what was answered before.
async fn known_own(ctx: &Ctx, invited: &Invited) -> Result<Vec<AskedField>> {
    let (db, forum) = (&ctx.app.db, &invited.forum);
    let asked = own_questions::asked(db, forum).await?;
    let known = own_questions::answers_of(db, forum, invited.recipient.id.0).await?;
    Ok(own_questions::asked_fields(&asked, &known, ctx.locale()))
}

async fn show(
    ctx: &Ctx,
    token: &str,
    invited: &Invited,
    (form, own): (FormView, Vec<AskedField>),
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let (form, errors) = form.refused(faults, locale);
    let recipient = &invited.recipient;
    let form = match recipient.is_office() {
        true => asking_who(form, locale),
        false => form,
    };
    let here = recipient.withdrawn_at.is_none();
    let announced = forums::as_guests_know(&invited.forum, ctx.now, invited.zone);
    let moved = forums::moved_note(&invited.forum, ctx.now, invited.zone, locale);
    let moved = moved.filter(|_| here);
    let shown = announced.as_ref().unwrap_or(&invited.forum);
    let to_confirm = !recipient.answer_stands(&invited.forum) && recipient.answer != Answer::None;
    let moment = |at: chrono::DateTime<chrono::Utc>| {
        dates::date_time(&at.with_timezone(&invited.zone), locale)
    };
    let page = AnswerPage {
        action: format!("/undangan/{token}"),
        addressee: recipient.in_full(),
        forum: invited.forum.title.clone(),
        theme: invited.forum.theme.clone(),
        facts: facts_of(invited, shown, locale),
        agenda: agenda_of(ctx, invited, shown),
        letter_href: here.then(|| format!("/undangan/{token}/surat.pdf")),
        calendar_href: here.then(|| format!("/undangan/{token}/acara.ics")),
        moved_title: moved
            .as_ref()
            .map_or_else(String::new, |note| note.title.clone()),
        moved: moved.map(|note| note.text),
        cancelled: invited.forum.cancelled_at.map(|_| {
            Message::new("forums-cancelled-because")
                .with("reason", &invited.forum.cancel_reason)
                .text(locale)
        }),
        confirm_action: (invited.open && to_confirm && announced.is_none())
            .then(|| format!("/undangan/{token}/tetap")),
        card_href: (recipient.answer != Answer::Declined && here && shown.mode != Mode::Online)
            .then(|| format!("/undangan/{token}/kartu")),
        code_href: format!("/undangan/{token}/kode.svg"),
        open: invited.open,
        withdrawn: !here,
        questions: questions::of_recipient(&ctx.app.db, recipient)
            .await?
            .into_iter()
            .map(|asked| AskedView {
                question: asked.question,
                asked: moment(asked.asked_at),
                answer: asked.answer,
            })
            .collect(),
        ask_action: format!("/undangan/{token}/tanya"),
        given: (recipient.answer != Answer::None)
            .then(|| Chip::new(recipient.answer.chip(), recipient.answer.label(locale))),
        given_at: recipient.answered_at.map(moment).unwrap_or_default(),
        contact: super::sending::organiser_address(&ctx.app, &invited.unit).await?,
        form,
        office: recipient.is_office(),
        nameless: invited.open && is_nameless(recipient),
        several: recipient.people() > 1,
        own,
        errors,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let brand = organisation::brand_of(&invited.unit);
    let mut response = ctx.page_of(Some(&brand), status, &page)?;
    let robots = header::HeaderName::from_static("x-robots-tag");
    response
        .headers_mut()
        .insert(robots, header::HeaderValue::from_static("noindex"));
    Ok(response)
}

/// An office has no name that goes onto the list: whoever accepts for it says one.
fn asking_who(mut form: FormView, locale: Locale) -> FormView {
    if let Some(answer) = form.fields.get_mut("answer") {
        let accepted = Answer::Accepted.code();
        let options = answer.options.iter_mut();
        for option in options.filter(|option| option.value == accepted) {
            option.hint = Some(t(locale, "invitations-choose-accepted-office-hint"));
        }
    }
    form
}

/// An office comes, and the list of those who come has no name of a person.
fn is_nameless(recipient: &Recipient) -> bool {
    let unnamed = recipient.is_office() && recipient.delegate_name.is_none();
    unnamed && recipient.answer == Answer::Accepted
}

fn facts_of(invited: &Invited, shown: &Forum, locale: Locale) -> Vec<FactView> {
    let fact = |key: &str, text: String| FactView {
        term: t(locale, key),
        text,
    };
    let place = format!(
        "{}\n{}",
        forums::where_in(shown, locale),
        forums::address_of(shown)
    );
    let mut facts = vec![
        fact(
            "invitations-mail-when",
            forums::when_text(shown, invited.zone, locale),
        ),
        fact("invitations-mail-place", place.trim_end().to_owned()),
        fact("invitations-mail-agenda", invited.forum.theme.clone()),
        fact(
            "invitations-number",
            invited.document.number.clone().unwrap_or_default(),
        ),
    ];
    if let Some(several) = invited.recipient.for_several(locale) {
        facts.insert(2, fact("invitations-several-label", several));
    }
    if !shown.online_link.is_empty() {
        let link = shown.online_link.clone();
        facts.insert(2, fact("forums-field-link", link));
    } else if shown.mode != Mode::FaceToFace {
        facts.insert(2, fact("forums-field-link", t(locale, "forums-link-later")));
    }
    facts
}

fn agenda_of(ctx: &Ctx, invited: &Invited, shown: &Forum) -> Vec<AgendaView> {
    let locale = ctx.locale();
    let agenda = invited.agenda.clone();
    let agenda = forums::guests_agenda(&invited.forum, agenda, ctx.now, invited.zone);
    let headings = days::day_headings(shown, &agenda, locale);
    agenda
        .iter()
        .zip(headings)
        .map(|(item, day)| AgendaView {
            day,
            time: forums::time_range(item.starts, item.ends, locale),
            activity: item.activity.clone(),
            who: item.person_in_charge.clone(),
        })
        .collect()
}

#[handler]
async fn look(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let invited = answering::look(&ctx, &token).await?;
    let form = known_answer(&ctx, &invited)?;
    let own = known_own(&ctx, &invited).await?;
    show(&ctx, &token, &invited, (form, own), &[]).await
}

#[handler]
async fn give_answer(
    Public(ctx): Public,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response> {
    let (asked, further) = answering::asked(&ctx, &token).await?;
    let given = match AnswerFields::parse(&form, &asked, further) {
        Ok(fields) => answering::answer(&ctx, &token, fields).await,
        Err(error) => Err(error),
    };
    match given {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/undangan/{token}"),
            FlashKind::Ok,
            &Message::new("invitations-answer-saved"),
        )),
        Err(Error::Invalid(faults)) => {
            let invited = answering::by_token(&ctx, &token).await?;
            let typed = empty_form(ctx.locale()).typed(&form);
            let own = own_questions::refused(&asked, &form, &faults, ctx.locale());
            show(&ctx, &token, &invited, (typed, own), &faults).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn confirm_answer(
    Public(ctx): Public,
    Path(token): Path<String>,
    _form: Form,
) -> Result<Response> {
    answering::confirm(&ctx, &token).await?;
    Ok(ctx.redirect_with(
        &format!("/undangan/{token}"),
        FlashKind::Ok,
        &Message::new("invitations-answer-confirmed"),
    ))
}

#[handler]
async fn ask(Public(ctx): Public, Path(token): Path<String>, form: Form) -> Result<Response> {
    let mut check = Check::new();
    let text = check.text("question", form.get("question"), 5, 1000);
    let asked = match check.finish() {
        Ok(()) => questions::ask(&ctx, &token, text).await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/undangan/{token}"),
            FlashKind::Ok,
            &Message::new("invitations-question-asked"),
        )),
        Err(Error::Invalid(faults)) => {
            let invited = answering::by_token(&ctx, &token).await?;
            let known = known_answer(&ctx, &invited)?;
            let typed = known.with("question", form.get("question"));
            let own = known_own(&ctx, &invited).await?;
            show(&ctx, &token, &invited, (typed, own), &faults).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn calendar_file(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let text = answering::calendar_file(&ctx, &token).await?;
    let kind = "text/calendar; charset=utf-8";
    Ok(ctx.download("forum.ics", kind, text.into_bytes()))
}

#[handler]
async fn letter_file(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let bytes = answering::letter_pdf(&ctx, &token).await?;
    Ok(ctx.download("Surat-Undangan.pdf", "application/pdf", bytes))
}
