//! Promises of the letter after it was issued: it is corrected by a new version, never contradicts its
//! mail, reaches a mended address, and is read by those whom it is meant for.

use chrono::Duration;
use mail_parser::{Message, MessageParser};
use rembuk::{
    audit, documents,
    documents::Kind,
    forums::{self, ForumId},
    invitations,
};
use sea_orm::ConnectionTrait as _;

use crate::{
    attendance::pdf_text,
    forums::{ORGANISER, forum_form, with_forums},
    invitations::{calendar_of, draft, letter_form, property, send_all},
    support::{Browser, TestApp, browser::Answer},
};

const OFFICER: &str = "petugas.kaltim@rembuk.example";
const HEAD: &str = "kepala.kaltim@rembuk.example";

fn version(page: &Answer) -> String {
    page.attribute("input[name=version]", "value").unwrap()
}

async fn papers(app: &TestApp, forum: ForumId) -> documents::Document {
    documents::latest(&app.app.db, "forum", forum.0, Kind::Invitation)
        .await
        .unwrap()
        .unwrap()
}

/// Moves the coming forum to ten o'clock.
pub async fn move_forum(organiser: &mut Browser<'_>, address: &str) {
    let page = organiser.get(&format!("{address}/ubah")).await;
    let version = version(&page);
    let mut form = forum_form(&[("starts", "10:00")]);
    form.push(("version", &version));
    let moved = organiser.post(&format!("{address}/ubah"), &form).await;
    assert_eq!(moved.status, 303, "{}", moved.text());
}

/// Opens the letter, writes it with these changes and issues it again.
pub async fn correct(organiser: &mut Browser<'_>, address: &str, changed: &[(&str, &str)]) {
    let list = format!("{address}/undangan");
    let page = organiser.get(&list).await;
    let opened = organiser
        .post(&format!("{list}/perbaiki"), &[("version", &version(&page))])
        .await;
    let page = organiser.follow(&opened).await;
    assert!(page.text().contains("Sedang diperbaiki"), "{}", page.text());
    let letter = format!("{list}/surat");
    let seen = version(&organiser.get(&letter).await);
    let mut form = letter_form(changed);
    form.retain(|(name, _)| *name != "version");
    form.push(("version", &seen));
    let written = organiser.post(&letter, &form).await;
    assert_eq!(written.status, 303, "{}", written.text());
    let page = organiser.get(&list).await;
    let issued = organiser
        .post(
            &format!("{list}/terbitkan"),
            &[("version", &version(&page))],
        )
        .await;
    assert_eq!(issued.status, 303, "{}", issued.text());
}

/// UIDs of the calendar entries, all with this SEQUENCE.
fn uids(mails: &[Vec<u8>], sequence: &str) -> Vec<String> {
    let mut uids: Vec<String> = mails
        .iter()
        .map(|raw| {
            let calendar = calendar_of(&parsed(raw));
            assert_eq!(property(&calendar, "SEQUENCE:"), sequence);
            property(&calendar, "UID:").to_owned()
        })
        .collect();
    uids.sort();
    uids
}

fn parsed(raw: &[u8]) -> Message<'_> {
    MessageParser::default().parse(raw).unwrap()
}

#[tokio::test]
async fn after_a_move_the_corrected_letter_goes_out_with_the_new_time_and_the_old_uid() {
    let (app, demo) = with_forums().await;
    let first = send_all(&app, demo.next).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}", demo.next);
    let (list, send) = (
        format!("{address}/undangan"),
        format!("{address}/undangan/kirim"),
    );
    organiser.get(&list).await;
    organiser.post(&send, &[]).await;
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 39, "nobody gets a second mail");
    app.advance(Duration::hours(1));
    let old = papers(&app, demo.next).await;

    move_forum(&mut organiser, &address).await;
    let page = organiser.get(&list).await;
    let told = "Waktu atau tempat forum berubah setelah surat terbit";
    assert!(page.text().contains(told), "{}", page.text());
    let refused = organiser.post(&send, &[]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Perbaiki surat"),
        "{}",
        refused.text()
    );

    let changed = [
        ("letter_date", "2026-03-17"),
        ("number", "400.12.5.5/78/X/2026"),
    ];
    correct(&mut organiser, &address, &changed).await;
    let new = papers(&app, demo.next).await;
    assert_eq!((new.version, new.supersedes), (2, Some(old.id)));
    let text = pdf_text(&documents::bytes(&app.app, &new).await.unwrap());
    assert!(
        text.contains("10.00 s.d.") && text.contains("400.12.5.5/78"),
        "{text}"
    );
    let verified = app
        .browser()
        .get(&format!("/verifikasi/{}", old.verification_code))
        .await;
    assert!(verified.text().contains("sudah diganti dengan versi 2"));

    let page = organiser.get(&list).await;
    assert!(
        page.text().contains("Kirim 39 pembaruan"),
        "{}",
        page.text()
    );
    organiser.post(&send, &[]).await;
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 78);
    assert_eq!(uids(&first, "0"), uids(&mails[39..], "1"));
    let last = parsed(&mails[77]);
    assert!(last.subject().unwrap().starts_with("Perubahan waktu"));
    assert!(last.body_text(0).unwrap().contains("400.12.5.5/78"));
}

