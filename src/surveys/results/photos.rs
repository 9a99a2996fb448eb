//! The photos of a survey: how it was held, as the annex of its report shows. They belong to the report's words: a new
//! one takes the report back from the head's table.

use uuid::Uuid;

use super::{entity::photo, reporting, store};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::{
        data::{Photo, Picture, PictureFormat},
        photos,
    },
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        pictures::NoPicture,
        traces,
        web::forms::Upload,
    },
    surveys::{
        entity::setup::{SurveyPeriodId, period},
        setup::reading::get,
    },
};

/// As many as four pages of the report show.
const MOST_PHOTOS: usize = 12;

fn refused(key: &str) -> Error {
    Error::field("photo", Message::new(key).with("max", MOST_PHOTOS))
}

/// Takes a photo in, with its caption, over the version of the report that was read; true where the report lay before the
/// head, and was taken back.
pub async fn add(
    ctx: &Ctx,
    id: SurveyPeriodId,
    (caption, file): (String, Option<Upload>),
    version: i32,
) -> Result<bool> {
    let period = get(ctx, id, Permission::ManageSurveys).await?;
    traces::refuse_identity_numbers([("caption", caption.as_str())])?;
    let file = file.ok_or_else(|| refused("survey-photo-choose"))?;
    let looked = photos::looked(&ctx.app, "photo", file).await?;
    let ready = looked.kept(&ctx.app).await?.map_err(|why| {
        refused(match why {
            NoPicture::Unreadable => "survey-photo-unreadable",
            NoPicture::TooLarge => "survey-photo-too-large",
        })
    })?;
    let row = photo::Model {
        id: Uuid::now_v7(),
        unit_id: period.unit_id,
        period_id: period.id,
        caption,
        content_type: ready.content_type,
        width: ready.width,
        height: ready.height,
        source_sha256: ready.source,
        added_by: ctx.actor_name().to_owned(),
        added_at: ctx.now,
        file_key: ready.key,
    };
    let tx = ctx.app.db.begin_write().await?;
    let there = store::photos(&tx, period.id).await?;
    if there.len() >= MOST_PHOTOS {
        return Err(refused("survey-photo-most"));
    }
    if there
        .iter()
        .any(|one| one.source_sha256 == row.source_sha256)
    {
        return Err(refused("survey-photo-known"));
    }
    let waited = reporting::take_back(&tx, ctx, &period, version).await?;
    store::insert_photo(&tx, row.clone()).await?;
    noted(&tx, ctx, &row, "survey.photo_added").await?;
    tx.commit().await?;
    Ok(waited)
}

async fn noted(tx: &Tx, ctx: &Ctx, row: &photo::Model, verb: &'static str) -> Result<()> {
    let entry = audit::Entry::new("survey", row.period_id.0, verb)
        .in_unit(row.unit_id)
        .with(serde_json::json!({ "photo": row.id, "caption": row.caption }));
    audit::record(tx, ctx, entry).await
}

/// Takes a photo away; true where the report lay before the head, and was taken back. The row goes first: bytes that
/// nothing names are harmless.
pub async fn remove(ctx: &Ctx, id: SurveyPeriodId, photo: Uuid, version: i32) -> Result<bool> {
    let period = get(ctx, id, Permission::ManageSurveys).await?;
    let tx = ctx.app.db.begin_write().await?;
    let row = store::photo(&tx, period.id, photo).await?;
    let waited = reporting::take_back(&tx, ctx, &period, version).await?;
    store::delete_photo(&tx, row.id).await?;
    noted(&tx, ctx, &row, "survey.photo_removed").await?;
    tx.commit().await?;
    ctx.app.files.delete(&row.file_key).await?;
    Ok(waited)
}

/// The bytes of a photo, for who may see the survey.
pub async fn picture(ctx: &Ctx, id: SurveyPeriodId, photo: Uuid) -> Result<(String, Vec<u8>)> {
    let period = get(ctx, id, Permission::ViewSurveys).await?;
    let row = store::photo(&ctx.app.db, period.id, photo).await?;
    let bytes = ctx.app.files.get(&row.file_key).await?;
    Ok((row.content_type, bytes))
}

/// The photos as the report prints them.
pub async fn printed(ctx: &Ctx, period: &period::Model) -> Result<Vec<Photo>> {
    let mut photos = Vec::new();
    for row in store::photos(&ctx.app.db, period.id).await? {
        let bytes = ctx.app.files.get(&row.file_key).await?;
        photos.push(Photo {
            caption: traces::for_everybody(&row.caption),
            picture: Picture::new(PictureFormat::Jpg, &bytes),
        });
    }
    Ok(photos)
}
