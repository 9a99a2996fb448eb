//! Complainants whom no mail reaches: they gave a telephone number alone, or wrote by post or on SP4N-LAPOR!. Whatever
//! would have been a mail is a row until somebody of the office told them: nobody is forgotten who has no mailbox.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    emails,
    entity::{
        ComplaintId,
        call::{self, Way},
        complaint,
    },
    handling,
    identity::{self, Identity},
    rules::{self, Channel, Teller},
    store, viewing, ways,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::{self, Unit},
    platform::{
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        web::address::encoded,
    },
};

/// Who brings the news of a case to its citizen, as they can be reached now.
pub async fn teller_of(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    reporter: &Identity,
) -> Result<Teller> {
    let (email, phone) = (reporter.email.is_some(), reporter.phone.is_some());
    let by_post = !email && !phone;
    let address = by_post && !ways::with_address(db, vec![of.id]).await?.is_empty();
    Ok(rules::teller(of.channel, email, phone, address))
}

/// How a citizen can be reached now.
pub struct Reach {
    pub teller: Teller,
    /// There is a number that can be rung up.
    pub by_phone: bool,
    /// The tracking id, where it is told on SP4N-LAPOR!; empty elsewhere.
    pub tracking: String,
}

pub async fn reach(ctx: &Ctx, of: &complaint::Model) -> Result<Reach> {
    let db = &ctx.app.db;
    let reporter = identity::read(db, &ctx.app, of.id).await?;
    let teller = teller_of(db, of, &reporter).await?;
    let names = match teller {
        Teller::Sp4n => ways::names_elsewhere(db, of).await?,
        _ => Vec::new(),
    };
    let there = names
        .into_iter()
        .find(|name| name.channel == Channel::Sp4nLapor);
    Ok(Reach {
        teller,
        by_phone: reporter.phone.is_some(),
        tracking: there.map(|name| name.external_id).unwrap_or_default(),
    })
}

/// How many of these no mail reaches.
#[derive(Clone, Copy, Debug, Default)]
pub struct ByHand {
    /// They hear of news from a person only.
    pub told: usize,
    /// No way leads to them: it is ticked off that nobody can tell them.
    pub unreached: usize,
}

pub async fn by_hand(db: &impl ConnectionTrait, of: &[&complaint::Model]) -> Result<ByHand> {
    let ids: Vec<ComplaintId> = of.iter().map(|one| one.id).collect();
    let identities = store::identities(db, ids.clone()).await?;
    let contacts: HashMap<_, _> = identities
        .into_iter()
        .map(|row| {
            let left = (row.email.is_some(), row.phone.is_some(), row.name.is_some());
            (row.complaint_id, left)
        })
        .collect();
    let addresses = ways::with_address(db, ids).await?;
    let mut count = ByHand::default();
    for one in of {
        let (email, phone, named) = contacts.get(&one.id).copied().unwrap_or_default();
        let address = addresses.contains(&one.id);
        let teller = rules::teller(one.channel, email, phone, address);
        count.told += usize::from(teller.is_person());
        count.unreached += usize::from(rules::is_unreached(one.channel, teller, named));
    }
    Ok(count)
}

/// Notes that this has to be told by a person, where one can.
pub async fn note(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    reporter: &Identity,
    headline: String,
) -> Result<()> {
    if !teller_of(tx, of, reporter).await?.is_person() {
        return Ok(());
    }
    waits(tx, ctx, of, headline).await
}

/// Whether somebody has to note that no way leads to this citizen.
pub async fn is_unreached(
    db: &impl ConnectionTrait,
    of: &complaint::Model,
    reporter: &Identity,
) -> Result<bool> {
    let teller = teller_of(db, of, reporter).await?;
    Ok(rules::is_unreached(
        of.channel,
        teller,
        reporter.name.is_some(),
    ))
}

/// It stands beside the case, and in the inbox, until somebody ticks it off.
pub async fn waits(tx: &Tx, ctx: &Ctx, of: &complaint::Model, headline: String) -> Result<()> {
    let row = call::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(of.unit_id),
        complaint_id: Set(of.id),
        headline: Set(headline),
        at: Set(ctx.now),
        done_at: Set(None),
        done_by: Set(None),
        way: Set(None),
    };
    store::insert_call(tx, row).await
}

/// News that say nothing without the office's own words: which promise, which forum.
const WITH_WORDS: [&str; 3] = [
    "complaint.promised",
    "complaint.promise_kept",
    "complaint.on_agenda",
];

/// The promise itself, as its plan calls it. Of a confidential case it would tell whoever holds the telephone.
fn words_of(of: &complaint::Model, history: &[audit::Model], news: &call::Model) -> Vec<String> {
    let told = history.iter().filter(|event| {
        !of.confidential && event.at == news.at && WITH_WORDS.contains(&event.verb.as_str())
    });
    told.filter_map(|event| event.data["words"].as_str().map(str::to_owned))
        .collect()
}

/// What is written, or said: the last that happened, and where the rest is read. Neither words of the case nor its code.
pub fn prepared(
    ctx: &Ctx,
    of: &complaint::Model,
    (unit, history): (&Unit, &[audit::Model]),
    news: &call::Model,
) -> String {
    let words = words_of(of, history, news);
    let key = match words.is_empty() {
        true => "calling-message",
        false => "calling-message-words",
    };
    Message::new(key)
        .with("headline", &news.headline)
        .with("words", words.join("\n"))
        .with("unit", &unit.name)
        .with("url", emails::track_url(ctx, of))
        .text(emails::locale_of(of))
}

/// Who works on a case tells its citizen.
pub async fn require(ctx: &Ctx, number: &str) -> Result<()> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = store::visible(&ctx.app.db, &scope, &rules::read_number(number)).await?;
    ctx.require(Permission::AnswerComplaint, handling::place(&found))?;
    handling::require_text(ctx, &found)
}

/// The address that opens WhatsApp with the message in it. From now on the citizen counts as told.
pub async fn whatsapp(ctx: &Ctx, number: &str) -> Result<String> {
    // Who may not see the number is not led to it.
    let case = viewing::case(ctx, number).await?;
    let phone = case.identity.phone.as_deref().ok_or(Error::NotFound)?;
    let of = &case.complaint;
    let unit = organisation::unit(&ctx.app.db, of.unit_id).await?;
    let waiting = store::waiting_calls(&ctx.app.db, of).await?;
    let last = waiting.last().ok_or(Error::NotFound)?;
    let text = prepared(ctx, of, (&unit, &case.history), last);
    done(ctx, number, Way::Whatsapp).await?;
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    Ok(format!("https://wa.me/{digits}?text={}", encoded(&text)))
}

/// Ticks off that the citizen was told, or that nobody can. Ticked off twice, the first time counts.
pub async fn done(ctx: &Ctx, number: &str, way: Way) -> Result<()> {
    let tx = ctx.app.db.begin_write().await?;
    let (found, _) = handling::open(&tx, ctx, number, None).await?;
    ctx.require(Permission::AnswerComplaint, handling::place(&found))?;
    handling::require_text(ctx, &found)?;
    let told = store::calls_done(&tx, &found, (ctx.now, ctx.person_id(), way)).await?;
    if told > 0 {
        let entry = audit::Entry::new("complaint", found.id.0, "complaint.told_in_person")
            .in_unit(found.unit_id)
            .with(json!({ "way": way }));
        audit::record(&tx, ctx, entry).await?;
    }
    tx.commit().await?;
    Ok(())
}
