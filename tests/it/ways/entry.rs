use rembuk::complaints::entity::message;
use sea_orm::EntityTrait as _;

use super::{number_of, officer, told};
use crate::{
    attendance::pdf_text,
    complaints::{HANDLER, OFFICER, assigned, filed, program},
    support::TestApp,
};

const FORM: &str = "/kerja/pengaduan/baru";

fn png() -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(40, 30, image::Rgb([12, 90, 160]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn an_officer_takes_down_one_after_the_other_and_the_channel_stays() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let first = officer.get(FORM).await;
    assert_eq!(
        first.attribute("select[name=channel] option[selected]", "value"),
        None
    );
    assert_eq!(
        first
            .attribute("script[data-begin]", "data-begin")
            .as_deref(),
        Some("f-channel")
    );
    let mut call = told();
    call[1] = ("channel", "phone");
    let saved = officer.post(FORM, &call).await;
    let number = number_of(&saved);
    let next = officer.follow(&saved).await;
    assert!(
        next.text()
            .contains(&format!("Pengaduan {number} tercatat.")),
        "{}",
        next.text()
    );
    assert!(
        next.text()
            .contains("Dijawab paling lambat Selasa, 17 Maret 2026")
            || next.text().contains("Dijawab paling lambat")
    );
    assert_eq!(next.attribute("input[name=description]", "value"), None);
    assert_eq!(next.texts("textarea[name=description]"), [""]);
    assert_eq!(
        next.attribute("script[data-begin]", "data-begin")
            .as_deref(),
        Some("f-subject")
    );
    // The next morning too.
    let again = officer.get(FORM).await;
    let chosen = again.attribute("select[name=channel] option[selected]", "value");
    assert_eq!(chosen.as_deref(), Some("phone"));
    // Nobody wrote a subject: the case is called by its first words, and received when it was told.
    let case = officer.get(&format!("/kerja/pengaduan/{number}")).await;
    assert_eq!(case.texts("h1"), ["Loket 2 tutup sebelum pukul dua belas."]);
    assert!(
        case.text()
            .contains("Senin, 16 Maret 2026 pukul 09.15 WITA"),
        "{}",
        case.text()
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn the_law_counts_from_the_receipt_and_a_letter_is_not_younger_than_that() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let letter = |written: &'static str, received: &'static str| {
        let mut fields = told();
        fields[1] = ("channel", "letter");
        fields[5] = ("received_on", received);
        fields.extend([
            ("letter_date", written),
            ("letter_number", "007/WARGA/III/2026"),
            ("represented_by", "Kuasa Contoh"),
            ("address", "Jalan Contoh 5"),
        ]);
        fields
    };
    let young = officer
        .post(FORM, &letter("2026-03-13", "2026-03-12"))
        .await;
    assert_eq!(young.status, 422);
    assert!(
        young.text().contains("Tanggal surat sesudah hari diterima"),
        "{}",
        young.text()
    );
    let saved = officer
        .post(FORM, &letter("2026-03-10", "2026-03-12"))
        .await;
    let number = number_of(&saved);
    let case = officer
        .get(&format!("/kerja/pengaduan/{number}"))
        .await
        .text();
    for words in [
        "007/WARGA/III/2026",
        "10 Maret 2026",
        "Kuasa Contoh",
        "Jalan Contoh 5",
    ] {
        assert!(case.contains(words), "{words}: {case}");
    }
    // Received on Thursday: due on Monday, which is over.
    assert!(case.contains("Terlambat"), "{case}");
    // Faults come all at once, and what was typed stays.
    let mut wrong = told();
    wrong[2] = ("description", "x");
    wrong[6] = ("received_time", "pagi");
    wrong.push(("service", "paspor"));
    let refused = officer.post(FORM, &wrong).await;
    assert_eq!(refused.status, 422);
    let faults = refused.texts(".summary a").len();
    assert!(faults >= 2, "{}", refused.text());
    assert_eq!(
        refused.attribute("input[name=name]", "value").as_deref(),
        Some("Bungaran Contoh")
    );
    app.run_jobs().await;
}

/// Zammad and osTicket users ask for a paper to sign and for identity copies that not every agent sees.
#[tokio::test]
async fn the_form_is_printed_for_signature_and_an_anonymous_name_is_not_on_it() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let number = number_of(&officer.post(FORM, &told()).await);
    let pdf = officer
        .get(&format!("/kerja/pengaduan/{number}/formulir.pdf"))
        .await;
    assert!(pdf.bytes.starts_with(b"%PDF-"), "{}", pdf.body);
    let text = pdf_text(&pdf.bytes);
    for words in [
        "FORMULIR PENGADUAN",
        number.as_str(),
        "Loket 2 tutup sebelum pukul dua belas.",
        "Bungaran Contoh",
        "Hak pelapor",
        "Kode rahasia",
        "Potong di sini",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let mut hidden = told();
    hidden.push(("anonymous", "true"));
    let secret = number_of(&officer.post(FORM, &hidden).await);
    let pdf = officer
        .get(&format!("/kerja/pengaduan/{secret}/formulir.pdf"))
        .await;
    let text = pdf_text(&pdf.bytes);
    assert!(
        !text.contains("Bungaran") && text.contains("Dirahasiakan"),
        "{text}"
    );
    let case = officer.get(&format!("/kerja/pengaduan/{secret}")).await;
    assert!(
        case.text().contains("Tanda terima dicetak petugas"),
        "printing is kept in the history"
    );
    // What the citizen filed on the web has no paper with its code.
    let web = filed(&app, false, false).await.complaint.number;
    let none = officer
        .get(&format!("/kerja/pengaduan/{web}/formulir.pdf"))
        .await;
    assert_eq!(none.status, 404);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_identity_card_is_opened_by_an_officer_with_a_reason_and_by_nobody_else() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let number = number_of(&officer.post(FORM, &told()).await);
    assigned(&app, &number, "fasilitasi").await;
    let place = format!("/kerja/pengaduan/{number}/berkas-terbatas");
    officer.get(&place).await;
    let kind = [("kind", "identity_card")];
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let refused = officer
        .post_file(&place, &kind, ("file", "ktp.png", svg))
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let kept = officer
        .post_file(&place, &kind, ("file", "ktp.png", &png()))
        .await;
    let page = officer.follow(&kept).await;
    assert!(page.text().contains("Salinan KTP"), "{}", page.text());
    let file = page.attribute("button[formaction]", "formaction").unwrap();
    let silent = officer.post(&file, &[("reason", "")]).await;
    assert_eq!(silent.status, 422);
    let opened = officer
        .post(&file, &[("reason", "Mencocokkan nama dengan surat kuasa")])
        .await;
    assert_eq!(opened.status, 200);
    assert!(
        opened.bytes.starts_with(&[0xFF, 0xD8]),
        "made anew as a JPEG"
    );
    assert!(
        opened
            .header("content-disposition")
            .starts_with("attachment")
    );
    let case = officer
        .get(&format!("/kerja/pengaduan/{number}"))
        .await
        .text();
    assert!(
        case.contains("Mencocokkan nama dengan surat kuasa"),
        "{case}"
    );
    // The handler of the case answers it without.
    let mut handler = app.sign_in(HANDLER).await;
    let seen = handler.get(&format!("/kerja/pengaduan/{number}")).await;
    assert!(
        seen.status == 200
            && !seen.text().contains("Mencocokkan")
            && !seen.body.contains("berkas-terbatas")
    );
    assert_eq!(handler.get(&place).await.status, 403);
    let tried = handler.post(&file, &[("reason", "Ingin tahu saja")]).await;
    assert_eq!(tried.status, 403);
    // Of another case it is no file.
    let other = number_of(&officer.post(FORM, &told()[..7]).await);
    let moved = file.replace(&number, &other);
    let wrong = officer
        .post(&moved, &[("reason", "Alasan yang cukup")])
        .await;
    assert_eq!(wrong.status, 404);
    app.run_jobs().await;
}

/// Chatwoot keeps a message twice when a provider delivers it twice (its users' most repeated complaint); here the
/// channel's own name for a message is unique.
#[tokio::test]
async fn a_message_delivered_twice_is_one_message() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let number = number_of(&officer.post(FORM, &told()).await);
    let place = format!("/kerja/pengaduan/{number}/pesan-masuk");
    officer.get(&place).await;
    let message = [
        ("channel", "whatsapp"),
        ("text", "Sampai hari ini belum ada kabar."),
        ("external_id", "wamid.0001"),
        ("original", "P! sampe hari ini blm ada kabar, sy Bungaran"),
    ];
    let kept = officer.post(&place, &message).await;
    let case = officer.follow(&kept).await;
    assert!(
        case.text().contains("Sampai hari ini belum ada kabar."),
        "{}",
        case.text()
    );
    officer.get(&place).await;
    let twice = officer.post(&place, &message).await;
    assert_eq!(twice.status, 422);
    assert!(twice.text().contains("sudah dicatat"), "{}", twice.text());
    let case = officer.get(&format!("/kerja/pengaduan/{number}")).await;
    // Once among what is new, once in the case's history.
    let said = |text: String| text.matches("Sampai hari ini belum ada kabar.").count();
    let latest = said(case.texts("#terbaru").join(" "));
    assert_eq!((latest, said(case.text())), (1, 2));
    assert!(
        !case.text().contains("blm ada kabar"),
        "the original is sealed"
    );
    // On another channel the same name is another message.
    let mut other = message;
    other[0] = ("channel", "email");
    assert_eq!(officer.post(&place, &other).await.status, 303);
    let asked = format!("/kerja/pengaduan/{number}/naskah-asli");
    officer.get(&place).await;
    assert_eq!(officer.post(&asked, &[("reason", "")]).await.status, 422);
    let opened = officer
        .post(&asked, &[("reason", "Memeriksa ringkasan")])
        .await;
    assert!(opened.text().contains("blm ada kabar"), "{}", opened.text());
    let mut handler = app.sign_in(HANDLER).await;
    handler.get("/kerja/pengaduan").await;
    assert_eq!(
        handler
            .post(&asked, &[("reason", "Ingin tahu saja")])
            .await
            .status,
        403
    );
    // Why somebody looked may itself name somebody: whoever may look reads it, not whoever handles the case.
    assigned(&app, &number, "fasilitasi").await;
    let case = format!("/kerja/pengaduan/{number}");
    let (seen, judged) = (handler.get(&case).await, officer.get(&case).await);
    assert_eq!(seen.status, 200);
    assert!(!seen.text().contains("Memeriksa ringkasan"));
    assert!(
        judged.text().contains("Memeriksa ringkasan"),
        "{}",
        judged.text()
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_form_sent_twice_is_one_complaint_and_a_stranger_s_unit_stays_closed() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in(OFFICER).await;
    let form = officer.get(FORM).await;
    let key = form.attribute("input[name=form_key]", "value").unwrap();
    let mut fields = told();
    fields.push(("form_key", &key));
    let first = number_of(&officer.post(FORM, &fields).await);
    let again = number_of(&officer.post(FORM, &fields).await);
    assert_eq!(first, again);
    let mut elsewhere = told();
    elsewhere[0] = ("unit", "disdukcapil-sulsel");
    assert_eq!(officer.post(FORM, &elsewhere).await.status, 403);
    app.run_jobs().await;
}

/// `2025` typed for `2026`: heads and supervisors would be told of a case that is a year late.
#[tokio::test]
async fn a_day_of_long_ago_is_asked_about_once_more() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let mut old = told();
    old[5] = ("received_on", "2025-03-16");
    let asked = officer.post(FORM, &old).await;
    assert_eq!(asked.status, 422);
    assert!(
        asked.text().contains("Diterima 366 hari yang lalu: benar?"),
        "{}",
        asked.text()
    );
    let sure = asked.attribute("input[name=received_sure]", "value");
    assert_eq!(sure.as_deref(), Some("2025-03-16"));
    // Another day than the one that was asked about is asked about again.
    let mut other = old.clone();
    other[5] = ("received_on", "2025-03-15");
    other.push(("received_sure", "2025-03-16"));
    assert_eq!(officer.post(FORM, &other).await.status, 422);
    old.push(("received_sure", "2025-03-16"));
    assert_eq!(officer.post(FORM, &old).await.status, 303);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_call_is_dated_when_it_was_made_and_pressed_twice_it_is_one_message() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let mut letter = told();
    letter[5] = ("received_on", "2026-03-12");
    let number = number_of(&officer.post(FORM, &letter).await);
    let place = format!("/kerja/pengaduan/{number}/pesan-masuk");
    let form = officer.get(&place).await;
    let key = form.attribute("input[name=form_key]", "value").unwrap();
    let call = |day: &'static str| {
        [
            ("channel", "phone"),
            ("text", "Menelepon, menanyakan kabar."),
            ("said_on", day),
            ("form_key", key.as_str()),
        ]
    };
    for day in ["2026-03-11", "2026-03-18", "kemarin"] {
        assert_eq!(officer.post(&place, &call(day)).await.status, 422, "{day}");
    }
    for _ in 0..2 {
        let kept = officer.post(&place, &call("2026-03-13")).await;
        assert_eq!(kept.status, 303, "{}", kept.text());
    }
    let rows = message::Entity::find().all(&app.app.db).await.unwrap();
    let rows: Vec<_> = rows.iter().map(|row| row.at.to_string()).collect();
    assert_eq!(rows, ["2026-03-13 04:00:00 UTC"]);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_mistyped_day_of_receipt_is_put_right_with_a_reason_and_the_deadline_follows() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let mut early = told();
    early[5] = ("received_on", "2026-03-02");
    let number = number_of(&officer.post(FORM, &early).await);
    let case = format!("/kerja/pengaduan/{number}");
    let due = async || {
        let path = format!("/api/v1/complaints/{number}");
        let case = program(&app, OFFICER).await.get(&path).await.json();
        case["due_at"].as_str().unwrap().to_owned()
    };
    assert!(due().await.starts_with("2026-03-04"), "two working days");
    let place = format!("{case}/tanggal-diterima");
    let form = officer.get(&place).await;
    let version = form.attribute("input[name=version]", "value").unwrap();
    let right = |version: &'static str, reason: &'static str| {
        [
            ("version", version),
            ("received_on", "2026-03-16"),
            ("received_time", "0915"),
            ("reason", reason),
        ]
    };
    assert_eq!(version, "1");
    let silent = officer.post(&place, &right("1", "")).await;
    assert_eq!(silent.status, 422);
    let put = officer
        .post(&place, &right("1", "Salah ketik tanggal"))
        .await;
    let page = officer.follow(&put).await.text();
    for words in [
        "Senin, 16 Maret 2026 pukul 09.15 WITA",
        "Tanggal diterima dibetulkan",
        "Salah ketik tanggal",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(due().await.starts_with("2026-03-25"), "after the feasts");
    let late = officer
        .post(&place, &right("1", "Salah ketik tanggal"))
        .await;
    assert_eq!(late.status, 409, "somebody corrected it meanwhile");
    // What the web form noted is not mistyped.
    let web = filed(&app, false, false).await.complaint.number;
    let none = officer
        .get(&format!("/kerja/pengaduan/{web}/tanggal-diterima"))
        .await;
    assert_eq!(none.status, 422);
    app.run_jobs().await;
}
