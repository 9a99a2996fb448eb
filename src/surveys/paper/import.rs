//! Taking a list of answers in. The file is kept between looking and confirming; confirming uses it up, and the same
//! file sent once more is recognised.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    columns::{self, Against, Mapping, Reading},
    service::{may_enter, new_batch, noted},
};
use crate::{
    access::{Ctx, Permission},
    documents::{FileId, UploadedFile, uploads},
    platform::{
        crypto::{Purpose, sha256_hex},
        error::{Error, Result},
        i18n::Message,
        sheets::{self, Table},
    },
    standards::StandardId,
    surveys::{
        answering::service::row,
        entity::{
            answers::{AnswerWay, BatchKind},
            setup::{SurveyPeriodId, period},
        },
        setup::reading::{Whole, get, whole},
        store::{batches, periods, responses},
    },
};

/// More than any office surveys in a period.
const MOST_ROWS: usize = 20_000;

/// A file as it was read.
pub struct Look {
    pub whole: Whole,
    pub file: UploadedFile,
    pub table: Table,
    pub mapping: Mapping,
    pub usual: (StandardId, NaiveDate),
    pub reading: Reading,
    hash: String,
}

/// What somebody says about the file.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// None: as guessed.
    pub mapping: Option<Mapping>,
    /// Code of the service of rows that name none.
    pub service: String,
    pub day: Option<NaiveDate>,
}

async fn table_of(bytes: Vec<u8>) -> Result<Table> {
    // Reading ten thousand rows takes a while: not on the threads that answer others.
    let read = tokio::task::spawn_blocking(move || sheets::read(&bytes, MOST_ROWS));
    let read = read.await.map_err(anyhow::Error::from)?;
    read.map_err(|why| Error::field("file", why.message()))
}

/// Takes in a file that can be read as a table.
pub async fn upload(ctx: &Ctx, id: SurveyPeriodId, name: &str, bytes: Vec<u8>) -> Result<FileId> {
    let period = get(ctx, id, Permission::EnterSurvey).await?;
    may_enter(&period)?;
    if bytes.len() > ctx.app.config.http.max_upload {
        return Err(Error::TooLarge {
            limit_bytes: ctx.app.config.http.max_upload,
        });
    }
    // A list saved as text under the name of a workbook: whoever opens it in Excel sees something else than is read.
    if name.to_lowercase().ends_with(".xlsx") && !bytes.starts_with(b"PK") {
        return Err(Error::field(
            "file",
            Message::new("surveys-import-no-workbook"),
        ));
    }
    let table = table_of(bytes.clone()).await?;
    let elements = periods::elements(&ctx.app.db, period.id).await?;
    let found = columns::rows(&table, &columns::guess(&table, &elements));
    if found > MOST_ROWS {
        return Err(Error::field("file", sheets::too_long(found, MOST_ROWS)));
    }
    uploads::store_table(ctx, period.unit_id, name, bytes).await
}

/// Reads a file that was taken in.
pub async fn look(ctx: &Ctx, period: period::Model, file: FileId, said: &Said) -> Result<Look> {
    may_enter(&period)?;
    let whole = whole(ctx, period).await?;
    let file = uploads::unused(&ctx.app, whole.unit.id, file).await?;
    let bytes = uploads::bytes(&ctx.app, &file).await?;
    let hash = sha256_hex(&bytes);
    let table = table_of(bytes).await?;
    let mapping = match &said.mapping {
        Some(mapping) => mapping.clone(),
        None => columns::guess(&table, &whole.elements),
    };
    let services: Vec<(StandardId, String, String)> = whole
        .services
        .iter()
        .map(|one| (one.row.service_id, one.code.clone(), one.name.clone()))
        .collect();
    let chosen = services.iter().find(|(_, code, _)| *code == said.service);
    let (service, ..) = chosen.or(services.first()).ok_or(Error::NotFound)?;
    let last = whole.period.closes_on.min(whole.today);
    let usual = (*service, said.day.unwrap_or(last));
    let against = Against {
        period: &whole.period,
        elements: &whole.elements,
        services: &services,
        today: whole.today,
        usual,
    };
    let reading = match columns::has_scores(&mapping, whole.elements.len()) {
        true => columns::read(&table, &mapping, &against),
        false => Reading::default(),
    };
    Ok(Look {
        file,
        table,
        mapping,
        usual,
        reading,
        hash,
        whole,
    })
}

