//! What a unit promised, for everybody: no names of persons, no internal notes.

use poem::{
    Response, handler,
    web::{Data, Path, Query as Address},
};
use serde::{Deserialize, Serialize};

use super::{
    Chip, Empty, Fact, FilterLink, Link, Pager, address,
    chain::{self, Entry},
    division_name, due_words, evidence_count,
    list::{Select, year_of, years},
    main_chip,
    plan_view::{self, MilestoneView},
    proof::{self, ProofView, Reader},
    show::short,
    status_chip, timing_chip,
};
use crate::{
    access::{Ctx, Public},
    action_plans::{
        ActionItemId, Budget, MeasureChoices, ProofLookup, SourceKind, Status,
        entity::action_source::Model as Source,
        measures,
        views::{self, Detail, Query, Row},
    },
    calendar::dates,
    organisation::{self, Unit},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::OptionView,
            pages::Page,
            paging::{DEFAULT_LIMIT, Slice},
        },
    },
};

/// The state of what is not done by its due day, and the word for it that people type.
const LATE: &str = "late";
const LATE_TYPED: &str = "terlambat";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
    /// A status, or `late` (also `terlambat`).
    keadaan: String,
    /// Code of a service.
    layanan: String,
    /// Of the plan.
    tahun: String,
    q: String,
    cursor: String,
}

impl Wanted {
    fn href(&self, state: &str, cursor: &str) -> String {
        address(
            "/janji",
            &[
                ("unit", &self.unit),
                ("keadaan", state),
                ("layanan", &self.layanan),
                ("tahun", &self.tahun),
                ("q", &self.q),
                ("cursor", cursor),
            ],
        )
    }

    /// A state, year or service that there is not is no filter that finds everything: the page does not exist.
    fn query(&self, services: &[(String, String)]) -> Result<Query> {
        let status = Status::parse(&self.keadaan);
        let late = self.keadaan == LATE;
        let mut known = services.iter().map(|(code, _)| code);
        let service = known.find(|code| **code == self.layanan).cloned();
        let unknown = (!self.keadaan.is_empty() && status.is_none() && !late)
            || (!self.layanan.is_empty() && service.is_none());
        if unknown {
            return Err(Error::NotFound);
        }
        Ok(Query {
            status,
            late,
            service,
            year: year_of(&self.tahun)?,
            words: self.q.trim().chars().take(100).collect(),
            ..Query::default()
        })
    }
}

#[derive(Serialize)]
struct PromisesPage {
    unit_name: String,
    unit_code: String,
    filters: Vec<FilterLink>,
    selects: Vec<Select>,
    state: String,
    q: String,
    promises: Vec<PromiseView>,
    pager: Pager,
    empty: Empty,
    kept: String,
}

#[derive(Serialize)]
struct PromiseView {
    href: String,
    code: String,
    title: String,
    chip: Chip,
    given_up: bool,
    value: i32,
    due: String,
    division: String,
    sources: Vec<String>,
}

impl Page for PromisesPage {
    const TEMPLATE: &'static str = "action_plans/promises";
    fn title(&self, locale: Locale) -> String {
        t(locale, "promises-title")
    }
}

/// Units to choose from, where the address names none.
#[derive(Serialize)]
struct ChooseUnitPage {
    units: Vec<UnitView>,
}

#[derive(Serialize)]
struct UnitView {
    href: String,
    name: String,
    city: String,
}

impl Page for ChooseUnitPage {
    const TEMPLATE: &'static str = "action_plans/choose_unit";
    fn title(&self, locale: Locale) -> String {
        t(locale, "promises-title")
    }
}

#[handler]
pub async fn show_promises(
    Public(ctx): Public,
    Data(choices): Data<&MeasureChoices>,
    Address(mut wanted): Address<Wanted>,
) -> Result<Response> {
    if wanted.keadaan == LATE_TYPED {
        LATE.clone_into(&mut wanted.keadaan);
    }
    let unit = match wanted.unit.as_str() {
        "" => organisation::default_unit(&ctx).await?,
        code => Some(organisation::unit_by_code(&ctx.app.db, code).await?),
    };
    match unit {
        Some(unit) => ctx.page_in(
            &organisation::brand_of(&unit),
            &promises_page(&ctx, (&unit, *choices), &wanted).await?,
        ),
        None => choose_unit(&ctx).await,
    }
}

async fn choose_unit(ctx: &Ctx) -> Result<Response> {
    let units = organisation::units(&ctx.app.db).await?;
    let units = units.into_iter().map(|unit| UnitView {
        href: format!("/janji?unit={}", unit.code),
        name: unit.name,
        city: unit.city,
    });
    ctx.page(&ChooseUnitPage {
        units: units.collect(),
    })
}