#[tokio::test]
async fn a_corrected_letter_bears_its_own_date_and_names_the_one_it_replaces() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let latest = || documents::latest(&app.app.db, "forum", demo.next.0, Kind::Invitation);
    let old = latest().await.unwrap().unwrap();
    let page = organiser.get(&list).await;
    let seen = page.attribute("input[name=version]", "value").unwrap();
    let opened = organiser
        .post(&format!("{list}/perbaiki"), &[("version", &seen)])
        .await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let form = organiser.get(&format!("{list}/surat")).await;
    let today = app.ctx().today_in(chrono_tz::Asia::Makassar).to_string();
    let proposed = form.attribute("input[name=letter_date]", "value");
    assert_eq!(proposed.as_deref(), Some(today.as_str()));
    let number = form.attribute("input[name=number]", "value");
    let number = number.unwrap_or_default();
    assert!(number.starts_with("400.12.5.5/"), "{number}");
    assert_ne!(Some(&number), old.number.as_ref(), "a number of its own");
    let replaced = old.number.clone().unwrap();
    let told = form.texts(".notice").join(" ");
    assert!(told.contains(&replaced), "{told}");
    // The number may break at its stroke.
    let says = |pdf: &[u8], words: &str| {
        let text: String = pdf_text(pdf).split_whitespace().collect();
        assert!(text.replace('-', "").contains(words), "{words}: {text}");
    };
    // Nothing goes out under a number that nobody looked at.
    let letter = format!("{list}/surat");
    let issue = format!("{list}/terbitkan");
    let seen = form.attribute("input[name=version]", "value").unwrap();
    organiser.get(&list).await;
    let unread = organiser.post(&issue, &[("version", &seen)]).await;
    assert_eq!(unread.status, 422, "{}", unread.text());
    // With the number that it replaces it does not say that it replaces itself,
    let form = organiser.get(&letter).await;
    let seen = form.attribute("input[name=version]", "value").unwrap();
    let kept = letter_form(&[
        ("version", &seen),
        ("letter_date", &today),
        ("number", &replaced),
    ]);
    let saved = organiser.post(&letter, &kept).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let preview = organiser.get(&format!("{list}/surat.pdf")).await;
    says(
        &preview.bytes,
        &format!("perbaikanatassuratkamiNomor{replaced}"),
    );
    let form = organiser.get(&letter).await;
    let seen = form.attribute("input[name=version]", "value").unwrap();
    // and of one number and date the two could not be told apart.
    organiser.get(&list).await;
    let again = organiser.post(&issue, &[("version", &seen)]).await;
    assert_eq!(again.status, 422, "{}", again.text());
    let list_page = organiser.get(&list).await.text();
    assert!(list_page.contains("Beri nomor sendiri"), "{list_page}");
    let renumbered = letter_form(&[
        ("version", &seen),
        ("letter_date", &today),
        ("number", &number),
    ]);
    let saved = organiser.post(&letter, &renumbered).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let preview = organiser.get(&format!("{list}/surat.pdf")).await;
    let named = format!("menggantikansuratkamiNomor{}", old.number.unwrap());
    says(&preview.bytes, &named);
}

#[tokio::test]
async fn a_forum_that_moves_while_invitations_wait_sends_none_of_them() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}", demo.next);
    organiser.get(&format!("{address}/undangan")).await;
    let sent = organiser
        .post(&format!("{address}/undangan/kirim"), &[])
        .await;
    assert_eq!(sent.status, 303);
    move_forum(&mut organiser, &address).await;
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 0, "the letter says another time");
    let page = organiser.get(&format!("{address}/undangan")).await;
    assert!(page.text().contains("Belum dikirim"), "{}", page.text());
}

