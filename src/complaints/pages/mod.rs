//! Pages of complaints: for the public (form, receipt, tracking, status) and for the staff (inbox, case,
//! recording what came in by other ways).

mod case;
mod case_view;
mod inbox;
mod new;
mod register;
mod status;
mod track;

use poem::{Route, get, post};
use serde::Serialize;

use super::timeline::EntryView;
use crate::platform::{
    error::{Error, FieldError, Result},
    web::forms::ErrorLine,
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/pengaduan/baru",
            get(new::show_form).post(new::change_form),
        )
        .at(
            "/pengaduan/periksa",
            get(new::form_again).post(new::show_check),
        )
        .at("/pengaduan", get(new::form_again).post(new::send))
        .at("/pengaduan/tanda-terima", get(status::show_receipt))
        .at("/pengaduan/tanda-terima.pdf", get(status::receipt_pdf))
        .at("/lacak", get(track::show_form).post(track::open_case))
        .at("/pengaduan/status", get(status::show_status))
        .at("/pengaduan/status/pesan", post(status::add_message))
        .at("/pengaduan/status/nilai", post(status::rate_answer))
        .at("/pengaduan/status/tutup", post(status::leave_status))
        .at("/kerja/pengaduan", get(inbox::show_inbox))
        .at(
            "/kerja/pengaduan/baru",
            get(register::show_form).post(register::send),
        )
        .at("/kerja/pengaduan/:number", get(case::show_case))
        .at(
            "/kerja/pengaduan/:number/tanda-terima.pdf",
            get(case::receipt_pdf),
        )
        .at("/kerja/pengaduan/:number/disposisi", post(case::do_assign))
        .at("/kerja/pengaduan/:number/jawab", post(case::do_answer))
        .at("/kerja/pengaduan/:number/catatan", post(case::do_note))
        .at("/kerja/pengaduan/:number/tutup", post(case::do_close))
        .at("/kerja/pengaduan/:number/identitas", post(case::do_unmask))
        .at("/kerja/pengaduan/:number/hubungkan", post(case::do_link))
}

/// One line of the partial `facts`.
#[derive(Clone, Debug, Serialize)]
struct FactView {
    term: String,
    text: String,
}

impl FactView {
    fn new(term: String, text: impl Into<String>) -> Self {
        Self {
            term,
            text: text.into(),
        }
    }
}

/// A hidden field.
#[derive(Clone, Debug, Serialize)]
struct Kept {
    name: &'static str,
    value: String,
}

/// Newest first, as somebody who comes back reads it.
fn newest_first(mut entries: Vec<EntryView>) -> Vec<EntryView> {
    entries.reverse();
    entries
}

/// What a form is told, and the status of its page; everything else is for the error page.
fn told(error: Error, field: &str, locale: crate::platform::i18n::Locale) -> Result<Told> {
    let status = error.status();
    match error {
        Error::Invalid(faults) => Ok(Told {
            status,
            faults,
            lines: Vec::new(),
        }),
        Error::Rule { .. } | Error::Conflict { .. } => Ok(Told {
            status,
            faults: Vec::new(),
            lines: vec![ErrorLine {
                field: field.to_owned(),
                message: error.text(locale),
            }],
        }),
        other => Err(other),
    }
}

struct Told {
    status: poem::http::StatusCode,
    faults: Vec<FieldError>,
    /// Faults of no field of their own.
    lines: Vec<ErrorLine>,
}
