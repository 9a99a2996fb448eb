//! The last page: everything once more, then it is sent.

use poem::{
    Request, Response, handler,
    http::{StatusCode, header},
};
use serde::Serialize;

use super::{At, DETAILS, PERSON, RECEIPT, STORY, arrive, dots, faults_of, onward};
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    complaints::{
        explain,
        filing::{
            self, Begun, Extras,
            categories::{self, Sort},
            work::{self, Busy, Pass},
        },
        intake::{self, Filing, Once},
        pages::{
            FactView,
            new::{sees_words, told_words},
            status,
        },
        services, words,
    },
    organisation,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::{Cookie, FlashKind},
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
struct CheckPage {
    errors: Vec<ErrorLine>,
    dots: [bool; 4],
    form: String,
    sections: Vec<Section>,
    due_words: String,
    told_words: String,
    sees_words: String,
    work: Option<WorkView>,
    /// Published cases that may be about the same.
    similar: Vec<SimilarView>,
    /// One of them at least waits for its answer.
    can_follow: bool,
    follow_email: FieldView,
}

#[derive(Serialize)]
struct SimilarView {
    id: String,
    title: String,
    href: String,
    answered: bool,
    /// The first that can be followed.
    first: bool,
}

#[derive(Serialize)]
struct Section {
    title: String,
    href: &'static str,
    facts: Vec<FactView>,
}

/// Asked where many come from one network.
#[derive(Serialize)]
struct WorkView {
    text: String,
    bits: u32,
    /// None once the wait is over: then there is nothing more to wait for.
    words: Option<String>,
}

impl Page for CheckPage {
    const TEMPLATE: &'static str = "filing/check";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-check-title")
    }
}

/// A form that can be sent.
struct Ready {
    filing: Filing,
    sort: Option<Sort>,
    details: Vec<(String, String)>,
}

/// Everything checked once more; or the page that has to be filled in first.
async fn ready(ctx: &Ctx, begun: &Begun) -> Result<std::result::Result<Ready, Response>> {
    let content = &begun.content;
    if !content.detailed || !content.introduced {
        return Ok(Err(onward(ctx, begun)));
    }
    let sort = match categories::named(&ctx.app.db, begun.unit, &content.category).await {
        Ok(sort) => sort,
        Err(error) => {
            let page = super::story::refused(ctx, begun, &faults_of(error)?).await?;
            return Ok(Err(page));
        }
    };
    let version = sort.as_ref().map_or(0, |sort| sort.category.version);
    let details = match &sort {
        Some(sort) => categories::answers(sort, content, ctx.locale()),
        None => Ok(Vec::new()),
    };
    let details = match details {
        Ok(details) if version == content.asked => details,
        // The questions were changed after they were answered.
        Ok(_) | Err(Error::Invalid(_)) => return Ok(Err(ctx.redirect(DETAILS))),
        Err(error) => return Err(error),
    };
    match intake::check(ctx, &content.draft(), "").await {
        Ok(filing) => Ok(Ok(Ready {
            filing,
            sort,
            details,
        })),
        Err(error) => {
            let page = super::story::refused(ctx, begun, &faults_of(error)?).await?;
            Ok(Err(page))
        }
    }
}

async fn page(
    ctx: &Ctx,
    begun: &Begun,
    ready: &Ready,
    mut errors: Vec<ErrorLine>,
    (faults, typed): (&[FieldError], &str),
) -> Result<Response> {
    let locale = ctx.locale();
    let sent = &ready.filing;
    let unit = &sent.unit;
    let zone = organisation::zone_of(unit)?;
    let now = ctx.now.with_timezone(&zone);
    let promise = explain::promise(&ctx.app.db, unit.id, now, sent.kind).await?;
    let due = dates::date_time(&promise.due_at.with_timezone(&zone), locale);
    let privacy = (sent.anonymous, sent.confidential);
    let work = begun.content.work_from.map(|from| {
        let challenge = work::challenge(ctx, &begun.key, from);
        let opens = dates::clock(&challenge.opens_at.with_timezone(&zone), locale);
        WorkView {
            text: challenge.text,
            bits: challenge.bits,
            words: (challenge.opens_at > ctx.now).then(|| {
                Message::new("filing-work-asked")
                    .with("at", opens)
                    .text(locale)
            }),
        }
    });
    let similar = filing::similar_cases(&ctx.app.db, unit.id, &sent.subject).await?;
    let waiting = similar.iter().find(|case| !case.answered);
    let waiting = waiting.map(|case| case.id);
    let (mut view, lines) = FormView::new()
        .field("follow_email", true, 254)
        .with("follow_email", typed)
        .refused(faults, locale);
    let follow_email = view.fields.remove("follow_email").unwrap_or_default();
    errors.extend(lines);
    let page = CheckPage {
        errors,
        dots: dots(4),
        form: begun.key.clone(),
        sections: sections(ctx, begun, ready).await?,
        due_words: Message::new("complaints-check-due")
            .with("at", due)
            .text(locale),
        told_words: told_words(sent.identity.email.as_deref(), locale),
        sees_words: sees_words(privacy, &sent.identity, locale),
        work,
        can_follow: waiting.is_some(),
        similar: similar
            .into_iter()
            .map(|case| SimilarView {
                first: waiting == Some(case.id),
                id: case.id.to_string(),
                title: case.title,
                href: case.href,
                answered: case.answered,
            })
            .collect(),
        follow_email,
    };
    ctx.page_in(&organisation::brand_of(unit), &page)
}

