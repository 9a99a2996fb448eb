//! Promises of a forum that comes to its end: its report says when it is outdated, nothing waits behind a closed door, a
//! correction can be thrown away, nobody overwrites the other's point, and no record is older than its forum.

use chrono::Duration;
use poem::http::Method;
use rembuk::{
    audit,
    berita_acara::{self, Status},
    forums::{self, Forum, Stage},
};

use crate::{
    attendance::{HANDLER, ORGANISER, forum, pdf_text, program},
    attendance_papers::first_sheet,
    berita_acara::{at as record_at, begun, lock, locked, signed, write_header},
    fkp_report::issue,
    follow_up::{action, close as close_forum, explain, point},
    minutes::{at as minutes_at, write_header as write_minutes},
    support::{Browser, TestApp},
};

const HEAD: &str = "kepala.kaltim@rembuk.example";
const REASON: &str = "Sudah dilaksanakan sebelum forum berakhir.";
const POINT: &str = "Persyaratan diumumkan di laman dan di loket.";

fn under(forum: &Forum, page: &str) -> String {
    format!("/kerja/forum/{}/{page}", forum.id)
}

/// Whether the report's page, the forum's stages and the closing say that the report is outdated: all three or none.
async fn outdated(browser: &mut Browser<'_>, forum: &Forum) -> bool {
    let report = browser.get(&under(forum, "laporan")).await.text();
    let stages = browser
        .get(&format!("/kerja/forum/{}", forum.id))
        .await
        .text();
    let closing = browser.get(&under(forum, "tindak-lanjut")).await;
    let said = [
        report.contains("Terbitkan versi berikutnya agar isinya sama"),
        stages.contains("Laporan yang terbit lebih lama"),
    ];
    assert_eq!(said[0], said[1], "{report} | {stages}");
    // The closing speaks of it where nothing else stands in its way.
    let closing = closing.texts("#f-tutup").join(" ");
    if closing.contains("Tutup forum") || closing.contains("tidak dapat diperbaiki lagi") {
        assert_eq!(closing.contains("lebih lama"), said[0], "{closing}");
    }
    said[0]
}

#[tokio::test]
async fn a_report_is_outdated_by_every_answer_that_it_does_not_tell() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let day = "2026-03-17";
    assert_eq!(issue(&mut browser, &forum, "0", day).await.status, 303);
    assert!(!outdated(&mut browser, &forum).await, "just issued");
    // In the same minute: what counts is what it tells, not when.
    let root = point(&mut browser, &forum).await;
    let saved = explain(&mut browser, &forum, &root, "0", REASON).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert!(outdated(&mut browser, &forum).await, "a reason");
    assert_eq!(issue(&mut browser, &forum, "1", day).await.status, 303);
    assert!(!outdated(&mut browser, &forum).await, "told now");
    let taken = [("point", root.as_str())];
    browser
        .post(&under(&forum, "tindak-lanjut/cabut"), &taken)
        .await;
    assert!(outdated(&mut browser, &forum).await, "the reason is gone");
    explain(&mut browser, &forum, &root, "0", REASON).await;
    assert!(
        !outdated(&mut browser, &forum).await,
        "the same words again"
    );
    let id = action(&mut browser, &forum).await;
    assert!(outdated(&mut browser, &forum).await, "an action instead");
    assert_eq!(issue(&mut browser, &forum, "2", day).await.status, 303);
    assert!(!outdated(&mut browser, &forum).await);
    let fields = [
        ("version", "1"),
        ("cancel_reason", "Diganti program provinsi"),
    ];
    let cancel = format!("/kerja/rencana-aksi/{id}/batalkan");
    assert_eq!(browser.post(&cancel, &fields).await.status, 303);
    assert!(outdated(&mut browser, &forum).await, "it was given up");
}

