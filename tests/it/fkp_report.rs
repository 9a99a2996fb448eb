//! Promises of the report: whole from the first day, frozen when issued, one copy for everybody without
//! personal data, sent with a trace.

use std::io::{Cursor, Read as _};

use rembuk::{
    audit,
    documents::{self, Document, Kind},
    forums::{self, Forum, Stage},
};

use crate::{
    attendance::{HANDLER, ORGANISER, STRANGER, forum, pdf_text, program},
    berita_acara::locked,
    support::{Browser, TestApp, browser::Answer},
};

const HEAD: &str = "kepala.kaltim@rembuk.example";

pub fn at(forum: &Forum, step: &str) -> String {
    format!("/kerja/forum/{}/laporan{step}", forum.id)
}

pub async fn issue(browser: &mut Browser<'_>, forum: &Forum, version: &str, day: &str) -> Answer {
    browser.get(&at(forum, "")).await;
    let fields = [
        ("number", "400/9/2026"),
        ("dated_on", day),
        ("version", version),
        ("without_letter", "true"),
    ];
    browser.post(&at(forum, "/terbitkan"), &fields).await
}

async fn paper(app: &TestApp, forum: &Forum, kind: Kind) -> Option<Document> {
    documents::latest(&app.app.db, "forum", forum.id.0, kind)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_report_is_whole_before_anybody_wrote_and_says_what_is_missing() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-L1").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let page = browser.get(&at(&forum, "")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let text = page.text();
    for part in [
        "KATA PENGANTAR",
        "BAB I PENDAHULUAN",
        "BAB II METODOLOGI",
        "BAB III HASIL",
        "BAB IV PENUTUP",
        "Selasa, 17 Maret 2026",
        "2 (dua) masukan",
        "10 dari 10 naskah bebas",
        "Berita Acara belum dikunci",
        "Surat undangan belum diterbitkan",
    ] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    let refused = issue(&mut browser, &forum, "0", "2026-03-17").await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Kunci Berita Acara lebih dahulu"));
    assert!(paper(&app, &forum, Kind::Report).await.is_none());
    let preview = browser.get(&at(&forum, "/pratinjau.pdf")).await;
    let text = pdf_text(&preview.bytes);
    assert!(
        text.contains("PRATINJAU") && text.contains("LAMPIRAN 7"),
        "{text}"
    );
}

#[tokio::test]
async fn a_free_text_is_written_beside_its_place_and_the_second_editor_keeps_what_he_typed() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-L2").await;
    let mut first = app.sign_in(ORGANISER).await;
    let mut second = app.sign_in(ORGANISER).await;
    let path = at(&forum, "/naskah/analysis");
    first.get(&path).await;
    second.get(&path).await;
    let saved = first
        .post(&path, &[("text", "Analisis pertama."), ("version", "0")])
        .await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let told = second
        .post(&path, &[("text", "Analisis kedua."), ("version", "0")])
        .await;
    assert_eq!(told.status, 409);
    let text = told.text();
    assert!(
        text.contains("Analisis pertama.") && text.contains("Analisis kedua."),
        "{text}"
    );
    let version = told.attribute("input[name=version]", "value").unwrap();
    let merged = [("text", "Analisis bersama."), ("version", version.as_str())];
    assert_eq!(second.post(&path, &merged).await.status, 303);
    let page = first.get(&at(&forum, "")).await.text();
    assert!(
        page.contains("Analisis bersama.") && page.contains("9 dari 10"),
        "{page}"
    );

    for (typed, told) in [("", "Isi bagian ini"), ("<b>tebal</b>", "<")] {
        let refused = first
            .post(&path, &[("text", typed), ("version", "2")])
            .await;
        assert_eq!(refused.status, 422, "{typed}");
        assert!(refused.text().contains(told), "{}", refused.text());
    }
    let back = first
        .post(&format!("{path}/bawaan"), &[("version", "2")])
        .await;
    assert_eq!(back.status, 303, "{}", back.text());
    assert!(
        first
            .get(&at(&forum, ""))
            .await
            .text()
            .contains("10 dari 10")
    );
    assert_eq!(first.get(&at(&forum, "/naskah/lain")).await.status, 404);
}

