//! The links of the loop, seen from both ends: what an action comes from, and what a complaint, an input,
//! an agreed point or an element of the survey led to.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use futures::future::BoxFuture;
use sea_orm::{ActiveValue::Set, ConnectionTrait};

use super::{
    entity::{
        ActionItemId,
        action_item::{self, Status},
        action_source::{self, SourceKind, Voice, Voices},
    },
    news::{self, ActionEvent, TellSources, TellUnlinked},
    rules,
    service::THING,
    store, store_links,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Locale,
        jobs,
    },
};

/// A thing that an action comes from, as its own capability describes it at the moment of linking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRef {
    pub kind: SourceKind,
    /// The id as text, or the stable key of a survey element.
    pub id: String,
    /// Left out by what is the same for every unit.
    pub unit: Option<UnitId>,
    /// For staff: `ADU-2026-000123 · Antrean panjang`.
    pub label: String,
    /// For everybody: no names, nothing confidential. `Sebuah pengaduan tentang kanal pengaduan`.
    pub public_label: String,
    /// Both in English; none where the words are somebody's own.
    pub label_en: Option<String>,
    /// Its page in the workspace.
    pub href: Option<String>,
    /// The forum at which an input or a point came up: title and page in the workspace.
    pub forum: Option<(String, String)>,
    /// What stands behind it: the inputs that an agreed point answers.
    pub voices: Vec<Voice>,
}

/// How a source is found when only its kind and id are given: by the API and by addresses. Composition
/// gives this function to the routes, because it may name every capability. It must refuse with NotFound
/// what the caller may not see.
pub type SourceLookup =
    for<'a> fn(&'a Ctx, SourceKind, &'a str) -> BoxFuture<'a, Result<SourceRef>>;

/// The people of the forums that sources come from: what everybody reads of a promise is looked at first where it names one
/// of them. Given by composition, because a promise knows nothing of attendance lists.
pub type PeopleLookup =
    for<'a> fn(&'a Ctx, &'a [(SourceKind, String)]) -> BoxFuture<'a, Result<Vec<String>>>;

/// Those of an action that is there already.
pub(super) async fn people_behind(
    ctx: &Ctx,
    lookup: PeopleLookup,
    action: ActionItemId,
) -> Result<Vec<String>> {
    let sources = store::sources_of(&ctx.app.db, vec![action]).await?;
    let sources = sources.into_iter().map(|one| (one.kind, one.source_id));
    lookup(ctx, &sources.collect::<Vec<_>>()).await
}

/// An action as a source shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedAction {
    pub id: ActionItemId,
    pub code: String,
    pub title: String,
    pub status: Status,
    pub progress: i32,
    pub due_on: NaiveDate,
    /// Its page in the workspace.
    pub href: String,
    /// Its page for everybody.
    pub public_href: String,
}

impl action_source::Model {
    /// What staff read.
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        self.in_language(locale, &self.label)
    }

    /// What everybody reads.
    #[must_use]
    pub fn public_label(&self, locale: Locale) -> &str {
        self.in_language(locale, &self.public_label)
    }

    fn in_language<'a>(&'a self, locale: Locale, indonesian: &'a str) -> &'a str {
        match (locale, &self.label_en) {
            (Locale::En, Some(english)) => english,
            _ => indonesian,
        }
    }
}

impl LinkedAction {
    #[must_use]
    pub fn of(item: action_item::Model) -> Self {
        Self {
            href: format!("/kerja/rencana-aksi/{}", item.id),
            public_href: format!("/janji/{}", item.id),
            id: item.id,
            code: item.code,
            title: item.title,
            status: item.status,
            progress: item.progress,
            due_on: item.due_on,
        }
    }

    /// Whether a forum may be closed over it.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.status.is_settled()
    }
}

/// The actions that a source led to; cancelled ones too, with their status.
pub async fn linked_to(
    db: &impl ConnectionTrait,
    kind: SourceKind,
    id: &str,
) -> Result<Vec<LinkedAction>> {
    let mut found = linked_to_many(db, kind, &[id.to_owned()]).await?;
    Ok(found.remove(id).unwrap_or_default())
}