#[tokio::test]
async fn minutes_that_wait_keep_a_forum_open_and_those_of_a_closed_one_stay_as_they_are() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    browser.get(&minutes_at(&forum, "")).await;
    browser.post(&minutes_at(&forum, "/mulai"), &[]).await;
    let written = write_minutes(&mut browser, &forum, "1").await;
    assert_eq!(written.status, 303, "{}", written.text());
    let taken = [("version", "2")];
    let taken = browser.post(&minutes_at(&forum, "/hasil"), &taken).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let submitted = browser.post(&minutes_at(&forum, "/ajukan"), &[]).await;
    assert_eq!(submitted.status, 303, "{}", submitted.text());
    app.run_jobs().await;
    let root = point(&mut browser, &forum).await;
    explain(&mut browser, &forum, &root, "0", REASON).await;
    let close = under(&forum, "tindak-lanjut/tutup");
    let refused = browser.post(&close, &[]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .text()
            .contains("Notulen sedang menunggu pengesahan"),
        "{}",
        refused.text()
    );
    let mut head = app.sign_in(HEAD).await;
    head.get(&minutes_at(&forum, "")).await;
    let reason = [("reason", "Lengkapi dahulu hasil rapatnya.")];
    let returned = head.post(&minutes_at(&forum, "/kembalikan"), &reason).await;
    assert_eq!(returned.status, 303, "{}", returned.text());
    app.run_jobs().await;
    let closed = close_forum(&mut browser, &forum).await;
    assert_eq!(closed.status, 303, "{}", closed.text());

    let page = browser.get(&minutes_at(&forum, "")).await;
    assert!(
        page.text().contains("Forum ditutup sebelum notulen"),
        "{}",
        page.text()
    );
    assert!(page.texts("form[action$='/ajukan']").is_empty());
    let written = write_minutes(&mut browser, &forum, "3").await;
    let submitted = browser.post(&minutes_at(&forum, "/ajukan"), &[]).await;
    for answer in [written, submitted] {
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains("sudah ditutup"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_promise_without_an_owner_is_told_on_its_page_among_what_is_missing_and_beside_the_report()
 {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let id = action(&mut browser, &forum).await;
    let page = browser.get(&under(&forum, "tindak-lanjut")).await.text();
    assert!(
        page.contains("Belum ada pejabat penanggung jawab"),
        "{page}"
    );
    assert!(!page.contains("Belum ada tahun anggaran"), "2027: {page}");
    let report = browser.get(&under(&forum, "laporan")).await.text();
    let told = "tanpa penanggung jawab atau tahun anggaran";
    assert!(report.contains(told), "{report}");
    let mut caller = program(&app, ORGANISER).await;
    let path = format!("/api/v1/forums/{}/missing", forum.id);
    let missing = caller.api(Method::GET, &path, None).await.json();
    let items = missing["items"].as_array().unwrap();
    let one = items.iter().find(|one| one["code"] == "actions-incomplete");
    let one = one.unwrap();
    assert_eq!(one["severity"], "warning");
    assert_eq!(one["names"], serde_json::json!(["RA-2026-01"]));
    // What was given up is promised no more.
    let fields = [
        ("version", "1"),
        ("cancel_reason", "Diganti program provinsi"),
    ];
    browser.get(&under(&forum, "tindak-lanjut")).await;
    let cancel = format!("/kerja/rencana-aksi/{id}/batalkan");
    assert_eq!(browser.post(&cancel, &fields).await.status, 303);
    let page = browser.get(&under(&forum, "tindak-lanjut")).await.text();
    assert!(
        !page.contains("Belum ada pejabat penanggung jawab"),
        "{page}"
    );
}

/// Whether home and the list of loose ends name the input that a point takes up, and the one that nothing answers.
async fn named(browser: &mut Browser<'_>) -> [(bool, bool); 2] {
    let home = browser.get("/kerja").await.text();
    let gaps = browser.get("/kerja/isu/celah").await.text();
    ["Umumkan persyaratan di laman", "Petugas lebih ramah"]
        .map(|words| (home.contains(words), gaps.contains(words)))
}

#[tokio::test]
async fn home_and_the_loose_ends_name_the_same_inputs_and_home_none_of_a_closed_forum() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let [taken, unheard] = named(&mut browser).await;
    assert_eq!(taken, (false, false));
    assert_eq!(unheard, (true, true));
    let root = point(&mut browser, &forum).await;
    explain(&mut browser, &forum, &root, "0", REASON).await;
    let closed = close_forum(&mut browser, &forum).await;
    assert_eq!(closed.status, 303, "{}", closed.text());
    let now = forums::by_id(&app.app.db, forum.id).await.unwrap();
    assert_eq!(now.stage, Stage::Closed);
    let [_, unheard] = named(&mut browser).await;
    assert_eq!(
        unheard,
        (false, true),
        "nobody's task any more, and still what the year left"
    );
}

/// Begins a correction and takes its first point away.
pub async fn amend(browser: &mut Browser<'_>, forum: &Forum) {
    browser.get(&record_at(forum, "")).await;
    let reason = [("reason", "Butir pertama ternyata bukan kesepakatan")];
    let begun = browser.post(&record_at(forum, "/perbaikan"), &reason).await;
    assert_eq!(begun.status, 303, "{}", begun.text());
    let page = browser.get(&record_at(forum, "")).await;
    let remove = page.attribute("form[action$='/hapus']", "action").unwrap();
    let version = page.attribute("form[action$='/hapus'] input[name=version]", "value");
    let removed = browser
        .post(&remove, &[("version", version.unwrap().as_str())])
        .await;
    assert_eq!(removed.status, 303, "{}", removed.text());
}

#[tokio::test]
async fn a_correction_is_thrown_away_and_the_signed_version_is_as_it_was() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    action(&mut browser, &forum).await;
    let before = browser.get(&record_at(&forum, ".pdf?versi=1")).await.bytes;
    amend(&mut browser, &forum).await;
    signed(&mut browser, &forum).await;
    let discard = record_at(&forum, "/perbaikan/batalkan");
    let other = browser.post(&discard, &[("version_no", "3")]).await;
    assert_eq!(
        other.status, 409,
        "another draft than the one that was seen"
    );
    let page = browser.get(&record_at(&forum, "")).await;
    let seen = page.attribute("form[action$='/batalkan'] input[name=version_no]", "value");
    assert_eq!(seen.as_deref(), Some("2"));
    let mut handler = app.sign_in(HANDLER).await;
    handler.get(&record_at(&forum, "")).await;
    let refused = handler.post(&discard, &[("version_no", "2")]).await;
    assert_eq!(refused.status, 403);
    let gone = browser.post(&discard, &[("version_no", "2")]).await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    let page = browser.get(&record_at(&forum, "")).await.text();
    assert!(
        page.contains(POINT) && page.contains("RA-2026-01") && !page.contains("versi 2"),
        "{page}"
    );
    let after = browser.get(&record_at(&forum, ".pdf")).await.bytes;
    assert!(before == after, "the signed paper itself");
    let summary = berita_acara::summary(&app.app.db, &forum).await.unwrap();
    let summary = summary.unwrap();
    assert_eq!((summary.status, summary.amending), (Status::Locked, false));
    let twice = browser.post(&discard, &[("version_no", "2")]).await;
    assert_eq!(twice.status, 422);
    assert!(
        twice.text().contains("Tidak ada perbaikan"),
        "{}",
        twice.text()
    );
    use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    let rows = berita_acara::entity::berita_acara::Entity::find()
        .filter(berita_acara::entity::berita_acara::Column::ForumId.eq(forum.id))
        .all(&app.app.db)
        .await
        .unwrap();
    let [row] = &rows[..] else {
        panic!("{} versions", rows.len())
    };
    let verb = "berita_acara.amendment_discarded";
    let told = audit::of_verb(&app.app.db, "berita_acara", row.id.0, verb)
        .await
        .unwrap();
    assert_eq!(told.len(), 1, "told with the version that stays");
}

