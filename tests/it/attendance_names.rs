//! Promises of the list: persons stand in it and not offices, the forum's own people are no guests, a guest stays one,
//! and what a tired volunteer mixes up or forgets is mended.

use poem::http::Method;
use rembuk::{
    access, attendance, audit,
    forums::{self, Forum, Programme, TeamIn},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use crate::{
    attendance::{HANDLER, ORGANISER, api, door, forum, guest, program, walk_in},
    attendance_door::{by_module, invited},
    attendance_papers::{drawn, hand_in},
    support::{Browser, TestApp},
};

const OFFICE: &str = "Kepala Instansi Contoh";

async fn present(app: &TestApp, forum: &Forum) -> Vec<attendance::Attendee> {
    attendance::present(&app.app.db, forum).await.unwrap()
}

async fn only(app: &TestApp, forum: &Forum) -> attendance::Attendee {
    present(app, forum).await.remove(0)
}

async fn guests(app: &TestApp, forum: &Forum) -> usize {
    let summary = attendance::summary(&app.app.db, forum).await.unwrap();
    summary.walk_ins
}

/// The code of the first who waits.
async fn waiting_code(browser: &mut Browser<'_>, forum: &Forum) -> String {
    browser.get(&door(forum, "")).await;
    browser.post(&door(forum, "/siapkan"), &[]).await;
    let page = browser.get(&door(forum, "")).await;
    page.attribute("li[data-code]", "data-code").unwrap()
}

/// Somebody invited as an office is in, and nobody said who it is.
async fn office_in<'a>(app: &'a TestApp, forum: &Forum) -> (Browser<'a>, String) {
    invited(app, forum, OFFICE).await;
    let mut browser = app.sign_in(ORGANISER).await;
    let code = waiting_code(&mut browser, forum).await;
    let came = browser
        .post(&door(forum, "/kode"), &[("code", &code)])
        .await;
    assert_eq!(came.status, 303, "{}", came.text());
    let page = came.location().to_owned();
    (browser, page)
}

#[tokio::test]
async fn whoever_comes_with_a_code_for_an_office_is_asked_who_they_are() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let (mut browser, ask) = office_in(&app, &forum).await;
    let page = browser.get(&ask).await;
    assert!(page.text().contains("Siapa yang datang?") && page.text().contains(OFFICE));
    let list = browser.get(&door(&forum, "")).await.text();
    assert!(list.contains("nama belum diisi"), "skipped, it reminds");
    let nobody = browser.post(&ask, &[("version", "2"), ("name", " ")]).await;
    assert_eq!(nobody.status, 422);
    assert!(nobody.texts(".summary").join(" ").contains("Tulis nama"));
    let fields = [
        ("version", "2"),
        ("name", "Karina Contoh"),
        ("position", "Sekretaris"),
        ("phone", "0800-0000-0071"),
    ];
    // Sent twice it is written once.
    for _ in 0..2 {
        let saved = browser.post(&ask, &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
    }
    let row = only(&app, &forum).await;
    assert_eq!((row.name.as_str(), row.version), ("Karina Contoh", 3));
    assert_eq!(row.role, "Sekretaris");
    assert_eq!(row.organisation, "Instansi Contoh", "not asked, not lost");
    let list = browser.get(&door(&forum, "")).await.text();
    assert!(list.contains("Karina Contoh") && !list.contains("nama belum diisi"));
    let page = browser.get(&ask).await;
    assert!(page.texts(".timeline").join(" ").contains("Data diubah"));
    assert!(page.text().contains("0800-••••-••71"), "masked");
    let history = audit::history(&app.app.db, "attendance", row.id.0).await;
    let last = history.unwrap().pop().unwrap();
    assert_eq!(last.data["fields"], json!(["name", "position", "phone"]));
    assert!(!last.data.to_string().contains("Karina"), "no identities");
}

