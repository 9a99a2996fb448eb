//! One job per recipient.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{RecipientId, sending};
use crate::platform::{
    context::App,
    jobs::{Job, JobError},
};

/// Writes the invitation of one recipient and hands it to the mail queue.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendInvitation {
    pub recipient: RecipientId,
}

impl Job for SendInvitation {
    const NAME: &'static str = "invitation.send";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(sending::write_mail(&app, self.recipient).await?)
    }
}
