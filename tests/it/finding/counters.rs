//! The numbers of the inbox are kept, and they are right whatever happens at the same time.

use rembuk::{
    access::Ctx,
    complaints::{
        Draft, Once, file,
        finding::{self, Faults, Repaired, View},
    },
};
use sea_orm::ConnectionTrait as _;

use super::officer;
use crate::{
    complaints::{OFFICER, UNIT, answered, assigned, filed},
    support::{TestApp, races},
};

async fn counts(app: &TestApp) -> [u64; 4] {
    let ctx = officer(app).await;
    let desk = finding::Desk::of(&ctx).await.unwrap();
    let counts = finding::view_counts(&desk).await.unwrap();
    [View::Open, View::Unassigned, View::Waiting, View::All].map(|view| counts[&view])
}

async fn right(app: &TestApp) {
    assert_eq!(
        finding::check(&app.app.db).await.unwrap(),
        Faults::default()
    );
}

#[tokio::test]
async fn the_numbers_follow_every_move_before_and_after_they_are_added_up() {
    let app = TestApp::new().await;
    let first = filed(&app, false, false).await.complaint.number;
    let second = filed(&app, false, false).await.complaint.number;
    assert_eq!(counts(&app).await, [2, 2, 0, 2]);
    assigned(&app, &first, "fasilitasi").await;
    finding::fold(&app.app.db).await.unwrap();
    assert_eq!(counts(&app).await, [2, 1, 0, 2]);
    answered(&app, &first).await;
    let mut officer = app.sign_in(OFFICER).await;
    let case = format!("/kerja/pengaduan/{second}");
    let page = officer.get(&case).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let asked = officer
        .post(
            &format!("{case}/lengkapi"),
            &[
                ("version", &version),
                ("ask_text", "Mohon salinan kartu keluarga."),
            ],
        )
        .await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    assert_eq!(counts(&app).await, [2, 1, 1, 2]);
    let page = officer.get(&format!("/kerja/pengaduan/{first}")).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let closed = officer
        .post(
            &format!("/kerja/pengaduan/{first}/tutup"),
            &[("version", &version)],
        )
        .await;
    assert_eq!(closed.status, 303);
    assert_eq!(counts(&app).await, [1, 1, 1, 2]);
    right(&app).await;
    app.run_jobs().await;
}

#[tokio::test]
async fn numbers_that_drifted_are_noticed_and_put_right() {
    let app = TestApp::new().await;
    filed(&app, false, false).await;
    filed(&app, false, false).await;
    finding::fold(&app.app.db).await.unwrap();
    let db = &app.app.db;
    db.execute_unprepared("UPDATE complaint_tally SET n = 7")
        .await
        .unwrap();
    assert_eq!(finding::check(db).await.unwrap().numbers, 1);
    assert_eq!(finding::repair(db).await.unwrap().numbers, 1);
    right(&app).await;
    assert_eq!(finding::repair(db).await.unwrap(), Repaired::default());
    assert_eq!(counts(&app).await[0], 2);
}

#[tokio::test]
async fn what_no_search_finds_is_noticed_and_indexed() {
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let db = &app.app.db;
    db.execute_unprepared("DELETE FROM complaint_words")
        .await
        .unwrap();
    let find = async || {
        let ctx = officer(&app).await;
        rembuk::complaints::find(&ctx, "perekaman ktp", None, 5)
            .await
            .unwrap()
    };
    assert!(find().await.is_empty());
    assert_eq!(finding::check(db).await.unwrap().unfindable, 1);
    assert_eq!(finding::repair(db).await.unwrap().indexed, 1);
    assert_eq!(find().await[0].number, number);
    // Words that an older version cut, or an index that somebody doubts, are made anew.
    db.execute_unprepared("UPDATE complaint_words SET made_by = 0, words = 'x'")
        .await
        .unwrap();
    assert!(find().await.is_empty());
    assert_eq!(finding::check(db).await.unwrap().stale, 1);
    assert_eq!(finding::repair(db).await.unwrap().indexed, 1);
    assert_eq!(find().await[0].number, number);
    finding::doubt(db).await.unwrap();
    assert_eq!(finding::repair(db).await.unwrap().indexed, 1);
    assert_eq!(
        finding::check(db).await.unwrap(),
        finding::Faults::default()
    );
    assert_eq!(find().await[0].number, number);
    right(&app).await;
}

/// FixMyStreet removed its statistics because counting a million rows took seconds; these are never counted.
#[tokio::test]
async fn the_numbers_are_right_when_many_write_and_add_up_at_once() {
    let app = races::app().await;
    let draft = Draft {
        unit: UNIT.to_owned(),
        subject: "Antrean panjang".to_owned(),
        description: "Nomor antrean habis sebelum jam sembilan.".to_owned(),
        ..Draft::default()
    };
    let stranger = Ctx::stranger(&app.app);
    let citizens = (0..12).map(|_| file(&stranger, &draft, "reporter.", &Once::Never));
    let folds = (0..6).map(|_| finding::fold(&app.app.db));
    let (filed, folded) = tokio::join!(
        futures::future::join_all(citizens),
        futures::future::join_all(folds)
    );
    assert!(folded.iter().all(Result::is_ok), "{folded:?}");
    let filed: Vec<_> = filed.into_iter().map(Result::unwrap).collect();
    assert_eq!(filed.len(), 12);
    right(&app).await;
    // Two officers hand the same complaint to two divisions: one is told, and the numbers know one move.
    let one = &filed[0].complaint;
    let ctx = officer(&app).await;
    let to = |division: &str| rembuk::complaints::Disposition {
        division: division.to_owned(),
        ..Default::default()
    };
    let (left, middle) = (to("fasilitasi"), to("piak"));
    let (first, second) = races::meet(
        &app,
        ("complaint", one.id.0),
        rembuk::complaints::assign(&ctx, &one.number, Some(1), &left),
        rembuk::complaints::assign(&ctx, &one.number, Some(1), &middle),
    )
    .await;
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    right(&app).await;
    app.run_jobs().await;
    assert_eq!(counts(&app).await, [12, 11, 0, 12]);
}
