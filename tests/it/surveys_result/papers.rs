//! Promises of the papers of a result: workbook, report, and where it was published.

use super::*;

fn workbook(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

#[tokio::test]
async fn the_workbook_counts_with_formulas_and_its_raw_sheet_gives_the_same_index() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    let answer = asked_for(&app, ORGANISER, id, ".xlsx").await;
    let mut book = workbook(answer.bytes.clone());
    let values = book.worksheet_range("Hasil").unwrap();
    let formulas = book.worksheet_formula("Hasil").unwrap();
    // Five rows above, three elements, respondents, then the index.
    assert_eq!(
        formulas.get_value((9, 6)).unwrap(),
        "IF(OR(G9<1,COUNT(F6:F8)<3),\"\",ROUND(ROUND(SUM(G6:G8)*25,9),2))"
    );
    let shown = values.get_value((9, 6)).unwrap().to_string();
    assert_eq!(shown, "85.42");
    assert_eq!(
        formulas.get_value((5, 4)).unwrap(),
        "SUM(Jawaban!$H$2:$H$5)"
    );
    let raw = book.worksheet_range("Jawaban").unwrap();
    assert_eq!(raw.height(), 5);
    let cell = |cell: &Data| match cell {
        Data::Float(number) => number.to_string(),
        other => other.to_string(),
    };
    let lines: Vec<String> = raw
        .rows()
        .map(|row| {
            row.iter()
                .map(|one| cell(one).replace('/', " "))
                .collect::<Vec<_>>()
                .join(";")
        })
        .collect();
    let mut file = std::env::temp_dir();
    file.push(format!("rembuk-skm-{id}.csv"));
    std::fs::File::create(&file)
        .unwrap()
        .write_all(lines.join("\n").as_bytes())
        .unwrap();
    let command = SkmCommand::Score(ScoreArgs {
        file: file.clone(),
        method: surveys::cli::MethodArgs {
            weights: "exact".to_owned(),
            grades: "14/2017".to_owned(),
            json: true,
        },
    });
    let scored: Value = serde_json::from_str(&surveys::cli::run(&command).unwrap()).unwrap();
    std::fs::remove_file(file).unwrap();
    assert_eq!(
        (&scored["n"], &scored["ikm"], &scored["grade"]),
        (&json!(4), &json!("85.42"), &json!("B"))
    );
}

#[tokio::test]
async fn the_workbook_speaks_to_its_reader_and_hides_nothing_beside_single_answers() {
    let app = TestApp::new().await;
    let few = Asked {
        minimum: 5,
        ..SMALL
    };
    let id = kept(&app, &few).await;
    let answer = asked_for(&app, ORGANISER, id, ".xlsx").await;
    let mut book = workbook(answer.bytes);
    let mut sheet = |name: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).unwrap();
        let rows = range.rows();
        rows.map(|row| row.iter().map(ToString::to_string).collect())
            .collect()
    };
    let raw = sheet("Jawaban").concat().join("|");
    assert!(
        raw.contains("Perempuan") && !raw.contains("female"),
        "{raw}"
    );
    let cuts = sheet("Rincian");
    let women = cuts.iter().find(|row| row[1] == "Perempuan");
    let women = women.unwrap_or_else(|| panic!("{cuts:?}"));
    // (3.5 + 3 + 4) / 3 · 25
    assert!(women[6].starts_with("87.5"), "{women:?}");
    let rules = sheet("Hasil").concat().join("|");
    assert!(!rules.contains("exact"), "{rules}");
    assert!(rules.contains("85.42"), "four answers, all told: {rules}");
    let notes = sheet("Keterangan").concat().join("|");
    assert!(notes.contains("tidak ada angka yang ditutup"), "{notes}");
    assert!(!notes.contains("tidak ditampilkan"), "{notes}");
}

