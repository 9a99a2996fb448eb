//! What operations share that have nothing to show: the answer, and the version that a removal was read in.

use poem_openapi::ApiResponse;

use crate::platform::{
    error::{Error, Result},
    i18n::Message,
};

#[derive(ApiResponse)]
pub enum Done {
    /// It is done.
    #[oai(status = 204)]
    Done,
}

/// The version that was read; asked for after the permission, so that a refused person learns nothing else.
pub fn seen(version: Option<i32>) -> Result<i32> {
    version.ok_or_else(|| Error::field("version", Message::new("field-required")))
}
