//! Promises of signing: on the tablet, on paper or not at all with a reason; never before the day.

use rembuk::forums::{self, Forum};

use crate::{
    attendance::{HANDLER, forum, pdf_text},
    berita_acara::{at, begun, lock, locked, signed, write_header},
    follow_up::{explain, point},
    support::{self, Browser, TestApp},
};

/// A signature as the canvas sends it.
pub fn drawing(drawn: bool) -> String {
    use base64::Engine as _;
    let mut picture = image::RgbaImage::from_pixel(300, 120, image::Rgba([255, 255, 255, 255]));
    for x in 20..280 {
        if drawn {
            picture.put_pixel(x, 20 + x / 4, image::Rgba([0, 0, 0, 255]));
        }
    }
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
    let text = base64::engine::general_purpose::STANDARD.encode(out.into_inner());
    format!("data:image/png;base64,{text}")
}

/// The addresses of the signatories, in their order.
pub async fn signatories(browser: &mut Browser<'_>, forum: &Forum) -> Vec<String> {
    let page = browser.get(&at(forum, "")).await;
    let found = page.body.split("href=\"").filter_map(|part| {
        let href = part.split('"').next()?;
        href.strip_suffix("/layar").map(str::to_owned)
    });
    found.collect()
}

#[tokio::test]
async fn people_sign_on_the_tablet_on_paper_or_not_at_all_with_a_reason() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    browser.get(&at(&forum, "")).await;
    browser
        .post(&at(&forum, "/penanda-tangan/usulkan"), &[])
        .await;
    let [organiser, second, third] = &signatories(&mut browser, &forum).await[..] else {
        panic!("three signatories")
    };
    // What is no drawing is refused, and so is an empty canvas.
    for picture in [
        String::new(),
        "data:image/png;base64,AAAA".to_owned(),
        "data:image/svg+xml;base64,PHN2Zz4=".to_owned(),
        drawing(false),
    ] {
        let fields = [("version", "1"), ("signature", picture.as_str())];
        let answer = browser.post(&format!("{organiser}/layar"), &fields).await;
        assert_eq!(answer.status, 422, "{picture}");
    }
    let picture = drawing(true);
    let fields = [("version", "1"), ("signature", picture.as_str())];
    let answer = browser.post(&format!("{organiser}/layar"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    // Pressed twice, or on two tablets: the second is told, also with nothing drawn, and replaces only when asked.
    for version in ["1", "2"] {
        for picture in ["", picture.as_str()] {
            let fields = [("version", version), ("signature", picture)];
            let again = browser.post(&format!("{organiser}/layar"), &fields).await;
            assert_eq!(again.status, 422, "{}", again.text());
            let told = again.texts(".summary").join(" ");
            assert!(told.contains("sudah menandatangani"), "{told}");
        }
    }
    let kept = browser.get(&format!("{organiser}/layar")).await;
    let again = kept.attribute("a[href$='/layar?ulang=1']", "href").unwrap();
    assert!(kept.texts("form[action*='/layar']").is_empty());
    let reason = [("version", "2"), ("reason", "Pulang sebelum acara selesai")];
    let refused = browser.post(&format!("{organiser}/alasan"), &reason).await;
    assert_eq!(refused.status, 422, "a signature is no excuse");
    browser.get(&again).await;
    let fields = [("version", "2"), ("signature", picture.as_str())];
    let anew = browser.post(&again, &fields).await;
    assert_eq!(anew.status, 303, "{}", anew.text());
    let paper = [("version", "1"), ("signed_on", "2026-03-17")];
    let by_hand = format!("{second}/tanda-tangan");
    for pressed in ["once", "twice"] {
        let answer = browser.post(&by_hand, &paper).await;
        assert_eq!(answer.status, 303, "{pressed}: {}", answer.text());
    }
    let early = [("version", "2"), ("signed_on", "2026-03-01")];
    let refused = browser.post(&by_hand, &early).await;
    assert_eq!(refused.status, 422);
    assert!(!refused.texts("#f-signed_on-error").is_empty(), "the form");
    browser.get(&at(&forum, "")).await;
    let whole = support::pdf("lembar");
    let scan = ("scan", "lembar.pdf", whole.as_slice());
    let answer = browser.post_file(&at(&forum, "/pindaian"), &[], scan).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(
        lock(&mut browser, &forum)
            .await
            .text()
            .contains("Belum menandatangani")
    );
    let reason = [("version", "1"), ("reason", "Pulang sebelum acara selesai")];
    let answer = browser.post(&format!("{third}/alasan"), &reason).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let answer = lock(&mut browser, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let before = browser.get(&at(&forum, ".pdf")).await.bytes;
    let text = pdf_text(&before);
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["Ditandatangani di kertas", "Pulang sebelum acara selesai"] {
        assert!(folded.contains(words), "{words}: {folded}");
    }
    // Nothing changes what is signed and locked.
    for (step, fields) in [
        (
            "layar",
            &[("version", "2"), ("signature", picture.as_str())][..],
        ),
        (
            "alasan",
            &[("version", "2"), ("reason", "Alasan yang terlambat")],
        ),
        ("batal", &[("version", "2")]),
        ("hapus", &[("version", "2")]),
    ] {
        let answer = browser.post(&format!("{organiser}/{step}"), fields).await;
        assert_eq!(answer.status, 422, "{step}: {}", answer.text());
    }
    let whole = support::pdf("lembar kedua");
    let scan = ("scan", "lagi.pdf", whole.as_slice());
    browser.get(&at(&forum, "")).await;
    let answer = browser.post_file(&at(&forum, "/pindaian"), &[], scan).await;
    assert_eq!(answer.status, 303, "a scan may come later");
    assert_eq!(browser.get(&at(&forum, ".pdf")).await.bytes, before);
    // The organiser answers for the record: no reason stands for that signature.
    let mut handler = app.sign_in(HANDLER).await;
    let drawn = handler.get(&format!("{organiser}/gambar")).await;
    assert_eq!(drawn.status, 403);
    assert_eq!(
        browser.get(&format!("{organiser}/gambar")).await.status,
        200
    );
}

#[tokio::test]
async fn a_reason_that_was_written_meanwhile_is_not_taken_for_an_own_second_press() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    browser
        .post(&at(&forum, "/penanda-tangan/usulkan"), &[])
        .await;
    let [_, second, ..] = &signatories(&mut browser, &forum).await[..] else {
        panic!("two signatories")
    };
    let reason = [("version", "1"), ("reason", "Pulang sebelum acara selesai")];
    let excused = browser.post(&format!("{second}/alasan"), &reason).await;
    assert_eq!(excused.status, 303, "{}", excused.text());
    let undo = format!("{second}/batal");
    let stale = browser.post(&undo, &[("version", "1")]).await;
    assert_eq!(stale.status, 409, "{}", stale.text());
    for pressed in ["once", "twice"] {
        let undone = browser.post(&undo, &[("version", "2")]).await;
        assert_eq!(undone.status, 303, "{pressed}: {}", undone.text());
    }
}

#[tokio::test]
async fn words_that_somebody_signed_change_only_after_the_signatures_are_taken_back() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    browser
        .post(&at(&forum, "/penanda-tangan/usulkan"), &[])
        .await;
    let [organiser, ..] = &signatories(&mut browser, &forum).await[..] else {
        panic!("a signatory")
    };
    let picture = drawing(true);
    let fields = [("version", "1"), ("signature", picture.as_str())];
    let drawn = browser.post(&format!("{organiser}/layar"), &fields).await;
    assert_eq!(drawn.status, 303, "{}", drawn.text());
    let point = [("text", "Butir yang ditambahkan sesudah tanda tangan.")];
    let refused = browser.post(&at(&forum, "/butir"), &point).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("sudah ditandatangani"));
    let page = browser.get(&at(&forum, "")).await;
    assert!(page.attribute("a[href$='/butir']", "href").is_none());
    let closed = browser.get(&at(&forum, "/butir")).await;
    assert_eq!(closed.status, 303, "nothing is written below a signature");
    let unknown = write_header(&mut browser, &forum, ("title", "Judul lain")).await;
    assert_eq!(unknown.status, 422);
    let numbered = write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    assert_eq!(numbered.status, 303, "the number often comes later");
    let renumbered = write_header(&mut browser, &forum, ("number", "400/2/2026")).await;
    assert_eq!(renumbered.status, 422, "but it does not change any more");
    browser.get(&at(&forum, "")).await;
    let opened = browser.post(&at(&forum, "/buka-naskah"), &[]).await;
    let page = browser.follow(&opened).await;
    assert!(
        page.text().contains("1 tanda tangan dibatalkan"),
        "{}",
        page.text()
    );
    let gone = browser.get(&format!("{organiser}/gambar")).await;
    assert_eq!(gone.status, 404);
    let added = browser.post(&at(&forum, "/butir"), &point).await;
    assert_eq!(added.status, 303, "{}", added.text());
}

