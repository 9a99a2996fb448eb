//! Promises about words that people type and everybody reads: no identity number is kept in them, and numbers and mailboxes
//! of people that stand there all the same are covered wherever the public looks. The signed papers keep every word.

use rembuk::{
    action_plans::{ActionItemId, SourceKind, SourceRef, link},
    documents::{self, Kind},
    forums::{self, Forum},
    minutes,
};
use sea_orm::ConnectionTrait as _;

use crate::{
    action_plans::{self, made},
    attendance::{forum, pdf_text, walk_in},
    berita_acara::{self as record, begun, lock, signed, write_header},
    complaints::{OFFICER, answered, filed},
    fkp_report::issue,
    follow_up::{explain, point},
    minutes as notes,
    support::{TestApp, browser::Answer},
};

const NUMBER: &str = "6472 0112 0399 0001";
const LEFT_IN: &str = "Hubungi 0800-0000-0034 atau warga@contoh.example sebelum datang.";

fn beside(forum: &Forum, page: &str) -> String {
    format!("/kerja/forum/{}{page}", forum.id)
}

fn holds_none(what: &str, text: &str) {
    for left in [NUMBER, "0800-0000-0034", "warga@contoh.example"] {
        assert!(!text.contains(left), "{what} tells {left}: {text}");
    }
}

fn is_refused(what: &str, answer: &Answer) {
    assert_eq!(answer.status, 422, "{what}: {}", answer.text());
    let told = format!("Nomor identitas tidak pernah terbit, juga bila sudah diperiksa: {NUMBER}");
    assert!(answer.text().contains(&told), "{what}: {}", answer.text());
}

#[tokio::test]
async fn nothing_that_everybody_reads_of_a_forum_tells_a_number_or_a_mailbox() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-W1").await;
    let mut browser = begun(&app, &forum).await;
    // Kept before identity numbers were refused.
    let words = format!("{LEFT_IN} Bawa kartu {NUMBER}.");
    let said = format!("Kartu {NUMBER} hilang. {LEFT_IN}");
    for (table, words) in [
        ("agreed_point", words.as_str()),
        ("forum_input", said.as_str()),
    ] {
        let change = format!("UPDATE {table} SET text = '{words}'");
        app.app.db.execute_unprepared(&change).await.unwrap();
    }
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    let locked = lock(&mut browser, &forum).await;
    assert_eq!(locked.status, 303, "{}", locked.text());
    let root = point(&mut browser, &forum).await;
    let asked = explain(&mut browser, &forum, &root, "0", LEFT_IN).await;
    assert_eq!(asked.status, 422, "{}", asked.text());
    let fields = [
        ("point", root.as_str()),
        ("number", "1"),
        ("version", "0"),
        ("reason", LEFT_IN),
        ("looked", "true"),
    ];
    let reasons = beside(&forum, "/tindak-lanjut/alasan");
    let explained = browser.post(&reasons, &fields).await;
    assert_eq!(explained.status, 303, "{}", explained.text());
    let problems = beside(&forum, "/laporan/naskah/problems");
    browser.get(&problems).await;
    let fields = [("text", LEFT_IN), ("version", "0"), ("looked", "true")];
    let asked = browser.post(&problems, &fields[..2]).await;
    assert_eq!(asked.status, 422, "{}", asked.text());
    let written = browser.post(&problems, &fields).await;
    assert_eq!(written.status, 303, "{}", written.text());
    let issued = issue(&mut browser, &forum, "0", "2026-03-17").await;
    assert_eq!(issued.status, 303, "{}", issued.text());

    let page = app.browser().get(&format!("/forum/{}", forum.id)).await;
    holds_none("the page", &page.body);
    assert!(page.text().contains("****-****-****"), "{}", page.text());
    let report = format!("/forum/{}/report-public.pdf", forum.id);
    let public = pdf_text(&app.browser().get(&report).await.bytes);
    holds_none("the public report", &public);
    assert!(public.contains("****-****-****"), "{public}");
    let paper = documents::latest(&app.app.db, "forum", forum.id.0, Kind::BeritaAcara);
    let paper = paper.await.unwrap().unwrap();
    let signed = pdf_text(&documents::bytes(&app.app, &paper).await.unwrap());
    assert!(signed.contains("0800-0000-0034"), "{signed}");
}

