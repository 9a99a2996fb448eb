//! `/api/v1/complaints`: filing and following for everybody, handling for the staff.

mod answers;
mod batches;
mod bodies;
mod categories;
mod citizen;
mod desk;
mod kept;
mod outcome;

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::{
    ApiResponse, OpenApi,
    param::{Header, Path, Query},
    payload::Json,
};

use self::{
    answers::{
        ComplaintDetail, ComplaintList, ComplaintProgress, Receipt, UnitsSeen, detail, progress,
        receipt, summary,
    },
    bodies::{Assignment, NewAnswer, NewComplaint, Reporter},
};
use super::{
    filing::CategoryId,
    finding::{self, Sort, View},
    handling::{self, Disposition},
    intake::{self, Draft, Once},
    rules::{Channel, Class, Kind, Status},
    tracking, viewing,
    ways::entry,
};
use crate::platform::web::tags::Tag;
use crate::{
    access::{Public, Token},
    platform::{
        error::Error,
        i18n::Message,
        web::{body::Body, paging::Slice},
    },
};

pub use batches::BatchApi;
pub use categories::CategoryApi;
pub use citizen::CitizenApi;
pub use desk::DeskApi;
pub use kept::KeptApi;
pub use outcome::{Done, seen};

/// Every operation about complaints themselves.
pub type Apis = (Api, DeskApi, CitizenApi, BatchApi, KeptApi, CategoryApi);
pub const APIS: Apis = (Api, DeskApi, CitizenApi, BatchApi, KeptApi, CategoryApi);

pub struct Api;

/// A choice that was sent as a word.
fn known(
    field: &str,
    sent: Option<String>,
    otherwise: &str,
    knows: impl Fn(&str) -> bool,
) -> crate::platform::error::Result<String> {
    match sent {
        None => Ok(otherwise.to_owned()),
        Some(code) if knows(&code) => Ok(code),
        Some(_) => Err(Error::field(field, Message::new("field-unknown-choice"))),
    }
}

#[derive(ApiResponse)]
enum Filing {
    /// The complaint is filed.
    #[oai(status = 201)]
    Created(Json<Receipt>),
}

#[OpenApi(tag = "Tag::Complaints")]
impl Api {
    /// File a complaint
    ///
    /// Needs no token. With `Idempotency-Key` the same request within 24 hours gets the same answer again,
    /// and another one with the same key 409. Photos and papers come afterwards, with number and access code:
    /// `POST /complaints/{number}/status/attachments`.
    #[oai(path = "/complaints", method = "post", operation_id = "fileComplaint")]
    async fn file(
        &self,
        Public(ctx): Public,
        #[oai(name = "Idempotency-Key")] key: Header<Option<String>>,
        Body(new): Body<NewComplaint>,
    ) -> poem::Result<Filing> {
        let once = match key.0 {
            None => Once::Never,
            Some(key) if (1..=255).contains(&key.len()) => Once::Key(key),
            Some(key) if key.is_empty() => {
                let message = Message::new("field-required");
                return Err(Error::field("Idempotency-Key", message).into());
            }
            Some(key) => {
                let message = Message::new("field-too-long")
                    .with("max", 255)
                    .with("length", key.len());
                return Err(Error::field("Idempotency-Key", message).into());
            }
        };
        let (asked, brought) = (new.asked(), new.brought());
        let reporter = new.reporter.unwrap_or(Reporter {
            name: None,
            email: None,
            phone: None,
        });
        let draft = Draft {
            unit: new.unit,
            kind: new.kind.unwrap_or_default(),
            subject: new.subject,
            description: new.description,
            service: new.service.unwrap_or_default(),
            anonymous: new.anonymous,
            confidential: new.confidential,
            name: reporter.name.unwrap_or_default(),
            email: reporter.email.unwrap_or_default(),
            phone: reporter.phone.unwrap_or_default(),
            brief: false,
        };
        let filed = match brought {
            Some(brought) => entry::bring_in(&ctx, draft, &asked, &brought, &once).await?,
            None => intake::file_asked(&ctx, &draft, "reporter.", &once, &asked).await?,
        };
        Ok(Filing::Created(Json(receipt(&ctx, filed)?)))
    }

