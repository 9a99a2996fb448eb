//! Promises of the service standards: what a citizen finds before going to the office.

use rembuk::{demo, organisation, standards, surveys};

use crate::support::{Answer, TestApp};

const KALTIM: &str = "disdukcapil-kaltim";
const SULSEL: &str = "disdukcapil-sulsel";

async fn app() -> TestApp {
    let app = TestApp::new().await;
    demo::standards::load(&app.ctx()).await.unwrap();
    app
}

/// The headings of the components, in the order of the page.
fn headings(page: &Answer) -> Vec<String> {
    page.texts("section.panel[id] > h2")
}

#[tokio::test]
async fn the_list_tells_time_fee_and_product_of_every_service_first() {
    let app = app().await;
    let page = app.browser().get("/standar").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(page.texts("section h2 a").len(), 8);
    assert_eq!(
        page.texts("dt")[..3],
        ["Waktu", "Biaya", "Yang Anda terima"]
    );
    assert_eq!(
        page.texts("dd")[..2],
        ["Paling lama 1 hari kerja", "Gratis"]
    );
    assert!(
        page.text()
            .contains("Keputusan Nomor 400.12/217/Disdukcapil-I, 31 Oktober 2025")
    );
}

#[tokio::test]
async fn another_unit_is_chosen_in_the_address() {
    let app = app().await;
    let page = app.browser().get(&format!("/standar?unit={SULSEL}")).await;
    assert_eq!(page.texts("section h2 a").len(), 5);
    assert!(page.text().contains("Datang langsung: paling lama 1 jam"));
    assert!(!page.text().contains("Baca maklumat"), "this unit has none");
    for unknown in ["tidak-ada", "..%2F..", "%00", "%27%20OR%201=1"] {
        let answer = app.browser().get(&format!("/standar?unit={unknown}")).await;
        assert!(
            matches!(answer.status, 400 | 404),
            "{unknown}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn where_several_units_serve_one_is_chosen_first() {
    let app = TestApp::with(&[("REMBUK__SITE__DEFAULT_UNIT", "")]).await;
    demo::standards::load(&app.ctx()).await.unwrap();
    let page = app.browser().get("/standar").await;
    assert_eq!(page.status, 200);
    let link = page.attribute("ul.list a", "href").unwrap();
    assert!(link.starts_with("/standar?unit="), "{link}");
    let all = app.browser().get("/api/v1/standards").await.json();
    assert_eq!(all["items"].as_array().unwrap().len(), 8 + 5);
}

#[tokio::test]
async fn a_word_is_found_in_any_component() {
    let app = app().await;
    for (words, count) in [
        ("blangko", 0),
        ("KONFIRMASI%20dokumen", 1),
        ("wifi", 8),
        ("klarifikasi", 1),
        ("ktp-el", 3),
    ] {
        let page = app.browser().get(&format!("/standar?q={words}")).await;
        let found = page.texts("section h2 a").len();
        assert!(
            if count == 0 {
                found == 0
            } else {
                found >= count
            },
            "{words}: {found}"
        );
    }
    let page = app.browser().get("/standar?q=konfirmasi+dokumen").await;
    assert_eq!(
        page.attribute("#f-q", "value").as_deref(),
        Some("konfirmasi dokumen"),
        "what was typed stays"
    );
}

#[tokio::test]
async fn a_search_without_hits_says_what_to_do_and_shows_hostile_words_as_words() {
    let app = app().await;
    for words in ["%25", "%3Cscript%3Ealert(1)%3C/script%3E", "zzzz", "_"] {
        let page = app.browser().get(&format!("/standar?q={words}")).await;
        assert_eq!(page.status, 200);
        assert!(
            page.text().contains("Tidak ada layanan yang cocok"),
            "{words}"
        );
        assert!(!page.body.contains("<script>alert"), "{words}");
    }
    let long = "a".repeat(5000);
    let page = app.browser().get(&format!("/standar?q={long}")).await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn a_standard_shows_what_a_citizen_needs_first_whatever_the_order_of_its_source() {
    let app = app().await;
    let page = app
        .browser()
        .get(&format!("/standar/{SULSEL}/penyediaan-data"))
        .await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(
        headings(&page),
        [
            "Persyaratan",
            "Sistem, mekanisme, dan prosedur",
            "Jangka waktu penyelesaian",
            "Biaya/tarif",
            "Produk pelayanan",
            "Penanganan pengaduan, saran, dan masukan",
        ]
    );
    assert_eq!(page.texts("details[id] > summary").len(), 8);
    assert_eq!(
        page.attribute("a.btn-primary", "href").as_deref(),
        Some("/pengaduan/baru?unit=disdukcapil-sulsel&layanan=penyediaan-data")
    );
}

#[tokio::test]
async fn a_lead_time_says_from_when_it_counts_or_that_nobody_said_so() {
    let app = app().await;
    let mut browser = app.browser();
    let page = browser
        .get(&format!("/standar/{KALTIM}/konfirmasi-dokumen"))
        .await;
    let time = page.texts("#lead_time li").join(" ");
    assert_eq!(
        time,
        "Paling lama 2 hari kerja sejak tanggal diterimanya berkas persyaratan secara lengkap"
    );
    let page = browser
        .get(&format!("/standar/{KALTIM}/pengaduan-langsung"))
        .await;
    let time = page.texts("#lead_time li").join(" ");
    assert!(
        time.contains("tidak menyebut dihitung sejak kapan"),
        "{time}"
    );
    let page = browser.get("/bahasa/en?back=/standar").await;
    browser.follow(&page).await;
    let page = browser
        .get(&format!("/standar/{KALTIM}/konfirmasi-dokumen"))
        .await;
    let time = page.texts("#lead_time li").join(" ");
    assert_eq!(
        time,
        "At most 2 working days from receipt of the complete file"
    );
}

#[tokio::test]
async fn what_is_no_service_is_not_found() {
    let app = app().await;
    for path in [
        "/standar/disdukcapil-kaltim/tidak-ada",
        "/standar/tidak-ada/konfirmasi-dokumen",
        "/standar/disdukcapil-sulsel/konfirmasi-dokumen",
        "/maklumat?unit=disdukcapil-sulsel",
    ] {
        assert_eq!(app.browser().get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn the_charter_is_the_signed_promise_of_the_head() {
    let app = app().await;
    let page = app.browser().get("/maklumat").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("kami siap menerima sanksi"));
    assert!(page.text().contains("Samarinda, 31 Oktober 2025"));
    assert!(page.text().contains("Kasmawati"));
}

#[tokio::test]
async fn programs_read_lead_times_as_values() {
    let app = app().await;
    let mut browser = app.browser();
    let list = browser
        .get(&format!("/api/v1/standards?unit={KALTIM}"))
        .await
        .json();
    assert_eq!(list["items"].as_array().unwrap().len(), 8);
    assert!(list["next_cursor"].is_null());
    let first = &list["items"][0];
    assert_eq!(first["fee_rupiah"], 0);
    assert_eq!(
        first["lead_times"][0],
        serde_json::json!({
            "label": "Penyelesaian",
            "amount": 1,
            "unit": "working_days",
            "bound": "at_most",
            "start": "complete_file",
            "trigger": "sejak tanggal diterimanya berkas persyaratan secara lengkap",
            "text": "paling lama 1 hari kerja sejak tanggal diterimanya berkas persyaratan secara lengkap",
        })
    );
    let sheet = browser
        .get(&format!("/api/v1/standards/{SULSEL}/penyediaan-data"))
        .await
        .json();
    let kinds: Vec<&str> = sheet["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|component| component["kind"].as_str().unwrap())
        .collect();
    assert_eq!((kinds.len(), kinds[0]), (14, "legal_basis"));
    let answer = browser
        .get(&format!("/api/v1/standards/{KALTIM}/tidak-ada"))
        .await;
    assert_eq!(
        (
            answer.status,
            answer.json()["code"].as_str().unwrap().to_owned()
        ),
        (404, "not_found".to_owned())
    );
}

#[tokio::test]
async fn other_capabilities_find_a_service_by_its_code() {
    let app = app().await;
    let db = &app.app.db;
    let kaltim = organisation::unit_by_code(db, KALTIM).await.unwrap().id;
    let services = standards::services(db, kaltim).await.unwrap();
    assert_eq!(services.len(), 8);
    for (id, code, name) in &services {
        let found = standards::by_code(db, kaltim, code).await.unwrap().unwrap();
        assert_eq!((found.id, &found.name), (*id, name));
        assert_eq!(standards::get(db, *id).await.unwrap().code, *code);
    }
    let none = standards::by_code(db, kaltim, "tidak-ada").await.unwrap();
    assert!(none.is_none());
}

#[tokio::test]
async fn a_broken_file_of_standards_changes_nothing() {
    let app = TestApp::new().await;
    let db = &app.app.db;
    let kaltim = organisation::unit_by_code(db, KALTIM).await.unwrap().id;
    let file = include_str!("../../fixtures/standards/disdukcapil-kaltim.toml");
    for broken in [
        file.replace("kind = \"fee\"", "kind = \"product\""),
        file.replace("unit = \"working_days\"", "unit = \"moons\""),
        file.replace("amount = 50", "amount = 0"),
        file.replace("summary = ", "surplus = 1\nsummary = "),
    ] {
        assert_ne!(broken, file);
        let tx = db.begin_write().await.unwrap();
        let outcome = standards::import(&tx, &app.ctx(), kaltim, &broken).await;
        assert!(outcome.is_err());
        drop(tx);
        assert!(standards::services(db, kaltim).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_nine_elements_of_the_survey_are_there_once() {
    let app = TestApp::new().await;
    let db = &app.app.db;
    surveys::load_defaults(db).await.unwrap();
    let elements = surveys::elements(db).await.unwrap();
    let ids: Vec<&str> = elements.iter().map(|element| element.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "requirements",
            "procedure",
            "time",
            "cost",
            "product",
            "competence",
            "behaviour",
            "complaint_handling",
            "facilities"
        ]
    );
    let time = surveys::element(db, "time").await.unwrap();
    assert_eq!(time.name_id, "Waktu Penyelesaian");
    assert!(surveys::element(db, "U3").await.is_err());
}
