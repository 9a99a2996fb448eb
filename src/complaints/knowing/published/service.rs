//! Publishing, withdrawing, and reading what is published.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::json;

use super::{
    rules::{self, Barred, Found},
    store::{self, Behind, Wanted},
};
use crate::{
    access::{Ctx, Permission},
    audit,
    complaints::{
        ComplaintId,
        actions::{self, Linked},
        entity::{
            complaint,
            publication::{self, PublicationId, State},
        },
        filing,
        finding::likeness::{self, Candidate, Shared, Weights},
        handling, identity,
        rules::{MessageKind, Sees, Status, late, read_number},
        store as cases, viewing,
    },
    organisation::{self, Unit, UnitId},
    platform::{
        check::Check,
        db::Tx,
        error::{Error, Result},
        i18n::Message,
        traces,
        web::paging::Slice,
    },
};

impl From<Barred> for Error {
    fn from(barred: Barred) -> Self {
        match barred {
            Barred::Confidential => Self::rule(
                "publication.confidential",
                Message::new("publish-confidential"),
            ),
            Barred::Withdrawn => Self::rule(
                "publication.withdrawn_case",
                Message::new("publish-withdrawn-case"),
            ),
        }
    }
}

/// A text as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub title: String,
    pub text: String,
    pub answer: String,
    /// The officer has looked at what seemed left in it.
    pub looked: bool,
    /// Of the publication that the form showed; 0 for none.
    pub version: i32,
}

/// What the form of a publication begins with.
pub struct Editing {
    pub complaint: complaint::Model,
    pub publication: Option<publication::Model>,
    /// The last answer as it was written.
    pub answer: Option<String>,
}

/// A complaint that the caller may publish, with its words.
pub async fn editing(ctx: &Ctx, number: &str) -> Result<Editing> {
    let scope = ctx.require_scope(Permission::ViewComplaints)?;
    let db = &ctx.app.db;
    let complaint = cases::visible(db, &scope, &read_number(number)).await?;
    ctx.require(Permission::PublishComplaint, complaint.unit_id)?;
    handling::require_text(ctx, &complaint)?;
    let messages = cases::messages(db, &complaint).await?;
    let answer = messages
        .into_iter()
        .rfind(|message| message.kind == MessageKind::Answer);
    Ok(Editing {
        publication: store::of_complaint(db, complaint.id).await?,
        answer: answer.map(|message| message.text),
        complaint,
    })
}

/// What seems left in the typed texts. The complainant's own name is looked for only where this officer sees it
/// anyhow: behind an anonymous complaint the answer would tell who it is.
pub async fn leftovers(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    of: &complaint::Model,
    typed: &Typed,
) -> Result<Vec<Found>> {
    let mut known = vec![of.number.clone()];
    if viewing::sight_of(ctx, of, false).identity == Sees::All && !of.anonymous {
        let who = identity::read(db, &ctx.app, of.id).await?;
        known.extend(who.name);
    }
    let whole = format!("{}\n{}\n{}", typed.title, typed.text, typed.answer);
    Ok(rules::leftovers(&whole, &known))
}

struct Checked {
    title: String,
    text: String,
    answer: Option<String>,
}

fn checked(typed: &Typed) -> Result<Checked> {
    let mut check = Check::new();
    let title = check.line("title", &typed.title, 5, 120);
    let text = check.text("text", &typed.text, 10, 4000);
    let answer = check.optional("answer", &typed.answer, 4000);
    check.finish()?;
    Ok(Checked {
        title,
        text,
        answer,
    })
}

/// Looks at the typed texts as publishing would, and publishes nothing.
pub fn check(typed: &Typed) -> Result<()> {
    checked(typed).map(|_| ())
}

/// Nobody's look carries the number of an identity card to the public.
fn without_identity_numbers(typed: &Typed) -> Result<()> {
    traces::refuse_identity_numbers([
        ("title", typed.title.as_str()),
        ("text", typed.text.as_str()),
        ("answer", typed.answer.as_str()),
    ])
}

