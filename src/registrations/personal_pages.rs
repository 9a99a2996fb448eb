//! The personal page of somebody who registered.

use poem::{
    Response, Route, get, handler,
    http::{HeaderName, HeaderValue, StatusCode},
    post,
    web::Path,
};
use serde::Serialize;

use super::{
    form_pages::{FactView, facts_of, moved_of},
    own_link::{self, Registered, path_of},
    rules::EndedBy,
};
use crate::{
    access::{Ctx, Public},
    invitations, organisation,
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
        .at("/pendaftaran/:token", get(look))
        .at("/pendaftaran/:token/jawaban", post(answer))
        .at("/pendaftaran/:token/batal", post(withdraw))
        .at("/pendaftaran/:token/acara.ics", get(calendar_file))
}

#[derive(Serialize)]
struct PersonalPage {
    forum: String,
    name: String,
    group: String,
    facts: Vec<FactView>,
    /// It does not take place, and why.
    cancelled: Option<String>,
    /// Time or place changed, and nobody told them yet.
    moved: Option<String>,
    online_link: String,
    /// Withdrawn, or removed with a reason.
    ended: Option<String>,
    ended_reason: String,
    again_href: String,
    open: bool,
    may_withdraw: bool,
    calendar_href: String,
    card_href: String,
    code_href: String,
    own_url: String,
    by_mail: bool,
    own: Vec<AskedField>,
    answer_action: String,
    withdraw_action: String,
    contact: String,
    errors: Vec<ErrorLine>,
}

impl Page for PersonalPage {
    const TEMPLATE: &'static str = "registrations/personal";
    fn title(&self, locale: Locale) -> String {
        t(locale, "registrations-personal-title")
    }
}

async fn page_of(
    ctx: &Ctx,
    token: &str,
    found: &Registered,
    own: Vec<AskedField>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let (row, offer) = (&found.row, &found.offer);
    let (_, errors) = FormView::new().refused(faults, locale);
    // Who was told already reads what they were told.
    let unaware = row.told_sequence < offer.forum.sequence;
    let moved = moved_of(offer, locale).filter(|_| unaware);
    let (told, moved) = moved.unzip();
    let base = path_of(token);
    let page = PersonalPage {
        forum: offer.forum.title.clone(),
        name: row.name.clone(),
        group: row.participant_group.label(locale),
        facts: facts_of(offer, told.as_ref().unwrap_or(&offer.forum), locale),
        moved,
        cancelled: offer.forum.cancelled_at.map(|_| {
            Message::new("forums-cancelled-because")
                .with("reason", &offer.forum.cancel_reason)
                .text(locale)
        }),
        online_link: offer.forum.online_link.clone(),
        ended: row.ended_by.map(|by| {
            let key = match by {
                EndedBy::Person => "registrations-ended-person",
                EndedBy::Organiser => "registrations-ended-organiser",
            };
            t(locale, key)
        }),
        ended_reason: row.ended_reason.clone().unwrap_or_default(),
        again_href: match offer.open {
            Ok(()) => format!("/forum/{}/daftar", offer.forum.id),
            Err(_) => String::new(),
        },
        open: found.open,
        may_withdraw: found.may_withdraw,
        calendar_href: format!("{base}/acara.ics"),
        card_href: format!("{base}/kartu"),
        code_href: format!("{base}/kode.svg"),
        own_url: ctx.app.url(&base),
        by_mail: row.email.is_some(),
        own,
        answer_action: format!("{base}/jawaban"),
        withdraw_action: format!("{base}/batal"),
        contact: invitations::organiser_address(&ctx.app, &offer.unit).await?,
        errors,
    };
    let status = match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let brand = organisation::brand_of(&offer.unit);
    let mut response = ctx.page_of(Some(&brand), status, &page)?;
    response.headers_mut().insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    Ok(response)
}

#[handler]
async fn look(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let found = own_link::by_token(&ctx, &token).await?;
    let asked = own_link::asked(&ctx, &found).await?;
    let forum = &found.offer.forum;
    let known = own_questions::answers_of(&ctx.app.db, forum, found.row.id.0).await?;
    let own = own_questions::asked_fields(&asked, &known, ctx.locale());
    page_of(&ctx, &token, &found, own, &[]).await
}

#[handler]
async fn answer(Public(ctx): Public, Path(token): Path<String>, form: Form) -> Result<Response> {
    let found = own_link::by_token(&ctx, &token).await?;
    let asked = own_link::asked(&ctx, &found).await?;
    let mut check = Check::new();
    let given = own_questions::parse(&mut check, &asked, &form);
    let saved = match check.finish() {
        Ok(()) => own_link::answer(&ctx, &token, given).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => {
            let message = Message::new("registrations-answers-saved");
            Ok(ctx.redirect_with(&path_of(&token), FlashKind::Ok, &message))
        }
        Err(Error::Invalid(faults)) => {
            let own = own_questions::refused(&asked, &form, &faults, ctx.locale());
            page_of(&ctx, &token, &found, own, &faults).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn withdraw(Public(ctx): Public, Path(token): Path<String>, _form: Form) -> Result<Response> {
    own_link::withdraw(&ctx, &token).await?;
    let message = Message::new("registrations-withdrawn");
    Ok(ctx.redirect_with(&path_of(&token), FlashKind::Ok, &message))
}

#[handler]
async fn calendar_file(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let text = own_link::calendar_file(&ctx, &token).await?;
    let kind = "text/calendar; charset=utf-8";
    Ok(ctx.download("forum.ics", kind, text.into_bytes()))
}
