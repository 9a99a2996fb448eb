//! Decrees that come late. (Other systems: "new holidays do not update running deadlines", Alaveteli 7292.)

use rembuk::{complaints::clocks, housekeeping};

use super::*;
use crate::complaints::{EMAIL, HANDLER, HEAD, answered, assigned, filed};

#[tokio::test]
async fn a_holiday_that_comes_late_moves_every_open_deadline_and_tells_whoever_owns_one() {
    let app = TestApp::new().await;
    let one = filed(&app, false, false).await.complaint.number;
    let two = filed(&app, false, false).await.complaint.number;
    let done = filed(&app, false, false).await.complaint.number;
    assigned(&app, &one, "fasilitasi").await;
    answered(&app, &done).await;
    let before = (count_to(&app, HANDLER), count_to(&app, OFFICER));
    let body = holiday("add", "2026-03-25", "national_holiday");
    let answer = change_holiday(&app, ADMIN, body.clone()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.json()["moved"], 2, "what is answered stays");
    let found = deadline(&app, &one).await;
    assert_eq!(found["respond"]["due_at"], "2026-03-27T16:30:00+08:00");
    assert_eq!(found["moves"][0]["due_before"], "2026-03-26T16:00:00+08:00");
    let reason = found["moves"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("SKB Contoh 1 Tahun 2026"), "{reason}");
    let day = &found["respond"]["days"][8];
    assert_eq!(day["reason"], "Libur nasional: Libur Contoh", "{day}");
    assert_eq!(
        deadline(&app, &two).await["respond"]["due_at"],
        "2026-03-27T16:30:00+08:00"
    );
    let done = deadline(&app, &done).await;
    assert_eq!(done["respond"]["state"], "in_time");
    let after = (count_to(&app, HANDLER), count_to(&app, OFFICER));
    assert_eq!(
        after,
        (before.0 + 1, before.1 + 1),
        "one mail to each owner"
    );
    let words = last_to(&app, HANDLER);
    assert!(
        words.contains(&one) && words.contains("27 Maret 2026"),
        "{words}"
    );
    // The inbox and the case show the new date, and the history says why.
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&format!("/kerja/pengaduan/{one}")).await.text();
    assert!(
        page.contains("Batas waktu menjadi Jumat, 27 Maret 2026"),
        "{page}"
    );
    assert!(
        officer
            .get("/kerja/pengaduan")
            .await
            .text()
            .contains("Jum 27 Mar")
    );
    let twice = change_holiday(&app, ADMIN, body).await;
    assert_eq!(twice.status, 422);
    assert_eq!(twice.json()["code"], "calendar.already_a_holiday");
    let admin = app.sign_in(ADMIN).await.get("/kerja/libur").await.text();
    assert!(admin.contains("2 batas waktu bergeser"), "{admin}");
}

#[tokio::test]
async fn an_answer_that_was_being_written_when_a_holiday_came_is_sent() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&case).await;
    let version = page
        .attribute("#jawab input[name=version]", "value")
        .unwrap();
    let body = holiday("add", "2026-03-25", "national_holiday");
    let came = change_holiday(&app, ADMIN, body).await;
    assert_eq!(came.json()["moved"], 1, "{}", came.body);
    let fields = [
        ("version", version.as_str()),
        ("text", "Loketnya buka lagi mulai besok pagi."),
    ];
    let sent = officer.post(&format!("{case}/jawab"), &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    // Pressed twice: nobody else was quicker.
    let twice = officer.post(&format!("{case}/jawab"), &fields).await;
    assert_eq!(twice.status, 409, "{}", twice.text());
    let words = twice.text();
    assert!(words.contains("Sudah Anda jawab"), "{words}");
    assert!(!words.contains("rekan Anda"), "{words}");
    assert_eq!(twice.texts("#diketik").len(), 0, "it was sent");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_withdrawn_holiday_never_makes_a_told_date_earlier_and_its_owners_hear_that_it_stays() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let (owner, citizen) = (count_to(&app, HANDLER), count_to(&app, EMAIL));
    let body = holiday("withdraw", "2026-03-20", "collective_leave");
    let answer = change_holiday(&app, ADMIN, body.clone()).await;
    assert_eq!((answer.status, &answer.json()["moved"]), (200, &json!(0)));
    assert_eq!(
        answer.json()["kept"],
        1,
        "what stays as it was told is counted"
    );
    let found = deadline(&app, &number).await;
    assert_eq!(found["respond"]["due_at"], "2026-03-26T16:00:00+08:00");
    assert_eq!(found["respond"]["kept"], true);
    assert_eq!(count_to(&app, HANDLER), owner + 1, "one mail with the list");
    let words = last_to(&app, HANDLER);
    for said in [number.as_str(), "tetap", "26 Maret 2026", "SKB Contoh 1"] {
        assert!(words.contains(said), "{said} is not in {words}");
    }
    assert_eq!(
        count_to(&app, EMAIL),
        citizen,
        "nothing is new for the citizen"
    );
    // Whoever complains from now on is told by the new calendar.
    let next = filed(&app, false, false).await.complaint.number;
    let next = deadline(&app, &next).await;
    assert_eq!(next["respond"]["due_at"], "2026-03-25T16:00:00+08:00");
    assert_eq!(next["respond"]["kept"], false);
    let twice = change_holiday(&app, ADMIN, body).await;
    assert_eq!(twice.json()["code"], "calendar.not_a_holiday");
}

#[tokio::test]
async fn a_decree_may_take_a_working_day_that_is_past() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    until(&app, "2026-03-26 17:00");
    assert_eq!(deadline(&app, &number).await["respond"]["state"], "late");
    let body = holiday("add", "2026-03-25", "collective_leave");
    assert_eq!(change_holiday(&app, ADMIN, body).await.json()["moved"], 1);
    let found = deadline(&app, &number).await;
    assert_eq!(found["respond"]["state"], "running");
    assert_eq!(found["respond"]["due_at"], "2026-03-27T16:30:00+08:00");
    assert_eq!(clocks::without_deadline(&app.app.db).await.unwrap(), (1, 0));
}

