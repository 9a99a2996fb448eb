//! `/kerja/permintaan-data/:id`: one request, its clock, and what is done with it.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    fulfilling,
    hub::{ClockChip, clock_chip, state_chip},
    requests::{self, Case},
    rules::{State, Wish},
};
use crate::{
    access::{Ctx, SignedIn},
    audit::ActorKind,
    calendar::dates,
    organisation,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/permintaan-data/:id", get(show))
        .at("/kerja/permintaan-data/:id/periksa", post(verify))
        .at("/kerja/permintaan-data/:id/penuhi", post(grant))
        .at("/kerja/permintaan-data/:id/tolak", post(refuse))
}

#[derive(Serialize)]
struct RequestPage {
    errors: Vec<ErrorLine>,
    base: String,
    version: i32,
    number: String,
    wish: String,
    wish_note: String,
    state: ClockChip,
    clock: Option<ClockChip>,
    due: String,
    facts: Vec<Fact>,
    /// Null for those who only see the clock.
    words: Option<String>,
    complaint: Option<Link>,
    answer: Option<String>,
    verify: bool,
    grant: bool,
    /// No case is named: what is granted was done by hand.
    by_hand: bool,
    /// Another contact holds once its links were opened.
    links: bool,
    correction: bool,
    refuse: bool,
    form: FormView,
    events: Vec<Event>,
}

#[derive(Serialize)]
struct Fact {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct Link {
    href: String,
    label: String,
}

/// One line of the partial `timeline`.
#[derive(Serialize)]
struct Event {
    title: String,
    when: String,
    who: String,
    text: String,
    kind: &'static str,
}

impl Page for RequestPage {
    const TEMPLATE: &'static str = "privacy/request";
    fn title(&self, _: Locale) -> String {
        self.number.clone()
    }
}

fn facts(case: &Case, received: String, locale: Locale) -> Vec<Fact> {
    let fact = |key: &str, text: String| Fact {
        term: t(locale, key),
        text,
    };
    let mut facts = vec![fact("privacy-received", received)];
    let known = [
        ("complaints-field-name", &case.opened.name),
        ("complaints-field-phone", &case.opened.phone),
        ("complaints-field-email", &case.opened.email),
    ];
    for (key, value) in known {
        facts.extend(value.clone().map(|value| fact(key, value)));
    }
    let checked = case.request.checked_how.as_deref().filter(|_| case.may);
    facts.extend(checked.map(|how| {
        let words = match how {
            "code" => t(locale, "privacy-checked-code"),
            other => other.to_owned(),
        };
        fact("privacy-checked", words)
    }));
    facts
}

/// The forms of a request, with what was typed.
async fn fields(ctx: &Ctx, case: &Case, form: Option<&Form>) -> Result<FormView> {
    let of = &case.request;
    let locale = ctx.locale();
    let (name, email, phone) = if case.may {
        fulfilling::current(ctx, of).await?
    } else {
        Default::default()
    };
    let links = of.wish == Wish::Correction && of.is_by_code();
    let answer = match (of.complaint_id, links) {
        (None, _) => String::new(),
        (Some(_), true) => t(locale, "privacy-answer-correction-links"),
        (Some(_), false) => t(locale, &format!("privacy-answer-{}", of.wish.code())),
    };
    let mut view = FormView::new()
        .field("how", true, 300)
        .field("complaint", false, 40)
        .field("answer", true, 2000)
        .field("refuse_reason", true, 2000)
        .field("name", false, 120)
        .field("email", false, 254)
        .field("phone", false, 40)
        .with("how", of.checked_how.clone().unwrap_or_default())
        .with("answer", answer)
        .with("name", name)
        .with("email", email)
        .with("phone", phone);
    if let Some(form) = form {
        let typed = [
            "how",
            "complaint",
            "answer",
            "refuse_reason",
            "name",
            "email",
            "phone",
        ];
        let sent = typed.into_iter().filter(|name| !form.all(name).is_empty());
        view = sent.fold(view, |view, name| view.with(name, form.get(name)));
    }
    Ok(view)
}

async fn page(
    ctx: &Ctx,
    id: &str,
    form: Option<&Form>,
    faults: &[FieldError],
    said: Option<String>,
) -> Result<Response> {
    let locale = ctx.locale();
    let case = requests::read(ctx, id).await?;
    let of = &case.request;
    let zone = organisation::zone_of(&case.unit)?;
    let moment =
        |at: chrono::DateTime<chrono::Utc>| dates::date_time(&at.with_timezone(&zone), locale);
    let view = fields(ctx, &case, form).await?;
    let (form, mut errors) = view.refused(faults, locale);
    errors.extend(said.map(|message| ErrorLine {
        field: "answer".to_owned(),
        message,
    }));
    let wish = of.wish.code();
    let open = of.state.is_open();
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = RequestPage {
        errors,
        base: format!("/kerja/permintaan-data/{}", of.id),
        version: of.version,
        number: of.number.clone(),
        wish: t(locale, &format!("privacy-wish-{wish}")),
        wish_note: t(locale, &format!("privacy-law-{wish}")),
        state: state_chip(of.state, locale),
        clock: open.then(|| clock_chip(of.due_at, ctx.now, locale)),
        due: moment(of.due_at),
        facts: facts(&case, moment(of.received_at), locale),
        words: case
            .may
            .then(|| case.opened.words.clone())
            .filter(|words| !words.is_empty()),
        complaint: case
            .complaint
            .as_ref()
            .filter(|_| case.may)
            .map(|number| Link {
                href: format!("/kerja/pengaduan/{number}"),
                label: number.clone(),
            }),
        answer: case.opened.answer.clone(),
        verify: case.may
            && (of.state == State::Received
                || of.state == State::Verified && of.complaint_id.is_none()),
        by_hand: of.state == State::Verified && of.complaint_id.is_none(),
        links: of.wish == Wish::Correction && of.is_by_code(),
        grant: case.may && of.state == State::Verified,
        correction: of.wish == Wish::Correction && of.complaint_id.is_some(),
        refuse: case.may && open,
        form,
        events: case
            .history
            .iter()
            .map(|event| Event {
                title: t(
                    locale,
                    &event.verb.replace("data_request.", "privacy-event-"),
                ),
                when: moment(event.at),
                who: match event.actor_kind {
                    ActorKind::Public => t(locale, "privacy-who-person"),
                    ActorKind::Person => event.actor_name.clone(),
                    ActorKind::System => t(locale, "trail-who-system"),
                },
                text: String::new(),
                kind: "plain",
            })
            .collect(),
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    page(&ctx, &id, None, &[], None).await
}

async fn after(
    ctx: &Ctx,
    id: &str,
    form: &Form,
    outcome: Result<()>,
    done: &str,
) -> Result<Response> {
    match outcome {
        Ok(()) => {
            let path = format!("/kerja/permintaan-data/{id}");
            let message = crate::platform::i18n::Message::new(done);
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &message))
        }
        Err(Error::Invalid(faults)) => page(ctx, id, Some(form), &faults, None).await,
        Err(error @ Error::Rule { .. }) => {
            page(ctx, id, Some(form), &[], Some(error.text(ctx.locale()))).await
        }
        Err(other) => Err(other),
    }
}

