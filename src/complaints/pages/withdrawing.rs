//! A citizen takes a complaint back. It cannot be undone, so a page asks once more, with script and without.

use poem::{Request, Response, handler};
use serde::Serialize;

use super::status::{allowed, ask_again, page};
use crate::{
    access::{Ctx, Public},
    complaints::{entity::ComplaintId, tracking},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::{cookies::FlashKind, forms::Form, pages::Page},
    },
};

#[derive(Serialize)]
struct WithdrawPage {
    number: String,
    subject: String,
    reason: String,
}

impl Page for WithdrawPage {
    const TEMPLATE: &'static str = "complaints/withdraw";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-withdraw-sure-title")
    }
}

async fn sure(ctx: &Ctx, id: ComplaintId, reason: &str) -> Result<Response> {
    let of = tracking::read(ctx, id).await?.complaint;
    ctx.page(&WithdrawPage {
        number: of.number,
        subject: of.subject,
        reason: reason.to_owned(),
    })
}

#[handler]
pub(super) async fn withdraw(
    Public(ctx): Public,
    request: &Request,
    form: Form,
) -> Result<Response> {
    let Some(id) = allowed(&ctx, request) else {
        return Ok(ask_again(&ctx));
    };
    let reason = form.get("withdraw_reason");
    if !form.is_on("sure") {
        return sure(&ctx, id, reason).await;
    }
    match tracking::withdraw(&ctx, id, reason).await {
        Ok(()) => Ok(ctx.redirect_with(
            "/pengaduan/status",
            FlashKind::Ok,
            &Message::new("complaints-withdrawn-thanks"),
        )),
        Err(error) => page(&ctx, id, Some(&form), Some(error)).await,
    }
}
