//! Promises of the concept of a forum: a place is spelled one way, plans and links are kept, the agenda tells
//! its overlaps, and proposals keep where they came from.

use rembuk::{
    complaints::filing::{CategoryId, entity::sorting},
    forums::{self, Forum, Group, Stage},
    organisation,
};

use poem::http::Method;
use sea_orm::{ActiveValue::Set, EntityTrait as _};
use serde_json::json;

use crate::{
    attendance::{ORGANISER, STRANGER, forum, program},
    complaints::{OFFICER, filed},
    forums::{forum_form, with_forums},
    support::{Browser, TestApp},
};

async fn read(app: &TestApp, forum: &Forum) -> Forum {
    forums::by_id(&app.app.db, forum.id).await.unwrap()
}

async fn save(
    browser: &mut Browser<'_>,
    forum: &Forum,
    changed: &[(&str, &str)],
) -> crate::support::Answer {
    let address = format!("/kerja/forum/{}/ubah", forum.id);
    let page = browser.get(&address).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let mut form = forum_form(changed);
    form.push(("version", &version));
    browser.post(&address, &form).await
}

/// The address of the venue on the register's page, by its name.
async fn venue(browser: &mut Browser<'_>, name: &str) -> String {
    let page = browser.get("/kerja/tempat").await;
    let names = page.texts("tbody td.main a");
    let place = names.iter().position(|known| known == name);
    let place = place.unwrap_or_else(|| panic!("{name} is not among {names:?}")) + 1;
    let cell = format!("tbody tr:nth-child({place}) td.main a");
    page.attribute(&cell, "href").unwrap()
}

fn id_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn a_place_is_picked_from_the_register_and_spelled_as_it_is_there() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let hotel = venue(&mut browser, "Hotel Contoh").await;
    let blank = [
        ("venue_name", ""),
        ("venue_room", ""),
        ("venue_address", ""),
    ];
    let mut picked = vec![("code", "FKP-A"), ("venue", id_of(&hotel))];
    picked.extend(blank);
    let saved = save(&mut browser, &forum, &picked).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let now = read(&app, &forum).await;
    assert_eq!(
        (now.venue_name.as_str(), now.venue_room.as_str()),
        ("Hotel Contoh", "Ruang Satu")
    );
    let both = [
        ("code", "FKP-A"),
        ("venue", id_of(&hotel)),
        ("venue_name", "Hotel Lain"),
    ];
    let refused = save(&mut browser, &forum, &both).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Pilih satu"), "{}", refused.text());
    // Typed in other capitals: the register's spelling wins, and no second entry is made.
    let typed = [
        ("code", "FKP-A"),
        ("venue_name", "HOTEL  contoh"),
        ("venue_room", "ruang satu"),
        ("venue_address", "Jalan Contoh 1, Samarinda"),
    ];
    let saved = save(&mut browser, &forum, &typed).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert_eq!(read(&app, &forum).await.venue_name, "Hotel Contoh");
    let names = browser.get("/kerja/tempat").await.texts("tbody td.main a");
    assert_eq!(names.len(), 1, "no second entry: {names:?}");
    let none = save(
        &mut browser,
        &forum,
        &[("code", "FKP-A"), ("venue_name", "")],
    )
    .await;
    assert_eq!(none.status, 422, "a forum has a place");
}

