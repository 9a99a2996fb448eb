//! Indonesian word forms: `memperbaikinya`, `perbaikan` and `baik` are one word for a search. The affixes are taken
//! off in the order of Nazief and Adriani (particle, possessive, suffix, up to three prefixes, with the letters that
//! a nasal swallowed put back); what then stands in the list of roots wins, and without one the rules decide alone.
//! What matters is not that a stem is a word but that the forms of a word meet, when indexed and when searched.

use std::{collections::HashSet, sync::LazyLock};

/// Longer words are no words.
const LONGEST: usize = 40;

static ROOTS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| listed(include_str!("stemming/roots.txt")));
static STOP_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| listed(include_str!("stemming/stop_words.txt")));

static FILLERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = listed(include_str!("stemming/filler_words.txt"));
    words.into_iter().map(stem).collect()
});

/// How people also write it.
const SPELLINGS: &[(&str, &str)] = &[
    ("antri", "antre"),
    ("apotik", "apotek"),
    ("aktip", "aktif"),
    ("akte", "akta"),
    ("blanko", "blangko"),
    ("dateng", "datang"),
    ("ektp", "ktp"),
    ("ilang", "hilang"),
    ("ijin", "izin"),
    ("jaman", "zaman"),
    ("kadaluarsa", "kedaluwarsa"),
    ("komplen", "komplain"),
    ("ktpel", "ktp"),
    ("legalisir", "legalisasi"),
    ("nomer", "nomor"),
    ("no", "nomor"),
    ("pake", "pakai"),
    ("praktek", "praktik"),
    ("survey", "survei"),
    ("telpon", "telepon"),
    ("telp", "telepon"),
    ("trimakasih", "terimakasih"),
];

fn listed(text: &'static str) -> HashSet<&'static str> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
}

/// Whether a word tells nothing.
#[must_use]
pub fn is_stop_word(word: &str) -> bool {
    let one_digit = word.starts_with(|letter: char| letter.is_ascii_digit());
    (word.len() < 2 && !one_digit) || STOP_WORDS.contains(word)
}

/// Whether a stem says how, how much or when, and not what a text is about.
#[must_use]
pub fn is_filler(stem: &str) -> bool {
    FILLERS.contains(stem)
}

/// The stem of one word of small ASCII letters.
#[must_use]
pub fn stem(word: &str) -> String {
    let word = spelled(word);
    if word.len() <= 3
        || word.len() > LONGEST
        || !word.bytes().all(|byte| byte.is_ascii_lowercase())
        || ROOTS.contains(word)
    {
        return word.to_owned();
    }
    let found = by_roots(word).unwrap_or_else(|| by_rules(word));
    spelled(&found).to_owned()
}

/// The stem of a word and its double: `surat-surat`, `buku-bukunya`, `berlari-lari`. None when the halves differ.
#[must_use]
pub fn stem_doubled(one: &str, other: &str) -> Option<String> {
    let (first, second) = (stem(one), stem(other));
    // `berlari-lari` and `memukul-mukul`: the second half repeats the word without its prefix.
    let same = first == second || (other.len() > 3 && one.ends_with(other));
    same.then_some(first)
}

fn spelled(word: &str) -> &str {
    let known = SPELLINGS.iter().find(|(written, _)| *written == word);
    known.map_or(word, |(_, meant)| meant)
}

/// What stands after taking off a particle and a possessive: every way, the least taken off first.
fn without_inflection(word: &str) -> Vec<&str> {
    let mut found = vec![word];
    for particle in ["lah", "kah", "tah", "pun"] {
        if let Some(rest) = word.strip_suffix(particle) {
            found.push(rest);
        }
    }
    for at in 0..found.len() {
        for possessive in ["nya", "ku", "mu"] {
            if let Some(rest) = found[at].strip_suffix(possessive) {
                found.push(rest);
            }
        }
    }
    found.retain(|rest| rest.len() > 2);
    found
}

/// Suffixes, and the prefixes that never stand with them.
const SUFFIXES: &[(&str, &[&str])] = &[
    ("", &[]),
    ("kan", &[]),
    ("an", &["di", "me", "te"]),
    ("i", &["be", "ke", "se"]),
];

