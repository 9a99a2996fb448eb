//! How a page, a redirect and an error leave the program.

use poem::{
    Body, IntoResponse as _, Response,
    http::{StatusCode, header},
};
use serde::Serialize;

use super::{Brand, ctx::Ctx, shell::Shell};
use crate::platform::{
    error::{Error, Result},
    i18n::{Locale, Message, t},
    web::{
        cookies::{Flash, FlashKind},
        errors,
        pages::Page,
        address::encoded,
        request::is_api,
    },
};

impl Ctx {
    /// Renders a page.
    pub fn page(&self, page: &impl Page) -> Result<Response> {
        self.page_of(None, StatusCode::OK, page)
    }

    /// Renders a page in the frame of a unit.
    pub fn page_in(&self, unit: &Brand, page: &impl Page) -> Result<Response> {
        self.page_of(Some(unit), StatusCode::OK, page)
    }

    /// A form shown again with its faults, or another page that is not the usual answer.
    pub fn page_of(
        &self,
        unit: Option<&Brand>,
        status: StatusCode,
        page: &impl Page,
    ) -> Result<Response> {
        let locale = self.locale();
        let shell = Shell::of(self, unit, page.title(locale));
        let html = self
            .app
            .templates
            .page(locale, template_of(page), &shell, page)?;
        Ok(Response::builder()
            .status(status)
            .header(header::CONTENT_TYPE, "text/html; charset=utf-8")
            .body(html))
    }

    /// See Other: after a POST, so that reloading does not send the form again.
    #[must_use]
    pub fn redirect(&self, path: &str) -> Response {
        poem::web::Redirect::see_other(path).into_response()
    }

    /// The same with a notice on the next page.
    #[must_use]
    pub fn redirect_with(&self, path: &str, kind: FlashKind, message: &Message) -> Response {
        let mut response = self.redirect(path);
        Flash {
            kind,
            text: message.text(self.locale()),
        }
        .set(&self.app, &mut response);
        response
    }

    /// A stored file as a download. Never shown inside our pages' origin, except PDF.
    #[must_use]
    pub fn download(&self, name: &str, content_type: &str, bytes: Vec<u8>) -> Response {
        let disposition = if content_type == "application/pdf" {
            "inline"
        } else {
            "attachment"
        };
        self.file(disposition, name, content_type, bytes)
    }

    /// What somebody handed in: always saved, never opened as a page of ours.
    #[must_use]
    pub fn attachment(&self, name: &str, content_type: &str, bytes: Vec<u8>) -> Response {
        self.file("attachment", name, content_type, bytes)
    }

    fn file(&self, disposition: &str, name: &str, content_type: &str, bytes: Vec<u8>) -> Response {
        let safe: String = name
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || "-_.".contains(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        Response::builder()
            .header(header::CONTENT_TYPE, content_type)
            .header(
                header::CONTENT_DISPOSITION,
                format!("{disposition}; filename=\"{safe}\""),
            )
            .body(Body::from(bytes))
    }
}

fn template_of<P: Page>(_: &P) -> &'static str {
    P::TEMPLATE
}

#[derive(Serialize)]
struct ErrorPage {
    /// Which text the page shows; several statuses share one.
    view: u16,
    status: u16,
    text: String,
    wait: String,
    reference: Option<String>,
    back_href: Option<String>,
    errors: Vec<String>,
    #[serde(skip)]
    title: String,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "errors/error";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

/// The answer to whatever went wrong: a problem document for programs, a page that helps for people.
#[must_use]
pub fn render_error(ctx: &Ctx, error: &Error) -> Response {
    errors::log(error, &ctx.request.id, &ctx.request.path);
    if is_api(&ctx.request.path) {
        let mut response = errors::problem(error, ctx.locale(), &ctx.request.id);
        if matches!(error, Error::Unauthenticated) {
            response.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                header::HeaderValue::from_static("Bearer"),
            );
        }
        return response;
    }
    if matches!(error, Error::Unauthenticated) {
        let back = encoded(&ctx.request.back);
        return ctx.redirect(&format!("/masuk?next={back}"));
    }
    error_page(ctx, error)
}

#[must_use]
pub fn error_page(ctx: &Ctx, error: &Error) -> Response {
    let locale = ctx.locale();
    let status = errors::status_of(error);
    let view = match status.as_u16() {
        code @ (403 | 404 | 429 | 503) => code,
        code if code < 500 => 422,
        _ => 500,
    };
    let fields = match error {
        Error::Invalid(fields) => fields
            .iter()
            .map(|fault| fault.message.text(locale))
            .collect(),
        _ => Vec::new(),
    };
    let wait = match error {
        Error::TooMany {
            retry_after_seconds,
        } => Message::new("errors-minutes")
            .with("count", retry_after_seconds.div_ceil(60))
            .text(locale),
        _ => String::new(),
    };
    let page = ErrorPage {
        view,
        status: status.as_u16(),
        text: error.text(locale),
        wait,
        reference: (view == 500 || view == 503).then(|| ctx.request.id.clone()),
        back_href: None,
        errors: fields,
        title: t(locale, &format!("errors-{view}-title")),
    };
    let mut response = ctx.page_of(None, status, &page).unwrap_or_else(|fault| {
        tracing::error!("the error page itself failed: {fault:#}");
        Response::builder()
            .status(status)
            .content_type("text/plain; charset=utf-8")
            .body(format!("{} ({})", page.text, ctx.request.id))
    });
    errors::retry_after(error, &mut response);
    response
}
