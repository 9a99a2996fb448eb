//! Security headers of every answer. The policy allows no inline script or style: a text that slips
//! through escaping still cannot run.

use poem::{
    Response,
    http::{HeaderValue, header},
};

use crate::platform::context::App;

/// Forms lead here and to WhatsApp, which a press of a button opens with a message in it. `wa.me` sends browsers on to
/// `api.whatsapp.com`, and Chromium holds every step of a form's way against the policy.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
     connect-src 'self'; form-action 'self' https://wa.me https://api.whatsapp.com; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

pub fn secure(app: &App, response: &mut Response, request_id: &str) {
    let headers = response.headers_mut();
    // A page that says itself that others may frame it would be forbidden again by the older header.
    let framed = headers
        .get(header::CONTENT_SECURITY_POLICY)
        .and_then(|policy| policy.to_str().ok())
        .is_some_and(|policy| policy.contains("frame-ancestors *"));
    let mut set = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.entry(name).or_insert(value);
        }
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if !framed {
        set(header::X_FRAME_OPTIONS, "DENY");
    }
    // The path of an answer link is a secret: it must not travel to another site.
    set(header::REFERRER_POLICY, "same-origin");
    // The page of the door asks for the camera in its own answer.
    set(
        header::HeaderName::from_static("permissions-policy"),
        "geolocation=(), microphone=(), camera=(), payment=()",
    );
    set(
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        header::HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(header::HeaderName::from_static("x-request-id"), request_id);
    // Pages hold personal data or a form token: no shared cache, no copy on a borrowed phone.
    set(header::CACHE_CONTROL, "no-store");
    if app.is_https() {
        set(
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        );
    }
}
