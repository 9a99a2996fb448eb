//! The edge where an error becomes an answer. Frameworks speak their own errors; here they join ours.

use poem::{
    Response,
    error::ParseQueryError,
    http::{StatusCode, header},
};
use poem_openapi::error::{ParseMultipartError, ParseParamError};
use serde::Serialize;

use super::{parameters, request::redact};
use crate::platform::{
    error::Error,
    i18n::{Locale, Message},
};

/// `application/problem+json` (RFC 9457) with our stable code and, for wrong input, the fields.
#[derive(Debug, Serialize, poem_openapi::Object)]
pub struct Problem {
    /// A stable word that programs may test for, `complaint.transition`.
    pub code: String,
    /// The name of the HTTP status.
    pub title: String,
    pub status: u16,
    /// What happened and what to do, in the language asked for.
    pub detail: String,
    /// What is wrong with which field.
    #[oai(skip_serializing_if_is_empty)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// The number of this request; quote it when you report a fault.
    pub request_id: String,
}

#[derive(Debug, Serialize, poem_openapi::Object)]
pub struct ProblemField {
    /// The field's name, nested ones with a dot: `reporter.email`.
    pub field: String,
    /// A stable word: `field-required`.
    pub code: String,
    pub message: String,
}

/// Whatever went wrong, as one of our errors.
#[must_use]
pub fn classify(error: &poem::Error) -> Error {
    if let Some(ours) = error.downcast_ref::<Error>() {
        return copy(ours);
    }
    if let Some(parameter) = error.downcast_ref::<ParseParamError>() {
        return Error::field(parameter.name, Message::new("field-shape"));
    }
    if let Some(query) = error.downcast_ref::<ParseQueryError>() {
        return of_query(&query.to_string());
    }
    if let Some(form) = error.downcast_ref::<ParseMultipartError>()
        && let Some(refusal) = of_part(&form.reason)
    {
        return refusal;
    }
    let detail = shortened(&error.to_string());
    match error.status() {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::UNAUTHORIZED => Error::Unauthenticated,
        StatusCode::FORBIDDEN => Error::Forbidden,
        StatusCode::METHOD_NOT_ALLOWED => Error::BadRequest {
            code: "method_not_allowed",
            detail,
        },
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Error::BadRequest {
            code: "unsupported_media_type",
            detail,
        },
        status if status.is_client_error() => Error::BadRequest {
            code: "bad_request",
            detail,
        },
        _ => Error::Internal(anyhow::anyhow!(detail)),
    }
}

/// The framework tells in an English sentence which part of a form it misses or cannot read: the name stands between
/// backticks.
fn of_part(reason: &str) -> Option<Error> {
    let (_, rest) = reason.split_once("field `")?;
    let (name, said) = rest.split_once('`')?;
    let message = match said.trim() {
        "is required" => "field-required",
        _ => "field-shape",
    };
    Some(Error::field(name, Message::new(message)))
}

/// The query of a page: its reader tells in English which parameter stood there twice.
fn of_query(said: &str) -> Error {
    let name = said.split_once("duplicate field `");
    match name.and_then(|(_, rest)| rest.split_once('`')) {
        Some((name, _)) => Error::Invalid(vec![parameters::said_twice(name)]),
        None => Error::BadRequest {
            code: "unreadable_query",
            detail: shortened(said),
        },
    }
}

/// What a parser says repeats what it was given; the beginning is enough to recognise it.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Errors cannot be cloned because of what `Internal` carries; its text is enough at the edge.
fn copy(error: &Error) -> Error {
    match error {
        Error::NotFound => Error::NotFound,
        Error::Unauthenticated => Error::Unauthenticated,
        Error::Forbidden => Error::Forbidden,
        Error::Conflict { code } => Error::Conflict { code },
        Error::Invalid(fields) => Error::Invalid(fields.clone()),
        Error::Rule { code, message } => Error::Rule {
            code,
            message: message.clone(),
        },
        Error::TooMany {
            retry_after_seconds,
        } => Error::TooMany {
            retry_after_seconds: *retry_after_seconds,
        },
        Error::TooLarge { limit_bytes } => Error::TooLarge {
            limit_bytes: *limit_bytes,
        },
        Error::BadRequest { code, detail } => Error::BadRequest {
            code,
            detail: detail.clone(),
        },
        Error::Unavailable(what) => Error::Unavailable(what.clone()),
        Error::Internal(error) => Error::Internal(anyhow::anyhow!("{error:#}")),
    }
}

/// One log line per error, at the edge and nowhere else.
pub fn log(error: &Error, request_id: &str, path: &str) {
    let path: &str = &redact(path);
    match error {
        Error::Internal(cause) => tracing::error!(
            request.id = request_id,
            request.path = path,
            "request {request_id} failed: {cause:#}"
        ),
        Error::Unavailable(cause) => tracing::warn!(
            request.id = request_id,
            request.path = path,
            "request {request_id}: unavailable: {cause}"
        ),
        other => tracing::debug!(
            request.id = request_id,
            request.path = path,
            error.code = other.code(),
            "request {request_id} refused: {other}"
        ),
    }
}

/// The answer of the API.
#[must_use]
pub fn problem(error: &Error, locale: Locale, request_id: &str) -> Response {
    let status = status_of(error);
    let errors = match error {
        Error::Invalid(fields) => fields
            .iter()
            .map(|fault| ProblemField {
                field: fault.field.clone(),
                code: fault.message.key().to_owned(),
                message: fault.message.text(locale),
            })
            .collect(),
        _ => Vec::new(),
    };
    let mut detail = error.text(locale);
    // Where the text says all, the framework's English would only repeat it.
    if let Error::BadRequest {
        code,
        detail: cause,
    } = error
        && !matches!(*code, "unsupported_media_type" | "method_not_allowed")
    {
        detail = format!("{detail} ({cause})");
    }
    let body = Problem {
        code: error.code().to_owned(),
        title: status.canonical_reason().unwrap_or_default().to_owned(),
        status: status.as_u16(),
        detail,
        errors,
        request_id: request_id.to_owned(),
    };
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/problem+json")
        .body(serde_json::to_vec(&body).unwrap_or_default());
    retry_after(error, &mut response);
    response
}

#[must_use]
pub fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::BadRequest {
            code: "method_not_allowed",
            ..
        } => StatusCode::METHOD_NOT_ALLOWED,
        Error::BadRequest {
            code: "unsupported_media_type",
            ..
        } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        other => other.status(),
    }
}

pub fn retry_after(error: &Error, response: &mut Response) {
    if let Error::TooMany {
        retry_after_seconds,
    } = error
    {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, (*retry_after_seconds).into());
    }
}
