//! Promises of a forum over several days: its form and agenda, the programs that ask for it, and its door.

use poem::http::Method;
use rembuk::{
    attendance,
    forums::{self, Forum, days},
};
use serde_json::{Value, json};

use crate::{
    attendance::{ORGANISER, api, door, guest, pdf_text, program, walk_in},
    forums::forum_form,
    signing::drawing,
    support::{Answer, Browser, TestApp},
};

const TWO_DAYS: [(&str, &str); 6] = [
    ("date", "2026-03-17"),
    ("starts", "08:00"),
    ("ends", "13:00"),
    ("date_2", "2026-03-18"),
    ("starts_2", "08:00"),
    ("ends_2", "12:00"),
];

async fn make(browser: &mut Browser<'_>, changed: &[(&str, &str)]) -> Answer {
    browser.get("/kerja/forum/baru").await;
    browser
        .post("/kerja/forum/baru", &forum_form(changed))
        .await
}

/// A forum on the day of the harness and the next one.
async fn two_days<'a>(app: &'a TestApp) -> (Forum, Browser<'a>) {
    let mut browser = app.sign_in(ORGANISER).await;
    let made = make(&mut browser, &TWO_DAYS).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let id = made.location().rsplit('/').next().unwrap().to_owned();
    let forum = forums::by_id(&app.app.db, forums::ForumId::parse(&id).unwrap());
    (forum.await.unwrap(), browser)
}

async fn save(browser: &mut Browser<'_>, address: &str, form: &[(&str, &str)]) -> Answer {
    let page = browser.get(address).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let mut form = form.to_vec();
    form.push(("version", &version));
    browser.post(address, &form).await
}

async fn fresh(app: &TestApp, forum: &Forum) -> Forum {
    forums::by_id(&app.app.db, forum.id).await.unwrap()
}

#[tokio::test]
async fn a_forum_is_announced_with_all_its_days() {
    let app = TestApp::new().await;
    let (forum, mut browser) = two_days(&app).await;
    let page = browser.get(&format!("/kerja/forum/{}", forum.id)).await;
    let when =
        "Selasa, 17 Maret 2026, 08.00 s.d. 13.00 WITA; Rabu, 18 Maret 2026, 08.00 s.d. 12.00 WITA";
    assert!(page.text().contains(when), "{}", page.text());
    let edit = format!("/kerja/forum/{}/ubah", forum.id);
    let page = browser.get(&edit).await;
    assert_eq!(
        page.attribute("#f-date_2", "value").as_deref(),
        Some("2026-03-18")
    );
    // Another hour of the second day is a change of time.
    let mut form = forum_form(&TWO_DAYS);
    form.retain(|(name, _)| *name != "starts_2");
    form.push(("starts_2", "09:00"));
    let saved = save(&mut browser, &edit, &form).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert_eq!(fresh(&app, &forum).await.sequence, 1);
    let page = browser.get(&format!("/kerja/forum/{}", forum.id)).await;
    let when =
        "Selasa, 17 Maret 2026, 08.00 s.d. 13.00 WITA; Rabu, 18 Maret 2026, 09.00 s.d. 12.00 WITA";
    assert!(page.text().contains(when), "{}", page.text());
}

#[tokio::test]
async fn days_that_cannot_be_are_refused_beside_their_field() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(ORGANISER).await;
    for (changed, words) in [
        (("date_2", "2026-03-17"), "sesudah hari sebelumnya"),
        (("date_2", "2026-03-16"), "sesudah hari sebelumnya"),
        (("date_2", "2026-04-17"), "dalam 31 hari"),
        (("starts_2", ""), "Mulai"),
        (("ends_2", "07:00"), "sesudah jam mulai"),
        (("date_2", "besok"), "18"),
    ] {
        let mut fields = TWO_DAYS.to_vec();
        fields.retain(|(name, _)| *name != changed.0);
        fields.push(changed);
        let refused = make(&mut browser, &fields).await;
        assert_eq!(refused.status, 422, "{changed:?}");
        let link = format!(".summary a[href='#f-{}']", changed.0);
        assert!(
            !refused.texts(&link).is_empty(),
            "{changed:?}: {}",
            refused.text()
        );
        if words.len() > 8 {
            assert!(refused.text().contains(words), "{words}");
        }
        let kept = refused.attribute("#f-ends_2", "value").unwrap();
        assert!(!kept.is_empty(), "what was typed is kept");
    }
}

