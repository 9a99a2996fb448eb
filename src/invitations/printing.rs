//! Invitations on paper for many at once: the letter with its annexes, or the answer sheet, once per recipient, in files
//! of so many people that the typesetter's memory stays flat. Whoever asks for them says how a sheet is made (the code
//! for the door is not known here); what was printed is marked beside what was brought.

mod kept;

use std::collections::HashSet;

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    entity::prelude::{DeriveActiveEnum, EnumIter},
};
use serde::{Deserialize, Serialize};

use super::{
    PrintId, Recipient, RecipientId,
    batches::Progress,
    bulk::{self, Chosen},
    entity::{BatchId, PartId, print, print_part, recipient},
    handing, listing,
    rules::{self, Answer, Broken, LetterState},
    sending::{self, Delivery},
    service, store,
};
pub use super::{
    letter_copies::{issued, letters},
    service::Bundle,
};
use crate::{
    access::{Ctx, Permission},
    audit,
    forums::{self, Forum, ForumId},
    platform::{
        db::{AT_ONCE, Tx},
        error::{Error, Result},
        i18n::Message,
    },
};

pub use kept::{file, sweep};
pub use print::Model as Print;
pub use print_part::Model as Part;

/// What is printed.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    poem_openapi::Enum,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Papers {
    /// The letter as it was issued, with its annexes.
    Letters,
    /// Link, QR code and code for the door.
    Sheets,
}

/// Pages of a file with letters, which show the pages of one; and people whose sheets are typeset together.
const PAGES: usize = 2000;
const SHEETS: usize = 100;
/// So often a file is tried before its page says that it failed.
const TRIES: i32 = 5;
const LISTED: u64 = 6;

impl Papers {
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Letters, Self::Sheets]
            .into_iter()
            .find(|papers| papers.code() == code)
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Sheets => "sheets",
        }
    }

    /// Who declined needs nothing to answer or come in with.
    fn fits(self, recipient: &Recipient) -> bool {
        self == Self::Letters || recipient.answer != Answer::Declined
    }

    /// People in one file, of a letter that lists so many.
    #[must_use]
    pub fn per_file(self, listed: usize) -> usize {
        const NAMES_OF_A_PAGE: usize = 25;
        const LETTER_AND_SCHEDULE: usize = 3;
        match self {
            Self::Letters => {
                (PAGES / (LETTER_AND_SCHEDULE + listed.div_ceil(NAMES_OF_A_PAGE))).max(1)
            }
            Self::Sheets => SHEETS,
        }
    }
}

/// People for whom papers can be asked for in one step.
pub struct Offer {
    /// Of the list's filter; empty for everybody.
    pub filter: &'static str,
    pub count: usize,
    /// What the form of it saw.
    pub seen: String,
}

/// Those who wait for somebody to bring it, those who hold a replaced letter, and everybody; nobody is no offer.
pub async fn offers(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<Offer>> {
    let all = sending::deliveries(db, forum).await?;
    let offer = |filter: &'static str, people: &[&Delivery]| Offer {
        filter,
        count: people.len(),
        seen: listing::fingerprint(people),
    };
    let everybody: Vec<&Delivery> = all.iter().collect();
    let mut waiting = everybody.clone();
    waiting.retain(|one| one.sending.wants_handing());
    let mut replaced = everybody.clone();
    replaced.retain(|one| one.replaced);
    let mut offers = vec![
        offer(listing::TO_HAND, &waiting),
        offer(listing::REPLACED, &replaced),
        offer("", &everybody),
    ];
    offers.retain(|offer| offer.count > 0);
    Ok(offers)
}

/// The forum, when its invitations may be printed by the caller, and why not yet.
pub async fn place(ctx: &Ctx, id: ForumId) -> Result<(Bundle, std::result::Result<(), Broken>)> {
    let bundle = service::bundle(ctx, id, Permission::SendInvitations).await?;
    if !bundle.may_read_names(ctx) {
        return Err(Error::Forbidden);
    }
    let starts = forums::starts_at(&bundle.forum, bundle.zone).to_utc();
    let may = rules::may_send(bundle.state(), ctx.now, starts);
    Ok((bundle, may))
}

/// A print that was asked for and is not committed: the caller puts a job per file into the queue.
pub struct Begun {
    pub tx: Tx,
    pub print: Print,
    pub files: Vec<PartId>,
    /// Chosen people who get no such paper.
    pub left: usize,
}

