//! The job that makes an archive.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{entity::BundleId, service};
use crate::{
    access::Ctx,
    platform::{
        context::App,
        error::Error,
        jobs::{Job, JobError},
    },
};

/// Makes the archive of a unit and year.
#[derive(Debug, Serialize, Deserialize)]
pub struct MakeBundle {
    pub bundle: BundleId,
}

impl Job for MakeBundle {
    const NAME: &'static str = "evidence.make_bundle";

    fn key(&self) -> Option<String> {
        Some(self.bundle.to_string())
    }

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        let ctx = Ctx::system(&app);
        let Err(error) = service::make(&ctx, self.bundle).await else {
            return Ok(());
        };
        let hopeless = matches!(
            error,
            Error::NotFound | Error::Rule { .. } | Error::Invalid(_)
        );
        // Its page says that it failed.
        match service::failed(&ctx, self.bundle, hopeless).await? {
            true => Err(JobError::GiveUp(error.into())),
            false => Err(error.into()),
        }
    }
}
