//! Sending invitations: one job and one mail per recipient, so that one bad address stops nobody else.
//! What the page shows is read from the mails themselves and survives a closed tab and a restart.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;

use super::{
    Batch, Recipient, RecipientId, SendInvitation, batches,
    calendar_entry::{self, Entry, Method},
    emails::InvitationEmail,
    event_entry::{self, Comer},
    recipient_list,
    rules::{self, Answer, Broken, Sending, Trace},
    service, store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    documents::{self, Kind},
    forums::{self, Forum, ForumId, Mode},
    organisation::{self, ContactPurpose, Unit},
    platform::{
        context::App,
        error::{Error, Result},
        i18n::Locale,
        jobs,
        mail::{self, AttachedFile, MailStatus, Outgoing, SendMail},
    },
};

/// The `about` of the mails.
pub(super) const ABOUT: &str = "invitation";

/// A recipient and where the invitation is.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub recipient: Recipient,
    /// What was answered is about the time as it is now.
    pub confirmed: bool,
    pub sending: Sending,
    /// They know time and place, and hold a letter that another one replaced.
    pub replaced: bool,
    /// Why the mail did not leave, as the mail server said it.
    pub fault: Option<String>,
}

impl Delivery {
    /// Whether they were told of another time or place, and not of what changed since.
    #[must_use]
    pub fn knows_old_only(&self, forum: &Forum) -> bool {
        rules::knows_old_only(self.sending, self.recipient.told_sequence, forum.sequence)
    }

    /// Whether they heard nothing of the forum, neither of this nor of an earlier time.
    #[must_use]
    pub fn knows_nothing(&self, forum: &Forum) -> bool {
        !self.sending.is_told() && !self.knows_old_only(forum)
    }
}

/// Every recipient of a forum with the state of the invitation, in the order of the list.
pub async fn deliveries(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<Delivery>> {
    let recipients = store::recipients(db, forum).await?;
    let ids: Vec<_> = recipients.iter().map(|recipient| recipient.id.0).collect();
    let mut latest: HashMap<uuid::Uuid, mail::Model> = HashMap::new();
    for mail in mail::about(db, ABOUT, &ids).await? {
        latest.entry(mail.about_id).or_insert(mail);
    }
    let given_up = jobs::given_up::<SendInvitation>(db).await?;
    let letter = store::letter_of(db, forum).await?;
    let is_replaced = |row: &Recipient| {
        let letter = letter.as_ref();
        letter.is_some_and(|letter| letter.replaced_since(row.told_at()).is_some())
    };
    Ok(recipients
        .into_iter()
        .map(|recipient| {
            // A mail of an earlier request says nothing about this one.
            let mail = latest.remove(&recipient.id.0).filter(|mail| {
                recipient
                    .requested_at
                    .is_some_and(|at| mail.created_at >= at)
            });
            let trace = Trace {
                has_address: recipient.email.is_some(),
                requested: recipient.requested_sequence,
                mail: mail.as_ref().map(|mail| mail.status),
                given_up: given_up.iter().any(|job| job.is_for(&recipient)),
                handed: recipient.handed_channel.zip(recipient.handed_sequence),
            };
            let sending = Sending::of(trace, forums::sequences_now(forum));
            Delivery {
                confirmed: recipient.answer_stands(forum),
                replaced: sending.is_told() && is_replaced(&recipient),
                recipient,
                sending,
                fault: mail
                    .filter(|mail| mail.status != MailStatus::Sent)
                    .and_then(|mail| mail.error),
            }
        })
        .collect())
}

/// The figures of one forum's invitations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub recipients: usize,
    pub without_address: usize,
    pub queued: usize,
    pub sent: usize,
    pub failed: usize,
    /// Brought by WhatsApp or on paper.
    pub handed: usize,
    /// Told once, of another time or place.
    pub outdated: usize,
    /// How many "send" would reach now.
    pub to_send: usize,
    pub opened: usize,
    pub answered: usize,
    pub accepted: usize,
    pub delegated: usize,
    pub tentative: usize,
    pub declined: usize,
    /// Answered for another time, and not again since.
    pub unconfirmed: usize,
}

