//! How a citizen files: a form of four short pages that is kept sealed between them, files that are looked at before
//! anybody opens them, the questions of a category, and work for the browser where many come from one network. And
//! what the citizen decides afterwards: which news to get, where, and whether the answer helped.

pub mod asking;
pub mod categories;
mod codes;
mod contacts;
pub mod entity;
mod evidence;
mod extras;
mod following;
mod forgetting;
mod forms;
mod news;
mod pdf;
mod personal;
pub mod rules;
mod store;
mod way_back;
pub mod work;

pub use categories::names as category_names;
pub use codes::{by_code, keep_code};
pub use contacts::{
    Asked, Confirmed, Pending, Wish, ask_change, confirm, hidden as hidden_contact, look_at_link,
    pending, wish_change,
};
pub use entity::{
    category::{self, CategoryId},
    contact_change::ContactField,
    file_check::FileState,
};
pub use evidence::{CheckFile, KeptFile, MOST_FILES, drawn, of_staff, openable, states, take_in};
pub use extras::{Details, Extras, add_files, details, ids_of, keep, rate, rated};
pub use following::{Followed, follow, followed, similar_cases, tell_followers, tell_of_end, turn};
pub use forgetting::{drop_changes, forget};
pub use forms::{Begun, Content, begin, discard, drop_gone, open, remove_files, save};
pub use news::{is_quiet, quiet_link, read_quiet_link, set_quiet};
pub use personal::personal;
pub use store::{categories_of, category_of, sort_under};
pub use way_back::{ask_code, renew_at_counter, renew_by_link, unowned, way_back_of};

use crate::access::{Actor, Ctx};

/// Whoever holds the code or a link acts as the citizen, also an officer who happens to be signed in here.
fn citizen(ctx: &Ctx) -> Ctx {
    Ctx {
        actor: Actor::Public,
        ..ctx.clone()
    }
}

/// Removes what is kept for a while only.
pub async fn sweep(
    app: &std::sync::Arc<crate::platform::context::App>,
    now: chrono::DateTime<chrono::Utc>,
) -> crate::platform::error::Result<()> {
    let db = &app.db;
    forms::sweep(app, now).await?;
    evidence::sweep(db, now - chrono::Duration::days(30)).await?;
    store::sweep_changes(db, now - chrono::Duration::days(contacts::KEPT_DAYS)).await?;
    store::sweep_followers(db, now - chrono::Duration::days(following::CONFIRM_DAYS)).await?;
    // Last: a mail that cannot be made must keep nothing from being forgotten.
    evidence::tell_missed(&Ctx::system(app)).await
}