/// What may be mailed may be printed, and nothing else: a paper never says another time than the letter in force.
pub async fn begin(
    ctx: &Ctx,
    id: ForumId,
    (papers, double_sided): (Papers, bool),
    chosen: &Chosen,
) -> Result<Begun> {
    let (bundle, _) = place(ctx, id).await?;
    let found = bulk::find(ctx, &bundle, chosen).await?;
    let people: Vec<RecipientId> = found
        .iter()
        .filter(|one| papers.fits(&one.recipient))
        .map(|one| one.recipient.id)
        .collect();
    if people.is_empty() {
        return Err(Error::field(
            "line",
            Message::new("invitations-print-nobody"),
        ));
    }
    let (tx, forum) = handing::open(ctx, id).await?;
    let print = Print {
        id: PrintId::new(),
        unit_id: forum.unit_id,
        forum_id: forum.id,
        kind: papers,
        double_sided,
        sequence: forum.sequence,
        total: i32::try_from(people.len()).map_err(anyhow::Error::from)?,
        created_at: ctx.now,
        created_by: ctx.person_id(),
    };
    print::Entity::insert(print.clone().into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await?;
    let mut files = Vec::new();
    let per_file = papers.per_file(bundle.recipients.len());
    for (some, number) in people.chunks(per_file).zip(1..) {
        let part = Part {
            id: PartId::new(),
            unit_id: forum.unit_id,
            print_id: print.id,
            number,
            recipients: print_part::People(some.to_vec()),
            file_key: None,
            tries: 0,
            done_at: None,
            failed_at: None,
        };
        files.push(part.id);
        print_part::Entity::insert(part.into_active_model().reset_all())
            .exec_without_returning(&tx)
            .await?;
    }
    let entry = audit::Entry::new("forum", forum.id.0, "invitation.print_asked")
        .in_unit(forum.unit_id)
        .with(serde_json::json!({ "papers": papers, "recipients": people.len() }));
    audit::record(&tx, ctx, entry).await?;
    Ok(Begun {
        tx,
        print,
        files,
        left: found.len() - people.len(),
    })
}

/// One file that is to be made.
pub struct Work {
    pub print: Print,
    pub part: Part,
    pub forum: Forum,
    pub recipients: Vec<Recipient>,
}

/// Nothing when the file is there already, given up, or swept away.
pub async fn work(ctx: &Ctx, part: PartId) -> Result<Option<Work>> {
    let db = &ctx.app.db;
    let part = print_part::Entity::find_by_id(part).one(db).await?;
    let Some(part) = part.filter(|part| part.done_at.is_none() && part.failed_at.is_none()) else {
        return Ok(None);
    };
    let print = print_of(db, part.print_id).await?;
    let forum = forums::by_id(db, print.forum_id).await?;
    let letter = store::letter_of(db, &forum).await?;
    if is_outdated(&print, &forum, letter.as_ref()) {
        return Err(Broken::Outdated.into());
    }
    let wanted: HashSet<RecipientId> = part.recipients.0.iter().copied().collect();
    let recipients = store::recipients(db, &forum).await?;
    Ok(Some(Work {
        recipients: recipients
            .into_iter()
            .filter(|row| wanted.contains(&row.id))
            .collect(),
        print,
        part,
        forum,
    }))
}

/// Whether the papers of a print say something else than the letter in force: the forum moved, or the letter was
/// corrected, after they were asked for.
#[must_use]
pub fn is_outdated(print: &Print, forum: &Forum, letter: Option<&super::Letter>) -> bool {
    let in_force = LetterState::Issued { outdated: false };
    let issued = letter.and_then(|letter| letter.issued_at);
    service::state_of(letter, forum) != in_force
        || !forums::papers_stand(forum, print.sequence)
        || issued.is_some_and(|issued| issued > print.created_at)
}

/// Keeps the file and marks those whose paper is in it; made twice, the first stays.
pub async fn done(ctx: &Ctx, work: &Work, bytes: Vec<u8>) -> Result<()> {
    let key = ctx.app.files.put("papers", bytes).await?;
    let kept = keep(ctx, work, &key).await;
    // Personal links stand in it: a file that no row names would never be swept away.
    if !matches!(kept, Ok(true)) {
        ctx.app.files.remove(&key).await?;
    }
    kept.map(drop)
}

/// Whether the row names this file now.
async fn keep(ctx: &Ctx, work: &Work, key: &str) -> Result<bool> {
    let (print, part) = (&work.print, &work.part);
    let tx = ctx.app.db.begin_write().await?;
    let row = print_part::ActiveModel {
        file_key: Set(Some(key.to_owned())),
        done_at: Set(Some(ctx.now)),
        ..Default::default()
    };
    let written = print_part::Entity::update_many()
        .set(row)
        .filter(print_part::Column::Id.eq(part.id))
        .filter(print_part::Column::DoneAt.is_null())
        .exec(&tx)
        .await?;
    if written.rows_affected == 0 {
        return Ok(false);
    }
    let ids: Vec<RecipientId> = work.recipients.iter().map(|row| row.id).collect();
    for some in ids.chunks(AT_ONCE) {
        let columns = recipient::ActiveModel {
            printed_at: Set(Some(ctx.now)),
            printed_by: Set(print.created_by),
            printed_sequence: Set(Some(print.sequence)),
            ..Default::default()
        };
        recipient::Entity::update_many()
            .set(columns)
            .filter(recipient::Column::UnitId.eq(print.unit_id))
            .filter(recipient::Column::ForumId.eq(print.forum_id))
            .filter(recipient::Column::Id.is_in(some.iter().copied()))
            .exec(&tx)
            .await?;
    }
    let entry = audit::Entry::new("forum", print.forum_id.0, "invitation.papers_made")
        .in_unit(print.unit_id)
        .with(serde_json::json!({
            "papers": print.kind, "file": part.number, "recipients": ids.len(),
        }));
    audit::record(&tx, ctx, entry).await?;
    tx.commit().await?;
    Ok(true)
}

/// Notes that a file could not be made; true when it is not tried again.
pub async fn failed(ctx: &Ctx, part: PartId, hopeless: bool) -> Result<bool> {
    let tx = ctx.app.db.begin_write().await?;
    let Some(row) = print_part::Entity::find_by_id(part).one(&tx).await? else {
        return Ok(true);
    };
    let over = hopeless || row.tries + 1 >= TRIES;
    let change = print_part::ActiveModel {
        tries: Set(row.tries + 1),
        failed_at: Set(over.then_some(ctx.now)),
        ..Default::default()
    };
    print_part::Entity::update_many()
        .set(change)
        .filter(print_part::Column::Id.eq(row.id))
        .filter(print_part::Column::DoneAt.is_null())
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(over)
}

async fn print_of(db: &impl ConnectionTrait, id: PrintId) -> Result<Print> {
    print::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

async fn files_of(db: &impl ConnectionTrait, print: &Print) -> Result<Vec<Part>> {
    Ok(print_part::Entity::find()
        .filter(print_part::Column::UnitId.eq(print.unit_id))
        .filter(print_part::Column::PrintId.eq(print.id))
        .order_by_asc(print_part::Column::Number)
        .all(db)
        .await?)
}

/// The last prints of a forum, the newest first, with their files.
pub async fn recent(db: &impl ConnectionTrait, forum: &Forum) -> Result<Vec<(Print, Vec<Part>)>> {
    let prints = print::Entity::find()
        .filter(print::Column::UnitId.eq(forum.unit_id))
        .filter(print::Column::ForumId.eq(forum.id))
        .order_by_desc(print::Column::CreatedAt)
        .order_by_desc(print::Column::Id)
        .limit(LISTED)
        .all(db)
        .await?;
    let mut found = Vec::new();
    for print in prints {
        let files = files_of(db, &print).await?;
        found.push((print, files));
    }
    Ok(found)
}

/// How far a print is, in people, for who may see its forum.
pub async fn progress(ctx: &Ctx, id: PrintId) -> Result<Progress> {
    let db = &ctx.app.db;
    let scope = ctx.require_scope(Permission::ViewForums)?;
    let print = print_of(db, id).await?;
    if !scope.covers(print.unit_id, None) {
        return Err(Error::NotFound);
    }
    let mut progress = Progress {
        id: BatchId(print.id.0),
        kind: "invitations.print",
        total: usize::try_from(print.total).unwrap_or_default(),
        done: 0,
        failed: 0,
    };
    for file in files_of(db, &print).await? {
        let people = file.recipients.0.len();
        if file.done_at.is_some() {
            progress.done += people;
        } else if file.failed_at.is_some() {
            progress.failed += people;
        }
    }
    Ok(progress)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_as_many_as_can_be_set_at_once() {
        for (papers, listed, per_file) in [
            (Papers::Letters, 1, 500),
            (Papers::Letters, 39, 400),
            (Papers::Letters, 500, 86),
            (Papers::Letters, 100_000, 1),
            (Papers::Sheets, 39, 100),
            (Papers::Sheets, 5000, 100),
        ] {
            assert_eq!(papers.per_file(listed), per_file, "{papers:?} {listed}");
        }
    }
}
