//! XLSX workbooks. Cells are streamed into a sparse table: a sheet that names its last possible cell must not
//! fill the memory. What the reader does not tell, which rows are hidden, is read from the sheet's XML.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    io::{Cursor, Read as _},
};

use calamine::{
    DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata as Formula,
};

use super::{
    Cell, HEAD_LINES, Line, MOST_COLUMNS, Table, Unreadable,
    unpacked::{self, MOST_UNPACKED},
};

/// In bytes. No field of ours takes a text as long as this.
const LONGEST_CELL: usize = 32_767;

/// Bytes that are copied out of a workbook: one long text may stand in every cell.
const MOST_TEXT: usize = 64 * 1024 * 1024;

/// Merges that are looked at; more than any list that a person made.
const MOST_MERGES: usize = 5000;

type Lines = BTreeMap<u32, Line>;

pub fn read(bytes: &[u8], most: usize) -> Result<Table, Unreadable> {
    let bytes = unpacked::harmless(bytes)?;
    let bytes = bytes.as_slice();
    let mut zip =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::NoSpreadsheet)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::NoSpreadsheet)?;
    let shown: Vec<(usize, String)> = book
        .sheets_metadata()
        .iter()
        .enumerate()
        .filter(|(_, sheet)| {
            sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
        })
        .map(|(index, sheet)| (index, sheet.name.clone()))
        .collect();
    let names: Vec<String> = shown.iter().map(|(_, name)| name.clone()).collect();
    let mut budget = Budget(MOST_TEXT);
    for (place, (index, name)) in shown.into_iter().enumerate() {
        let (mut lines, blank) = cells(&mut book, &name, most, &mut budget)?;
        uncomputed(&mut book, &name, &mut lines, (&blank, most), &mut budget)?;
        if lines.is_empty() {
            continue;
        }
        merges(&mut book, &name, &mut lines, &mut budget)?;
        for number in hidden_rows(&mut zip, index) {
            if let Some(line) = lines.get_mut(&number) {
                line.hidden = true;
            }
        }
        let mut unread = names;
        unread.drain(..=place);
        unread.retain(|other| has_something(&mut book, other));
        return Ok(Table {
            rows: lines.keys().next_back().copied().unwrap_or_default(),
            lines: lines.into_values().collect(),
            unread,
        });
    }
    Err(Unreadable::Empty)
}

/// Whether a sheet that is not read has a value somewhere: then it is named.
fn has_something(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> bool {
    let Ok(mut reader) = book.worksheet_cells_reader(name) else {
        return false;
    };
    while let Ok(Some(cell)) = reader.next_cell() {
        if !matches!(value_of(cell.get_value(), &mut Budget(MOST_TEXT)), Ok(None)) {
            return true;
        }
    }
    false
}

/// Where a computed value is an empty text: the formula of such a cell shows nothing, and that is no fault.
type Blank = BTreeSet<(u32, u32)>;

/// Bytes that may still be copied.
struct Budget(usize);

impl Budget {
    fn spend(&mut self, text: &str) -> Result<(), Unreadable> {
        let left = self.0.checked_sub(text.len());
        self.0 = left.ok_or(Unreadable::TooMuchText)?;
        Ok(())
    }
}

fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    most: usize,
    budget: &mut Budget,
) -> Result<(Lines, Blank), Unreadable> {
    let broken = |_| Unreadable::NoSpreadsheet;
    let mut reader = book.worksheet_cells_reader(name).map_err(broken)?;
    let mut lines = Lines::new();
    let mut beyond = BTreeSet::new();
    let mut blank = Blank::new();
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        if let DataRef::String(text) = cell.get_value()
            && text.trim().is_empty()
        {
            blank.insert((row, column));
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            continue;
        }
        let Some(value) = value_of(cell.get_value(), budget)? else {
            continue;
        };
        let number = row.saturating_add(1);
        if !lines.contains_key(&number) && lines.len() >= most + HEAD_LINES {
            beyond.insert(number);
            continue;
        }
        let line = lines.entry(number).or_insert_with(|| Line {
            number,
            ..Line::default()
        });
        line.cells.insert(column, value);
    }
    if !beyond.is_empty() {
        return Err(Unreadable::TooManyRows {
            found: lines.len() + beyond.len(),
            most,
        });
    }
    Ok((lines, blank))
}

