//! Promises of the register of publications: written down with a proof, corrected and withdrawn with a reason.

use super::*;

#[tokio::test]
async fn publications_of_a_frozen_result_are_written_down_with_their_proof() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    let page = format!("/kerja/survei/{id}/hasil");
    let publish = format!("/kerja/survei/{id}/publikasi");
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&page).await;
    let typed = [
        ("medium", "Laman dinas"),
        ("published_on", "2025-07-10"),
        ("proof", "https://dinas.example/skm-2025"),
    ];
    let answer = organiser.post(&publish, &typed).await;
    let shown = organiser.follow(&answer).await;
    assert!(shown.text().contains("Laman dinas") && shown.text().contains("10 Juli 2025"));
    for (field, value, words) in [
        ("published_on", "2099-01-01", "belum tiba"),
        ("published_on", "2025-06-01", "sebelum periode berakhir"),
        ("published_on", "", "wajib"),
        ("proof", "", "wajib"),
        ("proof", "javascript:alert(1)", "https://"),
        ("medium", "Laman dinas", "sudah tercatat"),
    ] {
        let mut wrong = typed;
        for pair in wrong.iter_mut().filter(|pair| pair.0 == field) {
            pair.1 = value;
        }
        let answer = organiser.post(&publish, &wrong).await;
        assert_eq!(answer.status, 422, "{field} {value}");
        let summary = answer.texts(".summary").join(" ").to_lowercase();
        assert!(
            summary.contains(words) || words == "wajib" && !summary.is_empty(),
            "{summary}"
        );
        assert_eq!(
            answer.attribute("#f-medium", "value").as_deref(),
            Some("Laman dinas")
        );
    }
    // The head reads the register and writes nothing into it.
    let mut head = app.sign_in(HEAD).await;
    let shown = head.get(&page).await;
    assert!(shown.text().contains("Laman dinas") && shown.attribute("#f-medium", "name").is_none());
    assert_eq!(head.post(&publish, &typed).await.status, 403);
    let open = kept(
        &app,
        &Asked {
            state: SurveyState::Closed,
            days: ("2024-01-02", "2024-06-30"),
            ..SMALL
        },
    )
    .await;
    let refused = organiser
        .post(&format!("/kerja/survei/{open}/publikasi"), &typed)
        .await;
    assert_eq!(refused.status, 422, "{}", refused.body);
}

