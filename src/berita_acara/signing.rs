//! Use cases of signatories: who signs for whom, and that they signed on paper.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;

use super::{
    entity::{SignatoryId, berita_acara, signatory},
    rules,
    service::{draft, record},
    signed_text, store,
    words::refused,
};
use crate::{
    access::{Ctx, Permission},
    attendance::{self, AttendanceId, Attendee},
    documents::data::{Picture, PictureFormat},
    forums::{self, Forum, ForumId, Group},
    organisation,
    platform::{
        crypto::sha256_hex,
        db::Tx,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message},
        signature::Signature,
    },
};

/// A signatory as typed; already checked.
#[derive(Clone, Debug)]
pub struct NewSignatory {
    pub name: String,
    pub role: String,
    pub organisation: String,
    pub group: Group,
    pub represents: String,
    pub attendance: Option<AttendanceId>,
}

/// Adds a signatory; the same person for the same group is added once.
pub async fn add_signatory(ctx: &Ctx, id: ForumId, new: NewSignatory) -> Result<SignatoryId> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, ctx, &forum).await?;
    let id = insert(&tx, ctx, &head, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds somebody from the attendance list.
pub async fn add_present(
    ctx: &Ctx,
    id: ForumId,
    person: AttendanceId,
    represents: Option<String>,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, ctx, &forum).await?;
    let present = attendance::present(&tx, &forum).await?;
    let person = present
        .into_iter()
        .find(|row| row.id == person)
        .ok_or_else(|| {
            Error::Invalid(vec![FieldError {
                field: "attendance".to_owned(),
                message: Message::new("field-unknown-choice"),
            }])
        })?;
    insert(&tx, ctx, &head, of_present(&person, represents)).await?;
    tx.commit().await?;
    Ok(())
}

fn of_present(person: &Attendee, represents: Option<String>) -> NewSignatory {
    let represents = represents.unwrap_or_else(|| {
        if person.organisation.is_empty() {
            // The record is Indonesian, whatever language its writer reads.
            person.participant_group.label(Locale::Id)
        } else {
            person.organisation.clone()
        }
    });
    NewSignatory {
        name: person.name.clone(),
        role: person.role.clone(),
        organisation: person.organisation.clone(),
        group: person.participant_group,
        represents,
        attendance: Some(person.id),
    }
}

async fn insert(
    tx: &Tx,
    ctx: &Ctx,
    head: &berita_acara::Model,
    new: NewSignatory,
) -> Result<SignatoryId> {
    let there = store::content(tx, head.clone()).await?.signatories;
    let same = |one: &signatory::Model| {
        one.name == new.name && one.represents == new.represents && one.role == new.role
    };
    if let Some(known) = there.iter().find(|one| same(one)) {
        return Ok(known.id);
    }
    let row = signatory::Model {
        id: SignatoryId::new(),
        unit_id: head.unit_id,
        berita_acara_id: head.id,
        position: there.last().map_or(1, |one| one.position + 1),
        name: new.name,
        role: new.role,
        organisation: new.organisation,
        participant_group: new.group,
        represents: new.represents,
        signed_on_paper: false,
        signed_on: None,
        signature_key: None,
        signature_sha256: None,
        missing_reason: None,
        attendance_id: new.attendance,
        version: 1,
    };
    store::insert_signatory(tx, row.clone()).await?;
    noted(tx, ctx, head, row.id, "signatory.added").await?;
    Ok(row.id)
}

/// Proposes one signatory for every group that is present and has none: the head of the unit for the
/// organiser, the first who came for the others. Returns how many were added.
pub async fn propose(ctx: &Ctx, id: ForumId) -> Result<usize> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let head_of_unit = organisation::head_of(&ctx.app.db, forum.unit_id).await;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, ctx, &forum).await?;
    let there = store::content(&tx, head.clone()).await?.signatories;
    let present = attendance::present(&tx, &forum).await?;
    let mut wanted = vec![Group::Organiser];
    let groups: Vec<Group> = present.iter().map(|row| row.participant_group).collect();
    wanted.extend(rules::represented(&groups));
    wanted.retain(|group| !there.iter().any(|one| one.participant_group == *group));
    let mut added = 0;
    for group in wanted {
        let of_group = || present.iter().filter(|row| row.participant_group == group);
        let leader = of_group().find(|row| {
            group == Group::Organiser
                && head_of_unit
                    .as_ref()
                    .is_ok_and(|leader| leader.name == row.name)
        });
        // A person before an office whose envoy gave no name.
        let named = || of_group().find(|row| !attendance::is_office(row));
        if let Some(person) = leader.or_else(named).or_else(|| of_group().next()) {
            insert(&tx, ctx, &head, of_present(person, None)).await?;
            added += 1;
        }
    }
    tx.commit().await?;
    Ok(added)
}

