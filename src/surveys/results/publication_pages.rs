//! Where a result was published: the part of the result's page, and the page of one line, to correct or withdraw it.

use chrono::NaiveDate;
use chrono_tz::Tz;
use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Data, Path},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    Comparisons,
    entity::publication,
    pages,
    publishing::{self, Change, Correction, NewPublication},
    service::{self, Seen},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    organisation,
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
    surveys::{entity::setup::SurveyPeriodId, pressed, setup::reading},
};

const LONGEST_REASON: usize = 300;

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/survei/:id/publikasi", post(publish))
        .at("/kerja/survei/:id/publikasi/:line", get(edit).post(change))
        .at("/kerja/survei/:id/publikasi/:line/tarik", post(withdraw))
        .at("/kerja/survei/:id/publikasi/:line/bukti", get(proof))
}

fn register_of(id: SurveyPeriodId) -> String {
    format!("/kerja/survei/{id}/hasil#publikasi")
}

/// The form of a line.
#[derive(Serialize)]
pub struct FormPart {
    action: String,
    fields: FormView,
    today: String,
}

/// A line of the register.
#[derive(Serialize)]
pub struct PublicationView {
    medium: String,
    date: String,
    proof: String,
    /// Where the proof is an address.
    href: Option<String>,
    /// The file that proves it.
    file: Option<String>,
    by: String,
    /// What it said before: by whom, when and why it was corrected.
    corrections: Vec<String>,
    /// By whom and why it was withdrawn.
    withdrawn: Option<String>,
    /// Its page, for who may correct it.
    edit: Option<String>,
}

#[derive(Serialize)]
struct LinePage {
    title: String,
    back: String,
    form: FormPart,
    corrections: Vec<String>,
    withdraw_action: String,
    reason: FormView,
    version: i32,
    file: Option<String>,
    kept: Vec<String>,
    errors: Vec<ErrorLine>,
}

impl Page for LinePage {
    const TEMPLATE: &'static str = "surveys/publication";
    fn title(&self, locale: Locale) -> String {
        t(locale, "survey-publication-edit")
    }
}

fn empty() -> FormView {
    FormView::new()
        .field("medium", true, publishing::LONGEST_MEDIUM)
        .field("published_on", true, 0)
        // One of the two has to be there: the hint says which may be left out when.
        .field("proof", true, publishing::LONGEST_PROOF)
        .field("file", false, 0)
}

fn part(action: String, fields: FormView, today: NaiveDate) -> FormPart {
    FormPart {
        action,
        fields,
        today: today.to_string(),
    }
}

/// The empty form of the register, or what was typed into it with what is wrong.
pub fn form_of(
    ctx: &Ctx,
    seen: &Seen,
    typed: Option<(&Form, &[FieldError])>,
) -> Result<(FormPart, Vec<ErrorLine>)> {
    let today = ctx.today_in(organisation::zone_of(&seen.unit)?);
    let (fields, errors) = match typed {
        Some((form, faults)) => empty().typed(form).refused(faults, ctx.locale()),
        None => (empty(), Vec::new()),
    };
    let action = format!("/kerja/survei/{}/publikasi", seen.period.id);
    Ok((part(action, fields, today), errors))
}

/// The corrections of a line in words, the first first.
fn corrected(all: &[Correction], line: Uuid, zone: Tz, locale: Locale) -> Vec<String> {
    let part =
        |key: &str, before: String, now: String| format!("{}: {before} → {now}", t(locale, key));
    let told = |what: &Change| match what.clone() {
        Change::Medium(before, now) => part("survey-publication-medium", before, now),
        Change::Day(before, now) => part(
            "survey-publication-date",
            dates::date(before, locale),
            dates::date(now, locale),
        ),
        Change::Proof(before, now) => part("survey-publication-proof", before, now),
        Change::File => t(locale, "survey-publication-file-changed"),
    };
    let own = all.iter().filter(|one| one.line == line);
    own.map(|one| {
        let changes: Vec<String> = one.changes.iter().map(told).collect();
        Message::new("survey-publication-corrected")
            .with("name", &one.by)
            .with("at", dates::date_time(&one.at.with_timezone(&zone), locale))
            .with("changes", changes.join("; "))
            .with("reason", &one.reason)
            .text(locale)
    })
    .collect()
}

/// A line as it is shown; `may_write` to those who may correct it.
pub fn view(
    row: publication::Model,
    may_write: bool,
    (corrections, zone): (&[Correction], Tz),
    locale: Locale,
) -> PublicationView {
    let page = format!("/kerja/survei/{}/publikasi/{}", row.period_id, row.id);
    let is_address = publishing::is_address(&row.proof);
    let withdrawn = row.withdrawn_because.map(|reason| {
        Message::new("survey-publication-withdrawn-by")
            .with("name", row.withdrawn_by.unwrap_or_default())
            .with("reason", reason)
            .text(locale)
    });
    PublicationView {
        medium: row.medium,
        date: dates::date(row.published_on, locale),
        href: is_address.then(|| row.proof.clone()),
        file: row.file_id.map(|_| format!("{page}/bukti")),
        proof: row.proof,
        by: row.entered_by,
        corrections: corrected(corrections, row.id, zone, locale),
        edit: (may_write && withdrawn.is_none()).then_some(page),
        withdrawn,
    }
}

fn typed_by(form: &mut Form) -> NewPublication {
    NewPublication {
        medium: form.get("medium").to_owned(),
        published_on: form.get("published_on").to_owned(),
        proof: form.get("proof").to_owned(),
        file: form.files.pop(),
    }
}