/// The same for many sources of one kind, by source id; sources without actions are absent.
pub async fn linked_to_many(
    db: &impl ConnectionTrait,
    kind: SourceKind,
    ids: &[String],
) -> Result<HashMap<String, Vec<LinkedAction>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    by_source(db, store_links::links_of(db, kind, ids).await?).await
}

/// The actions at the end of links, by source id.
async fn by_source(
    db: &impl ConnectionTrait,
    links: Vec<action_source::Model>,
) -> Result<HashMap<String, Vec<LinkedAction>>> {
    let items = store::items(db, links.iter().map(|link| link.action_id).collect()).await?;
    let items: HashMap<ActionItemId, action_item::Model> =
        items.into_iter().map(|item| (item.id, item)).collect();
    let mut found: HashMap<String, Vec<LinkedAction>> = HashMap::new();
    for link in links {
        if let Some(item) = items.get(&link.action_id) {
            let actions = found.entry(link.source_id).or_default();
            actions.push(LinkedAction::of(item.clone()));
        }
    }
    Ok(found)
}

/// The actions of a unit that come from sources of a kind, by source: an element of the survey is the same for every
/// unit, its actions are not.
pub async fn linked_in_unit(
    db: &impl ConnectionTrait,
    unit: UnitId,
    kind: SourceKind,
) -> Result<HashMap<String, Vec<LinkedAction>>> {
    by_source(db, store_links::links_in(db, unit, kind).await?).await
}

/// The actions of a unit that come from sources of a kind and were not given up: of each source so many, the latest due
/// day first, and how many there are in all. A source without any is absent.
pub async fn some_linked(
    db: &impl ConnectionTrait,
    unit: UnitId,
    (kind, ids): (SourceKind, &[String]),
    most: u64,
) -> Result<HashMap<String, (Vec<LinkedAction>, i64)>> {
    let mut found = HashMap::new();
    for (id, count) in store_links::counts_of(db, unit, (kind, ids)).await? {
        let items = store_links::items_of(db, unit, (kind, &id), most).await?;
        let linked = items.into_iter().map(LinkedAction::of).collect();
        found.insert(id, (linked, count));
    }
    Ok(found)
}

/// The sources of a kind that led to an action of a unit.
pub async fn sources_of(
    db: &impl ConnectionTrait,
    unit: UnitId,
    kind: SourceKind,
) -> Result<Vec<String>> {
    store_links::source_ids(db, unit, kind).await
}

/// What a unit still works on or has not proved yet, and where it comes from.
pub struct InWork {
    actions: HashSet<ActionItemId>,
    sources: HashSet<(SourceKind, String)>,
}

impl InWork {
    #[must_use]
    pub fn has(&self, action: ActionItemId) -> bool {
        self.actions.contains(&action)
    }

    #[must_use]
    pub fn answers(&self, kind: SourceKind, id: &str) -> bool {
        self.sources.contains(&(kind, id.to_owned()))
    }
}

pub async fn in_work(db: &impl ConnectionTrait, unit: UnitId) -> Result<InWork> {
    Ok(InWork {
        actions: store_links::unsettled(db, unit)
            .await?
            .into_iter()
            .collect(),
        sources: store_links::sources_in_work(db, unit)
            .await?
            .into_iter()
            .collect(),
    })
}

/// One action as a source shows it.
pub async fn linked_action(db: &impl ConnectionTrait, id: ActionItemId) -> Result<LinkedAction> {
    Ok(LinkedAction::of(store::get(db, id).await?))
}

/// Why an action was given up, as it was said then; none when it was not.
pub async fn cancel_reason(db: &impl ConnectionTrait, id: ActionItemId) -> Result<Option<String>> {
    let history = audit::history(db, THING, id.0).await?;
    let given_up = history
        .iter()
        .rfind(|event| event.verb == "action.cancelled");
    Ok(given_up.and_then(|event| event.data["reason"].as_str().map(str::to_owned)))
}

