//! Promises of what goes on after a forum: an action that was carried into another is never lost with it, and nothing
//! closes over papers that contradict each other.

use poem::http::Method;
use rembuk::forums::{self, Forum, ForumId, Stage};

use crate::{
    attendance::{ORGANISER, forum, program},
    berita_acara::{self, lock, locked, signed},
    follow_up::{action, close, explain, point},
    forums::forum_form,
    minutes::approved,
    support::{Browser, TestApp},
};

fn at(forum: &Forum, step: &str) -> String {
    format!("/kerja/forum/{}/tindak-lanjut{step}", forum.id)
}

async fn stage(app: &TestApp, forum: &Forum) -> Stage {
    forums::by_id(&app.app.db, forum.id).await.unwrap().stage
}

/// A later forum of the same unit, a draft.
async fn next_forum(app: &TestApp, browser: &mut Browser<'_>, code: &str) -> Forum {
    browser.get("/kerja/forum/baru").await;
    let form = forum_form(&[("code", code)]);
    let made = browser.post("/kerja/forum/baru", &form).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let id = made.location().rsplit('/').next().unwrap().to_owned();
    let id = ForumId::parse(&id).unwrap();
    forums::by_id(&app.app.db, id).await.unwrap()
}

async fn carry(browser: &mut Browser<'_>, from: &Forum, action: &str, to: &Forum) -> u16 {
    browser.get(&at(from, "")).await;
    let to = to.id.to_string();
    let fields = [("action", action), ("to", to.as_str())];
    let answer = browser.post(&at(from, "/lanjutkan"), &fields).await;
    answer.status
}

#[tokio::test]
async fn a_forum_does_not_close_over_minutes_that_contradict_its_record() {
    let app = TestApp::new().await;
    let (forum, mut browser) = approved(&app, "FKP-A").await;
    let record = |step: &str| berita_acara::at(&forum, step);
    browser.post(&record("/mulai"), &[]).await;
    let text = [("text", "Loket dibuka sampai sore setiap hari kerja.")];
    let written = browser.post(&record("/butir"), &text).await;
    assert_eq!(written.status, 303, "{}", written.text());
    berita_acara::write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    let answer = lock(&mut browser, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let root = point(&mut browser, &forum).await;
    let why = "Sudah dilaksanakan sebelum forum berakhir.";
    explain(&mut browser, &forum, &root, "0", why).await;
    let page = browser.get(&at(&forum, "")).await;
    let told = page.texts("#f-tutup").join("");
    assert!(told.contains("notulen berbeda dari butir"), "{told}");
    let refused = close(&mut browser, &forum).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_ne!(stage(&app, &forum).await, Stage::Closed);
    let mut caller = program(&app, ORGANISER).await;
    let path = format!("/api/v1/forums/{}/close", forum.id);
    let all = ["letter", "minutes", "report", "report_outdated"];
    let all = serde_json::json!({ "acknowledged": all });
    let refused = caller.api(Method::POST, &path, Some(all)).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["code"], "follow_up.errors");
}

