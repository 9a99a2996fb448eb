//! The demo record: the readable files under `fixtures/`, loaded into an empty database through the same
//! use cases that people use. The tests stand on the same files.

pub mod actions;
pub mod berita;
pub mod categories;
pub mod complaints;
mod forums;
mod issues;
mod knowing;
mod minutes;
mod people;
mod pictures;
mod protecting;
mod registration;
mod report;
pub mod standards;
mod surveys;

pub use forums::{DemoForums, load_forums};
pub use people::{DemoPerson, load_basics, people};

use std::collections::HashMap;

use crate::{
    access::{Ctx, PersonId},
    action_plans::{self, ActionItemId},
    complaints::ways::channels,
    organisation,
    platform::error::{Error, Result},
};

/// Loads the whole record into an empty database; every person gets the same password.
pub async fn load(ctx: &Ctx, password_hash: &str) -> Result<HashMap<String, PersonId>> {
    let people = load_basics(ctx, |_| password_hash.to_owned()).await?;
    standards::load(ctx).await?;
    surveys::load(ctx).await?;
    load_channels(ctx).await?;
    let forums = load_forums(ctx).await?;
    let recipients = forums.recipients.iter();
    let recipients = recipients.map(|(position, id)| (*position, id.0)).collect();
    registration::load(ctx, forums.next).await?;
    minutes::begin(ctx, forums.past, &people).await?;
    berita::load(ctx, &recipients).await?;
    minutes::load(ctx, forums.past, &people).await?;
    let mut complaints = complaints::load(ctx).await?;
    let earlier = complaints::load_2025(ctx).await?;
    complaints.by_key.extend(earlier.by_key);
    let ids = complaints.by_key.iter();
    let ids = ids.map(|(key, id)| (key.clone(), id.to_string())).collect();
    let actions = actions::load(ctx, &people, &ids).await?;
    link(ctx, &complaints, &actions).await?;
    knowing::load(ctx, &complaints.by_key).await?;
    issues::load(ctx, &people, &complaints.by_key, &actions).await?;
    actions::verify(ctx, &people, &actions).await?;
    report::load(ctx, forums.past, &people).await?;
    protecting::load(ctx, &people).await?;
    Ok(people)
}

/// Every unit says by which ways people reach it.
async fn load_channels(ctx: &Ctx) -> Result<()> {
    for unit in organisation::units(&ctx.app.db).await? {
        channels::add_from_contacts(ctx, &unit).await?;
    }
    Ok(())
}

/// Complaints that an action answers name it in their file; the link is visible from both ends.
async fn link(
    ctx: &Ctx,
    complaints: &complaints::Loaded,
    actions: &HashMap<String, ActionItemId>,
) -> Result<()> {
    for (complaint, action) in &complaints.actions {
        let action = actions.get(action).copied().ok_or(Error::NotFound)?;
        let source = crate::complaints::find_source(ctx, &complaint.to_string()).await?;
        let tx = ctx.app.db.begin_write().await?;
        action_plans::link(&tx, ctx, action, source).await?;
        tx.commit().await?;
    }
    Ok(())
}
