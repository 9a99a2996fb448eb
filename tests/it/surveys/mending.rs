//! What was entered wrongly or should not stand there is found, named and taken back.

use rembuk::surveys::entity::setup::point;

use super::{
    entering::{batch, type_line},
    *,
};

/// Hands a list in and takes it as it was guessed; the answer of taking it.
async fn imported(officer: &mut Browser<'_>, period: &str, list: &str) -> Answer {
    let path = format!("{period}/impor");
    officer.get(&path).await;
    let sent = officer
        .post_file(&path, &[], ("file", "skm.csv", list.as_bytes()))
        .await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let look = officer.get(sent.location()).await;
    let value = |name: &str| look.attribute(&format!("input[name={name}]"), "value");
    let mut fields = vec![("seen".to_owned(), value("seen").unwrap_or_default())];
    for name in ["heading", "usual_service", "usual_day"] {
        fields.push((name.to_owned(), value(name).unwrap_or_default()));
    }
    for at in 1..=9 {
        let name = format!("col_u{at}");
        fields.push((name.clone(), value(&name).unwrap_or_default()));
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    officer.post(sent.location(), &fields).await
}

#[tokio::test]
async fn an_import_is_taken_back_as_a_whole_and_its_file_can_come_again() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut officer = app.sign_in(OFFICER).await;
    let list = "Persyaratan;Prosedur;Waktu;Biaya;Produk;Kompetensi;Perilaku;Pengaduan;Sarana\r\n3;4;3;4;4;4;3;3;4\r\n3;3;3;3;3;3;3;3;3\r\n";
    let taken = imported(&mut organiser, &period, list).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    let mut citizen = app.browser();
    fill(&mut citizen, &form(), "444444444", "").await;
    let page = organiser.get(&format!("{period}/kertas")).await;
    let action = page.attribute("td form", "action").unwrap();
    officer.get(&format!("{period}/kertas")).await;
    assert_eq!(
        officer.post(&action, &[]).await.status,
        403,
        "it is not theirs"
    );
    let undone = organiser.post(&action, &[]).await;
    assert_eq!(undone.status, 303, "{}", undone.body);
    let left = answers(&app, &period).await;
    assert_eq!(left.len(), 1, "the citizen's own answer stays");
    let again = imported(&mut organiser, &period, list).await;
    assert_eq!(again.status, 303, "{}", again.body);
    assert_eq!(answers(&app, &period).await.len(), 3);
}

#[tokio::test]
async fn a_list_with_two_columns_of_one_element_is_refused_by_its_headings() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let list = "U1;U1;U2;U3;U4;U5;U6;U7;U8;U9\r\n3;4;3;4;4;4;3;3;4;4\r\n";
    let refused = imported(&mut organiser, &period, list).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let path = format!("{period}/impor");
    organiser.get(&path).await;
    let file = ("file", "skm.csv", list.as_bytes());
    let sent = organiser.post_file(&path, &[], file).await;
    let look = organiser.get(sent.location()).await;
    assert!(
        look.text().contains("menunjuk unsur yang sama"),
        "{}",
        look.text()
    );
    assert!(answers(&app, &period).await.is_empty());
}

#[tokio::test]
async fn a_nought_in_a_list_is_a_fault_and_on_paper_a_question_left_open() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let path = format!("{period}/impor");
    organiser.get(&path).await;
    let list = "U1;U2;U3;U4;U5;U6;U7;U8;U9\r\n3;0;3;3;3;3;3;3;3\r\n";
    let sent = organiser
        .post_file(&path, &[], ("file", "skm.csv", list.as_bytes()))
        .await;
    let look = organiser.get(sent.location()).await;
    assert!(
        look.text().contains("B2") && look.text().contains("0 sampai 3"),
        "{}",
        look.text()
    );
    let batch = batch(&mut organiser, &period).await;
    let added = type_line(&mut organiser, &batch, "303333333 2 jam menunggu").await;
    assert_eq!(added.status, 303, "{}", added.body);
    let kept = answers(&app, &period).await.remove(0);
    assert_eq!(kept.scores, "3-3333333");
    assert_eq!(
        (kept.sex.as_deref(), kept.comment.as_deref()),
        (None, Some("2 jam menunggu"))
    );
}

