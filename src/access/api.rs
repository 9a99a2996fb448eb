//! `/api/v1/me`: what a token may do, so that a program can check before it starts.

use poem_openapi::{Object, OpenApi, payload::Json};

use super::{Role, Token, Via};
use crate::platform::error::Error;
use crate::platform::web::tags::Tag;

pub struct Api;

/// The person behind the token.
#[derive(Object)]
pub struct Me {
    pub name: String,
    pub email: String,
    pub roles: Vec<MyRole>,
    /// Whether the token may change anything.
    pub may_write: bool,
}

/// A role and where it holds.
#[derive(Object)]
pub struct MyRole {
    pub role: Role,
    /// Id of the unit; absent for the administrator of the installation.
    pub unit: Option<uuid::Uuid>,
    /// Id of the division, for handlers.
    pub division: Option<uuid::Uuid>,
}

#[OpenApi(tag = "Tag::Account")]
impl Api {
    /// Who am I
    #[oai(path = "/me", method = "get", operation_id = "me")]
    async fn me(&self, Token(ctx): Token) -> poem::Result<Json<Me>> {
        let account = ctx.account().ok_or(Error::Unauthenticated)?;
        let roles = account.grants.iter().map(|grant| MyRole {
            role: grant.role,
            unit: grant.unit_id.map(|id| id.0),
            division: grant.division_id.map(|id| id.0),
        });
        Ok(Json(Me {
            name: account.name.clone(),
            email: account.email.clone(),
            roles: roles.collect(),
            may_write: matches!(
                account.via,
                Via::Token {
                    may_write: true,
                    ..
                }
            ),
        }))
    }
}
