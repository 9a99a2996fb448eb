use super::*;

#[test]
fn a_weekday_that_is_not_that_of_its_date_is_wrong() {
    for (text, said, wrong) in [
        (
            "pada hari Senin, 10 Desember 2026 pukul",
            "Senin, 10 Desember 2026",
            true,
        ),
        (
            "pada hari Kamis tanggal 10 Desember 2026",
            "Kamis tanggal 10 Desember 2026",
            false,
        ),
        ("hari Jum'at, 11 Desember", "Jum'at, 11 Desember", false),
        (
            "Jum\u{2019}at 11-12-2026.",
            "Jum\u{2019}at 11-12-2026",
            false,
        ),
        ("SENIN,\n10 DESEMBER 2026", "SENIN, 10 DESEMBER 2026", true),
        ("SENIN, 16 DES 2026", "SENIN, 16 DES 2026", true),
        ("Rabu 16 Des. 2026", "Rabu 16 Des. 2026", false),
        ("Rabu, 2 Sept 2026", "Rabu, 2 Sept 2026", false),
        ("paling lambat 5 Desember 2026.", "5 Desember 2026", false),
        ("pada 31 November 2026", "31 November 2026", true),
        ("pada 31/11/2026", "31/11/2026", true),
        ("23-24 November 2026", "24 November 2026", false),
    ] {
        let found = Prose::of(text).dates();
        assert_eq!(found.len(), 1, "{text}");
        let found = &found[0];
        assert_eq!((found.text.as_str(), found.is_wrong(2026)), (said, wrong));
    }
    for text in [
        "Nomor 16 Tahun 2017, 3 orang, Mei 2026",
        "Surat Nomor 400/12/11/2026 dan 5/11/2026/SETDA",
        "angka 5, 11, 2026",
        "Surat Nomor 5/3/2026, Nomor: 31/2/2026 dan No. 5.3.2026",
        "5/3-2026 atau 5.3/2026",
    ] {
        assert_eq!(Prose::of(text).dates(), [], "{text}");
    }
}

#[test]
fn a_date_without_a_year_is_of_any() {
    let found = &Prose::of("Rabu, 24 November").dates()[0];
    let day = |year| NaiveDate::from_ymd_opt(year, 11, 24).unwrap();
    assert!(found.means(day(2025)) && found.means(day(2026)));
    assert_eq!(found.date(2026), Some(day(2026)));
    assert_eq!(found.alone, "24 November");
    let dated = &Prose::of("24-11-2026").dates()[0];
    assert!(dated.means(day(2026)) && !dated.means(day(2025)));
}

#[test]
fn hours_are_read_as_letters_write_them() {
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    for (text, hours) in [
        (
            "pukul 08.00 s.d. selesai, jam 13:30 WITA",
            vec![at(8, 0), at(13, 30)],
        ),
        ("Pukul 08.00-10.00", vec![at(8, 0)]),
        ("pukul delapan, pukul 25.00", vec![]),
        ("selama 2 jam. 30 orang", vec![]),
    ] {
        assert_eq!(Prose::of(text).hours(), hours, "{text}");
    }
}

#[test]
fn houses_are_told_from_other_places() {
    let places = ["Harmony Room Hotel Contoh", "Jalan Contoh 1"];
    for (text, named) in [
        ("bertempat di Hotel Contoh, Samarinda", vec![]),
        ("Di Hotel Contoh. Peserta hadir", vec![]),
        ("di Hotel Contoh Jl. Contoh 1", vec![]),
        ("di Hotel Lain, Balikpapan pukul 08.00", vec!["Hotel Lain"]),
        (
            "layanan di kantor kami dan di Gedung Baru yang",
            vec!["Gedung Baru"],
        ),
        ("di Gedung Baru kami", vec!["Gedung Baru"]),
        ("di Samarinda", vec![]),
        ("warga di Balikpapan", vec![]),
        ("mengundang untuk hadir di Balikpapan", vec!["Balikpapan"]),
        ("bertempat di Kota Balikpapan", vec!["Kota Balikpapan"]),
        ("pukul 08.00 WITA di Balikpapan.", vec!["Balikpapan"]),
        ("16 Des 2026 di Balikpapan", vec!["Balikpapan"]),
        ("diadakan di kantor kami", vec![]),
        ("dilaksanakan di Lingkungan Pemerintah Provinsi", vec![]),
        ("Nomor 16 Tahun 2017 di Balikpapan", vec![]),
        ("bertempat di Kota Contoh", vec![]),
    ] {
        let prose = Prose::of(text);
        let found = prose.houses().into_iter().filter_map(|house| house.named);
        let found: Vec<String> = found
            .filter(|name| !House::is_known(name, &places))
            .collect();
        assert_eq!(found, named, "{text}");
    }
    let whole = &Prose::of("di Hotel Lain kota Balikpapan pada hari").houses()[0];
    assert_eq!(whole.text, "Hotel Lain kota Balikpapan");
}

#[test]
fn years_of_regulations_are_told_from_others() {
    for (text, expected) in [
        ("Nomor 15 Tahun 2014", vec![(2014, true, true)]),
        ("Tahun 2026", vec![(2026, true, false)]),
        ("Oktober 2024, 12.000", vec![(2024, false, false)]),
        (
            "Evaluasi Tahun 2025, Tahun 2026",
            vec![(2025, true, false), (2026, true, false)],
        ),
    ] {
        let years = Prose::of(text).years().into_iter();
        let found: Vec<_> = years
            .map(|said| (said.year, said.after_tahun, said.of_law))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn numbers_whose_words_say_another_are_found() {
    for (text, wrong) in [
        ("500 (empat ratus) orang", vec!["500 (empat ratus)"]),
        ("sebanyak 1.500 (seribu lima ratus) orang", vec![]),
        ("1.500 (lima ratus)", vec!["1.500 (lima ratus)"]),
        ("3 (Tiga) lembar, 2 (satu) berkas", vec!["2 (satu)"]),
        ("Pasal 5 (lima belas kata)", vec![]),
        ("Nomor 16 (terlampir), 28 Oktober 2025 (Selasa)", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(Prose::of(text).wrong_numbers(), wrong, "{text}");
    }
}
