//! Promises that what is typed around a forum agrees with it: days, places, numbers of people and years are those of the
//! record, and what contradicts it is named beside its field before anything is locked or issued.

use chrono::Duration;
use rembuk::{forums::Forum, organisation};

use crate::{
    attendance::{door, forum, pdf_text, walk_in},
    berita_acara::{at as record_at, begun, lock, locked, signed, write_header},
    support::TestApp,
};

fn report_at(forum: &Forum, step: &str) -> String {
    format!("/kerja/forum/{}/laporan{step}", forum.id)
}

#[tokio::test]
async fn words_around_the_points_say_nothing_against_the_record() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    let closing = "Demikian Berita Acara ini dibuat pada Jumat, 24 November 2025 di Hotel Lain, dihadiri 500 orang.";
    for (field, typed, told) in [
        (
            "title",
            "Berita Acara Hasil FKP Tahun 2025",
            &["tahun 2025"][..],
        ),
        (
            "closing",
            closing,
            &["Jumat, 24 November 2025", "di Hotel Lain", "500 orang"],
        ),
        (
            "reference",
            "Daftar hadir tanggal 1 Januari 2020",
            &["Daftar hadir tanggal 1 Januari 2020"],
        ),
        (
            "legal_basis",
            "Undang-Undang Nomor 99 Tahun 2035 tentang Contoh",
            &["Tahun 2035"],
        ),
        ("number", "abc", &["Nomor belum lengkap"]),
        ("number", "400/1/2025", &["tahun forum, yaitu 2026"]),
    ] {
        let refused = write_header(&mut browser, &forum, (field, typed)).await;
        assert_eq!(refused.status, 422, "{field}");
        let words = refused.texts(&format!("#f-{field}-error")).join("");
        for part in told {
            assert!(words.contains(part), "{field}: {words}");
        }
    }
    let right =
        "Demikian Berita Acara ini dibuat pada Selasa, 17 Maret 2026, dihadiri 3 (tiga) orang.";
    let saved = write_header(&mut browser, &forum, ("closing", right)).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
}

#[tokio::test]
async fn a_point_names_no_weekday_that_its_date_has_not() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    browser.get(&record_at(&forum, "/butir")).await;
    let wrong = [("text", "Loket dibuka mulai Senin, 24 Desember 2026.")];
    let refused = browser.post(&record_at(&forum, "/butir"), &wrong).await;
    assert_eq!(refused.status, 422);
    let told = refused.texts("#f-text-error").join("");
    assert!(told.contains("Senin, 24 Desember 2026"), "{told}");
    let right = [("text", "Loket dibuka mulai Kamis, 24 Desember 2026.")];
    let saved = browser.post(&record_at(&forum, "/butir"), &right).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
}

#[tokio::test]
async fn letters_that_no_paper_can_show_are_named_before_anybody_signs() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    browser.get(&record_at(&forum, "/butir")).await;
    let drawn = [("text", "Petugas menyapa dengan senyum 😀.")];
    let saved = browser.post(&record_at(&forum, "/butir"), &drawn).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let page = browser.get(&record_at(&forum, "")).await.text();
    assert!(
        page.contains("tidak dapat dicetak dan menjadi kotak di naskah: 😀"),
        "{page}"
    );
}

#[tokio::test]
async fn what_became_wrong_since_it_was_written_is_named_before_the_lock() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    let closing = "Demikian Berita Acara ini dibuat dengan sebenarnya dan dihadiri 3 (tiga) orang.";
    write_header(&mut browser, &forum, ("closing", closing)).await;
    browser.get(&door(&forum, "")).await;
    let late = walk_in(&mut browser, &forum, "Warga Keempat", "civil_society", "").await;
    assert_eq!(late.status, 303, "{}", late.text());
    signed(&mut browser, &forum).await;
    let refused = lock(&mut browser, &forum).await;
    assert_eq!(refused.status, 422);
    let told = refused.texts(".summary").join(" ");
    assert!(
        told.contains("Penutup") && told.contains("3 orang"),
        "{told}"
    );
}

#[tokio::test]
async fn a_text_of_the_report_does_not_tell_another_forum() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    let path = report_at(&forum, "/naskah/preface");
    browser.get(&path).await;
    let typed =
        "Forum ini diadakan pada Selasa, 24 November 2025 di Hotel Lain dan dihadiri 500 orang.";
    let refused = browser
        .post(&path, &[("text", typed), ("version", "0")])
        .await;
    assert_eq!(refused.status, 422);
    let told = refused.texts("#f-text-error").join("");
    assert!(told.contains("24 November 2025"), "{told}");
    assert!(!told.contains("500 orang"), "{told}");
    assert_eq!(refused.texts("textarea[name=text]"), [typed]);
    let other =
        "Forum tahun lalu diadakan pada 24 November 2025. Forum ini diadakan di Hotel Lain.";
    let saved = browser
        .post(&path, &[("text", other), ("version", "0")])
        .await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let asked = "Konsultasi publik diadakan pula di Hotel Lain. Disepakati 12 butir 😀.";
    let second = report_at(&forum, "/naskah/background");
    browser.get(&second).await;
    let saved = browser
        .post(&second, &[("text", asked), ("version", "0")])
        .await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let page = browser.get(&report_at(&forum, "")).await.text();
    // Another house may be meant where it is not said of which forum: it is asked about.
    assert!(page.contains("(di Hotel Lain"), "{page}");
    assert!(page.contains("Periksa kalimatnya"), "{page}");
    assert!(page.contains("menjadi kotak di laporan: 😀"), "{page}");
}

