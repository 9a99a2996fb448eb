//! A person asks about their own data, and three times 24 hours run.

use std::io::Read as _;

use chrono::Duration;

use super::*;
use crate::{
    attendance::pdf_text,
    complaints::{EMAIL, HANDLER, HEAD, NAME, UNIT, WORDS},
};

const PAGE: &str = "/data-pribadi";

/// Asks with number and code of a complaint; returns number and code of the request.
pub async fn asked(app: &TestApp, wish: &str, filed: &Filed, words: &str) -> (String, String) {
    let mut citizen = app.browser();
    citizen.get(PAGE).await;
    let answer = citizen
        .post(
            PAGE,
            &[
                ("wish", wish),
                ("unit", UNIT),
                ("number", &filed.complaint.number),
                ("code", &filed.code),
                ("email", EMAIL),
                ("words", words),
            ],
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    app.run_jobs().await;
    taken(&answer)
}

fn taken(answer: &Answer) -> (String, String) {
    let big = answer.texts(".big");
    (
        big[0].trim().to_owned(),
        big[1].replace(char::is_whitespace, ""),
    )
}

/// The officer's page of the only open request.
pub async fn open_path(officer: &mut Browser<'_>) -> (String, String) {
    let hub = officer.get("/kerja/pelindungan").await;
    let path = hub.attribute("a[href*='permintaan-data']", "href").unwrap();
    let page = officer.get(&path).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    (path, version)
}

pub async fn status(app: &TestApp, (number, code): &(String, String)) -> Answer {
    let mut citizen = app.browser();
    citizen.get("/data-pribadi/status").await;
    citizen
        .post(
            "/data-pribadi/status",
            &[("number", number), ("code", code)],
        )
        .await
}

pub async fn grant(app: &TestApp, fields: &[(&str, &str)]) -> Answer {
    let mut officer = app.sign_in(OFFICER).await;
    let (path, version) = open_path(&mut officer).await;
    let mut all = vec![
        ("version", version.as_str()),
        ("answer", "Sudah kami penuhi."),
    ];
    all.extend(fields);
    let answer = officer.post(&format!("{path}/penuhi"), &all).await;
    app.run_jobs().await;
    answer
}

#[tokio::test]
async fn with_number_and_code_a_person_gets_a_copy_of_everything_also_when_they_are_anonymous() {
    let app = TestApp::new().await;
    let filed = closed(&app, true, false).await;
    let request = asked(&app, "access", &filed, "").await;
    let page = status(&app, &request).await;
    assert!(page.text().contains("Sedang dikerjakan") && page.text().contains("72 jam lagi"));
    let mut citizen = app.browser();
    citizen.get("/data-pribadi/status").await;
    let fields = [("number", request.0.as_str()), ("code", request.1.as_str())];
    let early = citizen.post("/data-pribadi/salinan", &fields).await;
    assert_eq!(early.status, 404, "nothing before it was granted");
    // The officer grants it without learning the name.
    let mut officer = app.sign_in(OFFICER).await;
    let (path, _) = open_path(&mut officer).await;
    assert!(!officer.get(&path).await.body.contains(NAME));
    assert_eq!(grant(&app, &[]).await.status, 303);
    let copy = citizen.post("/data-pribadi/salinan", &fields).await;
    assert_eq!(copy.status, 200);
    assert_eq!(copy.header("content-type"), "application/zip");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(copy.bytes)).unwrap();
    let mut json = String::new();
    zip.by_name("data.json")
        .unwrap()
        .read_to_string(&mut json)
        .unwrap();
    let mut pdf = Vec::new();
    zip.by_name("data-pribadi.pdf")
        .unwrap()
        .read_to_end(&mut pdf)
        .unwrap();
    let paper = pdf_text(&pdf);
    for word in [NAME, EMAIL, "+6280000000012", "loket"] {
        assert!(json.contains(word), "{word} in {json}");
        assert!(paper.contains(word), "{word} in {paper}");
    }
    let data: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(data["data"]["complaint"]["description"], WORDS);
    // After thirty days somebody else may hold the paper with the code.
    app.advance(Duration::days(31));
    assert_eq!(
        citizen.post("/data-pribadi/salinan", &fields).await.status,
        404
    );
    let wrong = status(&app, &(request.0.clone(), "0000000000000000".to_owned())).await;
    assert_eq!(wrong.status, 404);
    let unknown = ("PDP-XX-2026-000009".to_owned(), request.1).clone();
    let unknown = status(&app, &unknown).await;
    assert_eq!(unknown.texts(".summary"), wrong.texts(".summary"));
}

