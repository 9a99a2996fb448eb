//! What a complainant says later over another channel than the status page: a call, a letter, a message that somebody
//! reads off a telephone. The channel's own name for the message makes that it is kept once.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use sea_orm::ActiveValue::Set;
use serde::Serialize;
use serde_json::json;

use super::{channels, conversations, entry};
use crate::{
    access::{Ctx, Permission, SignedIn},
    audit,
    complaints::{
        entity::{
            complaint,
            message::{self, MessageId},
        },
        handling,
        rules::{self, Channel, Event, MessageKind},
        store,
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

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/pengaduan/:number/pesan-masuk", get(show).post(keep))
        .at(
            "/kerja/pengaduan/:number/naskah-asli",
            poem::post(open_originals),
        )
}

#[derive(Serialize)]
struct IncomingPage {
    errors: Vec<ErrorLine>,
    number: String,
    case_href: String,
    action: String,
    originals_action: Option<String>,
    originals: Vec<String>,
    /// Sent twice it is one message.
    form_key: String,
    today: String,
    form: FormView,
}

impl Page for IncomingPage {
    const TEMPLATE: &'static str = "complaints/ways/incoming";
    fn title(&self, locale: Locale) -> String {
        t(locale, "ways-incoming-title")
    }
}

async fn page(
    ctx: &Ctx,
    number: &str,
    form: &Form,
    faults: &[FieldError],
    originals: Vec<String>,
) -> Result<Response> {
    let of = super::seen(ctx, number).await?;
    ctx.require(Permission::AnswerComplaint, handling::place(&of))?;
    handling::require_text(ctx, &of)?;
    let db = &ctx.app.db;
    let usable = channels::usable(db, of.unit_id).await?;
    let base = format!("/kerja/pengaduan/{}", of.number);
    let unit = organisation::unit(db, of.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?).to_string();
    let opens = originals.is_empty()
        && ctx.may(Permission::UnmaskReporter, of.unit_id)
        && conversations::has_originals(db, &of).await?;
    let view = FormView::new()
        .choice("channel", true, channels::choices(&usable, ctx.locale()))
        .field("text", true, 5000)
        .field("external_id", false, 200)
        .field("original", false, 20_000)
        .field("reason", true, 300)
        .field("said_on", true, 10)
        .with("said_on", &today)
        .with("channel", of.channel.code());
    // The other form of the page sends a reason only.
    let view = match form.get("channel") {
        "" => view.with("reason", form.get("reason")),
        _ => view.typed(form),
    };
    let (view, errors) = view.refused(faults, ctx.locale());
    let page = IncomingPage {
        errors,
        action: format!("{base}/pesan-masuk"),
        originals_action: opens.then(|| format!("{base}/naskah-asli")),
        originals,
        case_href: base,
        number: of.number,
        form_key: match form.get("form_key") {
            "" => crypto::random_token(),
            key => key.to_owned(),
        },
        today,
        form: view,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    ctx.require_scope(Permission::AnswerComplaint)?;
    page(&ctx, &number, &Form::default(), &[], Vec::new()).await
}

#[handler]
async fn keep(SignedIn(ctx): SignedIn, Path(number): Path<String>, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::AnswerComplaint)?;
    let outcome = match record(&ctx, &number, &form).await {
        // Pressed twice: it is there.
        Err(Error::Conflict { code: "duplicate" }) if form.get("external_id").trim().is_empty() => {
            Ok(())
        }
        other => other,
    };
    let faults = match outcome {
        Ok(()) => {
            return Ok(ctx.redirect_with(
                &format!("/kerja/pengaduan/{}", rules::read_number(&number)),
                FlashKind::Ok,
                &Message::new("ways-incoming-kept"),
            ));
        }
        Err(Error::Conflict { code: "duplicate" }) => vec![FieldError {
            field: "external_id".to_owned(),
            message: Message::new("ways-incoming-known"),
        }],
        Err(Error::Invalid(faults)) => faults,
        Err(error) => return Err(error),
    };
    page(&ctx, &number, &form, &faults, Vec::new()).await
}

/// Keeps a message of the complainant. An incomplete complaint goes on with it, as if it had been written on the status
/// page.
pub(super) async fn record(ctx: &Ctx, number: &str, form: &Form) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = handling::open(&tx, ctx, number, None).await?;
    ctx.require(Permission::AnswerComplaint, handling::place(&found))?;
    handling::require_text(ctx, &found)?;
    let mut check = Check::new();
    let usable = channels::usable(&tx, found.unit_id).await?;
    let channel = check.choice("channel", form.get("channel"), |code| {
        Channel::parse(code).filter(|channel| usable.contains(channel))
    });
    let text = check.text("text", form.get("text"), 3, 5000);
    let external_id = check
        .optional("external_id", form.get("external_id"), 200)
        .or_else(|| key_of(form));
    let said_on = match form.get("said_on") {
        "" => ctx.today_in(organisation::zone_of(&unit)?),
        typed => check.date("said_on", typed),
    };
    let original = check.optional("original", form.get("original"), 20_000);
    check.finish()?;
    let at = said_at(ctx, &unit, said_on, &found)?;
    rules::steps(found.status, Event::Write)?;
    let id = MessageId::new();
    let row = message::ActiveModel {
        id: Set(id),
        unit_id: Set(found.unit_id),
        complaint_id: Set(found.id),
        kind: Set(MessageKind::CitizenMessage),
        channel: Set(channel.unwrap_or(Channel::Other)),
        external_id: Set(external_id),
        // The words are the citizen's; who took them down stands in the trail.
        person_id: Set(None),
        division_id: Set(None),
        author: Set(String::new()),
        text: Set(text),
        at: Set(at),
        ..Default::default()
    };
    store::insert_message(&tx, row).await?;
    if let Some(original) = original {
        conversations::keep_original(&tx, ctx, &found, Some(id), &original).await?;
    }
    let told = json!({ "channel": channel });
    handling::citizen_wrote(&tx, ctx, (&found, None), (id, told)).await?;
    tx.commit().await?;
    Ok(())
}