fn seen(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or(0)
}

#[handler]
async fn verify(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let (how, complaint) = (form.get("how"), form.get("complaint"));
    let outcome = requests::verify(&ctx, &id, seen(&form), how, complaint).await;
    let outcome = requests::settled(&ctx, &id, ("data_request.verified", how), outcome).await;
    after(&ctx, &id, &form, outcome, "privacy-verified").await
}

#[handler]
async fn grant(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let typed = fulfilling::Typed {
        answer: form.get("answer").to_owned(),
        name: form.get("name").to_owned(),
        email: form.get("email").to_owned(),
        phone: form.get("phone").to_owned(),
    };
    let outcome = fulfilling::grant(&ctx, &id, seen(&form), &typed).await;
    let corrects = [&typed.name, &typed.email, &typed.phone];
    // A correction sent again may be another one: only its answer is kept to compare.
    let outcome = match corrects.iter().all(|field| field.trim().is_empty()) {
        true => {
            let step = ("data_request.granted", typed.answer.as_str());
            requests::settled(&ctx, &id, step, outcome).await
        }
        false => outcome,
    };
    after(&ctx, &id, &form, outcome, "privacy-granted").await
}

#[handler]
async fn refuse(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let reason = form.get("refuse_reason");
    let outcome = requests::refuse(&ctx, &id, seen(&form), reason).await;
    let outcome = requests::settled(&ctx, &id, ("data_request.refused", reason), outcome).await;
    after(&ctx, &id, &form, outcome, "privacy-refused").await
}
