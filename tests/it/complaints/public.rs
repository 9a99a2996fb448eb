//! A citizen on the web, without script and without account.

use super::*;

#[tokio::test]
async fn a_citizen_files_a_complaint_and_keeps_number_code_and_due_date() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let form = citizen.get("/pengaduan/baru").await;
    assert_eq!(form.status, 200, "{}", form.text());
    assert!(
        form.text()
            .contains("Kamis, 26 Maret 2026 pukul 16.00 WITA")
    );
    let mut typed = fields();
    typed.push(("anonymous", "true"));
    let check = fill_form(&mut citizen, &typed).await;
    assert_eq!(check.status, 200, "{}", check.text());
    for word in [WORDS, NAME, EMAIL, "Anonim", "26 Maret 2026"] {
        assert!(check.text().contains(word), "{word}");
    }
    assert_eq!(count(&app).await, 0, "no complaint before it is sent");
    let back = citizen.get("/pengaduan/baru/anda").await;
    assert_eq!(
        back.attribute("input[name=name]", "value").as_deref(),
        Some(NAME)
    );
    assert!(back.attribute("input[name=anonymous]", "checked").is_some());
    assert!(
        back.attribute("input[name=confidential]", "checked")
            .is_none()
    );
    let key = key_of(&back);
    let sent = citizen.post("/pengaduan", &[("form", &key)]).await;
    assert_eq!(sent.location(), "/pengaduan/tanda-terima");
    let receipt = citizen.follow(&sent).await;
    assert_eq!(receipt.texts("#number"), ["ADU-2026-000001"]);
    assert_eq!(receipt.texts("#code")[0].split(' ').count(), 4);
    assert!(
        receipt
            .text()
            .contains("Dijawab paling lambat Kamis, 26 Maret 2026 pukul 16.00 WITA")
    );
    assert!(
        receipt.texts("ol.days li").len() >= 6,
        "{:?}",
        receipt.texts("ol.days li")
    );
    assert_eq!(receipt.texts("ol.days li.due").len(), 1);
    let pdf = citizen.get("/pengaduan/tanda-terima.pdf").await;
    assert_eq!(
        (pdf.status, pdf.header("content-type")),
        (200, "application/pdf")
    );
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    app.run_jobs().await;
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_complaint_and_another_text_is_another() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let mut typed = fields();
    let key = key_of(&fill_form(&mut citizen, &typed).await);
    let mut codes = Vec::new();
    for _ in 0..2 {
        let sent = citizen.post("/pengaduan", &[("form", &key)]).await;
        let receipt = citizen.follow(&sent).await;
        codes.push((receipt.texts("#number"), receipt.texts("#code")));
    }
    assert_eq!(codes[0], codes[1]);
    assert_eq!(count(&app).await, 1);
    typed.retain(|(name, _)| *name != "subject");
    typed.push(("subject", "Perihal yang sama sekali lain"));
    // The browser's way back leads to the page of a form that was sent.
    typed.push(("form", &key));
    assert_eq!(send_form(&mut citizen, &typed).await.status, 303);
    assert_eq!(
        count(&app).await,
        2,
        "going back and writing another one loses nothing"
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_refused_form_says_what_is_wrong_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let story = [("unit", UNIT), ("subject", "Antre lama"), ("phone", "12")];
    let mut hostile = story.to_vec();
    hostile.push(("description", "<script>x</script>"));
    let answer = citizen.post("/pengaduan/baru", &hostile).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.texts(".summary li a").len(), 1, "{}", answer.text());
    assert_eq!(
        answer.attribute(".summary li a", "href").as_deref(),
        Some("#f-description")
    );
    assert_eq!(
        answer.attribute("#f-subject", "value").as_deref(),
        Some("Antre lama")
    );
    assert!(!answer.body.contains("<script>x"));
    let mut fine = story.to_vec();
    fine.push(("description", WORDS));
    let answer = fill_form(&mut citizen, &fine).await;
    assert_eq!(answer.status, 422);
    assert_eq!(
        answer.attribute(".summary li a", "href").as_deref(),
        Some("#f-phone")
    );
    assert_eq!(answer.attribute("#f-phone", "value").as_deref(), Some("12"));
    // Neither can a page be left out.
    let key = key_of(&answer);
    let sent = citizen.post("/pengaduan", &[("form", &key)]).await;
    assert_eq!(sent.location(), "/pengaduan/baru/anda");
    assert_eq!(count(&app).await, 0);
}

#[tokio::test]
async fn a_complaint_without_any_name_is_taken_and_nothing_is_kept_of_its_sender() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let typed: Vec<_> = fields()
        .into_iter()
        .filter(|(name, _)| !matches!(*name, "name" | "email" | "phone"))
        .chain([("anonymous", "true")])
        .collect();
    let sent = send_form(&mut citizen, &typed).await;
    assert_eq!(citizen.follow(&sent).await.status, 200);
    assert_eq!(app.run_jobs().await, 0, "no mail to anybody");
    let mut officer = app.sign_in(OFFICER).await;
    let case = officer.get("/kerja/pengaduan/ADU-2026-000001").await;
    assert!(
        case.text()
            .contains("Pelapor tidak memberi nama atau kontak")
    );
    assert!(
        case.attribute("form[action$=identitas]", "action")
            .is_none()
    );
}

