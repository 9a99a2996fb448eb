//! What is over goes, whole; what is open or held stays; and nothing of it depends on how often it is asked.

use rembuk::{
    complaints::retention::{plan, run},
    organisation::UnitId,
    organisation::unit_by_code,
};

use super::*;
use crate::complaints::{EMAIL, NAME, UNIT, WORDS};

/// Every table in which the marks of the voice stood.
const MARKS: &[&str] = &["tiga minggu", "KTP-el belum jadi", "loket 2"];

async fn unit(app: &TestApp) -> UnitId {
    unit_by_code(&app.app.db, UNIT).await.unwrap().id
}

/// Chooses a period and waits the week until it holds.
async fn choose(app: &TestApp, months: &str) {
    let first = app.now() + chrono::Duration::days(7);
    let first = first.format("%Y-%m-%d").to_string();
    let mut admin = app.sign_in(ADMIN).await;
    admin.get("/kerja/retensi").await;
    let page = done(
        &mut admin,
        "/kerja/retensi",
        &[
            ("unit", UNIT),
            ("kind", "complaint"),
            ("months", months),
            ("source", "JRA Contoh Nomor 1 Tahun 2026"),
            ("certainty", "verified"),
            ("valid_from", &first),
            ("reason", "Jadwal retensi arsip"),
        ],
    )
    .await;
    assert!(
        page.text().contains("Masa simpan ditetapkan"),
        "{}",
        page.text()
    );
    app.advance(chrono::Duration::days(7));
    let page = app.sign_in(ADMIN).await.get("/kerja/retensi").await;
    assert!(page.text().contains("JRA Contoh"), "{}", page.text());
}

fn due(tallies: &[rembuk::complaints::retention::Tally]) -> (u64, u64, u64) {
    let sum = |of: fn(&rembuk::complaints::retention::Tally) -> u64| tallies.iter().map(of).sum();
    (sum(|one| one.due), sum(|one| one.kept), sum(|one| one.done))
}

