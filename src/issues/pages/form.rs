//! Writing an issue down, perhaps with a first voice.

use poem::{
    Response, handler,
    http::StatusCode,
    web::{Data, Query as Address},
};
use serde::{Deserialize, Serialize};

use super::{LIST, to_issue, told};
use crate::{
    access::{Ctx, Permission, SignedIn, working_in},
    action_plans::SourceLookup,
    issues::{
        entity::issue_voice::VoiceKind,
        reading,
        service::{self, Origin},
        voices::{self, VoiceRef},
    },
    platform::{
        check::Check,
        error::{Error, Result},
        i18n::{Locale, t},
        web::{
            forms::{ErrorLine, Form, FormView},
            pages::Page,
        },
    },
};

/// What an issue can begin with: `complaint:NUMBER`, `topic:ID`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    sumber: String,
    unit: String,
}

#[derive(Serialize)]
struct FormPage {
    errors: Vec<ErrorLine>,
    fields: FormView,
    unit: String,
    source: String,
    source_label: Option<String>,
    action: String,
    back_href: &'static str,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "issues/form";
    fn title(&self, locale: Locale) -> String {
        t(locale, "issue-new-title")
    }
}

async fn first_voice(ctx: &Ctx, lookup: SourceLookup, text: &str) -> Result<Option<VoiceRef>> {
    if text.is_empty() {
        return Ok(None);
    }
    let (kind, id) = text.split_once(':').ok_or(Error::NotFound)?;
    let kind = VoiceKind::parse(kind).ok_or(Error::NotFound)?;
    // An element of a period: `survey_element:time@ID`.
    let (id, period) = id.split_once('@').unwrap_or((id, ""));
    voices::resolve(ctx, lookup, (kind, id, period))
        .await
        .map(Some)
}

async fn page(
    ctx: &Ctx,
    lookup: SourceLookup,
    (unit, source): (&str, &str),
    refused: Option<(&Form, Error)>,
) -> Result<Response> {
    let locale = ctx.locale();
    let (unit, _) = working_in(ctx, Permission::ManageIssues, unit).await?;
    let voice = first_voice(ctx, lookup, source).await?;
    let mut fields = FormView::new()
        .field("title", true, 160)
        .field("words", false, 2000);
    let (mut status, mut errors) = (StatusCode::OK, Vec::new());
    if let Some((form, error)) = refused {
        let (code, faults, lines) = told(error, "title", locale)?;
        status = code;
        (fields, errors) = fields.typed(form).refused(&faults, locale);
        errors.extend(lines);
    }
    let page = FormPage {
        errors,
        fields,
        unit: unit.code,
        source: source.to_owned(),
        source_label: voice.map(|voice| voice.label),
        action: format!("{LIST}/baru"),
        back_href: LIST,
    };
    ctx.page_of(None, status, &page)
}

#[handler]
pub async fn new_form(
    SignedIn(ctx): SignedIn,
    Data(lookup): Data<&SourceLookup>,
    Address(from): Address<From>,
) -> Result<Response> {
    page(&ctx, *lookup, (&from.unit, &from.sumber), None).await
}

#[handler]
pub async fn create(
    SignedIn(ctx): SignedIn,
    Data(lookup): Data<&SourceLookup>,
    form: Form,
) -> Result<Response> {
    let (unit, _) = working_in(&ctx, Permission::ManageIssues, form.get("unit")).await?;
    let voice = first_voice(&ctx, *lookup, form.get("source")).await?;
    let mut check = Check::new();
    let typed = reading::typed(&mut check, form.get("title"), form.get("words"));
    let made = match check.finish() {
        Ok(()) => {
            let voices = voice.into_iter().collect();
            service::add(&ctx, unit.id, typed, Origin::default(), voices).await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(id) => Ok(to_issue(&ctx, id, "issue-added")),
        Err(error) => {
            let from = (form.get("unit"), form.get("source"));
            page(&ctx, *lookup, from, Some((&form, error))).await
        }
    }
}
