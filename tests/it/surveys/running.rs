//! Setting up, opening, closing and freezing.

use super::*;

/// A period without its weights.
const PERIOD: [(&str, &str); 6] = [
    ("title", "SKM Maret 2026"),
    ("opens_on", "2026-03-01"),
    ("closes_on", "2026-03-31"),
    ("grade_table", "14/2017"),
    ("minimum_answers", "5"),
    ("least_percent", "50"),
];

#[tokio::test]
async fn a_first_period_asks_the_nine_elements_and_the_next_one_asks_what_the_last_did() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = made(&mut organiser).await;
    let elements = organiser.get(&format!("{period}/unsur")).await;
    let version = elements.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("element_1", "complaint_handling"),
        ("place_1", "1"),
        ("name_id_1", "Penanganan Pengaduan"),
        ("name_en_1", "Complaints"),
        ("weight_1", "0,75"),
        ("element_2", ""),
        ("place_2", "2"),
        ("name_id_2", "Keamanan Parkir"),
        ("name_en_2", "Safe parking"),
        ("weight_2", "0.25"),
    ];
    let path = format!("{period}/unsur");
    let saved = organiser.post(&path, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let form = organiser.get("/kerja/survei/baru").await;
    let proposed = form.attribute("input[name=weight_policy][checked]", "value");
    assert_eq!(proposed.as_deref(), Some("own"), "said, not inherited");
    let on = [("weight_policy", "own")];
    let on = on.into_iter().chain(PERIOD).collect::<Vec<_>>();
    let next = organiser.post("/kerja/survei/baru", &on).await;
    assert_eq!(next.status, 303, "{}", next.body);
    let next = next.location().to_owned();
    let page = organiser.get(&next).await;
    assert!(
        page.text().contains("U2 Keamanan Parkir (bobot 0,25)"),
        "{}",
        page.text()
    );
    let questions = organiser.get(&format!("{next}/pertanyaan")).await;
    assert!(questions.text().contains("Bagaimana penanganan pengaduan"));
    // A rounded policy that somebody names is what is computed with.
    let version = row(&app, &next).await.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("title", "SKM Maret 2026"),
        ("opens_on", "2026-03-01"),
        ("closes_on", "2026-03-31"),
        ("grade_table", "14/2017"),
        ("weight_policy", "0.11"),
        ("minimum_answers", "5"),
        ("least_percent", "50"),
    ];
    let changed = organiser.post(&format!("{next}/ubah"), &fields).await;
    assert_eq!(changed.status, 303, "{}", changed.body);
    let page = organiser.get(&next).await;
    assert!(!page.text().contains("bobot 0,25"), "{}", page.text());
    organiser.get("/kerja/survei/baru").await;
    let third = organiser.post("/kerja/survei/baru", &fields[1..]).await;
    assert_eq!(third.status, 303, "{}", third.body);
    let page = organiser.get(third.location()).await;
    assert!(!page.text().contains("bobot 0,25"), "{}", page.text());
    assert!(page.text().contains("0,11"), "{}", page.text());
}

#[tokio::test]
async fn own_weights_go_on_by_name_and_every_other_choice_wins() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let none = [("weight_policy", "own")];
    let none = none.into_iter().chain(PERIOD).collect::<Vec<_>>();
    organiser.get("/kerja/survei/baru").await;
    let refused = organiser.post("/kerja/survei/baru", &none).await;
    assert_eq!(refused.status, 422, "there are none yet");
    let period = made(&mut organiser).await;
    let elements = organiser.get(&format!("{period}/unsur")).await;
    let version = elements.attribute("input[name=version]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("element_1", "requirements"),
        ("place_1", "1"),
        ("name_id_1", "Persyaratan"),
        ("name_en_1", "Requirements"),
        ("weight_1", "0,6"),
        ("element_2", "time"),
        ("place_2", "2"),
        ("name_id_2", "Waktu"),
        ("name_en_2", "Time"),
        ("weight_2", "0,4"),
    ];
    let saved = organiser.post(&format!("{period}/unsur"), &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let mut program = crate::complaints::program(&app, ORGANISER).await;
    for (policy, told, weighs) in [
        (None, "own", true),
        (Some("exact"), "exact", false),
        (Some("own"), "", false),
    ] {
        let mut body = serde_json::json!({
            "unit": UNIT, "title": "SKM berikutnya", "opens_on": "2026-04-01",
            "closes_on": "2026-04-30",
        });
        if let Some(policy) = policy {
            body["weight_policy"] = policy.into();
        }
        let post = poem::http::Method::POST;
        let answer = program.api(post, "/api/v1/surveys", Some(body)).await;
        if told.is_empty() {
            assert_eq!(answer.status, 422, "the last one has none any more");
            continue;
        }
        assert_eq!(answer.status, 201, "{}", answer.body);
        let made = answer.json();
        assert_eq!(made["weight_policy"], told);
        assert_eq!(made["elements"][0]["weight"].is_string(), weighs);
    }
}

