//! `/kerja/pengaduan/baru`: one page, in the order in which somebody speaks: which way, what, who, when. Saving opens
//! the next empty one with the same channel.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    LONG_AGO, correcting, form as paper_form,
    service::{self, Noted},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    complaints::{
        filing::{
            asking::{self, QuestionView},
            categories::{self, Sort},
        },
        rules::{Channel, Kind},
        viewing,
        ways::{channels, paper},
        words,
    },
    organisation::{self, Unit},
    platform::{
        crypto,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

const PAGE: &str = "/kerja/pengaduan/baru";
/// The button that shows what the category asks, and saves nothing.
const QUESTIONS: &str = "questions";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/pengaduan/baru", get(show_form).post(send))
        .at("/kerja/pengaduan/:number/formulir.pdf", get(form_pdf))
        .at(
            "/kerja/pengaduan/:number/tanggal-diterima",
            get(correcting::show).post(correcting::keep),
        )
}

#[derive(Serialize)]
struct EntryPage {
    errors: Vec<ErrorLine>,
    unit: String,
    form_key: String,
    today: String,
    /// The day of receipt that was asked about: saved again, it is meant.
    sure: String,
    fields: FormView,
    /// What the chosen category asks, once that was asked for; and the mark of those questions.
    questions: Vec<QuestionView>,
    asked: String,
    /// Where the cursor stands: `channel`, or `subject` when the channel is known already.
    begin: &'static str,
    /// The less usual fields are open.
    more: bool,
    last: Option<LastView>,
}

/// What was saved just now.
#[derive(Serialize)]
struct LastView {
    number: String,
    title: String,
    due_words: String,
    href: String,
    form_href: String,
    receipt_href: String,
    restricted_href: String,
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "complaints/ways/entry";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-register-title")
    }
}

#[derive(Deserialize)]
struct Asked {
    kanal: Option<String>,
    terakhir: Option<String>,
}

async fn fields(ctx: &Ctx, unit: &Unit) -> Result<FormView> {
    let locale = ctx.locale();
    let now = ctx.now.with_timezone(&organisation::zone_of(unit)?);
    let usable = channels::usable(&ctx.app.db, unit.id).await?;
    let kinds = Kind::all().map(|kind| (kind.code(), words::kind(kind, locale)));
    let services = service::services_of(&ctx.app.db, unit).await?;
    let names = services.into_iter().map(|(_, name)| name).collect();
    let mut sorts = vec![(String::new(), t(locale, "complaints-right-no-category"))];
    sorts.extend(categories::offered(&ctx.app.db, unit.id).await?);
    Ok(FormView::new()
        .choice("channel", true, channels::choices(&usable, locale))
        .choice("kind", true, kinds.collect())
        .with("kind", Kind::default().code())
        .field("subject", false, 150)
        .field("description", true, 5000)
        .field("service", false, 120)
        .suggesting("service", names)
        .choice("category", false, sorts)
        .field("name", false, 120)
        .field("phone", false, 40)
        .field("email", false, 254)
        .field("address", false, 300)
        .field("represented_by", false, 120)
        .field("letter_number", false, 80)
        .field("letter_date", false, 10)
        .field("anonymous", false, 0)
        .field("confidential", false, 0)
        .field("received_on", true, 0)
        .field("received_time", true, 5)
        .with("received_on", now.format("%Y-%m-%d").to_string())
        .with("received_time", now.format("%H:%M").to_string()))
}

/// Which channel this person works through: the one that the address names, else the one they used last.
async fn remembered(ctx: &Ctx, unit: &Unit, named: Option<&str>) -> Result<Option<Channel>> {
    if let Some(channel) = named.and_then(Channel::parse) {
        return Ok(Some(channel));
    }
    match ctx.person_id() {
        Some(person) => paper::last_channel(&ctx.app.db, unit.id, person).await,
        None => Ok(None),
    }
}

