//! Promises that the papers of a forum tell one story: one place, one time, no promise that a correction loses, and the
//! name of whoever comes for an office.

use rembuk::{
    attendance, forums,
    forums::{Forum, ForumId},
    invitations::{self, Recipient},
};
use sea_orm::ConnectionTrait as _;

use crate::{
    attendance::{ORGANISER, door, forum, pdf_text},
    berita_acara::{at as record_at, begun, lock, locked, signed, write_header},
    follow_up::action,
    forums::with_forums,
    letters::move_forum,
    support::TestApp,
};

async fn again(app: &TestApp, forum: &Forum) -> Forum {
    forums::by_id(&app.app.db, forum.id).await.unwrap()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn record_and_forum_name_one_place_before_anything_is_locked() {
    let app = TestApp::new().await;
    for (code, right) in [("FKP-A", "forum"), ("FKP-B", "record")] {
        let forum = forum(&app, code).await;
        let mut browser = begun(&app, &forum).await;
        let number = format!("400/{right}/2026");
        write_header(&mut browser, &forum, ("number", &number)).await;
        write_header(&mut browser, &forum, ("place", "Balai Lain, Balikpapan")).await;
        signed(&mut browser, &forum).await;
        let refused = lock(&mut browser, &forum).await;
        assert_eq!(refused.status, 422);
        let told = refused.texts(".summary").join(" ");
        assert!(
            told.contains("Balai Lain") && told.contains("Hotel Contoh"),
            "{told}"
        );
        // Words that somebody signed stay as they are; the forum may follow them.
        let agree = record_at(&forum, "/tempat");
        let first = browser.post(&agree, &[("right", "forum")]).await;
        assert_eq!(first.status, 422, "signed");
        if right == "forum" {
            browser.post(&record_at(&forum, "/buka-naskah"), &[]).await;
        }
        let agreed = browser.post(&agree, &[("right", right)]).await;
        assert_eq!(agreed.status, 303, "{}", agreed.text());
        if right == "forum" {
            signed(&mut browser, &forum).await;
        }
        let answer = lock(&mut browser, &forum).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let paper = pdf_text(&browser.get(&record_at(&forum, ".pdf")).await.bytes);
        let place = match right {
            "forum" => "Ruang Satu, Hotel Contoh",
            _ => "Balai Lain, Balikpapan",
        };
        assert!(folded(&paper).contains(place), "{paper}");
        assert!(
            folded(&paper).contains("pukul 08.00 s.d. 13.00 WITA"),
            "{paper}"
        );
        assert_eq!(forums::where_text(&again(&app, &forum).await), place);
    }
}

#[tokio::test]
async fn a_place_taken_from_the_record_keeps_room_house_and_address_where_they_are_known() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    let agree = record_at(&forum, "/tempat");
    for (written, room, name, address) in [
        (
            "Ruang Satu, Hotel Contoh, Balikpapan",
            "Ruang Satu",
            "Hotel Contoh",
            "Balikpapan",
        ),
        ("Pendopo Contoh", "", "Pendopo Contoh", ""),
        // The words of the register bring its place back.
        (
            "Ruang Satu, Hotel Contoh, Jalan Contoh 1, Samarinda",
            "Ruang Satu",
            "Hotel Contoh",
            "Jalan Contoh 1, Samarinda",
        ),
    ] {
        write_header(&mut browser, &forum, ("place", written)).await;
        let agreed = browser.post(&agree, &[("right", "record")]).await;
        assert_eq!(agreed.status, 303, "{}", agreed.text());
        let now = again(&app, &forum).await;
        let parts = (
            now.venue_room.as_str(),
            now.venue_name.as_str(),
            now.venue_address.as_str(),
        );
        assert_eq!(parts, (room, name, address), "{written}");
    }
}

