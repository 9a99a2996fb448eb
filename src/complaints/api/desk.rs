//! What the staff does with a complaint beside assigning and answering: the moves, messages, files, links, history.

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json};

use super::{
    answers::{ComplaintDetail, detail, local},
    bodies::{
        Classification, NewFiles, NewLink, NewMerge, NewMessage, NewRefusal, NewSplit, NewText,
        NewTransfer, Seen, Verification,
    },
};
use crate::{
    access::{Ctx, Token},
    audit::ActorKind,
    complaints::{
        desk::{self, Passed},
        handling::{self, Forwarding, Merging, Part, Refusal},
        history::Moment,
        rules::Status,
    },
    documents::FileId,
    organisation,
    platform::{
        error::{Error, Result},
        i18n::Message,
        web::{body::Body, tags::Tag},
    },
};

pub struct DeskApi;

/// A state that a complaint reached, or a change of its deadline. Entries are never changed or removed.
#[derive(Object)]
#[oai(rename = "ComplaintHistoryEntry")]
pub struct Entry {
    /// 1, 2, 3 … of the states; absent where the state stays.
    seq: Option<i32>,
    at: DateTime<FixedOffset>,
    /// What was done: `receive`, `verify`, `request_completion`, `complete`, `assign`, `start`, `answer`,
    /// `answer_with_main`, `close`, `dispute`, `reopen`, `reject`, `merge`, `forward` or `withdraw`; and of the deadline
    /// alone `extend`, `move_deadline` (by a decree) or `keep_deadline` (a told date that stays). What leaves the state
    /// as it is, too: `classify` (put right, the way it came in and the class included), and of a complaint in which
    /// others are handled `take_in` and `let_go`.
    event: String,
    /// Absent for the first.
    from: Option<Status>,
    to: Status,
    /// When the answer was due before, where the deadline changed.
    due_before: Option<DateTime<FixedOffset>>,
    due_at: Option<DateTime<FixedOffset>>,
    /// `citizen`, `staff` or `system`.
    by: String,
    /// Name of the member of staff; never that of a citizen.
    name: Option<String>,
    reason: Option<String>,
    /// Number of the complaint that was taken in or let go.
    other: Option<String>,
    /// Name of the rule of disposition that did it, or that an officer followed.
    rule: Option<String>,
}

/// What a complaint went through, oldest first.
#[derive(Object)]
#[oai(rename = "ComplaintHistory")]
pub struct History {
    number: String,
    items: Vec<Entry>,
}

async fn done(ctx: &Ctx, number: &str, outcome: Result<()>) -> poem::Result<Json<ComplaintDetail>> {
    outcome?;
    Ok(Json(detail(ctx, number).await?))
}

