//! The form that narrows the inbox, and what narrows it at this moment, each removable by itself.

use serde::Serialize;

use crate::{
    access::{self, Ctx, Permission, PersonId, Role},
    calendar::dates,
    complaints::{
        filing,
        finding::{Query, Sort},
        rules::{Channel, Class, Kind, Status},
        services, words,
    },
    organisation::{self, Unit},
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::forms::OptionView,
    },
};

#[derive(Serialize)]
pub(super) struct FilterForm {
    view: String,
    q: String,
    selects: Vec<Select>,
    dates: Vec<DateView>,
    sort: Select,
    /// Something is chosen.
    open: bool,
    /// What another view keeps of the address.
    kept: Vec<KeptView>,
    active: Vec<ActiveView>,
    clear_href: String,
    /// The address, for keeping it.
    query: String,
}

#[derive(Serialize)]
struct Select {
    name: &'static str,
    label: String,
    options: Vec<OptionView>,
}

#[derive(Serialize)]
struct KeptView {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct DateView {
    name: &'static str,
    label: String,
    value: String,
}

#[derive(Serialize)]
struct ActiveView {
    label: String,
    text: String,
    remove_href: String,
}

/// What can be chosen for one filter: (value, label).
type Choices = Vec<(String, String)>;

const DATES: [&str; 4] = ["from", "to", "due_from", "due_to"];

struct Fields<'a> {
    query: &'a Query,
    locale: Locale,
}

