//! The forum's own people on its list. They need no invitation, and are no guests.

use sea_orm::ConnectionTrait;

use super::{
    service::{self, Person},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    forums::{self, Forum, ForumId, Group, TeamMember},
    organisation,
    platform::{error::Result, words::folded},
};

/// The members of the team whose names are not on the list, each name once.
pub(super) async fn missing(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<TeamMember>> {
    let listed = store::names(db, forum).await?;
    let mut known: Vec<String> = listed.iter().map(|row| folded(&row.name)).collect();
    let mut missing = forums::team(db, forum).await?;
    missing.retain(|member| {
        let name = folded(&member.name);
        let new = !known.contains(&name);
        known.push(name);
        new
    });
    Ok(missing)
}

/// Puts the team on the list, not in yet. Returns how many are new.
pub async fn add(ctx: &Ctx, id: ForumId) -> Result<usize> {
    let forum = forums::work_at(ctx, id, Permission::CheckIn).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let officials = organisation::officials(&ctx.app.db, unit.id).await?;
    // The list and the record that is signed say who somebody is; what they do in the team is no office.
    let position = |member: &TeamMember| {
        let name = folded(&member.name);
        let office = officials.iter().find(|one| folded(&one.name) == name);
        office.map_or_else(|| member.role.clone(), |one| one.office.clone())
    };
    let tx = ctx.app.db.begin_write().await?;
    service::open_list(&tx, ctx, id, zone).await?;
    let missing = missing(&tx, &forum).await?;
    let made = missing.len();
    for member in missing {
        let person = Person {
            role: position(&member),
            name: member.name,
            organisation: unit.name.clone(),
            group: Group::Organiser,
            phone: None,
        };
        service::insert(&tx, ctx, &forum, person, None).await?;
    }
    let entry = audit::Entry::new("forum", id.0, "attendance.team_listed")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "made": made }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(made)
}
