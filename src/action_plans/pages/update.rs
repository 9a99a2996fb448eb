//! The page behind the link of a reminder: it says what it will do, and one press does it. No account is needed; the
//! link is signed, ends, and opens this one action for the person it was sent to.

use poem::{Response, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{Chip, plan_view, status_chip, steps::read_report, timing_chip};
use crate::{
    access::{Ctx, Public},
    action_plans::updating::{self, Opened},
    calendar::dates,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
struct UpdatePage {
    errors: Vec<ErrorLine>,
    path: String,
    code: String,
    title: String,
    chips: Vec<Chip>,
    due: String,
    /// "Yang akan dicatat: … atas nama …".
    will: String,
    until: String,
    open: bool,
    version: i32,
    fields: FormView,
    today: String,
    public_href: String,
}

impl Page for UpdatePage {
    const TEMPLATE: &'static str = "action_plans/update";
    fn title(&self, locale: Locale) -> String {
        t(locale, "action-update-title")
    }
}

fn page(token: &str, opened: &Opened, form: Option<&Form>, faults: &[FieldError]) -> UpdatePage {
    let detail = &opened.detail;
    let locale = opened.ctx.locale();
    let (row, item) = (&detail.row, &detail.row.item);
    let fields = FormView::new()
        .field("note", true, 2000)
        .field("happened_on", false, 0)
        .field("link", false, 500)
        .choice("milestone", false, plan_view::open_steps(detail, locale))
        .with("note", t(locale, "action-update-note"))
        .with("happened_on", row.today.to_string());
    let fields = match form {
        Some(form) => fields.typed(form),
        None => fields,
    };
    let (fields, errors) = fields.refused(faults, locale);
    let name = opened.ctx.account().map(|account| account.name.clone());
    let until = opened.until.with_timezone(&detail.zone);
    UpdatePage {
        errors,
        path: format!("/perbarui/{token}"),
        code: item.code.clone(),
        title: item.title.clone(),
        chips: [
            Some(status_chip(item.status, locale)),
            timing_chip(row.timing, locale),
        ]
        .into_iter()
        .flatten()
        .collect(),
        due: super::due_words(row, locale),
        will: Message::new("action-update-will")
            .with("name", name.unwrap_or_default())
            .with("code", &item.code)
            .text(locale),
        until: Message::new("action-update-until")
            .with("at", dates::date_time(&until, locale))
            .text(locale),
        open: item.status.is_unfinished(),
        version: item.version,
        fields,
        today: row.today.to_string(),
        public_href: format!("/janji/{}", item.id),
    }
}

fn shown(ctx: &Ctx, status: StatusCode, page: &UpdatePage) -> Result<Response> {
    ctx.page_of(None, status, page)
}

#[handler]
pub async fn show_update(Public(ctx): Public, Path(token): Path<String>) -> Result<Response> {
    let opened = updating::open(&ctx, &token).await?;
    shown(&ctx, StatusCode::OK, &page(&token, &opened, None, &[]))
}

#[handler]
pub async fn send_update(
    Public(ctx): Public,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response> {
    let version = form.get("version").parse().unwrap_or_default();
    let done = match read_report(&form) {
        Ok(report) => updating::report(&ctx, &token, version, report).await,
        Err(error) => Err(error),
    };
    let faults = match done {
        Ok(()) => {
            let path = format!("/perbarui/{token}");
            let told = Message::new("action-progress-saved");
            return Ok(ctx.redirect_with(&path, FlashKind::Ok, &told));
        }
        Err(Error::Invalid(faults)) => faults,
        Err(Error::Rule { message, .. }) => vec![FieldError {
            field: "note".to_owned(),
            message,
        }],
        Err(error) => return Err(error),
    };
    let opened = updating::open(&ctx, &token).await?;
    let mut page = page(&token, &opened, Some(&form), &faults);
    page.version = version;
    shown(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &page)
}
