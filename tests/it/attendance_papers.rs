//! Promises of the papers of the door: signatures, sheets that come back, workbooks.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use rembuk::{
    attendance,
    forums::{Forum, Group},
    invitations,
};

use crate::{
    attendance::{HANDLER, ORGANISER, door, forum, pdf_text, program, walk_in},
    support::{self, TestApp, browser::Answer},
};

/// A line as a pen draws it.
pub fn drawn(y: u32) -> Vec<u8> {
    let mut picture = image::RgbaImage::new(400, 160);
    for x in 20..300 + y {
        for y in y..y + 4 {
            picture.put_pixel(x, y, image::Rgba([16, 24, 64, 255]));
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

async fn only_row(app: &TestApp, forum: &Forum) -> attendance::Attendee {
    attendance::present(&app.app.db, forum)
        .await
        .unwrap()
        .remove(0)
}

#[tokio::test]
async fn a_signature_stands_on_the_internal_list_and_nowhere_else() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(&mut browser, &forum, "Tamu Contoh", "users", "").await;
    let row = only_row(&app, &forum).await;
    let page = door(&forum, &format!("/{}/tanda-tangan", row.id));
    let base = format!("/kerja/forum/{}", forum.id);
    let before = browser.get(&format!("{base}/daftar-hadir.pdf")).await;
    let pad = browser.get(&page).await;
    assert!(pad.texts("nav").is_empty(), "a guest holds the tablet");
    let data = format!("data:image/png;base64,{}", base64(&drawn(78)));
    let version = row.version.to_string();
    let fields = [("version", version.as_str()), ("signature", data.as_str())];
    let signed = browser.post(&page, &fields).await;
    assert_eq!(signed.status, 303, "{}", signed.text());
    let after = browser.get(&format!("{base}/daftar-hadir.pdf")).await;
    assert!(pictures(&after.bytes) > pictures(&before.bytes));
    let public = browser.get(&format!("{base}/daftar-hadir-umum.pdf")).await;
    assert_eq!(pictures(&public.bytes), pictures(&before.bytes));
    assert!(pdf_text(&public.bytes).contains("ditandatangani"));
    let kept = browser.get(&format!("{page}.png")).await;
    assert!(image::load_from_memory(&kept.bytes).is_ok());
    let mut handler = app.sign_in(HANDLER).await;
    assert_eq!(handler.get(&format!("{page}.png")).await.status, 403);
    // A second person with the old page is told, and an undone check-in keeps no signature.
    browser.get(&page).await;
    let other = format!("data:image/png;base64,{}", base64(&drawn(40)));
    let late = [fields[0], ("signature", other.as_str())];
    assert_eq!(browser.post(&page, &late).await.status, 409);
    // The tablet lost its network before it heard of the first: the same signature arrives once.
    let kept = only_row(&app, &forum).await;
    browser
        .headers
        .push(("accept".into(), "application/json".into()));
    let again = browser.post(&page, &fields).await;
    assert_eq!(
        (again.status, again.json()["outcome"].as_str()),
        (200, Some("in"))
    );
    let told = browser.post(&page, &late).await;
    assert_eq!(told.json()["outcome"], "refused");
    browser.headers.pop();
    assert_eq!(only_row(&app, &forum).await, kept);
    // With the page of now: another signature takes the place of this one only on purpose.
    let now = kept.version.to_string();
    let second = [("version", now.as_str()), ("signature", other.as_str())];
    let asked = browser.post(&page, &second).await;
    assert_eq!(asked.status, 422, "{}", asked.text());
    assert!(asked.text().contains("sudah menandatangani"));
    assert_eq!(only_row(&app, &forum).await, kept);
    let link = asked.attribute("a[href$='ulang=1']", "href").unwrap();
    assert_eq!(browser.get(&link).await.status, 200);
    let replaced = browser.post(&link, &second).await;
    assert_eq!(replaced.status, 303, "{}", replaced.text());
    let row = only_row(&app, &forum).await;
    assert_ne!(row.signature_id, kept.signature_id);
    let row = only_row(&app, &forum).await;
    let (id, version) = (row.id.to_string(), row.version.to_string());
    let undo = [("row", id.as_str()), ("version", version.as_str())];
    browser.post(&door(&forum, "/batal"), &undo).await;
    assert_eq!(browser.get(&format!("{page}.png")).await.status, 404);
}

/// How many pictures a PDF has; the crest is a drawing.
fn pictures(pdf: &[u8]) -> usize {
    pdf.windows(14)
        .filter(|part| part == b"/Subtype/Image" || part.starts_with(b"/Subtype /Imag"))
        .count()
}

fn base64(bytes: &[u8]) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    STANDARD.encode(bytes)
}

#[tokio::test]
async fn what_is_no_signature_is_refused_with_what_to_do() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(&mut browser, &forum, "Tamu Contoh", "users", "").await;
    let row = only_row(&app, &forum).await;
    let page = door(&forum, &format!("/{}/tanda-tangan", row.id));
    let version = row.version.to_string();
    let version = [("version", version.as_str())];
    for bytes in [
        &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..],
        b"%PDF-1.7\n%",
        &drawn(78)[..40],
    ] {
        browser.get(&page).await;
        let file = ("signature", "tanda-tangan.png", bytes);
        let answer = browser.post_file(&page, &version, file).await;
        assert_eq!(answer.status, 422);
        let text = answer.texts(".summary").join(" ");
        assert!(text.contains("Pakai PNG, JPEG, atau WebP"), "{text}");
    }
    for drawn in ["", "data:text/html;base64,PGI+"] {
        browser.get(&page).await;
        let fields = [version[0], ("signature", drawn)];
        assert_eq!(browser.post(&page, &fields).await.status, 422);
    }
    assert_eq!(only_row(&app, &forum).await.signature_id, None);
}

