//! The registry of jobs: what is not listed here cannot be enqueued, because it does not compile.

use std::sync::Arc;

use futures::future::BoxFuture;

use crate::platform::{
    context::App,
    jobs::{Envelope, Job, JobError, Registered},
    mail::SendMail,
};

/// Implements [`Registered`] for each job and finds it again by its name.
macro_rules! registry {
    ($($job:ty),+ $(,)?) => {
        $(impl Registered for $job {})+

        /// Runs the job that an envelope names.
        pub fn dispatch(app: Arc<App>, envelope: Envelope) -> BoxFuture<'static, Result<(), JobError>> {
            match envelope.name.as_str() {
                $(<$job as Job>::NAME => Box::pin(async move {
                    let job: $job = serde_json::from_value(envelope.args).map_err(|error| JobError::GiveUp(error.into()))?;
                    job.run(app).await
                }),)+
                other => {
                    let error = anyhow::anyhow!("no job is called {other}; was it made by a newer version?");
                    Box::pin(async move { Err(JobError::Retry(error)) })
                }
            }
        }

        /// The names, for tests and `doctor`.
        pub const NAMES: &[&str] = &[$(<$job as Job>::NAME),+];
    };
}

registry![
    SendMail,
    crate::invitations::SendInvitation,
    crate::invitations::RemindRecipients,
    crate::registrations::RemindRegistered,
    crate::attendance::PrintPart,
    crate::action_plans::TellSources,
    crate::action_plans::TellUnlinked,
    crate::surveys::results::PeriodFrozen,
    crate::issues::TellVoices,
    crate::issues::LinkVoices,
    crate::forums::AgendaLeft,
    crate::forums::AgendaTold,
    crate::evidence_bundle::MakeBundle,
    crate::complaints::RunBatch,
    crate::complaints::TellAdditions,
    crate::complaints::knowing::LinkVoices,
    crate::complaints::filing::CheckFile,
    crate::complaints::retention::EraseBytes,
    crate::complaints::retention::RunRetention,
    crate::complaints::retention::CaseErased,
];
