//! One job per invitation, and one per reminder of a forum.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Recipient, RecipientId, reminders, sending};
use crate::{
    forums::ForumId,
    platform::{
        context::App,
        jobs::{Job, JobError},
    },
};

/// Writes the invitation of one recipient and hands it to the mail queue.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendInvitation {
    pub recipient: RecipientId,
    /// Which request it answers: a later one, or another address, makes it void.
    pub requested_at: DateTime<Utc>,
}

impl SendInvitation {
    /// Whether the recipient still waits for this very job.
    #[must_use]
    pub fn is_for(&self, recipient: &Recipient) -> bool {
        recipient.id == self.recipient && recipient.requested_at == Some(self.requested_at)
    }
}

impl Job for SendInvitation {
    const NAME: &'static str = "invitation.send";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(sending::write_mail(&app, &self).await?)
    }
}

/// Reminds those who are invited to a forum.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemindRecipients {
    pub forum: ForumId,
    /// When it was due: a forum that is moved afterwards is reminded of anew.
    pub due: DateTime<Utc>,
}

impl Job for RemindRecipients {
    const NAME: &'static str = "invitation.remind";

    fn key(&self) -> Option<String> {
        Some(format!("{}:{}", self.forum, self.due.timestamp()))
    }

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(reminders::remind(&app, &self).await?)
    }
}
