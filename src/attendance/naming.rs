//! Whose name it is that somebody says at the door. A letter may name "Siti Contoh, Ketua RT 05": whoever says "siti
//! contoh" is that person, and stays the chair.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::platform::words::folded;

/// A name as it is heard: no capitals, accents, dots or commas.
fn heard(name: &str) -> String {
    let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    folded(&words.join(" "))
}

/// What a text says behind a name that it begins with; none where it does not begin with it.
fn behind<'a>(whole: &'a str, name: &str) -> Option<&'a str> {
    let name = heard(name);
    let ends = whole.match_indices(',').map(|(at, _)| at);
    ends.chain([whole.len()])
        .find(|at| heard(&whole[..*at]) == name)
        .map(|at| whole[at..].trim_matches([',', ' ']))
}

/// "M.Si", "SE", "MARS": a degree is no position. Where a whole list is written in capitals, so is "LURAH".
fn is_degree(part: &str) -> bool {
    let capitals = !part.chars().any(char::is_lowercase) && part.chars().count() <= 4;
    !part.contains(' ') && (part.contains('.') || capitals)
}

/// The position that a line names beside the name; empty where it names none.
#[must_use]
pub fn position_beside(whole: &str, name: &str) -> String {
    let rest = behind(whole, name).unwrap_or_default();
    let parts = rest.split(", ").map(str::trim);
    let parts: Vec<&str> = parts.skip_while(|part| is_degree(part)).collect();
    parts.join(", ")
}

/// Which of those on the list, each with the name and the institution, somebody is who says theirs. Who does not say
/// where from is meant if only one has the name.
#[must_use]
pub fn meant(listed: &[(&str, &str)], (name, organisation): (&str, &str)) -> Option<usize> {
    let same = |one: &(&str, &str)| behind(one.0, name).is_some();
    let mut named = (0..listed.len()).filter(|at| same(&listed[*at]));
    if heard(name).is_empty() {
        return None;
    }
    if heard(organisation).is_empty() {
        return named.next().filter(|_| named.next().is_none());
    }
    named.find(|at| heard(listed[*at].1) == heard(organisation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_beside_the_name_is_kept_and_a_degree_is_none() {
        for (whole, name, position) in [
            ("Siti Contoh, Ketua RT 05", "siti  contoh", "Ketua RT 05"),
            ("Siti Contoh, S.Sos, M.Si, Lurah", "Siti Contoh", "Lurah"),
            ("Siti Contoh, M.Si, Lurah", "Siti Contoh, M.Si", "Lurah"),
            ("Siti Contoh, SE", "Siti Contoh", ""),
            ("SITI CONTOH, S.STP, MARS", "Siti Contoh", ""),
            ("SITI CONTOH, S.STP, LURAH", "Siti Contoh", "LURAH"),
            ("SITI CONTOH, CAMAT", "Siti Contoh", "CAMAT"),
            ("SITI CONTOH, BUPATI", "Siti Contoh", "BUPATI"),
            ("Siti Contoh", "Siti Contoh", ""),
            ("Siti Contoh, Ketua RT 05", "Budi Contoh", ""),
            ("Kepala Dinas, Contoh", "Siti Contoh", ""),
            ("", "", ""),
        ] {
            assert_eq!(position_beside(whole, name), position, "{whole} {name}");
        }
    }

    #[test]
    fn somebody_is_found_however_the_name_is_typed_and_never_one_of_two() {
        let listed = [
            ("Jos\u{e9} Contoh, Ketua RT 05", "RT 05"),
            ("Karina Contoh", "Dinas  Sosial"),
            ("Karina Contoh", "Dinas Kesehatan"),
            ("Budi Contoh", ""),
        ];
        for (name, organisation, expected) in [
            ("jose  CONTOH", "", Some(0)),
            // The accent as a sign of its own.
            ("Jose\u{301} Contoh", "rt 05", Some(0)),
            ("Jos\u{e9} Contoh", "RT 06", None),
            ("Karina Contoh", "dinas kesehatan", Some(2)),
            ("Karina Contoh", "", None),
            ("Karina", "Dinas Sosial", None),
            ("Budi Contoh", "", Some(3)),
            ("Budi Contoh", "Dinas Sosial", None),
            ("--", "", None),
        ] {
            assert_eq!(meant(&listed, (name, organisation)), expected, "{name}");
        }
    }
}
