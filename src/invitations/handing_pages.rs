//! Bringing an invitation: the prepared WhatsApp message and the tick for paper.

use std::collections::HashMap;

use poem::{Response, Route, handler, post, web::Path};
use serde::Serialize;

use super::{
    Delivery, HandedBy, Recipient, RecipientId, cancelled_calls, handing, recipient_list,
    rules::{self, Answer},
    service::Bundle,
    uncalling,
};
use crate::{
    access::{self, Ctx, Permission, PersonId, SignedIn},
    calendar::dates,
    forums::{self, ForumId, Stage},
    platform::{
        error::{Error, Result},
        i18n::{Message, t},
        web::{cookies::FlashKind, forms::Form},
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/forum/:id/undangan/penerima/:line/whatsapp",
            post(open_whatsapp),
        )
        .at(
            "/kerja/forum/:id/undangan/penerima/:line/cetak",
            post(tick_printed),
        )
        .at(
            "/kerja/forum/:id/undangan/penerima/:line/ditelepon",
            post(tick_called),
        )
        .at(
            "/kerja/forum/:id/undangan/penerima/:line/ditelepon/batal",
            post(untick_called),
        )
        .at(
            "/kerja/forum/:id/undangan/penerima/:line/belum",
            post(take_back),
        )
}

/// The panel on the page of one recipient.
#[derive(Serialize)]
pub struct HandingView {
    whatsapp_action: Option<String>,
    text: String,
    /// None once it was brought as things stand now.
    printed_action: Option<String>,
    /// When letter or sheet was printed, and by whom.
    printed: Option<String>,
    letter_href: String,
    /// Link, QR code and entry code of this guest, on paper; none for who does not come.
    sheet_href: Option<String>,
    /// Who brought it, how and when.
    done: Option<String>,
    /// A call is taken back where it was noted, with the reason.
    undo_action: Option<String>,
}

/// Nothing while invitations may not go out.
pub async fn view(
    ctx: &Ctx,
    bundle: &Bundle,
    recipient: &Recipient,
) -> Result<Option<HandingView>> {
    let starts = forums::starts_at(&bundle.forum, bundle.zone).to_utc();
    if rules::may_send(bundle.state(), ctx.now, starts).is_err()
        || !ctx.may(Permission::SendInvitations, bundle.unit.id)
    {
        return Ok(None);
    }
    let base = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let line = format!("{base}/penerima/{}", recipient.id);
    let names = names_of(ctx, [recipient.handed_by, recipient.printed_by]).await?;
    Ok(Some(HandingView {
        whatsapp_action: recipient.phone.as_ref().map(|_| whatsapp_action(&line)),
        text: handing::message(ctx, &bundle.forum, recipient).await?,
        printed_action: (!was_brought(bundle, recipient)).then(|| format!("{line}/cetak")),
        printed: printed(ctx, bundle, recipient, &names),
        letter_href: format!("/kerja/forum/{}/dokumen/invitation.pdf", bundle.forum.id),
        sheet_href: (recipient.answer != Answer::Declined).then(|| format!("{line}/lembar")),
        done: done(ctx, bundle, recipient, &names),
        undo_action: recipient
            .handed_channel
            .filter(|channel| *channel != HandedBy::Telephone)
            .map(|_| format!("{line}/belum")),
    }))
}

/// Whether an officer brought it as things stand now, with the letter in force.
fn was_brought(bundle: &Bundle, recipient: &Recipient) -> bool {
    let now = forums::sequences_now(&bundle.forum);
    let letter = bundle.letter.as_ref();
    let replaced = letter.and_then(|letter| letter.replaced_since(recipient.told_at()));
    let told = recipient.handed_sequence;
    told.is_some_and(|told| now.contains(&told)) && replaced.is_none()
}

/// Names of those who brought, printed or called.
type Names = HashMap<PersonId, String>;

async fn names_of(ctx: &Ctx, people: impl IntoIterator<Item = Option<PersonId>>) -> Result<Names> {
    let people = people.into_iter().flatten().collect();
    access::person_names(&ctx.app.db, people).await
}

fn name_of(names: &Names, person: Option<PersonId>) -> &str {
    let name = person.and_then(|person| names.get(&person));
    name.map_or("–", String::as_str)
}

fn done(ctx: &Ctx, bundle: &Bundle, recipient: &Recipient, names: &Names) -> Option<String> {
    let (channel, at) = (recipient.handed_channel?, recipient.handed_at?);
    let who = name_of(names, recipient.handed_by);
    let key = match channel {
        HandedBy::Whatsapp => "invitations-handed-whatsapp",
        HandedBy::Printed => "invitations-handed-printed",
        HandedBy::Telephone => "invitations-handed-telephone",
    };
    let at = dates::date_time(&at.with_timezone(&bundle.zone), ctx.locale());
    let message = Message::new(key).with("at", at).with("who", who);
    Some(message.text(ctx.locale()))
}

