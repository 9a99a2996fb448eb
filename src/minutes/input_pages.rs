//! Inputs as they are said: a form for the keyboard beside the list, and a page to correct one.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    forms::version_of,
    inputs::{self, Typed, Uses},
    rules::{self, Move},
    store,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    attendance::{self, AttendanceId, Attendee},
    calendar::dates,
    forums::{self, Forum, ForumId, ForumInput, ForumInputId, Group},
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
    standards::{self, ComponentKind},
    surveys::{self, Element},
};

pub fn routes(route: Route) -> Route {
    route
        .at(
            "/kerja/forum/:id/masukan",
            get(list_inputs).post(raise_input),
        )
        .at(
            "/kerja/forum/:id/masukan/:input",
            get(show_input).post(change_input),
        )
        .at("/kerja/forum/:id/masukan/:input/hapus", post(remove_input))
}

fn list_href(id: ForumId) -> String {
    format!("/kerja/forum/{id}/masukan")
}

/// What the choices of the form are made of.
struct Choices {
    present: Vec<Attendee>,
    elements: Vec<Element>,
    services: Vec<(String, String)>,
}

async fn choices(ctx: &Ctx, forum: &Forum) -> Result<Choices> {
    let db = &ctx.app.db;
    let services = standards::services(db, forum.unit_id).await?;
    Ok(Choices {
        present: attendance::present(db, forum).await?,
        elements: surveys::elements(db).await?,
        services: services
            .into_iter()
            .map(|(_, code, name)| (code, name))
            .collect(),
    })
}

impl Choices {
    fn element_name(&self, id: &str, locale: Locale) -> Option<String> {
        let element = self.elements.iter().find(|one| one.id == id)?;
        Some(match locale {
            Locale::Id => element.name_id.clone(),
            Locale::En => element.name_en.clone(),
        })
    }

    fn form(&self, locale: Locale) -> FormView {
        let none = |key: &str| std::iter::once((String::new(), t(locale, key)));
        let people = self.present.iter().map(|row| {
            let from = if row.organisation.is_empty() {
                row.participant_group.label(locale)
            } else {
                row.organisation.clone()
            };
            (row.id.to_string(), format!("{} — {from}", row.name))
        });
        let groups = Group::all()
            .into_iter()
            .map(|group| (group.code(), group.label(locale)));
        let elements = self.elements.iter().map(|one| {
            let name = self.element_name(&one.id, locale).unwrap_or_default();
            (
                format!("element:{}", one.id),
                format!("{} {name}", one.label),
            )
        });
        let components = ComponentKind::DELIVERY
            .into_iter()
            .chain(ComponentKind::BEHIND)
            .map(|kind| {
                let label = Message::new("minutes-input-component")
                    .with("name", kind.title(locale))
                    .text(locale);
                (format!("component:{}", kind.code()), label)
            });
        let about = none("minutes-input-about-none")
            .chain(elements)
            .chain(components);
        let services = none("minutes-input-service-none").chain(self.services.iter().cloned());
        FormView::new()
            .field("text", true, 1000)
            .choice(
                "attendance",
                false,
                none("minutes-input-speaker-none").chain(people).collect(),
            )
            .choice(
                "raised_by_group",
                false,
                none("minutes-input-group-none").chain(groups).collect(),
            )
            .choice("about", false, about.collect())
            .choice("service", false, services.collect())
            .field("answer", false, 1000)
    }
}

