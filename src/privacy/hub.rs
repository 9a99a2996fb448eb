//! `/kerja/pelindungan`: every clock of three times 24 hours that runs, and the way to the registers.

use poem::{Response, Route, get, handler};
use serde::Serialize;

use super::{
    entity::{breach::Model as Breach, request::Model as Request},
    rules::{self, Pressure, State},
    store,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::pages::Page,
    },
};

const LISTED: u64 = 50;
const ENDED: u64 = 10;

pub fn routes(route: Route) -> Route {
    route.at("/kerja/pelindungan", get(show))
}

#[derive(Serialize)]
struct HubPage {
    /// Null for those who do not see requests.
    requests: Option<Requests>,
    breaches: Option<Vec<RowView>>,
    late: u64,
    retention: bool,
}

#[derive(Serialize)]
struct Requests {
    /// The caller takes requests in at the counter.
    counter: bool,
    open: Vec<RowView>,
    ended: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    number: String,
    title: String,
    when: String,
    chip: ClockChip,
}

/// How much of the clock is left.
#[derive(Clone, Debug, Serialize)]
pub struct ClockChip {
    pub kind: &'static str,
    pub text: String,
    pub icon: &'static str,
}

/// Hours, because these clocks know no working days.
#[must_use]
pub fn clock_chip(
    due_at: chrono::DateTime<chrono::Utc>,
    now: chrono::DateTime<chrono::Utc>,
    locale: Locale,
) -> ClockChip {
    let pressure = rules::pressure(due_at, now);
    let minutes = (due_at - now).num_minutes().abs();
    let (key, amount) = match (pressure == Pressure::Late, minutes < 60) {
        (true, true) => ("privacy-late-minutes", minutes),
        (true, false) => ("privacy-late-hours", minutes / 60),
        (false, true) => ("privacy-left-minutes", minutes),
        (false, false) => ("privacy-left-hours", minutes / 60),
    };
    let (kind, icon) = match pressure {
        Pressure::InTime => ("ok", "clock"),
        Pressure::Half => ("info", "clock"),
        Pressure::Soon => ("soon", "hourglass-split"),
        Pressure::Late => ("late", "exclamation-triangle"),
    };
    ClockChip {
        kind,
        icon,
        text: Message::new(key).with("amount", amount).text(locale),
    }
}

impl Page for HubPage {
    const TEMPLATE: &'static str = "privacy/hub";
    fn title(&self, locale: Locale) -> String {
        t(locale, "protection-title")
    }
}

/// The chip of a state that has ended.
#[must_use]
pub fn state_chip(state: State, locale: Locale) -> ClockChip {
    let (kind, icon) = match state {
        State::Granted => ("ok", "check-circle"),
        State::Refused | State::Withdrawn => ("plain", "x-lg"),
        State::Received | State::Verified => ("info", "clock"),
    };
    ClockChip {
        kind,
        icon,
        text: t(locale, &format!("privacy-state-{}", state.code())),
    }
}

fn request_row(ctx: &Ctx, row: &Request) -> RowView {
    let locale = ctx.locale();
    let zone = ctx.account().map_or(chrono_tz::UTC, |account| account.zone);
    RowView {
        href: format!("/kerja/permintaan-data/{}", row.id),
        number: row.number.clone(),
        title: t(locale, &format!("privacy-wish-{}", row.wish.code())),
        when: dates::date_time(&row.received_at.with_timezone(&zone), locale),
        chip: if row.state.is_open() {
            clock_chip(row.due_at, ctx.now, locale)
        } else {
            state_chip(row.state, locale)
        },
    }
}

/// The chip of a breach on which nothing is owed any more; one that was closed without telling everybody says so.
#[must_use]
pub fn told_chip(of: &Breach, locale: Locale) -> ClockChip {
    let late = |at: Option<chrono::DateTime<chrono::Utc>>| at.is_some_and(|at| at > of.due_at);
    let late = late(of.persons_told_at) || late(of.authority_told_at);
    let (kind, icon, key) = match (of.is_untold(), late) {
        (true, _) => ("late", "exclamation-triangle", "breach-closed-untold"),
        (false, true) => ("soon", "hourglass-split", "breach-told-late"),
        (false, false) => ("ok", "check-circle", "breach-told"),
    };
    ClockChip {
        kind,
        icon,
        text: t(locale, key),
    }
}

fn breach_row(ctx: &Ctx, row: &Breach) -> RowView {
    let locale = ctx.locale();
    let zone = ctx.account().map_or(chrono_tz::UTC, |account| account.zone);
    RowView {
        href: format!("/kerja/pelanggaran-data/{}", row.id),
        number: row.number.clone(),
        title: row.title.clone(),
        when: dates::date_time(&row.found_at.with_timezone(&zone), locale),
        chip: if row.owes() {
            clock_chip(row.due_at, ctx.now, locale)
        } else {
            told_chip(row, locale)
        },
    }
}

/// How many clocks are past their hours, of those that the caller sees.
pub async fn late(ctx: &Ctx) -> Result<u64> {
    let db = &ctx.app.db;
    let requests = ctx.scope(Permission::ViewDataRequests);
    let breaches = ctx.scope(Permission::HandleBreaches);
    if requests.is_empty() && breaches.is_empty() {
        return Ok(0);
    }
    let found = store::breaches(db, &breaches, LISTED).await?;
    let owing = found
        .iter()
        .filter(|row| row.owes() && row.due_at < ctx.now);
    Ok(store::late_requests(db, &requests, ctx.now).await? + owing.count() as u64)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn) -> Result<Response> {
    let db = &ctx.app.db;
    let requests = ctx.scope(Permission::ViewDataRequests);
    let breaches = ctx.scope(Permission::HandleBreaches);
    if requests.is_empty() && breaches.is_empty() {
        return Err(Error::Forbidden);
    }
    let found = store::breaches(db, &breaches, LISTED).await?;
    let late = late(&ctx).await?;
    let page = HubPage {
        late,
        retention: !ctx.scope(Permission::ViewRetention).is_empty(),
        requests: if requests.is_empty() {
            None
        } else {
            let open = store::requests(db, &requests, true, LISTED).await?;
            let ended = store::requests(db, &requests, false, ENDED).await?;
            Some(Requests {
                counter: !ctx.scope(Permission::HandleDataRequests).is_empty(),
                open: open.iter().map(|row| request_row(&ctx, row)).collect(),
                ended: ended.iter().map(|row| request_row(&ctx, row)).collect(),
            })
        },
        breaches: (!breaches.is_empty())
            .then(|| found.iter().map(|row| breach_row(&ctx, row)).collect()),
    };
    ctx.page(&page)
}
