//! The same words find the same complaints on both databases.

use super::{officer, told};
use crate::{
    complaints::{HEAD, OFFICER, answered, assigned, program},
    support::TestApp,
};

async fn world(app: &TestApp) -> Vec<String> {
    let told_of = [
        (
            "Perpanjangan kartu keluarga",
            "Saya mengurus perpanjangan di loket 2, petugasnya tidak melayani.",
            false,
        ),
        (
            "Antrean panjang",
            "Antri sejak subuh dan pelayanan lambat sekali. Nomor antrean habis.",
            false,
        ),
        (
            "Kartu anak hilang",
            "Keluarga kami kehilangan kartu identitas anak; mohon dicetak ulang.",
            false,
        ),
        (
            "Pungutan liar",
            "Petugas meminta bayaran untuk legalisir akta. NIK 6471010101010001.",
            true,
        ),
    ];
    let mut numbers = Vec::new();
    for (subject, description, confidential) in told_of {
        numbers.push(told(app, subject, description, confidential).await);
        app.advance(chrono::Duration::minutes(1));
    }
    numbers
}

/// Whose numbers a search shows, as their places in the world.
async fn found(app: &TestApp, who: &str, numbers: &[String], typed: &str) -> Vec<usize> {
    let mut browser = program(app, who).await;
    let typed = rembuk::platform::web::address::encoded(typed);
    let answer = browser.get(&format!("/api/v1/complaints?q={typed}")).await;
    assert_eq!(answer.status, 200, "{typed}: {}", answer.body);
    let items = answer.json()["items"].as_array().unwrap().clone();
    let mut places: Vec<usize> = items
        .iter()
        .map(|item| {
            numbers
                .iter()
                .position(|number| item["number"] == **number)
                .unwrap()
        })
        .collect();
    places.sort_unstable();
    places
}

/// Zammad and Signalen find word forms with a search server beside the program only; here they are found in the
/// database.
#[tokio::test]
async fn every_form_of_a_word_finds_the_complaint_and_every_word_counts() {
    let app = TestApp::new().await;
    let numbers = world(&app).await;
    for (typed, places) in [
        ("memperpanjang", vec![0, 1]),
        ("panjang", vec![0, 1]),
        ("layanan", vec![0, 1]),
        ("melayani loket", vec![0]),
        ("kartu keluarga", vec![0, 2]),
        ("\"kartu keluarga\"", vec![0]),
        ("kartu -hilang", vec![0]),
        ("-kartu", vec![1, 3]),
        ("antri", vec![1]),
        ("perpanj*", vec![0, 1]),
        ("pelay*", vec![0, 1]),
        ("antr*", vec![1]),
        ("pembayaran akta", vec![3]),
        ("legalisir", vec![3]),
        ("yang di dan", vec![]),
        ("tidakadaini", vec![]),
        ("6471010101010001", vec![]),
        ("Bungaran", vec![]),
        (&numbers[2], vec![2]),
        (&numbers[2].to_lowercase(), vec![2]),
    ] {
        assert_eq!(
            found(&app, OFFICER, &numbers, typed).await,
            places,
            "{typed}"
        );
    }
    // What the office answers is found, and a number of another system.
    assigned(&app, &numbers[1], "fasilitasi").await;
    assert_eq!(
        found(&app, OFFICER, &numbers, "diambil").await,
        Vec::<usize>::new()
    );
    answered(&app, &numbers[1]).await;
    assert_eq!(found(&app, OFFICER, &numbers, "mengambil").await, [1]);
    let id = rembuk::complaints::find_source(&app.ctx(), &numbers[2])
        .await
        .unwrap()
        .id;
    let id = rembuk::complaints::ComplaintId::parse(&id).unwrap();
    rembuk::complaints::finding::refer(&app.app.db, id, "#7654321")
        .await
        .unwrap();
    assert_eq!(found(&app, OFFICER, &numbers, "7654321").await, [2]);
}

#[tokio::test]
async fn a_search_tells_nobody_what_they_may_not_read() {
    let app = TestApp::new().await;
    let numbers = world(&app).await;
    for typed in ["pungutan", "bayaran akta", "pung*", "-kartu -antrean"] {
        assert_eq!(found(&app, OFFICER, &numbers, typed).await, [3], "{typed}");
        assert!(
            found(&app, HEAD, &numbers, typed).await.is_empty(),
            "{typed}"
        );
    }
    assert_eq!(
        found(&app, HEAD, &numbers, &numbers[3]).await,
        [3],
        "that it exists is known"
    );
}