#[tokio::test]
async fn an_issued_report_is_frozen_and_its_correction_names_it() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-L3").await;
    let mut browser = locked(&app, &forum).await;
    for (day, told) in [
        ("2026-03-16", "sebelum hari forum"),
        ("2026-03-18", "masa depan"),
        ("bukan", "tanggal"),
    ] {
        let refused = issue(&mut browser, &forum, "0", day).await;
        assert_eq!(refused.status, 422, "{day}");
        assert!(
            refused.text().to_lowercase().contains(told),
            "{day}: {}",
            refused.text()
        );
    }
    let issued = issue(&mut browser, &forum, "0", "2026-03-17").await;
    assert_eq!(issued.status, 303, "{}", issued.text());
    let twice = issue(&mut browser, &forum, "0", "2026-03-17").await;
    assert_eq!(twice.status, 409, "pressed twice, issued once");
    let first = paper(&app, &forum, Kind::Report).await.unwrap();
    let public = paper(&app, &forum, Kind::ReportPublic).await.unwrap();
    assert_eq!((first.version, public.version), (1, 1));
    assert!(first.restricted && !public.restricted);
    let held = forums::by_id(&app.app.db, forum.id).await.unwrap();
    assert_eq!(held.stage, Stage::FollowUp);

    let bytes = documents::bytes(&app.app, &first).await.unwrap();
    let text = pdf_text(&bytes);
    assert!(
        text.contains(&documents::grouped_code(&first.verification_code)),
        "{text}"
    );
    assert!(
        text.contains("0800-0000-0072") && text.contains("3 (tiga) orang"),
        "{text}"
    );
    let masked = pdf_text(&documents::bytes(&app.app, &public).await.unwrap());
    assert!(
        !masked.contains("0800-0000-0072") && masked.contains("0800-••••-••72"),
        "{masked}"
    );

    let path = at(&forum, "/naskah/analysis");
    browser.get(&path).await;
    browser
        .post(
            &path,
            &[("text", "Analisis yang diperbaiki."), ("version", "0")],
        )
        .await;
    assert_eq!(documents::bytes(&app.app, &first).await.unwrap(), bytes);
    app.advance(chrono::Duration::hours(1));
    let again = issue(&mut browser, &forum, "1", "2026-03-17").await;
    assert_eq!(again.status, 303, "{}", again.text());
    let second = paper(&app, &forum, Kind::Report).await.unwrap();
    assert_eq!((second.version, second.supersedes), (2, Some(first.id)));
    let text = pdf_text(&documents::bytes(&app.app, &second).await.unwrap());
    assert!(text.contains("Versi 2, menggantikan versi 1"), "{text}");
    assert!(text.contains("Analisis yang diperbaiki."), "{text}");
    let verified = app
        .browser()
        .get(&format!("/verifikasi/{}", first.verification_code))
        .await;
    assert!(verified.text().contains("diganti dengan versi 2"));
}

