//! The form on the public page of a forum: no account, no JavaScript, two minutes.

use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{GroupSeats, Offer, RegistrationFields, managing, rules::Closed, service, setting};
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    forums::{self, Forum, ForumId, Stage},
    organisation,
    own_questions::{self, AskedField, OwnQuestion},
    platform::{
        crypto::random_token,
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
    route.at("/forum/:id/daftar", get(show).post(register))
}

#[derive(Serialize)]
struct FormPage {
    action: String,
    forum_href: String,
    forum: String,
    facts: Vec<FactView>,
    /// Time or place changed, and the corrected letter is still to come.
    moved: Option<String>,
    /// Why nobody can register now; the form is shown when this is empty.
    closed: Option<String>,
    closes: String,
    groups: Vec<GroupView>,
    group_error: Option<String>,
    form: FormView,
    own: Vec<AskedField>,
    form_key: String,
    /// A refusal that belongs to no field.
    refused: Option<String>,
    data_note: String,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
pub(super) struct FactView {
    pub term: String,
    pub text: String,
}

#[derive(Serialize)]
struct GroupView {
    value: String,
    label: String,
    hint: String,
    full: bool,
    selected: bool,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "registrations/form";
    fn title(&self, locale: Locale) -> String {
        t(locale, "registrations-form-title")
    }
}

/// The forum as the letter in force tells it, and the new plan in a sentence: every public page says the same.
/// Nothing where that is how it is.
pub(super) fn moved_of(offer: &Offer, locale: Locale) -> Option<(Forum, String)> {
    let forum = &offer.forum;
    let told = forums::as_announced(forum).filter(|_| forum.cancelled_at.is_none())?;
    let plan = Message::new("forums-moved")
        .with("when", forums::when_text(forum, offer.zone, locale))
        .with("place", forums::where_in(forum, locale));
    Some((told, plan.text(locale)))
}

/// When and where, for those who decide whether to come.
pub(super) fn facts_of(offer: &Offer, shown: &Forum, locale: Locale) -> Vec<FactView> {
    let place = [forums::where_text(shown), shown.venue_address.clone()];
    [
        (
            "invitations-mail-when",
            forums::when_text(shown, offer.zone, locale),
        ),
        ("invitations-mail-place", place.join("\n")),
        ("invitations-mail-agenda", shown.theme.clone()),
        ("registrations-host", offer.unit.name.clone()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.trim().is_empty())
    .map(|(key, text)| FactView {
        term: t(locale, key),
        text,
    })
    .collect()
}

fn group_view(of: &GroupSeats, chosen: &str, locale: Locale) -> GroupView {
    let left = of.left();
    let value = of.group.code();
    let key = match left {
        0 => "registrations-group-full",
        _ => "registrations-group-left",
    };
    GroupView {
        selected: left > 0 && value == chosen,
        label: of.group.label(locale),
        hint: Message::new(key)
            .with("left", left)
            .with("seats", of.seats)
            .text(locale),
        full: left == 0,
        value,
    }
}

fn empty_form() -> FormView {
    FormView::new()
        .field("name", true, 150)
        .field("role", true, 150)
        .field("organisation", false, 200)
        .field("contact", true, 254)
        .field("group", true, 0)
}

/// A forum that was announced; one still being prepared is nobody's business yet.
async fn announced(ctx: &Ctx, id: &str) -> Result<Forum> {
    let forum = forums::by_id(&ctx.app.db, ForumId::parse(id)?).await?;
    match forum.stage {
        Stage::Preparation => Err(Error::NotFound),
        _ => Ok(forum),
    }
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Typed<'a> {
    form: Option<&'a Form>,
    faults: &'a [FieldError],
    refused: Option<String>,
}

async fn page_of(
    ctx: &Ctx,
    offer: &Offer,
    asked: &[OwnQuestion],
    typed: Typed<'_>,
) -> Result<Response> {
    let locale = ctx.locale();
    let (form, own) = match typed.form {
        Some(form) => (
            empty_form().typed(form),
            own_questions::refused(asked, form, typed.faults, locale),
        ),
        None => {
            let own = own_questions::asked_fields(asked, &Default::default(), locale);
            (empty_form(), own)
        }
    };
    let (form, errors) = form.refused(typed.faults, locale);
    let chosen = form.fields.get("group");
    let forum_href = format!("/forum/{}", offer.forum.id);
    let key = typed.form.map(|form| form.get("form_key").to_owned());
    let (told, moved) = moved_of(offer, locale).unzip();
    let closes = offer.setting.as_ref().map(|row| row.closes_at);
    let page = FormPage {
        action: format!("{forum_href}/daftar"),
        forum_href,
        forum: offer.forum.title.clone(),
        facts: facts_of(offer, told.as_ref().unwrap_or(&offer.forum), locale),
        moved,
        closed: service::closed_text(offer, locale),
        closes: closes.map_or_else(String::new, |at| {
            Message::new("registrations-until")
                .with(
                    "at",
                    dates::date_time(&at.with_timezone(&offer.zone), locale),
                )
                .text(locale)
        }),
        groups: offer
            .seats
            .iter()
            .map(|one| group_view(one, chosen.map_or("", |field| field.value.as_str()), locale))
            .collect(),
        group_error: chosen.and_then(|field| field.error.clone()),
        form_key: key
            .filter(|key| !key.is_empty())
            .unwrap_or_else(random_token),
        refused: typed.refused,
        data_note: Message::new("registrations-data-note")
            .with("unit", &offer.unit.name)
            .with("days", managing::CONTACT_DAYS)
            .text(locale),
        own,
        form,
        errors,
    };
    let status = match (
        page.refused.is_some() || !page.errors.is_empty(),
        offer.open,
    ) {
        (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, Err(Closed::Restricted | Closed::Off)) => StatusCode::NOT_FOUND,
        (false, _) => StatusCode::OK,
    };
    ctx.page_of(Some(&organisation::brand_of(&offer.unit)), status, &page)
}

#[handler]
async fn show(Public(ctx): Public, Path(id): Path<String>) -> Result<Response> {
    let forum = announced(&ctx, &id).await?;
    let asked = own_questions::asked(&ctx.app.db, &forum).await?;
    let offer = setting::offer(&ctx.app.db, forum, ctx.now).await?;
    page_of(&ctx, &offer, &asked, Typed::default()).await
}

#[handler]
async fn register(Public(ctx): Public, Path(id): Path<String>, form: Form) -> Result<Response> {
    let forum = announced(&ctx, &id).await?;
    let asked = own_questions::asked(&ctx.app.db, &forum).await?;
    let done = match RegistrationFields::parse(&form, &asked) {
        Ok(fields) => service::register(&ctx, forum.id, fields, form.get("form_key")).await,
        Err(error) => Err(error),
    };
    let (faults, refused) = match done {
        Ok(path) => {
            let message = Message::new("registrations-done");
            return Ok(ctx.redirect_with(&path, FlashKind::Ok, &message));
        }
        Err(Error::Invalid(faults)) => (faults, None),
        Err(Error::Rule { message, .. }) => (Vec::new(), Some(message.text(ctx.locale()))),
        Err(error) => return Err(error),
    };
    // Read again: what was full a moment ago is shown as full.
    let offer = setting::offer(&ctx.app.db, forum, ctx.now).await?;
    let typed = Typed {
        form: Some(&form),
        faults: &faults,
        refused,
    };
    page_of(&ctx, &offer, &asked, typed).await
}
