//! Inviting by programs: the list of recipients, its import, the sending and how far it is.

use chrono::{DateTime, FixedOffset, Utc};
use poem_openapi::{
    ApiResponse, Enum, Multipart, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::multipart::Upload,
};

use super::{
    Answer, BatchId, PrintId, RecipientId,
    batches::{self, Progress},
    correcting, import, printing,
    sending::{self, Whom},
};
use crate::{
    access::{Permission, Token},
    forums::{self, ForumId, Group},
    organisation,
    platform::{error::Error, i18n::Locale, sheets, web::tags::Tag},
};

pub struct Api;

/// Somebody who is invited.
#[derive(Object)]
#[oai(rename = "Recipient")]
struct RecipientEntry {
    id: RecipientId,
    /// Place on the list of the letter.
    position: i32,
    /// An office, or a person by name.
    addressee: String,
    organisation: String,
    group: Group,
    /// How many may come.
    quota: i32,
    /// The names of those who come with the first, as far as the answer says them.
    companions: Vec<String>,
    note: String,
    email: Option<String>,
    /// `no-address`, `not-sent`, `queued`, `sent`, `failed`, `outdated`, `whatsapp`, `printed`, `telephone` or
    /// `handed-outdated`.
    sending: String,
    /// They hold a letter that a newer one replaced; time and place are those that they know.
    replaced_letter: bool,
    /// Why a mail did not leave.
    fault: Option<String>,
    /// When the answer page was opened first.
    opened_at: Option<DateTime<FixedOffset>>,
    answer: Answer,
    answered_at: Option<DateTime<FixedOffset>>,
}

/// Everybody who is invited to a forum, in the order of the letter.
#[derive(Object)]
struct RecipientList {
    items: Vec<RecipientEntry>,
}

/// A spreadsheet of recipients.
#[derive(Debug, Multipart)]
struct NewRecipients {
    /// XLSX or separated text with a line of headings, such as Nama, Instansi, Unsur, Surel, No. HP.
    file: Upload,
}

/// What a spreadsheet said.
#[derive(Object)]
struct ImportReport {
    /// Rows without a fault.
    accepted: usize,
    /// Rows that are on the list now.
    stored: usize,
    faulty: Vec<FaultyRow>,
    /// What somebody should look at in rows without a fault: `note_differs`, a remark that counts other people than the
    /// number, which counts; `mail_twice`, a mail address that another row or somebody on the list has too.
    warnings: Vec<FaultyRow>,
    /// What was decided without you, or left unread.
    notices: Vec<ImportNotice>,
}

/// Something to know of the file as a whole.
#[derive(Object)]
struct ImportNotice {
    /// A stable word: `sheets_unread`, `hidden_sheets`, `hidden_column`, `name_and_position`, `group_by_words`.
    code: String,
    /// The letter of the column; absent where the file as a whole is meant.
    column: Option<String>,
    message: String,
}

/// A fault of a row; one row may have several.
#[derive(Object)]
struct FaultyRow {
    /// As the spreadsheet program counts, from 1.
    row: u32,
    /// The letter of the column; absent where the row as a whole is meant.
    column: Option<String>,
    /// A stable word: `email`, `group_unknown`, `hidden_row`, `merged_name`, `duplicate_in_file`.
    code: String,
    message: String,
}

#[derive(ApiResponse)]
enum ImportAnswer {
    /// The rows are on the list.
    #[oai(status = 200)]
    Stored(Json<ImportReport>),
    /// Some rows are faulty, so nothing was stored.
    #[oai(status = 422)]
    Refused(Json<ImportReport>),
}

/// Work that goes on by itself.
#[derive(Object)]
struct JobState {
    id: BatchId,
    /// `invitations.send` or `invitations.print`
    kind: String,
    /// How many pieces it has, and how many of them are done or will never be.
    total: usize,
    done: usize,
    failed: usize,
    state: State,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "JobStep", rename_all = "snake_case")]
enum State {
    Queued,
    Running,
    Done,
}

impl From<Progress> for JobState {
    fn from(progress: Progress) -> Self {
        let over = progress.done + progress.failed;
        Self {
            id: progress.id,
            kind: progress.kind.to_owned(),
            total: progress.total,
            done: progress.done,
            failed: progress.failed,
            state: match over {
                over if over == progress.total => State::Done,
                0 => State::Queued,
                _ => State::Running,
            },
        }
    }
}

/// Where to follow the sending.
#[derive(Object)]
struct Started {
    /// Id for `GET /jobs/{id}`.
    job: BatchId,
    /// How many invitations it sends.
    total: i32,
}

#[derive(ApiResponse)]
enum Discarded {
    /// The issued letter is in force as it was.
    #[oai(status = 204)]
    Done,
}

#[derive(ApiResponse)]
enum SendAnswer {
    /// The invitations are in the queue.
    #[oai(status = 202)]
    Accepted(Json<Started>),
}

