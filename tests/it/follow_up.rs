//! Promises of what follows a forum: every point is answered, nothing is forgotten when it closes, and an
//! organiser is told when a stage stands still.

use chrono::Duration;
use poem::http::Method;
use rembuk::{
    audit,
    forums::{self, Forum, Stage},
    housekeeping,
};
use sea_orm::ConnectionTrait as _;

use crate::{
    attendance::{HANDLER, ORGANISER, STRANGER, forum, program},
    berita_acara::locked,
    forums::{forum_form, with_forums},
    support::{Browser, TestApp},
};

const REASON: &str = "Sudah dilaksanakan sebelum forum berakhir.";

fn at(forum: &Forum, step: &str) -> String {
    format!("/kerja/forum/{}/tindak-lanjut{step}", forum.id)
}

/// The root of the first point, as its form carries it.
pub async fn point(browser: &mut Browser<'_>, forum: &Forum) -> String {
    let page = browser.get(&at(forum, "")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.attribute("input[name=point]", "value").unwrap()
}

pub async fn explain(
    browser: &mut Browser<'_>,
    forum: &Forum,
    point: &str,
    version: &str,
    reason: &str,
) -> crate::support::Answer {
    let fields = [
        ("point", point),
        ("number", "1"),
        ("version", version),
        ("reason", reason),
    ];
    browser.post(&at(forum, "/alasan"), &fields).await
}

/// Closes a forum with everything ticked that its page says will stay unfinished.
pub async fn close(browser: &mut Browser<'_>, forum: &Forum) -> crate::support::Answer {
    let page = browser.get(&at(forum, "")).await;
    let codes = page.attributes("input[name=acknowledged]", "value");
    let ticked: Vec<(&str, &str)> = codes
        .iter()
        .map(|code| ("acknowledged", code.as_str()))
        .collect();
    browser.post(&at(forum, "/tutup"), &ticked).await
}

async fn stage(app: &TestApp, forum: &Forum) -> Stage {
    forums::by_id(&app.app.db, forum.id).await.unwrap().stage
}

/// An action made from the point; returns its id.
pub async fn action(browser: &mut Browser<'_>, forum: &Forum) -> String {
    let page = browser.get(&at(forum, "")).await;
    let new = page.attribute("a[href*='sumber=agreed_point']", "href");
    let source = new.unwrap().split("sumber=").nth(1).unwrap().to_owned();
    let mut form = crate::action_plans::FORM.to_vec();
    form.push(("source", &source));
    form.push(("budget_year", "2027"));
    let made = browser.post("/kerja/rencana-aksi/baru", &form).await;
    assert_eq!(made.status, 303, "{}", made.text());
    made.location().rsplit('/').next().unwrap().to_owned()
}

/// A later forum of the same unit.
async fn next_forum(app: &TestApp, browser: &mut Browser<'_>) -> Forum {
    browser.get("/kerja/forum/baru").await;
    let made = browser.post("/kerja/forum/baru", &forum_form(&[])).await;
    let id = made.location().rsplit('/').next().unwrap().to_owned();
    let id = forums::ForumId::parse(&id).unwrap();
    forums::by_id(&app.app.db, id).await.unwrap()
}

#[tokio::test]
async fn a_point_without_an_action_has_a_reason_that_everybody_reads() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let root = point(&mut browser, &forum).await;
    let empty = explain(&mut browser, &forum, &root, "0", "kurang").await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("kurang"), "what was typed is kept");
    assert_eq!(empty.texts(".summary a").len(), 1, "{}", empty.text());
    let saved = explain(&mut browser, &forum, &root, "0", REASON).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let late = explain(&mut browser, &forum, &root, "0", "Alasan orang kedua").await;
    assert_eq!(late.status, 409, "the second editor is told");
    let changed = explain(&mut browser, &forum, &root, "1", REASON).await;
    assert_eq!(changed.status, 303);
    let path = format!("/forum/{}", forum.id);
    let public = app.browser().get(&path).await.text();
    assert!(public.contains(REASON), "{public}");
    assert!(
        public.contains("Hasil sudah ada"),
        "not 'to come': {public}"
    );
    let unknown = uuid::Uuid::nil().to_string();
    let nothing = explain(&mut browser, &forum, &unknown, "0", REASON).await;
    assert_eq!(nothing.status, 404);
    let fields = [("point", root.as_str())];
    assert_eq!(
        browser.post(&at(&forum, "/cabut"), &fields).await.status,
        303
    );
    assert_eq!(
        browser.post(&at(&forum, "/cabut"), &fields).await.status,
        303
    );
    assert!(!app.browser().get(&path).await.text().contains(REASON));
}

