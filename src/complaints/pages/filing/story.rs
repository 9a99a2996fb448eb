//! The first page: what happened. Nothing of the office's words has to be known.

use poem::{Request, Response, handler, http::StatusCode, web::Query};
use serde::{Deserialize, Serialize};

use super::{STORY, arrive, begun, dots, faults_of, onward};
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    complaints::{
        explain,
        filing::{self, Content, categories},
        intake,
        pages::new::{fields, typed},
        rules::{Channel, Kind},
        ways::{self, WayView},
    },
    organisation::{self, Unit},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::{Cookie, FlashKind},
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
struct StoryPage {
    errors: Vec<ErrorLine>,
    dots: [bool; 4],
    due_words: String,
    unit: String,
    unit_name: String,
    /// Empty before the page was sent once.
    form: String,
    /// Another form of this browser that was not sent.
    unfinished: Option<String>,
    continue_href: &'static str,
    /// Other ways to reach the unit: nobody has to be able to use a form.
    ways: Vec<WayView>,
    fields: FormView,
}

impl Page for StoryPage {
    const TEMPLATE: &'static str = "filing/story";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-new-title")
    }
}

/// Which unit is it for? Shown where an installation serves several and none was named.
#[derive(Serialize)]
struct UnitsPage {
    units: Vec<UnitLink>,
}

#[derive(Serialize)]
struct UnitLink {
    name: String,
    place: String,
    href: String,
}

impl Page for UnitsPage {
    const TEMPLATE: &'static str = "complaints/units";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-units-title")
    }
}

/// What a page knows beside the fields.
#[derive(Default)]
struct Known {
    form: String,
    unfinished: Option<String>,
}

