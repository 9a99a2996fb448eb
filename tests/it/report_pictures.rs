//! Promises of the pictures in the report: scanned sheets are shown or attached, never lost and never public; the editable
//! copy has photos with their words, no signature, and the pages of the PDF in its contents.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};
use rembuk::{
    documents::{self, Kind},
    forums::Forum,
    platform::crypto::sha256_hex,
};

use crate::{
    attendance::{ORGANISER, forum, pdf_text, program},
    berita_acara::{at, begun, lock, signed, write_header},
    fkp_report::{attached, issue, member, raw_member},
    forum_standing::amend,
    signing::{drawing, signatories},
    support::{self, Browser, TestApp},
};

fn picture(colour: u8, width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([
            colour,
            u8::try_from(x % 256).unwrap(),
            u8::try_from(y % 256).unwrap(),
        ])
    });
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture)
        .write_to(&mut out, ImageFormat::Jpeg)
        .unwrap();
    out.into_inner()
}

async fn scan(browser: &mut Browser<'_>, forum: &Forum, name: &str, bytes: &[u8]) {
    browser.get(&at(forum, "")).await;
    let file = ("scan", name, bytes);
    let kept = browser.post_file(&at(forum, "/pindaian"), &[], file).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
}

/// A locked record: one drew a signature, the others signed on paper.
async fn drawn_and_locked<'a>(app: &'a TestApp, forum: &Forum) -> Browser<'a> {
    let mut browser = begun(app, forum).await;
    write_header(&mut browser, forum, ("number", "400/1/2026")).await;
    browser.get(&at(forum, "")).await;
    browser
        .post(&at(forum, "/penanda-tangan/usulkan"), &[])
        .await;
    let first = signatories(&mut browser, forum).await.remove(0);
    let line = drawing(true);
    let fields = [("version", "1"), ("signature", line.as_str())];
    let drawn = browser.post(&format!("{first}/layar"), &fields).await;
    assert_eq!(drawn.status, 303, "{}", drawn.text());
    signed(&mut browser, forum).await;
    let locked = lock(&mut browser, forum).await;
    assert_eq!(locked.status, 303, "{}", locked.text());
    browser
}

async fn text_and_files(app: &TestApp, forum: &Forum, kind: Kind) -> (String, Vec<Vec<u8>>) {
    let paper = documents::latest(&app.app.db, "forum", forum.id.0, kind)
        .await
        .unwrap()
        .unwrap();
    let bytes = documents::bytes(&app.app, &paper).await.unwrap();
    let text = pdf_text(&bytes);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (flat, attached(&bytes))
}

#[tokio::test]
async fn scanned_sheets_are_pages_of_the_annex_or_files_inside_it_and_never_public() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-P1").await;
    let mut browser = drawn_and_locked(&app, &forum).await;
    let (photo, pdf) = (picture(90, 300, 420), support::pdf("lembar asli"));
    scan(&mut browser, &forum, "lembar-1.jpg", &photo).await;
    scan(&mut browser, &forum, "lembar-2.pdf", &pdf).await;
    let broken = [&photo[..60], b"rusak"].concat();
    browser.get(&at(&forum, "")).await;
    let file = ("scan", "lembar-3.jpg", broken.as_slice());
    let refused = browser.post_file(&at(&forum, "/pindaian"), &[], file).await;
    assert_eq!(refused.status, 422, "nobody could print it");
    assert!(refused.texts(".summary").join(" ").contains("rusak"));
    let issued = issue(&mut browser, &forum, "0", "2026-03-17").await;
    assert_eq!(issued.status, 303, "{}", issued.text());

    let (text, files) = text_and_files(&app, &forum, Kind::Report).await;
    let hash = sha256_hex(&pdf);
    for words in [
        "Pindaian 1 : lembar-1.jpg (halaman tersendiri di belakang naskah)",
        "Berita Acara yang Ditandatangani, pindaian 1 dari 2: lembar-1.jpg",
        "lembar-2.pdf (berkas lampiran-2-pindaian-2.pdf di dalam PDF ini)",
        &hash[..16],
        &hash[48..],
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(files.contains(&pdf), "{} files inside", files.len());
    let (public, files) = text_and_files(&app, &forum, Kind::ReportPublic).await;
    assert!(
        !public.contains("lembar-1.jpg") && files.is_empty(),
        "{public}"
    );

    // A scan that comes later makes the report old.
    let page = format!("/kerja/forum/{}/laporan", forum.id);
    let before = browser.get(&page).await.text();
    app.advance(chrono::Duration::minutes(1));
    let late = support::pdf("susulan");
    scan(&mut browser, &forum, "lembar-4.pdf", &late).await;
    let after = browser.get(&page).await.text();
    assert_ne!(before, after, "{after}");

    let mut program = program(&app, ORGANISER).await;
    let bundle = format!("/api/v1/forums/{}/documents/bundle.zip", forum.id);
    let bundle = program.get(&bundle).await;
    let kept = raw_member(&bundle.bytes, "berita-acara-pindaian-2.pdf");
    assert_eq!(kept, pdf);
}

