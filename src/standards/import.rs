//! Importing the standards of a unit from a readable file: decree, charter, services, components.

use chrono::NaiveDate;
use sea_orm::ActiveValue::Set;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    entity::{
        StandardId, charter,
        component::{self, Channels, Durations, Items},
        decree::{self, Contents, Dictum},
        standard,
    },
    rules::{Channel, ComponentKind, Duration},
    store,
};
use crate::{
    access::Ctx,
    audit,
    organisation::UnitId,
    platform::{
        db::Tx,
        error::{Error, Result},
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureFile {
    /// Whose standards these are; the caller chose the unit by it.
    #[serde(rename = "unit")]
    _unit: String,
    decree: Option<FixtureDecree>,
    charter: Option<FixtureCharter>,
    standard: Vec<FixtureStandard>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureDecree {
    number: Option<String>,
    title: String,
    place: Option<String>,
    date: Option<NaiveDate>,
    signatory: Option<String>,
    signatory_position: Option<String>,
    signatory_rank: Option<String>,
    signatory_nip: Option<String>,
    #[serde(default)]
    considerations: Vec<String>,
    #[serde(default)]
    legal_bases: Vec<String>,
    #[serde(default)]
    dictums: Vec<Dictum>,
    #[serde(default)]
    copies: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureCharter {
    text: String,
    place: String,
    date: NaiveDate,
    signatory: String,
    signatory_position: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureStandard {
    code: String,
    order: i32,
    name: String,
    summary: String,
    component: Vec<FixtureComponent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureComponent {
    kind: ComponentKind,
    position: i32,
    text: Option<String>,
    #[serde(default)]
    items: Vec<String>,
    #[serde(default)]
    duration: Vec<Duration>,
    #[serde(default)]
    channel: Vec<Channel>,
    /// Rupiah, of the fee.
    amount: Option<i64>,
    /// People, of the number of staff.
    count: Option<i32>,
}

/// Adds the standards of a file to a unit that has none of these yet; returns how many.
pub async fn import(tx: &Tx, ctx: &Ctx, unit: UnitId, file: &str) -> Result<usize> {
    let file: FixtureFile = toml::from_str(file).map_err(anyhow::Error::from)?;
    let valid_from = file.decree.as_ref().and_then(|decree| decree.date);
    let decree_id = match file.decree {
        Some(decree) => Some(insert_decree(tx, unit, decree).await?),
        None => None,
    };
    if let Some(charter) = file.charter {
        insert_charter(tx, unit, charter).await?;
    }
    let count = file.standard.len();
    for standard in file.standard {
        check(&standard)?;
        insert_standard(tx, ctx, unit, (decree_id, valid_from), standard).await?;
    }
    Ok(count)
}

/// Every component once, and durations that make sense.
fn check(standard: &FixtureStandard) -> Result<()> {
    let fault = |what: String| Error::Internal(anyhow::anyhow!("{}: {what}", standard.code));
    for kind in ComponentKind::DELIVERY.iter().chain(&ComponentKind::BEHIND) {
        let times = standard
            .component
            .iter()
            .filter(|component| component.kind == *kind)
            .count();
        if times != 1 {
            return Err(fault(format!("{} stands {times} times", kind.code())));
        }
    }
    for duration in standard.component.iter().flat_map(|c| &c.duration) {
        duration
            .check()
            .map_err(|broken| fault(format!("{}: {broken}", duration.label)))?;
    }
    Ok(())
}

async fn insert_decree(tx: &Tx, unit: UnitId, decree: FixtureDecree) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let row = decree::ActiveModel {
        id: Set(id),
        unit_id: Set(unit),
        number: Set(decree.number),
        title: Set(decree.title),
        place: Set(decree.place),
        date: Set(decree.date),
        contents: Set(Contents {
            signatory: decree.signatory,
            signatory_position: decree.signatory_position,
            signatory_rank: decree.signatory_rank,
            signatory_nip: decree.signatory_nip,
            considerations: decree.considerations,
            legal_bases: decree.legal_bases,
            dictums: decree.dictums,
            copies: decree.copies,
        }),
    };
    store::insert_decree(tx, row).await?;
    Ok(id)
}

async fn insert_charter(tx: &Tx, unit: UnitId, charter: FixtureCharter) -> Result<()> {
    let row = charter::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(unit),
        text: Set(charter.text),
        place: Set(charter.place),
        date: Set(charter.date),
        signatory: Set(charter.signatory),
        signatory_position: Set(charter.signatory_position),
    };
    store::insert_charter(tx, row).await
}

async fn insert_standard(
    tx: &Tx,
    ctx: &Ctx,
    unit: UnitId,
    (decree_id, valid_from): (Option<Uuid>, Option<NaiveDate>),
    standard: FixtureStandard,
) -> Result<()> {
    let id = StandardId::new();
    let row = standard::ActiveModel {
        id: Set(id),
        unit_id: Set(unit),
        search_text: Set(search_text(&standard)),
        code: Set(standard.code),
        position: Set(standard.order),
        name: Set(standard.name),
        summary: Set(standard.summary),
        decree_id: Set(decree_id),
        version: Set(1),
        valid_from: Set(valid_from),
    };
    store::insert_standard(tx, row).await?;
    for component in standard.component {
        let row = component::ActiveModel {
            id: Set(Uuid::now_v7()),
            unit_id: Set(unit),
            standard_id: Set(id),
            kind: Set(component.kind),
            position: Set(component.position),
            text: Set(component.text),
            items: Set(Items(component.items)),
            durations: Set(Durations(component.duration)),
            channels: Set(Channels(component.channel)),
            fee_rupiah: Set(component.amount),
            staff_count: Set(component.count),
        };
        store::insert_component(tx, row).await?;
    }
    let entry = audit::Entry::new("service_standard", id.0, "standard.imported").in_unit(unit);
    audit::record(tx, ctx, entry).await
}

/// Everything that somebody may look for, in small letters.
fn search_text(standard: &FixtureStandard) -> String {
    let inside = standard.component.iter().flat_map(|component| {
        component
            .text
            .iter()
            .chain(&component.items)
            .map(String::as_str)
    });
    [standard.name.as_str(), standard.summary.as_str()]
        .into_iter()
        .chain(inside)
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase()
}
