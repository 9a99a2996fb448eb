//! The one error of the program: few closed categories, a stable code for programs and a message for
//! people in their own language.
//!
//! Which error type where: a capability's `rules.rs` has its own small `thiserror` enum, mapped once
//! to [`Error::Rule`] with a stable code; stores and services return this [`Error`]; `anyhow` lives only
//! inside [`Error::Internal`], in jobs and in the command line. An error is logged once, at the edge
//! (`web/errors.rs`), where it becomes an answer.

use poem::http::StatusCode;
use sea_orm::{DbErr, SqlErr};

use super::i18n::{Locale, Message};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What is wrong with one field of a form or a JSON body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name as the sender wrote it, `reporter.email`.
    pub field: String,
    pub message: Message,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not found")]
    NotFound,
    /// Nobody is signed in, or the token is unknown.
    #[error("not signed in")]
    Unauthenticated,
    #[error("not permitted")]
    Forbidden,
    /// Somebody else changed it first, or the same key came with other content.
    #[error("conflict: {code}")]
    Conflict { code: &'static str },
    #[error("invalid input: {}", .0.iter().map(|e| e.field.as_str()).collect::<Vec<_>>().join(", "))]
    Invalid(Vec<FieldError>),
    /// The request is well formed, but the state of the thing does not allow it.
    #[error("rule {code}")]
    Rule {
        code: &'static str,
        message: Message,
    },
    #[error("too many attempts, again in {retry_after_seconds} s")]
    TooMany { retry_after_seconds: u64 },
    /// The body is larger than this address accepts.
    #[error("body larger than {limit_bytes} bytes")]
    TooLarge { limit_bytes: usize },
    /// The request cannot be read at all: broken JSON, wrong encoding, missing form token.
    #[error("bad request: {code}: {detail}")]
    BadRequest { code: &'static str, detail: String },
    #[error("unavailable: {0}")]
    Unavailable(String),
    #[error("internal: {0:#}")]
    Internal(#[from] anyhow::Error),
}

impl Error {
    /// One wrong field.
    #[must_use]
    pub fn field(field: impl Into<String>, message: Message) -> Self {
        Self::Invalid(vec![FieldError {
            field: field.into(),
            message,
        }])
    }

    /// The faults of fields under the names that this form or body has for them.
    #[must_use]
    pub fn renamed(self, name: impl Fn(String) -> String) -> Self {
        let renamed = |fault: FieldError| FieldError {
            field: name(fault.field),
            message: fault.message,
        };
        match self {
            Self::Invalid(faults) => Self::Invalid(faults.into_iter().map(renamed).collect()),
            other => other,
        }
    }

    /// All of them on the one field that this form or body has.
    #[must_use]
    pub fn on_field(self, field: &str) -> Self {
        self.renamed(|_| field.to_owned())
    }

    /// A refusal by a rule; its text is the Fluent message `rule-<code with dashes>`.
    #[must_use]
    pub fn rule(code: &'static str, message: Message) -> Self {
        Self::Rule { code, message }
    }

    /// Whether somebody, perhaps the same person, was there before.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. })
    }

    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::Invalid(_) | Self::Rule { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BadRequest { .. } => StatusCode::BAD_REQUEST,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable code that programs may test for.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::Conflict { code } | Self::Rule { code, .. } | Self::BadRequest { code, .. } => {
                code
            }
            Self::Invalid(_) => "invalid",
            Self::TooMany { .. } => "too_many",
            Self::TooLarge { .. } => "too_large",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// What a person reads: what happened and what to do now.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        match self {
            Self::Rule { message, .. } => message.text(locale),
            Self::Conflict { code } => {
                Message::new(&format!("conflict-{}", code.replace(['.', '_'], "-"))).text(locale)
            }
            Self::TooMany {
                retry_after_seconds,
            } => too_many(*retry_after_seconds).text(locale),
            Self::TooLarge { limit_bytes } => Message::new("error-too-large")
                .with("kilobytes", limit_bytes / 1024)
                .text(locale),
            other => Message::new(&format!("error-{}", other.code().replace(['.', '_'], "-")))
                .text(locale),
        }
    }
}

/// When to try again, as people count: minutes, from two hours on hours, from two days on days.
fn too_many(seconds: u64) -> Message {
    let minutes = seconds.div_ceil(60);
    let (unit, count) = match minutes {
        0..120 => ("minutes", minutes),
        120..2880 => ("hours", minutes.div_ceil(60)),
        _ => ("days", minutes.div_ceil(1440)),
    };
    Message::new("error-too-many")
        .with("unit", unit)
        .with("count", count)
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Conflict { code: "duplicate" },
            _ if matches!(error, DbErr::RecordNotFound(_)) => Self::NotFound,
            _ if matches!(error, DbErr::RecordNotUpdated) => Self::Conflict {
                code: "changed_meanwhile",
            },
            _ if matches!(error, DbErr::ConnectionAcquire(_)) => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Internal(anyhow::Error::new(error)),
        }
    }
}

impl poem::error::ResponseError for Error {
    fn status(&self) -> StatusCode {
        self.status()
    }
}
