//! Views and filters of the inbox, and filters that are kept.

use rembuk::{
    access::{Ctx, person_by_email},
    complaints::{Draft, Once, file},
};

use super::told;
use crate::{
    complaints::{
        HANDLER, HEAD, OFFICER, OTHER_HANDLER, OTHER_OFFICER, SUPERVISOR, answered, assigned,
        filed, program,
    },
    support::{Browser, TestApp},
};

async fn numbers(browser: &mut Browser<'_>, address: &str) -> Vec<String> {
    let page = browser.get(&format!("/kerja/pengaduan?{address}")).await;
    assert_eq!(page.status, 200, "{address}: {}", page.text());
    page.texts("td.main a")
}

#[tokio::test]
async fn each_view_and_each_filter_shows_what_it_says() {
    let app = TestApp::new().await;
    let first = filed(&app, false, false).await.complaint.number;
    app.advance(chrono::Duration::hours(1));
    let second = filed(&app, true, true).await.complaint.number;
    app.advance(chrono::Duration::hours(1));
    let third = told(
        &app,
        "Antrean panjang",
        "Nomor antrean habis pagi-pagi.",
        false,
    )
    .await;
    assigned(&app, &first, "fasilitasi").await;
    answered(&app, &third).await;
    let all = [first.clone(), second.clone(), third.clone()];
    let named = |places: &[usize]| places.iter().map(|at| all[*at].clone()).collect::<Vec<_>>();
    let mut officer = app.sign_in(OFFICER).await;
    for (address, places) in [
        ("view=all", &[0, 1, 2][..]),
        ("view=open", &[0, 1, 2]),
        ("view=unassigned", &[1]),
        ("view=waiting", &[]),
        ("view=mine", &[]),
        ("view=all&status=answered", &[2]),
        ("view=all&division=fasilitasi", &[0]),
        ("view=all&division=none", &[1, 2]),
        ("view=all&division=tidak-ada", &[]),
        ("view=all&channel=web", &[0, 1, 2]),
        ("view=all&channel=letter", &[]),
        ("view=all&kind=complaint&q=antrean", &[2]),
        ("view=all&kind=praise", &[]),
        ("view=all&privacy=anonymous", &[1]),
        ("view=open&privacy=confidential", &[1]),
        ("view=all&privacy=open", &[0, 2]),
        ("view=all&from=2026-03-17&to=2026-03-17", &[0, 1, 2]),
        ("view=all&from=2026-03-18", &[]),
        ("view=all&to=2026-03-16", &[]),
        ("view=all&due_from=2026-03-26&due_to=2026-03-26", &[0, 1, 2]),
        ("view=all&due_to=2026-03-25", &[]),
        ("view=all&action=yes", &[]),
        ("view=all&action=no", &[0, 1, 2]),
        ("view=all&sort=newest", &[2, 1, 0]),
        ("view=all&sort=oldest", &[0, 1, 2]),
        ("view=all&class=supervisory", &[]),
        ("view=all&service=tidak-ada", &[]),
        ("view=all&person=00000000-0000-0000-0000-000000000000", &[]),
        ("view=nonsense&status=nonsense&from=31-12-2026", &[0, 1, 2]),
    ] {
        assert_eq!(
            numbers(&mut officer, address).await,
            named(places),
            "{address}"
        );
    }
    let mut handler = app.sign_in(HANDLER).await;
    assert_eq!(numbers(&mut handler, "view=division").await, named(&[0]));
    assert_eq!(
        numbers(&mut handler, "view=mine").await,
        Vec::<String>::new()
    );
    let mut other = app.sign_in(OTHER_HANDLER).await;
    assert_eq!(numbers(&mut other, "view=all").await, Vec::<String>::new());
}

