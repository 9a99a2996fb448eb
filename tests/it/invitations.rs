//! Promises of invitations: the letter, the mails with their calendar entries, the answer link.

use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};
use poem::http::Method;
use rembuk::{forums, invitations};
use serde_json::json;

use crate::{
    forums::{ORGANISER, forum_form, with_forums},
    support::TestApp,
};

/// The iCalendar text of a mail, unfolded.
pub fn calendar_of(mail: &Message<'_>) -> String {
    let part = mail
        .parts
        .iter()
        .find(|part| {
            part.content_type()
                .is_some_and(|kind| kind.subtype() == Some("calendar"))
        })
        .unwrap();
    let method = part.content_type().unwrap().attribute("method");
    assert_eq!(method, Some("REQUEST"));
    let text = match &part.body {
        PartType::Text(text) => text.to_string(),
        other => panic!("{other:?}"),
    };
    text.replace("\r\n ", "").replace("\n ", "")
}

pub fn property<'a>(calendar: &'a str, name: &str) -> &'a str {
    calendar
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .unwrap_or_else(|| panic!("no {name} in {calendar}"))
        .trim_end()
}

/// The answer link's path in a mail.
pub fn link_of(mail: &Message<'_>) -> String {
    let text = mail.body_text(0).unwrap();
    let link = text
        .split_whitespace()
        .find(|word| word.contains("/undangan/"))
        .unwrap();
    link[link.find("/undangan/").unwrap()..].to_owned()
}

pub async fn send_all(app: &TestApp, forum: forums::ForumId) -> Vec<Vec<u8>> {
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{forum}/undangan");
    let page = organiser.get(&address).await;
    assert!(page.text().contains("Kirim 39 undangan"), "{}", page.text());
    let sent = organiser.post(&format!("{address}/kirim"), &[]).await;
    let page = organiser.follow(&sent).await;
    assert!(
        page.text().contains("39 undangan sedang dikirim"),
        "{}",
        page.text()
    );
    assert!(page.attribute("#kemajuan", "hx-get").is_some(), "it polls");
    app.run_jobs().await;
    let done = organiser.get(&format!("{address}/kemajuan")).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(
        done.text().contains("39 dari 39 terkirim"),
        "{}",
        done.text()
    );
    assert!(done.attribute("#kemajuan", "hx-get").is_none(), "it stops");
    app.mails()
}

#[tokio::test]
async fn every_recipient_gets_one_mail_with_letter_calendar_entry_and_link() {
    let (app, demo) = with_forums().await;
    let mails = send_all(&app, demo.next).await;
    assert_eq!(mails.len(), 39);
    let mut seen = std::collections::BTreeSet::new();
    for raw in &mails {
        let mail = MessageParser::default().parse(raw).unwrap();
        assert!(mail.subject().unwrap().starts_with("Undangan: Forum"));
        let pdf = mail
            .attachments()
            .find(|file| file.attachment_name() == Some("Surat-Undangan.pdf"))
            .unwrap();
        assert!(pdf.contents().starts_with(b"%PDF-"));
        let calendar = calendar_of(&mail);
        assert_eq!(property(&calendar, "METHOD:"), "REQUEST");
        assert_eq!(property(&calendar, "SEQUENCE:"), "0");
        assert_eq!(property(&calendar, "TZOFFSETTO:"), "+0800");
        assert_eq!(
            property(&calendar, "DTSTART;TZID=Asia/Makassar:"),
            "20260410T080000"
        );
        assert!(calendar.contains("RSVP=TRUE") && calendar.contains("ORGANIZER;CN=\""));
        assert!(mail.body_html(0).unwrap().contains(&link_of(&mail)));
        assert!(
            seen.insert(property(&calendar, "UID:").to_owned()),
            "one UID each"
        );
        assert!(seen.insert(link_of(&mail)), "one link each");
    }
}

