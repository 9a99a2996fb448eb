//! Files of citizens.

use std::io::Write as _;

use rembuk::{
    audit,
    documents::{entity::file, uploads},
    platform::{
        jobs,
        throttle::{self, Throttle},
    },
    worker,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::*;
use crate::complaints::{OFFICER, OTHER_OFFICER, filed};

const CASE: &str = "/kerja/pengaduan/ADU-2026-000001";

/// Files a complaint with these; the receipt.
async fn filed_with(citizen: &mut Browser<'_>, files: &[(&str, &str, Vec<u8>)]) -> Answer {
    let key = at_details(citizen).await;
    let path = "/pengaduan/baru/rincian";
    let sent = post_files(citizen, path, &[("form", &key)], files).await;
    assert_eq!(sent.location(), "/pengaduan/baru/anda", "{}", sent.text());
    finish(citizen, &key).await
}

fn links(page: &Answer) -> Vec<String> {
    let html = scraper::Html::parse_document(&page.body);
    let anchors = scraper::Selector::parse("ul.files a").unwrap();
    let found = html.select(&anchors);
    found
        .filter_map(|anchor| anchor.value().attr("href").map(str::to_owned))
        .collect()
}

/// FixMyStreet and Signalen are asked for the first; a place in a photo has named complainants before.
#[tokio::test]
async fn a_photo_loses_its_place_and_nobody_opens_a_file_before_it_was_checked() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let files = [
        ("files", "Foto loket.JPG", photo()),
        ("files", "surat.pdf", pdf("surat")),
    ];
    let receipt = filed_with(&mut citizen, &files).await;
    assert!(receipt.text().contains("Foto loket.jpg, surat.pdf"));
    let mut officer = app.sign_in(OFFICER).await;
    let case = officer.get(CASE).await;
    assert_eq!(links(&case).len(), 0, "{}", case.text());
    assert!(case.text().contains("sedang diperiksa"));
    let waiting = citizen.get("/pengaduan/status").await;
    assert!(waiting.text().contains("sedang diperiksa"));
    app.run_jobs().await;
    let mut opened = Vec::new();
    let case = officer.get(CASE).await;
    for href in links(&case) {
        let file = officer.get(&href).await;
        assert_eq!(file.status, 200, "{href}");
        assert!(file.header("content-disposition").starts_with("attachment"));
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        opened.push(file.bytes);
    }
    assert_eq!(opened.len(), 2);
    assert_eq!(image::guess_format(&opened[0]).unwrap(), ImageFormat::Jpeg);
    let holds = |word: &[u8]| opened[0].windows(word.len()).any(|part| part == word);
    assert!(!holds(b"Exif") && !holds(b"GPS"));
    assert_eq!(opened[1], pdf("surat"));
    let looks = audit::Entity::find()
        .filter(audit::Column::Verb.eq("complaint.file_opened"))
        .count(&app.app.db)
        .await
        .unwrap();
    assert_eq!(looks, 2, "who looked is kept");
    let href = &links(&case)[0];
    let mut other = app.sign_in(OTHER_OFFICER).await;
    assert_eq!(other.get(href).await.status, 404);
    assert_eq!(app.browser().get(href).await.status, 303);
    let own = links(&citizen.get("/pengaduan/status").await);
    assert_eq!(citizen.get(&own[0]).await.status, 200);
}

