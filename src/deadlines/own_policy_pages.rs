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
        self, CERTAINTIES, Terms,
        own_terms::{CELLS, Cell},
    },
    organisation::{self, Unit, UnitId},
    platform::{
        error::{Error, Result},
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
    /// The newest choice there is: what is saved over a newer one is asked again.
    seen: String,
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

async fn newest(ctx: &Ctx, unit: UnitId) -> Result<String> {
    let newest = calendar::newest(&ctx.app.db, unit).await?;
    Ok(newest.map(|id| id.to_string()).unwrap_or_default())
}

async fn page_of(
    ctx: &Ctx,
    unit: Unit,
    form: Option<&Form>,
    refusal: Option<Error>,
) -> Result<Response> {
    ctx.require(Permission::ChoosePolicy, unit.id)?;
    let locale = ctx.locale();
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let now = calendar::policy(&ctx.app.db, unit.id, today).await?;
    let view = CELLS.iter().fold(FormView::new(), |view, cell| {
        view.field(cell.name, true, 3)
            .with(cell.name, days_now(*cell, &now.policy.terms))
    });
    let view = condition_fields(view, &now, locale)
        .field("source", true, 300)
        .choice(
            "certainty",
            true,
            options("policy-certainty", &CERTAINTIES, locale),
        );
    let view = match form {
        Some(form) => view.typed(form),
        None => view,
    };
    let status = refusal.as_ref().map_or(StatusCode::OK, Error::status);
    let (faults, told) = match refusal {
        None => (Vec::new(), None),
        Some(Error::Invalid(faults)) => (faults, None),
        Some(Error::Conflict { .. }) => (Vec::new(), Some(t(locale, "policy-own-changed"))),
        Some(other) => return Err(other),
    };
    let (mut view, mut errors) = view.refused(&faults, locale);
    errors.extend(told.map(|message| ErrorLine {
        field: String::new(),
        message,
    }));
    let page = OwnPage {
        // What was typed goes with the choice that was seen, until it was said that there is a newer one.
        seen: match form.filter(|_| status != StatusCode::CONFLICT) {
            Some(form) => form.get("seen").to_owned(),
            None => newest(ctx, unit.id).await?,
        },
        errors,
        back_href: format!("{PAGE}?unit={}", unit.code),
        groups: groups(&mut view, locale),
        form: view,
        min_date: today.to_string(),
        unit_code: unit.code,
        unit: unit.name,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show_own(SignedIn(ctx): SignedIn, Query(asked): Query<Asked>) -> Result<Response> {
    let (unit, _) = unit_of(&ctx, asked.unit.as_deref()).await?;
    page_of(&ctx, unit, None, None).await
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
        seen: form.get("seen").to_owned(),
    };
    match choosing::set_own(&ctx, unit.id, &draft).await {
        Ok(()) => {
            let path = format!("{PAGE}?unit={}", unit.code);
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("policy-chosen")))
        }
        Err(refusal) => page_of(&ctx, unit, Some(&form), Some(refusal)).await,
    }
}
