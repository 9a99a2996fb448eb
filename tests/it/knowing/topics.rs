//! Topics.

use rembuk::action_plans::{self, SourceKind};

use super::*;
use crate::{
    action_plans::{finished, made},
    attendance::{ORGANISER, forum},
    complaints::HEAD,
    proving::verified,
    support::Browser,
};

const TOPICS: &str = "/kerja/pengaduan/topik";

async fn queue(app: &TestApp, count: usize) -> Vec<String> {
    let mut numbers = Vec::new();
    for n in 0..count {
        let subject = format!("Antrean loket {n}");
        told(app, &plain(app, &subject, "2026-03-10T02:00:00Z").await).await;
        numbers.push(number_of(app, &subject).await);
    }
    numbers
}

/// Makes a topic of what was ticked in the inbox; its address.
async fn topic(officer: &mut Browser<'_>, numbers: &[String], title: &str) -> String {
    officer.get("/kerja/pengaduan").await;
    let ticked: Vec<(&str, String)> = numbers
        .iter()
        .map(|number| ("number", format!("{number}:1")))
        .collect();
    let fields: Vec<(&str, &str)> = ticked
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let chosen = officer.post(&format!("{TOPICS}/pilih"), &fields).await;
    assert_eq!(chosen.status, 200, "{}", chosen.text());
    let mut fields: Vec<(&str, &str)> = numbers
        .iter()
        .map(|number| ("number", number.as_str()))
        .collect();
    fields.push(("title", title));
    let made = officer.post(TOPICS, &fields).await;
    assert_eq!(made.status, 303, "{}", made.text());
    made.location().to_owned()
}

