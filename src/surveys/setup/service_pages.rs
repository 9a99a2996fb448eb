//! `/kerja/survei/{id}/layanan`: which services are asked about, how many people each has, and the target from it.

use poem::{Response, Route, get, handler, web::Path};
use serde::Serialize;

use super::{
    pages::{period_of, told, which},
    reading,
    service::{self, ServiceFields},
    views::{HeadView, Refusal, RowField, head, refusal_of},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
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
    standards,
    surveys::entity::setup::period,
};

const MOST_PEOPLE: i64 = 1_000_000_000;

pub fn routes(route: Route) -> Route {
    route.at("/kerja/survei/:id/layanan", get(show).post(save))
}

#[derive(Serialize)]
struct ServicesPage {
    head: HeadView,
    action: String,
    rows: Vec<RowView>,
    refused: Option<String>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct RowView {
    name: String,
    tick: String,
    code: String,
    asked: bool,
    population: RowField,
    volume: RowField,
    target: Option<String>,
}

impl Page for ServicesPage {
    const TEMPLATE: &'static str = "surveys/set_services";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-services-title")
    }
}

/// The n-th service of the unit in the form: 0 or nothing typed is "unknown".
fn number(check: &mut Check, field: &str, raw: &str) -> i64 {
    match raw.trim() {
        "" => 0,
        // "12.500" is how people write it here.
        typed => check.number(field, &typed.replace('.', ""), 0, MOST_PEOPLE),
    }
}

async fn page_of(
    ctx: &Ctx,
    period: period::Model,
    sent: Option<&Form>,
    (faults, refused): (Vec<FieldError>, Option<String>),
) -> Result<Response> {
    let locale = ctx.locale();
    let whole = reading::whole(ctx, period).await?;
    let all = standards::services(&ctx.app.db, whole.unit.id).await?;
    let rows = all.into_iter().zip(1..).map(|((id, code, name), at)| {
        let now = whole.services.iter().find(|one| one.row.service_id == id);
        let field = |name: &str, known: Option<i64>| {
            let name = format!("{name}_{at}");
            let known = known.filter(|number| *number > 0);
            let value = match sent {
                Some(form) => form.get(&name).to_owned(),
                None => known.map_or_else(String::new, |number| number.to_string()),
            };
            let fault = faults.iter().find(|fault| fault.field == name);
            RowField {
                error: fault.map(|fault| fault.message.text(locale)),
                ..RowField::new(name, value, false, 13)
            }
        };
        RowView {
            asked: match sent {
                Some(form) => form.all("service").contains(&code.as_str()),
                None => now.is_some(),
            },
            tick: format!("service-{at}"),
            population: field("population", now.map(|one| one.row.population)),
            volume: field("volume", now.map(|one| one.row.volume)),
            target: now.and_then(|one| one.target).map(|target| {
                Message::new("surveys-target")
                    .with("target", target)
                    .text(locale)
            }),
            name,
            code,
        }
    });
    let head = head(&whole, locale);
    let Refusal { errors, status } = refusal_of(&faults, refused.as_deref(), locale);
    let page = ServicesPage {
        rows: rows.collect(),
        action: format!("{}/layanan", head.href),
        head,
        errors,
        refused,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    page_of(&ctx, period, None, (Vec::new(), None)).await
}

async fn parsed(ctx: &Ctx, period: &period::Model, form: &Form) -> Result<Vec<ServiceFields>> {
    let all = standards::services(&ctx.app.db, period.unit_id).await?;
    let ticked = form.all("service");
    let mut check = Check::new();
    let mut wanted = Vec::new();
    for ((service_id, code, _), at) in all.into_iter().zip(1..) {
        if ticked.contains(&code.as_str()) {
            let (people, volume) = (format!("population_{at}"), format!("volume_{at}"));
            wanted.push(ServiceFields {
                service_id,
                population: number(&mut check, &people, form.get(&people)),
                volume: number(&mut check, &volume, form.get(&volume)),
            });
        }
    }
    check.finish()?;
    Ok(wanted)
}

#[handler]
async fn save(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let done = match parsed(&ctx, &period, &form).await {
        Ok(fields) => service::set_services(&ctx, which(&period, &form), fields).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            let path = format!("{}/layanan", super::views::base_of(period.id));
            Ok(ctx.redirect_with(
                &path,
                FlashKind::Ok,
                &Message::new("surveys-services-saved"),
            ))
        }
        Err(error) => {
            let told = told(error, ctx.locale())?;
            page_of(&ctx, period, Some(&form), told).await
        }
    }
}
