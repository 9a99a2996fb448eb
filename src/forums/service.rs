//! Use cases of forums.

use std::collections::HashMap;

use chrono::{NaiveTime, TimeDelta};
use sea_orm::ActiveValue::Set;

use super::{
    AgendaIn, Day, DayIn, Forum, ForumFields, ForumId, Programme, Stage, TeamIn, agenda_left,
    agenda_told,
    announced::Announcements,
    concept_store,
    days::{self, MoreDays},
    entity::{agenda, forum, team as member},
    forms, moving, planning,
    rules::{self, Broken},
    store::{self, DayKey},
    team, told_place, venues,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::{self, Kind},
    organisation::{self, Unit, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        web::paging::Slice,
    },
};

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        let (code, key) = match broken {
            Broken::Closed => ("forum.closed", "rule-forum-closed"),
            Broken::Begun => ("forum.begun", "rule-forum-begun"),
            Broken::Recorded => ("forum.recorded", "rule-forum-recorded"),
            Broken::EndsBeforeStart => ("forum.ends_before_start", "rule-forum-ends-before-start"),
            Broken::Cancelled => ("forum.cancelled", "rule-forum-cancelled"),
            Broken::NotAnnounced => ("forum.not_announced", "rule-forum-not-announced"),
            Broken::Announced => ("forum.announced", "rule-forum-announced"),
            Broken::Over => ("forum.over", "rule-forum-over"),
            Broken::Running => ("forum.running", "rule-forum-running"),
            Broken::HasRecords => ("forum.has_records", "rule-forum-has-records"),
        };
        Error::rule(code, Message::new(key))
    }
}

/// A forum that the caller may see and use in the named way; one of another unit does not exist.
pub async fn get(ctx: &Ctx, id: ForumId, permission: Permission) -> Result<Forum> {
    let scope = ctx.require_scope(Permission::ViewForums)?;
    let forum = store::by_id(&ctx.app.db, id).await?;
    if !scope.covers(forum.unit_id, None) {
        return Err(Error::NotFound);
    }
    ctx.require(permission, forum.unit_id)?;
    Ok(forum)
}

/// The forums that the caller may see, newest first.
pub async fn list(ctx: &Ctx) -> Result<Vec<Forum>> {
    let scope = ctx.require_scope(Permission::ViewForums)?;
    store::visible(&ctx.app.db, &scope).await
}

/// A page of them, and how to ask for the next.
pub(super) async fn page(ctx: &Ctx, slice: &Slice<DayKey>) -> Result<(Vec<Forum>, Option<String>)> {
    let scope = ctx.require_scope(Permission::ViewForums)?;
    let found = store::page(&ctx.app.db, &scope, slice).await?;
    Ok(slice.cut(found, |forum| (forum.date, forum.id)))
}

/// The units of these forums, by id.
pub(super) async fn units_of(ctx: &Ctx, forums: &[Forum]) -> Result<HashMap<UnitId, Unit>> {
    let ids = forums.iter().map(|forum| forum.unit_id).collect();
    let units = organisation::units_by_id(&ctx.app.db, ids).await?;
    Ok(units.into_iter().map(|unit| (unit.id, unit)).collect())
}

/// Refuses what would change a closed or cancelled forum.
pub fn may_work(forum: &Forum) -> Result<()> {
    refuse_cancelled(forum)?;
    Ok(rules::may_work(forum.stage)?)
}

/// Refuses to change time and place of a forum that has begun or does not take place.
pub fn may_edit(forum: &Forum) -> Result<()> {
    refuse_cancelled(forum)?;
    Ok(rules::may_edit(forum.stage)?)
}

pub(super) fn refuse_cancelled(forum: &Forum) -> Result<()> {
    match forum.cancelled_at {
        Some(_) => Err(Broken::Cancelled.into()),
        None => Ok(()),
    }
}

/// The forum, kept until the transaction ends, for whoever changes something of it. A closed one stays as it is.
pub async fn hold(tx: &Tx, id: ForumId) -> Result<Forum> {
    let forum = store::hold(tx, id).await?;
    may_work(&forum)?;
    Ok(forum)
}

/// The same where a cancelled one is still spoken of: people are told, and give their seats back. A closed one never
/// changes.
pub async fn hold_cancelled_too(tx: &Tx, id: ForumId) -> Result<Forum> {
    let forum = store::hold(tx, id).await?;
    if forum.cancelled_at.is_none() {
        may_work(&forum)?;
    }
    Ok(forum)
}

