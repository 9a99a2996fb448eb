use std::collections::{BTreeMap, HashMap};

use super::*;
use crate::{complaints::ways::sp4n::columns::guess, platform::sheets};

const HEAD: &str = "Tracking ID;Judul;Isi Laporan;Tanggal;Status;Disposisi;Klasifikasi;Pelapor\n";

fn read(rows: &str, known: &[(&str, &str)]) -> Reading {
    let table = sheets::read(format!("{HEAD}{rows}").as_bytes(), 100).unwrap();
    let mapping = guess(&table, &BTreeMap::new());
    let known: HashMap<String, Known> = known
        .iter()
        .map(|(id, status)| {
            let known = Known {
                number: "KALTIM-2026-000001".to_owned(),
                status: (*status).to_owned(),
                disposition: "Disdukcapil".to_owned(),
                forgotten: *status == "dianonimkan",
            };
            ((*id).to_owned(), known)
        })
        .collect();
    let around = Around {
        known: &known,
        services: &[],
        now: dates::moment("2026-03-17 12:00", chrono_tz::Tz::Asia__Makassar).unwrap(),
        zone: chrono_tz::Tz::Asia__Makassar,
    };
    read_rows(&table, &mapping, &around)
}

#[test]
fn every_faulty_cell_is_named_with_its_reason() {
    for (row, faults) in [
        (
            "7654321;Judul;Isi laporan;16/03/2026;Belum;Dinas;;Ani",
            vec![],
        ),
        (
            ";Judul;Isi laporan;16/03/2026;;;;",
            vec![("A2", "tracking_id")],
        ),
        (
            "7654321;;x;kemarin;;;Lain;",
            vec![("D2", "date"), ("C2", "too_short"), ("G2", "kind_unknown")],
        ),
        (
            "7654321;Judul;=cmd|' /C calc'!A0;16/03/2026;;;;",
            vec![("C2", "formula")],
        ),
        (
            "7654321;Judul;<script>alert(1)</script>;16/03/2026;;;;",
            vec![("C2", "html")],
        ),
        (
            "7654321;Judul;Isi laporan;18/03/2026;;;;",
            vec![("D2", "in_future")],
        ),
        (
            "7654321;Judul;Isi laporan;16/03/2026;Selesai;;;",
            vec![("E2", "finished_there")],
        ),
    ] {
        let reading = read(&format!("{row}\n"), &[]);
        let found: Vec<(String, &str)> = reading
            .faults
            .iter()
            .map(|fault| (fault.cell().unwrap_or_default(), fault.code.as_str()))
            .collect();
        let expected: Vec<(String, &str)> = faults
            .iter()
            .map(|(cell, code)| ((*cell).to_owned(), *code))
            .collect();
        assert_eq!(found, expected, "{row}");
        assert_eq!(reading.new.len(), usize::from(faults.is_empty()), "{row}");
    }
}

#[test]
fn the_same_list_again_says_already_there_and_a_changed_status_is_shown() {
    let rows = "7654321;J;Isi laporan;16/03/2026;Diproses;Disdukcapil;Aspirasi;Anonim\n\
                #7654321;J;Isi laporan;16/03/2026;Diproses;;;\n\
                7654322;Judul;Isi laporan lain;16/03/2026 09:00;Belum;;;\n";
    let first = read(rows, &[]);
    // A title of one letter is a fault of its own row only.
    assert_eq!(first.faults.len(), 2, "{:?}", first.faults);
    let fixed = rows.replace(";J;", ";Judul;");
    let first = read(&fixed, &[]);
    assert_eq!((first.new.len(), first.faults.len()), (2, 1));
    assert_eq!(first.faults[0].code, "duplicate_in_file");
    assert!(first.new[0].anonymous && first.new[0].name.is_none());
    assert_eq!(first.new[0].kind, Kind::Aspiration);
    let again = read(&fixed, &[("7654321", "Diproses"), ("7654322", "Belum")]);
    assert_eq!(
        (again.new.len(), again.same, again.changes.len()),
        (0, 2, 0)
    );
    let moved = read(&fixed, &[("7654321", "Belum"), ("7654322", "Belum")]);
    assert_eq!((moved.same, moved.changes.len()), (1, 1));
    assert_eq!(moved.changes[0].before, "Belum · Disdukcapil");
    assert_eq!(moved.changes[0].after, "Diproses · Disdukcapil");
    // What was anonymised here is known, and nothing of it is told or written down again.
    let over = read(&fixed, &[("7654321", "dianonimkan"), ("7654322", "Belum")]);
    assert_eq!((over.new.len(), over.same, over.changes.len()), (0, 2, 0));
}

#[test]
fn an_anonymous_report_without_a_title_is_not_called_by_its_first_words() {
    let rows = "7654321;;Saya, Bungaran Contoh, kecewa;16/03/2026;Belum;;;Anonim\n";
    let reading = read(rows, &[]);
    assert_eq!(reading.new[0].subject, "Pengaduan dari pelapor anonim");
}

#[test]
fn reports_of_long_ago_are_named_before_they_are_cases() {
    let rows = "7654321;Judul;Isi laporan;16/03/2025;Belum;;;\n\
                7654322;Judul;Isi laporan;16/03/2026;Belum;;;\n";
    let reading = read(rows, &[]);
    assert_eq!((reading.new.len(), reading.old), (2, vec![2]));
}

#[test]
fn a_change_is_written_down_only_over_what_it_was_compared_with() {
    let rows = "7654321;Judul;Isi laporan;16/03/2026;Diproses;Disdukcapil;;\n";
    let seen = read(rows, &[("7654321", "Belum")]);
    let change = &seen.changes[0];
    let known = |status: &str, forgotten| Known {
        number: change.number.clone(),
        status: status.to_owned(),
        disposition: "Disdukcapil".to_owned(),
        forgotten,
    };
    assert!(change.still_fits(&known("Belum", false)));
    assert!(
        !change.still_fits(&known("Selesai", false)),
        "another list was quicker"
    );
    assert!(
        !change.still_fits(&known("Belum", true)),
        "anonymised meanwhile"
    );
}

#[test]
fn the_day_of_the_report_is_kept_beside_that_of_its_disposition_and_never_lies_behind_it() {
    let head = "Tracking ID;Judul;Isi Laporan;Tanggal Laporan;Tanggal Disposisi\n";
    for (written, handed, faults) in [
        ("12/03/2026 09:00", "16/03/2026 08:00", vec![]),
        ("16/03/2026 09:00", "16/03/2026", vec![]),
        ("", "16/03/2026", vec![]),
        ("17/03/2026", "16/03/2026", vec!["date_order"]),
        ("kemarin", "16/03/2026", vec!["date"]),
    ] {
        let list = format!("{head}7654321;Judul;Isi laporan;{written};{handed}\n");
        let table = sheets::read(list.as_bytes(), 100).unwrap();
        let mapping = guess(&table, &BTreeMap::new());
        let zone = chrono_tz::Tz::Asia__Makassar;
        let around = Around {
            known: &HashMap::new(),
            services: &[],
            now: dates::moment("2026-03-17 12:00", zone).unwrap(),
            zone,
        };
        let reading = read_rows(&table, &mapping, &around);
        let found: Vec<&str> = reading.faults.iter().map(|fault| &*fault.code).collect();
        assert_eq!(found, faults, "{written} {handed}");
        if let Some(report) = reading.new.first() {
            assert_eq!(Some(report.received), dates::moment(handed, zone));
            assert_eq!(report.reported, dates::moment(written, zone), "{written}");
        }
    }
}
