//! Beside a case whose citizen gave a telephone number alone: what somebody has to tell them, with a text for it.

use poem::{
    Response, handler,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    complaints::{calling, entity::call::Way, handling, store, viewing::Case},
    organisation,
    platform::{
        error::Result,
        i18n::Message,
        web::{address::encoded, cookies::FlashKind, forms::Form},
    },
};

#[derive(Serialize)]
pub(super) struct CallPanel {
    news: Vec<String>,
    /// None where the identity is not this reader's to see.
    phone: Option<String>,
    whatsapp_href: Option<String>,
    text: String,
    /// None for who only looks.
    done_action: Option<String>,
}

/// None where nothing waits to be told.
pub(super) async fn panel(ctx: &Ctx, case: &Case) -> Result<Option<CallPanel>> {
    let (db, of) = (&ctx.app.db, &case.complaint);
    let waiting = store::waiting_calls(db, of).await?;
    let Some(last) = waiting.last().filter(|_| case.sight.text) else {
        return Ok(None);
    };
    let unit = organisation::unit(db, of.unit_id).await?;
    let locale = ctx.locale();
    let base = format!("/kerja/pengaduan/{}/hubungi", of.number);
    let works = ctx.may(Permission::AnswerComplaint, handling::place(of));
    let phone = case.identity.phone.clone();
    Ok(Some(CallPanel {
        news: waiting
            .iter()
            .map(|one| {
                let at = dates::date_time(&one.at.with_timezone(&case.zone), locale);
                Message::new("calling-line")
                    .with("headline", &one.headline)
                    .with("at", at)
                    .text(locale)
            })
            .collect(),
        whatsapp_href: phone.as_ref().filter(|_| works).map(|_| {
            let token = encoded(&ctx.request.csrf(&ctx.app));
            format!("{base}/whatsapp?kunci={token}")
        }),
        phone,
        text: calling::prepared(ctx, of, &unit, &last.headline),
        done_action: works.then_some(base),
    }))
}

#[derive(Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    kunci: String,
}

/// Leads out of the program, which a form may not (content policy), so it is a link; the token of the page keeps others
/// from making somebody follow it.
#[handler]
pub(super) async fn open_whatsapp(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    Query(token): Query<Token>,
) -> Result<Response> {
    calling::require(&ctx, &number).await?;
    ctx.request.check_csrf(&ctx.app, &token.kunci)?;
    Ok(ctx.redirect(&calling::whatsapp(&ctx, &number).await?))
}

#[handler]
pub(super) async fn tick(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    calling::done(&ctx, &number, Way::Spoken).await?;
    let case = super::case::back(&form, &number, "berikutnya");
    Ok(ctx.redirect_with(&case, FlashKind::Ok, &Message::new("calling-told")))
}
