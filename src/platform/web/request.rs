//! What every request carries beside its content: number, address, language, the browser's mark.

use std::{
    borrow::Cow,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

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
    /// The page to come back to after signing in.
    pub back: String,
    pub flash: Vec<Flash>,
    /// Something was sent, so there may be typed text behind the browser's Back.
    pub sends: bool,
    /// The page of ours that led here, with its query.
    pub came_from: Option<String>,
    /// What the form held, for the page that says why it was not saved.
    typed: Arc<Mutex<Vec<String>>>,
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
            back: back(app, request),
            flash: Flash::read(app, request),
            sends: is_unsafe(request.method()),
            came_from: own_referer(app, request),
            typed: Arc::default(),
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
            back: String::new(),
            flash: Vec::new(),
            sends: false,
            came_from: None,
            typed: Arc::default(),
        }
    }

    /// Keeps the words of a form until the answer is written. Passwords, marks and what was only chosen are no words.
    pub fn keep_words<'a>(&self, fields: impl Iterator<Item = (&'a str, &'a str)>) {
        let words = fields
            .filter(|(name, _)| *name != FIELD_CSRF && !name.contains("password"))
            .map(|(_, value)| value.trim())
            .filter(|value| value.chars().any(char::is_alphabetic))
            .filter(|value| *value != "true" && value.parse::<uuid::Uuid>().is_err())
            .map(str::to_owned)
            .collect();
        *self.typed.lock().unwrap_or_else(PoisonError::into_inner) = words;
    }

    /// The words that were sent, one text below the other.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        self.typed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The address as attempts are counted by: one customer has a whole /64 of IPv6 and would else have as many
    /// tries as there are stars.
    #[must_use]
    pub fn network(&self) -> String {
        match self.address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
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

#[must_use]
pub fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

/// Addresses that programs read: a fault is told to them in their own form, and no cookie is set. Beside the API these
/// are the files of open data.
#[must_use]
pub fn for_programs(path: &str) -> bool {
    is_api(path) || path.starts_with("/data/")
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
    let lines = request.headers().get_all("x-forwarded-for").iter();
    let lines: Vec<&str> = lines
        .map(|line| line.to_str().unwrap_or_default())
        .collect();
    client(peer, &lines.join(","), &app.config.http.trusted_proxies)
}

/// From the peer along the hops, the nearest last, as far as they are ours. What stands beyond the first stranger,
/// or beyond a hop that is no address, was written by somebody whom nobody vouches for.
fn client(peer: IpAddr, forwarded: &str, trusted: &[IpAddr]) -> IpAddr {
    let mut client = peer.to_canonical();
    for hop in forwarded.rsplit(',') {
        if !trusted.contains(&client) {
            break;
        }
        match hop_address(hop.trim()) {
            Some(address) => client = address.to_canonical(),
            None => break,
        }
    }
    client
}

/// `192.0.2.1`, `2001:db8::1`, and either with a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']'));
    bare.unwrap_or(hop)
        .parse()
        .or_else(|_| hop.parse::<std::net::SocketAddr>().map(|hop| hop.ip()))
        .ok()
}

/// Where somebody is after signing in again: the page they asked for; after a form the page it stood on, which the
/// browser names, or the page of the thing.
fn back(app: &App, request: &Request) -> String {
    if is_unsafe(request.method()) {
        own_referer(app, request).unwrap_or_else(|| page_above(request.uri().path()).to_owned())
    } else {
        let asked = request.uri().path_and_query();
        asked.map_or_else(|| "/".to_owned(), ToString::to_string)
    }
}

/// The path of the page that the browser comes from, if it is one of ours: a way back must not lead elsewhere.
fn own_referer(app: &App, request: &Request) -> Option<String> {
    let from: poem::http::Uri = request.header("referer")?.parse().ok()?;
    let public: poem::http::Uri = app.config.http.public_url.parse().ok()?;
    let host = from.authority()?.as_str();
    let ours = public.authority().is_some_and(|own| own.as_str() == host)
        || request.header("host") == Some(host);
    let page = from.path_and_query()?.as_str();
    (ours && !page.starts_with("//")).then(|| page.to_owned())
}

/// `/kerja/forum/<id>` of `/kerja/forum/<id>/undangan/kirim`, else the section: these are always pages.
fn page_above(path: &str) -> &str {
    let is_id = |part: &str| part.contains(|c: char| c.is_ascii_digit());
    let mut ends = path.match_indices('/').map(|(at, _)| at).skip(2);
    let section = ends.next().unwrap_or(path.len());
    let thing = ends.next().unwrap_or(path.len());
    if path.get(section..thing).is_some_and(is_id) {
        &path[..thing]
    } else {
        &path[..section]
    }
}

