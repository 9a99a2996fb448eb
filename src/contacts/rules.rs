//! How people and offices are told apart, and how a letter addresses them.

use crate::platform::words::{self, folded, is_degree};

/// Words that begin the name of an office, not of a person.
const OFFICES: &[&str] = &[
    "kepala",
    "ketua",
    "wakil",
    "sekretaris",
    "direktur",
    "pimpinan",
    "pemimpin",
    "camat",
    "lurah",
    "wali",
    "walikota",
    "bupati",
    "gubernur",
    "asisten",
    "inspektur",
    "rektor",
    "dekan",
    "koordinator",
    "kabid",
    "kadis",
    "komandan",
    "kapolda",
    "kapolres",
    "manajer",
    "redaksi",
    "perwakilan",
    "tokoh",
    "head",
    "chair",
    "director",
];

/// What stays the same however somebody types a name: letters and digits, small.
#[must_use]
pub fn spelling(addressee: &str, organisation: &str) -> String {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    format!("{}|{}", plain(addressee), plain(organisation))
}

/// `Budi Contoh, Ketua`; one of the two alone where the other is empty.
#[must_use]
pub fn addressee(name: &str, position: &str) -> String {
    match (name.trim(), position.trim()) {
        (name, "") => name.to_owned(),
        ("", position) => position.to_owned(),
        (name, position) => format!("{name}, {position}"),
    }
}

/// Words that may follow in the name of a position without saying of which office it is.
const OF_NO_OFFICE: &[&str] = &[
    "umum",
    "utama",
    "eksekutif",
    "pelaksana",
    "harian",
    "jenderal",
    "cabang",
];

/// "Kepala", "Direktur Utama": everybody asks of what.
#[must_use]
pub fn is_bare(position: &str) -> bool {
    let words: Vec<String> = position
        .split_whitespace()
        .map(|word| word.trim_end_matches('.').to_lowercase())
        .collect();
    let known =
        |word: &String| OFFICES.contains(&word.as_str()) || OF_NO_OFFICE.contains(&word.as_str());
    words
        .first()
        .is_some_and(|first| OFFICES.contains(&first.as_str()))
        && words.iter().all(known)
}

/// Who heads an office that is named after them: "Inspektur Daerah" needs no "Inspektorat Daerah" beside it.
const HEADS: &[(&str, &str)] = &[
    ("inspektur", "inspektorat"),
    ("direktur", "direktorat"),
    ("sekretaris", "sekretariat"),
    ("camat", "kecamatan"),
    ("lurah", "kelurahan"),
];

fn heads(position: &str, institution: &str) -> bool {
    let (position, institution) = (folded(position), folded(institution));
    HEADS.iter().any(|(head, office)| {
        let (of, seat) = (
            position.strip_prefix(head),
            institution.strip_prefix(office),
        );
        of.is_some_and(|of| of.starts_with(' ') && Some(of) == seat)
    })
}

/// "Kepala Dinas" of "Dinas Contoh" is "Kepala Dinas Contoh": what both say is said once.
fn joined(addressee: &str, position: &str, institution: &str) -> Option<String> {
    let words =
        |text: &str| -> Vec<String> { folded(text).split(' ').map(str::to_owned).collect() };
    let (of, seat) = (words(position), words(institution));
    let office = of.first().is_some_and(|first| {
        let first = first.trim_end_matches('.');
        OFFICES.contains(&first)
    });
    let shared = (1..of.len().min(seat.len() + 1))
        .rev()
        .find(|shared| of[of.len() - shared..] == seat[..*shared])?;
    let mut whole = vec![addressee.trim()];
    whole.extend(institution.split_whitespace().skip(shared));
    office.then(|| whole.join(" "))
}

