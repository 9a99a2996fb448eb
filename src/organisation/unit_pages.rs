//! The pages of a unit for its administrator: an overview, and one form each for profile, divisions and officials.

use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    entity::{OfficialId, official, unit, unit_contact::ContactPurpose},
    inviting_pages, managing, official_pages, profile_pages, service, store,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    platform::{
        error::Result,
        i18n::{Locale, t},
        web::pages::Page,
    },
};

const LIST: &str = "/kerja/instansi";

pub fn routes(route: Route) -> Route {
    let route = route
        .at(LIST, get(list_units))
        .at("/kerja/instansi/:code", get(show_unit));
    inviting_pages::routes(official_pages::routes(profile_pages::routes(route)))
}

pub(super) fn href_of(unit: &unit::Model) -> String {
    format!("{LIST}/{}", unit.code)
}

#[derive(Serialize)]
struct UnitsPage {
    rows: Vec<UnitRow>,
}

#[derive(Serialize)]
struct UnitRow {
    href: String,
    name: String,
    code: String,
}

impl Page for UnitsPage {
    const TEMPLATE: &'static str = "organisation/units";
    fn title(&self, locale: Locale) -> String {
        t(locale, "unit-list-title")
    }
}

/// One unit is no choice.
#[handler]
async fn list_units(SignedIn(ctx): SignedIn) -> Result<Response> {
    let units = managing::managed(&ctx).await?;
    if let [one] = units.as_slice() {
        return Ok(ctx.redirect(&href_of(one)));
    }
    let rows = units
        .iter()
        .map(|unit| UnitRow {
            href: href_of(unit),
            name: unit.name.clone(),
            code: unit.code.clone(),
        })
        .collect();
    ctx.page_of(None, StatusCode::OK, &UnitsPage { rows })
}

#[derive(Serialize)]
struct UnitPage {
    name: String,
    base: String,
    facts: Vec<FactView>,
    letterhead: Vec<String>,
    contacts: Vec<FactView>,
    divisions: Vec<DivisionRow>,
    officials: Vec<OfficialRow>,
    /// Nobody is at the head: letters and reports have no signatory.
    headless: bool,
    people_href: Option<&'static str>,
    /// Of an inviting office: the unit that keeps it.
    keeper: Option<LinkView>,
    /// Offices in whose name this unit invites.
    offices: Vec<LinkView>,
}

#[derive(Serialize)]
struct LinkView {
    href: String,
    name: String,
}

impl LinkView {
    fn of(unit: &unit::Model) -> Self {
        Self {
            href: href_of(unit),
            name: unit.name.clone(),
        }
    }
}

#[derive(Serialize)]
struct FactView {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct DivisionRow {
    name: String,
    code: String,
    head_position: String,
}

#[derive(Serialize)]
struct OfficialRow {
    href: String,
    name: String,
    office: String,
    rank: String,
    nip: String,
    superior: String,
    left: bool,
}

impl Page for UnitPage {
    const TEMPLATE: &'static str = "organisation/unit";
    fn title(&self, _: Locale) -> String {
        self.name.clone()
    }
}

pub(super) fn purpose_label(purpose: ContactPurpose, locale: Locale) -> String {
    t(locale, &format!("unit-contact-{}", purpose_code(purpose)))
}

pub(super) fn purpose_code(purpose: ContactPurpose) -> &'static str {
    match purpose {
        ContactPurpose::General => "general",
        ContactPurpose::Complaint => "complaint",
        ContactPurpose::Fax => "fax",
        ContactPurpose::Email => "email",
        ContactPurpose::Website => "website",
        ContactPurpose::Whatsapp => "whatsapp",
    }
}

pub(super) const PURPOSES: [ContactPurpose; 6] = [
    ContactPurpose::General,
    ContactPurpose::Complaint,
    ContactPurpose::Email,
    ContactPurpose::Whatsapp,
    ContactPurpose::Website,
    ContactPurpose::Fax,
];