/// Notes that something happened which belongs to a stage: the forum stands there now, unless it is
/// further already. The version that forms carry stays: nobody's edit is lost by it. The stage is read
/// here, because the caller's forum may be older than the transaction.
pub async fn reach(tx: &Tx, ctx: &Ctx, id: ForumId, to: Stage) -> Result<Stage> {
    let forum = store::hold(tx, id).await?;
    refuse_cancelled(&forum)?;
    let stage = rules::advance(forum.stage, to)?;
    if stage != forum.stage {
        store::set_stage(tx, &forum, stage).await?;
        agenda_told::tell(tx, ctx, &forum).await?;
        let entry = audit::Entry::new("forum", forum.id.0, "forum.stage")
            .in_unit(forum.unit_id)
            .with(serde_json::json!({ "from": forum.stage, "to": stage }));
        audit::record(tx, ctx, entry).await?;
    }
    Ok(stage)
}

/// Makes a forum as part of a use case. From an earlier forum come team and agenda, moved to the new
/// hour; never dates, numbers or what was said then.
pub async fn create(
    tx: &Tx,
    ctx: &Ctx,
    unit: UnitId,
    fields: ForumFields,
    copied_from: Option<&Forum>,
) -> Result<Forum> {
    ctx.require(Permission::ManageForum, unit)?;
    refuse_known_code(tx, unit, &fields.code, None).await?;
    let fields = venues::placed(tx, ctx, unit, fields, None).await?;
    let (first, more_days) = kept_days(ctx, &fields, &[]);
    let forum = Forum {
        id: ForumId::new(),
        unit_id: unit,
        year: chrono::Datelike::year(&fields.date),
        code: fields.code,
        title: fields.title,
        theme: fields.theme,
        scope: fields.scope,
        mode: fields.mode,
        date: first.date,
        starts: first.starts,
        ends: first.ends,
        open_end: first.open,
        more_days: MoreDays(more_days),
        venue_name: fields.venue_name,
        venue_room: fields.venue_room,
        venue_address: fields.venue_address,
        venue_id: fields.concept.venue,
        online_link: fields.concept.online_link,
        neutrality_note: String::new(),
        target: fields.target,
        stage: Stage::Preparation,
        copied_from: copied_from.map(|source| source.id),
        sequence: 0,
        announced: Announcements::default(),
        minutes_begun_at: None,
        cancelled_at: None,
        cancel_reason: String::new(),
        version: 1,
        created_at: ctx.now,
    };
    store::insert(tx, forum.clone()).await?;
    let mut quotas = fields.concept.quotas;
    if let (true, Some(source)) = (quotas.is_empty(), copied_from) {
        quotas = concept_store::quotas(tx, source).await?;
    }
    concept_store::replace_quotas(tx, (unit, forum.id), &quotas).await?;
    if let Some(source) = copied_from {
        let programme = programme_of(tx, source, &forum).await?;
        write_programme(tx, &forum, programme).await?;
    }
    let entry = audit::Entry::new("forum", forum.id.0, "forum.created")
        .in_unit(unit)
        .with(serde_json::json!({ "code": forum.code, "copied_from": forum.copied_from }));
    audit::record(tx, ctx, entry).await?;
    Ok(forum)
}

/// The days as they are kept: the first, and those after it.
fn kept_days(ctx: &Ctx, fields: &ForumFields, before: &[Day]) -> (Day, Vec<Day>) {
    let hours = ctx.app.config.forum.open_end_hours;
    let first = DayIn {
        date: fields.date,
        starts: fields.starts,
        ends: fields.ends,
    };
    let more = fields.more_days.iter();
    let more = more.map(|day| day.kept(hours, before)).collect();
    (first.kept(hours, before), more)
}

async fn refuse_known_code(tx: &Tx, unit: UnitId, code: &str, own: Option<ForumId>) -> Result<()> {
    match store::by_code(tx, unit, code).await? {
        Some(other) if Some(other.id) != own => Err(Error::field(
            "code",
            Message::new("forums-field-code-taken"),
        )),
        _ => Ok(()),
    }
}

/// Team and agenda of an earlier forum, the hours of each day moved so that it begins with the new day. What was on
/// a day more than the new forum has goes to its last day, where the overlap is shown.
async fn programme_of(tx: &Tx, source: &Forum, forum: &Forum) -> Result<Programme> {
    let last = i32::try_from(days::days(forum).len()).unwrap_or(1);
    let shift = |day: i32| {
        let new = days::day_of_item(forum, day.min(last));
        new.starts - days::day_of_item(source, day).starts
    };
    let team = store::team(tx, source).await?;
    let agenda = store::agenda(tx, source).await?;
    Ok(Programme {
        team: team
            .into_iter()
            .map(|row| TeamIn {
                name: row.name,
                role: row.role,
                person: row.person_id,
            })
            .collect(),
        agenda: agenda
            .into_iter()
            .map(|row| {
                Ok(AgendaIn {
                    id: None,
                    day: row.day.min(last),
                    starts: shifted(row.starts, shift(row.day))?,
                    ends: shifted(row.ends, shift(row.day))?,
                    activity: row.activity,
                    person_in_charge: row.person_in_charge,
                })
            })
            .collect::<Result<_>>()?,
        // A text of the old event stays there.
        neutrality_note: None,
    })
}

