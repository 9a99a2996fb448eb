//! Chapter IV: what becomes of every agreed point, by its number. The points themselves stand in chapter III and in the
//! Berita Acara; here each has its action in short, or why there is none.

use super::{
    book::Book,
    compose::{ID, number, or_dash},
    texts::listed,
};
use crate::{
    action_plans::Planned,
    berita_acara::PublicPoint,
    calendar::dates,
    documents::data::{Block, Column},
};

pub(super) fn blocks(book: &Book) -> Vec<Block> {
    let Some(record) = &book.record else {
        return vec![Block::text(
            "Berita Acara belum dikunci, sehingga butir kesepakatan dan tindak lanjutnya belum dapat dimuat.",
        )];
    };
    let mut blocks = vec![Block::text(format!(
        "Forum menghasilkan {} butir kesepakatan. Bunyi tiap butir dimuat pada Bab III bagian 3 dan pada Berita Acara Nomor {} (Lampiran 2); di bawah ini butir disebut menurut nomornya.",
        number(record.points.len()),
        record.number
    ))];
    let rows = rows(book, &record.points);
    if !rows.is_empty() {
        blocks.push(Block::text("Tindak lanjut tiap butir:"));
        blocks.push(Block::Table {
            columns: vec![
                Column::new("Butir", 4),
                Column::new("Rencana aksi", 9),
                Column::new("Penanggung jawab", 8),
                Column::new("Batas waktu", 5),
                Column::new("Indikator", 7),
            ],
            rows,
        });
    }
    blocks
}

/// Points that the same actions answer stand together; what came from an input alone stands last.
fn rows(book: &Book, points: &[PublicPoint]) -> Vec<Vec<String>> {
    let mut groups: Vec<(Vec<i32>, Vec<&Planned>)> = Vec::new();
    let mut rows = Vec::new();
    for point in points {
        let answers = actions_of(book, point);
        let same = groups
            .iter_mut()
            .find(|(_, actions)| !actions.is_empty() && *actions == answers);
        match same {
            Some((numbers, _)) => numbers.push(point.number),
            None => groups.push((vec![point.number], answers)),
        }
    }
    for (numbers, actions) in &groups {
        let names: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let named = listed(&names);
        if actions.is_empty() {
            let why = points.iter().find(|point| numbers.contains(&point.number));
            rows.push(without(named.clone(), &why_none(book, why)));
        }
        rows.extend(actions.iter().map(|action| row(named.clone(), action)));
    }
    let answered = |action: &&Planned| {
        let mut linked = points.iter().flat_map(|point| &point.actions);
        linked.any(|link| link.id == action.id)
    };
    let others = book.actions.iter().filter(|action| !answered(action));
    rows.extend(others.map(|action| row("Masukan".to_owned(), action)));
    rows
}

/// What is planned for a point; what was cancelled is planned no more.
fn actions_of<'a>(book: &'a Book, point: &PublicPoint) -> Vec<&'a Planned> {
    let linked = |action: &&Planned| point.actions.iter().any(|link| link.id == action.id);
    book.actions.iter().filter(linked).collect()
}

fn why_none(book: &Book, point: Option<&PublicPoint>) -> String {
    let reason = point.and_then(|point| {
        let mut reasons = book.reasons.iter();
        reasons.find(|(number, _)| *number == point.number)
    });
    match (reason, point) {
        (Some((_, why)), _) => format!("Tanpa rencana aksi, dengan alasan: {why}"),
        (None, Some(point)) if !point.actions.is_empty() => {
            let codes: Vec<String> = point.actions.iter().map(|one| one.code.clone()).collect();
            format!("Rencana aksi {} dibatalkan.", listed(&codes))
        }
        _ => "Belum memiliki rencana aksi.".to_owned(),
    }
}

fn without(point: String, why: &str) -> Vec<String> {
    let dash = || "–".to_owned();
    vec![point, why.to_owned(), dash(), dash(), dash()]
}

fn row(point: String, action: &Planned) -> Vec<String> {
    vec![
        point,
        format!("{} {}", action.code, action.title),
        action.owner.clone(),
        dates::date(action.due_on, ID),
        or_dash(&action.indicator),
    ]
}