#[tokio::test]
async fn a_recipient_accepts_declines_or_names_a_delegate_until_the_forum_starts() {
    let (app, demo) = with_forums().await;
    let mails = send_all(&app, demo.next).await;
    let mail = MessageParser::default().parse(&mails[0]).unwrap();
    let link = link_of(&mail);
    let mut guest = app.browser();
    let page = guest.get(&link).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("Jumat, 10 April 2026, 08.00 WITA"),
        "{}",
        page.text()
    );
    let answer = guest.post(&link, &[("answer", "accepted")]).await;
    assert!(guest.follow(&answer).await.text().contains("Akan hadir"));
    let incomplete = guest
        .post(
            &link,
            &[("answer", "delegated"), ("message", "Mohon parkir")],
        )
        .await;
    assert_eq!(incomplete.status, 422);
    assert!(
        incomplete.body.contains("Mohon parkir"),
        "what was typed is kept"
    );
    let delegate = [
        ("answer", "delegated"),
        ("delegate_name", "Wakil Contoh"),
        ("delegate_position", "Kepala Subbagian Umum"),
        ("delegate_phone", "0800-0000-0077"),
        ("message", "Mohon parkir"),
    ];
    let answer = guest.post(&link, &delegate).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let mut organiser = app.sign_in(ORGANISER).await;
    let seen = organiser
        .get(&format!(
            "/kerja/forum/{}/undangan?jawab=delegated",
            demo.next
        ))
        .await;
    assert!(
        seen.text()
            .contains("Wakil Contoh, Kepala Subbagian Umum, +6280000000077")
    );
    assert!(seen.text().contains("Halaman dibuka"));
    let declined = guest.post(&link, &[("answer", "declined")]).await;
    assert_eq!(declined.status, 303);
    let seen = organiser
        .get(&format!(
            "/kerja/forum/{}/undangan?jawab=declined",
            demo.next
        ))
        .await;
    assert!(
        !seen.text().contains("Wakil Contoh"),
        "a changed answer names no delegate"
    );
    let pdf = guest.get(&format!("{link}/surat.pdf")).await;
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    let entry = guest.get(&format!("{link}/acara.ics")).await;
    assert!(entry.body.contains("METHOD:PUBLISH\r\n"));
    assert_eq!(
        property(&entry.body, "UID:"),
        property(&calendar_of(&mail), "UID:")
    );
    app.advance(chrono::Duration::days(24));
    let closed = guest.post(&link, &[("answer", "accepted")]).await;
    assert_eq!(closed.status, 422);
    let page = guest.get(&link).await;
    assert!(
        page.text().contains("Forum sudah dimulai"),
        "{}",
        page.text()
    );
    assert!(page.attribute("main form", "action").is_none());
}

#[tokio::test]
async fn a_wrong_link_does_not_exist_and_guessing_is_slowed_down() {
    let (app, _) = with_forums().await;
    let mut guest = app.browser();
    for _ in 0..20 {
        assert_eq!(guest.get("/undangan/salah-sekali").await.status, 404);
    }
    assert_eq!(guest.get("/undangan/salah-sekali").await.status, 429);
    app.advance(chrono::Duration::minutes(16));
    assert_eq!(guest.get("/undangan/salah-sekali").await.status, 404);
}

#[tokio::test]
async fn hostile_answers_are_refused_and_nothing_is_stored() {
    let (app, demo) = with_forums().await;
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let recipient = invitations::recipients(&app.app.db, &forum)
        .await
        .unwrap()
        .remove(0);
    let url = invitations::answer_url(&app.app, &recipient).unwrap();
    let link = &url[url.find("/undangan/").unwrap()..];
    let mut guest = app.browser();
    guest.get(link).await;
    let long = "x".repeat(1001);
    for (field, value) in [
        ("message", "<img src=x onerror=alert(1)>"),
        ("message", "=cmd|' /C calc'!A0"),
        ("message", "a\u{0}b"),
        ("message", long.as_str()),
        ("answer", "none"),
        ("answer", "perhaps"),
    ] {
        let mut fields = vec![(field, value)];
        if field != "answer" {
            fields.push(("answer", "accepted"));
        }
        assert_eq!(guest.post(link, &fields).await.status, 422, "{value}");
    }
    let after = invitations::recipient(&app.app.db, recipient.id)
        .await
        .unwrap();
    assert_eq!(after.answer, invitations::Answer::None);
}

/// A forum of its own with a letter that is complete but not issued; returns its address.
pub async fn draft(app: &TestApp, past: forums::ForumId) -> String {
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get("/kerja/forum/baru").await;
    let past = past.to_string();
    let made = organiser
        .post("/kerja/forum/baru", &forum_form(&[("copied_from", &past)]))
        .await;
    made.location().to_owned()
}

