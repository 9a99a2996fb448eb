//! Use cases of rules of disposition.

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use super::{
    entity::{Model as Rule, RuleId},
    rules::{self, Facts},
    store,
};
use crate::{
    access::{self, Actor, Ctx, Permission, PersonId, Role},
    audit,
    complaints::{
        emails,
        entity::complaint,
        handling,
        rules::{Channel, Event, steps},
        services, store as cases,
    },
    organisation::{self, Unit, UnitId},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

const MOST: usize = 100;

/// The rule that fits this complaint.
async fn fitting(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Option<Rule>> {
    let all = store::all(db, of.unit_id).await?;
    Ok(fitting_of(&all, of).cloned())
}

fn fitting_of<'a>(all: &'a [Rule], of: &complaint::Model) -> Option<&'a Rule> {
    if all.is_empty() {
        return None;
    }
    let text = format!("{}\n{}", of.subject, of.description);
    let asked = Facts {
        service: of.service_code.as_deref(),
        channel: Some(of.channel),
        text: &text,
    };
    rules::first(all, &asked)
}

/// Hands a new complaint over, where a rule does that by itself. Returns the complaint as it is then.
pub async fn at_intake(
    tx: &Tx,
    ctx: &Ctx,
    of: complaint::Model,
    unit: &Unit,
) -> Result<complaint::Model> {
    let all = rules_of(tx, of.unit_id).await?;
    by_rules(tx, ctx, of, unit, &all).await
}

/// The rules of a unit, for whoever takes in many at once.
pub async fn rules_of(db: &impl ConnectionTrait, unit: UnitId) -> Result<Vec<Rule>> {
    store::all(db, unit).await
}

/// The same with rules that were read before.
pub async fn by_rules(
    tx: &Tx,
    ctx: &Ctx,
    of: complaint::Model,
    unit: &Unit,
    all: &[Rule],
) -> Result<complaint::Model> {
    match fitting_of(all, &of) {
        Some(rule) if rule.automatic => {
            let program = Ctx {
                actor: Actor::System,
                ..ctx.clone()
            };
            hand(tx, &program, &of, unit, rule).await?;
            cases::get(tx, of.id).await
        }
        _ => Ok(of),
    }
}

/// Hands a complaint to the division of a rule, or to whoever stands in for its person.
async fn hand(
    tx: &Tx,
    ctx: &Ctx,
    found: &complaint::Model,
    unit: &Unit,
    rule: &Rule,
) -> Result<()> {
    let division = organisation::division(tx, rule.division_id).await?;
    let handlers = access::people_with(tx, &[Role::Handler], unit.id, Some(division.id)).await?;
    // Who left the division since the rule was made gets nothing.
    let named = rule
        .person_id
        .filter(|id| handlers.iter().any(|(known, ..)| known == id));
    let (person, instead) = handling::whoever_is_here(tx, ctx, unit.id, named).await?;
    let names = access::person_names(tx, person.into_iter().collect()).await?;
    let changes = complaint::ActiveModel {
        division_id: Set(Some(division.id)),
        assignee_id: Set(person),
        instruction: Set(rule.instruction.clone()),
        ..Default::default()
    };
    let told = json!({
        "division": division.name,
        "person": names.into_values().next(),
        "instruction": rule.instruction,
        "rule": rule.name,
        "automatic": rule.automatic,
        "instead_of": &instead,
    });
    handling::make(tx, ctx, found, Event::Assign, changes, told).await?;
    let to = (division.id, division.name.as_str());
    emails::assigned(tx, ctx, found, unit, to, (person, instead)).await
}

/// What a rule proposes for a complaint that nobody has.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub rule: RuleId,
    pub name: String,
    pub division: String,
    pub person: Option<String>,
}

pub async fn suggested(ctx: &Ctx, of: &complaint::Model) -> Result<Option<Suggestion>> {
    let open = of.division_id.is_none() && steps(of.status, Event::Assign).is_ok();
    if !open || !ctx.may(Permission::AssignComplaint, of.unit_id) {
        return Ok(None);
    }
    let db = &ctx.app.db;
    let Some(rule) = fitting(db, of).await? else {
        return Ok(None);
    };
    let names = access::person_names(db, rule.person_id.into_iter().collect()).await?;
    Ok(Some(Suggestion {
        rule: rule.id,
        division: organisation::division(db, rule.division_id).await?.name,
        person: names.into_values().next(),
        name: rule.name,
    }))
}