#[tokio::test]
async fn a_period_that_nobody_answered_is_not_frozen_and_can_be_extended() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    assert_eq!(step(&mut organiser, &period, "tutup").await.status, 303);
    let refused = step(&mut organiser, &period, "bekukan").await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let text = refused.text();
    assert!(
        text.contains("belum ada hasil yang dapat dibekukan"),
        "{text}"
    );
    let kept = row(&app, &period).await;
    assert!(kept.frozen_at.is_none() && kept.frozen_hash.is_none());
    let version = kept.version.to_string();
    let fields = [("version", version.as_str()), ("closes_on", "2026-04-15")];
    let extended = organiser
        .post(&format!("{period}/perpanjang"), &fields)
        .await;
    assert_eq!(extended.status, 303, "{}", extended.body);
}

#[tokio::test]
async fn paper_of_an_earlier_year_is_entered_in_a_period_that_is_closed_from_the_beginning() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get("/kerja/survei/baru").await;
    let fields = [
        ("title", "SKM 2025"),
        ("opens_on", "2025-11-01"),
        ("closes_on", "2025-11-30"),
        ("grade_table", "14/2017"),
        ("weight_policy", "exact"),
        ("minimum_answers", "5"),
        ("least_percent", "50"),
    ];
    let made = organiser.post("/kerja/survei/baru", &fields).await;
    let period = made.location().to_owned();
    let opened = step(&mut organiser, &period, "buka").await;
    assert_eq!(opened.status, 303, "{}", opened.body);
    let page = organiser.follow(&opened).await;
    assert!(page.text().contains("langsung tertutup"), "{}", page.text());
    let citizen = app.browser().get(&form()).await;
    assert!(
        citizen.text().contains("tidak ada survei"),
        "nobody answers it"
    );
    let entering = organiser.get(&format!("{period}/kertas")).await;
    assert_eq!(entering.status, 200, "{}", entering.body);
}

#[tokio::test]
async fn weights_that_do_not_sum_to_one_are_refused_with_their_sum() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = made(&mut organiser).await;
    let path = format!("{period}/unsur");
    organiser.get(&path).await;
    let mut fields = vec![("version", "1".to_owned())];
    let names: Vec<[String; 5]> = (1..=3)
        .map(|at| ["element", "place", "name_id", "name_en", "weight"].map(|n| format!("{n}_{at}")))
        .collect();
    for (at, [element, place, name_id, name_en, weight]) in (1..).zip(&names) {
        let id = ["requirements", "procedure", "time"][at - 1];
        fields.push((element, id.to_owned()));
        fields.push((place, at.to_string()));
        fields.push((name_id, format!("Unsur {at}")));
        fields.push((name_en, format!("Element {at}")));
        fields.push((weight, "0.333".to_owned()));
    }
    let sent: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let refused = organiser.post(&path, &sent).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("0,999"), "{}", refused.text());
    let typed = refused.attribute("input[name=weight_3]", "value");
    assert_eq!(typed.as_deref(), Some("0.333"));
}

#[tokio::test]
async fn what_is_asked_is_fixed_once_it_is_open() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let version = row(&app, &period).await.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("element_1", "time"),
        ("place_1", "1"),
        ("name_id_1", "Waktu"),
        ("name_en_1", "Time"),
    ];
    let refused = organiser.post(&format!("{period}/unsur"), &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("sudah dibuka"));
}

#[tokio::test]
async fn a_target_follows_the_number_of_users() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = made(&mut organiser).await;
    let path = format!("{period}/layanan");
    let page = organiser.get(&path).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let code = page.attribute("input[name=service]", "value").unwrap();
    let fields = [
        ("version", version.as_str()),
        ("service", code.as_str()),
        ("population_1", "1.000"),
        ("volume_1", ""),
    ];
    let saved = organiser.post(&path, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let page = organiser.get(&period).await;
    assert!(page.text().contains("0 dari 278"), "{}", page.text());
}

