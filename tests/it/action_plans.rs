//! Promises of the action plan: evidence before done, two pairs of eyes, links seen from both ends, and
//! public pages that name nobody.

use chrono::Duration;
use rembuk::{
    access::{ImportedPerson, Role, RoleIn, hash_password, import_person},
    organisation::{self, UnitId},
};

use crate::support::{Browser, PASSWORD, TestApp, pdf};

pub const ORGANISER: &str = "penyelenggara.kaltim@rembuk.example";
const OFFICER: &str = "petugas.kaltim@rembuk.example";
pub const FACILITATION: &str = "fasilitasi.kaltim@rembuk.example";
const SECRETARIAT: &str = "sekretariat.kaltim@rembuk.example";
pub const HEAD: &str = "kepala.kaltim@rembuk.example";
const OTHER_HEAD: &str = "kepala.sulsel@rembuk.example";
const SUPERVISOR: &str = "pengawas@rembuk.example";

pub const FORM: &[(&str, &str)] = &[
    ("title", "Sosialisasi sampai kelurahan"),
    (
        "description",
        "Bersurat kepada kabupaten dan kota, lalu mencatat pelaksanaannya.",
    ),
    ("division", "fasilitasi"),
    ("owner", ""),
    ("due_on", "2026-03-31"),
    ("indicator", "Kabupaten/kota yang melaksanakan"),
    ("target", "10 dari 10"),
];

pub async fn unit(app: &TestApp) -> UnitId {
    let found = organisation::unit_by_code(&app.app.db, "disdukcapil-kaltim").await;
    found.unwrap().id
}

/// Made by the organiser through the form; returns its id.
pub async fn made(app: &TestApp) -> String {
    let mut browser = app.sign_in(ORGANISER).await;
    browser.get("/kerja/rencana-aksi/baru").await;
    let answer = browser.post("/kerja/rencana-aksi/baru", FORM).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().rsplit('/').next().unwrap().to_owned()
}

pub fn at(id: &str, step: &str) -> String {
    format!("/kerja/rencana-aksi/{id}{step}")
}

/// Opens the page of an item and returns the version that its forms carry.
async fn seen(browser: &mut Browser<'_>, id: &str) -> String {
    let page = browser.get(&at(id, "")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.attribute("input[name=version]", "value")
        .unwrap_or_default()
}

pub async fn step(
    browser: &mut Browser<'_>,
    id: &str,
    name: &str,
    fields: &[(&str, &str)],
) -> crate::support::browser::Answer {
    let version = seen(browser, id).await;
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    browser.post(&at(id, name), &all).await
}

const DONE: &[(&str, &str)] = &[
    ("note", "Surat sudah dikirim oleh Budi Karangan."),
    ("happened_on", "2026-03-16"),
    ("link", "https://contoh.example/surat"),
];

/// Reported with evidence and handed in by the division.
pub async fn finished(app: &TestApp) -> String {
    let id = made(app).await;
    let mut handler = app.sign_in(FACILITATION).await;
    assert_eq!(step(&mut handler, &id, "/kemajuan", DONE).await.status, 303);
    assert_eq!(step(&mut handler, &id, "/selesai", &[]).await.status, 303);
    id
}

#[tokio::test]
async fn an_organiser_makes_an_action_and_everybody_sees_the_promise() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let list = app.browser().get("/janji").await;
    assert_eq!(list.status, 200, "{}", list.text());
    assert!(list.text().contains("Sosialisasi sampai kelurahan"));
    assert!(
        list.text().contains("0 dari 1 janji selesai"),
        "{}",
        list.text()
    );
    // A filter that there is not finds not everything; one of a year finds that plan.
    for (filter, found) in [
        ("tahun=2026", true),
        ("tahun=2025", false),
        ("keadaan=late", false),
        ("keadaan=terlambat", false),
    ] {
        let page = app.browser().get(&format!("/janji?{filter}")).await;
        let text = page.text();
        assert_eq!(page.status, 200, "{filter}");
        assert_eq!(
            text.contains("Sosialisasi sampai kelurahan"),
            found,
            "{text}"
        );
    }
    for filter in ["keadaan=zzz", "tahun=abc", "tahun=0"] {
        let page = app.browser().get(&format!("/janji?{filter}")).await;
        assert_eq!(page.status, 404, "{filter}");
    }
    let promise = app.browser().get(&format!("/janji/{id}")).await;
    assert!(promise.text().contains("RA-2026-01"));
    assert!(promise.text().contains("Selasa, 31 Maret 2026"));
}

