//! Promises of the action plan to the other ends of its links, to the public and to programs.

use poem::http::Method;
use rembuk::{
    access::{
        ImportedPerson, Role, RoleIn, create_token, hash_password, import_person, person_by_email,
    },
    action_plans::{self, ActionItemId, SourceKind, SourceRef},
    organisation::{self, UnitId},
};
use serde_json::json;

use crate::{
    action_plans::{FACILITATION, FORM, HEAD, ORGANISER, at, finished, made, step, unit},
    support::{Browser, PASSWORD, TestApp},
};

async fn link(app: &TestApp, id: &str, source: SourceRef) -> rembuk::platform::error::Result<()> {
    let tx = app.app.db.begin_write().await?;
    action_plans::link(&tx, &app.ctx(), ActionItemId::parse(id)?, source).await?;
    Ok(tx.commit().await?)
}

fn input(unit: UnitId) -> SourceRef {
    SourceRef {
        kind: SourceKind::ForumInput,
        id: uuid::Uuid::nil().to_string(),
        unit: Some(unit),
        label: "Masukan dari Budi Karangan: umumkan persyaratan".to_owned(),
        public_label: "Masukan tentang persyaratan".to_owned(),
        label_en: Some("Input about requirements".to_owned()),
        href: Some("/kerja/forum/x".to_owned()),
        forum: Some((
            "FKP 28 Oktober 2025".to_owned(),
            "/kerja/forum/x".to_owned(),
        )),
        voices: Vec::new(),
    }
}

async fn program<'a>(app: &'a TestApp, email: &str) -> Browser<'a> {
    let person = person_by_email(&app.app.db, email).await.unwrap().unwrap();
    let token = create_token(&app.ctx(), person, "uji", true).await.unwrap();
    let mut program = app.browser();
    let header = ("authorization".into(), format!("Bearer {token}"));
    program.headers.push(header);
    program
}

#[tokio::test]
async fn a_link_is_seen_from_both_ends_and_gaps_are_shown() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let unit = unit(&app).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let empty = organiser
        .get(&at(&id, ""))
        .await
        .texts(".link.gap")
        .join(" ");
    assert!(
        empty.contains("Belum ada suara") && empty.contains("Belum ada bukti"),
        "{empty}"
    );
    link(&app, &id, input(unit)).await.unwrap();
    link(&app, &id, input(unit)).await.unwrap();
    let page = organiser.get(&at(&id, "")).await;
    let chain = page.texts(".chain").join(" ");
    assert!(chain.contains("FKP 28 Oktober 2025"), "{chain}");
    assert!(chain.contains("Belum ada kesepakatan"), "{chain}");
    let source = uuid::Uuid::nil().to_string();
    let found = action_plans::linked_to(&app.app.db, SourceKind::ForumInput, &source)
        .await
        .unwrap();
    assert_eq!(found.len(), 1, "linking twice is the same as once");
    assert_eq!(found[0].code, "RA-2026-01");
    let fields = [("kind", "forum_input"), ("source", source.as_str())];
    assert_eq!(
        organiser
            .post(&at(&id, "/tautan/lepas"), &fields)
            .await
            .status,
        303
    );
    let found = action_plans::linked_to(&app.app.db, SourceKind::ForumInput, &source).await;
    assert!(found.unwrap().is_empty());
    let again = organiser.post(&at(&id, "/tautan/lepas"), &fields).await;
    assert_eq!(again.status, 404, "what is not linked is not taken off");
    let page = organiser.get(&at(&id, "")).await;
    assert!(
        page.text().contains("Tautan dilepas"),
        "the history keeps it"
    );
}

#[tokio::test]
async fn a_source_of_another_unit_is_refused() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let other = organisation::unit_by_code(&app.app.db, "disdukcapil-sulsel").await;
    let refused = link(&app, &id, input(other.unwrap().id)).await.unwrap_err();
    assert_eq!(refused.code(), "action.other_unit");
}

