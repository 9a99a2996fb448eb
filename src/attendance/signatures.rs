//! A signature drawn with a finger or a pen. Whatever arrives is read as a picture and written anew as a small PNG:
//! nothing of the sent file itself is kept, and what is no picture is refused.

use std::io::Cursor;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use image::{DynamicImage, ImageFormat, ImageReader, Limits, RgbaImage, imageops};

use super::{
    entity::{AttendanceId, attendance},
    rules::{self, Broken},
    service, store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::{FileId, uploads},
    forums::{self, Forum, ForumId},
    platform::{
        context::App,
        error::{Error, Result},
        i18n::Message,
    },
};

/// A drawn line needs a few kilobytes; a photograph of a signature more.
const MOST_BYTES: usize = 2 * 1024 * 1024;
const MOST_PIXELS: u32 = 4000;
/// What is kept: sharp on paper at the size of the column.
const KEPT_WIDTH: u32 = 600;
const KEPT_HEIGHT: u32 = 240;

/// The row for which somebody signs. Only who is in has something to sign.
pub async fn row(ctx: &Ctx, id: ForumId, row: AttendanceId) -> Result<(Forum, attendance::Model)> {
    let forum = forums::get(ctx, id, Permission::CheckIn).await?;
    let row = store::get(&ctx.app.db, forum.id, row).await?;
    Ok((forum, row))
}

/// Keeps a signature in place of an earlier one. `version` is that of the row on the page.
pub async fn keep(
    ctx: &Ctx,
    id: ForumId,
    row: AttendanceId,
    version: i32,
    picture: &[u8],
) -> Result<attendance::Model> {
    let (forum, seen) = self::row(ctx, id, row).await?;
    let png = clean(picture)?;
    let file = uploads::store(ctx, forum.unit_id, "tanda-tangan.png", png).await?;
    change(ctx, &forum, seen.id, version, Some(file)).await
}

/// Takes a signature off the row.
pub async fn remove(
    ctx: &Ctx,
    id: ForumId,
    row: AttendanceId,
    version: i32,
) -> Result<attendance::Model> {
    let (forum, seen) = self::row(ctx, id, row).await?;
    change(ctx, &forum, seen.id, version, None).await
}

async fn change(
    ctx: &Ctx,
    forum: &Forum,
    row: AttendanceId,
    version: i32,
    signature: Option<FileId>,
) -> Result<attendance::Model> {
    let zone = service::zone_of(&ctx.app.db, forum).await?;
    let tx = ctx.app.db.begin_write().await?;
    service::open_list(&tx, ctx, forum.id, zone).await?;
    let row = store::get(&tx, forum.id, row).await?;
    if row.checked_in_at.is_none() {
        let name = row.name;
        return Err(service::refused(ctx, zone, Broken::NotIn { name }));
    }
    if row.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    if let Some(file) = signature {
        uploads::attach(&tx, forum.unit_id, &[file]).await?;
    }
    store::set_signature(&tx, &row, signature).await?;
    let verb = match signature {
        Some(_) => "attendance.signed",
        None => "attendance.signature_removed",
    };
    let entry = audit::Entry::new("attendance", row.id.0, verb)
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "forum": forum.id }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(row)
}

/// The picture of a row, if it was signed.
pub async fn bytes(app: &App, row: &attendance::Model) -> Result<Option<Vec<u8>>> {
    let Some(id) = row.signature_id else {
        return Ok(None);
    };
    let file = uploads::get(&app.db, id).await?;
    Ok(Some(uploads::bytes(app, &file).await?))
}

/// The picture inside a `data:` address, as a canvas gives it.
pub fn from_data_address(text: &str) -> Result<Vec<u8>> {
    text.strip_prefix("data:image/png;base64,")
        .and_then(|encoded| STANDARD.decode(encoded.trim()).ok())
        .ok_or_else(no_picture)
}

fn no_picture() -> Error {
    Error::field("signature", Message::new("attendance-sign-no-picture"))
}

fn clean(sent: &[u8]) -> Result<Vec<u8>> {
    if sent.len() > MOST_BYTES {
        let limit = MOST_BYTES / (1024 * 1024);
        let message = Message::new("attendance-sign-too-large").with("limit", limit);
        return Err(Error::field("signature", message));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    let mut reader = ImageReader::new(Cursor::new(sent))
        .with_guessed_format()
        .map_err(|_| no_picture())?;
    reader.limits(limits);
    let picture = trimmed(&reader.decode().map_err(|_| no_picture())?);
    let small = if picture.width() > KEPT_WIDTH || picture.height() > KEPT_HEIGHT {
        picture.resize(KEPT_WIDTH, KEPT_HEIGHT, imageops::FilterType::Triangle)
    } else {
        picture
    };
    let small = small.to_rgba8();
    if !rules::is_drawn(ink(&small)) {
        return Err(Error::field(
            "signature",
            Message::new("attendance-sign-empty"),
        ));
    }
    let mut png = Cursor::new(Vec::new());
    small
        .write_to(&mut png, ImageFormat::Png)
        .map_err(anyhow::Error::from)?;
    Ok(png.into_inner())
}

/// The drawn part alone: on paper the column is narrow, and white borders would make the line tiny.
fn trimmed(picture: &DynamicImage) -> DynamicImage {
    const MARGIN: u32 = 6;
    let all = picture.to_rgba8();
    let dark = all.enumerate_pixels().filter(|(_, _, pixel)| is_ink(pixel));
    let reach = dark.fold(None, |reach, (x, y, _)| {
        let (left, top, right, bottom) = reach.unwrap_or((x, y, x, y));
        Some((left.min(x), top.min(y), right.max(x), bottom.max(y)))
    });
    let Some((left, top, right, bottom)) = reach else {
        return picture.clone();
    };
    let (left, top) = (left.saturating_sub(MARGIN), top.saturating_sub(MARGIN));
    let (right, bottom) = (right + MARGIN + 1, bottom + MARGIN + 1);
    let width = right.min(picture.width()) - left;
    let height = bottom.min(picture.height()) - top;
    picture.crop_imm(left, top, width, height)
}

fn is_ink(pixel: &image::Rgba<u8>) -> bool {
    let [r, g, b, a] = pixel.0;
    a > 40 && (r < 200 || g < 200 || b < 200)
}

/// How many pixels are neither white nor transparent.
fn ink(picture: &RgbaImage) -> u64 {
    picture.pixels().filter(|pixel| is_ink(pixel)).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, line: bool) -> Vec<u8> {
        let mut picture = RgbaImage::new(width, height);
        if line {
            for x in 0..width {
                for y in [x * height / width, height / 2] {
                    picture.put_pixel(x, y, image::Rgba([10, 10, 60, 255]));
                }
            }
        }
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_signature_is_kept_small_and_written_anew() {
        let kept = clean(&png(1800, 600, true)).unwrap();
        let picture = image::load_from_memory(&kept).unwrap();
        assert_eq!((picture.width(), picture.height()), (600, 200));
        let mut longer = png(300, 100, true);
        longer.extend_from_slice(b"<script>alert(1)</script>");
        let kept = clean(&longer).unwrap();
        assert!(!kept.windows(8).any(|part| part == b"<script>"));
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for bad in [
            Vec::new(),
            b"<svg onload=alert(1)>".to_vec(),
            b"%PDF-1.7".to_vec(),
            png(300, 100, true)[..60].to_vec(),
            png(300, 100, false),
            vec![0; MOST_BYTES + 1],
        ] {
            assert!(matches!(clean(&bad), Err(Error::Invalid(_))));
        }
        assert!(from_data_address("data:text/html;base64,PGI+").is_err());
    }
}
