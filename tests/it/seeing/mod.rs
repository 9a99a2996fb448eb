//! Promises of seeing: each number of the head's page is what its link shows, what is not there is said in words, and
//! the supervisor sees units side by side without changing anything or meeting anybody's name.

mod units;

use chrono::Duration;
use poem::http::Method;
use rembuk::complaints::finding::{self, Faults};
use scraper::{Html, Selector};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::{
    action_plans::{FACILITATION, FORM, HEAD, ORGANISER, at, finished, made, step},
    complaints::{HANDLER, OFFICER, SUPERVISOR, UNIT, filed, program},
    knowing::recap::world,
    support::{Answer, Browser, PASSWORD, TestApp},
    surveys_result::{SMALL, kept},
};

const LEAD: &str = "/kerja/ringkasan";
const UNITS: &str = "/kerja/perbandingan";
const OTHER: &str = "disdukcapil-sulsel";
const OTHER_HEAD: &str = "kepala.sulsel@rembuk.example";

async fn demo() -> TestApp {
    let app = TestApp::bare().await;
    let hash = rembuk::access::hash_password(PASSWORD.to_owned())
        .await
        .unwrap();
    rembuk::demo::load(&app.ctx(), &hash).await.unwrap();
    app.run_jobs().await;
    app
}

async fn overview(app: &TestApp, email: &str) -> Value {
    let path = format!("/api/v1/units/{UNIT}/overview");
    let answer = program(app, email).await.get(&path).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

/// (address, last word) of the links that a selector finds.
fn links(page: &Answer, selector: &str) -> Vec<(String, String)> {
    let html = Html::parse_document(&page.body);
    let selector = Selector::parse(selector).unwrap();
    html.select(&selector)
        .map(|link| {
            let text: String = link.text().collect();
            let last = text.split_whitespace().last().unwrap_or_default();
            let href = link.value().attr("href").unwrap_or_default();
            (href.to_owned(), last.to_owned())
        })
        .collect()
}

fn rows(page: &Answer) -> usize {
    page.texts("main table.t tbody tr").len()
}

#[tokio::test]
async fn the_share_in_time_is_that_of_the_recapitulation() {
    let app = TestApp::new().await;
    world(&app).await;
    for folded in [false, true] {
        if folded {
            finding::fold(&app.app.db).await.unwrap();
        }
        let told = overview(&app, HEAD).await;
        let mut officer = program(&app, OFFICER).await;
        for share in [
            &told["standing"]["answered_in_time"],
            &told["answered_in_time_quarter"],
        ] {
            let path = format!(
                "/api/v1/reports/complaints?from={}&to={}",
                share["from"].as_str().unwrap(),
                share["to"].as_str().unwrap()
            );
            let report = officer.get(&path).await.json();
            let total = &report["total"];
            assert!(total["answered"].as_i64().unwrap() > 1, "{total}");
            assert_eq!(share["answered"], total["answered"], "{share}");
            assert_eq!(share["in_time"], total["answered_in_time"]);
            assert_eq!(share["on_time_percent"], total["on_time_percent"]);
        }
        let sum = &told["standing"]["answered_in_time"];
        let page = app.sign_in(HEAD).await.get(LEAD).await;
        let words = format!("{} dari {}", sum["in_time"], sum["answered"]);
        assert!(page.text().contains(&words), "{words}: {}", page.text());
        assert_eq!(
            finding::check(&app.app.db).await.unwrap(),
            Faults::default()
        );
    }
}

#[tokio::test]
async fn kept_answers_that_drifted_are_noticed_and_put_right() {
    let app = TestApp::new().await;
    world(&app).await;
    let db = &app.app.db;
    finding::fold(db).await.unwrap();
    db.execute_unprepared(
        "UPDATE complaint_answers SET answered = answered + 5 WHERE month = '2026-02'",
    )
    .await
    .unwrap();
    let faults = finding::check(db).await.unwrap();
    assert!(faults.numbers > 0, "{faults:?}");
    assert_eq!(finding::repair(db).await.unwrap().numbers, faults.numbers);
    assert_eq!(finding::check(db).await.unwrap(), Faults::default());
}

#[tokio::test]
async fn late_and_soon_late_are_what_the_inbox_holds() {
    let app = TestApp::new().await;
    filed(&app, false, false).await;
    let mut met = [false; 3];
    for day in 0..12 {
        let told = overview(&app, HEAD).await;
        let mut head = program(&app, HEAD).await;
        for (at, (view, count)) in [
            ("late", &told["standing"]["complaints_late"]),
            ("soon", &told["complaints_late_soon"]),
            ("day_after", &told["complaints_late_day_after"]),
        ]
        .into_iter()
        .enumerate()
        {
            let path = format!("/api/v1/complaints?view={view}");
            let listed = head.get(&path).await.json();
            let listed = listed["items"].as_array().unwrap().len();
            assert_eq!(count, listed, "{view} on day {day}: {told}");
            met[at] |= listed == 1;
        }
        app.advance(Duration::days(1));
    }
    assert_eq!(met, [true; 3], "each list held it once");
    let page = app.sign_in(HEAD).await.get(LEAD).await;
    assert!(page.text().contains("Belum ada yang ditugasi"), "its owner");
}

/// Every number of the page that is a link, against the page behind it.
async fn every_number_holds(browser: &mut Browser<'_>, who: &str) -> usize {
    let page = browser.get(LEAD).await;
    assert_eq!(page.status, 200, "{who}: {}", page.text());
    let mut numbers = links(&page, "section[aria-labelledby=s-actions] td.num a");
    numbers.extend(links(&page, "section[aria-labelledby=s-people] td.num a"));
    let mut found = numbers.len();
    for (href, number) in numbers {
        let list = browser.get(&href).await;
        assert_eq!(rows(&list).to_string(), number, "{who}: {href}");
    }
    for (href, number) in links(&page, "section[aria-labelledby=s-loose] td.num a") {
        found += 1;
        let (path, kind) = href.split_once('#').unwrap();
        let list = browser.get(path).await;
        let said = list.texts(&format!("#{kind} h2 .chip")).join("");
        assert_eq!(said, number, "{who}: {href}");
    }
    let heads = page.texts("dl.kpi dd");
    for ((href, _), number) in links(&page, "dl.kpi dt a").iter().zip(heads) {
        if href == "#menunggu" {
            let papers = page.texts("section[aria-labelledby=menunggu] li").len();
            assert_eq!(papers.to_string(), number, "{who}: papers");
            continue;
        }
        found += 1;
        let list = browser.get(href).await;
        assert_eq!(list.status, 200, "{who}: {href}");
        assert_eq!(rows(&list).to_string(), number, "{who}: {href}");
    }
    found
}

#[tokio::test]
async fn every_number_of_the_page_is_what_its_link_shows() {
    let app = demo().await;
    for who in [
        HEAD,
        OTHER_HEAD,
        OFFICER,
        ORGANISER,
        FACILITATION,
        SUPERVISOR,
    ] {
        let mut browser = app.sign_in(who).await;
        let found = every_number_holds(&mut browser, who).await;
        assert!(found > 0, "{who}");
    }
    app.forget_jobs().await;
}

#[tokio::test]
async fn the_demo_tells_a_head_something_true_in_each_block() {
    let app = demo().await;
    let mut head = app.sign_in(HEAD).await;
    let home = head.get("/kerja").await;
    assert!(
        home.attribute(&format!("main a[href='{LEAD}']"), "href")
            .is_some()
    );
    let page = head.get(LEAD).await;
    let text = page.text();
    for told in [
        "Unsur terlemah",
        "SKM 2025",
        "Tahun ini",
        "Triwulan ini",
        "Seluruh unit",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert_eq!(page.texts("section[aria-labelledby=s-index] li").len(), 3);
    assert_eq!(
        page.texts("section[aria-labelledby=s-loose] tbody tr")
            .len(),
        8
    );
    let english = head.get("/bahasa/en?back=/kerja/ringkasan").await;
    assert_eq!(english.status, 303);
    assert!(head.get(LEAD).await.text().contains("Weakest elements"));
    app.forget_jobs().await;
}

#[tokio::test]
async fn what_is_not_there_is_said_in_words() {
    let app = TestApp::new().await;
    let page = app.sign_in(OTHER_HEAD).await.get(LEAD).await;
    assert_eq!(page.status, 200, "{}", page.text());
    for told in [
        "Belum ada survei yang dibekukan.",
        "Belum ada yang dijawab",
        "Tidak ada yang terlambat.",
        "Tidak ada dokumen yang menunggu tanda tangan.",
        "Belum ada rencana aksi.",
        "Semua berujung: tidak ada yang menggantung.",
    ] {
        assert!(page.text().contains(told), "{told}: {}", page.text());
    }
}

#[tokio::test]
async fn a_weak_element_without_an_issue_offers_one_and_then_names_it() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let mut head = app.sign_in(HEAD).await;
    let page = head.get(LEAD).await;
    let offered = "a[href*='sumber=survey_element']";
    let before = links(&page, offered);
    assert_eq!(before.len(), 2, "the highest is none: {}", page.text());
    let form = head.get(&before[0].0).await;
    assert_eq!(form.status, 200, "{}", form.text());
    let hidden = |name: &str| {
        form.attribute(&format!("input[name={name}]"), "value")
            .unwrap()
    };
    let (unit, source) = (hidden("unit"), hidden("source"));
    assert!(source.contains('@'), "an element of a period: {source}");
    let fields = [
        ("unit", unit.as_str()),
        ("source", &source),
        ("title", "Unsur terlemah diperbaiki"),
    ];
    let answer = head.post("/kerja/isu/baru", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = head.get(LEAD).await;
    assert_eq!(links(&page, offered).len(), 1);
    let index = page.texts("section[aria-labelledby=s-index]").join(" ");
    assert!(index.contains("ISU-2026-01"), "{index}");
    // A handler reads the index and makes no issue of it.
    let page = app.sign_in(HANDLER).await.get(LEAD).await;
    assert_eq!(links(&page, offered).len(), 0);
    assert!(page.text().contains("bidang Anda"), "{}", page.text());
    // What one cannot see is not said to be missing.
    let none = "Belum ada masalah atau rencana aksi tentang unsur ini.";
    assert!(!page.text().contains(none), "{}", page.text());
}

#[tokio::test]
async fn actions_stand_by_division_late_ones_first_and_stalled_ones_are_named() {
    let app = TestApp::new().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get("/kerja/rencana-aksi/baru").await;
    let mut far = FORM.to_vec();
    far.retain(|(name, _)| !matches!(*name, "due_on" | "division"));
    far.extend([("due_on", "2026-12-31"), ("division", "piak")]);
    let answer = organiser.post("/kerja/rencana-aksi/baru", &far).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let waits = finished(&app).await;
    let late = made(&app).await;
    app.advance(Duration::days(29));
    assert_eq!(overview(&app, HEAD).await["actions_stalled"], 0);
    app.advance(Duration::days(1));
    let told = overview(&app, HEAD).await;
    assert_eq!(told["actions_late"], 1, "{told}");
    assert_eq!(told["actions_stalled"], 1);
    let mut head = app.sign_in(HEAD).await;
    let page = head.get(LEAD).await;
    let table = page.texts("section[aria-labelledby=s-actions] td.main");
    assert!(table[0].contains("Fasilitasi"), "{table:?}");
    assert!(every_number_holds(&mut head, HEAD).await > 5);
    let list = head.get("/kerja/rencana-aksi?keadaan=late").await;
    assert!(list.body.contains(&late) && !list.body.contains(&waits));
    // What belongs to nobody's division can be asked for, and a plan by its year.
    assert_eq!(rows(&head.get("/kerja/rencana-aksi?bidang=none").await), 0);
    assert_eq!(rows(&head.get("/kerja/rencana-aksi?tahun=2026").await), 3);
    assert_eq!(rows(&head.get("/kerja/rencana-aksi?tahun=2025").await), 0);
    // The division of another is not among them.
    let own = overview(&app, FACILITATION).await;
    let counts = own["actions"].as_array().unwrap();
    let sum: i64 = counts
        .iter()
        .map(|one| one["count"].as_i64().unwrap())
        .sum();
    assert_eq!(sum, 2, "{own}");
    assert_eq!(own["standing"]["gaps"], Value::Null);
}

#[tokio::test]
async fn actions_stand_by_who_answers_for_them_by_name_too() {
    let app = TestApp::new().await;
    let unnamed = made(&app).await;
    let mut head = app.sign_in(HEAD).await;
    // Where nobody is named, the table by division says it all.
    let people = "section[aria-labelledby=s-people] td.main";
    assert!(head.get(LEAD).await.texts(people).is_empty());
    let db = &app.app.db;
    let unit = rembuk::organisation::unit_by_code(db, UNIT).await.unwrap();
    let officials = rembuk::organisation::officials(db, unit.id).await.unwrap();
    let owner = officials[0].id.to_string();
    let mut named = FORM.to_vec();
    named.retain(|(name, _)| *name != "owner");
    named.push(("owner", &owner));
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get("/kerja/rencana-aksi/baru").await;
    let answer = organiser.post("/kerja/rencana-aksi/baru", &named).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let table = head.get(LEAD).await.texts(people).join(" ");
    for words in [&*officials[0].name, &officials[0].office, "Kepala bidang"] {
        assert!(table.contains(words), "{words}: {table}");
    }
    assert!(every_number_holds(&mut head, HEAD).await > 2);
    for (filter, count, has) in [
        (format!("pemilik={owner}"), 1, false),
        ("pemilik=none".to_owned(), 1, true),
    ] {
        let list = head.get(&format!("/kerja/rencana-aksi?{filter}")).await;
        assert_eq!(rows(&list), count, "{filter}");
        assert_eq!(list.body.contains(&unnamed), has, "{filter}");
    }
    // What there is not is no filter that finds everything.
    for filter in [
        "pemilik=siapa",
        "pemilik=018f0000-0000-7000-8000-000000000000",
        "keadaan=zzz",
        "tahun=abc",
        "tahun=1",
        "bidang=zzz",
    ] {
        let list = head.get(&format!("/kerja/rencana-aksi?{filter}")).await;
        assert_eq!(list.status, 404, "{filter}");
    }
    for astray in [
        "/kerja/isu?keadaan=zzz",
        "/kerja/ringkasan?tahun=abc",
        "/kerja/ringkasan?tahun=2019",
    ] {
        assert_eq!(head.get(astray).await.status, 404, "{astray}");
    }
    assert_eq!(head.get("/kerja/ringkasan?tahun=2026").await.status, 200);
}

#[tokio::test]
async fn a_year_that_nobody_means_is_refused_with_its_field() {
    let app = TestApp::new().await;
    let mut head = program(&app, HEAD).await;
    let mut supervisor = program(&app, SUPERVISOR).await;
    for year in ["-5", "0", "1999", "2201", "2147483647"] {
        for path in [
            format!("/api/v1/loop/gaps?year={year}"),
            format!("/api/v1/units/{UNIT}/overview?year={year}"),
            format!("/api/v1/issues?year={year}"),
            format!("/api/v1/action-items?year={year}"),
        ] {
            let answer = head.get(&path).await;
            assert_eq!(answer.status, 422, "{path}: {}", answer.body);
            assert_eq!(answer.json()["errors"][0]["field"], "year", "{path}");
        }
        let path = format!("/api/v1/overview/units?year={year}");
        assert_eq!(supervisor.get(&path).await.status, 422, "{path}");
    }
}

#[tokio::test]
async fn who_may_not_do_it_hears_that_before_anything_about_the_form() {
    let app = TestApp::new().await;
    let action = made(&app).await;
    let mut head = program(&app, HEAD).await;
    let body = json!({ "unit": UNIT, "title": "Waktu pelayanan" });
    let issue = head.api(Method::POST, "/api/v1/issues", Some(body)).await;
    let issue = issue.json()["id"].as_str().unwrap().to_owned();
    let mut supervisor = app.sign_in(SUPERVISOR).await;
    supervisor.get("/kerja").await;
    for name in [
        "ubah", "suara", "buka", "agenda", "tolak", "selesai", "tautkan",
    ] {
        let path = format!("/kerja/isu/{issue}/{name}");
        let answer = supervisor.post(&path, &[("reason", "")]).await;
        assert_eq!(answer.status, 403, "{path}");
    }
    for name in [
        "kemajuan",
        "selesai",
        "sahkan",
        "kembalikan",
        "batalkan",
        "tautan",
        "tonggak",
        "perpanjang",
    ] {
        let path = at(&action, &format!("/{name}"));
        let answer = supervisor.post(&path, &[("note", "")]).await;
        assert_eq!(answer.status, 403, "{path}");
    }
    // Of another unit neither exists.
    let mut stranger = app.sign_in(OTHER_HEAD).await;
    stranger.get("/kerja").await;
    let path = format!("/kerja/isu/{issue}/tolak");
    assert_eq!(stranger.post(&path, &[]).await.status, 404);
    assert_eq!(
        stranger.post(&at(&action, "/sahkan"), &[]).await.status,
        404
    );
    // Who may is told what is missing.
    let mut head = app.sign_in(HEAD).await;
    head.get("/kerja").await;
    let answer = head.post(&format!("/kerja/isu/{issue}/tolak"), &[]).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert_eq!(step(&mut head, &action, "/batalkan", &[]).await.status, 422);
}
