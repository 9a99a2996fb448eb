//! The link on the wall and the card of an invitation: for people without an account, on their own telephone.

use poem::{
    Response, Route, get, handler,
    http::{HeaderValue, StatusCode, header},
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    checking_in::CheckedIn,
    desk::{self, Desk, Myself},
    details::Details,
    door_view::walk_in_form,
    pages::{base_of, walk_in},
    rules, service,
};
use crate::{
    access::{Ctx, Public, SignedIn},
    calendar::dates,
    documents::{self, Kind, data::Poster},
    forums::{self, ForumId, Group},
    organisation,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        qr,
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
        words,
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/forum/:id/kehadiran/mandiri",
            get(show_desk).post(switch),
        )
        .at("/kerja/forum/:id/kehadiran/mandiri.svg", get(poster_code))
        .at("/kerja/forum/:id/kehadiran/mandiri.pdf", get(poster))
        .at("/hadir/:code", get(show_wall))
        .at("/hadir/:code/kode", post(by_code))
        .at("/hadir/:code/nama", post(by_name))
        .at("/undangan/:token/kartu", get(show_card))
        .at("/undangan/:token/kode.svg", get(card_drawing))
        .at("/undangan/:token/kode.png", get(card_picture))
        .at("/pendaftaran/:token/kartu", get(show_registered))
        .at("/pendaftaran/:token/kode.svg", get(registered_drawing))
        .at("/pendaftaran/:token/kode.png", get(registered_picture))
}

#[derive(Serialize)]
struct DeskPage {
    back_href: String,
    forum_title: String,
    when: String,
    place: String,
    unit: String,
    action: String,
    version: i32,
    on: bool,
    closed: Option<String>,
    /// Why people cannot check in now although it is switched on.
    note: Option<String>,
    url: String,
    typed_url: String,
    code_href: String,
    poster_href: String,
}

impl Page for DeskPage {
    const TEMPLATE: &'static str = "attendance/desk";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-desk-title")
    }
}

/// The words of a refusal.
fn why_not(ctx: &Ctx, desk: &Desk) -> Option<String> {
    let broken = desk.open.as_ref().err()?.clone();
    Some(service::refused(ctx, desk.zone, broken).text(ctx.locale()))
}

#[handler]
async fn show_desk(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let locale = ctx.locale();
    let id = ForumId::parse(&id)?;
    let desk = desk::of(&ctx, id).await?;
    let url = desk::url(&ctx, &desk.row);
    let own = format!("{}/mandiri", base_of(id));
    let page = DeskPage {
        back_href: base_of(id),
        forum_title: desk.forum.title.clone(),
        when: forums::when_text(&desk.forum, desk.zone, locale),
        place: forums::where_text(&desk.forum),
        unit: desk.unit.name.clone(),
        version: desk.row.version,
        on: desk.row.self_service,
        closed: match desk.open {
            Err(rules::Broken::Closed(closed)) => Some(closed.notice(locale)),
            _ => None,
        },
        note: why_not(&ctx, &desk).filter(|_| desk.row.self_service),
        typed_url: typed(&url),
        code_href: format!("{own}.svg"),
        poster_href: format!("{own}.pdf"),
        action: own,
        url,
    };
    ctx.page(&page)
}

/// An address as people type it.
fn typed(url: &str) -> String {
    url.split_once("://")
        .map_or(url, |(_, rest)| rest)
        .to_owned()
}

/// What hangs on the wall is Indonesian, whoever prints it.
#[handler]
async fn poster(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    const ID: Locale = Locale::Id;
    let desk = desk::of(&ctx, ForumId::parse(&id)?).await?;
    let url = desk::url(&ctx, &desk.row);
    let data = Poster {
        title: format!("{}: {}", t(ID, "attendance-poster"), desk.forum.title),
        unit: desk.unit.name.clone(),
        forum: desk.forum.title.clone(),
        when: forums::when_text(&desk.forum, desk.zone, ID),
        place: forums::where_text(&desk.forum),
        invitation: t(ID, "attendance-poster-do"),
        or: t(ID, "attendance-poster-or"),
        url: typed(&url),
        help: t(ID, "attendance-poster-help"),
        alt: t(ID, "attendance-poster-alt"),
        qr: url,
    };
    let bytes = documents::render(&ctx.app, Kind::Poster, &data, ctx.now).await?;
    let name = format!("poster-{}.pdf", desk.forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}

#[handler]
async fn switch(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let version = form.get("version").parse().unwrap_or(0);
    let on = form.is_on("on");
    desk::switch(&ctx, id, version, on).await?;
    let message = Message::new(if on {
        "attendance-desk-switched-on"
    } else {
        "attendance-desk-switched-off"
    });
    let back = format!("{}/mandiri", base_of(id));
    Ok(ctx.redirect_with(&back, FlashKind::Ok, &message))
}

fn drawing(address: &str) -> Result<Response> {
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, "image/svg+xml")
        .body(qr::drawing(address)?))
}

