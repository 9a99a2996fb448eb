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
    let (shown, mut hidden_sheets) = sheets_of(&book);
    let names: Vec<String> = shown.iter().map(|(_, name)| name.clone()).collect();
    let mut budget = Budget(MOST_TEXT);
    for (place, (index, name)) in shown.into_iter().enumerate() {
        let (mut lines, blank, beyond) = cells(&mut book, &name, most, &mut budget)?;
        uncomputed(&mut book, &name, &mut lines, (&blank, most), &mut budget)?;
        if lines.is_empty() {
            continue;
        }
        merges(&mut book, &name, &mut lines, &mut budget)?;
        let xml = sheet_path(&mut zip, index).and_then(|path| part(&mut zip, &path));
        let xml = xml.unwrap_or_default();
        for number in hidden_rows(&xml) {
            if let Some(line) = lines.get_mut(&number) {
                line.hidden = true;
            }
        }
        let mut unread = names;
        unread.drain(..=place);
        unread.retain(|other| has_something(&mut book, other));
        hidden_sheets.retain(|other| has_something(&mut book, other));
        return Ok(Table {
            rows: lines.keys().next_back().copied().unwrap_or_default(),
            lines: lines.into_values().collect(),
            unread,
            hidden_sheets,
            hidden_columns: hidden_columns(&xml),
            beyond,
        });
    }
    Err(Unreadable::Empty)
}

/// The sheets of cells that somebody sees, with their place in the workbook, and the names of those that are hidden.
fn sheets_of(book: &Xlsx<Cursor<&[u8]>>) -> (Vec<(usize, String)>, Vec<String>) {
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for (index, sheet) in book.sheets_metadata().iter().enumerate() {
        match (sheet.typ, sheet.visible) {
            (SheetType::WorkSheet, SheetVisible::Visible) => {
                shown.push((index, sheet.name.clone()));
            }
            (SheetType::WorkSheet, _) => hidden.push(sheet.name.clone()),
            _ => {}
        }
    }
    (shown, hidden)
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
) -> Result<(Lines, Blank, usize), Unreadable> {
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
    Ok((lines, blank, beyond.len()))
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
    Ok((!text.is_empty()).then(|| Cell::of_text(text)))
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
                line.merged_from_above.insert(column);
            }
        }
    }
    Ok(())
}

/// Numbers of the rows that the sheet hides, by hand or by a filter.
fn hidden_rows(xml: &str) -> Vec<u32> {
    let mut hidden = Vec::new();
    let mut number = 0_u32;
    for tag in tags(xml, "row") {
        number = attribute(tag, "r")
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| number.saturating_add(1));
        if is_hidden(tag) {
            hidden.push(number);
        }
    }
    hidden
}

/// The columns that the sheet hides, counted from 0.
fn hidden_columns(xml: &str) -> BTreeSet<usize> {
    let at = |tag, name| attribute(tag, name).and_then(|text| text.parse::<usize>().ok());
    let hidden = tags(xml, "col").filter(|tag| is_hidden(tag));
    hidden
        .filter_map(|tag| Some((at(tag, "min")?, at(tag, "max")?)))
        .flat_map(|(first, last)| first.saturating_sub(1)..last.min(MOST_COLUMNS))
        .collect()
}

fn is_hidden(tag: &str) -> bool {
    matches!(attribute(tag, "hidden"), Some("1" | "true"))
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
#[path = "xlsx_tests.rs"]
mod tests;