/// Lines of the form of the agenda: day, start, end, activity.
fn agenda_form<'a>(lines: &[[&'a str; 4]]) -> Vec<(&'a str, &'a str)> {
    let names = ["agenda_day", "agenda_starts", "agenda_ends", "activity"];
    let line = |line: &[&'a str; 4]| names.into_iter().zip(*line).collect::<Vec<_>>();
    let mut fields: Vec<_> = lines.iter().flat_map(line).collect();
    fields.extend(
        lines
            .iter()
            .flat_map(|_| [("agenda_id", ""), ("in_charge", "")]),
    );
    fields
}

#[tokio::test]
async fn items_belong_to_a_day_and_a_day_with_items_is_not_lost() {
    let app = TestApp::new().await;
    let (forum, mut browser) = two_days(&app).await;
    let address = format!("/kerja/forum/{}/acara", forum.id);
    let first = agenda_form(&[["1", "08:00", "13:00", "Diskusi"]]);
    save(&mut browser, &address, &first).await;
    let page = browser.get(&format!("/kerja/forum/{}", forum.id)).await;
    let gap = "Ada 1 hari forum yang belum mempunyai mata acara";
    assert!(page.text().contains(gap), "{}", page.text());
    let lines = agenda_form(&[
        ["2", "08:00", "12:00", "Penandatanganan"],
        ["1", "08:00", "10:00", "Pembukaan"],
        ["1", "10:15", "13:00", "Diskusi"],
    ]);
    let saved = save(&mut browser, &address, &lines).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let agenda = forums::agenda(&app.app.db, &forum).await.unwrap();
    let told: Vec<_> = agenda
        .iter()
        .map(|item| (item.day, item.activity.as_str()))
        .collect();
    assert_eq!(
        told,
        [(1, "Pembukaan"), (1, "Diskusi"), (2, "Penandatanganan")]
    );
    let page = browser.get(&format!("/kerja/forum/{}", forum.id)).await;
    assert_eq!(
        page.texts("tr.day-row"),
        [
            "Hari ke-1: Selasa, 17 Maret 2026",
            "Hari ke-2: Rabu, 18 Maret 2026"
        ]
    );
    // The gap of the first day is told; that the second begins anew is none.
    assert_eq!(forums::agenda_troubles(&forum, &agenda).len(), 1);

    let unknown = agenda_form(&[["3", "08:00", "09:00", "Entah"]]);
    let refused = save(&mut browser, &address, &unknown).await;
    assert_eq!(refused.status, 422);

    let edit = format!("/kerja/forum/{}/ubah", forum.id);
    let one = forum_form(&TWO_DAYS[..3]);
    let refused = save(&mut browser, &edit, &one).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Penandatanganan"),
        "{}",
        refused.text()
    );
    // Both a week later: the items go with their days.
    let moved = [
        ("date", "2026-03-24"),
        ("starts", "08:00"),
        ("ends", "13:00"),
        ("date_2", "2026-03-25"),
        ("starts_2", "08:00"),
        ("ends_2", "12:00"),
    ];
    let saved = save(&mut browser, &edit, &forum_form(&moved)).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let forum = fresh(&app, &forum).await;
    let agenda = forums::agenda(&app.app.db, &forum).await.unwrap();
    let last = days::day_of_item(&forum, agenda[2].day);
    assert_eq!(last.date.to_string(), "2026-03-25");
}

