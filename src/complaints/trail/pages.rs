//! `/kerja/pengaduan/:number/jejak`: the trail of a case, made to be printed.

use poem::{Response, Route, get, handler, web::Path};
use serde::Serialize;

use super::reading::{self, Looker, Step};
use crate::{
    access::SignedIn,
    audit::ActorKind,
    calendar::dates,
    complaints::words,
    platform::{
        error::Result,
        i18n::{Locale, Message, t},
        web::pages::Page,
    },
};

pub fn routes(route: Route) -> Route {
    route.at("/kerja/pengaduan/:number/jejak", get(show))
}

#[derive(Serialize)]
struct TrailPage {
    number: String,
    case_href: String,
    subject: String,
    printed: String,
    flags: Vec<crate::complaints::explain::Chip>,
    lookers: Vec<LookerView>,
    steps: Vec<StepView>,
    /// Where the words are not for this reader.
    hidden: bool,
}

impl Page for TrailPage {
    const TEMPLATE: &'static str = "complaints/trail";
    fn title(&self, locale: Locale) -> String {
        Message::new("trail-title")
            .with("number", &self.number)
            .text(locale)
    }
}

#[derive(Serialize)]
struct LookerView {
    name: String,
    first: String,
    last: String,
    days: usize,
    files: usize,
    identity: String,
    reasons: Vec<String>,
}

#[derive(Serialize)]
struct StepView {
    at: String,
    title: String,
    who: String,
    text: String,
    request: String,
}

#[handler]
async fn show(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    let trail = reading::read(&ctx, &number).await?;
    let locale = ctx.locale();
    let zone = trail.zone;
    let moment =
        |at: chrono::DateTime<chrono::Utc>| dates::date_time(&at.with_timezone(&zone), locale);
    let who = |step: &Step| match step.by {
        ActorKind::Public => t(locale, "complaints-who-citizen"),
        ActorKind::Person => step.name.clone(),
        ActorKind::System => t(locale, "trail-who-system"),
    };
    let looker = |one: Looker| LookerView {
        first: moment(one.first),
        last: moment(one.last),
        days: one.days,
        files: one.files,
        identity: t(
            locale,
            if one.identity {
                "trail-identity-yes"
            } else {
                "trail-identity-no"
            },
        ),
        reasons: one.reasons,
        name: one.name,
    };
    let of = &trail.complaint;
    let page = TrailPage {
        number: of.number.clone(),
        case_href: format!("/kerja/pengaduan/{}", of.number),
        subject: if trail.text {
            of.subject.clone()
        } else {
            t(locale, "complaints-hidden-subject")
        },
        printed: Message::new("trail-printed")
            .with("at", moment(ctx.now))
            .with(
                "name",
                ctx.account().map_or("", |account| account.name.as_str()),
            )
            .text(locale),
        flags: words::flags(of.anonymous, of.confidential, locale),
        hidden: !trail.text,
        steps: trail
            .steps
            .iter()
            .map(|step| StepView {
                at: moment(step.at),
                title: step.title.clone(),
                who: who(step),
                text: step.text.clone(),
                request: step.request.chars().take(12).collect(),
            })
            .collect(),
        lookers: trail.lookers.into_iter().map(looker).collect(),
    };
    ctx.page(&page)
}
