//! Finding complaints again: the searched words of each and the index over them, the inbox's views, filters and
//! kept filters, and the numbers beside them, which are kept and not counted. Whatever writes a complaint goes
//! through `complaints::store`, and that keeps words and numbers right in the same transaction.

mod answers;
pub mod entity;
mod filter;
mod index;
mod kept;
pub(super) mod likeness;
mod lists;
mod parts;
mod plans;
mod query;
mod search;
mod similar;
mod store;
mod tally;
mod upkeep;
mod views;
pub mod words;

pub use answers::{AnswerSums, answers_in, answers_plan};
pub(super) use answers::{answers_moved, answers_row, month_of};
pub(super) use filter::Readable;
pub use filter::{Counted, Sort};
pub(super) use index::{answer_added, complaint_added, complaint_changed, own_words, words_row};
pub use index::{refer, words_changed};
pub use kept::{Saved, keep, kept, query_of, throw_away};
pub use lists::{
    Desk, Page, each_way, list, list_counted, next_in, number_found, place_in, plans, view_counts,
};
pub(super) use lists::{counts_of, first_of, open_and_late, rows_of};
pub(super) use parts::divisions_of;
pub use parts::own_divisions;
pub use plans::explained;
pub(super) use plans::plan_of;
pub use query::Query;
pub use search::find;
pub use similar::{similar, similar_plans};
pub(super) use store::{change as tally_row, hidden_from, readable_by};
pub(super) use tally::{added, moved};
pub use upkeep::{Faults, Repaired, check, doubt, fold, repair};
pub use views::{VIEWS, View};
