//! The contents of the editable copy, and its list of annexes. Each line asks the bookmark of its heading for the page.
//! That is no field of contents: LibreOffice and others show what was written into one, not where the headings are. What
//! stands in a line until it is asked is the page of the PDF, where that is the same.

use docx_rs::{
    Docx, FieldCharType, Hyperlink, HyperlinkType, InstrPAGEREF, InstrText, Paragraph, Run, Tab,
    TabLeaderType, TabValueType, TableCell,
};

use super::{
    docx::Original,
    docx_parts::{WIDTH, bookmark, paragraph, ruled, run, small, small_cell},
};
use crate::documents::{
    Places,
    data::{Annex, Report},
};

pub const LIST: &str = "DAFTAR LAMPIRAN";

/// A line of the contents.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// 1 or 2.
    level: usize,
    title: String,
    page: Option<usize>,
}

/// The headings as the contents of the PDF list them, before the annexes.
fn headings(report: &Report) -> Vec<(usize, String)> {
    let mut found = vec![
        (1, "KATA PENGANTAR".to_owned()),
        (1, "DAFTAR ISI".to_owned()),
    ];
    for chapter in &report.chapters {
        found.push((1, format!("{} {}", chapter.number, chapter.title)));
        let titles = chapter.sections.iter().filter_map(|one| one.title.clone());
        found.extend(titles.map(|title| (2, title)));
    }
    found.push((1, LIST.to_owned()));
    found
}

/// Every heading of the copy, in its order. Of an annex that stays in the PDF the copy has the heading and a sentence.
fn lines(report: &Report, original: &Original) -> Vec<Line> {
    let places = &original.places;
    let headings = headings(report);
    let known = places.headings.len() == headings.len() + report.annexes.len();
    let place = |at: usize| places.headings.get(at).copied().filter(|_| known);
    // The last page that is taken: that of the list, before the annexes.
    let mut taken = place(headings.len())
        .map(|first| first.saturating_sub(1))
        .or(place(headings.len() - 1));
    let mut lines: Vec<Line> = (0..)
        .zip(headings)
        .map(|(at, (level, title))| Line {
            level,
            title,
            page: place(at),
        })
        .collect();
    for (at, annex) in report.annexes.iter().enumerate() {
        let begins = taken.map(|page| page + usize::from(on_new_page(&report.annexes, at)));
        lines.push(Line {
            level: 1,
            title: named(annex),
            page: begins,
        });
        taken = begins;
        if annex.has_pages() {
            let scans = original.scans.get(at).copied().unwrap_or_default();
            let length =
                span(report, places, at).map(|(from, to)| (to + 1 - from).saturating_sub(scans));
            taken = begins
                .zip(length)
                .map(|(page, length)| page + length.max(1) - 1);
        }
    }
    lines
}

/// What the copy does not hold needs no page of its own: several such headings stand below each other.
pub fn on_new_page(annexes: &[Annex], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &annexes[before]);
    annexes[at].has_pages() || before.is_some_and(Annex::has_pages)
}

/// Where to find an annex that the copy does not hold.
pub fn stays(report: &Report, places: &Places, at: usize) -> Paragraph {
    let pages = match span(report, places, at) {
        Some((from, to)) if to > from => format!(", halaman {from}–{to}"),
        Some((from, _)) => format!(", halaman {from}"),
        None => String::new(),
    };
    paragraph(&format!(
        "Lampiran ini tidak dimuat dalam salinan untuk disunting; lihat PDF laporan{pages}."
    ))
}

pub fn named(annex: &Annex) -> String {
    format!("{} {}", annex.number, annex.title)
}

/// The first and the last page of an annex in the PDF.
fn span(report: &Report, places: &Places, at: usize) -> Option<(usize, usize)> {
    let before = places.headings.len().checked_sub(report.annexes.len())?;
    let from = *places.headings.get(before + at)?;
    let last = match places.headings.get(before + at + 1) {
        Some(next) => next.saturating_sub(1),
        None => places.last,
    };
    Some((from, last.max(from)))
}

