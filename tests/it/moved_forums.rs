//! Promises of a forum that moves, is cancelled or was never announced: what guests and the public read meanwhile, what
//! becomes of their answers, and who is told.

use chrono::Duration;
use mail_parser::MessageParser;
use rembuk::{
    documents::{self, Kind},
    forums::{self, ForumId},
    invitations::{self, Recipient},
};

use crate::{
    attendance::pdf_text,
    forums::{ORGANISER, forum_form, with_forums},
    invitations::{draft, letter_form, link_of, send_all},
    letters::{correct, move_forum},
    support::TestApp,
};

const REISSUED: [(&str, &str); 2] = [
    ("letter_date", "2026-03-17"),
    ("number", "400.12.5.5/78/X/2026"),
];

fn text_of(raw: &[u8]) -> String {
    let mail = MessageParser::default().parse(raw).unwrap();
    mail.body_text(0).unwrap().into_owned()
}

async fn guests(app: &TestApp, forum: ForumId) -> Vec<Recipient> {
    let forum = forums::by_id(&app.app.db, forum).await.unwrap();
    invitations::recipients(&app.app.db, &forum).await.unwrap()
}

fn path_of(app: &TestApp, recipient: &Recipient) -> String {
    let url = invitations::answer_url(&app.app, recipient).unwrap();
    url[url.find("/undangan/").unwrap()..].to_owned()
}

#[tokio::test]
async fn until_the_corrected_letter_guests_and_public_read_what_the_letter_in_their_hands_says() {
    let (app, demo) = with_forums().await;
    let guest = guests(&app, demo.next).await.remove(0);
    let link = path_of(&app, &guest);
    let public = format!("/forum/{}", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}", demo.next);
    let before = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let first = forums::agenda(&app.app.db, &before)
        .await
        .unwrap()
        .remove(0);

    move_forum(&mut organiser, &address).await;
    let page = organiser.get(&address).await;
    assert!(page.text().contains("ikut bergeser"), "{}", page.text());
    let moved = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let now = forums::agenda(&app.app.db, &moved).await.unwrap().remove(0);
    assert_eq!(
        now.starts - first.starts,
        Duration::hours(2),
        "the agenda goes along"
    );

    let printed = first.starts.format("%H.%M").to_string();
    for place in [&link, &public] {
        let page = app.browser().get(place).await.text();
        assert!(page.contains("Jumat, 10 April 2026, 08.00 WITA"), "{page}");
        assert!(page.contains("surat perbaikan menyusul"), "{page}");
        assert!(
            page.contains("20 Mei 2026, 10.00 s.d. 14.00 WITA"),
            "{page}"
        );
        assert!(page.contains(&printed), "{page}");
    }
    let card = app.browser().get(&format!("{link}/kartu")).await.text();
    assert!(card.contains("10 April 2026"), "{card}");
    let entry = app.browser().get(&format!("{link}/acara.ics")).await.body;
    assert!(entry.contains("20260410T080000"), "{entry}");

    correct(&mut organiser, &address, &REISSUED).await;
    for place in [&link, &public] {
        let page = app.browser().get(place).await.text();
        assert!(
            page.contains("20 Mei 2026, 10.00 s.d. 14.00 WITA"),
            "{page}"
        );
        assert!(!page.contains("surat perbaikan menyusul"), "{page}");
        assert!(!page.contains("10 April 2026"), "{page}");
    }
}

#[tokio::test]
async fn an_answer_for_the_old_time_counts_again_after_one_click_of_its_guest() {
    let (app, demo) = with_forums().await;
    let mails = send_all(&app, demo.next).await;
    let link = link_of(&MessageParser::default().parse(&mails[0]).unwrap());
    let mut guest = app.browser();
    guest.get(&link).await;
    let answer = guest.post(&link, &[("answer", "accepted")]).await;
    assert_eq!(answer.status, 303);
    app.advance(Duration::hours(1));
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}", demo.next);
    move_forum(&mut organiser, &address).await;
    let page = organiser.get(&address).await.text();
    assert!(
        page.contains("Perbaiki surat undangan"),
        "the next step: {page}"
    );
    assert!(!page.contains("39 undangan belum dikirim"), "{page}");
    let unconfirmed = "Akan hadir (belum dikonfirmasi untuk waktu baru)";
    let list = format!("{address}/undangan");
    let page = organiser.get(&list).await.text();
    assert!(page.contains(unconfirmed), "{page}");
    let page = guest.get(&link).await;
    assert!(
        !page.body.contains("/tetap"),
        "nothing to confirm before the letter"
    );

    correct(&mut organiser, &address, &REISSUED).await;
    let page = organiser.get(&address).await.text();
    assert!(
        page.contains("pembaruan waktu, tempat, atau tautan daring belum dikirim"),
        "{page}"
    );
    organiser.post(&format!("{list}/kirim"), &[]).await;
    app.run_jobs().await;
    let all = app.mails();
    let update = all[39..]
        .iter()
        .map(|raw| text_of(raw))
        .find(|text| text.contains(&link))
        .unwrap();
    assert!(update.contains("Semula: Jumat, 10 April 2026"), "{update}");
    assert!(update.contains("Mohon konfirmasikan"), "{update}");
    let page = guest.get(&link).await;
    assert!(
        page.text().contains("diberikan untuk waktu yang lama"),
        "{}",
        page.text()
    );
    let confirmed = guest.post(&format!("{link}/tetap"), &[]).await;
    assert_eq!(confirmed.status, 303, "{}", confirmed.text());
    let page = organiser.get(&list).await.text();
    assert!(!page.contains("belum dikonfirmasi"), "{page}");
    assert!(page.contains("Akan hadir"), "{page}");
}

