//! A PDF that is nothing else at the same time. Without a virus scanner this is all that stands before the officer's
//! reader: names are read as readers do (`/J#61vaScript`), and compressed objects are unpacked first. What is packed
//! another way, or calls itself a picture, is not unpacked; docs/security.md says so.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

/// Why a PDF is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfFault {
    /// Cut off, or something else stands before or behind it.
    NotWhole,
    /// Programs, or other files inside.
    Active,
    /// Nobody can look into it.
    Locked,
    /// Unpacked it is larger than what is looked through: a page of many colours that was kept without loss.
    Vast,
}

/// Programs, hidden files and forms that send themselves; a letter or a scan has none of them.
const ACTIVE: [&[u8]; 10] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"Rendition",
    b"XFA",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
];

/// A list of a ZIP's contents stands within so many bytes of the end.
const ZIP_LIST: usize = 70_000;
/// Unpacked text and objects of one file; pictures are not counted.
const MOST_UNPACKED: usize = 64 * 1024 * 1024;
/// No name that is looked for is longer.
const LONGEST: usize = 16;
/// A stream's dictionary is not longer than this.
const DICTIONARY: usize = 512;

/// What stands behind the end mark of a PDF, or a list of a ZIP's contents near the end, makes other programs read
/// another file. Takes a moment for a large one: not on the threads that answer others.
#[must_use]
pub fn pdf_fault(bytes: &[u8]) -> Option<PdfFault> {
    let end = bytes
        .iter()
        .rposition(|byte| !byte.is_ascii_whitespace() && *byte != 0)
        .map_or(0, |last| last + 1);
    let whole = bytes.get(..end).unwrap_or_default();
    let tail = whole
        .get(whole.len().saturating_sub(ZIP_LIST)..)
        .unwrap_or_default();
    if !whole.starts_with(b"%PDF-")
        || !whole.ends_with(b"%%EOF")
        || places(tail, b"startxref").next().is_none()
        || places(tail, b"PK\x05\x06").next().is_some()
    {
        return Some(PdfFault::NotWhole);
    }
    if names(whole).any(|name| name.is(b"Encrypt")) {
        return Some(PdfFault::Locked);
    }
    if is_active(whole) {
        return Some(PdfFault::Active);
    }
    packed(whole, MOST_UNPACKED)
}

fn is_active(part: &[u8]) -> bool {
    names(part).any(|name| ACTIVE.iter().any(|word| name.is(word)))
}

/// Looks into the compressed streams: since PDF 1.5 most dictionaries stand in one.
fn packed(whole: &[u8], most: usize) -> Option<PdfFault> {
    let mut left = most;
    for at in places(whole, b"stream") {
        let before = whole.get(at.saturating_sub(DICTIONARY)..at)?;
        if before.ends_with(b"end") {
            continue;
        }
        let from = places(before, b"obj").last().unwrap_or_default();
        let dictionary = before.get(from..).unwrap_or_default();
        let says = |word: &[u8]| names(dictionary).any(|name| name.is(word));
        let (objects, picture) = (says(b"ObjStm"), says(b"Image"));
        let data = whole.get(at + b"stream".len()..).unwrap_or_default();
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        if !is_zlib(data) {
            if objects && says(b"Filter") {
                return Some(PdfFault::Locked);
            }
            continue;
        }
        if picture && !objects {
            continue;
        }
        let mut unpacked = Vec::new();
        let limit = u64::try_from(left).unwrap_or_default() + 1;
        let read = ZlibDecoder::new(data)
            .take(limit)
            .read_to_end(&mut unpacked);
        if is_active(&unpacked) {
            return Some(PdfFault::Active);
        }
        if unpacked.len() > left {
            return Some(PdfFault::Vast);
        }
        if objects && read.is_err() {
            return Some(PdfFault::Locked);
        }
        left -= unpacked.len();
    }
    None
}

/// The two bytes with which a compressed stream begins.
fn is_zlib(data: &[u8]) -> bool {
    match data {
        [first, second, ..] => {
            first & 0x0F == 8 && (u16::from(*first) * 256 + u16::from(*second)).is_multiple_of(31)
        }
        _ => false,
    }
}

/// Where a word stands.
fn places<'a>(part: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    part.windows(word.len())
        .enumerate()
        .filter(move |(_, window)| *window == word)
        .map(|(at, _)| at)
}

/// A name as a reader understands it; longer ones than are looked for are none.
#[derive(Clone, Copy, Default)]
struct Name {
    letters: [u8; LONGEST],
    length: usize,
}