/// The filters with how many promises each has in the plan of a year and about a service, how many of these were kept, and
/// how many there are.
async fn filters(
    ctx: &Ctx,
    (unit, wanted): (&Unit, &Wanted),
    query: &Query,
) -> Result<(Vec<FilterLink>, i64, i64)> {
    let locale = ctx.locale();
    let narrowed = Query {
        year: query.year,
        service: query.service.clone(),
        ..Query::default()
    };
    let counts = views::promise_counts(ctx, unit, &narrowed).await?;
    let count = |status: Status| counts.get(&status).copied().unwrap_or_default();
    let all = counts.values().sum::<i64>();
    let late = Query {
        late: true,
        ..narrowed
    };
    let late = views::promise_counts(ctx, unit, &late).await?;
    let late = late.values().sum::<i64>();
    let link = |state: &str, label: &str, kind, icon, count| FilterLink {
        href: wanted.href(state, ""),
        label: t(locale, label),
        kind,
        icon,
        count,
        active: wanted.keadaan == state,
    };
    let mut filters = vec![link("", "action-filter-all", "plain", "", all)];
    if late > 0 || wanted.keadaan == LATE {
        let icon = "exclamation-triangle";
        filters.push(link(LATE, "action-filter-late", "late", icon, late));
    }
    for status in Status::ALL {
        if count(status) > 0 {
            let (key, kind) = (status.label_key(), status.chip_kind());
            let state = status.code();
            filters.push(link(&state, key, kind, status.icon(), count(status)));
        }
    }
    // A promise that was given up counts neither as kept nor as one to be kept, as in the other figures.
    let promised = all - count(Status::Cancelled);
    Ok((filters, count(Status::Verified), promised))
}

/// The services that promises are about, where there are any.
fn service_select(
    services: Vec<(String, String)>,
    wanted: &Wanted,
    locale: Locale,
) -> Option<Select> {
    if services.is_empty() {
        return None;
    }
    let all = (String::new(), t(locale, "promises-all-services"));
    let options = std::iter::once(all).chain(services);
    Some(Select {
        name: "layanan",
        label: t(locale, "promises-service"),
        options: options
            .map(|(value, label)| OptionView {
                selected: value == wanted.layanan,
                value,
                label,
                hint: None,
            })
            .collect(),
    })
}

async fn promises_page(
    ctx: &Ctx,
    (unit, choices): (&Unit, MeasureChoices),
    wanted: &Wanted,
) -> Result<PromisesPage> {
    let locale = ctx.locale();
    let slice = Slice::read(Some(&wanted.cursor), Some(DEFAULT_LIMIT))?;
    let services = measures::services(ctx, unit.id, choices).await?;
    let query = wanted.query(&services)?;
    let (rows, next) = views::promises(ctx, unit, &query, &slice).await?;
    let (filters, kept, promised) = filters(ctx, (unit, wanted), &query).await?;
    let any = filters.iter().any(|one| one.count > 0);
    Ok(PromisesPage {
        unit_name: unit.name.clone(),
        unit_code: wanted.unit.clone(),
        filters,
        selects: service_select(services, wanted, locale)
            .into_iter()
            .chain([years(ctx, query.year)])
            .collect(),
        state: wanted.keadaan.clone(),
        q: wanted.q.clone(),
        pager: Pager {
            previous: (!wanted.cursor.is_empty()).then(|| wanted.href(&wanted.keadaan, "")),
            next: next.map(|cursor| wanted.href(&wanted.keadaan, &cursor)),
            summary: Message::new("promises-summary")
                .with("count", rows.len())
                .text(locale),
        },
        promises: rows
            .iter()
            .map(|row| PromiseView::of(row, locale))
            .collect(),
        empty: empty(
            any || query.year.is_some() || query.service.is_some(),
            locale,
        ),
        kept: Message::new("promises-kept")
            .with("kept", kept)
            .with("all", promised)
            .text(locale),
    })
}

fn empty(filtered: bool, locale: Locale) -> Empty {
    if filtered {
        Empty {
            title: t(locale, "action-list-none-found"),
            text: t(locale, "action-list-none-found-text"),
            action: None,
        }
    } else {
        Empty {
            title: t(locale, "promises-empty"),
            text: t(locale, "promises-empty-text"),
            action: Some(Link {
                href: "/pengaduan/baru".to_owned(),
                label: t(locale, "home-door-new"),
            }),
        }
    }
}