async fn page(
    ctx: &Ctx,
    unit: &Unit,
    view: FormView,
    (form, faults): (Option<&Form>, &[FieldError]),
    last: Option<LastView>,
) -> Result<Response> {
    let zone = organisation::zone_of(unit)?;
    let value = |name: &str| {
        view.fields
            .get(name)
            .map_or("", |field| field.value.as_str())
    };
    let begin = if value("channel").is_empty() {
        "channel"
    } else {
        "subject"
    };
    let rare = ["letter_number", "letter_date", "represented_by", "email"];
    let more = matches!(value("channel"), "letter" | "email")
        || rare.iter().any(|name| !value(name).is_empty())
        || faults
            .iter()
            .any(|fault| rare.contains(&fault.field.as_str()));
    let sort = asked_about(ctx, unit, form).await?;
    let mark = sort.as_ref().map(service::mark_of).unwrap_or_default();
    // Answers to the questions of another category are not these.
    let answers = form
        .filter(|form| form.get("asked") == mark)
        .map(asking::answers_of)
        .unwrap_or_default();
    let view = asking::with_questions(view, sort.as_ref(), &answers, ctx.locale());
    let (mut fields, errors) = view.refused(faults, ctx.locale());
    let questions = asking::questions(&mut fields, sort.as_ref());
    let key = form.map(|form| form.get("form_key")).unwrap_or_default();
    let page = EntryPage {
        errors,
        unit: unit.code.clone(),
        form_key: if key.is_empty() {
            crypto::random_token()
        } else {
            key.to_owned()
        },
        sure: sure(form, faults, "received_on"),
        today: ctx.today_in(zone).format("%Y-%m-%d").to_string(),
        fields,
        questions,
        asked: mark,
        begin,
        more,
        last,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

/// The category whose questions the page shows: the chosen one, once somebody asked for them.
async fn asked_about(ctx: &Ctx, unit: &Unit, form: Option<&Form>) -> Result<Option<Sort>> {
    let wants = |form: &&Form| form.get("then") == QUESTIONS || !form.get("asked").is_empty();
    let Some(form) = form.filter(wants) else {
        return Ok(None);
    };
    match categories::named(&ctx.app.db, unit.id, form.get("category")).await {
        Err(Error::Invalid(_)) => Ok(None),
        named => Ok(named?.map(Sort::as_told)),
    }
}

/// The day that was asked about just now, or before.
pub fn sure(form: Option<&Form>, faults: &[FieldError], field: &str) -> String {
    let asked = faults.iter().any(|fault| fault.message.key() == LONG_AGO);
    let name = if asked { field } else { "received_sure" };
    form.map(|form| form.get(name))
        .unwrap_or_default()
        .to_owned()
}

#[handler]
async fn show_form(SignedIn(ctx): SignedIn, Query(asked): Query<Asked>) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let unit = viewing::home_unit(&ctx).await?;
    let mut view = fields(&ctx, &unit).await?;
    if let Some(channel) = remembered(&ctx, &unit, asked.kanal.as_deref()).await? {
        let usable = channels::usable(&ctx.app.db, unit.id).await?;
        if usable.contains(&channel) {
            view = view.with("channel", channel.code());
        }
    }
    let last = match asked.terakhir {
        Some(number) => last_saved(&ctx, &unit, &number).await?,
        None => None,
    };
    page(&ctx, &unit, view, (None, &[]), last).await
}

/// An address may name what the reader may not see: then nothing is said of it.
async fn last_saved(ctx: &Ctx, unit: &Unit, number: &str) -> Result<Option<LastView>> {
    let found = match super::super::seen(ctx, number).await {
        Ok(found) => found,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let zone = organisation::zone_of(unit)?;
    let base = format!("/kerja/pengaduan/{}", found.number);
    Ok(Some(LastView {
        title: Message::new("ways-entry-saved")
            .with("number", &found.number)
            .text(ctx.locale()),
        due_words: Message::new("ways-entry-due")
            .with(
                "at",
                dates::date_time(&found.due_at.with_timezone(&zone), ctx.locale()),
            )
            .text(ctx.locale()),
        number: found.number,
        form_href: format!("{base}/formulir.pdf"),
        receipt_href: format!("{base}/tanda-terima.pdf"),
        restricted_href: format!("{base}/berkas-terbatas"),
        href: base,
    }))
}

#[handler]
async fn send(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    ctx.require_scope(Permission::RegisterComplaint)?;
    let unit = organisation::unit_by_code(&ctx.app.db, form.get("unit")).await?;
    ctx.require(Permission::RegisterComplaint, unit.id)?;
    if form.get("then") == QUESTIONS {
        let view = fields(&ctx, &unit).await?.typed(&form);
        return page(&ctx, &unit, view, (Some(&form), &[]), None).await;
    }
    let outcome = match Noted::of(&ctx, &unit, &form).await {
        Ok(noted) => service::take_down(&ctx, &unit, noted).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(filed) if form.get("then") == "next" => {
            let (number, channel) = (&filed.complaint.number, filed.complaint.channel.code());
            Ok(ctx.redirect(&format!("{PAGE}?kanal={channel}&terakhir={number}")))
        }
        Ok(filed) => Ok(ctx.redirect_with(
            &format!("/kerja/pengaduan/{}", filed.complaint.number),
            FlashKind::Ok,
            &Message::new("complaints-registered").with("number", &filed.complaint.number),
        )),
        Err(Error::Invalid(faults)) => {
            let mut view = fields(&ctx, &unit).await?.typed(&form);
            if form.get("kind").is_empty() {
                view = view.with("kind", Kind::default().code());
            }
            page(&ctx, &unit, view, (Some(&form), &faults), None).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn form_pdf(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    let (name, bytes) = paper_form::pdf(&ctx, &number).await?;
    Ok(ctx.download(&name, "application/pdf", bytes))
}
