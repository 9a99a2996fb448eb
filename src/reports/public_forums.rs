//! What the public sees of forums: those to come and those past, with agenda and what came of them.

use poem::{Response, Route, get, handler, web::Path};
use serde::Serialize;

use super::{
    public_inputs::{self, InputView},
    public_results::{self, ResultView},
    unheard,
};
use crate::{
    access::{Ctx, Public},
    action_plans::{self, Chip, Clock, LinkedAction},
    berita_acara,
    calendar::dates,
    documents::{self, Document, Kind},
    follow_up::{self, ActionOutcome, Outcome},
    forums::{self, Forum, ForumId, Stage},
    minutes, organisation,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        traces,
        web::pages::Page,
    },
    registrations::{self, Closed},
};

pub fn routes(route: Route) -> Route {
    route
        .at("/forum/:id", get(show_public))
        .at("/forum/:id/:file", get(public_document))
}

/// The papers that anybody may read; the others hold names and telephones.
const OPEN: [Kind; 3] = [Kind::Schedule, Kind::ReportPublic, Kind::Attendance];

/// Its hours are over, or what was agreed stands already: a record can be locked before the announced end.
pub(super) fn is_past(ctx: &Ctx, forum: &Forum, zone: chrono_tz::Tz) -> bool {
    forum.stage > Stage::BeritaAcara || ctx.now >= forums::ends_at(forum, zone)
}

#[derive(Serialize)]
struct ShowPage {
    title: String,
    /// How far it is, in a word and a colour.
    state: ChipView,
    past: bool,
    cancelled: Option<String>,
    /// Time or place changed since the letter.
    moved: Option<String>,
    moved_title: String,
    register: Option<RegisterView>,
    facts: Vec<FactView>,
    agenda: Vec<AgendaView>,
    points: Vec<PointView>,
    /// What is said of a point without an action.
    point_open: String,
    record: Option<RecordView>,
    inputs: Vec<InputView>,
    actions: Vec<ResultView>,
    /// What is said where there are none.
    no_actions: String,
    photos: Vec<PhotoView>,
    documents: Vec<FileView>,
}

/// Where somebody can register, or why not any more.
#[derive(Serialize)]
struct RegisterView {
    href: Option<String>,
    text: String,
}

