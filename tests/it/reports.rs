//! Promises of the views across: everybody lands on a page that shows their own work and no other.

use rembuk::{access::person_by_email, demo};
use sea_orm::ConnectionTrait as _;

use crate::{
    action_plans::{FACILITATION, HEAD, ORGANISER, finished, made},
    support::TestApp,
};

const SUPERVISOR: &str = "pengawas@rembuk.example";
const ADMIN: &str = "admin.sistem@rembuk.example";

#[tokio::test]
async fn the_home_page_shows_promises_and_how_soon_an_answer_comes() {
    let app = TestApp::new().await;
    made(&app).await;
    let page = app.browser().get("/").await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("paling lama 2 hari kerja"));
    assert!(page.text().contains("Sosialisasi sampai kelurahan"));
    let english = app.browser().get("/?unit=disdukcapil-sulsel").await;
    assert!(!english.text().contains("Sosialisasi sampai kelurahan"));
    assert_eq!(app.browser().get("/?unit=tidak-ada").await.status, 404);
}

#[tokio::test]
async fn without_a_default_unit_people_choose_one() {
    let app = TestApp::with(&[("REMBUK__SITE__DEFAULT_UNIT", "")]).await;
    for path in ["/", "/kontak", "/janji"] {
        let page = app.browser().get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("Sulawesi Selatan"), "{path}");
        let link = format!("a[href='{path}?unit=disdukcapil-kaltim']");
        assert!(page.attribute(&link, "href").is_some(), "{path}");
    }
}

#[tokio::test]
async fn the_office_tells_who_answers_for_it_and_when_it_is_open() {
    let app = TestApp::new().await;
    let page = app.browser().get("/kontak").await;
    let text = page.text();
    for told in [
        "KASMAWATI",
        "Kepala Dinas",
        "07.30–16.30 WITA",
        "Sabtu",
        "Tutup",
        "disdukcapil@kaltimprov.go.id",
        "2 hari kerja",
    ] {
        assert!(
            text.to_lowercase().contains(&told.to_lowercase()),
            "{told}: {text}"
        );
    }
    let privacy = app.browser().get("/privasi").await;
    assert_eq!(privacy.status, 200);
    assert!(privacy.text().contains("terenkripsi"));
}

#[tokio::test]
async fn the_head_sees_what_is_late_and_what_waits_for_verification() {
    let app = TestApp::new().await;
    finished(&app).await;
    let mut head = app.sign_in(HEAD).await;
    let page = head.get("/kerja").await;
    assert_eq!(page.status, 200, "{}", page.text());
    let waiting = page.texts("section[aria-labelledby=s-to-verify]").join(" ");
    assert!(waiting.contains("RA-2026-01"), "{waiting}");
    made(&app).await;
    app.advance(chrono::Duration::days(20));
    let mut head = app.sign_in(HEAD).await;
    let page = head.get("/kerja").await;
    let late = page.texts("section[aria-labelledby=s-actions]").join(" ");
    assert!(
        late.contains("RA-2026-02") && late.contains("Terlambat 3 hari kerja"),
        "{late}"
    );
}

#[tokio::test]
async fn everybody_lands_on_a_page_of_their_own_work() {
    let app = TestApp::new().await;
    made(&app).await;
    for (email, sees) in [
        (ORGANISER, true),
        (FACILITATION, true),
        ("sekretariat.kaltim@rembuk.example", false),
        ("petugas.sulsel@rembuk.example", false),
        (ADMIN, false),
        ("admin.kaltim@rembuk.example", true),
    ] {
        app.advance(chrono::Duration::minutes(1));
        let mut browser = app.sign_in(email).await;
        let page = browser.get("/kerja").await;
        assert_eq!(page.status, 200, "{email}: {}", page.text());
        let found = browser.get("/kerja/cari?q=kelurahan").await;
        assert_eq!(found.status, 200, "{email}");
        let sees_it = found.text().contains("Sosialisasi sampai kelurahan");
        assert_eq!(sees_it, sees, "{email}: {}", found.text());
    }
}