#[tokio::test]
async fn a_correction_loses_no_promise_and_names_points_by_their_new_numbers() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let action = action(&mut browser, &forum).await;
    let reason = [("reason", "Butir pertama ternyata bukan kesepakatan")];
    browser
        .post(&record_at(&forum, "/perbaikan"), &reason)
        .await;
    let text = [("text", "Loket dibuka sampai sore setiap hari kerja.")];
    browser.post(&record_at(&forum, "/butir"), &text).await;
    let page = browser.get(&record_at(&forum, "")).await;
    let remove = page.attribute("form[action$='/hapus']", "action").unwrap();
    let version = page.attribute("form[action$='/hapus'] input[name=version]", "value");
    let removed = browser
        .post(&remove, &[("version", version.unwrap().as_str())])
        .await;
    assert_eq!(removed.status, 303, "{}", removed.text());
    signed(&mut browser, &forum).await;
    let refused = lock(&mut browser, &forum).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("RA-2026-01"), "{}", refused.text());
    // Cancelled with a reason it may go, and it is still told.
    let fields = [
        ("version", "1"),
        ("cancel_reason", "Bukan kesepakatan forum"),
    ];
    let cancel = format!("/kerja/rencana-aksi/{action}/batalkan");
    assert_eq!(browser.post(&cancel, &fields).await.status, 303);
    let answer = lock(&mut browser, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    for path in [
        format!("/kerja/forum/{}/tindak-lanjut", forum.id),
        format!("/forum/{}", forum.id),
    ] {
        let page = browser.get(&path).await.text();
        assert!(
            page.contains("Sosialisasi sampai kelurahan"),
            "{path}: {page}"
        );
    }
    let page = browser
        .get(&format!("/kerja/rencana-aksi/{action}"))
        .await
        .text();
    assert!(page.contains("butir yang dicabut pada perbaikan"), "{page}");
}

#[tokio::test]
async fn an_action_names_its_point_by_the_number_that_is_valid() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let action = action(&mut browser, &forum).await;
    let reason = [("reason", "Urutan butir tertukar waktu disalin")];
    browser
        .post(&record_at(&forum, "/perbaikan"), &reason)
        .await;
    let text = [("text", "Loket dibuka sampai sore setiap hari kerja.")];
    browser.post(&record_at(&forum, "/butir"), &text).await;
    let page = browser.get(&record_at(&forum, "")).await;
    let down = page.attribute("form[action$='/turun']", "action").unwrap();
    assert_eq!(browser.post(&down, &[]).await.status, 303);
    signed(&mut browser, &forum).await;
    let answer = lock(&mut browser, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = browser
        .get(&format!("/kerja/rencana-aksi/{action}"))
        .await
        .text();
    assert!(
        page.contains("Berita Acara FKP 17 Maret 2026 butir 2"),
        "{page}"
    );
}

#[tokio::test]
async fn closing_says_what_cannot_be_mended_any_more() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let path = format!("/kerja/forum/{}/tindak-lanjut", forum.id);
    let page = browser.get(&path).await;
    let root = page.attribute("input[name=point]", "value").unwrap();
    let fields = [
        ("point", root.as_str()),
        ("number", "1"),
        ("version", "0"),
        ("reason", "Sudah dilaksanakan sebelum forum berakhir."),
    ];
    browser.post(&format!("{path}/alasan"), &fields).await;
    let told = browser.get(&path).await.texts("#f-tutup").join(" ");
    assert!(told.contains("Laporan forum belum terbit"), "{told}");
    let closed = crate::follow_up::close(&mut browser, &forum).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    // Nothing was promised, so nothing was followed up.
    let public = app
        .browser()
        .get(&format!("/forum/{}", forum.id))
        .await
        .text();
    assert!(public.contains("ditutup tanpa rencana aksi"), "{public}");
    assert!(!public.contains("Selesai ditindaklanjuti"), "{public}");
}

async fn guests(app: &TestApp, forum: ForumId) -> Vec<Recipient> {
    let forum = forums::by_id(&app.app.db, forum).await.unwrap();
    invitations::recipients(&app.app.db, &forum).await.unwrap()
}

