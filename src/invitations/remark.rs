//! What stands beside a name on the list of recipients, and often counts people: "1 (satu) orang".

use crate::calendar::dates;

/// How many people a remark counts, and what follows them: "3 (tiga) orang, membawa data" is three.
fn told(note: &str) -> Option<(i32, &str)> {
    let (count, rest) = note.split_once(" orang")?;
    let digits = count.split(' ').next().unwrap_or_default();
    let words = count.trim_start_matches(digits).trim();
    let counts = digits.bytes().all(|byte| byte.is_ascii_digit())
        && (words.is_empty() || words.starts_with('(') && words.ends_with(')'));
    Some((digits.parse().ok().filter(|_| counts)?, rest))
}

/// How many people a remark counts, if it counts them.
#[must_use]
pub fn people(note: &str) -> Option<i32> {
    told(note).map(|(count, _)| count)
}

/// How many people a remark says that is another number than the row's.
#[must_use]
pub fn contradiction(note: &str, quota: i32) -> Option<i32> {
    people(note).filter(|count| *count != quota)
}

/// A remark that counts people counts as many as the row does: "1 (satu) orang, membawa data" of three is
/// "3 (tiga) orang, membawa data". Other remarks stay as they are.
#[must_use]
pub fn counted_note(note: &str, quota: i32) -> String {
    match (told(note), u64::try_from(quota)) {
        (Some((_, rest)), Ok(quota)) => {
            format!("{} orang{rest}", dates::number_with_words(quota))
        }
        _ => note.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_counts_as_many_as_the_row() {
        for (note, quota, expected) in [
            ("1 (satu) orang", 3, "3 (tiga) orang"),
            (
                "1 (satu) orang, membawa data",
                2,
                "2 (dua) orang, membawa data",
            ),
            ("2 orang", 1, "1 (satu) orang"),
            ("Kursi roda untuk 1 orang", 2, "Kursi roda untuk 1 orang"),
            ("", 2, ""),
        ] {
            assert_eq!(counted_note(note, quota), expected, "{note}");
        }
    }

    #[test]
    fn a_remark_that_counts_others_than_the_row_is_noticed() {
        for (note, quota, says) in [
            ("1 (satu) orang", 5, Some(1)),
            ("3 (tiga) orang, membawa data", 2, Some(3)),
            ("2 orang", 2, None),
            ("Kursi roda untuk 1 orang", 2, None),
            ("", 2, None),
        ] {
            assert_eq!(contradiction(note, quota), says, "{note}");
        }
    }
}