#[tokio::test]
async fn a_voice_whose_time_is_over_is_gone_from_every_table_and_its_figures_stay() {
    let app = TestApp::new().await;
    let filed = closed(&app, false, false).await;
    let of = filed.complaint.clone();
    let number = of.number.clone();
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&case).await;
    let pdf = b"%PDF-1.7\n% bukti\nstartxref\n0\n%%EOF\n".as_slice();
    let attached = officer
        .post_file(
            &format!("{case}/berkas"),
            &[],
            ("files", "bukti-bungaran.pdf", pdf),
        )
        .await;
    assert_eq!(attached.status, 303, "{}", attached.text());
    let before = left_behind(&app, MARKS).await;
    assert!(
        before.len() >= 3,
        "the search can find something: {before:?}"
    );
    choose(&app, "24").await;
    let unit = unit(&app).await;
    // The last day belongs to the time.
    app.app.clock.set("2028-03-17T02:00:00Z".parse().unwrap());
    assert_eq!(due(&plan(&app.ctx(), unit, None).await.unwrap()).0, 0);
    app.advance(chrono::Duration::days(1));
    assert_eq!(due(&plan(&app.ctx(), unit, None).await.unwrap()).0, 1);
    assert!(
        !left_behind(&app, MARKS).await.is_empty(),
        "looking changes nothing"
    );
    let tallies = run(&app.ctx(), unit, None, None).await.unwrap();
    assert_eq!(due(&tallies), (1, 0, 1));
    app.run_jobs().await;
    let mut words = MARKS.to_vec();
    words.extend([NAME, EMAIL, "bungaran", WORDS]);
    let left = left_behind(&app, &words).await;
    assert!(left.is_empty(), "{}", left.join("\n"));
    // The tombstone: dates, state and time to answer.
    let json = program(&app, OFFICER)
        .await
        .get(&format!("/api/v1/complaints/{number}"))
        .await
        .json();
    assert_eq!(json["status"], "closed");
    assert_eq!(json["subject"], "[dianonimkan]");
    assert_eq!(json["reporter"], serde_json::Value::Null);
    assert_eq!(json["received_at"], "2026-03-17T10:00:00+08:00");
    let figures = rembuk::complaints::public_figures(&app.app.db, unit, of.received_at).await;
    assert_eq!(figures.unwrap().answered, 1);
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&case).await;
    assert!(
        page.text().contains("Suara ini dianonimkan"),
        "{}",
        page.text()
    );
    // The code of the receipt opens nothing any more.
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let fields = [("number", number.as_str()), ("code", filed.code.as_str())];
    assert_eq!(citizen.post("/lacak", &fields).await.status, 404);
    // Again: nothing.
    let again = run(&app.ctx(), unit, None, None).await.unwrap();
    assert_eq!(due(&again), (0, 0, 0));
    let page = app.sign_in(ADMIN).await.get("/kerja/retensi").await;
    assert_eq!(
        page.text().matches("1 dianonimkan").count(),
        1,
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn open_and_held_cases_stay_and_periods_that_nobody_chose_anonymise_nothing() {
    let app = TestApp::new().await;
    let unit = unit(&app).await;
    let held = closed(&app, false, false).await.complaint.number;
    filed(&app, false, false).await;
    let mut officer = app.sign_in(OFFICER).await;
    let case = format!("/kerja/pengaduan/{held}");
    officer.get(&case).await;
    let nothing = officer
        .post(&format!("{case}/tahan"), &[("hold_reason", "")])
        .await;
    let told = officer.follow(&nothing).await;
    assert!(
        told.text().contains("Tuliskan alasannya"),
        "{}",
        told.text()
    );
    let page = done(
        &mut officer,
        &format!("{case}/tahan"),
        &[("hold_reason", "Gugatan di PTUN Contoh")],
    )
    .await;
    assert!(page.text().contains("Gugatan di PTUN Contoh"));
    for (reason, status) in [("Gugatan di PTUN Contoh", 303), ("Sengketa lain", 409)] {
        let again = officer
            .post(&format!("{case}/tahan"), &[("hold_reason", reason)])
            .await;
        assert_eq!(again.status, status, "{reason}: {}", again.text());
    }
    app.app.clock.set("2031-01-02T02:00:00Z".parse().unwrap());
    app.forget_jobs().await;
    let proposed = plan(&app.ctx(), unit, None).await.unwrap();
    assert!(proposed.iter().all(|tally| !tally.policy.is_chosen()));
    assert_eq!(
        due(&run(&app.ctx(), unit, None, None).await.unwrap()),
        (0, 0, 0)
    );
    choose(&app, "12").await;
    assert_eq!(
        due(&run(&app.ctx(), unit, None, None).await.unwrap()),
        (0, 1, 0)
    );
    assert!(left_behind(&app, &["tiga minggu"]).await.len() >= 2);
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&case).await;
    done(
        &mut officer,
        &format!("{case}/lepas-tahan"),
        &[("hold_reason", "Perkara selesai")],
    )
    .await;
    assert_eq!(
        due(&run(&app.ctx(), unit, None, None).await.unwrap()),
        (1, 0, 1)
    );
    app.forget_jobs().await;
    let left = left_behind(&app, &["gugatan di ptun"]).await;
    assert!(
        left.iter().all(|line| line.contains("legal_hold")),
        "why it was held is the office's own record: {left:?}"
    );
}

#[tokio::test]
async fn a_run_that_was_interrupted_goes_on_where_it_was() {
    let app = TestApp::new().await;
    let unit = unit(&app).await;
    for _ in 0..3 {
        closed(&app, false, false).await;
    }
    choose(&app, "24").await;
    app.app.clock.set("2028-06-01T02:00:00Z".parse().unwrap());
    let first = run(&app.ctx(), unit, None, Some(2)).await.unwrap();
    assert_eq!(due(&first).2, 2);
    let page = app.sign_in(ADMIN).await.get("/kerja/retensi").await;
    assert!(page.text().contains("Belum selesai"), "{}", page.text());
    app.advance(chrono::Duration::hours(1));
    // Housekeeping takes it up; it is the same run, and it counts all three.
    rembuk::complaints::retention::run_due(&app.app)
        .await
        .unwrap();
    let page = app.sign_in(ADMIN).await.get("/kerja/retensi").await;
    assert!(page.text().contains("3 dianonimkan") && !page.text().contains("Belum selesai"));
    assert_eq!(
        due(&run(&app.ctx(), unit, None, None).await.unwrap()),
        (0, 0, 0)
    );
    app.forget_jobs().await;
}

