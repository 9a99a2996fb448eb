//! `/kerja/survei/{id}/unsur`: which elements are asked, in which order, with which weights.

use poem::{Response, Route, get, handler, post, web::Path};
use serde::Serialize;

use super::{
    pages::{period_of, told, which},
    reading,
    rules::{
        MOST_ELEMENTS, WeightFault, billionths, check_weights, decimal_of, may_change, may_take_out,
    },
    service::{self, ElementFields},
    taking_out,
    views::{HeadView, Refusal, RowField, base_of, head, refusal_of},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    organisation,
    platform::{
        check::Check,
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form},
            pages::Page,
        },
    },
    surveys::{self, entity::setup::period, pressed, results::localised},
};

/// Empty rows for elements of the unit's own.
const NEW_ROWS: usize = 2;
/// As many rows as a page may show: own ones, all of the usual nine that are not asked, and the empty ones.
const MOST_ROWS: usize = MOST_ELEMENTS + 9 + NEW_ROWS;

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/survei/:id/unsur", get(show).post(save))
        .at("/kerja/survei/:id/unsur/keluarkan", post(take_out))
}

#[derive(Serialize)]
struct ElementsPage {
    head: HeadView,
    action: String,
    rows: Vec<RowView>,
    fixed: bool,
    /// Of a period that is over: elements that keep it from having an index.
    unanswered: Vec<UnansweredView>,
    refused: Option<String>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct UnansweredView {
    id: String,
    name: String,
    answers: String,
    action: String,
}

#[derive(Serialize)]
struct RowView {
    legend: String,
    /// Name and value of the hidden field that says which element it is.
    id_name: String,
    id: String,
    place: RowField,
    name_id: RowField,
    name_en: RowField,
    weight: RowField,
}

impl Page for ElementsPage {
    const TEMPLATE: &'static str = "surveys/elements";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-elements-title")
    }
}

/// A row as it is typed: which element, its place (empty: not asked), names and weight.
#[derive(Clone, Debug, Default)]
struct Typed {
    id: String,
    place: String,
    name_id: String,
    name_en: String,
    weight: String,
}

/// The asked ones in their order, the others of the nine, and room for new ones.
async fn known(ctx: &Ctx, whole: &reading::Whole) -> Result<Vec<Typed>> {
    let weight = |text: &String| localised(text, ctx.locale());
    let asked = whole.elements.iter().map(|one| Typed {
        id: one.element_id.clone(),
        place: one.position.to_string(),
        name_id: one.name_id.clone(),
        name_en: one.name_en.clone(),
        weight: one.weight.as_ref().map(weight).unwrap_or_default(),
    });
    let mut rows: Vec<Typed> = asked.collect();
    for one in surveys::elements(&ctx.app.db).await? {
        if !rows.iter().any(|row| row.id == one.id) {
            rows.push(Typed {
                id: one.id,
                name_id: one.name_id,
                name_en: one.name_en,
                ..Typed::default()
            });
        }
    }
    rows.extend((0..NEW_ROWS).map(|_| Typed::default()));
    Ok(rows)
}

fn typed(form: &Form) -> Vec<Typed> {
    let text = |name: &str, at: usize| form.get(&format!("{name}_{at}")).trim().to_owned();
    let rows = (1..=MOST_ROWS).map(|at| Typed {
        id: text("element", at),
        place: text("place", at),
        name_id: text("name_id", at),
        name_en: text("name_en", at),
        weight: text("weight", at),
    });
    let mut rows: Vec<Typed> = rows.collect();
    let filled =
        |row: &Typed| !(row.id.is_empty() && row.place.is_empty() && row.name_id.is_empty());
    rows.truncate(rows.iter().rposition(filled).map_or(0, |last| last + 1));
    rows
}

/// A weight as it is kept, however it was typed; what is none stays as it is and is refused by its field.
fn canonical(weight: &str) -> String {
    billionths(weight).map_or_else(|| weight.to_owned(), decimal_of)
}

