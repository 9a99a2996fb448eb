//! The result of a period for programs.

use poem::web::Data;
use poem_openapi::{
    OpenApi,
    param::Path,
    payload::{Binary, Json, Response},
};

use super::{Comparisons, figures::SurveyResult, report, service, workbook};
use crate::{
    access::{Ctx, Token},
    platform::{
        error::{Error, Result},
        tables::XLSX,
        web::tags::Tag,
    },
    surveys::entity::setup::SurveyPeriodId,
};

pub struct Api;

pub const PDF: &str = "application/pdf";
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A file of a result, ready to be sent.
pub struct Made {
    pub kind: &'static str,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The result as `xlsx`, `pdf` or `docx`.
pub async fn made(
    ctx: &Ctx,
    compare: Comparisons,
    id: SurveyPeriodId,
    ending: &str,
) -> Result<Made> {
    let seen = service::look(ctx, id).await?;
    let name = |ending: &str| format!("skm-{}-{}.{ending}", seen.unit.code, seen.period.closes_on);
    match ending {
        "xlsx" => {
            let raw = service::raw(ctx, &seen).await?;
            let bytes = tokio::task::spawn_blocking(move || workbook::file(&raw)).await;
            Ok(Made {
                kind: XLSX,
                name: name("xlsx"),
                bytes: bytes.map_err(anyhow::Error::from)??,
            })
        }
        "pdf" => Ok(Made {
            kind: PDF,
            name: name("pdf"),
            bytes: report::pdf(ctx, compare, &seen).await?,
        }),
        "docx" => Ok(Made {
            kind: DOCX,
            name: name("docx"),
            bytes: report::docx(ctx, compare, &seen).await?,
        }),
        _ => Err(Error::NotFound),
    }
}

async fn file(
    ctx: &Ctx,
    compare: Comparisons,
    id: &str,
    ending: &str,
) -> poem::Result<Response<Binary<Vec<u8>>>> {
    let made = made(ctx, compare, SurveyPeriodId::parse(id)?, ending).await?;
    let disposition = format!("attachment; filename=\"{}\"", made.name);
    Ok(Response::new(Binary(made.bytes))
        .header("content-type", made.kind)
        .header("content-disposition", disposition))
}

#[OpenApi(tag = "Tag::Surveys")]
impl Api {
    /// Read the result of a survey period
    ///
    /// Of a frozen period as it was kept, else computed now. Index and means are texts with two and three decimals,
    /// rounded half up once.
    #[oai(
        path = "/surveys/:id/result",
        method = "get",
        operation_id = "getSurveyResult"
    )]
    async fn result(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Json<SurveyResult>> {
        let seen = service::look(&ctx, SurveyPeriodId::parse(&id.0)?).await?;
        Ok(Json(seen.result))
    }

    /// Read the result of a survey period, by its ending
    #[oai(
        path = "/surveys/:id/result.json",
        method = "get",
        operation_id = "getSurveyResultJson"
    )]
    async fn json(&self, Token(ctx): Token, id: Path<String>) -> poem::Result<Json<SurveyResult>> {
        let seen = service::look(&ctx, SurveyPeriodId::parse(&id.0)?).await?;
        Ok(Json(seen.result))
    }

    /// Download the computed workbook of a survey period
    ///
    /// The raw answers, and formulas over them that give the same figures.
    #[oai(
        path = "/surveys/:id/result.xlsx",
        method = "get",
        operation_id = "getSurveyResultWorkbook"
    )]
    async fn workbook(
        &self,
        Token(ctx): Token,
        Data(compare): Data<&Comparisons>,
        id: Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        file(&ctx, *compare, &id.0, "xlsx").await
    }

    /// Download the report of a survey period as PDF
    #[oai(
        path = "/surveys/:id/result.pdf",
        method = "get",
        operation_id = "getSurveyReport"
    )]
    async fn pdf(
        &self,
        Token(ctx): Token,
        Data(compare): Data<&Comparisons>,
        id: Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        file(&ctx, *compare, &id.0, "pdf").await
    }

    /// Download the report of a survey period as an editable document
    #[oai(
        path = "/surveys/:id/result.docx",
        method = "get",
        operation_id = "getSurveyReportDocx"
    )]
    async fn docx(
        &self,
        Token(ctx): Token,
        Data(compare): Data<&Comparisons>,
        id: Path<String>,
    ) -> poem::Result<Response<Binary<Vec<u8>>>> {
        file(&ctx, *compare, &id.0, "docx").await
    }
}
