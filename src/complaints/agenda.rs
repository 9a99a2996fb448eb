//! What open complaints are about, for the agenda of a forum: counts for everybody who plans one, subjects
//! only of what is not confidential and only for those who may read complaints.

use std::collections::HashMap;

use super::{filing, services, store};
use crate::{
    access::{Ctx, Permission},
    organisation::UnitId,
    platform::error::Result,
};

/// Open complaints about one service and, where they were filed under one, one category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenGroup {
    /// Says which group this is: code of the service, and the category's id after a stroke. Empty where complaints
    /// name neither.
    pub key: String,
    pub title: String,
    pub count: i64,
    pub subjects: Vec<String>,
}

/// Enough to see what it is about.
const SUBJECTS: usize = 5;
/// Among how many of the newest complaints subjects are looked for.
const NEWEST: u64 = 500;

/// The open complaints of a unit by service and category, the most frequent first.
pub async fn open_groups(ctx: &Ctx, unit: UnitId) -> Result<Vec<OpenGroup>> {
    let db = &ctx.app.db;
    let mut subjects: HashMap<store::About, Vec<String>> = HashMap::new();
    if ctx.may(Permission::ViewComplaints, unit) {
        for (about, subject) in store::open_subjects(db, unit, NEWEST).await? {
            let known = subjects.entry(about).or_default();
            if known.len() < SUBJECTS {
                known.push(subject);
            }
        }
    }
    let named = filing::category_names(db, unit).await?;
    let categories: HashMap<_, _> = named.into_iter().collect();
    let mut found = Vec::new();
    for (about, count) in store::open_counts(db, unit).await? {
        let subjects = subjects.remove(&about).unwrap_or_default();
        let (service, category) = about;
        let service = service.unwrap_or_default();
        let mut names = Vec::new();
        if !service.is_empty() {
            names.push(services::title(db, unit, &service).await?);
        }
        if let Some(name) = category.and_then(|id| categories.get(&id)) {
            names.push(name.clone());
        }
        found.push(OpenGroup {
            key: category.map_or(service.clone(), |id| format!("{service}/{id}")),
            title: names.join(": "),
            count,
            subjects,
        });
    }
    found.sort_by(|one, other| (other.count, &one.key).cmp(&(one.count, &other.key)));
    Ok(found)
}