async fn page(
    ctx: &Ctx,
    unit: &Unit,
    form: &Form,
    faults: &[FieldError],
    known: Known,
) -> Result<Response> {
    let locale = ctx.locale();
    let zone = organisation::zone_of(unit)?;
    let now = ctx.now.with_timezone(&zone);
    let promise = explain::promise(&ctx.app.db, unit.id, now, Kind::default()).await?;
    let due = dates::date_time(&promise.due_at.with_timezone(&zone), locale);
    let mut offered = categories::offered(&ctx.app.db, unit.id).await?;
    if !offered.is_empty() {
        offered.insert(0, (String::new(), t(locale, "filing-category-none")));
    }
    let view = fields(ctx, unit).await?.choice("category", false, offered);
    let mut ways = ways::public_ways(&ctx.app.db, unit.id, locale).await?;
    ways.retain(|way| way.code != Channel::Web.code());
    let (fields, errors) = typed(view, form).refused(faults, locale);
    let page = StoryPage {
        errors,
        dots: dots(1),
        due_words: Message::new("complaints-new-due")
            .with("at", due)
            .text(locale),
        unit: unit.code.clone(),
        unit_name: unit.name.clone(),
        form: known.form,
        unfinished: known.unfinished,
        continue_href: STORY,
        ways,
        fields,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(Some(&organisation::brand_of(unit)), status, &page)
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    unit: Option<String>,
    /// The service whose page led here.
    layanan: Option<String>,
}

#[handler]
pub(super) async fn show_new(
    Public(ctx): Public,
    request: &Request,
    Query(query): Query<Chosen>,
) -> Result<Response> {
    let code = query.unit.filter(|code| !code.is_empty());
    let unit = match code {
        Some(code) => Some(organisation::unit_by_code(&ctx.app.db, &code).await?),
        None => organisation::default_unit(&ctx).await?,
    };
    let Some(unit) = unit.filter(|unit| unit.serves_public) else {
        return units(&ctx).await;
    };
    // A form that was begun is named and not shown: this may be somebody else's phone.
    let before = begun(&ctx, request, None).await?;
    let before = before.filter(|begun| begun.became.is_none());
    let service = query.layanan.unwrap_or_default();
    let chosen = Form::of(&[("service", service.as_str())]);
    let known = Known {
        form: String::new(),
        unfinished: before.map(|begun| begun.key),
    };
    page(&ctx, &unit, &chosen, &[], known).await
}

async fn units(ctx: &Ctx) -> Result<Response> {
    let units = organisation::units(&ctx.app.db).await?;
    ctx.page(&UnitsPage {
        units: units
            .into_iter()
            .map(|unit| UnitLink {
                href: format!("/pengaduan/baru?unit={}", unit.code),
                place: unit.city,
                name: unit.name,
            })
            .collect(),
    })
}

/// Somebody reloads the address that takes a form only.
#[handler]
pub(super) fn from_the_start(Public(ctx): Public) -> Response {
    ctx.redirect("/pengaduan/baru")
}

/// Back from a later page, with everything that was typed.
#[handler]
pub(super) async fn show_again(Public(ctx): Public, request: &Request) -> Result<Response> {
    match arrive(&ctx, request, None).await? {
        super::At::Elsewhere(response) => Ok(response),
        super::At::Here(begun) => refused(&ctx, &begun, &[]).await,
    }
}

/// The page with what the form holds, and what is wrong with it.
pub(super) async fn refused(
    ctx: &Ctx,
    begun: &filing::Begun,
    faults: &[FieldError],
) -> Result<Response> {
    let unit = organisation::unit(&ctx.app.db, begun.unit).await?;
    let content = &begun.content;
    let form = Form::of(&[
        ("kind", &content.kind),
        ("service", &content.service),
        ("category", &content.category),
        ("subject", &content.subject),
        ("description", &content.description),
    ]);
    let known = Known {
        form: begun.key.clone(),
        unfinished: None,
    };
    page(ctx, &unit, &form, faults, known).await
}

/// What the page sends, over what the form holds.
fn told(before: Content, form: &Form) -> Content {
    let mut content = Content {
        unit: form.get("unit").to_owned(),
        kind: form.get("kind").to_owned(),
        service: form.get("service").to_owned(),
        subject: form.get("subject").to_owned(),
        description: form.get("description").to_owned(),
        ..before
    };
    if content.category != form.get("category") {
        form.get("category").clone_into(&mut content.category);
        content.answers = Vec::new();
        content.detailed = false;
    }
    content
}

/// All faults of the story at once.
async fn check(ctx: &Ctx, content: &Content) -> Result<Unit> {
    let mut draft = content.draft();
    // Who it is is asked later.
    draft.name.clear();
    draft.email.clear();
    draft.phone.clear();
    let unit = organisation::unit_by_code(&ctx.app.db, content.unit.trim()).await;
    let mut faults = match intake::check(ctx, &draft, "").await {
        Ok(_) => Vec::new(),
        Err(error) => faults_of(error)?,
    };
    if let Ok(unit) = &unit
        && let Err(error) = categories::named(&ctx.app.db, unit.id, &content.category).await
    {
        faults.extend(faults_of(error)?);
    }
    if faults.is_empty() {
        unit
    } else {
        Err(Error::Invalid(faults))
    }
}

#[handler]
pub(super) async fn keep(Public(ctx): Public, request: &Request, form: Form) -> Result<Response> {
    // A form that was sent is over: what comes from its page now is another one.
    let named = !form.get("form").is_empty();
    let before = match named {
        true => begun(&ctx, request, Some(&form)).await?,
        false => None,
    };
    let before = before.filter(|begun| begun.became.is_none());
    let held = before.as_ref().map(|begun| begun.content.clone());
    let content = told(held.unwrap_or_default(), &form);
    let unit = match check(&ctx, &content).await {
        Ok(unit) => unit,
        Err(error) => {
            let faults = faults_of(error)?;
            let unit = organisation::unit_by_code(&ctx.app.db, form.get("unit")).await;
            let Ok(unit) = unit else {
                return Err(Error::Invalid(faults));
            };
            let known = Known {
                form: before.map(|begun| begun.key).unwrap_or_default(),
                unfinished: None,
            };
            return page(&ctx, &unit, &form, &faults, known).await;
        }
    };
    let begun = match before {
        Some(mut begun) if begun.unit == unit.id => {
            begun.content = content;
            filing::save(&ctx, &begun).await?;
            begun
        }
        _ => filing::begin(&ctx, &unit, content).await?,
    };
    Ok(onward(&ctx, &begun))
}

/// Nothing of it is left, here and there.
#[handler]
pub(super) async fn throw_away(
    Public(ctx): Public,
    request: &Request,
    form: Form,
) -> Result<Response> {
    if let Some(begun) = begun(&ctx, request, Some(&form)).await? {
        filing::discard(&ctx, &begun).await?;
    }
    let message = Message::new("filing-thrown-away");
    let mut response = ctx.redirect_with("/pengaduan/baru", FlashKind::Ok, &message);
    Cookie::Form.clear(&ctx.app, &mut response);
    Ok(response)
}
