//! Promises to whoever looks after a unit: what it is called, who holds its offices and who may sign in is changed in
//! the browser, without a shell, and nobody reaches further than their own unit.

use rembuk::{
    access,
    documents::{self, Kind},
    forums::ForumId,
    organisation,
};

use crate::{
    attendance::pdf_text,
    forums::{ORGANISER, with_forums},
    invitations::{draft, letter_form},
    support::{Browser, PASSWORD, TestApp},
};

const ADMIN: &str = "admin.kaltim@rembuk.example";
const SYSTEM: &str = "admin.sistem@rembuk.example";
const OFFICER: &str = "petugas.kaltim@rembuk.example";
const UNIT: &str = "/kerja/instansi/disdukcapil-kaltim";
const NEW: &str = "pegawai.baru@kaltim.example";

async fn unit(app: &TestApp) -> organisation::Unit {
    let db = &app.app.db;
    organisation::unit_by_code(db, "disdukcapil-kaltim")
        .await
        .unwrap()
}

/// What a form shows, to be sent again with one thing changed.
async fn profile(browser: &mut Browser<'_>, change: (&str, &str)) -> Vec<(String, String)> {
    let page = browser.get(&format!("{UNIT}/profil")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let mut fields = vec![];
    for name in [
        "version",
        "name",
        "short_name",
        "government",
        "province",
        "city",
        "jurisdiction",
        "website",
        "letter_number",
    ] {
        let value = page
            .attribute(&format!("input[name={name}]"), "value")
            .unwrap();
        fields.push((name.to_owned(), value));
    }
    for name in ["legal_basis", "address", "letterhead"] {
        let text = page.texts(&format!("textarea[name={name}]")).remove(0);
        fields.push((name.to_owned(), text));
    }
    for field in &mut fields {
        if field.0 == change.0 {
            change.1.clone_into(&mut field.1);
        }
    }
    fields
}

async fn send(browser: &mut Browser<'_>, address: &str, fields: &[(String, String)]) -> u16 {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (&**a, &**b)).collect();
    browser.post(address, &fields).await.status
}

#[tokio::test]
async fn the_administrator_changes_the_profile_and_the_second_editor_is_told() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(ADMIN).await;
    let page = admin.get("/kerja/instansi").await;
    assert_eq!(page.location(), UNIT, "one unit is no choice");
    let address = format!("{UNIT}/profil");
    let stale = profile(&mut admin, ("city", "Kota Lama")).await;
    let wrong = profile(&mut admin, ("letter_number", "400/{nomor}/X")).await;
    assert_eq!(send(&mut admin, &address, &wrong).await, 422, "no year");
    let mut short = profile(&mut admin, ("", "")).await;
    short.push(("postcode".to_owned(), "7512".to_owned()));
    assert_eq!(send(&mut admin, &address, &short).await, 422, "five digits");
    let mut good = profile(
        &mut admin,
        ("letterhead", "PEMERINTAH CONTOH\nDINAS CONTOH"),
    )
    .await;
    for (name, value) in [
        ("postcode", "75121"),
        ("contact_purpose", "complaint"),
        ("contact_value", "pengaduan@contoh.example"),
        ("contact_label", ""),
        ("contact_purpose", "general"),
        ("contact_value", ""),
        ("contact_label", ""),
    ] {
        good.push((name.to_owned(), value.to_owned()));
    }
    assert_eq!(send(&mut admin, &address, &good).await, 303);
    assert_eq!(send(&mut admin, &address, &stale).await, 409);
    let unit = unit(&app).await;
    assert_eq!(unit.letterhead.0, ["PEMERINTAH CONTOH", "DINAS CONTOH"]);
    let head = documents::letterhead_of(&unit).address;
    let street = "Jalan Dewi Sartika Nomor 13, Samarinda, Kalimantan Timur 75121";
    let laman = "Laman: https://disdukcapil.kaltimprov.go.id";
    assert_eq!(head, [street, laman], "what nobody typed, from the profile");
    let contacts = organisation::contacts(&app.app.db, unit.id).await.unwrap();
    assert_eq!(contacts.len(), 1, "the empty line is none");

    let other = "/kerja/instansi/disdukcapil-sulsel";
    assert_eq!(admin.get(other).await.status, 404, "another unit");
    let mut officer = app.sign_in(OFFICER).await;
    assert!([403, 404].contains(&officer.get(UNIT).await.status));
}

