//! The page of proposals: each with a button that takes it into the agenda.

use poem::{Response, Route, get, handler, web::Path};
use serde::Serialize;

use super::found::{self, Candidate};
use crate::{
    access::{Ctx, Permission, SignedIn},
    forums::{self, Forum, ForumId, ProposalKind, Stage},
    organisation,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{cookies::FlashKind, forms::Form, pages::Page},
    },
};

pub fn routes(route: Route) -> Route {
    route.at("/kerja/forum/:id/usulan", get(show).post(take))
}

#[derive(Serialize)]
struct ProposalsPage {
    forum_title: String,
    agenda_href: String,
    action: String,
    /// The forum has not begun.
    open: bool,
    issues: Vec<RowView>,
    topics: Vec<RowView>,
    complaints: Vec<RowView>,
    actions: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    value: String,
    title: String,
    count: String,
    subjects: Vec<String>,
    carried: bool,
    taken: bool,
    href: Option<String>,
}

impl Page for ProposalsPage {
    const TEMPLATE: &'static str = "proposals/show";
    fn title(&self, locale: Locale) -> String {
        t(locale, "forums-proposals-title")
    }
}

/// `complaints:kk`, `action:0190…`.
fn value_of(candidate: &Candidate) -> String {
    let kind = match candidate.proposal.kind {
        ProposalKind::Complaints => "complaints",
        ProposalKind::Topic => "topic",
        ProposalKind::Action => "action",
        ProposalKind::Issue => "issue",
    };
    format!("{kind}:{}", candidate.proposal.source_id)
}

fn row(candidate: &Candidate, locale: Locale) -> RowView {
    let proposal = &candidate.proposal;
    RowView {
        value: value_of(candidate),
        title: if proposal.label.is_empty() {
            t(locale, "proposals-no-service")
        } else {
            proposal.label.clone()
        },
        count: Message::new(match proposal.kind {
            // What an issue gathers need not be complaints.
            ProposalKind::Issue => "issue-voices-count",
            ProposalKind::Complaints | ProposalKind::Topic | ProposalKind::Action => {
                "proposals-count"
            }
        })
        .with("count", proposal.count)
        .text(locale),
        subjects: candidate.subjects.clone(),
        carried: candidate.carried,
        taken: candidate.taken,
        href: candidate.href.clone(),
    }
}

async fn page_of(ctx: &Ctx, forum: &Forum) -> Result<Response> {
    let locale = ctx.locale();
    let found = found::candidates(ctx, forum).await?;
    let of = |kind: ProposalKind| {
        let mine = found.iter().filter(|one| one.proposal.kind == kind);
        mine.map(|one| row(one, locale)).collect::<Vec<_>>()
    };
    let open = forum.stage < Stage::Session;
    let page = ProposalsPage {
        forum_title: forum.title.clone(),
        // Once the forum has begun, its agenda is read on its own page.
        agenda_href: format!(
            "/kerja/forum/{}{}",
            forum.id,
            if open { "/acara" } else { "" }
        ),
        action: format!("/kerja/forum/{}/usulan", forum.id),
        open,
        issues: of(ProposalKind::Issue),
        topics: of(ProposalKind::Topic),
        complaints: of(ProposalKind::Complaints),
        actions: of(ProposalKind::Action),
    };
    let brand = organisation::brand(&ctx.app.db, forum.unit_id).await?;
    ctx.page_in(&brand, &page)
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let forum = forums::get(&ctx, ForumId::parse(&id)?, Permission::ManageForum).await?;
    page_of(&ctx, &forum).await
}

#[handler]
async fn take(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let forum = forums::get(&ctx, id, Permission::ManageForum).await?;
    let candidates = found::candidates(&ctx, &forum).await?;
    let chosen = candidates
        .into_iter()
        .find(|one| value_of(one) == form.get("source"));
    // Answered or finished meanwhile.
    let chosen = chosen.ok_or(Error::NotFound)?;
    found::take(&ctx, &forum, chosen.proposal).await?;
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/usulan"),
        FlashKind::Ok,
        &Message::new("proposals-taken"),
    ))
}
