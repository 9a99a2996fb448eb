//! The second legal clock, the solution that a class promises, and looking only at what may run out.

use rembuk::organisation::unit_by_code;

use super::*;
use crate::complaints::{HANDLER, HEAD, answered, assigned, filed};

/// A case of a class that promises a solution, handed over; with its number.
async fn promised() -> (TestApp, String) {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(UNIT_ADMIN).await;
    admin.get("/kerja/batas-waktu").await;
    let fields = [
        ("unit", "disdukcapil-kaltim"),
        ("set", "sp4n_classes"),
        ("after_hours", "same_day"),
        ("due_end", "end_of_day"),
        ("valid_from", "2026-03-17"),
        ("reason", "Menyesuaikan pedoman SP4N-LAPOR"),
    ];
    let chosen = admin.post("/kerja/batas-waktu", &fields).await;
    assert_eq!(chosen.status, 303, "{}", chosen.text());
    let number = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let path = format!("/api/v1/complaints/{number}/verify");
    let class = json!({ "class": "information_request" });
    let verified = officer.api(Method::POST, &path, Some(class)).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    assigned(&app, &number, "fasilitasi").await;
    (app, number)
}

#[tokio::test]
async fn a_late_solution_is_told_once_to_who_owes_it_and_to_the_head_and_is_found() {
    let (app, number) = promised().await;
    let told = |address: &str| {
        let all = sent(&app).into_iter();
        all.filter(|(to, subject)| to == address && subject.contains("penyelesaian terlambat"))
            .count()
    };
    for (moment, state, count) in [
        ("2026-03-31 09:00", "running", 0),
        ("2026-04-01 09:00", "late", 1),
        ("2026-04-01 09:05", "late", 1),
        ("2026-04-02 09:00", "late", 1),
    ] {
        until(&app, moment);
        look(&app).await;
        let found = deadline(&app, &number).await;
        assert_eq!(found["resolve"]["state"], state, "{moment}");
        assert_ne!(
            found["respond"]["state"], "late",
            "{moment}: the answer has more time"
        );
        assert_eq!((told(HANDLER), told(HEAD)), (count, count), "{moment}");
    }
    let mut page = app.sign_in(OFFICER).await;
    let list = page.get("/kerja/pengaduan?view=solution").await;
    assert_eq!(list.texts("td.main a"), std::slice::from_ref(&number));
    assert!(
        list.text().contains("Penyelesaian terlambat 1"),
        "{}",
        list.text()
    );
    let digest = last_digest(&app);
    assert!(
        digest.contains("Penyelesaian terlambat") && digest.contains(&number),
        "{digest}"
    );
    answered(&app, &number).await;
    let list = page.get("/kerja/pengaduan?view=solution").await;
    assert_eq!(list.texts("td.main a"), Vec::<String>::new());
}

#[tokio::test]
async fn who_owes_a_solution_is_warned_before_it_is_due() {
    let (app, number) = promised().await;
    let warned = || {
        let all = sent(&app).into_iter();
        let soon = "penyelesaian segera jatuh tempo";
        all.filter(|(to, subject)| to == HANDLER && subject.contains(soon))
            .count()
    };
    // 49 office hours from receipt to the end of 31 March: half are over on the 27th at 09.00.
    for (moment, count) in [
        ("2026-03-26 15:00", 0),
        ("2026-03-27 08:55", 0),
        ("2026-03-27 09:05", 1),
        ("2026-03-27 15:00", 1),
        ("2026-03-30 15:00", 2),
        ("2026-03-31 08:00", 2),
    ] {
        until(&app, moment);
        look(&app).await;
        assert_eq!(warned(), count, "{moment}");
    }
    let digest = last_digest(&app);
    assert!(
        digest.contains("Penyelesaian jatuh tempo sampai hari kerja berikutnya")
            && digest.contains(&number)
            && digest.contains("31 Maret 2026"),
        "{digest}"
    );
}

