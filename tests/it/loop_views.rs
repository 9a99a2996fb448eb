//! Promises of the loop seen across: loose ends are named, a chain is seen from both ends, the matrix says what the plan says.

use chrono::Duration;
use poem::http::Method;
use serde_json::{Value, json};

use crate::{
    action_plans::{FACILITATION, HEAD, ORGANISER, finished, made, step},
    complaints::{OFFICER, OTHER_OFFICER, UNIT, filed, program},
    minutes::begun,
    support::{Answer, TestApp},
};

fn counted(gaps: &Value, kind: &str) -> i64 {
    let counts = gaps["counts"].as_array().unwrap();
    let one = counts.iter().find(|one| one["kind"] == kind);
    one.unwrap()["count"].as_i64().unwrap()
}

#[tokio::test]
async fn loose_ends_are_named_until_they_are_tied() {
    let app = TestApp::new().await;
    let (forum, _organiser) = begun(&app, "FKP-G").await;
    let late = made(&app).await;
    finished(&app).await;
    let mut head = program(&app, HEAD).await;
    let body = json!({ "unit": UNIT, "title": "Waktu pelayanan" });
    let issue = head.api(Method::POST, "/api/v1/issues", Some(body)).await;
    assert_eq!(issue.status, 200, "{}", issue.body);
    app.advance(chrono::Duration::days(15));
    let path = format!("/api/v1/loop/gaps?unit={UNIT}&year=2026");
    let gaps = head.get(&path).await.json();
    assert_eq!(counted(&gaps, "action_late"), 1, "{gaps}");
    assert_eq!(counted(&gaps, "action_unverified"), 1);
    assert_eq!(counted(&gaps, "action_without_evidence"), 0);
    assert_eq!(counted(&gaps, "issue_undecided"), 1);
    let inputs = counted(&gaps, "input_unheard");
    assert!(inputs > 0, "nothing came of what was said");
    // An input that belongs to an issue is on its way.
    let input = rembuk::forums::inputs(&app.app.db, &forum).await.unwrap()[0].id;
    let id = issue.json()["id"].as_str().unwrap().to_owned();
    let voice = json!({ "kind": "forum_input", "id": input });
    let mut organiser = program(&app, ORGANISER).await;
    let linked = organiser
        .api(
            Method::POST,
            &format!("/api/v1/issues/{id}/voices"),
            Some(voice),
        )
        .await;
    assert_eq!(linked.status, 200, "{}", linked.body);
    let gaps = head.get(&path).await.json();
    assert_eq!(counted(&gaps, "input_unheard"), inputs - 1);
    let page = app.sign_in(HEAD).await.get("/kerja/isu/celah").await;
    assert!(
        page.text().contains("Rencana aksi terlambat"),
        "{}",
        page.text()
    );
    assert!(page.body.contains(&format!("/kerja/rencana-aksi/{late}")));
    let other = program(&app, OTHER_OFFICER).await.get(&path).await;
    assert_eq!(other.status, 404, "{}", other.body);
    let year = head
        .get(&format!("/api/v1/loop/gaps?unit={UNIT}&year=2031"))
        .await;
    assert_eq!(counted(&year.json(), "action_late"), 0);
    let undecided = counted(&year.json(), "issue_undecided");
    assert_eq!(undecided, 0, "it stands in the year that its code names");
    assert_eq!(
        app.sign_in(HEAD)
            .await
            .get("/kerja/isu/celah?tahun=x")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_chain_is_seen_from_both_ends() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let action = made(&app).await;
    let mut officer = program(&app, OFFICER).await;
    let body = json!({
        "unit": UNIT, "title": "KTP-el lama jadi",
        "voices": [{ "kind": "complaint", "id": number }],
    });
    let issue = officer
        .api(Method::POST, "/api/v1/issues", Some(body))
        .await;
    let id = issue.json()["id"].as_str().unwrap().to_owned();
    let at = |step: &str| format!("/api/v1/issues/{id}/{step}");
    let reason = json!({ "reason": "Sudah lama dikeluhkan." });
    officer.api(Method::POST, &at("open"), Some(reason)).await;
    let link = json!({ "action_item": action });
    let linked = officer.api(Method::POST, &at("action"), Some(link)).await;
    assert_eq!(linked.json()["state"], "in_action", "{}", linked.body);
    app.run_jobs().await;
    let chain = officer
        .get(&format!("/api/v1/complaints/{number}/chain"))
        .await
        .json();
    assert_eq!(chain["issues"][0]["id"], json!(id), "{chain}");
    assert_eq!(chain["actions"][0]["id"], json!(action));
    let back = officer
        .get(&format!("/api/v1/action-items/{action}/chain"))
        .await
        .json();
    let kinds: Vec<&str> = back["voices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|voice| voice["kind"].as_str().unwrap())
        .collect();
    assert!(
        kinds.contains(&"issue") && kinds.contains(&"complaint"),
        "{back}"
    );
    assert_eq!(back["proofs"], json!([]));
    let page = app
        .sign_in(OFFICER)
        .await
        .get(&format!("/kerja/pengaduan/{number}/rantai"))
        .await;
    assert!(page.text().contains("ISU-2026-01"), "{}", page.text());
    // The end of one is the gap of the other.
    assert!(page.text().contains("Belum ada bukti"));
    // A stranger to the unit knows neither.
    let mut other = program(&app, OTHER_OFFICER).await;
    for path in [
        format!("/api/v1/complaints/{number}/chain"),
        format!("/api/v1/action-items/{action}/chain"),
    ] {
        assert_eq!(other.get(&path).await.status, 404, "{path}");
    }
}

/// The head takes a while to look: work that was in time is not late for that.
#[tokio::test]
async fn the_matrix_tells_the_day_on_which_work_was_handed_in() {
    let app = TestApp::new().await;
    let action = finished(&app).await;
    app.advance(Duration::days(20));
    let mut head = app.sign_in(HEAD).await;
    assert_eq!(step(&mut head, &action, "/sahkan", &[]).await.status, 303);
    let path = "/kerja/rencana-aksi/matriks.xlsx?tahun=2026";
    let book = std::io::Cursor::new(head.get(path).await.bytes);
    use calamine::Reader as _;
    let mut book = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(book).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let words: Vec<String> = range.rows().flatten().map(ToString::to_string).collect();
    let day = |days| {
        let day = (app.now() - Duration::days(days)).date_naive();
        rembuk::calendar::dates::date_short(day, rembuk::platform::i18n::Locale::Id)
    };
    assert!(words.contains(&day(20)), "{words:?}");
    assert!(!words.contains(&day(0)), "{words:?}");
}

#[tokio::test]
async fn the_matrix_is_a_workbook_and_a_paper() {
    let app = TestApp::new().await;
    finished(&app).await;
    let mut head = app.sign_in(HEAD).await;
    let book = head
        .get(&format!(
            "/kerja/rencana-aksi/matriks.xlsx?unit={UNIT}&tahun=2026"
        ))
        .await;
    assert_eq!(book.status, 200);
    let mut sheets = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(
        book.bytes.clone(),
    ))
    .unwrap();
    use calamine::Reader as _;
    let range = sheets.worksheet_range_at(0).unwrap().unwrap();
    let words: Vec<String> = range.rows().flatten().map(ToString::to_string).collect();
    for expected in [
        "RA-2026-01",
        "90",
        "Kurang dari 3 bulan",
        "Menunggu pengesahan",
    ] {
        assert!(
            words.iter().any(|word| word == expected),
            "{expected}: {words:?}"
        );
    }
    let paper = head.get("/kerja/rencana-aksi/matriks.pdf?tahun=2026").await;
    assert_eq!(paper.status, 200);
    assert!(paper.bytes.starts_with(b"%PDF"));
    // A handler's matrix holds the own division only.
    let own = app.sign_in(FACILITATION).await;
    let mut own = own;
    let book = own.get("/kerja/rencana-aksi/matriks.xlsx").await;
    assert_eq!(book.status, 200);
    assert_eq!(
        head.get("/kerja/rencana-aksi/matriks.xlsx?unit=tidak-ada")
            .await
            .status,
        404
    );
}

/// The record of the demo, loaded a year after its forum.
async fn demo() -> TestApp {
    let app = TestApp::bare().await;
    app.app.clock.set("2026-11-23T02:00:00Z".parse().unwrap());
    let hash = rembuk::access::hash_password(crate::support::PASSWORD.to_owned())
        .await
        .unwrap();
    rembuk::demo::load(&app.ctx(), &hash).await.unwrap();
    app.run_jobs().await;
    app
}

/// The action that the demo's forum promised about the channels of complaint.
async fn promised(app: &TestApp) -> String {
    let mut head = program(app, HEAD).await;
    let items = head.get("/api/v1/action-items?limit=100").await.json();
    let mut all = items["items"].as_array().unwrap().iter();
    let item = all.find(|one| one["code"] == "RA-2026-01").unwrap();
    item["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_demo_of_2025_tells_from_voices_to_what_changed() {
    let app = demo().await;
    let action = promised(&app).await;
    let mut head = program(&app, HEAD).await;
    let chain = head
        .get(&format!("/api/v1/action-items/{action}/chain"))
        .await
        .json();
    let voices = chain["voices"].as_array().unwrap();
    let of = |kind: &str| voices.iter().filter(|one| one["kind"] == kind).count();
    // Two clusters of complaints, the input of the forum, the weakest element; all of them were there before the promise.
    assert_eq!(of("complaint"), 9, "{chain}");
    assert_eq!((of("forum_input"), of("survey_element")), (1, 1), "{chain}");
    // It was agreed at a forum.
    assert_eq!(chain["agendas"].as_array().unwrap().len(), 1, "{chain}");
    for voice in voices.iter().filter(|one| one["kind"] == "complaint") {
        assert!(
            voice["label"].as_str().unwrap().contains("-2025-"),
            "{voice}"
        );
    }
    let measured = &chain["action"]["measured"];
    let element = &measured["elements"][0];
    assert_eq!(element["id"], "complaint_handling", "{measured}");
    assert_eq!(element["before"]["closes_on"], "2025-09-26");
    let change: f64 = element["after"][0]["change"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(change > 0.0, "the next survey is higher: {element}");
    let rates = measured["complaints"].as_array().unwrap();
    assert!(!rates.is_empty(), "{measured}");
    for rate in rates {
        assert_eq!(rate["before"]["days"], rate["after"]["days"], "{rate}");
    }
    let topics = rates.iter().find(|one| one["by"] == "topic").unwrap();
    assert!(topics["before"]["count"].as_i64() > topics["after"]["count"].as_i64());
    app.forget_jobs().await;
}

#[tokio::test]
async fn the_demo_shows_the_input_that_led_to_nothing_everywhere() {
    let app = demo().await;
    let path = format!("/api/v1/loop/gaps?unit={UNIT}&year=2025");
    let gaps = program(&app, HEAD).await.get(&path).await.json();
    assert_eq!(counted(&gaps, "input_unheard"), 1, "{gaps}");
    let mut head = app.sign_in(HEAD).await;
    let loose = head
        .get(&format!("/kerja/isu/celah?unit={UNIT}&tahun=2025"))
        .await;
    assert!(loose.text().contains("5S"), "{}", loose.text());
    let db = &app.app.db;
    let unit = rembuk::organisation::unit_by_code(db, UNIT).await.unwrap();
    let forum = rembuk::forums::by_code(db, unit.id, "FKP-KALTIM-2025")
        .await
        .unwrap()
        .unwrap();
    let public = app.browser().get(&format!("/forum/{}", forum.id)).await;
    let heard = public.texts("#disampaikan tbody tr");
    let nowhere = "Belum dijawab dan belum ditindaklanjuti";
    for (code, led_nowhere) in [("I1", false), ("I2", true), ("I3", false)] {
        let row = heard.iter().find(|row| row.starts_with(code)).unwrap();
        assert_eq!(row.contains(nowhere), led_nowhere, "{row}");
    }
    assert!(
        !public.text().contains("sedang disusun"),
        "a year after nobody drafts"
    );
    app.forget_jobs().await;
}

#[tokio::test]
async fn promises_of_the_demo_are_narrowed_by_the_service_that_they_are_about() {
    let app = demo().await;
    let mut anybody = app.browser();
    let all = anybody.get(&format!("/janji?unit={UNIT}")).await;
    let service = "select[name=layanan] option[value=konfirmasi-dokumen]";
    assert_eq!(all.texts(service).len(), 1, "{}", all.text());
    let of_service = format!("/janji?unit={UNIT}&layanan=konfirmasi-dokumen");
    let some = anybody.get(&of_service).await.text();
    assert!(some.contains("Sosialisasi sampai kelurahan"), "{some}");
    assert!(!some.contains("Mengaktifkan kanal pengaduan"), "{some}");
    app.forget_jobs().await;
}

#[tokio::test]
async fn loose_ends_beyond_the_page_stand_in_parts_behind_a_link() {
    let app = TestApp::new().await;
    for _ in 0..27 {
        made(&app).await;
    }
    app.advance(Duration::days(30));
    let mut head = app.sign_in(HEAD).await;
    let page = head.get("/kerja/isu/celah").await;
    let rows = |page: &Answer| page.texts("#gap-action-late ul.list li").len();
    assert_eq!(rows(&page), 25, "{}", page.text());
    let more = page.attribute("#gap-action-late p a", "href").unwrap();
    let whole = head.get(&more).await;
    assert_eq!(rows(&whole), 27, "{more}: {}", whole.text());
    assert!(whole.text().contains("1–27 dari 27"), "{}", whole.text());
    for wrong in ["jenis=lain", "jenis=complaint_unheard&tahun=2024"] {
        let page = head.get(&format!("/kerja/isu/celah?{wrong}")).await;
        assert_eq!(page.status, 404, "{wrong}");
    }
    // Programs read them in parts too, each once.
    let mut program = program(&app, HEAD).await;
    let path = format!("/api/v1/loop/gaps?unit={UNIT}&year=2026&kind=action_late&limit=20");
    let first = program.get(&path).await.json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = program.get(&format!("{path}&cursor={cursor}")).await.json();
    let mut codes: Vec<String> = [&first, &second]
        .iter()
        .flat_map(|part| part["items"].as_array().unwrap())
        .map(|gap| gap["code"].as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 27, "{codes:?}");
    assert_eq!(second["next_cursor"], Value::Null);
    assert_eq!(counted(&second, "action_late"), 27);
}
