//! Pages of the loop: what has not come to an end, the chain of a complaint, and the matrix as files.

use chrono::Datelike as _;
use poem::{
    Response, Route, get, handler,
    web::{Path, Query as Address},
};
use serde::{Deserialize, Serialize};

use super::{
    loop_chain,
    loop_gaps::{self, Gap, GapKind},
    loop_matrix,
    pages::Link,
};
use crate::{
    access::{Ctx, Permission, SignedIn, UnitLink},
    action_plans::{self, Chip},
    calendar::{YEARS, dates},
    organisation::{self, Unit},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        tables::XLSX,
        web::{
            address::encoded,
            pages::Page,
            paging::{MAX_LIMIT, Slice},
        },
    },
};

const GAPS: &str = "/kerja/isu/celah";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/isu/celah", get(show_gaps))
        .at("/kerja/pengaduan/:number/rantai", get(show_chain))
        .at("/kerja/rencana-aksi/matriks.xlsx", get(matrix_xlsx))
        .at("/kerja/rencana-aksi/matriks.pdf", get(matrix_pdf))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
    tahun: String,
    /// Of the loose ends only those of one kind, in parts.
    jenis: String,
    cursor: String,
}

/// The unit that an address names, else the first in which the caller has the right, with all of them; and the year.
async fn chosen(
    ctx: &Ctx,
    permission: Permission,
    wanted: &Wanted,
) -> Result<(Unit, Vec<Unit>, i32)> {
    let scope = ctx.require_scope(permission)?;
    let mut units = organisation::units(&ctx.app.db).await?;
    let home = |unit: &Unit| {
        let mut grants = ctx.account().into_iter().flat_map(|one| &one.grants);
        grants.any(|grant| grant.unit_id == Some(unit.id))
    };
    units.retain(|unit| scope.everywhere || scope.units.contains(&unit.id) || home(unit));
    let unit = match wanted.unit.as_str() {
        "" => units.first(),
        code => units.iter().find(|unit| unit.code == code),
    };
    let unit = unit.cloned().ok_or(Error::NotFound)?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let year = match wanted.tahun.as_str() {
        "" => today.year(),
        text => text.parse().map_err(|_| Error::NotFound)?,
    };
    if !YEARS.contains(&year) {
        return Err(Error::NotFound);
    }
    Ok((unit, units, year))
}

fn links(path: &str, chosen: &Unit, all: &[Unit], year: i32) -> Vec<UnitLink> {
    if all.len() < 2 {
        return Vec::new();
    }
    all.iter()
        .map(|unit| UnitLink {
            href: format!("{path}?unit={}&tahun={year}", encoded(&unit.code)),
            label: unit.short_name.clone(),
            active: unit.id == chosen.id,
        })
        .collect()
}

#[derive(Serialize)]
struct GapsPage {
    lead: String,
    units: Vec<UnitLink>,
    years: Vec<UnitLink>,
    sections: Vec<SectionView>,
    /// All kinds, where one stands alone; then its list goes on.
    all_href: Option<String>,
    pager: Option<PagerView>,
    matrix_xlsx: Option<String>,
    matrix_pdf: Option<String>,
}

#[derive(Serialize)]
struct SectionView {
    /// Other pages lead to it.
    id: &'static str,
    title: String,
    count: usize,
    /// Nothing is loose: good.
    whole: bool,
    rows: Vec<GapView>,
    more: Option<Link>,
}

#[derive(Serialize)]
struct PagerView {
    previous: Option<String>,
    next: Option<String>,
    summary: String,
}

#[derive(Serialize)]
struct GapView {
    href: String,
    code: String,
    title: String,
    note: String,
}

impl Page for GapsPage {
    const TEMPLATE: &'static str = "reports/loop_gaps";
    fn title(&self, locale: Locale) -> String {
        t(locale, "gaps-title")
    }
}

/// So many of a kind stand on the page; a link leads to the rest.
const SHOWN: usize = 25;

fn short(text: &str) -> String {
    let mut cut: String = text.chars().take(160).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

/// Where the loose ends of a unit and year stand.
struct Place<'a> {
    unit: &'a Unit,
    year: i32,
    locale: Locale,
}

