//! The editable copy, for offices that go on writing in a word processor: headings, tables, contents
//! that know their pages, from the same value as the paper. It says first that the paper counts and not itself. One list tells where each
//! annex is as it was issued; the copy holds the photos, what Berita Acara, minutes and attendance list say and who signed
//! them, the decree and the charter. No drawn signature is in a file that anybody can change.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, Footer, LineSpacing, PageMargin, PageNum, PageNumType, Paragraph,
    RunFonts, Style, StyleType, Table, TableCell,
};

use super::{
    docx_contents, docx_papers,
    docx_parts::{Headings, block, centred, page_break, paragraph, ruled, run, small, small_cell},
    docx_pictures::Pictures,
};
use crate::{
    documents::{
        Kind, Places,
        data::{
            Annex, Attendance, BeritaAcara, Block, Held, Invitation, Minutes, Paper, Photo, Report,
            Signatory, Signer,
        },
    },
    platform::error::Result,
};

const HEADINGS: [(&str, &str, usize); 2] =
    [("Heading1", "heading 1", 28), ("Heading2", "heading 2", 24)];
/// The lines of the contents, as word processors know them.
const CONTENTS: [(&str, &str); 2] = [("TOC1", "toc 1"), ("TOC2", "toc 2")];

/// What the copy says of the PDF.
pub struct Original {
    /// That the PDF counts.
    pub notice: String,
    pub places: Places,
    /// How many pages of each annex are scans, which only the PDF has.
    pub scans: Vec<usize>,
}

