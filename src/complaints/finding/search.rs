//! The search across everything: what it finds among complaints.

use super::{
    lists::{Desk, list},
    query::Query,
    views::View,
};
use crate::{
    access::Ctx,
    complaints::viewing::OverviewRow,
    platform::{error::Result, web::paging::Slice},
};

/// What a search finds among the complaints that the caller may see; of one unit, where its code is given.
pub async fn find(
    ctx: &Ctx,
    typed: &str,
    unit: Option<&str>,
    limit: u64,
) -> Result<Vec<OverviewRow>> {
    let query = Query {
        view: View::All.code().to_owned(),
        q: typed.to_owned(),
        ..Query::default()
    };
    let slice = Slice { after: None, limit };
    let mut desk = Desk::of(ctx).await?;
    if let Some(code) = unit {
        desk = desk.narrowed(code).await?;
    }
    let page = list(&desk, &query.cleaned(), None, &slice).await?;
    Ok(page
        .rows
        .into_iter()
        .map(|row| OverviewRow::of(row, ctx.now))
        .collect())
}