#[tokio::test]
async fn the_tablet_is_told_where_to_say_who_came_and_the_list_may_leave_it_for_later() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    invited(&app, &forum, OFFICE).await;
    let mut browser = app.sign_in(ORGANISER).await;
    let code = waiting_code(&mut browser, &forum).await;
    let told = by_module(&mut browser, &forum, "/kode", &[("code", &code)]).await;
    assert_eq!(told["entered"], code);
    let ask = told["ask_action"].as_str().unwrap().to_owned();
    let version = told["version"].to_string();
    let fields = [("version", version.as_str()), ("name", "Karina Contoh")];
    let accept = ("accept".to_owned(), "application/json".to_owned());
    browser.headers.push(accept);
    let saved = browser.post(&ask, &fields).await.json();
    browser.headers.pop();
    assert_eq!(saved["outcome"], "in", "{saved}");
    assert_eq!(only(&app, &forum).await.name, "Karina Contoh");

    let other = crate::attendance::forum(&app, "FKP-B").await;
    let recipient = invited(&app, &other, OFFICE).await.id.to_string();
    let mut later = vec![("recipient", recipient.as_str()), ("ask_name", "true")];
    browser.get(&door(&other, "")).await;
    let asked = browser.post(&door(&other, "/masuk"), &later).await;
    assert_eq!(asked.status, 422, "a name, or the button for later");
    later.push(("later", "true"));
    let came = browser.post(&door(&other, "/masuk"), &later).await;
    let back = format!("{}?masuk=", door(&other, ""));
    assert!(came.location().starts_with(&back), "{}", came.location());
    let page = browser.follow(&came).await;
    let sign = page.attribute("#baru-masuk a", "href").unwrap();
    assert!(sign.ends_with("/tanda-tangan"), "who is in signs at once");
    let calm = browser.get(&door(&other, "?q=siapa")).await;
    assert!(
        calm.texts("#baru-masuk").is_empty(),
        "gone with the next search"
    );
    assert!(page.text().contains("nama belum diisi"));
    assert!(page.text().contains("Isi nama"));
}

#[tokio::test]
async fn a_name_is_put_right_once_by_each_and_never_after_the_list_was_closed() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(
        &mut browser,
        &forum,
        "Tamu Conto",
        "users",
        "0800-0000-0071",
    )
    .await;
    let row = only(&app, &forum).await;
    let page = door(&forum, &format!("/{}/orang", row.id));
    let version = row.version.to_string();
    browser.get(&page).await;
    let first = [("version", version.as_str()), ("name", "Tamu Contoh")];
    assert_eq!(browser.post(&page, &first).await.status, 303);
    let second = [("version", version.as_str()), ("name", "Tamu Lain")];
    let told = browser.post(&page, &second).await;
    assert_eq!(told.status, 409);
    let said = told.texts(".summary").join(" ");
    assert!(said.contains("diubah orang lain") && said.contains("Tamu Contoh"));
    let kept = told.attribute("#f-name", "value").unwrap();
    assert_eq!(kept, "Tamu Lain", "what was typed is not lost");
    let now = told.attribute("input[name=version]", "value").unwrap();
    let again = [
        ("version", now.as_str()),
        ("name", "Tamu Lain"),
        ("phone_removed", "true"),
    ];
    assert_eq!(browser.post(&page, &again).await.status, 303);
    let row = only(&app, &forum).await;
    assert_eq!((row.name.as_str(), row.phone), ("Tamu Lain", None));
    assert_eq!(row.role, "Anggota", "what was not sent stays");

    let ctx = app.ctx();
    let sheets = attendance::prepare_sheets(&ctx, &forum, None)
        .await
        .unwrap();
    let tx = app.app.db.begin_write().await.unwrap();
    let with = (sheets, attendance::ClosedWith::Minutes);
    attendance::close(&tx, &ctx, &forum, with).await.unwrap();
    tx.commit().await.unwrap();
    let late = [("version", "4"), ("name", "Terlambat")];
    let refused = browser.post(&page, &late).await;
    assert!(
        refused.text().contains("sudah ditutup ketika notulen"),
        "{}",
        refused.text()
    );
    assert_eq!(only(&app, &forum).await.name, "Tamu Lain");
    let shown = browser.get(&page).await;
    assert!(shown.attribute("#f-name", "value").is_none(), "no form");
}

