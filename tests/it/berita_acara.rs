//! Promises of the Berita Acara: every group that came signs, what is locked stays, a correction names
//! what it corrects, and everybody can verify it.

use rembuk::{
    access::Ctx,
    action_plans::SourceKind,
    attendance, berita_acara,
    berita_acara::{AgreedPointId, Status},
    documents,
    forums::{self, Forum},
    platform::error::Error,
};

use crate::{
    attendance::{HANDLER, ORGANISER, STRANGER, door, forum, pdf_text, walk_in},
    signing::move_to,
    support::{Browser, TestApp, browser::Answer},
};

pub fn at(forum: &Forum, step: &str) -> String {
    format!("/kerja/forum/{}/berita-acara{step}", forum.id)
}

const POINT: &str = "Persyaratan diumumkan di laman dan di loket.";

/// A record with a number and one point; two groups are present.
pub async fn begun<'a>(app: &'a TestApp, forum: &Forum) -> Browser<'a> {
    let mut browser = app.sign_in(ORGANISER).await;
    for (name, group) in [
        ("Kepala Contoh", "organiser"),
        ("Wartawan Contoh", "media"),
        ("Warga Contoh", "civil_society"),
    ] {
        let answer = walk_in(&mut browser, forum, name, group, "0800-0000-0072").await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let answer = browser.post(&at(forum, "/mulai"), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    write_point(app, &mut browser, forum, POINT).await;
    browser
}

async fn write_point(app: &TestApp, browser: &mut Browser<'_>, forum: &Forum, text: &str) {
    let input = forums::inputs(&app.app.db, forum).await.unwrap()[0]
        .id
        .to_string();
    browser.get(&at(forum, "")).await;
    let fields = [("text", text), ("inputs", input.as_str())];
    let answer = browser.post(&at(forum, "/butir"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

/// Sends the text form as it stands, with one field changed.
pub async fn write_header(browser: &mut Browser<'_>, forum: &Forum, new: (&str, &str)) -> Answer {
    let page = browser.get(&at(forum, "/naskah")).await;
    let value = |name: &str| match name {
        name if name == new.0 => new.1.to_owned(),
        "title" | "legal_basis" | "reference" | "closing" => {
            page.texts(&format!("#f-{name}")).join("")
        }
        name => page
            .attribute(&format!("[name={name}]"), "value")
            .unwrap_or_default(),
    };
    let names = [
        "version",
        "number",
        "place",
        "title",
        "opening_subject",
        "legal_basis",
        "reference",
        "closing",
    ];
    let values: Vec<(&str, String)> = names.iter().map(|name| (*name, value(name))).collect();
    let fields: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    browser.post(&at(forum, "/naskah"), &fields).await
}

/// Signatories of every group, all signed.
pub async fn signed(browser: &mut Browser<'_>, forum: &Forum) {
    browser.get(&at(forum, "")).await;
    browser
        .post(&at(forum, "/penanda-tangan/usulkan"), &[])
        .await;
    let fields = [("signed_on", "2026-03-17")];
    let answer = browser
        .post(&at(forum, "/penanda-tangan/semua"), &fields)
        .await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

pub async fn lock(browser: &mut Browser<'_>, forum: &Forum) -> Answer {
    let page = browser.get(&at(forum, "")).await;
    let seen = page
        .attribute("input[name=seen]", "value")
        .unwrap_or_default();
    // The clock of the tests stands before the end of the agenda.
    let fields = [
        ("seen", seen.as_str()),
        ("confirm", "true"),
        ("ended_early", "true"),
    ];
    browser.post(&at(forum, "/kunci"), &fields).await
}

pub async fn locked<'a>(app: &'a TestApp, forum: &Forum) -> Browser<'a> {
    let mut browser = begun(app, forum).await;
    write_header(&mut browser, forum, ("number", "400/1/2026")).await;
    signed(&mut browser, forum).await;
    let answer = lock(&mut browser, forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    browser
}

async fn summary(app: &TestApp, forum: &Forum) -> berita_acara::Summary {
    berita_acara::summary(&app.app.db, forum)
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn a_record_is_not_locked_before_every_group_that_came_has_signed() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    let refused = lock(&mut browser, &forum).await;
    assert_eq!(refused.status, 422);
    let words = refused.texts(".summary").join(" ");
    for missing in [
        "Nomor Berita Acara belum diisi",
        "Belum ada penanda tangan dari penyelenggara layanan",
        "Unsur Media massa hadir, tetapi belum ada yang menandatangani",
        "Unsur Organisasi masyarakat sipil hadir",
    ] {
        assert!(words.contains(missing), "{words}");
    }
    assert!(
        !words.contains("Ahli/praktisi"),
        "absent groups do not stop"
    );
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    browser.get(&at(&forum, "")).await;
    browser
        .post(&at(&forum, "/penanda-tangan/usulkan"), &[])
        .await;
    let refused = lock(&mut browser, &forum).await;
    assert!(
        refused
            .text()
            .contains("Belum menandatangani: Kepala Contoh")
    );
    signed(&mut browser, &forum).await;
    let unconfirmed = browser.post(&at(&forum, "/kunci"), &[("seen", "")]).await;
    assert_eq!(unconfirmed.status, 422);
    let page = browser.get(&at(&forum, "")).await.text();
    assert!(page.contains("Tidak ada yang hadir dari unsur Ahli/praktisi"));
    assert_eq!(summary(&app, &forum).await.status, Status::Draft);
    assert_eq!(lock(&mut browser, &forum).await.status, 303);
    let summary = summary(&app, &forum).await;
    assert_eq!((summary.status, summary.signed), (Status::Locked, 3));
    assert_eq!(summary.points_without_action, [1]);
    let stage = forums::by_id(&app.app.db, forum.id).await.unwrap().stage;
    assert_eq!(stage, forums::Stage::Report);
}

#[tokio::test]
async fn what_is_locked_cannot_be_changed_by_anybody() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let point = summary(&app, &forum).await.points[0];
    let butir = format!("/butir/{point}");
    let before = browser.get(&at(&forum, ".pdf")).await.bytes;
    for (step, fields) in [
        ("/butir", &[("text", "Butir tambahan yang terlambat")][..]),
        (&butir, &[("text", "Butir yang diganti"), ("version", "1")]),
        (&format!("{butir}/hapus"), &[("version", "1")]),
        (&format!("{butir}/turun"), &[]),
        ("/penanda-tangan/usulkan", &[]),
        ("/penanda-tangan/semua", &[("signed_on", "2026-03-17")]),
        ("/kunci", &[("confirm", "true"), ("seen", "")]),
    ] {
        let answer = browser.post(&at(&forum, step), fields).await;
        assert_eq!(answer.status, 422, "{step}");
        assert!(answer.text().contains("sudah dikunci"), "{step}");
    }
    let answer = browser.get(&at(&forum, "/naskah")).await;
    assert_eq!(answer.status, 422);
    browser.get(&door(&forum, "")).await;
    let late = walk_in(&mut browser, &forum, "Terlambat", "users", "").await;
    assert!(late.text().contains("Daftar hadir sudah ditutup"));
    assert_eq!(browser.get(&at(&forum, ".pdf")).await.bytes, before);
    let text = pdf_text(&before);
    for words in [
        POINT,
        "Tujuh Belas",
        "Dua Ribu Dua Puluh Enam",
        "400/1/2026",
        "Ditandatangani di kertas",
        "Sidik catatan (SHA-256)",
        "(3 orang)",
    ] {
        let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(folded.contains(words), "{words}: {folded}");
    }
}

/// The documents of a forum as everybody who may see it gets them.
async fn papers_of(app: &TestApp, forum: &Forum) -> Vec<documents::Document> {
    let mut papers = Vec::new();
    for kind in documents::Kind::ALL {
        let found = documents::latest(&app.app.db, "forum", forum.id.0, kind).await;
        papers.extend(found.unwrap());
    }
    papers
}

#[tokio::test]
async fn locking_registers_the_papers_and_the_public_list_is_masked() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    locked(&app, &forum).await;
    let db = &app.app.db;
    let papers = papers_of(&app, &forum).await;
    let kinds: Vec<&str> = papers.iter().map(|paper| paper.kind.as_str()).collect();
    assert!(
        kinds.contains(&"attendance") && kinds.contains(&"berita-acara"),
        "{kinds:?}"
    );
    for paper in &papers {
        let text = pdf_text(&documents::bytes(&app.app, paper).await.unwrap());
        assert!(!text.contains("0800-0000-0072"), "{}", paper.kind);
    }
    let record = berita_acara::public_record(db, &forum)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(record.points[0].text, POINT);
    let page = app.browser().get(&record.verification_href).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("400/1/2026"), "{}", page.text());
}

#[tokio::test]
async fn a_correction_is_a_new_version_that_names_the_old_one() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let db = &app.app.db;
    let old = berita_acara::public_record(db, &forum)
        .await
        .unwrap()
        .unwrap();
    browser.get(&at(&forum, "")).await;
    let without = browser
        .post(&at(&forum, "/perbaikan"), &[("reason", "")])
        .await;
    assert_eq!(without.status, 422);
    let reason = [("reason", "Ejaan nama instansi pada butir pertama salah")];
    assert_eq!(
        browser
            .post(&at(&forum, "/perbaikan"), &reason)
            .await
            .status,
        303
    );
    let during = summary(&app, &forum).await;
    assert!(
        during.amending && during.status == Status::Locked,
        "the old one is in force"
    );
    assert!(
        lock(&mut browser, &forum)
            .await
            .text()
            .contains("Belum menandatangani")
    );
    signed(&mut browser, &forum).await;
    let answer = lock(&mut browser, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let new = berita_acara::public_record(db, &forum)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((old.version_no, new.version_no), (1, 2));
    assert_eq!(new.amendment_reason, reason[0].1);
    let text = pdf_text(&browser.get(&at(&forum, ".pdf")).await.bytes);
    assert!(
        text.contains("Versi 2 memperbaiki dan menggantikan versi 1"),
        "{text}"
    );
    let page = app.browser().get(&old.verification_href).await.text();
    assert!(page.contains("sudah diganti dengan versi 2"), "{page}");
    let first = browser.get(&at(&forum, "?versi=1")).await;
    assert!(first.text().contains("Digantikan") && first.text().contains(POINT));
}

#[tokio::test]
async fn of_two_editors_the_second_is_told_and_nothing_is_overwritten() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut one = begun(&app, &forum).await;
    let mut other = app.sign_in(ORGANISER).await;
    let point = summary(&app, &forum).await.points[0];
    let address = at(&forum, &format!("/butir/{point}"));
    other.get(&address).await;
    one.get(&address).await;
    let first = [("text", "Tulisan orang pertama"), ("version", "1")];
    assert_eq!(one.post(&address, &first).await.status, 303);
    let second = [("text", "Tulisan orang kedua"), ("version", "1")];
    let told = other.post(&address, &second).await;
    assert_eq!(told.status, 409);
    assert!(
        told.text()
            .contains("sudah berubah sejak halaman itu dibuka")
    );
    let page = one.get(&at(&forum, "")).await.text();
    assert!(page.contains("Tulisan orang pertama") && !page.contains("orang kedua"));
    // The text around the points likewise, and locking what somebody else has changed meanwhile.
    let stale = one.get(&at(&forum, "")).await;
    let seen = stale.attribute("input[name=seen]", "value").unwrap();
    write_header(&mut other, &forum, ("number", "400/1/2026")).await;
    signed(&mut other, &forum).await;
    let fields = [("seen", seen.as_str()), ("confirm", "true")];
    assert_eq!(one.post(&at(&forum, "/kunci"), &fields).await.status, 409);
    assert_eq!(summary(&app, &forum).await.status, Status::Draft);
}

