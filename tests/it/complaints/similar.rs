//! Other cases about the same thing, beside a case.

use super::{moves::api, *};

async fn about(app: &TestApp, subject: &str, confidential: bool) -> String {
    let draft = Draft {
        unit: UNIT.to_owned(),
        subject: subject.to_owned(),
        description: "Mohon segera ditangani, terima kasih.".to_owned(),
        confidential,
        name: NAME.to_owned(),
        email: EMAIL.to_owned(),
        ..Draft::default()
    };
    let ctx = rembuk::access::Ctx::stranger(&app.app);
    let filed = file(&ctx, &draft, "reporter.", &Once::Never).await.unwrap();
    app.run_jobs().await;
    filed.complaint.number
}

fn shown(page: &Answer) -> Vec<String> {
    let numbers = page.texts("#terkait ul.list.no-print a.num");
    numbers.into_iter().collect()
}

/// Signalen and FixMyStreet show what was told before to the citizen only; here the office sees it too.
#[tokio::test]
async fn similar_cases_stand_beside_a_case_and_lead_to_a_link_and_to_a_merge() {
    let app = TestApp::new().await;
    let old = about(&app, "Antrean perekaman KTP lama sekali", false).await;
    app.advance(chrono::Duration::days(370));
    let near = about(&app, "Merekam KTP harus antre lama", false).await;
    about(&app, "Kursi ruang tunggu patah", false).await;
    let hidden = about(&app, "Antrean perekaman KTP dipersulit", true).await;
    let number = about(&app, "Antrean perekaman KTP terlalu lama", false).await;
    let case = format!("/kerja/pengaduan/{number}");
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&case).await;
    let found = shown(&page);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.contains(&near) && found.contains(&hidden) && !found.contains(&old));
    // Whoever may not read a confidential case does not find it by its words.
    assigned(&app, &number, "fasilitasi").await;
    assigned(&app, &near, "fasilitasi").await;
    let theirs = app.sign_in(HANDLER).await.get(&case).await;
    assert_eq!(
        shown(&theirs),
        std::slice::from_ref(&near),
        "{}",
        theirs.text()
    );
    // Both are read before, and nothing happens until it is sent.
    let href = page.attribute("#terkait a[href*=gabung]", "href").unwrap();
    assert_eq!(href, format!("{case}/gabung?ke={near}"));
    let form = officer.get(&href).await;
    let field = form.attribute("input[name=main]", "value");
    assert_eq!(field.as_deref(), Some(near.as_str()));
    assert!(form.text().contains("Merekam KTP harus antre lama"));
    let linked = officer
        .post(&format!("{case}/terkait"), &[("related", &near)])
        .await;
    assert!(
        linked.location().ends_with("#terkait"),
        "{}",
        linked.location()
    );
    let page = officer.get(&case).await;
    assert_eq!(shown(&page), [hidden], "what belongs to it is not proposed");
}

#[tokio::test]
async fn another_case_is_named_by_the_tail_of_its_number() {
    let app = TestApp::new().await;
    let main = filed(&app, false, false).await.complaint.number;
    let other = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    for (tail, status) in [("99", 422), ("2", 422), ("1", 200)] {
        let linked = api(&mut officer, &other, "links", json!({ "related": tail })).await;
        assert_eq!(linked.status, status, "{tail}: {}", linked.body);
    }
    // Merging hands out answers: a tail is told what it means, and only the whole number does it.
    let asked = api(&mut officer, &other, "merge", json!({ "main": "1" })).await;
    assert_eq!(asked.status, 422);
    assert!(asked.body.contains(&main), "{}", asked.body);
    let merged = api(&mut officer, &other, "merge", json!({ "main": main })).await;
    assert_eq!(merged.status, 200, "{}", merged.body);
    let found = officer.get(&format!("/api/v1/complaints/{other}")).await;
    assert_eq!(found.json()["related"][0]["number"], json!(main));
    app.run_jobs().await;
}
