//! A new forum, empty or made from an earlier one.

use poem::{Response, Route, get, handler, http::StatusCode, web::Query};
use serde::{Deserialize, Serialize};

use super::copying;
use crate::{
    access::{Ctx, Permission, SignedIn},
    forums::{self, Forum, ForumFields, ForumId, OfferedVenue, form_view},
    organisation::{self, UnitId},
    platform::{
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route.at("/kerja/forum/baru", get(new_forum).post(make_forum))
}

#[derive(Serialize)]
struct NewForumPage {
    form: FormView,
    /// The known place that was probably meant.
    meant: Option<OfferedVenue>,
    /// How long calendars hold a forum without an end.
    open_end_hours: u32,
    errors: Vec<ErrorLine>,
}

impl Page for NewForumPage {
    const TEMPLATE: &'static str = "forums/new";
    fn title(&self, locale: Locale) -> String {
        t(locale, "forums-new-title")
    }
}

#[derive(Deserialize)]
struct From {
    dari: Option<String>,
}

/// The forums that can be copied, newest first, and the units where the caller may make one.
async fn choices(ctx: &Ctx) -> Result<(Vec<Forum>, Vec<(UnitId, String)>)> {
    let scope = ctx.require_scope(Permission::ManageForum)?;
    let mut own = forums::list(ctx).await?;
    own.retain(|forum| scope.covers(forum.unit_id, None));
    let mut units = Vec::new();
    for unit in organisation::units(&ctx.app.db).await? {
        if scope.covers(unit.id, None) {
            units.push((unit.id, unit.name));
        }
    }
    Ok((own, units))
}

async fn view(ctx: &Ctx) -> Result<FormView> {
    let locale = ctx.locale();
    let (own, units) = choices(ctx).await?;
    let mut sources = vec![(String::new(), t(locale, "forums-new-copy-none"))];
    sources.extend(own.iter().map(|forum| {
        (
            forum.id.to_string(),
            format!("{} ({})", forum.title, forum.code),
        )
    }));
    let units = units
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let venues = forums::venues(ctx).await?;
    Ok(forums::offering(form_view(locale), &venues, locale)
        .choice("copied_from", false, sources)
        .choice("unit", true, units))
}

fn page_of(
    ctx: &Ctx,
    (form, meant): (FormView, Option<OfferedVenue>),
    faults: &[FieldError],
) -> Result<Response> {
    let (form, errors) = form.refused(faults, ctx.locale());
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let open_end_hours = ctx.app.config.forum.open_end_hours;
    let page = NewForumPage {
        form,
        meant,
        open_end_hours,
        errors,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn new_forum(SignedIn(ctx): SignedIn, Query(query): Query<From>) -> Result<Response> {
    let form = view(&ctx).await?;
    let form = match query.dari.as_deref() {
        None | Some("") => form,
        Some(source) => taken_over(&ctx, form, source).await?,
    };
    page_of(&ctx, (form, None), &[])
}

/// The form with what the earlier forum gives; what was typed of it before is replaced, because that was asked for.
async fn taken_over(ctx: &Ctx, form: FormView, source: &str) -> Result<FormView> {
    let source = forums::get(ctx, ForumId::parse(source)?, Permission::ManageForum).await?;
    let quotas = forums::quotas(&ctx.app.db, &source).await?;
    let form = form.with("copied_from", source.id.to_string());
    Ok(forums::taking_over(form, &source, &quotas))
}

#[handler]
async fn make_forum(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let (_, units) = choices(&ctx).await?;
    if form.is_on("fill") {
        let typed = view(&ctx).await?.typed(&form);
        let filled = match form.get("copied_from") {
            "" => typed,
            source => taken_over(&ctx, typed, source).await?,
        };
        return page_of(&ctx, (filled, None), &[]);
    }
    let chosen = units
        .iter()
        .find(|(id, _)| id.to_string() == form.get("unit"));
    // One unit is no choice, and its field is not shown.
    let unit = match (chosen, units.as_slice()) {
        (Some((id, _)), _) | (None, [(id, _)]) => *id,
        _ => return Err(Error::field("unit", Message::new("field-choose"))),
    };
    let source = match form.get("copied_from") {
        "" => None,
        id => Some(ForumId::parse(id)?),
    };
    let made = match ForumFields::parse(&form) {
        Ok(fields) => copying::start_forum(&ctx, unit, fields, source).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(forum) => Ok(ctx.redirect_with(
            &format!("/kerja/forum/{}", forum.id),
            FlashKind::Ok,
            &Message::new("forums-made"),
        )),
        Err(Error::Invalid(faults)) => {
            let typed = view(&ctx).await?.typed(&form);
            let meant = forums::venue_offered(&ctx, unit, &form, &faults).await?;
            page_of(&ctx, (typed, meant), &faults)
        }
        Err(error) => Err(error),
    }
}
