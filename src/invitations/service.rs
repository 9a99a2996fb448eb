//! Use cases of the letter and its recipients.

use chrono_tz::Tz;

use super::{
    Letter, LetterFields, LetterId, Recipient, RecipientFields, RecipientId,
    entity::letter::Copies,
    letter_check::{self, Finding, LetterFacts, Weight},
    papers::{Proof, Source},
    rules::{self, Answer, Broken},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit, calendar,
    documents::{self, Kind},
    forums::{self, AgendaItem, Forum, ForumId, Stage},
    organisation::{self, Unit},
    platform::{
        context::App,
        crypto::{Purpose, random_token},
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        let (code, key) = match broken {
            Broken::Issued => ("letter.issued", "rule-letter-issued"),
            Broken::NotIssued => ("letter.not_issued", "rule-letter-not-issued"),
            Broken::Faulty => ("letter.faulty", "rule-letter-faulty"),
            Broken::Started => ("invitation.started", "rule-invitation-started"),
        };
        Error::rule(code, Message::new(key))
    }
}

/// All that the pages and papers of one invitation need.
pub struct Bundle {
    pub forum: Forum,
    pub zone: Tz,
    pub unit: Unit,
    /// The unit whose letterhead is used.
    pub from: Unit,
    pub letter: Option<Letter>,
    pub recipients: Vec<Recipient>,
    pub agenda: Vec<AgendaItem>,
}

impl Bundle {
    pub fn source<'a>(&'a self, letter: &'a Letter) -> Source<'a> {
        Source {
            forum: &self.forum,
            zone: self.zone,
            unit: &self.unit,
            from: &self.from,
            letter,
            recipients: &self.recipients,
            agenda: &self.agenda,
        }
    }
}

/// Reads the invitation of a forum that the caller may use in the named way.
pub async fn bundle(ctx: &Ctx, id: ForumId, permission: Permission) -> Result<Bundle> {
    let forum = forums::get(ctx, id, permission).await?;
    let db = &ctx.app.db;
    let unit = organisation::unit(db, forum.unit_id).await?;
    let letter = store::letter_of(db, &forum).await?;
    let from = match &letter {
        Some(letter) => organisation::unit(db, letter.from_unit_id).await?,
        None => inviting_unit(ctx, &unit).await?,
    };
    Ok(Bundle {
        zone: organisation::zone_of(&unit)?,
        recipients: store::recipients(db, &forum).await?,
        agenda: forums::agenda(db, &forum).await?,
        forum,
        unit,
        from,
        letter,
    })
}

/// The unit above invites other offices in its name; a unit without one invites itself.
async fn inviting_unit(ctx: &Ctx, unit: &Unit) -> Result<Unit> {
    match unit.parent_id {
        Some(parent) => organisation::unit(&ctx.app.db, parent).await,
        None => Ok(unit.clone()),
    }
}

/// What is wrong or strange about the letter as it stands.
pub async fn findings(ctx: &Ctx, bundle: &Bundle) -> Result<Vec<Finding>> {
    let Some(letter) = &bundle.letter else {
        return Ok(Vec::new());
    };
    let calendar = calendar::work_calendar(&ctx.app.db, bundle.unit.id).await?;
    let groups: Vec<_> = bundle
        .recipients
        .iter()
        .map(|recipient| recipient.participant_group)
        .collect();
    let words = [&letter.subject, &letter.opening, &letter.body].map(String::as_str);
    let facts = LetterFacts {
        number: letter.number.as_deref(),
        letter_date: letter.letter_date,
        forum_date: bundle.forum.date,
        nip: &letter.signatory_nip,
        words: &words.join("\n"),
        agenda_items: bundle.agenda.len(),
        recipients: bundle.recipients.len(),
        without_address: bundle
            .recipients
            .iter()
            .filter(|recipient| recipient.email.is_none())
            .count(),
        groups: &groups,
    };
    Ok(letter_check::check_letter(&facts, &calendar))
}

