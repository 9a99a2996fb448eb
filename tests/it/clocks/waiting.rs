//! Waiting for the citizen hides nothing, what is settled stays settled, and one mail says what is due together.

use super::*;
use crate::complaints::{EMAIL, HANDLER, HEAD, answered, assigned, filed};

async fn ask(app: &TestApp, number: &str) {
    let mut officer = program(app, OFFICER).await;
    let path = format!("/api/v1/complaints/{number}/request-completion");
    let body = json!({ "text": "Mohon nomor antrean Anda." });
    let asked = officer.api(Method::POST, &path, Some(body)).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    app.run_jobs().await;
}

async fn opened<'a>(
    app: &'a TestApp,
    filed: &rembuk::complaints::Filed,
) -> crate::support::Browser<'a> {
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let fields = [
        ("number", filed.complaint.number.as_str()),
        ("code", &filed.code),
    ];
    assert_eq!(citizen.post("/lacak", &fields).await.status, 303);
    citizen
}

#[tokio::test]
async fn what_waits_for_its_citizen_is_late_in_list_tile_mail_and_api_alike() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    ask(&app, &number).await;
    until(&app, "2026-03-27 08:00");
    look(&app).await;
    assert_eq!(deadline(&app, &number).await["respond"]["state"], "late");
    let mut officer = app.sign_in(OFFICER).await;
    let list = officer.get("/kerja/pengaduan?view=late").await;
    assert!(list.text().contains(&number), "{}", list.text());
    let unassigned = officer.get("/kerja/pengaduan?view=unassigned").await;
    assert!(!unassigned.text().contains(&number));
    let digest = sent(&app)
        .into_iter()
        .find(|(to, subject)| to == OFFICER && subject.contains("jatuh tempo hari ini"))
        .unwrap();
    assert!(digest.1.contains("1 terlambat"), "{}", digest.1);
    let warned = app.mails().iter().any(|raw| {
        let mail = mail_parser::MessageParser::default().parse(raw).unwrap();
        let text = mail.body_text(0).unwrap().into_owned();
        text.contains("Menunggu kelengkapan dari warga") && text.contains("sudah lewat")
    });
    assert!(warned, "the warning says what it waits for");
    // Nothing stands in the way of an answer with what there is.
    answered(&app, &number).await;
    assert_eq!(
        deadline(&app, &number).await["respond"]["state"],
        "out_of_time"
    );
}

#[tokio::test]
async fn the_end_of_the_wait_is_told_once_and_closes_nothing() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = &filed.complaint.number;
    ask(&app, number).await;
    let told = |app: &TestApp, address: &str| {
        let all = sent(app).into_iter();
        all.filter(|(to, subject)| to == address && subject.contains("engkapi"))
            .filter(|(_, subject)| !subject.contains("perlu dilengkapi"))
            .count()
    };
    for (moment, count) in [
        ("2026-03-31 09:00", 0),
        ("2026-04-10 09:00", 1),
        ("2026-04-10 10:00", 1),
        ("2026-04-14 09:00", 1),
    ] {
        until(&app, moment);
        look(&app).await;
        assert_eq!(
            (told(&app, EMAIL), told(&app, OFFICER)),
            (count, count),
            "{moment}"
        );
    }
    let found = deadline(&app, number).await;
    assert_eq!(found["stage"]["status"], "incomplete", "{found}");
    let page = opened(&app, &filed)
        .await
        .get("/pengaduan/status")
        .await
        .text();
    assert!(
        page.contains("Waktu untuk melengkapi berakhir pada"),
        "{page}"
    );
    assert!(
        !page.contains("Kami menunggu kelengkapan dari Anda sampai"),
        "{page}"
    );
}

#[tokio::test]
async fn a_holiday_of_the_past_does_not_change_what_is_settled() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    until(&app, "2026-03-27 09:00");
    answered(&app, &number).await;
    let before = deadline(&app, &number).await["respond"].clone();
    assert_eq!(before["state"], "out_of_time");
    let body = holiday("add", "2026-03-25", "national_holiday");
    assert_eq!(change_holiday(&app, ADMIN, body).await.json()["moved"], 0);
    let after = deadline(&app, &number).await["respond"].clone();
    assert_eq!(after["state"], "out_of_time");
    assert_eq!(after["due_at"], before["due_at"]);
    let last = after["days"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["code"], &last["date"]),
        (&json!("due"), &json!("2026-03-26"))
    );
}