/// The last chapter of the report as its page shows it.
async fn closing_chapter(browser: &mut Browser<'_>, forum: &Forum) -> String {
    let page = browser
        .get(&format!("/kerja/forum/{}/laporan", forum.id))
        .await
        .text();
    let (_, chapter) = page.rsplit_once("BAB IV PENUTUP").unwrap();
    chapter.to_owned()
}

#[tokio::test]
async fn the_report_closes_with_what_becomes_of_each_point_by_its_number() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-B").await;
    let mut browser = locked(&app, &forum).await;
    let open = closing_chapter(&mut browser, &forum).await;
    assert!(
        open.contains("1 (satu) butir kesepakatan")
            && open.contains("Belum memiliki rencana aksi."),
        "{open}"
    );
    let root = point(&mut browser, &forum).await;
    let saved = explain(&mut browser, &forum, &root, "0", REASON).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let explained = closing_chapter(&mut browser, &forum).await;
    let why = format!("Tanpa rencana aksi, dengan alasan: {REASON}");
    assert!(explained.contains(&why), "{explained}");
    let id = action(&mut browser, &forum).await;
    let planned = closing_chapter(&mut browser, &forum).await;
    assert!(
        planned.contains("RA-2026-01") && !planned.contains("dengan alasan"),
        "{planned}"
    );
    // The words of the points stand in chapter III alone.
    assert!(!planned.contains("di laman dan di loket"), "{planned}");
    // A point whose action was cancelled stands in both chapters that tell of points.
    let fields = [
        ("version", "1"),
        ("cancel_reason", "Diganti program provinsi"),
    ];
    let path = format!("/kerja/rencana-aksi/{id}/batalkan");
    assert_eq!(browser.post(&path, &fields).await.status, 303);
    let page = format!("/kerja/forum/{}/laporan", forum.id);
    let report = browser.get(&page).await.text();
    let why = format!("Rencana aksi RA-2026-01 dibatalkan, dengan alasan: {REASON}");
    assert!(report.contains(&format!("Butir 1: {why}")), "{report}");
    let closing = closing_chapter(&mut browser, &forum).await;
    assert!(closing.contains(&why), "{closing}");
}

#[tokio::test]
async fn a_forum_closes_once_and_only_when_nothing_is_left_open() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let root = point(&mut browser, &forum).await;
    let early = browser.post(&at(&forum, "/tutup"), &[]).await;
    assert_eq!(early.status, 422);
    assert!(early.text().contains("tanpa alasan: 1"), "{}", early.text());
    let id = action(&mut browser, &forum).await;
    let page = browser.get(&format!("/janji/{id}")).await;
    assert!(page.text().contains("Tahun anggaran 2027") || page.text().contains("2027"));
    let open = browser.post(&at(&forum, "/tutup"), &[]).await;
    assert!(
        open.text().contains("belum disahkan: RA-2026-01"),
        "{}",
        open.text()
    );
    let fields = [
        ("version", "1"),
        ("cancel_reason", "Diganti program provinsi"),
    ];
    let path = format!("/kerja/rencana-aksi/{id}/batalkan");
    assert_eq!(browser.post(&path, &fields).await.status, 303);
    let page = browser.get(&at(&forum, "")).await.text();
    assert!(
        page.contains("Dibatalkan: Diganti program provinsi"),
        "{page}"
    );
    // The reason answers the point too: nobody types it twice.
    assert!(
        page.contains("dibatalkan karena: Diganti program provinsi"),
        "{page}"
    );
    assert!(!page.contains("Belum ada rencana aksi atau alasan"));
    let record = format!("/kerja/forum/{}/berita-acara", forum.id);
    for path in [
        format!("/forum/{}", forum.id),
        format!("/kerja/forum/{}", forum.id),
        record,
    ] {
        let text = browser.get(&path).await.text();
        assert!(text.contains("dibatalkan karena: Diganti"), "{text}");
        assert!(!text.contains("Tanpa rencana aksi, karena"), "{text}");
    }
    let closed = close(&mut browser, &forum).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    assert_eq!(stage(&app, &forum).await, Stage::Closed);
    let own = format!("/kerja/forum/{}", forum.id);
    for path in [own.clone(), "/kerja/forum".to_owned(), at(&forum, "")] {
        let page = browser.get(&path).await.text();
        assert!(page.contains("Ditutup "), "{path}: {page}");
        assert!(page.contains(" oleh "), "and by whom: {page}");
    }
    let seats = browser.get(&format!("{own}/pendaftaran")).await;
    assert!(
        seats.texts("input[name=closes_on]").is_empty(),
        "nothing is set any more: {}",
        seats.text()
    );
    browser.get(&at(&forum, "")).await;
    let twice = browser.post(&at(&forum, "/tutup"), &[]).await;
    assert_eq!(twice.status, 422);
    let late = explain(&mut browser, &forum, &root, "1", "Alasan yang terlambat").await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("sudah ditutup"), "{}", late.text());
    let public = app.browser().get(&format!("/forum/{}", forum.id)).await;
    assert!(public.text().contains("Selesai ditindaklanjuti"));
    let said = public.texts("#disampaikan").join("");
    assert!(
        said.contains("Rencana aksi yang dibatalkan")
            && said.contains("Dibatalkan: Diganti program provinsi"),
        "{said}"
    );
    assert!(!said.contains("Ditindaklanjuti dengan"), "{said}");
}

