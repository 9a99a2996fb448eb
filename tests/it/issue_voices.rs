//! Promises of the voices of an issue: none that it led to itself, one of an element for a period, none of strangers.

use poem::http::Method;
use rembuk::{access, audit, forums, issues::LinkVoices, platform::jobs};
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::{
    action_plans::{FORM, finished, step},
    attendance::ORGANISER,
    complaints::{HEAD, NAME, OFFICER, SUPERVISOR, UNIT, program},
    issues::{accepted, three},
    minutes::begun,
    proving::verified,
    support::TestApp,
};

#[tokio::test]
async fn what_an_issue_led_to_is_no_voice_of_it() {
    let app = TestApp::new().await;
    let (forum, mut organiser) = begun(&app, "FKP-K").await;
    let db = &app.app.db;
    three(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    let issue = at.rsplit('/').next().unwrap();
    // The forum discusses the issue, and somebody says something at that item.
    let item = forums::agenda(db, &forum).await.unwrap()[0].id;
    let input = forums::inputs(db, &forum).await.unwrap()[0].id;
    use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, IntoActiveModel as _};
    let source = forums::AgendaSource {
        id: uuid::Uuid::now_v7(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        agenda_id: item,
        kind: forums::ProposalKind::Issue,
        source_id: issue.to_owned(),
        label: "Masalah".to_owned(),
        count: 3,
        created_at: app.now(),
    };
    let source = source.into_active_model().reset_all();
    source.insert(db).await.unwrap();
    let row = forums::input(db, input).await.unwrap();
    let mut row = row.into_active_model();
    row.agenda_id = Set(Some(item));
    row.update(db).await.unwrap();
    let mut program = crate::attendance::program(&app, ORGANISER).await;
    let path = format!("/api/v1/issues/{issue}/voices");
    let body = json!({ "kind": "forum_input", "id": input });
    let answer = program.api(Method::POST, &path, Some(body)).await;
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert_eq!(answer.json()["code"], "issue.circle");
    // Another input of that forum is one, once.
    let others = forums::inputs(db, &forum).await.unwrap();
    let other = others.iter().find(|one| one.id != input).unwrap().id;
    for _ in 0..2 {
        let body = json!({ "kind": "forum_input", "id": other });
        let answer = program.api(Method::POST, &path, Some(body)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.json()["voices"], 4);
    }
    organiser.get(&at).await;
    app.run_jobs().await;
}

#[tokio::test]
async fn a_promise_that_was_kept_before_answers_nothing_that_came_later() {
    let app = TestApp::new().await;
    let action = finished(&app).await;
    verified(&app, &action).await;
    let voices = three(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    app.run_jobs().await;
    let told = app.mails().len();
    let issue = at.rsplit('/').next().unwrap();
    let number = &voices[0].complaint.number;
    let mut program = program(&app, OFFICER).await;
    for (path, body) in [
        (
            format!("/api/v1/issues/{issue}/action"),
            json!({ "action_item": action }),
        ),
        (
            format!("/api/v1/complaints/{number}/links"),
            json!({ "action_item": action }),
        ),
        (
            format!("/api/v1/action-items/{action}/sources"),
            json!({ "kind": "complaint", "id": number }),
        ),
    ] {
        let refused = program.api(Method::POST, &path, Some(body)).await;
        assert_eq!(refused.status, 422, "{path}: {}", refused.body);
        assert_eq!(refused.json()["code"], "action.verified", "{path}");
    }
    app.run_jobs().await;
    assert_eq!(app.mails().len(), told, "nobody hears of a promise to them");
    let path = format!("/api/v1/issues/{issue}");
    let state = program.get(&path).await.json()["state"].clone();
    assert_eq!(state, "open");
}

#[tokio::test]
async fn an_issue_without_a_voice_is_not_decided_and_one_of_another_unit_is_unknown() {
    let app = crate::surveys::app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = crate::surveys::open(&mut organiser).await;
    let period = period.rsplit('/').next().unwrap();
    let mut officer = program(&app, OFFICER).await;
    let body = json!({ "unit": UNIT, "title": "Tanpa suara" });
    let made = officer
        .api(Method::POST, "/api/v1/issues", Some(body))
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let open = format!("/api/v1/issues/{id}/open");
    let reason = || Some(json!({ "reason": "Alasan yang cukup panjang" }));
    let refused = officer.api(Method::POST, &open, reason()).await;
    assert_eq!(refused.json()["code"], "issue.no_voice");
    let voices = format!("/api/v1/issues/{id}/voices");
    for wrong in [
        json!({ "kind": "survey_element", "id": "time" }),
        json!({ "kind": "survey_element", "id": "time", "period": "2025" }),
    ] {
        let refused = officer.api(Method::POST, &voices, Some(wrong)).await;
        assert!(matches!(refused.status, 404 | 422), "{}", refused.body);
    }
    let element = json!({ "kind": "survey_element", "id": "time", "period": period });
    for _ in 0..2 {
        let linked = officer
            .api(Method::POST, &voices, Some(element.clone()))
            .await;
        assert_eq!(linked.status, 200, "{}", linked.body);
        let all = linked.json()["linked_voices"].clone();
        assert_eq!(all.as_array().unwrap().len(), 1, "once for a period");
        assert_eq!(all[0]["period"], "SKM Maret 2026");
    }
    let opened = officer.api(Method::POST, &open, reason()).await;
    assert_eq!(opened.json()["state"], "open", "{}", opened.body);
    let mut other = program(&app, crate::complaints::OTHER_OFFICER).await;
    let path = format!("/api/v1/issues/{id}");
    assert_eq!(other.get(&path).await.status, 404);
    let mut supervisor = program(&app, SUPERVISOR).await;
    assert_eq!(supervisor.get(&path).await.status, 200);
    let refused = supervisor.api(Method::POST, &open, reason()).await;
    assert_eq!(refused.status, 403);
    assert!(!made.body.contains(NAME));
}

#[tokio::test]
async fn voices_that_wait_are_linked_after_whoever_ordered_it_moved_to_another_unit() {
    let app = TestApp::new().await;
    let voices = three(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    let issue = at.rsplit('/').next().unwrap();
    let mut organiser = app.sign_in(ORGANISER).await;
    let form = organiser.get(&format!("{at}/tindakan")).await;
    let version = form.attribute("input[name=version]", "value").unwrap();
    let mut fields = FORM.to_vec();
    fields.push(("version", &version));
    let made = organiser.post(&format!("{at}/tindakan"), &fields).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let action = made.location().rsplit('/').next().unwrap().to_owned();
    app.run_jobs().await;
    let waits = voices[0].complaint.id.to_string();
    let gone = [("kind", "complaint"), ("source", waits.as_str())];
    let unlinked = step(&mut organiser, &action, "/tautan/lepas", &gone).await;
    assert_eq!(unlinked.status, 303, "{}", unlinked.text());
    let db = &app.app.db;
    let moved = format!(
        "UPDATE role_grant SET unit_id = (SELECT id FROM unit WHERE code = 'disdukcapil-sulsel') \
         WHERE person_id = (SELECT id FROM person WHERE email = '{ORGANISER}')"
    );
    db.execute_unprepared(&moved).await.unwrap();
    let person = access::person_by_email(db, ORGANISER).await.unwrap();
    let rest =
        json!({ "issue": issue, "action": action, "person": person, "after": uuid::Uuid::nil() });
    let rest: LinkVoices = serde_json::from_value(rest).unwrap();
    let tx = db.begin_write().await.unwrap();
    jobs::enqueue(&tx, &rest, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    app.run_jobs().await;
    let id = action.parse().unwrap();
    let history = audit::history(db, "action_item", id).await.unwrap();
    let linked = history.iter().rfind(|event| event.verb == "action.linked");
    let linked = linked.unwrap();
    assert_eq!(linked.data["source"], waits.as_str());
    assert_eq!(linked.person_id, person, "the history names who ordered it");
}

#[tokio::test]
async fn a_voice_is_shown_with_the_other_issues_in_which_it_stands_and_is_linked_once() {
    let app = TestApp::new().await;
    let voices = three(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    let list = officer.get("/kerja/isu").await;
    let again = list.attribute("input[name=key][value^=words]", "value");
    assert_eq!(again, None, "what stands in an issue is not proposed again");
    let mut program = program(&app, OFFICER).await;
    let body = json!({ "unit": UNIT, "title": "Waktu pelayanan" });
    let other = program
        .api(Method::POST, "/api/v1/issues", Some(body))
        .await
        .json();
    let other_at = format!("/kerja/isu/{}", other["id"].as_str().unwrap());
    let number = &voices[0].complaint.number;
    let search = format!("{other_at}?q={number}");
    let found = officer.get(&search).await.text();
    assert!(found.contains("Sudah ada juga di ISU-2026-01"), "{found}");
    let fields = [("kind", "complaint"), ("source", number.as_str())];
    for said in ["Suara sudah ditautkan.", "Suara itu sudah tertaut"] {
        let done = officer.post(&format!("{other_at}/suara"), &fields).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let page = officer.follow(&done).await.text();
        assert!(page.contains(said), "{page}");
    }
    let found = officer.get(&search).await.text();
    assert!(found.contains("Sudah tertaut"), "{found}");
    let first = officer.get(&at).await.text();
    assert!(first.contains("Sudah ada juga di ISU-2026-02"), "{first}");
}

#[tokio::test]
async fn the_voices_of_an_issue_that_is_over_stay_linked() {
    let app = TestApp::new().await;
    three(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    let page = officer.get(&at).await;
    let voice = page.attribute("input[name=voice]", "value").unwrap();
    let version = page.attribute("input[name=version]", "value").unwrap();
    let mut head = app.sign_in(HEAD).await;
    head.get(&at).await;
    let how = [
        ("version", version.as_str()),
        ("resolve_reason", "Blangko sudah datang."),
    ];
    let done = head.post(&format!("{at}/selesai"), &how).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let shown = officer.get(&at).await;
    assert_eq!(shown.attribute("input[name=voice]", "value"), None);
    let unlink = format!("{at}/suara/lepas");
    let refused = officer.post(&unlink, &[("voice", voice.as_str())]).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("tautannya tetap"));
    app.run_jobs().await;
}
