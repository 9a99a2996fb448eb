//! The page of the evidence: what is there for each indicator before anybody waits, the button, how far it is, the file.

use chrono::Duration;
use poem::{Response, Route, get, handler, web::Query as Address};
use serde::{Deserialize, Serialize};

use super::{
    contents::{gap_text, standing_key},
    entity::Model as Bundle,
    plan::{Gap, Plan},
    rules::{Artefact, Certainty, Indicator, Standing},
    service::{self, Look},
};
use crate::{
    access::{self, Ctx, Permission, SignedIn, UnitLink},
    action_plans::Chip,
    calendar::dates,
    documents::size_text,
    organisation::Unit,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::{address::encoded, cookies::FlashKind, forms::Form, pages::Page},
    },
};

const PAGE: &str = "/kerja/bukti";
/// After this long it is not awaited on the page any more.
const LONG: Duration = Duration::seconds(30);

pub fn routes(route: Route) -> Route {
    route
        .at(PAGE, get(show).post(start))
        .at("/kerja/bukti/arsip.zip", get(take))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
    tahun: String,
}

#[derive(Serialize)]
struct EvidencePage {
    lead: String,
    units: Vec<UnitLink>,
    years: Vec<UnitLink>,
    unit: String,
    year: String,
    /// This very page.
    here: String,
    aspects: Vec<AspectView>,
    whole: String,
    /// `SKM 2025: 2 dari 3 rekomendasi …`, a line for each period of the year.
    followed: Vec<String>,
    source: String,
    /// The list has to be confirmed with the regulation.
    unconfirmed: bool,
    /// One is being made.
    busy: bool,
    percent: i32,
    progress: String,
    /// It takes long: the page looks less often, and says that nobody has to wait.
    slow: bool,
    failed: bool,
    file: Option<FileView>,
}

#[derive(Serialize)]
struct AspectView {
    title: String,
    indicators: Vec<IndicatorView>,
}

#[derive(Serialize)]
struct IndicatorView {
    number: String,
    asks: String,
    weight: String,
    chip: Chip,
    files_text: String,
    files: Vec<String>,
    missing: Vec<MissingView>,
    /// What the office adds itself.
    outside: String,
}

#[derive(Serialize)]
struct MissingView {
    text: String,
    /// Where it is made, for who may open that.
    href: Option<String>,
}

#[derive(Serialize)]
struct FileView {
    href: String,
    label: String,
    note: String,
}

impl Page for EvidencePage {
    const TEMPLATE: &'static str = "evidence_bundle/show";
    fn title(&self, locale: Locale) -> String {
        t(locale, "evidence-title")
    }
}

async fn chosen(ctx: &Ctx, wanted: &Wanted) -> Result<(Unit, Vec<Unit>, i32)> {
    let (unit, units) = access::working_in(ctx, Permission::ViewEvidence, &wanted.unit).await?;
    let asked = match wanted.tahun.as_str() {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|_| crate::platform::error::Error::NotFound)?,
        ),
    };
    let year = service::year(ctx, &unit, asked)?;
    Ok((unit, units, year))
}

fn address(path: &str, unit: &str, year: i32) -> String {
    format!("{path}?unit={}&tahun={year}", encoded(unit))
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Address(wanted): Address<Wanted>) -> Result<Response> {
    let (unit, units, year) = chosen(&ctx, &wanted).await?;
    let present = service::year(&ctx, &unit, None)?;
    let look = service::look(&ctx, unit, year).await?;
    ctx.page(&page(&ctx, &look, &units, present))
}

fn page(ctx: &Ctx, look: &Look, units: &[Unit], present: i32) -> EvidencePage {
    let (plan, locale) = (&look.plan, ctx.locale());
    let (unit, year) = (&plan.unit, plan.year);
    let running = look.last.as_ref().filter(|bundle| bundle.is_running());
    let lead = Message::new("evidence-lead")
        .with("unit", &unit.name)
        .with("year", year.to_string());
    let list = &plan.indicators;
    let count = |standing| {
        let all = list.indicator.iter();
        all.filter(|one| plan.standing(one) == standing).count()
    };
    EvidencePage {
        lead: lead.text(locale),
        units: match units {
            [_] => Vec::new(),
            units => units
                .iter()
                .map(|one| UnitLink {
                    href: address(PAGE, &one.code, year),
                    label: one.short_name.clone(),
                    active: one.id == unit.id,
                })
                .collect(),
        },
        years: (present - 2..=present)
            .rev()
            .map(|one| UnitLink {
                href: address(PAGE, &unit.code, one),
                label: one.to_string(),
                active: one == year,
            })
            .collect(),
        unit: unit.code.clone(),
        year: year.to_string(),
        here: address(PAGE, &unit.code, year),
        aspects: aspects(ctx, plan),
        whole: Message::new("evidence-whole")
            .with("whole", count(Standing::Whole))
            .with("partly", count(Standing::Partly))
            .with("missing", count(Standing::Missing))
            .with("all", list.indicator.len())
            .text(locale),
        followed: plan
            .recommended
            .iter()
            .filter_map(|of| Some(format!("{}: {}", of.period, of.followed().text(locale)?)))
            .collect(),
        source: match locale {
            Locale::Id => list.source.clone(),
            Locale::En => list.source_en.clone(),
        },
        unconfirmed: list.certainty == Certainty::Secondary,
        busy: running.is_some(),
        percent: running.map_or(0, |bundle| bundle.done * 100 / bundle.steps.max(1)),
        progress: running.map_or_else(String::new, |bundle| {
            Message::new("evidence-progress")
                .with("done", bundle.done)
                .with("all", bundle.steps)
                .text(locale)
        }),
        slow: running.is_some_and(|bundle| ctx.now > bundle.asked_at + LONG),
        failed: look
            .last
            .as_ref()
            .is_some_and(|one| one.failed_at.is_some()),
        file: look.made.as_ref().map(|made| file(plan, made, locale)),
    }
}

