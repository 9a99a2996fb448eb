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
    let text = words("text");
    page_saying(ctx, key, text, action)
}

fn page_saying(ctx: &Ctx, key: &str, text: String, action: Option<String>) -> Result<Response> {
    let words = |part: &str| t(ctx.locale(), &format!("filing-link-{key}-{part}"));
    let button = match action {
        Some(_) => words("do"),
        None => t(ctx.locale(), "complaints-receipt-track"),
    };
    ctx.page(&LinkPage {
        heading: words("title"),
        text,
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
    let wish = filing::look_at_link(&ctx, &token).await?;
    // Answered before: it says so, and does not ask again.
    if let Some(agreed) = wish.agreed {
        return page(&ctx, key_of(agreed), &wish.number, None);
    }
    let part = match (wish.before.as_str(), wish.after.as_str()) {
        (_, "") => "remove",
        ("", _) => "add",
        _ if wish.is_old => "change-old",
        _ => "change-new",
    };
    let text = Message::new(&format!("filing-link-contact-{part}"))
        .with("number", &wish.number)
        .with("before", &wish.before)
        .with("after", &wish.after)
        .text(ctx.locale());
    let action = Some(format!("/kabar/kontak/{token}"));
    page_saying(&ctx, "contact", text, action)
}

#[handler]
pub(in crate::complaints::pages) async fn confirm_contact(
    Public(ctx): Public,
    Path(token): Path<String>,
    _form: Form,
) -> Result<Response> {
    let wish = filing::look_at_link(&ctx, &token).await?;
    let agreed = filing::confirm(&ctx, &token).await?;
    page(&ctx, key_of(agreed), &wish.number, None)
}

fn key_of(agreed: Confirmed) -> &'static str {
    match agreed {
        Confirmed::Half => "contact-half",
        Confirmed::Done => "contact-done",
    }
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