#[tokio::test]
async fn a_new_spelling_reaches_what_is_in_preparation_and_never_what_was_announced() {
    let (app, demo) = with_forums().await;
    let draft = forum(&app, "FKP-A").await;
    let announced = forums::by_id(&app.app.db, demo.next).await.unwrap();
    assert_eq!(announced.stage, Stage::Invitation);
    let mut browser = app.sign_in(ORGANISER).await;
    for (name, forum, follows) in [
        ("Hotel Contoh", &draft, true),
        (announced.venue_name.as_str(), &announced, false),
    ] {
        let address = venue(&mut browser, name).await;
        let page = browser.get(&address).await;
        let version = page.attribute("input[name=version]", "value").unwrap();
        let spelling = format!("{name} Samarinda");
        let fields = [
            ("version", version.as_str()),
            ("name", spelling.as_str()),
            ("room", ""),
            ("address", "Jalan Contoh Nomor 1, Samarinda"),
        ];
        let saved = browser.post(&address, &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let late = browser.post(&address, &fields).await;
        assert_eq!(late.status, 409, "the second editor is told");
        let now = read(&app, forum).await.venue_name;
        assert_eq!(now == spelling, follows, "{now}");
        assert_eq!(now == name, !follows);
    }
}

#[tokio::test]
async fn an_archived_place_is_no_longer_offered_and_nobody_else_sees_the_register() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    browser.get("/kerja/tempat").await;
    let fields = [
        ("name", "Balai Desa"),
        ("room", ""),
        ("address", "Jalan Desa Nomor 2"),
    ];
    let added = browser.post("/kerja/tempat", &fields).await;
    assert_eq!(added.status, 303, "{}", added.text());
    let twice = browser.post("/kerja/tempat", &fields).await;
    assert_eq!(twice.status, 422);
    assert!(twice.text().contains("sudah ada di daftar"));
    let address = venue(&mut browser, "Balai Desa").await;
    let edit = format!("/kerja/forum/{}/ubah", forum.id);
    let offered = browser.get(&edit).await.texts("#f-venue option").join("|");
    assert!(offered.contains("Balai Desa, Jalan Desa"), "{offered}");
    let archive = format!("{address}/arsip");
    assert_eq!(
        browser.post(&archive, &[("version", "1")]).await.status,
        303
    );
    assert_eq!(
        browser.post(&archive, &[("version", "1")]).await.status,
        409
    );
    let offered = browser.get(&edit).await.texts("#f-venue option").join("|");
    assert!(!offered.contains("Balai Desa"), "{offered}");
    let mut other = app.sign_in(STRANGER).await;
    assert_eq!(other.get("/kerja/tempat").await.status, 403);
    assert_eq!(other.get(&address).await.status, 403);
}

#[tokio::test]
async fn planned_participants_and_the_online_link_are_kept_and_the_link_is_not_public() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let link = "https://rapat.example/fkp";
    let fields = [
        ("code", "FKP-A"),
        ("mode", "hybrid"),
        ("online_link", link),
        ("quota_users", "15"),
        ("quota_media", "2"),
        ("quota_experts", "0"),
    ];
    let saved = save(&mut browser, &forum, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let now = read(&app, &forum).await;
    assert_eq!(now.online_link, link);
    let quotas = forums::quotas(&app.app.db, &now).await.unwrap();
    assert_eq!(
        quotas,
        [(Group::Users, 15), (Group::Experts, 0), (Group::Media, 2)],
        "a typed nought is a plan"
    );
    for (field, value) in [
        ("online_link", "rapat saja"),
        ("online_link", "javascript:alert(1)"),
        ("online_link", "http://rapat.example/fkp"),
        ("quota_users", "banyak"),
        ("quota_users", "-3"),
    ] {
        let wrong = save(&mut browser, &forum, &[("code", "FKP-A"), (field, value)]).await;
        assert_eq!(wrong.status, 422, "{field} {value}");
    }
    let id = forum.id.to_string();
    let copied = forum_form(&[("copied_from", &id)]);
    let made = browser.post("/kerja/forum/baru", &copied).await;
    let copy = forums::ForumId::parse(id_of(made.location())).unwrap();
    let copy = forums::by_id(&app.app.db, copy).await.unwrap();
    assert_eq!(forums::quotas(&app.app.db, &copy).await.unwrap(), quotas);
    assert_eq!(copy.online_link, "", "the link belongs to the old event");
    let page = browser.get(&format!("/kerja/forum/{}", forum.id)).await;
    assert!(page.text().contains(link));
}

