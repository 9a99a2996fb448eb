//! Publication with moderation.

use super::*;
use crate::complaints::{HANDLER, NAME, WORDS, answered, filed};

const TEXT: &str = "Perekaman sudah tiga minggu dan kartunya belum jadi.";

async fn publication(app: &TestApp, number: &str, text: &str) -> u16 {
    let mut officer = app.sign_in(OFFICER).await;
    let here = format!("/kerja/pengaduan/{number}/publikasi");
    officer.get(&here).await;
    let fields = [
        ("version", "0"),
        ("title", "Kartu lama jadi"),
        ("text", text),
        ("answer", "Kartu dapat diambil."),
    ];
    officer.post(&here, &fields).await.status
}

/// FixMyStreet's moderation with the original kept; and #524, #3330: a name hidden in one place must not stand in
/// another.
#[tokio::test]
async fn the_public_reads_the_moderated_text_and_the_original_stays() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    answered(&app, &number).await;
    let mut officer = app.sign_in(OFFICER).await;
    let here = format!("/kerja/pengaduan/{number}/publikasi");
    let form = officer.get(&here).await;
    assert!(form.text().contains(WORDS), "{}", form.text());
    let fields = |text| {
        [
            ("version", "0"),
            ("title", "Kartu lama jadi"),
            ("text", text),
            ("answer", "Kartu dapat diambil."),
        ]
    };
    // What tells who it is, is named, and nothing is published.
    let telling = format!("{TEXT} Hubungi {NAME}, 0800-0000-0012.");
    let warned = officer.post(&here, &fields(&telling)).await;
    assert_eq!(warned.status, 422);
    let signs = warned.texts("#tanda li").join(" ");
    assert!(
        signs.contains("nomor telepon") && signs.contains("nama pelapor"),
        "{signs}"
    );
    let preview = officer
        .post(&format!("{here}/pratinjau"), &fields(TEXT))
        .await;
    assert!(preview.texts("#pratinjau").join(" ").contains(TEXT));
    let list = app.browser().get("/pengaduan/publik").await;
    assert!(!list.text().contains("Kartu lama jadi"));
    assert_eq!(officer.post(&here, &fields(TEXT)).await.status, 303);
    let mut citizen = app.browser();
    let list = citizen
        .get("/pengaduan/publik?q=perekaman&progress=answered")
        .await;
    let page = list.attribute(".list a", "href").unwrap();
    let page = citizen.get(&page).await;
    let text = page.text();
    assert!(
        text.contains(TEXT) && text.contains("Kartu dapat diambil."),
        "{text}"
    );
    for inside in [NAME, WORDS, &number, "bungaran"] {
        assert!(!page.body.contains(inside), "{inside}");
    }
    // The complaint itself is as it was.
    let case = officer.get(&format!("/kerja/pengaduan/{number}")).await;
    assert!(case.text().contains(WORDS) && case.text().contains("Dipublikasikan"));
    let none = citizen
        .get("/pengaduan/publik?q=perekaman&progress=waiting")
        .await;
    assert!(none.text().contains("Tidak ada yang sesuai"));
}

