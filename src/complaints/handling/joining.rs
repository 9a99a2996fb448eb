//! Complaints that have to do with each other, and one complaint about several things: link, split. No word is ever
//! lost: each complaint keeps its own text, messages and history.

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;
use uuid::Uuid;

use super::{open, open_beside, place, require_text, unchanged};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        emails::{self, Told},
        entity::{
            complaint,
            link::{self, LinkKind},
        },
        intake, retention,
        rules::{self, Event},
        store, viewing,
    },
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
    },
};

/// The other complaint that was named, of the same unit and readable.
pub(super) async fn other(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    found: &complaint::Model,
    field: &str,
    number: &str,
) -> Result<complaint::Model> {
    if number.trim().is_empty() {
        return Err(super::moves::refused(field, "field-required"));
    }
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let mut named = None;
    for number in rules::numbers_meant(number, &found.number) {
        match store::visible(db, &scope, &number).await {
            Ok(other) if other.unit_id == found.unit_id => {
                named = Some(other);
                break;
            }
            Ok(_) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let Some(other) = named else {
        return Err(super::moves::refused(field, "complaints-other-unknown"));
    };
    if other.id == found.id {
        return Err(super::moves::refused(field, "complaints-other-itself"));
    }
    Ok(other)
}

/// Nothing is joined with a tombstone: it has no words that anybody could compare, and no answer to give.
pub(super) async fn require_words(
    db: &impl ConnectionTrait,
    field: &str,
    other: &complaint::Model,
) -> Result<()> {
    match retention::erased_at(db, other.id).await? {
        None => Ok(()),
        Some(_) => Err(super::moves::refused(field, "complaints-other-anonymised")),
    }
}

/// Says that two complaints have to do with each other.
pub async fn link(ctx: &Ctx, number: &str, related: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open(&tx, ctx, number, None).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    let other = other(&tx, ctx, &found, "related", related).await?;
    require_words(&tx, "related", &other).await?;
    // One row for both directions: the older one first.
    let (from, to) = if found.id < other.id {
        (&found, &other)
    } else {
        (&other, &found)
    };
    if store::insert_link(&tx, link_row(ctx, from, to, LinkKind::Related)).await? {
        for (one, with) in [(&found, &other), (&other, &found)] {
            record(&tx, ctx, one, "complaint.related", &with.number).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Takes such a link back.
pub async fn unlink(ctx: &Ctx, number: &str, related: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open(&tx, ctx, number, None).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    let other = other(&tx, ctx, &found, "related", related).await?;
    if store::delete_link(&tx, &found, other.id).await? {
        for (one, with) in [(&found, &other), (&other, &found)] {
            record(&tx, ctx, one, "complaint.unrelated", &with.number).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

fn link_row(
    ctx: &Ctx,
    from: &complaint::Model,
    to: &complaint::Model,
    kind: LinkKind,
) -> link::ActiveModel {
    link::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(from.unit_id),
        from_id: Set(from.id),
        to_id: Set(to.id),
        kind: Set(kind),
        person_id: Set(ctx.person_id()),
        created_at: Set(ctx.now),
    }
}

async fn record(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    verb: &'static str,
    number: &str,
) -> Result<()> {
    let entry = audit::Entry::new("complaint", of.id.0, verb)
        .in_unit(of.unit_id)
        .with(json!({ "number": number }));
    audit::record(tx, ctx, entry).await
}

/// A part of a complaint that is another matter, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub subject: String,
    pub description: String,
    /// Code of the service it is about; empty for none.
    pub service: String,
}

/// Makes a complaint of its own from a part of one. The original stays as it was written. The new one was received
/// when the original was, has the same reporter and the same secret code. Answers its number.
pub async fn split(ctx: &Ctx, number: &str, seen: Option<i32>, part: &Part) -> Result<String> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open_beside(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    if !viewing::sight_of(ctx, &found, false).text || found.status.is_final() {
        return Err(rules::Broken {
            status: found.status,
            event: Event::Write,
        }
        .into());
    }
    let mut check = Check::new();
    let subject = check.line("subject", &part.subject, 3, 150);
    let description = check.text("description", &part.description, 10, 5000);
    let service = check.optional("service", &part.service, 80);
    check.finish()?;
    store::save(&tx, &found, unchanged()).await?;
    let taken = intake::Taken {
        subject,
        description,
        service,
    };
    let made = intake::take_part(&tx, ctx, &found, &unit, taken).await?;
    store::insert_link(&tx, link_row(ctx, &found, &made, LinkKind::Split)).await?;
    record(&tx, ctx, &found, "complaint.split", &made.number).await?;
    emails::news(&tx, ctx, &made, &unit, Told::Split).await?;
    tx.commit().await?;
    Ok(made.number)
}
