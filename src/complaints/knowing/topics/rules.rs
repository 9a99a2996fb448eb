//! Whether a matter grows, and which matters several complaints seem to share.

use std::collections::{BTreeMap, BTreeSet};

/// How a matter developed between two spans of equal length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    Grows,
    Same,
    Shrinks,
    /// Nothing came in either.
    Quiet,
}

/// One more or less of a few is chance: it takes two, and a fifth.
#[must_use]
pub fn growth(now: i64, before: i64) -> Growth {
    let differ = (now - before).abs();
    let enough = differ >= 2 && differ * 5 >= before.max(1);
    match (now, before) {
        (0, 0) => Growth::Quiet,
        _ if !enough => Growth::Same,
        _ if now > before => Growth::Grows,
        _ => Growth::Shrinks,
    }
}

/// Words that every complaint has.
const COMMON: &[&str] = &[
    "yang",
    "untuk",
    "dengan",
    "tidak",
    "belum",
    "sudah",
    "saya",
    "kami",
    "anda",
    "mereka",
    "dari",
    "pada",
    "dalam",
    "karena",
    "oleh",
    "akan",
    "agar",
    "supaya",
    "atau",
    "juga",
    "bisa",
    "dapat",
    "masih",
    "sangat",
    "lebih",
    "kurang",
    "lama",
    "baru",
    "hari",
    "minggu",
    "bulan",
    "tahun",
    "jam",
    "pukul",
    "sejak",
    "sampai",
    "hingga",
    "saat",
    "ketika",
    "kapan",
    "mohon",
    "tolong",
    "minta",
    "kepada",
    "tentang",
    "soal",
    "mengenai",
    "petugas",
    "kantor",
    "dinas",
    "layanan",
    "pelayanan",
    "pengaduan",
    "masyarakat",
    "warga",
    "bapak",
    "ibu",
    "terima",
    "kasih",
    "selalu",
    "sering",
    "hanya",
    "banyak",
    "setiap",
    "semua",
    "sama",
    "kali",
    "orang",
    "anak",
    "harus",
    "seperti",
    "adalah",
    "kalau",
    "jika",
    "maka",
    "namun",
    "tetapi",
    "tapi",
    "saja",
    "lagi",
    "ada",
    "itu",
    "ini",
    "dan",
    "yth",
    "bagaimana",
    "mengapa",
    "kenapa",
    "dimana",
    "urus",
    "mengurus",
    "proses",
    "padahal",
    "sebelum",
    "sesudah",
    "setelah",
    "antara",
    "tanpa",
    "hal",
];

/// A matter that several complaints seem to share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion<K> {
    /// The words, `antrean loket`.
    pub words: String,
    pub cases: Vec<K>,
}

/// The least complaints that make a matter.
pub const FEWEST: usize = 3;
const MOST: usize = 6;

/// Long words, and short ones in capitals: `KTP`, `IKD`.
fn telling(subject: &str) -> BTreeSet<String> {
    let is_telling = |word: &&str| match word.chars().count() {
        0..3 => false,
        3 => word.chars().all(char::is_uppercase),
        _ => !word.starts_with(|c: char| c.is_ascii_digit()),
    };
    subject
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .map(|word| word.trim_matches('-'))
        .filter(is_telling)
        .map(str::to_lowercase)
        .filter(|word| !COMMON.contains(&word.as_str()))
        .collect()
}

/// Words that stand in the subjects of several complaints, the most frequent first. Words that always come together
/// are one suggestion.
#[must_use]
pub fn suggestions<K: Clone + Ord>(subjects: &[(K, String)]) -> Vec<Suggestion<K>> {
    let mut by_word: BTreeMap<String, BTreeSet<K>> = BTreeMap::new();
    for (key, subject) in subjects {
        for word in telling(subject) {
            by_word.entry(word).or_default().insert(key.clone());
        }
    }
    let mut by_cases: BTreeMap<BTreeSet<K>, Vec<String>> = BTreeMap::new();
    for (word, cases) in by_word {
        if cases.len() >= FEWEST {
            by_cases.entry(cases).or_default().push(word);
        }
    }
    let mut found: Vec<Suggestion<K>> = by_cases
        .into_iter()
        .map(|(cases, words)| Suggestion {
            words: words.join(" "),
            cases: cases.into_iter().collect(),
        })
        .collect();
    found.sort_by(|one, other| {
        let most = other.cases.len().cmp(&one.cases.len());
        most.then_with(|| one.words.cmp(&other.words))
    });
    found.truncate(MOST);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_grows_when_it_is_more_than_chance() {
        for (now, before, expected) in [
            (0, 0, Growth::Quiet),
            (1, 0, Growth::Same),
            (2, 0, Growth::Grows),
            (3, 2, Growth::Same),
            (4, 2, Growth::Grows),
            (0, 2, Growth::Shrinks),
            (102, 100, Growth::Same),
            (120, 100, Growth::Grows),
            (80, 100, Growth::Shrinks),
        ] {
            assert_eq!(growth(now, before), expected, "{now} {before}");
        }
    }

    #[test]
    fn words_that_several_complaints_share_are_suggested_once() {
        let subjects: Vec<(i32, String)> = [
            "Antrean loket sangat lama",
            "Antrean di loket 2",
            "Loket: antrean panjang",
            "KTP-el belum jadi",
            "KTP-el hilang",
            "Mohon KTP-el dan KK",
            "KTP-el rusak",
            "Terima kasih",
            "IKD gagal",
            "Aktivasi IKD",
            "IKD di ponsel baru",
        ]
        .iter()
        .zip(1..)
        .map(|(subject, key)| (key, (*subject).to_owned()))
        .collect();
        let found = suggestions(&subjects);
        assert_eq!(
            found,
            [
                Suggestion {
                    words: "ktp-el".to_owned(),
                    cases: vec![4, 5, 6, 7],
                },
                Suggestion {
                    words: "antrean loket".to_owned(),
                    cases: vec![1, 2, 3],
                },
                Suggestion {
                    words: "ikd".to_owned(),
                    cases: vec![9, 10, 11],
                },
            ]
        );
    }
}