#[tokio::test]
async fn an_element_of_the_survey_is_the_same_for_every_unit() {
    let app = TestApp::new().await;
    let email = "dua.unit@rembuk.example";
    let mut roles = Vec::new();
    for code in ["disdukcapil-sulsel", "disdukcapil-kaltim"] {
        let unit = organisation::unit_by_code(&app.app.db, code).await.unwrap();
        roles.push(RoleIn {
            role: Role::Organiser,
            unit: Some(unit.id),
            division: None,
        });
    }
    let person = ImportedPerson {
        name: "Dua Contoh".to_owned(),
        email: email.to_owned(),
        password_hash: hash_password(PASSWORD.to_owned()).await.unwrap(),
        roles,
    };
    let tx = app.app.db.begin_write().await.unwrap();
    import_person(&tx, &app.ctx(), person).await.unwrap();
    tx.commit().await.unwrap();
    let id = made(&app).await;
    let mut organiser = app.sign_in(email).await;
    organiser.get(&at(&id, "")).await;
    let fields = [("kind", "survey_element"), ("source", "requirements")];
    let linked = organiser.post(&at(&id, "/tautan"), &fields).await;
    assert_eq!(linked.status, 303, "{}", linked.text());
}

#[tokio::test]
async fn public_pages_name_no_person() {
    let app = TestApp::new().await;
    let id = finished(&app).await;
    link(&app, &id, input(unit(&app).await)).await.unwrap();
    let mut head = app.sign_in(HEAD).await;
    step(&mut head, &id, "/sahkan", &[]).await;
    for path in ["/janji".to_owned(), format!("/janji/{id}")] {
        let page = app.browser().get(&path).await;
        assert_eq!(page.status, 200);
        assert!(
            page.text().contains("Masukan tentang persyaratan"),
            "{path}"
        );
        for name in ["Budi Karangan", "Dewi", "Umpama", "Kasmawati", "Yusuf"] {
            assert!(!page.body.contains(name), "{path} names {name}");
        }
    }
}

#[tokio::test]
async fn a_cancelled_promise_stays_visible_with_its_reason() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let reason = [("cancel_reason", "Digabung dengan rencana aksi lain.")];
    assert_eq!(
        step(&mut organiser, &id, "/batalkan", &reason).await.status,
        303
    );
    let page = app.browser().get(&format!("/janji/{id}")).await;
    assert!(page.text().contains("Dibatalkan"));
    assert!(page.text().contains("Digabung dengan rencana aksi lain."));
    // Nothing of it is awaited any more.
    assert!(page.texts("progress").is_empty(), "{}", page.text());
    assert!(!page.text().contains("sesudah buktinya disahkan"));
    let list = app.browser().get("/janji").await;
    assert!(list.text().contains("Dibatalkan"), "{}", list.text());
    assert!(list.texts("progress").is_empty(), "{}", list.text());
}

#[tokio::test]
async fn a_milestone_and_why_a_promise_is_put_off_or_given_up_are_looked_at_where_they_seem_to_name_somebody()
 {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let why = "Ibu Sinta di 0800-0000-0034 belum dapat dihubungi.";
    for (path, reason, tick) in [
        ("/tonggak", "milestone_title", "milestone_looked"),
        ("/perpanjang", "extend_reason", "extend_looked"),
        ("/batalkan", "cancel_reason", "cancel_looked"),
    ] {
        let mut fields = vec![
            (reason, why),
            ("new_due_on", "2026-12-17"),
            ("milestone_due_on", "2026-03-27"),
        ];
        let asked = step(&mut organiser, &id, path, &fields).await;
        assert_eq!(asked.status, 422, "{path}: {}", asked.text());
        let box_of = format!("input[name={tick}]");
        assert!(asked.attribute(&box_of, "value").is_some(), "{path}");
        assert!(
            asked.text().contains("0800-0000-0034"),
            "what was typed stays"
        );
        fields.push((tick, "true"));
        let done = step(&mut organiser, &id, path, &fields).await;
        assert_eq!(done.status, 303, "{path}: {}", done.text());
    }
}

