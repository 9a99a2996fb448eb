//! Correcting an issued letter: its next version is written while the issued one stays in force, and may be thrown away
//! as long as nothing of it was issued.

use sea_orm::ConnectionTrait;

use super::{
    Letter, LetterFields, Recipient,
    entity::letter::InForce,
    letter_check,
    rules::{self, Broken, LetterState},
    service::{Bundle, state_of, with_fields},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit, calendar,
    forums::{self, Forum, ForumId},
    organisation,
    platform::{
        crypto::sha256_hex,
        error::{Error, Result},
    },
};

/// The entry of the history that tells of a correction that was thrown away.
pub(super) const DISCARDED: &str = "letter.correction_discarded";

/// Opens an issued letter for a correction: its next version is written, checked and issued like the
/// first. Until then the issued one stays in force; afterwards it stays verifiable and names the newer.
pub async fn reopen(ctx: &Ctx, id: ForumId, version: i32) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let calendar = calendar::work_calendar(&ctx.app.db, unit.id).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let letter = store::letter_of(&tx, &forum).await?;
    rules::may_reopen(state_of(letter.as_ref(), &forum))?;
    let letter = read_in(letter, version)?;
    let list = store::recipients(&tx, &forum).await?;
    let reopened = Letter {
        reopened_at: Some(ctx.now),
        in_force: Some(kept(&letter, &list)),
        replaces_number: letter.number.clone(),
        replaces_date: letter.letter_date,
        // A letter is dated the day it is signed, and every one that goes out has its own number: the form proposes one.
        number: None,
        letter_date: letter_check::proposed_date(today, forum.date, true, &calendar),
        ..letter
    };
    store::save_letter(&tx, reopened).await?;
    let entry = audit::Entry::new("forum", id.0, "letter.reopened").in_unit(forum.unit_id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Throws a begun correction away: the letter says again what was issued, and the number that was typed is free. A
/// program that never read the letter names no version of it.
pub async fn discard(ctx: &Ctx, id: ForumId, version: Option<i32>) -> Result<()> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let letter = store::letter_of(&tx, &forum)
        .await?
        .ok_or(Broken::NotCorrected)?;
    let version = version.unwrap_or(letter.version);
    let letter = read_in(Some(letter), version)?;
    may_discard(&tx, &forum, Some(&letter)).await??;
    let before = letter.in_force.clone().ok_or(Broken::NotCorrected)?;
    let restored = Letter {
        from_unit_id: before.from_unit_id,
        replaces_number: before.replaces_number,
        replaces_date: before.replaces_date,
        reopened_at: None,
        in_force: None,
        ..with_fields(letter, before.words)
    };
    store::save_letter(&tx, restored).await?;
    let entry = audit::Entry::new("forum", id.0, DISCARDED);
    audit::record(&tx, ctx, entry.in_unit(forum.unit_id)).await?;
    tx.commit().await?;
    Ok(())
}

/// What the page says of throwing the correction away; nothing where none is being written.
pub async fn discardable(
    ctx: &Ctx,
    bundle: &Bundle,
) -> Result<Option<std::result::Result<(), Broken>>> {
    let letter = bundle.letter.as_ref();
    // One that was begun before this was kept can only be issued.
    if letter.is_none_or(|letter| letter.in_force.is_none()) {
        return Ok(None);
    }
    Ok(Some(may_discard(&ctx.app.db, &bundle.forum, letter).await?))
}

/// The list is part of the letter: what is issued would not name who was put on it since.
async fn may_discard(
    db: &impl ConnectionTrait,
    forum: &Forum,
    letter: Option<&Letter>,
) -> Result<std::result::Result<(), Broken>> {
    let in_force = letter.and_then(|letter| letter.in_force.as_ref());
    let (LetterState::Reopened, Some(in_force)) = (state_of(letter, forum), in_force) else {
        return Ok(Err(Broken::NotCorrected));
    };
    let listed = store::recipients(db, forum).await?;
    let withdrawn = store::withdrawn(db, forum).await?;
    Ok(match list_stands(in_force, &listed, &withdrawn) {
        true => Ok(()),
        false => Err(Broken::ListChanged),
    })
}

/// The letter, in the version that was read.
fn read_in(letter: Option<Letter>, version: i32) -> Result<Letter> {
    let letter = letter.ok_or(Error::NotFound)?;
    match letter.version == version {
        true => Ok(letter),
        false => Err(Error::Conflict {
            code: "changed_meanwhile",
        }),
    }
}

fn kept(letter: &Letter, list: &[Recipient]) -> InForce {
    InForce {
        from_unit_id: letter.from_unit_id,
        words: LetterFields::from(letter.clone()),
        replaces_number: letter.replaces_number.clone(),
        replaces_date: letter.replaces_date,
        list: list.iter().map(|row| (row.id, line_of(row))).collect(),
    }
}

/// What the letter says of somebody; an address that was mended changes nothing on paper.
fn line_of(row: &Recipient) -> String {
    let line = [
        &row.addressee,
        &row.organisation,
        &row.participant_group.code(),
        &row.quota.to_string(),
        &row.note,
    ];
    sha256_hex(line.map(String::as_str).join("\n").as_bytes())
}

/// Whose invitation was taken back is missing with or without a correction.
fn list_stands(in_force: &InForce, listed: &[Recipient], withdrawn: &[Recipient]) -> bool {
    let gone = |id| withdrawn.iter().any(|row| row.id == id);
    let issued = in_force.list.iter().filter(|(id, _)| !gone(*id));
    let lines = listed.iter().map(|row| (row.id, line_of(row)));
    issued.cloned().eq(lines)
}
