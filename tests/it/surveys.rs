//! Promises of the satisfaction survey: nobody can be found in it, nothing is kept by halves, and what is frozen stays.

mod entering;
mod mending;
mod preparing;
mod printed;
mod robots;
mod running;

use rembuk::{
    organisation,
    surveys::{SurveyPeriod, SurveyPeriodId, SurveyResponse},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::support::{Answer, Browser, TestApp};

pub const UNIT: &str = "disdukcapil-kaltim";
pub const SERVICE: &str = "ktp-el-luar-domisili";
pub const ORGANISER: &str = "penyelenggara.kaltim@rembuk.example";
pub const OFFICER: &str = "petugas.kaltim@rembuk.example";
pub const HEAD: &str = "kepala.kaltim@rembuk.example";

pub async fn app() -> TestApp {
    let app = TestApp::new().await;
    rembuk::demo::standards::load(&app.ctx()).await.unwrap();
    app
}

/// A period of March 2026, made by the form; returns the address of its page.
pub async fn made(organiser: &mut Browser<'_>) -> String {
    organiser.get("/kerja/survei/baru").await;
    let fields = [
        ("title", "SKM Maret 2026"),
        ("opens_on", "2026-03-01"),
        ("closes_on", "2026-03-31"),
        ("grade_table", "14/2017"),
        ("weight_policy", "exact"),
        ("minimum_answers", "5"),
        ("least_percent", "50"),
    ];
    let answer = organiser.post("/kerja/survei/baru", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().to_owned()
}

/// Does something with the period in the version that its page shows.
pub async fn step(organiser: &mut Browser<'_>, period: &str, what: &str) -> Answer {
    let page = organiser.get(period).await;
    let version = page.attribute("input[name=version]", "value");
    let version = version.unwrap_or_default();
    let fields = [
        ("version", version.as_str()),
        ("confirm", "true"),
        // Sheets of a test come at once.
        ("counted", "true"),
    ];
    organiser.post(&format!("{period}/{what}"), &fields).await
}

/// An open period with all services.
pub async fn open(organiser: &mut Browser<'_>) -> String {
    let period = made(organiser).await;
    let answer = step(organiser, &period, "buka").await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    period
}

pub fn id_of(period: &str) -> SurveyPeriodId {
    let id = period.rsplit('/').next().unwrap();
    SurveyPeriodId::parse(id).unwrap()
}

pub async fn row(app: &TestApp, period: &str) -> SurveyPeriod {
    use rembuk::surveys::entity::setup::period::Entity;
    let found = Entity::find_by_id(id_of(period)).one(&app.app.db).await;
    found.unwrap().unwrap()
}

pub async fn answers(app: &TestApp, period: &str) -> Vec<SurveyResponse> {
    use rembuk::surveys::entity::answers::response::{Column, Entity};
    let found = Entity::find().filter(Column::PeriodId.eq(id_of(period)));
    found.all(&app.app.db).await.unwrap()
}

/// The form of the service as a citizen sees it.
pub fn form() -> String {
    format!("/survei/{UNIT}/isi/{SERVICE}")
}

/// Fills the form with these nine digits; the hidden fields come from the page.
pub async fn fill(citizen: &mut Browser<'_>, path: &str, digits: &str, comment: &str) -> Answer {
    let page = citizen.get(path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    fill_in(citizen, &page, digits, comment).await
}

/// The same with a form that was opened before.
async fn fill_in(citizen: &mut Browser<'_>, page: &Answer, digits: &str, comment: &str) -> Answer {
    let hidden = ["period", "form_key", "shown", "kode", "tautan"];
    let hidden = hidden.map(|name| {
        let value = page.attribute(&format!("input[name={name}]"), "value");
        (name, value.unwrap_or_default())
    });
    let names: Vec<String> = (1..=digits.len()).map(|at| format!("u{at}")).collect();
    let scores = names.iter().zip(digits.chars());
    let scores: Vec<(&str, String)> = scores
        .filter(|(_, digit)| *digit != '-')
        .map(|(name, digit)| (name.as_str(), digit.to_string()))
        .collect();
    let mut fields: Vec<(&str, &str)> = vec![("sex", "female"), ("comment", comment)];
    fields.extend(hidden.iter().map(|(name, value)| (*name, value.as_str())));
    fields.extend(scores.iter().map(|(name, digit)| (*name, digit.as_str())));
    citizen.post(&form(), &fields).await
}

#[tokio::test]
async fn a_citizen_answers_in_a_minute_without_account_and_nothing_kept_leads_to_them() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    let home = citizen.get("/").await;
    assert!(home.body.contains(&format!("/survei/{UNIT}")), "a door");
    let services = citizen.get(&format!("/survei/{UNIT}")).await;
    assert!(services.body.contains(&form()), "{}", services.body);
    let page = citizen.get(&form()).await;
    assert_eq!(page.texts("fieldset.ask legend").len(), 9);
    assert!(page.body.len() < 100_000, "{} bytes", page.body.len());
    let sent = fill(&mut citizen, &form(), "343434344", "Petugasnya ramah.").await;
    assert_eq!(sent.location(), format!("/survei/{UNIT}/terima-kasih"));
    assert!(citizen.follow(&sent).await.text().contains("Terima kasih"));
    let kept = answers(&app, &period).await.remove(0);
    assert_eq!(kept.scores, "343434344");
    assert_eq!(kept.answered_on.to_string(), "2026-03-17");
    assert_eq!(kept.sex.as_deref(), Some("female"));
    assert_eq!(kept.comment.as_deref(), Some("Petugasnya ramah."));
    assert_eq!(kept.id.0.get_version_num(), 4, "its id tells no order");
}

#[tokio::test]
async fn half_of_the_questions_is_enough_and_less_is_told_with_everything_kept() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    let refused = fill(&mut citizen, &form(), "4321-----", "Ruang tunggu panas").await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("jawab sekurang-kurangnya 5"));
    assert!(refused.text().contains("Ruang tunggu panas"));
    assert_eq!(
        refused
            .attribute("input[name=u2][checked]", "value")
            .as_deref(),
        Some("3")
    );
    let wrong = fill(&mut citizen, &form(), "543434344", "").await;
    assert_eq!(wrong.status, 422);
    assert!(answers(&app, &period).await.is_empty());
    let kept = fill(&mut citizen, &form(), "43211----", "").await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    assert_eq!(answers(&app, &period).await[0].scores, "43211----");
}

