//! The editable copy, for offices that go on writing in a word processor: headings, tables, a contents
//! field, from the same value as the paper. The annexes stay papers; the copy names them, and holds the photos
//! and what the Berita Acara says and who signed it.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BreakType, Docx, FieldCharType, Footer, InstrText, InstrToC, LineSpacing,
    PageMargin, PageNum, Paragraph, Run, RunFonts, Shading, Style, StyleType, Table, TableCell,
    TableLayoutType, TableRow, WidthType,
};

use super::docx_pictures::Pictures;
use crate::{
    documents::{
        Kind,
        data::{Annex, BeritaAcara, Block, Column, Fact, Held, Photo, Report, Signatory, Signer},
    },
    platform::error::Result,
};

/// The width between the margins of A4, in twentieths of a point.
const WIDTH: usize = 9_350;
const HEADINGS: [(&str, &str, usize); 2] =
    [("Heading1", "heading 1", 28), ("Heading2", "heading 2", 24)];

/// The report as a DOCX file.
pub fn file(report: &Report) -> Result<Vec<u8>> {
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
        .default_size(22)
        .footer(
            Footer::new().add_paragraph(
                Paragraph::new()
                    .align(AlignmentType::Right)
                    .add_page_num(PageNum::new()),
            ),
        );
    for (level, (id, name, size)) in HEADINGS.into_iter().enumerate() {
        docx = docx.add_style(
            Style::new(id, StyleType::Paragraph)
                .name(name)
                .size(size)
                .bold()
                .outline_lvl(level),
        );
    }
    docx = cover(docx, report);
    docx = heading(docx, "KATA PENGANTAR", true);
    for words in &report.preface {
        docx = docx.add_paragraph(paragraph(words));
    }
    docx = signature(docx, &report.signatory);
    docx = contents(docx, report);
    for chapter in &report.chapters {
        docx = heading(docx, &format!("{} {}", chapter.number, chapter.title), true);
        for section in &chapter.sections {
            if let Some(title) = &section.title {
                docx = subheading(docx, title);
            }
            docx = section.blocks.iter().fold(docx, block);
        }
    }
    docx = signature(docx, &report.signatory);
    let mut pictures = Pictures::default();
    for one in &report.annexes {
        docx = annex(docx, one, &mut pictures);
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).map_err(anyhow::Error::from)?;
    pictures.finish(&bytes.into_inner())
}

/// A field that the word processor fills with pages when the file is opened; until then it lists the
/// headings.
fn contents(docx: Docx, report: &Report) -> Docx {
    let mut lines = vec!["KATA PENGANTAR".to_owned()];
    for chapter in &report.chapters {
        lines.push(format!("{} {}", chapter.number, chapter.title));
        let titles = chapter.sections.iter().filter_map(|one| one.title.clone());
        lines.extend(titles);
    }
    let annexes = report.annexes.iter();
    lines.extend(annexes.map(|annex| format!("{} {}", annex.number, annex.title)));
    let headings = InstrToC::new().heading_styles_range(1, 2);
    let begin = Run::new()
        .add_field_char(FieldCharType::Begin, true)
        .add_instr_text(InstrText::TOC(headings))
        .add_field_char(FieldCharType::Separate, false);
    let docx = docx
        .add_paragraph(page_break())
        .add_paragraph(centred("DAFTAR ISI", 28))
        .add_paragraph(Paragraph::new().add_run(begin));
    let docx = lines.iter().fold(docx, |docx, line| {
        docx.add_paragraph(Paragraph::new().add_run(run(line)))
    });
    let end = Run::new().add_field_char(FieldCharType::End, false);
    docx.add_paragraph(Paragraph::new().add_run(end))
}

/// Word processors refuse a file with a control character, and hide marks that turn the writing round.
pub(super) fn plain(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'))
        .collect()
}

fn run(words: &str) -> Run {
    Run::new().add_text(plain(words))
}

fn paragraph(words: &str) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Both)
        .line_spacing(LineSpacing::new().after(120))
        .add_run(run(words))
}

fn centred(words: &str, size: usize) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Center)
        .line_spacing(LineSpacing::new().after(160))
        .add_run(run(words).bold().size(size))
}

fn page_break() -> Paragraph {
    Paragraph::new().add_run(Run::new().add_break(BreakType::Page))
}

fn heading(docx: Docx, words: &str, new_page: bool) -> Docx {
    docx.add_paragraph(
        Paragraph::new()
            .style("Heading1")
            .align(AlignmentType::Center)
            .page_break_before(new_page)
            .line_spacing(LineSpacing::new().after(240))
            .add_run(run(words)),
    )
}

