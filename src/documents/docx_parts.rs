//! The building stones of the editable copy: paragraphs, lists, tables, as the paper has them.

use docx_rs::{
    AlignmentType, BreakType, Docx, LineSpacing, Paragraph, Run, RunFonts, Shading,
    SpecialIndentType, Table, TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType,
};

use crate::documents::data::{Block, Column, ComponentRow, Fact};

/// The width between the margins of A4, in twentieths of a point.
pub const WIDTH: usize = 9_350;
/// How far the second line of a list's item stands in: wide enough for "10." and "bb.".
const HANGING: i32 = 520;

/// Word processors refuse a file with a control character, and hide marks that turn the writing round.
pub fn plain(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'))
        .collect()
}

pub fn run(words: &str) -> Run {
    Run::new().add_text(plain(words))
}

fn body() -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Both)
        .line_spacing(LineSpacing::new().after(100))
}

pub fn paragraph(words: &str) -> Paragraph {
    body().add_run(run(words))
}

pub fn centred(words: &str, size: usize) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Center)
        .line_spacing(LineSpacing::new().after(160))
        .add_run(run(words).bold().size(size))
}

pub fn page_break() -> Paragraph {
    Paragraph::new().add_run(Run::new().add_break(BreakType::Page))
}

/// The headings of the copy in their order. Each bears a bookmark, and the contents ask the bookmark on which page it is.
#[derive(Debug, Default)]
pub struct Headings {
    count: usize,
}

/// The bookmark of a heading, counted from nought.
pub fn bookmark(at: usize) -> String {
    format!("_Toc{at:04}")
}

impl Headings {
    /// Begins on a new page.
    pub fn chapter(&mut self, docx: Docx, words: &str) -> Docx {
        self.top(docx, words, true)
    }

    /// Of the first level; on a new page or below what stands before it.
    pub fn top(&mut self, docx: Docx, words: &str, new_page: bool) -> Docx {
        let line = Paragraph::new()
            .style("Heading1")
            .align(AlignmentType::Center)
            .keep_next(true)
            .page_break_before(new_page)
            .line_spacing(
                LineSpacing::new()
                    .before(if new_page { 0 } else { 480 })
                    .after(240),
            );
        docx.add_paragraph(self.marked(line, words))
    }

    pub fn section(&mut self, docx: Docx, words: &str) -> Docx {
        let line = Paragraph::new()
            .style("Heading2")
            .keep_next(true)
            .line_spacing(LineSpacing::new().before(240).after(120));
        docx.add_paragraph(self.marked(line, words))
    }

    fn marked(&mut self, line: Paragraph, words: &str) -> Paragraph {
        let (at, id) = (self.count, self.count + 1);
        self.count += 1;
        line.add_bookmark_start(id, bookmark(at))
            .add_run(run(words))
            .add_bookmark_end(id)
    }
}

pub fn block(docx: Docx, block: &Block) -> Docx {
    match block {
        Block::Text { words } => words
            .lines()
            .fold(docx, |docx, line| docx.add_paragraph(paragraph(line))),
        Block::Pledge { words } => docx.add_paragraph(centred(words, 28)),
        Block::List { format, items } => list(docx, format, items, 340),
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
        Block::Facts { facts } => docx
            .add_table(facts_table(facts))
            .add_paragraph(Paragraph::new()),
        Block::Attachment { header } => docx
            .add_table(facts_table(&[
                Fact::new(header.label.as_str(), header.letter.as_str()),
                Fact::new("Nomor", header.number.as_str()),
                Fact::new("Tanggal", header.date.as_str()),
            ]))
            .add_paragraph(Paragraph::new()),
        Block::Components { title, label, rows } => {
            let docx = match title {
                Some(title) => docx.add_paragraph(
                    body()
                        .keep_next(true)
                        .line_spacing(LineSpacing::new().before(240).after(120))
                        .add_run(run(title).bold()),
                ),
                None => docx,
            };
            docx.add_paragraph(paragraph(label).keep_next(true))
                .add_table(components(rows))
                .add_paragraph(Paragraph::new())
        }
        Block::Table { columns, rows } => docx
            .add_table(table(columns, rows))
            .add_paragraph(Paragraph::new()),
    }
}

/// The numbers are text: they are those of the paper, in every word processor. A tab leads from the number to the
/// words, so that all lines of all items begin at one place.
fn list(docx: Docx, format: &str, items: &[String], indent: i32) -> Docx {
    let lines = items.iter().enumerate();
    lines.fold(docx, |docx, (at, item)| {
        let number = numbered(format, at);
        docx.add_paragraph(item_of(body(), run(&number), run(item), indent))
    })
}

