//! The annexes of the report: what was asked, what was answered, and what became of the weak points of the period before.

use super::{
    Compared, ResultElement,
    report::{ID, Material},
    report_chapters::{ACTIONS, action_rows, comma, table, unlike_words},
    service::{self, Earlier},
    views::{alike, signed},
};
use crate::{
    action_plans::{self, Planned, Status},
    documents::data::Block,
    platform::i18n::t,
};

/// The questions as they were asked of all services.
pub(super) fn questionnaire(of: &Material<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for element in &of.result().elements {
        let asked = of
            .questions
            .iter()
            .find(|one| one.element_id == element.id && one.service_id.is_none());
        let Some(asked) = asked else {
            continue;
        };
        blocks.push(Block::text(format!(
            "{}: {}",
            element.full_name(ID),
            asked.question_id
        )));
        blocks.push(Block::list("1.", asked.answers_id.0.to_vec()));
    }
    if blocks.is_empty() {
        blocks.push(Block::text("Pertanyaan periode ini tidak tercatat."));
    }
    blocks
}

/// How often each answer was given.
pub(super) fn processed(of: &Material<'_>) -> Vec<Block> {
    let rows = of.result().elements.iter().map(|one| {
        let mut row = vec![one.full_name(ID)];
        let counts = (0..4).map(|at| one.counts.get(at).map_or("–".to_owned(), u64::to_string));
        row.extend(counts);
        row.push(comma(one.nrr.as_ref()));
        row
    });
    vec![
        table(
            &[
                ("Unsur", 6),
                ("Nilai 1", 2),
                ("Nilai 2", 2),
                ("Nilai 3", 2),
                ("Nilai 4", 2),
                ("NRR", 2),
            ],
            rows.collect(),
        ),
        Block::text("Data mentah tanpa nama dan buku kerja dengan rumus tersedia pada sistem."),
    ]
}

/// What became of the lowest elements of the period before.
pub(super) fn previous(of: &Material<'_>) -> Vec<Block> {
    let Some(before) = of.earlier.first() else {
        return vec![Block::text("Belum ada periode sebelumnya yang dibekukan.")];
    };
    let weakest = before.result.weakest_elements();
    let alike = alike(&before.result, ID);
    let alike = alike.map(|alike| Block::text(format!("{}: {alike}", before.result.title)));
    if weakest.is_empty() && alike.is_some() {
        return alike.into_iter().collect();
    }
    let actions = weakest
        .iter()
        .flat_map(|one| action_rows(of, one, before.result.closes_on));
    let moved = weakest.iter().map(|one| {
        let now = of.result().elements.iter().find(|now| now.id == one.id);
        let now = now.and_then(|now| now.nrr.as_ref());
        vec![
            one.full_name(ID),
            comma(one.nrr.as_ref()),
            comma(now),
            moved_by(before, now, one.nrr.as_ref()),
        ]
    });
    let goes_on = |action: &Planned| of.goes_on_after(action, before.result.closes_on);
    let answers = |one: &&ResultElement| {
        let actions = of.actions_for(&one.id, goes_on).into_iter();
        actions.map(|action| action.status).collect()
    };
    let answers: Vec<Vec<Status>> = weakest.iter().map(answers).collect();
    let followed = action_plans::followed_up(&answers).text(ID);
    // The very sentence of the page of the evidence.
    let followed = followed.map(|said| format!("{said}. {}", t(ID, "action-followed-rule")));
    let mut blocks: Vec<Block> = followed.map(Block::text).into_iter().collect();
    blocks.extend([
        Block::text(format!(
            "Unsur terendah pada {} dan tindak lanjutnya:",
            before.result.title
        )),
        table(&ACTIONS, actions.collect()),
    ]);
    blocks.extend(alike);
    blocks.extend([
        Block::text(
            "Nilai unsur itu sebelum dan sekarang. Selisih hanya dihitung antara periode dengan unsur, bobot, dan tabel mutu yang sama; perubahan nilai bukan bukti bahwa aksi adalah sebabnya.",
        ),
        table(
            &[
                ("Unsur", 6),
                ("NRR sebelumnya", 3),
                ("NRR sekarang", 3),
                ("Selisih", 3),
            ],
            moved.collect(),
        ),
    ]);
    blocks.extend(measured(of));
    blocks
}

/// How much a mean is above that of the period before, or why the two are not compared.
fn moved_by(before: &Earlier, now: Option<&String>, then: Option<&String>) -> String {
    if !before.unlike.is_empty() {
        return unlike_words(&before.unlike);
    }
    let difference = service::difference(now, then);
    difference.map_or_else(|| "–".to_owned(), |by| signed(&by, 3, ID))
}

/// What was done since the period before and is measured now.
fn measured(of: &Material<'_>) -> Vec<Block> {
    let rows: Vec<Vec<String>> = of.compared.iter().flat_map(compared_rows).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        Block::text(format!(
            "Tindakan yang sudah disahkan dan untuk pertama kali terukur pada {}:",
            of.result().title
        )),
        table(
            &[
                ("Rencana aksi", 6),
                ("Unsur", 4),
                ("NRR sebelum", 3),
                ("NRR sesudah", 3),
                ("Selisih", 3),
            ],
            rows,
        ),
    ]
}

fn compared_rows(compared: &Compared) -> Vec<Vec<String>> {
    let named = format!("{} {}", compared.action.code, compared.action.title);
    let rows = compared.elements.iter().flat_map(|element| {
        let before = element.before.as_ref();
        element
            .after
            .iter()
            .map(move |later| (element, before, later))
    });
    rows.map(|(element, before, later)| {
        vec![
            named.clone(),
            format!("{} {}", later.score.label, element.name_id),
            before.map_or_else(
                || "–".to_owned(),
                |score| format!("{} ({})", comma(score.nrr.as_ref()), score.title),
            ),
            comma(later.score.nrr.as_ref()),
            later.change_words(ID),
        ]
    })
    .collect()
}
