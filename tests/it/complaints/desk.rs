//! The officer's desk: notes and mentions, drafts, standard answers, files, and who else is there.

use serde_json::json;

use super::{moves::api, *};

async fn version(browser: &mut Browser<'_>, case: &str) -> String {
    let page = browser.get(case).await;
    page.attribute("input[name=version]", "value").unwrap()
}

#[tokio::test]
async fn a_colleague_who_is_mentioned_gets_a_mail_without_the_words() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let mut officer = program(&app, OFFICER).await;
    let mails = app.mails().len();
    let text = format!("@{HANDLER}, blangko sudah datang?");
    let noted = api(
        &mut officer,
        &number,
        "messages",
        json!({ "kind": "note", "text": text }),
    )
    .await;
    assert_eq!(noted.status, 200, "{}", noted.body);
    app.run_jobs().await;
    let sent = &app.mails()[mails..];
    assert_eq!(sent.len(), 1);
    let mail = String::from_utf8_lossy(&sent[0]).into_owned();
    assert!(
        mail.contains(HANDLER) && !mail.contains("blangko"),
        "{mail}"
    );
    let stranger = json!({ "kind": "note", "text": "Tolong dicek", "mentions": [OTHER_HANDLER] });
    let refused = api(&mut officer, &number, "messages", stranger).await;
    assert_eq!(
        refused.status, 422,
        "who cannot open the case is not told of it"
    );
    assert_eq!(refused.json()["errors"][0]["field"], "mentions");
}

#[tokio::test]
async fn a_draft_survives_belongs_to_its_writer_and_ends_with_the_answer() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&case).await;
    let words = "Baru separuh jawaban";
    let saved = officer
        .post(&format!("{case}/draf"), &[("text", words)])
        .await;
    assert_eq!(saved.status, 303);
    let mut again = app.sign_in(OFFICER).await;
    let page = again.get(&case).await;
    assert_eq!(page.texts("textarea[name=text]"), [words]);
    let mut handler = app.sign_in(HANDLER).await;
    let page = handler.get(&case).await;
    assert_eq!(
        page.texts("textarea[name=text]"),
        [""],
        "nobody else sees it"
    );
    let seen = version(&mut again, &case).await;
    let answer = [("version", seen.as_str()), ("text", "Sudah jadi.")];
    let answered = again.post(&format!("{case}/jawab"), &answer).await;
    assert_eq!(answered.status, 303);
    app.run_jobs().await;
    let mut api = program(&app, OFFICER).await;
    let body = json!({ "text": "Ternyata belum selesai" });
    moves::api(&mut api, &number, "reopen", body).await;
    let page = again.get(&case).await;
    assert_eq!(page.texts("textarea[name=text]"), [""]);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_answer_that_came_second_is_kept_as_a_draft() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let seen = version(&mut officer, &case).await;
    assigned(&app, &number, "fasilitasi").await;
    let words = "Jawaban yang ditulis satu jam";
    let late = officer
        .post(
            &format!("{case}/jawab"),
            &[("version", &seen), ("text", words)],
        )
        .await;
    assert_eq!(late.status, 409);
    let mut elsewhere = app.sign_in(OFFICER).await;
    let page = elsewhere.get(&case).await;
    assert_eq!(page.texts("textarea[name=text]"), [words]);
}

