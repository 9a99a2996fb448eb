//! Every address with every role. What is expected is derived from the table of permissions; the lists here
//! say which permission an address asks for. An address that is in no list fails the test.

mod forums;
mod issues;
mod knowing;
mod offices;
mod operations;
mod surveys;
mod tables;
mod ways;

use poem::http::Method;
use rembuk::access::{Permission as P, Reach, Role, create_token, person_by_email, reach_of};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::json;

use crate::{
    endpoints::page_routes,
    support::{Answer, Browser, PASSWORD, TestApp},
};
use operations::{OPEN, OPERATIONS};
use tables::{OWN, OWN_FOLDERS, PAGES, SIGNING};
use ways::WAYS;

/// One person of the unit per role.
const PEOPLE: &[(Role, &str)] = &[
    (Role::SystemAdmin, "admin.sistem@rembuk.example"),
    (Role::UnitAdmin, "admin.kaltim@rembuk.example"),
    (Role::Organiser, "penyelenggara.kaltim@rembuk.example"),
    (Role::ComplaintOfficer, "petugas.kaltim@rembuk.example"),
    (Role::Handler, "sekretariat.kaltim@rembuk.example"),
    (Role::Head, "kepala.kaltim@rembuk.example"),
    (Role::Supervisor, "pengawas@rembuk.example"),
];

/// A form that every page can read: a refusal is then about the person and not about a field.
const FORM: &[(&str, &str)] = &[
    ("action", "00000000-0000-0000-0000-000000000000"),
    ("addressee", "Ketua Contoh"),
    ("attendance", "00000000-0000-0000-0000-000000000000"),
    ("cancel_reason", "Alasan yang cukup panjang"),
    ("code", "ABC234"),
    ("division", "sekretariat"),
    ("group", "experts"),
    ("instruction", "Mohon ditindaklanjuti"),
    ("kind", "survey_element"),
    ("name", "Budi Contoh"),
    ("note", "Catatan yang cukup panjang"),
    ("new_due_on", "2027-03-17"),
    ("extend_reason", "Alasan yang cukup panjang"),
    ("milestone_title", "Tonggak contoh"),
    ("milestone_due_on", "2027-03-17"),
    ("milestone", "00000000-0000-0000-0000-000000000000"),
    ("position", "Ketua"),
    ("raised_by_group", "experts"),
    ("reason", "Alasan yang cukup panjang"),
    ("recipient", "00000000-0000-0000-0000-000000000000"),
    ("represents", "Akademisi"),
    ("row", "00000000-0000-0000-0000-000000000000"),
    ("signed_on", "2026-03-17"),
    ("source", "procedure"),
    ("text", "Teks yang cukup panjang"),
    ("unit", "disdukcapil-kaltim"),
    ("who_name", "Budi Contoh"),
];

/// One thing of each kind, of the unit whose people try, and of the handler's division.
struct Things {
    complaint: (String, i32),
    action: (String, i32),
    forum: (String, i32),
    survey: (String, i32),
}

impl Things {
    async fn of(app: &TestApp) -> Self {
        let here = "unit_id = (SELECT id FROM unit WHERE code = 'disdukcapil-kaltim') AND division_id = \
                    (SELECT id FROM division WHERE code = 'sekretariat' AND unit_id = (SELECT id FROM unit WHERE code = 'disdukcapil-kaltim'))";
        let complaint = format!(
            "complaint WHERE {here} AND status = 'in_progress' AND NOT confidential AND assignee_id IS NULL"
        );
        let action = format!("action_item WHERE {here}");
        let forum = "forum WHERE unit_id = (SELECT id FROM unit WHERE code = 'disdukcapil-kaltim') ORDER BY date DESC";
        let survey = "survey_period WHERE unit_id = (SELECT id FROM unit WHERE code = 'disdukcapil-kaltim') AND state = 'open'";
        Self {
            survey: thing(app, "id", survey).await,
            complaint: thing(app, "number", &complaint).await,
            action: thing(app, "id", &action).await,
            forum: thing(app, "id", forum).await,
        }
    }

    /// The address of such a thing, and its version.
    fn fill(&self, address: &str) -> (String, i32) {
        let (first, version) = if address.contains("/pengaduan") || address.contains("/complaints")
        {
            &self.complaint
        } else if address.contains("/rencana-aksi") || address.contains("/action-items") {
            &self.action
        } else if address.contains("/survei") || address.contains("/surveys") {
            &self.survey
        } else {
            &self.forum
        };
        let nil = uuid::Uuid::nil().to_string();
        let mut parameters = [first].into_iter().chain(std::iter::repeat(&nil));
        let parts = address.split('/').map(|part| {
            if part.starts_with(':') || part.starts_with('{') {
                parameters.next().unwrap()
            } else {
                part
            }
        });
        (parts.collect::<Vec<_>>().join("/"), *version)
    }
}