#[tokio::test]
async fn a_closed_period_takes_nothing_and_can_be_extended() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    citizen.get(&form()).await;
    assert_eq!(step(&mut organiser, &period, "tutup").await.status, 303);
    let id = id_of(&period).to_string();
    let fields = [("period", id.as_str()), ("u1", "4")];
    let late = citizen.post(&form(), &fields).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("sudah ditutup"), "{}", late.text());
    let page = citizen.get(&form()).await;
    assert!(page.text().contains("tidak ada survei"), "{}", page.text());
    let version = row(&app, &period).await.version.to_string();
    let fields = [("version", version.as_str()), ("closes_on", "2026-04-15")];
    organiser.get(&period).await;
    let extended = organiser
        .post(&format!("{period}/perpanjang"), &fields)
        .await;
    assert_eq!(extended.status, 303, "{}", extended.body);
    let sent = fill(&mut citizen, &form(), "343434344", "").await;
    assert_eq!(sent.status, 303, "{}", sent.body);
}

#[tokio::test]
async fn what_is_frozen_stays_and_its_raw_data_prove_it() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    for digits in ["343434344", "4321-4321"] {
        let sent = fill(&mut citizen, &form(), digits, "Nama saya Contoh").await;
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
    let early = step(&mut organiser, &period, "bekukan").await;
    assert_eq!(early.status, 422, "an open period is closed first");
    step(&mut organiser, &period, "tutup").await;
    let frozen = step(&mut organiser, &period, "bekukan").await;
    assert_eq!(frozen.status, 303, "{}", frozen.body);
    let kept = row(&app, &period).await;
    let csv = organiser.get(&format!("{period}/jawaban.csv")).await;
    let hash = rembuk::platform::crypto::sha256_hex(csv.body.as_bytes());
    assert_eq!(kept.frozen_hash.as_deref(), Some(hash.as_str()));
    assert!(csv.body.contains("U9"), "{}", csv.body);
    assert!(!csv.body.contains("Nama saya Contoh"), "no words of people");
    let page = organiser.get(&period).await;
    assert!(page.text().contains(&hash), "{}", page.text());
    let path = format!("/api/v1/surveys/{}/responses", id_of(&period));
    let body = serde_json::json!({ "service": SERVICE, "answers": [] });
    let post = poem::http::Method::POST;
    let late = app.browser().api(post, &path, Some(body)).await;
    assert_eq!(late.status, 422);
    assert_eq!(late.json()["code"], "survey.frozen");
    let import = organiser.get(&format!("{period}/impor")).await;
    assert_eq!(import.status, 200);
    assert!(import.text().contains("dibekukan"), "{}", import.text());
    assert!(!import.body.contains("type=\"file\""), "nothing to hand in");
    // Who froze it and presses once more is told that it is frozen, not that somebody else was there.
    let again = step(&mut organiser, &period, "bekukan").await;
    assert_eq!(again.status, 303, "{}", again.text());
    assert_eq!(row(&app, &period).await.version, kept.version);
}

#[tokio::test]
async fn a_poster_leads_to_its_service_until_it_is_taken_out_of_use() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let codes = "/kerja/survei/kode";
    organiser.get(codes).await;
    let fields = [
        ("kind", "counter"),
        ("service", SERVICE),
        ("name", "Loket 3"),
    ];
    let made = organiser.post(codes, &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let twice = organiser.post(codes, &fields).await;
    assert_eq!(twice.status, 422);
    let page = organiser.get(codes).await;
    let href = page.attribute("td a.prose", "href").unwrap();
    let poster = page.attribute("a.btn-small", "href").unwrap();
    let pdf = organiser.get(&poster).await;
    assert_eq!(pdf.header("content-type"), "application/pdf");
    let mut citizen = app.browser();
    let onward = citizen.get(&href).await;
    let sent = fill(&mut citizen, onward.location(), "343434344", "").await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let kept = answers(&app, &period).await.remove(0);
    assert_eq!(kept.way.code(), "qr");
    assert!(kept.point_id.is_some());
    let action = page.attribute("td form", "action").unwrap();
    let off = organiser.post(&action, &[("version", "1")]).await;
    assert_eq!(off.status, 303, "{}", off.body);
    assert_eq!(citizen.get(&href).await.status, 410);
}

#[tokio::test]
async fn a_second_period_about_the_same_service_is_opened_only_when_it_is_meant() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    open(&mut organiser).await;
    let second = made(&mut organiser).await;
    let page = organiser.get(&second).await;
    assert!(page.text().contains("pada hari yang sama"), "warned before");
    let refused = step(&mut organiser, &second, "buka").await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    use rembuk::surveys::entity::setup::SurveyState::Draft;
    assert_eq!(row(&app, &second).await.state, Draft);
    let version = page.attribute("input[name=version]", "value").unwrap();
    let meant = [("version", version.as_str()), ("overlap", "true")];
    let opened = organiser.post(&format!("{second}/buka"), &meant).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    // A citizen sees each service once.
    let services = app.browser().get(&format!("/survei/{UNIT}")).await;
    assert_eq!(services.body.matches(&form()).count(), 1);
}