#[tokio::test]
async fn a_report_is_not_issued_with_another_number_of_people_or_another_house() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let path = report_at(&forum, "/naskah/preface");
    browser.get(&path).await;
    let typed = "Forum ini diadakan di Gedung Serbaguna dan dihadiri lima ratus orang.";
    let saved = browser
        .post(&path, &[("text", typed), ("version", "0")])
        .await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    browser.get(&report_at(&forum, "")).await;
    let fields = [
        ("number", "400/9/2026"),
        ("dated_on", "2026-03-17"),
        ("without_letter", "on"),
        ("version", "0"),
    ];
    let refused = browser
        .post(&report_at(&forum, "/terbitkan"), &fields)
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let told = refused.texts(".summary").join(" ");
    for words in ["500 orang", "di Gedung Serbaguna", "Menurut data forum"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[tokio::test]
async fn a_record_is_not_that_of_another_forum() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    let other = "Forum Konsultasi Publik Lain Sama Sekali";
    let refused = write_header(&mut browser, &forum, ("opening_subject", other)).await;
    assert_eq!(refused.status, 422);
    let told = refused.texts("#f-opening_subject-error").join("");
    assert!(told.contains("Lain Sama Sekali"), "{told}");
    let short = write_header(&mut browser, &forum, ("opening_subject", "Forum Pelayanan")).await;
    assert_eq!(short.status, 303, "{}", short.text());
}

#[tokio::test]
async fn the_own_office_is_no_other_house() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let unit = organisation::unit(&app.app.db, forum.unit_id)
        .await
        .unwrap();
    let mut browser = begun(&app, &forum).await;
    let closing = format!("Demikian Berita Acara ini dibuat di Kantor {}.", unit.name);
    let saved = write_header(&mut browser, &forum, ("closing", &closing)).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let text = format!("Forum diadakan di Kantor {}.", unit.name);
    let path = report_at(&forum, "/naskah/preface");
    browser.get(&path).await;
    let saved = browser
        .post(&path, &[("text", &text), ("version", "0")])
        .await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let page = browser.get(&report_at(&forum, "")).await.text();
    assert!(!page.contains("Periksa kalimatnya"), "{page}");
}

#[tokio::test]
async fn a_report_without_a_letter_goes_out_only_when_somebody_says_so() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    browser.get(&report_at(&forum, "")).await;
    let fields = [
        ("number", "400/9/2026"),
        ("dated_on", "2026-03-17"),
        ("version", "0"),
    ];
    let issue = report_at(&forum, "/terbitkan");
    let asked = browser.post(&issue, &fields).await;
    assert_eq!(asked.status, 422);
    let told = asked.texts("#f-without_letter-error").join("");
    assert!(told.contains("Surat undangan belum diterbitkan"), "{told}");
    let mut said = fields.to_vec();
    said.push(("without_letter", "true"));
    let issued = browser.post(&issue, &said).await;
    assert_eq!(issued.status, 303, "{}", issued.text());
}

#[tokio::test]
async fn an_input_written_down_after_the_signatures_says_so_in_report_and_minutes() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let mark = "dicatat sesudah Berita Acara dikunci";
    let before = browser.get(&report_at(&forum, "")).await.text();
    assert!(!before.contains(mark), "{before}");
    app.advance(Duration::minutes(5));
    let inputs = format!("/kerja/forum/{}/masukan", forum.id);
    browser.get(&inputs).await;
    let fields = [
        ("text", "Kursi tunggu ditambah"),
        ("raised_by_group", "users"),
    ];
    let raised = browser.post(&inputs, &fields).await;
    assert_eq!(raised.status, 303, "{}", raised.text());
    let after = browser.get(&report_at(&forum, "")).await.text();
    assert!(
        after.contains(&format!("Kursi tunggu ditambah ({mark})")),
        "{after}"
    );
    // So do minutes that are written, or corrected, after the lock.
    let minutes = format!("/kerja/forum/{}/notulen", forum.id);
    let began = browser.post(&format!("{minutes}/mulai"), &[]).await;
    assert_eq!(began.status, 303, "{}", began.text());
    let paper = pdf_text(&browser.get(&format!("{minutes}.pdf")).await.bytes);
    // The cell of a table is broken into lines.
    assert_eq!(paper.matches("dikunci").count(), 1, "{paper}");
}
