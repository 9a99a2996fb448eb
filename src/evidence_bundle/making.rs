//! Makes the bytes of each file of an archive.

use super::{
    papers,
    plan::{Make, Plan, Planned},
};
use crate::{
    access::Ctx,
    attendance, complaints,
    documents::{self, archive::Item},
    platform::error::{Error, Result},
    proving, reports,
    surveys::results,
};

/// A file with its line in the manifest.
pub async fn file(ctx: &Ctx, plan: &Plan, planned: &Planned) -> Result<(Item, Vec<u8>)> {
    let bytes = bytes(ctx, plan, &planned.make).await?;
    let item = match &planned.make {
        Make::Issued(paper) => Item::issued(&ctx.app, &planned.name, paper, false),
        _ => Item::made(&planned.name, planned.artefact.code(), &bytes, false),
    };
    Ok((item, bytes))
}

async fn bytes(ctx: &Ctx, plan: &Plan, make: &Make) -> Result<Vec<u8>> {
    let (unit, code) = (&plan.unit, plan.unit.code.as_str());
    let compare = proving::COMPARISONS;
    match make {
        Make::Issued(paper) => documents::bytes(&ctx.app, paper).await,
        Make::Photo(key) => Ok(ctx.app.files.get(key).await?),
        // Opened again between the plan and now: that is tried anew.
        Make::Attendance(forum) => {
            attendance::evaluator_copy(ctx, *forum)
                .await?
                .ok_or(Error::Conflict {
                    code: "changed_meanwhile",
                })
        }
        Make::Standards => papers::standards(ctx, plan).await,
        Make::Decree => papers::decrees(ctx, plan).await,
        Make::Charter => papers::charter(ctx, plan).await,
        Make::SurveyReport(period) => Ok(results::api::made(ctx, compare, *period, "pdf")
            .await?
            .bytes),
        Make::Publications => papers::publications(ctx, plan).await,
        Make::MatrixWorkbook(year) => reports::matrix_workbook(ctx, unit, *year).await,
        Make::MatrixPaper(year) => reports::matrix_paper(ctx, unit, *year).await,
        Make::FollowUp => papers::follow_up(ctx, plan).await,
        Make::Register => complaints::register_without_words(ctx, code, plan.days).await,
        Make::RecapitulationWorkbook => {
            let (book, _) = complaints::recapitulation(ctx, code, plan.days).await?;
            Ok(book)
        }
        Make::RecapitulationPaper => {
            let (_, paper) = complaints::recapitulation(ctx, code, plan.days).await?;
            Ok(paper)
        }
    }
}
