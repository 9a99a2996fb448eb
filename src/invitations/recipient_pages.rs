//! One line of the list of recipients as a form.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    Recipient, RecipientFields, RecipientId,
    handing_pages::{self, HandingView},
    recipient_list, remark,
    rules::{self, LetterState},
    service::{self, Bundle},
    twins, withdrawing,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    contacts,
    forums::{self, ForumId, Group},
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
    route
        .at(
            "/kerja/forum/:id/undangan/penerima/baru",
            get(new_line).post(add_line),
        )
        .at(
            "/kerja/forum/:id/undangan/penerima/:line",
            get(edit_line).post(change_line),
        )
        .at(
            "/kerja/forum/:id/undangan/penerima/:line/hapus",
            post(remove_line),
        )
        .at(
            "/kerja/forum/:id/undangan/penerima/:line/tarik",
            post(withdraw_line),
        )
}

#[derive(Serialize)]
struct RecipientPage {
    action: String,
    back_href: String,
    heading: String,
    /// The letter was issued: only the address may still change.
    frozen: bool,
    remove_action: Option<String>,
    /// The invitation went out, so the line cannot go: it is taken back.
    withdraw_action: Option<String>,
    /// How the invitation can be brought by hand.
    handing: Option<HandingView>,
    /// For those without an address: the link to hand over on paper.
    answer_url: Option<String>,
    /// Of the line that the form was filled from; none for a new one.
    version: Option<i32>,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for RecipientPage {
    const TEMPLATE: &'static str = "invitations/recipient";
    fn title(&self, _: Locale) -> String {
        self.heading.clone()
    }
}

fn empty_form(locale: Locale) -> FormView {
    // Nobody is of the first group only because it stands first.
    let choose = (String::new(), t(locale, "invitations-choose-group"));
    let groups = Group::all()
        .into_iter()
        .map(|group| (group.code(), group.label(locale)));
    let groups = std::iter::once(choose).chain(groups);
    FormView::new()
        .field("addressee", true, 200)
        .field("organisation", true, 200)
        .choice("participant_group", true, groups.collect())
        .field("quota", true, 0)
        .field("note", false, 100)
        .field("email", false, 254)
        .field("phone", false, 40)
        .field("keep", false, 0)
        .field(twins::FIELD, false, 0)
        .with("quota", "1")
        .with("note", "1 (satu) orang")
}

async fn page_of(
    ctx: &Ctx,
    bundle: &Bundle,
    known: Option<&Recipient>,
    form: FormView,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let mut spellings = contacts::institutions(&ctx.app.db, bundle.unit.id).await?;
    spellings.extend(bundle.recipients.iter().map(|row| row.organisation.clone()));
    let form = form.suggesting("organisation", spellings);
    let (form, errors) = form.refused(faults, locale);
    let base = format!("/kerja/forum/{}/undangan", bundle.forum.id);
    let frozen = rules::may_change(bundle.state()).is_err();
    let line = known.map_or_else(|| "baru".to_owned(), |known| known.id.to_string());
    let page = RecipientPage {
        action: format!("{base}/penerima/{line}"),
        heading: known.map_or_else(
            || t(locale, "invitations-recipient-new"),
            |known| known.addressee.clone(),
        ),
        remove_action: known
            .filter(|known| !frozen && !known.was_invited())
            .map(|known| format!("{base}/penerima/{}/hapus", known.id)),
        withdraw_action: known
            .filter(|known| known.was_invited())
            .map(|known| format!("{base}/penerima/{}/tarik", known.id)),
        handing: match known {
            Some(known) => handing_pages::view(ctx, bundle, known).await?,
            None => None,
        },
        answer_url: known
            .filter(|_| bundle.state() != LetterState::Draft)
            .map(|known| recipient_list::answer_url(&ctx.app, known))
            .transpose()?,
        version: known.map(|known| known.version),
        back_href: base,
        frozen,
        form,
        errors,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(Some(&organisation::brand_of(&bundle.unit)), status, &page)
}

#[handler]
async fn new_line(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let bundle = service::bundle(&ctx, ForumId::parse(&id)?, Permission::ManageForum).await?;
    forums::may_call_in(&bundle.forum, bundle.zone, ctx.now)?;
    page_of(&ctx, &bundle, None, empty_form(ctx.locale()), &[]).await
}

/// What was typed; a remark that counts others than the number is asked about, unless the line stood so before.
fn typed(form: &Form, known: Option<&Recipient>) -> Result<RecipientFields> {
    let fields = RecipientFields::parse(form)?;
    let note = form.get("note");
    let stood = known.is_some_and(|row| row.note == note && row.quota == fields.quota);
    match remark::asked(note, fields.quota).filter(|_| !stood) {
        None => Ok(fields),
        Some(says) => {
            let message = Message::new("invitations-note-differs")
                .with("says", says)
                .with("quota", fields.quota);
            Err(Error::field("note", message))
        }
    }
}

#[handler]
async fn add_line(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let bundle = service::bundle(&ctx, id, Permission::ManageForum).await?;
    let added = match typed(&form, None) {
        Ok(fields) => {
            let (keep, certain) = (form.is_on("keep"), form.is_on(twins::FIELD));
            recipient_list::add_recipient(&ctx, id, fields, keep, certain).await
        }
        Err(error) => Err(error),
    };
    answer(&ctx, &bundle, None, &form, added).await
}

#[handler]
async fn edit_line(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
) -> Result<Response> {
    let bundle = service::bundle(&ctx, ForumId::parse(&id)?, Permission::ManageForum).await?;
    let line = RecipientId::parse(&line)?;
    let known = recipient_list::recipient_of(&ctx, &bundle.forum, line).await?;
    let form = empty_form(ctx.locale())
        .with("addressee", &known.addressee)
        .with("organisation", &known.organisation)
        .with("participant_group", known.participant_group.code())
        .with("quota", known.quota.to_string())
        .with("note", &known.note)
        .with("email", known.email.clone().unwrap_or_default())
        .with(
            "phone",
            recipient_list::phone_of(&ctx.app, &known)?.unwrap_or_default(),
        );
    page_of(&ctx, &bundle, Some(&known), form, &[]).await
}

#[handler]
async fn change_line(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (id, line) = (ForumId::parse(&id)?, RecipientId::parse(&line)?);
    let bundle = service::bundle(&ctx, id, Permission::ManageForum).await?;
    let seen = version(&form);
    let known = Recipient {
        version: seen,
        ..recipient_list::recipient_of(&ctx, &bundle.forum, line).await?
    };
    let changed = match typed(&form, Some(&known)) {
        Ok(fields) => {
            let certain = form.is_on(twins::FIELD);
            recipient_list::change_recipient(&ctx, id, (line, seen), fields, certain).await
        }
        Err(error) => Err(error),
    };
    answer(&ctx, &bundle, Some(&known), &form, changed).await
}

#[handler]
async fn remove_line(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let line = RecipientId::parse(&line)?;
    recipient_list::remove_recipient(&ctx, id, line, version(&form)).await?;
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/undangan"),
        FlashKind::Ok,
        &Message::new("invitations-recipient-removed"),
    ))
}