#[tokio::test]
async fn nothing_that_is_typed_into_the_search_is_an_error() {
    let app = TestApp::new().await;
    world(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    for typed in [
        "\"",
        "'",
        "\\",
        "%",
        "_",
        "*",
        "-",
        "--",
        "()",
        ") OR (",
        "NEAR(a b)",
        "a:b",
        "words:x",
        "' & | ! <->",
        "\u{202e}\u{200b}",
        "💥",
        "kartu\"keluarga",
        "-\"",
        "x* y* z*",
        "NULL",
        "\t\n",
        "'; DROP TABLE complaint; --",
        "{\"a\":1}",
        "AND",
        "NOT",
        "kartu NOT",
        "^kartu",
        "kartu +",
    ] {
        let typed = rembuk::platform::web::address::encoded(typed);
        for address in ["/kerja/pengaduan?view=all&", "/kerja/cari?"] {
            let page = officer.get(&format!("{address}q={typed}")).await;
            assert_eq!(page.status, 200, "{address}{typed}: {}", page.text());
        }
    }
    let long = "kartu+".repeat(2000);
    let page = officer
        .get(&format!("/kerja/pengaduan?view=all&q={long}"))
        .await;
    assert!(
        page.status == 200 || page.status == 414 || page.status == 431,
        "{}",
        page.status
    );
}

/// How common its words are decides how a search is answered, and must not decide what it finds.
#[tokio::test]
async fn the_index_and_the_complaints_themselves_say_the_same() {
    use rembuk::complaints::finding;
    let app = TestApp::new().await;
    let numbers = world(&app).await;
    let ctx = officer(&app).await;
    let desk = finding::Desk::of(&ctx).await.unwrap();
    for (typed, expected) in [
        ("kartu", &[0, 2][..]),
        ("kart*", &[0, 2]),
        ("antri", &[1]),
        ("petugas kartu", &[0]),
        ("petugas -kartu", &[3]),
        ("petugas -kart* -pung*", &[]),
        ("-kartu -antrean", &[3]),
        ("\"kartu keluarga\"", &[0]),
        ("\"keluarga kartu\"", &[]),
        ("\"kartu identitas\" anak", &[2]),
        ("artu", &[]),
    ] {
        let typed_so = rembuk::platform::web::address::encoded(typed);
        let query = finding::query_of(&format!("view=all&q={typed_so}"));
        let ways = finding::each_way(&desk, &query).await.unwrap();
        for found in ways {
            let places = numbers.iter().enumerate();
            let places = places.filter(|(_, number)| found.contains(number));
            let places: Vec<usize> = places.map(|(place, _)| place).collect();
            assert_eq!(places, expected, "{typed}: {found:?}");
            assert_eq!(found.len(), expected.len(), "{typed}: {found:?}");
        }
    }
}

/// A complaint whose text was changed or removed is not found by what it said.
#[tokio::test]
async fn words_that_are_gone_find_nothing() {
    use sea_orm::{ActiveValue::Set, EntityTrait as _};
    let app = TestApp::new().await;
    let numbers = world(&app).await;
    let db = &app.app.db;
    let before = rembuk::complaints::entity::complaint::Entity::find()
        .all(db)
        .await
        .unwrap();
    let read = before.iter().find(|row| row.number == numbers[1]).unwrap();
    let tx = db.begin_write().await.unwrap();
    let changes = rembuk::complaints::entity::complaint::ActiveModel {
        subject: Set("Dihapus".to_owned()),
        description: Set("Dihapus atas permintaan pelapor.".to_owned()),
        ..Default::default()
    };
    rembuk::complaints::change(&tx, read, changes)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(found(&app, OFFICER, &numbers, "antrean").await.is_empty());
    assert_eq!(found(&app, OFFICER, &numbers, "menghapus").await, [1]);
    assert_eq!(
        rembuk::complaints::finding::check(db).await.unwrap(),
        rembuk::complaints::finding::Faults::default()
    );
}
