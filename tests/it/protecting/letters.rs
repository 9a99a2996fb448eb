//! The letter of clarification: one paper with one number, frozen once it is issued.

use std::io::Read as _;

use rembuk::{
    access::{Ctx, acting_as, person_by_email},
    complaints::{filing::set_quiet, personal::case_of_staff},
};

use super::*;
use crate::{
    attendance::pdf_text,
    complaints::{EMAIL, NAME},
};

const NUMBER: &str = "400.12.5.5/4102/DISDUKCAPIL/2026";

fn fields<'a>(
    version: &'a str,
    signatory: &'a str,
    number: &'a str,
) -> Vec<(&'static str, &'a str)> {
    vec![
        ("version", version),
        ("number", number),
        ("classification", "Biasa"),
        ("subject", "Klarifikasi atas pengaduan"),
        ("addressee", NAME),
        ("address_place", "Tempat"),
        (
            "body",
            "KTP-el sudah dapat diambil di loket 2.\nBawalah tanda terima.",
        ),
        ("copies", "Inspektorat Contoh"),
        ("signatory", signatory),
    ]
}

async fn path_of(app: &TestApp, anonymous: bool, confidential: bool) -> (String, String) {
    let number = closed(app, anonymous, confidential).await.complaint.number;
    (format!("/kerja/pengaduan/{number}/surat"), number)
}

async fn acting(app: &TestApp) -> Ctx {
    let officer = person_by_email(&app.app.db, OFFICER)
        .await
        .unwrap()
        .unwrap();
    acting_as(&app.ctx(), officer, app.now()).await.unwrap()
}

fn value(page: &Answer, selector: &str) -> String {
    page.attribute(selector, "value").unwrap_or_default()
}

async fn issued(app: &TestApp, path: &str, number: &str) -> Answer {
    issued_to(app, path, number, "Tempat").await
}

async fn issued_to(app: &TestApp, path: &str, number: &str, place: &str) -> Answer {
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(path).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let version = value(&page, "input[name=version]");
    let signatory = value(&page, "select[name=signatory] option[selected]");
    let mut all = fields(&version, &signatory, number);
    for field in &mut all {
        if field.0 == "address_place" {
            field.1 = place;
        }
    }
    let answer = officer.post(&format!("{path}/terbitkan"), &all).await;
    app.run_jobs().await;
    answer
}

#[tokio::test]
async fn a_letter_is_issued_once_registered_mailed_and_frozen() {
    let app = TestApp::new().await;
    let (path, number) = path_of(&app, false, false).await;
    let mut officer = app.sign_in(OFFICER).await;
    let page = officer.get(&path).await;
    let signatory = value(&page, "select[name=signatory] option[selected]");
    done(&mut officer, &path, &fields("0", &signatory, "")).await;
    let second = officer.post(&path, &fields("0", &signatory, "")).await;
    assert_eq!(second.status, 303, "the own second press finds the first");
    let other = officer
        .post(&path, &fields("0", &signatory, "1/X/2026"))
        .await;
    assert_eq!(other.status, 409, "{}", other.text());
    let preview = officer.get(&format!("{path}/pratinjau.pdf")).await;
    let words = pdf_text(&preview.bytes);
    assert!(
        words.contains("loket 2") && !words.contains("Lampiran"),
        "{words}"
    );
    let unnumbered = issued(&app, &path, "").await;
    assert_eq!(
        unnumbered.status, 422,
        "a letter without a number is no letter"
    );
    let before = app.mails().len();
    let strange = issued(&app, &path, "abc").await;
    assert_eq!(strange.status, 422, "{}", strange.text());
    assert_eq!(
        issued(&app, &path, "4102").await.status,
        303,
        "the running number is enough"
    );
    let mail = String::from_utf8_lossy(&app.mails()[before]).into_owned();
    assert!(
        mail.contains(&format!("surat-klarifikasi-{number}.pdf")),
        "{mail}"
    );
    let pdf = officer.get(&format!("{path}.pdf")).await;
    let words = pdf_text(&pdf.bytes);
    assert!(words.contains(NUMBER) && words.contains(NAME) && words.contains("Inspektorat Contoh"));
    let again = officer.post(&path, &fields("3", &signatory, "4103")).await;
    assert_eq!(again.status, 409, "it is frozen");
    assert_eq!(officer.get(&format!("{path}.pdf")).await.bytes, pdf.bytes);
    // The number stands on one paper.
    let (other, _) = path_of(&app, false, false).await;
    let taken = issued(&app, &other, "4102").await;
    assert_eq!(taken.status, 422);
    assert!(taken.text().contains(NUMBER), "{}", taken.text());
    // A correction is the next version under the same number.
    done(&mut officer, &format!("{path}/betulkan"), &[]).await;
    assert_eq!(issued(&app, &path, NUMBER).await.status, 303);
    let of = acting(&app).await;
    let unit = rembuk::organisation::unit_by_code(&app.app.db, crate::complaints::UNIT)
        .await
        .unwrap();
    let case = case_of_staff(&of, &unit, &number).await.unwrap();
    let versions = rembuk::documents::about(&app.app.db, "complaint", case.id.0)
        .await
        .unwrap();
    assert_eq!(
        versions.iter().map(|one| one.version).collect::<Vec<_>>(),
        [1, 2]
    );
}

