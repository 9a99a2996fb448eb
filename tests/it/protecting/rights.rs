//! What a request about one's own data must not do: tell an officer a name, leave something behind, or be made behind
//! the back of who filed.

use std::io::Read as _;

use sea_orm::{ConnectionTrait as _, Statement};

use super::{
    requests::{asked, grant, open_path, status},
    *,
};
use crate::complaints::{EMAIL, NAME};

/// One number that the database answers.
async fn number(app: &TestApp, sql: &str) -> i64 {
    let db = &app.app.db;
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "n").unwrap()
}

fn to<'a>(mails: &'a [Vec<u8>], address: &str) -> Vec<std::borrow::Cow<'a, str>> {
    let all = mails.iter().map(|mail| String::from_utf8_lossy(mail));
    all.filter(|mail| mail.contains(&format!("To: {address}")))
        .collect()
}

#[tokio::test]
async fn a_correction_tells_no_officer_who_is_anonymous_and_empty_fields_change_nothing() {
    let app = TestApp::new().await;
    let filed = filed(&app, true, false).await;
    asked(&app, "correction", &filed, "Nama saya salah tulis").await;
    let mut officer = app.sign_in(OFFICER).await;
    let (path, version) = open_path(&mut officer).await;
    let page = officer.get(&path).await;
    assert!(
        !page.body.contains(NAME) && !page.body.contains("80000000012"),
        "{}",
        page.text()
    );
    let nothing = [
        ("version", version.as_str()),
        ("answer", "Sudah diperbaiki."),
    ];
    let refused = officer.post(&format!("{path}/penuhi"), &nothing).await;
    assert_eq!(refused.status, 422, "nothing corrected is no correction");
    let named = [
        ("version", version.as_str()),
        ("answer", "Sudah diperbaiki."),
        ("name", "Bungaran Benar"),
    ];
    done(&mut officer, &format!("{path}/penuhi"), &named).await;
    app.run_jobs().await;
    let trail = officer
        .get(&format!(
            "/kerja/pengaduan/{}/jejak",
            filed.complaint.number
        ))
        .await;
    assert!(
        !trail.text().contains("Identitas dilihat"),
        "{}",
        trail.text()
    );
    // The address that was not typed is still there.
    assigned(&app, &filed.complaint.number, "fasilitasi").await;
    answered(&app, &filed.complaint.number).await;
    assert!(!to(&app.mails(), EMAIL).is_empty());
}

#[tokio::test]
async fn the_address_of_the_case_hears_of_a_request_by_code_and_can_stop_it() {
    let app = TestApp::new().await;
    let filed = closed(&app, false, false).await;
    let before = app.mails().len();
    let mut thief = app.browser();
    thief.get("/data-pribadi").await;
    let fields = [
        ("wish", "deletion"),
        ("number", filed.complaint.number.as_str()),
        ("code", filed.code.as_str()),
        ("email", "lain@warga.example"),
    ];
    let taken = thief.post("/data-pribadi", &fields).await;
    assert_eq!(taken.status, 200, "{}", taken.text());
    app.run_jobs().await;
    let mails = app.mails();
    let told = to(&mails[before..], EMAIL);
    assert_eq!(told.len(), 1, "the known address is told");
    let words = told[0].replace("=\r\n", "");
    let at = words.find("/data-pribadi/bukan-saya/").unwrap();
    let link: String = words[at..]
        .chars()
        .take_while(|c| !c.is_whitespace() && !"\"<".contains(*c))
        .collect();
    let mut owner = app.browser();
    let page = owner.get(&link).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let ended = done(&mut owner, &link, &[]).await;
    assert!(
        ended.text().contains("sudah dihentikan"),
        "{}",
        ended.text()
    );
    let wrong = format!("{}x", &link[..link.len() - 1]);
    assert_eq!(owner.get(&wrong).await.status, 404);
    // Nothing is left for the officer to grant.
    let hub = app.sign_in(OFFICER).await.get("/kerja/pelindungan").await;
    assert!(
        hub.text().contains("Tidak ada permintaan yang menunggu"),
        "{}",
        hub.text()
    );
}

#[tokio::test]
async fn a_contact_is_not_turned_away_by_the_code_alone() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    asked(&app, "correction", &filed, "Surel saya sudah ganti").await;
    let before = app.mails().len();
    let fields = [("email", "lain@warga.example")];
    assert_eq!(grant(&app, &fields).await.status, 303);
    assigned(&app, &filed.complaint.number, "fasilitasi").await;
    answered(&app, &filed.complaint.number).await;
    let mails = app.mails();
    let answers = |address: &str| {
        let all = to(&mails[before..], address);
        all.iter().filter(|mail| mail.contains("/lacak")).count()
    };
    assert_eq!(answers("lain@warga.example"), 0, "nobody agreed yet");
    assert!(answers(EMAIL) > 0);
    let old = to(&mails[before..], EMAIL);
    assert!(old.iter().any(|mail| mail.contains("/kabar/kontak/")));
}

