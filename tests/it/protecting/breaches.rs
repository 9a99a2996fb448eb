//! A breach is found, and three times 24 hours run until people and authority were told.

use super::*;
use crate::{
    attendance::pdf_text,
    complaints::{HANDLER, HEAD},
};

const NEW: &str = "/kerja/pelanggaran-data/baru";

fn fields() -> Vec<(&'static str, &'static str)> {
    vec![
        ("title", "Daftar hadir terkirim ke alamat salah"),
        ("found_on", "2026-03-16"),
        ("found_time", "20.00"),
        (
            "what_happened",
            "Daftar hadir rapat terkirim ke alamat surel yang salah.",
        ),
        ("data_kinds", "Nama dan nomor telepon"),
        ("whose", "Peserta forum contoh"),
        ("people", "7351"),
        ("risk", ""),
        ("measures", ""),
    ]
}

fn version(page: &Answer) -> String {
    page.attribute("input[name=version]", "value").unwrap()
}

#[tokio::test]
async fn a_breach_keeps_its_clock_its_log_and_its_notices() {
    let app = TestApp::new().await;
    let mut head = app.sign_in(HEAD).await;
    head.get(NEW).await;
    let mut future = fields();
    future[1] = ("found_on", "2026-03-18");
    assert_eq!(head.post(NEW, &future).await.status, 422);
    let answer = head.post(NEW, &fields()).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let path = answer.location().to_owned();
    let page = head.follow(&answer).await;
    // Found yesterday at 20.00; now it is 10.00: 58 of the 72 hours are left.
    assert!(page.text().contains("58 jam lagi"), "{}", page.text());
    let letter = head.get(&format!("{path}/pemberitahuan-orang.pdf")).await;
    let words = pdf_text(&letter.bytes);
    assert!(
        words.contains("Pasal 46") && words.contains("Nama dan nomor telepon"),
        "{words}"
    );
    assert!(!words.contains("7.351"), "how many is for the authority");
    let authority = head.get(&format!("{path}/pemberitahuan-lembaga.pdf")).await;
    assert!(pdf_text(&authority.bytes).contains("7.351"));
    let mut changed = fields();
    changed[6] = ("people", "7352");
    let old = version(&page);
    changed.push(("version", &old));
    let page = done(&mut head, &path, &changed).await;
    assert!(
        page.text().contains("7351 → 7352"),
        "the log keeps what it was: {}",
        page.text()
    );
    assert_eq!(
        head.post(&path, &changed).await.status,
        409,
        "the second is told"
    );
    // Past its hours, with nobody told: the head sees it at once, and got a mail.
    app.app.clock.set("2026-03-19T13:00:00Z".parse().unwrap());
    rembuk::privacy::watch(&app.app).await.unwrap();
    app.run_jobs().await;
    let mails = app.mails();
    let late = mails
        .iter()
        .filter(|mail| String::from_utf8_lossy(mail).contains("TERLAMBAT"));
    assert!(late.count() >= 2, "officer and head");
    let mut head = app.sign_in(HEAD).await;
    let hub = head.get("/kerja/pelindungan").await;
    assert!(hub.text().contains("Terlambat 1 jam"), "{}", hub.text());
    for whom in ["persons", "authority"] {
        let page = head.get(&path).await;
        let seen = version(&page);
        let told = [
            ("version", seen.as_str()),
            ("whom", whom),
            ("told_on", "2026-03-19"),
            ("told_time", "21:00"),
            ("how", "Surel dan surat nomor contoh"),
        ];
        done(&mut head, &format!("{path}/diberitahu"), &told).await;
    }
    let hub = head.get("/kerja/pelindungan").await;
    assert!(hub.text().contains("Semua diberi tahu"), "{}", hub.text());
    let seen = version(&head.get(&path).await);
    let closing = [
        ("version", seen.as_str()),
        ("closing", "Alamat diperiksa dua orang sejak itu."),
    ];
    let page = done(&mut head, &format!("{path}/tutup"), &closing).await;
    for act in [
        "Dicatat",
        "Fakta diperbarui",
        "Orang diberi tahu",
        "Lembaga diberi tahu",
        "Ditutup",
    ] {
        assert!(page.text().contains(act), "{act}");
    }
    let refused = head
        .post(
            &format!("{path}/catatan"),
            &[("version", "5"), ("note", "Terlambat menambah")],
        )
        .await;
    assert!(matches!(refused.status, 409 | 422), "{}", refused.status);
    assert_eq!(app.sign_in(HANDLER).await.get(&path).await.status, 403);
    let other = app
        .sign_in("petugas.sulsel@rembuk.example")
        .await
        .get(&path)
        .await;
    assert_eq!(other.status, 404, "another unit knows nothing of it");
}

#[tokio::test]
async fn the_clock_of_a_breach_moves_on_only_with_a_reason_and_the_first_moment_stays() {
    let app = TestApp::new().await;
    let mut head = app.sign_in(HEAD).await;
    head.get(NEW).await;
    let answer = head.post(NEW, &fields()).await;
    let path = answer.location().to_owned();
    let page = head.follow(&answer).await;
    let seen = version(&page);
    let mut later = fields();
    later[1] = ("found_on", "2026-03-17");
    later[2] = ("found_time", "08.00");
    later.push(("version", &seen));
    let refused = head.post(&path, &later).await;
    assert_eq!(refused.status, 422, "a later moment wants its reason");
    later.push(("found_reason", "Tanggal pada laporan pertama keliru"));
    let page = done(&mut head, &path, &later).await;
    let words = page.text();
    for said in [
        "Semula Kamis, 19 Maret 2026",
        "16 Maret 2026 pukul 20.00",
        "Tanggal pada laporan pertama keliru",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!words.contains("UTC"), "{words}");
    app.run_jobs().await;
    let mails = app.mails();
    assert!(
        !mails.is_empty(),
        "everybody who may act on it hears of a new one"
    );
    let seen = version(&page);
    let words = "Tidak ada yang dirugikan menurut pemeriksaan.";
    let closing = [("version", seen.as_str()), ("closing", words)];
    let refused = head.post(&format!("{path}/tutup"), &closing).await;
    assert_eq!(refused.status, 422, "nobody was told");
    let knows = [closing[0], closing[1], ("untold", "true")];
    let page = done(&mut head, &format!("{path}/tutup"), &knows).await;
    assert!(
        page.text().contains("tidak semua diberi tahu"),
        "{}",
        page.text()
    );
    let list = head.get("/kerja/pelindungan").await.text();
    assert!(list.contains("tidak semua diberi tahu"), "{list}");
}