/// A longer period than the proposed one is a first choice all the same: the page must not promise it for today.
#[tokio::test]
async fn the_page_says_the_first_day_that_a_choice_may_hold_from() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(ADMIN).await;
    let page = admin.get(&format!("/kerja/retensi?unit={UNIT}")).await;
    let hint = page.texts("#f-valid_from-hint").remove(0);
    assert!(
        hint.starts_with("Paling cepat Selasa, 24 Maret 2026: penetapan pertama"),
        "{hint}"
    );
    let first = |page: &Answer| page.attribute("#f-valid_from", "min").unwrap();
    assert_eq!(first(&page), "2026-03-24");
    choose(&app, "24").await;
    let mut admin = app.sign_in(ADMIN).await;
    let page = admin.get(&format!("/kerja/retensi?unit={UNIT}")).await;
    let hint = page.texts("#f-valid_from-hint").remove(0);
    assert!(
        hint.contains("kini diperpanjang boleh mulai hari ini"),
        "{hint}"
    );
    assert_eq!(first(&page), "2026-03-24", "now today");
    app.run_jobs().await;
}

#[tokio::test]
async fn only_the_administrator_chooses_and_bad_periods_are_refused() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(ADMIN).await;
    admin.get("/kerja/retensi").await;
    let fields = [
        ("unit", UNIT),
        ("kind", "complaint"),
        ("months", "0"),
        ("valid_from", "2026-03-16"),
    ];
    let refused = admin.post("/kerja/retensi", &fields).await;
    assert_eq!(refused.status, 422);
    let summary = refused.texts(".summary").join(" ");
    assert!(
        summary.contains("Pilih hari ini atau sesudahnya"),
        "{summary}"
    );
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/retensi").await;
    assert_eq!(officer.post("/kerja/retensi", &fields).await.status, 403);
    assert_eq!(
        officer
            .post("/kerja/retensi/jalankan", &[("unit", UNIT)])
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn a_slip_of_the_key_is_asked_about_waits_a_week_and_is_told_to_the_head() {
    let app = TestApp::new().await;
    let unit = unit(&app).await;
    closed(&app, false, false).await;
    app.app.clock.set("2026-12-01T02:00:00Z".parse().unwrap());
    app.run_jobs().await;
    let before = app.mails().len();
    let mut admin = app.sign_in(ADMIN).await;
    admin.get("/kerja/retensi").await;
    let fields = |from: &'static str| {
        vec![
            ("unit", UNIT),
            ("kind", "complaint"),
            ("months", "6"),
            ("source", "JRA Contoh Nomor 1 Tahun 2026"),
            ("certainty", "verified"),
            ("valid_from", from),
            ("reason", "Jadwal retensi arsip"),
        ]
    };
    let soon = admin.post("/kerja/retensi", &fields("2026-12-01")).await;
    assert_eq!(soon.status, 422);
    assert!(soon.text().contains("Paling cepat"), "{}", soon.text());
    let asks = admin.post("/kerja/retensi", &fields("2026-12-08")).await;
    assert_eq!(asks.status, 200);
    assert!(
        asks.text().contains("1 suara akan dianonimkan"),
        "{}",
        asks.text()
    );
    let mut sure = fields("2026-12-08");
    sure.push(("confirmed", "yes"));
    done(&mut admin, "/kerja/retensi", &sure).await;
    app.run_jobs().await;
    let told = app.mails()[before..]
        .iter()
        .filter(|mail| String::from_utf8_lossy(mail).contains(crate::complaints::HEAD))
        .count();
    assert_eq!(told, 1, "the head is told");
    assert_eq!(
        due(&run(&app.ctx(), unit, None, None).await.unwrap()),
        (0, 0, 0)
    );
    // A longer one takes nothing away and is the last word at once.
    app.advance(chrono::Duration::days(1));
    let mut longer = fields("2026-12-02");
    longer[2] = ("months", "60");
    longer.push(("confirmed", "yes"));
    let mut admin = app.sign_in(ADMIN).await;
    admin.get("/kerja/retensi").await;
    let waits = admin.post("/kerja/retensi", &longer).await;
    assert_eq!(waits.status, 422, "nothing was in force before");
    longer[5] = ("valid_from", "2026-12-09");
    done(&mut admin, "/kerja/retensi", &longer).await;
    app.advance(chrono::Duration::days(10));
    assert_eq!(
        due(&run(&app.ctx(), unit, None, None).await.unwrap()),
        (0, 0, 0)
    );
    app.forget_jobs().await;
}

#[tokio::test]
async fn a_case_whose_person_waits_for_an_answer_about_their_data_stays() {
    let app = TestApp::new().await;
    let unit = unit(&app).await;
    let filed = closed(&app, false, false).await;
    choose(&app, "24").await;
    app.app.clock.set("2028-06-01T02:00:00Z".parse().unwrap());
    let request = super::requests::asked(&app, "access", &filed, "").await;
    assert_eq!(
        due(&run(&app.ctx(), unit, None, None).await.unwrap()),
        (0, 1, 0)
    );
    let mut citizen = app.browser();
    citizen.get("/data-pribadi/status").await;
    let fields = [("number", request.0.as_str()), ("code", request.1.as_str())];
    citizen.post("/data-pribadi/cabut", &fields).await;
    assert_eq!(
        due(&run(&app.ctx(), unit, None, None).await.unwrap()),
        (1, 0, 1)
    );
    app.forget_jobs().await;
}