/// The words of the officer's last morning mail.
fn last_digest(app: &TestApp) -> String {
    let mails = app.mails();
    let found = mails.iter().rev().find_map(|raw| {
        let mail = MessageParser::default().parse(raw).unwrap();
        let to = mail.to().and_then(|to| to.first())?.address()?.to_owned();
        let morning = mail.subject()?.contains("jatuh tempo hari ini");
        (to == OFFICER && morning).then(|| mail.body_text(0).unwrap().into_owned())
    });
    found.unwrap_or_default()
}

#[tokio::test]
async fn nothing_is_looked_at_again_before_something_may_run_out() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let done = filed(&app, false, false).await.complaint.number;
    answered(&app, &done).await;
    until(&app, "2026-03-17 10:30");
    assert_eq!(due_looks(&app).await, 2, "what is new is looked at");
    look(&app).await;
    assert_eq!(due_looks(&app).await, 0);
    until(&app, "2026-03-17 10:35");
    assert_eq!(
        due_looks(&app).await,
        0,
        "five minutes later there is nothing to read"
    );
    until(&app, "2026-03-25 08:00");
    assert_eq!(
        due_looks(&app).await,
        1,
        "a new day may bring a new rung; what is answered rests"
    );
    look(&app).await;
    // Whatever happens to it is looked at.
    assigned(&app, &number, "fasilitasi").await;
    assert_eq!(due_looks(&app).await, 1);
    let unit = unit_by_code(&app.app.db, "disdukcapil-kaltim")
        .await
        .unwrap();
    let plan = clocks::look_plan(&app.app, unit.id).await.unwrap();
    if app.app.db.is_sqlite() {
        assert!(plan.contains("complaint_look"), "{plan}");
    }
}

#[tokio::test]
async fn a_unit_that_cannot_be_looked_at_is_told_by_the_doctor_and_stops_no_other() {
    use sea_orm::ConnectionTrait as _;
    let app = TestApp::new().await;
    let db = &app.app.db;
    let looked = clocks::looks(db, app.now()).await.unwrap();
    assert_eq!((looked.failed.len(), looked.oldest), (0, None));
    assert_eq!(
        looked.unseen,
        ["disdukcapil-kaltim", "disdukcapil-sulsel"],
        "nobody looked yet"
    );
    let number = filed(&app, false, false).await.complaint.number;
    until(&app, "2026-03-27 08:00");
    look(&app).await;
    let looked = clocks::looks(db, app.now()).await.unwrap();
    assert_eq!((looked.failed.len(), looked.oldest), (0, Some(app.now())));
    let zone =
        |zone: &str| format!("UPDATE unit SET zone = '{zone}' WHERE code = 'disdukcapil-sulsel'");
    db.execute_unprepared(&zone("Mars/Phobos")).await.unwrap();
    until(&app, "2026-03-30 08:00");
    look(&app).await;
    let looked = clocks::looks(db, app.now()).await.unwrap();
    assert_eq!(looked.failed, ["disdukcapil-sulsel"]);
    assert!(looked.oldest < Some(app.now()));
    assert!(told_late(&app, HEAD, &number), "the others go on");
    db.execute_unprepared(&zone("Asia/Makassar")).await.unwrap();
    until(&app, "2026-03-30 22:00");
    look(&app).await;
    let looked = clocks::looks(db, app.now()).await.unwrap();
    assert_eq!(
        looked.failed,
        ["disdukcapil-sulsel"],
        "at night nobody looks, so nothing went well"
    );
    until(&app, "2026-03-31 08:00");
    look(&app).await;
    let looked = clocks::looks(db, app.now()).await.unwrap();
    assert!(looked.failed.is_empty() && looked.missed.is_empty());
    // A while is no pause; a morning is.
    for (moment, missed) in [
        ("2026-03-31 08:20", vec![]),
        (
            "2026-03-31 10:00",
            vec!["disdukcapil-kaltim", "disdukcapil-sulsel"],
        ),
    ] {
        until(&app, moment);
        let looked = clocks::looks(db, app.now()).await.unwrap();
        assert_eq!(looked.missed, missed, "{moment}");
    }
}

