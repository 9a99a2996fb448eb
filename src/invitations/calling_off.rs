//! The page on which a forum is called off: one that was announced is cancelled with a reason, a draft that nobody
//! heard of is deleted.

use poem::{
    Response, Route, get, handler,
    http::StatusCode,
    web::{Data, Path},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::Serialize;

use super::{
    entity::{letter, recipient, reminder},
    store, withdrawing,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    forums::{self, CallingOff, Forum, ForumId, LetGo, Stage},
    organisation,
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

pub fn routes(route: Route) -> Route {
    route.at("/kerja/forum/:id/batalkan", get(ask).post(call_off))
}

#[derive(Serialize)]
struct CallOffPage {
    action: String,
    back_href: String,
    forum_title: String,
    when: String,
    version: i32,
    /// Nobody was told of it: it is deleted.
    draft: bool,
    /// How many invitations are taken back, or how many lines of the list are deleted.
    lead: String,
    /// Promises of earlier forums that were to go on in this one, and what becomes of them.
    expected: Option<String>,
    form: FormView,
    errors: Vec<ErrorLine>,
}

impl Page for CallOffPage {
    const TEMPLATE: &'static str = "invitations/call_off";
    fn title(&self, locale: Locale) -> String {
        t(locale, heading(self.draft))
    }
}

fn heading(draft: bool) -> &'static str {
    if draft {
        "forums-delete"
    } else {
        "forums-cancel-forum"
    }
}

async fn page_of(
    ctx: &Ctx,
    forum: &Forum,
    (version, reason): (i32, &str),
    faults: &[FieldError],
    off: &CallingOff,
) -> Result<Response> {
    let locale = ctx.locale();
    let draft = forum.stage == Stage::Preparation;
    let unit = organisation::unit(&ctx.app.db, forum.unit_id).await?;
    let recipients = store::recipients(&ctx.app.db, forum).await?;
    let invited = recipients.iter().filter(|row| row.was_invited()).count();
    let lead = if draft {
        Message::new("forums-delete-lead").with("count", recipients.len())
    } else {
        Message::new("forums-cancel-lead").with("count", invited)
    };
    let form = FormView::new()
        .field("reason", true, 500)
        .with("reason", reason);
    let (form, errors) = form.refused(faults, locale);
    let page = CallOffPage {
        action: format!("/kerja/forum/{}/batalkan", forum.id),
        back_href: format!("/kerja/forum/{}", forum.id),
        forum_title: forum.title.clone(),
        when: forums::when_text(forum, organisation::zone_of(&unit)?, locale),
        version,
        draft,
        lead: lead.text(locale),
        expected: expected_text(ctx, forum, off).await?,
        form,
        errors,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(Some(&organisation::brand_of(&unit)), status, &page)
}

/// What becomes of the promises that were to go on here; none where there are none.
async fn expected_text(ctx: &Ctx, forum: &Forum, off: &CallingOff) -> Result<Option<String>> {
    let expected = (off.expected)(ctx, forum).await?;
    let key = match forum.stage {
        Stage::Preparation => "forums-delete-carried",
        _ => "forums-cancel-carried",
    };
    let message = Message::new(key).with("actions", expected.join("; "));
    Ok((!expected.is_empty()).then(|| message.text(ctx.locale())))
}

#[handler]
async fn ask(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(off): Data<&CallingOff>,
) -> Result<Response> {
    let forum = forums::get(&ctx, ForumId::parse(&id)?, Permission::ManageForum).await?;
    forums::may_edit(&forum)?;
    page_of(&ctx, &forum, (forum.version, ""), &[], off).await
}

#[handler]
async fn call_off(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(off): Data<&CallingOff>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let forum = forums::get(&ctx, id, Permission::ManageForum).await?;
    let version = form.get("version").parse().unwrap_or_default();
    // The form says which of the two was asked: a letter that was issued meanwhile makes no deleting of it.
    if form.get("what") == "delete" {
        delete_draft(&ctx, id, version, off.let_go).await?;
        let done = Message::new("forums-deleted");
        return Ok(ctx.redirect_with("/kerja/forum", FlashKind::Ok, &done));
    }
    let mut check = Check::new();
    let reason = check.text("reason", form.get("reason"), 5, 500);
    let done = match check.finish() {
        Ok(()) => withdrawing::cancel_forum(&ctx, id, version, reason, off.cancelled).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(done) => Ok(ctx.redirect_with(
            &format!("/kerja/forum/{id}"),
            FlashKind::Ok,
            &Message::new("forums-cancelled-flash")
                .with("count", done.withdrawn)
                .with("by_hand", done.by_hand),
        )),
        Err(Error::Invalid(faults)) => {
            page_of(&ctx, &forum, (version, form.get("reason")), &faults, off).await
        }
        Err(error) => Err(error),
    }
}

/// Deletes a draft with its letter and list. Nothing of them was ever sent, and nobody was told of it.
pub async fn delete_draft(ctx: &Ctx, id: ForumId, version: i32, let_go: LetGo) -> Result<()> {
    forums::get(ctx, id, Permission::ManageForum).await?;
    let tx = ctx.app.db.begin_write().await?;
    let forum = forums::hold(&tx, id).await?;
    forums::may_delete(&forum)?;
    let_go(&tx, ctx, &forum).await?;
    letter::Entity::delete_many()
        .filter(letter::Column::UnitId.eq(forum.unit_id))
        .filter(letter::Column::ForumId.eq(id))
        .exec(&tx)
        .await?;
    recipient::Entity::delete_many()
        .filter(recipient::Column::UnitId.eq(forum.unit_id))
        .filter(recipient::Column::ForumId.eq(id))
        .exec(&tx)
        .await?;
    reminder::Entity::delete_many()
        .filter(reminder::Column::UnitId.eq(forum.unit_id))
        .filter(reminder::Column::ForumId.eq(id))
        .exec(&tx)
        .await?;
    forums::delete_in(&tx, ctx, &forum, version).await?;
    tx.commit().await?;
    Ok(())
}