/// Paths whose next part is a key: who knows it may answer, withdraw, read or set a password.
const SECRET_PATHS: &[&str] = &[
    "/undangan/",
    "/kabar/",
    "/data-pribadi/bukan-saya/",
    "/pendaftaran/",
    "/survei/tautan/",
    "/j/",
    "/perbarui/",
    "/laporan/",
    "/masuk/kata-sandi/",
];

/// A path as a log line may hold it, without the key in it.
#[must_use]
pub fn redact(path: &str) -> Cow<'_, str> {
    SECRET_PATHS
        .iter()
        .find(|secret| path.starts_with(**secret))
        .map_or(Cow::Borrowed(path), |secret| {
            Cow::Owned(format!("{secret}…"))
        })
}

/// Where a citizen sends several photos at once, which together may be larger than any other upload.
const SEVERAL_FILES: &[&str] = &["/pengaduan/baru/rincian", "/pengaduan/status/berkas"];

/// Reads the whole body within the limit, so that every handler and parser after it is safe from floods.
pub async fn limit_body(app: &Arc<App>, request: &mut Request) -> Result<()> {
    if !is_unsafe(request.method()) {
        return Ok(());
    }
    let carries_files = request
        .content_type()
        .is_some_and(|kind| kind.starts_with("multipart/"));
    let mut limit = if carries_files {
        app.config.http.max_upload
    } else {
        app.config.http.max_body
    };
    if carries_files && SEVERAL_FILES.contains(&request.uri().path()) {
        let several = app.config.filing.form_bytes();
        let told = request
            .header("content-length")
            .and_then(|length| length.parse::<usize>().ok());
        if several > limit && told.is_none_or(|length| length > limit) {
            let turn = app.large_forms.clone().try_acquire_owned();
            let turn = turn.map_err(|_| Error::TooMany {
                retry_after_seconds: 60,
            })?;
            // Given back when the request is over.
            request.set_data(Arc::new(turn));
            limit = several;
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_the_first_address_that_no_proxy_of_ours_vouches_for() {
        let trusted = ["10.0.0.1".parse().unwrap(), "2001:db8::1".parse().unwrap()];
        for (peer, forwarded, expected) in [
            ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
            ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
            ("10.0.0.1", "192.0.2.66, 203.0.113.9", "203.0.113.9"),
            ("10.0.0.1", "203.0.113.9, 2001:db8::1", "203.0.113.9"),
            ("10.0.0.1", "203.0.113.9:50123", "203.0.113.9"),
            ("10.0.0.1", "[2001:db8:7::9]:443", "2001:db8:7::9"),
            ("10.0.0.1", "[2001:db8:7::9]", "2001:db8:7::9"),
            // What a client wrote before a hop that cannot be read is not believed.
            ("10.0.0.1", "192.0.2.66, unknown", "10.0.0.1"),
            ("10.0.0.1", "192.0.2.66, , 2001:db8::1", "2001:db8::1"),
        ] {
            let found = client(peer.parse().unwrap(), forwarded, &trusted);
            assert_eq!(found.to_string(), expected, "{peer} <- {forwarded}");
        }
    }

    #[test]
    fn the_key_in_a_path_is_not_logged() {
        for (path, logged) in [
            ("/undangan/rahasia/acara.ics", "/undangan/…"),
            ("/perbarui/rahasia", "/perbarui/…"),
            ("/pendaftaran/rahasia", "/pendaftaran/…"),
            ("/laporan/rahasia", "/laporan/…"),
            ("/masuk/kata-sandi/rahasia", "/masuk/kata-sandi/…"),
            ("/masuk/lupa", "/masuk/lupa"),
            ("/kerja/pengaduan", "/kerja/pengaduan"),
        ] {
            assert_eq!(redact(path), logged);
        }
    }

    #[test]
    fn one_line_of_ipv6_counts_as_one_address() {
        let network = |address: &str| {
            let info = RequestInfo {
                address: address.parse().unwrap(),
                ..RequestInfo::internal()
            };
            info.network()
        };
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("203.0.113.9"), "203.0.113.9");
    }

    #[test]
    fn the_page_above_a_form_is_the_thing_or_its_section() {
        for (path, above) in [
            (
                "/kerja/forum/01990c5e-1/undangan/kirim",
                "/kerja/forum/01990c5e-1",
            ),
            (
                "/kerja/pengaduan/DK-2026-0001/jawab",
                "/kerja/pengaduan/DK-2026-0001",
            ),
            ("/kerja/akun/token/01990c5e-1/cabut", "/kerja/akun"),
            ("/kerja/rencana-aksi/baru", "/kerja/rencana-aksi"),
            ("/kerja/rencana-aksi", "/kerja/rencana-aksi"),
            ("/kerja", "/kerja"),
        ] {
            assert_eq!(page_above(path), above);
        }
    }
}