#[tokio::test]
async fn a_form_sent_twice_is_one_answer() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    let page = citizen.get(&form()).await;
    let key = page.attribute("input[name=form_key]", "value").unwrap();
    let id = id_of(&period).to_string();
    let mut fields = vec![("period", id.as_str()), ("form_key", key.as_str())];
    let names: Vec<String> = (1..=9).map(|at| format!("u{at}")).collect();
    fields.extend(names.iter().map(|name| (name.as_str(), "4")));
    for _ in 0..2 {
        let sent = citizen.post(&form(), &fields).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
    assert_eq!(answers(&app, &period).await.len(), 1);
    // Somebody else behind the same form hears that it was used, and is heard at the second try.
    for field in fields.iter_mut().filter(|(name, _)| name.starts_with('u')) {
        field.1 = "1";
    }
    let used = citizen.post(&form(), &fields).await;
    assert_eq!(used.status, 422);
    assert!(used.text().contains("jawaban lain"), "{}", used.text());
    let fresh = used.attribute("input[name=form_key]", "value").unwrap();
    for field in fields.iter_mut().filter(|(name, _)| *name == "form_key") {
        field.1 = &fresh;
    }
    assert_eq!(citizen.post(&form(), &fields).await.status, 303);
    assert_eq!(answers(&app, &period).await.len(), 2);
}

