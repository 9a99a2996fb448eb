//! Promises of forums: what is copied and what is not, who may look and change, what the public sees.

use poem::http::Method;
use rembuk::{
    access::{create_token, person_by_email},
    demo::DemoForums,
    forums, invitations,
};

use crate::support::{Browser, TestApp};

pub const ORGANISER: &str = "penyelenggara.kaltim@rembuk.example";
const OFFICER: &str = "petugas.kaltim@rembuk.example";
const HANDLER: &str = "piak.kaltim@rembuk.example";

pub async fn with_forums() -> (TestApp, DemoForums) {
    let app = TestApp::new().await;
    let demo = rembuk::demo::load_forums(&app.ctx()).await.unwrap();
    (app, demo)
}

/// What the form of a forum sends.
pub fn forum_form<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("code", "FKP-UJI-2026"),
        ("title", "Forum Konsultasi Publik Uji Coba"),
        ("theme", "Tema uji coba"),
        ("scope", "standard_drafting"),
        ("mode", "face_to_face"),
        ("date", "2026-05-20"),
        ("starts", "09:00"),
        ("ends", "14:00"),
        ("venue_name", "Balai Kota"),
        ("venue_room", "Ruang Satu"),
        ("venue_address", "Jalan Contoh Nomor 1, Samarinda"),
        ("target", ""),
        ("copied_from", ""),
    ];
    for (name, value) in changed {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

async fn api<'a>(app: &'a TestApp, email: &str) -> Browser<'a> {
    let person = person_by_email(&app.app.db, email).await.unwrap().unwrap();
    let token = create_token(&app.ctx(), person, "uji", true).await.unwrap();
    let mut browser = app.browser();
    let bearer = format!("Bearer {token}");
    browser.headers.push(("authorization".to_owned(), bearer));
    browser
}

#[tokio::test]
async fn a_forum_copied_from_last_year_takes_people_and_agenda_but_no_dates_and_numbers() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let past = demo.past.to_string();
    organiser.get("/kerja/forum/baru").await;
    let made = organiser
        .post("/kerja/forum/baru", &forum_form(&[("copied_from", &past)]))
        .await;
    let page = organiser.follow(&made).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let all = forums::list(&app.ctx()).await.unwrap();
    let copy = all
        .iter()
        .find(|forum| forum.code == "FKP-UJI-2026")
        .unwrap();
    let db = &app.app.db;
    let agenda = forums::agenda(db, copy).await.unwrap();
    assert_eq!(agenda.len(), 6);
    assert_eq!(
        agenda[0].starts.to_string(),
        "09:00:00",
        "moved to the new hour"
    );
    assert_eq!(forums::team(db, copy).await.unwrap().len(), 9);
    let recipients = invitations::recipients(db, copy).await.unwrap();
    assert_eq!(recipients.len(), 39);
    assert!(
        recipients.iter().all(|recipient| {
            recipient.answer == invitations::Answer::None
                && recipient.delegate_name.is_none()
                && recipient.requested_at.is_none()
        }),
        "answers of the old forum stay there"
    );
    let letter = invitations::letter_of(db, copy).await.unwrap().unwrap();
    assert_eq!(
        (letter.number, letter.letter_date, letter.issued_at),
        (None, None, None)
    );
    assert!(forums::inputs(db, copy).await.unwrap().is_empty());
    for old in ["2025", "Harmony", "Penetapan"] {
        assert!(
            !page
                .texts("main .head, main .facts")
                .join(" ")
                .contains(old),
            "{old}"
        );
    }
}

#[tokio::test]
async fn the_page_of_a_forum_shows_its_six_stages_and_what_is_missing() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let list = organiser.get("/kerja/forum").await;
    assert!(list.text().contains("FKP-KALTIM-2025"), "{}", list.text());
    let page = organiser.get(&format!("/kerja/forum/{}", demo.next)).await;
    assert_eq!(page.texts("ol.path > li").len(), 6, "{}", page.text());
    assert!(page.texts("ol.path li[aria-current]")[0].contains("Undangan"));
    assert!(
        page.text().contains("39 undangan belum dikirim"),
        "{}",
        page.text()
    );
    let past = organiser.get(&format!("/kerja/forum/{}", demo.past)).await;
    assert!(
        past.text().contains("39 terkirim, 25 akan hadir"),
        "{}",
        past.text()
    );
    assert!(past.texts("ol.path li[aria-current]")[0].contains("Tindak lanjut"));
}

