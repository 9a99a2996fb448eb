//! One input: corrected with a reason, answered later, taken off the list.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    forms::version_of,
    input_pages::{choices, list_href, typed_of, words_of},
    inputs::{self, Uses},
    pages,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    calendar::dates,
    forums::{self, Forum, ForumId, ForumInput, ForumInputId},
    organisation,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            cookies::FlashKind,
            forms::{ErrorLine, Form, FormView, OptionView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/forum/:id/masukan/:input",
            get(show_input).post(change_input),
        )
        .at("/kerja/forum/:id/masukan/:input/hapus", post(remove_input))
}

#[derive(Serialize)]
struct InputPage {
    back_href: String,
    action: String,
    version: i32,
    code: String,
    origin: Option<String>,
    origin_href: Option<String>,
    /// Why its words stay as they are.
    in_use: Option<String>,
    form: FormView,
    removal: FormView,
    changes: Vec<ChangeView>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct ChangeView {
    title: String,
    when: String,
    who: String,
    text: String,
    kind: &'static str,
}

impl Page for InputPage {
    const TEMPLATE: &'static str = "minutes/input";
    fn title(&self, locale: Locale) -> String {
        Message::new("minutes-input-title")
            .with("code", &self.code)
            .text(locale)
    }
}

fn kept(view: FormView, input: &ForumInput) -> FormView {
    let about = match (&input.element, &input.component) {
        (Some(id), _) => format!("element:{id}"),
        (None, Some(code)) => format!("component:{code}"),
        (None, None) => String::new(),
    };
    let speaker = input.attendance_id.map(|id| id.to_string());
    view.with("text", &input.text)
        .with("attendance", speaker.unwrap_or_default())
        .with("raised_by_group", input.raised_by_group.code())
        .with("about", about)
        .with("service", input.service.clone().unwrap_or_default())
        .with(
            "agenda",
            input.agenda_id.map(|id| id.to_string()).unwrap_or_default(),
        )
        .with("answer", input.answer.clone().unwrap_or_default())
}

fn in_use(uses: &Uses, locale: Locale) -> Option<String> {
    let points = uses.points.iter().map(|number| {
        Message::new("minutes-input-point")
            .with("number", *number)
            .text(locale)
    });
    let what: Vec<String> = points.chain(uses.actions.iter().cloned()).collect();
    uses.any().then(|| {
        Message::new("minutes-input-in-use")
            .with("what", what.join(", "))
            .text(locale)
    })
}

async fn input_page(
    ctx: &Ctx,
    forum: &Forum,
    input: &ForumInput,
    typed: Option<(&Form, &[FieldError])>,
) -> Result<Response> {
    let locale = ctx.locale();
    let db = &ctx.app.db;
    let choices = choices(ctx, forum).await?;
    let zone = organisation::zone_of(&organisation::unit(db, forum.unit_id).await?)?;
    let mut view = choices.form(locale).field("reason", false, 300);
    // Who was checked out again since is still the one who said it.
    if let (Some(id), Some(field)) = (input.attendance_id, view.fields.get_mut("attendance"))
        && !field.options.iter().any(|one| one.value == id.to_string())
    {
        field.options.push(OptionView {
            value: id.to_string(),
            label: input.speaker.clone(),
            ..Default::default()
        });
    }
    let removal = FormView::new().field("remove_reason", true, 300);
    let (view, removal, faults, version) = match typed {
        Some((form, faults)) => (
            view.typed(form),
            removal.typed(form),
            faults,
            version_of(form),
        ),
        None => (kept(view, input), removal, &[][..], input.version),
    };
    let (form, errors) = view.refused(faults, locale);
    let (removal, _) = removal.refused(faults, locale);
    let changes = forums::input_changes(db, input.id).await?;
    let page = InputPage {
        back_href: list_href(forum.id),
        action: format!("{}/{}", list_href(forum.id), input.id),
        version,
        code: input.code.clone(),
        origin: input.origin.clone(),
        origin_href: input.origin_href.clone(),
        in_use: in_use(&inputs::uses(db, forum, input.id).await?, locale),
        form,
        removal,
        changes: changes
            .into_iter()
            .map(|change| ChangeView {
                title: t(locale, "minutes-input-before"),
                when: dates::date_time(&change.at.with_timezone(&zone), locale),
                who: change.by_name,
                text: match change.reason.as_str() {
                    "" => change.before,
                    reason => {
                        let reason = Message::new("minutes-input-because").with("reason", reason);
                        format!("{}\n{}", change.before, reason.text(locale))
                    }
                },
                kind: "plain",
            })
            .collect(),
        errors,
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let brand = organisation::brand(db, forum.unit_id).await?;
    ctx.page_of(Some(&brand), status, &page)
}

/// The forum and one of its inputs, for who may write.
async fn own(ctx: &Ctx, id: &str, input: &str) -> Result<(Forum, ForumInput)> {
    let forum = forums::work_at(ctx, ForumId::parse(id)?, Permission::TakeNotes).await?;
    let input = forums::input_of(&ctx.app.db, &forum, ForumInputId::parse(input)?).await?;
    Ok((forum, input))
}

#[handler]
async fn show_input(
    SignedIn(ctx): SignedIn,
    Path((id, input)): Path<(String, String)>,
) -> Result<Response> {
    let (forum, input) = own(&ctx, &id, &input).await?;
    input_page(&ctx, &forum, &input, None).await
}

#[handler]
async fn change_input(
    SignedIn(ctx): SignedIn,
    Path((id, input)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (forum, input) = own(&ctx, &id, &input).await?;
    let mut check = Check::new();
    let reason = check.optional("reason", form.get("reason"), 300);
    let changed = match (check.finish(), typed_of(&form)) {
        (Ok(()), Ok(typed)) => {
            let reason = reason.unwrap_or_default();
            inputs::change(&ctx, forum.id, input.id, typed, reason, version_of(&form)).await
        }
        (Err(fault), _) | (_, Err(fault)) => Err(fault),
    };
    match changed {
        Ok(()) => {
            let done = Message::new("minutes-input-changed").with("code", input.code);
            Ok(pages::saved(
                &ctx,
                &list_href(forum.id),
                &done,
                &words_of(&form),
            ))
        }
        Err(Error::Invalid(faults)) => {
            input_page(&ctx, &forum, &input, Some((&form, &faults))).await
        }
        Err(error) => Err(error),
    }
}

#[handler]
async fn remove_input(
    SignedIn(ctx): SignedIn,
    Path((id, input)): Path<(String, String)>,
    form: Form,
) -> Result<Response> {
    let (forum, input) = own(&ctx, &id, &input).await?;
    let mut check = Check::new();
    let reason = check.text("remove_reason", form.get("remove_reason"), 5, 300);
    let removed = match check.finish() {
        Ok(()) => inputs::remove(&ctx, forum.id, input.id, reason, version_of(&form)).await,
        Err(fault) => Err(fault),
    };
    match removed {
        Ok(()) => Ok(ctx.redirect_with(
            &list_href(forum.id),
            FlashKind::Ok,
            &Message::new("minutes-input-removed").with("code", input.code),
        )),
        Err(Error::Invalid(faults)) => {
            let kept = kept_form(&input, &form);
            input_page(&ctx, &forum, &input, Some((&kept, &faults))).await
        }
        Err(error) => Err(error),
    }
}

/// The other form of the page as it was, when only the reason is wrong.
fn kept_form(input: &ForumInput, sent: &Form) -> Form {
    let view = kept(
        FormView::new()
            .field("text", true, 0)
            .field("attendance", false, 0)
            .field("raised_by_group", false, 0)
            .field("about", false, 0)
            .field("service", false, 0)
            .field("answer", false, 0)
            .field("looked", false, 0),
        input,
    );
    let mut values: Vec<(&str, &str)> = view
        .fields
        .iter()
        .map(|(name, field)| (*name, field.value.as_str()))
        .collect();
    values.push(("remove_reason", sent.get("remove_reason")));
    values.push(("version", sent.get("version")));
    Form::of(&values)
}
