//! The staff of a unit: a list, and a form for each account.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    ctx::{Ctx, SignedIn},
    entity::{PersonId, Role},
    people::{self, Member, PersonFields},
    policy::Permission,
};
use crate::{
    organisation::{self, DivisionId, Unit},
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

const LIST: &str = "/kerja/pegawai";

pub fn routes(route: Route) -> Route {
    route
        .at(LIST, get(list_people))
        .at("/kerja/pegawai/baru", get(new_person).post(add_person))
        .at("/kerja/pegawai/:id", get(edit_person).post(change_person))
        .at("/kerja/pegawai/:id/tautan", post(send_link))
        .at("/kerja/pegawai/:id/tutup", post(close_account))
        .at("/kerja/pegawai/:id/buka", post(open_account))
}

#[derive(Serialize)]
struct PeoplePage {
    rows: Vec<PersonRow>,
    may_add: bool,
}

#[derive(Serialize)]
struct PersonRow {
    href: String,
    name: String,
    email: String,
    roles: Vec<String>,
    closed: bool,
    /// The password was never set: the link was not used yet.
    waiting: bool,
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "access/people";
    fn title(&self, locale: Locale) -> String {
        t(locale, "people-title")
    }
}

/// The units whose staff the caller looks after.
async fn units(ctx: &Ctx) -> Result<Vec<Unit>> {
    let scope = ctx.require_scope(Permission::ManagePeople)?;
    let mut units = organisation::managed_units(&ctx.app.db).await?;
    // Nobody works in an office that only invites.
    units.retain(|unit| unit.kept_by.is_none() && scope.covers(unit.id, None));
    Ok(units)
}

/// "Petugas pengaduan", "Penangan bidang (Fasilitasi)"; with several units each with its own.
async fn role_texts(ctx: &Ctx, member: &Member, units: &[Unit]) -> Result<Vec<String>> {
    let locale = ctx.locale();
    let mut texts = Vec::new();
    for grant in &member.grants {
        let mut text = t(locale, &grant.role.message_key());
        if let Some(division) = grant.division_id {
            let division = organisation::division(&ctx.app.db, division).await?;
            text = format!("{text} ({})", division.name);
        }
        let unit = units.iter().find(|unit| Some(unit.id) == grant.unit_id);
        texts.push(match unit {
            Some(unit) if units.len() > 1 => format!("{text}, {}", unit.short_name),
            _ => text,
        });
    }
    Ok(texts)
}

#[handler]
async fn list_people(SignedIn(ctx): SignedIn) -> Result<Response> {
    let units = units(&ctx).await?;
    let mut rows = Vec::new();
    for member in people::list(&ctx).await? {
        rows.push(PersonRow {
            href: format!("{LIST}/{}", member.person.id),
            roles: role_texts(&ctx, &member, &units).await?,
            closed: !member.person.active,
            waiting: member.person.password_hash.is_empty(),
            name: member.person.name,
            email: member.person.email,
        });
    }
    let page = PeoplePage {
        rows,
        may_add: !units.is_empty(),
    };
    ctx.page_of(None, StatusCode::OK, &page)
}

#[derive(Serialize)]
struct PersonPage {
    heading: String,
    action: String,
    email: Option<String>,
    form: FormView,
    roles: Vec<OptionView>,
    roles_error: Option<String>,
    errors: Vec<ErrorLine>,
    /// For an account that is there: what can be done with it.
    link_action: Option<String>,
    close_action: Option<String>,
    open_action: Option<String>,
    waiting: bool,
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "access/person";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

async fn empty_form(ctx: &Ctx, units: &[Unit]) -> Result<FormView> {
    let locale = ctx.locale();
    let mut divisions = vec![(String::new(), t(locale, "people-no-division"))];
    for unit in units {
        for division in organisation::divisions(&ctx.app.db, unit.id).await? {
            let name = match units.len() {
                1 => division.name,
                _ => format!("{}: {}", unit.short_name, division.name),
            };
            divisions.push((division.id.to_string(), name));
        }
    }
    let choices = units
        .iter()
        .map(|unit| (unit.id.to_string(), unit.name.clone()))
        .collect();
    Ok(FormView::new()
        .choice("unit", true, choices)
        .field("name", true, 120)
        .field("email", true, 254)
        .choice("division", false, divisions))
}

fn role_options(ctx: &Ctx, chosen: &[Role]) -> Vec<OptionView> {
    let given = people::roles_to_give(&ctx.scope(Permission::ManagePeople));
    let locale = ctx.locale();
    let options = given.into_iter().map(|role| OptionView {
        value: role.code(),
        label: t(locale, &role.message_key()),
        hint: Some(t(locale, &format!("{}-hint", role.message_key()))),
        selected: chosen.contains(&role),
    });
    options.collect()
}

fn chosen_roles(form: &Form) -> Vec<Role> {
    form.all("roles")
        .into_iter()
        .filter_map(Role::parse)
        .collect()
}

fn page_of(
    ctx: &Ctx,
    member: Option<&Member>,
    (form, roles): (FormView, &[Role]),
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let (form, errors) = form.refused(faults, locale);
    let about_roles = faults.iter().find(|fault| fault.field == "roles");
    let own = member.map(|one| format!("{LIST}/{}", one.person.id));
    let to = |step: &str| own.as_ref().map(|own| format!("{own}/{step}"));
    let active = member.is_some_and(|one| one.person.active);
    let oneself = member.is_some_and(|one| ctx.person_id() == Some(one.person.id));
    let page = PersonPage {
        heading: member.map_or_else(|| t(locale, "people-new"), |one| one.person.name.clone()),
        action: own.clone().unwrap_or_else(|| format!("{LIST}/baru")),
        email: member.map(|one| one.person.email.clone()),
        form,
        roles: role_options(ctx, roles),
        roles_error: about_roles.map(|fault| fault.message.text(locale)),
        errors,
        link_action: to("tautan").filter(|_| active),
        close_action: to("tutup").filter(|_| active && !oneself),
        open_action: to("buka").filter(|_| !active),
        waiting: member.is_some_and(|one| one.person.password_hash.is_empty()),
    };
    let status = match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(None, status, &page)
}

fn parsed(form: &Form) -> Result<PersonFields> {
    let mut check = Check::new();
    let raw = form.get("division").trim();
    let fields = PersonFields {
        name: check.line("name", form.get("name"), 2, 120),
        roles: chosen_roles(form),
        division: match raw.is_empty() {
            true => None,
            false => check.choice("division", raw, |raw| DivisionId::parse(raw).ok()),
        },
    };
    check.finish()?;
    Ok(fields)
}

/// The unit of the form; a single one is no choice.
fn unit_of<'a>(units: &'a [Unit], form: &Form) -> Result<&'a Unit> {
    let chosen = units
        .iter()
        .find(|unit| unit.id.to_string() == form.get("unit"));
    match (chosen, units) {
        (Some(unit), _) | (None, [unit]) => Ok(unit),
        _ => Err(Error::field("unit", Message::new("field-choose"))),
    }
}

