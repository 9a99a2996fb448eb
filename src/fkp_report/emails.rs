//! The mail that brings the report to the office above.

use serde::Serialize;

use crate::platform::web::pages::Email;

#[derive(Debug, Serialize)]
pub struct ReportEmail {
    pub addressee: String,
    pub forum: String,
    pub when: String,
    pub place: String,
    /// Empty where the report has no number.
    pub number: String,
    pub version: i32,
    pub note: String,
    /// Where the file is fetched, when it is too large for a mail.
    pub link: Option<String>,
    pub link_until: String,
    pub code: String,
    pub verify_url: String,
    pub unit: String,
    pub contact: String,
}

impl Email for ReportEmail {
    const TEMPLATE: &'static str = "fkp_report";
}
