//! The form by which a unit's administrator registers an inviting office.

use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    entity::unit,
    inviting::{self, OfficeFields},
    managing::{self, OfficialFields},
    official_pages::nip_of,
    profile_pages::{head_lines, number_pattern},
    service,
    unit_pages::href_of,
};
use crate::{
    access::{Ctx, SignedIn},
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route.at(
        "/kerja/instansi/:code/pengundang/baru",
        get(new_office).post(add_office),
    )
}

#[derive(Serialize)]
struct OfficePage {
    unit: String,
    back_href: String,
    action: String,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for OfficePage {
    const TEMPLATE: &'static str = "organisation/office";
    fn title(&self, locale: Locale) -> String {
        t(locale, "unit-office-new")
    }
}

fn empty_form() -> FormView {
    FormView::new()
        .field("name", true, 200)
        .field("letterhead", true, 600)
        .field("address", true, 300)
        .field("city", true, 100)
        .field("letter_number", false, 100)
        .field("office", true, 200)
        .field("official", true, 150)
        .field("rank", false, 80)
        .field("nip", false, 30)
}

fn page_of(
    ctx: &Ctx,
    unit: &unit::Model,
    form: FormView,
    faults: &[FieldError],
) -> Result<Response> {
    let (form, errors) = form.refused(faults, ctx.locale());
    let back_href = href_of(unit);
    let page = OfficePage {
        unit: unit.name.clone(),
        action: format!("{back_href}/pengundang/baru"),
        back_href,
        form,
        errors,
    };
    let status = match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(Some(&service::brand_of(unit)), status, &page)
}

/// The unit in the address; an inviting office keeps none itself.
async fn keeper(ctx: &Ctx, code: &str) -> Result<unit::Model> {
    let unit = managing::get(ctx, code).await?;
    match unit.kept_by {
        None => Ok(unit),
        Some(_) => Err(Error::NotFound),
    }
}

fn parsed(form: &Form) -> Result<OfficeFields> {
    let mut check = Check::new();
    let fields = OfficeFields {
        name: check.line("name", form.get("name"), 2, 200),
        letterhead: head_lines(&mut check, form),
        address: check.line("address", form.get("address"), 2, 300),
        city: check.line("city", form.get("city"), 2, 100),
        letter_number: number_pattern(&mut check, form),
        head: OfficialFields {
            office: check.line("office", form.get("office"), 2, 200),
            name: check.line("official", form.get("official"), 2, 150),
            rank: check
                .optional("rank", form.get("rank"), 80)
                .unwrap_or_default(),
            nip: nip_of(&mut check, form),
            division: None,
            superior: None,
        },
    };
    check.finish()?;
    Ok(fields)
}

#[handler]
async fn new_office(SignedIn(ctx): SignedIn, Path(code): Path<String>) -> Result<Response> {
    let unit = keeper(&ctx, &code).await?;
    let form = empty_form()
        .with("letterhead", unit.government.to_uppercase())
        .with("city", &unit.city);
    page_of(&ctx, &unit, form, &[])
}

#[handler]
async fn add_office(
    SignedIn(ctx): SignedIn,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = keeper(&ctx, &code).await?;
    let registered = match parsed(&form) {
        Ok(fields) => inviting::register(&ctx, &unit, fields).await,
        Err(error) => Err(error),
    };
    match registered {
        Ok(code) => Ok(ctx.redirect_with(
            &format!("/kerja/instansi/{code}"),
            FlashKind::Ok,
            &Message::new("unit-office-registered"),
        )),
        Err(Error::Invalid(faults)) => page_of(&ctx, &unit, empty_form().typed(&form), &faults),
        Err(error) => Err(error),
    }
}
