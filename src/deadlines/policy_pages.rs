//! `/kerja/batas-waktu`: by which numbers of days a unit answers, where each comes from and how sure that is; and
//! choosing other ones. What was received before keeps its own.

use chrono::NaiveDate;
use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    choosing::{self, Conditions, PolicyDraft},
    unit_days,
};
use crate::{
    access::{self, Ctx, Permission, SignedIn},
    calendar::{self, AfterHours, DueEnd, OWN, PolicyInForce, Term, dates},
    organisation::{self, Unit},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView, OptionView},
            pages::Page,
        },
    },
};

pub(super) const PAGE: &str = "/kerja/batas-waktu";

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/kerja/batas-waktu", get(show_policy).post(choose_policy))
        .at(
            "/kerja/batas-waktu/:id/batalkan",
            poem::post(withdraw_policy),
        )
}

#[derive(Deserialize)]
pub(super) struct Asked {
    pub unit: Option<String>,
}

#[derive(Serialize)]
struct PolicyPage {
    errors: Vec<ErrorLine>,
    unit: String,
    unit_code: String,
    /// Empty when there is only one.
    units: Vec<UnitLink>,
    name: String,
    since: String,
    counting: Vec<String>,
    terms: Vec<TermView>,
    /// Null for those who only read.
    form: Option<FormView>,
    own_href: String,
    sets: Vec<SetView>,
    history: Vec<PastView>,
    min_date: String,
}

#[derive(Serialize)]
pub(super) struct UnitLink {
    pub label: String,
    pub href: String,
    pub active: bool,
}

#[derive(Serialize)]
struct TermView {
    step: String,
    days: String,
    source: String,
    certainty: String,
    certainty_kind: &'static str,
}

#[derive(Serialize)]
struct SetView {
    name: String,
    terms: Vec<TermView>,
}

#[derive(Serialize)]
struct PastView {
    name: String,
    from: String,
    who: String,
    reason: String,
    /// Its numbers, while it has not begun.
    planned: Vec<TermView>,
    /// Why it was withdrawn before it began.
    withdrawn: String,
    /// Null once it holds, and for those who only read.
    withdraw: Option<WithdrawView>,
}

#[derive(Serialize)]
struct WithdrawView {
    action: String,
    /// Names the field of this row.
    id: String,
    value: String,
    error: String,
}

impl Page for PolicyPage {
    const TEMPLATE: &'static str = "deadlines/policy";
    fn title(&self, locale: Locale) -> String {
        t(locale, "deadlines-policy-title")
    }
}

/// `sp4n_steps` → the text `policy-set-sp4n-steps`.
fn set_name(code: &str, locale: Locale) -> String {
    t(locale, &format!("policy-set-{}", code.replace('_', "-")))
}

fn term_view(term: &Term, locale: Locale) -> TermView {
    let text = |key: &str, code: &str| t(locale, &format!("{key}-{}", code.replace('_', "-")));
    let mut step = text("policy-step", term.step.code());
    let limits = [
        term.kind
            .as_deref()
            .map(|kind| text("complaint-kind", kind)),
        term.class
            .as_deref()
            .map(|class| text("policy-class", class)),
    ];
    for limit in limits.into_iter().flatten() {
        step = format!("{step}: {limit}");
    }
    TermView {
        step,
        days: Message::new("policy-days")
            .with("days", term.working_days)
            .text(locale),
        source: term.source.clone(),
        certainty: text("policy-certainty", &term.certainty),
        certainty_kind: match term.certainty.as_str() {
            "verified" => "ok",
            "secondary" => "info",
            _ => "plain",
        },
    }
}

fn term_views(terms: &[Term], locale: Locale) -> Vec<TermView> {
    let mut terms: Vec<&Term> = terms.iter().collect();
    terms.sort_by_key(|term| term.step as u8);
    terms
        .into_iter()
        .map(|term| term_view(term, locale))
        .collect()
}

/// The unit that an address names, the first where it names none; and all that the caller may look into.
pub(super) async fn unit_of(ctx: &Ctx, code: Option<&str>) -> Result<(Unit, Vec<Unit>)> {
    let units = unit_days::units(ctx, Permission::ViewCalendar).await?;
    let found = match code.filter(|code| !code.is_empty()) {
        Some(code) => units.iter().find(|unit| unit.code == code),
        None => units.first(),
    };
    Ok((found.cloned().ok_or(Error::NotFound)?, units))
}

pub(super) fn code_of(after_hours: AfterHours) -> &'static str {
    match after_hours {
        AfterHours::SameDay => "same_day",
        AfterHours::NextWorkingDay => "next_working_day",
    }
}