fn subheading(docx: Docx, words: &str) -> Docx {
    docx.add_paragraph(
        Paragraph::new()
            .style("Heading2")
            .keep_next(true)
            .line_spacing(LineSpacing::new().before(240).after(120))
            .add_run(run(words)),
    )
}

fn cover(docx: Docx, report: &Report) -> Docx {
    let mut docx = docx;
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

fn block(docx: Docx, block: &Block) -> Docx {
    match block {
        Block::Text { words } => words
            .lines()
            .fold(docx, |docx, line| docx.add_paragraph(paragraph(line))),
        Block::Pledge { words } => docx.add_paragraph(centred(words, 28)),
        Block::List { format, items } => list(docx, format, items, 720),
        // The office puts its own letterhead into its copy.
        Block::Letterhead => docx,
        Block::Title { lines } => lines
            .iter()
            .fold(docx, |docx, line| docx.add_paragraph(centred(line, 24))),
        Block::Clause {
            label,
            words,
            format,
            items,
        } => {
            let line = format!("{label}: {}", words.as_deref().unwrap_or_default());
            let head = paragraph(line.trim_end()).keep_next(!items.is_empty());
            list(docx.add_paragraph(head), format, items, 1440)
        }
        Block::Facts { facts } => docx.add_table(facts_table(facts)),
        Block::Table { columns, rows } => docx
            .add_table(table(columns, rows))
            .add_paragraph(Paragraph::new()),
    }
}

/// The numbers are text: they are those of the paper, in every word processor.
fn list(docx: Docx, format: &str, items: &[String], indent: i32) -> Docx {
    items.iter().enumerate().fold(docx, |docx, (at, item)| {
        let line = format!("{} {item}", numbered(format, at));
        docx.add_paragraph(paragraph(&line).indent(
            Some(indent),
            Some(docx_rs::SpecialIndentType::Hanging(400)),
            None,
            None,
        ))
    })
}

/// `a.` for the first, `b.` for the second; `1)`, `2)`.
fn numbered(format: &str, at: usize) -> String {
    let (sign, rest) = format.split_at(format.len().min(1));
    match sign {
        "a" => {
            let letter = u8::try_from(at % 26).unwrap_or_default() + b'a';
            let letters = char::from(letter).to_string().repeat(at / 26 + 1);
            format!("{letters}{rest}")
        }
        _ => format!("{}{rest}", at + 1),
    }
}

fn facts_table(facts: &[Fact]) -> Table {
    let rows = facts.iter().map(|fact| {
        let value = fact.lines.iter().fold(TableCell::new(), |cell, line| {
            cell.add_paragraph(Paragraph::new().add_run(run(line)))
        });
        TableRow::new(vec![
            TableCell::new()
                .width(2_700, WidthType::Dxa)
                .add_paragraph(Paragraph::new().add_run(run(&fact.label))),
            value.width(WIDTH - 2_700, WidthType::Dxa),
        ])
    });
    Table::without_borders(rows.collect())
        .set_grid(vec![2_700, WIDTH - 2_700])
        .layout(TableLayoutType::Fixed)
}

fn table(columns: &[Column], rows: &[Vec<String>]) -> Table {
    let whole: u32 = columns.iter().map(|column| column.share).sum();
    let width = |column: &Column| {
        let share = usize::try_from(column.share).unwrap_or(1);
        WIDTH * share / usize::try_from(whole.max(1)).unwrap_or(1)
    };
    let grid: Vec<usize> = columns.iter().map(width).collect();
    let head = columns.iter().zip(&grid).map(|(column, width)| {
        TableCell::new()
            .width(*width, WidthType::Dxa)
            .shading(Shading::new().fill("EDEDED"))
            .add_paragraph(
                Paragraph::new()
                    .align(AlignmentType::Center)
                    .add_run(run(&column.label).bold().size(18)),
            )
    });
    let head = TableRow::new(head.collect());
    let rows = rows.iter().map(|row| {
        let cells = row.iter().zip(&grid).map(|(words, width)| {
            TableCell::new()
                .width(*width, WidthType::Dxa)
                .add_paragraph(Paragraph::new().add_run(run(words).size(18)))
        });
        TableRow::new(cells.collect()).cant_split()
    });
    Table::new(std::iter::once(head).chain(rows).collect())
        .set_grid(grid)
        .layout(TableLayoutType::Fixed)
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
    let mut docx = heading(docx, &format!("{} {}", annex.number, annex.title), true);
    if !annex.facts.is_empty() {
        docx = docx.add_table(facts_table(&annex.facts));
    }
    for words in &annex.notes {
        docx = docx.add_paragraph(paragraph(words));
    }
    if let Some(paper) = &annex.paper
        && paper.kind == Kind::BeritaAcara.as_str()
        && let Ok(record) = serde_json::from_value::<BeritaAcara>(paper.data.clone())
    {
        docx = berita_acara(docx, &record, pictures);
    }
    if !annex.photos.is_empty() {
        docx = docx.add_paragraph(Paragraph::new());
    }
    for one in &annex.photos {
        docx = photo(docx, one, pictures);
    }
    docx = annex.blocks.iter().fold(docx, block);
    match &annex.signatory {
        Some(who) => signature(docx, who),
        None => docx,
    }
}

/// Two photos on a page, each with its caption.
fn photo(docx: Docx, photo: &Photo, pictures: &mut Pictures) -> Docx {
    const ROOM: (u32, u32) = (160, 95);
    let Some(picture) = pictures.run(&photo.picture, ROOM, &photo.caption) else {
        return docx.add_paragraph(paragraph(&photo.caption));
    };
    let middle = || Paragraph::new().align(AlignmentType::Center);
    docx.add_paragraph(middle().keep_next(true).add_run(picture))
        .add_paragraph(
            middle()
                .line_spacing(LineSpacing::new().before(60).after(240))
                .add_run(run(&photo.caption).size(18)),
        )
}

/// What was agreed, and the table of those who signed.
fn berita_acara(docx: Docx, record: &BeritaAcara, pictures: &mut Pictures) -> Docx {
    let mut docx = docx.add_paragraph(Paragraph::new());
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
    docx = docx.add_table(signers(record, pictures));
    for note in &record.notes {
        docx = docx.add_paragraph(paragraph(note));
    }
    docx.add_paragraph(Paragraph::new())
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
    format!(
        "{begins} {days} ({}), bertempat di {}, telah dilaksanakan {}.",
        held.date, held.place, held.event
    )
}

fn signers(record: &BeritaAcara, pictures: &mut Pictures) -> Table {
    const GRID: [usize; 4] = [640, 2_300, 3_510, 2_900];
    let row = |cells: [TableCell; 4]| {
        let cells = cells.into_iter().zip(GRID);
        TableRow::new(
            cells
                .map(|(cell, width)| cell.width(width, WidthType::Dxa))
                .collect(),
        )
        .cant_split()
    };
    let words = |words: &str| Paragraph::new().add_run(run(words).size(18));
    let cell = |text: &str| TableCell::new().add_paragraph(words(text));
    let head = [
        "No.",
        "Perwakilan",
        "Nama dan Jabatan/Instansi",
        "Tanda tangan",
    ];
    let mut rows = vec![row(head.map(|label| {
        TableCell::new()
            .shading(Shading::new().fill("EDEDED"))
            .add_paragraph(Paragraph::new().add_run(run(label).bold().size(18)))
    }))];
    let people = record.groups.iter().flat_map(|group| {
        let of = |signer| (group.represents.as_str(), signer);
        group.signers.iter().map(of)
    });
    for (number, (represents, who)) in (1..).zip(people) {
        let name = TableCell::new()
            .add_paragraph(Paragraph::new().add_run(run(&who.name).bold().size(18)))
            .add_paragraph(words(&who.position));
        rows.push(row([
            cell(&format!("{number}.")),
            cell(represents),
            name,
            signed(who, pictures),
        ]));
    }
    Table::new(rows)
        .set_grid(GRID.to_vec())
        .layout(TableLayoutType::Fixed)
}

fn signed(who: &Signer, pictures: &mut Pictures) -> TableCell {
    let mut cell = TableCell::new();
    let drawn = who
        .signature
        .as_ref()
        .and_then(|picture| pictures.run(picture, (40, 12), &format!("Tanda tangan {}", who.name)));
    if let Some(drawn) = drawn {
        cell = cell.add_paragraph(Paragraph::new().add_run(drawn));
    }
    let words = [&who.mark, &who.signed_at].into_iter().flatten();
    let words: Vec<&str> = words.map(String::as_str).collect();
    cell.add_paragraph(Paragraph::new().add_run(run(&words.join(", ")).size(14)))
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn lists_are_numbered_as_on_paper() {
        assert_eq!(numbered("a.", 0), "a.");
        assert_eq!(numbered("a.", 27), "bb.");
        assert_eq!(numbered("1)", 9), "10)");
        assert_eq!(numbered("", 1), "2");
    }
}
