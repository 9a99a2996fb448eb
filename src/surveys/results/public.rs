//! What everybody reads of a frozen period: the page, a small one to be embedded elsewhere, one for a screen in the
//! hall, and the poster.

use poem::{
    Response, Route, get, handler,
    http::{HeaderValue, header},
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    latest, poster,
    service::{self, Seen},
    views::{self, ResultView, TrendView},
};
use crate::{
    access::{Ctx, Public},
    documents::{self, Kind},
    organisation::{self, Unit},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        qr,
        web::pages::Page,
    },
    surveys::entity::setup::SurveyPeriodId,
};

/// A result changes only with the next frozen period: a screen that looks every ten minutes is early enough.
const SCREEN_SECONDS: u32 = 600;
/// The one page of ours that other sites may show inside theirs. It holds no form, no link that acts, no session.
const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

pub fn routes(route: Route) -> Route {
    route
        .at("/survei/:unit/hasil", get(show))
        .at("/survei/:unit/hasil/sematan", get(embed))
        .at("/survei/:unit/hasil/layar", get(screen))
        .at("/survei/:unit/hasil/kode.svg", get(code_drawing))
        .at("/survei/:unit/hasil/poster.pdf", get(poster_pdf))
}

#[derive(Deserialize)]
struct Asked {
    periode: Option<String>,
}

#[derive(Serialize)]
struct PublicPage {
    unit: String,
    /// None before the first period was frozen.
    result: Option<ResultView>,
    poster: String,
    screen: String,
    /// The address of results without a period.
    base: String,
    /// Those before it, the latest first.
    earlier: Vec<TrendView>,
    /// A later one was frozen since.
    is_old: bool,
}

impl Page for PublicPage {
    const TEMPLATE: &'static str = "surveys/public_result";
    fn title(&self, locale: Locale) -> String {
        t(locale, "survey-public-title")
    }
}

#[derive(Serialize)]
struct SmallPage {
    unit: String,
    result: Option<ResultView>,
    href: String,
}

impl Page for SmallPage {
    const TEMPLATE: &'static str = "surveys/embedded";
    fn title(&self, locale: Locale) -> String {
        t(locale, "survey-public-title")
    }
}

#[derive(Serialize)]
struct ScreenPage {
    unit: String,
    result: Option<ResultView>,
    address: String,
    /// The picture of the code that leads to the result.
    code: String,
}

impl Page for ScreenPage {
    const TEMPLATE: &'static str = "surveys/screen";
    fn title(&self, locale: Locale) -> String {
        t(locale, "survey-public-title")
    }
}

async fn found(ctx: &Ctx, code: &str, asked: Option<&str>) -> Result<(Unit, Option<Seen>)> {
    let unit = organisation::unit_by_code(&ctx.app.db, code).await?;
    let asked = asked.filter(|id| !id.is_empty());
    let asked = asked.map(SurveyPeriodId::parse).transpose()?;
    let seen = latest::published(ctx, &unit, asked).await?;
    Ok((unit, seen))
}

/// Of an earlier period its own poster and screen; otherwise those of the latest, also next year.
fn of_period(asked: &Asked, seen: Option<&Seen>) -> String {
    match (&asked.periode, seen) {
        (Some(_), Some(seen)) => format!("?periode={}", seen.period.id),
        _ => String::new(),
    }
}

fn view(seen: Option<&Seen>, locale: Locale) -> Option<ResultView> {
    seen.map(|seen| views::result(&seen.result, locale))
}

/// What an office pastes into its own site.
pub fn embed_code(ctx: &Ctx, unit: &Unit, locale: Locale) -> String {
    let title = Message::new("survey-embed-title")
        .with("unit", &unit.short_name)
        .text(locale)
        .replace(['"', '<', '>', '&'], " ");
    format!(
        "<iframe src=\"{}\" title=\"{title}\" width=\"320\" height=\"260\" loading=\"lazy\"></iframe>",
        ctx.app.url(&format!("/survei/{}/hasil/sematan", unit.code))
    )
}

