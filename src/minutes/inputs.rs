//! Use cases of inputs: written down while people speak, with who said it and what it is about; answered,
//! corrected or taken away as long as nothing was made from it.

use sea_orm::ConnectionTrait;

use super::{
    rules::{self, Move},
    service::must_be_open,
    store,
};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, SourceKind},
    attendance::{self, AttendanceId},
    berita_acara,
    forums::{self, Forum, ForumId, ForumInput, ForumInputId, Group, InputFields, Stage},
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        traces,
    },
    standards::{self, ComponentKind},
    surveys,
};

/// An input as typed; already checked but for what only the record knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Somebody on the attendance list; their group then counts.
    pub speaker: Option<AttendanceId>,
    pub group: Option<Group>,
    pub text: String,
    /// `element:requirements` or `component:fee`.
    pub about: Option<String>,
    /// Code of a service of the unit.
    pub service: Option<String>,
    /// An item of the forum's agenda.
    pub agenda: Option<String>,
    pub answer: Option<String>,
    /// Somebody looked at what seems to tell who a person is, and says that everybody may read it.
    pub looked: bool,
}

/// What was made from an input: then its words stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Numbers of agreed points.
    pub points: Vec<i32>,
    /// Codes of actions.
    pub actions: Vec<String>,
}

impl Uses {
    #[must_use]
    pub fn any(&self) -> bool {
        !self.points.is_empty() || !self.actions.is_empty()
    }
}

/// Everybody reads the words and their answer once the record is locked: what seems to name a person is asked about while
/// it can be written otherwise. The number of an identity card is refused whoever has looked at it. What stood there before,
/// `kept`, was looked at then.
async fn may_be_public(
    tx: &Tx,
    forum: &Forum,
    typed: &Typed,
    kept: Option<&ForumInput>,
) -> Result<()> {
    let mut new = Vec::new();
    if kept.is_none_or(|row| row.text != typed.text) {
        new.push(("text", typed.text.as_str()));
    }
    if kept.is_none_or(|row| row.answer != typed.answer) {
        new.push(("answer", typed.answer.as_deref().unwrap_or_default()));
    }
    traces::refuse_identity_numbers(new.iter().copied())?;
    let words: Vec<&str> = new.into_iter().map(|(_, words)| words).collect();
    attendance::look_first(tx, forum, &words, typed.looked).await
}

fn unknown(field: &str) -> Error {
    Error::field(field, Message::new("field-unknown-choice"))
}

/// The fields with all that was chosen looked up.
async fn fields(
    db: &impl ConnectionTrait,
    forum: &Forum,
    typed: Typed,
    kept: Option<&ForumInput>,
) -> Result<InputFields> {
    let (group, speaker) = match typed.speaker {
        Some(id) => {
            let present = attendance::present(db, forum).await?;
            match (present.into_iter().find(|row| row.id == id), kept) {
                (Some(row), _) => (row.participant_group, Some((row.id.0, row.name))),
                // Checked out again since: who said it stays as it was written down.
                (None, Some(input)) if input.attendance_id == Some(id.0) => {
                    let speaker = Some((id.0, input.speaker.clone()));
                    (input.raised_by_group, speaker)
                }
                (None, _) => return Err(unknown("attendance")),
            }
        }
        None => {
            let needed =
                || Error::field("raised_by_group", Message::new("minutes-input-who-needed"));
            (typed.group.ok_or_else(needed)?, None)
        }
    };
    let (element, component) = match typed.about.as_deref().and_then(|raw| raw.split_once(':')) {
        None if typed.about.is_none() => (None, None),
        Some(("element", id)) => {
            let known = surveys::elements(db).await?;
            let found = known.into_iter().find(|one| one.id == id);
            (Some(found.ok_or_else(|| unknown("about"))?.id), None)
        }
        Some(("component", code)) => {
            let found = component(code).ok_or_else(|| unknown("about"))?;
            (None, Some(found.code().to_owned()))
        }
        _ => return Err(unknown("about")),
    };
    if let Some(code) = &typed.service
        && standards::by_code(db, forum.unit_id, code).await?.is_none()
    {
        return Err(unknown("service"));
    }
    let agenda = match &typed.agenda {
        Some(raw) => {
            let items = forums::agenda(db, forum).await?;
            let item = items.iter().find(|item| item.id.to_string() == *raw);
            Some(item.ok_or_else(|| unknown("agenda"))?.id)
        }
        None => None,
    };
    Ok(InputFields {
        group,
        speaker,
        text: typed.text,
        element,
        component,
        service: typed.service,
        agenda,
        answer: typed.answer,
        origin: None,
    })
}