#[tokio::test]
async fn an_element_that_nobody_answers_leaves_the_closed_period_and_gives_it_an_index() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    for _ in 0..5 {
        fill(&mut citizen, &form(), "333-33334", "").await;
    }
    let path = format!("{period}/unsur");
    let page = organiser.get(&path).await;
    assert!(!page.text().contains("Keluarkan"), "answers may still come");
    step(&mut organiser, &period, "tutup").await;
    let result = organiser.get(&format!("{period}/hasil")).await;
    assert!(result.text().contains("halaman unsur"), "{}", result.text());
    // Frozen it would stay without an index for ever.
    let closed = organiser.get(&period).await;
    assert!(closed.text().contains("halaman unsur"), "told before");
    let refused = step(&mut organiser, &period, "bekukan").await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    let text = refused.text();
    assert!(text.contains("Hampir tidak ada yang menjawab U"), "{text}");
    assert_eq!(row(&app, &period).await.frozen_at, None);
    let page = organiser.get(&path).await;
    let id = page
        .attribute("section form input[name=element]", "value")
        .unwrap();
    let version = row(&app, &period).await.version.to_string();
    let out = format!("{path}/keluarkan");
    let of = |element| [("version", version.as_str()), ("element", element)];
    let refused = organiser.post(&out, &of("requirements")).await;
    assert_eq!(refused.status, 422, "enough answered that one");
    let gone = organiser.post(&out, &of(&id)).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
    assert_eq!(answers(&app, &period).await[0].scores, "33333334");
    // (7 · 3 + 4) / 8 · 25
    let result = organiser.get(&format!("{period}/hasil")).await;
    assert!(result.text().contains("78,13"), "{}", result.text());
    assert_eq!(step(&mut organiser, &period, "bekukan").await.status, 303);
    // Who reads the result, and who makes the next period, is told what is missing and why.
    let public = format!("/survei/{UNIT}/hasil");
    let next = "/kerja/survei/baru".to_owned();
    for path in [format!("{period}/hasil"), period, public, next] {
        let page = organiser.get(&path).await.text();
        assert!(page.contains("anpa U4"), "{path}: {page}");
    }
}

#[tokio::test]
async fn an_extended_period_stays_within_the_longest_one() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let mut citizen = app.browser();
    fill(&mut citizen, &form(), "343434344", "").await;
    step(&mut organiser, &period, "tutup").await;
    // The day that is proposed would be taken.
    let page = organiser.get(&period).await;
    let proposed = page.attribute("#f-closes_on", "value").unwrap();
    assert!(proposed.as_str() >= "2026-03-17", "{proposed}");
    for (day, words) in [("2027-06-30", "hari"), (proposed.as_str(), "")] {
        organiser.get(&period).await;
        let version = row(&app, &period).await.version.to_string();
        let fields = [("version", version.as_str()), ("closes_on", day)];
        let answer = organiser
            .post(&format!("{period}/perpanjang"), &fields)
            .await;
        match words {
            "" => assert_eq!(answer.status, 303, "{}", answer.body),
            words => assert!(
                answer.status == 422 && answer.text().contains(words),
                "{}",
                answer.body
            ),
        }
    }
}

#[tokio::test]
async fn raw_answers_tell_neither_the_day_nor_that_somebody_had_a_complaint() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let period = open(&mut organiser).await;
    let db = &app.app.db;
    let unit = rembuk::organisation::unit_by_code(db, UNIT).await.unwrap();
    let token = rembuk::surveys::make_link(db, &app.ctx(), (unit.id, None), "contoh").await;
    let mut citizen = app.browser();
    let path = format!("{}?tautan={}", form(), token.unwrap());
    let sent = fill(&mut citizen, &path, "343434344", "").await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    step(&mut organiser, &period, "tutup").await;
    let csv = organiser.get(&format!("{period}/jawaban.csv")).await;
    assert!(
        csv.body.contains("2026-03,") && csv.body.contains("web"),
        "{}",
        csv.body
    );
    assert!(
        !csv.body.contains("2026-03-17") && !csv.body.contains("link"),
        "{}",
        csv.body
    );
}

#[tokio::test]
async fn no_office_shows_figures_of_fewer_than_five() {
    let app = app().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get("/kerja/survei/baru").await;
    let fields = [
        ("title", "SKM Maret 2026"),
        ("opens_on", "2026-03-01"),
        ("closes_on", "2026-03-31"),
        ("grade_table", "14/2017"),
        ("weight_policy", "exact"),
        ("minimum_answers", "4"),
        ("least_percent", "50"),
    ];
    let refused = organiser.post("/kerja/survei/baru", &fields).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.attribute("#f-minimum_answers", "value").as_deref(),
        Some("4")
    );
}