#[handler]
async fn new_person(SignedIn(ctx): SignedIn) -> Result<Response> {
    let form = empty_form(&ctx, &units(&ctx).await?).await?;
    page_of(&ctx, None, (form, &[]), &[])
}

async fn added(ctx: &Ctx, units: &[Unit], form: &Form) -> Result<()> {
    let unit = unit_of(units, form)?;
    let mut check = Check::new();
    let email = check.email("email", form.get("email"));
    if email.is_none() && form.get("email").trim().is_empty() {
        check.fault("email", Message::new("field-required"));
    }
    let fields = parsed(form);
    // Every fault at once, whichever part found it.
    match (check.finish(), fields) {
        (Ok(()), Ok(fields)) => people::add(ctx, unit.id, &email.unwrap_or_default(), fields).await,
        (Err(Error::Invalid(mut first)), Err(Error::Invalid(more))) => {
            first.extend(more);
            Err(Error::Invalid(first))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

#[handler]
async fn add_person(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let units = units(&ctx).await?;
    match added(&ctx, &units, &form).await {
        Ok(()) => {
            let message = Message::new("people-added").with("email", form.get("email").trim());
            Ok(ctx.redirect_with(LIST, FlashKind::Ok, &message))
        }
        Err(Error::Invalid(faults)) => {
            let typed = empty_form(&ctx, &units).await?.typed(&form);
            page_of(&ctx, None, (typed, &chosen_roles(&form)), &faults)
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn edit_person(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let member = people::get(&ctx, PersonId::parse(&id)?).await?;
    let units = units(&ctx).await?;
    // Of several units the one where the first role is.
    let unit = member.grants.iter().find_map(|grant| grant.unit_id);
    let here = |grant: &&super::entity::role_grant::Model| grant.unit_id == unit;
    let roles: Vec<Role> = member
        .grants
        .iter()
        .filter(here)
        .map(|one| one.role)
        .collect();
    let division = member
        .grants
        .iter()
        .filter(here)
        .find_map(|one| one.division_id);
    let text = |id: Option<String>| id.unwrap_or_default();
    let form = empty_form(&ctx, &units)
        .await?
        .with("unit", text(unit.map(|id| id.to_string())))
        .with("name", &member.person.name)
        .with("division", text(division.map(|id| id.to_string())));
    page_of(&ctx, Some(&member), (form, &roles), &[])
}

#[handler]
async fn change_person(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let member = people::get(&ctx, PersonId::parse(&id)?).await?;
    let units = units(&ctx).await?;
    let changed = match (unit_of(&units, &form), parsed(&form)) {
        (Ok(unit), Ok(fields)) => people::change(&ctx, member.person.id, unit.id, fields).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    match changed {
        Ok(()) => Ok(ctx.redirect_with(LIST, FlashKind::Ok, &Message::new("people-changed"))),
        Err(Error::Invalid(faults)) => {
            let typed = empty_form(&ctx, &units).await?.typed(&form);
            page_of(&ctx, Some(&member), (typed, &chosen_roles(&form)), &faults)
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn send_link(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    people::send_link(&ctx, PersonId::parse(&id)?).await?;
    Ok(ctx.redirect_with(LIST, FlashKind::Ok, &Message::new("people-link-sent")))
}

#[handler]
async fn close_account(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    people::set_active(&ctx, PersonId::parse(&id)?, false).await?;
    Ok(ctx.redirect_with(LIST, FlashKind::Ok, &Message::new("people-closed")))
}

#[handler]
async fn open_account(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    _form: Form,
) -> Result<Response> {
    people::set_active(&ctx, PersonId::parse(&id)?, true).await?;
    Ok(ctx.redirect_with(LIST, FlashKind::Ok, &Message::new("people-opened")))
}
