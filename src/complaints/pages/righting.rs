//! `/kerja/pengaduan/:number/perbaiki`: an officer puts kind, service, category, channel and privacy right.

use poem::{Response, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::told;
use crate::{
    access::{Ctx, Permission, SignedIn},
    complaints::{
        entity::complaint,
        filing::{self, categories},
        handling::{self, Righting},
        rules::{self, Channel, Kind},
        services, viewing, ways, words,
    },
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

#[derive(Serialize)]
struct RightPage {
    errors: Vec<ErrorLine>,
    number: String,
    case_href: String,
    action: String,
    version: i32,
    /// False where the program knows by itself how it came in.
    other_channel: bool,
    /// How it came in.
    channel: String,
    form: FormView,
}

impl Page for RightPage {
    const TEMPLATE: &'static str = "complaints/right";
    fn title(&self, locale: Locale) -> String {
        t(locale, "complaints-right-title")
    }
}

async fn page(ctx: &Ctx, number: &str, refused: Option<(&Form, Error)>) -> Result<Response> {
    let locale = ctx.locale();
    let of = viewing::found(ctx, number).await?;
    ctx.require(Permission::CloseComplaint, of.unit_id)?;
    if !viewing::sight_of(ctx, &of, false).text {
        return Err(Error::Forbidden);
    }
    let db = &ctx.app.db;
    let kinds = Kind::all().map(|kind| (kind.code(), words::kind(kind, locale)));
    let mut offered = vec![(String::new(), t(locale, "complaints-field-service-none"))];
    offered.extend(services::offered(db, of.unit_id).await?);
    let mut sorts = vec![(String::new(), t(locale, "complaints-right-no-category"))];
    sorts.extend(categories::offered(db, of.unit_id).await?);
    let category = filing::category_of(db, &of).await?;
    let category = category.map(|(id, name)| (id.to_string(), name));
    // One that no form offers any more is still what this case stands under.
    if let Some(kept) = category.as_ref().filter(|kept| !sorts.contains(kept)) {
        sorts.push(kept.clone());
    }
    let ticked = |yes: bool| if yes { "true" } else { "" };
    let mut view = FormView::new()
        .choice("kind", true, kinds.collect())
        .with("kind", of.kind.code())
        .choice("service", false, offered)
        .with("service", of.service_code.clone().unwrap_or_default())
        .choice("category", false, sorts)
        .with("category", category.map(|(id, _)| id).unwrap_or_default())
        .choice("channel", true, ways_in(ctx, &of).await?)
        .with("channel", of.channel.code())
        .field("anonymous", false, 0)
        .with("anonymous", ticked(of.anonymous))
        .field("confidential", false, 0)
        .with("confidential", ticked(of.confidential))
        .field("reason", true, 300);
    let (mut status, mut errors, mut version) = (StatusCode::OK, Vec::new(), of.version);
    if let Some((form, error)) = refused {
        let told = told(error, "kind", locale)?;
        status = told.status;
        (view, errors) = view.typed(form).refused(&told.faults, locale);
        errors.extend(told.lines);
        // What somebody else changed meanwhile is not written over by sending once more.
        version = form.get("version").parse().unwrap_or_default();
    }
    let base = format!("/kerja/pengaduan/{}", of.number);
    let bound = ways::is_bound(db, &of).await?;
    let page = RightPage {
        other_channel: Channel::by_staff()
            .any(|other| other != of.channel && of.channel.may_become(other, bound)),
        channel: words::channel(of.channel, locale),
        errors,
        action: format!("{base}/perbaiki"),
        case_href: base,
        number: of.number,
        version,
        form: view,
    };
    ctx.page_of(None, status, &page)
}

/// Those that the case can have come by.
async fn ways_in(ctx: &Ctx, of: &complaint::Model) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for channel in Channel::by_staff() {
        if channel == of.channel || ways::may_stand_there(&ctx.app.db, of, channel).await? {
            found.push((channel.code(), words::channel(channel, ctx.locale())));
        }
    }
    Ok(found)
}

#[handler]
pub(super) async fn show(SignedIn(ctx): SignedIn, Path(number): Path<String>) -> Result<Response> {
    ctx.require_scope(Permission::CloseComplaint)?;
    page(&ctx, &number, None).await
}

#[handler]
pub(super) async fn keep(
    SignedIn(ctx): SignedIn,
    Path(number): Path<String>,
    form: Form,
) -> Result<Response> {
    ctx.require_scope(Permission::CloseComplaint)?;
    let given = |name: &str| Some(form.get(name).to_owned());
    let typed = Righting {
        kind: given("kind"),
        service: given("service"),
        category: given("category"),
        // The form has no such field where it cannot be another.
        channel: given("channel").filter(|code| !code.is_empty()),
        anonymous: Some(form.is_on("anonymous")),
        confidential: Some(form.is_on("confidential")),
        reason: form.get("reason").to_owned(),
    };
    let seen = Some(form.get("version").parse().unwrap_or_default());
    match handling::put_right(&ctx, &number, seen, &typed).await {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/kerja/pengaduan/{}", rules::read_number(&number)),
            FlashKind::Ok,
            &Message::new("complaints-right-done"),
        )),
        Err(error) => page(&ctx, &number, Some((&form, error))).await,
    }
}