/// Chatwoot's and osTicket's users ask why a list is short; here every filter stands there and is taken away by itself.
#[tokio::test]
async fn what_filters_is_said_and_taken_away_one_by_one() {
    let app = TestApp::new().await;
    filed(&app, false, false).await;
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer
        .get("/kerja/pengaduan?view=open&q=loket&status=received&from=2026-03-01")
        .await;
    let active = page.texts(".panel.quiet .chips a");
    assert_eq!(active.len(), 4, "{active:?}");
    assert!(active[0].contains("Kata: loket"), "{active:?}");
    assert!(active[1].contains("Status: Diterima"), "{active:?}");
    assert!(active[2].contains("1 Maret 2026"), "{active:?}");
    let without = page.attribute(".panel.quiet .chips a", "href").unwrap();
    assert_eq!(
        without,
        "/kerja/pengaduan?view=open&status=received&from=2026-03-01"
    );
    assert_eq!(officer.get(&without).await.texts("td.main a").len(), 1);
    assert!(
        page.texts("nav .chips b").is_empty(),
        "numbers of views would not fit the filter"
    );
    assert!(page.text().contains("Tidak ada pengaduan yang cocok"));
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps_while_complaints_arrive() {
    let app = TestApp::new().await;
    let mut before = Vec::new();
    for _ in 0..5 {
        before.push(filed(&app, false, false).await.complaint.number);
        app.advance(chrono::Duration::minutes(1));
    }
    let mut officer = program(&app, OFFICER).await;
    let mut seen: Vec<String> = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = officer
            .get(&format!("/api/v1/complaints?limit=2&cursor={cursor}"))
            .await
            .json();
        for item in page["items"].as_array().unwrap() {
            seen.push(item["number"].as_str().unwrap().to_owned());
        }
        filed(&app, false, false).await;
        match page["next_cursor"].as_str() {
            Some(next) if seen.len() < 5 => cursor = next.to_owned(),
            _ => break,
        }
    }
    assert_eq!(&seen[..5], before);
}

/// Signalen's stored filters, and osTicket's queues that everybody sees: both, with the number beside.
#[tokio::test]
async fn a_kept_filter_is_its_owners_until_it_is_shared() {
    let app = TestApp::new().await;
    filed(&app, false, false).await;
    let mut officer = app.sign_in(OFFICER).await;
    let query = "view=open&q=ktp&status=received";
    let kept = officer
        .post(
            "/kerja/pengaduan/saringan",
            &[("name", "KTP baru"), ("query", query)],
        )
        .await;
    let page = officer.follow(&kept).await;
    assert!(
        page.text().contains("Saringan \"KTP baru\" disimpan."),
        "{}",
        page.text()
    );
    assert!(
        page.texts("ul.chips a")
            .iter()
            .any(|chip| chip == "KTP baru 1"),
        "{:?}",
        page.texts("ul.chips a")
    );
    let mut head = app.sign_in(HEAD).await;
    assert!(
        !head
            .get("/kerja/pengaduan")
            .await
            .text()
            .contains("KTP baru")
    );
    let again = officer
        .post(
            "/kerja/pengaduan/saringan",
            &[("name", "KTP baru"), ("query", query), ("shared", "true")],
        )
        .await;
    assert_eq!(again.status, 303);
    assert!(
        head.get("/kerja/pengaduan")
            .await
            .text()
            .contains("KTP baru")
    );
    let mut elsewhere = app.sign_in(OTHER_OFFICER).await;
    assert!(
        !elsewhere
            .get("/kerja/pengaduan")
            .await
            .text()
            .contains("KTP baru")
    );
    let page = officer.get("/kerja/pengaduan").await;
    let remove = page.attribute("form[action$=hapus]", "action").unwrap();
    assert_eq!(
        head.post(&remove, &[]).await.status,
        404,
        "it is not the head's"
    );
    let removed = officer.post(&remove, &[("query", query)]).await;
    assert_eq!(
        removed.location(),
        "/kerja/pengaduan?view=open&q=ktp&status=received"
    );
    assert!(!officer.follow(&removed).await.text().contains("KTP baru 1"));
    let nameless = officer
        .post(
            "/kerja/pengaduan/saringan",
            &[("name", ""), ("query", query)],
        )
        .await;
    assert!(
        officer
            .follow(&nameless)
            .await
            .text()
            .contains("belum disimpan")
    );
}

#[tokio::test]
async fn a_handler_finds_what_is_given_to_them_under_my_cases() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let given = officer
        .api(
            poem::http::Method::POST,
            &format!("/api/v1/complaints/{number}/assign"),
            Some(serde_json::json!({ "division": "fasilitasi", "person": HANDLER })),
        )
        .await;
    assert_eq!(given.status, 200, "{}", given.body);
    app.run_jobs().await;
    let mut handler = app.sign_in(HANDLER).await;
    let page = handler.get("/kerja/pengaduan?view=mine").await;
    assert_eq!(page.texts("td.main a"), std::slice::from_ref(&number));
    let views = page.texts("ul.chips a");
    assert!(views.iter().any(|view| view == "Tugas saya 1"), "{views:?}");
    let id = person_by_email(&app.app.db, HANDLER)
        .await
        .unwrap()
        .unwrap();
    let mut officer = app.sign_in(OFFICER).await;
    let found = numbers(&mut officer, &format!("view=open&person={id}")).await;
    assert_eq!(found, std::slice::from_ref(&number));
}