/// What a cell shows. Of a formula that is the value stored with it; formulas are never computed here.
fn value_of(value: &DataRef<'_>, budget: &mut Budget) -> Result<Option<Cell>, Unreadable> {
    let number;
    let text: &str = match value {
        DataRef::Empty => return Ok(None),
        DataRef::Error(error) => return Ok(Some(Cell::Broken(error.to_string()))),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text,
        DataRef::SharedString(text) => text,
        DataRef::Int(found) => {
            number = found.to_string();
            &number
        }
        DataRef::Float(found) => {
            number = found.to_string();
            &number
        }
        DataRef::Bool(found) => {
            number = found.to_string();
            &number
        }
        DataRef::DateTime(moment) => {
            number = moment.as_f64().to_string();
            &number
        }
    };
    let text = cut(text);
    // Blanks cost as much as words: somebody has to look at them.
    budget.spend(text)?;
    let text = text.trim();
    Ok((!text.is_empty()).then(|| Cell::Text(text.to_owned())))
}

fn cut(text: &str) -> &str {
    let mut end = LONGEST_CELL.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Formulas whose value was never stored, as programs write them: what the cell would show is not known here. One that
/// stands alone in its row makes a row, so that it is named and not dropped.
fn uncomputed(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    lines: &mut Lines,
    (blank, most): (&Blank, usize),
    budget: &mut Budget,
) -> Result<(), Unreadable> {
    let broken = |_| Unreadable::NoSpreadsheet;
    let mut reader = book.worksheet_cells_reader(name).map_err(broken)?;
    // Shared formulas are not written out: their place in a list is a number that the workbook chooses.
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(broken)? {
        let formula = match &cell.formula {
            None => continue,
            Some(Formula::Normal { formula }) if formula.is_empty() => continue,
            Some(Formula::Normal { formula } | Formula::Shared { formula, .. }) => cut(formula),
            Some(_) => "",
        };
        let (row, column) = cell.pos;
        let empty = blank.contains(&(row, column));
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let number = row.saturating_add(1);
        let room = lines.contains_key(&number) || lines.len() < most + HEAD_LINES;
        if empty || column >= MOST_COLUMNS || !room {
            continue;
        }
        let line = lines.entry(number).or_insert_with(|| Line {
            number,
            ..Line::default()
        });
        if let Entry::Vacant(free) = line.cells.entry(column) {
            budget.spend(formula)?;
            free.insert(Cell::Broken(format!("={formula}")));
        }
    }
    Ok(())
}

/// A merge downwards says the same for each of its rows: `Dinas Kesehatan` beside three names. One across
/// columns is a title.
fn merges(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    lines: &mut Lines,
    budget: &mut Budget,
) -> Result<(), Unreadable> {
    let found = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    for area in found.into_iter().take(MOST_MERGES) {
        let ((top, left), (bottom, right)) = (area.start, area.end);
        let column = usize::try_from(left).unwrap_or(usize::MAX);
        let value = lines
            .get(&top.saturating_add(1))
            .and_then(|line| line.cells.get(&column).cloned());
        let rows = top.saturating_add(1)..=bottom.saturating_add(1);
        if top > bottom {
            continue;
        }
        for (_, line) in lines.range_mut(rows) {
            if right > left {
                line.merged_at.get_or_insert(column);
            } else if let Some(value) = &value
                && !line.cells.contains_key(&column)
            {
                let (Cell::Text(text) | Cell::Broken(text)) = value;
                budget.spend(text)?;
                line.cells.insert(column, value.clone());
            }
        }
    }
    Ok(())
}

/// Numbers of the rows that the sheet hides, by hand or by a filter.
fn hidden_rows(zip: &mut zip::ZipArchive<Cursor<&[u8]>>, sheet: usize) -> Vec<u32> {
    let Some(xml) = sheet_path(zip, sheet).and_then(|path| part(zip, &path)) else {
        return Vec::new();
    };
    let mut hidden = Vec::new();
    let mut number = 0_u32;
    for tag in tags(&xml, "row") {
        number = attribute(tag, "r")
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| number.saturating_add(1));
        if matches!(attribute(tag, "hidden"), Some("1" | "true")) {
            hidden.push(number);
        }
    }
    hidden
}

