//! What a citizen adds: told once, lost never, and no reason to throw away what an officer wrote.

use chrono::Duration;
use mail_parser::MessageParser;

use super::{moves::citizen, *};
use crate::filing::{photo, post_files};

/// What this address was told of what citizens added: the words of each mail.
fn told(app: &TestApp, address: &str) -> Vec<String> {
    let of = |raw: &Vec<u8>| {
        let mail = MessageParser::default().parse(raw).unwrap();
        let to = mail.to()?.first()?.address()?.to_owned();
        let subject = mail.subject()?.to_owned();
        let words = mail.body_text(0)?.into_owned();
        (to == address && subject.starts_with("Pesan warga")).then_some(words)
    };
    app.mails().iter().filter_map(of).collect()
}

async fn later(app: &TestApp, minutes: i64) {
    app.advance(Duration::minutes(minutes));
    app.run_jobs().await;
}

#[tokio::test]
async fn three_files_and_a_message_within_some_minutes_are_one_mail_and_what_comes_later_is_another()
 {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let mut citizen = citizen(&app, &filed).await;
    citizen.get("/pengaduan/status").await;
    for minute in 0..3 {
        let files = [("files", "bukti.jpg", photo())];
        let sent = post_files(&mut citizen, "/pengaduan/status/berkas", &[], &files).await;
        assert_eq!(sent.status, 303, "{minute}: {}", sent.text());
        later(&app, 1).await;
    }
    let words = [("text", "Ini foto dari loket 2.")];
    assert_eq!(
        citizen.post("/pengaduan/status/pesan", &words).await.status,
        303
    );
    later(&app, 5).await;
    assert_eq!(told(&app, OFFICER).len(), 0, "not yet: more may come");
    later(&app, 2).await;
    let mails = told(&app, OFFICER);
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert!(mails[0].contains("3 berkas"), "{}", mails[0]);
    assert!(!mails[0].contains("loket 2"), "mails quote nobody");
    later(&app, 60).await;
    assert_eq!(told(&app, OFFICER).len(), 1);
    // The same words again would be the same message.
    let more = [("text", "Loket 3 juga tutup.")];
    let mut citizen = super::moves::citizen(&app, &filed).await;
    let sent = citizen.post("/pengaduan/status/pesan", &more).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    later(&app, 10).await;
    let mails = told(&app, OFFICER);
    assert_eq!(mails.len(), 2);
    assert!(mails[1].contains("menulis pesan"), "{}", mails[1]);
}

#[tokio::test]
async fn what_was_added_before_a_merge_is_told_to_those_who_work_on_the_main_one() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    assigned(&app, &main, "fasilitasi").await;
    let part = filed(&app, false, false).await;
    let mut citizen = citizen(&app, &part).await;
    let words = [("text", "Di loket 4 juga begitu.")];
    citizen.post("/pengaduan/status/pesan", &words).await;
    let mut officer = program(&app, OFFICER).await;
    let body = json!({ "main": main });
    let merged = moves::api(&mut officer, &part.complaint.number, "merge", body).await;
    assert_eq!(merged.status, 200, "{}", merged.body);
    later(&app, 10).await;
    let mails = told(&app, HANDLER);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains(&main), "{}", mails[0]);
}

#[tokio::test]
async fn a_message_of_the_citizen_refuses_no_disposition_and_costs_no_answer() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let case = format!("/kerja/pengaduan/{}", filed.complaint.number);
    let mut officer = app.sign_in(OFFICER).await;
    let seen = officer.get(&case).await;
    let version = seen.attribute("input[name=version]", "value").unwrap();
    let mut citizen = citizen(&app, &filed).await;
    let words = [("text", "Tadi pagi loketnya buka.")];
    citizen.post("/pengaduan/status/pesan", &words).await;
    // What it may contradict: the officer keeps the text, and reads what came in between.
    let old = [
        ("version", version.as_str()),
        ("text", "Loketnya memang tutup hari itu."),
    ];
    let late = officer.post(&format!("{case}/jawab"), &old).await;
    assert_eq!(late.status, 409, "{}", late.text());
    assert!(
        late.text()
            .contains("Sementara Anda menulis, warga menambahkan")
    );
    assert!(
        !late
            .text()
            .contains("sudah berubah sejak halaman itu dibuka"),
        "one message only"
    );
    let said = late.texts("section[aria-labelledby=sementara] .saying");
    assert!(said[0].contains("Tadi pagi loketnya buka."), "{said:?}");
    assert!(late.texts("#f-text")[0].contains("memang tutup"));
    let now = late
        .attribute("#jawab input[name=version]", "value")
        .unwrap();
    assert_ne!(now, version);
    // What it cannot contradict goes on: the same form of before the message.
    let to = [
        ("version", version.as_str()),
        ("division", "fasilitasi"),
        ("instruction", "Mohon dicek jadwal loket."),
    ];
    let handed = officer.post(&format!("{case}/disposisi"), &to).await;
    assert_eq!(handed.status, 303, "{}", handed.text());
    // What a colleague did is a conflict all the same, also for a disposition.
    let second = officer.post(&format!("{case}/disposisi"), &to).await;
    assert_eq!(second.status, 409, "{}", second.text());
    assert_eq!(
        second.texts("#sementara").len(),
        1,
        "the message is told again"
    );
    let version = second
        .attribute("#jawab input[name=version]", "value")
        .unwrap();
    let answer = [
        ("version", version.as_str()),
        ("text", "Loket dibuka lagi sejak pagi ini."),
    ];
    let answered = officer.post(&format!("{case}/jawab"), &answer).await;
    assert_eq!(answered.status, 303, "{}", answered.text());
    later(&app, 10).await;
}
