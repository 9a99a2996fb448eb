//! What is said in time: warnings, the chain of supervision, the morning mail, closing. (Other systems: mails at
//! midnight, Zammad 4432; unassigned cases that escalation skips, DIGIT; a reopened case overdue at once, osTicket 5955.)

use super::*;
use crate::complaints::{
    EMAIL, HANDLER, HEAD, OTHER_HANDLER, SUPERVISOR, answered, assigned, filed,
};

fn subjects_to(app: &TestApp, address: &str) -> Vec<String> {
    let all = sent(app).into_iter();
    all.filter(|(to, _)| to == address)
        .map(|(_, subject)| subject)
        .collect()
}

#[tokio::test]
async fn who_owes_an_answer_is_warned_at_half_at_three_quarters_and_when_it_is_late() {
    let app = TestApp::new().await;
    let number = filed(&app, false, true).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let warnings = |app: &TestApp| {
        let all = subjects_to(app, HANDLER).into_iter();
        all.filter(|subject| {
            subject.starts_with(&format!("Pengaduan {number}: ")) || subject.ends_with("terlambat")
        })
        .collect::<Vec<_>>()
    };
    // 23 office hours from receipt to due: half of them are over on the 25th at 13.00.
    for (moment, count) in [
        ("2026-03-25 08:00", 0),
        ("2026-03-25 13:05", 1),
        ("2026-03-25 13:10", 1),
        ("2026-03-26 02:00", 1),
        ("2026-03-26 10:20", 2),
        ("2026-03-26 15:59", 2),
        ("2026-03-26 16:30", 2),
        ("2026-03-27 07:30", 3),
        ("2026-03-27 12:00", 3),
    ] {
        until(&app, moment);
        look(&app).await;
        look(&app).await;
        assert_eq!(warnings(&app).len(), count, "{moment} {:?}", warnings(&app));
    }
    assert_eq!(subjects_to(&app, OTHER_HANDLER), Vec::<String>::new());
    assert!(
        !last_to(&app, HANDLER).contains("KTP-el belum jadi"),
        "confidential"
    );
}

#[tokio::test]
async fn lateness_climbs_from_the_division_to_the_head_to_the_supervisor_once_each() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let climbed = |app: &TestApp| {
        let told = |address| {
            let all = subjects_to(app, address).into_iter();
            all.filter(|subject| subject.contains(&number) && subject.contains("terlambat"))
                .count()
        };
        (told(OFFICER), told(HEAD), told(SUPERVISOR))
    };
    for (moment, expected) in [
        ("2026-03-26 15:30", (0, 0, 0)),
        ("2026-03-27 08:00", (1, 0, 0)),
        ("2026-03-27 15:00", (1, 0, 0)),
        ("2026-03-28 09:00", (1, 0, 0)),
        ("2026-03-30 08:00", (1, 1, 0)),
        ("2026-03-31 08:00", (1, 1, 1)),
        ("2026-04-01 08:00", (1, 1, 1)),
    ] {
        until(&app, moment);
        look(&app).await;
        assert_eq!(climbed(&app), expected, "{moment}");
    }
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer
        .get(&format!("/kerja/pengaduan/{number}"))
        .await
        .text();
    assert!(page.contains("Terlambat: pengawas diberi tahu"), "{page}");
}

#[tokio::test]
async fn after_a_standstill_nobody_on_the_way_up_is_left_out_and_each_is_told_once() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    // The server was down from before the deadline until four working days after it.
    until(&app, "2026-04-01 09:00");
    for _ in 0..2 {
        look(&app).await;
        for address in [HANDLER, OFFICER, HEAD, SUPERVISOR] {
            assert!(told_late(&app, address, &number), "{address}");
            let told = subjects_to(&app, address).into_iter();
            let told = told.filter(|subject| {
                subject.contains("terlambat") && !subject.contains("jatuh tempo hari ini")
            });
            assert_eq!(told.count(), 1, "{address}");
        }
    }
}

