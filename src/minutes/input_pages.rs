//! Inputs as they are said: a form for the keyboard beside the list, and what the choices are made of.

use poem::{Response, Route, get, handler, http::StatusCode, web::Path};
use serde::Serialize;

use super::{
    input_page,
    inputs::{self, Typed},
    pages,
    rules::{self, Move},
    store,
};
use crate::{
    access::{Ctx, Permission, SignedIn},
    attendance::{self, AttendanceId, Attendee},
    forums::{self, AgendaItem, Forum, ForumId, ForumInput, Group},
    organisation,
    platform::{
        check::Check,
        error::{Error, FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
    standards::{self, ComponentKind},
    surveys::{self, Element},
};

pub fn routes(route: Route) -> Route {
    input_page::routes(route).at(
        "/kerja/forum/:id/masukan",
        get(list_inputs).post(raise_input),
    )
}

pub(super) fn list_href(id: ForumId) -> String {
    format!("/kerja/forum/{id}/masukan")
}

/// What the choices of the form are made of.
pub(super) struct Choices {
    present: Vec<Attendee>,
    elements: Vec<Element>,
    services: Vec<(String, String)>,
    agenda: Vec<AgendaItem>,
}

pub(super) async fn choices(ctx: &Ctx, forum: &Forum) -> Result<Choices> {
    let db = &ctx.app.db;
    let services = standards::services(db, forum.unit_id).await?;
    Ok(Choices {
        present: attendance::present(db, forum).await?,
        elements: surveys::elements(db).await?,
        services: services
            .into_iter()
            .map(|(_, code, name)| (code, name))
            .collect(),
        agenda: forums::agenda(db, forum).await?,
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

    pub(super) fn form(&self, locale: Locale) -> FormView {
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
        let agenda = none("minutes-input-agenda-none").chain(
            self.agenda
                .iter()
                .map(|item| (item.id.to_string(), item.activity.clone())),
        );
        FormView::new()
            .choice("agenda", false, agenda.collect())
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
            .field("looked", false, 0)
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
    /// Who reads the names of those who spoke.
    names: String,
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
    /// Where the words come from when nobody said them in the room.
    origin: Option<String>,
    origin_href: Option<String>,
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
    let item = choices
        .agenda
        .iter()
        .find(|item| Some(item.id) == input.agenda_id)
        .map(|item| item.activity.clone());
    [
        item,
        element,
        component.map(|kind| kind.title(locale)),
        service,
    ]
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
    let may = forums::may_work_at(ctx, forum, Permission::TakeNotes).await?;
    // Those who work at the forum, and who answers for its minutes; others of the unit read what was said.
    let names = may || ctx.may(Permission::ReadRestricted, forum.unit_id);
    let head = store::newest(db, forum.id).await?;
    let closed = forums::may_work(forum).err();
    let frozen = closed.is_some()
        || head.is_some_and(|head| rules::after(head.status, Move::Change).is_err());
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
        frozen: (may && frozen).then(|| match &closed {
            Some(why) => why.text(locale),
            None => t(locale, "minutes-inputs-frozen"),
        }),
        nobody: choices.present.is_empty(),
        names: t(
            locale,
            match names {
                true => "minutes-inputs-names",
                false => "minutes-inputs-names-hidden",
            },
        ),
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
                speaker: match names {
                    true => input.speaker.clone(),
                    false => String::new(),
                },
                group: input.raised_by_group.label(locale),
                about: about(&choices, input, locale),
                origin: input.origin.clone(),
                origin_href: input.origin_href.clone(),
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

pub(super) fn typed_of(form: &Form) -> Result<Typed> {
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
        agenda: chosen("agenda"),
        answer,
        looked: form.is_on("looked"),
    })
}

/// What of an input is printed.
pub(super) fn words_of(form: &Form) -> String {
    [form.get("text"), form.get("answer")].concat()
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
    let forum = forums::work_at(&ctx, id, Permission::TakeNotes).await?;
    let raised = match typed_of(&form) {
        Ok(typed) => inputs::raise(&ctx, id, typed).await,
        Err(fault) => Err(fault),
    };
    match raised {
        Ok(input) => {
            let done = Message::new("minutes-input-raised").with("code", input.code);
            Ok(pages::saved(&ctx, &list_href(id), &done, &words_of(&form)))
        }
        Err(Error::Invalid(faults)) => inputs_page(&ctx, &forum, Some(&form), &faults).await,
        Err(error) => Err(error),
    }
}
