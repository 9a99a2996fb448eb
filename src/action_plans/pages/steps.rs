//! What is done with an action item: forms that lead back to its page.

use poem::{
    Response, handler,
    web::{Data, Path},
};

use super::{LIST, form::look_first, show};
use crate::{
    access::{Ctx, Permission, SignedIn},
    action_plans::{
        ActionItemId, MilestoneId, NewMilestone, PeopleLookup, SourceKind, SourceLookup,
        links::people_behind,
        milestones,
        service::{self, Report},
    },
    audit,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::Message,
        web::{cookies::FlashKind, forms::Form},
    },
};

fn version(form: &Form) -> i32 {
    form.get("version").parse().unwrap_or_default()
}

/// Who may not do this here is told so before anything about the form is; an item of others does not exist.
pub async fn allowed(ctx: &Ctx, id: &str, permission: Permission) -> Result<ActionItemId> {
    let id = ActionItemId::parse(id)?;
    service::allowed(ctx, id, permission).await?;
    Ok(id)
}

/// Back to the item: with the news, with the rule that refused it, or with the form and its faults.
pub async fn answered(
    ctx: &Ctx,
    id: ActionItemId,
    form: &Form,
    done: Result<()>,
    key: &str,
) -> Result<Response> {
    let path = format!("{LIST}/{id}");
    match done {
        Ok(()) => Ok(ctx.redirect_with(&path, FlashKind::Ok, &Message::new(key))),
        Err(Error::Invalid(faults)) => show::again(ctx, id, Some(form), &faults).await,
        Err(Error::Rule { message, .. }) => {
            let fault = FieldError {
                field: "finish".to_owned(),
                message,
            };
            show::again(ctx, id, Some(form), &[fault]).await
        }
        Err(error) => Err(error),
    }
}

pub fn read_report(form: &Form) -> Result<Report> {
    let mut check = Check::new();
    let note = check.text("note", form.get("note"), 5, 2000);
    let milestone = match form.get("milestone") {
        "" => None,
        text => check.choice("milestone", text, |id| MilestoneId::parse(id).ok()),
    };
    let happened_on = match form.get("happened_on") {
        "" => None,
        text => Some(check.date("happened_on", text)),
    };
    let link = check.web_address("link", form.get("link"));
    let uploads = form.files.iter().filter(|file| file.field == "files");
    let uploads: Vec<(String, Vec<u8>)> = uploads
        .map(|file| (file.name.clone(), file.bytes.clone()))
        .collect();
    if uploads.len() > 10 {
        check.fault("files", Message::new("action-too-many-files"));
    }
    check.finish()?;
    Ok(Report {
        note,
        milestone,
        happened_on,
        files: Vec::new(),
        uploads,
        links: link.into_iter().collect(),
    })
}

#[handler]
pub async fn report_progress(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ReportProgress).await?;
    let done = match read_report(&form) {
        Ok(report) => service::report(&ctx, id, Some(version(&form)), report).await,
        Err(error) => Err(error),
    };
    answered(&ctx, id, &form, done, "action-progress-saved").await
}

#[handler]
pub async fn finish_item(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::FinishAction).await?;
    let done = service::finish(&ctx, id, Some(version(&form))).await;
    answered(&ctx, id, &form, done, "action-finished").await
}

#[handler]
pub async fn verify_item(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::VerifyAction).await?;
    let done = service::verify(&ctx, id, Some(version(&form))).await;
    answered(&ctx, id, &form, done, "action-verified").await
}

fn reason(form: &Form) -> Result<String> {
    let mut check = Check::new();
    let reason = check.text("reason", form.get("reason"), 5, 500);
    check.finish()?;
    Ok(reason)
}

#[handler]
pub async fn send_item_back(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::VerifyAction).await?;
    let done = match reason(&form) {
        Ok(reason) => service::send_back(&ctx, id, version(&form), reason).await,
        Err(error) => Err(error),
    };
    answered(&ctx, id, &form, done, "action-sent-back").await
}

/// Whether the caller gave it up already, for the same reason: the button was pressed twice.
async fn cancelled_before(ctx: &Ctx, id: ActionItemId, reason: &str) -> Result<bool> {
    let last = audit::last(&ctx.app.db, service::THING, id.0).await?;
    Ok(last.is_some_and(|last| {
        last.verb == "action.cancelled"
            && last.person_id.is_some()
            && last.person_id == ctx.person_id()
            && last.data["reason"] == reason
    }))
}

