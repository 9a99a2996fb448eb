//! Filing and handling by programs.

use poem::http::Method;
use serde_json::{Value, json};

use super::*;

fn body() -> Value {
    json!({
        "unit": UNIT,
        "subject": "KTP-el belum jadi",
        "description": WORDS,
        "reporter": { "name": NAME, "email": EMAIL, "phone": "0800-0000-0012" },
    })
}

#[tokio::test]
async fn a_complaint_gets_number_code_and_the_day_it_is_answered_by_with_reasons() {
    let app = TestApp::new().await;
    let answer = app
        .browser()
        .api(Method::POST, "/api/v1/complaints", Some(body()))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let receipt = answer.json();
    assert_eq!(receipt["number"], "ADU-2026-000001");
    let code = receipt["access_code"].as_str().unwrap();
    assert!(code.len() == 16 && code.bytes().all(|b| b.is_ascii_digit()));
    assert_eq!(receipt["received_at"], "2026-03-17T10:00:00+08:00");
    assert_eq!(receipt["due_at"], "2026-03-26T16:00:00+08:00");
    let days = receipt["explanation"].as_array().unwrap();
    assert_eq!(days.len(), 10);
    assert_eq!(days[0]["date"], "2026-03-17");
    let counted: Vec<&Value> = days.iter().filter(|day| day["counted"] == true).collect();
    assert_eq!(counted.len(), 2);
    assert_eq!(counted[0]["date"], "2026-03-25");
    assert!(
        days.iter()
            .all(|day| !day["reason"].as_str().unwrap().is_empty())
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn the_same_request_with_the_same_key_is_one_complaint_for_a_day() {
    let app = TestApp::new().await;
    let mut program = app.browser();
    program
        .headers
        .push(("idempotency-key".into(), "abc-1".into()));
    let first = program
        .api(Method::POST, "/api/v1/complaints", Some(body()))
        .await;
    let again = program
        .api(Method::POST, "/api/v1/complaints", Some(body()))
        .await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.json(), again.json());
    assert_eq!(count(&app).await, 1);
    let mut other = body();
    other["subject"] = json!("Perihal lain");
    let conflict = program
        .api(Method::POST, "/api/v1/complaints", Some(other.clone()))
        .await;
    assert_eq!(conflict.status, 409, "{}", conflict.body);
    assert_eq!(conflict.json()["code"], "idempotency_key");
    let mut elsewhere = body();
    elsewhere["unit"] = json!("disdukcapil-sulsel");
    let conflict = program
        .api(Method::POST, "/api/v1/complaints", Some(elsewhere))
        .await;
    assert_eq!(conflict.status, 409, "another office is another body");
    let mut careless = app.browser();
    let empty = ("idempotency-key".into(), String::new());
    careless.headers.push(empty);
    let refused = careless
        .api(Method::POST, "/api/v1/complaints", Some(body()))
        .await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["errors"][0]["code"], "field-required");
    app.advance(chrono::Duration::hours(25));
    let later = program
        .api(Method::POST, "/api/v1/complaints", Some(other))
        .await;
    assert_eq!(later.status, 201, "{}", later.body);
    assert_eq!(count(&app).await, 2);
    app.run_jobs().await;
}

#[tokio::test]
async fn requests_at_the_same_moment_with_one_key_are_one_complaint() {
    let app = TestApp::new().await;
    let file = || async {
        let mut program = app.browser();
        program
            .headers
            .push(("idempotency-key".into(), "bersama".into()));
        program
            .api(Method::POST, "/api/v1/complaints", Some(body()))
            .await
    };
    let answers = futures::future::join_all((0..6).map(|_| file())).await;
    let numbers: std::collections::BTreeSet<String> = answers
        .iter()
        .map(|answer| answer.json()["number"].to_string())
        .collect();
    assert!(answers.iter().all(|answer| answer.status == 201));
    assert_eq!((numbers.len(), count(&app).await), (1, 1));
    app.run_jobs().await;
}

#[tokio::test]
async fn many_citizens_at_once_get_different_numbers() {
    let app = TestApp::new().await;
    let file = |n: usize| {
        let mut new = body();
        new["subject"] = json!(format!("Pengaduan {n}"));
        let app = &app;
        async move {
            app.browser()
                .api(Method::POST, "/api/v1/complaints", Some(new))
                .await
        }
    };
    let answers = futures::future::join_all((0..12).map(file)).await;
    let numbers: std::collections::BTreeSet<String> = answers
        .iter()
        .map(|answer| answer.json()["number"].to_string())
        .collect();
    assert_eq!(numbers.len(), 12);
    app.run_jobs().await;
}