#[tokio::test]
async fn a_program_goes_the_whole_way() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let mut handler = program(&app, FACILITATION).await;
    let list = handler.get("/api/v1/action-items").await.json();
    assert_eq!(list["items"][0]["id"], json!(id));
    assert_eq!(list["items"][0]["status"], "open");
    let path = |step: &str| format!("/api/v1/action-items/{id}{step}");
    let refused = handler.api(Method::POST, &path("/finish"), None).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["code"], "action.no_evidence");
    let body = json!({ "note": "Surat terkirim.", "links": ["https://contoh.example/a"] });
    let answer = handler
        .api(Method::POST, &path("/progress"), Some(body))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["progress"], 50);
    let finished = handler.api(Method::POST, &path("/finish"), None).await;
    assert_eq!(finished.json()["status"], "done");
    let verify = handler.api(Method::POST, &path("/verify"), None).await;
    assert_eq!(verify.status, 403);
    let mut head = program(&app, HEAD).await;
    let verified = head.api(Method::POST, &path("/verify"), None).await;
    assert_eq!(verified.json()["status"], "verified", "{}", verified.body);
    assert!(verified.json()["verified_at"].is_string());
    let sources = head.get(&path("/sources")).await.json();
    assert_eq!(sources["items"], json!([]));
    let unknown = json!({ "kind": "complaint", "id": "ADU-2026-999999" });
    let answer = head
        .api(Method::POST, &path("/sources"), Some(unknown))
        .await;
    assert_eq!(answer.status, 404, "{}", answer.body);
    for (body, field) in [
        (json!({ "note": "" }), "note"),
        // Progress is computed, never typed.
        (json!({ "note": "Baik sekali", "percent": 80 }), "percent"),
        (
            json!({ "note": "Baik sekali", "links": ["javascript:alert(1)"] }),
            "links",
        ),
        (
            json!({ "note": "Baik sekali", "links": vec!["https://contoh.example/a"; 11] }),
            "links",
        ),
    ] {
        let answer = handler
            .api(Method::POST, &path("/progress"), Some(body))
            .await;
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert!(answer.body.contains(field), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_due_day_on_which_nobody_works_is_refused_with_the_next_one() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(ORGANISER).await;
    browser.get("/kerja/rencana-aksi/baru").await;
    let fields: Vec<(&str, &str)> = FORM
        .iter()
        .map(|(name, value)| {
            (
                *name,
                if *name == "due_on" {
                    "2026-05-01"
                } else {
                    *value
                },
            )
        })
        .collect();
    let answer = browser.post("/kerja/rencana-aksi/baru", &fields).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    for words in ["1 Mei 2026 bukan hari kerja", "terdekat: 4 Mei 2026"] {
        assert!(answer.text().contains(words), "{}", answer.text());
    }
    // What it costs says from which budget.
    let paid = |source: &'static str| {
        let mut fields = FORM.to_vec();
        fields.retain(|(name, _)| *name != "budget_year");
        fields.push(("budget_year", "2026"));
        fields.push(("budget_amount", "Rp 12.500.000"));
        fields.push(("budget_source", source));
        fields
    };
    let refused = browser.post("/kerja/rencana-aksi/baru", &paid("")).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let made = browser
        .post("/kerja/rencana-aksi/baru", &paid("APBD Provinsi"))
        .await;
    assert_eq!(made.status, 303, "{}", made.text());
    let page = browser.follow(&made).await;
    let words = "Rp12.500.000, APBD Provinsi, tahun anggaran 2026";
    assert!(page.text().contains(words), "{}", page.text());
}

