//! Use cases of the letter and its recipients.

use chrono::Datelike as _;
use chrono_tz::Tz;

use super::{
    Classification, Letter, LetterFields, LetterId, Recipient,
    entity::letter::Copies,
    letter_check::Weight,
    letter_facts::findings,
    offices,
    papers::{Proof, Source},
    rules::{self, Broken, LetterState},
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::{self, Kind, data, letter_number},
    forums::{self, AgendaItem, Forum, ForumId, Stage},
    organisation::{self, Unit, UnitId},
    platform::{
        error::{Error, Result},
        i18n::Message,
    },
};

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        let (code, key) = match broken {
            Broken::Issued => ("letter.issued", "rule-letter-issued"),
            Broken::BeingCorrected => ("letter.being_corrected", "rule-letter-being-corrected"),
            Broken::NotCorrected => ("letter.not_corrected", "rule-letter-not-corrected"),
            Broken::ListChanged => ("letter.list_changed", "rule-letter-list-changed"),
            Broken::Outdated => ("letter.outdated", "rule-letter-outdated"),
            Broken::Invited => ("recipient.invited", "rule-recipient-invited"),
            Broken::NotIssued => ("letter.not_issued", "rule-letter-not-issued"),
            Broken::Faulty => ("letter.faulty", "rule-letter-faulty"),
            Broken::Started => ("invitation.started", "rule-invitation-started"),
            Broken::NotInvited => ("recipient.not_invited", "rule-recipient-not-invited"),
            Broken::Withdrawn => ("invitation.withdrawn", "rule-invitation-withdrawn"),
            Broken::NoPhone => ("recipient.no_phone", "rule-recipient-no-phone"),
            Broken::Answered => ("question.answered", "rule-question-answered"),
            Broken::ManyQuestions => ("question.many", "rule-question-many"),
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
    /// Where the letter stands; one that nobody wrote is a draft.
    pub fn state(&self) -> LetterState {
        state_of(self.letter.as_ref(), &self.forum)
    }

    /// The list is part of the letter: who may not read a restricted one sees figures and no names.
    pub fn may_read_names(&self, ctx: &Ctx) -> bool {
        let restricted = self
            .letter
            .as_ref()
            .is_some_and(|letter| letter.classification == Classification::Restricted);
        !restricted || ctx.may(Permission::ReadRestricted, self.unit.id)
    }

    /// Mail addresses of guests are for those who work at the forum; who only looks sees who is invited and no more, be
    /// it the administrator of the unit.
    pub async fn may_read_addresses(&self, ctx: &Ctx) -> Result<bool> {
        if ctx.may(Permission::ManageForum, self.unit.id) {
            return Ok(true);
        }
        forums::may_work_at(ctx, &self.forum, Permission::CheckIn).await
    }

    /// Whether what was printed for somebody is the letter in force, or goes with it.
    pub fn print_stands(&self, recipient: &Recipient) -> bool {
        let issued = self.letter.as_ref().and_then(|letter| letter.issued_at);
        let since = recipient.printed_at.zip(issued);
        let told = recipient.printed_sequence;
        since.is_some_and(|(printed, issued)| printed >= issued)
            && told.is_some_and(|told| forums::papers_stand(&self.forum, told))
    }

    /// Whether the caller prepares this forum, it takes place, and it is not closed.
    pub fn may_manage(&self, ctx: &Ctx) -> bool {
        forums::may_work(&self.forum).is_ok() && ctx.may(Permission::ManageForum, self.unit.id)
    }

    /// A running number alone becomes the office's whole number, of the year of the letter.
    fn numbered(&self, ctx: &Ctx, fields: LetterFields) -> LetterFields {
        let date = fields
            .letter_date
            .unwrap_or_else(|| ctx.today_in(self.zone));
        let whole = |typed| letter_number::completed(&self.from.letter_number, typed, date.year());
        LetterFields {
            number: fields.number.map(whole),
            ..fields
        }
    }

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

pub(super) fn state_of(letter: Option<&Letter>, forum: &Forum) -> LetterState {
    letter.map_or(LetterState::Draft, |letter| letter.state(forum))
}

/// Reads the invitation of a forum that the caller may use in the named way.
pub async fn bundle(ctx: &Ctx, id: ForumId, permission: Permission) -> Result<Bundle> {
    let forum = forums::get(ctx, id, permission).await?;
    bundle_of(ctx, forum).await
}

/// The same of a forum that the caller was let to.
pub(super) async fn bundle_of(ctx: &Ctx, forum: Forum) -> Result<Bundle> {
    let db = &ctx.app.db;
    let unit = organisation::unit(db, forum.unit_id).await?;
    let letter = store::letter_of(db, &forum).await?;
    let from = match &letter {
        Some(letter) => organisation::unit(db, letter.from_unit_id).await?,
        None => offices::usual(ctx, &unit).await?,
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

/// Writes the letter, under the head of the chosen office; the first time it is made. `version` is 0 then.
pub async fn save_letter(
    ctx: &Ctx,
    id: ForumId,
    version: i32,
    chosen: Option<UnitId>,
    fields: LetterFields,
) -> Result<()> {
    let read = bundle(ctx, id, Permission::ManageForum).await?;
    let read = offices::in_name_of(ctx, read, chosen).await?;
    let fields = read.numbered(ctx, fields);
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let known = store::letter_of(&tx, &forum).await?;
    if known.as_ref().map_or(0, |letter| letter.version) != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    rules::may_change(state_of(known.as_ref(), &forum))?;
    if let Some(number) = &fields.number
        && let Some(other) = store::letter_by_number(&tx, read.from.id, number).await?
        && other.forum_id != id
    {
        let message = Message::new("invitations-number-taken");
        return Err(Error::field("number", message));
    }
    // The paper stands in the register of the forum's unit and in that of the office in whose name it goes out.
    for unit in [forum.unit_id, read.from.id] {
        let wanted = documents::Numbered {
            unit,
            kind: Kind::Invitation,
            about_kind: "forum",
            about_id: id.0,
            number: fields.number.as_deref().unwrap_or_default(),
        };
        documents::number_fits(&tx, ctx, &wanted).await?;
    }
    forums::may_call_in(&forum, read.zone, ctx.now)?;
    match known {
        Some(letter) => {
            let letter = Letter {
                from_unit_id: read.from.id,
                ..with_fields(letter, fields)
            };
            store::save_letter(&tx, letter).await?;
        }
        None => store::insert_letter(&tx, new_letter(ctx, &forum, &read.from, fields)).await?,
    }
    let entry = audit::Entry::new("forum", id.0, "letter.written")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "from": read.from.code }));
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
        issued_sequence: None,
        reopened_at: None,
        replaces_number: None,
        replaces_date: None,
        in_force: None,
        document_id: None,
        version: 1,
        created_at: ctx.now,
    };
    with_fields(empty, fields)
}

