//! Several citizens, one answer: nobody is lost when the main complaint ends, nobody is named to the others, and each
//! has the last word on their own page.

use poem::http::Method;
use serde_json::json;

use super::{
    moves::{api, citizen},
    *,
};
use crate::filing::pdf;

async fn status(app: &TestApp, number: &str) -> serde_json::Value {
    let mut officer = program(app, OFFICER).await;
    let path = format!("/api/v1/complaints/{number}");
    officer.api(Method::GET, &path, None).await.json()
}

async fn merge(app: &TestApp, part: &str, main: &str) {
    let mut officer = program(app, OFFICER).await;
    let merged = api(&mut officer, part, "merge", json!({ "main": main })).await;
    assert_eq!(merged.status, 200, "{}", merged.body);
    assert_eq!(merged.json()["merged"], true);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_was_merged_is_taken_up_by_itself_when_the_main_one_ends_without_an_answer() {
    let app = TestApp::new().await;
    let unclear = json!({ "reason": "unclear", "text": "Isinya tidak dapat dipahami" });
    let ends = [
        ("withdraw", json!({ "text": "Lewat telepon" })),
        ("reject", unclear),
        ("forward", json!({ "body": "Dinas lain" })),
        ("citizen", json!({})),
    ];
    for (how, body) in ends {
        let main = filed(&app, false, false).await;
        let part = filed(&app, false, false).await;
        let number = &part.complaint.number;
        merge(&app, number, &main.complaint.number).await;
        app.advance(chrono::Duration::hours(20));
        let mails = app.mails().len();
        if how == "citizen" {
            let mut citizen = citizen(&app, &main).await;
            let gone = citizen
                .post("/pengaduan/status/cabut", &[("sure", "yes")])
                .await;
            assert_eq!(gone.status, 303, "{}", gone.text());
        } else {
            let mut officer = program(&app, OFFICER).await;
            let ended = api(&mut officer, &main.complaint.number, how, body).await;
            assert_eq!(ended.status, 200, "{how}: {}", ended.body);
        }
        app.run_jobs().await;
        let freed = status(&app, number).await;
        assert_eq!(freed["status"], "reopened", "{how}");
        assert_eq!(freed["merged"], false, "{how}");
        assert_ne!(freed["due_at"], freed["received_at"], "{how}");
        let told = app.mails()[mails..].iter().any(|mail| {
            let mail = String::from_utf8_lossy(mail);
            mail.contains(EMAIL) && mail.contains(number.as_str()) && mail.contains("dibuka lagi")
        });
        assert!(told, "{how}: the citizen is told");
        let page = citizen(&app, &part)
            .await
            .get("/pengaduan/status")
            .await
            .text();
        assert!(page.contains("ditangani sendiri"), "{how}: {page}");
        assert!(!page.contains(&main.complaint.number), "{how}: {page}");
    }
}

#[tokio::test]
async fn an_answer_to_several_names_none_of_them_and_each_reads_their_own_number() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let part = filed(&app, false, false).await;
    merge(&app, &part.complaint.number, &main).await;
    let mut officer = program(&app, OFFICER).await;
    let named = json!({ "text": format!("Yth. {}, sudah jadi.", NAME.to_uppercase()) });
    let refused = api(&mut officer, &main, "answer", named).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.body.contains("Bapak/Ibu"), "{}", refused.body);
    let text = json!({ "text": "Yth. {nama}, pengaduan {nomor} sudah selesai." });
    let sent = api(&mut officer, &main, "answer", text).await;
    assert_eq!(sent.status, 200, "{}", sent.body);
    app.run_jobs().await;
    let page = citizen(&app, &part)
        .await
        .get("/pengaduan/status")
        .await
        .text();
    let own = format!(
        "Yth. Bapak/Ibu, pengaduan {} sudah selesai.",
        part.complaint.number
    );
    assert!(page.contains(&own), "{page}");
    assert!(!page.contains(&main), "{page}");
}

#[tokio::test]
async fn who_is_sent_the_answer_of_another_reads_it_without_their_name() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let text = json!({ "text": format!("Yth. {NAME}, pengaduan {main} sudah selesai.") });
    assert_eq!(api(&mut officer, &main, "answer", text).await.status, 200);
    let part = filed(&app, false, false).await;
    merge_answered(&app, &part.complaint.number, &main).await;
    let page = citizen(&app, &part)
        .await
        .get("/pengaduan/status")
        .await
        .text();
    assert!(page.contains("Yth. Bapak/Ibu, pengaduan"), "{page}");
    assert!(!page.contains(NAME) && !page.contains(&main), "{page}");
}

