//! What the demo's unit decided about its voices, chosen by its people.

use std::collections::HashMap;

use serde::Deserialize;

use crate::{
    access::{self, Ctx, PersonId},
    complaints::{retention, routing},
    organisation,
    platform::error::{Error, Result},
};

const FILE: &str = include_str!("../../fixtures/demo-protecting.toml");
const UNIT: &str = "disdukcapil-kaltim";
const ADMIN: &str = "kaltim-admin-unit";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    period: Vec<Period>,
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    kind: String,
    months: String,
    source: String,
    certainty: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    name: String,
    words: String,
    division: String,
    instruction: String,
}

/// Chooses the periods and adds the rules, as the administrator of the unit. The rules only propose.
pub async fn load(ctx: &Ctx, people: &HashMap<String, PersonId>) -> Result<()> {
    let file: File = toml::from_str(FILE).map_err(anyhow::Error::from)?;
    let unit = organisation::unit_by_code(&ctx.app.db, UNIT).await?;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let admin = people.get(ADMIN).copied().ok_or(Error::NotFound)?;
    let ctx = access::acting_as(ctx, admin, ctx.now).await?;
    for period in file.period {
        let chosen = retention::Chosen {
            kind: period.kind,
            months: period.months,
            source: period.source,
            certainty: period.certainty,
            valid_from: today.to_string(),
            reason: period.reason,
            confirmed: true,
        };
        retention::import(&ctx, unit.id, &chosen).await?;
    }
    for rule in file.rule {
        let typed = routing::Typed {
            name: rule.name,
            words: rule.words,
            division: rule.division,
            instruction: rule.instruction,
            active: true,
            ..routing::Typed::default()
        };
        routing::add(&ctx, &unit.code, &typed).await?;
    }
    Ok(())
}