#[tokio::test]
async fn a_handler_reads_but_does_not_lock_and_another_office_sees_nothing() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut organiser = begun(&app, &forum).await;
    signed(&mut organiser, &forum).await;
    let mut handler = app.sign_in(HANDLER).await;
    let page = handler.get(&at(&forum, "")).await;
    assert_eq!(page.status, 200);
    assert!(page.texts("form[action$=kunci]").is_empty());
    for (step, fields) in [
        ("/kunci", &[("confirm", "true")][..]),
        ("/kunci", &[]),
        ("/butir", &[("text", "Butir dari penangan")]),
        ("/perbaikan", &[("reason", "alasan yang panjang")]),
    ] {
        assert_eq!(
            handler.post(&at(&forum, step), fields).await.status,
            403,
            "{step}"
        );
    }
    let mut stranger = app.sign_in(STRANGER).await;
    assert_eq!(stranger.get(&at(&forum, "")).await.status, 404);
    assert_eq!(stranger.get(&at(&forum, ".pdf")).await.status, 404);
}

#[tokio::test]
async fn hostile_text_and_foreign_inputs_are_refused_and_typed_text_is_kept() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let other = crate::attendance::forum(&app, "FKP-B").await;
    let mut browser = begun(&app, &forum).await;
    let foreign = forums::inputs(&app.app.db, &other).await.unwrap()[0]
        .id
        .to_string();
    for fields in [
        [("text", "<script>alert(1)</script>"), ("inputs", "")],
        [("text", "=cmd|' /C calc'!A0"), ("inputs", "")],
        [("text", ""), ("inputs", "")],
        [
            ("text", "Butir yang masukannya asing"),
            ("inputs", foreign.as_str()),
        ],
    ] {
        let fields: Vec<(&str, &str)> = fields
            .into_iter()
            .filter(|(name, value)| *name == "text" || !value.is_empty())
            .collect();
        let answer = browser.post(&at(&forum, "/butir"), &fields).await;
        assert_eq!(answer.status, 422, "{fields:?}");
        let kept = answer.texts("textarea[name=text]").join("");
        assert_eq!(
            kept,
            fields[0].1.split_whitespace().collect::<Vec<_>>().join(" ")
        );
    }
    // The same form twice: one point.
    write_point(&app, &mut browser, &forum, POINT).await;
    assert_eq!(summary(&app, &forum).await.points.len(), 1);
    let future = [("signed_on", "2026-03-18")];
    browser
        .post(&at(&forum, "/penanda-tangan/usulkan"), &[])
        .await;
    let answer = browser
        .post(&at(&forum, "/penanda-tangan/semua"), &future)
        .await;
    // Beside the field, with what was typed: the page is the form again.
    assert_eq!(answer.status, 422);
    let told = answer.texts("#f-signed_on-error").join(" ");
    assert!(told.contains("hari itu belum tiba"), "{}", answer.text());
    let typed = answer.attribute("#f-signed_on", "value").unwrap();
    assert_eq!(typed, "2026-03-18");
}

