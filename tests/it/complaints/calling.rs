//! Complainants with a telephone and no mailbox.

use super::{moves::api, *};

/// A complaint of somebody who left a telephone number alone.
async fn by_phone(app: &TestApp, anonymous: bool) -> Filed {
    let draft = Draft {
        unit: UNIT.to_owned(),
        subject: "KTP-el belum jadi".to_owned(),
        description: WORDS.to_owned(),
        anonymous,
        name: NAME.to_owned(),
        phone: "0800-0000-0012".to_owned(),
        ..Draft::default()
    };
    let ctx = rembuk::access::Ctx::stranger(&app.app);
    file(&ctx, &draft, "reporter.", &Once::Never).await.unwrap()
}

async fn untold(officer: &mut Browser<'_>) -> Vec<String> {
    let list = officer.get("/kerja/pengaduan?view=untold").await;
    list.texts("td.main a")
}

#[tokio::test]
async fn who_has_no_mailbox_is_told_by_a_person_and_stands_in_the_inbox_until_then() {
    let app = TestApp::new().await;
    let number = by_phone(&app, false).await.complaint.number;
    let other = filed(&app, false, false).await.complaint.number;
    let mut officer = app.sign_in(OFFICER).await;
    assert_eq!(
        untold(&mut officer).await.len(),
        0,
        "the receipt was on the screen"
    );
    answered(&app, &number).await;
    answered(&app, &other).await;
    assert_eq!(untold(&mut officer).await, std::slice::from_ref(&number));
    let inbox = officer.get("/kerja/pengaduan").await;
    assert!(
        inbox.text().contains("Belum diberi tahu 1"),
        "{}",
        inbox.text()
    );
    let case = format!("/kerja/pengaduan/{number}");
    let page = officer.get(&case).await;
    assert!(page.text().contains("Hubungi pelapor: tidak ada surel"));
    let prepared = page.texts("#naskah").remove(0);
    assert!(
        prepared.contains(&number) && prepared.contains("/lacak?nomor="),
        "{prepared}"
    );
    assert!(!prepared.contains("loket 2"), "never the answer itself");
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("form-action 'self' https://wa.me https://api.whatsapp.com;"),
        "{policy}"
    );
    let action = page.attribute("form[action*=whatsapp]", "action").unwrap();
    assert!(
        !action.contains('?'),
        "no token stands in an address: {action}"
    );
    let forged = officer.get(&action).await;
    assert_ne!(forged.status, 303, "a link of another site marks nothing");
    assert_eq!(untold(&mut officer).await, std::slice::from_ref(&number));
    officer.get(&case).await;
    let opened = officer.post(&action, &[]).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let there = opened.location();
    assert!(
        there.starts_with("https://wa.me/6280000000012?text="),
        "{there}"
    );
    assert_eq!(untold(&mut officer).await.len(), 0);
    let trail = officer.get(&case).await.text();
    assert!(
        trail.contains("Pelapor diberi tahu lewat WhatsApp"),
        "{trail}"
    );
    assert!(!trail.contains("Hubungi pelapor: tidak ada surel"));
}

