//! `/kerja/ringkasan`: a head has ten minutes.

use poem::{Response, handler, web::Query as Address};
use serde::{Deserialize, Serialize};

use super::{
    lead,
    lead_loose::{self, LooseTable},
    lead_views::{self, ActionTable, IndexView, PressingView, ShareView, Told},
};
use crate::{
    access::{Permission, SignedIn, UnitLink, unit_links, working_in},
    calendar::dates,
    organisation,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::pages::Page,
    },
};

pub const HERE: &str = "/kerja/ringkasan";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
    tahun: String,
}

#[derive(Serialize)]
struct LeadPage {
    lead: String,
    /// For who sees a division alone: what is theirs, and what is the unit's.
    scope_note: Option<String>,
    units: Vec<UnitLink>,
    told: Vec<Told>,
    index: IndexView,
    shares: Vec<ShareView>,
    /// None for who sees no complaint.
    pressing: Option<Vec<PressingView>>,
    actions: Option<ActionTable>,
    waiting: Vec<lead_views::WaitingView>,
    loose: Option<LooseTable>,
}

impl Page for LeadPage {
    const TEMPLATE: &'static str = "reports/lead";
    fn title(&self, locale: Locale) -> String {
        t(locale, "lead-title")
    }
}

#[handler]
pub async fn show(SignedIn(ctx): SignedIn, Address(wanted): Address<Wanted>) -> Result<Response> {
    let locale = ctx.locale();
    let (unit, units) = working_in(&ctx, Permission::ViewOverview, &wanted.unit).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let year = chrono::Datelike::year(&today);
    // It tells of now: another year is another page, and there is none.
    if !wanted.tahun.is_empty() && wanted.tahun != year.to_string() {
        return Err(Error::NotFound);
    }
    let found = lead::read(&ctx, &unit, year).await?;
    let whole = ctx.may(Permission::ViewActions, unit.id);
    let own = !whole && !ctx.scope(Permission::ViewActions).is_empty();
    let page = LeadPage {
        lead: Message::new("lead-lead")
            .with("unit", &unit.name)
            .with("day", dates::long_date(today, locale))
            .text(locale),
        scope_note: own.then(|| t(locale, "lead-own-division")),
        units: unit_links(HERE, &unit, &units),
        told: lead_views::told(&found, locale),
        index: lead_views::index(&ctx, &found),
        shares: lead_views::shares(&found, locale),
        pressing: lead_views::pressing(&ctx, &found).await?,
        actions: lead_views::actions(&found, locale),
        waiting: lead_views::waiting(&found, locale),
        loose: lead_loose::loose(&found, locale),
    };
    ctx.page(&page)
}
