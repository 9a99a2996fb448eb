//! The form of a unit's profile: names, letterhead, number pattern and contacts.

use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    entity::unit,
    managing::{self, ContactIn, UnitFields},
    service, store,
    unit_pages::{PURPOSES, href_of, purpose_code, purpose_label},
};
use crate::{
    access::{Ctx, SignedIn},
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView, OptionView},
            pages::Page,
        },
    },
};

/// Empty lines below the contacts that are there.
const SPARE: usize = 2;
const MOST_CONTACTS: usize = 20;
const MOST_HEAD_LINES: usize = 6;

pub fn routes(route: Route) -> Route {
    route.at(
        "/kerja/instansi/:code/profil",
        get(edit_unit).post(change_unit),
    )
}

#[derive(Serialize)]
struct ProfilePage {
    unit: String,
    back_href: String,
    action: String,
    version: i32,
    form: FormView,
    contacts: Vec<ContactLine>,
    errors: Vec<ErrorLine>,
}

#[derive(Default, Serialize)]
struct ContactLine {
    index: usize,
    number: usize,
    purposes: Vec<OptionView>,
    label: String,
    value: String,
}

impl Page for ProfilePage {
    const TEMPLATE: &'static str = "organisation/profile";
    fn title(&self, locale: Locale) -> String {
        t(locale, "unit-profile-title")
    }
}

/// Field, whether it is needed, longest.
const FIELDS: [(&str, bool, usize); 12] = [
    ("name", true, 200),
    ("short_name", true, 60),
    ("government", true, 200),
    ("province", true, 100),
    ("city", true, 100),
    ("jurisdiction", true, 200),
    ("legal_basis", false, 500),
    ("address", true, 300),
    ("postcode", false, 5),
    ("website", false, 200),
    ("letterhead", true, 600),
    ("letter_number", false, 100),
];

fn empty_form() -> FormView {
    FIELDS
        .iter()
        .fold(FormView::new(), |view, (name, needed, most)| {
            view.field(name, *needed, *most)
        })
}

fn form_of(unit: &unit::Model) -> FormView {
    empty_form()
        .with("name", &unit.name)
        .with("short_name", &unit.short_name)
        .with("government", &unit.government)
        .with("province", &unit.province)
        .with("city", &unit.city)
        .with("jurisdiction", &unit.jurisdiction)
        .with("legal_basis", &unit.legal_basis)
        .with("address", &unit.address)
        .with("postcode", &unit.postcode)
        .with("website", &unit.website)
        .with("letterhead", unit.letterhead.0.join("\n"))
        .with("letter_number", &unit.letter_number)
}

fn lines_of(contacts: Vec<(String, String, String)>, locale: Locale) -> Vec<ContactLine> {
    let spare = (0..SPARE).map(|_| (String::new(), String::new(), String::new()));
    let all = contacts.into_iter().chain(spare).enumerate();
    all.map(|(index, (purpose, label, value))| ContactLine {
        index,
        number: index + 1,
        purposes: PURPOSES
            .into_iter()
            .map(|one| OptionView {
                value: purpose_code(one).to_owned(),
                label: purpose_label(one, locale),
                selected: purpose_code(one) == purpose,
                ..OptionView::default()
            })
            .collect(),
        label,
        value,
    })
    .collect()
}

/// The number of a line stands before its fault; the other fields speak for themselves.
fn with_line(faults: &[FieldError], locale: Locale) -> Vec<FieldError> {
    let named = faults.iter().cloned().map(|mut fault| {
        let line = fault.field.strip_prefix("contact_value_");
        if let Some(index) = line.and_then(|index| index.parse::<usize>().ok()) {
            fault.message = Message::new("unit-contact-fault")
                .with("number", index + 1)
                .with("fault", fault.message.text(locale));
        }
        fault
    });
    named.collect()
}

fn profile_page(
    ctx: &Ctx,
    unit: &unit::Model,
    version: i32,
    (form, contacts): (FormView, Vec<ContactLine>),
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let (form, errors) = form.refused(&with_line(faults, locale), locale);
    let back_href = href_of(unit);
    let page = ProfilePage {
        unit: unit.name.clone(),
        action: format!("{back_href}/profil"),
        back_href,
        version,
        form,
        contacts,
        errors,
    };
    let status = match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(Some(&service::brand_of(unit)), status, &page)
}

#[handler]
async fn edit_unit(SignedIn(ctx): SignedIn, Path(code): Path<String>) -> Result<Response> {
    let unit = managing::get(&ctx, &code).await?;
    let contacts = store::contacts(&ctx.app.db, unit.id).await?;
    let contacts = contacts
        .into_iter()
        .map(|one| (purpose_code(one.purpose).to_owned(), one.label, one.value))
        .collect();
    let lines = lines_of(contacts, ctx.locale());
    profile_page(&ctx, &unit, unit.version, (form_of(&unit), lines), &[])
}

