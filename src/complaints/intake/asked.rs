//! What a category asks, as programs send it.

use crate::{
    access::Ctx,
    complaints::filing::{
        Content, Extras,
        categories::{self, Sort},
        rules::{ABOUT_FIELDS, FIELDS},
    },
    organisation::Unit,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message},
    },
};

/// A category and the answers to its questions, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub category: String,
    pub answers: Vec<String>,
    /// Taken down from what somebody told or wrote: what they did not say cannot be asked of them.
    pub as_told: bool,
}

/// Category and answers as they are kept; a fault names the place in `answers`, from 0, and in a form its field.
pub async fn extras(ctx: &Ctx, unit: &Unit, asked: &Asked) -> Result<Extras> {
    let sort = categories::named(&ctx.app.db, unit.id, &asked.category).await?;
    under(sort, asked, ctx.locale())
}

/// The same under a category that was read before.
pub fn under(sort: Option<Sort>, asked: &Asked, locale: Locale) -> Result<Extras> {
    let Some(sort) = sort else {
        return match asked.answers.is_empty() {
            true => Ok(Extras::default()),
            false => Err(Error::field("category", Message::new("field-choose"))),
        };
    };
    let sort = match asked.as_told {
        true => sort.as_told(),
        false => sort,
    };
    let content = Content {
        answers: asked.answers.clone(),
        ..Content::default()
    };
    let place = |field: String| {
        if asked.as_told {
            return field;
        }
        let mut fields = FIELDS.into_iter().zip(ABOUT_FIELDS);
        let place = fields.position(|(day, about)| field == day || field == about);
        format!("answers.{}", place.unwrap_or_default())
    };
    let details =
        categories::answers(&sort, &content, locale).map_err(|error| error.renamed(place))?;
    Ok(Extras {
        category: Some(sort.category.id),
        details,
        ..Extras::default()
    })
}