/// Takes what a rule proposes.
pub async fn accept(ctx: &Ctx, number: &str, seen: i32, rule: &str) -> Result<()> {
    let rule = RuleId::parse(rule)?;
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = handling::open_beside(&tx, ctx, number, Some(seen)).await?;
    ctx.require(Permission::AssignComplaint, found.unit_id)?;
    let rule = store::get(&tx, unit.id, rule).await?;
    hand(&tx, ctx, &found, &unit, &rule).await?;
    tx.commit().await?;
    Ok(())
}

/// What the page of rules shows.
pub struct Overview {
    pub unit: Unit,
    pub rules: Vec<Rule>,
    pub divisions: Vec<organisation::Division>,
    pub services: Vec<(String, String)>,
    pub people: Vec<(PersonId, String, String)>,
    /// All units whose rules the caller makes.
    pub units: Vec<Unit>,
}

/// A rule that the caller may change; those of other units do not exist.
async fn own(db: &impl ConnectionTrait, ctx: &Ctx, id: &str) -> Result<Rule> {
    let scope = ctx.require_scope(Permission::ManageRouting)?;
    let found = store::find(db, RuleId::parse(id)?).await?;
    match scope.units.contains(&found.unit_id) {
        true => Ok(found),
        false => Err(Error::NotFound),
    }
}

/// The code of the unit whose rule this is.
pub async fn unit_of(ctx: &Ctx, id: &str) -> Result<String> {
    let db = &ctx.app.db;
    let rule = own(db, ctx, id).await?;
    Ok(organisation::unit(db, rule.unit_id).await?.code)
}

/// The rules of the unit of this code, or of the first in which the caller makes them.
pub async fn overview(ctx: &Ctx, code: &str) -> Result<Overview> {
    let (unit, units) = access::working_in(ctx, Permission::ManageRouting, code).await?;
    let db = &ctx.app.db;
    Ok(Overview {
        rules: store::all(db, unit.id).await?,
        divisions: organisation::divisions(db, unit.id).await?,
        services: services::offered(db, unit.id).await?,
        people: access::people_with(db, &[Role::Handler], unit.id, None).await?,
        unit,
        units,
    })
}

/// A rule as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub name: String,
    pub service: String,
    pub channel: String,
    pub words: String,
    pub division: String,
    pub person: String,
    pub instruction: String,
    pub automatic: bool,
    pub active: bool,
}

/// A rule without a condition takes everything, and none behind it would ever be asked; and the history of a case names
/// a rule by its name alone.
async fn stands_apart(
    tx: &Tx,
    rule: &Rule,
    (name, takes_all): (&str, bool),
    check: &mut Check,
) -> Result<()> {
    if takes_all {
        check.fault("words", Message::new("routing-no-condition"));
    }
    let folded = name.to_lowercase();
    let known = store::all(tx, rule.unit_id).await?;
    let mut others = known.iter().filter(|one| one.id != rule.id);
    if others.any(|one| one.name.to_lowercase() == folded) {
        check.fault("name", Message::new("routing-name-taken"));
    }
    Ok(())
}

async fn checked(tx: &Tx, unit: UnitId, typed: &Typed, before: Rule) -> Result<Rule> {
    let mut check = Check::new();
    let name = check.line("name", &typed.name, 3, 80);
    let service = check.optional("service", &typed.service, 80);
    if let Some(code) = &service
        && !services::is_known(tx, unit, code).await?
    {
        check.fault("service", Message::new("field-unknown-choice"));
    }
    let channel = match typed.channel.trim() {
        "" => None,
        code => check.choice("channel", code, Channel::parse),
    };
    let words = check
        .optional("words", &typed.words, 500)
        .unwrap_or_default();
    let bare = service.is_none() && typed.channel.trim().is_empty();
    stands_apart(
        tx,
        &before,
        (&name, bare && rules::words(&words).is_empty()),
        &mut check,
    )
    .await?;
    let division = match typed.division.trim() {
        "" => {
            check.fault("division", Message::new("field-choose"));
            None
        }
        code => organisation::division_by_code(tx, unit, code).await?,
    };
    let mut person = None;
    if let (Some(division), id) = (&division, typed.person.trim())
        && !id.is_empty()
    {
        let known = access::people_with(tx, &[Role::Handler], unit, Some(division.id)).await?;
        person = known
            .iter()
            .find(|one| one.0.to_string() == id)
            .map(|one| one.0);
        if person.is_none() {
            check.fault("person", Message::new("complaints-person-not-of-division"));
        }
    }
    let instruction = check.optional("instruction", &typed.instruction, 1000);
    check.finish()?;
    let division =
        division.ok_or_else(|| Error::field("division", Message::new("field-unknown-choice")))?;
    Ok(Rule {
        name,
        service_code: service,
        channel,
        words: rules::words(&words).join(", "),
        division_id: division.id,
        person_id: person,
        instruction,
        automatic: typed.automatic,
        active: typed.active,
        ..before
    })
}