#[tokio::test]
async fn the_report_has_its_chapters_and_no_figure_of_its_own() {
    let app = TestApp::new().await;
    kept(
        &app,
        &Asked {
            days: ("2024-01-02", "2024-06-30"),
            ..SMALL
        },
    )
    .await;
    let id = kept(&app, &SMALL).await;
    let pdf = asked_for(&app, HEAD, id, ".pdf").await;
    assert!(pdf.bytes.starts_with(b"%PDF"), "{}", pdf.body);
    let docx = asked_for(&app, HEAD, id, ".docx").await;
    let mut zip = zip::ZipArchive::new(Cursor::new(docx.bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").unwrap(), &mut text)
        .unwrap();
    for words in [
        "BAB I PENDAHULUAN",
        "2.5 Penentuan Jumlah Responden",
        "BAB III HASIL PENGOLAHAN DATA SKM",
        "85,42",
        "4.2 Rencana Tindak Lanjut",
        "4.3 Tren Nilai SKM",
        "BAB V KESIMPULAN",
        "LAMPIRAN 4",
        "DOKUMENTASI",
        "LAMPIRAN 5",
        "0 dari 2 rekomendasi sudah ditindaklanjuti (0,0%)",
        "NRR tiap unsur pada skala sampai 4",
    ] {
        assert!(text.contains(words), "{words}");
    }
    let pictures = zip
        .file_names()
        .filter(|name| name.starts_with("word/media/"));
    assert_eq!(pictures.count(), 1, "the chart of annex 3");
}

#[tokio::test]
async fn the_report_says_of_a_period_before_without_figures_or_with_one_mean_that_it_has_no_lowest()
{
    for (answers, said) in [
        (&[][..], "SKM 2024-06-30 tidak mempunyai angka unsur."),
        (
            &[("333", 0, None), ("333", 1, None)][..],
            "SKM 2024-06-30: Semua unsur",
        ),
    ] {
        let app = TestApp::new().await;
        let before = Asked {
            days: ("2024-01-02", "2024-06-30"),
            answers,
            ..SMALL
        };
        kept(&app, &before).await;
        let id = kept(&app, &SMALL).await;
        let docx = asked_for(&app, HEAD, id, ".docx").await;
        let mut zip = zip::ZipArchive::new(Cursor::new(docx.bytes)).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").unwrap(), &mut text)
            .unwrap();
        assert!(text.contains(said), "{said}");
        assert!(
            !text.contains("Unsur terendah pada SKM 2024-06-30"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn an_issued_report_is_in_the_register_and_is_never_set_again() {
    let app = TestApp::new().await;
    let open = kept(
        &app,
        &Asked {
            state: SurveyState::Closed,
            days: ("2024-01-02", "2024-06-30"),
            ..SMALL
        },
    )
    .await;
    let id = kept(&app, &SMALL).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = format!("/kerja/survei/{id}/laporan");
    assert!(
        organiser
            .get(&page)
            .await
            .text()
            .contains("Unsur dengan nilai terendah")
    );
    let texts = [
        ("version", "0"),
        ("preface", "Kata pengantar kantor kami.\n\nAlinea kedua."),
        ("analysis", "Loket baru dibuka pada bulan Mei."),
        ("conclusion", ""),
    ];
    let saved = organiser.post(&page, &texts).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    // Whoever writes from an older page is told, and keeps what was typed.
    let stale = organiser.post(&page, &texts).await;
    assert_eq!(stale.status, 409);
    assert!(stale.body.contains("Loket baru dibuka"));
    let given = |version: &'static str, day: &'static str| {
        [
            ("version", version),
            ("form", "issue"),
            ("number", "045/12/SKM/2026"),
            ("dated_on", day),
        ]
    };
    let submit = format!("{page}/ajukan");
    for (day, words) in [
        ("2025-06-01", "sebelum hari terakhir"),
        ("2099-01-01", "belum tiba"),
    ] {
        let refused = organiser.post(&submit, &given("1", day)).await;
        assert_eq!(refused.status, 422, "{day}");
        assert!(refused.text().contains(words), "{}", refused.text());
    }
    let mut unnumbered = given("1", "2026-03-10");
    unnumbered[2].1 = "";
    let refused = organiser.post(&submit, &unnumbered).await;
    assert_eq!(refused.status, 422, "an office's paper bears a number");
    let early = format!("/kerja/survei/{open}/laporan/ajukan");
    let refused = organiser.post(&early, &given("0", "2026-03-10")).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let done = organiser.post(&submit, &given("1", "2026-03-10")).await;
    assert_eq!(done.status, 303, "{}", done.text());
    // It lies before the head, and nobody else issues it.
    let issue = format!("{page}/terbitkan");
    let alone = organiser.post(&issue, &[("version", "2")]).await;
    assert_eq!(alone.status, 403);
    let mut head = app.sign_in(HEAD).await;
    waits(&mut head, &page, true).await;
    let read = head.get(&page).await;
    assert!(read.text().contains("Loket baru dibuka"), "{}", read.text());
    assert!(
        !read.body.contains("<textarea"),
        "who only reads has no form"
    );
    let stale = head.post(&issue, &[("version", "1")]).await;
    assert_eq!(stale.status, 409, "what was seen is approved");
    let done = head.post(&issue, &[("version", "2")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    waits(&mut head, &page, false).await;
    let issued = asked_for(&app, HEAD, id, ".pdf").await.bytes;
    let shown = organiser.get(&page).await;
    assert!(shown.text().contains("045/12/SKM/2026"), "{}", shown.text());
    let verify = shown.attribute("a[href^='/verifikasi/']", "href").unwrap();
    let registered = app.browser().get(&verify).await;
    assert!(
        registered.text().contains("Laporan SKM"),
        "{}",
        registered.text()
    );
    // Words that change afterwards change the next version alone, in the editable copy too.
    let later = [("version", "3"), ("analysis", "Kata-kata yang lain.")];
    let saved = organiser.post(&page, &later).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert!(asked_for(&app, HEAD, id, ".pdf").await.bytes == issued);
    let docx = asked_for(&app, HEAD, id, ".docx").await;
    let mut zip = zip::ZipArchive::new(Cursor::new(docx.bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").unwrap(), &mut text)
        .unwrap();
    for words in [
        "Loket baru dibuka",
        "Kata pengantar kantor kami.",
        "045/12/SKM/2026",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("Kata-kata yang lain"));
    head.get(&page).await;
    assert_eq!(head.post(&page, &texts).await.status, 403);
    app.run_jobs().await;
    let told = subjects(&app);
    for words in ["Menunggu persetujuan: laporan SKM", "Terbit: laporan SKM"] {
        assert!(told.iter().any(|one| one.starts_with(words)), "{told:?}");
    }
}

/// Whether a report lies before its head: on the summary and at home.
async fn waits(head: &mut Browser<'_>, report: &str, expected: bool) {
    for place in ["/kerja/ringkasan", "/kerja"] {
        let page = head.get(place).await;
        let there = page.body.contains(report);
        assert_eq!(there, expected, "{place}: {}", page.text());
    }
}

/// What was mailed, by its subjects.
fn subjects(app: &TestApp) -> Vec<String> {
    let parser = mail_parser::MessageParser::default();
    app.mails()
        .iter()
        .map(|raw| parser.parse(raw.as_slice()).unwrap())
        .map(|mail| mail.subject().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_head_gives_a_report_back_and_new_words_take_it_from_the_table() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    let page = format!("/kerja/survei/{id}/laporan");
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&page).await;
    let submit = |version: &'static str| {
        [
            ("version", version),
            ("form", "issue"),
            ("number", "045/13/SKM/2026"),
            ("dated_on", "2026-03-10"),
        ]
    };
    let path = format!("{page}/ajukan");
    let done = organiser.post(&path, &submit("0")).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let mut head = app.sign_in(HEAD).await;
    head.get(&page).await;
    let back = format!("{page}/kembalikan");
    let reason = "Bab IV belum menyebut loket baru.";
    let unsaid = [("version", "1"), ("form", "back"), ("reason", "")];
    assert_eq!(head.post(&back, &unsaid).await.status, 422);
    let given = [("version", "1"), ("form", "back"), ("reason", reason)];
    let done = head.post(&back, &given).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let shown = organiser.get(&page).await;
    assert!(shown.text().contains(reason), "{}", shown.text());
    app.run_jobs().await;
    let told = subjects(&app);
    let back_to_writer = told
        .iter()
        .any(|one| one.starts_with("Dikembalikan: laporan SKM"));
    assert!(back_to_writer, "{told:?}");
    let issue = format!("{page}/terbitkan");
    let early = head.post(&issue, &[("version", "2")]).await;
    assert_eq!(early.status, 422, "{}", early.text());
    // Pressed twice it is submitted once.
    for _ in 0..2 {
        let done = organiser.post(&path, &submit("2")).await;
        assert_eq!(done.status, 303, "{}", done.text());
    }
    // Words written while it lies there take it back: nobody approves what they did not read.
    let words = [("version", "3"), ("analysis", "Loket baru dibuka.")];
    let saved = organiser.post(&page, &words).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let shown = organiser.follow(&saved).await;
    assert!(
        shown.text().contains("pengajuannya ditarik kembali"),
        "{}",
        shown.text()
    );
    let late = head.post(&issue, &[("version", "4")]).await;
    assert_eq!(late.status, 422, "{}", late.text());
    app.run_jobs().await;
    let told = subjects(&app);
    let count = |subject: &str| told.iter().filter(|one| one.starts_with(subject)).count();
    let withdrawn = count("Ditarik kembali: laporan SKM");
    assert!(withdrawn > 0, "{told:?}");
    let waiting = count("Menunggu persetujuan: laporan SKM");
    assert_eq!(waiting, withdrawn * 2, "submitted twice: {told:?}");
}

#[tokio::test]
async fn letters_that_the_report_cannot_show_are_named_before_anybody_approves_it() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    let page = format!("/kerja/survei/{id}/laporan");
    let mut organiser = app.sign_in(ORGANISER).await;
    let plain = organiser.get(&page).await;
    assert!(plain.texts("#huruf").is_empty(), "{}", plain.text());
    let texts = [("version", "0"), ("analysis", "Loket baru dibuka 😀.")];
    let saved = organiser.post(&page, &texts).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    for reader in [ORGANISER, HEAD] {
        let told = app.sign_in(reader).await.get(&page).await.texts("#huruf");
        assert!(
            told.concat().contains("menjadi kotak di laporan: 😀"),
            "{told:?}"
        );
    }
}

#[tokio::test]
async fn photos_of_the_survey_stand_in_the_annex_and_take_a_waiting_report_back() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    let page = format!("/kerja/survei/{id}/laporan");
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&page).await;
    let given = [
        ("version", "0"),
        ("form", "issue"),
        ("number", "045/14/SKM/2026"),
        ("dated_on", "2026-03-10"),
    ];
    let done = organiser.post(&format!("{page}/ajukan"), &given).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let path = format!("{page}/foto");
    let photo = crate::filing::photo();
    let of = |caption: &'static str| [("version", "1"), ("form", "photo"), ("caption", caption)];
    let file = ("photo", "loket.jpg", photo.as_slice());
    let unsaid = organiser.post_file(&path, &of(""), file).await;
    assert_eq!(unsaid.status, 422, "a picture says what it shows");
    let no_photo = ("photo", "loket.jpg", &b"halo"[..]);
    let wrong = organiser
        .post_file(&path, &of("Pengisian kuesioner di loket"), no_photo)
        .await;
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    assert_eq!(
        wrong.attribute("#f-caption", "value").as_deref(),
        Some("Pengisian kuesioner di loket")
    );
    let added = organiser
        .post_file(&path, &of("Pengisian kuesioner di loket"), file)
        .await;
    assert_eq!(added.status, 303, "{}", added.text());
    let shown = organiser.get(&page).await;
    assert!(!shown.text().contains("Menunggu persetujuan"), "taken back");
    let picture = shown.attribute("ol.photos img", "src").unwrap();
    let mut head = app.sign_in(HEAD).await;
    let seen = head.get(&picture).await;
    assert_eq!(seen.header("content-type"), "image/jpeg");
    let docx = asked_for(&app, HEAD, id, ".docx").await;
    let mut zip = zip::ZipArchive::new(Cursor::new(docx.bytes)).unwrap();
    let pictures = zip
        .file_names()
        .filter(|name| name.starts_with("word/media/"));
    assert_eq!(pictures.count(), 2, "the chart and the photo");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").unwrap(), &mut text)
        .unwrap();
    assert!(text.contains("Pengisian kuesioner di loket"));
    organiser.get(&page).await;
    let gone = [("version", "2"), ("form", "photo")];
    let removed = organiser.post(&format!("{picture}/hapus"), &gone).await;
    assert_eq!(removed.status, 303, "{}", removed.text());
    assert_eq!(head.get(&picture).await.status, 404);
    app.run_jobs().await;
}