#[handler]
async fn poster_code(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let desk = desk::of(&ctx, ForumId::parse(&id)?).await?;
    drawing(&desk::url(&ctx, &desk.row))
}

#[derive(Serialize)]
struct WallPage {
    forum_title: String,
    when: String,
    place: String,
    /// Why nobody can check in here now.
    closed: Option<String>,
    /// Who came in just now.
    welcome: Option<Welcome>,
    code_action: String,
    name_action: String,
    code: FormView,
    named: FormView,
    errors: Vec<ErrorLine>,
    /// Another person at the same telephone.
    next_href: String,
}

#[derive(Serialize)]
struct Welcome {
    title: String,
    text: String,
}

impl Page for WallPage {
    const TEMPLATE: &'static str = "attendance/wall";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-wall-title")
    }
}

/// What the page shows beside the forum.
#[derive(Default)]
struct Shown<'a> {
    code: &'a str,
    form: Option<&'a Form>,
    faults: &'a [FieldError],
    done: Option<Welcome>,
}

fn wall(ctx: &Ctx, desk: &Desk, shown: Shown<'_>) -> Result<Response> {
    let locale = ctx.locale();
    let mut code = FormView::new()
        .field("code", true, 20)
        .field("who_name", false, 200)
        .field("who_position", false, 200)
        .with("code", shown.code);
    let mut named = walk_in_form(locale);
    if let Some(group) = named.fields.get_mut("group") {
        let offered = |code: &str| Group::parse(code).is_none_or(desk::may_say);
        group.options.retain(|one| offered(&one.value));
    }
    if let Some(form) = shown.form {
        code = code.typed(form);
        named = named.typed(form);
    }
    let (code, _) = code.refused(shown.faults, locale);
    let (named, errors) = named.refused(shown.faults, locale);
    let own = format!("/hadir/{}", desk.row.short_code);
    let page = WallPage {
        forum_title: desk.forum.title.clone(),
        when: forums::when_text(&desk.forum, desk.zone, locale),
        place: forums::where_text(&desk.forum),
        closed: why_not(ctx, desk),
        welcome: shown.done,
        code_action: format!("{own}/kode"),
        name_action: format!("{own}/nama"),
        code,
        named,
        errors,
        next_href: own,
    };
    let status = if shown.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let brand = organisation::brand_of(&desk.unit);
    Ok(unlisted(ctx.page_of(Some(&brand), status, &page)?))
}

fn welcome(done: &CheckedIn, desk: &Desk, locale: Locale) -> Welcome {
    let time = done
        .at
        .map(|at| dates::clock(&at.with_timezone(&desk.zone), locale))
        .unwrap_or_default();
    Welcome {
        title: Message::new("attendance-wall-welcome")
            .with("name", &done.row.name)
            .text(locale),
        text: Message::new("attendance-wall-recorded")
            .with("time", time)
            .text(locale),
    }
}

/// Search engines have no business here.
pub(super) fn unlisted(mut response: Response) -> Response {
    let robots = header::HeaderName::from_static("x-robots-tag");
    let noindex = HeaderValue::from_static("noindex");
    response.headers_mut().insert(robots, noindex);
    response
}

#[derive(Deserialize)]
struct Brought {
    kode: Option<String>,
}

#[handler]
async fn show_wall(
    Public(ctx): Public,
    Path(code): Path<String>,
    Query(brought): Query<Brought>,
) -> Result<Response> {
    let desk = desk::by_code(&ctx, &code).await?;
    let own: String = brought.kode.unwrap_or_default().chars().take(20).collect();
    let shown = Shown {
        code: &rules::normal_code(&own),
        ..Shown::default()
    };
    wall(&ctx, &desk, shown)
}

