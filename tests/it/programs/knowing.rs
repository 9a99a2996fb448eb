//! What the office and the public learn.

use super::*;
use crate::{
    action_plans::made,
    complaints::{HEAD, NAME, WORDS, answered},
};

#[tokio::test]
async fn a_program_publishes_moderated_words_and_takes_them_back() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    answered(&app, &number).await;
    let mut officer = program(&app, OFFICER).await;
    let place = format!("/complaints/{number}/publication");
    let before = fine(&read(&mut officer, &place).await);
    assert_eq!(
        (&before["original"]["text"], &before["version"]),
        (&json!(WORDS), &json!(0))
    );
    let words = |text: &str, version: i32| json!({ "title": "Kartu lama jadi", "text": text, "version": version });
    let telling = format!("Kartu {NAME} belum jadi, hubungi 0800-0000-0012.");
    let check = format!("{place}/check");
    let signs = fine(&post(&mut officer, &check, words(&telling, 0)).await);
    let kinds: Vec<&str> = signs["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|sign| sign["kind"].as_str())
        .collect();
    assert!(
        kinds.contains(&"phone") && kinds.contains(&"reporter"),
        "{kinds:?}"
    );
    let refused = post(&mut officer, &place, words(&telling, 0)).await;
    assert_eq!(faults(&refused), ["looked"]);
    let number = "Kartu dengan NIK 6472 0112 0399 0001 belum jadi.";
    let mut never = words(number, 0);
    never["looked"] = json!(true);
    let refused = post(&mut officer, &place, never).await;
    assert_eq!(faults(&refused), ["text"], "nobody's look carries it");
    let short = post(&mut officer, &place, json!({})).await;
    assert_eq!(faults(&short), ["title", "text"]);
    let text = "Perekaman sudah tiga minggu dan kartunya belum jadi.";
    let mut handler = program(&app, HANDLER).await;
    assert_eq!(post(&mut handler, &place, words(text, 0)).await.status, 403);
    let published = fine(&post(&mut officer, &place, words(text, 0)).await);
    assert_eq!(published["published"]["state"], "published");
    let stale = post(&mut officer, &place, words(text, 0)).await;
    assert_eq!(code(&stale), (409, "changed_meanwhile".to_owned()));
    let list = app.browser().get("/pengaduan/publik").await;
    assert!(list.text().contains("Kartu lama jadi"), "{}", list.text());
    let withdraw = format!("{place}/withdraw");
    let silent = post(&mut officer, &withdraw, json!({ "version": 1 })).await;
    assert_eq!(faults(&silent), ["reason"]);
    let why = json!({ "reason": "Menyebut tetangga", "version": 1 });
    assert_eq!(post(&mut officer, &withdraw, why).await.status, 204);
    let list = app.browser().get("/pengaduan/publik").await;
    assert!(!list.text().contains("Kartu lama jadi"));

    let secret = filed(&app, false, true).await.complaint.number;
    let place = format!("/complaints/{secret}/publication");
    let never = post(&mut officer, &place, words(text, 0)).await;
    assert_eq!(code(&never), (422, "publication.confidential".to_owned()));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_program_gathers_voices_under_a_topic_that_an_action_answers() {
    let app = TestApp::new().await;
    let action = made(&app).await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        numbers.push(filed(&app, false, false).await.complaint.number);
    }
    let mut officer = program(&app, OFFICER).await;
    let mut handler = program(&app, HANDLER).await;
    let list = "/complaint-topics";
    let new = json!({ "title": "Antrean loket", "complaints": numbers[..2] });
    assert_eq!(post(&mut handler, list, new.clone()).await.status, 403);
    let made = fine(&post(&mut officer, list, new.clone()).await);
    assert_eq!((&made["total"], &made["version"]), (&json!(2), &json!(1)));
    assert_eq!(faults(&post(&mut officer, list, new).await), ["title"]);
    let place = format!("{list}/{}", made["id"].as_str().unwrap());
    let inside = format!("{place}/complaints");
    let more = json!({ "complaints": numbers });
    assert_eq!(fine(&post(&mut officer, &inside, more).await)["total"], 3);
    let out = format!("{inside}/{}", numbers[0]);
    assert_eq!(delete(&mut officer, &out).await.status, 204);
    let unknown = json!({ "complaints": ["ADU-2026-999999"] });
    assert_eq!(post(&mut officer, &inside, unknown).await.status, 404);
    let offered = json!({ "offered": true, "version": 1 });
    let proposal = format!("{place}/proposal");
    let proposed = fine(&post(&mut officer, &proposal, offered.clone()).await);
    assert!(proposed["proposed_at"].is_string(), "{proposed}");
    let stale = post(&mut officer, &proposal, offered).await;
    assert_eq!(code(&stale), (409, "changed_meanwhile".to_owned()));
    let link = format!("{place}/action-item");
    let answer = json!({ "action_item": action, "version": 2 });
    assert_eq!(post(&mut handler, &link, answer.clone()).await.status, 403);
    let mut head = program(&app, HEAD).await;
    let none = post(&mut head, &link, json!({ "version": 2 })).await;
    assert_eq!(faults(&none), ["action_item"]);
    let linked = fine(&post(&mut head, &link, answer).await);
    assert_eq!(linked["action_item"]["id"], json!(action));
    let case = format!("/complaints/{}", numbers[1]);
    let case = fine(&read(&mut officer, &case).await);
    assert_eq!(case["action_items"].as_array().unwrap().len(), 1);
    let all = fine(&read(&mut officer, list).await);
    assert_eq!(all["items"][0]["total"], 2);
    let gone = delete(&mut officer, &format!("{place}?version=3")).await;
    assert_eq!(gone.status, 204, "{}", gone.body);
    assert_eq!(read(&mut officer, &place).await.status, 404);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_program_reads_the_register_book_page_by_page_and_it_is_known_who_took_it() {
    let app = TestApp::new().await;
    let open = filed(&app, false, false).await.complaint.number;
    let anonymous = filed(&app, true, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let book = "/reports/complaint-register";
    let march = "from=2026-03-01&to=2026-03-31";
    let first = fine(&read(&mut officer, &format!("{book}?{march}&limit=1")).await);
    assert_eq!(
        (&first["total"], &first["items"][0]["number"]),
        (&json!(2), &json!(open))
    );
    assert!(first["items"][0]["reporter"].is_null(), "{first}");
    let cursor = first["next_cursor"].as_str().unwrap();
    let next = format!("{book}?{march}&limit=1&identity=true&cursor={cursor}");
    let next = fine(&read(&mut officer, &next).await);
    assert_eq!(
        (&next["items"][0]["number"], &next["items"][0]["position"]),
        (&json!(anonymous), &json!(2))
    );
    assert!(
        next["items"][0]["reporter"].is_null(),
        "never of an anonymous voice"
    );
    let csv = read(&mut officer, &format!("{book}.csv?{march}&identity=true")).await;
    assert_eq!(csv.status, 200, "{}", csv.body);
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(
        csv.body.contains(NAME) && csv.body.lines().count() == 3,
        "{}",
        csv.body
    );
    let backwards = read(
        &mut officer,
        &format!("{book}?from=2026-03-31&to=2026-03-01"),
    )
    .await;
    assert_eq!(faults(&backwards), ["to"]);
    let mut head = program(&app, HEAD).await;
    assert_eq!(
        read(&mut head, &format!("{book}?identity=true"))
            .await
            .status,
        403
    );
    let mut admin = program(&app, crate::ways::ADMIN).await;
    assert_eq!(read(&mut admin, book).await.status, 403);
    let unit = rembuk::organisation::unit_by_code(&app.app.db, UNIT)
        .await
        .unwrap();
    let history = rembuk::audit::history(&app.app.db, "unit", unit.id.0)
        .await
        .unwrap();
    let taken = history
        .iter()
        .filter(|event| event.verb == "complaint.register_taken")
        .count();
    assert_eq!(taken, 2, "the page with names, and the file");
    app.run_jobs().await;
}