async fn record(tx: &Tx, ctx: &Ctx, unit: UnitId, verb: &'static str, rule: &Rule) -> Result<()> {
    let entry = audit::Entry::new("unit", unit.0, verb)
        .in_unit(unit)
        .with(json!({
            "rule": rule.name, "service": rule.service_code, "channel": rule.channel,
            "words": rule.words, "automatic": rule.automatic, "active": rule.active,
        }));
    audit::record(tx, ctx, entry).await
}

/// Adds a rule behind the others of the unit of this code.
pub async fn add(ctx: &Ctx, code: &str, typed: &Typed) -> Result<()> {
    let (unit, _) = access::working_in(ctx, Permission::ManageRouting, code).await?;
    let unit = unit.id;
    let tx = ctx.app.db.begin_write().await?;
    let known = store::all(&tx, unit).await?;
    if known.len() >= MOST {
        return Err(Error::rule(
            "routing.many",
            Message::new("rule-routing-many"),
        ));
    }
    let last = known.last().map_or(0, |rule| rule.position);
    let empty = Rule {
        id: RuleId::new(),
        unit_id: unit,
        position: last + 1,
        name: String::new(),
        service_code: None,
        channel: None,
        words: String::new(),
        division_id: organisation::DivisionId::new(),
        person_id: None,
        instruction: None,
        automatic: false,
        active: true,
        created_at: ctx.now,
        version: 1,
    };
    let rule = checked(&tx, unit, typed, empty).await?;
    store::insert(&tx, rule.clone()).await?;
    record(&tx, ctx, unit, "unit.routing_added", &rule).await?;
    tx.commit().await?;
    Ok(())
}

pub async fn change(ctx: &Ctx, id: &str, seen: i32, typed: &Typed) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let before = own(&tx, ctx, id).await?;
    let unit = before.unit_id;
    if before.version != seen {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let rule = checked(&tx, unit, typed, before).await?;
    store::save(&tx, rule.clone()).await?;
    record(&tx, ctx, unit, "unit.routing_changed", &rule).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets a rule be asked one place earlier.
pub async fn earlier(ctx: &Ctx, id: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let Rule {
        id, unit_id: unit, ..
    } = own(&tx, ctx, id).await?;
    let mut all = store::all(&tx, unit).await?;
    let at = all.iter().position(|rule| rule.id == id);
    let at = at.ok_or(Error::NotFound)?;
    if at > 0 {
        all.swap(at - 1, at);
        for (place, rule) in all.iter().enumerate() {
            let position = i32::try_from(place + 1).unwrap_or(i32::MAX);
            store::place(&tx, rule.id, position).await?;
        }
        record(&tx, ctx, unit, "unit.routing_moved", &all[at - 1]).await?;
        tx.commit().await?;
    }
    Ok(())
}

pub async fn remove(ctx: &Ctx, id: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let rule = own(&tx, ctx, id).await?;
    let unit = rule.unit_id;
    store::delete(&tx, rule.id).await?;
    record(&tx, ctx, unit, "unit.routing_removed", &rule).await?;
    tx.commit().await?;
    Ok(())
}

/// Which rule a complaint like this would meet, and which of its words was said.
#[must_use]
pub fn tried<'a>(
    all: &'a [Rule],
    service: &str,
    channel: &str,
    text: &str,
) -> Option<(&'a Rule, Option<String>)> {
    let asked = Facts {
        service: Some(service).filter(|code| !code.is_empty()),
        channel: Channel::parse(channel),
        text,
    };
    let rule = rules::first(all, &asked)?;
    let words = rules::words(&rule.words);
    Some((rule, rules::said(&words, text).cloned()))
}
