//! A morning with thirty cases: from one to the next of the same list, with the keyboard, and nothing is forgotten.

use poem::http::Method;
use serde_json::json;

use super::{
    moves::{api, citizen},
    *,
};

#[tokio::test]
async fn after_an_answer_the_officer_stands_before_the_next_case_of_the_list_they_came_from() {
    let app = TestApp::new().await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        numbers.push(filed(&app, false, false).await.complaint.number);
        app.advance(chrono::Duration::minutes(5));
    }
    let mut officer = app.sign_in(OFFICER).await;
    let list = officer.get("/kerja/pengaduan?view=unassigned").await;
    let mut href = list.attribute("td.main a", "href").unwrap();
    assert_eq!(
        list.attribute("td.main a", "accesskey").as_deref(),
        Some("n")
    );
    // The second one is left as it is: it comes again when the end of the list is reached.
    for (at, next) in [(0, Some(1)), (2, Some(1)), (1, None)] {
        let case = officer.get(&href).await;
        let value = |name: &str| case.attribute(&format!("input[name={name}]"), "value");
        let (version, came) = (value("version").unwrap(), value("dari").unwrap());
        assert_eq!(
            case.attribute("a[accesskey=j]", "href").as_deref(),
            Some("#f-text")
        );
        let fields = [
            ("version", version.as_str()),
            ("dari", &came),
            ("text", "Sudah kami perbaiki pagi ini."),
        ];
        let path = format!("/kerja/pengaduan/{}/jawab", numbers[at]);
        let answered = officer.post(&path, &fields).await;
        assert_eq!(answered.status, 303, "{}", answered.text());
        assert!(answered.location().ends_with("#berikutnya"));
        let after = officer.follow(&answered).await;
        let heading = after.texts("h2#berikutnya[tabindex='-1']");
        assert!(heading[0].contains("Belum ditugaskan"), "{heading:?}");
        let offered = after.texts(".next a.btn .num");
        match next {
            Some(next) if at == 0 => {
                assert_eq!(offered, [numbers[next].clone()]);
                // The officer skips it and opens the one behind it.
                let second = after.attribute(".next a.btn", "href").unwrap();
                let second = officer.get(&second).await;
                assert_eq!(second.texts(".next a.btn .num"), [numbers[2].clone()]);
                href = second.attribute(".next a.btn", "href").unwrap();
            }
            Some(next) => {
                assert_eq!(offered, [numbers[next].clone()]);
                href = after.attribute(".next a.btn", "href").unwrap();
            }
            None => assert_eq!(offered, Vec::<String>::new(), "the list is done"),
        }
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_refused_answer_keeps_the_list_and_a_foreign_address_leads_nowhere_else() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let mut officer = app.sign_in(OFFICER).await;
    let case = format!("/kerja/pengaduan/{number}");
    let page = officer.get(&format!("{case}?dari=view%3Dlate")).await;
    assert_eq!(
        page.texts("h2#berikutnya")[0],
        "Tidak ada lagi yang lain di \"Terlambat\""
    );
    let version = page.attribute("input[name=version]", "value").unwrap();
    let short = [
        ("version", version.as_str()),
        ("dari", "view=late"),
        ("text", "ok."),
    ];
    let refused = officer.post(&format!("{case}/jawab"), &short).await;
    assert_eq!(refused.status, 422, "three letters settle no clock");
    assert!(refused.texts("h2#berikutnya")[0].contains("Terlambat"));
    let strange = officer
        .get(&format!(
            "{case}?dari=https%3A%2F%2Fcontoh.example%2F&cursor=x"
        ))
        .await;
    assert_eq!(strange.status, 200);
    let back = strange.attribute(".next a[accesskey=k]", "href");
    assert_eq!(back.as_deref(), Some("/kerja/pengaduan?view=open"));
}

#[tokio::test]
async fn the_number_of_each_view_is_the_number_of_its_rows() {
    let app = TestApp::new().await;
    let mut all = Vec::new();
    for _ in 0..4 {
        all.push(filed(&app, false, false).await);
    }
    let number = |at: usize| all[at].complaint.number.as_str();
    assigned(&app, number(0), "fasilitasi").await;
    let mut program = program(&app, OFFICER).await;
    let ask = json!({ "text": "Mohon nomor antrean Anda." });
    let asked = api(&mut program, number(1), "request-completion", ask).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    answered(&app, number(2)).await;
    let mut citizen = citizen(&app, &all[2]).await;
    let words = [("text", "Loketnya masih tutup.")];
    citizen.post("/pengaduan/status/pesan", &words).await;
    let mut officer = app.sign_in(OFFICER).await;
    let views = [
        "late",
        "solution",
        "heard",
        "today",
        "tomorrow",
        "soon",
        "unassigned",
        "mine",
        "waiting",
        "open",
        "all",
    ];
    let mut rows = Vec::new();
    for view in views {
        let page = officer.get(&format!("/kerja/pengaduan?view={view}")).await;
        let found = page.texts("td.main a");
        let summary = page.texts(".head p.muted").remove(0);
        assert!(
            summary.starts_with(&format!("{} pengaduan", found.len())),
            "{view}: {summary} {found:?}"
        );
        rows.push((view, found));
    }
    let of = |view: &str| {
        rows.iter()
            .find(|(known, _)| *known == view)
            .unwrap()
            .1
            .clone()
    };
    assert_eq!(of("waiting"), [number(1).to_owned()]);
    let mut nobodys = of("unassigned");
    nobodys.sort();
    // What waits for its citizen is nobody's all the same, and falls due.
    assert_eq!(nobodys, [number(1).to_owned(), number(3).to_owned()]);
    assert_eq!(of("heard"), [number(2).to_owned()]);
    // The office answers what the citizen wrote, and nobody waits for a word any more.
    let path = format!("/kerja/pengaduan/{}/tanya", number(2));
    let asked = officer
        .post(&path, &[("question", "Sejak kapan loketnya tutup?")])
        .await;
    assert_eq!(asked.status, 303, "{}", asked.text());
    let heard = officer.get("/kerja/pengaduan?view=heard").await;
    assert_eq!(heard.texts("td.main a"), Vec::<String>::new());
    app.run_jobs().await;
}