#[tokio::test]
async fn a_supervisor_sees_units_side_by_side_and_changes_nothing() {
    let app = TestApp::new().await;
    made(&app).await;
    let mut supervisor = app.sign_in(SUPERVISOR).await;
    let page = supervisor.get("/kerja").await;
    let table = page.texts("table tbody tr");
    assert_eq!(table.len(), 2, "{table:?}");
    let list = supervisor
        .get("/kerja/rencana-aksi?unit=disdukcapil-kaltim")
        .await;
    assert!(list.text().contains("RA-2026-01"));
    let other = supervisor
        .get("/kerja/rencana-aksi?unit=disdukcapil-sulsel")
        .await;
    assert!(!other.text().contains("RA-2026-01"));
    assert_eq!(supervisor.get("/kerja/rencana-aksi/baru").await.status, 403);
}

#[tokio::test]
async fn search_takes_any_words_and_says_when_nothing_is_found() {
    let app = TestApp::new().await;
    let mut head = app.sign_in(HEAD).await;
    for words in ["", "tidak+ada+yang+ini", "%25%27%22%3Cscript%3E", "_"] {
        let page = head.get(&format!("/kerja/cari?q={words}")).await;
        assert_eq!(page.status, 200, "{words}");
        assert!(!page.body.contains("<script>"), "{words}");
    }
    let page = head.get("/kerja/cari?q=tidak+ada+yang+ini").await;
    assert!(page.text().contains("Tidak ada yang cocok"));
}

#[tokio::test]
async fn the_actions_of_the_record_are_loaded_with_their_story() {
    let app = TestApp::new().await;
    app.advance(chrono::Duration::days(250));
    demo::standards::load(&app.ctx()).await.unwrap();
    let mut people = std::collections::HashMap::new();
    for person in demo::people().unwrap() {
        let id = person_by_email(&app.app.db, &person.email).await.unwrap();
        people.insert(person.key, id.unwrap());
    }
    let made = demo::actions::load(&app.ctx(), &people, &Default::default())
        .await
        .unwrap();
    demo::actions::verify(&app.ctx(), &people, &made)
        .await
        .unwrap();
    let page = app.browser().get("/janji").await;
    assert!(
        page.text().contains("1 dari 4 janji selesai"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("Menunggu pengesahan"));
    let mut head = app.sign_in(HEAD).await;
    let list = head.get("/kerja/rencana-aksi").await;
    assert_eq!(list.texts("tbody tr").len(), 4);
    let overview = head.get("/kerja").await;
    assert!(
        overview
            .text()
            .contains("Survei Kepuasan Masyarakat berkelanjutan")
    );
}

#[tokio::test]
async fn a_new_installation_says_what_to_do_first_and_where() {
    let app = TestApp::new().await;
    let db = &app.app.db;
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get("/kerja").await;
    assert!(
        page.text().contains("Buat forum pertama"),
        "{}",
        page.text()
    );
    let new = page.attribute("a[href='/kerja/forum/baru']", "href");
    assert!(new.is_some(), "with the way there");
    for change in [
        "DELETE FROM role_grant WHERE role = 'organiser'",
        "UPDATE unit SET letter_number = '' WHERE code = 'disdukcapil-kaltim'",
    ] {
        db.execute_unprepared(change).await.unwrap();
    }
    let mut admin = app.sign_in("admin.kaltim@rembuk.example").await;
    let page = admin.get("/kerja").await;
    for (said, way) in [
        ("Beri akun panitia forum", "/kerja/pegawai/baru"),
        (
            "Tulis pola nomor surat",
            "/kerja/instansi/disdukcapil-kaltim/profil",
        ),
    ] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
        let link = format!("a[href='{way}']");
        assert!(page.attribute(&link, "href").is_some(), "{way}");
        assert_eq!(admin.get(way).await.status, 200, "{way}");
    }
    assert!(!page.text().contains("Tulis pejabat yang memimpin"));
    let mut system = app.sign_in(ADMIN).await;
    let page = system.get("/kerja").await;
    let units = page.attribute("main a[href='/kerja/instansi']", "href");
    assert!(units.is_some(), "no dead end: {}", page.text());
}
