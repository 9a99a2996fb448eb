//! Mail leaves through a table: the use case queues a message in its transaction, a job sends it. A dead
//! server delays, never loses. At least once, with a Message-ID that stays the same, so that a
//! repeated mail is recognised; exactly once for the file transport, whose files are named by it.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    message::{Attachment, Mailbox, Message, MultiPart, SinglePart, header::ContentType},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, entity::prelude::*,
};
use serde::{Deserialize, Serialize};

use super::{
    context::App,
    db::Tx,
    error::Result,
    jobs::{self, Job, JobError, Registered},
};

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

    async fn run(self, app: Arc<App>) -> std::result::Result<(), JobError> {
        let Some(mail) = Entity::find_by_id(self.id).one(&app.db).await? else {
            return Ok(());
        };
        if mail.status == MailStatus::Sent {
            return Ok(());
        }
        let message = compose(&app, &mail).await.map_err(JobError::GiveUp);
        let outcome = match message {
            Ok(message) => app.mail.send(&mail.message_id, message).await,
            Err(error) => Err(error),
        };
        let mut row: ActiveModel = mail.into();
        match &outcome {
            Ok(()) => {
                row.status = Set(MailStatus::Sent);
                row.error = Set(None);
                row.sent_at = Set(Some(app.clock.now()));
            }
            Err(JobError::Retry(error)) => row.error = Set(Some(format!("{error:#}"))),
            Err(JobError::GiveUp(error)) => {
                row.status = Set(MailStatus::Failed);
                row.error = Set(Some(format!("{error:#}")));
            }
        }
        row.update(&app.db).await?;
        outcome
    }
}

async fn compose(app: &App, mail: &Model) -> anyhow::Result<Message> {
    let from: Mailbox = app.config.mail.from.parse().context("mail.from")?;
    let to = Mailbox::new(
        Some(mail.to_name.clone()).filter(|name| !name.is_empty()),
        address_of(app, mail)?
            .parse()
            .context("recipient address")?,
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
        let part = SinglePart::builder().header(ContentType::parse(&format!(
            "text/calendar; method={method}; charset=UTF-8"
        ))?);
        bodies = bodies.singlepart(part.body(calendar.clone()));
        files.push(
            Attachment::new("invite.ics".to_owned())
                .body(calendar.clone(), ContentType::parse("application/ics")?),
        );
    }
    for file in &mail.attachments.0 {
        let bytes = app.files.get(&file.file_key).await?;
        files.push(
            Attachment::new(file.name.clone()).body(bytes, ContentType::parse(&file.content_type)?),
        );
    }
    if files.is_empty() {
        return Ok(builder.multipart(bodies)?);
    }
    let mixed = files
        .into_iter()
        .fold(MultiPart::mixed().multipart(bodies), MultiPart::singlepart);
    Ok(builder.multipart(mixed)?)
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

/// How mails leave.
#[derive(Clone)]
pub enum Transport {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    /// One `.eml` per Message-ID in a folder.
    Files(PathBuf),
    Memory(Arc<Mutex<Vec<Vec<u8>>>>),
}

impl Transport {
    /// `smtp://…`, `smtps://…`, `file:DIR` or `memory:` (tests).
    pub fn parse(setting: &str) -> anyhow::Result<Self> {
        if let Some(folder) = setting.strip_prefix("file:") {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot create the mail folder {folder}"))?;
            return Ok(Self::Files(PathBuf::from(folder)));
        }
        if setting == "memory:" {
            return Ok(Self::Memory(Arc::default()));
        }
        anyhow::ensure!(
            setting.starts_with("smtp://") || setting.starts_with("smtps://"),
            "mail.transport must begin with smtp://, smtps:// or file:"
        );
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(setting).context("mail.transport")?;
        Ok(Self::Smtp(Box::new(
            transport
                .timeout(Some(std::time::Duration::from_secs(30)))
                .build(),
        )))
    }

    async fn send(&self, message_id: &str, message: Message) -> Result<(), JobError> {
        match self {
            Self::Smtp(smtp) => match smtp.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(JobError::GiveUp(error.into())),
                Err(error) => Err(JobError::Retry(error.into())),
            },
            Self::Files(folder) => write_once(folder, message_id, &message.formatted())
                .await
                .map_err(JobError::Retry),
            Self::Memory(sent) => {
                sent.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(message.formatted());
                Ok(())
            }
        }
    }

    /// Whether mails can leave now: for `doctor`.
    pub async fn probe(&self) -> anyhow::Result<()> {
        match self {
            Self::Smtp(smtp) => anyhow::ensure!(
                smtp.test_connection().await?,
                "the mail server does not answer"
            ),
            Self::Files(folder) => anyhow::ensure!(folder.is_dir(), "the mail folder is missing"),
            Self::Memory(_) => {}
        }
        Ok(())
    }
}

/// Written beside and renamed: a reader never sees half a mail, and a repeated send writes the same file.
async fn write_once(
    folder: &std::path::Path,
    message_id: &str,
    bytes: &[u8],
) -> anyhow::Result<()> {
    let name = message_id.split('@').next().unwrap_or(message_id);
    let (target, part) = (
        folder.join(format!("{name}.eml")),
        folder.join(format!("{name}.part")),
    );
    tokio::fs::write(&part, bytes)
        .await
        .with_context(|| format!("cannot write {}", part.display()))?;
    tokio::fs::rename(&part, &target)
        .await
        .with_context(|| format!("cannot write {}", target.display()))
}