async fn thing(app: &TestApp, column: &str, from: &str) -> (String, i32) {
    let db = &app.app.db;
    let sql = format!("SELECT {column}, version FROM {from} LIMIT 1");
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap_or_else(|| panic!("the demo has no {from}"));
    let name = match row.try_get::<uuid::Uuid>("", column) {
        Ok(id) => id.to_string(),
        Err(_) => row.try_get("", column).unwrap(),
    };
    (name, row.try_get("", "version").unwrap())
}

async fn demo() -> TestApp {
    let app = TestApp::bare().await;
    let hash = rembuk::access::hash_password(PASSWORD.to_owned())
        .await
        .unwrap();
    rembuk::demo::load(&app.ctx(), &hash).await.unwrap();
    app.run_jobs().await;
    app
}

/// Whether the role has all of the permissions, and how far.
fn reach(role: Role, asked: &[P]) -> Option<Reach> {
    if asked.is_empty() {
        return Some(Reach::All);
    }
    let reaches: Option<Vec<Reach>> = asked.iter().map(|one| reach_of(*one, role)).collect();
    reaches?
        .into_iter()
        .reduce(|a, b| if a == Reach::Division { a } else { b })
}

/// A refused person is told 403, or 404 where they may not know of the thing; anybody else is told neither 403
/// nor to sign in. Who has a right in a division may lack it for this thing.
fn fault(role: Role, asked: &[P], answer: &Answer) -> bool {
    let refused = matches!(answer.status, 403 | 404);
    let turned_away =
        matches!(answer.status, 401 | 403 | 405 | 500..) || answer.location().starts_with("/masuk");
    match reach(role, asked) {
        None => !refused,
        Some(Reach::Division) => turned_away && answer.status != 403,
        Some(Reach::Unit | Reach::All) => turned_away,
    }
}

fn asked_by(method: &str, address: &str) -> Option<&'static [P]> {
    let row = |exact: &str| {
        PAGES
            .iter()
            .chain(WAYS)
            .chain(knowing::PAGES)
            .chain(offices::PAGES)
            .chain(forums::PAGES)
            .chain(surveys::PAGES)
            .chain(issues::PAGES)
            .find(|(of, listed, _)| *listed == address && *of == exact)
    };
    let listed = row(method).or_else(|| row("")).map(|(.., asked)| *asked);
    listed.or_else(|| address.starts_with(SIGNING.0).then_some(SIGNING.1))
}

async fn try_page(browser: &mut Browser<'_>, method: &str, path: &str, version: i32) -> Answer {
    if method == "get(" {
        return browser.get(path).await;
    }
    let version = version.to_string();
    let mut fields = FORM.to_vec();
    fields.push(("version", &version));
    browser.post(path, &fields).await
}

