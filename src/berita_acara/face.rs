//! What other capabilities may know of a Berita Acara.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use sea_orm::ConnectionTrait;

use super::{
    entity::{AgreedPointId, agreed_point, berita_acara},
    paper, points,
    rules::{self, Broken, Status},
    service,
    store::{self, Point},
    words::refused,
};
use crate::{
    access::{Ctx, Permission},
    action_plans::{self, LinkedAction, SourceKind, SourceRef, Voice},
    documents::{self, Document, DocumentId},
    forums::{self, Forum, ForumId, ForumInputId, Group},
    platform::{
        db::Tx,
        error::Result,
        i18n::{Locale, Message},
    },
};

/// Why points of a forum have no action, by their root. What follows a forum is another capability, so composition gives
/// this function to the page of the record.
pub type ReasonLookup =
    for<'a> fn(&'a Ctx, &'a Forum) -> BoxFuture<'a, Result<HashMap<AgreedPointId, Reason>>>;

/// Why a point has no action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Key of the words before it.
    pub because_key: &'static str,
    pub text: String,
}

/// How far the record of a forum is. While a correction is written, it tells of the version in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub status: Status,
    pub version_no: i32,
    pub number: String,
    pub points: Vec<AgreedPointId>,
    /// Points of a draft, by their number, that only repeat an input.
    pub still_inputs: Vec<usize>,
    /// Inputs that the points take up.
    pub inputs: Vec<ForumInputId>,
    pub signed: usize,
    pub signatories: usize,
    /// The groups that somebody signs for.
    pub signing_groups: Vec<Group>,
    /// Points that led to no action, by their number on the paper.
    pub points_without_action: Vec<i32>,
    pub locked_at: Option<DateTime<Utc>>,
    pub document: Option<DocumentId>,
    /// A correction is being written.
    pub amending: bool,
}

/// The record of a forum in short; none before it is begun.
pub async fn summary(db: &impl ConnectionTrait, forum: &Forum) -> Result<Option<Summary>> {
    let Some((head, amending)) = told_of(db, forum).await? else {
        return Ok(None);
    };
    let content = store::content(db, head).await?;
    let linked = actions_of(db, &content.points).await?;
    let still_inputs = match content.head.status {
        Status::Draft => points::still_inputs(&content.points, &forums::inputs(db, forum).await?),
        Status::Locked | Status::Superseded => Vec::new(),
    };
    Ok(Some(Summary {
        still_inputs,
        status: content.head.status,
        version_no: content.head.version_no,
        number: content.head.number,
        points: content.points.iter().map(|point| point.row.id).collect(),
        inputs: content
            .points
            .iter()
            .flat_map(|point| point.inputs.iter().copied())
            .collect(),
        signed: content
            .signatories
            .iter()
            .filter(|one| one.has_signed())
            .count(),
        signatories: content.signatories.len(),
        signing_groups: content
            .signatories
            .iter()
            .map(|one| one.participant_group)
            .collect(),
        points_without_action: content
            .points
            .iter()
            .filter(|point| {
                linked
                    .get(&point.row.id)
                    .is_none_or(|actions| actions.iter().all(is_cancelled))
            })
            .map(|point| point.row.position)
            .collect(),
        locked_at: content.head.locked_at,
        document: content.head.document_id,
        amending,
    }))
}

/// How far the signing of a record is. While a correction is written, it tells of the version in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signing {
    pub status: Status,
    pub signed: usize,
    pub signatories: usize,
    /// A correction is being written.
    pub amending: bool,
}

/// Who signed, without what was agreed: for a list of many forums; none before the record is begun.
pub async fn signed_so_far(db: &impl ConnectionTrait, forum: &Forum) -> Result<Option<Signing>> {
    let Some((head, amending)) = told_of(db, forum).await? else {
        return Ok(None);
    };
    let people = store::signatories(db, head.id).await?;
    Ok(Some(Signing {
        status: head.status,
        signed: people.iter().filter(|one| one.has_signed()).count(),
        signatories: people.len(),
        amending,
    }))
}

