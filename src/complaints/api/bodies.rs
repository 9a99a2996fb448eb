//! What programs send: read by serde, described for the document by poem-openapi.

use poem_openapi::Object;
use serde::Deserialize;

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
