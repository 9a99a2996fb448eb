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
        sheet.set_column_hidden(2).unwrap();
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
    assert_eq!(table.hidden_columns, [2].into());
    assert_eq!(table.hidden_sheets, ["Kosong"], "it is named and not read");
    assert!(table.unread.is_empty());
    let copied = table.lines.iter().map(|line| line.merged_from_above.len());
    assert_eq!(copied.collect::<Vec<_>>(), [0, 0, 0, 1, 1, 0]);
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
    assert_eq!(crate::platform::sheets::read(&long, 10), refused);
    let first = read(&long, 10).unwrap();
    assert_eq!((first.lines.len(), first.beyond), (40, 160));
}
