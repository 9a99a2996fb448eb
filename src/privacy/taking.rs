//! A request comes in: with number and code of a complaint, or to be checked at the counter.

use chrono::{Datelike as _, Duration};

use super::{
    emails::{self, Told},
    entity::{
        RequestId,
        request::{BY_CODE, Model as Request},
    },
    requests::{note, seal, seal_some},
    rules::{self, State, Wish},
    store,
};
use crate::{
    access::{Ctx, Permission},
    complaints::{
        personal::{self, CaseRef},
        rules::number as numbered,
    },
    organisation::{self, Unit},
    platform::{
        check::Check,
        crypto,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        throttle::{self, Throttle},
        traces,
    },
};

const REGISTER: &str = "data_request";
/// As many requests as an address may hand in within an hour.
const AN_HOUR: u32 = 10;

/// A request as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub unit: String,
    pub wish: String,
    pub number: String,
    pub code: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub words: String,
}

/// A request that was taken in, with its code in the clear.
pub struct Taken {
    pub request: Request,
    pub unit: Unit,
    pub code: String,
}

/// The case that number and code open; a fault at the code's field where they do not.
async fn proven(ctx: &Ctx, typed: &Typed) -> Result<Option<CaseRef>> {
    if typed.number.trim().is_empty() && typed.code.trim().is_empty() {
        return Ok(None);
    }
    match personal::case_by_code(ctx, &typed.number, &typed.code).await {
        Ok(case) => Ok(Some(case)),
        Err(Error::NotFound) => Err(Error::field("code", Message::new("complaints-track-wrong"))),
        Err(other) => Err(other),
    }
}

/// What was asked, checked.
struct Given {
    wish: Wish,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    words: String,
}

impl Given {
    /// None where the wish is no wish; the fault is noted.
    fn read(check: &mut Check, typed: &Typed) -> Option<Self> {
        let wish = check.choice("wish", &typed.wish, Wish::parse);
        let name = check.optional("name", &typed.name, 120);
        let email = check.email("email", &typed.email);
        let phone = check.phone("phone", &typed.phone);
        let words = match wish {
            Some(Wish::Correction) => check.text("words", &typed.words, 5, 3000),
            _ => check
                .optional("words", &typed.words, 3000)
                .unwrap_or_default(),
        };
        refuse_numbers(check, "words", &words);
        Some(Self {
            wish: wish?,
            name,
            email,
            phone,
            words,
        })
    }
}

/// Nobody needs the number of an identity card to do what is asked, and whoever reads the request would read it.
pub fn refuse_numbers(check: &mut Check, field: &str, text: &str) {
    let found = traces::identity_numbers(text);
    if !found.is_empty() {
        let message = Message::new("privacy-identity-number").with("words", found.join("; "));
        check.fault(field, message);
    }
}

/// At the counter somebody must know whom to expect.
fn require_person(check: &mut Check, typed: &Typed) {
    if typed.name.trim().is_empty() {
        check.fault("name", Message::new("field-required"));
    }
    if typed.email.trim().is_empty() && typed.phone.trim().is_empty() {
        check.fault("phone", Message::new("privacy-contact-needed"));
    }
}

/// Takes in a request. The clock runs from now, also while it is still to be checked who asks.
pub async fn take(ctx: &Ctx, typed: &Typed) -> Result<Taken> {
    let case = proven(ctx, typed).await?;
    let mut check = Check::new();
    let given = Given::read(&mut check, typed);
    if case.is_none() {
        require_person(&mut check, typed);
    }
    let db = &ctx.app.db;
    let unit = match &case {
        Some(case) => organisation::unit(db, case.unit).await.ok(),
        None => organisation::unit_by_code(db, typed.unit.trim())
            .await
            .ok()
            .filter(|unit| unit.serves_public),
    };
    if unit.is_none() {
        check.fault("unit", Message::new("field-choose"));
    }
    check.finish()?;
    let (Some(given), Some(unit)) = (given, unit) else {
        return Err(Error::NotFound);
    };
    let address = ctx.request.network();
    let limit = Throttle::new(REGISTER, &address, AN_HOUR, Duration::hours(1));
    let tx = db.begin_write().await?;
    throttle::take_in(&tx, &ctx.app, ctx.now, &[&limit]).await?;
    let how = case.as_ref().map(|_| BY_CODE.to_owned());
    let (request, code) = keep(&tx, ctx, &unit, given, (case.as_ref(), how)).await?;
    if let Some(case) = &case {
        tell_known(&tx, ctx, &request, &unit, case).await?;
    }
    tx.commit().await?;
    Ok(Taken {
        request,
        unit,
        code,
    })
}

/// The units whose requests this officer takes in at the counter.
pub async fn counters(ctx: &Ctx) -> Result<Vec<Unit>> {
    let scope = ctx.require_scope(Permission::HandleDataRequests)?;
    let mut units = organisation::units(&ctx.app.db).await?;
    units.retain(|unit| scope.covers(unit.id, None));
    Ok(units)
}

