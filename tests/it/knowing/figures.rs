//! Public statistics and open data.

use super::*;

async fn complaints_of(app: &TestApp, count: usize, service: &str) {
    for n in 0..count {
        let mut story = plain(app, &format!("{service} {n}"), "2026-03-03T02:00:00Z").await;
        story.service = Some(service.to_owned());
        story.status = Status::Answered;
        story.answer = Some(("Sudah.".to_owned(), at("2026-03-04T02:00:00Z")));
        told(app, &story).await;
    }
}

#[tokio::test]
async fn nobody_is_recognised_in_small_counts() {
    let app = TestApp::new().await;
    complaints_of(&app, 3, "kia").await;
    let mut citizen = app.browser();
    let few = citizen.get("/statistik").await;
    assert_eq!(few.status, 200, "{}", few.text());
    assert!(
        few.text().contains("terlalu sedikit") && !few.text().contains("100,0%"),
        "{}",
        few.text()
    );
    complaints_of(&app, 6, "kk").await;
    complaints_of(&app, 9, "ktp").await;
    let data = citizen
        .get("/data/complaints.json?unit=disdukcapil-kaltim")
        .await;
    assert_eq!(data.header("access-control-allow-origin"), "*");
    let data = data.json();
    assert_eq!(data["total"]["received"], 18);
    assert_eq!(data["total"]["on_time_percent"], 100.0);
    assert_eq!(data["generated_at"], "2026-03-17T02:00:00Z");
    assert!(data["license"].as_str().unwrap().contains("CC BY 4.0"));
    let services: Vec<(&str, Option<i64>)> = data["by_service"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["key"].as_str().unwrap(), one["received"].as_i64()))
        .collect();
    // Eighteen less nine less six would be three: the six goes, too.
    assert_eq!(services, [("ktp", Some(9)), ("kk", None), ("kia", None)]);
    let page = citizen.get("/statistik?unit=disdukcapil-kaltim").await;
    assert!(
        page.texts("#services tbody tr")
            .join("|")
            .contains("disamarkan")
    );
    let csv = citizen
        .get("/data/complaints.csv?unit=disdukcapil-kaltim")
        .await
        .body;
    assert!(
        csv.contains("total,total,Jumlah,,18,18,100.0,1.0,"),
        "{csv}"
    );
    assert!(csv.contains("service,kia,kia,,,,,,"), "{csv}");
    // The other unit's few are not the difference between all and one.
    let mut other = plain(&app, "Lain", "2026-03-03T02:00:00Z").await;
    other.unit = organisation::unit_by_code(&app.app.db, "disdukcapil-sulsel")
        .await
        .unwrap();
    told(&app, &other).await;
    let all = citizen.get("/data/complaints.json").await.json();
    assert_eq!(all["total"]["received"], 18);
    // Each column is explained.
    let about = citizen.get("/data").await;
    let heading = csv.lines().next().unwrap().trim_start_matches('\u{FEFF}');
    for column in heading.split(',') {
        assert!(
            about.texts("dt code").contains(&column.to_owned()),
            "{column}"
        );
    }
}

#[tokio::test]
async fn the_setting_says_how_small_is_too_small() {
    let app = TestApp::with(&[("REMBUK__COMPLAINTS__SUPPRESS_BELOW", "0")]).await;
    complaints_of(&app, 3, "kia").await;
    let data = app.browser().get("/data/complaints.json").await.json();
    assert_eq!(data["total"]["received"], 3);
    let units: Vec<Option<i64>> = data["by_unit"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["received"].as_i64())
        .collect();
    assert!(
        units.contains(&Some(3)) && units.contains(&Some(0)),
        "{data}"
    );
}