/// The version that others are told of: the one in force, else the draft; and whether a correction is being written.
async fn told_of(
    db: &impl ConnectionTrait,
    forum: &Forum,
) -> Result<Option<(berita_acara::Model, bool)>> {
    let Some(newest) = store::newest(db, forum.id).await? else {
        return Ok(None);
    };
    let amending = newest.status == Status::Draft && newest.amends.is_some();
    let head = match store::locked(db, forum.id).await? {
        Some(locked) => locked,
        None => newest,
    };
    Ok(Some((head, amending)))
}

/// Whether the place that a record names is that of the forum, with or without its address.
#[must_use]
pub fn is_place_of(place: &str, forum: &Forum) -> bool {
    rules::is_one_of(place, &service::places_of(forum))
}

/// The regulations that the record in force names, else those of the draft; none before it is begun.
pub async fn legal_basis(db: &impl ConnectionTrait, forum: &Forum) -> Result<Option<Vec<String>>> {
    let head = match store::locked(db, forum.id).await? {
        Some(locked) => Some(locked),
        None => store::newest(db, forum.id).await?,
    };
    Ok(head.map(|head| head.legal_basis.0))
}

/// Whether the minutes of a forum are with their approver or approved. They are another capability, as above.
pub type MinutesFixed = for<'a> fn(&'a Tx, ForumId) -> BoxFuture<'a, Result<bool>>;

fn is_cancelled(action: &LinkedAction) -> bool {
    action.status == action_plans::Status::Cancelled
}

/// The actions that points led to. A link made to an earlier version of a point counts for it too.
pub(super) async fn actions_of(
    db: &impl ConnectionTrait,
    points: &[Point],
) -> Result<HashMap<AgreedPointId, Vec<LinkedAction>>> {
    let roots: Vec<AgreedPointId> = points.iter().map(|point| point.row.root_id).collect();
    let same: Vec<agreed_point::Model> = store::by_root(db, &roots).await?;
    let ids: Vec<String> = same.iter().map(|point| point.id.to_string()).collect();
    let linked = action_plans::linked_to_many(db, SourceKind::AgreedPoint, &ids).await?;
    let mut found: HashMap<AgreedPointId, Vec<LinkedAction>> = HashMap::new();
    for point in points {
        let earlier = same
            .iter()
            .filter(|other| other.root_id == point.row.root_id)
            .filter_map(|other| linked.get(&other.id.to_string()));
        let actions = found.entry(point.row.id).or_default();
        for action in earlier.flatten() {
            if !actions.iter().any(|there| there.id == action.id) {
                actions.push(action.clone());
            }
        }
    }
    Ok(found)
}

/// The actions of points that earlier versions had and these points have not.
pub(super) async fn dropped_actions(
    db: &impl ConnectionTrait,
    head: &berita_acara::Model,
    points: &[Point],
) -> Result<Vec<LinkedAction>> {
    if head.version_no == 1 {
        return Ok(Vec::new());
    }
    let kept: Vec<AgreedPointId> = points.iter().map(|point| point.row.root_id).collect();
    let mut gone: Vec<Point> = Vec::new();
    for earlier in store::versions(db, head.forum_id).await? {
        if earlier.version_no < head.version_no {
            let points = store::points(db, earlier.id).await?.into_iter();
            gone.extend(points.filter(|point| !kept.contains(&point.row.root_id)));
        }
    }
    let of = async |points: &[Point]| -> Result<Vec<LinkedAction>> {
        Ok(actions_of(db, points)
            .await?
            .into_values()
            .flatten()
            .collect())
    };
    // One that answers a point that stays goes on with that.
    let stays = of(points).await?;
    let mut actions = of(&gone).await?;
    actions.retain(|action| stays.iter().all(|other| other.id != action.id));
    actions.sort_by(|one, other| one.code.cmp(&other.code));
    actions.dedup_by_key(|action| action.id);
    Ok(actions)
}

