//! Use cases of the list of recipients, and what is kept of each: the answer link, the answer, the telephone
//! of a delegate. The list is part of the letter, so every change of it holds the forum: a letter that is
//! being issued meanwhile is either printed with the change or refuses it.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::{self, Set};

use super::{
    AnswerFields, Recipient, RecipientFields, RecipientId,
    entity::recipient,
    list_open::{refuse_frozen, refuse_more},
    rules::{Answer, Broken},
    store, twins,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::dates,
    contacts::{self, ContactFields, ContactId},
    forums::{self, Forum, ForumId},
    platform::{
        context::App,
        crypto::{Purpose, random_token},
        db::Tx,
        error::{Error, Result},
    },
};

/// Puts somebody on the list as part of a use case.
pub async fn add_recipient_in(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    position: i32,
    fields: RecipientFields,
) -> Result<Recipient> {
    ctx.require(Permission::ManageForum, forum.unit_id)?;
    let recipient = new_recipient(ctx, forum, position, fields)?;
    store::insert_recipients(tx, vec![recipient.clone()]).await?;
    Ok(recipient)
}

/// Puts many at the end of the list, in their order.
pub(super) async fn append(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    people: Vec<RecipientFields>,
) -> Result<()> {
    let last = store::last_position(tx, forum).await?;
    let rows = people
        .into_iter()
        .zip(last + 1..)
        .map(|(fields, position)| new_recipient(ctx, forum, position, fields))
        .collect::<Result<Vec<_>>>()?;
    store::insert_recipients(tx, rows).await
}

fn new_recipient(
    ctx: &Ctx,
    forum: &Forum,
    position: i32,
    fields: RecipientFields,
) -> Result<Recipient> {
    let id = RecipientId::new();
    let token = random_token();
    Ok(Recipient {
        id,
        unit_id: forum.unit_id,
        forum_id: forum.id,
        position,
        addressee: fields.addressee,
        organisation: fields.organisation,
        participant_group: fields.participant_group,
        quota: fields.quota,
        note: fields.note,
        email: fields.email,
        phone: sealed_phone(ctx, id, fields.phone.as_ref())?,
        token_hash: ctx.app.keys.hash(Purpose::Tokens, &token),
        token_sealed: ctx.app.keys.seal(&token, &token_row(id))?,
        answer: Answer::None,
        delegate_name: None,
        delegate_position: None,
        delegate_phone: None,
        companions: None,
        message: None,
        opened_at: None,
        answered_at: None,
        answered_sequence: None,
        requested_at: None,
        requested_sequence: None,
        handed_channel: None,
        handed_at: None,
        handed_by: None,
        handed_sequence: None,
        told_sequence: None,
        printed_at: None,
        printed_by: None,
        printed_sequence: None,
        reminded_at: None,
        withdrawn_at: None,
        version: 1,
        created_at: ctx.now,
    })
}

fn own_phone_row(id: RecipientId) -> String {
    format!("recipient:{id}:phone")
}

fn sealed_phone(ctx: &Ctx, id: RecipientId, phone: Option<&String>) -> Result<Option<Vec<u8>>> {
    phone
        .map(|phone| ctx.app.keys.seal(phone, &own_phone_row(id)))
        .transpose()
        .map_err(Error::from)
}

/// The telephone of the recipient, for the organiser.
pub fn phone_of(app: &App, recipient: &Recipient) -> Result<Option<String>> {
    open_own_phone(app, recipient.id, recipient.phone.as_deref())
}

/// The same from what is kept of it.
pub fn open_own_phone(app: &App, id: RecipientId, sealed: Option<&[u8]>) -> Result<Option<String>> {
    sealed
        .map(|sealed| app.keys.open(sealed, &own_phone_row(id)))
        .transpose()
        .map_err(Error::from)
}

fn token_row(id: RecipientId) -> String {
    format!("recipient:{id}")
}

