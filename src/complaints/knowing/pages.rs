//! The routes of what is learnt from complaints, and the filter by days that its pages share.

use chrono_tz::Tz;
use poem::{Route, get, post};
use serde::Serialize;

use super::{
    book::pages as book,
    figures::pages as figures,
    period::{Period, presets},
    published::{pages as publishing, public},
    recap::pages as recap,
    topics::pages as topics,
};
use crate::{access::Ctx, platform::i18n::t};

pub fn routes(route: Route) -> Route {
    let route = route
        .at("/kerja/pengaduan/buku", get(book::show))
        .at("/kerja/pengaduan/buku.csv", get(book::csv))
        .at("/kerja/pengaduan/buku.xlsx", get(book::xlsx))
        .at("/kerja/pengaduan/buku.pdf", get(book::pdf))
        .at("/kerja/pengaduan/rekap", get(recap::show))
        .at("/kerja/pengaduan/rekap.csv", get(recap::csv))
        .at("/kerja/pengaduan/rekap.xlsx", get(recap::xlsx))
        .at("/kerja/pengaduan/rekap.pdf", get(recap::pdf))
        .at(
            "/kerja/pengaduan/:number/publikasi",
            get(publishing::show).post(publishing::publish),
        )
        .at(
            "/kerja/pengaduan/:number/publikasi/pratinjau",
            post(publishing::preview),
        )
        .at(
            "/kerja/pengaduan/:number/publikasi/tarik",
            post(publishing::withdraw),
        )
        .at("/pengaduan/publik", get(public::list))
        .at("/pengaduan/publik/:id", get(public::show))
        .at("/pengaduan/publik/:id/ikuti", post(public::follow))
        .at("/statistik", get(figures::show))
        .at("/data", get(figures::about))
        .at("/data/complaints.json", get(figures::json))
        .at("/data/complaints.csv", get(figures::csv));
    topic_routes(route)
}

fn topic_routes(route: Route) -> Route {
    route
        .at(
            "/kerja/pengaduan/topik",
            get(topics::list).post(topics::add),
        )
        .at("/kerja/pengaduan/topik/pilih", post(topics::choose))
        .at("/kerja/pengaduan/topik/masukkan", post(topics::put_in))
        .at(
            "/kerja/pengaduan/topik/:id",
            get(topics::show).post(topics::change),
        )
        .at(
            "/kerja/pengaduan/topik/:id/keluarkan",
            post(topics::take_out),
        )
        .at("/kerja/pengaduan/topik/:id/aksi", post(topics::link))
        .at("/kerja/pengaduan/topik/:id/usulkan", post(topics::propose))
        .at("/kerja/pengaduan/topik/:id/hapus", post(topics::remove))
}

/// Somewhere to go.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub href: String,
    pub label: String,
}

/// The span that a page shows, and the spans that are asked for most.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FilterView {
    pub action: &'static str,
    pub from: String,
    pub to: String,
    pub units: Vec<Choice>,
    pub presets: Vec<Preset>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Choice {
    pub value: String,
    pub label: String,
    pub selected: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Preset {
    pub href: String,
    pub label: String,
    pub active: bool,
}

pub(super) fn choices_of(all: &[(String, String)], chosen: &str) -> Vec<Choice> {
    all.iter()
        .map(|(value, label)| Choice {
            selected: value == chosen,
            value: value.clone(),
            label: label.clone(),
        })
        .collect()
}

pub(super) fn filter_view(
    ctx: &Ctx,
    action: &'static str,
    (unit, units): (&str, &[(String, String)]),
    (period, zone): (Period, Tz),
    (from, to): &(String, String),
) -> FilterView {
    FilterView {
        action,
        from: from.clone(),
        to: to.clone(),
        units: choices_of(units, unit),
        presets: presets(ctx.today_in(zone))
            .into_iter()
            .map(|(label, span)| Preset {
                href: format!("{action}?unit={unit}&{}", span.query()),
                label: t(ctx.locale(), label),
                active: span == period,
            })
            .collect(),
    }
}
