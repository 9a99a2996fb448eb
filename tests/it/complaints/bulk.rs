//! Many complaints at once: shown before, done one by one, faulty ones named.

use super::*;

async fn choose<'a>(
    officer: &mut Browser<'a>,
    act: &str,
    numbers: &[String],
) -> (crate::support::Answer, Vec<String>) {
    officer.get("/kerja/pengaduan?view=all").await;
    let seen: Vec<String> = numbers.iter().map(|number| format!("{number}:1")).collect();
    let mut fields = vec![("act", act)];
    fields.extend(seen.iter().map(|one| ("number", one.as_str())));
    let page = officer.post("/kerja/pengaduan/sekaligus", &fields).await;
    (page, seen)
}

#[tokio::test]
async fn what_would_happen_is_shown_first_and_a_faulty_one_stops_nobody() {
    let app = TestApp::new().await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        numbers.push(filed(&app, false, false).await.complaint.number);
    }
    answered(&app, &numbers[2]).await;
    let mut officer = app.sign_in(OFFICER).await;
    let (page, seen) = choose(&mut officer, "assign", &numbers).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(
        page.text().contains("2 akan dikerjakan, 1 tetap"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("sudah dijawab"), "it says why");
    let bare = officer
        .post(
            "/kerja/pengaduan/sekaligus/mulai",
            &[("act", "assign"), ("number", &seen[0])],
        )
        .await;
    assert_eq!(bare.status, 422, "nothing begins without a division");
    // Somebody else changes one of them between the preview and the job.
    assigned(&app, &numbers[1], "piak").await;
    app.advance(chrono::Duration::minutes(1));
    let started = officer
        .post(
            "/kerja/pengaduan/sekaligus/mulai",
            &[
                ("act", "assign"),
                ("division", "fasilitasi"),
                ("number", &seen[0]),
                ("number", &seen[1]),
            ],
        )
        .await;
    assert_eq!(started.status, 303, "{}", started.text());
    let waiting = officer.follow(&started).await;
    assert!(
        waiting.text().contains("0 dari 2 selesai"),
        "{}",
        waiting.text()
    );
    app.run_jobs().await;
    let done = officer.follow(&started).await;
    assert!(done.text().contains("1 dari 2 selesai"), "{}", done.text());
    assert_eq!(
        done.texts("ul.list a.num"),
        std::slice::from_ref(&numbers[1])
    );
    let mine = officer
        .get("/kerja/pengaduan?view=all&division=fasilitasi")
        .await;
    assert_eq!(mine.texts("td.main a"), std::slice::from_ref(&numbers[0]));
    let mut stranger = app.sign_in(HANDLER).await;
    let theirs = stranger.get(started.location()).await;
    assert_eq!(theirs.status, 404, "a batch is its owner's");
}

#[tokio::test]
async fn several_are_answered_and_then_closed() {
    let app = TestApp::new().await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        numbers.push(filed(&app, false, false).await.complaint.number);
    }
    let mut officer = app.sign_in(OFFICER).await;
    for (act, version, state) in [("answer", 1, "Dijawab"), ("close", 2, "Ditutup")] {
        choose(&mut officer, act, &numbers).await;
        let seen: Vec<String> = numbers
            .iter()
            .map(|number| format!("{number}:{version}"))
            .collect();
        let mut fields = vec![("act", act), ("text", "Jaringan sudah pulih.")];
        fields.extend(seen.iter().map(|one| ("number", one.as_str())));
        let started = officer
            .post("/kerja/pengaduan/sekaligus/mulai", &fields)
            .await;
        assert_eq!(started.status, 303, "{act}: {}", started.text());
        app.run_jobs().await;
        let done = officer.follow(&started).await;
        assert!(
            done.text().contains("Semua selesai"),
            "{act}: {}",
            done.text()
        );
        let inbox = officer.get("/kerja/pengaduan?view=all").await;
        let chips = inbox.texts("td[data-label=Status] .chip");
        assert!(
            chips.iter().all(|chip| chip.contains(state)),
            "{act}: {chips:?}"
        );
    }
}

