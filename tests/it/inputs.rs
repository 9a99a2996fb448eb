//! Promises of inputs and photos: what was said is kept with who said it, the public learns no name, and a
//! photo is public only when somebody released it.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};
use rembuk::{attendance, forums, minutes};
use sea_orm::ConnectionTrait as _;

use crate::{
    minutes::{at, begun, beside, write_header},
    support::TestApp,
};

#[tokio::test]
async fn an_input_knows_who_said_it_and_the_public_does_not() {
    let app = TestApp::new().await;
    let (forum, mut browser) = begun(&app, "FKP-A").await;
    let db = &app.app.db;
    let present = attendance::present(db, &forum).await.unwrap();
    let speaker = present
        .iter()
        .find(|row| row.name == "Warga Rahasia")
        .unwrap()
        .id
        .to_string();
    let fields = [
        ("text", "Loket dibuka lebih pagi"),
        ("attendance", speaker.as_str()),
        ("about", "component:lead_time"),
        ("answer", "Mulai bulan depan pukul 07.30"),
    ];
    for _ in 0..2 {
        let answer = browser.post(&beside(&forum, "masukan"), &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let inputs = forums::inputs(db, &forum).await.unwrap();
    let input = inputs.last().unwrap();
    assert_eq!((inputs.len(), input.code.as_str()), (3, "I3"));
    assert_eq!(input.raised_by_group, forums::Group::Users);
    assert_eq!(input.component.as_deref(), Some("lead_time"));
    let page = browser.get(&beside(&forum, "masukan")).await.text();
    assert!(
        page.contains("Warga Rahasia") && page.contains("2 belum dijawab"),
        "{page}"
    );
    let tx = db.begin_write().await.unwrap();
    forums::reach(&tx, &app.ctx(), forum.id, forums::Stage::Session)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let public = app.browser().get(&format!("/forum/{}", forum.id)).await;
    assert_eq!(public.status, 200);
    assert!(
        !public.body.contains("Loket dibuka lebih pagi"),
        "nobody has looked at it before the record is locked"
    );
    for (fields, field) in [
        (
            [("text", "Tanpa siapa pun"), ("raised_by_group", "")],
            "#f-raised_by_group",
        ),
        (
            [
                ("text", "Orang asing"),
                ("attendance", "00000000-0000-0000-0000-000000000000"),
            ],
            "#f-attendance",
        ),
        ([("text", ""), ("raised_by_group", "users")], "#f-text"),
        (
            [("text", "Komponen asing"), ("about", "component:warna")],
            ".summary",
        ),
    ] {
        let answer = browser.post(&beside(&forum, "masukan"), &fields).await;
        assert_eq!(answer.status, 422, "{fields:?}");
        assert!(
            answer.body.contains(field.trim_start_matches(['#', '.'])),
            "{field}"
        );
        assert_eq!(answer.texts("textarea[name=text]"), [fields[0].1]);
    }
}

#[tokio::test]
async fn the_public_reads_what_was_said_once_it_is_agreed_and_never_who_said_it() {
    let app = TestApp::new().await;
    let forum = crate::attendance::forum(&app, "FKP-A").await;
    crate::berita_acara::locked(&app, &forum).await;
    let said = forums::inputs(&app.app.db, &forum).await.unwrap();
    let public = app.browser().get(&format!("/forum/{}", forum.id)).await;
    let rows = public.texts("#disampaikan tbody tr");
    assert_eq!(rows.len(), said.len(), "{rows:?}");
    assert!(rows[0].contains(&said[0].text), "{rows:?}");
    assert!(!public.body.contains("Warga Contoh"), "{}", public.body);
    let answered = "UPDATE forum_input SET answer = 'Sudah dipasang papan baru.' WHERE code = 'I2'";
    app.app.db.execute_unprepared(answered).await.unwrap();
    let public = app.browser().get(&format!("/forum/{}", forum.id)).await;
    assert!(
        public
            .body
            .contains("Jawaban dalam forum: Sudah dipasang papan baru."),
        "{}",
        public.body
    );
    // Words that were kept before identity numbers were refused.
    let change =
        "UPDATE forum_input SET text = 'NIK 6472 0112 0399 0001 belum jadi' WHERE code = 'I1'";
    app.app.db.execute_unprepared(change).await.unwrap();
    let public = app.browser().get(&format!("/forum/{}", forum.id)).await;
    assert!(
        public.body.contains("NIK **** **** **** **** belum"),
        "{}",
        public.body
    );
}

#[tokio::test]
async fn an_input_that_seems_to_name_somebody_is_looked_at_before_it_is_kept() {
    let app = TestApp::new().await;
    let (forum, mut browser) = begun(&app, "FKP-A").await;
    let db = &app.app.db;
    let before = forums::inputs(db, &forum).await.unwrap().len();
    let path = beside(&forum, "masukan");
    let words = "Hubungi loket di 0800-0000-0072 bila antre";
    let fields = [("text", words), ("raised_by_group", "users")];
    let refused = browser.post(&path, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("0800-0000-0072"));
    assert_eq!(refused.texts("textarea[name=text]"), [words]);
    assert!(refused.attribute("input[name=looked]", "value").is_some());
    assert_eq!(forums::inputs(db, &forum).await.unwrap().len(), before);
    let looked = [fields[0], fields[1], ("looked", "true")];
    let kept = browser.post(&path, &looked).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    // Of words that stay as they are nobody asks again.
    let inputs = forums::inputs(db, &forum).await.unwrap();
    let own = format!("{path}/{}", inputs.last().unwrap().id);
    let answered = [
        fields[0],
        fields[1],
        ("answer", "Nomor itu milik kantor"),
        ("version", "1"),
    ];
    let changed = browser.post(&own, &answered).await;
    assert_eq!(changed.status, 303, "{}", changed.text());
}

#[tokio::test]
async fn no_tick_carries_an_identity_number_into_an_input() {
    let app = TestApp::new().await;
    let (forum, mut browser) = begun(&app, "FKP-A").await;
    let db = &app.app.db;
    let before = forums::inputs(db, &forum).await.unwrap().len();
    let path = beside(&forum, "masukan");
    for number in [
        "6472011203990001",
        "6472 0112 0399 0001",
        "64.72.01.120399.0001",
    ] {
        let words = format!("Kartu dengan NIK {number} belum jadi");
        for (text, answer, field) in [
            (words.as_str(), "", "#f-text"),
            ("Kartu belum jadi", words.as_str(), "#f-answer"),
        ] {
            let fields = [
                ("text", text),
                ("raised_by_group", "users"),
                ("answer", answer),
                ("looked", "true"),
            ];
            let refused = browser.post(&path, &fields).await;
            assert_eq!(refused.status, 422, "{number} {field}");
            let to = refused.attributes(".summary a", "href");
            assert_eq!(to, [field], "{}", refused.text());
            assert!(refused.text().contains(number), "{}", refused.text());
        }
    }
    assert_eq!(forums::inputs(db, &forum).await.unwrap().len(), before);
    let covered = [
        ("text", "Kartu dengan NIK 6472********0001 belum jadi"),
        ("raised_by_group", "users"),
    ];
    let kept = browser.post(&path, &covered).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
}

#[tokio::test]
async fn an_input_is_corrected_with_a_reason_and_not_removed_once_something_was_made_from_it() {
    let app = TestApp::new().await;
    let (forum, mut browser) = begun(&app, "FKP-A").await;
    let db = &app.app.db;
    let inputs = forums::inputs(db, &forum).await.unwrap();
    let of = |at: usize| beside(&forum, &format!("masukan/{}", inputs[at].id));
    let change = |version: &'static str, reason: &'static str| {
        [
            ("version", version),
            ("text", "Petugas menyapa lebih dahulu"),
            ("raised_by_group", "media"),
            ("reason", reason),
        ]
    };
    let without = browser.post(&of(1), &change("1", "")).await;
    assert_eq!(without.status, 422);
    let answer = browser.post(&of(1), &change("1", "Salah dengar")).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(
        browser
            .post(&of(1), &change("1", "Salah dengar"))
            .await
            .status,
        409
    );
    let page = browser.get(&of(1)).await.text();
    assert!(
        page.contains("Petugas lebih ramah") && page.contains("Salah dengar"),
        "{page}"
    );
    // A point is made from the first; its words then stay, its answer does not.
    let record = beside(&forum, "berita-acara");
    browser.post(&format!("{record}/mulai"), &[]).await;
    let id = inputs[0].id.to_string();
    let point = [("text", "Persyaratan diumumkan."), ("inputs", id.as_str())];
    assert_eq!(
        browser
            .post(&format!("{record}/butir"), &point)
            .await
            .status,
        303
    );
    let remove = [("version", "1"), ("remove_reason", "Tercatat dua kali")];
    let refused = browser.post(&format!("{}/hapus", of(0)), &remove).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("sudah menjadi butir"),
        "{}",
        refused.text()
    );
    let words = browser.post(&of(0), &change("1", "Salah dengar")).await;
    assert!(
        words.text().contains("sudah menjadi butir"),
        "{}",
        words.text()
    );
    let answered = [
        ("version", "1"),
        ("text", "Umumkan persyaratan di laman"),
        ("raised_by_group", "media"),
        ("answer", "Sudah diumumkan"),
    ];
    assert_eq!(browser.post(&of(0), &answered).await.status, 303);
    // The other one is taken off the list, with the reason; its code is not given again.
    let remove = [("version", "2"), ("remove_reason", "Tercatat dua kali")];
    let gone = browser.post(&format!("{}/hapus", of(1)), &remove).await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    assert_eq!(browser.get(&of(1)).await.status, 404);
    let new = [("text", "Masukan yang baru"), ("raised_by_group", "users")];
    browser.post(&beside(&forum, "masukan"), &new).await;
    let codes: Vec<String> = forums::inputs(db, &forum)
        .await
        .unwrap()
        .into_iter()
        .map(|input| input.code)
        .collect();
    assert_eq!(codes, ["I1", "I3"]);
}

fn png(colour: u8) -> Vec<u8> {
    let picture = RgbImage::from_pixel(40, 30, image::Rgb([colour; 3]));
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture)
        .write_to(&mut out, ImageFormat::Png)
        .unwrap();
    out.into_inner()
}

