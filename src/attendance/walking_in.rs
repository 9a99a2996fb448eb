//! Somebody at the door who says their name: whoever is on the list is that person, others get a row.

use std::collections::HashSet;

use uuid::Uuid;

use super::{
    entity::{AttendanceId, attendance},
    invited::{self, Invited},
    naming,
    service::{self, Person},
    store,
};
use crate::{
    access::Ctx,
    forums::Forum,
    platform::{db::Tx, error::Result},
};

/// Somebody of the list.
enum Listed {
    Row(AttendanceId),
    /// Invited or registered, without a row so far.
    Expected(Box<Invited>),
}

/// The row of somebody who says their name, with the invitation it was made of now; the same person typed twice is the
/// row that is there.
pub(super) async fn row_of(
    tx: &Tx,
    ctx: &Ctx,
    forum: &Forum,
    person: Person,
) -> Result<(attendance::Model, Option<Invited>)> {
    let (mut listed, names) = listed(tx, forum).await?;
    let names: Vec<(&str, &str)> = names
        .iter()
        .map(|(name, organisation)| (name.as_str(), organisation.as_str()))
        .collect();
    let typed = (person.name.as_str(), person.organisation.as_str());
    match naming::meant(&names, typed).map(|at| listed.swap_remove(at)) {
        Some(Listed::Row(id)) => Ok((store::get(tx, forum.id, id).await?, None)),
        Some(Listed::Expected(one)) => {
            let row = service::insert_expected(tx, ctx, forum, (*one).clone()).await?;
            Ok((row, Some(*one)))
        }
        None => Ok((service::insert(tx, ctx, forum, person, None).await?, None)),
    }
}

/// Everybody on the list, and the name and institution of each. Who declined and comes is the same person.
async fn listed(tx: &Tx, forum: &Forum) -> Result<(Vec<Listed>, Vec<(String, String)>)> {
    let rows = store::names(tx, forum).await?;
    let mut expected = invited::of(tx, forum).await?;
    let with_row: HashSet<Uuid> = rows.iter().filter_map(|row| row.recipient_id).collect();
    // Nobody says the name of an office as their own.
    expected.retain(|one| {
        let unnamed = one.office && one.delegate_name.is_none();
        !unnamed && !with_row.contains(&one.recipient)
    });
    let rows = rows
        .into_iter()
        .map(|row| (Listed::Row(row.id), (row.name, row.organisation)));
    let expected = expected.into_iter().map(|one| {
        let name = one.delegate_name.as_ref().unwrap_or(&one.addressee).clone();
        let organisation = one.organisation.clone();
        (Listed::Expected(Box::new(one)), (name, organisation))
    });
    Ok(rows.chain(expected).unzip())
}
