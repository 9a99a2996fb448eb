//! Sending the issued report to the office above, and what the register keeps of it. The file goes along;
//! where it is too large for a mail server, a link that ends does.

use chrono::Duration;
use uuid::Uuid;

use super::{
    book::{self, Book},
    emails::ReportEmail,
    entity::delivery,
    service::CHANGED,
    store,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    calendar::dates,
    documents::{self, Document},
    forums::{self, ForumId},
    organisation::{self, ContactPurpose},
    platform::{
        crypto::{Purpose, random_token},
        error::{Error, Result},
        i18n::{Locale, Message},
        mail::{self, AttachedFile, MailStatus, Outgoing, SendMail},
    },
};

/// The `about` of the mails.
const ABOUT: &str = "fkp_report";
/// How long the link of a large file is good.
const LINK_DAYS: i64 = 30;

/// To whom, and what stands in the mail besides.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub to_name: String,
    pub to_address: String,
    pub note: String,
}

/// The office above, as far as its contacts tell it.
pub async fn proposed(ctx: &Ctx, book: &Book) -> Result<Parcel> {
    let db = &ctx.app.db;
    let mut parcel = Parcel {
        to_name: String::new(),
        to_address: String::new(),
        note: String::new(),
    };
    // Whom the head reports to, or else the unit above.
    let above = match book.head.superior_id {
        Some(id) => {
            let superior = organisation::official(db, id).await?;
            parcel.to_name = superior.office;
            Some(superior.unit_id)
        }
        None => book.unit.parent_id,
    };
    if let Some(id) = above {
        let unit = organisation::unit(db, id).await?;
        if parcel.to_name.is_empty() {
            parcel.to_name = unit.name;
        }
        let contacts = organisation::contacts(db, id).await?;
        let email = contacts
            .into_iter()
            .find(|contact| contact.purpose == ContactPurpose::Email);
        parcel.to_address = email.map(|contact| contact.value).unwrap_or_default();
    }
    Ok(parcel)
}

/// Sends the report in force. `seen` is how many deliveries the page showed: pressing twice sends once.
pub async fn send(ctx: &Ctx, id: ForumId, parcel: Parcel, seen: usize) -> Result<()> {
    let book = book::open(ctx, id, Permission::SendInvitations).await?;
    let document =
        book.papers.report.clone().ok_or_else(|| {
            Error::rule("report.not_issued", Message::new("rule-report-not-issued"))
        })?;
    let large = document.size > i64::from(ctx.app.config.mail.largest_attachment_kb) * 1024;
    let token = large.then(random_token);
    let until = ctx.now + Duration::days(LINK_DAYS);
    let row = delivery::Model {
        id: Uuid::now_v7(),
        unit_id: book.forum.unit_id,
        forum_id: id,
        document_id: document.id,
        to_name: parcel.to_name.clone(),
        to_address: parcel.to_address.clone(),
        note: parcel.note.clone(),
        sent_by_name: ctx.actor_name().to_owned(),
        sent_at: ctx.now,
        link_hash: token
            .as_ref()
            .map(|token| ctx.app.keys.hash(Purpose::Tokens, token)),
        link_until: large.then_some(until),
    };
    let mail = compose(ctx, &book, &document, &row, token.as_deref()).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold_any(&tx, id).await?;
    let sent = store::deliveries_of(&tx, &forum).await?;
    if sent.len() != seen {
        // The own second press finds what the first one sent.
        return match sent.first() {
            Some(last) if sent.len() == seen + 1 && is_same(last, &row) => Ok(()),
            _ => Err(CHANGED),
        };
    }
    let entry = audit::Entry::new("forum", id.0, "report.sent")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({
            "document": document.id, "version": document.version, "to": parcel.to_name,
            "as": if large { "link" } else { "attachment" },
        }));
    store::insert_delivery(&tx, row).await?;
    mail::queue::<SendMail>(&tx, &ctx.app, ctx.now, mail).await?;
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether the same person sent the same to the same office.
fn is_same(sent: &delivery::Model, now: &delivery::Model) -> bool {
    let told = |row: &delivery::Model| {
        let to = (row.to_name.clone(), row.to_address.clone());
        (
            row.document_id,
            to,
            row.note.clone(),
            row.sent_by_name.clone(),
        )
    };
    told(sent) == told(now)
}

