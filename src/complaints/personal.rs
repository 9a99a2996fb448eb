//! What is kept about the person behind a complaint, for that person: a copy, a correction, an end of contact, and
//! anonymising on request. Who may ask is the calling capability's question; it checks the person first. A part that
//! was split off is the same person's and opens with the same code: what is done is done to all of them.

mod copying;

use chrono::Datelike as _;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{
    entity::{ComplaintId, complaint, link::LinkKind},
    filing::{self, ContactField},
    handling,
    identity::{self, Identity},
    retention::{self, Cause, Keep},
    rules::{self, Sees},
    store, tracking, trail, viewing, ways,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    organisation::{self, Unit, UnitId},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        mail,
    },
};

pub use copying::{PersonalCopy, Piece, Telling, personal_copy};

/// A case as far as a request about its data needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRef {
    pub id: ComplaintId,
    pub unit: UnitId,
    pub number: String,
}

impl From<complaint::Model> for CaseRef {
    fn from(of: complaint::Model) -> Self {
        Self {
            id: of.id,
            unit: of.unit_id,
            number: of.number,
        }
    }
}

/// The case of whoever brings number and code. Guesses are counted as on the tracking page.
pub async fn case_by_code(ctx: &Ctx, number: &str, code: &str) -> Result<CaseRef> {
    Ok(tracking::open(ctx, number, code).await?.into())
}

/// The case of this number in a unit, for who of the staff may see it; the tail alone is of this year, or the one before.
pub async fn case_of_staff(ctx: &Ctx, unit: &Unit, number: &str) -> Result<CaseRef> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let year = ctx.today_in(organisation::zone_of(unit)?).year();
    let beside = rules::number(&unit.complaint_prefix, year, 0);
    for number in rules::numbers_meant(number, &beside) {
        match store::visible(&ctx.app.db, &scope, &number).await {
            Ok(found) if found.unit_id == unit.id => return Ok(found.into()),
            Ok(_) | Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::NotFound)
}

/// The number of a case.
pub async fn number_of(db: &impl ConnectionTrait, id: ComplaintId) -> Result<String> {
    Ok(store::get(db, id).await?.number)
}

/// The e-mail address that the case knows: it is told what was asked with the code alone.
pub async fn known_email(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    id: ComplaintId,
) -> Result<Option<String>> {
    Ok(identity::read(db, &ctx.app, id).await?.email)
}

/// Whether the case knows this e-mail address or telephone number; never of an anonymous one, where the answer alone
/// would say who filed it.
pub async fn has_contact(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    id: ComplaintId,
    (email, phone): (Option<&str>, Option<&str>),
) -> Result<bool> {
    if store::get(db, id).await?.anonymous {
        return Ok(false);
    }
    let kept = identity::read(db, &ctx.app, id).await?;
    let same = |one: &Option<String>, other: Option<&str>| {
        let pair = one.as_deref().zip(other);
        pair.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
    };
    Ok(same(&kept.email, email) || same(&kept.phone, phone))
}

/// The case and those that were split off from it, or from the same whole.
async fn family(
    db: &impl ConnectionTrait,
    first: complaint::Model,
) -> Result<Vec<complaint::Model>> {
    let mut all = vec![first];
    let mut looked_at = 0;
    while let Some(of) = all.get(looked_at).cloned() {
        looked_at += 1;
        for (kind, _, other) in store::links(db, &of).await? {
            let known = all.iter().any(|one| one.id == other.id);
            if kind == LinkKind::Split && !known {
                all.push(other);
            }
        }
    }
    Ok(all)
}

/// Writes down that a copy went out.
pub async fn note_given(tx: &Tx, ctx: &Ctx, id: ComplaintId, request: &str) -> Result<()> {
    for found in family(tx, store::get(tx, id).await?).await? {
        let told = json!({ "number": request });
        trail::note(tx, ctx, &found, "complaint.data_given", told).await?;
    }
    Ok(())
}

/// Who the complaint names now, for the form of a correction; none for whom the case's page does not show it either,
/// and never behind an anonymous one. Showing it is kept.
pub async fn shown_identity(ctx: &Ctx, id: ComplaintId) -> Result<Option<Identity>> {
    let db = &ctx.app.db;
    let found = store::get(db, id).await?;
    if found.anonymous || viewing::sight_of(ctx, &found, false).identity != Sees::All {
        return Ok(None);
    }
    let history = audit::history(db, "complaint", id.0).await?;
    viewing::note_shown(ctx, &found, &history).await?;
    identity::read(db, &ctx.app, id).await.map(Some)
}

fn anonymised() -> Error {
    Error::rule(
        "complaint.anonymised",
        Message::new("rule-complaint-anonymised"),
    )
}

