//! An officer records what came in at the counter, by telephone, by letter or in the suggestion box.

use chrono::{NaiveTime, TimeZone as _};
use poem::{Response, handler, http::StatusCode};
use serde::Serialize;

use super::new::{draft_of, fields, typed};
use crate::{
    access::{Ctx, Permission, SignedIn},
    complaints::{
        intake::{self, Once},
        rules::Channel,
        viewing, words,
    },
    organisation::{self, Unit},
    platform::{
        check::Check,
        crypto,
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
struct RegisterPage {
    errors: Vec<ErrorLine>,
    unit: String,
    form_key: String,
    today: String,
    fields: FormView,
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "complaints/register";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-register-title")
    }
}

async fn page(
    ctx: &Ctx,
    unit: &Unit,
    form: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let now = ctx.now.with_timezone(&organisation::zone_of(unit)?);
    let channels = Channel::by_staff()
        .map(|channel| (channel.code(), words::channel(channel, locale)))
        .collect();
    let mut view = fields(ctx, unit)
        .await?
        .choice("channel", true, channels)
        .field("received_on", true, 0)
        .field("received_time", true, 5)
        .with("channel", "walk_in")
        .with("received_on", now.format("%Y-%m-%d").to_string())
        .with("received_time", now.format("%H:%M").to_string());
    if let Some(form) = form {
        view = typed(view, form);
    }
    let (fields, errors) = view.refused(faults, locale);
    let key = form.map(|form| form.get("form_key")).unwrap_or_default();
    let page = RegisterPage {
        errors,
        unit: unit.code.clone(),
        form_key: if key.is_empty() {
            crypto::random_token()
        } else {
            key.to_owned()
        },
        today: now.format("%Y-%m-%d").to_string(),
        fields,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

#[handler]
pub(super) async fn show_form(SignedIn(ctx): SignedIn) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let unit = viewing::home_unit(&ctx).await?;
    page(&ctx, &unit, None, &[]).await
}

#[handler]
pub(super) async fn send(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let unit = organisation::unit_by_code(&ctx.app.db, form.get("unit")).await?;
    match record(&ctx, &unit, &form).await {
        Ok(filed) => Ok(ctx.redirect_with(
            &format!("/kerja/pengaduan/{}", filed.complaint.number),
            FlashKind::Ok,
            &Message::new("complaints-registered").with("number", &filed.complaint.number),
        )),
        Err(Error::Invalid(faults)) => page(&ctx, &unit, Some(&form), &faults).await,
        Err(error) => Err(error),
    }
}

async fn record(ctx: &Ctx, unit: &Unit, form: &Form) -> Result<intake::Filed> {
    let mut check = Check::new();
    let channel = check.choice("channel", form.get("channel"), |code| {
        Channel::parse(code).filter(|channel| Channel::by_staff().any(|known| known == *channel))
    });
    let day = check.date("received_on", form.get("received_on"));
    let time = check.choice("received_time", form.get("received_time"), |text| {
        NaiveTime::parse_from_str(&text.replace('.', ":"), "%H:%M").ok()
    });
    // All faults at once, those of the complaint itself too.
    if let Err(Error::Invalid(faults)) = intake::check(ctx, &draft_of(form), "").await {
        for fault in faults {
            check.fault(&fault.field, fault.message);
        }
    }
    check.finish()?;
    let zone = organisation::zone_of(unit)?;
    let received = zone
        .from_local_datetime(&day.and_time(time.unwrap_or_default()))
        .earliest()
        .ok_or_else(|| Error::field("received_time", Message::new("field-date")))?
        .to_utc();
    let key = form.get("form_key");
    let once = if (16..=100).contains(&key.len()) {
        Once::Form(key.to_owned())
    } else {
        Once::Never
    };
    let channel = channel.unwrap_or(Channel::Other);
    // The form shows minutes: a complaint received in this one is not in the future.
    let received = if received <= ctx.now + chrono::Duration::minutes(1) {
        received.min(ctx.now)
    } else {
        received
    };
    intake::register(ctx, &draft_of(form), channel, received, &once).await
}
