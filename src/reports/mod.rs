//! Read-only views across capabilities: the page of one forum with its path, what the public sees of
//! forums, the mails that a demo writes to files, the overview of the staff, search, the unit's contacts.
//! Each source of a view is one small function, so that a new capability joins with a few lines. Nothing
//! is written here, and nothing below knows of it.

mod contact;
pub mod forum_page;
mod home;
pub mod mailbox;
mod overview;
pub mod pages;
pub mod public_forums;
mod search;
mod sections;
mod sources;

use poem::Route;

pub use sources::SOURCES;

pub fn routes(route: Route) -> Route {
    let route = forum_page::routes(route);
    let route = public_forums::routes(route);
    let route = mailbox::routes(route);
    pages::routes(route)
}