#[tokio::test]
async fn agenda_and_team_are_edited_and_the_second_editor_is_told() {
    let (app, demo) = with_forums().await;
    let address = format!("/kerja/forum/{}/acara", demo.next);
    let mut first = app.sign_in(ORGANISER).await;
    let mut second = app.sign_in(ORGANISER).await;
    let version = first
        .get(&address)
        .await
        .attribute("input[name=version]", "value")
        .unwrap();
    second.get(&address).await;
    let fields = |activity: &'static str| {
        vec![
            ("agenda_starts", "10:00"),
            ("agenda_ends", "11:00"),
            ("activity", activity),
            ("in_charge", ""),
            ("agenda_starts", "08:00"),
            ("agenda_ends", "09:00"),
            ("activity", "Registrasi"),
            ("in_charge", "Panitia"),
            ("team_name", ""),
            ("team_role", ""),
        ]
    };
    let mut form = fields("Diskusi pertama");
    form.push(("version", &version));
    let saved = first.post(&address, &form).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let mut late = fields("Diskusi kedua");
    late.push(("version", &version));
    let told = second.post(&address, &late).await;
    assert_eq!(told.status, 409);
    let typed = told.texts("#typed").concat();
    assert!(typed.contains("Diskusi kedua"), "{typed}");
    assert!(
        told.attribute("[data-back]", "type").is_none(),
        "Back would show the newer version, and the old words would overwrite it"
    );
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let agenda = forums::agenda(&app.app.db, &forum).await.unwrap();
    let names: Vec<&str> = agenda.iter().map(|item| item.activity.as_str()).collect();
    assert_eq!(
        names,
        ["Registrasi", "Diskusi pertama"],
        "sorted, and nothing overwritten"
    );
}

#[tokio::test]
async fn wrong_lines_of_an_agenda_come_back_with_what_was_typed() {
    let (app, demo) = with_forums().await;
    let address = format!("/kerja/forum/{}/acara", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&address).await;
    let answer = organiser
        .post(
            &address,
            &[
                ("version", "1"),
                ("agenda_starts", "10:00"),
                ("agenda_ends", "09:00"),
                ("activity", "<script>alert(1)</script>"),
                ("in_charge", ""),
            ],
        )
        .await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.texts(".summary li").len(), 2, "{}", answer.text());
    assert!(answer.text().contains("Susunan acara, baris 1"));
}

#[tokio::test]
async fn a_new_time_or_place_counts_the_sequence_up_and_a_new_theme_does_not() {
    let (app, demo) = with_forums().await;
    let address = format!("/kerja/forum/{}/ubah", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    let sequence = async || {
        forums::by_id(&app.app.db, demo.next)
            .await
            .unwrap()
            .sequence
    };
    for (changed, expected) in [
        (vec![("code", "FKP-A")], 1),
        (vec![("code", "FKP-A"), ("theme", "Tema yang lain")], 1),
        (vec![("code", "FKP-A"), ("venue_room", "Ruang Dua")], 2),
        (
            vec![
                ("code", "FKP-A"),
                ("venue_room", "Ruang Dua"),
                ("starts", "08:30"),
            ],
            3,
        ),
    ] {
        let page = organiser.get(&address).await;
        let version = page.attribute("input[name=version]", "value").unwrap();
        let mut form = forum_form(&changed);
        form.push(("version", &version));
        let saved = organiser.post(&address, &form).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        assert_eq!(sequence().await, expected, "{changed:?}");
    }
}

#[tokio::test]
async fn what_happened_stands_as_it_was() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    for page in ["ubah", "acara"] {
        let answer = organiser
            .get(&format!("/kerja/forum/{}/{page}", demo.past))
            .await;
        assert_eq!(answer.status, 422, "{page}");
    }
}

