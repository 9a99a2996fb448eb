//! Who sees what: the two choices of a complainant hold everywhere.

use poem::http::Method;

use super::*;

#[tokio::test]
async fn names_and_codes_do_not_stand_readable_in_the_database() {
    use sea_orm::{ConnectionTrait as _, DatabaseBackend, Statement};
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let db = &app.app.db;
    for table in [
        "complaint",
        "complaint_identity",
        "complaint_message",
        "event",
        "mail",
        "idempotency_key",
        "attempt",
    ] {
        let sql = match db.get_database_backend() {
            DatabaseBackend::Sqlite => {
                let columns = db
                    .query_all_raw(Statement::from_string(
                        DatabaseBackend::Sqlite,
                        format!("SELECT name FROM pragma_table_info('{table}')"),
                    ))
                    .await
                    .unwrap();
                let all: Vec<String> = columns
                    .iter()
                    .map(|row| {
                        format!(
                            "COALESCE(CAST(\"{}\" AS TEXT), '')",
                            row.try_get::<String>("", "name").unwrap()
                        )
                    })
                    .collect();
                format!("SELECT {} AS line FROM {table}", all.join(" || '|' || "))
            }
            _ => format!("SELECT CAST({table} AS TEXT) AS line FROM {table}"),
        };
        let rows = db
            .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap();
        for row in rows {
            let line: Vec<u8> = row
                .try_get::<String>("", "line")
                .map(String::into_bytes)
                .or_else(|_| row.try_get::<Vec<u8>>("", "line"))
                .unwrap_or_default();
            let line = String::from_utf8_lossy(&line);
            // The search is worth something only if it can find what stands there.
            let known = if table == "complaint" { WORDS } else { "" };
            assert!(!line.is_empty() && line.contains(known), "{table}: {line}");
            for secret in [NAME, EMAIL, "80000000012", filed.code.as_str()] {
                assert!(!line.contains(secret), "{secret} stands in {table}: {line}");
            }
        }
    }
    // …and yet the mail reaches its reader.
    let mails: Vec<String> = app
        .mails()
        .iter()
        .map(|mail| String::from_utf8_lossy(mail).into_owned())
        .collect();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains(EMAIL));
    assert!(mails[0].contains(&filed.complaint.number));
    assert!(!mails[0].contains(&filed.code) && !mails[0].contains("tiga minggu"));
}

#[tokio::test]
async fn an_anonymous_name_is_opened_by_an_officer_only_with_a_reason_and_for_a_short_time() {
    let app = TestApp::new().await;
    let number = filed(&app, true, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let case = format!("/kerja/pengaduan/{number}");
    for (email, may_ask) in [
        (OFFICER, true),
        (HANDLER, false),
        (HEAD, false),
        (SUPERVISOR, false),
    ] {
        let mut browser = app.sign_in(email).await;
        let page = browser.get(&case).await;
        assert_eq!(page.status, 200, "{email}");
        assert!(
            !page.body.contains(NAME) && !page.body.contains(EMAIL),
            "{email} sees the name"
        );
        assert!(page.text().contains(WORDS), "{email} reads the complaint");
        assert_eq!(
            page.attribute("form[action$=identitas]", "action")
                .is_some(),
            may_ask,
            "{email}"
        );
        let answer = browser
            .post(
                &format!("{case}/identitas"),
                &[("reason", "ingin tahu saja")],
            )
            .await;
        if !may_ask {
            assert_eq!(answer.status, 403, "{email}");
        }
    }
    let app = TestApp::new().await;
    let number = filed(&app, true, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&case).await;
    let refused = officer
        .post(&format!("{case}/identitas"), &[("reason", "")])
        .await;
    assert_eq!(refused.status, 422);
    assert!(!refused.body.contains(NAME));
    let reason = "Berkas asli tertinggal, perlu dihubungi";
    let answer = officer
        .post(&format!("{case}/identitas"), &[("reason", reason)])
        .await;
    let page = officer.follow(&answer).await;
    assert!(page.text().contains(NAME) && page.text().contains("+6280000000012"));
    assert!(
        page.text().contains(reason),
        "the reason stands in the history"
    );
    assigned(&app, &number, "fasilitasi").await;
    let handling = app.sign_in(HANDLER).await.get(&case).await;
    assert!(handling.text().contains("Identitas anonim dibuka"));
    assert!(
        !handling.text().contains(reason),
        "the reason may name the complainant"
    );
    let head = app.sign_in(HEAD).await.get(&case).await;
    assert!(head.text().contains(reason), "who stands above judges it");
    assert!(!head.text().contains(NAME));
    let mut colleague = program(&app, OFFICER).await;
    let json = colleague
        .get(&format!("/api/v1/complaints/{number}"))
        .await
        .json();
    let events = json["timeline"].as_array().unwrap();
    assert!(
        events
            .iter()
            .any(|event| event["event"] == "complaint.identity_unmasked")
    );
    app.advance(chrono::Duration::minutes(16));
    assert!(
        !officer.get(&case).await.body.contains(NAME),
        "it closes again"
    );
}

#[tokio::test]
async fn an_open_name_is_seen_by_those_who_answer_and_by_nobody_else() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    for (email, sees) in [
        (OFFICER, true),
        (HANDLER, true),
        (HEAD, false),
        (SUPERVISOR, false),
    ] {
        let mut browser = app.sign_in(email).await;
        let page = browser.get(&format!("/kerja/pengaduan/{number}")).await;
        assert_eq!(page.body.contains(NAME), sees, "{email}");
        let json = program(&app, email)
            .await
            .get(&format!("/api/v1/complaints/{number}"))
            .await
            .json();
        assert_eq!(json["reporter"].is_object(), sees, "{email}");
    }
    let unit = rembuk::organisation::unit_by_code(&app.app.db, UNIT)
        .await
        .unwrap();
    let looks = rembuk::audit::counts(&app.app.db, unit.id, "complaint")
        .await
        .unwrap();
    assert_eq!(
        looks["complaint.identity_shown"], 2,
        "one for each who looked, not for each look"
    );
}

