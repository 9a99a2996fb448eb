//! The addresses of surveys: answering for everybody, setting up and entering for the office.

use poem::Route;

use super::{answering, aside_pages, comments, paper, results, setup, slips};

pub fn routes(route: Route) -> Route {
    let route = answering::pages::routes(route);
    let route = setup::routes(route);
    let route = paper::routes(route);
    let route = slips::routes(route);
    let route = aside_pages::routes(route);
    let route = results::pages::routes(route);
    comments::routes(route)
}