#[tokio::test]
async fn deletion_takes_the_parts_the_other_requests_and_the_addresses_of_all_mails() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let whole = filed.complaint.number.clone();
    assigned(&app, &whole, "fasilitasi").await;
    let split = program(&app, OFFICER)
        .await
        .api(
            Method::POST,
            &format!("/api/v1/complaints/{whole}/split"),
            Some(json!({ "subject": "Loket tutup", "description": "Loket 2 tutup sebelum waktunya." })),
        )
        .await;
    assert!(split.status < 300, "{}", split.body);
    let part = split.json()["number"].as_str().unwrap().to_owned();
    asked(&app, "access", &filed, "Untuk Bungaran").await;
    assert_eq!(grant(&app, &[]).await.status, 303);
    let close = |number: String| {
        let app = &app;
        async move {
            answered(app, &number).await;
            let path = format!("/api/v1/complaints/{number}/close");
            let answer = program(app, OFFICER)
                .await
                .api(Method::POST, &path, Some(json!({})))
                .await;
            assert!(answer.status < 300, "{}", answer.body);
        }
    };
    close(whole.clone()).await;
    app.run_jobs().await;
    let request = asked(&app, "deletion", &filed, "Hapus semua tentang Bungaran").await;
    let refused = grant(&app, &[]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(&part), "{}", refused.text());
    assigned(&app, &part, "fasilitasi").await;
    close(part.clone()).await;
    app.run_jobs().await;
    assert_eq!(grant(&app, &[]).await.status, 303);
    let left = left_behind(&app, &["bungaran", "tiga minggu", "loket 2", EMAIL]).await;
    assert!(left.is_empty(), "{}", left.join("\n"));
    for sql in [
        "SELECT COUNT(*) AS n FROM complaint_identity",
        "SELECT COUNT(*) AS n FROM data_request WHERE name IS NOT NULL OR email IS NOT NULL OR phone IS NOT NULL",
        "SELECT COUNT(*) AS n FROM mail WHERE to_address LIKE 'sealed:_%'",
    ] {
        assert_eq!(number(&app, sql).await, 0, "{sql}");
    }
    let page = status(&app, &request).await;
    assert!(page.text().contains("Sudah kami penuhi."));
}

#[tokio::test]
async fn the_copy_names_who_looked_what_was_asked_and_what_stands_beside_the_case() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/pengaduan/baru").await;
    let letter = [
        ("unit", crate::complaints::UNIT),
        ("channel", "walk_in"),
        ("description", "Loket 2 tutup sebelum pukul dua belas."),
        ("name", NAME),
        ("address", "Jalan Contoh Nomor 3"),
        ("received_on", "2026-03-16"),
        ("received_time", "0915"),
        ("then", "next"),
    ];
    let entered = officer.post("/kerja/pengaduan/baru", &letter).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    let place = entered.location().to_owned();
    let number = place.rsplit(['=', '/']).next().unwrap();
    officer.get(&format!("/kerja/pengaduan/{number}")).await;
    let mut citizen = app.browser();
    citizen.get("/data-pribadi").await;
    let asked = [
        ("wish", "access"),
        ("unit", crate::complaints::UNIT),
        ("name", NAME),
        ("phone", "0800-0000-0012"),
    ];
    let taken = citizen.post("/data-pribadi", &asked).await;
    let big = taken.texts(".big");
    let code = big[1].replace(char::is_whitespace, "");
    app.run_jobs().await;
    let (path, version) = open_path(&mut officer).await;
    let known = [
        ("version", version.as_str()),
        ("how", "KTP-el ditunjukkan di loket 3"),
        ("complaint", number),
    ];
    done(&mut officer, &format!("{path}/periksa"), &known).await;
    assert_eq!(grant(&app, &[]).await.status, 303);
    citizen.get("/data-pribadi/status").await;
    let fields = [("number", big[0].trim()), ("code", code.as_str())];
    let copy = citizen.post("/data-pribadi/salinan", &fields).await;
    assert_eq!(copy.status, 200);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(copy.bytes)).unwrap();
    let mut text = String::new();
    zip.by_name("data.json")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    let data: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(text.contains("Jalan Contoh Nomor 3"), "{text}");
    assert_eq!(data["requests"][0]["number"], big[0].trim());
    assert_eq!(data["data"]["readers"][0]["identity_shown"], true, "{text}");
    // Each time it is fetched stands in the history of the request, for the person and for the office.
    let page = citizen.post("/data-pribadi/status", &fields).await;
    assert!(page.text().contains("Salinan diunduh"), "{}", page.text());
}