/// The personal answer link.
pub fn answer_url(app: &App, recipient: &Recipient) -> Result<String> {
    let token = app
        .keys
        .open(&recipient.token_sealed, &token_row(recipient.id))?;
    Ok(app.url(&format!("/undangan/{token}")))
}

/// Writes an answer into a recipient's row, and nothing else of it; whether it may be given was decided
/// before.
pub async fn record_answer(
    tx: &Tx,
    ctx: &Ctx,
    recipient: Recipient,
    fields: AnswerFields,
) -> Result<()> {
    let fields = who_comes(&recipient, without_old_reason(&recipient, fields));
    let phone = match &fields.delegate_phone {
        Some(phone) => Some(ctx.app.keys.seal(phone, &phone_row(recipient.id))?),
        None => None,
    };
    let forum = forums::by_id(tx, recipient.forum_id).await?;
    let entry = audit::Entry::new("forum", recipient.forum_id.0, "invitation.answered")
        .in_unit(recipient.unit_id)
        .with(serde_json::json!({ "recipient": recipient.id, "answer": fields.answer }));
    let answer = recipient::ActiveModel {
        answer: Set(fields.answer),
        delegate_name: Set(fields.delegate_name),
        delegate_position: Set(fields.delegate_position),
        delegate_phone: Set(phone),
        companions: Set(fields.companions),
        message: Set(fields.message),
        opened_at: Set(recipient.opened_at.or(Some(ctx.now))),
        answered_at: Set(Some(ctx.now)),
        answered_sequence: Set(Some(forums::announced_sequence(&forum))),
        ..Default::default()
    };
    store::write_columns(tx, recipient.id, answer).await?;
    audit::record(tx, ctx, entry).await
}

/// Why somebody did not come says nothing once they do: a reason that the form only carried along goes with its answer.
fn without_old_reason(recipient: &Recipient, fields: AnswerFields) -> AnswerFields {
    let comes_now = recipient.answer == Answer::Declined && fields.answer != Answer::Declined;
    match comes_now && fields.message == recipient.message {
        true => AnswerFields {
            message: None,
            ..fields
        },
        false => fields,
    }
}

/// Only an office says who comes for it, and a delegate who does not come any more is none.
fn who_comes(recipient: &Recipient, mut fields: AnswerFields) -> AnswerFields {
    let before = recipient.answer == Answer::Delegated;
    let same = before && recipient.delegate_name == fields.delegate_name;
    if fields.answer != Answer::Delegated && (same || !recipient.is_office()) {
        (fields.delegate_name, fields.delegate_position) = (None, None);
        fields.delegate_phone = None;
    }
    fields
}

fn phone_row(id: RecipientId) -> String {
    format!("recipient:{id}:delegate_phone")
}

/// The telephone of a delegate, for the organiser and for the form that shows it again.
pub fn delegate_phone(app: &App, recipient: &Recipient) -> Result<Option<String>> {
    open_phone(app, recipient.id, recipient.delegate_phone.as_deref())
}

/// The same from what is kept of it.
pub fn open_phone(app: &App, id: RecipientId, sealed: Option<&[u8]>) -> Result<Option<String>> {
    sealed
        .map(|sealed| app.keys.open(sealed, &phone_row(id)))
        .transpose()
        .map_err(Error::from)
}

/// A recipient of this forum and no other.
pub async fn recipient_of(ctx: &Ctx, forum: &Forum, id: RecipientId) -> Result<Recipient> {
    let recipient = store::recipient(&ctx.app.db, id).await?;
    if recipient.forum_id != forum.id || recipient.withdrawn_at.is_some() {
        return Err(Error::NotFound);
    }
    Ok(recipient)
}

