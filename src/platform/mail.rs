//! Mail leaves through a table: the use case queues a message in its transaction, a job sends it. A dead
//! server delays, never loses. At least once, with a Message-ID that stays the same, so that a
//! repeated mail is recognised; exactly once for the file transport, whose files are named by it.

mod forgetting;
mod transport;

use std::sync::Arc;

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart, header::ContentType};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{Set, Unchanged},
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    entity::prelude::*,
};
use serde::{Deserialize, Serialize};

use super::{
    context::App,
    db::Tx,
    error::Result,
    jobs::{self, Job, JobError, Registered},
    web::pages::RenderedEmail,
};

pub use forgetting::{forget_about, forget_private_about, sealed};
pub use transport::Transport;

/// A mail that could not be delivered for so long has failed, and its page says so.
const GIVE_UP_AFTER: chrono::Duration = chrono::Duration::days(14);

crate::typed_id!(
    /// A mail in the outbox.
    MailId
);

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MailStatus {
    Queued,
    Sent,
    Failed,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    pub message_id: String,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// An iTIP object and its method, when the mail carries a calendar invitation.
    pub calendar: Option<String>,
    pub calendar_method: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub attachments: Attachments,
    pub status: MailStatus,
    pub error: Option<String>,
    /// What the mail is about, so that its page can show what became of it: `invitation` + id.
    pub about_kind: String,
    pub about_id: Uuid,
    pub created_at: DateTimeUtc,
    pub sent_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Stored files that go along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Attachments(pub Vec<AttachedFile>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedFile {
    pub file_key: String,
    pub name: String,
    pub content_type: String,
}

/// A mail as a use case hands it over.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// (method, iCalendar text)
    pub calendar: Option<(String, String)>,
    pub attachments: Vec<AttachedFile>,
    pub about_kind: &'static str,
    pub about_id: Uuid,
}

/// Stands before an address that is kept sealed.
const SEALED: &str = "sealed:";

impl Model {
    /// The address as a page may show it; none for a person who must not be readable in the database.
    #[must_use]
    pub fn shown_address(&self) -> Option<&str> {
        (!self.to_address.starts_with(SEALED)).then_some(self.to_address.as_str())
    }
}

/// Queues a mail as part of the transaction.
pub async fn queue<J>(tx: &Tx, app: &App, now: DateTimeUtc, mail: Outgoing) -> Result<MailId>
where
    J: Registered + From<MailId>,
{
    queue_as::<J>(tx, app, now, MailId::new(), mail).await
}

/// The same words to each of these people (who, name, address); `about` is what the mails are about.
pub async fn queue_for_each<J>(
    tx: &Tx,
    app: &App,
    now: DateTimeUtc,
    words: &RenderedEmail,
    about: (&'static str, Uuid),
    people: impl IntoIterator<Item = (impl Sized, String, String)>,
) -> Result<()>
where
    J: Registered + From<MailId>,
{
    for (_, to_name, to_address) in people {
        let mail = Outgoing {
            to_name,
            to_address,
            subject: words.subject.clone(),
            text: words.text.clone(),
            html: words.html.clone(),
            calendar: None,
            attachments: Vec::new(),
            about_kind: about.0,
            about_id: about.1,
        };
        queue::<J>(tx, app, now, mail).await?;
    }
    Ok(())
}

/// The same for a citizen: the outbox keeps the address sealed, so that a copy of the database does not
/// tell who complained. The name is not kept at all; the words must not hold it either.
pub async fn queue_private<J>(
    tx: &Tx,
    app: &App,
    now: DateTimeUtc,
    mut mail: Outgoing,
) -> Result<MailId>
where
    J: Registered + From<MailId>,
{
    let id = MailId::new();
    let sealed = app.keys.seal(&mail.to_address, &format!("mail:{id}"))?;
    mail.to_address = format!("{SEALED}{}", STANDARD.encode(sealed));
    mail.to_name = String::new();
    queue_as::<J>(tx, app, now, id, mail).await
}

/// The address in the clear, at the moment of sending.
fn address_of(app: &App, mail: &Model) -> anyhow::Result<String> {
    match mail.to_address.strip_prefix(SEALED) {
        Some(sealed) => app
            .keys
            .open(&STANDARD.decode(sealed)?, &format!("mail:{}", mail.id)),
        None => Ok(mail.to_address.clone()),
    }
}

/// Keeps a mail that left some time ago: a record that is loaded as a whole has its outbox too.
pub async fn record_sent(tx: &Tx, app: &App, at: DateTimeUtc, mail: Outgoing) -> Result<()> {
    let mut row = row_of(app, at, MailId::new(), mail);
    row.status = Set(MailStatus::Sent);
    row.sent_at = Set(Some(at));
    forget_words(&mut row);
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

fn row_of(app: &App, now: DateTimeUtc, id: MailId, mail: Outgoing) -> ActiveModel {
    let (calendar_method, calendar) = mail
        .calendar
        .map_or((None, None), |(method, text)| (Some(method), Some(text)));
    ActiveModel {
        id: Set(id),
        message_id: Set(format!("{id}@{}", host(&app.config.http.public_url))),
        to_name: Set(mail.to_name),
        to_address: Set(mail.to_address),
        subject: Set(mail.subject),
        text: Set(mail.text),
        html: Set(mail.html),
        calendar: Set(calendar),
        calendar_method: Set(calendar_method),
        attachments: Set(Attachments(mail.attachments)),
        status: Set(MailStatus::Queued),
        error: Set(None),
        about_kind: Set(mail.about_kind.to_owned()),
        about_id: Set(mail.about_id),
        created_at: Set(now),
        sent_at: Set(None),
    }
}

async fn queue_as<J>(
    tx: &Tx,
    app: &App,
    now: DateTimeUtc,
    id: MailId,
    mail: Outgoing,
) -> Result<MailId>
where
    J: Registered + From<MailId>,
{
    let row = row_of(app, now, id, mail);
    Entity::insert(row).exec_without_returning(tx).await?;
    jobs::enqueue(tx, &J::from(id), now).await?;
    Ok(id)
}

/// The mails about one thing, newest first.
pub async fn about(db: &impl ConnectionTrait, kind: &str, ids: &[Uuid]) -> Result<Vec<Model>> {
    let found = Entity::find()
        .filter(Column::AboutKind.eq(kind))
        .filter(Column::AboutId.is_in(ids.iter().copied()));
    Ok(sea_orm::QueryOrder::order_by_desc(found, Column::Id)
        .all(db)
        .await?)
}

/// These mails, as the outbox knows them.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<MailId>) -> Result<Vec<Model>> {
    let found = Entity::find().filter(Column::Id.is_in(ids));
    Ok(found.all(db).await?)
}

/// Sends one queued mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    pub id: MailId,
}

impl From<MailId> for SendMail {
    fn from(id: MailId) -> Self {
        Self { id }
    }
}

impl Job for SendMail {
    const NAME: &'static str = "mail.send";

    /// The age of the mail ends the attempts, long before their number does.
    const MAX_ATTEMPTS: i32 = 1000;

    async fn run(self, app: Arc<App>) -> std::result::Result<(), JobError> {
        let Some(mail) = Entity::find_by_id(self.id).one(&app.db).await? else {
            return Ok(());
        };
        if mail.status != MailStatus::Queued {
            return Ok(());
        }
        let too_old = app.clock.now() - mail.created_at > GIVE_UP_AFTER;
        let outcome = match deliver(&app, &mail).await {
            Err(JobError::Retry(error)) if too_old => Err(JobError::GiveUp(error)),
            other => other,
        };
        let mut row: ActiveModel = mail.into();
        match &outcome {
            Ok(()) => {
                row.status = Set(MailStatus::Sent);
                row.error = Set(None);
                row.sent_at = Set(Some(app.clock.now()));
                forget_words(&mut row);
            }
            Err(JobError::Retry(error)) => row.error = Set(Some(format!("{error:#}"))),
            Err(JobError::GiveUp(error)) => {
                row.status = Set(MailStatus::Failed);
                row.error = Set(Some(format!("{error:#}")));
                forget_words(&mut row);
            }
        }
        row.update(app.db.bookkeeping()).await?;
        outcome
    }
}

/// What a mail said is not kept once it has left or failed: an answer link is a key, and who wants the mail again
/// gets a new one. About what and when stays, and to whom of the staff; a citizen's address, which nobody reads there,
/// goes too.
fn forget_words(row: &mut ActiveModel) {
    if matches!(&row.to_address, Set(to) | Unchanged(to) if to.starts_with(SEALED)) {
        row.to_address = Set(SEALED.to_owned());
    }
    row.text = Set(String::new());
    row.html = Set(String::new());
    row.calendar = Set(None);
    row.attachments = Set(Attachments::default());
}

async fn deliver(app: &App, mail: &Model) -> std::result::Result<(), JobError> {
    let address = address_of(app, mail)?;
    let outcome = match compose(app, mail, &address).await {
        Ok(message) => app.mail.send(&mail.message_id, message).await,
        Err(error) => Err(error),
    };
    if mail.shown_address().is_some() {
        return outcome;
    }
    // Servers repeat the address in what they say; a sealed one stays out of the log and the tables.
    let hidden =
        |error: anyhow::Error| anyhow::anyhow!(without_address(&format!("{error:#}"), &address));
    outcome.map_err(|error| match error {
        JobError::Retry(error) => JobError::Retry(hidden(error)),
        JobError::GiveUp(error) => JobError::GiveUp(hidden(error)),
    })
}

/// The same words with every address, and the part of this one before the @, made unreadable.
fn without_address(said: &str, address: &str) -> String {
    let lower = address.to_lowercase();
    let local = lower.split('@').next().unwrap_or(&lower);
    let tells = |word: &str| {
        let word = word.to_lowercase();
        let mut pieces = word.split(|c: char| !c.is_alphanumeric() && !"._+-".contains(c));
        word.contains('@') || pieces.any(|piece| piece == local)
    };
    let words = said
        .split_whitespace()
        .map(|word| if tells(word) { "…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// Only what is wrong with the mail itself is final; a file store or a key that is away comes back.
async fn compose(app: &App, mail: &Model, address: &str) -> std::result::Result<Message, JobError> {
    let from: Mailbox = app.config.mail.from.parse().context("mail.from")?;
    let to = Mailbox::new(
        Some(mail.to_name.clone()).filter(|name| !name.is_empty()),
        address
            .parse()
            .context("recipient address")
            .map_err(JobError::GiveUp)?,
    );
    let builder = Message::builder()
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date(mail.created_at.into())
        .from(from)
        .to(to)
        .subject(mail.subject.clone())
        .header(AutoSubmitted);
    let mut bodies = MultiPart::alternative()
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    let mut files = Vec::new();
    if let (Some(calendar), Some(method)) = (&mail.calendar, &mail.calendar_method) {
        let kind = content_type(&format!("text/calendar; method={method}; charset=UTF-8"))?;
        bodies = bodies.singlepart(SinglePart::builder().header(kind).body(calendar.clone()));
        files.push(
            Attachment::new("invite.ics".to_owned())
                .body(calendar.clone(), content_type("application/ics")?),
        );
    }
    for file in &mail.attachments.0 {
        let bytes = app.files.get(&file.file_key).await?;
        files.push(
            Attachment::new(file.name.clone()).body(bytes, content_type(&file.content_type)?),
        );
    }
    let message = if files.is_empty() {
        builder.multipart(bodies)
    } else {
        let mixed = MultiPart::mixed().multipart(bodies);
        builder.multipart(files.into_iter().fold(mixed, MultiPart::singlepart))
    };
    message.map_err(|error| JobError::GiveUp(error.into()))
}

fn content_type(text: &str) -> std::result::Result<ContentType, JobError> {
    ContentType::parse(text).map_err(|error| JobError::GiveUp(error.into()))
}

/// Tells other machines not to answer automatically (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

fn host(url: &str) -> &str {
    let host = url.split("://").nth(1).unwrap_or(url);
    host.split(['/', ':']).next().unwrap_or("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_kept_without_the_address() {
        for (said, kept) in [
            (
                "permanent error (550): 5.1.1 <Budi@Contoh.example>: Recipient address rejected: User unknown",
                "permanent error (550): 5.1.1 … Recipient address rejected: User unknown",
            ),
            (
                "permanent error (550): mailbox budi not found",
                "permanent error (550): mailbox … not found",
            ),
            (
                "transient error (451): 4.7.1\nGreylisted, see https://surel.example/?to=budi@contoh.example",
                "transient error (451): 4.7.1 Greylisted, see …",
            ),
        ] {
            assert_eq!(without_address(said, "budi@contoh.example"), kept);
        }
    }
}