fn file(plan: &Plan, made: &Bundle, locale: Locale) -> FileView {
    let at = made.made_at.unwrap_or(made.asked_at);
    let note = Message::new("evidence-made")
        .with("who", &made.asked_name)
        .with(
            "at",
            dates::date_time(&at.with_timezone(&plan.zone), locale),
        )
        .with("hash", made.sha256.clone().unwrap_or_default());
    FileView {
        href: address("/kerja/bukti/arsip.zip", &plan.unit.code, plan.year),
        label: Message::new("evidence-download")
            .with("size", size_text(made.size, locale))
            .text(locale),
        note: note.text(locale),
    }
}

fn aspects(ctx: &Ctx, plan: &Plan) -> Vec<AspectView> {
    let locale = ctx.locale();
    let mut found: Vec<AspectView> = Vec::new();
    let mut last = None;
    for indicator in &plan.indicators.indicator {
        if last != Some(indicator.aspect) {
            last = Some(indicator.aspect);
            found.push(AspectView {
                title: t(locale, indicator.aspect.label_key()),
                indicators: Vec::new(),
            });
        }
        if let Some(aspect) = found.last_mut() {
            aspect.indicators.push(view(ctx, plan, indicator));
        }
    }
    found
}

fn view(ctx: &Ctx, plan: &Plan, indicator: &Indicator) -> IndicatorView {
    let locale = ctx.locale();
    let standing = plan.standing(indicator);
    let (kind, icon) = match standing {
        Standing::Whole => ("ok", "check-lg"),
        Standing::Partly => ("soon", "hourglass-split"),
        Standing::Missing => ("late", "exclamation-circle"),
    };
    let (asks, outside) = match locale {
        Locale::Id => (&indicator.asks_id, &indicator.outside_id),
        Locale::En => (&indicator.asks_en, &indicator.outside_en),
    };
    let files: Vec<String> = plan
        .serving(indicator)
        .map(|one| one.name.clone())
        .collect();
    IndicatorView {
        files_text: Message::new("evidence-files-count")
            .with("count", files.len())
            .text(locale),
        files,
        number: indicator.number.clone(),
        asks: asks.clone(),
        weight: format!("{}%", indicator.weight),
        chip: Chip {
            kind,
            text: t(locale, standing_key(plan, indicator)),
            icon,
        },
        missing: plan
            .missing(indicator)
            .map(|gap| MissingView {
                text: gap_text(plan, gap, locale),
                href: door(ctx, plan, gap),
            })
            .collect(),
        outside: outside.clone(),
    }
}

/// The page on which it is made, for who may do it there.
fn door(ctx: &Ctx, plan: &Plan, gap: &Gap) -> Option<String> {
    let permission = match gap.artefact {
        // Standards are read in from a file by who looks after the program.
        Artefact::Standards | Artefact::Decree | Artefact::Charter => return None,
        Artefact::Invitation
        | Artefact::BeritaAcara
        | Artefact::Attendance
        | Artefact::Minutes
        | Artefact::Photos
        | Artefact::ForumReport => Permission::ManageForum,
        Artefact::SurveyReport | Artefact::Publications => Permission::ManageSurveys,
        Artefact::Matrix | Artefact::FollowUp => Permission::ManageActions,
        Artefact::Register | Artefact::Recapitulation => Permission::ViewComplaints,
    };
    ctx.may(permission, plan.unit.id).then(|| gap.href.clone())
}

#[handler]
async fn start(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let wanted = Wanted {
        unit: form.get("unit").to_owned(),
        tahun: form.get("tahun").to_owned(),
    };
    let (unit, _, year) = chosen(&ctx, &wanted).await?;
    service::start(&ctx, &unit, year).await?;
    let here = address(PAGE, &unit.code, year);
    Ok(ctx.redirect_with(&here, FlashKind::Ok, &Message::new("evidence-started")))
}

#[handler]
async fn take(SignedIn(ctx): SignedIn, Address(wanted): Address<Wanted>) -> Result<Response> {
    let (unit, _, year) = chosen(&ctx, &wanted).await?;
    let (name, bytes) = service::take(&ctx, &unit, year).await?;
    Ok(ctx.attachment(&name, "application/zip", bytes))
}
