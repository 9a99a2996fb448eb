//! The demo record: the readable files under `fixtures/`, loaded into an empty database through the same
//! use cases that people use. The tests stand on the same files.

pub mod actions;
pub mod berita;
pub mod complaints;
mod people;
pub mod standards;

pub use people::{DemoPerson, load_basics, people};

use std::collections::HashMap;

use crate::{
    access::{Ctx, PersonId},
    platform::error::Result,
};

/// Loads the whole record into an empty database; every person gets the same password.
pub async fn load(ctx: &Ctx, password_hash: &str) -> Result<HashMap<String, PersonId>> {
    let people = load_basics(ctx, |_| password_hash.to_owned()).await?;
    standards::load(ctx).await?;
    complaints::load(ctx).await?;
    actions::load(ctx, &people, &HashMap::new()).await?;
    Ok(people)
}
