//! Decree and charter as they stand in the annexes of the report.

use crate::{
    attendance::{ORGANISER, forum, pdf_text},
    fkp_report::at,
    support::TestApp,
};

#[tokio::test]
async fn decree_and_charter_stand_whole_under_their_headings_and_no_signature_alone_on_a_page() {
    let app = TestApp::new().await;
    rembuk::demo::standards::load(&app.ctx()).await.unwrap();
    let forum = forum(&app, "FKP-L9").await;
    let mut browser = app.sign_in(ORGANISER).await;
    let preview = browser.get(&at(&forum, "/pratinjau.pdf")).await;
    let text = pdf_text(&preview.bytes);
    let folded = |page: &str| page.split_whitespace().collect::<Vec<_>>().join(" ");
    let pages: Vec<String> = text.split('\u{c}').map(folded).collect();
    for together in [
        ["KEPUTUSAN KEPALA DINAS KEPENDUDUKAN", "Menimbang"],
        // The annex begins on the page of its paper, not on a sheet of its own.
        [
            "LAMPIRAN 6 Keputusan tentang Penetapan Standar Pelayanan",
            "Menimbang",
        ],
        [
            "LAMPIRAN 7 Maklumat Pelayanan",
            "MAKLUMAT PELAYANAN DINAS KEPENDUDUKAN",
        ],
        // What the decree calls its attachment stands behind it.
        [
            "Lampiran I : Keputusan Kepala Dinas",
            "STANDAR PELAYANAN DINAS KEPENDUDUKAN",
        ],
        [
            "Keputusan Kepala Dinas ini mulai berlaku",
            "Pembina Utama Muda NIP",
        ],
        [
            "MAKLUMAT PELAYANAN DINAS KEPENDUDUKAN",
            "Pembina Utama Muda NIP",
        ],
    ] {
        let stands = |page: &String| together.iter().all(|words| page.contains(words));
        assert!(pages.iter().any(stands), "{together:?}: {text}");
    }
    // A name may break behind its hyphen: blanks do not count.
    let joined = |words: &str| words.split_whitespace().collect::<String>();
    let whole = joined(&text);
    let services = rembuk::standards::services(&app.app.db, forum.unit_id)
        .await
        .unwrap();
    assert_eq!(services.len(), 8);
    for (number, (_, _, name)) in (1..).zip(&services) {
        let title = format!("{number}. {name}");
        assert!(whole.contains(&joined(&title)), "{title}: {text}");
    }
    assert!(
        whole.contains(&joined("Tidak dipungut biaya (gratis)")),
        "{text}"
    );
}
