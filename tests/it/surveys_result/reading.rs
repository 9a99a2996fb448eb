//! Promises of reading: lists come in pages, and what was kept long ago is still read.

use super::*;
use sea_orm::ActiveValue::Set;

#[tokio::test]
async fn a_list_of_periods_comes_in_pages() {
    let app = TestApp::new().await;
    let mut made = Vec::new();
    for days in [
        ("2023-01-02", "2023-06-30"),
        ("2024-01-02", "2024-06-30"),
        ("2025-01-02", "2025-06-30"),
    ] {
        made.push(kept(&app, &Asked { days, ..SMALL }).await.to_string());
    }
    let mut program = program(&app, HEAD).await;
    let (mut seen, mut next) = (Vec::new(), "/api/v1/surveys?limit=2".to_owned());
    for expected in [2, 1] {
        let page = program.api(Method::GET, &next, None).await.json();
        let items = page["items"].as_array().unwrap().clone();
        assert_eq!(items.len(), expected, "{page}");
        seen.extend(
            items
                .iter()
                .map(|one| one["id"].as_str().unwrap().to_owned()),
        );
        let cursor = page["next_cursor"].as_str().unwrap_or_default();
        next = format!("/api/v1/surveys?limit=2&cursor={cursor}");
    }
    made.reverse();
    assert_eq!(seen, made, "the latest first, and none twice");
    let wrong = program
        .api(Method::GET, "/api/v1/surveys?cursor=x", None)
        .await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
}

#[tokio::test]
async fn a_period_that_hardly_anybody_answered_hides_no_result() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let few = Asked {
        days: ("2025-07-01", "2025-12-30"),
        minimum: 5,
        answers: &[("111", 0, None)],
        ..SMALL
    };
    let later = kept(&app, &few).await;
    let mut anybody = app.browser();
    for path in ["", "/sematan", "/layar"] {
        let page = anybody.get(&format!("/survei/{UNIT}/hasil{path}")).await;
        assert!(page.text().contains("85,42"), "{path}: {}", page.text());
    }
    // Who asks for it reads what it says, also where an office put it into its own site.
    let asked = format!("/survei/{UNIT}/hasil/sematan?periode={later}");
    let page = anybody.get(&asked).await;
    assert!(!page.text().contains("85,42"), "{}", page.text());
    let asked = format!("/survei/{UNIT}/hasil?periode={later}");
    let whole = page.attribute("a[target=_blank]", "href").unwrap();
    assert!(whole.ends_with(&asked), "to the same result: {whole}");
    let page = anybody.get(&asked).await;
    assert!(!page.text().contains("Hasil terbaru"), "{}", page.text());
    let unknown = format!("/survei/{UNIT}/hasil/sematan?periode={}", Uuid::nil());
    assert_eq!(anybody.get(&unknown).await.status, 404);
}

#[tokio::test]
async fn a_period_without_an_index_hides_no_result_and_tells_citizens_nothing_of_staff() {
    let app = TestApp::new().await;
    kept(&app, &SMALL).await;
    let without = Asked {
        days: ("2025-07-01", "2025-12-30"),
        answers: &[("44-", 0, None), ("34-", 1, None)],
        ..SMALL
    };
    let later = kept(&app, &without).await;
    let mut anybody = app.browser();
    for path in ["", "/sematan", "/layar"] {
        let page = anybody.get(&format!("/survei/{UNIT}/hasil{path}")).await;
        assert!(page.text().contains("85,42"), "{path}: {}", page.text());
    }
    let asked = format!("/survei/{UNIT}/hasil?periode={later}");
    let text = anybody.get(&asked).await.text();
    assert!(text.contains("menjawab U3 Biaya/Tarif"), "{text}");
    assert!(
        !text.contains("eluarkan") && !text.contains("halaman unsur"),
        "{text}"
    );
}

#[tokio::test]
async fn a_result_that_was_kept_before_a_field_was_known_is_still_read() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    let first = result(&app, id).await;
    let tx = app.app.db.begin_write().await.unwrap();
    let row = kept::Entity::find().one(&tx).await.unwrap().unwrap();
    let mut figures: Value = serde_json::from_str(&row.figures).unwrap();
    let fields = figures.as_object_mut().unwrap();
    assert!(fields.remove("set_aside").is_some());
    let figures = figures.to_string();
    let mut row = row.into_active_model();
    row.figures = Set(figures);
    row.update(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(result(&app, id).await, first);
}

#[tokio::test]
async fn an_action_that_waits_for_its_verification_is_not_called_finished() {
    let app = TestApp::new().await;
    let action = crate::action_plans::finished(&app).await;
    crate::proving::linked(&app, &action, "survey_element", "time").await;
    // It was handed in while the period ran, and the head has not looked at it.
    let asked = Asked {
        days: ("2026-01-02", "2026-04-30"),
        ..SMALL
    };
    let id = kept(&app, &asked).await;
    app.advance(chrono::Duration::days(60));
    let docx = asked_for(&app, HEAD, id, ".docx").await;
    let mut zip = zip::ZipArchive::new(Cursor::new(docx.bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("word/document.xml").unwrap(), &mut text)
        .unwrap();
    assert!(text.contains("RA-2026-01"), "it answers the result");
    assert!(!text.contains("sebelum periode itu berakhir"));
}

#[tokio::test]
async fn two_periods_that_end_on_one_day_stand_in_one_row() {
    let app = TestApp::new().await;
    let half = kept(&app, &SMALL).await;
    let quarter = Asked {
        days: ("2025-04-01", "2025-06-30"),
        ..SMALL
    };
    let quarter = kept(&app, &quarter).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let mut anybody = app.browser();
    for (one, other) in [(half, quarter), (quarter, half)] {
        let page = organiser.get(&format!("/kerja/survei/{one}/hasil")).await;
        assert!(page.body.contains(&other.to_string()), "{}", page.text());
        let public = format!("/survei/{UNIT}/hasil?periode={one}");
        let page = anybody.get(&public).await;
        assert!(page.body.contains(&other.to_string()), "{}", page.text());
    }
}
