//! What people raised: written down as it is said, corrected with a reason, taken away without being
//! forgotten. Who calls decides whether it may still be touched; here its history is kept.

use sea_orm::ActiveValue::Set;

use super::{
    Forum, ForumInput, ForumInputId, Group,
    entity::{input, input_change},
    store,
};
use crate::{
    access::Ctx,
    audit,
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

/// An input as it was said; already checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFields {
    pub group: Group,
    /// The row of the attendance list and the name on it; none: only the group is known.
    pub speaker: Option<(uuid::Uuid, String)>,
    pub text: String,
    /// Id of a survey element.
    pub element: Option<String>,
    /// Code of a component of the service standards.
    pub component: Option<String>,
    /// Code of a service.
    pub service: Option<String>,
    /// The item of the agenda during which it was said.
    pub agenda: Option<uuid::Uuid>,
    /// None: open.
    pub answer: Option<String>,
    /// Where the words come from when nobody said them in the room, and its page; never changed afterwards.
    pub origin: Option<(String, String)>,
}

/// Something that people raised, of which only the group is known.
pub async fn add_input(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    raised_by_group: Group,
    element: Option<String>,
    text: String,
) -> Result<ForumInput> {
    let fields = InputFields {
        group: raised_by_group,
        speaker: None,
        text,
        element,
        component: None,
        service: None,
        agenda: None,
        answer: None,
        origin: None,
    };
    raise(tx, ctx, forum, fields).await
}

/// Writes an input down; its code is the next free one of the forum. The same words of the same person
/// sent twice are written once. Whether the caller takes notes here is asked by [`super::work_at`].
pub async fn raise(tx: &Tx, ctx: &Ctx, forum: &Forum, fields: InputFields) -> Result<ForumInput> {
    // Two who write at the same moment get two codes.
    store::hold(tx, forum.id).await?;
    let there = store::inputs(tx, forum).await?;
    let attendance_id = fields.speaker.as_ref().map(|(id, _)| *id);
    let (origin, origin_href) = fields.origin.unzip();
    let same = |row: &&ForumInput| {
        row.text == fields.text
            && row.attendance_id == attendance_id
            && row.raised_by_group == fields.group
            && row.origin_href == origin_href
    };
    if let Some(same) = there.iter().find(same) {
        return Ok(same.clone());
    }
    let row = ForumInput {
        id: ForumInputId::new(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        // A code that was removed is never given again.
        code: format!("I{}", store::inputs_ever(tx, forum).await? + 1),
        element: fields.element,
        component: fields.component,
        service: fields.service,
        agenda_id: fields.agenda,
        raised_by_group: fields.group,
        attendance_id,
        speaker: fields.speaker.map(|(_, name)| name).unwrap_or_default(),
        text: fields.text,
        answer: fields.answer,
        origin,
        origin_href,
        removed_at: None,
        removed_reason: String::new(),
        version: 1,
        created_at: ctx.now,
    };
    store::insert_input(tx, row.clone()).await?;
    noted(tx, ctx, &row, "forum.input_raised").await?;
    Ok(row)
}

/// Writes an input anew. What it said before is kept with the reason.
pub async fn change_input(
    tx: &Tx,
    ctx: &Ctx,
    read: &ForumInput,
    fields: InputFields,
    reason: String,
) -> Result<()> {
    let change = input::ActiveModel {
        element: Set(fields.element),
        component: Set(fields.component),
        service: Set(fields.service),
        agenda_id: Set(fields.agenda),
        raised_by_group: Set(fields.group),
        attendance_id: Set(fields.speaker.as_ref().map(|(id, _)| *id)),
        speaker: Set(fields.speaker.map(|(_, name)| name).unwrap_or_default()),
        text: Set(fields.text),
        answer: Set(fields.answer),
        ..Default::default()
    };
    store::save_input(tx, read, change).await?;
    keep(tx, ctx, read, reason).await?;
    noted(tx, ctx, read, "forum.input_changed").await
}

/// Takes an input off every list. The row stays, with the reason.
pub async fn remove_input(tx: &Tx, ctx: &Ctx, read: &ForumInput, reason: String) -> Result<()> {
    let change = input::ActiveModel {
        removed_at: Set(Some(ctx.now)),
        removed_reason: Set(reason.clone()),
        ..Default::default()
    };
    store::save_input(tx, read, change).await?;
    keep(tx, ctx, read, reason).await?;
    noted(tx, ctx, read, "forum.input_removed").await
}

async fn keep(tx: &Tx, ctx: &Ctx, read: &ForumInput, reason: String) -> Result<()> {
    let before = match &read.answer {
        Some(answer) => format!("{}\n→ {answer}", read.text),
        None => read.text.clone(),
    };
    let row = input_change::ActiveModel {
        id: Set(uuid::Uuid::now_v7()),
        unit_id: Set(read.unit_id),
        forum_input_id: Set(read.id),
        before: Set(before),
        reason: Set(reason),
        by_name: Set(ctx
            .account()
            .map(|one| one.name.clone())
            .unwrap_or_default()),
        at: Set(ctx.now),
    };
    store::insert_input_change(tx, row).await
}

async fn noted(tx: &Tx, ctx: &Ctx, input: &ForumInput, verb: &'static str) -> Result<()> {
    let entry = audit::Entry::new("forum", input.forum_id.0, verb)
        .in_unit(input.unit_id)
        .with(serde_json::json!({ "input": input.code }));
    audit::record(tx, ctx, entry).await
}

/// An input of this forum that was not removed; one of another forum does not exist here.
pub async fn input_of(
    db: &impl sea_orm::ConnectionTrait,
    forum: &Forum,
    id: ForumInputId,
) -> Result<ForumInput> {
    let found = store::input(db, id).await?;
    if found.forum_id == forum.id && found.removed_at.is_none() {
        Ok(found)
    } else {
        Err(Error::NotFound)
    }
}
