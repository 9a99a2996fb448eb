//! Use cases of access: adding people, signing in and out, tokens.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{
    absences,
    ctx::{Account, Actor, Ctx, Via},
    entity::{ApiTokenId, PersonId, Role, api_token, person, role_grant, session},
    password, store,
};
use crate::{
    audit,
    organisation::{self, DivisionId, UnitId},
    platform::{
        check::Check,
        context::App,
        crypto::{self, Purpose},
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        throttle::{self, Throttle},
    },
};

/// A session ends after twelve hours without use: a working day, and not the next one.
const SESSION_HOURS: i64 = 12;

/// A role and where it holds.
#[derive(Clone, Copy, Debug)]
pub struct RoleIn {
    pub role: Role,
    pub unit: Option<UnitId>,
    pub division: Option<DivisionId>,
}

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    pub password: String,
    pub roles: Vec<RoleIn>,
}

/// Adds a person with their roles. Called by the command line and the demo.
pub async fn add_person(ctx: &Ctx, new: NewPerson) -> Result<PersonId> {
    let mut check = Check::new();
    let name = check.line("name", &new.name, 2, 120);
    let email = check.email("email", &new.email);
    if email.is_none() && new.email.trim().is_empty() {
        check.fault("email", Message::new("field-required"));
    }
    password::check_strength(
        &mut check,
        "password",
        &new.password,
        &[&new.name, &new.email],
    );
    check.finish()?;
    let email = email.unwrap_or_default();
    let password_hash = password::hash_in_turn(&ctx.app, new.password).await?;
    let tx = ctx.app.db.begin_write().await?;
    if store::person_by_email(&tx, &email).await?.is_some() {
        return Err(Error::field("email", Message::new("field-email-taken")));
    }
    let id = import_person(
        &tx,
        ctx,
        ImportedPerson {
            name,
            email,
            password_hash,
            roles: new.roles,
        },
    )
    .await?;
    tx.commit().await?;
    Ok(id)
}

/// A person whose password was hashed before: one argon2 for a hundred test people.
pub struct ImportedPerson {
    pub name: String,
    pub email: String,
    pub password_hash: String,
    pub roles: Vec<RoleIn>,
}

pub async fn import_person(tx: &Tx, ctx: &Ctx, new: ImportedPerson) -> Result<PersonId> {
    let id = PersonId::new();
    store::insert_person(
        tx,
        person::ActiveModel {
            id: Set(id),
            name: Set(new.name),
            email: Set(new.email),
            password_hash: Set(new.password_hash),
            active: Set(true),
            created_at: Set(ctx.now),
            password_changed_at: Set(ctx.now),
        },
    )
    .await?;
    for role in &new.roles {
        let row = role_grant::ActiveModel {
            id: Set(uuid::Uuid::now_v7()),
            person_id: Set(id),
            role: Set(role.role),
            unit_id: Set(role.unit),
            division_id: Set(role.division),
        };
        store::insert_grant(tx, row).await?;
    }
    audit::record(tx, ctx, audit::Entry::new("person", id.0, "person.added")).await?;
    Ok(id)
}

/// Checks the password and opens a session; returns the cookie's token. Attempts are counted per address and per
/// account before anything is looked at; right ones are taken back. The answer does not tell which was wrong.
pub async fn sign_in(ctx: &Ctx, email: &str, password: &str) -> Result<String> {
    let email = email.trim().to_lowercase();
    let limit = ctx.app.config.limits.wrong_passwords;
    let window = Duration::minutes(15);
    let by_account = Throttle::new("sign-in-account", &email, limit, window);
    // Many colleagues share one address of the office.
    let by_address = Throttle::new(
        "sign-in-address",
        &ctx.request.network(),
        limit * 10,
        window,
    );
    throttle::take(&ctx.app, ctx.now, &[&by_account, &by_address]).await?;
    let found = store::person_by_email(&ctx.app.db, &email)
        .await?
        .filter(|person| person.active);
    let right = password::verify(
        &ctx.app,
        password.to_owned(),
        found.as_ref().map(|person| person.password_hash.clone()),
    )
    .await?;
    let Some(person) = found.filter(|_| right) else {
        return Err(Error::field(
            "password",
            Message::new("access-wrong-password"),
        ));
    };
    let token = crypto::random_token();
    let tx = ctx.app.db.begin_write().await?;
    throttle::forget(&tx, &ctx.app, &by_account).await?;
    throttle::give_back(&tx, &ctx.app, &by_address).await?;
    store::insert_session(
        &tx,
        session::ActiveModel {
            token_hash: Set(ctx.app.keys.hash(Purpose::Tokens, &token)),
            person_id: Set(person.id),
            created_at: Set(ctx.now),
            last_seen_at: Set(ctx.now),
            expires_at: Set(ctx.now + Duration::hours(SESSION_HOURS)),
        },
    )
    .await?;
    audit::record(
        &tx,
        ctx,
        audit::Entry::new("person", person.id.0, "person.signed_in").by(person.id, &person.name),
    )
    .await?;
    tx.commit().await?;
    Ok(token)
}