#[tokio::test]
async fn a_program_throws_a_correction_away_by_its_number() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    amend(&mut browser, &forum).await;
    let mut program = program(&app, ORGANISER).await;
    let path = |version: &str| {
        let base = format!("/api/v1/forums/{}/berita-acara/versions", forum.id);
        format!("{base}/{version}/discard")
    };
    for (version, status) in [("1", 409), ("x", 409), ("2", 200), ("2", 422)] {
        let answer = program.api(Method::POST, &path(version), None).await;
        assert_eq!(answer.status, status, "{version}: {}", answer.body);
        if status == 200 {
            let found = answer.json();
            assert_eq!(found["version_no"], 1, "{found}");
            assert_eq!(found["locked"], true);
            assert_eq!(found["points"], 1);
        }
    }
}

#[tokio::test]
async fn of_two_who_write_beside_the_same_input_the_second_is_told_and_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut one = begun(&app, &forum).await;
    let mut other = app.sign_in(ORGANISER).await;
    let address = record_at(&forum, "/butir");
    let page = one.get(&address).await;
    other.get(&address).await;
    assert_eq!(
        page.texts("#belum-butir .saying").len(),
        1,
        "each input once"
    );
    let input = page.attribute("input[name=taken]", "value").unwrap();
    let first = [
        ("taken", input.as_str()),
        ("agreed", "Petugas dilatih setiap triwulan."),
        ("text", "Loket dibuka sampai sore."),
    ];
    let written = one.post(&address, &first).await;
    assert_eq!(written.status, 303, "{}", written.text());
    let second = [
        ("taken", input.as_str()),
        ("agreed", "Petugas dilatih setiap bulan."),
        ("text", "Antrean diumumkan."),
    ];
    let told = other.post(&address, &second).await;
    assert_eq!(told.status, 422);
    let wrong = told.texts("#f-agreed_0-error").join("");
    assert!(
        wrong.contains("sudah menjadi butir 2") && wrong.contains("setiap triwulan"),
        "{}",
        told.text()
    );
    assert_eq!(
        told.texts("#f-agreed_0").join("").trim(),
        "Petugas dilatih setiap bulan."
    );
    assert_eq!(told.texts("#f-text").join("").trim(), "Antrean diumumkan.");
    let points = one.get(&record_at(&forum, "")).await;
    assert_eq!(
        points.texts(".points tbody tr").len(),
        3,
        "none of the second"
    );
    let long = "x".repeat(6000);
    let refused = one.post(&address, &[("text", long.as_str())]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("6000"),
        "how long it is, and how long it may be"
    );
}

