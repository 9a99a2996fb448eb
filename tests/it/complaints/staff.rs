//! Officers, handlers and heads in the workspace.

use super::*;

#[tokio::test]
async fn the_inbox_shows_what_is_due_next_first_and_counts_its_views() {
    let app = TestApp::new().await;
    let first = filed(&app, false, false).await.complaint.number;
    app.advance(chrono::Duration::days(1));
    app.advance(chrono::Duration::days(9));
    let second = filed(&app, false, true).await.complaint.number;
    let mut officer = app.sign_in(OFFICER).await;
    let inbox = officer.get("/kerja/pengaduan").await;
    assert_eq!(inbox.status, 200, "{}", inbox.text());
    assert_eq!(inbox.texts("td.main a"), [first.clone(), second.clone()]);
    assert!(
        inbox.texts("td .chip.late")[0].starts_with("▲ Terlambat"),
        "{}",
        inbox.text()
    );
    assert!(
        inbox.texts("ul.chips a")[0].contains("Terlambat 1"),
        "{:?}",
        inbox.texts("ul.chips a")
    );
    let late = officer.get("/kerja/pengaduan?view=late").await;
    assert_eq!(late.texts("td.main a"), std::slice::from_ref(&first));
    assigned(&app, &first, "piak").await;
    let unassigned = officer.get("/kerja/pengaduan?view=unassigned").await;
    assert_eq!(unassigned.texts("td.main a"), std::slice::from_ref(&second));
    let division = officer.get("/kerja/pengaduan?division=piak&q=KTP-EL").await;
    assert_eq!(division.texts("td.main a"), std::slice::from_ref(&first));
    let nothing = officer.get("/kerja/pengaduan?q=100%25").await;
    assert!(nothing.text().contains("Tidak ada pengaduan yang cocok"));
    let overview = rembuk::complaints::overview(
        &app.app.db,
        &[rembuk::organisation::unit_by_code(&app.app.db, UNIT)
            .await
            .unwrap()
            .id],
        &rembuk::access::Scope::everywhere(),
        app.now(),
    )
    .await
    .unwrap();
    assert_eq!(
        (overview.late, overview.open, overview.unassigned),
        (1, 2, 1)
    );
    assert!(overview.rows[0].late && overview.rows[0].number == first);
}

#[tokio::test]
async fn an_officer_assigns_and_a_handler_answers_on_the_case_page() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&case).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let answer = officer
        .post(
            &format!("{case}/disposisi"),
            &[
                ("version", &version),
                ("division", "fasilitasi"),
                ("instruction", "Mohon dicek hari ini."),
            ],
        )
        .await;
    let page = officer.follow(&answer).await;
    assert!(page.text().contains("Mohon dicek hari ini."));
    let mails = app.mails().len();
    app.run_jobs().await;
    let told = String::from_utf8_lossy(&app.mails()[mails]).into_owned();
    assert!(told.contains(HANDLER) && told.contains(&number) && !told.contains("Bungaran"));
    let mut handler = app.sign_in(HANDLER).await;
    let page = handler.get(&case).await;
    assert!(
        page.text().contains(NAME),
        "an open name is for those who answer"
    );
    let version = page.attribute("input[name=version]", "value").unwrap();
    let noted = handler
        .post(
            &format!("{case}/catatan"),
            &[("note", "Blangko datang kemarin.")],
        )
        .await;
    assert!(
        handler
            .follow(&noted)
            .await
            .text()
            .contains("Blangko datang kemarin.")
    );
    let answer = handler
        .post(
            &format!("{case}/jawab"),
            &[
                ("version", &version),
                ("text", "Sudah jadi, silakan diambil."),
            ],
        )
        .await;
    let page = handler.follow(&answer).await;
    assert!(page.text().contains("Dijawab"));
    assert!(
        page.attribute("form[action$=tutup]", "action").is_none(),
        "closing is for officers"
    );
    app.run_jobs().await;
    let page = officer.get(&case).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let closed = officer
        .post(&format!("{case}/tutup"), &[("version", &version)])
        .await;
    assert!(
        officer
            .follow(&closed)
            .await
            .text()
            .contains("Ditutup petugas")
    );
}