/// FreeScout's CVE-2026-28289 was a `.htaccess` behind an invisible character.
#[tokio::test]
async fn what_is_no_photo_and_no_pdf_is_refused_by_name_and_costs_nothing_typed() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let key = at_details(&mut citizen).await;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    zip.start_file("a.txt", plain).unwrap();
    zip.write_all(&vec![0; 1_000_000]).unwrap();
    let zip = zip.finish().unwrap().into_inner();
    let mut bomb = Cursor::new(Vec::new());
    RgbImage::new(13_000, 1)
        .write_to(&mut bomb, ImageFormat::Png)
        .unwrap();
    let whole = photo();
    let cut = whole[..whole.len() / 2].to_vec();
    let polyglot = [pdf("x"), zip.clone()].concat();
    for (name, bytes, said) in [
        (
            "gambar.svg",
            b"<svg onload='alert(1)'/>".to_vec(),
            "gambar.svg bukan foto",
        ),
        (
            "\u{200B}.htaccess",
            b"AddType application/x-httpd-php .txt".to_vec(),
            ".htaccess bukan foto",
        ),
        ("foto.jpg", zip, "foto.jpg bukan foto"),
        (
            "foto\u{202E}gpj.exe",
            b"MZ\x90\0\x03".to_vec(),
            "bukan foto",
        ),
        ("besar.png", bomb.into_inner(), "besar.png terlalu besar"),
        ("separuh.jpg", cut, "separuh.jpg rusak"),
        ("surat.pdf", polyglot, "surat.pdf rusak"),
        ("surat.pdf", pdf("/S /JavaScript"), "berisi program"),
        ("surat.pdf", pdf("/Encrypt 3 0 R"), "terkunci"),
        ("kosong.jpg", Vec::new(), "kosong.jpg kosong"),
    ] {
        let fields = [("form", key.as_str())];
        let path = "/pengaduan/baru/rincian";
        let page = post_files(&mut citizen, path, &fields, &[("files", name, bytes)]).await;
        assert_eq!(page.status, 422, "{name}");
        assert!(
            page.text().contains(said),
            "{name}: {}",
            page.texts(".summary").join(" ")
        );
    }
    let receipt = finish_without_files(&mut citizen, &key).await;
    assert!(receipt.text().contains("ADU-2026-000001"));
    app.run_jobs().await;
}

async fn finish_without_files(citizen: &mut Browser<'_>, key: &str) -> Answer {
    let sent = citizen
        .post("/pengaduan/baru/rincian", &[("form", key)])
        .await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    finish(citizen, key).await
}

#[tokio::test]
async fn a_name_that_turns_the_reading_direction_is_kept_without_it() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let files = [(
        "files",
        "../..\u{202E}\u{200B}/foto\u{202E}gpj.php",
        photo(),
    )];
    let receipt = filed_with(&mut citizen, &files).await;
    assert!(
        receipt.text().contains("foto_gpj.php.jpg"),
        "{}",
        receipt.text()
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_hundred_files_are_refused_and_those_kept_before_stay() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let key = at_details(&mut citizen).await;
    let path = "/pengaduan/baru/rincian";
    let more = [("form", key.as_str()), ("more", "1")];
    let one = [("files", "pertama.jpg", photo())];
    let sent = post_files(&mut citizen, path, &more, &one).await;
    assert_eq!(sent.location(), path, "there is room for more");
    let hundred: Vec<_> = (0..100).map(|_| ("files", "lagi.pdf", pdf("x"))).collect();
    let page = post_files(&mut citizen, path, &more, &hundred).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("Paling banyak 5 berkas"));
    let kept = page.texts("ul.files li").join(" ");
    assert!(
        kept.contains("pertama.jpg") && !kept.contains("lagi.pdf"),
        "{kept}"
    );
    let id = page.attribute("input[name=files_remove]", "value").unwrap();
    let gone = [("form", key.as_str()), ("files_remove", id.as_str())];
    let sent = post_files(&mut citizen, path, &gone, &[]).await;
    assert_eq!(sent.location(), "/pengaduan/baru/anda");
    let receipt = finish(&mut citizen, &key).await;
    assert!(!receipt.text().contains("pertama.jpg"));
    app.run_jobs().await;
}

