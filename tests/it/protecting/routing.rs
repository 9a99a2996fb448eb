//! What goes where by itself, and who gets it when somebody is away.

use rembuk::{
    access::{NewPerson, Role, RoleIn, add_person},
    organisation,
};

use super::*;
use crate::complaints::{HANDLER, HEAD, UNIT, WORDS};

const RULES: &str = "/kerja/disposisi";
const COLLEAGUE: &str = "rekan.kaltim@rembuk.example";

fn rule<'a>(name: &'a str, words: &'a str, automatic: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("name", name),
        ("service", ""),
        ("channel", ""),
        ("words", words),
        ("division", "fasilitasi"),
        ("person", ""),
        ("instruction", "Mohon dicek"),
        ("automatic", automatic),
        ("active", "true"),
    ]
}

#[tokio::test]
async fn a_rule_proposes_or_hands_over_by_itself_and_the_history_names_it() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(RULES).await;
    assert_eq!(officer.post(RULES, &rule("", "", "")).await.status, 422);
    let all = officer.post(RULES, &rule("Semua", " , ", "")).await;
    assert_eq!(all.status, 422, "it would leave nothing to the others");
    assert!(all.text().contains("paling sedikit satu syarat"));
    done(
        &mut officer,
        RULES,
        &rule("Perekaman", "pungli, merekam", ""),
    )
    .await;
    let tried = officer.get("/kerja/disposisi?coba=Sudah+merekam+KTP").await;
    assert!(tried.text().contains("“merekam”"), "{}", tried.text());
    let none = officer.get("/kerja/disposisi?coba=Terima+kasih").await;
    assert!(none.text().contains("Tidak ada aturan yang cocok"));
    // Proposed: one click.
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let page = officer.get(&case).await;
    assert!(
        page.text().contains("Aturan “Perekaman” mengusulkan"),
        "{}",
        page.text()
    );
    let id = page
        .attribute("form[action$=usulan] input[name=rule]", "value")
        .unwrap();
    let version = page
        .attribute("form[action$=usulan] input[name=version]", "value")
        .unwrap();
    let fields = [("version", version.as_str()), ("rule", id.as_str())];
    let page = done(&mut officer, &format!("{case}/usulan"), &fields).await;
    assert!(
        page.text().contains("Menurut aturan: Perekaman"),
        "{}",
        page.text()
    );
    let history = crate::complaints::program(&app, OFFICER)
        .await
        .get(&format!("/api/v1/complaints/{number}/history"))
        .await
        .json();
    let items = history["items"].as_array().unwrap();
    let assigned = items
        .iter()
        .find(|item| item["event"] == "assign" && item["to"] == "assigned");
    assert_eq!(assigned.unwrap()["rule"], "Perekaman", "{history}");
    assert_eq!(
        officer
            .post(&format!("{case}/usulan"), &fields)
            .await
            .status,
        409
    );
    app.run_jobs().await;
    // By itself, at the moment of receipt; the earlier rule decides.
    done(&mut officer, RULES, &rule("Otomatis", "merekam", "true")).await;
    let list = officer.get(RULES).await;
    let up = list.attribute("form[action$=naik]", "action").unwrap();
    assert_eq!(officer.post(&up, &[]).await.status, 303);
    let before = app.mails().len();
    let filed = filed(&app, false, false).await;
    assert!(filed.complaint.division_id.is_some());
    let told = app.mails()[before..]
        .iter()
        .any(|mail| String::from_utf8_lossy(mail).contains(HANDLER));
    assert!(told, "the division is told");
    let page = app
        .sign_in(HANDLER)
        .await
        .get(&format!("/kerja/pengaduan/{}", filed.complaint.number))
        .await;
    assert!(page.text().contains("Menurut aturan: Otomatis") && page.text().contains(WORDS));
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let open = [
        ("number", filed.complaint.number.as_str()),
        ("code", filed.code.as_str()),
    ];
    citizen.post("/lacak", &open).await;
    let status = citizen.get("/pengaduan/status").await;
    assert!(
        !status.text().contains("Otomatis"),
        "how the office works is its own"
    );
    // Only those who may.
    assert_eq!(app.sign_in(HEAD).await.get(RULES).await.status, 403);
}

async fn colleague(app: &TestApp) -> String {
    let db = &app.app.db;
    let unit = organisation::unit_by_code(db, UNIT).await.unwrap();
    let division = organisation::division_by_code(db, unit.id, "fasilitasi")
        .await
        .unwrap();
    let person = NewPerson {
        name: "Rekan Contoh".to_owned(),
        email: COLLEAGUE.to_owned(),
        password: crate::support::PASSWORD.to_owned(),
        roles: vec![RoleIn {
            role: Role::Handler,
            unit: Some(unit.id),
            division: division.map(|one| one.id),
        }],
    };
    add_person(&app.ctx(), person).await.unwrap();
    let id = rembuk::access::person_by_email(db, COLLEAGUE)
        .await
        .unwrap()
        .unwrap();
    id.to_string()
}

