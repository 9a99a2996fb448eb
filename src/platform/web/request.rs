//! What every request carries beside its content: number, address, language, the browser's mark.

use std::{net::IpAddr, sync::Arc};

use poem::{Request, http::Method};

use super::{
    cookies::{Cookie, Flash},
    forms::FIELD_CSRF,
};
use crate::platform::{
    context::App,
    crypto::{self, Purpose},
    error::{Error, Result},
    i18n::Locale,
};

#[derive(Clone, Debug)]
pub struct RequestInfo {
    /// Stands in the log line, in the answer header and on error pages: what a caller quotes to support.
    pub id: String,
    pub address: IpAddr,
    pub locale: Locale,
    /// The random mark of this browser; new when it brought none.
    pub visitor: String,
    pub visitor_is_new: bool,
    pub path: String,
    pub query: String,
    pub flash: Vec<Flash>,
    /// Something was sent, so there may be typed text behind the browser's Back.
    pub sends: bool,
    /// The page of ours that led here, with its query.
    pub came_from: Option<String>,
}

impl RequestInfo {
    #[must_use]
    pub fn of(app: &App, request: &Request) -> Self {
        let known = Cookie::Visitor
            .read(app, request)
            .filter(|mark| mark.len() >= 32);
        let chosen = Cookie::Language
            .read(app, request)
            .and_then(|code| Locale::parse(&code));
        Self {
            id: uuid::Uuid::now_v7().simple().to_string(),
            address: address(app, request),
            locale: chosen.unwrap_or_else(|| preferred(request)),
            visitor_is_new: known.is_none(),
            visitor: known.unwrap_or_else(crypto::random_token),
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            flash: Flash::read(app, request),
            sends: is_unsafe(request.method()),
            came_from: came_from(app, request),
        }
    }

    /// For jobs and the command line, where nobody asks over the web.
    #[must_use]
    pub fn internal() -> Self {
        Self {
            id: "internal".to_owned(),
            address: IpAddr::from([127, 0, 0, 1]),
            locale: Locale::Id,
            visitor: String::new(),
            visitor_is_new: false,
            path: String::new(),
            query: String::new(),
            flash: Vec::new(),
            sends: false,
            came_from: None,
        }
    }

    /// The token that forms of this browser carry.
    #[must_use]
    pub fn csrf(&self, app: &App) -> String {
        app.keys
            .hash(Purpose::Forms, &format!("csrf:{}", self.visitor))
    }

    /// Refuses a form that did not come from a page of ours.
    pub fn check_csrf(&self, app: &App, token: &str) -> Result<()> {
        if !self.visitor_is_new && crypto::same(&self.csrf(app), token) {
            return Ok(());
        }
        Err(Error::BadRequest {
            code: "form_expired",
            detail: format!("field {FIELD_CSRF} is missing or not of this browser"),
        })
    }
}

/// Pages are Indonesian unless chosen otherwise; only the API listens to `Accept-Language`, because a
/// phone bought abroad says "en" for a citizen who does not read English.
fn preferred(request: &Request) -> Locale {
    if is_api(request.uri().path()) {
        request
            .header("accept-language")
            .map(Locale::from_accept_language)
            .unwrap_or_default()
    } else {
        Locale::Id
    }
}

/// Only our own pages count: a way back must not lead to another site.
fn came_from(app: &App, request: &Request) -> Option<String> {
    let referer = request.header("referer")?;
    let (_, rest) = referer.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let public = app.config.http.public_url.trim_end_matches('/');
    let ours = request.header("host") == Some(host) || public.ends_with(&format!("://{host}"));
    (ours && !path.starts_with("//")).then(|| path.to_owned())
}

#[must_use]
pub fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

#[must_use]
pub fn is_unsafe(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// The client's address. Forwarding headers are believed from the configured proxies only: anyone can
/// send them, and throttling stands on this.
fn address(app: &App, request: &Request) -> IpAddr {
    let peer = request
        .remote_addr()
        .as_socket_addr()
        .map_or(IpAddr::from([127, 0, 0, 1]), std::net::SocketAddr::ip);
    let trusted = &app.config.http.trusted_proxies;
    if !trusted.contains(&peer) {
        return peer;
    }
    let forwarded = request.header("x-forwarded-for").unwrap_or_default();
    let hops = forwarded
        .rsplit(',')
        .filter_map(|hop| hop.trim().parse::<IpAddr>().ok());
    hops.into_iter()
        .find(|hop| !trusted.contains(hop))
        .unwrap_or(peer)
}

/// Reads the whole body within the limit, so that every handler and parser after it is safe from floods.
pub async fn limit_body(app: &Arc<App>, request: &mut Request) -> Result<()> {
    if !is_unsafe(request.method()) {
        return Ok(());
    }
    let carries_files = request
        .content_type()
        .is_some_and(|kind| kind.starts_with("multipart/"));
    let limit = if carries_files {
        app.config.http.max_upload
    } else {
        app.config.http.max_body
    };
    let body = request.take_body();
    let bytes = body
        .into_bytes_limit(limit)
        .await
        .map_err(|error| match error {
            poem::error::ReadBodyError::PayloadTooLarge => Error::TooLarge { limit_bytes: limit },
            other => Error::BadRequest {
                code: "unreadable_body",
                detail: other.to_string(),
            },
        })?;
    request.set_body(bytes);
    Ok(())
}
