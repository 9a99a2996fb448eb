//! Workspace pages of forums: the list, the forum's own data, its documents. The page of one
//! forum with its path stands in `reports`, because it reads what other capabilities know.

use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    Forum, ForumFields, ForumId, OfferedVenue, Stage, closing, forms, programme_page, service,
    venue_pages, venues,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    documents::Kind,
    organisation,
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
    let route = route
        .at("/kerja/forum", get(list_forums))
        .at("/kerja/forum/:id/ubah", get(edit_forum).post(change_forum))
        .at("/kerja/forum/:id/dokumen/:file", get(download));
    let route = venue_pages::routes(route);
    programme_page::routes(route)
}

#[derive(Serialize)]
struct ListPage {
    rows: Vec<RowView>,
    new_href: Option<&'static str>,
    empty: EmptyView,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    title: String,
    code: String,
    when: String,
    place: String,
    stage: String,
    stage_kind: &'static str,
    /// When it was closed, and by whom.
    closed: Option<String>,
}

#[derive(Serialize)]
struct EmptyView {
    title: String,
    text: String,
    action: Option<ActionView>,
}

#[derive(Serialize)]
struct ActionView {
    href: &'static str,
    label: String,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "forums/list";
    fn title(&self, locale: Locale) -> String {
        t(locale, "forums-title")
    }
}

#[handler]
async fn list_forums(SignedIn(ctx): SignedIn) -> Result<Response> {
    let locale = ctx.locale();
    let mut rows = Vec::new();
    let forums = service::list(&ctx).await?;
    let units = service::units_of(&ctx, &forums).await?;
    let closings = closing::closings(&ctx.app.db, &forums).await?;
    for forum in forums {
        let unit = units.get(&forum.unit_id).ok_or(Error::NotFound)?;
        let zone = organisation::zone_of(unit)?;
        rows.push(RowView {
            href: format!("/kerja/forum/{}", forum.id),
            when: super::when_text(&forum, zone, locale),
            place: super::where_in(&forum, locale),
            stage: match forum.cancelled_at {
                Some(_) => t(locale, "forums-cancelled"),
                None => forum.stage.label(locale),
            },
            stage_kind: match forum.cancelled_at {
                Some(_) => "late",
                None => stage_kind(forum.stage),
            },
            closed: closings
                .get(&forum.id)
                .map(|one| closing::text(one, zone, locale)),
            title: forum.title,
            code: forum.code,
        });
    }
    let may_make = !ctx.scope(Permission::ManageForum).is_empty();
    let new_href = may_make.then_some("/kerja/forum/baru");
    let page = ListPage {
        rows,
        new_href,
        empty: EmptyView {
            title: t(locale, "forums-empty-title"),
            text: t(locale, "forums-empty-text"),
            action: new_href.map(|href| ActionView {
                href,
                label: t(locale, "forums-new-title"),
            }),
        },
    };
    ctx.page(&page)
}

fn stage_kind(stage: Stage) -> &'static str {
    match stage {
        Stage::Preparation => "plain",
        Stage::Invitation | Stage::Session => "soon",
        Stage::BeritaAcara | Stage::Report | Stage::FollowUp => "info",
        Stage::Closed => "ok",
    }
}

#[derive(Serialize)]
struct EditPage {
    action: String,
    back_href: String,
    version: i32,
    /// Invitations went out with the old time and place.
    announced: bool,
    form: FormView,
    /// The known place that was probably meant.
    meant: Option<OfferedVenue>,
    /// How long calendars hold a forum without an end.
    open_end_hours: u32,
    errors: Vec<ErrorLine>,
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "forums/edit";
    fn title(&self, locale: Locale) -> String {
        t(locale, "forums-edit-title")
    }
}

async fn edit_page(
    ctx: &Ctx,
    forum: &Forum,
    (form, meant): (FormView, Option<OfferedVenue>),
    version: i32,
    faults: &[FieldError],
) -> Result<Response> {
    let (form, errors) = form.refused(faults, ctx.locale());
    let page = EditPage {
        action: format!("/kerja/forum/{}/ubah", forum.id),
        back_href: format!("/kerja/forum/{}", forum.id),
        version,
        announced: forum.stage >= Stage::Invitation,
        open_end_hours: ctx.app.config.forum.open_end_hours,
        form,
        meant,
        errors,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let brand = organisation::brand(&ctx.app.db, forum.unit_id).await?;
    ctx.page_of(Some(&brand), status, &page)
}

/// The form with the forum in it; the register of its own unit is offered.
async fn form_of(ctx: &Ctx, forum: &Forum) -> Result<FormView> {
    let mut venues = venues::list(ctx).await?;
    venues.retain(|venue| venue.unit_id == forum.unit_id);
    let quotas = super::quotas(&ctx.app.db, forum).await?;
    Ok(forms::form_of(forum, &venues, &quotas, ctx.locale()))
}

#[handler]
async fn edit_forum(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let forum = service::get(&ctx, ForumId::parse(&id)?, Permission::ManageForum).await?;
    service::may_edit(&forum)?;
    let form = form_of(&ctx, &forum).await?;
    edit_page(&ctx, &forum, (form, None), forum.version, &[]).await
}

#[handler]
async fn change_forum(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let forum = service::get(&ctx, id, Permission::ManageForum).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let changed = match ForumFields::parse(&form) {
        Ok(fields) => service::update(&ctx, id, version, fields).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(done) => Ok(ctx.redirect_with(
            &format!("/kerja/forum/{id}"),
            FlashKind::Ok,
            &Message::new(match done.agenda_moved {
                true => "forums-changed-agenda-moved",
                false => "forums-changed",
            }),
        )),
        Err(Error::Invalid(faults)) => {
            let typed = form_of(&ctx, &forum).await?.typed(&form);
            let meant = super::venue_offered(&ctx, forum.unit_id, &form, &faults).await?;
            edit_page(&ctx, &forum, (typed, meant), version, &faults).await
        }
        Err(error) => Err(error),
    }
}

/// The latest registered document of a kind about a forum, as PDF.
#[handler]
async fn download(
    SignedIn(ctx): SignedIn,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response> {
    let kind = file
        .strip_suffix(".pdf")
        .and_then(Kind::parse)
        .ok_or(Error::NotFound)?;
    let (name, bytes) = service::document(&ctx, ForumId::parse(&id)?, kind).await?;
    Ok(ctx.download(&name, "application/pdf", bytes))
}