async fn sections(ctx: &Ctx, begun: &Begun, ready: &Ready) -> Result<Vec<Section>> {
    let locale = ctx.locale();
    let filing = &ready.filing;
    let label = |key: &str| t(locale, key);
    let given = |text: &Option<String>| {
        text.clone()
            .unwrap_or_else(|| label("complaints-not-given"))
    };
    let fact = |key: &str, text: String| FactView::new(label(key), text);
    let mut story = vec![
        fact("complaints-field-unit", filing.unit.name.clone()),
        fact("complaints-fact-kind", words::kind(filing.kind, locale)),
    ];
    if let Some(code) = &filing.service {
        let title = services::title(&ctx.app.db, filing.unit.id, code).await?;
        story.push(fact("complaints-field-service", title));
    }
    if let Some(sort) = &ready.sort {
        story.push(fact("filing-category", sort.category.name.clone()));
    }
    story.push(fact("complaints-field-subject", filing.subject.clone()));
    story.push(fact(
        "complaints-field-description",
        filing.description.clone(),
    ));
    let answered = ready.details.iter();
    let mut details: Vec<FactView> = answered
        .map(|(question, answer)| FactView::new(question.clone(), answer))
        .collect();
    let names = begun.content.files.iter().map(|file| file.name.as_str());
    let names: Vec<&str> = names.collect();
    details.push(fact(
        "filing-files",
        given(&(!names.is_empty()).then(|| names.join(", "))),
    ));
    let choice = words::privacy(filing.anonymous, filing.confidential);
    let you = vec![
        fact("complaints-field-name", given(&filing.identity.name)),
        fact("complaints-field-phone", given(&filing.identity.phone)),
        fact("complaints-field-email", given(&filing.identity.email)),
        fact(
            "complaints-field-privacy",
            t(locale, &format!("complaints-privacy-{choice}")),
        ),
    ];
    Ok([
        ("complaints-new-section-complaint", STORY, story),
        ("filing-details-title", DETAILS, details),
        ("complaints-new-section-you", PERSON, you),
    ]
    .map(|(title, href, facts)| Section {
        title: label(title),
        href,
        facts,
    })
    .into())
}

/// From this moment the sender knows that work or patience is asked; a reload does not begin the wait anew.
async fn ask_for_work(ctx: &Ctx, begun: &mut Begun) -> Result<()> {
    if begun.content.work_from.is_none() {
        begun.content.work_from = Some(ctx.now.timestamp());
        filing::save(ctx, begun).await?;
    }
    Ok(())
}

