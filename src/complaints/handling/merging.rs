//! One complaint is handled in another. What that one was answered before is somebody else's letter: it reaches the
//! citizen of the merged one only if an officer read it and chose so.

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use super::{
    answering::{self, LONGEST, SHORTEST},
    joining, make, open, parting, require_text, unchanged,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        emails::{self, Told},
        entity::{complaint, message},
        identity,
        rules::{self, Event, Reply, Status},
        standard_answers, store, words,
    },
    organisation::Unit,
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
    },
};

/// A merge as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Merging {
    /// The number of the main complaint.
    pub main: String,
    /// What the citizen reads beside it; may be empty.
    pub text: String,
    /// `rules::Reply`; empty for `next`.
    pub reply: String,
    /// The words for this citizen alone, with `own`.
    pub answer: String,
    /// Id of the answer that was read before it is sent with `same`; empty where none was shown.
    pub read: String,
}

/// What an officer looks at before merging.
pub struct Merger {
    pub found: complaint::Model,
    /// Where it would be handled.
    pub main: complaint::Model,
    /// The number that was named, where that one is itself handled in `main`.
    pub through: Option<String>,
    /// The answer that the main complaint has, as this citizen would read it.
    pub answer: Option<(message::Model, String)>,
}

fn rule(code: &'static str, key: &str) -> Error {
    Error::rule(code, Message::new(key))
}

/// The two complaints with what would be read; nothing happens.
pub async fn merger(ctx: &Ctx, number: &str, main: &str) -> Result<Merger> {
    let db = &ctx.app.db;
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = store::visible(db, &scope, &rules::read_number(number)).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    rules::steps(found.status, Event::Merge)?;
    let (named, main) = named(db, ctx, &found, main).await?;
    suits(&found, &main)?;
    let answer = match answering::last_answer(db, &main).await? {
        Some(answer) => {
            let text = answering::for_others(db, ctx, &answer.text, &main, &found).await?;
            Some((answer, text))
        }
        None => None,
    };
    Ok(Merger {
        through: (named != main.number).then_some(named),
        found,
        main,
        answer,
    })
}

/// The number that was named, and the complaint in which that one is handled: itself, or its main one.
async fn named(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    found: &complaint::Model,
    typed: &str,
) -> Result<(String, complaint::Model)> {
    let other = joining::other(db, ctx, found, "main", typed).await?;
    let named = other.number.clone();
    let main = match other.merged_into {
        Some(root) => store::get(db, root).await?,
        None => other,
    };
    if main.id == found.id {
        return Err(super::moves::refused("main", "complaints-other-itself"));
    }
    joining::require_words(db, "main", &main).await?;
    // Its answer would be read by somebody who did not write it.
    if main.confidential {
        return Err(rule(
            "complaint.merge_confidential",
            "rule-complaint-merge-confidential",
        ));
    }
    Ok((named, main))
}