/// What a unit still works on or has not proven yet, as sources show it: the same that a forum cannot leave behind when
/// it closes.
pub async fn unsettled(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<LinkedAction>> {
    let items = store::unsettled(db, unit).await?;
    Ok(items.into_iter().map(LinkedAction::of).collect())
}

/// Actions of a unit that a source may be linked to, `RA-2026-01 · title`.
pub async fn open_items(
    db: &impl ConnectionTrait,
    unit: UnitId,
) -> Result<Vec<(ActionItemId, String)>> {
    let items = store::unfinished(db, unit).await?;
    Ok(items
        .into_iter()
        .map(|item| (item.id, format!("{} · {}", item.code, item.title)))
        .collect())
}

/// Links a source to an action of the same unit. Linking twice is the same as once.
pub async fn link(tx: &Tx, ctx: &Ctx, action: ActionItemId, source: SourceRef) -> Result<()> {
    let scope = ctx.require_scope(Permission::ManageActions)?;
    let item = store::held(tx, &scope, action).await?;
    if store::source(tx, action, source.kind, &source.id)
        .await?
        .is_some()
    {
        return Ok(());
    }
    rules::may_link(item.unit_id, source.unit, item.status)?;
    let entry = audit::Entry::new("action_item", action.0, "action.linked")
        .in_unit(item.unit_id)
        .with(serde_json::json!({
            "kind": source.kind, "source": source.id, "label": source.public_label,
        }));
    let (forum, forum_href) = source.forum.unzip();
    let id = uuid::Uuid::now_v7();
    let kind = source.kind;
    let row = action_source::ActiveModel {
        id: Set(id),
        unit_id: Set(item.unit_id),
        action_id: Set(action),
        kind: Set(source.kind),
        source_id: Set(source.id),
        label: Set(source.label),
        public_label: Set(source.public_label),
        label_en: Set(source.label_en),
        href: Set(source.href),
        forum: Set(forum),
        forum_href: Set(forum_href),
        voices: Set(Voices(source.voices)),
        created_at: Set(ctx.now),
    };
    store::insert_source(tx, row).await?;
    if news::hears(kind) {
        let news = TellSources::new(action, ActionEvent::Linked).only(id);
        jobs::enqueue(tx, &news, ctx.now).await?;
    }
    audit::record(tx, ctx, entry).await
}

/// Gives the links to these sources other words, in Indonesian and English: what they name got another number.
pub async fn relabel(
    tx: &Tx,
    kind: SourceKind,
    sources: Vec<String>,
    (label, english): (String, String),
) -> Result<()> {
    let words = action_source::ActiveModel {
        label: Set(label.clone()),
        public_label: Set(label),
        label_en: Set(Some(english)),
        ..Default::default()
    };
    store_links::set_source_words(tx, kind, sources, words).await
}

/// Takes a link away; the history keeps that it was there.
pub async fn unlink(
    tx: &Tx,
    ctx: &Ctx,
    action: ActionItemId,
    kind: SourceKind,
    id: &str,
) -> Result<()> {
    let scope = ctx.require_scope(Permission::ManageActions)?;
    let item = store::held(tx, &scope, action).await?;
    let row = store::source(tx, action, kind, id).await?;
    let row = row.ok_or(Error::NotFound)?;
    rules::may_unlink(kind, item.status)?;
    let entry = audit::Entry::new("action_item", action.0, "action.unlinked")
        .in_unit(item.unit_id)
        .with(serde_json::json!({
            "kind": kind, "source": id, "label": row.public_label,
        }));
    store::delete_source(tx, row).await?;
    // It was told of a promise; what becomes of the action is no news for it any more.
    if kind == SourceKind::Complaint && !item.status.is_settled() {
        let news = TellUnlinked {
            action,
            complaint: id.to_owned(),
        };
        jobs::enqueue(tx, &news, ctx.now).await?;
    }
    audit::record(tx, ctx, entry).await
}

/// Gives a source another label: its voice was anonymised, and what it led to keeps standing.
pub async fn rename_source(tx: &Tx, kind: SourceKind, id: &str, label: &str) -> Result<()> {
    store_links::rename_source(tx, kind, id, label).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unproven_settles_nothing() {
        let action = |status| LinkedAction {
            id: ActionItemId::new(),
            code: "RA-2026-04".to_owned(),
            title: "Papan informasi".to_owned(),
            status,
            progress: 40,
            due_on: NaiveDate::default(),
            href: String::new(),
            public_href: String::new(),
        };
        for (status, settled) in [
            (Status::Open, false),
            (Status::InProgress, false),
            (Status::Done, false),
            (Status::Verified, true),
            (Status::Cancelled, true),
        ] {
            assert_eq!(action(status).is_settled(), settled, "{status:?}");
        }
    }
}