impl Place<'_> {
    fn href(&self, path: &str) -> String {
        format!(
            "{path}?unit={}&tahun={}",
            encoded(&self.unit.code),
            self.year
        )
    }

    fn kind_href(&self, kind: GapKind, cursor: &str) -> String {
        let all = self.href(GAPS);
        match cursor {
            "" => format!("{all}&jenis={}", kind.code()),
            cursor => format!("{all}&jenis={}&cursor={}", kind.code(), encoded(cursor)),
        }
    }

    /// A kind with its first ones.
    fn section(&self, kind: GapKind, gaps: &[Gap]) -> SectionView {
        let mine = || gaps.iter().filter(|gap| gap.kind == kind);
        let count = mine().count();
        let left = count.saturating_sub(SHOWN);
        let more = (left > 0).then(|| Link {
            href: self.kind_href(kind, ""),
            label: Message::new("gaps-more")
                .with("count", left)
                .text(self.locale),
        });
        SectionView {
            more,
            ..self.rows(kind, count, mine().take(SHOWN))
        }
    }

    /// These rows, of so many.
    fn rows<'a>(
        &self,
        kind: GapKind,
        count: usize,
        rows: impl Iterator<Item = &'a Gap>,
    ) -> SectionView {
        SectionView {
            id: kind.label_key(),
            title: t(self.locale, kind.label_key()),
            count,
            whole: count == 0,
            more: None,
            rows: rows.map(GapView::of).collect(),
        }
    }

    /// A kind alone, in parts.
    fn part(&self, kind: GapKind, gaps: &[Gap], cursor: &str) -> Result<(SectionView, PagerView)> {
        let slice = Slice::read(Some(cursor), Some(MAX_LIMIT))?;
        let (rows, next) = loop_gaps::part_of(gaps, Some(kind), &slice);
        let mine: Vec<&Gap> = gaps.iter().filter(|gap| gap.kind == kind).collect();
        let first = rows.first().and_then(|first| {
            let place = mine.iter().position(|gap| std::ptr::eq(*gap, *first));
            place.map(|place| place + 1)
        });
        let shown = match first {
            Some(first) => format!("{first}–{}", first + rows.len() - 1),
            None => "0".to_owned(),
        };
        let section = self.rows(kind, mine.len(), rows.into_iter());
        let summary = Message::new("gaps-part")
            .with("shown", shown)
            .with("all", section.count);
        let pager = PagerView {
            previous: (!cursor.is_empty()).then(|| self.kind_href(kind, "")),
            next: next.map(|cursor| self.kind_href(kind, &cursor)),
            summary: summary.text(self.locale),
        };
        Ok((section, pager))
    }
}

impl GapView {
    fn of(gap: &Gap) -> Self {
        Self {
            href: gap.href.clone(),
            code: gap.code.clone(),
            title: short(&gap.title),
            note: gap.note.clone(),
        }
    }
}

/// The kind that an address names, among those that the caller may see.
fn kind_of(wanted: &Wanted, kinds: &[GapKind]) -> Result<Option<GapKind>> {
    if wanted.jenis.is_empty() {
        return Ok(None);
    }
    let kind = GapKind::parse(&wanted.jenis).filter(|kind| kinds.contains(kind));
    kind.map(Some).ok_or(Error::NotFound)
}

#[handler]
async fn show_gaps(SignedIn(ctx): SignedIn, Address(wanted): Address<Wanted>) -> Result<Response> {
    let locale = ctx.locale();
    let (unit, units, year) = chosen(&ctx, Permission::ViewIssues, &wanted).await?;
    let found = loop_gaps::read(&ctx, unit.clone(), year).await?;
    let lead = Message::new("gaps-lead")
        .with("unit", &unit.name)
        .with("year", year.to_string());
    let place = Place {
        unit: &unit,
        year,
        locale,
    };
    let (sections, pager) = match kind_of(&wanted, &found.kinds)? {
        Some(kind) => {
            let (section, pager) = place.part(kind, &found.items, &wanted.cursor)?;
            (vec![section], Some(pager))
        }
        None => {
            let kinds = found.kinds.iter();
            let all = kinds.map(|kind| place.section(*kind, &found.items));
            (all.collect(), None)
        }
    };
    let may = ctx.may(Permission::ViewActions, unit.id);
    let page = GapsPage {
        lead: lead.text(locale),
        units: links(GAPS, &unit, &units, year),
        years: (year - 1..=year + 1)
            .map(|one| UnitLink {
                href: format!("{GAPS}?unit={}&tahun={one}", encoded(&unit.code)),
                label: one.to_string(),
                active: one == year,
            })
            .collect(),
        all_href: pager.is_some().then(|| place.href(GAPS)),
        sections,
        pager,
        matrix_xlsx: may.then(|| place.href("/kerja/rencana-aksi/matriks.xlsx")),
        matrix_pdf: may.then(|| place.href("/kerja/rencana-aksi/matriks.pdf")),
    };
    ctx.page(&page)
}

#[derive(Serialize)]
struct ChainPage {
    number: String,
    label: String,
    href: String,
    voices: Vec<LinkView>,
    issues: Vec<LinkView>,
    agendas: Vec<LinkView>,
    actions: Vec<LinkView>,
    proofs: Vec<LinkView>,
    /// A new issue that begins with this complaint.
    issue_href: Option<String>,
}

#[derive(Serialize)]
struct LinkView {
    title: String,
    text: String,
    href: Option<String>,
    chip: Option<Chip>,
    gap: bool,
}

impl LinkView {
    fn gap(locale: Locale, key: &str) -> Self {
        Self {
            title: t(locale, key),
            text: t(locale, &format!("{key}-text")),
            href: None,
            chip: None,
            gap: true,
        }
    }
}

