//! The same letter for offices that sign in a word processor, from the same value as the paper.

use std::io::Cursor;

use docx_rs::{AlignmentType, Docx, PageMargin, Paragraph, Run, RunFonts};

use crate::{documents::data::Letter, platform::error::Result};

/// Word processors refuse a file with a control character, and hide marks that turn the writing round.
fn plain(words: &str) -> String {
    let hidden = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    words.chars().filter(|c| !hidden(c)).collect()
}

fn run(words: &str) -> Run {
    Run::new().add_text(plain(words))
}

fn line(words: &str) -> Paragraph {
    Paragraph::new().add_run(run(words))
}

fn centred(words: &str, size: usize) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Center)
        .add_run(run(words).bold().size(size))
}

fn paragraph(words: &str) -> Paragraph {
    line(words).align(AlignmentType::Both)
}

/// The letter as a DOCX file.
pub fn file(letter: &Letter) -> Result<Vec<u8>> {
    let mut docx = Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(
            PageMargin::new()
                .top(1_134)
                .bottom(1_134)
                .left(1_418)
                .right(1_134),
        )
        .default_fonts(
            RunFonts::new()
                .ascii("Bookman Old Style")
                .hi_ansi("Bookman Old Style"),
        )
        .default_size(22);
    for words in &letter.letterhead.government {
        docx = docx.add_paragraph(centred(&words.to_uppercase(), 24));
    }
    docx = docx.add_paragraph(centred(&letter.letterhead.unit.to_uppercase(), 28));
    for words in &letter.letterhead.address {
        docx = docx.add_paragraph(line(words).align(AlignmentType::Center));
    }
    docx = docx
        .add_paragraph(Paragraph::new())
        .add_paragraph(line(&letter.place_date).align(AlignmentType::Right));
    for (label, words) in [
        ("Nomor", &letter.number),
        ("Sifat", &letter.classification),
        ("Lampiran", &letter.attachments),
        ("Hal", &letter.subject),
    ]
    .into_iter()
    .filter(|(_, words)| !words.is_empty())
    {
        docx = docx.add_paragraph(line(&format!("{label}: {words}")));
    }
    docx = docx.add_paragraph(Paragraph::new());
    for (at, words) in letter.addressees.iter().enumerate() {
        let words = if at == 0 {
            format!("Yth. {words}")
        } else {
            words.clone()
        };
        docx = docx.add_paragraph(line(&words));
    }
    if !letter.address_place.is_empty() {
        docx = docx.add_paragraph(line(&format!("di {}", letter.address_place)));
    }
    docx = docx.add_paragraph(Paragraph::new());
    let texts = letter
        .opening
        .iter()
        .chain(&letter.body)
        .chain(&letter.closing);
    for words in texts {
        docx = docx.add_paragraph(paragraph(words));
    }
    docx = sign(docx, letter);
    if !letter.copies.is_empty() {
        docx = docx.add_paragraph(line("Tembusan:"));
        for (at, words) in letter.copies.iter().enumerate() {
            docx = docx.add_paragraph(line(&format!("{}. {words}", at + 1)));
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(anyhow::Error::from)?;
    Ok(bytes.into_inner())
}

fn sign(docx: Docx, letter: &Letter) -> Docx {
    let Some(who) = &letter.signatory else {
        return docx;
    };
    let right = |words: &str| {
        line(words)
            .indent(Some(4_700), None, None, None)
            .keep_next(true)
    };
    let mut docx = docx.add_paragraph(Paragraph::new());
    for words in &who.position {
        docx = docx.add_paragraph(right(words));
    }
    for _ in 0..3 {
        docx = docx.add_paragraph(right(""));
    }
    docx = docx.add_paragraph(right(&who.name));
    if let Some(rank) = &who.rank {
        docx = docx.add_paragraph(right(rank));
    }
    if let Some(nip) = &who.nip {
        docx = docx.add_paragraph(right(&format!("NIP {nip}")));
    }
    docx.add_paragraph(Paragraph::new())
}
