//! `/survei`: choose a unit, choose a service, answer, thanks. No account, no script, no trace of who it was.

use poem::{
    Response, Route, get, handler,
    http::{StatusCode, header},
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    arriving,
    form_view::{self, QuestionView, field_name},
    offered,
    rules::{is_swift, least_answered},
    runs,
    service::{self, Form as Asked, Kept, Raw, Source},
};
use crate::{
    access::{Ctx, Public},
    organisation::{self, Unit},
    platform::{
        crypto::random_token,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
    standards,
    surveys::{
        entity::{
            answers::AnswerWay,
            setup::{SurveyPeriodId, point},
        },
        setup::rules::phase,
    },
};

const FORM_USED: &str = "survey.form_used";
/// Seconds after which a tablet looks whether a period has begun.
const KIOSK_LOOKS_EVERY: u32 = 3600;

pub fn routes(route: Route) -> Route {
    arriving::routes(route)
        .at("/survei", get(units))
        .at("/survei/:unit", get(services))
        .at("/survei/:unit/isi/:service", get(show).post(send))
        .at("/survei/:unit/terima-kasih", get(thanks))
}

#[derive(Serialize)]
struct UnitsPage {
    units: Vec<LinkView>,
}

#[derive(Serialize)]
struct LinkView {
    href: String,
    name: String,
    note: String,
}

impl Page for UnitsPage {
    const TEMPLATE: &'static str = "surveys/units";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-public-title")
    }
}

#[derive(Serialize)]
struct ServicesPage {
    unit: String,
    services: Vec<LinkView>,
    complaint_href: String,
}

impl Page for ServicesPage {
    const TEMPLATE: &'static str = "surveys/services";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-public-title")
    }
}

#[derive(Serialize)]
struct FormPage {
    action: String,
    back_href: String,
    service: String,
    lead: String,
    period: String,
    form_key: String,
    /// When it was shown, signed: see `runs`.
    shown: String,
    /// The code of the poster, and the token of a link for one answer; empty without.
    code: String,
    link: String,
    /// On a tablet of the office: one question at a time.
    kiosk: Option<KioskView>,
    questions: Vec<QuestionView>,
    form: FormView,
    /// Why nothing can be answered now.
    refused: Option<String>,
    errors: Vec<ErrorLine>,
}

/// What the script of the tablet needs to know.
#[derive(Serialize)]
struct KioskView {
    url: String,
    service: String,
    least: usize,
    /// How many wait for the network, and how many were not taken; with `#` for the number.
    waiting: String,
    refused: String,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "surveys/form";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-public-title")
    }
}

#[derive(Serialize)]
struct ThanksPage {
    again_href: String,
    complaint_href: String,
}

impl Page for ThanksPage {
    const TEMPLATE: &'static str = "surveys/thanks";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-thanks-title")
    }
}

#[derive(Serialize)]
struct ClosedPage {
    title: String,
    text: String,
    /// Where to go from here; nowhere on a tablet, which stays on its survey.
    href: Option<String>,
}

impl Page for ClosedPage {
    const TEMPLATE: &'static str = "surveys/closed";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

/// What an address may carry along.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Along {
    pub kode: String,
    pub tautan: String,
    /// Present in the address of a tablet.
    pub kios: Option<String>,
}

impl Along {
    pub fn query(&self) -> String {
        let pair = |name: &str, value: &str| match value {
            "" => None,
            value => Some(format!(
                "{name}={}",
                crate::platform::web::address::encoded(value)
            )),
        };
        let kiosk = self.kios.as_ref().map(|_| "kios=1".to_owned());
        let pairs = [
            pair("kode", &self.kode),
            pair("tautan", &self.tautan),
            kiosk,
        ];
        let pairs: Vec<String> = pairs.into_iter().flatten().collect();
        match pairs.is_empty() {
            true => String::new(),
            false => format!("?{}", pairs.join("&")),
        }
    }
}

#[handler]
async fn units(Public(ctx): Public) -> Result<Response> {
    let units = organisation::units(&ctx.app.db).await?;
    let units = units.into_iter().map(|unit| LinkView {
        href: format!("/survei/{}", unit.code),
        name: unit.name,
        note: unit.city,
    });
    ctx.page(&UnitsPage {
        units: units.collect(),
    })
}

