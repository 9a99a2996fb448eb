//! Complaints: a citizen files one without an account, gets a number, a secret code and the day by which it
//! is answered and why; the office assigns and answers it; the citizen says whether that helped. Who filed
//! it is sealed and apart, and two choices of the citizen, anonymous and confidential, decide who sees what.
//! Others enter by the functions named here: a link's label, a dashboard's counts, the public's figures.

mod actions;
mod agenda;
pub mod api;
mod bulk;
mod calling;
pub mod clocks;
mod desk;
mod emails;
pub mod entity;
mod explain;
pub mod filing;
pub mod finding;
mod fixtures;
mod handling;
pub mod history;
mod identity;
mod intake;
pub mod knowing;
mod latest;
pub mod letters;
mod many;
pub mod pages;
pub mod personal;
mod pressing;
mod protecting;
mod receipt;
pub mod retention;
pub mod routing;
pub mod rules;
mod services;
mod standard_answers;
mod store;
mod timeline;
mod told;
mod tracking;
pub mod trail;
mod viewing;
mod voices;
pub mod ways;
mod words;

pub use agenda::{OpenGroup, open_groups};
pub use bulk::RunBatch;
pub use entity::ComplaintId;
pub use finding::{AnswerSums, answers_in, find};
pub use fixtures::{Story, import, import_sorted};
pub use handling::{Disposition, TellAdditions, answer, assign};
pub use identity::key_fits;
pub use intake::{Draft, Filed, Once, file, register};
pub use knowing::{
    GrowingTopic, Matter, Matters, ProposedTopic, answer_topic, first_received, matters_of,
    matters_of_unit, proposed_topics, recapitulation, received_about, received_on,
    register_without_words, topic_figures, topic_named,
};
pub use many::fill;
pub use pressing::{Group, Pressing, PressingRow, open_and_late, pressing, unsigned_letters};
pub use rules::{Channel, Class, Kind, Status};
pub use store::save as change;
pub use viewing::{
    Overview, OverviewRow, PublicFigures, SourceInfo, find_source, late, overview, public_figures,
    source_info,
};
pub use voices::{
    LoopNews, OpenVoice, answer_voices, latest, numbers_of, open_voices, received_at, tell,
    topics_of, voices_of_topic,
};
pub use words::{called, status as status_words};

/// The pages that protect people: the trail of a case, retention and holds, letters, rules of disposition.
#[must_use]
pub fn protecting_routes(route: poem::Route) -> poem::Route {
    let route = trail::routes(route);
    let route = retention::routes(route);
    let route = letters::routes(route);
    routing::routes(crate::access::absences::routes(route))
}

/// Keeps a text that answers of the caller's unit begin with.
pub async fn add_standard_answer(
    ctx: &crate::access::Ctx,
    title: &str,
    text: &str,
) -> crate::platform::error::Result<()> {
    let typed = standard_answers::Typed {
        title: title.to_owned(),
        text: text.to_owned(),
    };
    standard_answers::add(ctx, &typed).await
}

/// Removes what is kept for a while only.
pub async fn sweep(
    app: &std::sync::Arc<crate::platform::context::App>,
    now: chrono::DateTime<chrono::Utc>,
) -> crate::platform::error::Result<()> {
    let db = &app.db;
    clocks::sweep(db, now).await?;
    desk::sweep(db, now).await?;
    filing::sweep(app, now).await?;
    store::sweep_idempotency_keys(db, now - chrono::Duration::hours(24)).await
}