#[tokio::test]
async fn strangers_and_other_roles_do_not_change_forums() {
    let (app, demo) = with_forums().await;
    let own = format!("/kerja/forum/{}", demo.next);
    let pages = [
        "",
        "/ubah",
        "/acara",
        "/undangan",
        "/undangan/surat",
        "/masukan",
    ];
    let mut stranger = app.browser();
    for page in pages {
        let answer = stranger.get(&format!("{own}{page}")).await;
        assert_eq!(answer.status, 303, "{page}");
        assert!(answer.location().starts_with("/masuk"), "{page}");
    }
    for (email, sees) in [
        (OFFICER, 200),
        (HANDLER, 200),
        ("admin.sistem@rembuk.example", 403),
    ] {
        let mut other = app.sign_in(email).await;
        assert_eq!(other.get(&own).await.status, sees, "{email}");
        for page in ["/ubah", "/acara", "/undangan/surat"] {
            assert_eq!(
                other.get(&format!("{own}{page}")).await.status,
                403,
                "{email} {page}"
            );
        }
        other.get("/kerja/akun").await;
        for action in [
            "/undangan/kirim",
            "/undangan/terbitkan",
            "/masukan",
            "/acara",
        ] {
            let answer = other.post(&format!("{own}{action}"), &[]).await;
            assert_eq!(answer.status, 403, "{email} {action}");
        }
    }
    let people = rembuk::demo::people().unwrap();
    let neighbour = people
        .iter()
        .find(|person| person.unit.as_deref() == Some("disdukcapil-sulsel"));
    if let Some(neighbour) = neighbour {
        let mut neighbour = app.sign_in(&neighbour.email).await;
        assert_eq!(neighbour.get(&own).await.status, 404);
    }
}

#[tokio::test]
async fn the_public_sees_forums_that_were_announced() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get("/kerja/forum/baru").await;
    let made = organiser.post("/kerja/forum/baru", &forum_form(&[])).await;
    let hidden = made.location().replace("/kerja", "");
    let mut citizen = app.browser();
    assert_eq!(
        citizen.get(&hidden).await.status,
        404,
        "still in preparation"
    );
    let list = citizen.get("/forum").await;
    assert_eq!(list.status, 200);
    let titles = list.texts("main .list a");
    assert_eq!(titles.len(), 2, "{titles:?}");
    assert!(
        titles[0].contains("2026") && titles[1].contains("2025"),
        "{titles:?}"
    );
    let past = citizen.get(&format!("/forum/{}", demo.past)).await;
    // What was said is public with the record that answers it, and none is locked here.
    assert!(!past.text().contains("5S (Senyum, Sapa"), "{}", past.text());
    let schedule = citizen
        .get(&format!("/forum/{}/schedule.pdf", demo.past))
        .await;
    assert!(schedule.bytes.starts_with(b"%PDF-"));
    let list_of_names = citizen
        .get(&format!("/forum/{}/recipients.pdf", demo.past))
        .await;
    assert_eq!(list_of_names.status, 404);
}

#[tokio::test]
async fn the_api_tells_forums_and_hands_out_their_documents() {
    let (app, demo) = with_forums().await;
    let mut caller = api(&app, ORGANISER).await;
    let list = caller
        .api(Method::GET, "/api/v1/forums?limit=1", None)
        .await;
    assert_eq!(list.status, 200, "{}", list.body);
    let list = list.json();
    assert_eq!(list["items"][0]["stage"], "invitation");
    assert_eq!(list["items"][0]["unit"], "disdukcapil-kaltim");
    let cursor = list["next_cursor"].as_str().unwrap();
    let rest = format!("/api/v1/forums?cursor={cursor}");
    let rest = caller.api(Method::GET, &rest, None).await.json();
    assert_eq!(rest["items"][0]["starts_at"], "2025-10-28T08:00:00+08:00");
    let one = format!("/api/v1/forums/{}", demo.past);
    let one_answer = caller.api(Method::GET, &one, None).await.json();
    assert_eq!(one_answer["agenda"].as_array().unwrap().len(), 6);
    assert_eq!(one_answer["inputs"][1]["code"], "I2");
    for kind in ["invitation", "recipients", "schedule"] {
        let answer = caller
            .api(Method::GET, &format!("{one}/documents/{kind}.pdf"), None)
            .await;
        assert_eq!(answer.status, 200, "{kind}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/pdf");
        assert!(answer.bytes.starts_with(b"%PDF-"), "{kind}");
    }
    for unknown in ["nothing.pdf", "invitation", "..%2Finvitation.pdf"] {
        let answer = caller
            .api(Method::GET, &format!("{one}/documents/{unknown}"), None)
            .await;
        assert_eq!(answer.status, 404, "{unknown}");
    }
    let stranger = app.browser().api(Method::GET, &one, None).await;
    assert_eq!(stranger.status, 401);
}

