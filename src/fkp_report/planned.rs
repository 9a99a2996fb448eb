//! Chapter III.3: the agreed points, the actions they led to, and why some led to none.

use super::{
    book::Book,
    compose::{ID, number, or_dash},
    outcome,
};
use crate::{
    calendar::dates,
    documents::data::{Block, Column},
};

/// What was agreed, and who does what until when.
pub(super) fn blocks(book: &Book) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(record) = &book.record {
        blocks.push(Block::text(format!(
            "Forum menyepakati {} butir yang dimuat dalam Berita Acara Nomor {} (Lampiran 2):",
            number(record.points.len()),
            record.number
        )));
        let points = record.points.iter().map(|point| point.text.clone());
        blocks.push(Block::list("1.", points.collect()));
    }
    if book.actions.is_empty() {
        blocks.push(Block::text(
            "Belum ada rencana aksi yang dicatat dari forum ini.",
        ));
        blocks.extend(without_action(book));
        return blocks;
    }
    blocks.push(Block::text(format!(
        "Sebagai tindak lanjut ditetapkan {} rencana aksi:",
        number(book.actions.len())
    )));
    blocks.push(Block::Table {
        columns: vec![
            // Wide enough for the longest word that cannot be divided: "RA-2026-01", "Rp150.000.000,".
            Column::new("Kode", 5),
            Column::new("Rencana aksi", 7),
            Column::new("Penanggung jawab", 7),
            Column::new("Batas waktu", 5),
            Column::new("Indikator", 7),
            Column::new("Anggaran", 6),
        ],
        rows: book
            .actions
            .iter()
            .map(|action| {
                vec![
                    action.code.clone(),
                    action.title.clone(),
                    action.owner.clone(),
                    dates::date(action.due_on, ID),
                    or_dash(&action.indicator),
                    action.budget.text(ID).unwrap_or_else(|| "–".to_owned()),
                ]
            })
            .collect(),
    });
    blocks.extend(without_action(book));
    blocks
}

/// Points that nothing is planned for, also where the only action was cancelled: why.
fn without_action(book: &Book) -> impl Iterator<Item = Block> {
    let points = outcome::unplanned(book).into_iter();
    points.map(|(numbers, why)| Block::text(format!("Butir {numbers}: {why}")))
}
