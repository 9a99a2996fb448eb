//! Chapter IV: what becomes of every agreed point, by its number. The points themselves stand in chapter III and in the
//! Berita Acara; here each has its action in short, or why there is none.

use super::{
    book::Book,
    compose::{ID, number, or_dash},
    texts::{Answered, listed},
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

/// Points that are answered alike stand together; what came from an input alone stands last.
fn rows(book: &Book, points: &[PublicPoint]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (answer, numbers) in groups(book, points) {
        match answer {
            Answer::None(why) => rows.push(without(numbers, &why)),
            Answer::Planned(actions) => {
                rows.extend(actions.iter().map(|action| row(numbers.clone(), action)));
            }
        }
    }
    let answered = |action: &&Planned| {
        let mut linked = points.iter().flat_map(|point| &point.actions);
        linked.any(|link| link.id == action.id)
    };
    let others = book.actions.iter().filter(|action| !answered(action));
    rows.extend(others.map(|action| row("Masukan".to_owned(), action)));
    rows
}

/// Points that are answered alike, by their numbers.
fn groups<'a>(book: &'a Book, points: &[PublicPoint]) -> Vec<(Answer<'a>, String)> {
    let mut groups: Vec<(Answer<'_>, Vec<String>)> = Vec::new();
    for point in points {
        let answer = answer(book, point);
        let number = point.number.to_string();
        match groups.iter_mut().find(|(same, _)| *same == answer) {
            Some((_, numbers)) => numbers.push(number),
            None => groups.push((answer, vec![number])),
        }
    }
    let groups = groups.into_iter();
    groups
        .map(|(answer, numbers)| (answer, listed(&numbers)))
        .collect()
}

/// The points that nothing is planned for, by their numbers, each with why.
pub(super) fn unplanned(book: &Book) -> Vec<(String, String)> {
    let points = book.record.as_ref().map(|record| record.points.as_slice());
    let groups = groups(book, points.unwrap_or_default()).into_iter();
    let unplanned = groups.filter_map(|(answer, numbers)| match answer {
        Answer::None(why) => Some((numbers, why)),
        Answer::Planned(_) => None,
    });
    unplanned.collect()
}

/// What a point led to.
#[derive(PartialEq)]
enum Answer<'a> {
    Planned(Vec<&'a Planned>),
    /// Nothing, and why.
    None(String),
}

/// What was cancelled is planned no more.
fn answer<'a>(book: &'a Book, point: &PublicPoint) -> Answer<'a> {
    let linked = |action: &&Planned| point.actions.iter().any(|link| link.id == action.id);
    let planned: Vec<&Planned> = book.actions.iter().filter(linked).collect();
    if planned.is_empty() {
        Answer::None(why_none(book, point))
    } else {
        Answer::Planned(planned)
    }
}

/// How many points have an action, a reason, or neither.
pub(super) fn answered(book: &Book) -> Answered {
    let points = book.record.iter().flat_map(|record| &record.points);
    let mut answered = Answered::default();
    for point in points {
        let explained = book
            .reasons
            .iter()
            .any(|(number, _)| *number == point.number);
        match answer(book, point) {
            Answer::Planned(_) => answered.planned += 1,
            Answer::None(_) if explained => answered.explained += 1,
            Answer::None(_) => answered.open += 1,
        }
    }
    answered
}

fn why_none(book: &Book, point: &PublicPoint) -> String {
    let codes = || {
        let codes: Vec<String> = point.actions.iter().map(|one| one.code.clone()).collect();
        listed(&codes)
    };
    let mut reasons = book.reasons.iter();
    match reasons.find(|(number, _)| *number == point.number) {
        Some((_, why)) if point.actions.is_empty() => {
            format!("Tanpa rencana aksi, dengan alasan: {why}")
        }
        Some((_, why)) => format!("Rencana aksi {} dibatalkan, dengan alasan: {why}", codes()),
        None if point.actions.is_empty() => "Belum memiliki rencana aksi.".to_owned(),
        None => format!("Rencana aksi {} dibatalkan.", codes()),
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