/// The head of letters, a line each.
pub(super) fn head_lines(check: &mut Check, form: &Form) -> Vec<String> {
    let typed = check.text("letterhead", form.get("letterhead"), 2, 600);
    let lines: Vec<String> = typed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    if lines.len() > MOST_HEAD_LINES {
        let message = Message::new("unit-letterhead-long").with("most", MOST_HEAD_LINES);
        check.fault("letterhead", message);
    }
    lines
}

/// How letters are numbered; empty where nobody says so.
pub(super) fn number_pattern(check: &mut Check, form: &Form) -> String {
    let pattern = check
        .optional("letter_number", form.get("letter_number"), 100)
        .unwrap_or_default();
    let filled = |part: &str| pattern.matches(part).count() == 1;
    let whole = filled("{nomor}") && filled("{tahun}");
    if !pattern.is_empty() && !whole {
        check.fault("letter_number", Message::new("unit-letter-number-pattern"));
    }
    pattern
}

/// Where an office works need not be said of one that only invites: it serves nobody.
fn parsed(form: &Form, invites_only: bool) -> Result<UnitFields> {
    let mut check = Check::new();
    let line = |check: &mut Check, name: &str| {
        let (_, needed, most) = FIELDS
            .iter()
            .find(|field| field.0 == name)
            .copied()
            .unwrap_or(("", true, 200));
        match needed && !(invites_only && name == "jurisdiction") {
            true => check.line(name, form.get(name), 2, most),
            false => check
                .optional(name, form.get(name), most)
                .unwrap_or_default(),
        }
    };
    let letterhead = head_lines(&mut check, form);
    let letter_number = number_pattern(&mut check, form);
    let postcode = line(&mut check, "postcode");
    let five_digits = postcode.len() == 5 && postcode.bytes().all(|b| b.is_ascii_digit());
    if !postcode.is_empty() && postcode.chars().count() <= 5 && !five_digits {
        check.fault("postcode", Message::new("unit-postcode-digits"));
    }
    let website = line(&mut check, "website");
    if !website.is_empty() && url::Url::parse(&website).is_err() {
        check.fault("website", Message::new("unit-website-address"));
    }
    let mut contacts = Vec::new();
    let labels = form.all("contact_label");
    let purposes = form.all("contact_purpose");
    for (index, value) in form.all("contact_value").into_iter().enumerate() {
        let field = format!("contact_value_{index}");
        let label = labels.get(index).copied().unwrap_or_default();
        if value.trim().is_empty() && label.trim().is_empty() {
            continue;
        }
        let purpose = purposes.get(index).copied().unwrap_or_default();
        let known = |raw: &str| PURPOSES.into_iter().find(|one| purpose_code(*one) == raw);
        if let Some(purpose) = check.choice(&field, purpose, known) {
            contacts.push(ContactIn {
                purpose,
                label: check.optional(&field, label, 80).unwrap_or_default(),
                value: check.line(&field, value, 3, 200),
            });
        }
    }
    if contacts.len() > MOST_CONTACTS {
        let last = form.all("contact_value").len() - 1;
        let message = Message::new("form-rows-most").with("most", MOST_CONTACTS);
        check.fault(&format!("contact_value_{last}"), message);
    }
    let fields = UnitFields {
        name: line(&mut check, "name"),
        short_name: line(&mut check, "short_name"),
        government: line(&mut check, "government"),
        province: line(&mut check, "province"),
        city: line(&mut check, "city"),
        jurisdiction: line(&mut check, "jurisdiction"),
        legal_basis: line(&mut check, "legal_basis"),
        address: line(&mut check, "address"),
        postcode,
        website,
        letterhead,
        letter_number,
        contacts,
    };
    check.finish()?;
    Ok(fields)
}

#[handler]
async fn change_unit(
    SignedIn(ctx): SignedIn,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = managing::get(&ctx, &code).await?;
    let version = form.get("version").parse().unwrap_or_default();
    if form.adds_to("contacts") {
        return typed_page(&ctx, &unit, version, &form, &[]);
    }
    let changed = match parsed(&form, unit.kept_by.is_some()) {
        Ok(fields) => managing::change(&ctx, &code, version, fields).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(ctx.redirect_with(
            &href_of(&unit),
            FlashKind::Ok,
            &Message::new("unit-changed"),
        )),
        Err(Error::Invalid(faults)) => typed_page(&ctx, &unit, version, &form, &faults),
        Err(error) => Err(error),
    }
}

/// What was typed, with empty lines below the contacts.
fn typed_page(
    ctx: &Ctx,
    unit: &unit::Model,
    version: i32,
    form: &Form,
    faults: &[FieldError],
) -> Result<Response> {
    let (purposes, labels) = (form.all("contact_purpose"), form.all("contact_label"));
    let text = |list: &[&str], at: usize| list.get(at).copied().unwrap_or("").to_owned();
    let values = form.all("contact_value").into_iter().enumerate();
    let typed = values
        .map(|(at, value)| (text(&purposes, at), text(&labels, at), value.to_owned()))
        .collect();
    let lines = lines_of(typed, ctx.locale());
    profile_page(
        ctx,
        unit,
        version,
        (empty_form().typed(form), lines),
        faults,
    )
}