#[handler]
async fn services(
    Public(ctx): Public,
    Path(code): Path<String>,
    Query(along): Query<Along>,
) -> Result<Response> {
    let unit = organisation::unit_by_code(&ctx.app.db, &code).await?;
    let offered = offered::services(&ctx, &unit).await?;
    let offered = offered.into_iter().map(|(code, name)| LinkView {
        href: format!("/survei/{}/isi/{code}{}", unit.code, along.query()),
        name,
        note: String::new(),
    });
    let page = ServicesPage {
        unit: unit.name.clone(),
        services: offered.collect(),
        complaint_href: format!("/pengaduan/baru?unit={}", unit.code),
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

pub(super) fn closed(ctx: &Ctx, unit: &Unit, text: &str, status: StatusCode) -> Result<Response> {
    let page = ClosedPage {
        title: t(ctx.locale(), "surveys-public-title"),
        text: t(ctx.locale(), text),
        href: Some(format!("/?unit={}", unit.code)),
    };
    ctx.page_of(Some(&organisation::brand_of(unit)), status, &page)
}

/// A tablet between two periods: it leads nowhere else, and waits for the next one by itself.
fn waiting(ctx: &Ctx, unit: &Unit) -> Result<Response> {
    let page = ClosedPage {
        title: t(ctx.locale(), "surveys-public-title"),
        text: t(ctx.locale(), "surveys-none-open"),
        href: None,
    };
    let mut page = ctx.page_of(Some(&organisation::brand_of(unit)), StatusCode::OK, &page)?;
    let headers = page.headers_mut();
    headers.insert(header::REFRESH, KIOSK_LOOKS_EVERY.into());
    Ok(page)
}

/// What was sent, and why it was not kept.
#[derive(Default)]
struct Typed<'a> {
    form: Option<&'a Form>,
    faults: &'a [FieldError],
    refused: Option<(String, StatusCode)>,
    /// Its mark stands for other answers: the next sending needs one of its own.
    used: bool,
}

async fn form_page(
    ctx: &Ctx,
    asked: &Asked,
    (standard, along): (&standards::Standard, &Along),
    typed: Typed<'_>,
) -> Result<Response> {
    let locale = ctx.locale();
    let sent = (typed.form, typed.faults);
    let questions = form_view::questions(&ctx.app.db, asked, standard.id, sent, locale).await?;
    let (form, errors) = form_view::shown(typed.form, typed.faults, locale);
    let key = typed.form.filter(|_| !typed.used);
    let key = key.map(|form| form.get("form_key").to_owned());
    let key = key.filter(|key| !key.is_empty());
    let key = key.unwrap_or_else(random_token);
    // Who corrects something reads it for as long as the form is before them.
    let shown = typed.form.and_then(|form| shown_at(ctx, form));
    let shown = runs::stamp(ctx, &key, shown.unwrap_or(ctx.now));
    let base = format!("/survei/{}", asked.unit.code);
    let status = match (&typed.refused, typed.faults.is_empty()) {
        (Some((_, status)), _) => *status,
        (None, true) => StatusCode::OK,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let counted = |key: &str| Message::new(key).with("count", "#").text(locale);
    let page = FormPage {
        action: format!("{base}/isi/{}", standard.code),
        back_href: format!("{base}{}", along.query()),
        service: standard.name.clone(),
        lead: form_view::lead(asked, locale),
        period: asked.period.id.to_string(),
        form_key: key,
        shown,
        code: along.kode.clone(),
        link: along.tautan.clone(),
        kiosk: along.kios.as_ref().map(|_| KioskView {
            url: format!("/api/v1/surveys/{}/responses", asked.period.id),
            service: standard.code.clone(),
            least: least_answered(asked.elements.len(), asked.period.least_percent),
            waiting: counted("surveys-kiosk-waiting"),
            refused: counted("surveys-kiosk-refused"),
        }),
        questions,
        form,
        refused: typed.refused.map(|(text, _)| text),
        errors,
    };
    ctx.page_of(Some(&organisation::brand_of(&asked.unit)), status, &page)
}

fn shown_at(ctx: &Ctx, form: &Form) -> Option<chrono::DateTime<chrono::Utc>> {
    runs::shown_at(ctx, form.get("form_key"), form.get("shown"))
}

#[handler]
async fn show(
    Public(ctx): Public,
    Path((unit, service)): Path<(String, String)>,
    Query(along): Query<Along>,
) -> Result<Response> {
    let unit = organisation::unit_by_code(&ctx.app.db, &unit).await?;
    if !along.tautan.is_empty() && offered::link(&ctx, &along.tautan).await?.spent {
        return closed(&ctx, &unit, "rule-survey-link-spent", StatusCode::OK);
    }
    let (standard, asked) = offered::form(&ctx, &unit, &service).await?;
    match asked {
        Some(asked) => form_page(&ctx, &asked, (&standard, &along), Typed::default()).await,
        None if along.kios.is_some() => waiting(&ctx, &unit),
        None => closed(&ctx, &unit, "surveys-none-open", StatusCode::OK),
    }
}

/// The poster of this unit that the code names, if it is in use.
async fn point_of(ctx: &Ctx, unit: &Unit, code: &str) -> Result<Option<point::Model>> {
    let found = offered::code(ctx, code).await?;
    Ok(found.filter(|point| point.unit_id == unit.id && point.active))
}

#[handler]
async fn send(
    Public(ctx): Public,
    Path((unit, service)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let db = &ctx.app.db;
    let unit = organisation::unit_by_code(db, &unit).await?;
    let standard = standards::by_code(db, unit.id, &service).await?;
    let standard = standard.ok_or(Error::NotFound)?;
    let asked = service::form(&ctx, SurveyPeriodId::parse(form.get("period"))?).await?;
    if asked.unit.id != unit.id {
        return Err(Error::NotFound);
    }
    let along = Along {
        kode: form.get("kode").to_owned(),
        tautan: form.get("tautan").to_owned(),
        kios: None,
    };
    let kept = match kept(&ctx, &asked, (&standard, &along), &form).await {
        Ok(Kept::Other) => Err(Error::rule(FORM_USED, Message::new("surveys-form-used"))),
        other => other,
    };
    match kept {
        Ok(_) => Ok(ctx.redirect(&format!("/survei/{}/terima-kasih", unit.code))),
        Err(error) => refused(&ctx, &asked, (&standard, &along), &form, error).await,
    }
}

async fn kept(
    ctx: &Ctx,
    asked: &Asked,
    (standard, along): (&standards::Standard, &Along),
    form: &Form,
) -> Result<Kept> {
    // A form that came too late says so before it says what is missing.
    service::refusal(phase(&asked.period, asked.today)).map_or(Ok(()), Err)?;
    let names = (1..=asked.elements.len()).map(field_name);
    let raw = Raw {
        scores: names
            .map(|name| {
                let text = form.get(&name);
                (name, text)
            })
            .collect(),
        profile: ["sex", "age_band", "education", "occupation"].map(|name| form.get(name)),
        comment: form.get("comment"),
    };
    let filled = service::checked(&asked.period, &raw)?;
    let point = point_of(ctx, &asked.unit, &along.kode).await?;
    let source = Source {
        service: standard.id,
        way: match (along.tautan.is_empty(), &point) {
            (false, _) => AnswerWay::Link,
            (true, Some(_)) => AnswerWay::Qr,
            (true, None) => AnswerWay::Web,
        },
        point: point.map(|point| point.id),
        answered_on: None,
        client: Some(form.get("form_key").to_owned()),
        link: (!along.tautan.is_empty()).then(|| along.tautan.clone()),
        swift: is_swift(shown_at(ctx, form), ctx.now, asked.elements.len()),
    };
    service::keep(ctx, asked, source, filled).await
}

/// The same page with what was chosen, and why it was not kept.
async fn refused(
    ctx: &Ctx,
    asked: &Asked,
    of: (&standards::Standard, &Along),
    form: &Form,
    error: Error,
) -> Result<Response> {
    let status = error.status();
    let text = error.text(ctx.locale());
    let used = matches!(
        &error,
        Error::Rule {
            code: FORM_USED,
            ..
        }
    );
    let (faults, refused, wait) = match error {
        Error::Invalid(faults) => (faults, None, None),
        Error::Rule { .. } => (Vec::new(), Some((text, status)), None),
        Error::TooMany {
            retry_after_seconds,
        } => (Vec::new(), Some((text, status)), Some(retry_after_seconds)),
        other => return Err(other),
    };
    let typed = Typed {
        form: Some(form),
        faults: &faults,
        refused,
        used,
    };
    let mut response = form_page(ctx, asked, of, typed).await?;
    if let Some(seconds) = wait {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(response)
}

#[handler]
async fn thanks(Public(ctx): Public, Path(unit): Path<String>) -> Result<Response> {
    let unit = organisation::unit_by_code(&ctx.app.db, &unit).await?;
    let page = ThanksPage {
        again_href: format!("/survei/{}", unit.code),
        complaint_href: format!("/pengaduan/baru?unit={}", unit.code),
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}
