//! Promises of long lists of recipients: people are found, pages are short, many are treated at once, and nobody is
//! on the list twice unawares.

use rembuk::{
    access::{create_token, person_by_email},
    forums::{self, ForumId},
    invitations,
};

use crate::{
    forums::{ORGANISER, with_forums},
    invitations::draft,
    support::{Answer, Browser, TestApp},
};

async fn count(app: &TestApp, forum: &str) -> usize {
    let id = ForumId::parse(forum.trim_start_matches("/kerja/forum/")).unwrap();
    let forum = forums::by_id(&app.app.db, id).await.unwrap();
    let list = invitations::recipients(&app.app.db, &forum).await.unwrap();
    list.len()
}

/// A thousand people more, as a program brings them.
async fn thousand(app: &TestApp, forum: &str) {
    let person = person_by_email(&app.app.db, ORGANISER).await.unwrap();
    let token = create_token(&app.ctx(), person.unwrap(), "uji", true)
        .await
        .unwrap();
    let mut program = app.browser();
    let bearer = ("authorization".to_owned(), format!("Bearer {token}"));
    program.headers.push(bearer);
    let mut text = "Nama,Instansi,Unsur,Surel\n".to_owned();
    for number in 0..1000 {
        text += &format!("Wargauji {number},Lembaga {number},Media,w{number}@contoh.example\n");
    }
    let id = forum.trim_start_matches("/kerja/forum/");
    let path = format!("/api/v1/forums/{id}/recipients/import");
    let done = program
        .post_file(&path, &[], ("file", "daftar.csv", text.as_bytes()))
        .await;
    assert_eq!(done.json()["stored"], 1000, "{}", done.body);
}

fn lines(page: &Answer) -> usize {
    page.texts("#daftar tbody tr").len()
}

/// Presses a button of the list for the ticked line, or for everybody who was found.
async fn at_once(browser: &mut Browser<'_>, page: &Answer, over: &str, act: &str) -> Answer {
    let value = |name: &str| {
        let input = format!("#sekaligus input[name={name}]");
        page.attribute(&input, "value").unwrap_or_default()
    };
    let action = page.attribute("#sekaligus", "action").unwrap();
    let line = page.attribute("input[name=line]", "value").unwrap();
    let (q, sending, answer) = (value("q"), value("kirim"), value("jawab"));
    let seen = value("seen");
    let fields = [
        ("q", q.as_str()),
        ("kirim", sending.as_str()),
        ("jawab", answer.as_str()),
        ("seen", seen.as_str()),
        ("over", over),
        ("line", line.as_str()),
        ("act", act),
    ];
    browser.post(&action, &fields).await
}

#[tokio::test]
async fn a_thousand_recipients_are_searched_and_paged_and_those_found_removed_at_once() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let before = count(&app, &forum).await;
    thousand(&app, &forum).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("{forum}/undangan");
    let first = organiser.get(&list).await;
    assert_eq!(lines(&first), 25);
    let all = format!("1–25 dari {} penerima", before + 1000);
    assert!(first.text().contains(&all), "{}", first.text());
    let last = organiser.get(&format!("{list}?halaman=999")).await;
    assert_eq!(lines(&last), (before + 1000) % 25, "the last page");
    let one = organiser.get(&format!("{list}?q=777+WARGAUJI")).await;
    assert_eq!(lines(&one), 1, "{}", one.text());
    let number = format!("{}", before + 778);
    assert!(
        one.texts("#daftar td.num")[0].starts_with(&number),
        "the number of the letter's list"
    );
    let nobody = organiser
        .get(&format!("{list}?q=wargauji&kirim=sent"))
        .await;
    assert!(nobody.text().contains("Tidak ada penerima yang cocok"));

    let found = organiser.get(&format!("{list}?q=wargauji")).await;
    assert!(
        found.text().contains("Semua 1000 penerima hasil saringan"),
        "{}",
        found.text()
    );
    let ticked = at_once(&mut organiser, &found, "ticked", "remove").await;
    let page = organiser.follow(&ticked).await;
    assert!(
        page.text().contains("1 penerima dihapus dari daftar"),
        "{}",
        page.text()
    );
    let stale = at_once(&mut organiser, &found, "all", "remove").await;
    assert_eq!(stale.status, 409, "somebody is gone since");
    let left = organiser.get(&format!("{list}?q=wargauji")).await;
    let removed = at_once(&mut organiser, &left, "all", "remove").await;
    assert_eq!(removed.status, 303, "{}", removed.text());
    assert_eq!(count(&app, &forum).await, before);
}

