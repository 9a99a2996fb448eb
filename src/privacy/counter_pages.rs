//! `/kerja/permintaan-data/baru`: somebody came to the counter and asks about their data.

use poem::{Response, Route, get, handler, http::StatusCode};
use serde::Serialize;

use super::{
    rules::Wish,
    taking::{self, Taken, Typed},
};
use crate::{
    access::{Ctx, SignedIn},
    calendar::dates,
    complaints::rules::grouped,
    organisation,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route.at("/kerja/permintaan-data/baru", get(show).post(take))
}

#[derive(Serialize)]
struct CounterPage {
    errors: Vec<ErrorLine>,
    form: FormView,
    choose_unit: bool,
}

impl Page for CounterPage {
    const TEMPLATE: &'static str = "privacy/counter";
    fn title(&self, locale: Locale) -> String {
        t(locale, "privacy-counter-title")
    }
}

/// What the person takes home; the code is shown once.
#[derive(Serialize)]
struct SlipPage {
    number: String,
    code: Vec<String>,
    wish: String,
    unit: String,
    due: String,
    href: String,
    status_url: String,
}

impl Page for SlipPage {
    const TEMPLATE: &'static str = "privacy/counter_slip";
    fn title(&self, locale: Locale) -> String {
        t(locale, "privacy-taken-title")
    }
}

async fn form_page(
    ctx: &Ctx,
    form: Option<&Form>,
    faults: &[FieldError],
    said: Option<String>,
) -> Result<Response> {
    let locale = ctx.locale();
    let units = taking::counters(ctx).await?;
    let first = units.first().map(|unit| unit.code.clone());
    let options: Vec<(String, String)> = units
        .into_iter()
        .map(|unit| (unit.code, unit.name))
        .collect();
    let choose_unit = options.len() > 1;
    let wishes = Wish::all().map(|wish| {
        let label = t(locale, &format!("privacy-wish-{}", wish.code()));
        (wish.code(), label)
    });
    let mut view = FormView::new()
        .choice("wish", true, wishes.collect())
        .choice("unit", true, options)
        .field("name", true, 120)
        .field("phone", false, 40)
        .field("email", false, 254)
        .field("how", true, 300)
        .field("number", false, 40)
        .field("code", false, 40)
        .field("words", false, 3000)
        .with("wish", Wish::Access.code())
        .with("unit", first.unwrap_or_default());
    if let Some(form) = form {
        view = view.typed(form);
    }
    let (form, mut errors) = view.refused(faults, locale);
    errors.extend(said.map(|message| ErrorLine {
        field: "wish".to_owned(),
        message,
    }));
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = CounterPage {
        errors,
        form,
        choose_unit,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn) -> Result<Response> {
    form_page(&ctx, None, &[], None).await
}

fn slip(ctx: &Ctx, taken: &Taken) -> Result<Response> {
    let (locale, of) = (ctx.locale(), &taken.request);
    let zone = organisation::zone_of(&taken.unit)?;
    ctx.page(&SlipPage {
        number: of.number.clone(),
        code: grouped(&taken.code),
        wish: t(locale, &format!("privacy-wish-{}", of.wish.code())),
        unit: taken.unit.name.clone(),
        due: dates::date_time(&of.due_at.with_timezone(&zone), locale),
        href: format!("/kerja/permintaan-data/{}", of.id),
        status_url: ctx.app.url("/data-pribadi/status"),
    })
}

#[handler]
async fn take(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let get = |name: &str| form.get(name).to_owned();
    let typed = Typed {
        unit: get("unit"),
        wish: get("wish"),
        number: get("number"),
        code: get("code"),
        name: get("name"),
        email: get("email"),
        phone: get("phone"),
        words: get("words"),
    };
    match taking::take_at_counter(&ctx, &typed, form.get("how")).await {
        Ok(taken) => slip(&ctx, &taken),
        Err(Error::Invalid(faults)) => form_page(&ctx, Some(&form), &faults, None).await,
        Err(error @ Error::Rule { .. }) => {
            form_page(&ctx, Some(&form), &[], Some(error.text(ctx.locale()))).await
        }
        Err(other) => Err(other),
    }
}
