//! The mails of the demo, so that one who tries Rembuk can read what citizens and invited people get. Outside
//! `rembuk demo` this page does not exist: mails tell who complained. They are shown as text; their HTML never runs
//! here. Each reads what went to the staff and the guests of their own unit, and of complaints only what their rights
//! let them read; to whom a mail to a complainant went is not shown to anybody.

use std::path::PathBuf;

use mail_parser::{Address, MessageParser, MimeHeaders as _};
use poem::{
    Response, Route, get, handler,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use crate::{
    access::{self, Ctx, Permission, SignedIn},
    complaints::{self, ComplaintId},
    fkp_report,
    invitations::{self, RecipientId},
    organisation::UnitId,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        mail::{self, MailId, Model as Known, Transport},
        web::pages::Page,
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/surel", get(list_mails))
        .at("/kerja/surel/:name", get(show_mail))
        .at("/kerja/surel/:name/lampiran/:part", get(attachment))
}

/// More than a demo ever sends; a folder that grew on shows its newest.
const MOST: usize = 500;

#[derive(Serialize)]
struct MailboxPage {
    rows: Vec<RowView>,
    to: String,
    summary: String,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    subject: String,
    to: String,
    at: String,
    files: usize,
}

impl Page for MailboxPage {
    const TEMPLATE: &'static str = "reports/mailbox";
    fn title(&self, locale: Locale) -> String {
        t(locale, "mailbox-title")
    }
}

#[derive(Deserialize)]
struct Filter {
    ke: Option<String>,
}

/// The folder of mails, for those who may look into it.
fn folder(ctx: &Ctx) -> Result<PathBuf> {
    if !ctx.app.config.demo {
        return Err(Error::NotFound);
    }
    ctx.require_scope(Permission::ViewMailbox)?;
    match &ctx.app.mail {
        Transport::Files(folder) => Ok(folder.clone()),
        Transport::Smtp(_) | Transport::Memory(_) => Err(Error::NotFound),
    }
}

/// Names of the mails, newest first: they are UUIDv7 and sort by time.
async fn names(folder: &std::path::Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut entries = tokio::fs::read_dir(folder)
        .await
        .map_err(anyhow::Error::from)?;
    while let Some(entry) = entries.next_entry().await.map_err(anyhow::Error::from)? {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".eml") {
            names.push(name.to_owned());
        }
    }
    names.sort_unstable_by(|a, b| b.cmp(a));
    names.truncate(MOST);
    Ok(names)
}

async fn read(folder: &std::path::Path, name: &str) -> Result<Vec<u8>> {
    // Only names that we gave: nothing of a path can come in here.
    let name: uuid::Uuid = name.parse().map_err(|_| Error::NotFound)?;
    match tokio::fs::read(folder.join(format!("{name}.eml"))).await {
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Error::NotFound),
        Err(error) => Err(anyhow::Error::from(error).into()),
    }
}

fn written(address: Option<&Address<'_>>) -> String {
    let Some(address) = address else {
        return String::new();
    };
    let one = |addr: &mail_parser::Addr<'_>| match (addr.name(), addr.address()) {
        (Some(name), Some(email)) => format!("{name} <{email}>"),
        (None, Some(email)) => email.to_owned(),
        (name, None) => name.unwrap_or_default().to_owned(),
    };
    address.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What the outbox knows of a mail by the name of its file.
async fn facts_of(ctx: &Ctx, name: &str) -> Result<Option<Known>> {
    let id: MailId = MailId(name.parse().map_err(|_| Error::NotFound)?);
    Ok(mail::by_ids(&ctx.app.db, vec![id]).await?.pop())
}

