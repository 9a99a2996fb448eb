//! Promises of the papers of a forum taken together: one number for one paper, nothing printed that is not so,
//! results and points that do not contradict each other, and a way from every voice to its action.

use chrono::Duration;
use rembuk::{
    documents::{self, Kind},
    forums::{self, Forum},
    minutes,
    organisation::{self, nip_text},
};

use crate::{
    attendance::{ORGANISER, forum, pdf_text, walk_in},
    berita_acara::{at as record_at, begun, lock, locked, signed, write_header},
    forums::{forum_form, with_forums},
    invitations::{letter_form, send_all},
    letters::move_forum,
    minutes::{
        HEAD, approve, at as minutes_at, begun as minutes_begun, write_header as write_results,
    },
    signing::move_to,
    support::{self, Browser, TestApp, browser::Answer},
};

fn report_at(forum: &Forum, step: &str) -> String {
    format!("/kerja/forum/{}/laporan{step}", forum.id)
}

async fn issue_as(browser: &mut Browser<'_>, forum: &Forum, number: &str, version: &str) -> Answer {
    browser.get(&report_at(forum, "")).await;
    let fields = [
        ("number", number),
        ("dated_on", "2026-03-17"),
        ("version", version),
        ("without_letter", "true"),
    ];
    browser.post(&report_at(forum, "/terbitkan"), &fields).await
}

fn folded(bytes: &[u8]) -> String {
    let text = pdf_text(bytes);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_number_stands_on_one_paper_of_the_unit_and_the_other_paper_is_named() {
    let app = TestApp::new().await;
    let first = forum(&app, "FKP-A").await;
    let second = forum(&app, "FKP-B").await;
    let mut browser = locked(&app, &first).await;
    // The number of the Berita Acara is not the report's, however it is typed.
    for number in ["400/1/2026", "400 / 1 / 2026"] {
        let refused = issue_as(&mut browser, &first, number, "0").await;
        assert_eq!(refused.status, 422, "{number}");
        let told = refused.texts(".summary").join(" ");
        assert!(told.contains("sudah dipakai: Berita Acara"), "{told}");
        let link = refused.attribute(".summary a", "href").unwrap();
        assert!(link.ends_with("#f-number"), "{link}");
    }
    // The record of another forum: free while it is written, taken when it is to be locked.
    let mut other = begun(&app, &second).await;
    let taken = write_header(&mut other, &second, ("number", "400/1/2026")).await;
    assert_eq!(taken.status, 422);
    assert!(
        taken.text().contains("sudah dipakai: Berita Acara"),
        "{}",
        taken.text()
    );
    let free = write_header(&mut other, &second, ("number", "400/9/2026")).await;
    assert_eq!(free.status, 303, "{}", free.text());
    signed(&mut other, &second).await;
    let issued = issue_as(&mut browser, &first, "400/9/2026", "0").await;
    assert_eq!(issued.status, 303, "{}", issued.text());
    let late = lock(&mut other, &second).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("Laporan FKP"), "{}", late.text());
    // A correction keeps the number of what it corrects.
    app.advance(chrono::Duration::hours(1));
    let corrected = issue_as(&mut browser, &first, "400/9/2026", "1").await;
    assert_eq!(corrected.status, 303, "{}", corrected.text());
    // A letter is told too.
    let letter = format!("/kerja/forum/{}/undangan/surat", second.id);
    other.get(&letter).await;
    let form = letter_form(&[("number", "400/1/2026"), ("version", "0")]);
    let refused = other.post(&letter, &form).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("sudah dipakai: Berita Acara"),
        "{}",
        refused.text()
    );
}

