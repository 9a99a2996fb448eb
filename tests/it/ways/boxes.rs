use rembuk::{audit, complaints::ways::entity::box_scan, documents::entity::file};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{anonymised, officer};
use crate::{
    attendance::pdf_text,
    complaints::{HANDLER, OFFICER, OTHER_OFFICER},
    support::{self, Browser, TestApp, races},
};

async fn open(officer: &mut Browser<'_>, counted: &str) -> String {
    officer.get("/kerja/kotak-saran").await;
    let opening = [
        ("opened_on", "2026-03-13"),
        ("opened_time", "15:00"),
        ("place", "Kotak saran lobi utama"),
        ("witnesses", "Ani Contoh\nBudi Contoh"),
        ("counted", counted),
    ];
    let opened = officer.post("/kerja/kotak-saran", &opening).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    opened.location().to_owned()
}

#[tokio::test]
async fn a_box_is_entered_sheet_by_sheet_and_closed_when_all_are_in() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let batch = open(&mut officer, "3").await;
    let page = officer.get(&batch).await;
    assert!(
        page.text().contains("0 dari 3 lembar") && page.text().contains("Ani Contoh, Budi Contoh")
    );
    for text in ["AC mati", "Terima kasih, cepat sekali."] {
        let saved = officer.post(&batch, &[("description", text)]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
    }
    let page = officer.get(&batch).await;
    assert!(page.text().contains("2 dari 3 lembar") && page.text().contains("Lembar 3"));
    assert_eq!(
        page.texts("tbody td.main .d-block"),
        ["Terima kasih, cepat sekali.", "AC mati"]
    );
    let case = page.attribute("tbody td.main a", "href").unwrap();
    let case = officer.get(&case).await.text();
    assert!(
        case.contains("Kotak saran") && case.contains("Jumat, 13 Maret 2026 pukul 15.00 WITA"),
        "{case}"
    );
    assert!(case.contains("Lembar 2 dari kotak saran"), "{case}");
    officer.get(&batch).await;
    let close = format!("{batch}/tutup");
    let early = officer.post(&close, &[("version", "1")]).await;
    assert_eq!(early.status, 422);
    assert!(
        early.text().contains("Baru 2 dari 3 lembar"),
        "{}",
        early.text()
    );
    let empty = officer.post(&batch, &[("description", " ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.attribute("#f-description-error", "id").is_some());
    assert!(
        empty.attribute("#f-subject-error", "id").is_none(),
        "the subject may be left empty: {}",
        empty.text()
    );
    let reason = [("version", "1"), ("close_reason", "Satu lembar kosong")];
    assert_eq!(officer.post(&close, &reason).await.status, 303);
    let late = officer
        .post(&batch, &[("description", "Tertinggal satu")])
        .await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("sudah ditutup"), "{}", late.text());
    assert_eq!(
        late.texts("#f-description"),
        ["Tertinggal satu"],
        "what was typed is given back"
    );
    assert_eq!(
        officer.post(&close, &reason).await.status,
        422,
        "closed once"
    );
    let pdf = officer.get(&format!("{batch}/berita-acara.pdf")).await;
    let text = pdf_text(&pdf.bytes);
    for words in [
        "BERITA ACARA PEMBUKAAN KOTAK SARAN",
        "3 (tiga) lembar",
        "2 (dua) lembar",
        "Satu lembar kosong",
        "Ani Contoh",
        "ADU-2026-000001",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(
        !text.contains("AC mati"),
        "what a sheet says is not for the witnesses"
    );
    // Others neither see nor fill it.
    let mut handler = app.sign_in(HANDLER).await;
    assert_eq!(handler.get(&batch).await.status, 403);
    let mut stranger = app.sign_in(OTHER_OFFICER).await;
    assert_eq!(stranger.get(&batch).await.status, 404);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_record_of_a_closed_box_gets_a_number_and_everybody_can_verify_it() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let batch = open(&mut officer, "1").await;
    officer.get(&batch).await;
    let issue = format!("{batch}/berita-acara");
    let number = [("number", "400.12/77/CONTOH/2026")];
    let early = officer.post(&issue, &number).await;
    assert_eq!(early.status, 422);
    assert!(early.text().contains("Tutup dahulu"), "{}", early.text());
    officer.get(&batch).await;
    let sheet = [("description", "Kursi ruang tunggu kurang.")];
    assert_eq!(officer.post(&batch, &sheet).await.status, 303);
    let draft = officer.get(&format!("{issue}.pdf")).await;
    assert!(pdf_text(&draft.bytes).contains("belum terdaftar"));
    officer.get(&batch).await;
    let close = format!("{batch}/tutup");
    assert_eq!(officer.post(&close, &[("version", "1")]).await.status, 303);
    officer.get(&batch).await;
    let empty = officer.post(&issue, &[("number", " ")]).await;
    assert_eq!(empty.status, 422, "{}", empty.text());
    let done = officer.post(&issue, &number).await;
    let page = officer.follow(&done).await;
    assert!(page.text().contains("400.12/77/CONTOH/2026"));
    let verify = page.attribute("#berita-acara a", "href").unwrap();
    let seen = app.browser().get(&verify).await;
    assert_eq!(seen.status, 200);
    assert!(
        seen.text().contains("Berita acara pembukaan kotak saran")
            && seen.text().contains("400.12/77/CONTOH/2026"),
        "{}",
        seen.text()
    );
    assert!(
        !seen.text().contains("Ani Contoh"),
        "its witnesses are nobody else's business"
    );
    let first = officer.get(&format!("{issue}.pdf")).await.bytes;
    let text = pdf_text(&first);
    assert!(
        text.contains("NOMOR 400.12/77/CONTOH/2026") && text.contains("Kode verifikasi"),
        "{text}"
    );
    // Once, and never set anew.
    let twice = officer.post(&issue, &number).await;
    assert_eq!(twice.status, 409, "{}", twice.text());
    app.advance(chrono::Duration::days(2));
    let mut officer = self::officer(&app).await;
    assert_eq!(officer.get(&format!("{issue}.pdf")).await.bytes, first);
    app.run_jobs().await;
}

#[tokio::test]
async fn more_sheets_than_counted_are_called_more_and_the_page_shows_the_last_ones() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let batch = open(&mut officer, "1").await;
    officer.get(&batch).await;
    for n in 1..=14 {
        let text = format!("Lembar nomor {n}");
        let saved = officer.post(&batch, &[("description", &text)]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
    }
    let page = officer.get(&batch).await;
    let shown = page.texts("tbody td.main .d-block");
    assert_eq!(shown.len(), 12);
    assert_eq!(shown[0], "Lembar nomor 14");
    assert!(page.text().contains("dan 2 lembar sebelumnya"));
    let close = format!("{batch}/tutup");
    let more = officer.post(&close, &[("version", "1")]).await;
    assert_eq!(more.status, 422);
    assert!(
        more.text()
            .contains("14 lembar dimasukkan, padahal 1 yang dihitung"),
        "{}",
        more.text()
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn two_people_enter_the_same_box_at_once_and_nothing_is_lost() {
    let app = races::app().await;
    let (mut one, mut other) = (officer(&app).await, app.sign_in(OFFICER).await);
    let batch = open(&mut one, "2").await;
    one.get(&batch).await;
    other.get(&batch).await;
    let id: Uuid = batch.rsplit('/').next().unwrap().parse().unwrap();
    let (first, second) = races::meet(
        &app,
        ("box_opening", id),
        one.post(&batch, &[("description", "Kursi ruang tunggu kurang")]),
        other.post(&batch, &[("description", "Loket ramah sekali")]),
    )
    .await;
    assert_eq!(
        (first.status, second.status),
        (303, 303),
        "{} {}",
        first.text(),
        second.text()
    );
    let page = one.get(&batch).await;
    let mut places = page.texts("tbody td.num");
    places.sort();
    assert_eq!(places, ["1", "2"]);
    assert!(
        page.text().contains("Kursi ruang tunggu kurang")
            && page.text().contains("Loket ramah sekali")
    );
    let close = format!("{batch}/tutup");
    assert_eq!(one.post(&close, &[("version", "1")]).await.status, 303);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_reason_and_scans_stay_with_the_officers() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    officer.get("/kerja/kotak-saran").await;
    for (field, value) in [
        ("opened_on", "2026-03-19"),
        ("opened_on", "2026-02-30"),
        ("witnesses", " "),
        ("counted", "-1"),
        ("counted", "banyak"),
        ("place", ""),
    ] {
        let mut opening = vec![
            ("opened_on", "2026-03-13"),
            ("opened_time", "15:00"),
            ("place", "Lobi utama"),
            ("witnesses", "Ani Contoh"),
            ("counted", "2"),
        ];
        for typed in &mut opening {
            if typed.0 == field {
                typed.1 = value;
            }
        }
        let refused = officer.post("/kerja/kotak-saran", &opening).await;
        assert_eq!(refused.status, 422, "{field}={value}");
        assert_eq!(
            refused.attribute(".summary a", "href"),
            Some(format!("#f-{field}")),
            "{field}={value}"
        );
    }
    let batch = open(&mut officer, "0").await;
    let scans = format!("{batch}/pindaian");
    officer.get(&batch).await;
    let html = officer
        .post_file(&scans, &[], ("files", "a.pdf", b"<html></html>"))
        .await;
    assert_eq!(html.status, 422, "{}", html.text());
    let pdf = support::pdf("lembar");
    let kept = officer
        .post_file(&scans, &[], ("files", "lembar.pdf", pdf.as_slice()))
        .await;
    let page = officer.follow(&kept).await;
    let href = page.attribute(".files a", "href").unwrap();
    assert_eq!(officer.get(&href).await.status, 200);
    let looks = audit::Entity::find()
        .filter(audit::Column::Verb.eq("box.scan_opened"))
        .count(&app.app.db)
        .await
        .unwrap();
    assert_eq!(looks, 1, "who looked at handwriting is kept");
    let mut handler = app.sign_in(HANDLER).await;
    assert_eq!(handler.get(&href).await.status, 403);
    // An empty box is closed at once.
    officer.get(&batch).await;
    assert_eq!(
        officer
            .post(&format!("{batch}/tutup"), &[("version", "1")])
            .await
            .status,
        303
    );
}

/// A pile is scanned as one: handwriting and telephone numbers go when nothing of it can be read any more.
#[tokio::test]
async fn scans_of_a_box_go_with_the_last_of_its_sheets() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let batch = open(&mut officer, "2").await;
    officer.get(&batch).await;
    for text in ["Kursi ruang tunggu kurang", "Loket ramah sekali"] {
        officer.post(&batch, &[("description", text)]).await;
    }
    let pdf = support::pdf("lembar");
    let scans = format!("{batch}/pindaian");
    let kept = officer
        .post_file(&scans, &[], ("files", "lembar.pdf", pdf.as_slice()))
        .await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    for (left, number) in [(1, "ADU-2026-000001"), (0, "ADU-2026-000002")] {
        anonymised(&app, number).await;
        let db = &app.app.db;
        assert_eq!(box_scan::Entity::find().count(db).await.unwrap(), left);
        assert_eq!(file::Entity::find().count(db).await.unwrap(), left);
    }
    app.run_jobs().await;
}

/// Sheets that nobody typed yet stand in the scans alone: they are voices, too.
#[tokio::test]
async fn scans_wait_for_the_sheets_that_are_still_to_be_typed() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let batch = open(&mut officer, "2").await;
    officer.get(&batch).await;
    let sheet = [("description", "Kursi ruang tunggu kurang")];
    officer.post(&batch, &sheet).await;
    let pdf = support::pdf("lembar");
    let scan = ("files", "lembar.pdf", pdf.as_slice());
    let kept = officer
        .post_file(&format!("{batch}/pindaian"), &[], scan)
        .await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    anonymised(&app, "ADU-2026-000001").await;
    let db = &app.app.db;
    assert_eq!(box_scan::Entity::find().count(db).await.unwrap(), 1);
    let mut officer = self::officer(&app).await;
    officer.get(&batch).await;
    let reason = [("version", "1"), ("close_reason", "Satu lembar kosong")];
    let closed = officer.post(&format!("{batch}/tutup"), &reason).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    assert_eq!(box_scan::Entity::find().count(db).await.unwrap(), 0);
    assert_eq!(file::Entity::find().count(db).await.unwrap(), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_opening_that_is_sent_twice_is_recorded_once() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let first = open(&mut officer, "3").await;
    let second = open(&mut officer, "3").await;
    assert_eq!(first, second, "the second press leads to the first record");
    officer.get("/kerja/kotak-saran").await;
    let other = [
        ("opened_on", "2026-03-13"),
        ("opened_time", "15:00"),
        ("place", "kotak saran lobi utama"),
        ("witnesses", "Ani Contoh"),
        ("counted", "4"),
    ];
    let refused = officer.post("/kerja/kotak-saran", &other).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(
        refused.text().contains("sudah dicatat, dengan 3 lembar"),
        "{}",
        refused.text()
    );
    let impossible = [&other[..1], &[("opened_time", "25:00")], &other[2..]].concat();
    let refused = officer.post("/kerja/kotak-saran", &impossible).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("antara 00:00 dan 23:59"),
        "{}",
        refused.text()
    );
    let list = officer.get("/kerja/kotak-saran").await;
    assert_eq!(list.texts("tbody td.main a").len(), 1);
    app.run_jobs().await;
}