#[tokio::test]
async fn other_lines_under_a_used_form_are_other_sheets_and_a_batch_has_one_hand() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let batch = batch(&mut organiser, &period).await;
    let page = organiser.get(&batch).await;
    let key = page.attribute("input[name=form_key]", "value").unwrap();
    for line in ["333333333", "333333333", "444444444"] {
        let fields = [("form_key", key.as_str()), ("line", line)];
        assert_eq!(organiser.post(&batch, &fields).await.status, 303);
    }
    assert_eq!(answers(&app, &period).await.len(), 2);
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&batch).await;
    assert!(
        page.text().contains("dimulai oleh orang lain"),
        "{}",
        page.text()
    );
    let refused = officer.post(&batch, &[("line", "222222222")]).await;
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn a_comment_that_names_somebody_is_removed_and_its_answers_stay() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    fill(
        &mut citizen,
        &form(),
        "343434344",
        "Bungaran di loket 2 membantu saya",
    )
    .await;
    app.advance(chrono::Duration::days(1));
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("{period}/komentar");
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&list).await;
    let page = organiser.get(&list).await;
    let removing = page.attribute("li form[action$='/hapus']", "action");
    let removing = removing.unwrap();
    assert_eq!(officer.post(&removing, &[]).await.status, 403);
    assert_eq!(organiser.post(&removing, &[]).await.status, 303);
    let kept = answers(&app, &period).await.remove(0);
    assert_eq!((kept.scores.as_str(), kept.comment), ("343434344", None));
    assert_eq!(
        organiser.post(&removing, &[]).await.status,
        404,
        "it is gone"
    );
}

#[tokio::test]
async fn words_of_a_complaint_that_was_anonymised_go_from_the_survey_too() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    fill(&mut citizen, &form(), "343434344", "ok").await;
    app.advance(chrono::Duration::days(1));
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&format!("{period}/komentar")).await;
    let action = page.attribute("li form[action$='/pengaduan']", "action");
    let filed = officer.post(&action.unwrap(), &[]).await;
    assert_eq!(
        filed.status, 303,
        "two letters are no subject by themselves: {}",
        filed.body
    );
    let number = filed.location().rsplit('/').next().unwrap().to_owned();
    let tx = app.app.db.begin_write().await.unwrap();
    let erased = rembuk::complaints::retention::CaseErased { number };
    rembuk::platform::jobs::enqueue(&tx, &erased, app.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app.run_jobs().await;
    let kept = answers(&app, &period).await.remove(0);
    assert_eq!((kept.scores.as_str(), kept.comment), ("343434344", None));
}

/// Posters without a name of their own are told apart in figures, and two counters of one name too.
#[tokio::test]
async fn every_row_of_a_table_by_place_has_a_name_of_its_own() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let codes = "/kerja/survei/kode";
    organiser.get(codes).await;
    let other = rembuk::organisation::unit_by_code(&app.app.db, UNIT)
        .await
        .unwrap();
    let services = rembuk::standards::services(&app.app.db, other.id)
        .await
        .unwrap();
    let second = services
        .iter()
        .find(|(_, code, _)| code != SERVICE)
        .unwrap();
    for (service, kind, name) in [
        (SERVICE, "counter", "Loket 3"),
        (second.1.as_str(), "counter", "Loket 3"),
        (SERVICE, "service", ""),
        ("", "unit", ""),
    ] {
        let fields = [("kind", kind), ("service", service), ("name", name)];
        let made = organiser.post(codes, &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
    }
    let points = point::Entity::find().all(&app.app.db).await.unwrap();
    assert_eq!(points.len(), 4);
    let mut citizen = app.browser();
    for point in &points {
        for _ in 0..5 {
            let path = format!("{}?kode={}", form(), point.code);
            fill(&mut citizen, &path, "333333333", "").await;
        }
    }
    step(&mut organiser, &period, "tutup").await;
    let path = format!("/kerja/survei/{}/hasil", id_of(&period));
    let page = organiser.get(&path).await;
    let mut rows = page.texts("table.keep th[scope=row]");
    rows.retain(|row| row.contains("Loket 3"));
    assert_eq!(rows.len(), 2, "{}", page.text());
    assert_ne!(rows[0], rows[1]);
    assert!(
        page.texts("table.keep th[scope=row]")
            .iter()
            .all(|row| !row.is_empty())
    );
}

#[tokio::test]
async fn the_title_of_a_period_names_nobody_by_number() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let fields = [
        ("title", "SKM Rina 6472014506900001"),
        ("opens_on", "2026-03-01"),
        ("closes_on", "2026-03-31"),
        ("grade_table", "14/2017"),
        ("weight_policy", "exact"),
        ("minimum_answers", "5"),
        ("least_percent", "50"),
    ];
    let refused = organiser.post("/kerja/survei/baru", &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("Nomor identitas tidak pernah"));
}