pub fn letter_form<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("version", "1"),
        ("number", "400.12.5.5/77/DISDUKCAPIL/2026"),
        ("letter_date", "2026-05-04"),
        ("place", "Samarinda"),
        ("classification", "ordinary"),
        ("subject", "Undangan Forum Konsultasi Publik (FKP)"),
        ("addressee", "Daftar terlampir"),
        ("place_line", "di Tempat"),
        ("opening", "Dalam rangka menindaklanjuti amanat peraturan."),
        ("body", "Kami mengundang Bapak/Ibu untuk hadir pada:"),
        ("closing", "Atas perhatiannya diucapkan terima kasih."),
        ("signatory_position", "Sekretaris Daerah"),
        ("signatory_name", "Sri Wahyuni"),
        ("signatory_rank", "Pembina Utama Madya"),
        ("signatory_nip", "197010101995032001"),
        ("copies", "Gubernur\nWakil Gubernur"),
    ];
    for (name, value) in changed {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

#[tokio::test]
async fn a_letter_is_checked_before_it_is_issued_and_frozen_afterwards() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let (here, letter) = (
        format!("{forum}/undangan"),
        format!("{forum}/undangan/surat"),
    );
    let page = organiser.get(&here).await;
    assert!(
        page.text().contains("Nomor surat belum diisi"),
        "{}",
        page.text()
    );
    assert!(
        page.text()
            .contains("Belum ada pengguna layanan yang diundang")
    );
    let refused = organiser
        .post(&format!("{here}/terbitkan"), &[("version", "1")])
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let saturday = letter_form(&[("letter_date", "2026-05-02")]);
    assert_eq!(organiser.post(&letter, &saturday).await.status, 303);
    let page = organiser.get(&here).await;
    assert!(
        page.text().contains("hari libur atau akhir pekan"),
        "{}",
        page.text()
    );
    let right = letter_form(&[("version", "2")]);
    assert_eq!(organiser.post(&letter, &right).await.status, 303);
    let draft_pdf = organiser.get(&format!("{letter}.pdf")).await;
    assert!(
        draft_pdf.bytes.starts_with(b"%PDF-"),
        "{}",
        draft_pdf.text()
    );
    let issued = organiser
        .post(&format!("{here}/terbitkan"), &[("version", "3")])
        .await;
    let page = organiser.follow(&issued).await;
    assert!(
        page.text().contains("Terbit Selasa, 17 Maret 2026"),
        "{}",
        page.text()
    );
    assert_eq!(page.texts(".files a").len(), 3);
    assert_eq!(organiser.get(&letter).await.status, 422);
    organiser.get(&here).await;
    for (path, fields) in [
        (letter.clone(), letter_form(&[("version", "4")])),
        (format!("{here}/terbitkan"), vec![("version", "4")]),
        (
            format!("{here}/penerima/baru"),
            vec![
                ("addressee", "Orang Baru"),
                ("organisation", "Instansi"),
                ("participant_group", "users"),
                ("quota", "1"),
            ],
        ),
    ] {
        assert_eq!(organiser.post(&path, &fields).await.status, 422, "{path}");
    }
}

#[tokio::test]
async fn two_editors_of_a_letter_and_a_number_used_twice_are_noticed() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let letter = format!("{forum}/undangan/surat");
    let mut first = app.sign_in(ORGANISER).await;
    let mut second = app.sign_in(ORGANISER).await;
    first.get(&letter).await;
    second.get(&letter).await;
    let taken = letter_form(&[("number", "400.12.5.5/3865/DISDUKCAPIL/2025")]);
    let answer = first.post(&letter, &taken).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("sudah dipakai surat lain"));
    assert_eq!(first.post(&letter, &letter_form(&[])).await.status, 303);
    let late = letter_form(&[("subject", "Hal yang lain sama sekali")]);
    assert_eq!(second.post(&letter, &late).await.status, 409);
}

#[tokio::test]
async fn recipients_are_added_changed_and_removed_while_the_letter_is_a_draft() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("{forum}/undangan");
    let form = format!("{list}/penerima/baru");
    organiser.get(&form).await;
    let wrong = organiser
        .post(&form, &[("addressee", ""), ("email", "bukan surel")])
        .await;
    assert_eq!(wrong.status, 422);
    let fields = [
        ("addressee", "Perwakilan pengguna layanan"),
        ("organisation", "Warga Samarinda"),
        ("participant_group", "users"),
        ("quota", "2"),
        ("note", "2 (dua) orang"),
        ("email", ""),
    ];
    assert_eq!(organiser.post(&form, &fields).await.status, 303);
    let page = organiser
        .get(&format!("{list}?q=perwakilan+pengguna"))
        .await;
    assert!(page.text().contains("Perwakilan pengguna layanan"));
    assert!(
        page.text().contains("1 penerima belum punya surel"),
        "{}",
        page.text()
    );
    let line = page
        .attribute("table.t tr:last-child .main a", "href")
        .unwrap();
    let unseen = organiser.post(&format!("{line}/hapus"), &[]).await;
    assert_eq!(unseen.status, 409);
    let form = organiser.get(&line).await;
    let version = form.attribute("input[name=version]", "value").unwrap();
    let seen = [("version", version.as_str())];
    let removed = organiser.post(&format!("{line}/hapus"), &seen).await;
    assert_eq!(removed.status, 303);
    assert!(
        !organiser
            .get(&format!("{list}?q=perwakilan+pengguna"))
            .await
            .text()
            .contains("Perwakilan pengguna")
    );
    assert_eq!(organiser.get(&line).await.status, 404);
}

