//! The chapters and annexes of the report: PermenPANRB 14/2017 asks for a report and prints no outline; this is the one
//! in use (domain: five chapters, annexes with questionnaire, figures and the follow-up of the period before).

use chrono::NaiveDate;

use super::{
    entity::report_row,
    figures::{ResultElement, ResultFigure, SurveyResult},
    report::{ID, Material, for_everybody},
    views::{alike, dimension_value, signed, weights_words, withheld_words},
};
use crate::{
    action_plans::Planned,
    calendar::dates,
    documents::data::{Block, Chapter, Column, Fact, ReportSection},
    platform::i18n::{Message, t},
    surveys::rules::trend::Unlike,
};

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

fn texts(words: &[String]) -> Vec<Block> {
    words.iter().map(Block::text).collect()
}

/// A figure as paper has it, or a dash.
pub(super) fn comma(figure: Option<&String>) -> String {
    figure.map_or_else(|| "–".to_owned(), |text| text.replace('.', ","))
}

pub(super) fn table(columns: &[(&str, u32)], rows: Vec<Vec<String>>) -> Block {
    let columns = columns.iter();
    Block::Table {
        columns: columns
            .map(|(label, share)| Column::new(label, *share))
            .collect(),
        rows,
    }
}

pub(super) fn chapters(of: &Material<'_>) -> Vec<Chapter> {
    let laws = of.texts.legal_basis.iter().map(|law| law.title.clone());
    vec![
        chapter(
            "BAB I",
            "PENDAHULUAN",
            vec![
                section("1.1 Latar Belakang", texts(&of.texts.background)),
                section(
                    "1.2 Dasar Pelaksanaan",
                    vec![Block::list("a.", laws.collect())],
                ),
                section("1.3 Maksud dan Tujuan", texts(&of.texts.purpose)),
            ],
        ),
        chapter(
            "BAB II",
            "PENGUMPULAN DATA SKM",
            vec![
                section(
                    "2.1 Pelaksana SKM",
                    vec![Block::text(format!(
                        "Survei dilaksanakan oleh {}.",
                        of.seen.unit.name
                    ))],
                ),
                section("2.2 Metode Pengumpulan Data", collected(of)),
                section("2.3 Lokasi Pengumpulan Data", places(of)),
                section(
                    "2.4 Waktu Pelaksanaan SKM",
                    vec![Block::text(format!(
                        "Survei berlangsung dari {}.",
                        of.days()
                    ))],
                ),
                section("2.5 Penentuan Jumlah Responden", sample(of.result())),
            ],
        ),
        chapter(
            "BAB III",
            "HASIL PENGOLAHAN DATA SKM",
            vec![
                section("3.1 Jumlah Responden", respondents(of.result())),
                section("3.2 Indeks Kepuasan Masyarakat", index(of.result())),
            ],
        ),
        chapter(
            "BAB IV",
            "ANALISIS HASIL SKM",
            vec![
                section("4.1 Kelemahan dan Kelebihan Unsur", analysis(of)),
                section("4.2 Rencana Tindak Lanjut", plan(of)),
                section("4.3 Tren Nilai SKM", trend(of)),
            ],
        ),
        chapter(
            "BAB V",
            "KESIMPULAN",
            vec![ReportSection {
                title: None,
                blocks: conclusion(of),
            }],
        ),
    ]
}

fn collected(of: &Material<'_>) -> Vec<Block> {
    let mut blocks = texts(&of.texts.method);
    blocks.extend(
        of.result()
            .policies
            .iter()
            .map(|words| Block::text(&words.id)),
    );
    blocks.extend(cut_table(of.result(), "way", "Cara menjawab"));
    blocks
}

fn places(of: &Material<'_>) -> Vec<Block> {
    let points = cut_table(of.result(), "point", "Tempat");
    let mut blocks = vec![Block::text(format!(
        "Survei dilaksanakan di {}, {}.",
        of.seen.unit.name, of.seen.unit.city
    ))];
    blocks.extend(points);
    blocks
}

