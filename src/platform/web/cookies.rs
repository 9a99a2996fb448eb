//! Cookies and the notice that survives one redirect. With an https address cookies are `Secure` and
//! carry the `__Host-` prefix: no other host or path can set them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use poem::{
    Request, Response,
    http::{HeaderValue, header},
};
use serde::{Deserialize, Serialize};

use crate::platform::{
    context::App,
    crypto::{Purpose, same},
};

/// The cookies that Rembuk sets; all are needed for the service itself, none for watching people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// A random mark of this browser that form tokens are tied to.
    Visitor,
    Session,
    Language,
    Flash,
    /// Access to one complaint's status page, opened with its code.
    Status,
    /// The key of a form that a citizen has begun.
    Form,
}

impl Cookie {
    fn name(self, secure: bool) -> String {
        let plain = match self {
            Self::Visitor => "rembuk_visitor",
            Self::Session => "rembuk_session",
            Self::Language => "rembuk_language",
            Self::Flash => "rembuk_flash",
            Self::Status => "rembuk_status",
            Self::Form => "rembuk_form",
        };
        if secure {
            format!("__Host-{plain}")
        } else {
            plain.to_owned()
        }
    }

    #[must_use]
    pub fn read(self, app: &App, request: &Request) -> Option<String> {
        let name = self.name(app.is_https());
        let all = request.headers().get_all(header::COOKIE);
        all.iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.to_owned())
    }

    /// Sets the cookie; `None` seconds means until the browser is closed.
    pub fn set(self, app: &App, response: &mut Response, value: &str, seconds: Option<i64>) {
        let secure = if app.is_https() { "; Secure" } else { "" };
        let age = seconds
            .map(|seconds| format!("; Max-Age={seconds}"))
            .unwrap_or_default();
        let cookie = format!(
            "{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}",
            self.name(app.is_https())
        );
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }

    pub fn clear(self, app: &App, response: &mut Response) {
        self.set(app, response, "", Some(0));
    }
}

/// A notice shown on the next page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    pub kind: FlashKind,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FlashKind {
    Ok,
    Info,
    Error,
}

/// Text under our signature, fit for a cookie.
#[must_use]
pub fn sign(app: &App, text: &str) -> String {
    format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(text),
        app.keys.hash(Purpose::Forms, text)
    )
}

/// The text, if the signature is ours.
#[must_use]
pub fn unsign(app: &App, signed: &str) -> Option<String> {
    let (body, signature) = signed.split_once('.')?;
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
    same(&app.keys.hash(Purpose::Forms, &text), signature).then_some(text)
}

impl Flash {
    #[must_use]
    pub fn read(app: &App, request: &Request) -> Vec<Self> {
        let text = Cookie::Flash
            .read(app, request)
            .and_then(|signed| unsign(app, &signed));
        text.and_then(|text| serde_json::from_str(&text).ok())
            .into_iter()
            .collect()
    }

    pub fn set(&self, app: &App, response: &mut Response) {
        if let Ok(text) = serde_json::to_string(self) {
            Cookie::Flash.set(app, response, &sign(app, &text), Some(60));
        }
    }
}