#[tokio::test]
async fn a_handler_does_not_close_by_the_dozen_what_they_may_not_close() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let mut handler = app.sign_in(HANDLER).await;
    let (page, _) = choose(&mut handler, "close", &[number]).await;
    assert_eq!(page.status, 403);
}

#[tokio::test]
async fn all_of_a_page_are_chosen_at_once_and_each_citizen_reads_their_own_name_and_number() {
    let app = TestApp::new().await;
    let named = filed(&app, false, false).await.complaint.number;
    let hidden = filed(&app, true, false).await.complaint.number;
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/pengaduan/jawaban-baku").await;
    let words = "Yth. {nama}, pengaduan {nomor} di {kantor} sudah kami tangani.";
    let standard = [("title", "Selesai"), ("text", words)];
    officer
        .post("/kerja/pengaduan/jawaban-baku", &standard)
        .await;
    let list = officer.get("/kerja/pengaduan?view=unassigned").await;
    assert_eq!(
        list.texts("input[name=all] + span"),
        ["Semua di halaman ini"]
    );
    let shown = [format!("{named}:1"), format!("{hidden}:1")];
    let list = ("dari", "view=unassigned");
    let chosen = [
        ("act", "answer"),
        ("all", "true"),
        list,
        ("shown", &shown[0]),
        ("shown", &shown[1]),
    ];
    let preview = officer.post("/kerja/pengaduan/sekaligus", &chosen).await;
    assert!(
        preview.text().contains("2 akan dikerjakan"),
        "{}",
        preview.text()
    );
    let id = preview
        .attribute("select[name=standard] option:last-child", "value")
        .unwrap();
    let order = [
        ("act", "answer"),
        list,
        ("number", shown[0].as_str()),
        ("number", &shown[1]),
    ];
    let insert = [&order[..], &[("standard", id.as_str()), ("text", "")]].concat();
    let inserted = officer
        .post("/kerja/pengaduan/sekaligus/sisipkan", &insert)
        .await;
    assert_eq!(inserted.status, 200, "{}", inserted.text());
    assert_eq!(inserted.texts("textarea[name=text]"), [words]);
    for (text, fault) in [
        ("Yth. {siapa}, sudah selesai.", "{siapa} tidak dikenal"),
        (
            "Yth. Bungaran Contoh, sudah selesai.",
            "memuat nama salah satu",
        ),
    ] {
        let wrong = [&order[..], &[("text", text)]].concat();
        let refused = officer
            .post("/kerja/pengaduan/sekaligus/mulai", &wrong)
            .await;
        assert_eq!(refused.status, 422, "{text}");
        assert!(refused.text().contains(fault), "{}", refused.text());
    }
    let right = [&order[..], &[("text", words)]].concat();
    let started = officer
        .post("/kerja/pengaduan/sekaligus/mulai", &right)
        .await;
    assert_eq!(started.status, 303, "{}", started.text());
    app.run_jobs().await;
    let done = officer.follow(&started).await;
    assert!(done.text().contains("Semua selesai"), "{}", done.text());
    let back = done.attribute(".crumb a", "href");
    assert_eq!(back.as_deref(), Some("/kerja/pengaduan?view=unassigned"));
    for (number, name) in [(&named, NAME), (&hidden, "Bapak/Ibu")] {
        let case = officer
            .get(&format!("/kerja/pengaduan/{number}"))
            .await
            .text();
        let words = format!("Yth. {name}, pengaduan {number} di ");
        assert!(case.contains(&words), "{number}: {case}");
    }
    let sql =
        "SELECT COUNT(*) AS n FROM complaint_batch WHERE CAST(data AS TEXT) LIKE '%kami tangani%'";
    assert_eq!(
        kept(&app, sql).await,
        0,
        "the order does not outlive the answers"
    );
}

