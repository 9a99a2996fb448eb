//! Many at once.

use sha2::{Digest as _, Sha256};

use super::*;
use crate::complaints::count;

/// Solves the page's challenge as the browser does.
fn solved(page: &Answer) -> (String, String) {
    let text = page.attribute("input[name=work]", "value").unwrap();
    let bits: u32 = page
        .attribute("#kerja", "data-bits")
        .unwrap()
        .parse()
        .unwrap();
    let number = (0_u64..)
        .find(|number| {
            let hash = Sha256::digest(format!("{text}:{number}"));
            let first = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
            first.leading_zeros() >= bits
        })
        .unwrap();
    (text, number.to_string())
}

async fn another(app: &TestApp) -> (Browser<'_>, Answer) {
    let mut citizen = app.browser();
    citizen.get("/pengaduan/baru").await;
    let page = fill_form(&mut citizen, &fields()).await;
    assert_eq!(page.status, 200, "{}", page.text());
    (citizen, page)
}

/// GlobaLeaks holds floods off with work of the browser; picture puzzles keep out those who do not see.
#[tokio::test]
async fn beyond_the_limit_a_browser_that_worked_sends_at_once_and_each_challenge_serves_one_form() {
    let settings = [
        ("REMBUK__LIMITS__COMPLAINTS_PER_HOUR", "1"),
        ("REMBUK__LIMITS__WORK_BITS", "8"),
    ];
    let app = TestApp::with(&settings).await;
    let (mut first, page) = another(&app).await;
    assert!(
        page.attribute("#kerja", "data-bits").is_none(),
        "nothing is asked yet"
    );
    let sent = first.post("/pengaduan", &[("form", &key_of(&page))]).await;
    assert_eq!(sent.status, 303);
    let (mut citizen, page) = another(&app).await;
    let key = key_of(&page);
    let (work, number) = solved(&page);
    let (mut thief, stolen) = another(&app).await;
    let borrowed = [
        ("form", key_of(&stolen)),
        ("work", work.clone()),
        ("work_number", number.clone()),
    ];
    let borrowed: Vec<_> = borrowed.iter().map(|(a, b)| (*a, b.as_str())).collect();
    assert_eq!(thief.post("/pengaduan", &borrowed).await.status, 429);
    let wrong = [
        ("form", key.as_str()),
        ("work", work.as_str()),
        ("work_number", "x"),
    ];
    assert_eq!(citizen.post("/pengaduan", &wrong).await.status, 429);
    let right = [
        ("form", key.as_str()),
        ("work", work.as_str()),
        ("work_number", number.as_str()),
    ];
    assert_eq!(citizen.post("/pengaduan", &right).await.status, 303);
    assert_eq!(
        citizen.post("/pengaduan", &right).await.status,
        303,
        "twice is once"
    );
    assert_eq!(count(&app).await, 2);
    app.run_jobs().await;
}

#[tokio::test]
async fn without_script_a_sender_waits_some_minutes_and_a_reload_does_not_begin_the_wait_anew() {
    let app = TestApp::with(&[("REMBUK__LIMITS__COMPLAINTS_PER_HOUR", "1")]).await;
    let (mut first, page) = another(&app).await;
    first.post("/pengaduan", &[("form", &key_of(&page))]).await;
    let (mut citizen, page) = another(&app).await;
    assert!(
        page.text().contains("sesudah pukul 10.03"),
        "{}",
        page.text()
    );
    let key = key_of(&page);
    app.advance(chrono::Duration::minutes(2));
    let again = citizen.get("/pengaduan/periksa").await;
    let work = again.attribute("input[name=work]", "value").unwrap();
    let send = [("form", key.as_str()), ("work", work.as_str())];
    let early = citizen.post("/pengaduan", &send).await;
    assert_eq!((early.status, early.header("retry-after")), (429, "60"));
    app.advance(chrono::Duration::minutes(1));
    assert_eq!(citizen.post("/pengaduan", &send).await.status, 303);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_flood_on_one_unit_asks_for_work_wherever_it_comes_from() {
    let app = TestApp::with(&[("REMBUK__LIMITS__UNIT_COMPLAINTS_PER_HOUR", "1")]).await;
    let (mut first, page) = another(&app).await;
    first.post("/pengaduan", &[("form", &key_of(&page))]).await;
    let (mut citizen, page) = another(&app).await;
    let sent = citizen
        .post("/pengaduan", &[("form", &key_of(&page))])
        .await;
    assert_eq!(sent.status, 429);
    assert!(sent.text().contains(WORDS), "nothing is lost");
    assert!(
        sent.text().contains("untuk kantor ini"),
        "it is not the sender's network: {}",
        sent.text()
    );
    app.run_jobs().await;
}