/// How somebody is called in a mail: a bare position takes its institution, as official lists write it, "Kepala Dinas
/// Kesehatan"; a person and a whole title stay as they are.
#[must_use]
pub fn called(addressee: &str, institution: &str) -> String {
    let position = addressee.rsplit(", ").next().unwrap_or(addressee);
    if is_bare(position) && !institution.is_empty() {
        match words::said_once(&[addressee, institution], " ") {
            // "Tokoh" of "Tokoh Masyarakat".
            once if once == institution => once,
            _ => format!("{addressee} {institution}"),
        }
    } else {
        joined(addressee, position, institution).unwrap_or_else(|| addressee.to_owned())
    }
}

/// The same with the institution: five rectors are told apart by their universities. An addressee that names the
/// institution already does not need it twice.
#[must_use]
pub fn in_full(addressee: &str, institution: &str) -> String {
    let called = called(addressee, institution);
    let (small, named) = (folded(&called), folded(institution));
    let position = addressee.rsplit(", ").next().unwrap_or(addressee);
    if named.is_empty() || small.contains(&named) || heads(position, institution) {
        called
    } else {
        format!("{called}, {institution}")
    }
}

/// Whether an addressee that was typed in one piece is a person or an office: (name, position).
#[must_use]
pub fn split_addressee(typed: &str) -> (String, String) {
    let first = typed
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    if OFFICES.contains(&first.trim_end_matches('.')) {
        (String::new(), typed.to_owned())
    } else {
        (typed.to_owned(), String::new())
    }
}