#[tokio::test]
async fn a_forum_that_is_moved_back_to_what_its_letter_says_needs_no_other_letter() {
    let (app, demo) = with_forums().await;
    let address = draft(&app, demo.past).await;
    let list = format!("{address}/undangan");
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&list).await;
    let written = organiser
        .post(&format!("{list}/surat"), &letter_form(&[]))
        .await;
    assert_eq!(written.status, 303, "{}", written.text());
    let issued = organiser
        .post(&format!("{list}/terbitkan"), &[("version", "2")])
        .await;
    assert_eq!(issued.status, 303, "{}", issued.text());
    let id = ForumId::parse(address.trim_start_matches("/kerja/forum/")).unwrap();
    for (starts, fits) in [("10:00", false), ("09:00", true), ("11:00", false)] {
        let edit = format!("{address}/ubah");
        let page = organiser.get(&edit).await;
        let seen = page.attribute("input[name=version]", "value").unwrap();
        let mut form = forum_form(&[("starts", starts)]);
        form.push(("version", &seen));
        let moved = organiser.post(&edit, &form).await;
        assert_eq!(moved.status, 303, "{}", moved.text());
        let forum = forums::by_id(&app.app.db, id).await.unwrap();
        let letter = invitations::letter_of(&app.app.db, &forum).await.unwrap();
        assert_eq!(letter.unwrap().is_outdated(&forum), !fits, "{starts}");
    }
    let forum = forums::by_id(&app.app.db, id).await.unwrap();
    assert_eq!(forum.sequence, 3, "calendars count on");
}

#[tokio::test]
async fn a_cancelled_forum_takes_every_invitation_back_at_once_and_says_why() {
    let (app, demo) = with_forums().await;
    send_all(&app, demo.next).await;
    let guest = guests(&app, demo.next).await.remove(0);
    let link = path_of(&app, &guest);
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}", demo.next);
    let cancel = format!("{address}/batalkan");
    let page = organiser.get(&cancel).await;
    assert!(
        page.text().contains("39 undangan akan ditarik"),
        "{}",
        page.text()
    );
    let seen = page.attribute("input[name=version]", "value").unwrap();
    let empty = organiser
        .post(&cancel, &[("version", &seen), ("reason", "")])
        .await;
    assert_eq!(empty.status, 422, "a reason is needed");
    let stale = [("version", "0"), ("reason", "Narasumber berhalangan")];
    assert_eq!(organiser.post(&cancel, &stale).await.status, 409);
    let given = [
        ("version", seen.as_str()),
        ("reason", "Narasumber berhalangan"),
    ];
    let done = organiser.post(&cancel, &given).await;
    assert_eq!(done.status, 303, "{}", done.text());
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 78);
    for raw in &mails[39..] {
        let mail = MessageParser::default().parse(raw).unwrap();
        assert!(mail.subject().unwrap().starts_with("Dibatalkan: "));
        assert!(String::from_utf8_lossy(raw).contains("method=CANCEL"));
        assert!(text_of(raw).contains("Alasan: Narasumber berhalangan"));
    }
    for place in [&address, &link, &format!("/forum/{}", demo.next)] {
        let page = organiser.get(place).await.text();
        assert!(
            page.contains("Dibatalkan") && page.contains("Narasumber berhalangan"),
            "{page}"
        );
    }
    let own = organiser.get(&address).await.text();
    let told = "39 undangan dicabut, 39 orang sudah dikabari pembatalannya";
    assert!(own.contains(told), "{own}");
    let card = app.browser().get(&format!("{link}/kartu")).await.text();
    assert!(
        card.contains("Narasumber berhalangan"),
        "it says why: {card}"
    );
    let list = app.browser().get("/forum?unit=disdukcapil-kaltim").await;
    assert!(list.text().contains("Dibatalkan"), "{}", list.text());
    for (path, fields) in [
        (cancel.clone(), given.to_vec()),
        (format!("{address}/ubah"), forum_form(&[])),
        (format!("{address}/undangan/kirim"), Vec::new()),
        (link.clone(), vec![("answer", "accepted")]),
    ] {
        let refused = organiser.post(&path, &fields).await;
        // A form of before is stale, a new one is refused: nothing is written either way.
        assert!(
            matches!(refused.status, 409 | 422),
            "{path}: {}",
            refused.text()
        );
    }
    assert_eq!(app.mails().len(), 78, "nobody gets a second mail");
}

