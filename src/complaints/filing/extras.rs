//! What a complaint brings beside its words: category, answered questions, files. And what comes to it later from the
//! citizen's side.

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    CategoryId, KeptFile,
    entity::{detail, file_check::FileState, rating, sorting},
    evidence, forms, store,
};
use crate::{
    access::Ctx,
    audit,
    complaints::{
        entity::{ComplaintId, complaint, file},
        handling,
        rules::{self, Event, MessageKind},
        store as cases, words,
    },
    documents::{FileId, uploads},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        web::forms::Upload,
    },
};

/// What is kept with a complaint in the transaction that files it.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    pub category: Option<CategoryId>,
    /// (question, answer), in words.
    pub details: Vec<(String, String)>,
    pub files: Vec<FileId>,
    /// The form that it was written in: it ends here.
    pub form: Option<String>,
}

/// Keeps them; nothing is acknowledged before.
pub async fn keep(tx: &Tx, ctx: &Ctx, of: &complaint::Model, extras: &Extras) -> Result<()> {
    if let Some(category) = extras.category {
        let row = sorting::ActiveModel {
            complaint_id: Set(of.id),
            unit_id: Set(of.unit_id),
            category_id: Set(category),
        };
        store::sort(tx, row).await?;
    }
    let rows = extras.details.iter().zip(1..);
    let rows = rows.map(|((label, answer), position)| detail::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        position: Set(position),
        label: Set(label.clone()),
        answer: Set(answer.clone()),
    });
    store::insert_details(tx, rows.collect()).await?;
    if !extras.files.is_empty() {
        attach(tx, ctx, of, &extras.files).await?;
    }
    if let Some(key) = &extras.form {
        store::end_form(tx, &forms::hash_of(ctx, key), of.id).await?;
    }
    Ok(())
}

async fn attach(tx: &Tx, ctx: &Ctx, of: &complaint::Model, ids: &[FileId]) -> Result<Vec<String>> {
    let files = uploads::attach(tx, of.unit_id, ids).await?;
    for one in &files {
        let row = file::ActiveModel {
            id: Set(Uuid::now_v7()),
            unit_id: Set(of.unit_id),
            complaint_id: Set(of.id),
            file_id: Set(one.id),
            by_citizen: Set(true),
            for_citizen: Set(true),
            person_id: Set(None),
            created_at: Set(ctx.now),
        };
        cases::insert_file(tx, row).await?;
    }
    // One whose job was quicker than the form: the office is told here.
    let sealed = |state: FileState| matches!(state, FileState::Infected | FileState::Damaged);
    let states = super::states(tx, ids).await?;
    let bad: Vec<FileId> = states
        .into_iter()
        .filter(|(_, state)| sealed(*state))
        .map(|(id, _)| id)
        .collect();
    evidence::tell_sealed(tx, ctx, of, &bad).await?;
    Ok(files.into_iter().map(|file| file.name).collect())
}

/// The citizen adds files to a case that is not ended, or is handled in another one: those who work on that are told.
/// What is kept of them is answered.
pub async fn add_files(
    ctx: &Ctx,
    of: &complaint::Model,
    new: Vec<Upload>,
) -> Result<Vec<KeptFile>> {
    if !words::merged(of) {
        rules::steps(of.status, Event::Write)?;
    }
    if new.is_empty() {
        return Err(Error::field("files", Message::new("field-required")));
    }
    let there = cases::files(&ctx.app.db, of).await?;
    let own = there.iter().filter(|file| file.by_citizen).count();
    if own + new.len() > super::MOST_FILES * 4 {
        let message = Message::new("filing-files-many-altogether");
        return Err(Error::field("files", message));
    }
    let kept = super::take_in(ctx, of.unit_id, 0, new).await?;
    let ids = ids_of(&kept);
    // Where the office does something in the same moment, they come behind it.
    match put_to(ctx, of.id, &ids).await {
        Err(Error::Conflict { .. }) => put_to(ctx, of.id, &ids).await?,
        other => other?,
    }
    Ok(kept)
}

async fn put_to(ctx: &Ctx, id: ComplaintId, kept: &[FileId]) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let found = cases::get(&tx, id).await?;
    let main = cases::main_of(&tx, &found).await?;
    if main.is_none() {
        rules::steps(found.status, Event::Write)?;
    }
    let names = attach(&tx, ctx, &found, kept).await?;
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.attached")
        .in_unit(found.unit_id)
        .with(json!({ "files": names, "for_citizen": true }));
    audit::record(&tx, ctx, entry).await?;
    // A paper that was asked for is an answer like a message.
    let added = handling::Added::Files(kept.len());
    let on = (&found, main.as_ref());
    handling::citizen_added(&tx, ctx, on, (added, json!({}))).await?;
    tx.commit().await?;
    Ok(())
}

#[must_use]
pub fn ids_of(files: &[KeptFile]) -> Vec<FileId> {
    files.iter().map(|file| file.id).collect()
}

/// What the form asked beside the words.
#[derive(Clone, Debug, Default)]
pub struct Details {
    pub category: Option<String>,
    pub category_id: Option<CategoryId>,
    /// (question, answer), as it was asked.
    pub answers: Vec<(String, String)>,
}

impl Details {
    /// As somebody sees them who may read the words, or not: the category tells what they are about.
    #[must_use]
    pub fn seen(self, text: bool) -> Self {
        match text {
            true => self,
            false => Self::default(),
        }
    }
}

pub async fn details(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Details> {
    let rows = store::details(db, of).await?;
    let rows = rows.into_iter().map(|row| (row.label, row.answer));
    let (category_id, category) = store::category_of(db, of).await?.unzip();
    Ok(Details {
        category,
        category_id,
        answers: rows.collect(),
    })
}

/// The answer that the citizen reads last.
async fn last_answer(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Option<Uuid>> {
    let messages = cases::messages(db, of).await?;
    let last = messages
        .into_iter()
        .rfind(|message| message.kind == MessageKind::Answer);
    Ok(last.map(|message| message.id.0))
}

/// Keeps what the citizen says of the last answer.
pub async fn rate(tx: &Tx, ctx: &Ctx, of: &complaint::Model, helped: bool) -> Result<()> {
    let row = rating::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        helped: Set(helped),
        message_id: Set(last_answer(tx, of).await?),
        at: Set(ctx.now),
    };
    store::insert_rating(tx, row).await
}

/// Whether the last answer helped, as far as the citizen said so of this one.
pub async fn rated(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Option<bool>> {
    let Some(row) = store::last_rating(db, of).await? else {
        return Ok(None);
    };
    let same = row.message_id == last_answer(db, of).await?;
    Ok(same.then_some(row.helped))
}
