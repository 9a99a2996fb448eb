//! Promises of what a letter and its list may say and when: words that contradict the forum, a forum that is moved into
//! the past, people who are invited too late, and what a list of another program cannot mean.

use poem::http::Method;
use rust_xlsxwriter::{Format, Workbook};
use serde_json::{Value, json};

use crate::{
    forums::{ORGANISER, forum_form, with_forums},
    invitations::{draft, letter_form},
    recipients::program,
    support::{Browser, TestApp, browser::Answer},
};

fn version(page: &Answer) -> String {
    page.attribute("input[name=version]", "value").unwrap()
}

async fn missing(app: &TestApp, forum: &str) -> Vec<String> {
    let path = forum.replace("/kerja/forum", "/api/v1/forums") + "/missing";
    let mut program = program(app).await;
    let answer = program.api(Method::GET, &path, None).await;
    let items = answer.json()["items"].as_array().unwrap().clone();
    let code = |item: &Value| item["code"].as_str().unwrap().to_owned();
    items.iter().map(code).collect()
}

async fn import(browser: &mut Browser<'_>, forum: &str, bytes: &[u8]) -> Answer {
    let id = forum.trim_start_matches("/kerja/forum/");
    let path = format!("/api/v1/forums/{id}/recipients/import");
    let file = ("file", "daftar.csv", bytes);
    browser.post_file(&path, &[], file).await
}

#[tokio::test]
async fn a_letter_whose_weekday_is_not_that_of_its_date_is_not_issued_and_the_forum_says_so() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let (here, letter) = (
        format!("{forum}/undangan"),
        format!("{forum}/undangan/surat"),
    );
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&letter).await;
    let body = "Kami mengundang Saudara pada hari Senin, 20 Mei 2026 pukul 07.15 di Hotel Lain.";
    let odd = letter_form(&[("body", body)]);
    assert_eq!(organiser.post(&letter, &odd).await.status, 303);
    let page = organiser.get(&here).await;
    for words in ["Senin, 20 Mei 2026", "pukul 07.15", "menyebut Hotel Lain"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let blocks = page.texts(".faults li").join(" ");
    assert!(blocks.contains("Senin, 20 Mei 2026"), "{blocks}");
    let doubts = page.texts(".doubts li").join(" ");
    assert!(doubts.contains("pukul 07.15") && !blocks.contains("07.15"));
    let found = missing(&app, &forum).await;
    for code in ["letter-fault", "letter-doubt"] {
        assert!(found.iter().any(|one| one == code), "{code}: {found:?}");
    }
    let refused = organiser
        .post(&format!("{here}/terbitkan"), &[("version", "2")])
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let body = "Kami mengundang Saudara pada hari Rabu, 20 Mei 2026 pukul 09.00.";
    let right = letter_form(&[("body", body), ("version", "2")]);
    assert_eq!(organiser.post(&letter, &right).await.status, 303);
    let issued = organiser
        .post(&format!("{here}/terbitkan"), &[("version", "3")])
        .await;
    assert_eq!(issued.status, 303, "{}", issued.text());
}

#[tokio::test]
async fn what_the_typeface_of_the_letter_cannot_print_stops_it_and_is_nobodys_name() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let (here, letter) = (
        format!("{forum}/undangan"),
        format!("{forum}/undangan/surat"),
    );
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&letter).await;
    let odd = letter_form(&[("subject", "Undangan \u{1f600} FKP")]);
    assert_eq!(organiser.post(&letter, &odd).await.status, 303);
    let blocks = organiser.get(&here).await.texts(".faults li").join(" ");
    assert!(blocks.contains("kotak: \u{1f600}"), "{blocks}");
    let refused = organiser
        .post(&format!("{here}/terbitkan"), &[("version", "2")])
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let mut browser = program(&app).await;
    let people = "Nama;Instansi;Unsur\n\u{1f600}\u{1f600}\u{1f600};Lembaga;Ahli\n";
    let refused = import(&mut browser, &forum, people.as_bytes()).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let fault = refused.json()["faulty"][0].clone();
    assert_eq!((&fault["row"], &fault["column"]), (&json!(2), &json!("A")));
    assert_eq!(fault["code"], "name_letters");
}

