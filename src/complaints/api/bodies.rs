//! What programs send: read by serde, described for the document by poem-openapi.

use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::Object;
use serde::Deserialize;

use super::batches::BatchAct;
use crate::complaints::{handling::Righting, intake::Asked, ways::entry::Brought};

/// A complaint to be filed.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewComplaint {
    /// Code of the unit: `disdukcapil-kaltim`. Required.
    #[oai(default)]
    #[serde(default)]
    pub unit: String,
    /// `complaint` (when left out), `aspiration`, `information_request` or `praise`.
    pub kind: Option<String>,
    /// In one line, 3 to 150 characters. Required.
    #[oai(default)]
    #[serde(default)]
    pub subject: String,
    /// What happened, 10 to 5000 characters. Required.
    #[oai(default)]
    #[serde(default)]
    pub description: String,
    /// Hide the identity from the division that handles it; only complaint officers may look, with a reason.
    #[oai(default)]
    #[serde(default)]
    pub anonymous: bool,
    /// Never publish it; only officers and those it is assigned to read it.
    #[oai(default)]
    #[serde(default)]
    pub confidential: bool,
    /// Who complains. Filing without any name is allowed.
    pub reporter: Option<Reporter>,
    /// Code of the service it is about.
    pub service: Option<String>,
    /// Id of a category of the unit (`GET /units/{code}/complaint-categories`).
    pub category: Option<String>,
    /// Answers to the category's questions in their order: words, `YYYY-MM-DD`, `yes` or `no`; empty for none.
    /// Who does not remember a day says roughly when: `~early October`, or adds words to it: `2026-10-03~at noon`.
    pub answers: Option<Vec<String>>,
    /// For an officer's program that brings what came another way: `letter`, `phone`, `email`, `whatsapp` … A stranger
    /// may not say this.
    pub channel: Option<String>,
    /// When it came in, with `channel`; now when left out. The deadline counts from it.
    pub received_at: Option<DateTime<Utc>>,
    /// Number and day of the letter, with `channel`.
    pub letter_number: Option<String>,
    pub letter_date: Option<NaiveDate>,
    /// Address of the complainant, with `channel`.
    pub address: Option<String>,
    /// Who speaks for the complainant, with `channel`.
    pub represented_by: Option<String>,
}

impl NewComplaint {
    /// What an officer's program says of the way it came in; none of a stranger.
    pub fn brought(&self) -> Option<Brought> {
        let brought = Brought {
            channel: self.channel.clone().unwrap_or_default(),
            received_at: self.received_at,
            letter_number: self.letter_number.clone().unwrap_or_default(),
            letter_date: self.letter_date,
            address: self.address.clone().unwrap_or_default(),
            represented_by: self.represented_by.clone().unwrap_or_default(),
        };
        (brought != Brought::default()).then_some(brought)
    }

    pub fn asked(&self) -> Asked {
        Asked {
            category: self.category.clone().unwrap_or_default(),
            answers: self.answers.clone().unwrap_or_default(),
            as_told: false,
        }
    }
}

/// What a complaint really is; what is left out stays.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintClassification", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// `complaint`, `aspiration`, `information_request` or `praise`.
    pub kind: Option<String>,
    /// Code of a service of the unit; empty for none.
    pub service: Option<String>,
    /// Id of a category of the unit; empty for none.
    pub category: Option<String>,
    /// The way it came in, as `channel` names it. Only of what an officer wrote down by itself: what was sent by the web, a
    /// sheet of an opened box and a row of an SP4N-LAPOR! list keep theirs, and nothing becomes `web`.
    pub channel: Option<String>,
    /// `true` hides the identity; what is hidden stays so.
    pub anonymous: Option<bool>,
    /// `true` hides the words; what is hidden stays so.
    pub confidential: Option<bool>,
    /// 5 to 300 characters, for the history. Required.
    #[oai(default)]
    #[serde(default)]
    pub reason: String,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

impl Classification {
    pub fn typed(self) -> Righting {
        Righting {
            kind: self.kind,
            service: self.service,
            category: self.category,
            channel: self.channel,
            anonymous: self.anonymous,
            confidential: self.confidential,
            reason: self.reason,
        }
    }
}

/// What the citizen says of an answer.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintVerdict", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewVerdict {
    /// Whether it helped; `false` opens the complaint again.
    pub helped: bool,
    /// What is missing, 3 to 3000 characters; required when it did not help.
    pub reason: Option<String>,
}

/// Words of the citizen.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintWords", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct CitizenText {
    /// 3 to 3000 characters; of a withdrawal it may be left out.
    #[oai(default)]
    #[serde(default)]
    pub text: String,
}

/// Who complains; each part may be left out.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintReporter", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct Reporter {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// To whom a complaint is handed.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintAssignment", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// Code of the division. Required.
    #[oai(default)]
    #[serde(default)]
    pub division: String,
    /// Id or e-mail address of a handler of that division.
    pub person: Option<String>,
    pub instruction: Option<String>,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