#[tokio::test]
async fn an_official_comes_rises_and_leaves_and_the_chain_never_bites_its_tail() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(ADMIN).await;
    let unit = unit(&app).await;
    let db = &app.app.db;
    let head = organisation::head_of(db, unit.id).await.unwrap();
    let above = head.id.to_string();
    let new = format!("{UNIT}/pejabat/baru");
    admin.get(&new).await;
    let person = |nip: &'static str, superior: &str| {
        vec![
            ("name".to_owned(), "Nama Pejabat Contoh".to_owned()),
            ("office".to_owned(), "Kepala Bidang Contoh".to_owned()),
            ("rank".to_owned(), String::new()),
            ("nip".to_owned(), nip.to_owned()),
            ("superior".to_owned(), superior.to_owned()),
        ]
    };
    assert_eq!(
        send(&mut admin, &new, &person("123", &above)).await,
        422,
        "no NIP"
    );
    assert_eq!(
        send(&mut admin, &new, &person("", &above)).await,
        303,
        "a regent has none"
    );
    let all = organisation::officials(db, unit.id).await.unwrap();
    let added = all
        .iter()
        .find(|one| one.office == "Kepala Bidang Contoh")
        .unwrap();
    let below = added.id.to_string();
    let page = admin.get(&format!("{UNIT}/pejabat/{above}")).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let mut circle = person("", &below);
    circle.push(("version".to_owned(), version));
    let own = format!("{UNIT}/pejabat/{above}");
    assert_eq!(
        send(&mut admin, &own, &circle).await,
        422,
        "the head under their own"
    );
    let leave = format!("{UNIT}/pejabat/{below}/jabatan");
    let once = [("version".to_owned(), "1".to_owned())];
    assert_eq!(send(&mut admin, &leave, &once).await, 303);
    assert_eq!(send(&mut admin, &leave, &once).await, 409, "pressed twice");
    let all = organisation::officials(db, unit.id).await.unwrap();
    assert!(all.iter().all(|one| one.id != added.id), "offered no more");
    assert!(
        organisation::official(db, added.id).await.is_ok(),
        "and not forgotten"
    );
}

#[tokio::test]
async fn a_division_gets_a_name_and_keeps_its_code() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(ADMIN).await;
    let address = format!("{UNIT}/bidang");
    let page = admin.get(&address).await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    let id = page.attribute("input[name=id]", "value").unwrap();
    let fields = |code: &'static str| {
        [
            ("version", version.as_str()),
            ("id", id.as_str()),
            ("code", "lain"),
            ("name", "Sekretariat Baru"),
            ("head_position", "Sekretaris"),
            ("id", ""),
            ("code", code),
            ("name", "Bidang Contoh"),
            ("head_position", "Kepala Bidang"),
        ]
    };
    assert_eq!(
        admin.post(&address, &fields("Bidang Contoh")).await.status,
        422
    );
    assert_eq!(
        admin.post(&address, &fields("sekretariat")).await.status,
        422,
        "taken"
    );
    assert_eq!(admin.post(&address, &fields("contoh")).await.status, 303);
    let unit = unit(&app).await;
    let divisions = organisation::divisions(&app.app.db, unit.id).await.unwrap();
    assert_eq!(
        (&*divisions[0].code, &*divisions[0].name),
        ("sekretariat", "Sekretariat Baru")
    );
    assert!(divisions.iter().any(|one| one.code == "contoh"));
}

/// The address of the link in the newest mail.
fn link(app: &TestApp) -> String {
    let mails = app.mails();
    let mail = String::from_utf8_lossy(mails.last().unwrap()).replace("=\r\n", "");
    let start = mail.find("/masuk/kata-sandi/").unwrap();
    mail[start..].split_whitespace().next().unwrap().to_owned()
}

async fn id_of(app: &TestApp, email: &str) -> String {
    let found = access::person_by_email(&app.app.db, email).await.unwrap();
    found.unwrap().to_string()
}

