//! The page of a result in the workspace, its files, and the register of where it was published.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Data, Path},
};
use serde::Serialize;

use super::{
    Comparisons,
    api::made,
    entity::publication,
    public, report_pages,
    service::{self, NewPublication, Seen},
    views::{self, ComparedView, ResultView, TrendView},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
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
        .at("/kerja/survei/:id/hasil.docx", get(editable))
        .at("/kerja/survei/:id/publikasi", post(publish));
    public::routes(report_pages::routes(route))
}

#[derive(Serialize)]
struct ResultPage {
    unit: String,
    /// The page of the period.
    back: String,
    frozen: bool,
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
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct FormPart {
    action: String,
    fields: FormView,
    today: String,
}

#[derive(Serialize)]
struct Link {
    href: String,
    label: String,
}

#[derive(Serialize)]
struct PublicationView {
    medium: String,
    date: String,
    proof: String,
    /// Where the proof is an address.
    href: Option<String>,
    by: String,
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

async fn page_of(
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
    let publications = service::publications(ctx, &seen.period).await?;
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
        trend: views::trend(&service::earlier(ctx, &seen).await?, locale),
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
            .map(|row| publication_view(row, locale))
            .collect(),
        form: may_publish.then_some(form),
        errors,
    })
}

fn form_of(
    ctx: &Ctx,
    seen: &Seen,
    typed: Option<(&Form, &[FieldError])>,
) -> Result<(FormPart, Vec<ErrorLine>)> {
    let zone = crate::organisation::zone_of(&seen.unit)?;
    let fields = FormView::new()
        .field("medium", true, 120)
        .field("published_on", true, 0)
        .field("proof", true, 400);
    let (fields, errors) = match typed {
        Some((form, faults)) => fields.typed(form).refused(faults, ctx.locale()),
        None => (fields, Vec::new()),
    };
    let form = FormPart {
        action: format!("/kerja/survei/{}/publikasi", seen.period.id),
        fields,
        today: ctx.today_in(zone).to_string(),
    };
    Ok((form, errors))
}

fn publication_view(row: publication::Model, locale: Locale) -> PublicationView {
    let is_address = row.proof.starts_with("https://") || row.proof.starts_with("http://");
    PublicationView {
        medium: row.medium,
        date: dates::date(row.published_on, locale),
        href: is_address.then(|| row.proof.clone()),
        proof: row.proof,
        by: row.entered_by,
    }
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

#[handler]
async fn publish(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = SurveyPeriodId::parse(&id)?;
    let new = NewPublication {
        medium: form.get("medium").to_owned(),
        published_on: form.get("published_on").to_owned(),
        proof: form.get("proof").to_owned(),
    };
    match service::publish(&ctx, id, &new).await {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/kerja/survei/{id}/hasil#publikasi"),
            FlashKind::Ok,
            &Message::new("survey-publication-kept"),
        )),
        Err(Error::Invalid(faults)) => {
            let seen = service::look(&ctx, id).await?;
            let page = page_of(&ctx, *compare, seen, Some((&form, faults.as_slice()))).await?;
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}
