//! `/api/v1/suggestion-boxes`: openings, their sheets and scans, for programs of the office.

use chrono::{DateTime, FixedOffset, NaiveDate};
use poem_openapi::{
    Multipart, Object, OpenApi,
    param::{Header, Path, Query},
    payload::{Binary, Json, Response},
    types::multipart::Upload,
};
use serde::Deserialize;

use super::service::{self, Opened, Whole};
use crate::{
    access::{Ctx, Permission, Token},
    complaints::ways::{
        api::{chosen_unit, read},
        entity::opening::{Model, OpeningId},
    },
    documents::{FileId, uploads},
    organisation::{self, Unit},
    platform::{
        check::Check,
        error::Result,
        web::{body::Body, forms::Form, tags::Tag},
    },
};

pub struct Api;

/// A suggestion box that was opened before witnesses.
#[derive(Object)]
struct BoxOpening {
    id: String,
    /// Code of the unit.
    unit: String,
    opened_at: DateTime<FixedOffset>,
    place: String,
    witnesses: Vec<String>,
    /// Sheets that were found.
    counted: i32,
    /// Sheets that are cases now.
    entered: i32,
    closed_at: Option<DateTime<FixedOffset>>,
    /// Why another number was entered than was counted.
    close_reason: Option<String>,
    version: i32,
}

/// Openings of a unit, the newest first; two hundred at most.
#[derive(Object)]
struct BoxOpenings {
    items: Vec<BoxOpening>,
}

/// A sheet of a box.
#[derive(Object)]
struct BoxSheet {
    /// Its place, from 1.
    sheet: i32,
    /// Number of the case.
    number: String,
}

/// A scan of sheets.
#[derive(Object)]
struct BoxScan {
    id: FileId,
    name: String,
    /// In bytes.
    size: i64,
}

/// An opening with its sheets and scans.
#[derive(Object)]
struct BoxBatch {
    #[oai(flatten)]
    opening: BoxOpening,
    sheets: Vec<BoxSheet>,
    scans: Vec<BoxScan>,
}

/// That a box was opened.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct NewBoxOpening {
    /// Code of the unit; left out, the caller's own.
    unit: Option<String>,
    /// Required.
    opened_on: Option<NaiveDate>,
    /// `15:00`, in the unit's zone. Required.
    #[oai(default)]
    #[serde(default)]
    opened_time: String,
    /// 3 to 160 characters. Required.
    #[oai(default)]
    #[serde(default)]
    place: String,
    /// Names, at least one.
    #[oai(default)]
    #[serde(default)]
    witnesses: Vec<String>,
    /// Sheets found. Required.
    counted: Option<i64>,
    /// A day of more than a month ago is meant, and no slip of the pen.
    #[oai(default)]
    #[serde(default)]
    sure: bool,
}

/// What a sheet says.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct NewBoxSheet {
    /// Its words. Required.
    #[oai(default)]
    #[serde(default)]
    description: String,
    /// Left out, the first words.
    subject: Option<String>,
    /// `complaint` (when left out), `aspiration`, `information_request` or `praise`.
    kind: Option<String>,
    /// Code or name of the service it is about.
    service: Option<String>,
    name: Option<String>,
    phone: Option<String>,
    /// Hide the name from the division that handles it.
    #[oai(default)]
    #[serde(default)]
    anonymous: bool,
}

/// A sheet that is a case now.
#[derive(Object)]
struct EnteredSheet {
    /// Number of the case.
    number: String,
    /// When the box was opened.
    received_at: DateTime<FixedOffset>,
    due_at: DateTime<FixedOffset>,
}

/// That all sheets are in.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct BoxClosing {
    /// The version that was read; another one is answered by 409. Required.
    #[oai(default)]
    #[serde(default)]
    version: i32,
    /// Why another number was entered than was counted; required then.
    close_reason: Option<String>,
}

#[derive(Debug, Multipart)]
struct NewScan {
    /// PDF, JPEG, PNG or WebP.
    file: Upload,
}

fn opening(of: Model, unit: &Unit, entered: i32) -> Result<BoxOpening> {
    let zone = organisation::zone_of(unit)?;
    let local = |at: DateTime<chrono::Utc>| at.with_timezone(&zone).fixed_offset();
    Ok(BoxOpening {
        id: of.id.to_string(),
        unit: unit.code.clone(),
        opened_at: local(of.opened_at),
        place: of.place,
        witnesses: of.witnesses.0,
        counted: of.counted,
        entered,
        closed_at: of.closed_at.map(local),
        close_reason: of.close_reason,
        version: of.version,
    })
}

