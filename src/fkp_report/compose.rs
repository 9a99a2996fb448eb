//! From the record to the report: one value that the paper, the public copy and the editable copy are made
//! of. Every count, date, place and name in it is read from the book; nothing is typed twice.

use chrono::NaiveDate;

use super::{
    annexes,
    book::Book,
    everybody, outcome, planned,
    texts::{Slot, listed},
};
use crate::{
    attendance, berita_acara,
    calendar::dates,
    documents::{
        self,
        data::{Annex, Block, Chapter, Column, Fact, Report, ReportSection, Signatory},
    },
    forums::{self, AgendaItem, ForumInput, days},
    organisation::nip_text,
    platform::{context::App, i18n::Locale},
};

/// Papers are Indonesian whatever language the officer reads.
pub(super) const ID: Locale = Locale::Id;

/// Who reads the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The office and those above it: with telephone numbers and signatures.
    Office,
    /// Everybody: personal data masked.
    Public,
}

/// What a copy that is being issued prints besides the record.
pub struct Seal<'a> {
    pub code: &'a str,
    pub number: &'a str,
    pub dated_on: NaiveDate,
    /// The version of this copy, and the number of the version that it replaces.
    pub version: i32,
}

/// The report with these annexes; without a seal it is a preview and says so.
#[must_use]
pub fn report(
    app: &App,
    book: &Book,
    audience: Audience,
    annexes: Vec<Annex>,
    seal: Option<&Seal<'_>>,
) -> Report {
    let unit = &book.unit;
    let year = book.forum.year;
    let dated_on = seal.map_or_else(|| book.dated_on(), |seal| seal.dated_on);
    let public = if audience == Audience::Public {
        " (versi untuk umum)"
    } else {
        ""
    };
    let mut report = Report {
        title: format!(
            "Laporan Forum Konsultasi Publik (FKP) {} Tahun {year}{public}",
            unit.name
        ),
        running: format!("Laporan {}{public}", book.forum.title),
        letterhead: documents::letterhead_of(unit),
        cover: vec![
            "LAPORAN".to_owned(),
            "FORUM KONSULTASI PUBLIK".to_owned(),
            unit.name.to_uppercase(),
            format!("TAHUN {year}"),
        ],
        cover_notes: cover_notes(audience, seal),
        preface: lines(book, Slot::Preface),
        chapters: chapters(book),
        signatory: signatory(book, dated_on),
        annex_notes: annexes::notes(&annexes, audience),
        annexes,
        verification: seal.map(|seal| documents::verification(app, seal.code)),
        qr: seal.map(|seal| documents::verification_url(app, seal.code)),
    };
    if audience == Audience::Public {
        everybody::report(&mut report);
    }
    report
}

impl Book {
    /// The day that a report made now would bear.
    #[must_use]
    pub fn dated_on(&self) -> NaiveDate {
        let kept = self.report.as_ref().and_then(|report| report.dated_on);
        kept.unwrap_or(self.today)
    }
}

/// What the editable copy says of itself before anything else: it is never the paper that counts.
pub(super) fn copy_notice(book: &Book) -> String {
    let which = match &book.papers.report {
        None => {
            "Laporan ini belum diterbitkan; yang berlaku nanti adalah PDF yang diterbitkan dan ditandatangani.".to_owned()
        }
        Some(paper) => {
            let newer = if book.outdated {
                " Salinan ini memuat perubahan sesudahnya."
            } else {
                ""
            };
            format!(
                "Yang berlaku adalah PDF yang diterbitkan dan ditandatangani: versi {}, kode verifikasi {}.{newer}",
                paper.version,
                documents::grouped_code(&paper.verification_code)
            )
        }
    };
    format!("SALINAN UNTUK DISUNTING. {which}")
}

/// Under its cover: the number of the issued report, where it has one.
pub(super) fn copy_notes(book: &Book) -> Vec<String> {
    let number = book
        .papers
        .report
        .as_ref()
        .and_then(|paper| paper.number.as_ref());
    number
        .iter()
        .map(|number| format!("Nomor {number}"))
        .collect()
}

