//! One act for many recipients, as the list's buttons send it.

use poem::{Response, Route, handler, post, web::Path};

use super::{
    bulk::{self, Act, Chosen},
    entity::HandingId,
    handing,
    listing::Wanted,
};
use crate::{
    access::{Permission, SignedIn},
    forums::{self, ForumId},
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/undangan/sekaligus", post(at_once))
        .at("/kerja/forum/:id/undangan/sekaligus/batal", post(take_back))
}

#[handler]
async fn at_once(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::SendInvitations).await?;
    let act = Act::parse(form.get("act"))
        .ok_or_else(|| Error::field("act", Message::new("field-choose")))?;
    let chosen = Chosen::of(&form)?;
    let wanted = Wanted::of(&form);
    let list = format!("/kerja/forum/{id}/undangan{}", wanted.query(wanted.page()));
    if chosen.is_empty() {
        let message = Message::new("invitations-bulk-none");
        return Ok(ctx.redirect_with(&format!("{list}#daftar"), FlashKind::Error, &message));
    }
    let outcome = bulk::perform(&ctx, id, act, &chosen).await?;
    let (kind, key) = match (outcome.done, outcome.left) {
        (0, _) => (FlashKind::Info, "nothing".to_owned()),
        (_, 0) => (FlashKind::Ok, act.code().to_owned()),
        _ => (FlashKind::Ok, format!("{}-some", act.code())),
    };
    let place = match act {
        Act::Send => "#kemajuan",
        Act::Printed | Act::Remove => "#daftar",
    };
    let message = Message::new(&format!("invitations-bulk-done-{key}"))
        .with("count", outcome.done)
        .with("left", outcome.left);
    Ok(ctx.redirect_with(&format!("{list}{place}"), kind, &message))
}

/// Takes the last marks of many back.
#[handler]
async fn take_back(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::SendInvitations).await?;
    let count = handing::undo_many(&ctx, id, HandingId::parse(form.get("marks"))?).await?;
    let message = Message::new("invitations-marks-taken-back").with("count", count);
    let list = format!("/kerja/forum/{id}/undangan#daftar");
    Ok(ctx.redirect_with(&list, FlashKind::Ok, &message))
}