/// Somebody stands at the counter: an officer writes down what they ask, and how it was checked who they are.
pub async fn take_at_counter(ctx: &Ctx, typed: &Typed, how: &str) -> Result<Taken> {
    let units = counters(ctx).await?;
    let mut check = Check::new();
    let given = Given::read(&mut check, typed);
    require_person(&mut check, typed);
    let how = check.line("how", how, 5, 300);
    refuse_numbers(&mut check, "how", &how);
    let unit = check.choice("unit", &typed.unit, |code| {
        units.iter().find(|unit| unit.code == code).cloned()
    });
    let case = match (typed.number.trim(), &unit) {
        ("", _) | (_, None) => None,
        (number, Some(unit)) => match personal::case_of_staff(ctx, unit, number).await {
            Ok(case) => Some(case),
            Err(Error::NotFound) => {
                check.fault("number", Message::new("privacy-unknown-case"));
                None
            }
            Err(other) => return Err(other),
        },
    };
    if let (Some(case), Some(given)) = (&case, &given) {
        require_own(ctx, &mut check, case, (typed, given)).await?;
    }
    check.finish()?;
    let (Some(given), Some(unit)) = (given, unit) else {
        return Err(Error::NotFound);
    };
    ctx.require(Permission::HandleDataRequests, unit.id)?;
    let tx = ctx.app.db.begin_write().await?;
    let (request, code) = keep(&tx, ctx, &unit, given, (case.as_ref(), Some(how))).await?;
    if let Some(case) = &case {
        tell_known(&tx, ctx, &request, &unit, case).await?;
    }
    tx.commit().await?;
    Ok(Taken {
        request,
        unit,
        code,
    })
}

/// An identity card says who stands at the counter, not that the case is theirs: they bring the code of the receipt, or
/// the contact that the case knows. Of an anonymous one only the code opens anything.
async fn require_own(
    ctx: &Ctx,
    check: &mut Check,
    case: &CaseRef,
    (typed, given): (&Typed, &Given),
) -> Result<()> {
    if !typed.code.trim().is_empty() {
        return match personal::case_by_code(ctx, &case.number, &typed.code).await {
            Ok(_) => Ok(()),
            Err(Error::NotFound) => {
                check.fault("code", Message::new("privacy-wrong-code"));
                Ok(())
            }
            Err(other) => Err(other),
        };
    }
    let contacts = (given.email.as_deref(), given.phone.as_deref());
    if !personal::has_contact(&ctx.app.db, ctx, case.id, contacts).await? {
        check.fault("code", Message::new("privacy-not-own-case"));
    }
    Ok(())
}

/// The receipt or a contact proves that somebody holds it, not who they are: the known address hears of it.
async fn tell_known(
    tx: &Tx,
    ctx: &Ctx,
    request: &Request,
    unit: &Unit,
    case: &CaseRef,
) -> Result<()> {
    let known = personal::known_email(tx, ctx, case.id).await?;
    let known: Vec<String> = known.into_iter().collect();
    emails::to_person(tx, ctx, request, unit, &known, Told::Known).await
}

/// Writes a request into the register, verified where it is known how, and tells person and officers. Answers the code
/// in the clear, too.
async fn keep(
    tx: &Tx,
    ctx: &Ctx,
    unit: &Unit,
    given: Given,
    (case, how): (Option<&CaseRef>, Option<String>),
) -> Result<(Request, String)> {
    if let Some(case) = case
        && let Some(before) = store::open_request(tx, case.id, given.wish).await?
    {
        return Err(Error::rule(
            "data_request.open",
            Message::new("rule-data-request-open").with("number", before.number),
        ));
    }
    let (id, app) = (RequestId::new(), &ctx.app);
    let code = crypto::random_digits(16);
    let year = ctx.today_in(organisation::zone_of(unit)?).year();
    let count = store::next_number(tx, unit.id, REGISTER, year).await?;
    let request = Request {
        id,
        unit_id: unit.id,
        number: numbered(&format!("PDP-{}", unit.complaint_prefix), year, count),
        wish: given.wish,
        state: if how.is_some() {
            State::Verified
        } else {
            State::Received
        },
        complaint_id: case.map(|case| case.id),
        name: seal_some(app, id, "name", given.name.as_deref())?,
        email: seal_some(app, id, "email", given.email.as_deref())?,
        phone: seal_some(app, id, "phone", given.phone.as_deref())?,
        words: seal(app, id, "words", &given.words)?,
        access_code: seal(app, id, "code", &code)?,
        verified_at: how.as_ref().map(|_| ctx.now),
        checked_how: how,
        answer: None,
        locale: ctx.locale().code().to_owned(),
        received_at: ctx.now,
        due_at: rules::due(ctx.now),
        answered_at: None,
        person_id: None,
        version: 1,
    };
    store::insert_request(tx, request.clone()).await?;
    note(tx, ctx, &request, "data_request.received").await?;
    let address: Vec<String> = given.email.into_iter().collect();
    emails::to_person(tx, ctx, &request, unit, &address, Told::Received).await?;
    emails::to_officers(tx, ctx, &request, unit).await?;
    Ok((request, code))
}
