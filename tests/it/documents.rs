//! Promises of the register: a paper can be verified by anybody, and files are taken in with care.

use chrono::Duration;
use rembuk::{
    access::{create_token, person_by_email},
    documents::{self, Document, Kind, New, uploads},
    organisation::{self, UnitId},
};

use crate::support::{Browser, TestApp};

const OFFICER: &str = "petugas.kaltim@rembuk.example";
const PDF: &[u8] = b"%PDF-1.7\n% undangan\n";

async fn kaltim(app: &TestApp) -> UnitId {
    organisation::unit_by_code(&app.app.db, "disdukcapil-kaltim")
        .await
        .unwrap()
        .id
}

/// Issues a document about the thing of this id.
async fn issue(app: &TestApp, about: uuid::Uuid, bytes: &[u8]) -> Document {
    let new = New {
        unit: kaltim(app).await,
        kind: Kind::BeritaAcara,
        number: Some("400.12/218/Disdukcapil-I".to_owned()),
        subject: "Forum Konsultasi Publik, 28 Oktober 2025".to_owned(),
        about_kind: "forum",
        about_id: about,
        bytes: bytes.to_vec(),
        verification_code: documents::new_code(),
        restricted: false,
        issuer: None,
        supersedes: None,
    };
    let stored = documents::put(&app.app, new).await.unwrap();
    let tx = app.app.db.begin_write().await.unwrap();
    let document = documents::issue(&tx, &app.ctx(), stored).await.unwrap();
    tx.commit().await.unwrap();
    document
}

#[tokio::test]
async fn anybody_with_the_code_learns_what_a_document_is() {
    let app = TestApp::new().await;
    let document = issue(&app, uuid::Uuid::now_v7(), PDF).await;
    let mut browser = app.browser();
    browser.get("/verifikasi").await;
    let typed = documents::grouped_code(&document.verification_code).to_lowercase();
    let answer = browser
        .post("/verifikasi", &[("code", &format!(" {typed} "))])
        .await;
    assert_eq!(
        answer.location(),
        format!("/verifikasi/{}", document.verification_code)
    );
    let page = browser.follow(&answer).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.texts("h1"), ["Berita Acara"]);
    for told in [
        "400.12/218/Disdukcapil-I",
        "Forum Konsultasi Publik, 28 Oktober 2025",
        "Dinas Kependudukan dan Pencatatan Sipil Provinsi Kalimantan Timur",
        "Selasa, 17 Maret 2026 pukul 10.00 WITA",
        &document.sha256,
    ] {
        assert!(page.text().contains(told), "{told} is missing");
    }
    assert!(
        documents::verification_url(&app.app, &document.verification_code)
            .ends_with(&format!("/verifikasi/{}", document.verification_code))
    );
}

#[tokio::test]
async fn a_file_is_compared_to_the_last_byte() {
    let app = TestApp::new().await;
    let document = issue(&app, uuid::Uuid::now_v7(), PDF).await;
    let path = format!("/verifikasi/{}", document.verification_code);
    let mut browser = app.browser();
    browser.get(&path).await;
    let same = browser.post_file(&path, &[], ("file", "ba.pdf", PDF)).await;
    assert_eq!(same.status, 200);
    assert!(same.text().contains("Sama persis"), "{}", same.text());
    let mut altered = PDF.to_vec();
    altered.push(b' ');
    let other = browser
        .post_file(&path, &[], ("file", "ba.pdf", &altered))
        .await;
    assert!(other.text().contains("TIDAK sama"));
    assert!(!other.text().contains("Sama persis"));
    let none = browser.post(&path, &[]).await;
    assert_eq!(none.status, 422);
    assert!(none.text().contains("Pilih berkas PDF"));
}