#[tokio::test]
async fn a_publication_is_proved_by_a_file_corrected_and_withdrawn_with_a_reason() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    let page = format!("/kerja/survei/{id}/hasil");
    let publish = format!("/kerja/survei/{id}/publikasi");
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&page).await;
    let typed = [
        ("medium", "Papan pengumuman"),
        ("published_on", "2025-07-10"),
        ("proof", ""),
    ];
    let photo = crate::filing::photo();
    let trash = &b"\xff\xd8\xff\xe0 trash"[..];
    let broken = organiser
        .post_file(&publish, &typed, ("file", "papan.jpg", trash))
        .await;
    assert_eq!(broken.status, 422, "{}", broken.text());
    let kept_line = organiser
        .post_file(&publish, &typed, ("file", "papan.jpg", &photo))
        .await;
    let shown = organiser.follow(&kept_line).await;
    let file = shown
        .attribute("a[href*='/publikasi/'][href$='/bukti']", "href")
        .unwrap();
    assert_eq!(organiser.get(&file).await.status, 200);
    let line = file.trim_end_matches("/bukti").to_owned();
    // A correction keeps the file; a later one from the older page changes nothing.
    organiser.get(&line).await;
    let corrected = [
        ("version", "1"),
        ("medium", "Papan pengumuman loket"),
        ("published_on", "2025-07-11"),
        ("proof", "papan.jpg"),
        ("because", "Tanggal dan tempatnya keliru ditulis."),
    ];
    let unsaid = organiser.post(&line, &corrected[..4]).await;
    assert_eq!(unsaid.status, 422, "a correction says why");
    let done = organiser.post(&line, &corrected).await;
    let shown = organiser.follow(&done).await;
    let text = shown.text();
    assert!(
        text.contains("Papan pengumuman loket") && text.contains("11 Juli 2025"),
        "{text}"
    );
    assert!(
        shown
            .attribute("a[href*='/publikasi/'][href$='/bukti']", "href")
            .is_some()
    );
    // What it said before stays to be read, with who, when and why.
    for words in [
        "Perubahan disimpan",
        "10 Juli 2025 → 11 Juli 2025",
        "Papan pengumuman → Papan pengumuman loket",
        "Tanggal dan tempatnya keliru ditulis.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // The same press once more finds it done; other words from the older page change nothing.
    assert_eq!(organiser.post(&line, &corrected).await.status, 303);
    let mut other = corrected;
    other[1].1 = "Papan lain";
    assert_eq!(organiser.post(&line, &other).await.status, 409);
    let take = format!("{line}/tarik");
    let unsaid = [("version", "2"), ("form", "withdraw"), ("reason", "")];
    assert_eq!(organiser.post(&take, &unsaid).await.status, 422);
    let said = [
        ("version", "2"),
        ("form", "withdraw"),
        ("reason", "Tercatat pada periode yang salah."),
    ];
    let done = organiser.post(&take, &said).await;
    let shown = organiser.follow(&done).await;
    assert!(
        shown.text().contains("Tercatat pada periode yang salah."),
        "it stays to be read: {}",
        shown.text()
    );
    assert_eq!(organiser.get(&line).await.status, 404);
    // The place and day are free again.
    let again = [
        ("medium", "Papan pengumuman loket"),
        ("published_on", "2025-07-11"),
        ("proof", "Foto menyusul"),
    ];
    organiser.get(&page).await;
    assert_eq!(organiser.post(&publish, &again).await.status, 303);
}

#[tokio::test]
async fn a_second_press_is_settled_and_another_correction_from_the_older_page_is_not() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    let page = format!("/kerja/survei/{id}/hasil");
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&page).await;
    let typed = [
        ("medium", "Papan pengumuman"),
        ("published_on", "2025-07-10"),
        ("proof", "Foto menyusul"),
    ];
    let publish = format!("/kerja/survei/{id}/publikasi");
    let done = organiser.post(&publish, &typed).await;
    let shown = organiser.follow(&done).await;
    let edit = "a[href*='/publikasi/']";
    let line = shown.attribute(edit, "href").unwrap();
    organiser.get(&line).await;
    let corrected = [
        ("version", "1"),
        ("medium", "Papan loket"),
        ("published_on", "2025-07-11"),
        ("proof", "Foto papan"),
        ("because", "Tempatnya keliru ditulis."),
    ];
    assert_eq!(organiser.post(&line, &corrected).await.status, 303);
    for (field, value, status) in [
        ("medium", "Papan loket ", 303),
        ("because", "Tempatnya keliru ditulis. ", 303),
        ("because", "Tanggalnya keliru ditulis.", 409),
        ("proof", "Foto papan kedua", 409),
        ("published_on", "2025-07-12", 409),
    ] {
        let mut again = corrected;
        for pair in again.iter_mut().filter(|pair| pair.0 == field) {
            pair.1 = value;
        }
        let answer = organiser.post(&line, &again).await;
        assert_eq!(answer.status, status, "{field} {value}: {}", answer.text());
    }
    // A file is never thrown away in silence.
    let photo = crate::filing::photo();
    let file = ("file", "papan.jpg", photo.as_slice());
    let answer = organiser.post_file(&line, &corrected, file).await;
    assert_eq!(answer.status, 409, "{}", answer.text());
    let take = format!("{line}/tarik");
    for (version, reason, status) in [
        ("2", "Tercatat dua kali.", 303),
        ("2", "Tercatat dua kali. ", 303),
        ("2", "Tidak pernah dipasang.", 409),
    ] {
        let fields = [
            ("version", version),
            ("form", "withdraw"),
            ("reason", reason),
        ];
        let answer = organiser.post(&take, &fields).await;
        assert_eq!(answer.status, status, "{reason}: {}", answer.text());
    }
}