#[derive(Serialize)]
struct InputsPage {
    forum_title: String,
    forum_href: String,
    minutes_href: String,
    action: Option<String>,
    /// Why nothing is written down any more.
    frozen: Option<String>,
    nobody: bool,
    counted: String,
    inputs: Vec<InputView>,
    form: FormView,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct InputView {
    code: String,
    text: String,
    speaker: String,
    group: String,
    about: String,
    answer: String,
    open: bool,
    edit_href: Option<String>,
}

impl Page for InputsPage {
    const TEMPLATE: &'static str = "minutes/inputs";
    fn title(&self, locale: Locale) -> String {
        t(locale, "forums-inputs-title")
    }
}

fn about(choices: &Choices, input: &ForumInput, locale: Locale) -> String {
    let element = input.element.as_deref();
    let element = element.and_then(|id| choices.element_name(id, locale));
    let component = input.component.as_deref().and_then(inputs::component);
    let service = choices
        .services
        .iter()
        .find(|(code, _)| Some(code) == input.service.as_ref())
        .map(|(_, name)| name.clone());
    [element, component.map(|kind| kind.title(locale)), service]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

async fn inputs_page(
    ctx: &Ctx,
    forum: &Forum,
    typed: Option<&Form>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let db = &ctx.app.db;
    let choices = choices(ctx, forum).await?;
    let may = ctx.may(Permission::ManageForum, forum.unit_id);
    let head = store::newest(db, forum.id).await?;
    let frozen = head.is_some_and(|head| rules::after(head.status, Move::Change).is_err());
    let rows = forums::inputs(db, forum).await?;
    let open = rows.iter().filter(|input| input.answer.is_none()).count();
    let href = list_href(forum.id);
    let view = choices.form(locale);
    let view = match typed {
        Some(form) => view.typed(form),
        None => view,
    };
    let (form, errors) = view.refused(faults, locale);
    let page = InputsPage {
        forum_title: forum.title.clone(),
        forum_href: format!("/kerja/forum/{}", forum.id),
        minutes_href: format!("/kerja/forum/{}/notulen", forum.id),
        action: (may && !frozen).then(|| href.clone()),
        frozen: (may && frozen).then(|| t(locale, "minutes-inputs-frozen")),
        nobody: choices.present.is_empty(),
        counted: Message::new("minutes-inputs-count")
            .with("count", rows.len())
            .with("open", open)
            .text(locale),
        inputs: rows
            .iter()
            .rev()
            .map(|input| InputView {
                code: input.code.clone(),
                text: input.text.clone(),
                speaker: input.speaker.clone(),
                group: input.raised_by_group.label(locale),
                about: about(&choices, input, locale),
                answer: input.answer.clone().unwrap_or_default(),
                open: input.answer.is_none(),
                edit_href: (may && !frozen).then(|| format!("{href}/{}", input.id)),
            })
            .collect(),
        form,
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

fn typed_of(form: &Form) -> Result<Typed> {
    let mut check = Check::new();
    let text = check.text("text", form.get("text"), 5, 1000);
    let chosen = |name: &str| {
        let raw = form.get(name).trim();
        (!raw.is_empty()).then(|| raw.to_owned())
    };
    let speaker = chosen("attendance")
        .and_then(|raw| check.choice("attendance", &raw, |raw| AttendanceId::parse(raw).ok()));
    let group = chosen("raised_by_group")
        .and_then(|raw| check.choice("raised_by_group", &raw, Group::parse));
    let answer = check.optional("answer", form.get("answer"), 1000);
    check.finish()?;
    Ok(Typed {
        speaker,
        group,
        text,
        about: chosen("about"),
        service: chosen("service"),
        answer,
    })
}

#[handler]
async fn list_inputs(SignedIn(ctx): SignedIn, Path(id): Path<String>) -> Result<Response> {
    let forum = forums::get(&ctx, ForumId::parse(&id)?, Permission::ViewForums).await?;
    inputs_page(&ctx, &forum, None, &[]).await
}

#[handler]
async fn raise_input(
    SignedIn(ctx): SignedIn,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response> {
    let id = ForumId::parse(&id)?;
    let forum = forums::get(&ctx, id, Permission::ManageForum).await?;
    let raised = match typed_of(&form) {
        Ok(typed) => inputs::raise(&ctx, id, typed).await,
        Err(fault) => Err(fault),
    };
    match raised {
        Ok(input) => Ok(ctx.redirect_with(
            &list_href(id),
            FlashKind::Ok,
            &Message::new("minutes-input-raised").with("code", input.code),
        )),
        Err(Error::Invalid(faults)) => inputs_page(&ctx, &forum, Some(&form), &faults).await,
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct InputPage {
    back_href: String,
    action: String,
    version: i32,
    code: String,
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
        field.options.push(crate::platform::web::forms::OptionView {
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
    let forum = forums::get(ctx, ForumId::parse(id)?, Permission::ManageForum).await?;
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
        Ok(()) => Ok(ctx.redirect_with(
            &list_href(forum.id),
            FlashKind::Ok,
            &Message::new("minutes-input-changed").with("code", input.code),
        )),
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
            .field("answer", false, 0),
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
