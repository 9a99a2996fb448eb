//! Promises to whoever invites people without e-mail: papers for all in one step, marks for what was printed and what was
//! brought, and a mark for many that is taken back as one.

use chrono::Duration;
use poem::http::Method;
use rembuk::{
    access::{create_token, person_by_email},
    forums::{self, ForumId},
    housekeeping,
    invitations::{self, HandedBy, Recipient},
};
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use crate::{
    attendance::pdf_text,
    forums::{ORGANISER, with_forums},
    invitations::draft,
    letters::move_forum,
    support::{Answer, Browser, TestApp},
};

/// The seed's list has no e-mail at all.
async fn without_mail(app: &TestApp) {
    let sql = "UPDATE recipient SET email = NULL";
    app.app.db.execute_unprepared(sql).await.unwrap();
}

async fn list_of(app: &TestApp, id: ForumId) -> Vec<Recipient> {
    let forum = forums::by_id(&app.app.db, id).await.unwrap();
    invitations::recipients(&app.app.db, &forum).await.unwrap()
}

async fn program_of(app: &TestApp) -> Browser<'_> {
    let person = person_by_email(&app.app.db, ORGANISER).await.unwrap();
    let token = create_token(&app.ctx(), person.unwrap(), "uji", true)
        .await
        .unwrap();
    let mut program = app.browser();
    let bearer = ("authorization".to_owned(), format!("Bearer {token}"));
    program.headers.push(bearer);
    program
}

async fn ask(browser: &mut Browser<'_>, address: &str, page: &Answer, papers: &str) -> Answer {
    let seen = page.attribute("input[name=seen]", "value").unwrap();
    let fields = [
        ("over", "all"),
        ("kirim", "to-hand"),
        ("seen", seen.as_str()),
        ("papers", papers),
        ("act", "printed"),
        ("double_sided", "true"),
    ];
    browser.post(address, &fields).await
}

#[tokio::test]
async fn people_without_email_get_letter_and_answer_sheet_in_one_step() {
    let (app, demo) = with_forums().await;
    without_mail(&app).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let page = organiser.get(&list).await.text();
    for words in [
        "39 undangan untuk dicetak dan diantar",
        "Cetak untuk diantar (39)",
        "0 di antaranya sudah dicetak",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("0 dari 0 terkirim"), "{page}");
    let print = format!("{list}/cetak");
    let page = organiser.get(&print).await;
    for papers in ["letters", "sheets"] {
        let asked = ask(&mut organiser, &print, &page, papers).await;
        assert_eq!(asked.status, 303, "{}", asked.text());
    }
    let page = organiser.get(&print).await;
    assert!(page.attribute("#cetakan", "hx-get").is_some(), "it polls");
    app.run_jobs().await;
    let page = organiser.get(&print).await;
    assert!(page.attribute("#cetakan", "hx-get").is_none(), "it stops");
    let file = |print: usize| {
        let link = format!("#cetakan section > .list > li:nth-child({print}) a");
        page.attribute(&link, "href").unwrap()
    };
    let people = list_of(&app, demo.next).await;
    // The beginning: a long name goes on in the next line.
    let first: String = people[0].in_full().chars().take(16).collect();

    let sheets = pdf_text(&organiser.get(&file(1)).await.bytes);
    assert_eq!(sheets.matches("Kartu masuk").count(), 39, "{sheets}");
    assert!(sheets.contains(&format!("Yth. {first}")), "{first}");
    for words in [
        "Tidak hadir",
        "Diwakilkan",
        "Nama yang hadir",
        "Nomor telepon",
    ] {
        let count = sheets.matches(words).count();
        assert_eq!(count, 39, "to be answered with a pen: {words}");
    }
    let heads = sheets.matches("SEKRETARIAT DAERAH").count();
    assert_eq!(
        heads, 39,
        "in the name of who invites, as the letter: {sheets}"
    );
    let letters = pdf_text(&organiser.get(&file(2)).await.bytes);
    let pages: Vec<&str> = letters.split('\u{c}').collect();
    let fronts: Vec<usize> = (0..pages.len())
        .filter(|page| pages[*page].contains("Yth."))
        .collect();
    assert_eq!(fronts.len(), 39);
    assert!(
        fronts.iter().all(|page| page % 2 == 0),
        "each on a front: {fronts:?}"
    );
    assert_eq!(letters.matches("DAFTAR TUJUAN SURAT").count(), 39);
    let for_whom = format!("Untuk: {first}");
    assert!(pages[0].contains(&for_whom), "{}", pages[0]);

    for person in &people {
        assert!(person.printed_at.is_some() && person.printed_by.is_some());
        assert_eq!(person.handed_at, None, "printed is not brought");
    }
    let page = organiser.get(&list).await.text();
    assert!(page.contains("39 di antaranya sudah dicetak"), "{page}");
    let other = format!("{print}/{}/1", uuid::Uuid::nil());
    assert_eq!(organiser.get(&other).await.status, 404);
    let old = file(1);
    move_forum(&mut organiser, &format!("/kerja/forum/{}", demo.next)).await;
    let refused = organiser.get(&old).await;
    assert_eq!(
        refused.status,
        422,
        "nobody carries the old time out: {}",
        refused.text()
    );
    let page = organiser.get(&print).await.text();
    assert!(page.contains("tidak dibagikan lagi"), "{page}");
}

