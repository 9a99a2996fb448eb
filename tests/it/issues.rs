//! Promises of issues: rules propose and a person decides, voices hear once what became of them, links run in no circle.

use poem::http::Method;
use rembuk::{
    complaints::{self, Draft, Filed, Once},
    forums,
};
use serde_json::json;

use crate::{
    action_plans::{FACILITATION, FORM, step},
    attendance::{ORGANISER, draft, forum},
    complaints::{EMAIL, HEAD, OFFICER, UNIT, filed, program},
    support::{Answer, Browser, TestApp},
};

const LIST: &str = "/kerja/isu";

pub async fn three(app: &TestApp) -> Vec<Filed> {
    let mut all = Vec::new();
    for _ in 0..3 {
        all.push(filed(app, false, false).await);
    }
    all
}

/// One more, without any address.
async fn silent(app: &TestApp) -> Filed {
    let draft = Draft {
        unit: UNIT.to_owned(),
        subject: "KTP-el belum jadi".to_owned(),
        description: "Sudah sebulan menunggu KTP-el.".to_owned(),
        anonymous: true,
        ..Draft::default()
    };
    let ctx = rembuk::access::Ctx::stranger(&app.app);
    let filed = complaints::file(&ctx, &draft, "reporter.", &Once::Never)
        .await
        .unwrap();
    app.run_jobs().await;
    filed
}

/// The subjects of the mails that went to the citizen.
fn heard(app: &TestApp, words: &str) -> usize {
    app.mails()
        .iter()
        .filter(|mail| {
            let text = String::from_utf8_lossy(mail);
            let told = mail_parser::MessageParser::default().parse(mail.as_slice());
            let subject = told
                .and_then(|mail| mail.subject().map(str::to_owned))
                .unwrap_or_default();
            text.contains(EMAIL) && subject.contains(words)
        })
        .count()
}