/// An agreed point as the source of an action. Only what was locked was agreed.
pub async fn source_info(ctx: &Ctx, id: AgreedPointId) -> Result<SourceRef> {
    let db = &ctx.app.db;
    let point = store::point(db, id).await?;
    let head = store::by_id(db, point.berita_acara_id).await?;
    let forum = forums::get(ctx, head.forum_id, Permission::ViewForums).await?;
    if head.status == Status::Draft {
        return Err(refused(ctx.locale(), Broken::NotLocked));
    }
    // Kept with the link for everybody to read, in both languages.
    let (label, english) = source_labels(&forum, point.position);
    Ok(SourceRef {
        kind: SourceKind::AgreedPoint,
        id: id.to_string(),
        unit: Some(forum.unit_id),
        public_label: label.clone(),
        label_en: Some(english),
        label,
        voices: voices_of(db, &forum, &head, id).await?,
        forum: Some((forum.title.clone(), format!("/kerja/forum/{}", forum.id))),
        href: Some(format!(
            "/kerja/forum/{}/berita-acara#butir-{}",
            forum.id, point.position
        )),
    })
}

/// The forum at which a point was agreed.
pub async fn forum_of_point(db: &impl ConnectionTrait, id: AgreedPointId) -> Result<ForumId> {
    let point = store::point(db, id).await?;
    Ok(store::by_id(db, point.berita_acara_id).await?.forum_id)
}

/// "Berita Acara FKP 28 Oktober 2025 butir 3", in Indonesian and English.
fn source_labels(forum: &Forum, number: i32) -> (String, String) {
    let label = |locale: Locale| {
        Message::new("berita-acara-source")
            .with("day", forums::days::short_dates(forum, locale))
            .with("number", number)
            .text(locale)
    };
    (label(Locale::Id), label(Locale::En))
}

/// Actions name their point by its number: after a correction by the number that is valid now.
pub(super) async fn relabel_actions(
    tx: &Tx,
    forum: &Forum,
    old: &berita_acara::Model,
    points: &[Point],
) -> Result<()> {
    for before in store::points(tx, old.id).await? {
        let root = before.row.root_id;
        let same = store::by_root(tx, &[root]).await?;
        let ids = same.iter().map(|point| point.id.to_string()).collect();
        let now = points.iter().find(|point| point.row.root_id == root);
        let labels = match now {
            Some(point) if point.row.position == before.row.position => continue,
            Some(point) => source_labels(forum, point.row.position),
            None => [Locale::Id, Locale::En]
                .map(|locale| {
                    Message::new("berita-acara-source-dropped")
                        .with("day", forums::days::short_dates(forum, locale))
                        .text(locale)
                })
                .into(),
        };
        action_plans::relabel(tx, SourceKind::AgreedPoint, ids, labels).await?;
    }
    Ok(())
}

/// The inputs that a point answers: the action is followed from them to its proof.
async fn voices_of(
    db: &impl ConnectionTrait,
    forum: &Forum,
    head: &berita_acara::Model,
    id: AgreedPointId,
) -> Result<Vec<Voice>> {
    let points = store::points(db, head.id).await?;
    let point = points.into_iter().find(|point| point.row.id == id);
    let behind = point.map(|point| point.inputs).unwrap_or_default();
    let inputs = forums::inputs(db, forum).await?.into_iter();
    let voices = inputs.filter(|input| behind.contains(&input.id));
    let voices = voices.map(|input| Voice {
        kind: SourceKind::ForumInput,
        id: input.id.to_string(),
        label: format!("{}: {}", input.code, input.text),
        href: format!("/kerja/forum/{}/masukan", forum.id),
    });
    Ok(voices.collect())
}

/// The points made from an input, by their number: in the record that is written and in that in force.
pub async fn points_from(
    db: &impl ConnectionTrait,
    forum: ForumId,
    input: ForumInputId,
) -> Result<Vec<i32>> {
    let mut found = Vec::new();
    for head in store::versions(db, forum).await? {
        if head.status == Status::Superseded {
            continue;
        }
        for point in store::points(db, head.id).await? {
            if point.inputs.contains(&input) && !found.contains(&point.row.position) {
                found.push(point.row.position);
            }
        }
    }
    Ok(found)
}