#[OpenApi(tag = "Tag::Complaints")]
impl DeskApi {
    /// Verify a complaint
    #[oai(
        path = "/complaints/:number/verify",
        method = "post",
        operation_id = "verifyComplaint"
    )]
    async fn verify(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<Verification>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let class = new.class.unwrap_or_default();
        let outcome = match handling::verify(&ctx, &number, new.version, &class).await {
            // It was verified before, perhaps by handing it to a division: the class is still to be said.
            Err(Error::Rule { .. }) if !class.is_empty() => {
                handling::classify(&ctx, &number, new.version, &class).await
            }
            other => other,
        };
        done(&ctx, &number, outcome).await
    }

    /// Put right what a complaint is
    ///
    /// What is left out stays. The correction stands in the history with its reason. Another kind may put the deadline
    /// off, counted from the receipt; no date becomes earlier, and what is late stays late. Privacy is only ever added.
    #[oai(
        path = "/complaints/:number/classify",
        method = "post",
        operation_id = "classifyComplaint"
    )]
    async fn classify(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<Classification>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let outcome = handling::put_right(&ctx, &number, new.version, &new.typed()).await;
        done(&ctx, &number, outcome).await
    }

    /// Ask the citizen for what is missing
    ///
    /// The complaint waits until the citizen writes.
    #[oai(
        path = "/complaints/:number/request-completion",
        method = "post",
        operation_id = "requestComplaintCompletion"
    )]
    async fn request_completion(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewText>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let outcome = handling::request_completion(&ctx, &number, new.version, &new.text).await;
        done(&ctx, &number, outcome).await
    }

    /// Start to work on a complaint
    #[oai(
        path = "/complaints/:number/start",
        method = "post",
        operation_id = "startComplaint"
    )]
    async fn start(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(seen): Body<Seen>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let outcome = handling::start(&ctx, &number, seen.version).await;
        done(&ctx, &number, outcome).await
    }

    /// Close an answered complaint
    #[oai(
        path = "/complaints/:number/close",
        method = "post",
        operation_id = "closeComplaint"
    )]
    async fn close(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(seen): Body<Seen>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let outcome = handling::close(&ctx, &number, seen.version).await;
        done(&ctx, &number, outcome).await
    }

    /// Take up a complaint again
    ///
    /// Also one that was rejected, forwarded, withdrawn or merged by mistake. `text` is the reason; a new deadline
    /// runs from now.
    #[oai(
        path = "/complaints/:number/reopen",
        method = "post",
        operation_id = "reopenComplaint"
    )]
    async fn reopen(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewText>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let outcome = handling::reopen(&ctx, &number, new.version, &new.text).await;
        done(
            &ctx,
            &number,
            outcome.map_err(|error| error.renamed(as_text)),
        )
        .await
    }

    /// Reject a complaint
    #[oai(
        path = "/complaints/:number/reject",
        method = "post",
        operation_id = "rejectComplaint"
    )]
    async fn reject(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewRefusal>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let refusal = Refusal {
            reason: new.reason,
            main: new.main.unwrap_or_default(),
            text: new.text.unwrap_or_default(),
        };
        let outcome = handling::reject(&ctx, &number, new.version, &refusal).await;
        done(&ctx, &number, outcome).await
    }

    /// Forward a complaint to the body that is responsible
    #[oai(
        path = "/complaints/:number/forward",
        method = "post",
        operation_id = "forwardComplaint"
    )]
    async fn forward(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewTransfer>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let to = Forwarding {
            body: new.body,
            text: new.text.unwrap_or_default(),
        };
        let outcome = handling::forward(&ctx, &number, new.version, &to).await;
        done(&ctx, &number, outcome).await
    }

    /// Note that the citizen withdraws a complaint
    ///
    /// `text` says how the citizen told it.
    #[oai(
        path = "/complaints/:number/withdraw",
        method = "post",
        operation_id = "withdrawComplaint"
    )]
    async fn withdraw(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewText>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let outcome = handling::withdraw(&ctx, &number, new.version, &new.text).await;
        done(
            &ctx,
            &number,
            outcome.map_err(|error| error.renamed(as_text)),
        )
        .await
    }

    /// Merge a complaint into another one
    ///
    /// Its citizen is told and gets that one's further answers; one that was given before only where `reply` says so.
    /// Reopening undoes it, and takes back what was not written for this citizen.
    #[oai(
        path = "/complaints/:number/merge",
        method = "post",
        operation_id = "mergeComplaint"
    )]
    async fn merge(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewMerge>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let merging = Merging {
            main: new.main,
            text: new.text.unwrap_or_default(),
            reply: new.reply.unwrap_or_default(),
            answer: new.answer.unwrap_or_default(),
            read: String::new(),
        };
        let outcome = handling::merge(&ctx, &number, new.version, &merging).await;
        done(&ctx, &number, outcome).await
    }

    /// Make a complaint of its own from a part of one
    ///
    /// Answers the new one. It was received when the whole was, and has the same reporter and secret code.
    #[oai(
        path = "/complaints/:number/split",
        method = "post",
        operation_id = "splitComplaint"
    )]
    async fn split(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewSplit>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let part = Part {
            subject: new.subject,
            description: new.description,
            service: new.service.unwrap_or_default(),
        };
        let made = handling::split(&ctx, &number, new.version, &part).await?;
        Ok(Json(detail(&ctx, &made).await?))
    }

    /// Write a message
    ///
    /// `answer` answers the complaint, `question` asks the citizen without stopping any clock, `note` stays inside.
    #[oai(
        path = "/complaints/:number/messages",
        method = "post",
        operation_id = "addComplaintMessage"
    )]
    async fn message(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewMessage>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let outcome = match new.kind.as_str() {
            "answer" => handling::answer(&ctx, &number, new.version, &new.text).await,
            "question" => handling::question(&ctx, &number, &new.text).await,
            "note" => {
                let picked = new.mentions.unwrap_or_default();
                let noted = handling::note(&ctx, &number, &new.text, &picked).await;
                noted.map_err(|error| error.renamed(as_mentions))
            }
            other => {
                let key = if other.is_empty() {
                    "field-choose"
                } else {
                    "field-unknown-choice"
                };
                Err(Error::field("kind", Message::new(key)))
            }
        };
        done(&ctx, &number, outcome).await
    }

    /// Add files
    ///
    /// Each was handed in with `POST /files` before.
    #[oai(
        path = "/complaints/:number/attachments",
        method = "post",
        operation_id = "addComplaintAttachments"
    )]
    async fn attachments(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewFiles>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let files = new.files.into_iter().map(FileId).collect();
        let outcome = handling::attach(&ctx, &number, Vec::new(), files, new.for_citizen).await;
        done(&ctx, &number, outcome).await
    }

    /// Link with another complaint or an action item
    #[oai(
        path = "/complaints/:number/links",
        method = "post",
        operation_id = "linkComplaint"
    )]
    async fn links(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Body(new): Body<NewLink>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let outcome = match (new.related, new.action_item) {
            (Some(related), None) => handling::link(&ctx, &number, &related).await,
            (None, Some(action)) => handling::link_action(&ctx, &number, &action).await,
            _ => Err(Error::field(
                "related",
                Message::new("complaints-link-one-of"),
            )),
        };
        done(&ctx, &number, outcome).await
    }

    /// Take the link with another complaint back
    #[oai(
        path = "/complaints/:number/links/:related",
        method = "delete",
        operation_id = "unlinkComplaint"
    )]
    async fn unlink(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
        Path(related): Path<String>,
    ) -> poem::Result<Json<ComplaintDetail>> {
        let outcome = handling::unlink(&ctx, &number, &related).await;
        done(&ctx, &number, outcome).await
    }

    /// Read the history
    ///
    /// Every state that the complaint passed and every change of its deadline, oldest first, with who, when and why.
    #[oai(
        path = "/complaints/:number/history",
        method = "get",
        operation_id = "getComplaintHistory"
    )]
    async fn history(
        &self,
        Token(ctx): Token,
        Path(number): Path<String>,
    ) -> poem::Result<Json<History>> {
        let passed = desk::passed(&ctx, &number).await?;
        let unit = organisation::unit(&ctx.app.db, passed.complaint.unit_id).await?;
        let zone = organisation::zone_of(&unit)?;
        Ok(Json(History {
            number: passed.complaint.number.clone(),
            items: entries(passed, zone),
        }))
    }
}

