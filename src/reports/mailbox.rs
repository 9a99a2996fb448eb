//! The mails of the demo, so that one who tries Rembuk can read what citizens and invited people get. Outside
//! `rembuk demo` this page does not exist: mails tell who complained. They are shown as text; their HTML never runs
//! here. To whom a mail about a complaint went is not shown to anybody: that is the complainant.

use std::{collections::HashSet, path::PathBuf};

use mail_parser::{Address, MessageParser, MimeHeaders as _};
use poem::{
    Response, Route, get, handler,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use crate::{
    access::{Ctx, Permission, SignedIn},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        mail::{self, MailId, Transport},
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

/// To whom a mail went, as the page may say it.
fn addressee(
    name: &str,
    mail: &mail_parser::Message<'_>,
    sealed: &HashSet<MailId>,
    locale: Locale,
) -> String {
    let hidden = name.parse().is_ok_and(|id| sealed.contains(&MailId(id)));
    if hidden {
        return t(locale, "mailbox-complainant");
    }
    written(mail.to())
}

#[handler]
async fn list_mails(SignedIn(ctx): SignedIn, Query(filter): Query<Filter>) -> Result<Response> {
    let folder = folder(&ctx)?;
    let wanted = filter.ke.unwrap_or_default().trim().to_lowercase();
    let sealed = mail::sealed(&ctx.app.db).await?;
    let mut rows = Vec::new();
    for name in names(&folder).await? {
        let bytes = read(&folder, &name).await?;
        let Some(mail) = MessageParser::default().parse(&bytes) else {
            continue;
        };
        let to = addressee(&name, &mail, &sealed, ctx.locale());
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
    let bytes = read(&folder(&ctx)?, &name).await?;
    let mail = MessageParser::default()
        .parse(&bytes)
        .ok_or(Error::NotFound)?;
    let text = mail.body_text(0).unwrap_or_default();
    let page = MailPage {
        subject: mail.subject().unwrap_or_default().to_owned(),
        from: written(mail.from()),
        to: addressee(
            &name,
            &mail,
            &mail::sealed(&ctx.app.db).await?,
            ctx.locale(),
        ),
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
    let bytes = read(&folder(&ctx)?, &name).await?;
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
