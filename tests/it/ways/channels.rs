use poem::http::Method;

use super::{ADMIN, officer, told};
use crate::{
    complaints::{HANDLER, UNIT},
    support::TestApp,
};

#[tokio::test]
async fn a_unit_says_by_which_ways_it_is_reached_and_a_shut_one_cannot_be_chosen() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(ADMIN).await;
    let empty = admin.get("/kerja/kanal").await;
    assert!(empty.text().contains("Belum ada kanal"), "{}", empty.text());
    let filled = admin.post("/kerja/kanal/isi", &[]).await;
    let page = admin.follow(&filled).await;
    assert!(page.text().contains("Datang langsung"), "{}", page.text());
    let twice = admin.post("/kerja/kanal/isi", &[]).await;
    assert_eq!(twice.status, 409, "filled in once");
    let one = [
        ("kind", "phone"),
        ("name", "Telepon pengaduan"),
        ("contact", "0800-0000-0034"),
        ("responsible", "Sekretaris"),
        ("note", "Senin sampai Jumat"),
        ("active", "true"),
    ];
    let added = admin.post("/kerja/kanal", &one).await;
    let page = admin.follow(&added).await;
    assert!(page.text().contains("Telepon pengaduan"));
    let twin = admin.post("/kerja/kanal", &one).await;
    assert_eq!(twin.status, 422, "{}", twin.text());

    // Everybody reads what is open, with who answers for it.
    let mut citizen = app.browser();
    let path = format!("/api/v1/units/{UNIT}/channels");
    let list = citizen.api(Method::GET, &path, None).await.json();
    let of_kind = |list: &serde_json::Value, kind: &str| {
        let items = list["items"].as_array().unwrap().clone();
        items
            .into_iter()
            .filter(|item| item["kind"] == kind)
            .count()
    };
    assert_eq!(
        list["items"].as_array().unwrap().last().unwrap()["responsible"],
        "Sekretaris"
    );
    assert!(of_kind(&list, "suggestion_box") == 1 && of_kind(&list, "phone") >= 1);
    for page in ["/pengaduan/kanal", "/pengaduan/baru", "/kontak"] {
        let text = citizen.get(page).await.text();
        assert!(text.contains("Telepon pengaduan"), "{page}: {text}");
    }

    // One box, shut: it is told nowhere and nothing is taken down from it.
    let page = admin.get("/kerja/kanal").await;
    let boxes = page.texts("td.main a");
    let at = boxes.iter().position(|name| name == "Kotak saran").unwrap();
    let href = page
        .attribute(&format!("tbody tr:nth-child({}) td.main a", at + 1), "href")
        .unwrap();
    admin.get(&href).await;
    let shut = [
        ("version", "1"),
        ("kind", "suggestion_box"),
        ("name", "Kotak saran"),
        ("contact", "Lobi"),
        ("responsible", "Sekretaris"),
    ];
    assert_eq!(admin.post(&href, &shut).await.status, 303);
    let late = admin.post(&href, &shut).await;
    assert_eq!(late.status, 409, "the second editor is told");
    let list = citizen.api(Method::GET, &path, None).await.json();
    assert_eq!(of_kind(&list, "suggestion_box"), 0);
    let mut officer = officer(&app).await;
    let form = officer.get("/kerja/pengaduan/baru").await;
    assert!(!form.body.contains("value=\"suggestion_box\""));
    let mut fields = told();
    fields[1] = ("channel", "suggestion_box");
    let refused = officer.post("/kerja/pengaduan/baru", &fields).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Kanal ini ditutup"),
        "{}",
        refused.text()
    );
    let opening = [
        ("opened_on", "2026-03-16"),
        ("opened_time", "09:00"),
        ("place", "Lobi"),
        ("witnesses", "Ani Contoh"),
        ("counted", "1"),
    ];
    let opened = officer.post("/kerja/kotak-saran", &opening).await;
    assert_eq!(opened.status, 422, "{}", opened.text());

    // The form of the site itself stays.
    let web = [
        ("kind", "web"),
        ("name", "Situs"),
        ("contact", "https://rembuk.example"),
        ("responsible", "Sekretaris"),
    ];
    assert_eq!(admin.post("/kerja/kanal", &web).await.status, 422);
    let mut handler = app.sign_in(HANDLER).await;
    assert_eq!(handler.get("/kerja/kanal").await.status, 403);
    assert_eq!(officer.get("/kerja/kanal").await.status, 403);
}
