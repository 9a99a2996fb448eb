//! Every mail that the program sends, as its reader gets it: subject and text. Official letters and the staff's mails
//! are Indonesian; a mail about a complaint speaks the language in which it was filed.

use mail_parser::MessageParser;
use rembuk::{
    access::Ctx,
    complaints::{Draft, Filed, Once, file},
    documents::{self, Kind},
    forums, housekeeping, invitations,
    platform::i18n::Locale,
};

use crate::{
    attendance::forum,
    berita_acara::locked,
    complaints::{answered, assigned},
    forums::{ORGANISER, with_forums},
    invitations::{link_of, send_all},
    letters::{correct, move_forum},
    support::TestApp,
};

/// Subject and text of a mail. What is random becomes a word in brackets.
fn read(raw: &[u8], random: &[(&str, &str)]) -> String {
    let mail = MessageParser::default().parse(raw).unwrap();
    let text = mail.body_text(0).unwrap().replace("\r\n", "\n");
    let words = format!("{}\n\n{}", mail.subject().unwrap(), text.trim_end());
    // The link that stops the news is of one complaint only.
    let words = match words.split_once("/kabar/berhenti/") {
        Some((before, after)) => {
            let rest = after.split_once('\n').map_or("", |(_, rest)| rest);
            format!("{before}/kabar/berhenti/[link]\n{rest}")
                .trim_end()
                .to_owned()
        }
        None => words,
    };
    let words = random.iter().fold(words, |words, (value, name)| {
        assert!(words.contains(value), "{value} is not in {words}");
        words.replace(value, name)
    });
    for key in ["-mail-", "{", "}"] {
        assert!(!words.contains(key), "{key} in {words}");
    }
    words
}

/// The last mail to somebody; mails leave in any order.
fn last_to<'a>(mails: &'a [Vec<u8>], addressee: &str) -> &'a [u8] {
    let is_theirs = |raw: &&Vec<u8>| {
        let mail = MessageParser::default().parse(raw.as_slice()).unwrap();
        mail.body_text(0)
            .unwrap()
            .lines()
            .any(|line| line.trim_end() == addressee)
    };
    mails.iter().rfind(is_theirs).unwrap()
}

const INVITED: &str = "Inspektur Daerah Provinsi Kalimantan Timur";
const ALSO_INVITED: &str = "Kepala Dinas Pendidikan dan Kebudayaan Provinsi Kalimantan Timur";

fn token(link: &str) -> &str {
    link.trim_start_matches("/undangan/")
}

async fn filed(app: &TestApp, locale: Locale) -> Filed {
    let mut ctx = Ctx::stranger(&app.app);
    ctx.request.locale = locale;
    let draft = Draft {
        unit: crate::complaints::UNIT.to_owned(),
        subject: "KTP-el belum jadi".to_owned(),
        description: crate::complaints::WORDS.to_owned(),
        name: crate::complaints::NAME.to_owned(),
        email: crate::complaints::EMAIL.to_owned(),
        ..Draft::default()
    };
    let filed = file(&ctx, &draft, "reporter.", &Once::Never).await.unwrap();
    app.run_jobs().await;
    filed
}

#[tokio::test]
async fn mails_about_a_complaint_read_well_in_both_languages() {
    let app = TestApp::new().await;
    for (locale, name) in [(Locale::Id, "id"), (Locale::En, "en")] {
        let number = filed(&app, locale).await.complaint.number;
        insta::assert_snapshot!(
            format!("complaint_received_{name}"),
            read(app.mails().last().unwrap(), &[])
        );
        answered(&app, &number).await;
        insta::assert_snapshot!(
            format!("complaint_answered_{name}"),
            read(app.mails().last().unwrap(), &[])
        );
    }
    let number = filed(&app, Locale::Id).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    insta::assert_snapshot!("complaint_assigned", read(app.mails().last().unwrap(), &[]));
}

#[tokio::test]
async fn mails_of_an_invitation_read_well_from_the_letter_to_the_change_of_time() {
    let (app, demo) = with_forums().await;
    let mails = send_all(&app, demo.next).await;
    let first = last_to(&mails, INVITED);
    let link = link_of(&MessageParser::default().parse(first).unwrap());
    let random = [(token(&link), "[token]")];
    insta::assert_snapshot!("invitation", read(first, &random));

    let mut guest = app.browser();
    guest.get(&link).await;
    let asked = [("question", "Apakah ada parkir?")];
    guest.post(&format!("{link}/tanya"), &asked).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&list).await;
    let action = page.attribute("#pertanyaan form", "action").unwrap();
    let answer = [("answer", "Ada, di halaman belakang.")];
    organiser.post(&action, &answer).await;
    app.run_jobs().await;
    insta::assert_snapshot!(
        "invitation_question",
        read(app.mails().last().unwrap(), &random)
    );

    app.advance(chrono::Duration::hours(1));
    let address = format!("/kerja/forum/{}", demo.next);
    move_forum(&mut organiser, &address).await;
    let changed = [
        ("letter_date", "2026-03-17"),
        ("number", "400.12.5.5/78/X/2026"),
    ];
    correct(&mut organiser, &address, &changed).await;
    organiser.get(&list).await;
    let sent = organiser.post(&format!("{list}/kirim"), &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    app.run_jobs().await;
    let mails = app.mails();
    insta::assert_snapshot!(
        "invitation_changed",
        read(last_to(&mails, INVITED), &random)
    );
}

