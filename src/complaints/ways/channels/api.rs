//! The register of channels for who keeps it. What everybody reads of it is `GET /api/v1/units/{code}/channels`.

use poem_openapi::{Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::service::{self, Typed};
use crate::{
    access::{Ctx, Permission, Token},
    complaints::{
        rules::Channel,
        ways::entity::channel::{ChannelId, Model},
    },
    organisation::{self, Unit},
    platform::{
        error::{Error, Result},
        web::{body::Body, forms::Form, tags::Tag},
    },
};

pub struct Api;

/// A way by which people reach a unit, as the register keeps it.
#[derive(Object)]
struct RegisteredChannel {
    id: String,
    kind: Channel,
    name: String,
    contact: String,
    /// Who answers for it (UU 25/2009, article 36).
    responsible: String,
    note: String,
    /// Shut, nothing is taken down from it and the public does not read of it.
    active: bool,
    version: i32,
}

/// The whole register, also what is shut.
#[derive(Object)]
struct ChannelRegister {
    items: Vec<RegisteredChannel>,
}

/// A way as somebody writes it down.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct ChannelEntry {
    /// `walk_in`, `letter`, `phone`, `whatsapp`, `email` … Required.
    #[oai(default)]
    #[serde(default)]
    kind: String,
    /// 3 to 80 characters. Required.
    #[oai(default)]
    #[serde(default)]
    name: String,
    /// A number, an address or a place. Required.
    #[oai(default)]
    #[serde(default)]
    contact: String,
    /// Required.
    #[oai(default)]
    #[serde(default)]
    responsible: String,
    note: Option<String>,
    /// Whether it is open. Left out, a new one is, and a change leaves it as it is.
    active: Option<bool>,
    /// For a change: the version that was read; another one is answered by 409.
    #[oai(default)]
    #[serde(default)]
    version: i32,
}

impl ChannelEntry {
    fn typed(&self, active: bool) -> Result<Typed> {
        let active = self.active.unwrap_or(active);
        Typed::of(&Form::of(&[
            ("kind", self.kind.as_str()),
            ("name", &self.name),
            ("contact", &self.contact),
            ("responsible", &self.responsible),
            ("note", self.note.as_deref().unwrap_or_default()),
            ("active", if active { "true" } else { "" }),
        ]))
    }
}

impl From<Model> for RegisteredChannel {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.kind,
            name: row.name,
            contact: row.contact,
            responsible: row.responsible,
            note: row.note,
            active: row.active,
            version: row.version,
        }
    }
}

async fn register(ctx: &Ctx, unit: &Unit) -> Result<Json<ChannelRegister>> {
    ctx.require(Permission::ManageChannels, unit.id)?;
    let rows = service::listed(&ctx.app.db, unit.id).await?;
    Ok(Json(ChannelRegister {
        items: rows.into_iter().map(RegisteredChannel::from).collect(),
    }))
}

/// The unit, for whoever keeps its register; of another one nobody learns anything.
async fn kept(ctx: &Ctx, code: &str) -> Result<Unit> {
    ctx.require_scope(Permission::ManageChannels)?;
    let unit = organisation::unit_by_code(&ctx.app.db, code).await?;
    match ctx.may(Permission::ManageChannels, unit.id) {
        true => Ok(unit),
        false => Err(Error::NotFound),
    }
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// Read the register of channels
    #[oai(
        path = "/units/:code/channel-register",
        method = "get",
        operation_id = "getChannelRegister"
    )]
    async fn list(
        &self,
        Token(ctx): Token,
        Path(code): Path<String>,
    ) -> poem::Result<Json<ChannelRegister>> {
        let unit = kept(&ctx, &code).await?;
        Ok(register(&ctx, &unit).await?)
    }

    /// Add a channel
    ///
    /// Answers the whole register.
    #[oai(
        path = "/units/:code/channel-register",
        method = "post",
        operation_id = "addUnitChannel"
    )]
    async fn add(
        &self,
        Token(ctx): Token,
        Path(code): Path<String>,
        Body(new): Body<ChannelEntry>,
    ) -> poem::Result<Json<ChannelRegister>> {
        let unit = kept(&ctx, &code).await?;
        service::add(&ctx, &unit, new.typed(true)?).await?;
        Ok(register(&ctx, &unit).await?)
    }

    /// Change, shut or open a channel
    ///
    /// Answers the whole register. The form of this site cannot be shut.
    #[oai(
        path = "/channels/:id",
        method = "put",
        operation_id = "changeUnitChannel"
    )]
    async fn change(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Body(new): Body<ChannelEntry>,
    ) -> poem::Result<Json<ChannelRegister>> {
        ctx.require_scope(Permission::ManageChannels)?;
        let found = service::opened(&ctx, ChannelId::parse(&id)?).await?;
        let typed = new.typed(found.active)?;
        service::change(&ctx, found.id, new.version, typed).await?;
        let unit = organisation::unit(&ctx.app.db, found.unit_id).await?;
        Ok(register(&ctx, &unit).await?)
    }
}
