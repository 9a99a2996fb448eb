use serde_json::json;

use super::{anonymised, officer};
use crate::{
    complaints::{HANDLER, OFFICER, program},
    protecting::left_behind,
    support::{Answer, Browser, TestApp, races},
};

const HEAD: &str =
    "Tracking ID;Judul;Isi Laporan;Tanggal Disposisi;Status;Disposisi;Klasifikasi;Nama Pelapor\n";
const GOOD: &str = "7654321;KTP-el belum jadi;Saya merekam KTP-el tiga minggu lalu.;12/03/2026 10:05;Belum;Disdukcapil;Pengaduan;Bungaran Contoh\n\
                    7654322;Jam layanan;Apakah hari Sabtu buka?;16/03/2026;Belum;Disdukcapil;Permintaan Informasi;Anonim\n";
const BAD: &str = ";Tanpa nomor;Isi laporan ini lengkap.;16/03/2026;Belum;;;\n\
                   7654323;Tanggal salah;Isi laporan ini lengkap.;kemarin;Belum;;;\n";

async fn import(program: &mut Browser<'_>, query: &str, list: &str) -> Answer {
    let path = format!("/api/v1/complaints/import{query}");
    program
        .post_file(&path, &[], ("file", "lapor.csv", list.as_bytes()))
        .await
}

/// Whether a file of the program's store holds these words.
fn kept_on_disk(app: &TestApp, words: &str) -> bool {
    fn holds(folder: &std::path::Path, words: &[u8]) -> bool {
        std::fs::read_dir(folder).unwrap().any(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                return holds(&path, words);
            }
            let bytes = std::fs::read(&path).unwrap();
            bytes.windows(words.len()).any(|part| part == words)
        })
    }
    let folder = app.app.config.files.url.strip_prefix("file:").unwrap();
    holds(std::path::Path::new(folder), words.as_bytes())
}

async fn numbers(program: &mut Browser<'_>) -> Vec<String> {
    let list = program
        .api(poem::http::Method::GET, "/api/v1/complaints", None)
        .await
        .json();
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["number"].as_str().unwrap().to_owned())
        .collect()
}

/// Chatwoot, Zammad and osTicket make a second ticket of what is delivered twice; a report of SP4N-LAPOR is one case
/// however often its list comes in.
#[tokio::test]
async fn a_list_taken_in_twice_changes_nothing_and_a_changed_status_is_told() {
    let app = TestApp::new().await;
    let mut program = program(&app, OFFICER).await;
    let faulty = format!("{HEAD}{GOOD}{BAD}");
    let refused = import(&mut program, "", &faulty).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let report = refused.json();
    assert_eq!(
        (&report["accepted"], &report["stored"]),
        (&json!(2), &json!(0))
    );
    let faults: Vec<_> = report["faulty"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| {
            (
                fault["row"].clone(),
                fault["column"].clone(),
                fault["code"].clone(),
            )
        })
        .collect();
    assert_eq!(
        faults,
        [
            (json!(4), json!("A"), json!("tracking_id")),
            (json!(5), json!("D"), json!("date")),
        ]
    );
    assert!(numbers(&mut program).await.is_empty(), "all or nothing");

    let stored = import(&mut program, "?skip_faulty=true", &faulty).await;
    assert_eq!((stored.status, &stored.json()["stored"]), (200, &json!(2)));
    let before = numbers(&mut program).await;
    assert_eq!(before.len(), 2);
    let mut there = Vec::new();
    for number in &before {
        let path = format!("/api/v1/complaints/{number}");
        let case = program.get(&path).await.json();
        there.push(case["sp4n"]["tracking_id"].as_str().unwrap().to_owned());
        assert_eq!(case["sp4n"]["disposition"], "Disdukcapil", "{case}");
    }
    there.sort();
    assert_eq!(there, ["7654321", "7654322"]);
    let again = import(&mut program, "", &format!("{HEAD}{GOOD}"))
        .await
        .json();
    assert_eq!((&again["stored"], &again["known"]), (&json!(0), &json!(2)));
    assert_eq!(numbers(&mut program).await, before);

    // What changed there is told, and written down only when somebody says so.
    let moved = format!("{HEAD}{}", GOOD.replacen(";Belum;", ";Diproses;", 1));
    for _ in 0..2 {
        let report = import(&mut program, "", &moved).await.json();
        assert_eq!(report["changed"][0]["tracking_id"], "7654321");
        assert_eq!(report["changed"][0]["before"], "Belum · Disdukcapil");
        assert_eq!(report["changed"][0]["after"], "Diproses · Disdukcapil");
    }
    let number = import(&mut program, "?take_changes=true", &moved)
        .await
        .json()["changed"][0]["number"]
        .as_str()
        .unwrap()
        .to_owned();
    let after = import(&mut program, "", &moved).await.json();
    assert_eq!(
        (&after["known"], &after["changed"]),
        (&json!(2), &json!([]))
    );

    let mut officer = officer(&app).await;
    let case = officer
        .get(&format!("/kerja/pengaduan/{number}"))
        .await
        .text();
    for words in [
        "7654321",
        "Diproses",
        "Diterima dari SP4N-LAPOR!",
        "Keadaan di SP4N-LAPOR! berubah",
        "Kamis, 12 Maret 2026 pukul 10.05 WITA",
        "Bungaran Contoh",
    ] {
        assert!(case.contains(words), "{words}: {case}");
    }
    let found = officer.get("/kerja/sp4n?id=%237654321").await;
    assert_eq!(found.location(), format!("/kerja/pengaduan/{number}"));
    assert_eq!(officer.get("/kerja/sp4n?id=9999999").await.status, 422);
    let page = officer.get("/kerja/sp4n").await.text();
    assert!(
        page.contains("2 baru, 0 sudah ada (0 diperbarui), 2 ditinggalkan"),
        "{page}"
    );
}

