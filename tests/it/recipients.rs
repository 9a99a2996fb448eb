//! Promises of the list of recipients: the import from spreadsheets, the contact book, and what programs may do.

use poem::http::Method;
use rembuk::{
    access::{create_token, person_by_email},
    forums::{self, ForumId},
    invitations,
};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::json;

use crate::{
    forums::{ORGANISER, with_forums},
    invitations::draft,
    support::{Answer, Browser, TestApp},
};

/// A workbook as offices keep them: a title, merged cells, a hidden row, a broken address.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet
        .merge_range(0, 0, 0, 3, "DAFTAR TUJUAN", &plain)
        .unwrap();
    for (column, heading) in [
        (0, "No"),
        (1, "Jabatan"),
        (2, "Perangkat Daerah"),
        (3, "Surel"),
    ] {
        sheet.write(1, column, heading).unwrap();
    }
    for (row, (position, office, email)) in [
        ("Kepala Dinas Satu", "Dinas Satu", "satu@contoh.example"),
        ("Kepala Dinas Dua", "Dinas Dua", "dua@contoh"),
        ("Kepala Dinas Tiga", "Dinas Tiga", ""),
        ("Kepala Dinas Empat", "Dinas Empat", ""),
        ("KEPALA DINAS  SATU", "dinas satu", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let at = u32::try_from(row).unwrap() + 2;
        sheet.write(at, 1, position).unwrap();
        sheet.write(at, 2, office).unwrap();
        sheet.write(at, 3, email).unwrap();
    }
    sheet.set_row_hidden(5).unwrap();
    book.save_to_buffer().unwrap()
}

pub async fn program(app: &TestApp) -> Browser<'_> {
    let person = person_by_email(&app.app.db, ORGANISER).await.unwrap();
    let token = create_token(&app.ctx(), person.unwrap(), "uji", true)
        .await
        .unwrap();
    let mut browser = app.browser();
    let bearer = ("authorization".to_owned(), format!("Bearer {token}"));
    browser.headers.push(bearer);
    browser
}

async fn import(browser: &mut Browser<'_>, forum: &str, query: &str, bytes: &[u8]) -> Answer {
    let path = format!("/api/v1/forums/{forum}/recipients/import{query}");
    browser
        .post_file(&path, &[], ("file", "daftar.xlsx", bytes))
        .await
}

fn id_of(path: &str) -> String {
    path.trim_start_matches("/kerja/forum/").to_owned()
}

async fn count(app: &TestApp, id: &str) -> usize {
    let forum = forums::by_id(&app.app.db, ForumId::parse(id).unwrap())
        .await
        .unwrap();
    let list = invitations::recipients(&app.app.db, &forum).await.unwrap();
    list.len()
}