/// Where the sheet of this place in the workbook is kept.
fn sheet_path(zip: &mut zip::ZipArchive<Cursor<&[u8]>>, sheet: usize) -> Option<String> {
    let book = part(zip, "xl/workbook.xml")?;
    let relation = tags(&book, "sheet")
        .nth(sheet)
        .and_then(|tag| attribute(tag, "r:id"))?;
    let relations = part(zip, "xl/_rels/workbook.xml.rels")?;
    let target = tags(&relations, "Relationship")
        .find(|tag| attribute(tag, "Id") == Some(relation))
        .and_then(|tag| attribute(tag, "Target"))?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

fn part(zip: &mut zip::ZipArchive<Cursor<&[u8]>>, path: &str) -> Option<String> {
    let mut text = String::new();
    let entry = zip.by_name(path).ok()?;
    entry.take(MOST_UNPACKED).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The insides of all opening tags of a name.
fn tags<'a>(xml: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    xml.split('<').filter_map(move |piece| {
        let rest = piece.strip_prefix(name)?;
        rest.starts_with(char::is_whitespace)
            .then(|| rest.split('>').next().unwrap_or_default())
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Formula, Workbook};

    use super::*;

    /// A workbook of these parts, as a program writes it that means no good.
    fn crooked(strings: &str, rows: &str) -> Vec<u8> {
        use std::io::Write as _;
        let good = saved(|book| {
            book.add_worksheet().write(0, 0, "Nama").unwrap();
        });
        let mut old = zip::ZipArchive::new(Cursor::new(good.as_slice())).unwrap();
        let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..old.len() {
            let mut entry = old.by_index(index).unwrap();
            let name = entry.name().to_owned();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
            let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
            match name.as_str() {
                "xl/sharedStrings.xml" => text = format!("{head}{strings}"),
                "xl/worksheets/sheet1.xml" => {
                    text = format!(
                        "{head}<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"
                    );
                }
                _ => {}
            }
            let options = zip::write::SimpleFileOptions::default();
            new.start_file(name, options).unwrap();
            new.write_all(text.as_bytes()).unwrap();
        }
        new.finish().unwrap().into_inner()
    }

    /// Each of these ended the process, or would have filled its memory.
    #[test]
    fn a_small_workbook_that_claims_or_hides_much_costs_little() {
        let one = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
        let claims = "<sst count=\"1\" uniqueCount=\"1000000000000\"><si><t>Nama</t></si></sst>";
        let table = read(&crooked(claims, one), 100).unwrap();
        assert_eq!(table.lines[0].text(0), "Nama");

        let shared = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
                      <c r=\"B1\"><f t=\"shared\" ref=\"B1:B9\" si=\"1000000000000\">1+1</f></c></row>";
        let table = read(&crooked(claims, shared), 100).unwrap();
        let cell = table.lines[0].cells.get(&1);
        assert_eq!(cell, Some(&Cell::Broken("=1+1".into())));

        let long = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1_000_000));
        let many: String = (1..=3000)
            .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
            .collect();
        let refused = read(&crooked(&long, &many), 5000);
        assert_eq!(refused, Err(Unreadable::TooMuchText));
        let table = read(&crooked(&long, one), 100).unwrap();
        assert_eq!(table.lines[0].text(0).len(), LONGEST_CELL);
    }

    fn saved(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(&mut book);
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn merges_formulas_hidden_rows_and_numbers_are_read_as_they_are_seen() {
        let bytes = saved(|book| {
            let hidden = book.add_worksheet().set_name("Kosong").unwrap();
            hidden.set_hidden(true);
            hidden.write(0, 0, "Rahasia").unwrap();
            let sheet = book.add_worksheet().set_name("Daftar & tujuan").unwrap();
            // A workbook never hides the sheet that it opens with.
            sheet.set_active(true);
            let plain = Format::new();
            sheet.merge_range(0, 0, 0, 2, "DAFTAR", &plain).unwrap();
            sheet.write(1, 0, "Nama").unwrap();
            sheet.write(1, 1, "Instansi").unwrap();
            sheet
                .merge_range(2, 1, 4, 1, "Dinas Contoh", &plain)
                .unwrap();
            sheet.write(2, 0, "Budi").unwrap();
            sheet.write(3, 0, "Ani").unwrap();
            sheet.write(3, 2, 81_234_567_890_i64).unwrap();
            sheet.set_row_hidden(3).unwrap();
            let formula = Formula::new("=CONCAT(\"Ci\",\"ci\")").set_result("Cici");
            sheet.write_formula(4, 0, formula).unwrap();
            sheet.write(5, 0, "=cmd|' /C calc'!A0").unwrap();
            sheet.write(1_048_575, 16_383, "x").unwrap();
        });
        let table = read(&bytes, 100).unwrap();
        let numbers: Vec<u32> = table.lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
        assert_eq!(table.lines[0].merged_at, Some(0));
        for (line, name) in [(2, "Budi"), (3, "Ani"), (4, "Cici")] {
            assert_eq!(table.lines[line].text(0), name);
            assert_eq!(table.lines[line].text(1), "Dinas Contoh");
            assert_eq!(table.lines[line].hidden, line == 3);
        }
        assert_eq!(table.lines[3].text(2), "81234567890");
        assert_eq!(
            table.lines[5].text(0),
            "=cmd|' /C calc'!A0",
            "text stays text"
        );
    }

    /// The same workbook with other words in its first sheet, as a program writes it that computes nothing.
    fn rewritten(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
        use std::io::Write as _;
        let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..old.len() {
            let mut entry = old.by_index(index).unwrap();
            let name = entry.name().to_owned();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            new.start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            new.write_all(text.replace(from, to).as_bytes()).unwrap();
        }
        new.finish().unwrap().into_inner()
    }

    #[test]
    fn a_formula_that_nobody_computed_is_broken_and_not_empty() {
        let bytes = saved(|book| {
            let sheet = book.add_worksheet();
            sheet.write(0, 0, "Nama").unwrap();
            sheet.write(1, 0, "Budi").unwrap();
            let formula = Formula::new("=1+1").set_result("7");
            sheet.write_formula(1, 1, formula.clone()).unwrap();
            sheet.write_formula(2, 1, formula).unwrap();
        });
        let never = rewritten(&bytes, "<v>7</v>", "");
        let table = read(&never, 100).unwrap();
        let cell = table.lines[1].cells.get(&1);
        assert_eq!(cell, Some(&Cell::Broken("=1+1".into())));
        let alone = table.lines[2].cells.get(&1);
        assert_eq!(alone, cell, "alone in its row it is named too");
        let kept = read(&bytes, 100).unwrap();
        assert_eq!(kept.lines[1].text(1), "7");
    }

    #[test]
    fn a_second_sheet_with_something_in_it_is_named_and_not_read() {
        let bytes = saved(|book| {
            for (name, words) in [("Satu", "Budi"), ("Kosong", ""), ("Dua", "Ani")] {
                let sheet = book.add_worksheet().set_name(name).unwrap();
                if !words.is_empty() {
                    sheet.write(0, 0, words).unwrap();
                }
            }
        });
        let table = read(&bytes, 100).unwrap();
        assert_eq!(table.lines.len(), 1);
        assert_eq!(table.lines[0].text(0), "Budi");
        assert_eq!(table.unread, ["Dua"]);
    }

    #[test]
    fn an_empty_workbook_and_one_that_is_too_long_are_refused() {
        let empty = saved(|book| {
            book.add_worksheet();
        });
        assert_eq!(read(&empty, 10), Err(Unreadable::Empty));
        let long = saved(|book| {
            let sheet = book.add_worksheet();
            for row in 0..200 {
                sheet.write(row, 0, "Budi").unwrap();
            }
        });
        let refused = Err(Unreadable::TooManyRows {
            found: 200,
            most: 10,
        });
        assert_eq!(read(&long, 10), refused);
    }
}