#[tokio::test]
async fn the_record_says_that_sheets_are_kept_with_it_only_when_they_are() {
    let app = TestApp::new().await;
    for scanned in [false, true] {
        let forum = forum(&app, if scanned { "FKP-B" } else { "FKP-A" }).await;
        let mut browser = begun(&app, &forum).await;
        let number = if scanned { "400/2/2026" } else { "400/1/2026" };
        write_header(&mut browser, &forum, ("number", number)).await;
        signed(&mut browser, &forum).await;
        let page = browser.get(&record_at(&forum, "")).await.text();
        assert!(page.contains("pindaian lembarnya belum diunggah"), "{page}");
        if scanned {
            let pages = record_at(&forum, "/pindaian");
            let text = ("scan", "lembar.txt", b"bukan pindaian".as_slice());
            let refused = browser.post_file(&pages, &[], text).await;
            assert_eq!(refused.status, 422);
            let told = refused.texts(".summary").join(" ");
            assert!(told.contains("PDF atau foto"), "{told}");
            assert!(!told.contains("xlsx") && !told.contains("Excel"), "{told}");
            let whole = support::pdf("lembar");
            let scan = ("scan", "lembar.pdf", whole.as_slice());
            let kept = browser.post_file(&pages, &[], scan).await;
            assert_eq!(kept.status, 303, "{}", kept.text());
            let page = browser.get(&record_at(&forum, "")).await.text();
            assert!(!page.contains("lembarnya belum diunggah"), "{page}");
        }
        let answer = lock(&mut browser, &forum).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let paper = folded(&browser.get(&record_at(&forum, ".pdf")).await.bytes);
        let with_it = paper.contains("di kertas disimpan bersama naskah ini");
        let elsewhere = paper.contains("di kertas disimpan oleh penyelenggara");
        assert_eq!((with_it, elsewhere), (scanned, !scanned), "{paper}");
    }
}

#[tokio::test]
async fn a_voice_becomes_an_agreement_only_when_somebody_formulates_it() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    // The form shows what was said and fills in nothing.
    let page = browser.get(&record_at(&forum, "/butir")).await;
    let said = page.texts("#belum-butir .saying");
    assert!(said.join("").contains("Petugas lebih ramah"), "{said:?}");
    assert_eq!(page.texts("textarea[name=agreed]").join(""), "");
    let input = page.attribute("input[name=taken]", "value");
    let input = input.unwrap();
    let address = record_at(&forum, "/butir");
    let nothing = [("taken", input.as_str()), ("agreed", " ")];
    let refused = browser.post(&address, &nothing).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.texts("#belum-butir .saying"), said);
    // What is too short is said beside its field and kept.
    let short = [("taken", input.as_str()), ("agreed", "Ya")];
    let refused = browser.post(&address, &short).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.texts("#f-agreed_0-error").len(), 1);
    assert_eq!(refused.texts("#f-agreed_0").join("").trim(), "Ya");
    // A copy of the voice stops nobody who writes, but the lock.
    let copied = [
        ("taken", input.as_str()),
        ("agreed", "Petugas lebih ramah."),
    ];
    let kept = browser.post(&address, &copied).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    let again = browser.post(&address, &copied).await;
    assert_eq!(again.status, 303, "sent twice, written once");
    let points = browser
        .get(&record_at(&forum, ""))
        .await
        .texts(".points tbody tr");
    assert_eq!(points.len(), 2, "{points:?}");
    signed(&mut browser, &forum).await;
    let refused = lock(&mut browser, &forum).await;
    assert_eq!(refused.status, 422);
    let told = refused.texts(".summary").join(" ");
    assert!(
        told.contains("Butir 2 masih sama dengan masukannya"),
        "{told}"
    );
    // Who means it so says it, even of a signed text: no word changes.
    let page = browser.get(&record_at(&forum, "")).await;
    let meant = page.attribute("form[action$='/dimaksud']", "action");
    let meant = meant.unwrap();
    let version = page.attribute("form[action$='/dimaksud'] input[name=version]", "value");
    let version = version.unwrap();
    let fields = [("version", version.as_str())];
    assert_eq!(browser.post(&meant, &fields).await.status, 303);
    assert_eq!(browser.post(&meant, &fields).await.status, 409, "twice");
    let answer = lock(&mut browser, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let record = rembuk::berita_acara::public_record(&app.app.db, &forum).await;
    let behind = &record.unwrap().unwrap().points[1].inputs;
    let behind: Vec<String> = behind.iter().map(ToString::to_string).collect();
    assert_eq!(behind, [input], "the link is kept");
}

