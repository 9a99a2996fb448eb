//! The photos on the page of the report.

use poem::{
    Response, Route, get, handler, post,
    web::{Data, Path},
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    Comparisons,
    entity::photo,
    photos,
    report_pages::{answered, form_version, taken_back},
};
use crate::{
    access::{Permission, SignedIn},
    platform::{
        check::Check,
        error::{Error, Result},
        web::forms::Form,
    },
    surveys::{entity::setup::SurveyPeriodId, setup::reading},
};

pub const LONGEST_CAPTION: usize = 200;

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/survei/:id/laporan/foto", post(add))
        .at("/kerja/survei/:id/laporan/foto/:photo", get(show))
        .at("/kerja/survei/:id/laporan/foto/:photo/hapus", post(remove))
}

/// A photo with where it is shown and taken away.
#[derive(Serialize)]
pub struct PhotoView {
    href: String,
    caption: String,
    width: i32,
    height: i32,
    remove_action: String,
}

pub fn view(row: photo::Model, base: &str) -> PhotoView {
    let href = format!("{base}/foto/{}", row.id);
    PhotoView {
        remove_action: format!("{href}/hapus"),
        href,
        caption: row.caption,
        width: row.width,
        height: row.height,
    }
}

fn photo_of(photo: &str) -> Result<Uuid> {
    Uuid::parse_str(photo).map_err(|_| Error::NotFound)
}

#[handler]
async fn add(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response> {
    let period = SurveyPeriodId::parse(&id)?;
    reading::get(&ctx, period, Permission::ManageSurveys).await?;
    let file = form.files.pop();
    let mut check = Check::new();
    let caption = check.line("caption", form.get("caption"), 5, LONGEST_CAPTION);
    let done = match check.finish() {
        Ok(()) => photos::add(&ctx, period, (caption, file), form_version(&form)).await,
        Err(error) => Err(error),
    };
    let (done, key) = taken_back(done, "survey-photo-added");
    answered((&ctx, *compare), &id, &form, done, key).await
}

#[handler]
async fn show(
    SignedIn(ctx): SignedIn,
    Path((id, photo)): Path<(String, String)>,
) -> Result<Response> {
    let period = SurveyPeriodId::parse(&id)?;
    reading::get(&ctx, period, Permission::ViewSurveys).await?;
    let (kind, bytes) = photos::picture(&ctx, period, photo_of(&photo)?).await?;
    Ok(ctx.download("foto.jpg", &kind, bytes))
}

#[handler]
async fn remove(
    SignedIn(ctx): SignedIn,
    Data(compare): Data<&Comparisons>,
    Path((id, photo)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let period = SurveyPeriodId::parse(&id)?;
    reading::get(&ctx, period, Permission::ManageSurveys).await?;
    let done = photos::remove(&ctx, period, photo_of(&photo)?, form_version(&form)).await;
    let (done, key) = taken_back(done, "survey-photo-removed");
    answered((&ctx, *compare), &id, &form, done, key).await
}