#[tokio::test]
async fn what_nobody_has_climbs_a_rung_higher_and_stands_first() {
    let app = TestApp::new().await;
    let taken = filed(&app, false, false).await.complaint.number;
    let free = filed(&app, false, false).await.complaint.number;
    assigned(&app, &taken, "fasilitasi").await;
    until(&app, "2026-03-27 08:00");
    look(&app).await;
    let escalated = |address| {
        let all = subjects_to(&app, address).into_iter();
        all.filter(|subject| subject.starts_with("Pengaduan ADU") && subject.contains("terlambat "))
            .collect::<Vec<_>>()
    };
    let head = escalated(HEAD);
    assert_eq!(head.len(), 1, "{head:?}");
    assert!(head[0].contains(&free), "{head:?}");
    let officer = subjects_to(&app, OFFICER);
    assert!(
        officer
            .iter()
            .any(|subject| subject.starts_with("2 pengaduan perlu perhatian")),
        "{officer:?}"
    );
    assert_eq!(escalated(SUPERVISOR), Vec::<String>::new());
    let digest = last_to(&app, HEAD);
    let (first, then) = (digest.find(&free).unwrap(), digest.find(&taken).unwrap());
    assert!(first < then, "unassigned first: {digest}");
}

#[tokio::test]
async fn the_morning_mail_comes_once_when_the_office_opens_and_never_at_night_or_on_a_holiday() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let digests = |app: &TestApp, address| {
        let all = subjects_to(app, address).into_iter();
        all.filter(|subject| subject.contains("jatuh tempo hari ini"))
            .count()
    };
    for (moment, handler, head) in [
        ("2026-03-18 00:00", 0, 0),
        ("2026-03-18 08:00", 0, 0),
        ("2026-03-22 08:00", 0, 0),
        ("2026-03-25 00:00", 0, 0),
        ("2026-03-25 07:29", 0, 0),
        ("2026-03-25 07:30", 1, 1),
        ("2026-03-25 07:35", 1, 1),
        ("2026-03-25 15:00", 1, 1),
        ("2026-03-26 00:00", 1, 1),
        ("2026-03-26 07:32", 2, 2),
    ] {
        until(&app, moment);
        // Two processes look at the same time.
        let two = tokio::join!(
            clocks::watch(&app.app, rembuk::survey_voices::AFTERWARDS),
            clocks::watch(&app.app, rembuk::survey_voices::AFTERWARDS)
        );
        two.0.unwrap();
        two.1.unwrap();
        app.run_jobs().await;
        assert_eq!(digests(&app, HANDLER), handler, "{moment}");
        assert_eq!(digests(&app, HEAD), head, "{moment}");
        assert_eq!(digests(&app, OTHER_HANDLER), 0, "nothing to do, no mail");
    }
    let words = last_to(&app, HANDLER);
    assert!(
        words.contains(&number) && words.contains("/kerja/pengaduan/"),
        "{words}"
    );
}

#[tokio::test]
async fn a_head_sees_what_will_be_late_tomorrow() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    until(&app, "2026-03-24 20:00");
    let mut head = app.sign_in(HEAD).await;
    let page = head.get("/kerja/pengaduan?view=tomorrow").await;
    assert!(
        !page.text().contains(&number),
        "due the day after: {}",
        page.text()
    );
    until(&app, "2026-03-25 15:00");
    let mut head = app.sign_in(HEAD).await;
    let page = head.get("/kerja/pengaduan?view=tomorrow").await;
    assert!(page.text().contains(&number), "{}", page.text());
}