pub(super) fn end_code(end: DueEnd) -> &'static str {
    match end {
        DueEnd::CloseOfOffice => "close_of_office",
        DueEnd::EndOfDay => "end_of_day",
    }
}

/// The choices of a kind: their codes, named by `<key>-<code>`.
pub(super) fn options(key: &str, codes: &[&str], locale: Locale) -> Vec<(String, String)> {
    let named = codes.iter().map(|code| {
        let name = t(locale, &format!("{key}-{}", code.replace('_', "-")));
        ((*code).to_owned(), name)
    });
    named.collect()
}

/// From when a choice holds, and how its days begin and end.
pub(super) fn condition_fields(view: FormView, now: &PolicyInForce, locale: Locale) -> FormView {
    let choice = |key: &str, codes: &[&str]| options(key, codes, locale);
    view.choice(
        "after_hours",
        true,
        choice("policy-after-hours", &["same_day", "next_working_day"]),
    )
    .choice(
        "due_end",
        true,
        choice("policy-due-end", &["close_of_office", "end_of_day"]),
    )
    .field("valid_from", true, 10)
    .field("reason", true, 500)
    .with("after_hours", code_of(now.policy.after_hours))
    .with("due_end", end_code(now.policy.due_end))
}

fn fields(sets: &[(String, Vec<Term>)], now: &PolicyInForce, locale: Locale) -> FormView {
    let options = sets
        .iter()
        .map(|(code, _)| (code.clone(), set_name(code, locale)));
    let view = FormView::new()
        .choice("set", true, options.collect())
        .with("set", now.policy.code.clone());
    let mut view = condition_fields(view, now, locale);
    if let Some(field) = view.fields.get_mut("set") {
        for option in &mut field.options {
            option.hint = hint(option, locale);
        }
    }
    view
}

fn hint(option: &OptionView, locale: Locale) -> Option<String> {
    let code = option.value.replace('_', "-");
    Some(t(locale, &format!("policy-set-{code}-hint")))
}

/// What can be chosen: the shipped sets, and the unit's own standard where it has one.
async fn sets(ctx: &Ctx, unit: &Unit, today: NaiveDate) -> Result<Vec<(String, Vec<Term>)>> {
    let mut sets: Vec<(String, Vec<Term>)> = calendar::sets()?
        .into_iter()
        .map(|set| (set.code, set.term))
        .collect();
    if let Ok(own) = calendar::terms_of(&ctx.app.db, unit.id, (OWN, today)).await {
        sets.insert(0, (OWN.to_owned(), own));
    }
    Ok(sets)
}

async fn page_of(
    ctx: &Ctx,
    (unit, units): (Unit, Vec<Unit>),
    form: Option<&Form>,
    faults: &[FieldError],
    status: StatusCode,
) -> Result<Response> {
    let locale = ctx.locale();
    let db = &ctx.app.db;
    let today = ctx.today_in(organisation::zone_of(&unit)?);
    let now = calendar::policy(db, unit.id, today).await?;
    let sets = sets(ctx, &unit, today).await?;
    let mut view = fields(&sets, &now, locale);
    // A withdrawal that is refused was typed elsewhere.
    if let Some(form) = form.filter(|form| form.get("policy").is_empty()) {
        view = view.typed(form);
    }
    let (view, errors) = view.refused(faults, locale);
    let history = history(ctx, &unit, today, (form, &errors)).await?;
    let single = units.len() < 2;
    let page = PolicyPage {
        errors,
        units: units
            .into_iter()
            .filter(|_| !single)
            .map(|each| UnitLink {
                active: each.id == unit.id,
                href: format!("{PAGE}?unit={}", each.code),
                label: each.short_name,
            })
            .collect(),
        name: set_name(&now.policy.code, locale),
        since: since(&now, today, locale),
        counting: vec![
            t(
                locale,
                &format!(
                    "policy-after-hours-{}",
                    code_of(now.policy.after_hours).replace('_', "-")
                ),
            ),
            t(
                locale,
                &format!(
                    "policy-due-end-{}",
                    end_code(now.policy.due_end).replace('_', "-")
                ),
            ),
        ],
        terms: term_views(&now.policy.terms.0, locale),
        form: ctx.may(Permission::ChoosePolicy, unit.id).then_some(view),
        sets: sets
            .iter()
            .filter(|(code, _)| *code != now.policy.code)
            .map(|(code, terms)| SetView {
                name: set_name(code, locale),
                terms: term_views(terms, locale),
            })
            .collect(),
        own_href: format!("{PAGE}/sendiri?unit={}", unit.code),
        history,
        min_date: today.to_string(),
        unit_code: unit.code,
        unit: unit.name,
    };
    ctx.page_of(None, status, &page)
}