fn facts_of(unit: &unit::Model, locale: Locale) -> Vec<FactView> {
    let prefix = match unit.kept_by {
        Some(_) => "",
        None => unit.complaint_prefix.as_str(),
    };
    [
        ("unit-field-short-name", unit.short_name.as_str()),
        ("unit-field-government", unit.government.as_str()),
        ("unit-field-province", unit.province.as_str()),
        ("unit-field-city", unit.city.as_str()),
        ("unit-field-jurisdiction", unit.jurisdiction.as_str()),
        ("unit-field-legal-basis", unit.legal_basis.as_str()),
        ("unit-field-address", unit.address.as_str()),
        ("unit-field-postcode", unit.postcode.as_str()),
        ("unit-field-website", unit.website.as_str()),
        ("unit-field-letter-number", unit.letter_number.as_str()),
        ("unit-field-zone", unit.zone.as_str()),
        ("unit-field-prefix", prefix),
        ("unit-field-code", unit.code.as_str()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(key, text)| FactView {
        term: t(locale, key),
        text: text.to_owned(),
    })
    .collect()
}

#[handler]
async fn show_unit(SignedIn(ctx): SignedIn, Path(code): Path<String>) -> Result<Response> {
    let unit = managing::get(&ctx, &code).await?;
    let (db, locale) = (&ctx.app.db, ctx.locale());
    let divisions = store::divisions(db, unit.id).await?;
    let officials = store::officials_ever(db, unit.id).await?;
    let base = href_of(&unit);
    let contacts = store::contacts(db, unit.id).await?;
    let mut rows: Vec<OfficialRow> = Vec::new();
    for one in &officials {
        let superior = match one.superior_id {
            Some(id) => store::official(db, id).await?.office,
            None => String::new(),
        };
        rows.push(official_row(&base, one, superior));
    }
    // Who left stands below those in office.
    rows.sort_by_key(|row| row.left);
    let keeper = match unit.kept_by {
        Some(keeper) => Some(LinkView::of(&store::unit(db, keeper).await?)),
        None => None,
    };
    let offices = store::kept_by(db, unit.id).await?;
    let page = UnitPage {
        keeper,
        offices: offices.iter().map(LinkView::of).collect(),
        facts: facts_of(&unit, locale),
        letterhead: [unit.letterhead.0.clone(), unit.letterhead_more.0.clone()].concat(),
        contacts: contacts
            .iter()
            .map(|one| {
                let term = match one.label.is_empty() {
                    true => purpose_label(one.purpose, locale),
                    false => one.label.clone(),
                };
                FactView {
                    term,
                    text: one.value.clone(),
                }
            })
            .collect(),
        headless: service::head_of(db, unit.id).await.is_err(),
        people_href: (unit.kept_by.is_none() && !ctx.scope(Permission::ManagePeople).is_empty())
            .then_some("/kerja/pegawai"),
        divisions: divisions
            .into_iter()
            .map(|one| DivisionRow {
                name: one.name,
                code: one.code,
                head_position: one.head_position,
            })
            .collect(),
        officials: rows,
        name: unit.name.clone(),
        base,
    };
    ctx.page_of(Some(&service::brand_of(&unit)), StatusCode::OK, &page)
}

fn official_row(base: &str, one: &official::Model, superior: String) -> OfficialRow {
    OfficialRow {
        href: format!("{base}/pejabat/{}", one.id),
        name: one.name.clone(),
        office: one.office.clone(),
        rank: one.rank.clone(),
        nip: super::nip_text(&one.nip),
        superior,
        left: one.left_at.is_some(),
    }
}

/// An official of the unit in the address.
pub(super) async fn own(ctx: &Ctx, code: &str, id: &str) -> Result<(unit::Model, official::Model)> {
    let unit = managing::get(ctx, code).await?;
    let official = managing::official_of(ctx, &unit, OfficialId::parse(id)?).await?;
    Ok((unit, official))
}
