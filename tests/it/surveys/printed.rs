//! What is printed and listed for the counter: codes, slips, batches.

use super::*;

#[tokio::test]
async fn a_code_about_which_nothing_is_asked_says_so() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let codes = "/kerja/survei/kode";
    organiser.get(codes).await;
    let fields = [("kind", "service"), ("service", SERVICE), ("name", "")];
    let made = organiser.post(codes, &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let words = "tidak ada survei yang dibuka tentang ini";
    let before = organiser.get(codes).await;
    assert!(before.text().contains(words), "{}", before.text());
    open(&mut organiser).await;
    let after = organiser.get(codes).await;
    assert!(!after.text().contains(words), "{}", after.text());
}

#[tokio::test]
async fn a_slip_is_typed_from_paper_and_none_is_offered_when_nothing_can_be_answered() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let path = format!("{period}/lembar");
    organiser.get(&path).await;
    let one = [("service", SERVICE), ("count", "1")];
    let paper = organiser.post(&path, &one).await;
    assert!(paper.bytes.starts_with(b"%PDF"), "{}", paper.text());
    // The address of a slip is in small letters or large, as somebody types it.
    let tx = app.app.db.begin_write().await.unwrap();
    let unit = organisation::unit_by_code(&tx, UNIT).await.unwrap();
    let code = rembuk::surveys::make_short_link(&tx, &app.ctx(), (unit.id, None))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(code.len(), 10);
    let mut citizen = app.browser();
    let onward = citizen.get(&format!("/j/{}", code.to_lowercase())).await;
    let services = citizen.follow(&onward).await;
    assert!(services.body.contains(&form()), "{}", services.body);
    assert_eq!(citizen.get("/j/TIDAKADA99").await.status, 404);
    step(&mut organiser, &period, "tutup").await;
    let closed = organiser.get(&path).await;
    assert!(
        closed.attribute("#f-count", "name").is_none(),
        "{}",
        closed.text()
    );
    assert!(closed.text().contains("sudah ditutup"), "{}", closed.text());
}

#[tokio::test]
async fn an_imported_list_is_shown_with_its_own_services_and_days() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let path = format!("{period}/impor");
    organiser.get(&path).await;
    let services = rembuk::standards::services(
        &app.app.db,
        organisation::unit_by_code(&app.app.db, UNIT)
            .await
            .unwrap()
            .id,
    )
    .await
    .unwrap();
    let (first, second) = (&services[0], &services[1]);
    let list = format!(
        "Layanan;Tanggal;U1;U2;U3;U4;U5;U6;U7;U8;U9\r\n\
         {0};2026-03-03;3;4;3;4;4;4;3;3;4\r\n\
         {0};2026-03-09;3;4;3;4;4;4;3;3;4\r\n\
         {1};2026-03-10;3;3;3;3;3;3;3;3;3\r\n",
        first.1, second.1
    );
    let sent = organiser
        .post_file(&path, &[], ("file", "skm.csv", list.as_bytes()))
        .await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let file = sent.location().to_owned();
    organiser.get(&file).await;
    let names: Vec<String> = (1..=9).map(|at| format!("col_u{at}")).collect();
    let columns: Vec<String> = (2..=10).map(|at| at.to_string()).collect();
    let mut fields = vec![
        ("heading", "1"),
        ("usual_service", SERVICE),
        ("usual_day", "2026-03-17"),
        ("seen", "3"),
        ("col_service", "0"),
        ("col_date", "1"),
    ];
    let scores = names.iter().zip(&columns);
    fields.extend(scores.map(|(name, column)| (name.as_str(), column.as_str())));
    let taken = organiser.post(&file, &fields).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let shown = organiser.get(&format!("{period}/kertas")).await;
    for words in [
        format!("{} (2), {} (1)", first.2, second.2),
        "3 Maret 2026 – 10 Maret 2026".to_owned(),
    ] {
        assert!(shown.text().contains(&words), "{words}: {}", shown.text());
    }
}