#[tokio::test]
async fn a_correction_is_a_new_version_and_the_old_paper_says_so() {
    let app = TestApp::new().await;
    let about = uuid::Uuid::now_v7();
    let first = issue(&app, about, PDF).await;
    app.advance(Duration::days(1));
    let second = issue(&app, about, b"%PDF-1.7\n% perbaikan\n").await;
    assert_eq!((first.version, second.version), (1, 2));
    assert_eq!(second.supersedes, Some(first.id));
    let db = &app.app.db;
    let latest = documents::latest(db, "forum", about, Kind::BeritaAcara)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(latest.id, second.id);
    assert_eq!(documents::bytes(&app.app, &first).await.unwrap(), PDF);

    let mut browser = app.browser();
    let old = browser
        .get(&format!("/verifikasi/{}", first.verification_code))
        .await;
    assert!(old.text().contains("sudah diganti dengan versi 2"));
    assert_eq!(
        old.attribute(".notice a", "href").unwrap(),
        format!("/verifikasi/{}", second.verification_code)
    );
    let path = format!("/verifikasi/{}", second.verification_code);
    let new = browser.get(&path).await;
    assert!(new.text().contains("menggantikan versi 1"));
    let brought = browser.post_file(&path, &[], ("file", "ba.pdf", PDF)).await;
    assert!(brought.text().contains("TIDAK sama"));
    assert!(brought.text().contains("Berita Acara, versi 1"));
}

#[tokio::test]
async fn a_file_without_a_code_is_found_or_called_strange() {
    let app = TestApp::new().await;
    issue(&app, uuid::Uuid::now_v7(), PDF).await;
    let mut browser = app.browser();
    browser.get("/verifikasi").await;
    let known = browser
        .post_file("/verifikasi/berkas", &[], ("file", "x.pdf", PDF))
        .await;
    assert!(known.text().contains("Sama persis"));
    let strange = browser
        .post_file(
            "/verifikasi/berkas",
            &[],
            ("file", "x.pdf", b"%PDF-1.7 palsu"),
        )
        .await;
    assert!(
        strange
            .text()
            .contains("TIDAK sama dengan dokumen mana pun")
    );
}

#[tokio::test]
async fn a_misread_code_is_helped() {
    let app = TestApp::new().await;
    let mut browser = app.browser();
    browser.get("/verifikasi").await;
    for (typed, told) in [
        ("", "Isi bagian ini"),
        ("K7QM4", "yang Anda ketik 5"),
        ("K7QM4-XPD9O", "tidak pernah memuat “O”"),
        ("K7QM4-XPD92", "Tidak ada dokumen dengan kode ini"),
        ("<script>ab", "tidak pernah memuat"),
    ] {
        let page = browser.post("/verifikasi", &[("code", typed)]).await;
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.text().contains(told), "{typed}: {}", page.text());
        assert_eq!(page.attribute("#f-code", "value").as_deref(), Some(typed));
    }
    let page = browser.get("/verifikasi/K7QM4XPD92").await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains("Bedakan B dan 8"));
}

#[tokio::test]
async fn guessing_codes_is_slowed_down() {
    let app = TestApp::new().await;
    let document = issue(&app, uuid::Uuid::now_v7(), PDF).await;
    let mut browser = app.browser();
    for _ in 0..30 {
        assert_eq!(browser.get("/verifikasi/K7QM4XPD92").await.status, 404);
    }
    let known = format!("/verifikasi/{}", document.verification_code);
    assert_eq!(browser.get("/verifikasi/K7QM4XPD92").await.status, 429);
    assert_eq!(
        browser.get(&known).await.status,
        200,
        "what others of the same office guessed does not close a true code"
    );
    app.advance(Duration::minutes(16));
    assert_eq!(browser.get(&known).await.status, 200);
}

#[tokio::test]
async fn a_document_is_typeset_once_and_kept_as_it_is() {
    let app = TestApp::new().await;
    let sample: serde_json::Value = serde_json::from_str(include_str!(
        "../../document_templates/samples/schedule.json"
    ))
    .unwrap();
    let bytes = documents::render(&app.app, Kind::Schedule, &sample, app.now())
        .await
        .unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    let document = issue(&app, uuid::Uuid::now_v7(), &bytes).await;
    assert_eq!(documents::bytes(&app.app, &document).await.unwrap(), bytes);
    assert_eq!(document.size, i64::try_from(bytes.len()).unwrap());
}