#[tokio::test]
async fn a_standard_answer_is_inserted_with_its_placeholders_filled() {
    let app = TestApp::new().await;
    let number = filed(&app, true, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let list = "/kerja/pengaduan/jawaban-baku";
    officer.get(list).await;
    let unknown = [("title", "Blangko"), ("text", "Yth. {siapa}, sudah jadi.")];
    let refused = officer.post(list, &unknown).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("{siapa} tidak dikenal"),
        "{}",
        refused.text()
    );
    let known = [
        ("title", "Blangko"),
        ("text", "Yth. {nama}, pengaduan {nomor} tentang {perihal}."),
    ];
    assert_eq!(officer.post(list, &known).await.status, 303);
    let twice = officer.post(list, &known).await;
    assert_eq!(twice.status, 422);
    let page = officer.get(&case).await;
    let id = page
        .attribute("select[name=standard] option:last-child", "value")
        .unwrap();
    let inserted = officer
        .post(
            &format!("{case}/sisipkan"),
            &[("text", "Selamat pagi."), ("standard", &id)],
        )
        .await;
    let page = officer
        .get(inserted.location().split('#').next().unwrap())
        .await;
    let text = &page.texts("textarea[name=text]")[0];
    assert_eq!(
        *text,
        format!("Selamat pagi. Yth. Bapak/Ibu, pengaduan {number} tentang KTP-el belum jadi."),
        "an anonymous name is not written into it"
    );
    let seen = version(&mut officer, &case).await;
    let left = officer
        .post(
            &format!("{case}/jawab"),
            &[("version", &seen), ("text", "Sudah jadi di {layanan}.")],
        )
        .await;
    assert_eq!(left.status, 422, "a placeholder never reaches a citizen");
}

#[tokio::test]
async fn of_two_who_change_a_standard_answer_the_second_is_told() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in(OFFICER).await;
    let list = "/kerja/pengaduan/jawaban-baku";
    officer.get(list).await;
    let text = [("title", "Blangko"), ("text", "Blangko sedang dipesan.")];
    officer.post(list, &text).await;
    let page = officer.get(list).await;
    let one = page
        .attribute("ul.list a[href*=jawaban-baku]", "href")
        .unwrap();
    let change = |words: &'static str| [("version", "1"), ("title", "Blangko"), ("text", words)];
    let first = officer.post(&one, &change("Blangko sudah datang.")).await;
    assert_eq!(first.status, 303);
    let second = officer.post(&one, &change("Blangko belum datang.")).await;
    assert_eq!(second.status, 409);
    let gone = officer
        .post(&format!("{one}/hapus"), &[("version", "2")])
        .await;
    assert_eq!(gone.status, 303);
    assert_eq!(officer.get(&one).await.status, 404);
}

#[tokio::test]
async fn two_people_in_one_case_see_each_other() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let alone = officer.get(&case).await;
    assert!(!alone.text().contains("juga membuka"));
    let mut handler = app.sign_in(HANDLER).await;
    let page = handler.get(&case).await;
    assert!(
        page.text().contains("juga sedang membuka pengaduan ini"),
        "{}",
        page.text()
    );
    let poll = officer.get(&format!("{case}/hadir")).await;
    assert!(poll.body.contains("juga sedang membuka"), "{}", poll.body);
    app.advance(chrono::Duration::minutes(5));
    let poll = officer.get(&format!("{case}/hadir")).await;
    assert!(!poll.body.contains("juga sedang membuka"));
}

#[tokio::test]
async fn a_file_for_the_citizen_is_opened_by_them_and_one_for_the_office_is_not() {
    const PDF: &[u8] = b"%PDF-1.7\n% bukti\nstartxref\n0\n%%EOF\n";
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let case = format!("/kerja/pengaduan/{}", filed.complaint.number);
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&case).await;
    let add = format!("{case}/berkas");
    let inside = officer
        .post_file(&add, &[], ("files", "dalam.pdf", PDF))
        .await;
    assert_eq!(inside.status, 303, "{}", inside.text());
    let visible = [("files_visible", "true")];
    officer
        .post_file(&add, &visible, ("files", "luar.pdf", PDF))
        .await;
    let script = officer
        .post_file(&add, &[], ("files", "a.svg", b"<svg onload=alert(1)>"))
        .await;
    assert_eq!(script.status, 422);
    let polyglot = b"%PDF-1.4 <html>";
    let half = officer
        .post_file(&add, &[], ("files", "b.pdf", polyglot))
        .await;
    assert_eq!(half.status, 422, "it is looked at as a citizen's file is");
    assert!(half.text().contains("rusak"), "{}", half.text());
    let page = officer.get(&case).await;
    let files = page.texts("ul.files a");
    assert_eq!(files, ["dalam.pdf", "luar.pdf"]);
    let hidden = page.attribute("ul.files a", "href").unwrap();
    let id = hidden.rsplit('/').next().unwrap().to_owned();
    let mut citizen = moves::citizen(&app, &filed).await;
    let page = citizen.get("/pengaduan/status").await;
    assert_eq!(page.texts("ul.files a"), ["luar.pdf"]);
    let shown = page.attribute("ul.files a", "href").unwrap();
    assert_eq!(citizen.get(&shown).await.bytes, PDF);
    let guessed = citizen.get(&format!("/pengaduan/status/berkas/{id}")).await;
    assert_eq!(guessed.status, 404);
}