/// The members of the family whose words still stand.
async fn standing(tx: &Tx, id: ComplaintId) -> Result<Vec<complaint::Model>> {
    let mut standing = Vec::new();
    for of in family(tx, store::get(tx, id).await?).await? {
        if retention::erased_at(tx, of.id).await?.is_none() {
            standing.push(of);
        }
    }
    if standing.is_empty() {
        return Err(anonymised());
    }
    Ok(standing)
}

/// Corrects who complained and how to reach them; what is left empty stays as it is. Where only the code told who asks,
/// another contact holds once the address that is known and the new one agreed, as on the status page.
pub async fn correct_identity(
    tx: &Tx,
    ctx: &Ctx,
    id: ComplaintId,
    (name, email, phone): (&str, &str, &str),
    by_code: bool,
) -> Result<()> {
    let mut check = Check::new();
    let given = Identity {
        name: check.optional("name", name, 120),
        email: check.email("email", email),
        phone: check.phone("phone", phone),
    };
    check.finish()?;
    let mut changed = false;
    for of in standing(tx, id).await? {
        let known = identity::read(tx, &ctx.app, of.id).await?;
        changed |= correct_one(tx, ctx, &of, (&known, &given), by_code).await?;
    }
    if !changed {
        return Err(Error::field(
            "name",
            Message::new("privacy-nothing-changed"),
        ));
    }
    Ok(())
}

/// Whether anything is to change.
async fn correct_one(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    (known, given): (&Identity, &Identity),
    by_code: bool,
) -> Result<bool> {
    let other = |given: &Option<String>, known: &Option<String>| {
        given.clone().filter(|given| known.as_ref() != Some(given))
    };
    let name = other(&given.name, &known.name);
    let email = other(&given.email, &known.email);
    let phone = other(&given.phone, &known.phone);
    if name.is_none() && email.is_none() && phone.is_none() {
        return Ok(false);
    }
    let mut now = known.clone();
    now.name = name.or(now.name);
    let mut asked = Vec::new();
    if by_code {
        asked.extend(email.map(|email| (ContactField::Email, email)));
        asked.extend(phone.map(|phone| (ContactField::Phone, phone)));
    } else {
        now.email = email.or(now.email);
        now.phone = phone.or(now.phone);
    }
    replace(tx, ctx, of, &now, "complaint.identity_corrected").await?;
    for (field, value) in asked {
        filing::wish_change(tx, ctx, of, field, value).await?;
    }
    Ok(true)
}

/// No more mails and no calls: the name stays; address and number go, and what would bring them back.
pub async fn stop_contact(tx: &Tx, ctx: &Ctx, id: ComplaintId) -> Result<()> {
    for of in standing(tx, id).await? {
        let left = Identity {
            email: None,
            phone: None,
            ..identity::read(tx, &ctx.app, of.id).await?
        };
        mail::forget_private_about(tx, "complaint", of.id.0).await?;
        filing::drop_changes(tx, &of).await?;
        ways::forget_address(tx, &of).await?;
        replace(tx, ctx, &of, &left, "complaint.contact_stopped").await?;
    }
    Ok(())
}

async fn replace(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    given: &Identity,
    verb: &'static str,
) -> Result<()> {
    store::save(tx, of, handling::unchanged()).await?;
    identity::replace(tx, &ctx.app, of, given).await?;
    trail::note(tx, ctx, of, verb, json!({})).await
}

/// Anonymises a case and its parts because their person asked. While one of them is open, held or asked about
/// otherwise all stay, and the refusal says which and why.
pub async fn anonymise_on_request(
    tx: &Tx,
    ctx: &Ctx,
    id: ComplaintId,
    request: &str,
) -> Result<()> {
    for of in standing(tx, id).await? {
        let (ended_at, verdict) = retention::why_kept(tx, &of, Some(request)).await?;
        if let Err(keep) = verdict {
            return Err(kept(&of, keep));
        }
        let order = retention::Order {
            cause: Cause::Request,
            basis: request.to_owned(),
            run: None,
            ended_at,
        };
        retention::erase(tx, ctx, &of, order).await?;
    }
    Ok(())
}

fn kept(of: &complaint::Model, keep: Keep) -> Error {
    let (code, key) = match keep {
        Keep::Erased => return anonymised(),
        Keep::Held => ("complaint.held", "rule-complaint-held"),
        Keep::Requested => ("complaint.requested", "rule-complaint-requested"),
        Keep::Open | Keep::MainOpen | Keep::Until(_) => ("complaint.open", "rule-complaint-open"),
    };
    Error::rule(code, Message::new(key).with("number", &of.number))
}
