//! The page of one forum: its six stages as a path, each with what is done and what is missing to go on.

use poem::{Response, Route, get, handler, web::Path};
use serde::Serialize;

use crate::{
    access::{Ctx, Permission, SignedIn},
    documents,
    forums::{self, Forum, ForumId, Stage, StageState},
    invitations::{self, Summary},
    organisation,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::pages::Page,
    },
};

pub fn routes(route: Route) -> Route {
    route.at("/kerja/forum/:id", get(show_forum))
}

#[derive(Serialize)]
struct ForumPage {
    back_href: &'static str,
    year: String,
    title: String,
    when: String,
    place: String,
    buttons: Vec<ButtonView>,
    stages: Vec<StageView>,
    missing: Vec<GapView>,
    facts: Vec<FactView>,
    agenda: Vec<AgendaView>,
    agenda_href: Option<String>,
    team: Vec<MemberView>,
    inputs: Vec<InputView>,
    inputs_href: String,
    groups: Vec<GaugeView>,
    groups_note: String,
    documents: Vec<FileView>,
}

#[derive(Serialize)]
pub struct ButtonView {
    pub href: String,
    pub label: String,
    pub icon: &'static str,
    pub kind: &'static str,
}

#[derive(Serialize)]
struct StageView {
    label: String,
    detail: String,
    state: StageState,
    href: Option<String>,
}

