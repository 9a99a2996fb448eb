//! The citizen's side after filing: number and code open the status page; a message, "it helped", "it did
//! not help". A wrong code and an unknown number get the same answer, and both are counted.

use chrono::Duration;
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{
    actions::{self, Linked},
    clocks,
    emails::{self, Look},
    entity::{ComplaintId, complaint, message},
    filing,
    handling::{self, Attached},
    identity::{self, Identity},
    retention,
    rules::{self, Event, MessageKind, Status},
    store, timeline, words,
};
use crate::{
    access::Ctx,
    audit,
    documents::FileId,
    organisation::{self, Division, Unit},
    platform::{
        check::Check,
        crypto::same,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        throttle::{self, Throttle},
        web::forms::Upload,
    },
};

/// A complaint as its citizen sees it.
pub struct Tracked {
    pub complaint: complaint::Model,
    pub unit: Unit,
    pub divisions: Vec<Division>,
    /// Answers and the citizen's own messages, oldest first.
    pub messages: Vec<message::Model>,
    pub history: Vec<audit::Model>,
    pub clocks: clocks::Reading,
    pub actions: Vec<Linked>,
    /// What the office added for the citizen.
    pub files: Vec<Attached>,
}

/// Checks number and code. Guesses are counted per address, for one number and altogether; many citizens share the
/// address of a mobile network, so altogether allows more. Nothing is counted per number alone: that would let a
/// stranger lock the citizen out, and sixteen digits withstand guessing from many addresses.
pub async fn open(ctx: &Ctx, number: &str, code: &str) -> Result<complaint::Model> {
    let number = rules::read_number(number);
    let limit = ctx.app.config.limits.wrong_codes;
    let window = Duration::minutes(15);
    let address = ctx.request.network();
    let by_number = Throttle::new("access-code", &format!("{number} {address}"), limit, window);
    let by_address = Throttle::new("access-code-address", &address, limit * 20, window);
    throttle::refuse_if_exhausted(&ctx.app, ctx.now, &[&by_number, &by_address]).await?;
    let typed = rules::read_code(code).unwrap_or_default();
    let db = &ctx.app.db;
    let found = match (number.is_empty(), typed.is_empty()) {
        (false, _) => store::by_number(db, &number).await?,
        // Sixteen digits are enough to come back, for who noted nothing else.
        (true, false) => match filing::by_code(db, &ctx.app, &typed).await? {
            Some(id) => Some(store::get(db, id).await?),
            None => None,
        },
        (true, true) => None,
    };
    // The same work for an unknown number: the time taken must not tell.
    let right = match &found {
        Some(found) => identity::open_code(&ctx.app, found)?,
        None => ctx
            .app
            .keys
            .seal(&number, "nothing")
            .map(|_| String::new())?,
    };
    match found {
        Some(found) if same(&right, &typed) => Ok(found),
        _ => {
            throttle::count(&ctx.app, ctx.now, &[&by_number, &by_address]).await?;
            Err(Error::NotFound)
        }
    }
}

/// Everything for the status page of a complaint that was opened before.
pub async fn read(ctx: &Ctx, id: ComplaintId) -> Result<Tracked> {
    let db = &ctx.app.db;
    let complaint = store::get(db, id).await?;
    let unit = organisation::unit(db, complaint.unit_id).await?;
    let mut messages = store::messages(db, &complaint).await?;
    messages.retain(|message| message.kind != MessageKind::InternalNote);
    let history = audit::history(db, "complaint", id.0).await?;
    Ok(Tracked {
        divisions: organisation::divisions(db, unit.id).await?,
        actions: actions::linked(ctx, &complaint, &unit).await?,
        files: public_files(db, &complaint).await?,
        history: timeline::for_citizen(history),
        clocks: clocks::read(db, &complaint, ctx.now).await?,
        messages,
        unit,
        complaint,
    })
}