#[tokio::test]
async fn who_was_promised_something_hears_when_it_is_not_meant_for_them_any_more() {
    use crate::complaints::{OFFICER, filed, program};
    let app = TestApp::new().await;
    let id = made(&app).await;
    let number = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let path = format!("/api/v1/action-items/{id}/sources");
    let body = serde_json::json!({ "kind": "complaint", "id": number });
    let answer = officer.api(Method::POST, &path, Some(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    app.run_jobs().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&at(&id, "")).await;
    let source = page
        .attribute("form[action$='/tautan/lepas'] input[name=source]", "value")
        .unwrap();
    let fields = [("kind", "complaint"), ("source", source.as_str())];
    let told = |app: &TestApp| {
        let about = |mail: &Vec<u8>| {
            let told = mail_parser::MessageParser::default().parse(mail.as_slice());
            let subject = told.and_then(|mail| mail.subject().map(str::to_owned));
            subject.is_some_and(|subject| subject.contains("tidak lagi dikaitkan"))
        };
        app.mails().iter().filter(|mail| about(mail)).count()
    };
    assert_eq!(told(&app), 0);
    let gone = organiser.post(&at(&id, "/tautan/lepas"), &fields).await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    app.run_jobs().await;
    assert_eq!(told(&app), 1);
    let case = app
        .sign_in(OFFICER)
        .await
        .get(&format!("/kerja/pengaduan/{number}"))
        .await;
    assert!(
        case.text().contains("Tidak lagi dikaitkan"),
        "{}",
        case.text()
    );
}

#[tokio::test]
async fn who_was_taken_off_and_linked_again_hears_of_the_promise_and_its_end_anew() {
    use crate::complaints::{OFFICER, filed, program};
    let app = TestApp::new().await;
    let id = finished(&app).await;
    let complaint = filed(&app, false, false).await.complaint;
    let (number, source) = (complaint.number, complaint.id.to_string());
    let mut officer = program(&app, OFFICER).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let path = format!("/api/v1/action-items/{id}/sources");
    let told = |app: &TestApp, words: &str| {
        let about = |mail: &Vec<u8>| {
            let told = mail_parser::MessageParser::default().parse(mail.as_slice());
            let subject = told.and_then(|mail| mail.subject().map(str::to_owned));
            subject.is_some_and(|subject| subject.contains(words) && subject.contains(&number))
        };
        app.mails().iter().filter(|mail| about(mail)).count()
    };
    // Handed in and not verified: it is still a promise to those behind it.
    for round in 1..=2 {
        let body = serde_json::json!({ "kind": "complaint", "id": number });
        let linked = officer.api(Method::POST, &path, Some(body)).await;
        assert_eq!(linked.status, 200, "{}", linked.body);
        app.run_jobs().await;
        assert_eq!(told(&app, "berjanji menindaklanjuti"), round);
        let fields = [("kind", "complaint"), ("source", source.as_str())];
        let gone = step(&mut organiser, &id, "/tautan/lepas", &fields).await;
        assert_eq!(gone.status, 303, "{}", gone.text());
        app.run_jobs().await;
        assert_eq!(told(&app, "tidak lagi dikaitkan"), round);
    }
    let body = serde_json::json!({ "kind": "complaint", "id": number });
    let linked = officer.api(Method::POST, &path, Some(body)).await;
    assert_eq!(linked.status, 200, "{}", linked.body);
    let mut head = app.sign_in(HEAD).await;
    let back = step(
        &mut head,
        &id,
        "/kembalikan",
        &[("reason", "Bukti kurang.")],
    )
    .await;
    assert_eq!(back.status, 303, "{}", back.text());
    let end = [("cancel_reason", "Anggaran tidak tersedia.")];
    let cancelled = step(&mut organiser, &id, "/batalkan", &end).await;
    assert_eq!(cancelled.status, 303, "{}", cancelled.text());
    app.run_jobs().await;
    assert_eq!(told(&app, "dibatalkan"), 1);
}