fn printed(ctx: &Ctx, bundle: &Bundle, recipient: &Recipient, names: &Names) -> Option<String> {
    let at = recipient.printed_at?.with_timezone(&bundle.zone);
    let message = Message::new(printed_key(bundle, recipient))
        .with("at", dates::date_time(&at, ctx.locale()))
        .with("who", name_of(names, recipient.printed_by));
    Some(message.text(ctx.locale()))
}

/// A paper of another time or place, or of a letter that was replaced, must not be brought any more.
#[must_use]
pub fn printed_key(bundle: &Bundle, recipient: &Recipient) -> &'static str {
    // Nobody prints for a forum that does not take place.
    if bundle.forum.cancelled_at.is_some() {
        return "invitations-printed-at";
    }
    let told = recipient.printed_sequence;
    if told.is_some_and(|told| !forums::papers_stand(&bundle.forum, told)) {
        return "invitations-printed-outdated";
    }
    match bundle.print_stands(recipient) {
        true => "invitations-printed-at",
        false => "invitations-printed-replaced",
    }
}

/// Pressing it counts as sending.
#[must_use]
pub fn whatsapp_action(line: &str) -> String {
    format!("{line}/whatsapp")
}

#[handler]
async fn open_whatsapp(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
    _form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::SendInvitations).await?;
    let address = handing::whatsapp(&ctx, id, RecipientId::parse(&line)?).await?;
    Ok(ctx.redirect(&address))
}

#[handler]
async fn tick_printed(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
    _form: Form,
) -> Result<Response> {
    let (id, line) = (ForumId::parse(&id)?, RecipientId::parse(&line)?);
    handing::printed(&ctx, id, line).await?;
    Ok(back(&ctx, id, "invitations-handed-flash"))
}

/// Those who know an earlier time or place only, or were never told, once nothing goes out any more.
#[derive(Serialize)]
pub struct CallsView {
    title: String,
    text: String,
    /// What they are told of: a forum that moves again makes it old.
    news: i32,
    calls: Vec<CallView>,
    /// Who was called, each with a way to take a wrong tick back.
    called: Vec<CalledView>,
}

#[derive(Serialize)]
struct CalledView {
    id: String,
    name: String,
    /// When, and noted by whom.
    text: String,
    undo_action: String,
}

#[derive(Serialize)]
struct CallView {
    name: String,
    /// Nothing ever reached them: what they are told is the invitation.
    first: bool,
    /// The recipient's number, or the delegate's.
    phone: Option<String>,
    action: String,
}

/// For who may tell them, from the forum's start until it is closed.
pub async fn calls_view(
    ctx: &Ctx,
    bundle: &Bundle,
    deliveries: &[Delivery],
) -> Result<Option<CallsView>> {
    let forum = &bundle.forum;
    if forum.cancelled_at.is_some() {
        return cancelled_view(ctx, bundle).await;
    }
    let starts = forums::starts_at(forum, bundle.zone).to_utc();
    let open = forum.stage < Stage::Closed;
    let may = bundle.may_manage(ctx) && ctx.may(Permission::SendInvitations, bundle.unit.id);
    if !may || !open || ctx.now < starts || rules::may_call(bundle.state()).is_err() {
        return Ok(None);
    }
    let late = deliveries.iter().filter(|one| !one.sending.is_told());
    let mut calls = Vec::new();
    for one in late {
        calls.push(call_of(ctx, &one.recipient, one.knows_nothing(forum))?);
    }
    let first = calls.iter().filter(|call| call.first).count();
    let called = called(ctx, bundle, deliveries).await?;
    let nothing = calls.is_empty() && called.is_empty();
    Ok((!nothing).then(|| CallsView {
        title: t(ctx.locale(), "invitations-calls-title"),
        text: Message::new("invitations-calls-lead")
            .with("count", calls.len())
            .with("first", first)
            .with("when", forums::when_text(forum, bundle.zone, ctx.locale()))
            .with("place", forums::where_in(forum, ctx.locale()))
            .text(ctx.locale()),
        news: forum.sequence,
        calls,
        called,
    }))
}