#[tokio::test]
async fn an_organiser_sees_every_faulty_row_before_anything_is_imported() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let before = count(&app, &id_of(&forum)).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let form = format!("{forum}/undangan/impor");
    organiser.get(&form).await;
    let file = ("file", "daftar.xlsx", workbook());
    let sent = organiser
        .post_file(&form, &[], (file.0, file.1, &file.2))
        .await;
    let preview = sent.location().to_owned();
    let page = organiser.follow(&sent).await;
    assert_eq!(page.status, 200, "{}", page.text());
    for words in ["0 baris siap", "5 baris bermasalah", "Unsur kosong"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let right = format!("{preview}?heading=2&position=1&organisation=2&email=3&usual_group=users");
    let page = organiser.get(&right).await;
    for words in [
        "2 baris siap disimpan",
        "3 baris bermasalah",
        "D4dua@contohTulis alamat surel yang lengkap",
        "Baris tersembunyi dilewati",
        "Sama dengan baris 3",
        "Simpan 2 penerima, tinggalkan 3 baris bermasalah",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    assert_eq!(count(&app, &id_of(&forum)).await, before);
    let fields = [
        ("heading", "2"),
        ("position", "1"),
        ("organisation", "2"),
        ("email", "3"),
        ("usual_group", "users"),
        ("keep", "true"),
        ("seen", "2"),
    ];
    let mut other = fields;
    other[6] = ("seen", "3");
    let unseen = organiser.post(&preview, &other).await;
    assert_eq!(unseen.status, 409, "another number was not confirmed");
    let done = organiser.post(&preview, &fields).await;
    let page = organiser.follow(&done).await;
    assert!(
        page.text().contains("2 penerima diimpor"),
        "{}",
        page.text()
    );
    assert_eq!(count(&app, &id_of(&forum)).await, before + 2);
    let twice = organiser.post(&preview, &fields).await;
    assert_eq!(twice.status, 404, "the file is used up");
    let book = organiser.get("/kerja/kontak?q=dinas+satu").await;
    assert!(book.text().contains("Kepala Dinas Satu"), "{}", book.text());
}

#[tokio::test]
async fn files_that_are_no_lists_are_refused_with_the_reason() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let form = format!("{forum}/undangan/impor");
    organiser.get(&form).await;
    let long = "Nama;Instansi\n".to_owned() + &"Budi Contoh;Dinas\n".repeat(10_000);
    for (bytes, reason) in [
        (&b""[..], "Pilih berkas dahulu"),
        (b"\n\n", "Berkas ini kosong"),
        (b"%PDF-1.7\n\x00\x01", "bukan lembar kerja"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Excel lama"),
        (long.as_bytes(), "berisi 10000 baris di bawah judul"),
    ] {
        let name = if bytes.is_empty() { "" } else { "x.xlsx" };
        let answer = organiser.post_file(&form, &[], ("file", name, bytes)).await;
        assert_eq!(answer.status, 422, "{reason}");
        assert!(
            answer.text().contains(reason),
            "{reason}: {}",
            answer.text()
        );
    }
    let nobody = organiser
        .get(&format!("{form}/{}", uuid::Uuid::nil()))
        .await;
    assert_eq!(nobody.status, 404);
}

#[tokio::test]
async fn a_program_imports_all_rows_or_none() {
    let (app, demo) = with_forums().await;
    let forum = id_of(&draft(&app, demo.past).await);
    let before = count(&app, &forum).await;
    let mut browser = program(&app).await;
    let text = "Nama;Instansi;Unsur;Surel\n\
                Budi Contoh;Lembaga;Ahli;budi@contoh.example\n\
                Ani Contoh;Lembaga;Bangsawan;bukan\n";
    let refused = import(&mut browser, &forum, "", text.as_bytes()).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let report = refused.json();
    assert_eq!(report["accepted"], 1);
    assert_eq!(report["stored"], 0);
    assert_eq!(
        report["faulty"][0],
        json!({ "row": 3, "column": "C", "code": "group_unknown", "message": "Unsur \"Bangsawan\" tidak dikenal." })
    );
    assert_eq!(report["faulty"][1]["column"], "D");
    assert_eq!(report["faulty"][1]["code"], "email");
    assert_eq!(count(&app, &forum).await, before);
    let some = import(&mut browser, &forum, "?skip_faulty=true", text.as_bytes()).await;
    assert_eq!(some.status, 200, "{}", some.body);
    assert_eq!(some.json()["stored"], 1);
    let again = import(&mut browser, &forum, "", text.as_bytes()).await;
    assert_eq!(again.json()["faulty"][0]["code"], "duplicate_in_list");
    assert_eq!(count(&app, &forum).await, before + 1);
    let unknown = import(&mut browser, &forum, "", b"Satu;Dua\nx;y\n").await;
    assert_eq!(unknown.status, 422);
    assert_eq!(
        unknown.json()["errors"][0]["code"],
        "import-columns-unknown"
    );
    let list = format!("/api/v1/forums/{forum}/recipients");
    let list = browser.api(Method::GET, &list, None).await.json();
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), before + 1);
    assert_eq!(items[before]["addressee"], "Budi Contoh");
    assert_eq!(items[before]["sending"], "not-sent");
    let issued = import(&mut browser, &demo.next.to_string(), "", text.as_bytes()).await;
    assert_eq!(issued.json()["code"], "letter.issued");
}

