//! Use cases of the action plan: making an item, reporting progress, finishing, verifying.

use chrono::{Datelike as _, NaiveDate};
use sea_orm::ActiveValue::Set;

use super::{
    budget::Budget,
    entity::{
        ActionItemId, MilestoneId,
        action_item::{self, Status},
        action_progress::{self, Evidence, EvidenceList},
        action_source::SourceKind,
    },
    links::{self, SourceRef},
    milestones,
    news::{self, ActionEvent},
    rules::{self, Move},
    store,
};
use crate::{
    access::{Ctx, Permission, Place},
    audit,
    documents::{FileId, uploads},
    organisation::{self, DivisionId, OfficialId, UnitId},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        traces,
    },
};

/// What the history calls an action.
pub const THING: &str = "action_item";

/// A promise, checked at the border.
#[derive(Clone, Debug)]
pub struct NewAction {
    pub unit: UnitId,
    pub title: String,
    pub description: String,
    pub division: Option<DivisionId>,
    pub owner: Option<OfficialId>,
    pub due_on: NaiveDate,
    pub indicator: String,
    pub target: String,
    pub budget: Budget,
}

/// What somebody reports about an action.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub note: String,
    /// The step that is done with it; then something must show it.
    pub milestone: Option<MilestoneId>,
    /// The local day on which it happened; today when left out.
    pub happened_on: Option<NaiveDate>,
    /// Files handed in before.
    pub files: Vec<FileId>,
    /// Files that come with the report: name and content.
    pub uploads: Vec<(String, Vec<u8>)>,
    /// Addresses of pages that show it.
    pub links: Vec<String>,
}

fn place(item: &action_item::Model) -> Place {
    Place {
        unit: item.unit_id,
        division: item.division_id,
    }
}

/// The words of a promise with the fields that they stand in: everybody reads them.
fn words(new: &NewAction) -> [(&'static str, &str); 5] {
    [
        ("title", &new.title),
        ("description", &new.description),
        ("indicator", &new.indicator),
        ("target", &new.target),
        (
            "budget_source",
            new.budget.source.as_deref().unwrap_or_default(),
        ),
    ]
}

/// Adds an item to the plan of the year in which it is due.
pub async fn create(tx: &Tx, ctx: &Ctx, new: NewAction) -> Result<ActionItemId> {
    ctx.require(
        Permission::ManageActions,
        Place {
            unit: new.unit,
            division: new.division,
        },
    )?;
    traces::refuse_identity_numbers(words(&new))?;
    let year = new.due_on.year();
    let number = store::last_number(tx, new.unit, year).await? + 1;
    let id = ActionItemId::new();
    let code = rules::code(year, number);
    let row = action_item::ActiveModel {
        id: Set(id),
        unit_id: Set(new.unit),
        code: Set(code.clone()),
        year: Set(year),
        number: Set(number),
        title: Set(new.title),
        description: Set(new.description),
        division_id: Set(new.division),
        owner_id: Set(new.owner),
        due_on: Set(new.due_on),
        baseline_due_on: Set(None),
        carried_into: Set(None),
        indicator: Set(new.indicator),
        target: Set(new.target),
        budget_year: Set(new.budget.year),
        budget_amount: Set(new.budget.amount),
        budget_source: Set(new.budget.source),
        status: Set(Status::Open),
        progress: Set(0),
        finished_at: Set(None),
        finished_by: Set(None),
        verified_at: Set(None),
        verified_by: Set(None),
        version: Set(1),
        created_at: Set(ctx.now),
    };
    store::insert(tx, row).await?;
    let entry = audit::Entry::new(THING, id.0, "action.created")
        .in_unit(new.unit)
        .with(serde_json::json!({ "code": code }));
    audit::record(tx, ctx, entry).await?;
    Ok(id)
}

/// Adds an item together with what it comes from.
pub async fn add(ctx: &Ctx, new: NewAction, sources: Vec<SourceRef>) -> Result<ActionItemId> {
    for source in &sources {
        rules::may_touch(source.kind)?;
    }
    let tx = ctx.app.db.begin_write().await?;
    let id = create(&tx, ctx, new).await?;
    for source in sources {
        links::link(&tx, ctx, id, source).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Changes what was promised, but not until when: the due day is put off with a reason.
pub async fn change(ctx: &Ctx, id: ActionItemId, version: i32, new: NewAction) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let item = for_change(&tx, ctx, id, Some(version), Permission::ManageActions).await?;
    if !item.status.is_unfinished() {
        return Err(rules::Broken::Transition(item.status, Move::Progress).into());
    }
    traces::refuse_identity_numbers(words(&new))?;
    let entry = audit::Entry::new(THING, id.0, "action.changed")
        .in_unit(item.unit_id)
        .with(serde_json::json!({ "title_before": item.title }));
    let row = action_item::ActiveModel {
        title: Set(new.title),
        description: Set(new.description),
        division_id: Set(new.division),
        owner_id: Set(new.owner),
        indicator: Set(new.indicator),
        target: Set(new.target),
        budget_year: Set(new.budget.year),
        budget_amount: Set(new.budget.amount),
        budget_source: Set(new.budget.source),
        ..Default::default()
    };
    store::update(&tx, row, &item).await?;
    audit::record(&tx, ctx, entry).await?;
    Ok(tx.commit().await?)
}

/// Whether the caller may do this to an item: asked before their form is read.
pub async fn allowed(ctx: &Ctx, id: ActionItemId, permission: Permission) -> Result<()> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let item = store::visible(&ctx.app.db, &scope, id).await?;
    ctx.require(permission, place(&item))
}

/// An item that the caller may see, may do this to, and has seen in its present version.
pub(super) async fn for_change(
    tx: &Tx,
    ctx: &Ctx,
    id: ActionItemId,
    version: Option<i32>,
    permission: Permission,
) -> Result<action_item::Model> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let item = store::held(tx, &scope, id).await?;
    ctx.require(permission, place(&item))?;
    if version.is_some_and(|version| version != item.version) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(item)
}