pub fn contents(docx: Docx, report: &Report, original: &Original) -> Docx {
    let lines = (0..).zip(lines(report, original));
    lines.fold(docx, |docx, (at, line)| {
        docx.add_paragraph(entry(at, &line))
    })
}

/// A line that leads to its heading and asks for its page anew when the file is opened.
fn entry(at: usize, line: &Line) -> Paragraph {
    let page = line.page.map(|page| page.to_string()).unwrap_or_default();
    let asks = InstrText::PAGEREF(InstrPAGEREF::new(bookmark(at)).hyperlink());
    let asked = Run::new()
        .add_field_char(FieldCharType::Begin, true)
        .add_instr_text(asks)
        .add_field_char(FieldCharType::Separate, false)
        .add_text(page)
        .add_field_char(FieldCharType::End, false);
    let link = Hyperlink::new(bookmark(at), HyperlinkType::Anchor)
        .add_run(run(&line.title).add_tab())
        .add_run(asked);
    let indent = if line.level == 1 { 0 } else { 340 };
    Paragraph::new()
        .style(&format!("TOC{}", line.level))
        .indent(Some(indent), None, None, None)
        .add_tab(
            Tab::new()
                .val(TabValueType::Right)
                .leader(TabLeaderType::Dot)
                .pos(WIDTH),
        )
        .add_hyperlink(link)
}

/// All annexes: what each is, and whether this copy holds it. Pages are those of the contents: the PDF has others.
pub fn annexes(docx: Docx, report: &Report) -> Docx {
    const GRID: [usize; 2] = [7_750, WIDTH - 7_750];
    let rows = report
        .annexes
        .iter()
        .map(|annex| vec![told(annex), small_cell(held_in(annex))]);
    let head = ["Lampiran", "Dimuat pada"];
    docx.add_table(ruled(&GRID, &head, rows.collect()))
        .add_paragraph(Paragraph::new())
}

/// Which files hold an annex; one that is missing stands in none.
fn held_in(annex: &Annex) -> &'static str {
    match (annex.has_pages(), annex.facts.is_empty()) {
        (true, _) => "salinan ini dan PDF laporan",
        (false, false) => "PDF laporan saja; lihat PDF",
        (false, true) => "–",
    }
}

fn told(annex: &Annex) -> TableCell {
    let line = |run: Run| Paragraph::new().add_run(run);
    let mut cell = TableCell::new().add_paragraph(line(small(&named(annex)).bold()));
    for fact in &annex.facts {
        let words = format!("{}: {}", fact.label, fact.lines.join(" "));
        cell = cell.add_paragraph(line(small(&words)));
    }
    for words in &annex.notes {
        cell = cell.add_paragraph(line(small(words).italic()));
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("../../document_templates/samples/report.json");

    #[test]
    fn an_annex_that_stays_in_the_pdf_has_a_heading_and_no_pages_here() {
        let mut report: Report = serde_json::from_str(SAMPLE).expect("the sample");
        let before = headings(&report).len();
        let annexes = [20, 25, 30, 35, 40, 42, 50];
        let mut original = Original {
            notice: String::new(),
            places: Places {
                headings: (1..=before).chain(annexes).collect(),
                last: 55,
            },
            scans: Vec::new(),
        };
        let pages = |report: &Report, original: &Original| -> Vec<Option<usize>> {
            let lines = lines(report, original);
            lines.iter().skip(before).map(|line| line.page).collect()
        };
        assert_eq!(pages(&report, &original), annexes.map(Some));
        // The first and the third stay there; two pages of the second are scans.
        report.annexes[0].paper = None;
        report.annexes[2].paper = None;
        original.scans = vec![0, 2];
        assert_eq!(
            pages(&report, &original),
            [19, 20, 23, 24, 29, 31, 39].map(Some),
            "{:?}",
            lines(&report, &original)
        );
        // Without the pages of the PDF nothing is guessed.
        original.places.headings.clear();
        assert!(pages(&report, &original).iter().all(Option::is_none));
    }
}