#[tokio::test]
async fn every_news_waits_for_one_call_and_a_hidden_number_stays_hidden() {
    let app = TestApp::new().await;
    let number = by_phone(&app, true).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let mut program = program(&app, HANDLER).await;
    let ask = json!({ "text": "Mohon nomor antrean Anda." });
    let asked = api(&mut program, &number, "request-completion", ask).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    app.advance(chrono::Duration::minutes(5));
    let text = json!({ "text": "KTP-el sudah dapat diambil." });
    let told = api(&mut program, &number, "answer", text).await;
    assert_eq!(told.status, 200, "{}", told.body);
    app.run_jobs().await;
    let case = format!("/kerja/pengaduan/{number}");
    let mut handler = app.sign_in(HANDLER).await;
    let page = handler.get(&case).await;
    let news = page.texts("section[aria-labelledby=hubungi] li");
    assert_eq!(news.len(), 2, "{news:?}");
    assert!(page.text().contains("Nomornya tidak tampak bagi Anda"));
    assert!(page.texts("form[action*=whatsapp]").is_empty());
    assert!(!page.body.contains("80000000012") && !page.body.contains("0800-0000-0012"));
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&case).await;
    let fields = [("reason", "Pelapor harus diberi tahu")];
    officer.post(&format!("{case}/identitas"), &fields).await;
    let page = officer.get(&case).await;
    assert_eq!(page.texts("form[action*=whatsapp]").len(), 1);
    for _ in 0..2 {
        let ticked = officer.post(&format!("{case}/hubungi"), &[]).await;
        assert_eq!(ticked.status, 303, "{}", ticked.text());
    }
    assert_eq!(untold(&mut officer).await.len(), 0);
    let trail = officer.get(&format!("{case}/jejak")).await.text();
    assert_eq!(trail.matches("Pelapor diberi tahu").count(), 1, "{trail}");
    let mut head = app.sign_in(HEAD).await;
    head.get(&case).await;
    assert_eq!(head.post(&format!("{case}/hubungi"), &[]).await.status, 403);
}