#[tokio::test]
async fn an_announced_forum_is_not_moved_into_the_past() {
    let (app, demo) = with_forums().await;
    let address = format!("/kerja/forum/{}/ubah", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    for date in ["2020-01-01", "2026-03-16"] {
        let page = organiser.get(&address).await;
        let seen = version(&page);
        let mut form = forum_form(&[("date", date)]);
        form.push(("version", &seen));
        let refused = organiser.post(&address, &form).await;
        assert_eq!(refused.status, 422, "{date}: {}", refused.text());
        let told = refused.texts(".summary").join(" ");
        assert!(told.contains("sudah diumumkan lewat surat"), "{told}");
    }
}

#[tokio::test]
async fn nobody_is_invited_to_a_forum_that_is_over_and_it_says_that_nothing_was_sent() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    // From March to June: the forum was in May.
    app.advance(chrono::Duration::days(90));
    let mut organiser = app.sign_in(ORGANISER).await;
    let mut browser = program(&app).await;
    let list = b"Nama;Instansi;Unsur\nBudi Contoh;Lembaga;Ahli\n";
    let refused = import(&mut browser, &forum, list).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(refused.json()["code"], "forum.over");
    let form = format!("{forum}/undangan/penerima/baru");
    organiser.get(&form).await;
    let one = [
        ("addressee", "Orang Baru"),
        ("organisation", "Instansi"),
        ("participant_group", "users"),
        ("quota", "1"),
    ];
    let late = organiser.post(&form, &one).await;
    assert_eq!(late.status, 422, "{}", late.text());
    let page = organiser.get(&format!("{forum}/undangan")).await;
    let told = "tidak ada lagi yang diundang";
    assert!(page.text().contains(told), "{}", page.text());
    for way in ["surat", "impor", "kontak", "penerima/baru"] {
        let link = format!("a[href$=\"/undangan/{way}\"]");
        assert_eq!(page.attribute(&link, "href"), None, "{way} is not offered");
    }
    let found = missing(&app, &forum).await;
    assert!(found.iter().any(|one| one == "never-issued"), "{found:?}");
}

#[tokio::test]
async fn what_a_list_cannot_mean_is_named_and_headings_alone_are_no_list() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let mut browser = program(&app).await;
    let text = "Nama;Instansi;Unsur;Jumlah;nama\n\
                46023;Lembaga;Ahli;1;\n\
                Jos\u{c3}\u{a9} Contoh;Lembaga;Ahli;1;\n\
                Budi Contoh;Lembaga;Ahli;1,5;\n";
    let refused = import(&mut browser, &forum, text.as_bytes()).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let faulty = refused.json()["faulty"].as_array().unwrap().clone();
    let codes: Vec<_> = faulty
        .iter()
        .map(|fault| fault["code"].as_str().unwrap())
        .collect();
    let expected = ["heading_twice", "no_name", "encoding", "number"];
    assert_eq!(codes, expected, "{}", refused.body);
    let nobody = import(&mut browser, &forum, b"Nama;Instansi;Unsur\n").await;
    assert_eq!(nobody.status, 422, "{}", nobody.body);
    assert_eq!(nobody.json()["errors"][0]["field"], "file");
}