/// Adds somebody at the end of the list. With `keep` the contact book has them afterwards; who seems to be there
/// already is added when the caller is `certain`.
pub async fn add_recipient(
    ctx: &Ctx,
    id: ForumId,
    fields: RecipientFields,
    keep: bool,
    certain: bool,
) -> Result<()> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    refuse_more(&tx, ctx, &forum).await?;
    let fields = spelled(fields, &contacts::spelled(&tx, forum.unit_id).await?);
    if !certain {
        twins::ask(&tx, &forum, &fields, None).await?;
    }
    if keep {
        let contact = contact_of(&fields, None);
        if !certain {
            contacts::ask_about_mail(&tx, forum.unit_id, &contact).await?;
        }
        contacts::keep(&tx, ctx, forum.unit_id, vec![contact]).await?;
    }
    let position = store::last_position(&tx, &forum).await? + 1;
    let added = add_recipient_in(&tx, ctx, &forum, position, fields).await?;
    noted(&tx, ctx, &added, "recipient.added", &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts contacts of the book at the end of the list, those that are not on it; returns how many.
pub async fn add_contacts(ctx: &Ctx, id: ForumId, picked: &[ContactId]) -> Result<usize> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let contacts = contacts::pick(ctx, forum.unit_id, picked).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    refuse_more(&tx, ctx, &forum).await?;
    let list = store::recipients(&tx, &forum).await?;
    let known: Vec<String> = list
        .iter()
        .map(|row| contacts::spelling(&row.addressee, &row.organisation))
        .collect();
    let mut people = Vec::new();
    for contact in contacts {
        if !known.contains(&contact.spelling) {
            people.push(RecipientFields {
                addressee: contact.addressee(),
                phone: contacts::phone_of(&ctx.app, &contact)?,
                organisation: contact.institution,
                participant_group: contact.participant_group,
                quota: 1,
                note: format!("{} orang", dates::number_with_words(1)),
                email: contact.email,
            });
        }
    }
    let count = people.len();
    append(&tx, ctx, &forum, people).await?;
    let entry = audit::Entry::new("forum", id.0, "recipient.picked")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "count": count }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(count)
}

/// Whoever is in the contact book is spelled as there.
pub(super) fn spelled(
    fields: RecipientFields,
    book: &BTreeMap<String, (String, String)>,
) -> RecipientFields {
    match book.get(&contacts::spelling(&fields.addressee, &fields.organisation)) {
        Some((addressee, institution)) => RecipientFields {
            addressee: addressee.clone(),
            organisation: institution.clone(),
            ..fields
        },
        None => fields,
    }
}

/// A recipient as the contact book keeps them; name and position where they are known apart.
pub(super) fn contact_of(
    fields: &RecipientFields,
    apart: Option<(String, String)>,
) -> ContactFields {
    let (name, position) = apart
        .filter(|(name, position)| !name.is_empty() || !position.is_empty())
        .unwrap_or_else(|| contacts::split_addressee(&fields.addressee));
    ContactFields {
        institution: fields.organisation.clone(),
        name,
        position,
        participant_group: fields.participant_group,
        email: fields.email.clone(),
        phone: fields.phone.clone(),
    }
}