async fn merge_answered(app: &TestApp, part: &str, main: &str) {
    let mut officer = program(app, OFFICER).await;
    let same = json!({ "main": main, "reply": "same" });
    let merged = api(&mut officer, part, "merge", same).await;
    assert_eq!(merged.json()["status"], "answered", "{}", merged.body);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_merged_citizen_has_the_last_word_and_reopens_their_own_case() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let content = filed(&app, false, false).await;
    let unhappy = filed(&app, false, false).await;
    merge(&app, &content.complaint.number, &main).await;
    merge(&app, &unhappy.complaint.number, &main).await;
    answered(&app, &main).await;
    let mut one = citizen(&app, &content).await;
    let rated = one
        .post("/pengaduan/status/nilai", &[("helped", "yes")])
        .await;
    assert_eq!(rated.status, 303, "{}", rated.text());
    let mut other = citizen(&app, &unhappy).await;
    let without = other
        .post(
            "/pengaduan/status/nilai",
            &[("helped", "no"), ("reason", "")],
        )
        .await;
    assert_eq!(without.status, 422);
    assert!(
        without.text().contains("Ceritakan apa yang masih kurang"),
        "{}",
        without.text()
    );
    let fields = [("helped", "no"), ("reason", "Di tempat saya belum selesai")];
    assert_eq!(
        other.post("/pengaduan/status/nilai", &fields).await.status,
        303
    );
    app.run_jobs().await;
    assert_eq!(
        status(&app, &content.complaint.number).await["status"],
        "closed"
    );
    assert_eq!(
        status(&app, &main).await["status"],
        "answered",
        "the main one stays"
    );
    let again = status(&app, &unhappy.complaint.number).await;
    assert_eq!(again["status"], "reopened");
    assert_eq!(again["related"], json!([]), "it goes on by itself");
}

#[tokio::test]
async fn who_answers_the_main_one_reads_what_the_others_wrote() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let open = filed(&app, false, false).await.complaint.number;
    let secret = filed(&app, false, true).await.complaint.number;
    merge(&app, &open, &main).await;
    merge(&app, &secret, &main).await;
    assigned(&app, &main, "fasilitasi").await;
    let mut handler = program(&app, HANDLER).await;
    let path = format!("/api/v1/complaints/{main}");
    let related = handler.api(Method::GET, &path, None).await.json()["related"].clone();
    assert_eq!(related[0]["description"], WORDS, "{related}");
    assert_eq!(related[1]["number"], secret.as_str());
    assert!(
        related[1]["subject"].is_null() && related[1]["description"].is_null(),
        "{related}"
    );
    let page = app
        .sign_in(HANDLER)
        .await
        .get(&format!("/kerja/pengaduan/{main}"))
        .await;
    assert!(
        !page.text().contains("Belum ada pengaduan terkait"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn who_is_merged_can_write_and_those_who_answer_read_it_at_the_main_one() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let part = filed(&app, false, false).await;
    merge(&app, &part.complaint.number, &main).await;
    let mut citizen = citizen(&app, &part).await;
    let words = [("text", "Di loket 4 juga begitu.")];
    let wrote = citizen.post("/pengaduan/status/pesan", &words).await;
    let page = citizen.follow(&wrote).await;
    assert!(
        page.text().contains("Di loket 4 juga begitu."),
        "{}",
        page.text()
    );
    let mails = app.mails().len();
    app.advance(chrono::Duration::minutes(10));
    app.run_jobs().await;
    let told = app.mails()[mails..].iter().any(|mail| {
        let mail = String::from_utf8_lossy(mail);
        mail.contains(OFFICER) && mail.contains(&main)
    });
    assert!(told, "who answers the main one is told");
    let mut officer = app.sign_in(OFFICER).await;
    let case = officer.get(&format!("/kerja/pengaduan/{main}")).await;
    assert!(
        case.text().contains("Di loket 4 juga begitu."),
        "{}",
        case.text()
    );
    let heard = officer.get("/kerja/pengaduan?view=heard").await;
    assert_eq!(heard.texts("td.main a"), [main]);
}

#[tokio::test]
async fn who_is_merged_adds_a_paper_and_takes_theirs_back_while_the_other_goes_on() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let part = filed(&app, false, false).await;
    merge(&app, &part.complaint.number, &main).await;
    let mut one = citizen(&app, &part).await;
    let paper = pdf("bukti");
    let added = one
        .post_file(
            "/pengaduan/status/berkas",
            &[],
            ("files", "bukti.pdf", &paper),
        )
        .await;
    assert_eq!(added.status, 303, "{}", added.text());
    app.run_jobs().await;
    let mut officer = app.sign_in(OFFICER).await;
    let case = officer.get(&format!("/kerja/pengaduan/{main}")).await;
    assert!(
        case.text().contains("Berkas dari warga: bukti.pdf"),
        "{}",
        case.text()
    );
    let page = one.get("/pengaduan/status").await;
    assert_eq!(page.status, 200);
    let gone = one
        .post("/pengaduan/status/cabut", &[("sure", "yes")])
        .await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    app.run_jobs().await;
    let number = &part.complaint.number;
    let left = status(&app, number).await;
    assert_eq!(
        (&left["status"], &left["merged"]),
        (&json!("withdrawn"), &json!(false))
    );
    answered(&app, &main).await;
    assert_eq!(status(&app, &main).await["status"], "answered");
    assert_eq!(
        status(&app, number).await["status"],
        "withdrawn",
        "no answer follows it"
    );
}