#[tokio::test]
async fn a_record_is_not_locked_before_the_day_of_the_forum() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    move_to(&app, &forum, "2026-04-15").await;
    let refused = lock(&mut browser, &forum).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .texts(".summary")
            .join("")
            .contains("Rabu, 15 April 2026"),
        "{}",
        refused.text()
    );
    // What the record lacks is no fault of the box that was ticked.
    assert!(
        refused
            .attribute(".summary a", "href")
            .unwrap()
            .ends_with("#f-lock")
    );
    move_to(&app, &forum, "2026-03-17").await;
    assert_eq!(lock(&mut browser, &forum).await.status, 303);
}

/// Moves a forum to another day, as only a test can.
pub async fn move_to(app: &TestApp, forum: &Forum, day: &str) {
    let tx = app.app.db.begin_write().await.unwrap();
    let row = forums::entity::forum::ActiveModel {
        date: sea_orm::ActiveValue::Set(day.parse().unwrap()),
        ..Default::default()
    };
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    forums::entity::forum::Entity::update_many()
        .set(row)
        .filter(forums::entity::forum::Column::Id.eq(forum.id))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_scan_that_is_refused_leaves_the_reasons_of_the_points_in_sight() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-B").await;
    let mut browser = locked(&app, &forum).await;
    let root = point(&mut browser, &forum).await;
    let reason = "Sudah dilaksanakan sebelum forum berakhir.";
    let saved = explain(&mut browser, &forum, &root, "0", reason).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let page = browser.get(&at(&forum, "")).await;
    assert!(page.text().contains(reason), "{}", page.text());
    let text = ("scan", "lembar.txt", b"bukan pindaian".as_slice());
    let refused = browser.post_file(&at(&forum, "/pindaian"), &[], text).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(reason), "{}", refused.text());
}