#[tokio::test]
async fn who_looks_into_several_units_sees_one_of_them_by_its_filter() {
    let app = TestApp::new().await;
    let here = filed(&app, false, false).await.complaint.number;
    let draft = Draft {
        unit: "disdukcapil-sulsel".to_owned(),
        subject: "Antrean panjang".to_owned(),
        description: "Nomor antrean habis pagi-pagi.".to_owned(),
        name: "Bungaran Contoh".to_owned(),
        email: "bungaran@warga.example".to_owned(),
        ..Draft::default()
    };
    let stranger = Ctx::stranger(&app.app);
    let there = file(&stranger, &draft, "reporter.", &Once::Never).await;
    let there = there.unwrap().complaint.number;
    app.run_jobs().await;
    let mut supervisor = app.sign_in(SUPERVISOR).await;
    assert_eq!(numbers(&mut supervisor, "view=all").await.len(), 2);
    let one = numbers(&mut supervisor, "view=all&unit=disdukcapil-sulsel").await;
    assert_eq!(one, std::slice::from_ref(&there));
    let none = numbers(&mut supervisor, "view=all&unit=tidak-ada").await;
    assert_eq!(none, Vec::<String>::new());
    let page = supervisor.get("/kerja/pengaduan?view=all").await;
    assert_eq!(page.texts("select[name=unit] option").len(), 3);
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get("/kerja/pengaduan?view=all").await;
    assert_eq!(page.texts("td.main a"), [here]);
    assert!(page.texts("select[name=unit]").is_empty());
    let none = numbers(&mut officer, "view=all&unit=disdukcapil-sulsel").await;
    assert_eq!(none, Vec::<String>::new(), "another unit holds nothing");
}

#[tokio::test]
async fn an_officer_of_a_division_has_its_cases_as_a_view_and_filters_open_only_when_set() {
    let app = TestApp::new().await;
    let mine = filed(&app, false, false).await.complaint.number;
    let theirs = filed(&app, false, false).await.complaint.number;
    assigned(&app, &mine, "sekretariat").await;
    assigned(&app, &theirs, "fasilitasi").await;
    let mut officer = app.sign_in(OFFICER).await;
    assert_eq!(numbers(&mut officer, "view=division").await, [mine]);
    let page = officer.get("/kerja/pengaduan?view=open").await;
    assert_eq!(page.attribute("details.filterbox", "open"), None);
    assert!(
        page.texts("ul.chips a")
            .contains(&"Bidang saya 1".to_owned())
    );
    let page = officer.get("/kerja/pengaduan?view=open&q=ktp").await;
    assert!(page.attribute("details.filterbox", "open").is_some());
}

#[tokio::test]
async fn what_was_shared_by_somebody_who_left_is_taken_away_by_an_officer() {
    let app = TestApp::new().await;
    let mut head = app.sign_in(HEAD).await;
    head.get("/kerja/pengaduan").await;
    let fields = [
        ("name", "Mendesak"),
        ("query", "view=late"),
        ("shared", "true"),
    ];
    head.post("/kerja/pengaduan/saringan", &fields).await;
    let page = head.get("/kerja/pengaduan").await;
    let remove = page.attribute("form[action$=hapus]", "action").unwrap();
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/pengaduan").await;
    assert_eq!(officer.post(&remove, &[]).await.status, 404, "it is theirs");
    let id = person_by_email(&app.app.db, HEAD).await.unwrap().unwrap();
    let mut admin = app.sign_in("admin.kaltim@rembuk.example").await;
    admin.get("/kerja/pegawai").await;
    let closed = admin.post(&format!("/kerja/pegawai/{id}/tutup"), &[]).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    let page = officer.get("/kerja/pengaduan").await;
    assert!(page.text().contains("Mendesak"), "{}", page.text());
    assert_eq!(officer.post(&remove, &[]).await.status, 303);
    let page = officer.get("/kerja/pengaduan").await;
    assert!(!page.text().contains("Mendesak"), "{}", page.text());
    assert!(page.attribute("form[action$=hapus]", "action").is_none());
    app.run_jobs().await;
}
