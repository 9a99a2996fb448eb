//! A complaint that was made of a comment was anonymised: the same words stand in the survey, and go there too.

use std::sync::Arc;

use crate::{
    complaints::retention::CaseErased,
    platform::{
        context::App,
        error::Result,
        jobs::{Job, JobError},
    },
    surveys::{self, CommentUse},
};

async fn forget(app: &App, of: &CaseErased) -> Result<()> {
    let tx = app.db.begin_write().await?;
    let target = super::service::address_of(&of.number);
    surveys::forget(&tx, CommentUse::Complaint, &target).await?;
    tx.commit().await?;
    Ok(())
}

impl Job for CaseErased {
    const NAME: &'static str = "survey.forget_comment";

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        Ok(forget(&app, &self).await?)
    }
}