async fn program<'a>(app: &'a TestApp, email: &str) -> Browser<'a> {
    let person = person_by_email(&app.app.db, email).await.unwrap().unwrap();
    let token = create_token(&app.ctx(), person, "uji", true).await.unwrap();
    let mut program = app.browser();
    program
        .headers
        .push(("authorization".into(), format!("Bearer {token}")));
    program
}

#[tokio::test]
async fn a_member_of_staff_hands_in_a_file_and_its_name_is_made_harmless() {
    let app = TestApp::new().await;
    let mut sender = program(&app, OFFICER).await;
    let answer = sender
        .post_file("/api/v1/files", &[], ("file", "../Bukti rapat.PDF", PDF))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let file = answer.json();
    assert_eq!(
        (
            file["name"].as_str(),
            file["size"].as_u64(),
            file["content_type"].as_str()
        ),
        (
            Some("Bukti rapat.pdf"),
            Some(PDF.len() as u64),
            Some("application/pdf")
        )
    );
}

#[tokio::test]
async fn files_that_could_harm_are_refused() {
    let app = TestApp::new().await;
    let mut sender = program(&app, OFFICER).await;
    for (name, bytes) in [
        ("foto.jpg", &b"<!DOCTYPE html><script>alert(1)</script>"[..]),
        (
            "logo.png",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
        ),
        ("surat.pdf", b"MZ\x90\0\x03\0\0\0\x04"),
        ("catatan.pdf", b"hanya teks"),
        ("kosong.pdf", b""),
    ] {
        let answer = sender
            .post_file("/api/v1/files", &[], ("file", name, bytes))
            .await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.body);
        assert_eq!(
            answer.json()["errors"][0]["field"],
            "file",
            "{}",
            answer.body
        );
    }
    let huge = vec![b'x'; 11 * 1024 * 1024];
    let answer = sender
        .post_file("/api/v1/files", &[], ("file", "besar.pdf", &huge))
        .await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn only_who_may_hands_in_files_and_only_to_their_unit() {
    let app = TestApp::new().await;
    let pdf = ("file", "a.pdf", PDF);
    let answer = app.browser().post_file("/api/v1/files", &[], pdf).await;
    assert_eq!(answer.status, 401);
    for role in ["pengawas@rembuk.example", "admin.sistem@rembuk.example"] {
        let mut sender = program(&app, role).await;
        let answer = sender.post_file("/api/v1/files", &[], pdf).await;
        assert_eq!(answer.status, 403, "{role}");
    }
    let mut officer = program(&app, OFFICER).await;
    for (unit, status) in [
        ("disdukcapil-kaltim", 201),
        ("disdukcapil-sulsel", 403),
        ("tidak-ada", 404),
    ] {
        let answer = officer
            .post_file("/api/v1/files", &[("unit", unit)], pdf)
            .await;
        assert_eq!(answer.status, status, "{unit}");
    }
}

#[tokio::test]
async fn a_file_serves_one_thing_of_its_own_unit() {
    let app = TestApp::new().await;
    let ctx = app.ctx();
    let here = kaltim(&app).await;
    let there = organisation::unit_by_code(&app.app.db, "disdukcapil-sulsel")
        .await
        .unwrap()
        .id;
    let first = uploads::store(&ctx, here, "a.pdf", PDF.to_vec())
        .await
        .unwrap();
    let second = uploads::store(&ctx, here, "b.pdf", PDF.to_vec())
        .await
        .unwrap();
    let tx = app.app.db.begin_write().await.unwrap();
    assert!(uploads::attach(&tx, there, &[first]).await.is_err());
    let files = uploads::attach(&tx, here, &[second, first]).await.unwrap();
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["b.pdf", "a.pdf"]);
    assert!(
        uploads::attach(&tx, here, &[first]).await.is_err(),
        "it is in use"
    );
    tx.commit().await.unwrap();
    let kept = uploads::get(&app.app.db, first).await.unwrap();
    assert!(kept.attached);
}
