//! A workbook is a ZIP, and a ZIP claims much. Before the reader sees one it is unpacked here, byte by counted byte, and
//! packed anew: what was looked at is what is read, whatever two programs make of a crooked archive.

use std::io::{Cursor, Read as _, Write as _};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::Unreadable;

/// Bytes of all XML of a workbook; more is a bomb, not a list of people.
pub const MOST_UNPACKED: u64 = 100 * 1024 * 1024;

/// The same workbook with its XML only, not compressed, and without claims that the reader would believe.
pub fn harmless(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    repacked(bytes, MOST_UNPACKED).ok_or(Unreadable::NoSpreadsheet)
}

fn repacked(bytes: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut left = most;
    for index in 0..old.len() {
        let entry = old.by_index(index).ok()?;
        let name = entry.name().to_owned();
        // Pictures and programs are not needed for a table.
        if !is_xml(&name) {
            continue;
        }
        // Read and counted: the size that the archive declares binds nobody.
        let mut part = Vec::new();
        entry.take(left + 1).read_to_end(&mut part).ok()?;
        left = left.checked_sub(u64::try_from(part.len()).ok()?)?;
        if part.iter().any(|byte| is_no_text(*byte)) {
            return None;
        }
        without_claims(&mut part);
        // A second part of the same name is refused here.
        new.start_file(name, plain).ok()?;
        new.write_all(&part).ok()?;
    }
    Some(new.finish().ok()?.into_inner())
}

fn is_xml(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default();
    ["xml", "rels"]
        .iter()
        .any(|known| end.eq_ignore_ascii_case(known))
}

/// XML has none of these; UTF-16, in which a claim could hide, has.
fn is_no_text(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// The reader reserves memory for as many shared strings as the workbook claims to have: a small file that claims a
/// billion would end the process, for everybody.
fn without_claims(part: &mut [u8]) {
    const CLAIM: &[u8] = b"uniqueCount";
    let found: Vec<usize> = part
        .windows(CLAIM.len())
        .enumerate()
        .filter(|(_, window)| *window == CLAIM)
        .map(|(at, _)| at)
        .collect();
    for at in found {
        let rest = part.get(at + CLAIM.len()..).unwrap_or_default();
        let next = rest.iter().find(|byte| !byte.is_ascii_whitespace());
        if next == Some(&b'=')
            && let Some(first) = part.get_mut(at)
        {
            *first = b'U';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive with one part; every header says that it is ten bytes long.
    fn forged(name: &str, part: &[u8]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part).unwrap();
        let mut bytes = zip.finish().unwrap().into_inner();
        for (mark, place) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
            let at = bytes.windows(4).position(|window| window == mark);
            let at = at.unwrap() + place;
            bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn what_is_unpacked_is_counted_whatever_the_archive_declares() {
        let bomb = forged("xl/sharedStrings.xml", &vec![b' '; 3_000_000]);
        assert!(bomb.len() < 100_000);
        assert!(repacked(&bomb, 1_000_000).is_none());
        let text: Vec<u8> = "uniqueCount"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(repacked(&forged("xl/sharedStrings.xml", &text), 1000).is_none());
        assert!(repacked(b"PK\x03\x04broken", 1000).is_none());
    }

    #[test]
    fn a_claim_loses_its_name_and_words_keep_theirs() {
        let mut part = b"<sst uniqueCount =\"9\"><si><t>uniqueCount adalah</t></si></sst>".to_vec();
        without_claims(&mut part);
        let kept = String::from_utf8(part).unwrap();
        assert_eq!(
            kept,
            "<sst UniqueCount =\"9\"><si><t>uniqueCount adalah</t></si></sst>"
        );
    }
}