fn call_of(ctx: &Ctx, recipient: &Recipient, first: bool) -> Result<CallView> {
    let phone = recipient_list::phone_of(&ctx.app, recipient)?;
    let delegate = recipient_list::delegate_phone(&ctx.app, recipient)?;
    Ok(CallView {
        name: recipient.in_full(),
        first,
        phone: delegate.or(phone),
        action: format!(
            "/kerja/forum/{}/undangan/penerima/{}/ditelepon",
            recipient.forum_id, recipient.id
        ),
    })
}

/// The same of a forum that does not take place: whom no mail told so.
async fn cancelled_view(ctx: &Ctx, bundle: &Bundle) -> Result<Option<CallsView>> {
    let forum = &bundle.forum;
    let may = ctx.may(Permission::ManageForum, bundle.unit.id)
        && ctx.may(Permission::SendInvitations, bundle.unit.id);
    if !may {
        return Ok(None);
    }
    let found = cancelled_calls::of(&ctx.app.db, forum).await?;
    let call = |row| call_of(ctx, row, false);
    let calls: Result<Vec<_>> = found.untold.iter().map(call).collect();
    let mut called = Vec::new();
    let names = names_of(ctx, found.told.iter().map(|row| row.handed_by)).await?;
    for row in &found.told {
        called.push(called_view(ctx, bundle, row, &names));
    }
    let nothing = found.untold.is_empty() && called.is_empty();
    Ok((!nothing).then_some(CallsView {
        title: t(ctx.locale(), "invitations-calls-cancelled-title"),
        text: Message::new("invitations-calls-cancelled-lead")
            .with("count", found.untold.len())
            .text(ctx.locale()),
        news: forum.sequence,
        calls: calls?,
        called,
    }))
}

fn called_view(ctx: &Ctx, bundle: &Bundle, recipient: &Recipient, names: &Names) -> CalledView {
    let base = format!("/kerja/forum/{}/undangan/penerima", bundle.forum.id);
    CalledView {
        id: recipient.id.to_string(),
        name: recipient.in_full(),
        text: done(ctx, bundle, recipient, names).unwrap_or_default(),
        undo_action: format!("{base}/{}/ditelepon/batal", recipient.id),
    }
}

/// Those who were told by telephone of what is so now.
async fn called(ctx: &Ctx, bundle: &Bundle, deliveries: &[Delivery]) -> Result<Vec<CalledView>> {
    let now = forums::sequences_now(&bundle.forum);
    let is_told = |row: &&Recipient| {
        let told = row.handed_sequence.is_some_and(|told| now.contains(&told));
        told && row.handed_channel == Some(HandedBy::Telephone)
    };
    let told: Vec<&Recipient> = deliveries
        .iter()
        .map(|one| &one.recipient)
        .filter(is_told)
        .collect();
    let names = names_of(ctx, told.iter().map(|row| row.handed_by)).await?;
    let view = |row: &Recipient| called_view(ctx, bundle, row, &names);
    Ok(told.into_iter().map(view).collect())
}

#[handler]
async fn tick_called(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, line) = (ForumId::parse(&id)?, RecipientId::parse(&line)?);
    let news = form.get("news").parse().unwrap_or(-1);
    let row = handing::called(&ctx, id, line, news).await?;
    let message = Message::new("invitations-called-flash").with("name", row.called());
    let back = format!("/kerja/forum/{id}/undangan#beri-tahu");
    Ok(ctx.redirect_with(&back, FlashKind::Ok, &message))
}

#[handler]
async fn take_back(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
    _form: Form,
) -> Result<Response> {
    let (id, line) = (ForumId::parse(&id)?, RecipientId::parse(&line)?);
    handing::not_handed(&ctx, id, line).await?;
    Ok(back(&ctx, id, "invitations-not-handed-flash"))
}

fn back(ctx: &Ctx, id: ForumId, key: &str) -> Response {
    let list = format!("/kerja/forum/{id}/undangan");
    ctx.redirect_with(&list, FlashKind::Ok, &Message::new(key))
}

#[handler]
async fn untick_called(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, line) = (ForumId::parse(&id)?, RecipientId::parse(&line)?);
    let back = format!("/kerja/forum/{id}/undangan#beri-tahu");
    let taken = uncalling::take_back(&ctx, id, line, form.get("reason")).await;
    let (kind, message) = match taken {
        Ok(row) => {
            let message = Message::new("invitations-uncalled-flash");
            (FlashKind::Ok, message.with("name", row.called()))
        }
        Err(Error::Invalid(_)) => (
            FlashKind::Error,
            Message::new("invitations-uncalled-reason-needed"),
        ),
        Err(error) => return Err(error),
    };
    Ok(ctx.redirect_with(&back, kind, &message))
}