#[tokio::test]
async fn what_stays_unfinished_for_ever_is_ticked_one_by_one_and_stands_in_the_history() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let root = point(&mut browser, &forum).await;
    explain(&mut browser, &forum, &root, "0", REASON).await;
    let page = browser.get(&at(&forum, "")).await;
    let asked = page.attributes("input[name=acknowledged]", "value");
    assert_eq!(asked, ["letter", "report"], "{}", page.text());
    let silent = browser.post(&at(&forum, "/tutup"), &[]).await;
    assert_eq!(silent.status, 422);
    assert_eq!(silent.texts(".summary a").len(), 2, "{}", silent.text());
    let half = [("acknowledged", "letter")];
    let half = browser.post(&at(&forum, "/tutup"), &half).await;
    assert_eq!(half.status, 422);
    assert_eq!(half.texts(".summary a").len(), 1, "{}", half.text());
    let kept = half.attributes("input[name=acknowledged][checked]", "value");
    assert_eq!(kept, ["letter"], "what was ticked stays ticked");
    assert_ne!(stage(&app, &forum).await, Stage::Closed);
    let closed = close(&mut browser, &forum).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    let told = browser
        .get(&at(&forum, ""))
        .await
        .texts("#f-tutup")
        .join("");
    assert!(
        told.contains("Surat undangan belum diterbitkan")
            && told.contains("Laporan forum belum terbit"),
        "{told}"
    );
    let verb = "forum.closed_unfinished";
    let history = audit::of_verb_to(&app.app.db, "forum", vec![forum.id.0], verb).await;
    let history = history.unwrap();
    assert_eq!(history.len(), 1);
    let listed = serde_json::json!(["letter", "report"]);
    assert_eq!(history[0].data["acknowledged"], listed);
}

#[tokio::test]
async fn a_program_closes_a_forum_by_the_same_rule() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let mut caller = program(&app, ORGANISER).await;
    let path = format!("/api/v1/forums/{}/close", forum.id);
    let body = |codes: &[&str]| Some(serde_json::json!({ "acknowledged": codes }));
    let open = caller.api(Method::POST, &path, body(&[])).await;
    assert_eq!(open.status, 422);
    assert_eq!(open.json()["code"], "follow_up.open_points");
    let root = point(&mut browser, &forum).await;
    explain(&mut browser, &forum, &root, "0", REASON).await;
    let silent = caller.api(Method::POST, &path, body(&["letter"])).await;
    assert_eq!(silent.status, 422);
    assert_eq!(silent.json()["errors"][0]["field"], "acknowledged.report");
    let both = body(&["letter", "report"]);
    let closed = caller.api(Method::POST, &path, both).await;
    assert_eq!(closed.status, 200, "{}", closed.text());
    assert_eq!(closed.json()["stage"], "closed");
    let left = serde_json::json!(["letter", "report"]);
    assert_eq!(closed.json()["unfinished"], left);
    assert_eq!(stage(&app, &forum).await, Stage::Closed);
    let mut other = program(&app, STRANGER).await;
    let answer = other.api(Method::POST, &path, body(&[])).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn an_action_that_waits_for_verification_goes_on_in_the_next_forum_and_a_verified_one_does_not()
 {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let id = action(&mut browser, &forum).await;
    let next = next_forum(&app, &mut browser).await;
    let set = async |status: &str| {
        let change = format!("UPDATE action_item SET status = '{status}', progress = 100");
        app.app.db.execute_unprepared(&change).await.unwrap();
    };
    set("done").await;
    let page = browser.get(&at(&forum, "")).await;
    let offered = format!("#f-to_{id} option");
    assert_eq!(page.texts(&offered).len(), 2, "{}", page.text());
    let proposals = format!("/kerja/forum/{}/usulan", next.id);
    let proposed = browser.get(&proposals).await;
    let source = format!("input[value='action:{id}']");
    assert!(proposed.attribute(&source, "name").is_some(), "not proven");
    let to = next.id.to_string();
    let fields = [("action", id.as_str()), ("to", to.as_str())];
    let carried = browser.post(&at(&forum, "/lanjutkan"), &fields).await;
    assert_eq!(carried.status, 303, "{}", carried.text());
    let page = browser
        .get(&format!("/kerja/forum/{}/usulan", next.id))
        .await;
    assert!(page.text().contains("Dilanjutkan dari forum sebelumnya"));
    set("verified").await;
    browser.get(&at(&forum, "")).await;
    let late = browser.post(&at(&forum, "/lanjutkan"), &fields).await;
    assert_eq!(late.status, 422, "it is over");
}