#[tokio::test]
async fn deletion_waits_for_the_end_of_the_case_and_then_leaves_nothing_of_the_request_either() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = filed.complaint.number.clone();
    let request = asked(&app, "deletion", &filed, "Mohon hapus data Bungaran").await;
    let refused = grant(&app, &[]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("masih berjalan"),
        "{}",
        refused.text()
    );
    assigned(&app, &number, "fasilitasi").await;
    answered(&app, &number).await;
    let close = format!("/api/v1/complaints/{number}/close");
    program(&app, OFFICER)
        .await
        .api(Method::POST, &close, Some(json!({})))
        .await;
    app.run_jobs().await;
    assert_eq!(grant(&app, &[]).await.status, 303);
    let left = left_behind(&app, &["bungaran", "tiga minggu", "loket 2", EMAIL]).await;
    assert!(left.is_empty(), "{}", left.join("\n"));
    let page = status(&app, &request).await;
    assert!(page.text().contains("Dipenuhi") && page.text().contains("Sudah kami penuhi."));
}

#[tokio::test]
async fn correction_and_stop_change_what_mails_use_and_a_second_officer_is_told() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = filed.complaint.number.clone();
    asked(&app, "correction", &filed, "Nama saya salah tulis").await;
    let mut officer = app.sign_in(OFFICER).await;
    let (path, version) = open_path(&mut officer).await;
    let bad = [
        ("version", version.as_str()),
        ("answer", "Sudah diperbaiki."),
        ("email", "bukan surel"),
    ];
    let refused = officer.post(&format!("{path}/penuhi"), &bad).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Sudah diperbaiki."),
        "what was typed is kept"
    );
    let right = [
        ("version", version.as_str()),
        ("answer", "Sudah diperbaiki."),
        ("name", "Bungaran Benar"),
        ("email", "benar@warga.example"),
        ("phone", "0800-0000-0013"),
    ];
    done(&mut officer, &format!("{path}/penuhi"), &right).await;
    let again = officer.post(&format!("{path}/penuhi"), &right).await;
    assert_eq!(again.status, 409, "the second is told");
    let case = officer.get(&format!("/kerja/pengaduan/{number}")).await;
    assert!(case.text().contains("Bungaran Benar") && !case.text().contains(NAME));
    app.run_jobs().await;
    asked(&app, "stop", &filed, "").await;
    assert_eq!(grant(&app, &[]).await.status, 303);
    let case = app
        .sign_in(OFFICER)
        .await
        .get(&format!("/kerja/pengaduan/{number}"))
        .await;
    assert!(case.text().contains("Bungaran Benar") && !case.text().contains("benar@warga.example"));
    let before = app.mails().len();
    assigned(&app, &number, "fasilitasi").await;
    answered(&app, &number).await;
    let after = app.mails();
    let to_citizen = after[before..]
        .iter()
        .filter(|mail| String::from_utf8_lossy(mail).contains("warga.example"));
    assert_eq!(to_citizen.count(), 0, "nobody is contacted who said stop");
}

