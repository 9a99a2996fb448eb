//! The buttons of the letter: issuing it, opening it for a correction, throwing that correction away.

use poem::{Response, Route, handler, post, web::Path};

use super::{correcting, rules, service};
use crate::{
    access::{Ctx, Permission, SignedIn},
    audit,
    forums::ForumId,
    platform::{
        error::Result,
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/undangan/terbitkan", post(issue_letter))
        .at("/kerja/forum/:id/undangan/perbaiki", post(reopen_letter))
        .at(
            "/kerja/forum/:id/undangan/batal-perbaiki",
            post(discard_correction),
        )
}

fn version(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or_default()
}

fn back(ctx: &Ctx, id: ForumId, kind: FlashKind, key: &str) -> Response {
    let page = format!("/kerja/forum/{id}/undangan");
    ctx.redirect_with(&page, kind, &Message::new(key))
}

#[handler]
async fn issue_letter(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let (id, version) = (ForumId::parse(&id)?, version(&form));
    let issued = service::issue(&ctx, id, version).await;
    // Pressed twice: the first press issued this very letter.
    if let Err(error) = issued
        && !was_issued(&ctx, id, version).await?
    {
        return Err(error);
    }
    Ok(back(&ctx, id, FlashKind::Ok, "invitations-issued-flash"))
}

/// Whether the letter that was read in this version is the one in force now.
async fn was_issued(ctx: &Ctx, id: ForumId, version: i32) -> Result<bool> {
    let bundle = service::bundle(ctx, id, Permission::ManageForum).await?;
    let closed = rules::may_change(bundle.state()).is_err();
    let letter = bundle.letter.filter(|_| closed);
    let Some(letter) = letter.filter(|letter| letter.version == version + 1) else {
        return Ok(false);
    };
    // A correction that was thrown away closes the letter too, and issues nothing.
    let db = &ctx.app.db;
    let discarded = audit::of_verb_to(db, "forum", vec![id.0], correcting::DISCARDED).await?;
    let last = discarded.last().map(|entry| entry.at);
    Ok(last.is_none_or(|at| Some(at) < letter.issued_at))
}

#[handler]
async fn reopen_letter(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    correcting::reopen(&ctx, id, version(&form)).await?;
    let key = "invitations-reopened-flash";
    Ok(back(&ctx, id, FlashKind::Info, key))
}

#[handler]
async fn discard_correction(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    correcting::discard(&ctx, id, Some(version(&form))).await?;
    let key = "invitations-discarded-flash";
    Ok(back(&ctx, id, FlashKind::Ok, key))
}
