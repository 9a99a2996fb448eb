//! A week with a moved clock across Nyepi and Idulfitri, with cases of every kind and a decree in the middle: in the
//! end each is answered or has been escalated, and every deadline explains itself.

use chrono::Duration;
use rembuk::complaints::clocks;

use super::*;
use crate::complaints::{HANDLER, HEAD, SUPERVISOR, answered, assigned, filed};

/// Runs the office hour by hour until then, as the program looks at it.
async fn days_pass(app: &TestApp, end: &str) {
    while app.now() < wita(end) {
        app.advance(Duration::minutes(60));
        look(app).await;
    }
}

#[tokio::test]
async fn a_week_across_collective_leave_ends_with_every_case_answered_or_escalated() {
    let app = TestApp::new().await;
    let mut numbers = Vec::new();
    // Ten before the leave: six for the division, four that nobody takes.
    for place in 0..10 {
        let filed = filed(&app, place % 4 == 1, place % 5 == 2).await;
        if place < 6 {
            assigned(&app, &filed.complaint.number, "fasilitasi").await;
        }
        numbers.push(filed.complaint.number);
        app.advance(Duration::minutes(20));
    }
    answered(&app, &numbers[0]).await;
    let before = app.mails().len();
    days_pass(&app, "2026-03-25 07:00").await;
    assert_eq!(
        app.mails().len(),
        before,
        "nobody is written to on holidays"
    );
    // Filed on the first morning after the leave, and one in its middle of the night.
    numbers.push(filed(&app, false, false).await.complaint.number);
    days_pass(&app, "2026-03-25 12:00").await;
    answered(&app, &numbers[1]).await;
    let decree = holiday("add", "2026-03-27", "collective_leave");
    let moved = change_holiday(&app, ADMIN, decree).await.json()["moved"].clone();
    assert_eq!(moved, 1, "only what was due on that day");
    days_pass(&app, "2026-03-26 15:00").await;
    answered(&app, &numbers[2]).await;
    days_pass(&app, "2026-04-01 12:00").await;

    let mut late = 0;
    for number in &numbers {
        let found = deadline(&app, number).await;
        let state = found["respond"]["state"].as_str().unwrap().to_owned();
        let due = found["respond"]["due_at"].as_str().unwrap().to_owned();
        let days = found["respond"]["days"].as_array().unwrap();
        let counted = days.iter().filter(|day| day["counted"] == true).count();
        assert_eq!(counted, 2, "{number}");
        assert!(
            days.iter()
                .all(|day| !day["reason"].as_str().unwrap().is_empty())
        );
        assert_eq!(days[days.len() - 1]["code"], "due");
        assert!(due.starts_with(days[days.len() - 1]["date"].as_str().unwrap()));
        if state != "late" {
            assert_eq!(state, "in_time", "{number}");
            continue;
        }
        late += 1;
        let climbed = |address: &str| told_late(&app, address, number);
        assert!(climbed(SUPERVISOR), "{number} reached the supervisor");
        assert!(climbed(HANDLER) || climbed(OFFICER), "{number} its owner");
    }
    assert_eq!(late, numbers.len() - 3);
    let (open, undated) = clocks::without_deadline(&app.app.db).await.unwrap();
    assert_eq!((open, undated), (numbers.len() as u64, 0));
    // One morning mail a day: the 25th, 26th, 30th, 31st of March and the 1st of April.
    let mornings = sent(&app);
    let mornings = mornings
        .iter()
        .filter(|(to, subject)| to == HEAD && subject.contains("jatuh tempo hari ini"));
    assert_eq!(mornings.count(), 5);
}
