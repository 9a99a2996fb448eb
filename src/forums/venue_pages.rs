//! The register of venues: a list, a form to add and to change, archive.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    Venue, VenueId, venue_twins,
    venues::{self, CERTAIN, VenueFields},
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    organisation::{self, UnitId},
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

const LIST: &str = "/kerja/tempat";

pub fn routes(route: Route) -> Route {
    route
        .at("/kerja/tempat", get(list_venues).post(add_venue))
        .at("/kerja/tempat/:id", get(edit_venue).post(change_venue))
        .at("/kerja/tempat/:id/arsip", post(archive_venue))
        .at("/kerja/tempat/:id/gabung", post(merge_venue))
}

#[derive(Serialize)]
struct VenuesPage {
    heading: String,
    lead: String,
    action: String,
    submit: String,
    back_href: &'static str,
    back_label: String,
    /// Null for a new one.
    version: Option<i32>,
    rows: Vec<RowView>,
    form: FormView,
    /// The entries that this one can be made one with; none for a new one or the only one.
    merge: Option<MergeView>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct MergeView {
    action: String,
    form: FormView,
    /// The entry that was probably meant.
    meant: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    href: String,
    name: String,
    room: String,
    address: String,
    archived: bool,
    /// "Mirip dengan …": the entry that was probably meant.
    like: Option<String>,
    version: i32,
}

impl Page for VenuesPage {
    const TEMPLATE: &'static str = "forums/venues";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

/// Units where the caller makes forums; a single one is no choice.
async fn units(ctx: &Ctx) -> Result<Vec<(UnitId, String)>> {
    let scope = ctx.require_scope(Permission::ManageForum)?;
    let units = organisation::units(&ctx.app.db).await?.into_iter();
    Ok(units
        .filter(|unit| scope.covers(unit.id, None))
        .map(|unit| (unit.id, unit.name))
        .collect())
}

fn fields(units: &[(UnitId, String)]) -> FormView {
    let units = units
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    FormView::new()
        .choice("unit", true, units)
        .field("name", true, 200)
        .field("room", false, 200)
        .field("address", true, 300)
        .field(CERTAIN, false, 0)
}

fn parsed(form: &Form) -> Result<VenueFields> {
    let mut check = Check::new();
    let fields = VenueFields {
        name: check.line("name", form.get("name"), 2, 200),
        room: check
            .optional("room", form.get("room"), 200)
            .unwrap_or_default(),
        address: check.text("address", form.get("address"), 5, 300),
    };
    check.finish()?;
    Ok(fields)
}

fn venue_name(venue: &Venue) -> String {
    match venue.room.is_empty() {
        true => venue.name.clone(),
        false => format!("{}, {}", venue.name, venue.room),
    }
}

/// The entry of the same unit that this one is probably a slip of the pen for. Of two, the later one is asked about.
fn like<'a>(venue: &Venue, all: &'a [Venue]) -> Option<&'a Venue> {
    all.iter().find(|other| {
        other.unit_id == venue.unit_id
            && other.archived_at.is_none()
            && other.id < venue.id
            && venue_twins::are_twins(other, venue)
    })
}

fn merge_view(venue: &Venue, all: &[Venue]) -> Option<MergeView> {
    let mut options = vec![(String::new(), String::new())];
    options.extend(
        all.iter()
            .filter(|other| other.unit_id == venue.unit_id && other.id != venue.id)
            .filter(|other| other.archived_at.is_none())
            .map(|other| (other.id.to_string(), super::forms::venue_line(other))),
    );
    if options.len() == 1 {
        return None;
    }
    let meant = like(venue, all);
    let chosen = meant.map(|other| other.id.to_string()).unwrap_or_default();
    Some(MergeView {
        action: format!("{LIST}/{}/gabung", venue.id),
        form: FormView::new()
            .choice("into", true, options)
            .with("into", chosen),
        meant: meant.map(venue_name),
    })
}

