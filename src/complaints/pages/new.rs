//! The public form in two steps: write, check. The second page carries everything as hidden fields, so
//! nothing is stored before the citizen sends it, and no script is needed.

use poem::{
    Response, handler,
    http::{StatusCode, header},
    web::Query,
};
use serde::{Deserialize, Serialize};

use super::{FactView, Kept, status};
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    complaints::{
        explain,
        identity::Identity,
        intake::{self, Draft, Filing, Once},
        rules::{self, Kind},
        services,
        ways::{self, WayView},
        words,
    },
    organisation::{self, Unit},
    platform::{
        crypto,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

/// What the form sends, in the order in which its page shows it.
pub(super) const FIELDS: [&str; 10] = [
    "unit",
    "kind",
    "service",
    "subject",
    "description",
    "name",
    "phone",
    "email",
    "anonymous",
    "confidential",
];

#[derive(Serialize)]
struct NewPage {
    errors: Vec<ErrorLine>,
    dots: [bool; 2],
    due_words: String,
    unit: String,
    unit_name: String,
    form_key: String,
    fields: FormView,
    /// For those who would rather come, call or write.
    ways: Vec<WayView>,
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "complaints/new";
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

#[derive(Serialize)]
struct CheckPage {
    errors: Vec<ErrorLine>,
    dots: [bool; 2],
    hidden: Vec<Kept>,
    sections: Vec<Section>,
    due_words: String,
    told_words: String,
    sees_words: String,
}

#[derive(Serialize)]
struct Section {
    title: String,
    facts: Vec<FactView>,
}

impl Page for CheckPage {
    const TEMPLATE: &'static str = "complaints/check";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-check-title")
    }
}

pub(super) fn draft_of(form: &Form) -> Draft {
    Draft {
        unit: form.get("unit").to_owned(),
        kind: form.get("kind").to_owned(),
        subject: form.get("subject").to_owned(),
        description: form.get("description").to_owned(),
        service: form.get("service").to_owned(),
        anonymous: form.is_on("anonymous"),
        confidential: form.is_on("confidential"),
        name: form.get("name").to_owned(),
        email: form.get("email").to_owned(),
        phone: form.get("phone").to_owned(),
        brief: false,
    }
}

/// The fields with their choices, empty.
pub(super) async fn fields(ctx: &Ctx, unit: &Unit) -> Result<FormView> {
    let mut choices = services::offered(&ctx.app.db, unit.id).await?;
    if !choices.is_empty() {
        let none = t(ctx.locale(), "complaints-field-service-none");
        choices.insert(0, (String::new(), none));
    }
    Ok(kinds(FormView::new(), ctx.locale())
        .choice("service", false, choices)
        .field("subject", true, 150)
        .field("description", true, 5000)
        .field("name", false, 120)
        .field("phone", false, 40)
        .field("email", false, 254)
        .field("anonymous", false, 0)
        .field("confidential", false, 0))
}

/// What was typed; a form that names no kind keeps the usual one.
pub(super) fn typed(view: FormView, form: &Form) -> FormView {
    let view = view.typed(form);
    match form.get("kind") {
        "" => view.with("kind", Kind::default().code()),
        _ => view,
    }
}

/// What it is: a complaint, unless somebody says otherwise.
fn kinds(view: FormView, locale: Locale) -> FormView {
    let kinds = Kind::all().map(|kind| (kind.code(), words::kind(kind, locale)));
    let mut view = view
        .choice("kind", true, kinds.collect())
        .with("kind", Kind::default().code());
    for option in view
        .fields
        .get_mut("kind")
        .into_iter()
        .flat_map(|f| &mut f.options)
    {
        let key = format!("complaint-kind-{}-hint", option.value.replace('_', "-"));
        option.hint = Some(t(locale, &key));
    }
    view
}

async fn page(
    ctx: &Ctx,
    unit: &Unit,
    form: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let zone = organisation::zone_of(unit)?;
    let now = ctx.now.with_timezone(&zone);
    let due_at = explain::promise(&ctx.app.db, unit.id, now, Kind::default())
        .await?
        .due_at;
    let mut view = fields(ctx, unit).await?;
    if let Some(form) = form {
        view = typed(view, form);
    }
    let key = form.map(|form| form.get("form_key")).unwrap_or_default();
    let (fields, errors) = view.refused(faults, locale);
    let page = NewPage {
        errors,
        dots: [true, false],
        due_words: Message::new("complaints-new-due")
            .with("at", dates::date_time(&due_at.with_timezone(&zone), locale))
            .text(locale),
        unit: unit.code.clone(),
        unit_name: unit.name.clone(),
        form_key: if key.is_empty() {
            crypto::random_token()
        } else {
            key.to_owned()
        },
        fields,
        ways: ways::public_ways(&ctx.app.db, unit.id, locale).await?,
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
pub(super) async fn show_form(
    Public(ctx): Public,
    Query(query): Query<Chosen>,
) -> Result<Response> {
    let named = query.unit.filter(|code| !code.is_empty());
    let unit = match named {
        Some(code) => Some(organisation::unit_by_code(&ctx.app.db, &code).await?),
        None => organisation::default_unit(&ctx).await?,
    };
    match unit.filter(|unit| unit.serves_public) {
        Some(unit) => {
            let service = query.layanan.unwrap_or_default();
            let chosen = Form::of(&[("service", service.as_str())]);
            page(&ctx, &unit, Some(&chosen), &[]).await
        }
        None => {
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
    }
}

/// Somebody reloads the address of a step that takes a form only.
#[handler]
pub(super) fn form_again(Public(ctx): Public) -> Response {
    ctx.redirect("/pengaduan/baru")
}

/// Back from the check, with everything that was typed.
#[handler]
pub(super) async fn change_form(Public(ctx): Public, form: Form) -> Result<Response> {
    let unit = organisation::unit_by_code(&ctx.app.db, form.get("unit")).await?;
    page(&ctx, &unit, Some(&form), &[]).await
}

#[handler]
pub(super) async fn show_check(Public(ctx): Public, form: Form) -> Result<Response> {
    match intake::check(&ctx, &draft_of(&form), "").await {
        Ok(filing) => check_page(&ctx, &form, &filing, Vec::new()).await,
        Err(error) => refused(&ctx, &form, error).await,
    }
}

/// The form again with what was typed; without a known unit there is no form to show.
async fn refused(ctx: &Ctx, form: &Form, error: Error) -> Result<Response> {
    match error {
        Error::Invalid(faults) => {
            match organisation::unit_by_code(&ctx.app.db, form.get("unit")).await {
                Ok(unit) => page(ctx, &unit, Some(form), &faults).await,
                Err(_) => Err(Error::Invalid(faults)),
            }
        }
        Error::TooMany {
            retry_after_seconds,
        } => too_many(ctx, form, retry_after_seconds).await,
        other => Err(other),
    }
}

/// Others on the same network filed many: nothing of this one is lost, and the page can send it later.
async fn too_many(ctx: &Ctx, form: &Form, retry_after_seconds: u64) -> Result<Response> {
    let filing = intake::check(ctx, &draft_of(form), "").await?;
    let message = Message::new("complaints-check-too-many")
        .with("minutes", retry_after_seconds.div_ceil(60))
        .text(ctx.locale());
    let line = ErrorLine {
        field: String::new(),
        message,
    };
    let mut response = check_page(ctx, form, &filing, vec![line]).await?;
    response.set_status(StatusCode::TOO_MANY_REQUESTS);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, retry_after_seconds.into());
    Ok(response)
}

async fn check_page(
    ctx: &Ctx,
    form: &Form,
    filing: &Filing,
    errors: Vec<ErrorLine>,
) -> Result<Response> {
    let locale = ctx.locale();
    let unit = &filing.unit;
    let zone = organisation::zone_of(unit)?;
    let now = ctx.now.with_timezone(&zone);
    let promise = explain::promise(&ctx.app.db, unit.id, now, filing.kind).await?;
    let due_at = promise.due_at;
    let due = dates::date_time(&due_at.with_timezone(&zone), locale);
    let privacy = (filing.anonymous, filing.confidential);
    let page = CheckPage {
        errors,
        dots: [true, true],
        hidden: FIELDS
            .into_iter()
            .chain(["form_key"])
            .map(|name| Kept {
                name,
                value: form.get(name).to_owned(),
            })
            .collect(),
        sections: sections(ctx, filing).await?,
        due_words: Message::new("complaints-check-due")
            .with("at", due)
            .text(locale),
        told_words: told_words(filing.identity.email.as_deref(), locale),
        sees_words: sees_words(privacy, &filing.identity, locale),
    };
    ctx.page_in(&organisation::brand_of(unit), &page)
}

/// How the citizen hears of it.
pub(super) fn told_words(email: Option<&str>, locale: Locale) -> String {
    match email {
        Some(address) => Message::new("complaints-told-mail")
            .with("address", mail_hint(address))
            .text(locale),
        None => t(locale, "complaints-told-nobody"),
    }
}

/// Who sees it; of a name that was not given nothing is said.
pub(super) fn sees_words(
    (anonymous, confidential): (bool, bool),
    given: &Identity,
    locale: Locale,
) -> String {
    let key = match (given.is_empty(), confidential) {
        (true, false) => "complaints-privacy-nameless-sees".to_owned(),
        (true, true) => "complaints-privacy-nameless-confidential-sees".to_owned(),
        _ => format!(
            "complaints-privacy-{}-sees",
            words::privacy(anonymous, confidential)
        ),
    };
    t(locale, &key)
}

/// `b•••••@contoh.example`.
fn mail_hint(address: &str) -> String {
    match address.split_once('@') {
        Some((name, host)) => format!("{}@{host}", rules::masked(name)),
        None => rules::masked(address),
    }
}

async fn sections(ctx: &Ctx, filing: &Filing) -> Result<Vec<Section>> {
    let locale = ctx.locale();
    let label = |key: &str| t(locale, key);
    let given = |text: &Option<String>| {
        text.clone()
            .unwrap_or_else(|| label("complaints-not-given"))
    };
    let mut complaint = vec![
        FactView::new(label("complaints-field-unit"), filing.unit.name.clone()),
        FactView::new(
            label("complaints-fact-kind"),
            words::kind(filing.kind, locale),
        ),
    ];
    if let Some(code) = &filing.service {
        let title = services::title(&ctx.app.db, filing.unit.id, code).await?;
        complaint.push(FactView::new(label("complaints-field-service"), title));
    }
    complaint.push(FactView::new(
        label("complaints-field-subject"),
        &filing.subject,
    ));
    complaint.push(FactView::new(
        label("complaints-field-description"),
        &filing.description,
    ));
    let you = vec![
        FactView::new(label("complaints-field-name"), given(&filing.identity.name)),
        FactView::new(
            label("complaints-field-phone"),
            given(&filing.identity.phone),
        ),
        FactView::new(
            label("complaints-field-email"),
            given(&filing.identity.email),
        ),
    ];
    let choice = words::privacy(filing.anonymous, filing.confidential);
    let privacy = vec![FactView::new(
        label("complaints-field-privacy"),
        t(locale, &format!("complaints-privacy-{choice}")),
    )];
    Ok([
        ("complaints-new-section-complaint", complaint),
        ("complaints-new-section-you", you),
        ("complaints-new-section-privacy", privacy),
    ]
    .map(|(title, facts)| Section {
        title: label(title),
        facts,
    })
    .into())
}

/// Files it. The receipt is reached by a redirect; the cookie, not the address, opens it.
#[handler]
pub(super) async fn send(Public(ctx): Public, form: Form) -> Result<Response> {
    let key = form.get("form_key");
    let once = if (16..=100).contains(&key.len()) {
        Once::Form(key.to_owned())
    } else {
        Once::Never
    };
    match intake::file(&ctx, &draft_of(&form), "", &once).await {
        Ok(filed) => {
            let mut response = ctx.redirect("/pengaduan/tanda-terima");
            status::allow(&ctx, &mut response, filed.complaint.id);
            Ok(response)
        }
        Err(error) => refused(&ctx, &form, error).await,
    }
}