#[tokio::test]
async fn the_mark_of_a_failed_formula_becomes_no_recipient() {
    let (app, demo) = with_forums().await;
    let forum = id_of(&draft(&app, demo.past).await);
    let before = count(&app, &forum).await;
    let mut browser = program(&app).await;
    let text = b"Nama;Instansi;Unsur\n#N/A;Lembaga;Ahli\nBudi Contoh;#REF!;Ahli\n";
    let refused = import(&mut browser, &forum, "", text).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let faulty = &refused.json()["faulty"];
    for (at, row, column, shown) in [(0, 2, "A", "#N/A"), (1, 3, "B", "#REF!")] {
        assert_eq!(
            faulty[at],
            json!({ "row": row, "column": column, "code": "cell_error", "message": format!("Rumus di sel ini gagal ({shown}). Tulis isinya.") })
        );
    }
    assert_eq!(count(&app, &forum).await, before);
}

#[tokio::test]
async fn a_remark_that_contradicts_the_number_is_named_with_its_cell_and_taken() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let text = "Nama;Instansi;Unsur;Jumlah;Keterangan\n\
                Budi Contoh;Lembaga Satu;Ahli;5;1 (satu) orang\n\
                Ani Contoh;Lembaga Dua;Ahli;2;2 (dua) orang\n";
    let mut organiser = app.sign_in(ORGANISER).await;
    let form = format!("{forum}/undangan/impor");
    organiser.get(&form).await;
    let file = ("file", "daftar.csv", text.as_bytes());
    let sent = organiser.post_file(&form, &[], file).await;
    let page = organiser.follow(&sent).await.text();
    for words in [
        "1 baris dapat disimpan, tetapi perlu diperiksa",
        "E2",
        "menyebut 1 orang, jumlahnya 5",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("2 baris siap"), "nothing is left out: {page}");
    let mut browser = program(&app).await;
    let taken = import(&mut browser, &id_of(&forum), "", text.as_bytes()).await;
    assert_eq!(taken.status, 200, "{}", taken.body);
    let warnings = taken.json()["warnings"].clone();
    assert_eq!(warnings.as_array().unwrap().len(), 1);
    assert_eq!(warnings[0]["code"], "note_differs");
    assert_eq!(
        (&warnings[0]["row"], &warnings[0]["column"]),
        (&json!(2), &json!("E"))
    );
}

#[tokio::test]
async fn a_thousand_recipients_are_imported_at_once() {
    let (app, demo) = with_forums().await;
    let forum = id_of(&draft(&app, demo.past).await);
    let before = count(&app, &forum).await;
    let mut text = "Nama,Instansi,Unsur,Surel,HP\n".to_owned();
    for number in 0..1000 {
        text += &format!(
            "Orang {number},Lembaga {number},Media,o{number}@contoh.example,080000000012\n"
        );
    }
    let mut browser = program(&app).await;
    let done = import(&mut browser, &forum, "", text.as_bytes()).await;
    assert_eq!(done.json()["stored"], 1000, "{}", done.body);
    assert_eq!(count(&app, &forum).await, before + 1000);
}