#[tokio::test]
async fn the_opening_sentence_names_no_other_day_and_no_other_house() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    let wrong = "Forum di Hotel Lain Balikpapan, Rabu 18 Maret 2026";
    let refused = write_header(&mut browser, &forum, ("opening_subject", wrong)).await;
    assert_eq!(refused.status, 422);
    let words = refused.texts("#f-opening_subject-error").join("");
    for part in ["18 Maret 2026", "Rabu", "di Hotel Lain Balikpapan"] {
        assert!(words.contains(part), "{words}");
    }
    let kept = refused.attribute("#f-opening_subject", "value");
    assert_eq!(kept.as_deref(), Some(wrong));
    let right = "Forum Pelayanan di Hotel Contoh, Selasa 17 Maret 2026";
    let saved = write_header(&mut browser, &forum, ("opening_subject", right)).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    // A place that only holds the name of the right one is another place.
    let place = "Bukan di Ruang Satu, Hotel Contoh melainkan Hotel Lain";
    write_header(&mut browser, &forum, ("place", place)).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    let refused = lock(&mut browser, &forum).await;
    assert_eq!(refused.status, 422);
    let told = refused.texts(".summary").join(" ");
    assert!(told.contains("berbeda dari data forum"), "{told}");
}

#[tokio::test]
async fn a_record_locked_before_the_end_of_the_agenda_says_when_the_forum_ended() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    let page = browser.get(&record_at(&forum, "")).await;
    let seen = page.attribute("input[name=seen]", "value").unwrap();
    let fields = [("seen", seen.as_str()), ("confirm", "true")];
    let refused = browser.post(&record_at(&forum, "/kunci"), &fields).await;
    assert_eq!(refused.status, 422);
    let told = refused.texts(".summary").join(" ");
    assert!(told.contains("sampai pukul 13.00"), "{told}");
    let answer = lock(&mut browser, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = browser.get(&record_at(&forum, "")).await.text();
    assert!(page.contains("Selesai lebih awal"), "{page}");
    let paper = pdf_text(&browser.get(&record_at(&forum, ".pdf")).await.bytes);
    let paper = paper.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(paper.contains("Forum selesai lebih awal"), "{paper}");
    let list = browser
        .get(&under(&forum, "daftar-hadir-umum.pdf"))
        .await
        .bytes;
    let list = pdf_text(&list);
    let list = list.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(list.contains("Forum selesai lebih awal"), "{list}");
    let book = browser.get(&under(&forum, "daftar-hadir.xlsx")).await;
    let told = first_sheet(book.bytes);
    assert!(told.contains("Forum selesai lebih awal"), "{told}");
    let public = app.browser().get(&format!("/forum/{}", forum.id)).await;
    let told = "Selesai lebih awal: menurut Berita Acara";
    assert!(public.text().contains(told), "{}", public.text());
    let preview = format!("/kerja/forum/{}/laporan/pratinjau.pdf", forum.id);
    let report = pdf_text(&browser.get(&preview).await.bytes);
    let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
    let programme = report.split("Susunan Acara Forum").last().unwrap();
    assert!(
        programme.contains("menurut Berita Acara dinyatakan selesai"),
        "{report}"
    );
}

#[tokio::test]
async fn a_record_locked_after_the_agenda_asks_nothing_of_its_end() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    app.advance(Duration::hours(4));
    let page = browser.get(&record_at(&forum, "")).await;
    assert!(page.texts("#f-ended_early").is_empty(), "{}", page.text());
    let answer = lock(&mut browser, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = browser.get(&record_at(&forum, "")).await.text();
    assert!(!page.contains("Selesai lebih awal"), "{page}");
}

#[tokio::test]
async fn the_record_shows_why_a_point_has_no_action_and_offers_none_then() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let offers = "a[href*='sumber=agreed_point']";
    let page = browser.get(&record_at(&forum, "")).await;
    assert!(page.attribute(offers, "href").is_some());
    assert!(page.texts("#butir-1").join("").contains("Belum ada"));
    let root = point(&mut browser, &forum).await;
    explain(&mut browser, &forum, &root, "0", REASON).await;
    let page = browser.get(&record_at(&forum, "")).await;
    let row = page.texts("#butir-1").join("");
    assert!(row.contains(REASON) && !row.contains("Belum ada"), "{row}");
    assert!(page.attribute(offers, "href").is_none());
}
