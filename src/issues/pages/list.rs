//! The list of issues: what needs a decision first, filters in the address, and beside it what the rules propose.

use poem::{
    Response, handler,
    http::StatusCode,
    web::{Data, Query as Address},
};
use serde::{Deserialize, Serialize};

use super::{LIST, Link, state_chip, to_issue, told};
use crate::{
    access::{Ctx, Permission, SignedIn, UnitLink, unit_links, working_in},
    action_plans::Chip,
    issues::{
        proposing::{self, ElementFigures},
        reading,
        rules::State,
        views::{self, Query, Row},
    },
    organisation::Unit,
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{
            address::encoded,
            cookies::FlashKind,
            forms::{ErrorLine, Form},
            pages::Page,
            paging::{DEFAULT_LIMIT, Slice},
        },
    },
};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    unit: String,
    /// A state.
    keadaan: String,
    q: String,
    cursor: String,
}

impl Wanted {
    fn href(&self, state: &str, cursor: &str) -> String {
        let set: Vec<String> = [
            ("unit", self.unit.as_str()),
            ("keadaan", state),
            ("q", &self.q),
            ("cursor", cursor),
        ]
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
        if set.is_empty() {
            LIST.to_owned()
        } else {
            format!("{LIST}?{}", set.join("&"))
        }
    }
}

#[derive(Serialize)]
struct ListPage {
    errors: Vec<ErrorLine>,
    lead: String,
    unit: String,
    units: Vec<UnitLink>,
    new_href: Option<String>,
    gaps_href: &'static str,
    filters: Vec<FilterView>,
    state: String,
    q: String,
    rows: Vec<RowView>,
    next: Option<String>,
    previous: Option<String>,
    may_manage: bool,
    proposals: Vec<ProposalView>,
}

#[derive(Serialize)]
struct FilterView {
    href: String,
    label: String,
    count: i64,
    active: bool,
    kind: &'static str,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    code: String,
    title: String,
    voices: String,
    state: Chip,
    /// What is missing, or what answers it.
    next: Option<String>,
    actions: Vec<Link>,
}

#[derive(Serialize)]
struct ProposalView {
    key: String,
    title: String,
    why: String,
    /// The complaints or the topic that it is made of, and how many more there are.
    named: Vec<NamedView>,
    more: Option<String>,
    /// What was typed before it was refused.
    typed: String,
    reason: String,
    open: bool,
    /// Names the fields of this form, one form per proposal.
    at: usize,
}

#[derive(Serialize)]
struct NamedView {
    label: String,
    href: Option<String>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "issues/list";
    fn title(&self, locale: Locale) -> String {
        t(locale, "issue-list-title")
    }
}

fn row(row: &Row, locale: Locale) -> RowView {
    let issue = &row.issue;
    let next = match issue.state {
        State::Proposed if row.voices == 0 => Some("issue-next-voices"),
        State::Proposed => Some("issue-next-decide"),
        State::Open if issue.offered_at.is_some() => Some("issue-next-offered"),
        State::Open => Some("issue-next-way"),
        State::OnAgenda => Some("issue-next-forum"),
        State::InAction | State::Refused | State::Resolved => None,
    };
    RowView {
        href: super::address(issue.id),
        code: issue.code.clone(),
        title: issue.title.clone(),
        voices: Message::new("issue-voices-count")
            .with("count", row.voices)
            .text(locale),
        state: state_chip(issue.state, locale),
        next: next.map(|key| t(locale, key)),
        actions: row
            .actions
            .iter()
            .map(|action| Link {
                href: action.href.clone(),
                label: format!(
                    "{} · {}, {}%",
                    action.code,
                    t(locale, action.status.label_key()),
                    action.progress
                ),
            })
            .collect(),
    }
}