#[tokio::test]
async fn without_a_code_an_officer_checks_who_it_is_before_anything_is_given() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let mut citizen = app.browser();
    citizen.get(PAGE).await;
    let empty = citizen
        .post(PAGE, &[("wish", "access"), ("unit", UNIT)])
        .await;
    assert_eq!(empty.status, 422);
    let fields = [
        ("wish", "access"),
        ("unit", UNIT),
        ("name", NAME),
        ("phone", "0800-0000-0012"),
    ];
    let answer = citizen.post(PAGE, &fields).await;
    assert!(
        answer.text().contains("kartu identitas"),
        "{}",
        answer.text()
    );
    app.run_jobs().await;
    let mut officer = app.sign_in(OFFICER).await;
    let (path, version) = open_path(&mut officer).await;
    let early = officer
        .post(
            &format!("{path}/penuhi"),
            &[("version", &version), ("answer", "Silakan")],
        )
        .await;
    assert_eq!(early.status, 422);
    let unknown = [
        ("version", version.as_str()),
        ("how", "KTP-el ditunjukkan"),
        ("complaint", "ADU-2026-999999"),
    ];
    assert_eq!(
        officer
            .post(&format!("{path}/periksa"), &unknown)
            .await
            .status,
        422
    );
    // The tail of the number is enough, as everywhere at the desk.
    let tail = filed.complaint.number.rsplit('-').next().unwrap();
    let known = [
        ("version", version.as_str()),
        ("how", "KTP-el ditunjukkan di loket 3"),
        ("complaint", tail),
    ];
    done(&mut officer, &format!("{path}/periksa"), &known).await;
    let pressed = officer.post(&format!("{path}/periksa"), &known).await;
    assert_eq!(
        pressed.status,
        303,
        "the own second press: {}",
        pressed.text()
    );
    assert_eq!(grant(&app, &[]).await.status, 303);
    // A head sees the clock and not who asks; a handler sees neither.
    let head = app.sign_in(HEAD).await.get(&path).await;
    assert!(head.status == 200 && !head.body.contains(NAME));
    assert_eq!(app.sign_in(HANDLER).await.get(&path).await.status, 403);
}

#[tokio::test]
async fn the_hours_run_at_night_and_on_holidays_and_are_told_before_they_are_over() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    // 17 March: Nyepi and Idulfitri follow, and no working day until the 25th.
    let request = asked(&app, "access", &filed, "").await;
    let told = |mails: Vec<Vec<u8>>, whom: &str, what: &str| {
        let lines = mails
            .into_iter()
            .map(|mail| String::from_utf8_lossy(&mail).into_owned());
        lines
            .filter(|mail| mail.contains(whom) && mail.replace("=\r\n", "").contains(what))
            .count()
    };
    for (hours, officer, head) in [(35, 0, 0), (37, 1, 0), (61, 2, 1), (73, 2, 1)] {
        app.app
            .clock
            .set(filed.complaint.received_at + Duration::hours(hours));
        for _ in 0..2 {
            rembuk::privacy::watch(&app.app).await.unwrap();
        }
        app.run_jobs().await;
        let (soon, late) = ("segera jatuh tempo", "TERLAMBAT");
        let mails = app.mails();
        assert_eq!(told(mails.clone(), OFFICER, soon), officer, "{hours}");
        assert_eq!(told(mails.clone(), HEAD, soon), head, "{hours}");
        assert_eq!(told(mails, HEAD, late), usize::from(hours > 72), "{hours}");
    }
    let hub = app.sign_in(HEAD).await.get("/kerja/pelindungan").await;
    assert!(
        hub.text().contains("1 sudah lewat 3 × 24 jam"),
        "{}",
        hub.text()
    );
    // The same wish about the same case again is one request.
    let mut citizen = app.browser();
    citizen.get(PAGE).await;
    let fields = [
        ("wish", "access"),
        ("number", &filed.complaint.number),
        ("code", &filed.code),
    ];
    let again = citizen.post(PAGE, &fields).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains(&request.0), "{}", again.text());
    // Taken back, no clock runs any more.
    let fields = [("number", request.0.as_str()), ("code", request.1.as_str())];
    let page = citizen.post("/data-pribadi/cabut", &fields).await;
    assert!(page.text().contains("Dicabut"), "{}", page.text());
    let hub = app.sign_in(HEAD).await.get("/kerja/pelindungan").await;
    assert!(!hub.text().contains("sudah lewat"));
}