#[tokio::test]
async fn every_page_of_the_workspace_answers_a_role_as_the_table_says() {
    let app = demo().await;
    let things = Things::of(&app).await;
    let mut faults = Vec::new();
    let mut walks = Vec::new();
    for (address, methods) in page_routes() {
        let own = OWN.contains(&address.as_str())
            || OWN_FOLDERS.iter().any(|folder| address.starts_with(folder));
        if !address.starts_with("/kerja") || own {
            continue;
        }
        for method in methods {
            match asked_by(method, &address) {
                Some(asked) => walks.push((method, address.clone(), asked)),
                None => faults.push(format!("{method} {address} is in no list")),
            }
        }
    }
    // First those who may not: they change nothing. Then those who may, who come too late to change much.
    for allowed in [false, true] {
        for (role, email) in PEOPLE {
            let mut browser = app.sign_in(email).await;
            browser.get("/kerja/akun").await;
            for (method, address, asked) in &walks {
                if reach(*role, asked).is_some() != allowed {
                    continue;
                }
                let (path, version) = things.fill(address);
                let version = if allowed { version - 1 } else { version };
                let answer = try_page(&mut browser, method, &path, version).await;
                if fault(*role, asked, &answer) {
                    faults.push(format!("{role:?} {method} {address}: {}", answer.status));
                }
            }
        }
    }
    app.forget_jobs().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn body_of(operation: &str, version: i32) -> Option<serde_json::Value> {
    Some(match operation {
        "answerComplaint" => json!({ "text": "Jawaban yang cukup panjang", "version": version }),
        "assignComplaint" => json!({ "division": "sekretariat", "version": version }),
        "extendComplaint" => {
            json!({ "days": 3, "reason": "Alasan yang cukup panjang", "version": version })
        }
        // Without its date it changes nothing.
        "changeHoliday" => json!({ "action": "add", "date": "" }),
        "changeUnitClosure" | "changeOfficeDays" | "chooseDeadlinePolicy" => json!({}),
        "verifyComplaint" | "startComplaint" | "closeComplaint" => json!({ "version": version }),
        "requestComplaintCompletion" | "reopenComplaint" | "withdrawComplaint" => {
            json!({ "text": "Alasan yang cukup panjang", "version": version })
        }
        "rejectComplaint" => json!({
            "reason": "unclear", "text": "Alasan yang cukup panjang", "version": version,
        }),
        "forwardComplaint" => json!({ "body": "Instansi Contoh", "version": version }),
        "mergeComplaint" => json!({ "main": "ADU-2026-000001", "version": version }),
        "classifyComplaint" => json!({ "reason": "Alasan yang cukup panjang", "version": version }),
        "splitComplaint" => json!({
            "subject": "Perihal", "description": "Bagian yang cukup panjang", "version": version,
        }),
        "previewComplaintBatch" => {
            json!({ "act": "answer", "complaints": ["ADU-2026-000001"] })
        }
        "startComplaintBatch" => json!({
            "act": "answer", "text": "Jawaban yang cukup panjang",
            "complaints": [{ "number": "ADU-2026-000001", "version": version }],
        }),
        "keepComplaintFilter" => json!({ "name": "Surat yang terlambat", "query": "view=late" }),
        "addComplaintTopic" | "changeComplaintTopic" => json!({ "title": "Topik contoh" }),
        "proposeComplaintTopic" => json!({ "offered": true }),
        "publishComplaint" | "checkComplaintPublication" => json!({
            "title": "Judul contoh", "text": "Teks yang cukup panjang", "version": 99,
        }),
        // Without their words they change nothing.
        "openSuggestionBox"
        | "enterBoxSheet"
        | "closeBoxOpening"
        | "chooseSp4nColumns"
        | "addUnitChannel"
        | "changeUnitChannel"
        | "openRestrictedFile"
        | "openComplaintOriginals"
        | "addComplaintCategory"
        | "changeComplaintCategory"
        | "addComplaintQuestion"
        | "changeComplaintQuestion"
        | "addStandardAnswer"
        | "changeStandardAnswer"
        | "withdrawComplaintPublication"
        | "groupComplaints"
        | "closeForum"
        | "linkComplaintTopic" => json!({}),
        "keepIncomingMessage" => json!({ "channel": "phone", "text": "Pesan yang cukup panjang" }),
        "addComplaintMessage" => json!({ "kind": "note", "text": "Catatan yang cukup panjang" }),
        "addComplaintAttachments" => json!({ "files": [uuid::Uuid::nil()] }),
        "linkComplaint" => json!({ "related": "ADU-2026-000001" }),
        "reportActionProgress" => json!({ "note": "Catatan yang cukup panjang" }),
        "linkActionSource" => json!({ "kind": "survey_element", "id": "procedure" }),
        "openSurvey" | "closeSurvey" | "freezeSurvey" => json!({ "version": version }),
        "createSurvey" => json!({
            "unit": "disdukcapil-kaltim", "title": "", "opens_on": "2026-01-01", "closes_on": "2026-01-31",
        }),
        "checkIn" => json!({ "code": "ABC234" }),
        "printInvitations" => json!({ "papers": "sheets" }),
        "createForum" => json!({
            "unit": "disdukcapil-kaltim", "code": "FKP", "title": "Judul", "theme": "Tema",
            "scope": "other_policy", "mode": "online", "date": "", "start": "", "end": "",
            "venue": { "name": "Aula", "address": "Jalan Contoh" },
        }),
        other => return issues::body_of(other),
    })
}

#[tokio::test]
async fn every_operation_of_the_api_answers_a_role_as_the_table_says() {
    let app = demo().await;
    let things = Things::of(&app).await;
    let document = app.browser().get("/api/openapi.json").await.json();
    let mut faults = Vec::new();
    for allowed in [false, true] {
        for (role, email) in PEOPLE {
            let person = person_by_email(&app.app.db, email).await.unwrap().unwrap();
            let token = create_token(&app.ctx(), person, "uji", true).await.unwrap();
            let mut program = app.browser();
            let bearer = ("authorization".into(), format!("Bearer {token}"));
            program.headers.push(bearer);
            for (path, operations) in document["paths"].as_object().unwrap() {
                for (method, operation) in operations.as_object().unwrap() {
                    let id = operation["operationId"].as_str().unwrap();
                    if OPEN.contains(&id) {
                        continue;
                    }
                    let mut listed = OPERATIONS.iter().chain(issues::OPERATIONS);
                    let Some((_, asked)) = listed.find(|(listed, _)| *listed == id) else {
                        faults.push(format!("{id} is in no list"));
                        continue;
                    };
                    if reach(*role, asked).is_some() != allowed {
                        continue;
                    }
                    let (path, version) = things.fill(path);
                    let path = format!("/api/v1{path}");
                    let version = if allowed { version - 1 } else { version };
                    let method: Method = method.to_uppercase().parse().unwrap();
                    let answer = if id == "uploadFile" {
                        let file = ("file", "bukti.pdf", b"%PDF-1.7 bukti".as_slice());
                        program.post_file(&path, &[], file).await
                    } else if matches!(
                        id,
                        "importRecipients"
                            | "importComplaints"
                            | "addRestrictedFile"
                            | "addBoxScan"
                    ) {
                        let file = ("file", "daftar.csv", b"Nama;Instansi".as_slice());
                        program.post_file(&path, &[], file).await
                    } else {
                        program.api(method, &path, body_of(id, version)).await
                    };
                    if fault(*role, asked, &answer) {
                        faults.push(format!("{role:?} {id}: {} {}", answer.status, answer.body));
                    }
                }
            }
        }
    }
    app.forget_jobs().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