#[tokio::test]
async fn a_kept_date_is_explained_by_the_holidays_that_are_left() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let add = holiday("add", "2026-03-25", "national_holiday");
    assert_eq!(change_holiday(&app, ADMIN, add).await.json()["moved"], 1);
    let told = last_to(&app, EMAIL);
    assert!(
        told.contains("27 Maret 2026"),
        "the citizen is told: {told}"
    );
    let withdraw = holiday("withdraw", "2026-03-25", "national_holiday");
    assert_eq!(
        change_holiday(&app, ADMIN, withdraw).await.json()["moved"],
        0
    );
    let found = deadline(&app, &filed.complaint.number).await["respond"].clone();
    assert_eq!(found["due_at"], "2026-03-27T16:30:00+08:00");
    let last = found["days"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["code"], &last["date"]),
        (&json!("due"), &json!("2026-03-27"))
    );
    let page = opened(&app, &filed)
        .await
        .get("/pengaduan/status")
        .await
        .text();
    assert!(!page.contains("Libur nasional: Libur Contoh"), "{page}");
    assert!(
        page.contains("Batas waktu tetap Jumat, 27 Maret 2026"),
        "{page}"
    );
}

#[tokio::test]
async fn a_mistyped_year_is_refused_and_spoils_nothing() {
    let app = TestApp::new().await;
    for year in [1999, 2022, 2030, 2062] {
        let body = holiday("add", &format!("{year}-11-24"), "national_holiday");
        let refused = change_holiday(&app, ADMIN, body).await;
        assert_eq!(refused.status, 422, "{year}: {}", refused.body);
        let errors = refused.json()["errors"].clone();
        assert_eq!(errors.as_array().unwrap().len(), 1, "{errors}");
        assert_eq!(errors[0]["field"], "date");
        assert!(
            refused.body.contains("2023") && refused.body.contains("2029"),
            "{errors}"
        );
    }
    let filed = filed(&app, false, false).await;
    let page = opened(&app, &filed)
        .await
        .get("/pengaduan/status")
        .await
        .text();
    assert!(!page.contains("baru diketahui sampai"), "{page}");
}

#[tokio::test]
async fn who_was_told_of_lateness_is_told_when_a_decree_ends_it() {
    let app = TestApp::new().await;
    filed(&app, false, false).await;
    until(&app, "2026-03-27 08:00");
    look(&app).await;
    let moved = |app: &TestApp| {
        let all = sent(app).into_iter();
        all.filter(|(to, subject)| to == HEAD && subject.contains("bergeser"))
            .count()
    };
    assert_eq!(moved(&app), 0);
    let body = holiday("add", "2026-03-25", "national_holiday");
    assert_eq!(change_holiday(&app, ADMIN, body).await.json()["moved"], 1);
    assert_eq!(moved(&app), 1);
}

#[tokio::test]
async fn what_is_due_together_comes_in_one_mail_and_each_complaint_stands_in_it_once() {
    let app = TestApp::new().await;
    let mut numbers = Vec::new();
    for _ in 0..4 {
        let number = filed(&app, false, false).await.complaint.number;
        assigned(&app, &number, "fasilitasi").await;
        numbers.push(number);
    }
    let before = count_to(&app, HANDLER);
    until(&app, "2026-03-27 08:00");
    look(&app).await;
    look(&app).await;
    assert_eq!(
        count_to(&app, HANDLER) - before,
        2,
        "the list and the morning mail"
    );
    let list = app.mails().iter().rev().find_map(|raw| {
        let mail = mail_parser::MessageParser::default().parse(raw).unwrap();
        let subject = mail.subject().unwrap_or_default().to_owned();
        let theirs = mail.to().and_then(|to| to.first())?.address()? == HANDLER;
        (theirs && subject == "4 pengaduan perlu perhatian, 4 terlambat")
            .then(|| mail.body_text(0).unwrap().into_owned())
    });
    let list = list.expect("one mail with a list");
    for number in &numbers {
        assert_eq!(list.matches(&format!("- {number}")).count(), 1, "{list}");
    }
}

#[tokio::test]
async fn a_mail_about_a_withdrawal_names_no_deadline_and_one_about_a_late_case_says_that_it_is_over()
 {
    let app = TestApp::new().await;
    let gone = filed(&app, false, false).await;
    let mut citizen = opened(&app, &gone).await;
    citizen.get("/pengaduan/status").await;
    assert_eq!(
        citizen
            .post("/pengaduan/status/cabut", &[("sure", "yes")])
            .await
            .status,
        303
    );
    app.run_jobs().await;
    let mail = last_to(&app, OFFICER);
    assert!(
        mail.contains("Tidak ada lagi yang perlu dikerjakan"),
        "{mail}"
    );
    assert!(!mail.contains("dijawab paling lambat"), "{mail}");
    let late = filed(&app, false, false).await.complaint.number;
    until(&app, "2026-03-30 09:00");
    assigned(&app, &late, "fasilitasi").await;
    let mail = last_to(&app, HANDLER);
    assert!(mail.contains("sudah lewat"), "{mail}");
}
