//! Promises kept when two people do something at the same moment. Every test runs on both databases; see
//! `support/races.rs` for how they meet.

use rembuk::{
    attendance,
    documents::uploads,
    forums::{self, ForumId, Stage},
    invitations,
    platform::error::Result,
};

use crate::{
    action_plans::{self, at},
    attendance::{ORGANISER, door, forum, pdf_text},
    invitations::{draft, letter_form},
    support::{
        Browser, TestApp,
        browser::Answer,
        races::{self, meet},
    },
};

const PDF: &[u8] = b"%PDF-1.7\n% bukti\n";

fn sorted(one: &Answer, other: &Answer) -> [u16; 2] {
    let mut both = [one.status, other.status];
    both.sort_unstable();
    both
}

async fn version(browser: &mut Browser<'_>, page: &str) -> String {
    let page = browser.get(page).await;
    page.attribute("input[name=version]", "value").unwrap()
}

#[tokio::test]
async fn an_action_is_finished_or_cancelled_but_never_both() {
    let app = races::app().await;
    let id = action_plans::made(&app).await;
    let mut handler = app.sign_in(action_plans::FACILITATION).await;
    let evidence = [
        ("note", "Surat sudah dikirim."),
        ("link", "https://contoh.example/surat"),
    ];
    let reported = action_plans::step(&mut handler, &id, "/kemajuan", &evidence).await;
    assert_eq!(reported.status, 303);
    let mut organiser = app.sign_in(ORGANISER).await;
    let seen = version(&mut handler, &at(&id, "")).await;
    assert_eq!(version(&mut organiser, &at(&id, "")).await, seen);
    let (finish, cancel) = (at(&id, "/selesai"), at(&id, "/batalkan"));
    let (finish_form, cancel_form) = (
        [("version", seen.as_str())],
        [
            ("version", seen.as_str()),
            ("cancel_reason", "Tidak lagi dibutuhkan"),
        ],
    );
    let (one, other) = meet(
        &app,
        ("action_item", id.parse().unwrap()),
        handler.post(&finish, &finish_form),
        organiser.post(&cancel, &cancel_form),
    )
    .await;
    assert_eq!(sorted(&one, &other), [303, 409]);
}

/// A recipient of the coming forum, with the page of the line and the answer link.
async fn invited(app: &TestApp) -> (ForumId, invitations::Recipient, String, String) {
    let demo = rembuk::demo::load_forums(&app.ctx()).await.unwrap();
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let mut all = invitations::recipients(&app.app.db, &forum).await.unwrap();
    let one = all.remove(0);
    let url = invitations::answer_url(&app.app, &one).unwrap();
    let link = url[url.find("/undangan/").unwrap()..].to_owned();
    let page = format!("/kerja/forum/{}/undangan/penerima/{}", demo.next, one.id);
    (demo.next, one, page, link)
}

const ADDRESSEE: &str = "Kepala Instansi Contoh";

fn line<'a>(version: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("version", version),
        ("addressee", ADDRESSEE),
        ("organisation", "Instansi Contoh"),
        ("participant_group", "users"),
        ("quota", "1"),
        ("email", email),
    ]
}

#[tokio::test]
async fn an_answer_that_comes_while_the_organiser_mends_the_address_is_kept() {
    let app = races::app().await;
    let (_, recipient, page, link) = invited(&app).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let mut guest = app.browser();
    let seen = version(&mut organiser, &page).await;
    guest.get(&link).await;
    let mended = line(&seen, "baru@contoh.example");
    let (one, other) = meet(
        &app,
        ("recipient", recipient.id.0),
        organiser.post(&page, &mended),
        guest.post(&link, &[("answer", "accepted")]),
    )
    .await;
    assert_eq!((one.status, other.status), (303, 303));
    let kept = invitations::recipient(&app.app.db, recipient.id).await;
    let kept = kept.unwrap();
    assert_eq!(kept.email.as_deref(), Some("baru@contoh.example"));
    assert_eq!(kept.answer, invitations::Answer::Accepted);
}

