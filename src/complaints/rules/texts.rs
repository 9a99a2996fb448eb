//! Numbers and codes as they are printed and typed.

/// `ADU-2026-000123`.
#[must_use]
pub fn number(prefix: &str, year: i32, count: i32) -> String {
    format!("{prefix}-{year}-{count:06}")
}

/// A number as people type it: blanks around, small letters.
#[must_use]
pub fn read_number(text: &str) -> String {
    text.trim().to_uppercase()
}

/// The whole numbers that somebody may mean who names another case beside this one: a number as it stands, or its tail
/// alone, `123`, of the same year or else of the year before.
#[must_use]
pub fn numbers_meant(typed: &str, beside: &str) -> Vec<String> {
    let whole = read_number(typed);
    let tail: Option<i32> = match (1..=6).contains(&whole.len()) {
        true => whole
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| whole.parse().ok())
            .flatten(),
        false => None,
    };
    let place = beside
        .rsplit_once('-')
        .and_then(|(head, _)| head.rsplit_once('-'))
        .and_then(|(prefix, year)| Some((prefix, year.parse::<i32>().ok()?)));
    match (tail, place) {
        (Some(count), Some((prefix, year))) => [year, year - 1]
            .map(|year| number(prefix, year, count))
            .into(),
        _ => vec![whole],
    }
}

/// The digits of a code as people type it: with blanks or dashes. Sixteen of them, or it is no code.
#[must_use]
pub fn read_code(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.'))
        .collect();
    (digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// In groups of four, as the receipt prints it.
#[must_use]
pub fn grouped(code: &str) -> Vec<String> {
    let digits: Vec<char> = code.chars().collect();
    digits.chunks(4).map(|four| four.iter().collect()).collect()
}

/// `S••••• R•••••`: enough to recognise a caller, too little to find one.
#[must_use]
pub fn masked(text: &str) -> String {
    text.split_whitespace()
        .map(|word| {
            let first: String = word.chars().take(1).collect();
            format!("{first}•••••")
        })
        .collect::<Vec<_>>()
        .join(" ")
}
