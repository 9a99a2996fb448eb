//! Style sheets, scripts, pictures and fonts, embedded in the binary. The address carries a hash of the
//! content, so a browser may keep a file for ever and still gets a new one after an update.

use poem::{
    Response, handler,
    http::{StatusCode, header},
    web::Path,
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/static"]
struct Assets;

/// Keeps the page of a door for a tablet without a network: it acts on pages outside its own folder.
const DOOR_KEEPER: &str = "js/door-offline.js";

/// `/static/<hash>/<path>`; an unknown path is a fault of a template and shows in the pages test.
#[must_use]
pub fn url(path: &str) -> Option<String> {
    Assets::get(path).map(|file| format!("/static/{}/{path}", short_hash(&file)))
}

fn short_hash(file: &rust_embed::EmbeddedFile) -> String {
    file.metadata
        .sha256_hash()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[handler]
pub async fn serve(Path((hash, path)): Path<(String, String)>) -> Response {
    let Some(file) = Assets::get(&path) else {
        return StatusCode::NOT_FOUND.into();
    };
    let lasting = if short_hash(&file) == hash {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let response = Response::builder()
        .header(header::CONTENT_TYPE, file.metadata.mimetype())
        .header(header::CACHE_CONTROL, lasting);
    match path == DOOR_KEEPER {
        true => response.header("Service-Worker-Allowed", "/kerja/forum/"),
        false => response,
    }
    .body(file.data.into_owned())
}
