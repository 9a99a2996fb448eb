//! The first page after signing in: what is late, what will be, what waits for this person.

use poem::{Response, handler};
use serde::Serialize;

use super::{
    first_steps,
    pages::Link,
    sections::{self, Kpi, Section, UnitRow},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    platform::{
        error::Result,
        i18n::{Locale, t},
        web::pages::Page,
    },
    privacy,
};

#[derive(Serialize)]
struct OverviewPage {
    name: String,
    kpis: Vec<Kpi>,
    sections: Vec<Section>,
    units: Vec<UnitRow>,
    /// To the page of who leads a unit.
    lead: Option<Link>,
    /// To the units side by side.
    beside: Option<Link>,
    /// For those whose work is elsewhere.
    doors: Vec<Link>,
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "reports/overview";
    fn title(&self, locale: Locale) -> String {
        t(locale, "shell-nav-home")
    }
}

#[handler]
pub async fn show_overview(SignedIn(ctx): SignedIn) -> Result<Response> {
    let page = overview(&ctx).await?;
    ctx.page(&page)
}

fn door(ctx: &Ctx, permission: Permission, (href, key): (&str, &str)) -> Option<Link> {
    (!ctx.scope(permission).is_empty()).then(|| Link {
        href: href.to_owned(),
        label: t(ctx.locale(), key),
    })
}

async fn overview(ctx: &Ctx) -> Result<OverviewPage> {
    let locale = ctx.locale();
    let mut kpis = Vec::new();
    let mut all: Vec<Section> = first_steps::first_steps(ctx).await?.into_iter().collect();
    let steps = all.len();
    let mut kpi = |value: u64, key: &str, href: &str, kind| {
        kpis.push(Kpi {
            value,
            label: t(locale, key),
            href: href.to_owned(),
            kind: if value == 0 { "ok" } else { kind },
        });
    };
    if let Some(found) = sections::complaints(ctx).await? {
        kpi(
            found.late,
            "overview-kpi-complaints-late",
            "/kerja/pengaduan?view=late",
            "late",
        );
        kpi(
            found.soon,
            "overview-kpi-complaints-soon",
            "/kerja/pengaduan?view=soon",
            "soon",
        );
        all.push(found.section);
    }
    if let Some((section, late)) = sections::actions(ctx).await? {
        kpi(
            late,
            "overview-kpi-actions-late",
            "/kerja/rencana-aksi?keadaan=late",
            "late",
        );
        all.push(section);
    }
    if let Some((section, waiting)) = sections::to_verify(ctx).await? {
        kpi(
            waiting,
            "overview-kpi-to-verify",
            "/kerja/rencana-aksi?keadaan=done",
            "soon",
        );
        all.push(section);
    }
    // Only where there is something: these clocks are rare, and a zero would hide among the others.
    let clocks = privacy::late(ctx).await?;
    if clocks > 0 {
        kpi(
            clocks,
            "overview-kpi-clocks-late",
            "/kerja/pelindungan",
            "late",
        );
    }
    all.extend(sections::minutes_to_approve(ctx).await?);
    all.extend(sections::survey_reports(ctx).await?);
    all.extend(sections::questions(ctx).await?);
    all.extend(sections::left_open(ctx).await?);
    all.extend(sections::next_forum(ctx).await?);
    Ok(OverviewPage {
        name: ctx
            .account()
            .map(|account| account.name.clone())
            .unwrap_or_default(),
        doors: match all.len() == steps {
            true => first_steps::doors(ctx),
            false => Vec::new(),
        },
        kpis,
        sections: all,
        units: sections::side_by_side(ctx).await?,
        lead: door(
            ctx,
            Permission::VerifyAction,
            ("/kerja/ringkasan", "overview-to-lead"),
        ),
        beside: door(
            ctx,
            Permission::ViewUnits,
            ("/kerja/perbandingan", "overview-to-units"),
        ),
    })
}
