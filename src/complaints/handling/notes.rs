//! What is written beside the answer: notes for colleagues, with mentions, and questions to the citizen.

use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::{add_message, answering::keeps_anonymous, open, place, require_text, unchanged};
use crate::{
    access::{self, Ctx, Permission, PersonId, Role},
    audit,
    complaints::{
        emails::{self, Look, Told},
        entity::complaint,
        identity,
        rules::{self, Event, MessageKind},
        store,
    },
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
    },
};

/// (id, name, e-mail) of those who may read this case and can be mentioned in it.
pub async fn colleagues(
    db: &impl sea_orm::ConnectionTrait,
    of: &complaint::Model,
) -> Result<Vec<(PersonId, String, String)>> {
    let mut people = access::people_with(db, &[Role::ComplaintOfficer], of.unit_id, None).await?;
    if !of.confidential {
        people.extend(access::people_with(db, &[Role::Head], of.unit_id, None).await?);
    }
    if of.division_id.is_some() {
        let handlers =
            access::people_with(db, &[Role::Handler], of.unit_id, of.division_id).await?;
        // The words of a confidential case are for the person it was given to.
        people.extend(handlers.into_iter().filter(|(id, ..)| {
            !of.confidential || of.assignee_id.is_none() || of.assignee_id == Some(*id)
        }));
    }
    people.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
    people.dedup_by_key(|(id, ..)| *id);
    Ok(people)
}

/// The e-mail addresses after an @ in a text: `@nama@kantor.example`.
fn mentioned(text: &str) -> Vec<String> {
    text.split_whitespace()
        .filter_map(|word| word.trim_start_matches(['(', '[']).strip_prefix('@'))
        .filter(|word| word.contains('@'))
        .map(|word| {
            word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']'])
                .to_lowercase()
        })
        .collect()
}

/// Whether the caller may write a note: who works on the case, and who was asked in one, such as the head: a mention that
/// nobody may answer leads nowhere.
#[must_use]
pub fn may_note(ctx: &Ctx, of: &complaint::Model, history: &[audit::Model]) -> bool {
    let Some(me) = ctx.person_id().map(|id| id.to_string()) else {
        return false;
    };
    let asked = |event: &audit::Model| {
        let ids = event.data["mentioned_ids"].as_array();
        ids.is_some_and(|ids| ids.iter().any(|id| id.as_str() == Some(me.as_str())))
    };
    ctx.may(Permission::AnswerComplaint, place(of)) || history.iter().any(asked)
}

/// A note for colleagues; the citizen never sees it. Who is picked, or named in it by `@e-mail`, gets a mail.
pub async fn note(ctx: &Ctx, number: &str, text: &str, picked: &[String]) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, None).await?;
    require_text(ctx, &found)?;
    if !may_note(
        ctx,
        &found,
        &audit::history(&tx, "complaint", found.id.0).await?,
    ) {
        return Err(Error::Forbidden);
    }
    let mut check = Check::new();
    let text = check.text("text", text, 3, 5000);
    let known = colleagues(&tx, &found).await?;
    let mut told: Vec<(PersonId, String, String)> = Vec::new();
    let named = mentioned(&text).into_iter().map(|email| ("text", email));
    let picked = picked
        .iter()
        .map(|one| ("mention", one.trim().to_lowercase()))
        .filter(|(_, one)| !one.is_empty());
    for (field, wanted) in named.chain(picked) {
        let found = known
            .iter()
            .find(|(id, _, email)| id.to_string() == wanted || *email == wanted);
        match found {
            Some(one) if told.iter().any(|(id, ..)| *id == one.0) => {}
            Some(one) => told.push(one.clone()),
            None => check.fault(
                field,
                Message::new("complaints-mention-unknown").with("person", wanted),
            ),
        }
    }
    check.finish()?;
    told.retain(|(id, ..)| Some(*id) != ctx.person_id());
    let message = add_message(&tx, ctx, &found, MessageKind::InternalNote, text).await?;
    let names: Vec<&str> = told.iter().map(|(_, name, _)| name.as_str()).collect();
    let ids: Vec<PersonId> = told.iter().map(|(id, ..)| *id).collect();
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.noted")
        .in_unit(found.unit_id)
        .with(json!({ "message": message, "mentioned": names, "mentioned_ids": ids }));
    audit::record(&tx, ctx, entry).await?;
    let by = ctx
        .account()
        .map(|one| one.name.clone())
        .unwrap_or_default();
    emails::notice(&tx, ctx, &found, &unit, &Look::Mentioned { by }, told).await?;
    tx.commit().await?;
    Ok(())
}

/// A question to the citizen that stops no clock: the office goes on meanwhile.
pub async fn question(ctx: &Ctx, number: &str, text: &str) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, unit) = open(&tx, ctx, number, None).await?;
    ctx.require(Permission::AnswerComplaint, place(&found))?;
    require_text(ctx, &found)?;
    let mut check = Check::new();
    let text = check.text("text", text, 3, 3000);
    check.finish()?;
    let reporter = identity::read(&tx, &ctx.app, found.id).await?;
    keeps_anonymous(ctx, &found, &text, &reporter)?;
    // Where the citizen cannot write back, a question leads nowhere.
    rules::steps(found.status, Event::Write).map_err(Error::from)?;
    // What the citizen wrote last has an answer with this.
    let changes = complaint::ActiveModel {
        heard_at: Set(None),
        ..unchanged()
    };
    store::save(&tx, &found, changes).await?;
    let message = add_message(&tx, ctx, &found, MessageKind::Question, text).await?;
    let entry = audit::Entry::new("complaint", found.id.0, "complaint.asked")
        .in_unit(found.unit_id)
        .with(json!({ "message": message }));
    audit::record(&tx, ctx, entry).await?;
    emails::news(&tx, ctx, &found, &unit, Told::Question).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::mentioned;

    #[test]
    fn a_mention_is_an_address_after_an_at_sign() {
        for (text, found) in [
            (
                "@Budi@kantor.example tolong cek",
                vec!["budi@kantor.example"],
            ),
            (
                "(@a@b.example), @c@d.example.",
                vec!["a@b.example", "c@d.example"],
            ),
            ("surel warga a@b.example dan @budi", vec![]),
        ] {
            assert_eq!(mentioned(text), found, "{text}");
        }
    }
}