#[tokio::test]
async fn the_sheets_of_a_record_that_was_replaced_are_still_found() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-P3").await;
    let mut browser = begun(&app, &forum).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    let second = [("text", "Loket dibuka sampai pukul 16.00.")];
    browser.get(&at(&forum, "/butir")).await;
    let added = browser.post(&at(&forum, "/butir"), &second).await;
    assert_eq!(added.status, 303, "{}", added.text());
    signed(&mut browser, &forum).await;
    let done = lock(&mut browser, &forum).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let sheet = support::pdf("lembar versi satu");
    scan(&mut browser, &forum, "lembar-1.pdf", &sheet).await;
    amend(&mut browser, &forum).await;
    signed(&mut browser, &forum).await;
    let done = lock(&mut browser, &forum).await;
    assert_eq!(done.status, 303, "{}", done.text());

    let page = browser.get(&at(&forum, "?versi=1")).await;
    let link = page.attribute(".files a[href*='/pindaian/']", "href");
    let kept = browser.get(&link.expect("a link to the sheet")).await;
    assert_eq!(kept.bytes, sheet);
    let mut program = program(&app, ORGANISER).await;
    let bundle = format!("/api/v1/forums/{}/documents/bundle.zip", forum.id);
    let bundle = program.get(&bundle).await;
    let kept = raw_member(&bundle.bytes, "berita-acara-v1-pindaian-1.pdf");
    assert_eq!(kept, sheet);
}

#[tokio::test]
async fn what_stands_under_a_photo_names_no_weekday_that_its_date_has_not() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-P4").await;
    let mut browser = begun(&app, &forum).await;
    let page = format!("/kerja/forum/{}/foto", forum.id);
    browser.get(&page).await;
    let alone = ("photos", "bukan.jpg", b"bukan foto".as_slice());
    let refused = browser.post_file(&page, &[], alone).await;
    assert_eq!(refused.status, 422);
    assert!(
        !refused.text().contains("Foto lain sudah disimpan"),
        "there was no other"
    );
    let bytes = picture(20, 600, 400);
    let photo = ("photos", "a.jpg", bytes.as_slice());
    assert_eq!(browser.post_file(&page, &[], photo).await.status, 303);
    let first = browser.get(&page).await;
    let first = first.attribute(".photos form", "action").unwrap();
    let wrong = [
        ("version", "1"),
        ("caption", "Peserta, Selasa 24 November 2025"),
    ];
    let refused = browser.post(&first, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Selasa 24 November 2025"),
        "{}",
        refused.text()
    );
    let odd = [("version", "1"), ("caption", "Pembukaan di Hotel Lain 😀")];
    let saved = browser.post(&first, &odd).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let told = browser.get(&page).await.text();
    assert!(told.contains('😀'), "{told}");
}