#[tokio::test]
async fn whoever_is_invited_finds_the_link_in_mail_calendar_and_answer_page() {
    let (app, demo) = with_forums().await;
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let link = "https://rapat.example/fkp";
    let mut browser = app.sign_in(ORGANISER).await;
    let saved = save(
        &mut browser,
        &forum,
        &[("code", "FKP-A"), ("mode", "hybrid"), ("online_link", link)],
    )
    .await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let changed = read(&app, &forum).await;
    assert_eq!(changed.sequence, forum.sequence + 1, "calendars are told");
    let recipients = rembuk::invitations::recipients(&app.app.db, &changed).await;
    let url = rembuk::invitations::answer_url(&app.app, &recipients.unwrap()[0]).unwrap();
    let path = &url[url.find("/undangan").unwrap()..];
    let mut invited = app.browser();
    let page = invited.get(path).await;
    assert!(page.text().contains(link), "{}", page.text());
    let calendar = invited.get(&format!("{path}/acara.ics")).await.body;
    assert!(calendar.replace("\r\n ", "").contains(link), "{calendar}");
    let public = app.browser().get(&format!("/forum/{}", forum.id)).await;
    assert!(!public.body.contains(link), "not for everybody");
}

/// The form of the agenda as the page shows it.
async fn agenda_form(browser: &mut Browser<'_>, address: &str) -> Vec<(String, String)> {
    let page = browser.get(address).await;
    let html = scraper::Html::parse_document(&page.body);
    let fields = scraper::Selector::parse("form input[name], form textarea[name]").unwrap();
    html.select(&fields)
        .filter_map(|field| {
            let name = field.value().attr("name")?;
            let value = field.value().attr("value").map(str::to_owned);
            let value = value.unwrap_or_else(|| field.text().collect());
            (name != "_csrf").then(|| (name.to_owned(), value))
        })
        .collect()
}

#[tokio::test]
async fn agenda_items_change_places_keep_their_ids_and_tell_overlaps() {
    let (app, demo) = with_forums().await;
    let forum = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let before = forums::agenda(&app.app.db, &forum).await.unwrap();
    let address = format!("/kerja/forum/{}/acara", forum.id);
    let mut browser = app.sign_in(ORGANISER).await;
    let mut fields = agenda_form(&mut browser, &address).await;
    fields.push(("rise".to_owned(), "1".to_owned()));
    for (name, value) in &mut fields {
        if name == "neutrality_note" {
            "Moderator dari universitas".clone_into(value);
        }
    }
    let pairs: Vec<(&str, &str)> = fields
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let moved = browser.post(&address, &pairs).await;
    assert_eq!(moved.status, 303, "{}", moved.text());
    assert_eq!(moved.location(), address, "one goes on moving");
    let after = forums::agenda(&app.app.db, &forum).await.unwrap();
    assert_eq!(after[0].id, before[1].id);
    assert_eq!(after[1].id, before[0].id);
    assert_eq!(after[0].starts, before[0].starts);
    assert_eq!(after.len(), before.len());
    let now = read(&app, &forum).await;
    assert_eq!(now.neutrality_note, "Moderator dari universitas");
    let mut fields = agenda_form(&mut browser, &address).await;
    let mut ends = fields.iter_mut().filter(|(name, _)| name == "agenda_ends");
    ends.next().unwrap().1 = "15:00".to_owned();
    let pairs: Vec<(&str, &str)> = fields
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    assert_eq!(browser.post(&address, &pairs).await.status, 303);
    let page = browser.get(&format!("/kerja/forum/{}", forum.id)).await;
    assert!(
        page.text()
            .contains("menit sebelum acara di atasnya selesai"),
        "{}",
        page.text()
    );
}

