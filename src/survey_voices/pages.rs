//! The button beside a comment, and the survey after a closed complaint.

use poem::{Request, Response, Route, handler, post, web::Path};

use super::service;
use crate::{
    access::{Public, SignedIn},
    complaints::pages::closed_case,
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

/// Whoever may see a closed case gets a link for one answer about its service.
#[handler]
async fn ask(Public(ctx): Public, request: &Request, _form: Form) -> Result<Response> {
    let case = closed_case(&ctx, request).await?.ok_or(Error::NotFound)?;
    let token = service::ask(&ctx, &case).await?;
    Ok(ctx.redirect(&format!("/survei/tautan/{token}")))
}
