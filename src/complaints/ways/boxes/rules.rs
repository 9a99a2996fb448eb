//! When a batch can be closed.

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Open {
    #[error("{entered} of {counted} sheets are entered and nobody says why")]
    Unexplained { entered: i32, counted: i32 },
}

/// What was entered is what was counted, or somebody says why not: an empty sheet, two stuck together.
pub fn may_close(entered: i32, counted: i32, reason: Option<&str>) -> Result<(), Open> {
    if entered == counted || reason.is_some() {
        Ok(())
    } else {
        Err(Open::Unexplained { entered, counted })
    }
}

/// The names that were typed, one a line or with semicolons between.
#[must_use]
pub fn names_of(typed: &str) -> Vec<String> {
    typed
        .split(['\n', ';'])
        .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_closed_when_the_numbers_agree_or_with_a_reason() {
        for (entered, counted, reason, closes) in [
            (3, 3, None, true),
            (0, 0, None, true),
            (2, 3, None, false),
            (4, 3, None, false),
            (2, 3, Some("Satu lembar kosong"), true),
        ] {
            assert_eq!(may_close(entered, counted, reason).is_ok(), closes);
        }
        assert_eq!(
            names_of(" Ani  Contoh \r\n\nBudi; Cici "),
            ["Ani Contoh", "Budi", "Cici"]
        );
    }
}