#[tokio::test]
async fn an_anonymous_reporter_is_addressed_by_the_number_on_every_copy() {
    let app = TestApp::new().await;
    let (path, number) = path_of(&app, true, false).await;
    let street = "Jl. Melati 3 RT 02";
    assert_eq!(issued_to(&app, &path, "4102", street).await.status, 303);
    assert!(left_behind(&app, &["melati"]).await.is_empty());
    let mut officer = app.sign_in(OFFICER).await;
    let pdf = pdf_text(&officer.get(&format!("{path}.pdf")).await.bytes);
    assert!(
        pdf.contains(&format!("Pelapor pengaduan nomor {number}")) && !pdf.contains(NAME),
        "{pdf}"
    );
    let docx = officer.get(&format!("{path}.docx")).await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx.bytes)).unwrap();
    let mut words = String::new();
    zip.by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut words)
        .unwrap();
    assert!(words.contains("Pelapor pengaduan nomor") && !words.contains(NAME));
    assert!(words.contains("loket 2") && words.contains(NUMBER));
}

#[tokio::test]
async fn what_was_told_in_confidence_is_not_attached_and_what_was_not_answered_is_not_clarified() {
    let app = TestApp::new().await;
    let (path, _) = path_of(&app, false, true).await;
    let before = app.mails().len();
    assert_eq!(issued(&app, &path, "4102").await.status, 303);
    let mail = String::from_utf8_lossy(&app.mails()[before]).into_owned();
    assert!(!mail.contains("surat-klarifikasi"), "{mail}");
    let pdf = app.sign_in(OFFICER).await.get(&format!("{path}.pdf")).await;
    assert!(
        !pdf_text(&pdf.bytes).contains("KTP-el belum jadi"),
        "no subject either"
    );
    let open = filed(&app, false, false).await.complaint.number;
    let early = app
        .sign_in(OFFICER)
        .await
        .get(&format!("/kerja/pengaduan/{open}/surat"))
        .await;
    assert_eq!(early.status, 422);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_street_on_a_letter_goes_with_the_case_and_who_took_the_letter_is_known() {
    let app = TestApp::new().await;
    let filed = closed(&app, false, false).await;
    let number = filed.complaint.number.clone();
    let path = format!("/kerja/pengaduan/{number}/surat");
    let street = "Jl. Melati 3 RT 02";
    assert_eq!(issued_to(&app, &path, "4102", street).await.status, 303);
    let mut officer = app.sign_in(OFFICER).await;
    officer.get(&format!("{path}.docx")).await;
    let trail = officer
        .get(&format!("/kerja/pengaduan/{number}/jejak"))
        .await
        .text();
    assert!(
        trail.contains("Identitas dilihat") && trail.contains("surat.docx"),
        "{trail}"
    );
    super::requests::asked(&app, "deletion", &filed, "").await;
    assert_eq!(super::requests::grant(&app, &[]).await.status, 303);
    let left = left_behind(&app, &["melati"]).await;
    assert!(left.is_empty(), "{}", left.join("\n"));
}

/// Who pressed "stop" in a mail was promised that there is none any more.
#[tokio::test]
async fn a_letter_is_not_mailed_to_whoever_wants_no_mails_and_else_says_how_to_stop_them() {
    let app = TestApp::new().await;
    let to_citizen = |from: usize| {
        let mails = app.mails();
        let own = mails[from..].iter().filter(|raw| {
            let raw = String::from_utf8_lossy(raw);
            raw.contains(EMAIL)
        });
        let words = own.map(|raw| {
            let mail = mail_parser::MessageParser::default()
                .parse(raw.as_slice())
                .unwrap();
            mail.body_text(0).unwrap().into_owned()
        });
        words.collect::<Vec<String>>()
    };
    let quiet = closed(&app, false, false).await.complaint;
    set_quiet(&app.ctx(), quiet.id, true).await.unwrap();
    let before = app.mails().len();
    let path = format!("/kerja/pengaduan/{}/surat", quiet.number);
    assert_eq!(issued(&app, &path, NUMBER).await.status, 303);
    assert_eq!(to_citizen(before).len(), 0);
    let (path, _) = path_of(&app, false, false).await;
    let before = app.mails().len();
    let number = NUMBER.replace("4102", "4103");
    assert_eq!(issued(&app, &path, &number).await.status, 303);
    let told = to_citizen(before);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("/kabar/berhenti/"), "{}", told[0]);
}