#[tokio::test]
async fn a_draft_that_nobody_heard_of_is_deleted_and_an_announced_forum_is_not() {
    let (app, demo) = with_forums().await;
    let address = draft(&app, demo.past).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let delete = |version: String| [("what", "delete".to_owned()), ("version", version)];
    for (address, status) in [
        (address.clone(), 303),
        (format!("/kerja/forum/{}", demo.next), 422),
    ] {
        let page = organiser.get(&format!("{address}/batalkan")).await;
        let seen = page.attribute("input[name=version]", "value").unwrap();
        let fields = delete(seen);
        let fields: Vec<_> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
        let done = organiser
            .post(&format!("{address}/batalkan"), &fields)
            .await;
        assert_eq!(done.status, status, "{}", done.text());
    }
    assert_eq!(organiser.get(&address).await.status, 404);
    let list = organiser.get("/kerja/forum").await;
    assert!(!list.text().contains("FKP-UJI-2026"), "{}", list.text());
}

#[tokio::test]
async fn a_withdrawn_guest_reads_of_the_day_that_was_told_and_is_offered_nothing() {
    let (app, demo) = with_forums().await;
    send_all(&app, demo.next).await;
    let guest = guests(&app, demo.next).await.remove(0);
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}", demo.next);
    move_forum(&mut organiser, &address).await;
    correct(&mut organiser, &address, &REISSUED).await;
    let line = format!("{address}/undangan/penerima/{}", guest.id);
    let seen = organiser.get(&line).await;
    let seen = seen.attribute("input[name=version]", "value").unwrap();
    let taken = organiser
        .post(&format!("{line}/tarik"), &[("version", &seen)])
        .await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    app.run_jobs().await;
    let mails = app.mails();
    let mail = text_of(mails.last().unwrap());
    assert!(
        mail.contains("10 April 2026") && !mail.contains("20 Mei"),
        "{mail}"
    );
    assert!(
        mail.contains("Sekretariat Daerah"),
        "the office that invited: {mail}"
    );
    let page = app.browser().get(&path_of(&app, &guest)).await;
    assert!(page.text().contains("sudah ditarik"), "{}", page.text());
    assert!(!page.body.contains("acara.ics") && !page.body.contains("surat.pdf"));
}

#[tokio::test]
async fn a_question_reaches_the_organisers_by_mail_and_on_their_pages() {
    let (app, demo) = with_forums().await;
    let guest = guests(&app, demo.next).await.remove(0);
    let link = path_of(&app, &guest);
    let mut browser = app.browser();
    browser.get(&link).await;
    let asked = [("question", "Apakah tersedia juru bahasa isyarat?")];
    for _ in 0..2 {
        assert_eq!(
            browser.post(&format!("{link}/tanya"), &asked).await.status,
            303
        );
    }
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 1, "asked twice, told once");
    assert!(text_of(&mails[0]).contains("juru bahasa isyarat"));
    assert!(String::from_utf8_lossy(&mails[0]).contains(ORGANISER));
    let mut organiser = app.sign_in(ORGANISER).await;
    for (place, words) in [
        ("/kerja".to_owned(), "1 pertanyaan menunggu jawaban"),
        (
            format!("/kerja/forum/{}", demo.next),
            "1 pertanyaan penerima undangan menunggu jawaban",
        ),
    ] {
        let page = organiser.get(&place).await;
        assert!(page.text().contains(words), "{}", page.text());
    }
}

