//! Files that only complaint officers open, and the originals of messages: each look with a reason that stays in the
//! history of the case.

use chrono::{DateTime, FixedOffset};
use poem_openapi::{
    Multipart, Object, OpenApi,
    param::Path,
    payload::{Binary, Json, Response},
    types::multipart::Upload,
};
use serde::Deserialize;

use super::service;
use crate::{
    access::{Ctx, Permission, Token},
    complaints::ways::{
        api::read,
        entity::restricted_file::{Model, RestrictedFileId},
        incoming,
    },
    organisation,
    platform::{
        error::Result,
        web::{body::Body, tags::Tag},
    },
};

pub struct Api;

/// A copy of an identity card or a power of attorney.
#[derive(Object)]
struct RestrictedFile {
    id: String,
    /// `identity_card` or `power_of_attorney`.
    kind: String,
    content_type: String,
    /// In bytes.
    size: i64,
    added_at: DateTime<FixedOffset>,
}

/// What is kept with a complaint, apart from its attachments.
#[derive(Object)]
struct RestrictedFiles {
    items: Vec<RestrictedFile>,
}

#[derive(Debug, Multipart)]
struct NewRestricted {
    /// `identity_card` or `power_of_attorney`. Required.
    kind: Option<String>,
    /// PDF, JPEG, PNG or WebP. Place and camera are removed from photos.
    file: Upload,
}

/// Why something is opened that only officers open.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct OpeningReason {
    /// 5 to 300 characters; it stays in the history. Required.
    #[oai(default)]
    #[serde(default)]
    reason: String,
}

/// What came in over other channels, as it came, oldest first.
#[derive(Object)]
struct Originals {
    items: Vec<String>,
}

async fn files(ctx: &Ctx, number: &str) -> Result<Json<RestrictedFiles>> {
    let of = service::case(ctx, number).await?;
    let unit = organisation::unit(&ctx.app.db, of.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let one = |row: Model| {
        let known = service::KINDS.iter().find(|(kind, _)| *kind == row.kind);
        RestrictedFile {
            id: row.id.to_string(),
            kind: known.map_or("", |(_, code)| code).to_owned(),
            content_type: row.content_type,
            size: row.size,
            added_at: row.created_at.with_timezone(&zone).fixed_offset(),
        }
    };
    let rows = service::files(&ctx.app.db, &of).await?;
    Ok(Json(RestrictedFiles {
        items: rows.into_iter().map(one).collect(),
    }))
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// List restricted files
    #[oai(
        path = "/complaints/:number/restricted-files",
        method = "get",
        operation_id = "listRestrictedFiles"
    )]
    async fn list(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
    ) -> poem::Result<Json<RestrictedFiles>> {
        ctx.require_scope(Permission::UnmaskReporter)?;
        Ok(files(&ctx, &number).await?)
    }

    /// Add a restricted file
    ///
    /// Sealed as a whole; twelve at most. Answers what is kept.
    #[oai(
        path = "/complaints/:number/restricted-files",
        method = "post",
        operation_id = "addRestrictedFile"
    )]
    async fn add(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        form: NewRestricted,
    ) -> poem::Result<Json<RestrictedFiles>> {
        ctx.require_scope(Permission::UnmaskReporter)?;
        let kind = form.kind.unwrap_or_default();
        let name = form.file.file_name().unwrap_or_default().to_owned();
        let file = (name.as_str(), read(form.file).await?);
        service::add(&ctx, &number, &kind, file).await?;
        Ok(files(&ctx, &number).await?)
    }

    /// Open a restricted file
    ///
    /// Who, when and why stay in the history of the complaint.
    #[oai(
        path = "/complaints/:number/restricted-files/:id/open",
        method = "post",
        operation_id = "openRestrictedFile"
    )]
    async fn open(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Path(id): Path<String>,
        Body(why): Body<OpeningReason>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        ctx.require_scope(Permission::UnmaskReporter)?;
        let id = RestrictedFileId::parse(&id)?;
        let opened = service::open(&ctx, &number, id, &why.reason).await?;
        let name = format!("attachment; filename=\"{}\"", opened.name);
        Ok(Response::new(Binary(opened.bytes))
            .header("content-type", opened.content_type.as_str())
            .header("content-disposition", name))
    }

    /// Open the originals of what came in
    ///
    /// They may name whom the texts do not. Who, when and why stay in the history of the complaint.
    #[oai(
        path = "/complaints/:number/originals/open",
        method = "post",
        operation_id = "openComplaintOriginals"
    )]
    async fn originals(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(why): Body<OpeningReason>,
    ) -> poem::Result<Json<Originals>> {
        ctx.require_scope(Permission::UnmaskReporter)?;
        let items = incoming::originals(&ctx, &number, &why.reason).await?;
        Ok(Json(Originals { items }))
    }
}
