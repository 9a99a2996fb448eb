//! Pages of the action plan: for the staff below `/kerja/rencana-aksi`, for everybody below `/janji`.

mod chain;
mod form;
mod list;
mod measuring;
mod plan_view;
mod promises;
mod proof;
mod show;
mod steps;
mod update;

use poem::{Route, get, post};
use serde::Serialize;

use super::{
    ActionItemId, Status,
    entity::action_progress::{Evidence, Model as Progress},
    links::LinkedAction,
    rules::Timing,
    views::{Clock, Row},
};
use crate::{
    calendar::dates,
    documents,
    platform::{
        i18n::{Locale, Message, t},
        web::address::encoded,
    },
};

pub use form::{fields as form_fields, parsed as read_form};
pub use plan_view::speed;

pub const LIST: &str = "/kerja/rencana-aksi";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/rencana-aksi", get(list::show_list))
        .at(
            "/kerja/rencana-aksi/baru",
            get(form::new_form).post(form::create_item),
        )
        .at("/kerja/rencana-aksi/:id", get(show::show_item))
        .at(
            "/kerja/rencana-aksi/:id/ubah",
            get(form::edit_form).post(form::change_item),
        )
        .at(
            "/kerja/rencana-aksi/:id/kemajuan",
            post(steps::report_progress),
        )
        .at("/kerja/rencana-aksi/:id/selesai", post(steps::finish_item))
        .at("/kerja/rencana-aksi/:id/sahkan", post(steps::verify_item))
        .at(
            "/kerja/rencana-aksi/:id/kembalikan",
            post(steps::send_item_back),
        )
        .at("/kerja/rencana-aksi/:id/batalkan", post(steps::cancel_item))
        .at("/kerja/rencana-aksi/:id/bukti/:file", get(show::evidence))
        .at("/kerja/rencana-aksi/:id/tautan", post(steps::add_link))
        .at(
            "/kerja/rencana-aksi/:id/tautan/lepas",
            post(steps::remove_link),
        )
        .at(
            "/kerja/rencana-aksi/:id/tonggak",
            post(steps::add_milestone),
        )
        .at(
            "/kerja/rencana-aksi/:id/tonggak/hapus",
            post(steps::remove_milestone),
        )
        .at("/kerja/rencana-aksi/:id/perpanjang", post(steps::extend))
        .at("/kerja/rencana-aksi/:id/ukuran", post(measuring::choose))
        .at(
            "/kerja/rencana-aksi/:id/ukuran/lepas",
            post(measuring::leave),
        )
        .at(
            "/perbarui/:token",
            get(update::show_update).post(update::send_update),
        )
        .at("/janji", get(promises::show_promises))
        .at("/janji/:id", get(promises::show_promise))
}

/// A state in words, with a colour that only repeats them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chip {
    pub kind: &'static str,
    pub text: String,
    pub icon: &'static str,
}

/// The state of an action.
pub fn status_chip(status: Status, locale: Locale) -> Chip {
    Chip {
        kind: status.chip_kind(),
        text: t(locale, status.label_key()),
        icon: status.icon(),
    }
}

/// How it stands to its due day; nothing for what is handed in.
pub fn timing_chip(timing: Timing, locale: Locale) -> Option<Chip> {
    let (kind, icon, key, days) = match timing {
        Timing::Late(0) => ("late", "exclamation-triangle", "action-late-weekend", 0),
        Timing::Late(days) => ("late", "exclamation-triangle", "action-late", days),
        Timing::Soon(0) => ("soon", "clock", "action-due-today", 0),
        Timing::Soon(days) => ("soon", "clock", "action-days-left", days),
        Timing::InTime(days) => ("plain", "", "action-days-left", days),
        Timing::Over => return None,
    };
    Some(Chip {
        kind,
        icon,
        text: Message::new(key).with("days", days).text(locale),
    })
}

/// The one chip where there is room for one: lateness before state.
pub fn main_chip(row: &Row, locale: Locale) -> Chip {
    one_chip(row.item.status, row.timing, locale)
}

/// The same where a source shows what it led to.
pub fn linked_chip(action: &LinkedAction, clock: &Clock, locale: Locale) -> Chip {
    let timing = clock.timing(action.status, action.due_on);
    one_chip(action.status, timing, locale)
}

fn one_chip(status: Status, timing: Timing, locale: Locale) -> Chip {
    match timing_chip(timing, locale) {
        Some(chip) if chip.kind != "plain" => chip,
        _ => status_chip(status, locale),
    }
}

pub fn due_words(row: &Row, locale: Locale) -> String {
    Message::new("action-due-on")
        .with("day", dates::long_date(row.item.due_on, locale))
        .text(locale)
}

pub fn division_name(row: &Row, locale: Locale) -> String {
    row.division
        .as_ref()
        .map_or_else(|| t(locale, "action-no-division"), |one| one.name.clone())
}

/// The answerable office, never a person's name.
pub fn in_charge(row: &Row, locale: Locale) -> String {
    row.division.as_ref().map_or_else(
        || t(locale, "action-no-division"),
        |one| one.head_position.clone(),
    )
}

pub fn evidence_count(progress: &[Progress]) -> usize {
    progress.iter().map(|entry| entry.files.0.len()).sum()
}

#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    pub name: String,
    pub size: String,
    pub href: String,
}

pub fn evidence_views(item: ActionItemId, progress: &[Progress], locale: Locale) -> Vec<FileView> {
    let all = progress.iter().flat_map(|entry| &entry.files.0);
    all.map(|evidence| match evidence {
        Evidence::File { id, name, size } => FileView {
            name: name.clone(),
            size: documents::size_text(*size, locale),
            href: format!("{LIST}/{item}/bukti/{id}"),
        },
        Evidence::Link { url } => FileView {
            name: url.clone(),
            size: t(locale, "action-evidence-link"),
            href: url.clone(),
        },
    })
    .collect()
}

/// An address with the filters that are set.
pub fn address(path: &str, filters: &[(&str, &str)]) -> String {
    let set: Vec<String> = filters
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if set.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", set.join("&"))
    }
}

/// A filter that is one press away.
#[derive(Serialize)]
pub struct FilterLink {
    pub href: String,
    pub label: String,
    pub kind: &'static str,
    pub icon: &'static str,
    pub count: i64,
    pub active: bool,
}

/// Where the list goes on.
#[derive(Serialize)]
pub struct Pager {
    pub previous: Option<String>,
    pub next: Option<String>,
    pub summary: String,
}

/// Nothing here yet, and what to do first.
#[derive(Serialize)]
pub struct Empty {
    pub title: String,
    pub text: String,
    pub action: Option<Link>,
}

#[derive(Serialize)]
pub struct Link {
    pub href: String,
    pub label: String,
}

/// A term and what is said about it.
#[derive(Serialize)]
pub struct Fact {
    pub term: String,
    pub text: String,
}

impl Fact {
    pub fn new(locale: Locale, key: &str, text: impl Into<String>) -> Self {
        Self {
            term: t(locale, key),
            text: text.into(),
        }
    }
}