#[tokio::test]
async fn finishing_without_evidence_is_refused_and_says_what_to_do() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let mut handler = app.sign_in(FACILITATION).await;
    let without: Vec<(&str, &str)> = DONE
        .iter()
        .copied()
        .filter(|(name, _)| *name != "link")
        .collect();
    assert_eq!(
        step(&mut handler, &id, "/kemajuan", &without).await.status,
        303
    );
    let answer = step(&mut handler, &id, "/selesai", &[]).await;
    assert_eq!(answer.status, 422);
    let told = answer.texts(".summary li").join(" ");
    assert!(
        told.contains("Catat kemajuan dengan berkas atau tautan"),
        "{told}"
    );
}

#[tokio::test]
async fn evidence_may_be_a_file_and_is_never_dated_in_the_future() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let mut handler = app.sign_in(FACILITATION).await;
    let tomorrow = [
        ("note", "Rapat akan diadakan."),
        ("happened_on", "2026-03-18"),
    ];
    let answer = step(&mut handler, &id, "/kemajuan", &tomorrow).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Tanggal ini belum terjadi"));
    assert!(
        answer.text().contains("Rapat akan diadakan."),
        "what was typed is kept"
    );
    let version = seen(&mut handler, &id).await;
    let fields = [
        ("version", version.as_str()),
        ("note", "Surat edaran terbit."),
    ];
    // What no reader opens shows nothing.
    for broken in [&b"%PDF-1.4 broken"[..], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"] {
        let file = ("files", "surat.pdf", broken);
        let answer = handler
            .post_file(&at(&id, "/kemajuan"), &fields, file)
            .await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert!(answer.text().contains("rusak"), "{}", answer.text());
    }
    let whole = pdf("surat");
    let file = ("files", "surat.pdf", &whole[..]);
    let answer = handler
        .post_file(&at(&id, "/kemajuan"), &fields, file)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = handler.get(&at(&id, "")).await;
    assert!(page.text().contains("surat.pdf"));
    let path = page.attribute("a[href*='/bukti/']", "href").unwrap();
    for reader in [FACILITATION, HEAD, SUPERVISOR] {
        let file = app.sign_in(reader).await.get(&path).await;
        assert_eq!(
            (file.status, &file.bytes[..]),
            (200, &whole[..]),
            "{reader}"
        );
        assert_eq!(
            file.header("content-disposition"),
            "attachment; filename=\"surat.pdf\""
        );
        assert_eq!(file.header("x-content-type-options"), "nosniff");
    }
    for stranger in [SECRETARIAT, OTHER_HEAD] {
        let answer = app.sign_in(stranger).await.get(&path).await;
        assert_eq!(answer.status, 404, "{stranger}");
    }
    assert_eq!(app.browser().get(&path).await.status, 303);
    let elsewhere = made(&app).await;
    let astray = path.replace(&id, &elsewhere);
    assert_eq!(handler.get(&astray).await.status, 404);
    assert_eq!(step(&mut handler, &id, "/selesai", &[]).await.status, 303);
}

#[tokio::test]
async fn the_head_verifies_and_only_then_the_promise_counts_as_kept() {
    let app = TestApp::new().await;
    let id = finished(&app).await;
    let before = app.browser().get("/janji").await;
    assert!(before.text().contains("0 dari 1 janji selesai"));
    let mut head = app.sign_in(HEAD).await;
    assert_eq!(step(&mut head, &id, "/sahkan", &[]).await.status, 303);
    let after = app.browser().get("/janji").await;
    assert!(
        after.text().contains("1 dari 1 janji selesai"),
        "{}",
        after.text()
    );
    assert!(after.text().contains("Selesai, bukti disahkan"));
    let again = head.post(&at(&id, "/sahkan"), &[("version", "4")]).await;
    assert_eq!(again.status, 422, "a verified action is verified once");
}