#[tokio::test]
async fn an_office_says_who_comes_for_it_and_the_list_has_name_and_telephone() {
    let (app, demo) = with_forums().await;
    let all = guests(&app, demo.next).await;
    let office = all.iter().find(|one| one.is_office()).unwrap();
    let url = invitations::answer_url(&app.app, office).unwrap();
    let path = url[url.find("/undangan/").unwrap()..].to_owned();
    let mut guest = app.browser();
    let page = guest.get(&path).await;
    assert!(page.text().contains("Siapa yang hadir"), "{}", page.text());
    let fields = [
        ("answer", "accepted"),
        ("delegate_name", "Danar Contoh"),
        ("delegate_position", "Inspektur"),
        ("delegate_phone", "0800-0000-0075"),
        ("message", ""),
    ];
    let answered = guest.post(&path, &fields).await;
    assert_eq!(answered.status, 303, "{}", answered.text());
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&door(&forum, "")).await;
    organiser.post(&door(&forum, "/siapkan"), &[]).await;
    let page = organiser.get(&door(&forum, "?q=Danar")).await;
    let found = page.texts("li[data-code]");
    assert!(
        found.len() == 1 && found[0].contains("Danar Contoh"),
        "{found:?}"
    );
    let code = page.attribute("li[data-code]", "data-code").unwrap();
    organiser
        .post(&door(&forum, "/kode"), &[("code", &code)])
        .await;
    let came = attendance::present(&app.app.db, &forum).await.unwrap();
    let row = came.iter().find(|row| row.name == "Danar Contoh").unwrap();
    assert_eq!(row.role, "Inspektur");
    assert!(row.phone.is_some(), "kept, sealed");
    // Who is named in the letter is asked no name, and a name sent all the same is not taken for a delegate.
    let person = all.iter().find(|one| !one.is_office());
    if let Some(person) = person {
        let url = invitations::answer_url(&app.app, person).unwrap();
        let path = url[url.find("/undangan/").unwrap()..].to_owned();
        let mut guest = app.browser();
        guest.get(&path).await;
        assert_eq!(guest.post(&path, &fields).await.status, 303);
        let now = guests(&app, demo.next).await;
        let now = now.iter().find(|one| one.id == person.id).unwrap();
        assert_eq!(now.delegate_name, None);
    }
}

#[tokio::test]
async fn an_office_that_accepts_without_a_name_reads_that_one_is_missing() {
    let (app, demo) = with_forums().await;
    let all = guests(&app, demo.next).await;
    let office = all.iter().find(|one| one.is_office()).unwrap();
    let url = invitations::answer_url(&app.app, office).unwrap();
    let path = url[url.find("/undangan/").unwrap()..].to_owned();
    let mut guest = app.browser();
    let page = guest.get(&path).await;
    assert!(!page.text().contains("Nama Anda masuk daftar peserta"));
    for (name, missing) in [("", true), ("Danar Contoh", false)] {
        let fields = [
            ("answer", "accepted"),
            ("delegate_name", name),
            ("delegate_position", "Inspektur"),
        ];
        let answered = guest.post(&path, &fields).await;
        let page = guest.follow(&answered).await;
        let told = page.text().contains("Belum ada nama yang hadir");
        assert_eq!(told, missing, "{name}: {}", page.text());
    }
}

#[tokio::test]
async fn a_whole_agenda_goes_to_the_hour_of_its_forum_by_one_button() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}/acara", demo.next);
    let page = organiser.get(&address).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    assert!(
        page.texts("button[name=shift]").is_empty(),
        "it begins in time"
    );
    let typed = |shift: &'static str| {
        vec![
            ("agenda_starts", "06:00"),
            ("agenda_ends", "06:30"),
            ("activity", "Registrasi"),
            ("in_charge", ""),
            ("agenda_starts", "06:45"),
            ("agenda_ends", "08:00"),
            ("activity", "Diskusi"),
            ("in_charge", ""),
            ("shift", shift),
        ]
    };
    let mut form = typed("");
    form.push(("version", &version));
    assert_eq!(organiser.post(&address, &form).await.status, 303);
    let page = organiser.get(&address).await;
    assert_eq!(page.texts("button[name=shift]").len(), 1);
    let version = page.attribute("input[name=version]", "value").unwrap();
    let mut form = typed("true");
    form.push(("version", &version));
    let moved = organiser.post(&address, &form).await;
    assert_eq!(moved.status, 303, "{}", moved.text());
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let agenda = forums::agenda(&app.app.db, &forum).await.unwrap();
    assert_eq!(agenda[0].starts, forum.starts);
    assert_eq!((agenda[1].starts - agenda[0].starts).num_minutes(), 45);
    assert_eq!((agenda[1].ends - agenda[1].starts).num_minutes(), 75);
}

#[tokio::test]
async fn a_letter_that_tells_another_hour_is_known_to_the_record() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}", demo.next);
    let told = |forum: &Forum| forums::told_otherwise(forum).is_some();
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    assert!(!told(&forum), "the letter tells what is so");
    move_forum(&mut organiser, &address).await;
    let forum = again(&app, &forum).await;
    assert!(told(&forum), "moved, and the letter was not corrected");
    let begun = organiser
        .post(&format!("{address}/berita-acara/mulai"), &[])
        .await;
    assert_eq!(begun.status, 303, "{}", begun.text());
    let page = organiser.get(&format!("{address}/berita-acara")).await;
    let warned = page.texts("#f-lock").join(" ");
    assert!(
        warned.contains("Surat undangan menyebut waktu atau tempat lain"),
        "{warned}"
    );
}

