//! A citizen takes a complaint back. It cannot be undone, so a page asks once more, with script and without.

use poem::{Request, Response, handler};
use serde::Serialize;

use super::status::{allowed, ask_again, named, page};
use crate::{
    access::{Ctx, Public},
    complaints::{entity::ComplaintId, tracking, words},
    platform::{
        error::Result,
        i18n::{Locale, Message},
        web::{cookies::FlashKind, forms::Form, pages::Page},
    },
};

#[derive(Serialize)]
struct WithdrawPage {
    heading: String,
    /// What it is called, at the head of a sentence and inside one.
    voice: String,
    called: String,
    number: String,
    subject: String,
    reason: String,
}

impl Page for WithdrawPage {
    const TEMPLATE: &'static str = "complaints/withdraw";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

async fn sure(ctx: &Ctx, id: ComplaintId, reason: &str) -> Result<Response> {
    let of = tracking::read(ctx, id).await?.complaint;
    let called = words::called(of.kind, ctx.locale());
    ctx.page(&WithdrawPage {
        heading: Message::new("complaints-withdraw-sure-heading")
            .with("called", &called)
            .text(ctx.locale()),
        voice: words::kind(of.kind, ctx.locale()),
        called,
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
        Ok(()) => {
            let said = named(&ctx, id, "complaints-withdrawn-thanks").await?;
            Ok(ctx.redirect_with("/pengaduan/status", FlashKind::Ok, &said))
        }
        Err(error) => page(&ctx, id, Some(&form), Some(error)).await,
    }
}