#[tokio::test]
async fn other_years_and_units_have_their_own_page() {
    let app = TestApp::new().await;
    complaints_of(&app, 6, "kk").await;
    let mut citizen = app.browser();
    for (query, shows) in [
        ("year=2026", true),
        ("year=2025", false),
        ("unit=all", true),
        ("unit=disdukcapil-sulsel", false),
        // Nonsense is the usual span.
        ("year=0", true),
    ] {
        let page = citizen.get(&format!("/statistik?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        assert_eq!(!page.texts(".kpi dd").is_empty(), shows, "{query}");
    }
    assert_eq!(citizen.get("/statistik?unit=x").await.status, 404);
}

#[tokio::test]
async fn what_one_view_leaves_out_no_other_view_tells() {
    let app = TestApp::new().await;
    let month = async |received: &str, count: usize| {
        for n in 0..count {
            told(
                &app,
                &plain(&app, &format!("{received} {n}"), received).await,
            )
            .await;
        }
    };
    // Of 2025, April is small and goes with December; of 2026 only March is not.
    month("2025-04-05T02:00:00Z", 3).await;
    month("2025-12-05T02:00:00Z", 6).await;
    month("2025-11-05T02:00:00Z", 9).await;
    month("2026-03-05T02:00:00Z", 7).await;
    let mut citizen = app.browser();
    let data = async |citizen: &mut crate::support::Browser<'_>, query: &str| {
        let path = format!("/data/complaints.json?{query}");
        let data = citizen.get(&path).await.json();
        let shown: Vec<(String, i64)> = data["by_month"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["received"].as_i64() != Some(0))
            .map(|one| {
                let key = one["key"].as_str().unwrap().to_owned();
                (key, one["received"].as_i64().unwrap_or(-1))
            })
            .collect();
        (data["total"]["received"].as_i64(), shown)
    };
    let row = |key: &str, count: i64| (key.to_owned(), count);
    let unit = "unit=disdukcapil-kaltim";
    let year = data(&mut citizen, &format!("{unit}&year=2025")).await;
    assert_eq!(
        year,
        (
            Some(18),
            vec![row("2025-04", -1), row("2025-11", 9), row("2025-12", -1)]
        )
    );
    // April 2025 is the first of the last twelve months: the whole group lies in them.
    let recent = data(&mut citizen, unit).await;
    assert_eq!(recent.0, Some(25));
    // A month later it does not: then December alone would be the sum less the others.
    app.app.clock.set("2026-04-17T02:00:00Z".parse().unwrap());
    let recent = data(&mut citizen, unit).await;
    assert_eq!(
        recent,
        (
            Some(16),
            vec![row("2025-11", 9), row("2025-12", -1), row("2026-03", 7)]
        )
    );
}

#[tokio::test]
async fn the_front_door_tells_no_small_counts_either() {
    let app = TestApp::new().await;
    let shown = async |app: &TestApp| app.browser().get("/").await.texts(".kpi dd").len();
    complaints_of(&app, 3, "kia").await;
    assert_eq!(shown(&app).await, 0);
    complaints_of(&app, 3, "kk").await;
    // These sums alone may be a minute old.
    app.advance(chrono::Duration::minutes(1));
    assert!(shown(&app).await > 0);
}

#[tokio::test]
async fn what_a_unit_does_not_tell_is_not_nought_for_all_units() {
    let app = TestApp::new().await;
    let month = async |received: &str, count: usize| {
        for n in 0..count {
            let mut story = plain(&app, &format!("{received} {n}"), received).await;
            story.service = Some("kk".to_owned());
            told(&app, &story).await;
        }
    };
    month("2026-01-05T02:00:00Z", 3).await;
    month("2026-02-05T02:00:00Z", 6).await;
    month("2026-03-05T02:00:00Z", 9).await;
    let mut citizen = app.browser();
    let data = citizen.get("/data/complaints.json").await.json();
    assert_eq!(data["total"]["received"], 18);
    let of = |key: &str| {
        let months = data["by_month"].as_array().unwrap();
        let found = months.iter().find(|one| one["key"] == key);
        found.unwrap()["received"].clone()
    };
    assert!(of("2026-01").is_null(), "{data}");
    assert!(of("2026-02").is_null(), "{data}");
    assert_eq!(of("2026-03"), 9);
    assert_eq!(of("2025-12"), 0);
    let service = &data["by_service"][0];
    assert_eq!(service["key"], "kk", "{data}");
    assert_eq!(service["unit"], "disdukcapil-kaltim", "{data}");
    assert_eq!(service["received"], 18, "{data}");
    let page = citizen.get("/statistik?unit=all").await;
    assert!(
        page.texts("#months tbody tr")
            .join("|")
            .contains("disamarkan")
    );
}

#[tokio::test]
async fn a_program_that_asks_for_what_is_not_there_is_told_so() {
    let app = TestApp::new().await;
    let mut citizen = app.browser();
    for ending in ["json", "csv"] {
        for year in ["2030", "1", "abc"] {
            let path = format!("/data/complaints.{ending}?year={year}");
            let refused = citizen.get(&path).await;
            assert_eq!(refused.status, 422, "{path}: {}", refused.body);
            assert_eq!(refused.json()["errors"][0]["field"], "year", "{path}");
        }
        let path = format!("/data/complaints.{ending}?unit=x");
        let refused = citizen.get(&path).await;
        assert_eq!(refused.status, 404, "{path}");
        assert_eq!(refused.header("content-type"), "application/problem+json");
        let path = format!("/data/complaints.{ending}?month=2026-03");
        let refused = citizen.get(&path).await;
        assert_eq!(refused.status, 422, "{path}");
        assert_eq!(refused.json()["errors"][0]["code"], "query-unknown");
        let path = format!("/data/complaints.{ending}?year=2026&unit=all");
        assert_eq!(citizen.get(&path).await.status, 200, "{path}");
    }
}
