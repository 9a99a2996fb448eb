//! Promises of the evidence of a year: what is there is shown before anybody waits, the archive holds exactly that,
//! says what is missing, and gives nobody's telephone number or words away.

use std::io::{Cursor, Read as _};

use calamine::Reader as _;
use poem::http::Method;
use rembuk::platform::crypto::sha256_hex;
use serde_json::Value;
use zip::ZipArchive;

use crate::{
    action_plans::{HEAD, ORGANISER, finished},
    complaints::{NAME, OFFICER, OTHER_OFFICER, UNIT, WORDS, filed, program},
    support::{Answer, PASSWORD, TestApp},
};

const SUPERVISOR: &str = "pengawas@rembuk.example";

async fn demo() -> TestApp {
    let app = TestApp::bare().await;
    let hash = rembuk::access::hash_password(PASSWORD.to_owned())
        .await
        .unwrap();
    rembuk::demo::load(&app.ctx(), &hash).await.unwrap();
    app.run_jobs().await;
    app
}

fn address(year: &str) -> String {
    format!("/api/v1/units/{UNIT}/evidence-bundle{year}")
}

/// Names and bytes of an archive.
fn opened(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().to_owned(), bytes)
        })
        .collect()
}

fn of<'a>(look: &'a Value, number: &str) -> &'a Value {
    let all = look["indicators"].as_array().unwrap();
    all.iter().find(|one| one["number"] == number).unwrap()
}

