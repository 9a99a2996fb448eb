//! The photos of the annex. Everybody sees those that the organiser marked as publishable: faces are
//! personal data.

use super::{book::Book, compose::Audience};
use crate::{
    access::Ctx,
    documents::data::{Photo, Picture, PictureFormat},
    minutes,
    platform::error::Result,
};

pub async fn of(ctx: &Ctx, book: &Book, audience: Audience) -> Result<Vec<Photo>> {
    let mut photos = Vec::new();
    for photo in minutes::photos(&ctx.app.db, book.forum.id).await? {
        let format = match photo.content_type.as_str() {
            "image/jpeg" => PictureFormat::Jpg,
            "image/png" => PictureFormat::Png,
            _ => continue,
        };
        if audience == Audience::Public && !photo.publishable {
            continue;
        }
        let bytes = ctx.app.files.get(&photo.file_key).await?;
        photos.push(Photo {
            caption: captioned(&photo),
            picture: Picture::new(format, &bytes),
        });
    }
    Ok(photos)
}

/// The captions alone, in the order of the annex.
pub async fn captions(ctx: &Ctx, book: &Book) -> Result<Vec<String>> {
    let photos = minutes::photos(&ctx.app.db, book.forum.id).await?;
    Ok(photos.iter().map(captioned).collect())
}

/// A picture without words is lost on those who cannot see it; the number is better than nothing.
fn captioned(photo: &minutes::Photo) -> String {
    if photo.caption.trim().is_empty() {
        format!("Foto {}", photo.position)
    } else {
        photo.caption.clone()
    }
}