#[tokio::test]
async fn a_program_gives_one_day_or_several() {
    let app = TestApp::new().await;
    let mut browser = program(&app, ORGANISER).await;
    let day = |date: &str| json!({ "date": date, "start": "08:00", "end": "12:00" });
    let body = |days: Value| {
        json!({
            "unit": "disdukcapil-kaltim", "code": "FKP-HARI", "title": "Forum dua hari", "theme": "Tema uji",
            "scope": "awards", "mode": "face_to_face", "days": days,
            "venue": { "name": "Aula", "address": "Jalan Contoh 1" },
        })
    };
    let make = "/api/v1/forums";
    for (days, field) in [
        (json!([]), "days"),
        (
            json!([day("2026-06-10"), day("2026-06-10")]),
            "days[1].date",
        ),
        (
            json!([day("2026-06-10"), { "date": "2026-06-11", "start": "x", "end": "12:00" }]),
            "days[1].start",
        ),
    ] {
        let wrong = browser.api(Method::POST, make, Some(body(days))).await;
        assert_eq!(wrong.status, 422, "{}", wrong.body);
        assert_eq!(wrong.json()["errors"][0]["field"], field, "{}", wrong.body);
    }
    let mut both = body(json!([day("2026-06-10")]));
    both["date"] = json!("2026-06-10");
    let both = browser.api(Method::POST, make, Some(both)).await;
    assert_eq!(both.status, 422);
    let days = json!([day("2026-06-10"), day("2026-06-12")]);
    let made = browser
        .api(Method::POST, make, Some(body(days.clone())))
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let made = made.json();
    assert_eq!(made["days"], days);
    assert_eq!(made["starts_at"], "2026-06-10T08:00:00+08:00");
    assert_eq!(made["ends_at"], "2026-06-12T12:00:00+08:00");
}

async fn only(app: &TestApp, forum: &Forum) -> attendance::Attendee {
    let mut present = attendance::present(&app.app.db, forum).await.unwrap();
    assert_eq!(present.len(), 1, "one person is one row");
    present.remove(0)
}

#[tokio::test]
async fn whoever_comes_on_both_days_has_one_row_with_both() {
    let app = TestApp::new().await;
    let (forum, _) = two_days(&app).await;
    let mut program = program(&app, ORGANISER).await;
    let first = api(&mut program, &forum, guest("Karina Contoh")).await;
    assert_eq!(first.status, 201, "{}", first.body);
    // Twenty past midnight still is the evening of the first day.
    app.advance(chrono::Duration::minutes(14 * 60 + 20));
    let twice = api(&mut program, &forum, guest("Karina Contoh")).await;
    assert_eq!(twice.json()["code"], "attendance.already_in");
    // Eight o'clock on the second day.
    app.advance(chrono::Duration::minutes(7 * 60 + 40));
    let code = only(&app, &forum).await.check_in_code;
    let somebody = json!({ "code": code, "name": "Orang Lain" });
    let refused = api(&mut program, &forum, somebody).await;
    assert_eq!(refused.json()["code"], "attendance.somebody_else");
    let second = api(&mut program, &forum, json!({ "code": code })).await;
    assert_eq!(second.status, 201, "{}", second.body);
    let local = app.now().with_timezone(&chrono_tz::Asia::Makassar);
    assert_eq!(second.json()["checked_in_at"], local.to_rfc3339());
    let twice = api(&mut program, &forum, json!({ "code": code })).await;
    assert_eq!(twice.json()["code"], "attendance.already_in");
    assert!(twice.body.contains("08.00 WITA"), "{}", twice.body);
    assert_eq!(only(&app, &forum).await.visits.0.len(), 2);

    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(&mut browser, &forum, "Hanya Kedua", "users", "").await;
    let live = browser.get(&door(&forum, "/terkini")).await.text();
    assert!(
        live.contains("Hari ke-1: 1 orang · Hari ke-2: 2 orang"),
        "{live}"
    );
    assert!(live.contains("Hari ke-2: Rabu, 18 Maret 2026"), "{live}");
    let list = browser
        .get(&format!("/kerja/forum/{}/daftar-hadir.pdf", forum.id))
        .await;
    let paper = pdf_text(&list.bytes);
    for words in [
        "Selasa s.d. Rabu, 17 s.d. 18 Maret 2026",
        "Hadir 2 (dua) orang",
        "17-03 10.00",
        "18-03 08.00",
    ] {
        assert!(paper.contains(words), "{words}: {paper}");
    }
    app.advance(chrono::Duration::days(1));
    let over = api(&mut program, &forum, guest("Terlambat")).await;
    assert_eq!(
        over.status, 201,
        "the second evening runs over too: {}",
        over.body
    );
    app.advance(chrono::Duration::days(1));
    let over = api(&mut program, &forum, guest("Besok")).await;
    assert_eq!(over.json()["code"], "attendance.not_today");
}

