//! Taking back that somebody was called: the line stands as it was before, with the reason in the history, for as long as
//! the forum is not closed. Nobody learns of the new hour from a tick that was set in the wrong row.

use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};

use super::{
    HandedBy, Recipient, RecipientId,
    entity::{handing::Before, recipient},
    handing::{CALLED, hold_to_call, row_of},
    store,
};
use crate::{
    access::Ctx,
    audit,
    forums::{Forum, ForumId},
    platform::{
        check::Check,
        error::{Error, Result},
    },
};

/// Takes the last call of a person back.
pub async fn take_back(
    ctx: &Ctx,
    id: ForumId,
    recipient: RecipientId,
    reason: &str,
) -> Result<Recipient> {
    let (tx, forum) = hold_to_call(ctx, id).await?;
    let row = row_of(&tx, &forum, recipient).await?;
    let mut check = Check::new();
    let reason = check.line("reason", reason, 5, 300);
    check.finish()?;
    // Somebody else took it back, or brought it in another way since.
    if row.handed_channel != Some(HandedBy::Telephone) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let before = before(&tx, &forum, &row).await?;
    let heard = before.as_ref().map_or(row.requested_sequence, |it| it.told);
    let columns = recipient::ActiveModel {
        handed_channel: Set(before.as_ref().and_then(|it| it.channel)),
        handed_at: Set(before.as_ref().and_then(|it| it.at)),
        handed_by: Set(before.as_ref().and_then(|it| it.by)),
        handed_sequence: Set(before.as_ref().and_then(|it| it.sequence)),
        // A mail that went out since told them more than the call did.
        told_sequence: match row.told_sequence == row.handed_sequence {
            true => Set(heard),
            false => NotSet,
        },
        ..Default::default()
    };
    store::write_columns(&tx, row.id, columns).await?;
    let entry = audit::Entry::new("forum", forum.id.0, "invitation.call_taken_back")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({
            "recipient": row.id, "position": row.position, "reason": reason,
        }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(row)
}

/// How the line stood before the call, as the history tells it; nothing of calls that were noted before it did.
async fn before(
    db: &impl ConnectionTrait,
    forum: &Forum,
    row: &Recipient,
) -> Result<Option<Before>> {
    let calls = audit::of_verb_to(db, "forum", vec![forum.id.0], CALLED).await?;
    let of_row = serde_json::json!(row.id);
    let mut calls = calls.into_iter().rev();
    let last = calls.find(|call| call.data.get("recipient") == Some(&of_row));
    let before = last.and_then(|call| call.data.get("before").cloned());
    let parsed = before.map(serde_json::from_value).transpose();
    Ok(parsed.map_err(anyhow::Error::from)?)
}