#[tokio::test]
async fn the_mails_of_a_demo_are_read_in_the_workspace() {
    let folder = std::env::temp_dir().join(format!("rembuk-mail-{}", uuid::Uuid::now_v7()));
    let transport = format!("file:{}", folder.display());
    let app = TestApp::as_demo(&[("REMBUK__MAIL__TRANSPORT", transport.as_str())]).await;
    let demo = rembuk::demo::load_forums(&app.ctx()).await.unwrap();
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser
        .get(&format!("/kerja/forum/{}/undangan", demo.next))
        .await;
    let send = format!("/kerja/forum/{}/undangan/kirim", demo.next);
    organiser.post(&send, &[]).await;
    app.run_jobs().await;
    let list = organiser.get("/kerja/surel").await;
    assert_eq!(list.texts("table.t tbody tr").len(), 39, "{}", list.text());
    let one = organiser.get("/kerja/surel?ke=inspektorat").await;
    assert_eq!(one.texts("table.t tbody tr").len(), 1);
    let mail = one.attribute("table.t .main a", "href").unwrap();
    let page = organiser.get(&mail).await;
    let link = page.attribute(".saying a", "href").unwrap();
    assert!(link.contains("/undangan/"), "{}", page.text());
    let files = page.texts(".files a");
    assert!(
        files.contains(&"Surat-Undangan.pdf".to_owned()),
        "{files:?}"
    );
    let pdf = files
        .iter()
        .position(|name| name.ends_with(".pdf"))
        .unwrap();
    let file = organiser.get(&format!("{mail}/lampiran/{pdf}")).await;
    assert!(file.bytes.starts_with(b"%PDF-"));
    for wrong in [
        "/kerja/surel/..%2F..%2Fetc%2Fpasswd",
        "/kerja/surel/tidak-ada",
    ] {
        assert_eq!(organiser.get(wrong).await.status, 404, "{wrong}");
    }
    let mut handler = app.sign_in("fasilitasi.kaltim@rembuk.example").await;
    assert_eq!(handler.get("/kerja/surel").await.status, 403);
    let mut elsewhere = app.sign_in("petugas.sulsel@rembuk.example").await;
    assert_eq!(elsewhere.get(&mail).await.status, 404, "of another unit");

    let complaint = json!({
        "unit": "disdukcapil-kaltim",
        "subject": "Antrean panjang",
        "description": "Loket tutup sebelum jam pelayanan berakhir.",
        "reporter": { "email": "rahasia@warga.example" },
    });
    app.browser()
        .api(Method::POST, "/api/v1/complaints", Some(complaint))
        .await;
    app.run_jobs().await;
    let mut officer = app.sign_in("petugas.kaltim@rembuk.example").await;
    let list = officer.get("/kerja/surel").await;
    assert_eq!(list.texts("table.t tbody tr").len(), 40, "{}", list.text());
    let newest = list.attribute("table.t .main a", "href").unwrap();
    let page = officer.get(&newest).await;
    let without = organiser.get("/kerja/surel").await;
    assert_eq!(without.texts("table.t tbody tr").len(), 39, "no complaints");
    assert_eq!(organiser.get(&newest).await.status, 404);
    for seen in [&list, &page] {
        assert!(!seen.body.contains("rahasia@"), "{}", seen.text());
        assert!(
            seen.text().contains("pelapor (alamat tidak ditampilkan)"),
            "{}",
            seen.text()
        );
    }
    let none = organiser.get("/kerja/surel?ke=rahasia").await;
    assert!(none.texts("table.t tbody tr").is_empty());
    let _ = std::fs::remove_dir_all(folder);
}
