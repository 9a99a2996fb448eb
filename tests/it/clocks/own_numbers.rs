//! An administrator writes down numbers of days, and takes back what has not begun.

use rembuk::calendar::own_terms::CELLS;

use super::*;
use crate::{
    complaints::{HEAD, UNIT, filed},
    support::Browser,
};

const OWN: &str = "/kerja/batas-waktu/sendiri";
const PAGE: &str = "/kerja/batas-waktu";

/// What the form shows, with some fields typed over.
async fn own(admin: &mut Browser<'_>, changed: &[(&str, &str)]) -> Answer {
    let form = admin.get(&format!("{OWN}?unit={UNIT}")).await;
    assert_eq!(form.status, 200, "{}", form.text());
    let mut fields = vec![
        ("unit", UNIT.to_owned()),
        ("after_hours", "same_day".to_owned()),
        ("due_end", "end_of_day".to_owned()),
        ("valid_from", "2026-03-17".to_owned()),
        ("source", "Keputusan Kepala Dinas Contoh 1/2026".to_owned()),
        ("certainty", "verified".to_owned()),
        ("reason", "Standar unit diubah".to_owned()),
        ("seen", form.attribute("input[name=seen]", "value").unwrap()),
    ];
    for cell in CELLS {
        let field = format!("input[name={}]", cell.name);
        fields.push((cell.name, form.attribute(&field, "value").unwrap()));
    }
    let mut fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    for (name, value) in changed {
        let field = fields.iter_mut().find(|(known, _)| known == name).unwrap();
        field.1 = value;
    }
    admin.post(OWN, &fields).await
}

