use super::*;

fn known() -> Known {
    Known {
        dates: ["2026-11-23", "2026-11-24"]
            .map(|day| day.parse().unwrap())
            .to_vec(),
        places: vec![
            "Harmony Room, Hotel Contoh, Jalan Contoh 1 Samarinda".into(),
            "Kantor Pertanahan Kota Contoh".into(),
            "RSUD Contoh".into(),
        ],
        present: 9,
        year: 2026,
        cites_minutes: true,
        counted: Counted {
            points: Some(10),
            inputs: Some(8),
            number: Some("400/1/2026".into()),
        },
    }
}

#[test]
fn only_the_day_and_the_place_of_the_record_may_be_named() {
    for (opening, expected) in [
        (
            "Forum Konsultasi Publik Standar Pelayanan Tahun 2026",
            &[][..],
        ),
        (
            "Forum di Hotel Contoh Samarinda, Senin 23 November 2026",
            &[],
        ),
        ("Forum selama dua minggu di lingkungan Dinas Contoh", &[]),
        ("Forum pada 24-11-2026", &[]),
        (
            "Forum di Hotel Lain Balikpapan, Rabu 25 November 2026",
            &["25 November 2026", "Rabu", "di Hotel Lain Balikpapan"],
        ),
        ("Forum tanggal 24 Desember", &["24 Desember"]),
        ("Forum pada hari Minggu", &["Minggu"]),
        ("Forum tanggal 25/11/2026", &["25/11/2026"]),
        ("Rapat di aula pada pagi hari", &[]),
        ("Rapat di Aula Lain pada pagi hari", &["di Aula Lain"]),
        ("Forum di Kantor Pertanahan Kota Contoh", &[]),
        ("Forum di Rumah Sakit Umum Daerah Contoh", &[]),
        ("Dibuat pada Jum'at", &["Jum'at"]),
        ("Dihadiri 500 orang", &["500 orang"]),
    ] {
        assert_eq!(contradictions(opening, &known()), expected, "{opening}");
    }
}

#[test]
fn a_weekday_is_that_of_its_date() {
    for (text, expected) in [
        (
            "Mulai Senin, 24 Desember 2026",
            &["Senin, 24 Desember 2026"][..],
        ),
        ("Mulai hari Kamis tanggal 24 Desember 2026", &[]),
        (
            "Mulai hari Rabu tanggal 24/12/2026",
            &["Rabu tanggal 24/12/2026"],
        ),
        ("Paling lambat 31 Januari 2027", &[]),
        ("Paling lambat 31 April 2027", &["31 April 2027"]),
        ("Setiap Senin dan Kamis mulai 1 Desember", &[]),
    ] {
        assert_eq!(wrong_weekdays(text), expected, "{text}");
    }
}