pub async fn hand_in(app: &TestApp, forum: &Forum, bytes: &[u8]) -> Answer {
    let mut browser = app.sign_in(ORGANISER).await;
    browser.get(&door(forum, "/lembar")).await;
    let file = ("file", "lembar.png", bytes);
    browser.post_file(&door(forum, "/lembar"), &[], file).await
}

#[tokio::test]
async fn a_signed_sheet_comes_back_and_its_rows_are_ticked() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let tx = app.app.db.begin_write().await.unwrap();
    for (position, name) in [(1, "Kepala Instansi Satu"), (2, "Kepala Instansi Dua")] {
        let fields = invitations::RecipientFields {
            phone: None,
            addressee: name.to_owned(),
            organisation: name.to_owned(),
            participant_group: Group::Stakeholders,
            quota: 1,
            note: String::new(),
            email: None,
        };
        invitations::add_recipient_in(&tx, &app.ctx(), &forum, position, fields)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let mut browser = app.sign_in(ORGANISER).await;
    let blank = format!("/kerja/forum/{}/daftar-hadir-kosong.pdf", forum.id);
    let sheet = browser.get(&blank).await;
    let text = pdf_text(&sheet.bytes);
    assert!(text.contains("Kepala Instansi Dua") && text.contains("Tamu tanpa undangan"));
    // After the forum, in the office.
    app.advance(chrono::Duration::hours(30));
    let kept = hand_in(&app, &forum, &drawn(78)).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    let mut browser = app.sign_in(ORGANISER).await;
    let page = browser.get(kept.location()).await;
    let picture = page.attribute("img.sheet-picture", "src").unwrap();
    assert_eq!(
        browser.get(&picture).await.header("content-type"),
        "image/png"
    );
    let codes = page.texts(".tick .num");
    assert!(codes.iter().all(|code| text.contains(code)), "{codes:?}");
    let first = page.attribute("input[name=ticked]", "value").unwrap();
    let none = browser.post(kept.location(), &[]).await;
    assert_eq!(none.status, 422);
    let signed = format!("who:{first}");
    let fields = [("ticked", first.as_str()), (&signed, "Karina Contoh")];
    let ticked = browser.post(kept.location(), &fields).await;
    assert_eq!(ticked.status, 303, "{}", ticked.text());
    // Sent twice, it says that nobody is new.
    browser.get(kept.location()).await;
    let again = browser
        .post(kept.location(), &[("ticked", first.as_str())])
        .await;
    assert_eq!(again.status, 303);
    let guest = [("name", "Tamu Kertas"), ("group", "users")];
    let added = browser
        .post(&format!("{}/tamu", kept.location()), &guest)
        .await;
    assert_eq!(added.status, 303, "{}", added.text());
    let rows = attendance::present(&app.app.db, &forum).await.unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().any(|row| row.name == "Karina Contoh"));
    for row in rows {
        assert_eq!(row.method, Some(attendance::Method::Sheet));
        let at = row.checked_in_at.unwrap().to_rfc3339();
        assert!(at.starts_with("2026-03-17T00:00"), "the forum's day: {at}");
    }
}

