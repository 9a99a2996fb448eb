//! What is kept about the person behind a complaint, for that person: a copy, a correction, an end of contact, and
//! anonymising on request. Who may ask is the calling capability's question; it checks the person first.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{
    entity::{ComplaintId, complaint},
    handling,
    identity::{self, Identity},
    retention::{self, Cause, Keep},
    rules::{self, MessageKind},
    services, store, timeline, tracking, trail, words,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::dates,
    documents::{
        data::{Fact, LetterSection},
        uploads,
    },
    organisation::{self, UnitId},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::{Locale, Message, t},
        mail,
    },
};

/// A case as far as a request about its data needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRef {
    pub id: ComplaintId,
    pub unit: UnitId,
    pub number: String,
}

impl From<complaint::Model> for CaseRef {
    fn from(of: complaint::Model) -> Self {
        Self {
            id: of.id,
            unit: of.unit_id,
            number: of.number,
        }
    }
}

/// The case of whoever brings number and code. Guesses are counted as on the tracking page.
pub async fn case_by_code(ctx: &Ctx, number: &str, code: &str) -> Result<CaseRef> {
    Ok(tracking::open(ctx, number, code).await?.into())
}

/// The case of this number, for who of the staff may see it.
pub async fn case_of_staff(ctx: &Ctx, number: &str) -> Result<CaseRef> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = store::visible(&ctx.app.db, &scope, &rules::read_number(number)).await?;
    Ok(found.into())
}

/// The number of a case.
pub async fn number_of(db: &impl ConnectionTrait, id: ComplaintId) -> Result<String> {
    Ok(store::get(db, id).await?.number)
}

/// What is kept, for people and for programs.
pub struct PersonalCopy {
    pub json: Value,
    pub sections: Vec<LetterSection>,
    pub files: Vec<(String, Vec<u8>)>,
}

struct Gathered {
    of: complaint::Model,
    zone: Tz,
    identity: Identity,
    service: Option<String>,
    messages: Vec<super::entity::message::Model>,
    history: Vec<audit::Model>,
    mails: Vec<(DateTime<Utc>, String)>,
}

async fn gathered(ctx: &Ctx, id: ComplaintId) -> Result<Gathered> {
    let db = &ctx.app.db;
    let of = store::get(db, id).await?;
    let unit = organisation::unit(db, of.unit_id).await?;
    let mut messages = store::messages(db, &of).await?;
    // Notes among colleagues are the office's words.
    messages.retain(|message| message.kind != MessageKind::InternalNote);
    let history = audit::history(db, "complaint", id.0).await?;
    let service = match &of.service_code {
        Some(code) => Some(services::title(db, unit.id, code).await?),
        None => None,
    };
    let sent = mail::about(db, "complaint", &[id.0]).await?;
    Ok(Gathered {
        zone: organisation::zone_of(&unit)?,
        identity: identity::read(db, &ctx.app, id).await?,
        service,
        messages,
        history: timeline::for_citizen(history),
        mails: sent
            .into_iter()
            .filter(|mail| mail.shown_address().is_none())
            .map(|mail| (mail.created_at, mail.subject))
            .collect(),
        of,
    })
}

/// Everything about one case that its person has a right to: identity, words, messages, what happened, mails that were
/// sent to them, and files.
pub async fn personal_copy(ctx: &Ctx, id: ComplaintId, locale: Locale) -> Result<PersonalCopy> {
    let found = gathered(ctx, id).await?;
    let db = &ctx.app.db;
    let mut files = Vec::new();
    for file in handling::attached(db, &found.of).await? {
        if file.by_citizen || file.for_citizen {
            let row = uploads::get(db, file.id).await?;
            files.push((file.name, uploads::bytes(&ctx.app, &row).await?));
        }
    }
    Ok(PersonalCopy {
        json: as_json(&found, &files),
        sections: as_sections(&found, &files, locale),
        files,
    })
}

fn as_json(found: &Gathered, files: &[(String, Vec<u8>)]) -> Value {
    let of = &found.of;
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    json!({
        "identity": {
            "name": found.identity.name,
            "email": found.identity.email,
            "phone": found.identity.phone,
        },
        "complaint": {
            "number": of.number,
            "kind": of.kind,
            "channel": of.channel,
            "service": of.service_code,
            "subject": of.subject,
            "description": of.description,
            "anonymous": of.anonymous,
            "confidential": of.confidential,
            "status": of.status,
            "received_at": of.received_at,
            "due_at": of.due_at,
            "answered_at": of.answered_at,
            "closed_at": of.closed_at,
        },
        "messages": found.messages.iter().map(|message| json!({
            "kind": message.kind, "at": message.at, "text": message.text,
        })).collect::<Vec<_>>(),
        "history": found.history.iter().map(|event| json!({
            "event": event.verb, "at": event.at, "by": event.actor_kind,
        })).collect::<Vec<_>>(),
        "mails": found.mails.iter().map(|(at, subject)| json!({
            "at": at, "subject": subject,
        })).collect::<Vec<_>>(),
        "files": names,
    })
}

