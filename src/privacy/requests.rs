//! A person asks about their data, without an account: with number and code of their complaint, or to be checked at the
//! counter. The register keeps what was asked, until when it is owed, and what became of it.

use chrono::Duration;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{
    emails::{self, Told},
    entity::{RequestId, request::Model as Request},
    rules::{Broken, Move, State},
    store,
    taking::refuse_numbers,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        personal,
        rules::{read_code, read_number},
    },
    organisation::{self, Unit},
    platform::{
        check::Check,
        context::App,
        crypto::{Purpose, same},
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        throttle::{self, Throttle},
    },
};

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

pub fn seal_some(
    app: &App,
    id: RequestId,
    field: &str,
    value: Option<&str>,
) -> Result<Option<Vec<u8>>> {
    value.map(|value| seal(app, id, field, value)).transpose()
}

fn open(app: &App, id: RequestId, field: &str, sealed: &[u8]) -> Result<String> {
    // What was forgotten is no sealed text any more.
    if sealed.is_empty() {
        return Ok(String::new());
    }
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
    end(ctx, row, "data_request.withdrawn").await
}

fn mark(app: &App, id: RequestId) -> String {
    app.keys.hash(Purpose::Tokens, &format!("not-me:{id}"))
}

/// The link for the address that the case knows: whoever opens it did not ask. It opens nothing, it only ends the
/// request.
#[must_use]
pub fn objection_link(app: &App, id: RequestId) -> String {
    app.url(&format!("/data-pribadi/bukan-saya/{id}.{}", mark(app, id)))
}

/// The request that such a link is of.
pub async fn by_objection(ctx: &Ctx, token: &str) -> Result<Request> {
    let (id, given) = token.split_once('.').ok_or(Error::NotFound)?;
    let id = RequestId::parse(id)?;
    if !same(&mark(&ctx.app, id), given) {
        return Err(Error::NotFound);
    }
    store::request_by_id(&ctx.app.db, id).await
}

/// Ends a request that somebody else made with the code.
pub async fn object(ctx: &Ctx, token: &str) -> Result<()> {
    let row = by_objection(ctx, token).await?;
    end(ctx, row, "data_request.objected").await
}

async fn end(ctx: &Ctx, row: Request, verb: &'static str) -> Result<()> {
    let state = row.state.after(Move::Withdraw)?;
    let tx = ctx.app.db.begin_write().await?;
    let ended = Request {
        state,
        answered_at: Some(ctx.now),
        ..row
    };
    store::save_request(&tx, ended.clone()).await?;
    note(&tx, ctx, &ended, verb).await?;
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

/// The outcome of a step. A press that comes after one's own first press with the same words finds done what was asked
/// for, and is no conflict.
pub async fn settled(
    ctx: &Ctx,
    id: &str,
    (verb, words): (&str, &str),
    done: Result<()>,
) -> Result<()> {
    match done {
        Err(error) if error.is_conflict() && is_done(ctx, id, verb, words).await? => Ok(()),
        done => done,
    }
}

async fn is_done(ctx: &Ctx, id: &str, verb: &str, words: &str) -> Result<bool> {
    let db = &ctx.app.db;
    let scope = ctx.require_scope(Permission::ViewDataRequests)?;
    let row = store::request(db, &scope, RequestId::parse(id)?).await?;
    let history = audit::history(db, "data_request", row.id.0).await?;
    // Between both presses the page was read.
    let last = history
        .iter()
        .rfind(|event| event.verb != "data_request.read");
    let own = last.is_some_and(|last| last.verb == verb && last.person_id == ctx.person_id());
    let kept = match verb {
        "data_request.verified" => row.checked_how.clone(),
        _ => opened(&ctx.app, &row)?.answer,
    };
    let same = |kept: String| kept.split_whitespace().eq(words.split_whitespace());
    Ok(own && kept.is_some_and(same))
}

/// An officer checked who asks, and which case is theirs.
pub async fn verify(ctx: &Ctx, id: &str, seen: i32, how: &str, complaint: &str) -> Result<()> {
    ctx.require_scope(Permission::HandleDataRequests)?;
    let known = match complaint.trim() {
        "" => None,
        number => {
            let (_, unit) = held(&ctx.app.db, ctx, id, seen).await?;
            Some(personal::case_of_staff(ctx, &unit, number).await)
        }
    };
    let tx = ctx.app.db.begin_write().await?;
    let (row, _) = held(&tx, ctx, id, seen).await?;
    // Who was checked without a case can be given one later; another one never.
    let names = row.state == State::Verified && row.complaint_id.is_none();
    let state = if names {
        row.state
    } else {
        row.state.after(Move::Verify)?
    };
    let mut check = Check::new();
    let how = check.line("how", how, 5, 300);
    refuse_numbers(&mut check, "how", &how);
    if names && known.is_none() {
        check.fault("complaint", Message::new("field-required"));
    }
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
        verified_at: row.verified_at.or(Some(ctx.now)),
        ..row
    };
    store::save_request(&tx, verified.clone()).await?;
    note(&tx, ctx, &verified, "data_request.verified").await?;
    tx.commit().await?;
    Ok(())
}

/// Who is told what became of a request: the address that it names, and, where the code alone told who asks, the one
/// that the case knows.
pub async fn addresses(tx: &Tx, ctx: &Ctx, of: &Request) -> Result<Vec<String>> {
    let mut all: Vec<String> = opened(&ctx.app, of)?.email.into_iter().collect();
    if let Some(case) = of.complaint_id.filter(|_| of.is_by_code()) {
        let known = personal::known_email(tx, ctx, case).await?;
        all.extend(known.filter(|known| !all.contains(known)));
    }
    Ok(all)
}

/// Refuses a request with the reason that the person reads.
pub async fn refuse(ctx: &Ctx, id: &str, seen: i32, reason: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (row, unit) = held(&tx, ctx, id, seen).await?;
    let state = row.state.after(Move::Refuse)?;
    let mut check = Check::new();
    let reason = check.text("refuse_reason", reason, 10, 2000);
    refuse_numbers(&mut check, "refuse_reason", &reason);
    check.finish()?;
    let addresses = addresses(&tx, ctx, &row).await?;
    let refused = Request {
        state,
        answer: Some(seal(&ctx.app, row.id, "answer", &reason)?),
        answered_at: Some(ctx.now),
        person_id: ctx.person_id(),
        ..row
    };
    store::save_request(&tx, refused.clone()).await?;
    note(&tx, ctx, &refused, "data_request.refused").await?;
    emails::to_person(&tx, ctx, &refused, &unit, &addresses, Told::Answered).await?;
    tx.commit().await?;
    Ok(())
}
