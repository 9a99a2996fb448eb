//! The words of an action as everybody reads them: numbers and mailboxes of people that somebody left in are covered.
//! Staff read what was written.

use super::{
    entity::{action_item::Model as ActionItem, action_source::Model as Source},
    views::{Detail, Row},
};
use crate::platform::traces;

fn cover(words: &mut String) {
    *words = traces::for_everybody(words);
}

fn item(item: &mut ActionItem) {
    for words in [
        &mut item.title,
        &mut item.description,
        &mut item.indicator,
        &mut item.target,
    ] {
        cover(words);
    }
    item.budget_source.iter_mut().for_each(cover);
}

fn source(source: &mut Source) {
    cover(&mut source.label);
    cover(&mut source.public_label);
    source.label_en.iter_mut().for_each(cover);
    source
        .voices
        .0
        .iter_mut()
        .for_each(|voice| cover(&mut voice.label));
}

pub(super) fn row(mut row: Row) -> Row {
    item(&mut row.item);
    row.sources.iter_mut().for_each(source);
    row
}

pub(super) fn rows(rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter().map(row).collect()
}

/// The history is told by [`super::pages`], which covers what it takes from it.
pub(super) fn detail(detail: Detail) -> Detail {
    let mut milestones = detail.milestones;
    milestones
        .iter_mut()
        .for_each(|step| cover(&mut step.title));
    Detail {
        row: row(detail.row),
        milestones,
        ..detail
    }
}
