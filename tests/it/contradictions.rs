//! The papers of one forum say the same. The bundle is built from the demo's record and from generated
//! ones, every PDF is read back as text, and every fact is compared: counts with their words, dates with
//! their weekday, places, names, numbers, points, annexes with their pages.

mod dice;
mod generated;

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use rembuk::{
    attendance, berita_acara,
    calendar::{dates, days_text},
    documents::{self, Document, Kind},
    forums::{self, Forum, ForumId, days},
    invitations, organisation,
    platform::i18n::Locale,
};

use crate::{attendance::pdf_text, support::TestApp};

const ID: Locale = Locale::Id;

/// The words of a paper without blanks, hyphens and capitals: where a line breaks, and that a letterhead
/// prints in capitals, does not matter.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{AD}' | '\u{200B}' | '\u{2010}'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words in the order of the file: those of one cell stand together, however it breaks.
fn words_of(bytes: &[u8]) -> String {
    let file = std::env::temp_dir().join(format!("rembuk-test-{}.pdf", uuid::Uuid::now_v7()));
    std::fs::write(&file, bytes).unwrap();
    let output = std::process::Command::new("pdftotext")
        .args(["-raw", file.to_str().unwrap(), "-"])
        .output()
        .unwrap();
    std::fs::remove_file(&file).unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

struct Paper {
    name: String,
    document: Document,
    bytes: Vec<u8>,
    text: String,
    flat: String,
}

impl Paper {
    fn says(&self, fact: &str) {
        assert!(
            self.flat.contains(&squeezed(fact)),
            "{} does not say {fact:?}:\n{}",
            self.name,
            self.text
        );
    }
}

/// Every issued paper of a forum in its newest version, by kind; the office's attendance list apart.
async fn papers(app: &TestApp, forum: &Forum) -> BTreeMap<String, Paper> {
    let db = &app.app.db;
    let mut found = documents::about(db, "forum", forum.id.0).await.unwrap();
    found.extend(
        documents::about(db, "attendance", forum.id.0)
            .await
            .unwrap(),
    );
    let mut papers = BTreeMap::new();
    for document in found {
        let name = match document.about_kind.as_str() {
            "attendance" => "attendance-internal".to_owned(),
            _ => document.kind.clone(),
        };
        let bytes = documents::bytes(&app.app, &document).await.unwrap();
        let text = words_of(&bytes);
        let paper = Paper {
            flat: squeezed(&text),
            name: name.clone(),
            document,
            bytes,
            text,
        };
        papers.insert(name, paper);
    }
    papers
}

/// All that is promised of a forum whose report was issued.
pub async fn agree(app: &TestApp, id: ForumId) {
    let db = &app.app.db;
    let forum = forums::by_id(db, id).await.unwrap();
    let unit = organisation::unit(db, forum.unit_id).await.unwrap();
    let papers = papers(app, &forum).await;
    let of = |name: &str| papers.get(name).unwrap_or_else(|| panic!("no {name}"));
    let reports = ["report", "report-public"];

    when_and_where(&forum, &unit, &papers);
    for paper in papers.values() {
        weekdays_are_true(paper, &forum);
        words_follow_numbers(paper);
    }

    let present = attendance::present(db, &forum).await.unwrap();
    let count = dates::number_with_words(present.len() as u64);
    for name in [
        "attendance",
        "attendance-internal",
        "report",
        "report-public",
    ] {
        of(name).says(&format!("{count} orang"));
        for row in &present {
            of(name).says(&printed(&row.name));
        }
    }
    of("berita-acara").says(&format!("({} orang)", present.len()));
    for name in reports {
        of(name).says(&format!("Jumlah {}", present.len()));
    }

    let letter = invitations::letter_of(db, &forum).await.unwrap().unwrap();
    let number = letter.number.unwrap();
    for name in [
        "invitation",
        "recipients",
        "schedule",
        "berita-acara",
        "report",
        "report-public",
    ] {
        of(name).says(&number);
    }
    let recipients = invitations::recipients(db, &forum).await.unwrap();
    for name in reports {
        let invited = dates::number_with_words(recipients.len() as u64);
        of(name).says(&format!("{invited} penerima"));
    }
    // Whoever took a seat by themselves is counted with those present and never with those invited.
    let registered = present.iter().filter(|row| row.registered).count();
    if registered > 0 {
        let registered = dates::number_with_words(registered as u64);
        for name in reports {
            of(name).says(&format!("{registered} orang mendaftar sendiri"));
        }
    }
    for name in ["invitation", "recipients", "report"] {
        of(name).says(&format!("{}.", recipients.len()));
        for recipient in &recipients {
            of(name).says(&printed(&recipient.addressee));
        }
    }
    for (label, names) in [
        ("Lampiran I : Surat", ["recipients", "invitation", "report"]),
        ("Lampiran II : Surat", ["schedule", "invitation", "report"]),
    ] {
        for name in names {
            of(name).says(label);
        }
    }

    let record = berita_acara::public_record(db, &forum)
        .await
        .unwrap()
        .unwrap();
    for name in ["berita-acara", "report", "report-public"] {
        of(name).says(&record.number);
        for point in &record.points {
            of(name).says(&format!("{}. {}", point.number, printed(&point.text)));
        }
    }
    let points = dates::number_with_words(record.points.len() as u64);
    let inputs = forums::inputs(db, &forum).await.unwrap();
    let raised = dates::number_with_words(inputs.len() as u64);
    for name in reports {
        of(name).says(&format!("{points} butir"));
        of(name).says(&format!("{raised} masukan"));
        for input in &inputs {
            of(name).says(&printed(&input.text));
        }
        contents_have_real_pages(of(name));
    }
    the_programme_is_the_same(app, &forum, &papers).await;
    nobody_can_be_called(app, &forum, of("attendance-internal"), of("report-public")).await;
    frozen_data_prints_the_same(app, &papers).await;
}

/// Every day's heading and every line of the agenda, wherever they are printed.
async fn the_programme_is_the_same(app: &TestApp, forum: &Forum, papers: &BTreeMap<String, Paper>) {
    let of = |name: &str| papers.get(name).unwrap_or_else(|| panic!("no {name}"));
    let agenda = forums::agenda(&app.app.db, forum).await.unwrap();
    let headings = days::day_headings(forum, &agenda, ID);
    for day in headings.iter().flatten() {
        for name in [
            "schedule",
            "invitation",
            "minutes",
            "report",
            "report-public",
        ] {
            if papers.contains_key(name) {
                of(name).says(day);
            }
        }
    }
    for item in agenda {
        let time = forums::time_range(item.starts, item.ends, ID);
        for name in ["schedule", "invitation", "report", "report-public"] {
            of(name).says(&time);
            of(name).says(&printed(&item.activity));
        }
    }
}

/// What no font of ours has prints as a square; the rest as it was typed.
fn printed(words: &str) -> String {
    words.replace(['李', '小', '龙'], "□")
}

fn when_and_where(forum: &Forum, unit: &organisation::Unit, papers: &BTreeMap<String, Paper>) {
    let zone = organisation::zone_of(unit).unwrap();
    let day = days::long_dates(forum, ID);
    let hours = days::hours_lines(forum, zone);
    for (name, paper) in papers {
        if !["berita-acara", "recipients"].contains(&name.as_str()) {
            paper.says(&day);
        }
        if [
            "invitation",
            "attendance",
            "attendance-internal",
            "report",
            "report-public",
        ]
        .contains(&name.as_str())
        {
            for line in &hours {
                paper.says(line);
            }
            paper.says(&printed(&forums::where_text(forum)));
        }
        if [
            "attendance",
            "attendance-internal",
            "report",
            "report-public",
        ]
        .contains(&name.as_str())
        {
            paper.says(&printed(&forum.title));
        }
    }
    for name in ["berita-acara", "report", "report-public"] {
        let paper = &papers[name];
        let days = days::dates_of(forum);
        paper.says(&days_text::in_words(&days));
        paper.says(&format!("({})", days_text::digits(&days)));
        paper.says(&format!(
            "bertempat di {}",
            printed(&forums::where_text(forum))
        ));
        paper.says(&printed(&forum.venue_address));
    }
    for name in ["invitation", "report", "report-public"] {
        papers[name].says(&unit.name);
    }
}

const WEEKDAYS: [&str; 7] = [
    "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu",
];

/// Wherever a weekday stands before a date, it is that date's.
fn weekdays_are_true(paper: &Paper, forum: &Forum) {
    let text = paper.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut checked = 0;
    for (at, _) in text.match_indices(", ") {
        let (before, after) = (&text[..at], &text[at + 2..]);
        let Some(weekday) = WEEKDAYS.iter().find(|day| before.ends_with(**day)) else {
            continue;
        };
        // Of a span the weekday that stands last is that of the last day.
        let span = before.ends_with(&format!(" s.d. {weekday}"));
        let dated = match after.split_once(" s.d. ") {
            Some((_, last)) if span => last,
            _ => after,
        };
        let Some(date) = date_at(dated) else { continue };
        assert_eq!(dates::weekday(date, ID), *weekday, "{}: {date}", paper.name);
        checked += 1;
        // Papers tell of the forum; other long dates are days of registration in the report.
        if !paper.name.starts_with("report") {
            let of_forum = days::dates_of(forum);
            assert!(of_forum.contains(&date), "{}: {date}", paper.name);
        }
    }
    if !["berita-acara", "recipients"].contains(&paper.name.as_str()) {
        assert!(checked > 0, "{} has no long date", paper.name);
    }
}

/// `28 Oktober 2025 …`
fn date_at(text: &str) -> Option<NaiveDate> {
    let mut words = text.split(' ');
    let day: u32 = words.next()?.parse().ok()?;
    let month = words.next()?;
    let year: String = words
        .next()?
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    (1..=12)
        .filter_map(|number| NaiveDate::from_ymd_opt(year.parse().ok()?, number, day))
        .find(|date| dates::month(*date, ID) == month)
}

/// Wherever a number stands before words in brackets that are a number, they are the same.
fn words_follow_numbers(paper: &Paper) {
    let text = paper.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: Vec<String> = (0..=200).map(dates::number_words).collect();
    for (at, _) in text.match_indices(" (") {
        let digits: String = text[..at]
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .collect();
        let digits: String = digits.chars().rev().collect();
        let Some(end) = text[at + 2..].find(')') else {
            continue;
        };
        let inside = &text[at + 2..at + 2 + end];
        if let (Ok(number), Some(named)) = (
            digits.parse::<usize>(),
            words.iter().position(|word| word == inside),
        ) {
            assert_eq!(number, named, "{}: {number} ({inside})", paper.name);
        }
    }
}

/// Each line of the contents leads to the page that it names. The cover is not counted.
fn contents_have_real_pages(paper: &Paper) {
    // A joiner keeps the page number on the line of its dots.
    let laid_out = pdf_text(&paper.bytes).replace('\u{2060}', "");
    let pages: Vec<&str> = laid_out.split('\u{c}').collect();
    let contents = pages
        .iter()
        .find(|page| page.contains("DAFTAR ISI"))
        .unwrap();
    let mut lines = 0;
    // A long title takes two lines; the page stands at the end of the last.
    let mut held = String::new();
    let below = contents
        .lines()
        .skip_while(|line| line.trim() != "DAFTAR ISI")
        .skip(1);
    for line in below.map(str::trim) {
        let last = line.split_whitespace().next_back().unwrap_or_default();
        let Ok(number) = last.trim_start_matches('.').parse::<usize>() else {
            held = format!("{held} {line}");
            continue;
        };
        let title = line.trim_end_matches(|c: char| c.is_ascii_digit());
        let title = format!("{held} {}", title.trim_end_matches([' ', '.']));
        held.clear();
        let title = squeezed(&title);
        // The foot of the page: "2 / 41".
        if title.is_empty() || title.contains('/') {
            continue;
        }
        let page = pages
            .get(number)
            .unwrap_or_else(|| panic!("{}: page {number}", paper.name));
        assert!(
            squeezed(page).contains(&title),
            "{}: {title} is not on page {number}:\n{page}",
            paper.name
        );
        lines += 1;
    }
    assert!(
        lines >= 20,
        "{}: only {lines} lines in the contents",
        paper.name
    );
    for number in 1..=7 {
        assert!(
            contents.contains(&format!("LAMPIRAN {number} ")),
            "{number}"
        );
    }
}

async fn nobody_can_be_called(app: &TestApp, forum: &Forum, internal: &Paper, public: &Paper) {
    for row in attendance::present(&app.app.db, forum).await.unwrap() {
        let Some(sealed) = &row.phone else { continue };
        let phone = app.app.keys.open(sealed, &row.id.to_string()).unwrap();
        let local = phone.trim_start_matches("+62");
        internal.says(local);
        assert!(
            !public.flat.contains(local),
            "{} prints {local}",
            public.name
        );
    }
}

/// An annex is set from what its paper was set from: the same data gives the same bytes.
async fn frozen_data_prints_the_same(app: &TestApp, papers: &BTreeMap<String, Paper>) {
    for name in [
        "invitation",
        "berita-acara",
        "attendance",
        "attendance-internal",
    ] {
        let paper = &papers[name];
        let data = documents::source(&app.app, &paper.document)
            .await
            .unwrap()
            .expect("the data is kept");
        let kind = Kind::parse(&paper.document.kind).unwrap();
        let again = documents::render(&app.app, kind, &data, paper.document.issued_at)
            .await
            .unwrap();
        assert!(
            again == paper.bytes,
            "{name} prints differently from its own data"
        );
    }
}

#[tokio::test]
async fn the_papers_of_the_demo_agree() {
    let app = TestApp::bare().await;
    rembuk::demo::load(&app.ctx(), "no password").await.unwrap();
    app.forget_jobs().await;
    let unit = organisation::unit_by_code(&app.app.db, "disdukcapil-kaltim")
        .await
        .unwrap();
    let forum = forums::by_code(&app.app.db, unit.id, "FKP-KALTIM-2025")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(forum.date.year(), 2025);
    agree(&app, forum.id).await;
}