fn same_version(row: &signatory::Model, seen: i32) -> Result<()> {
    if row.version == seen {
        return Ok(());
    }
    Err(Error::Conflict {
        code: "changed_meanwhile",
    })
}

/// Changes what is printed about a signatory. Who had signed signs again: the paper says something else.
pub async fn change_signatory(
    ctx: &Ctx,
    id: ForumId,
    signatory: SignatoryId,
    new: NewSignatory,
    version: i32,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let change = signatory::ActiveModel {
        name: Set(new.name.clone()),
        role: Set(new.role.clone()),
        organisation: Set(new.organisation.clone()),
        participant_group: Set(new.group),
        represents: Set(new.represents.clone()),
        ..unsigned()
    };
    let seen = SeenRow::changing(signatory, version);
    let done = save(ctx, &forum, seen, change, "signatory.changed").await;
    let same = |row: &signatory::Model| {
        let printed = (&row.name, &row.role, &row.organisation, &row.represents);
        let wanted = (&new.name, &new.role, &new.organisation, &new.represents);
        printed == wanted && row.participant_group == new.group && !row.has_signed()
    };
    if done.as_ref().is_err_and(Error::is_conflict) && says(ctx, &forum, signatory, same).await? {
        return Ok(());
    }
    done
}

/// A row as a page showed it.
#[derive(Clone, Copy, Debug)]
pub struct SeenRow {
    id: SignatoryId,
    version: i32,
    /// The change may take the place of a signature.
    again: bool,
}

impl SeenRow {
    /// Whoever signs, or gives a reason not to; with `again` in the place of what stands there.
    #[must_use]
    pub fn signing(id: SignatoryId, version: i32, again: bool) -> Self {
        Self { id, version, again }
    }

    fn changing(id: SignatoryId, version: i32) -> Self {
        Self::signing(id, version, true)
    }
}

/// Nobody's signature is replaced without being asked; a second press finds the first one.
pub(super) fn may_replace(ctx: &Ctx, row: &signatory::Model, seen: SeenRow) -> Result<()> {
    if row.has_signed() && !seen.again {
        let broken = rules::Broken::SignedAlready(row.name.clone());
        return Err(refused(ctx.locale(), broken));
    }
    Ok(())
}

/// Writes a row of the draft as it was seen on a page. How it was signed before goes with the change.
async fn save(
    ctx: &Ctx,
    forum: &Forum,
    seen: SeenRow,
    change: signatory::ActiveModel,
    verb: &'static str,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, ctx, forum).await?;
    let row = store::signatory(&tx, head.id, seen.id).await?;
    may_replace(ctx, &row, seen)?;
    same_version(&row, seen.version)?;
    store::save_signatory(&tx, &row, change).await?;
    signed_text::settle(&tx, ctx, &head).await?;
    noted(&tx, ctx, &head, row.id, verb).await?;
    tx.commit().await?;
    forget(ctx, &row).await
}

/// A row without any signature.
pub(super) fn unsigned() -> signatory::ActiveModel {
    signatory::ActiveModel {
        signed_on_paper: Set(false),
        signed_on: Set(None),
        signature_key: Set(None),
        signature_sha256: Set(None),
        missing_reason: Set(None),
        ..Default::default()
    }
}

/// A drawn signature that no row names any more is not kept. The row went first.
pub(super) async fn forget(ctx: &Ctx, row: &signatory::Model) -> Result<()> {
    if let Some(key) = &row.signature_key {
        ctx.app.files.delete(key).await?;
    }
    Ok(())
}

pub async fn remove_signatory(
    ctx: &Ctx,
    id: ForumId,
    signatory: SignatoryId,
    version: i32,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, ctx, &forum).await?;
    let row = store::signatory(&tx, head.id, signatory).await?;
    same_version(&row, version)?;
    store::delete_signatory(&tx, &row).await?;
    signed_text::settle(&tx, ctx, &head).await?;
    noted(&tx, ctx, &head, row.id, "signatory.removed").await?;
    tx.commit().await?;
    forget(ctx, &row).await
}

async fn may_sign(ctx: &Ctx, forum: &Forum, day: NaiveDate) -> Result<()> {
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let last = forums::days::last_day(forum).date;
    rules::may_sign_on(day, last, today).map_err(|broken| refused(ctx.locale(), broken))
}

