//! What programs do with the record of a forum beside downloading it, which is a document like the others.

use poem_openapi::{Object, OpenApi, param::Path, payload::Json};

use super::{amending, rules::Status, service};
use crate::{
    access::Token,
    forums::ForumId,
    platform::{error::Error, web::tags::Tag},
};

pub struct Api;

/// The Berita Acara of a forum.
#[derive(Object)]
pub struct BeritaAcaraVersion {
    /// 1 for the first, one more for each correction.
    pub version_no: i32,
    /// As given by the office's register; empty until it is known.
    pub number: String,
    /// Nothing of it changes any more.
    pub locked: bool,
    /// How many points were agreed.
    pub points: usize,
}

#[OpenApi(tag = "Tag::Forums")]
impl Api {
    /// Throw away a correction of the Berita Acara
    ///
    /// Only one that is being written. The version in force stays as it is, and is answered; actions and reasons
    /// belong to its points and stay too.
    #[oai(
        path = "/forums/:id/berita-acara/versions/:version/discard",
        method = "post",
        operation_id = "discardBeritaAcaraCorrection"
    )]
    async fn discard(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        /// The number of the correction: whoever looked at another one is told.
        version: Path<String>,
    ) -> poem::Result<Json<BeritaAcaraVersion>> {
        let id = ForumId::parse(&id.0)?;
        let seen = version.0.parse().unwrap_or_default();
        amending::discard(&ctx, id, seen).await?;
        let book = service::book(&ctx, id, None).await?;
        let content = book.content.ok_or(Error::NotFound)?;
        Ok(Json(BeritaAcaraVersion {
            version_no: content.head.version_no,
            locked: content.head.status == Status::Locked,
            points: content.points.len(),
            number: content.head.number,
        }))
    }
}