#[tokio::test]
async fn a_record_refers_to_minutes_only_when_somebody_began_them() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    let reference = "Notulen Forum FKP-A pada 17 Maret 2026";
    for minutes in [false, true] {
        if minutes {
            let answer = browser.post(&minutes_at(&forum, "/mulai"), &[]).await;
            assert_eq!(answer.status, 303, "{}", answer.text());
        }
        let page = browser.get(&record_at(&forum, "")).await.text();
        let paper = folded(&browser.get(&record_at(&forum, ".pdf")).await.bytes);
        for text in [&page, &paper] {
            assert_eq!(text.contains(reference), minutes, "{text}");
            // Nobody typed it, and it is shown as it will be printed.
            let list = "Daftar hadir tanggal 17 Maret 2026 (3 orang).";
            assert!(text.contains(list), "{text}");
        }
        let warned = page.contains("Notulen forum ini belum dimulai, jadi Rujukan");
        assert_eq!(warned, !minutes, "{page}");
    }
}

#[tokio::test]
async fn what_somebody_signed_still_says_the_same_when_minutes_begin_and_people_come_later() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = begun(&app, &forum).await;
    signed(&mut browser, &forum).await;
    app.advance(Duration::minutes(5));
    let late = walk_in(&mut browser, &forum, "Tamu Contoh", "users", "").await;
    assert_eq!(late.status, 303, "{}", late.text());
    let answer = browser.post(&minutes_at(&forum, "/mulai"), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let paper = folded(&browser.get(&record_at(&forum, ".pdf")).await.bytes);
    assert!(!paper.contains("Notulen Forum"), "{paper}");
    assert!(paper.contains("(3 orang)"), "{paper}");
    let page = browser.get(&record_at(&forum, "")).await.text();
    assert!(page.contains("Daftar hadir berubah setelah"), "{page}");
    let opened = browser.post(&record_at(&forum, "/buka-naskah"), &[]).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let paper = folded(&browser.get(&record_at(&forum, ".pdf")).await.bytes);
    assert!(
        paper.contains("Notulen Forum") && paper.contains("(4 orang)"),
        "who signs anew signs what is so now: {paper}"
    );
}

async fn take(browser: &mut Browser<'_>, forum: &Forum, version: &str) -> Answer {
    let path = minutes_at(forum, "/hasil");
    browser.post(&path, &[("version", version)]).await
}

#[tokio::test]
async fn results_that_differ_from_the_agreed_points_are_noticed_everywhere_and_taken_over_with_one_button()
 {
    let app = TestApp::new().await;
    let (forum, mut browser) = minutes_begun(&app, "FKP-A").await;
    let early = take(&mut browser, &forum, "1").await;
    assert_eq!(early.status, 422, "nothing was agreed yet");
    browser.post(&record_at(&forum, "/mulai"), &[]).await;
    let point = [("text", "Syarat diumumkan paling lambat 1 April 2026.")];
    browser.post(&record_at(&forum, "/butir"), &point).await;
    assert_eq!(write_results(&mut browser, &forum, "1").await.status, 303);
    let differs = "Hasil rapat berbeda dari butir kesepakatan";
    let page = browser.get(&minutes_at(&forum, "")).await;
    assert!(page.text().contains(differs), "{}", page.text());
    let stages = browser.get(&format!("/kerja/forum/{}", forum.id)).await;
    let told = "Hasil rapat dalam notulen berbeda dari butir";
    assert!(stages.text().contains(told), "{}", stages.text());
    // The second editor is told.
    assert_eq!(take(&mut browser, &forum, "1").await.status, 409);
    let taken = take(&mut browser, &forum, "2").await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let record = minutes::record(&app.app.db, forum.id).await.unwrap();
    assert_eq!(record.unwrap().results, [point[0].1]);
    let page = browser.get(&minutes_at(&forum, "")).await;
    assert!(!page.text().contains(differs), "{}", page.text());
    assert!(page.attribute("form[action$='/hasil']", "action").is_none());
}

