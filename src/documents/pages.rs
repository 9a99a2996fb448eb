//! The public verification pages, and files that were handed in as answers.

use poem::{Response, Route, get, handler, http::StatusCode, post, web::Path};
use serde::Serialize;

use super::{
    FileId,
    entity::document::Model as Document,
    rules::{self, NoCode},
    uploads,
    verifying::{self, Answer, Comparison, Registered},
};
use crate::{
    access::{Ctx, Public},
    calendar::dates,
    organisation,
    platform::{
        error::{FieldError, Result},
        i18n::{Locale, Message, t},
        web::{
            forms::{ErrorLine, FieldView, Form, FormView},
            pages::Page,
        },
    },
};

pub fn routes(route: Route) -> Route {
    route
        .at("/verifikasi", get(ask).post(find))
        .at("/verifikasi/berkas", post(find_file))
        .at("/verifikasi/:code", get(show).post(compare))
}

#[derive(Serialize)]
struct AskPage {
    errors: Vec<ErrorLine>,
    code: FieldView,
    file: FieldView,
    /// Whether the code was unknown: then the page tells what is often misread.
    unknown: bool,
    /// Whether a file was brought that the register does not know.
    strange_file: bool,
    never: String,
}

impl Page for AskPage {
    const TEMPLATE: &'static str = "documents/ask";
    fn title(&self, locale: Locale) -> String {
        t(locale, "documents-verify-title")
    }
}

