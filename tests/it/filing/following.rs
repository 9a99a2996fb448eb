//! What the citizen decides afterwards.

use mail_parser::MessageParser;
use rembuk::{
    access::Ctx,
    complaints::{filing::follow, knowing::published::similar},
    organisation,
};

use super::*;
use crate::complaints::{EMAIL, OFFICER, UNIT, answered, filed};

/// The last link of this kind in the mails to an address.
fn link(app: &TestApp, to: &str, folder: &str) -> Option<String> {
    app.mails().iter().rev().find_map(|raw| {
        let mail = MessageParser::default().parse(raw.as_slice()).unwrap();
        let address = mail
            .to()
            .and_then(|to| to.first())
            .and_then(|one| one.address());
        if address != Some(to) {
            return None;
        }
        let text = mail.body_text(0).unwrap().into_owned();
        let rest = &text[text.find(folder)?..];
        Some(rest.split_whitespace().next().unwrap().to_owned())
    })
}

/// The words of the last mail to an address, on one line.
fn words_to(app: &TestApp, to: &str) -> String {
    let found = app.mails().iter().rev().find_map(|raw| {
        let mail = MessageParser::default().parse(raw.as_slice()).unwrap();
        let address = mail.to()?.first()?.address()?.to_owned();
        (address == to).then(|| mail.body_text(0).unwrap().into_owned())
    });
    let words = found.unwrap_or_default();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn filed_in(citizen: &mut Browser<'_>) -> Answer {
    citizen.get("/pengaduan/baru").await;
    let sent = send_form(citizen, &fields()).await;
    citizen.follow(&sent).await
}

async fn press(app: &TestApp, path: &str) -> Answer {
    let mut somebody = app.browser();
    let page = somebody.get(path).await;
    assert_eq!(page.status, 200, "{}", page.text());
    somebody.post(path, &[]).await
}

#[tokio::test]
async fn another_address_holds_only_after_the_old_and_the_new_one_agreed() {
    const NEW: &str = "baru@warga.example";
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    filed_in(&mut citizen).await;
    let change = |value: &'static str| [("which", "email"), ("new_email", value)];
    let path = "/pengaduan/status/kontak";
    let wrong = citizen.post(path, &change("bukan surel")).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(
        citizen.post(path, &change(EMAIL)).await.status,
        422,
        "the same"
    );
    let sent = citizen.post(path, &change(NEW)).await;
    let page = citizen.follow(&sent).await;
    assert!(
        page.text()
            .contains("menunggu tautan di alamat lama dan alamat baru")
    );
    app.run_jobs().await;
    // Whose address is to go reads what shall come: most of it hidden, in a letter that begins like one.
    let asked = words_to(&app, EMAIL);
    assert!(asked.contains("Bapak/Ibu yang terhormat"), "{asked}");
    assert!(
        asked.contains("alamat surelnya menjadi b•••••@warga.example"),
        "{asked}"
    );
    assert!(!asked.contains(NEW));
    let old = link(&app, EMAIL, "/kabar/kontak/").unwrap();
    let new = link(&app, NEW, "/kabar/kontak/").unwrap();
    assert_ne!(old, new);
    // A program that looks at mails opens the link: nothing happens.
    let asked = app.browser().get(&old).await;
    assert_eq!(asked.status, 200);
    // From what to what, most of both hidden.
    let from = format!("{}•••••@warga.example", &EMAIL[..1]);
    let asked = asked.text();
    assert!(asked.contains(&from), "{asked}");
    assert!(asked.contains("menjadi b•••••@warga.example"), "{asked}");
    assert!(
        asked.contains("kontak lama, penerima tautan ini"),
        "{asked}"
    );
    let half = press(&app, &new).await;
    assert!(half.text().contains("Satu langkah lagi"), "{}", half.text());
    let again = app.browser().get(&new).await.text();
    assert!(
        again.contains("Satu langkah lagi"),
        "a used link asks nothing: {again}"
    );
    answered(&app, "ADU-2026-000001").await;
    assert!(link(&app, NEW, "/kabar/berhenti/").is_none(), "not yet");
    let done = press(&app, &old).await;
    assert!(done.text().contains("Kontak diubah"), "{}", done.text());
    let twice = app.browser().get(&old).await.text();
    assert!(twice.contains("Kontak diubah"), "twice is once: {twice}");
    let mut officer = app.sign_in(OFFICER).await;
    let case = officer.get("/kerja/pengaduan/ADU-2026-000001").await;
    assert!(case.text().contains(NEW), "{}", case.text());
    assert!(!stored_anywhere(&app, NEW).await);
    let guessed = app
        .browser()
        .get("/kabar/kontak/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        .await;
    assert_eq!(guessed.status, 404);
    app.run_jobs().await;
}

async fn stored_anywhere(app: &TestApp, words: &str) -> bool {
    use sea_orm::{ConnectionTrait as _, Statement};
    let db = &app.app.db;
    let sql = "SELECT COUNT(*) AS n FROM event WHERE CAST(data AS TEXT) LIKE '%' || ";
    let sql = format!("{sql}'{words}' || '%'");
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap();
    let found: i64 = row.try_get("", "n").unwrap();
    found > 0
}

/// Zammad and Chatwoot are asked for a way out of their mails.
#[tokio::test]
async fn one_link_in_every_mail_makes_it_quiet_and_the_status_page_takes_it_up_again() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    filed_in(&mut citizen).await;
    app.run_jobs().await;
    let quiet = link(&app, EMAIL, "/kabar/berhenti/").unwrap();
    let forged = format!("{quiet}x");
    assert_eq!(app.browser().get(&forged).await.status, 404);
    let before = app.mails().len();
    let page = press(&app, &quiet).await;
    assert!(page.text().contains("Kabar dihentikan"), "{}", page.text());
    answered(&app, "ADU-2026-000001").await;
    assert_eq!(app.mails().len(), before, "no mail to the citizen");
    let page = citizen.get("/pengaduan/status").await;
    assert!(page.text().contains("Kabar lewat surel dihentikan"));
    let sent = citizen
        .post("/pengaduan/status/kabar", &[("wanted", "true")])
        .await;
    let page = citizen.follow(&sent).await;
    assert!(page.text().contains("Kabar dikirim lewat surel"));
    app.run_jobs().await;
}

/// Zammad has been asked since 2016 whether an answer helped (#303).
#[tokio::test]
async fn what_the_citizen_said_of_an_answer_is_kept() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    filed_in(&mut citizen).await;
    answered(&app, "ADU-2026-000001").await;
    for (helped, reason, said) in [
        ("no", "Di loket 2 tidak ada.", "belum membantu"),
        ("yes", "", "jawaban membantu"),
    ] {
        let sent = citizen
            .post(
                "/pengaduan/status/nilai",
                &[("helped", helped), ("reason", reason)],
            )
            .await;
        let page = citizen.follow(&sent).await;
        assert!(page.text().contains(said), "{said}: {}", page.text());
        if helped == "no" {
            answered(&app, "ADU-2026-000001").await;
            let page = citizen.get("/pengaduan/status").await;
            assert!(
                !page.text().contains("menyatakan jawaban belum membantu"),
                "nothing was said of the new answer yet: {}",
                page.text()
            );
        }
    }
    app.run_jobs().await;
}

