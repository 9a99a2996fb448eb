//! The team of a forum: who of the unit's staff keeps its door and takes its notes, whatever their role is elsewhere.

use std::collections::HashSet;

use sea_orm::ConnectionTrait;

use super::{Forum, ForumId, Programme, service, store};
use crate::{
    access::{self, Ctx, Permission, PersonId, Role},
    organisation::UnitId,
    platform::{
        error::{Error, FieldError, Result},
        i18n::Message,
    },
};

/// What comes with being of the team. Letters, the record and its signatures stay with the organiser.
const OF_THE_TEAM: [Permission; 2] = [Permission::CheckIn, Permission::TakeNotes];

/// Whose account may stand in a team: everybody who works in the unit. Supervisors only look.
const STAFF: [Role; 5] = [
    Role::UnitAdmin,
    Role::Organiser,
    Role::ComplaintOfficer,
    Role::Handler,
    Role::Head,
];

/// Whether the caller may do this at the forum: by role, or as one of its team.
pub async fn may(ctx: &Ctx, forum: &Forum, permission: Permission) -> Result<bool> {
    if ctx.may(permission, forum.unit_id) {
        return Ok(true);
    }
    match ctx.person_id() {
        Some(person) if OF_THE_TEAM.contains(&permission) => {
            let team = store::team(&ctx.app.db, forum).await?;
            Ok(team.iter().any(|member| member.person_id == Some(person)))
        }
        _ => Ok(false),
    }
}

/// The forum, for whoever works at it: see [`may`].
pub async fn work_at(ctx: &Ctx, id: ForumId, permission: Permission) -> Result<Forum> {
    let forum = service::get(ctx, id, Permission::ViewForums).await?;
    match may(ctx, &forum, permission).await? {
        true => Ok(forum),
        false => Err(Error::Forbidden),
    }
}

/// The names of those who may: whoever may not is told whom to ask.
pub async fn who_may(
    db: &impl ConnectionTrait,
    forum: &Forum,
    permission: Permission,
) -> Result<Vec<String>> {
    let roles = access::roles_with(permission);
    let mut people = access::people_with(db, &roles, forum.unit_id, None).await?;
    if OF_THE_TEAM.contains(&permission) {
        let team = store::team(db, forum).await?;
        let in_team = |id| team.iter().any(|member| member.person_id == Some(id));
        let staff = access::people_with(db, &STAFF, forum.unit_id, None).await?;
        people.extend(staff.into_iter().filter(|(id, ..)| in_team(*id)));
    }
    let mut seen = HashSet::new();
    people.retain(|(id, ..)| seen.insert(*id));
    Ok(people.into_iter().map(|(_, name, _)| name).collect())
}

/// The accounts to choose from.
pub(super) async fn staff(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Vec<(PersonId, String)>> {
    let people = access::people_with(db, &STAFF, unit, None).await?;
    Ok(people.into_iter().map(|(id, name, _)| (id, name)).collect())
}

/// The name that was typed, or that of the account.
pub(super) fn named<'a>(
    typed: &'a str,
    person: Option<PersonId>,
    staff: &'a [(PersonId, String)],
) -> &'a str {
    let known = staff.iter().find(|(id, _)| Some(*id) == person);
    match (typed.trim(), known) {
        ("", Some((_, name))) => name,
        _ => typed,
    }
}

/// Refuses an account that is not of this unit: it would open a door to a stranger.
pub(super) async fn refuse_strangers(
    db: &impl ConnectionTrait,
    unit: UnitId,
    programme: &Programme,
) -> Result<()> {
    let staff = staff(db, unit).await?;
    let strange = |person: &PersonId| !staff.iter().any(|(known, _)| known == person);
    let lines = programme.team.iter().enumerate();
    let faults: Vec<FieldError> = lines
        .filter(|(_, member)| member.person.as_ref().is_some_and(strange))
        .map(|(index, _)| FieldError {
            field: format!("team_person_{index}"),
            message: Message::new("forums-team-person-unknown"),
        })
        .collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(faults)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_account_brings_its_name() {
        let (known, other) = (PersonId::new(), PersonId::new());
        let staff = [(known, "Ani Contoh".to_owned())];
        for (typed, person, name) in [
            ("", Some(known), "Ani Contoh"),
            ("  ", Some(known), "Ani Contoh"),
            ("Ibu Ani", Some(known), "Ibu Ani"),
            ("", Some(other), ""),
            ("Budi Contoh", None, "Budi Contoh"),
        ] {
            assert_eq!(named(typed, person, &staff).trim(), name, "{typed}");
        }
    }
}