/// A name merged over two rows, a hidden column of addresses, one column for name and position, a second sheet.
fn crooked() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    for (column, heading) in [
        (0, "Nama/Jabatan"),
        (1, "Instansi"),
        (2, "Unsur"),
        (3, "Surel"),
    ] {
        sheet.write(0, column, heading).unwrap();
    }
    sheet
        .merge_range(1, 0, 2, 0, "Budi Contoh, S.H., Ketua", &plain)
        .unwrap();
    for (row, office) in [(1, "Lembaga Satu"), (2, "Lembaga Dua")] {
        sheet.write(row, 1, office).unwrap();
        sheet.write(row, 2, "Ahli").unwrap();
    }
    sheet.write(1, 3, "budi@contoh.example").unwrap();
    sheet.set_column_hidden(3).unwrap();
    let second = book.add_worksheet().set_name("Tambahan").unwrap();
    second.write(0, 0, "Ani Contoh").unwrap();
    let third = book.add_worksheet().set_name("Simpanan").unwrap();
    third.write(0, 0, "Cici Contoh").unwrap();
    third.set_hidden(true);
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn two_names_with_one_address_are_told_before_they_are_taken() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let mut browser = program(&app).await;
    let list = b"Nama;Instansi;Unsur;Surel\n\
                 Ani Contoh;Lembaga Satu;Ahli;bersama@contoh.example\n\
                 Budi Contoh;Lembaga Dua;Ahli;Bersama@contoh.example\n";
    let taken = import(&mut browser, &forum, list).await.json();
    assert_eq!(taken["stored"], 2, "{taken}");
    let warned = &taken["warnings"][0];
    assert_eq!(
        (&warned["row"], &warned["column"]),
        (&3.into(), &"D".into())
    );
    assert_eq!(warned["code"], "mail_twice");
    let third =
        b"Nama;Instansi;Unsur;Surel\nCici Contoh;Lembaga Tiga;Ahli;bersama@contoh.example\n";
    let taken = import(&mut browser, &forum, third).await.json();
    let told = taken["warnings"][0]["message"].as_str().unwrap();
    assert!(told.contains("Contoh"), "somebody on the list: {told}");
}

#[tokio::test]
async fn what_a_workbook_merges_and_hides_is_told_to_programs_as_on_the_page() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let mut browser = program(&app).await;
    let refused = import(&mut browser, &forum, &crooked()).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let answer = refused.json();
    let codes = |list: &str| -> Vec<String> {
        let items = answer[list].as_array().unwrap().iter();
        items
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(codes("faulty"), ["merged_name"], "one person is not two");
    let told = [
        "sheets_unread",
        "hidden_sheets",
        "hidden_column",
        "name_and_position",
    ];
    assert_eq!(codes("notices"), told);
    let mut organiser = app.sign_in(ORGANISER).await;
    let form = format!("{forum}/undangan/impor");
    organiser.get(&form).await;
    let file = ("file", "daftar.xlsx", crooked());
    let sent = organiser
        .post_file(&form, &[], (file.0, file.1, &file.2))
        .await;
    let preview = organiser.follow(&sent).await.text();
    for words in [
        "Tambahan",
        "Simpanan",
        "tersembunyi",
        "nama Budi Contoh, S.H., jabatan Ketua",
    ] {
        assert!(preview.contains(words), "{words}: {preview}");
    }
}

#[tokio::test]
async fn what_is_typed_wrong_beside_a_list_stays_in_its_form_and_no_group_is_chosen_for_anybody() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("{forum}/undangan");
    organiser.get(&list).await;
    let fields = [("days", "abc"), ("version", "0")];
    let refused = organiser.post(&format!("{list}/pengingat"), &fields).await;
    assert_eq!(refused.status, 422);
    assert!(!refused.texts(".summary").is_empty(), "{}", refused.text());
    assert_eq!(refused.attribute("#f-days", "value").unwrap(), "abc");
    let form = format!("{list}/penerima/baru");
    let page = organiser.get(&form).await;
    let first = page.attribute("#f-participant_group option", "value");
    assert_eq!(first.unwrap(), "", "nobody is an organiser by forgetting");
    let forgotten = [
        ("addressee", "Orang Baru"),
        ("organisation", "Instansi"),
        ("participant_group", ""),
        ("quota", "1"),
    ];
    assert_eq!(organiser.post(&form, &forgotten).await.status, 422);
}