/// Publishes a case, or changes what is published of it.
pub async fn publish(ctx: &Ctx, number: &str, typed: &Typed) -> Result<PublicationId> {
    let text = checked(typed)?;
    let tx = ctx.app.db.begin_write().await?;
    let (of, _) = handling::open(&tx, ctx, number, None).await?;
    ctx.require(Permission::PublishComplaint, of.unit_id)?;
    handling::require_text(ctx, &of)?;
    rules::publishable(of.confidential, of.status)?;
    without_identity_numbers(typed)?;
    if !typed.looked && !leftovers(&tx, ctx, &of, typed).await?.is_empty() {
        return Err(Error::field("looked", Message::new("publish-look-first")));
    }
    let before = store::of_complaint(&tx, of.id).await?;
    let before = before.filter(|known| known.state == State::Published);
    let news = text.answer.is_some() && before.and_then(|known| known.answer) != text.answer;
    let (id, verb) = write(&tx, ctx, &of, text, typed.version).await?;
    if news {
        filing::tell_followers(&tx, ctx, &of).await?;
    }
    let entry = audit::Entry::new("complaint", of.id.0, verb)
        .in_unit(of.unit_id)
        .with(json!({ "publication": id }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

async fn write(
    tx: &Tx,
    ctx: &Ctx,
    of: &complaint::Model,
    text: Checked,
    version: i32,
) -> Result<(PublicationId, &'static str)> {
    let answer = text.answer.as_deref().unwrap_or_default();
    let search = format!("{} {} {answer}", text.title, text.text).to_lowercase();
    let known = store::of_complaint(tx, of.id).await?;
    let Some(known) = known else {
        let id = PublicationId::new();
        let row = publication::Model {
            id,
            unit_id: of.unit_id,
            complaint_id: of.id,
            state: State::Published,
            title: text.title,
            text: text.text,
            answer: text.answer,
            service_code: of.service_code.clone(),
            search,
            published_at: ctx.now,
            published_by: ctx.person_id(),
            changed_at: ctx.now,
            withdrawn_at: None,
            withdraw_reason: None,
            version: 1,
        };
        store::insert(tx, row).await?;
        return Ok((id, "complaint.published"));
    };
    if known.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let again = known.state == State::Withdrawn;
    let mut changes = publication::ActiveModel {
        state: Set(State::Published),
        title: Set(text.title),
        text: Set(text.text),
        answer: Set(text.answer),
        service_code: Set(of.service_code.clone()),
        search: Set(search),
        changed_at: Set(ctx.now),
        withdrawn_at: Set(None),
        withdraw_reason: Set(None),
        ..Default::default()
    };
    if again {
        changes.published_at = Set(ctx.now);
        changes.published_by = Set(ctx.person_id());
    }
    store::save(tx, &known, changes).await?;
    let verb = if again {
        "complaint.published"
    } else {
        "complaint.publication_changed"
    };
    Ok((known.id, verb))
}

/// Takes a case from the public's eyes; the text stays for the office.
pub async fn withdraw(ctx: &Ctx, number: &str, version: i32, reason: &str) -> Result<()> {
    let mut check = Check::new();
    let reason = check.line("reason", reason, 5, 300);
    check.finish()?;
    let tx = ctx.app.db.begin_write().await?;
    let (of, _) = handling::open(&tx, ctx, number, None).await?;
    ctx.require(Permission::PublishComplaint, of.unit_id)?;
    let known = store::of_complaint(&tx, of.id).await?;
    let known = known
        .filter(|known| known.state == State::Published)
        .ok_or(Error::NotFound)?;
    if known.version != version {
        return Err(Error::Conflict {
            code: "changed_meanwhile",
        });
    }
    let changes = publication::ActiveModel {
        state: Set(State::Withdrawn),
        withdrawn_at: Set(Some(ctx.now)),
        withdraw_reason: Set(Some(reason.clone())),
        changed_at: Set(ctx.now),
        ..Default::default()
    };
    store::save(&tx, &known, changes).await?;
    let entry = audit::Entry::new("complaint", of.id.0, "complaint.publication_withdrawn")
        .in_unit(of.unit_id)
        .with(json!({ "publication": known.id, "reason": reason }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// What of a complaint stands beside its published text: nothing that its owner wrote.
#[derive(Clone, Debug)]
pub struct Case {
    pub publication: publication::Model,
    pub status: Status,
    pub received_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub answered_in_time: Option<bool>,
    pub answer_working_days: Option<i32>,
    legal_due_at: DateTime<Utc>,
}

impl Case {
    /// The office owes an answer and the promised day is over.
    #[must_use]
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.answered_at.is_none() && late(self.status, self.legal_due_at, now)
    }
}

impl Case {
    /// As everybody reads it: without the numbers that were left in it.
    fn of(mut publication: publication::Model, behind: Behind) -> Self {
        publication.title = traces::for_everybody(&publication.title);
        publication.text = traces::for_everybody(&publication.text);
        publication.answer = publication.answer.as_deref().map(traces::for_everybody);
        Self {
            status: behind.status,
            received_at: behind.received_at,
            answered_at: behind.answered_at,
            answered_in_time: behind.answered_in_time,
            answer_working_days: behind.answer_working_days,
            legal_due_at: behind.legal_due_at,
            publication,
        }
    }

    /// Whether news will come for whoever follows it: an answer that nobody can read yet.
    #[must_use]
    pub fn can_be_followed(&self) -> bool {
        let comes = self.status.owes_answer() || ANSWERED.contains(&self.status);
        comes && self.publication.answer.is_none()
    }
}

/// What the public list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    pub unit: Option<UnitId>,
    pub service: String,
    /// `waiting`, `answered` or `ended`.
    pub progress: String,
    pub q: String,
}

/// How many words a search looks for.
const WORDS: usize = 8;

fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split_whitespace()
        .take(WORDS)
        .map(|word| word.chars().take(60).collect())
        .collect()
}

const ANSWERED: [Status; 2] = [Status::Answered, Status::Closed];

fn wanted(search: &Search) -> Wanted {
    let ended = |status: &Status| !status.owes_answer() && !ANSWERED.contains(status);
    Wanted {
        unit: search.unit,
        service: Some(search.service.trim().to_owned()).filter(|code| !code.is_empty()),
        statuses: match search.progress.as_str() {
            "answered" => ANSWERED.to_vec(),
            "waiting" => Status::all()
                .filter(|status| status.owes_answer())
                .collect(),
            "ended" => Status::all().filter(ended).collect(),
            _ => Vec::new(),
        },
        words: words_of(&search.q),
    }
}

/// One page of published cases.
pub struct Listed {
    pub cases: Vec<Case>,
    pub next: Option<String>,
}

async fn with_cases(db: &impl ConnectionTrait, rows: Vec<publication::Model>) -> Result<Vec<Case>> {
    let ids = rows.iter().map(|row| row.complaint_id).collect();
    let mut behind: HashMap<ComplaintId, Behind> = store::behind(db, ids).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let complaint = behind.remove(&row.complaint_id)?;
            Some(Case::of(row, complaint))
        })
        .collect())
}

