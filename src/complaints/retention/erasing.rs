//! Makes a case a tombstone: everything that somebody said, and who it was, goes in one transaction; unit, kind,
//! service, channel, states and dates stay, so that figures of years ago keep standing.
//!
//! A capability that keeps words of a citizen elsewhere adds its table here; `tests/it/protecting` looks through every
//! table of the database for what was left behind.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::{Map, Value, json};

use super::{
    entity::{erasure, run::RunId},
    jobs::{CaseErased, EraseBytes},
    requests, store,
};
use crate::{
    access::Ctx,
    action_plans::{self, SourceKind},
    audit,
    complaints::{
        Channel, entity::complaint, filing, finding, identity, knowing::published, letters,
        store as cases, trail, ways,
    },
    documents::{self, uploads},
    platform::{crypto, db::Tx, error::Result, jobs, mail},
};

pub use erasure::Cause;

/// Stands where words were.
pub const MARK: &str = "[dianonimkan]";

/// Details of a history that name no citizen and quote nobody. All others go.
const KEPT: &[&str] = &[
    "channel",
    "due_at",
    "due_before",
    "due_id",
    "due_en",
    "recorded_at",
    "division",
    "to",
    "by",
    "main",
    "number",
    "days",
    "class",
    "status",
    "for_citizen",
    "automatic",
    "cause",
    "basis",
];

/// The details that stay.
fn without_words(data: &Value) -> Value {
    let mut kept = Map::new();
    for (name, value) in data.as_object().into_iter().flatten() {
        let plain = value.is_string() || value.is_number() || value.is_boolean();
        if plain && KEPT.contains(&name.as_str()) {
            kept.insert(name.clone(), value.clone());
        }
    }
    Value::Object(kept)
}

/// Why and when a case becomes a tombstone.
pub struct Order {
    pub cause: Cause,
    pub basis: String,
    pub run: Option<RunId>,
    pub ended_at: DateTime<Utc>,
}

/// Anonymises a case as part of the transaction. The complaint's own row is written first: who changed it since it was
/// read has gone before, and the caller is told.
pub async fn erase(tx: &Tx, ctx: &Ctx, of: &complaint::Model, order: Order) -> Result<()> {
    let unknown = crypto::random_digits(16);
    let changes = complaint::ActiveModel {
        subject: Set(MARK.to_owned()),
        description: Set(MARK.to_owned()),
        instruction: Set(None),
        // Nobody knows it: the status page of a tombstone does not open.
        access_code: Set(identity::seal_code(&ctx.app, of.id, &unknown)?),
        submission_key: Set(None),
        ..Default::default()
    };
    cases::save(tx, of, changes).await?;
    cases::delete_identity(tx, of.id).await?;
    store::delete_beside(tx, of).await?;
    store::blank_messages(tx, of, MARK).await?;
    for event in cases::events(tx, of).await? {
        let reason = event.reason.as_ref().map(|_| MARK.to_owned());
        store::blank_event(tx, event.id, reason, without_words(&event.data)).await?;
    }
    audit::blank(tx, &ctx.app.keys, "complaint", of.id.0, without_words).await?;
    letters::blank(tx, of, MARK).await?;
    let files = store::take_files(tx, of).await?;
    filing::forget(tx, of, &files).await?;
    published::forget(tx, of).await?;
    let mut keys = uploads::remove(tx, &files).await?;
    keys.extend(ways::forget(tx, ctx, of).await?);
    // After the numbers that other systems had for it are gone.
    finding::words_changed(tx, of.id).await?;
    keys.extend(documents::forget_about(tx, "complaint", of.id.0).await?);
    mail::forget_about(tx, "complaint", of.id.0).await?;
    for request in requests::forget(tx, of).await? {
        mail::forget_about(tx, "data_request", request).await?;
    }
    let label = format!("{} · {MARK}", of.number);
    action_plans::rename_source(tx, SourceKind::Complaint, &of.id.to_string(), &label).await?;
    if !keys.is_empty() {
        jobs::enqueue(tx, &EraseBytes { keys }, ctx.now).await?;
    }
    // What was entered from elsewhere stands there too.
    if of.channel == Channel::Other {
        let number = of.number.clone();
        jobs::enqueue(tx, &CaseErased { number }, ctx.now).await?;
    }
    let row = erasure::Model {
        complaint_id: of.id,
        unit_id: of.unit_id,
        run_id: order.run,
        cause: order.cause,
        basis: order.basis.clone(),
        ended_at: order.ended_at,
        at: ctx.now,
    };
    store::insert_erasure(tx, row).await?;
    let told = json!({ "cause": order.cause, "basis": order.basis });
    trail::note(tx, ctx, of, "complaint.anonymised", told).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_that_quote_somebody_go_and_the_others_stay() {
        let data = json!({
            "channel": "web", "reason": "Nama saya Bungaran", "files": ["KTP Bungaran.pdf"],
            "instruction": "Hubungi Bungaran", "division": "Fasilitasi", "due_at": "2026-03-26T08:00:00Z",
            "person": "Bungaran", "days": 3,
        });
        assert_eq!(
            without_words(&data),
            json!({
                "channel": "web", "division": "Fasilitasi", "due_at": "2026-03-26T08:00:00Z", "days": 3,
            })
        );
    }
}
