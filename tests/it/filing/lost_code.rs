//! Who lost the secret code comes back by the mailbox on file or with an identity card, and nobody else does.

use mail_parser::MessageParser;
use rembuk::complaints::Filed;

use super::*;
use crate::complaints::{EMAIL, OFFICER, filed};

/// The links for a new code in all mails, with the address that each went to.
fn links(app: &TestApp) -> Vec<(String, String)> {
    let link = |raw: &Vec<u8>| {
        let mail = MessageParser::default().parse(raw.as_slice())?;
        let to = mail.to()?.first()?.address()?.to_owned();
        let text = mail.body_text(0)?.into_owned();
        let rest = &text[text.find("/kabar/kode/")?..];
        Some((to, rest.split_whitespace().next()?.to_owned()))
    };
    app.mails().iter().filter_map(link).collect()
}

async fn ask(app: &TestApp, number: &str, contact: &str) -> Answer {
    let mut somebody = app.browser();
    somebody.get("/lupa-kode").await;
    let fields = [("number", number), ("contact", contact)];
    let sent = somebody.post("/lupa-kode", &fields).await;
    app.run_jobs().await;
    match sent.status {
        303 => somebody.follow(&sent).await,
        _ => sent,
    }
}

async fn opens(app: &TestApp, filed: &Filed, code: &str) -> bool {
    let mut citizen = app.browser();
    citizen.get("/lacak").await;
    let fields = [("number", filed.complaint.number.as_str()), ("code", code)];
    citizen.post("/lacak", &fields).await.status == 303
}

#[tokio::test]
async fn a_lost_code_is_replaced_by_a_link_to_the_address_on_file_and_strangers_learn_nothing() {
    let app = TestApp::new().await;
    let lost = filed(&app, false, false).await;
    let number = &lost.complaint.number;
    let told = ask(&app, number, EMAIL).await;
    assert_eq!(links(&app).len(), 1);
    for (number, contact) in [
        (number.as_str(), "orang.lain@warga.example"),
        (number.as_str(), "0800-0000-0013"),
        ("ADU-2026-999999", EMAIL),
    ] {
        let other = ask(&app, number, contact).await;
        assert_eq!(other.text(), told.text(), "{number} {contact}");
    }
    assert_eq!(links(&app).len(), 1);
    // The telephone number names it as well; the link goes to the mailbox.
    ask(&app, number, "0800 0000 0012").await;
    let sent = links(&app);
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|(to, _)| to == EMAIL), "{sent:?}");
    assert!(opens(&app, &lost, &lost.code).await, "asking takes nothing");
    let link = &sent[0].1;
    let mut citizen = app.browser();
    let page = citizen.get(link).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(
        opens(&app, &lost, &lost.code).await,
        "looking takes nothing"
    );
    let made = citizen.post(link, &[]).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let code = made.texts("#code").remove(0);
    assert!(opens(&app, &lost, &code).await, "{code}");
    assert!(!opens(&app, &lost, &lost.code).await);
    assert_eq!(citizen.get("/pengaduan/status").await.status, 200);
    // Both links were bound to the code that is gone.
    for (_, spent) in &sent {
        assert_eq!(app.browser().get(spent).await.status, 404);
    }
    ask(&app, number, EMAIL).await;
    let link = links(&app).pop().unwrap().1;
    app.advance(chrono::Duration::hours(25));
    assert_eq!(app.browser().get(&link).await.status, 404, "too old");
}

#[tokio::test]
async fn asking_for_links_floods_no_mailbox_and_a_slip_of_the_pen_is_told() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    for (number, contact) in [
        ("", EMAIL),
        (number.as_str(), ""),
        (number.as_str(), "ani@"),
    ] {
        let refused = ask(&app, number, contact).await;
        assert_eq!(
            refused.status,
            422,
            "{number} {contact}: {}",
            refused.text()
        );
    }
    for _ in 0..5 {
        ask(&app, &number, EMAIL).await;
    }
    assert_eq!(links(&app).len(), 3, "as many in a day");
    assert_eq!(ask(&app, &number, EMAIL).await.status, 429);
}

#[tokio::test]
async fn the_counter_makes_a_new_code_for_who_shows_a_card_and_none_for_who_is_anonymous() {
    let app = TestApp::new().await;
    let lost = filed(&app, false, false).await;
    let hidden = filed(&app, true, false).await;
    let at = format!("/kerja/pengaduan/{}/kode-baru", lost.complaint.number);
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&at).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let reason = ("reason", "Tanda terima hilang, pelapor datang ke loket");
    let unseen = officer.post(&at, &[reason]).await;
    assert_eq!(unseen.status, 422, "{}", unseen.text());
    assert!(opens(&app, &lost, &lost.code).await);
    let key = unseen.attribute("input[name=form_key]", "value").unwrap();
    let fields = [
        ("identity_seen", "true"),
        reason,
        ("form_key", key.as_str()),
    ];
    let made = officer.post(&at, &fields).await;
    assert_eq!(made.status, 200, "{}", made.text());
    let code = made.texts("#code").remove(0);
    let pressed = officer.post(&at, &fields).await;
    assert_eq!(
        pressed.texts("#code"),
        [code.as_str()],
        "one form, one code"
    );
    app.run_jobs().await;
    assert!(opens(&app, &lost, &code).await);
    assert!(!opens(&app, &lost, &lost.code).await);
    let trail = officer.get(at.trim_end_matches("/kode-baru")).await.text();
    assert!(
        trail.contains("Kode rahasia diganti") && trail.contains("pelapor datang ke loket"),
        "{trail}"
    );
    let warned = app.mails().iter().any(|raw| {
        let mail = MessageParser::default().parse(raw.as_slice());
        let subject = mail.and_then(|mail| mail.subject().map(str::to_owned));
        subject.is_some_and(|subject| subject.starts_with("Kode rahasia"))
    });
    assert!(warned, "the mailbox on file hears of it");
    let at = format!("/kerja/pengaduan/{}/kode-baru", hidden.complaint.number);
    let page = officer.get(&at).await;
    assert!(
        page.text().contains("Pelapor ini anonim"),
        "{}",
        page.text()
    );
    let forced = officer
        .post(&at, &[("identity_seen", "true"), reason])
        .await;
    assert!(forced.texts("#code").is_empty(), "{}", forced.text());
    assert!(opens(&app, &hidden, &hidden.code).await);
}
