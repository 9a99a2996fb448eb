use super::*;
use crate::invitations::import::mapping::guess;

fn read(text: &str, known: &[&str]) -> Reading {
    let table = crate::platform::sheets::read(text.as_bytes(), 100).unwrap();
    let mapping = Mapping {
        group: Some(Group::Stakeholders),
        ..guess(&table)
    };
    let known = Known {
        names: known.iter().map(|key| (*key).to_owned()).collect(),
        mails: [("lama@contoh.example".to_owned(), "Ketua RT 05".to_owned())].into(),
    };
    read_rows(&table, &mapping, &known)
}

#[test]
fn good_rows_become_recipients() {
    let text = "Nama;Jabatan;Instansi;Unsur;Surel;No. HP;Keterangan\n\
                Budi Contoh;Ketua;Lembaga Contoh;Ahli;BUDI@contoh.example;80000000012;\n\
                ;;Dinas Contoh;;;;1 (satu) orang, membawa data\n";
    let reading = read(text, &[]);
    assert_eq!(reading.faults, []);
    let first = &reading.accepted[0].fields;
    assert_eq!(first.addressee, "Budi Contoh, Ketua");
    assert_eq!(first.participant_group, Group::Experts);
    assert_eq!(first.email.as_deref(), Some("budi@contoh.example"));
    assert_eq!(first.phone.as_deref(), Some("+6280000000012"));
    assert_eq!(first.note, "1 (satu) orang");
    let second = &reading.accepted[1].fields;
    assert_eq!(second.addressee, "Dinas Contoh");
    assert_eq!(second.organisation, "Dinas Contoh");
    assert_eq!(second.note, "1 (satu) orang, membawa data");
}

#[test]
fn a_column_for_both_is_parted_into_person_and_position() {
    let text = "Nama/Jabatan;Instansi\n\
                Siti Warga, S.H., Ketua RT 05;Warga\n\
                Kepala Dinas Contoh;Dinas Contoh\n";
    let reading = read(text, &[]);
    assert_eq!(reading.faults, []);
    let parts = reading.accepted.iter();
    let parts: Vec<_> = parts
        .map(|row| (row.name.as_str(), row.position.as_str()))
        .collect();
    let expected = [
        ("Siti Warga, S.H.", "Ketua RT 05"),
        ("", "Kepala Dinas Contoh"),
    ];
    assert_eq!(parts, expected);
    let first = &reading.accepted[0].fields;
    assert_eq!(first.addressee, "Siti Warga, S.H., Ketua RT 05");
    let own = read("Nama;Instansi\nSiti Warga, Ketua RT 05;Warga\n", &[]);
    assert_eq!(
        own.accepted[0].position, "",
        "a column of names is not parted"
    );
}

#[test]
fn a_remark_that_counts_others_than_the_number_is_named_with_its_cell() {
    let text = "Nama;Instansi;Unsur;Jumlah;Keterangan\n\
                Budi;Dinas;Ahli;5;1 (satu) orang\n\
                Ani;Balai;Ahli;2;2 (dua) orang\n\
                Cici;Badan;Ahli;;3 (tiga) orang\n";
    let reading = read(text, &[]);
    assert_eq!(reading.faults, []);
    let quotas = reading.accepted.iter().map(|row| row.fields.quota);
    assert_eq!(quotas.collect::<Vec<_>>(), [5, 2, 3]);
    let warned: Vec<_> = reading.warnings().collect();
    assert_eq!(warned.len(), 1);
    assert_eq!(
        (warned[0].cell().as_str(), warned[0].code.as_str()),
        ("E2", "note_differs")
    );
    assert_eq!(reading.accepted[0].fields.note, "5 (lima) orang");
}

#[test]
fn one_address_for_two_names_is_named_and_both_are_taken() {
    let text = "Nama;Instansi;Unsur;Surel\n\
                Budi;Dinas;Ahli;satu@contoh.example\n\
                Ani;Balai;Ahli;SATU@contoh.example\n\
                Cici;Badan;Ahli;lama@contoh.example\n\
                Dedi;Pusat;Ahli;dua@contoh.example\n";
    let reading = read(text, &[]);
    assert_eq!(reading.faults, []);
    assert_eq!(reading.accepted.len(), 4);
    let cells: Vec<_> = reading
        .warnings()
        .map(|one| (one.cell(), one.code.as_str(), one.message.key()))
        .collect();
    let expected = [
        ("D3".to_owned(), "mail_twice", "import-warning-mail-row"),
        ("D4".to_owned(), "mail_twice", "import-warning-mail-list"),
    ];
    assert_eq!(cells, expected);
    assert_eq!(reading.warned_rows(), 2);
}

