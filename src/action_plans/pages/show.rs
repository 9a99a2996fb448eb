//! One action item for the staff: the chain from voice to proof, what was done, and what can be done now.

use poem::{
    Response, handler,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Serialize;

use super::{
    Chip, Fact, FileView, LIST, chain,
    chain::{Chain, Entry},
    due_words, evidence_views, in_charge,
    measuring::{self, Measuring},
    plan_view::{self, ExtensionView, MilestoneView},
    proof::{self, ProofView, Reader},
    status_chip, timing_chip,
};
use crate::{
    access::{Ctx, Permission, Place, SignedIn},
    action_plans::{
        ActionItemId, Budget, MeasureChoices, Proof, ProofLookup, Status,
        entity::{action_progress::Evidence, action_source::SourceKind},
        rules,
        views::{self, Detail},
    },
    calendar::dates,
    documents::{FileId, pages::handed_in},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
struct ShowPage {
    back_href: &'static str,
    path: String,
    code: String,
    title: String,
    description: String,
    chips: Vec<Chip>,
    summary: String,
    edit_href: Option<String>,
    public_href: String,
    #[serde(flatten)]
    chain: Chain,
    entries: Vec<Entry>,
    /// Figures before and after; none where nothing can be measured.
    proof: Option<ProofView>,
    /// By what it is measured; none on a page that answers another form.
    measuring: Option<Measuring>,
    progress: Gauge,
    /// By which rule the bar stands there.
    progress_rule: String,
    milestones: Vec<MilestoneView>,
    extensions: Vec<ExtensionView>,
    facts: Vec<Fact>,
    evidence: Vec<FileView>,
    errors: Vec<ErrorLine>,
    fields: FormView,
    version: i32,
    today: String,
    /// The days that the field of a new due day offers, and that of a step.
    offered: plan_view::Offered,
    /// Files are chosen anew after a fault.
    kept: Vec<FileView>,
    may: May,
    /// What stands above the buttons.
    step_note: Option<String>,
    sources: Vec<SourceView>,
}

#[derive(Serialize)]
struct Gauge {
    value: i32,
    label: String,
    text: String,
}

/// What this person can do now.
#[derive(Serialize)]
struct May {
    report: bool,
    finish: bool,
    verify: bool,
    send_back: bool,
    cancel: bool,
    /// Steps and the due day.
    plan: bool,
    link: bool,
    any_step: bool,
}

#[derive(Serialize)]
struct SourceView {
    /// An issue is taken out on its own page.
    may_go: bool,
    kind: String,
    id: String,
    kind_label: String,
    label: String,
    href: Option<String>,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "action_plans/show";
    fn title(&self, _: Locale) -> String {
        format!("{} {}", self.code, self.title)
    }
}

#[handler]
pub async fn show_item(
    SignedIn(ctx): SignedIn,
    Data(measure): Data<&ProofLookup>,
    Data(choices): Data<&MeasureChoices>,
    Path(id): Path<String>,
) -> Result<Response> {
    let detail = views::show(&ctx, ActionItemId::parse(&id)?).await?;
    let proof = measure(&ctx, &detail.row.item, &detail.row.sources).await?;
    let measuring = measuring::view(&ctx, &detail.row.item, *choices).await?;
    let figures = (Some(&proof), Some(measuring));
    ctx.page(&page(&ctx, &detail, figures, (None, &[])))
}

/// A file that shows what was done, for those who see the item.
#[handler]
pub async fn evidence(
    SignedIn(ctx): SignedIn,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response> {
    let file = FileId::parse(&file)?;
    let detail = views::show(&ctx, ActionItemId::parse(&id)?).await?;
    let mut all = detail.progress.iter().flat_map(|entry| &entry.files.0);
    if !all.any(|one| matches!(one, Evidence::File { id, .. } if *id == file.0)) {
        return Err(Error::NotFound);
    }
    handed_in(&ctx, file).await
}

/// The page of an item, with a form that was refused and why.
pub async fn again(
    ctx: &Ctx,
    id: ActionItemId,
    form: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    let detail = views::show(ctx, id).await?;
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = page(ctx, &detail, (None, None), (form, faults));
    ctx.page_of(None, status, &page)
}

/// The same where the form was that of what it is measured by.
pub async fn again_measuring(
    ctx: &Ctx,
    id: ActionItemId,
    (form, faults): (&Form, &[FieldError]),
    choices: MeasureChoices,
) -> Result<Response> {
    let detail = views::show(ctx, id).await?;
    let measuring = measuring::view(ctx, &detail.row.item, choices).await?;
    let page = page(ctx, &detail, (None, Some(measuring)), (Some(form), faults));
    ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn fields(
    detail: &Detail,
    measuring: Option<&Measuring>,
    form: Option<&Form>,
    locale: Locale,
) -> FormView {
    let choices = measuring.map(|one| one.choices.clone());
    let fields = FormView::new()
        .choice("measure", true, choices.unwrap_or_default())
        .field("note", true, 2000)
        .choice("milestone", false, plan_view::open_steps(detail, locale))
        .field("milestone_title", true, 160)
        .field("milestone_due_on", true, 0)
        .field("milestone_looked", false, 0)
        .field("new_due_on", true, 0)
        .field("extend_reason", true, 500)
        .field("happened_on", false, 0)
        .field("files", false, 0)
        .field("link", false, 500)
        .field("reason", true, 500)
        .field("cancel_reason", true, 500)
        .field("extend_looked", false, 0)
        .field("cancel_looked", false, 0)
        .field("source", true, 100)
        .with("happened_on", detail.row.today.to_string());
    match form {
        // Each form sends only its own fields; the others keep what they begin with.
        Some(form) if !form.get("happened_on").is_empty() => fields.typed(form),
        Some(form) => [
            "note",
            "reason",
            "cancel_reason",
            "source",
            "milestone_title",
            "milestone_due_on",
            "milestone_looked",
            "new_due_on",
            "extend_reason",
            "extend_looked",
            "cancel_looked",
        ]
        .into_iter()
        .fold(fields, |fields, name| fields.with(name, form.get(name))),
        None => fields,
    }
}

fn page(
    ctx: &Ctx,
    detail: &Detail,
    (proof, measuring): (Option<&Proof>, Option<Measuring>),
    (form, faults): (Option<&Form>, &[FieldError]),
) -> ShowPage {
    let locale = ctx.locale();
    let fields = fields(detail, measuring.as_ref(), form, locale);
    let (fields, errors) = fields.refused(faults, locale);
    let allowed = what_may(ctx, detail);
    let row = &detail.row;
    let item = &row.item;
    let issues = ctx.may(Permission::ViewIssues, item.unit_id);
    let chips = [
        Some(status_chip(item.status, locale)),
        timing_chip(row.timing, locale),
    ];
    ShowPage {
        back_href: LIST,
        path: format!("{LIST}/{}", item.id),
        code: item.code.clone(),
        title: item.title.clone(),
        description: item.description.clone(),
        chips: chips.into_iter().flatten().collect(),
        summary: format!("{} · {}", in_charge(row, locale), due_words(row, locale)),
        edit_href: (may(ctx, detail, Permission::ManageActions) && item.status.is_unfinished())
            .then(|| format!("{LIST}/{}/ubah", item.id)),
        public_href: format!("/janji/{}", item.id),
        chain: chain::of(detail, proof, issues, locale),
        proof: proof.and_then(|proof| proof::view(proof, Reader::Office, locale)),
        measuring,
        entries: chain::timeline(detail, locale),
        progress: Gauge {
            value: item.progress,
            label: t(locale, "action-plans-progress"),
            text: format!("{}%", item.progress),
        },
        progress_rule: plan_view::progress_rule(detail, locale),
        milestones: plan_view::milestones(detail, allowed.plan, locale),
        extensions: plan_view::extensions(detail, locale),
        facts: facts(detail, locale),
        evidence: evidence_views(detail.row.item.id, &detail.progress, locale),
        errors,
        fields,
        version: item.version,
        today: row.today.to_string(),
        offered: plan_view::offered(ctx, detail),
        kept: Vec::new(),
        may: allowed,
        step_note: step_note(ctx, detail),
        sources: row
            .sources
            .iter()
            .map(|source| SourceView {
                kind: source.kind.code(),
                may_go: rules::may_touch(source.kind).is_ok(),
                id: source.source_id.clone(),
                kind_label: t(locale, source.kind.label_key()),
                label: source.label(locale).to_owned(),
                href: source
                    .href
                    .clone()
                    .filter(|_| issues || source.kind != SourceKind::Issue),
            })
            .collect(),
    }
}

fn may(ctx: &Ctx, detail: &Detail, permission: Permission) -> bool {
    let item = &detail.row.item;
    ctx.may(
        permission,
        Place {
            unit: item.unit_id,
            division: item.division_id,
        },
    )
}

fn what_may(ctx: &Ctx, detail: &Detail) -> May {
    let item = &detail.row.item;
    let (unfinished, done) = (item.status.is_unfinished(), item.status == Status::Done);
    let manages = may(ctx, detail, Permission::ManageActions);
    let verifies = done && may(ctx, detail, Permission::VerifyAction);
    let finish = unfinished && may(ctx, detail, Permission::FinishAction);
    let own = item.finished_by.is_some() && item.finished_by == ctx.person_id();
    May {
        report: unfinished && may(ctx, detail, Permission::ReportProgress),
        finish,
        verify: verifies && !own,
        send_back: verifies,
        cancel: unfinished && manages,
        plan: unfinished && manages,
        link: manages && !item.status.is_settled(),
        any_step: finish || verifies,
    }
}

/// What the next step needs, in words.
fn step_note(ctx: &Ctx, detail: &Detail) -> Option<String> {
    let locale = ctx.locale();
    let item = &detail.row.item;
    let own = item.finished_by.is_some() && item.finished_by == ctx.person_id();
    let has_evidence = super::evidence_count(&detail.progress) > 0;
    let key = match item.status {
        Status::Open | Status::InProgress if has_evidence => "action-step-finish",
        Status::Open | Status::InProgress => "action-step-evidence-first",
        Status::Done if own => "rule-action-own-work",
        Status::Done => "action-step-verify",
        Status::Verified | Status::Cancelled => return None,
    };
    Some(t(locale, key))
}

fn facts(detail: &Detail, locale: Locale) -> Vec<Fact> {
    let row = &detail.row;
    let item = &row.item;
    let owner = detail.owner.as_ref();
    let local = |at: chrono::DateTime<chrono::Utc>| {
        dates::long_date(at.with_timezone(&detail.zone).date_naive(), locale)
    };
    let mut facts = vec![
        Fact::new(
            locale,
            "action-fact-division",
            super::division_name(row, locale),
        ),
        Fact::new(
            locale,
            "action-fact-owner",
            owner.map_or_else(
                || in_charge(row, locale),
                |one| format!("{} ({})", one.office, one.name),
            ),
        ),
        Fact::new(
            locale,
            "action-fact-due",
            dates::long_date(item.due_on, locale),
        ),
        Fact::new(locale, "action-fact-indicator", &item.indicator),
        Fact::new(locale, "action-fact-target", &item.target),
        Fact::new(locale, "action-fact-created", local(item.created_at)),
    ];
    if let Some(budget) = Budget::of(item).text(locale) {
        facts.push(Fact::new(locale, "action-fact-budget", budget));
    }
    if let Some(day) = item.baseline_due_on {
        let fact = Fact::new(
            locale,
            "action-fact-baseline",
            dates::long_date(day, locale),
        );
        facts.push(fact);
    }
    if let Some(year) = item.carried_into {
        facts.push(Fact::new(locale, "action-fact-carried", year.to_string()));
    }
    let speed = t(locale, plan_view::speed(detail).label_key());
    facts.push(Fact::new(locale, "action-fact-speed", speed));
    if let Some(at) = item.finished_at {
        facts.push(Fact::new(locale, "action-fact-finished", local(at)));
    }
    if let Some(at) = item.verified_at {
        facts.push(Fact::new(locale, "action-fact-verified", local(at)));
    }
    facts
}

/// Words that a person typed, cut to what fits in a box.
pub fn short(text: &str) -> String {
    let mut cut: String = text.chars().take(140).collect();
    if cut.len() < text.len() {
        cut = cut.trim_end().to_owned();
        cut.push('…');
    }
    cut
}

/// The words of a message with one value.
pub fn words(locale: Locale, key: &str, name: &'static str, value: impl ToString) -> String {
    Message::new(key).with(name, value).text(locale)
}
