//! What open complaints are about, for the agenda of a forum: counts for everybody who plans one, subjects
//! only of what is not confidential and only for those who may read complaints.

use std::collections::BTreeMap;

use super::{services, store};
use crate::{
    access::{Ctx, Permission},
    organisation::UnitId,
    platform::error::Result,
};

/// Open complaints about one service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenGroup {
    /// Code of the service; empty where the complaint names none.
    pub service: String,
    pub title: String,
    pub count: usize,
    pub subjects: Vec<String>,
}

/// Enough to see what it is about.
const SUBJECTS: usize = 5;

/// The open complaints of a unit by service, the most frequent first.
pub async fn open_groups(ctx: &Ctx, unit: UnitId) -> Result<Vec<OpenGroup>> {
    let db = &ctx.app.db;
    let reads = ctx.may(Permission::ViewComplaints, unit);
    let mut groups: BTreeMap<String, OpenGroup> = BTreeMap::new();
    for (service, confidential, subject) in store::open_subjects(db, unit).await? {
        let service = service.unwrap_or_default();
        let group = groups.entry(service.clone()).or_default();
        group.service = service;
        group.count += 1;
        if reads && !confidential && group.subjects.len() < SUBJECTS {
            group.subjects.push(subject);
        }
    }
    let mut found: Vec<OpenGroup> = groups.into_values().collect();
    for group in found.iter_mut().filter(|group| !group.service.is_empty()) {
        group.title = services::title(db, unit, &group.service).await?;
    }
    found.sort_by_key(|group| std::cmp::Reverse(group.count));
    Ok(found)
}