impl Name {
    fn is(&self, word: &[u8]) -> bool {
        self.letters.get(..self.length) == Some(word)
    }

    fn read(rest: &[u8]) -> Self {
        let mut name = Self::default();
        let mut rest = rest;
        while let [first, behind @ ..] = rest {
            if first.is_ascii_whitespace() || b"\0/<>[](){}%".contains(first) {
                break;
            }
            let (letter, next) = match (first, behind) {
                (b'#', [high, low, next @ ..]) => match (digit(*high), digit(*low)) {
                    (Some(high), Some(low)) => (high * 16 + low, next),
                    _ => (*first, behind),
                },
                _ => (*first, behind),
            };
            match name.letters.get_mut(name.length) {
                Some(place) => *place = letter,
                None => return Self::default(),
            }
            name.length += 1;
            rest = next;
        }
        name
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// Every name of a part.
fn names(part: &[u8]) -> impl Iterator<Item = Name> + '_ {
    part.iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'/')
        .map(move |(at, _)| Name::read(part.get(at + 1..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn pdf(inside: &str) -> Vec<u8> {
        format!("%PDF-1.7\n{inside}\nstartxref\n9\n%%EOF\n").into_bytes()
    }

    /// A PDF with these words in a compressed stream.
    fn packed_pdf(dictionary: &str, inside: &str) -> Vec<u8> {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(inside.as_bytes()).unwrap();
        let stream = zlib.finish().unwrap();
        let head = format!("%PDF-1.7\n1 0 obj\n<<{dictionary}>>\nstream\n");
        let foot = b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n".to_vec();
        [head.into_bytes(), stream, foot].concat()
    }

    #[test]
    fn a_pdf_is_a_pdf_and_nothing_else() {
        for (bytes, expected) in [
            (pdf("1 0 obj << /Type /Page >>"), None),
            ([pdf(""), b"\r\n\0".to_vec()].concat(), None),
            (b"%PDF-1.7 saja".to_vec(), Some(PdfFault::NotWhole)),
            (
                [b"GIF89a".to_vec(), pdf("")].concat(),
                Some(PdfFault::NotWhole),
            ),
            (
                [pdf(""), b"PK\x03\x04 rest".to_vec()].concat(),
                Some(PdfFault::NotWhole),
            ),
            (pdf("PK\x05\x06"), Some(PdfFault::NotWhole)),
            (
                pdf("/OpenAction << /S /JavaScript >>"),
                Some(PdfFault::Active),
            ),
            (
                pdf("/OpenAction << /S /J#61vaScript >>"),
                Some(PdfFault::Active),
            ),
            (pdf("/JavaScripting /JavaS#cript /#"), None),
            (
                pdf("/Names << /EmbeddedFiles 3 0 R >>"),
                Some(PdfFault::Active),
            ),
            (
                pdf("<< /S /SubmitForm /F (http://contoh.example) >>"),
                Some(PdfFault::Active),
            ),
            (pdf("trailer << /Encrypt 4 0 R >>"), Some(PdfFault::Locked)),
            (Vec::new(), Some(PdfFault::NotWhole)),
        ] {
            let shown = String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!(pdf_fault(&bytes), expected, "{shown:?}");
        }
    }

    #[test]
    fn what_is_packed_is_unpacked_before_it_is_believed() {
        const OBJECTS: &str = "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode";
        let script = "1 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>";
        let harmless = "1 0 << /Type /Font >> BT (Surat) Tj ET";
        for (dictionary, inside, expected) in [
            (OBJECTS, script, Some(PdfFault::Active)),
            // Readers find the objects without their type, too.
            ("/Filter /FlateDecode", script, Some(PdfFault::Active)),
            (OBJECTS, harmless, None),
            ("/Subtype /Image /Filter /FlateDecode", harmless, None),
        ] {
            let bytes = packed_pdf(dictionary, inside);
            assert_eq!(pdf_fault(&bytes), expected, "{dictionary} {inside}");
        }
        let strange = pdf("1 0 obj << /Type /ObjStm /Filter /LZWDecode >>\nstream\nabc\nendstream");
        assert_eq!(pdf_fault(&strange), Some(PdfFault::Locked));
        let large = packed_pdf("/Filter /FlateDecode", &" ".repeat(50_000));
        assert_eq!(packed(&large, 10_000), Some(PdfFault::Vast));
        assert_eq!(packed(&large, 100_000), None);
    }
}
