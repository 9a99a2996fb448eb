//! A person asks about their data, without an account: with number and code of their complaint, or to be checked at the
//! counter. The register keeps what was asked, until when it is owed, and what became of it.

use chrono::{Datelike as _, Duration};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{
    emails::{self, Told},
    entity::{RequestId, request::Model as Request},
    rules::{self, Broken, Move, State, Wish},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        personal::{self, CaseRef},
        rules::{number as numbered, read_code, read_number},
    },
    organisation::{self, Unit},
    platform::{
        check::Check,
        context::App,
        crypto::{self, same},
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        throttle::{self, Throttle},
    },
};

const REGISTER: &str = "data_request";
/// As many requests as an address may hand in within an hour.
const AN_HOUR: u32 = 10;

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        Self::rule(
            "data_request.transition",
            Message::new("rule-data-request-transition")
                .with("state", broken.0.code().replace('_', "-")),
        )
    }
}

fn bound_to(id: RequestId, field: &str) -> String {
    format!("data_request:{id}:{field}")
}

pub fn seal(app: &App, id: RequestId, field: &str, value: &str) -> Result<Vec<u8>> {
    Ok(app.keys.seal(value, &bound_to(id, field))?)
}

fn seal_some(
    app: &App,
    id: RequestId,
    field: &str,
    value: Option<&str>,
) -> Result<Option<Vec<u8>>> {
    value.map(|value| seal(app, id, field, value)).transpose()
}

fn open(app: &App, id: RequestId, field: &str, sealed: &[u8]) -> Result<String> {
    Ok(app.keys.open(sealed, &bound_to(id, field))?)
}

fn open_some(
    app: &App,
    id: RequestId,
    field: &str,
    sealed: Option<&[u8]>,
) -> Result<Option<String>> {
    sealed
        .map(|sealed| open(app, id, field, sealed))
        .transpose()
}

/// What was sealed, in the clear.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub words: String,
    pub answer: Option<String>,
}

pub fn opened(app: &App, row: &Request) -> Result<Opened> {
    Ok(Opened {
        name: open_some(app, row.id, "name", row.name.as_deref())?,
        email: open_some(app, row.id, "email", row.email.as_deref())?,
        phone: open_some(app, row.id, "phone", row.phone.as_deref())?,
        words: open(app, row.id, "words", &row.words)?,
        answer: open_some(app, row.id, "answer", row.answer.as_deref())?,
    })
}

/// A request as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub unit: String,
    pub wish: String,
    pub number: String,
    pub code: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub words: String,
}

/// A request that was taken in, with its code in the clear.
pub struct Taken {
    pub request: Request,
    pub unit: Unit,
    pub code: String,
}

/// The case that number and code open; a fault at the code's field where they do not.
async fn proven(ctx: &Ctx, typed: &Typed) -> Result<Option<CaseRef>> {
    if typed.number.trim().is_empty() && typed.code.trim().is_empty() {
        return Ok(None);
    }
    match personal::case_by_code(ctx, &typed.number, &typed.code).await {
        Ok(case) => Ok(Some(case)),
        Err(Error::NotFound) => Err(Error::field("code", Message::new("complaints-track-wrong"))),
        Err(other) => Err(other),
    }
}

