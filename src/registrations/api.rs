//! Registrations for programs of the staff.

use chrono::{DateTime, Utc};
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};

use super::{RegistrationId, managing, rules::EndedBy, service};
use crate::{
    access::Token,
    forums::{ForumId, Group},
    own_questions,
    platform::web::tags::Tag,
};

pub struct Api;

/// Somebody who registered by themselves.
#[derive(Object)]
#[oai(rename = "Registration")]
struct RegistrationEntry {
    id: RegistrationId,
    name: String,
    /// Position or occupation.
    position: String,
    organisation: String,
    group: Group,
    /// One of the two; both absent when the seat was given back, or 90 days after the forum.
    email: Option<String>,
    phone: Option<String>,
    registered_at: DateTime<Utc>,
    /// When the seat became free again, and by whom.
    ended_at: Option<DateTime<Utc>>,
    ended_by: Option<EndedBy>,
    /// What they said to the organiser's own questions.
    answers: Vec<RegistrationAnswer>,
}

/// A question and what was said to it.
#[derive(Object)]
struct RegistrationAnswer {
    question: String,
    answer: String,
}

/// The seats of one group.
#[derive(Object)]
struct RegistrationSeats {
    group: Group,
    seats: usize,
    taken: usize,
}

/// Everybody who ever registered for a forum, in the order in which they did.
#[derive(Object)]
struct RegistrationList {
    /// Whether somebody can register at this moment.
    open: bool,
    closes_at: Option<DateTime<Utc>>,
    seats: Vec<RegistrationSeats>,
    items: Vec<RegistrationEntry>,
}

#[OpenApi(tag = "Tag::Forums")]
impl Api {
    /// List those who registered for a forum
    #[oai(
        path = "/forums/:id/registrations",
        method = "get",
        operation_id = "listRegistrations"
    )]
    async fn registrations(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Json<RegistrationList>> {
        let (offer, all) = managing::of(&ctx, ForumId::parse(&id.0)?).await?;
        let mut said = own_questions::said(&ctx.app.db, &offer.forum, ctx.locale()).await?;
        let mut items = Vec::with_capacity(all.len());
        for row in all {
            let lines = said.remove(&row.id.0).unwrap_or_default();
            items.push(RegistrationEntry {
                email: service::email_of(&ctx.app, &row)?,
                phone: service::phone_of(&ctx.app, &row)?,
                id: row.id,
                name: row.name,
                position: row.role,
                organisation: row.organisation,
                group: row.participant_group,
                registered_at: row.created_at,
                ended_at: row.ended_at,
                ended_by: row.ended_by,
                answers: lines
                    .into_iter()
                    .map(|(question, answer)| RegistrationAnswer { question, answer })
                    .collect(),
            });
        }
        let seats = offer.seats.iter().map(|one| RegistrationSeats {
            group: one.group,
            seats: one.seats,
            taken: one.taken,
        });
        Ok(Json(RegistrationList {
            open: offer.open.is_ok(),
            closes_at: offer.setting.as_ref().map(|row| row.closes_at),
            seats: seats.collect(),
            items,
        }))
    }
}