#[tokio::test]
async fn the_team_is_one_click_on_the_list_and_no_guest() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let member = |name: &str, role: &str| TeamIn {
        name: name.to_owned(),
        role: role.to_owned(),
        person: None,
    };
    let programme = Programme {
        team: vec![
            member("Ketua Contoh", "Ketua Tim"),
            member("Notulis Contoh", "Notulis"),
            member("Ketua  contoh", "Moderator"),
        ],
        ..Programme::default()
    };
    let tx = app.app.db.begin_write().await.unwrap();
    forums::write_programme(&tx, &forum, programme)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(&mut browser, &forum, "Notulis Contoh", "organiser", "").await;
    let page = browser.get(&door(&forum, "")).await;
    assert!(page.text().contains("1 anggota panitia"), "{}", page.text());
    for _ in 0..2 {
        let listed = browser.post(&door(&forum, "/panitia"), &[]).await;
        assert_eq!(listed.status, 303, "{}", listed.text());
    }
    let page = browser.get(&door(&forum, "")).await;
    assert!(!page.text().contains("Masukkan panitia"));
    assert_eq!(page.texts("#daftar-tunggu > li").len(), 1);
    assert!(page.text().contains("Ketua Tim"));
    let row = page
        .attribute("#daftar-tunggu [name=row]", "value")
        .unwrap();
    browser
        .post(&door(&forum, "/masuk"), &[("row", &row)])
        .await;
    assert_eq!(present(&app, &forum).await.len(), 2);
    assert_eq!(guests(&app, &forum).await, 0);
    let page = browser.get(&door(&forum, "")).await;
    assert!(page.text().contains("2 hadir · 0 diundang · 0 tamu"));
}