#[handler]
async fn publish(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response> {
    let id = SurveyPeriodId::parse(&id)?;
    let new = typed_by(&mut form);
    match publishing::publish(&ctx, id, new).await {
        Ok(()) => Ok(ctx.redirect_with(
            &register_of(id),
            FlashKind::Ok,
            &Message::new("survey-publication-kept"),
        )),
        Err(Error::Invalid(faults)) => {
            let seen = service::look(&ctx, id).await?;
            let typed = Some((&form, faults.as_slice()));
            let page = pages::page_of(&ctx, *compare, seen, typed).await?;
            ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error),
    }
}

fn line_of(line: &str) -> Result<Uuid> {
    Uuid::parse_str(line).map_err(|_| Error::NotFound)
}

fn version_of(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or_default()
}

/// The page of a line, with the form that was refused and why; the form of the reason says which it is.
async fn line_page(
    ctx: &Ctx,
    (id, line): (&str, &str),
    refused: Option<(&Form, &[FieldError])>,
) -> Result<Response> {
    let id = SurveyPeriodId::parse(id)?;
    let period = reading::get(ctx, id, Permission::ManageSurveys).await?;
    let row = publishing::one(&ctx.app.db, &period, line_of(line)?).await?;
    if row.withdrawn_at.is_some() {
        return Err(Error::NotFound);
    }
    let unit = organisation::unit(&ctx.app.db, period.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let today = ctx.today_in(zone);
    let corrections = publishing::corrections(ctx, &period).await?;
    let mut fields = empty()
        .field("because", true, LONGEST_REASON)
        .with("medium", &row.medium)
        .with("published_on", row.published_on.to_string())
        .with("proof", &row.proof);
    let mut reason = FormView::new().field("reason", true, LONGEST_REASON);
    let (mut errors, mut status) = (Vec::new(), StatusCode::OK);
    if let Some((form, faults)) = refused {
        status = StatusCode::UNPROCESSABLE_ENTITY;
        match form.get("form") {
            "withdraw" => (reason, errors) = reason.typed(form).refused(faults, ctx.locale()),
            _ => (fields, errors) = fields.typed(form).refused(faults, ctx.locale()),
        }
    }
    let action = format!("/kerja/survei/{id}/publikasi/{}", row.id);
    let page = LinePage {
        title: period.title.clone(),
        back: register_of(id),
        corrections: corrected(&corrections, row.id, zone, ctx.locale()),
        withdraw_action: format!("{action}/tarik"),
        file: row.file_id.map(|_| format!("{action}/bukti")),
        form: part(action, fields, today),
        version: row.version,
        kept: Vec::new(),
        reason,
        errors,
    };
    ctx.page_of(Some(&organisation::brand_of(&unit)), status, &page)
}

/// Back to the register, or the page of the line again with what is wrong.
async fn answered(
    ctx: &Ctx,
    (id, line): (&str, &str),
    form: &Form,
    (done, key): (Result<()>, &str),
) -> Result<Response> {
    match done {
        Ok(()) => Ok(ctx.redirect_with(
            &register_of(SurveyPeriodId::parse(id)?),
            FlashKind::Ok,
            &Message::new(key),
        )),
        Err(Error::Invalid(faults)) => {
            line_page(ctx, (id, line), Some((form, faults.as_slice()))).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn edit(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
) -> Result<Response> {
    line_page(&ctx, (&id, &line), None).await
}

#[handler]
async fn change(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response> {
    let period = SurveyPeriodId::parse(&id)?;
    reading::get(&ctx, period, Permission::ManageSurveys).await?;
    let new = typed_by(&mut form);
    let which = (line_of(&line)?, version_of(&form));
    let mut check = Check::new();
    let because = check.line("because", form.get("because"), 5, LONGEST_REASON);
    // A file that comes with it is new: nobody knows whether the first press brought the same.
    let asked = new.file.is_none().then(|| new.clone());
    let done = match check.finish() {
        Ok(()) => publishing::correct(&ctx, period, which, (new, because.clone())).await,
        Err(error) => Err(error),
    };
    let done = match (asked, done) {
        (Some(asked), Err(error)) if error.is_conflict() => {
            let same = publishing::says(&ctx, period, which.0, (asked, &because)).await?;
            let step = (period, publishing::CORRECTED);
            pressed::settled(&ctx, step, same, Err(error)).await
        }
        (_, done) => done,
    };
    answered(&ctx, (&id, &line), &form, (done, "surveys-saved")).await
}

#[handler]
async fn withdraw(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let period = SurveyPeriodId::parse(&id)?;
    let kept = reading::get(&ctx, period, Permission::ManageSurveys).await?;
    let which = (line_of(&line)?, version_of(&form));
    let mut check = Check::new();
    let reason = check.line("reason", form.get("reason"), 5, LONGEST_REASON);
    let done = match check.finish() {
        Ok(()) => publishing::withdraw(&ctx, period, which, reason.clone()).await,
        Err(error) => Err(error),
    };
    let done = match done {
        Err(error) if error.is_conflict() => {
            let row = publishing::one(&ctx.app.db, &kept, which.0).await?;
            let same = row.withdrawn_because == Some(reason);
            let step = (period, publishing::WITHDRAWN);
            pressed::settled(&ctx, step, same, Err(error)).await
        }
        done => done,
    };
    let key = "survey-publication-withdrawn";
    answered(&ctx, (&id, &line), &form, (done, key)).await
}

#[handler]
async fn proof(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
) -> Result<Response> {
    let id = SurveyPeriodId::parse(&id)?;
    reading::get(&ctx, id, Permission::ViewSurveys).await?;
    let (file, bytes) = publishing::proof(&ctx, id, line_of(&line)?).await?;
    Ok(ctx.download(&file.name, &file.content_type, bytes))
}