impl PromiseView {
    fn of(row: &Row, locale: Locale) -> Self {
        Self {
            href: format!("/janji/{}", row.item.id),
            code: row.item.code.clone(),
            title: row.item.title.clone(),
            chip: main_chip(row, locale),
            given_up: row.item.status == Status::Cancelled,
            value: row.item.progress,
            due: due_words(row, locale),
            division: division_name(row, locale),
            sources: public_sources(&row.sources, locale)
                .into_iter()
                .map(|source| source.label)
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct PromisePage {
    back_href: String,
    code: String,
    title: String,
    description: String,
    chips: Vec<Chip>,
    /// Of one that was given up nothing is measured and nothing awaited any more.
    given_up: bool,
    value: i32,
    value_text: String,
    /// By which rule the bar stands there.
    progress_rule: String,
    milestones: Vec<MilestoneView>,
    facts: Vec<Fact>,
    sources: Vec<PublicSource>,
    entries: Vec<Entry>,
    evidence: String,
    /// Figures before and after; none where nothing can be measured.
    proof: Option<ProofView>,
}

#[derive(Serialize)]
struct PublicSource {
    kind: String,
    label: String,
    /// The public page of the forum where it was said or agreed.
    href: Option<String>,
}

/// The inputs that an agreed point answers, as the forum's own page tells them; each once, and none that stands there itself.
fn behind(sources: &[Source], locale: Locale) -> Vec<PublicSource> {
    let mut told: Vec<&str> = sources.iter().map(|one| one.source_id.as_str()).collect();
    let mut shown = Vec::new();
    for source in sources {
        for voice in &source.voices.0 {
            if voice.kind != SourceKind::ForumInput || told.contains(&voice.id.as_str()) {
                continue;
            }
            told.push(&voice.id);
            shown.push(PublicSource {
                kind: t(locale, voice.kind.label_key()),
                label: short(&voice.label),
                href: public_forum(source),
            });
        }
    }
    shown
}

/// The page for everybody of the forum at which it came up.
fn public_forum(source: &Source) -> Option<String> {
    let href = source.forum_href.as_deref()?;
    href.strip_prefix("/kerja").map(str::to_owned)
}

/// Why it was promised. Complaints are counted, not listed: nobody outside may tell one from another.
fn public_sources(sources: &[Source], locale: Locale) -> Vec<PublicSource> {
    let complaint = |source: &&Source| source.kind == SourceKind::Complaint;
    let mut shown: Vec<PublicSource> = sources
        .iter()
        .filter(|source| !complaint(source))
        .map(|source| PublicSource {
            kind: t(locale, source.kind.label_key()),
            label: source.public_label(locale).to_owned(),
            href: public_forum(source),
        })
        .collect();
    shown.extend(behind(sources, locale));
    let complaints = sources.iter().filter(complaint).count();
    if complaints > 0 {
        shown.push(PublicSource {
            kind: String::new(),
            label: Message::new("promise-complaints")
                .with("count", complaints)
                .text(locale),
            href: None,
        });
    }
    shown
}

impl Page for PromisePage {
    const TEMPLATE: &'static str = "action_plans/promise";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

#[handler]
pub async fn show_promise(
    Public(ctx): Public,
    Data(measure): Data<&ProofLookup>,
    Path(id): Path<String>,
) -> Result<Response> {
    let detail = views::promise(&ctx, ActionItemId::parse(&id)?).await?;
    let proof = measure(&ctx, &detail.row.item, &detail.row.sources).await?;
    let brand = organisation::brand_of(&detail.unit);
    let proof = proof::view(&proof, Reader::everybody(&ctx), ctx.locale());
    ctx.page_in(&brand, &promise_page(&detail, proof, ctx.locale()))
}

fn promise_page(detail: &Detail, proof: Option<ProofView>, locale: Locale) -> PromisePage {
    let row = &detail.row;
    let item = &row.item;
    let chips = [
        Some(status_chip(item.status, locale)),
        timing_chip(row.timing, locale),
    ];
    let mut facts = vec![
        Fact::new(locale, "action-fact-division", division_name(row, locale)),
        Fact::new(
            locale,
            "action-fact-due",
            dates::long_date(item.due_on, locale),
        ),
        Fact::new(locale, "action-fact-indicator", &item.indicator),
        Fact::new(locale, "action-fact-target", &item.target),
    ];
    if let Some(day) = item.baseline_due_on {
        let fact = Fact::new(
            locale,
            "action-fact-baseline",
            dates::long_date(day, locale),
        );
        facts.push(fact);
    }
    if let Some(budget) = Budget::of(item).text(locale) {
        facts.push(Fact::new(locale, "action-fact-budget", budget));
    }
    PromisePage {
        back_href: format!("/janji?unit={}", detail.unit.code),
        code: item.code.clone(),
        title: item.title.clone(),
        description: item.description.clone(),
        chips: chips.into_iter().flatten().collect(),
        given_up: item.status == Status::Cancelled,
        value: item.progress,
        value_text: format!("{}%", item.progress),
        progress_rule: plan_view::progress_rule(detail, locale),
        milestones: plan_view::milestones(detail, false, locale),
        facts,
        sources: public_sources(&row.sources, locale),
        entries: chain::public_timeline(detail, locale),
        proof,
        evidence: Message::new("promise-evidence")
            .with("count", evidence_count(&detail.progress))
            .text(locale),
    }
}
