//! The recapitulation, with figures reckoned by hand.

use poem::http::Method;
use serde_json::json;

use super::*;
use crate::{
    attendance::pdf_text,
    complaints::{HEAD, answered as answer, fields, filed, program, send_form},
};

const SPAN: &str = "from=2026-02-01&to=2026-03-31";

async fn answered(app: &TestApp, subject: &str, received: &str, answer: &str) -> Story {
    let mut story = plain(app, subject, received).await;
    story.status = Status::Answered;
    story.answer = Some(("Sudah diperbaiki.".to_owned(), at(answer)));
    story
}

/// Seven complaints of February and March, and one before.
pub async fn world(app: &TestApp) {
    let mut a = answered(app, "a", "2026-02-02T02:00:00Z", "2026-02-03T02:00:00Z").await;
    a.status = Status::Closed;
    a.closed = Some(("citizen", at("2026-02-04T02:00:00Z")));
    a.service = Some("kk".to_owned());
    told(app, &a).await;
    let mut b = answered(app, "b", "2026-02-03T02:00:00Z", "2026-02-10T02:00:00Z").await;
    b.channel = Channel::Letter;
    told(app, &b).await;
    told(
        app,
        &answered(app, "c", "2026-03-02T02:00:00Z", "2026-03-04T02:00:00Z").await,
    )
    .await;
    let mut d = plain(app, "d", "2026-03-03T02:00:00Z").await;
    d.channel = Channel::WalkIn;
    told(app, &d).await;
    told(app, &plain(app, "e", "2026-03-16T07:00:00Z").await).await;
    let mut f = plain(app, "f", "2026-03-05T02:00:00Z").await;
    f.status = Status::Rejected;
    f.reason = Some("Tidak jelas maksudnya.".to_owned());
    told(app, &f).await;
    // Half past midnight of the first of March there, still February in UTC.
    told(app, &plain(app, "g", "2026-02-28T16:30:00Z").await).await;
    told(
        app,
        &answered(app, "h", "2026-01-20T02:00:00Z", "2026-01-21T02:00:00Z").await,
    )
    .await;
}

/// received, before, change, answered, in time, per cent, waiting, overdue, ended, median, p90.
const TOTAL: [&str; 11] = [
    "7", "1", "600.0", "3", "2", "66.7", "3", "2", "1", "2.0", "5",
];

fn as_people_read(number: &str) -> String {
    number.replace('.', ",")
}