#[tokio::test]
async fn a_confidential_complaint_is_read_by_officers_and_those_assigned_only() {
    let app = TestApp::new().await;
    let number = filed(&app, false, true).await.complaint.number;
    let mails_before = app.mails().len();
    assigned(&app, &number, "fasilitasi").await;
    let told = String::from_utf8_lossy(&app.mails()[mails_before]).into_owned();
    assert!(
        told.contains(&number) && !told.contains("KTP-el belum jadi") && !told.contains("Bungaran")
    );
    for (email, reads) in [
        (OFFICER, true),
        (HANDLER, true),
        (HEAD, false),
        (SUPERVISOR, false),
    ] {
        let mut browser = app.sign_in(email).await;
        let page = browser.get(&format!("/kerja/pengaduan/{number}")).await;
        assert_eq!(page.status, 200, "{email} knows that it exists");
        assert_eq!(page.text().contains(WORDS), reads, "{email}");
        assert_eq!(page.text().contains("KTP-el belum jadi"), reads, "{email}");
        let inbox = browser.get("/kerja/pengaduan").await;
        assert!(inbox.text().contains(&number));
        assert_eq!(inbox.text().contains("KTP-el belum jadi"), reads, "{email}");
        let mut tool = program(&app, email).await;
        let list = tool.get("/api/v1/complaints?q=ktp-el").await.json();
        assert_eq!(
            list["items"].as_array().unwrap().len(),
            usize::from(reads),
            "a search tells {email} nothing"
        );
        let one = tool
            .get(&format!("/api/v1/complaints/{number}"))
            .await
            .json();
        assert_eq!(one["description"].is_string(), reads, "{email}");
        assert_eq!(one["due_at"], "2026-03-26T16:00:00+08:00");
    }
}

#[tokio::test]
async fn a_handler_sees_only_what_is_their_divisions_and_another_unit_sees_nothing() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let path = format!("/api/v1/complaints/{number}");
    assert_eq!(program(&app, HANDLER).await.get(&path).await.status, 404);
    assigned(&app, &number, "fasilitasi").await;
    assert_eq!(program(&app, HANDLER).await.get(&path).await.status, 200);
    for email in [OTHER_HANDLER, OTHER_OFFICER] {
        let mut other = program(&app, email).await;
        assert_eq!(other.get(&path).await.status, 404, "{email}");
        let list = other.get("/api/v1/complaints").await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), 0);
        for action in ["assign", "answer"] {
            let answer = other
                .api(Method::POST, &format!("{path}/{action}"), Some(json!({})))
                .await;
            assert_eq!(answer.status, 404, "{email} {action}");
        }
        let mut browser = app.sign_in(email).await;
        assert_eq!(
            browser
                .get(&format!("/kerja/pengaduan/{number}"))
                .await
                .status,
            404
        );
    }
}

#[tokio::test]
async fn a_stranger_sees_nothing_and_the_wrong_role_changes_nothing() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let mut stranger = app.browser();
    for path in [
        "/api/v1/complaints".to_owned(),
        format!("/api/v1/complaints/{number}"),
    ] {
        assert_eq!(stranger.get(&path).await.status, 401, "{path}");
    }
    for action in ["assign", "answer"] {
        let path = format!("/api/v1/complaints/{number}/{action}");
        assert_eq!(
            stranger
                .api(Method::POST, &path, Some(json!({})))
                .await
                .status,
            401
        );
    }
    for path in [
        "/pengaduan/status",
        "/pengaduan/tanda-terima",
        "/pengaduan/tanda-terima.pdf",
    ] {
        assert_eq!(stranger.get(path).await.location(), "/lacak", "{path}");
    }
    assert_eq!(
        stranger
            .get(&format!("/kerja/pengaduan/{number}"))
            .await
            .status,
        303
    );
    for (email, action) in [
        (SUPERVISOR, "assign"),
        (SUPERVISOR, "answer"),
        (HEAD, "answer"),
    ] {
        let path = format!("/api/v1/complaints/{number}/{action}");
        let new = json!({ "division": "fasilitasi" });
        let new = if action == "assign" {
            new
        } else {
            json!({ "text": "Jawaban" })
        };
        let answer = program(&app, email)
            .await
            .api(Method::POST, &path, Some(new))
            .await;
        assert_eq!(answer.status, 403, "{email} {action}");
    }
    let mut organiser = app.sign_in("penyelenggara.kaltim@rembuk.example").await;
    assert_eq!(organiser.get("/kerja/pengaduan").await.status, 403);
}

#[tokio::test]
async fn a_cookie_of_one_complaint_opens_no_other_and_ends() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let answer = citizen
        .post(
            "/lacak",
            &[("number", &filed.complaint.number), ("code", &filed.code)],
        )
        .await;
    assert_eq!(answer.location(), "/pengaduan/status");
    assert_eq!(citizen.get("/pengaduan/status").await.status, 200);
    let cookie = citizen.cookie("rembuk_status").unwrap().to_owned();
    assert!(!cookie.contains(&filed.code));
    let mut thief = app.browser();
    thief
        .headers
        .push(("cookie".into(), format!("rembuk_status={}x", cookie)));
    assert_eq!(thief.get("/pengaduan/status").await.status, 303);
    app.advance(chrono::Duration::minutes(61));
    let mut late = app.browser();
    late.headers
        .push(("cookie".into(), format!("rembuk_status={cookie}")));
    assert_eq!(late.get("/pengaduan/status").await.status, 303);
}
