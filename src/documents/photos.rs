//! Photos that people hand in: looked at, made anew and kept. Whose they are and what is said of one that is none stays with
//! the capability that asked for it.

use super::uploads;
use crate::platform::{
    context::App,
    crypto::sha256_hex,
    error::Result,
    pictures::{self, Made, NoPicture},
    web::forms::Upload,
};

/// Where photos are kept.
const FOLDER: &str = "photos";

/// A file that was shown to ClamAV and is not kept yet.
pub struct Looked {
    pub name: String,
    /// SHA-256 of the file as it was handed in: the same is known again.
    pub source: String,
    bytes: Vec<u8>,
}

/// A photo made anew, whose bytes are kept.
pub struct Ready {
    pub source: String,
    pub key: String,
    pub content_type: String,
    pub width: i32,
    pub height: i32,
    pub size: i64,
}

/// Looks at a file of a field of a form, before anything of the form is kept.
pub async fn looked(app: &App, field: &str, file: Upload) -> Result<Looked> {
    uploads::free_of_viruses(app, (field, &file.name), &file.bytes).await?;
    Ok(Looked {
        source: sha256_hex(&file.bytes),
        name: file.name,
        bytes: file.bytes,
    })
}

impl Looked {
    /// Keeps what is made of it; the inner fault says why it is no photo.
    pub async fn kept(self, app: &App) -> Result<Result<Ready, NoPicture>> {
        let Self { source, bytes, .. } = self;
        let made = tokio::task::spawn_blocking(move || pictures::photo(&bytes)).await;
        let made: Made = match made.map_err(anyhow::Error::from)? {
            Ok(made) => made,
            Err(why) => return Ok(Err(why)),
        };
        let side = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
        Ok(Ok(Ready {
            source,
            content_type: made.content_type.to_owned(),
            width: side(made.width),
            height: side(made.height),
            size: i64::try_from(made.bytes.len()).map_err(anyhow::Error::from)?,
            key: app.files.put(FOLDER, made.bytes).await?,
        }))
    }
}