#[tokio::test]
async fn a_member_of_the_team_keeps_the_door_and_takes_notes_and_nothing_more() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut handler = app.sign_in(HANDLER).await;
    let come = walk_in(&mut handler, &forum, "Tamu Contoh", "users", "").await;
    assert_eq!(come.status, 403);

    let programme = format!("/kerja/forum/{}/acara", forum.id);
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&programme).await;
    let options = page.texts("#f-team_person_0 option");
    assert!(
        !options.iter().any(|name| name.contains("Pengawas")),
        "supervisors only look: {options:?}"
    );
    let account = access::person_by_email(&app.app.db, HANDLER).await.unwrap();
    let account = account.unwrap().to_string();
    let version = page.attribute("[name=version]", "value").unwrap();
    let team = |person: &str| {
        let fields = [
            ("version", version.as_str()),
            ("team_name", "Penjaga Pintu"),
            ("team_role", "Registrasi"),
            ("team_person", person),
        ];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let stranger = access::person_by_email(&app.app.db, "petugas.sulsel@rembuk.example").await;
    let strange = team(&stranger.unwrap().unwrap().to_string());
    let strange: Vec<(&str, &str)> = strange.iter().map(|(a, b)| (&**a, &**b)).collect();
    let refused = organiser.post(&programme, &strange).await;
    assert_eq!(refused.status, 422, "an account of another unit");
    let own = team(&account);
    // The name of an account need not be typed again.
    let typed = |(field, value): &(String, String)| match field.as_str() {
        "team_name" => (field.clone(), String::new()),
        _ => (field.clone(), value.clone()),
    };
    let own: Vec<(String, String)> = own.iter().map(typed).collect();
    let own: Vec<(&str, &str)> = own.iter().map(|(a, b)| (&**a, &**b)).collect();
    let saved = organiser.post(&programme, &own).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let members = forums::team(&app.app.db, &forum).await.unwrap();
    let page = organiser.get(&programme).await;
    let chosen = page.texts("#f-team_person_0 option[selected]");
    assert_eq!(chosen, [members[0].name.as_str()]);

    let mut elsewhere = app.sign_in("petugas.sulsel@rembuk.example").await;
    let strange = elsewhere.get(&door(&forum, "")).await;
    assert_eq!(strange.status, 404, "another unit knows of no such forum");
    let strange = walk_in(&mut elsewhere, &forum, "Tamu Lain", "users", "").await;
    assert_eq!(strange.status, 404);
    let page = handler.get(&door(&forum, "")).await;
    assert!(page.attribute("[name=code]", "id").is_some());
    let came = walk_in(&mut handler, &forum, "Tamu Contoh", "users", "").await;
    assert_eq!(came.status, 303, "{}", came.text());
    assert_eq!(present(&app, &forum).await.len(), 1);
    let said = handler
        .post(
            &format!("/kerja/forum/{}/masukan", forum.id),
            &[
                ("text", "Loket sering penuh."),
                ("raised_by_group", "users"),
            ],
        )
        .await;
    assert_eq!(said.status, 303, "{}", said.text());
    for elsewhere in ["undangan/terbitkan", "undangan/kirim", "berita-acara/mulai"] {
        let answer = handler
            .post(&format!("/kerja/forum/{}/{elsewhere}", forum.id), &[])
            .await;
        assert!(
            [403, 404].contains(&answer.status),
            "{elsewhere}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn a_guest_stays_a_guest_whichever_way_they_come_in() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = app.sign_in(ORGANISER).await;
    walk_in(&mut browser, &forum, "Tamu Contoh", "users", "").await;
    let row = only(&app, &forum).await;
    let (id, version) = (row.id.to_string(), row.version.to_string());
    let fields = [("row", id.as_str()), ("version", version.as_str())];
    browser.post(&door(&forum, "/batal"), &fields).await;
    assert_eq!(guests(&app, &forum).await, 0);
    let code = row.check_in_code.as_str();
    let again = browser
        .post(&door(&forum, "/kode"), &[("code", code)])
        .await;
    let back = format!("{}?masuk=", door(&forum, ""));
    assert!(again.location().starts_with(&back), "a guest has a name");
    assert_eq!(guests(&app, &forum).await, 1);
    let sheet = hand_in(&app, &forum, &drawn(78)).await;
    browser.get(sheet.location()).await;
    let written = [("name", "Tamu Kertas"), ("group", "media")];
    browser
        .post(&format!("{}/tamu", sheet.location()), &written)
        .await;
    assert_eq!(guests(&app, &forum).await, 2);
}

#[tokio::test]
async fn ticks_of_a_sheet_are_kept_when_a_guest_is_added() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    invited(&app, &forum, OFFICE).await;
    let sheet = hand_in(&app, &forum, &drawn(78)).await;
    let mut browser = app.sign_in(ORGANISER).await;
    let page = browser.get(sheet.location()).await;
    let value = page.attribute("input[name=ticked]", "value").unwrap();
    let who = format!("who:{value}");
    let guest = format!("{}/tamu", sheet.location());
    let without_group = [
        ("ticked", value.as_str()),
        (who.as_str(), "Karina Contoh"),
        ("name", "Tamu Kertas"),
    ];
    for path in [guest.as_str(), sheet.location()] {
        let refused = browser.post(path, &without_group).await;
        assert_eq!(refused.status, 422);
        let ticked = refused.attribute("input[name=ticked]", "checked");
        assert!(ticked.is_some(), "still ticked");
        let named = refused.attribute("input.tick-who", "value").unwrap();
        assert_eq!(named, "Karina Contoh");
        assert!(present(&app, &forum).await.is_empty(), "all or nobody");
    }
    let mut whole = without_group.to_vec();
    whole.push(("group", "users"));
    let done = browser.post(&guest, &whole).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let mut names: Vec<_> = present(&app, &forum).await;
    names.sort_by(|one, other| one.name.cmp(&other.name));
    let names: Vec<_> = names.into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["Karina Contoh", "Tamu Kertas"]);
}

