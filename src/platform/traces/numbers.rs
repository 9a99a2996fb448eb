//! Where numbers of identity cards and telephones stand in a text, whatever stands between and beside their digits.

use std::ops::Range;

use super::Sign;

/// Digits in a row, and where they stand.
struct Group {
    place: Range<usize>,
    digits: String,
}

/// What stands between the digits of one number, and how much of it at most.
const JOINS: &[char] = &[' ', '\u{a0}', '.', '-', '–'];
const FURTHEST: usize = 3;

/// Where the numbers stand, in letters.
pub(super) fn runs(letters: &[char]) -> Vec<(Sign, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let groups = groups_from(letters, at);
        at = groups.last().map_or(at + 1, |last| last.place.end);
        found.extend(in_run(letters, &groups));
    }
    found
}

/// The groups of digits from here on that only joins stand between.
fn groups_from(letters: &[char], begin: usize) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut at = begin;
    loop {
        let digits: String = letters[at..]
            .iter()
            .take_while(|letter| letter.is_ascii_digit())
            .collect();
        let end = at + digits.len();
        let place = at..end;
        groups.push(Group { place, digits });
        let joins = letters[end..].iter();
        let next = end + joins.take_while(|letter| JOINS.contains(letter)).count();
        let goes_on = letters.get(next).is_some_and(char::is_ascii_digit);
        if !goes_on || next - end > FURTHEST {
            return groups;
        }
        at = next;
    }
}

/// The numbers of cards first, however many digits stand beside them: the number of a line, a year, a telephone. What is
/// left may be telephones.
fn in_run(letters: &[char], groups: &[Group]) -> Vec<(Sign, Range<usize>)> {
    let mut found = Vec::new();
    let (mut at, mut left) = (0, 0);
    while at < groups.len() {
        if begins_with_a_day(&groups[at..]) {
            // A day and its hours have as many digits: `17-03-2026 08.00-12.00`.
            at += 3;
        } else if let Some(taken) = card(letters, &groups[at..]) {
            found.extend(phones(letters, &groups[left..at]));
            found.extend(place(Sign::NationalId, &groups[at..at + taken]));
            at += taken;
            left = at;
        } else {
            at += 1;
        }
    }
    found.extend(phones(letters, &groups[left..]));
    found
}

fn place(sign: Sign, groups: &[Group]) -> Option<(Sign, Range<usize>)> {
    let (first, last) = (groups.first()?, groups.last()?);
    Some((sign, first.place.start..last.place.end))
}

/// How many groups are the number of a card. Digits in one piece are one, whatever they say; pieces have its shape, and
/// neither a day nor hours among them.
fn card(letters: &[char], groups: &[Group]) -> Option<usize> {
    let mut digits = String::new();
    let mut day = false;
    for (at, group) in groups.iter().enumerate() {
        day |= begins_with_a_day(&groups[at..]);
        digits.push_str(&group.digits);
        let pieces = &groups[..=at];
        let is_card = match digits.len() {
            16 | 18 if at == 0 => true,
            16 => is_citizen(&digits) && !day && !are_hours(letters, pieces),
            18 => is_official(&digits),
            19.. => return None,
            _ => false,
        };
        if is_card && (at == 0 || thousands(letters, groups) < pieces.len()) {
            return Some(at + 1);
        }
    }
    None
}

/// `11.30-12.15 12.30-13.45`.
fn are_hours(letters: &[char], groups: &[Group]) -> bool {
    let after = |group: &Group| letters.get(group.place.end);
    let dotted = |pair: &[Group]| after(&pair[0]) == Some(&'.');
    groups.iter().all(|group| group.digits.len() == 2)
        && groups.chunks(2).all(dotted)
        && !groups.windows(2).all(dotted)
}

/// Two digits of a number.
fn pair(digits: &str, at: usize) -> u8 {
    let two = digits.get(at..at + 2);
    two.and_then(|two| two.parse().ok()).unwrap_or_default()
}

/// A province, a regency and a district, and a day of birth: to that of a woman forty is added.
fn is_citizen(digits: &str) -> bool {
    (11..=97).contains(&pair(digits, 0))
        && matches!(pair(digits, 6), 1..=31 | 41..=71)
        && (1..=12).contains(&pair(digits, 8))
}

/// The number of an official begins with the day of birth.
fn is_official(digits: &str) -> bool {
    matches!(pair(digits, 0), 19 | 20)
        && (1..=12).contains(&pair(digits, 4))
        && (1..=31).contains(&pair(digits, 6))
}

/// How many groups from the first on are one amount: `6.200.000.000`. A telephone that is written so begins with 0.
fn thousands(letters: &[char], groups: &[Group]) -> usize {
    let [first, rest @ ..] = groups else {
        return 0;
    };
    if first.digits.len() > 3 || first.digits.starts_with('0') {
        return 1;
    }
    let mut end = first.place.end;
    let goes_on = |group: &&Group| {
        let follows = group.place.start == end + 1 && letters[end] == '.';
        end = group.place.end;
        follows && group.digits.len() == 3
    };
    1 + rest.iter().take_while(goes_on).count()
}

fn phones(letters: &[char], groups: &[Group]) -> Vec<(Sign, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        let rest = &groups[at..];
        let before = &letters[..groups[at].place.start];
        let amount = thousands(letters, rest);
        if amount > 2 || is_money(before) {
            at += amount;
        } else if let Some(taken) = phone(rest, before.last() == Some(&'+')) {
            found.extend(place(Sign::Phone, &rest[..taken]));
            at += taken;
        } else {
            at += 1;
        }
    }
    found
}

/// How many groups are one telephone.
fn phone(groups: &[Group], plus: bool) -> Option<usize> {
    let [first, rest @ ..] = groups else {
        return None;
    };
    if !plus && !begins_a_phone(first, rest) {
        return None;
    }
    let mut digits = first.digits.len();
    let mut taken = 1;
    for group in rest {
        let another = group.digits.starts_with("08") || begins_with_a_day(&groups[taken..]);
        let longer = digits + group.digits.len();
        if longer > 15 || (digits >= 9 && another) {
            break;
        }
        digits = longer;
        taken += 1;
    }
    (9..=15).contains(&digits).then_some(taken)
}

/// With its area, or with the country. A date begins with one or two digits; nought after the country is no area.
fn begins_a_phone(first: &Group, rest: &[Group]) -> bool {
    let digits = first.digits.as_str();
    if digits.starts_with('0') {
        return digits.len() >= 3 && !digits.starts_with("00");
    }
    let second = rest.first().map_or("", |next| next.digits.as_str());
    let area = match digits.strip_prefix("62") {
        Some("") => second,
        Some(area) => area,
        None => return false,
    };
    !area.starts_with('0')
}

/// `Rp 620.000.000` has as many digits as a telephone.
fn is_money(before: &[char]) -> bool {
    let last = before.iter().rposition(|one| one.is_alphanumeric());
    let word = last.map_or(&[][..], |last| &before[..=last]);
    match word {
        ['R' | 'r', 'p' | 'P'] => true,
        [.., other, 'R' | 'r', 'p' | 'P'] => !other.is_alphanumeric(),
        _ => false,
    }
}

/// `17 03 2026` or `2026 03 17`.
fn begins_with_a_day(groups: &[Group]) -> bool {
    let [first, second, third, ..] = groups else {
        return false;
    };
    let is_year = |group: &Group| {
        let digits = group.digits.as_str();
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    };
    let short = |group: &Group| group.digits.len() <= 2;
    short(second) && (short(first) && is_year(third) || is_year(first) && short(third))
}
