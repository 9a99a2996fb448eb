//! What a change of days would do, before it is kept: how many deadlines move, and the first of them from when to when.

use serde::Serialize;

use crate::{
    access::{Ctx, Permission},
    calendar::dates,
    complaints::clocks::{MovedCase, Recount},
    platform::i18n::{Locale, Message},
};

#[derive(Serialize)]
pub(super) struct PreviewView {
    text: String,
    rows: Vec<RowView>,
    /// How many more there are than rows.
    more: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    number: String,
    /// None for who keeps the calendar and reads no complaints.
    href: Option<String>,
    change: String,
}

pub(super) fn view(ctx: &Ctx, of: &Recount) -> PreviewView {
    let locale = ctx.locale();
    let counted = |key: &str, count: usize| Message::new(key).with("count", count).text(locale);
    let reads = !ctx.scope(Permission::ViewComplaints).is_empty();
    let rest = of.moved - of.first.len();
    PreviewView {
        text: counted("deadlines-preview", of.moved),
        rows: of
            .first
            .iter()
            .map(|case| row(case, reads, locale))
            .collect(),
        more: (rest > 0).then(|| counted("deadlines-preview-more", rest)),
    }
}

fn row(case: &MovedCase, reads: bool, locale: Locale) -> RowView {
    let change = Message::new("deadlines-preview-row")
        .with("before", dates::date_time(&case.before, locale))
        .with("after", dates::date_time(&case.after, locale));
    RowView {
        number: case.number.clone(),
        href: reads.then(|| format!("/kerja/pengaduan/{}", case.number)),
        change: change.text(locale),
    }
}
