//! How soon an answer comes, as the public is told before anybody has said what they bring.

use crate::{
    access::Ctx,
    calendar,
    complaints::{called, rules::Kind},
    organisation::{self, Unit},
    platform::{error::Result, i18n::Message},
};

/// The number for complaints; the kinds that have another one are named behind it.
pub struct Answering {
    pub days: u32,
    /// ` (apresiasi 4)`, or nothing.
    pub other: String,
    /// Where the numbers come from.
    pub source: String,
}

/// By the policy that is in force today.
pub async fn of(ctx: &Ctx, unit: &Unit) -> Result<Answering> {
    let locale = ctx.locale();
    let today = ctx.today_in(organisation::zone_of(unit)?);
    let in_force = calendar::policy(&ctx.app.db, unit.id, today).await?;
    let kinds: Vec<(Kind, String)> = Kind::all().map(|kind| (kind, kind.code())).collect();
    let codes = kinds.iter().map(|(_, code)| code.as_str());
    let found = in_force.policy.promised(&Kind::default().code(), codes)?;
    let name = |code: &str| Kind::parse(code).map_or_else(String::new, |kind| called(kind, locale));
    let mut sources = vec![found.term.source.as_str()];
    let mut other = Vec::with_capacity(found.other.len());
    for (code, term) in &found.other {
        other.push(format!("{} {}", name(code), term.working_days));
        if !sources.contains(&term.source.as_str()) {
            sources.push(&term.source);
        }
    }
    Ok(Answering {
        days: found.term.working_days,
        other: match other.is_empty() {
            true => String::new(),
            false => format!(" ({})", other.join(", ")),
        },
        source: sources.join("; "),
    })
}

/// A sentence with the number and the others.
#[must_use]
pub fn words(key: &str, of: &Answering) -> Message {
    Message::new(key)
        .with("days", of.days)
        .with("other", &of.other)
}