fn cut_table(result: &SurveyResult, dimension: &str, heading: &str) -> Option<Block> {
    let cut = result.cuts.iter().find(|cut| cut.dimension == dimension)?;
    let rows = cut.values.iter().map(|value| {
        let label = dimension_value(dimension, &value.value, ID);
        let figure = &value.figure;
        vec![
            label,
            figure.n.to_string(),
            index_of(figure, result),
            comma_grade(figure),
        ]
    });
    Some(table(
        &[(heading, 5), ("Responden", 2), ("IKM", 2), ("Mutu", 2)],
        rows.collect(),
    ))
}

fn index_of(figure: &ResultFigure, result: &SurveyResult) -> String {
    if figure.withheld {
        return withheld_words(figure, result.minimum_answers, ID);
    }
    comma(figure.ikm.as_ref())
}

fn comma_grade(figure: &ResultFigure) -> String {
    figure.grade.clone().unwrap_or_else(|| "–".to_owned())
}

fn sample(result: &SurveyResult) -> Vec<Block> {
    let rows = result.services.iter().map(|one| {
        let known =
            |number: Option<u64>| number.map_or("tidak diketahui".to_owned(), |n| n.to_string());
        vec![
            one.name.clone(),
            known(one.population),
            known(one.needed),
            one.figure.n.to_string(),
        ]
    });
    let total = match (result.sample.population, result.sample.needed) {
        (Some(population), Some(needed)) => {
            let of_known = result
                .services
                .iter()
                .filter(|one| one.population.is_some());
            let answered: u64 = of_known.map(|one| one.figure.n).sum();
            let rest = match result.n.saturating_sub(answered) {
                0 => String::new(),
                rest => format!(
                    " Dari layanan lain, yang populasinya tidak diketahui, {rest} orang menjawab."
                ),
            };
            format!(
                "Dari populasi {population} orang diperlukan {needed} responden; {answered} orang menjawab.{rest}"
            )
        }
        _ => format!("Populasi tidak diketahui; {} orang menjawab.", result.n),
    };
    vec![
        Block::text(total),
        table(
            &[
                ("Layanan", 6),
                ("Populasi", 2),
                ("Sampel minimum", 2),
                ("Responden", 2),
            ],
            rows.collect(),
        ),
    ]
}

fn respondents(result: &SurveyResult) -> Vec<Block> {
    let mut blocks = vec![Block::text(format!(
        "Survei dijawab oleh {} responden.",
        dates::number_with_words(result.n)
    ))];
    for dimension in ["sex", "age_band", "education", "occupation"] {
        let heading = t(ID, &format!("survey-dimension-{dimension}"));
        blocks.extend(cut_table(result, dimension, &heading));
    }
    blocks
}

fn index(result: &SurveyResult) -> Vec<Block> {
    let mut facts = vec![
        Fact::new("IKM", comma(result.ikm.as_ref())),
        Fact::new(
            "Mutu pelayanan",
            result.grade.clone().unwrap_or_else(|| "–".into()),
        ),
        Fact::new(
            "Kinerja",
            result.performance.clone().unwrap_or_else(|| "–".into()),
        ),
        Fact::new("Bobot", weights_words(&result.weights, ID)),
        Fact::new("Tabel mutu", result.regulation.as_str()),
    ];
    if let Some(interval) = &result.confidence {
        let range = format!(
            "{} sampai {} ({} persen)",
            comma(Some(&interval.low)),
            comma(Some(&interval.high)),
            interval.level
        );
        facts.push(Fact::new("Selang kepercayaan", range));
        facts.push(Fact::new("Metode selang", interval.method.as_str()));
    }
    if let Some(volume) = &result.by_volume {
        let words = format!(
            "{} ({}, {}), mencakup volume {} dari {}",
            comma(Some(&volume.ikm)),
            volume.grade,
            volume.performance,
            volume.covered,
            volume.total
        );
        facts.push(Fact::new("IKM menurut volume layanan", words));
    }
    let mut blocks = vec![Block::Facts { facts }, elements(result)];
    let services = result.services.iter().map(|one| {
        vec![
            one.name.clone(),
            one.figure.n.to_string(),
            index_of(&one.figure, result),
            comma_grade(&one.figure),
        ]
    });
    blocks.push(table(
        &[("Layanan", 6), ("Responden", 2), ("IKM", 2), ("Mutu", 2)],
        services.collect(),
    ));
    blocks.extend(result.warnings.iter().map(|words| Block::text(&words.id)));
    blocks
}

