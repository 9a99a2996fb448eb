//! Sheets of paper, lists, and what people wrote.

use super::*;

/// A batch of today; returns its address.
pub async fn batch(officer: &mut Browser<'_>, period: &str) -> String {
    let path = format!("{period}/kertas");
    officer.get(&path).await;
    let fields = [("service", SERVICE), ("answered_on", "2026-03-16")];
    let begun = officer.post(&path, &fields).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    begun.location().to_owned()
}

pub async fn type_line(officer: &mut Browser<'_>, batch: &str, line: &str) -> Answer {
    let page = officer.get(batch).await;
    let key = page.attribute("input[name=form_key]", "value").unwrap();
    let fields = [("form_key", key.as_str()), ("line", line)];
    officer.post(batch, &fields).await
}

#[tokio::test]
async fn a_sheet_is_one_line_and_the_last_one_can_be_taken_back() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut officer = app.sign_in(OFFICER).await;
    let batch = batch(&mut officer, &period).await;
    for line in ["343434344 2351 Antrean lama", "444444444"] {
        let added = type_line(&mut officer, &batch, line).await;
        assert_eq!(added.status, 303, "{}", added.body);
    }
    let page = officer.get(&batch).await;
    assert!(page.text().contains("Antrean lama"), "{}", page.text());
    let undone = officer
        .post(&format!("{batch}/urungkan"), &[("sheet", "2")])
        .await;
    assert_eq!(undone.status, 303, "{}", undone.body);
    let kept = answers(&app, &period).await;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].sex.as_deref(), Some("male"));
    assert_eq!(kept[0].age_band.as_deref(), Some("30_39"));
    assert_eq!(kept[0].answered_on.to_string(), "2026-03-16");
    let gone = officer
        .post(&format!("{batch}/urungkan"), &[("sheet", "2")])
        .await;
    assert_eq!(gone.status, 409, "only the last one");
}

#[tokio::test]
async fn a_faulty_line_is_named_and_none_of_its_sending_is_kept() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let batch = batch(&mut organiser, &period).await;
    organiser.get(&batch).await;
    let lines = "343434344\n343534344\n\n34343434";
    let refused = organiser.post(&batch, &[("lines", lines)]).await;
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("Baris 2: angka ke-4 adalah 5"), "{text}");
    assert!(text.contains("Baris 4: 8 angka"), "{text}");
    assert!(answers(&app, &period).await.is_empty());
}

#[tokio::test]
async fn a_list_is_taken_in_whole_or_its_faulty_cells_are_named() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let path = format!("{period}/impor");
    organiser.get(&path).await;
    let heading = "No;U1;U2;U3;U4;U5;U6;U7;U8;U9;Jenis kelamin\r\n";
    let bad = format!("{heading}1;3;4;3;4;5;4;3;3;4;Laki-laki\r\n2;3;3;3;3;3;3;3;3;3;X\r\n");
    let sent = organiser
        .post_file(&path, &[], ("file", "skm.csv", bad.as_bytes()))
        .await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let look = organiser.get(sent.location()).await;
    assert!(look.text().contains("F2"), "{}", look.text());
    // What is not known names what is.
    let choices = "1 Perempuan (P), 2 Laki-laki (L)";
    assert!(look.text().contains(choices), "{}", look.text());
    assert!(look.attribute("input[name=seen]", "value").is_none());
    let good = format!("{heading}1;3;4;3;4;4;4;3;3;4;L\r\n;;;;;;;;;;\r\n2;3;3;3;3;3;3;3;3;;\r\n");
    organiser.get(&path).await;
    let sent = organiser
        .post_file(&path, &[], ("file", "skm.csv", good.as_bytes()))
        .await;
    let file = sent.location().to_owned();
    let look = organiser.get(&file).await;
    let hidden = look.texts("form[method=post]");
    assert!(!hidden.is_empty(), "{}", look.text());
    let names: Vec<String> = (1..=9).map(|at| format!("col_u{at}")).collect();
    let columns: Vec<String> = (1..=9).map(|at| at.to_string()).collect();
    let mut fields = vec![
        ("heading", "1"),
        ("usual_service", SERVICE),
        ("usual_day", "2026-03-17"),
        ("seen", "2"),
        ("col_sex", "10"),
    ];
    let scores = names.iter().zip(&columns);
    fields.extend(scores.map(|(name, column)| (name.as_str(), column.as_str())));
    let taken = organiser.post(&file, &fields).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    let mut kept = answers(&app, &period).await;
    kept.sort_by_key(|one| one.sheet);
    let scores: Vec<&str> = kept.iter().map(|one| one.scores.as_str()).collect();
    assert_eq!(scores, ["343444334", "33333333-"]);
    assert_eq!(kept[0].sex.as_deref(), Some("male"), "as lists shorten it");
    organiser.get(&path).await;
    let again = organiser
        .post_file(&path, &[], ("file", "salinan.csv", good.as_bytes()))
        .await;
    let known = organiser.post(again.location(), &fields).await;
    assert_eq!(known.status, 422);
    assert!(
        known.text().contains("sudah pernah diambil"),
        "{}",
        known.text()
    );
    assert_eq!(answers(&app, &period).await.len(), 2);
}