#[tokio::test]
async fn a_promise_is_read_without_numbers_and_mailboxes() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let change = format!(
        "UPDATE action_item SET title = 'Loket 0800-0000-0034', description = '{LEFT_IN} {NUMBER}'"
    );
    app.app.db.execute_unprepared(&change).await.unwrap();
    for path in [
        format!("/janji/{id}"),
        "/janji?unit=disdukcapil-kaltim".to_owned(),
        "/?unit=disdukcapil-kaltim".to_owned(),
    ] {
        let page = app.browser().get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        holds_none(&path, &page.body);
    }
    let mut organiser = app.sign_in(action_plans::ORGANISER).await;
    let own = organiser.get(&action_plans::at(&id, "")).await;
    assert!(own.text().contains("0800-0000-0034"), "staff read it all");
}

#[tokio::test]
async fn a_published_case_and_its_promise_are_read_without_numbers_and_mailboxes() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await.complaint;
    answered(&app, &filed.number).await;
    let mut officer = app.sign_in(OFFICER).await;
    let here = format!("/kerja/pengaduan/{}/publikasi", filed.number);
    officer.get(&here).await;
    let fields = [
        ("version", "0"),
        ("title", "Kartu lama jadi"),
        (
            "text",
            "Perekaman sudah tiga minggu dan kartunya belum jadi.",
        ),
        ("answer", "Kartu dapat diambil."),
    ];
    let published = officer.post(&here, &fields).await;
    assert_eq!(published.status, 303, "{}", published.text());
    let action = made(&app).await;
    let source = SourceRef {
        kind: SourceKind::Complaint,
        id: filed.id.to_string(),
        unit: Some(filed.unit_id),
        label: filed.number.clone(),
        public_label: "Sebuah pengaduan".to_owned(),
        label_en: None,
        href: None,
        forum: None,
        voices: Vec::new(),
    };
    let tx = app.app.db.begin_write().await.unwrap();
    let id = ActionItemId::parse(&action).unwrap();
    link(&tx, &app.ctx(), id, source).await.unwrap();
    tx.commit().await.unwrap();
    let words = format!("{LEFT_IN} {NUMBER}");
    // Kept before numbers were looked for.
    for change in [
        format!("UPDATE complaint_publication SET title = '{words}', text = '{words}'"),
        format!("UPDATE complaint_publication SET answer = '{words}'"),
        "UPDATE action_item SET title = 'Loket 0800-0000-0034'".to_owned(),
    ] {
        app.app.db.execute_unprepared(&change).await.unwrap();
    }
    let mut citizen = app.browser();
    let list = citizen.get("/pengaduan/publik").await;
    holds_none("the list", &list.body);
    let case = list.attribute(".list a", "href").unwrap();
    let page = citizen.get(&case).await;
    assert_eq!(page.status, 200, "{}", page.text());
    holds_none(&case, &page.body);
    let text = page.text();
    assert!(text.contains("Loket ****-****-****"), "{text}");
    app.run_jobs().await;
}