#[tokio::test]
async fn the_editable_copy_has_photos_with_their_words_and_says_who_signed_without_the_signature() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-P2").await;
    let mut browser = drawn_and_locked(&app, &forum).await;
    let page = format!("/kerja/forum/{}/foto", forum.id);
    for (name, colour) in [("a.jpg", 20), ("b.jpg", 220)] {
        browser.get(&page).await;
        let bytes = picture(colour, 1900, 1000);
        let added = browser
            .post_file(&page, &[], ("photos", name, &bytes))
            .await;
        assert_eq!(added.status, 303, "{}", added.text());
    }
    let list = browser.get(&page).await;
    let first = list.attribute(".photos form", "action").unwrap();
    let caption = [("version", "1"), ("caption", "Diskusi \"hangat\" & ramai")];
    assert_eq!(browser.post(&first, &caption).await.status, 303);

    let mut program = program(&app, ORGANISER).await;
    let path = format!("/api/v1/forums/{}/documents/report.docx", forum.id);
    let docx = program.get(&path).await;
    assert_eq!(docx.status, 200, "{}", docx.body);
    let words = member(&docx.bytes, "word/document.xml");
    for described in [
        r#"id="1" name="Gambar 1" descr="Diskusi &quot;hangat&quot; &amp; ramai""#,
        r#"id="2" name="Gambar 2" descr="Foto 2""#,
        "Ditandatangani oleh Kepala Contoh, ",
        "Ditandatangani di kertas oleh ",
        "SALINAN UNTUK DISUNTING.",
    ] {
        assert!(words.contains(described), "{described}");
    }
    assert!(!words.contains(r#"name="Figure""#));
    let archive = zip::ZipArchive::new(Cursor::new(&docx.bytes)).unwrap();
    let mut endings: Vec<&str> = archive
        .file_names()
        .filter_map(|name| name.strip_prefix("word/media/")?.rsplit('.').next())
        .collect();
    endings.sort_unstable();
    assert_eq!(endings, ["jpeg", "jpeg"], "no drawn signature");
    let links = member(&docx.bytes, "word/_rels/document.xml.rels");
    for name in archive
        .file_names()
        .filter_map(|name| name.strip_prefix("word/media/"))
    {
        let linked = format!("media/{name}\"");
        assert!(links.contains(&linked), "{linked}: {links}");
        let bytes = raw_member(&docx.bytes, &format!("word/media/{name}"));
        let picture = image::load_from_memory(&bytes).unwrap();
        assert!(picture.width() <= 1400, "{name}: {}", picture.width());
    }
}

/// The paragraphs of a word processor's file as words; a tab stays one.
fn paragraphs(document: &str) -> Vec<String> {
    let told = |paragraph: &str| {
        let marked = paragraph.replace("<w:tab />", "\t");
        let parts = marked.split('<').enumerate();
        // What stands before the first sign is outside of any element.
        let words = parts.map(|(at, part)| match at {
            0 => part,
            // What a field asks is not read.
            _ if part.starts_with("w:instrText") => "",
            _ => part.split_once('>').map_or("", |(_, words)| words),
        });
        words.collect::<String>()
    };
    document.split("</w:p>").map(told).collect()
}

/// The bookmarks of the headings, each with its words.
fn bookmarked(document: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for paragraph in document.split("</w:p>") {
        if let Some((_, after)) = paragraph.split_once("<w:bookmarkStart") {
            let (_, name) = after.split_once("w:name=\"").unwrap();
            let name = name.split('"').next().unwrap().to_owned();
            found.push((name, paragraphs(paragraph).concat()));
        }
    }
    found
}

#[tokio::test]
async fn the_editable_copy_counts_its_contents_as_the_pdf_does_and_holds_who_came() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-P3").await;
    let mut browser = drawn_and_locked(&app, &forum).await;
    let issued = issue(&mut browser, &forum, "0", "2026-03-17").await;
    assert_eq!(issued.status, 303, "{}", issued.text());
    let (text, _) = text_and_files(&app, &forum, Kind::Report).await;
    let (_, contents) = text.split_once("DAFTAR ISI").unwrap();

    let mut program = program(&app, ORGANISER).await;
    let path = format!("/api/v1/forums/{}/documents/report.docx", forum.id);
    let docx = program.get(&path).await;
    let lines = paragraphs(&member(&docx.bytes, "word/document.xml"));
    for title in [
        "KATA PENGANTAR",
        "BAB I PENDAHULUAN",
        "3. Rencana Aksi",
        "BAB IV PENUTUP",
        "DAFTAR LAMPIRAN",
    ] {
        // "BAB I PENDAHULUAN . . . . 3", with a joiner before the number.
        let (_, after) = contents.split_once(title).unwrap();
        let page: String = after
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        let line = format!("{title}\t{page}");
        assert!(
            lines.iter().any(|found| found.ends_with(&line)),
            "{line}: {lines:?}"
        );
    }
    // A line of the contents, one of the list, and a heading above those who came; telephones stay in the PDF.
    let sheets = lines.iter().filter(|line| line.starts_with("LAMPIRAN 4"));
    assert_eq!(sheets.count(), 3, "{lines:?}");
    let place = lines
        .iter()
        .rposition(|line| line.starts_with("LAMPIRAN 4"));
    let below = lines[place.unwrap()..].join("\n");
    assert!(below.contains("DAFTAR HADIR"), "{below}");
    assert!(below.contains("Kepala Contoh"), "{below}");
    assert!(!below.contains("0800-0000-0072"), "{below}");
    // Every line asks the bookmark of the heading that it names.
    let headings = bookmarked(&member(&docx.bytes, "word/document.xml"));
    assert!(headings.len() > 15, "{headings:?}");
    for (mark, title) in &headings {
        let asks = format!("PAGEREF {mark} ");
        let document = member(&docx.bytes, "word/document.xml");
        let lines: Vec<&str> = document.split("</w:p>").collect();
        let asking = lines.iter().find(|line| line.contains(&asks)).unwrap();
        let words = paragraphs(asking).concat();
        assert!(words.starts_with(&format!("{title}\t")), "{mark}: {words}");
    }
    let whole = lines.join("\n");
    assert!(
        whole.contains("lampiran-4-daftar-hadir.pdf di dalam PDF laporan"),
        "{whole}"
    );
    assert!(!whole.contains("Sidik berkas"), "{whole}");
    // What the PDF lacks is not looked for there: the copy says why there is none.
    let missing = lines
        .iter()
        .rposition(|line| line.starts_with("LAMPIRAN 3"))
        .unwrap();
    assert!(
        lines[missing + 1].contains("hanya memuat keterangan ini"),
        "{whole}"
    );
}