/// Keeps every row, or none where one is faulty. `seen` is how many good ones somebody saw: another number was not
/// confirmed.
pub async fn confirm(
    ctx: &Ctx,
    id: SurveyPeriodId,
    file: FileId,
    said: &Said,
    seen: usize,
) -> Result<usize> {
    let period = get(ctx, id, Permission::EnterSurvey).await?;
    let look = look(ctx, period, file, said).await?;
    let Reading {
        accepted, faults, ..
    } = look.reading;
    if !faults.is_empty() || accepted.is_empty() {
        let message = Message::new("rule-survey-import-faulty");
        return Err(Error::rule("survey.import_faulty", message));
    }
    if accepted.len() != seen {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let tx = ctx.app.db.begin_write().await?;
    let period = periods::share(&tx, id).await?;
    may_enter(&period)?;
    // Every line is in the table now: the list is not kept beside it, and pressed twice it is taken in once.
    let key = uploads::use_up(&tx, &look.file).await?;
    let key = key.ok_or(Error::Conflict {
        code: "changed_meanwhile",
    })?;
    let kind = (BatchKind::Import, look.usual.0, look.usual.1);
    let mut batch = new_batch(ctx, &period, kind, &look.file.name);
    batch.sheets = i32::try_from(accepted.len()).unwrap_or(i32::MAX);
    let count = batch.sheets;
    let mut rows = Vec::with_capacity(accepted.len());
    for (one, sheet) in accepted.into_iter().zip(1..) {
        let mark = format!("survey-import:{id}:{}:{}", look.hash, one.row);
        let mark = ctx.app.keys.hash(Purpose::Tokens, &mark);
        let source = (one.service, None, AnswerWay::Import);
        let of = (one.day, Some(mark), Some((batch.id, sheet)));
        rows.push(row(&period, source, one.filled, of));
    }
    if let Some(mark) = rows.first().and_then(|row| row.client_id.as_deref())
        && responses::by_client(&tx, id, mark).await?.is_some()
    {
        let message = Message::new("rule-survey-import-known");
        return Err(Error::rule("survey.import_known", message));
    }
    let batch_id = batch.id;
    batches::insert(&tx, batch).await?;
    let kept = rows.len();
    responses::insert(&tx, rows).await?;
    noted(
        &tx,
        ctx,
        &period,
        (batch_id, count),
        "survey_batch.imported",
    )
    .await?;
    tx.commit().await?;
    if let Err(error) = ctx.app.files.remove(&key).await {
        tracing::warn!(%error, "a list of answers could not be removed from the file store");
    }
    Ok(kept)
}

/// The mapping as a form or an address says it: `heading`, and a column for each part.
#[must_use]
pub fn said(fields: &BTreeMap<String, String>, parts: &[String]) -> Said {
    let text = |name: &str| fields.get(name).map_or("", |text| text.trim());
    let mapping = fields.contains_key("heading").then(|| Mapping {
        heading: text("heading").parse().unwrap_or_default(),
        columns: parts
            .iter()
            .filter_map(|part| {
                let column = text(&format!("col_{part}")).parse().ok()?;
                Some((part.clone(), column))
            })
            .collect(),
    });
    Said {
        mapping,
        service: text("usual_service").to_owned(),
        day: NaiveDate::parse_from_str(text("usual_day"), "%Y-%m-%d").ok(),
    }
}