#[tokio::test]
async fn of_two_officers_the_second_is_told_and_keeps_what_they_wrote() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let (mut first, mut second) = (app.sign_in(OFFICER).await, app.sign_in(OFFICER).await);
    let version = first
        .get(&case)
        .await
        .attribute("input[name=version]", "value")
        .unwrap();
    second.get(&case).await;
    let answer = first
        .post(
            &format!("{case}/jawab"),
            &[("version", &version), ("text", "Jawaban pertama.")],
        )
        .await;
    assert_eq!(answer.status, 303);
    let late = second
        .post(
            &format!("{case}/disposisi"),
            &[
                ("version", &version),
                ("division", "piak"),
                ("instruction", "Tulisan saya"),
            ],
        )
        .await;
    assert_eq!(late.status, 409, "{}", late.text());
    assert!(
        late.text()
            .contains("sudah berubah sejak halaman itu dibuka")
    );
    let page = second.get(&case).await;
    assert!(page.text().contains("Jawaban pertama.") && !page.text().contains("piak"));
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let version = first
        .get(&case)
        .await
        .attribute("input[name=version]", "value")
        .unwrap();
    assigned(&app, &number, "piak").await;
    let late = second
        .post(
            &format!("{case}/jawab"),
            &[("version", &version), ("text", "Tulisan panjang saya")],
        )
        .await;
    assert_eq!(late.status, 409);
    assert!(late.texts("textarea[name=text]")[0].contains("Tulisan panjang saya"));
    let wrong = second
        .post(&format!("{case}/jawab"), &[("text", "Tanpa versi")])
        .await;
    assert_eq!(wrong.status, 409);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_officer_records_a_walk_in_with_its_own_time_and_prints_the_receipt() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in(OFFICER).await;
    let form = officer.get("/kerja/pengaduan/baru").await;
    assert_eq!(form.status, 200, "{}", form.text());
    let key = form.attribute("input[name=form_key]", "value").unwrap();
    let base = [
        ("unit", UNIT),
        ("form_key", key.as_str()),
        ("channel", "suggestion_box"),
        ("subject", "Kursi ruang tunggu rusak"),
        (
            "description",
            "Dua kursi di ruang tunggu patah sejak Senin.",
        ),
        ("received_time", "14:30"),
    ];
    let with = |day: &'static str| [base.as_slice(), &[("received_on", day)]].concat();
    for wrong in ["2026-03-18", "", "kemarin"] {
        let answer = officer.post("/kerja/pengaduan/baru", &with(wrong)).await;
        assert_eq!(answer.status, 422, "{wrong}");
        assert_eq!(
            answer.attribute(".summary a", "href").as_deref(),
            Some("#f-received_on")
        );
    }
    let saved = officer
        .post("/kerja/pengaduan/baru", &with("2026-03-12"))
        .await;
    let again = officer
        .post("/kerja/pengaduan/baru", &with("2026-03-12"))
        .await;
    assert_eq!(saved.location(), again.location());
    let page = officer.follow(&saved).await;
    assert!(
        page.text().contains("Kotak saran")
            && page
                .text()
                .contains("Kamis, 12 Maret 2026 pukul 14.30 WITA")
    );
    let href = page
        .attribute("a[href$='tanda-terima.pdf']", "href")
        .unwrap();
    let pdf = officer.get(&href).await;
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    assert!(
        officer
            .get(page_path(&href))
            .await
            .text()
            .contains("Tanda terima dicetak petugas")
    );
    let mut handler = app.sign_in(HANDLER).await;
    assert_eq!(handler.get("/kerja/pengaduan/baru").await.status, 403);
    let web = filed(&app, false, false).await.complaint.number;
    let own = officer
        .get(&format!("/kerja/pengaduan/{web}/tanda-terima.pdf"))
        .await;
    assert_eq!(
        own.status, 404,
        "the office does not print the code of a complaint sent by the citizen"
    );
}

#[tokio::test]
async fn a_letter_from_before_the_decree_is_recorded_too() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/pengaduan/baru").await;
    let mut form = fields();
    form.extend([
        ("channel", "letter"),
        ("received_on", "2024-12-30"),
        ("received_time", "10:00"),
    ]);
    // A day so long ago is asked about once.
    let asked = officer.post("/kerja/pengaduan/baru", &form).await;
    assert_eq!(asked.status, 422);
    form.push(("received_sure", "2024-12-30"));
    let saved = officer.post("/kerja/pengaduan/baru", &form).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    app.run_jobs().await;
}

fn page_path(href: &str) -> &str {
    href.trim_end_matches("/tanda-terima.pdf")
}

#[tokio::test]
async fn a_link_names_the_complaint_but_never_a_confidential_subject() {
    let app = TestApp::new().await;
    let open = filed(&app, false, false).await.complaint;
    let hidden = filed(&app, false, true).await.complaint;
    let open = rembuk::complaints::source_info(&app.ctx(), open.id)
        .await
        .unwrap();
    assert_eq!(open.label, "ADU-2026-000001 · KTP-el belum jadi");
    assert_eq!(open.public_label, "Pengaduan warga");
    let hidden = rembuk::complaints::source_info(&app.ctx(), hidden.id)
        .await
        .unwrap();
    assert_eq!(hidden.label, "ADU-2026-000002");
}

