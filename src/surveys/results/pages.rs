//! The page of a result in the workspace, its files, and the register of where it was published.

use poem::{
    Response, Route, get, handler,
    web::{Data, Path},
};
use serde::Serialize;

use super::{
    Comparisons,
    api::made,
    public,
    publication_pages::{self, FormPart, PublicationView, form_of},
    publishing, report_pages,
    service::{self, Seen},
    views::{self, ComparedView, ResultView, TrendView},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    organisation,
    platform::{
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form},
            pages::Page,
        },
    },
    surveys::entity::setup::{SurveyPeriodId, SurveyState},
};

pub fn routes(route: Route) -> Route {
    let route = route
        .at("/kerja/survei/:id/hasil", get(show))
        .at("/kerja/survei/:id/hasil.xlsx", get(workbook))
        .at("/kerja/survei/:id/hasil.pdf", get(report))
        .at("/kerja/survei/:id/hasil.docx", get(editable));
    let route = publication_pages::routes(route);
    public::routes(report_pages::routes(route))
}

#[derive(Serialize)]
pub struct ResultPage {
    unit: String,
    /// The page of the period.
    back: String,
    frozen: bool,
    /// That an element leaves it without an index, and can be taken out.
    lacking: bool,
    result: ResultView,
    trend: Vec<TrendView>,
    /// What this period measures for the first time.
    compared: Vec<ComparedView>,
    files: Vec<Link>,
    /// Its texts and its way into the register.
    report_href: String,
    public_href: Option<String>,
    embed: Option<String>,
    publications: Vec<PublicationView>,
    form: Option<FormPart>,
    /// No file waits from an earlier try.
    kept: Vec<String>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct Link {
    href: String,
    label: String,
}

impl Page for ResultPage {
    const TEMPLATE: &'static str = "surveys/result";
    fn title(&self, locale: Locale) -> String {
        Message::new("survey-result-title")
            .with("title", &self.result.title)
            .text(locale)
    }
}

#[handler]
async fn show(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
) -> Result<Response> {
    let seen = service::look(&ctx, SurveyPeriodId::parse(&id)?).await?;
    let page = page_of(&ctx, *compare, seen, None).await?;
    ctx.page(&page)
}

/// The page, with a line of the register that was refused and why.
pub async fn page_of(
    ctx: &Ctx,
    compare: Comparisons,
    seen: Seen,
    typed: Option<(&Form, &[FieldError])>,
) -> Result<ResultPage> {
    let locale = ctx.locale();
    let base = format!("/kerja/survei/{}", seen.period.id);
    let frozen = seen.period.state == SurveyState::Frozen;
    // The workbook holds the single answers.
    let manages = ctx.may(Permission::ManageSurveys, seen.period.unit_id);
    let endings = ["xlsx", "pdf", "docx"].into_iter();
    let files = endings.filter(|ending| manages || *ending != "xlsx");
    let files = files.map(|ending| Link {
        href: format!("{base}/hasil.{ending}"),
        label: t(locale, &format!("survey-result-file-{ending}")),
    });
    let publications = publishing::all(ctx, &seen.period).await?;
    let corrections = publishing::corrections(ctx, &seen.period).await?;
    let zone = organisation::zone_of(&seen.unit)?;
    let may_publish = frozen && manages;
    let public_href = format!(
        "/survei/{}/hasil?periode={}",
        seen.unit.code, seen.period.id
    );
    let (form, errors) = form_of(ctx, &seen, typed)?;
    Ok(ResultPage {
        unit: seen.unit.name.clone(),
        back: base.clone(),
        frozen,
        lacking: !frozen && !seen.result.lacking().is_empty(),
        trend: views::trend(&service::in_a_row(ctx, &seen).await?, locale),
        compared: match frozen && ctx.may(Permission::ViewActions, seen.unit.id) {
            true => views::compared(&compare(ctx, &seen.unit, &seen.result).await?, locale),
            false => Vec::new(),
        },
        result: views::result(&seen.result, locale),
        files: files.collect(),
        report_href: format!("{base}/laporan"),
        public_href: frozen.then_some(public_href),
        embed: frozen.then(|| public::embed_code(ctx, &seen.unit, locale)),
        publications: publications
            .into_iter()
            .map(|row| publication_pages::view(row, may_publish, (&corrections, zone), locale))
            .collect(),
        form: may_publish.then_some(form),
        kept: Vec::new(),
        errors,
    })
}

#[handler]
async fn workbook(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
) -> Result<Response> {
    download(&ctx, *compare, &id, "xlsx").await
}

#[handler]
async fn report(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
) -> Result<Response> {
    download(&ctx, *compare, &id, "pdf").await
}

#[handler]
async fn editable(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
) -> Result<Response> {
    download(&ctx, *compare, &id, "docx").await
}

async fn download(ctx: &Ctx, compare: Comparisons, id: &str, ending: &str) -> Result<Response> {
    let made = made(ctx, compare, SurveyPeriodId::parse(id)?, ending).await?;
    Ok(ctx.download(&made.name, made.kind, made.bytes))
}
