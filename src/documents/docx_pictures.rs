//! Pictures of the editable copy. The writer of the file knows PNG only and no alternative text: both are
//! put right in the finished package, JPEG under its own name and each picture with its words.

use std::io::{Cursor, Read as _, Write as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use docx_rs::{Pic, Run};
use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{Options, Tree},
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    documents::{
        data::{Picture, PictureFormat},
        world,
    },
    platform::{error::Result, pictures},
};

/// A word processor shows half a page of it; more would make a file that no mail takes.
const LONGEST_SIDE: u32 = 1400;
/// Dots for each unit of a drawing.
const FINER: u16 = 2;
/// English metric units, in which the format counts.
const MILLIMETRE: u32 = 36_000;
/// What the writer of the file puts before every picture.
const UNNAMED: &str = r#"<wp:docPr id="1" name="Figure" />"#;

/// The words of the pictures, in the order of the file.
#[derive(Default)]
pub struct Pictures {
    words: Vec<String>,
}

impl Pictures {
    /// A picture that fits into so many millimetres, as part of a paragraph. A drawing becomes dots: no word processor
    /// of the offices shows SVG.
    pub fn run(
        &mut self,
        picture: &Picture,
        (width, height): (u32, u32),
        words: &str,
    ) -> Option<Run> {
        let bytes = STANDARD.decode(&picture.base64).ok()?;
        let (bytes, size) = match picture.format {
            PictureFormat::Svg => dots(&bytes)?,
            PictureFormat::Png => {
                let size = pictures::size(&bytes)?;
                (bytes, size)
            }
            PictureFormat::Jpg => {
                let made = pictures::smaller(&bytes, LONGEST_SIDE).ok()?;
                (made.bytes, (made.width, made.height))
            }
        };
        let (wide, high) = fitted(size, (width * MILLIMETRE, height * MILLIMETRE));
        let pic = Pic::new_with_dimensions(bytes, size.0, size.1).size(wide, high);
        self.words.push(words.to_owned());
        Some(Run::new().add_image(pic))
    }

    /// The package with the words and with JPEG under its own name.
    pub fn finish(&self, package: &[u8]) -> Result<Vec<u8>> {
        Ok(self.put_right(package)?)
    }

    fn put_right(&self, package: &[u8]) -> anyhow::Result<Vec<u8>> {
        let mut old = ZipArchive::new(Cursor::new(package))?;
        let mut parts = Vec::new();
        for at in 0..old.len() {
            let mut part = old.by_index(at)?;
            if part.is_file() {
                let mut bytes = Vec::new();
                part.read_to_end(&mut bytes)?;
                parts.push((part.name().to_owned(), bytes));
            }
        }
        let is_jpeg = |bytes: &[u8]| bytes.starts_with(&[0xFF, 0xD8]);
        let mut renamed = Vec::new();
        for (name, bytes) in &mut parts {
            if let Some(stem) = name
                .strip_prefix("word/media/")
                .and_then(|name| name.strip_suffix(".png"))
                && is_jpeg(bytes)
            {
                renamed.push((
                    format!("media/{stem}.png\""),
                    format!("media/{stem}.jpeg\""),
                ));
                *name = format!("word/media/{stem}.jpeg");
            }
        }
        let mut new = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            let bytes = match name.as_str() {
                "word/document.xml" => self.described(&String::from_utf8(bytes)?).into_bytes(),
                "word/_rels/document.xml.rels" => renamed
                    .iter()
                    .fold(String::from_utf8(bytes)?, |text, (from, to)| {
                        text.replace(from, to)
                    })
                    .into_bytes(),
                _ => bytes,
            };
            let method = if name.starts_with("word/media/") {
                CompressionMethod::Stored
            } else {
                CompressionMethod::Deflated
            };
            new.start_file(
                name,
                SimpleFileOptions::default().compression_method(method),
            )?;
            new.write_all(&bytes)?;
        }
        Ok(new.finish()?.into_inner())
    }

    /// Every picture gets a number of its own and its words.
    fn described(&self, document: &str) -> String {
        let mut words = self.words.iter();
        let mut parts = document.split(UNNAMED);
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (number, part) in (1..).zip(parts) {
            let words = words.next().map(|words| escaped(words)).unwrap_or_default();
            text.push_str(&format!(
                r#"<wp:docPr id="{number}" name="Gambar {number}" descr="{words}" />"#
            ));
            text.push_str(part);
        }
        text
    }
}

fn escaped(words: &str) -> String {
    super::docx_parts::plain(words)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A drawing as PNG, twice as fine as its own measure.
fn dots(svg: &[u8]) -> Option<(Vec<u8>, (u32, u32))> {
    let options = Options {
        fontdb: world::faces_to_draw_with(),
        ..Options::default()
    };
    let tree = Tree::from_data(svg, &options).ok()?;
    let size = tree.size().to_int_size();
    let (width, height) = (
        size.width() * u32::from(FINER),
        size.height() * u32::from(FINER),
    );
    let mut drawn = Pixmap::new(width, height)?;
    drawn.fill(Color::WHITE);
    let twice = Transform::from_scale(f32::from(FINER), f32::from(FINER));
    resvg::render(&tree, twice, &mut drawn.as_mut());
    Some((drawn.encode_png().ok()?, (width, height)))
}

/// The largest size with the shape of `size` inside `room`.
fn fitted(size: (u32, u32), room: (u32, u32)) -> (u32, u32) {
    let (width, height) = (u64::from(size.0.max(1)), u64::from(size.1.max(1)));
    let (wide, high) = (u64::from(room.0), u64::from(room.1));
    let (wide, high) = if width * high > height * wide {
        (wide, wide * height / width)
    } else {
        (high * width / height, high)
    };
    let small = |number: u64| u32::try_from(number.max(1)).unwrap_or(u32::MAX);
    (small(wide), small(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape() {
        assert_eq!(fitted((2000, 1000), (160, 100)), (160, 80));
        assert_eq!(fitted((1000, 2000), (160, 100)), (50, 100));
        assert_eq!(fitted((0, 0), (160, 100)), (100, 100));
    }

    #[test]
    fn a_drawing_becomes_a_picture_with_its_letters() {
        let drawing = |words: &str| {
            let text = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\">\
                 <text y=\"15\" font-family=\"Liberation Sans\" font-size=\"13\">{words}</text></svg>"
            );
            dots(text.as_bytes()).unwrap()
        };
        let (png, size) = drawing("3,31");
        assert_eq!(size, (120, 40));
        assert_eq!(crate::platform::pictures::size(&png), Some(size));
        assert_ne!(png, drawing("").0, "the letters are drawn");
    }

    #[test]
    fn every_picture_has_its_own_words() {
        let words = vec!["Ruang \"utama\"".to_owned(), "A & B".to_owned()];
        let text = Pictures { words }.described(&format!("x{UNNAMED}y{UNNAMED}z"));
        assert_eq!(
            text,
            r#"x<wp:docPr id="1" name="Gambar 1" descr="Ruang &quot;utama&quot;" />y<wp:docPr id="2" name="Gambar 2" descr="A &amp; B" />z"#
        );
    }
}