/// A complaint that a program of an officer takes down from a letter by post.
async fn by_letter(app: &TestApp, address: &str) -> String {
    let mut officer = program(app, OFFICER).await;
    let body = json!({
        "unit": UNIT, "subject": "KTP-el belum jadi", "description": WORDS, "channel": "letter",
        "reporter": { "name": NAME }, "address": address,
    });
    let kept = officer
        .api(poem::http::Method::POST, "/api/v1/complaints", Some(body))
        .await;
    assert_eq!(kept.status, 201, "{}", kept.body);
    app.run_jobs().await;
    kept.json()["number"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn who_wrote_by_post_is_answered_by_post_and_stands_in_the_inbox_until_then() {
    let app = TestApp::new().await;
    let number = by_letter(&app, "Jalan Contoh 1, Samarinda").await;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&case).await;
    let version = page
        .attribute("#jawab input[name=version]", "value")
        .unwrap();
    let fields = [
        ("version", version.as_str()),
        ("text", "KTP-el dapat diambil di loket 2."),
    ];
    let sent = officer.post(&format!("{case}/jawab"), &fields).await;
    let page = officer.follow(&sent).await;
    assert!(
        page.text().contains("pelapor belum diberi tahu"),
        "{}",
        page.text()
    );
    assert!(
        !page
            .text()
            .contains("Warga dapat membacanya di halaman status")
    );
    assert!(
        page.text().contains("Kirim surat kepada pelapor"),
        "{}",
        page.text()
    );
    let letter = format!("{case}/surat");
    assert!(
        page.body.contains(&letter),
        "the letter of clarification is one step away"
    );
    let paper = officer.get(&letter).await;
    assert_eq!(
        paper.texts("textarea[name=addressee]"),
        [format!("{NAME} Jalan Contoh 1, Samarinda")],
        "the address that was read off is written on the answer"
    );
    let place = paper.attribute("input[name=address_place]", "value");
    assert_eq!(place.unwrap_or_default(), "", "the address names the town");
    assert_eq!(untold(&mut officer).await, std::slice::from_ref(&number));
    officer.get(&case).await;
    let unknown = officer
        .post(&format!("{case}/hubungi"), &[("cara", "zzz")])
        .await;
    assert_eq!(unknown.status, 422, "{}", unknown.text());
    let ticked = officer
        .post(&format!("{case}/hubungi"), &[("cara", "letter")])
        .await;
    assert_eq!(ticked.status, 303, "{}", ticked.text());
    assert_eq!(untold(&mut officer).await.len(), 0);
    let trail = officer.get(&case).await.text();
    assert!(trail.contains("Pelapor diberi tahu lewat surat"), "{trail}");
}

#[tokio::test]
async fn a_report_of_sp4n_is_answered_there_under_its_tracking_id() {
    let app = TestApp::new().await;
    let mut officer = program(&app, OFFICER).await;
    let list = "Tracking ID;Judul;Isi Laporan;Tanggal Disposisi;Status;Disposisi;Klasifikasi;Nama Pelapor\n\
                7654321;KTP-el belum jadi;Saya merekam KTP-el tiga minggu lalu.;12/03/2026 10:05;Belum;Disdukcapil;Pengaduan;Bungaran Contoh\n";
    let file = ("file", "lapor.csv", list.as_bytes());
    let taken = officer
        .post_file("/api/v1/complaints/import", &[], file)
        .await;
    assert_eq!(taken.status, 200, "{}", taken.body);
    let all = officer
        .api(poem::http::Method::GET, "/api/v1/complaints", None)
        .await;
    let number = all.json()["items"][0]["number"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut desk = app.sign_in(OFFICER).await;
    assert_eq!(
        untold(&mut desk).await.len(),
        0,
        "they know that they reported it"
    );
    answered(&app, &number).await;
    assert_eq!(untold(&mut desk).await, std::slice::from_ref(&number));
    let case = format!("/kerja/pengaduan/{number}");
    let page = desk.get(&case).await;
    assert!(
        page.text().contains("nomor pelacakan 7654321"),
        "{}",
        page.text()
    );
    let text = page.texts("#naskah").remove(0);
    assert!(
        text.contains("loket 2"),
        "the answer is copied there: {text}"
    );
    desk.post(&format!("{case}/hubungi"), &[("cara", "sp4n")])
        .await;
    assert_eq!(untold(&mut desk).await.len(), 0);
    let trail = desk.get(&case).await.text();
    assert!(trail.contains("Pelapor dijawab di SP4N-LAPOR!"), "{trail}");
}

#[tokio::test]
async fn an_answer_to_several_says_before_and_after_who_has_to_be_told_by_a_person() {
    let app = TestApp::new().await;
    let by_mail = filed(&app, false, false).await.complaint.number;
    let by_phone = by_phone(&app, false).await.complaint.number;
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/pengaduan?view=all").await;
    let seen = [format!("{by_mail}:1"), format!("{by_phone}:1")];
    let mut fields = vec![
        ("act", "answer"),
        ("number", seen[0].as_str()),
        ("number", seen[1].as_str()),
    ];
    let page = officer.post("/kerja/pengaduan/sekaligus", &fields).await;
    assert!(
        page.text().contains("1 dari mereka tidak terjangkau surel"),
        "{}",
        page.text()
    );
    fields.push(("text", "KTP-el sudah dapat diambil di loket 2."));
    let started = officer
        .post("/kerja/pengaduan/sekaligus/mulai", &fields)
        .await;
    assert_eq!(started.status, 303, "{}", started.text());
    app.run_jobs().await;
    let done = officer.follow(&started).await;
    assert_eq!(done.texts("ul.list a.num"), std::slice::from_ref(&by_phone));
    assert!(
        done.body.contains("/kerja/pengaduan?view=untold"),
        "{}",
        done.text()
    );
}

#[tokio::test]
async fn whom_no_way_leads_to_is_ticked_off_and_waits_for_no_letter() {
    let app = TestApp::new().await;
    let number = by_letter(&app, "").await;
    answered(&app, &number).await;
    let mut officer = app.sign_in(OFFICER).await;
    assert_eq!(untold(&mut officer).await, std::slice::from_ref(&number));
    let case = format!("/kerja/pengaduan/{number}");
    let page = officer.get(&case).await;
    assert!(!page.text().contains("Kirim surat kepada pelapor"));
    assert!(
        page.text().contains("Pelapor tidak dapat dihubungi"),
        "{}",
        page.text()
    );
    let noted = officer
        .post(&format!("{case}/hubungi"), &[("cara", "unreached")])
        .await;
    assert_eq!(noted.status, 303, "{}", noted.text());
    assert_eq!(untold(&mut officer).await.len(), 0);
}

#[tokio::test]
async fn whom_nobody_reaches_waits_after_a_refusal_too_and_several_are_counted_before() {
    let app = TestApp::new().await;
    let (number, other) = (by_letter(&app, "").await, by_letter(&app, "").await);
    let mut officer = app.sign_in(OFFICER).await;
    let mut program = program(&app, OFFICER).await;
    let ask = json!({ "text": "Mohon nomor antrean Anda." });
    let asked = api(&mut program, &number, "request-completion", ask).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert_eq!(untold(&mut officer).await.len(), 0, "the case goes on");
    let unclear = json!({ "reason": "unclear", "text": "Isinya tidak dapat dipahami." });
    let refused = api(&mut program, &number, "reject", unclear).await;
    assert_eq!(refused.status, 200, "{}", refused.body);
    app.run_jobs().await;
    assert_eq!(untold(&mut officer).await, [number]);
    officer.get("/kerja/pengaduan?view=all").await;
    let seen = format!("{other}:1");
    let fields = [("act", "answer"), ("number", seen.as_str())];
    let page = officer.post("/kerja/pengaduan/sekaligus", &fields).await;
    let text = page.text();
    assert!(
        text.contains("1 dari mereka tidak memberi kontak"),
        "{text}"
    );
}

#[tokio::test]
async fn news_without_a_message_is_told_by_post_with_its_own_reason_and_not_with_an_older_message()
{
    let app = TestApp::new().await;
    let number = by_letter(&app, "Jalan Contoh 1, Samarinda").await;
    let mut program = program(&app, OFFICER).await;
    let ask = json!({ "text": "Mohon nomor antrean Anda." });
    let asked = api(&mut program, &number, "request-completion", ask).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    app.advance(chrono::Duration::hours(1));
    let unclear = json!({ "reason": "unclear", "text": "Isinya tidak dapat dipahami." });
    let refused = api(&mut program, &number, "reject", unclear).await;
    assert_eq!(refused.status, 200, "{}", refused.body);
    app.run_jobs().await;
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&format!("/kerja/pengaduan/{number}")).await;
    let text = page.texts("#naskah").remove(0);
    assert!(text.contains("Isinya tidak dapat dipahami."), "{text}");
    assert!(!text.contains("nomor antrean"), "{text}");
}

#[tokio::test]
async fn whose_contact_is_gone_since_is_not_rung_up_and_does_not_wait_for_ever() {
    use sea_orm::ConnectionTrait as _;
    let app = TestApp::new().await;
    let number = by_phone(&app, false).await.complaint.number;
    answered(&app, &number).await;
    let gone = "UPDATE complaint_identity SET phone = NULL";
    app.app.db.execute_unprepared(gone).await.unwrap();
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&case).await;
    assert!(
        page.text().contains("Pelapor tidak dapat dihubungi"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("hanya memberi nomor telepon"));
    let way = page.attribute("form[action$=hubungi] input[name=cara]", "value");
    let way = way.unwrap();
    let noted = officer
        .post(&format!("{case}/hubungi"), &[("cara", way.as_str())])
        .await;
    assert_eq!(noted.status, 303, "{}", noted.text());
    assert_eq!(untold(&mut officer).await.len(), 0);
    let trail = officer.get(&case).await.text();
    assert!(trail.contains("Kabar tidak dapat disampaikan"), "{trail}");
}

#[tokio::test]
async fn who_is_told_of_a_promise_is_told_what_was_promised() {
    let app = TestApp::new().await;
    let number = by_phone(&app, false).await.complaint.number;
    let action = crate::action_plans::made(&app).await;
    let mut program = program(&app, OFFICER).await;
    let path = format!("/api/v1/action-items/{action}/sources");
    let body = json!({ "kind": "complaint", "id": number });
    let linked = program
        .api(poem::http::Method::POST, &path, Some(body))
        .await;
    assert_eq!(linked.status, 200, "{}", linked.body);
    app.run_jobs().await;
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&format!("/kerja/pengaduan/{number}")).await;
    let text = page.texts("#naskah").remove(0);
    assert!(
        text.contains("berjanji menindaklanjuti") && text.contains("RA-2026-01"),
        "{text}"
    );
}
