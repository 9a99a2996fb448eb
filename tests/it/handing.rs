//! Promises after the invitation went out: WhatsApp and paper, questions, reminders, taking it back.

use mail_parser::MessageParser;
use rembuk::{
    forums, housekeeping,
    invitations::{self, HandedBy, Recipient},
};

use crate::{
    forums::{ORGANISER, with_forums},
    invitations::{link_of, property, send_all},
    support::{Answer, TestApp},
};

async fn first(app: &TestApp, forum: forums::ForumId) -> Recipient {
    let forum = forums::by_id(&app.app.db, forum).await.unwrap();
    let mut list = invitations::recipients(&app.app.db, &forum).await.unwrap();
    list.remove(0)
}

async fn again(app: &TestApp, recipient: &Recipient) -> Recipient {
    invitations::recipient(&app.app.db, recipient.id)
        .await
        .unwrap()
}

fn query_of(address: &str) -> String {
    let (_, text) = address.split_once("?text=").unwrap();
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .unwrap()
        .into_owned()
}

fn calendar_part(raw: &[u8]) -> (String, String) {
    use mail_parser::{MimeHeaders as _, PartType};
    let mail = MessageParser::default().parse(raw).unwrap();
    let part = mail.parts.iter().find(|part| {
        part.content_type()
            .is_some_and(|kind| kind.subtype() == Some("calendar"))
    });
    let part = part.unwrap();
    let method = part.content_type().unwrap().attribute("method").unwrap();
    let PartType::Text(text) = &part.body else {
        panic!("the calendar is text");
    };
    (
        method.to_owned(),
        text.replace("\r\n ", "").replace("\n ", ""),
    )
}

#[tokio::test]
async fn a_whatsapp_message_counts_when_the_officer_opens_it() {
    let (app, demo) = with_forums().await;
    let recipient = first(&app, demo.next).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let line = format!("{list}/penerima/{}", recipient.id);
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&line).await;
    let fields = [
        ("version", "1"),
        ("phone", "0800-0000-0012"),
        ("email", ""),
        ("addressee", recipient.addressee.as_str()),
        ("organisation", recipient.organisation.as_str()),
        ("participant_group", "stakeholders"),
        ("quota", "1"),
        ("note", recipient.note.as_str()),
    ];
    let saved = organiser.post(&line, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let page = organiser.get(&line).await;
    let action = page.attribute("form[action*=whatsapp]", "action").unwrap();
    assert!(
        !action.contains('?'),
        "no token stands in an address: {action}"
    );
    let forged = organiser.get(&action).await;
    assert_ne!(forged.status, 303, "a link of another site marks nothing");
    organiser.get(&line).await;
    assert_eq!(again(&app, &recipient).await.handed_at, None);
    let opened = organiser.post(&action, &[]).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    assert!(
        opened
            .location()
            .starts_with("https://wa.me/6280000000012?text="),
        "{}",
        opened.location()
    );
    let text = query_of(opened.location());
    let url = invitations::answer_url(&app.app, &recipient).unwrap();
    assert!(
        text.contains(&url) && text.contains("Jumat, 10 April 2026"),
        "{text}"
    );
    let row = again(&app, &recipient).await;
    assert_eq!(row.handed_channel, Some(HandedBy::Whatsapp));
    assert!(row.handed_by.is_some());
    let page = organiser.get(&line).await;
    assert!(
        page.text().contains("Dibuka di WhatsApp oleh"),
        "{}",
        page.text()
    );
    let page = organiser.get(&list).await;
    assert!(
        page.text()
            .contains("0 terkirim, 1 diantar, dari 39 penerima"),
        "{}",
        page.text()
    );
    assert!(page.text().contains("Kirim 38 undangan"));
    let printed = organiser.post(&format!("{line}/cetak"), &[]).await;
    assert_eq!(printed.status, 303);
    assert_eq!(
        again(&app, &recipient).await.handed_channel,
        Some(HandedBy::Printed)
    );
    organiser.post(&format!("{line}/belum"), &[]).await;
    assert_eq!(again(&app, &recipient).await.handed_at, None);
}