/// A daemon that finds something in what holds the word EICAR.
async fn clamd(listener: TcpListener) {
    while let Ok((mut wire, _)) = listener.accept().await {
        let mut command = [0; 10];
        wire.read_exact(&mut command).await.unwrap();
        assert_eq!(&command, b"zINSTREAM\0");
        let mut seen = Vec::new();
        loop {
            let length = wire.read_u32().await.unwrap() as usize;
            if length == 0 {
                break;
            }
            let mut chunk = vec![0; length];
            wire.read_exact(&mut chunk).await.unwrap();
            seen.extend(chunk);
        }
        let found = seen.windows(5).any(|part| part == b"EICAR");
        let reply: &[u8] = if found {
            b"stream: Eicar-Signature FOUND\0"
        } else {
            b"stream: OK\0"
        };
        wire.write_all(reply).await.unwrap();
    }
}

#[tokio::test]
async fn with_a_virus_scanner_a_file_waits_for_it_and_an_infected_one_is_sealed_for_ever() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap();
    drop(listener);
    let socket = format!("tcp:{place}");
    let app = TestApp::with(&[("REMBUK__CLAMAV__SOCKET", &socket)]).await;
    let mut citizen = app.browser();
    let files = [
        ("files", "baik.pdf", pdf("surat")),
        ("files", "jahat.pdf", pdf("EICAR")),
    ];
    filed_with(&mut citizen, &files).await;
    let mut officer = app.sign_in(OFFICER).await;
    // Nobody answers: the files wait, and so does whoever asks.
    let mut failed = 0;
    while jobs::run_due(&app.app, worker::dispatch).await.is_err() {
        failed += 1;
    }
    assert!(failed >= 2);
    let case = officer.get(CASE).await;
    assert_eq!(links(&case).len(), 0);
    let daemon = tokio::spawn(clamd(TcpListener::bind(place).await.unwrap()));
    app.advance(chrono::Duration::minutes(5));
    app.run_jobs().await;
    let case = officer.get(CASE).await;
    assert_eq!(links(&case).len(), 1, "{}", case.text());
    assert!(case.text().contains("ditahan: berisi virus"));
    assert_eq!(officer.get(&links(&case)[0]).await.status, 200);
    let mails = app.mails();
    let told = mails
        .iter()
        .any(|mail| String::from_utf8_lossy(mail).contains("ditahan"));
    assert!(told, "the officer is told");
    daemon.abort();
}

/// Of the nine programs that we read none looks for viruses in what its own agents hand in.
#[tokio::test]
async fn a_file_of_the_staff_passes_the_scanner_before_it_is_kept() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let socket = format!("tcp:{}", listener.local_addr().unwrap());
    let app = TestApp::with(&[("REMBUK__CLAMAV__SOCKET", &socket)]).await;
    filed(&app, false, false).await;
    let daemon = tokio::spawn(clamd(listener));
    let mut officer = app.sign_in(OFFICER).await;
    let sealed = format!("{CASE}/berkas-terbatas");
    let attached = format!("{CASE}/berkas");
    let card = [("kind", "identity_card")];
    let tries = [(&sealed, &card[..], "file"), (&attached, &[], "files")];
    for (path, fields, field) in tries {
        officer.get(&sealed).await;
        let before = kept(&app).await;
        let bad = pdf("EICAR");
        let refused = officer
            .post_file(path, fields, (field, "surat.pdf", &bad))
            .await;
        assert_eq!(refused.status, 422, "{path}: {}", refused.text());
        assert!(
            refused.text().contains("berisi virus"),
            "{}",
            refused.text()
        );
        assert_eq!(kept(&app).await, before, "nothing of it stays");
        let good = pdf("surat");
        let taken = officer
            .post_file(path, fields, (field, "surat.pdf", &good))
            .await;
        assert_eq!(taken.status, 303, "{path}: {}", taken.text());
    }
    daemon.abort();
    let _ = daemon.await;
    // Without a verdict nothing is kept unseen.
    officer.get(&sealed).await;
    let good = pdf("surat lain");
    let refused = officer
        .post_file(&sealed, &card, ("file", "surat.pdf", &good))
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(
        refused.text().contains("tidak dapat dihubungi"),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn files_come_later_too_and_what_is_ended_takes_none() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let receipt = filed_with(&mut citizen, &[]).await;
    assert_eq!(receipt.status, 200);
    let page = citizen.get("/pengaduan/status").await;
    assert!(page.text().contains("Tambah foto atau PDF"));
    let files = [("files", "bukti.jpg", photo())];
    let path = "/pengaduan/status/berkas";
    let sent = post_files(&mut citizen, path, &[], &files).await;
    let page = citizen.follow(&sent).await;
    assert!(page.text().contains("bukti.jpg"), "{}", page.text());
    app.run_jobs().await;
    let empty = post_files(&mut citizen, path, &[], &[]).await;
    assert_eq!(empty.status, 422);
    let gone = citizen
        .post("/pengaduan/status/cabut", &[("sure", "yes")])
        .await;
    assert_eq!(gone.status, 303);
    let late = post_files(&mut citizen, path, &[], &files).await;
    assert_eq!(late.status, 422);
    app.run_jobs().await;
}