pub async fn accepted(browser: &mut Browser<'_>) -> String {
    let page = browser.get(LIST).await;
    let key = page.attribute("input[name=key][value^=words]", "value");
    let key = key.unwrap_or_else(|| panic!("{}", page.text()));
    let fields = [
        ("key", key.as_str()),
        ("title", "KTP-el lama jadi"),
        ("reason", "Tiga warga mengatakan hal yang sama."),
        ("decision", "accept"),
    ];
    let answer = browser.post(&format!("{LIST}/usulan"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().to_owned()
}

async fn decide(
    browser: &mut Browser<'_>,
    at: &str,
    name: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let page = browser.get(at).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let version = page
        .attribute("input[name=version]", "value")
        .unwrap_or_default();
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    browser.post(&format!("{at}{name}"), &all).await
}

#[tokio::test]
async fn repeated_words_are_proposed_and_a_person_decides_with_a_reason() {
    let app = TestApp::new().await;
    let voices = three(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let list = officer.get(LIST).await;
    assert!(
        list.text().contains("Kata yang sama ada di 3 pengaduan"),
        "{}",
        list.text()
    );
    let key = list.attribute("input[name=key]", "value").unwrap();
    let without = [
        ("key", key.as_str()),
        ("title", "KTP-el lama jadi"),
        ("reason", ""),
        ("decision", "accept"),
    ];
    let refused = officer.post(&format!("{LIST}/usulan"), &without).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.body.contains("KTP-el lama jadi"), "kept");
    let at = accepted(&mut officer).await;
    let page = officer.get(&at).await;
    assert!(page.text().contains("ISU-2026-01"), "{}", page.text());
    assert!(page.text().contains("Diputuskan oleh"), "{}", page.text());
    for voice in &voices {
        assert!(page.text().contains(&voice.complaint.number));
    }
    // What an issue holds is not proposed again.
    assert!(!officer.get(LIST).await.text().contains("Kata yang sama"));
    // Whoever may not read complaints sees numbers, no subject.
    let seen = app.sign_in(ORGANISER).await.get(&at).await;
    assert!(
        !seen.text().contains("KTP-el belum jadi"),
        "{}",
        seen.text()
    );
    assert!(seen.text().contains(&voices[0].complaint.number));
}

#[tokio::test]
async fn a_proposal_that_was_turned_down_comes_back_only_when_it_grows() {
    let app = TestApp::new().await;
    three(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let list = officer.get(LIST).await;
    let key = list.attribute("input[name=key]", "value").unwrap();
    let no = [
        ("key", key.as_str()),
        ("reason", "Sudah dijawab satu per satu."),
        ("decision", "dismiss"),
    ];
    let answer = officer.post(&format!("{LIST}/usulan"), &no).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    for (more, shown) in [(0, false), (1, false), (1, true)] {
        for _ in 0..more {
            filed(&app, false, false).await;
        }
        let text = officer.get(LIST).await.text();
        assert_eq!(text.contains("Kata yang sama"), shown, "{text}");
    }
    // Decided meanwhile: the old key names nothing any more, and says so.
    let gone = [
        ("key", "words:lain"),
        ("reason", "Alasan yang cukup."),
        ("decision", "dismiss"),
    ];
    let answer = officer.post(&format!("{LIST}/usulan"), &gone).await;
    assert_eq!(answer.status, 422);
}

#[tokio::test]
async fn an_element_that_an_action_covers_is_not_proposed_and_the_others_keep_their_place() {
    use crate::surveys_result::{SMALL, kept};
    let app = TestApp::new().await;
    let period = kept(&app, &SMALL).await;
    let mut officer = app.sign_in(OFFICER).await;
    let before = officer.get(LIST).await.text();
    for words in ["Nilai unsur 3,000 pada SKM 2025-06-30", "urutan 2 terendah"] {
        assert!(before.contains(words), "{before}");
    }
    let body = json!({
        "unit": UNIT, "title": "Loket tambahan pada jam sibuk",
        "description": "Membuka satu loket lagi antara pukul 09.00 dan 11.00.",
        "division": "sekretariat", "due_on": "2026-06-30", "indicator": "Jumlah loket", "target": "4",
        "sources": [{ "kind": "survey_element", "id": format!("time@{period}") }],
    });
    let mut organiser = program(&app, ORGANISER).await;
    let made = organiser
        .api(Method::POST, "/api/v1/action-items", Some(body))
        .await;
    assert_eq!(made.status, 200, "{}", made.body);
    let label = made.json()["sources"][0]["label"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(label.contains("(SKM 2025-06-30)"), "{label}");
    let after = officer.get(LIST).await.text();
    assert!(!after.contains("Nilai unsur 3,000"), "{after}");
    assert!(after.contains("urutan 2 terendah"), "{after}");
}

#[tokio::test]
async fn voices_hear_once_of_the_promise_and_of_its_end() {
    let app = TestApp::new().await;
    let voices = three(&app).await;
    let quiet = silent(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    // An organiser may not read complaints and makes the action all the same.
    let mut organiser = app.sign_in(ORGANISER).await;
    let form = organiser.get(&format!("{at}/tindakan")).await;
    assert_eq!(form.status, 200, "{}", form.text());
    assert!(form.body.contains("KTP-el lama jadi"), "prefilled");
    let version = form.attribute("input[name=version]", "value").unwrap();
    let mut fields = FORM.to_vec();
    fields.push(("version", &version));
    let late: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| match *name {
            "due_on" => (*name, "2020-01-02"),
            _ => (*name, *value),
        })
        .collect();
    let refused = organiser.post(&format!("{at}/tindakan"), &late).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let made = organiser.post(&format!("{at}/tindakan"), &fields).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let action = made.location().rsplit('/').next().unwrap().to_owned();
    app.run_jobs().await;
    assert_eq!(heard(&app, "berjanji menindaklanjuti"), 3);
    // From the page of the action the issue is neither taken out nor put in: its voices would be left behind.
    let issue = at.rsplit('/').next().unwrap().to_owned();
    let page = organiser
        .get(&format!("/kerja/rencana-aksi/{action}"))
        .await;
    let kinds = page.attribute("form[action$='/tautan/lepas'] input[value=issue]", "name");
    assert_eq!(kinds, None, "no button for it");
    let source = [("kind", "issue"), ("source", issue.as_str())];
    let refused = step(&mut organiser, &action, "/tautan/lepas", &source).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let body = json!({ "kind": "issue", "id": issue });
    let path = format!("/api/v1/action-items/{action}/sources");
    let added = program(&app, ORGANISER)
        .await
        .api(Method::POST, &path, Some(body))
        .await;
    assert_eq!(
        added.json()["code"],
        "action.issue_elsewhere",
        "{}",
        added.body
    );
    // Who gave no address reads it on the status page, with the code.
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let track = [
        ("nomor", quiet.complaint.number.as_str()),
        ("number", quiet.complaint.number.as_str()),
        ("code", quiet.code.as_str()),
    ];
    let opened = citizen.post("/lacak", &track).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let status = citizen.get("/pengaduan/status").await;
    assert!(
        status.text().contains("Dijanjikan dalam rencana aksi"),
        "{}",
        status.text()
    );
    assert!(status.text().contains("RA-2026-01"));
    // Unlinked and linked again: promised once.
    let number = &voices[0].complaint.number;
    let id = voices[0].complaint.id.to_string();
    let gone = [("kind", "complaint"), ("source", id.as_str())];
    step(&mut organiser, &action, "/tautan/lepas", &gone).await;
    let again = [("kind", "complaint"), ("source", number.as_str())];
    officer.get(&format!("/kerja/rencana-aksi/{action}")).await;
    let linked = officer
        .post(&format!("/kerja/rencana-aksi/{action}/tautan"), &again)
        .await;
    assert_eq!(linked.status, 303, "{}", linked.text());
    app.run_jobs().await;
    assert_eq!(heard(&app, "berjanji menindaklanjuti"), 3);
    assert!(officer.get(&at).await.text().contains("Dikerjakan"));
    // Done and verified.
    let mut handler = app.sign_in(FACILITATION).await;
    let report = [
        ("note", "Surat sudah dikirim."),
        ("link", "https://contoh.example/surat"),
    ];
    let answer = step(&mut handler, &action, "/kemajuan", &report).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    step(&mut handler, &action, "/selesai", &[]).await;
    let mut head = app.sign_in(HEAD).await;
    let verified = step(&mut head, &action, "/sahkan", &[]).await;
    assert_eq!(verified.status, 303, "{}", verified.text());
    app.run_jobs().await;
    assert_eq!(heard(&app, "selesai"), 3);
    let page = head.get(&at).await;
    assert!(
        page.text().contains("Selesai, bukti disahkan"),
        "{}",
        page.text()
    );
    let state = program(&app, OFFICER).await.get("/api/v1/issues").await;
    assert_eq!(state.json()["items"][0]["state"], "resolved");
}

#[tokio::test]
async fn a_refusal_needs_the_head_and_its_reason_reaches_the_voices() {
    let app = TestApp::new().await;
    three(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    let reason = "Blangko disediakan pusat; kami tidak dapat mempercepatnya.";
    let fields = [("refuse_reason", reason)];
    let not_hers = decide(&mut officer, &at, "/tolak", &fields).await;
    assert_eq!(not_hers.status, 403, "{}", not_hers.text());
    let mut head = app.sign_in(HEAD).await;
    let empty = decide(&mut head, &at, "/tolak", &[("refuse_reason", "")]).await;
    assert_eq!(empty.status, 422);
    // Other citizens read it.
    let named = [("refuse_reason", "Sudah ditangani Rina 6472014506900001.")];
    let refused = decide(&mut head, &at, "/tolak", &named).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("Nomor identitas tidak pernah"));
    let stale = [("version", "99"), ("refuse_reason", reason)];
    assert_eq!(head.post(&format!("{at}/tolak"), &stale).await.status, 409);
    let done = decide(&mut head, &at, "/tolak", &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    app.run_jobs().await;
    assert_eq!(heard(&app, "Keputusan tentang"), 3);
    let page = head.get(&at).await;
    assert!(page.text().contains(reason));
    // What is refused goes nowhere until it is opened again.
    let act = head.get(&format!("{at}/tindakan")).await;
    assert_eq!((act.status, act.location()), (303, at.as_str()));
    let back = head.follow(&act).await;
    assert!(back.text().contains("Buka kembali dulu"), "{}", back.text());
    let version = back.attribute("input[name=version]", "value").unwrap();
    let mut form = FORM.to_vec();
    form.push(("version", &version));
    let refused = head.post(&format!("{at}/tindakan"), &form).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let again = [("reason", "Blangko sudah datang.")];
    assert_eq!(decide(&mut officer, &at, "/buka", &again).await.status, 403);
    assert_eq!(decide(&mut head, &at, "/buka", &again).await.status, 303);
    // Refused again for another reason, its voices hear that it is another decision, and why.
    let other = "Blangko habis lagi; kiriman berikutnya belum dijadwalkan.";
    let fields = [("refuse_reason", other)];
    let done = decide(&mut head, &at, "/tolak", &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    app.run_jobs().await;
    assert_eq!(heard(&app, "Keputusan tentang"), 3);
    assert_eq!(heard(&app, "Keputusan baru tentang"), 3);
}

#[tokio::test]
async fn an_issue_that_is_settled_otherwise_is_told_to_its_voices_once() {
    let app = TestApp::new().await;
    let voices = three(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    let how = "Blangko sudah datang dan semua KTP-el sudah dicetak.";
    let mut head = app.sign_in(HEAD).await;
    let done = decide(&mut head, &at, "/selesai", &[("resolve_reason", how)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    app.run_jobs().await;
    assert_eq!(heard(&app, "selesai"), voices.len());
    let case = format!("/kerja/pengaduan/{}", voices[0].complaint.number);
    assert!(officer.get(&case).await.text().contains(how));
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let number = ("number", voices[0].complaint.number.as_str());
    let code = ("code", voices[0].code.as_str());
    let opened = citizen.post("/lacak", &[number, code]).await;
    let status = citizen.follow(&opened).await;
    assert!(status.text().contains(how), "{}", status.text());
}

/// As issuing its letter does.
async fn announced(app: &TestApp, forum: forums::ForumId) {
    let tx = app.app.db.begin_write().await.unwrap();
    forums::reach(&tx, &app.ctx(), forum, forums::Stage::Invitation)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app.run_jobs().await;
}

#[tokio::test]
async fn an_offered_issue_is_taken_by_a_forum_and_its_voices_hear_which() {
    let app = TestApp::new().await;
    three(&app).await;
    let forum = forum(&app, "FKP-I").await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    let offered = decide(&mut officer, &at, "/agenda", &[("offered", "true")]).await;
    assert_eq!(offered.status, 303, "{}", offered.text());
    let mut organiser = app.sign_in(ORGANISER).await;
    let proposals = format!("/kerja/forum/{}/usulan", forum.id);
    let page = organiser.get(&proposals).await;
    let value = page
        .attribute("input[name=source][value^=issue]", "value")
        .unwrap_or_else(|| panic!("{}", page.text()));
    let took = organiser.post(&proposals, &[("source", &value)]).await;
    assert_eq!(took.status, 303, "{}", took.text());
    app.run_jobs().await;
    // A draft may still vanish: nobody hears of it before it is announced.
    assert_eq!(heard(&app, "masuk agenda forum"), 0);
    announced(&app, forum.id).await;
    assert_eq!(heard(&app, "masuk agenda forum"), 3);
    let page = officer.get(&at).await;
    assert!(page.text().contains("Di agenda forum"), "{}", page.text());
    assert!(page.body.contains(&format!("/kerja/forum/{}", forum.id)));
    let agenda = organiser
        .get(&format!("/kerja/forum/{}/acara", forum.id))
        .await;
    assert!(agenda.body.contains(&at), "the agenda leads back");
    // Taken out of the agenda it waits for a decision again.
    let db = &app.app.db;
    let row = forums::by_id(db, forum.id).await.unwrap();
    let nothing = forums::Programme {
        neutrality_note: None,
        team: Vec::new(),
        agenda: Vec::new(),
    };
    forums::set_programme(&app.ctx(), forum.id, row.version, nothing)
        .await
        .unwrap();
    app.run_jobs().await;
    let page = officer.get(&at).await;
    assert!(
        page.text().contains("Tidak lagi di agenda forum"),
        "{}",
        page.text()
    );
    assert!(page.texts(".row-of .chip").contains(&"Terbuka".to_owned()));
}

#[tokio::test]
async fn a_draft_that_took_an_issue_can_be_deleted_and_the_issue_waits_again() {
    let app = TestApp::new().await;
    three(&app).await;
    // What was said at a forum keeps it.
    let forum = draft(&app, "FKP-I").await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    decide(&mut officer, &at, "/agenda", &[("offered", "true")]).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let proposals = format!("/kerja/forum/{}/usulan", forum.id);
    let page = organiser.get(&proposals).await;
    let value = page.attribute("input[name=source][value^=issue]", "value");
    let value = value.unwrap_or_else(|| panic!("{}", page.text()));
    organiser.post(&proposals, &[("source", &value)]).await;
    let version = forums::by_id(&app.app.db, forum.id).await.unwrap().version;
    let version = version.to_string();
    let off = format!("/kerja/forum/{}/batalkan", forum.id);
    organiser.get(&off).await;
    let fields = [("what", "delete"), ("version", version.as_str())];
    let deleted = organiser.post(&off, &fields).await;
    assert_eq!(deleted.status, 303, "{}", deleted.text());
    app.run_jobs().await;
    let page = officer.get(&at).await;
    assert!(page.texts(".row-of .chip").contains(&"Terbuka".to_owned()));
    assert_eq!(heard(&app, "masuk agenda forum"), 0, "nobody was told");
}

#[tokio::test]
async fn an_issue_whose_forum_is_over_is_a_loose_end() {
    let app = TestApp::new().await;
    three(&app).await;
    let forum = forum(&app, "FKP-I").await;
    let mut officer = app.sign_in(OFFICER).await;
    let at = accepted(&mut officer).await;
    decide(&mut officer, &at, "/agenda", &[("offered", "true")]).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let proposals = format!("/kerja/forum/{}/usulan", forum.id);
    let page = organiser.get(&proposals).await;
    let value = page.attribute("input[name=source][value^=issue]", "value");
    let value = value.unwrap_or_else(|| panic!("{}", page.text()));
    organiser.post(&proposals, &[("source", &value)]).await;
    app.run_jobs().await;
    let path = format!("/api/v1/loop/gaps?unit={UNIT}&year=2026");
    let loose = |gaps: &Answer| gaps.body.contains("ISU-2026-01");
    let waits = program(&app, HEAD).await.get(&path).await;
    assert!(!loose(&waits), "it waits for its forum: {}", waits.body);
    app.advance(chrono::Duration::days(200));
    let over = program(&app, HEAD).await.get(&path).await;
    assert!(loose(&over), "{}", over.body);
}