#[tokio::test]
async fn the_tick_of_a_call_is_not_cleared_without_a_reason() {
    let (app, demo) = with_forums().await;
    let recipient = first(&app, demo.next).await;
    let line = format!(
        "/kerja/forum/{}/undangan/penerima/{}",
        demo.next, recipient.id
    );
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&line).await;
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let news = forum.sequence.to_string();
    let called = organiser
        .post(&format!("{line}/ditelepon"), &[("news", &news)])
        .await;
    assert_eq!(called.status, 303, "{}", called.text());
    let page = organiser.get(&line).await;
    let clear = format!("{line}/belum");
    let button = format!("form[action='{clear}']");
    assert_eq!(page.attribute(&button, "method"), None);
    assert_eq!(organiser.post(&clear, &[]).await.status, 409);
    let kept = again(&app, &recipient).await;
    assert_eq!(kept.handed_channel, Some(HandedBy::Telephone));
    let why = [("reason", "Salah baris: yang dihubungi orang lain")];
    let undo = format!("{line}/ditelepon/batal");
    assert_eq!(organiser.post(&undo, &why).await.status, 303);
    assert_eq!(again(&app, &recipient).await.handed_at, None);
}

#[tokio::test]
async fn a_question_is_answered_by_mail_and_both_are_kept() {
    let (app, demo) = with_forums().await;
    let mails = send_all(&app, demo.next).await;
    let link = link_of(&MessageParser::default().parse(&mails[0]).unwrap());
    let mut guest = app.browser();
    guest.get(&link).await;
    let ask = format!("{link}/tanya");
    let empty = guest.post(&ask, &[("question", "?")]).await;
    assert_eq!(empty.status, 422);
    for _ in 0..2 {
        let asked = guest
            .post(&ask, &[("question", "Apakah ada parkir?")])
            .await;
        assert_eq!(asked.status, 303, "{}", asked.text());
    }
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&list).await;
    assert_eq!(
        page.texts("#pertanyaan li").len(),
        1,
        "asked twice is asked once"
    );
    let action = page.attribute("#pertanyaan form", "action").unwrap();
    let answered = organiser
        .post(&action, &[("answer", "Ada, di halaman belakang.")])
        .await;
    assert_eq!(answered.status, 303, "{}", answered.text());
    let late = organiser.post(&action, &[("answer", "Tidak ada.")]).await;
    assert_eq!(late.status, 422, "the first answer stands");
    app.run_jobs().await;
    let mails = app.mails();
    let mail = MessageParser::default()
        .parse(mails.last().unwrap())
        .unwrap();
    assert!(
        mail.subject()
            .unwrap()
            .starts_with("Jawaban atas pertanyaan Anda")
    );
    let body = mail.body_text(0).unwrap();
    assert!(body.contains("Apakah ada parkir?") && body.contains("Ada, di halaman belakang."));
    let page = guest.get(&link).await;
    assert!(
        page.text().contains("Ada, di halaman belakang."),
        "{}",
        page.text()
    );
    assert!(
        organiser
            .get(&list)
            .await
            .text()
            .contains("Ada, di halaman belakang.")
    );
}

pub async fn withdraw(app: &TestApp, recipient: &Recipient) -> Answer {
    let line = format!(
        "/kerja/forum/{}/undangan/penerima/{}",
        recipient.forum_id, recipient.id
    );
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&line).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    organiser
        .post(&format!("{line}/tarik"), &[("version", &version)])
        .await
}