/// Person and position that stand in one cell, "Siti Warga, S.H., Ketua RT 05": degrees belong to the name, what follows
/// them is the position. An office has no name.
#[must_use]
pub fn split_named(typed: &str) -> (String, String) {
    let (name, office) = split_addressee(typed);
    if name.is_empty() {
        return (name, office);
    }
    // "Dra. Ani Contoh, M.Si (Tokoh Masyarakat)": what stands in brackets behind a name is no part of a degree.
    let bracketed = typed.trim().strip_suffix(')');
    let bracketed = bracketed
        .and_then(|open| open.rsplit_once('('))
        .filter(|(name, _)| !name.trim().is_empty());
    let (named, inside) = bracketed.unwrap_or((typed, ""));
    let parts = named.split(',').map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let degrees = parts.iter().skip(1).take_while(|part| is_degree(part));
    let end = (1 + degrees.count()).min(parts.len());
    let mut position = parts[end..].to_vec();
    position.extend(Some(inside.trim()).filter(|inside| !inside.is_empty()));
    (parts[..end].join(", "), position.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_has_one_spelling() {
        let same = spelling("Drs. Budi Contoh, M.Si", "Dinas Kesehatan");
        for (addressee, organisation) in [
            ("drs budi contoh m.si", "DINAS  KESEHATAN"),
            ("Drs.  Budi Contoh,M.Si.", "Dinas Kesehatan "),
        ] {
            assert_eq!(spelling(addressee, organisation), same);
        }
        assert_ne!(spelling("Budi Contoh", "Dinas Kesehatan"), same);
        assert_ne!(spelling("a", "bc"), spelling("ab", "c"));
    }

    #[test]
    fn a_bare_position_is_called_with_its_institution() {
        for (addressee, institution, short, long) in [
            (
                "Kepala",
                "Dinas Kesehatan",
                "Kepala Dinas Kesehatan",
                "Kepala Dinas Kesehatan",
            ),
            (
                "Direktur Utama",
                "PDAM Contoh",
                "Direktur Utama PDAM Contoh",
                "Direktur Utama PDAM Contoh",
            ),
            (
                "Budi Contoh, Ketua",
                "LSM Contoh",
                "Budi Contoh, Ketua LSM Contoh",
                "Budi Contoh, Ketua LSM Contoh",
            ),
            (
                "Kepala Dinas Kesehatan",
                "Dinas Kesehatan",
                "Kepala Dinas Kesehatan",
                "Kepala Dinas Kesehatan",
            ),
            ("Ibu Ani", "Forum Anak", "Ibu Ani", "Ibu Ani, Forum Anak"),
            (
                "Kepala Bidang Contoh",
                "Dinas Kesehatan",
                "Kepala Bidang Contoh",
                "Kepala Bidang Contoh, Dinas Kesehatan",
            ),
            ("Kepala", "", "Kepala", "Kepala"),
            (
                "Tokoh",
                "Tokoh Masyarakat",
                "Tokoh Masyarakat",
                "Tokoh Masyarakat",
            ),
            (
                "Tribun Contoh",
                "Tribun Contoh",
                "Tribun Contoh",
                "Tribun Contoh",
            ),
            (
                "Kepala Dinas",
                "Dinas  Contoh",
                "Kepala Dinas Contoh",
                "Kepala Dinas Contoh",
            ),
            (
                "Inspektur Daerah Provinsi Contoh",
                "Inspektorat Daerah Provinsi Contoh",
                "Inspektur Daerah Provinsi Contoh",
                "Inspektur Daerah Provinsi Contoh",
            ),
            (
                "Inspektur Daerah Provinsi Contoh",
                "Inspektorat Daerah Kota Contoh",
                "Inspektur Daerah Provinsi Contoh",
                "Inspektur Daerah Provinsi Contoh, Inspektorat Daerah Kota Contoh",
            ),
            (
                "Camat Contoh",
                "Kecamatan Contoh",
                "Camat Contoh",
                "Camat Contoh",
            ),
            (
                "Ani Forum",
                "Forum Anak",
                "Ani Forum",
                "Ani Forum, Forum Anak",
            ),
        ] {
            assert_eq!(called(addressee, institution), short);
            assert_eq!(in_full(addressee, institution), long);
        }
    }

    #[test]
    fn a_degree_is_no_position() {
        for (typed, name, position) in [
            ("Siti Warga, Ketua RT 05", "Siti Warga", "Ketua RT 05"),
            (
                "Siti Warga, S.H., M.Si., Ketua RT 05",
                "Siti Warga, S.H., M.Si.",
                "Ketua RT 05",
            ),
            (
                "Dr. Budi Contoh, S.H., M.Si.",
                "Dr. Budi Contoh, S.H., M.Si.",
                "",
            ),
            ("Budi Contoh, SE, MM", "Budi Contoh, SE, MM", ""),
            (
                "dr. Ani Contoh, Sp.OG, Direktur",
                "dr. Ani Contoh, Sp.OG",
                "Direktur",
            ),
            (
                "Ani Contoh, Kepala Bidang Satu, Dinas Contoh",
                "Ani Contoh",
                "Kepala Bidang Satu, Dinas Contoh",
            ),
            ("Ani Contoh, Ka. UPT Contoh", "Ani Contoh", "Ka. UPT Contoh"),
            ("Kepala Dinas, Kota Contoh", "", "Kepala Dinas, Kota Contoh"),
            (
                "Dra. Hj. Ani Contoh, M.Si (Tokoh Masyarakat)",
                "Dra. Hj. Ani Contoh, M.Si",
                "Tokoh Masyarakat",
            ),
            (
                "Ani Contoh, S.H., Ketua (Forum Anak)",
                "Ani Contoh, S.H.",
                "Ketua, Forum Anak",
            ),
            ("(Ani Contoh)", "(Ani Contoh)", ""),
            ("Budi Contoh", "Budi Contoh", ""),
            ("Budi Contoh,", "Budi Contoh", ""),
            ("", "", ""),
        ] {
            let expected = (name.to_owned(), position.to_owned());
            assert_eq!(split_named(typed), expected, "{typed}");
        }
    }

    #[test]
    fn a_letter_addresses_a_person_or_an_office() {
        for (name, position, words) in [
            ("Budi", "Ketua", "Budi, Ketua"),
            ("Budi", "", "Budi"),
            ("", "Ketua", "Ketua"),
            ("", "", ""),
        ] {
            assert_eq!(addressee(name, position), words);
        }
        for (typed, name, position) in [
            ("Kepala Dinas Contoh", "", "Kepala Dinas Contoh"),
            ("Budi Contoh", "Budi Contoh", ""),
            ("Ketua. LSM", "", "Ketua. LSM"),
        ] {
            assert_eq!(
                split_addressee(typed),
                (name.to_owned(), position.to_owned())
            );
        }
    }
}
