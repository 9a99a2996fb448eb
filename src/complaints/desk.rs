//! What stands on the desk beside a case: who else has it open, the draft, files, other complaints that belong to it,
//! texts to begin with.

use chrono::{DateTime, Duration, Utc};
use sea_orm::ConnectionTrait;

use super::{
    actions, clocks,
    entity::{ComplaintId, complaint, link::LinkKind, standard_answer},
    finding,
    handling::{self, Attached},
    history::{self, Moment},
    protecting::{self, Protecting},
    rules::{self, Class, MessageKind, Status},
    services,
    store::{self, Beside},
    viewing::{self, Case},
    ways::{self, BesideCase},
    words,
};
use crate::{
    access::{self, Ctx, Permission, PersonId, Place, Role},
    audit::{self, ActorKind},
    organisation::UnitId,
    platform::{
        error::Result,
        i18n::{Locale, Message},
    },
};

/// Longer than two polls of the page, so that nobody flickers.
const PRESENT_SECONDS: i64 = 75;

/// How another complaint belongs to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// This one is handled in that.
    Main,
    /// That one is handled in this.
    Merged,
    Related,
    /// That one was a part of this.
    Part,
    /// This one was a part of that.
    Whole,
}

impl Relation {
    /// A stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Merged => "merged",
            Self::Related => "related",
            Self::Part => "part",
            Self::Whole => "whole",
        }
    }
}

/// Another complaint, as far as the caller may know of it.
#[derive(Clone, Debug)]
pub struct Relative {
    pub relation: Relation,
    pub number: String,
    pub subject: Option<String>,
    /// What its citizen wrote, where it is answered here.
    pub description: Option<String>,
    pub status: Status,
    /// Handled in another one, and not answered with it yet.
    pub waits_for_main: bool,
    /// The caller may open it.
    pub open: bool,
}

/// The other complaints that belong to this one and lie in the caller's scope.
pub async fn relatives(ctx: &Ctx, case: &Case) -> Result<Vec<Relative>> {
    let db = &ctx.app.db;
    let of = &case.complaint;
    let mut found = Vec::new();
    if let Some(main) = of.merged_into {
        found.push((Relation::Main, store::get(db, main).await?));
    }
    if case.beside.contains(&Beside::Merged) {
        let merged = store::merged_into(db, of).await?;
        found.extend(merged.into_iter().map(|one| (Relation::Merged, one)));
    }
    let links = match case.beside.contains(&Beside::Links) {
        true => store::links(db, of).await?,
        false => Vec::new(),
    };
    for (kind, begins, other) in links {
        let relation = match (kind, begins) {
            (LinkKind::Related, _) => Relation::Related,
            (LinkKind::Split, true) => Relation::Part,
            (LinkKind::Split, false) => Relation::Whole,
        };
        found.push((relation, other));
    }
    let scope = ctx.scope(Permission::ViewComplaints);
    let place = Place {
        unit: of.unit_id,
        division: of.division_id,
    };
    // Who answers this one answers those that are handled in it, and cannot without their words.
    let answers =
        ctx.may(Permission::AnswerComplaint, place) && viewing::sight_of(ctx, of, false).text;
    let mut all = Vec::with_capacity(found.len());
    for (relation, other) in found {
        let open = scope.covers(other.unit_id, other.division_id);
        let answered_here = answers && relation == Relation::Merged;
        // A link would tell of a hidden case what it is about: that of the one beside which it stands.
        let hidden = other.confidential && !viewing::sight_of(ctx, &other, false).text;
        if !answered_here && (!open || hidden) {
            continue;
        }
        let mut one = relative(ctx, relation, &other, open, answered_here);
        // What its citizen wrote since belongs to what is answered here, too.
        if let Some(words) = &mut one.description {
            let messages = store::messages(db, &other).await?;
            for message in messages {
                if message.kind == MessageKind::CitizenMessage {
                    words.push_str("\n\n");
                    words.push_str(&message.text);
                }
            }
            let files = handling::attached(db, &other).await?.into_iter();
            let names: Vec<String> = files
                .filter(|file| file.by_citizen)
                .map(|file| file.name)
                .collect();
            if !names.is_empty() {
                let told = Message::new("complaints-part-files").with("names", names.join(", "));
                words.push_str("\n\n");
                words.push_str(&told.text(ctx.locale()));
            }
        }
        all.push(one);
    }
    Ok(all)
}

