//! Pictures that people hand in: decoded, turned upright, made smaller and written anew. What leaves here
//! holds pixels only: no place, no camera, nothing hidden behind the picture.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};

/// Wide enough for half a printed page.
const LONGEST_SIDE: u32 = 2000;
const QUALITY: u8 = 82;
/// Larger than any camera's picture; a bomb is larger.
const MOST_PIXELS_A_SIDE: u32 = 12_000;
const MOST_MEMORY: u64 = 384 * 1024 * 1024;

/// Why something is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    #[error("neither JPEG nor PNG nor WebP, or damaged")]
    Unreadable,
    #[error("larger than any camera's picture")]
    TooLarge,
}

/// A picture made anew.
#[derive(Clone, Debug)]
pub struct Made {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
    pub width: u32,
    pub height: u32,
}

/// A photo as upright JPEG of at most 2000 pixels a side. Takes a second of a core for a large one: call
/// it inside `spawn_blocking`.
pub fn photo(bytes: &[u8]) -> Result<Made, NoPicture> {
    smaller(bytes, LONGEST_SIDE)
}

/// Width and height, without reading the whole picture.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    reader.ok()?.into_dimensions().ok()
}

/// Whether the whole picture can be read. Takes a second of a core for a large one: call it inside `spawn_blocking`.
#[must_use]
pub fn is_whole(bytes: &[u8]) -> bool {
    decoded(bytes, MOST_PIXELS_A_SIDE).is_ok()
}

/// The same with at most so many pixels a side.
pub fn smaller(bytes: &[u8], longest: u32) -> Result<Made, NoPicture> {
    let picture = decoded(bytes, MOST_PIXELS_A_SIDE)?;
    let picture = if picture.width().max(picture.height()) > longest {
        picture.resize(longest, longest, FilterType::CatmullRom)
    } else {
        picture
    };
    // JPEG knows no transparency.
    let picture = on_paper(&picture);
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .encode_image(&picture)
        .map_err(|_| NoPicture::Unreadable)?;
    Ok(Made {
        bytes: out,
        content_type: "image/jpeg",
        width: picture.width(),
        height: picture.height(),
    })
}

/// A picture as it stands upright, if it has at most so many pixels a side.
pub(super) fn decoded(bytes: &[u8], side: u32) -> Result<DynamicImage, NoPicture> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| NoPicture::Unreadable)?;
    let known = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];
    if !reader
        .format()
        .is_some_and(|format| known.contains(&format))
    {
        return Err(NoPicture::Unreadable);
    }
    if reader.format() == Some(ImageFormat::Jpeg) && !is_whole_jpeg(bytes) {
        return Err(NoPicture::Unreadable);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(side);
    limits.max_image_height = Some(side);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let fault = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => NoPicture::TooLarge,
        _ => NoPicture::Unreadable,
    };
    let mut decoder = reader.into_decoder().map_err(fault)?;
    let upright = decoder.orientation().map_err(fault)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(fault)?;
    picture.apply_orientation(upright);
    Ok(picture)
}

/// Whether picture data ends with its end marker. The decoder fills what was cut off with grey, and a report would
/// print that. A thumbnail in front has an end of its own, so only what follows the picture's start is looked at.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    const SCAN: u8 = 0xDA;
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        match *marker {
            SCAN => {
                let data = bytes.get(at..).unwrap_or_default();
                return data.windows(2).any(|two| two == [0xFF, 0xD9]);
            }
            // Markers may be padded.
            0xFF => at += 1,
            _ => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
        }
    }
    false
}

/// Without transparency: what was see-through becomes paper.
pub(super) fn on_paper(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.to_rgb8());
    }
    let mut paper = image::RgbImage::new(picture.width(), picture.height());
    for (from, to) in picture.to_rgba8().pixels().zip(paper.pixels_mut()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let mixed = |colour: u32| u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255);
        to.0 = [red, green, blue].map(|colour| mixed(colour).unwrap_or(255));
    }
    DynamicImage::ImageRgb8(paper)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_large_photo_becomes_smaller_and_jpeg() {
        let made = photo(&png(&DynamicImage::new_rgb8(3000, 1500))).unwrap();
        assert_eq!((made.width, made.height), (2000, 1000));
        assert_eq!(image::guess_format(&made.bytes).unwrap(), ImageFormat::Jpeg);
    }

    #[test]
    fn a_photo_taken_on_its_side_stands_upright_and_says_no_place() {
        let mut jpeg = Vec::new();
        JpegEncoder::new(&mut jpeg)
            .encode_image(&DynamicImage::new_rgb8(40, 20))
            .unwrap();
        // An EXIF block with orientation 6 (turn right), put behind the first marker.
        let mut exif =
            b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend(b"GPS here");
        let mut block = vec![0xFF, 0xE1];
        block.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        block.extend(exif);
        jpeg.splice(2..2, block);
        let made = photo(&jpeg).unwrap();
        assert_eq!((made.width, made.height), (20, 40));
        let holds = |word: &[u8]| made.bytes.windows(word.len()).any(|part| part == word);
        assert!(!holds(b"Exif") && !holds(b"GPS"));
    }

    #[test]
    fn a_photo_that_was_cut_off_is_refused_even_when_its_thumbnail_is_whole() {
        let mut jpeg = Vec::new();
        let noise = |x: u32, y: u32| {
            image::Rgb([x * 7, y * 13, 90].map(|v| u8::try_from(v % 256).unwrap()))
        };
        let picture = image::RgbImage::from_fn(200, 200, noise);
        JpegEncoder::new(&mut jpeg).encode_image(&picture).unwrap();
        let mut thumbnail = b"Exif\0\0".to_vec();
        thumbnail.extend([0xFF, 0xD8, 0xFF, 0xD9]);
        let mut block = vec![0xFF, 0xE1];
        block.extend(u16::try_from(thumbnail.len() + 2).unwrap().to_be_bytes());
        block.extend(thumbnail);
        jpeg.splice(2..2, block);
        assert!(photo(&jpeg).is_ok());
        let cut = &jpeg[..jpeg.len() * 2 / 3];
        assert_eq!(photo(cut).unwrap_err(), NoPicture::Unreadable);
        // A camera may write something behind the picture.
        jpeg.extend(b"trailer");
        assert!(photo(&jpeg).is_ok());
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bytes in [
            &b"<svg onload=alert(1)>"[..],
            b"",
            b"\x89PNG\r\n\x1a\n rest",
            b"GIF89a",
        ] {
            assert_eq!(photo(bytes).unwrap_err(), NoPicture::Unreadable);
        }
    }
}
