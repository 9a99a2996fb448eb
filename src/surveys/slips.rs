//! `/kerja/survei/{id}/lembar`: links for one answer on paper, to be handed out at the counter after a finished service.
//! Nothing of a slip but its link is kept: neither to whom it was given nor, once it is spent, by which answer.

use poem::{Response, Route, get, handler, web::Path};
use serde::Serialize;

use super::{
    answering::service::{make_short_link, refusal},
    entity::setup::period,
    setup::{
        pages::{period_of, told},
        reading::{self, Asked, Whole},
        service::noted,
        views::{HeadView, Refusal, base_of, head, refusal_of},
    },
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    documents::{
        self, Kind,
        data::{Picture, PictureFormat, SurveySlip, SurveySlips},
    },
    platform::{
        check::Check,
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        qr,
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

/// Papers are Indonesian whatever language the officer reads.
const ID: Locale = Locale::Id;
/// Twelve sheets.
const MOST_SLIPS: i64 = 96;
/// As many as stand on a sheet.
const USUAL_SLIPS: &str = "8";

pub fn routes(route: Route) -> Route {
    route.at("/kerja/survei/:id/lembar", get(show).post(print))
}

#[derive(Serialize)]
struct SlipsPage {
    head: HeadView,
    action: String,
    form: FormView,
    errors: Vec<ErrorLine>,
    refused: Option<String>,
    /// Why nothing is printed now.
    locked: Option<String>,
}

impl Page for SlipsPage {
    const TEMPLATE: &'static str = "surveys/slips";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-slips-title")
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
    let services = whole.services.iter();
    let services = services.map(|one| (one.code.clone(), one.name.clone()));
    let form = FormView::new()
        .choice("service", true, services.collect())
        .field("count", true, 2)
        .with("count", USUAL_SLIPS);
    let form = match sent {
        Some(sent) => form.typed(sent),
        None => form,
    };
    let (form, _) = form.refused(&faults, locale);
    let Refusal { errors, status } = refusal_of(&faults, refused.as_deref(), locale);
    let locked = refusal(whole.phase).map(|error| error.text(locale));
    let page = SlipsPage {
        locked,
        action: format!("{}/lembar", base_of(whole.period.id)),
        head: head(&whole, locale),
        form,
        errors,
        refused,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    page_of(&ctx, period, None, (Vec::new(), None)).await
}

/// The service and how many, as they were typed.
fn parsed<'a>(whole: &'a Whole, form: &Form) -> Result<(&'a Asked, i64)> {
    let mut check = Check::new();
    let service = check.choice("service", form.get("service"), |code| {
        whole.services.iter().find(|one| one.code == code)
    });
    let count = check.number("count", form.get("count"), 1, MOST_SLIPS);
    check.finish()?;
    let service = service.ok_or(crate::platform::error::Error::NotFound)?;
    Ok((service, count))
}

async fn paper(ctx: &Ctx, whole: &Whole, form: &Form) -> Result<Vec<u8>> {
    // A slip that nobody can answer with is not printed.
    refusal(whole.phase).map_or(Ok(()), Err)?;
    let (service, count) = parsed(whole, form)?;
    let tx = ctx.app.db.begin_write().await?;
    let mut slips = Vec::new();
    for _ in 0..count {
        let about = (whole.unit.id, Some(service.row.service_id));
        let token = make_short_link(&tx, ctx, about).await?;
        let path = format!("/j/{token}");
        let url = ctx.app.url(&path);
        let svg = qr::drawing(&url)?;
        let host = url.strip_suffix(&path).unwrap_or_default();
        slips.push(SurveySlip {
            code: Picture::new(PictureFormat::Svg, svg.as_bytes()),
            host: host
                .split_once("://")
                .map_or(host, |(_, host)| host)
                .to_owned(),
            path,
        });
    }
    let data = SurveySlips {
        title: format!("{}: {}", t(ID, "surveys-slips-title"), service.name),
        unit: whole.unit.name.clone(),
        heading: t(ID, "survey-voices-ask"),
        service: service.name.clone(),
        how: t(ID, "surveys-slip-how"),
        note: Message::new("surveys-slip-note")
            .with("day", dates::date(whole.period.closes_on, ID))
            .text(ID),
        alt: t(ID, "surveys-slip-alt"),
        slips,
    };
    let bytes = documents::render(&ctx.app, Kind::SurveySlips, &data, ctx.now).await?;
    noted(&tx, ctx, &whole.period, "survey.slips_printed").await?;
    tx.commit().await?;
    Ok(bytes)
}

#[handler]
async fn print(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::EnterSurvey).await?;
    let whole = reading::whole(&ctx, period.clone()).await?;
    match paper(&ctx, &whole, &form).await {
        Ok(bytes) => Ok(ctx.download("lembar-survei.pdf", "application/pdf", bytes)),
        Err(error) => {
            let told = told(error, ctx.locale())?;
            page_of(&ctx, period, Some(&form), told).await
        }
    }
}