#[tokio::test]
async fn only_what_was_agreed_is_a_source_of_an_action() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    let ctx: Ctx = app.ctx();
    let point: AgreedPointId = summary(&app, &forum).await.points[0];
    let draft = berita_acara::source_info(&ctx, point).await;
    assert!(
        matches!(
            draft,
            Err(Error::Rule {
                code: "berita_acara.not_locked",
                ..
            })
        ),
        "{draft:?}"
    );
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    lock(&mut browser, &forum).await;
    let source = berita_acara::source_info(&ctx, point).await.unwrap();
    assert_eq!(source.kind, SourceKind::AgreedPoint);
    assert_eq!(source.label, "Berita Acara FKP 17 Maret 2026 butir 1");
    let page = browser.get(&at(&forum, "")).await;
    let link = page
        .attribute("a[href*='sumber=agreed_point']", "href")
        .unwrap();
    assert_eq!(
        link,
        format!("/kerja/rencana-aksi/baru?sumber=agreed_point:{point}")
    );
    assert_eq!(browser.get(&link).await.status, 200);
}

#[tokio::test]
async fn points_are_reordered_and_taken_away() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    write_point(&app, &mut browser, &forum, "Petugas menjawab dengan ramah.").await;
    let [first, second] = summary(&app, &forum).await.points[..] else {
        panic!("two points")
    };
    let step = |id, step: &str| at(&forum, &format!("/butir/{id}/{step}"));
    browser.post(&step(second, "naik"), &[]).await;
    assert_eq!(summary(&app, &forum).await.points, [second, first]);
    browser.post(&step(second, "naik"), &[]).await;
    assert_eq!(summary(&app, &forum).await.points, [second, first]);
    browser
        .post(&step(second, "hapus"), &[("version", "1")])
        .await;
    assert_eq!(summary(&app, &forum).await.points, [first]);
    assert_eq!(browser.post(&step(first, "terbang"), &[]).await.status, 404);
}