/// A day ends at midnight: an agenda that would run past midnight is refused, not turned over.
fn shifted(time: NaiveTime, by: TimeDelta) -> Result<NaiveTime> {
    match time.overflowing_add_signed(by) {
        (moved, 0) => Ok(moved),
        _ => Err(Error::field(
            "starts",
            Message::new("forums-agenda-past-midnight"),
        )),
    }
}

/// What a change of the forum brought with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The hours of the agenda went with the start.
    pub agenda_moved: bool,
}

/// Changes the forum itself. A new time or place makes a new SEQUENCE of the calendar entries.
pub async fn update(ctx: &Ctx, id: ForumId, version: i32, fields: ForumFields) -> Result<Changed> {
    get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = store::hold(&tx, id).await?;
    refuse_stale(&forum, version)?;
    may_edit(&forum)?;
    refuse_known_code(&tx, forum.unit_id, &fields.code, Some(id)).await?;
    let fields = venues::placed(&tx, ctx, forum.unit_id, fields, Some(&forum)).await?;
    concept_store::replace_quotas(&tx, (forum.unit_id, id), &fields.concept.quotas).await?;
    let before = days::days(&forum);
    let (first, more_days) = kept_days(ctx, &fields, &before);
    let after: Vec<Day> = std::iter::once(first).chain(more_days).collect();
    let stays = before == after;
    let zone = organisation::zone_of(&organisation::unit(&tx, forum.unit_id).await?)?;
    moving::refuse_past(&forum, &after, zone, ctx.now)?;
    let moved = !stays
        || fields.mode != forum.mode
        || (
            &fields.venue_name,
            &fields.venue_room,
            &fields.venue_address,
            &fields.concept.online_link,
        ) != (
            &forum.venue_name,
            &forum.venue_room,
            &forum.venue_address,
            &forum.online_link,
        );
    let agenda_moved = move_agenda(&tx, &forum, &fields).await?;
    let row = forum::ActiveModel {
        year: Set(chrono::Datelike::year(&fields.date)),
        code: Set(fields.code),
        title: Set(fields.title),
        theme: Set(fields.theme),
        scope: Set(fields.scope),
        mode: Set(fields.mode),
        date: Set(first.date),
        starts: Set(first.starts),
        ends: Set(first.ends),
        open_end: Set(first.open),
        more_days: Set(MoreDays(after[1..].to_vec())),
        venue_name: Set(fields.venue_name),
        venue_room: Set(fields.venue_room),
        venue_address: Set(fields.venue_address),
        venue_id: Set(fields.concept.venue),
        online_link: Set(fields.concept.online_link),
        target: Set(fields.target),
        sequence: Set(forum.sequence + i32::from(moved)),
        ..Default::default()
    };
    store::save(&tx, row, &forum).await?;
    let entry = audit::Entry::new("forum", id.0, "forum.changed")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "time_or_place": moved }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(Changed { agenda_moved })
}

/// The forum was held elsewhere than its data say: found out while its record is written. Nobody is told any more, so
/// SEQUENCE stays; the letter goes on saying what it said.
pub async fn held_elsewhere(tx: &Tx, ctx: &Ctx, id: ForumId, place: &str) -> Result<()> {
    let forum = hold(tx, id).await?;
    if forum.stage < Stage::Session {
        return Err(Error::rule(
            "forum.not_begun",
            Message::new("rule-forum-not-begun"),
        ));
    }
    let register = concept_store::venues_of(tx, forum.unit_id).await?;
    let told = told_place::told(place, &told_place::known(&forum, &register));
    let row = forum::ActiveModel {
        venue_name: Set(told.name),
        venue_room: Set(told.room),
        venue_address: Set(told.address),
        venue_id: Set(told.venue),
        ..Default::default()
    };
    store::save(tx, row, &forum).await?;
    let entry = audit::Entry::new("forum", id.0, "forum.held_elsewhere")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "place": place }));
    audit::record(tx, ctx, entry).await
}