#[tokio::test]
async fn the_scanned_sheets_of_a_box_go_with_its_last_voice() {
    let app = TestApp::new().await;
    let unit = unit(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/kotak-saran").await;
    let opening = [
        ("opened_on", "2026-03-13"),
        ("opened_time", "15:00"),
        ("place", "Kotak saran lobi utama"),
        ("witnesses", "Ani Contoh"),
        ("counted", "2"),
    ];
    let opened = officer.post("/kerja/kotak-saran", &opening).await;
    let batch = opened.location().to_owned();
    officer.get(&batch).await;
    for text in ["Antrean tiga minggu di loket 2", "Pendingin ruang mati"] {
        let saved = officer.post(&batch, &[("description", text)]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
    }
    let pdf = crate::support::pdf("lembar");
    let kept = officer
        .post_file(
            &format!("{batch}/pindaian"),
            &[],
            ("files", "lembar-bungaran.pdf", &pdf),
        )
        .await;
    let page = officer.follow(&kept).await;
    let scan = page.attribute(".files a", "href").unwrap();
    let closed = officer
        .post(&format!("{batch}/tutup"), &[("version", "1")])
        .await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    let cases = officer.get(&batch).await.texts("tbody td.main a");
    assert_eq!(cases.len(), 2);
    let end = async |number: &str| {
        assigned(&app, number, "fasilitasi").await;
        answered(&app, number).await;
        let path = format!("/api/v1/complaints/{number}/close");
        let answer = program(&app, OFFICER)
            .await
            .api(Method::POST, &path, Some(json!({})))
            .await;
        assert!(answer.status < 300, "{}", answer.body);
    };
    end("ADU-2026-000001").await;
    choose(&app, "24").await;
    app.app.clock.set("2028-06-01T02:00:00Z".parse().unwrap());
    app.run_jobs().await;
    run(&app.ctx(), unit, None, None).await.unwrap();
    app.run_jobs().await;
    let mut officer = app.sign_in(OFFICER).await;
    assert_eq!(
        officer.get(&scan).await.status,
        200,
        "one voice still stands"
    );
    end("ADU-2026-000002").await;
    app.app.clock.set("2031-06-01T02:00:00Z".parse().unwrap());
    app.run_jobs().await;
    run(&app.ctx(), unit, None, None).await.unwrap();
    app.run_jobs().await;
    let mut officer = app.sign_in(OFFICER).await;
    assert_eq!(officer.get(&scan).await.status, 404);
    let left = left_behind(&app, &["lembar-bungaran", "antrean tiga"]).await;
    assert!(left.is_empty(), "{}", left.join("\n"));
    app.forget_jobs().await;
}

#[tokio::test]
async fn a_period_that_is_still_to_come_is_seen_and_taken_back() {
    let app = TestApp::new().await;
    let first = app.now() + chrono::Duration::days(7);
    let first = first.format("%Y-%m-%d").to_string();
    let mut admin = app.sign_in(ADMIN).await;
    admin.get("/kerja/retensi").await;
    let fields = [
        ("unit", UNIT),
        ("kind", "praise"),
        ("months", "1"),
        ("source", "JRA Contoh Nomor 1 Tahun 2026"),
        ("certainty", "verified"),
        ("valid_from", first.as_str()),
        ("reason", "Jadwal retensi arsip"),
    ];
    let page = done(&mut admin, "/kerja/retensi", &fields).await;
    assert!(
        page.text().contains("Ditetapkan, belum berlaku"),
        "{}",
        page.text()
    );
    let id = page.attribute("form[action='/kerja/retensi/cabut'] [name=id]", "value");
    let id = id.unwrap();
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/retensi").await;
    let back = [("unit", UNIT), ("id", id.as_str())];
    assert_eq!(
        officer.post("/kerja/retensi/cabut", &back).await.status,
        403
    );
    let page = done(&mut admin, "/kerja/retensi/cabut", &back).await;
    assert!(
        !page.text().contains("Ditetapkan, belum berlaku"),
        "{}",
        page.text()
    );
    assert_eq!(admin.post("/kerja/retensi/cabut", &back).await.status, 409);
    app.forget_jobs().await;
}