#[tokio::test]
async fn taking_a_check_in_back_leaves_the_other_day() {
    let app = TestApp::new().await;
    let (forum, _) = two_days(&app).await;
    let mut program = program(&app, ORGANISER).await;
    api(&mut program, &forum, guest("Karina Contoh")).await;
    app.advance(chrono::Duration::hours(22));
    let mut browser = app.sign_in(ORGANISER).await;
    let page = browser.get(&door(&forum, "")).await;
    assert!(
        page.text().contains("sudah hadir pada hari lain"),
        "{}",
        page.text()
    );
    api(&mut program, &forum, guest("Karina Contoh")).await;
    let row = only(&app, &forum).await;
    let pad = door(&forum, &format!("/{}/tanda-tangan", row.id));
    browser.get(&pad).await;
    let (version, drawn) = (row.version.to_string(), drawing(true));
    let fields = [("version", version.as_str()), ("signature", drawn.as_str())];
    assert_eq!(browser.post(&pad, &fields).await.status, 303);
    let row = only(&app, &forum).await;
    browser.get(&door(&forum, "")).await;
    let (id, version) = (row.id.to_string(), row.version.to_string());
    let fields = [
        ("row", id.as_str()),
        ("version", version.as_str()),
        ("day", "1"),
    ];
    let undone = browser.post(&door(&forum, "/batal"), &fields).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
    // They came on the first day too: the signature stays, and nobody is told otherwise.
    let told = browser.follow(&undone).await.text();
    assert!(!told.contains("tanda tangannya dihapus"), "{told}");
    let row = only(&app, &forum).await;
    assert_eq!((row.visits.0.len(), row.signature_id.is_some()), (1, true));
    assert_eq!(
        row.checked_in_at,
        Some(app.now() - chrono::Duration::hours(22))
    );
    let page = browser.get(&door(&forum, "")).await.text();
    assert!(page.contains("dibatalkan pukul 08.00 WITA"), "{page}");
    let again = api(&mut program, &forum, guest("Karina Contoh")).await;
    assert_eq!(again.status, 201, "{}", again.body);
}

#[tokio::test]
async fn each_day_has_its_own_sheet_for_the_door() {
    let app = TestApp::new().await;
    let (forum, mut browser) = two_days(&app).await;
    walk_in(&mut browser, &forum, "Karina Contoh", "users", "").await;
    let blank = format!("/kerja/forum/{}/daftar-hadir-kosong.pdf", forum.id);
    let first = pdf_text(&browser.get(&format!("{blank}?hari=1")).await.bytes);
    assert!(first.contains("HARI KE-1") && first.contains("Selasa, 17 Maret 2026"));
    assert!(!first.contains("Karina"), "is in on the first day");
    let second = pdf_text(&browser.get(&format!("{blank}?hari=2")).await.bytes);
    assert!(second.contains("HARI KE-2") && second.contains("Rabu, 18 Maret 2026"));
    assert!(
        second.contains("Karina Contoh"),
        "signs again on the second"
    );
    assert!(!second.contains("17 Maret"), "{second}");
}
