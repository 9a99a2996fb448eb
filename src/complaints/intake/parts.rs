//! A part of a complaint that becomes one of its own.

use chrono::Datelike as _;
use serde_json::json;

use crate::{
    access::Ctx,
    audit,
    complaints::{
        entity::{ComplaintId, complaint},
        explain, filing, history, identity,
        rules::{self, Status},
        services, store,
    },
    organisation::{self, Unit},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// A part of a complaint that becomes one of its own.
pub struct Taken {
    pub subject: String,
    pub description: String,
    pub service: Option<String>,
}

/// Files a part of a complaint as one of its own: received when the whole was (its clock does not begin anew), with
/// the same reporter, the same choices and the same secret code.
pub async fn take_part(
    tx: &Tx,
    ctx: &Ctx,
    whole: &complaint::Model,
    unit: &Unit,
    part: Taken,
) -> Result<complaint::Model> {
    if let Some(service) = &part.service
        && !services::is_known(tx, unit.id, service).await?
    {
        return Err(Error::field(
            "service",
            Message::new("field-unknown-choice"),
        ));
    }
    let zone = organisation::zone_of(unit)?;
    let received = whole.received_at.with_timezone(&zone);
    let (due_at, explanation) = explain::again(tx, whole, received).await?;
    let year = ctx.today_in(zone).year();
    let count = store::next_number(tx, unit.id, year).await?;
    let number = rules::number(&unit.complaint_prefix, year, count);
    let id = ComplaintId::new();
    let code = identity::open_code(&ctx.app, whole)?;
    let row = complaint::Model {
        id,
        number,
        subject: part.subject,
        description: part.description,
        service_code: part.service,
        status: Status::Received,
        queue: rules::queue(Status::Received, due_at),
        division_id: None,
        assignee_id: None,
        instruction: None,
        due_at,
        explanation,
        answered_at: None,
        answered_in_time: None,
        answer_working_days: None,
        closed_at: None,
        merged_into: None,
        look_at: Some(store::AT_ONCE),
        solution_due_at: None,
        heard_at: None,
        access_code: identity::seal_code(&ctx.app, id, &code)?,
        submission_key: None,
        created_at: ctx.now,
        version: 1,
        ..whole.clone()
    };
    store::insert(tx, row.clone().into()).await?;
    let reporter = identity::read(tx, &ctx.app, whole.id).await?;
    identity::keep(tx, &ctx.app, &row, &reporter).await?;
    filing::keep_code(tx, &ctx.app, &row).await?;
    let entry = audit::Entry::new("complaint", id.0, "complaint.split_from")
        .in_unit(row.unit_id)
        .with(json!({ "number": whole.number }));
    audit::record(tx, ctx, entry).await?;
    history::received(tx, ctx, &row).await?;
    Ok(row)
}
