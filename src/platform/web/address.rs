//! Addresses of our own pages.

/// One value of a query, percent-encoded; a slash means nothing there and stays readable.
#[must_use]
pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_leave_its_place_in_the_address() {
        assert_eq!(encoded("a-b_c.d~1"), "a-b_c.d~1");
        assert_eq!(encoded("/x?y=1&z é"), "/x%3Fy%3D1%26z%20%C3%A9");
    }
}
