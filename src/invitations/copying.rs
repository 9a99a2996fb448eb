//! A forum made from an earlier one: team and agenda, those who are invited, the wording of the letter.
//! Never dates, numbers, answers or what the old event was about.

use super::{Letter, LetterFields, Recipient, RecipientFields, recipient_list, service, store};
use crate::{
    access::{Ctx, Permission},
    forums::{self, Forum, ForumFields, ForumId},
    organisation::{self, Unit, UnitId},
    own_questions,
    platform::{db::Tx, error::Result},
};

/// Makes a forum; with a source, also what the two have in common.
pub async fn start_forum(
    ctx: &Ctx,
    unit: UnitId,
    fields: ForumFields,
    source: Option<ForumId>,
) -> Result<Forum> {
    let source = match source {
        Some(id) => Some(forums::get(ctx, id, Permission::ManageForum).await?),
        None => None,
    };
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::create(&tx, ctx, unit, fields, source.as_ref()).await?;
    if let Some(source) = &source {
        copy_from(&tx, ctx, source, &forum).await?;
    }
    tx.commit().await?;
    Ok(forum)
}

/// Copies recipients, own questions and the wording of the letter.
pub async fn copy_from(tx: &Tx, ctx: &Ctx, source: &Forum, forum: &Forum) -> Result<()> {
    for recipient in store::recipients(tx, source).await? {
        let position = recipient.position;
        let fields = fields_of(ctx, recipient)?;
        recipient_list::add_recipient_in(tx, ctx, forum, position, fields).await?;
    }
    own_questions::copy(tx, ctx, source, forum).await?;
    if let Some(letter) = store::letter_of(tx, source).await? {
        let from = organisation::unit(tx, letter.from_unit_id).await?;
        let copy = service::new_letter(ctx, forum, &from, wording_of(letter));
        store::insert_letter(tx, copy).await?;
    }
    Ok(())
}

fn fields_of(ctx: &Ctx, recipient: Recipient) -> Result<RecipientFields> {
    Ok(RecipientFields {
        phone: recipient_list::phone_of(&ctx.app, &recipient)?,
        addressee: recipient.addressee,
        organisation: recipient.organisation,
        participant_group: recipient.participant_group,
        quota: recipient.quota,
        note: recipient.note,
        email: recipient.email,
    })
}

fn wording_of(letter: Letter) -> LetterFields {
    LetterFields {
        number: None,
        letter_date: None,
        ..letter.into()
    }
}

/// Writes a letter of a record that is loaded as a whole.
pub async fn import_letter(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    from: &Unit,
    fields: LetterFields,
) -> Result<()> {
    ctx.require(Permission::ManageForum, forum.unit_id)?;
    store::insert_letter(tx, service::new_letter(ctx, forum, from, fields)).await
}