#[tokio::test]
async fn who_finished_an_action_does_not_verify_it() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    // In a small office one person may hold both roles.
    let both = "rangkap@rembuk.example";
    let unit = unit(&app).await;
    let roles = [Role::Organiser, Role::Head].map(|role| RoleIn {
        role,
        unit: Some(unit),
        division: None,
    });
    let tx = app.app.db.begin_write().await.unwrap();
    let person = ImportedPerson {
        name: "Rangkap Rekaan".to_owned(),
        email: both.to_owned(),
        password_hash: hash_password(PASSWORD.to_owned()).await.unwrap(),
        roles: roles.into(),
    };
    import_person(&tx, &app.ctx(), person).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = app.sign_in(both).await;
    assert_eq!(step(&mut browser, &id, "/kemajuan", DONE).await.status, 303);
    assert_eq!(step(&mut browser, &id, "/selesai", &[]).await.status, 303);
    let answer = step(&mut browser, &id, "/sahkan", &[]).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.text().contains("Mintalah orang lain"),
        "{}",
        answer.text()
    );
    let mut head = app.sign_in(HEAD).await;
    assert_eq!(step(&mut head, &id, "/sahkan", &[]).await.status, 303);
}

#[tokio::test]
async fn evidence_that_is_not_enough_goes_back_with_a_reason() {
    let app = TestApp::new().await;
    let id = finished(&app).await;
    let mut head = app.sign_in(HEAD).await;
    let answer = step(&mut head, &id, "/kembalikan", &[("reason", "")]).await;
    assert_eq!(answer.status, 422, "a reason is needed");
    let reason = [("reason", "Daftar penerima surat belum ada.")];
    assert_eq!(
        step(&mut head, &id, "/kembalikan", &reason).await.status,
        303
    );
    let mut handler = app.sign_in(FACILITATION).await;
    let page = handler.get(&at(&id, "")).await;
    assert!(page.text().contains("Daftar penerima surat belum ada."));
    assert!(
        page.text().contains("50%"),
        "the bar says again what the evidence says"
    );
    assert_eq!(step(&mut handler, &id, "/selesai", &[]).await.status, 303);
    let public = app.browser().get(&format!("/janji/{id}")).await;
    assert!(!public.text().contains("Daftar penerima"));
}

#[tokio::test]
async fn an_action_of_another_division_does_not_exist_for_a_handler() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    for stranger in [SECRETARIAT, OTHER_HEAD] {
        let mut browser = app.sign_in(stranger).await;
        assert_eq!(browser.get(&at(&id, "")).await.status, 404, "{stranger}");
        let list = browser.get("/kerja/rencana-aksi").await;
        assert_eq!(list.status, 200);
        assert!(!list.text().contains("Sosialisasi sampai"), "{stranger}");
        let answer = browser
            .post(&at(&id, "/selesai"), &[("version", "1")])
            .await;
        assert_eq!(answer.status, 404, "{stranger}");
    }
    let mut supervisor = app.sign_in(SUPERVISOR).await;
    assert_eq!(supervisor.get(&at(&id, "")).await.status, 200);
    for step in ["/selesai", "/sahkan"] {
        let answer = supervisor.post(&at(&id, step), &[("version", "1")]).await;
        assert_eq!(answer.status, 403, "{step}");
    }
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&at(&id, "")).await;
    let answer = officer.post(&at(&id, "/sahkan"), &[("version", "1")]).await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn a_second_editor_is_told_and_nothing_is_overwritten() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let mut one = app.sign_in(ORGANISER).await;
    let mut other = app.sign_in(OFFICER).await;
    one.get(&at(&id, "/ubah")).await;
    other.get(&at(&id, "/ubah")).await;
    let change = |title: &'static str| {
        let mut fields: Vec<(&str, &str)> = FORM
            .iter()
            .copied()
            .filter(|(name, _)| *name != "title")
            .collect();
        fields.extend([("title", title), ("version", "1")]);
        fields
    };
    let answer = one
        .post(&at(&id, "/ubah"), &change("Judul yang pertama"))
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let answer = other
        .post(&at(&id, "/ubah"), &change("Judul yang kedua"))
        .await;
    assert_eq!(answer.status, 409);
    let public = app.browser().get(&format!("/janji/{id}")).await;
    assert!(public.text().contains("Judul yang pertama"));
}

