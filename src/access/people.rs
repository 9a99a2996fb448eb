//! Accounts of the staff, looked after by the administrator of their unit: who may sign in, and as what.

use sea_orm::ActiveValue::Set;

use super::{
    ctx::Ctx,
    entity::{PersonId, Role, person, role_grant},
    links,
    policy::{Permission, Scope},
    service::{self, ImportedPerson, RoleIn},
    store,
};
use crate::{
    audit,
    organisation::{self, DivisionId, UnitId},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// The roles that the administrator of a unit may give.
const OF_A_UNIT: [Role; 5] = [
    Role::UnitAdmin,
    Role::Organiser,
    Role::ComplaintOfficer,
    Role::Handler,
    Role::Head,
];

/// Name and roles as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFields {
    pub name: String,
    pub roles: Vec<Role>,
    /// For handlers: whose complaints they see. For officers: which of them their inbox shows by itself.
    pub division: Option<DivisionId>,
}

/// Somebody with an account, and the roles that the caller looks after.
pub struct Member {
    pub person: person::Model,
    pub grants: Vec<role_grant::Model>,
}

/// The roles that the caller may give in a unit. Supervisors look across units: the installation names them.
pub fn roles_to_give(scope: &Scope) -> Vec<Role> {
    let wide = scope.everywhere.then_some(Role::Supervisor);
    OF_A_UNIT.into_iter().chain(wide).collect()
}

pub async fn list(ctx: &Ctx) -> Result<Vec<Member>> {
    let scope = ctx.require_scope(Permission::ManagePeople)?;
    let units = (!scope.everywhere).then_some(scope.units.as_slice());
    let found = store::staff_of(&ctx.app.db, units).await?;
    Ok(found
        .into_iter()
        .map(|(person, grants)| Member { person, grants })
        .collect())
}

/// One of them; whoever has no role in the caller's units does not exist for them.
pub async fn get(ctx: &Ctx, id: PersonId) -> Result<Member> {
    let all = list(ctx).await?;
    all.into_iter()
        .find(|member| member.person.id == id)
        .ok_or(Error::NotFound)
}

async fn checked(tx: &Tx, scope: &Scope, unit: UnitId, fields: &PersonFields) -> Result<()> {
    let mut check = Check::new();
    if fields.roles.is_empty() {
        check.fault("roles", Message::new("people-role-needed"));
    }
    let given = roles_to_give(scope);
    if fields.roles.iter().any(|role| !given.contains(role)) {
        return Err(Error::Forbidden);
    }
    let handles = fields.roles.contains(&Role::Handler);
    match fields.division {
        None if handles => check.fault("division", Message::new("people-division-needed")),
        Some(id) => {
            let known = organisation::divisions(tx, unit).await?;
            if !known.iter().any(|division| division.id == id) {
                check.fault("division", Message::new("field-unknown-choice"));
            }
        }
        None => {}
    }
    check.finish()
}

fn grants(unit: UnitId, fields: &PersonFields) -> Vec<RoleIn> {
    let roles = fields.roles.iter();
    roles
        .map(|role| RoleIn {
            role: *role,
            unit: Some(unit),
            division: fields
                .division
                .filter(|_| matches!(role, Role::Handler | Role::ComplaintOfficer)),
        })
        .collect()
}

/// Adds an account and sends its owner the link to set a password. An address that has an account elsewhere in the
/// installation gets the roles of this unit beside its own.
pub async fn add(ctx: &Ctx, unit: UnitId, email: &str, fields: PersonFields) -> Result<()> {
    ctx.require(Permission::ManagePeople, unit)?;
    let scope = ctx.require_scope(Permission::ManagePeople)?;
    let tx = ctx.app.db.begin_write().await?;
    organisation::hold(&tx, unit).await?;
    checked(&tx, &scope, unit, &fields).await?;
    if let Some(known) = store::person_by_email(&tx, email).await? {
        let held = store::grants_of(&tx, known.id).await?;
        if held.iter().any(|grant| grant.unit_id == Some(unit)) {
            return Err(Error::field("email", Message::new("field-email-taken")));
        }
        give(&tx, ctx, known.id, unit, &fields).await?;
        return Ok(tx.commit().await?);
    }
    let new = ImportedPerson {
        name: fields.name.clone(),
        email: email.to_owned(),
        // No password fits it until the owner sets one.
        password_hash: String::new(),
        roles: grants(unit, &fields),
    };
    let id = service::import_person(&tx, ctx, new).await?;
    let person = store::person(&tx, id).await?.ok_or(Error::NotFound)?;
    links::send(&tx, ctx, &person, true).await?;
    Ok(tx.commit().await?)
}

