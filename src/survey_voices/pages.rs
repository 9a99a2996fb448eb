//! The button beside a comment, and the survey after a closed complaint.

use poem::{Request, Response, Route, handler, post, web::Path};

use super::service;
use crate::{
    access::{Public, SignedIn},
    complaints::pages::closed_case,
    forums::ForumId,
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
    surveys::{SurveyPeriodId, SurveyResponseId},
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/survei/:id/komentar/:response/pengaduan",
            post(file_comment),
        )
        .at(
            "/kerja/survei/:id/komentar/:response/masukan",
            post(raise_comment),
        )
        .at("/pengaduan/status/survei", post(ask))
}

#[handler]
async fn file_comment(
    SignedIn(ctx): SignedIn,
    Path((period, response)): Path<(String, String)>,
    _form: Form,
) -> Result<Response> {
    let period = SurveyPeriodId::parse(&period)?;
    let id = SurveyResponseId::parse(&response)?;
    let number = service::file(&ctx, period, id).await?;
    let message = Message::new("survey-voices-filed").with("number", &number);
    let path = format!("/kerja/pengaduan/{number}");
    Ok(ctx.redirect_with(&path, FlashKind::Ok, &message))
}

#[handler]
async fn raise_comment(
    SignedIn(ctx): SignedIn,
    Path((period, response)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let period = SurveyPeriodId::parse(&period)?;
    let id = SurveyResponseId::parse(&response)?;
    let forum = ForumId::parse(form.get("forum"))?;
    let became = service::raise(&ctx, period, id, forum).await?;
    let message = Message::new("survey-voices-raised")
        .with("label", &became.label)
        .with("days", &became.days);
    Ok(ctx.redirect_with(&became.target, FlashKind::Ok, &message))
}

/// Whoever may see a closed case gets a link for one answer about its service.
#[handler]
async fn ask(Public(ctx): Public, request: &Request, _form: Form) -> Result<Response> {
    let case = closed_case(&ctx, request).await?.ok_or(Error::NotFound)?;
    Ok(ctx.redirect(&service::ask(&ctx, &case).await?))
}
