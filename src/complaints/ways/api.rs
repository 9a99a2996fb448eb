//! `/api/v1/units/{code}/channels` for everybody, and lists of SP4N-LAPOR for programs of the office.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use poem_openapi::{
    ApiResponse, Multipart, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::multipart::Upload,
};
use serde::Deserialize;

use super::{
    channels::{self, WayView},
    incoming,
    sp4n::{self, Change, Fault, Taken},
};
use crate::{
    access::{Ctx, Permission, Public, Token},
    complaints::{api::Done, rules::Channel, viewing},
    organisation::{self, Unit},
    platform::{
        error::{Error, Result},
        i18n::Locale,
        sheets,
        web::{body::Body, forms::Form, tags::Tag},
    },
};

pub struct Api;

/// A way by which people reach a unit.
#[derive(Object)]
#[oai(rename = "UnitChannel")]
struct UnitChannel {
    kind: Channel,
    name: String,
    /// A number, an address or a place.
    contact: String,
    /// Who answers for it (UU 25/2009, article 36).
    responsible: String,
    note: String,
}

/// The ways that are open, in the unit's order.
#[derive(Object)]
struct UnitChannels {
    items: Vec<UnitChannel>,
}

/// What a complainant said over a channel.
#[derive(Object, Deserialize)]
#[oai(rename = "IncomingComplaintMessage", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct NewIncoming {
    /// `whatsapp`, `email`, `phone` …, one that the unit's register has open. Required.
    #[oai(default)]
    #[serde(default)]
    channel: String,
    /// As the office reads it, 3 to 5000 characters. Required.
    #[oai(default)]
    #[serde(default)]
    text: String,
    /// The channel's own name for the message: delivered twice it is kept once, and the second answer is 409.
    external_id: Option<String>,
    /// As it came in; sealed, only complaint officers open it.
    original: Option<String>,
    /// The day on which it was said; today when left out.
    said_on: Option<NaiveDate>,
}

/// A list of SP4N-LAPOR.
#[derive(Debug, Multipart)]
struct NewList {
    /// XLSX or separated text with a line of headings, such as Tracking ID, Tanggal Laporan, Isi Laporan, Status,
    /// Disposisi.
    file: Upload,
    /// Code of the unit; left out, the caller's own.
    unit: Option<String>,
}

/// The words over the columns of a unit's lists, in small letters.
#[derive(Default, Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
struct Sp4nColumns {
    tracking_id: Option<String>,
    /// The day on which the office got it.
    received: Option<String>,
    /// The day on which it was written, where that has a column of its own.
    reported: Option<String>,
    description: Option<String>,
    subject: Option<String>,
    status: Option<String>,
    disposition: Option<String>,
    kind: Option<String>,
    service: Option<String>,
    name: Option<String>,
    privacy: Option<String>,
}