#[tokio::test]
async fn the_archive_of_a_year_holds_what_the_page_said_and_proves_each_file() {
    let app = demo().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser
        .get(&format!("/kerja/bukti?unit={UNIT}&tahun=2025"))
        .await;
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    assert!(text.contains("Cocokkan dengan peraturan"), "{text}");
    assert!(
        text.contains("Siapkan arsip"),
        "nothing is made yet: {text}"
    );
    // What the office adds by hand is not in the archive, and says so; a recommendation that nobody follows is named.
    for told in [
        "Sebagian: ditambah sendiri",
        "Tidak ada dalam arsip, ditambahkan sendiri oleh kantor: Bukti publikasi maklumat",
        "Belum ada tindakan untuk unsur terendah",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let mut head = program(&app, HEAD).await;
    let look = head.get(&address("?year=2025")).await.json();
    for (number, standing) in [("5", "partly"), ("6", "partly"), ("27", "whole")] {
        assert_eq!(of(&look, number)["standing"], standing, "{look}");
    }
    // The indicator's figure is told, in words and in numbers.
    let followed = &look["recommendations"][0];
    let (all, done) = (&followed["recommended"], &followed["followed_up"]);
    assert!(all.as_u64() > done.as_u64(), "{look}");
    let words = format!("{done} dari {all} rekomendasi sudah ditindaklanjuti");
    assert!(text.contains(&words), "{words}: {text}");
    // Nothing is recorded of the year before: said, with what to do.
    let before = head.get(&address("?year=2024")).await.json();
    let register = of(&before, "27");
    assert_eq!(register["standing"], "missing", "{before}");
    let said = register["missing"].to_string();
    assert!(said.contains("pada tahun 2024"), "{said}");
    let pressed = organiser
        .post("/kerja/bukti", &[("unit", UNIT), ("tahun", "2025")])
        .await;
    assert_eq!(pressed.status, 303, "{}", pressed.text());
    let waiting = organiser.get(pressed.location()).await;
    assert!(waiting.text().contains("0 dari"), "{}", waiting.text());
    app.run_jobs().await;
    let ready = organiser.get(pressed.location()).await;
    let file = ready.attribute("#arsip a.btn-primary", "href").unwrap();
    let archive = organiser.get(&file).await;
    assert_eq!(archive.status, 200);
    let files = opened(&archive.bytes);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..2], ["manifest.json", "DAFTAR-ISI.pdf"]);
    for planned in look["files"].as_array().unwrap() {
        let name = planned["name"].as_str().unwrap();
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    for part in [
        "/berita-acara-v",
        "/daftar-hadir-menurut-unsur.pdf",
        "/notulen-v",
        "/foto-0",
        "standar-pelayanan.pdf",
        "-laporan.pdf",
        "daftar-publikasi-hasil.pdf",
        "persentase-dan-kecepatan.pdf",
    ] {
        assert!(
            names.iter().any(|name| name.contains(part)),
            "{part}: {names:?}"
        );
    }
    let manifest: Value = serde_json::from_slice(&files[0].1).unwrap();
    assert_eq!(manifest["format"], "rembuk/evidence/1");
    let listed = manifest["files"].as_array().unwrap();
    assert_eq!(listed.len(), files.len() - 1);
    for (item, (name, bytes)) in listed.iter().zip(&files[1..]) {
        assert_eq!(item["name"], name.as_str());
        assert_eq!(item["sha256"], sha256_hex(bytes), "{name}");
        assert!(
            !name.starts_with('/') && !name.contains("..") && name.is_ascii(),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_program_gets_the_archive_at_once_and_the_same_within_the_hour() {
    let app = TestApp::new().await;
    finished(&app).await;
    let mut supervisor = program(&app, SUPERVISOR).await;
    let first = supervisor.get(&address(".zip?year=2026")).await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(first.header("content-type"), "application/zip");
    let again = supervisor.get(&address(".zip?year=2026")).await;
    assert_eq!(first.bytes, again.bytes);
    app.advance(chrono::Duration::hours(2));
    let anew = program(&app, HEAD)
        .await
        .get(&address(".zip?year=2026"))
        .await;
    assert_ne!(first.bytes, anew.bytes, "made at another time");
    let names: Vec<String> = opened(&anew.bytes)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert!(
        names.contains(&"4-tindak-lanjut/rencana-dan-realisasi-2026.xlsx".to_owned()),
        "{names:?}"
    );
    // Left alone it has had its time.
    app.advance(chrono::Duration::days(8));
    rembuk::evidence_bundle::sweep(&app.app, app.now())
        .await
        .unwrap();
    let look = program(&app, HEAD)
        .await
        .get(&address("?year=2026"))
        .await
        .json();
    assert_eq!(look["bundle"], Value::Null, "{look}");
}

#[tokio::test]
async fn the_register_of_the_archive_names_nobody_and_quotes_nobody() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let archive = program(&app, HEAD).await.get(&address(".zip")).await;
    assert_eq!(archive.status, 200, "{}", archive.body);
    let files = opened(&archive.bytes);
    let (_, book) = files
        .iter()
        .find(|(name, _)| name.ends_with("buku-register.xlsx"))
        .unwrap();
    let mut book =
        calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(Cursor::new(book.clone())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let words: Vec<String> = range.rows().flatten().map(ToString::to_string).collect();
    let words = words.join("|");
    assert!(words.contains(&number), "{words}");
    for hidden in ["KTP-el belum jadi", WORDS, NAME] {
        assert!(!words.contains(hidden), "{hidden}: {words}");
    }
}

#[tokio::test]
async fn two_who_press_at_once_wait_for_the_same_archive() {
    let app = TestApp::new().await;
    let mut head = program(&app, HEAD).await;
    let first = head.api(Method::POST, &address("?year=2026"), None).await;
    assert_eq!(first.status, 202, "{}", first.body);
    let second = program(&app, ORGANISER)
        .await
        .api(Method::POST, &address("?year=2026"), None)
        .await;
    assert_eq!(first.json()["id"], second.json()["id"]);
    app.run_jobs().await;
    let look = head.get(&address("?year=2026")).await.json();
    let bundle = &look["bundle"];
    assert_eq!(bundle["done"], bundle["total"], "{bundle}");
    assert!(bundle["made_at"].is_string() && bundle["size"].as_i64().unwrap() > 0);
}

#[tokio::test]
async fn nobody_has_to_wait_on_the_page_for_an_archive_that_takes_long() {
    let app = TestApp::new().await;
    let mut head = app.sign_in(HEAD).await;
    head.get("/kerja/bukti").await;
    let pressed = head
        .post("/kerja/bukti", &[("unit", UNIT), ("tahun", "2026")])
        .await;
    assert_eq!(pressed.status, 303, "{}", pressed.text());
    let often = |page: &Answer| page.attribute("#arsip", "hx-trigger");
    let soon = head.get(pressed.location()).await;
    assert_eq!(often(&soon).as_deref(), Some("every 2s"));
    assert!(soon.text().contains("boleh ditutup"), "{}", soon.text());
    app.advance(chrono::Duration::minutes(1));
    let later = head.get(pressed.location()).await;
    assert_eq!(often(&later).as_deref(), Some("every 10s"));
    assert!(later.text().contains("setengah menit"), "{}", later.text());
    app.run_jobs().await;
    let ready = head.get(pressed.location()).await;
    assert_eq!(often(&ready), None, "it is there");
}

#[tokio::test]
async fn who_may_not_see_it_finds_nothing_and_a_year_ahead_has_no_evidence() {
    let app = TestApp::new().await;
    let other = program(&app, OTHER_OFFICER).await.get(&address("")).await;
    assert!(matches!(other.status, 403 | 404), "{}", other.body);
    let officer = program(&app, OFFICER).await.get(&address(".zip")).await;
    assert_eq!(officer.status, 403, "{}", officer.body);
    let mut head = program(&app, HEAD).await;
    for year in ["?year=2027", "?year=1999", ".zip?year=2027"] {
        assert_eq!(head.get(&address(year)).await.status, 404, "{year}");
    }
    let mut browser = app.sign_in(HEAD).await;
    for path in [
        "/kerja/bukti?tahun=x",
        "/kerja/bukti?tahun=2027",
        "/kerja/bukti?unit=tidak-ada",
    ] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    // Nothing was made for that year.
    assert_eq!(browser.get("/kerja/bukti/arsip.zip").await.status, 404);
}

#[tokio::test]
async fn an_own_list_of_indicators_takes_the_place_of_ours_or_says_what_is_wrong() {
    let folder = std::env::temp_dir().join(format!("rembuk-indicators-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("list.toml");
    let head =
        "source = \"Peraturan contoh\"\nsource_en = \"Example\"\ncertainty = \"confirmed\"\n";
    let one = "[[indicator]]\nnumber = \"9z\"\naspect = \"innovation\"\nweight = 100\nasks_id = \"Contoh\"\nasks_en = \"Example\"\n";
    std::fs::write(&path, format!("{head}{one}needs = [\"charter\"]\n")).unwrap();
    let setting = path.display().to_string();
    let app = TestApp::with(&[("REMBUK__EVIDENCE_BUNDLE__INDICATORS", &setting)]).await;
    let mut head = program(&app, HEAD).await;
    let look = head.get(&address("")).await.json();
    assert_eq!(
        (&look["confirmed"], &look["indicators"][0]["number"]),
        (&Value::Bool(true), &Value::from("9z"))
    );
    std::fs::write(&path, "source = 1").unwrap();
    let refused = head.get(&address("")).await;
    assert_eq!(
        refused.json()["code"],
        "evidence.indicators",
        "{}",
        refused.body
    );
    std::fs::remove_dir_all(&folder).unwrap();
}
