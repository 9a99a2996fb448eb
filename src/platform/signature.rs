//! A signature as people hand it in: drawn on a screen, or a picture of one on paper. Whatever arrives is read as a
//! picture and written anew as a small grey PNG: nothing of the sent file itself is kept, and what is none is refused.

use std::io::Cursor;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use image::{DynamicImage, GrayImage, ImageFormat, imageops::FilterType};

use super::{
    error::{Error, Result},
    i18n::Message,
    pictures::{self, NoPicture},
    web::forms::Form,
};

/// The field of the form: the picture of the canvas, or a file.
const FIELD: &str = "signature";
/// A drawn line needs a few kilobytes; a photograph of a signature more.
const MOST_BYTES: usize = 2 * 1024 * 1024;
const MOST_PIXELS_A_SIDE: u32 = 6000;
/// What is kept: sharp on paper in the space for a signature.
const KEPT_WIDTH: u32 = 600;
const KEPT_HEIGHT: u32 = 240;
/// Fewer dark pixels are a speck, and no signature.
const LEAST_INK: usize = 40;

/// A signature that was read and written anew.
#[derive(Clone, Debug)]
pub struct Signature {
    png: Vec<u8>,
}

impl Signature {
    /// The signature of a form.
    pub async fn of(form: &Form) -> Result<Self> {
        let sent = match form.files.iter().find(|file| file.field == FIELD) {
            Some(file) => file.bytes.clone(),
            None => from_canvas(form.get(FIELD))?,
        };
        tokio::task::spawn_blocking(move || clean(&sent))
            .await
            .map_err(anyhow::Error::from)?
    }

    #[must_use]
    pub fn into_png(self) -> Vec<u8> {
        self.png
    }
}

fn refused(key: &'static str) -> Error {
    Error::field(FIELD, Message::new(key))
}

/// The picture inside a `data:` address, as a canvas gives it; an untouched canvas gives nothing.
fn from_canvas(text: &str) -> Result<Vec<u8>> {
    if text.trim().is_empty() {
        return Err(refused("signature-empty"));
    }
    text.trim()
        .strip_prefix("data:image/png;base64,")
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .ok_or_else(|| refused("signature-no-picture"))
}

fn clean(sent: &[u8]) -> Result<Signature> {
    let limit = MOST_BYTES / (1024 * 1024);
    let too_large = || {
        let message = Message::new("signature-too-large").with("limit", limit);
        Error::field(FIELD, message)
    };
    if sent.len() > MOST_BYTES {
        return Err(too_large());
    }
    let picture = pictures::decoded(sent, MOST_PIXELS_A_SIDE).map_err(|fault| match fault {
        NoPicture::TooLarge => too_large(),
        NoPicture::Unreadable => refused("signature-no-picture"),
    })?;
    let paper = pictures::on_paper(&picture).into_luma8();
    let inked = inked(&paper).ok_or_else(|| refused("signature-empty"))?;
    let mut png = Cursor::new(Vec::new());
    inked
        .write_to(&mut png, ImageFormat::Png)
        .map_err(anyhow::Error::from)?;
    let png = png.into_inner();
    Ok(Signature { png })
}

/// The part with ink and a little room around it, for white borders would make the line tiny in a narrow column;
/// none without a stroke.
fn inked(paper: &GrayImage) -> Option<GrayImage> {
    const ROOM: u32 = 6;
    const DARK: u8 = 160;
    let (mut left, mut top, mut right, mut bottom) = (u32::MAX, u32::MAX, 0, 0);
    let mut ink = 0;
    for (x, y, pixel) in paper.enumerate_pixels() {
        if pixel.0[0] < DARK {
            (left, top) = (left.min(x), top.min(y));
            (right, bottom) = (right.max(x), bottom.max(y));
            ink += 1;
        }
    }
    if ink < LEAST_INK {
        return None;
    }
    let (left, top) = (left.saturating_sub(ROOM), top.saturating_sub(ROOM));
    let width = (right + ROOM + 1).min(paper.width()) - left;
    let height = (bottom + ROOM + 1).min(paper.height()) - top;
    let cut = image::imageops::crop_imm(paper, left, top, width, height).to_image();
    if width <= KEPT_WIDTH && height <= KEPT_HEIGHT {
        return Some(cut);
    }
    let small = DynamicImage::ImageLuma8(cut).resize(KEPT_WIDTH, KEPT_HEIGHT, FilterType::Triangle);
    Some(small.into_luma8())
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    /// Two lines from one edge of a see-through canvas to the other, as long as asked.
    fn png(width: u32, height: u32, length: u32) -> Vec<u8> {
        let mut picture = RgbaImage::new(width, height);
        for x in 0..length {
            for y in [x * height / width, height / 2] {
                picture.put_pixel(x, y, Rgba([16, 24, 64, 255]));
            }
        }
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn size(signature: Signature) -> (u32, u32) {
        let picture = image::load_from_memory(&signature.into_png()).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn a_signature_is_kept_small_cut_to_its_ink_and_written_anew() {
        assert_eq!(size(clean(&png(1800, 600, 1800)).unwrap()), (600, 200));
        let kept = size(clean(&png(300, 100, 60)).unwrap());
        assert_eq!(kept, (66, 57), "the ink and a little room");
        let mut longer = png(300, 100, 300);
        longer.extend_from_slice(b"<script>alert(1)</script>");
        let kept = clean(&longer).unwrap().into_png();
        assert!(!kept.windows(8).any(|part| part == b"<script>"));
    }

    fn key(refused: Result<Signature>) -> String {
        match refused {
            Err(Error::Invalid(faults)) => faults[0].message.key().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for bad in [
            Vec::new(),
            b"<svg onload=alert(1)>".to_vec(),
            b"%PDF-1.7".to_vec(),
            b"\x89PNG\r\n\x1a\n rest".to_vec(),
            png(300, 100, 300)[..60].to_vec(),
        ] {
            assert_eq!(key(clean(&bad)), "signature-no-picture");
        }
        for large in [vec![0; MOST_BYTES + 1], png(6100, 4, 300)] {
            assert_eq!(key(clean(&large)), "signature-too-large");
        }
        for empty in [png(300, 100, 0), png(300, 100, 10)] {
            assert_eq!(key(clean(&empty)), "signature-empty");
        }
        let words = from_canvas("data:text/html;base64,PGI+").unwrap_err();
        assert_eq!(key(Err(words)), "signature-no-picture");
    }
}