#[test]
fn a_cell_that_cannot_be_meant_has_one_reason() {
    let reading = read("Nama;Instansi;Unsur\n12;Dinas;Ahli\n", &[]);
    let codes: Vec<_> = reading.faults.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["no_name"]);
}

#[test]
fn every_faulty_row_is_named_with_its_cell() {
    let long = "x".repeat(201);
    for (row, cell, code) in [
        ("Budi;Dinas;Ahli;bukan surel;", "D2", "email"),
        ("Budi;Dinas;Ahli;;12", "E2", "phone"),
        (&format!("{long};Dinas;Ahli;;"), "A2", "too_long"),
        ("=cmd|' /C calc'!A0;Dinas;Ahli;;", "A2", "formula"),
        ("<script>x</script>;Dinas;Ahli;;", "A2", "html"),
        (";;Ahli;a@b.example;", "A2", "required"),
        ("Kepala;;Ahli;a@b.example;", "B2", "required"),
    ] {
        let reading = read(&format!("Nama;Instansi;Unsur;Surel;HP\n{row}\n"), &[]);
        assert_eq!(reading.accepted, [], "{row}");
        assert_eq!(reading.faults[0].cell(), cell, "{row}");
        assert_eq!(reading.faults[0].code, code, "{row}");
    }
}

#[test]
fn a_cell_that_is_no_group_takes_the_usual_one_where_there_is_one() {
    let (words, usual) = ("1 (satu) orang", Some(Group::Media));
    let taken = (Group::Media, Some(words.to_owned()));
    assert_eq!(group(words, usual), Ok(taken));
    assert_eq!(group("", usual), Ok((Group::Media, None)));
    assert_eq!(group("Ahli", usual), Ok((Group::Experts, None)));
    assert!(group(words, None).is_err() && group("", None).is_err());
}

#[test]
fn the_same_person_is_taken_once() {
    let text = "Nama;Instansi\nBudi  Contoh;Dinas\nBUDI CONTOH;dinas\nAni;Balai\n";
    let reading = read(text, &[&twins::key("Ani", "Balai")]);
    assert_eq!(reading.accepted.len(), 1);
    let codes: Vec<(&str, String)> = reading
        .faults
        .iter()
        .map(|fault| (fault.code.as_str(), fault.cell()))
        .collect();
    let expected = [
        ("duplicate_in_file", "3".to_owned()),
        ("duplicate_in_list", "4".to_owned()),
    ];
    assert_eq!(codes, expected);
    assert_eq!(reading.faulty_rows(), 2);
}

#[test]
fn hidden_merged_and_broken_cells_are_named() {
    let line = |number: u32| Line {
        number,
        cells: [(0, Cell::Text("Budi".into()))].into(),
        ..Line::default()
    };
    let table = Table {
        lines: vec![
            Line {
                hidden: true,
                ..line(2)
            },
            Line {
                merged_at: Some(0),
                ..line(3)
            },
            Line {
                cells: [(0, Cell::Broken("#REF!".into()))].into(),
                ..line(4)
            },
            Line {
                cells: [(7, Cell::Text("1".into()))].into(),
                ..line(5)
            },
            Line {
                cells: [(7, Cell::Broken("=1/0".into()))].into(),
                ..line(6)
            },
            Line {
                merged_from_above: [0].into(),
                ..line(7)
            },
        ],
        ..Table::default()
    };
    let mapping = Mapping {
        heading: 1,
        columns: [(Part::Name, 0)].into(),
        group: Some(Group::Users),
        by_words: false,
    };
    let reading = read_rows(&table, &mapping, &Known::default());
    let found: Vec<(&str, String)> = reading
        .faults
        .iter()
        .map(|fault| (fault.code.as_str(), fault.cell()))
        .collect();
    let expected = [
        ("hidden_row", "2".to_owned()),
        ("merged_cells", "A3".to_owned()),
        ("cell_error", "A4".to_owned()),
        ("cell_error", "H6".to_owned()),
        ("merged_name", "A7".to_owned()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_mark_of_a_failed_formula_is_nobody_however_it_was_saved() {
    let text = "Nama;Instansi;Keterangan\n\
                #N/A;Dinas Contoh;\n\
                Budi Contoh;#REF!;\n\
                Ani Contoh;Dinas Contoh;\n";
    let reading = read(text, &[]);
    let faults = reading.faults.iter();
    let faults: Vec<_> = faults
        .map(|fault| (fault.code.as_str(), fault.cell()))
        .collect();
    let expected = [
        ("cell_error", "A2".to_owned()),
        ("cell_error", "B3".to_owned()),
    ];
    assert_eq!(faults, expected);
    assert_eq!(reading.accepted.len(), 1);
}