async fn kept(app: &TestApp) -> u64 {
    file::Entity::find().count(&app.app.db).await.unwrap()
}

#[tokio::test]
async fn photos_of_a_form_that_nobody_sent_go_with_it_after_a_day() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let key = at_details(&mut citizen).await;
    let fields = [("form", key.as_str()), ("more", "1")];
    let path = "/pengaduan/baru/rincian";
    let files = [("files", "ktp.jpg", photo())];
    post_files(&mut citizen, path, &fields, &files).await;
    app.run_jobs().await;
    assert_eq!(kept(&app).await, 1);
    // Who comes back in time finds form and photo.
    app.advance(chrono::Duration::hours(20));
    rembuk::housekeeping::sweep(&app.app).await.unwrap();
    let page = citizen.get(path).await;
    assert!(page.text().contains("ktp.jpg"), "{}", page.text());
    app.advance(chrono::Duration::hours(5));
    rembuk::housekeeping::sweep(&app.app).await.unwrap();
    assert_eq!(kept(&app).await, 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn as_many_files_come_in_one_form_as_the_page_promises() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let key = at_details(&mut citizen).await;
    let path = "/pengaduan/baru/rincian";
    let large = pdf(&"x".repeat(3_700_000));
    let files: Vec<_> = ["satu.pdf", "dua.pdf", "tiga.pdf"]
        .map(|name| ("files", name, large.clone()))
        .into();
    let sent = post_files(&mut citizen, path, &[("form", &key)], &files).await;
    assert_eq!(sent.location(), "/pengaduan/baru/anda", "{}", sent.text());
    // One that is larger than the page says is refused by name, and nothing typed is lost.
    let over = pdf(&"x".repeat(9 * 1024 * 1024));
    let files = [("files", "terlalu.pdf", over)];
    let page = post_files(&mut citizen, path, &[("form", &key)], &files).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("terlalu.pdf"), "{}", page.text());
    // Elsewhere a parcel stays as large as it was.
    let elsewhere = post_files(&mut citizen, "/pengaduan/status/pesan", &[], &files_of(12)).await;
    assert_eq!(elsewhere.status, 413);
    app.run_jobs().await;
}

/// One file of so many megabytes.
fn files_of(megabytes: usize) -> [(&'static str, &'static str, Vec<u8>); 1] {
    [("files", "besar.pdf", vec![b'x'; megabytes * 1024 * 1024])]
}