    /// Follow a complaint
    ///
    /// A wrong code and an unknown number get the same 404; too many of them 429.
    #[oai(
        path = "/complaints/:number/status",
        method = "get",
        operation_id = "getComplaintStatus"
    )]
    async fn status(
        &self,
        Public(ctx): Public,
        Path(number): Path<String>,
        #[oai(name = "X-Access-Code")] code: Header<Option<String>>,
    ) -> poem::Result<Json<ComplaintProgress>> {
        let opened = tracking::open(&ctx, &number, &code.0.unwrap_or_default()).await?;
        Ok(Json(progress(&ctx, opened.id).await?))
    }

    /// List complaints
    ///
    /// Ordered by what is due next: those whose deadline runs, those that wait for the citizen, the finished ones.
    #[oai(path = "/complaints", method = "get", operation_id = "listComplaints")]
    #[expect(clippy::too_many_arguments, reason = "each is a query parameter")]
    async fn list(
        &self,
        Token(ctx): Token,
        /// `mine`, `division`, `unassigned`, `late`, `solution` (the solution of a class is late), `heard` (the citizen wrote
        /// and nobody answered), `untold` (no mail reaches the citizen, and nobody has told them the news), `today`,
        /// `tomorrow`, `solution_tomorrow` (a solution is due on the next working day), `soon`, `day_after` (due on the second
        /// working day), `waiting`, `open` or `all`, which it is when left out.
        view: Query<Option<String>>,
        /// Code of one of the units that the caller looks into; all of them when left out. `service`, `division` and days are
        /// then those of this unit, and otherwise those of the caller's own.
        unit: Query<Option<String>>,
        status: Query<Option<Status>>,
        kind: Query<Option<Kind>>,
        class: Query<Option<Class>>,
        /// Code of a service of the caller's unit, or `none`.
        service: Query<Option<String>>,
        /// Id of a category, or `none`.
        category: Query<Option<String>>,
        /// `open`, `anonymous` or `confidential`.
        privacy: Query<Option<String>>,
        /// Whether an action item is linked to it.
        action: Query<Option<bool>>,
        channel: Query<Option<Channel>>,
        /// Code of a division of the caller's unit, or `none`.
        division: Query<Option<String>>,
        /// Id of a person, or `me`.
        assignee: Query<Option<String>>,
        /// The first and the last day of receipt, in the unit's zone.
        received_from: Query<Option<NaiveDate>>,
        received_to: Query<Option<NaiveDate>>,
        /// The first and the last day on which it may be due.
        due_from: Query<Option<NaiveDate>>,
        due_to: Query<Option<NaiveDate>>,
        due_before: Query<Option<DateTime<Utc>>>,
        /// Words that all stand in it in any form, `"in order"`, `-without`, `begin*`; or its number.
        q: Query<Option<String>>,
        /// `due`, which it is when left out, `newest` or `oldest`.
        sort: Query<Option<String>>,
        limit: Query<Option<u64>>,
        cursor: Query<Option<String>>,
    ) -> poem::Result<Json<ComplaintList>> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let query = finding::Query {
            view: known("view", view.0, "all", |code| View::parse(code).is_some())?,
            unit: unit.0.unwrap_or_default(),
            status: status.0.map(Status::code).unwrap_or_default(),
            kind: kind.0.map(Kind::code).unwrap_or_default(),
            class: class.0.map(Class::code).unwrap_or_default(),
            service: service.0.unwrap_or_default(),
            category: known("category", category.0, "", |code| {
                matches!(code, "" | "none") || CategoryId::parse(code).is_ok()
            })?,
            privacy: known("privacy", privacy.0, "", |code| {
                matches!(code, "" | "open" | "anonymous" | "confidential")
            })?,
            action: action
                .0
                .map_or("", |yes| if yes { "yes" } else { "no" })
                .to_owned(),
            due_from: day(due_from.0),
            due_to: day(due_to.0),
            channel: channel.0.map(Channel::code).unwrap_or_default(),
            division: division.0.unwrap_or_default(),
            response: String::new(),
            person: assignee.0.unwrap_or_default(),
            from: day(received_from.0),
            to: day(received_to.0),
            q: q.0.unwrap_or_default(),
            sort: known("sort", sort.0, "due", |code| Sort::parse(code).is_some())?,
        };
        let slice = Slice::read(cursor.0.as_deref(), limit.0)?;
        let desk = finding::Desk::of(&ctx).await?;
        let page = finding::list(&desk, &query, due_before.0, &slice).await?;
        let mut items = Vec::new();
        let mut units = UnitsSeen::default();
        for row in &page.rows {
            let (zone, codes) = units.of(&ctx, row).await?;
            let text = viewing::sight_of(&ctx, row, false).text;
            items.push(summary(row, text, codes, *zone, ctx.locale()));
        }
        Ok(Json(ComplaintList {
            items,
            next_cursor: page.next,
        }))
    }

    /// Read a complaint
    #[oai(
        path = "/complaints/:number",
        method = "get",
        operation_id = "getComplaint"
    )]
    async fn get(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        Ok(Json(detail(&ctx, &number).await?))
    }

    /// Assign a complaint
    #[oai(
        path = "/complaints/:number/assign",
        method = "post",
        operation_id = "assignComplaint"
    )]
    async fn assign(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(to): Body<Assignment>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let disposition = Disposition {
            division: to.division,
            person: to.person.unwrap_or_default(),
            instruction: to.instruction.unwrap_or_default(),
        };
        handling::assign(&ctx, &number, to.version, &disposition).await?;
        Ok(Json(detail(&ctx, &number).await?))
    }

    /// Answer a complaint
    #[oai(
        path = "/complaints/:number/answer",
        method = "post",
        operation_id = "answerComplaint"
    )]
    async fn answer(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewAnswer>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        handling::answer(&ctx, &number, new.version, &new.text).await?;
        Ok(Json(detail(&ctx, &number).await?))
    }
}