async fn compose(
    ctx: &Ctx,
    book: &Book,
    document: &Document,
    row: &delivery::Model,
    token: Option<&str>,
) -> Result<Outgoing> {
    let contacts = organisation::contacts(&ctx.app.db, book.unit.id).await?;
    let contact = contacts
        .into_iter()
        .find(|contact| contact.purpose == ContactPurpose::Email);
    let until = row
        .link_until
        .map(|until| dates::date(until.with_timezone(&book.zone).date_naive(), Locale::Id));
    let email = ReportEmail {
        addressee: row.to_name.clone(),
        forum: book.forum.title.clone(),
        when: forums::when_text(&book.forum, book.zone, Locale::Id),
        place: forums::where_text(&book.forum),
        number: document.number.clone().unwrap_or_default(),
        version: document.version,
        note: row.note.clone(),
        link: token.map(|token| ctx.app.url(&format!("/laporan/{token}"))),
        link_until: until.unwrap_or_default(),
        code: documents::grouped_code(&document.verification_code),
        verify_url: documents::verification_url(&ctx.app, &document.verification_code),
        unit: book.unit.name.clone(),
        contact: contact.map(|contact| contact.value).unwrap_or_default(),
    };
    let rendered = ctx.app.templates.email(Locale::Id, &email)?;
    let attached = AttachedFile {
        file_key: document.file_key.clone(),
        name: format!("Laporan-{}.pdf", book.forum.code),
        content_type: "application/pdf".to_owned(),
    };
    Ok(Outgoing {
        to_name: row.to_name.clone(),
        to_address: row.to_address.clone(),
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        calendar: None,
        attachments: if token.is_none() {
            vec![attached]
        } else {
            Vec::new()
        },
        about_kind: ABOUT,
        about_id: row.id,
    })
}

/// A delivery and what became of its mail.
pub struct Sent {
    pub row: delivery::Model,
    pub version: i32,
    pub status: Option<MailStatus>,
    pub fault: Option<String>,
}

/// The register of deliveries, the last first.
pub async fn register(ctx: &Ctx, book: &Book) -> Result<Vec<Sent>> {
    let db = &ctx.app.db;
    let ids: Vec<Uuid> = book.deliveries.iter().map(|row| row.id).collect();
    let mails = mail::about(db, ABOUT, &ids).await?;
    let mut sent = Vec::with_capacity(book.deliveries.len());
    for row in &book.deliveries {
        let mail = mails.iter().find(|mail| mail.about_id == row.id);
        sent.push(Sent {
            version: documents::document(db, row.document_id).await?.version,
            status: mail.map(|mail| mail.status),
            fault: mail.and_then(|mail| mail.error.clone()),
            row: row.clone(),
        });
    }
    Ok(sent)
}

/// The file behind the link of a mail, for whoever has the link, until it ends. Its use is written down.
pub async fn fetched(ctx: &Ctx, token: &str) -> Result<(String, Vec<u8>)> {
    let hash = ctx.app.keys.hash(Purpose::Tokens, token);
    let row = store::by_link(&ctx.app.db, &hash, ctx.now)
        .await?
        .ok_or(Error::NotFound)?;
    let document = documents::document(&ctx.app.db, row.document_id).await?;
    let bytes = documents::bytes(&ctx.app, &document).await?;
    let forum = forums::by_id(&ctx.app.db, row.forum_id).await?;
    let tx = ctx.app.db.begin_write().await?;
    let entry = audit::Entry::new("forum", forum.id.0, "report.fetched")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "delivery": row.id }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok((format!("Laporan-{}.pdf", forum.code), bytes))
}