/// Changes a line of the list; `version` is that of the line the organiser saw. Once the letter is issued,
/// only the address changes.
pub async fn change_recipient(
    ctx: &Ctx,
    id: ForumId,
    (recipient, version): (RecipientId, i32),
    fields: RecipientFields,
    certain: bool,
) -> Result<()> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let row = line(&tx, &forum, recipient, version).await?;
    let frozen = refuse_frozen(&tx, &forum).await.is_err();
    if !certain && twins::is_another(&row, &fields) {
        twins::ask(&tx, &forum, &fields, Some(row.id)).await?;
    }
    let new_phone = (phone_of(&ctx.app, &row)? != fields.phone)
        .then(|| sealed_phone(ctx, row.id, fields.phone.as_ref()))
        .transpose()?;
    let (mut change, mut names) = changes(&row, fields, frozen);
    if let Some(sealed) = new_phone {
        change.phone = Set(sealed);
        names.push("phone");
    }
    if !names.is_empty() {
        store::change_recipient(&tx, &row, change).await?;
        noted(&tx, ctx, &row, "recipient.changed", &names).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What is different in the fields that may change, and what it is called.
fn changes(
    row: &Recipient,
    fields: RecipientFields,
    frozen: bool,
) -> (recipient::ActiveModel, Vec<&'static str>) {
    fn set<T>(slot: &mut ActiveValue<T>, old: &T, new: T) -> bool
    where
        T: PartialEq + Into<sea_orm::Value>,
    {
        let differs = *old != new;
        if differs {
            *slot = Set(new);
        }
        differs
    }
    let mut change = recipient::ActiveModel::default();
    let mut names = Vec::new();
    let mut note = |differs: bool, name: &'static str| {
        if differs {
            names.push(name);
        }
    };
    if set(&mut change.email, &row.email, fields.email) {
        note(true, "email");
        // What was sent went to the old address: the new one has not been written to.
        change.requested_at = Set(None);
        change.requested_sequence = Set(None);
    }
    if !frozen {
        let (group, old_group) = (&mut change.participant_group, &row.participant_group);
        note(
            set(&mut change.addressee, &row.addressee, fields.addressee),
            "addressee",
        );
        note(
            set(
                &mut change.organisation,
                &row.organisation,
                fields.organisation,
            ),
            "organisation",
        );
        note(set(group, old_group, fields.participant_group), "group");
        note(set(&mut change.quota, &row.quota, fields.quota), "quota");
        note(set(&mut change.note, &row.note, fields.note), "note");
    }
    (change, names)
}

/// Takes a line off the list. Who was sent an invitation stays: the answer would be lost, and the entry
/// in their calendar would not.
pub async fn remove_recipient(
    ctx: &Ctx,
    id: ForumId,
    recipient: RecipientId,
    version: i32,
) -> Result<()> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    refuse_frozen(&tx, &forum).await?;
    let row = line(&tx, &forum, recipient, version).await?;
    if row.was_invited() {
        return Err(Broken::Invited.into());
    }
    store::delete_recipient(&tx, &row).await?;
    noted(&tx, ctx, &row, "recipient.removed", &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes many lines off the list, in the versions that were seen; returns how many. Who was invited stays.
pub(super) async fn remove_many(
    ctx: &Ctx,
    id: ForumId,
    lines: &[(RecipientId, i32)],
) -> Result<usize> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    refuse_frozen(&tx, &forum).await?;
    let rows: Vec<Recipient> = store::recipients(&tx, &forum)
        .await?
        .into_iter()
        .filter(|row| lines.contains(&(row.id, row.version)) && !row.was_invited())
        .collect();
    if rows.len() != lines.len() {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    store::delete_recipients(&tx, &forum, &rows).await?;
    let positions: Vec<i32> = rows.iter().map(|row| row.position).collect();
    let entry = audit::Entry::new("forum", id.0, "recipient.removed_many")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "count": rows.len(), "positions": positions }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(rows.len())
}

pub(super) async fn line(
    tx: &Tx,
    forum: &Forum,
    id: RecipientId,
    version: i32,
) -> Result<Recipient> {
    let row = store::recipient(tx, id).await?;
    if row.forum_id != forum.id || row.withdrawn_at.is_some() {
        return Err(Error::NotFound);
    }
    if row.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    Ok(row)
}

/// The history says which line and which fields, never what stood in them: names and addresses are
/// personal data.
pub(super) async fn noted(
    tx: &Tx,
    ctx: &Ctx,
    row: &Recipient,
    verb: &'static str,
    fields: &[&'static str],
) -> Result<()> {
    let entry = audit::Entry::new("forum", row.forum_id.0, verb)
        .in_unit(row.unit_id)
        .with(serde_json::json!({
            "recipient": row.id, "position": row.position, "fields": fields,
        }));
    audit::record(tx, ctx, entry).await
}
