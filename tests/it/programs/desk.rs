//! The desk of an officer.

use super::*;
use crate::complaints::{HEAD, answered, assigned};

#[tokio::test]
async fn a_program_sees_what_would_happen_to_many_before_it_happens() {
    let app = TestApp::new().await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        numbers.push(filed(&app, false, false).await.complaint.number);
    }
    answered(&app, &numbers[2]).await;
    let mut officer = program(&app, OFFICER).await;
    let mut handler = program(&app, HANDLER).await;
    let preview = "/complaint-batches/preview";
    let question = json!({ "act": "assign", "complaints": numbers });
    assert_eq!(
        post(&mut handler, preview, question.clone()).await.status,
        403
    );
    let none = post(&mut officer, preview, json!({ "act": "assign" })).await;
    assert_eq!(faults(&none), ["complaints"]);
    let many = json!({ "act": "assign", "complaints": vec![&numbers[0]; 101] });
    assert_eq!(
        faults(&post(&mut officer, preview, many).await),
        ["complaints"]
    );
    let unknown = post(&mut officer, preview, json!({ "act": "hapus" })).await;
    assert_eq!(faults(&unknown), ["act"]);
    let seen = fine(&post(&mut officer, preview, question).await);
    assert_eq!(seen["possible"], 2, "{seen}");
    assert_eq!(seen["items"][2]["problem"]["code"], "complaint.transition");

    let chosen: Vec<Value> = [0, 1]
        .map(|at: usize| {
            let one = &seen["items"][at];
            json!({ "number": one["number"], "version": one["version"] })
        })
        .into();
    let mut order = json!({ "act": "assign", "complaints": chosen });
    let bare = post(&mut officer, "/complaint-batches", order.clone()).await;
    assert_eq!(faults(&bare), ["division"]);
    order["division"] = json!("fasilitasi");
    // Somebody changes one of them meanwhile.
    assigned(&app, &numbers[1], "piak").await;
    app.advance(chrono::Duration::minutes(1));
    let begun = fine(&post(&mut officer, "/complaint-batches", order).await);
    assert_eq!((&begun["total"], &begun["waiting"]), (&json!(2), &json!(2)));
    app.run_jobs().await;
    let place = format!("/complaint-batches/{}", begun["id"].as_str().unwrap());
    let done = fine(&read(&mut officer, &place).await);
    assert_eq!((&done["done"], &done["waiting"]), (&json!(1), &json!(0)));
    assert_eq!(done["refused"][0]["number"], json!(numbers[1]));
    assert_eq!(
        read(&mut handler, &place).await.status,
        404,
        "a batch is its owner's"
    );
}

#[tokio::test]
async fn a_program_keeps_filters_and_standard_answers() {
    let app = TestApp::new().await;
    let mut officer = program(&app, OFFICER).await;
    let mut handler = program(&app, HANDLER).await;
    let list = "/complaint-filters";
    let filter = json!({ "name": "Surat yang terlambat", "query": "view=late&channel=letter&x=1" });
    assert_eq!(
        faults(&post(&mut officer, list, json!({ "name": "x" })).await),
        ["name"]
    );
    let kept = fine(&post(&mut officer, list, filter).await);
    assert_eq!(kept["items"][0]["query"], "view=late&channel=letter");
    assert_eq!(
        (&kept["items"][0]["found"], &kept["items"][0]["mine"]),
        (&json!(0), &json!(true))
    );
    let one = format!("{list}/{}", kept["items"][0]["id"].as_str().unwrap());
    assert_eq!(delete(&mut handler, &one).await.status, 404);
    assert_eq!(delete(&mut officer, &one).await.status, 204);
    assert_eq!(fine(&read(&mut officer, list).await)["items"], json!([]));

    let list = "/standard-answers";
    let mut text = json!({ "title": "Sudah jadi", "text": "Yth. {nama}, KTP-el sudah jadi." });
    assert_eq!(post(&mut handler, list, text.clone()).await.status, 403);
    let unknown = json!({ "title": "Salah", "text": "Yth. {siapa}, KTP-el sudah jadi." });
    assert_eq!(faults(&post(&mut officer, list, unknown).await), ["text"]);
    let kept = fine(&post(&mut officer, list, text.clone()).await);
    assert_eq!(kept["items"][0]["version"], 1);
    let twin = post(&mut officer, list, text.clone()).await;
    assert_eq!(faults(&twin), ["title"]);
    let one = format!("{list}/{}", kept["items"][0]["id"].as_str().unwrap());
    text["text"] = json!("Yth. {nama}, KTP-el {nomor} sudah jadi.");
    text["version"] = json!(1);
    let changed = fine(&put(&mut officer, &one, text.clone()).await);
    assert_eq!(changed["items"][0]["version"], 2);
    let stale = put(&mut officer, &one, text).await;
    assert_eq!(code(&stale), (409, "changed_meanwhile".to_owned()));
    assert_eq!(faults(&delete(&mut officer, &one).await), ["version"]);
    let gone = delete(&mut officer, &format!("{one}?version=2")).await;
    assert_eq!(gone.status, 204, "{}", gone.body);
}

#[tokio::test]
async fn the_history_says_what_became_of_the_deadline_too() {
    const WHY: &str = "Menunggu keterangan tertulis dari pusat";
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let mut head = program(&app, HEAD).await;
    let extended = json!({ "days": 3, "reason": WHY });
    let path = format!("/complaints/{number}/extend");
    fine(&post(&mut head, &path, extended).await);
    let mut officer = program(&app, OFFICER).await;
    let path = format!("/complaints/{number}/history");
    let history = fine(&read(&mut officer, &path).await);
    let items = history["items"].as_array().unwrap();
    let last = items.last().unwrap();
    assert_eq!(
        (&last["event"], &last["reason"], &last["by"]),
        (&json!("extend"), &json!(WHY), &json!("staff"))
    );
    assert_eq!(
        (&last["from"], &last["to"]),
        (&json!("assigned"), &json!("assigned")),
        "the state stays"
    );
    let day = |name: &str| last[name].as_str().unwrap().to_owned();
    assert!(day("due_at") > day("due_before"), "{last}");
    let seqs: Vec<i64> = items.iter().filter_map(|one| one["seq"].as_i64()).collect();
    assert_eq!(seqs, [1, 2, 3], "{items:?}");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_link_between_two_complaints_is_made_and_taken_back() {
    let app = TestApp::new().await;
    let one = filed(&app, false, false).await.complaint.number;
    let other = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let links = format!("/complaints/{one}/links");
    let linked = fine(&post(&mut officer, &links, json!({ "related": other })).await);
    assert_eq!(linked["related"][0]["number"], json!(other));
    let link = format!("{links}/{other}");
    let mut handler = program(&app, HANDLER).await;
    assert_eq!(delete(&mut handler, &link).await.status, 404);
    let apart = fine(&delete(&mut officer, &link).await);
    assert_eq!(apart["related"], json!([]));
    let unknown = delete(&mut officer, &format!("{links}/ADU-2026-999999")).await;
    assert_eq!(faults(&unknown), ["related"]);
    app.run_jobs().await;
}
