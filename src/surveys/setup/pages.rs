//! `/kerja/survei`: the periods of a unit, a new one, and the page of one with how far it is.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    discarding,
    fields::{Raw, empty_form, form_of, parsed},
    reading,
    rules::{LONGEST_PERIOD_DAYS, Phase, next_last_day, phase},
    running, service,
    taking_out::{self, TakenOut},
    views::{
        ChipView, FactView, HeadView, ServiceView, asked, base_of, chip, days, facts, head,
        progress_of_all, service_views, volume_lacks,
    },
};
use crate::{
    access::{self, Ctx, Permission, SignedIn, UnitLink},
    calendar::dates,
    organisation::{self, Unit},
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
    surveys::{
        aside_pages,
        entity::setup::{SurveyPeriodId, SurveyState, period},
        freezing, pressed, results,
    },
};

const LIST: &str = "/kerja/survei";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/survei", get(list))
        .at("/kerja/survei/baru", get(new).post(create))
        .at("/kerja/survei/:id", get(show))
        .at("/kerja/survei/:id/ubah", get(edit).post(change))
        .at("/kerja/survei/:id/buka", post(open))
        .at("/kerja/survei/:id/hapus", post(discarding::remove))
        .at("/kerja/survei/:id/perpanjang", post(extend))
        .at("/kerja/survei/:id/tutup", post(close))
        .at("/kerja/survei/:id/bekukan", post(freeze))
        .at("/kerja/survei/:id/jawaban.csv", get(raw_csv))
}

#[derive(Serialize)]
struct ListPage {
    rows: Vec<RowView>,
    new_href: Option<&'static str>,
    codes_href: Option<&'static str>,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    title: String,
    unit: String,
    days: String,
    chip: ChipView,
    answers: String,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "surveys/list";
    fn title(&self, locale: Locale) -> String {
        t(locale, "surveys-title")
    }
}

