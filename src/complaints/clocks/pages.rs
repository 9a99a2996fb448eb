//! `/kerja/pengaduan/<number>/perpanjang`: putting off the first answer, on a page that shows what it means.

use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{extending, reading};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::{Step, dates},
    complaints::{rules::read_number, viewing},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

#[must_use]
pub fn routes(route: Route) -> Route {
    route.at(
        "/kerja/pengaduan/:number/perpanjang",
        get(show_extension).post(extend),
    )
}

#[derive(Serialize)]
struct ExtendPage {
    errors: Vec<ErrorLine>,
    number: String,
    back_href: String,
    action: String,
    version: i32,
    subject: String,
    now_due: String,
    most: String,
    /// Why it cannot be put off; the form is not shown then.
    refused: Option<String>,
    form: FormView,
}

impl Page for ExtendPage {
    const TEMPLATE: &'static str = "complaints/extend";
    fn title(&self, locale: Locale) -> String {
        format!("{} · {}", t(locale, "clock-extend-title"), self.number)
    }
}

fn fields() -> FormView {
    FormView::new()
        .field("days", true, 3)
        .field("reason", true, 500)
}

async fn page(
    ctx: &Ctx,
    number: &str,
    form: FormView,
    faults: &[FieldError],
    lines: Vec<ErrorLine>,
    status: StatusCode,
) -> Result<Response> {
    let locale = ctx.locale();
    let reading = reading::read_number(ctx, number).await?;
    let of = &reading.complaint;
    ctx.require(Permission::ExtendDeadline, of.unit_id)?;
    let sort = reading::Sort::of(of);
    let most = reading.policy.policy.term(Step::Extend, sort.about())?;
    let (form, mut errors) = form.refused(faults, locale);
    errors.extend(lines);
    let back = format!("/kerja/pengaduan/{}", of.number);
    let page = ExtendPage {
        errors,
        number: of.number.clone(),
        action: format!("{back}/perpanjang"),
        back_href: back,
        version: of.version,
        subject: if viewing::sight_of(ctx, of, false).text {
            of.subject.clone()
        } else {
            t(locale, "complaints-hidden-subject")
        },
        now_due: dates::date_time(&of.due_at.with_timezone(&reading.zone), locale),
        most: Message::new("clock-extend-most")
            .with("days", most.working_days)
            .with("source", &most.source)
            .text(locale),
        refused: extending::refusal(of, ctx.now).map(|(_, text)| t(locale, text)),
        form,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn show_extension(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    page(&ctx, &number, fields(), &[], Vec::new(), StatusCode::OK).await
}

#[handler]
async fn extend(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    // A form without a version is not from our page.
    let seen = Some(form.get("version").parse().unwrap_or(0));
    let (days, reason) = (form.get("days"), form.get("reason"));
    let error = match extending::extend(&ctx, &number, seen, days, reason).await {
        Ok(_) => {
            let path = format!("/kerja/pengaduan/{}", read_number(&number));
            let told = Message::new("clock-extended");
            return Ok(ctx.redirect_with(&path, FlashKind::Ok, &told));
        }
        Err(error) => error,
    };
    let (status, typed) = (error.status(), fields().typed(&form));
    match error {
        Error::Invalid(faults) => page(&ctx, &number, typed, &faults, Vec::new(), status).await,
        Error::Rule { .. } | Error::Conflict { .. } => {
            let line = ErrorLine {
                field: "days".to_owned(),
                message: error.text(ctx.locale()),
            };
            page(&ctx, &number, typed, &[], vec![line], status).await
        }
        other => Err(other),
    }
}
