//! What a citizen adds. Three photos and two lines within some minutes are one mail to those who work on the case, not
//! five: each addition is a row, and a job tells of all that nobody was told of yet.

use std::sync::Arc;

use chrono::Duration;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{make, unchanged};
use crate::{
    access::Ctx,
    audit,
    complaints::{
        clocks,
        emails::{self, Look},
        entity::{
            ComplaintId, addition, complaint,
            message::{self, MessageId},
        },
        rules::{Event, Status},
        store,
    },
    organisation,
    platform::{
        context::App,
        db::Tx,
        error::{Error, Result},
        jobs::{self, Job, JobError},
    },
};

/// Long enough for the photos of one telephone, short beside two working days.
const GATHERED_MINUTES: i64 = 10;

/// What came: words or files, of one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    Message(MessageId),
    Files(usize),
}

/// The citizen added words or files to `found`. What waited for that is worked on again, and the division that had it
/// gets it back; otherwise those who work on it are told, or on `main`, in which it is handled.
pub async fn citizen_added(
    tx: &Tx,
    ctx: &Ctx,
    (found, main): (&complaint::Model, Option<&complaint::Model>),
    (added, told): (Added, Value),
) -> Result<()> {
    if found.status == Status::Incomplete {
        let unit = organisation::unit(tx, found.unit_id).await?;
        let event = Event::Complete {
            handed: found.division_id.is_some(),
        };
        make(tx, ctx, found, event, unchanged(), told).await?;
        return emails::look(tx, ctx, found, &unit, &Look::Completed).await;
    }
    heard(tx, ctx, main.unwrap_or(found), added).await
}

/// The same of words, which the history names. With what was asked for it does so by itself.
pub async fn citizen_wrote(
    tx: &Tx,
    ctx: &Ctx,
    (found, main): (&complaint::Model, Option<&complaint::Model>),
    (message, mut told): (MessageId, Value),
) -> Result<()> {
    told["message"] = json!(message);
    if found.status != Status::Incomplete {
        let entry = audit::Entry::new("complaint", found.id.0, "complaint.message")
            .in_unit(found.unit_id)
            .with(told.clone());
        audit::record(tx, ctx, entry).await?;
    }
    citizen_added(tx, ctx, (found, main), (Added::Message(message), told)).await
}

/// The row changes with it, so that nobody closes the case for its silence meanwhile, and it is found among those that
/// wait for a word of the office. Which of its versions are the citizen's is written down.
async fn heard(tx: &Tx, ctx: &Ctx, found: &complaint::Model, added: Added) -> Result<()> {
    let changes = complaint::ActiveModel {
        heard_at: Set(Some(ctx.now)),
        ..Default::default()
    };
    store::save(tx, found, changes).await?;
    // The case is held by now: what a job told meanwhile is seen here, and what is added here is seen by the next one.
    let waits = store::has_untold(tx, found).await?;
    let (message_id, files) = match added {
        Added::Message(id) => (Some(id.0), 0),
        Added::Files(number) => (None, i32::try_from(number).unwrap_or(i32::MAX)),
    };
    let id = Uuid::now_v7();
    let row = addition::ActiveModel {
        id: Set(id),
        unit_id: Set(found.unit_id),
        complaint_id: Set(found.id),
        version: Set(found.version + 1),
        message_id: Set(message_id),
        files: Set(files),
        at: Set(ctx.now),
        told_at: Set(None),
    };
    store::insert_addition(tx, row).await?;
    if waits {
        return Ok(());
    }
    let job = TellAdditions {
        complaint: found.id,
        first: id,
    };
    jobs::enqueue(tx, &job, ctx.now + Duration::minutes(GATHERED_MINUTES)).await
}

/// Tells those who work on a case what its citizen added since they were told last.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellAdditions {
    pub complaint: ComplaintId,
    /// The first addition that waits for this: a case has one such job at a time.
    pub first: Uuid,
}

impl Job for TellAdditions {
    const NAME: &'static str = "complaints.tell_additions";

    fn key(&self) -> Option<String> {
        Some(self.first.to_string())
    }

    async fn run(self, app: Arc<App>) -> Result<(), JobError> {
        tell(&Ctx::system(&app), self.complaint).await?;
        Ok(())
    }
}

async fn tell(ctx: &Ctx, id: ComplaintId) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    store::hold(&tx, id).await?;
    let found = store::get(&tx, id).await?;
    let added = store::untold(&tx, &found).await?;
    if added.is_empty() {
        return Ok(());
    }
    // Merged meanwhile, it is worked on there.
    let main = store::main_of(&tx, &found).await?;
    let at = main.as_ref().unwrap_or(&found);
    // Whoever answered it in the meantime has read it: a mail about it would come behind its answer.
    if main.is_none() && found.heard_at.is_none() {
        store::all_told(&tx, &found, ctx.now).await?;
        tx.commit().await?;
        return Ok(());
    }
    let unit = organisation::unit(&tx, found.unit_id).await?;
    let files = added.iter().map(|one| i64::from(one.files)).sum();
    let messages = added.iter().filter(|one| one.message_id.is_some()).count();
    let why = Look::Wrote { messages, files };
    emails::look(&tx, ctx, at, &unit, &why).await?;
    store::all_told(&tx, &found, ctx.now).await?;
    tx.commit().await?;
    Ok(())
}

/// Refuses a form that is older than the case, unless nothing came in between but words and files of the citizen: they
/// contradict no disposition, and must not cost an officer what was typed.
pub(super) async fn unless_only_added(tx: &Tx, found: &complaint::Model, seen: i32) -> Result<()> {
    let own = store::additions_since(tx, found, seen).await?;
    let moved = clocks::made_by_calendar(tx, found, seen).await?;
    unless_between(found, seen, own.len() + moved)
}

/// The same where words of the citizen do matter, and another calendar does not.
pub(super) async fn unless_only_moved(tx: &Tx, found: &complaint::Model, seen: i32) -> Result<()> {
    let moved = clocks::made_by_calendar(tx, found, seen).await?;
    unless_between(found, seen, moved)
}

fn unless_between(found: &complaint::Model, seen: i32, expected: usize) -> Result<()> {
    let between = found.version.checked_sub(seen);
    if between.is_some_and(|between| usize::try_from(between) == Ok(expected)) {
        return Ok(());
    }
    Err(Error::Conflict {
        code: "changed_meanwhile",
    })
}

/// What the citizen added to a case since a form showed it: the words of messages, and how many files.
pub async fn added_since(
    ctx: &Ctx,
    of: &complaint::Model,
    seen: i32,
) -> Result<(Vec<message::Model>, i64)> {
    let db = &ctx.app.db;
    let rows = store::additions_since(db, of, seen).await?;
    let files = rows.iter().map(|one| i64::from(one.files)).sum();
    let ids = rows.into_iter().filter_map(|one| one.message_id);
    let messages = store::messages_by_id(db, of.unit_id, ids.map(MessageId).collect()).await?;
    Ok((messages, files))
}
