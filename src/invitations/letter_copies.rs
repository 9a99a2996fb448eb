//! The issued letter for those who get it on paper: as it is, and once for each of them.

use super::{Recipient, printing::Work, rules::Broken};
use crate::{
    access::Ctx,
    documents::{self, Kind, data},
    platform::error::Result,
};

/// The letter in force, as it was issued.
pub async fn issued(ctx: &Ctx, work: &Work) -> Result<data::Invitation> {
    let app = &ctx.app;
    let document = documents::latest(&app.db, "forum", work.forum.id.0, Kind::Invitation)
        .await?
        .ok_or(Broken::NotIssued)?;
    let kept = documents::source(app, &document).await?;
    let letter = serde_json::from_value(kept.ok_or(Broken::NotIssued)?);
    Ok(letter.map_err(anyhow::Error::from)?)
}

/// The letter word for word, once for each.
pub async fn letters(ctx: &Ctx, work: &Work) -> Result<Vec<u8>> {
    let app = &ctx.app;
    let letter = issued(ctx, work).await?;
    let copies = data::Letters {
        title: letter.title.clone(),
        people: work.recipients.iter().map(Recipient::in_full).collect(),
        double_sided: work.print.double_sided,
        letter,
    };
    documents::render(app, Kind::Letters, &copies, ctx.now).await
}