fn relative(
    ctx: &Ctx,
    relation: Relation,
    other: &complaint::Model,
    open: bool,
    answered_here: bool,
) -> Relative {
    let text = viewing::sight_of(ctx, other, false).text;
    Relative {
        relation,
        number: other.number.clone(),
        subject: text.then(|| other.subject.clone()),
        description: (text && answered_here).then(|| other.description.clone()),
        status: other.status,
        waits_for_main: words::merged(other),
        open,
    }
}

/// Somebody else at the same case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    pub name: String,
    pub seen_at: DateTime<Utc>,
}

/// Says that the caller has the case open, and answers who else has. Only those who work on it: a head who looks in
/// is nobody's second pair of hands.
pub async fn look_in(ctx: &Ctx, number: &str) -> Result<Vec<Present>> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let found = store::visible(&ctx.app.db, &scope, &rules::read_number(number)).await?;
    present(ctx, &found).await
}

async fn present(ctx: &Ctx, of: &complaint::Model) -> Result<Vec<Present>> {
    let Some(person) = ctx.person_id() else {
        return Ok(Vec::new());
    };
    let db = &ctx.app.db;
    let place = Place {
        unit: of.unit_id,
        division: of.division_id,
    };
    if ctx.may(Permission::AnswerComplaint, place) {
        store::note_presence(db, of, person, ctx.now).await?;
    }
    let since = ctx.now - Duration::seconds(PRESENT_SECONDS);
    let rows = store::present(db, of, person, since).await?;
    let names = access::person_names(db, rows.iter().map(|row| row.person_id).collect()).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Present {
                name: names.get(&row.person_id)?.clone(),
                seen_at: row.seen_at,
            })
        })
        .collect())
}

