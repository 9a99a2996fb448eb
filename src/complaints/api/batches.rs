//! Many complaints at once: what would happen is shown first, then a job does it one by one.

use poem_openapi::{Enum, Object, OpenApi, param::Path, payload::Json};
use serde::Deserialize;

use super::bodies::{NewBatch, NewPreview};
use crate::{
    access::{Ctx, Permission, Token},
    complaints::{
        bulk::{self, Act, Line, Order, Progress},
        rules::Status,
    },
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message},
        web::{body::Body, tags::Tag},
    },
};

pub struct BatchApi;

/// What would happen to one complaint.
#[derive(Object)]
struct BatchPreviewLine {
    number: String,
    /// Send it with the number: who changed the complaint since is not overwritten.
    version: i32,
    status: Status,
    /// Absent when it is not for the caller to read.
    subject: Option<String>,
    /// Absent when it would be done.
    problem: Option<BatchProblem>,
}

/// Why a complaint stays as it is.
#[derive(Object)]
struct BatchProblem {
    /// The code that the operation for one complaint answers with.
    code: String,
    message: String,
}

/// What would happen; nothing was changed.
#[derive(Object)]
struct BatchPreview {
    /// How many would be done.
    possible: usize,
    items: Vec<BatchPreviewLine>,
    /// Numbers that are not, or no longer, for the caller to see.
    gone: Vec<String>,
}

/// How far a batch is.
#[derive(Object)]
struct ComplaintBatch {
    id: String,
    act: BatchAct,
    total: usize,
    done: usize,
    waiting: usize,
    refused: Vec<BatchRefusal>,
}

/// One that stays as it was, and why.
#[derive(Object)]
struct BatchRefusal {
    number: String,
    message: String,
}

/// What is done with all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Deserialize)]
#[oai(rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BatchAct {
    Assign,
    Answer,
    Close,
}

impl From<BatchAct> for Act {
    fn from(act: BatchAct) -> Self {
        match act {
            BatchAct::Assign => Self::Assign,
            BatchAct::Answer => Self::Answer,
            BatchAct::Close => Self::Close,
        }
    }
}

impl From<Act> for BatchAct {
    fn from(act: Act) -> Self {
        match act {
            Act::Assign => Self::Assign,
            Act::Answer => Self::Answer,
            Act::Close => Self::Close,
        }
    }
}

fn line(of: Line, locale: Locale) -> BatchPreviewLine {
    BatchPreviewLine {
        number: of.complaint.number,
        version: of.complaint.version,
        status: of.complaint.status,
        subject: of.text.then_some(of.complaint.subject),
        problem: of.problem.map(|error| BatchProblem {
            code: error.code().to_owned(),
            message: bulk::words_of(&error, locale),
        }),
    }
}

/// More than a page of the inbox holds would be left out without a word.
fn few(count: usize) -> Result<()> {
    if count <= bulk::MOST {
        return Ok(());
    }
    let message = Message::new("complaints-bulk-many").with("most", bulk::MOST);
    Err(Error::field("complaints", message))
}

/// The body's field is called `complaints`.
fn as_complaints(field: String) -> String {
    match field.as_str() {
        "number" => "complaints".to_owned(),
        _ => field,
    }
}

async fn progress(ctx: &Ctx, id: &str) -> Result<Json<ComplaintBatch>> {
    let Progress {
        batch,
        total,
        done,
        waiting,
        refused,
        ..
    } = bulk::progress(ctx, id).await?;
    let act = Act::parse(&batch.act).ok_or(Error::NotFound)?;
    Ok(Json(ComplaintBatch {
        id: batch.id.to_string(),
        act: act.into(),
        total,
        done,
        waiting,
        refused: refused
            .into_iter()
            .map(|(number, message)| BatchRefusal { number, message })
            .collect(),
    }))
}

#[OpenApi(tag = "Tag::Complaints")]
impl BatchApi {
    /// See what would happen to many complaints
    ///
    /// Nothing is changed.
    #[oai(
        path = "/complaint-batches/preview",
        method = "post",
        operation_id = "previewComplaintBatch"
    )]
    async fn preview(
        &self,
        Token(ctx): Token,
        Body(new): Body<NewPreview>,
    ) -> poem::Result<Json<BatchPreview>> {
        ctx.require_scope(Permission::ViewComplaints)?;
        few(new.complaints.len())?;
        let numbers: Vec<&str> = new.complaints.iter().map(String::as_str).collect();
        let bulk::Preview { lines, gone } = bulk::preview(&ctx, new.act.into(), &numbers)
            .await
            .map_err(|error| error.renamed(as_complaints))?;
        let lines = lines.into_iter().map(|of| line(of, ctx.locale()));
        let items: Vec<BatchPreviewLine> = lines.collect();
        Ok(Json(BatchPreview {
            possible: items.iter().filter(|one| one.problem.is_none()).count(),
            items,
            gone,
        }))
    }

    /// Assign, answer or close many complaints
    ///
    /// A job does it one by one, each in the version that the preview showed: a faulty one stops nobody. `{nomor}`,
    /// `{perihal}` and `{nama}` in an answer are filled in for each; a text that several read names none of them.
    /// Nothing begins while one of the numbers is not for the caller to see.
    #[oai(
        path = "/complaint-batches",
        method = "post",
        operation_id = "startComplaintBatch"
    )]
    async fn start(
        &self,
        Token(ctx): Token,
        Body(new): Body<NewBatch>,
    ) -> poem::Result<Json<ComplaintBatch>> {
        ctx.require_scope(Permission::ViewComplaints)?;
        few(new.complaints.len())?;
        let order = Order {
            division: new.division.unwrap_or_default(),
            person: new.person.unwrap_or_default(),
            instruction: new.instruction.unwrap_or_default(),
            text: new.text.unwrap_or_default(),
            list: String::new(),
        };
        let chosen = new.complaints.iter();
        let chosen: Vec<(&str, i32)> = chosen
            .map(|one| (one.number.as_str(), one.version))
            .collect();
        let id = bulk::start(&ctx, new.act.into(), &order, &chosen)
            .await
            .map_err(|error| error.renamed(as_complaints))?;
        Ok(progress(&ctx, &id.to_string()).await?)
    }

    /// Read how far a batch is
    ///
    /// For who began it.
    #[oai(
        path = "/complaint-batches/:id",
        method = "get",
        operation_id = "getComplaintBatch"
    )]
    async fn get(
        &self,
        Token(ctx): Token,
        Path(id): Path<String>,
    ) -> poem::Result<Json<ComplaintBatch>> {
        Ok(progress(&ctx, &id).await?)
    }
}
