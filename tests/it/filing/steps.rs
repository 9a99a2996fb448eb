//! The form, page by page.

use super::*;
use crate::complaints::{NAME, OFFICER, count};

#[tokio::test]
async fn what_is_not_sent_yet_stands_sealed_and_is_this_browsers_alone_for_a_day() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let check = fill_form(&mut citizen, &fields()).await;
    for words in [WORDS, NAME] {
        assert!(check.text().contains(words));
        assert!(!stored(&app, "complaint_form", words).await, "{words}");
    }
    let mut stranger = app.browser();
    stranger.get("/pengaduan/baru").await;
    let nothing = stranger.get("/pengaduan/periksa").await;
    assert_eq!(nothing.location(), "/pengaduan/baru");
    // The next person at this phone is told of a text, not shown it, and can remove it.
    let fresh = citizen.get("/pengaduan/baru").await;
    assert!(fresh.text().contains("tulisan yang belum dikirim"));
    assert!(!fresh.body.contains(NAME) && !fresh.body.contains(WORDS));
    let key = key_of(&check);
    let gone = citizen
        .post("/pengaduan/baru/hapus", &[("form", &key)])
        .await;
    assert_eq!(gone.location(), "/pengaduan/baru");
    assert_eq!(
        citizen
            .post("/pengaduan", &[("form", &key)])
            .await
            .location(),
        "/pengaduan/baru"
    );
    let check = fill_form(&mut citizen, &fields()).await;
    let key = key_of(&check);
    app.advance(chrono::Duration::hours(25));
    rembuk::housekeeping::sweep(&app.app).await.unwrap();
    let late = citizen.post("/pengaduan", &[("form", &key)]).await;
    assert_eq!(late.location(), "/pengaduan/baru");
    assert_eq!(count(&app).await, 0);
}

#[tokio::test]
async fn two_windows_are_two_forms_and_a_change_leads_back_to_the_last_page() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let one = key_of(&fill_form(&mut citizen, &fields()).await);
    let mut other = fields();
    other.retain(|(name, _)| *name != "subject");
    other.push(("subject", "Antrean tidak dipanggil"));
    let two = key_of(&fill_form(&mut citizen, &other).await);
    assert_ne!(one, two);
    // The first window changes its story: the second one's is untouched.
    let mut changed = fields();
    changed.retain(|(name, _)| *name != "subject");
    changed.extend([
        ("subject", "KTP-el belum jadi juga"),
        ("form", one.as_str()),
    ]);
    let sent = citizen.post("/pengaduan/baru", &changed).await;
    assert_eq!(sent.location(), "/pengaduan/periksa");
    let page = citizen.follow(&sent).await;
    assert!(page.text().contains("KTP-el belum jadi juga"));
    for key in [&one, &two] {
        assert_eq!(
            citizen.post("/pengaduan", &[("form", key)]).await.status,
            303
        );
    }
    assert_eq!(count(&app).await, 2);
    app.run_jobs().await;
}

