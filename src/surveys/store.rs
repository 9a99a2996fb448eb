//! Queries of surveys: `periods` (what is asked), `responses` (what was answered), `runs` (what came at once and what was
//! set aside), `points` (codes, links, batches).

pub mod batches;
pub mod periods;
pub mod points;
pub mod responses;
pub mod runs;