#[tokio::test]
async fn a_guest_on_paper_gets_link_and_card_to_take_along() {
    let (app, demo) = with_forums().await;
    let guest = guests(&app, demo.next).await.remove(0);
    let mut organiser = app.sign_in(ORGANISER).await;
    let line = format!("/kerja/forum/{}/undangan/penerima/{}", demo.next, guest.id);
    let page = organiser.get(&line).await;
    assert!(page.body.contains(&format!("{line}/lembar")));
    let sheet = organiser.get(&format!("{line}/lembar")).await;
    assert_eq!(sheet.status, 200, "{}", sheet.text());
    let link = path_of(&app, &guest);
    assert!(sheet.text().contains(&link), "{}", sheet.text());
    let ticked = sheet.texts("ul.by-pen li");
    assert_eq!(ticked, ["Hadir", "Tidak hadir", "Diwakilkan"]);
    assert_eq!(
        sheet.texts("dl.by-pen dt").len(),
        3,
        "name, position, telephone"
    );
    for picture in ["tautan.svg", "kode.svg"] {
        let address = format!("{link}/{picture}");
        assert!(sheet.body.contains(&address), "{picture}");
        let found = app.browser().get(&address).await;
        assert!(found.body.contains("<svg"), "{}", found.body);
    }
}

#[tokio::test]
async fn a_forum_held_online_needs_no_hall_and_sends_nobody_to_one() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}", demo.next);
    let page = organiser.get(&format!("{address}/ubah")).await;
    let seen = page.attribute("input[name=version]", "value").unwrap();
    let mut form = forum_form(&[
        ("mode", "online"),
        ("venue_name", ""),
        ("venue_room", ""),
        ("venue_address", ""),
        ("online_link", "https://rapat.example/fkp"),
    ]);
    form.push(("version", &seen));
    let saved = organiser.post(&format!("{address}/ubah"), &form).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    correct(&mut organiser, &address, &REISSUED).await;
    let paper = documents::latest(&app.app.db, "forum", demo.next.0, Kind::Invitation);
    let paper = paper.await.unwrap().unwrap();
    let text = pdf_text(&documents::bytes(&app.app, &paper).await.unwrap());
    assert!(text.contains("Secara daring"), "{text}");
    assert!(
        !text.contains("Hotel") && !text.contains("rapat.example"),
        "{text}"
    );
    let public = app.browser().get(&format!("/forum/{}", demo.next)).await;
    assert!(public.text().contains("Secara daring"), "{}", public.text());
    assert!(
        public.text().contains("Tautan daring ada di"),
        "{}",
        public.text()
    );
    assert!(!public.body.contains("rapat.example"));
    let guest = guests(&app, demo.next).await.remove(0);
    let page = app.browser().get(&path_of(&app, &guest)).await;
    assert!(
        page.text().contains("https://rapat.example/fkp"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("di pintu"), "there is no door");
}

#[tokio::test]
async fn a_fault_in_the_programme_names_table_line_and_field() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}/acara", demo.next);
    let page = organiser.get(&address).await;
    let seen = page.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", seen.as_str()),
        ("agenda_id", ""),
        ("agenda_starts", "08:00"),
        ("agenda_ends", ""),
        ("activity", "Registrasi"),
        ("in_charge", ""),
        ("team_name", "Anggota Contoh"),
        ("team_role", ""),
        ("team_name", ""),
        ("team_role", ""),
    ];
    let refused = organiser.post(&address, &fields).await;
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("Susunan acara, baris 1, Selesai"), "{text}");
    assert!(text.contains("Tim, baris 1, Tugas"), "{text}");
    let marked = refused.attribute("#f-agenda_ends_0", "aria-invalid");
    assert_eq!(marked.as_deref(), Some("true"));
    let rows = refused.body.matches("name=\"team_name\"").count();
    assert_eq!(rows, 3, "a failed try adds no lines");
}

#[tokio::test]
async fn a_forum_that_runs_says_so_and_offers_no_programme_of_another_day() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}", demo.next);
    move_forum(&mut organiser, &address).await;
    let public = format!("/forum/{}", demo.next);
    let paper = format!("{public}/schedule.pdf");
    // Until the letter is corrected, page and paper both tell its time.
    assert_eq!(app.browser().get(&paper).await.status, 200);
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let starts = forums::starts_at(&forum, chrono_tz::Asia::Makassar).to_utc();
    app.advance(starts - app.now() + Duration::minutes(10));
    let page = app.browser().get(&public).await.text();
    assert!(page.contains("Sedang berlangsung"), "{page}");
    assert!(!page.contains("schedule.pdf"), "{page}");
    assert_eq!(app.browser().get(&paper).await.status, 404);
}
