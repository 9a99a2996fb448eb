//! Beside a case whose citizen no mail reaches: what somebody has to tell them, and by which way, with a text for it.

use poem::{Response, handler, web::Path};
use serde::Serialize;

use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    complaints::{
        calling, emails,
        entity::{
            call::{self, Way},
            complaint,
        },
        handling,
        rules::{Direction, Teller},
        store,
        timeline::{self, Reader},
        viewing::Case,
    },
    organisation,
    platform::{
        error::{Error, Result},
        i18n::{Message, t},
        web::{cookies::FlashKind, forms::Form},
    },
};

/// What the form says where no contact is left.
const UNREACHED: &str = "unreached";

#[derive(Serialize)]
pub(super) struct CallPanel {
    title: String,
    lead: String,
    news: Vec<String>,
    /// They can be rung up, also whose mailbox came in since the news.
    by_phone: bool,
    /// None where the identity is not this reader's to see.
    phone: Option<String>,
    whatsapp_action: Option<String>,
    /// Where the letter is written; None for who may not, and for the other ways.
    letter_href: Option<String>,
    text_label: String,
    text: String,
    /// None for who only looks.
    done_action: Option<String>,
    way: &'static str,
    done_label: String,
}

/// None where nothing waits to be told.
pub(super) async fn panel(ctx: &Ctx, case: &Case) -> Result<Option<CallPanel>> {
    let (db, of) = (&ctx.app.db, &case.complaint);
    let waiting = store::waiting_calls(db, of).await?;
    let Some(last) = waiting.last().filter(|_| case.sight.text) else {
        return Ok(None);
    };
    let locale = ctx.locale();
    let base = format!("/kerja/pengaduan/{}", of.number);
    let works = ctx.may(Permission::AnswerComplaint, handling::place(of));
    let reach = calling::reach(ctx, of).await?;
    let (teller, by_phone) = (reach.teller, reach.by_phone);
    let code = teller.code();
    let word = |part: &str| {
        Message::new(&format!("calling-{part}-{code}"))
            .with("tracking", &reach.tracking)
            .text(locale)
    };
    let phone = case.identity.phone.clone().filter(|_| by_phone);
    let writes = ctx.may(Permission::IssueClarification, of.unit_id) && of.answered_at.is_some();
    let text = match teller {
        Teller::Sp4n | Teller::Letter => told_with(case, last),
        Teller::Mail | Teller::Phone | Teller::Nobody => {
            let unit = organisation::unit(db, of.unit_id).await?;
            calling::prepared(ctx, of, (&unit, &case.history), last)
        }
    };
    Ok(Some(CallPanel {
        title: word("title"),
        lead: word("lead"),
        news: waiting
            .iter()
            .map(|one| {
                let at = dates::date_time(&one.at.with_timezone(&case.zone), locale);
                // What came later has overtaken it: only the last is to be told.
                let key = match one.id == last.id {
                    true => "calling-line",
                    false => "calling-line-before",
                };
                Message::new(key)
                    .with("headline", &one.headline)
                    .with("at", at)
                    .text(locale)
            })
            .collect(),
        by_phone,
        whatsapp_action: (phone.is_some() && works).then(|| format!("{base}/hubungi/whatsapp")),
        phone,
        letter_href: (teller == Teller::Letter && writes).then(|| format!("{base}/surat")),
        text_label: word("text"),
        text,
        done_action: works.then(|| format!("{base}/hubungi")),
        way: match teller {
            Teller::Sp4n => "sp4n",
            Teller::Letter => "letter",
            Teller::Nobody => UNREACHED,
            Teller::Mail | Teller::Phone => "spoken",
        },
        done_label: t(locale, &format!("calling-done-{code}")),
    }))
}

/// What the office wrote with this news: it is copied where they read it. News without a message is told with its
/// reason, as the citizen would read it on their page.
fn told_with(case: &Case, news: &call::Model) -> String {
    let mut messages = case.messages.iter().rev();
    let written =
        messages.find(|message| message.direction == Direction::Out && message.at >= news.at);
    if let Some(message) = written {
        return message.text.clone();
    }
    let mut history = timeline::for_citizen(case.history.clone());
    history.retain(|event| event.at == news.at);
    let locale = emails::locale_of(&case.complaint);
    let lines = timeline::lines(&history, &case.messages, Reader::Citizen, case.zone, locale);
    let reasons = lines.into_iter().map(|line| line.text);
    let mut words: Vec<String> = std::iter::once(news.headline.clone())
        .chain(reasons)
        .collect();
    words.retain(|part| !part.is_empty());
    words.join("\n\n")
}

/// What is said when something was done that the citizen has to hear: how they hear of it, if not by a mail.
pub(super) async fn flash(ctx: &Ctx, of: &complaint::Model) -> Result<Option<Message>> {
    let reach = calling::reach(ctx, of).await?;
    if reach.teller == Teller::Mail {
        return Ok(None);
    }
    let waits = !store::waiting_calls(&ctx.app.db, of).await?.is_empty();
    let said = match reach.teller {
        Teller::Nobody if waits => UNREACHED,
        teller => teller.code(),
    };
    let message = Message::new(&format!("calling-flash-{said}"));
    Ok(Some(message.with("tracking", reach.tracking)))
}

/// The redirect leads out of the program, which the content policy allows to the addresses of WhatsApp only.
#[handler]
pub(super) async fn open_whatsapp(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    _form: Form,
) -> Result<Response> {
    calling::require(&ctx, &number).await?;
    Ok(ctx.redirect(&calling::whatsapp(&ctx, &number).await?))
}

#[handler]
pub(super) async fn tick(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    let way = match form.get("cara") {
        "letter" => Way::Letter,
        "sp4n" => Way::Sp4n,
        UNREACHED => Way::Unreached,
        "" | "spoken" => Way::Spoken,
        _ => return Err(Error::field("cara", Message::new("field-unknown-choice"))),
    };
    calling::done(&ctx, &number, way).await?;
    let case = super::case::back(&form, &number, "berikutnya");
    let noted = match way {
        Way::Unreached => "calling-unreached",
        Way::Whatsapp | Way::Spoken | Way::Letter | Way::Sp4n => "calling-told",
    };
    Ok(ctx.redirect_with(&case, FlashKind::Ok, &Message::new(noted)))
}