/// The local day in the unit of an item.
pub(super) async fn today(tx: &Tx, ctx: &Ctx, item: &action_item::Model) -> Result<NaiveDate> {
    let unit = organisation::unit(tx, item.unit_id).await?;
    Ok(ctx.today_in(organisation::zone_of(&unit)?))
}

/// The day that a report is about: not to come, and where something shows it, not long before the action was taken down.
async fn day_of(
    tx: &Tx,
    ctx: &Ctx,
    item: &action_item::Model,
    (said, shows): (Option<NaiveDate>, bool),
) -> Result<NaiveDate> {
    let today = today(tx, ctx, item).await?;
    let day = said.unwrap_or(today);
    if day > today {
        let message = Message::new("field-date-future");
        return Err(Error::field("happened_on", message));
    }
    let taken_down = milestones::local_day(tx, item, item.created_at).await?;
    let earliest = rules::earliest_evidence(taken_down);
    if shows && day < earliest {
        return Err(rules::Broken::OldEvidence(earliest).into());
    }
    Ok(day)
}

/// Writes down what was done, with what shows it.
pub async fn report(
    ctx: &Ctx,
    id: ActionItemId,
    version: Option<i32>,
    report: Report,
) -> Result<()> {
    let stored = store_uploads(ctx, id, &report).await?;
    let tx = ctx.app.db.begin_write().await?;
    let item = for_change(&tx, ctx, id, version, Permission::ReportProgress).await?;
    let status = item.status.after(Move::Progress)?;
    let shows = !(report.files.is_empty() && stored.is_empty() && report.links.is_empty());
    let happened_on = day_of(&tx, ctx, &item, (report.happened_on, shows)).await?;
    let ids: Vec<FileId> = report.files.iter().copied().chain(stored).collect();
    let files = uploads::attach(&tx, item.unit_id, &ids).await?;
    let evidence: Vec<Evidence> = files
        .into_iter()
        .map(|file| Evidence::File {
            id: file.id.0,
            name: file.name,
            size: file.size,
        })
        .chain(report.links.into_iter().map(|url| Evidence::Link { url }))
        .collect();
    let entry_id = uuid::Uuid::now_v7();
    let step = match report.milestone {
        Some(_) if evidence.is_empty() => return Err(rules::Broken::MilestoneNoEvidence.into()),
        Some(step) => Some(milestones::of(&tx, &item, step).await?),
        None => None,
    };
    let row = action_progress::ActiveModel {
        id: Set(entry_id),
        unit_id: Set(item.unit_id),
        action_id: Set(id),
        at: Set(ctx.now),
        happened_on: Set(happened_on),
        by_id: Set(ctx.person_id()),
        by_name: Set(ctx
            .account()
            .map(|account| account.name.clone())
            .unwrap_or_default()),
        note: Set(report.note),
        percent: Set(item.progress),
        files: Set(EvidenceList(evidence)),
    };
    store::insert_progress(&tx, row).await?;
    if let Some(step) = &step {
        milestones::done(&tx, step, (entry_id, happened_on)).await?;
    }
    let percent = milestones::computed(&tx, id, status).await?;
    store::set_percent(&tx, entry_id, percent).await?;
    milestones::recounted(&tx, &item, status, action_item::ActiveModel::default()).await?;
    let entry = audit::Entry::new(THING, id.0, "action.progress")
        .in_unit(item.unit_id)
        .with(serde_json::json!({ "percent": percent }));
    audit::record(&tx, ctx, entry).await?;
    Ok(tx.commit().await?)
}

