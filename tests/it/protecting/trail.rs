//! Who looked is known.

use super::*;
use crate::complaints::{HANDLER, HEAD, SUPERVISOR};

const REASON: &str = "Berkas asli tertinggal, perlu dihubungi";

#[tokio::test]
async fn the_trail_tells_who_looked_who_opened_the_name_and_why_and_who_opened_a_file() {
    let app = TestApp::new().await;
    let number = filed(&app, true, false).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&case).await;
    done(
        &mut officer,
        &format!("{case}/identitas"),
        &[("reason", REASON)],
    )
    .await;
    let pdf = b"%PDF-1.7\n% bukti\nstartxref\n0\n%%EOF\n".as_slice();
    let attached = officer
        .post_file(&format!("{case}/berkas"), &[], ("files", "bukti.pdf", pdf))
        .await;
    assert_eq!(attached.status, 303, "{}", attached.text());
    let mut handler = app.sign_in(HANDLER).await;
    let page = handler.get(&case).await;
    let file = page.attribute("a[href*='/berkas/']", "href").unwrap();
    assert_eq!(handler.get(&file).await.status, 200);
    handler.get(&case).await;
    let trail = officer.get(&format!("{case}/jejak")).await;
    assert_eq!(trail.status, 200);
    let words = trail.text();
    for said in [
        "Identitas anonim dibuka",
        REASON,
        "Berkas dibuka",
        "bukti.pdf",
        "bukti.pdf",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    assert_eq!(
        words.matches("Kasus dibuka").count(),
        2,
        "once a day for each person: {words}"
    );
    // The head answers for the handling and reads the trail, but not why a name was opened: it may name somebody.
    let head = app.sign_in(HEAD).await.get(&format!("{case}/jejak")).await;
    assert_eq!(head.status, 200);
    assert!(!head.text().contains(REASON) && head.text().contains("Dilihat"));
    for email in [HANDLER, SUPERVISOR] {
        let refused = app.sign_in(email).await.get(&format!("{case}/jejak")).await;
        assert_eq!(refused.status, 403, "{email}");
    }
    // Looks are no news to the citizen, and do not bury the history of the case.
    assert!(!officer.get(&case).await.text().contains("Kasus dibuka"));
}

#[tokio::test]
async fn a_confidential_trail_shows_times_and_people_but_no_words_to_a_head() {
    let app = TestApp::new().await;
    let number = filed(&app, false, true).await.complaint.number;
    let answer = program(&app, OFFICER)
        .await
        .api(
            Method::POST,
            &format!("/api/v1/complaints/{number}/withdraw"),
            Some(json!({ "text": "Bungaran mencabut sendiri" })),
        )
        .await;
    assert!(answer.status < 300, "{}", answer.body);
    app.run_jobs().await;
    let path = format!("/kerja/pengaduan/{number}/jejak");
    let head = app.sign_in(HEAD).await.get(&path).await;
    assert_eq!(head.status, 200);
    assert!(!head.body.contains("Bungaran") && !head.body.contains("KTP-el belum jadi"));
    let officer = app.sign_in(OFFICER).await.get(&path).await;
    assert!(officer.body.contains("Bungaran mencabut sendiri"));
}

#[tokio::test]
async fn whoever_carried_the_name_away_in_a_register_book_stands_in_the_trail() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let path = format!("/kerja/pengaduan/{number}/jejak");
    let mut head = app.sign_in(HEAD).await;
    let mut officer = app.sign_in(OFFICER).await;
    let name = app_name(&app, OFFICER).await;
    let book = "/kerja/pengaduan/buku.csv?identity=true";
    for (span, found) in [
        ("from=2026-02-01&to=2026-02-28", false),
        ("from=2026-03-01&to=2026-03-31", true),
    ] {
        let taken = officer.get(&format!("{book}&{span}")).await;
        assert_eq!(taken.status, 200, "{}", taken.body);
        let page = head.get(&path).await;
        assert_eq!(
            page.text().contains(&name),
            found,
            "{span}: {}",
            page.text()
        );
    }
}

async fn app_name(app: &TestApp, email: &str) -> String {
    let db = &app.app.db;
    let id = rembuk::access::person_by_email(db, email)
        .await
        .unwrap()
        .unwrap();
    let names = rembuk::access::person_names(db, vec![id]).await.unwrap();
    names.into_values().next().unwrap()
}

#[tokio::test]
async fn whoever_alters_or_removes_an_entry_of_the_history_breaks_its_chain() {
    use rembuk::audit;
    use sea_orm::{ConnectionTrait as _, Statement};
    let app = TestApp::new().await;
    let filed = closed(&app, false, false).await;
    app.advance(chrono::Duration::minutes(5));
    audit::seal(&app.app).await.unwrap();
    let whole = audit::check(&app.app).await.unwrap();
    assert!(whole.sealed > 3 && whole.loose == 0 && whole.broken_at.is_none());
    // Anonymising takes words away, and the chain holds.
    super::requests::asked(&app, "deletion", &filed, "").await;
    assert_eq!(super::requests::grant(&app, &[]).await.status, 303);
    app.advance(chrono::Duration::minutes(5));
    audit::seal(&app.app).await.unwrap();
    let after = audit::check(&app.app).await.unwrap();
    assert!(after.sealed > whole.sealed && after.broken_at.is_none());
    let db = &app.app.db;
    let run = async |sql: &str| {
        db.execute_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap();
    };
    run("UPDATE event SET actor_name = 'Orang Lain' WHERE seal_seq = 2").await;
    let altered = audit::check(&app.app).await.unwrap();
    assert_eq!(altered.broken_at, Some(2));
    run("DELETE FROM event WHERE seal_seq = 1").await;
    let removed = audit::check(&app.app).await.unwrap();
    assert_eq!((removed.broken_at, removed.other_key), (Some(1), false));
}

#[tokio::test]
async fn a_history_read_with_another_key_is_not_called_altered() {
    use rembuk::{
        audit, complaints,
        platform::{clock::Clock, context::App, crypto},
    };
    let app = TestApp::new().await;
    closed(&app, false, false).await;
    app.advance(chrono::Duration::minutes(5));
    audit::seal(&app.app).await.unwrap();
    let mut config = app.app.config.clone();
    config.secret_key = crypto::new_secret();
    let other = App::open(config, Clock::fixed(app.now())).await.unwrap();
    let read = audit::check(&other).await.unwrap();
    assert_eq!((read.broken_at, read.other_key), (Some(1), true));
    let right = audit::check(&app.app).await.unwrap();
    assert_eq!((right.broken_at, right.other_key), (None, false));
    // What complaints keep tells it too, before anything of the history is sealed.
    assert_eq!(complaints::key_fits(&app.app).await.unwrap(), Some(true));
    assert_eq!(complaints::key_fits(&other).await.unwrap(), Some(false));
}

#[tokio::test]
async fn who_reads_the_trail_on_the_day_of_a_look_looked_on_one_day() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let days = async || {
        let mut officer = app.sign_in(OFFICER).await;
        officer.get(&case).await;
        officer.get(&format!("{case}/jejak")).await;
        let trail = officer.get(&format!("{case}/jejak")).await;
        trail.texts("td[data-label='Hari melihat']").remove(0)
    };
    assert_eq!(days().await, "1");
    app.advance(chrono::Duration::days(1));
    assert_eq!(days().await, "2");
}