/// What citizens chose in the form groups their complaints for the agenda.
#[tokio::test]
async fn proposals_tell_the_categories_of_one_service_apart() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut officer = app.sign_in(OFFICER).await;
    let address = "/kerja/formulir-pengaduan";
    officer.get(address).await;
    let made = officer
        .post(address, &[("name", "Antrean terlalu lama")])
        .await;
    let category = made.location().rsplit('/').next().unwrap();
    for sorted in [true, true, false] {
        let complaint = filed(&app, false, false).await.complaint;
        if sorted {
            let row = sorting::ActiveModel {
                complaint_id: Set(complaint.id),
                unit_id: Set(complaint.unit_id),
                category_id: Set(CategoryId::parse(category).unwrap()),
            };
            sorting::Entity::insert(row)
                .exec_without_returning(&app.app.db)
                .await
                .unwrap();
        }
    }
    let mut browser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}/usulan", forum.id);
    let page = browser.get(&address).await;
    let text = page.text();
    let (first, rest) = text.split_once("2 pengaduan").expect("the larger group");
    assert!(first.contains("Antrean terlalu lama"), "{text}");
    assert!(rest.contains("1 pengaduan"), "{text}");
}

#[tokio::test]
async fn proposals_count_open_complaints_and_never_show_their_words_to_an_organiser() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    filed(&app, false, false).await;
    filed(&app, true, true).await;
    app.run_jobs().await;
    let mut browser = app.sign_in(ORGANISER).await;
    let address = format!("/kerja/forum/{}/usulan", forum.id);
    let page = browser.get(&address).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("2 pengaduan"), "{}", page.text());
    assert!(!page.body.contains("KTP-el tiga minggu"), "no words");
    let source = page.attribute("input[name=source]", "value").unwrap();
    let taken = browser.post(&address, &[("source", &source)]).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let sources = forums::agenda_sources(&app.app.db, &forum).await.unwrap();
    assert_eq!((sources.len(), sources[0].count), (1, 2));
    let gone = browser
        .post(&address, &[("source", "complaints:tidak-ada")])
        .await;
    assert_eq!(gone.status, 404);
    let mut stranger = app.sign_in(STRANGER).await;
    assert!(matches!(stranger.get(&address).await.status, 403 | 404));
    let unit = organisation::unit_by_code(&app.app.db, "disdukcapil-kaltim").await;
    assert_eq!(unit.unwrap().id, forum.unit_id);
}

#[tokio::test]
async fn a_known_place_in_other_words_is_offered_and_taken_with_a_button() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let hotel = venue(&mut browser, "Hotel Contoh").await;
    let turned = [
        ("code", "FKP-A"),
        ("venue_name", "Ruang Satu Hotel Contoh"),
        ("venue_room", ""),
        ("venue_address", "Jl. Contoh No. 1"),
    ];
    let asked = save(&mut browser, &forum, &turned).await;
    assert_eq!(asked.status, 422);
    assert!(asked.text().contains("Maksud Anda"), "{}", asked.text());
    let offered = asked.attribute("button[name=venue_meant]", "value");
    assert_eq!(offered.as_deref(), Some(id_of(&hotel)));
    let mut taken = turned.to_vec();
    taken.push(("venue_meant", id_of(&hotel)));
    let saved = save(&mut browser, &forum, &taken).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let now = read(&app, &forum).await;
    assert_eq!(now.venue_room, "Ruang Satu");
    assert_eq!(now.venue_address, "Jalan Contoh 1, Samarinda");
    // Shortened words alone are no other address, and nobody is asked.
    let short = [
        ("code", "FKP-A"),
        ("venue_name", "Hotel Contoh"),
        ("venue_room", "Ruang Satu"),
        ("venue_address", "Jl. Contoh No. 1 Samarinda"),
    ];
    let saved = save(&mut browser, &forum, &short).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let now = read(&app, &forum).await;
    assert_eq!(now.venue_address, "Jalan Contoh 1, Samarinda");
    // A program is asked the same, and says that it means another place, or writes the known one.
    let mut program = program(&app, ORGANISER).await;
    let mut body = json!({
        "unit": "disdukcapil-kaltim", "code": "FKP-B", "title": "Forum di tempat yang mirip",
        "theme": "Tema forum", "scope": "standard_drafting", "mode": "face_to_face",
        "date": "2026-06-10", "start": "09:00",
        "venue": { "name": "Ruang Satu Hotel Contoh", "address": "Jl. Contoh No. 1" },
    });
    let forums = "/api/v1/forums";
    let refused = program.api(Method::POST, forums, Some(body.clone())).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(refused.json()["code"], "venue_like");
    let told = refused.json()["detail"].to_string();
    assert!(told.contains("Ruang Satu, Hotel Contoh"), "{told}");
    body["venue"]["is_another"] = json!(true);
    let made = program.api(Method::POST, forums, Some(body.clone())).await;
    assert_eq!(made.status, 201, "{}", made.body);
    body["code"] = json!("FKP-C");
    body["venue"] = json!({
        "name": "hotel contoh", "room": "Ruang Satu", "address": "Jl. Contoh 1, Samarinda",
    });
    let made = program.api(Method::POST, forums, Some(body)).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.json()["venue"]["address"], "Jalan Contoh 1, Samarinda");
    // The hall is spelled as it is known, its street is not.
    let numeral = [
        ("code", "FKP-A"),
        ("venue_name", "Hotel Contoh"),
        ("venue_room", "Ruang Satu"),
        ("venue_address", "Jalan Contoh I"),
    ];
    let asked = save(&mut browser, &forum, &numeral).await;
    assert_eq!(asked.status, 422, "{}", asked.text());
}