#[tokio::test]
async fn a_wrong_code_on_the_tracking_page_tells_nothing_and_then_has_to_wait() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let mut guesser = app.browser();
    guesser.get("/lacak").await;
    let mut texts = Vec::new();
    for tried in [number.as_str(), "ADU-2026-999999"] {
        let answer = guesser
            .post(
                "/lacak",
                &[("number", tried), ("code", "0000 0000 0000 0000")],
            )
            .await;
        assert_eq!(answer.status, 404);
        texts.push(answer.texts(".summary"));
    }
    assert_eq!(texts[0], texts[1]);
    assert!(!texts[0].is_empty());
    for _ in 0..4 {
        guesser
            .post(
                "/lacak",
                &[("number", &number), ("code", "1111111111111111")],
            )
            .await;
    }
    let answer = guesser
        .post(
            "/lacak",
            &[("number", &number), ("code", "1111111111111111")],
        )
        .await;
    assert_eq!(answer.status, 429);
}

async fn at_status<'a>(app: &'a TestApp, filed: &Filed) -> Browser<'a> {
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let code = rembuk::complaints::rules::grouped(&filed.code).join("-");
    let number = filed.complaint.number.to_lowercase();
    let answer = citizen
        .post("/lacak", &[("number", &number), ("code", &code)])
        .await;
    let page = citizen.follow(&answer).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains(WORDS), "their own words");
    citizen
}

#[tokio::test]
async fn an_answer_that_helped_closes_the_complaint() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    assigned(&app, &filed.complaint.number, "fasilitasi").await;
    let mut citizen = at_status(&app, &filed).await;
    let page = citizen.get("/pengaduan/status").await;
    assert!(page.text().contains("Pengaduan Anda sudah diteruskan"));
    assert!(page.text().contains("Fasilitasi"), "{}", page.text());
    assert!(!page.text().contains("Apakah jawaban ini membantu"));
    answered(&app, &filed.complaint.number).await;
    let mail = String::from_utf8_lossy(app.mails().last().unwrap()).into_owned();
    assert!(mail.contains(EMAIL) && !mail.contains("loket 2"));
    let page = citizen.get("/pengaduan/status").await;
    assert!(
        page.text()
            .contains("KTP-el sudah dapat diambil di loket 2.")
    );
    assert!(
        !page.text().contains("Nurul"),
        "citizens deal with the office, not with a person"
    );
    let answer = citizen
        .post("/pengaduan/status/nilai", &[("helped", "yes")])
        .await;
    let page = citizen.follow(&answer).await;
    assert!(page.text().contains("Pengaduan Anda sudah ditutup"));
    let again = citizen
        .post("/pengaduan/status/nilai", &[("helped", "yes")])
        .await;
    assert_eq!(again.status, 303, "pressed twice");
    let page = citizen.follow(&again).await;
    assert!(
        page.text().contains("tidak perlu dikirim lagi"),
        "{}",
        page.text()
    );
    let late = citizen
        .post("/pengaduan/status/pesan", &[("text", "Halo lagi")])
        .await;
    assert_eq!(late.status, 422);
}

#[tokio::test]
async fn an_answer_that_did_not_help_reopens_with_a_new_deadline() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    answered(&app, &filed.complaint.number).await;
    app.advance(chrono::Duration::days(20));
    let mut citizen = at_status(&app, &filed).await;
    let refused = citizen
        .post(
            "/pengaduan/status/nilai",
            &[("helped", "no"), ("reason", "")],
        )
        .await;
    assert_eq!(refused.status, 422);
    let answer = citizen
        .post(
            "/pengaduan/status/nilai",
            &[
                ("helped", "no"),
                ("reason", "Di loket 2 tidak ada apa-apa."),
            ],
        )
        .await;
    let page = citizen.follow(&answer).await;
    assert!(page.text().contains("Pengaduan Anda dibuka lagi"));
    assert!(page.text().contains("Di loket 2 tidak ada apa-apa."));
    assert!(page.text().contains("8 April 2026"), "{}", page.text());
    let json = program(&app, OFFICER)
        .await
        .get(&format!("/api/v1/complaints/{}", filed.complaint.number))
        .await
        .json();
    assert_eq!(json["status"], "reopened");
    assert_eq!(json["due_at"], "2026-04-08T16:00:00+08:00");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_message_of_the_citizen_reaches_the_case() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let mut citizen = at_status(&app, &filed).await;
    let refused = citizen
        .post("/pengaduan/status/pesan", &[("text", "")])
        .await;
    assert_eq!(refused.status, 422);
    let answer = citizen
        .post(
            "/pengaduan/status/pesan",
            &[("text", "Resi saya bernomor 77.")],
        )
        .await;
    let page = citizen.follow(&answer).await;
    assert!(page.text().contains("Resi saya bernomor 77."));
    let mut officer = app.sign_in(OFFICER).await;
    let case = officer
        .get(&format!("/kerja/pengaduan/{}", filed.complaint.number))
        .await;
    assert!(case.text().contains("Resi saya bernomor 77."));
    app.run_jobs().await;
}

#[tokio::test]
async fn every_public_page_speaks_english_too() {
    let app = TestApp::new().await;
    let filed = filed(&app, true, true).await;
    answered(&app, &filed.complaint.number).await;
    let mut citizen = at_status(&app, &filed).await;
    citizen.get("/bahasa/en?back=/lacak").await;
    for path in [
        "/pengaduan/baru",
        "/lacak",
        "/pengaduan/status",
        "/pengaduan/tanda-terima",
    ] {
        let page = citizen.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        assert_eq!(page.attribute("html", "lang").as_deref(), Some("en"));
        assert!(
            !page.body.contains("complaints-") && !page.body.contains("complaint-"),
            "{path} shows a key"
        );
    }
}