impl Fields<'_> {
    fn label(&self, name: &str) -> String {
        t(
            self.locale,
            &format!("finding-field-{}", name.replace('_', "-")),
        )
    }

    fn select(&self, name: &'static str, choices: &Choices) -> Select {
        let filters = self.query.filters();
        let chosen = filters.iter().find(|(filter, _)| *filter == name);
        let chosen = chosen.map_or("", |(_, value)| value);
        let any = (
            String::new(),
            t(self.locale, &format!("finding-any-{name}")),
        );
        let options = std::iter::once(&any).chain(choices);
        Select {
            name,
            label: self.label(name),
            options: options
                .map(|(value, label)| OptionView {
                    value: value.clone(),
                    label: label.clone(),
                    hint: None,
                    selected: value == chosen,
                })
                .collect(),
        }
    }

    fn sort(&self) -> Select {
        let options = Sort::ALL.map(|sort| OptionView {
            value: sort.code().to_owned(),
            label: t(self.locale, &format!("finding-sort-{}", sort.code())),
            hint: None,
            selected: sort == Sort::parse(&self.query.sort).unwrap_or_default(),
        });
        Select {
            name: "sort",
            label: self.label("sort"),
            options: options.into(),
        }
    }

    fn active(&self, choices: &[(&'static str, Choices)]) -> Vec<ActiveView> {
        let filters = self.query.filters();
        let given = filters.iter().filter(|(_, value)| !value.is_empty());
        given
            .map(|(name, value)| ActiveView {
                label: self.label(name),
                text: self.text(name, value, choices),
                remove_href: self.query.without(name).address(None),
            })
            .collect()
    }

    fn text(&self, name: &str, value: &str, choices: &[(&'static str, Choices)]) -> String {
        if DATES.contains(&name)
            && let Ok(day) = value.parse()
        {
            return dates::date(day, self.locale);
        }
        let list = choices.iter().find(|(known, _)| *known == name);
        let known = list.and_then(|(_, list)| list.iter().find(|(code, _)| code == value));
        known.map_or_else(|| value.to_owned(), |(_, label)| label.clone())
    }
}

async fn people(ctx: &Ctx, unit: &Unit, query: &Query) -> Result<Choices> {
    let db = &ctx.app.db;
    let mut people = vec![("me".to_owned(), t(ctx.locale(), "finding-me"))];
    if ctx.may(Permission::ViewComplaints, unit.id) {
        let handlers = access::people_with(db, &[Role::Handler], unit.id, None).await?;
        people.extend(
            handlers
                .into_iter()
                .map(|(id, name, _)| (id.to_string(), name)),
        );
    }
    // A bookmark may name somebody who left.
    if !query.person.is_empty()
        && !people.iter().any(|(id, _)| *id == query.person)
        && let Ok(id) = PersonId::parse(&query.person)
    {
        let names = access::person_names(db, vec![id]).await?;
        people.extend(names.into_values().map(|name| (query.person.clone(), name)));
    }
    Ok(people)
}

/// Also those that no form offers any more: cases stand under them.
async fn categories(ctx: &Ctx, unit: &Unit) -> Result<Choices> {
    let names = filing::category_names(&ctx.app.db, unit.id).await?;
    let none = ("none".to_owned(), t(ctx.locale(), "finding-category-none"));
    let named = names.into_iter().map(|(id, name)| (id.to_string(), name));
    Ok(std::iter::once(none).chain(named).collect())
}

async fn offered_services(ctx: &Ctx, unit: &Unit) -> Result<Choices> {
    let offered = services::offered(&ctx.app.db, unit.id).await?;
    let none = ("none".to_owned(), t(ctx.locale(), "finding-service-none"));
    Ok(std::iter::once(none).chain(offered).collect())
}

/// The days until the answer are chosen in the recapitulation; here they can be taken off.
fn response(query: &Query, locale: Locale) -> Choices {
    let label = match &*query.response {
        "none" => t(locale, "finding-response-none"),
        days => Message::new("finding-response-days")
            .with("days", days)
            .text(locale),
    };
    vec![(query.response.clone(), label)]
}

/// What each filter offers in this unit; the unit itself where the caller looks into several.
async fn choices(
    ctx: &Ctx,
    unit: &Unit,
    query: &Query,
    offices: &[Unit],
) -> Result<Vec<(&'static str, Choices)>> {
    let locale = ctx.locale();
    let word = |key: &str| t(locale, key);
    let mut places = vec![("none".to_owned(), word("finding-division-none"))];
    let divisions = organisation::divisions(&ctx.app.db, unit.id).await?;
    places.extend(divisions.into_iter().map(|one| (one.code, one.name)));
    let choice = |name: &str, codes: &[&str]| -> Choices {
        let labelled = codes.iter().map(|code| {
            let label = word(&format!("finding-{name}-{code}"));
            ((*code).to_owned(), label)
        });
        labelled.collect()
    };
    let mut all: Vec<(&'static str, Choices)> = Vec::new();
    if offices.len() > 1 || !query.unit.is_empty() {
        let named = offices
            .iter()
            .map(|one| (one.code.clone(), one.short_name.clone()));
        all.push(("unit", named.collect()));
    }
    all.extend([
        (
            "status",
            Status::all()
                .map(|one| (one.code(), words::status(one, locale)))
                .collect(),
        ),
        ("division", places),
        (
            "kind",
            Kind::all()
                .map(|one| (one.code(), words::kind(one, locale)))
                .collect(),
        ),
        (
            "class",
            Class::all()
                .map(|one| (one.code(), words::class(one, locale)))
                .collect(),
        ),
        (
            "channel",
            std::iter::once(Channel::Web)
                .chain(Channel::by_staff())
                .map(|one| (one.code(), words::channel(one, locale)))
                .collect(),
        ),
        ("service", offered_services(ctx, unit).await?),
        ("category", categories(ctx, unit).await?),
        ("person", people(ctx, unit, query).await?),
        (
            "privacy",
            choice("privacy", &["open", "anonymous", "confidential"]),
        ),
        ("action", choice("action", &["yes", "no"])),
    ]);
    if !query.response.is_empty() {
        all.push(("response", response(query, locale)));
    }
    Ok(all)
}

/// The form as the address fills it.
pub(super) async fn form(
    ctx: &Ctx,
    unit: &Unit,
    query: &Query,
    offices: &[Unit],
) -> Result<FilterForm> {
    let locale = ctx.locale();
    let fields = Fields { query, locale };
    let choices = choices(ctx, unit, query, offices).await?;
    let selects = choices
        .iter()
        .map(|(name, list)| fields.select(name, list))
        .collect();
    let filters = query.filters();
    let chosen = |name: &str| {
        let found = filters.iter().find(|(filter, _)| *filter == name);
        found.map_or("", |(_, value)| value)
    };
    let kept = filters.into_iter().chain([("sort", &*query.sort)]);
    let kept = kept.filter(|(_, value)| !value.is_empty());
    Ok(FilterForm {
        view: query.view.clone(),
        q: query.q.clone(),
        selects,
        open: query.is_filtered() || !query.sort.is_empty(),
        kept: kept
            .map(|(name, value)| KeptView {
                name,
                value: value.to_owned(),
            })
            .collect(),
        dates: DATES
            .into_iter()
            .map(|name| DateView {
                name,
                label: fields.label(name),
                value: chosen(name).to_owned(),
            })
            .collect(),
        sort: fields.sort(),
        active: fields.active(&choices),
        clear_href: format!("/kerja/pengaduan?view={}", query.view),
        query: query.text(),
    })
}