#[tokio::test]
async fn a_mended_address_gets_the_invitation_and_nobody_else_a_second_one() {
    let (app, demo) = with_forums().await;
    send_all(&app, demo.next).await;
    app.advance(Duration::hours(1));
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let all = invitations::recipients(&app.app.db, &forum).await.unwrap();
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let line = format!("{list}/penerima/{}", all[0].id);
    let seen = version(&organiser.get(&line).await);
    let fields = [
        ("version", seen.as_str()),
        ("addressee", "Nama yang lain"),
        ("organisation", "Instansi yang lain"),
        ("participant_group", "users"),
        ("quota", "1"),
        ("email", "alamat.benar@contoh.example"),
    ];
    assert_eq!(organiser.post(&line, &fields).await.status, 303);
    let page = organiser.get(&list).await;
    assert!(page.text().contains("Kirim 1 undangan"), "{}", page.text());
    organiser.post(&format!("{list}/kirim"), &[]).await;
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails.len(), 40);
    let to = String::from_utf8_lossy(&mails[39]).into_owned();
    assert!(to.contains("alamat.benar@contoh.example"), "{to}");
    let kept = invitations::recipient(&app.app.db, all[0].id)
        .await
        .unwrap();
    assert_eq!(kept.addressee, all[0].addressee, "the letter names them");

    let history = audit::history(&app.app.db, "forum", demo.next.0)
        .await
        .unwrap();
    let entry = history
        .iter()
        .find(|entry| entry.verb == "recipient.changed");
    let data = entry.unwrap().data.to_string();
    assert!(data.contains("email") && !data.contains('@'), "{data}");
}

#[tokio::test]
async fn an_invitation_whose_job_was_given_up_is_shown_as_failed_and_sent_again() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    organiser.get(&list).await;
    organiser.post(&format!("{list}/kirim"), &[]).await;
    let table = if app.app.db.is_sqlite() {
        "Jobs"
    } else {
        "apalis.jobs"
    };
    let kill = format!("UPDATE {table} SET status = 'Killed'");
    app.app.db.execute_unprepared(&kill).await.unwrap();
    app.advance(Duration::hours(1));
    let page = organiser.get(&list).await;
    assert!(page.text().contains("Gagal"), "{}", page.text());
    assert!(page.text().contains("Kirim 39 undangan"), "{}", page.text());
    organiser.post(&format!("{list}/kirim"), &[]).await;
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 39);
    let page = organiser.get(&list).await;
    assert!(
        page.text().contains("39 dari 39 terkirim"),
        "{}",
        page.text()
    );
    app.forget_jobs().await;
}

#[tokio::test]
async fn a_correction_may_add_recipients_but_never_drop_who_was_invited() {
    let (app, demo) = with_forums().await;
    send_all(&app, demo.next).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}", demo.next);
    let list = format!("{address}/undangan");
    let page = organiser.get(&list).await;
    let reopen = format!("{list}/perbaiki");
    let seen = version(&page);
    assert_eq!(
        organiser.post(&reopen, &[("version", &seen)]).await.status,
        303
    );
    let twice = organiser.post(&reopen, &[("version", &seen)]).await;
    assert_eq!(twice.status, 422);
    let fields = [
        ("addressee", "Perwakilan pengguna layanan"),
        ("organisation", "Warga Samarinda"),
        ("participant_group", "users"),
        ("quota", "1"),
        ("email", "warga@contoh.example"),
    ];
    let added = organiser
        .post(&format!("{list}/penerima/baru"), &fields)
        .await;
    assert_eq!(added.status, 303, "{}", added.text());
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let all = invitations::recipients(&app.app.db, &forum).await.unwrap();
    assert_eq!(all.len(), 40);
    let line = format!("{list}/penerima/{}", all[0].id);
    let seen = version(&organiser.get(&line).await);
    let removed = organiser
        .post(&format!("{line}/hapus"), &[("version", &seen)])
        .await;
    assert_eq!(removed.status, 422, "{}", removed.text());
    let url = invitations::answer_url(&app.app, &all[0]).unwrap();
    let link = &url[url.find("/undangan/").unwrap()..];
    let guest = app.browser().get(link).await;
    assert_eq!(guest.status, 200, "the issued letter stays in force");
}