/// The items go with their day and its start, as in a copy of the forum; tells whether an hour changed. A day that
/// still has items is not taken out.
async fn move_agenda(tx: &Tx, forum: &Forum, fields: &ForumFields) -> Result<bool> {
    let starts: Vec<_> = std::iter::once(fields.starts)
        .chain(fields.more_days.iter().map(|day| day.starts))
        .collect();
    let mut hours_moved = false;
    let more = fields.more_days.iter().map(|day| day.date);
    let new: Vec<_> = std::iter::once(fields.date).chain(more).collect();
    let moved = days::moved_days(&days::dates_of(forum), &new);
    let mut agenda = store::agenda(tx, forum).await?;
    for item in &mut agenda {
        let old = usize::try_from(item.day - 1).unwrap_or_default();
        let Some(place) = moved.get(old).copied().flatten() else {
            let message = Message::new("forums-field-day-has-items")
                .with("number", item.day)
                .with("activity", &item.activity);
            return Err(Error::field(forms::day_field(&new), message));
        };
        let by = starts[place] - days::day_of_item(forum, item.day).starts;
        item.starts = shifted(item.starts, by)?;
        item.ends = shifted(item.ends, by)?;
        hours_moved |= !by.is_zero();
        item.day = i32::try_from(place).unwrap_or_default() + 1;
    }
    agenda.sort_by_key(|item| (item.day, item.position));
    for (item, position) in agenda.iter_mut().zip(1..) {
        item.position = position;
    }
    store::replace_agenda(tx, forum, agenda).await?;
    Ok(hours_moved)
}

/// Replaces team and agenda.
pub async fn set_programme(
    ctx: &Ctx,
    id: ForumId,
    version: i32,
    programme: Programme,
) -> Result<()> {
    get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = store::hold(&tx, id).await?;
    refuse_stale(&forum, version)?;
    planning::may_plan(&tx, &forum).await?;
    team::refuse_strangers(&tx, forum.unit_id, &programme).await?;
    let days = i32::try_from(days::days(&forum).len()).unwrap_or(1);
    let known = 1..=days;
    if let Some(at) = programme
        .agenda
        .iter()
        .position(|item| !known.contains(&item.day))
    {
        let field = format!("agenda_day_{at}");
        return Err(Error::field(
            &field,
            Message::new("forums-field-day-unknown").with("days", days),
        ));
    }
    store::save(&tx, forum::ActiveModel::default(), &forum).await?;
    let before = agenda_left::issues_on(&tx, &forum).await?;
    write_programme(&tx, &forum, programme).await?;
    let now = agenda_left::issues_on(&tx, &forum).await?;
    agenda_left::tell(&tx, ctx, &forum, (before, &now)).await?;
    let entry = audit::Entry::new("forum", id.0, "forum.programme").in_unit(forum.unit_id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) fn refuse_stale(forum: &Forum, version: i32) -> Result<()> {
    if forum.version == version {
        return Ok(());
    }
    Err(Error::Conflict {
        code: "changed_meanwhile",
    })
}

/// Writes team and agenda of a forum anew; also used where a record is loaded as a whole. A line of the
/// agenda that was there keeps its id, because notes and proposals hang on it.
pub async fn write_programme(tx: &Tx, forum: &Forum, programme: Programme) -> Result<()> {
    if let Some(note) = programme.neutrality_note {
        store::set_neutrality_note(tx, forum.id, note).await?;
    }
    let team = programme
        .team
        .into_iter()
        .zip(1..)
        .map(|(person, position)| member::ActiveModel {
            id: Set(uuid::Uuid::now_v7()),
            unit_id: Set(forum.unit_id),
            forum_id: Set(forum.id),
            position: Set(position),
            name: Set(person.name),
            role: Set(person.role),
            person_id: Set(person.person),
        })
        .collect();
    let agenda = programme
        .agenda
        .into_iter()
        .zip(1..)
        .map(|(item, position)| agenda::Model {
            id: item.id.unwrap_or_else(uuid::Uuid::now_v7),
            unit_id: forum.unit_id,
            forum_id: forum.id,
            position,
            day: item.day,
            starts: item.starts,
            ends: item.ends,
            activity: item.activity,
            person_in_charge: item.person_in_charge,
        })
        .collect();
    store::replace_team(tx, forum, team).await?;
    store::replace_agenda(tx, forum, agenda).await
}

/// Name and bytes of a document about a forum that the caller may see.
pub async fn document(ctx: &Ctx, id: ForumId, kind: Kind) -> Result<(String, Vec<u8>)> {
    let forum = get(ctx, id, Permission::ViewForums).await?;
    let document = documents::latest(&ctx.app.db, "forum", id.0, kind)
        .await?
        .ok_or(Error::NotFound)?;
    if document.restricted {
        ctx.require(Permission::ReadRestricted, forum.unit_id)?;
        // It may hold telephone numbers: whoever reads it is written down.
        let tx = ctx.app.db.begin_write().await?;
        let entry = audit::Entry::new("document", document.id.0, "document.restricted_read")
            .in_unit(forum.unit_id)
            .with(serde_json::json!({ "kind": document.kind, "version": document.version }));
        audit::record(&tx, ctx, entry).await?;
        tx.commit().await?;
    }
    let bytes = documents::bytes(&ctx.app, &document).await?;
    let name = format!("{}-{}.pdf", kind.file_name(), forum.code);
    Ok((name, bytes))
}