pub async fn sign_out(ctx: &Ctx) -> Result<()> {
    if let Some(Via::Session { token_hash }) = ctx.account().map(|account| &account.via) {
        store::delete_session(&ctx.app.db, token_hash).await?;
    }
    Ok(())
}

/// Ends every session of this person, on every device.
pub async fn sign_out_everywhere(ctx: &Ctx) -> Result<u64> {
    let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
    let tx = ctx.app.db.begin_write().await?;
    let ended = store::delete_sessions_of(&tx, person).await?;
    audit::record(
        &tx,
        ctx,
        audit::Entry::new("person", person.0, "person.signed_out_everywhere"),
    )
    .await?;
    tx.commit().await?;
    Ok(ended)
}

/// Sets a new password after asking for the old one, and signs out everywhere.
pub async fn change_password(ctx: &Ctx, old: &str, new: &str) -> Result<()> {
    let account = ctx.account().ok_or(Error::Unauthenticated)?;
    let person = store::person(&ctx.app.db, account.id)
        .await?
        .ok_or(Error::NotFound)?;
    let mut check = Check::new();
    password::check_strength(
        &mut check,
        "new_password",
        new,
        &[&person.name, &person.email],
    );
    if new == old {
        check.fault("new_password", Message::new("access-same-password"));
    }
    check.finish()?;
    let guesses = Throttle::new(
        "password-change",
        &person.id.to_string(),
        ctx.app.config.limits.wrong_passwords,
        Duration::minutes(15),
    );
    throttle::take(&ctx.app, ctx.now, &[&guesses]).await?;
    let hash = Some(person.password_hash.clone());
    if !password::verify(&ctx.app, old.to_owned(), hash).await? {
        return Err(Error::field(
            "old_password",
            Message::new("access-wrong-current-password"),
        ));
    }
    let hash = password::hash_in_turn(&ctx.app, new.to_owned()).await?;
    let tx = ctx.app.db.begin_write().await?;
    throttle::forget(&tx, &ctx.app, &guesses).await?;
    store::set_password(&tx, person.id, hash, ctx.now).await?;
    store::delete_sessions_of(&tx, person.id).await?;
    audit::record(
        &tx,
        ctx,
        audit::Entry::new("person", person.id.0, "person.password_changed"),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a token for programs. The text is shown once; only its hash is kept.
pub async fn create_token(
    ctx: &Ctx,
    person: PersonId,
    name: &str,
    may_write: bool,
) -> Result<String> {
    let mut check = Check::new();
    let name = check.line("name", name, 1, 80);
    check.finish()?;
    let token = format!("rbk_{}", crypto::random_token());
    let tx = ctx.app.db.begin_write().await?;
    let id = ApiTokenId::new();
    store::insert_token(
        &tx,
        api_token::ActiveModel {
            id: Set(id),
            person_id: Set(person),
            name: Set(name),
            token_hash: Set(ctx.app.keys.hash(Purpose::Tokens, &token)),
            may_write: Set(may_write),
            created_at: Set(ctx.now),
            last_used_at: Set(None),
            revoked_at: Set(None),
        },
    )
    .await?;
    audit::record(
        &tx,
        ctx,
        audit::Entry::new("person", person.0, "token.created"),
    )
    .await?;
    tx.commit().await?;
    Ok(token)
}

pub async fn revoke_token(ctx: &Ctx, id: ApiTokenId) -> Result<()> {
    let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
    let tx = ctx.app.db.begin_write().await?;
    if !store::revoke_token(&tx, person, id, ctx.now).await? {
        return Err(Error::NotFound);
    }
    audit::record(
        &tx,
        ctx,
        audit::Entry::new("person", person.0, "token.revoked"),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// What the account page shows.
pub struct Overview {
    pub tokens: Vec<api_token::Model>,
    pub sessions: Vec<session::Model>,
}

pub async fn overview(ctx: &Ctx) -> Result<Overview> {
    let person = ctx.person_id().ok_or(Error::Unauthenticated)?;
    let tokens = store::tokens_of(&ctx.app.db, person).await?;
    Ok(Overview {
        tokens,
        sessions: store::sessions_of(&ctx.app.db, person, ctx.now).await?,
    })
}

/// The account behind a session cookie. Use prolongs the session, written at most once a minute.
pub async fn by_session(app: &App, token: &str, now: DateTime<Utc>) -> Result<Option<Account>> {
    let token_hash = app.keys.hash(Purpose::Tokens, token);
    let Some((session, person)) = store::live_session(&app.db, &token_hash, now).await? else {
        return Ok(None);
    };
    if now - session.last_seen_at > Duration::minutes(1) {
        store::touch_session(
            &app.db,
            &token_hash,
            now,
            now + Duration::hours(SESSION_HOURS),
        )
        .await?;
    }
    let via = Via::Session { token_hash };
    account(app, person, via, now).await.map(Some)
}

pub async fn by_token(app: &App, token: &str, now: DateTime<Utc>) -> Result<Option<Account>> {
    let token_hash = app.keys.hash(Purpose::Tokens, token);
    let Some((row, person)) = store::live_token(&app.db, &token_hash).await? else {
        return Ok(None);
    };
    if row
        .last_used_at
        .is_none_or(|at| now - at > Duration::minutes(1))
    {
        store::touch_token(&app.db, row.id, now).await?;
    }
    let via = Via::Token {
        id: row.id,
        may_write: row.may_write,
    };
    account(app, person, via, now).await.map(Some)
}

async fn account(
    app: &App,
    person: person::Model,
    via: Via,
    now: DateTime<Utc>,
) -> Result<Account> {
    let id = person.id;
    let grants = store::grants_of(&app.db, id).await?;
    let unit = match grants.iter().find_map(|grant| grant.unit_id) {
        Some(unit) => Some(organisation::unit(&app.db, unit).await?),
        None => None,
    };
    let zone = unit.as_ref().map(organisation::zone_of).transpose()?;
    Ok(Account {
        id,
        name: person.name,
        email: person.email,
        grants,
        home: unit.as_ref().map(organisation::brand_of),
        zone: zone.unwrap_or(chrono_tz::Asia::Jakarta),
        standing_for: absences::standing_for(&app.db, id, now).await?,
        via,
    })
}

/// The same use case done by this person at that moment: the demo tells what people did.
pub async fn acting_as(ctx: &Ctx, person: PersonId, at: DateTime<Utc>) -> Result<Ctx> {
    let via = Via::Session {
        token_hash: String::new(),
    };
    let person = store::person(&ctx.app.db, person)
        .await?
        .filter(|person| person.active)
        .ok_or(Error::NotFound)?;
    let account = account(&ctx.app, person, via, at).await?;
    Ok(Ctx {
        actor: Actor::Person(Arc::new(account)),
        now: at,
        ..ctx.clone()
    })
}

/// For a job that goes on with what a person ordered: the right was asked for when they did, and the history names them.
/// Whoever moved or left since is named all the same; somebody who is no more known leaves the system's name.
pub async fn ordered_by(ctx: &Ctx, person: PersonId) -> Result<Ctx> {
    let Some(person) = store::person(&ctx.app.db, person).await? else {
        return Ok(Ctx::system(&ctx.app));
    };
    let account = account(&ctx.app, person, Via::Order, ctx.now).await?;
    Ok(Ctx {
        actor: Actor::Person(Arc::new(account)),
        ..ctx.clone()
    })
}

/// Active people holding one of the roles in the unit (and division): who is told, who may be chosen.
pub async fn people_with(
    db: &impl ConnectionTrait,
    roles: &[Role],
    unit: UnitId,
    division: Option<DivisionId>,
) -> Result<Vec<(PersonId, String, String)>> {
    let people = store::people_with(db, roles, unit, division).await?;
    Ok(people
        .into_iter()
        .map(|person| (person.id, person.name, person.email))
        .collect())
}

/// Names for ids that stand in rows of other capabilities.
pub async fn person_names(
    db: &impl ConnectionTrait,
    ids: Vec<PersonId>,
) -> Result<HashMap<PersonId, String>> {
    Ok(store::persons(db, ids)
        .await?
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect())
}

/// Those of these people whose account is closed.
pub async fn closed_accounts(
    db: &impl ConnectionTrait,
    ids: Vec<PersonId>,
) -> Result<Vec<PersonId>> {
    let people = store::persons(db, ids).await?.into_iter();
    Ok(people
        .filter(|person| !person.active)
        .map(|person| person.id)
        .collect())
}

/// The units in which the holder of this address has a part; `None` where nobody of the staff has it.
pub async fn units_of_address(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<Vec<UnitId>>> {
    let Some(person) = store::person_by_email(db, &email.trim().to_lowercase()).await? else {
        return Ok(None);
    };
    let grants = store::grants_of(db, person.id).await?;
    Ok(Some(
        grants.iter().filter_map(|grant| grant.unit_id).collect(),
    ))
}

/// Person by e-mail address, for the command line.
pub async fn person_by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<PersonId>> {
    Ok(store::person_by_email(db, &email.trim().to_lowercase())
        .await?
        .map(|person| person.id))
}