/// Takes in a request. The clock runs from now, also while it is still to be checked who asks.
pub async fn take(ctx: &Ctx, typed: &Typed) -> Result<Taken> {
    let case = proven(ctx, typed).await?;
    let mut check = Check::new();
    let wish = check.choice("wish", &typed.wish, Wish::parse);
    let name = check.optional("name", &typed.name, 120);
    let email = check.email("email", &typed.email);
    let phone = check.phone("phone", &typed.phone);
    let words = match wish {
        Some(Wish::Correction) => check.text("words", &typed.words, 5, 3000),
        _ => check
            .optional("words", &typed.words, 3000)
            .unwrap_or_default(),
    };
    if case.is_none() {
        // At the counter somebody must know whom to expect.
        if name.is_none() {
            check.fault("name", Message::new("field-required"));
        }
        if email.is_none() && phone.is_none() {
            check.fault("phone", Message::new("privacy-contact-needed"));
        }
    }
    let db = &ctx.app.db;
    let unit = match &case {
        Some(case) => organisation::unit(db, case.unit).await.ok(),
        None => organisation::unit_by_code(db, typed.unit.trim())
            .await
            .ok()
            .filter(|unit| unit.serves_public),
    };
    if unit.is_none() {
        check.fault("unit", Message::new("field-choose"));
    }
    check.finish()?;
    let (Some(wish), Some(unit)) = (wish, unit) else {
        return Err(Error::NotFound);
    };
    let id = RequestId::new();
    let code = crypto::random_digits(16);
    let app = &ctx.app;
    let zone = organisation::zone_of(&unit)?;
    let address = ctx.request.network();
    let limit = Throttle::new(REGISTER, &address, AN_HOUR, Duration::hours(1));
    let tx = db.begin_write().await?;
    if let Some(case) = &case
        && let Some(before) = store::open_request(&tx, case.id, wish).await?
    {
        return Err(Error::rule(
            "data_request.open",
            Message::new("rule-data-request-open").with("number", before.number),
        ));
    }
    throttle::take_in(&tx, app, ctx.now, &[&limit]).await?;
    let year = ctx.today_in(zone).year();
    let count = store::next_number(&tx, unit.id, REGISTER, year).await?;
    let request = Request {
        id,
        unit_id: unit.id,
        number: numbered(&format!("PDP-{}", unit.complaint_prefix), year, count),
        wish,
        state: if case.is_some() {
            State::Verified
        } else {
            State::Received
        },
        complaint_id: case.as_ref().map(|case| case.id),
        name: seal_some(app, id, "name", name.as_deref())?,
        email: seal_some(app, id, "email", email.as_deref())?,
        phone: seal_some(app, id, "phone", phone.as_deref())?,
        words: seal(app, id, "words", &words)?,
        access_code: seal(app, id, "code", &code)?,
        checked_how: case.as_ref().map(|_| "code".to_owned()),
        answer: None,
        locale: ctx.locale().code().to_owned(),
        received_at: ctx.now,
        due_at: rules::due(ctx.now),
        verified_at: case.as_ref().map(|_| ctx.now),
        answered_at: None,
        person_id: None,
        version: 1,
    };
    store::insert_request(&tx, request.clone()).await?;
    note(&tx, ctx, &request, "data_request.received").await?;
    emails::to_person(&tx, ctx, &request, &unit, email.as_deref(), Told::Received).await?;
    emails::to_officers(&tx, ctx, &request, &unit).await?;
    tx.commit().await?;
    Ok(Taken {
        request,
        unit,
        code,
    })
}

pub async fn note(tx: &Tx, ctx: &Ctx, of: &Request, verb: &'static str) -> Result<()> {
    let entry = audit::Entry::new("data_request", of.id.0, verb)
        .in_unit(of.unit_id)
        .with(json!({ "number": of.number, "wish": of.wish, "state": of.state }));
    audit::record(tx, ctx, entry).await
}

/// The request of whoever brings its number and code. A wrong code and an unknown number get the same answer.
pub async fn by_code(ctx: &Ctx, number: &str, code: &str) -> Result<Request> {
    let number = read_number(number);
    let limit = ctx.app.config.limits.wrong_codes;
    let window = Duration::minutes(15);
    let address = ctx.request.network();
    let by_number = Throttle::new(
        "request-code",
        &format!("{number} {address}"),
        limit,
        window,
    );
    let by_address = Throttle::new("request-code-address", &address, limit * 20, window);
    throttle::refuse_if_exhausted(&ctx.app, ctx.now, &[&by_number, &by_address]).await?;
    let found = store::request_by_number(&ctx.app.db, &number).await?;
    // The same work for an unknown number: the time taken must not tell.
    let right = match &found {
        Some(row) => open(&ctx.app, row.id, "code", &row.access_code)?,
        None => ctx
            .app
            .keys
            .seal(&number, "nothing")
            .map(|_| String::new())?,
    };
    let typed = read_code(code).unwrap_or_default();
    match found {
        Some(row) if same(&right, &typed) => Ok(row),
        _ => {
            throttle::count(&ctx.app, ctx.now, &[&by_number, &by_address]).await?;
            Err(Error::NotFound)
        }
    }
}

/// The person does not want it any more.
pub async fn withdraw(ctx: &Ctx, number: &str, code: &str) -> Result<()> {
    let row = by_code(ctx, number, code).await?;
    let state = row.state.after(Move::Withdraw)?;
    let tx = ctx.app.db.begin_write().await?;
    let ended = Request {
        state,
        answered_at: Some(ctx.now),
        ..row
    };
    store::save_request(&tx, ended.clone()).await?;
    note(&tx, ctx, &ended, "data_request.withdrawn").await?;
    tx.commit().await?;
    Ok(())
}

