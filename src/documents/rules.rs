//! Rules of the register: verification codes as people type them, and which files are taken in.

use crate::platform::i18n::Locale;

/// 25 letters and digits to the tenth: some 46 bits, and attempts are throttled.
pub const CODE_LENGTH: usize = 10;

/// Letters and digits that no code has, because they are misread.
pub const NEVER_IN_A_CODE: &str = "0O1ILUVZ";

/// Why a typed text cannot be a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCode {
    #[error("{0} characters")]
    Length(usize),
    #[error("the character {0}")]
    Character(char),
}

/// The code as stored: capitals without blanks and hyphens.
pub fn normal_code(typed: &str) -> Result<String, NoCode> {
    let code: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.' | '_'))
        .flat_map(char::to_uppercase)
        .collect();
    let length = code.chars().count();
    if length != CODE_LENGTH {
        return Err(NoCode::Length(length));
    }
    let strange = |c: &char| !c.is_ascii_alphanumeric() || NEVER_IN_A_CODE.contains(*c);
    match code.chars().find(strange) {
        Some(character) => Err(NoCode::Character(character)),
        None => Ok(code),
    }
}

/// The code as printed: two groups of five.
#[must_use]
pub fn grouped(code: &str) -> String {
    match code.split_at_checked(CODE_LENGTH / 2) {
        Some((first, second)) if !second.is_empty() => format!("{first}-{second}"),
        _ => code.to_owned(),
    }
}

/// The files that are taken in. Others are refused: nothing that runs, and nothing that a browser would
/// run as a page of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    Jpeg,
    Png,
    WebP,
    Pdf,
    Xlsx,
    Docx,
    /// Separated text; only where a list of rows is asked for, because any text looks like it.
    Csv,
}

impl FileType {
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Csv => "text/csv",
        }
    }

    /// The endings that such a file may have; the first is given to one that has none of them.
    #[must_use]
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::WebP => &["webp"],
            Self::Pdf => &["pdf"],
            Self::Xlsx => &["xlsx"],
            Self::Docx => &["docx"],
            Self::Csv => &["csv", "txt", "tsv"],
        }
    }

    /// What a scanner or a camera makes.
    #[must_use]
    pub fn is_scan(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::WebP | Self::Pdf)
    }

    fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::WebP)
    }

    /// What the bytes are, whatever the sender called them.
    #[must_use]
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match infer::get(bytes)?.mime_type() {
            "image/jpeg" => Some(Self::Jpeg),
            "image/png" => Some(Self::Png),
            "image/webp" => Some(Self::WebP),
            "application/pdf" => Some(Self::Pdf),
            other if other == "application/zip" || other.contains("openxmlformats") => {
                office(bytes)
            }
            _ => None,
        }
    }
}

/// A zip that holds a workbook or a letter, and no macros. Names of entries stand unpacked in a zip.
fn office(bytes: &[u8]) -> Option<FileType> {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if !holds(b"[Content_Types].xml") || holds(b"vbaProject.bin") {
        return None;
    }
    match (holds(b"xl/workbook.xml"), holds(b"word/document.xml")) {
        (true, false) => Some(FileType::Xlsx),
        (false, true) => Some(FileType::Docx),
        _ => None,
    }
}

/// A size as people read it: `84 kB`, `1,2 MB`.
#[must_use]
pub fn size_text(bytes: i64, locale: Locale) -> String {
    const MEGABYTE: i64 = 1024 * 1024;
    if bytes < MEGABYTE {
        return format!("{} kB", bytes.max(1).div_euclid(1024).max(1));
    }
    let tenths = bytes.saturating_mul(10).div_euclid(MEGABYTE);
    let mark = match locale {
        Locale::Id => ',',
        Locale::En => '.',
    };
    format!("{}{mark}{} MB", tenths / 10, tenths % 10)
}

const LONGEST_NAME: usize = 100;

/// The endings of photos as telephones and scanners name them.
const PICTURES: [&str; 7] = ["jpg", "jpeg", "png", "webp", "heic", "heif", "bmp"];

