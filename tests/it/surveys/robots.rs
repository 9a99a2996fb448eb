//! What a machine sends below the limit of a minute: seen by the office, and set aside by a person.

use super::*;
use rembuk::surveys::{cli, entity::answers::run::Entity as Runs};

/// A citizen who reads the form, at a time of their own.
async fn read_and_filled(app: &TestApp, digits: &str) {
    let mut citizen = app.browser();
    let page = citizen.get(&form()).await;
    app.advance(chrono::Duration::minutes(3));
    let sent = fill_in(&mut citizen, &page, digits, "").await;
    assert_eq!(sent.status, 303, "{}", sent.body);
}

/// A machine: twelve best sheets within no time, when nobody else is there.
async fn robot(app: &TestApp) {
    app.advance(chrono::Duration::minutes(5));
    let mut robot = app.browser();
    for _ in 0..12 {
        let sent = fill(&mut robot, &form(), "444444444", "").await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
}

/// Presses one of the two buttons of the first part, in the version that the page shows.
async fn decide(organiser: &mut Browser<'_>, period: &str, more: (&str, &str)) -> Answer {
    let path = format!("{period}/beruntun");
    let page = organiser.get(&path).await;
    let hidden = |name: &str| {
        let value = page.attribute(&format!("input[name={name}]"), "value");
        value.unwrap_or_else(|| panic!("{name}: {}", page.text()))
    };
    let (version, part) = (hidden("version"), hidden("part"));
    let fields = [
        ("version", version.as_str()),
        ("part", part.as_str()),
        ("at", "1"),
        more,
    ];
    organiser.post(&path, &fields).await
}

#[tokio::test]
async fn answers_in_a_row_are_seen_and_set_aside_with_a_reason_that_the_result_tells() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    for _ in 0..6 {
        read_and_filled(&app, "333333333").await;
    }
    let page = organiser.get(&period).await;
    assert!(!page.text().contains("beruntun dari satu"), "people");
    robot(&app).await;
    let page = organiser.get(&period).await;
    assert!(
        page.text().contains("12 jawaban datang beruntun"),
        "{}",
        page.text()
    );
    // While people answer nothing is decided.
    let early = organiser.get(&format!("{period}/beruntun")).await;
    assert!(early.text().contains("setelah periode ditutup"));
    assert!(early.attribute("input[name=part]", "value").is_none());
    step(&mut organiser, &period, "tutup").await;
    let looked = organiser.get(&format!("{period}/beruntun")).await;
    assert!(
        looked.text().contains("12 dari 12 sama persis"),
        "{}",
        looked.text()
    );
    let unsaid = decide(&mut organiser, &period, ("reason_1", "")).await;
    assert_eq!(unsaid.status, 422, "{}", unsaid.text());
    let reason = ("reason_1", "Dua belas lembar sama dalam semenit");
    let done = decide(&mut organiser, &period, reason).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let result = organiser.get(&format!("{period}/hasil")).await;
    let text = result.text();
    assert!(text.contains("75,00"), "{text}");
    assert!(
        text.contains("12 jawaban disisihkan") && text.contains(reason.1),
        "{text}"
    );
    // Back, and aside again: what was decided can be changed until it is frozen.
    let back = decide(&mut organiser, &period, ("back", "true")).await;
    assert_eq!(back.status, 303, "{}", back.text());
    let result = organiser.get(&format!("{period}/hasil")).await;
    assert!(!result.text().contains("75,00"), "{}", result.text());
    decide(&mut organiser, &period, reason).await;
    assert_eq!(step(&mut organiser, &period, "bekukan").await.status, 303);
    let late = organiser.get(&format!("{period}/beruntun")).await;
    assert!(late.attribute("input[name=part]", "value").is_none());
    // The raw export has every row; computed from it the index is the same.
    let csv = organiser.get(&format!("{period}/jawaban.csv")).await;
    assert_eq!(csv.body.lines().count(), 19);
    assert_eq!(csv.body.matches(",yes").count(), 12, "{}", csv.body);
    let file = std::env::temp_dir().join(format!("rembuk-aside-{}.csv", id_of(&period)));
    std::fs::write(&file, &csv.bytes).unwrap();
    let command = cli::SkmCommand::Score(cli::ScoreArgs {
        file: file.clone(),
        method: cli::MethodArgs {
            weights: "exact".to_owned(),
            grades: "14/2017".to_owned(),
            json: true,
        },
    });
    let scored = cli::run(&command).unwrap();
    std::fs::remove_file(file).unwrap();
    let scored: serde_json::Value = serde_json::from_str(&scored).unwrap();
    assert_eq!((&scored["n"], &scored["ikm"]), (&6.into(), &"75.00".into()));
}

#[tokio::test]
async fn a_family_around_one_telephone_is_no_row_and_nothing_of_its_network_stays() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut family = app.browser();
    for _ in 0..3 {
        let page = family.get(&form()).await;
        app.advance(chrono::Duration::seconds(20));
        let sent = fill_in(&mut family, &page, "343434344", "").await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
    let page = organiser.get(&format!("{period}/beruntun")).await;
    assert!(page.text().contains("Tidak ada jawaban"), "{}", page.text());
    robot(&app).await;
    app.advance(chrono::Duration::minutes(6));
    rembuk::surveys::forget_networks(&app.app.db, app.now())
        .await
        .unwrap();
    let runs = Runs::find().all(&app.app.db).await.unwrap();
    let told: Vec<_> = runs
        .iter()
        .map(|run| (run.answers, run.network.is_some(), run.last_at.is_some()))
        .collect();
    assert_eq!(told, [(12, false, false)], "the family's is forgotten");
}

