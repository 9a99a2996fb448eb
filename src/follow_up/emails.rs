//! The mail to an organiser whose forum stands still.

use serde::Serialize;

use crate::platform::web::pages::Email;

#[derive(Debug, Serialize)]
pub struct StageReminder {
    pub forum: String,
    pub stage: String,
    pub days: i64,
    pub missing: Vec<String>,
    pub url: String,
}

impl Email for StageReminder {
    const TEMPLATE: &'static str = "stage_reminder";
}
