//! What is done with an issue: forms that lead back to its page.

use poem::{
    Response, handler,
    web::{Data, Path},
};

use super::{show, to_issue};
use crate::{
    access::{Ctx, Permission, SignedIn},
    action_plans::{ActionItemId, SourceLookup},
    issues::{
        entity::{IssueId, issue_voice::VoiceKind},
        reading,
        service::{self, Typed},
        voices,
    },
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::Message,
        web::forms::Form,
    },
};

fn version(form: &Form) -> Option<i32> {
    Some(form.get("version").parse().unwrap_or_default())
}

/// Back to the issue: with the news, or with the form and its faults.
async fn answered(
    ctx: &Ctx,
    id: IssueId,
    form: &Form,
    done: Result<()>,
    key: &str,
) -> Result<Response> {
    match done {
        Ok(()) => Ok(to_issue(ctx, id, key)),
        Err(error @ (Error::Invalid(_) | Error::Rule { .. })) => {
            show::page(ctx, id, form.get("q"), Some((form, error))).await
        }
        Err(error) => Err(error),
    }
}

/// Who may not do this here is told so before anything about the form is; an issue of others does not exist.
async fn allowed(ctx: &Ctx, id: &str, permission: Permission) -> Result<IssueId> {
    let id = IssueId::parse(id)?;
    service::allowed(ctx, id, permission).await?;
    Ok(id)
}

/// The reason of a decision; each form calls its field by what it decides.
fn reason(form: &Form, field: &str) -> Result<String> {
    let mut check = Check::new();
    let reason = reading::reason_in(&mut check, field, form.get(field));
    check.finish()?;
    Ok(reason)
}

#[handler]
pub async fn open(SignedIn(ctx): SignedIn, Path(id): Path<String>, form: Form) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageIssues).await?;
    let done = match reason(&form, "reason") {
        Ok(reason) => service::open(&ctx, id, version(&form), reason).await,
        Err(error) => Err(error),
    };
    answered(&ctx, id, &form, done, "issue-opened").await
}

#[handler]
pub async fn refuse(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::DecideIssue).await?;
    let done = match reason(&form, "refuse_reason") {
        Ok(reason) => service::refuse(&ctx, id, version(&form), reason).await,
        Err(error) => Err(error),
    };
    answered(&ctx, id, &form, done, "issue-refused").await
}

#[handler]
pub async fn resolve(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::DecideIssue).await?;
    let done = match reason(&form, "resolve_reason") {
        Ok(reason) => service::resolve(&ctx, id, version(&form), reason).await,
        Err(error) => Err(error),
    };
    answered(&ctx, id, &form, done, "issue-resolved").await
}

#[handler]
pub async fn offer(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageIssues).await?;
    let offered = form.get("offered") == "true";
    let done = service::offer(&ctx, id, version(&form), offered).await;
    let key = if offered {
        "issue-offered"
    } else {
        "issue-offer-withdrawn"
    };
    answered(&ctx, id, &form, done, key).await
}

#[handler]
pub async fn change(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageIssues).await?;
    let mut check = Check::new();
    let typed: Typed = reading::typed(&mut check, form.get("title"), form.get("words"));
    let done = match check.finish() {
        Ok(()) => {
            let version = version(&form).unwrap_or_default();
            service::change(&ctx, id, version, typed).await
        }
        Err(error) => Err(error),
    };
    answered(&ctx, id, &form, done, "issue-changed").await
}

#[handler]
pub async fn link_action(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageIssues).await?;
    let done = match ActionItemId::parse(form.get("action")) {
        Ok(action) => service::link_action(&ctx, id, version(&form), action).await,
        Err(_) => Err(Error::field("action", Message::new("field-choose"))),
    };
    answered(&ctx, id, &form, done, "issue-action-linked").await
}

#[handler]
pub async fn link_voice(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(lookup): Data<&SourceLookup>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageIssues).await?;
    let kind = VoiceKind::parse(form.get("kind")).ok_or(Error::NotFound)?;
    let linked = match voices::resolve(
        &ctx,
        *lookup,
        (kind, form.get("source"), form.get("period")),
    )
    .await
    {
        Ok(voice) => voices::link(&ctx, id, voice).await,
        Err(Error::NotFound) => Err(Error::field("q", Message::new("action-source-unknown"))),
        Err(error) => Err(error),
    };
    let key = match linked {
        Ok(false) => "issue-voice-linked-before",
        _ => "issue-voice-linked",
    };
    answered(&ctx, id, &form, linked.map(|_| ()), key).await
}

#[handler]
pub async fn unlink_voice(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageIssues).await?;
    let row = form
        .get("voice")
        .parse::<uuid::Uuid>()
        .map_err(|_| Error::NotFound)?;
    let done = voices::unlink(&ctx, id, row).await;
    answered(&ctx, id, &form, done, "issue-voice-unlinked").await
}