#[tokio::test]
async fn a_restricted_letter_is_read_by_organiser_and_head_alone() {
    let (app, demo) = with_forums().await;
    let address = draft(&app, demo.past).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("{address}/undangan");
    organiser.get(&list).await;
    let restricted = letter_form(&[("classification", "restricted")]);
    let written = organiser.post(&format!("{list}/surat"), &restricted).await;
    assert_eq!(written.status, 303);
    let public = address.replace("/kerja", "");
    let mut citizen = app.browser();
    let hidden = citizen.get(&public).await;
    assert_eq!(hidden.status, 404, "a draft announces nothing");
    let issued = organiser
        .post(&format!("{list}/terbitkan"), &[("version", "2")])
        .await;
    assert_eq!(issued.status, 303, "{}", issued.text());
    assert_eq!(citizen.get(&public).await.status, 200);
    for (who, letter, names, programme) in [
        (ORGANISER, 200, 200, 200),
        (HEAD, 200, 200, 200),
        (OFFICER, 403, 403, 200),
    ] {
        let mut reader = app.sign_in(who).await;
        for (file, expected) in [
            ("dokumen/invitation.pdf", letter),
            ("dokumen/recipients.pdf", names),
            ("undangan/surat.pdf", letter),
            ("dokumen/schedule.pdf", programme),
        ] {
            let answer = reader.get(&format!("{address}/{file}")).await;
            assert_eq!(answer.status, expected, "{who} {file}");
        }
        let page = reader.get(&list).await;
        let offered = page.texts(".files a").len();
        assert_eq!(offered, if letter == 200 { 3 } else { 1 }, "{who}");
        let names = page.texts("td.main").len();
        assert_eq!(
            names > 0,
            letter == 200,
            "{who}: the list is part of the letter"
        );
    }
    for file in ["invitation.pdf", "recipients.pdf"] {
        let answer = citizen.get(&format!("{public}/{file}")).await;
        assert_eq!(answer.status, 404, "{file}");
    }
}

#[tokio::test]
async fn a_letter_is_seen_as_it_will_print_while_it_is_written_and_nothing_is_kept() {
    let (app, demo) = with_forums().await;
    let address = draft(&app, demo.past).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let letter = format!("{address}/undangan/surat");
    let before = organiser.get(&letter).await;
    let unfinished = letter_form(&[
        ("number", ""),
        ("letter_date", "besok"),
        ("subject", "Kata yang belum disimpan"),
        ("opening", "<b>"),
        ("signatory_nip", "1"),
    ]);
    let paper = organiser
        .post(&format!("{letter}/pratinjau"), &unfinished)
        .await;
    assert_eq!(paper.header("content-type"), "application/pdf");
    let words = pdf_text(&paper.bytes);
    assert!(words.contains("Kata yang belum disimpan"), "{words}");
    let mut closely = unfinished.clone();
    closely.push(("view", "page"));
    let page = organiser
        .post(&format!("{letter}/pratinjau"), &closely)
        .await;
    assert_eq!(page.status, 200, "{}", page.text());
    let picture = page.attribute(".sheet img", "src").unwrap();
    assert!(picture.starts_with("data:image/svg+xml;base64,"));
    assert!(page.text().contains("Halaman 1 dari"), "{}", page.text());
    organiser
        .headers
        .push(("accept".to_owned(), "image/svg+xml".to_owned()));
    let picture = organiser
        .post(&format!("{letter}/pratinjau"), &unfinished)
        .await;
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    assert!(picture.body.starts_with("<svg"), "{}", picture.body);
    organiser.headers.clear();
    let after = organiser.get(&letter).await;
    assert_eq!(version(&before), version(&after));
    assert!(!after.body.contains("Kata yang belum disimpan"));
}

#[tokio::test]
async fn the_next_number_of_the_office_is_proposed_and_a_strange_one_noticed() {
    let (app, demo) = with_forums().await;
    let address = draft(&app, demo.past).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("{address}/undangan");
    let page = organiser.get(&format!("{list}/surat")).await;
    // The coming forum's letter is number 1207 of the same office.
    let proposed = "400.12.5.5/1208/DISDUKCAPIL/2026";
    assert!(page.text().contains(proposed), "{}", page.text());
    for (number, noticed) in [
        ("400.12.5.5/1209/DISDUKCAPIL/2026", false),
        ("400.12.5.5/1209/DISDUKCAPL/2026", true),
    ] {
        let seen = version(&organiser.get(&format!("{list}/surat")).await);
        let mut form = letter_form(&[("number", number)]);
        form.retain(|(name, _)| *name != "version");
        form.push(("version", &seen));
        organiser.post(&format!("{list}/surat"), &form).await;
        let page = organiser.get(&list).await;
        let told = page.text().contains("tidak seperti yang dipakai");
        assert_eq!(told, noticed, "{number}: {}", page.text());
    }
    let page = organiser.get(&format!("{list}/surat")).await;
    assert!(!page.text().contains("Nomor berikutnya"), "{}", page.text());
}
