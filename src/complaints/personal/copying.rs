//! The copy: everything about a case that its person has a right to, for people and for programs.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::family;
use crate::{
    access::Ctx,
    audit,
    calendar::dates,
    complaints::{
        entity::{ComplaintId, complaint, message},
        filing::{self, FileState},
        handling::{self, Attached},
        identity::{self, Identity},
        rules::MessageKind,
        services, store, timeline, trail, ways, words,
    },
    documents::{
        data::{Fact, LetterSection},
        uploads,
    },
    organisation,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        mail,
    },
};

/// Something that is kept beside a case: a stable key for programs, words for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub key: &'static str,
    pub label: String,
    pub text: String,
}

impl Piece {
    pub fn new(key: &'static str, label: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            key,
            label: label.into(),
            text: text.into(),
        }
    }
}

/// How moments are told to the reader of a copy.
#[derive(Clone, Copy)]
pub struct Telling {
    pub locale: Locale,
    pub zone: Tz,
}

impl Telling {
    #[must_use]
    pub fn moment(self, at: DateTime<Utc>) -> String {
        dates::date_time(&at.with_timezone(&self.zone), self.locale)
    }
}

/// What is kept, for people and for programs.
pub struct PersonalCopy {
    pub json: Value,
    pub sections: Vec<LetterSection>,
    pub files: Vec<(String, Vec<u8>)>,
}

struct Gathered {
    of: complaint::Model,
    telling: Telling,
    identity: Identity,
    service: Option<String>,
    /// What filing and the ways in keep beside it.
    pieces: Vec<Piece>,
    messages: Vec<message::Model>,
    history: Vec<audit::Model>,
    mails: Vec<(DateTime<Utc>, String)>,
    /// Who of the office had the case open; the copy tells when and how often, not their names.
    readers: Vec<trail::Looker>,
    /// The bytes are empty for a file that nobody may open.
    files: Vec<(Attached, Vec<u8>)>,
}

async fn gathered(ctx: &Ctx, of: complaint::Model, locale: Locale) -> Result<Gathered> {
    let db = &ctx.app.db;
    let id = of.id;
    let unit = organisation::unit(db, of.unit_id).await?;
    let telling = Telling {
        locale,
        zone: organisation::zone_of(&unit)?,
    };
    let mut messages = store::messages(db, &of).await?;
    // Notes among colleagues are the office's words.
    messages.retain(|message| message.kind != MessageKind::InternalNote);
    let history = audit::history(db, "complaint", id.0).await?;
    let service = match &of.service_code {
        Some(code) => Some(services::title(db, unit.id, code).await?),
        None => None,
    };
    let sent = mail::about(db, "complaint", &[id.0]).await?;
    let mut pieces = filing::personal(db, &ctx.app, &of, telling).await?;
    pieces.extend(ways::personal(db, &ctx.app, &of, telling).await?);
    let mut files = Vec::new();
    for file in handling::attached(db, &of).await? {
        if !file.by_citizen && !file.for_citizen {
            continue;
        }
        // What was found bad stays sealed, also for its sender.
        let bytes = match file.state {
            FileState::Clean => {
                let row = uploads::get(db, file.id).await?;
                uploads::bytes(&ctx.app, &row).await?
            }
            FileState::Waiting | FileState::Infected | FileState::Damaged => Vec::new(),
        };
        files.push((file, bytes));
    }
    Ok(Gathered {
        telling,
        identity: identity::read(db, &ctx.app, id).await?,
        service,
        pieces,
        messages,
        readers: trail::readers(db, &of, telling.zone, &history, false).await?,
        history: timeline::for_citizen(history),
        mails: sent
            .into_iter()
            .filter(|mail| mail.shown_address().is_none())
            .map(|mail| (mail.created_at, mail.subject))
            .collect(),
        files,
        of,
    })
}

/// Everything about a case and its parts that their person has a right to: identity, words, messages, what happened,
/// mails that were sent to them, who looked, and files.
pub async fn personal_copy(ctx: &Ctx, id: ComplaintId, locale: Locale) -> Result<PersonalCopy> {
    let db = &ctx.app.db;
    let mut all = Vec::new();
    for of in family(db, store::get(db, id).await?).await? {
        all.push(gathered(ctx, of, locale).await?);
    }
    let mut json = all.iter().map(as_json);
    let mut first = json.next().unwrap_or_default();
    let parts: Vec<Value> = json.collect();
    if !parts.is_empty() {
        first["parts"] = Value::Array(parts);
    }
    let sections = all.iter().flat_map(as_sections).collect();
    let files = all.into_iter().flat_map(|found| found.files);
    Ok(PersonalCopy {
        json: first,
        sections,
        files: files
            .filter(|(file, _)| file.state == FileState::Clean)
            .map(|(file, bytes)| (file.name, bytes))
            .collect(),
    })
}