/// A component by its code.
#[must_use]
pub fn component(code: &str) -> Option<ComponentKind> {
    ComponentKind::DELIVERY
        .into_iter()
        .chain(ComponentKind::BEHIND)
        .find(|kind| kind.code() == code)
}

/// Writes down what somebody said.
pub async fn raise(ctx: &Ctx, id: ForumId, typed: Typed) -> Result<ForumInput> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    must_be_open(&tx, id).await?;
    may_be_public(&tx, &forum, &typed, None).await?;
    let fields = fields(&tx, &forum, typed, None).await?;
    let input = forums::raise(&tx, ctx, &forum, fields).await?;
    tx.commit().await?;
    Ok(input)
}

/// The forums of a unit in which the caller may still write inputs down, newest first.
pub async fn taking(ctx: &Ctx, unit: UnitId) -> Result<Vec<Forum>> {
    let mut taking = Vec::new();
    let forums = forums::list(ctx).await?.into_iter();
    let alive = |forum: &Forum| {
        forum.unit_id == unit && forum.cancelled_at.is_none() && forum.stage != Stage::Closed
    };
    for forum in forums.filter(alive) {
        let head = store::newest(&ctx.app.db, forum.id).await?;
        let open = head.is_none_or(|head| rules::after(head.status, Move::Change).is_ok());
        if open && forums::may_work_at(ctx, &forum, Permission::TakeNotes).await? {
            taking.push(forum);
        }
    }
    Ok(taking)
}

/// Writes an input down as part of another use case, which asked whether the caller may. Nobody typed these words for the
/// public, so a telephone or an identity number in them is refused.
pub async fn write(tx: &Tx, ctx: &Ctx, forum: &Forum, fields: InputFields) -> Result<ForumInput> {
    forums::hold(tx, forum.id).await?;
    must_be_open(tx, forum.id).await?;
    let found = traces::leftovers(&fields.text, &[]).into_iter();
    let addresses: Vec<String> = found
        .filter(|(sign, _)| sign.is_address())
        .map(|(_, words)| words)
        .collect();
    if !addresses.is_empty() {
        let message = Message::new("rule-minutes-input-addresses");
        let message = message.with("words", addresses.join("; "));
        return Err(Error::rule("forum.input_personal", message));
    }
    forums::raise(tx, ctx, forum, fields).await
}

/// What was made from an input so far.
pub async fn uses(db: &impl ConnectionTrait, forum: &Forum, id: ForumInputId) -> Result<Uses> {
    let linked = action_plans::linked_to(db, SourceKind::ForumInput, &id.to_string()).await?;
    Ok(Uses {
        points: berita_acara::points_from(db, forum.id, id).await?,
        actions: linked.into_iter().map(|action| action.code).collect(),
    })
}

/// Corrects an input or writes its answer. Once a point or an action was made from it, only the answer
/// changes: what they refer to must stay what was said.
pub async fn change(
    ctx: &Ctx,
    id: ForumId,
    input: ForumInputId,
    typed: Typed,
    reason: String,
    seen: i32,
) -> Result<()> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    must_be_open(&tx, id).await?;
    let row = forums::input_of(&tx, &forum, input).await?;
    if row.version != seen {
        return Err(super::store::CHANGED);
    }
    may_be_public(&tx, &forum, &typed, Some(&row)).await?;
    let fields = fields(&tx, &forum, typed, Some(&row)).await?;
    let same_words = fields.text == row.text && fields.group == row.raised_by_group;
    if !same_words {
        if uses(&tx, &forum, input).await?.any() {
            return Err(in_use());
        }
        if reason.is_empty() {
            let message = Message::new("minutes-input-reason-needed");
            return Err(Error::field("reason", message));
        }
    }
    forums::change_input(&tx, ctx, &row, fields, reason).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an input off the list, unless something was made from it.
pub async fn remove(
    ctx: &Ctx,
    id: ForumId,
    input: ForumInputId,
    reason: String,
    seen: i32,
) -> Result<()> {
    let forum = forums::work_at(ctx, id, Permission::TakeNotes).await?;
    let tx = ctx.app.db.begin_write().await?;
    forums::hold(&tx, id).await?;
    must_be_open(&tx, id).await?;
    let row = forums::input_of(&tx, &forum, input).await?;
    if row.version != seen {
        return Err(super::store::CHANGED);
    }
    if uses(&tx, &forum, input).await?.any() {
        return Err(in_use());
    }
    forums::remove_input(&tx, ctx, &row, reason).await?;
    tx.commit().await?;
    Ok(())
}

fn in_use() -> Error {
    Error::rule(
        "forum.input_in_use",
        Message::new("rule-minutes-input-in-use"),
    )
}
