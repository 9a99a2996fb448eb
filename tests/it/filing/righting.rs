//! An officer puts right what a complaint is, and takes down what a category asks.

use serde_json::{Value, json};

use super::{steps::category, *};
use crate::{
    clocks::{UNIT_ADMIN, deadline, until},
    complaints::{HANDLER, HEAD, OFFICER, UNIT, filed, program},
};

async fn classified(program: &mut Browser<'_>, number: &str, body: Value) -> Answer {
    let path = format!("/api/v1/complaints/{number}/classify");
    program.api(Method::POST, &path, Some(body)).await
}

/// Numbers of the inbox's list with these filters.
async fn found(program: &mut Browser<'_>, filters: &str) -> Vec<String> {
    let list = program.get(&format!("/api/v1/complaints?{filters}")).await;
    assert_eq!(list.status, 200, "{filters}: {}", list.body);
    let items = list.json()["items"].as_array().unwrap().clone();
    let numbers = items.iter().map(|one| one["number"].as_str().unwrap());
    numbers.map(str::to_owned).collect()
}

#[tokio::test]
async fn what_a_complaint_is_is_put_right_with_a_reason_and_found_and_counted_so() {
    let app = TestApp::new().await;
    let sort = category(&app).await;
    let number = filed(&app, false, false).await.complaint.number;
    let other = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let body =
        json!({ "kind": "aspiration", "category": sort, "reason": "Salah pilih di formulir" });
    let mut handler = program(&app, HANDLER).await;
    let refused = classified(&mut handler, &number, body.clone()).await;
    assert!(matches!(refused.status, 403 | 404), "{}", refused.body);
    for (wrong, field) in [
        (json!({ "kind": "aspiration" }), "reason"),
        (json!({ "reason": "Tidak ada yang lain" }), "kind"),
        (json!({ "kind": "x", "reason": "Salah pilih" }), "kind"),
        (
            json!({ "service": "x", "reason": "Salah pilih" }),
            "service",
        ),
        (
            json!({ "category": "x", "reason": "Salah pilih" }),
            "category",
        ),
    ] {
        let refused = classified(&mut officer, &number, wrong.clone()).await;
        assert_eq!(refused.status, 422, "{wrong}: {}", refused.body);
        assert_eq!(refused.json()["errors"][0]["field"], field, "{wrong}");
    }
    let done = classified(&mut officer, &number, body).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let case = done.json();
    assert_eq!(case["kind"], "aspiration");
    assert_eq!(case["category"]["id"], sort);
    assert_eq!(case["category"]["name"], "Menunggu terlalu lama");
    let told = case["timeline"].to_string();
    assert!(told.contains("Salah pilih di formulir"), "{told}");
    assert!(
        told.contains("Tanpa kategori → Menunggu terlalu lama"),
        "{told}"
    );
    let of = format!("category={sort}");
    let only = std::slice::from_ref(&number);
    assert_eq!(found(&mut officer, &of).await, only);
    assert_eq!(found(&mut officer, "category=none").await, [other]);
    assert_eq!(found(&mut officer, "kind=aspiration").await, only);
    let nonsense = officer.get("/api/v1/complaints?category=x").await;
    assert_eq!(nonsense.status, 422, "{}", nonsense.body);
    let mut desk = app.sign_in(OFFICER).await;
    let inbox = desk.get(&format!("/kerja/pengaduan?{of}")).await;
    assert!(inbox.text().contains(&number), "{}", inbox.text());
    // On the page, and back to no category.
    let page = format!("/kerja/pengaduan/{number}/perbaiki");
    let form = desk.get(&page).await;
    let version = form.attribute("input[name=version]", "value").unwrap();
    let mut typed = vec![
        ("version", version.as_str()),
        ("kind", "aspiration"),
        ("service", ""),
        ("category", ""),
        ("reason", ""),
    ];
    let refused = desk.post(&page, &typed).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    typed[4] = ("reason", "Tidak menunggu lama");
    let kept = desk.post(&page, &typed).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    assert_eq!(desk.post(&page, &typed).await.status, 409);
    assert!(found(&mut officer, &of).await.is_empty());
    app.run_jobs().await;
}