/// One request as the staff sees it.
pub struct Case {
    pub request: Request,
    pub unit: Unit,
    /// Empty for those who only see the clock.
    pub opened: Opened,
    pub complaint: Option<String>,
    pub history: Vec<audit::Model>,
    pub may: bool,
}

/// Opens a request. Who handles requests sees who asks, and that is kept; a head sees the clock.
pub async fn read(ctx: &Ctx, id: &str) -> Result<Case> {
    let scope = ctx.require_scope(Permission::ViewDataRequests)?;
    let db = &ctx.app.db;
    let request = store::request(db, &scope, RequestId::parse(id)?).await?;
    let unit = organisation::unit(db, request.unit_id).await?;
    let may = ctx.may(Permission::HandleDataRequests, unit.id);
    if may {
        note_read(ctx, &request).await?;
    }
    Ok(Case {
        opened: if may {
            opened(&ctx.app, &request)?
        } else {
            Opened::default()
        },
        complaint: match request.complaint_id {
            Some(id) => Some(personal::number_of(db, id).await?),
            None => None,
        },
        history: audit::history(db, "data_request", request.id.0).await?,
        request,
        unit,
        may,
    })
}

/// Reading who asks is kept once per person and day.
async fn note_read(ctx: &Ctx, of: &Request) -> Result<()> {
    let day = ctx.now - Duration::hours(24);
    let history = audit::history(&ctx.app.db, "data_request", of.id.0).await?;
    let known = history.iter().any(|event| {
        event.verb == "data_request.read" && event.person_id == ctx.person_id() && event.at > day
    });
    if known {
        return Ok(());
    }
    let tx = ctx.app.db.begin_write().await?;
    note(&tx, ctx, of, "data_request.read").await?;
    tx.commit().await?;
    Ok(())
}

/// The request for a change, over the version that the form showed.
pub async fn held(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    id: &str,
    seen: i32,
) -> Result<(Request, Unit)> {
    let scope = ctx.require_scope(Permission::ViewDataRequests)?;
    let row = store::request(db, &scope, RequestId::parse(id)?).await?;
    ctx.require(Permission::HandleDataRequests, row.unit_id)?;
    if row.version != seen {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let unit = organisation::unit(db, row.unit_id).await?;
    Ok((row, unit))
}

/// An officer checked who asks, and which case is theirs.
pub async fn verify(ctx: &Ctx, id: &str, seen: i32, how: &str, complaint: &str) -> Result<()> {
    ctx.require_scope(Permission::HandleDataRequests)?;
    let known = match complaint.trim() {
        "" => None,
        number => Some(personal::case_of_staff(ctx, number).await),
    };
    let tx = ctx.app.db.begin_write().await?;
    let (row, _) = held(&tx, ctx, id, seen).await?;
    let state = row.state.after(Move::Verify)?;
    let mut check = Check::new();
    let how = check.line("how", how, 5, 300);
    check.finish()?;
    let case = match known {
        None => None,
        Some(found) => match found {
            Ok(case) if case.unit == row.unit_id => Some(case),
            Ok(_) | Err(Error::NotFound) => {
                let unknown = Message::new("privacy-unknown-case");
                return Err(Error::field("complaint", unknown));
            }
            Err(other) => return Err(other),
        },
    };
    let verified = Request {
        state,
        checked_how: Some(how),
        complaint_id: case.map(|case| case.id),
        verified_at: Some(ctx.now),
        ..row
    };
    store::save_request(&tx, verified.clone()).await?;
    note(&tx, ctx, &verified, "data_request.verified").await?;
    tx.commit().await?;
    Ok(())
}

/// Refuses a request with the reason that the person reads.
pub async fn refuse(ctx: &Ctx, id: &str, seen: i32, reason: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (row, unit) = held(&tx, ctx, id, seen).await?;
    let state = row.state.after(Move::Refuse)?;
    let mut check = Check::new();
    let reason = check.text("refuse_reason", reason, 10, 2000);
    check.finish()?;
    let email = opened(&ctx.app, &row)?.email;
    let refused = Request {
        state,
        answer: Some(seal(&ctx.app, row.id, "answer", &reason)?),
        answered_at: Some(ctx.now),
        person_id: ctx.person_id(),
        ..row
    };
    store::save_request(&tx, refused.clone()).await?;
    note(&tx, ctx, &refused, "data_request.refused").await?;
    emails::to_person(&tx, ctx, &refused, &unit, email.as_deref(), Told::Answered).await?;
    tx.commit().await?;
    Ok(())
}
