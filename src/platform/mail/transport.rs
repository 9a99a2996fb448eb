//! The ways in which mails leave: a server, a folder, or a test's memory.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Context as _;
use lettre::Message;

use crate::platform::{
    jobs::JobError,
    smtp::{self, Refusal},
};

/// How mails leave.
#[derive(Clone)]
pub enum Transport {
    Smtp(Box<smtp::Server>),
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
        let server = smtp::Server::parse(setting).context("mail.transport")?;
        Ok(Self::Smtp(Box::new(server)))
    }

    pub(super) async fn send(&self, message_id: &str, message: Message) -> Result<(), JobError> {
        match self {
            Self::Smtp(server) => server
                .send(&message)
                .await
                .map_err(|refusal| match refusal {
                    Refusal::Mail(error) => JobError::GiveUp(error),
                    Refusal::Session(error) => JobError::Retry(error),
                }),
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
            Self::Smtp(server) => server.probe().await?,
            Self::Files(folder) => anyhow::ensure!(folder.is_dir(), "the mail folder is missing"),
            Self::Memory(_) => {}
        }
        Ok(())
    }
}

/// Written beside and renamed: a reader never sees half a mail, and a repeated send writes the same file.
async fn write_once(folder: &Path, message_id: &str, bytes: &[u8]) -> anyhow::Result<()> {
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
