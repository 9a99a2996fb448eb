//! `/kerja/survei/{id}/laporan`: the few texts of the report beside their place, and its way over the head's table into
//! the register.

use chrono::NaiveDate;
use chrono_tz::Tz;
use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    post,
    web::{Data, Path},
};
use serde::Serialize;

use super::{
    Comparisons,
    entity::{photo, report_row},
    photo_pages::{self, PhotoView},
    report::{self, Composed},
    reporting::{self, Given, Kept, Texts},
    service::{self, Seen},
    store,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    documents, organisation,
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
        entity::setup::{SurveyPeriodId, SurveyState},
        pressed,
        setup::reading,
    },
};

const LONGEST: usize = 8_000;
const LONGEST_REASON: usize = 500;

pub fn routes(route: Route) -> Route {
    photo_pages::routes(route)
        .at("/kerja/survei/:id/laporan", get(show).post(save))
        .at("/kerja/survei/:id/laporan/ajukan", post(submit))
        .at("/kerja/survei/:id/laporan/kembalikan", post(give_back))
        .at("/kerja/survei/:id/laporan/terbitkan", post(issue_report))
        .at("/kerja/survei/:id/laporan/pratinjau.pdf", get(preview))
}

#[derive(Serialize)]
struct ReportPage {
    back_href: String,
    title: String,
    action: String,
    version: i32,
    form: FormView,
    /// The texts as paragraphs, for those who read them and do not write.
    read: ReadView,
    /// What is composed at the two places where the office's words are added.
    analysis: Vec<String>,
    conclusion: Vec<String>,
    /// Who wrote last, and when.
    written: Option<String>,
    issued: Option<IssuedView>,
    may_manage: bool,
    may_approve: bool,
    frozen: bool,
    /// That it lies before the head, since when, with which number and day.
    waiting: Option<String>,
    /// What the head wants done first.
    returned: Option<String>,
    /// Letters that its paper cannot show, before anybody approves it.
    squares: Option<String>,
    issue: FormView,
    issue_label: String,
    back: FormView,
    photos: Vec<PhotoView>,
    photo: FormView,
    /// No file waits from an earlier try.
    kept: Vec<String>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct ReadView {
    preface: Vec<String>,
    analysis: Vec<String>,
    conclusion: Vec<String>,
}

#[derive(Serialize)]
struct IssuedView {
    href: String,
    text: String,
    verify_href: String,
}

impl Page for ReportPage {
    const TEMPLATE: &'static str = "surveys/report";
    fn title(&self, locale: Locale) -> String {
        t(locale, "survey-report-title")
    }
}

fn base_of(id: SurveyPeriodId) -> String {
    format!("/kerja/survei/{id}/laporan")
}

/// The texts as they stand: a preface of their own, or the composed one.
fn texts_form(kept: &Kept, composed: &Composed) -> FormView {
    let own = |text: fn(&report_row::Model) -> &String| {
        kept.row.as_ref().map(text).cloned().unwrap_or_default()
    };
    let preface = match own(|row| &row.preface) {
        none if none.is_empty() => composed.preface.join("\n"),
        own => own,
    };
    // Paragraphs stand apart while they are written.
    let apart = |text: String| text.replace('\n', "\n\n");
    FormView::new()
        .field("preface", false, LONGEST)
        .field("analysis", false, LONGEST)
        .field("conclusion", false, LONGEST)
        .with("preface", apart(preface))
        .with("analysis", apart(own(|row| &row.analysis)))
        .with("conclusion", apart(own(|row| &row.conclusion)))
}

fn read_view(kept: &Kept, composed: &Composed) -> ReadView {
    let own = |text: fn(&report_row::Model) -> &String| {
        let text = kept.row.as_ref().map(text);
        text.map(|text| report::paragraphs(text))
            .unwrap_or_default()
    };
    let preface = own(|row| &row.preface);
    ReadView {
        preface: match preface.is_empty() {
            true => composed.preface.clone(),
            false => preface,
        },
        analysis: own(|row| &row.analysis),
        conclusion: own(|row| &row.conclusion),
    }
}

fn issued_view(ctx: &Ctx, seen: &Seen, kept: &Kept) -> Result<Option<IssuedView>> {
    let Some(issued) = &kept.issued else {
        return Ok(None);
    };
    let zone = organisation::zone_of(&seen.unit)?;
    let number = issued.number.clone().unwrap_or_else(|| "–".to_owned());
    let text = Message::new("survey-report-issued-text")
        .with("number", number)
        .with("version", issued.version)
        .with(
            "at",
            dates::date_time(&issued.issued_at.with_timezone(&zone), ctx.locale()),
        )
        .with("code", documents::grouped_code(&issued.verification_code));
    Ok(Some(IssuedView {
        href: format!("/kerja/survei/{}/hasil.pdf", seen.period.id),
        text: text.text(ctx.locale()),
        verify_href: format!("/verifikasi/{}", issued.verification_code),
    }))
}

/// Number and day as they were given last; a correction keeps the number of what it corrects.
fn issue_form(kept: &Kept, today: NaiveDate) -> FormView {
    let given = kept.row.as_ref().map(|row| row.number.clone());
    let given = given.filter(|number| !number.is_empty());
    let number = given.or_else(|| kept.issued.as_ref()?.number.clone());
    FormView::new()
        .field("number", true, 100)
        .field("dated_on", true, 0)
        .with("number", number.unwrap_or_default())
        .with("dated_on", today.to_string())
}

fn waiting_text(kept: &Kept, zone: Tz, locale: Locale) -> Option<String> {
    let row = kept.row.as_ref()?;
    let message = Message::new("survey-report-waiting")
        .with("name", row.submitted_by.clone().unwrap_or_default())
        .on("at", row.submitted_at?.with_timezone(&zone).date_naive())
        .with("number", &row.number)
        .on("day", row.dated_on?);
    Some(message.text(locale))
}

fn returned_text(kept: &Kept, locale: Locale) -> Option<String> {
    let reason = kept.row.as_ref()?.returned_because.clone()?;
    let message = Message::new("survey-report-returned").with("reason", reason);
    Some(message.text(locale))
}

/// The letters of what people wrote for the report that no font of its paper has.
fn squares_text(
    seen: &Seen,
    kept: &Kept,
    photos: &[photo::Model],
    locale: Locale,
) -> Option<String> {
    let own = kept.row.iter();
    let own = own.flat_map(|row| [&row.preface, &row.analysis, &row.conclusion]);
    let captions = photos.iter().map(|photo| &photo.caption);
    let elements = seen.result.elements.iter().map(|one| &one.name_id);
    let words: Vec<&str> = own
        .chain(captions)
        .chain(elements)
        .chain([&seen.period.title])
        .map(String::as_str)
        .collect();
    let letters = documents::unprintable_text(&words.concat())?;
    let message = Message::new("survey-report-squares").with("letters", letters);
    Some(message.text(locale))
}

/// The page, with a form that was refused and why.
async fn page_of(
    ctx: &Ctx,
    compare: Comparisons,
    seen: &Seen,
    refused: Option<(&Form, Vec<FieldError>, StatusCode)>,
) -> Result<Response> {
    let locale = ctx.locale();
    let kept = reporting::kept(ctx, &seen.period).await?;
    let composed = report::composed(ctx, compare, seen).await?;
    let zone = organisation::zone_of(&seen.unit)?;
    let today = ctx.today_in(zone);
    let mut form = texts_form(&kept, &composed);
    let mut issue = issue_form(&kept, today);
    let mut back = FormView::new().field("reason", true, LONGEST_REASON);
    let mut photo = FormView::new().field("photo", true, 0).field(
        "caption",
        true,
        photo_pages::LONGEST_CAPTION,
    );
    let (mut status, mut errors, mut version) = (StatusCode::OK, Vec::new(), kept.version());
    if let Some((typed, faults, code)) = refused {
        (status, version) = (code, form_version(typed));
        // Each form says which it is.
        match typed.get("form") {
            "issue" => (issue, errors) = issue.typed(typed).refused(&faults, locale),
            "photo" => (photo, errors) = photo.typed(typed).refused(&faults, locale),
            "back" => (back, errors) = back.typed(typed).refused(&faults, locale),
            _ => (form, errors) = form.typed(typed).refused(&faults, locale),
        }
    }
    let base = base_of(seen.period.id);
    let label = match kept.issued {
        Some(_) => "survey-report-submit-again",
        None => "survey-report-submit",
    };
    let photos = store::photos(&ctx.app.db, seen.period.id).await?;
    let squares = squares_text(seen, &kept, &photos, locale);
    let photos = photos.into_iter().map(|row| photo_pages::view(row, &base));
    let written = kept.row.as_ref().filter(|row| !row.changed_by.is_empty());
    let page = ReportPage {
        back_href: format!("/kerja/survei/{}/hasil", seen.period.id),
        title: seen.period.title.clone(),
        written: written.map(|row| {
            Message::new("survey-report-written")
                .with("name", &row.changed_by)
                .on("day", row.changed_at.with_timezone(&zone).date_naive())
                .text(locale)
        }),
        issued: issued_view(ctx, seen, &kept)?,
        may_manage: ctx.may(Permission::ManageSurveys, seen.unit.id),
        may_approve: ctx.may(Permission::ApproveSurveyReport, seen.unit.id),
        waiting: waiting_text(&kept, zone, locale),
        returned: returned_text(&kept, locale),
        squares,
        back,
        photos: photos.collect(),
        photo,
        kept: Vec::new(),
        read: read_view(&kept, &composed),
        frozen: seen.period.state == SurveyState::Frozen,
        analysis: composed.analysis,
        conclusion: composed.conclusion,
        issue_label: t(locale, label),
        action: base,
        version,
        form,
        issue,
        errors,
    };
    ctx.page_of(None, status, &page)
}

pub fn form_version(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or(-1)
}

async fn seen(ctx: &Ctx, id: &str) -> Result<Seen> {
    service::look(ctx, SurveyPeriodId::parse(id)?).await
}

#[handler]
async fn show(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
) -> Result<Response> {
    page_of(&ctx, *compare, &seen(&ctx, &id).await?, None).await
}

/// The words as they are kept; those that say what is composed anyway are none of the office's own.
fn texts_of(form: &Form) -> Result<Texts> {
    let mut check = Check::new();
    let mut text = |field: &str| {
        let typed = check.optional(field, form.get(field), LONGEST);
        report::paragraphs(&typed.unwrap_or_default()).join("\n")
    };
    let mut texts = Texts {
        preface: text("preface"),
        analysis: text("analysis"),
        conclusion: text("conclusion"),
    };
    check.finish()?;
    if texts.preface == report::composed_preface()?.join("\n") {
        texts.preface.clear();
    }
    Ok(texts)
}

/// A change with its word; where the report lay before the head, that it was taken back is said instead.
pub fn taken_back(done: Result<bool>, key: &'static str) -> (Result<()>, &'static str) {
    match done {
        Ok(true) => (Ok(()), "survey-report-taken-back"),
        done => (done.map(|_| ()), key),
    }
}

/// Back with the news, or the page again with what is wrong; nothing typed is lost.
pub async fn answered(
    (ctx, compare): (&Ctx, Comparisons),
    id: &str,
    form: &Form,
    done: Result<()>,
    key: &str,
) -> Result<Response> {
    let fault = |message: Message| {
        vec![FieldError {
            field: "steps".to_owned(),
            message,
        }]
    };
    let (faults, status) = match done {
        Ok(()) => {
            let base = base_of(SurveyPeriodId::parse(id)?);
            return Ok(ctx.redirect_with(&base, FlashKind::Ok, &Message::new(key)));
        }
        Err(Error::Invalid(faults)) => (faults, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Rule { message, .. }) => (fault(message), StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::Conflict { .. }) => (
            fault(Message::new("survey-report-stale")),
            StatusCode::CONFLICT,
        ),
        Err(error) => return Err(error),
    };
    let seen = seen(ctx, id).await?;
    page_of(ctx, compare, &seen, Some((form, faults, status))).await
}

#[handler]
async fn save(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let period = SurveyPeriodId::parse(&id)?;
    let done = match texts_of(&form) {
        Ok(texts) => reporting::write(&ctx, period, texts, form_version(&form)).await,
        Err(error) => Err(error),
    };
    let (done, key) = taken_back(done, "survey-report-saved");
    answered((&ctx, *compare), &id, &form, done, key).await
}

fn given(form: &Form) -> Result<Given> {
    let mut check = Check::new();
    let number = check.line("number", form.get("number"), 1, 100);
    let dated_on = check.date("dated_on", form.get("dated_on"));
    check.finish()?;
    Ok(Given { number, dated_on })
}

async fn submitted(ctx: &Ctx, id: &str, form: &Form) -> Result<()> {
    let period = SurveyPeriodId::parse(id)?;
    reading::get(ctx, period, Permission::ManageSurveys).await?;
    let given = given(form)?;
    let done = reporting::submit(ctx, period, given.clone(), form_version(form)).await;
    if !done.as_ref().is_err_and(Error::is_conflict) {
        return done;
    }
    let row = store::report(&ctx.app.db, period).await?;
    let asked = row.is_some_and(|row| {
        row.submitted_at.is_some()
            && row.number == given.number
            && row.dated_on == Some(given.dated_on)
    });
    pressed::settled(ctx, (period, reporting::SUBMITTED), asked, done).await
}

async fn given_back(ctx: &Ctx, id: &str, form: &Form) -> Result<()> {
    let period = SurveyPeriodId::parse(id)?;
    reading::get(ctx, period, Permission::ApproveSurveyReport).await?;
    let mut check = Check::new();
    let reason = check.line("reason", form.get("reason"), 3, LONGEST_REASON);
    check.finish()?;
    let done = reporting::give_back(ctx, period, reason.clone(), form_version(form)).await;
    if !done.as_ref().is_err_and(Error::is_conflict) {
        return done;
    }
    let row = store::report(&ctx.app.db, period).await?;
    let asked = row.is_some_and(|row| row.returned_because.as_ref() == Some(&reason));
    pressed::settled(ctx, (period, reporting::RETURNED), asked, done).await
}

#[handler]
async fn submit(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let done = submitted(&ctx, &id, &form).await;
    let key = "survey-report-submitted";
    answered((&ctx, *compare), &id, &form, done, key).await
}

#[handler]
async fn give_back(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let done = given_back(&ctx, &id, &form).await;
    let key = "survey-report-given-back";
    answered((&ctx, *compare), &id, &form, done, key).await
}

#[handler]
async fn issue_report(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let period = SurveyPeriodId::parse(&id)?;
    let done = reporting::issue(&ctx, *compare, period, form_version(&form)).await;
    let done = pressed::settled(&ctx, (period, reporting::ISSUED), true, done).await;
    answered((&ctx, *compare), &id, &form, done, "survey-report-issued").await
}

/// The report as it would be set now, also while an issued one counts.
#[handler]
async fn preview(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
) -> Result<Response> {
    let seen = seen(&ctx, &id).await?;
    let bytes = report::preview(&ctx, *compare, &seen).await?;
    Ok(ctx.download("pratinjau-laporan-skm.pdf", "application/pdf", bytes))
}
