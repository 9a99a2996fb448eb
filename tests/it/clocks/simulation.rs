//! A week with a moved clock across Nyepi and Idulfitri, with thirty cases of every kind and a decree in the middle: in
//! the end each is answered or has been escalated, and every deadline explains itself.

use chrono::Duration;
use rembuk::complaints::{Draft, Filed, Once, clocks, file};

use super::*;
use crate::complaints::{EMAIL, HANDLER, HEAD, NAME, SUPERVISOR, UNIT, WORDS, answered, assigned};

/// Runs the office hour by hour until then, as the program looks at it.
async fn days_pass(app: &TestApp, end: &str) {
    while app.now() < wita(end) {
        app.advance(Duration::minutes(60));
        look(app).await;
    }
}

const KINDS: [&str; 4] = ["complaint", "aspiration", "information_request", "praise"];

/// What becomes of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Before the leave.
    AnsweredAtOnce,
    /// On the first morning after it.
    Answered,
    /// After its citizen was asked for something and brought it.
    Completed,
    Refused,
    Forwarded,
    Withdrawn,
    /// Answered together with the second case.
    Merged,
    /// Answered, and opened again by its citizen.
    Disputed,
    /// Its citizen was asked for something and is silent.
    Waiting,
    /// A division has it and does nothing.
    Idle,
    /// Nobody takes it.
    Unassigned,
}

use Fate::*;

/// Thirty, in the order in which they come.
const FATES: [Fate; 30] = [
    AnsweredAtOnce,
    Answered,
    Completed,
    Refused,
    Forwarded,
    Withdrawn,
    Merged,
    Disputed,
    Waiting,
    Idle,
    Unassigned,
    Idle,
    Unassigned,
    Waiting,
    Answered,
    Completed,
    AnsweredAtOnce,
    Refused,
    Disputed,
    Idle,
    Forwarded,
    Withdrawn,
    Merged,
    Waiting,
    Unassigned,
    Idle,
    Answered,
    AnsweredAtOnce,
    Idle,
    Unassigned,
];

async fn file_one(app: &TestApp, place: usize) -> Filed {
    let draft = Draft {
        unit: UNIT.to_owned(),
        kind: KINDS[place % KINDS.len()].to_owned(),
        subject: format!("Perkara nomor {place}"),
        description: WORDS.to_owned(),
        anonymous: place % 4 == 1,
        // The answer of a merged one is read by several: neither may be told in confidence.
        confidential: place % 5 == 3,
        name: NAME.to_owned(),
        email: EMAIL.to_owned(),
        phone: "0800-0000-0012".to_owned(),
        ..Draft::default()
    };
    let ctx = rembuk::access::Ctx::stranger(&app.app);
    let filed = file(&ctx, &draft, "reporter.", &Once::Never).await.unwrap();
    app.run_jobs().await;
    filed
}

async fn moved(app: &TestApp, number: &str, what: &str, body: Value) {
    let mut officer = program(app, OFFICER).await;
    let path = format!("/api/v1/complaints/{number}/{what}");
    let answer = officer.api(Method::POST, &path, Some(body)).await;
    assert_eq!(answer.status, 200, "{what} {number}: {}", answer.body);
    app.run_jobs().await;
}

/// The citizen says something on the status page.
async fn says(app: &TestApp, filed: &Filed, page: &str, fields: &[(&str, &str)]) {
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let number = ("number", filed.complaint.number.as_str());
    citizen
        .post("/lacak", &[number, ("code", &filed.code)])
        .await;
    citizen.get("/pengaduan/status").await;
    let said = citizen.post(page, fields).await;
    assert_eq!(said.status, 303, "{}", said.text());
    app.run_jobs().await;
}

/// What the office and the citizens do before the leave.
async fn before_the_leave(app: &TestApp, all: &[(Fate, Filed)]) {
    for (fate, filed) in all {
        let number = &filed.complaint.number;
        if !matches!(fate, Unassigned | Refused | Forwarded | Merged) {
            assigned(app, number, "fasilitasi").await;
        }
        match fate {
            AnsweredAtOnce | Disputed => answered(app, number).await,
            Completed | Waiting => {
                let ask = json!({ "text": "Mohon nomor antrean Anda." });
                moved(app, number, "request-completion", ask).await;
            }
            Refused => {
                let why = json!({ "reason": "unclear", "text": "Layanan ini tidak kami temukan." });
                moved(app, number, "reject", why).await;
            }
            Forwarded => {
                let to = json!({ "body": "Dinas Contoh Lain", "text": "Hubungi loket mereka." });
                moved(app, number, "forward", to).await;
            }
            Merged => {
                let main = json!({ "main": all[1].1.complaint.number });
                moved(app, number, "merge", main).await;
            }
            Withdrawn => says(app, filed, "/pengaduan/status/cabut", &[("sure", "yes")]).await,
            Answered | Idle | Unassigned => {}
        }
    }
}