#[tokio::test]
async fn two_organisers_of_one_line_do_not_overwrite_each_other() {
    let app = races::app().await;
    let (forum, _, page, _) = invited(&app).await;
    let mut first = app.sign_in(ORGANISER).await;
    let mut second = app.sign_in(ORGANISER).await;
    let seen = version(&mut first, &page).await;
    second.get(&page).await;
    let (mine, theirs) = (
        line(&seen, "satu@contoh.example"),
        line(&seen, "dua@contoh.example"),
    );
    let (one, other) = meet(
        &app,
        ("forum", forum.0),
        first.post(&page, &mine),
        second.post(&page, &theirs),
    )
    .await;
    assert_eq!(sorted(&one, &other), [303, 409]);
}

#[tokio::test]
async fn a_letter_is_issued_with_the_list_that_is_stored_or_not_at_all() {
    let app = races::app().await;
    let demo = rembuk::demo::load_forums(&app.ctx()).await.unwrap();
    let address = draft(&app, demo.past).await;
    let mut first = app.sign_in(ORGANISER).await;
    let mut second = app.sign_in(ORGANISER).await;
    let list = format!("{address}/undangan");
    first.get(&list).await;
    let written = first
        .post(&format!("{list}/surat"), &letter_form(&[]))
        .await;
    assert_eq!(written.status, 303);
    second.get(&format!("{list}/penerima/baru")).await;
    let (issue, add) = (format!("{list}/terbitkan"), format!("{list}/penerima/baru"));
    let newcomer = line("", "tamu@contoh.example");
    let id = address.rsplit('/').next().unwrap().parse().unwrap();
    let (issued, added) = meet(
        &app,
        ("forum", id),
        first.post(&issue, &[("version", "2")]),
        second.post(&add, &newcomer),
    )
    .await;
    // The list is closed, or the letter waits, or the newcomer came first and is printed.
    let stands = match (issued.status, added.status) {
        (303, 422) | (409, 303) => return,
        outcome => outcome,
    };
    assert_eq!(stands, (303, 303));
    let printed = first
        .get(&format!("{address}/dokumen/recipients.pdf"))
        .await;
    let text = pdf_text(&printed.bytes);
    assert!(text.contains(ADDRESSEE), "{text}");
}

#[tokio::test]
async fn a_file_serves_one_thing_even_when_two_take_it_at_once() {
    let app = races::app().await;
    let unit = action_plans::unit(&app).await;
    let file = uploads::store(&app.ctx(), unit, "a.pdf", PDF.to_vec()).await;
    let file = file.unwrap();
    let take = async || -> Result<()> {
        let tx = app.app.db.begin_write().await?;
        uploads::attach(&tx, unit, &[file]).await?;
        Ok(tx.commit().await?)
    };
    let (one, other) = meet(&app, ("file", file.0), take(), take()).await;
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
}

#[tokio::test]
async fn nobody_comes_in_after_the_list_was_closed() {
    let app = races::app().await;
    let forum = forum(&app, "FKP-A").await;
    let mut organiser = app.sign_in(ORGANISER).await;
    crate::attendance::walk_in(&mut organiser, &forum, "Tamu Satu", "users", "").await;
    let ctx = app.ctx();
    let sheets = attendance::prepare_sheets(&ctx, &forum, None)
        .await
        .unwrap();
    let close = async || -> Result<()> {
        let tx = app.app.db.begin_write().await?;
        let with = (sheets.clone(), attendance::ClosedWith::BeritaAcara);
        attendance::close(&tx, &ctx, &forum, with).await?;
        Ok(tx.commit().await?)
    };
    let late = [
        ("name", "Tamu Dua"),
        ("position", "Warga"),
        ("group", "users"),
    ];
    let way_in = door(&forum, "/tamu");
    let (closed, came) = meet(
        &app,
        ("forum", forum.id.0),
        close(),
        organiser.post(&way_in, &late),
    )
    .await;
    let outcome = (closed.is_ok(), came.status);
    assert!(
        outcome == (true, 422) || outcome == (false, 303),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_forum_never_goes_back_a_stage() {
    let app = races::app().await;
    let forum = forum(&app, "FKP-A").await;
    let ctx = app.ctx();
    let reach = async |stage: Stage| -> Result<()> {
        let tx = app.app.db.begin_write().await?;
        forums::reach(&tx, &ctx, forum.id, stage).await?;
        Ok(tx.commit().await?)
    };
    let (one, other) = meet(
        &app,
        ("forum", forum.id.0),
        reach(Stage::Session),
        reach(Stage::Invitation),
    )
    .await;
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    let now = forums::by_id(&app.app.db, forum.id).await.unwrap().stage;
    assert_eq!(now, Stage::Session);
}