#[derive(Serialize)]
struct EditPage {
    heading: String,
    action: String,
    back_href: String,
    units: Vec<UnitLink>,
    /// What a new one begins with.
    lead: String,
    /// What the last period left out, and a new one that begins with it would too.
    without: Option<String>,
    version: Option<i32>,
    form: FormView,
    refused: Option<String>,
    errors: Vec<ErrorLine>,
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "surveys/edit";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

#[derive(Serialize)]
struct PeriodPage {
    head: HeadView,
    errors: Vec<ErrorLine>,
    refused: Option<String>,
    may_manage: bool,
    may_enter: bool,
    draft: bool,
    can_open: bool,
    can_extend: bool,
    /// Why it cannot be opened again.
    too_long: Option<String>,
    can_close: bool,
    can_freeze: bool,
    frozen: Option<String>,
    public_href: String,
    public_url: String,
    facts: Vec<FactView>,
    services: Vec<ServiceView>,
    total: String,
    elements: Vec<String>,
    /// Which left it because hardly anybody answered them.
    without: Option<String>,
    closes_on: FormView,
    /// Which services the figure by volume will leave out.
    volume_lacks: Option<String>,
    /// How many answers look like a machine's, for those who decide about them.
    aside: Option<String>,
    /// What of them counts when it is frozen now.
    counting: Vec<String>,
    /// That an element leaves it without an index, so that it cannot be frozen.
    lacking: bool,
    /// With which open period it overlaps, where that may be meant.
    overlap: Option<String>,
}

impl Page for PeriodPage {
    const TEMPLATE: &'static str = "surveys/period";
    fn title(&self, _: Locale) -> String {
        self.head.title.clone()
    }
}

#[handler]
async fn list(SignedIn(ctx): SignedIn) -> Result<Response> {
    let locale = ctx.locale();
    let mut rows = Vec::new();
    for (period, unit, answers) in reading::list(&ctx).await? {
        let today = ctx.today_in(organisation::zone_of(&unit)?);
        rows.push(RowView {
            href: base_of(period.id),
            days: days(period.opens_on, period.closes_on, locale),
            chip: chip(phase(&period, today), locale),
            answers: dates::whole(u64::try_from(answers).unwrap_or_default(), locale),
            title: period.title,
            unit: unit.name,
        });
    }
    let manages = !ctx.scope(Permission::ManageSurveys).is_empty();
    ctx.page(&ListPage {
        rows,
        new_href: manages.then_some("/kerja/survei/baru"),
        codes_href: manages.then_some("/kerja/survei/kode"),
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    unit: String,
}

fn edit_page(ctx: &Ctx, mut page: EditPage, faults: &[FieldError]) -> Result<Response> {
    let (form, errors) = page.form.refused(faults, ctx.locale());
    (page.form, page.errors) = (form, errors);
    let status = match page.errors.is_empty() && page.refused.is_none() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(None, status, &page)
}

async fn new_page(ctx: &Ctx, unit: &Unit, all: &[Unit], form: FormView) -> Result<EditPage> {
    let locale = ctx.locale();
    let gone = taking_out::taken_out_of_last(ctx, unit.id).await?;
    Ok(EditPage {
        without: without("surveys-new-without", &gone, locale),
        heading: t(locale, "surveys-new-title"),
        action: format!("{LIST}/baru?unit={}", unit.code),
        back_href: LIST.to_owned(),
        units: access::unit_links("/kerja/survei/baru", unit, all),
        lead: t(locale, "surveys-new-lead"),
        version: None,
        form,
        refused: None,
        errors: Vec::new(),
    })
}

#[handler]
async fn new(SignedIn(ctx): SignedIn, Query(wanted): Query<Wanted>) -> Result<Response> {
    let (unit, all) = access::working_in(&ctx, Permission::ManageSurveys, &wanted.unit).await?;
    let own = reading::last_has_own_weights(&ctx, unit.id).await?;
    let page = new_page(&ctx, &unit, &all, empty_form(own, ctx.locale())).await?;
    edit_page(&ctx, page, &[])
}

#[handler]
async fn create(
    SignedIn(ctx): SignedIn,
    Query(wanted): Query<Wanted>,
    form: Form,
) -> Result<Response> {
    let (unit, all) = access::working_in(&ctx, Permission::ManageSurveys, &wanted.unit).await?;
    let made = match parsed(&Raw::of(&form)) {
        Ok(fields) => service::create(&ctx, unit.id, fields).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(id) => Ok(ctx.redirect_with(
            &base_of(id),
            FlashKind::Ok,
            &Message::new("surveys-created"),
        )),
        Err(Error::Invalid(faults)) => {
            let own = reading::last_has_own_weights(&ctx, unit.id).await?;
            let typed = empty_form(own, ctx.locale()).typed(&form);
            edit_page(&ctx, new_page(&ctx, &unit, &all, typed).await?, &faults)
        }
        Err(error) => Err(error),
    }
}

fn change_page(ctx: &Ctx, period: &period::Model, form: FormView) -> EditPage {
    let locale = ctx.locale();
    let base = base_of(period.id);
    EditPage {
        heading: t(locale, "surveys-edit-title"),
        action: format!("{base}/ubah"),
        back_href: base,
        units: Vec::new(),
        lead: period.title.clone(),
        without: None,
        version: Some(period.version),
        form,
        refused: None,
        errors: Vec::new(),
    }
}

/// The period of an address, for whoever may do this with it.
pub async fn period_of(ctx: &Ctx, id: &str, permission: Permission) -> Result<period::Model> {
    reading::get(ctx, SurveyPeriodId::parse(id)?, permission).await
}

#[handler]
async fn edit(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let own = reading::has_own_weights(&ctx, period.id).await?;
    let form = form_of(&period, own, ctx.locale());
    edit_page(&ctx, change_page(&ctx, &period, form), &[])
}

/// Which period in which version a form is about.
pub fn which(period: &period::Model, form: &Form) -> (SurveyPeriodId, i32) {
    (period.id, form.get("version").parse().unwrap_or_default())
}

#[handler]
async fn change(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let done = match parsed(&Raw::of(&form)) {
        Ok(fields) => service::change(&ctx, which(&period, &form), fields).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(saved(&ctx, &period, "surveys-saved")),
        Err(error) => {
            let own = reading::has_own_weights(&ctx, period.id).await?;
            let typed = form_of(&period, own, ctx.locale()).typed(&form);
            let mut page = change_page(&ctx, &period, typed);
            let (faults, refused) = told(error, ctx.locale())?;
            page.refused = refused;
            edit_page(&ctx, page, &faults)
        }
    }
}

/// What a page can say about an error itself.
pub fn told(error: Error, locale: Locale) -> Result<(Vec<FieldError>, Option<String>)> {
    match error {
        Error::Invalid(faults) => Ok((faults, None)),
        Error::Rule { message, .. } => Ok((Vec::new(), Some(message.text(locale)))),
        other => Err(other),
    }
}

pub fn saved(ctx: &Ctx, period: &period::Model, key: &str) -> Response {
    ctx.redirect_with(&base_of(period.id), FlashKind::Ok, &Message::new(key))
}

async fn period_page(
    ctx: &Ctx,
    period: period::Model,
    (closes, faults): (FormView, &[FieldError]),
    refused: Option<String>,
) -> Result<Response> {
    let locale = ctx.locale();
    let whole = reading::whole(ctx, period).await?;
    let place = whole.unit.id;
    let manages = ctx.may(Permission::ManageSurveys, place);
    let next = next_last_day(&whole.period, whole.today);
    let day = closes.fields.get("closes_on").map(|day| day.value.clone());
    let day = day.filter(|day| !day.is_empty());
    let day = day.or_else(|| next.map(|next| next.to_string()));
    let day = day.unwrap_or_default();
    let last = day.parse().ok();
    let (closes_on, errors) = closes.with("closes_on", day).refused(faults, locale);
    let runs = matches!(whole.phase, Phase::Coming | Phase::Open | Phase::Closed);
    let public_href = format!("/survei/{}", whole.unit.code);
    let page = PeriodPage {
        may_manage: manages,
        may_enter: ctx.may(Permission::EnterSurvey, place),
        draft: whole.phase == Phase::Draft,
        can_open: manages && whole.phase == Phase::Draft,
        can_extend: manages && runs && next.is_some(),
        too_long: (manages && runs && next.is_none()).then(|| {
            Message::new("surveys-extend-over")
                .with("days", LONGEST_PERIOD_DAYS)
                .text(locale)
        }),
        can_close: manages && matches!(whole.phase, Phase::Coming | Phase::Open),
        can_freeze: manages && whole.phase == Phase::Closed,
        frozen: freezing::frozen_text(ctx, &whole).await?,
        public_url: ctx.app.url(&public_href),
        public_href,
        facts: facts(&whole, locale),
        services: service_views(&whole, locale),
        total: progress_of_all(&whole.services, locale),
        elements: whole
            .elements
            .iter()
            .map(|one| asked(one, locale))
            .collect(),
        without: without(
            "surveys-without",
            &taking_out::taken_out(&ctx.app.db, whole.period.id).await?,
            locale,
        ),
        volume_lacks: volume_lacks(&whole, locale),
        aside: match manages && whole.phase != Phase::Draft {
            true => aside_pages::summary(ctx, &whole.period).await?,
            false => None,
        },
        counting: match manages && whole.phase == Phase::Closed {
            true => aside_pages::counting(ctx, &whole.period).await?,
            false => Vec::new(),
        },
        lacking: match manages && whole.phase == Phase::Closed {
            true => {
                let seen = results::look(ctx, whole.period.id).await?;
                !seen.result.lacking().is_empty()
            }
            false => false,
        },
        // What is over and closed is warned of only when somebody tries to open it again.
        overlap: match whole.phase == Phase::Closed && refused.is_none() {
            true => None,
            false => running::overlap_text(ctx, &whole, last).await?,
        },
        head: head(&whole, locale),
        closes_on,
        refused,
        errors,
    };
    let status = match page.errors.is_empty() && page.refused.is_none() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ctx.page_of(Some(&organisation::brand_of(&whole.unit)), status, &page)
}

/// A sentence about elements that were taken out; none where nothing was.
fn without(key: &str, gone: &[TakenOut], locale: Locale) -> Option<String> {
    let names: Vec<String> = gone.iter().map(|one| one.full_name(locale)).collect();
    let message = Message::new(key).with("elements", names.join("; "));
    (!names.is_empty()).then(|| message.text(locale))
}

/// Until the page proposes a day, none is typed.
fn closes_form() -> FormView {
    FormView::new()
        .field("closes_on", true, 0)
        .field("confirm", true, 0)
        .field("counted", false, 0)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ViewSurveys).await?;
    period_page(&ctx, period, (closes_form(), &[]), None).await
}

/// Back to the page of the period: with the good word, or with why not.
async fn after(
    ctx: &Ctx,
    period: period::Model,
    (done, key): (Result<()>, &str),
    form: &Form,
) -> Result<Response> {
    match done {
        Ok(()) => Ok(saved(ctx, &period, key)),
        Err(error) => {
            let (faults, refused) = told(error, ctx.locale())?;
            let typed = closes_form()
                .with("closes_on", form.get("closes_on"))
                .with("confirm", form.get("confirm"))
                .with("counted", form.get("counted"));
            period_page(ctx, period, (typed, &faults), refused).await
        }
    }
}

/// The page of the period with why something was refused.
pub async fn period_page_of(ctx: &Ctx, period: period::Model, error: Error) -> Result<Response> {
    let (faults, refused) = told(error, ctx.locale())?;
    period_page(ctx, period, (closes_form(), &faults), refused).await
}

#[handler]
async fn open(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let done = running::open(&ctx, which(&period, &form), form.is_on("overlap")).await;
    let said = match &done {
        Ok(SurveyState::Closed) => "surveys-opened-over",
        _ => "surveys-opened",
    };
    let step = (period.id, "survey.opened");
    let done = pressed::settled(&ctx, step, true, done.map(|_| ())).await;
    after(&ctx, period, (done, said), &form).await
}

#[handler]
async fn extend(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let mut check = Check::new();
    let day = check.date("closes_on", form.get("closes_on"));
    let done = match check.finish() {
        Ok(()) => running::extend(&ctx, which(&period, &form), day, form.is_on("overlap")).await,
        Err(error) => Err(error),
    };
    let done = match done {
        Err(error) if error.is_conflict() => {
            // Read again: the first press was done since.
            let now = period_of(&ctx, &id, Permission::ManageSurveys).await?;
            let (step, same) = ((period.id, "survey.extended"), now.closes_on == day);
            pressed::settled(&ctx, step, same, Err(error)).await
        }
        done => done,
    };
    after(&ctx, period, (done, "surveys-extended"), &form).await
}

#[handler]
async fn close(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let done = running::close(&ctx, which(&period, &form)).await;
    let done = pressed::settled(&ctx, (period.id, "survey.closed"), true, done).await;
    after(&ctx, period, (done, "surveys-closed"), &form).await
}

/// Freezing cannot be undone: a box says so and has to be ticked.
#[handler]
async fn freeze(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let done = match form.is_on("confirm") {
        true => freezing::freeze(&ctx, which(&period, &form), form.is_on("counted")).await,
        false => Err(Error::field(
            "confirm",
            Message::new("surveys-freeze-confirm-first"),
        )),
    };
    let done = pressed::settled(&ctx, (period.id, "survey.frozen"), true, done).await;
    after(&ctx, period, (done, "surveys-frozen"), &form).await
}

#[handler]
async fn raw_csv(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let period = period_of(&ctx, &id, Permission::ManageSurveys).await?;
    let (name, bytes) = freezing::export(&ctx, &period).await?;
    Ok(ctx.attachment(&name, crate::platform::tables::CSV, bytes))
}