/// Keeps the files that came with a report; only once it is known that the sender may report at all.
async fn store_uploads(ctx: &Ctx, id: ActionItemId, report: &Report) -> Result<Vec<FileId>> {
    let scope = ctx.require_scope(Permission::ViewActions)?;
    let item = store::visible(&ctx.app.db, &scope, id).await?;
    ctx.require(Permission::ReportProgress, place(&item))?;
    let mut ids = Vec::new();
    uploads::refuse_unread(&ctx.app, item.unit_id, &report.files).await?;
    for (name, bytes) in &report.uploads {
        let stored = uploads::store_evidence(ctx, item.unit_id, name, bytes.clone()).await;
        ids.push(stored.map_err(|error| error.on_field("files"))?);
    }
    Ok(ids)
}

/// Hands the action in as finished; the head looks at the evidence next.
pub async fn finish(ctx: &Ctx, id: ActionItemId, version: Option<i32>) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let item = for_change(&tx, ctx, id, version, Permission::FinishAction).await?;
    let evidence: Vec<NaiveDate> = store::progress_of(&tx, id)
        .await?
        .into_iter()
        .filter(|entry| !entry.files.0.is_empty())
        .map(|entry| entry.happened_on)
        .collect();
    let status = rules::finish(item.status, &evidence, today(&tx, ctx, &item).await?)?;
    milestones::all_done(&tx, id).await?;
    let row = action_item::ActiveModel {
        status: Set(status),
        progress: Set(milestones::computed(&tx, id, status).await?),
        finished_at: Set(Some(ctx.now)),
        finished_by: Set(ctx.person_id()),
        ..Default::default()
    };
    moved(&tx, ctx, &item, row, "action.finished", None).await?;
    Ok(tx.commit().await?)
}

/// The head agrees that the evidence shows what was promised.
pub async fn verify(ctx: &Ctx, id: ActionItemId, version: Option<i32>) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let item = for_change(&tx, ctx, id, version, Permission::VerifyAction).await?;
    let status = rules::verify(item.status, item.finished_by, ctx.person_id())?;
    let row = action_item::ActiveModel {
        status: Set(status),
        progress: Set(milestones::computed(&tx, id, status).await?),
        verified_at: Set(Some(ctx.now)),
        verified_by: Set(ctx.person_id()),
        ..Default::default()
    };
    moved(&tx, ctx, &item, row, "action.verified", None).await?;
    news::enqueue(&tx, ctx, id, ActionEvent::Verified).await?;
    Ok(tx.commit().await?)
}

/// The evidence is not enough: back to work, and why.
pub async fn send_back(ctx: &Ctx, id: ActionItemId, version: i32, reason: String) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let item = for_change(&tx, ctx, id, Some(version), Permission::VerifyAction).await?;
    let status = item.status.after(Move::SendBack)?;
    let row = action_item::ActiveModel {
        status: Set(status),
        progress: Set(milestones::computed(&tx, id, status).await?),
        finished_at: Set(None),
        finished_by: Set(None),
        ..Default::default()
    };
    moved(&tx, ctx, &item, row, "action.sent_back", Some(reason)).await?;
    Ok(tx.commit().await?)
}

/// Gives a promise up, with a reason that everybody reads.
pub async fn cancel(ctx: &Ctx, id: ActionItemId, version: i32, reason: String) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let item = for_change(&tx, ctx, id, Some(version), Permission::ManageActions).await?;
    traces::refuse_identity_numbers([("cancel_reason", reason.as_str())])?;
    let row = action_item::ActiveModel {
        status: Set(item.status.after(Move::Cancel)?),
        ..Default::default()
    };
    moved(&tx, ctx, &item, row, "action.cancelled", Some(reason)).await?;
    news::enqueue(&tx, ctx, id, ActionEvent::Cancelled).await?;
    Ok(tx.commit().await?)
}

/// Writes the new state and its entry in the history.
async fn moved(
    tx: &Tx,
    ctx: &Ctx,
    item: &action_item::Model,
    row: action_item::ActiveModel,
    verb: &'static str,
    reason: Option<String>,
) -> Result<()> {
    store::update(tx, row, item).await?;
    let entry = audit::Entry::new(THING, item.id.0, verb)
        .in_unit(item.unit_id)
        .with(serde_json::json!({ "reason": reason }));
    audit::record(tx, ctx, entry).await
}

/// Links a source that the caller may see.
pub async fn add_source(ctx: &Ctx, id: ActionItemId, source: SourceRef) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    for_change(&tx, ctx, id, None, Permission::ManageActions).await?;
    rules::may_touch(source.kind)?;
    links::link(&tx, ctx, id, source).await?;
    Ok(tx.commit().await?)
}

pub async fn remove_source(
    ctx: &Ctx,
    id: ActionItemId,
    kind: SourceKind,
    source: &str,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    for_change(&tx, ctx, id, None, Permission::ManageActions).await?;
    rules::may_touch(kind)?;
    links::unlink(&tx, ctx, id, kind, source).await?;
    Ok(tx.commit().await?)
}