fn entries(passed: Passed, zone: Tz) -> Vec<Entry> {
    let moments = passed.moments;
    // What the deadline does leaves the state as it was then.
    let state_at = |at: DateTime<Utc>| {
        let before = moments.iter().rev().find(|moment| moment.at <= at);
        before
            .or(moments.first())
            .map_or(passed.complaint.status, |moment| moment.to)
    };
    let mut items: Vec<Entry> = passed
        .asides
        .into_iter()
        .map(|change| Entry {
            seq: None,
            at: local(change.at, zone),
            event: change.event.to_owned(),
            from: Some(state_at(change.at)),
            to: state_at(change.at),
            due_before: change.due_before.map(|at| local(at, zone)),
            due_at: change.due_at.map(|at| local(at, zone)),
            by: by(change.by),
            name: Some(change.name).filter(|name| !name.is_empty()),
            reason: change.reason,
            other: change.other,
            rule: None,
        })
        .collect();
    items.extend(moments.iter().map(|moment| Entry {
        seq: Some(moment.seq),
        at: local(moment.at, zone),
        event: moment.event.clone(),
        from: moment.from,
        to: moment.to,
        due_before: None,
        due_at: None,
        by: by(moment.by),
        name: Some(moment.name.clone()).filter(|name| !name.is_empty()),
        reason: moment.reason.clone(),
        other: None,
        rule: rule_of(&moments, moment),
    }));
    items.sort_by_key(|entry| (entry.at, entry.seq.is_none(), entry.seq));
    items
}

/// A move may pass two states at once; what was said of it stands with the last.
fn rule_of(all: &[Moment], of: &Moment) -> Option<String> {
    let mut same = all
        .iter()
        .filter(|one| one.at == of.at && one.event == of.event);
    let rule = same.find_map(|one| one.data["rule"].as_str());
    rule.map(str::to_owned)
}

fn by(kind: ActorKind) -> String {
    match kind {
        ActorKind::Public => "citizen",
        ActorKind::Person => "staff",
        ActorKind::System => "system",
    }
    .to_owned()
}

/// The body's field is called `text` in every move.
fn as_text(field: String) -> String {
    match field.as_str() {
        "reason" => "text".to_owned(),
        _ => field,
    }
}

/// A page names one colleague, a program several.
fn as_mentions(field: String) -> String {
    match field.as_str() {
        "mention" => "mentions".to_owned(),
        _ => field,
    }
}
