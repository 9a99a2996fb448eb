//! How complaints come in.

use super::*;
use crate::{
    complaints::{EMAIL, answered},
    filing::photo,
    support::pdf,
    ways::ADMIN,
};

#[tokio::test]
async fn a_program_enters_a_suggestion_box_sheet_by_sheet_and_closes_it() {
    let app = TestApp::new().await;
    let mut officer = program(&app, OFFICER).await;
    let mut handler = program(&app, HANDLER).await;
    let opening = json!({
        "opened_on": "2026-03-13", "opened_time": "15:00", "place": "Kotak saran lobi utama",
        "witnesses": ["Ani Contoh", "Budi Contoh"], "counted": 2,
    });
    let refused = post(&mut handler, "/suggestion-boxes", opening.clone()).await;
    assert_eq!(refused.status, 403);
    let named = faults(&post(&mut officer, "/suggestion-boxes", json!({})).await);
    for field in ["opened_on", "opened_time", "place", "witnesses", "counted"] {
        assert!(named.iter().any(|one| one == field), "{field}: {named:?}");
    }
    let mut slip = opening.clone();
    slip["opened_on"] = json!("2025-03-13");
    let asked = post(&mut officer, "/suggestion-boxes", slip).await;
    assert_eq!(faults(&asked), ["opened_on"], "a year ago: is it meant?");
    let batch = fine(&post(&mut officer, "/suggestion-boxes", opening).await);
    assert_eq!(batch["opened_at"], "2026-03-13T15:00:00+08:00");
    let place = format!("/suggestion-boxes/{}", batch["id"].as_str().unwrap());

    let sheets = format!("{place}/sheets");
    let key = (
        "idempotency-key".to_owned(),
        "lembar-0001-abcdef".to_owned(),
    );
    officer.headers.push(key);
    let sheet = json!({ "description": "AC ruang tunggu mati.", "kind": "complaint" });
    let first = fine(&post(&mut officer, &sheets, sheet.clone()).await);
    let again = fine(&post(&mut officer, &sheets, sheet).await);
    assert_eq!(first["number"], again["number"], "sent twice");
    officer.headers.pop();
    assert_eq!(first["received_at"], batch["opened_at"]);
    let empty = post(&mut officer, &sheets, json!({ "description": " " })).await;
    assert!(faults(&empty).contains(&"description".to_owned()));

    let scans = format!("/api/v1{place}/scans");
    let scan = pdf("lembar satu");
    let kept = officer
        .post_file(&scans, &[], ("file", "lembar.pdf", &scan))
        .await;
    let kept = fine(&kept);
    let file = kept["scans"][0]["id"].as_str().unwrap();
    let opened = officer.get(&format!("{scans}/{file}")).await;
    assert_eq!((opened.status, opened.bytes), (200, scan));

    let close = format!("{place}/close");
    let early = post(&mut officer, &close, json!({ "version": 1 })).await;
    assert_eq!(faults(&early), ["close_reason"]);
    let stale = json!({ "version": 7, "close_reason": "Satu lembar kosong" });
    let stale = post(&mut officer, &close, stale).await;
    assert_eq!(code(&stale), (409, "changed_meanwhile".to_owned()));
    let reason = json!({ "version": 1, "close_reason": "Satu lembar kosong" });
    let closed = fine(&post(&mut officer, &close, reason).await);
    assert_eq!(
        (
            &closed["entered"],
            &closed["counted"],
            &closed["sheets"][0]["number"]
        ),
        (&json!(1), &json!(2), &first["number"])
    );
    let late = post(
        &mut officer,
        &sheets,
        json!({ "description": "Tertinggal satu" }),
    )
    .await;
    assert_eq!(code(&late), (422, "box.closed".to_owned()));
    let list = fine(&read(&mut officer, "/suggestion-boxes").await);
    assert_eq!(list["items"][0]["close_reason"], "Satu lembar kosong");
    let mut other = program(&app, OTHER_OFFICER).await;
    assert_eq!(read(&mut other, &place).await.status, 404);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_program_keeps_the_register_of_channels_and_what_the_form_asks() {
    let app = TestApp::new().await;
    let mut admin = program(&app, ADMIN).await;
    let mut officer = program(&app, OFFICER).await;
    let register = format!("/units/{UNIT}/channel-register");
    let mut phone = json!({
        "kind": "phone", "name": "Telepon pengaduan", "contact": "0800-0000-0034",
        "responsible": "Sekretaris",
    });
    assert_eq!(
        post(&mut officer, &register, phone.clone()).await.status,
        403
    );
    assert_eq!(
        faults(&post(&mut admin, &register, json!({ "kind": "merpati" })).await),
        ["kind", "name", "contact", "responsible"]
    );
    let kept = fine(&post(&mut admin, &register, phone.clone()).await);
    let twin = post(&mut admin, &register, phone.clone()).await;
    assert_eq!(faults(&twin), ["name"]);
    let place = format!("/channels/{}", kept["items"][0]["id"].as_str().unwrap());
    phone["active"] = json!(false);
    phone["version"] = json!(1);
    let shut = fine(&put(&mut admin, &place, phone.clone()).await);
    assert_eq!(shut["items"][0]["active"], false);
    let stale = put(&mut admin, &place, phone.clone()).await;
    assert_eq!(code(&stale), (409, "changed_meanwhile".to_owned()));
    let fields = phone.as_object_mut().unwrap();
    fields.remove("active");
    fields.remove("version");
    let blind = put(&mut admin, &place, phone.clone()).await;
    assert_eq!(code(&blind), (409, "changed_meanwhile".to_owned()));
    phone["version"] = json!(2);
    phone["note"] = json!("Jam kerja");
    let noted = fine(&put(&mut admin, &place, phone).await);
    assert_eq!(noted["items"][0]["active"], false, "nobody opened it");
    let public = fine(&read(&mut app.browser(), &format!("/units/{UNIT}/channels")).await);
    assert_eq!(public["items"], json!([]), "what is shut is told to nobody");
    let web = json!({
        "kind": "web", "name": "Formulir", "contact": "Situs ini", "responsible": "Sekretaris",
        "active": false,
    });
    assert_eq!(faults(&post(&mut admin, &register, web).await), ["active"]);

    let mut handler = program(&app, HANDLER).await;
    let list = "/complaint-categories";
    let name = json!({ "name": "Menunggu terlalu lama" });
    assert_eq!(post(&mut handler, list, name.clone()).await.status, 403);
    assert_eq!(faults(&post(&mut officer, list, json!({})).await), ["name"]);
    let kept = fine(&post(&mut officer, list, name.clone()).await);
    assert_eq!(faults(&post(&mut officer, list, name).await), ["name"]);
    let place = format!("{list}/{}", kept["id"].as_str().unwrap());
    let questions = format!("{place}/questions");
    let one_choice = json!({
        "label": "Di loket mana?", "kind": "choice", "choices": ["Loket 1"], "version": 1,
    });
    assert_eq!(
        faults(&post(&mut officer, &questions, one_choice).await),
        ["choices"]
    );
    let date = json!({ "label": "Sejak kapan?", "kind": "date", "required": true, "version": 1 });
    let asked = fine(&post(&mut officer, &questions, date.clone()).await);
    assert_eq!(asked["questions"][0]["kind"], "date");
    let stale = post(&mut officer, &questions, date).await;
    assert_eq!(code(&stale), (409, "changed_meanwhile".to_owned()));
    let question = format!(
        "{questions}/{}",
        asked["questions"][0]["id"].as_str().unwrap()
    );
    assert_eq!(faults(&delete(&mut officer, &question).await), ["version"]);
    let other = json!({ "label": "Sejak tanggal berapa?", "kind": "date", "version": 2 });
    let changed = fine(&put(&mut officer, &question, other.clone()).await);
    assert_eq!(changed["questions"][0]["label"], "Sejak tanggal berapa?");
    let stale = put(&mut officer, &question, other).await;
    assert_eq!(code(&stale), (409, "changed_meanwhile".to_owned()));
    let gone = fine(&delete(&mut officer, &format!("{question}?version=3")).await);
    assert_eq!(gone["questions"], json!([]));
    let hidden = json!({ "name": "Belum ditawarkan", "offered": false });
    let hidden = fine(&post(&mut officer, list, hidden).await);
    assert_eq!(
        (&hidden["offered"], &hidden["version"]),
        (&json!(false), &json!(1))
    );
    let off = json!({ "name": "Menunggu lama", "offered": false, "version": 4 });
    assert_eq!(fine(&put(&mut officer, &place, off).await)["version"], 5);
    let path = format!("/units/{UNIT}/complaint-categories");
    assert_eq!(
        fine(&read(&mut app.browser(), &path).await)["items"],
        json!([])
    );
    let all = fine(&read(&mut officer, list).await);
    assert_eq!(all["items"][0]["name"], "Menunggu lama");
}

#[tokio::test]
async fn a_program_opens_what_only_officers_open_with_a_reason_that_stays() {
    const WHY: &str = "Mencocokkan nama dengan surat kuasa";
    let app = TestApp::new().await;
    let number = filed(&app, false, false).await.complaint.number;
    let mut officer = program(&app, OFFICER).await;
    let mut handler = program(&app, HANDLER).await;
    let place = format!("/complaints/{number}/restricted-files");
    let path = format!("/api/v1{place}");
    let card = photo();
    let unknown = officer
        .post_file(&path, &[("kind", "paspor")], ("file", "ktp.jpg", &card))
        .await;
    assert_eq!(faults(&unknown), ["kind"]);
    let kind = [("kind", "identity_card")];
    let script = officer
        .post_file(&path, &kind, ("file", "ktp.png", b"<svg><script/></svg>"))
        .await;
    assert_eq!(faults(&script), ["file"]);
    let kept = officer
        .post_file(&path, &kind, ("file", "ktp.jpg", &card))
        .await;
    let kept = fine(&kept);
    assert_eq!(kept["items"][0]["kind"], "identity_card");
    let open = format!("{place}/{}/open", kept["items"][0]["id"].as_str().unwrap());
    assert_eq!(
        faults(&post(&mut officer, &open, json!({})).await),
        ["reason"]
    );
    let why = json!({ "reason": WHY });
    let opened = post(&mut officer, &open, why.clone()).await;
    assert_eq!(opened.status, 200);
    assert!(
        opened.bytes.starts_with(&[0xFF, 0xD8]),
        "made anew as a JPEG"
    );
    assert_eq!(post(&mut handler, &open, why.clone()).await.status, 403);
    let mut other = program(&app, OTHER_OFFICER).await;
    assert_eq!(post(&mut other, &open, why.clone()).await.status, 404);

    let message = json!({
        "channel": "whatsapp", "text": "Sampai hari ini belum ada kabar.",
        "external_id": "wamid.0001", "original": "P! sampe hari ini blm ada kabar",
    });
    let incoming = format!("/complaints/{number}/incoming-messages");
    assert_eq!(post(&mut officer, &incoming, message).await.status, 204);
    let originals = format!("/complaints/{number}/originals/open");
    assert_eq!(
        post(&mut handler, &originals, why.clone()).await.status,
        403
    );
    let opened = fine(&post(&mut officer, &originals, why).await);
    assert!(
        opened["items"][0]
            .as_str()
            .unwrap()
            .contains("blm ada kabar")
    );
    let case = app
        .sign_in(OFFICER)
        .await
        .get(&format!("/kerja/pengaduan/{number}"))
        .await;
    assert!(case.text().contains(WHY), "{}", case.text());
    app.run_jobs().await;
}

#[tokio::test]
async fn a_program_says_under_which_headings_lists_of_sp4n_keep_what() {
    let app = TestApp::new().await;
    let mut officer = program(&app, OFFICER).await;
    let place = format!("/units/{UNIT}/sp4n-columns");
    let chosen = json!({
        "tracking_id": "Kode", "description": "Cerita warga", "received": "Kapan",
    });
    let mut handler = program(&app, HANDLER).await;
    assert_eq!(put(&mut handler, &place, chosen.clone()).await.status, 403);
    let twice = json!({ "tracking_id": "Kode", "received": "kode " });
    assert_eq!(
        faults(&put(&mut officer, &place, twice).await),
        ["tracking_id"]
    );
    let kept = fine(&put(&mut officer, &place, chosen).await);
    assert_eq!(kept["description"], "cerita warga");
    assert_eq!(fine(&read(&mut officer, &place).await), kept);
    let list =
        "Kode;Cerita warga;Kapan\n7654321;Saya merekam KTP-el tiga minggu lalu.;12/03/2026\n";
    let taken = officer
        .post_file(
            "/api/v1/complaints/import",
            &[],
            ("file", "lapor.csv", list.as_bytes()),
        )
        .await;
    assert_eq!(fine(&taken)["stored"], 1, "{}", taken.body);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_citizens_program_changes_contact_and_news_as_carefully_as_the_page() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let number = filed.complaint.number;
    let mut citizen = app.browser();
    let contact = format!("/complaints/{number}/status/contact");
    let news = format!("/complaints/{number}/status/news");
    let other = json!({ "email": "baru@warga.example" });
    assert_eq!(
        post(&mut citizen, &contact, other.clone()).await.status,
        404
    );
    assert_eq!(
        post(&mut citizen, &news, json!({ "wanted": false }))
            .await
            .status,
        404,
        "without the code"
    );
    citizen.headers.push(("x-access-code".into(), filed.code));
    let both = json!({ "email": "baru@warga.example", "phone": "0800-0000-0034" });
    for wrong in [both, json!({}), json!({ "email": "bukan surel" })] {
        assert_eq!(
            faults(&post(&mut citizen, &contact, wrong).await),
            ["email"]
        );
    }
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(post(&mut citizen, &contact, other.clone()).await);
    }
    assert_eq!(fine(&answers[0])["links"], 2, "the old and the new address");
    assert_eq!(code(&answers[5]), (429, "too_many".to_owned()));
    let off = post(&mut citizen, &news, json!({ "wanted": false })).await;
    assert_eq!(off.status, 204, "{}", off.body);
    app.run_jobs().await;
    let mails = || {
        let mails = app.mails();
        let mine = mails.iter().map(|mail| String::from_utf8_lossy(mail));
        mine.filter(|mail| mail.contains(EMAIL)).count()
    };
    let before = mails();
    answered(&app, &number).await;
    assert_eq!(mails(), before, "no news is wanted");
}
