//! The public pages of service standards: the list with its search, one standard, the charter.

use poem::{
    Response, Route, get, handler,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    entity::{component, decree},
    rules::{self, ComponentKind, Duration},
    service::{self, Sheet},
};
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    organisation::{self, Unit},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, capital, t},
        web::{
            forms::{FieldView, FormView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/standar", get(list))
        .at("/standar/:unit/:code", get(show))
        .at("/maklumat", get(charter_page))
}

#[derive(Deserialize)]
struct Asked {
    unit: Option<String>,
    q: Option<String>,
}

/// The unit that is asked for, else the one of the installation, else none.
async fn unit_of(ctx: &Ctx, code: Option<&str>) -> Result<Option<Unit>> {
    match code.filter(|code| !code.is_empty()) {
        Some(code) => organisation::unit_by_code(&ctx.app.db, code)
            .await
            .map(Some),
        None => organisation::default_unit(ctx).await,
    }
}

#[derive(Serialize)]
struct UnitsPage {
    units: Vec<Link>,
    #[serde(skip)]
    title: &'static str,
}

#[derive(Serialize)]
struct Link {
    href: String,
    text: String,
    note: String,
}

impl Page for UnitsPage {
    const TEMPLATE: &'static str = "standards/units";
    fn title(&self, locale: Locale) -> String {
        t(locale, self.title)
    }
}

/// Where an installation serves several units and none was named.
async fn choose_unit(ctx: &Ctx, path: &str, title: &'static str) -> Result<Response> {
    let units = organisation::units(&ctx.app.db).await?;
    let page = UnitsPage {
        units: units.iter().map(|unit| link_to(unit, path)).collect(),
        title,
    };
    ctx.page(&page)
}

fn link_to(unit: &Unit, path: &str) -> Link {
    Link {
        href: format!("{path}?unit={}", unit.code),
        text: unit.name.clone(),
        note: unit.city.clone(),
    }
}

#[derive(Serialize)]
struct ListPage {
    unit: String,
    unit_name: String,
    q: FieldView,
    searched: bool,
    summary: String,
    services: Vec<ServiceView>,
    empty: Option<Empty>,
    charter_href: Option<String>,
    decree: Option<String>,
    others: Vec<Link>,
}

#[derive(Serialize)]
struct ServiceView {
    href: String,
    name: String,
    summary: String,
    facts: Vec<Fact>,
}

#[derive(Serialize)]
struct Fact {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct Empty {
    title: String,
    text: String,
    action: Option<EmptyAction>,
}

#[derive(Serialize)]
struct EmptyAction {
    href: String,
    label: String,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "standards/index";
    fn title(&self, locale: Locale) -> String {
        t(locale, "standards-title")
    }
}

#[handler]
async fn list(Public(ctx): Public, Query(asked): Query<Asked>) -> Result<Response> {
    let Some(unit) = unit_of(&ctx, asked.unit.as_deref()).await? else {
        return choose_unit(&ctx, "/standar", "standards-title").await;
    };
    let db = &ctx.app.db;
    let locale = ctx.locale();
    let query: String = asked
        .q
        .unwrap_or_default()
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(100)
        .collect();
    let sheets = service::overview(db, unit.id, &query).await?;
    let decrees = service::decrees(db, unit.id).await?;
    let others = organisation::units(db).await?;
    let count = sheets.len();
    let summary = if query.is_empty() {
        Message::new("standards-count").with("count", count)
    } else {
        Message::new("standards-found")
            .with("count", count)
            .with("words", &query)
    };
    let form = FormView::new().field("q", false, 100).with("q", &query);
    let page = ListPage {
        unit: unit.code.clone(),
        unit_name: unit.name.clone(),
        q: form.fields.into_values().next().unwrap_or_default(),
        searched: !query.is_empty(),
        summary: summary.text(locale),
        empty: (count == 0).then(|| nothing(&unit, &query, locale)),
        services: sheets
            .iter()
            .map(|sheet| service_view(&unit, sheet, locale))
            .collect(),
        charter_href: service::charter(db, unit.id)
            .await?
            .map(|_| format!("/maklumat?unit={}", unit.code)),
        decree: decrees.first().map(|decree| decree_words(decree, locale)),
        others: others
            .iter()
            .filter(|other| other.id != unit.id)
            .map(|other| link_to(other, "/standar"))
            .collect(),
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

fn nothing(unit: &Unit, query: &str, locale: Locale) -> Empty {
    if query.is_empty() {
        return Empty {
            title: t(locale, "standards-none-title"),
            text: t(locale, "standards-none-text"),
            action: None,
        };
    }
    Empty {
        title: t(locale, "standards-not-found-title"),
        text: t(locale, "standards-not-found-text"),
        action: Some(EmptyAction {
            href: format!("/standar?unit={}", unit.code),
            label: t(locale, "standards-show-all"),
        }),
    }
}

fn service_view(unit: &Unit, sheet: &Sheet, locale: Locale) -> ServiceView {
    ServiceView {
        href: format!("/standar/{}/{}", unit.code, sheet.standard.code),
        name: sheet.standard.name.clone(),
        summary: sheet.standard.summary.clone(),
        facts: first_facts(sheet, locale),
    }
}

/// How long, how much, and what one gets: what people come for.
fn first_facts(sheet: &Sheet, locale: Locale) -> Vec<Fact> {
    let times: Vec<String> = match sheet.durations() {
        [only] => vec![capital(&only.length(locale))],
        several => several
            .iter()
            .map(|duration| format!("{}: {}", duration.label, duration.length(locale)))
            .collect(),
    };
    let fact = |key: &str, text: String| Fact {
        term: t(locale, key),
        text,
    };
    vec![
        fact("standards-fact-time", times.join("\n")),
        fact("standards-fact-fee", fee_words(sheet.fee_rupiah(), locale)),
        fact("standards-fact-product", sheet.products().join("; ")),
    ]
}

pub(super) fn fee_words(fee: Option<i64>, locale: Locale) -> String {
    match fee.map(u64::try_from) {
        Some(Ok(0)) => t(locale, "standards-free"),
        Some(Ok(rupiah)) => format!("Rp{}", dates::whole(rupiah, locale)),
        Some(Err(_)) | None => t(locale, "standards-fee-unstated"),
    }
}

/// "Keputusan Nomor 400.12/217/Disdukcapil-I, 31 Oktober 2025".
fn decree_words(decree: &decree::Model, locale: Locale) -> String {
    match (&decree.number, decree.date) {
        (Some(number), Some(date)) => Message::new("standards-decree")
            .with("number", number)
            .with("date", dates::date(date, locale))
            .text(locale),
        _ => Message::new("standards-decree-unnumbered")
            .with("title", &decree.title)
            .text(locale),
    }
}

#[derive(Serialize)]
struct StandardPage {
    back_href: String,
    name: String,
    summary: String,
    facts: Vec<Fact>,
    delivery: Vec<ComponentView>,
    behind: Vec<ComponentView>,
    complain_href: String,
    charter_href: Option<String>,
    decree: Option<String>,
    valid_from: Option<String>,
    version: i32,
}

#[derive(Serialize)]
struct ComponentView {
    /// Anchor and style.
    kind: &'static str,
    title: String,
    text: Option<String>,
    groups: Vec<GroupView>,
    /// Steps are numbered, other things are not.
    ordered: bool,
    durations: Vec<DurationView>,
    channels: Vec<ChannelView>,
}

#[derive(Serialize)]
struct GroupView {
    heading: Option<String>,
    items: Vec<String>,
}

#[derive(Serialize)]
struct DurationView {
    label: Option<String>,
    length: String,
    /// From when it counts, in words; null when the source does not say.
    start: Option<String>,
}

#[derive(Serialize)]
struct ChannelView {
    icon: &'static str,
    label: String,
    contact: String,
    href: Option<String>,
}

impl Page for StandardPage {
    const TEMPLATE: &'static str = "standards/show";
    fn title(&self, _: Locale) -> String {
        self.name.clone()
    }
}

#[handler]
async fn show(Public(ctx): Public, Path((unit, code)): Path<(String, String)>) -> Result<Response> {
    let db = &ctx.app.db;
    let locale = ctx.locale();
    let unit = organisation::unit_by_code(db, &unit).await?;
    let sheet = service::sheet(db, unit.id, &code)
        .await?
        .ok_or(Error::NotFound)?;
    let views = |kinds: &[ComponentKind]| -> Vec<ComponentView> {
        kinds
            .iter()
            .filter_map(|kind| sheet.component(*kind))
            .map(|component| component_view(component, locale))
            .collect()
    };
    let page = StandardPage {
        back_href: format!("/standar?unit={}", unit.code),
        facts: first_facts(&sheet, locale),
        delivery: views(&ComponentKind::DELIVERY),
        behind: views(&ComponentKind::BEHIND),
        complain_href: format!("/pengaduan/baru?unit={}&layanan={}", unit.code, code),
        charter_href: service::charter(db, unit.id)
            .await?
            .map(|_| format!("/maklumat?unit={}", unit.code)),
        decree: sheet
            .decree
            .as_ref()
            .map(|decree| decree_words(decree, locale)),
        valid_from: sheet
            .standard
            .valid_from
            .map(|day| dates::date(day, locale)),
        version: sheet.standard.version,
        name: sheet.standard.name.clone(),
        summary: sheet.standard.summary.clone(),
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

fn component_view(component: &component::Model, locale: Locale) -> ComponentView {
    let durations = &component.durations.0;
    let channels: Vec<ChannelView> = component
        .channels
        .0
        .iter()
        .map(|channel| ChannelView {
            icon: channel_icon(channel.kind),
            label: t(
                locale,
                &format!(
                    "standards-channel-{}",
                    channel.kind.code().replace('_', "-")
                ),
            ),
            contact: channel.contact.clone(),
            href: channel.href(),
        })
        .collect();
    // Channels are typed: the list of the source would say the same once more.
    let items = if channels.is_empty() {
        component.items.0.as_slice()
    } else {
        &[]
    };
    ComponentView {
        kind: component.kind.code(),
        title: component.kind.title(locale),
        text: component.text.clone(),
        groups: rules::grouped(items)
            .into_iter()
            .filter(|(_, items)| !items.is_empty())
            .map(|(heading, items)| GroupView { heading, items })
            .collect(),
        ordered: component.kind == ComponentKind::Procedure,
        durations: durations
            .iter()
            .map(|duration| duration_view(duration, durations.len() > 1, locale))
            .collect(),
        channels,
    }
}

fn duration_view(duration: &Duration, labelled: bool, locale: Locale) -> DurationView {
    let length = duration.length(locale);
    let whole = duration.text(locale);
    DurationView {
        label: labelled.then(|| duration.label.clone()),
        start: whole
            .strip_prefix(&length)
            .map(|rest| rest.trim().to_owned())
            .filter(|rest| !rest.is_empty()),
        length: capital(&length),
    }
}

fn channel_icon(kind: rules::ChannelKind) -> &'static str {
    use rules::ChannelKind as K;
    match kind {
        K::Phone => "telephone",
        K::Whatsapp | K::Instagram => "chat-left-text",
        K::Email => "envelope",
        K::SuggestionBox => "inbox",
        K::Sp4nLapor | K::WebsiteForm => "link-45deg",
        K::WalkIn => "geo-alt",
    }
}

#[derive(Serialize)]
struct CharterPage {
    text: String,
    place_date: String,
    signatory: String,
    signatory_position: String,
    unit_name: String,
    standards_href: String,
    decree: Option<String>,
}

impl Page for CharterPage {
    const TEMPLATE: &'static str = "standards/charter";
    fn title(&self, locale: Locale) -> String {
        t(locale, "standards-charter-title")
    }
}

#[handler]
async fn charter_page(Public(ctx): Public, Query(asked): Query<Asked>) -> Result<Response> {
    let Some(unit) = unit_of(&ctx, asked.unit.as_deref()).await? else {
        return choose_unit(&ctx, "/maklumat", "standards-charter-title").await;
    };
    let db = &ctx.app.db;
    let locale = ctx.locale();
    let charter = service::charter(db, unit.id)
        .await?
        .ok_or(Error::NotFound)?;
    let decrees = service::decrees(db, unit.id).await?;
    let page = CharterPage {
        place_date: format!("{}, {}", charter.place, dates::date(charter.date, locale)),
        text: charter.text,
        signatory: charter.signatory,
        signatory_position: charter.signatory_position,
        unit_name: unit.name.clone(),
        standards_href: format!("/standar?unit={}", unit.code),
        decree: decrees.first().map(|decree| decree_words(decree, locale)),
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}