#[tokio::test]
async fn taking_up_again_begins_no_new_time_for_the_first_answer() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    app.advance(chrono::Duration::days(14));
    let mut officer = program(&app, OFFICER).await;
    let unclear = json!({ "reason": "unclear", "text": "Isinya tidak dapat dipahami" });
    for (what, body) in [
        ("reject", unclear),
        ("reopen", json!({ "text": "Ternyata dapat dikerjakan" })),
        ("answer", json!({ "text": "KTP-el sudah dapat diambil." })),
    ] {
        let done = api(&mut officer, &number, what, body).await;
        assert_eq!(done.status, 200, "{what}: {}", done.body);
    }
    app.run_jobs().await;
    let path = format!("/api/v1/complaints/{number}/deadline");
    let clocks = officer.api(Method::GET, &path, None).await.json();
    assert_eq!(clocks["respond"]["state"], "out_of_time");
    assert_eq!(in_time(&app).await, 0, "statistics say the same");
}

async fn in_time(app: &TestApp) -> i64 {
    use sea_orm::{ConnectionTrait as _, Statement};
    let db = &app.app.db;
    let sql = "SELECT COUNT(*) AS n FROM complaint WHERE answered_in_time";
    let asked = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(asked).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

#[tokio::test]
async fn no_answer_names_who_asked_not_to_be_named() {
    let app = TestApp::new().await;
    let number = filed(&app, true, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/pengaduan/jawaban-baku").await;
    let standard = [
        ("title", "Salam"),
        ("text", "Yth. {nama}, kartu Anda sudah jadi."),
    ];
    officer
        .post("/kerja/pengaduan/jawaban-baku", &standard)
        .await;
    let opened = officer
        .post(
            &format!("{case}/identitas"),
            &[("reason", "Menelepon pelapor")],
        )
        .await;
    let page = officer.follow(&opened).await;
    assert!(page.text().contains(NAME), "{}", page.text());
    let id = page
        .attribute("select[name=standard] option:last-child", "value")
        .unwrap();
    let inserted = officer
        .post(
            &format!("{case}/sisipkan"),
            &[("text", ""), ("standard", &id)],
        )
        .await;
    let page = officer.follow(&inserted).await;
    assert_eq!(
        page.texts("textarea[name=text]"),
        ["Yth. Bapak/Ibu, kartu Anda sudah jadi."]
    );
    let version = page.attribute("input[name=version]", "value").unwrap();
    let words = format!("Yth. {NAME}, kartu Anda sudah jadi.");
    for (form, field) in [
        ("jawab", "text"),
        ("tanya", "question"),
        ("lengkapi", "ask_text"),
    ] {
        let named = [("version", version.as_str()), (field, &words)];
        let refused = officer.post(&format!("{case}/{form}"), &named).await;
        assert_eq!(refused.status, 422, "{form}");
        assert!(
            refused.text().contains("Bapak/Ibu"),
            "{form}: {}",
            refused.text()
        );
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_class_is_chosen_late_and_corrected_and_the_history_says_which() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    for (class, label) in [
        ("supervisory", "Berkadar pengawasan"),
        ("information_request", "Permintaan informasi"),
    ] {
        let page = officer.get(&case).await;
        let version = page.attribute("input[name=version]", "value").unwrap();
        let fields = [("version", version.as_str()), ("class", class)];
        let saved = officer.post(&format!("{case}/golongan"), &fields).await;
        let page = officer.follow(&saved).await;
        assert!(
            page.text().contains(&format!("Golongan: {label}")),
            "{}",
            page.text()
        );
        assert!(
            page.text().contains("Diteruskan"),
            "it stays where it stands"
        );
    }
    let mut handler = app.sign_in(HANDLER).await;
    handler.get(&case).await;
    let fields = [("version", "9"), ("class", "supervisory")];
    let refused = handler.post(&format!("{case}/golongan"), &fields).await;
    assert!(matches!(refused.status, 403 | 409), "{}", refused.status);
    app.run_jobs().await;
}
