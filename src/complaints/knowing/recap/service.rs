//! The recapitulation of one unit and period, with its groups in words.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::{
    inbox::Inbox,
    rules::{self, Cell, Figures, GroupBy, HIDDEN, MERGED, NONE},
    store,
};
use crate::{
    access::{Ctx, Scope},
    complaints::{
        filing::categories,
        finding::Readable,
        knowing::{
            period::Period,
            scope::{choices, unit_of},
            topics::{self, TopicCount},
        },
        rules::{Channel, Kind, Status},
        services, words,
    },
    organisation::{self, Unit},
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
    },
};

/// What an address asks for, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub unit: String,
    pub from: String,
    pub to: String,
    pub group_by: String,
}

/// A group: its stable key, its name, what came of it, and how much came before.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub key: String,
    pub label: String,
    /// Key and name of the part of it, where groups are told apart twice.
    pub second: Option<(String, String)>,
    pub figures: Figures,
    pub before: i64,
    /// The inbox with the same filter; none where it cannot say the same.
    pub inbox: Option<String>,
}

pub struct Recap {
    pub unit: Unit,
    /// (code, name) of the units to choose between.
    pub units: Vec<(String, String)>,
    pub zone: Tz,
    pub period: Period,
    pub previous: Period,
    pub group_by: GroupBy,
    /// By what each group is told apart once more.
    pub second: Option<GroupBy>,
    pub total: Figures,
    pub before: Figures,
    pub groups: Vec<Group>,
    pub months: Vec<Group>,
    /// The topics that came up most, with how often in both periods.
    pub topics: Vec<TopicCount>,
}

impl Recap {
    /// `month`, or `month,channel`.
    #[must_use]
    pub fn grouped_by(&self) -> String {
        match self.second {
            Some(second) => format!("{},{}", self.group_by.code(), second.code()),
            None => self.group_by.code().to_owned(),
        }
    }

    /// Whether the months stand in a table of their own: they are not the groups.
    #[must_use]
    pub fn shows_months_apart(&self) -> bool {
        self.group_by != GroupBy::Month || self.second.is_some()
    }

    /// Whether its groups have counterparts in the period before: months have none.
    #[must_use]
    pub fn is_compared(&self) -> bool {
        self.group_by != GroupBy::Month && self.second != Some(GroupBy::Month)
    }
}

/// What the groups are called.
struct Names {
    services: HashMap<String, String>,
    categories: HashMap<String, String>,
    divisions: HashMap<String, String>,
    locale: Locale,
}

impl Names {
    async fn of(ctx: &Ctx, unit: &Unit) -> Result<Self> {
        let db = &ctx.app.db;
        let divisions = organisation::divisions(db, unit.id).await?;
        Ok(Self {
            services: services::offered(db, unit.id).await?.into_iter().collect(),
            categories: categories::names(db, unit.id)
                .await?
                .into_iter()
                .map(|(id, name)| (id.to_string(), name))
                .collect(),
            divisions: divisions
                .into_iter()
                .map(|division| (division.id.to_string(), division.name))
                .collect(),
            locale: ctx.locale(),
        })
    }

    fn label(&self, by: GroupBy, key: &str, months: &[Period]) -> String {
        let locale = self.locale;
        let found = match (by, key) {
            (GroupBy::Service | GroupBy::Category, HIDDEN) => Some(t(locale, "recap-hidden")),
            (GroupBy::Service, NONE) => Some(t(locale, "recap-no-service")),
            (GroupBy::Category, NONE) => Some(t(locale, "recap-no-category")),
            (GroupBy::Division, NONE) => Some(t(locale, "recap-no-division")),
            (GroupBy::Response, NONE) => Some(t(locale, "recap-no-answer")),
            (GroupBy::Status, MERGED) => Some(t(locale, "complaint-status-merged")),
            (GroupBy::Month, key) => months
                .iter()
                .find(|month| month.month_key() == key)
                .map(|month| month.month_label(locale)),
            (GroupBy::Channel, code) => Channel::parse(code).map(|it| words::channel(it, locale)),
            (GroupBy::Service, code) => self.services.get(code).cloned(),
            (GroupBy::Category, id) => self.categories.get(id).cloned(),
            (GroupBy::Status, code) => Status::parse(code).map(|it| words::status(it, locale)),
            (GroupBy::Kind, code) => Kind::parse(code).map(|it| words::kind(it, locale)),
            (GroupBy::Division, id) => self.divisions.get(id).cloned(),
            (GroupBy::Response, days) => Some(span_label(days, locale)),
        };
        found.unwrap_or_else(|| key.to_owned())
    }
}

/// `2 hari kerja`.
#[must_use]
pub fn span_label(key: &str, locale: Locale) -> String {
    Message::new("recap-span")
        .with("days", key.replace('-', "–"))
        .text(locale)
}