async fn public_files(
    db: &impl sea_orm::ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<Attached>> {
    let mut files = handling::attached(db, of).await?;
    files.retain(|file| file.for_citizen || file.by_citizen);
    Ok(files)
}

/// Whether this file is one for the citizen of a complaint that was opened before.
pub async fn require_file(ctx: &Ctx, id: ComplaintId, file: FileId) -> Result<()> {
    let found = store::get(&ctx.app.db, id).await?;
    handling::require_public_file(ctx, &found, file).await
}

/// The citizen adds photos or a PDF; what is kept of them is answered.
pub async fn add_files(
    ctx: &Ctx,
    id: ComplaintId,
    files: Vec<Upload>,
) -> Result<Vec<filing::KeptFile>> {
    let found = store::get(&ctx.app.db, id).await?;
    retention::require_whole(&ctx.app.db, id).await?;
    filing::add_files(&citizen(ctx), &found, files).await
}

/// Category and answered questions, as the form asked them.
pub async fn details(ctx: &Ctx, of: &complaint::Model) -> Result<filing::Details> {
    filing::details(&ctx.app.db, of).await
}

/// The code for the receipt of a complaint that was opened before.
pub fn code_of(ctx: &Ctx, of: &complaint::Model) -> Result<String> {
    identity::open_code(&ctx.app, of)
}

/// What the citizen gave of themselves; only for whoever opened the complaint.
pub async fn reporter(ctx: &Ctx, of: &complaint::Model) -> Result<Identity> {
    identity::read(&ctx.app.db, &ctx.app, of.id).await
}

/// The citizen adds something. Where the office does something in the same moment, they write behind it.
pub async fn write(ctx: &Ctx, id: ComplaintId, text: &str) -> Result<()> {
    let written = match write_once(ctx, id, text).await {
        Err(Error::Conflict { .. }) => write_once(ctx, id, text).await,
        other => other,
    };
    said_to_citizens(ctx, id, "complaints-takes-no-message", written).await
}

/// What came to its end meanwhile says so, and not which step an officer has to do first.
async fn said_to_citizens(ctx: &Ctx, id: ComplaintId, key: &str, done: Result<()>) -> Result<()> {
    let Err(Error::Rule {
        code: code @ "complaint.transition",
        ..
    }) = done
    else {
        return done;
    };
    let of = store::get(&ctx.app.db, id).await?;
    let message = Message::new(key)
        .with("voice", words::kind(of.kind, ctx.locale()))
        .with("called", words::called(of.kind, ctx.locale()))
        .with(
            "status",
            words::status(of.status, ctx.locale()).to_lowercase(),
        );
    Err(Error::rule(code, message))
}

async fn write_once(ctx: &Ctx, id: ComplaintId, text: &str) -> Result<()> {
    let mut check = Check::new();
    let text = check.text("text", text, 3, 3000);
    check.finish()?;
    let ctx = &citizen(ctx);
    let tx = ctx.app.db.begin_write().await?;
    let found = opened(&tx, id).await?;
    // Whose complaint is handled in another one writes to those who work on that.
    let main = store::main_of(&tx, &found).await?;
    if main.is_none() {
        rules::steps(found.status, Event::Write)?;
    }
    let message =
        handling::add_message(&tx, ctx, &found, MessageKind::CitizenMessage, text).await?;
    handling::citizen_wrote(&tx, ctx, (&found, main.as_ref()), (message, json!({}))).await?;
    tx.commit().await?;
    Ok(())
}

/// The citizen does not want it any more.
pub async fn withdraw(ctx: &Ctx, id: ComplaintId, reason: &str) -> Result<()> {
    let withdrawn = withdraw_open(ctx, id, reason).await;
    said_to_citizens(ctx, id, "complaints-not-withdrawn", withdrawn).await
}

async fn withdraw_open(ctx: &Ctx, id: ComplaintId, reason: &str) -> Result<()> {
    let ctx = &citizen(ctx);
    let mut check = Check::new();
    let reason = check.optional("withdraw_reason", reason, 1000);
    check.finish()?;
    let tx = ctx.app.db.begin_write().await?;
    let found = opened(&tx, id).await?;
    let unit = organisation::unit(&tx, found.unit_id).await?;
    let told = json!({ "reason": reason, "by": "citizen" });
    if words::merged(&found) {
        handling::left(&tx, ctx, &found).await?;
    }
    let (event, changes) = match words::merged(&found) {
        // It leaves the one that it was handled in: no answer of that comes to it any more.
        true => (
            Event::WithdrawMerged,
            complaint::ActiveModel {
                merged_into: Set(None),
                ..handling::unchanged()
            },
        ),
        false => (Event::Withdraw, handling::unchanged()),
    };
    handling::make(&tx, ctx, &found, event, changes, told).await?;
    emails::look(&tx, ctx, &found, &unit, &Look::Withdrawn).await?;
    tx.commit().await?;
    Ok(())
}

/// The answer helped: the complaint is closed.
pub async fn helped(ctx: &Ctx, id: ComplaintId) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let found = opened(&tx, id).await?;
    handling::close_as(&tx, &citizen(ctx), &found, "citizen").await?;
    filing::rate(&tx, ctx, &found, true).await?;
    tx.commit().await?;
    Ok(())
}

