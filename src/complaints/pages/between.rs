//! What the citizen added while an officer was writing. The officer reads it before sending again.

use serde::Serialize;

use crate::{
    access::Ctx,
    calendar::dates,
    complaints::{handling, viewing::Case},
    platform::{error::Result, i18n::Message},
};

#[derive(Serialize)]
pub(super) struct Between {
    messages: Vec<Said>,
    /// In words; empty without files.
    files: String,
}

#[derive(Serialize)]
struct Said {
    at: String,
    text: String,
}

/// None where the citizen added nothing since the form had this version.
pub(super) async fn since(ctx: &Ctx, case: &Case, seen: Option<i32>) -> Result<Option<Between>> {
    let Some(seen) = seen.filter(|seen| *seen > 0) else {
        return Ok(None);
    };
    let (messages, files) = handling::added_since(ctx, &case.complaint, seen).await?;
    let locale = ctx.locale();
    let said = messages.into_iter().map(|message| Said {
        at: dates::date_time(&message.at.with_timezone(&case.zone), locale),
        text: message.text,
    });
    let between = Between {
        messages: said.collect(),
        files: match files {
            0 => String::new(),
            files => Message::new("complaints-between-files")
                .with("count", files)
                .text(locale),
        },
    };
    let any = !between.messages.is_empty() || !between.files.is_empty();
    Ok(any.then_some(between))
}
