//! Views across capabilities: the page of one forum with its path, what the public sees of forums, the
//! mails that a demo writes to files. Nothing is stored here, and nothing below knows of it.

pub mod forum_page;
pub mod mailbox;
pub mod public_forums;

use poem::Route;

pub fn routes(route: Route) -> Route {
    let route = forum_page::routes(route);
    let route = public_forums::routes(route);
    mailbox::routes(route)
}