impl Sp4nColumns {
    fn parts(&mut self) -> [(&'static str, &mut Option<String>); 11] {
        [
            ("tracking_id", &mut self.tracking_id),
            ("received", &mut self.received),
            ("reported", &mut self.reported),
            ("description", &mut self.description),
            ("subject", &mut self.subject),
            ("status", &mut self.status),
            ("disposition", &mut self.disposition),
            ("kind", &mut self.kind),
            ("service", &mut self.service),
            ("name", &mut self.name),
            ("privacy", &mut self.privacy),
        ]
    }

    fn of(mut kept: BTreeMap<String, String>) -> Self {
        let mut columns = Self::default();
        for (part, place) in columns.parts() {
            *place = kept.remove(part);
        }
        columns
    }

    fn headings(mut self) -> BTreeMap<String, String> {
        let parts = self.parts();
        let named = parts.into_iter();
        named
            .filter_map(|(part, heading)| Some((part.to_owned(), heading.take()?)))
            .collect()
    }
}

/// What a list said.
#[derive(Object)]
#[oai(rename = "Sp4nImportReport")]
struct ImportReport {
    /// Rows that are new and without a fault.
    accepted: usize,
    /// Rows that are cases now.
    stored: usize,
    /// Rows that were cases before, and as they were known.
    known: usize,
    /// Rows that were cases before and say something else now.
    changed: Vec<ChangedRow>,
    faulty: Vec<FaultyReport>,
}

/// A known report that changed at SP4N-LAPOR.
#[derive(Object)]
#[oai(rename = "Sp4nChangedRow")]
struct ChangedRow {
    row: u32,
    tracking_id: String,
    /// Number of the case.
    number: String,
    before: String,
    after: String,
}

/// A fault of a row; one row may have several.
#[derive(Object)]
#[oai(rename = "Sp4nFaultyRow")]
struct FaultyReport {
    /// As the spreadsheet program counts, from 1.
    row: u32,
    /// The letter of the column; absent where the row as a whole is meant.
    column: Option<String>,
    /// A stable word: `tracking_id`, `date`, `in_future`, `kind_unknown`, `finished_there`, `duplicate_in_file`,
    /// `hidden_row`, `merged_cells`, `cell_error`; or of a field `required`, `too_short`, `too_long`, `one_line`, `html`,
    /// `formula`.
    code: String,
    message: String,
}

#[derive(ApiResponse)]
enum ImportAnswer {
    /// The rows are cases.
    #[oai(status = 200)]
    Stored(Json<ImportReport>),
    /// Some rows are faulty, so nothing was stored.
    #[oai(status = 422)]
    Refused(Json<ImportReport>),
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// The ways by which people reach a unit
    ///
    /// Needs no token. What is shut is not listed.
    #[oai(
        path = "/units/:code/channels",
        method = "get",
        operation_id = "listUnitChannels"
    )]
    async fn channels(
        &self,
        Public(ctx): Public,
        code: Path<String>,
    ) -> poem::Result<Json<UnitChannels>> {
        let unit = organisation::unit_by_code(&ctx.app.db, &code.0).await?;
        let ways = channels::public_ways(&ctx.app.db, unit.id, ctx.locale()).await?;
        Ok(Json(UnitChannels {
            items: ways.into_iter().map(UnitChannel::from).collect(),
        }))
    }

    /// Keep a message that came over another channel
    ///
    /// For a gateway that delivers by itself, or a program that reads a mailbox. A complaint that waited for what was
    /// missing goes on.
    #[oai(
        path = "/complaints/:number/incoming-messages",
        method = "post",
        operation_id = "keepIncomingMessage"
    )]
    async fn incoming(
        &self,
        Token(ctx): Token,
        number: Path<String>,
        Body(new): Body<NewIncoming>,
    ) -> poem::Result<Done> {
        ctx.require_scope(Permission::AnswerComplaint)?;
        let said_on = new.said_on.map(|day| day.to_string()).unwrap_or_default();
        let form = Form::of(&[
            ("channel", new.channel.as_str()),
            ("text", &new.text),
            (
                "external_id",
                new.external_id.as_deref().unwrap_or_default(),
            ),
            ("original", new.original.as_deref().unwrap_or_default()),
            ("said_on", &said_on),
        ]);
        incoming::record(&ctx, &number.0, &form).await?;
        Ok(Done::Done)
    }

    /// Read the headings that a unit chose for lists of SP4N-LAPOR
    #[oai(
        path = "/units/:code/sp4n-columns",
        method = "get",
        operation_id = "getSp4nColumns"
    )]
    async fn columns(
        &self,
        Token(ctx): Token,
        code: Path<String>,
    ) -> poem::Result<Json<Sp4nColumns>> {
        ctx.require_scope(Permission::RegisterComplaint)?;
        let unit = chosen_unit(&ctx, Some(&code.0)).await?;
        Ok(Json(Sp4nColumns::of(sp4n::headings(&ctx, &unit).await?)))
    }

    /// Choose headings for lists of SP4N-LAPOR
    ///
    /// A chosen heading is compared as a whole, in small letters, before anything is guessed. The columns of what is left out
    /// are guessed from single words of the headings.
    #[oai(
        path = "/units/:code/sp4n-columns",
        method = "put",
        operation_id = "chooseSp4nColumns"
    )]
    async fn choose_columns(
        &self,
        Token(ctx): Token,
        code: Path<String>,
        Body(new): Body<Sp4nColumns>,
    ) -> poem::Result<Json<Sp4nColumns>> {
        ctx.require_scope(Permission::RegisterComplaint)?;
        let unit = chosen_unit(&ctx, Some(&code.0)).await?;
        sp4n::choose_headings(&ctx, &unit, &new.headings()).await?;
        Ok(Json(Sp4nColumns::of(sp4n::headings(&ctx, &unit).await?)))
    }

    /// Import a list of SP4N-LAPOR
    ///
    /// What a column holds is known by single words of its heading, in any order of the columns: `Tgl. laporan masuk` is the
    /// day of receipt because of `tgl`. A heading that the unit chose (`PUT /units/{code}/sp4n-columns`) is compared as a whole
    /// and goes first. The line with most such words among the first ones is that of the headings. The rows go
    /// in piece by piece; a list that was cut short goes on where it stopped when it is taken in again. With faulty rows nothing is
    /// stored, unless `skip_faulty` is true. A tracking id that is a case already is not stored again; what changed
    /// there is told, and written down only with `take_changes`.
    #[oai(
        path = "/complaints/import",
        method = "post",
        operation_id = "importComplaints"
    )]
    async fn import(
        &self,
        Token(ctx): Token,
        /// Store the good rows and leave the faulty ones out.
        skip_faulty: Query<Option<bool>>,
        /// Write down what changed at SP4N-LAPOR.
        take_changes: Query<Option<bool>>,
        form: NewList,
    ) -> poem::Result<ImportAnswer> {
        ctx.require_scope(Permission::RegisterComplaint)?;
        let unit = chosen_unit(&ctx, form.unit.as_deref()).await?;
        let name = form.file.file_name().unwrap_or("daftar").to_owned();
        let bytes = read(form.file).await?;
        let skip = skip_faulty.0.unwrap_or_default();
        let choice = (skip, take_changes.0.unwrap_or_default());
        let taken = sp4n::import_file(&ctx, &unit, (name, bytes), choice).await?;
        let refused = !taken.reading.faults.is_empty() && !skip;
        let report = Json(report_of(taken, ctx.locale()));
        Ok(if refused {
            ImportAnswer::Refused(report)
        } else {
            ImportAnswer::Stored(report)
        })
    }
}