/// Whether what stands for the unit now is of a later period.
async fn has_later(ctx: &Ctx, unit: &Unit, seen: &Seen) -> Result<bool> {
    let newest = latest::published(ctx, unit, None).await?;
    Ok(newest.is_some_and(|newest| newest.period.closes_on > seen.period.closes_on))
}

#[handler]
async fn show(
    Public(ctx): Public,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (unit, seen) = found(&ctx, &code, asked.periode.as_deref()).await?;
    let of = of_period(&asked, seen.as_ref());
    let earlier = match &seen {
        Some(seen) => service::in_a_row(&ctx, seen).await?,
        None => Vec::new(),
    };
    let is_old = match &seen {
        Some(seen) if asked.periode.is_some() => has_later(&ctx, &unit, seen).await?,
        // Who asked for none reads the latest.
        _ => false,
    };
    let page = PublicPage {
        result: view(seen.as_ref(), ctx.locale()),
        poster: format!("/survei/{}/hasil/poster.pdf{of}", unit.code),
        screen: format!("/survei/{}/hasil/layar{of}", unit.code),
        base: format!("/survei/{}/hasil", unit.code),
        earlier: views::trend(&earlier, ctx.locale()),
        is_old,
        unit: unit.name.clone(),
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

#[handler]
async fn embed(
    Public(ctx): Public,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (unit, seen) = found(&ctx, &code, asked.periode.as_deref()).await?;
    let of = of_period(&asked, seen.as_ref());
    let page = SmallPage {
        result: view(seen.as_ref(), ctx.locale()),
        href: ctx.app.url(&format!("/survei/{}/hasil{of}", unit.code)),
        unit: unit.name.clone(),
    };
    let mut response = ctx.page_in(&organisation::brand_of(&unit), &page)?;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(EMBED_POLICY),
    );
    Ok(response)
}

#[handler]
async fn screen(
    Public(ctx): Public,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (unit, seen) = found(&ctx, &code, asked.periode.as_deref()).await?;
    let base = format!("/survei/{}/hasil", unit.code);
    let page = ScreenPage {
        result: view(seen.as_ref(), ctx.locale()),
        code: format!("{base}/kode.svg{}", of_period(&asked, seen.as_ref())),
        address: typed(&ctx.app.url(&base)),
        unit: unit.name.clone(),
    };
    let mut response = ctx.page_in(&organisation::brand_of(&unit), &page)?;
    // Nobody sits before it: it looks again by itself. In the header, where no reader's page is taken from under them.
    response
        .headers_mut()
        .insert(header::REFRESH, HeaderValue::from(SCREEN_SECONDS));
    Ok(response)
}

/// The code on the screen: to the same result on one's own telephone.
#[handler]
async fn code_drawing(
    Public(ctx): Public,
    Path(unit): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (unit, seen) = found(&ctx, &unit, asked.periode.as_deref()).await?;
    let of = of_period(&asked, seen.as_ref());
    let url = ctx.app.url(&format!("/survei/{}/hasil{of}", unit.code));
    Ok(Response::builder()
        .content_type("image/svg+xml")
        .body(qr::drawing(&url)?))
}

/// The address as people type it.
fn typed(url: &str) -> String {
    url.split_once("://")
        .map_or(url, |(_, rest)| rest)
        .to_owned()
}

#[handler]
async fn poster_pdf(
    Public(ctx): Public,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (unit, seen) = found(&ctx, &code, asked.periode.as_deref()).await?;
    let seen = seen.ok_or(Error::NotFound)?;
    let base = ctx.app.url(&format!("/survei/{}/hasil", unit.code));
    let url = format!("{base}{}", of_period(&asked, Some(&seen)));
    let data = poster::of(&seen, &url, &typed(&base)).ok_or(Error::NotFound)?;
    let bytes = documents::render(&ctx.app, Kind::SurveyPoster, &data, ctx.now).await?;
    Ok(ctx.download(
        &format!("hasil-skm-{}.pdf", unit.code),
        "application/pdf",
        bytes,
    ))
}