#[tokio::test]
async fn a_new_colleague_sets_their_own_password_once_and_is_shut_out_when_they_leave() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(ADMIN).await;
    let page = admin.get("/kerja/pegawai/baru").await;
    assert!(!page.texts("[name=roles]").is_empty() || page.body.contains("value=\"organiser\""));
    assert!(
        !page.body.contains("value=\"supervisor\""),
        "named by the installation"
    );
    let add = |role: &'static str| [("name", "Pegawai Baru"), ("email", NEW), ("roles", role)];
    let address = "/kerja/pegawai/baru";
    assert_eq!(
        admin.post(address, &add("handler")).await.status,
        422,
        "of which division"
    );
    assert_eq!(admin.post(address, &add("system_admin")).await.status, 403);
    assert_eq!(admin.post(address, &add("organiser")).await.status, 303);
    assert_eq!(
        admin.post(address, &add("organiser")).await.status,
        422,
        "known"
    );
    app.run_jobs().await;
    let first = link(&app);

    let mut guest = app.browser();
    assert_eq!(guest.get("/masuk/kata-sandi/salah").await.status, 404);
    let page = guest.get(&first).await;
    assert!(page.text().contains(NEW), "{}", page.text());
    assert_eq!(
        guest
            .post(&first, &[("new_password", "pendek")])
            .await
            .status,
        422
    );
    let set = guest.post(&first, &[("new_password", PASSWORD)]).await;
    assert_eq!(set.status, 303, "{}", set.text());
    assert_eq!(guest.get(&first).await.status, 404, "a link works once");
    let mut colleague = app.sign_in(NEW).await;
    assert_eq!(colleague.get("/kerja/forum").await.status, 200);

    let own = format!("/kerja/pegawai/{}", id_of(&app, NEW).await);
    admin.get(&own).await;
    assert_eq!(admin.post(&format!("{own}/tutup"), &[]).await.status, 303);
    let shut = colleague.get("/kerja/forum").await;
    assert!(shut.location().starts_with("/masuk"), "signed out at once");
    let mut again = app.browser();
    again.get("/masuk").await;
    let tried = again
        .post("/masuk", &[("email", NEW), ("password", PASSWORD)])
        .await;
    assert_eq!(tried.status, 422);
    assert_eq!(
        admin.post(&format!("{own}/tautan"), &[]).await.status,
        422,
        "closed"
    );
}

#[tokio::test]
async fn nobody_locks_themselves_out_or_reaches_another_unit() {
    let app = TestApp::new().await;
    let mut admin = app.sign_in(ADMIN).await;
    admin.get("/kerja/pegawai").await;
    let own = format!("/kerja/pegawai/{}", id_of(&app, ADMIN).await);
    let less = [("name", "Admin"), ("roles", "head")];
    assert_eq!(
        admin.post(&own, &less).await.status,
        422,
        "their own administration"
    );
    assert_eq!(admin.post(&format!("{own}/tutup"), &[]).await.status, 422);
    for stranger in [SYSTEM, "petugas.sulsel@rembuk.example"] {
        let there = format!("/kerja/pegawai/{}", id_of(&app, stranger).await);
        assert_eq!(admin.get(&there).await.status, 404, "{stranger}");
        assert_eq!(
            admin.post(&format!("{there}/tautan"), &[]).await.status,
            404
        );
    }
    let officer = format!("/kerja/pegawai/{}", id_of(&app, OFFICER).await);
    let more = [
        ("name", "Petugas Contoh"),
        ("roles", "complaint_officer"),
        ("roles", "organiser"),
    ];
    assert_eq!(admin.post(&officer, &more).await.status, 303);
    let mut officer = app.sign_in(OFFICER).await;
    assert_eq!(
        officer.get("/kerja/forum/baru").await.status,
        200,
        "both roles at once"
    );
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_and_nothing_tells_which_addresses_are_known() {
    let app = TestApp::new().await;
    let mut guest = app.browser();
    guest.get("/masuk/lupa").await;
    for email in ["tidak.ada@contoh.example", OFFICER] {
        let asked = guest.post("/masuk/lupa", &[("email", email)]).await;
        assert_eq!((asked.status, asked.location()), (303, "/masuk"), "{email}");
    }
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1, "to the known one only");
    let mut officer = app.sign_in(OFFICER).await;
    let link = link(&app);
    let new = "jerapah menari di atas awan biru";
    guest.get(&link).await;
    assert_eq!(
        guest.post(&link, &[("new_password", new)]).await.status,
        303
    );
    let out = officer.get("/kerja").await;
    assert!(out.location().starts_with("/masuk"), "every session ends");
    let signed = guest
        .post("/masuk", &[("email", OFFICER), ("password", new)])
        .await;
    assert_eq!(signed.status, 303);
    for _ in 0..2 {
        guest.post("/masuk/lupa", &[("email", OFFICER)]).await;
    }
    let flood = guest.post("/masuk/lupa", &[("email", OFFICER)]).await;
    assert_eq!(flood.status, 429, "a mailbox is not flooded");
    app.run_jobs().await;
}

