//! Making and changing an action item.

use chrono::NaiveDate;
use poem::{
    Response, handler,
    http::StatusCode,
    web::{Data, Path, Query as Address},
};
use serde::{Deserialize, Serialize};

use super::LIST;
use crate::{
    access::{Ctx, Permission, SignedIn},
    action_plans::{
        ActionItemId, NewAction, PeopleLookup, SourceKind, SourceLookup, SourceRef,
        budget::{self, Budget},
        due_days,
        links::people_behind,
        service,
        views::{self, Detail},
    },
    calendar,
    organisation::{self, OfficialId, Unit},
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        traces,
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

/// What an action can be made from: `agreed_point:ID`, `complaint:NUMBER`, `survey_element:time@PERIOD`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    sumber: String,
    unit: String,
}

#[derive(Serialize)]
struct FormPage {
    heading: String,
    lead: String,
    action: String,
    back_href: String,
    errors: Vec<ErrorLine>,
    fields: FormView,
    version: Option<i32>,
    /// The due day of an action that exists: it is put off on its own page, with a reason.
    due_fixed: Option<String>,
    unit: String,
    source: Option<SourceView>,
    submit: String,
}

#[derive(Serialize)]
struct SourceView {
    /// Sent back with the form.
    value: String,
    label: String,
    href: Option<String>,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "action_plans/form";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

/// Fields of an action in a unit.
pub async fn fields(ctx: &Ctx, unit: &Unit) -> Result<FormView> {
    let locale = ctx.locale();
    let db = &ctx.app.db;
    let choose = |key: &str| vec![(String::new(), t(locale, key))];
    let known = organisation::divisions(db, unit.id).await?;
    let mut divisions = choose(match known.is_empty() {
        true => "action-no-divisions",
        false => "action-choose-division",
    });
    for division in known {
        divisions.push((division.code, division.name));
    }
    let mut owners = choose("action-choose-owner");
    for official in organisation::officials(db, unit.id).await? {
        let label = format!("{}: {}", official.office, official.name);
        owners.push((official.id.to_string(), label));
    }
    Ok(FormView::new()
        .field("title", true, 160)
        .field("description", true, 2000)
        .choice("division", true, divisions)
        .choice("owner", false, owners)
        .field("due_on", true, 0)
        .field("indicator", true, 300)
        .field("target", true, 300)
        .field("budget_year", false, 4)
        .field("budget_amount", false, 20)
        .field("budget_source", false, 120)
        .field("looked", false, 0))
}

/// Reads and checks the form of a new action; `people` are those of the forums that it comes from.
pub async fn parsed(ctx: &Ctx, unit: &Unit, form: &Form, people: &[String]) -> Result<NewAction> {
    parsed_for(ctx, unit, (form, people), None).await
}

/// The same; the due day of an action that exists is not asked.
async fn parsed_for(
    ctx: &Ctx,
    unit: &Unit,
    (form, people): (&Form, &[String]),
    due: Option<NaiveDate>,
) -> Result<NewAction> {
    let db = &ctx.app.db;
    let mut check = Check::new();
    let title = check.line("title", form.get("title"), 5, 160);
    let description = check.text("description", form.get("description"), 10, 2000);
    let divisions = organisation::divisions(db, unit.id).await?;
    let division = check.choice("division", form.get("division"), |code| {
        let mut found = divisions.iter().filter(|one| one.code == code);
        found.next().map(|one| one.id)
    });
    let officials = organisation::officials(db, unit.id).await?;
    let known = |text: &str| {
        let id = OfficialId::parse(text).ok()?;
        officials.iter().any(|one| one.id == id).then_some(id)
    };
    let owner = match form.get("owner") {
        "" => None,
        text => check.choice("owner", text, known),
    };
    let due_on = match due {
        Some(day) => day,
        None => {
            let day = check.date("due_on", form.get("due_on"));
            let today = ctx.today_in(organisation::zone_of(unit)?);
            let within = (day, today..=NaiveDate::MAX);
            // What is no day at all is refused as such.
            if day.to_string() == form.get("due_on").trim()
                && let Some(message) = due_days::refused(db, ctx, unit, within).await?
            {
                check.fault("due_on", message);
            }
            day
        }
    };
    let indicator = check.line("indicator", form.get("indicator"), 3, 300);
    let target = check.line("target", form.get("target"), 1, 300);
    let budget = ["budget_year", "budget_amount", "budget_source"].map(|name| form.get(name));
    let budget = Budget::read(&mut check, budget);
    check.finish()?;
    let texts: [&str; 4] = [&title, &description, &indicator, &target];
    look_first((form, "looked"), &texts, people)?;
    Ok(NewAction {
        unit: unit.id,
        title,
        description,
        division,
        owner,
        due_on,
        indicator,
        target,
        budget,
    })
}

/// Asks for a look at words that name one of these people, seem to name somebody or hold a number or an address: everybody
/// reads a promise, its milestones, why it was put off and why it was given up.
pub(super) fn look_first(
    (form, tick): (&Form, &'static str),
    texts: &[&str],
    people: &[String],
) -> Result<()> {
    if form.is_on(tick) {
        return Ok(());
    }
    let words = traces::to_look_at(texts, people);
    if words.is_empty() {
        return Ok(());
    }
    let message = Message::new("action-look-first").with("words", words.join("; "));
    Err(Error::field(tick, message))
}

/// A source as an address or a form names it, and as its own capability describes it.
struct Named {
    text: String,
    found: SourceRef,
}

async fn source(ctx: &Ctx, lookup: SourceLookup, text: &str) -> Result<Option<Named>> {
    if text.is_empty() {
        return Ok(None);
    }
    let (kind, id) = text.split_once(':').ok_or(Error::NotFound)?;
    let kind = SourceKind::parse(kind).ok_or(Error::NotFound)?;
    let found = lookup(ctx, kind, id).await?;
    Ok(Some(Named {
        text: text.to_owned(),
        found,
    }))
}

/// The unit for which an action is made: that of the source, the one named, or the only one of the caller.
async fn unit_for(ctx: &Ctx, source: Option<&Named>, code: &str) -> Result<Unit> {
    let scope = ctx.require_scope(Permission::ManageActions)?;
    let db = &ctx.app.db;
    let unit = match (source.and_then(|source| source.found.unit), code) {
        (Some(unit), _) => organisation::unit(db, unit).await?,
        (None, "") => {
            let first = scope.units.first().copied().ok_or(Error::Forbidden)?;
            organisation::unit(db, first).await?
        }
        (None, code) => organisation::unit_by_code(db, code).await?,
    };
    ctx.require(Permission::ManageActions, unit.id)?;
    Ok(unit)
}

fn new_page(
    ctx: &Ctx,
    unit: &Unit,
    source: Option<Named>,
    fields: FormView,
    faults: &[FieldError],
) -> FormPage {
    let locale = ctx.locale();
    let (fields, errors) = fields.refused(faults, locale);
    FormPage {
        heading: t(locale, "action-new-title"),
        lead: t(locale, "action-new-lead"),
        action: format!("{LIST}/baru"),
        back_href: LIST.to_owned(),
        errors,
        fields,
        version: None,
        due_fixed: None,
        unit: unit.code.clone(),
        source: source.map(|Named { text, found }| SourceView {
            value: text,
            label: match (locale, found.label_en) {
                (Locale::En, Some(english)) => english,
                _ => found.label,
            },
            href: found.href,
        }),
        submit: t(locale, "action-new-do"),
    }
}

#[handler]
pub async fn new_form(
    SignedIn(ctx): SignedIn,
    Data(lookup): Data<&SourceLookup>,
    Address(from): Address<From>,
) -> Result<Response> {
    ctx.require_scope(Permission::ManageActions)?;
    let source = source(&ctx, *lookup, &from.sumber).await?;
    let unit = unit_for(&ctx, source.as_ref(), &from.unit).await?;
    let fields = fields(&ctx, &unit).await?;
    ctx.page(&new_page(&ctx, &unit, source, fields, &[]))
}

#[handler]
pub async fn create_item(
    SignedIn(ctx): SignedIn,
    Data(lookup): Data<&SourceLookup>,
    Data(people): Data<&PeopleLookup>,
    form: Form,
) -> Result<Response> {
    ctx.require_scope(Permission::ManageActions)?;
    let source = source(&ctx, *lookup, form.get("source")).await?;
    let unit = unit_for(&ctx, source.as_ref(), form.get("unit")).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let behind = source
        .iter()
        .map(|one| (one.found.kind, one.found.id.clone()));
    let people = people(&ctx, &behind.collect::<Vec<_>>()).await?;
    let made = match parsed(&ctx, &unit, &form, &people).await {
        // A promise that is late when it is made is a mistyped year. Old ones are imported, or moved later.
        Ok(new) if new.due_on < today => {
            Err(Error::field("due_on", Message::new("action-due-in-past")))
        }
        Ok(new) => {
            let sources = source.iter().map(|one| one.found.clone()).collect();
            service::add(&ctx, new, sources).await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(id) => {
            let told = Message::new("action-created");
            Ok(ctx.redirect_with(&format!("{LIST}/{id}"), FlashKind::Ok, &told))
        }
        Err(Error::Invalid(faults)) => {
            let fields = fields(&ctx, &unit).await?.typed(&form);
            let page = new_page(&ctx, &unit, source, fields, &faults);
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

fn edit_page(ctx: &Ctx, detail: &Detail, fields: FormView, faults: &[FieldError]) -> FormPage {
    let locale = ctx.locale();
    let (fields, errors) = fields.refused(faults, locale);
    let item = &detail.row.item;
    FormPage {
        heading: Message::new("action-edit-title")
            .with("code", &item.code)
            .text(locale),
        lead: t(locale, "action-edit-lead"),
        action: format!("{LIST}/{}/ubah", item.id),
        back_href: format!("{LIST}/{}", item.id),
        errors,
        fields,
        version: Some(item.version),
        due_fixed: Some(calendar::dates::long_date(item.due_on, locale)),
        unit: detail.unit.code.clone(),
        source: None,
        submit: t(locale, "action-edit-do"),
    }
}

async fn editable(ctx: &Ctx, id: &str) -> Result<Detail> {
    let detail = views::show(ctx, ActionItemId::parse(id)?).await?;
    ctx.require(Permission::ManageActions, detail.unit.id)?;
    Ok(detail)
}

fn number(value: Option<i64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[handler]
pub async fn edit_form(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let detail = editable(&ctx, &id).await?;
    let item = &detail.row.item;
    let owner = item.owner_id.map(|id| id.to_string()).unwrap_or_default();
    let division = detail.row.division.as_ref().map(|one| one.code.clone());
    let fields = fields(&ctx, &detail.unit)
        .await?
        .with("title", &item.title)
        .with("description", &item.description)
        .with("division", division.unwrap_or_default())
        .with("owner", owner)
        .with("due_on", item.due_on.to_string())
        .with("indicator", &item.indicator)
        .with("target", &item.target)
        .with("budget_year", number(item.budget_year.map(i64::from)))
        .with(
            "budget_amount",
            item.budget_amount.map(budget::written).unwrap_or_default(),
        )
        .with(
            "budget_source",
            item.budget_source.clone().unwrap_or_default(),
        );
    ctx.page(&edit_page(&ctx, &detail, fields, &[]))
}

#[handler]
pub async fn change_item(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(people): Data<&PeopleLookup>,
    form: Form,
) -> Result<Response> {
    let mut detail = editable(&ctx, &id).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let item = detail.row.item.id;
    let due_on = detail.row.item.due_on;
    let people = people_behind(&ctx, *people, item).await?;
    let changed = match parsed_for(&ctx, &detail.unit, (&form, &people), Some(due_on)).await {
        Ok(new) => service::change(&ctx, item, version, new).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => {
            let path = format!("{LIST}/{item}");
            let told = Message::new("action-changed");
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &told))
        }
        Err(Error::Invalid(faults)) => {
            // What was seen stays what is compared: a second editor is still told.
            detail.row.item.version = version;
            let fields = fields(&ctx, &detail.unit).await?.typed(&form);
            let page = edit_page(&ctx, &detail, fields, &faults);
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}