fn ask_page(typed: &str, faults: &[FieldError], locale: Locale) -> AskPage {
    let view = FormView::new()
        .field("code", true, 40)
        .field("file", true, 0)
        .with("code", typed.chars().take(40).collect::<String>());
    let (mut form, errors) = view.refused(faults, locale);
    AskPage {
        errors,
        code: form.fields.remove("code").unwrap_or_default(),
        file: form.fields.remove("file").unwrap_or_default(),
        unknown: false,
        strange_file: false,
        never: rules::NEVER_IN_A_CODE
            .chars()
            .map(String::from)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

#[handler]
async fn ask(Public(ctx): Public) -> Result<Response> {
    ctx.page(&ask_page("", &[], ctx.locale()))
}

/// The code in the form leads to the page of the code, which can be kept and sent.
#[handler]
async fn find(Public(ctx): Public, form: Form) -> Result<Response> {
    let typed = form.get("code");
    match verifying::by_typed_code(&ctx, typed).await? {
        Answer::Registered(found) => {
            let code = &found.document.verification_code;
            Ok(ctx.redirect(&format!("/verifikasi/{code}")))
        }
        answer => no_such_code(&ctx, typed, &answer, StatusCode::UNPROCESSABLE_ENTITY),
    }
}

fn no_such_code(ctx: &Ctx, typed: &str, answer: &Answer, status: StatusCode) -> Result<Response> {
    let message = match answer {
        Answer::NoCode(NoCode::Length(0)) => Message::new("field-required"),
        Answer::NoCode(NoCode::Length(length)) => Message::new("documents-code-length")
            .with("length", length)
            .with("expected", rules::CODE_LENGTH),
        Answer::NoCode(NoCode::Character(character)) => {
            Message::new("documents-code-character").with("character", character)
        }
        Answer::Unknown | Answer::Registered(_) => Message::new("documents-code-unknown"),
    };
    let fault = FieldError {
        field: "code".to_owned(),
        message,
    };
    let page = AskPage {
        unknown: !matches!(answer, Answer::NoCode(NoCode::Length(0))),
        ..ask_page(typed, &[fault], ctx.locale())
    };
    ctx.page_of(None, status, &page)
}

/// The file alone: its fingerprint finds the document.
#[handler]
async fn find_file(Public(ctx): Public, form: Form) -> Result<Response> {
    let Some(upload) = form.files.first() else {
        let fault = FieldError {
            field: "file".to_owned(),
            message: Message::new("documents-file-choose"),
        };
        let page = ask_page("", &[fault], ctx.locale());
        return ctx.page_of(None, StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    match verifying::by_file(&ctx, &upload.bytes).await? {
        Some(document) => {
            let answer = verifying::by_typed_code(&ctx, &document.verification_code).await?;
            document_page(&ctx, &answer.registered()?, Some(Comparison::Same), &[])
        }
        None => {
            let page = AskPage {
                strange_file: true,
                ..ask_page("", &[], ctx.locale())
            };
            ctx.page(&page)
        }
    }
}

#[derive(Serialize)]
struct DocumentPage {
    errors: Vec<ErrorLine>,
    kind: String,
    subject: String,
    action: String,
    facts: Vec<Fact>,
    sha256: String,
    newer: Option<Version>,
    older: Option<Version>,
    comparison: Option<ComparisonView>,
    file: FieldView,
    #[serde(skip)]
    title: String,
}

#[derive(Serialize)]
struct Fact {
    term: String,
    text: String,
}

#[derive(Serialize)]
struct Version {
    href: String,
    text: String,
}

#[derive(Serialize)]
struct ComparisonView {
    same: bool,
    another: Option<Version>,
}

impl Page for DocumentPage {
    const TEMPLATE: &'static str = "documents/document";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

fn kind_label(document: &Document, locale: Locale) -> String {
    t(locale, &format!("documents-kind-{}", document.kind))
}

fn version(ctx: &Ctx, found: &Registered, document: &Document, key: &str) -> Result<Version> {
    Ok(Version {
        href: format!("/verifikasi/{}", document.verification_code),
        text: Message::new(key)
            .with("version", document.version)
            .with("issued", issued(ctx, found, document)?)
            .text(ctx.locale()),
    })
}

fn issued(ctx: &Ctx, found: &Registered, document: &Document) -> Result<String> {
    let zone = organisation::zone_of(&found.unit)?;
    let local = document.issued_at.with_timezone(&zone);
    Ok(dates::date_time(&local, ctx.locale()))
}

fn document_page(
    ctx: &Ctx,
    found: &Registered,
    comparison: Option<Comparison>,
    faults: &[FieldError],
) -> Result<Response> {
    let locale = ctx.locale();
    let document = &found.document;
    let kind = kind_label(document, locale);
    let mut facts = Vec::new();
    let mut fact = |key: &str, text: String| {
        facts.push(Fact {
            term: t(locale, key),
            text,
        });
    };
    if let Some(number) = &document.number {
        fact("documents-number", number.clone());
    }
    fact("documents-issuer", found.issuer.name.clone());
    fact("documents-issued", issued(ctx, found, document)?);
    fact("documents-version", document.version.to_string());
    fact(
        "documents-code",
        rules::grouped(&document.verification_code),
    );
    let another = match &comparison {
        Some(Comparison::Another(another)) => Some(Version {
            href: format!("/verifikasi/{}", another.verification_code),
            text: Message::new("documents-another")
                .with("kind", kind_label(another, locale))
                .with("version", another.version)
                .text(locale),
        }),
        _ => None,
    };
    let optional = |other: &Option<Document>, key: &str| {
        other
            .as_ref()
            .map(|other| version(ctx, found, other, key))
            .transpose()
    };
    let view = FormView::new().field("file", true, 0);
    let (mut form, errors) = view.refused(faults, locale);
    let page = DocumentPage {
        errors,
        title: Message::new("documents-document-title")
            .with("kind", &kind)
            .text(locale),
        kind,
        subject: document.subject.clone(),
        action: format!("/verifikasi/{}", document.verification_code),
        facts,
        sha256: document.sha256.clone(),
        newer: optional(&found.newer, "documents-newer")?,
        older: optional(&found.older, "documents-older")?,
        comparison: comparison.map(|comparison| ComparisonView {
            same: matches!(comparison, Comparison::Same),
            another,
        }),
        file: form.fields.remove("file").unwrap_or_default(),
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.page_of(Some(&organisation::brand_of(&found.unit)), status, &page)
}

#[handler]
async fn show(Public(ctx): Public, Path(code): Path<String>) -> Result<Response> {
    match verifying::by_typed_code(&ctx, &code).await? {
        Answer::Registered(found) => document_page(&ctx, &found, None, &[]),
        answer => no_such_code(&ctx, &code, &answer, StatusCode::NOT_FOUND),
    }
}

/// Nothing changes by comparing, so the answer is the page itself: an address that says "the same" could
/// be sent around by anybody.
#[handler]
async fn compare(Public(ctx): Public, Path(code): Path<String>, form: Form) -> Result<Response> {
    let found = verifying::by_typed_code(&ctx, &code).await?.registered()?;
    let Some(upload) = form.files.first() else {
        let fault = FieldError {
            field: "file".to_owned(),
            message: Message::new("documents-file-choose"),
        };
        return document_page(&ctx, &found, None, &[fault]);
    };
    let comparison = verifying::compare(&ctx, &found.document, &upload.bytes).await?;
    document_page(&ctx, &found, Some(comparison), &[])
}

/// What somebody handed in, always as an attachment: it never opens as a page of ours. The capability that uses the
/// file says who may have it.
pub async fn handed_in(ctx: &Ctx, id: FileId) -> Result<Response> {
    let file = uploads::get(&ctx.app.db, id).await?;
    let bytes = uploads::bytes(&ctx.app, &file).await?;
    Ok(ctx.attachment(&file.name, &file.content_type, bytes))
}