#[tokio::test]
async fn what_is_withdrawn_by_the_office_or_the_citizen_is_gone() {
    let app = TestApp::new().await;
    let one = filed(&app, false, false).await;
    assert_eq!(publication(&app, &one.complaint.number, TEXT).await, 303);
    let mut citizen = app.browser();
    let page = citizen.get("/pengaduan/publik").await;
    let page = page.attribute(".list a", "href").unwrap();
    let mut officer = app.sign_in(OFFICER).await;
    let here = format!("/kerja/pengaduan/{}/publikasi", one.complaint.number);
    officer.get(&here).await;
    let tell = |version, reason| [("version", version), ("reason", reason)];
    let away = format!("{here}/tarik");
    // Without a reason, and over another version, it stays.
    assert_eq!(officer.post(&away, &tell("1", "")).await.status, 422);
    assert_eq!(
        officer.post(&away, &tell("7", "Salah naskah")).await.status,
        409
    );
    assert_eq!(citizen.get(&page).await.status, 200);
    assert_eq!(
        officer.post(&away, &tell("1", "Salah naskah")).await.status,
        303
    );
    assert_eq!(citizen.get(&page).await.status, 404);
    let data = citizen.get("/data/complaints.json").await.json();
    assert_eq!(data["cases"].as_array().unwrap().len(), 0);
    assert!(officer.get(&here).await.text().contains("Salah naskah"));
    // A second officer who still has the old form is told.
    let old = [
        ("version", "1"),
        ("title", "Kartu lama jadi"),
        ("text", TEXT),
    ];
    assert_eq!(officer.post(&here, &old).await.status, 409);
    // Published again, and then withdrawn by the citizen.
    let again = [
        ("version", "2"),
        ("title", "Kartu lama jadi"),
        ("text", TEXT),
    ];
    assert_eq!(officer.post(&here, &again).await.status, 303);
    assert_eq!(citizen.get(&page).await.status, 200);
    let mut program = crate::complaints::program(&app, OFFICER).await;
    let withdrawn = program
        .api(
            poem::http::Method::POST,
            &format!("/api/v1/complaints/{}/withdraw", one.complaint.number),
            Some(serde_json::json!({ "text": "Warga mencabut pengaduannya." })),
        )
        .await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.body);
    app.run_jobs().await;
    assert_eq!(citizen.get(&page).await.status, 404);
}

/// FixMyStreet #2378: what is late is marked for everybody; the day of receipt is not told.
#[tokio::test]
async fn everybody_sees_that_an_answer_is_overdue() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assert_eq!(publication(&app, &number, TEXT).await, 303);
    let mut citizen = app.browser();
    let list = citizen.get("/pengaduan/publik").await;
    assert!(!list.text().contains("Lewat batas jawaban"));
    assert!(list.text().contains("Maret 2026") && !list.text().contains("17 Maret"));
    app.advance(chrono::Duration::days(14));
    let list = citizen.get("/pengaduan/publik").await;
    assert!(
        list.text().contains("Lewat batas jawaban"),
        "{}",
        list.text()
    );
    let page = list.attribute(".list a", "href").unwrap();
    assert!(
        citizen
            .get(&page)
            .await
            .text()
            .contains("Lewat batas jawaban")
    );
}

#[tokio::test]
async fn what_is_confidential_is_never_published() {
    let app = TestApp::new().await;
    let number = filed(&app, false, true).await.complaint.number;
    assert_eq!(publication(&app, &number, TEXT).await, 422);
    let mut handler = app.sign_in(HANDLER).await;
    let other = filed(&app, false, false).await.complaint.number;
    crate::complaints::assigned(&app, &other, "fasilitasi").await;
    handler.get("/kerja").await;
    let here = format!("/kerja/pengaduan/{other}/publikasi");
    assert_eq!(handler.get(&here).await.status, 403);
}

/// An officer must not find out who is behind an anonymous complaint by trying names.
#[tokio::test]
async fn the_check_tells_nothing_of_an_anonymous_voice() {
    let app = TestApp::new().await;
    let number = filed(&app, true, false).await.complaint.number;
    let text = format!("{TEXT} Saya bungaran.");
    assert_eq!(publication(&app, &number, &text).await, 303);
}

#[tokio::test]
async fn cases_like_mine_are_found_before_i_file() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assert_eq!(publication(&app, &number, TEXT).await, 303);
    let db = &app.app.db;
    let unit = organisation::unit_by_code(db, UNIT).await.unwrap().id;
    let similar = rembuk::complaints::knowing::published::similar;
    for (words, found) in [
        ("perekaman kartunya", 1),
        ("perekaman yang berbeda", 1),
        ("antrean loket", 0),
        ("yg di", 0),
        ("lama sekali", 0),
        ("pendingin ruang tunggu lama sekali mati", 0),
        ("100% _ \\", 0),
    ] {
        assert_eq!(
            similar(db, unit, words).await.unwrap().len(),
            found,
            "{words}"
        );
    }
}