#[tokio::test]
async fn a_slip_of_the_pen_is_asked_about_and_two_entries_of_one_place_become_one() {
    let (app, demo) = with_forums().await;
    let draft = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let slip = [
        ("code", "FKP-A"),
        ("venue_name", "hotel conto"),
        ("venue_room", "Ruang Satu"),
    ];
    let asked = save(&mut browser, &draft, &slip).await;
    assert_eq!(asked.status, 422);
    let meant = "Maksud Anda Hotel Contoh, Ruang Satu?";
    assert!(asked.text().contains(meant), "{}", asked.text());
    let mut sure = slip.to_vec();
    sure.push(("venue_new", "true"));
    let saved = save(&mut browser, &draft, &sure).await;
    assert_eq!(saved.status, 303, "{}", saved.text());

    let (wrong, right) = (
        venue(&mut browser, "hotel conto").await,
        venue(&mut browser, "Hotel Contoh").await,
    );
    let page = browser.get(&wrong).await;
    let offered = "Maksudnya Hotel Contoh, Ruang Satu?";
    assert!(page.text().contains(offered), "{}", page.text());
    let merge = format!("{wrong}/gabung");
    let into = ("into", id_of(&right));
    let late = browser.post(&merge, &[into, ("version", "9")]).await;
    assert_eq!(late.status, 409);
    let done = browser.post(&merge, &[into, ("version", "1")]).await;
    let told = browser.follow(&done).await;
    assert!(
        told.text().contains("dijadikan satu; 1 forum beralih"),
        "{}",
        told.text()
    );
    let now = read(&app, &draft).await;
    assert_eq!(now.venue_name, "Hotel Contoh");
    assert_eq!(
        now.venue_id.map(|id| id.to_string()).as_deref(),
        Some(id_of(&right))
    );
    assert_eq!(browser.get(&wrong).await.status, 404);

    let announced = forums::by_id(&app.app.db, demo.next).await.unwrap();
    let old = venue(&mut browser, &announced.venue_name).await;
    let done = browser
        .post(&format!("{old}/gabung"), &[into, ("version", "1")])
        .await;
    assert_eq!(done.status, 303, "{}", done.text());
    let now = read(&app, &announced).await;
    assert_eq!(now.venue_name, announced.venue_name, "as it was announced");
    assert_eq!(
        now.venue_id.map(|id| id.to_string()).as_deref(),
        Some(id_of(&right))
    );
}
