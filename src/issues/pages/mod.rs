//! Pages of issues below `/kerja/isu`.

mod acting;
mod form;
mod list;
mod places;
mod show;
mod steps;

use poem::{Response, Route, get, http::StatusCode, post};
use serde::Serialize;

use super::{entity::IssueId, rules::State};
use crate::{
    access::Ctx,
    action_plans::Chip,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{cookies::FlashKind, forms::ErrorLine},
    },
};

pub const LIST: &str = "/kerja/isu";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/isu", get(list::show_list))
        .at("/kerja/isu/baru", get(form::new_form).post(form::create))
        .at("/kerja/isu/usulan", post(list::decide))
        .at("/kerja/isu/:id", get(show::show_issue))
        .at("/kerja/isu/:id/ubah", post(steps::change))
        .at("/kerja/isu/:id/suara", post(steps::link_voice))
        .at("/kerja/isu/:id/suara/lepas", post(steps::unlink_voice))
        .at("/kerja/isu/:id/buka", post(steps::open))
        .at("/kerja/isu/:id/agenda", post(steps::offer))
        .at("/kerja/isu/:id/tolak", post(steps::refuse))
        .at("/kerja/isu/:id/selesai", post(steps::resolve))
        .at("/kerja/isu/:id/tautkan", post(steps::link_action))
        .at(
            "/kerja/isu/:id/tindakan",
            get(acting::new_action).post(acting::make_action),
        )
}

pub fn state_chip(state: State, locale: Locale) -> Chip {
    let (kind, icon) = state.chip();
    Chip {
        kind,
        text: t(locale, state.label_key()),
        icon,
    }
}

#[derive(Serialize)]
pub struct Link {
    pub href: String,
    pub label: String,
}

pub fn address(id: IssueId) -> String {
    format!("{LIST}/{id}")
}

pub fn to_issue(ctx: &Ctx, id: IssueId, key: &str) -> Response {
    ctx.redirect_with(&address(id), FlashKind::Ok, &Message::new(key))
}

/// What a form is told: how to answer, the faults of its fields, and lines that belong to none.
pub type Told = (StatusCode, Vec<FieldError>, Vec<ErrorLine>);

/// Everything else is for the error page.
pub fn told(error: Error, field: &str, locale: Locale) -> Result<Told> {
    let status = error.status();
    match error {
        Error::Invalid(faults) => Ok((status, faults, Vec::new())),
        Error::Rule { .. } => {
            let line = ErrorLine {
                field: field.to_owned(),
                message: error.text(locale),
            };
            Ok((status, Vec::new(), vec![line]))
        }
        other => Err(other),
    }
}