pub(super) fn with_fields(letter: Letter, fields: LetterFields) -> Letter {
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

/// Issues the letter: three papers enter the register, and from then on nothing of it changes. A
/// corrected letter is their next version.
pub async fn issue(ctx: &Ctx, id: ForumId, version: i32) -> Result<()> {
    let read = bundle(ctx, id, Permission::ManageForum).await?;
    let letter = read.letter.clone().ok_or(Broken::Faulty)?;
    rules::may_change(read.state())?;
    // A draft written in time is no letter any more once people stand at the door: the page says so too.
    forums::may_call_in(&read.forum, read.zone, ctx.now)?;
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
    // Typesetting took a moment: what was printed must still be what is stored. Whoever changes the list
    // holds the forum too, so it stays so until the commit.
    let forum = forums::hold(&tx, id).await?;
    let stored = store::recipients(&tx, &forum).await?;
    if forum.version != read.forum.version || !same_list(&stored, &read.recipients) {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let mut document_id = None;
    for (kind, paper) in papers {
        let document = documents::issue(&tx, ctx, paper).await?;
        if kind == Kind::Invitation {
            document_id = Some(document.id);
        }
    }
    let correction = letter.issued_at.is_some();
    let issued = Letter {
        issued_at: Some(ctx.now),
        issued_sequence: Some(forum.sequence),
        reopened_at: None,
        in_force: None,
        document_id,
        ..letter
    };
    store::save_letter(&tx, issued).await?;
    forums::announce(&tx, &forum).await?;
    forums::reach(&tx, ctx, id, Stage::Invitation).await?;
    let entry = audit::Entry::new("forum", id.0, "letter.issued")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "correction": correction }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether two lists say the same on paper; answers may come while a correction is printed.
fn same_list(one: &[Recipient], other: &[Recipient]) -> bool {
    let lines = |list: &[Recipient]| -> Vec<_> {
        list.iter().map(|line| (line.id, line.version)).collect()
    };
    lines(one) == lines(other)
}

/// Typesets and stores the three papers, before any transaction.
async fn print(
    ctx: &Ctx,
    read: &Bundle,
    letter: &Letter,
) -> Result<Vec<(Kind, documents::Stored)>> {
    let source = read.source(letter);
    let app = &ctx.app;
    let mut papers = Vec::new();
    for kind in [Kind::Invitation, Kind::Recipients, Kind::Schedule] {
        let code = documents::new_code();
        let proof = Some((
            documents::verification(app, &code),
            documents::verification_url(app, &code),
        ));
        let data = paper_of(&source, kind, proof)?;
        let bytes = documents::render(app, kind, &data, ctx.now).await?;
        let new = documents::New {
            unit: read.unit.id,
            issuer: Some(read.from.id),
            kind,
            number: letter.number.clone(),
            subject: format!("{}: {}", letter.subject, read.forum.title),
            about_kind: "forum",
            about_id: read.forum.id.0,
            bytes,
            verification_code: code,
            // The programme is for everybody, as the forum is.
            restricted: letter.classification == Classification::Restricted
                && kind != Kind::Schedule,
            supersedes: None,
        };
        papers.push((kind, documents::put_with(app, new, &data).await?));
    }
    Ok(papers)
}

fn paper_of(source: &Source<'_>, kind: Kind, proof: Proof) -> Result<serde_json::Value> {
    let data = match kind {
        Kind::Recipients => serde_json::to_value(source.recipients_paper(proof)),
        Kind::Schedule => serde_json::to_value(source.schedule_paper(proof)),
        _ => serde_json::to_value(source.invitation(proof)),
    };
    Ok(data.map_err(anyhow::Error::from)?)
}

/// The letter as it would look now, without a verification code; one that is issued as it was issued.
pub async fn preview(ctx: &Ctx, id: ForumId) -> Result<Vec<u8>> {
    let read = bundle(ctx, id, Permission::ViewForums).await?;
    let letter = read.letter.clone().ok_or(Error::NotFound)?;
    if !read.may_read_names(ctx) {
        return Err(Error::Forbidden);
    }
    if rules::may_change(read.state()).is_err() {
        let issued = documents::latest(&ctx.app.db, "forum", id.0, Kind::Invitation).await?;
        return documents::bytes(&ctx.app, &issued.ok_or(Error::NotFound)?).await;
    }
    let data = read.source(&letter).invitation(None);
    documents::render(&ctx.app, Kind::Invitation, &data, ctx.now).await
}

/// The letter as it stands in the form, not yet saved.
pub async fn draft(
    ctx: &Ctx,
    id: ForumId,
    chosen: Option<UnitId>,
    fields: LetterFields,
) -> Result<data::Invitation> {
    let read = bundle(ctx, id, Permission::ManageForum).await?;
    let read = offices::in_name_of(ctx, read, chosen).await?;
    let fields = read.numbered(ctx, fields);
    let letter = match read.letter.clone() {
        Some(letter) => with_fields(letter, fields),
        None => new_letter(ctx, &read.forum, &read.from, fields),
    };
    Ok(read.source(&letter).invitation(None))
}

/// The number that the office's next letter probably has, as long as this one has none.
pub async fn next_number(ctx: &Ctx, bundle: &Bundle) -> Result<Option<String>> {
    let pattern = &bundle.from.letter_number;
    // The number of the letter that is replaced is none of its own.
    let numbered =
        |letter: &Letter| letter.number.is_some() && letter.number != letter.replaces_number;
    if bundle.letter.as_ref().is_some_and(numbered) {
        return Ok(None);
    }
    let mut used = store::numbers_of(&ctx.app.db, bundle.from.id).await?;
    // Records and reports are numbered in the same register.
    used.extend(documents::numbers_of(&ctx.app.db, ctx, bundle.from.id).await?);
    let year = ctx.today_in(bundle.zone).year();
    Ok(letter_number::next(pattern, &used, year))
}