#[tokio::test]
async fn a_complaint_is_linked_to_an_action_item_and_the_citizen_sees_the_promise() {
    use rembuk::action_plans::{NewAction, create};
    let app = TestApp::new().await;
    let filed = filed(&app, false, true).await;
    let unit = rembuk::organisation::unit_by_code(&app.app.db, UNIT)
        .await
        .unwrap();
    let new = NewAction {
        unit: unit.id,
        title: "Blangko KTP-el tidak habis lagi".to_owned(),
        description: "Stok dipantau setiap minggu.".to_owned(),
        division: None,
        owner: None,
        due_on: chrono::NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(),
        indicator: "Hari tanpa blangko".to_owned(),
        target: "0".to_owned(),
        budget: Default::default(),
    };
    let tx = app.app.db.begin_write().await.unwrap();
    let action = create(&tx, &app.ctx(), new).await.unwrap();
    tx.commit().await.unwrap();
    let case = format!("/kerja/pengaduan/{}", filed.complaint.number);
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&case).await;
    let refused = officer
        .post(&format!("{case}/hubungkan"), &[("action", "")])
        .await;
    assert_eq!(refused.status, 422);
    let id = action.to_string();
    let linked = officer
        .post(&format!("{case}/hubungkan"), &[("action", &id)])
        .await;
    let page = officer.follow(&linked).await;
    assert!(page.text().contains("Blangko KTP-el tidak habis lagi"));
    let item = officer.get(&format!("/kerja/rencana-aksi/{id}")).await;
    assert!(item.text().contains(&filed.complaint.number));
    assert!(
        !item.text().contains("KTP-el belum jadi"),
        "the subject is confidential"
    );
    let open = self::filed(&app, false, false).await.complaint;
    let case = format!("/kerja/pengaduan/{}", open.number);
    let page = officer.get(&case).await;
    let new = page.attribute("a[href*='baru?sumber=complaint:']", "href");
    let form = officer.get(&new.unwrap()).await;
    assert!(form.text().contains(&open.number), "{}", form.text());
    officer
        .post(&format!("{case}/hubungkan"), &[("action", &id)])
        .await;
    let mut organiser = program(&app, "penyelenggara.kaltim@rembuk.example").await;
    let sources = organiser
        .get(&format!("/api/v1/action-items/{id}/sources"))
        .await;
    assert!(sources.body.contains(&open.number), "{}", sources.body);
    assert!(
        !sources.body.contains("KTP-el belum jadi"),
        "who may not read complaints reads no subject either"
    );
    app.run_jobs().await;
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let answer = citizen
        .post(
            "/lacak",
            &[("number", &filed.complaint.number), ("code", &filed.code)],
        )
        .await;
    assert!(
        citizen
            .follow(&answer)
            .await
            .text()
            .contains("Blangko KTP-el tidak habis lagi")
    );
    let found = rembuk::complaints::find_source(&app.ctx(), &filed.complaint.number)
        .await
        .unwrap();
    assert_eq!(found.id, filed.complaint.id.to_string());
}

#[tokio::test]
async fn of_two_answers_the_second_is_shown_the_first_and_keeps_its_own_words() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let case = format!("/kerja/pengaduan/{number}");
    let (mut officer, mut handler) = (app.sign_in(OFFICER).await, app.sign_in(HANDLER).await);
    let page = officer.get(&case).await;
    let version = page
        .attribute("#jawab input[name=version]", "value")
        .unwrap();
    handler.get(&case).await;
    let first = [
        ("version", version.as_str()),
        ("text", "Jawaban petugas: loket 2."),
    ];
    let sent = officer.post(&format!("{case}/jawab"), &first).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let second = [
        ("version", version.as_str()),
        ("text", "Jawaban bidang: loket 4."),
    ];
    let late = handler.post(&format!("{case}/jawab"), &second).await;
    assert_eq!(late.status, 409, "{}", late.text());
    assert!(late.texts("#diketik")[0].contains("Jawaban bidang: loket 4."));
    let there = late.texts("section[aria-labelledby=sementara] .saying");
    assert!(there[0].contains("Jawaban petugas: loket 2."), "{there:?}");
    assert!(
        late.text().contains("sudah dijawab oleh"),
        "{}",
        late.text()
    );
    assert!(
        !late
            .text()
            .contains("sudah berubah sejak halaman itu dibuka"),
        "one message only"
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn who_wrote_an_answer_to_a_case_that_ended_meanwhile_reads_what_became_of_it_and_keeps_the_words()
 {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    answered(&app, &number).await;
    let mut program = program(&app, OFFICER).await;
    let again = json!({ "text": "Warga masih menunggu" });
    super::moves::api(&mut program, &number, "reopen", again).await;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&case).await;
    let version = page
        .attribute("#jawab input[name=version]", "value")
        .unwrap();
    let gone = json!({ "text": "Warga menelepon dan menariknya" });
    let withdrawn = super::moves::api(&mut program, &number, "withdraw", gone).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.body);
    let fields = [
        ("version", version.as_str()),
        ("text", "Berkasnya ada di loket 4."),
    ];
    let late = officer.post(&format!("{case}/jawab"), &fields).await;
    assert_eq!(late.status, 409, "{}", late.text());
    assert!(late.texts("#diketik")[0].contains("Berkasnya ada di loket 4."));
    assert!(
        late.text().contains("Tidak dapat dijawab lagi"),
        "{}",
        late.text()
    );
    assert!(!late.text().contains("sudah dijawab oleh"));
    app.run_jobs().await;
}