#[tokio::test]
async fn who_was_checked_without_a_case_is_helped_by_hand_or_given_the_case_later() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    for (later, answer) in [
        (false, "Data Anda pada daftar tamu forum sudah kami hapus."),
        (true, "Silakan unduh."),
    ] {
        let mut citizen = app.browser();
        citizen.get("/data-pribadi").await;
        let asked = [
            ("wish", "access"),
            ("unit", crate::complaints::UNIT),
            ("name", NAME),
            ("phone", "0800-0000-0012"),
        ];
        let taken = citizen.post("/data-pribadi", &asked).await;
        assert_eq!(taken.status, 200, "{}", taken.text());
        app.run_jobs().await;
        let mut officer = app.sign_in(OFFICER).await;
        let (path, version) = open_path(&mut officer).await;
        let known = [
            ("version", version.as_str()),
            ("how", "KTP-el ditunjukkan di loket 3"),
            ("complaint", ""),
        ];
        let page = done(&mut officer, &format!("{path}/periksa"), &known).await;
        assert!(page.text().contains("Hubungkan dengan pengaduan"));
        let mut version = page.attribute("input[name=version]", "value").unwrap();
        if later {
            let named = [
                ("version", version.as_str()),
                ("how", "KTP-el ditunjukkan di loket 3"),
                ("complaint", filed.complaint.number.as_str()),
            ];
            let page = done(&mut officer, &format!("{path}/periksa"), &named).await;
            version = page.attribute("input[name=version]", "value").unwrap();
        } else {
            let short = [("version", version.as_str()), ("answer", "Sudah.")];
            let refused = officer.post(&format!("{path}/penuhi"), &short).await;
            assert_eq!(refused.status, 422, "what was done by hand is told");
        }
        let granted = [("version", version.as_str()), ("answer", answer)];
        let page = done(&mut officer, &format!("{path}/penuhi"), &granted).await;
        assert!(page.text().contains("Dipenuhi"), "{}", page.text());
        app.run_jobs().await;
    }
}

#[tokio::test]
async fn who_comes_to_the_counter_is_written_down_by_an_officer_and_takes_the_code_home() {
    let app = TestApp::new().await;
    let filed = filed(&app, false, false).await;
    let page = "/kerja/permintaan-data/baru";
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(page).await;
    let mut typed = vec![
        ("unit", crate::complaints::UNIT),
        ("wish", "access"),
        ("name", NAME),
        ("phone", "0800-0000-0012"),
        ("number", "ADU-2026-999999"),
    ];
    let refused = officer.post(page, &typed).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.texts(".summary li").len(),
        2,
        "how it was checked, and no such case: {}",
        refused.text()
    );
    typed.pop();
    typed.push(("number", &filed.complaint.number));
    typed.push(("how", "KTP-el ditunjukkan di loket 3"));
    let mut stranger = typed.clone();
    stranger[3] = ("phone", "0800-0000-0013");
    let refused = officer.post(page, &stranger).await;
    assert_eq!(refused.status, 422, "an identity card is no receipt");
    assert!(
        refused.text().contains("tidak sama dengan yang tercatat"),
        "{}",
        refused.text()
    );
    stranger.push(("code", "0000000000000000"));
    assert_eq!(officer.post(page, &stranger).await.status, 422);
    let slip = officer.post(page, &typed).await;
    assert_eq!(slip.status, 200, "{}", slip.text());
    let big = slip.texts(".big");
    let request = (
        big[0].trim().to_owned(),
        big[1].replace(char::is_whitespace, ""),
    );
    app.run_jobs().await;
    assert_eq!(grant(&app, &[]).await.status, 303);
    let status = status(&app, &request).await;
    assert!(status.text().contains("Dipenuhi"), "{}", status.text());
    let list = program(&app, OFFICER)
        .await
        .get("/api/v1/data-requests")
        .await;
    assert!(!list.body.contains(NAME));
    let list = list.json();
    assert_eq!(list["items"][0]["number"], request.0);
    assert_eq!(list["items"][0]["state"], "granted");
    let open = program(&app, OFFICER)
        .await
        .get("/api/v1/data-requests?open=true")
        .await
        .json();
    assert_eq!(open["items"].as_array().unwrap().len(), 0);
}
