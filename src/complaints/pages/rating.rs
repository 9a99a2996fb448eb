//! The citizen's last word: it helped, or it did not.

use poem::{Request, Response, handler};

use super::status::{allowed, ask_again, named, page};
use crate::{
    access::Public,
    complaints::tracking,
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

#[handler]
pub(super) async fn rate_answer(
    Public(ctx): Public,
    request: &Request,
    form: Form,
) -> Result<Response> {
    let Some(id) = allowed(&ctx, request) else {
        return Ok(ask_again(&ctx));
    };
    let outcome = match form.get("helped") {
        "yes" => tracking::helped(&ctx, id)
            .await
            .map(|()| "complaints-closed-thanks"),
        "no" => tracking::not_helped(&ctx, id, form.get("reason"))
            .await
            .map(|()| "complaints-reopened"),
        _ => Err(Error::field("helped", Message::new("field-choose"))),
    };
    match outcome {
        Ok(key) => {
            let said = named(&ctx, id, key).await?;
            Ok(ctx.redirect_with("/pengaduan/status", FlashKind::Ok, &said))
        }
        // Pressed twice, or while the office went on: they read where it stands.
        Err(Error::Rule {
            code: "complaint.transition",
            ..
        }) => {
            let said = named(&ctx, id, tracking::gone_on(&ctx, id).await?).await?;
            Ok(ctx.redirect_with("/pengaduan/status", FlashKind::Info, &said))
        }
        Err(error) => page(&ctx, id, Some(&form), Some(error)).await,
    }
}
