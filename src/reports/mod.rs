//! Read-only views across capabilities: the home page, the overview of the staff, search, the unit's
//! contacts, and what happens to personal data; the page of one forum with its path, what the public sees
//! of forums, the mails that a demo writes to files; how a unit stands, alone and beside others. Each source of a view is one small function, so that a
//! new capability joins with a few lines. Nothing is written here.

pub mod api;
mod calling_off;
mod closing_checks;
mod contact;
mod first_steps;
mod forum_facts;
mod forum_missing;
mod forum_missing_letter;
#[cfg(test)]
mod forum_missing_tests;
mod forum_page;
mod forum_stages;
mod home;
mod loop_api;
mod loop_chain;
mod loop_gaps;
mod loop_matrix;
mod loop_measured;
mod loop_pages;
mod mailbox;
mod overview;
pub mod pages;
mod promised;
mod public_forum_list;
mod public_forums;
mod public_inputs;
mod public_results;
mod search;
mod sections;
mod seeing;
mod sources;
mod standstill;
mod unheard;

use poem::Route;

pub use calling_off::CALLING_OFF;
pub use closing_checks::CHECKS;
pub use loop_api::Api as LoopApi;
pub use loop_matrix::{pdf as matrix_paper, xlsx as matrix_workbook};
pub use seeing::Api as SeeingApi;
pub use sources::{FIGURES, MINUTES, OTHERS, PEOPLE, REASONS, SOURCES};
pub use standstill::held_up;

pub fn routes(route: Route) -> Route {
    let route = forum_page::routes(route);
    let route = public_forums::routes(route);
    let route = public_forum_list::routes(route);
    let route = mailbox::routes(route);
    let route = loop_pages::routes(route);
    let route = seeing::routes(route);
    pages::routes(route)
}