#[handler]
pub(super) async fn show(Public(ctx): Public, request: &Request) -> Result<Response> {
    let mut begun = match arrive(&ctx, request, None).await? {
        At::Elsewhere(response) => return Ok(response),
        At::Here(begun) => begun,
    };
    let ready = match ready(&ctx, &begun).await? {
        Ok(ready) => ready,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if work::is_asked(&ctx, &ready.filing.unit).await? {
        ask_for_work(&ctx, &mut begun).await?;
    }
    page(&ctx, &begun, &ready, Vec::new(), (&[], "")).await
}

/// Files it. The receipt is reached by a redirect; the cookie, not the address, opens it.
#[handler]
pub(super) async fn send(Public(ctx): Public, request: &Request, form: Form) -> Result<Response> {
    let mut begun = match arrive(&ctx, request, Some(&form)).await? {
        At::Elsewhere(response) => return Ok(response),
        At::Here(begun) => begun,
    };
    let ready = match ready(&ctx, &begun).await? {
        Ok(ready) => ready,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match file(&ctx, &begun, &ready, &form).await {
        Ok(filed) => {
            let mut response = ctx.redirect(RECEIPT);
            status::allow(&ctx, &mut response, filed.complaint.id);
            Cookie::Form.clear(&ctx.app, &mut response);
            Ok(response)
        }
        Err(Error::TooMany {
            retry_after_seconds,
        }) => {
            ask_for_work(&ctx, &mut begun).await?;
            too_many(&ctx, &begun, &ready, retry_after_seconds).await
        }
        // A file went in another window, or its time was over: everything else can be sent without it.
        Err(Error::Invalid(faults)) if faults.iter().all(|fault| fault.field == "files") => {
            filing::drop_gone(&ctx, &mut begun).await?;
            begun.content.detailed = false;
            filing::save(&ctx, &begun).await?;
            let message = Message::new("filing-files-gone");
            Ok(ctx.redirect_with(DETAILS, FlashKind::Info, &message))
        }
        Err(error) => Err(error),
    }
}

async fn file(ctx: &Ctx, begun: &Begun, ready: &Ready, form: &Form) -> Result<intake::Filed> {
    let (given, counter) = (form.get("work"), form.get("work_number"));
    let pass = match begun.content.work_from {
        Some(_) => work::pass(ctx, &begun.key, given, counter),
        None => Pass::None,
    };
    let opens_at = begun
        .content
        .work_from
        .map(|from| work::challenge(ctx, &begun.key, from).opens_at);
    let unit = &ready.filing.unit;
    let throttle = work::toll(ctx, unit, pass, opens_at).await?;
    let filing = Filing {
        extras: Extras {
            category: ready.sort.as_ref().map(|sort| sort.category.id),
            details: ready.details.clone(),
            files: begun.content.files.iter().map(|file| file.id).collect(),
            form: Some(begun.key.clone()),
        },
        ..ready.filing.clone()
    };
    let once = Once::Form(begun.key.clone());
    intake::send(ctx, filing, &once, throttle).await
}

/// Others on the same network filed many: nothing of this one is lost, and the page can send it later.
async fn too_many(
    ctx: &Ctx,
    begun: &Begun,
    ready: &Ready,
    retry_after_seconds: u64,
) -> Result<Response> {
    let key = match work::busy(ctx, &ready.filing.unit).await? {
        Some(Busy::Unit) => "complaints-check-too-many-unit",
        _ => "complaints-check-too-many",
    };
    let message = Message::new(key)
        .with("minutes", retry_after_seconds.div_ceil(60))
        .text(ctx.locale());
    let line = ErrorLine {
        field: String::new(),
        message,
    };
    let mut response = page(ctx, begun, ready, vec![line], (&[], "")).await?;
    response.set_status(StatusCode::TOO_MANY_REQUESTS);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, retry_after_seconds.into());
    Ok(response)
}

/// Follows a published case instead of filing; the form stays for whoever changes their mind.
#[handler]
pub(super) async fn follow(Public(ctx): Public, request: &Request, form: Form) -> Result<Response> {
    let begun = match arrive(&ctx, request, Some(&form)).await? {
        At::Elsewhere(response) => return Ok(response),
        At::Here(begun) => begun,
    };
    let ready = match ready(&ctx, &begun).await? {
        Ok(ready) => ready,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let sent = &ready.filing;
    let shown = filing::similar_cases(&ctx.app.db, sent.unit.id, &sent.subject).await?;
    let case = shown
        .iter()
        .find(|case| !case.answered && case.id.to_string() == form.get("case"));
    let typed = form.get("follow_email");
    match filing::follow(&ctx, &sent.unit, case.ok_or(Error::NotFound)?, typed).await {
        Ok(()) => {
            let message = Message::new("filing-follow-asked");
            Ok(ctx.redirect_with("/pengaduan/baru", FlashKind::Ok, &message))
        }
        Err(error) => {
            let faults = faults_of(error)?;
            let told = (faults.as_slice(), typed);
            let mut response = page(&ctx, &begun, &ready, Vec::new(), told).await?;
            response.set_status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(response)
        }
    }
}
