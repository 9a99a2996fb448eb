//! Promises of the minutes: nobody's text is overwritten, what is approved stays, what was said is kept with
//! who said it.

use rembuk::{
    attendance,
    documents::{self, Kind},
    forums::{self, Forum},
    minutes::{self, Status},
};

use crate::{
    attendance::{HANDLER, ORGANISER, STRANGER, forum, pdf_text, walk_in},
    support::{Browser, TestApp, browser::Answer},
};

pub const HEAD: &str = "kepala.kaltim@rembuk.example";

pub fn at(forum: &Forum, step: &str) -> String {
    format!("/kerja/forum/{}/notulen{step}", forum.id)
}

pub fn beside(forum: &Forum, page: &str) -> String {
    format!("/kerja/forum/{}/{page}", forum.id)
}

/// A forum with two agenda items, begun minutes and two people present.
pub async fn begun<'a>(app: &'a TestApp, code: &str) -> (Forum, Browser<'a>) {
    let forum = forum(app, code).await;
    let item = |starts: &str, ends: &str, activity: &str| forums::AgendaIn {
        id: None,
        day: 1,
        starts: starts.parse().unwrap(),
        ends: ends.parse().unwrap(),
        activity: activity.to_owned(),
        person_in_charge: String::new(),
    };
    let programme = forums::Programme {
        team: Vec::new(),
        agenda: vec![
            item("08:00:00", "09:00:00", "Pembukaan"),
            item("09:00:00", "12:00:00", "Diskusi"),
        ],
        neutrality_note: None,
    };
    let tx = app.app.db.begin_write().await.unwrap();
    forums::write_programme(&tx, &forum, programme)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut browser = app.sign_in(ORGANISER).await;
    for (name, group) in [("Kepala Contoh", "organiser"), ("Warga Rahasia", "users")] {
        let answer = walk_in(&mut browser, &forum, name, group, "").await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let answer = browser.post(&at(&forum, "/mulai"), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    (forum, browser)
}

async fn agenda(app: &TestApp, forum: &Forum, at: usize) -> String {
    let items = forums::agenda(&app.app.db, forum).await.unwrap();
    items[at].id.to_string()
}

async fn write_note(browser: &mut Browser<'_>, forum: &Forum, item: &str, text: &str) -> Answer {
    let fields = [("agenda", item), ("text", text)];
    browser.post(&at(forum, "/catatan"), &fields).await
}

pub async fn write_header(browser: &mut Browser<'_>, forum: &Forum, version: &str) -> Answer {
    let fields = [
        ("version", version),
        ("minute_taker", "Notulis Contoh"),
        ("minute_taker_position", "Notulis"),
        ("approver", ""),
        ("approver_position", ""),
        ("results", "1. Syarat diumumkan\n2) Pengaduan dijawab"),
        ("closing", "Demikian notulen ini dibuat."),
    ];
    browser.post(&at(forum, "/naskah"), &fields).await
}

async fn record(app: &TestApp, forum: &Forum) -> minutes::Record {
    let record = minutes::record(&app.app.db, forum.id).await.unwrap();
    record.unwrap()
}

pub async fn approve(browser: &mut Browser<'_>, forum: &Forum) -> Answer {
    let page = browser.get(&at(forum, "")).await;
    let value = |name: &str| page.attribute(&format!("input[name={name}]"), "value");
    let (seen, version) = (value("seen"), value("forum_version"));
    let fields = [
        ("seen", seen.as_deref().unwrap_or_default()),
        ("forum_version", version.as_deref().unwrap_or_default()),
        ("confirm", "true"),
    ];
    browser.post(&at(forum, "/setujui"), &fields).await
}

pub async fn approved<'a>(app: &'a TestApp, code: &str) -> (Forum, Browser<'a>) {
    let (forum, mut browser) = begun(app, code).await;
    let item = agenda(app, &forum, 1).await;
    write_note(
        &mut browser,
        &forum,
        &item,
        "Peserta bertanya, kepala menjawab.",
    )
    .await;
    assert_eq!(write_header(&mut browser, &forum, "1").await.status, 303);
    let answer = browser.post(&at(&forum, "/ajukan"), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let mut head = app.sign_in(HEAD).await;
    let answer = approve(&mut head, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    app.run_jobs().await;
    (forum, browser)
}

#[tokio::test]
async fn several_people_write_at_once_and_the_second_sees_both_texts() {
    let app = TestApp::new().await;
    let (forum, mut one) = begun(&app, "FKP-A").await;
    let item = agenda(&app, &forum, 1).await;
    assert_eq!(
        write_note(&mut one, &forum, &item, "Teks pertama")
            .await
            .status,
        303
    );
    // The same form twice is one note; another text for the same item from a stale tab is not lost.
    assert_eq!(
        write_note(&mut one, &forum, &item, "Teks pertama")
            .await
            .status,
        303
    );
    let told = write_note(&mut one, &forum, &item, "Teks dari tab lama").await;
    assert_eq!(told.status, 409);
    let page = one.get(&at(&forum, "")).await;
    let action = page
        .attribute("form[action*='/catatan/']", "action")
        .unwrap();
    let first = [("version", "1"), ("text", "Teks pertama diperbaiki")];
    assert_eq!(one.post(&action, &first).await.status, 303);
    let second = [("version", "1"), ("text", "Teks pertama orang kedua")];
    let told = one.post(&action, &second).await;
    assert_eq!(told.status, 409);
    assert_eq!(
        told.texts("textarea[name=text]"),
        ["Teks pertama orang kedua"]
    );
    assert!(
        told.texts(".saying")
            .join("")
            .contains("Teks pertama diperbaiki")
    );
    assert!(
        told.texts("ins").join("").contains("orang kedua"),
        "{}",
        told.body
    );
    assert!(
        told.texts("del").join("").contains("diperbaiki"),
        "{}",
        told.body
    );
    // What was typed is saved over what was seen, knowingly.
    let version = told.attribute("input[name=version]", "value").unwrap();
    let merged = [("version", version.as_str()), ("text", "Teks gabungan")];
    assert_eq!(one.post(&action, &merged).await.status, 303);
    assert_eq!(record(&app, &forum).await.items[1].notes, ["Teks gabungan"]);
    let bad = [("version", "3"), ("text", "<script>alert(1)</script>")];
    let refused = one.post(&action, &bad).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.texts("textarea[name=text]"),
        ["<script>alert(1)</script>"]
    );
    // The text around the notes likewise.
    assert_eq!(write_header(&mut one, &forum, "1").await.status, 303);
    let told = write_header(&mut one, &forum, "1").await;
    assert_eq!(told.status, 409);
    assert!(
        told.texts("#f-results")
            .join(" ")
            .contains("Pengaduan dijawab")
    );
}

#[tokio::test]
async fn every_saved_state_is_kept_and_two_can_be_compared() {
    let app = TestApp::new().await;
    let (forum, mut browser) = begun(&app, "FKP-A").await;
    let item = agenda(&app, &forum, 1).await;
    write_note(&mut browser, &forum, &item, "Waktu layanan dua hari kerja").await;
    let page = browser.get(&at(&forum, "")).await;
    let action = page
        .attribute("form[action*='/catatan/']", "action")
        .unwrap();
    let fields = [("version", "1"), ("text", "Waktu layanan satu hari kerja")];
    browser.post(&action, &fields).await;
    let remove = format!("{action}/hapus");
    assert_eq!(browser.post(&remove, &[("version", "1")]).await.status, 409);
    assert_eq!(browser.post(&remove, &[("version", "2")]).await.status, 303);
    let page = browser.get(&at(&forum, "/riwayat?dari=2&ke=3")).await;
    assert_eq!(page.status, 200);
    let said = |tag: &str| page.texts(tag).join(" ");
    assert!(
        said("ins").contains("satu") && said("del").contains("dua"),
        "{}",
        page.body
    );
    assert_eq!(page.texts("tbody tr").len(), 4);
    // What was removed is still there.
    let page = browser.get(&at(&forum, "/riwayat?dari=4&ke=3")).await;
    assert!(
        page.texts("del")
            .join("")
            .contains("Waktu layanan satu hari kerja")
    );
    assert_eq!(
        browser
            .get(&at(&forum, "/riwayat?dari=1&ke=99"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn minutes_are_submitted_approved_by_the_head_and_then_frozen() {
    let app = TestApp::new().await;
    let (forum, mut browser) = begun(&app, "FKP-A").await;
    let early = browser.post(&at(&forum, "/ajukan"), &[]).await;
    assert_eq!(early.status, 422);
    assert!(
        early.text().contains("Notulis belum diisi"),
        "{}",
        early.text()
    );
    assert_eq!(write_header(&mut browser, &forum, "1").await.status, 303);
    let mut head = app.sign_in(HEAD).await;
    head.get(&at(&forum, "")).await;
    let fields = [("confirm", "true"), ("seen", "1")];
    assert_eq!(
        head.post(&at(&forum, "/setujui"), &fields).await.status,
        422
    );
    assert_eq!(browser.post(&at(&forum, "/ajukan"), &[]).await.status, 303);
    // While the head reads, nobody writes; an organiser does not approve.
    let item = agenda(&app, &forum, 0).await;
    let late = write_note(&mut browser, &forum, &item, "Terlambat menulis").await;
    assert_eq!(late.texts("textarea[name=text]"), ["Terlambat menulis"]);
    assert!(
        late.text().contains("menunggu pengesahan"),
        "{}",
        late.text()
    );
    assert_eq!(approve(&mut browser, &forum).await.status, 403);
    // Sent back with a reason, written again, submitted again.
    let reason = [("reason", "Hasil kedua belum lengkap")];
    assert_eq!(
        browser
            .post(&at(&forum, "/kembalikan"), &reason)
            .await
            .status,
        403
    );
    assert_eq!(
        head.post(&at(&forum, "/kembalikan"), &reason).await.status,
        303
    );
    let page = browser.get(&at(&forum, "")).await.text();
    assert!(page.contains("Hasil kedua belum lengkap"), "{page}");
    write_note(&mut browser, &forum, &item, "Dibuka oleh kepala dinas").await;
    assert_eq!(browser.post(&at(&forum, "/ajukan"), &[]).await.status, 303);
    let stale = [("confirm", "true"), ("seen", "0")];
    assert_eq!(head.post(&at(&forum, "/setujui"), &stale).await.status, 409);
    assert_eq!(
        head.post(&at(&forum, "/setujui"), &[("seen", "0")])
            .await
            .status,
        422
    );
    let answer = approve(&mut head, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let record = record(&app, &forum).await;
    assert_eq!((record.status, record.revision), (Status::Final, 1));
    assert_eq!(record.results, ["Syarat diumumkan", "Pengaduan dijawab"]);
    assert!(
        attendance::closed(&app.app.db, forum.id)
            .await
            .unwrap()
            .is_some()
    );
    // Frozen for everybody.
    let photos = browser.get(&beside(&forum, "foto")).await;
    assert!(photos.attribute("input[type=file]", "id").is_none());
    assert!(photos.text().contains("mulai perbaikan notulen"));
    let before = browser.get(&at(&forum, ".pdf")).await.bytes;
    for (step, fields) in [
        (
            "/notulen/catatan",
            &[("agenda", item.as_str()), ("text", "Tambahan")][..],
        ),
        ("/notulen/ajukan", &[]),
        (
            "/masukan",
            &[("text", "Masukan terlambat"), ("raised_by_group", "users")],
        ),
    ] {
        let answer = browser.post(&beside(&forum, &step[1..]), fields).await;
        assert_eq!(answer.status, 422, "{step}");
        assert!(
            answer.text().contains("disahkan"),
            "{step}: {}",
            answer.text()
        );
    }
    assert_eq!(write_header(&mut browser, &forum, "2").await.status, 422);
    assert_eq!(browser.get(&at(&forum, ".pdf")).await.bytes, before);
    app.run_jobs().await;
}

#[tokio::test]
async fn approved_minutes_are_registered_and_a_correction_names_the_old_revision() {
    let app = TestApp::new().await;
    let (forum, mut browser) = approved(&app, "FKP-A").await;
    let db = &app.app.db;
    let document = documents::latest(db, "forum", forum.id.0, Kind::Minutes).await;
    let document = document.unwrap().unwrap();
    let text = pdf_text(&documents::bytes(&app.app, &document).await.unwrap());
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "NOTULEN RAPAT FORUM KONSULTASI PUBLIK",
        "Selasa, 17 Maret 2026",
        "2 (dua) orang",
        "Pengguna layanan: 1 orang",
        "Diskusi (09.00–12.00)",
        "Peserta bertanya, kepala menjawab.",
        "Umumkan persyaratan di laman",
        "Notulis Contoh",
        "Kasmawati",
    ] {
        assert!(folded.contains(words), "{words}: {folded}");
    }
    let path = format!("/verifikasi/{}", document.verification_code);
    let page = app.browser().get(&path).await.text();
    assert!(page.contains("Notulen"), "{page}");
    let short = [("reason", "")];
    assert_eq!(
        browser.post(&at(&forum, "/perbaikan"), &short).await.status,
        422
    );
    let reason = [("reason", "Ejaan nama instansi salah tulis")];
    assert_eq!(
        browser
            .post(&at(&forum, "/perbaikan"), &reason)
            .await
            .status,
        303
    );
    // The old one stays in force until the new one is approved.
    assert_eq!(record(&app, &forum).await.revision, 1);
    assert_eq!(browser.post(&at(&forum, "/ajukan"), &[]).await.status, 303);
    let mut head = app.sign_in(HEAD).await;
    assert_eq!(approve(&mut head, &forum).await.status, 303);
    assert_eq!(record(&app, &forum).await.revision, 2);
    let text = pdf_text(&browser.get(&at(&forum, ".pdf")).await.bytes);
    assert!(text.contains("Revisi 2 memperbaiki"), "{text}");
    let old = browser.get(&at(&forum, "?revisi=1")).await.text();
    assert!(old.contains("Digantikan"), "{old}");
    app.run_jobs().await;
}

#[tokio::test]
async fn others_read_the_minutes_and_another_office_sees_nothing() {
    let app = TestApp::new().await;
    let (forum, _) = begun(&app, "FKP-A").await;
    let item = agenda(&app, &forum, 0).await;
    let mut handler = app.sign_in(HANDLER).await;
    assert_eq!(handler.get(&at(&forum, "")).await.status, 200);
    let note = write_note(&mut handler, &forum, &item, "Bukan tugas saya").await;
    assert_eq!(note.status, 403);
    for step in ["/ajukan", "/setujui", "/perbaikan", "/naskah"] {
        let fields = [("reason", "Alasan yang panjang"), ("confirm", "true")];
        let answer = handler.post(&at(&forum, step), &fields).await;
        assert_eq!(answer.status, 403, "{step}");
    }
    let mut stranger = app.sign_in(STRANGER).await;
    for path in [
        "notulen",
        "notulen.pdf",
        "notulen/riwayat",
        "masukan",
        "foto",
    ] {
        assert_eq!(
            stranger.get(&beside(&forum, path)).await.status,
            404,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_forum_that_runs_without_an_agenda_gets_one_and_has_notes_all_the_same() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    for (name, group) in [("Kepala Contoh", "organiser"), ("Warga Contoh", "users")] {
        let answer = walk_in(&mut browser, &forum, name, group, "").await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let page = browser
        .get(beside(&forum, "").trim_end_matches('/'))
        .await
        .text();
    assert!(page.contains("Susunan acara belum diisi"), "{page}");
    assert_eq!(browser.post(&at(&forum, "/mulai"), &[]).await.status, 303);
    // No agenda item is needed to take notes.
    let item = browser
        .get(&at(&forum, ""))
        .await
        .attribute("input[name=agenda]", "value")
        .unwrap();
    let saved = write_note(&mut browser, &forum, &item, "Kepala membuka forum.").await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let written = record(&app, &forum).await;
    assert_eq!(written.items[0].activity, "Catatan umum");
    assert_eq!(written.items[0].notes, ["Kepala membuka forum."]);
    // The agenda is put right while the forum runs; its time stays.
    let programme = beside(&forum, "acara");
    let version = browser.get(&programme).await;
    let version = version.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("agenda_starts", "08:00"),
        ("agenda_ends", "13:00"),
        ("activity", "Diskusi"),
        ("in_charge", ""),
        ("team_name", ""),
        ("team_role", ""),
    ];
    let saved = browser.post(&programme, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert_eq!(browser.get(&beside(&forum, "ubah")).await.status, 422);
    let page = browser.get(&at(&forum, "")).await.text();
    assert!(page.contains("Diskusi") && page.contains("Kepala membuka forum."));
}

#[tokio::test]
async fn final_minutes_keep_the_agenda_that_they_print() {
    let app = TestApp::new().await;
    let (forum, mut browser) = approved(&app, "FKP-A").await;
    let programme = beside(&forum, "acara");
    assert_eq!(browser.get(&programme).await.status, 422);
    let page = browser.get(beside(&forum, "").trim_end_matches('/')).await;
    let link = format!("a[href='{programme}']");
    assert!(page.attribute(&link, "href").is_none());
}
