//! What people stumbled over who walked through the program as citizens, officers, handlers and heads.

use serde_json::json;

use super::{
    moves::{api, citizen},
    *,
};

#[tokio::test]
async fn praise_is_received_in_its_own_words_and_nobody_asks_whether_it_is_solved() {
    let app = TestApp::new().await;
    let mut visitor = app.browser();
    visitor.get("/pengaduan/baru").await;
    let mut praise = fields();
    praise.retain(|(name, _)| *name != "kind");
    praise.push(("kind", "praise"));
    let sent = send_form(&mut visitor, &praise).await;
    let receipt = visitor.follow(&sent).await;
    assert!(
        receipt.text().contains("Apresiasi diterima"),
        "{}",
        receipt.text()
    );
    assert!(
        receipt.text().contains("Nomor apresiasi"),
        "{}",
        receipt.text()
    );
    assert!(
        !receipt.text().contains("Pengaduan diterima"),
        "{}",
        receipt.text()
    );
    let number = receipt.texts("#number").remove(0);
    answered(&app, number.trim()).await;
    let page = visitor.get("/pengaduan/status").await;
    assert!(
        page.text()
            .contains("KTP-el sudah dapat diambil di loket 2.")
    );
    assert!(page.texts("input[name=helped]").is_empty());
    assert!(
        !page.text().contains("Dijawab belum tentu selesai"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("Cabut apresiasi"), "{}", page.text());
    for said in [
        "sampaikan di bawah",
        "pengaduan ini ditutup",
        "belum membantu",
    ] {
        assert!(!page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(
        page.text().contains("Apresiasi ini ditutup pada"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a_head_learns_nothing_of_a_confidential_case_by_what_is_linked_to_it() {
    let app = TestApp::new().await;
    let open = filed(&app, false, false).await.complaint.number;
    let secret = filed(&app, false, true).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let linked = api(&mut officer, &open, "links", json!({ "related": secret })).await;
    assert_eq!(linked.status, 200, "{}", linked.body);
    let case = format!("/kerja/pengaduan/{open}");
    let theirs = app.sign_in(OFFICER).await.get(&case).await;
    assert!(theirs.text().contains(&secret), "who may read both sees it");
    let page = app.sign_in(HEAD).await.get(&case).await;
    assert_eq!(page.status, 200);
    for place in ["#terkait", "#riwayat"] {
        let words = page.texts(place).join("");
        assert!(!words.contains(&secret), "{place}: {words}");
    }
    let mut head = program(&app, HEAD).await;
    let path = format!("/api/v1/complaints/{open}");
    let found = head.api(poem::http::Method::GET, &path, None).await;
    assert_eq!(found.json()["related"], json!([]), "{}", found.body);
}

#[tokio::test]
async fn what_opened_a_case_again_stands_beside_its_first_words() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = &filed.complaint.number;
    answered(&app, number).await;
    let mut one = citizen(&app, &filed).await;
    let verdict = [
        ("helped", "no"),
        ("reason", "Loket 2 tidak punya kartu saya."),
    ];
    let rated = one.post("/pengaduan/status/nilai", &verdict).await;
    assert_eq!(rated.status, 303, "{}", rated.text());
    assigned(&app, number, "fasilitasi").await;
    let page = app
        .sign_in(HANDLER)
        .await
        .get(&format!("/kerja/pengaduan/{number}"))
        .await;
    let latest = page.texts("#terbaru .text").join("\n");
    assert!(
        latest.contains("Loket 2 tidak punya kartu saya."),
        "{latest}"
    );
    assert!(latest.contains("KTP-el sudah dapat diambil"), "{latest}");
    let folded = page.texts("details #terbaru");
    assert!(folded.is_empty(), "it is open on a telephone, too");
}

#[tokio::test]
async fn a_note_that_asks_somebody_stands_open_before_them_until_they_reply() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&case).await;
    let text = format!("@{HEAD} Mohon arahan: kartunya belum dicetak.");
    let noted = officer
        .post(&format!("{case}/catatan"), &[("note", text.as_str())])
        .await;
    assert_eq!(noted.status, 303, "{}", noted.text());
    let mut head = app.sign_in(HEAD).await;
    let page = head.get(&case).await;
    assert!(
        page.texts("#terbaru .text")
            .join("")
            .contains("Mohon arahan"),
        "{}",
        page.text()
    );
    let reply = [("note", "Cetak hari ini juga.")];
    let noted = head.post(&format!("{case}/catatan"), &reply).await;
    assert_eq!(noted.status, 303, "{}", noted.text());
    let page = head.get(&case).await;
    assert!(page.texts("#terbaru").is_empty(), "{}", page.text());
    app.run_jobs().await;
}

#[tokio::test]
async fn no_mail_tells_of_words_that_were_answered_before_it_went_out() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let mut one = citizen(&app, &filed).await;
    let words = [("text", "Ini foto dari loket 2.")];
    let sent = one.post("/pengaduan/status/pesan", &words).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    app.advance(chrono::Duration::minutes(2));
    answered(&app, &filed.complaint.number).await;
    let before = app.mails().len();
    app.advance(chrono::Duration::minutes(20));
    app.run_jobs().await;
    let told = app.mails()[before..].iter().any(|mail| {
        let mail = mail_parser::MessageParser::default().parse(mail).unwrap();
        mail.subject()
            .unwrap_or_default()
            .starts_with("Pesan warga")
    });
    assert!(!told, "the officer has read and answered it");
}

#[tokio::test]
async fn behind_the_last_open_case_the_first_one_comes_again() {
    let app = TestApp::new().await;
    let first = filed(&app, false, false).await.complaint.number;
    app.advance(chrono::Duration::hours(1));
    let last = filed(&app, false, false).await.complaint.number;
    app.advance(chrono::Duration::hours(1));
    let done = filed(&app, false, false).await.complaint.number;
    answered(&app, &done).await;
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer
        .get(&format!("/kerja/pengaduan/{last}?dari=view%3Dopen"))
        .await;
    let next = page.texts(".next .btn .num");
    assert_eq!(next, [first], "{}", page.text());
}