/// The files inside a PDF, by the tool of Poppler.
pub fn attached(bytes: &[u8]) -> Vec<Vec<u8>> {
    let folder = std::env::temp_dir().join(format!("rembuk-test-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("report.pdf");
    std::fs::write(&file, bytes).unwrap();
    let out = folder.join("out");
    std::fs::create_dir(&out).unwrap();
    std::process::Command::new("pdfdetach")
        .args([
            "-saveall",
            "-o",
            out.to_str().unwrap(),
            file.to_str().unwrap(),
        ])
        .output()
        .unwrap();
    let files = std::fs::read_dir(&out).unwrap();
    let files = files
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .collect();
    std::fs::remove_dir_all(&folder).unwrap();
    files
}

#[tokio::test]
async fn the_issued_papers_travel_inside_the_report_byte_by_byte_and_the_bundle_has_all() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-L4").await;
    let mut browser = locked(&app, &forum).await;
    issue(&mut browser, &forum, "0", "2026-03-17").await;
    let report = paper(&app, &forum, Kind::Report).await.unwrap();
    let record = paper(&app, &forum, Kind::BeritaAcara).await.unwrap();
    let inside = attached(&documents::bytes(&app.app, &report).await.unwrap());
    let original = documents::bytes(&app.app, &record).await.unwrap();
    assert!(inside.contains(&original), "{} files inside", inside.len());

    let mut program = program(&app, ORGANISER).await;
    let base = format!("/api/v1/forums/{}/documents", forum.id);
    for name in ["report.pdf", "report-public.pdf"] {
        let answer = program.get(&format!("{base}/{name}")).await;
        assert_eq!(answer.status, 200, "{name}: {}", answer.body);
        assert!(answer.bytes.starts_with(b"%PDF"));
    }
    let docx = program.get(&format!("{base}/report.docx")).await;
    assert_eq!(docx.status, 200);
    let words = member(&docx.bytes, "word/document.xml");
    for part in [
        "BAB III",
        "PAGEREF",
        "400/1/2026",
        "Umumkan persyaratan",
        "w:tbl",
    ] {
        assert!(words.contains(part), "{part} is missing");
    }
    let bundle = program.get(&format!("{base}/bundle.zip")).await;
    assert_eq!(bundle.status, 200);
    let manifest: serde_json::Value =
        serde_json::from_str(&member(&bundle.bytes, "manifest.json")).unwrap();
    let files = manifest["files"].as_array().unwrap();
    let names: Vec<&str> = files
        .iter()
        .filter_map(|file| file["name"].as_str())
        .collect();
    for name in [
        "daftar-hadir-internal-v1.pdf",
        "daftar-hadir-v1.pdf",
        "berita-acara-v1.pdf",
        "laporan-v1.pdf",
        "laporan-umum-v1.pdf",
        "daftar-hadir.xlsx",
        "laporan.docx",
    ] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    for file in files {
        let bytes = raw_member(&bundle.bytes, file["name"].as_str().unwrap());
        assert_eq!(file["sha256"], rembuk::platform::crypto::sha256_hex(&bytes));
    }
}

pub fn raw_member(archive: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut bytes = Vec::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

pub fn member(archive: &[u8], name: &str) -> String {
    String::from_utf8(raw_member(archive, name)).unwrap()
}

#[tokio::test]
async fn only_the_office_reads_what_holds_telephone_numbers() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-L5").await;
    let mut organiser = locked(&app, &forum).await;
    // The list is closed, but nothing of the forum was published.
    let list = format!("/forum/{}/attendance.pdf", forum.id);
    assert_eq!(app.browser().get(&list).await.status, 404);
    issue(&mut organiser, &forum, "0", "2026-03-17").await;
    let base = format!("/kerja/forum/{}", forum.id);
    let closed = [
        at(&forum, "/pratinjau.pdf"),
        at(&forum, "/laporan.docx"),
        at(&forum, "/berkas.zip"),
        format!("{base}/dokumen/report.pdf"),
    ];
    for (who, status) in [(HEAD, 200), (HANDLER, 403), (STRANGER, 404)] {
        let mut browser = app.sign_in(who).await;
        for path in &closed {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, status, "{who} {path}");
        }
    }
    let mut handler = app.sign_in(HANDLER).await;
    let open = handler
        .get(&format!("{base}/dokumen/report-public.pdf"))
        .await;
    assert_eq!(open.status, 200);
    let everybody = app
        .browser()
        .get(&format!("/forum/{}/report-public.pdf", forum.id))
        .await;
    assert_eq!(everybody.status, 200, "{}", everybody.body);
    let published = app.browser().get(&list).await.status;
    assert_eq!(published, 200, "masked, with the report it is in");
    let public = app.browser().get(&format!("/forum/{}", forum.id)).await;
    assert!(
        public
            .text()
            .contains("Daftar hadir (tanpa nomor telepon dan tanda tangan)")
    );
    let refused = app
        .browser()
        .get(&format!("/forum/{}/report.pdf", forum.id))
        .await;
    assert_eq!(refused.status, 404);
    let report = paper(&app, &forum, Kind::Report).await.unwrap();
    let history = audit::history(&app.app.db, "document", report.id.0)
        .await
        .unwrap();
    let read = history
        .iter()
        .filter(|entry| entry.verb == "document.restricted_read");
    assert_eq!(
        read.count(),
        1,
        "who read the office's copy is written down"
    );
}

