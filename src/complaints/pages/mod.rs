//! Pages of complaints: for the public (form, receipt, tracking, status) and for the staff (inbox, case,
//! recording what came in by other ways).

mod acknowledged;
mod beside;
mod between;
mod bulk;
mod calling;
mod case;
mod case_view;
mod filing;
mod inbox;
mod inbox_filters;
mod kept;
mod lost_code;
mod merging;
mod moves_view;
mod new;
mod origin;
mod panels;
mod presence;
mod rating;
mod righting;
mod standard;
mod status;
mod track;
mod withdrawing;

pub use status::closed_case;

use poem::{Route, get, post};
use serde::Serialize;

use super::timeline::EntryView;
use crate::platform::{
    error::{Error, FieldError, Result},
    web::forms::{ErrorLine, Form},
};

pub fn routes(route: Route) -> Route {
    let route = super::ways::routes(filing::routes(route))
        .at("/pengaduan/tanda-terima", get(acknowledged::show_receipt))
        .at(
            "/pengaduan/tanda-terima.pdf",
            get(acknowledged::receipt_pdf),
        )
        .at("/pengaduan/tanda-terima.svg", get(acknowledged::receipt_qr))
        .at("/lacak", get(track::show_form).post(track::open_case))
        .at("/lupa-kode", get(lost_code::ask_form).post(lost_code::ask))
        .at(
            "/kabar/kode/:token",
            get(lost_code::show_link).post(lost_code::renew),
        )
        .at("/pengaduan/status", get(status::show_status))
        .at("/pengaduan/status/pesan", post(status::add_message))
        .at("/pengaduan/status/nilai", post(rating::rate_answer))
        .at("/pengaduan/status/cabut", post(withdrawing::withdraw))
        .at("/pengaduan/status/berkas/:file", get(status::show_file))
        .at("/pengaduan/status/tutup", post(status::leave_status))
        .at("/kerja/pengaduan", get(inbox::show_inbox))
        .at("/kerja/pengaduan/saringan", post(kept::keep))
        .at(
            "/kerja/pengaduan/saringan/:id/hapus",
            post(kept::throw_away),
        )
        .at("/kerja/pengaduan/sekaligus", post(bulk::preview))
        .at("/kerja/pengaduan/sekaligus/mulai", post(bulk::start))
        .at("/kerja/pengaduan/sekaligus/sisipkan", post(bulk::insert))
        .at("/kerja/pengaduan/sekaligus/:id", get(bulk::progress))
        .at(
            "/kerja/pengaduan/jawaban-baku",
            get(standard::list).post(standard::add),
        )
        .at(
            "/kerja/pengaduan/jawaban-baku/:id",
            get(standard::show).post(standard::change),
        )
        .at(
            "/kerja/pengaduan/jawaban-baku/:id/hapus",
            post(standard::remove),
        );
    case_routes(route)
}

/// One case and what is done with it.
fn case_routes(route: Route) -> Route {
    route
        .at("/kerja/pengaduan/:number", get(case::show_case))
        .at(
            "/kerja/pengaduan/:number/tanda-terima.pdf",
            get(case::receipt_pdf),
        )
        .at("/kerja/pengaduan/:number/disposisi", post(case::do_assign))
        .at("/kerja/pengaduan/:number/jawab", post(case::do_answer))
        .at("/kerja/pengaduan/:number/draf", post(case::save_draft))
        .at(
            "/kerja/pengaduan/:number/sisipkan",
            post(case::insert_standard),
        )
        .at("/kerja/pengaduan/:number/catatan", post(case::do_note))
        .at("/kerja/pengaduan/:number/tanya", post(case::do_question))
        .at("/kerja/pengaduan/:number/periksa", post(case::do_verify))
        .at("/kerja/pengaduan/:number/golongan", post(case::do_classify))
        .at(
            "/kerja/pengaduan/:number/perbaiki",
            get(righting::show).post(righting::keep),
        )
        .at("/kerja/pengaduan/:number/lengkapi", post(case::do_ask))
        .at("/kerja/pengaduan/:number/mulai", post(case::do_start))
        .at("/kerja/pengaduan/:number/tutup", post(case::do_close))
        .at("/kerja/pengaduan/:number/buka-lagi", post(case::do_reopen))
        .at("/kerja/pengaduan/:number/tolak", post(case::do_reject))
        .at(
            "/kerja/pengaduan/:number/gabung",
            get(merging::show).post(merging::merge),
        )
        .at("/kerja/pengaduan/:number/alihkan", post(case::do_forward))
        .at("/kerja/pengaduan/:number/cabut", post(case::do_withdraw))
        .at("/kerja/pengaduan/:number/pisahkan", post(case::do_split))
        .at("/kerja/pengaduan/:number/terkait", post(case::do_relate))
        .at(
            "/kerja/pengaduan/:number/terkait/lepas",
            post(case::do_unrelate),
        )
        .at("/kerja/pengaduan/:number/berkas", post(case::do_attach))
        .at(
            "/kerja/pengaduan/:number/berkas/:file",
            get(case::show_file),
        )
        .at(
            "/kerja/pengaduan/:number/kode-baru",
            get(lost_code::show_counter).post(lost_code::renew_at_counter),
        )
        .at("/kerja/pengaduan/:number/hubungi", post(calling::tick))
        .at(
            "/kerja/pengaduan/:number/hubungi/whatsapp",
            post(calling::open_whatsapp),
        )
        .at("/kerja/pengaduan/:number/hadir", get(presence::show))
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

/// What was ticked in the inbox, each as `ADU-2026-000001:3`; all that it showed, if that was ticked.
pub(in crate::complaints) fn ticked(form: &Form) -> Vec<&str> {
    let field = if form.is_on("all") { "shown" } else { "number" };
    form.all(field)
}

/// Numbers, and the versions in which they were seen.
fn numbers_of(chosen: Vec<&str>) -> Vec<(&str, i32)> {
    let seen = chosen.into_iter().map(|one| {
        let (number, version) = one.split_once(':').unwrap_or((one, "0"));
        (number, version.parse().unwrap_or(0))
    });
    seen.collect()
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
