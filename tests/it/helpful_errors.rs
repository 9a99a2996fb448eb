//! Promises to whoever something went wrong for: they see which field, what happened to what they typed, and the way back.

use crate::{
    complaints::{OFFICER, fields, send_form},
    support::{Answer, Browser, TestApp},
};

/// Opens or sends as somebody who came from the given page.
async fn from(
    browser: &mut Browser<'_>,
    page: &str,
    path: &str,
    sent: Option<&[(&str, &str)]>,
) -> Answer {
    browser
        .headers
        .push(("referer".to_owned(), page.to_owned()));
    browser
        .headers
        .push(("host".to_owned(), "rembuk.example".to_owned()));
    let answer = match sent {
        Some(fields) => browser.post(path, fields).await,
        None => browser.get(path).await,
    };
    browser.headers.clear();
    answer
}

fn ways(answer: &Answer) -> Option<String> {
    answer.attribute("main .actions a", "href")
}

#[tokio::test]
async fn every_line_of_an_error_summary_names_its_field_and_leads_to_it() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let page = citizen
        .post(
            "/pengaduan/baru",
            &[("unit", "disdukcapil-kaltim"), ("kind", "gossip")],
        )
        .await;
    assert_eq!(page.status, 422);
    let lines = page.texts(".summary li");
    assert!(
        lines.iter().any(|line| line == "Perihal: Isi bagian ini."),
        "{lines:?}"
    );
    assert!(lines.iter().all(|line| line.contains(": ")), "{lines:?}");
    for line in 1..=lines.len() {
        let field = page
            .attribute(&format!(".summary li:nth-child({line}) a"), "href")
            .unwrap();
        assert!(
            page.attribute(&field, "id").is_some(),
            "{field} is no field"
        );
    }
}

#[tokio::test]
async fn whoever_works_stays_in_the_workspace_and_finds_the_way_back() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in(OFFICER).await;
    let lost = "/kerja/pengaduan/ADU-2026-999999";
    let page = officer.get(lost).await;
    assert_eq!(page.status, 404);
    assert!(
        !page.texts("nav.side a").is_empty(),
        "the workspace's frame stays"
    );
    assert!(!page.text().contains("Masuk petugas"));
    assert_eq!(ways(&page).as_deref(), Some("/kerja/pengaduan"));
    let search = "https://rembuk.example/kerja/cari?q=KTP";
    let page = from(&mut officer, search, lost, None).await;
    assert_eq!(ways(&page).as_deref(), Some("/kerja/cari?q=KTP"));
    let page = from(
        &mut officer,
        "https://elsewhere.example/kerja/cari",
        lost,
        None,
    )
    .await;
    assert_eq!(ways(&page).as_deref(), Some("/kerja/pengaduan"));
    let page = officer.get("/kerja/rencana-aksi?cursor=zzz").await;
    assert_eq!(page.texts("h1"), ["Permintaan ini tidak dapat dibaca"]);
    let public = officer.get("/standar").await;
    assert!(public.text().contains("Ruang kerja petugas"));
}

#[tokio::test]
async fn a_lost_race_says_where_the_typed_words_are() {
    let app = TestApp::new().await;
    let filed = crate::complaints::filed(&app, false, false).await;
    let mut officer = app.sign_in(OFFICER).await;
    let case = format!("/kerja/pengaduan/{}", filed.complaint.number);
    officer.get(&case).await;
    let answer = [
        ("version", "99"),
        ("text", "Sudah selesai, silakan diambil di loket 2."),
    ];
    let page = from(
        &mut officer,
        &format!("https://rembuk.example{case}"),
        &format!("{case}/jawab"),
        Some(&answer),
    )
    .await;
    assert_eq!(page.status, 409);
    assert!(
        page.text().contains("Tidak ada yang ditimpa"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn too_many_complaints_from_one_network_lose_no_words_and_name_other_ways() {
    let app = TestApp::with(&[("REMBUK__LIMITS__COMPLAINTS_PER_HOUR", "1")]).await;
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    assert_eq!(send_form(&mut citizen, &fields()).await.status, 303);
    let mut another = fields();
    another.retain(|(name, _)| *name != "subject");
    another.push(("subject", "Hal lain dari jaringan yang sama"));
    let page = send_form(&mut citizen, &another).await;
    assert_eq!(page.status, 429);
    assert_eq!(page.header("retry-after"), "180");
    for words in [
        "Hal lain dari jaringan yang sama",
        "tunggu 3 menit",
        "bukan kesalahan Anda",
        "Hubungi kantor",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_receipt_says_only_what_is_true_of_this_complaint() {
    let app = TestApp::new().await;
    for (fields, told, seen) in [
        (fields(), "@warga.example", "Nama dan kontak Anda"),
        (
            fields()
                .into_iter()
                .filter(|(name, _)| !["name", "email", "phone"].contains(name))
                .collect(),
            "Anda tidak memberi surel",
            "Anda tidak memberi nama atau kontak",
        ),
    ] {
        let mut citizen = app.browser();
        citizen.get("/pengaduan/baru").await;
        let sent = send_form(&mut citizen, &fields).await;
        let receipt = citizen.follow(&sent).await;
        for words in [told, seen] {
            assert!(
                receipt.text().contains(words),
                "{words}: {}",
                receipt.text()
            );
        }
    }
    app.run_jobs().await;
}

/// A program in the wrong dress is told what to put on, in one language.
#[tokio::test]
async fn a_wrong_content_type_is_answered_in_the_language_that_was_asked_for() {
    let app = TestApp::new().await;
    let mut program = app.browser();
    let sent = program
        .send(
            poem::http::Method::POST,
            "/api/v1/complaints",
            Some(("text/plain", b"halo".to_vec())),
        )
        .await;
    assert_eq!(sent.status, 415, "{}", sent.body);
    let detail = sent.json()["detail"].as_str().unwrap().to_owned();
    assert!(
        detail.contains("application/json") && detail.ends_with("multipart/form-data."),
        "{detail}"
    );
}

/// The framework's own sentence would be English, and names no field for programs.
#[tokio::test]
async fn a_file_that_a_program_left_out_is_asked_for_by_its_field() {
    let (app, demo) = crate::forums::with_forums().await;
    let forum = crate::invitations::draft(&app, demo.past).await;
    let id = forum.trim_start_matches("/kerja/forum/");
    let mut program = crate::recipients::program(&app).await;
    let path = format!("/api/v1/forums/{id}/recipients/import");
    let other = ("berkas", "daftar.csv", &b"Nama\nAni\n"[..]);
    let sent = program.post_file(&path, &[], other).await;
    assert_eq!(sent.status, 422, "{}", sent.body);
    let answer = sent.json();
    assert_eq!(answer["errors"][0]["field"], "file", "{answer}");
    assert!(!sent.body.contains("multipart"), "{}", sent.body);
}