impl Summary {
    #[must_use]
    pub fn of(deliveries: &[Delivery]) -> Self {
        let mut summary = Self {
            recipients: deliveries.len(),
            ..Self::default()
        };
        for delivery in deliveries {
            match delivery.sending {
                Sending::NoAddress => summary.without_address += 1,
                Sending::Queued => summary.queued += 1,
                Sending::Sent => summary.sent += 1,
                Sending::Failed => summary.failed += 1,
                Sending::Handed(_) => summary.handed += 1,
                Sending::Outdated | Sending::HandedOutdated => summary.outdated += 1,
                Sending::NotSent => {}
            }
            summary.to_send += usize::from(delivery.sending.wants_sending());
            let recipient = &delivery.recipient;
            summary.opened += usize::from(recipient.opened_at.is_some());
            summary.answered += usize::from(recipient.answer != Answer::None);
            match recipient.answer {
                Answer::None => {}
                _ if !delivery.confirmed => summary.unconfirmed += 1,
                Answer::Accepted => summary.accepted += 1,
                Answer::Delegated => summary.delegated += 1,
                Answer::Tentative => summary.tentative += 1,
                Answer::Declined => summary.declined += 1,
            }
        }
        summary
    }

    /// Those who said that somebody will come.
    #[must_use]
    pub fn coming(&self) -> usize {
        self.accepted + self.delegated
    }
}

pub async fn summary(db: &impl ConnectionTrait, forum: &Forum) -> Result<Summary> {
    Ok(Summary::of(&deliveries(db, forum).await?))
}

/// Asks for every invitation that has not gone out as things stand now; returns the batch of them, which
/// may be empty.
pub async fn send(ctx: &Ctx, id: ForumId) -> Result<Batch> {
    send_to(ctx, id, Whom::Waiting).await
}

/// Who is written to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Whom<'a> {
    /// Those to whom nothing went out as things stand now.
    Waiting,
    /// These, and those who hold a replaced letter too.
    WithReplaced,
    /// Of both, whoever was chosen.
    Among(&'a HashSet<RecipientId>),
}

impl Whom<'_> {
    fn fits(self, one: &Delivery) -> bool {
        let wants = one.sending.wants_sending();
        match self {
            Self::Waiting => wants,
            Self::WithReplaced => wants || one.replaced,
            Self::Among(chosen) => (wants || one.replaced) && chosen.contains(&one.recipient.id),
        }
    }
}

/// The same for others.
pub(super) async fn send_to(ctx: &Ctx, id: ForumId, whom: Whom<'_>) -> Result<Batch> {
    let forum = forums::get(ctx, id, Permission::SendInvitations).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    let letter = store::letter_of(&tx, &forum).await?;
    let starts = forums::starts_at(&forum, zone).to_utc();
    rules::may_send(service::state_of(letter.as_ref(), &forum), ctx.now, starts)?;
    let mut asked = Vec::new();
    for delivery in deliveries(&tx, &forum).await? {
        if !whom.fits(&delivery) || delivery.recipient.email.is_none() {
            continue;
        }
        let recipient = delivery.recipient;
        // Two people press the button at once: one request wins, the recipient gets one mail.
        if store::mark_requested(&tx, &recipient, ctx.now, forum.sequence).await? {
            let job = SendInvitation {
                recipient: recipient.id,
                requested_at: ctx.now,
            };
            jobs::enqueue(&tx, &job, ctx.now).await?;
            asked.push(recipient.id);
        }
    }
    let count = asked.len();
    let batch = batches::begin(&tx, ctx, &forum, asked).await?;
    if count > 0 {
        let entry = audit::Entry::new("forum", id.0, "invitation.sent")
            .in_unit(forum.unit_id)
            .with(serde_json::json!({ "recipients": count, "sequence": forum.sequence }));
        audit::record(&tx, ctx, entry).await?;
    }
    tx.commit().await?;
    Ok(batch)
}