/// An answer to the citizen.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintAnswer", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// 3 to 5000 characters. Required.
    #[oai(default)]
    #[serde(default)]
    pub text: String,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

/// A move that needs no words.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintSeen", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

/// That a complaint can be worked on.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintVerification", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// `information_request`, `not_supervisory` or `supervisory`: how long a solution may take.
    pub class: Option<String>,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

/// A move with its reason, or with what is missing.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintMoveText", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewText {
    /// 5 to 1000 characters, for a request for completion up to 3000. Required.
    #[oai(default)]
    #[serde(default)]
    pub text: String,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

/// Why a complaint is not worked on.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintRefusal", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewRefusal {
    /// `unclear` or `duplicate`. Required.
    #[oai(default)]
    #[serde(default)]
    pub reason: String,
    /// The number of the other, for a duplicate; of one that is closed, `merge` asks what this citizen is answered.
    pub main: Option<String>,
    /// What the citizen reads; required unless it is a duplicate.
    pub text: Option<String>,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

/// To whom a complaint goes that this office may not decide.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintTransfer", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewTransfer {
    /// Its name. Required.
    #[oai(default)]
    #[serde(default)]
    pub body: String,
    /// What the citizen reads: how it goes on there.
    pub text: Option<String>,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

/// In which complaint this one is handled.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintMerge", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewMerge {
    /// Its number. Required.
    #[oai(default)]
    #[serde(default)]
    pub main: String,
    /// What the citizen reads beside it.
    pub text: Option<String>,
    /// What the citizen gets of a main complaint that is answered already: `next` (when left out) nothing now but its
    /// next answer, `same` that answer, `own` the words of `answer`. Of a closed one only `same` or `own`.
    pub reply: Option<String>,
    /// The answer for this citizen alone, 10 to 5000 characters, with `own`.
    pub answer: Option<String>,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

/// A part of a complaint that is another matter.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintSplit", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewSplit {
    /// Required.
    #[oai(default)]
    #[serde(default)]
    pub subject: String,
    /// The part of the text, 10 to 5000 characters. Required.
    #[oai(default)]
    #[serde(default)]
    pub description: String,
    /// Code of the service it is about.
    pub service: Option<String>,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

/// A message of the office.
#[derive(Object, Deserialize)]
#[oai(rename = "NewComplaintMessage", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// `answer`, `question` or `note`. Required.
    #[oai(default)]
    #[serde(default)]
    pub kind: String,
    /// 3 to 5000 characters, a question up to 3000. Required.
    #[oai(default)]
    #[serde(default)]
    pub text: String,
    /// Ids or e-mail addresses of colleagues who are told of a note.
    pub mentions: Option<Vec<String>>,
    /// The version that was read; when somebody changed the complaint since, the answer is 409.
    pub version: Option<i32>,
}

/// Files for a complaint.
#[derive(Object, Deserialize)]
#[oai(rename = "NewComplaintAttachments", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewFiles {
    /// Ids of files that were handed in. Required.
    #[oai(default)]
    #[serde(default)]
    pub files: Vec<uuid::Uuid>,
    /// The citizen may open them on the status page.
    #[oai(default)]
    #[serde(default)]
    pub for_citizen: bool,
}

/// What a complaint has to do with: one of the two.
#[derive(Object, Deserialize)]
#[oai(rename = "NewComplaintLink", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    /// Number of another complaint.
    pub related: Option<String>,
    /// Id of an action item.
    pub action_item: Option<String>,
}

/// Which complaints would be assigned, answered or closed.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintBatchQuestion", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewPreview {
    pub act: BatchAct,
    /// Numbers, at most a hundred. Required.
    #[oai(default)]
    #[serde(default)]
    pub complaints: Vec<String>,
}

/// A complaint of a batch.
#[derive(Object, Deserialize)]
#[oai(deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct ChosenComplaint {
    pub number: String,
    /// As the preview showed it; who changed the complaint since is not overwritten.
    pub version: i32,
}

/// What is done with many complaints.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintBatchOrder", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewBatch {
    pub act: BatchAct,
    /// At most a hundred, of one unit. Required.
    #[oai(default)]
    #[serde(default)]
    pub complaints: Vec<ChosenComplaint>,
    /// Code of the division, to assign.
    pub division: Option<String>,
    /// Id or e-mail address of a handler of that division.
    pub person: Option<String>,
    pub instruction: Option<String>,
    /// What the citizens read, to answer.
    pub text: Option<String>,
}

/// Another address for news; one of the two.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintContactChange", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// Whether the citizen wants mails about the complaint.
#[derive(Object, Deserialize)]
#[oai(rename = "ComplaintNewsChoice", deny_unknown_fields)]
#[serde(deny_unknown_fields)]
pub struct NewsChoice {
    pub wanted: bool,
}