#[tokio::test]
async fn inputs_are_written_down_with_their_own_code() {
    let (app, demo) = with_forums().await;
    let address = format!("/kerja/forum/{}/masukan", demo.past);
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get(&address).await;
    let empty = organiser
        .post(&address, &[("text", ""), ("raised_by_group", "users")])
        .await;
    assert_eq!(empty.status, 422);
    let fields = [
        ("text", "Loket khusus lansia"),
        ("raised_by_group", "users"),
    ];
    let saved = organiser.post(&address, &fields).await;
    let page = organiser.follow(&saved).await;
    let row = &page.texts("#masukan tbody tr")[0];
    assert!(
        row.starts_with("I4") && row.contains("Loket khusus lansia"),
        "{row}"
    );
    for number in 5..=11 {
        let text = format!("Masukan nomor {number}");
        let fields = [("text", text.as_str()), ("raised_by_group", "users")];
        organiser.post(&address, &fields).await;
    }
    let forum = forums::by_id(&app.app.db, demo.past).await.unwrap();
    let inputs = forums::inputs(&app.app.db, &forum).await.unwrap();
    let codes: Vec<&str> = inputs.iter().map(|input| input.code.as_str()).collect();
    assert_eq!(codes[8..], ["I9", "I10", "I11"], "in the order of speaking");
}

#[tokio::test]
async fn a_copied_agenda_that_would_run_past_midnight_is_refused() {
    let (app, demo) = with_forums().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let past = demo.past.to_string();
    organiser.get("/kerja/forum/baru").await;
    let late = forum_form(&[
        ("copied_from", &past),
        ("starts", "21:00"),
        ("ends", "23:30"),
    ]);
    let answer = organiser.post("/kerja/forum/baru", &late).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("tengah malam"), "{}", answer.text());
}

#[tokio::test]
async fn lines_are_added_without_script_and_nothing_typed_is_lost_or_saved() {
    let (app, demo) = with_forums().await;
    let address = format!("/kerja/forum/{}/acara", demo.next);
    let mut browser = app.sign_in(ORGANISER).await;
    let page = browser.get(&address).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let before = page.texts("[name=activity]").len();
    let mut form = vec![("version", version.as_str()), ("add", "agenda")];
    for _ in 0..before {
        form.extend([
            ("agenda_starts", "08:00"),
            ("agenda_ends", "08:30"),
            ("activity", "Sedang diketik"),
            ("in_charge", ""),
        ]);
    }
    let more = browser.post(&address, &form).await;
    assert_eq!(more.status, 200, "{}", more.text());
    assert!(more.texts("[name=activity]").len() > before);
    let kept = more.attribute("#f-activity_0", "value");
    assert_eq!(kept.as_deref(), Some("Sedang diketik"));
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let agenda = forums::agenda(&app.app.db, &forum).await.unwrap();
    assert!(agenda.iter().all(|item| item.activity != "Sedang diketik"));

    // More than anybody needs is refused, not cut.
    let mut many = vec![("version", version.as_str())];
    for _ in 0..101 {
        many.extend([
            ("agenda_starts", "08:00"),
            ("agenda_ends", "08:30"),
            ("activity", "Terlalu banyak"),
            ("in_charge", ""),
        ]);
    }
    let refused = browser.post(&address, &many).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Paling banyak 100 baris"));
}