#[tokio::test]
async fn an_action_whose_next_forum_is_cancelled_goes_on_in_another() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let id = action(&mut browser, &forum).await;
    let next = next_forum(&app, &mut browser, "FKP-B").await;
    assert_eq!(carry(&mut browser, &forum, &id, &next).await, 303);
    for path in [format!("/kerja/forum/{}", next.id), at(&next, "")] {
        let page = browser.get(&path).await.text();
        assert!(page.contains("Dilanjutkan dari forum sebelumnya"), "{page}");
        assert!(page.contains("RA-2026-01"), "{page}");
    }
    let closed = close(&mut browser, &forum).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    let ctx = app.ctx();
    let tx = app.app.db.begin_write().await.unwrap();
    forums::reach(&tx, &ctx, next.id, Stage::Invitation)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let off = format!("/kerja/forum/{}/batalkan", next.id);
    let page = browser.get(&off).await;
    assert!(page.text().contains("RA-2026-01"), "{}", page.text());
    let version = page.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("reason", "Narasumber berhalangan"),
    ];
    let done = browser.post(&off, &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let page = browser.get(&at(&forum, "")).await.text();
    assert!(page.contains("tetapi forum itu dibatalkan"), "{page}");
    let public = app.browser().get(&format!("/forum/{}", forum.id)).await;
    let public = public.text();
    assert!(
        public.contains("yang akan melanjutkannya, dibatalkan"),
        "{public}"
    );
    assert!(
        !public.contains("Dilanjutkan ke forum berikutnya"),
        "{public}"
    );
    let history = app.browser().get(&format!("/janji/{id}")).await.text();
    assert!(
        history.contains("Forum yang akan melanjutkannya dibatalkan"),
        "{history}"
    );
    let mut caller = program(&app, ORGANISER).await;
    let path = format!("/api/v1/forums/{}/missing", forum.id);
    let missing = caller.api(Method::GET, &path, None).await;
    assert!(
        missing.body.contains("actions-stranded"),
        "{}",
        missing.body
    );
    // It never comes back to a forum that is closed, but another takes it up.
    let nowhere = [("action", id.as_str()), ("to", "")];
    let back = browser.post(&at(&forum, "/lanjutkan"), &nowhere).await;
    assert_eq!(back.status, 422, "{}", back.text());
    let other = next_forum(&app, &mut browser, "FKP-C").await;
    assert_eq!(carry(&mut browser, &forum, &id, &other).await, 303);
    let missing = caller.api(Method::GET, &path, None).await;
    assert!(
        !missing.body.contains("actions-stranded"),
        "{}",
        missing.body
    );
    let elsewhere = carry(&mut browser, &forum, &id, &next).await;
    assert_eq!(elsewhere, 422, "what goes on stays where it is");
    app.forget_jobs().await;
}

#[tokio::test]
async fn a_draft_that_took_an_action_up_is_deleted_and_gives_it_back() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let id = action(&mut browser, &forum).await;
    let next = next_forum(&app, &mut browser, "FKP-B").await;
    assert_eq!(carry(&mut browser, &forum, &id, &next).await, 303);
    let off = format!("/kerja/forum/{}/batalkan", next.id);
    let page = browser.get(&off).await;
    assert!(
        page.text().contains("kembali terbuka di forum asalnya"),
        "{}",
        page.text()
    );
    let version = page.attribute("input[name=version]", "value").unwrap();
    let fields = [("what", "delete"), ("version", version.as_str())];
    let deleted = browser.post(&off, &fields).await;
    assert_eq!(deleted.status, 303, "{}", deleted.text());
    let open = browser.get(&at(&forum, "")).await.text();
    assert!(open.contains("belum disahkan: RA-2026-01"), "{open}");
    let refused = close(&mut browser, &forum).await;
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn an_unfinished_action_goes_on_in_the_next_forum_and_among_its_proposals() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let id = action(&mut browser, &forum).await;
    let next = next_forum(&app, &mut browser, "FKP-B").await;
    browser.get(&at(&forum, "")).await;
    let own = forum.id.to_string();
    let fields = [("action", id.as_str()), ("to", own.as_str())];
    let same = browser.post(&at(&forum, "/lanjutkan"), &fields).await;
    assert_eq!(same.status, 422, "not into itself");
    let to = next.id.to_string();
    let fields = [("action", id.as_str()), ("to", to.as_str())];
    for _ in 0..2 {
        let carried = browser.post(&at(&forum, "/lanjutkan"), &fields).await;
        assert_eq!(carried.status, 303, "{}", carried.text());
    }
    let proposals = format!("/kerja/forum/{}/usulan", next.id);
    let page = browser.get(&proposals).await;
    assert!(page.text().contains("Dilanjutkan dari forum sebelumnya"));
    let source = format!("action:{id}");
    for _ in 0..2 {
        let taken = browser.post(&proposals, &[("source", &source)]).await;
        assert_eq!(taken.status, 303, "{}", taken.text());
    }
    let agenda = forums::agenda(&app.app.db, &next).await.unwrap();
    assert_eq!(agenda.len(), 1, "taken twice is one item");
    let two_hours = chrono::Duration::hours(2);
    assert_eq!(
        agenda[0].starts,
        next.starts + two_hours,
        "with the discussion"
    );
    let page = browser.get(&format!("/kerja/forum/{}", next.id)).await;
    assert!(
        page.text().contains("Dari rencana aksi RA-2026-01"),
        "the link is shown: {}",
        page.text()
    );
    let public = app.browser().get(&format!("/janji/{id}")).await;
    assert!(public.text().contains("Dilanjutkan ke forum berikutnya"));
    let closed = close(&mut browser, &forum).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
}