#[tokio::test]
async fn what_somebody_wrote_becomes_one_complaint_of_nobody() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    let words = "Nomor antrean tidak pernah terdengar dari kursi belakang.";
    fill(&mut citizen, &form(), "343434344", words).await;
    let mut officer = app.sign_in(OFFICER).await;
    let list = format!("{period}/komentar");
    let early = officer.get(&list).await;
    assert!(
        !early.text().contains(words),
        "nobody at the counter is known by it"
    );
    app.advance(chrono::Duration::days(1));
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&list).await;
    assert!(page.text().contains(words), "{}", page.text());
    assert!(!page.text().contains("17 Maret 2026"), "{}", page.text());
    let action = page.attribute("li form", "action").unwrap();
    let filed = officer.post(&action, &[]).await;
    assert_eq!(filed.status, 303, "{}", filed.body);
    let again = officer.post(&action, &[]).await;
    assert_eq!(again.location(), filed.location(), "it is one complaint");
    let case = officer.get(filed.location()).await;
    assert!(case.text().contains(words), "{}", case.text());
    let page = officer.get(&list).await;
    assert!(page.text().contains("Menjadi pengaduan"), "{}", page.text());
    app.run_jobs().await;
}

#[tokio::test]
async fn what_somebody_wrote_becomes_one_input_of_a_forum_that_says_where_it_comes_from() {
    let app = app().await;
    let (forum, mut organiser) = crate::minutes::begun(&app, "FKP-S").await;
    let before = rembuk::forums::inputs(&app.app.db, &forum).await.unwrap();
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    let words = "Papan antrean tidak terbaca dari kursi belakang.";
    fill(&mut citizen, &form(), "343434344", words).await;
    app.advance(chrono::Duration::days(1));
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("{period}/komentar");
    let page = organiser.get(&list).await;
    assert!(
        page.text().contains("tampil untuk umum tanpa nama"),
        "{}",
        page.text()
    );
    let action = page.attribute("li form[action$=masukan]", "action");
    let action = action.unwrap_or_else(|| panic!("{}", page.body));
    let id = forum.id.to_string();
    for _ in 0..2 {
        let raised = organiser.post(&action, &[("forum", &id)]).await;
        assert_eq!(raised.status, 303, "{}", raised.body);
        assert_eq!(raised.location(), format!("/kerja/forum/{id}/masukan"));
    }
    let told = organiser.get(&format!("/kerja/forum/{id}/masukan")).await;
    assert!(
        told.text().contains("sesudah Berita Acaranya dikunci"),
        "{}",
        told.text()
    );
    let inputs = rembuk::forums::inputs(&app.app.db, &forum).await.unwrap();
    assert_eq!(inputs.len(), before.len() + 1, "it is one input");
    let input = inputs.last().unwrap();
    assert_eq!((input.text.as_str(), input.speaker.as_str()), (words, ""));
    assert_eq!(input.service.as_deref(), Some(SERVICE));
    let there = organiser.get(&format!("/kerja/forum/{id}/masukan")).await;
    assert!(
        there.text().contains("Ditulis tanpa nama dalam survei"),
        "{}",
        there.text()
    );
    assert!(there.body.contains(&list), "it leads back");
    let page = organiser.get(&list).await;
    assert!(
        page.text().contains("Menjadi masukan forum"),
        "{}",
        page.text()
    );
    // An officer takes no notes at forums, and a forum of another unit does not exist here.
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&list).await;
    let refused = officer.post(&action, &[("forum", &id)]).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
}

#[tokio::test]
async fn a_comment_with_a_number_does_not_become_an_input_by_a_press() {
    let app = app().await;
    let (forum, mut organiser) = crate::minutes::begun(&app, "FKP-S").await;
    let before = rembuk::forums::inputs(&app.app.db, &forum).await.unwrap();
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    let words = "Tolong hubungi saya di 0800-0000-0012 tentang antrean.";
    fill(&mut citizen, &form(), "343434344", words).await;
    app.advance(chrono::Duration::days(1));
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&format!("{period}/komentar")).await;
    let action = page.attribute("li form[action$=masukan]", "action");
    let action = action.unwrap_or_else(|| panic!("{}", page.body));
    let id = forum.id.to_string();
    let refused = organiser.post(&action, &[("forum", &id)]).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(
        refused.text().contains("0800-0000-0012"),
        "{}",
        refused.text()
    );
    let after = rembuk::forums::inputs(&app.app.db, &forum).await.unwrap();
    assert_eq!(after.len(), before.len());
}

