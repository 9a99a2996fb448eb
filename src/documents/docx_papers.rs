//! Papers of a forum as its editable report holds them: the letter with its attachments, the minutes and the list of those
//! who came. Signatures are told in words, and telephone numbers stay in the PDF: this file goes from hand to hand.

use docx_rs::{Docx, Paragraph, Table, TableCell};

use super::docx_parts::{block, centred, facts_table, paragraph, ruled, run, small, small_cell};
use crate::documents::data::{
    Attendance, AttendanceRow, Block, Fact, Invitation, Minutes, RecipientList, Schedule,
};

fn heading(docx: Docx, lines: &[String]) -> Docx {
    lines
        .iter()
        .fold(docx, |docx, line| docx.add_paragraph(centred(line, 24)))
}

fn lead(docx: Docx, words: &str) -> Docx {
    docx.add_paragraph(Paragraph::new().keep_next(true).add_run(run(words).bold()))
}

fn paragraphs(docx: Docx, lines: &[String]) -> Docx {
    lines
        .iter()
        .fold(docx, |docx, line| docx.add_paragraph(paragraph(line)))
}

/// The letter up to its closing; who signed it, to whom copies went and its attachments follow.
pub fn invitation(docx: Docx, paper: &Invitation) -> Docx {
    let head = [
        Fact::new("Nomor", paper.number.as_str()),
        Fact::new("Sifat", paper.classification.as_str()),
        Fact::new("Lampiran", paper.attachments.as_str()),
        Fact::new("Hal", paper.subject.as_str()),
    ];
    let mut docx = docx
        .add_paragraph(paragraph(&paper.place_date))
        .add_table(facts_table(&head))
        .add_paragraph(Paragraph::new());
    for (at, line) in paper.addressees.iter().enumerate() {
        let before = if at == 0 { "Yth. " } else { "" };
        docx = docx.add_paragraph(paragraph(&format!("{before}{line}")));
    }
    docx = docx.add_paragraph(paragraph(&paper.address_place));
    docx = paragraphs(docx, &paper.opening)
        .add_table(facts_table(&paper.event))
        .add_paragraph(Paragraph::new());
    paragraphs(docx, &paper.closing)
}

/// What stands below the signature of a letter, and behind it.
pub fn below_invitation(docx: Docx, paper: &Invitation) -> Docx {
    let mut docx = docx.add_paragraph(Paragraph::new());
    if !paper.copies.is_empty() {
        docx = lead(docx, "Tembusan:");
        docx = block(docx, &Block::list("1.", paper.copies.clone()));
    }
    if let Some(list) = &paper.recipients {
        docx = heading(docx, &list.heading).add_table(recipients(list));
        docx = docx.add_paragraph(Paragraph::new());
    }
    if let Some(plan) = &paper.schedule {
        docx = heading(docx, &plan.heading).add_table(schedule(plan));
        docx = docx.add_paragraph(Paragraph::new());
    }
    docx
}

fn recipients(list: &RecipientList) -> Table {
    const GRID: [usize; 3] = [620, 5_430, 3_300];
    let rows = list.rows.iter().map(|row| {
        let cells = [&row.number, &row.name, &row.note];
        cells.map(|words| small_cell(words)).to_vec()
    });
    let head = ["No.", "Perangkat Daerah/Instansi/Nama", "Keterangan"];
    ruled(&GRID, &head, rows.collect())
}

fn schedule(plan: &Schedule) -> Table {
    const GRID: [usize; 3] = [2_400, 4_250, 2_700];
    let mut rows = Vec::new();
    for row in &plan.rows {
        if let Some(day) = &row.section {
            rows.push([day.as_str(), "", ""].map(small_cell).to_vec());
        }
        let cells = [&row.time, &row.activity, &row.in_charge];
        rows.push(cells.map(|words| small_cell(words)).to_vec());
    }
    let head = [plan.day.as_str(), "Acara", "Keterangan"];
    ruled(&GRID, &head, rows)
}

/// What was discussed, raised and decided, in the order of the paper.
pub fn minutes(docx: Docx, paper: &Minutes) -> Docx {
    let mut docx = heading(docx, &paper.heading);
    docx = docx
        .add_paragraph(paragraph(&paper.lead))
        .add_table(facts_table(&paper.facts))
        .add_paragraph(Paragraph::new())
        .add_paragraph(paragraph(&paper.participants_lead));
    docx = block(docx, &Block::list("a.", paper.participants.clone()));
    docx = lead(docx, "Agenda rapat");
    for row in &paper.agenda {
        if let Some(day) = &row.section {
            docx = docx.add_paragraph(paragraph(day));
        }
        docx = docx.add_paragraph(paragraph(&format!("{} {}", row.time, row.activity)));
    }
    if !paper.results.is_empty() {
        docx = lead(docx, "Hasil rapat");
        docx = block(docx, &Block::list("1.", paper.results.clone()));
    }
    for one in &paper.discussion {
        docx = lead(docx, &one.activity);
        let lines = one.notes.iter().flat_map(|note| note.lines());
        docx = lines.fold(docx, |docx, line| docx.add_paragraph(paragraph(line)));
    }
    if !paper.inputs.is_empty() {
        docx = lead(docx, "Masukan peserta dan jawabannya");
        docx = docx
            .add_table(inputs(paper))
            .add_paragraph(Paragraph::new());
    }
    docx = docx.add_paragraph(paragraph(&paper.closing));
    let told = paper.notes.iter();
    told.fold(docx, |docx, note| docx.add_paragraph(paragraph(note)))
}

fn inputs(paper: &Minutes) -> Table {
    const GRID: [usize; 3] = [2_200, 3_700, 3_450];
    let rows = paper.inputs.iter().map(|row| {
        let from = [row.code.as_str(), row.from.as_str(), row.about.as_str()];
        let from: Vec<&str> = from.into_iter().filter(|part| !part.is_empty()).collect();
        vec![
            small_cell(&from.join("\n")),
            small_cell(&row.text),
            small_cell(&row.answer),
        ]
    });
    ruled(&GRID, &["Dari", "Masukan", "Jawaban"], rows.collect())
}

/// Those who came, in their groups.
pub fn attendance(docx: Docx, paper: &Attendance) -> Docx {
    const GRID: [usize; 4] = [620, 5_130, 1_300, 2_300];
    let docx = heading(docx, &paper.heading)
        .add_table(facts_table(&paper.facts))
        .add_paragraph(Paragraph::new());
    let mut rows = Vec::new();
    for row in &paper.rows {
        if let Some(group) = &row.section {
            let title = Paragraph::new()
                .keep_next(true)
                .add_run(small(group).bold());
            let empty = || small_cell("");
            let group = TableCell::new().add_paragraph(title);
            rows.push(vec![empty(), group, empty(), empty()]);
        }
        rows.push(came(row));
    }
    let head = ["No.", "Nama dan Jabatan/Instansi", "Hadir", "Tanda tangan"];
    docx.add_table(ruled(&GRID, &head, rows))
        .add_paragraph(Paragraph::new())
}

fn came(row: &AttendanceRow) -> Vec<TableCell> {
    let name = TableCell::new()
        .add_paragraph(Paragraph::new().add_run(small(&row.name).bold()))
        .add_paragraph(Paragraph::new().add_run(small(&row.position)));
    let signed = match (&row.mark, &row.signature) {
        (Some(mark), _) => mark.as_str(),
        (None, Some(_)) => "Ditandatangani",
        (None, None) => "",
    };
    vec![
        small_cell(&row.number),
        name,
        small_cell(&row.time),
        small_cell(signed),
    ]
}