fn elements(result: &SurveyResult) -> Block {
    let rows = result.elements.iter().map(|one| {
        vec![
            one.full_name(ID),
            one.answers.to_string(),
            one.weight.replace('.', ","),
            comma(one.nrr.as_ref()),
        ]
    });
    table(
        &[("Unsur", 7), ("Jawaban", 2), ("Bobot", 2), ("NRR", 2)],
        rows.collect(),
    )
}

/// What the office wrote under a composed text.
fn own(of: &Material<'_>, text: fn(&report_row::Model) -> &String) -> Vec<Block> {
    let written = of.own.as_ref().map(|own| for_everybody(text(own)));
    texts(&written.unwrap_or_default())
}

fn analysis(of: &Material<'_>) -> Vec<Block> {
    let mut blocks = ranking(of.result());
    blocks.extend(own(of, |own| &own.analysis));
    blocks
}

fn ranking(result: &SurveyResult) -> Vec<Block> {
    let weakest = result.weakest_elements();
    if weakest.is_empty() {
        let alike = alike(result, ID);
        return vec![Block::text(
            alike.unwrap_or_else(|| "Belum ada angka untuk dianalisis.".to_owned()),
        )];
    }
    let told =
        |one: &ResultElement| format!("{} (NRR {})", one.full_name(ID), comma(one.nrr.as_ref()));
    let mut best: Vec<&ResultElement> = result
        .elements
        .iter()
        .filter(|one| one.nrr.is_some() && !result.is_weak(one))
        .collect();
    best.sort_by(|one, other| other.nrr.cmp(&one.nrr));
    let mut blocks = vec![
        Block::text("Unsur dengan nilai terendah:"),
        Block::list("1.", weakest.into_iter().map(told).collect()),
    ];
    blocks.extend(alike(result, ID).map(Block::text));
    if !best.is_empty() {
        blocks.push(Block::text("Unsur dengan nilai tertinggi:"));
        blocks.push(Block::list(
            "1.",
            best.into_iter().take(3).map(told).collect(),
        ));
    }
    blocks
}

/// The actions for an element that answer a result of a day. Where there is none, those that were over by then are named:
/// other pages of the office show them too.
pub(super) fn action_rows(
    of: &Material<'_>,
    element: &ResultElement,
    day: NaiveDate,
) -> Vec<Vec<String>> {
    let name = element.full_name(ID);
    let goes_on = |action: &Planned| action.goes_on_after(day, of.zone);
    let actions = of.actions_for(&element.id, goes_on);
    match actions.is_empty() {
        false => actions
            .iter()
            .map(|action| {
                vec![
                    name.clone(),
                    format!("{} {}", action.code, action.title),
                    action.owner.clone(),
                    dates::date(action.due_on, ID),
                    t(ID, action.status.label_key()),
                ]
            })
            .collect(),
        true => vec![vec![
            name,
            none_yet(&of.actions_for(&element.id, |action| !goes_on(action))),
            "–".to_owned(),
            "–".to_owned(),
            "–".to_owned(),
        ]],
    }
}

fn none_yet(over: &[&Planned]) -> String {
    let codes: Vec<&str> = over.iter().map(|action| action.code.as_str()).collect();
    match codes.is_empty() {
        true => "Belum ada aksi".to_owned(),
        false => format!(
            "Belum ada aksi baru; {} sudah disahkan sebelum periode itu berakhir",
            codes.join(", ")
        ),
    }
}