#[handler]
pub async fn cancel_item(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(people): Data<&PeopleLookup>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageActions).await?;
    let people = people_behind(&ctx, *people, id).await?;
    let mut check = Check::new();
    let reason = check.text("cancel_reason", form.get("cancel_reason"), 5, 500);
    let looked = check
        .finish()
        .and_then(|()| look_first((&form, "cancel_looked"), &[&reason], &people));
    let done = match looked {
        Ok(()) => service::cancel(&ctx, id, version(&form), reason.clone()).await,
        Err(error) => Err(error),
    };
    let done = match done {
        Err(error) if error.is_conflict() && cancelled_before(&ctx, id, &reason).await? => Ok(()),
        done => done,
    };
    answered(&ctx, id, &form, done, "action-cancelled").await
}

#[handler]
pub async fn add_link(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(lookup): Data<&SourceLookup>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageActions).await?;
    let mut check = Check::new();
    let kind = check.choice("kind", form.get("kind"), SourceKind::parse);
    let source = check.line("source", form.get("source"), 1, 100);
    let done = match (check.finish(), kind) {
        (Ok(()), Some(kind)) => link(&ctx, id, *lookup, kind, &source).await,
        (Err(error), _) => Err(error),
        (Ok(()), None) => Err(Error::NotFound),
    };
    answered(&ctx, id, &form, done, "action-link-added").await
}

async fn link(
    ctx: &Ctx,
    id: ActionItemId,
    lookup: SourceLookup,
    kind: SourceKind,
    source: &str,
) -> Result<()> {
    match lookup(ctx, kind, source).await {
        Ok(source) => service::add_source(ctx, id, source).await,
        Err(Error::NotFound) => Err(Error::field(
            "source",
            Message::new("action-source-unknown"),
        )),
        Err(error) => Err(error),
    }
}

#[handler]
pub async fn remove_link(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageActions).await?;
    let kind = SourceKind::parse(form.get("kind")).ok_or(Error::NotFound)?;
    let done = service::remove_source(&ctx, id, kind, form.get("source")).await;
    answered(&ctx, id, &form, done, "action-link-removed").await
}

#[handler]
pub async fn add_milestone(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(people): Data<&PeopleLookup>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageActions).await?;
    let people = people_behind(&ctx, *people, id).await?;
    let mut check = Check::new();
    let new = NewMilestone {
        title: check.line("milestone_title", form.get("milestone_title"), 3, 160),
        due_on: check.date("milestone_due_on", form.get("milestone_due_on")),
    };
    let looked = check
        .finish()
        .and_then(|()| look_first((&form, "milestone_looked"), &[&new.title], &people));
    let done = match looked {
        Ok(()) => milestones::add(&ctx, id, Some(version(&form)), new)
            .await
            .map(|_| ()),
        Err(error) => Err(error),
    };
    answered(&ctx, id, &form, done, "action-milestone-added").await
}

#[handler]
pub async fn remove_milestone(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageActions).await?;
    let step = MilestoneId::parse(form.get("milestone"))?;
    let done = milestones::remove(&ctx, id, version(&form), step).await;
    answered(&ctx, id, &form, done, "action-milestone-removed").await
}

#[handler]
pub async fn extend(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(people): Data<&PeopleLookup>,
    form: Form,
) -> Result<Response> {
    let id = allowed(&ctx, &id, Permission::ManageActions).await?;
    let people = people_behind(&ctx, *people, id).await?;
    let mut check = Check::new();
    let due_on = check.date("new_due_on", form.get("new_due_on"));
    let reason = check.text("extend_reason", form.get("extend_reason"), 5, 500);
    let looked = check
        .finish()
        .and_then(|()| look_first((&form, "extend_looked"), &[&reason], &people));
    let done = match looked {
        Ok(()) => milestones::extend(&ctx, id, Some(version(&form)), (due_on, reason)).await,
        Err(error) => Err(error),
    };
    answered(&ctx, id, &form, done, "action-extended").await
}