/// Notes that somebody signed on paper; without a day, that they did not after all.
pub async fn sign(
    ctx: &Ctx,
    id: ForumId,
    signatory: SignatoryId,
    day: Option<NaiveDate>,
    version: i32,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    if let Some(day) = day {
        may_sign(ctx, &forum, day).await?;
    }
    let verb = match day {
        Some(_) => "signatory.signed",
        None => "signatory.unsigned",
    };
    let seen = SeenRow::changing(signatory, version);
    let done = save(ctx, &forum, seen, on_paper(day), verb).await;
    // The own second press finds what the first one wrote.
    let same = |row: &signatory::Model| {
        let noted = (row.signed_on_paper, row.signed_on) == (day.is_some(), day);
        noted && row.signature_key.is_none() && row.missing_reason.is_none()
    };
    if done.as_ref().is_err_and(Error::is_conflict) && says(ctx, &forum, signatory, same).await? {
        return Ok(());
    }
    done
}

/// Whether a row says already what a second press would write again.
async fn says(
    ctx: &Ctx,
    forum: &Forum,
    signatory: SignatoryId,
    same: impl Fn(&signatory::Model) -> bool,
) -> Result<bool> {
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, ctx, forum).await?;
    Ok(same(&store::signatory(&tx, head.id, signatory).await?))
}

/// A row that was signed by hand on this day, or by nobody.
fn on_paper(day: Option<NaiveDate>) -> signatory::ActiveModel {
    signatory::ActiveModel {
        signed_on_paper: Set(day.is_some()),
        signed_on: Set(day),
        ..unsigned()
    }
}

/// A signature drawn with finger or pen on the tablet, given now.
pub async fn draw(ctx: &Ctx, id: ForumId, seen: SeenRow, drawing: Signature) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let png = drawing.into_png();
    let sha256 = sha256_hex(&png);
    let key = ctx.app.files.put("signatures", png).await?;
    let change = signatory::ActiveModel {
        signed_on: Set(Some(today)),
        signature_key: Set(Some(key)),
        signature_sha256: Set(Some(sha256)),
        ..unsigned()
    };
    save(ctx, &forum, seen, change, "signatory.drawn").await
}

/// Why somebody does not sign: the record can be locked without that signature, and prints the reason.
pub async fn excuse(ctx: &Ctx, id: ForumId, seen: SeenRow, reason: String) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let change = signatory::ActiveModel {
        missing_reason: Set(Some(reason)),
        ..unsigned()
    };
    save(ctx, &forum, seen, change, "signatory.excused").await
}

/// The drawn signatures of a version, for its paper.
pub(super) async fn drawn(
    ctx: &Ctx,
    content: &store::Content,
) -> Result<HashMap<SignatoryId, Picture>> {
    let mut found = HashMap::new();
    for one in &content.signatories {
        if let (Some(key), Some(sha256)) = (&one.signature_key, &one.signature_sha256) {
            let bytes = ctx.app.files.get(key).await?;
            if sha256_hex(&bytes) != *sha256 {
                return Err(Error::Internal(anyhow::anyhow!(
                    "the stored signature of signatory {} was altered",
                    one.id
                )));
            }
            found.insert(one.id, Picture::new(PictureFormat::Png, &bytes));
        }
    }
    Ok(found)
}

/// The picture of a drawn signature, for those who work on the record.
pub async fn picture(ctx: &Ctx, id: ForumId, signatory: SignatoryId) -> Result<Vec<u8>> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    for head in store::versions(&ctx.app.db, forum.id).await? {
        if let Ok(row) = store::signatory(&ctx.app.db, head.id, signatory).await
            && let Some(key) = row.signature_key
        {
            return Ok(ctx.app.files.get(&key).await?);
        }
    }
    Err(Error::NotFound)
}

/// Notes that everybody who had not signed yet did so on this day.
pub async fn sign_all(ctx: &Ctx, id: ForumId, day: NaiveDate) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    may_sign(ctx, &forum, day).await?;
    let tx = ctx.app.db.begin_write().await?;
    let head = draft(&tx, ctx, &forum).await?;
    for row in store::content(&tx, head.clone()).await?.signatories {
        if !row.has_signed() && row.missing_reason.is_none() {
            store::save_signatory(&tx, &row, on_paper(Some(day))).await?;
            noted(&tx, ctx, &head, row.id, "signatory.signed").await?;
        }
    }
    signed_text::settle(&tx, ctx, &head).await?;
    tx.commit().await?;
    Ok(())
}

async fn noted(
    tx: &Tx,
    ctx: &Ctx,
    head: &berita_acara::Model,
    signatory: SignatoryId,
    verb: &'static str,
) -> Result<()> {
    record(
        tx,
        ctx,
        head,
        verb,
        serde_json::json!({ "signatory": signatory }),
    )
    .await
}
