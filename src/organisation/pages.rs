//! The unit's colour as a style sheet of its own.

use poem::{Response, Route, get, handler, http::header, web::Path};

use super::unit_pages;
use crate::access::Public;
use crate::platform::error::{Error, Result};

pub fn routes(route: Route) -> Route {
    let route = unit_pages::routes(route);
    route.at("/unit/:code/:colour/warna.css", get(accent))
}

/// The colour stands in the address, so the sheet can be kept by browsers for ever.
#[handler]
async fn accent(Public(_): Public, Path((_, colour)): Path<(String, String)>) -> Result<Response> {
    let (r, g, b) = parse(&colour).ok_or(Error::NotFound)?;
    let sheet = if contrast_with_white(r, g, b) >= 4.5 {
        format!(
            "@media (prefers-color-scheme:light){{:root{{--accent:#{colour};--accent-ink:#fff;\
             --accent-soft:color-mix(in srgb,#{colour} 11%,#fff);--bs-link-color-rgb:{r},{g},{b}}}}}\n"
        )
    } else {
        // Too light for white text: the product's own colour stays.
        String::from("/* the unit's colour is too light to be read */\n")
    };
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, "text/css")
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
        .body(sheet))
}

fn parse(colour: &str) -> Option<(u8, u8, u8)> {
    let fine = colour.len() == 6 && colour.bytes().all(|b| b.is_ascii_hexdigit());
    let part = |at: usize| u8::from_str_radix(colour.get(at..at + 2)?, 16).ok();
    fine.then_some(())?;
    Some((part(0)?, part(2)?, part(4)?))
}

/// WCAG 2.2 contrast ratio; text needs 4.5.
fn contrast_with_white(r: u8, g: u8, b: u8) -> f64 {
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    1.05 / (0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_follows_wcag() {
        assert!((contrast_with_white(0, 0, 0) - 21.0).abs() < 0.01);
        assert!((contrast_with_white(255, 255, 255) - 1.0).abs() < 0.01);
        assert!(contrast_with_white(0x0b, 0x55, 0x63) > 7.0);
        assert_eq!(parse("0b5563"), Some((11, 85, 99)));
        assert_eq!(parse("red;}"), None);
    }
}
