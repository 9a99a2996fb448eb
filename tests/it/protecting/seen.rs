//! The two choices of a complainant hold on every page, in every answer of the API and in every mail.

use super::*;
use crate::{
    complaints::{EMAIL, HANDLER, HEAD, NAME, OTHER_HANDLER, SUPERVISOR, WORDS},
    endpoints::page_routes,
};

const EVERYBODY: &[&str] = &[
    "admin.sistem@rembuk.example",
    ADMIN,
    ORGANISER,
    OFFICER,
    HANDLER,
    OTHER_HANDLER,
    HEAD,
    SUPERVISOR,
    "petugas.sulsel@rembuk.example",
];

/// Every address that can be read, with this complaint where an address names one.
fn addresses(number: &str) -> Vec<String> {
    let nil = uuid::Uuid::nil().to_string();
    let mut all: Vec<String> = page_routes()
        .into_iter()
        .filter(|(address, methods)| methods.contains(&"get(") && !address.contains("/static/"))
        .map(|(address, _)| {
            let parts = address.split('/').map(|part| match part {
                ":number" => number,
                part if part.starts_with([':', '*']) => nil.as_str(),
                part => part,
            });
            parts.collect::<Vec<_>>().join("/")
        })
        .collect();
    all.push(format!("/kerja/cari?q={number}"));
    all.push("/kerja/cari?q=ktp-el".to_owned());
    all.push("/kerja/pengaduan?view=all&q=ktp-el".to_owned());
    all
}

async fn api_addresses(app: &TestApp, number: &str) -> Vec<String> {
    let document = app.browser().get("/api/openapi.json").await.json();
    let nil = uuid::Uuid::nil().to_string();
    let paths = document["paths"].as_object().unwrap();
    let readable = paths.iter().filter(|(_, path)| path["get"].is_object());
    let mut all: Vec<String> = readable
        .map(|(path, _)| {
            let parts = path.split('/').map(|part| match part {
                "{number}" => number,
                part if part.starts_with('{') => nil.as_str(),
                part => part,
            });
            format!("/api/v1{}", parts.collect::<Vec<_>>().join("/"))
        })
        .collect();
    all.push("/api/v1/complaints?q=ktp-el".to_owned());
    all
}

/// Who of these finds one of the words where they must not.
async fn finders(app: &TestApp, number: &str, people: &[&str], words: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let api = api_addresses(app, number).await;
    for email in people {
        let mut browser = app.sign_in(email).await;
        let mut tool = program(app, email).await;
        for path in addresses(number) {
            let answer = browser.get(&path).await;
            note(&mut faults, email, &path, &answer.body, words);
        }
        for path in &api {
            let answer = tool.get(path).await;
            note(&mut faults, email, path, &answer.body, words);
        }
    }
    faults
}

fn note(faults: &mut Vec<String>, who: &str, path: &str, body: &str, words: &[&str]) {
    let found = words.iter().filter(|word| body.contains(**word));
    faults.extend(found.map(|word| format!("{who} finds {word} at {path}")));
}

#[tokio::test]
async fn an_anonymous_name_is_on_no_page_in_no_answer_and_in_no_mail_of_anybody() {
    let app = TestApp::new().await;
    let number = closed(&app, true, false).await.complaint.number;
    let words = [NAME, EMAIL, "80000000012"];
    let faults = finders(&app, &number, EVERYBODY, &words).await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for path in addresses(&number) {
        let answer = app.browser().get(&path).await;
        assert!(
            !words.iter().any(|word| answer.body.contains(word)),
            "{path}"
        );
    }
    // Mails to the reporter bear the address in their head, and the name nowhere.
    for mail in app.mails() {
        let mail = String::from_utf8_lossy(&mail).into_owned();
        let to_reporter = mail.contains(EMAIL);
        assert!(
            !mail.contains(NAME) && !mail.contains("80000000012"),
            "{mail}"
        );
        assert!(to_reporter || !mail.contains("bungaran"), "{mail}");
    }
}

#[tokio::test]
async fn confidential_words_are_read_by_officers_and_those_assigned_and_stand_on_no_public_page() {
    let app = TestApp::new().await;
    let filed = closed(&app, false, true).await;
    let number = filed.complaint.number;
    let others: Vec<&str> = EVERYBODY
        .iter()
        .copied()
        .filter(|email| ![OFFICER, HANDLER].contains(email))
        .collect();
    let words = [WORDS, "KTP-el belum jadi", NAME, EMAIL];
    let faults = finders(&app, &number, &others, &words).await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let mut stranger = app.browser();
    for path in addresses(&number) {
        let answer = stranger.get(&path).await;
        assert!(
            !words.iter().any(|word| answer.body.contains(word)),
            "{path}"
        );
        assert!(
            !answer.body.contains(&number) || path.contains("nomor"),
            "{path}"
        );
    }
    for mail in app.mails() {
        let mail = String::from_utf8_lossy(&mail).into_owned();
        assert!(
            !mail.contains("KTP-el belum jadi") && !mail.contains("tiga minggu"),
            "{mail}"
        );
    }
}
