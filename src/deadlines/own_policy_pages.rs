//! `/kerja/batas-waktu/sendiri`: a unit writes down by how many days it answers, for each step, kind and class, and what
//! says so. The form begins with the numbers that hold today.

use poem::{Response, Route, get, handler, http::StatusCode, web::Query};
use serde::Serialize;

use super::{
    choosing::{self, OwnDraft},
    policy_pages::{Asked, PAGE, condition_fields, conditions, options, unit_of},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::{
        self, Terms,
        own_terms::{CELLS, Cell},
    },
    organisation::{self, Unit},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

pub(super) fn routes(route: Route) -> Route {
    route.at("/kerja/batas-waktu/sendiri", get(show_own).post(keep_own))
}

#[derive(Serialize)]
struct OwnPage {
    errors: Vec<ErrorLine>,
    unit: String,
    unit_code: String,
    back_href: String,
    groups: Vec<Group>,
    form: FormView,
    min_date: String,
}

/// The numbers of one kind, or of every kind.
#[derive(Serialize)]
struct Group {
    title: String,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    label: String,
    field: FieldView,
}

impl Page for OwnPage {
    const TEMPLATE: &'static str = "deadlines/own";
    fn title(&self, locale: Locale) -> String {
        t(locale, "policy-own-title")
    }
}

fn label(cell: Cell, locale: Locale) -> String {
    let text = |key: &str, code: &str| t(locale, &format!("{key}-{}", code.replace('_', "-")));
    let step = text("policy-step", cell.step.code());
    match cell.class {
        Some(class) => format!("{step}: {}", text("policy-class", class)),
        None => step,
    }
}

fn title(kind: Option<&str>, locale: Locale) -> String {
    match kind {
        Some(kind) => t(
            locale,
            &format!("complaint-kind-{}", kind.replace('_', "-")),
        ),
        None => t(locale, "policy-own-every-kind"),
    }
}

/// The cells of the form, those of a kind under its name.
fn groups(view: &mut FormView, locale: Locale) -> Vec<Group> {
    let mut groups: Vec<(Option<&str>, Group)> = Vec::new();
    for cell in CELLS {
        let shown = CellView {
            label: label(cell, locale),
            field: view.fields.remove(cell.name).unwrap_or_default(),
        };
        match groups.iter_mut().find(|(kind, _)| *kind == cell.kind) {
            Some((_, group)) => group.cells.push(shown),
            None => groups.push((
                cell.kind,
                Group {
                    title: title(cell.kind, locale),
                    cells: vec![shown],
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn days_now(cell: Cell, now: &Terms) -> String {
    cell.of(now)
        .map(|term| term.working_days.to_string())
        .unwrap_or_default()
}

async fn page_of(
    ctx: &Ctx,
    unit: Unit,
    form: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    ctx.require(Permission::ChoosePolicy, unit.id)?;
    let locale = ctx.locale();
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let now = calendar::policy(&ctx.app.db, unit.id, today).await?;
    let certainties = ["verified", "secondary", "unverified"];
    let view = CELLS.iter().fold(FormView::new(), |view, cell| {
        view.field(cell.name, true, 3)
            .with(cell.name, days_now(*cell, &now.policy.terms))
    });
    let view = condition_fields(view, &now, locale)
        .field("source", true, 300)
        .choice(
            "certainty",
            true,
            options("policy-certainty", &certainties, locale),
        );
    let view = match form {
        Some(form) => view.typed(form),
        None => view,
    };
    let (mut view, errors) = view.refused(faults, locale);
    let page = OwnPage {
        errors,
        back_href: format!("{PAGE}?unit={}", unit.code),
        groups: groups(&mut view, locale),
        form: view,
        min_date: today.to_string(),
        unit_code: unit.code,
        unit: unit.name,
    };
    let status = match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show_own(SignedIn(ctx): SignedIn, Query(asked): Query<Asked>) -> Result<Response> {
    let (unit, _) = unit_of(&ctx, asked.unit.as_deref()).await?;
    page_of(&ctx, unit, None, &[]).await
}

#[handler]
async fn keep_own(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let (unit, _) = unit_of(&ctx, Some(form.get("unit"))).await?;
    let typed = |cell: &Cell| (cell.name, form.get(cell.name).to_owned());
    let draft = OwnDraft {
        days: CELLS.iter().map(typed).collect(),
        source: form.get("source").to_owned(),
        certainty: form.get("certainty").to_owned(),
        conditions: conditions(&form),
    };
    match choosing::set_own(&ctx, unit.id, &draft).await {
        Ok(()) => {
            let path = format!("{PAGE}?unit={}", unit.code);
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("policy-chosen")))
        }
        Err(Error::Invalid(faults)) => page_of(&ctx, unit, Some(&form), &faults).await,
        Err(other) => Err(other),
    }
}