#[tokio::test]
async fn marks_of_many_are_taken_back_as_one_and_what_was_marked_since_stays() {
    let (app, demo) = with_forums().await;
    without_mail(&app).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = format!("/kerja/forum/{}/undangan", demo.next);
    let page = organiser.get(&format!("{list}?kirim=to-hand")).await;
    let bulk = format!("{list}/sekaligus");
    let done = ask(&mut organiser, &bulk, &page, "").await;
    let told = organiser.follow(&done).await.text();
    assert!(told.contains("39 undangan dicatat sudah diantar"), "{told}");
    let page = organiser.get(&list).await;
    assert!(
        page.text().contains("39 dari 39 sudah diantar"),
        "{}",
        page.text()
    );
    let marks = page.attribute("input[name=marks]", "value").unwrap();
    let first = list_of(&app, demo.next).await.remove(0);
    let line = format!("{list}/penerima/{}", first.id);
    let again = organiser.get(&line).await;
    let button = format!("form[action='{line}/cetak']");
    assert_eq!(again.attribute(&button, "method"), None, "it was brought");

    app.advance(Duration::minutes(1));
    organiser.post(&format!("{line}/belum"), &[]).await;
    organiser.post(&format!("{line}/cetak"), &[]).await;
    let undo = format!("{bulk}/batal");
    let undone = organiser.post(&undo, &[("marks", &marks)]).await;
    let told = organiser.follow(&undone).await.text();
    assert!(
        told.contains("Tanda sudah diantar pada 38 undangan dibatalkan"),
        "{told}"
    );
    for person in list_of(&app, demo.next).await {
        let kept = (person.id == first.id).then_some(HandedBy::Printed);
        assert_eq!(person.handed_channel, kept);
    }
    let twice = organiser.post(&undo, &[("marks", &marks)]).await;
    assert_eq!(twice.status, 409);
}

#[tokio::test]
async fn a_program_prints_follows_it_and_links_do_not_lie_about() {
    let (app, demo) = with_forums().await;
    let mut program = program_of(&app).await;
    let address = format!("/api/v1/forums/{}/invitations/print", demo.next);
    let unknown = json!({ "papers": "sheets", "recipients": [uuid::Uuid::nil()] });
    let unknown = program.api(Method::POST, &address, Some(unknown)).await;
    assert_eq!(unknown.json()["errors"][0]["field"], "recipients");
    let first = list_of(&app, demo.next).await.remove(0);
    let one = json!({ "papers": "sheets", "recipients": [first.id] });
    let started = program.api(Method::POST, &address, Some(one)).await;
    assert_eq!(started.status, 202, "{}", started.body);
    let started = started.json();
    assert_eq!(
        (&started["total"], &started["files"]),
        (&json!(1), &json!(1))
    );
    let job = started["job"].as_str().unwrap();
    let state = format!("/api/v1/jobs/{job}");
    let waiting = program.api(Method::GET, &state, None).await.json();
    assert_eq!(waiting["state"], "queued");
    app.run_jobs().await;
    let done = program.api(Method::GET, &state, None).await.json();
    let expected = json!({
        "id": job, "kind": "invitations.print", "total": 1, "done": 1, "failed": 0, "state": "done",
    });
    assert_eq!(done, expected);
    let file = format!("{address}/{job}/1");
    let paper = program.api(Method::GET, &file, None).await;
    let words = pdf_text(&paper.bytes);
    assert!(words.contains("Lembar jawaban"), "{words}");

    app.advance(Duration::days(3));
    housekeeping::sweep(&app.app).await.unwrap();
    assert_eq!(program.api(Method::GET, &file, None).await.status, 404);
    app.forget_jobs().await;

    let early = id_of(&draft(&app, demo.past).await);
    let early = format!("/api/v1/forums/{early}/invitations/print");
    let early = program
        .api(Method::POST, &early, Some(json!({ "papers": "letters" })))
        .await;
    assert_eq!(early.json()["code"], "letter.not_issued");
}

fn id_of(path: &str) -> String {
    path.trim_start_matches("/kerja/forum/").to_owned()
}

/// The seed's list as it stands: number, office, remark.
#[tokio::test]
async fn the_seeds_list_is_imported_as_it_stands_with_its_groups() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let before = list_of(&app, ForumId::parse(&id_of(&forum)).unwrap()).await;
    let text = "No;Perangkat Daerah;Keterangan\n\
                1.;Kepala Dinas Contoh Satu;1 (satu) orang\n\
                2.;Kepala Dinas Contoh Dua;1 (satu) orang\n\
                29.;Rektor Universitas Contoh;Ahli/Praktisi/Akademisi (1 Orang)\n\
                34.;Pimpinan Redaksi Contoh;Media Massa (1 orang)\n\
                36.;Ketua Organisasi Contoh;Organisasi Masyarakat (1 orang)\n";
    let mut organiser = app.sign_in(ORGANISER).await;
    let form = format!("{forum}/undangan/impor");
    organiser.get(&form).await;
    let file = ("file", "daftar.csv", text.as_bytes());
    let sent = organiser.post_file(&form, &[], file).await;
    let page = organiser.follow(&sent).await.text();
    for words in [
        "5 baris siap disimpan",
        "Unsur dibaca dari kolom C: Keterangan",
        "3 baris. 2 baris lain tidak menyebut unsur dan dicatat sebagai Pemangku kepentingan",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let mut program = program_of(&app).await;
    let path = format!("/api/v1/forums/{}/recipients/import", id_of(&forum));
    let done = program.post_file(&path, &[], file).await;
    assert_eq!(done.json()["stored"], 5, "{}", done.body);
    let all = list_of(&app, ForumId::parse(&id_of(&forum)).unwrap()).await;
    let groups: Vec<String> = all[before.len()..]
        .iter()
        .map(|row| row.participant_group.code())
        .collect();
    let expected = [
        "stakeholders",
        "stakeholders",
        "experts",
        "media",
        "civil_society",
    ];
    assert_eq!(groups, expected);
}
