//! The page of papers that are brought by hand: what can be printed, how far it is, and the files.

use poem::{Response, Route, get, handler, web::Path};
use serde::Serialize;

use super::printing as papers;
use crate::{
    access::{self, Ctx, Permission, SignedIn},
    calendar::dates,
    forums::{self, ForumId},
    invitations::{
        Chosen, PrintId,
        printing::{self, Bundle, Papers, Part, Print},
    },
    organisation,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{cookies::FlashKind, forms::Form, pages::Page},
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/forum/:id/undangan/cetak/:print/:number", get(take))
        .at("/kerja/forum/:id/undangan/cetak/kemajuan", get(progress))
        .at("/kerja/forum/:id/undangan/cetak", get(show).post(start))
}

#[derive(Serialize)]
struct PrintPage {
    action: String,
    back_href: String,
    forum_title: String,
    /// Why nothing can be printed now.
    closed: Option<String>,
    offers: Vec<OfferView>,
    #[serde(flatten)]
    made: MadePart,
}

/// What was asked for and how far it is: the part of the page that is fetched again while files are made.
#[derive(Serialize)]
struct MadePart {
    reload_href: String,
    progress_href: String,
    prints: Vec<PrintView>,
    /// Some file is on its way.
    busy: bool,
}

impl Page for MadePart {
    const TEMPLATE: &'static str = "attendance/prints";
    fn title(&self, locale: Locale) -> String {
        t(locale, "invitations-print-title")
    }
}

#[derive(Serialize)]
struct OfferView {
    filter: &'static str,
    seen: String,
    title: String,
}

#[derive(Serialize)]
struct PrintView {
    title: String,
    note: String,
    percent: usize,
    progress: String,
    /// The forum moved or the letter was corrected since: these papers are not given out any more.
    outdated: bool,
    files: Vec<FileView>,
}

#[derive(Serialize)]
struct FileView {
    label: String,
    /// None while it is made, or when it will never be.
    href: Option<String>,
    failed: bool,
}

impl Page for PrintPage {
    const TEMPLATE: &'static str = "attendance/print";
    fn title(&self, locale: Locale) -> String {
        t(locale, "invitations-print-title")
    }
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (bundle, may) = printing::place(&ctx, ForumId::parse(&id)?).await?;
    let (db, locale) = (&ctx.app.db, ctx.locale());
    let list = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let offers = match may {
        Ok(()) => printing::offers(db, &bundle.forum).await?,
        Err(_) => Vec::new(),
    };
    let page = PrintPage {
        action: format!("{list}/cetak"),
        forum_title: bundle.forum.title.clone(),
        closed: may.err().map(|broken| Error::from(broken).text(locale)),
        offers: offers
            .into_iter()
            .map(|offer| OfferView {
                title: Message::new(match offer.filter {
                    "" => "invitations-print-everybody",
                    "replaced" => "invitations-print-replaced",
                    _ => "invitations-print-waiting",
                })
                .with("count", offer.count)
                .text(locale),
                filter: offer.filter,
                seen: offer.seen,
            })
            .collect(),
        made: made_part(&ctx, &bundle).await?,
        back_href: list,
    };
    ctx.page_in(&organisation::brand_of(&bundle.unit), &page)
}

/// The changing part alone, for the page that is open.
#[handler]
async fn progress(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let (bundle, _) = printing::place(&ctx, ForumId::parse(&id)?).await?;
    ctx.page(&made_part(&ctx, &bundle).await?)
}