/// How many complaints have to be looked at now.
async fn due_looks(app: &TestApp) -> i64 {
    use sea_orm::{ConnectionTrait as _, Statement};
    let db = &app.app.db;
    let mark = if db.is_sqlite() { "?1" } else { "$1" };
    let sql = format!("SELECT COUNT(*) AS n FROM complaint WHERE look_at <= {mark}");
    let asked = Statement::from_sql_and_values(db.get_database_backend(), sql, [app.now().into()]);
    let row = db.query_one_raw(asked).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

/// A head who asks what will be late tomorrow means the solutions, too.
#[tokio::test]
async fn what_has_to_be_solved_tomorrow_is_counted_beside_what_has_to_be_answered() {
    let (app, number) = promised().await;
    for (moment, there) in [("2026-03-27 09:00", false), ("2026-03-30 15:00", true)] {
        until(&app, moment);
        look(&app).await;
        let mut head = app.sign_in(HEAD).await;
        let tomorrow = head.get("/kerja/pengaduan?view=tomorrow").await;
        let said = tomorrow.text().contains("1 penyelesaian jatuh tempo");
        assert_eq!(said, there, "{moment}: {}", tomorrow.text());
        let list = head.get("/kerja/pengaduan?view=solution_tomorrow").await;
        let rows = list.texts("td.main a");
        assert_eq!(rows.contains(&number), there, "{moment}: {rows:?}");
    }
}

#[tokio::test]
async fn a_solution_stands_in_lists_as_soon_as_its_class_is_said() {
    let (app, number) = promised().await;
    // Nothing looked at the case since its class was said.
    until(&app, "2026-03-30 15:00");
    let mut head = app.sign_in(HEAD).await;
    let list = head.get("/kerja/pengaduan?view=solution_tomorrow").await;
    assert_eq!(list.texts("td.main a"), std::slice::from_ref(&number));
    answered(&app, &number).await;
    let list = head.get("/kerja/pengaduan?view=solution_tomorrow").await;
    assert!(list.texts("td.main a").is_empty(), "{}", list.text());
}

#[tokio::test]
async fn a_solution_moves_with_a_day_of_receipt_that_is_put_right() {
    let (app, _) = promised().await;
    until(&app, "2026-03-18 09:00");
    let mut officer = program(&app, OFFICER).await;
    let letter = json!({
        "unit": "disdukcapil-kaltim", "subject": "KTP-el belum jadi", "channel": "letter",
        "description": "Saya merekam KTP-el tiga minggu lalu dan kartunya belum jadi.",
        "reporter": { "name": "Bungaran Contoh" }, "address": "Jalan Contoh 1, Samarinda",
    });
    let kept = officer
        .api(Method::POST, "/api/v1/complaints", Some(letter))
        .await;
    assert_eq!(kept.status, 201, "{}", kept.body);
    let number = kept.json()["number"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/complaints/{number}/verify");
    let class = json!({ "class": "information_request" });
    let verified = officer.api(Method::POST, &path, Some(class)).await;
    assert_eq!(verified.status, 200, "{}", verified.body);
    let place = format!("/kerja/pengaduan/{number}/tanggal-diterima");
    let mut desk = app.sign_in(OFFICER).await;
    let form = desk.get(&place).await;
    let version = form.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("received_on", "2026-03-17"),
        ("received_time", "0915"),
        ("reason", "Salah ketik tanggal"),
    ];
    let right = desk.post(&place, &fields).await;
    assert_eq!(right.status, 303, "{}", right.text());
    // Nothing looked at the case since.
    until(&app, "2026-03-30 15:00");
    let mut head = app.sign_in(HEAD).await;
    let list = head.get("/kerja/pengaduan?view=solution_tomorrow").await;
    assert!(list.texts("td.main a").contains(&number), "{}", list.text());
    app.run_jobs().await;
}