#[tokio::test]
async fn the_report_notices_results_that_differ_and_its_texts_are_written_beside_their_place() {
    let app = TestApp::new().await;
    let (forum, mut browser) = minutes_begun(&app, "FKP-A").await;
    write_results(&mut browser, &forum, "1").await;
    browser.post(&record_at(&forum, "/mulai"), &[]).await;
    let point = [("text", "Syarat diumumkan paling lambat 1 April 2026.")];
    browser.post(&record_at(&forum, "/butir"), &point).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    let answer = lock(&mut browser, &forum).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = browser.get(&report_at(&forum, "")).await;
    let told = "Hasil rapat dalam Notulen berbeda dari butir";
    assert!(page.text().contains(told), "{}", page.text());
    // What was signed stands: minutes that say something else do not become final.
    let refused = browser.post(&minutes_at(&forum, "/ajukan"), &[]).await;
    assert_eq!(refused.status, 422);
    let why = "berbeda dari butir Berita Acara yang sudah dikunci";
    assert!(refused.text().contains(why), "{}", refused.text());
    browser.get(&report_at(&forum, "")).await;
    let action = page.attribute("details form[action$='/naskah/analysis']", "action");
    let text = [("text", "Analisis baru."), ("version", "0")];
    let saved = browser.post(&action.unwrap(), &text).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let place = saved.location();
    assert!(place.ends_with("/laporan#analysis"), "{place}");
    let page = browser.get(&report_at(&forum, "")).await;
    assert_eq!(page.texts("#naskah-analysis"), ["Analisis baru."]);
}

#[tokio::test]
async fn no_report_is_issued_over_approved_minutes_that_contradict_the_record() {
    let app = TestApp::new().await;
    let (forum, mut browser) = minutes_begun(&app, "FKP-A").await;
    write_results(&mut browser, &forum, "1").await;
    browser.post(&minutes_at(&forum, "/ajukan"), &[]).await;
    let mut head = app.sign_in(HEAD).await;
    let approved = approve(&mut head, &forum).await;
    assert_eq!(approved.status, 303, "{}", approved.text());
    app.run_jobs().await;
    browser.get(&record_at(&forum, "")).await;
    browser.post(&record_at(&forum, "/mulai"), &[]).await;
    let point = [("text", "Syarat diumumkan paling lambat 1 April 2026.")];
    browser.post(&record_at(&forum, "/butir"), &point).await;
    write_header(&mut browser, &forum, ("number", "400/1/2026")).await;
    signed(&mut browser, &forum).await;
    let locked = lock(&mut browser, &forum).await;
    assert_eq!(locked.status, 303, "{}", locked.text());
    let refused = issue_as(&mut browser, &forum, "400/9/2026", "0").await;
    assert_eq!(refused.status, 422);
    let why = "Buat perbaikan notulen lebih dahulu";
    assert!(refused.text().contains(why), "{}", refused.text());
    // The way out: a new revision that takes the points.
    browser.get(&minutes_at(&forum, "")).await;
    let reason = [("reason", "Hasil rapat disamakan dengan Berita Acara.")];
    let begun = browser
        .post(&minutes_at(&forum, "/perbaikan"), &reason)
        .await;
    assert_eq!(begun.status, 303, "{}", begun.text());
    let page = browser.get(&minutes_at(&forum, "")).await;
    let version = page.attribute("form[action$='/hasil'] input[name=version]", "value");
    let taken = take(&mut browser, &forum, &version.unwrap()).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let again = browser.post(&minutes_at(&forum, "/ajukan"), &[]).await;
    assert_eq!(again.status, 303, "{}", again.text());
    app.run_jobs().await;
}

#[tokio::test]
async fn minutes_that_wait_stand_on_the_first_page_of_their_approver() {
    let app = TestApp::new().await;
    let (forum, mut browser) = minutes_begun(&app, "FKP-A").await;
    write_results(&mut browser, &forum, "1").await;
    let mut head = app.sign_in(HEAD).await;
    let link = format!("section a[href$='{}/notulen']", forum.id);
    let before = head.get("/kerja").await;
    assert!(before.text().contains("Tidak ada notulen yang menunggu"));
    browser.post(&minutes_at(&forum, "/ajukan"), &[]).await;
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 1, "the head is told, once");
    let page = head.get("/kerja").await;
    assert!(page.attribute(&link, "href").is_some(), "{}", page.text());
    let others = browser.get("/kerja").await;
    assert!(others.attribute(&link, "href").is_none());
    let approved = approve(&mut head, &forum).await;
    assert_eq!(approved.status, 303, "{}", approved.text());
    app.run_jobs().await;
    let page = head.get("/kerja").await;
    assert!(page.attribute(&link, "href").is_none(), "{}", page.text());
    // The number of the head is printed as in letter and report.
    let unit = organisation::unit(&app.app.db, forum.unit_id)
        .await
        .unwrap();
    let leader = organisation::head_of(&app.app.db, unit.id).await.unwrap();
    let paper = documents::latest(&app.app.db, "forum", forum.id.0, Kind::Minutes).await;
    let paper = folded(
        &documents::bytes(&app.app, &paper.unwrap().unwrap())
            .await
            .unwrap(),
    );
    let nip = nip_text(&leader.nip);
    assert!(nip.contains(' ') && paper.contains(&nip), "{nip}: {paper}");
}