/// The unit whose proposals stand beside the list, for who manages issues.
async fn managed(ctx: &Ctx, wanted: &Wanted) -> Result<Option<(Unit, Vec<Unit>)>> {
    if ctx.scope(Permission::ManageIssues).is_empty() {
        return Ok(None);
    }
    match working_in(ctx, Permission::ManageIssues, &wanted.unit).await {
        Ok(found) => Ok(Some(found)),
        // Somebody who manages one unit and looks at another.
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

async fn filters(ctx: &Ctx, wanted: &Wanted, query: &Query) -> Result<Vec<FilterView>> {
    let locale = ctx.locale();
    let counts = views::counts(ctx, query).await?;
    let mut filters = vec![FilterView {
        href: wanted.href("", ""),
        label: t(locale, "issue-filter-all"),
        count: counts.values().sum(),
        active: query.states.is_empty(),
        kind: "",
    }];
    for state in State::ALL {
        filters.push(FilterView {
            href: wanted.href(&state.code(), ""),
            label: t(locale, state.label_key()),
            count: counts.get(&state).copied().unwrap_or(0),
            active: query.states == [state],
            kind: if state == State::Proposed { "late" } else { "" },
        });
    }
    Ok(filters)
}

/// A proposal that a form decided about, and why that was refused.
type Refused<'a> = Option<(&'a Form, Error)>;

async fn page(
    ctx: &Ctx,
    wanted: &Wanted,
    figures: ElementFigures,
    refused: Refused<'_>,
) -> Result<Response> {
    let locale = ctx.locale();
    let state = State::parse(&wanted.keadaan);
    // A state that there is not is no filter that finds everything: the page does not exist.
    if state.is_none() && !wanted.keadaan.is_empty() {
        return Err(Error::NotFound);
    }
    let query = Query {
        unit: Some(wanted.unit.clone()).filter(|code| !code.is_empty()),
        states: state.into_iter().collect(),
        year: None,
        words: wanted.q.trim().chars().take(100).collect(),
    };
    let slice = Slice::read(Some(&wanted.cursor), Some(DEFAULT_LIMIT))?;
    let (rows, next) = views::list(ctx, &query, &slice).await?;
    let managed = managed(ctx, wanted).await?;
    let mut proposals = Vec::new();
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((unit, _)) = &managed {
        let proposed = proposing::proposals(ctx, unit.id, figures).await?;
        let named = proposing::named(ctx, unit.id, &proposed).await?;
        for ((at, one), (named, more)) in (1..).zip(proposed).zip(named) {
            proposals.push(ProposalView {
                named: named
                    .into_iter()
                    .map(|one| NamedView {
                        label: one.label,
                        href: one.href,
                    })
                    .collect(),
                more: (more > 0).then(|| {
                    Message::new("issue-proposal-more")
                        .with("count", more)
                        .text(locale)
                }),
                why: one.why_text(locale),
                title: one.title(locale).to_owned(),
                typed: one.title,
                key: one.key,
                reason: String::new(),
                open: false,
                at,
            });
        }
    }
    if let Some((form, error)) = refused {
        let (code, faults, lines) = told(error, "usulan", locale)?;
        status = code;
        errors = lines;
        let own = proposals.iter_mut().find(|one| one.key == form.get("key"));
        if let Some(one) = own {
            form.get("title").clone_into(&mut one.typed);
            form.get("reason").clone_into(&mut one.reason);
            one.open = true;
            errors.extend(faults.iter().map(|fault| ErrorLine {
                field: format!("{}-{}", fault.field, one.at),
                message: fault.message.text(locale),
            }));
        }
    }
    let page = ListPage {
        errors,
        lead: t(locale, "issue-list-lead"),
        unit: managed
            .as_ref()
            .map(|(unit, _)| unit.code.clone())
            .unwrap_or_default(),
        units: managed
            .as_ref()
            .map(|(unit, all)| unit_links(LIST, unit, all))
            .unwrap_or_default(),
        new_href: managed
            .as_ref()
            .map(|(unit, _)| format!("{LIST}/baru?unit={}", unit.code)),
        gaps_href: "/kerja/isu/celah",
        filters: filters(ctx, wanted, &query).await?,
        state: wanted.keadaan.clone(),
        q: wanted.q.clone(),
        previous: (!wanted.cursor.is_empty()).then(|| wanted.href(&wanted.keadaan, "")),
        next: next.map(|cursor| wanted.href(&wanted.keadaan, &cursor)),
        rows: rows.iter().map(|one| row(one, locale)).collect(),
        may_manage: managed.is_some(),
        proposals,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
pub async fn show_list(
    SignedIn(ctx): SignedIn,
    Data(figures): Data<&ElementFigures>,
    Address(wanted): Address<Wanted>,
) -> Result<Response> {
    page(&ctx, &wanted, *figures, None).await
}

/// Accepts a proposal as an issue, or turns it down.
#[handler]
pub async fn decide(
    SignedIn(ctx): SignedIn,
    Data(figures): Data<&ElementFigures>,
    form: Form,
) -> Result<Response> {
    let wanted = Wanted {
        unit: form.get("unit").to_owned(),
        ..Wanted::default()
    };
    let (unit, _) = working_in(&ctx, Permission::ManageIssues, &wanted.unit).await?;
    let accepts = form.get("decision") == "accept";
    let mut check = Check::new();
    let reason = reading::reason(&mut check, form.get("reason"));
    let typed = accepts.then(|| reading::typed(&mut check, form.get("title"), ""));
    let outcome = match (check.finish(), typed) {
        (Err(error), _) => Err(error),
        (Ok(()), Some(typed)) => {
            let decided = (typed, reason);
            proposing::accept(&ctx, unit.id, *figures, form.get("key"), decided)
                .await
                .map(Some)
        }
        (Ok(()), None) => proposing::dismiss(&ctx, unit.id, *figures, form.get("key"), reason)
            .await
            .map(|()| None),
    };
    match outcome {
        Ok(Some(id)) => Ok(to_issue(&ctx, id, "issue-accepted")),
        Ok(None) => Ok(ctx.redirect_with(
            &wanted.href("", ""),
            FlashKind::Ok,
            &Message::new("issue-dismissed"),
        )),
        Err(error) => page(&ctx, &wanted, *figures, Some((&form, error))).await,
    }
}
