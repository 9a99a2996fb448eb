//! What the public reads of the demo's complaints, and the topics of the office, made by its officer.

use std::collections::HashMap;

use serde::Deserialize;

use crate::{
    access::{self, Ctx},
    complaints::{self, ComplaintId},
    platform::error::{Error, Result},
};

const OFFICER: &str = "petugas.kaltim@rembuk.example";

#[derive(Deserialize)]
struct File {
    published: Vec<Published>,
    topic: Vec<Topic>,
}

#[derive(Deserialize)]
struct Published {
    complaint: String,
    title: String,
    text: String,
    #[serde(default)]
    answer: String,
}

#[derive(Deserialize)]
struct Topic {
    title: String,
    #[serde(default)]
    note: String,
    complaints: Vec<String>,
    #[serde(default)]
    offered: bool,
}

pub async fn load(ctx: &Ctx, by_key: &HashMap<String, ComplaintId>) -> Result<()> {
    let file: File = toml::from_str(include_str!("../../fixtures/demo-knowing.toml"))
        .map_err(anyhow::Error::from)?;
    let officer = access::person_by_email(&ctx.app.db, OFFICER).await?;
    let officer = officer.ok_or(Error::NotFound)?;
    let ctx = access::acting_as(ctx, officer, ctx.now).await?;
    let id = |key: &String| by_key.get(key).copied().ok_or(Error::NotFound);
    for one in &file.published {
        let text = (one.title.as_str(), one.text.as_str(), one.answer.as_str());
        complaints::knowing::publish(&ctx, id(&one.complaint)?, text).await?;
    }
    for topic in &file.topic {
        let cases = topic
            .complaints
            .iter()
            .map(id)
            .collect::<Result<Vec<_>>>()?;
        let named = (topic.title.as_str(), topic.note.as_str());
        complaints::knowing::make_topic(&ctx, named, &cases, topic.offered).await?;
    }
    Ok(())
}
