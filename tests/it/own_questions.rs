//! Promises of the organiser's own questions: asked of those who come, changeable with the answer, counted for the
//! organiser, and on no paper.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use rembuk::{
    forums::{self, ForumId},
    invitations, own_questions,
};

use crate::{
    forums::{ORGANISER, forum_form, with_forums},
    support::{Browser, TestApp},
};

fn page(forum: ForumId, step: &str) -> String {
    format!("/kerja/forum/{forum}/{step}")
}

/// A question as the form of the organiser sends it.
pub async fn ask(
    organiser: &mut Browser<'_>,
    forum: ForumId,
    wording: &str,
    (kind, choices, needed): (&str, &str, &str),
) {
    let address = page(forum, "pertanyaan");
    organiser.get(&address).await;
    let fields = [
        ("wording", wording),
        ("kind", kind),
        ("choices", choices),
        ("needed", needed),
    ];
    let added = organiser.post(&address, &fields).await;
    assert_eq!(added.status, 303, "{}", added.text());
}

/// The names of the fields of the questions on a page, in order.
pub fn fields_of(body: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in body.split("name=\"tanya-").skip(1) {
        let name = format!("tanya-{}", piece.split('"').next().unwrap());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The answer link of the first recipient.
async fn link(app: &TestApp, forum: ForumId) -> String {
    let forum = forums::by_id(&app.app.db, forum).await.unwrap();
    let all = invitations::recipients(&app.app.db, &forum).await.unwrap();
    let url = invitations::answer_url(&app.app, &all[0]).unwrap();
    url[url.find("/undangan/").unwrap()..].to_owned()
}

async fn table(organiser: &mut Browser<'_>, forum: ForumId, sheet: &str) -> Vec<Vec<String>> {
    let file = organiser.get(&page(forum, "jawaban.xlsx")).await;
    let mut book = Xlsx::new(Cursor::new(file.bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let cell = |cell: &Data| cell.to_string();
    range
        .rows()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}

/// Indico's and pretix's organisers ask for questions that an answer cannot slip out of, and for their counts.
#[tokio::test]
async fn who_comes_answers_the_organisers_questions_and_the_organiser_sees_each_and_the_counts() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    ask(
        &mut organiser,
        demo.next,
        "Perlu juru bahasa isyarat?",
        ("yes_no", "", "yes"),
    )
    .await;
    ask(
        &mut organiser,
        demo.next,
        "Datang dengan apa?",
        ("choice", "Motor\nMobil\nJalan kaki", "no"),
    )
    .await;
    ask(
        &mut organiser,
        demo.next,
        "Apa yang ingin dibahas?",
        ("text", "", "no"),
    )
    .await;
    let link = link(&app, demo.next).await;
    let mut guest = app.browser();
    let names = fields_of(&guest.get(&link).await.body);
    let [sign, way, topic] = names.as_slice() else {
        panic!("{names:?}");
    };
    // Whoever does not come is asked nothing.
    let declined = guest.post(&link, &[("answer", "declined")]).await;
    assert_eq!(declined.status, 303);
    let missing = [("answer", "accepted"), (topic.as_str(), "Antrean daring")];
    let refused = guest.post(&link, &missing).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("Antrean daring"),
        "typed text is kept"
    );
    assert_eq!(
        refused.attribute(".summary a", "href").unwrap(),
        format!("#f-{sign}")
    );
    let wrong = [
        ("answer", "accepted"),
        (sign.as_str(), "yes"),
        (way.as_str(), "Kapal"),
    ];
    assert_eq!(guest.post(&link, &wrong).await.status, 422);
    let full = [
        ("answer", "accepted"),
        (sign.as_str(), "yes"),
        (way.as_str(), "Motor"),
        (topic.as_str(), "Antrean daring"),
    ];
    assert_eq!(guest.post(&link, &full).await.status, 303);
    let changed = [
        ("answer", "accepted"),
        (sign.as_str(), "no"),
        (way.as_str(), "Motor"),
        (topic.as_str(), ""),
    ];
    assert_eq!(guest.post(&link, &changed).await.status, 303);
    let seen = organiser
        .get(&page(demo.next, "undangan?jawab=accepted"))
        .await
        .text();
    assert!(
        seen.contains("Perlu juru bahasa isyarat? – Tidak"),
        "{seen}"
    );
    assert!(!seen.contains("Antrean daring"), "it was taken back");
    let seen = organiser.get(&page(demo.next, "jawaban")).await.text();
    assert!(seen.contains("1 dari 1 orang menjawab"), "{seen}");
    let people = table(&mut organiser, demo.next, "Peserta").await;
    assert_eq!(
        people[2][5..],
        [
            "Perlu juru bahasa isyarat?",
            "Datang dengan apa?",
            "Apa yang ingin dibahas?"
        ]
    );
    assert_eq!(people[3][5..], ["Tidak", "Motor", ""]);
    let counts = table(&mut organiser, demo.next, "Ringkasan").await;
    let told = |asked: &str, label: &str| {
        let row = counts.iter().find(|row| row[0] == asked && row[1] == label);
        row.map(|row| row[2].clone()).unwrap()
    };
    assert_eq!(told("Datang dengan apa?", "Motor"), "1");
    assert_eq!(told("Datang dengan apa?", "Mobil"), "0");
    assert_eq!(told("Perlu juru bahasa isyarat?", "Tidak"), "1");
    // A later "no" takes the answers away.
    guest.post(&link, &[("answer", "declined")]).await;
    let seen = organiser.get(&page(demo.next, "jawaban")).await.text();
    assert!(seen.contains("0 dari 0 orang menjawab"), "{seen}");
}

#[tokio::test]
async fn an_answered_question_keeps_its_words_and_a_copied_forum_takes_it_without_answers() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    ask(
        &mut organiser,
        demo.next,
        "Perlu parkir?",
        ("yes_no", "", "no"),
    )
    .await;
    ask(
        &mut organiser,
        demo.next,
        "Ada pantangan makan?",
        ("text", "", "no"),
    )
    .await;
    let link = link(&app, demo.next).await;
    let mut guest = app.browser();
    let names = fields_of(&guest.get(&link).await.body);
    let given = [("answer", "accepted"), (names[0].as_str(), "yes")];
    assert_eq!(guest.post(&link, &given).await.status, 303);
    let db = &app.app.db;
    let forum = forums::by_id(db, demo.next).await.unwrap();
    let asked = own_questions::of_forum(db, &forum).await.unwrap();
    let own = page(demo.next, &format!("pertanyaan/{}", asked[0].id));
    let form = |wording: &'static str, needed: &'static str, version: &'static str| {
        [
            ("wording", wording),
            ("kind", "yes_no"),
            ("needed", needed),
            ("version", version),
        ]
    };
    organiser.get(&own).await;
    let reworded = organiser.post(&own, &form("Naik bus?", "no", "1")).await;
    assert_eq!(reworded.status, 422, "{}", reworded.text());
    assert!(
        reworded.text().contains("Nonaktifkan pertanyaan ini"),
        "{}",
        reworded.text()
    );
    let needed = organiser
        .post(&own, &form("Perlu parkir?", "yes", "1"))
        .await;
    assert_eq!(needed.status, 303, "{}", needed.text());
    let second = organiser
        .post(&own, &form("Perlu parkir?", "no", "1"))
        .await;
    assert_eq!(second.status, 409, "the second editor is told");
    let step = format!("{own}/langkah");
    assert_eq!(
        organiser.post(&step, &[("step", "remove")]).await.status,
        422
    );
    assert_eq!(organiser.post(&step, &[("step", "off")]).await.status, 303);
    assert_eq!(fields_of(&guest.get(&link).await.body).len(), 1);
    let answers = own_questions::answers(db, &forum).await.unwrap();
    assert_eq!(answers.len(), 1, "what was answered is kept");
    organiser.post(&step, &[("step", "on")]).await;
    let last = page(demo.next, &format!("pertanyaan/{}/langkah", asked[1].id));
    assert_eq!(organiser.post(&last, &[("step", "up")]).await.status, 303);
    // A copied forum asks the same in the same order, and nobody has answered.
    let source = demo.next.to_string();
    organiser.get("/kerja/forum/baru").await;
    organiser
        .post(
            "/kerja/forum/baru",
            &forum_form(&[("copied_from", &source)]),
        )
        .await;
    let all = forums::list(&app.ctx()).await.unwrap();
    let copy = all.iter().find(|one| one.code == "FKP-UJI-2026").unwrap();
    let copied = own_questions::of_forum(db, copy).await.unwrap();
    let words: Vec<&str> = copied.iter().map(|one| one.wording.as_str()).collect();
    assert_eq!(words, ["Ada pantangan makan?", "Perlu parkir?"]);
    assert!(own_questions::answers(db, copy).await.unwrap().is_empty());
    // Ten are enough for two minutes.
    for number in 3..=10 {
        let wording = format!("Pertanyaan ke-{number}?");
        ask(&mut organiser, copy.id, &wording, ("text", "", "no")).await;
    }
    let address = page(copy.id, "pertanyaan");
    let more = [
        ("wording", "Satu lagi saja?"),
        ("kind", "text"),
        ("needed", "no"),
    ];
    let refused = organiser.post(&address, &more).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
}
