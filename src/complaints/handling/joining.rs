//! Several complaints about one thing, and one complaint about several: merge, link, split. No word is ever lost:
//! each complaint keeps its own text, messages and history, and a merge is undone by taking it up again.

use sea_orm::ActiveValue::Set;
use serde_json::json;
use uuid::Uuid;

use super::{answering, make, open, open_beside, place, require_text, unchanged};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        emails::{self, Told},
        entity::{
            complaint,
            link::{self, LinkKind},
        },
        intake,
        rules::{self, Event, Status},
        store, viewing, words,
    },
    organisation::Unit,
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

fn rule(code: &'static str, key: &str) -> Error {
    Error::rule(code, Message::new(key))
}

/// The other complaint that was named, of the same unit and readable.
async fn other(
    tx: &Tx,
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
        match store::visible(tx, &scope, &number).await {
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

/// Handles a complaint in another one: its citizen is told, and gets that one's answers on their own page.
pub async fn merge(
    ctx: &Ctx,
    number: &str,
    seen: Option<i32>,
    main: &str,
    note: &str,
) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    let typed = rules::read_number(main);
    let mut main = other(&tx, ctx, &found, "main", main).await?;
    let is_whole = typed == main.number;
    if let Some(root) = main.merged_into {
        main = store::get(&tx, root).await?;
    }
    let mut check = Check::new();
    let note = check.optional("text", note, 1000);
    check.finish()?;
    if main.id == found.id {
        return Err(super::moves::refused("main", "complaints-other-itself"));
    }
    // Its answer would be read by somebody who did not write it.
    if main.confidential {
        return Err(rule(
            "complaint.merge_confidential",
            "rule-complaint-merge-confidential",
        ));
    }
    // A tail names easily another case, and its citizen's answer would be read at once by somebody else.
    if !is_whole {
        let message = Message::new("complaints-other-meant")
            .with("number", &main.number)
            .with("subject", &main.subject)
            .with("status", words::status(main.status, ctx.locale()));
        return Err(Error::field("main", message));
    }
    if main.status.is_final() && main.status != Status::Closed {
        return Err(rule("complaint.merge_ended", "rule-complaint-merge-ended"));
    }
    // What is handled in a younger one would be late unnoticed. One that can take in nobody has no other way.
    let hides = main.status.owes_answer() && found.status.owes_answer();
    if hides && found.due_at < main.due_at && !found.confidential {
        let message = Message::new("rule-complaint-merge-older")
            .with("main", &main.number)
            .with("number", &found.number);
        return Err(Error::rule("complaint.merge_older", message));
    }
    join(&tx, ctx, &found, &main, &unit, note).await?;
    tx.commit().await?;
    Ok(())
}

/// Both rows change, so that an answer given to the main one meanwhile is not missed; always in the order of their
/// ids, so that two officers who merge the same two crosswise do not wait for each other for ever.
async fn join(
    tx: &Tx,
    ctx: &Ctx,
    found: &complaint::Model,
    main: &complaint::Model,
    unit: &Unit,
    note: Option<String>,
) -> Result<()> {
    let changes = complaint::ActiveModel {
        merged_into: Set(Some(main.id)),
        ..Default::default()
    };
    let told = json!({ "cause": "duplicate", "main": main.number, "reason": note });
    if main.id < found.id {
        store::save(tx, main, unchanged()).await?;
        make(tx, ctx, found, Event::Merge, changes, told).await?;
    } else {
        make(tx, ctx, found, Event::Merge, changes, told).await?;
        store::save(tx, main, unchanged()).await?;
    }
    store::move_merged(tx, found, main.id).await?;
    let entry = audit::Entry::new("complaint", main.id.0, "complaint.took_in")
        .in_unit(main.unit_id)
        .with(json!({ "number": found.number }));
    audit::record(tx, ctx, entry).await?;
    match answering::last_answer(tx, main).await? {
        Some(answer) => {
            let text = answering::for_others(tx, ctx, &answer.text, main, found).await?;
            let now = store::get(tx, found.id).await?;
            answering::follow_main(tx, ctx, &now, main, unit, &text).await
        }
        None => emails::news(tx, ctx, found, unit, Told::Merged).await,
    }
}

/// Says that two complaints have to do with each other.
pub async fn link(ctx: &Ctx, number: &str, related: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = open(&tx, ctx, number, None).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    let other = other(&tx, ctx, &found, "related", related).await?;
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