fn as_sections(
    found: &Gathered,
    files: &[(String, Vec<u8>)],
    locale: Locale,
) -> Vec<LetterSection> {
    let of = &found.of;
    let moment = |at: DateTime<Utc>| dates::date_time(&at.with_timezone(&found.zone), locale);
    let label = |key: &str| t(locale, key);
    let section = |heading: String, facts: Vec<Fact>, body: Vec<String>| LetterSection {
        heading,
        facts,
        body,
    };
    let identity = [
        ("complaints-field-name", &found.identity.name),
        ("complaints-field-email", &found.identity.email),
        ("complaints-field-phone", &found.identity.phone),
    ];
    let known: Vec<Fact> = identity
        .into_iter()
        .filter_map(|(key, value)| Some(Fact::new(label(key), value.clone()?)))
        .collect();
    let none = if known.is_empty() {
        vec![label("complaints-reporter-none")]
    } else {
        Vec::new()
    };
    let mut facts = vec![
        Fact::new(label("complaints-pdf-received"), moment(of.received_at)),
        Fact::new(label("complaints-fact-kind"), words::kind(of.kind, locale)),
        Fact::new(
            label("complaints-inbox-channel"),
            words::channel(of.channel, locale),
        ),
        Fact::new(label("complaints-field-subject"), of.subject.clone()),
    ];
    if let Some(service) = &found.service {
        facts.push(Fact::new(label("complaints-inbox-service"), service));
    }
    let complaint = Message::new("personal-complaint")
        .with("number", &of.number)
        .text(locale);
    let mut all = vec![
        section(label("personal-identity"), known, none),
        section(
            complaint,
            facts,
            of.description.lines().map(str::to_owned).collect(),
        ),
    ];
    let said = found.messages.iter().map(|message| {
        let kind = match message.kind {
            MessageKind::CitizenMessage => "complaints-who-you",
            _ => "complaints-who-office",
        };
        Fact::new(
            moment(message.at),
            format!("{}: {}", label(kind), message.text),
        )
    });
    let happened = found
        .history
        .iter()
        .map(|event| Fact::new(moment(event.at), timeline::title(event, locale)));
    let sent = found
        .mails
        .iter()
        .map(|(at, subject)| Fact::new(moment(*at), subject.clone()));
    let names = files
        .iter()
        .map(|(name, bytes)| Fact::new(name.clone(), format!("{} byte", bytes.len())));
    for (key, facts) in [
        ("personal-messages", said.collect::<Vec<_>>()),
        ("personal-history", happened.collect::<Vec<_>>()),
        ("personal-mails", sent.collect::<Vec<_>>()),
        ("personal-files", names.collect::<Vec<_>>()),
    ] {
        if !facts.is_empty() {
            all.push(section(label(key), facts, Vec::new()));
        }
    }
    all
}

/// Writes down that a copy went out.
pub async fn note_given(tx: &Tx, ctx: &Ctx, id: ComplaintId, request: &str) -> Result<()> {
    let found = store::get(tx, id).await?;
    let told = json!({ "number": request });
    trail::note(tx, ctx, &found, "complaint.data_given", told).await
}

/// Who the complaint names now, for the form of a correction.
pub async fn identity_of(ctx: &Ctx, id: ComplaintId) -> Result<Identity> {
    identity::read(&ctx.app.db, &ctx.app, id).await
}

async fn refuse_tombstone(tx: &Tx, id: ComplaintId) -> Result<()> {
    match retention::erased_at(tx, id).await? {
        None => Ok(()),
        Some(_) => Err(anonymised()),
    }
}

fn anonymised() -> Error {
    Error::rule(
        "complaint.anonymised",
        Message::new("rule-complaint-anonymised"),
    )
}

/// Corrects who complained and how to reach them.
pub async fn correct_identity(
    tx: &Tx,
    ctx: &Ctx,
    id: ComplaintId,
    (name, email, phone): (&str, &str, &str),
) -> Result<()> {
    let mut check = Check::new();
    let given = Identity {
        name: check.optional("name", name, 120),
        email: check.email("email", email),
        phone: check.phone("phone", phone),
    };
    check.finish()?;
    refuse_tombstone(tx, id).await?;
    replace(tx, ctx, id, &given, "complaint.identity_corrected").await
}

/// No more mails and no calls: name stays, address and number go.
pub async fn stop_contact(tx: &Tx, ctx: &Ctx, id: ComplaintId) -> Result<()> {
    refuse_tombstone(tx, id).await?;
    let left = Identity {
        email: None,
        phone: None,
        ..identity::read(tx, &ctx.app, id).await?
    };
    mail::forget_about(tx, "complaint", id.0).await?;
    replace(tx, ctx, id, &left, "complaint.contact_stopped").await
}

async fn replace(
    tx: &Tx,
    ctx: &Ctx,
    id: ComplaintId,
    given: &Identity,
    verb: &'static str,
) -> Result<()> {
    let found = store::get(tx, id).await?;
    store::save(tx, &found, handling::unchanged()).await?;
    store::delete_identity(tx, id).await?;
    identity::keep(tx, &ctx.app, &found, given).await?;
    trail::note(tx, ctx, &found, verb, json!({})).await
}

/// Anonymises a case because its person asked. An open, held or merged case stays, and the refusal says why.
pub async fn anonymise_on_request(
    tx: &Tx,
    ctx: &Ctx,
    id: ComplaintId,
    request: &str,
) -> Result<()> {
    let found = store::get(tx, id).await?;
    let (ended_at, verdict) = retention::why_kept(tx, &found).await?;
    if let Err(keep) = verdict {
        let (code, key) = match keep {
            Keep::Held => ("complaint.held", "rule-complaint-held"),
            Keep::Erased => return Err(anonymised()),
            Keep::Open | Keep::MainOpen | Keep::Until(_) => {
                ("complaint.open", "rule-complaint-open")
            }
        };
        return Err(Error::rule(code, Message::new(key)));
    }
    let order = retention::Order {
        cause: Cause::Request,
        basis: request.to_owned(),
        run: None,
        ended_at,
    };
    retention::erase(tx, ctx, &found, order).await
}
