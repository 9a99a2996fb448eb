//! Promises to the organiser of an open registration, and to those who registered.

use super::*;

#[tokio::test]
async fn the_organiser_opens_registration_with_seats_from_the_plan_and_a_second_one_is_told() {
    let app = TestApp::new().await;
    let forum = announced(&app, NO_SEATS).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let desk = format!("/kerja/forum/{}/pendaftaran", forum.id);
    let page = organiser.get(&desk).await;
    let seats = page.attribute("input[name=seats_users]", "value");
    assert_eq!(seats.as_deref(), Some("9"), "ten planned, one invited");
    let mut citizen = app.browser();
    assert_eq!(citizen.get(&form_of(&forum)).await.status, 404, "it is off");
    let opening = |seats: &'static str, day: &'static str, version: &'static str| {
        [
            ("open", "yes"),
            ("closes_on", day),
            ("closes_time", "16:00"),
            ("seats_users", seats),
            ("version", version),
        ]
    };
    let late = organiser
        .post(&desk, &opening("2", "2026-03-26", "0"))
        .await;
    assert_eq!(late.status, 422, "closes after the start");
    let past = organiser
        .post(&desk, &opening("2", "2026-03-10", "0"))
        .await;
    assert_eq!(past.status, 422, "it would never have been open");
    let none = organiser.post(&desk, &opening("", "2026-03-24", "0")).await;
    assert_eq!(none.status, 422, "no seats");
    let opened = organiser
        .post(&desk, &opening("2", "2026-03-24", "0"))
        .await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let second = organiser
        .post(&desk, &opening("3", "2026-03-24", "0"))
        .await;
    assert_eq!(second.status, 409);
    for (name, contact) in [("Satu", "0800-0000-0071"), ("Dua", "0800-0000-0072")] {
        let done = register(&mut citizen, &forum, (name, "users", contact)).await;
        assert_eq!(done.status, 303, "{}", done.text());
    }
    let fewer = organiser
        .post(&desk, &opening("1", "2026-03-24", "1"))
        .await;
    assert!(
        fewer.text().contains("Sudah ada 2 pendaftar"),
        "{}",
        fewer.text()
    );
    let more = organiser
        .post(&desk, &opening("4", "2026-03-24", "1"))
        .await;
    assert_eq!(more.status, 303);
    app.advance(chrono::Duration::days(7) + chrono::Duration::hours(6));
    let over = register(&mut citizen, &forum, ("Tiga", "users", "0800-0000-0073")).await;
    assert_eq!(over.status, 422);
    assert!(
        over.text()
            .contains("Pendaftaran sudah ditutup pada Selasa, 24 Maret 2026 pukul 16.00"),
        "{}",
        over.text()
    );
}

