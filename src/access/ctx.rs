//! [`Ctx`]: one value instead of five parameters, made once per request by [`authenticate`].

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use poem::{FromRequest, Request, RequestBody, http::header};
use poem_openapi::{SecurityScheme, auth::Bearer};

use super::{
    entity::{ApiTokenId, PersonId, role_grant},
    policy::{Permission, Scope, reach_of},
    service,
    shell::Brand,
};
use crate::{
    organisation::{DivisionId, UnitId},
    platform::{
        context::App,
        error::{Error, Result},
        i18n::Locale,
        web::{
            cookies::Cookie,
            request::{RequestInfo, is_api, is_unsafe},
        },
    },
};

/// Who acts.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A citizen or anybody else without an account.
    Public,
    Person(Arc<Account>),
    /// A job or the command line.
    System,
}

/// A signed-in person with the roles they hold now.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub grants: Vec<role_grant::Model>,
    /// The unit whose name and colour the workspace shows.
    pub home: Option<Brand>,
    /// The zone of that unit: clock times of the workspace are told in it.
    pub zone: Tz,
    pub via: Via,
    /// Colleagues who are away and for whom they stand in now.
    pub standing_for: Vec<PersonId>,
}

/// How the person came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    Session {
        token_hash: String,
    },
    Token {
        id: ApiTokenId,
        may_write: bool,
    },
    /// Not at all: a job goes on with what they ordered while they had the right, which is not asked for twice.
    Order,
}

/// Where a thing belongs: its unit, and the division that handles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub unit: UnitId,
    pub division: Option<DivisionId>,
}

impl From<UnitId> for Place {
    fn from(unit: UnitId) -> Self {
        Self {
            unit,
            division: None,
        }
    }
}

/// Everything a use case needs to know about its caller.
#[derive(Clone)]
pub struct Ctx {
    pub app: Arc<App>,
    pub actor: Actor,
    /// Read once per request: every row of one use case carries the same instant.
    pub now: DateTime<Utc>,
    pub request: RequestInfo,
}

impl Ctx {
    /// For jobs, the command line and the demo.
    #[must_use]
    pub fn system(app: &Arc<App>) -> Self {
        Self {
            app: app.clone(),
            actor: Actor::System,
            now: app.clock.now(),
            request: RequestInfo::internal(),
        }
    }

    /// Before anybody is known: errors at the edge, static files.
    #[must_use]
    pub fn stranger(app: &Arc<App>) -> Self {
        Self {
            actor: Actor::Public,
            ..Self::system(app)
        }
    }

    #[must_use]
    pub fn locale(&self) -> Locale {
        self.request.locale
    }

    /// The local day of the record's unit. A UTC date is yesterday until 07.00, 08.00 or 09.00 local time
    /// and would shift every legal deadline.
    #[must_use]
    pub fn today_in(&self, zone: Tz) -> NaiveDate {
        self.now.with_timezone(&zone).date_naive()
    }

    #[must_use]
    pub fn account(&self) -> Option<&Account> {
        match &self.actor {
            Actor::Person(account) => Some(account),
            Actor::Public | Actor::System => None,
        }
    }

    /// Whether something that names this person is for the caller: for themselves, or as their substitute.
    #[must_use]
    pub fn is_for_me(&self, named: PersonId) -> bool {
        self.account()
            .is_some_and(|account| account.id == named || account.standing_for.contains(&named))
    }

    /// Who acts, as rows name them: jobs and the command line act as the program.
    #[must_use]
    pub fn actor_name(&self) -> &str {
        self.account()
            .map_or("Rembuk", |account| account.name.as_str())
    }

    #[must_use]
    pub fn person_id(&self) -> Option<PersonId> {
        self.account().map(|account| account.id)
    }

    /// Where the caller may use a permission; empty for strangers.
    #[must_use]
    pub fn scope(&self, permission: Permission) -> Scope {
        match &self.actor {
            Actor::Public => Scope::default(),
            Actor::System => Scope::everywhere(),
            Actor::Person(account) if account.via == Via::Order => Scope::everywhere(),
            Actor::Person(account) => {
                account
                    .grants
                    .iter()
                    .fold(Scope::default(), |mut scope, grant| {
                        if let Some(reach) = reach_of(permission, grant.role) {
                            scope.widen(reach, grant.unit_id, grant.division_id);
                        }
                        scope
                    })
            }
        }
    }

    #[must_use]
    pub fn may(&self, permission: Permission, place: impl Into<Place>) -> bool {
        let place = place.into();
        self.scope(permission).covers(place.unit, place.division)
    }

    /// Refuses who may not do this here. Load the thing through a scoped finder first: what somebody may
    /// not see does not exist for them (404), what they see but may not do is forbidden (403).
    pub fn require(&self, permission: Permission, place: impl Into<Place>) -> Result<()> {
        match &self.actor {
            Actor::Public => Err(Error::Unauthenticated),
            _ if self.may(permission, place) => Ok(()),
            _ => Err(Error::Forbidden),
        }
    }

    /// The scope of a list; nobody is refused an empty list except those who may never see one.
    pub fn require_scope(&self, permission: Permission) -> Result<Scope> {
        match (&self.actor, self.scope(permission)) {
            (Actor::Public, _) => Err(Error::Unauthenticated),
            (_, scope) if scope.is_empty() => Err(Error::Forbidden),
            (_, scope) => Ok(scope),
        }
    }
}

/// Reads who is asking. Pages know the session cookie, the API the bearer token and never a cookie: a
/// page of another site cannot make a browser send a token.
pub async fn authenticate(app: &Arc<App>, request: &Request, info: RequestInfo) -> Result<Ctx> {
    let now = app.clock.now();
    let actor = if is_api(&info.path) {
        match bearer(request) {
            Some(token) => service::by_token(app, token, now)
                .await?
                .map_or(Actor::Public, |account| Actor::Person(Arc::new(account))),
            None => Actor::Public,
        }
    } else {
        match Cookie::Session.read(app, request) {
            Some(token) => service::by_session(app, &token, now)
                .await?
                .map_or(Actor::Public, |account| Actor::Person(Arc::new(account))),
            None => Actor::Public,
        }
    };
    if let Actor::Person(account) = &actor
        && matches!(
            account.via,
            Via::Token {
                may_write: false,
                ..
            }
        )
        && is_unsafe(request.method())
    {
        return Err(Error::Forbidden);
    }
    Ok(Ctx {
        app: app.clone(),
        actor,
        now,
        request: info,
    })
}

fn bearer(request: &Request) -> Option<&str> {
    let value = request
        .headers()
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// A request from anybody.
pub struct Public(pub Ctx);

/// A page request of a signed-in person; others are sent to the sign-in page.
pub struct SignedIn(pub Ctx);

impl<'a> FromRequest<'a> for Public {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self(of(request)?))
    }
}

impl<'a> FromRequest<'a> for SignedIn {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let ctx = of(request)?;
        if ctx.account().is_none() {
            return Err(Error::Unauthenticated.into());
        }
        Ok(Self(ctx))
    }
}

fn of(request: &Request) -> Result<Ctx> {
    request
        .data::<Ctx>()
        .cloned()
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("no context in the request")))
}

/// A token of a member of staff, made with `rembuk token create` or on the account page.
#[derive(SecurityScheme)]
#[oai(ty = "bearer", rename = "token", checker = "checked")]
pub struct Token(pub Ctx);

async fn checked(request: &Request, _: Bearer) -> poem::Result<Ctx> {
    let SignedIn(ctx) = SignedIn::from_request_without_body(request).await?;
    Ok(ctx)
}