#[tokio::test]
async fn only_the_organiser_of_the_unit_follows_up() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut handler = app.sign_in(HANDLER).await;
    assert_eq!(handler.get(&at(&forum, "")).await.status, 200);
    for step in ["/alasan", "/cabut", "/lanjutkan", "/tutup"] {
        let answer = handler.post(&at(&forum, step), &[]).await;
        assert_eq!(answer.status, 403, "{step}");
    }
    let mut stranger = app.sign_in(STRANGER).await;
    assert_eq!(stranger.get(&at(&forum, "")).await.status, 404);
    assert_eq!(app.browser().get(&at(&forum, "")).await.status, 303);
}

#[tokio::test]
async fn the_api_says_what_each_stage_lacks_and_what_comes_next() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut caller = program(&app, ORGANISER).await;
    let path = format!("/api/v1/forums/{}/missing", forum.id);
    let answer = caller.api(Method::GET, &path, None).await.json();
    assert_eq!(answer["stage"], "preparation");
    assert_eq!(answer["next"]["code"], "agenda");
    let items = answer["items"].as_array().unwrap();
    let item = |code: &str| items.iter().find(|item| item["code"] == code).unwrap();
    assert_eq!(item("agenda")["severity"], "error");
    assert_eq!(item("agenda")["reached"], true);
    assert_eq!(item("team")["severity"], "warning");
    assert_eq!(item("recipients")["reached"], false);
    assert_eq!(
        item("agenda")["page"],
        format!("/kerja/forum/{}/acara", forum.id)
    );
    let mut browser = locked(&app, &forum).await;
    let answer = caller.api(Method::GET, &path, None).await.json();
    assert_eq!(answer["stage"], "report");
    assert_eq!(answer["next"]["code"], "report");
    let items = answer["items"].as_array().unwrap();
    let point = items.iter().find(|item| item["code"] == "points-action");
    assert_eq!(point.unwrap()["names"], serde_json::json!(["1"]));
    let page = browser.get(&format!("/kerja/forum/{}", forum.id)).await;
    assert!(
        page.texts(".next-step")
            .join("")
            .contains("Terbitkan laporan"),
        "the page shows the same: {}",
        page.text()
    );
    let mut other = program(&app, STRANGER).await;
    assert_eq!(other.api(Method::GET, &path, None).await.status, 404);
    assert_eq!(
        app.browser().api(Method::GET, &path, None).await.status,
        401
    );
}

#[tokio::test]
async fn the_page_of_stages_names_what_blocks_and_what_only_tells() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&format!("/kerja/forum/{}", demo.next)).await;
    assert_eq!(page.texts("details.stage").len(), 6);
    assert!(page.texts(".next-step a")[0].contains("Kirim undangan"));
    let blocks = page.texts(".stage .gaps li.blocks").join(" ");
    assert!(blocks.contains("39 undangan belum dikirim"), "{blocks}");
    let doubts = page.texts(".stage .gaps li:not(.blocks)").join(" ");
    assert!(doubts.contains("Catatan kenetralan"), "{doubts}");
    assert!(!blocks.contains("Catatan kenetralan"), "{blocks}");
    let headings = page.texts(".stage h3").join(" ");
    for heading in ["Harus dikerjakan", "Sebaiknya diperiksa"] {
        assert!(headings.contains(heading), "{headings}");
    }
}

#[tokio::test]
async fn an_organiser_is_told_once_a_week_of_a_stage_that_stands_still() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let told = async || {
        housekeeping::sweep(&app.app).await.unwrap();
        app.run_jobs().await;
        app.mails().len()
    };
    assert_eq!(told().await, 0, "it was made today");
    app.advance(Duration::days(8));
    let first = told().await;
    assert_eq!(first, 1);
    assert_eq!(told().await, first, "once a week");
    app.advance(Duration::days(7));
    assert_eq!(told().await, first + 1, "and again the next");
    let mail = String::from_utf8(app.mails()[0].clone()).unwrap();
    assert!(mail.contains(ORGANISER), "{mail}");
    let path = format!("/kerja/forum/{}", forum.id);
    assert!(mail.contains(&path), "{mail}");
}

#[tokio::test]
async fn reminders_can_be_switched_off() {
    let app = TestApp::with(&[("REMBUK__FORUM__STAGE_REMINDER_DAYS", "0")]).await;
    forum(&app, "FKP-A").await;
    app.advance(Duration::days(15));
    housekeeping::sweep(&app.app).await.unwrap();
    assert_eq!(app.run_jobs().await, 0);
}