/// Writes the letter; the first time it is made. `version` is 0 then.
pub async fn save_letter(ctx: &Ctx, id: ForumId, version: i32, fields: LetterFields) -> Result<()> {
    let read = bundle(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let known = store::letter_of(&tx, &read.forum).await?;
    if known.as_ref().map_or(0, |letter| letter.version) != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    rules::may_change(known.as_ref().and_then(|letter| letter.issued_at))?;
    if let Some(number) = &fields.number
        && let Some(other) = store::letter_by_number(&tx, read.from.id, number).await?
        && other.forum_id != id
    {
        let message = Message::new("invitations-number-taken");
        return Err(Error::field("number", message));
    }
    match known {
        Some(letter) => store::save_letter(&tx, with_fields(letter, fields)).await?,
        None => store::insert_letter(&tx, new_letter(ctx, &read.forum, &read.from, fields)).await?,
    }
    forums::reach(&tx, ctx, &read.forum, Stage::Invitation).await?;
    let entry = audit::Entry::new("forum", id.0, "letter.written").in_unit(read.forum.unit_id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) fn new_letter(ctx: &Ctx, forum: &Forum, from: &Unit, fields: LetterFields) -> Letter {
    let empty = Letter {
        id: LetterId::new(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        from_unit_id: from.id,
        number: None,
        letter_date: None,
        place: String::new(),
        classification: fields.classification,
        subject: String::new(),
        addressee: String::new(),
        place_line: String::new(),
        opening: String::new(),
        body: String::new(),
        closing: String::new(),
        signatory_position: String::new(),
        signatory_name: String::new(),
        signatory_rank: String::new(),
        signatory_nip: String::new(),
        copies: Copies::default(),
        issued_at: None,
        document_id: None,
        version: 1,
        created_at: ctx.now,
    };
    with_fields(empty, fields)
}

fn with_fields(letter: Letter, fields: LetterFields) -> Letter {
    Letter {
        number: fields.number,
        letter_date: fields.letter_date,
        place: fields.place,
        classification: fields.classification,
        subject: fields.subject,
        addressee: fields.addressee,
        place_line: fields.place_line,
        opening: fields.opening,
        body: fields.body,
        closing: fields.closing,
        signatory_position: fields.signatory_position,
        signatory_name: fields.signatory_name,
        signatory_rank: fields.signatory_rank,
        signatory_nip: fields.signatory_nip,
        copies: Copies(fields.copies),
        ..letter
    }
}

/// Issues the letter: three papers enter the register, and from then on nothing of it changes.
pub async fn issue(ctx: &Ctx, id: ForumId, version: i32) -> Result<()> {
    let read = bundle(ctx, id, Permission::ManageForum).await?;
    let letter = read.letter.clone().ok_or(Broken::Faulty)?;
    rules::may_change(letter.issued_at)?;
    if letter.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let faults = findings(ctx, &read).await?;
    if faults.iter().any(|finding| finding.weight == Weight::Fault) {
        return Err(Broken::Faulty.into());
    }
    let papers = print(ctx, &read, &letter).await?;
    let tx = ctx.app.db.begin_write().await?;
    // Typesetting took a moment: what was printed must still be what is stored.
    let stored = store::recipients(&tx, &read.forum).await?;
    let forum = forums::by_id(&tx, id).await?;
    if forum.version != read.forum.version || stored != read.recipients {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let mut document_id = None;
    for paper in papers {
        let kind = paper.kind;
        let document = documents::issue(&tx, ctx, paper).await?;
        if kind == Kind::Invitation {
            document_id = Some(document.id);
        }
    }
    let issued = Letter {
        issued_at: Some(ctx.now),
        document_id,
        ..letter
    };
    store::save_letter(&tx, issued).await?;
    forums::reach(&tx, ctx, &forum, Stage::Invitation).await?;
    let entry = audit::Entry::new("forum", id.0, "letter.issued").in_unit(forum.unit_id);
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

async fn print(ctx: &Ctx, read: &Bundle, letter: &Letter) -> Result<Vec<documents::New>> {
    let source = read.source(letter);
    let app = &ctx.app;
    let mut papers = Vec::new();
    for kind in [Kind::Invitation, Kind::Recipients, Kind::Schedule] {
        let code = documents::new_code();
        let proof = Some((
            documents::verification(app, &code),
            documents::verification_url(app, &code),
        ));
        let bytes = print_one(ctx, &source, kind, proof).await?;
        papers.push(documents::New {
            unit: read.unit.id,
            kind,
            number: letter.number.clone(),
            subject: format!("{}: {}", letter.subject, read.forum.title),
            about_kind: "forum",
            about_id: read.forum.id.0,
            bytes,
            verification_code: code,
            supersedes: None,
        });
    }
    Ok(papers)
}

async fn print_one(ctx: &Ctx, source: &Source<'_>, kind: Kind, proof: Proof) -> Result<Vec<u8>> {
    let app = &ctx.app;
    match kind {
        Kind::Recipients => {
            documents::render(app, kind, &source.recipients_paper(proof), ctx.now).await
        }
        Kind::Schedule => {
            documents::render(app, kind, &source.schedule_paper(proof), ctx.now).await
        }
        _ => documents::render(app, Kind::Invitation, &source.invitation(proof), ctx.now).await,
    }
}

/// The letter as it would look now, without a verification code.
pub async fn preview(ctx: &Ctx, id: ForumId) -> Result<Vec<u8>> {
    let read = bundle(ctx, id, Permission::ViewForums).await?;
    let letter = read.letter.clone().ok_or(Error::NotFound)?;
    print_one(ctx, &read.source(&letter), Kind::Invitation, None).await
}

/// Puts somebody on the list as part of a use case.
pub async fn add_recipient_in(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    position: i32,
    fields: RecipientFields,
) -> Result<Recipient> {
    ctx.require(Permission::ManageForum, forum.unit_id)?;
    let id = RecipientId::new();
    let token = random_token();
    let recipient = Recipient {
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
        token_hash: ctx.app.keys.hash(Purpose::Tokens, &token),
        token_sealed: ctx.app.keys.seal(&token, &token_row(id))?,
        answer: Answer::None,
        delegate_name: None,
        delegate_position: None,
        delegate_phone: None,
        message: None,
        opened_at: None,
        answered_at: None,
        requested_at: None,
        requested_sequence: None,
        created_at: ctx.now,
    };
    store::insert_recipient(tx, recipient.clone()).await?;
    Ok(recipient)
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

/// Writes an answer into a recipient's row; whether it may be given was decided before.
pub async fn record_answer(
    tx: &Tx,
    ctx: &Ctx,
    recipient: Recipient,
    fields: super::AnswerFields,
) -> Result<()> {
    let phone = match &fields.delegate_phone {
        Some(phone) => Some(ctx.app.keys.seal(phone, &phone_row(recipient.id))?),
        None => None,
    };
    let entry = audit::Entry::new("forum", recipient.forum_id.0, "invitation.answered")
        .in_unit(recipient.unit_id)
        .with(serde_json::json!({ "recipient": recipient.id, "answer": fields.answer }));
    let answered = Recipient {
        answer: fields.answer,
        delegate_name: fields.delegate_name,
        delegate_position: fields.delegate_position,
        delegate_phone: phone,
        message: fields.message,
        opened_at: recipient.opened_at.or(Some(ctx.now)),
        answered_at: Some(ctx.now),
        ..recipient
    };
    store::save_recipient(tx, answered).await?;
    audit::record(tx, ctx, entry).await
}

fn phone_row(id: RecipientId) -> String {
    format!("recipient:{id}:delegate_phone")
}

/// The telephone of a delegate, for the organiser and for the form that shows it again.
pub fn delegate_phone(app: &App, recipient: &Recipient) -> Result<Option<String>> {
    recipient
        .delegate_phone
        .as_ref()
        .map(|sealed| app.keys.open(sealed, &phone_row(recipient.id)))
        .transpose()
        .map_err(Error::from)
}

/// A recipient of this forum and no other.
pub async fn recipient_of(ctx: &Ctx, forum: &Forum, id: RecipientId) -> Result<Recipient> {
    let recipient = store::recipient(&ctx.app.db, id).await?;
    if recipient.forum_id != forum.id {
        return Err(Error::NotFound);
    }
    Ok(recipient)
}

/// Adds somebody at the end of the list.
pub async fn add_recipient(ctx: &Ctx, id: ForumId, fields: RecipientFields) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    refuse_frozen(&tx, &forum).await?;
    let last = store::recipients(&tx, &forum).await?;
    let position = last.last().map_or(1, |recipient| recipient.position + 1);
    add_recipient_in(&tx, ctx, &forum, position, fields).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes a line of the list. The list is part of the letter: once issued, only the address changes.
pub async fn change_recipient(
    ctx: &Ctx,
    id: ForumId,
    recipient: RecipientId,
    fields: RecipientFields,
) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let row = store::recipient(&tx, recipient).await?;
    if row.forum_id != id {
        return Err(Error::NotFound);
    }
    let letter = store::letter_of(&tx, &forum).await?;
    let frozen = letter.is_some_and(|letter| letter.issued_at.is_some());
    let changed = if frozen {
        Recipient {
            email: fields.email,
            ..row
        }
    } else {
        Recipient {
            addressee: fields.addressee,
            organisation: fields.organisation,
            participant_group: fields.participant_group,
            quota: fields.quota,
            note: fields.note,
            email: fields.email,
            ..row
        }
    };
    store::save_recipient(&tx, changed).await?;
    tx.commit().await?;
    Ok(())
}

pub async fn remove_recipient(ctx: &Ctx, id: ForumId, recipient: RecipientId) -> Result<()> {
    let forum = forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    refuse_frozen(&tx, &forum).await?;
    let row = store::recipient(&tx, recipient).await?;
    if row.forum_id != id {
        return Err(Error::NotFound);
    }
    store::delete_recipient(&tx, recipient).await?;
    tx.commit().await?;
    Ok(())
}

async fn refuse_frozen(tx: &Tx, forum: &Forum) -> Result<()> {
    let letter = store::letter_of(tx, forum).await?;
    rules::may_change(letter.and_then(|letter| letter.issued_at))?;
    Ok(())
}