#[tokio::test]
async fn wrong_and_hostile_input_is_named_field_by_field_and_stores_nothing() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let long = "x".repeat(6000);
    for (field, value, fault) in [
        ("unit", json!("tidak-ada"), "unit"),
        ("unit", json!(""), "unit"),
        ("subject", json!(""), "subject"),
        ("subject", json!("dua\nbaris"), "subject"),
        ("subject", json!("=cmd|' /C calc'!A0"), "subject"),
        (
            "description",
            json!("<script>alert(1)</script> aduan saya"),
            "description",
        ),
        (
            "description",
            json!("aduan\u{7} tersembunyi"),
            "description",
        ),
        (
            "description",
            json!("aduan \u{0007} berbunyi"),
            "description",
        ),
        ("description", json!(long), "description"),
        (
            "reporter",
            json!({ "email": "bukan surel" }),
            "reporter.email",
        ),
        ("reporter", json!({ "phone": "12" }), "reporter.phone"),
        (
            "reporter",
            json!({ "name": "<b>Budi</b>" }),
            "reporter.name",
        ),
    ] {
        let mut new = body();
        new[field] = value.clone();
        let answer = citizen
            .api(Method::POST, "/api/v1/complaints", Some(new))
            .await;
        assert_eq!(answer.status, 422, "{field} {value}: {}", answer.body);
        assert_eq!(answer.json()["code"], "invalid");
        assert_eq!(answer.json()["errors"][0]["field"], fault);
    }
    for broken in [
        json!({}),
        json!([]),
        json!({ "unit": UNIT, "subject": 5, "description": WORDS }),
        // A misspelt choice must not expose anybody.
        json!({ "unit": UNIT, "subject": "Aduan", "description": WORDS, "anonymus": true }),
    ] {
        let answer = citizen
            .api(Method::POST, "/api/v1/complaints", Some(broken.clone()))
            .await;
        assert!(
            (400..500).contains(&answer.status),
            "{broken}: {}",
            answer.status
        );
    }
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let answer = citizen
        .send(
            Method::POST,
            "/api/v1/complaints",
            Some(("application/json", deep.into_bytes())),
        )
        .await;
    assert!((400..500).contains(&answer.status));
    assert_eq!(count(&app).await, 0);
}