#[tokio::test]
async fn an_officer_corrects_the_columns_once_and_sees_every_fault_before_anything_is_stored() {
    let app = TestApp::new().await;
    let mut officer = officer(&app).await;
    let list = "LAPORAN BULAN MARET\nKode;Cerita warga;Kapan\n7654321;Saya merekam KTP-el tiga minggu lalu.;12/03/2026\n7654322;Isi laporan ini lengkap.;besok\n";
    officer.get("/kerja/sp4n").await;
    let sent = officer
        .post_file("/kerja/sp4n", &[], ("file", "lapor.csv", list.as_bytes()))
        .await;
    let preview = sent.location().to_owned();
    let page = officer.follow(&sent).await;
    assert!(
        page.text().contains("Pilih kolom tracking ID"),
        "{}",
        page.text()
    );
    let right = format!("{preview}?heading=2&tracking_id=0&description=1&received=2");
    let page = officer.get(&right).await;
    for words in [
        "1 laporan baru",
        "1 baris bermasalah",
        "C4",
        "Tanggal tidak dapat dibaca",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let mut fields = vec![
        ("heading", "2"),
        ("tracking_id", "0"),
        ("description", "1"),
        ("received", "2"),
        ("seen", "2"),
    ];
    let unseen = officer.post(&preview, &fields).await;
    assert_eq!(unseen.status, 409, "another number was not confirmed");
    fields[4] = ("seen", "1");
    let done = officer.post(&preview, &fields).await;
    let page = officer.follow(&done).await;
    assert!(
        page.text().contains("1 laporan dimasukkan"),
        "{}",
        page.text()
    );
    let again = officer.post(&preview, &fields).await;
    let page = officer.follow(&again).await;
    assert!(
        page.text().contains("Daftar ini dimasukkan oleh"),
        "{}",
        page.text()
    );
    app.run_jobs().await;
    assert!(
        !kept_on_disk(&app, "tiga minggu lalu"),
        "the list itself is not kept in the clear beside its cases"
    );
    // The same list again: nothing is wrong with it.
    let once =
        "Kode;Cerita warga;Kapan\n7654321;Saya merekam KTP-el tiga minggu lalu.;12/03/2026\n";
    officer.get("/kerja/sp4n").await;
    let sent = officer
        .post_file("/kerja/sp4n", &[], ("file", "lapor.csv", once.as_bytes()))
        .await;
    let page = officer.follow(&sent).await.text();
    assert!(
        page.contains("Pilih daftar lain") && !page.contains("Perbaiki berkas"),
        "{page}"
    );
    // The next list of this kind is read right at once, with a column more too.
    let next = "No;Kode;Cerita warga;Kapan\n1;7654399;Isi laporan ini lengkap.;13/03/2026\n";
    officer.get("/kerja/sp4n").await;
    let sent = officer
        .post_file("/kerja/sp4n", &[], ("file", "lapor.csv", next.as_bytes()))
        .await;
    let page = officer.follow(&sent).await;
    assert!(page.text().contains("1 laporan baru"), "{}", page.text());
    // Looked at and left: gone the next day.
    assert!(kept_on_disk(&app, "7654399"));
    app.advance(chrono::Duration::hours(25));
    rembuk::housekeeping::sweep(&app.app).await.unwrap();
    app.run_jobs().await;
    assert!(!kept_on_disk(&app, "7654399"));
    let mut handler = app.sign_in(HANDLER).await;
    assert_eq!(handler.get("/kerja/sp4n").await.status, 403);
}

#[tokio::test]
async fn files_that_are_no_lists_are_refused_and_formulas_stay_text() {
    let app = TestApp::new().await;
    let mut program = program(&app, OFFICER).await;
    let long = format!("{HEAD}{}", "1;a;b;c;d;e;f;g\n".repeat(10_100));
    for (list, words) in [
        ("", "kosong"),
        ("%PDF-1.7\n%\u{0}\u{1}", "bukan lembar kerja"),
        ("Nama;Instansi\nBudi;Dinas\n", "Judul kolom tidak dikenal"),
        (&long, "paling banyak"),
    ] {
        let refused = import(&mut program, "", list).await;
        assert_eq!(refused.status, 422, "{words}: {}", refused.body);
        assert!(refused.body.contains(words), "{words}: {}", refused.body);
    }
    let formula = format!("{HEAD}7654321;Judul;=cmd|' /C calc'!A0;12/03/2026;;;;\n");
    let refused = import(&mut program, "", &formula).await;
    assert_eq!(refused.json()["faulty"][0]["code"], "formula");
    let mut handler = crate::complaints::program(&app, HANDLER).await;
    assert_eq!(import(&mut handler, "", HEAD).await.status, 403);
}

/// What was anonymised stays so, also when somebody takes an older list in again.
#[tokio::test]
async fn an_anonymised_report_is_known_by_its_mark_and_never_comes_back() {
    let app = TestApp::new().await;
    let mut program = program(&app, OFFICER).await;
    let list = format!("{HEAD}{GOOD}");
    assert_eq!(import(&mut program, "", &list).await.json()["stored"], 2);
    let number = numbers(&mut program)
        .await
        .into_iter()
        .find(|number| number.ends_with("000001"))
        .unwrap();
    anonymised(&app, &number).await;
    let left = left_behind(&app, &["7654321", "Bungaran"]).await;
    assert!(left.is_empty(), "{}", left.join("\n"));
    let moved = list.replacen(";Belum;", ";Diproses;", 1);
    let again = import(&mut program, "?take_changes=true", &moved)
        .await
        .json();
    assert_eq!(
        (&again["stored"], &again["known"], &again["changed"]),
        (&json!(0), &json!(2), &json!([]))
    );
    assert_eq!(numbers(&mut program).await.len(), 2);
    let mut officer = officer(&app).await;
    let found = officer.get("/kerja/sp4n?id=7654321").await;
    assert_eq!(found.location(), format!("/kerja/pengaduan/{number}"));
    let case = officer.get(&format!("/kerja/pengaduan/{number}")).await;
    assert!(!case.text().contains("7654321"), "{}", case.text());
    app.run_jobs().await;
}

/// A rule that is accepted and does nothing is worse than none.
#[tokio::test]
async fn a_rule_hands_over_what_a_list_brings_too() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in(OFFICER).await;
    officer.get("/kerja/disposisi").await;
    let rule = [
        ("name", "Laporan nasional"),
        ("service", ""),
        ("channel", "sp4n_lapor"),
        ("words", ""),
        ("division", "fasilitasi"),
        ("person", ""),
        ("instruction", "Mohon dicek"),
        ("automatic", "true"),
        ("active", "true"),
    ];
    let added = officer.post("/kerja/disposisi", &rule).await;
    assert_eq!(added.status, 303, "{}", added.text());
    let mut program = program(&app, OFFICER).await;
    let stored = import(&mut program, "", &format!("{HEAD}{GOOD}")).await;
    assert_eq!(stored.json()["stored"], 2, "{}", stored.body);
    for number in numbers(&mut program).await {
        let case = program.get(&format!("/api/v1/complaints/{number}")).await;
        assert_eq!(case.json()["division"], "fasilitasi", "{}", case.body);
    }
    app.run_jobs().await;
}