pub async fn listed(
    db: &impl ConnectionTrait,
    search: &Search,
    slice: &Slice<(DateTime<Utc>, PublicationId)>,
) -> Result<Listed> {
    let rows = store::list(db, &wanted(search), slice.after, slice.limit + 1).await?;
    let (rows, next) = slice.cut(rows, |row| (row.published_at, row.id));
    Ok(Listed {
        cases: with_cases(db, rows).await?,
        next,
    })
}

/// The newest published cases of a unit, or of all, for open data, and how many there are altogether.
pub async fn open_data(
    db: &impl ConnectionTrait,
    unit: Option<UnitId>,
    most: u64,
) -> Result<(Vec<Case>, u64)> {
    let wanted = Wanted {
        unit,
        ..Wanted::default()
    };
    let rows = store::list(db, &wanted, None, most).await?;
    let all = store::count(db, &wanted).await?;
    Ok((with_cases(db, rows).await?, all))
}

/// One published case with its unit and what was promised because of it.
pub async fn shown(ctx: &Ctx, id: &str) -> Result<(Case, Unit, Vec<Linked>)> {
    let db = &ctx.app.db;
    let row = store::one(db, PublicationId::parse(id)?).await?;
    let unit = organisation::unit(db, row.unit_id).await?;
    let complaint = cases::get(db, row.complaint_id).await?;
    let promises = actions::linked(ctx, &complaint, &unit).await?;
    Ok((Case::of(row, Behind::from(&complaint)), unit, promises))
}

/// A published case that may be about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    pub id: PublicationId,
    pub complaint: ComplaintId,
    pub title: String,
    /// Its page for everybody.
    pub href: String,
    pub answered: bool,
}

impl From<Case> for Similar {
    fn from(case: Case) -> Self {
        Self {
            id: case.publication.id,
            complaint: case.publication.complaint_id,
            href: format!("/pengaduan/publik/{}", case.publication.id),
            answered: ANSWERED.contains(&case.status),
            title: case.publication.title,
        }
    }
}

/// How many are worth reading before one's own is sent.
const SIMILAR: usize = 5;
/// So many are compared, the newest: what was published long ago is seldom about the same.
const COMPARED: u64 = 300;

/// Published cases of a unit that may be about what these words say, the most similar first. Where some share several
/// of them, one shared word is no reason to show another.
pub async fn similar(db: &impl ConnectionTrait, unit: UnitId, words: &str) -> Result<Vec<Similar>> {
    let own = likeness::telling(words);
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let asked = Wanted {
        unit: Some(unit),
        ..Wanted::default()
    };
    let rows = store::list(db, &asked, None, COMPARED).await?;
    let rows: Vec<(Candidate, publication::Model)> = rows
        .into_iter()
        .map(|row| (Candidate::of(&row.title, &row.text), row))
        .collect();
    let weights = Weights::among(&own, &rows.iter().map(|(one, _)| one).collect::<Vec<_>>());
    let mut alike: Vec<(Shared, publication::Model)> = rows
        .into_iter()
        .map(|(candidate, row)| (likeness::shared(&own, &candidate, &weights), row))
        .filter(|(shared, _)| {
            // One word of many says little, unless the other is called by it.
            shared.stems >= 2 || shared.stems == 1 && (own.len() <= 2 || shared.in_subject == 1)
        })
        .collect();
    if alike.iter().any(|(shared, _)| shared.stems >= 2) {
        alike.retain(|(shared, _)| shared.stems >= 2);
    }
    // The newest stays first among equals.
    alike.sort_by_key(|(shared, _)| std::cmp::Reverse(shared.points));
    alike.truncate(SIMILAR);
    let found = with_cases(db, alike.into_iter().map(|(_, row)| row).collect()).await?;
    Ok(found.into_iter().map(Similar::from).collect())
}
