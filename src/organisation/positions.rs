//! A position together with the office that it is held in, each named once: "Kepala Dinas" alone is one of hundreds.

use super::entity::unit;
use crate::platform::words::in_full;

/// Who answers for the whole region is named with the region, not with the office that sends the letter.
const RULERS: [&str; 4] = ["gubernur", "bupati", "wali", "walikota"];
const REGIONS: [&str; 3] = ["provinsi", "kabupaten", "kota"];
/// Heads that are called after their office.
const KIN: [(&str, &str); 4] = [
    ("sekretaris", "sekretariat"),
    ("camat", "kecamatan"),
    ("lurah", "kelurahan"),
    ("inspektur", "inspektorat"),
];

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn bare(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.to_lowercase()
}

fn same(position: &str, office: &str) -> bool {
    let (one, other) = (bare(position), bare(office));
    one == other || KIN.contains(&(one.as_str(), other.as_str()))
}

fn same_run(position: &[&str], office: &[&str]) -> bool {
    position.len() == office.len() && position.iter().zip(office).all(|(a, b)| same(a, b))
}

fn is_region(word: &str) -> bool {
    REGIONS.contains(&bare(word).as_str())
}

/// How many last words of the position are the first of the office: `Kepala Dinas` and `Dinas Kesehatan` share one.
fn shared(position: &[&str], office: &[&str]) -> usize {
    let most = position.len().min(office.len());
    let fits = |count: &usize| same_run(&position[position.len() - count..], &office[..*count]);
    (1..=most).rev().find(fits).unwrap_or(0)
}

fn joined(position: &[&str], rest: &[&str]) -> String {
    [position, rest].concat().join(" ")
}

/// "Wakil Gubernur", "Wali Kota Samarinda"; not the "Staf Ahli Gubernur Bidang Hukum", who serves one.
fn rules(position: &[&str]) -> bool {
    let ruler = |word: &&str| RULERS.contains(&bare(word).as_str());
    let Some(at) = position.iter().rposition(ruler) else {
        return false;
    };
    let serves = position[..at].iter().any(|word| bare(word) == "staf");
    !serves && !position[at..].iter().any(|word| bare(word) == "bidang")
}

#[derive(Clone, Copy, Debug)]
struct Office<'a> {
    name: &'a str,
    short_name: &'a str,
    /// `Provinsi Kalimantan Timur`.
    jurisdiction: &'a str,
}

/// `Kepala Dinas Kesehatan Provinsi Contoh`, whatever of it the position's own words hold.
#[must_use]
pub fn position_at(position: &str, unit: &unit::Model) -> String {
    let office = Office {
        name: &unit.name,
        short_name: &unit.short_name,
        jurisdiction: &unit.jurisdiction,
    };
    held_at(position, &office)
}

fn held_at(position: &str, office: &Office<'_>) -> String {
    let position = position.trim().trim_end_matches(',');
    let (who, jurisdiction) = (words(position), words(office.jurisdiction));
    let in_region = jurisdiction.first().is_some_and(|word| is_region(word));
    let mut name = words(office.name);
    // An office without its region is found everywhere.
    if in_region && !name.iter().any(|word| is_region(word)) {
        name.extend(&jurisdiction);
    }
    let holds =
        |part: &[&str]| !part.is_empty() && who.windows(part.len()).any(|run| same_run(run, part));
    if in_full(position).contains(&in_full(office.name)) {
        return joined(&who, &[]);
    }
    if rules(&who) {
        let region = if in_region { &jurisdiction[1..] } else { &[] };
        return match region.is_empty() || holds(region) {
            true => joined(&who, &[]),
            false => joined(&who, region),
        };
    }
    let core = name.iter().position(|word| is_region(word));
    let core = &name[..core.unwrap_or(name.len())];
    let overlap = shared(&who, &name);
    if overlap > 0 {
        return joined(&who, &name[overlap..]);
    }
    // The whole name, or the name and a region in other words: "… Pencatatan Sipil Kaltim".
    if holds(&name) || holds(core) {
        return joined(&who, &[]);
    }
    let short = words(office.short_name);
    match shared(&who, &short) {
        0 => joined(&who, &name),
        overlap => joined(&who, &short[overlap..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CIVIL: Office<'_> = Office {
        name: "Dinas Kependudukan dan Pencatatan Sipil Provinsi Kalimantan Timur",
        short_name: "Disdukcapil Kaltim",
        jurisdiction: "Provinsi Kalimantan Timur",
    };
    const SETDA: Office<'_> = Office {
        name: "Sekretariat Daerah Provinsi Kalimantan Timur",
        short_name: "Setda Kaltim",
        jurisdiction: "Provinsi Kalimantan Timur",
    };
    const LOCAL: Office<'_> = Office {
        name: "Kecamatan Contoh",
        short_name: "Kecamatan Contoh",
        jurisdiction: "Kota Samarinda",
    };
    const BARE: Office<'_> = Office {
        name: "Dinas Contoh",
        short_name: "Dinas Contoh",
        jurisdiction: "",
    };

    #[test]
    fn position_and_office_are_named_once() {
        let civil = "Dinas Kependudukan dan Pencatatan Sipil Provinsi Kalimantan Timur";
        let head = format!("Kepala {civil}");
        let acting = format!("Plt. Kepala {civil}");
        let above = "Sekretaris Daerah Provinsi Kalimantan Timur";
        let aide = format!("Asisten Pemerintahan {above}");
        for (position, office, expected) in [
            ("Sekretaris Daerah", SETDA, above.to_owned()),
            (above, SETDA, above.to_owned()),
            ("a.n. Sekretaris Daerah", SETDA, format!("a.n. {above}")),
            ("Asisten Pemerintahan Sekretaris Daerah", SETDA, aide),
            ("Kepala Dinas", CIVIL, head.clone()),
            ("Kepala Dinas,", CIVIL, head.clone()),
            ("Kepala", CIVIL, head.clone()),
            (&head, CIVIL, head.clone()),
            ("Sekretaris", CIVIL, format!("Sekretaris {civil}")),
            (
                "Kepala Bidang Data",
                CIVIL,
                format!("Kepala Bidang Data {civil}"),
            ),
            (
                "Plt. Kepala Dinas Kependudukan dan Pencatatan Sipil",
                CIVIL,
                acting,
            ),
            (
                "KEPALA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL KALTIM",
                CIVIL,
                "KEPALA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL KALTIM".to_owned(),
            ),
            (
                "Kepala Disdukcapil",
                CIVIL,
                "Kepala Disdukcapil Kaltim".to_owned(),
            ),
            ("Gubernur", SETDA, "Gubernur Kalimantan Timur".to_owned()),
            (
                "Gubernur Kalimantan Timur",
                SETDA,
                "Gubernur Kalimantan Timur".to_owned(),
            ),
            (
                "Camat Contoh",
                LOCAL,
                "Camat Contoh Kota Samarinda".to_owned(),
            ),
            (
                "Kepala Biro Organisasi Setda Prov. Kaltim",
                SETDA,
                "Kepala Biro Organisasi Setda Prov. Kaltim".to_owned(),
            ),
            (
                "Staf Ahli Gubernur Bidang Hukum",
                SETDA,
                "Staf Ahli Gubernur Bidang Hukum Sekretariat Daerah Provinsi Kalimantan Timur"
                    .to_owned(),
            ),
            ("Kepala Dinas", BARE, "Kepala Dinas Contoh".to_owned()),
            ("Wali Kota", BARE, "Wali Kota".to_owned()),
        ] {
            assert_eq!(held_at(position, &office), expected, "{position}");
        }
    }
}