/// The unit that is named, or the caller's own.
pub(super) async fn chosen_unit(ctx: &Ctx, code: Option<&str>) -> Result<Unit> {
    match code.map(str::trim) {
        Some(code) if !code.is_empty() => organisation::unit_by_code(&ctx.app.db, code).await,
        _ => viewing::home_unit(ctx).await,
    }
}

pub(super) async fn read(file: Upload) -> Result<Vec<u8>> {
    file.into_vec().await.map_err(|error| Error::BadRequest {
        code: "unreadable_body",
        detail: error.to_string(),
    })
}

impl From<WayView> for UnitChannel {
    fn from(way: WayView) -> Self {
        Self {
            kind: Channel::parse(&way.code).unwrap_or(Channel::Other),
            name: way.name,
            contact: way.contact,
            responsible: way.responsible,
            note: way.note,
        }
    }
}

fn report_of(taken: Taken, locale: Locale) -> ImportReport {
    let reading = taken.reading;
    ImportReport {
        accepted: reading.new.len(),
        stored: taken.stored,
        known: reading.same,
        changed: reading.changes.into_iter().map(ChangedRow::from).collect(),
        faulty: reading
            .faults
            .into_iter()
            .map(|fault| faulty(fault, locale))
            .collect(),
    }
}

impl From<Change> for ChangedRow {
    fn from(change: Change) -> Self {
        Self {
            row: change.row,
            tracking_id: change.tracking_id,
            number: change.number,
            before: change.before,
            after: change.after,
        }
    }
}

fn faulty(fault: Fault, locale: Locale) -> FaultyReport {
    FaultyReport {
        row: fault.row,
        column: fault.column.map(sheets::column_name),
        message: fault.message.text(locale),
        code: fault.code,
    }
}