fn as_json(found: &Gathered) -> Value {
    let of = &found.of;
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
        "beside": found.pieces.iter().map(|piece| json!({
            "key": piece.key, "label": piece.label, "text": piece.text,
        })).collect::<Vec<_>>(),
        "messages": found.messages.iter().map(|message| json!({
            "kind": message.kind, "at": message.at, "text": message.text,
        })).collect::<Vec<_>>(),
        "history": found.history.iter().map(|event| json!({
            "event": event.verb, "at": event.at, "by": event.actor_kind,
        })).collect::<Vec<_>>(),
        "readers": found.readers.iter().map(|one| json!({
            "first": one.first, "last": one.last, "days": one.days, "files": one.files,
            "identity_shown": one.identity,
        })).collect::<Vec<_>>(),
        "mails": found.mails.iter().map(|(at, subject)| json!({
            "at": at, "subject": subject,
        })).collect::<Vec<_>>(),
        "files": found.files.iter().map(|(file, _)| json!({
            "name": file.name, "size": file.size, "included": file.state == FileState::Clean,
        })).collect::<Vec<_>>(),
    })
}

fn section(heading: String, facts: Vec<Fact>, body: Vec<String>) -> LetterSection {
    LetterSection {
        heading,
        facts,
        body,
    }
}

fn about(found: &Gathered) -> Vec<LetterSection> {
    let (of, telling) = (&found.of, found.telling);
    let locale = telling.locale;
    let label = |key: &str| t(locale, key);
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
        Fact::new(
            label("complaints-pdf-received"),
            telling.moment(of.received_at),
        ),
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
    let pieces = found.pieces.iter();
    facts.extend(pieces.map(|piece| Fact::new(piece.label.clone(), piece.text.clone())));
    let complaint = Message::new("personal-complaint")
        .with("number", &of.number)
        .text(locale);
    let body = of.description.lines().map(str::to_owned).collect();
    vec![
        section(label("personal-identity"), known, none),
        section(complaint, facts, body),
    ]
}

fn as_sections(found: &Gathered) -> Vec<LetterSection> {
    let telling = found.telling;
    let locale = telling.locale;
    let label = |key: &str| t(locale, key);
    let mut all = about(found);
    let said = found.messages.iter().map(|message| {
        let kind = match message.kind {
            MessageKind::CitizenMessage => "complaints-who-you",
            _ => "complaints-who-office",
        };
        Fact::new(
            telling.moment(message.at),
            format!("{}: {}", label(kind), message.text),
        )
    });
    let happened = found
        .history
        .iter()
        .map(|event| Fact::new(telling.moment(event.at), timeline::title(event, locale)));
    let read = found.readers.iter().zip(1..).map(|(one, place)| {
        let key = if one.identity {
            "personal-reader-identity"
        } else {
            "personal-reader"
        };
        let words = Message::new(key)
            .with("place", place)
            .with("days", one.days)
            .with("files", one.files);
        let span = format!(
            "{} – {}",
            telling.moment(one.first),
            telling.moment(one.last)
        );
        Fact::new(span, words.text(locale))
    });
    let sent = found
        .mails
        .iter()
        .map(|(at, subject)| Fact::new(telling.moment(*at), subject.clone()));
    let names = found.files.iter().map(|(file, _)| {
        let text = match file.state {
            FileState::Clean => format!("{} byte", file.size),
            FileState::Waiting | FileState::Infected | FileState::Damaged => {
                label("personal-file-kept")
            }
        };
        Fact::new(file.name.clone(), text)
    });
    for (key, facts) in [
        ("personal-messages", said.collect::<Vec<_>>()),
        ("personal-history", happened.collect::<Vec<_>>()),
        ("personal-readers", read.collect::<Vec<_>>()),
        ("personal-mails", sent.collect::<Vec<_>>()),
        ("personal-files", names.collect::<Vec<_>>()),
    ] {
        if !facts.is_empty() {
            all.push(section(label(key), facts, Vec::new()));
        }
    }
    all
}