impl Page for ChainPage {
    const TEMPLATE: &'static str = "reports/complaint_chain";
    fn title(&self, locale: Locale) -> String {
        Message::new("chain-title")
            .with("number", &self.number)
            .text(locale)
    }
}

fn or_gap(links: Vec<LinkView>, locale: Locale, key: &str) -> Vec<LinkView> {
    if links.is_empty() {
        vec![LinkView::gap(locale, key)]
    } else {
        links
    }
}

/// A verified action, and what was measured of it since.
fn proofs(
    of: &action_plans::LinkedAction,
    verified: LinkView,
    chain: &loop_chain::ComplaintChain,
    locale: Locale,
) -> Vec<LinkView> {
    let mut links = vec![verified];
    let measured = chain.measured.get(&of.id);
    let elements = measured.iter().flat_map(|proof| &proof.elements);
    for element in elements {
        let told = element.told(locale);
        if told.is_empty() {
            links.push(LinkView {
                title: t(locale, element.gap_key()),
                text: element.name(locale).to_owned(),
                href: None,
                chip: None,
                gap: true,
            });
        }
        links.extend(told.into_iter().map(|told| LinkView {
            title: told.title,
            text: format!("{} · {}", element.name(locale), told.figures),
            href: Some(format!("{}#ukur-ulang", of.href)),
            chip: None,
            gap: false,
        }));
    }
    links
}

/// A complaint and everything that came of it.
#[handler]
async fn show_chain(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    let locale = ctx.locale();
    let chain = loop_chain::of_complaint(&ctx, &number).await?;
    let mut voices = vec![LinkView {
        title: chain.number.clone(),
        text: String::new(),
        href: Some(chain.href.clone()),
        chip: None,
        gap: false,
    }];
    voices.extend(chain.topics.iter().map(|(id, title)| LinkView {
        title: title.clone(),
        text: t(locale, "issue-voice-topic"),
        href: Some(format!("/kerja/pengaduan/topik/{id}")),
        chip: None,
        gap: false,
    }));
    let issues: Vec<LinkView> = chain
        .issues
        .iter()
        .map(|issue| LinkView {
            title: issue.code.clone(),
            text: issue.title.clone(),
            href: Some(issue.href.clone()),
            chip: Some(Chip {
                kind: issue.state.chip().0,
                text: t(locale, issue.state.label_key()),
                icon: issue.state.chip().1,
            }),
            gap: false,
        })
        .collect();
    let agendas: Vec<LinkView> = chain
        .agendas
        .iter()
        .map(|forum| LinkView {
            title: forum.title.clone(),
            text: dates::long_date(forum.date, locale),
            href: Some(format!("/kerja/forum/{}", forum.forum)),
            chip: None,
            gap: false,
        })
        .collect();
    let action = |action: &action_plans::LinkedAction| LinkView {
        title: action.code.clone(),
        text: format!("{} · {}%", action.title, action.progress),
        href: Some(action.href.clone()),
        chip: Some(action_plans::linked_chip(action, &chain.clock, locale)),
        gap: false,
    };
    let verified = chain.actions.iter();
    let verified = verified.filter(|one| one.status == action_plans::Status::Verified);
    let may_add = !ctx.scope(Permission::ManageIssues).is_empty();
    let page = ChainPage {
        issue_href: (may_add && chain.issues.is_empty())
            .then(|| format!("/kerja/isu/baru?sumber=complaint:{}", chain.number)),
        issues: or_gap(issues, locale, "chain-gap-issue"),
        agendas: or_gap(agendas, locale, "chain-gap-agenda"),
        proofs: or_gap(
            verified
                .flat_map(|one| proofs(one, action(one), &chain, locale))
                .collect(),
            locale,
            "issue-gap-proof",
        ),
        actions: or_gap(
            chain.actions.iter().map(action).collect(),
            locale,
            "issue-gap-action",
        ),
        voices,
        number: chain.number,
        label: chain.label,
        href: chain.href,
    };
    ctx.page(&page)
}

fn file_name(unit: &Unit, year: i32, ending: &str) -> String {
    format!("rencana-tindak-lanjut-{}-{year}.{ending}", unit.code)
}

#[handler]
async fn matrix_xlsx(
    SignedIn(ctx): SignedIn,
    Address(wanted): Address<Wanted>,
) -> Result<Response> {
    let (unit, _, year) = chosen(&ctx, Permission::ViewActions, &wanted).await?;
    let bytes = loop_matrix::xlsx(&ctx, &unit, year).await?;
    Ok(ctx.attachment(&file_name(&unit, year, "xlsx"), XLSX, bytes))
}

#[handler]
async fn matrix_pdf(SignedIn(ctx): SignedIn, Address(wanted): Address<Wanted>) -> Result<Response> {
    let (unit, _, year) = chosen(&ctx, Permission::ViewActions, &wanted).await?;
    let bytes = loop_matrix::pdf(&ctx, &unit, year).await?;
    Ok(ctx.attachment(&file_name(&unit, year, "pdf"), "application/pdf", bytes))
}