#[derive(Serialize)]
struct FactView {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct AgendaView {
    /// Heads the first item of a day, where there are several.
    day: Option<String>,
    time: String,
    title: String,
    who: String,
}

#[derive(Serialize)]
struct ChipView {
    kind: &'static str,
    text: String,
    icon: &'static str,
}

#[derive(Serialize)]
struct PointView {
    number: i32,
    text: String,
    actions: Vec<ActionView>,
    /// The words before the reason.
    because: String,
    /// Why it has no action.
    reason: Option<String>,
}

#[derive(Serialize)]
struct ActionView {
    href: String,
    label: String,
    chip: Chip,
}

/// Where everybody can see that the record is genuine.
#[derive(Serialize)]
struct RecordView {
    number: String,
    code: String,
    href: String,
    amendment: String,
}

/// A photo that somebody released.
#[derive(Serialize)]
struct PhotoView {
    href: String,
    caption: String,
    width: i32,
    height: i32,
}

#[derive(Serialize)]
struct FileView {
    name: String,
    size: String,
    href: String,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "forums/public_show";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

/// A forum that was announced; one still being prepared is nobody's business yet.
async fn announced(ctx: &Ctx, id: &str) -> Result<Forum> {
    let forum = forums::by_id(&ctx.app.db, ForumId::parse(id)?).await?;
    if forum.stage == Stage::Preparation {
        return Err(Error::NotFound);
    }
    Ok(forum)
}

#[handler]
async fn show_public(Public(ctx): Public, Path(id): Path<String>) -> Result<Response> {
    let forum = announced(&ctx, &id).await?;
    let db = &ctx.app.db;
    let locale = ctx.locale();
    let unit = organisation::unit(db, forum.unit_id).await?;
    let zone = organisation::zone_of(&unit)?;
    let clock = Clock::of(&ctx, &unit).await?;
    let announced = forums::as_guests_know(&forum, ctx.now, zone);
    let announced = announced.filter(|_| forum.cancelled_at.is_none());
    let moved = forums::moved_note(&forum, ctx.now, zone, locale);
    let moved = moved.filter(|_| !is_past(&ctx, &forum, zone));
    let shown = announced.as_ref().unwrap_or(&forum);
    // The link is for guests: this page says where they find it.
    let place: Vec<String> = [
        Some(forums::where_in(shown, locale)),
        Some(forums::address_of(shown).to_owned()).filter(|address| !address.is_empty()),
        forums::link_note(shown, locale).filter(|_| !is_past(&ctx, &forum, zone)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let record = berita_acara::public_record(db, &forum).await?;
    let locked_at = record.as_ref().and_then(|record| record.locked_at);
    let ended_early = record.as_ref().and_then(|record| record.ended_early_at);
    let ended_early = ended_early.map(|at| {
        let at = dates::date_time(&at.with_timezone(&zone), locale);
        Message::new("forums-ended-early")
            .with("at", at)
            .text(locale)
    });
    let mut when = vec![forums::when_text(shown, zone, locale)];
    when.extend(ended_early);
    let found = follow_up::outcome(db, &forum).await?;
    let inputs = said(&ctx, &forum, &found).await?;
    let unheard = led_nowhere(&ctx, &forum, (inputs.as_slice(), &found), zone).await?;
    let agenda = forums::agenda(db, &forum).await?;
    let agenda = forums::guests_agenda(&forum, agenda, ctx.now, zone);
    let headings = forums::days::day_headings(shown, &agenda, locale);
    let facts = [
        ("forums-field-when", when.join("\n")),
        ("forums-field-where", place.join("\n")),
        ("forums-field-theme", forum.theme.clone()),
        ("forums-field-scope", forum.scope.label(locale)),
        ("forums-field-target", forum.target.clone()),
    ];
    let page = ShowPage {
        title: forum.title.clone(),
        past: is_past(&ctx, &forum, zone),
        register: register_of(&ctx, &forum).await?,
        state: state_of(&ctx, &forum, &found, zone),
        cancelled: forum.cancelled_at.map(|_| {
            Message::new("forums-cancelled-because")
                .with("reason", traces::for_everybody(&forum.cancel_reason))
                .text(locale)
        }),
        moved_title: moved
            .as_ref()
            .map_or_else(String::new, |note| note.title.clone()),
        moved: moved.map(|note| note.text),
        facts: facts
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(key, text)| FactView {
                term: t(locale, key),
                text,
            })
            .collect(),
        agenda: agenda_views(agenda, headings, locale),
        points: points_of(&found, &clock, locale),
        point_open: t(locale, point_open(&ctx, &forum, zone)),
        record: record.map(|record| RecordView {
            number: record.number,
            code: record.verification_code,
            href: record.verification_href,
            amendment: traces::for_everybody(&record.amendment_reason),
        }),
        inputs: inputs
            .into_iter()
            .map(|input| {
                let unheard = unheard.contains(&input.id);
                public_inputs::of(input, &found, (locked_at, unheard), locale)
            })
            .collect(),
        no_actions: t(
            locale,
            match forum.stage {
                Stage::Closed => "forums-public-became-nothing",
                _ => "forums-public-became-none",
            },
        ),
        actions: public_results::of(&ctx, &found, &clock, zone).await?,
        photos: minutes::published(&ctx, &forum)
            .await?
            .into_iter()
            .map(|photo| PhotoView {
                href: photo.href,
                caption: traces::for_everybody(&photo.caption),
                width: photo.width,
                height: photo.height,
            })
            .collect(),
        documents: open_documents(&ctx, &forum).await?,
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

/// Taken down in haste, and nobody has looked whether somebody is named: public with the record that answers them.
async fn said(ctx: &Ctx, forum: &Forum, found: &Outcome) -> Result<Vec<forums::ForumInput>> {
    match found.has_record {
        true => forums::inputs(&ctx.app.db, forum).await,
        false => Ok(Vec::new()),
    }
}

fn agenda_views(
    agenda: Vec<forums::AgendaItem>,
    headings: Vec<Option<String>>,
    locale: Locale,
) -> Vec<AgendaView> {
    let rows = agenda.into_iter().zip(headings);
    rows.map(|(item, day)| AgendaView {
        day,
        time: forums::time_range(item.starts, item.ends, locale),
        title: item.activity,
        who: item.person_in_charge,
    })
    .collect()
}

/// After so many days nobody is drafting any more. A choice of ours.
const DRAFTING_DAYS: i64 = 60;

fn point_open(ctx: &Ctx, forum: &Forum, zone: chrono_tz::Tz) -> &'static str {
    match (ctx.today_in(zone) - forum.date).num_days() > DRAFTING_DAYS {
        true => "forums-public-point-none",
        false => "forums-public-point-open",
    }
}

/// The inputs of a forum that is over which led to nothing.
async fn led_nowhere(
    ctx: &Ctx,
    forum: &Forum,
    (inputs, found): (&[forums::ForumInput], &Outcome),
    zone: chrono_tz::Tz,
) -> Result<Vec<forums::ForumInputId>> {
    if !is_past(ctx, forum, zone) {
        return Ok(Vec::new());
    }
    let record = berita_acara::summary(&ctx.app.db, forum).await?;
    let taken_up = record.map(|record| record.inputs).unwrap_or_default();
    let held = unheard::held(&ctx.app.db, forum.unit_id).await?;
    let unheard = unheard::among(inputs, &taken_up, found, &held);
    Ok(unheard.into_iter().map(|input| input.id).collect())
}

/// Said while the forum is to come: who finds no seat should know it before the way to the form.
async fn register_of(ctx: &Ctx, forum: &Forum) -> Result<Option<RegisterView>> {
    let offer = registrations::offer(&ctx.app.db, forum.clone(), ctx.now).await?;
    let locale = ctx.locale();
    let left: usize = offer.seats.iter().map(|one| one.left()).sum();
    Ok(match offer.open {
        Ok(()) => Some(RegisterView {
            href: Some(format!("/forum/{}/daftar", forum.id)),
            text: Message::new("registrations-public-left")
                .with("left", left)
                .text(locale),
        }),
        Err(Closed::Full | Closed::Over) if offer.setting.is_some() => Some(RegisterView {
            href: None,
            text: t(locale, "registrations-public-closed"),
        }),
        Err(_) => None,
    })
}

fn state_of(ctx: &Ctx, forum: &Forum, found: &Outcome, zone: chrono_tz::Tz) -> ChipView {
    // Where the next forum was cancelled, or its draft deleted, the promise is still to be kept.
    let goes_on = |one: &ActionOutcome| !one.action.is_settled();
    let (kind, key, icon) = if forum.cancelled_at.is_some() {
        ("late", "forums-cancelled", "x-lg")
    } else if forum.stage == Stage::Closed && found.actions.iter().any(goes_on) {
        ("info", "forums-public-is-carried", "arrow-repeat")
    } else if forum.stage == Stage::Closed && found.actions.is_empty() {
        ("plain", "forums-stage-closed", "check-lg")
    } else if forum.stage == Stage::Closed {
        ("ok", "forums-public-is-closed", "check-circle")
    } else if found.has_record {
        ("info", "forums-public-has-results", "journal-text")
    } else if is_past(ctx, forum, zone) {
        ("plain", "forums-public-is-past", "check-lg")
    } else if ctx.now >= forums::starts_at(forum, zone) {
        ("info", "forums-public-is-running", "calendar-event")
    } else {
        ("info", "forums-public-is-coming", "calendar-event")
    };
    ChipView {
        kind,
        text: t(ctx.locale(), key),
        icon,
    }
}

fn actions_of(
    actions: Option<&Vec<LinkedAction>>,
    clock: &Clock,
    locale: Locale,
) -> Vec<ActionView> {
    let actions = actions.into_iter().flatten();
    actions
        .map(|action| ActionView {
            chip: action_plans::linked_chip(action, clock, locale),
            href: action.public_href.clone(),
            label: traces::for_everybody(&action.title),
        })
        .collect()
}

/// What was agreed, from the record in force; nothing before it is locked.
fn points_of(found: &Outcome, clock: &Clock, locale: Locale) -> Vec<PointView> {
    let points = found.points.iter();
    points
        .map(|point| PointView {
            number: point.number,
            text: traces::for_everybody(&point.text),
            actions: actions_of(Some(&point.actions), clock, locale),
            because: t(locale, point.because_key()),
            reason: point.stands_without().map(traces::for_everybody),
        })
        .collect()
}

/// The copy for everybody. The list of who came goes out with the report that holds it, never before.
async fn published(ctx: &Ctx, forum: &Forum, kind: Kind) -> Result<Option<Document>> {
    let latest = |kind| documents::latest(&ctx.app.db, "forum", forum.id.0, kind);
    if kind == Kind::Attendance && latest(Kind::ReportPublic).await?.is_none() {
        return Ok(None);
    }
    // Held at another time than the letter told, its programme is that of the page.
    if kind == Kind::Schedule && forums::told_otherwise(forum).is_some() {
        let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
        let zone = organisation::zone_of(&unit)?;
        if forums::as_guests_know(forum, ctx.now, zone).is_none() {
            return Ok(None);
        }
    }
    latest(kind).await
}

async fn open_documents(ctx: &Ctx, forum: &Forum) -> Result<Vec<FileView>> {
    let mut views = Vec::new();
    for kind in OPEN {
        if let Some(document) = published(ctx, forum, kind).await? {
            views.push(FileView {
                name: t(ctx.locale(), &format!("forums-public-document-{kind}")),
                size: documents::size_text(document.size, ctx.locale()),
                href: format!("/forum/{}/{kind}.pdf", forum.id),
            });
        }
    }
    Ok(views)
}

#[handler]
async fn public_document(
    Public(ctx): Public,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response> {
    let forum = announced(&ctx, &id).await?;
    let kind = file
        .strip_suffix(".pdf")
        .and_then(Kind::parse)
        .filter(|kind| OPEN.contains(kind))
        .ok_or(Error::NotFound)?;
    let document = published(&ctx, &forum, kind).await?;
    let document = document.ok_or(Error::NotFound)?;
    let bytes = documents::bytes(&ctx.app, &document).await?;
    let name = format!("{}-{}.pdf", kind.file_name(), forum.code);
    Ok(ctx.download(&name, "application/pdf", bytes))
}