/// The page with the list and the form of a new venue, or the form of one.
async fn page_of(
    ctx: &Ctx,
    editing: Option<(&Venue, i32)>,
    form: FormView,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let (form, errors) = form.refused(faults, locale);
    let all = venues::list(ctx).await?;
    let rows = match editing {
        Some(_) => Vec::new(),
        None => all
            .iter()
            .map(|venue| RowView {
                href: format!("{LIST}/{}", venue.id),
                name: venue.name.clone(),
                room: venue.room.clone(),
                address: venue.address.clone(),
                archived: venue.archived_at.is_some(),
                like: like(venue, &all).map(venue_name),
                version: venue.version,
            })
            .collect(),
    };
    let merge = editing.and_then(|(venue, _)| merge_view(venue, &all));
    let words = |new: &str, edit: &str| t(locale, if editing.is_some() { edit } else { new });
    let page = VenuesPage {
        heading: words("venues-title", "venues-edit-title"),
        lead: words("venues-lead", "venues-edit-lead"),
        action: editing.map_or_else(
            || LIST.to_owned(),
            |(venue, _)| format!("{LIST}/{}", venue.id),
        ),
        submit: words("venues-add-do", "forums-save"),
        back_href: if editing.is_some() {
            LIST
        } else {
            "/kerja/forum"
        },
        back_label: words("forums-title", "venues-title"),
        version: editing.map(|(_, version)| version),
        rows,
        form,
        merge,
        errors,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(None, status, &page)
}

#[handler]
async fn list_venues(SignedIn(ctx): SignedIn) -> Result<Response> {
    let form = fields(&units(&ctx).await?);
    page_of(&ctx, None, form, &[]).await
}

#[handler]
async fn add_venue(SignedIn(ctx): SignedIn, form: Form) -> Result<Response> {
    let units = units(&ctx).await?;
    let chosen = units
        .iter()
        .find(|(id, _)| id.to_string() == form.get("unit"));
    let added = match (chosen.or(units.first()), parsed(&form)) {
        (Some((unit, _)), Ok(fields)) => {
            venues::add(&ctx, *unit, fields, form.is_on(CERTAIN)).await
        }
        (None, Ok(_)) => Err(Error::Forbidden),
        (_, Err(error)) => Err(error),
    };
    match added {
        Ok(()) => Ok(ctx.redirect_with(LIST, FlashKind::Ok, &Message::new("venues-added"))),
        Err(Error::Invalid(faults)) => {
            page_of(&ctx, None, fields(&units).typed(&form), &faults).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn edit_venue(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let venue = venues::get(&ctx, VenueId::parse(&id)?).await?;
    let form = fields(&[])
        .with("name", &venue.name)
        .with("room", &venue.room)
        .with("address", &venue.address);
    page_of(&ctx, Some((&venue, venue.version)), form, &[]).await
}

#[handler]
async fn change_venue(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let venue = venues::get(&ctx, VenueId::parse(&id)?).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let changed = match parsed(&form) {
        Ok(fields) => venues::change(&ctx, venue.id, version, fields).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(ctx.redirect_with(LIST, FlashKind::Ok, &Message::new("venues-changed"))),
        Err(Error::Invalid(faults)) => {
            let typed = fields(&[]).typed(&form);
            page_of(&ctx, Some((&venue, version)), typed, &faults).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn archive_venue(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let venue = venues::get(&ctx, VenueId::parse(&id)?).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let archived = venue.archived_at.is_none();
    venues::archive(&ctx, venue.id, version, archived).await?;
    let key = if archived {
        "venues-archived"
    } else {
        "venues-restored"
    };
    Ok(ctx.redirect_with(LIST, FlashKind::Ok, &Message::new(key)))
}

#[handler]
async fn merge_venue(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let venue = venues::get(&ctx, VenueId::parse(&id)?).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let into = VenueId::parse(form.get("into"))
        .map_err(|_| Error::field("into", Message::new("field-choose")))?;
    let moved = venue_twins::merge(&ctx, venue.id, version, into).await?;
    let message = Message::new("venues-merged").with("count", moved);
    Ok(ctx.redirect_with(LIST, FlashKind::Ok, &message))
}