fn cover_notes(audience: Audience, seal: Option<&Seal<'_>>) -> Vec<String> {
    let mut notes = Vec::new();
    match seal {
        None => {
            notes.push("PRATINJAU: laporan ini belum diterbitkan dan masih dapat berubah.".into())
        }
        Some(seal) => {
            if !seal.number.is_empty() {
                notes.push(format!("Nomor {}", seal.number));
            }
            if seal.version > 1 {
                notes.push(format!(
                    "Versi {}, menggantikan versi {}",
                    seal.version,
                    seal.version - 1
                ));
            }
        }
    }
    if audience == Audience::Public {
        notes.push("Versi untuk umum: nomor telepon dan tanda tangan tidak ditampilkan (UU Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi).".into());
    }
    notes
}

fn lines(book: &Book, slot: Slot) -> Vec<String> {
    let text = book.written(slot).text;
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The blocks of a free text: paragraphs, or one numbered list.
fn free(book: &Book, slot: Slot, format: &str) -> Vec<Block> {
    let lines = lines(book, slot);
    if slot.is_list() {
        // The closing words of a letter are no item of its list.
        let (closing, items): (Vec<String>, Vec<String>) = lines
            .into_iter()
            .partition(|line| line.starts_with("Demikian "));
        let closing = closing.into_iter().map(Block::text);
        return std::iter::once(Block::list(format, items))
            .chain(closing)
            .collect();
    }
    lines.into_iter().map(Block::text).collect()
}

fn section(title: &str, blocks: Vec<Block>) -> ReportSection {
    ReportSection {
        title: Some(title.to_owned()),
        blocks,
    }
}

fn chapter(number: &str, title: &str, sections: Vec<ReportSection>) -> Chapter {
    Chapter {
        number: number.to_owned(),
        title: title.to_owned(),
        sections,
    }
}

fn chapters(book: &Book) -> Vec<Chapter> {
    let mut purpose = free(book, Slot::Purpose, "");
    purpose.push(Block::text("Manfaat Forum Konsultasi Publik antara lain:"));
    purpose.extend(free(book, Slot::Benefits, "1)"));
    if !book.forum.target.is_empty() {
        let target = book.forum.target.trim_end_matches('.');
        purpose.push(Block::text(format!("Sasaran forum ini: {target}.")));
    }
    let mut method = free(book, Slot::Method, "");
    if !book.forum.neutrality_note.is_empty() {
        method.push(Block::text(book.forum.neutrality_note.as_str()));
    }
    let mut scope = vec![Block::text(
        "Ruang lingkup penyelenggaraan Forum Konsultasi Publik meliputi:",
    )];
    scope.extend(free(book, Slot::Scope, "1)"));
    scope.push(Block::text(format!(
        "Forum tahun {} membahas {}: {}.",
        book.forum.year,
        book.forum.scope.label(ID).to_lowercase(),
        book.forum.theme
    )));
    let mut basis = vec![Block::text("Dasar hukum penyelenggaraan FKP:")];
    basis.extend(free(book, Slot::LegalBasis, "a."));
    let mut closing = outcome::blocks(book);
    closing.push(Block::text(
        "Berdasarkan hasil tersebut disampaikan rekomendasi sebagai berikut:",
    ));
    closing.extend(free(book, Slot::Recommendations, "1."));
    let closing = ReportSection {
        title: None,
        blocks: closing,
    };
    vec![
        chapter(
            "BAB I",
            "PENDAHULUAN",
            vec![
                section("1. Latar Belakang", free(book, Slot::Background, "")),
                section("2. Tujuan dan Manfaat", purpose),
                section("3. Ruang Lingkup", scope),
                section("4. Dasar Hukum", basis),
            ],
        ),
        chapter(
            "BAB II",
            "METODOLOGI PELAKSANAAN FORUM KONSULTASI PUBLIK",
            vec![
                section("1. Waktu dan Tempat Pelaksanaan", when_and_where(book)),
                section(
                    "2. Penyelenggara dan Peserta Forum Konsultasi Publik",
                    participants(book),
                ),
                section("3. Metode Pelaksanaan Forum Konsultasi Publik", method),
                section("4. Susunan Acara Forum Konsultasi Publik", programme(book)),
            ],
        ),
        chapter(
            "BAB III",
            "HASIL PELAKSANAAN FORUM KONSULTASI PUBLIK",
            vec![
                section("1. Identifikasi Masalah", problems(book)),
                section("2. Analisis", free(book, Slot::Analysis, "")),
                section("3. Rencana Aksi", planned::blocks(book)),
            ],
        ),
        chapter("BAB IV", "PENUTUP", vec![closing]),
    ]
}

fn when_and_where(book: &Book) -> Vec<Block> {
    let forum = &book.forum;
    let mut place = vec![forums::where_text(forum)];
    place.extend(forums::address_of(forum).lines().map(str::to_owned));
    let mut blocks = vec![
        Block::text(format!("{} dilaksanakan pada:", forum.title)),
        Block::Facts {
            facts: vec![
                Fact::new("Hari/Tanggal", days::long_dates(forum, ID)),
                Fact {
                    label: "Pukul".to_owned(),
                    lines: days::hours_lines(forum, book.zone),
                },
                Fact {
                    label: "Tempat".to_owned(),
                    lines: place,
                },
            ],
        },
    ];
    blocks.extend(ended_early(book));
    // A reader who compares the annexed letter finds here why it says otherwise.
    blocks.extend(book.letter_tells().map(|told| {
        let place = forums::where_text(&told);
        let when = forums::when_text(&told, book.zone, ID);
        Block::text(format!(
            "Surat undangan pada Lampiran 1 menyebut {when}, bertempat di {place}; sesudah surat itu waktu atau tempat pelaksanaan berubah menjadi yang tercantum di atas."
        ))
    }));
    blocks
}

/// The record says it too: hours of the programme beside it would contradict it.
fn ended_early(book: &Book) -> Option<Block> {
    let at = book.record.as_ref()?.ended_early_at?;
    let at = dates::date_time(&at.with_timezone(&book.zone), ID);
    Some(Block::text(format!(
        "Forum selesai lebih awal daripada susunan acaranya: menurut Berita Acara dinyatakan selesai {at}."
    )))
}

pub(super) fn number(count: usize) -> String {
    dates::number_with_words(u64::try_from(count).unwrap_or_default())
}

fn participants(book: &Book) -> Vec<Block> {
    let invited = match book.invited {
        (0, _) => String::new(),
        (letters, people) if people == letters => {
            format!("Undangan ditujukan kepada {} penerima. ", number(letters))
        }
        (letters, people) => format!(
            "Undangan ditujukan kepada {} penerima untuk {} orang. ",
            number(letters),
            number(people)
        ),
    };
    let registered = book.present.iter().filter(|row| row.registered).count();
    let registered = match registered {
        0 => String::new(),
        count => format!(
            " Di antaranya {} orang mendaftar sendiri melalui laman forum.",
            number(count)
        ),
    };
    let mut blocks = vec![Block::text(format!(
        "Forum Konsultasi Publik ini diselenggarakan oleh {}. {invited}Menurut daftar hadir, forum dihadiri {} orang.{registered}",
        book.unit.name,
        number(book.present.len())
    ))];
    let by_day = attendance::days_sentence(&book.forum, book.zone, &book.present);
    blocks.extend(by_day.map(|days| Block::text(format!("Menurut hari pelaksanaan, {days}"))));
    let groups = book.groups();
    let mut rows: Vec<Vec<String>> = groups
        .iter()
        .map(|(group, came)| vec![group.label(ID), came.to_string()])
        .collect();
    rows.push(vec!["Jumlah".to_owned(), book.present.len().to_string()]);
    blocks.push(Block::Table {
        columns: vec![Column::new("Unsur peserta", 4), Column::new("Hadir", 1)],
        rows,
    });
    let absent: Vec<String> = groups
        .iter()
        .filter(|(_, came)| *came == 0)
        .map(|(group, _)| group.label(ID).to_lowercase())
        .collect();
    if !absent.is_empty() && !book.present.is_empty() {
        blocks.push(Block::text(format!(
            "Unsur {} tidak hadir pada forum ini.",
            listed(&absent)
        )));
    }
    if !book.team.is_empty() {
        blocks.push(Block::text("Tim penyelenggara:"));
        blocks.push(Block::Table {
            columns: vec![Column::new("Nama", 1), Column::new("Tugas", 1)],
            rows: book
                .team
                .iter()
                .map(|one| vec![one.name.clone(), one.role.clone()])
                .collect(),
        });
    }
    blocks
}

pub(super) fn or_dash(text: &str) -> String {
    if text.is_empty() {
        "–".to_owned()
    } else {
        text.to_owned()
    }
}

fn programme(book: &Book) -> Vec<Block> {
    if book.agenda.is_empty() {
        return vec![Block::text("Susunan acara tidak tercatat.")];
    }
    let starts = forums::starts_at(&book.forum, book.zone);
    let zone = dates::zone_name(&starts);
    let row = |item: &AgendaItem| {
        vec![
            format!("{} {zone}", forums::time_range(item.starts, item.ends, ID)),
            item.activity.clone(),
            or_dash(&item.person_in_charge),
        ]
    };
    let headings = days::day_headings(&book.forum, &book.agenda, ID);
    let headings = headings.into_iter().flatten().map(Some).chain([None]);
    let mut blocks = Vec::new();
    // Each day is a table below its name; one day needs no name.
    for (items, day) in book
        .agenda
        .chunk_by(|one, next| one.day == next.day)
        .zip(headings)
    {
        blocks.extend(day.map(Block::text));
        blocks.push(Block::Table {
            columns: vec![
                Column::new("Waktu", 3),
                Column::new("Acara", 6),
                Column::new("Penanggung jawab", 4),
            ],
            rows: items.iter().map(row).collect(),
        });
    }
    blocks.extend(ended_early(book));
    blocks
}

fn said(book: &Book, input: &ForumInput) -> String {
    let locked = book.record.as_ref().and_then(|record| record.locked_at);
    berita_acara::input_words(input.text.clone(), input.created_at, locked)
}

/// The inputs by element, as they were raised; who raised one is told as a group only.
fn problems(book: &Book) -> Vec<Block> {
    let mut blocks = free(book, Slot::Problems, "");
    if book.inputs.is_empty() {
        blocks.push(Block::text(
            "Tidak ada masukan yang tercatat pada forum ini.",
        ));
        return blocks;
    }
    blocks.push(Block::text(format!(
        "Terdapat {} masukan dari peserta, yaitu:",
        number(book.inputs.len())
    )));
    let other = "Hal lain".to_owned();
    let element = |input: &ForumInput| book.element_of(input).unwrap_or(&other).clone();
    let mut order: Vec<String> = Vec::new();
    for input in &book.inputs {
        let name = element(input);
        if !order.contains(&name) {
            order.push(name);
        }
    }
    let rows = order.iter().flat_map(|name| {
        let of = book.inputs.iter().filter(|input| element(input) == *name);
        of.map(|input| {
            vec![
                input.code.clone(),
                name.clone(),
                said(book, input),
                input.raised_by_group.label(ID),
            ]
        })
        .collect::<Vec<_>>()
    });
    blocks.push(Block::Table {
        columns: vec![
            Column::new("Kode", 2),
            Column::new("Unsur pelayanan", 4),
            Column::new("Masukan", 10),
            Column::new("Disampaikan oleh", 4),
        ],
        rows: rows.collect(),
    });
    blocks
}

fn signatory(book: &Book, dated_on: NaiveDate) -> Signatory {
    let head = &book.head;
    let nip = nip_text(&head.nip);
    Signatory {
        place_date: Some(format!("{}, {}", book.unit.city, dates::date(dated_on, ID))),
        position: vec![format!("{},", head.office)],
        name: head.name.clone(),
        rank: Some(head.rank.clone()).filter(|rank| !rank.is_empty()),
        nip: Some(nip).filter(|nip| !nip.is_empty()),
        signature: None,
        mark: None,
    }
}
