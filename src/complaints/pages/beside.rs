//! The panels beside a case: its files, and the other complaints that belong to it.

use serde::Serialize;

use crate::{
    access::Ctx,
    calendar::dates,
    complaints::{
        desk::{Desk, Relation},
        entity::complaint,
        explain::Chip,
        filing::FileState,
        handling::{Attached, can_take_in},
        viewing, words,
    },
    platform::{
        i18n::{Locale, t},
        web::forms::FieldView,
    },
};

#[derive(Serialize)]
pub(super) struct FilesPanel {
    files: Vec<FileLine>,
    action: Option<String>,
    field: FieldView,
    visible: FieldView,
}

#[derive(Serialize)]
struct FileLine {
    name: String,
    size: String,
    /// None while nobody may open it.
    href: Option<String>,
}

#[derive(Serialize)]
pub(super) struct RelativesPanel {
    items: Vec<RelativeView>,
    similar: Vec<SimilarView>,
    action: Option<String>,
    unlink_action: String,
    field: FieldView,
}

#[derive(Serialize)]
struct RelativeView {
    /// None for one that this reader answers along but cannot open.
    href: Option<String>,
    number: String,
    relation: String,
    subject: String,
    description: Option<String>,
    status: Chip,
    /// Can be taken back.
    loose: bool,
}

/// Another case that may be about the same.
#[derive(Serialize)]
struct SimilarView {
    href: String,
    number: String,
    subject: String,
    received: String,
    status: Chip,
    /// Shows both before this case is handled in that one; None for who may not.
    merge_href: Option<String>,
}

pub(super) fn files_panel(
    desk: &Desk,
    base: &str,
    works: bool,
    (field, visible): (FieldView, FieldView),
    locale: Locale,
) -> FilesPanel {
    FilesPanel {
        files: files(desk, base, locale),
        action: works.then(|| format!("{base}/berkas")),
        field,
        visible,
    }
}

pub(super) fn relatives_panel(
    ctx: &Ctx,
    of: &complaint::Model,
    desk: &Desk,
    (works, merges): (bool, bool),
    field: FieldView,
) -> RelativesPanel {
    let base = format!("/kerja/pengaduan/{}", of.number);
    RelativesPanel {
        items: relatives(desk, ctx.locale()),
        similar: similar(ctx, desk, of, merges),
        action: works.then(|| format!("{base}/terkait")),
        unlink_action: format!("{base}/terkait/lepas"),
        field,
    }
}

fn similar(ctx: &Ctx, desk: &Desk, of: &complaint::Model, merges: bool) -> Vec<SimilarView> {
    let (locale, zone) = (ctx.locale(), desk.clocks.zone);
    let rows = desk.similar.iter();
    rows.map(|one| SimilarView {
        href: format!("/kerja/pengaduan/{}", one.number),
        number: one.number.clone(),
        subject: match viewing::sight_of(ctx, one, false).text {
            true => one.subject.clone(),
            false => t(locale, "complaints-hidden-subject"),
        },
        received: dates::long_date(one.received_at.with_timezone(&zone).date_naive(), locale),
        status: words::standing_chip(one, locale),
        merge_href: (merges && can_take_in(one, of))
            .then(|| format!("/kerja/pengaduan/{}/gabung?ke={}", of.number, one.number)),
    })
    .collect()
}

fn files(desk: &Desk, base: &str, locale: Locale) -> Vec<FileLine> {
    let seen = |file: &Attached| {
        let key = match (file.by_citizen, file.for_citizen) {
            (true, _) => "complaints-file-by-citizen",
            (false, true) => "complaints-file-for-citizen",
            (false, false) => "complaints-file-inside",
        };
        t(locale, key)
    };
    desk.files
        .iter()
        .map(|file| FileLine {
            size: format!(
                "{}, {}",
                words::file_size(file.size, file.state, locale),
                seen(file)
            ),
            href: (file.state == FileState::Clean).then(|| format!("{base}/berkas/{}", file.id)),
            name: file.name.clone(),
        })
        .collect()
}

fn relatives(desk: &Desk, locale: Locale) -> Vec<RelativeView> {
    desk.relatives
        .iter()
        .map(|one| RelativeView {
            href: one.open.then(|| format!("/kerja/pengaduan/{}", one.number)),
            number: one.number.clone(),
            description: one.description.clone(),
            relation: t(
                locale,
                &format!("complaints-relation-{}", one.relation.code()),
            ),
            subject: one
                .subject
                .clone()
                .unwrap_or_else(|| t(locale, "complaints-hidden-subject")),
            status: match one.waits_for_main {
                true => words::merged_chip(locale),
                false => words::status_chip(one.status, locale),
            },
            loose: one.relation == Relation::Related,
        })
        .collect()
}