#[tokio::test]
async fn a_restricted_forum_takes_no_registrations() {
    let app = TestApp::new().await;
    let forum = announced(&app, &[(Group::Users, 5)]).await;
    let db = &app.app.db;
    let unit = organisation::unit(db, forum.unit_id).await.unwrap();
    let letter = LetterFields {
        number: Some("400/1/2026".to_owned()),
        letter_date: Some("2026-03-16".parse().unwrap()),
        place: "Samarinda".to_owned(),
        classification: Classification::Restricted,
        subject: "Undangan".to_owned(),
        addressee: "Daftar terlampir".to_owned(),
        place_line: "di Tempat".to_owned(),
        opening: "Pembukaan surat.".to_owned(),
        body: "Kami mengundang Bapak/Ibu pada:".to_owned(),
        closing: "Demikian disampaikan, terima kasih.".to_owned(),
        signatory_position: "Kepala Dinas".to_owned(),
        signatory_name: "Contoh, S.H".to_owned(),
        signatory_rank: String::new(),
        signatory_nip: String::new(),
        copies: Vec::new(),
    };
    let tx = db.begin_write().await.unwrap();
    invitations::import_letter(&tx, &app.ctx(), &forum, &unit, letter)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut citizen = app.browser();
    let page = citizen.get(&form_of(&forum)).await;
    assert_eq!(page.status, 404);
    assert!(
        page.text().contains("hanya untuk yang diundang"),
        "{}",
        page.text()
    );
    let public = citizen.get(&format!("/forum/{}", forum.id)).await;
    assert!(!public.body.contains("/daftar\""));
    citizen.get("/masuk").await;
    let fields = [
        ("name", "Warga Contoh"),
        ("role", "Pedagang"),
        ("group", "users"),
        ("contact", "warga@contoh.example"),
    ];
    let refused = citizen.post(&form_of(&forum), &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(expected(&app, &forum).await, 0);
    let again = Opening {
        on: true,
        seats: vec![(Group::Users, 5)],
        closes_at: "2026-03-24T08:00:00Z".parse().unwrap(),
    };
    let refused = registrations::open(&app.ctx(), forum.id, 1, again).await;
    assert!(format!("{refused:?}").contains("registration.restricted"));
}

#[tokio::test]
async fn who_registered_is_told_of_another_place_and_forgotten_in_time() {
    let app = TestApp::new().await;
    let forum = announced(&app, &[(Group::Users, 5)]).await;
    let mut citizen = app.browser();
    let mail = ("Satu", "users", "warga@contoh.example");
    let own = register(&mut citizen, &forum, mail)
        .await
        .location()
        .to_owned();
    let phone = ("Dua", "users", "0800-0000-0072");
    assert_eq!(register(&mut citizen, &forum, phone).await.status, 303);
    let mut organiser = app.sign_in(ORGANISER).await;
    let base = format!("/kerja/forum/{}", forum.id);
    crate::letters::move_forum(&mut organiser, &base).await;
    let desk = format!("/kerja/forum/{}/pendaftaran", forum.id);
    let page = organiser.get(&desk).await.text();
    assert!(page.contains("1 pendaftar dengan surel belum"), "{page}");
    assert!(
        page.contains("1 pendaftar hanya meninggalkan nomor HP"),
        "{page}"
    );
    let untold = "1 dengan surel, 1 hanya dengan nomor HP";
    let list = format!("{base}/undangan");
    let page = organiser.get(&list).await.text();
    assert!(page.contains(untold), "also beside the invited: {page}");
    let page = organiser.get(&base).await.text();
    assert!(page.contains("2 pendaftar mandiri"), "{page}");
    organiser.get(&desk).await;
    app.run_jobs().await;
    let told = organiser.post(&format!("{desk}/kabari"), &[]).await;
    assert_eq!(told.status, 303, "{}", told.text());
    app.run_jobs().await;
    let raw = app.mails().pop().unwrap();
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert!(mail.subject().unwrap().contains("berubah"));
    let page = organiser.get(&desk).await;
    let calls = page.texts("#beri-tahu li");
    assert_eq!(calls.len(), 1, "a mail calls nobody: {calls:?}");
    assert!(calls[0].contains("Dua"), "{calls:?}");
    assert!(page.texts("form[action$='/kabari']").is_empty());
    let ticked = page.attribute("#beri-tahu li form", "action").unwrap();
    let news = page.attribute("#beri-tahu input[name=news]", "value");
    let stale = organiser.post(&ticked, &[("news", "0")]).await;
    assert_eq!(stale.status, 409, "of another time");
    let news = news.unwrap();
    let noted = organiser.post(&ticked, &[("news", &news)]).await;
    assert_eq!(noted.status, 303, "{}", noted.text());
    // A wrong tick is taken back with its reason, and set again.
    let page = organiser.get(&desk).await;
    let undo = page.attribute("#sudah-ditelepon form", "action").unwrap();
    let silent = organiser.post(&undo, &[("reason", "")]).await;
    let page = organiser.follow(&silent).await;
    assert!(page.text().contains("Tulis alasannya"), "{}", page.text());
    let why = [("reason", "Salah baris: yang dihubungi orang lain")];
    let undone = organiser.post(&undo, &why).await;
    assert_eq!(undone.status, 303, "{}", undone.text());
    let again = organiser.post(&undo, &why).await;
    assert_eq!(again.status, 409, "it is taken back once");
    let page = organiser.get(&desk).await;
    assert_eq!(page.texts("#beri-tahu li").len(), 1, "{}", page.text());
    let noted = organiser.post(&ticked, &[("news", &news)]).await;
    assert_eq!(noted.status, 303, "{}", noted.text());
    for place in [&desk, &list, &base] {
        let page = organiser.get(place).await;
        assert!(page.texts("#beri-tahu").is_empty(), "{place}");
        assert!(!page.text().contains("pendaftar mandiri"), "{place}");
    }
    app.advance(chrono::Duration::days(200));
    for _ in 0..2 {
        registrations::sweep(&app.app).await.unwrap();
    }
    for row in registrations::expected(&app.app.db, &forum).await.unwrap() {
        assert_eq!((row.email, row.phone, row.contact_hash), (None, None, None));
    }
    assert_eq!(citizen.get(&own).await.status, 200);
}

#[tokio::test]
async fn who_registered_is_told_that_the_forum_does_not_take_place() {
    let app = TestApp::new().await;
    let forum = announced(&app, &[(Group::Users, 5)]).await;
    let mut citizen = app.browser();
    let mut own = String::new();
    for (name, contact) in [("Satu", "warga@contoh.example"), ("Dua", "0800-0000-0072")] {
        let done = register(&mut citizen, &forum, (name, "users", contact)).await;
        assert_eq!(done.status, 303, "{}", done.text());
        own = done.location().to_owned();
    }
    let mut organiser = app.sign_in(ORGANISER).await;
    let base = format!("/kerja/forum/{}", forum.id);
    let page = organiser.get(&format!("{base}/batalkan")).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let reason = "Gedung tidak dapat dipakai";
    let fields = [("version", version.as_str()), ("reason", reason)];
    let cancelled = organiser.post(&format!("{base}/batalkan"), &fields).await;
    assert_eq!(cancelled.status, 303, "{}", cancelled.text());
    app.run_jobs().await;
    for place in [&base, &format!("{base}/undangan")] {
        let page = organiser.get(place).await.text();
        assert!(
            page.contains("1 dengan surel, 1 hanya dengan nomor HP"),
            "{place}: {page}"
        );
    }
    let page = citizen.get(&own).await.text();
    assert!(page.contains(reason), "{page}");
    assert!(
        !page.contains("acara.ics") && !page.contains("kode.svg"),
        "{page}"
    );
    let form = citizen.get(&format!("/forum/{}/daftar", forum.id)).await;
    assert!(
        form.text().contains("Forum ini dibatalkan"),
        "{}",
        form.text()
    );
    assert!(form.attribute("form [name=contact]", "name").is_none());
    let desk = format!("{base}/pendaftaran");
    let page = organiser.get(&desk).await;
    assert_eq!(page.texts("#beri-tahu li").len(), 1, "{}", page.text());
    let told = organiser.post(&format!("{desk}/kabari"), &[]).await;
    assert_eq!(told.status, 303, "{}", told.text());
    app.run_jobs().await;
    let raw = app.mails().pop().unwrap();
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert!(mail.body_text(0).unwrap().contains(reason));
    let count = app.mails().len();
    let again = organiser.post(&format!("{desk}/kabari"), &[]).await;
    assert_eq!(again.status, 303);
    assert_eq!(app.run_jobs().await, 0, "nobody is told twice");
    assert_eq!(app.mails().len(), count);
    citizen.get(&own).await;
    let given_back = citizen.post(&format!("{own}/batal"), &[]).await;
    assert_eq!(given_back.status, 303, "the contact can be taken back");
}

#[tokio::test]
async fn the_form_says_the_same_day_as_the_page_it_is_reached_from_after_a_move() {
    let app = TestApp::new().await;
    let forum = announced(&app, &[(Group::Users, 5)]).await;
    let tx = app.app.db.begin_write().await.unwrap();
    forums::announce(&tx, &forum).await.unwrap();
    tx.commit().await.unwrap();
    let mut citizen = app.browser();
    let one = ("Satu", "users", "0800-0000-0071");
    let own = register(&mut citizen, &forum, one)
        .await
        .location()
        .to_owned();
    let mut organiser = app.sign_in(ORGANISER).await;
    crate::letters::move_forum(&mut organiser, &format!("/kerja/forum/{}", forum.id)).await;
    for place in [format!("/forum/{}", forum.id), form_of(&forum), own] {
        let page = citizen.get(&place).await.text();
        assert!(page.contains("Rabu, 25 Maret 2026"), "{place}: {page}");
        assert!(page.contains("surat perbaikan menyusul"), "{place}: {page}");
        assert!(
            page.contains("20 Mei 2026, 10.00 s.d. 14.00 WITA"),
            "{place}: {page}"
        );
    }
}