/// Signalen PR #642, Chatwoot #9264: many voices about one thing, kept as many and worked on as one.
#[tokio::test]
async fn voices_about_one_matter_are_answered_by_one_action() {
    let app = TestApp::new().await;
    let action = made(&app).await;
    let numbers = queue(&app, 3).await;
    let mut officer = app.sign_in(OFFICER).await;
    // Three without a topic share their words.
    let list = officer.get(TOPICS).await;
    assert!(list.text().contains("antrean loket"), "{}", list.text());
    let address = topic(&mut officer, &numbers[..2], "Antrean loket").await;
    let page = officer.get(&address).await;
    assert!(page.text().contains("2 pengaduan") && page.text().contains("Bertambah"));
    // Twice is once; another of the same name is refused.
    let id = address.rsplit('/').next().unwrap();
    let again = [("topic", id), ("number", numbers[0].as_str())];
    officer.post(&format!("{TOPICS}/masukkan"), &again).await;
    let taken = officer.post(TOPICS, &[("title", "Antrean loket")]).await;
    assert_eq!(taken.status, 422);
    let mut head = app.sign_in(HEAD).await;
    head.get(&address).await;
    let link = [("version", "1"), ("action", action.as_str())];
    let linked = head.post(&format!("{address}/aksi"), &link).await;
    assert_eq!(linked.status, 303, "{}", linked.text());
    // The one that comes later is answered by the same.
    let later = [
        ("topic", id),
        ("number", numbers[2].as_str()),
        ("from", "case"),
    ];
    officer.get(&address).await;
    let put = officer.post(&format!("{TOPICS}/masukkan"), &later).await;
    assert_eq!(put.status, 303, "{}", put.text());
    for number in &numbers {
        let case = officer.get(&format!("/kerja/pengaduan/{number}")).await;
        assert!(case.text().contains("Antrean loket"), "{number}");
        assert!(
            case.body.contains(&format!("/kerja/rencana-aksi/{action}")),
            "{number}"
        );
    }
    let page = officer.get(&address).await;
    assert_eq!(page.texts("#main .list li").len(), 3, "{}", page.text());
    // Somebody changed it meanwhile.
    let stale = [("version", "1"), ("title", "Nama lain")];
    assert_eq!(officer.post(&address, &stale).await.status, 409);
    // Gone, the links stay.
    officer.get(&address).await;
    let gone = officer
        .post(&format!("{address}/hapus"), &[("version", "2")])
        .await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    assert_eq!(officer.get(&address).await.status, 404);
    let db = &app.app.db;
    let id = rembuk::complaints::find_source(&app.ctx(), &numbers[0])
        .await
        .unwrap()
        .id;
    let found = action_plans::linked_to(db, SourceKind::Complaint, &id)
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_voice_that_joins_a_topic_after_its_action_was_verified_hears_of_no_promise() {
    let app = TestApp::new().await;
    let action = finished(&app).await;
    let numbers = queue(&app, 2).await;
    let mut officer = app.sign_in(OFFICER).await;
    let address = topic(&mut officer, &numbers[..1], "Antrean loket").await;
    let mut head = app.sign_in(HEAD).await;
    head.get(&address).await;
    let link = [("version", "1"), ("action", action.as_str())];
    let linked = head.post(&format!("{address}/aksi"), &link).await;
    assert_eq!(linked.status, 303, "{}", linked.text());
    verified(&app, &action).await;
    let told = app.mails().len();
    let id = address.rsplit('/').next().unwrap();
    let later = [("topic", id), ("number", numbers[1].as_str())];
    officer.get(&address).await;
    let put = officer.post(&format!("{TOPICS}/masukkan"), &later).await;
    assert_eq!(put.status, 303, "{}", put.text());
    app.run_jobs().await;
    assert_eq!(app.mails().len(), told, "nothing was promised to it");
    let page = officer.get(&address).await;
    assert_eq!(page.texts("#main .list li").len(), 2, "it is in the topic");
    let mut links = Vec::new();
    for number in &numbers {
        let of = rembuk::complaints::find_source(&app.ctx(), number).await;
        let id = of.unwrap().id;
        let found = action_plans::linked_to(&app.app.db, SourceKind::Complaint, &id).await;
        links.push(found.unwrap().len());
    }
    assert_eq!(links, [1, 0]);
}

#[tokio::test]
async fn a_topic_that_is_offered_stands_among_the_proposals_of_a_forum() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-T").await;
    let numbers = queue(&app, 3).await;
    let mut officer = app.sign_in(OFFICER).await;
    let address = topic(&mut officer, &numbers, "Antrean loket").await;
    let proposals = format!("/kerja/forum/{}/usulan", forum.id);
    let mut organiser = app.sign_in(ORGANISER).await;
    assert!(
        !organiser
            .get(&proposals)
            .await
            .text()
            .contains("Antrean loket")
    );
    officer.get(&address).await;
    let offer = [("version", "1"), ("offered", "1")];
    officer.post(&format!("{address}/usulkan"), &offer).await;
    let page = organiser.get(&proposals).await;
    assert!(page.text().contains("Topik pengaduan"), "{}", page.text());
    // An organiser reads no complaint: the name and the number, no subject.
    assert!(!page.text().contains("Antrean loket 1"), "{}", page.text());
    let value = page
        .attribute("input[name=source][value^=topic]", "value")
        .unwrap();
    let took = organiser.post(&proposals, &[("source", &value)]).await;
    assert_eq!(took.status, 303, "{}", took.text());
    let agenda = organiser
        .get(&format!("/kerja/forum/{}/acara", forum.id))
        .await;
    assert!(
        agenda
            .body
            .contains("Pembahasan topik pengaduan: Antrean loket")
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn others_neither_make_nor_change_topics() {
    let app = TestApp::new().await;
    let numbers = queue(&app, 1).await;
    let mut officer = app.sign_in(OFFICER).await;
    let address = topic(&mut officer, &numbers, "Antrean loket").await;
    let mut supervisor = app.sign_in("pengawas@rembuk.example").await;
    let seen = supervisor.get(&address).await;
    assert_eq!(seen.status, 200, "{}", seen.text());
    for (path, fields) in [
        (TOPICS.to_owned(), vec![("title", "Lain")]),
        (
            format!("{TOPICS}/pilih"),
            vec![("number", numbers[0].as_str())],
        ),
        (
            format!("{TOPICS}/masukkan"),
            vec![("number", numbers[0].as_str())],
        ),
        (format!("{address}/hapus"), vec![("version", "1")]),
        (
            format!("{address}/keluarkan"),
            vec![("number", numbers[0].as_str())],
        ),
    ] {
        assert_eq!(supervisor.post(&path, &fields).await.status, 403, "{path}");
    }
    let mut stranger = app.sign_in("petugas.sulsel@rembuk.example").await;
    assert_eq!(stranger.get(&address).await.status, 404);
    // Nothing ticked: back to the inbox, with a word.
    officer.get("/kerja/pengaduan").await;
    let nothing = officer.post(&format!("{TOPICS}/pilih"), &[]).await;
    assert_eq!(nothing.location(), "/kerja/pengaduan");
}

/// The title of a topic says what its cases are about: a number beside it would tell of a confidential one.
#[tokio::test]
async fn a_topic_does_not_name_its_confidential_cases_to_who_may_not_read_them() {
    let app = TestApp::new().await;
    let open = queue(&app, 1).await.remove(0);
    let secret = crate::complaints::filed(&app, false, true)
        .await
        .complaint
        .number;
    let mut officer = crate::complaints::program(&app, OFFICER).await;
    let topics = "/api/v1/complaint-topics";
    let new = serde_json::json!({ "title": "Pungutan di loket", "complaints": [open, secret] });
    let topic = officer
        .api(poem::http::Method::POST, topics, Some(new))
        .await;
    assert_eq!(topic.status, 200, "{}", topic.body);
    let id = topic.json()["id"].as_str().unwrap().to_owned();
    for (by, reads) in [(OFFICER, true), (HEAD, false)] {
        let mut program = crate::complaints::program(&app, by).await;
        let found = program.get(&format!("{topics}/{id}")).await;
        assert_eq!(found.body.contains(&secret), reads, "{by}: {}", found.body);
        assert!(found.body.contains(&open), "{by}: {}", found.body);
        assert_eq!(found.json()["total"], 2, "{by}: it counts all the same");
        let page = app.sign_in(by).await.get(&format!("{TOPICS}/{id}")).await;
        assert_eq!(page.text().contains(&secret), reads, "{by}");
        assert_eq!(page.text().contains("1 pengaduan rahasia"), !reads, "{by}");
        let case = format!("/kerja/pengaduan/{secret}");
        let case = app.sign_in(by).await.get(&case).await;
        assert_eq!(case.status, 200, "{by}: {}", case.text());
        assert_eq!(case.text().contains("Pungutan di loket"), reads, "{by}");
    }
    app.run_jobs().await;
}

/// A topic of thousands must not hold the database for seconds: the first voices are linked at once, the rest by a job.
#[tokio::test]
async fn every_voice_of_a_large_topic_is_answered_by_its_action() {
    let app = TestApp::new().await;
    let action = made(&app).await;
    let numbers = queue(&app, 202).await;
    let mut officer = crate::complaints::program(&app, OFFICER).await;
    let post = poem::http::Method::POST;
    let topics = "/api/v1/complaint-topics";
    let new = serde_json::json!({ "title": "Antrean loket", "complaints": numbers[..200] });
    let topic = officer.api(post.clone(), topics, Some(new)).await;
    assert_eq!(topic.status, 200, "{}", topic.body);
    let place = format!("{topics}/{}", topic.json()["id"].as_str().unwrap());
    let more = serde_json::json!({ "complaints": numbers[200..] });
    let inside = format!("{place}/complaints");
    officer.api(post.clone(), &inside, Some(more)).await;
    let mut head = crate::complaints::program(&app, HEAD).await;
    let answer = serde_json::json!({ "action_item": action, "version": 1 });
    let link = format!("{place}/action-item");
    let linked = head.api(post.clone(), &link, Some(answer)).await;
    assert_eq!(linked.status, 200, "{}", linked.body);
    app.run_jobs().await;
    for number in [&numbers[0], &numbers[201]] {
        let case = officer.get(&format!("/api/v1/complaints/{number}")).await;
        let answered = case.json()["action_items"].as_array().map(Vec::len);
        assert_eq!(answered, Some(1), "{number}");
    }
    // More voices come, and the head says once more that this action answers them: the rest is gone through again.
    let later = queue(&app, 1).await;
    let more = serde_json::json!({ "complaints": later });
    officer.api(post.clone(), &inside, Some(more)).await;
    let topic = head.get(&place).await;
    let again = serde_json::json!({ "action_item": action, "version": topic.json()["version"] });
    let linked = head.api(post, &link, Some(again)).await;
    assert_eq!(linked.status, 200, "{}", linked.body);
    app.run_jobs().await;
    let case = officer
        .get(&format!("/api/v1/complaints/{}", later[0]))
        .await;
    let answered = case.json()["action_items"].as_array().map(Vec::len);
    assert_eq!(answered, Some(1));
}