/// Whether the caller may read it: their own, and what their rights and their unit let them see.
async fn may_read(ctx: &Ctx, of: &Known) -> Result<bool> {
    let own = ctx.account().map(|account| account.email.as_str());
    if own.is_some() && of.shown_address() == own {
        return Ok(true);
    }
    match of.about_kind.as_str() {
        "complaint" => match complaints::source_info(ctx, ComplaintId(of.about_id)).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound | Error::Forbidden) => Ok(false),
            Err(error) => Err(error),
        },
        // The morning mail and other lists of complaints.
        "unit" => {
            let scope = ctx.scope(Permission::ViewComplaints);
            Ok(scope.covers(UnitId(of.about_id), None))
        }
        _ => {
            let scope = ctx.scope(Permission::ViewMailbox);
            let units = units_of(ctx, of).await?;
            Ok(scope.everywhere || units.into_iter().any(|unit| scope.covers(unit, None)))
        }
    }
}

/// The units to whose staff or guests a mail went.
async fn units_of(ctx: &Ctx, of: &Known) -> Result<Vec<UnitId>> {
    let db = &ctx.app.db;
    if let Some(address) = of.shown_address()
        && let Some(units) = access::units_of_address(db, address).await?
    {
        return Ok(units);
    }
    let unit = match of.about_kind.as_str() {
        "invitation" | "invitation.reminder" | "invitation.withdrawn" => {
            invitations::recipient(db, RecipientId(of.about_id))
                .await
                .map(|row| row.unit_id)
        }
        "fkp_report" => fkp_report::unit_of_sending(db, of.about_id).await,
        _ => return Ok(Vec::new()),
    };
    match unit {
        Ok(unit) => Ok(vec![unit]),
        // Taken off the list since.
        Err(Error::NotFound) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// To whom a mail went, as the page may say it.
fn addressee(mail: &mail_parser::Message<'_>, facts: &Known, locale: Locale) -> String {
    match facts.shown_address() {
        None if facts.about_kind == "complaint" => t(locale, "mailbox-complainant"),
        None => t(locale, "mailbox-hidden"),
        Some(_) => written(mail.to()),
    }
}

/// A mail and what is known of it, for who may read it.
async fn opened(ctx: &Ctx, name: &str) -> Result<(Vec<u8>, Known)> {
    let folder = folder(ctx)?;
    let facts = facts_of(ctx, name).await?.ok_or(Error::NotFound)?;
    if !may_read(ctx, &facts).await? {
        return Err(Error::NotFound);
    }
    Ok((read(&folder, name).await?, facts))
}

#[handler]
async fn list_mails(SignedIn(ctx): SignedIn, Query(filter): Query<Filter>) -> Result<Response> {
    let folder = folder(&ctx)?;
    let wanted = filter.ke.unwrap_or_default().trim().to_lowercase();
    let names = names(&folder).await?;
    let ids = names
        .iter()
        .filter_map(|name| name.parse().ok().map(MailId));
    let known = mail::by_ids(&ctx.app.db, ids.collect()).await?;
    let mut rows = Vec::new();
    for name in names {
        let id = name.parse().ok().map(MailId);
        let facts = known.iter().find(|one| Some(one.id) == id);
        let Some(facts) = facts else { continue };
        if !may_read(&ctx, facts).await? {
            continue;
        }
        let bytes = read(&folder, &name).await?;
        let Some(mail) = MessageParser::default().parse(&bytes) else {
            continue;
        };
        let to = addressee(&mail, facts, ctx.locale());
        if !wanted.is_empty() && !to.to_lowercase().contains(&wanted) {
            continue;
        }
        rows.push(RowView {
            href: format!("/kerja/surel/{name}"),
            subject: mail.subject().unwrap_or_default().to_owned(),
            to,
            at: sent_at(&mail, ctx.locale()),
            files: mail.attachment_count(),
        });
    }
    let page = MailboxPage {
        summary: Message::new("mailbox-summary")
            .with("count", rows.len())
            .text(ctx.locale()),
        rows,
        to: wanted,
    };
    ctx.page(&page)
}

/// The Date of the mail on the clock of the capital of Kalimantan Timur, like the account page.
fn sent_at(mail: &mail_parser::Message<'_>, locale: Locale) -> String {
    let at = mail
        .date()
        .and_then(|date| chrono::DateTime::from_timestamp(date.to_timestamp(), 0));
    at.map(|at| {
        let local = at.with_timezone(&chrono_tz::Asia::Makassar);
        crate::calendar::dates::date_time(&local, locale)
    })
    .unwrap_or_default()
}

#[derive(Serialize)]
struct MailPage {
    subject: String,
    from: String,
    to: String,
    at: String,
    lines: Vec<Vec<PieceView>>,
    files: Vec<FileView>,
}

/// A piece of a line: words, or an address that can be opened.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct PieceView {
    text: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct FileView {
    name: String,
    size: String,
    href: String,
}

impl Page for MailPage {
    const TEMPLATE: &'static str = "reports/mail";
    fn title(&self, _: Locale) -> String {
        self.subject.clone()
    }
}

#[handler]
async fn show_mail(SignedIn(ctx): SignedIn, Path(name): Path<String>) -> Result<Response> {
    let (bytes, facts) = opened(&ctx, &name).await?;
    let mail = MessageParser::default()
        .parse(&bytes)
        .ok_or(Error::NotFound)?;
    let text = mail.body_text(0).unwrap_or_default();
    let page = MailPage {
        subject: mail.subject().unwrap_or_default().to_owned(),
        from: written(mail.from()),
        to: addressee(&mail, &facts, ctx.locale()),
        at: sent_at(&mail, ctx.locale()),
        lines: text.lines().map(pieces).collect(),
        files: mail
            .attachments()
            .enumerate()
            .map(|(part, file)| FileView {
                name: file_name(file, part),
                size: crate::documents::size_text(
                    i64::try_from(file.len()).unwrap_or(i64::MAX),
                    ctx.locale(),
                ),
                href: format!("/kerja/surel/{name}/lampiran/{part}"),
            })
            .collect(),
    };
    ctx.page(&page)
}

fn file_name(file: &mail_parser::MessagePart<'_>, part: usize) -> String {
    let kind = file.content_type();
    file.attachment_name()
        .map(str::to_owned)
        .unwrap_or_else(|| {
            let calendar = kind.is_some_and(|kind| kind.subtype() == Some("calendar"));
            if calendar {
                "undangan.ics".to_owned()
            } else {
                format!("lampiran-{}", part + 1)
            }
        })
}

/// A line with its web addresses told apart.
fn pieces(line: &str) -> Vec<PieceView> {
    let mut pieces: Vec<PieceView> = Vec::new();
    for word in line.split_inclusive(' ') {
        let address = word.trim_end();
        if address.starts_with("http://") || address.starts_with("https://") {
            pieces.push(PieceView {
                text: address.to_owned(),
                href: Some(address.to_owned()),
            });
        } else if let Some(last) = pieces.last_mut().filter(|last| last.href.is_none()) {
            last.text.push_str(word);
        } else {
            pieces.push(PieceView {
                text: word.to_owned(),
                href: None,
            });
        }
    }
    pieces
}

#[handler]
async fn attachment(
    SignedIn(ctx): SignedIn,
    Path((name, part)): Path<(String, u32)>,
) -> Result<Response> {
    let (bytes, _) = opened(&ctx, &name).await?;
    let mail = MessageParser::default()
        .parse(&bytes)
        .ok_or(Error::NotFound)?;
    let file = mail.attachment(part).ok_or(Error::NotFound)?;
    let name = file_name(file, usize::try_from(part).unwrap_or_default());
    // A PDF opens in the browser; anything else is only ever saved.
    let pdf = file.contents().starts_with(b"%PDF-");
    let kind = if pdf {
        "application/pdf"
    } else {
        "application/octet-stream"
    };
    Ok(ctx.download(&name, kind, file.contents().to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_line_can_be_opened() {
        let found = pieces("Jawab di https://rembuk.example/undangan/abc sekarang");
        assert_eq!(found.len(), 3);
        assert_eq!(
            found[1].href.as_deref(),
            Some("https://rembuk.example/undangan/abc")
        );
        assert!(
            pieces("javascript:alert(1)")
                .iter()
                .all(|piece| piece.href.is_none())
        );
        assert!(pieces("").is_empty());
    }
}