#[tokio::test]
async fn an_identity_number_is_refused_wherever_everybody_reads_what_is_typed() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-W2").await;
    let mut browser = begun(&app, &forum).await;
    let words = format!("Kartu dengan nomor {NUMBER} segera dicetak.");
    let text = [("text", words.as_str())];
    browser.get(&record::at(&forum, "")).await;
    let refused = browser.post(&record::at(&forum, "/butir"), &text).await;
    is_refused("a point", &refused);
    let slot = beside(&forum, "/laporan/naskah/problems");
    browser.get(&slot).await;
    let typed = [text[0], ("version", "0")];
    is_refused("the report", &browser.post(&slot, &typed).await);
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    lock(&mut browser, &forum).await;
    let root = point(&mut browser, &forum).await;
    let refused = explain(&mut browser, &forum, &root, "0", &words).await;
    is_refused("a reason", &refused);
    let new = "/kerja/rencana-aksi/baru";
    for field in ["title", "description", "indicator", "target"] {
        browser.get(new).await;
        let value = |(name, value): &(&'static str, &'static str)| match *name {
            name if name == field => (name, words.clone()),
            name => (name, (*value).to_owned()),
        };
        let fields: Vec<(&str, String)> = action_plans::FORM.iter().map(value).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let refused = browser.post(new, &fields).await;
        is_refused(field, &refused);
        let to = refused.attributes(".summary a", "href");
        assert_eq!(to, [format!("#f-{field}")], "{}", refused.text());
    }
}

fn asks(what: &str, answer: &Answer, tick: &str) {
    assert_eq!(answer.status, 422, "{what}: {}", answer.text());
    let ticked = answer.attribute(&format!("input[name={tick}]"), "value");
    assert!(ticked.is_some(), "{what}: {}", answer.text());
    assert!(answer.text().contains("Warga Contoh"), "{what}");
}