/// Many share the address of a telephone network.
#[tokio::test]
async fn a_full_network_refuses_a_file_and_costs_neither_words_nor_the_form() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let key = at_details(&mut citizen).await;
    let path = "/pengaduan/baru/rincian";
    let more = [("form", key.as_str()), ("more", "1")];
    let files = [("files", "pertama.jpg", photo())];
    let sent = post_files(&mut citizen, path, &more, &files).await;
    let page = citizen.follow(&sent).await;
    let id = page.attribute("input[name=files_remove]", "value").unwrap();
    let hour = chrono::Duration::hours(1);
    let full = Throttle::new("complaint-file", "127.0.0.1", 120, hour);
    let all = vec![&full; 120];
    throttle::count(&app.app, app.now(), &all).await.unwrap();
    let instead = [("form", key.as_str()), ("files_remove", id.as_str())];
    let files = [("files", "kedua.jpg", photo())];
    let page = post_files(&mut citizen, path, &instead, &files).await;
    assert_eq!(page.status, 422, "{}", page.text());
    assert!(page.text().contains("sudah banyak berkas dikirim"));
    assert!(!page.text().contains("pertama.jpg"));
    // What was ticked away is away, and the form is sent without it.
    let receipt = finish_without_files(&mut citizen, &key).await;
    assert!(receipt.text().contains("ADU-2026-000001"));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_file_that_is_gone_leads_back_to_its_page_and_everything_else_is_sent() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let key = at_details(&mut citizen).await;
    let path = "/pengaduan/baru/rincian";
    let files = [("files", "bukti.jpg", photo())];
    post_files(&mut citizen, path, &[("form", &key)], &files).await;
    let mut person = fields();
    person.push(("form", &key));
    citizen.post("/pengaduan/baru/anda", &person).await;
    let file = file::Entity::find()
        .one(&app.app.db)
        .await
        .unwrap()
        .unwrap();
    uploads::discard(&app.app, file.id).await.unwrap();
    let sent = citizen.post("/pengaduan", &[("form", &key)]).await;
    assert_eq!(sent.location(), path, "{}", sent.text());
    let page = citizen.follow(&sent).await;
    assert!(page.text().contains("Sebagian berkas sudah tidak ada"));
    let onward = citizen.post(path, &[("form", &key)]).await;
    assert_eq!(onward.location(), "/pengaduan/periksa");
    let sent = citizen.post("/pengaduan", &[("form", &key)]).await;
    let receipt = citizen.follow(&sent).await;
    assert!(receipt.text().contains("ADU-2026-0000"));
    app.run_jobs().await;
}

/// A file may be judged in the very moment in which its form is sent: neither sees the other, and nobody was told.
#[tokio::test]
async fn a_bad_file_that_nobody_was_told_of_is_told_by_housekeeping_and_once() {
    use sea_orm::ConnectionTrait as _;
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    filed_with(&mut citizen, &[("files", "loket.jpg", photo())]).await;
    app.run_jobs().await;
    let late = "UPDATE file_check SET state = 'damaged'";
    app.app.db.execute_unprepared(late).await.unwrap();
    for _ in 0..2 {
        rembuk::housekeeping::sweep(&app.app).await.unwrap();
        app.run_jobs().await;
    }
    let told = audit::Entity::find()
        .filter(audit::Column::Verb.eq("complaint.file_sealed"))
        .count(&app.app.db)
        .await
        .unwrap();
    assert_eq!(told, 1);
}

/// A picture is written anew, and called otherwise then: who looks for the old name would think that it is lost.
#[tokio::test]
async fn a_picture_that_is_called_otherwise_now_names_its_old_name_too() {
    let app = TestApp::new().await;
    let mut png = Cursor::new(Vec::new());
    RgbImage::new(40, 30)
        .write_to(&mut png, ImageFormat::Png)
        .unwrap();
    let mut citizen = app.browser();
    let key = at_details(&mut citizen).await;
    let path = "/pengaduan/baru/rincian";
    let fields = [("form", key.as_str()), ("more", "1")];
    let files = [("files", "f2.png", png.into_inner())];
    let sent = post_files(&mut citizen, path, &fields, &files).await;
    let page = citizen.follow(&sent).await;
    assert!(
        page.text().contains("f2.jpg (semula f2.png)"),
        "{}",
        page.text()
    );
    app.run_jobs().await;
}
