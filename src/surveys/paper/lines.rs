//! One line is one sheet: a digit for each element, then the digits of the profile, then words.
//! `343434344 2351 Antrean lama`; `0` or `-` is a question left open.

/// The parts of a line, not yet checked against the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    pub scores: Vec<&'a str>,
    /// In the order of the profile; empty for what was not given.
    pub profile: [&'a str; 4],
    pub comment: &'a str,
}

/// Why a line is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// So many digits instead of one an element.
    Count { found: usize, wanted: usize },
    /// The n-th character, from 1, is on no scale of four.
    Score { place: usize, found: String },
    /// Digits alone after the scores, but not one for each part of the profile.
    Profile { found: String },
}

/// One for each part of the profile; `0` or `-` where nothing was said.
const PROFILE_DIGITS: usize = 4;

/// Splits a line into its parts.
pub fn read(line: &str, elements: usize) -> Result<Line<'_>, LineFault> {
    let line = line.trim();
    let (digits, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let scores: Vec<&str> = characters(digits);
    if scores.len() != elements {
        return Err(LineFault::Count {
            found: scores.len(),
            wanted: elements,
        });
    }
    let wrong = scores.iter().position(|one| !"01234-".contains(*one));
    if let Some(at) = wrong {
        return Err(LineFault::Score {
            place: at + 1,
            found: scores[at].to_owned(),
        });
    }
    let rest = rest.trim_start();
    let (first, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    // Four digits exactly: "2 jam menunggu" are words that begin with a number.
    let is_profile = first.len() == PROFILE_DIGITS
        && first
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    let digits_alone = !rest.is_empty()
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    if digits_alone && !is_profile {
        return Err(LineFault::Profile {
            found: rest.to_owned(),
        });
    }
    let (said, comment) = if is_profile {
        (first, after)
    } else {
        ("", rest)
    };
    let said = characters(said);
    let mut profile = [""; 4];
    for (place, given) in profile.iter_mut().zip(said) {
        *place = if matches!(given, "0" | "-") {
            ""
        } else {
            given
        };
    }
    Ok(Line {
        scores,
        profile,
        comment: comment.trim(),
    })
}

/// The characters of a text, each as a text.
fn characters(text: &str) -> Vec<&str> {
    text.char_indices()
        .map(|(at, c)| &text[at..at + c.len_utf8()])
        .collect()
}

/// What a line looks like, with as many digits as are asked for.
#[must_use]
pub fn example(elements: usize) -> String {
    "34".chars().cycle().take(elements).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_digits_then_profile_then_words() {
        for (line, profile, comment) in [
            ("343434344", ["", "", "", ""], ""),
            ("343434344 2351", ["2", "3", "5", "1"], ""),
            (
                "  343434344   20-1  Antrean lama ",
                ["2", "", "", "1"],
                "Antrean lama",
            ),
            ("343434344 Antrean 3 jam", ["", "", "", ""], "Antrean 3 jam"),
            ("343434344 2000", ["2", "", "", ""], ""),
            (
                "343434344 2 jam menunggu",
                ["", "", "", ""],
                "2 jam menunggu",
            ),
        ] {
            let read = read(line, 9).unwrap();
            assert_eq!(read.scores.concat(), "343434344", "{line}");
            assert_eq!((read.profile, read.comment), (profile, comment), "{line}");
        }
    }

    #[test]
    fn a_faulty_line_says_where() {
        let score = |place, found: &str| LineFault::Score {
            place,
            found: found.to_owned(),
        };
        let profile = |found: &str| LineFault::Profile {
            found: found.to_owned(),
        };
        for (line, fault) in [
            (
                "",
                LineFault::Count {
                    found: 0,
                    wanted: 9,
                },
            ),
            (
                "34343434",
                LineFault::Count {
                    found: 8,
                    wanted: 9,
                },
            ),
            (
                "3434343444",
                LineFault::Count {
                    found: 10,
                    wanted: 9,
                },
            ),
            ("343434344 23", profile("23")),
            ("343434344 23511", profile("23511")),
            ("343534344", score(4, "5")),
            ("34343434x", score(9, "x")),
            ("３43434344", score(1, "３")),
        ] {
            assert_eq!(read(line, 9), Err(fault), "{line}");
        }
    }

    #[test]
    fn a_question_left_open_is_a_nought_or_a_dash() {
        let read = read("0-4", 3).unwrap();
        assert_eq!(read.scores, ["0", "-", "4"]);
    }
}