#[OpenApi(tag = "Tag::Forums")]
impl Api {
    /// List the recipients of a forum
    #[oai(
        path = "/forums/:id/recipients",
        method = "get",
        operation_id = "listRecipients"
    )]
    async fn recipients(
        &self,
        Token(ctx): Token,
        id: Path<String>,
    ) -> poem::Result<Json<RecipientList>> {
        let forum = forums::get(&ctx, ForumId::parse(&id.0)?, Permission::ManageForum).await?;
        let found = sending::deliveries(&ctx.app.db, &forum).await?;
        let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
        let zone = organisation::zone_of(&unit)?;
        let local = |at: DateTime<Utc>| at.with_timezone(&zone).fixed_offset();
        let items = found.into_iter().map(|delivery| RecipientEntry {
            sending: delivery.sending.code().to_owned(),
            fault: delivery.fault,
            replaced_letter: delivery.replaced,
            companions: delivery.recipient.with_them(),
            id: delivery.recipient.id,
            position: delivery.recipient.position,
            addressee: delivery.recipient.addressee,
            organisation: delivery.recipient.organisation,
            group: delivery.recipient.participant_group,
            quota: delivery.recipient.quota,
            note: delivery.recipient.note,
            email: delivery.recipient.email,
            opened_at: delivery.recipient.opened_at.map(local),
            answer: delivery.recipient.answer,
            answered_at: delivery.recipient.answered_at.map(local),
        });
        Ok(Json(RecipientList {
            items: items.collect(),
        }))
    }

    /// Import recipients from a spreadsheet
    ///
    /// Columns are known by their headings; the column of the group also by its words, where every cell names one
    /// ("Media Massa (1 orang)"). With faulty rows nothing is stored, unless `skip_faulty` is true.
    #[oai(
        path = "/forums/:id/recipients/import",
        method = "post",
        operation_id = "importRecipients"
    )]
    async fn import(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        /// Store the good rows and leave the faulty ones out.
        skip_faulty: Query<Option<bool>>,
        form: NewRecipients,
    ) -> poem::Result<ImportAnswer> {
        let bytes = form
            .file
            .into_vec()
            .await
            .map_err(|error| Error::BadRequest {
                code: "unreadable_body",
                detail: error.to_string(),
            })?;
        let skip = skip_faulty.0.unwrap_or_default();
        let done = import::import_file(&ctx, ForumId::parse(&id.0)?, bytes, skip).await?;
        let refused = !done.reading.faults.is_empty() && !skip;
        let report = Json(report_of(&done, ctx.locale()));
        Ok(if refused {
            ImportAnswer::Refused(report)
        } else {
            ImportAnswer::Stored(report)
        })
    }

    /// Send the invitations that have not gone out
    ///
    /// By mail, to those with an address, as things stand now. Pressed twice, nobody gets two. With `replaced` also to
    /// those who hold a letter that a newer one replaced.
    #[oai(
        path = "/forums/:id/invitations/send",
        method = "post",
        operation_id = "sendInvitations"
    )]
    async fn send(
        &self,
        Token(ctx): Token,
        id: Path<String>,
        /// Whoever holds a replaced letter is written to again.
        replaced: Query<Option<bool>>,
    ) -> poem::Result<SendAnswer> {
        let whom = match replaced.0.unwrap_or_default() {
            true => Whom::WithReplaced,
            false => Whom::Waiting,
        };
        let batch = sending::send_to(&ctx, ForumId::parse(&id.0)?, whom).await?;
        Ok(SendAnswer::Accepted(Json(Started {
            job: batch.id,
            total: batch.total,
        })))
    }

    /// Throw a begun correction of the letter away
    ///
    /// The issued letter is in force again and the number of the correction is free. Refused with `letter.list_changed`
    /// where the list of recipients is no longer that of the issued letter, and with `letter.not_corrected` where no
    /// correction is being written.
    #[oai(
        path = "/forums/:id/letter/correction",
        method = "delete",
        operation_id = "discardLetterCorrection"
    )]
    async fn discard(&self, Token(ctx): Token, id: Path<String>) -> poem::Result<Discarded> {
        correcting::discard(&ctx, ForumId::parse(&id.0)?, None).await?;
        Ok(Discarded::Done)
    }

    /// How far a job is
    #[oai(path = "/jobs/:id", method = "get", operation_id = "getJob")]
    async fn job(&self, Token(ctx): Token, id: Path<String>) -> poem::Result<Json<JobState>> {
        let id = BatchId::parse(&id.0)?;
        let progress = match batches::progress(&ctx, id).await {
            Err(Error::NotFound) => printing::progress(&ctx, PrintId(id.0)).await,
            found => found,
        };
        Ok(Json(progress?.into()))
    }
}

fn report_of(done: &import::Imported, locale: Locale) -> ImportReport {
    let row = |fault: &import::Fault| FaultyRow {
        row: fault.row,
        column: fault.column.map(sheets::column_name),
        message: fault.message.text(locale),
        code: fault.code.clone(),
    };
    ImportReport {
        accepted: done.reading.accepted.len(),
        stored: done.stored,
        faulty: done.reading.faults.iter().map(row).collect(),
        warnings: done.reading.warnings().map(row).collect(),
        notices: done
            .notices
            .iter()
            .map(|notice| ImportNotice {
                code: notice.code.to_owned(),
                column: notice.column.map(sheets::column_name),
                message: notice.message.text(locale),
            })
            .collect(),
    }
}
