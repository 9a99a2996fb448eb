//! Ticking contacts of the book onto the list of recipients.

use poem::{
    Response, Route, get, handler,
    web::{Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{import, recipient_list, store};
use crate::{
    access::SignedIn,
    contacts::{self, Contact, ContactId, Wanted},
    forums::ForumId,
    organisation,
    platform::{
        error::{Error, Result},
        i18n::{Locale, Message, t},
        web::{cookies::FlashKind, forms::Form, pages::Page},
    },
};

pub fn routes(route: Route) -> Route {
    route.at("/kerja/forum/:id/undangan/kontak", get(offer).post(take))
}

#[derive(Serialize)]
struct PickPage {
    action: String,
    back_href: String,
    q: String,
    rows: Vec<ContactView>,
    /// There are more than one page holds: searching finds the others.
    more: bool,
}

#[derive(Serialize)]
struct ContactView {
    id: String,
    addressee: String,
    institution: String,
    group: String,
    email: Option<String>,
    has_phone: bool,
    /// On the list already.
    taken: bool,
}

impl Page for PickPage {
    const TEMPLATE: &'static str = "invitations/pick";
    fn title(&self, locale: Locale) -> String {
        t(locale, "invitations-pick-title")
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

#[handler]
async fn offer(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let forum = import::writable(&ctx, ForumId::parse(&id)?).await?;
    let wanted = Wanted {
        words: asked.q.chars().take(100).collect(),
        unit: Some(forum.unit_id),
        ..Wanted::default()
    };
    let mut found = contacts::search(&ctx, &wanted).await?;
    let more = found.len() > contacts::PAGE;
    found.truncate(contacts::PAGE);
    let list = store::recipients(&ctx.app.db, &forum).await?;
    let known: Vec<String> = list
        .iter()
        .map(|row| contacts::spelling(&row.addressee, &row.organisation))
        .collect();
    let back = format!("/kerja/forum/{}/undangan", forum.id);
    let locale = ctx.locale();
    let page = PickPage {
        action: format!("{back}/kontak"),
        back_href: back,
        q: wanted.words,
        rows: found
            .into_iter()
            .map(|contact| view_of(contact, &known, locale))
            .collect(),
        more,
    };
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    ctx.page_in(&organisation::brand_of(&unit), &page)
}

fn view_of(contact: Contact, known: &[String], locale: Locale) -> ContactView {
    ContactView {
        id: contact.id.to_string(),
        addressee: contact.addressee(),
        group: contact.participant_group.label(locale),
        has_phone: contact.phone.is_some(),
        taken: known.contains(&contact.spelling),
        institution: contact.institution,
        email: contact.email,
    }
}

#[handler]
async fn take(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    crate::forums::get(&ctx, id, crate::access::Permission::ManageForum).await?;
    let picked = form.all("contact");
    let picked = picked.into_iter().map(ContactId::parse);
    let picked = picked.collect::<Result<Vec<_>>>()?;
    if picked.is_empty() {
        return Err(Error::field(
            "contact",
            Message::new("invitations-pick-none"),
        ));
    }
    let count = recipient_list::add_contacts(&ctx, id, &picked).await?;
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/undangan"),
        FlashKind::Ok,
        &Message::new("invitations-picked").with("count", count),
    ))
}