#[tokio::test]
async fn a_reopened_complaint_moves_with_its_own_date_and_its_first_answer_stays_judged() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = filed.complaint.number.clone();
    answered(&app, &number).await;
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    citizen
        .post("/lacak", &[("number", &number), ("code", &filed.code)])
        .await;
    let fields = [("helped", "no"), ("reason", "Belum jadi juga")];
    let again = citizen.post("/pengaduan/status/nilai", &fields).await;
    assert_eq!(again.status, 303, "{}", again.text());
    app.run_jobs().await;
    let page = citizen.get("/pengaduan/status").await.text();
    assert!(page.contains("Jawaban berikutnya paling lambat"), "{page}");
    let body = holiday("add", "2026-03-26", "national_holiday");
    assert_eq!(change_holiday(&app, ADMIN, body).await.json()["moved"], 1);
    let found = deadline(&app, &number).await;
    assert_eq!(found["respond"]["state"], "in_time");
    assert_eq!(found["stage"]["step"], "respond");
    assert_eq!(found["stage"]["due_at"], "2026-03-27T16:30:00+08:00");
}

#[tokio::test]
async fn what_moved_once_does_not_move_again() {
    let app = TestApp::new().await;
    filed(&app, false, false).await;
    let body = holiday("add", "2026-03-25", "national_holiday");
    change_holiday(&app, ADMIN, body).await;
    let mails = app.mails().len();
    for _ in 0..2 {
        housekeeping::sweep(&app.app).await.unwrap();
        app.run_jobs().await;
    }
    assert_eq!(app.mails().len(), mails);
    assert!(count_to(&app, EMAIL) <= 2, "the receipt and the new date");
}

/// As if the days had been other ones when it was counted.
async fn counted_wrongly(app: &TestApp, number: &str) {
    use rembuk::complaints::entity::complaint::{Column, Entity};
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};
    let due = wita("2026-03-25 16:00");
    let done = Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(due))
        .col_expr(Column::LegalDueAt, Expr::value(due))
        .col_expr(Column::Queue, Expr::value(due.timestamp_micros()))
        .filter(Column::Number.eq(number))
        .exec(&app.app.db)
        .await
        .unwrap();
    assert_eq!(done.rows_affected, 1);
}

#[tokio::test]
async fn a_decree_is_named_only_where_it_moved_a_date() {
    let app = TestApp::new().await;
    let before = filed(&app, false, false).await.complaint.number;
    app.advance(chrono::Duration::minutes(30));
    // It moves nothing: nobody's deadline goes that far.
    let body = holiday("add", "2026-04-15", "collective_leave");
    assert_eq!(change_holiday(&app, ADMIN, body).await.json()["moved"], 0);
    let meanwhile = filed(&app, false, false).await.complaint.number;
    for number in [&before, &meanwhile] {
        counted_wrongly(&app, number).await;
    }
    housekeeping::sweep(&app.app).await.unwrap();
    app.run_jobs().await;
    let (old, new) = (
        deadline(&app, &before).await,
        deadline(&app, &meanwhile).await,
    );
    assert_eq!(old["moves"], json!([]), "it was there before the decree");
    assert_eq!(new["respond"]["due_at"], "2026-03-26T16:00:00+08:00");
    assert_eq!(new["moves"].as_array().unwrap().len(), 1);
    let admin = app.sign_in(ADMIN).await.get("/kerja/libur").await.text();
    assert!(admin.contains("1 batas waktu bergeser"), "{admin}");
}

#[tokio::test]
async fn only_the_administrator_of_all_units_changes_holidays_and_faults_name_their_field() {
    let app = TestApp::new().await;
    let body = holiday("add", "2026-03-25", "national_holiday");
    for role in [UNIT_ADMIN, HEAD, OFFICER, HANDLER] {
        assert_eq!(change_holiday(&app, role, body.clone()).await.status, 403);
    }
    let wrong = json!({ "action": "move", "date": "kemarin", "category": "weekend", "decree": "", "reason": "" });
    let answer = change_holiday(&app, ADMIN, wrong).await;
    assert_eq!(answer.status, 422);
    let fields: Vec<String> = answer.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap().to_owned())
        .collect();
    for field in ["action", "date", "category", "name", "decree", "reason"] {
        assert!(
            fields.iter().any(|found| found == field),
            "{field} {fields:?}"
        );
    }
    let mut admin = app.sign_in(ADMIN).await;
    let page = admin.get("/kerja/libur?tahun=2026").await;
    assert!(page.text().contains("Hari Suci Nyepi"));
    let fields = [
        ("action", "add"),
        ("date", "2026-03-27"),
        ("name", "Hari Jadi Contoh"),
        ("category", "national_holiday"),
        ("decree", "SKB Contoh"),
        ("reason", "Ditetapkan kemudian"),
    ];
    // What it would do is told before, and nothing of it lasts.
    let number = filed(&app, false, false).await.complaint.number;
    let before = deadline(&app, &number).await;
    let looked = [&fields[..], &[("preview", "yes")]].concat();
    let seen = admin.post("/kerja/libur", &looked).await;
    assert_eq!(seen.status, 200, "{}", seen.text());
    assert!(seen.text().contains("Belum disimpan"), "{}", seen.text());
    assert_eq!(deadline(&app, &number).await, before);
    let saved = admin.post("/kerja/libur", &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let again = admin.post("/kerja/libur", &fields).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("sudah tercatat"), "{}", again.text());
}