#[tokio::test]
async fn only_a_photograph_or_a_scan_is_taken_as_a_sheet() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    for bad in [
        &b"PK\x03\x04 [Content_Types].xml xl/workbook.xml"[..],
        b"halo",
    ] {
        let answer = hand_in(&app, &forum, bad).await;
        assert_eq!(answer.status, 422);
        assert!(answer.texts(".summary").join(" ").contains("JPEG"));
    }
    for broken in [&b"%PDF-1.4 trash"[..], &drawn(78)[..40]] {
        let answer = hand_in(&app, &forum, broken).await;
        assert_eq!(answer.status, 422, "it would go into the report");
        assert!(answer.texts(".summary").join(" ").contains("rusak"));
    }
    let whole = support::pdf("pindai");
    assert_eq!(hand_in(&app, &forum, &whole).await.status, 303);
    let mut handler = app.sign_in(HANDLER).await;
    assert_eq!(handler.get(&door(&forum, "/lembar")).await.status, 403);
}

/// Everything that the workbook of a list says.
pub fn first_sheet(bytes: Vec<u8>) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("Daftar hadir").unwrap();
    let cells: Vec<String> = sheet.rows().flatten().map(Data::to_string).collect();
    cells.join(" ")
}

#[tokio::test]
async fn a_list_that_the_minutes_closed_before_the_end_says_so_on_paper_and_in_the_workbook() {
    let app = TestApp::new().await;
    let (forum, mut browser) = crate::minutes::approved(&app, "FKP-A").await;
    let list = crate::minutes::beside(&forum, "daftar-hadir-umum.pdf");
    let paper = pdf_text(&browser.get(&list).await.bytes);
    let paper = paper.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(paper.contains("sebelum jam selesai"), "{paper}");
    let list = crate::minutes::beside(&forum, "daftar-hadir.xlsx");
    let book = first_sheet(browser.get(&list).await.bytes);
    assert!(book.contains("sebelum jam selesai"), "{book}");
    assert!(book.contains("Hadir 2 (dua) orang"), "{book}");
}

#[tokio::test]
async fn the_workbook_has_everybody_and_no_formula() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(
        &mut browser,
        &forum,
        "+Tamu Contoh",
        "users",
        "0800-0000-0071",
    )
    .await;
    let mut program = program(&app, ORGANISER).await;
    let api = format!("/api/v1/forums/{}/documents/attendance", forum.id);
    let book = program.get(&format!("{api}.xlsx")).await;
    assert_eq!(book.status, 200, "{}", book.body);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes)).unwrap();
    let formulas = book.worksheet_formula("Daftar hadir").unwrap();
    assert!(formulas.cells().all(|(_, _, cell)| cell.is_empty()));
    let sheet = book.worksheet_range("Daftar hadir").unwrap();
    let cells: Vec<String> = sheet.rows().flatten().map(Data::to_string).collect();
    for cell in ["+Tamu Contoh", "0800-0000-0071", "Tamu"] {
        assert!(cells.iter().any(|found| found == cell), "{cell}: {cells:?}");
    }
    let public = program.get(&format!("{api}-public.pdf")).await;
    let text = pdf_text(&public.bytes);
    assert!(text.contains("0800-••••-••71") && !text.contains("0800-0000-0071"));
    let mut handler = crate::attendance::program(&app, HANDLER).await;
    assert_eq!(handler.get(&format!("{api}.xlsx")).await.status, 403);
    assert_eq!(handler.get(&format!("{api}-public.pdf")).await.status, 200);
}