#[tokio::test]
async fn invitations_go_to_those_ticked_then_to_everybody_found_and_to_nobody_twice() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let page = organiser.get(&list).await;
    let none = organiser
        .post(&format!("{list}/sekaligus"), &[("act", "send")])
        .await;
    let told = organiser.follow(&none).await;
    assert!(told.text().contains("Centang sedikitnya satu penerima"));
    let sent = at_once(&mut organiser, &page, "ticked", "send").await;
    assert!(
        sent.location().ends_with("/undangan#kemajuan"),
        "the progress is in sight: {}",
        sent.location()
    );
    let busy = organiser.get(&list).await;
    assert_eq!(busy.attribute("#sekaligus", "action"), None, "it polls");
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1);
    let sent = organiser.get(&format!("{list}?kirim=sent")).await;
    assert_eq!(lines(&sent), 1, "{}", sent.text());

    let waiting = organiser.get(&format!("{list}?kirim=not-sent")).await;
    assert_eq!(lines(&waiting), 25, "a page of the 38");
    assert!(waiting.text().contains("dari 38 penerima"));
    at_once(&mut organiser, &waiting, "all", "send").await;
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 39);
    let all = organiser.get(&list).await;
    let again = at_once(&mut organiser, &all, "all", "send").await;
    let told = organiser.follow(&again).await;
    assert!(
        told.text()
            .contains("Tidak ada yang perlu dilakukan untuk 39"),
        "{}",
        told.text()
    );
    assert_eq!(app.mails().len(), 39);
}

#[tokio::test]
async fn who_is_on_the_list_or_in_the_book_already_is_added_again_only_on_purpose() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let before = count(&app, &forum).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let form = format!("{forum}/undangan/penerima/baru");
    organiser.get(&form).await;
    let person = |name, email, twin| {
        [
            ("addressee", name),
            ("organisation", "Lembaga Contoh"),
            ("participant_group", "media"),
            ("quota", "1"),
            ("email", email),
            ("twin", twin),
        ]
    };
    let first = person("Wargauji Satu", "satu@contoh.example", "");
    assert_eq!(organiser.post(&form, &first).await.status, 303);
    let number = before + 1;
    for (fields, told) in [
        (
            person("WARGAUJI  satu", "", ""),
            format!("Sudah ada di daftar, nomor {number}: Wargauji Satu"),
        ),
        (
            person("Wargauji Dua", "Satu@contoh.example", ""),
            format!("Surel ini sudah dipakai penerima nomor {number}: Wargauji Satu"),
        ),
    ] {
        let asked = organiser.post(&form, &fields).await;
        assert_eq!(asked.status, 422);
        assert!(asked.text().contains(&told), "{told}: {}", asked.text());
        assert!(asked.attribute("input[name=twin]", "value").is_some());
    }
    let sure = person("Wargauji Dua", "satu@contoh.example", "true");
    assert_eq!(organiser.post(&form, &sure).await.status, 303);
    assert_eq!(count(&app, &forum).await, before + 2);

    let contact = |name, twin| {
        [
            ("institution", "Lembaga Contoh"),
            ("name", name),
            ("participant_group", "media"),
            ("email", "ani@contoh.example"),
            ("twin", twin),
        ]
    };
    let book = "/kerja/kontak/baru";
    let kept = organiser.post(book, &contact("Ani Contoh", "")).await;
    assert_eq!(kept.status, 303);
    let asked = organiser.post(book, &contact("Ibu Ani", "")).await;
    assert_eq!(asked.status, 422);
    let owner = "surel ini milik Ani Contoh, Lembaga Contoh";
    assert!(asked.text().contains(owner), "{}", asked.text());
    let kept = organiser.post(book, &contact("Ibu Ani", "true")).await;
    assert_eq!(kept.status, 303);
}
