//! The register book.

use super::*;
use crate::{
    attendance::pdf_text,
    complaints::{HEAD, NAME},
};

const BOOK: &str = "/kerja/pengaduan/buku";
const MARCH: &str = "from=2026-03-01&to=2026-03-31";

/// Three complaints of March: an open one with a name, an anonymous one, a confidential one.
async fn march(app: &TestApp) {
    let mut open = plain(app, "=cmd|' /C calc'!A0", "2026-03-02T02:00:00Z").await;
    open.name = Some(NAME.to_owned());
    open.phone = Some("+6280000000012".to_owned());
    open.division = division(app, "sekretariat").await;
    open.status = Status::Answered;
    open.answer = Some((
        "Sudah kami perbaiki.".to_owned(),
        at("2026-03-04T02:00:00Z"),
    ));
    told(app, &open).await;
    let mut hidden = plain(app, "Antrean panjang", "2026-03-03T02:00:00Z").await;
    hidden.name = Some("Rahasiawati Contoh".to_owned());
    hidden.anonymous = true;
    told(app, &hidden).await;
    let mut secret = plain(app, "Pungutan tidak resmi", "2026-03-04T02:00:00Z").await;
    secret.confidential = true;
    told(app, &secret).await;
    // Another month.
    told(app, &plain(app, "Bulan lain", "2026-02-27T02:00:00Z").await).await;
}

#[tokio::test]
async fn a_name_is_in_the_book_only_when_asked_for_and_never_of_an_anonymous_voice() {
    let app = TestApp::new().await;
    march(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let plain = officer.get(&format!("{BOOK}.csv?{MARCH}")).await;
    assert_eq!(plain.status, 200, "{}", plain.body);
    assert!(
        plain
            .header("content-disposition")
            .contains("buku-register-")
    );
    assert!(!plain.body.contains(NAME) && !plain.body.contains("Rahasiawati"));
    assert_eq!(plain.body.lines().count(), 4, "{}", plain.body);
    let named = officer.get(&format!("{BOOK}.csv?{MARCH}&identity=1")).await;
    assert!(named.body.contains(NAME), "{}", named.body);
    assert!(!named.body.contains("Rahasiawati"), "{}", named.body);
    assert!(named.body.contains("'+6280000000012"), "{}", named.body);
    // A head reads the book; the name is not theirs, nor the words of what is confidential.
    let mut head = app.sign_in(HEAD).await;
    let refused = head.get(&format!("{BOOK}.csv?{MARCH}&identity=1")).await;
    assert_eq!(refused.status, 403);
    let book = head.get(&format!("{BOOK}?{MARCH}")).await;
    assert_eq!(book.status, 200, "{}", book.text());
    assert!(!book.body.contains("Pungutan") && book.body.contains("(rahasia)"));
    assert!(!book.body.contains(NAME) && !book.body.contains("Bulan lain"));
    // Who took it is known.
    let unit = organisation::unit_by_code(&app.app.db, UNIT).await.unwrap();
    let history = rembuk::audit::history(&app.app.db, "unit", unit.id.0)
        .await
        .unwrap();
    let taken: Vec<bool> = history
        .iter()
        .filter(|event| event.verb == "complaint.register_taken")
        .map(|event| event.data["identity"] == true)
        .collect();
    assert_eq!(taken, [false, true]);
}

/// GlobaLeaks #2824, #2874: everything at once into a spreadsheet, and nothing in it runs.
#[tokio::test]
async fn csv_workbook_and_paper_hold_the_same_lines_and_no_formula() {
    let app = TestApp::new().await;
    march(&app).await;
    let mut officer = app.sign_in(OFFICER).await;
    let csv = officer.get(&format!("{BOOK}.csv?{MARCH}")).await.body;
    let mut lines = csv::Reader::from_reader(csv.trim_start_matches('\u{FEFF}').as_bytes());
    let rows: Vec<Vec<String>> = lines
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0][6], "'=cmd|' /C calc'!A0");
    assert_eq!(rows[0][0], "1");
    assert_eq!(rows[0][2], "2026-03-02 10:00", "the local clock");
    assert_eq!(rows[0][10], "2026-03-04 10:00");
    assert_eq!(
        (rows[0][11].as_str(), rows[0][12].as_str()),
        ("2", "Tepat waktu")
    );
    assert_eq!(rows[0][13], "Sudah kami perbaiki.");
    let xlsx = officer.get(&format!("{BOOK}.xlsx?{MARCH}")).await;
    assert_eq!(xlsx.status, 200);
    let sheet = sheet(&xlsx.bytes, "Buku register");
    assert_eq!(
        sheet[3..].to_vec(),
        rows,
        "the workbook says what the CSV says"
    );
    let paper = officer.get(&format!("{BOOK}.pdf?{MARCH}")).await;
    assert_eq!(paper.header("content-type"), "application/pdf");
    let text = pdf_text(&paper.bytes);
    for words in [
        "BUKU REGISTER PENGADUAN",
        "1 Maret 2026 – 31 Maret 2026",
        "3 pengaduan",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains(NAME), "{text}");
}

#[tokio::test]
async fn a_handler_has_the_book_of_their_division() {
    let app = TestApp::new().await;
    march(&app).await;
    let mut handler = app.sign_in("sekretariat.kaltim@rembuk.example").await;
    let csv = handler.get(&format!("{BOOK}.csv?{MARCH}&identity=1")).await;
    assert_eq!(csv.status, 200, "{}", csv.body);
    assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
    let elsewhere = handler
        .get(&format!("{BOOK}.csv?{MARCH}&unit=disdukcapil-sulsel"))
        .await;
    assert_eq!(elsewhere.status, 404);
}

#[tokio::test]
async fn days_that_are_no_span_are_told_beside_the_book() {
    let app = TestApp::new().await;
    let mut officer = app.sign_in(OFFICER).await;
    for query in [
        "from=2026-03-31&to=2026-03-01",
        "from=x",
        "from=2001-01-01&to=2026-01-01",
    ] {
        let page = officer.get(&format!("{BOOK}?{query}")).await;
        assert_eq!(page.status, 422, "{query}");
        assert!(!page.texts(".summary, [role=alert]").is_empty(), "{query}");
        assert_eq!(
            officer.get(&format!("{BOOK}.csv?{query}")).await.status,
            422
        );
    }
    // A mistyped filter would take the whole year along.
    for file in [".csv", ".xlsx", ".pdf"] {
        for book in [BOOK, "/kerja/pengaduan/rekap"] {
            let mistyped = officer.get(&format!("{book}{file}?form=2026-03-01")).await;
            assert_eq!(mistyped.status, 422, "{book}{file}");
        }
    }
}

#[tokio::test]
async fn pages_of_the_book_go_on_where_the_last_ended() {
    let app = TestApp::new().await;
    for n in 0..53 {
        // Many in the same second.
        told(
            &app,
            &plain(&app, &format!("Perihal {n}"), "2026-03-02T02:00:00Z").await,
        )
        .await;
    }
    let mut officer = app.sign_in(OFFICER).await;
    let first = officer.get(&format!("{BOOK}?{MARCH}")).await;
    assert_eq!(first.texts("tbody tr").len(), 50);
    let next = first.attribute("a[rel=next]", "href").unwrap();
    let second = officer.get(&next).await;
    assert_eq!(second.texts("tbody tr td:first-child"), ["51", "52", "53"]);
    assert!(second.attribute("a[rel=next]", "href").is_none());
}
