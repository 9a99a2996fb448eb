//! What a category asks, as programs send it.

use crate::{
    access::Ctx,
    complaints::filing::{
        Content, Extras, categories,
        rules::{ABOUT_FIELDS, FIELDS},
    },
    organisation::Unit,
    platform::{
        error::{Error, Result},
        i18n::Message,
    },
};

/// A category and the answers to its questions, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub category: String,
    pub answers: Vec<String>,
}

/// Category and answers as they are kept; a fault names the place in `answers`, from 0.
pub async fn extras(ctx: &Ctx, unit: &Unit, asked: &Asked) -> Result<Extras> {
    let Some(sort) = categories::named(&ctx.app.db, unit.id, &asked.category).await? else {
        return match asked.answers.is_empty() {
            true => Ok(Extras::default()),
            false => Err(Error::field("category", Message::new("field-choose"))),
        };
    };
    let content = Content {
        answers: asked.answers.clone(),
        ..Content::default()
    };
    let place = |field: String| {
        let mut fields = FIELDS.into_iter().zip(ABOUT_FIELDS);
        let place = fields.position(|(day, about)| field == day || field == about);
        format!("answers.{}", place.unwrap_or_default())
    };
    let details =
        categories::answers(&sort, &content, ctx.locale()).map_err(|error| error.renamed(place))?;
    Ok(Extras {
        category: Some(sort.category.id),
        details,
        ..Extras::default()
    })
}