#[tokio::test]
async fn a_head_who_is_mentioned_answers_in_a_note_and_handles_nothing() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let mut head = app.sign_in(HEAD).await;
    let before = head.get(&case).await;
    assert_eq!(before.texts("#catatan").len(), 0);
    let words = [("note", "Saya ikut membaca.")];
    let early = head.post(&format!("{case}/catatan"), &words).await;
    assert_eq!(early.status, 403, "nobody asked");
    let mut officer = program(&app, OFFICER).await;
    let note = json!({ "kind": "note", "text": format!("@{HEAD}, setujui kompensasi?") });
    let noted = api(&mut officer, &number, "messages", note).await;
    assert_eq!(noted.status, 200, "{}", noted.body);
    app.run_jobs().await;
    let page = head.get(&case).await;
    assert_eq!(page.texts("#catatan").len(), 1);
    assert_eq!(page.texts("#jawab").len(), 0, "answers are the officers'");
    let mails = app.mails().len();
    let words = format!("@{OFFICER} setuju.");
    let answered = head
        .post(&format!("{case}/catatan"), &[("note", words.as_str())])
        .await;
    assert!(
        answered.location().ends_with("#riwayat"),
        "{}",
        answered.text()
    );
    app.run_jobs().await;
    assert_eq!(app.mails().len() - mails, 1, "the officer is told");
    let text = [("version", "1"), ("text", "Kami setujui permohonannya.")];
    let answer = head.post(&format!("{case}/jawab"), &text).await;
    assert!(matches!(answer.status, 403 | 409), "{}", answer.status);
    let theirs = app.sign_in(HANDLER).await.get(&case).await;
    assert_eq!(theirs.status, 404, "a case of nobody's division");
}

#[tokio::test]
async fn a_deadline_has_one_colour_and_one_wording_wherever_it_stands_on_the_page() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    // Due on the 26th of March: not before the next working day, on the next one, and past.
    for (days, kind) in [(0, "ok"), (8, "soon"), (15, "late")] {
        app.advance(chrono::Duration::days(days));
        let mut officer = app.sign_in(OFFICER).await;
        let page = officer.get(&case).await;
        let above = page.texts(".head .chip").remove(1);
        let below = page.texts("#waktu h3 .chip").remove(0);
        assert_eq!(above, below, "{days}");
        let class = page.attribute("#waktu h3 .chip", "class").unwrap();
        assert!(class.contains(kind), "{days}: {class} {below}");
        assert!(page.text().contains("hari penerimaan tidak dihitung"));
        assert!(!page.text().contains("hari ke-0"));
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn every_writing_field_of_a_case_is_sent_by_the_keyboard_and_leads_back_to_its_place() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&case).await;
    let all = page.texts("main textarea").len();
    let by_key = page.texts("main form[data-send] textarea").len();
    assert!(all > 4 && all == by_key, "{all} {by_key}");
    let pdf = b"%PDF-1.7\n% bukti\nstartxref\n0\n%%EOF\n".as_slice();
    let attached = officer
        .post_file(&format!("{case}/berkas"), &[], ("files", "bukti.pdf", pdf))
        .await;
    assert!(
        attached.location().ends_with("#berkas"),
        "{}",
        attached.text()
    );
    assert_eq!(page.texts("#berkas[tabindex='-1']").len(), 1);
    let inbox = officer.get("/kerja/pengaduan").await;
    let skips = |href: &str| inbox.texts(&format!("a[href='{href}']")).len();
    assert_eq!((skips("#daftar"), skips("#tindakan")), (1, 1));
    let bar = inbox.texts("#daftar[tabindex='-1'] #tindakan[tabindex='-1']");
    assert_eq!(bar.len(), 1);
}
