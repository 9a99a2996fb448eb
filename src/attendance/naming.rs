//! Whose name it is that somebody says at the door. A letter may name "Siti Contoh, Ketua RT 05": whoever says "siti
//! contoh" is that person, and stays the chair.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::platform::words::{bare_name, folded, is_degree};

fn without_accents(name: &str) -> String {
    name.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// A name as it is heard: no capitals, accents, dots or commas.
fn heard(name: &str) -> String {
    let plain = without_accents(name);
    let words = plain.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    folded(&words.join(" "))
}

/// The same without titles and degrees: who has one seldom says it.
fn untitled(name: &str) -> String {
    bare_name(&without_accents(name)).join(" ")
}

/// Whether two names are one person's, with or without titles.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    heard(one) == heard(other) || untitled(one) == untitled(other)
}

/// Whether the one may be short for the other: "Rina" says less than "Rina Pers", and names nobody else.
#[must_use]
pub fn may_be(one: &str, other: &str) -> bool {
    let (one, other) = (untitled(one), untitled(other));
    let within = |part: &str, whole: &str| {
        part.split(' ')
            .all(|word| whole.split(' ').any(|w| w == word))
    };
    within(&one, &other) || within(&other, &one)
}

/// What a text says behind a name that it begins with; none where it does not begin with it.
fn behind(whole: &str, is_name: impl Fn(&str) -> bool) -> Option<&str> {
    let ends = whole.match_indices(',').map(|(at, _)| at);
    ends.chain([whole.len()])
        .find(|at| is_name(&whole[..*at]))
        .map(|at| whole[at..].trim_matches([',', ' ']))
}

/// The position that a line names beside the name; empty where it names none.
#[must_use]
pub fn position_beside(whole: &str, name: &str) -> String {
    let rest = behind(whole, |said| same(said, name)).unwrap_or_default();
    let parts = rest.split(", ").map(str::trim);
    let parts: Vec<&str> = parts.skip_while(|part| is_degree(part)).collect();
    parts.join(", ")
}

/// Which of those on the list, each with the name and the institution, somebody is who says theirs. Who does not say
/// where from is meant if only one has the name; so is who leaves a title out, or says one that the list does not have.
#[must_use]
pub fn meant(listed: &[(&str, &str)], (name, organisation): (&str, &str)) -> Option<usize> {
    let (exact, bare) = (heard(name), untitled(name));
    if exact.is_empty() {
        return None;
    }
    let from = heard(organisation);
    let fits = |at: &usize, is_name: &dyn Fn(&str) -> bool| {
        let (whole, office) = listed[*at];
        behind(whole, is_name).is_some() && (from.is_empty() || heard(office) == from)
    };
    let is_exact = |said: &str| heard(said) == exact;
    let mut named = (0..listed.len()).filter(|at| fits(at, &is_exact));
    if let Some(first) = named.next() {
        return Some(first).filter(|_| !from.is_empty() || named.next().is_none());
    }
    let is_bare = |said: &str| untitled(said) == bare;
    let mut named = (0..listed.len()).filter(|at| fits(at, &is_bare));
    named.next().filter(|_| named.next().is_none())
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
            ("Hj. Siti Contoh, S.H., Lurah", "Siti Contoh", "Lurah"),
            ("Siti Contoh S.H. M.Si, Lurah", "Siti Contoh", "Lurah"),
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
            ("Dr. Ahli Rekaan", "Universitas Contoh"),
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
            // With or without titles, unless two are meant.
            ("Ahli Rekaan", "", Some(4)),
            ("Prof. Dr. Ahli Rekaan, M.Si", "Universitas Contoh", Some(4)),
            ("H. Budi Contoh", "", Some(3)),
            ("Prof. Budi Contoh M.Si", "", Some(3)),
            ("Karina Contoh, S.H.", "", None),
        ] {
            assert_eq!(meant(&listed, (name, organisation)), expected, "{name}");
        }
    }

    #[test]
    fn a_short_name_is_nobody_elses() {
        for (one, other, expected) in [
            ("Rina", "Rina Pers", true),
            ("Dr. Rina Pers, M.Si", "rina", true),
            ("Rina Pers", "Rina Contoh", false),
            ("Budi", "Rina Pers", false),
        ] {
            assert_eq!(may_be(one, other), expected, "{one} {other}");
        }
    }
}
