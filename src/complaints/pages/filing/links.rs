//! Pages behind the links of mails. Programs that look at mails open links, so a link only asks and a button acts.

use poem::{Response, handler, web::Path};
use serde::Serialize;

use crate::{
    access::{Ctx, Public},
    complaints::filing::{self, Confirmed, Followed},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::{forms::Form, pages::Page},
    },
};

#[derive(Serialize)]
struct LinkPage {
    heading: String,
    text: String,
    /// None once it is done.
    action: Option<String>,
    button: String,
    #[serde(skip)]
    title: String,
}

impl Page for LinkPage {
    const TEMPLATE: &'static str = "filing/link";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

fn page(ctx: &Ctx, key: &str, number: &str, action: Option<String>) -> Result<Response> {
    let words = |part: &str| {
        Message::new(&format!("filing-link-{key}-{part}"))
            .with("number", number)
            .text(ctx.locale())
    };
    let button = match action {
        Some(_) => words("do"),
        None => t(ctx.locale(), "complaints-receipt-track"),
    };
    ctx.page(&LinkPage {
        heading: words("title"),
        text: words("text"),
        action,
        button,
        title: words("title"),
    })
}

#[handler]
pub(in crate::complaints::pages) async fn show_contact(
    Public(ctx): Public,
    Path(token): Path<String>,
) -> Result<Response> {
    let (_, number) = filing::look_at_link(&ctx, &token).await?;
    let action = Some(format!("/kabar/kontak/{token}"));
    page(&ctx, "contact", &number, action)
}

#[handler]
pub(in crate::complaints::pages) async fn confirm_contact(
    Public(ctx): Public,
    Path(token): Path<String>,
    _form: Form,
) -> Result<Response> {
    let (_, number) = filing::look_at_link(&ctx, &token).await?;
    let key = match filing::confirm(&ctx, &token).await? {
        Confirmed::Half => "contact-half",
        Confirmed::Done => "contact-done",
    };
    page(&ctx, key, &number, None)
}

#[handler]
pub(in crate::complaints::pages) async fn show_quiet(
    Public(ctx): Public,
    Path(token): Path<String>,
) -> Result<Response> {
    filing::read_quiet_link(&ctx.app, &token)?;
    page(&ctx, "quiet", "", Some(format!("/kabar/berhenti/{token}")))
}

#[handler]
pub(in crate::complaints::pages) async fn be_quiet(
    Public(ctx): Public,
    Path(token): Path<String>,
    _form: Form,
) -> Result<Response> {
    let id = filing::read_quiet_link(&ctx.app, &token)?;
    filing::set_quiet(&ctx, id, true).await?;
    page(&ctx, "quiet-done", "", None)
}

#[handler]
pub(in crate::complaints::pages) async fn show_follow(
    Public(ctx): Public,
    Path(token): Path<String>,
) -> Result<Response> {
    let Followed { confirmed, .. } = filing::followed(&ctx, &token).await?;
    let key = if confirmed { "unfollow" } else { "follow" };
    page(&ctx, key, "", Some(format!("/kabar/ikuti/{token}")))
}

/// The same link begins and stops: the page said which.
#[handler]
pub(in crate::complaints::pages) async fn turn_follow(
    Public(ctx): Public,
    Path(token): Path<String>,
    _form: Form,
) -> Result<Response> {
    let before = filing::followed(&ctx, &token).await?;
    filing::turn(&ctx, &token, !before.confirmed).await?;
    let key = if before.confirmed {
        "unfollow-done"
    } else {
        "follow-done"
    };
    page(&ctx, key, "", None)
}
