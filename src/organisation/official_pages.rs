//! Divisions and officials of a unit: one form for all divisions, one for each official.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    entity::{DivisionId, OfficialId, official, unit},
    managing::{self, DivisionIn, OfficialFields},
    rules::{Nip, UnitCode},
    service, store,
    unit_pages::{href_of, own},
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

const SPARE: usize = 2;
const MOST_DIVISIONS: usize = 60;

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/instansi/:code/bidang",
            get(edit_divisions).post(change_divisions),
        )
        .at(
            "/kerja/instansi/:code/pejabat/baru",
            get(new_official).post(add_official),
        )
        .at(
            "/kerja/instansi/:code/pejabat/:id",
            get(edit_official).post(change_official),
        )
        .at(
            "/kerja/instansi/:code/pejabat/:id/jabatan",
            post(set_in_office),
        )
}

#[derive(Serialize)]
struct DivisionsPage {
    unit: String,
    back_href: String,
    action: String,
    version: i32,
    lines: Vec<DivisionLine>,
    errors: Vec<ErrorLine>,
}

#[derive(Default, Serialize)]
struct DivisionLine {
    index: usize,
    number: usize,
    id: String,
    code: String,
    name: String,
    head_position: String,
}

impl Page for DivisionsPage {
    const TEMPLATE: &'static str = "organisation/divisions";
    fn title(&self, locale: Locale) -> String {
        t(locale, "unit-divisions-title")
    }
}

fn divisions_page(
    ctx: &Ctx,
    unit: &unit::Model,
    version: i32,
    mut lines: Vec<DivisionLine>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    for (index, line) in lines.iter_mut().enumerate() {
        (line.index, line.number) = (index, index + 1);
    }
    let named = |fault: &FieldError| {
        let line = fault
            .field
            .rsplit('_')
            .next()
            .and_then(|at| at.parse::<usize>().ok());
        let number = line.map_or(0, |at| at + 1);
        let start = Message::new("unit-division-line").with("number", number);
        ErrorLine {
            field: fault.field.clone(),
            message: format!("{}: {}", start.text(locale), fault.message.text(locale)),
        }
    };
    let back_href = href_of(unit);
    let page = DivisionsPage {
        unit: unit.name.clone(),
        action: format!("{back_href}/bidang"),
        back_href,
        version,
        lines,
        errors: faults.iter().map(named).collect(),
    };
    ctx.page_of(Some(&service::brand_of(unit)), status_of(faults), &page)
}

fn status_of(faults: &[FieldError]) -> StatusCode {
    match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

#[handler]
async fn edit_divisions(SignedIn(ctx): SignedIn, Path(code): Path<String>) -> Result<Response> {
    let unit = managing::get(&ctx, &code).await?;
    let divisions = store::divisions(&ctx.app.db, unit.id).await?;
    let lines = divisions
        .into_iter()
        .map(|one| DivisionLine {
            id: one.id.to_string(),
            code: one.code,
            name: one.name,
            head_position: one.head_position,
            ..DivisionLine::default()
        })
        .chain((0..SPARE).map(|_| DivisionLine::default()))
        .collect();
    divisions_page(&ctx, &unit, unit.version, lines, &[])
}

/// The lines as they were sent, empty ones too.
fn typed_divisions(form: &Form) -> Vec<DivisionLine> {
    let column = |name: &str| {
        let values = form.all(name);
        move |at: usize| values.get(at).copied().unwrap_or("").trim().to_owned()
    };
    let (ids, codes, heads) = (column("id"), column("code"), column("head_position"));
    let names = form.all("name").into_iter();
    names
        .enumerate()
        .map(|(at, name)| DivisionLine {
            id: ids(at),
            code: codes(at),
            name: name.trim().to_owned(),
            head_position: heads(at),
            ..DivisionLine::default()
        })
        .collect()
}

fn parsed_divisions(lines: &[DivisionLine]) -> Result<Vec<DivisionIn>> {
    let mut check = Check::new();
    let mut found: Vec<DivisionIn> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let empty = [&line.code, &line.name, &line.head_position];
        if line.id.is_empty() && empty.iter().all(|text| text.is_empty()) {
            continue;
        }
        let field = format!("division_code_{at}");
        let id = DivisionId::parse(&line.id).ok();
        if id.is_none() {
            let twice = found.iter().any(|other| other.code == line.code);
            match UnitCode::parse(&line.code) {
                None => check.fault(&field, Message::new("unit-division-code")),
                Some(_) if twice => check.fault(&field, Message::new("unit-division-known")),
                Some(_) => {}
            }
        }
        found.push(DivisionIn {
            id,
            code: line.code.clone(),
            name: check.line(&format!("division_name_{at}"), &line.name, 2, 150),
            head_position: check.line(&format!("division_head_{at}"), &line.head_position, 2, 150),
        });
    }
    if found.len() > MOST_DIVISIONS {
        let message = Message::new("form-rows-most").with("most", MOST_DIVISIONS);
        check.fault(&format!("division_name_{}", lines.len() - 1), message);
    }
    check.finish()?;
    Ok(found)
}

