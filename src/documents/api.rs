//! `/api/v1/files`: a file is handed in first, then named by the thing that uses it.

use poem_openapi::{
    ApiResponse, Multipart, Object, OpenApi, payload::Json, types::multipart::Upload,
};

use super::{FileId, entity::file::Model as File, uploads};
use crate::platform::web::tags::Tag;
use crate::{access::Token, platform::error::Error};

pub struct Api;

/// A file and where it belongs.
#[derive(Debug, Multipart)]
struct NewFile {
    /// Code of the unit; may be left out by who works in one unit only.
    unit: Option<String>,
    /// JPEG, PNG, WebP, PDF, DOCX or XLSX, told by its content.
    file: Upload,
}

/// A file that was taken in; nothing uses it yet.
#[derive(Object)]
pub struct StoredFile {
    pub id: FileId,
    /// The name as kept.
    pub name: String,
    /// In bytes.
    pub size: i64,
    /// What the content is, whatever the sender said.
    pub content_type: String,
}

impl From<File> for StoredFile {
    fn from(file: File) -> Self {
        Self {
            id: file.id,
            name: file.name,
            size: file.size,
            content_type: file.content_type,
        }
    }
}

#[derive(ApiResponse)]
enum Stored {
    /// Taken in.
    #[oai(status = 201)]
    Created(Json<StoredFile>),
}

#[OpenApi(tag = "Tag::Files")]
impl Api {
    /// Hand in a file
    ///
    /// The answer's `id` is what other operations take, such as the evidence of progress.
    #[oai(path = "/files", method = "post", operation_id = "uploadFile")]
    async fn upload_file(&self, Token(ctx): Token, form: NewFile) -> poem::Result<Stored> {
        let name = form.file.file_name().unwrap_or_default().to_owned();
        let bytes = form
            .file
            .into_vec()
            .await
            .map_err(|error| Error::BadRequest {
                code: "unreadable_body",
                detail: error.to_string(),
            })?;
        let file = uploads::upload(&ctx, form.unit.as_deref(), &name, bytes).await?;
        Ok(Stored::Created(Json(file.into())))
    }
}