async fn made_part(ctx: &Ctx, bundle: &Bundle) -> Result<MadePart> {
    let (db, locale) = (&ctx.app.db, ctx.locale());
    let list = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let recent = printing::recent(db, &bundle.forum).await?;
    let people = recent.iter().filter_map(|(print, _)| print.created_by);
    let names = access::person_names(db, people.collect()).await?;
    let open = |file: &Part| file.done_at.is_none() && file.failed_at.is_none();
    let view = |(print, files): &(Print, Vec<Part>)| {
        let who = print.created_by.and_then(|person| names.get(&person));
        let at = print.created_at.with_timezone(&bundle.zone);
        let note = Message::new("invitations-print-asked")
            .with("who", who.map_or("–", String::as_str))
            .with("at", dates::date_time(&at, locale));
        let mut view = view_of(ctx, (print, files), note.text(locale), &list);
        view.outdated = printing::is_outdated(print, &bundle.forum, bundle.letter.as_ref());
        view
    };
    Ok(MadePart {
        reload_href: format!("{list}/cetak"),
        progress_href: format!("{list}/cetak/kemajuan"),
        busy: recent.iter().any(|(_, files)| files.iter().any(open)),
        prints: recent.iter().map(view).collect(),
    })
}

fn view_of(ctx: &Ctx, (print, files): (&Print, &[Part]), note: String, list: &str) -> PrintView {
    let locale = ctx.locale();
    let people = |file: &Part| file.recipients.0.len();
    let made = files.iter().filter(|file| file.done_at.is_some());
    let (done, all) = (
        made.map(people).sum::<usize>(),
        files.iter().map(people).sum::<usize>(),
    );
    let mut before = 0;
    let views = files.iter().map(|file| {
        let (first, last) = (before + 1, before + people(file));
        before = last;
        let made = file.file_key.is_some();
        FileView {
            label: Message::new("invitations-print-file")
                .with("first", first)
                .with("last", last)
                .text(locale),
            href: made.then(|| format!("{list}/cetak/{}/{}", print.id, file.number)),
            failed: file.failed_at.is_some(),
        }
    });
    let files = views.collect();
    let sides = match print.double_sided {
        true => "invitations-print-double",
        false => "invitations-print-single",
    };
    PrintView {
        title: Message::new(&format!("invitations-print-{}-of", print.kind.code()))
            .with("count", all)
            .text(locale),
        note: format!("{note}. {}", t(locale, sides)),
        percent: (done * 100).checked_div(all).unwrap_or_default(),
        progress: Message::new("invitations-print-progress")
            .with("done", done)
            .with("all", all)
            .text(locale),
        outdated: false,
        files,
    }
}

#[handler]
async fn start(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    forums::get(&ctx, id, Permission::SendInvitations).await?;
    let kind = Papers::parse(form.get("papers"))
        .ok_or_else(|| Error::field("papers", Message::new("field-choose")))?;
    let chosen = Chosen::of(&form)?;
    let list = format!("/kerja/forum/{id}/undangan");
    if chosen.is_empty() {
        let message = Message::new("invitations-bulk-none");
        return Ok(ctx.redirect_with(&format!("{list}#daftar"), FlashKind::Error, &message));
    }
    let how = (kind, form.is_on("double_sided"));
    let started = match papers::start(&ctx, id, how, &chosen).await {
        Err(Error::Invalid(faults)) => {
            let message = faults.into_iter().next().map(|fault| fault.message);
            let message = message.unwrap_or_else(|| Message::new("invitations-print-nobody"));
            return Ok(ctx.redirect_with(&format!("{list}#daftar"), FlashKind::Info, &message));
        }
        done => done?,
    };
    let key = match started.left {
        0 => "invitations-print-started",
        _ => "invitations-print-started-some",
    };
    let message = Message::new(key)
        .with("count", started.print.total)
        .with("left", started.left);
    Ok(ctx.redirect_with(&format!("{list}/cetak#cetakan"), FlashKind::Ok, &message))
}

#[handler]
async fn take(
    SignedIn(ctx): SignedIn,
    Path((id, print, number)): Path<(String, String, String)>,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let number = number.parse().map_err(|_| Error::NotFound)?;
    let (name, bytes) = printing::file(&ctx, id, PrintId::parse(&print)?, number).await?;
    Ok(ctx.download(&name, "application/pdf", bytes))
}