#[tokio::test]
async fn who_works_for_two_offices_makes_the_rules_of_each() {
    let app = TestApp::new().await;
    let db = &app.app.db;
    let mut roles = Vec::new();
    for code in [UNIT, "disdukcapil-sulsel"] {
        roles.push(RoleIn {
            role: Role::ComplaintOfficer,
            unit: Some(organisation::unit_by_code(db, code).await.unwrap().id),
            division: None,
        });
    }
    let person = NewPerson {
        name: "Rekan Contoh".to_owned(),
        email: COLLEAGUE.to_owned(),
        password: crate::support::PASSWORD.to_owned(),
        roles,
    };
    add_person(&app.ctx(), person).await.unwrap();
    let mut officer = app.sign_in(COLLEAGUE).await;
    for page in [RULES, "/kerja/pengganti", "/kerja/pelanggaran-data/baru"] {
        let first = officer.get(page).await;
        assert_eq!(first.texts("ul.chips a").len(), 2, "{}", first.text());
        let there = officer
            .get(&format!("{page}?unit=disdukcapil-sulsel"))
            .await;
        let chosen = there.attribute("form[method=post] input[name=unit]", "value");
        assert_eq!(chosen.as_deref(), Some("disdukcapil-sulsel"), "{page}");
    }
    let there = format!("{RULES}?unit=disdukcapil-sulsel");
    let page = officer.get(&there).await;
    let division = page
        .attribute("select[name=division] option:nth-child(2)", "value")
        .unwrap();
    let mut fields = rule("Aturan Contoh", "merekam", "");
    fields.retain(|(name, _)| *name != "division");
    fields.push(("division", division.as_str()));
    fields.push(("unit", "disdukcapil-sulsel"));
    let done = officer.post(RULES, &fields).await;
    assert_eq!(done.location(), there, "{}", done.text());
    assert!(officer.get(&there).await.text().contains("Aturan Contoh"));
    assert!(!officer.get(RULES).await.text().contains("Aturan Contoh"));
    // Who works in one sees nothing of the other.
    let mut other = app.sign_in(OFFICER).await;
    assert_eq!(other.get(&there).await.status, 404);
}

async fn id_of(app: &TestApp, email: &str) -> String {
    let id = rembuk::access::person_by_email(&app.app.db, email)
        .await
        .unwrap();
    id.unwrap().to_string()
}

#[tokio::test]
async fn what_is_meant_for_somebody_away_goes_to_the_substitute_and_comes_back() {
    let app = TestApp::new().await;
    let (away, substitute) = (id_of(&app, HANDLER).await, colleague(&app).await);
    let confidential = filed(&app, false, true).await.complaint.number;
    let named = json!({ "division": "fasilitasi", "person": HANDLER });
    let path = format!("/api/v1/complaints/{confidential}/assign");
    program(&app, OFFICER)
        .await
        .api(Method::POST, &path, Some(named.clone()))
        .await;
    app.run_jobs().await;
    let case = format!("/kerja/pengaduan/{confidential}");
    let page = app.sign_in(COLLEAGUE).await.get(&case).await;
    assert!(
        !page.text().contains(WORDS),
        "a colleague does not read what names another"
    );
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/pengganti").await;
    let other = id_of(&app, "piak.kaltim@rembuk.example").await;
    for (who, from, to) in [
        (other.as_str(), "2026-03-17", "2026-03-20"),
        (away.as_str(), "2026-03-17", "2026-03-20"),
        (substitute.as_str(), "2026-03-20", "2026-03-17"),
        (substitute.as_str(), "2026-03-10", "2026-03-12"),
    ] {
        let fields = [
            ("person", away.as_str()),
            ("substitute", who),
            ("from", from),
            ("to", to),
        ];
        let refused = officer.post("/kerja/pengganti", &fields).await;
        assert_eq!(refused.status, 422, "{who} {from} {to}");
    }
    let fields = [
        ("person", away.as_str()),
        ("substitute", substitute.as_str()),
        ("from", "2026-03-17"),
        ("to", "2026-03-31"),
    ];
    done(&mut officer, "/kerja/pengganti", &fields).await;
    assert_eq!(
        officer.post("/kerja/pengganti", &fields).await.status,
        422,
        "not twice"
    );
    let page = app.sign_in(COLLEAGUE).await.get(&case).await;
    assert!(page.text().contains(WORDS) && page.text().contains("digantikan Rekan Contoh"));
    // A new disposition names the substitute, and says in whose place.
    let number = filed(&app, false, false).await.complaint.number;
    let before = app.mails().len();
    let path = format!("/api/v1/complaints/{number}/assign");
    program(&app, OFFICER)
        .await
        .api(Method::POST, &path, Some(named))
        .await;
    app.run_jobs().await;
    let mails: Vec<String> = app.mails()[before..]
        .iter()
        .map(|mail| String::from_utf8_lossy(mail).into_owned())
        .collect();
    let instead = mails.iter().find(|mail| mail.contains(COLLEAGUE)).unwrap();
    assert!(
        instead.replace("=\r\n", "").contains("sebagai pengganti"),
        "{instead}"
    );
    assert!(
        mails
            .iter()
            .all(|mail| !mail.contains(&format!("<{HANDLER}>")))
    );
    let page = officer.get(&format!("/kerja/pengaduan/{number}")).await;
    assert!(page.text().contains("Menggantikan"), "{}", page.text());
    // Warnings go there, too.
    let before = app.mails().len();
    app.app.clock.set("2026-03-26T07:30:00Z".parse().unwrap());
    rembuk::complaints::clocks::watch(&app.app, rembuk::survey_voices::AFTERWARDS)
        .await
        .unwrap();
    app.run_jobs().await;
    let mails: Vec<String> = app.mails()[before..]
        .iter()
        .map(|mail| String::from_utf8_lossy(mail).into_owned())
        .collect();
    assert!(
        mails
            .iter()
            .any(|mail| mail.contains(COLLEAGUE) && mail.contains(&confidential))
    );
    assert!(
        mails
            .iter()
            .all(|mail| !mail.contains(&format!("<{HANDLER}>"))),
        "{mails:?}"
    );
    // Back again: the colleague's eyes close.
    app.app.clock.set("2026-04-01T02:00:00Z".parse().unwrap());
    let page = app.sign_in(COLLEAGUE).await.get(&case).await;
    assert!(!page.text().contains(WORDS));
}