/// GlobaLeaks users lose their receipt at the first access (#2915): here it is printed with a way back.
#[tokio::test]
async fn the_receipt_shows_the_way_back_as_a_picture_without_the_code() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    let receipt = filed_in(&mut citizen).await;
    let picture = receipt.attribute("main img", "src").unwrap();
    let drawn = citizen.get(&picture).await;
    assert_eq!(drawn.header("content-type"), "image/svg+xml");
    assert!(drawn.body.contains("<svg"));
    assert_eq!(
        app.browser().get(&picture).await.status,
        303,
        "this browser's alone"
    );
    app.run_jobs().await;
}

/// Publishes what is read of a case, as the version that the form showed.
async fn published(app: &TestApp, number: &str, version: &str, answer: &str) {
    let mut officer = app.sign_in(OFFICER).await;
    let here = format!("/kerja/pengaduan/{number}/publikasi");
    officer.get(&here).await;
    let sent = officer
        .post(
            &here,
            &[
                ("version", version),
                ("title", "Kartu lama jadi"),
                (
                    "text",
                    "Perekaman sudah tiga minggu dan kartunya belum jadi.",
                ),
                ("answer", answer),
            ],
        )
        .await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    app.run_jobs().await;
}

/// Mails to an address.
fn told(app: &TestApp, address: &str) -> Vec<String> {
    let mails = app.mails();
    let mails = mails.iter().map(|mail| String::from_utf8_lossy(mail));
    mails
        .filter(|mail| mail.contains(address))
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// FixMyStreet shows what others told before; here nobody has to file to be told how it goes on.
#[tokio::test]
async fn whoever_follows_a_published_case_is_told_once_when_its_answer_can_be_read() {
    const NEIGHBOUR: &str = "tetangga@warga.example";
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    published(&app, &number, "0", "").await;
    let unit = organisation::unit_by_code(&app.app.db, UNIT).await.unwrap();
    let shown = similar(&app.app.db, unit.id, "Kartu lama").await.unwrap();
    let case = &shown[0];
    let ctx = Ctx::stranger(&app.app);
    for typed in ["", "bukan surel"] {
        assert!(follow(&ctx, &unit, case, typed).await.is_err(), "{typed}");
    }
    // Asked for again and again: one row, and no more than three mails a day.
    for _ in 0..5 {
        follow(&ctx, &unit, case, NEIGHBOUR).await.unwrap();
    }
    app.run_jobs().await;
    assert_eq!(told(&app, NEIGHBOUR).len(), 3);
    let address = link(&app, NEIGHBOUR, "/kabar/ikuti/").unwrap();
    let on = press(&app, &address).await;
    assert!(
        on.text().contains("Anda mengikuti kasus ini"),
        "{}",
        on.text()
    );
    // The answer that the citizen reads is not what everybody reads.
    answered(&app, &number).await;
    assert_eq!(told(&app, NEIGHBOUR).len(), 3);
    published(&app, &number, "1", "Kartu dapat diambil.").await;
    let news = told(&app, NEIGHBOUR);
    assert_eq!(news.len(), 4, "once");
    assert!(!news[3].contains(&number) && !news[3].contains("loket 2"));
    // Other words of the question are no news.
    published(&app, &number, "2", "Kartu dapat diambil.").await;
    assert_eq!(told(&app, NEIGHBOUR).len(), 4);
    let off = press(&app, &address).await;
    assert!(
        off.text().contains("Anda berhenti mengikuti"),
        "{}",
        off.text()
    );
    assert_eq!(
        app.browser().get(&address).await.status,
        404,
        "nothing is kept"
    );
    app.run_jobs().await;
}

/// Whoever waits for an answer that will never come is told so.
#[tokio::test]
async fn whoever_follows_a_case_is_told_when_it_ends_without_an_answer() {
    const NEIGHBOUR: &str = "tetangga@warga.example";
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    published(&app, &number, "0", "").await;
    let unit = organisation::unit_by_code(&app.app.db, UNIT).await.unwrap();
    let shown = similar(&app.app.db, unit.id, "Kartu lama").await.unwrap();
    let ctx = Ctx::stranger(&app.app);
    follow(&ctx, &unit, &shown[0], NEIGHBOUR).await.unwrap();
    app.run_jobs().await;
    let address = link(&app, NEIGHBOUR, "/kabar/ikuti/").unwrap();
    press(&app, &address).await;
    let mut officer = crate::complaints::program(&app, OFFICER).await;
    let forwarded = officer
        .api(
            poem::http::Method::POST,
            &format!("/api/v1/complaints/{number}/forward"),
            Some(serde_json::json!({ "body": "Instansi Contoh", "text": "Mohon hubungi instansi itu." })),
        )
        .await;
    assert_eq!(forwarded.status, 200, "{}", forwarded.body);
    app.run_jobs().await;
    let news = told(&app, NEIGHBOUR);
    assert_eq!(news.len(), 2, "the link, and the end");
    assert!(!news[1].contains(&number), "{}", news[1]);
}

/// An anonymous complainant who lost the number can be found by nobody else.
#[tokio::test]
async fn the_code_alone_leads_back_to_the_complaint() {
    let app = TestApp::new().await;
    let of = filed(&app, true, false).await;
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let wrong = [("number", ""), ("code", "1234 5678 1234 5678")];
    assert_eq!(citizen.post("/lacak", &wrong).await.status, 404);
    assert_eq!(citizen.post("/lacak", &[("number", "")]).await.status, 404);
    let code = [("number", ""), ("code", of.code.as_str())];
    let opened = citizen.post("/lacak", &code).await;
    let page = citizen.follow(&opened).await;
    assert!(
        page.text().contains(&of.complaint.number),
        "{}",
        page.text()
    );
}

/// A withdrawn case stands on no page any more: whoever waits for its answer would look for it in vain.
#[tokio::test]
async fn whoever_follows_a_case_is_told_when_it_is_withdrawn_and_is_sent_to_no_dead_page() {
    const NEIGHBOUR: &str = "tetangga@warga.example";
    let app = TestApp::new().await;
    let of = filed(&app, false, false).await;
    published(&app, &of.complaint.number, "0", "").await;
    let mut neighbour = app.browser();
    let list = neighbour.get("/pengaduan/publik").await;
    let page = list.attribute("main .spread a", "href").unwrap();
    follow_on(&app, &page, NEIGHBOUR).await;
    let address = link(&app, NEIGHBOUR, "/kabar/ikuti/").unwrap();
    press(&app, &address).await;
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let number = of.complaint.number.as_str();
    let code = [("number", number), ("code", of.code.as_str())];
    citizen.post("/lacak", &code).await;
    let gone = citizen
        .post("/pengaduan/status/cabut", &[("sure", "yes")])
        .await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    app.run_jobs().await;
    let news = told(&app, NEIGHBOUR);
    assert_eq!(news.len(), 2, "the link, and the end");
    assert!(news[1].contains("ditarik kembali"), "{}", news[1]);
    assert!(!news[1].contains(&page) && !news[1].contains(number));
    assert_eq!(app.browser().get(&page).await.status, 404);
}

/// Leaves an address on the page that everybody reads.
async fn follow_on(app: &TestApp, page: &str, address: &str) {
    let mut neighbour = app.browser();
    neighbour.get(page).await;
    let path = format!("{page}/ikuti");
    let sent = neighbour.post(&path, &[("follow_email", address)]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let back = neighbour.follow(&sent).await;
    assert!(back.text().contains("Buka tautan di surel Anda"));
    app.run_jobs().await;
}

/// A link to a case is passed on; its readers follow it there, without writing anything.
#[tokio::test]
async fn a_published_case_is_followed_from_its_own_page_until_its_answer_stands_there() {
    const NEIGHBOUR: &str = "tetangga@warga.example";
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    published(&app, &number, "0", "").await;
    let unit = organisation::unit_by_code(&app.app.db, UNIT).await.unwrap();
    let case = similar(&app.app.db, unit.id, "Kartu lama").await.unwrap();
    let page = &case[0].href;
    let mut neighbour = app.browser();
    neighbour.get(page).await;
    let path = format!("{page}/ikuti");
    for typed in ["", "bukan surel"] {
        let refused = neighbour.post(&path, &[("follow_email", typed)]).await;
        assert_eq!(refused.status, 422, "{typed}");
        assert_eq!(
            refused
                .attribute("#f-follow_email", "value")
                .unwrap_or_default(),
            typed,
            "what was typed is kept"
        );
    }
    follow_on(&app, page, NEIGHBOUR).await;
    let address = link(&app, NEIGHBOUR, "/kabar/ikuti/").unwrap();
    press(&app, &address).await;
    answered(&app, &number).await;
    published(&app, &number, "1", "Kartu dapat diambil.").await;
    assert_eq!(told(&app, NEIGHBOUR).len(), 2, "the link, and the answer");
    let after = neighbour.get(page).await;
    assert!(
        after.attribute("#f-follow_email", "name").is_none(),
        "nothing more will come"
    );
}
