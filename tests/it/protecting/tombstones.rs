//! What was anonymised stays empty: no run would ever look at it again.

use super::*;
use crate::ways::anonymised;

#[tokio::test]
async fn an_anonymised_case_offers_nothing_and_takes_nothing_new() {
    let app = TestApp::new().await;
    let number = closed(&app, false, false).await.complaint.number;
    anonymised(&app, &number).await;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&case).await;
    assert!(page.text().contains("Suara ini dianonimkan"));
    for form in ["buka-lagi", "catatan", "berkas", "terkait", "kode-baru"] {
        let offered = format!("action=\"{case}/{form}\"");
        assert!(!page.text().contains(&offered), "{form}: {}", page.text());
    }
    let version = page.attribute("input[name=version]", "value");
    let version = version.unwrap_or_else(|| "0".to_owned());
    for (path, field, words) in [
        ("buka-lagi", "reopen_reason", "Bungaran Contoh datang lagi"),
        ("catatan", "note", "Telepon Bungaran Contoh"),
        ("tanya", "question", "Apakah Bungaran sudah menerima?"),
    ] {
        let fields = [("version", version.as_str()), (field, words)];
        let refused = officer.post(&format!("{case}/{path}"), &fields).await;
        assert_eq!(refused.status, 422, "{path}: {}", refused.text());
        let summary = refused.texts(".summary").join(" ");
        assert!(summary.contains("sudah dianonimkan"), "{path}: {summary}");
    }
    let pdf = b"%PDF-1.7\n% bukti\nstartxref\n0\n%%EOF\n".as_slice();
    let file = ("files", "bukti-bungaran.pdf", pdf);
    let refused = officer
        .post_file(&format!("{case}/berkas"), &[], file)
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let left = left_behind(&app, &["bungaran"]).await;
    assert!(left.is_empty(), "{}", left.join("\n"));
    app.run_jobs().await;
}

#[tokio::test]
async fn programs_are_refused_too_and_nothing_is_joined_with_a_tombstone() {
    let app = TestApp::new().await;
    let number = closed(&app, false, false).await.complaint.number;
    let living = filed(&app, false, false).await.complaint.number;
    anonymised(&app, &number).await;
    let mut program = program(&app, OFFICER).await;
    let reopened = program
        .api(
            Method::POST,
            &format!("/api/v1/complaints/{number}/reopen"),
            Some(json!({ "text": "Datang lagi" })),
        )
        .await;
    assert_eq!(reopened.status, 422, "{}", reopened.body);
    assert_eq!(reopened.json()["code"], "complaint.anonymised");
    let merged = program
        .api(
            Method::POST,
            &format!("/api/v1/complaints/{living}/merge"),
            Some(json!({ "main": number, "reply": "same" })),
        )
        .await;
    assert_eq!(merged.status, 422, "{}", merged.body);
    assert!(
        merged.body.contains("sudah dianonimkan") || merged.body.contains("was anonymised"),
        "{}",
        merged.body
    );
    app.run_jobs().await;
}