/// The name to keep: no folders, nothing invisible, an ending that tells what the file is.
#[must_use]
pub fn clean_name(given: &str, kind: FileType) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || " -_.()".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((&plain, ""));
    let lower = ending.to_lowercase();
    let (stem, ending) = if kind.endings().contains(&lower.as_str()) {
        (stem, lower.as_str())
    } else if kind.is_picture() && PICTURES.contains(&lower.as_str()) {
        // Written anew as another kind of picture: it is still the photo that was sent.
        (stem, kind.endings()[0])
    } else {
        (plain.as_str(), kind.endings()[0])
    };
    let stem: String = stem
        .trim_matches(|c: char| c == '.' || c.is_whitespace())
        .chars()
        .take(LONGEST_NAME)
        .collect();
    let stem = stem.trim_end();
    let stem = if stem.is_empty() { "berkas" } else { stem };
    format!("{stem}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for (typed, read) in [
            ("K7QM4XPD92", Ok("K7QM4XPD92")),
            ("k7qm4-xpd92", Ok("K7QM4XPD92")),
            (" K7QM4 XPD92 ", Ok("K7QM4XPD92")),
            ("K7QM4–XPD92", Ok("K7QM4XPD92")),
            ("K7QM4XPD9", Err(NoCode::Length(9))),
            ("", Err(NoCode::Length(0))),
            ("K7QM4XPD9O", Err(NoCode::Character('O'))),
            ("K7QM4XPD9é", Err(NoCode::Character('É'))),
            ("K7QM4XPD9'", Err(NoCode::Character('\''))),
        ] {
            assert_eq!(normal_code(typed), read.map(str::to_owned), "{typed}");
        }
        assert_eq!(grouped("K7QM4XPD92"), "K7QM4-XPD92");
        assert_eq!(grouped("é"), "é");
    }

    #[test]
    fn files_are_known_by_their_bytes() {
        let zip = |names: &[&str]| {
            let mut bytes = b"PK\x03\x04\x14\x00\x00\x00\x08\x00".to_vec();
            for name in names {
                bytes.extend_from_slice(name.as_bytes());
                bytes.extend_from_slice(&[0; 40]);
            }
            bytes
        };
        for (bytes, kind) in [
            (b"%PDF-1.7\n".to_vec(), Some(FileType::Pdf)),
            (
                b"\xFF\xD8\xFF\xE0\x00\x10JFIF".to_vec(),
                Some(FileType::Jpeg),
            ),
            (
                b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
                Some(FileType::Png),
            ),
            (b"RIFF\x24\0\0\0WEBPVP8 ".to_vec(), Some(FileType::WebP)),
            (
                zip(&["[Content_Types].xml", "xl/workbook.xml"]),
                Some(FileType::Xlsx),
            ),
            (
                zip(&["[Content_Types].xml", "word/document.xml"]),
                Some(FileType::Docx),
            ),
            (
                zip(&[
                    "[Content_Types].xml",
                    "xl/workbook.xml",
                    "xl/vbaProject.bin",
                ]),
                None,
            ),
            (zip(&["virus.exe"]), None),
            (b"<!DOCTYPE html><html>".to_vec(), None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>".to_vec(), None),
            (b"MZ\x90\0\x03\0\0\0".to_vec(), None),
            (b"\x7FELF\x02\x01\x01\0".to_vec(), None),
            (b"#!/bin/sh\n".to_vec(), None),
            (b"GIF89a".to_vec(), None),
            (Vec::new(), None),
        ] {
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!(FileType::sniff(&bytes), kind, "{shown}");
        }
    }

    #[test]
    fn sizes_are_told_in_kilobytes_and_megabytes() {
        for (bytes, text) in [
            (0, "1 kB"),
            (700, "1 kB"),
            (86_016, "84 kB"),
            (1_048_576, "1,0 MB"),
            (1_300_000, "1,2 MB"),
        ] {
            assert_eq!(size_text(bytes, Locale::Id), text);
        }
        assert_eq!(size_text(1_300_000, Locale::En), "1.2 MB");
    }

    #[test]
    fn names_are_cleaned() {
        for (given, kind, kept) in [
            ("surat.pdf", FileType::Pdf, "surat.pdf"),
            ("FOTO.JPEG", FileType::Jpeg, "FOTO.jpeg"),
            ("f2.png", FileType::Jpeg, "f2.jpg"),
            ("surat.png", FileType::Pdf, "surat.png.pdf"),
            ("../../etc/passwd", FileType::Pdf, "passwd.pdf"),
            ("C:\\berkas\\a.exe", FileType::Png, "a.exe.png"),
            ("a\u{202E}fdp.\"exe", FileType::Pdf, "a_fdp._exe.pdf"),
            ("...", FileType::Pdf, "berkas.pdf"),
            ("", FileType::Xlsx, "berkas.xlsx"),
            (".pdf", FileType::Pdf, "berkas.pdf"),
        ] {
            assert_eq!(clean_name(given, kind), kept, "{given}");
        }
        assert!(clean_name(&"x".repeat(500), FileType::Pdf).len() < 110);
    }
}