fn item_of(line: Paragraph, number: Run, words: Run, indent: i32) -> Paragraph {
    let hanging = SpecialIndentType::Hanging(HANGING);
    line.indent(Some(indent + HANGING), Some(hanging), None, None)
        .add_run(number.add_tab())
        .add_run(words)
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

/// Label, colon, and one or more lines.
pub fn facts_table(facts: &[Fact]) -> Table {
    const GRID: [usize; 3] = [2_600, 240, WIDTH - 2_840];
    let rows = facts.iter().map(|fact| {
        let value = fact.lines.iter().fold(TableCell::new(), |cell, line| {
            cell.add_paragraph(Paragraph::new().add_run(run(line)))
        });
        let words =
            |words: &str| TableCell::new().add_paragraph(Paragraph::new().add_run(run(words)));
        let cells = [words(&fact.label), words(":"), value]
            .into_iter()
            .zip(GRID);
        TableRow::new(
            cells
                .map(|(cell, width)| cell.width(width, WidthType::Dxa))
                .collect(),
        )
    });
    Table::without_borders(rows.collect())
        .set_grid(GRID.to_vec())
        .margins(TableCellMargins::new().margin(0, 0, 0, 40))
        .layout(TableLayoutType::Fixed)
}

/// Small print as in the tables of the paper: its letters are narrow, so that no heading breaks.
pub fn small(words: &str) -> Run {
    run(words)
        .size(18)
        .fonts(RunFonts::new().ascii("Arial").hi_ansi("Arial").cs("Arial"))
}

/// A cell of small print; each line of the words is a paragraph.
pub fn small_cell(words: &str) -> TableCell {
    words.split('\n').fold(TableCell::new(), |cell, line| {
        cell.add_paragraph(Paragraph::new().add_run(small(line)))
    })
}

pub fn head_cell(label: &str) -> TableCell {
    TableCell::new()
        .shading(Shading::new().fill("EDEDED"))
        .add_paragraph(
            // A heading is never the last line of a page.
            Paragraph::new()
                .align(AlignmentType::Center)
                .keep_next(true)
                .add_run(small(label).bold()),
        )
}

/// Rows of cells on a grid, the first row as the heading.
pub fn ruled(grid: &[usize], head: &[&str], rows: Vec<Vec<TableCell>>) -> Table {
    let sized = |cells: Vec<TableCell>| -> Vec<TableCell> {
        let cells = cells.into_iter().zip(grid);
        cells
            .map(|(cell, width)| cell.width(*width, WidthType::Dxa))
            .collect()
    };
    let heads = head.iter().map(|label| head_cell(label)).collect();
    let head = TableRow::new(sized(heads));
    let rows = rows
        .into_iter()
        .map(|cells| TableRow::new(sized(cells)).cant_split());
    Table::new(std::iter::once(head).chain(rows).collect())
        .set_grid(grid.to_vec())
        .margins(TableCellMargins::new().margin(30, 80, 30, 80))
        .layout(TableLayoutType::Fixed)
}

fn table(columns: &[Column], rows: &[Vec<String>]) -> Table {
    let whole: u32 = columns.iter().map(|column| column.share).sum();
    let width = |column: &Column| {
        let share = usize::try_from(column.share).unwrap_or(1);
        WIDTH * share / usize::try_from(whole.max(1)).unwrap_or(1)
    };
    let grid: Vec<usize> = columns.iter().map(width).collect();
    let head: Vec<&str> = columns.iter().map(|column| column.label.as_str()).collect();
    let cells = |row: &Vec<String>| -> Vec<TableCell> {
        row.iter().map(|words| small_cell(words)).collect()
    };
    ruled(&grid, &head, rows.iter().map(cells).collect())
}

fn components(rows: &[ComponentRow]) -> Table {
    const GRID: [usize; 3] = [510, 2_270, WIDTH - 2_780];
    let rows = rows.iter().map(|row| {
        let said = row.words.iter().fold(TableCell::new(), |cell, words| {
            cell.add_paragraph(Paragraph::new().add_run(small(words)))
        });
        let format = if row.ordered { "1)" } else { "a." };
        let items = row.items.iter().enumerate();
        let said = items.fold(said, |cell, (at, item)| {
            let number = small(&numbered(format, at));
            cell.add_paragraph(item_of(Paragraph::new(), number, small(item), 0))
        });
        vec![small_cell(&row.number), small_cell(&row.name), said]
    });
    ruled(&GRID, &["No.", "Komponen", "Uraian"], rows.collect())
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