#[tokio::test]
async fn a_unit_writes_its_own_numbers_with_their_source_and_old_cases_keep_theirs() {
    let app = TestApp::new().await;
    let before = filed(&app, false, false).await.complaint.number;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    for (field, value) in [
        ("respond_complaint", "0"),
        ("respond_praise", "dua"),
        ("resolve_complaint_3", "121"),
        ("verify", "100"),
        ("reopen", "3"),
        ("source", "SK"),
        ("certainty", "pasti"),
        ("valid_from", "2026-03-16"),
        ("valid_from", "kemarin"),
        ("reason", ""),
    ] {
        let refused = own(&mut admin, &[(field, value)]).await;
        assert_eq!(refused.status, 422, "{field}={value}");
        let told = refused.texts(".summary li").len();
        assert!(told > 0, "{field}={value}: {}", refused.text());
    }
    let kept = own(&mut admin, &[("respond_complaint", "4")]).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    let page = admin.get(PAGE).await.text();
    assert!(
        page.contains("Keputusan Kepala Dinas Contoh 1/2026"),
        "{page}"
    );
    assert!(page.contains("Dijawab: Pengaduan"), "{page}");
    let after = filed(&app, false, false).await.complaint.number;
    let (old, new) = (deadline(&app, &before).await, deadline(&app, &after).await);
    assert_eq!(old["respond"]["due_at"], "2026-03-26T16:00:00+08:00");
    assert_eq!(new["respond"]["working_days"], 4, "{new}");
    assert_eq!(new["respond"]["certainty"], "verified", "{new}");
    assert_eq!(new["respond"]["due_at"], "2026-03-30T23:59:59+08:00");
    let mut head = app.sign_in(HEAD).await;
    assert_eq!(head.get(OWN).await.status, 403);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_was_planned_for_later_is_withdrawn_before_it_begins_and_never_after() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    let later = own(
        &mut admin,
        &[("respond_complaint", "4"), ("valid_from", "2026-03-27")],
    )
    .await;
    assert_eq!(later.status, 303, "{}", later.text());
    let form = "form[action$='/batalkan']";
    let page = admin.get(PAGE).await;
    let action = page.attribute(form, "action").unwrap();
    let id = page.attribute("input[name=policy]", "value").unwrap();
    let mut fields = vec![
        ("unit", UNIT),
        ("policy", id.as_str()),
        ("withdraw_reason", ""),
    ];
    let refused = admin.post(&action, &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    fields[2].1 = "Keputusannya belum ditandatangani";
    let mut head = app.sign_in(HEAD).await;
    head.get(PAGE).await;
    assert_eq!(head.post(&action, &fields).await.status, 403);
    let done = admin.post(&action, &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(admin.post(&action, &fields).await.status, 422, "once");
    let page = admin.get(PAGE).await;
    assert!(
        page.text().contains("Keputusannya belum ditandatangani"),
        "{}",
        page.text()
    );
    assert_eq!(
        page.attribute(form, "action"),
        None,
        "nothing left to withdraw"
    );
    until(&app, "2026-03-27 09:00");
    let number = filed(&app, false, false).await.complaint.number;
    let found = deadline(&app, &number).await;
    assert_ne!(found["respond"]["working_days"], 4, "{found}");
    // What holds today is a promise already.
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    let today = own(&mut admin, &[("valid_from", "2026-03-27")]).await;
    assert_eq!(today.status, 303, "{}", today.text());
    let page = admin.get(PAGE).await;
    assert_eq!(page.attribute(form, "action"), None);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_front_door_stays_open_and_names_the_kinds_that_are_answered_otherwise() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    let mut citizen = app.browser();
    for (changed, told) in [
        (vec![("respond_praise", "4")], Some("(apresiasi 4)")),
        (
            vec![("respond_praise", "2"), ("respond_complaint", "3")],
            Some("(aspirasi 2, permintaan informasi 2, apresiasi 2)"),
        ),
        (
            vec![
                ("respond_aspiration", "3"),
                ("respond_information", "3"),
                ("respond_praise", "3"),
            ],
            None,
        ),
    ] {
        let kept = own(&mut admin, &changed).await;
        assert_eq!(kept.status, 303, "{}", kept.text());
        for path in [format!("/?unit={UNIT}"), format!("/kontak?unit={UNIT}")] {
            let page = citizen.get(&path).await;
            assert_eq!(page.status, 200, "{path}: {}", page.text());
            let text = page.text();
            match told {
                Some(told) => assert!(text.contains(told), "{path}: {text}"),
                None => assert!(!text.contains("(apresiasi"), "{path}: {text}"),
            }
        }
    }
}

#[tokio::test]
async fn numbers_that_change_nothing_or_settle_before_the_answer_are_refused_and_planned_ones_can_be_read()
 {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    let nothing = own(&mut admin, &[("due_end", "close_of_office")]).await;
    assert_eq!(nothing.status, 422, "{}", nothing.text());
    assert!(nothing.text().contains("Tidak ada angka yang berubah"));
    let early = own(&mut admin, &[("respond_complaint", "20")]).await;
    assert_eq!(early.status, 422, "{}", early.text());
    assert!(
        early
            .text()
            .contains("Penyelesaian tidak dapat lebih cepat")
    );
    let later = [("respond_complaint", "4"), ("valid_from", "2026-03-27")];
    let later = own(&mut admin, &later).await;
    assert_eq!(later.status, 303, "{}", later.text());
    let page = admin.get(PAGE).await.text();
    for words in [
        "Akan berlaku mulai",
        "Angka yang akan berlaku",
        "Dijawab: Pengaduan",
        "4 hari kerja",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn a_program_chooses_numbers_of_days_and_takes_them_back_by_the_rules_of_the_page() {
    const PATH: &str = "/api/v1/calendar/policies";
    let app = TestApp::new().await;
    let mut admin = program(&app, UNIT_ADMIN).await;
    let own = |days: serde_json::Value, from: &str| {
        json!({
            "days": days, "source": "Keputusan Kepala Dinas Contoh 1/2026", "certainty": "verified",
            "valid_from": from, "reason": "Standar unit diubah",
        })
    };
    for (body, field) in [
        (
            own(json!({ "respond_complaint": 0 }), "2026-03-27"),
            "days.respond_complaint",
        ),
        (
            own(json!({ "respond_praises": 4 }), "2026-03-27"),
            "days.respond_praises",
        ),
        (
            own(json!({ "respond_complaint": 4 }), "2026-03-16"),
            "valid_from",
        ),
        (own(json!({}), "2026-03-27"), "source"),
        (
            json!({ "valid_from": "2026-03-27", "reason": "Standar unit" }),
            "set",
        ),
    ] {
        let refused = admin.api(Method::POST, PATH, Some(body.clone())).await;
        assert_eq!(refused.status, 422, "{body}: {}", refused.body);
        let faults = refused.json()["errors"].to_string();
        assert!(faults.contains(field), "{body}: {faults}");
    }
    let body = own(json!({ "respond_complaint": 4 }), "2026-03-27");
    let chosen = admin.api(Method::POST, PATH, Some(body)).await;
    assert_eq!(chosen.status, 200, "{}", chosen.body);
    let planned = chosen.json()["items"][0].clone();
    assert_eq!(planned["state"], "planned", "{planned}");
    let term =
        planned["terms"].as_array().unwrap().iter().find(|term| {
            (&term["step"], &term["kind"]) == (&json!("respond"), &json!("complaint"))
        });
    assert_eq!(term.unwrap()["working_days"], 4, "{planned}");
    let mut head = program(&app, HEAD).await;
    let read = head.get(PATH).await;
    assert_eq!(read.status, 200, "{}", read.body);
    let this = format!("{PATH}/{}", planned["id"].as_str().unwrap());
    let whole = format!("{this}?reason=Belum%20ditandatangani");
    assert_eq!(head.api(Method::DELETE, &whole, None).await.status, 403);
    let unsaid = admin.api(Method::DELETE, &this, None).await;
    assert_eq!(
        unsaid.json()["errors"][0]["field"],
        "reason",
        "{}",
        unsaid.body
    );
    let gone = admin.api(Method::DELETE, &whole, None).await;
    assert_eq!(gone.status, 200, "{}", gone.body);
    assert_eq!(
        gone.json()["items"][0]["state"],
        "withdrawn",
        "{}",
        gone.body
    );
    assert_eq!(
        admin.api(Method::DELETE, &whole, None).await.status,
        422,
        "once"
    );
}

#[tokio::test]
async fn a_choice_for_tomorrow_takes_the_numbers_of_that_day_and_none_that_are_planned_for_later() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    for (days, from) in [("4", "2026-03-17"), ("3", "2026-05-04")] {
        let numbers = [("respond_complaint", days), ("valid_from", from)];
        let kept = own(&mut admin, &numbers).await;
        assert_eq!(kept.status, 303, "{}", kept.text());
    }
    admin.get(PAGE).await;
    let fields = [
        ("unit", UNIT),
        ("set", "unit"),
        ("after_hours", "same_day"),
        ("due_end", "close_of_office"),
        ("valid_from", "2026-03-18"),
        ("reason", "Jam tutup kantor yang dihitung"),
    ];
    let chosen = admin.post(PAGE, &fields).await;
    assert_eq!(chosen.status, 303, "{}", chosen.text());
    until(&app, "2026-03-18 09:00");
    let number = filed(&app, false, false).await.complaint.number;
    let found = deadline(&app, &number).await;
    assert_eq!(found["respond"]["working_days"], 4, "{found}");
}

#[tokio::test]
async fn numbers_that_somebody_else_wrote_meanwhile_are_not_overwritten_unseen() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    let form = admin.get(&format!("{OWN}?unit={UNIT}")).await;
    let seen = form.attribute("input[name=seen]", "value").unwrap();
    let planned = [("respond_complaint", "4"), ("valid_from", "2026-03-27")];
    assert_eq!(own(&mut admin, &planned).await.status, 303);
    let mine = [
        ("respond_complaint", "3"),
        ("reason", "Angka dari naskah saya"),
        ("seen", seen.as_str()),
    ];
    let refused = own(&mut admin, &mine).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    let field = refused.attribute("input[name=respond_complaint]", "value");
    assert_eq!(field.as_deref(), Some("3"), "what was typed is kept");
    assert!(refused.text().contains("Angka dari naskah saya"));
    let now = refused.attribute("input[name=seen]", "value").unwrap();
    assert_ne!(now, seen);
    let again = [mine[0], mine[1], ("seen", now.as_str())];
    assert_eq!(own(&mut admin, &again).await.status, 303);
}

#[tokio::test]
async fn a_withdrawal_that_is_refused_leaves_the_other_form_as_it_is() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    let planned = [("respond_complaint", "4"), ("valid_from", "2026-03-27")];
    assert_eq!(own(&mut admin, &planned).await.status, 303);
    let page = admin.get(PAGE).await;
    let checked = "input[name=after_hours][checked]";
    let before = page.attribute(checked, "value");
    assert!(before.is_some(), "{}", page.text());
    let action = page.attribute("form[action$='/batalkan']", "action");
    let id = page.attribute("input[name=policy]", "value").unwrap();
    let fields = [
        ("unit", UNIT),
        ("policy", id.as_str()),
        ("withdraw_reason", ""),
    ];
    let refused = admin.post(&action.unwrap(), &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(refused.attribute(checked, "value"), before);
}