/// osTicket and Zammad import all or nothing, and a list of ten thousand keeps everybody else waiting.
#[tokio::test]
async fn a_long_list_goes_in_piece_by_piece_and_goes_on_where_it_stopped() {
    let app = TestApp::new().await;
    let mut program = program(&app, OFFICER).await;
    let list = |rows: std::ops::Range<u32>| {
        let rows = rows.map(|n| {
            format!("80{n:05};Judul {n};Isi laporan ini lengkap.;12/03/2026;Belum;Disdukcapil;Pengaduan;\n")
        });
        format!("{HEAD}{}", rows.collect::<String>())
    };
    let first = import(&mut program, "", &list(0..230)).await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(first.json()["stored"], 230);
    let whole = import(&mut program, "", &list(0..240)).await.json();
    assert_eq!(
        (&whole["stored"], &whole["known"]),
        (&json!(10), &json!(230))
    );
    let again = import(&mut program, "", &list(0..240)).await.json();
    assert_eq!(
        (&again["stored"], &again["known"]),
        (&json!(0), &json!(240))
    );
    assert_eq!(crate::complaints::count(&app).await, 240);
    let page = officer(&app).await.get("/kerja/sp4n").await.text();
    for told in ["230 baru, 0 sudah ada", "10 baru, 230 sudah ada"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    app.run_jobs().await;
}

/// Each report is one case anyhow; but who comes second must not wait for a count that is never right.
#[tokio::test]
async fn of_two_who_confirm_one_list_at_once_one_takes_it_in_and_the_other_is_told() {
    let app = races::app().await;
    let (mut one, mut other) = (officer(&app).await, app.sign_in(OFFICER).await);
    one.get("/kerja/sp4n").await;
    let list = format!("{HEAD}{GOOD}");
    let sent = one
        .post_file("/kerja/sp4n", &[], ("file", "lapor.csv", list.as_bytes()))
        .await;
    let preview = sent.location().to_owned();
    let file = preview.rsplit('/').next().unwrap().parse().unwrap();
    let page = one.follow(&sent).await;
    other.get(&preview).await;
    let names = [
        "heading",
        "tracking_id",
        "received",
        "description",
        "subject",
        "status",
        "disposition",
        "kind",
        "name",
        "seen",
    ];
    let values: Vec<(&str, String)> = names
        .into_iter()
        .filter_map(|name| {
            let value = page.attribute(&format!("input[type=hidden][name={name}]"), "value")?;
            Some((name, value))
        })
        .collect();
    let fields: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let (first, second) = races::meet(
        &app,
        ("file", file),
        one.post(&preview, &fields),
        other.post(&preview, &fields),
    )
    .await;
    assert_eq!(
        (first.status, second.status),
        (303, 303),
        "{} {}",
        first.text(),
        second.text()
    );
    let pages = [
        one.follow(&first).await.text(),
        other.follow(&second).await.text(),
    ];
    let with = |words: &str| pages.iter().filter(|page| page.contains(words)).count();
    assert_eq!(with("2 laporan dimasukkan"), 1, "{pages:?}");
    assert_eq!(with("Daftar ini dimasukkan oleh"), 1, "{pages:?}");
    let lists = one.get("/kerja/sp4n").await;
    assert_eq!(
        lists.text().matches("2 baru, 0 sudah ada").count(),
        1,
        "{}",
        lists.text()
    );
    assert_eq!(crate::complaints::count(&app).await, 2);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_report_counts_from_its_disposition_and_keeps_the_day_on_which_it_was_written() {
    let app = TestApp::new().await;
    let mut program = program(&app, OFFICER).await;
    let list = "Tracking ID;Judul;Isi Laporan;Tanggal Laporan;Tanggal Disposisi;Status\n\
                7654321;KTP-el belum jadi;Saya merekam KTP-el tiga minggu lalu.;12/03/2026 09:00;16/03/2026 08:00;Belum\n";
    let stored = import(&mut program, "", list).await;
    assert_eq!(stored.status, 200, "{}", stored.body);
    app.run_jobs().await;
    let number = numbers(&mut program).await.remove(0);
    let path = format!("/api/v1/complaints/{number}");
    let case = program.get(&path).await.json();
    assert_eq!(case["received_at"], "2026-03-16T08:00:00+08:00", "{case}");
    let written = &case["sp4n"]["reported_at"];
    assert_eq!(written, "2026-03-12T09:00:00+08:00", "{case}");
    let page = officer(&app)
        .await
        .get(&format!("/kerja/pengaduan/{number}"))
        .await;
    assert!(
        page.text().contains("Ditulis di SP4N-LAPOR!"),
        "{}",
        page.text()
    );
}
