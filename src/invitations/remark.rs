//! What stands beside a name on the list of recipients, and often counts people: "1 (satu) orang".

use crate::calendar::dates;

/// The most that one invitation is for.
const MOST: u64 = 50;

/// How many people a remark counts, how many the words in brackets do, and what follows them: "3 (tiga) orang, membawa
/// data" is three, and three.
struct Told<'a> {
    count: i32,
    in_brackets: Option<i32>,
    rest: &'a str,
}

fn told(note: &str) -> Option<Told<'_>> {
    let (count, rest) = note.split_once(" orang")?;
    let (count, brackets) = match count.split_once('(') {
        Some((count, words)) => (count, words.trim_end().strip_suffix(')')?),
        None => (count, ""),
    };
    Some(Told {
        count: number(count)?,
        in_brackets: number(brackets),
        rest,
    })
}

/// "5" or "lima".
fn number(typed: &str) -> Option<i32> {
    let typed = typed.trim().to_lowercase();
    let in_words = || (1..=MOST).find(|count| dates::number_words(*count) == typed);
    let digits = typed.bytes().all(|byte| byte.is_ascii_digit());
    match digits {
        true => typed.parse().ok(),
        false => in_words().and_then(|count| count.try_into().ok()),
    }
}

/// How many people a remark counts, if it counts them.
#[must_use]
pub fn people(note: &str) -> Option<i32> {
    told(note).map(|told| told.count)
}

/// How many people a remark says that is another number than the row's, in figures or in words.
#[must_use]
pub fn contradiction(note: &str, quota: i32) -> Option<i32> {
    let told = told(note)?;
    let mut said = [Some(told.count), told.in_brackets].into_iter().flatten();
    said.find(|count| *count != quota)
}

/// The same of a form, where "1 (satu) orang" is how every line begins and follows the number without a question.
#[must_use]
pub fn asked(note: &str, quota: i32) -> Option<i32> {
    let usual = note.trim() == format!("{} orang", dates::number_with_words(1));
    contradiction(note, quota).filter(|_| !usual)
}

/// A remark as the letter's list prints it: one that says nothing of an invitation for several tells their number.
#[must_use]
pub fn printed(note: &str, quota: i32) -> String {
    match u64::try_from(quota) {
        Ok(count) if count > 1 && note.trim().is_empty() => {
            format!("{} orang", dates::number_with_words(count))
        }
        _ => note.to_owned(),
    }
}

/// A remark that counts people counts as many as the row does: "1 (satu) orang, membawa data" of three is
/// "3 (tiga) orang, membawa data". Other remarks stay as they are.
#[must_use]
pub fn counted_note(note: &str, quota: i32) -> String {
    match (told(note), u64::try_from(quota)) {
        (Some(told), Ok(quota)) => {
            format!("{} orang{}", dates::number_with_words(quota), told.rest)
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
            ("lima orang", 5, "5 (lima) orang"),
            ("3 (empat) orang", 3, "3 (tiga) orang"),
            ("Kursi roda untuk 1 orang", 2, "Kursi roda untuk 1 orang"),
            ("", 2, ""),
        ] {
            assert_eq!(counted_note(note, quota), expected, "{note}");
        }
    }

    #[test]
    fn a_form_asks_about_another_number_but_not_about_the_usual_one() {
        for (note, quota, asks) in [
            ("1 (satu) orang", 3, None),
            ("lima orang", 1, Some(5)),
            ("5 (lima) orang", 1, Some(5)),
            ("3 (tiga) orang", 3, None),
        ] {
            assert_eq!(asked(note, quota), asks, "{note}");
        }
    }

    #[test]
    fn the_list_of_a_letter_tells_the_number_of_several() {
        for (note, quota, paper) in [
            ("", 4, "4 (empat) orang"),
            ("", 1, ""),
            ("Membawa data", 2, "Membawa data"),
        ] {
            assert_eq!(printed(note, quota), paper, "{note}");
        }
    }

    #[test]
    fn a_remark_that_counts_others_than_the_row_is_noticed() {
        for (note, quota, says) in [
            ("1 (satu) orang", 5, Some(1)),
            ("3 (tiga) orang, membawa data", 2, Some(3)),
            ("2 orang", 2, None),
            ("lima orang", 1, Some(5)),
            ("Dua puluh orang", 20, None),
            ("3 (empat) orang", 3, Some(4)),
            ("beberapa orang", 1, None),
            ("Kursi roda untuk 1 orang", 2, None),
            ("", 2, None),
        ] {
            assert_eq!(contradiction(note, quota), says, "{note}");
        }
    }
}
