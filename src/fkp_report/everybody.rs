//! What the public copy shows of words that people typed: without the numbers of identity cards, telephones and mailboxes
//! in them. The office's copy and the papers that were signed keep every word. What a unit publishes of itself, its
//! letterhead and its standards, stays whole.

use serde_json::Value;

use crate::{
    documents::data::{Block, Chapter, Report},
    platform::traces,
};

/// What of a paper's data is no prose of people: the office's own address, numbers of papers and employees, pictures.
const WHOLE: [&str; 7] = [
    "letterhead",
    "number",
    "nip",
    "verification",
    "qr",
    "base64",
    "code",
];

fn cover(words: &mut String) {
    *words = traces::for_everybody(words);
}

pub(super) fn report(report: &mut Report) {
    report.preface.iter_mut().for_each(cover);
    report.chapters.iter_mut().for_each(chapter);
    for annex in &mut report.annexes {
        if let Some(paper) = &mut annex.paper {
            data(&mut paper.data);
        }
        let photos = annex.photo_pages.iter_mut().flatten();
        photos.for_each(|photo| cover(&mut photo.caption));
    }
}

fn chapter(chapter: &mut Chapter) {
    let sections = chapter.sections.iter_mut();
    sections
        .flat_map(|section| &mut section.blocks)
        .for_each(block);
}

fn block(block: &mut Block) {
    match block {
        Block::Text { words } | Block::Pledge { words } => cover(words),
        Block::List { items, .. } => items.iter_mut().for_each(cover),
        Block::Facts { facts } => {
            let lines = facts.iter_mut().flat_map(|fact| &mut fact.lines);
            lines.for_each(cover);
        }
        Block::Table { rows, .. } => rows.iter_mut().flatten().for_each(cover),
        Block::Clause { words, items, .. } => words.iter_mut().chain(items).for_each(cover),
        Block::Components { rows, .. } => {
            let words = rows
                .iter_mut()
                .flat_map(|row| row.words.iter_mut().chain(&mut row.items));
            words.for_each(cover);
        }
        Block::Letterhead | Block::Title { .. } | Block::Attachment { .. } => {}
    }
}

/// The data of an issued paper, as it is printed again.
fn data(value: &mut Value) {
    match value {
        Value::String(words) => cover(words),
        Value::Array(items) => items.iter_mut().for_each(data),
        Value::Object(fields) => {
            let prose = fields
                .iter_mut()
                .filter(|(name, _)| !WHOLE.contains(&name.as_str()));
            prose.for_each(|(_, inner)| data(inner));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_printed_again_keeps_what_the_office_says_of_itself() {
        let mut paper = serde_json::json!({
            "letterhead": {"address": ["Telepon 0541-000-0012"]},
            "number": "400/1/2026",
            "points": ["Hubungi 0800-0000-0012 atau ani@warga.example"],
            "signatory": {"name": "Sdr. Contoh", "nip": "19700101 199503 1 001"},
            "groups": [{"signers": [{"name": "NIK 6472011203990001"}]}],
        });
        data(&mut paper);
        let expected = serde_json::json!({
            "letterhead": {"address": ["Telepon 0541-000-0012"]},
            "number": "400/1/2026",
            "points": ["Hubungi ****-****-**** atau ***@*****.*******"],
            "signatory": {"name": "Sdr. Contoh", "nip": "19700101 199503 1 001"},
            "groups": [{"signers": [{"name": "NIK ****************"}]}],
        });
        assert_eq!(paper, expected);
    }
}