#[tokio::test]
async fn a_program_makes_a_forum_and_follows_the_sending() {
    let (app, demo) = with_forums().await;
    let mut browser = program(&app).await;
    let mut body = json!({
        "unit": "disdukcapil-kaltim", "code": "FKP-API-2026", "title": "Forum lewat API",
        "theme": "Tema forum", "scope": "standard_drafting", "mode": "face_to_face",
        "date": "2026-06-10", "start": "09:00", "end": "08:00",
        "venue": { "name": "", "address": "Jalan Contoh 1" },
    });
    let make = "/api/v1/forums";
    let empty = browser.api(Method::POST, make, Some(json!({}))).await;
    let missing: Vec<String> = empty.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["field"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(missing, ["unit", "code", "title", "theme", "scope", "mode"]);
    let wrong = browser.api(Method::POST, make, Some(body.clone())).await;
    assert_eq!(wrong.status, 422);
    let fields: Vec<String> = wrong.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["field"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(fields, ["end", "venue.name"]);
    body["end"] = json!("12:00");
    body["venue"]["name"] = json!("Aula");
    let users = |planned: u32| json!({ "group": "users", "planned": planned });
    for (field, value, fault) in [
        ("quotas", json!([users(5), users(6)]), "quotas[1].group"),
        ("quotas", json!([users(4_000_000)]), "quotas[0].planned"),
        ("start", json!("08:00:30"), "start"),
    ] {
        let mut odd = body.clone();
        odd[field] = value;
        let wrong = browser.api(Method::POST, make, Some(odd)).await;
        assert_eq!(wrong.status, 422, "{}", wrong.body);
        assert_eq!(wrong.json()["errors"][0]["field"], fault, "{}", wrong.body);
    }
    body["quotas"] = json!([users(5)]);
    body["online_link"] = json!("https://rapat.example/fkp");
    let made = browser.api(Method::POST, make, Some(body.clone())).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.json()["starts_at"], "2026-06-10T09:00:00+08:00");
    let address = format!("{make}/{}", made.json()["id"].as_str().unwrap());
    let read = browser.api(Method::GET, &address, None).await.json();
    for field in ["quotas", "online_link"] {
        assert_eq!(read[field], body[field], "what was posted is read back");
    }
    assert_eq!(read["version"], 1);
    let twice = browser.api(Method::POST, make, Some(body.clone())).await;
    assert_eq!(twice.status, 422, "the code is taken");

    let mut copy = body.clone();
    copy["code"] = json!("FKP-API-SALIN-2026");
    copy["copied_from"] = json!(uuid::Uuid::nil());
    let unknown = browser.api(Method::POST, make, Some(copy.clone())).await;
    assert_eq!(unknown.json()["errors"][0]["field"], "copied_from");
    copy["copied_from"] = json!(demo.past);
    let copied = browser.api(Method::POST, make, Some(copy)).await;
    assert_eq!(copied.status, 201, "{}", copied.body);
    let taken = format!(
        "/api/v1/forums/{}/recipients",
        copied.json()["id"].as_str().unwrap()
    );
    let taken = browser.api(Method::GET, &taken, None).await;
    assert_eq!(taken.json()["items"].as_array().unwrap().len(), 39);

    let early = format!(
        "/api/v1/forums/{}/invitations/send",
        made.json()["id"].as_str().unwrap()
    );
    let early = browser.api(Method::POST, &early, None).await;
    assert_eq!(early.json()["code"], "letter.not_issued");
    let send = format!("/api/v1/forums/{}/invitations/send", demo.next);
    let sent = browser.api(Method::POST, &send, None).await;
    assert_eq!(sent.status, 202, "{}", sent.body);
    let job = format!("/api/v1/jobs/{}", sent.json()["job"].as_str().unwrap());
    let mut state = browser.api(Method::GET, &job, None).await.json();
    assert_eq!((&state["total"], &state["done"]), (&json!(39), &json!(0)));
    assert_eq!(state["state"], "queued");
    let second = browser.api(Method::POST, &send, None).await.json();
    assert_eq!(second["total"], 0, "nobody gets two");
    app.run_jobs().await;
    state = browser.api(Method::GET, &job, None).await.json();
    let expected = json!({
        "id": state["id"], "kind": "invitations.send",
        "total": 39, "done": 39, "failed": 0, "state": "done",
    });
    assert_eq!(state, expected);
    assert_eq!(app.mails().len(), 39);
    let none = format!("/api/v1/jobs/{}", uuid::Uuid::nil());
    assert_eq!(browser.api(Method::GET, &none, None).await.status, 404);
}

const CONTACT: &[(&str, &str)] = &[
    ("institution", "Dinas  Contoh"),
    ("position", "Kepala Dinas"),
    ("name", ""),
    ("participant_group", "stakeholders"),
    ("email", "dinas@contoh.example"),
    ("phone", "0800-0000-0012"),
];

#[tokio::test]
async fn the_contact_book_spells_one_way_and_fills_lists() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get("/kerja/kontak/baru").await;
    let nobody = organiser
        .post("/kerja/kontak/baru", &[("institution", "Dinas Contoh")])
        .await;
    assert_eq!(nobody.status, 422);
    let saved = organiser.post("/kerja/kontak/baru", CONTACT).await;
    let page = organiser.follow(&saved).await;
    assert!(
        page.text()
            .contains("Dinas ContohPemangku kepentingandinas@contoh.example+6280000000012"),
        "{}",
        page.text()
    );
    let mut twin = CONTACT.to_vec();
    twin[0] = ("institution", "DINAS CONTOH");
    let refused = organiser.post("/kerja/kontak/baru", &twin).await;
    assert!(refused.text().contains("sudah ada di buku kontak"));
    let typed = [
        ("addressee", "kepala  dinas"),
        ("organisation", "dinas contoh"),
        ("participant_group", "stakeholders"),
        ("quota", "1"),
    ];
    let add = organiser
        .post(&format!("{forum}/undangan/penerima/baru"), &typed)
        .await;
    assert_eq!(add.status, 303, "{}", add.text());
    let page = organiser
        .get(&format!("{forum}/undangan?q=Dinas+Contoh"))
        .await;
    assert!(
        page.text().contains("Kepala Dinas Contoh"),
        "{}",
        page.text()
    );
    let empty = organiser
        .get(&format!("{forum}/undangan/penerima/baru"))
        .await;
    let offered = empty.attribute("datalist option[value='Dinas Contoh']", "value");
    assert!(offered.is_some(), "{}", empty.body);
    let pick = format!("{forum}/undangan/kontak");
    let page = organiser.get(&pick).await;
    assert!(page.text().contains("sudah di daftar"), "{}", page.text());
    let contact = organiser.get("/kerja/kontak?q=CONTOH").await;
    let href = contact.attribute("td.main a", "href").unwrap();
    let stale = organiser
        .post(
            &format!("{href}/arsip"),
            &[("version", "9"), ("away", "true")],
        )
        .await;
    assert_eq!(stale.status, 409);
    let away = organiser
        .post(
            &format!("{href}/arsip"),
            &[("version", "1"), ("away", "true")],
        )
        .await;
    assert_eq!(away.status, 303);
    let left = organiser.get("/kerja/kontak?q=CONTOH").await;
    assert!(left.text().contains("Tidak ada kontak yang cocok"));
    let archive = organiser.get("/kerja/kontak?arsip=1").await;
    assert!(archive.text().contains("Dinas Contoh"));
}

#[tokio::test]
async fn contacts_are_ticked_onto_the_list_once() {
    let (app, demo) = with_forums().await;
    let forum = draft(&app, demo.past).await;
    let before = count(&app, &id_of(&forum)).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get("/kerja/kontak/baru").await;
    organiser.post("/kerja/kontak/baru", CONTACT).await;
    let pick = format!("{forum}/undangan/kontak");
    let page = organiser.get(&pick).await;
    let id = page.attribute("input[name=contact]", "value").unwrap();
    assert_eq!(organiser.post(&pick, &[]).await.status, 422);
    for _ in 0..2 {
        let added = organiser.post(&pick, &[("contact", &id)]).await;
        assert_eq!(added.status, 303, "{}", added.text());
    }
    assert_eq!(count(&app, &id_of(&forum)).await, before + 1);
}
