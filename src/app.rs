//! Composition: which capabilities this program has. Routes of pages and the API are listed here and
//! nowhere else.

use poem::Route;
use poem_openapi::OpenApiService;

use crate::{
    access, action_plans, attendance, berita_acara, complaints, contacts, deadlines, documents,
    evidence_bundle, fkp_report, follow_up, forums, invitations, issues, minutes, organisation,
    own_questions, privacy, proposals, registrations, reports, standards, survey_voices, surveys,
};

/// Every page of every capability.
#[must_use]
pub fn pages() -> Route {
    let route = Route::new().at(
        "/static/:hash/*path",
        poem::get(crate::platform::web::assets::serve),
    );
    let route = access::pages::routes(route);
    let route = organisation::pages::routes(route);
    let route = documents::pages::routes(route);
    let route = standards::pages::routes(route);
    let route = complaints::pages::routes(route);
    let route = complaints::clocks::pages::routes(route);
    let route = complaints::knowing::pages::routes(route);
    let route = complaints::protecting_routes(route);
    let route = deadlines::routes(route);
    let route = privacy::routes(route);
    let route = action_plans::pages::routes(route);
    let route = attendance::pages::routes(route);
    let route = berita_acara::pages::routes(route);
    let route = follow_up::pages::routes(route);
    let route = proposals::pages::routes(route);
    let route = issues::pages::routes(route);
    let route = fkp_report::pages::routes(route);
    let route = forums::pages::routes(route);
    let route = invitations::pages::routes(route);
    let route = own_questions::pages::routes(route);
    let route = registrations::pages::routes(route);
    let route = contacts::pages::routes(route);
    let route = minutes::pages::routes(route);
    let route = surveys::pages::routes(route);
    let route = survey_voices::pages::routes(route);
    let route = evidence_bundle::pages::routes(route);
    reports::routes(route)
}

pub type Apis = (
    access::api::Api,
    documents::api::Api,
    (
        standards::api::Api,
        surveys::api::Api,
        surveys::results::api::Api,
    ),
    // A tuple holds sixteen at most: complaints have tuples of their own.
    complaints::api::Apis,
    complaints::clocks::api::Api,
    (
        deadlines::api::Api,
        deadlines::unit_api::Api,
        deadlines::policy_api::Api,
    ),
    complaints::ways::Apis,
    complaints::knowing::Apis,
    privacy::api::Api,
    (
        action_plans::api::Api,
        action_plans::api_plan::Api,
        action_plans::api_steps::Api,
        issues::api::Api,
    ),
    attendance::api::Api,
    (
        berita_acara::api::Api,
        fkp_report::api::Api,
        follow_up::api::Api,
    ),
    forums::api::Api,
    (invitations::api::Api, invitations::ForumsApi),
    registrations::api::Api,
    (
        reports::api::Api,
        reports::LoopApi,
        reports::SeeingApi,
        evidence_bundle::api::Api,
    ),
);

/// The API under `/api/v1`.
#[must_use]
pub fn api(public_url: &str) -> OpenApiService<Apis, ()> {
    let apis = (
        access::api::Api,
        documents::api::Api,
        (
            standards::api::Api,
            surveys::api::Api,
            surveys::results::api::Api,
        ),
        complaints::api::APIS,
        complaints::clocks::api::Api,
        (
            deadlines::api::Api,
            deadlines::unit_api::Api,
            deadlines::policy_api::Api,
        ),
        complaints::ways::APIS,
        complaints::knowing::APIS,
        privacy::api::Api,
        (
            action_plans::api::Api,
            action_plans::api_plan::Api,
            action_plans::api_steps::Api,
            issues::api::Api,
        ),
        attendance::api::Api,
        (
            berita_acara::api::Api,
            fkp_report::api::Api,
            follow_up::api::Api,
        ),
        forums::api::Api,
        (invitations::api::Api, invitations::ForumsApi),
        registrations::api::Api,
        (
            reports::api::Api,
            reports::LoopApi,
            reports::SeeingApi,
            evidence_bundle::api::Api,
        ),
    );
    OpenApiService::new(apis, "Rembuk", env!("CARGO_PKG_VERSION"))
        .summary("Consultation forums, complaints, action plans and service standards")
        .description(
            "Errors are `application/problem+json` with a stable `code`. Lists answer `items` and \
             `next_cursor`. Staff operations need `Authorization: Bearer TOKEN`.",
        )
        .server(format!("{}/api/v1", public_url.trim_end_matches('/')))
}
