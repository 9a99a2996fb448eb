//! The addresses of registration: the form for everybody, the personal page, the organiser's pages.

use poem::Route;

use super::{answers_pages, form_pages, personal_pages, telling_pages};

pub fn routes(route: Route) -> Route {
    let route = form_pages::routes(route);
    let route = personal_pages::routes(route);
    let route = telling_pages::routes(route);
    answers_pages::routes(super::desk_pages::routes(route))
}
