//! [`App`]: the services of this process, built once in `main` and passed by value. No globals.

use std::sync::Arc;

use super::{
    clock::Clock, config::Config, crypto::Keys, db::Db, files::Files, mail::Transport,
    memory::Memory, web::pages::Templates,
};

pub struct App {
    pub config: Config,
    pub db: Db,
    pub clock: Clock,
    pub keys: Keys,
    pub files: Files,
    pub mail: Transport,
    pub templates: Templates,
    /// One or two documents are typeset at a time: each takes a core and some 100 MB.
    pub typesetting: tokio::sync::Semaphore,
    /// Two passwords are hashed at a time: each takes a core and 19 MB, and anybody can ask for it.
    pub hashing: Arc<tokio::sync::Semaphore>,
    /// One picture of a stranger is decoded at a time, for the same reason.
    pub decoding: tokio::sync::Semaphore,
    /// So many forms with several photos are read at once: each stays in memory as a whole.
    pub large_forms: Arc<tokio::sync::Semaphore>,
    /// What was counted before, and is asked for again.
    pub memory: Memory,
}

impl App {
    /// Opens the database and the file store; the schema must be up to date.
    pub async fn open(config: Config, clock: Clock) -> anyhow::Result<Arc<Self>> {
        let db = Db::connect(&config.database.url, config.database.max_connections).await?;
        let keys = Keys::from_secret(&config.secret_key)?;
        let files = Files::open(&config.files.url)?;
        let mail = Transport::parse(&config.mail.transport)?;
        let templates = Templates::load(&config.templates.email_dir)?;
        Ok(Arc::new(Self {
            config,
            db,
            clock,
            keys,
            files,
            mail,
            templates,
            typesetting: tokio::sync::Semaphore::new(1),
            hashing: Arc::new(tokio::sync::Semaphore::new(2)),
            decoding: tokio::sync::Semaphore::new(1),
            large_forms: Arc::new(tokio::sync::Semaphore::new(8)),
            memory: Memory::default(),
        }))
    }

    /// An absolute address for mails, QR codes and calendar entries.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!(
            "{}{path}",
            self.config.http.public_url.trim_end_matches('/')
        )
    }

    #[must_use]
    pub fn is_https(&self) -> bool {
        self.config.http.public_url.starts_with("https://")
    }
}