#[tokio::test]
async fn the_record_of_2025_is_loaded_as_it_happened() {
    let app = TestApp::new().await;
    let forum = forum_of_2025(&app).await;
    let recipients = std::collections::HashMap::new();
    rembuk::demo::berita::load(&app.ctx(), &recipients)
        .await
        .unwrap();
    let came = attendance::summary(&app.app.db, &forum).await.unwrap();
    assert_eq!(came.present, 42);
    let summary = summary(&app, &forum).await;
    assert_eq!((summary.points.len(), summary.signed), (10, 9));
    assert_eq!(summary.status, Status::Locked);
    let locked_at = summary.locked_at.unwrap();
    assert_eq!(locked_at.date_naive().to_string(), "2025-10-28");
    let document = documents::document(&app.app.db, summary.document.unwrap())
        .await
        .unwrap();
    assert_eq!(document.issued_at, locked_at);
    let text = pdf_text(&documents::bytes(&app.app, &document).await.unwrap());
    assert!(text.contains("400.12.5.5/3902/DISDUKCAPIL/2025"), "{text}");
    if let Ok(folder) = std::env::var("REMBUK_TEST_PAPERS") {
        for paper in papers_of(&app, &forum).await {
            let bytes = documents::bytes(&app.app, &paper).await.unwrap();
            std::fs::write(format!("{folder}/{}.pdf", paper.kind), bytes).unwrap();
        }
    }
}

async fn forum_of_2025(app: &TestApp) -> Forum {
    let made = forum(app, "FKP-KALTIM-2025").await;
    move_to(app, &made, "2025-10-28").await;
    forums::by_id(&app.app.db, made.id).await.unwrap()
}