/// What was chosen so far; the row that was to be withdrawn keeps what was typed.
async fn history(
    ctx: &Ctx,
    unit: &Unit,
    today: NaiveDate,
    (form, errors): (Option<&Form>, &[ErrorLine]),
) -> Result<Vec<PastView>> {
    let (db, locale) = (&ctx.app.db, ctx.locale());
    let past = calendar::policies_of(db, unit.id).await?;
    let people = past.iter().filter_map(|policy| policy.chosen_by).collect();
    let names = access::person_names(db, people).await?;
    let may = ctx.may(Permission::ChoosePolicy, unit.id);
    let asked = form.map_or("", |form| form.get("policy"));
    let withdraw = |policy: &PolicyInForce| {
        let id = policy.id.to_string();
        let this = asked == id;
        let fault = errors.iter().find(|line| line.field == "withdraw_reason");
        WithdrawView {
            action: format!("{PAGE}/{id}/batalkan"),
            value: form
                .filter(|_| this)
                .map_or_else(String::new, |form| form.get("withdraw_reason").to_owned()),
            error: fault
                .filter(|_| this)
                .map_or_else(String::new, |line| line.message.clone()),
            id,
        }
    };
    let rows = past.iter().enumerate().map(|(place, policy)| PastView {
        name: set_name(&policy.policy.code, locale),
        from: match replaced(&past, place) {
            true => t(locale, "policy-never-in-force"),
            false => since(policy, today, locale),
        },
        planned: match policy.withdrawn.is_none() && policy.valid_from > today {
            true => term_views(&policy.policy.terms.0, locale),
            false => Vec::new(),
        },
        who: policy
            .chosen_by
            .and_then(|id| names.get(&id).cloned())
            .unwrap_or_default(),
        reason: policy.reason.clone(),
        withdrawn: policy.withdrawn.clone().unwrap_or_default(),
        withdraw: (may && policy.own && policy.withdrawn.is_none() && policy.valid_from > today)
            .then(|| withdraw(policy)),
    });
    Ok(rows.collect())
}

/// A later choice for the same day took its place before anything was received under it.
pub(super) fn replaced(past: &[PolicyInForce], place: usize) -> bool {
    let Some(this) = past.get(place) else {
        return false;
    };
    let holds = |policy: &PolicyInForce| policy.own && policy.withdrawn.is_none();
    let mut newer = past.iter().take(place);
    holds(this) && newer.any(|newer| holds(newer) && newer.valid_from == this.valid_from)
}

fn since(policy: &PolicyInForce, today: NaiveDate, locale: Locale) -> String {
    if policy.withdrawn.is_some() {
        Message::new("policy-withdrawn-before")
            .with("date", dates::long_date(policy.valid_from, locale))
            .text(locale)
    } else if policy.own {
        let key = match policy.valid_from > today {
            true => "policy-from",
            false => "policy-since",
        };
        Message::new(key)
            .with("date", dates::long_date(policy.valid_from, locale))
            .text(locale)
    } else {
        t(locale, "policy-since-always")
    }
}

#[handler]
async fn show_policy(SignedIn(ctx): SignedIn, Query(asked): Query<Asked>) -> Result<Response> {
    let unit = unit_of(&ctx, asked.unit.as_deref()).await?;
    page_of(&ctx, unit, None, &[], StatusCode::OK).await
}

#[handler]
async fn choose_policy(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let (unit, units) = unit_of(&ctx, Some(form.get("unit"))).await?;
    let draft = PolicyDraft {
        set: form.get("set").to_owned(),
        conditions: conditions(&form),
    };
    match choosing::choose_policy(&ctx, unit.id, &draft).await {
        Ok(()) => {
            let path = format!("{PAGE}?unit={}", unit.code);
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("policy-chosen")))
        }
        Err(Error::Invalid(faults)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page_of(&ctx, (unit, units), Some(&form), &faults, status).await
        }
        Err(other) => Err(other),
    }
}

/// From when, and how days begin and end, as it was typed.
pub(super) fn conditions(form: &Form) -> Conditions {
    Conditions {
        after_hours: form.get("after_hours").to_owned(),
        due_end: form.get("due_end").to_owned(),
        valid_from: form.get("valid_from").to_owned(),
        reason: form.get("reason").to_owned(),
    }
}

#[handler]
async fn withdraw_policy(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let (unit, units) = unit_of(&ctx, Some(form.get("unit"))).await?;
    match choosing::withdraw(&ctx, unit.id, &id, form.get("withdraw_reason")).await {
        Ok(()) => {
            let path = format!("{PAGE}?unit={}", unit.code);
            Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new("policy-withdrawn")))
        }
        Err(Error::Invalid(faults)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            page_of(&ctx, (unit, units), Some(&form), &faults, status).await
        }
        Err(other) => Err(other),
    }
}