/// The first way of taking it apart that ends at a known root; the fewest parts first.
fn by_roots(word: &str) -> Option<String> {
    let mut ways: Vec<String> = Vec::new();
    for base in without_inflection(word) {
        for (suffix, never) in SUFFIXES {
            let Some(rest) = base.strip_suffix(suffix).filter(|rest| rest.len() > 2) else {
                continue;
            };
            if ROOTS.contains(rest) {
                return Some(rest.to_owned());
            }
            if !never.iter().any(|prefix| rest.starts_with(prefix)) {
                ways.push(rest.to_owned());
            }
        }
    }
    for _ in 0..3 {
        let mut next = Vec::new();
        for rest in &ways {
            for shorter in without_prefix(rest) {
                if ROOTS.contains(shorter.as_str()) {
                    return Some(shorter);
                }
                next.push(shorter);
            }
        }
        ways = next;
    }
    None
}

/// Without a list: particle, possessive, a prefix or two, a suffix, as long as a word of two syllables stays.
fn by_rules(word: &str) -> String {
    let whole = |rest: &&str| syllables(rest) >= 2 && rest.len() >= 4;
    let mut rest = word;
    for ending in ["lah", "kah", "pun"] {
        rest = rest.strip_suffix(ending).filter(whole).unwrap_or(rest);
    }
    for ending in ["nya", "ku", "mu"] {
        rest = rest.strip_suffix(ending).filter(whole).unwrap_or(rest);
    }
    let mut stem = rest.to_owned();
    for _ in 0..2 {
        let shorter = without_prefix(&stem)
            .into_iter()
            .find(|shorter| whole(&shorter.as_str()));
        let Some(shorter) = shorter else { break };
        stem = shorter;
    }
    for ending in ["kan", "an", "i"] {
        if let Some(shorter) = stem.strip_suffix(ending).filter(whole) {
            // A double vowel belongs to the word: `mulai`, `pakai`.
            if ending == "i" && shorter.ends_with(['a', 'e', 'o', 'u']) {
                continue;
            }
            return shorter.to_owned();
        }
    }
    stem
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn syllables(word: &str) -> usize {
    word.bytes().filter(|byte| is_vowel(*byte)).count()
}

/// What may stand behind the first prefix, the likeliest first.
fn without_prefix(word: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |rest: String| {
        if rest.len() > 2 && !found.contains(&rest) {
            found.push(rest);
        }
    };
    for prefix in ["me", "pe"] {
        if let Some(rest) = word.strip_prefix(prefix) {
            for one in without_nasal(rest) {
                add(one);
            }
        }
    }
    for prefix in ["ber", "ter", "per", "bel", "pel"] {
        if let Some(rest) = word.strip_prefix(prefix) {
            // `bel-` and `pel-` stand before `ajar` alone.
            if !prefix.ends_with('l') || rest.starts_with("ajar") {
                add(rest.to_owned());
            }
        }
    }
    for prefix in ["di", "ke", "se", "be", "te", "pe"] {
        if let Some(rest) = word.strip_prefix(prefix) {
            add(rest.to_owned());
        }
    }
    found
}

/// Behind `me-` or `pe-`: the nasal taken off, and the letter that it swallowed put back.
fn without_nasal(rest: &str) -> Vec<String> {
    let begins_with_vowel = |text: &str| text.bytes().next().is_some_and(is_vowel);
    let mut found = Vec::new();
    if let Some(after) = rest.strip_prefix("ng") {
        found.push(after.to_owned());
        if begins_with_vowel(after) {
            found.push(format!("k{after}"));
        }
        // `mengecek`, `pengesahan`: before a word of one syllable.
        if let Some(short) = after.strip_prefix('e') {
            found.push(short.to_owned());
        }
    } else if let Some(after) = rest
        .strip_prefix("ny")
        .filter(|after| begins_with_vowel(after))
    {
        found.push(format!("s{after}"));
        found.push(rest.to_owned());
    } else if let Some(after) = rest.strip_prefix('n') {
        if begins_with_vowel(after) {
            found.push(format!("t{after}"));
            found.push(rest.to_owned());
        } else {
            found.push(after.to_owned());
        }
    } else if let Some(after) = rest.strip_prefix('m') {
        if begins_with_vowel(after) {
            found.push(format!("p{after}"));
            found.push(rest.to_owned());
        } else {
            found.push(after.to_owned());
        }
    } else if rest.starts_with(['l', 'r', 'w', 'y']) {
        found.push(rest.to_owned());
    }
    found
}

#[cfg(test)]
#[path = "stemming/tests.rs"]
mod tests;