/// Keeps a category with two questions; its id.
pub async fn category(app: &TestApp) -> String {
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/formulir-pengaduan").await;
    let sent = officer
        .post(
            "/kerja/formulir-pengaduan",
            &[("name", "Menunggu terlalu lama")],
        )
        .await;
    let address = sent.location().to_owned();
    for (version, question) in [
        (
            "1",
            [
                ("label", "Sejak kapan?"),
                ("kind", "date"),
                ("required", "true"),
            ],
        ),
        (
            "2",
            [
                ("label", "Di loket mana?"),
                ("kind", "choice"),
                ("choices", "Loket 1\nLoket 2"),
            ],
        ),
    ] {
        let mut sent = question.to_vec();
        sent.push(("version", version));
        let answer = officer.post(&format!("{address}/pertanyaan"), &sent).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    // Somebody with an older page is told.
    let late = [("label", "Apa lagi?"), ("kind", "text"), ("version", "1")];
    let answer = officer.post(&format!("{address}/pertanyaan"), &late).await;
    assert_eq!(answer.status, 409);
    address.rsplit('/').next().unwrap().to_owned()
}

/// DIGIT, Signalen and osTicket are asked for questions that follow from what the complaint is about.
#[tokio::test]
async fn the_questions_of_a_category_are_asked_once_and_stand_on_receipt_and_case() {
    let app = TestApp::new().await;
    let id = category(&app).await;
    let mut citizen = app.browser();
    let page = citizen.get("/pengaduan/baru").await;
    assert!(
        page.texts("select[name=category] option")
            .contains(&"Menunggu terlalu lama".to_owned())
    );
    let mut typed = fields();
    typed.push(("category", &id));
    let refused = fill_form(&mut citizen, &typed).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.texts(".summary li"),
        ["Sejak kapan?: Isi tanggalnya. Bila tidak ingat, tulis perkiraannya di isian berikutnya."]
    );
    assert!(
        refused.text().contains("Yang perlu diisi: “Sejak kapan?”"),
        "{}",
        refused.text()
    );
    typed.extend([("answer1", "2026-03-02"), ("answer2", "Loket 9")]);
    assert_eq!(
        fill_form(&mut citizen, &typed).await.status,
        422,
        "no such choice"
    );
    typed.pop();
    typed.push(("answer2", "Loket 2"));
    let sent = send_form(&mut citizen, &typed).await;
    let receipt = citizen.follow(&sent).await;
    let mut officer = app.sign_in(OFFICER).await;
    let case = officer.get("/kerja/pengaduan/ADU-2026-000001").await;
    for page in [receipt, case] {
        for words in [
            "Menunggu terlalu lama",
            "Sejak kapan?",
            "2 Maret 2026",
            "Loket 2",
        ] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
    }
    typed.retain(|(name, _)| *name != "category");
    typed.push(("category", "00000000-0000-0000-0000-000000000000"));
    assert_eq!(citizen.post("/pengaduan/baru", &typed).await.status, 422);
    app.run_jobs().await;
}