async fn batch(ctx: &Ctx, id: OpeningId) -> Result<BoxBatch> {
    let Whole {
        opening: of,
        unit,
        sheets,
        entered,
        scans,
    } = service::whole(ctx, id, None).await?;
    Ok(BoxBatch {
        opening: opening(of, &unit, entered)?,
        sheets: sheets
            .into_iter()
            .map(|(sheet, case)| BoxSheet {
                sheet,
                number: case.number,
            })
            .collect(),
        scans: scans
            .into_iter()
            .map(|file| BoxScan {
                id: file.id,
                name: file.name,
                size: file.size,
            })
            .collect(),
    })
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// List the openings of suggestion boxes
    #[oai(
        path = "/suggestion-boxes",
        method = "get",
        operation_id = "listBoxOpenings"
    )]
    async fn list(
        &self,
        Token(ctx): Token,
        /// Code of the unit; left out, the caller's own.
        unit: Query<Option<String>>,
    ) -> poem::Result<Json<BoxOpenings>> {
        ctx.require_scope(Permission::RegisterComplaint)?;
        let unit = chosen_unit(&ctx, unit.0.as_deref()).await?;
        let batches = service::listed(&ctx, unit.id).await?;
        let items = batches
            .into_iter()
            .map(|one| opening(one.opening, &unit, one.entered));
        Ok(Json(BoxOpenings {
            items: items.collect::<Result<_>>()?,
        }))
    }

    /// Take down that a suggestion box was opened
    #[oai(
        path = "/suggestion-boxes",
        method = "post",
        operation_id = "openSuggestionBox"
    )]
    async fn open(
        &self,
        Token(ctx): Token,
        Body(new): Body<NewBoxOpening>,
    ) -> poem::Result<Json<BoxBatch>> {
        ctx.require_scope(Permission::RegisterComplaint)?;
        let unit = chosen_unit(&ctx, new.unit.as_deref()).await?;
        let day = new.opened_on.map(|day| day.to_string()).unwrap_or_default();
        let counted = new.counted.map(|n| n.to_string()).unwrap_or_default();
        let form = Form::of(&[
            ("opened_on", &day),
            ("opened_time", &new.opened_time),
            ("place", &new.place),
            ("witnesses", &new.witnesses.join("\n")),
            ("counted", &counted),
            ("received_sure", if new.sure { &day } else { "" }),
        ]);
        let (Opened::New(id) | Opened::Known(id)) = service::open(&ctx, &unit, &form).await?;
        Ok(Json(batch(&ctx, id).await?))
    }

    /// Read an opening with its sheets
    #[oai(
        path = "/suggestion-boxes/:id",
        method = "get",
        operation_id = "getBoxOpening"
    )]
    async fn get(&self, Token(ctx): Token, Path(id): Path<String>) -> poem::Result<Json<BoxBatch>> {
        ctx.require_scope(Permission::RegisterComplaint)?;
        Ok(Json(batch(&ctx, OpeningId::parse(&id)?).await?))
    }

    /// Enter a sheet
    ///
    /// It becomes a case that was received when the box was opened. With `Idempotency-Key` (16 to 100 characters) the
    /// same sheet sent twice is one case.
    #[oai(
        path = "/suggestion-boxes/:id/sheets",
        method = "post",
        operation_id = "enterBoxSheet"
    )]
    async fn enter(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        #[oai(name = "Idempotency-Key")] key: Header<Option<String>>,
        Body(new): Body<NewBoxSheet>,
    ) -> poem::Result<Json<EnteredSheet>> {
        ctx.require_scope(Permission::RegisterComplaint)?;
        let id = OpeningId::parse(&id)?;
        let key = match key.0 {
            Some(key) => {
                let mut check = Check::new();
                check.line("Idempotency-Key", &key, 16, 100);
                check.finish()?;
                key
            }
            None => String::new(),
        };
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let form = Form::of(&[
            ("description", &new.description),
            ("subject", &said(&new.subject)),
            ("kind", &said(&new.kind)),
            ("service", &said(&new.service)),
            ("name", &said(&new.name)),
            ("phone", &said(&new.phone)),
            ("anonymous", if new.anonymous { "true" } else { "" }),
            ("form_key", &key),
        ]);
        let filed = service::enter(&ctx, id, &form).await?;
        let zone = organisation::zone_of(&filed.unit)?;
        let of = filed.complaint;
        Ok(Json(EnteredSheet {
            number: of.number,
            received_at: of.received_at.with_timezone(&zone).fixed_offset(),
            due_at: of.due_at.with_timezone(&zone).fixed_offset(),
        }))
    }

    /// Close an opening
    ///
    /// When all sheets are entered, or with the reason why they are not.
    #[oai(
        path = "/suggestion-boxes/:id/close",
        method = "post",
        operation_id = "closeBoxOpening"
    )]
    async fn close(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Body(new): Body<BoxClosing>,
    ) -> poem::Result<Json<BoxBatch>> {
        ctx.require_scope(Permission::RegisterComplaint)?;
        let id = OpeningId::parse(&id)?;
        let reason = new.close_reason.unwrap_or_default();
        service::close(&ctx, id, new.version, &reason).await?;
        Ok(Json(batch(&ctx, id).await?))
    }

    /// Add a scan of sheets
    #[oai(
        path = "/suggestion-boxes/:id/scans",
        method = "post",
        operation_id = "addBoxScan"
    )]
    async fn add_scan(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        form: NewScan,
    ) -> poem::Result<Json<BoxBatch>> {
        ctx.require_scope(Permission::RegisterComplaint)?;
        let id = OpeningId::parse(&id)?;
        let name = form.file.file_name().unwrap_or("pindaian").to_owned();
        let bytes = read(form.file).await?;
        service::add_scans(&ctx, id, vec![(name, bytes)]).await?;
        Ok(Json(batch(&ctx, id).await?))
    }

    /// Download a scan
    ///
    /// It shows handwriting and often a name, so every look is written down.
    #[oai(
        path = "/suggestion-boxes/:id/scans/:file",
        method = "get",
        operation_id = "downloadBoxScan"
    )]
    async fn scan(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
        Path(file): Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        ctx.require_scope(Permission::RegisterComplaint)?;
        let file = FileId::parse(&file)?;
        service::open_scan(&ctx, OpeningId::parse(&id)?, file).await?;
        let file = uploads::get(&ctx.app.db, file).await?;
        let bytes = uploads::bytes(&ctx.app, &file).await?;
        Ok(Response::new(Binary(bytes))
            .header("content-type", file.content_type.as_str())
            .header("content-disposition", "attachment"))
    }
}
