//! The forums of a unit as the public finds them: those to come, and those past.

use poem::{Response, Route, get, handler, web::Query};
use serde::{Deserialize, Serialize};

use super::public_forums::is_past;
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    forums::{self, Forum},
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, t},
        web::pages::Page,
    },
};

pub fn routes(route: Route) -> Route {
    route.at("/forum", get(list_public))
}

#[derive(Deserialize)]
struct Asked {
    unit: Option<String>,
}

#[derive(Serialize)]
struct ListPage {
    coming: Vec<CardView>,
    past: Vec<CardView>,
    units: Vec<UnitView>,
}

#[derive(Serialize)]
struct CardView {
    cancelled: bool,
    /// Time or place changed, and the corrected letter is still to come.
    moved: bool,
    href: String,
    title: String,
    when: String,
    place: String,
    month: &'static str,
    day: String,
    stage: String,
}

#[derive(Serialize)]
struct UnitView {
    href: String,
    name: String,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "forums/public_list";
    fn title(&self, locale: Locale) -> String {
        t(locale, "forums-public-title")
    }
}

#[handler]
async fn list_public(Public(ctx): Public, Query(asked): Query<Asked>) -> Result<Response> {
    let db = &ctx.app.db;
    let unit = match asked.unit.as_deref().filter(|code| !code.is_empty()) {
        Some(code) => Some(organisation::unit_by_code(db, code).await?),
        None => organisation::default_unit(&ctx).await?,
    };
    let Some(unit) = unit else {
        let units = organisation::units(db).await?.into_iter();
        let units = units.map(|unit| UnitView {
            href: format!("/forum?unit={}", unit.code),
            name: unit.name,
        });
        return ctx.page(&ListPage {
            coming: Vec::new(),
            past: Vec::new(),
            units: units.collect(),
        });
    };
    let (mut coming, mut past) = (Vec::new(), Vec::new());
    for forum in forums::announced(db, unit.id).await? {
        let card = card_of(&ctx, &forum, &unit)?;
        if !is_past(&ctx, &forum, organisation::zone_of(&unit)?) {
            coming.push(card);
        } else {
            past.push(card);
        }
    }
    coming.reverse();
    let page = ListPage {
        coming,
        past,
        units: Vec::new(),
    };
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

fn card_of(ctx: &Ctx, forum: &Forum, unit: &Unit) -> Result<CardView> {
    let locale = ctx.locale();
    let announced = forums::as_announced(forum);
    let moved = announced.is_some() && forum.cancelled_at.is_none();
    let forum = announced.as_ref().unwrap_or(forum);
    Ok(CardView {
        cancelled: forum.cancelled_at.is_some(),
        moved,
        href: format!("/forum/{}", forum.id),
        title: forum.title.clone(),
        when: forums::when_text(forum, organisation::zone_of(unit)?, locale),
        place: forums::where_in(forum, locale),
        month: dates::month_short(forum.date, locale),
        day: chrono::Datelike::day(&forum.date).to_string(),
        stage: forum.stage.label(locale),
    })
}
