//! Whether a file is to its end what its beginning says. A scan goes into papers that are kept for ever, and evidence
//! shows that a promise was kept: what no reader opens is refused while whoever hands it in is still there.

use super::rules::FileType;
use crate::platform::{
    error::{Error, Result},
    i18n::Message,
    pictures,
};

/// How many pages a PDF has; none for one that cannot be read, such as one with a password.
pub(super) fn pages(pdf: Vec<u8>) -> Option<usize> {
    let file = hayro_syntax::Pdf::new(pdf).ok()?;
    Some(file.pages().len()).filter(|pages| *pages > 0)
}

/// Takes a second of a core for a large picture.
fn is_whole(scan: Vec<u8>) -> bool {
    match FileType::sniff(&scan) {
        Some(FileType::Pdf) => pages(scan).is_some(),
        Some(kind) if kind.is_scan() => pictures::is_whole(&scan),
        _ => false,
    }
}

/// The same of what shows something: a workbook or a letter too, whose table of contents stands at its end.
fn opens(file: Vec<u8>) -> bool {
    const END_OF_CONTENTS: &[u8] = b"PK\x05\x06";
    /// Behind it stands a comment of 64 kB at most.
    const TAIL: usize = 22 + 65_535;
    match FileType::sniff(&file) {
        Some(FileType::Xlsx | FileType::Docx) => {
            let tail = &file[file.len().saturating_sub(TAIL)..];
            let mut places = tail.windows(END_OF_CONTENTS.len());
            places.any(|place| place == END_OF_CONTENTS)
        }
        _ => is_whole(file),
    }
}

/// Refuses a scan that no reader opens.
pub(super) async fn refuse_broken(scan: &[u8]) -> Result<()> {
    refuse(scan, is_whole).await
}

/// Refuses a file of any kind that no reader opens.
pub(super) async fn refuse_unread(file: &[u8]) -> Result<()> {
    refuse(file, opens).await
}

async fn refuse(file: &[u8], fine: fn(Vec<u8>) -> bool) -> Result<()> {
    let file = file.to_vec();
    let whole = tokio::task::spawn_blocking(move || fine(file));
    // A reader that stumbles over a file has not read it.
    match whole.await {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(Error::field("file", Message::new("documents-file-broken"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One empty page, with the table of its objects.
    fn pdf() -> Vec<u8> {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        ];
        let mut out = "%PDF-1.7\n".to_owned();
        let mut table = "xref\n0 4\n0000000000 65535 f \n".to_owned();
        for (number, object) in (1..).zip(objects) {
            table += &format!("{:010} 00000 n \n", out.len());
            out += &format!("{number} 0 obj\n{object}\nendobj\n");
        }
        let at = out.len();
        out += &format!("{table}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
        out.into_bytes()
    }

    #[test]
    fn a_file_that_only_begins_like_a_scan_is_none() {
        assert!(is_whole(pdf()));
        for broken in [
            &b"%PDF-1.4 trash"[..],
            b"\x89PNG\r\n\x1a\n trash",
            b"\xff\xd8\xff\xe0 trash",
            b"halo",
            b"",
        ] {
            assert!(!is_whole(broken.to_vec()), "{broken:?}");
            assert!(!opens(broken.to_vec()), "{broken:?}");
        }
    }

    #[test]
    fn a_letter_that_was_cut_off_is_none() {
        let begins = b"PK\x03\x04\x14\0\0\0\0\0 [Content_Types].xml word/document.xml".to_vec();
        assert_eq!(FileType::sniff(&begins), Some(FileType::Docx));
        let whole = [&begins[..], b"PK\x05\x06", &[0; 18]].concat();
        assert!(opens(whole));
        assert!(!opens(begins));
    }
}