#[tokio::test]
async fn a_form_sent_twice_reports_progress_once() {
    let app = TestApp::new().await;
    let id = made(&app).await;
    let mut handler = app.sign_in(FACILITATION).await;
    let version = seen(&mut handler, &id).await;
    let mut fields = vec![("version", version.as_str())];
    fields.extend_from_slice(DONE);
    assert_eq!(
        handler.post(&at(&id, "/kemajuan"), &fields).await.status,
        303
    );
    assert_eq!(
        handler.post(&at(&id, "/kemajuan"), &fields).await.status,
        409
    );
    let page = handler.get(&at(&id, "")).await;
    assert_eq!(
        page.body.matches("Surat sudah dikirim oleh").count(),
        2,
        "in the chain and in the history"
    );
}

#[tokio::test]
async fn lateness_is_counted_in_working_days_and_filters_live_in_the_address() {
    let app = TestApp::new().await;
    made(&app).await;
    // 1, 2 and (3 April is Good Friday) 6 April 2026 are a Wednesday, a Thursday and a Monday.
    app.advance(Duration::days(20));
    let mut head = app.sign_in(HEAD).await;
    let late = head.get("/kerja/rencana-aksi?keadaan=late").await;
    assert!(
        late.text().contains("Terlambat 3 hari kerja"),
        "{}",
        late.text()
    );
    for address in [
        "?keadaan=verified",
        "?q=tidak+ada",
        "?bidang=piak",
        "?keadaan=late&q=bukan",
    ] {
        let page = head.get(&format!("/kerja/rencana-aksi{address}")).await;
        assert_eq!(page.status, 200, "{address}");
        assert!(page.text().contains("Tidak ada yang cocok"), "{address}");
    }
    for address in [
        "?q=KELURAHAN",
        "?q=ra-2026-01",
        "?bidang=fasilitasi",
        "?q=%25",
    ] {
        let page = head.get(&format!("/kerja/rencana-aksi{address}")).await;
        let found = page.text().contains("Sosialisasi sampai");
        assert_eq!(found, address != "?q=%25", "{address}");
    }
    assert_eq!(head.get("/kerja/rencana-aksi?bidang=xx").await.status, 404);
    assert_eq!(head.get("/kerja/rencana-aksi?cursor=zzz").await.status, 422);
}

#[tokio::test]
async fn bad_forms_come_back_with_what_was_typed_and_nothing_is_stored() {
    let app = TestApp::new().await;
    let mut browser = app.sign_in(ORGANISER).await;
    for (field, value) in [
        ("title", ""),
        ("title", "<script>alert(1)</script>"),
        ("title", "=cmd|' /C calc'!A0"),
        ("title", "dua\nbaris panjang"),
        ("description", "a\u{0}bcdefghijkl"),
        ("division", "bukan-bidang"),
        ("owner", "00000000-0000-0000-0000-000000000000"),
        ("due_on", "31 Maret"),
        ("target", ""),
    ] {
        browser.get("/kerja/rencana-aksi/baru").await;
        let fields: Vec<(&str, &str)> = FORM
            .iter()
            .map(|(name, typed)| (*name, if *name == field { value } else { *typed }))
            .collect();
        let answer = browser.post("/kerja/rencana-aksi/baru", &fields).await;
        assert_eq!(answer.status, 422, "{field}={value}");
        assert!(
            answer
                .attribute(&format!(".summary a[href='#f-{field}']"), "href")
                .is_some()
        );
        assert!(
            answer.body.contains("Kabupaten/kota yang melaksanakan"),
            "what was typed is kept"
        );
    }
    let list = browser.get("/kerja/rencana-aksi").await;
    assert!(list.text().contains("Belum ada rencana aksi"));
    let mut handler = app.sign_in(FACILITATION).await;
    assert_eq!(handler.get("/kerja/rencana-aksi/baru").await.status, 403);
}