/// The words of the points in force, else of those that are being written.
pub async fn agreed_texts(db: &impl ConnectionTrait, forum: ForumId) -> Result<Vec<String>> {
    let head = match store::locked(db, forum).await? {
        Some(locked) => Some(locked),
        None => store::newest(db, forum).await?,
    };
    let Some(head) = head else {
        return Ok(Vec::new());
    };
    let points = store::points(db, head.id).await?;
    Ok(points.into_iter().map(|point| point.row.text).collect())
}

/// When the version in force was locked: its points are what was agreed.
pub async fn locked_at(db: &impl ConnectionTrait, forum: ForumId) -> Result<Option<DateTime<Utc>>> {
    let head = store::locked(db, forum).await?;
    Ok(head.and_then(|head| head.locked_at))
}

/// The words of an input on a paper. What was taken down after the lock was not before those who signed, and the paper
/// says so.
#[must_use]
pub fn input_words(
    words: String,
    taken_down: DateTime<Utc>,
    locked: Option<DateTime<Utc>>,
) -> String {
    match locked.is_some_and(|locked| taken_down > locked) {
        true => format!("{words} (dicatat sesudah Berita Acara dikunci)"),
        false => words,
    }
}

/// A point as everybody may read it.
#[derive(Clone, Debug)]
pub struct PublicPoint {
    pub id: AgreedPointId,
    /// The same point in the first version: what is said about it outlives corrections.
    pub root: AgreedPointId,
    pub number: i32,
    pub text: String,
    /// What it answers.
    pub inputs: Vec<ForumInputId>,
    pub actions: Vec<LinkedAction>,
}

/// The record in force as everybody may read it: no names, no signatures.
#[derive(Clone, Debug)]
pub struct PublicRecord {
    pub title: String,
    pub number: String,
    /// Where it says that the forum was held, and what it refers to: typed, so others compare it.
    pub place: String,
    pub reference: Vec<String>,
    pub version_no: i32,
    /// Why the first version was corrected; empty for the first.
    pub amendment_reason: String,
    pub points: Vec<PublicPoint>,
    /// Actions of points that a correction took away: they were promised all the same.
    pub dropped: Vec<LinkedAction>,
    /// Its code for the verification page, as printed.
    pub verification_code: String,
    /// `/verifikasi/K7QM4XPD92`.
    pub verification_href: String,
    pub locked_at: Option<DateTime<Utc>>,
    /// When it says that the forum was over, where that was before the end of its programme.
    pub ended_early_at: Option<DateTime<Utc>>,
}

/// The record in force for the forum's public page; none before it is locked.
pub async fn public_record(
    db: &impl ConnectionTrait,
    forum: &Forum,
) -> Result<Option<PublicRecord>> {
    let Some(head) = store::locked(db, forum.id).await? else {
        return Ok(None);
    };
    let Some(document) = head.document_id else {
        return Ok(None);
    };
    let document: Document = documents::document(db, document).await?;
    let points = store::points(db, head.id).await?;
    let mut linked = actions_of(db, &points).await?;
    let dropped = dropped_actions(db, &head, &points).await?;
    Ok(Some(PublicRecord {
        dropped,
        title: paper::one_line(&head.title),
        number: head.number,
        place: head.place,
        ended_early_at: head.ended_early_at,
        reference: head.reference.0,
        version_no: head.version_no,
        amendment_reason: head.amendment_reason,
        points: points
            .into_iter()
            .map(|point| PublicPoint {
                id: point.row.id,
                root: point.row.root_id,
                number: point.row.position,
                actions: linked.remove(&point.row.id).unwrap_or_default(),
                text: point.row.text,
                inputs: point.inputs,
            })
            .collect(),
        verification_code: documents::grouped_code(&document.verification_code),
        verification_href: format!("/verifikasi/{}", document.verification_code),
        locked_at: head.locked_at,
    }))
}