const OFFICE: &[(&str, &str)] = &[
    ("name", "Sekretariat Daerah Contoh"),
    (
        "letterhead",
        "PEMERINTAH PROVINSI CONTOH\nSEKRETARIAT DAERAH CONTOH",
    ),
    ("address", "Jalan Contoh Nomor 2"),
    ("city", "Kota Contoh"),
    ("letter_number", "400/{nomor}/SETDA/{tahun}"),
    ("office", "Sekretaris Daerah Contoh"),
    ("official", "Nama Sekretaris Contoh"),
    ("rank", ""),
    ("nip", ""),
];

#[tokio::test]
async fn a_unit_invites_in_the_name_of_an_office_that_its_administrator_registered() {
    let (app, demo) = with_forums().await;
    let db = &app.app.db;
    let mut admin = app.sign_in(ADMIN).await;
    let new = format!("{UNIT}/pengundang/baru");
    admin.get(&new).await;
    let mut wrong = OFFICE.to_vec();
    wrong[4] = ("letter_number", "400/SETDA");
    assert_eq!(admin.post(&new, &wrong).await.status, 422, "no pattern");
    let made = admin.post(&new, OFFICE).await;
    let own = "/kerja/instansi/sekretariat-daerah-contoh";
    assert_eq!(made.location(), own, "{}", made.text());
    assert_eq!(admin.post(&new, OFFICE).await.status, 422, "known already");
    let page = admin.get(own).await;
    assert!(page.text().contains("Nama Sekretaris Contoh"));
    assert_eq!(admin.get(&format!("{own}/profil")).await.status, 200);
    assert_eq!(
        admin.get(&format!("{own}/pengundang/baru")).await.status,
        404
    );
    let staff = admin.get("/kerja/pegawai/baru").await;
    assert!(!staff.text().contains("Sekretariat Daerah Contoh"));
    assert_eq!(
        admin.get("/kerja/instansi").await.location(),
        UNIT,
        "the unit is still the one that they look after"
    );

    let address = draft(&app, demo.past).await;
    let mut organiser = app.sign_in(ORGANISER).await;
    let letter = format!("{address}/undangan/surat");
    let page = organiser.get(&letter).await;
    let before = page.attribute("input[name=shown_from]", "value").unwrap();
    let office = organisation::unit_by_code(db, "sekretariat-daerah-contoh")
        .await
        .unwrap();
    let chosen = office.id.to_string();
    let switch = letter_form(&[("from", &chosen), ("shown_from", &before)]);
    let page = organiser.post(&letter, &switch).await;
    assert_eq!(page.status, 200, "nothing is saved yet: {}", page.text());
    let field = |name: &str| page.attribute(&format!("input[name={name}]"), "value");
    assert_eq!(
        field("signatory_position").unwrap(),
        "Sekretaris Daerah Contoh"
    );
    assert_eq!(field("shown_from").unwrap(), chosen);
    assert_eq!(
        field("version").unwrap(),
        "1",
        "the letter is as it was before"
    );

    let signed = [
        ("from", chosen.as_str()),
        ("shown_from", chosen.as_str()),
        ("number", "12"),
        ("place", "Kota Contoh"),
        ("signatory_position", "Sekretaris Daerah Contoh"),
        ("signatory_name", "Nama Sekretaris Contoh"),
        ("signatory_rank", ""),
        ("signatory_nip", ""),
    ];
    let saved = organiser.post(&letter, &letter_form(&signed)).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let list = format!("{address}/undangan");
    organiser.get(&list).await;
    let issued = organiser
        .post(&format!("{list}/terbitkan"), &[("version", "2")])
        .await;
    assert_eq!(issued.status, 303, "{}", issued.text());
    let id = ForumId::parse(address.rsplit('/').next().unwrap()).unwrap();
    let paper = documents::latest(db, "forum", id.0, Kind::Invitation)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        paper.number.as_deref(),
        Some("400/12/SETDA/2026"),
        "the pattern of the office"
    );
    assert_eq!(paper.issuer_id, Some(office.id));
    let text = pdf_text(&documents::bytes(&app.app, &paper).await.unwrap());
    let words: Vec<&str> = text.split_whitespace().collect();
    let head = "SEKRETARIAT DAERAH CONTOH";
    assert!(words.join(" ").contains(head), "{text}");

    let stranger = "petugas.sulsel@rembuk.example";
    let mut stranger = app.sign_in(stranger).await;
    assert!([403, 404].contains(&stranger.get(own).await.status));
}