#[tokio::test]
async fn too_many_complaints_from_one_address_have_to_wait() {
    let app = TestApp::with(&[("REMBUK__LIMITS__COMPLAINTS_PER_HOUR", "2")]).await;
    for n in 0..2 {
        let mut new = body();
        new["subject"] = json!(format!("Pengaduan {n}"));
        let answer = app
            .browser()
            .api(Method::POST, "/api/v1/complaints", Some(new))
            .await;
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
    let answer = app
        .browser()
        .api(Method::POST, "/api/v1/complaints", Some(body()))
        .await;
    assert_eq!(answer.status, 429);
    // An officer's program takes in what came by other ways.
    let mut office = program(&app, OFFICER).await;
    let answer = office
        .api(Method::POST, "/api/v1/complaints", Some(body()))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    app.advance(chrono::Duration::minutes(61));
    let answer = app
        .browser()
        .api(Method::POST, "/api/v1/complaints", Some(body()))
        .await;
    assert_eq!(answer.status, 201);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_wrong_code_looks_like_an_unknown_number_and_guessing_ends() {
    let app = TestApp::with(&[("REMBUK__HTTP__TRUSTED_PROXIES", "127.0.0.1")]).await;
    let filed = filed(&app, false, false).await;
    let known = format!("/api/v1/complaints/{}/status", filed.complaint.number);
    let unknown = "/api/v1/complaints/ADU-2026-999999/status";
    let mut guesser = app.browser();
    guesser
        .headers
        .push(("x-access-code".into(), "0000000000000000".into()));
    for _ in 0..5 {
        let (a, b) = (guesser.get(&known).await, guesser.get(unknown).await);
        assert_eq!((a.status, b.status), (404, 404));
        let without_id = |answer: &crate::support::browser::Answer| {
            let mut json = answer.json();
            json["request_id"] = Value::Null;
            json
        };
        assert_eq!(without_id(&a), without_id(&b));
    }
    for path in [known.as_str(), unknown] {
        let answer = guesser.get(path).await;
        assert_eq!(answer.status, 429);
        assert!(!answer.header("retry-after").is_empty());
    }
    // The right code does not help now either, or guessing would go on.
    let mut owner = app.browser();
    owner
        .headers
        .push(("x-access-code".into(), filed.code.clone()));
    assert_eq!(owner.get(&known).await.status, 429);
    // But nobody locks the citizen out from elsewhere.
    let mut elsewhere = app.browser();
    elsewhere.headers = owner.headers.clone();
    let address = ("x-forwarded-for".into(), "203.0.113.7".into());
    elsewhere.headers.push(address);
    assert_eq!(elsewhere.get(&known).await.status, 200);
    app.advance(chrono::Duration::minutes(16));
    assert_eq!(owner.get(&known).await.status, 200);
}

#[tokio::test]
async fn the_straight_way_from_receipt_to_answer_is_seen_by_the_citizen() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = &filed.complaint.number;
    assigned(&app, number, "fasilitasi").await;
    app.advance(chrono::Duration::hours(3));
    let mut handler = program(&app, HANDLER).await;
    let answer = handler
        .api(
            Method::POST,
            &format!("/api/v1/complaints/{number}/answer"),
            Some(json!({ "text": "Sudah dapat diambil di loket 2." })),
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["status"], "answered");
    let mut citizen = app.browser();
    let spaced = rembuk::complaints::rules::grouped(&filed.code).join(" ");
    citizen.headers.push(("x-access-code".into(), spaced));
    let status = citizen
        .get(&format!("/api/v1/complaints/{number}/status"))
        .await
        .json();
    assert_eq!(status["status"], "answered");
    assert_eq!(status["status_label"], "Dijawab");
    assert_eq!(status["answered_at"], "2026-03-17T13:00:00+08:00");
    let events: Vec<&str> = status["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        events,
        [
            "complaint.received",
            "complaint.verified",
            "complaint.assigned",
            "complaint.started",
            "complaint.answered"
        ]
    );
    assert_eq!(
        status["messages"][0]["text"],
        "Sudah dapat diambil di loket 2."
    );
    let twice = handler
        .api(
            Method::POST,
            &format!("/api/v1/complaints/{number}/answer"),
            Some(json!({ "text": "Dijawab sekali lagi." })),
        )
        .await;
    assert_eq!(
        (twice.status, twice.json()["code"].as_str().unwrap()),
        (422, "complaint.transition")
    );
    app.run_jobs().await;
    let figures = rembuk::complaints::public_figures(
        &app.app.db,
        filed.complaint.unit_id,
        app.now() - chrono::Duration::days(30),
    )
    .await
    .unwrap();
    assert_eq!((figures.received, figures.answered), (1, 1));
    assert_eq!(figures.on_time_percent, Some(100.0));
    assert_eq!(figures.mean_working_days, Some(0.0));
}

#[tokio::test]
async fn a_list_is_ordered_by_what_is_due_next_and_can_be_filtered_and_paged() {
    let app = TestApp::new().await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        numbers.push(filed(&app, false, false).await.complaint.number);
        app.advance(chrono::Duration::days(9));
    }
    answered(&app, &numbers[0]).await;
    let mut officer = program(&app, OFFICER).await;
    let all = officer.get("/api/v1/complaints").await.json();
    let order = |list: &Value| -> Vec<String> {
        let items = list["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["number"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(order(&all), [&*numbers[1], &*numbers[2], &*numbers[0]]);
    let first = officer.get("/api/v1/complaints?limit=2").await.json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = officer
        .get(&format!("/api/v1/complaints?limit=2&cursor={cursor}"))
        .await
        .json();
    assert_eq!([order(&first), order(&second)].concat(), order(&all));
    assert!(second["next_cursor"].is_null());
    let open = officer
        .get("/api/v1/complaints?status=received")
        .await
        .json();
    assert_eq!(order(&open), [&*numbers[1], &*numbers[2]]);
    let found = officer
        .get(&format!("/api/v1/complaints?q={}", numbers[2]))
        .await
        .json();
    assert_eq!(order(&found), [&*numbers[2]]);
    let due = officer
        .get("/api/v1/complaints?due_before=2026-03-27T00:00:00Z&q=ktp-el")
        .await
        .json();
    assert_eq!(order(&due), [&*numbers[0]]);
    let wrong = officer.get("/api/v1/complaints?cursor=xx").await;
    assert_eq!(wrong.status, 422);
}

#[tokio::test]
async fn a_complaint_is_assigned_only_to_divisions_and_handlers_that_exist() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let path = format!("/api/v1/complaints/{number}/assign");
    let mut officer = program(&app, OFFICER).await;
    for (new, field) in [
        (json!({ "division": "tidak-ada" }), "division"),
        (json!({}), "division"),
        (
            json!({ "division": "fasilitasi", "person": OTHER_HANDLER }),
            "person",
        ),
        (
            json!({ "division": "fasilitasi", "instruction": "<script>x</script>" }),
            "instruction",
        ),
    ] {
        let answer = officer.api(Method::POST, &path, Some(new)).await;
        assert_eq!(
            (
                answer.status,
                answer.json()["errors"][0]["field"].as_str().unwrap()
            ),
            (422, field)
        );
    }
    let answer = officer
        .api(
            Method::POST,
            &path,
            Some(json!({ "division": "fasilitasi", "person": HANDLER })),
        )
        .await;
    assert_eq!(
        (answer.status, answer.json()["status"].as_str().unwrap()),
        (200, "assigned")
    );
    app.run_jobs().await;
}
