//! Filing a complaint: by a citizen on the web or through a program, or by an officer for somebody at the
//! counter. What was acknowledged is on the disk; the same request sent twice is one complaint.

mod asked;
mod parts;

use chrono::{DateTime, Datelike as _, Duration, Utc};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{
    emails,
    entity::{ComplaintId, complaint, idempotency_key},
    explain::{self, Promise},
    filing::{self, Extras},
    history,
    identity::{self, Identity},
    routing,
    rules::{self, Channel, Kind, Status},
    services, store,
    ways::paper::{self, Paper},
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::{self, Unit},
    platform::{
        check::Check,
        crypto::{self, Purpose},
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        throttle::{self, Throttle},
    },
};

pub use asked::{Asked, under as extras_under};
pub use parts::{Taken, take_part};

const REMEMBERED_HOURS: i64 = 24;

/// A complaint as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub unit: String,
    /// Code of `rules::Kind`; empty for a complaint.
    pub kind: String,
    pub subject: String,
    pub description: String,
    pub service: String,
    pub anonymous: bool,
    pub confidential: bool,
    pub name: String,
    pub email: String,
    pub phone: String,
    /// An officer writes down what somebody said: a sheet of three words is a complaint too.
    pub brief: bool,
}

/// A complaint that can be filed.
#[derive(Clone, Debug)]
pub struct Filing {
    pub unit: Unit,
    pub kind: Kind,
    pub subject: String,
    pub description: String,
    pub service: Option<String>,
    pub anonymous: bool,
    pub confidential: bool,
    pub identity: Identity,
    /// Category, answered questions and files.
    pub extras: Extras,
}

/// How a repeated request is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Once {
    /// It is not.
    Never,
    /// By the form's own key together with its content: going back and writing another complaint into the
    /// same form is another complaint.
    Form(String),
    /// By the program's `Idempotency-Key`.
    Key(String),
}

/// A filed complaint with its code in the clear, for the receipt.
pub struct Filed {
    pub complaint: complaint::Model,
    pub unit: Unit,
    pub code: String,
}

