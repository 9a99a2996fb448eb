//! `/kerja/pengaduan/:number/tanggal-diterima`: the day of receipt put right, with a reason that stays in the history.
//! Only what an officer or a list wrote down, and only while the first answer is owed as it was promised: a machine's
//! moment is not mistyped, and what was answered or put off has been counted.

use chrono::{DateTime, Utc};
use poem::{Response, handler, http::StatusCode, web::Path};
use sea_orm::ActiveValue::Set;
use serde::Serialize;
use serde_json::json;

use super::{ask_again, moment, pages::sure, service::clock_of};
use crate::{
    access::{Ctx, Permission, SignedIn},
    audit,
    complaints::{
        clocks,
        entity::complaint,
        explain, handling,
        rules::{self, Channel},
        store,
        ways::seen,
    },
    organisation,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

/// Whether the day of receipt can be put right still.
#[must_use]
pub fn may_correct(of: &complaint::Model) -> bool {
    of.channel != Channel::Web
        && of.status.is_running()
        && of.answered_at.is_none()
        && of.extended_days == 0
        && of.due_at == of.legal_due_at
}

#[derive(Serialize)]
struct CorrectPage {
    errors: Vec<ErrorLine>,
    number: String,
    case_href: String,
    action: String,
    version: i32,
    today: String,
    /// The day that was asked about.
    sure: String,
    form: FormView,
}

impl Page for CorrectPage {
    const TEMPLATE: &'static str = "complaints/ways/correct";
    fn title(&self, locale: Locale) -> String {
        t(locale, "ways-correct-title")
    }
}

async fn page(ctx: &Ctx, number: &str, form: &Form, faults: &[FieldError]) -> Result<Response> {
    let of = seen(ctx, number).await?;
    ctx.require(Permission::RegisterComplaint, of.unit_id)?;
    refuse_late(&of)?;
    let unit = organisation::unit(&ctx.app.db, of.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let received = of.received_at.with_timezone(&zone);
    let view = FormView::new()
        .field("received_on", true, 0)
        .field("received_time", true, 5)
        .field("reason", true, 300)
        .with("received_on", received.format("%Y-%m-%d").to_string())
        .with("received_time", received.format("%H:%M").to_string());
    let view = match faults.is_empty() {
        true => view,
        false => view.typed(form),
    };
    let (view, errors) = view.refused(faults, ctx.locale());
    let base = format!("/kerja/pengaduan/{}", of.number);
    let page = CorrectPage {
        errors,
        action: format!("{base}/tanggal-diterima"),
        case_href: base,
        number: of.number,
        version: of.version,
        today: ctx.today_in(zone).to_string(),
        sure: sure(Some(form), faults, "received_on"),
        form: view,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

fn refuse_late(of: &complaint::Model) -> Result<()> {
    if may_correct(of) {
        return Ok(());
    }
    Err(Error::rule(
        "complaint.receipt_counted",
        Message::new("rule-complaint-receipt-counted"),
    ))
}

#[handler]
pub(super) async fn show(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    page(&ctx, &number, &Form::default(), &[]).await
}

#[handler]
pub(super) async fn keep(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    match correct(&ctx, &number, &form).await {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/kerja/pengaduan/{}", rules::read_number(&number)),
            FlashKind::Ok,
            &Message::new("ways-correct-done"),
        )),
        Err(Error::Invalid(faults)) => page(&ctx, &number, &form, &faults).await,
        Err(error) => Err(error),
    }
}

/// Counts the deadline from the day that is right.
async fn correct(ctx: &Ctx, number: &str, form: &Form) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let version = form.get("version").parse().unwrap_or_default();
    let (found, unit) = handling::open(&tx, ctx, number, Some(version)).await?;
    ctx.require(Permission::RegisterComplaint, found.unit_id)?;
    refuse_late(&found)?;
    let zone = organisation::zone_of(&unit)?;
    let mut check = Check::new();
    let typed = form.get("received_on");
    let day = check.date("received_on", typed);
    ask_again(
        &mut check,
        "received_on",
        typed,
        ctx.today_in(zone),
        form.get("received_sure"),
    );
    let time = check.clock("received_time", form.get("received_time"), clock_of);
    let reason = check.line("reason", form.get("reason"), 5, 300);
    check.finish()?;
    let received_at: DateTime<Utc> = moment(ctx, &unit, day, time.unwrap_or_default())?;
    if let Some(message) = rules::receipt_fault(received_at, ctx.now) {
        return Err(Error::field("received_on", message));
    }
    let promise = explain::anew(&tx, &found, received_at.with_timezone(&zone)).await?;
    let changes = complaint::ActiveModel {
        received_at: Set(received_at),
        due_at: Set(promise.due_at),
        legal_due_at: Set(promise.due_at),
        policy_id: Set(promise.policy),
        explanation: Set(promise.explanation),
        queue: Set(rules::queue(found.status, promise.due_at)),
        ..Default::default()
    };
    store::save(&tx, &found, changes).await?;
    clocks::note_solution(&tx, ctx, found.id).await?;
    let told = json!({
        "reason": reason,
        "received_before": found.received_at,
        "received_at": received_at,
        "due_before": found.due_at,
        "due_at": promise.due_at,
    });
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.receipt_corrected")
        .in_unit(found.unit_id)
        .with(told);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}
