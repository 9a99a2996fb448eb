//! The sheet that goes with a letter on paper: the personal link as a QR code, and the card for the door. A guest
//! without e-mail answers and comes in like all others.

use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    desk,
    desk_pages::unlisted,
    printing::{CHOICES, LINES},
};
use crate::{
    access::{Permission, Public, SignedIn},
    forums::{self, ForumId},
    invitations::{self, RecipientId},
    organisation,
    platform::{
        error::{Error, Result},
        i18n::{Locale, t},
        qr,
        web::pages::Page,
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/forum/:id/undangan/penerima/:line/lembar",
            get(show_sheet),
        )
        .at("/undangan/:token/tautan.svg", get(link_drawing))
}

#[derive(Serialize)]
struct SheetPage {
    back_href: String,
    forum_title: String,
    when: String,
    place: String,
    addressee: String,
    /// How many it is for, where that is more than one.
    several: Option<String>,
    url: String,
    link_href: String,
    code: String,
    code_href: String,
    contact: String,
    choices: Vec<String>,
    lines: Vec<String>,
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "attendance/sheet";
    fn title(&self, locale: Locale) -> String {
        t(locale, "attendance-sheet-title")
    }
}

#[handler]
async fn show_sheet(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::SendInvitations).await?;
    let recipient = invitations::recipient(&ctx.app.db, RecipientId::parse(&line)?).await?;
    if recipient.forum_id != id || recipient.withdrawn_at.is_some() {
        return Err(Error::NotFound);
    }
    let url = invitations::answer_url(&ctx.app, &recipient)?;
    let token = url.rsplit('/').next().unwrap_or_default();
    let card = desk::card(&ctx, token).await?;
    // Guests read papers in Indonesian, whatever the officer reads.
    let several = recipient.for_several(Locale::Id);
    let mut lines: Vec<String> = LINES.map(|key| t(Locale::Id, key)).into();
    if several.is_some() {
        lines.push(t(Locale::Id, "invitations-companions"));
    }
    let page = SheetPage {
        back_href: format!("/kerja/forum/{id}/undangan/penerima/{line}"),
        when: forums::when_text(&card.forum, card.zone, Locale::Id),
        place: forums::where_text(&card.forum),
        forum_title: card.forum.title,
        addressee: recipient.in_full(),
        link_href: format!("/undangan/{token}/tautan.svg"),
        code: desk::spaced(&card.row.check_in_code),
        code_href: format!("/undangan/{token}/kode.svg"),
        contact: invitations::organiser_address(&ctx.app, &card.unit).await?,
        choices: CHOICES.map(|key| t(Locale::Id, key)).into(),
        several,
        lines,
        url,
    };
    let brand = organisation::brand_of(&card.unit);
    Ok(unlisted(ctx.page_of(
        Some(&brand),
        StatusCode::OK,
        &page,
    )?))
}

/// The personal link itself, for a telephone.
#[handler]
async fn link_drawing(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let guest = invitations::by_token(&ctx, &token).await?;
    let url = invitations::answer_url(&ctx.app, &guest.recipient)?;
    Ok(Response::builder()
        .content_type("image/svg+xml")
        .body(qr::drawing(&url)?))
}
