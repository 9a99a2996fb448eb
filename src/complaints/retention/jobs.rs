//! Work of retention that is done in the background.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::running;
use crate::{
    access::{Ctx, PersonId},
    organisation::UnitId,
    platform::{
        context::App,
        jobs::{Job, JobError},
    },
};

/// Removes the bytes of files whose rows are gone. A job, because a process that stops after the commit must not leave
/// somebody's papers behind.
#[derive(Debug, Serialize, Deserialize)]
pub struct EraseBytes {
    pub keys: Vec<String>,
}

impl Job for EraseBytes {
    const NAME: &'static str = "retention.erase_bytes";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        for key in &self.keys {
            app.files.remove(key).await?;
        }
        Ok(())
    }
}

/// A run that somebody began on the page.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunRetention {
    pub unit: UnitId,
    pub person: Option<PersonId>,
}

impl Job for RunRetention {
    const NAME: &'static str = "retention.run";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        let ctx = Ctx::system(&app);
        running::run(&ctx, self.unit, self.person, None).await?;
        Ok(())
    }
}

/// A case was anonymised: who keeps the words that it was made of elsewhere forgets them. Run by `survey_voices`, which
/// may name both.
#[derive(Debug, Serialize, Deserialize)]
pub struct CaseErased {
    pub number: String,
}