#[test]
fn a_report_may_tell_of_other_days_but_not_that_the_forum_was_held_on_them() {
    for (text, wrong, against, doubtful) in [
        (
            "Forum ini diadakan pada Selasa, 24 November 2025 di Hotel Lain dan dihadiri 500 orang.",
            &["Selasa, 24 November 2025", "24 November 2025"][..],
            &["500 orang", "di Hotel Lain"][..],
            &[][..],
        ),
        (
            "Forum dilaksanakan pada Senin, 23 November 2026 dan dihadiri oleh 9 (sembilan) orang.",
            &[],
            &[],
            &[],
        ),
        (
            "Forum tahun lalu diselenggarakan pada 24 November 2025.",
            &[],
            &[],
            &[],
        ),
        (
            "Loket baru dibuka 5 Januari 2027. Forum diadakan bersama mitra.",
            &[],
            &[],
            &[],
        ),
        // Other work of the office, on its own days and at other houses.
        (
            "Kegiatan jemput bola dilaksanakan setiap Rabu di Kantor Camat Lain.",
            &[],
            &[],
            &[],
        ),
        (
            "Konsultasi publik diadakan setiap Rabu di Kantor Camat Lain.",
            &[],
            &[],
            &["Rabu", "di Kantor Camat Lain"],
        ),
        (
            "Forum diadakan di kantor kami dan dihadiri 5 orang laki-laki dan 4 orang perempuan.",
            &[],
            &[],
            &[],
        ),
        (
            "FKP dihadiri oleh 2 orang penyandang disabilitas.",
            &[],
            &[],
            &[],
        ),
        (
            "Forum dihadiri oleh 3 orang perwakilan media.",
            &[],
            &[],
            &[],
        ),
        (
            "Forum dihadiri oleh 30 orang perwakilan media.",
            &[],
            &["30 orang"],
            &[],
        ),
        (
            "FKP ini dihadiri lima ratus orang.",
            &[],
            &["500 orang"],
            &[],
        ),
        // Nobody says of what: it is asked about.
        (
            "Dihadiri lima ratus orang di Gedung Serbaguna, disepakati 12 butir.",
            &[],
            &[],
            &["500 orang", "di Gedung Serbaguna", "12 butir"],
        ),
        ("Forum diadakan pada tahun 2025.", &[], &[], &["tahun 2025"]),
        ("Survei diikuti 260 orang.", &[], &[], &[]),
    ] {
        let said = in_sentences(text, &known());
        assert_eq!(said.wrong, wrong, "{text}");
        let words = said.against.iter().filter_map(|one| one.split_once(": “"));
        let words: Vec<&str> = words.map(|(words, _)| words).collect();
        assert_eq!(words, against, "{text}");
        assert_eq!(said.doubtful, doubtful, "{text}");
    }
}

#[test]
fn years_are_those_of_the_forum() {
    for (title, expected) in [
        ("Berita Acara Hasil FKP\nTahun 2026", &[][..]),
        ("Berita Acara Hasil FKP\nTahun 2025", &["tahun 2025"]),
        ("Berita Acara FKP Evaluasi Tahun 2025\nTahun 2026", &[]),
        ("Berita Acara menurut Peraturan Nomor 16 Tahun 2017", &[]),
        ("Berita Acara", &[]),
    ] {
        assert_eq!(other_years(title, &known()), expected, "{title}");
    }
    let laws = [
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        "Undang-Undang Nomor 99 Tahun 2035 tentang Contoh",
    ];
    assert_eq!(laws_to_come(&laws, &known()), [laws[1]]);
}

#[test]
fn what_the_record_refers_to_by_itself_is_not_typed() {
    let lines = [
        "Surat undangan Nomor 1",
        "Notulen tanggal 1 Januari 2020",
        " daftar hadir",
    ];
    assert_eq!(own_references(&lines, &known()), lines[1..]);
    let nothing = Known {
        present: 0,
        cites_minutes: false,
        ..known()
    };
    assert!(own_references(&lines, &nothing).is_empty());
}

#[test]
fn the_name_of_the_forum_is_shortened_but_no_other_one() {
    let names = [
        "Forum Konsultasi Publik Standar Pelayanan Pertanahan Tahun 2026".to_owned(),
        "Dinas Contoh Provinsi Kalimantan Timur".to_owned(),
    ];
    for (subject, others) in [
        (
            "Forum Konsultasi Publik Standar Pelayanan Pertanahan Tahun 2026",
            &[][..],
        ),
        ("Forum Konsultasi Publik (FKP) Pertanahan", &[]),
        ("FKP Pertanahan pada Dinas Contoh bersama para mitra", &[]),
        (
            "Forum Konsultasi Publik Lain Sama Sekali",
            &["Lain Sama Sekali"],
        ),
        ("FORUM KONSULTASI PUBLIK LAIN", &["LAIN"]),
        ("Musyawarah Perkebunan", &["Musyawarah Perkebunan"]),
    ] {
        assert_eq!(other_names(subject, &names), others, "{subject}");
    }
}

#[test]
fn what_stands_under_a_photo_tells_of_this_forum() {
    let said = about_it("Peserta, Selasa 24 November 2025 di Hotel Lain", &known());
    assert_eq!(said.wrong, ["Selasa 24 November 2025"]);
    assert_eq!(said.doubtful, ["24 November 2025", "di Hotel Lain"]);
    let said = about_it("Pembukaan di Hotel Contoh", &known());
    assert_eq!(said, Said::default());
}
