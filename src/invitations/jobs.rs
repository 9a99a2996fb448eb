//! One job per recipient.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Recipient, RecipientId, sending};
use crate::platform::{
    context::App,
    jobs::{Job, JobError},
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