/// The key of the words that say where a case stands, for who wanted to say what can be said no more.
pub async fn gone_on(ctx: &Ctx, id: ComplaintId) -> Result<&'static str> {
    let status = store::get(&ctx.app.db, id).await?.status;
    Ok(match status {
        Status::Closed => "complaints-rated-closed",
        status if status.owes_answer() => "complaints-rated-waits",
        _ => "complaints-rated-ended",
    })
}

/// The answer did not help: the complaint is opened again, and a new deadline runs from now.
pub async fn not_helped(ctx: &Ctx, id: ComplaintId, reason: &str) -> Result<()> {
    let mut check = Check::new();
    if reason.trim().is_empty() {
        let message = Message::new("complaints-helped-no-reason");
        return Err(Error::field("reason", message));
    }
    let reason = check.text("reason", reason, 3, 3000);
    check.finish()?;
    let ctx = &citizen(ctx);
    let tx = ctx.app.db.begin_write().await?;
    let found = opened(&tx, id).await?;
    rules::steps(found.status, Event::Dispute)?;
    let reading = clocks::read(&tx, &found, ctx.now).await?;
    if !rules::may_dispute(found.status, reading.reopen_until(), ctx.now) {
        let message = Message::new("rule-complaint-reopen-window");
        return Err(Error::rule("complaint.reopen_window", message));
    }
    let unit = organisation::unit(&tx, found.unit_id).await?;
    let (due_at, explanation) = handling::new_deadline(&tx, ctx, &found, &unit).await?;
    handling::left(&tx, ctx, &found).await?;
    let changes = complaint::ActiveModel {
        due_at: Set(due_at),
        explanation: Set(explanation),
        closed_at: Set(None),
        // Answered together with another, it goes on by itself.
        merged_into: Set(None),
        ..Default::default()
    };
    let message =
        handling::add_message(&tx, ctx, &found, MessageKind::CitizenMessage, reason).await?;
    let told = json!({ "message": message, "due_before": found.due_at, "due_at": due_at });
    handling::make(&tx, ctx, &found, Event::Dispute, changes, told).await?;
    let now = store::get(&tx, id).await?;
    emails::look(&tx, ctx, &now, &unit, &Look::Disputed).await?;
    filing::rate(&tx, ctx, &found, false).await?;
    tx.commit().await?;
    Ok(())
}

/// The case that was opened before, inside the transaction that changes it. It may have become a tombstone since.
async fn opened(tx: &Tx, id: ComplaintId) -> Result<complaint::Model> {
    let found = store::get(tx, id).await?;
    retention::require_whole(tx, id).await?;
    Ok(found)
}

/// Whoever holds the code acts as the citizen, also an officer who happens to be signed in here.
fn citizen(ctx: &Ctx) -> Ctx {
    Ctx {
        actor: crate::access::Actor::Public,
        ..ctx.clone()
    }
}