/// Removes what nobody looks at any more.
pub async fn sweep(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<()> {
    store::sweep_presence(db, now - Duration::hours(1)).await
}

/// Everything beside the case itself.
pub struct Desk {
    pub clocks: clocks::Reading,
    /// (id, name) of those who can be named.
    pub handlers: Vec<(String, String)>,
    /// What can be linked to, for those who may link.
    pub open_actions: Vec<(String, String)>,
    pub relatives: Vec<Relative>,
    /// Others that may be about the same, for who works on an open case.
    pub similar: Vec<complaint::Model>,
    pub files: Vec<Attached>,
    pub present: Vec<Present>,
    pub draft: Option<(String, DateTime<Utc>)>,
    pub standards: Vec<standard_answer::Model>,
    pub colleagues: Vec<(PersonId, String, String)>,
    /// The caller works on it, or was asked in a note.
    pub may_note: bool,
    /// (code, title)
    pub services: Vec<(String, String)>,
    pub ways: BesideCase,
    pub protecting: Protecting,
}

pub async fn of(ctx: &Ctx, case: &Case) -> Result<Desk> {
    let db = &ctx.app.db;
    let complaint = &case.complaint;
    let place = Place {
        unit: complaint.unit_id,
        division: complaint.division_id,
    };
    let protecting = protecting::of(ctx, complaint).await?;
    // A tombstone takes nothing new.
    let writable = case.sight.text && !protecting.is_erased();
    let works = writable && ctx.may(Permission::AnswerComplaint, place);
    let mut desk = Desk {
        clocks: clocks::read(db, complaint, ctx.now).await?,
        handlers: handlers(ctx, complaint.unit_id).await?,
        open_actions: Vec::new(),
        relatives: relatives(ctx, case).await?,
        similar: Vec::new(),
        files: Vec::new(),
        present: present(ctx, complaint).await?,
        draft: None,
        standards: Vec::new(),
        colleagues: Vec::new(),
        may_note: writable && handling::may_note(ctx, complaint, &case.history),
        services: Vec::new(),
        ways: ways::beside_case(ctx, case, (writable, works)).await?,
        protecting,
    };
    if case.may_link {
        desk.open_actions = actions::open(db, complaint.unit_id).await?;
    }
    if case.sight.text && case.beside.contains(&Beside::Files) {
        desk.files = handling::attached(db, complaint).await?;
    }
    if desk.may_note {
        desk.colleagues = handling::colleagues(db, complaint).await?;
        desk.colleagues
            .retain(|(id, ..)| Some(*id) != ctx.person_id());
    }
    if works {
        desk.draft = handling::drafted(ctx, complaint).await?;
        desk.standards = store::standard_answers(db, complaint.unit_id).await?;
        desk.services = services::offered(db, complaint.unit_id).await?;
        if complaint.status.owes_answer() {
            let known = known_to(db, complaint).await?;
            desk.similar = finding::similar(ctx, complaint, &known).await?;
        }
    }
    Ok(desk)
}

/// Those that belong to this one already.
async fn known_to(db: &impl ConnectionTrait, of: &complaint::Model) -> Result<Vec<ComplaintId>> {
    let merged = store::merged_into(db, of).await?;
    let links = store::links(db, of).await?;
    let others = links.into_iter().map(|(_, _, other)| other);
    let all = merged.into_iter().chain(others).map(|one| one.id);
    Ok(all.chain(of.merged_into).collect())
}

async fn handlers(ctx: &Ctx, unit: UnitId) -> Result<Vec<(String, String)>> {
    if !ctx.may(Permission::AssignComplaint, unit) {
        return Ok(Vec::new());
    }
    let people = access::people_with(&ctx.app.db, &[Role::Handler], unit, None).await?;
    Ok(people
        .into_iter()
        .map(|(id, name, _)| (id.to_string(), name))
        .collect())
}

/// What leaves the state as it is: a deadline that was put off, moved by a decree, or stays although a day was
/// withdrawn; a case put right; another one taken in or let go.
pub struct Aside {
    pub at: DateTime<Utc>,
    /// `extend`, `move_deadline` or `keep_deadline`; `classify`, `take_in` or `let_go`.
    pub event: &'static str,
    pub by: ActorKind,
    pub name: String,
    pub reason: Option<String>,
    /// The complaint that was taken in or let go.
    pub other: Option<String>,
    pub due_before: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
}

/// Everything that a complaint went through.
pub struct Passed {
    pub complaint: complaint::Model,
    pub moments: Vec<Moment>,
    pub asides: Vec<Aside>,
}

/// The states passed and what became of the deadline, for who may see the complaint.
pub async fn passed(ctx: &Ctx, number: &str) -> Result<Passed> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let db = &ctx.app.db;
    let found = store::visible(db, &scope, &rules::read_number(number)).await?;
    let mut moments = history::of(db, &found).await?;
    let trail = audit::history(db, "complaint", found.id.0).await?;
    let mut asides: Vec<Aside> = trail.iter().filter_map(aside_of).collect();
    // Reasons are words of the case.
    if !viewing::sight_of(ctx, &found, false).text {
        for moment in &mut moments {
            moment.reason = None;
            moment.data = serde_json::json!({});
        }
        for change in &mut asides {
            change.reason = None;
        }
    }
    Ok(Passed {
        complaint: found,
        moments,
        asides,
    })
}

fn aside_of(entry: &audit::Model) -> Option<Aside> {
    let event = match entry.verb.as_str() {
        "complaint.extended" => "extend",
        "complaint.deadline_moved" => "move_deadline",
        "complaint.deadline_kept" => "keep_deadline",
        "complaint.put_right" | "complaint.classified" => "classify",
        "complaint.took_in" => "take_in",
        "complaint.let_go" => "let_go",
        _ => return None,
    };
    let said = |name: &str| entry.data[name].as_str();
    let moment = |name: &str| -> Option<DateTime<Utc>> { said(name)?.parse().ok() };
    let class = said("class").and_then(Class::parse);
    let class = class.map(|class| words::class(class, Locale::Id));
    // What was put right stands before the reason for it.
    let reason: Vec<&str> = [class.as_deref(), said("words"), said("reason")]
        .into_iter()
        .flatten()
        .collect();
    Some(Aside {
        at: entry.at,
        event,
        by: entry.actor_kind,
        name: entry.actor_name.clone(),
        reason: (!reason.is_empty()).then(|| reason.join("\n")),
        other: said("number").map(str::to_owned),
        due_before: moment("due_before"),
        due_at: moment("due_at"),
    })
}