/// Reads a draft; `reporter` stands before the names of the identity's fields (`reporter.email`).
pub async fn check(ctx: &Ctx, draft: &Draft, reporter: &str) -> Result<Filing> {
    let mut check = Check::new();
    let unit = match organisation::unit_by_code(&ctx.app.db, draft.unit.trim()).await {
        Ok(unit) if unit.serves_public => Some(unit),
        Ok(_) | Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    if unit.is_none() {
        let key = if draft.unit.trim().is_empty() {
            "field-choose"
        } else {
            "field-unknown-choice"
        };
        check.fault("unit", Message::new(key));
    }
    let field = |name: &str| format!("{reporter}{name}");
    let kind = match draft.kind.trim() {
        "" => Some(Kind::default()),
        code => check.choice("kind", code, Kind::parse),
    };
    // What the office takes down is as short as the paper: "ok" is a sheet, too.
    let least = if draft.brief { (1, 1) } else { (3, 10) };
    let subject = check.line("subject", &draft.subject, least.0, 150);
    let description = check.text("description", &draft.description, least.1, 5000);
    let service = check.optional("service", &draft.service, 80);
    let name = check.optional(&field("name"), &draft.name, 120);
    if name.as_deref().is_some_and(|name| name.contains('\n')) {
        check.fault(&field("name"), Message::new("field-one-line"));
    }
    let email = check.email(&field("email"), &draft.email);
    let phone = check.phone(&field("phone"), &draft.phone);
    if let (Some(unit), Some(service)) = (&unit, &service)
        && !services::is_known(&ctx.app.db, unit.id, service).await?
    {
        check.fault("service", Message::new("field-unknown-choice"));
    }
    check.finish()?;
    Ok(Filing {
        unit: unit.ok_or(Error::NotFound)?,
        kind: kind.unwrap_or_default(),
        subject,
        description,
        service,
        anonymous: draft.anonymous,
        confidential: draft.confidential,
        identity: Identity { name, email, phone },
        extras: Extras::default(),
    })
}

/// Files a citizen's complaint. Strangers are limited by address; an officer's own program, which takes in what other
/// channels brought, is not.
pub async fn file(ctx: &Ctx, draft: &Draft, reporter: &str, once: &Once) -> Result<Filed> {
    file_asked(ctx, draft, reporter, once, &Asked::default()).await
}

/// The same with what the category asks.
pub async fn file_asked(
    ctx: &Ctx,
    draft: &Draft,
    reporter: &str,
    once: &Once,
    asked: &Asked,
) -> Result<Filed> {
    let mut filing = check(ctx, draft, reporter).await?;
    filing.extras = asked::extras(ctx, &filing.unit, asked).await?;
    let throttle =
        (!ctx.may(Permission::RegisterComplaint, filing.unit.id)).then(|| filing::work::free(ctx));
    send(ctx, filing, once, throttle).await
}

/// Files what was checked before, counted as the caller says.
pub async fn send(
    ctx: &Ctx,
    filing: Filing,
    once: &Once,
    throttle: Option<Throttle>,
) -> Result<Filed> {
    let mark = Mark::of(ctx, &filing, once);
    if let Some(before) = earlier(ctx, &mark).await? {
        return filed(ctx, before, filing.unit);
    }
    let origin = Origin {
        channel: Channel::Web,
        received_at: ctx.now,
        verb: "complaint.received",
        throttle,
        paper: None,
    };
    once_only(ctx, filing, &mark, &origin).await
}

/// Writes it, or answers what the same request made that is being handled at this moment and was quicker.
async fn once_only(ctx: &Ctx, filing: Filing, mark: &Mark, origin: &Origin) -> Result<Filed> {
    match write(ctx, &filing, mark, origin).await {
        Err(Error::Conflict { code: "duplicate" }) => match earlier(ctx, mark).await? {
            Some(before) => filed(ctx, before, filing.unit),
            None => Err(Error::Conflict { code: "duplicate" }),
        },
        Err(error) => Err(error),
        Ok(complaint) => filed(ctx, complaint, filing.unit),
    }
}

/// Records what was told at the counter, by telephone, by letter or in the suggestion box.
pub async fn register(
    ctx: &Ctx,
    draft: &Draft,
    channel: Channel,
    received_at: DateTime<Utc>,
    once: &Once,
) -> Result<Filed> {
    let paper = Paper::default();
    register_paper(ctx, draft, (channel, received_at), once, paper).await
}

/// The same with what was on the paper beside it.
pub async fn register_paper(
    ctx: &Ctx,
    draft: &Draft,
    came: (Channel, DateTime<Utc>),
    once: &Once,
    paper: Paper,
) -> Result<Filed> {
    let asked = Asked::default();
    register_asked(ctx, (draft, &asked), ("", "received_on"), came, once, paper).await
}

/// The same with what the category asks; `reporter` stands before the fields of the identity, `received` is the field
/// of the day.
pub async fn register_asked(
    ctx: &Ctx,
    (draft, asked): (&Draft, &Asked),
    (reporter, received): (&str, &str),
    (channel, received_at): (Channel, DateTime<Utc>),
    once: &Once,
    paper: Paper,
) -> Result<Filed> {
    let unit = organisation::unit_by_code(&ctx.app.db, draft.unit.trim()).await?;
    ctx.require(Permission::RegisterComplaint, unit.id)?;
    let mut filing = check(ctx, draft, reporter).await?;
    filing.extras = asked::extras(ctx, &filing.unit, asked).await?;
    if let Some(message) = rules::receipt_fault(received_at, ctx.now) {
        return Err(Error::field(received, message));
    }
    let mark = Mark::of(ctx, &filing, once);
    if let Some(before) = earlier(ctx, &mark).await? {
        return filed(ctx, before, filing.unit);
    }
    let origin = Origin {
        channel,
        received_at,
        verb: "complaint.registered",
        throttle: None,
        paper: Some(paper),
    };
    once_only(ctx, filing, &mark, &origin).await
}

fn filed(ctx: &Ctx, complaint: complaint::Model, unit: Unit) -> Result<Filed> {
    let code = identity::open_code(&ctx.app, &complaint)?;
    Ok(Filed {
        complaint,
        unit,
        code,
    })
}

/// What recognises a repeated request, as keyed hashes.
struct Mark {
    submission: Option<String>,
    idempotency: Option<String>,
    content: String,
}

impl Mark {
    fn of(ctx: &Ctx, filing: &Filing, once: &Once) -> Self {
        let keys = &ctx.app.keys;
        let content = keys.hash(
            Purpose::Tokens,
            &json!([
                filing.unit.code,
                filing.kind,
                filing.subject,
                filing.description,
                filing.service,
                filing.anonymous,
                filing.confidential,
                filing.identity.name,
                filing.identity.email,
                filing.identity.phone,
                filing.extras.category,
                filing.extras.details,
            ])
            .to_string(),
        );
        let hash = |text: String| keys.hash(Purpose::Tokens, &text);
        let (submission, idempotency) = match once {
            Once::Never => (None, None),
            Once::Form(key) => (Some(hash(format!("form:{key}:{content}"))), None),
            Once::Key(key) => (None, Some(hash(format!("idempotency:{key}")))),
        };
        Self {
            submission,
            idempotency,
            content,
        }
    }
}

/// The complaint that this request made before.
async fn earlier(ctx: &Ctx, mark: &Mark) -> Result<Option<complaint::Model>> {
    let db = &ctx.app.db;
    if let Some(key) = &mark.submission {
        return store::by_submission(db, key).await;
    }
    let Some(key) = &mark.idempotency else {
        return Ok(None);
    };
    let row = store::idempotency_key(db, key)
        .await?
        .filter(|row| row.created_at > ctx.now - Duration::hours(REMEMBERED_HOURS));
    match row {
        None => Ok(None),
        Some(row) if row.body_hash == mark.content => {
            store::get(db, row.complaint_id).await.map(Some)
        }
        Some(_) => Err(Error::Conflict {
            code: "idempotency_key",
        }),
    }
}

/// Where a complaint comes from.
struct Origin {
    channel: Channel,
    received_at: DateTime<Utc>,
    verb: &'static str,
    throttle: Option<Throttle>,
    /// What an officer keeps beside it.
    paper: Option<Paper>,
}

/// Takes in what another system has already acknowledged, in a transaction that takes in many: the complaint, its
/// reporter, its history and the audit entry.
pub(super) async fn take_over(
    tx: &Tx,
    ctx: &Ctx,
    filing: &Filing,
    (channel, received_at): (Channel, DateTime<Utc>),
    number: String,
    promise: Promise,
) -> Result<complaint::Model> {
    let origin = Origin {
        channel,
        received_at,
        verb: "complaint.imported",
        throttle: None,
        paper: None,
    };
    let mark = Mark::of(ctx, filing, &Once::Never);
    let row = row(ctx, filing, &mark, &origin, number, promise)?;
    put(tx, ctx, &row, filing, origin.verb).await?;
    Ok(row)
}

async fn put(
    tx: &Tx,
    ctx: &Ctx,
    row: &complaint::Model,
    filing: &Filing,
    verb: &'static str,
) -> Result<()> {
    store::insert(tx, row.clone().into()).await?;
    identity::keep(tx, &ctx.app, row, &filing.identity).await?;
    filing::keep_code(tx, &ctx.app, row).await?;
    let entry = audit::Entry::new("complaint", row.id.0, verb)
        .in_unit(row.unit_id)
        .with(json!({ "channel": row.channel, "due_at": row.due_at }));
    audit::record(tx, ctx, entry).await?;
    history::received(tx, ctx, row).await
}

async fn write(
    ctx: &Ctx,
    filing: &Filing,
    mark: &Mark,
    origin: &Origin,
) -> Result<complaint::Model> {
    let zone = organisation::zone_of(&filing.unit)?;
    let received = origin.received_at.with_timezone(&zone);
    let promise = explain::promise(&ctx.app.db, filing.unit.id, received, filing.kind).await?;
    let reserved = reserve_number(ctx, filing, origin).await?;
    let tx = ctx.app.db.begin_write().await?;
    let number = match reserved {
        Some(number) => number,
        None => take_number(&tx, ctx, filing, origin).await?,
    };
    let row = row(ctx, filing, mark, origin, number, promise)?;
    put(&tx, ctx, &row, filing, origin.verb).await?;
    filing::keep(&tx, ctx, &row, &filing.extras).await?;
    if let Some(paper) = &origin.paper {
        paper::keep(&tx, ctx, &row, paper).await?;
    }
    if let Some(key_hash) = &mark.idempotency {
        let remembered = idempotency_key::Model {
            key_hash: key_hash.clone(),
            unit_id: row.unit_id,
            complaint_id: row.id,
            body_hash: mark.content.clone(),
            created_at: ctx.now,
        };
        let over = ctx.now - Duration::hours(REMEMBERED_HOURS);
        store::insert_idempotency_key(&tx, remembered, over).await?;
    }
    emails::received(&tx, ctx, &row, &filing.unit, &filing.identity).await?;
    let row = routing::at_intake(&tx, ctx, row, &filing.unit).await?;
    tx.commit().await?;
    tracing::info!(
        complaint.number = row.number,
        "complaint {} filed",
        row.number
    );
    Ok(row)
}

/// On PostgreSQL the number is taken before the intake's transaction, on the connection that does not wait for the
/// disk: held until the end of the intake, the counter's row would let only one citizen of a unit in at a time. A
/// number whose complaint is then not written stays a gap. SQLite has one writer anyway, so there the number is part
/// of the intake.
async fn reserve_number(ctx: &Ctx, filing: &Filing, origin: &Origin) -> Result<Option<String>> {
    if ctx.app.db.is_sqlite() {
        return Ok(None);
    }
    take_number(ctx.app.db.bookkeeping(), ctx, filing, origin)
        .await
        .map(Some)
}

async fn take_number(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    filing: &Filing,
    origin: &Origin,
) -> Result<String> {
    if let Some(throttle) = &origin.throttle {
        throttle::take_in(db, &ctx.app, ctx.now, &[throttle]).await?;
    }
    let zone = organisation::zone_of(&filing.unit)?;
    let year = ctx.today_in(zone).year();
    let count = store::next_number(db, filing.unit.id, year).await?;
    Ok(rules::number(&filing.unit.complaint_prefix, year, count))
}

fn row(
    ctx: &Ctx,
    filing: &Filing,
    mark: &Mark,
    origin: &Origin,
    number: String,
    promise: Promise,
) -> Result<complaint::Model> {
    let id = ComplaintId::new();
    let code = crypto::random_digits(16);
    Ok(complaint::Model {
        id,
        unit_id: filing.unit.id,
        number,
        kind: filing.kind,
        class: None,
        channel: origin.channel,
        subject: filing.subject.clone(),
        description: filing.description.clone(),
        service_code: filing.service.clone(),
        anonymous: filing.anonymous,
        confidential: filing.confidential,
        status: Status::Received,
        queue: rules::queue(Status::Received, promise.due_at),
        division_id: None,
        assignee_id: None,
        instruction: None,
        received_at: origin.received_at,
        due_at: promise.due_at,
        legal_due_at: promise.due_at,
        policy_id: promise.policy,
        extended_days: 0,
        explanation: promise.explanation,
        answered_at: None,
        answered_in_time: None,
        answer_working_days: None,
        closed_at: None,
        merged_into: None,
        look_at: Some(store::AT_ONCE),
        solution_due_at: None,
        heard_at: None,
        access_code: identity::seal_code(&ctx.app, id, &code)?,
        submission_key: mark.submission.clone(),
        locale: ctx.locale().code().to_owned(),
        created_at: ctx.now,
        version: 1,
    })
}