#[handler]
async fn withdraw_line(
    SignedIn(ctx): SignedIn,
    Path((id, line)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let line = RecipientId::parse(&line)?;
    let done = withdrawing::withdraw(&ctx, id, line, version(&form)).await;
    // Pressed twice: what was asked for is so.
    if let Err(error) = done
        && !(matches!(error, Error::NotFound) && withdrawing::is_withdrawn(&ctx, id, line).await?)
    {
        return Err(error);
    }
    Ok(ctx.redirect_with(
        &format!("/kerja/forum/{id}/undangan"),
        FlashKind::Ok,
        &Message::new("invitations-recipient-withdrawn"),
    ))
}

/// A form without a version was filled from no line that we know.
fn version(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or_default()
}

/// Back to the list, or the form again with its faults.
async fn answer(
    ctx: &Ctx,
    bundle: &Bundle,
    known: Option<&Recipient>,
    form: &Form,
    outcome: Result<()>,
) -> Result<Response> {
    match outcome {
        Ok(()) => Ok(ctx.redirect_with(
            &format!("/kerja/forum/{}/undangan", bundle.forum.id),
            FlashKind::Ok,
            &Message::new("invitations-recipient-saved"),
        )),
        Err(Error::Invalid(faults)) => {
            let typed = empty_form(ctx.locale()).typed(form);
            page_of(ctx, bundle, known, typed, &faults).await
        }
        Err(error) => Err(error),
    }
}