#[tokio::test]
async fn protection_is_added_and_never_lessened() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let body = json!({ "confidential": true, "reason": "Menyebut nama tetangga" });
    let done = classified(&mut officer, &filed, body).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(done.json()["confidential"], true);
    let body = json!({ "confidential": false, "reason": "Boleh dibaca lagi" });
    let refused = classified(&mut officer, &filed, body).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(refused.json()["errors"][0]["field"], "confidential");
    app.run_jobs().await;
}

#[tokio::test]
async fn another_kind_counts_from_the_receipt_and_makes_nothing_late_be_in_time() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    admin.get("/kerja/batas-waktu").await;
    let fields = [
        ("unit", UNIT),
        ("set", "sp4n_classes"),
        ("after_hours", "same_day"),
        ("due_end", "end_of_day"),
        ("valid_from", "2026-03-17"),
        ("reason", "Menyesuaikan pedoman SP4N-LAPOR"),
    ];
    let chosen = admin.post("/kerja/batas-waktu", &fields).await;
    assert_eq!(chosen.status, 303, "{}", chosen.text());
    let asked = json!({
        "unit": UNIT, "kind": "information_request", "subject": "Syarat KTP-el", "description": WORDS,
    });
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let receipt = app
            .browser()
            .api(Method::POST, "/api/v1/complaints", Some(asked.clone()))
            .await;
        assert_eq!(receipt.status, 201, "{}", receipt.body);
        numbers.push(receipt.json()["number"].as_str().unwrap().to_owned());
    }
    let body = json!({ "kind": "complaint", "reason": "Sebenarnya keluhan" });
    let before = deadline(&app, &numbers[0]).await;
    let mut officer = program(&app, OFFICER).await;
    let done = classified(&mut officer, &numbers[0], body.clone()).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let after = deadline(&app, &numbers[0]).await;
    assert_eq!(before["respond"]["working_days"], 5, "{before}");
    assert_eq!(after["respond"]["working_days"], 14, "{after}");
    assert!(
        after["respond"]["due_at"].as_str() > before["respond"]["due_at"].as_str(),
        "{after}"
    );
    assert_eq!(after["moves"][0]["event"], "complaint.deadline_moved");
    // Nor does the date that was told come nearer again.
    let back = json!({ "kind": "information_request", "reason": "Permintaan informasi" });
    let done = classified(&mut officer, &numbers[0], back).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let kept = deadline(&app, &numbers[0]).await;
    assert_eq!(kept["respond"]["due_at"], after["respond"]["due_at"]);
    until(&app, "2026-04-10 09:00");
    let late = deadline(&app, &numbers[1]).await;
    assert_eq!(late["respond"]["state"], "late", "{late}");
    let mut officer = program(&app, OFFICER).await;
    let done = classified(&mut officer, &numbers[1], body).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let still = deadline(&app, &numbers[1]).await;
    assert_eq!(still["respond"]["state"], "late", "{still}");
    assert_eq!(still["respond"]["due_at"], late["respond"]["due_at"]);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_officer_takes_down_what_the_category_asks_as_far_as_it_was_told() {
    let app = TestApp::new().await;
    let sort = category(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let form = "/kerja/pengaduan/baru";
    officer.get(form).await;
    let mut typed = vec![
        ("unit", UNIT),
        ("channel", "phone"),
        ("kind", "complaint"),
        ("description", "Menunggu tiga jam di loket."),
        ("received_on", "2026-03-17"),
        ("received_time", "09:00"),
        ("category", sort.as_str()),
        ("then", "questions"),
    ];
    let shown = officer.post(form, &typed).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    assert!(shown.text().contains("Di loket mana?"), "{}", shown.text());
    assert_eq!(
        shown.texts("textarea[name=description]"),
        ["Menunggu tiga jam di loket."]
    );
    let mark = shown.attribute("input[name=asked]", "value").unwrap();
    typed.pop();
    typed.push(("then", "open"));
    typed.push(("answer2", "Loket 2"));
    // Typed under the questions of another category.
    let other = [typed.as_slice(), &[("asked", "lain:1")]].concat();
    let refused = officer.post(form, &other).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    typed.push(("asked", mark.as_str()));
    // When it began nobody said, though the citizen's own form asks for it.
    let saved = officer.post(form, &typed).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let case = officer.follow(&saved).await;
    for words in ["Menunggu terlalu lama", "Di loket mana?", "Loket 2"] {
        assert!(case.text().contains(words), "{words}: {}", case.text());
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_channel_that_an_officer_mistook_is_put_right_and_the_figures_follow() {
    let app = TestApp::new().await;
    let mut officer = program(&app, OFFICER).await;
    let told = json!({
        "unit": UNIT, "channel": "phone", "kind": "complaint", "subject": "Antre lama di loket",
        "description": WORDS, "received_at": app.now(),
    });
    let made = officer
        .api(Method::POST, "/api/v1/complaints", Some(told))
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let number = made.json()["number"].as_str().unwrap().to_owned();
    let body = json!({ "channel": "letter", "reason": "Datang sebagai surat" });
    let done = classified(&mut officer, &number, body).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(done.json()["channel"], "letter");
    let timeline = done.json()["timeline"].to_string();
    assert!(timeline.contains("Telepon → Surat"), "{timeline}");
    let only = std::slice::from_ref(&number);
    assert_eq!(found(&mut officer, "channel=letter").await, only);
    assert!(found(&mut officer, "channel=phone").await.is_empty());
    // Nothing becomes what it cannot be, and one fault is one line.
    let web = filed(&app, false, false).await.complaint.number;
    for (number, channel) in [
        (&number, "web"),
        (&web, "phone"),
        (&number, "merpati"),
        (&number, "sp4n_lapor"),
    ] {
        let body = json!({ "channel": channel, "reason": "Salah pilih kanal" });
        let refused = classified(&mut officer, number, body).await;
        assert_eq!(refused.status, 422, "{channel}: {}", refused.body);
        let errors = refused.json()["errors"].clone();
        assert_eq!(errors.as_array().unwrap().len(), 1, "{errors}");
        assert_eq!(errors[0]["field"], "channel", "{errors}");
    }
    let mut desk = app.sign_in(OFFICER).await;
    let page = |number: &str| format!("/kerja/pengaduan/{number}/perbaiki");
    let form = desk.get(&page(&number)).await;
    assert_eq!(
        form.attribute("select[name=channel] option[selected]", "value"),
        Some("letter".to_owned())
    );
    let fixed = desk.get(&page(&web)).await;
    assert_eq!(fixed.attribute("select[name=channel]", "name"), None);
    let offered = form.attribute("select[name=channel] option[value=sp4n_lapor]", "value");
    assert_eq!(offered, None, "it has no tracking id");
    let history = officer
        .get(&format!("/api/v1/complaints/{number}/history"))
        .await
        .json();
    let last = history["items"].as_array().unwrap().last().unwrap();
    assert_eq!(last["event"], "classify", "{history}");
    let reason = last["reason"].as_str().unwrap();
    assert!(reason.contains("Telepon → Surat"), "{history}");
    assert!(reason.contains("Datang sebagai surat"), "{history}");
    app.run_jobs().await;
}

#[tokio::test]
async fn who_may_not_read_a_confidential_case_learns_by_no_category_what_it_is_about() {
    let app = TestApp::new().await;
    let sort = category(&app).await;
    let number = filed(&app, false, true).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let body = json!({ "category": sort, "reason": "Salah pilih di formulir" });
    let done = classified(&mut officer, &number, body).await;
    assert_eq!(done.status, 200, "{}", done.body);
    let of = format!("category={sort}");
    let only = std::slice::from_ref(&number);
    assert_eq!(found(&mut officer, &of).await, only);
    let mut head = program(&app, HEAD).await;
    assert!(found(&mut head, &of).await.is_empty());
    assert!(found(&mut head, "category=none").await.is_empty());
    let path = format!("/api/v1/complaints/{number}");
    let case = head.get(&path).await.json();
    assert!(
        case["category"].is_null() && case["service"].is_null(),
        "{case}"
    );
    let page = app
        .sign_in(HEAD)
        .await
        .get(&format!("/kerja/pengaduan/{number}"))
        .await;
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("Menunggu terlalu lama"));
    app.run_jobs().await;
}