pub(super) const ACTIONS: [(&str, u32); 5] = [
    ("Unsur", 4),
    ("Rencana aksi", 6),
    ("Penanggung jawab", 4),
    ("Batas waktu", 3),
    ("Keadaan", 3),
];

fn plan(of: &Material<'_>) -> Vec<Block> {
    let weakest = of.result().weakest_elements();
    if weakest.is_empty() {
        let alike = alike(of.result(), ID);
        return vec![Block::text(alike.unwrap_or_else(|| {
            "Belum ada unsur yang dapat ditindaklanjuti.".to_owned()
        }))];
    }
    let rows = weakest
        .into_iter()
        .flat_map(|one| action_rows(of, one, of.seen.period.closes_on));
    vec![
        Block::text("Tindak lanjut atas unsur dengan nilai terendah:"),
        table(&ACTIONS, rows.collect()),
    ]
}

/// Why two periods are not compared, as the pages say it.
pub(super) fn unlike_words(unlike: &[Unlike]) -> String {
    let why: Vec<String> = unlike.iter().map(|why| t(ID, why.key())).collect();
    let message = Message::new("survey-trend-unlike").with("why", why.join(", "));
    message.text(ID)
}

fn trend(of: &Material<'_>) -> Vec<Block> {
    if of.earlier.is_empty() {
        return vec![Block::text("Belum ada periode sebelumnya yang dibekukan.")];
    }
    let rows = of.earlier.iter().map(|one| {
        let difference = match &one.difference {
            Some(difference) => signed(difference, 2, ID),
            None if one.unlike.is_empty() => "–".to_owned(),
            None => unlike_words(&one.unlike),
        };
        let result = &one.result;
        vec![
            result.title.clone(),
            result.n.to_string(),
            comma(result.ikm.as_ref()),
            result.grade.clone().unwrap_or_else(|| "–".into()),
            difference,
        ]
    });
    vec![
        Block::text(
            "Selisih hanya dihitung antara periode dengan unsur, bobot, dan tabel mutu yang sama.",
        ),
        table(
            &[
                ("Periode", 5),
                ("Responden", 2),
                ("IKM", 2),
                ("Mutu", 2),
                ("Periode ini lebih", 4),
            ],
            rows.collect(),
        ),
    ]
}

fn conclusion(of: &Material<'_>) -> Vec<Block> {
    let mut blocks = concluded(of);
    blocks.extend(own(of, |own| &own.conclusion));
    blocks
}

/// What is composed where the office may add words: the analysis, and the conclusion.
pub(super) fn composed(of: &Material<'_>) -> (Vec<String>, Vec<String>) {
    let lines = |blocks: Vec<Block>| {
        let lines = blocks.into_iter().flat_map(|block| match block {
            Block::Text { words } => vec![words],
            Block::List { items, .. } => items,
            _ => Vec::new(),
        });
        lines.collect()
    };
    (lines(ranking(of.result())), lines(concluded(of)))
}

fn concluded(of: &Material<'_>) -> Vec<Block> {
    let result = of.result();
    let first = match (&result.ikm, &result.grade, &result.performance) {
        (Some(ikm), Some(grade), Some(performance)) => format!(
            "Indeks Kepuasan Masyarakat {} pada periode {} adalah {} dengan mutu {grade} ({performance}), dari {} responden.",
            of.seen.unit.name,
            of.days(),
            ikm.replace('.', ","),
            result.n
        ),
        _ => "Indeks Kepuasan Masyarakat belum dapat dinyatakan; sebabnya tertera pada Bab III."
            .to_owned(),
    };
    let mut blocks = vec![Block::text(first)];
    let names: Vec<String> = result
        .weakest_elements()
        .iter()
        .map(|one| one.full_name(ID))
        .collect();
    if !names.is_empty() {
        blocks.push(Block::text(format!(
            "Unsur yang didahulukan untuk diperbaiki: {}.",
            names.join("; ")
        )));
    }
    blocks
}