#[tokio::test]
async fn the_figures_are_those_reckoned_by_hand() {
    let app = TestApp::new().await;
    world(&app).await;
    let mut officer = program(&app, OFFICER).await;
    let report = officer
        .api(
            Method::GET,
            &format!("/api/v1/reports/complaints?{SPAN}"),
            None,
        )
        .await
        .json();
    let total = &report["total"];
    for (field, expected) in [
        ("received", 7),
        ("answered", 3),
        ("answered_in_time", 2),
        ("waiting", 3),
        ("overdue", 2),
        ("ended", 1),
        ("p90_working_days", 5),
    ] {
        assert_eq!(total[field], expected, "{field}: {total}");
    }
    assert_eq!(total["on_time_percent"], 66.7);
    assert_eq!(total["median_working_days"], 2.0);
    assert_eq!(report["previous_total"]["received"], 1);
    assert_eq!(report["previous_period"]["from"], "2025-12-01");
    assert_eq!(report["previous_period"]["to"], "2026-01-31");
    let months: Vec<(String, i64, i64)> = report["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| {
            let figures = &group["figures"];
            (
                group["key"].as_str().unwrap().to_owned(),
                figures["received"].as_i64().unwrap(),
                figures["answered"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        months,
        [("2026-02".to_owned(), 2, 2), ("2026-03".to_owned(), 5, 1)]
    );
    let spans: Vec<(&str, i64)> = report["response_time"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["working_days"].as_str().unwrap(),
                one["answers"].as_i64().unwrap(),
            )
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    assert_eq!(spans, [("1", 1), ("2", 1), ("4-5", 1)]);
    for (by, expected) in [
        ("channel", vec![("web", 5), ("letter", 1), ("walk_in", 1)]),
        ("service", vec![("none", 6), ("kk", 1)]),
        (
            "status",
            vec![
                ("received", 3),
                ("answered", 2),
                ("closed", 1),
                ("rejected", 1),
            ],
        ),
        ("kind", vec![("complaint", 7)]),
        (
            "response",
            vec![("1", 1), ("2", 1), ("4-5", 1), ("none", 4)],
        ),
        ("division", vec![("none", 7)]),
    ] {
        let address = format!("/api/v1/reports/complaints.json?{SPAN}&group_by={by}");
        let report = officer.get(&address).await.json();
        let groups: Vec<(&str, i64)> = report["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| {
                let received = group["figures"]["received"].as_i64().unwrap();
                (group["key"].as_str().unwrap(), received)
            })
            .filter(|(_, received)| *received > 0)
            .collect();
        assert_eq!(groups, expected, "{by}");
    }
    let unknown = format!("/api/v1/reports/complaints?{SPAN}&group_by=weather");
    let refused = officer.get(&unknown).await;
    assert_eq!(
        (refused.status, refused.json()["code"].as_str()),
        (422, Some("invalid"))
    );
}

/// GlobaLeaks #1959, #1808, #2816: statistics; here in five forms that say the same.
#[tokio::test]
async fn screen_csv_workbook_paper_and_api_agree() {
    let app = TestApp::new().await;
    world(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let of = format!("{SPAN}&group_by=channel");
    let page = officer.get(&format!("/kerja/pengaduan/rekap?{of}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let shown = page.texts("#groups tfoot td");
    assert_eq!(shown, TOTAL.map(as_people_read));
    // The chart has a name and a description, and the same numbers stand in the table.
    assert_eq!(
        page.texts("#groups svg[role=img] > title"),
        ["Pengaduan per kanal"]
    );
    assert!(page.texts("#groups svg > desc")[0].contains('7'));
    assert_eq!(page.texts("#groups svg .right"), ["5", "1", "1"]);
    let csv = officer
        .get(&format!("/kerja/pengaduan/rekap.csv?{of}"))
        .await
        .body;
    let last = csv.lines().last().unwrap();
    assert_eq!(last, format!("channel,total,Jumlah,{}", TOTAL.join(",")));
    let xlsx = officer
        .get(&format!("/kerja/pengaduan/rekap.xlsx?{of}"))
        .await;
    let sheet = sheet(&xlsx.bytes, "Kelompok");
    let numbers = |row: &[String]| -> Vec<f64> {
        row[1..].iter().map(|cell| cell.parse().unwrap()).collect()
    };
    let expected: Vec<f64> = TOTAL.iter().map(|it| it.parse().unwrap()).collect();
    let rounded: Vec<f64> = numbers(sheet.last().unwrap());
    assert_eq!(rounded, expected);
    let paper = officer
        .get(&format!("/kerja/pengaduan/rekap.pdf?{of}"))
        .await;
    let text = pdf_text(&paper.bytes);
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "Jumlah").unwrap();
    let printed: Vec<String> = words[at + 1..at + 12]
        .iter()
        .map(|it| (*it).to_owned())
        .collect();
    assert_eq!(printed, TOTAL.map(as_people_read), "{text}");
    // The chart of the page stands on paper too.
    let label = page.texts("#groups svg .left")[0].clone();
    let plain = words.join(" ");
    assert!(
        plain.matches(&label).count() >= 2,
        "chart and table: {text}"
    );
    let mut program = program(&app, OFFICER).await;
    for (ending, same) in [("csv", csv.as_bytes()), ("xlsx", xlsx.bytes.as_slice())] {
        let answer = program
            .get(&format!("/api/v1/reports/complaints.{ending}?{of}"))
            .await;
        assert_eq!(answer.status, 200);
        if ending == "csv" {
            assert_eq!(answer.bytes, same);
        } else {
            assert_eq!(super::sheet(&answer.bytes, "Kelompok"), sheet);
        }
    }
}

#[tokio::test]
async fn groups_are_told_apart_twice_and_lead_to_the_cases_that_they_count() {
    let app = TestApp::new().await;
    world(&app).await;
    let mut officer = program(&app, OFFICER).await;
    let path = format!("/api/v1/reports/complaints?{SPAN}&group_by=month,channel");
    let report = officer.get(&path).await.json();
    assert_eq!(
        (&report["group_by"], &report["second_group_by"]),
        (&json!("month"), &json!("channel"))
    );
    let groups: Vec<(&str, &str, i64)> = report["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| {
            (
                group["key"].as_str().unwrap(),
                group["second"]["key"].as_str().unwrap(),
                group["figures"]["received"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        groups,
        [
            ("2026-02", "letter", 1),
            ("2026-02", "web", 1),
            ("2026-03", "web", 4),
            ("2026-03", "walk_in", 1),
        ]
    );
    for wrong in ["month,month", "month,weather", "month,channel,kind"] {
        let path = format!("/api/v1/reports/complaints?{SPAN}&group_by={wrong}");
        let refused = officer.get(&path).await;
        assert_eq!(refused.status, 422, "{wrong}: {}", refused.body);
        assert_eq!(refused.json()["errors"][0]["field"], "group_by", "{wrong}");
    }
    let mut desk = app.sign_in(OFFICER).await;
    let of = format!("{SPAN}&group_by=month&then_by=channel");
    let page = desk.get(&format!("/kerja/pengaduan/rekap?{of}")).await;
    let hrefs = page.attributes("#groups tbody a", "href");
    assert_eq!(hrefs.len(), groups.len(), "{}", page.text());
    for (href, (_, _, count)) in hrefs.iter().zip(&groups) {
        let list = desk.get(href).await;
        let shown = list.texts("main table.t tbody tr").len();
        assert_eq!(i64::try_from(shown).unwrap(), *count, "{href}");
    }
    let csv = desk
        .get(&format!("/kerja/pengaduan/rekap.csv?{of}"))
        .await
        .body;
    let first = csv.lines().nth(1).unwrap();
    assert!(
        first.starts_with("\"month,channel\",\"2026-02,letter\",Feb 2026,Surat,1,"),
        "{csv}"
    );
    let xlsx = desk.get(&format!("/kerja/pengaduan/rekap.xlsx?{of}")).await;
    let sheet = sheet(&xlsx.bytes, "Kelompok");
    assert!(
        sheet
            .iter()
            .any(|row| row.starts_with(&["Mar 2026".to_owned(), "Situs web".to_owned()])),
        "{sheet:?}"
    );
    let paper = desk.get(&format!("/kerja/pengaduan/rekap.pdf?{of}")).await;
    assert_eq!(paper.status, 200, "{}", paper.text());
}

#[tokio::test]
async fn days_to_the_answer_and_cases_of_no_service_lead_to_those_that_they_count() {
    let app = TestApp::new().await;
    world(&app).await;
    let mut officer = program(&app, OFFICER).await;
    let mut desk = app.sign_in(OFFICER).await;
    for by in ["response", "service"] {
        let path = format!("/api/v1/reports/complaints?{SPAN}&group_by={by}");
        let report = officer.get(&path).await.json();
        let groups = report["groups"].as_array().unwrap();
        let counts: Vec<i64> = groups
            .iter()
            .filter_map(|group| group["figures"]["received"].as_i64())
            .filter(|count| *count > 0)
            .collect();
        let page = desk
            .get(&format!("/kerja/pengaduan/rekap?{SPAN}&group_by={by}"))
            .await;
        let hrefs = page.attributes("#groups tbody a", "href");
        assert_eq!(hrefs.len(), counts.len(), "{by}: {}", page.text());
        for (href, count) in hrefs.iter().zip(counts) {
            let list = desk.get(href).await;
            let shown = list.texts("main table.t tbody tr").len();
            assert_eq!(i64::try_from(shown).unwrap(), count, "{href}");
        }
    }
    let wrong = "/kerja/pengaduan/rekap?from=1999-12-31&to=2026-03-01";
    let refused = desk.get(wrong).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(
        refused.text().contains("dari tahun 2000 sampai 2199"),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn who_sees_one_division_counts_that_one() {
    let app = TestApp::new().await;
    world(&app).await;
    let mut mine = plain(&app, "mine", "2026-03-10T02:00:00Z").await;
    mine.status = Status::Assigned;
    mine.division = division(&app, "sekretariat").await;
    told(&app, &mine).await;
    let mut handler = program(&app, "sekretariat.kaltim@rembuk.example").await;
    let report = handler
        .get(&format!("/api/v1/reports/complaints?{SPAN}"))
        .await
        .json();
    assert_eq!(report["total"]["received"], 1, "{report}");
}

#[tokio::test]
async fn complaints_are_counted_and_listed_by_their_category() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/formulir-pengaduan").await;
    let kept = officer
        .post("/kerja/formulir-pengaduan", &[("name", "Sikap petugas")])
        .await;
    let id = kept.location().rsplit('/').next().unwrap().to_owned();
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let mut typed = fields();
    typed.push(("category", &id));
    let sent = send_form(&mut citizen, &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    filed(&app, false, false).await;
    let report = program(&app, OFFICER)
        .await
        .get(&format!(
            "/api/v1/reports/complaints?{SPAN}&group_by=category"
        ))
        .await
        .json();
    let groups: Vec<(&str, &str, i64)> = report["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| {
            (
                group["key"].as_str().unwrap(),
                group["label"].as_str().unwrap(),
                group["figures"]["received"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        groups,
        [
            (id.as_str(), "Sikap petugas", 1),
            ("none", "Tanpa kategori", 1)
        ]
    );
    let csv = officer
        .get(&format!("/kerja/pengaduan/buku.csv?{SPAN}"))
        .await
        .body;
    assert!(
        csv.contains("Kategori") && csv.contains("Sikap petugas"),
        "{csv}"
    );
    app.run_jobs().await;
}

/// Its number and clock are known to a head, what it is about is not.
#[tokio::test]
async fn a_confidential_case_counts_under_no_category_or_service_for_who_may_not_read_it() {
    let app = TestApp::new().await;
    let mut secret = plain(&app, "rahasia", "2026-03-10T02:00:00Z").await;
    secret.confidential = true;
    secret.service = Some("kk".to_owned());
    told(&app, &secret).await;
    let mut known = plain(&app, "terbuka", "2026-03-11T02:00:00Z").await;
    known.service = Some("kk".to_owned());
    told(&app, &known).await;
    for (by, by_service, by_category) in [
        (OFFICER, vec![("kk", 2)], vec![("none", 2)]),
        (
            HEAD,
            vec![("confidential", 1), ("kk", 1)],
            vec![("confidential", 1), ("none", 1)],
        ),
    ] {
        let mut asker = program(&app, by).await;
        for (group_by, expected) in [("service", by_service), ("category", by_category)] {
            let path = format!("/api/v1/reports/complaints?{SPAN}&group_by={group_by}");
            let report = asker.get(&path).await.json();
            assert_eq!(report["total"]["received"], 2, "{by}: {report}");
            let mut groups: Vec<(&str, i64)> = report["groups"]
                .as_array()
                .unwrap()
                .iter()
                .map(|group| {
                    let count = group["figures"]["received"].as_i64();
                    (group["key"].as_str().unwrap(), count.unwrap())
                })
                .collect();
            groups.sort_unstable();
            assert_eq!(groups, expected, "{by} {group_by}: {report}");
        }
    }
    let mut head = app.sign_in(HEAD).await;
    let page = head
        .get(&format!("/kerja/pengaduan/rekap?{SPAN}&group_by=category"))
        .await;
    assert!(
        page.text().contains("Rahasia, tidak terbaca"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn who_was_answered_with_another_complaint_was_answered() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let part = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let path = format!("/api/v1/complaints/{part}/merge");
    let body = serde_json::json!({ "main": main });
    let merged = officer.api(Method::POST, &path, Some(body)).await;
    assert_eq!(merged.status, 200, "{}", merged.body);
    answer(&app, &main).await;
    let report = officer
        .get(&format!("/api/v1/reports/complaints?{SPAN}"))
        .await
        .json();
    for (field, expected) in [("answered", 2), ("answered_in_time", 2), ("waiting", 0)] {
        assert_eq!(report["total"][field], expected, "{field}: {report}");
    }
}