/// Refuses where nobody would be answered, or too late.
fn suits(found: &complaint::Model, main: &complaint::Model) -> Result<()> {
    if rules::replies_offered(main.status).is_empty() {
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
    Ok(())
}

/// Whether the one can be handled in the other, as far as their rows say.
#[must_use]
pub fn can_take_in(main: &complaint::Model, found: &complaint::Model) -> bool {
    !main.confidential && main.merged_into.is_none() && suits(found, main).is_ok()
}

/// What was chosen, with the words of its own.
fn chosen(check: &mut Check, main: &complaint::Model, merging: &Merging) -> (Reply, String) {
    let offered = rules::replies_offered(main.status);
    let wanted = match merging.reply.trim() {
        "" => Some(Reply::Next),
        code => Reply::parse(code),
    };
    let Some(reply) = wanted.filter(|reply| offered.contains(reply)) else {
        let key = match offered.contains(&Reply::Next) {
            true => "field-unknown-choice",
            false => "complaints-merge-closed",
        };
        check.fault("reply", Message::new(key));
        return (Reply::Next, String::new());
    };
    // Words that nobody would send must not be lost unnoticed.
    if reply != Reply::Own && !merging.answer.trim().is_empty() {
        check.fault("reply", Message::new("complaints-merge-unsent"));
    }
    let text = match reply {
        Reply::Own => check.text("answer", &merging.answer, SHORTEST, LONGEST),
        Reply::Next | Reply::Same => String::new(),
    };
    (reply, text)
}

/// Handles a complaint in another one: its citizen is told, and gets that one's further answers on their own page.
pub async fn merge(ctx: &Ctx, number: &str, seen: Option<i32>, merging: &Merging) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, seen).await?;
    ctx.require(Permission::CloseComplaint, found.unit_id)?;
    require_text(ctx, &found)?;
    let (named, main) = named(&tx, ctx, &found, &merging.main).await?;
    // A tail names easily another case, and its citizen's answer would be read at once by somebody else.
    if rules::read_number(&merging.main) != named {
        let key = match named == main.number {
            true => "complaints-other-meant",
            false => "complaints-other-meant-through",
        };
        let message = Message::new(key)
            .with("named", &named)
            .with("number", &main.number)
            .with("subject", &main.subject)
            .with("status", words::status(main.status, ctx.locale()));
        return Err(Error::field("main", message));
    }
    suits(&found, &main)?;
    let mut check = Check::new();
    let note = check.optional("text", &merging.text, 1000);
    let (reply, own) = chosen(&mut check, &main, merging);
    check.finish()?;
    join(&tx, ctx, &found, &main, note).await?;
    match reply {
        Reply::Next => emails::news(&tx, ctx, &found, &unit, Told::Merged).await?,
        Reply::Same => same(&tx, ctx, (&found, &main), &unit, &merging.read).await?,
        Reply::Own => {
            let text = for_one(&tx, ctx, &found, &main, &own).await?;
            let now = store::get(&tx, found.id).await?;
            answering::follow_main(&tx, ctx, &now, &main, &unit, (&text, true)).await?;
        }
    }
    // Those that waited in the merged one have come along, and of a closed one no answer will ever free them.
    if main.status == Status::Closed {
        parting::free_merged(&tx, ctx, &main).await?;
    }
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
    audit::record(tx, ctx, entry).await
}

/// The answer of the main complaint, as the officer saw it.
async fn same(
    tx: &Tx,
    ctx: &Ctx,
    (found, main): (&complaint::Model, &complaint::Model),
    unit: &Unit,
    read: &str,
) -> Result<()> {
    let answer = answering::last_answer(tx, main).await?;
    let answer = answer.ok_or_else(|| super::moves::refused("reply", "field-unknown-choice"))?;
    // Another one since: nobody has read what would go out.
    if !read.is_empty() && answer.id.to_string() != read {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let text = answering::for_others(tx, ctx, &answer.text, main, found).await?;
    let now = store::get(tx, found.id).await?;
    answering::follow_main(tx, ctx, &now, main, unit, (&text, false)).await
}

/// Words for this citizen: they name neither an anonymous one nor the other, and leave no placeholder open.
async fn for_one(
    tx: &Tx,
    ctx: &Ctx,
    found: &complaint::Model,
    main: &complaint::Model,
    text: &str,
) -> Result<String> {
    let reporter = identity::read(tx, &ctx.app, found.id).await?;
    answering::keeps_anonymous(ctx, found, text, &reporter).map_err(|error| {
        error.renamed(|field| match field.as_str() {
            "text" => "answer".to_owned(),
            _ => field,
        })
    })?;
    let other = identity::read(tx, &ctx.app, main.id).await?.name;
    if other.is_some_and(|name| rules::names(text, &name)) {
        return Err(super::moves::refused("answer", "complaints-merge-names"));
    }
    if let Some(left) = standard_answers::unfilled(text) {
        let message = Message::new("complaints-answer-placeholder").with("placeholder", left);
        return Err(Error::field("answer", message));
    }
    Ok(standard_answers::personal(text, found))
}