/// Nobody is kept from complaining by a day that they do not remember.
#[tokio::test]
async fn who_does_not_remember_the_day_says_so_and_the_office_reads_it() {
    let app = TestApp::new().await;
    let id = category(&app).await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let mut typed = fields();
    let about = [("category", id.as_str()), ("about1", "awal Maret")];
    typed.extend(about.into_iter().chain([("answer2", "Loket 2")]));
    let sent = send_form(&mut citizen, &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let mut officer = app.sign_in(OFFICER).await;
    let case = officer.get("/kerja/pengaduan/ADU-2026-000001").await;
    assert!(case.text().contains("awal Maret"), "{}", case.text());
    app.run_jobs().await;
}

#[tokio::test]
async fn words_beside_a_day_keep_the_day_and_a_fault_in_them_stands_there() {
    let app = TestApp::new().await;
    let id = category(&app).await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let mut typed = fields();
    typed.extend([
        ("category", id.as_str()),
        ("answer1", "2026-03-02"),
        ("about1", "x"),
        ("answer2", "Loket 2"),
    ]);
    let refused = fill_form(&mut citizen, &typed).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.texts("#f-about1-error").len() == 1 && refused.texts("#f-answer1-error").is_empty()
    );
    for (field, value) in [("#f-answer1", "2026-03-02"), ("#f-about1", "x")] {
        assert_eq!(refused.attribute(field, "value").as_deref(), Some(value));
    }
    typed.retain(|(name, _)| *name != "about1");
    typed.push(("about1", "menjelang siang"));
    let sent = send_form(&mut citizen, &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let mut officer = app.sign_in(OFFICER).await;
    let case = officer.get("/kerja/pengaduan/ADU-2026-000001").await;
    let words = "2 Maret 2026, menjelang siang";
    assert!(case.text().contains(words), "{}", case.text());
    app.run_jobs().await;
}

#[tokio::test]
async fn an_answer_never_stands_behind_a_question_that_was_changed_meanwhile() {
    let app = TestApp::new().await;
    let id = category(&app).await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let mut typed = fields();
    typed.extend([("category", id.as_str()), ("answer1", "2026-03-02")]);
    let key = key_of(&fill_form(&mut citizen, &typed).await);
    let mut officer = app.sign_in(OFFICER).await;
    let address = format!("/kerja/formulir-pengaduan/{id}");
    let page = officer.get(&address).await;
    let question = page.attribute("input[name=question]", "value").unwrap();
    let sent = [
        ("question", question.as_str()),
        ("version", "3"),
        ("confirmed", "yes"),
    ];
    let answer = officer
        .post(&format!("{address}/hapus-pertanyaan"), &sent)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let sent = citizen.post("/pengaduan", &[("form", &key)]).await;
    assert_eq!(sent.location(), "/pengaduan/baru/rincian");
    assert_eq!(count(&app).await, 0);
    let fields = [
        ("form", key.as_str()),
        ("asked", "3"),
        ("answer1", "Loket 1"),
    ];
    let page = citizen.post("/pengaduan/baru/rincian", &fields).await;
    assert_eq!(page.status, 422);
    assert!(
        page.text().contains("baru saja mengubah pertanyaan"),
        "{}",
        page.text()
    );
    let fields = [
        ("form", key.as_str()),
        ("asked", "4"),
        ("answer1", "Loket 1"),
    ];
    let sent = citizen.post("/pengaduan/baru/rincian", &fields).await;
    assert_eq!(sent.location(), "/pengaduan/periksa");
}

#[tokio::test]
async fn a_question_is_changed_and_ordered_and_removed_only_after_it_was_asked() {
    let app = TestApp::new().await;
    let id = category(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let address = format!("/kerja/formulir-pengaduan/{id}");
    let page = officer.get(&address).await;
    let labels = |page: &Answer| -> Vec<String> {
        let found = page.texts("ul.list li > span");
        let words = found.iter().map(|one| one.split('?').next().unwrap());
        words.map(str::to_owned).collect()
    };
    assert_eq!(labels(&page), ["Sejak kapan", "Di loket mana"]);
    let edit = page.attribute("ul.list li:last-child a", "href").unwrap();
    let edit = edit.split('#').next().unwrap();
    let form = officer.get(edit).await;
    assert_eq!(
        form.attribute("#f-label", "value").as_deref(),
        Some("Di loket mana?")
    );
    assert_eq!(form.texts("#f-choices"), ["Loket 1 Loket 2"]);
    let question = edit.split("pertanyaan=").last().unwrap();
    let mut fields = vec![
        ("question", question),
        ("version", "3"),
        ("label", "Di loket mana?"),
        ("kind", "choice"),
        ("choices", "Loket 1"),
    ];
    let change = format!("{address}/ubah-pertanyaan");
    let refused = officer.post(&change, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .attribute(&format!("form[action='{change}']"), "action")
            .is_some()
    );
    fields[4] = ("choices", "Loket 1\nLoket 2\nLoket 3");
    let saved = officer.post(&change, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert_eq!(
        officer.post(&change, &fields).await.status,
        409,
        "an older page"
    );
    let up = [("question", question), ("version", "4")];
    let raised = officer
        .post(&format!("{address}/naikkan-pertanyaan"), &up)
        .await;
    let page = officer.follow(&raised).await;
    assert_eq!(labels(&page), ["Di loket mana", "Sejak kapan"]);
    assert!(page.text().contains("Loket 1 / Loket 2 / Loket 3"));
    let remove = format!("{address}/hapus-pertanyaan");
    let mut going = vec![("question", question), ("version", "5")];
    let asked = officer.post(&remove, &going).await;
    assert_eq!(asked.status, 200);
    assert!(
        asked
            .text()
            .contains("Hapus pertanyaan \"Di loket mana?\"?"),
        "{}",
        asked.text()
    );
    assert_eq!(labels(&asked).len(), 2, "nothing is removed yet");
    going.push(("confirmed", "yes"));
    let removed = officer.post(&remove, &going).await;
    assert_eq!(labels(&officer.follow(&removed).await), ["Sejak kapan"]);
}
