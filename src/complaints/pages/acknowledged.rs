//! The receipt: number, code, the day of the answer and why, and what came along.

use poem::{Request, Response, handler};
use serde::Serialize;

use super::{
    FactView,
    new::{sees_words, told_words},
    status::{allowed, ask_again, entries},
};
use crate::{
    access::{Ctx, Public},
    complaints::{
        explain::{self, DueView},
        receipt as document, rules,
        timeline::EntryView,
        tracking::{self, Tracked},
        words,
    },
    organisation,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        qr,
        web::pages::Page,
    },
};

#[derive(Serialize)]
struct ReceiptPage {
    number: String,
    /// What it is called, at the head of a sentence and inside one.
    voice: String,
    called: String,
    code: String,
    pdf_href: &'static str,
    track_href: &'static str,
    due: DueView,
    entries: Vec<EntryView>,
    told_words: String,
    sees_words: String,
    /// What came along with the words.
    brought: Vec<FactView>,
    qr_href: &'static str,
}

impl Page for ReceiptPage {
    const TEMPLATE: &'static str = "complaints/receipt";
    fn title(&self, locale: Locale) -> String {
        Message::new("complaints-receipt-received")
            .with("voice", &self.voice)
            .text(locale)
    }
}

#[handler]
pub(super) async fn show_receipt(Public(ctx): Public, request: &Request) -> Result<Response> {
    let Some(id) = allowed(&ctx, request) else {
        return Ok(ask_again(&ctx));
    };
    let tracked = tracking::read(&ctx, id).await?;
    let locale = ctx.locale();
    let of = &tracked.complaint;
    let reporter = tracking::reporter(&ctx, of).await?;
    let page = ReceiptPage {
        number: of.number.clone(),
        voice: words::kind(of.kind, locale),
        called: words::called(of.kind, locale),
        code: rules::grouped(&tracking::code_of(&ctx, of)?).join(" "),
        pdf_href: "/pengaduan/tanda-terima.pdf",
        track_href: "/pengaduan/status",
        due: explain::view(
            of,
            &tracked.clocks.calendar,
            organisation::zone_of(&tracked.unit)?,
            locale,
        ),
        entries: entries(&tracked, locale)?,
        told_words: told_words(reporter.email.as_deref(), locale),
        sees_words: sees_words((of.anonymous, of.confidential), &reporter, locale),
        brought: brought(&ctx, &tracked).await?,
        qr_href: "/pengaduan/tanda-terima.svg",
    };
    ctx.page_in(&organisation::brand_of(&tracked.unit), &page)
}

/// Category, answers and the names of files, as they were acknowledged.
pub(super) async fn brought(ctx: &Ctx, tracked: &Tracked) -> Result<Vec<FactView>> {
    let locale = ctx.locale();
    let asked = tracking::details(ctx, &tracked.complaint).await?;
    let mut facts = Vec::new();
    if let Some(category) = asked.category {
        facts.push(FactView::new(t(locale, "filing-category"), category));
    }
    facts.extend(
        asked
            .answers
            .into_iter()
            .map(|(label, answer)| FactView::new(label, answer)),
    );
    let own = tracked.files.iter().filter(|file| file.by_citizen);
    let names: Vec<&str> = own.map(|file| file.name.as_str()).collect();
    if !names.is_empty() {
        facts.push(FactView::new(t(locale, "filing-files"), names.join(", ")));
    }
    Ok(facts)
}

/// Leads to the page that asks for the code; the code itself is in no picture.
#[handler]
pub(super) async fn receipt_qr(Public(ctx): Public, request: &Request) -> Result<Response> {
    let Some(id) = allowed(&ctx, request) else {
        return Ok(ask_again(&ctx));
    };
    let tracked = tracking::read(&ctx, id).await?;
    let number = &tracked.complaint.number;
    let address = ctx.app.url(&format!("/lacak?nomor={number}"));
    Ok(Response::builder()
        .content_type("image/svg+xml")
        .body(qr::drawing(&address)?))
}

#[handler]
pub(super) async fn receipt_pdf(Public(ctx): Public, request: &Request) -> Result<Response> {
    let Some(id) = allowed(&ctx, request) else {
        return Ok(ask_again(&ctx));
    };
    let tracked = tracking::read(&ctx, id).await?;
    let of = &tracked.complaint;
    let code = tracking::code_of(&ctx, of)?;
    let bytes = document::pdf(&ctx, of, &tracked.unit, &code).await?;
    let name = format!("tanda-terima-{}.pdf", of.number);
    Ok(ctx.download(&name, "application/pdf", bytes))
}