#[tokio::test]
async fn fewer_than_a_figure_needs_are_not_set_aside_and_others_may_not_decide() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    for _ in 0..6 {
        read_and_filled(&app, "343434344").await;
    }
    let mut hasty = app.browser();
    for _ in 0..2 {
        app.advance(chrono::Duration::minutes(5));
        fill(&mut hasty, &form(), "111111111", "").await;
    }
    step(&mut organiser, &period, "tutup").await;
    let page = organiser.get(&format!("{period}/beruntun")).await;
    assert!(
        page.text().contains("2 jawaban dikirim lebih cepat"),
        "{}",
        page.text()
    );
    let few = decide(&mut organiser, &period, ("reason_1", "Terlalu cepat")).await;
    assert_eq!(few.status, 422);
    assert!(few.text().contains("Kurang dari 5"), "{}", few.text());
    assert_eq!(
        few.attribute("#f-reason_1", "value").as_deref(),
        Some("Terlalu cepat")
    );
    let mut head = app.sign_in(HEAD).await;
    let path = format!("{period}/beruntun");
    assert_eq!(head.get(&path).await.status, 403);
}

#[tokio::test]
async fn what_looks_like_a_machine_s_is_frozen_only_when_somebody_says_that_it_counts() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    for _ in 0..6 {
        read_and_filled(&app, "333333333").await;
    }
    robot(&app).await;
    step(&mut organiser, &period, "tutup").await;
    let page = organiser.get(&period).await;
    assert!(
        page.text()
            .contains("12 jawaban beruntun dari satu jaringan"),
        "named where it is frozen: {}",
        page.text()
    );
    let version = page.attribute("input[name=version]", "value").unwrap();
    let unsaid = [("version", version.as_str()), ("confirm", "true")];
    let refused = organiser.post(&format!("{period}/bekukan"), &unsaid).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(
        refused.text().contains("12 jawaban datang beruntun"),
        "{}",
        refused.text()
    );
    assert_eq!(row(&app, &period).await.frozen_at, None);
    // Who said that they count and forgot the other box says it once.
    let forgotten = [unsaid[0], ("counted", "true")];
    let refused = organiser
        .post(&format!("{period}/bekukan"), &forgotten)
        .await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let ticked = refused.attribute("input[name=counted]", "checked");
    assert!(ticked.is_some(), "the box stays ticked");
    let said = [unsaid[0], unsaid[1], ("counted", "true")];
    let frozen = organiser.post(&format!("{period}/bekukan"), &said).await;
    assert_eq!(frozen.status, 303, "{}", frozen.text());
    assert_eq!(row(&app, &period).await.frozen_counted, Some(12));
    let looked = organiser.get(&format!("{period}/beruntun")).await;
    assert!(
        looked.text().contains("Ikut dihitung: dinyatakan"),
        "{}",
        looked.text()
    );
    let result = organiser.get(&format!("{period}/hasil")).await;
    let text = result.text();
    assert!(text.contains("12 jawaban datang beruntun"), "{text}");
}

/// Five sheets sent sooner than anybody reads the form, far from one another.
async fn hasty(app: &TestApp) {
    let mut hasty = app.browser();
    for _ in 0..5 {
        app.advance(chrono::Duration::minutes(5));
        let sent = fill(&mut hasty, &form(), "111111111", "").await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
}

#[tokio::test]
async fn what_is_set_aside_later_leaves_the_first_reason_and_the_public_reads_no_numbers_of_people()
{
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    for _ in 0..6 {
        read_and_filled(&app, "333333333").await;
    }
    hasty(&app).await;
    step(&mut organiser, &period, "tutup").await;
    let numbered = ("reason_1", "Dari NIK 6472011203990001");
    let refused = decide(&mut organiser, &period, numbered).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let first = ("reason_1", "Lembar uji coba, tanya 0800-0000-0012");
    let done = decide(&mut organiser, &period, first).await;
    assert_eq!(done.status, 303, "{}", done.text());
    // Open again, more of them come.
    organiser.get(&period).await;
    let version = row(&app, &period).await.version.to_string();
    let fields = [("version", version.as_str()), ("closes_on", "2026-03-17")];
    let longer = organiser
        .post(&format!("{period}/perpanjang"), &fields)
        .await;
    assert_eq!(longer.status, 303, "{}", longer.text());
    hasty(&app).await;
    step(&mut organiser, &period, "tutup").await;
    let page = organiser.get(&period).await;
    let undecided = "5 jawaban dikirim lebih cepat";
    assert!(page.text().contains(undecided), "{}", page.text());
    let second = ("reason_1", "Lembar uji coba yang kedua");
    let done = decide(&mut organiser, &period, second).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let looked = organiser.get(&format!("{period}/beruntun")).await;
    let text = looked.text();
    assert!(text.contains("10 jawaban dikirim lebih cepat"), "{text}");
    assert!(text.contains(first.1) && text.contains(second.1), "{text}");
    assert_eq!(text.matches("5 jawaban disisihkan oleh").count(), 2);
    let result = organiser.get(&format!("{period}/hasil")).await;
    let text = result.text();
    assert_eq!(text.matches("5 jawaban disisihkan").count(), 2, "{text}");
    assert!(text.contains(second.1) && !text.contains("0800"), "{text}");
    // Taken back, all of them count.
    let back = decide(&mut organiser, &period, ("back", "true")).await;
    assert_eq!(back.status, 303, "{}", back.text());
    let result = organiser.get(&format!("{period}/hasil")).await;
    assert!(!result.text().contains(second.1), "{}", result.text());
}
