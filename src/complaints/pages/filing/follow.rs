//! On the status page: more files, another address, which news to get.

use poem::{Request, Response, handler};
use serde::Serialize;

use crate::{
    access::{Ctx, Public},
    complaints::{
        entity::complaint,
        filing::{self, Asked, ContactField},
        pages::status,
        tracking, words,
    },
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{FieldView, Form, FormView},
        },
    },
};

const STATUS: &str = "/pengaduan/status";

#[derive(Serialize)]
pub(in crate::complaints::pages) struct FollowView {
    /// None once the case is ended.
    files: Option<FilesView>,
    contacts: Vec<ContactView>,
    contact_action: &'static str,
    /// Changes that wait for a link to be opened.
    waiting: Vec<String>,
    /// None where there is no address.
    news: Option<NewsView>,
    /// What was said of the answer.
    rated: Option<String>,
    open: bool,
}

#[derive(Serialize)]
struct FilesView {
    action: &'static str,
    field: FieldView,
    hint: String,
}

#[derive(Serialize)]
struct ContactView {
    code: &'static str,
    now: String,
    label: String,
    button: String,
    shape: &'static str,
    field: FieldView,
}

#[derive(Serialize)]
struct NewsView {
    action: &'static str,
    text: String,
    button: String,
    /// Sent as it is wanted.
    wanted: &'static str,
}

pub(in crate::complaints::pages) async fn follow_view(
    ctx: &Ctx,
    of: &complaint::Model,
    view: &mut FormView,
) -> Result<FollowView> {
    let locale = ctx.locale();
    let mut field = |name: &str| view.fields.remove(name).unwrap_or_default();
    let known = tracking::reporter(ctx, of).await?;
    let hint = Message::new("filing-files-hint")
        .with("number", filing::MOST_FILES)
        .with("most", ctx.app.config.filing.file_kb / 1024);
    let files = (!of.status.is_final() || words::merged(of)).then(|| FilesView {
        action: "/pengaduan/status/berkas",
        field: field("files"),
        hint: hint.text(locale),
    });
    let contacts = vec![
        contact("email", known.email.as_deref(), field("new_email"), locale),
        contact("tel", known.phone.as_deref(), field("new_phone"), locale),
    ];
    let quiet = filing::is_quiet(&ctx.app.db, of).await?;
    let rated = filing::rated(&ctx.app.db, of).await?;
    Ok(FollowView {
        open: contacts.iter().any(|one| one.field.error.is_some()),
        files,
        contacts,
        contact_action: "/pengaduan/status/kontak",
        waiting: waiting(ctx, of).await?,
        news: known.email.is_some().then(|| news(quiet, locale)),
        rated: rated.map(|helped| {
            let key = if helped {
                "filing-rated-helped"
            } else {
                "filing-rated-not"
            };
            t(locale, key)
        }),
    })
}

fn contact(
    shape: &'static str,
    now: Option<&str>,
    field: FieldView,
    locale: Locale,
) -> ContactView {
    let code = if shape == "email" { "email" } else { "phone" };
    let field_of = match code {
        "email" => ContactField::Email,
        _ => ContactField::Phone,
    };
    let hidden = |value: &str| filing::hidden_contact(field_of, value);
    ContactView {
        code,
        now: now.map_or_else(|| t(locale, "complaints-not-given"), hidden),
        label: t(locale, &format!("filing-contact-new-{code}")),
        button: t(locale, &format!("filing-contact-do-{code}")),
        shape,
        field,
    }
}

fn news(quiet: bool, locale: Locale) -> NewsView {
    let part = if quiet { "quiet" } else { "on" };
    NewsView {
        action: "/pengaduan/status/kabar",
        text: t(locale, &format!("filing-news-{part}")),
        button: t(locale, &format!("filing-news-{part}-do")),
        wanted: if quiet { "true" } else { "" },
    }
}

async fn waiting(ctx: &Ctx, of: &complaint::Model) -> Result<Vec<String>> {
    let locale = ctx.locale();
    let all = filing::pending(ctx, of).await?;
    let line = |one: filing::Pending| {
        let who = match (one.old_missing, one.new_missing) {
            (true, true) => "both",
            (true, false) => "old",
            _ => "new",
        };
        Message::new(&format!("filing-contact-waits-{who}"))
            .with("value", one.value)
            .text(locale)
    };
    Ok(all.into_iter().map(line).collect())
}

#[handler]
pub(in crate::complaints::pages) async fn add_files(
    Public(ctx): Public,
    request: &Request,
    mut form: Form,
) -> Result<Response> {
    let Some(id) = status::allowed(&ctx, request) else {
        return Ok(status::ask_again(&ctx));
    };
    let files = std::mem::take(&mut form.files);
    match tracking::add_files(&ctx, id, files).await {
        Ok(kept) => {
            let renamed: Vec<String> = kept
                .iter()
                .filter(|file| file.given.is_some())
                .map(|file| file.told(ctx.locale()))
                .collect();
            let message = match renamed.is_empty() {
                true => Message::new("filing-files-added"),
                false => {
                    Message::new("filing-files-added-renamed").with("names", renamed.join(", "))
                }
            };
            Ok(done(&ctx, &message))
        }
        Err(error) => status::page(&ctx, id, Some(&form), Some(error)).await,
    }
}

fn done(ctx: &Ctx, message: &Message) -> Response {
    ctx.redirect_with(STATUS, FlashKind::Ok, message)
}

#[handler]
pub(in crate::complaints::pages) async fn change_contact(
    Public(ctx): Public,
    request: &Request,
    form: Form,
) -> Result<Response> {
    let Some(id) = status::allowed(&ctx, request) else {
        return Ok(status::ask_again(&ctx));
    };
    let (field, typed) = match form.get("which") {
        "phone" => (ContactField::Phone, form.get("new_phone")),
        _ => (ContactField::Email, form.get("new_email")),
    };
    match filing::ask_change(&ctx, id, field, typed).await {
        Ok(Asked::Done) => Ok(done(&ctx, &Message::new("filing-contact-done"))),
        Ok(Asked::Links(count)) => {
            let message = Message::new("filing-contact-asked").with("count", count);
            Ok(done(&ctx, &message))
        }
        Err(error) => status::page(&ctx, id, Some(&form), Some(error)).await,
    }
}

#[handler]
pub(in crate::complaints::pages) async fn choose_news(
    Public(ctx): Public,
    request: &Request,
    form: Form,
) -> Result<Response> {
    let Some(id) = status::allowed(&ctx, request) else {
        return Ok(status::ask_again(&ctx));
    };
    let wanted = form.is_on("wanted");
    filing::set_quiet(&ctx, id, !wanted).await?;
    let key = if wanted {
        "filing-news-on"
    } else {
        "filing-news-quiet"
    };
    Ok(done(&ctx, &Message::new(key)))
}
