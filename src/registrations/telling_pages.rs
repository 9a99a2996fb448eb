//! Who is still to be told, on the organiser's page of registration: a button for the mails, a list for the telephone.

use poem::{Response, Route, handler, post, web::Path};
use serde::Serialize;

use super::{Offer, Registration, RegistrationId, rules::news_of, service, telling, untelling};
use crate::{
    access::{Ctx, Permission, SignedIn},
    audit,
    calendar::dates,
    forums::{ForumId, Stage},
    platform::{
        error::{Error, Result},
        i18n::{Message, t},
        web::{cookies::FlashKind, forms::Form},
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/pendaftaran/kabari", post(tell))
        .at(
            "/kerja/forum/:id/pendaftaran/:registration/diberi-tahu",
            post(told),
        )
        .at(
            "/kerja/forum/:id/pendaftaran/:registration/diberi-tahu/batal",
            post(untold),
        )
}

#[derive(Serialize)]
pub(super) struct TellView {
    title: String,
    /// How many have an address.
    by_mail: Option<String>,
    /// How many have none.
    by_phone: Option<String>,
    tell_action: Option<String>,
    calls: Vec<CallView>,
    /// What they are told of: a forum that moves again makes it old.
    news: i32,
}

#[derive(Serialize)]
struct CallView {
    name: String,
    phone: String,
    /// None for those who may not say so.
    told_action: Option<String>,
}

fn base_of(id: ForumId) -> String {
    format!("/kerja/forum/{id}/pendaftaran")
}

/// None when everybody knows.
pub(super) fn view(ctx: &Ctx, offer: &Offer) -> Result<Option<TellView>> {
    let (forum, locale) = (&offer.forum, ctx.locale());
    let late = telling::outdated(offer);
    if late.is_empty() || forum.stage == Stage::Closed {
        return Ok(None);
    }
    let base = base_of(forum.id);
    let may = ctx.may(Permission::SendInvitations, forum.unit_id);
    let mut calls = Vec::new();
    let by_mail = late.iter().filter(|row| row.email.is_some()).count();
    for row in late.iter().filter(|row| row.email.is_none()) {
        if let Some(phone) = service::phone_of(&ctx.app, row)? {
            calls.push(CallView {
                name: row.name.clone(),
                phone,
                told_action: may.then(|| format!("{base}/{}/diberi-tahu", row.id)),
            });
        }
    }
    let counted = |key: &str, count: usize| {
        (count > 0).then(|| Message::new(key).with("count", count).text(locale))
    };
    let title = match forum.cancelled_at {
        Some(_) => "forums-cancelled",
        None => "registrations-outdated-title",
    };
    Ok(Some(TellView {
        title: t(locale, title),
        by_mail: counted("registrations-outdated", by_mail),
        by_phone: counted("registrations-outdated-phones", calls.len()),
        tell_action: (may && by_mail > 0).then(|| format!("{base}/kabari")),
        calls,
        news: news_of(forum.sequence, forum.cancelled_at.is_some()),
    }))
}

#[derive(Serialize)]
pub(super) struct CalledView {
    id: String,
    name: String,
    /// When, and noted by whom.
    text: String,
    undo_action: String,
}

/// Those who were told of the last news by telephone; for who may say otherwise.
pub(super) async fn called(ctx: &Ctx, offer: &Offer) -> Result<Vec<CalledView>> {
    let forum = &offer.forum;
    if forum.stage == Stage::Closed || !ctx.may(Permission::SendInvitations, forum.unit_id) {
        return Ok(Vec::new());
    }
    let calls = untelling::told_by_phone(&ctx.app.db, offer).await?;
    let view = |(row, call): (&Registration, audit::Model)| CalledView {
        id: row.id.to_string(),
        name: row.name.clone(),
        text: Message::new("invitations-handed-telephone")
            .with("who", &call.actor_name)
            .with(
                "at",
                dates::date_time(&call.at.with_timezone(&offer.zone), ctx.locale()),
            )
            .text(ctx.locale()),
        undo_action: format!("{}/{}/diberi-tahu/batal", base_of(forum.id), row.id),
    };
    Ok(calls.into_iter().map(view).collect())
}

#[handler]
async fn tell(SignedIn(ctx): SignedIn, Path(id): Path<String>, _form: Form) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let count = telling::tell_by_mail(&ctx, id).await?;
    let message = Message::new("registrations-told").with("count", count);
    Ok(ctx.redirect_with(&base_of(id), FlashKind::Ok, &message))
}

#[handler]
async fn told(
    SignedIn(ctx): SignedIn,
    Path((id, registration)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, registration) = (ForumId::parse(&id)?, RegistrationId::parse(&registration)?);
    let news = form.get("news").parse().unwrap_or_default();
    telling::told_by_phone(&ctx, id, registration, news).await?;
    let message = Message::new("registrations-told-by-phone");
    let back = format!("{}#beri-tahu", base_of(id));
    Ok(ctx.redirect_with(&back, FlashKind::Ok, &message))
}

#[handler]
async fn untold(
    SignedIn(ctx): SignedIn,
    Path((id, registration)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, registration) = (ForumId::parse(&id)?, RegistrationId::parse(&registration)?);
    let taken = untelling::take_back(&ctx, id, registration, form.get("reason")).await;
    let (kind, key) = match taken {
        Ok(()) => (FlashKind::Ok, "registrations-call-taken-back"),
        Err(Error::Invalid(_)) => (FlashKind::Error, "invitations-uncalled-reason-needed"),
        Err(error) => return Err(error),
    };
    let back = format!("{}#beri-tahu", base_of(id));
    Ok(ctx.redirect_with(&back, kind, &Message::new(key)))
}
