//! What operations answer that have nothing to show.

use poem_openapi::ApiResponse;

#[derive(ApiResponse)]
pub enum Done {
    /// It is done.
    #[oai(status = 204)]
    Done,
}