#[tokio::test]
async fn nothing_is_locked_or_handed_in_before_the_hour_of_the_forum() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let later = "UPDATE forum SET starts = '11:00:00'";
    app.app.db.execute_unprepared(later).await.unwrap();
    let mut browser = begun(&app, &forum).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    let locked = lock(&mut browser, &forum).await;
    assert_eq!(locked.status, 422, "{}", locked.text());
    assert!(
        locked.text().contains("Forum baru dimulai"),
        "{}",
        locked.text()
    );
    let minutes = |step: &str| format!("/kerja/forum/{}/notulen{step}", forum.id);
    browser.post(&minutes("/mulai"), &[]).await;
    crate::minutes::write_header(&mut browser, &forum, "1").await;
    let early = browser.post(&minutes("/ajukan"), &[]).await;
    assert_eq!(early.status, 422, "{}", early.text());
    let told = early.text();
    assert!(told.contains("pukul 11.00"), "{told}");
}

#[tokio::test]
async fn a_point_or_a_reason_that_names_somebody_is_looked_at_first() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    let butir = record_at(&forum, "/butir");
    for words in [
        "Menghubungi Ibu Sinta di 0800-0000-0034 setiap pekan.",
        "Melayani Warga Contoh lebih cepat.",
    ] {
        browser.get(&butir).await;
        let refused = browser.post(&butir, &[("text", words)]).await;
        assert_eq!(refused.status, 422, "{words}");
        assert_eq!(refused.texts("#f-looked-error").len(), 1, "{words}");
        assert_eq!(refused.texts("#f-text").join("").trim(), words, "kept");
    }
    let looked = [
        ("text", "Melayani Warga Contoh lebih cepat."),
        ("looked", "true"),
    ];
    let kept = browser.post(&butir, &looked).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    let answer = lock(&mut browser, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let path = format!("/kerja/forum/{}/tindak-lanjut", forum.id);
    let page = browser.get(&path).await;
    let root = page.attribute("input[name=point]", "value").unwrap();
    let mut fields = vec![
        ("point", root.as_str()),
        ("number", "1"),
        ("version", "0"),
        ("reason", "Sudah dijawab Bapak Danar di loket."),
    ];
    let reason = format!("{path}/alasan");
    let refused = browser.post(&reason, &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.attribute("#f-looked_1", "name").is_some());
    fields.push(("looked", "true"));
    let kept = browser.post(&reason, &fields).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
}

#[tokio::test]
async fn a_promise_that_names_somebody_is_looked_at_first() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(ORGANISER).await;
    let mut form = crate::action_plans::FORM.to_vec();
    form.retain(|(name, _)| *name != "title");
    form.push(("title", "Menghubungi Ibu Sinta di 0800-0000-0034"));
    browser.get("/kerja/rencana-aksi/baru").await;
    let refused = browser.post("/kerja/rencana-aksi/baru", &form).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(refused.texts("#f-looked-error").len(), 1);
    form.push(("looked", "true"));
    let made = browser.post("/kerja/rencana-aksi/baru", &form).await;
    assert_eq!(made.status, 303, "{}", made.text());
}

#[tokio::test]
async fn a_forum_that_runs_invites_nobody_any_more_and_leads_to_the_door() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let list = format!("/kerja/forum/{}/undangan", forum.id);
    let page = browser.get(&list).await;
    let text = page.text();
    assert!(text.contains("Forum ini sudah dimulai"), "{text}");
    for offered in ["/penerima/baru", "/impor", "/surat"] {
        let link = format!("main a[href$='{offered}']");
        assert!(page.attribute(&link, "href").is_none(), "{offered}");
    }
    let door = page.attribute(".notice a[href$='/kehadiran']", "href");
    assert!(door.is_some(), "{text}");
    // Who knows the address of a form, or asks as a program, reads the same.
    for form in ["/penerima/baru", "/impor", "/surat"] {
        let refused = browser.get(&format!("{list}{form}")).await;
        assert_eq!(refused.status, 422, "{form}");
        let told = refused.text();
        assert!(told.contains("Forum ini sudah dimulai"), "{form}: {told}");
    }
    let mut program = crate::attendance::program(&app, ORGANISER).await;
    let path = format!("/api/v1/forums/{}/recipients/import", forum.id);
    let list = b"Nama;Instansi;Unsur\nBudi Contoh;Lembaga;Ahli\n".as_slice();
    let file = ("file", "daftar.csv", list);
    let refused = program.post_file(&path, &[], file).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(refused.json()["code"], "forum.running");
}