#[handler]
async fn change_divisions(
    SignedIn(ctx): SignedIn,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = managing::get(&ctx, &code).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let mut lines = typed_divisions(&form);
    if form.adds_to("divisions") {
        lines.extend((0..SPARE).map(|_| DivisionLine::default()));
        return divisions_page(&ctx, &unit, version, lines, &[]);
    }
    let changed = match parsed_divisions(&lines) {
        Ok(divisions) => managing::set_divisions(&ctx, &code, version, divisions).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(saved(&ctx, &unit, "unit-divisions-changed")),
        Err(Error::Invalid(faults)) => divisions_page(&ctx, &unit, version, lines, &faults),
        Err(error) => Err(error),
    }
}

fn saved(ctx: &Ctx, unit: &unit::Model, key: &str) -> Response {
    ctx.redirect_with(&href_of(unit), FlashKind::Ok, &Message::new(key))
}

#[derive(Serialize)]
struct OfficialPage {
    heading: String,
    unit: String,
    back_href: String,
    action: String,
    /// Null for a new one.
    version: Option<i32>,
    office_action: Option<String>,
    left: bool,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for OfficialPage {
    const TEMPLATE: &'static str = "organisation/official";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

/// Superiors may sit in a unit above: a head of office reports to the provincial secretary.
async fn empty_form(ctx: &Ctx, unit: &unit::Model, but: Option<OfficialId>) -> Result<FormView> {
    let (db, locale) = (&ctx.app.db, ctx.locale());
    let none = |key: &str| vec![(String::new(), t(locale, key))];
    let mut divisions = none("unit-official-no-division");
    for one in store::divisions(db, unit.id).await? {
        divisions.push((one.id.to_string(), one.name));
    }
    let mut superiors = none("unit-official-no-superior");
    let above = match unit.parent_id {
        Some(parent) => store::officials(db, parent).await?,
        None => Vec::new(),
    };
    for one in store::officials(db, unit.id)
        .await?
        .into_iter()
        .chain(above)
    {
        if Some(one.id) != but {
            superiors.push((one.id.to_string(), format!("{} ({})", one.office, one.name)));
        }
    }
    Ok(FormView::new()
        .field("name", true, 150)
        .field("office", true, 200)
        .field("rank", false, 80)
        .field("nip", false, 30)
        .choice("division", false, divisions)
        .choice("superior", false, superiors))
}

fn official_page(
    ctx: &Ctx,
    unit: &unit::Model,
    editing: Option<(&official::Model, i32)>,
    form: FormView,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let (form, errors) = form.refused(faults, locale);
    let back_href = href_of(unit);
    let own = editing.map(|(one, _)| format!("{back_href}/pejabat/{}", one.id));
    let page = OfficialPage {
        heading: editing.map_or_else(
            || t(locale, "unit-official-new"),
            |(one, _)| one.office.clone(),
        ),
        unit: unit.name.clone(),
        action: own
            .clone()
            .unwrap_or_else(|| format!("{back_href}/pejabat/baru")),
        office_action: own.map(|own| format!("{own}/jabatan")),
        back_href,
        version: editing.map(|(_, version)| version),
        left: editing.is_some_and(|(one, _)| one.left_at.is_some()),
        form,
        errors,
    };
    ctx.page_of(Some(&service::brand_of(unit)), status_of(faults), &page)
}

/// 18 digits, or none: a regent has none.
pub(super) fn nip_of(check: &mut Check, form: &Form) -> String {
    let typed = form.get("nip").trim();
    match Nip::parse(typed) {
        Ok(nip) => return nip.as_str().to_owned(),
        Err(_) if typed.is_empty() => {}
        Err(_) => check.fault("nip", Message::new("unit-official-nip")),
    }
    String::new()
}

fn parsed_official(form: &Form) -> Result<OfficialFields> {
    let mut check = Check::new();
    let nip = nip_of(&mut check, form);
    let chosen = |name: &str| form.get(name).trim().to_owned();
    let (division, superior) = (chosen("division"), chosen("superior"));
    let fields = OfficialFields {
        name: check.line("name", form.get("name"), 2, 150),
        office: check.line("office", form.get("office"), 2, 200),
        rank: check
            .optional("rank", form.get("rank"), 80)
            .unwrap_or_default(),
        nip,
        division: match division.is_empty() {
            true => None,
            false => check.choice("division", &division, |raw| DivisionId::parse(raw).ok()),
        },
        superior: match superior.is_empty() {
            true => None,
            false => check.choice("superior", &superior, |raw| OfficialId::parse(raw).ok()),
        },
    };
    check.finish()?;
    Ok(fields)
}

#[handler]
async fn new_official(SignedIn(ctx): SignedIn, Path(code): Path<String>) -> Result<Response> {
    let unit = managing::get(&ctx, &code).await?;
    let form = empty_form(&ctx, &unit, None).await?;
    official_page(&ctx, &unit, None, form, &[])
}

#[handler]
async fn add_official(
    SignedIn(ctx): SignedIn,
    Path(code): Path<String>,
    form: Form,
) -> Result<Response> {
    let unit = managing::get(&ctx, &code).await?;
    let added = match parsed_official(&form) {
        Ok(fields) => managing::add_official(&ctx, &unit, fields).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(()) => Ok(saved(&ctx, &unit, "unit-official-added")),
        Err(Error::Invalid(faults)) => {
            let typed = empty_form(&ctx, &unit, None).await?.typed(&form);
            official_page(&ctx, &unit, None, typed, &faults)
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn edit_official(
    SignedIn(ctx): SignedIn,
    Path((code, id)): Path<(String, String)>,
) -> Result<Response> {
    let (unit, one) = own(&ctx, &code, &id).await?;
    let id = |id: Option<String>| id.unwrap_or_default();
    let form = empty_form(&ctx, &unit, Some(one.id))
        .await?
        .with("name", &one.name)
        .with("office", &one.office)
        .with("rank", &one.rank)
        .with("nip", super::nip_text(&one.nip))
        .with("division", id(one.division_id.map(|id| id.to_string())))
        .with("superior", id(one.superior_id.map(|id| id.to_string())));
    official_page(&ctx, &unit, Some((&one, one.version)), form, &[])
}

#[handler]
async fn change_official(
    SignedIn(ctx): SignedIn,
    Path((code, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (unit, one) = own(&ctx, &code, &id).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let changed = match parsed_official(&form) {
        Ok(fields) => managing::change_official(&ctx, &one, version, fields).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(saved(&ctx, &unit, "unit-official-changed")),
        Err(Error::Invalid(faults)) => {
            let typed = empty_form(&ctx, &unit, Some(one.id)).await?.typed(&form);
            official_page(&ctx, &unit, Some((&one, version)), typed, &faults)
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn set_in_office(
    SignedIn(ctx): SignedIn,
    Path((code, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (unit, one) = own(&ctx, &code, &id).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let there = one.left_at.is_some();
    managing::set_in_office(&ctx, &one, version, there).await?;
    let key = match there {
        true => "unit-official-back",
        false => "unit-official-left",
    };
    Ok(saved(&ctx, &unit, key))
}