/// The form's own name for the message, where the channel has none.
fn key_of(form: &Form) -> Option<String> {
    let key = form.get("form_key");
    (16..=100)
        .contains(&key.len())
        .then(|| format!("form:{key}"))
}

/// A call of Friday that is noted on Monday was made on Friday: about noon, for want of a clock time, and not before the
/// complaint was.
fn said_at(ctx: &Ctx, unit: &Unit, day: NaiveDate, of: &complaint::Model) -> Result<DateTime<Utc>> {
    let zone = organisation::zone_of(unit)?;
    let refuse = |key: &str| Error::field("said_on", Message::new(key));
    if day > ctx.today_in(zone) {
        return Err(refuse("complaints-received-in-future"));
    }
    if day < of.received_at.with_timezone(&zone).date_naive() {
        return Err(refuse("ways-incoming-before"));
    }
    if day == ctx.today_in(zone) {
        return Ok(ctx.now);
    }
    let noon = entry::moment(
        ctx,
        unit,
        day,
        NaiveTime::MIN + chrono::TimeDelta::hours(12),
    )?;
    Ok(noon.max(of.received_at))
}

/// The originals may name whom the texts do not: for complaint officers, with a reason that stays in the history.
#[handler]
async fn open_originals(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    ctx.require_scope(Permission::UnmaskReporter)?;
    match originals(&ctx, &number, form.get("reason")).await {
        Ok(opened) => page(&ctx, &number, &Form::default(), &[], opened).await,
        Err(Error::Invalid(faults)) => page(&ctx, &number, &form, &faults, Vec::new()).await,
        Err(error) => Err(error),
    }
}

pub(super) async fn originals(ctx: &Ctx, number: &str, reason: &str) -> Result<Vec<String>> {
    let found = super::seen(ctx, number).await?;
    ctx.require(Permission::UnmaskReporter, found.unit_id)?;
    let mut check = Check::new();
    let reason = check.line("reason", reason, 5, 300);
    check.finish()?;
    let tx = ctx.app.db.begin_write().await?;
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.original_opened")
        .in_unit(found.unit_id)
        .with(json!({ "reason": reason }));
    audit::record(&tx, ctx, entry).await?;
    let opened = conversations::opened(&tx, &ctx.app, &found).await?;
    tx.commit().await?;
    Ok(opened)
}