/// The job's work: writes one mail into the outbox, or none when a later request took its place. The row
/// is held while looking for the mail of an earlier run, so that two runs at once write one mail.
pub async fn write_mail(app: &Arc<App>, job: &SendInvitation) -> Result<()> {
    let ctx = Ctx::system(app);
    let recipient = store::recipient(&app.db, job.recipient).await?;
    if !job.is_for(&recipient) {
        return Ok(());
    }
    let forum = forums::by_id(&app.db, recipient.forum_id).await?;
    let now = forums::sequences_now(&forum);
    if !recipient
        .requested_sequence
        .is_some_and(|asked| now.contains(&asked))
    {
        // Time or place changed meanwhile: the mail would contradict its letter. It waits for the next.
        let tx = app.db.begin_write().await?;
        store::clear_request(&tx, recipient.id, job.requested_at).await?;
        let entry = audit::Entry::new("forum", forum.id.0, "invitation.held_back")
            .in_unit(forum.unit_id)
            .with(serde_json::json!({ "recipient": recipient.id, "sequence": forum.sequence }));
        audit::record(&tx, &ctx, entry).await?;
        return Ok(tx.commit().await?);
    }
    let unit = organisation::unit(&app.db, forum.unit_id).await?;
    let earlier = mail::about(&app.db, ABOUT, &[recipient.id.0]).await?;
    let earlier = earlier.iter().map(|mail| mail.created_at);
    let last = earlier.filter(|at| *at < job.requested_at).max();
    let heard = heard(app, &recipient, &forum, last.max(recipient.handed_at)).await?;
    let outgoing = compose(&ctx, &recipient, &forum, &unit, heard).await?;
    let tx = app.db.begin_write().await?;
    let recipient = store::hold_recipient(&tx, recipient.id).await?;
    let waiting = mail::about(&tx, ABOUT, &[recipient.id.0]).await?;
    let done = waiting
        .first()
        .is_some_and(|mail| mail.created_at >= job.requested_at);
    if job.is_for(&recipient) && !done {
        let written = mail::queue::<SendMail>(&tx, app, ctx.now, outgoing).await?;
        store::mark_told(&tx, recipient.id, forum.sequence).await?;
        batches::wrote(&tx, &recipient, job.requested_at, written).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Keeps the invitations of a record that is loaded as a whole as sent at `ctx.now`.
pub async fn import_sent(ctx: &Ctx, forum: &Forum) -> Result<()> {
    ctx.require(Permission::SendInvitations, forum.unit_id)?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let mut mails = Vec::new();
    for recipient in store::recipients(&ctx.app.db, forum).await? {
        let mail = compose(ctx, &recipient, forum, &unit, Heard::default()).await?;
        mails.push((recipient, mail));
    }
    let tx = ctx.app.db.begin_write().await?;
    for (recipient, mail) in mails {
        store::mark_requested(&tx, &recipient, ctx.now, forum.sequence).await?;
        store::mark_told(&tx, recipient.id, forum.sequence).await?;
        mail::record_sent(&tx, &ctx.app, ctx.now, mail).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The letter may come from the office above: the mail says the same.
pub(super) async fn inviting_office(app: &App, forum: &Forum, unit: &Unit) -> Result<String> {
    match store::letter_of(&app.db, forum).await? {
        Some(letter) => Ok(organisation::unit(&app.db, letter.from_unit_id).await?.name),
        None => Ok(unit.name.clone()),
    }
}

/// What somebody knew of the forum before this mail.
#[derive(Default)]
struct Heard {
    told: bool,
    /// Nothing but the letter is another: the number of the one that they hold.
    replaced: Option<String>,
}

async fn heard(
    app: &App,
    recipient: &Recipient,
    forum: &Forum,
    told_at: Option<DateTime<Utc>>,
) -> Result<Heard> {
    let letter = store::letter_of(&app.db, forum).await?;
    let replaced = letter.as_ref().and_then(|it| it.replaced_since(told_at));
    let told = recipient.told_sequence;
    let knows = told.is_some_and(|told| forums::sequences_now(forum).contains(&told));
    Ok(Heard {
        told: told_at.is_some(),
        replaced: replaced.filter(|_| knows).map(str::to_owned),
    })
}

/// The mail of one recipient. Who was told of the forum before reads that it changed; who hears of it for the first
/// time has nothing to compare.
async fn compose(
    ctx: &Ctx,
    recipient: &Recipient,
    forum: &Forum,
    unit: &Unit,
    heard: Heard,
) -> Result<Outgoing> {
    let app = &ctx.app;
    let address = recipient.email.clone().ok_or(Error::NotFound)?;
    let document = documents::latest(&app.db, "forum", forum.id.0, Kind::Invitation)
        .await?
        .ok_or(Broken::NotIssued)?;
    let organiser = organiser_address(app, unit).await?;
    let entry = entry_for(ctx, recipient, forum, unit, &organiser)?;
    let zone = organisation::zone_of(unit)?;
    let changed = forum.sequence > 0 && heard.told && heard.replaced.is_none();
    let before = recipient
        .told_sequence
        .filter(|told| *told < forum.sequence);
    let before = before.and_then(|sequence| forums::told(forum, sequence));
    let told = |forum: &Forum| {
        let when = forums::when_text(forum, zone, Locale::Id);
        format!("{when}, {}", forums::where_text(forum))
    };
    // A new link changes nothing that could be compared.
    let before = before.map(|before| told(&before));
    let before = before.filter(|before| changed && *before != told(forum));
    let answered = recipient.answer != Answer::None;
    let email = InvitationEmail {
        addressee: recipient.in_full(),
        forum: forum.title.clone(),
        theme: forum.theme.clone(),
        when: forums::when_text(forum, zone, Locale::Id),
        place: forums::where_text(forum),
        address: forums::address_of(forum).to_owned(),
        link_note: match forum.online_link.is_empty() {
            true => forums::link_note(forum, Locale::Id).unwrap_or_default(),
            false => String::new(),
        },
        online_link: forum.online_link.clone(),
        door: forum.mode != Mode::Online,
        letter_number: document.number.clone().unwrap_or_default(),
        answer_url: recipient_list::answer_url(app, recipient)?,
        unit: unit.name.clone(),
        from: inviting_office(app, forum, unit).await?,
        contact: organiser.clone(),
        changed,
        replaces: heard.replaced.unwrap_or_default(),
        before: before.unwrap_or_default(),
        answer: match answered {
            true => recipient.answer.label(Locale::Id),
            false => String::new(),
        },
        to_confirm: !recipient.answer_stands(forum),
        several: recipient.for_several(Locale::Id).unwrap_or_default(),
    };
    let rendered = app.templates.email(Locale::Id, &email)?;
    Ok(Outgoing {
        to_name: recipient.called(),
        to_address: address,
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        calendar: Some((
            Method::Request.as_str().to_owned(),
            calendar_entry::write(&entry, Method::Request),
        )),
        attachments: vec![AttachedFile {
            file_key: document.file_key,
            name: "Surat-Undangan.pdf".to_owned(),
            content_type: "application/pdf".to_owned(),
        }],
        about_kind: ABOUT,
        about_id: recipient.id.0,
    })
}

/// Calendars send their answers to the organiser's address.
pub async fn organiser_address(app: &App, unit: &Unit) -> Result<String> {
    let contacts = organisation::contacts(&app.db, unit.id).await?;
    let email = contacts
        .into_iter()
        .find(|contact| contact.purpose == ContactPurpose::Email);
    match email {
        Some(contact) => Ok(contact.value),
        None => {
            let from: lettre::message::Mailbox =
                app.config.mail.from.parse().map_err(anyhow::Error::from)?;
            Ok(from.email.to_string())
        }
    }
}

/// The calendar entry of one recipient. Its UID is made from the recipient's id alone: an
/// installation that moves to another address keeps it.
pub(super) fn entry_for<'a>(
    ctx: &Ctx,
    recipient: &'a Recipient,
    forum: &'a Forum,
    unit: &'a Unit,
    organiser: &'a str,
) -> Result<Entry<'a>> {
    let comer = Comer {
        id: recipient.id.0,
        name: recipient.called(),
        email: recipient.email.as_deref(),
        url: recipient_list::answer_url(&ctx.app, recipient)?,
        link_says: "Jawab undangan",
        several: recipient.for_several(Locale::Id),
        // A new time asks anew; another room does not.
        answered: match recipient.answer_stands(forum) {
            true => recipient.answer.participation(),
            false => Answer::None.participation(),
        },
    };
    event_entry::entry(ctx.now, comer, forum, (unit, organiser))
}