#[tokio::test]
async fn an_action_made_from_a_point_shows_the_voices_behind_it_and_each_voice_its_action() {
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let mut browser = locked(&app, &forum).await;
    let page = browser.get(&record_at(&forum, "")).await;
    let new = page.attribute("a[href*='sumber=agreed_point']", "href");
    let source = new.unwrap().split("sumber=").nth(1).unwrap().to_owned();
    let mut form = crate::action_plans::FORM.to_vec();
    form.push(("source", &source));
    form.push(("budget_year", "2027"));
    let made = browser.post("/kerja/rencana-aksi/baru", &form).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let action = browser.get(made.location()).await;
    let chain = action.texts(".chain").join(" ");
    assert!(chain.contains("Umumkan persyaratan di laman"), "{chain}");
    assert!(!chain.contains("Belum ada suara"), "{chain}");
    let id = made.location().rsplit('/').next().unwrap();
    let stages = browser.get(&format!("/kerja/forum/{}", forum.id)).await;
    let link = format!("/kerja/rencana-aksi/{id}");
    let links = stages.body.matches(&link).count();
    assert!(links >= 2, "at the point and at the input");
}

#[tokio::test]
async fn a_unit_without_a_head_is_told_what_to_do_before_its_report() {
    use rembuk::organisation::entity::official;
    use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};
    let app = TestApp::new().await;
    let forum = forum(&app, "FKP-A").await;
    let tx = app.app.db.begin_write().await.unwrap();
    let nobody = official::ActiveModel {
        superior_id: Set(None),
        ..Default::default()
    };
    official::Entity::update_many()
        .set(nobody)
        .exec(&tx)
        .await
        .unwrap();
    official::Entity::delete_many()
        .filter(official::Column::UnitId.eq(forum.unit_id))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut browser = app.sign_in(ORGANISER).await;
    for step in ["", "/berkas.zip", "/pratinjau.pdf"] {
        let page = browser.get(&report_at(&forum, step)).await;
        assert_eq!(page.status, 422, "{step}");
        let told = page.text();
        assert!(
            told.contains("Minta admin unit menambahkannya dahulu"),
            "{step}: {told}"
        );
    }
    let page = browser.get(&format!("/kerja/forum/{}", forum.id)).await;
    assert!(
        page.text().contains("Kepala unit belum tercatat"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a_forum_that_moved_says_how_many_were_invited_and_how_many_updates_wait() {
    let (app, demo) = with_forums().await;
    send_all(&app, demo.next).await;
    let address = format!("/kerja/forum/{}", demo.next);
    let mut organiser = app.sign_in(ORGANISER).await;
    move_forum(&mut organiser, &address).await;
    let page = organiser.get(&address).await.text();
    assert!(
        page.contains("39 penerima, 39 terkirim, 39 belum menerima pembaruan"),
        "{page}"
    );
    let moved = forums::by_id(&app.app.db, demo.next).await.unwrap();
    move_to(&app, &moved, "2026-03-10").await;
    let page = organiser.get(&format!("{address}/undangan")).await.text();
    assert!(page.contains("39 pembaruan tidak dapat dikirim"), "{page}");
}

#[tokio::test]
async fn a_forum_planned_for_a_day_that_is_over_is_warned_about() {
    let app = TestApp::new().await;
    let mut organiser = app.sign_in(ORGANISER).await;
    organiser.get("/kerja/forum/baru").await;
    for (code, date, warned) in [("LAMA", "2026-03-01", true), ("BARU", "2026-05-20", false)] {
        let form = forum_form(&[("code", code), ("date", date)]);
        let made = organiser.post("/kerja/forum/baru", &form).await;
        assert_eq!(made.status, 303, "{}", made.text());
        let page = organiser.get(made.location()).await.text();
        assert_eq!(page.contains("Tanggal forum sudah lewat"), warned, "{page}");
    }
}