fn grouped(
    (now, before): (&[Cell], &[Cell]),
    by: GroupBy,
    months: &[Period],
    names: &Names,
) -> Vec<Group> {
    let mut found = rules::groups(now, by);
    // A month of this period has no counterpart of the same name.
    let mut earlier = match by {
        GroupBy::Month => Default::default(),
        _ => rules::groups(before, by),
    };
    let keys: Vec<String> = months.iter().map(|month| month.month_key()).collect();
    let mut order = rules::order(by, &keys);
    if order.is_empty() {
        order.extend(found.keys().chain(earlier.keys()).cloned());
        order.sort();
        order.dedup();
        order.sort_by_key(|key| {
            let received = found.get(key).map_or(0, |figures| figures.received);
            (std::cmp::Reverse(received), key == NONE)
        });
    }
    order
        .into_iter()
        .map(|key| Group {
            label: names.label(by, &key, months),
            figures: found.remove(&key).unwrap_or_default(),
            before: earlier.remove(&key).unwrap_or_default().received,
            key,
            second: None,
            inbox: None,
        })
        // A month without complaints says something, a channel that nobody uses does not.
        .filter(|group| by == GroupBy::Month || group.figures.received + group.before > 0)
        .collect()
}

/// The groups, each told apart once more; what never came is left out.
fn grouped_twice(
    (now, before): (&[Cell], &[Cell]),
    (first, second): (GroupBy, GroupBy),
    months: &[Period],
    names: &Names,
) -> Vec<Group> {
    let outer = grouped((now, before), first, months, names);
    let (mut now, mut before) = (rules::split(now, first), rules::split(before, first));
    let mut found = Vec::new();
    for group in outer {
        let parts = (
            now.remove(&group.key).unwrap_or_default(),
            before.remove(&group.key).unwrap_or_default(),
        );
        let inner = grouped((&parts.0, &parts.1), second, months, names);
        let inner = inner
            .into_iter()
            .filter(|part| part.figures.received + part.before > 0);
        found.extend(inner.map(|part| Group {
            key: group.key.clone(),
            label: group.label.clone(),
            second: Some((part.key, part.label)),
            figures: part.figures,
            before: part.before,
            inbox: None,
        }));
    }
    found
}

/// `month`, or two of them with a comma between.
fn grouping(text: &str) -> Result<(GroupBy, Option<GroupBy>)> {
    let unknown = || Error::field("group_by", Message::new("field-unknown-choice"));
    let named = |code: &str| GroupBy::parse(code.trim()).ok_or_else(unknown);
    let (first, second) = match text.trim().split_once(',') {
        Some((first, second)) => (first, Some(named(second)?)),
        None => (text, None),
    };
    let first = match first.trim() {
        "" => GroupBy::default(),
        code => named(code)?,
    };
    if second == Some(first) {
        return Err(Error::field("group_by", Message::new("recap-group-twice")));
    }
    Ok((first, second))
}

/// The recapitulation that an address asks for.
pub async fn recap(ctx: &Ctx, asked: &Asked) -> Result<Recap> {
    let (unit, scope) = unit_of(ctx, &asked.unit).await?;
    let zone = organisation::zone_of(&unit)?;
    let period = Period::read(&asked.from, &asked.to, ctx.today_in(zone))?;
    of_unit(ctx, unit, &scope, period, grouping(&asked.group_by)?).await
}

async fn of_unit(
    ctx: &Ctx,
    unit: Unit,
    scope: &Scope,
    period: Period,
    (group_by, second): (GroupBy, Option<GroupBy>),
) -> Result<Recap> {
    let db = &ctx.app.db;
    let zone = organisation::zone_of(&unit)?;
    let previous = period.previous();
    let readable = Readable::of(ctx);
    let of_reader = (unit.id, scope, &readable);
    let now = store::cells(db, of_reader, period, zone, ctx.now).await?;
    let before = store::cells(db, of_reader, previous, zone, ctx.now).await?;
    let names = Names::of(ctx, &unit).await?;
    let months = period.months();
    let of = |by| grouped((&now, &before), by, &months, &names);
    let mut groups = match second {
        Some(second) => grouped_twice((&now, &before), (group_by, second), &months, &names),
        None => of(group_by),
    };
    let divisions = organisation::divisions(db, unit.id).await?;
    let inbox = Inbox {
        unit: &unit.code,
        period,
        months: &months,
        divisions: &divisions,
        merges: now.iter().any(|cell| cell.merged > 0),
    };
    for group in &mut groups {
        group.inbox = inbox.of(group, (group_by, second));
    }
    Ok(Recap {
        units: choices(ctx).await.unwrap_or_default(),
        total: Figures::of(&now),
        before: Figures::of(&before),
        groups,
        months: of(GroupBy::Month),
        topics: topics::counted(ctx, &unit, scope, period, zone).await?,
        unit,
        zone,
        period,
        previous,
        group_by,
        second,
    })
}