#[tokio::test]
async fn whoever_came_is_looked_for_in_all_that_everybody_reads_of_a_forum() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-W5").await;
    let mut browser = begun(&app, &forum).await;
    let words = "Kata Warga Contoh loketnya jauh.";
    let closing = write_header(&mut browser, &forum, ("closing", words)).await;
    asks("the record", &closing, "looked");
    let inputs = beside(&forum, "/masukan");
    browser.get(&inputs).await;
    let answered = [
        ("text", "Loket jauh dari kota"),
        ("raised_by_group", "users"),
        ("answer", words),
    ];
    let refused = browser.post(&inputs, &answered).await;
    asks("an answer", &refused, "looked");
    let slot = beside(&forum, "/laporan/naskah/problems");
    browser.get(&slot).await;
    let typed = [("text", words), ("version", "0")];
    asks("the report", &browser.post(&slot, &typed).await, "looked");

    let input = forums::inputs(&app.app.db, &forum).await.unwrap()[0].id;
    let source = format!("forum_input:{input}");
    let mut form = action_plans::FORM.to_vec();
    form.retain(|(name, _)| *name != "title");
    form.push(("title", "Melayani Warga Contoh lebih cepat"));
    form.push(("source", &source));
    let new = "/kerja/rencana-aksi/baru";
    browser.get(new).await;
    asks("a promise", &browser.post(new, &form).await, "looked");
    form.push(("looked", "true"));
    let kept = browser.post(new, &form).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    let given_up = [("version", "1"), ("cancel_reason", words)];
    let cancel = format!("{}/batalkan", kept.location());
    let refused = browser.post(&cancel, &given_up).await;
    asks("why it was given up", &refused, "cancel_looked");

    browser.post(&notes::at(&forum, "/mulai"), &[]).await;
    let header = [
        ("version", "1"),
        ("minute_taker", "Notulis Contoh"),
        ("minute_taker_position", "Notulis"),
        ("approver", ""),
        ("approver_position", ""),
        ("results", words),
        ("closing", "Demikian notulen ini dibuat."),
    ];
    let saved = browser.post(&notes::at(&forum, "/naskah"), &header).await;
    assert_eq!(saved.status, 303, "nobody is kept from writing");
    let submit = notes::at(&forum, "/ajukan");
    asks("the minutes", &browser.post(&submit, &[]).await, "looked");
    let sent = browser.post(&submit, &[("looked", "true")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    app.run_jobs().await;
}

#[tokio::test]
async fn minutes_that_name_another_day_are_not_submitted_and_doubts_are_told() {
    let app = TestApp::new().await;
    let (forum, mut browser) = notes::begun(&app, "FKP-W3").await;
    let header = |results: &'static str, version: &'static str| {
        [
            ("version", version),
            ("minute_taker", "Notulis Contoh"),
            ("minute_taker_position", "Notulis"),
            ("approver", ""),
            ("approver_position", ""),
            ("results", results),
            ("closing", "Demikian notulen ini dibuat."),
        ]
    };
    let text = notes::at(&forum, "/naskah");
    // The forum is on Tuesday, 17 March 2026.
    let wrong = header("Forum dilaksanakan pada Senin, 17 Maret 2026", "1");
    assert_eq!(browser.post(&text, &wrong).await.status, 303);
    let refused = browser.post(&notes::at(&forum, "/ajukan"), &[]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Senin, 17 Maret 2026"),
        "{}",
        refused.text()
    );
    let doubtful = header(
        "Forum dilaksanakan di Hotel Lain Balikpapan, seperti butir 99",
        "2",
    );
    assert_eq!(browser.post(&text, &doubtful).await.status, 303);
    let page = browser.get(&notes::at(&forum, "")).await;
    let told = page.texts(".notice.soon").join(" ");
    assert!(told.contains("Hotel Lain"), "{told}");
    assert!(told.contains("butir 99"), "{told}");
    let sent = browser.post(&notes::at(&forum, "/ajukan"), &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let mut head = app.sign_in(action_plans::HEAD).await;
    let page = head.get(&notes::at(&forum, "")).await;
    let told = page.texts(".notice.soon").join(" ");
    assert!(told.contains("Hotel Lain"), "{told}");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_forum_does_not_move_away_from_minutes_that_stand() {
    let app = TestApp::new().await;
    let (forum, mut browser) = notes::begun(&app, "FKP-W4").await;
    assert_eq!(
        notes::write_header(&mut browser, &forum, "1").await.status,
        303
    );
    let began = browser.post(&record::at(&forum, "/mulai"), &[]).await;
    assert_eq!(began.status, 303, "{}", began.text());
    write_header(&mut browser, &forum, ("place", "Balai Lain, Balikpapan")).await;
    let sent = browser.post(&notes::at(&forum, "/ajukan"), &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert!(minutes::is_fixed(&app.app.db, forum.id).await.unwrap());
    let agree = record::at(&forum, "/tempat");
    let refused = browser.post(&agree, &[("right", "record")]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Hotel Contoh"),
        "{}",
        refused.text()
    );
    let agreed = browser.post(&agree, &[("right", "forum")]).await;
    assert_eq!(agreed.status, 303, "{}", agreed.text());
    app.run_jobs().await;
}

#[tokio::test]
async fn a_report_takes_no_number_that_no_register_gives() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-W5").await;
    let mut browser = record::locked(&app, &forum).await;
    browser.get(&beside(&forum, "/laporan")).await;
    for number in ["abc", "400/9/2031"] {
        let fields = [
            ("number", number),
            ("dated_on", "2026-03-17"),
            ("version", "0"),
            ("without_letter", "true"),
        ];
        let refused = browser
            .post(&beside(&forum, "/laporan/terbitkan"), &fields)
            .await;
        assert_eq!(refused.status, 422, "{number}");
        let to = refused.attributes(".summary a", "href");
        assert_eq!(to, ["#f-number"], "{}", refused.text());
    }
}

#[tokio::test]
async fn an_input_that_names_somebody_of_the_list_is_looked_at() {
    let app = TestApp::new().await;
    let (forum, mut browser) = notes::begun(&app, "FKP-W6").await;
    let came = walk_in(&mut browser, &forum, "Bungaran Rekaan", "users", "").await;
    assert_eq!(came.status, 303, "{}", came.text());
    let path = notes::beside(&forum, "masukan");
    let words = "Menurut bungaran rekaan loket tutup terlalu awal";
    let fields = [("text", words), ("raised_by_group", "users")];
    let asked = browser.post(&path, &fields).await;
    assert_eq!(asked.status, 422);
    assert!(asked.text().contains("bungaran rekaan"));
    let looked = [fields[0], fields[1], ("looked", "true")];
    let kept = browser.post(&path, &looked).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
}
