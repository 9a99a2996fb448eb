//! Queries of surveys: `periods` (what is asked), `responses` (what was answered), `points` (codes, links, batches).

pub mod batches;
pub mod periods;
pub mod points;
pub mod responses;