async fn state(app: &TestApp, number: &str) -> String {
    let mut officer = program(app, OFFICER).await;
    let path = format!("/api/v1/complaints/{number}");
    let answer = officer.api(Method::GET, &path, None).await.json();
    answer["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_answer_without_reply_closes_after_ten_working_days_and_the_citizen_is_told_before() {
    let app = TestApp::new().await;
    let silent = filed(&app, false, false).await;
    let talking = filed(&app, false, false).await;
    answered(&app, &silent.complaint.number).await;
    answered(&app, &talking.complaint.number).await;
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let fields = [
        ("number", talking.complaint.number.as_str()),
        ("code", &talking.code),
    ];
    citizen.post("/lacak", &fields).await;
    let page = citizen.get("/pengaduan/status").await.text();
    assert!(page.contains("Bila sampai Rabu, 8 April 2026"), "{page}");
    app.advance(chrono::Duration::minutes(5));
    let wrote = citizen
        .post(
            "/pengaduan/status/pesan",
            &[("text", "Saya masih menunggu.")],
        )
        .await;
    assert_eq!(wrote.status, 303);
    let closing = |app: &TestApp| {
        let all = subjects_to(app, EMAIL).into_iter();
        all.filter(|subject| subject.contains("akan ditutup"))
            .count()
    };
    for (moment, told, closed) in [
        ("2026-04-02 09:00", 0, "answered"),
        ("2026-04-06 09:00", 1, "answered"),
        ("2026-04-06 09:05", 1, "answered"),
        ("2026-04-08 15:59", 1, "answered"),
        ("2026-04-09 07:31", 1, "closed"),
        ("2026-04-10 07:31", 1, "closed"),
    ] {
        until(&app, moment);
        look(&app).await;
        assert_eq!(closing(&app), told, "{moment}");
        assert_eq!(
            state(&app, &silent.complaint.number).await,
            closed,
            "{moment}"
        );
    }
    assert_eq!(state(&app, &talking.complaint.number).await, "answered");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer
        .get(&format!("/kerja/pengaduan/{}", silent.complaint.number))
        .await
        .text();
    assert!(
        page.contains("Ditutup karena tidak ada tanggapan"),
        "{page}"
    );
    assert!(
        page.contains("Tidak ada tanggapan selama 10 hari kerja"),
        "{page}"
    );
}

#[tokio::test]
async fn told_late_the_citizen_still_gets_a_working_day_before_it_closes() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    answered(&app, &number).await;
    // The program stood still for weeks.
    until(&app, "2026-05-04 09:00");
    look(&app).await;
    assert_eq!(deadline(&app, &number).await["stage"]["status"], "answered");
    assert!(
        last_to(&app, EMAIL).contains("5 Mei 2026"),
        "{}",
        last_to(&app, EMAIL)
    );
    until(&app, "2026-05-05 09:00");
    look(&app).await;
    assert_eq!(deadline(&app, &number).await["stage"], Value::Null);
}

/// A server whose clock was wrong, or that was moved to another: forward a month and back again.
#[tokio::test]
async fn a_clock_that_jumps_moves_no_promise_and_says_nothing_twice() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = &filed.complaint.number;
    assigned(&app, number, "fasilitasi").await;
    let promised = deadline(&app, number).await["respond"]["due_at"].clone();
    until(&app, "2026-04-20 09:00");
    look(&app).await;
    let told = sent(&app).len();
    until(&app, "2026-03-17 11:00");
    look(&app).await;
    let found = deadline(&app, number).await;
    assert_eq!(found["respond"]["due_at"], promised);
    assert_eq!(found["respond"]["state"], "running");
    let mut officer = app.sign_in(OFFICER).await;
    let case = officer.get(&format!("/kerja/pengaduan/{number}")).await;
    assert_eq!(case.status, 200, "{}", case.text());
    answered(&app, number).await;
    assert_eq!(deadline(&app, number).await["respond"]["state"], "in_time");
    // What was said in the wrong future is not said again when that day comes.
    let after = sent(&app).len();
    until(&app, "2026-03-27 09:00");
    look(&app).await;
    let late = sent(&app).into_iter().skip(after);
    let late = late
        .filter(|(_, subject)| subject.contains("terlambat") && subject.contains(number.as_str()));
    assert_eq!(late.count(), 0);
    assert!(told > 0);
}