/// What is asked, in order; every fault by its field.
fn parsed(rows: &[Typed]) -> Result<Vec<ElementFields>> {
    let mut check = Check::new();
    let mut asked: Vec<(i64, usize, ElementFields)> = Vec::new();
    for (row, at) in rows.iter().zip(1..) {
        if row.place.is_empty() {
            if row.id.is_empty() && !row.name_id.is_empty() {
                check.fault(&format!("place_{at}"), Message::new("field-required"));
            }
            continue;
        }
        let place = check.number(&format!("place_{at}"), &row.place, 1, 99);
        if asked.iter().any(|(taken, ..)| *taken == place) {
            check.fault(&format!("place_{at}"), Message::new("surveys-place-twice"));
        }
        let fields = ElementFields {
            element_id: (!row.id.is_empty()).then(|| row.id.clone()),
            name_id: check.line(&format!("name_id_{at}"), &row.name_id, 2, 120),
            name_en: check.line(&format!("name_en_{at}"), &row.name_en, 2, 120),
            weight: (!row.weight.is_empty()).then(|| canonical(&row.weight)),
        };
        asked.push((place, at, fields));
    }
    asked.sort_by_key(|(place, ..)| *place);
    if asked.is_empty() || asked.len() > MOST_ELEMENTS {
        let message = Message::new("surveys-elements-count").with("most", MOST_ELEMENTS);
        check.fault("place_1", message);
    }
    let weights: Vec<Option<String>> = asked
        .iter()
        .map(|(.., fields)| fields.weight.clone())
        .collect();
    let field = |nth: usize| {
        let at = asked.get(nth).map_or(1, |(_, at, _)| *at);
        format!("weight_{at}")
    };
    match check_weights(&weights) {
        Ok(()) => {}
        Err(WeightFault::Unreadable(nth)) => {
            check.fault(&field(nth), Message::new("surveys-weight-unreadable"));
        }
        Err(WeightFault::Missing(nth)) => {
            check.fault(&field(nth), Message::new("surveys-weight-missing"));
        }
        Err(WeightFault::Sum(sum)) => {
            let message = Message::new("surveys-weight-sum")
                .with("comma", sum.replace('.', ","))
                .with("sum", sum);
            check.fault(&field(0), message);
        }
    }
    check.finish()?;
    Ok(asked.into_iter().map(|(.., fields)| fields).collect())
}

fn row_view(row: Typed, at: usize, faults: &[FieldError], locale: Locale) -> RowView {
    let field = |name: &str, value: String, required: bool, most: usize| {
        let name = format!("{name}_{at}");
        let fault = faults.iter().find(|fault| fault.field == name);
        RowField {
            error: fault.map(|fault| fault.message.text(locale)),
            ..RowField::new(name, value, required, most)
        }
    };
    RowView {
        legend: match row.name_id.is_empty() {
            true => t(locale, "surveys-element-new"),
            false => match locale {
                Locale::Id => row.name_id.clone(),
                Locale::En => row.name_en.clone(),
            },
        },
        id_name: format!("element_{at}"),
        id: row.id,
        place: field("place", row.place, false, 2),
        name_id: field("name_id", row.name_id, true, 120),
        name_en: field("name_en", row.name_en, true, 120),
        weight: field("weight", row.weight, false, 11),
    }
}

async fn unanswered(ctx: &Ctx, period: &period::Model) -> Result<Vec<UnansweredView>> {
    let locale = ctx.locale();
    let unit = organisation::unit(&ctx.app.db, period.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    if may_take_out(period, today).is_err() {
        return Ok(Vec::new());
    }
    let found = taking_out::unanswered(ctx, period).await?.into_iter();
    Ok(found
        .map(|one| UnansweredView {
            name: format!("{} {}", one.element.label, one.element.name(locale)),
            answers: Message::new("surveys-element-answers")
                .with("count", one.answers)
                .text(locale),
            action: format!("{}/unsur/keluarkan", base_of(period.id)),
            id: one.element.element_id,
        })
        .collect())
}

async fn page_of(
    ctx: &Ctx,
    period: period::Model,
    sent: Option<Vec<Typed>>,
    (faults, refused): (Vec<FieldError>, Option<String>),
) -> Result<Response> {
    let locale = ctx.locale();
    let fixed = may_change(&period).is_err();
    let unanswered = unanswered(ctx, &period).await?;
    let whole = reading::whole(ctx, period).await?;
    let rows = match sent {
        Some(rows) => rows,
        None => known(ctx, &whole).await?,
    };
    let head = head(&whole, locale);
    let Refusal { errors, status } = refusal_of(&faults, refused.as_deref(), locale);
    let page = ElementsPage {
        action: format!("{}/unsur", head.href),
        head,
        rows: rows
            .into_iter()
            .zip(1..)
            .map(|(row, at)| row_view(row, at, &faults, locale))
            .collect(),
        fixed,
        errors,
        unanswered,
        refused,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    page_of(&ctx, period, None, (Vec::new(), None)).await
}

#[handler]
async fn save(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let rows = typed(&form);
    let done = match parsed(&rows) {
        Ok(fields) => service::set_elements(&ctx, which(&period, &form), fields).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            let path = format!("{}/unsur", base_of(period.id));
            Ok(ctx.redirect_with(
                &path,
                FlashKind::Ok,
                &Message::new("surveys-elements-saved"),
            ))
        }
        Err(error) => {
            let told = told(error, ctx.locale())?;
            page_of(&ctx, period, Some(rows), told).await
        }
    }
}

#[handler]
async fn take_out(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let element = form.get("element");
    let done = taking_out::take_out(&ctx, which(&period, &form), element).await;
    let gone = taking_out::taken_out(&ctx.app.db, period.id).await?;
    let gone = gone.iter().any(|one| one.id == element);
    let done = pressed::settled(&ctx, (period.id, taking_out::TAKEN_OUT), gone, done).await;
    match done {
        Ok(()) => {
            let path = format!("{}/unsur", base_of(period.id));
            let message = Message::new("surveys-element-taken-out");
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &message))
        }
        Err(error) => {
            let told = told(error, ctx.locale())?;
            page_of(&ctx, period, None, told).await
        }
    }
}
