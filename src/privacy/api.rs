//! `/api/v1/data-requests` and `/api/v1/breaches`: the registers with their clocks, for supervisors' programs. Who asked,
//! and what was written, stays with people.

use chrono::{DateTime, FixedOffset};
use poem_openapi::{Object, OpenApi, param::Query, payload::Json};

use super::{
    entity::{breach::Model as Breach, request::Model as Request},
    listing::{self, Piece},
};
use crate::{
    access::Token,
    platform::{
        error::Result,
        web::{paging::Slice, tags::Tag},
    },
};

pub struct Api;

/// A person's request about their data, without the person.
#[derive(Object)]
pub struct DataRequest {
    number: String,
    /// Code of the unit.
    unit: String,
    /// `access`, `correction`, `deletion` or `stop`.
    wish: String,
    /// `received`, `verified`, `granted`, `refused` or `withdrawn`.
    state: String,
    received_at: DateTime<FixedOffset>,
    /// 3 × 24 hours after it was received.
    due_at: DateTime<FixedOffset>,
    answered_at: Option<DateTime<FixedOffset>>,
    /// Not answered in time, or not yet and past its time.
    late: bool,
}

/// Requests, the newest first.
#[derive(Object)]
pub struct DataRequestPage {
    items: Vec<DataRequest>,
    /// Give it as `cursor` to get the next page; absent on the last one.
    next_cursor: Option<String>,
}

/// A breach of personal data.
#[derive(Object)]
pub struct DataBreach {
    number: String,
    /// Code of the unit.
    unit: String,
    title: String,
    found_at: DateTime<FixedOffset>,
    /// Until when people and authority are to be told.
    due_at: DateTime<FixedOffset>,
    /// What was owed first, where the moment of finding was corrected since.
    first_due_at: Option<DateTime<FixedOffset>>,
    /// How many people, as far as known.
    people: i32,
    persons_told_at: Option<DateTime<FixedOffset>>,
    authority_told_at: Option<DateTime<FixedOffset>>,
    closed_at: Option<DateTime<FixedOffset>>,
}

/// Breaches, the last found first.
#[derive(Object)]
pub struct DataBreachPage {
    items: Vec<DataBreach>,
    /// Give it as `cursor` to get the next page; absent on the last one.
    next_cursor: Option<String>,
}

fn request(
    piece: &Piece<Request>,
    row: &Request,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<DataRequest> {
    let local = |at| piece.local(row.unit_id, at);
    let ended = if row.state.is_open() {
        now
    } else {
        row.answered_at.unwrap_or(now)
    };
    Ok(DataRequest {
        number: row.number.clone(),
        unit: piece.code(row.unit_id),
        wish: row.wish.code(),
        state: row.state.code(),
        received_at: local(row.received_at)?,
        due_at: local(row.due_at)?,
        answered_at: row.answered_at.map(local).transpose()?,
        late: ended > row.due_at,
    })
}

fn breach(piece: &Piece<Breach>, row: &Breach) -> Result<DataBreach> {
    let local = |at| piece.local(row.unit_id, at);
    Ok(DataBreach {
        number: row.number.clone(),
        unit: piece.code(row.unit_id),
        title: row.title.clone(),
        found_at: local(row.found_at)?,
        due_at: local(row.due_at)?,
        first_due_at: row.first_due_at.map(local).transpose()?,
        people: row.people,
        persons_told_at: row.persons_told_at.map(local).transpose()?,
        authority_told_at: row.authority_told_at.map(local).transpose()?,
        closed_at: row.closed_at.map(local).transpose()?,
    })
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// List requests about personal data
    ///
    /// Numbers, states and clocks. Who asked is read on the page of the request, where it is kept who read it.
    #[oai(
        path = "/data-requests",
        method = "get",
        operation_id = "listDataRequests"
    )]
    async fn requests(
        &self,
        Token(ctx): Token,
        /// Only open ones, or only ended ones.
        open: Query<Option<bool>>,
        cursor: Query<Option<String>>,
        limit: Query<Option<u64>>,
    ) -> poem::Result<Json<DataRequestPage>> {
        let slice = Slice::read(cursor.0.as_deref(), limit.0)?;
        let piece = listing::requests(&ctx, open.0, &slice).await?;
        let items = piece.rows.iter().map(|row| request(&piece, row, ctx.now));
        Ok(Json(DataRequestPage {
            items: items.collect::<Result<_>>()?,
            next_cursor: piece.next.clone(),
        }))
    }

    /// List breaches of personal data
    #[oai(path = "/breaches", method = "get", operation_id = "listBreaches")]
    async fn breaches(
        &self,
        Token(ctx): Token,
        cursor: Query<Option<String>>,
        limit: Query<Option<u64>>,
    ) -> poem::Result<Json<DataBreachPage>> {
        let slice = Slice::read(cursor.0.as_deref(), limit.0)?;
        let piece = listing::breaches(&ctx, &slice).await?;
        let items = piece.rows.iter().map(|row| breach(&piece, row));
        Ok(Json(DataBreachPage {
            items: items.collect::<Result<_>>()?,
            next_cursor: piece.next.clone(),
        }))
    }
}