#[tokio::test]
async fn a_withdrawn_invitation_leaves_the_calendar_and_its_row_stays() {
    let (app, demo) = with_forums().await;
    let recipient = first(&app, demo.next).await;
    let unsent = withdraw(&app, &recipient).await;
    assert_eq!(unsent.status, 422, "nothing went out yet");
    let mails = send_all(&app, demo.next).await;
    let link = invitations::answer_url(&app.app, &recipient).unwrap();
    let link = &link[link.find("/undangan/").unwrap()..];
    let sent = mails
        .iter()
        .find(|raw| link_of(&MessageParser::default().parse(raw.as_slice()).unwrap()) == link);
    let (_, request) = calendar_part(sent.unwrap());
    let mut guest = app.browser();
    guest.get(link).await;
    let done = withdraw(&app, &recipient).await;
    assert_eq!(done.status, 303, "{}", done.text());
    app.run_jobs().await;
    let (method, cancel) = calendar_part(app.mails().last().unwrap());
    assert_eq!(method, "CANCEL");
    assert_eq!(property(&cancel, "METHOD:"), "CANCEL");
    assert_eq!(property(&cancel, "UID:"), property(&request, "UID:"));
    assert_eq!(property(&cancel, "SEQUENCE:"), "1");
    assert!(
        !cancel.contains("STATUS:"),
        "the forum takes place: {cancel}"
    );
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    assert_eq!(
        invitations::recipients(&app.app.db, &forum)
            .await
            .unwrap()
            .len(),
        38
    );
    assert!(again(&app, &recipient).await.withdrawn_at.is_some());
    let late = guest.post(link, &[("answer", "accepted")]).await;
    assert_eq!(
        late.status,
        422,
        "the page was open before: {}",
        late.text()
    );
    let page = guest.get(link).await;
    assert!(
        page.text().contains("sudah ditarik oleh penyelenggara"),
        "{}",
        page.text()
    );
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser
        .get(&format!("/kerja/forum/{}/undangan", demo.next))
        .await;
    assert!(
        page.text().contains("Undangan yang ditarik"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn an_invitation_taken_back_twice_leads_to_the_list_and_its_card_says_so() {
    let (app, demo) = with_forums().await;
    let recipient = first(&app, demo.next).await;
    send_all(&app, demo.next).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let line = format!("{list}/penerima/{}", recipient.id);
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&line).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    for press in ["first", "second"] {
        let done = organiser
            .post(&format!("{line}/tarik"), &[("version", &version)])
            .await;
        assert_eq!(done.status, 303, "{press}: {}", done.text());
        let page = organiser.follow(&done).await;
        assert!(page.text().contains("Undangan ditarik."), "{press}");
    }
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 40, "one mail takes it back");
    let link = invitations::answer_url(&app.app, &recipient).unwrap();
    let link = &link[link.find("/undangan/").unwrap()..];
    let card = app.browser().get(&format!("{link}/kartu")).await;
    assert_eq!(card.status, 422);
    assert!(card.text().contains("sudah ditarik"), "{}", card.text());
}

/// The reminders among the mails.
fn reminders(app: &TestApp) -> Vec<String> {
    let mails = app.mails();
    let all = mails.iter().filter_map(|raw| {
        let mail = MessageParser::default().parse(raw.as_slice()).unwrap();
        let about = mail.subject().unwrap().starts_with("Pengingat: Forum");
        about.then(|| mail.body_text(0).unwrap().into_owned())
    });
    all.collect()
}

#[tokio::test]
async fn one_reminder_goes_to_those_who_did_not_decline() {
    let (app, demo) = with_forums().await;
    let mails = send_all(&app, demo.next).await;
    let link = link_of(&MessageParser::default().parse(&mails[0]).unwrap());
    let mut guest = app.browser();
    guest.get(&link).await;
    guest.post(&link, &[("answer", "declined")]).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let page = organiser.get(&list).await;
    // Three working days before Friday 10 April 2026.
    assert!(
        page.text()
            .contains("Satu pengingat dikirim Selasa, 7 April 2026"),
        "{}",
        page.text()
    );
    housekeeping::sweep(&app.app).await.unwrap();
    app.run_jobs().await;
    assert!(reminders(&app).is_empty(), "it is not due yet");
    let bad = organiser
        .post(
            &format!("{list}/pengingat"),
            &[("version", "0"), ("days", "99")],
        )
        .await;
    assert_eq!(bad.status, 422);
    let set = organiser
        .post(
            &format!("{list}/pengingat"),
            &[("version", "0"), ("days", "2")],
        )
        .await;
    assert_eq!(set.status, 303);
    let stale = organiser
        .post(
            &format!("{list}/pengingat"),
            &[("version", "0"), ("days", "1")],
        )
        .await;
    assert_eq!(stale.status, 409);
    app.advance(chrono::Duration::days(22) + chrono::Duration::hours(1));
    for _ in 0..2 {
        housekeeping::sweep(&app.app).await.unwrap();
        app.run_jobs().await;
    }
    let sent = reminders(&app);
    assert_eq!(sent.len(), 38, "once each, and not to who declined");
    assert!(
        sent[0].contains("Kami belum menerima jawaban"),
        "{}",
        sent[0]
    );
}
