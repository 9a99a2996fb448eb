//! Nobody is read from a result: not from a figure, not from the difference of two, and not from two looks.

use super::*;

/// Of each row of a table whether its figures are withheld.
fn withheld(rows: &Value) -> Vec<bool> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["figure"]["withheld"] == json!(true))
        .collect()
}

fn cut<'a>(found: &'a Value, dimension: &str) -> Option<&'a Value> {
    let mut cuts = found["cuts"].as_array().unwrap().iter();
    cuts.find(|cut| cut["dimension"] == dimension)
        .map(|cut| &cut["values"])
}

#[tokio::test]
async fn a_figure_of_too_few_is_withheld() {
    let app = TestApp::new().await;
    let few = Asked {
        minimum: 5,
        ..SMALL
    };
    let found = result(&app, kept(&app, &few).await).await;
    assert_eq!(
        (&found["ikm"], &found["elements"][0]["nrr"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(found["elements"][0]["counts"], json!([]));
    assert!(found["warnings"].to_string().contains("kurang dari 5"));
}

#[tokio::test]
async fn who_said_nothing_of_themselves_is_not_what_is_left_over() {
    let app = TestApp::new().await;
    let women = [("444", 0, Some("female")); 3];
    let men = [("333", 0, Some("male")); 2];
    let mut answers = [women.as_slice(), &men].concat();
    let few = |answers: &'static [_]| Asked {
        minimum: 2,
        answers,
        ..SMALL
    };
    let all = few(answers.clone().leak());
    let found = result(&app, kept(&app, &all).await).await;
    assert_eq!(withheld(cut(&found, "sex").unwrap()), [false, false]);
    answers.push(("111", 0, None));
    let one = Asked {
        days: ("2024-01-02", "2024-06-30"),
        ..few(answers.leak())
    };
    let found = result(&app, kept(&app, &one).await).await;
    assert_eq!(
        withheld(cut(&found, "sex").unwrap()),
        [false, true],
        "the whole without both would be that person"
    );
}

#[tokio::test]
async fn an_element_that_few_answered_is_told_by_nothing() {
    let app = TestApp::new().await;
    let answers: &[_] = &[
        ("44-", 0, None),
        ("44-", 0, None),
        ("331", 0, None),
        ("33-", 1, None),
    ];
    let few = Asked {
        minimum: 2,
        answers,
        ..SMALL
    };
    let found = result(&app, kept(&app, &few).await).await;
    assert_eq!(found["elements"][0]["nrr"], "3.500");
    assert_eq!(found["elements"][2]["nrr"], Value::Null);
    assert_eq!(found["elements"][2]["counts"], json!([]));
    assert_eq!(
        (&found["ikm"], &found["confidence"]),
        (&Value::Null, &Value::Null)
    );
    let warnings = found["warnings"].to_string();
    assert!(warnings.contains("U3 Biaya/Tarif"), "{warnings}");
    assert_eq!(withheld(&found["services"]), [true, true]);
}

#[tokio::test]
async fn what_is_withheld_is_told_by_no_other_table() {
    let app = TestApp::new().await;
    let mut answers = vec![("444", 0, None); 3];
    answers.push(("111", 1, None));
    let few = Asked {
        minimum: 2,
        answers: answers.leak(),
        ..SMALL
    };
    let found = result(&app, kept(&app, &few).await).await;
    assert_eq!(withheld(&found["services"]), [true, true]);
    assert_eq!(
        found["by_volume"],
        Value::Null,
        "it would be the only told service"
    );
    assert_eq!(cut(&found, "way"), None);
    let enough = Asked {
        minimum: 1,
        days: ("2024-01-02", "2024-06-30"),
        ..few
    };
    let found = result(&app, kept(&app, &enough).await).await;
    assert!(cut(&found, "way").is_some());
    assert_eq!(found["by_volume"]["covered"], 400);
}

#[tokio::test]
async fn a_running_period_is_shown_in_steps_and_never_the_visitor_of_today() {
    let app = TestApp::new().await;
    let running = |last: &'static str, answers: &'static [_]| Asked {
        state: SurveyState::Open,
        days: (last, "2026-12-30"),
        minimum: 2,
        answers,
        ..SMALL
    };
    let two: &[_] = &[("444", 0, None), ("444", 0, None)];
    // It is the 17th: what was answered today is not looked at, and what was before has nothing behind it yet.
    let today = kept(&app, &running("2026-03-17", two)).await;
    let before = kept(&app, &running("2026-03-16", two)).await;
    for id in [today, before] {
        let found = result(&app, id).await;
        assert_eq!((&found["n"], &found["ikm"]), (&json!(0), &Value::Null));
        assert!(
            found["warnings"]
                .to_string()
                .contains("Belum ada angka sementara")
        );
    }
    let db = app.app.db.begin_write().await.unwrap();
    for _ in 0..2 {
        let row = response::Entity::find().all(&db).await.unwrap();
        let row = row.into_iter().find(|row| row.period_id == before).unwrap();
        let row = response::Model {
            id: SurveyResponseId::new(),
            answered_on: day("2026-03-17"),
            scores: "111".to_owned(),
            ..row
        };
        let row = row.into_active_model().reset_all();
        response::Entity::insert(row)
            .exec_without_returning(&db)
            .await
            .unwrap();
    }
    db.commit().await.unwrap();
    let found = result(&app, before).await;
    assert_eq!((&found["n"], &found["ikm"]), (&json!(2), &json!("100.00")));
    let words = found["warnings"].to_string();
    assert!(
        words.contains("Angka sementara sampai 16 Maret 2026"),
        "{words}"
    );
    let csv = program(&app, ORGANISER)
        .await
        .api(
            Method::GET,
            &format!("/api/v1/surveys/{before}/responses.csv"),
            None,
        )
        .await;
    assert_eq!(csv.body.lines().count(), 3, "{}", csv.body);
}

#[tokio::test]
async fn single_answers_are_for_those_who_manage_the_survey() {
    let app = TestApp::new().await;
    let id = kept(&app, &SMALL).await;
    for (email, status) in [(ORGANISER, 200), (HEAD, 403), (OTHER_HEAD, 404)] {
        let answer = asked_for(&app, email, id, ".xlsx").await;
        assert_eq!(answer.status, status, "{email}");
    }
    let mut head = app.sign_in(HEAD).await;
    let page = head.get(&format!("/kerja/survei/{id}/hasil")).await;
    assert!(page.body.contains("hasil.pdf") && !page.body.contains("hasil.xlsx"));
    let file = head.get(&format!("/kerja/survei/{id}/hasil.xlsx")).await;
    assert_eq!(file.status, 403);
}

#[tokio::test]
async fn the_interval_is_narrowed_only_where_all_populations_are_known() {
    let app = TestApp::new().await;
    let answers = |service: usize| {
        let halves = [("222", service, None), ("444", service, None)];
        halves.into_iter().cycle().take(30).collect::<Vec<_>>()
    };
    // Of the first service a hundred people are known, of the second nobody knows how many.
    let both = [answers(0), answers(1)].concat();
    let id = kept(
        &app,
        &Asked {
            answers: both.leak(),
            ..SMALL
        },
    )
    .await;
    let tx = app.app.db.begin_write().await.unwrap();
    for row in service::Entity::find().all(&tx).await.unwrap() {
        if row.population > 0 {
            let mut row = row.into_active_model();
            row.population = sea_orm::ActiveValue::Set(100);
            row.update(&tx).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    let found = result(&app, id).await;
    assert_eq!(found["sample"]["population"], 100);
    assert_eq!(found["confidence"]["population"], Value::Null);
    assert!(found["confidence"]["margin"].is_string());
}