async fn kept(app: &TestApp, sql: &str) -> i64 {
    use sea_orm::{ConnectionTrait as _, Statement};
    let db = &app.app.db;
    let asked = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(asked).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

#[tokio::test]
async fn one_that_went_out_of_sight_is_named_and_stops_nobody() {
    let app = TestApp::new().await;
    let mine = filed(&app, false, false).await.complaint.number;
    let theirs = filed(&app, false, false).await.complaint.number;
    assigned(&app, &mine, "fasilitasi").await;
    assigned(&app, &theirs, "piak").await;
    let mut handler = app.sign_in(HANDLER).await;
    for numbers in [vec![mine, theirs.clone()], vec![theirs.clone()]] {
        let (page, _) = choose(&mut handler, "answer", &numbers).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(
            page.text().contains("Tidak lagi dapat Anda lihat"),
            "{}",
            page.text()
        );
        assert!(page.text().contains(&theirs), "{}", page.text());
    }
}

/// Somebody saw them done in the preview: that one of them is left out is told before anything happens.
#[tokio::test]
async fn what_went_out_of_sight_since_the_preview_stops_the_order_and_is_named() {
    let app = TestApp::new().await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let number = filed(&app, false, false).await.complaint.number;
        assigned(&app, &number, "fasilitasi").await;
        numbers.push(number);
    }
    let mut handler = app.sign_in(HANDLER).await;
    choose(&mut handler, "answer", &numbers).await;
    assigned(&app, &numbers[1], "piak").await;
    let seen: Vec<String> = numbers.iter().map(|number| format!("{number}:2")).collect();
    let mut fields = vec![("act", "answer"), ("text", "Jaringan sudah pulih.")];
    fields.extend(seen.iter().map(|one| ("number", one.as_str())));
    let path = "/kerja/pengaduan/sekaligus/mulai";
    let refused = handler.post(path, &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let summary = refused.texts(".summary li").join(" ");
    assert!(summary.contains(&numbers[1]), "{summary}");
    assert!(
        refused.text().contains("Jaringan sudah pulih."),
        "nothing is typed twice"
    );
    let left = refused.attribute("input[name=number]", "value").unwrap();
    assert!(left.starts_with(&numbers[0]));
    fields.retain(|(name, value)| *name != "number" || value.starts_with(&numbers[0]));
    let started = handler.post(path, &fields).await;
    assert_eq!(started.status, 303, "{}", started.text());
    app.run_jobs().await;
    let done = handler.follow(&started).await;
    assert!(done.text().contains("Semua selesai"), "{}", done.text());
}

/// Back, and pressed again: the second order finds what the first one did.
#[tokio::test]
async fn an_order_sent_twice_by_the_same_officer_is_done_once_and_says_so() {
    let app = TestApp::new().await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        numbers.push(filed(&app, false, false).await.complaint.number);
    }
    let mut officer = app.sign_in(OFFICER).await;
    let (_, seen) = choose(&mut officer, "answer", &numbers).await;
    let path = "/kerja/pengaduan/sekaligus/mulai";
    for (text, said) in [
        ("Jaringan sudah pulih.", "Semua selesai"),
        ("Jaringan sudah pulih.", "2 di antaranya sudah terkirim"),
        ("Jaringan pulih sejak pagi.", "naskah yang berbeda"),
    ] {
        let mut fields = vec![("act", "answer"), ("text", text)];
        fields.extend(seen.iter().map(|one| ("number", one.as_str())));
        app.advance(chrono::Duration::minutes(1));
        let started = officer.post(path, &fields).await;
        assert_eq!(started.status, 303, "{}", started.text());
        app.advance(chrono::Duration::minutes(1));
        app.run_jobs().await;
        let done = officer.follow(&started).await;
        assert!(done.text().contains(said), "{said}: {}", done.text());
        assert!(!done.text().contains("Orang lain"), "{}", done.text());
    }
    for number in &numbers {
        let case = officer.get(&format!("/kerja/pengaduan/{number}")).await;
        assert!(!case.text().contains("sejak pagi"), "{}", case.text());
    }
}
