//! The annexes of the report: what was asked, what was answered, and what became of the weak points of the period before.

use super::{
    Compared,
    report::{ID, Material},
    report_chapters::{ACTIONS, action_rows, comma, table},
    views::alike,
};
use crate::{
    action_plans::{self, Planned},
    documents::data::Block,
    surveys::setup::views::half_up,
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
    if let Some(alike) = alike(&before.result, ID) {
        let title = &before.result.title;
        return vec![Block::text(format!("{title}: {alike}"))];
    }
    let actions = weakest
        .iter()
        .flat_map(|one| action_rows(of, one, before.result.closes_on));
    let moved = weakest.iter().map(|one| {
        let now = of.result().elements.iter().find(|now| now.id == one.id);
        vec![
            one.full_name(ID),
            comma(one.nrr.as_ref()),
            comma(now.and_then(|now| now.nrr.as_ref())),
        ]
    });
    let followed = weakest.iter().filter(|one| {
        let goes_on = |action: &Planned| of.goes_on_after(action, before.result.closes_on);
        !of.actions_for(&one.id, goes_on).is_empty()
    });
    let mut blocks = vec![
        Block::text(followed_text(followed.count(), weakest.len())),
        Block::text(format!(
            "Unsur terendah pada {} dan tindak lanjutnya:",
            before.result.title
        )),
        table(&ACTIONS, actions.collect()),
        Block::text(
            "Nilai unsur itu sebelum dan sekarang. Perubahan nilai bukan bukti bahwa aksi adalah sebabnya.",
        ),
        table(
            &[("Unsur", 6), ("NRR sebelumnya", 3), ("NRR sekarang", 3)],
            moved.collect(),
        ),
    ];
    blocks.extend(measured(of));
    blocks
}

/// How many of the recommendations of the period before led to an action that was not given up.
fn followed_text(followed: usize, all: usize) -> String {
    let whole = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let share = half_up(whole(followed), whole(all)).unwrap_or_default();
    format!(
        "{followed} dari {all} rekomendasi periode sebelumnya ditindaklanjuti ({share} %), yaitu unsur terendah yang mempunyai rencana aksi."
    )
}

/// What was done since the period before and is measured now.
fn measured(of: &Material<'_>) -> Vec<Block> {
    let rows: Vec<Vec<String>> = of.compared.iter().flat_map(compared_rows).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        Block::text(
            "Tindakan yang selesai sesudah periode itu dan untuk pertama kali terukur pada periode ini:",
        ),
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
        let before = element.before.as_ref().and_then(|score| score.nrr.as_ref());
        element
            .after
            .iter()
            .map(move |later| (element, before, later))
    });
    rows.map(|(element, before, later)| {
        let change = match &later.change {
            Some(change) => action_plans::signed_words(change, ID),
            None if later.unlike.is_empty() => "–".to_owned(),
            None => "tidak dibandingkan".to_owned(),
        };
        vec![
            named.clone(),
            format!("{} {}", later.score.label, element.name_id),
            comma(before),
            comma(later.score.nrr.as_ref()),
            change,
        ]
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::followed_text;

    #[test]
    fn the_share_of_recommendations_that_led_to_an_action_is_told_with_its_numbers() {
        for (followed, all, words) in [
            (
                0,
                3,
                "0 dari 3 rekomendasi periode sebelumnya ditindaklanjuti (0 %)",
            ),
            (
                2,
                3,
                "2 dari 3 rekomendasi periode sebelumnya ditindaklanjuti (67 %)",
            ),
            (
                3,
                3,
                "3 dari 3 rekomendasi periode sebelumnya ditindaklanjuti (100 %)",
            ),
        ] {
            assert!(followed_text(followed, all).starts_with(words), "{words}");
        }
    }
}
