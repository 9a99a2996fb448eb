//! An action made of an issue: the form of the action plan, filled in with what the issue says.

use poem::{
    Response, handler,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Serialize;

use super::{address, told};
use crate::{
    access::{Ctx, Permission, SignedIn},
    action_plans::{self, NewAction, PeopleLookup, SourceKind},
    issues::{
        entity::{
            IssueId,
            issue_voice::{Model as Voice, VoiceKind},
        },
        rules::{Move, State},
        service,
        views::{self, Detail},
    },
    organisation,
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
struct ActionPage {
    errors: Vec<ErrorLine>,
    fields: FormView,
    version: i32,
    /// A new action has no due day yet.
    due_fixed: Option<String>,
    code: String,
    title: String,
    voices: String,
    action: String,
    back_href: String,
}

impl Page for ActionPage {
    const TEMPLATE: &'static str = "issues/action";
    fn title(&self, locale: Locale) -> String {
        t(locale, "issue-action-title")
    }
}

/// Who hears of the promise: complaints, and those of topics. An element of the survey is nobody's voice, an input is told
/// at the forum.
fn voices(of: &Detail, locale: Locale) -> String {
    let hears = |voice: &&Voice| matches!(voice.kind, VoiceKind::Complaint | VoiceKind::Topic);
    let hearing = of.voices.iter().filter(hears).count();
    let words = match hearing {
        0 => Message::new("issue-action-voices-none"),
        _ => Message::new("issue-action-voices").with("count", hearing),
    };
    words.with("all", of.row.voices).text(locale)
}

async fn seen(ctx: &Ctx, id: &str) -> Result<Detail> {
    let detail = views::show(ctx, IssueId::parse(id)?).await?;
    ctx.require(Permission::ManageIssues, detail.unit.id)?;
    ctx.require(Permission::ManageActions, detail.unit.id)?;
    Ok(detail)
}

async fn page(ctx: &Ctx, of: &Detail, refused: Option<(&Form, Error)>) -> Result<Response> {
    let locale = ctx.locale();
    let issue = &of.row.issue;
    let mut fields = action_plans::form_fields(ctx, &of.unit)
        .await?
        .with("title", &issue.title)
        .with("description", &issue.words);
    let (mut status, mut errors, mut version) = (StatusCode::OK, Vec::new(), issue.version);
    if let Some((form, error)) = refused {
        let (code, faults, lines) = told(error, "title", locale)?;
        status = code;
        (fields, errors) = fields.typed(form).refused(&faults, locale);
        errors.extend(lines);
        // What was seen stays what is compared: a second editor is still told.
        version = form.get("version").parse().unwrap_or_default();
    }
    let page = ActionPage {
        errors,
        fields,
        version,
        due_fixed: None,
        code: issue.code.clone(),
        title: issue.title.clone(),
        voices: voices(of, locale),
        action: format!("{}/tindakan", address(issue.id)),
        back_href: address(issue.id),
    };
    ctx.page_of(None, status, &page)
}

/// Who is refused at the end reads so before they write: back to the issue, where what is missing is decided.
#[handler]
pub async fn new_action(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let of = seen(&ctx, &id).await?;
    let issue = &of.row.issue;
    if issue.state.after(Move::Act).is_err() {
        let key = match issue.state {
            State::Proposed => "issue-action-decide-first",
            _ => "issue-action-open-first",
        };
        let path = address(issue.id);
        return Ok(ctx.redirect_with(&path, FlashKind::Error, &Message::new(key)));
    }
    page(&ctx, &of, None).await
}

async fn read(ctx: &Ctx, of: &Detail, form: &Form, people: PeopleLookup) -> Result<NewAction> {
    let behind = [(SourceKind::Issue, of.row.issue.id.to_string())];
    let people = people(ctx, &behind).await?;
    let new = action_plans::read_form(ctx, &of.unit, form, &people).await?;
    let today = ctx.today_in(organisation::zone_of(&of.unit)?);
    if new.due_on < today {
        return Err(Error::field("due_on", Message::new("action-due-in-past")));
    }
    Ok(new)
}

#[handler]
pub async fn make_action(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    Data(people): Data<&PeopleLookup>,
    form: Form,
) -> Result<Response> {
    let of = seen(&ctx, &id).await?;
    let version = form.get("version").parse().unwrap_or_default();
    let made = match read(&ctx, &of, &form, *people).await {
        Ok(new) => service::make_action(&ctx, of.row.issue.id, Some(version), new).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(action) => Ok(ctx.redirect_with(
            &format!("/kerja/rencana-aksi/{action}"),
            FlashKind::Ok,
            &Message::new("issue-action-made"),
        )),
        Err(error) => page(&ctx, &of, Some((&form, error))).await,
    }
}