async fn myself(
    ctx: &Ctx,
    code: &str,
    form: &Form,
    (field, who): (&str, Result<Myself>),
) -> Result<Response> {
    let done = match who {
        Ok(who) => desk::check_in_myself(ctx, code, who).await,
        Err(fault) => Err(fault),
    };
    let desk = desk::by_code(ctx, code).await?;
    let locale = ctx.locale();
    let faults = match done {
        Ok(done) => {
            let shown = Shown {
                done: Some(welcome(&done, &desk, locale)),
                ..Shown::default()
            };
            return wall(ctx, &desk, shown);
        }
        // Nothing is wrong for whoever taps twice.
        Err(Error::Rule {
            code: "attendance.already_in",
            message,
        }) => {
            let done = Welcome {
                title: t(locale, "attendance-wall-already"),
                text: message.text(locale),
            };
            let shown = Shown {
                done: Some(done),
                ..Shown::default()
            };
            return wall(ctx, &desk, shown);
        }
        Err(Error::Invalid(faults)) => faults,
        Err(Error::Rule { message, .. }) => vec![FieldError {
            field: field.to_owned(),
            message,
        }],
        Err(error) => return Err(error),
    };
    let shown = Shown {
        form: Some(form),
        faults: &faults,
        ..Shown::default()
    };
    wall(ctx, &desk, shown)
}

#[handler]
async fn by_code(Public(ctx): Public, Path(code): Path<String>, form: Form) -> Result<Response> {
    let mut check = Check::new();
    let typed = check.line("code", form.get("code"), 1, 20);
    let details = Details {
        name: documents::optional_name(&mut check, "who_name", form.get("who_name"), 200),
        role: check.optional("who_position", form.get("who_position"), 200),
        phone: None,
    };
    let who = check.finish().map(|()| Myself::Code { typed, details });
    myself(&ctx, &code, &form, ("code", who)).await
}

#[handler]
async fn by_name(Public(ctx): Public, Path(code): Path<String>, form: Form) -> Result<Response> {
    let who = walk_in(&form).map(Myself::Named);
    myself(&ctx, &code, &form, ("name", who)).await
}

#[derive(Serialize)]
struct CardPage {
    back_href: String,
    forum_title: String,
    /// Time or place changed since the letter.
    moved: Option<String>,
    when: String,
    place: String,
    name: String,
    organisation: String,
    /// How many it is for, where that is more than one.
    several: Option<String>,
    /// In two groups, as people read it out.
    code: String,
    code_href: String,
    /// Already in: the card has done its work.
    came: bool,
}

impl Page for CardPage {
    const TEMPLATE: &'static str = "attendance/card";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-card-title")
    }
}

#[handler]
async fn show_card(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let card = desk::card(&ctx, &token).await?;
    card_page(&ctx, card, &format!("/undangan/{token}"))
}

#[handler]
async fn show_registered(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let card = desk::registered_card(&ctx, &token).await?;
    card_page(&ctx, card, &format!("/pendaftaran/{token}"))
}

fn card_page(ctx: &Ctx, card: desk::Card, back: &str) -> Result<Response> {
    let locale = ctx.locale();
    let page = CardPage {
        moved: card.moved.map(|note| note.text),
        back_href: back.to_owned(),
        when: forums::when_text(&card.forum, card.zone, locale),
        place: forums::where_in(&card.forum, locale),
        forum_title: card.forum.title,
        name: card.row.name.clone(),
        organisation: words::beside(&card.row.name, &[&card.row.organisation], ""),
        several: (card.quota > 1).then(|| {
            let several = Message::new("invitations-for-several");
            several.with("count", card.quota).text(locale)
        }),
        code: desk::spaced(&card.row.check_in_code),
        code_href: format!("{back}/kode.svg"),
        came: card.came,
    };
    let brand = organisation::brand_of(&card.unit);
    Ok(unlisted(ctx.page_of(
        Some(&brand),
        StatusCode::OK,
        &page,
    )?))
}

#[handler]
async fn card_drawing(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    drawing(&desk::card(&ctx, &token).await?.url)
}

#[handler]
async fn registered_drawing(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    drawing(&desk::registered_card(&ctx, &token).await?.url)
}

/// For the mail.
#[handler]
async fn card_picture(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    picture(&desk::card(&ctx, &token).await?)
}

#[handler]
async fn registered_picture(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    picture(&desk::registered_card(&ctx, &token).await?)
}

fn picture(card: &desk::Card) -> Result<Response> {
    let mut response = Response::builder()
        .header(header::CONTENT_TYPE, "image/png")
        .body(qr::picture(&card.url)?);
    // A mail shows pictures from another origin than ours.
    response.headers_mut().insert(
        header::HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    Ok(response)
}