async fn each(app: &TestApp, all: &[(Fate, Filed)], wanted: Fate) -> Vec<String> {
    let chosen = all.iter().filter(|(fate, _)| *fate == wanted);
    for (_, filed) in chosen.clone() {
        match wanted {
            Answered => answered(app, &filed.complaint.number).await,
            Completed => {
                let words = [("text", "Nomor antrean saya 14.")];
                says(app, filed, "/pengaduan/status/pesan", &words).await;
            }
            _ => {
                let no = [("helped", "no"), ("reason", "Di loket 2 tidak ada.")];
                says(app, filed, "/pengaduan/status/nilai", &no).await;
            }
        }
    }
    chosen
        .map(|(_, filed)| filed.complaint.number.clone())
        .collect()
}

/// Every day from the receipt to the deadline is there, with its reason.
fn explained(number: &str, found: &Value, counted: usize) {
    let days = found["days"].as_array().unwrap();
    let counts = days.iter().filter(|day| day["counted"] == true).count();
    assert_eq!(counts, counted, "{number}: {found}");
    assert!(
        days.iter()
            .all(|day| !day["reason"].as_str().unwrap().is_empty())
    );
    let last = &days[days.len() - 1];
    assert_eq!(last["code"], "due", "{number}");
    let due = found["due_at"].as_str().unwrap();
    assert!(due.starts_with(last["date"].as_str().unwrap()), "{number}");
}

#[tokio::test]
async fn a_week_across_collective_leave_ends_with_every_case_answered_or_escalated() {
    let app = TestApp::new().await;
    let mut all = Vec::new();
    for (place, fate) in FATES.into_iter().enumerate() {
        all.push((fate, file_one(&app, place).await));
        app.advance(Duration::minutes(8));
    }
    before_the_leave(&app, &all).await;
    until(&app, "2026-03-17 16:20");
    look(&app).await;
    let before = app.mails().len();
    days_pass(&app, "2026-03-25 07:00").await;
    assert_eq!(
        app.mails().len(),
        before,
        "nobody is written to on holidays"
    );
    days_pass(&app, "2026-03-25 12:00").await;
    each(&app, &all, Answered).await;
    let completed = each(&app, &all, Completed).await;
    each(&app, &all, Disputed).await;
    let decree = holiday("add", "2026-03-27", "collective_leave");
    let changed = change_holiday(&app, ADMIN, decree).await.json()["moved"].clone();
    assert_eq!(changed, 2, "only the new answers were due on that day");
    days_pass(&app, "2026-03-26 15:00").await;
    for number in &completed {
        answered(&app, number).await;
    }
    days_pass(&app, "2026-04-03 12:00").await;

    let mut escalated = 0;
    for (fate, filed) in &all {
        let number = &filed.complaint.number;
        let found = deadline(&app, number).await;
        explained(number, &found["respond"], 2);
        let state = found["respond"]["state"].as_str().unwrap();
        let expected = match fate {
            Withdrawn => "ended",
            Waiting | Idle | Unassigned => "late",
            _ => "in_time",
        };
        assert_eq!(state, expected, "{number} {fate:?}");
        let owed = matches!(fate, Disputed | Waiting | Idle | Unassigned);
        if !owed {
            continue;
        }
        if *fate == Disputed {
            // The new answer has a date of its own, and that is late.
            explained(number, &found["stage"], 2);
            assert_eq!(found["stage"]["late"], true, "{found}");
        }
        escalated += 1;
        let climbed = |address: &str| told_late(&app, address, number);
        assert!(climbed(SUPERVISOR), "{number} reached the supervisor");
        assert!(climbed(HANDLER) || climbed(OFFICER), "{number} its owner");
    }
    assert_eq!(escalated, 14);
    let (open, undated) = clocks::without_deadline(&app.app.db).await.unwrap();
    // Answered cases are open until their citizens have had their time.
    assert_eq!(
        (open, undated),
        (30 - 6, 0),
        "six were refused, forwarded or withdrawn"
    );
    // One morning mail a day: the 25th, 26th, 30th, 31st of March, the 1st and 2nd of April; the 3rd is Good Friday.
    let mornings = sent(&app);
    let mornings = mornings
        .iter()
        .filter(|(to, subject)| to == HEAD && subject.contains("jatuh tempo hari ini"));
    assert_eq!(mornings.count(), 6);
}
