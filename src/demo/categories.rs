//! The categories of the demo's form and their questions.

use std::collections::HashMap;

use serde::Deserialize;

use crate::{
    access::Ctx,
    complaints::{
        self, ComplaintId,
        filing::categories::{self, NewQuestion},
    },
    platform::error::{Error, Result},
};

#[derive(Deserialize)]
struct File {
    category: Vec<Category>,
}

#[derive(Deserialize)]
struct Category {
    name: String,
    /// Keys of the complaints that belong to it.
    #[serde(default)]
    complaints: Vec<String>,
    #[serde(default)]
    question: Vec<Asked>,
}

#[derive(Deserialize)]
struct Asked {
    label: String,
    kind: String,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    choices: Vec<String>,
}

/// Written by the officer, as on the page.
pub async fn load(ctx: &Ctx, known: &HashMap<String, ComplaintId>) -> Result<()> {
    let file: File = toml::from_str(include_str!("../../fixtures/complaint-categories.toml"))
        .map_err(anyhow::Error::from)?;
    let unit = categories::home(ctx).await?;
    for category in file.category {
        let sort = categories::add(ctx, &unit, &category.name, true).await?;
        let tx = ctx.app.db.begin_write().await?;
        for key in &category.complaints {
            let complaint = known.get(key).copied().ok_or(Error::NotFound)?;
            complaints::import_sorted(&tx, complaint, sort).await?;
        }
        tx.commit().await?;
        let id = sort.to_string();
        for (asked, version) in category.question.into_iter().zip(1..) {
            let new = NewQuestion {
                label: asked.label,
                kind: asked.kind,
                required: asked.required,
                choices: asked.choices.join("\n"),
            };
            categories::add_question(ctx, &unit, (&id, version), &new).await?;
        }
    }
    Ok(())
}