async fn give(tx: &Tx, ctx: &Ctx, id: PersonId, unit: UnitId, fields: &PersonFields) -> Result<()> {
    // A role that the caller may not give is not theirs to take.
    let given = roles_to_give(&ctx.scope(Permission::ManagePeople));
    store::delete_grants(tx, id, unit, &given).await?;
    for role in grants(unit, fields) {
        let row = role_grant::ActiveModel {
            id: Set(uuid::Uuid::now_v7()),
            person_id: Set(id),
            role: Set(role.role),
            unit_id: Set(role.unit),
            division_id: Set(role.division),
        };
        store::insert_grant(tx, row).await?;
    }
    let codes: Vec<String> = fields.roles.iter().map(|role| role.code()).collect();
    let entry = audit::Entry::new("person", id.0, "person.roles_changed")
        .in_unit(unit)
        .with(serde_json::json!({ "roles": codes }));
    audit::record(tx, ctx, entry).await
}

/// Changes name and roles in a unit. Nobody takes their own administration away: the unit would be locked.
pub async fn change(ctx: &Ctx, id: PersonId, unit: UnitId, fields: PersonFields) -> Result<()> {
    ctx.require(Permission::ManagePeople, unit)?;
    let scope = ctx.require_scope(Permission::ManagePeople)?;
    let member = get(ctx, id).await?;
    let tx = ctx.app.db.begin_write().await?;
    organisation::hold(&tx, unit).await?;
    checked(&tx, &scope, unit, &fields).await?;
    let held = store::grants_of(&tx, id).await?;
    let administers = held
        .iter()
        .any(|grant| grant.unit_id == Some(unit) && grant.role == Role::UnitAdmin);
    if ctx.person_id() == Some(id) && administers && !fields.roles.contains(&Role::UnitAdmin) {
        return Err(Error::rule(
            "person.own_role",
            Message::new("rule-person-own-role"),
        ));
    }
    // A name that other units know too is not ours alone to change.
    if is_ours(&scope, &held) && fields.name != member.person.name {
        let row = person::ActiveModel {
            name: Set(fields.name.clone()),
            ..Default::default()
        };
        store::save_person(&tx, id, row).await?;
    }
    give(&tx, ctx, id, unit, &fields).await?;
    Ok(tx.commit().await?)
}

/// Whether all roles of somebody lie with the caller.
fn is_ours(scope: &Scope, held: &[role_grant::Model]) -> bool {
    scope.everywhere
        || held
            .iter()
            .all(|grant| grant.unit_id.is_some_and(|unit| scope.covers(unit, None)))
}

/// Refuses what concerns an account as a whole where other units have a part in it, and oneself.
async fn whole(ctx: &Ctx, id: PersonId) -> Result<Member> {
    let scope = ctx.require_scope(Permission::ManagePeople)?;
    let member = get(ctx, id).await?;
    let held = store::grants_of(&ctx.app.db, id).await?;
    if !is_ours(&scope, &held) {
        return Err(Error::rule(
            "person.other_units",
            Message::new("rule-person-other-units"),
        ));
    }
    Ok(member)
}

/// Closes an account at once, with its sessions, tokens' use and links, or opens it again.
pub async fn set_active(ctx: &Ctx, id: PersonId, active: bool) -> Result<()> {
    whole(ctx, id).await?;
    if ctx.person_id() == Some(id) {
        return Err(Error::rule(
            "person.oneself",
            Message::new("rule-person-oneself"),
        ));
    }
    let tx = ctx.app.db.begin_write().await?;
    let row = person::ActiveModel {
        active: Set(active),
        ..Default::default()
    };
    store::save_person(&tx, id, row).await?;
    if !active {
        store::delete_sessions_of(&tx, id).await?;
        store::delete_links_of(&tx, id).await?;
    }
    let verb = match active {
        true => "person.opened",
        false => "person.closed",
    };
    audit::record(&tx, ctx, audit::Entry::new("person", id.0, verb)).await?;
    Ok(tx.commit().await?)
}

/// Sends a new link to set a password.
pub async fn send_link(ctx: &Ctx, id: PersonId) -> Result<()> {
    let member = whole(ctx, id).await?;
    if !member.person.active {
        return Err(Error::rule(
            "person.closed",
            Message::new("rule-person-closed"),
        ));
    }
    let tx = ctx.app.db.begin_write().await?;
    let new = member.person.password_hash.is_empty();
    links::send(&tx, ctx, &member.person, new).await?;
    Ok(tx.commit().await?)
}