/// The `client_id` of a tablet: what waited without network arrives once.
#[tokio::test]
async fn what_a_tablet_sends_again_is_known_and_keeps_its_day() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let path = format!("/api/v1/surveys/{}/responses", id_of(&period));
    let scores: Vec<serde_json::Value> = (1..=9)
        .map(|at| serde_json::json!({ "element": format!("U{at}"), "score": 3 }))
        .collect();
    let body = serde_json::json!({
        "service": SERVICE, "answers": scores, "client_id": "tablet-1-0001", "kiosk": true,
        "answered_on": "2026-03-16",
    });
    let mut program = app.browser();
    let post = poem::http::Method::POST;
    let first = program.api(post.clone(), &path, Some(body.clone())).await;
    assert_eq!(
        (first.status, first.json()["repeated"].clone()),
        (201, false.into())
    );
    let again = program.api(post.clone(), &path, Some(body.clone())).await;
    assert_eq!(
        (again.status, again.json()["repeated"].clone()),
        (200, true.into())
    );
    // Another sheet under the same mark is no repetition, and none at a place that nobody knows.
    for (field, value, status) in [
        ("comment", "Kata lain", 409),
        ("sex", "female", 409),
        ("point", "tidak-ada", 422),
    ] {
        let mut other = body.clone();
        other[field] = value.into();
        let refused = program.api(post.clone(), &path, Some(other)).await;
        assert_eq!(refused.status, status, "{field}: {}", refused.body);
    }
    let kept = answers(&app, &period).await;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].answered_on.to_string(), "2026-03-16");
    assert_ne!(kept[0].client_id.as_deref(), Some("tablet-1-0001"));
    // A tablet whose clock is wrong tells no date.
    let mut late = body.clone();
    late["answered_on"] = serde_json::Value::Null;
    late["days_ago"] = 3.into();
    late["client_id"] = "tablet-1-0003".into();
    let taken = program.api(post.clone(), &path, Some(late.clone())).await;
    assert_eq!(taken.status, 201, "{}", taken.body);
    let mut days: Vec<String> = answers(&app, &period)
        .await
        .iter()
        .map(|one| one.answered_on.to_string())
        .collect();
    days.sort();
    assert_eq!(days, ["2026-03-14", "2026-03-16"]);
    late["days_ago"] = 15.into();
    late["client_id"] = "tablet-1-0004".into();
    let too_late = program.api(post.clone(), &path, Some(late)).await;
    assert_eq!(too_late.status, 422);
    let mut five = body;
    five["answers"][3]["score"] = 5.into();
    five["client_id"] = "tablet-1-0002".into();
    let refused = program.api(post, &path, Some(five)).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("answers[3].score"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn a_robot_is_slowed_and_others_are_not() {
    let app = TestApp::with(&[("REMBUK__LIMITS__SURVEY_ANSWERS_PER_MINUTE", "3")]).await;
    rembuk::demo::standards::load(&app.ctx()).await.unwrap();
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut robot = app.browser();
    for _ in 0..3 {
        let sent = fill(&mut robot, &form(), "444444444", "").await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
    let slowed = fill(&mut robot, &form(), "444444444", "Tetap ada").await;
    assert_eq!(slowed.status, 429);
    assert!(!slowed.header("retry-after").is_empty());
    assert!(
        slowed.text().contains("Tetap ada"),
        "what was typed is kept"
    );
    app.advance(chrono::Duration::seconds(61));
    let later = fill(&mut robot, &form(), "444444444", "").await;
    assert_eq!(later.status, 303);
    assert_eq!(answers(&app, &period).await.len(), 4);
}

#[tokio::test]
async fn a_link_answers_once_and_the_second_time_is_kindly_refused() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let db = &app.app.db;
    let unit = organisation::unit_by_code(db, UNIT).await.unwrap();
    let service = rembuk::standards::by_code(db, unit.id, SERVICE).await;
    let service = service.unwrap().map(|one| one.id);
    let token = rembuk::surveys::make_link(db, &app.ctx(), (unit.id, service), "contoh")
        .await
        .unwrap();
    let again = rembuk::surveys::make_link(db, &app.ctx(), (unit.id, service), "contoh").await;
    assert_eq!(again.unwrap(), token, "for one thing there is one link");
    let mut citizen = app.browser();
    let onward = citizen.get(&format!("/survei/tautan/{token}")).await;
    let mut other = app.browser();
    let opened = other.get(onward.location()).await;
    let sent = fill(&mut citizen, onward.location(), "343434344", "").await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    for path in [
        format!("/survei/tautan/{token}"),
        onward.location().to_owned(),
    ] {
        let spent = citizen.get(&path).await;
        assert!(spent.text().contains("sudah dipakai"), "{}", spent.body);
    }
    let twice = fill_in(&mut other, &opened, "111111111", "").await;
    assert_eq!(twice.status, 422);
    let kept = answers(&app, &period).await;
    assert_eq!((kept.len(), kept[0].scores.as_str()), (1, "343434344"));
}

#[tokio::test]
async fn only_those_who_manage_the_survey_change_it_and_others_see_their_own_unit() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut head = app.sign_in(HEAD).await;
    assert_eq!(head.get(&period).await.status, 200);
    assert_eq!(step(&mut head, &period, "tutup").await.status, 403);
    let mut elsewhere = app.sign_in("kepala.sulsel@rembuk.example").await;
    assert_eq!(elsewhere.get(&period).await.status, 404);
}