#[tokio::test]
async fn mails_that_remind_and_take_back_read_well() {
    let (app, demo) = with_forums().await;
    let mails = send_all(&app, demo.next).await;
    let of = |who| {
        link_of(
            &MessageParser::default()
                .parse(last_to(&mails, who))
                .unwrap(),
        )
    };
    let (coming, silent) = (of(ALSO_INVITED), of(INVITED));
    let mut guest = app.browser();
    guest.get(&coming).await;
    guest.post(&coming, &[("answer", "accepted")]).await;
    app.advance(chrono::Duration::days(21) + chrono::Duration::hours(1));
    housekeeping::sweep(&app.app).await.unwrap();
    app.run_jobs().await;
    let all = app.mails();
    for (name, who, link) in [
        ("invitation_reminder_answered", ALSO_INVITED, &coming),
        ("invitation_reminder_silent", INVITED, &silent),
    ] {
        let random = [(token(link), "[token]")];
        insta::assert_snapshot!(name, read(last_to(&all, who), &random));
    }

    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let recipient = invitations::recipients(&app.app.db, &forum)
        .await
        .unwrap()
        .remove(0);
    let done = crate::handing::withdraw(&app, &recipient).await;
    assert_eq!(done.status, 303, "{}", done.text());
    app.run_jobs().await;
    insta::assert_snapshot!(
        "invitation_withdrawn",
        read(app.mails().last().unwrap(), &[])
    );
}

#[tokio::test]
async fn the_mail_about_a_stage_that_stands_still_reads_well() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    app.advance(chrono::Duration::days(8));
    housekeeping::sweep(&app.app).await.unwrap();
    app.run_jobs().await;
    let id = forum.id.to_string();
    insta::assert_snapshot!(
        "stage_reminder",
        read(app.mails().last().unwrap(), &[(id.as_str(), "[forum]")])
    );
}

#[tokio::test]
async fn mails_about_the_approval_of_minutes_read_well_at_each_step() {
    const HEAD: &str = "kepala.kaltim@rembuk.example";
    let app = TestApp::new().await;
    let (forum, mut organiser) = crate::minutes::begun(&app, "FKP-A").await;
    crate::minutes::write_header(&mut organiser, &forum, "1").await;
    let id = forum.id.to_string();
    let mut head = app.sign_in(HEAD).await;
    let base = crate::minutes::at(&forum, "");
    let reason = [("reason", "Hasil kedua belum lengkap.")];
    for (name, step) in [
        ("minutes_waiting", "ajukan"),
        ("minutes_returned", "kembalikan"),
        ("minutes_waiting", "ajukan"),
        ("minutes_approved", "setujui"),
    ] {
        let page = head.get(&base).await;
        let value = |name: &str| {
            let value = page.attribute(&format!("input[name={name}]"), "value");
            value.unwrap_or_default()
        };
        let (seen, version) = (value("seen"), value("forum_version"));
        let approval = [
            ("seen", seen.as_str()),
            ("forum_version", version.as_str()),
            ("confirm", "true"),
        ];
        let path = format!("{base}/{step}");
        let done = match step {
            "ajukan" => organiser.post(&path, &[]).await,
            "kembalikan" => head.post(&path, &reason).await,
            _ => head.post(&path, &approval).await,
        };
        assert_eq!(done.status, 303, "{step}: {}", done.text());
        app.run_jobs().await;
        let mail = app.mails().pop().unwrap();
        insta::assert_snapshot!(name, read(&mail, &[(id.as_str(), "[forum]")]));
    }
}

#[tokio::test]
async fn the_mail_that_brings_the_report_reads_well_with_the_file_and_with_a_link() {
    for (name, most) in [("report_attached", "20000"), ("report_link", "1")] {
        let app = TestApp::with(&[("REMBUK__MAIL__LARGEST_ATTACHMENT_KB", most)]).await;
        let forum = forum(&app, "FKP-L9").await;
        let mut browser = locked(&app, &forum).await;
        crate::fkp_report::issue(&mut browser, &forum, "0", "2026-03-17").await;
        crate::fkp_report::send(&mut browser, &forum, "0", "biro@kaltim.example").await;
        app.run_jobs().await;
        let report = documents::latest(&app.app.db, "forum", forum.id.0, Kind::Report)
            .await
            .unwrap()
            .unwrap();
        let code = documents::grouped_code(&report.verification_code);
        let raw = app.mails().pop().unwrap();
        let mail = MessageParser::default().parse(&raw).unwrap();
        let text = mail.body_text(0).unwrap().into_owned();
        let link = text.split("/laporan/").nth(1);
        let link = link.and_then(|rest| rest.split_whitespace().next());
        let mut random = vec![
            (code.as_str(), "[code]"),
            (report.verification_code.as_str(), "[code]"),
        ];
        random.extend(link.map(|link| (link, "[token]")));
        insta::assert_snapshot!(name, read(&raw, &random));
    }
}