pub async fn send(browser: &mut Browser<'_>, forum: &Forum, seen: &str, address: &str) -> Answer {
    browser.get(&at(forum, "")).await;
    let fields = [
        ("to_name", "Kepala Biro Contoh"),
        ("to_address", address),
        ("note", "Mohon arahan."),
        ("seen", seen),
    ];
    browser.post(&at(forum, "/kirim"), &fields).await
}

#[tokio::test]
async fn the_report_goes_to_the_office_above_once_and_the_register_says_so() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-L6").await;
    let mut browser = locked(&app, &forum).await;
    let early = send(&mut browser, &forum, "0", "biro@kaltim.example").await;
    assert_eq!(early.status, 422);
    assert!(early.text().contains("Laporan belum diterbitkan"));
    issue(&mut browser, &forum, "0", "2026-03-17").await;
    let page = browser.get(&at(&forum, "")).await;
    assert_eq!(
        page.attribute("#f-to_address", "value").as_deref(),
        Some("humas@setda-kaltim.example"),
        "the office above is proposed"
    );
    for address in ["", "bukan alamat"] {
        let refused = send(&mut browser, &forum, "0", address).await;
        assert_eq!(refused.status, 422, "{address}");
        assert_eq!(
            refused.attribute("#f-to_name", "value").as_deref(),
            Some("Kepala Biro Contoh"),
            "what was typed is kept"
        );
    }
    let sent = send(&mut browser, &forum, "0", "biro@kaltim.example").await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let twice = send(&mut browser, &forum, "0", "biro@kaltim.example").await;
    assert_eq!(
        twice.status,
        303,
        "pressed twice, sent once: {}",
        twice.text()
    );
    let other = send(&mut browser, &forum, "0", "lain@kaltim.example").await;
    assert_eq!(other.status, 409, "what was seen is not what is there");
    assert!(
        browser
            .get(&at(&forum, ""))
            .await
            .text()
            .contains("Menunggu dikirim")
    );
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 1);
    let mail = mail_parser::MessageParser::default()
        .parse(&mails[0])
        .unwrap();
    let text = mail.body_text(0).unwrap();
    assert!(
        text.contains("Mohon arahan.") && text.contains("Kepala Biro Contoh"),
        "{text}"
    );
    let report = paper(&app, &forum, Kind::Report).await.unwrap();
    let bytes = documents::bytes(&app.app, &report).await.unwrap();
    let file = mail.attachments().next().unwrap();
    assert_eq!(file.contents(), bytes, "the issued file itself");
    let page = browser.get(&at(&forum, "")).await.text();
    assert!(
        page.contains("biro@kaltim.example") && page.contains("Terkirim"),
        "{page}"
    );
}

#[tokio::test]
async fn a_report_too_large_for_a_mail_goes_as_a_link_that_ends() {
    let app = TestApp::with(&[("REMBUK__MAIL__LARGEST_ATTACHMENT_KB", "1")]).await;
    let forum = forum(&app, "FKP-L7").await;
    let mut browser = locked(&app, &forum).await;
    issue(&mut browser, &forum, "0", "2026-03-17").await;
    let sent = send(&mut browser, &forum, "0", "biro@kaltim.example").await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    app.run_jobs().await;
    let mails = app.mails();
    let mail = mail_parser::MessageParser::default()
        .parse(&mails[0])
        .unwrap();
    assert_eq!(mail.attachment_count(), 0);
    let text = mail.body_text(0).unwrap().into_owned();
    let link = text.split("/laporan/").nth(1).unwrap();
    let path = format!("/laporan/{}", link.split_whitespace().next().unwrap());
    let answer = app.browser().get(&path).await;
    assert!(answer.bytes.starts_with(b"%PDF"), "{}", answer.status);
    assert_eq!(app.browser().get("/laporan/tebakan").await.status, 404);
    app.advance(chrono::Duration::days(31));
    assert_eq!(app.browser().get(&path).await.status, 404);
}