#[tokio::test]
async fn slips_for_one_answer_are_printed_while_people_can_answer() {
    use rembuk::surveys::entity::answers::link::Entity as Links;
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut officer = app.sign_in(OFFICER).await;
    let path = format!("{period}/lembar");
    officer.get(&path).await;
    let many = [("service", SERVICE), ("count", "500")];
    let refused = officer.post(&path, &many).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.body.contains("500"), "what was typed is kept");
    let nine = [("service", SERVICE), ("count", "9")];
    let paper = officer.post(&path, &nine).await;
    assert!(paper.bytes.starts_with(b"%PDF"), "{}", paper.text());
    let links = Links::find().all(&app.app.db).await.unwrap();
    assert_eq!(links.len(), 9);
    assert!(
        links
            .iter()
            .all(|link| !link.spent && link.service_id.is_some())
    );
    step(&mut organiser, &period, "tutup").await;
    let late = officer.post(&path, &nine).await;
    assert_eq!(late.status, 422, "{}", late.text());
    assert_eq!(Links::find().all(&app.app.db).await.unwrap().len(), 9);
}

#[tokio::test]
async fn the_mail_about_a_closed_complaint_asks_how_it_was_while_a_period_is_open() {
    use crate::{
        clocks::{look, until},
        complaints::{EMAIL, answered, filed},
    };
    let app = app().await;
    let complaint = filed(&app, false, false).await.complaint;
    answered(&app, &complaint.number).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let version = organiser.get(&period).await;
    let version = version.attribute("input[name=version]", "value").unwrap();
    let later = [("version", version.as_str()), ("closes_on", "2026-05-31")];
    let answer = organiser
        .post(&format!("{period}/perpanjang"), &later)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    for moment in ["2026-04-06 09:00", "2026-04-09 07:31"] {
        until(&app, moment);
        look(&app).await;
    }
    let mails = app.mails().into_iter().filter_map(|mail| {
        let read = mail_parser::MessageParser::default().parse(mail.as_slice())?;
        let to_them = String::from_utf8_lossy(&mail).contains(EMAIL);
        let closed = read.subject()?.ends_with("ditutup") && to_them;
        let text = read.body_text(0).unwrap_or_default().into_owned();
        // An earlier one says when it will be closed.
        (closed && text.contains("menutup pengaduan")).then_some(text)
    });
    let mails: Vec<String> = mails.collect();
    let [text] = mails.as_slice() else {
        panic!("{mails:?}");
    };
    let link = text
        .split_whitespace()
        .find(|word| word.contains("/survei/tautan/"));
    let link = link.unwrap_or_else(|| panic!("{text}"));
    let path = link.find("/survei/").map(|at| &link[at..]).unwrap();
    let onward = app.browser().get(path).await;
    assert_eq!(onward.status, 303, "{}", onward.text());
}

#[tokio::test]
async fn a_wrong_digit_of_the_profile_is_named_and_a_list_under_a_false_name_is_refused() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut officer = app.sign_in(OFFICER).await;
    let batch = batch(&mut officer, &period).await;
    let refused = type_line(&mut officer, &batch, "343434344 2951").await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("angka profil ke-2 (usia) adalah 9"),
        "{}",
        refused.text()
    );
    assert!(answers(&app, &period).await.is_empty());
    let path = format!("{period}/impor");
    officer.get(&path).await;
    let list = b"U1,U2,U3\n3,4,3\n\n4,4,4\n";
    let named = officer
        .post_file(&path, &[], ("file", "daftar.xlsx", list.as_slice()))
        .await;
    assert_eq!(named.status, 422);
    assert!(
        named.text().contains("isinya teks biasa"),
        "{}",
        named.text()
    );
}

#[tokio::test]
async fn figures_follow_every_sheet_that_comes_or_goes() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let batch = batch(&mut organiser, &period).await;
    step(&mut organiser, &period, "tutup").await;
    for _ in 0..5 {
        let added = type_line(&mut organiser, &batch, "333333333").await;
        assert_eq!(added.status, 303, "{}", added.body);
    }
    let result = format!("{period}/hasil");
    for _ in 0..2 {
        let shown = organiser.get(&result).await;
        assert!(shown.text().contains("75,00"), "{}", shown.text());
    }
    // As many as before, and others.
    let undone = organiser
        .post(&format!("{batch}/urungkan"), &[("sheet", "5")])
        .await;
    assert_eq!(undone.status, 303, "{}", undone.body);
    type_line(&mut organiser, &batch, "444444444").await;
    let shown = organiser.get(&result).await;
    assert!(shown.text().contains("80,00"), "{}", shown.text());
}