#[derive(Serialize)]
struct GapView {
    text: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct FactView {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct AgendaView {
    time: String,
    title: String,
    who: String,
}

#[derive(Serialize)]
struct MemberView {
    name: String,
    role: String,
}

#[derive(Serialize)]
struct InputView {
    code: String,
    text: String,
    group: String,
}

#[derive(Serialize)]
struct GaugeView {
    label: String,
    value: usize,
    text: String,
}

#[derive(Serialize)]
struct FileView {
    name: String,
    size: String,
    href: String,
}

impl Page for ForumPage {
    const TEMPLATE: &'static str = "forums/show";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

/// What the stages tell about, read once.
struct Facts {
    team: usize,
    agenda: usize,
    letter: Option<invitations::Letter>,
    invited: Summary,
    inputs: usize,
}

/// One stage: a line for the path, what is missing, where it is worked on.
struct StageFacts {
    detail: String,
    missing: Vec<(String, Option<String>)>,
    href: Option<String>,
}

#[handler]
async fn show_forum(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let forum = forums::get(&ctx, ForumId::parse(&id)?, Permission::ViewForums).await?;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let page = page_of(&ctx, &forum, &unit).await?;
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

async fn page_of(ctx: &Ctx, forum: &Forum, unit: &organisation::Unit) -> Result<ForumPage> {
    let locale = ctx.locale();
    let db = &ctx.app.db;
    let base = format!("/kerja/forum/{}", forum.id);
    let agenda = forums::agenda(db, forum).await?;
    let team = forums::team(db, forum).await?;
    let inputs = forums::inputs(db, forum).await?;
    let deliveries = invitations::deliveries(db, forum).await?;
    let facts = Facts {
        team: team.len(),
        agenda: agenda.len(),
        letter: invitations::letter_of(db, forum).await?,
        invited: Summary::of(&deliveries),
        inputs: inputs.len(),
    };
    let may_manage = ctx.may(Permission::ManageForum, forum.unit_id);
    let editable = may_manage && forum.stage < Stage::Session;
    let (stages, missing) = path_of(forum, &facts, &base, locale);
    let zone = organisation::zone_of(unit)?;
    Ok(ForumPage {
        back_href: "/kerja/forum",
        year: forum.year.to_string(),
        title: forum.title.clone(),
        when: forums::when_text(forum, zone, locale),
        place: forums::where_text(forum),
        buttons: buttons_of(forum, &base, editable, may_manage, locale),
        stages,
        missing,
        facts: facts_of(forum, locale),
        agenda: agenda
            .into_iter()
            .map(|item| AgendaView {
                time: forums::time_range(item.starts, item.ends, locale),
                title: item.activity,
                who: item.person_in_charge,
            })
            .collect(),
        agenda_href: editable.then(|| format!("{base}/acara")),
        team: team
            .into_iter()
            .map(|person| MemberView {
                name: person.name,
                role: person.role,
            })
            .collect(),
        inputs: inputs
            .into_iter()
            .map(|input| InputView {
                code: input.code,
                text: input.text,
                group: input.raised_by_group.label(locale),
            })
            .collect(),
        inputs_href: format!("{base}/masukan"),
        groups: groups_of(&deliveries, locale),
        groups_note: t(locale, "forums-groups-invited-note"),
        documents: documents_of(ctx, forum, &base).await?,
    })
}

fn buttons_of(
    forum: &Forum,
    base: &str,
    editable: bool,
    may_manage: bool,
    locale: Locale,
) -> Vec<ButtonView> {
    let mut buttons = Vec::new();
    let mut add = |href: String, key: &str, icon: &'static str, kind: &'static str| {
        buttons.push(ButtonView {
            href,
            label: t(locale, key),
            icon,
            kind,
        });
    };
    if may_manage {
        let copy = format!("/kerja/forum/baru?dari={}", forum.id);
        add(copy, "forums-copy", "copy", "");
    }
    if editable {
        add(format!("{base}/ubah"), "forums-edit", "pencil-square", "");
        let href = format!("{base}/undangan");
        add(href, "forums-to-invitations", "envelope", "primary");
    }
    buttons
}

/// The path and, beside it, what is missing in the stage that the forum is in and in those before.
fn path_of(
    forum: &Forum,
    facts: &Facts,
    base: &str,
    locale: Locale,
) -> (Vec<StageView>, Vec<GapView>) {
    let mut missing = Vec::new();
    let mut stages = Vec::new();
    for (stage, state) in forums::stage_path(forum.stage) {
        let told = stage_facts(stage, facts, base, locale);
        if state != StageState::Later {
            let gaps = told.missing.into_iter();
            missing.extend(gaps.map(|(text, href)| GapView { text, href }));
        }
        stages.push(StageView {
            label: stage.label(locale),
            detail: told.detail,
            state,
            href: told.href,
        });
    }
    (stages, missing)
}

fn stage_facts(stage: Stage, facts: &Facts, base: &str, locale: Locale) -> StageFacts {
    match stage {
        Stage::Preparation => preparation(facts, base, locale),
        Stage::Invitation => invitation(facts, base, locale),
        Stage::Session => session(facts, base, locale),
        // Attendance, berita acara and action items add their facts here.
        Stage::BeritaAcara | Stage::Report | Stage::FollowUp | Stage::Closed => StageFacts {
            detail: String::new(),
            missing: Vec::new(),
            href: None,
        },
    }
}

fn preparation(facts: &Facts, base: &str, locale: Locale) -> StageFacts {
    let mut missing = Vec::new();
    let href = || Some(format!("{base}/acara"));
    if facts.team == 0 {
        missing.push((t(locale, "forums-missing-team"), href()));
    }
    if facts.agenda == 0 {
        missing.push((t(locale, "forums-missing-agenda"), href()));
    }
    StageFacts {
        detail: Message::new("forums-detail-preparation")
            .with("team", facts.team)
            .with("agenda", facts.agenda)
            .text(locale),
        missing,
        href: None,
    }
}

fn invitation(facts: &Facts, base: &str, locale: Locale) -> StageFacts {
    let here = format!("{base}/undangan");
    let issued = facts
        .letter
        .as_ref()
        .is_some_and(|letter| letter.issued_at.is_some());
    let invited = facts.invited;
    let mut missing = Vec::new();
    let mut gap = |message: Message| missing.push((message.text(locale), Some(here.clone())));
    if facts.letter.is_none() {
        gap(Message::new("forums-missing-letter"));
    } else if !issued {
        gap(Message::new("forums-missing-issue"));
    }
    if invited.recipients == 0 {
        gap(Message::new("forums-missing-recipients"));
    }
    if issued && invited.to_send > 0 && invited.answered == 0 {
        gap(Message::new("forums-missing-sending").with("count", invited.to_send));
    }
    if invited.failed > 0 {
        gap(Message::new("forums-missing-failed").with("count", invited.failed));
    }
    StageFacts {
        detail: Message::new("forums-detail-invitation")
            .with("invited", invited.recipients)
            .with("sent", invited.sent)
            .with("coming", invited.coming())
            .text(locale),
        missing,
        href: Some(here),
    }
}

fn session(facts: &Facts, base: &str, locale: Locale) -> StageFacts {
    let mut missing = Vec::new();
    if facts.inputs == 0 {
        let href = Some(format!("{base}/masukan"));
        missing.push((t(locale, "forums-missing-inputs"), href));
    }
    StageFacts {
        detail: Message::new("forums-detail-session")
            .with("inputs", facts.inputs)
            .text(locale),
        missing,
        href: None,
    }
}

fn facts_of(forum: &Forum, locale: Locale) -> Vec<FactView> {
    [
        ("forums-field-theme", forum.theme.clone()),
        ("forums-field-scope", forum.scope.label(locale)),
        ("forums-field-mode", forum.mode.label(locale)),
        ("forums-field-address", forum.venue_address.clone()),
        ("forums-field-target", forum.target.clone()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(key, text)| FactView {
        term: t(locale, key),
        text,
    })
    .collect()
}

/// How many of each group said that somebody will come.
fn groups_of(deliveries: &[invitations::Delivery], locale: Locale) -> Vec<GaugeView> {
    use invitations::Answer;
    forums::Group::all()
        .into_iter()
        .filter_map(|group| {
            let mine = || {
                deliveries
                    .iter()
                    .filter(move |delivery| delivery.recipient.participant_group == group)
            };
            let all = mine().count();
            let coming = mine()
                .filter(|delivery| {
                    matches!(
                        delivery.recipient.answer,
                        Answer::Accepted | Answer::Delegated
                    )
                })
                .count();
            let value = (coming * 100).checked_div(all)?;
            Some(GaugeView {
                label: group.label(locale),
                value,
                text: Message::new("forums-of")
                    .with("part", coming)
                    .with("all", all)
                    .text(locale),
            })
        })
        .collect()
}

async fn documents_of(ctx: &Ctx, forum: &Forum, base: &str) -> Result<Vec<FileView>> {
    let mut views = Vec::new();
    for kind in documents::Kind::ALL {
        if let Some(document) = documents::latest(&ctx.app.db, "forum", forum.id.0, kind).await? {
            views.push(FileView {
                name: t(ctx.locale(), &format!("forums-document-{kind}")),
                size: documents::size_text(document.size, ctx.locale()),
                href: format!("{base}/dokumen/{kind}.pdf"),
            });
        }
    }
    Ok(views)
}