/// The report as a DOCX file.
pub fn file(report: &Report, original: &Original) -> Result<Vec<u8>> {
    let mut docx = cover(bare(), report, &original.notice);
    let mut heads = Headings::default();
    docx = heads.chapter(docx, "KATA PENGANTAR");
    for words in &report.preface {
        docx = docx.add_paragraph(paragraph(words));
    }
    docx = signature(docx, &report.signatory);
    docx = heads.chapter(docx, "DAFTAR ISI");
    docx = docx_contents::contents(docx, report, original);
    for chapter in &report.chapters {
        docx = heads.chapter(docx, &format!("{} {}", chapter.number, chapter.title));
        for section in &chapter.sections {
            if let Some(title) = &section.title {
                docx = heads.section(docx, title);
            }
            docx = section.blocks.iter().fold(docx, block);
        }
    }
    docx = signature(docx, &report.signatory);
    docx = heads.chapter(docx, docx_contents::LIST);
    docx = docx_contents::annexes(docx, report);
    let mut pictures = Pictures::default();
    for (at, one) in report.annexes.iter().enumerate() {
        let new_page = docx_contents::on_new_page(&report.annexes, at);
        docx = heads.top(docx, &docx_contents::named(one), new_page);
        docx = if one.has_pages() {
            annex(docx, one, &mut pictures)
        } else if one.facts.is_empty() {
            // There is none in the PDF either; it says why.
            let why = one.notes.iter();
            why.fold(docx, |docx, note| docx.add_paragraph(paragraph(note)))
        } else {
            docx.add_paragraph(docx_contents::stays(report, &original.places, at))
        };
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(anyhow::Error::from)?;
    pictures.finish(&bytes.into_inner())
}

/// Paper, styles and foot. The cover is page 0 and bears no number, as in the PDF.
fn bare() -> Docx {
    let docx = Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(
            PageMargin::new()
                .top(1_134)
                .bottom(1_134)
                .left(1_418)
                .right(1_134),
        )
        .title_pg()
        .page_num_type(PageNumType::new().start(0))
        .default_fonts(
            RunFonts::new()
                .ascii("Bookman Old Style")
                .hi_ansi("Bookman Old Style"),
        )
        .default_size(22)
        .footer(
            Footer::new().add_paragraph(
                Paragraph::new()
                    .align(AlignmentType::Right)
                    .add_page_num(PageNum::new()),
            ),
        );
    let headings = HEADINGS.into_iter().enumerate();
    let docx = headings.fold(docx, |docx, (level, (id, name, size))| {
        docx.add_style(
            Style::new(id, StyleType::Paragraph)
                .name(name)
                .size(size)
                .bold()
                .outline_lvl(level),
        )
    });
    CONTENTS.into_iter().fold(docx, |docx, (id, name)| {
        docx.add_style(Style::new(id, StyleType::Paragraph).name(name))
    })
}

fn cover(docx: Docx, report: &Report, notice: &str) -> Docx {
    let mut docx = docx.add_paragraph(
        Paragraph::new()
            .align(AlignmentType::Center)
            .add_run(run(notice).bold().size(20)),
    );
    for _ in 0..8 {
        docx = docx.add_paragraph(Paragraph::new());
    }
    for (place, words) in report.cover.iter().enumerate() {
        docx = docx.add_paragraph(centred(words, if place == 0 { 52 } else { 32 }));
    }
    for words in &report.cover_notes {
        docx = docx.add_paragraph(
            Paragraph::new()
                .align(AlignmentType::Center)
                .add_run(run(words).size(18)),
        );
    }
    docx
}

fn signature(docx: Docx, who: &Signatory) -> Docx {
    let line = |words: String, bold: bool| {
        let run = run(&words);
        Paragraph::new()
            .indent(Some(4_700), None, None, None)
            .keep_next(true)
            .add_run(if bold { run.bold() } else { run })
    };
    let mut docx = docx.add_paragraph(Paragraph::new());
    if let Some(words) = &who.place_date {
        docx = docx.add_paragraph(line(words.clone(), false));
    }
    for words in &who.position {
        docx = docx.add_paragraph(line(words.clone(), false));
    }
    for _ in 0..3 {
        docx = docx.add_paragraph(line(String::new(), false));
    }
    docx = docx.add_paragraph(line(who.name.clone(), true));
    if let Some(rank) = &who.rank {
        docx = docx.add_paragraph(line(rank.clone(), false));
    }
    if let Some(nip) = &who.nip {
        docx = docx.add_paragraph(line(format!("NIP {nip}"), false));
    }
    docx
}

fn annex(docx: Docx, annex: &Annex, pictures: &mut Pictures) -> Docx {
    let mut docx = docx;
    if let Some(paper) = &annex.paper
        && paper.kind == Kind::BeritaAcara.as_str()
        && let Ok(record) = serde_json::from_value::<BeritaAcara>(paper.data.clone())
    {
        docx = berita_acara(docx, &record);
    }
    if let Some(paper) = &annex.paper {
        docx = paper_of(docx, paper);
    }
    for (at, photos) in annex.photo_pages.iter().enumerate() {
        if at > 0 {
            docx = docx.add_paragraph(page_break());
        }
        for one in photos {
            docx = photo(docx, one, photos.len(), pictures);
        }
    }
    docx = annex.blocks.iter().fold(docx, block);
    if let Some(who) = &annex.signatory {
        docx = signature(docx, who);
    }
    if annex.appendix.is_empty() {
        return docx;
    }
    let docx = docx.add_paragraph(page_break());
    annex.appendix.iter().fold(docx, block)
}

/// The letter, the minutes with those who signed them, or the list of those who came.
fn paper_of(docx: Docx, paper: &Paper) -> Docx {
    if paper.kind == Kind::Invitation.as_str()
        && let Ok(letter) = serde_json::from_value::<Invitation>(paper.data.clone())
    {
        let docx = signature(docx_papers::invitation(docx, &letter), &letter.signatory);
        return docx_papers::below_invitation(docx, &letter);
    }
    if paper.kind == Kind::Minutes.as_str()
        && let Ok(minutes) = serde_json::from_value::<Minutes>(paper.data.clone())
    {
        let docx = docx_papers::minutes(docx, &minutes);
        return signature(signature(docx, &minutes.minute_taker), &minutes.approver);
    }
    if paper.kind == Kind::Attendance.as_str()
        && let Ok(list) = serde_json::from_value::<Attendance>(paper.data.clone())
    {
        let docx = docx_papers::attendance(docx, &list);
        return match &list.signatory {
            Some(who) => signature(docx, who),
            None => docx,
        };
    }
    docx
}

/// A photo with its caption, one of so many on its page.
fn photo(docx: Docx, photo: &Photo, together: usize, pictures: &mut Pictures) -> Docx {
    let height = match together {
        1 => 130,
        2 => 95,
        _ => 62,
    };
    let Some(picture) = pictures.run(&photo.picture, (160, height), &photo.caption) else {
        return docx.add_paragraph(paragraph(&photo.caption));
    };
    let middle = || Paragraph::new().align(AlignmentType::Center);
    docx.add_paragraph(middle().keep_next(true).add_run(picture))
        .add_paragraph(
            middle()
                .line_spacing(LineSpacing::new().before(60).after(200))
                .add_run(run(&photo.caption).size(18)),
        )
}

/// What was agreed, and the table of those who signed.
fn berita_acara(docx: Docx, record: &BeritaAcara) -> Docx {
    let mut docx = docx;
    for line in &record.heading {
        docx = docx.add_paragraph(centred(line, 24));
    }
    docx = docx.add_paragraph(centred(&format!("Nomor: {}", record.number), 22));
    docx = docx.add_paragraph(paragraph(&held(&record.held)));
    for (title, lines) in [
        ("Dasar pelaksanaan:", &record.legal_basis),
        ("Rujukan:", &record.references),
    ] {
        if !lines.is_empty() {
            docx = docx.add_paragraph(paragraph(title));
            docx = block(docx, &Block::list("a.", lines.clone()));
        }
    }
    docx = docx.add_paragraph(paragraph(&record.lead));
    docx = block(docx, &Block::list("1.", record.points.clone()));
    docx = docx.add_paragraph(paragraph(&record.closing));
    docx.add_table(signers(record))
        .add_paragraph(Paragraph::new())
}

/// When, where and what, as the paper says it: every day in words, then in digits.
fn held(held: &Held) -> String {
    let spoken = |day: &str, date: &str, month: &str, year: &str| {
        format!("{day} tanggal {date} bulan {month} tahun {year}")
    };
    let first = spoken(&held.day, &held.date_words, &held.month, &held.year_words);
    let more = held.more.iter().map(|day| {
        let words = spoken(&day.day, &day.date_words, &day.month, &day.year_words);
        format!("{}{words}", day.before)
    });
    let days: String = std::iter::once(first).chain(more).collect();
    let begins = match held.more.is_empty() {
        true => "Pada hari ini,",
        false => "Pada hari",
    };
    let hours = held.hours.as_ref();
    let hours = hours.map_or_else(String::new, |hours| format!(", pukul {hours}"));
    format!(
        "{begins} {days} ({}){hours}, bertempat di {}, telah dilaksanakan {}.",
        held.date, held.place, held.event
    )
}

fn signers(record: &BeritaAcara) -> Table {
    const GRID: [usize; 4] = [560, 2_300, 3_290, 3_200];
    let people = record.groups.iter().flat_map(|group| {
        let of = |signer| (group.represents.as_str(), signer);
        group.signers.iter().map(of)
    });
    let rows = (1..).zip(people).map(|(number, (represents, who))| {
        let number: i32 = number;
        let name = TableCell::new()
            .add_paragraph(Paragraph::new().add_run(small(&who.name).bold()))
            .add_paragraph(Paragraph::new().add_run(small(&who.position)));
        vec![
            small_cell(&format!("{number}.")),
            small_cell(represents),
            name,
            small_cell(&signed(who)),
        ]
    });
    let head = [
        "No.",
        "Perwakilan",
        "Nama dan Jabatan/Instansi",
        "Tanda tangan",
    ];
    ruled(&GRID, &head, rows.collect())
}

/// Who signed, how and when, in words instead of the drawn line.
fn signed(who: &Signer) -> String {
    let when = who.signed_at.as_ref().map(|when| format!(", {when}"));
    let when = when.unwrap_or_default();
    match (&who.mark, &who.signature) {
        (Some(mark), _) if who.signed_at.is_none() => mark.clone(),
        (Some(mark), _) => format!("{mark} oleh {}{when}", who.name),
        (None, Some(_)) => format!("Ditandatangani oleh {}{when}", who.name),
        (None, None) => String::new(),
    }
}
