//! How a page, a redirect and an error leave the program.

use poem::{
    Body, IntoResponse as _, Response,
    http::{StatusCode, header},
};
use serde::Serialize;

use super::{
    Brand,
    ctx::Ctx,
    shell::{SETTINGS, Shell, WORKSPACE},
};
use crate::platform::{
    error::{Error, Result},
    i18n::{Locale, Message, t},
    web::{
        address::encoded,
        cookies::{Flash, FlashKind},
        errors,
        pages::Page,
        request::for_programs,
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
        poem::web::Redirect::see_other(short_enough(path)).into_response()
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
    title: String,
    text: String,
    /// What is wrong with which field.
    faults: Vec<String>,
    advice: Vec<Advice>,
    /// Something was typed and sent: the browser's Back still has it.
    kept: bool,
    /// What was typed over a newer version, to be copied from here. Not through the browser's Back: the page it shows
    /// is of the newer version already, and saving the old words in it would overwrite what the other one wrote.
    typed: String,
    back_href: Option<String>,
    status: u16,
    reference: Option<String>,
}

/// What to do now.
#[derive(Serialize)]
struct Advice {
    icon: &'static str,
    text: String,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "errors/error";
    fn title(&self, _: Locale) -> String {
        self.title.clone()
    }
}

/// The same inside the workspace: whoever works there stays there.
#[derive(Serialize)]
struct InsidePage(ErrorPage);

impl Page for InsidePage {
    const TEMPLATE: &'static str = "errors/inside";
    fn title(&self, _: Locale) -> String {
        self.0.title.clone()
    }
}

/// No proxy passes a longer address on, and some drop the connection.
const LONGEST_ADDRESS: usize = 4_000;

/// An address may echo what somebody sent: of one that is too long only the page is left.
fn short_enough(address: &str) -> &str {
    if address.len() <= LONGEST_ADDRESS {
        return address;
    }
    let page = address.split(['?', '#']).next().unwrap_or_default();
    match page.len() <= LONGEST_ADDRESS {
        true => page,
        false => "/",
    }
}

/// The answer to whatever went wrong: a problem document for programs, a page that helps for people.
#[must_use]
pub fn render_error(ctx: &Ctx, error: &Error) -> Response {
    errors::log(error, &ctx.request.id, &ctx.request.path);
    if for_programs(&ctx.request.path) {
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
    let inside = ctx.account().is_some() && ctx.request.path.starts_with("/kerja");
    let view = view_of(error, ctx.request.sends);
    let faults = match error {
        Error::Invalid(fields) => fields
            .iter()
            .map(|fault| fault.message.text(locale))
            .collect(),
        _ => Vec::new(),
    };
    let kept = ctx.request.sends && matches!(view, "400" | "413" | "422" | "rule");
    let typed = match view {
        "409" => ctx.request.words().join("\n\n"),
        _ => String::new(),
    };
    let own_words = ["409", "400", "413", "422", "rule"].contains(&view);
    let page = ErrorPage {
        title: t(locale, &format!("errors-{view}-title")),
        text: if own_words {
            error.text(locale)
        } else {
            t(locale, &format!("errors-{view}-text"))
        },
        faults,
        advice: advice(error, view, (kept, inside), locale),
        kept,
        typed,
        back_href: match view {
            // The page with the form, where smaller parcels can be sent.
            "413" => ctx
                .request
                .came_from
                .clone()
                .or_else(|| way_back(ctx, inside)),
            _ => way_back(ctx, inside),
        },
        status: status.as_u16(),
        reference: (status.is_server_error()).then(|| ctx.request.id.clone()),
    };
    let spoken = format!("{} ({})", page.text, ctx.request.id);
    let made = if inside {
        ctx.page_of(None, status, &InsidePage(page))
    } else {
        ctx.page_of(None, status, &page)
    };
    let mut response = made.unwrap_or_else(|fault| {
        tracing::error!("the error page itself failed: {fault:#}");
        Response::builder()
            .status(status)
            .content_type("text/plain; charset=utf-8")
            .body(spoken)
    });
    errors::retry_after(error, &mut response);
    response
}

/// Which words the page says; several errors share some.
fn view_of(error: &Error, sends: bool) -> &'static str {
    match error {
        Error::Forbidden | Error::Unauthenticated => "403",
        Error::NotFound => "404",
        Error::Conflict {
            code: "changed_meanwhile",
        } => "409",
        Error::Conflict { .. } | Error::Rule { .. } => "rule",
        Error::TooLarge { .. } => "413",
        Error::Invalid(_) if sends => "422",
        Error::Invalid(_) | Error::BadRequest { .. } => "400",
        Error::TooMany { .. } => "429",
        Error::Unavailable(_) => "503",
        Error::Internal(_) => "500",
    }
}

fn advice(error: &Error, view: &str, (kept, inside): (bool, bool), locale: Locale) -> Vec<Advice> {
    let line = |icon, key: &str| Advice {
        icon,
        text: t(locale, key),
    };
    let again = line("arrow-repeat", &format!("errors-{view}-do"));
    let help = if inside {
        line("info-circle", "errors-do-tell")
    } else {
        line("telephone", "errors-do-call")
    };
    match view {
        "403" => vec![line("arrow-right", "errors-403-do")],
        "404" if inside => vec![line("search", "errors-404-do-find")],
        "404" => vec![
            line("arrow-right", "errors-404-do-address"),
            line("search", "errors-404-do-track"),
        ],
        "413" => vec![line("upload", "errors-413-do")],
        "400" if !kept => vec![line("arrow-right", "errors-400-do")],
        "429" => vec![
            Advice {
                icon: "clock",
                text: wait(error, locale),
            },
            help,
        ],
        "500" | "503" => vec![again, help],
        _ => Vec::new(),
    }
}

fn wait(error: &Error, locale: Locale) -> String {
    let Error::TooMany {
        retry_after_seconds,
    } = error
    else {
        return t(locale, "errors-429-do-wait-short");
    };
    let minutes = Message::new("errors-minutes")
        .with("count", retry_after_seconds.div_ceil(60))
        .text(locale);
    Message::new("errors-429-do-wait")
        .with("time", minutes)
        .text(locale)
}

/// The page that led here; in the workspace at least the list that the address belongs to.
fn way_back(ctx: &Ctx, inside: bool) -> Option<String> {
    let here = &ctx.request.path;
    let left = ctx.request.came_from.clone().filter(|from| {
        from.split('?').next() != Some(here) && !(inside && from.starts_with("/masuk"))
    });
    let list = || {
        WORKSPACE
            .iter()
            .chain(SETTINGS)
            .map(|item| item.href)
            .filter(|href| *href != "/kerja" && here.starts_with(href) && here != href)
            .max_by_key(|href| href.len())
            .map(str::to_owned)
    };
    left.or_else(|| if inside { list() } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_echoes_too_much_is_left_with_its_page() {
        let long = "x".repeat(70_000);
        for (address, kept) in [
            ("/kerja/disposisi?unit=a", "/kerja/disposisi?unit=a"),
            (
                &*format!("/kerja/disposisi?unit={long}"),
                "/kerja/disposisi",
            ),
            (&*format!("/kerja#{long}"), "/kerja"),
            (&*format!("/{long}"), "/"),
        ] {
            assert_eq!(short_enough(address), kept);
        }
    }
}
