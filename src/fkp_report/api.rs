//! Parts of a forum's documents that are made when they are asked for: the editable report and the archive.
//! The issued reports are documents like the others.

use poem_openapi::{
    OpenApi,
    param::Path,
    payload::{Binary, Response},
};

use super::{bundle, service};
use crate::{access::Token, forums::ForumId, platform::web::tags::Tag};

pub struct Api;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

fn file(kind: &str, name: &str, bytes: Vec<u8>) -> Response<Binary<Vec<u8>>> {
    Response::new(Binary(bytes))
        .header("content-type", kind)
        .header(
            "content-disposition",
            format!("attachment; filename=\"{name}\""),
        )
}

#[OpenApi(tag = "Tag::Forums")]
impl Api {
    /// Download the report as an editable document
    ///
    /// Made from the record as it is now, with a contents field that the word processor fills.
    #[oai(
        path = "/forums/:id/documents/report.docx",
        method = "get",
        operation_id = "getForumReportDocx"
    )]
    async fn editable(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let (book, bytes) = service::editable(&ctx, ForumId::parse(&id.0)?).await?;
        let name = format!("laporan-{}.docx", book.forum.code);
        Ok(file(DOCX, &name, bytes))
    }

    /// Download all documents of a forum
    ///
    /// A ZIP of every version of every issued document, the editable report, and `manifest.json` with kind,
    /// number, version, SHA-256 and verification address of each file.
    #[oai(
        path = "/forums/:id/documents/bundle.zip",
        method = "get",
        operation_id = "getForumBundle"
    )]
    async fn bundle(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        let (forum, bytes) = bundle::archive(&ctx, ForumId::parse(&id.0)?).await?;
        Ok(file(
            "application/zip",
            &format!("berkas-{}.zip", forum.code),
            bytes,
        ))
    }
}