/// Gives a row a code of earlier days, when look-alikes were given out.
async fn old_code(app: &TestApp, row: attendance::AttendanceId, code: &str) {
    use attendance::entity::attendance::{ActiveModel, Column, Entity};
    let change = ActiveModel {
        check_in_code: Set(code.to_owned()),
        ..Default::default()
    };
    Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(row))
        .exec(&app.app.db)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_code_with_look_alikes_is_understood_unless_two_may_be_meant() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut program = program(&app, ORGANISER).await;
    let mut browser = app.sign_in(ORGANISER).await;
    for name in ["Tamu Satu", "Tamu Dua", "Tamu Tiga"] {
        api(&mut program, &forum, guest(name)).await;
    }
    browser.get(&door(&forum, "")).await;
    let rows = present(&app, &forum).await;
    for (row, code) in rows.iter().zip(["A5B8CZ", "A5G3CC", "AS63CC"]) {
        old_code(&app, row.id, code).await;
        let (id, version) = (row.id.to_string(), row.version.to_string());
        let fields = [("row", id.as_str()), ("version", version.as_str())];
        browser.post(&door(&forum, "/batal"), &fields).await;
    }
    let mut typed = async |code: &str| {
        let answer = api(&mut program, &forum, json!({ "code": code })).await;
        let name = answer.json()["name"].as_str().map(str::to_owned);
        name.unwrap_or_else(|| answer.json()["code"].as_str().unwrap().to_owned())
    };
    assert_eq!(typed("as8b-c2").await, "Tamu Satu");
    assert_eq!(typed("A563CC").await, "attendance.unknown_code");
    assert_eq!(typed("A5G3CC").await, "Tamu Dua", "the very code");
    let found = api(&mut program, &forum, guest("Tamu Baru")).await.json();
    let made = found["code"].as_str().unwrap();
    assert!(!made.contains(['5', '8', '6', 'Z']), "{made}");
}

#[tokio::test]
async fn a_mark_that_is_no_uuid_is_told_what_is_wanted() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut program = program(&app, ORGANISER).await;
    let mut body = guest("Tamu Contoh");
    body["client_id"] = json!("tablet-1");
    let answer = api(&mut program, &forum, body).await;
    assert_eq!(answer.status, 422);
    let fault = answer.json()["errors"][0].to_string();
    assert!(
        fault.contains("client_id") && fault.contains("UUID"),
        "{fault}"
    );
}

#[tokio::test]
async fn whoever_may_only_look_is_told_so_before_anything_else_and_whom_to_ask() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let sheet = hand_in(&app, &forum, &drawn(78)).await;
    let mut handler = app.sign_in(HANDLER).await;
    let page = handler.get(&door(&forum, "")).await;
    let told = page.texts(".notice").join(" ");
    assert!(told.contains("Anda hanya dapat melihat"), "{told}");
    assert!(told.contains("penyelenggara forum: "), "{told}");
    let row = format!("/{}/orang", uuid::Uuid::nil());
    let nothing: Vec<String> = ["/masuk", "/kode", "/tamu", "/batal", "/panitia", "/lembar"]
        .map(|step| door(&forum, step))
        .into_iter()
        .chain([sheet.location().to_owned()])
        .chain([format!("{}/tamu", sheet.location()), door(&forum, &row)])
        .collect();
    for path in nothing {
        assert_eq!(handler.post(&path, &[]).await.status, 403, "{path}");
    }
    let mut program = program(&app, HANDLER).await;
    let path = format!("/api/v1/forums/{}/check-ins", forum.id);
    let refused = program.api(Method::POST, &path, Some(guest("Tamu"))).await;
    assert_eq!(refused.status, 403);
    let mut organiser = app.sign_in(ORGANISER).await;
    let page = organiser.get(&door(&forum, "")).await;
    assert!(!page.text().contains("hanya dapat melihat"));
}

#[tokio::test]
async fn a_record_that_took_the_office_still_asks_for_the_person_when_the_list_knows_it() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let (mut browser, ask) = office_in(&app, &forum).await;
    let record = format!("/kerja/forum/{}/berita-acara", forum.id);
    browser.post(&format!("{record}/mulai"), &[]).await;
    let proposed = browser
        .post(&format!("{record}/penanda-tangan/usulkan"), &[])
        .await;
    assert_eq!(proposed.status, 303, "{}", proposed.text());
    let missing = browser.get(&record).await.texts(".ticks.todo").join(" ");
    assert!(missing.contains(OFFICE), "{missing}");
    let named = [("version", "2"), ("name", "Karina Contoh")];
    assert_eq!(browser.post(&ask, &named).await.status, 303);
    let missing = browser.get(&record).await.texts(".ticks.todo").join(" ");
    assert!(missing.contains(OFFICE), "the record has the office yet");
}
