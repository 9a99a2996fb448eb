//! How long a voice is kept. A unit chooses a period per kind; when it is over, an ended case is anonymised: who it
//! was and what was said go, and a tombstone stays for statistics (unit, kind, service, channel, states, dates). What
//! is open or held never goes, and what a voice led to keeps standing.

mod emails;
pub mod entity;
mod erasing;
mod holding;
mod jobs;
mod pages;
mod policies;
mod requests;
mod rules;
mod running;
mod store;
mod views;

pub use erasing::{Cause, MARK, Order, erase};
pub use holding::{Hold, holds_of, place, release};
pub use jobs::{CaseErased, EraseBytes, RunRetention};
pub use pages::routes;
pub use policies::{Choice, Chosen, choose, import};
pub use rules::Keep;
pub use running::{Tally, erased_at, plan, require_whole, run, run_due, why_kept};
