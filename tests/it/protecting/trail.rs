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
    let pdf = b"%PDF-1.7 bukti".as_slice();
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