#[tokio::test]
async fn photos_are_made_anew_described_and_public_only_when_released() {
    let app = TestApp::new().await;
    let (forum, mut browser) = begun(&app, "FKP-A").await;
    let page = beside(&forum, "foto");
    browser.get(&page).await;
    for (name, bytes) in [
        ("a.png", png(10)),
        ("b.png", png(200)),
        ("a lagi.png", png(10)),
    ] {
        let answer = browser
            .post_file(&page, &[], ("photos", name, &bytes))
            .await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let fake = b"<svg onload=alert(1)>".as_slice();
    let refused = browser
        .post_file(&page, &[], ("photos", "bukan.jpg", fake))
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("bukan.jpg bukan foto"),
        "{}",
        refused.text()
    );
    let photos = minutes::photos(&app.app.db, forum.id).await.unwrap();
    assert_eq!(photos.len(), 2);
    assert_eq!(photos[0].content_type, "image/jpeg");
    // Without captions the minutes are not complete.
    write_header(&mut browser, &forum, "1").await;
    let early = browser.post(&at(&forum, "/ajukan"), &[]).await;
    assert!(
        early.text().contains("2 foto belum mempunyai keterangan"),
        "{}",
        early.text()
    );
    let list = browser.get(&page).await;
    let first = list.attribute(".photos form", "action").unwrap();
    let empty = browser
        .post(&first, &[("version", "1"), ("caption", "")])
        .await;
    assert_eq!(empty.status, 422);
    let tx = app.app.db.begin_write().await.unwrap();
    forums::reach(&tx, &app.ctx(), forum.id, forums::Stage::Session)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let public = first.replacen("/kerja", "", 1);
    let caption = ("caption", "Suasana diskusi");
    browser.post(&first, &[("version", "1"), caption]).await;
    assert_eq!(app.browser().get(&public).await.status, 404);
    let released = [("version", "2"), caption, ("publishable", "true")];
    assert_eq!(browser.post(&first, &released).await.status, 303);
    assert_eq!(browser.post(&first, &released).await.status, 409);
    let shown = app.browser().get(&public).await;
    assert_eq!(shown.status, 200);
    assert_eq!(
        image::guess_format(&shown.bytes).unwrap(),
        ImageFormat::Jpeg
    );
    let down = browser.post(&format!("{first}/turun"), &[]).await;
    assert_eq!(down.status, 303);
    let photos = minutes::photos(&app.app.db, forum.id).await.unwrap();
    assert_eq!(photos[1].caption, "Suasana diskusi");
    let gone = browser
        .post(&format!("{first}/hapus"), &[("version", "3")])
        .await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    assert_eq!(app.browser().get(&public).await.status, 404);
}

#[tokio::test]
async fn whoever_writes_what_paper_cannot_show_is_told_when_it_is_saved() {
    let app = TestApp::new().await;
    let (forum, mut browser) = begun(&app, "FKP-A").await;
    for (text, squares) in [
        ("Petugas menyapa\r\ndengan senyum \u{1f600}.", true),
        ("Petugas menyapa\r\ndengan senyum.", false),
    ] {
        let fields = [("text", text), ("raised_by_group", "users")];
        let saved = browser.post(&beside(&forum, "masukan"), &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let page = browser.follow(&saved).await.text();
        assert_eq!(page.contains("menjadi kotak di naskah"), squares, "{text}");
    }
}
