//! Complainants with a telephone and no mailbox.

use super::{moves::api, *};

/// A complaint of somebody who left a telephone number alone.
async fn by_phone(app: &TestApp, anonymous: bool) -> Filed {
    let draft = Draft {
        unit: UNIT.to_owned(),
        subject: "KTP-el belum jadi".to_owned(),
        description: WORDS.to_owned(),
        anonymous,
        name: NAME.to_owned(),
        phone: "0800-0000-0012".to_owned(),
        ..Draft::default()
    };
    let ctx = rembuk::access::Ctx::stranger(&app.app);
    file(&ctx, &draft, "reporter.", &Once::Never).await.unwrap()
}

async fn untold(officer: &mut Browser<'_>) -> Vec<String> {
    let list = officer.get("/kerja/pengaduan?view=untold").await;
    list.texts("td.main a")
}

#[tokio::test]
async fn who_has_no_mailbox_is_told_by_a_person_and_stands_in_the_inbox_until_then() {
    let app = TestApp::new().await;
    let number = by_phone(&app, false).await.complaint.number;
    let other = filed(&app, false, false).await.complaint.number;
    let mut officer = app.sign_in(OFFICER).await;
    assert_eq!(
        untold(&mut officer).await.len(),
        0,
        "the receipt was on the screen"
    );
    answered(&app, &number).await;
    answered(&app, &other).await;
    assert_eq!(untold(&mut officer).await, std::slice::from_ref(&number));
    let inbox = officer.get("/kerja/pengaduan").await;
    assert!(
        inbox.text().contains("Belum diberi tahu 1"),
        "{}",
        inbox.text()
    );
    let case = format!("/kerja/pengaduan/{number}");
    let page = officer.get(&case).await;
    assert!(page.text().contains("Hubungi pelapor: tidak ada surel"));
    let prepared = page.texts("#naskah").remove(0);
    assert!(
        prepared.contains(&number) && prepared.contains("/lacak?nomor="),
        "{prepared}"
    );
    assert!(!prepared.contains("loket 2"), "never the answer itself");
    let forged = officer.get(&format!("{case}/hubungi/whatsapp")).await;
    assert_eq!(forged.status, 400, "a link of another site marks nothing");
    assert_eq!(untold(&mut officer).await, std::slice::from_ref(&number));
    let href = page.attribute("a[href*=whatsapp]", "href").unwrap();
    let opened = officer.get(&href).await;
    let there = opened.location();
    assert!(
        there.starts_with("https://wa.me/6280000000012?text="),
        "{there}"
    );
    assert_eq!(untold(&mut officer).await.len(), 0);
    let trail = officer.get(&case).await.text();
    assert!(
        trail.contains("Pelapor diberi tahu lewat WhatsApp"),
        "{trail}"
    );
    assert!(!trail.contains("Hubungi pelapor: tidak ada surel"));
}

#[tokio::test]
async fn every_news_waits_for_one_call_and_a_hidden_number_stays_hidden() {
    let app = TestApp::new().await;
    let number = by_phone(&app, true).await.complaint.number;
    assigned(&app, &number, "fasilitasi").await;
    let mut program = program(&app, HANDLER).await;
    let ask = json!({ "text": "Mohon nomor antrean Anda." });
    let asked = api(&mut program, &number, "request-completion", ask).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    app.advance(chrono::Duration::minutes(5));
    let text = json!({ "text": "KTP-el sudah dapat diambil." });
    let told = api(&mut program, &number, "answer", text).await;
    assert_eq!(told.status, 200, "{}", told.body);
    app.run_jobs().await;
    let case = format!("/kerja/pengaduan/{number}");
    let mut handler = app.sign_in(HANDLER).await;
    let page = handler.get(&case).await;
    let news = page.texts("section[aria-labelledby=hubungi] li");
    assert_eq!(news.len(), 2, "{news:?}");
    assert!(page.text().contains("Nomornya tidak tampak bagi Anda"));
    assert!(page.attribute("a[href*=whatsapp]", "href").is_none());
    assert!(!page.body.contains("80000000012") && !page.body.contains("0800-0000-0012"));
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&case).await;
    let fields = [("reason", "Pelapor harus diberi tahu")];
    officer.post(&format!("{case}/identitas"), &fields).await;
    let page = officer.get(&case).await;
    assert!(page.attribute("a[href*=whatsapp]", "href").is_some());
    for _ in 0..2 {
        let ticked = officer.post(&format!("{case}/hubungi"), &[]).await;
        assert_eq!(ticked.status, 303, "{}", ticked.text());
    }
    assert_eq!(untold(&mut officer).await.len(), 0);
    let trail = officer.get(&format!("{case}/jejak")).await.text();
    assert_eq!(trail.matches("Pelapor diberi tahu").count(), 1, "{trail}");
    let mut head = app.sign_in(HEAD).await;
    head.get(&case).await;
    assert_eq!(head.post(&format!("{case}/hubungi"), &[]).await.status, 403);
}
