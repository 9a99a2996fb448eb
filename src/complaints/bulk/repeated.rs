//! A job may run twice, and an order may be sent twice. What its person has done already is neither done again nor
//! called somebody else's change.

use super::{Act, Order};
use crate::{
    access::Ctx,
    complaints::{
        entity::{batch, batch_item, complaint},
        handling, history, standard_answers, store,
    },
    platform::error::Result,
};

/// What whoever gave the order did to a complaint already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing that is in the way.
    Nothing,
    /// This order, before its job was stopped.
    Now,
    /// The same, by an earlier order or by hand.
    Earlier,
    /// They answered, in other words than these.
    OtherWords,
}

pub(super) async fn done(
    ctx: &Ctx,
    (batch, item): (&batch::Model, &batch_item::Model),
    (act, order): (Act, &Order),
    of: &complaint::Model,
) -> Result<Before> {
    let db = &ctx.app.db;
    let Some(last) = history::of(db, of).await?.pop() else {
        return Ok(Before::Nothing);
    };
    let theirs = last.to == act.reaches() && last.person == Some(batch.person_id);
    // The same person may have handed it to another division meanwhile.
    let there = act != Act::Assign || last.data["division_code"] == *order.division.trim();
    let since = last.at >= batch.created_at;
    // Whoever saw it done and orders it all the same means it.
    if !theirs || !there || (!since && item.seen >= of.version) {
        return Ok(Before::Nothing);
    }
    if act == Act::Answer {
        // What cannot be filled in any more is refused where it would be sent.
        let Ok(text) = handling::filled(ctx, &of.number, &order.text).await else {
            return Ok(Before::Nothing);
        };
        let text = standard_answers::personal(&text, of);
        let sent = store::last_answer(db, of).await?;
        if sent.is_none_or(|sent| sent.text.trim() != text.trim()) {
            return Ok(Before::OtherWords);
        }
    }
    Ok(if since { Before::Now } else { Before::Earlier })
}
